//! The editor of lines: rows that are added, put in order and taken away by buttons, and sums that follow what is typed.

use super::{all_sums, at};
use crate::components::{Choice, Field, Picker, error_summary, icon, page_head, tag};
use crate::messages::t;
use crate::records::{code_name, kind_name};
use crate::shell::{Nav, Page, Shell};
use crate::{Locale, format};
use maud::{Markup, html};
use model::{
    ALTERNATIVES, Billing, Decimal, FieldErrors, Kind, LINE_TEXT_CHARACTERS_MAX, LineKind, Quote, QuoteSums,
};

/// A line as the form has it: texts as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LineForm {
    /// See [`LineKind`].
    pub kind: String,
    pub text: String,
    pub product: String,
    /// The search for a product; none where the reader sees no products.
    pub picker: Option<Picker>,
    pub quantity: String,
    pub unit: String,
    pub unit_price: String,
    pub cost: String,
    pub discount: String,
    pub tax: String,
    pub billing: String,
    pub minimum_months: String,
    pub optional: bool,
    pub ticked: bool,
    pub alternative: String,
    /// What it comes to, where that is known.
    pub net: Option<model::Money>,
    /// Where it costs what its product says itself: the price book in which it has no price, and a code of why.
    pub price_note: Option<(String, &'static str)>,
}

/// `GET /quotes/{id}/lines`, and again with other rows, with sums, or with problems (422, 409).
#[derive(Clone, PartialEq, Debug)]
pub struct LinesPage {
    pub quote: Quote,
    pub version: u64,
    pub lines: Vec<LineForm>,
    /// Keys and names of the taxes that a line can have.
    pub taxes: Vec<(String, String)>,
    pub sums: Vec<(Option<String>, QuoteSums)>,
    pub months: u16,
    pub errors: FieldErrors,
    /// Somebody else changed the quote meanwhile.
    pub is_stale: bool,
    /// The line that a button put in.
    pub added: Option<usize>,
}

pub fn lines_page(shell: &Shell, view: &LinesPage) -> Markup {
    let l = shell.locale();
    let id = view.quote.meta.id.to_string();
    let title = t!(l, "quotes-lines-of", title = model::Entity::title(&view.quote));
    let action = at(&id, "/lines");
    shell.page(
        &Page::new(title.as_str(), Nav::Quotes).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "quotes-lines-intro")), html! {}))
            @if view.is_stale {
                div.notice.warn role="alert" tabindex="-1" { (icon("triangle-alert")) div.words { (t!(l, "quotes-stale")) } }
            }
            form.form.quote-lines method="post" action=(action) novalidate {
                // Enter works the sums out again: nothing is saved by accident.
                button.sr type="submit" name="deed" value="again" tabindex="-1" { (t!(l, "quotes-again")) }
                input type="hidden" name="version" value=(view.version);
                ol.stack-m { @for place in 0..view.lines.len() { (line(l, view, place)) } }
                div.actions {
                    button.btn type="submit" name="deed" value="add-product" { (icon("plus")) (t!(l, "quotes-add-product")) }
                    button.btn.quiet type="submit" name="deed" value="add-section" { (icon("plus")) (t!(l, "quotes-add-section")) }
                    button.btn.quiet type="submit" name="deed" value="add-text" { (icon("plus")) (t!(l, "quotes-add-text")) }
                    @for (from, to) in copies(view) {
                        button.btn.quiet type="submit" name="deed" value=(format!("copy-{from}-{to}")) { (icon("copy")) (t!(l, "quotes-copy", from = from, to = to)) }
                    }
                }
                div #quote-sums role="status" data-hx-post=(at(&id, "/lines/sums")) data-hx-trigger="input delay:400ms from:<closest form/>"
                    data-hx-include="closest form" data-hx-target="this" data-hx-swap="innerHTML" { (live_sums(l, view)) }
                div.form-actions {
                    button.btn.primary type="submit" name="deed" value="save" { (t!(l, "quotes-save")) }
                    button.btn type="submit" name="deed" value="again" { (icon("refresh-cw")) (t!(l, "quotes-again")) }
                    a.btn.quiet href=(at(&id, "")) { (t!(l, "leads-cancel")) }
                }
            }
        },
    )
}

