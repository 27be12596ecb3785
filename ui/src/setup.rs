//! The first page of a new Tracte: the company and its first administrator, or the demo company.

use crate::Locale;
use crate::components::{Choice, Field, error_summary, icon};
use crate::format;
use crate::messages::t;
use crate::shell::{Nav, Page, Shell, language_name};
use maud::{Markup, html};
use model::{Currency, FieldErrors, Language};

/// Where a password is too short to be one.
pub const PASSWORD_CHARACTERS_MIN: usize = 10;

/// What was typed. `POST /setup` with these names, and `admin_password`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SetupForm {
    pub company_name: String,
    /// A code of `Language`.
    pub language: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub currency: String,
    /// IANA name.
    pub time_zone: String,
    /// `1` to `12`.
    pub fiscal_year_start_month: String,
    pub admin_name: String,
    pub admin_email: String,
    pub errors: FieldErrors,
}

impl SetupForm {
    /// What most companies that see this page will choose.
    pub fn suggested(language: Language) -> SetupForm {
        SetupForm {
            language: language.code().to_owned(),
            country: "ES".to_owned(),
            currency: "EUR".to_owned(),
            time_zone: "Europe/Madrid".to_owned(),
            fiscal_year_start_month: "1".to_owned(),
            ..SetupForm::default()
        }
    }
}

/// Asked of nobody who is signed in: `GET /setup`.
pub fn page(shell: &Shell, form: &SetupForm) -> Markup {
    let l = shell.locale();
    let title = t!(l, "setup-title");
    shell.outside(
        &Page::new(&title, Nav::Nowhere).errors(&form.errors),
        html! {
            (error_summary(l, &form.errors))
            div.stack-s { h1 { (title) } p.muted { (t!(l, "setup-intro")) } }
            form.form method="post" action="/setup" novalidate {
                section.panel {
                    header { h2 { (t!(l, "setup-company")) } }
                    div.body { (company_fields(l, form)) }
                }
                section.panel {
                    header { h2 { (t!(l, "setup-administrator")) } }
                    div.body { (administrator_fields(l, form)) }
                }
                div.form-actions { button.btn.primary type="submit" { (t!(l, "setup-create")) } }
            }
            section.panel {
                header { h2 { (t!(l, "setup-demo")) } }
                div.body {
                    p.muted { (t!(l, "setup-demo-text")) }
                    form method="post" action="/setup/demo" {
                        button.btn type="submit" { (icon("play")) (t!(l, "setup-demo-load")) }
                    }
                }
            }
        },
    )
}

fn company_fields(l: Locale<'_>, form: &SetupForm) -> Markup {
    let errors = &form.errors;
    let languages = language_choices();
    html! {
        (Field::text("company_name", t!(l, "setup-company-name")).value(&form.company_name).problems(l, errors).required().autocomplete("organization").maximum_characters(200))
        div.form-grid {
            (Field::select("language", t!(l, "setup-language"), &languages).value(&form.language).problems(l, errors))
            (Field::select("country", t!(l, "setup-country"), &countries(l, &form.country)).value(&form.country).problems(l, errors))
            (Field::select("currency", t!(l, "setup-currency"), &currencies()).value(&form.currency).problems(l, errors))
            (Field::select("time_zone", t!(l, "setup-time-zone"), &time_zones(&form.time_zone)).value(&form.time_zone).problems(l, errors))
        }
        (Field::select("fiscal_year_start_month", t!(l, "setup-fiscal-year"), &months(l)).value(&form.fiscal_year_start_month).hint(t!(l, "setup-fiscal-year-hint")).problems(l, errors))
    }
}

fn administrator_fields(l: Locale<'_>, form: &SetupForm) -> Markup {
    let errors = &form.errors;
    html! {
        (Field::text("admin_name", t!(l, "setup-name")).value(&form.admin_name).problems(l, errors).required().autocomplete("name").maximum_characters(200))
        (Field::email("admin_email", t!(l, "setup-email")).value(&form.admin_email).hint(t!(l, "setup-email-hint")).problems(l, errors).required().autocomplete("username"))
        (Field::new_password(l, "admin_password", t!(l, "setup-password")).hint(t!(l, "setup-password-hint", count = PASSWORD_CHARACTERS_MIN)).problems(l, errors).required())
    }
}

/// The languages, each in itself.
pub(crate) fn language_choices() -> Vec<Choice> {
    Language::ALL.into_iter().map(|language| Choice::new(language.code(), language_name(language))).collect()
}

pub(crate) fn currencies() -> Vec<Choice> {
    let name = |currency: Currency| format!("{currency} ({})", currency.symbol());
    Currency::ALL.into_iter().map(|currency| Choice::new(currency.code(), name(currency))).collect()
}

/// The months a fiscal year can begin with.
pub(crate) fn months(l: Locale<'_>) -> Vec<Choice> {
    (1..=12).map(|month| Choice::new(month.to_string(), format::month_name(l, month))).collect()
}

pub(crate) fn countries(l: Locale<'_>, chosen: &str) -> Vec<Choice> {
    let mut choices = vec![
        Choice::new("ES", t!(l, "common-country-es")),
        Choice::new("AD", t!(l, "common-country-ad")),
        Choice::new("FR", t!(l, "common-country-fr")),
        Choice::new("PT", t!(l, "common-country-pt")),
    ];
    keep_chosen(&mut choices, chosen);
    choices
}

pub(crate) fn time_zones(chosen: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = [
        "Europe/Madrid",
        "Europe/Andorra",
        "Atlantic/Canary",
        "Europe/Paris",
        "Europe/Lisbon",
        "Europe/London",
        "UTC",
    ]
    .into_iter()
    .map(|zone| Choice::new(zone, zone.replace('_', " ")))
    .collect();
    keep_chosen(&mut choices, chosen);
    choices
}

/// What somebody sent by other means stays among the choices.
fn keep_chosen(choices: &mut Vec<Choice>, chosen: &str) {
    if !chosen.is_empty() && choices.iter().all(|choice| choice.value != chosen) {
        choices.push(Choice::new(chosen, chosen));
    }
}
