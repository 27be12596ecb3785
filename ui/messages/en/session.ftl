# Session
session-title = Sign in
session-email = E-mail
session-password = Password
session-submit = Sign in
session-forgotten = Forgot your password?
session-forgotten-text = Type the address you sign in with and we send a link there for choosing a new password.
session-forgotten-submit = Send me the link
session-asked = Look at your mail
session-asked-text = If { $email } has access to Tracte, a link will be there shortly. It is good for two hours. Look among the junk too.
session-ask = Ask for a new one
session-ask-text = This Tracte sends no letters. Ask whoever runs it at your company for a new link.
session-too-many-title = Too many attempts
session-too-many-wait =
    { $count ->
        [one] Try again in { $count } minute
       *[other] Try again in { $count } minutes
    }
session-too-many-text = There have been too many failed attempts to sign in. We wait a while so that nobody can guess passwords.
session-retry = Try again
session-provider = Sign in with { $name }
session-or-password = Or with e-mail and password:
