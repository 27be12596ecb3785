# Consentiments d’un client potencial o d’un contacte
consents-title = Consentiments
consents-none = Encara no s’ha anotat què ha dit sobre l’ús de les seves dades.
consents-write-down = Anota què ha dit
consents-purpose = Finalitat
consents-state = Què ha dit
consents-basis = Base jurídica
consents-basis-hint = Article 6 del RGPD
consents-way = Com ho ha dit
consents-said-on = Quin dia
consents-evidence = Prova
consents-evidence-hint = El text del formulari, un enllaç o on és el paper
consents-choose = Trieu
consents-save = Anota-ho
consents-withdraw = Retira
consents-older =
    { $count ->
        [one] Una anotació anterior
       *[other] { $count } anotacions anteriors
    }
consents-notice = S’ha anotat.
consents-event-given =
    { $by ->
        [person] { $who } ha anotat que hi consent: { $purpose }
       *[nobody] Hi ha consentit: { $purpose }
    }
consents-event-withdrawn =
    { $by ->
        [person] { $who } ha anotat que ho retira: { $purpose }
       *[nobody] Ho ha retirat: { $purpose }
    }
consents-field = Finalitats consentides
problem-consent-purpose-stays = Qui va consentir un ús de les seves dades no n’ha consentit un altre. Arxiveu aquesta finalitat i deixeu les anotacions com són.
audit-kind-consent = Consentiment
audit-field-consent-purpose = Finalitat
audit-field-consent-basis = Base jurídica
audit-field-consent-state = Què ha dit
audit-field-consent-way = Com ho ha dit
audit-field-consent-said-on = Quin dia
audit-field-consent-evidence = Prova
audit-value-consent-state-given = Hi consent
audit-value-consent-state-withdrawn = Ho retira
audit-value-consent-basis-consent = Consentiment
audit-value-consent-basis-contract = Contracte
audit-value-consent-basis-legal-obligation = Obligació legal
audit-value-consent-basis-vital-interests = Interessos vitals
audit-value-consent-basis-public-task = Interès públic
audit-value-consent-basis-legitimate-interests = Interès legítim
audit-value-consent-way-web-form = Formulari web
audit-value-consent-way-email = Correu electrònic
audit-value-consent-way-phone = Telèfon
audit-value-consent-way-in-person = En persona
audit-value-consent-way-paper = En paper
audit-value-consent-way-import = Importació
audit-value-consent-way-other = D’una altra manera
