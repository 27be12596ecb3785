# Account
account-title = Mi cuenta
account-preferences = Preferencias
account-language = Idioma
account-theme = Aspecto
account-theme-system = como el dispositivo
account-theme-light = claro
account-theme-dark = oscuro
account-save = Guardar
account-password = Contraseña
account-current-password = Contraseña actual
account-new-password = Contraseña nueva
account-new-password-hint = { $count } caracteres como mínimo. Se cerrarán las demás sesiones abiertas.
account-change-password = Cambiar la contraseña
