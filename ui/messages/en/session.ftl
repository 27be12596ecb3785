# Session
session-title = Sign in
session-email = E-mail
session-password = Password
session-submit = Sign in
session-forgotten = If you have forgotten your password, ask whoever runs Tracte at your company for a new one.
session-too-many-title = Too many attempts
session-too-many-wait =
    { $count ->
        [one] Try again in { $count } minute
       *[other] Try again in { $count } minutes
    }
session-too-many-text = There have been too many failed attempts to sign in. We wait a while so that nobody can guess passwords.
session-retry = Try again
