//! What a quote comes to: alternatives side by side, and what is paid first, in each period and over the term.

use super::ClientQuote;
use super::lines::{billing, tax};
use crate::Locale;
use crate::format;
use crate::messages::t;
use crate::prices::share;
use crate::shell::Shell;
use maud::{Markup, html};
use model::{Invoice, Money, QuoteSums, RateSum, TaxKind, TaxRegime};

/// The parts of the page that follow the choices: `GET /q/{token}/sums`.
pub fn sums(shell: &Shell, view: &ClientQuote) -> Markup {
    let l = shell.locale();
    html! {
        (totals(l, view))
        @for (name, sums) in &view.sums {
            @if let Some(name) = name {
                hx-partial hx-target=(format!("#offer-sums-{name}")) hx-swap="innerHTML" { (in_short(l, view, sums)) }
            }
        }
        hx-partial hx-target="#offer-said" hx-swap="innerHTML" { (said(l, view)) }
    }
}

/// The totals in a sentence, for whoever does not see them change.
fn said(l: Locale<'_>, view: &ClientQuote) -> String {
    let sums = view.main();
    sums.map(|sums| t!(l, "offer-total-now", total = format::money(l, sums.first.total))).unwrap_or_default()
}

/// One of the alternatives has to be chosen.
pub(super) fn alternatives(l: Locale<'_>, view: &ClientQuote) -> Markup {
    let chosen = view.alternative();
    let error = crate::problems::of(l, &view.typed.errors, "alternative");
    html! {
        section.panel {
            div.body {
                fieldset.field.alternatives {
                    legend { h2 { (t!(l, "offer-choose")) } }
                    @if let Some(error) = &error { p.error id="f-alternative-error" { (error) } }
                    div.ways {
                        @for (place, (name, sums)) in view.sums.iter().enumerate() {
                            @if let Some(name) = name {
                                label.check.alternative {
                                    input type="radio" name="alternative" value=(name) checked[chosen == Some(name)] data-choice
                                        id=(if place == 0 { "f-alternative".to_owned() } else { format!("f-alternative-{place}") })
                                        aria-invalid=[error.as_ref().map(|_| "true")];
                                    span {
                                        strong { (t!(l, "offer-alternative", name = name.as_str())) }
                                        span id=(format!("offer-sums-{name}")) { (in_short(l, view, sums)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What was tried out, each alternative beside the others: nothing is chosen here.
pub(super) fn side_by_side(l: Locale<'_>, view: &ClientQuote) -> Markup {
    html! {
        section.panel {
            header { h2 { (t!(l, "offer-alternatives")) } }
            div.body {
                div.ways {
                    @for (name, sums) in &view.sums {
                        @if let Some(name) = name {
                            div.sum { h3 { (t!(l, "offer-alternative", name = name.as_str())) } (in_short(l, view, sums)) }
                        }
                    }
                }
            }
        }
    }
}

/// The totals of one alternative.
fn in_short(l: Locale<'_>, view: &ClientQuote, sums: &QuoteSums) -> Markup {
    let entry = |label: String, total: Money| {
        html! { span.pair { span { (label) } " " b.num { (format::money(l, total)) } } }
    };
    html! {
        @if sums.periods.is_empty() { (entry(t!(l, "offer-total"), sums.first.total)) }
        @else {
            (entry(t!(l, "offer-first"), sums.first.total))
            @for (period, invoice) in &sums.periods { (entry(billing(l, *period), invoice.total)) }
            (entry(t!(l, "offer-term", months = view.months()), sums.term.total))
        }
    }
}

/// The section of totals, in full.
pub(super) fn totals(l: Locale<'_>, view: &ClientQuote) -> Markup {
    html! {
        section.panel #offer-sums aria-labelledby="offer-totals" {
            header {
                h2 id="offer-totals" {
                    @match view.alternative() {
                        Some(name) => (t!(l, "offer-totals-of", name = name)),
                        None => (t!(l, "offer-totals")),
                    }
                }
            }
            div.body {
                @if let Some(sums) = view.main() {
                    div.ways { (cards(l, view, sums)) }
                }
                @match view.quote.regime() {
                    TaxRegime::Exempt => p.hint-text { (exempt(l, view)) },
                    TaxRegime::IntraCommunity => p.hint-text { (t!(l, "offer-intra-community")) },
                    TaxRegime::Normal | TaxRegime::EquivalenceSurcharge => {},
                }
                @for (name, reason) in exemptions(l, view) {
                    p.hint-text { (t!(l, "offer-exemption", tax = name, reason = reason)) }
                }
            }
        }
    }
}

/// Of the tax that the company's country has.
fn exempt(l: Locale<'_>, view: &ClientQuote) -> String {
    match view.settings.sales_tax() {
        Some(TaxKind::Vat) => t!(l, "offer-exempt"),
        Some(TaxKind::Igi) => t!(l, "offer-exempt-igi"),
        _ => t!(l, "offer-exempt-other"),
    }
}

/// Why lines are exempt from which tax, each reason once.
fn exemptions(l: Locale<'_>, view: &ClientQuote) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in view.lines.iter().filter(|line| line.exempt) {
        let piece = l.frame().taxes.get(&line.tax);
        let reason = piece.map(|tax| tax.piece.exemption.get(l.language)).unwrap_or_default();
        let one = (tax(l, &line.tax), reason.to_owned());
        if !reason.is_empty() && !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

fn cards(l: Locale<'_>, view: &ClientQuote, sums: &QuoteSums) -> Markup {
    html! {
        @if sums.periods.is_empty() { (card(l, view, &t!(l, "offer-total"), &sums.first)) }
        @else {
            (card(l, view, &t!(l, "offer-first"), &sums.first))
            @for (period, invoice) in &sums.periods { (card(l, view, &billing(l, *period), invoice)) }
            (card(l, view, &t!(l, "offer-term", months = view.months()), &sums.term))
        }
    }
}

/// What is paid at once: bases, taxes by rate, and the total.
fn card(l: Locale<'_>, view: &ClientQuote, title: &str, invoice: &Invoice) -> Markup {
    let is_taxed = matches!(view.quote.regime(), TaxRegime::Normal | TaxRegime::EquivalenceSurcharge);
    html! {
        div.sum {
            h3 { (title) }
            dl {
                @if invoice.discount.minor_units != 0 {
                    (pair(l, &t!(l, "offer-net"), invoice.net))
                    (pair(l, &t!(l, "offer-global-discount", percent = share(l, view.quote.discount.unwrap_or_default())), negated(invoice.discount)))
                }
                (pair(l, &t!(l, "offer-base"), invoice.base))
                @if is_taxed { @for rate in &invoice.rates { (taxes(l, rate, invoice.rates.len() > 1)) } }
                @if invoice.withholding.minor_units != 0 {
                    (pair(l, &t!(l, "offer-withholding", percent = share(l, view.quote.withholding.unwrap_or_default())), negated(invoice.withholding)))
                }
                div.total { dt { (t!(l, "offer-to-pay")) } dd.num { (format::money(l, invoice.total)) } }
            }
        }
    }
}

/// The tax of a rate; with several rates, of what.
fn taxes(l: Locale<'_>, rate: &RateSum, says_base: bool) -> Markup {
    let (name, rate_percent) = (tax(l, &rate.rate.tax), share(l, rate.rate.percent));
    let label = if rate.rate.exempt {
        t!(l, "offer-tax-exempt", tax = name, base = format::money(l, rate.base))
    } else if says_base {
        t!(l, "offer-tax-of", tax = name, percent = rate_percent, base = format::money(l, rate.base))
    } else {
        format!("{name} {rate_percent}")
    };
    html! {
        (pair(l, &label, rate.tax))
        @if rate.surcharge.minor_units != 0 {
            (pair(l, &t!(l, "offer-surcharge", percent = share(l, rate.rate.surcharge.unwrap_or_default())), rate.surcharge))
        }
    }
}

fn pair(l: Locale<'_>, label: &str, money: Money) -> Markup {
    html! { div { dt { (label) } dd.num { (format::money(l, money)) } } }
}

fn negated(money: Money) -> Money {
    Money { minor_units: money.minor_units.saturating_neg(), ..money }
}
