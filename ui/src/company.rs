//! The company: its letterhead, words and money, hours, colour and logo; and its days off.

use crate::Locale;
use crate::brand;
use crate::components::{
    Choice, Column, Empty, Field, empty, error_summary, form_actions, icon, page_head, panel, post_button,
    table,
};
use crate::format;
use crate::labels;
use crate::messages::t;
use crate::pieces::label_fields;
use crate::settings::back_link;
use crate::setup::{countries, currencies, language_choices, months, time_zones};
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::jiff::civil::Date;
use model::{FieldErrors, HolidayCalendar, LOGO_BYTES_MAX, Label};

/// `GET /settings/company`. `POST /settings/company` sends `version` and these names;
/// `POST /settings/company/logo` (`multipart/form-data`) `version` and `logo`;
/// `POST /settings/company/logo/remove` `version`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CompanyPage {
    pub version: u64,
    /// Field names as the API has them, with what was typed.
    pub values: Vec<(String, String)>,
    pub logo_href: Option<String>,
    pub errors: FieldErrors,
}

impl CompanyPage {
    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }
}

pub fn page(shell: &Shell, view: &CompanyPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "company-title");
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            (back_link(l))
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "company-intro")), html! {}))
            div.cols {
                form.form method="post" action="/settings/company" novalidate {
                    input type="hidden" name="version" value=(view.version);
                    section.panel { header { h2 { (t!(l, "company-letterhead")) } } div.body { (letterhead(l, view)) } }
                    section.panel { header { h2 { (t!(l, "company-customs")) } } div.body { (customs(l, view)) } }
                    section.panel { header { h2 { (t!(l, "company-hours")) } } div.body { (hours(l, view)) } }
                    section.panel { header { h2 { (t!(l, "company-look")) } } div.body { (hue(l, view)) } }
                    (form_actions(&t!(l, "common-save"), "/settings", &t!(l, "common-cancel")))
                }
                div { (logo(l, view)) }
            }
        },
    )
}

fn letterhead(l: Locale<'_>, view: &CompanyPage) -> Markup {
    let errors = &view.errors;
    html! {
        div.form-grid {
            (Field::text("company_name", t!(l, "setup-company-name")).value(view.value("company_name")).problems(l, errors).required().autocomplete("organization").maximum_characters(200))
            (Field::text("legal_name", t!(l, "company-legal-name")).value(view.value("legal_name")).hint(t!(l, "company-legal-name-hint")).problems(l, errors).optional(l).maximum_characters(200))
            (Field::text("tax_id", t!(l, "common-field-tax-id")).value(view.value("tax_id")).problems(l, errors).optional(l).maximum_characters(20))
            (Field::text("address", t!(l, "common-field-address")).value(view.value("address")).problems(l, errors).optional(l).autocomplete("street-address").maximum_characters(200))
            (Field::text("postcode", t!(l, "common-field-postcode")).value(view.value("postcode")).problems(l, errors).optional(l).autocomplete("postal-code").maximum_characters(12))
            (Field::text("town", t!(l, "common-field-town")).value(view.value("town")).problems(l, errors).optional(l).autocomplete("address-level2").maximum_characters(200))
            (Field::select("country", t!(l, "setup-country"), &countries(l, view.value("country"))).value(view.value("country")).problems(l, errors))
            (Field::phone("phone", t!(l, "common-field-phone")).value(view.value("phone")).problems(l, errors).optional(l).autocomplete("tel"))
            (Field::email("email", t!(l, "common-field-email")).value(view.value("email")).problems(l, errors).optional(l).autocomplete("email"))
            (Field::url("website", t!(l, "common-field-website")).value(view.value("website")).problems(l, errors).optional(l).maximum_characters(200))
        }
    }
}

