//! The names that the trade's words have on screen, each with its icon and tone.

use crate::components::tag;
use crate::messages::t;
use maud::Markup;
use model::{Language, LeadStatus, Role, Source};

pub fn role(l: Language, role: Role) -> String {
    match role {
        Role::Administrator => t!(l, "common-role-administrator"),
        Role::Manager => t!(l, "common-role-manager"),
        Role::Rep => t!(l, "common-role-rep"),
    }
}

pub fn role_hint(l: Language, role: Role) -> String {
    match role {
        Role::Administrator => t!(l, "common-role-administrator-hint"),
        Role::Manager => t!(l, "common-role-manager-hint"),
        Role::Rep => t!(l, "common-role-rep-hint"),
    }
}

pub fn lead_status(l: Language, status: LeadStatus) -> String {
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
pub fn lead_status_tag(l: Language, status: LeadStatus) -> Markup {
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

pub fn source(l: Language, source: Source) -> String {
    match source {
        Source::Web => t!(l, "common-source-web"),
        Source::Phone => t!(l, "common-source-phone"),
        Source::Email => t!(l, "common-source-email"),
        Source::Referral => t!(l, "common-source-referral"),
        Source::Fair => t!(l, "common-source-fair"),
        Source::SocialMedia => t!(l, "common-source-social-media"),
        Source::Advertising => t!(l, "common-source-advertising"),
        Source::Partner => t!(l, "common-source-partner"),
        Source::Other => t!(l, "common-source-other"),
    }
}

/// The name of a country that leads often come from; others are shown by their code of two letters.
pub fn country(l: Language, code: &str) -> String {
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
pub fn results(l: Language, count: u64) -> String {
    t!(l, "common-results", count = count)
}

/// What a form's field is called, by the name it is sent under.
pub fn field(l: Language, name: &str) -> Option<String> {
    Some(match name {
        "name" => t!(l, "common-field-name"),
        "admin_name" => t!(l, "setup-name"),
        "admin_email" => t!(l, "setup-email"),
        "team_name" => t!(l, "users-team-name"),
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
        "role" => t!(l, "common-field-role"),
        "language" => t!(l, "common-language"),
        "currency" => t!(l, "setup-currency"),
        "time_zone" => t!(l, "setup-time-zone"),
        "fiscal_year_start_month" => t!(l, "setup-fiscal-year"),
        "password" | "admin_password" => t!(l, "setup-password"),
        "old_password" => t!(l, "account-current-password"),
        "new_password" => t!(l, "account-new-password"),
        "file" => t!(l, "common-field-file"),
        "text" | "note" => t!(l, "common-field-note"),
        "external_key" => t!(l, "common-field-external-key"),
        "reason" | "discard_reason" => t!(l, "common-field-discard-reason"),
        _ => return None,
    })
}
