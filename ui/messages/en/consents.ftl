# Consents of a lead or a contact
consents-title = Consents
consents-none = What they say about the use of their data has not been written down yet.
consents-write-down = Write down what they said
consents-purpose = Purpose
consents-state = What they said
consents-basis = Lawful basis
consents-basis-hint = Article 6 of the GDPR
consents-way = How they said it
consents-said-on = On which day
consents-evidence = Evidence
consents-evidence-hint = The text of the form, a link, or where the paper is
consents-choose = Choose
consents-save = Write it down
consents-withdraw = Withdraw
consents-older =
    { $count ->
        [one] One earlier statement
       *[other] { $count } earlier statements
    }
consents-notice = Written down.
consents-event-given =
    { $by ->
        [person] { $who } wrote down a consent: { $purpose }
       *[nobody] Consent given: { $purpose }
    }
consents-event-withdrawn =
    { $by ->
        [person] { $who } wrote down a withdrawal: { $purpose }
       *[nobody] Consent withdrawn: { $purpose }
    }
consents-field = Purposes agreed to
problem-consent-purpose-stays = Whoever agreed to one use of their data did not agree to another. Archive this purpose and leave what was written down as it is.
audit-kind-consent = Consent
audit-field-consent-purpose = Purpose
audit-field-consent-basis = Lawful basis
audit-field-consent-state = What they said
audit-field-consent-way = How they said it
audit-field-consent-said-on = On which day
audit-field-consent-evidence = Evidence
audit-value-consent-state-given = Given
audit-value-consent-state-withdrawn = Withdrawn
audit-value-consent-basis-consent = Consent
audit-value-consent-basis-contract = Contract
audit-value-consent-basis-legal-obligation = Legal obligation
audit-value-consent-basis-vital-interests = Vital interests
audit-value-consent-basis-public-task = Public task
audit-value-consent-basis-legitimate-interests = Legitimate interests
audit-value-consent-way-web-form = Web form
audit-value-consent-way-email = E-mail
audit-value-consent-way-phone = Phone
audit-value-consent-way-in-person = In person
audit-value-consent-way-paper = On paper
audit-value-consent-way-import = Import
audit-value-consent-way-other = Some other way
