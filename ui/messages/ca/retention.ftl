# Terminis de conservació
retention-title = Terminis de conservació
retention-settings-text = Fins quan es conserven les dades de les persones i què se’n fa després.
retention-intro = Les dades de les persones no es poden guardar per sempre. Digueu quants mesos es conserven des de l’última cosa que hi va passar, mireu què se n’aniria i decidiu quan.
retention-periods = Terminis
retention-months = Mesos
retention-months-hint = Buit: per sempre
retention-deed = Què se’n fa
retention-nightly = Fes-ho cada nit
retention-nightly-hint = A partir de les tres, hora de l’empresa, quan hi hagi res per fer
retention-save = Desa els terminis
retention-none-set = Ara no se’n va res: no hi ha cap termini.
retention-preview = Què se n’aniria ara
retention-at-least = Com a mínim
retention-run = Fes-ho ara
retention-run-sure = No es pot desfer. Es farà en segon pla i es pot aturar a mig camí.
retention-run-now = Sí, comença
retention-runs = Què s’ha fet
retention-runs-none = Encara no s’ha fet cap vegada.
retention-run-by = { $by }, el { $when }
retention-cancel = Atura
retention-since = sense canvis des del { $when }
retention-notice-started = Ha començat en segon pla.
retention-notice-cancelled = S’ha aturat; el que ja s’ha fet queda fet.
retention-run-counts = { $erased } esborrats · { $deleted } suprimits · { $kept } deixats com estaven
retention-run-night = De nit, el { $when }
retention-count =
    { $count ->
        [one] { $count } fitxa
       *[other] { $count } fitxes
    }
retention-more =
    { $count ->
        [one] I una altra
       *[other] I { $count } més
    }
retention-after =
    { $months ->
        [one] després d’un mes
       *[other] després de { $months } mesos
    }
audit-kind-retention = Terminis de conservació
audit-kind-retention-run = Aplicació dels terminis
audit-field-retention-rules = Terminis
audit-field-retention-nightly = Cada nit
audit-field-retention-run-rules = Terminis
audit-field-retention-run-expected = Previstos
audit-field-retention-run-counts = Recompte
audit-field-retention-run-rule = Termini que s’aplica
audit-field-retention-run-after = Per on va
audit-field-what = Què
audit-field-months = Mesos
audit-field-deed = Què se’n fa
audit-field-erased = Esborrats
audit-field-deleted = Suprimits
audit-value-retention-what-discarded-leads = Clients potencials descartats
audit-value-retention-what-converted-leads = Clients potencials convertits
audit-value-retention-what-quiet-leads = Clients potencials oberts sense activitat
audit-value-retention-what-contacts = Contactes sense activitat
audit-value-retention-what-prospects = Empreses que no han arribat a ser clients
audit-value-retention-help-discarded-leads = Mesos des de l’últim canvi o nota.
audit-value-retention-help-converted-leads = El client en què es van convertir es conserva.
audit-value-retention-help-quiet-leads = Que no s’han tancat, però que ningú no ha tocat.
audit-value-retention-help-contacts = També compten com a activitat les seves notes, consentiments i oportunitats.
audit-value-retention-help-prospects = Les que són client, col·laboradora o proveïdora no se’n van mai.
audit-value-retention-deed-erase = Esborra qui són i deixa les xifres
audit-value-retention-deed-delete = Suprimeix la fitxa
audit-value-retention-state-running = En curs
audit-value-retention-state-done = Feta
audit-value-retention-state-cancelled = Aturada
audit-value-retention-state-failed = Ha fallat
problem-retention-none = No hi ha cap termini: deseu-ne algun primer.
problem-retention-running = Ja n’hi ha una en curs. Espereu que acabi o atureu-la.
