//! The lines of a quote for its client, section by section: texts, and tables that become cards on a phone.

use super::ClientQuote;
use crate::Locale;
use crate::components::tag;
use crate::format;
use crate::messages::t;
use crate::prices::{money, share};
use maud::{Markup, html};
use model::{Billing, LineKind, QuoteLine, TaxKind};

/// What stands together: a heading, words, or lines with prices, each with its place.
enum Block<'a> {
    Heading(&'a str),
    Words(&'a str),
    /// With the heading above them.
    Priced(&'a str, Vec<(u16, &'a QuoteLine)>),
}

/// Of what was accepted, the other alternatives are no part.
fn blocks<'a>(lines: &'a [QuoteLine], accepted: Option<&str>) -> Vec<Block<'a>> {
    let (mut blocks, mut heading) = (Vec::new(), "");
    for (place, line) in (0_u16..).zip(lines).filter(|(_, line)| line.is_of(accepted)) {
        match (line.kind, blocks.last_mut()) {
            (LineKind::Section, _) => {
                heading = line.text.as_str();
                blocks.push(Block::Heading(heading));
            }
            (LineKind::Text, _) => blocks.push(Block::Words(&line.text)),
            (LineKind::Product, Some(Block::Priced(_, priced))) => priced.push((place, line)),
            (LineKind::Product, _) => blocks.push(Block::Priced(heading, vec![(place, line)])),
        }
    }
    blocks
}

/// Which columns there is something to say in.
#[derive(Clone, Copy)]
struct Columns {
    discount: bool,
    billing: bool,
    /// Optional lines can be ticked.
    choice: bool,
}

pub(super) fn lines(l: Locale<'_>, view: &ClientQuote) -> Markup {
    let is_any = |is: &dyn Fn(&QuoteLine) -> bool| view.lines.iter().any(|line| line.is_priced() && is(line));
    let acceptance = view.quote.state.acceptance.as_ref();
    let accepted = acceptance.and_then(|accepted| accepted.alternative.as_deref());
    let columns = Columns {
        discount: is_any(&|line| !line.discount.is_zero()),
        billing: is_any(&|line| line.billing != Billing::Once),
        choice: view.is_open,
    };
    let lang = view.other_language(l);
    html! {
        section.panel aria-labelledby="offer-lines" {
            header { h2 id="offer-lines" { (t!(l, "offer-lines")) } }
            div.body {
                @for block in blocks(&view.lines, accepted) {
                    @match block {
                        Block::Heading(text) => { h3 lang=[lang] { (text) } }
                        Block::Words(text) => { p.pre lang=[lang] { (text) } }
                        Block::Priced(heading, priced) => (table(l, view, columns, heading, &priced)),
                    }
                }
                p.hint-text { (t!(l, "offer-without-tax")) }
            }
        }
    }
}

fn table(
    l: Locale<'_>,
    view: &ClientQuote,
    columns: Columns,
    heading: &str,
    lines: &[(u16, &QuoteLine)],
) -> Markup {
    html! {
        div.table-wrap {
            table.stack.figures {
                caption.sr { @if heading.is_empty() { (t!(l, "offer-lines")) } @else { span lang=[view.other_language(l)] { (heading) } } }
                thead {
                    tr {
                        th scope="col" { (t!(l, "offer-concept")) }
                        th.num scope="col" { (t!(l, "offer-quantity")) }
                        th.num scope="col" { (t!(l, "offer-unit-price")) }
                        @if columns.discount { th.num scope="col" { (t!(l, "offer-discount")) } }
                        @if columns.billing { th scope="col" { (t!(l, "offer-billing")) } }
                        th.num scope="col" { (t!(l, "offer-tax")) }
                        th.num scope="col" { (t!(l, "offer-amount")) }
                    }
                }
                tbody { @for (place, line) in lines { (row(l, view, columns, *place, line)) } }
            }
        }
    }
}

fn row(l: Locale<'_>, view: &ClientQuote, columns: Columns, place: u16, line: &QuoteLine) -> Markup {
    let currency = view.quote.state.currency;
    let net = view.main().and_then(|sums| sums.lines.get(usize::from(place))).map(|sum| sum.net);
    let quantity = format::decimal(l, &line.quantity.normalize().to_string());
    html! {
        tr {
            th scope="row" { (concept(l, view, columns, place, line)) }
            td.num data-l=(t!(l, "offer-quantity")) { (quantity) @if let Some(unit) = &line.unit { "\u{a0}" (unit) } }
            td.num data-l=(t!(l, "offer-unit-price")) { (money(l, line.unit_price, currency)) }
            @if columns.discount {
                td.num data-l=(t!(l, "offer-discount")) { @if !line.discount.is_zero() { (share(l, line.discount)) } }
            }
            @if columns.billing { td data-l=(t!(l, "offer-billing")) {
                (billing(l, line.billing))
                @if let Some(months) = line.minimum() { span.sub { (t!(l, "quotes-minimum", months = months)) } }
            } }
            td.num data-l=(t!(l, "offer-tax")) {
                (tax(l, &line.tax)) "\u{a0}"
                @if line.exempt { (t!(l, "quotes-exempt")) } @else { (share(l, line.percent)) }
            }
            td.num data-l=(t!(l, "offer-amount")) { @if let Some(net) = net { (format::money(l, net)) } }
        }
    }
}

/// What it is; where the client decides, a box to tick.
fn concept(l: Locale<'_>, view: &ClientQuote, columns: Columns, place: u16, line: &QuoteLine) -> Markup {
    let (title, rest) = line.text.split_once('\n').unwrap_or((&line.text, ""));
    let words = html! {
        span lang=[view.other_language(l)] {
            (title)
            @if !rest.is_empty() { span.sub.pre { (rest) } }
        }
        @if line.optional || line.alternative.is_some() {
            span.tags {
                @if let Some(name) = &line.alternative { (tag("accent", "copy", &t!(l, "offer-alternative", name = name.as_str()))) }
                @if line.optional { (optional_tag(l, line, columns.choice)) }
            }
        }
    };
    html! {
        @if line.optional && columns.choice {
            label.check {
                input type="checkbox" name="ticked" value=(place) checked[view.typed.ticked.contains(&place)] data-choice;
                span { (words) }
            }
        } @else { (words) }
    }
}

fn optional_tag(l: Locale<'_>, line: &QuoteLine, can_choose: bool) -> Markup {
    match (can_choose, line.ticked) {
        (true, _) => tag("", "plus", &t!(l, "offer-optional")),
        (false, true) => tag("ok", "check", &t!(l, "offer-optional-in")),
        (false, false) => tag("", "minus", &t!(l, "offer-optional-out")),
    }
}

pub(super) fn billing(l: Locale<'_>, billing: Billing) -> String {
    match billing {
        Billing::Once => t!(l, "offer-once"),
        Billing::Monthly => t!(l, "offer-monthly"),
        Billing::Quarterly => t!(l, "offer-quarterly"),
        Billing::Yearly => t!(l, "offer-yearly"),
    }
}

/// What a tax is called for short, by its key.
pub(super) fn tax(l: Locale<'_>, key: &str) -> String {
    match l.frame().taxes.get(key).map(|tax| tax.piece.kind) {
        Some(TaxKind::Igi) => t!(l, "offer-igi"),
        _ => t!(l, "offer-vat"),
    }
}
