# El segundo factor
second-title = Segundo factor
second-intro = Además de la contraseña, al iniciar sesión se pide un código de una aplicación del móvil. Quien descubriera su contraseña no podría entrar.
second-open = Gestionar el segundo factor
second-on = activado
second-off = sin activar
second-off-text = Necesitará una aplicación de autenticación: Aegis, 2FAS, Google Authenticator, el gestor de contraseñas…
second-begin = Activar el segundo factor
second-missing = Su empresa pide un segundo factor. Actívelo para continuar.
second-scan = Conecte la aplicación
second-scan-text = Lea este código con la aplicación.
second-qr = Código QR para la aplicación de autenticación
second-type-text = Si no puede leerlo, escriba esta clave:
second-first-code-hint = Los seis números que muestra la aplicación ahora.
second-confirm = Comprobar y activar
second-recovery-left =
    { $count ->
        [0] No le queda ningún código de recuperación. Si pierde el móvil, pida a quien administra Tracte que le quite el segundo factor.
        [one] Le queda { $count } código de recuperación.
       *[other] Le quedan { $count } códigos de recuperación.
    }
second-off-hint = Para tener códigos nuevos o cambiar de móvil, desactívelo y vuelva a activarlo.
second-off-submit = Desactivar
second-recovery-title = Códigos de recuperación
second-recovery-once = Los códigos solo se muestran ahora.
second-recovery-text = Guárdelos lejos del móvil. Si lo pierde, cada uno sirve para entrar una vez.
second-recovery-kept = Ya los tengo
second-code-title = Código del segundo factor
second-code-text = Abra la aplicación de autenticación y escriba el código que muestra.
second-code = Código
second-code-hint = Seis números, o un código de recuperación.
second-code-back = Volver a empezar
second-rule-title = Inicio de sesión
second-rule-intro = Qué se pide a la gente de la empresa para entrar en Tracte.
second-rule-settings-text = Quién debe tener un segundo factor.
second-rule = Segundo factor obligatorio
second-rule-hint = Quien no lo tenga deberá activarlo la próxima vez que abra una página.
second-rule-nobody = Para nadie: quien quiera
second-rule-administrators = Para quien administra
second-rule-everybody = Para todo el mundo
second-remove = Quitar el segundo factor
second-remove-hint = Si ha perdido el móvil y los códigos de recuperación. Se cerrarán sus sesiones.
second-notice-over = Vuelva a escribir la contraseña: ha habido demasiados códigos incorrectos o ha pasado demasiado tiempo
second-notice-off = El segundo factor está desactivado
second-notice-removed = Ya no tiene segundo factor
problem-code-wrong = El código no es correcto o ya se ha usado. Espere a que la aplicación muestre uno nuevo.
problem-code-blocked = Ha habido demasiados códigos incorrectos. Vuelva a probar dentro de { $detail } min.