/// What the lines come to as they are typed.
pub fn live_sums<'l>(l: impl Into<Locale<'l>>, view: &LinesPage) -> Markup {
    let l: Locale<'_> = l.into();
    let discount = view.quote.discount.filter(|percent| *percent != Decimal::ZERO);
    html! {
        section.panel {
            header { h2 { (t!(l, "quotes-sums")) } }
            div.body.stack-s {
                @if !view.errors.is_empty() { p { (tag("warn", "triangle-alert", &t!(l, "quotes-sums-partly"))) } }
                ul.line-nets {
                    @for (place, line) in view.lines.iter().enumerate() {
                        @if let Some(net) = line.net {
                            li { span { (t!(l, "quotes-line-number", number = place + 1)) " · " (short(line)) @if let Some(note) = own_price(l, line) { br; span.muted { (note) } } } span.num { (format::money(l.language, net)) } }
                        }
                    }
                }
                (all_sums(l, &view.sums, None, view.months, discount, true))
            }
        }
    }
}

/// From the alternatives that there are to the next one that there is not.
fn copies(view: &LinesPage) -> Vec<(&'static str, &'static str)> {
    let is_used = |name: &str| view.lines.iter().any(|line| line.alternative == name);
    let next = ALTERNATIVES.into_iter().find(|name| !is_used(name));
    let used = ALTERNATIVES.into_iter().filter(|name| is_used(name));
    used.filter_map(|from| Some((from, next?))).collect()
}

/// Why a line costs what its product says itself.
fn own_price(l: Locale<'_>, line: &LineForm) -> Option<String> {
    let (book, why) = line.price_note.as_ref()?;
    let book = book.as_str();
    Some(match *why {
        "other_currency" => t!(l, "quotes-own-price-currency", book = book),
        "not_in_force" => t!(l, "quotes-own-price-day", book = book),
        _ => t!(l, "quotes-own-price", book = book),
    })
}

fn short(line: &LineForm) -> &str {
    let text = if line.text.is_empty() { &line.product } else { &line.text };
    text.lines().next().unwrap_or_default()
}

fn line(l: Locale<'_>, view: &LinesPage, place: usize) -> Markup {
    let Some(form) = view.lines.get(place) else { return html! {} };
    let kind = LineKind::from_code(&form.kind).unwrap_or_default();
    let name = |field: &str| format!("lines.{place}.{field}");
    let title = match kind {
        LineKind::Product => t!(l, "quotes-line-number", number = place + 1),
        LineKind::Section => t!(l, "quotes-line-section", number = place + 1),
        LineKind::Text => t!(l, "quotes-line-words", number = place + 1),
    };
    html! {
        li {
            fieldset.panel data-focus-first[view.added == Some(place)] {
                legend.sr { (title) }
                header { h2 aria-hidden="true" { (title) } (buttons(l, view, place, &title)) }
                div.body {
                    input type="hidden" name=(name("kind")) value=(kind.as_str());
                    @match kind {
                        LineKind::Product => { (priced(l, view, place, form)) }
                        LineKind::Section => { div.form-grid { (text(l, view, place, form, t!(l, "quotes-line-heading"), 1)) } }
                        LineKind::Text => { div.form-grid { (text(l, view, place, form, t!(l, "quotes-line-text"), 3)) } }
                    }
                }
            }
        }
    }
}

fn buttons(l: Locale<'_>, view: &LinesPage, place: usize, title: &str) -> Markup {
    let button = |deed: &str, icon_name: &str, label: String| {
        html! {
            button.btn.icon-only.quiet type="submit" name="deed" value=(format!("{deed}-{place}")) title=(label) {
                (icon(icon_name)) span.sr { (label) ": " (title) }
            }
        }
    };
    html! {
        div.actions {
            @if place > 0 { (button("up", "arrow-up", t!(l, "pieces-up"))) }
            @if place + 1 < view.lines.len() { (button("down", "arrow-down", t!(l, "pieces-down"))) }
            (button("drop", "trash-2", t!(l, "pieces-drop")))
        }
    }
}

