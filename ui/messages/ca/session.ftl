# Session
session-title = Inicia la sessió
session-email = Correu electrònic
session-password = Contrasenya
session-submit = Inicia la sessió
session-forgotten = Si no recordeu la contrasenya, demaneu-ne una de nova a qui administra Tracte a la vostra empresa.
session-too-many-title = Massa intents
session-too-many-wait =
    { $count ->
        [one] Torneu-ho a provar d’aquí a { $count } minut
       *[other] Torneu-ho a provar d’aquí a { $count } minuts
    }
session-too-many-text = Hi ha hagut massa intents fallits d’iniciar la sessió. Esperem una estona perquè ningú pugui endevinar contrasenyes.
session-retry = Torna-ho a provar
