//! The names that the trade's words have on screen, each with its icon and tone.

use crate::Locale;
use crate::components::{self, tag};
use crate::messages::{find, t};
use crate::shell::language_name;
use maud::Markup;
use model::{Language, LeadStatus, Source, lists};

pub fn lead_status<'l>(l: impl Into<Locale<'l>>, status: LeadStatus) -> String {
    let l: Locale<'_> = l.into();
    match status {
        LeadStatus::New => t!(l, "common-lead-new"),
        LeadStatus::Assigned => t!(l, "common-lead-assigned"),
        LeadStatus::Contacted => t!(l, "common-lead-contacted"),
        LeadStatus::Nurturing => t!(l, "common-lead-nurturing"),
        LeadStatus::Qualified => t!(l, "common-lead-qualified"),
        LeadStatus::Converted => t!(l, "common-lead-converted"),
        LeadStatus::Discarded => t!(l, "common-lead-discarded"),
    }
}

/// A lead's status: words, icon and colour, so that none of them stands alone.
pub fn lead_status_tag<'l>(l: impl Into<Locale<'l>>, status: LeadStatus) -> Markup {
    let l: Locale<'_> = l.into();
    let (tone, icon) = match status {
        LeadStatus::New => ("info", "circle-dashed"),
        LeadStatus::Assigned => ("accent", "user-check"),
        LeadStatus::Contacted => ("accent", "phone"),
        LeadStatus::Nurturing => ("violet", "clock"),
        LeadStatus::Qualified => ("warn", "target"),
        LeadStatus::Converted => ("ok", "circle-check"),
        LeadStatus::Discarded => ("", "x"),
    };
    tag(tone, icon, &lead_status(l, status))
}

pub fn source<'l>(l: impl Into<Locale<'l>>, source: Source) -> String {
    choice(l, lists::SOURCES, source.as_str())
}

/// What a value of one of the company's lists is called; a value that the list does not have is shown as it is.
pub fn choice<'l>(l: impl Into<Locale<'l>>, list: &str, key: &str) -> String {
    let l: Locale<'_> = l.into();
    l.frame()
        .choice(list, key)
        .map_or_else(|| key.to_owned(), |choice| choice.label.get(l.language).to_owned())
}

/// The values of a list that are offered, in their order, and the one that a record has although it is not offered any
/// more. For selects.
pub fn choices<'l>(l: impl Into<Locale<'l>>, list: &str, current: &str) -> Vec<components::Choice> {
    let l: Locale<'_> = l.into();
    let offered = l.frame().choices_of(list).filter(|(key, choice)| !choice.archived || *key == current);
    let mut choices: Vec<components::Choice> =
        offered.map(|(key, choice)| components::Choice::new(key, choice.label.get(l.language))).collect();
    if !current.is_empty() && choices.iter().all(|choice| choice.value != current) {
        choices.push(components::Choice::new(current, current));
    }
    choices
}

/// Why a lead was discarded: a value of the list of reasons, or what somebody wrote.
pub fn discard_reason<'l>(l: impl Into<Locale<'l>>, reason: &str) -> String {
    choice(l, lists::DISCARD_REASONS, reason)
}

/// The name of a country that leads often come from; others are shown by their code of two letters.
pub fn country<'l>(l: impl Into<Locale<'l>>, code: &str) -> String {
    let l: Locale<'_> = l.into();
    match code {
        "ES" => t!(l, "common-country-es"),
        "AD" => t!(l, "common-country-ad"),
        "FR" => t!(l, "common-country-fr"),
        "PT" => t!(l, "common-country-pt"),
        "IT" => t!(l, "common-country-it"),
        "DE" => t!(l, "common-country-de"),
        "GB" => t!(l, "common-country-gb"),
        "US" => t!(l, "common-country-us"),
        "IE" => t!(l, "common-country-ie"),
        "BE" => t!(l, "common-country-be"),
        "NL" => t!(l, "common-country-nl"),
        "CH" => t!(l, "common-country-ch"),
        other => other.to_owned(),
    }
}

/// «12 resultats».
pub fn results<'l>(l: impl Into<Locale<'l>>, count: u64) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "common-results", count = count)
}

