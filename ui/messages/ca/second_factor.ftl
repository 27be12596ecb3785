# El segon factor
second-title = Segon factor
second-intro = A més de la contrasenya, en iniciar la sessió es demana un codi d’una aplicació del mòbil. Qui us descobrís la contrasenya no podria entrar.
second-open = Gestiona el segon factor
second-on = activat
second-off = sense activar
second-off-text = Us caldrà una aplicació d’autenticació: Aegis, 2FAS, Google Authenticator, el gestor de contrasenyes…
second-begin = Activa el segon factor
second-missing = La vostra empresa demana un segon factor. Activeu-lo per continuar.
second-scan = Connecteu l’aplicació
second-scan-text = Llegiu aquest codi amb l’aplicació.
second-qr = Codi QR per a l’aplicació d’autenticació
second-type-text = Si no el podeu llegir, escriviu-hi aquesta clau:
second-first-code-hint = Els sis números que mostra l’aplicació ara.
second-confirm = Comprova i activa
second-recovery-left =
    { $count ->
        [0] No us queda cap codi de recuperació. Si perdeu el mòbil, demaneu a qui administra Tracte que us tregui el segon factor.
        [one] Us queda { $count } codi de recuperació.
       *[other] Us queden { $count } codis de recuperació.
    }
second-off-hint = Per tenir codis nous o canviar de mòbil, desactiveu-lo i torneu-lo a activar.
second-off-submit = Desactiva
second-recovery-title = Codis de recuperació
second-recovery-once = Els codis només es mostren ara.
second-recovery-text = Deseu-los lluny del mòbil. Si el perdeu, cadascun serveix per entrar una vegada.
second-recovery-kept = Ja els tinc
second-code-title = Codi del segon factor
second-code-text = Obriu l’aplicació d’autenticació i escriviu el codi que mostra.
second-code = Codi
second-code-hint = Sis números, o un codi de recuperació.
second-code-back = Torna a començar
second-rule-title = Inici de sessió
second-rule-intro = Què es demana a la gent de l’empresa per entrar a Tracte.
second-rule-settings-text = Qui ha de tenir un segon factor.
second-rule = Segon factor obligatori
second-rule-hint = Qui no en tingui l’haurà d’activar la propera vegada que obri una pàgina.
second-rule-nobody = Per a ningú: qui vulgui
second-rule-administrators = Per a qui administra
second-rule-everybody = Per a tothom
second-remove = Treu el segon factor
second-remove-hint = Si ha perdut el mòbil i els codis de recuperació. Se li tancaran les sessions.
second-notice-over = Torneu a escriure la contrasenya: hi ha hagut massa codis incorrectes o ha passat massa temps
second-notice-off = El segon factor està desactivat
second-notice-removed = Ja no té segon factor
problem-code-wrong = El codi no és correcte o ja s’ha fet servir. Espereu que l’aplicació en mostri un de nou.
problem-code-blocked = Hi ha hagut massa codis incorrectes. Torneu-ho a provar d’aquí a { $detail } min.
