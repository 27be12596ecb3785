//! What imports call entities, fields and programs.

use crate::Locale;
use crate::messages::t;
use crate::problems;
use model::{Kind, Problem, TITLE};

/// What a field is called in its entity; what people call a record, for the field that tells which one a row is.
pub(super) fn field(l: Locale<'_>, entity: Kind, key: &str) -> String {
    match (entity, key) {
        (_, TITLE) => t!(l, "imports-match-title"),
        (Kind::Lead, key) => crate::leads::field_label(l, key),
        (entity, key) => crate::records::field_label(l, entity, key),
    }
}

/// The field of a problem as people know it; a header of the file as it is.
pub(super) fn place(l: Locale<'_>, entity: Kind, problem: &Problem) -> String {
    let of_card = (problem.code == "row-broken-card").then(|| card_column(l, &problem.field)).flatten();
    let label = of_card.unwrap_or_else(|| field(l, entity, &problem.field));
    if label.is_empty() { label } else { format!("{label}:") }
}

/// What a column is called that cards become, by its name in the sheet.
pub(super) fn card_column(l: Locale<'_>, header: &str) -> Option<String> {
    let key = match header {
        "Card" => return Some(t!(l, "imports-card")),
        "First name" => "given_name",
        "Last name" => "family_name",
        "Company" => "company",
        "Job title" => "job_title",
        "Phone" => "phone",
        "Mobile" => "mobile",
        "Other phones" => "phones",
        "Email" => "email",
        "Other emails" => "emails",
        "Address" => "address",
        "Postal code" => "postcode",
        "City" => "town",
        "Country" => "country",
        "Website" => "website",
        "Birthday" => "birthday",
        "Description" => "description",
        "External key" => "external_key",
        _ => return None,
    };
    Some(crate::records::field_label(l, Kind::Contact, key))
}

/// What is wrong with a value. All that it could be stands once, where it is mended.
pub(super) fn problem(l: Locale<'_>, problem: &Problem) -> String {
    without_options(l, problem).unwrap_or_else(|| problems::text(l, problem))
}

/// The same of a problem that else names all options of its field.
pub(super) fn without_options(l: Locale<'_>, problem: &Problem) -> Option<String> {
    (problem.code == "source-unknown")
        .then(|| t!(l, "imports-source-unknown", source = problem.detail.as_str()))
}

/// «Empreses».
pub(super) fn entities(l: Locale<'_>, entity: Kind) -> String {
    match entity {
        Kind::Lead => t!(l, "imports-entity-leads"),
        entity => crate::records::list_title(l, entity),
    }
}

/// «Empresa».
pub(super) fn entity(l: Locale<'_>, entity: Kind) -> String {
    match entity {
        Kind::Lead => t!(l, "imports-entity-lead"),
        entity => crate::records::kind_name(l, entity),
    }
}

/// Names of products are the same in every language.
pub(super) fn program(code: &str) -> &str {
    match code {
        "odoo" => "Odoo",
        "espocrm" => "EspoCRM",
        "hubspot" => "HubSpot",
        "pipedrive" => "Pipedrive",
        other => other,
    }
}
