# Session
session-title = Iniciar sesión
session-email = Correo electrónico
session-password = Contraseña
session-submit = Iniciar sesión
session-forgotten = ¿Ha olvidado la contraseña?
session-forgotten-text = Escriba la dirección con la que inicia sesión y le enviaremos un enlace para elegir una contraseña nueva.
session-forgotten-submit = Enviarme el enlace
session-asked = Mire el correo
session-asked-text = Si { $email } tiene acceso a Tracte, en breve llegará un enlace. Sirve durante dos horas. Mire también el correo no deseado.
session-ask = Pida una nueva
session-ask-text = Este Tracte no envía correos. Pida un enlace nuevo a quien lo administra en su empresa.
session-too-many-title = Demasiados intentos
session-too-many-wait =
    { $count ->
        [one] Vuelva a intentarlo dentro de { $count } minuto
       *[other] Vuelva a intentarlo dentro de { $count } minutos
    }
session-too-many-text = Ha habido demasiados intentos fallidos de iniciar sesión. Esperamos un rato para que nadie pueda adivinar contraseñas.
session-retry = Volver a intentarlo
session-provider = Entrar con { $name }
session-or-password = O con el correo y la contraseña:
