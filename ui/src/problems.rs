//! Problems of a form in the reader's words: code and detail in, sentence out.

use crate::messages::{find, t};
use crate::{Locale, format, labels};
use model::{FieldErrors, Problem, lists};

/// The message `problem-<code>`; a code that has none still says which one it was.
pub fn text<'l>(language: impl Into<Locale<'l>>, problem: &Problem) -> String {
    let language: Locale<'_> = language.into();
    if problem.code == "source-unknown" {
        return source_unknown(language, &problem.detail);
    }
    if problem.code == "filter-value" && !problem.detail.is_empty() {
        let field = labels::field(language, &problem.detail).unwrap_or_else(|| problem.detail.clone());
        return t!(language, "problem-filter-value-of", field = field);
    }
    find(language, &format!("problem-{}", problem.code), &[("detail", problem.detail.as_str().into())])
        .unwrap_or_else(|| t!(language, "common-problem-unknown", code = problem.code.as_str()))
}

/// Which sources there are is said in the reader's language, as the company has them now.
fn source_unknown(l: Locale<'_>, typed: &str) -> String {
    let allowed: Vec<String> =
        labels::choices(l, lists::SOURCES, "").into_iter().map(|choice| choice.label).collect();
    t!(l, "problem-source-unknown", detail = typed, allowed = format::list(l, &allowed))
}

/// The same with the field's name before it, where the sentence alone does not tell which field it is about.
pub fn named<'l>(language: impl Into<Locale<'l>>, problem: &Problem) -> String {
    named_as(language, problem, None)
}

/// The same where the form has a label of its own for the field.
pub(crate) fn named_as<'l>(
    language: impl Into<Locale<'l>>,
    problem: &Problem,
    own_label: Option<String>,
) -> String {
    let language: Locale<'_> = language.into();
    let sentence = text(language, problem);
    let says_nothing_of_the_field = matches!(
        problem.code.as_str(),
        "required"
            | "required-at-stage"
            | "too-long"
            | "too-short"
            | "taken"
            | "choice"
            | "number-form"
            | "number-range"
            | "number-between"
            | "number-whole"
            | "date-form"
    ) || model::own_name(&problem.field).is_some();
    match own_label.or_else(|| labels::field(language, &problem.field)) {
        Some(label) if says_nothing_of_the_field => {
            t!(language, "common-problem-named", field = label, problem = sentence)
        }
        _ => sentence,
    }
}

