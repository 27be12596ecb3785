//! Taxes: the list, and one tax with its rates over the years.

use crate::components::{Choice, Field};
use crate::messages::t;
use crate::pieces::{self, PieceFrame, PieceList, PieceRow, add_row, label_fields, row_buttons};
use crate::shell::Shell;
use crate::{Locale, format};
use maud::{Markup, html};
use model::{Label, Tax, TaxKind};

pub const PATH: &str = "/settings/taxes";

/// A rate as typed: a date, and percents in local notation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RateRow {
    pub from: String,
    pub percent: String,
    pub surcharge: String,
}

/// Sends `label_ca`…, `kind`, `exempt`, `exemption_ca`…, and for each rate `rates.<place>.from`, `.percent`, `.surcharge`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TaxForm {
    pub frame: PieceFrame,
    pub label: Label,
    pub kind: String,
    pub exempt: bool,
    pub exemption: Label,
    pub rates: Vec<RateRow>,
}

pub fn kind_name(l: Locale<'_>, kind: TaxKind) -> String {
    match kind {
        TaxKind::Vat => t!(l, "taxes-vat"),
        TaxKind::Igi => t!(l, "taxes-igi"),
        TaxKind::Withholding => t!(l, "taxes-withholding"),
    }
}

/// The rates of a tax in words.
pub fn rates_text(l: Locale<'_>, tax: &Tax) -> String {
    let rates = tax.rates.iter().map(|rate| {
        let percent = percent_text(l, &rate.percent.normalize().to_string());
        t!(l, "taxes-rate-text", percent = percent, from = format::date_short(rate.from))
    });
    rates.collect::<Vec<_>>().join("; ")
}

pub fn exempt_name(l: Locale<'_>) -> String {
    t!(l, "taxes-exempt")
}

/// Whether it is, and why.
pub fn exempt_text(l: Locale<'_>, tax: &Tax) -> String {
    match (tax.exempt, tax.exemption.get(l.language)) {
        (false, _) => t!(l, "fields-no"),
        (true, "") => t!(l, "fields-yes"),
        (true, reason) => reason.to_owned(),
    }
}

/// A decimal as the language writes it.
pub fn percent_text(l: Locale<'_>, decimal: &str) -> String {
    if l.language == model::Language::En { decimal.to_owned() } else { decimal.replace('.', ",") }
}

pub fn list(shell: &Shell, rows: &[PieceRow]) -> Markup {
    let l = shell.locale();
    let (title, intro, new) = (t!(l, "taxes-title"), t!(l, "taxes-intro"), t!(l, "taxes-new"));
    pieces::list(shell, &PieceList { title, intro, path: PATH, icon: "briefcase", new, rows })
}

pub fn form(shell: &Shell, view: &TaxForm) -> Markup {
    let l = shell.locale();
    let errors = &view.frame.errors;
    let title = if view.frame.key.is_some() { t!(l, "taxes-edit") } else { t!(l, "taxes-new") };
    let kinds: Vec<Choice> =
        TaxKind::ALL.into_iter().map(|kind| Choice::new(kind.as_str(), kind_name(l, kind))).collect();
    let body = html! {
        section.panel { div.body {
            div.form-grid {
                (label_fields(l, "label", &t!(l, "pieces-name"), &view.label, errors))
                (Field::select("kind", t!(l, "taxes-kind"), &kinds).value(&view.kind).problems(l, errors))
                (Field::checkbox("exempt", t!(l, "taxes-exempt"), view.exempt).hint(t!(l, "taxes-exempt-hint")).problems(l, errors))
                (label_fields(l, "exemption", &t!(l, "taxes-exemption"), &view.exemption, errors))
            }
        } }
        section.panel {
            header { h2 id="f-rates" { (t!(l, "taxes-rates")) } }
            div.body {
                p.muted { (t!(l, "taxes-rates-text")) }
                @for (place, rate) in view.rates.iter().enumerate() { (rate_row(l, view, place, rate)) }
                (add_row(&t!(l, "taxes-add-rate")))
            }
        }
    };
    pieces::form(shell, PATH, &title, &view.frame, body)
}

fn rate_row(l: Locale<'_>, view: &TaxForm, place: usize, rate: &RateRow) -> Markup {
    let errors = &view.frame.errors;
    let (from, percent, surcharge) =
        (format!("rates.{place}.from"), format!("rates.{place}.percent"), format!("rates.{place}.surcharge"));
    html! {
        fieldset.row-group {
            legend { (t!(l, "taxes-rate", number = place + 1)) }
            (Field::date(&from, t!(l, "taxes-from")).value(&rate.from).problems(l, errors).required())
            (Field::text(&percent, t!(l, "taxes-percent")).value(&rate.percent).problems(l, errors).required().maximum_characters(10))
            (Field::text(&surcharge, t!(l, "taxes-surcharge")).value(&rate.surcharge).problems(l, errors).optional(l).maximum_characters(10))
            (row_buttons(l, place, view.rates.len(), &rate.from))
        }
    }
}