fn customs(l: Locale<'_>, view: &CompanyPage) -> Markup {
    let errors = &view.errors;
    let asks = errors.0.iter().any(|problem| problem.code == "currency-in-use");
    html! {
        div.form-grid {
            (Field::select("language", t!(l, "setup-language"), &language_choices()).value(view.value("language")).hint(t!(l, "company-language-hint")).problems(l, errors))
            (Field::select("time_zone", t!(l, "setup-time-zone"), &time_zones(view.value("time_zone"))).value(view.value("time_zone")).problems(l, errors))
            (Field::select("currency", t!(l, "setup-currency"), &currencies()).value(view.value("currency")).problems(l, errors))
            (Field::select("fiscal_year_start_month", t!(l, "setup-fiscal-year"), &months(l)).value(view.value("fiscal_year_start_month")).hint(t!(l, "setup-fiscal-year-hint")).problems(l, errors))
        }
        @if asks {
            (Field::checkbox("currency_confirmed", t!(l, "company-currency-confirm"), false).hint(t!(l, "company-currency-confirm-hint")))
        }
    }
}

/// What a field of the form is called.
pub fn field_name<'l>(l: impl Into<Locale<'l>>, name: &str) -> String {
    let l: Locale<'_> = l.into();
    match name {
        "legal_name" => t!(l, "company-legal-name"),
        "first_response_hours" => t!(l, "company-first-response"),
        "brand_hue" => t!(l, "company-hue"),
        day if DAYS.contains(&day) => day_name(l, day),
        other => labels::field(l, other).unwrap_or_else(|| other.to_owned()),
    }
}

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn day_name(l: Locale<'_>, day: &str) -> String {
    match day {
        "monday" => t!(l, "company-monday"),
        "tuesday" => t!(l, "company-tuesday"),
        "wednesday" => t!(l, "company-wednesday"),
        "thursday" => t!(l, "company-thursday"),
        "friday" => t!(l, "company-friday"),
        "saturday" => t!(l, "company-saturday"),
        _ => t!(l, "company-sunday"),
    }
}

fn hours(l: Locale<'_>, view: &CompanyPage) -> Markup {
    let errors = &view.errors;
    html! {
        p.muted { (t!(l, "company-hours-text")) " " a href="/settings/holidays" { (t!(l, "holidays-title")) } }
        div.form-grid {
            @for day in DAYS {
                (Field::text(day, day_name(l, day)).value(view.value(day)).problems(l, errors).placeholder("9:00-14:00 15:30-18:00").maximum_characters(60))
            }
            (Field::whole_number("first_response_hours", t!(l, "company-first-response")).value(view.value("first_response_hours")).hint(t!(l, "company-first-response-hint")).problems(l, errors).optional(l).maximum_characters(3))
        }
    }
}

/// Every 30 degrees a sample: enough to find one's own between two of them.
const HUE_SAMPLES: [u16; 12] = [15, 45, 75, 105, 135, 165, 195, 225, 255, 285, 315, 345];

fn hue(l: Locale<'_>, view: &CompanyPage) -> Markup {
    html! {
        (Field::whole_number("brand_hue", t!(l, "company-hue")).value(view.value("brand_hue")).hint(t!(l, "company-hue-hint")).problems(l, &view.errors).maximum_characters(3))
        ul.swatches aria-label=(t!(l, "company-hue-samples")) {
            @for hue in HUE_SAMPLES {
                @let accent = brand::accent(hue).accent;
                li {
                    svg viewBox="0 0 48 24" aria-hidden="true" {
                        rect width="24" height="24" fill=(brand::hex(accent.light)) {}
                        rect x="24" width="24" height="24" fill=(brand::hex(accent.dark)) {}
                    }
                    span { (hue) }
                }
            }
        }
    }
}

fn logo(l: Locale<'_>, view: &CompanyPage) -> Markup {
    let version = view.version.to_string();
    panel(
        &t!(l, "company-logo"),
        html! {},
        html! {
            div.body {
                @if let Some(href) = &view.logo_href {
                    img.logo-sample src=(href) alt=(t!(l, "company-logo-alt"));
                    (post_button("/settings/company/logo/remove", &[("version", &version)], "", html! { (icon("trash-2")) (t!(l, "company-logo-remove")) }))
                }
                form.form method="post" action="/settings/company/logo" enctype="multipart/form-data" novalidate {
                    input type="hidden" name="version" value=(view.version);
                    (Field::file("logo", t!(l, "company-logo-file"), "image/png,image/jpeg,image/webp").hint(t!(l, "company-logo-hint", count = LOGO_BYTES_MAX / 1024)).problems(l, &view.errors))
                    button.btn type="submit" { (icon("upload")) (t!(l, "company-logo-upload")) }
                }
            }
        },
    )
}