/// The problem of one field, if it has one.
pub fn of<'l>(language: impl Into<Locale<'l>>, errors: &FieldErrors, field: &str) -> Option<String> {
    let language: Locale<'_> = language.into();
    errors.of(field).map(|problem| text(language, problem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Language;

    /// Every code that `services`, `model` and `sheets` give.
    const CODES: &[&str] = &[
        "parameter-unknown",
        "parameter-none",
        "parameter-choice",
        "inbox-decided",
        "inbox-undo",
        "inbox-undo-import",
        "board-undo",
        "board-undo-stage",
        "snooze-past",
        "snooze-far",
        "reassign-hours",
        "reassign-times",
        "reassign-no-target",
        "rule-people",
        "rule-weight",
        "rule-twice",
        "rule-dates",
        "rule-capacity",
        "rule-weights-people",
        "rule-me",
        "plugin-in-use",
        "subject-or-text",
        "time-form",
        "due-of-time",
        "reminder-late",
        "reminder-over",
        "activity-denied",
        "stage-in-use",
        "name-of-contact",
        "name-in-a-language",
        "parent-circle",
        "required-at-stage",
        "number-between",
        "number-whole",
        "owner-denied",
        "view-too-big",
        "view-default-share",
        "view-hidden",
        "view-not-applied",
        "filter-values",
        "filter-value",
        "filter-too-long",
        "filter-syntax",
        "filter-order",
        "filter-operator",
        "filter-field",
        "filter-days",
        "absence-order",
        "convert-nothing",
        "convert-one",
        "lead-converted",
        "lead-not-converted",
        "conversion-late",
        "conversion-changed",
        "conversion-used",
        "administrator-whole",
        "amount-currency",
        "amount-form",
        "amount-range",
        "boolean",
        "choice",
        "choice-twice",
        "configuration-changed",
        "code-blocked",
        "code-wrong",
        "backup-at-work",
        "export-too-many",
        "pack-at-work",
        "screen-broken",
        "screen-kind",
        "screen-pixels",
        "screen-size",
        "template",
        "too-many-packs",
        "too-many-screens",
        "country-form",
        "credentials",
        "currency-in-use",
        "currency-in-use-file",
        "cursor",
        "date-form",
        "date-future",
        "decimal-form",
        "decimal-range",
        "disk-full",
        "email-form",
        "field-doubles",
        "field-has-values",
        "field-no-default",
        "field-not-unique",
        "field-one-value",
        "field-too-many-values",
        "field-unique-default",
        "field-unknown",
        "file-damaged",
        "file-empty",
        "file-kind",
        "file-missing",
        "file-no-header",
        "file-no-rows",
        "file-no-such-sheet",
        "file-not-a-spreadsheet",
        "file-password",
        "file-too-big",
        "file-too-large",
        "file-too-many-columns",
        "file-too-many-rows",
        "file-zip-bomb",
        "hours-form",
        "hue-range",
        "import-failed",
        "in-use",
        "integer",
        "key-form",
        "last-administrator",
        "level-above-see",
        "link-several",
        "link-not-made",
        "link-unknown",
        "host-form",
        "logo-kind",
        "identity-certificate",
        "identity-client",
        "identity-clock",
        "identity-code",
        "identity-denied",
        "identity-domain",
        "identity-inactive",
        "identity-no-email",
        "identity-no-provider",
        "identity-none",
        "identity-other",
        "identity-over",
        "identity-refused",
        "identity-token",
        "identity-unknown",
        "identity-unreachable",
        "identity-unverified",
        "domain-form",
        "issuer-form",
        "issuer-not-local",
        "scope-form",
        "secret-again",
        "mail-certificate",
        "mail-letter",
        "mail-login",
        "mail-no-encryption",
        "mail-none",
        "mail-not-local",
        "mail-recipient",
        "mail-refused",
        "mail-sender",
        "mail-temporary",
        "mail-unreachable",
        "origin-form",
        "password-again",
        "port-range",
        "logo-size",
        "mapping-length",
        "mapping-empty",
        "mapping-twice",
        "match-denied",
        "match-needed",
        "match-not-mapped",
        "match-nothing",
        "match-several",
        "minutes-form",
        "minutes-range",
        "name-or-company",
        "number-form",
        "number-range",
        "one-line",
        "password-short",
        "password-wrong",
        "pattern-form",
        "pattern-number",
        "pattern-year",
        "percent-range",
        "phone-form",
        "plugin-invalid",
        "plugin-refused",
        "plugin-says",
        "postcode-prefix",
        "range",
        "ready-piece",
        "record-too-big",
        "header-row",
        "import-begun",
        "replace-by",
        "option-not-added",
        "required",
        "response-hours",
        "role-above-own",
        "role-above-user",
        "row-cell-too-long",
        "cards-too-many",
        "row-broken-card",
        "row-broken-quote",
        "row-error-cell",
        "row-header-empty",
        "row-header-repeated",
        "row-lost-characters",
        "row-too-many-cells",
        "section-unknown",
        "series-back",
        "series-used",
        "source-unknown",
        "stage-lost-missing",
        "stage-open-missing",
        "stage-probability",
        "stage-won-missing",
        "stale",
        "surcharge-without-vat",
        "syntax",
        "taken",
        "tax-id-checksum",
        "tax-id-form",
        "team-nested",
        "time-zone",
        "too-long",
        "too-many",
        "too-many-changes",
        "too-short",
        "twice-in-file",
        "unknown",
        "url-form",
        "website-form",
        "user-inactive",
        "wording-argument",
        "wording-form",
        "wording-key",
        "year-range",
        "yes-no-form",
        "form-fields",
        "form-field",
        "form-field-twice",
        "form-name",
        "form-mail-field",
        "form-no-mail",
        "form-site",
        "form-closed",
        "form-quick",
        "form-expired",
        "form-busy",
        "form-often",
        "form-often-minute",
        "form-consent",
        "erase-name",
        "person-form",
        "price-dates",
        "price-past",
        "price-twice",
        "price-twice-in-file",
        "price-tax-missing",
        "price-code-unknown",
        "price-currency",
        "price-no-code-column",
        "price-no-price-column",
        "price-too-many",
        "price-percent",
        "price-changed",
        "book-currency-used",
        "product-in-use",
        "components-of-bundle",
        "component-self",
        "component-twice",
        "contact-twice",
        "component-bundle",
        "component-quantity",
        "bundle-in-bundle",
        "quote-answered",
        "quote-over",
        "quote-changed",
        "quote-agree",
        "signature-form",
        "signature-big",
        "quote-fixed",
        "quote-kept",
        "quote-state",
        "quote-limit",
        "quote-empty",
        "quote-nobody",
        "quote-valid-past",
        "quote-room",
        "quote-margin-unknown",
        "quote-currency",
        "quote-book-currency",
        "quote-book-day",
        "quote-term",
        "quote-term-once",
        "quote-accepted",
        "tax-exempt-rate",
        "tax-exempt-kind",
        "tax-withheld",
        "quote-too-large",
        "quote-tax",
        "quote-draft-there",
        "webhook-url",
        "webhook-private",
        "webhook-no-events",
        "webhook-no-secret",
        "http-address",
        "http-private",
        "http-certificate",
        "http-timeout",
        "http-unreachable",
        "http-too-long",
    ];

    #[test]
    fn every_code_has_a_text_in_every_language() {
        for language in Language::ALL {
            for &code in CODES {
                let problem = Problem::new("name", code, "42");
                let unknown = t!(language, "common-problem-unknown", code = code);
                assert_ne!(text(language, &problem), unknown, "{code} in {}", language.code());
            }
        }
    }
}
