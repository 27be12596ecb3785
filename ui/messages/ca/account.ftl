# Account
account-title = El meu compte
account-preferences = Preferències
account-language = Llengua
account-theme = Aspecte
account-theme-system = com el dispositiu
account-theme-light = clar
account-theme-dark = fosc
account-save = Desa
account-password = Contrasenya
account-current-password = Contrasenya actual
account-new-password = Contrasenya nova
account-new-password-hint = { $count } caràcters com a mínim. Es tancaran les altres sessions obertes.
account-change-password = Canvia la contrasenya