fn text(l: Locale<'_>, view: &LinesPage, place: usize, form: &LineForm, label: String, rows: u32) -> Markup {
    let name = format!("lines.{place}.text");
    let most = u32::try_from(LINE_TEXT_CHARACTERS_MAX).unwrap_or(u32::MAX);
    let field = if rows == 1 { Field::text(&name, label) } else { Field::textarea(&name, label, rows) };
    html! { (field.value(&form.text).problems(l, &view.errors).maximum_characters(most).full()) }
}

fn priced(l: Locale<'_>, view: &LinesPage, place: usize, form: &LineForm) -> Markup {
    let name = |field: &str| format!("lines.{place}.{field}");
    let [product, quantity, unit, unit_price] = &["product", "quantity", "unit", "unit_price"].map(name);
    let [cost, discount, tax, billing] = &["cost", "discount", "tax", "billing"].map(name);
    let [minimum, alternative, optional, ticked] =
        &["minimum_months", "alternative", "optional", "ticked"].map(name);
    let e = &view.errors;
    let usual = |label: String| Choice::new("", label);
    let mut taxes = vec![usual(t!(l, "quotes-of-product"))];
    taxes.extend(view.taxes.iter().map(|(key, label)| Choice::new(key.as_str(), label.as_str())));
    let mut billings = vec![usual(t!(l, "quotes-of-product"))];
    billings.extend(
        Billing::ALL
            .map(|one| Choice::new(one.as_str(), code_name(l, Kind::Product, "billing", one.as_str()))),
    );
    let mut alternatives = vec![usual(t!(l, "quotes-alternative-all"))];
    alternatives.extend(ALTERNATIVES.map(|name| Choice::new(name, t!(l, "quotes-alternative", name = name))));
    html! {
        div.form-grid {
            @if let Some(picker) = &form.picker {
                (Field::text(product, kind_name(l, Kind::Product)).value(&form.product).problems(l, e).optional(l).picker(l, picker.clone()))
            }
            (text(l, view, place, form, t!(l, "quotes-line-text"), 2))
        }
        div.line-figures {
            (Field::decimal(quantity, t!(l, "quotes-line-quantity")).value(&form.quantity).problems(l, e))
            (Field::text(unit, t!(l, "quotes-line-unit")).value(&form.unit).problems(l, e).maximum_characters(20))
            (Field::decimal(unit_price, t!(l, "quotes-line-price")).value(&form.unit_price).problems(l, e))
            (Field::decimal(discount, t!(l, "quotes-line-discount-percent")).value(&form.discount).problems(l, e))
            (Field::select(tax, t!(l, "quotes-line-tax"), &taxes).value(&form.tax).problems(l, e))
            (Field::select(billing, t!(l, "quotes-line-billing"), &billings).value(&form.billing).problems(l, e))
        }
        @if let Some(note) = own_price(l, form) { p.hint-text { (note) } }
        details.fold open[form.optional || !form.alternative.is_empty() || has_problem(view, &[cost, minimum, alternative])] {
            summary { (t!(l, "quotes-line-more")) }
            div.line-figures {
                (Field::decimal(cost, t!(l, "quotes-line-cost")).value(&form.cost).problems(l, e))
                (Field::text(minimum, t!(l, "quotes-line-minimum")).value(&form.minimum_months).problems(l, e).maximum_characters(3))
                (Field::select(alternative, t!(l, "quotes-line-alternative"), &alternatives).value(&form.alternative).problems(l, e))
                (Field::checkbox(optional, t!(l, "quotes-line-optional"), form.optional))
                (Field::checkbox(ticked, t!(l, "quotes-line-ticked"), form.ticked))
            }
        }
    }
}

fn has_problem(view: &LinesPage, names: &[&String]) -> bool {
    names.iter().any(|name| view.errors.of(name).is_some())
}