/// What a form's field is called, by the name it is sent under.
pub fn field<'l>(l: impl Into<Locale<'l>>, name: &str) -> Option<String> {
    let l: Locale<'_> = l.into();
    if let Some(label) = crate::quotes::line_label(l, name) {
        return Some(label);
    }
    let numbered = crate::records::numbered_label(l, name).or_else(|| crate::web_forms::row_label(l, name));
    if let Some(label) = numbered.or_else(|| in_one_language(l, name)) {
        return Some(label);
    }
    Some(match name {
        "name" => t!(l, "common-field-name"),
        "admin_name" => t!(l, "setup-name"),
        "admin_email" => t!(l, "setup-email"),
        "team_name" => t!(l, "users-team-name"),
        "seats" => t!(l, "users-seats-included"),
        "manager" => t!(l, "teams-manager"),
        "parent" => t!(l, "teams-parent"),
        "day" => t!(l, "inbox-snooze-day"),
        "people" => t!(l, "assignment-people"),
        "plugin" => t!(l, "assignment-plugin"),
        "fallback_person" => t!(l, "assignment-fallback-who"),
        "members" => t!(l, "teams-members"),
        "user" => t!(l, "api-keys-user"),
        "company" => t!(l, "common-field-company"),
        "company_name" => t!(l, "setup-company-name"),
        "tax_id" => t!(l, "common-field-tax-id"),
        "email" => t!(l, "common-field-email"),
        "phone" => t!(l, "common-field-phone"),
        "address" => t!(l, "common-field-address"),
        "postcode" => t!(l, "common-field-postcode"),
        "town" => t!(l, "common-field-town"),
        "zone" => t!(l, "common-field-zone"),
        "country" => t!(l, "common-field-country"),
        "website" => t!(l, "common-field-website"),
        "industry" => t!(l, "common-field-industry"),
        "source" => t!(l, "common-field-source"),
        "campaign" => t!(l, "common-field-campaign"),
        "interest" => t!(l, "common-field-interest"),
        "amount" => t!(l, "common-field-amount"),
        "description" => t!(l, "common-field-description"),
        "status" => t!(l, "common-field-status"),
        "owner" => t!(l, "common-field-owner"),
        "team" | "teams" => t!(l, "common-field-team"),
        "url" => t!(l, "webhooks-url"),
        "events" => t!(l, "webhooks-events"),
        "view_name" => t!(l, "views-name"),
        "share" => t!(l, "views-share"),
        "default_for" => t!(l, "views-default"),
        "role" => t!(l, "common-field-role"),
        "language" => t!(l, "common-language"),
        "currency" => t!(l, "setup-currency"),
        "time_zone" => t!(l, "setup-time-zone"),
        "fiscal_year_start_month" => t!(l, "setup-fiscal-year"),
        "password" | "admin_password" => t!(l, "setup-password"),
        "old_password" => t!(l, "account-current-password"),
        "new_password" => t!(l, "account-new-password"),
        "file" => t!(l, "common-field-file"),
        "from_quantity" => t!(l, "prices-quantity"),
        "unit_price" => t!(l, "prices-unit-price"),
        "from" => t!(l, "prices-from"),
        "until" => t!(l, "prices-until"),
        "percent" => t!(l, "prices-change-percent"),
        "product" | "test_product" => t!(l, "prices-column-product"),
        "test_company" => t!(l, "prices-test-company"),
        "test_quantity" => t!(l, "prices-test-quantity"),
        "test_day" => t!(l, "prices-test-day"),
        "subject" => t!(l, "entity-activity-field-subject"),
        "due" => t!(l, "entity-activity-field-due"),
        "duration" => t!(l, "entity-activity-field-duration"),
        "outcome" => t!(l, "entity-activity-field-outcome"),
        "text" | "note" => t!(l, "common-field-note"),
        "external_key" => t!(l, "common-field-external-key"),
        "tags" => t!(l, "common-field-tags"),
        "consents" => t!(l, "consents-field"),
        "purpose" => t!(l, "consents-purpose"),
        "basis" => t!(l, "consents-basis"),
        "state" => t!(l, "consents-state"),
        "way" => t!(l, "consents-way"),
        "said_on" => t!(l, "consents-said-on"),
        "evidence" => t!(l, "consents-evidence"),
        "reason" | "discard_reason" => t!(l, "common-field-discard-reason"),
        other => match model::own_name(other) {
            Some(own) => {
                let mut entities =
                    model::WORKED_WITH.into_iter().filter_map(|entity| l.frame().field(entity, own));
                entities.next()?.label.get(l.language).to_owned()
            }
            None => find(l, &format!("entity-field-{}", other.replace('_', "-")), &[])?,
        },
    })
}

/// «Nom (Català)»: a text that is typed in each language.
fn in_one_language(l: Locale<'_>, name: &str) -> Option<String> {
    let (name, code) = name.rsplit_once('_')?;
    let language = Language::from_code(code)?;
    let label = match name {
        "label" => t!(l, "pieces-name"),
        "title" => t!(l, "forms-heading"),
        "intro" => t!(l, "forms-intro-field"),
        "button" => t!(l, "forms-button"),
        "thanks" => t!(l, "forms-thanks"),
        "consent" => t!(l, "forms-consent-words"),
        _ => return None,
    };
    Some(format!("{label} ({})", language_name(language)))
}
