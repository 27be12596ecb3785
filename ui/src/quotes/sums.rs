//! Lines of a quote as a table, and what they come to: the first payment, each period, and the whole term.

use super::{each, per};
use crate::components::{Column, table, tag};
use crate::messages::t;
use crate::prices::{money, number, share};
use crate::{Locale, format};
use maud::{Markup, html};
use model::{Decimal, Invoice, LineKind, Money, QuoteLine, QuoteSums};

/// The lines with their nets; headings and texts between them.
pub(crate) fn lines(l: Locale<'_>, lines: &[QuoteLine], sums: &QuoteSums) -> Markup {
    let columns = [
        Column::text(t!(l, "quotes-line-text")),
        Column::number(t!(l, "quotes-line-quantity")),
        Column::number(t!(l, "quotes-line-price")),
        Column::number(t!(l, "quotes-line-discount")),
        Column::number(t!(l, "quotes-line-tax")),
        Column::number(t!(l, "quotes-line-net")),
    ];
    let currency = sums.first.total.currency;
    let rows = html! {
        @for (place, line) in lines.iter().enumerate() {
            @match line.kind {
                LineKind::Section => { tr { th scope="row" colspan="6" { strong { (line.text) } } } }
                LineKind::Text => { tr { td colspan="6" { (paragraphs(&line.text)) } } }
                LineKind::Product => {
                    tr {
                        th scope="row" { (paragraphs(&line.text)) (marks(l, line)) }
                        td.num data-l=(columns[1].label) { (number(l, line.quantity)) @if let Some(unit) = &line.unit { " " (unit) } }
                        td.num data-l=(columns[2].label) {
                            (money(l, line.unit_price, currency))
                            @if let Some(per) = per(l, line.billing) { span.sub { (per) } }
                            @if let Some(months) = line.minimum() { span.sub { (t!(l, "quotes-minimum", months = months)) } }
                        }
                        td.num data-l=(columns[3].label) { @if line.discount.is_zero() { "—" } @else { (share(l, line.discount)) } }
                        td.num data-l=(columns[4].label) { @if line.exempt { (t!(l, "quotes-exempt")) } @else { (share(l, line.percent)) } }
                        td.num data-l=(columns[5].label) { @if let Some(sum) = sums.lines.get(place) { (format::money(l.language, sum.net)) } }
                    }
                }
            }
        }
    };
    table(&t!(l, "quotes-lines"), &columns, rows)
}

fn paragraphs(text: &str) -> Markup {
    html! { @for (place, line) in text.lines().enumerate() { @if place > 0 { br; } (line) } }
}

fn marks(l: Locale<'_>, line: &QuoteLine) -> Markup {
    html! {
        @if let Some(code) = &line.code { span.sub { (code) } }
        @if line.optional || line.alternative.is_some() {
            span.tags {
                @if let Some(name) = &line.alternative { (tag("info", "list", &t!(l, "quotes-alternative", name = name.as_str()))) }
                @if line.optional && line.ticked { (tag("", "check", &t!(l, "quotes-optional-in"))) }
                @else if line.optional { (tag("", "circle-dashed", &t!(l, "quotes-optional-out"))) }
            }
        }
    }
}

/// What everything comes to, each alternative beside the others; the accepted one is marked.
pub(crate) fn all(
    l: Locale<'_>,
    sums: &[(Option<String>, QuoteSums)],
    accepted: Option<&str>,
    months: u16,
    discount: Option<Decimal>,
    shows_margin: bool,
) -> Markup {
    html! {
        div.quote-sums {
            @for (name, sums) in sums {
                section.stack-s {
                    @if let Some(name) = name {
                        h3 {
                            (t!(l, "quotes-alternative", name = name.as_str()))
                            @if accepted == Some(name.as_str()) { " " (tag("ok", "circle-check", &t!(l, "quotes-sums-accepted"))) }
                        }
                    }
                    (one(l, sums, months, discount))
                    @if shows_margin { (margin(l, sums)) }
                }
            }
        }
    }
}

fn one(l: Locale<'_>, sums: &QuoteSums, months: u16, discount: Option<Decimal>) -> Markup {
    if sums.periods.is_empty() {
        return invoice(l, &t!(l, "quotes-total"), &sums.term, discount);
    }
    html! {
        (invoice(l, &t!(l, "quotes-first"), &sums.first, discount))
        @for (billing, sum) in &sums.periods { (invoice(l, &each(l, *billing), sum, discount)) }
        (invoice(l, &t!(l, "quotes-term", months = months), &sums.term, discount))
    }
}

/// One invoice from the base to the total.
fn invoice(l: Locale<'_>, label: &str, sum: &Invoice, discount: Option<Decimal>) -> Markup {
    let money = |money: Money| format::money(l.language, money);
    let minus = |amount: Money| money(Money { minor_units: -amount.minor_units, ..amount });
    html! {
        dl.sums {
            @if sum.discount.minor_units != 0 {
                div { dt { (t!(l, "quotes-net")) } dd { (money(sum.net)) } }
                div {
                    dt { (t!(l, "quotes-discount")) @if let Some(part) = discount { " (" (share(l, part)) ")" } }
                    dd { (minus(sum.discount)) }
                }
            }
            div { dt { (t!(l, "quotes-base")) } dd { (money(sum.base)) } }
            @for rate in &sum.rates {
                @if rate.rate.exempt { div { dt { (t!(l, "quotes-tax-exempt", base = money(rate.base))) } dd { (money(rate.tax)) } } }
                @else { div { dt { (t!(l, "quotes-tax", percent = share(l, rate.rate.percent), base = money(rate.base))) } dd { (money(rate.tax)) } } }
                @if rate.surcharge.minor_units != 0 {
                    div {
                        dt { (t!(l, "quotes-surcharge", percent = share(l, rate.rate.surcharge.unwrap_or_default()))) }
                        dd { (money(rate.surcharge)) }
                    }
                }
            }
            @if sum.withholding.minor_units != 0 { div { dt { (t!(l, "quotes-withholding")) } dd { (minus(sum.withholding)) } } }
            div.total { dt { (label) } dd { (money(sum.total)) } }
        }
    }
}

/// For us alone.
fn margin(l: Locale<'_>, sums: &QuoteSums) -> Markup {
    let words = match (sums.margin(), sums.margin_per_mille()) {
        (Some(margin), Some(share)) => {
            let (amount, percent) = (format::money(l.language, margin), format::percent(l.language, share));
            t!(l, "quotes-margin", amount = amount, percent = percent)
        }
        // Nothing is there yet.
        (Some(margin), None) if margin.minor_units == 0 => return html! {},
        (Some(margin), None) => t!(l, "quotes-margin-alone", amount = format::money(l.language, margin)),
        (None, _) => t!(l, "quotes-margin-unknown"),
    };
    html! { p.sub { (words) } }
}
