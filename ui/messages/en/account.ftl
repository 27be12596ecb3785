# Account
account-title = My account
account-preferences = Preferences
account-language = Language
account-theme = Appearance
account-theme-system = as the device
account-theme-light = light
account-theme-dark = dark
account-save = Save
account-password = Password
account-current-password = Current password
account-new-password = New password
account-new-password-hint = At least { $count } characters. Your other sessions will be signed out.
account-change-password = Change password
