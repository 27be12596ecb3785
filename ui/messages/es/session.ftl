# Session
session-title = Iniciar sesión
session-email = Correo electrónico
session-password = Contraseña
session-submit = Iniciar sesión
session-forgotten = Si no recuerda la contraseña, pida una nueva a quien administra Tracte en su empresa.
session-too-many-title = Demasiados intentos
session-too-many-wait =
    { $count ->
        [one] Vuelva a intentarlo dentro de { $count } minuto
       *[other] Vuelva a intentarlo dentro de { $count } minutos
    }
session-too-many-text = Ha habido demasiados intentos fallidos de iniciar sesión. Esperamos un rato para que nadie pueda adivinar contraseñas.
session-retry = Volver a intentarlo
