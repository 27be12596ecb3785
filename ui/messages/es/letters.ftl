# Lo que dicen los correos
letters-hello = Hola, { $name }:
letters-test-subject = Prueba de correo del Tracte de { $company }
letters-test-text = Los correos del Tracte de { $company } llegan: este es uno. No tiene que hacer nada.
letters-invitation-subject = Su acceso al Tracte de { $company }
letters-invitation-text = Le han dado acceso al Tracte de { $company }. Elija una contraseña aquí y ya estará dentro:
letters-password-subject = Contraseña nueva para el Tracte de { $company }
letters-new-link-text = Quien administra el Tracte de { $company } le envía un enlace para elegir una contraseña nueva:
letters-reset-text = Alguien, seguramente usted, ha dicho en el Tracte de { $company } que no recuerda la contraseña. Elija una nueva aquí:
letters-until = El enlace sirve una sola vez, hasta el { $moment }.
letters-unexpected = Si no esperaba este correo, no abra el enlace y avise a quien administra Tracte en { $company }.
letters-not-you = Si no ha sido usted, no tiene que hacer nada: la contraseña no cambia.
letters-form-subject = Confirme lo que ha enviado a { $company }
letters-form-text = Ha rellenado un formulario de { $company }. Abra este enlace y pulse el botón para que nos llegue:
letters-form-not-you = Si no ha sido usted, no hay que hacer nada: { $company } no guardará nada.
letters-form-lead-subject = Cliente potencial nuevo: { $campaign }
letters-form-lead-text = Ha entrado un cliente potencial por el formulario web de la campaña «{ $campaign }»:
