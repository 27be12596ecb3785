# Session
session-title = Inicia la sessió
session-email = Correu electrònic
session-password = Contrasenya
session-submit = Inicia la sessió
session-forgotten = Heu oblidat la contrasenya?
session-forgotten-text = Escriviu l’adreça amb què inicieu la sessió i us hi enviarem un enllaç per triar una contrasenya nova.
session-forgotten-submit = Envia’m l’enllaç
session-asked = Mireu el correu
session-asked-text = Si { $email } té accés a Tracte, hi arribarà un enllaç d’aquí a poc. Serveix durant dues hores. Mireu també el correu brossa.
session-ask = Demaneu-ne una de nova
session-ask-text = Aquest Tracte no envia correus. Demaneu un enllaç nou a qui l’administra a la vostra empresa.
session-too-many-title = Massa intents
session-too-many-wait =
    { $count ->
        [one] Torneu-ho a provar d’aquí a { $count } minut
       *[other] Torneu-ho a provar d’aquí a { $count } minuts
    }
session-too-many-text = Hi ha hagut massa intents fallits d’iniciar la sessió. Esperem una estona perquè ningú pugui endevinar contrasenyes.
session-retry = Torna-ho a provar
session-provider = Entra amb { $name }
session-or-password = O amb el correu i la contrasenya:
