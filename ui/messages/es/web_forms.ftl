# Formularios web
forms-title = Formularios web
forms-intro = Cada campaña tiene su formulario: una página pública que crea clientes potenciales, con los campos que elija.
forms-settings-text = Páginas públicas que crean clientes potenciales, con consentimiento y confirmación.
forms-new = Formulario nuevo
forms-received = { $count ->
    [one] 1 envío
   *[other] { $count } envíos
}
forms-confirmed-count = { $count ->
    [one] 1 confirmado
   *[other] { $count } confirmados
}
forms-refused = { $count ->
    [one] 1 rechazado: con errores, repetido o de un robot
   *[other] { $count } rechazados: con errores, repetidos o de robots
}
forms-with-confirmation = con confirmación por correo
forms-results = Dirección y resultados
forms-leads = Los clientes potenciales de esta campaña
forms-texts = Textos
forms-texts-text = El visitante lo lee en su idioma; si falta, en el primero que haya.
forms-heading = Título
forms-intro-field = Introducción
forms-button = Botón
forms-thanks = Agradecimiento
forms-fields = Campos
forms-fields-text = En el orden en que se piden. Hace falta el nombre o la empresa. Los campos propios que no admiten valores repetidos y los enlaces no se pueden pedir fuera.
forms-add-field = Añadir un campo
forms-choose-field = Elija un campo
forms-field-number = Campo { $number }
forms-field = Campo
forms-required = Obligatorio
forms-field-words = Palabras para los visitantes
forms-field-words-text = Si está vacío, se lee cómo se llama el campo y la ayuda que tenga.
forms-field-label = Etiqueta
forms-field-hint = Ayuda bajo la etiqueta
forms-consent = Consentimiento y confirmación
forms-consent-text = Con una finalidad, el formulario tiene una casilla que nunca viene marcada. Queda anotado el texto, el momento y desde dónde.
forms-no-consent = No se pide consentimiento
forms-purpose = Finalidad
forms-consent-required = Sin consentimiento no se puede enviar
forms-consent-words = Texto del consentimiento
forms-confirmation = Confirmación por correo
forms-confirmation-hint = El cliente potencial solo se crea cuando quien lo envía abre el enlace de un correo y lo confirma. Lo que nadie confirma se borra a los 7 días.
forms-confirmation-no-mail = Para pedir confirmación por correo hace falta un servidor de correo.
forms-writes = Qué sale de él
forms-campaign-hint = Con este nombre se encuentran sus clientes potenciales.
forms-from = Abierto desde el día
forms-to = Abierto hasta el día
forms-told = Quién recibe un correo por cada cliente potencial
forms-told-hint = El correo dice la campaña y lleva el enlace del cliente potencial; ningún dato personal.
forms-embed = En otra web
forms-sites = Webs que lo pueden mostrar en un marco
forms-sites-hint = Una por línea, como https://www.ejemplo.es. Sin ninguna, solo tiene su propia página.
forms-snippet = Código para pegar en la web
forms-preview = Cómo se ve
forms-preview-text = Tal como está guardado. Abra la dirección de arriba para probarlo.
form-send = Enviar
form-trap = Deje este campo vacío
form-closed = Este formulario está cerrado.
form-thanks = Gracias: lo hemos recibido.
form-check-mail = Le hemos enviado un correo: abra su enlace y confírmelo. Si no llega, mire en la carpeta de correo no deseado.
form-confirm-text = Pulse el botón y { $company } recibirá lo que ha escrito.
form-confirm = Confirmar
form-gone-title = El enlace ya no sirve
form-gone = Ya se ha usado o ha caducado. Si todavía lo necesita, rellene de nuevo el formulario.
problem-form-fields = Añada al menos un campo
problem-form-field = El campo «{ $detail }» no se puede pedir en un formulario público
problem-form-field-twice = Este campo ya está
problem-form-name = Hay que pedir el nombre o la empresa
problem-form-mail-field = Para confirmar por correo, el correo electrónico debe ser un campo obligatorio
problem-form-no-mail = No hay ningún servidor de correo: póngalo en la configuración del correo y vuelva a intentarlo
problem-form-site = «{ $detail }» no es la dirección de una web: escríbala como https://www.ejemplo.es
problem-form-closed = Este formulario está cerrado: ya no se puede enviar
problem-form-quick = Ha ido demasiado rápido: revíselo y envíelo de nuevo
problem-form-expired = La página ha estado abierta demasiado tiempo. Lo que ha escrito sigue ahí: envíelo de nuevo
problem-form-busy = Ahora mismo no se puede enviar. Lo que ha escrito sigue ahí: inténtelo dentro de un rato
problem-form-often = Se ha enviado demasiadas veces. Lo que ha escrito sigue ahí: inténtelo de nuevo dentro de { $detail } minutos.
problem-form-often-minute = Se ha enviado demasiadas veces. Lo que ha escrito sigue ahí: inténtelo de nuevo dentro de un minuto.
problem-form-consent = Para enviarlo hace falta que esté de acuerdo
forms-open = Abrir el formulario