/// One day off in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HolidayRow {
    pub day: Date,
    pub name: String,
    pub version: u64,
}

/// `GET /settings/holidays`. `POST /settings/holidays` sends `key` (the date) and `label_ca`, `label_es`, `label_en`;
/// `POST /settings/holidays/national` `calendar` and `year`; `POST /settings/holidays/{date}/remove` `version`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HolidaysPage {
    pub rows: Vec<HolidayRow>,
    pub key: String,
    pub label: Label,
    pub calendar: String,
    pub year: String,
    pub errors: FieldErrors,
}

pub fn holidays(shell: &Shell, view: &HolidaysPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "holidays-title");
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            (back_link(l))
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "holidays-intro")), html! {}))
            div.cols {
                div {
                    @if view.rows.is_empty() {
                        (empty(&Empty { icon: "calendar-days", title: t!(l, "holidays-none"), text: t!(l, "holidays-none-text"), actions: html! {} }))
                    } @else { (days(l, &view.rows)) }
                }
                div.stack-m { (national(l, view)) (own_day(l, view)) }
            }
        },
    )
}

fn days(l: Locale<'_>, rows: &[HolidayRow]) -> Markup {
    let columns = [
        Column::text(t!(l, "holidays-day")),
        Column::text(t!(l, "holidays-name")),
        Column::text(t!(l, "holidays-deed")),
    ];
    let body = html! {
        @for row in rows {
            tr {
                th scope="row" { (format::weekday_short(l.language, row.day.weekday())) " " (format::date_long(l.language, row.day)) }
                td data-l=(columns[1].label) { (row.name) }
                td data-l=(columns[2].label) {
                    (post_button(&format!("/settings/holidays/{}/remove", row.day), &[("version", &row.version.to_string())], "quiet", html! {
                        (icon("trash-2")) (t!(l, "holidays-remove")) span.sr { " " (row.name) " " (row.day) }
                    }))
                }
            }
        }
    };
    table(&t!(l, "holidays-title"), &columns, body)
}

fn national(l: Locale<'_>, view: &HolidaysPage) -> Markup {
    let name = |calendar| match calendar {
        HolidayCalendar::Spain => t!(l, "holidays-spain"),
        HolidayCalendar::Catalonia => t!(l, "holidays-catalonia"),
        HolidayCalendar::Andorra => t!(l, "holidays-andorra"),
    };
    let calendars: Vec<Choice> = HolidayCalendar::ALL
        .into_iter()
        .map(|calendar| Choice::new(calendar.as_str(), name(calendar)))
        .collect();
    panel(
        &t!(l, "holidays-national"),
        html! {},
        html! {
            form.form.body method="post" action="/settings/holidays/national" novalidate {
                p.muted { (t!(l, "holidays-national-text")) }
                (Field::select("calendar", t!(l, "holidays-calendar"), &calendars).value(&view.calendar).problems(l, &view.errors))
                (Field::whole_number("year", t!(l, "holidays-year")).value(&view.year).problems(l, &view.errors).required().maximum_characters(4))
                button.btn type="submit" { (icon("plus")) (t!(l, "holidays-add-national")) }
            }
        },
    )
}

fn own_day(l: Locale<'_>, view: &HolidaysPage) -> Markup {
    panel(
        &t!(l, "holidays-own"),
        html! {},
        html! {
            form.form.body method="post" action="/settings/holidays" novalidate {
                (Field::date("key", t!(l, "holidays-day")).value(&view.key).problems(l, &view.errors).required())
                (label_fields(l, "label", &t!(l, "holidays-name"), &view.label, &view.errors))
                button.btn type="submit" { (icon("plus")) (t!(l, "holidays-add")) }
            }
        },
    )
}
