# Consentimientos de un cliente potencial o de un contacto
consents-title = Consentimientos
consents-none = Todavía no se ha anotado qué ha dicho sobre el uso de sus datos.
consents-write-down = Anotar qué ha dicho
consents-purpose = Finalidad
consents-state = Qué ha dicho
consents-basis = Base jurídica
consents-basis-hint = Artículo 6 del RGPD
consents-way = Cómo lo ha dicho
consents-said-on = Qué día
consents-evidence = Prueba
consents-evidence-hint = El texto del formulario, un enlace o dónde está el papel
consents-choose = Elija
consents-save = Anotar
consents-withdraw = Retirar
consents-older =
    { $count ->
        [one] Una anotación anterior
       *[other] { $count } anotaciones anteriores
    }
consents-notice = Anotado.
consents-event-given =
    { $by ->
        [person] { $who } ha anotado que consiente: { $purpose }
       *[nobody] Ha consentido: { $purpose }
    }
consents-event-withdrawn =
    { $by ->
        [person] { $who } ha anotado que lo retira: { $purpose }
       *[nobody] Lo ha retirado: { $purpose }
    }
consents-field = Finalidades consentidas
problem-consent-purpose-stays = Quien consintió un uso de sus datos no ha consentido otro. Archive esta finalidad y deje las anotaciones como están.
audit-kind-consent = Consentimiento
audit-field-consent-purpose = Finalidad
audit-field-consent-basis = Base jurídica
audit-field-consent-state = Qué ha dicho
audit-field-consent-way = Cómo lo ha dicho
audit-field-consent-said-on = Qué día
audit-field-consent-evidence = Prueba
audit-value-consent-state-given = Consiente
audit-value-consent-state-withdrawn = Lo retira
audit-value-consent-basis-consent = Consentimiento
audit-value-consent-basis-contract = Contrato
audit-value-consent-basis-legal-obligation = Obligación legal
audit-value-consent-basis-vital-interests = Intereses vitales
audit-value-consent-basis-public-task = Interés público
audit-value-consent-basis-legitimate-interests = Interés legítimo
audit-value-consent-way-web-form = Formulario web
audit-value-consent-way-email = Correo electrónico
audit-value-consent-way-phone = Teléfono
audit-value-consent-way-in-person = En persona
audit-value-consent-way-paper = En papel
audit-value-consent-way-import = Importación
audit-value-consent-way-other = De otra manera
