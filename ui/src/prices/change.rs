//! Many prices up or down by a percentage: what would change, and what did.

use super::{money, number, path, percent};
use crate::components::{
    Choice, Column, Field, error_summary, icon, link_button, notice, page_head, panel, table,
};
use crate::messages::t;
use crate::shell::{Nav, Notice, NoticeKind, Page, Shell};
use crate::{Locale, records};
use maud::{Markup, html};
use model::{Currency, Decimal, FieldErrors, Kind};

/// One price before and after.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeRow {
    pub name: String,
    pub code: String,
    pub from_quantity: Decimal,
    pub before: Decimal,
    pub after: Decimal,
}

/// What a change would do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangePreview {
    /// The prices it is for.
    pub count: u64,
    /// Those of them that are another price afterwards.
    pub changed: u64,
    /// The first ones.
    pub rows: Vec<ChangeRow>,
    /// Sent with the order, so that it is done once.
    pub idempotency_key: String,
}

/// `GET /price-books/{key}/change?percent=…&rounding=…&kind=…&family=…`; `POST` there with the same, `count` and
/// `idempotency_key`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangePage {
    pub key: String,
    pub label: String,
    pub currency: Currency,
    pub percent: String,
    pub rounding: String,
    pub kind: String,
    pub family: String,
    pub preview: Option<ChangePreview>,
    pub errors: FieldErrors,
}

/// What was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeDone {
    pub key: String,
    pub label: String,
    pub percent: Decimal,
    pub changed: u64,
    pub unchanged: u64,
    pub left: u64,
}

const PERCENT_CHARACTERS_MAX: u32 = 10;

pub fn change_page(shell: &Shell, view: &ChangePage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "prices-change");
    let intro = t!(l, "prices-change-intro", book = view.label.as_str());
    let action = path(&view.key, "/change");
    shell.page(
        &Page::new(&title, Nav::Products).errors(&view.errors),
        html! {
            p { a.btn.quiet href=(path(&view.key, "")) { (icon("arrow-left")) (view.label) } }
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&intro), html! {}))
            form.form.narrow method="get" action=(action) {
                section.panel { div.body { div.form-grid { (fields(l, view)) } } }
                div.form-actions { button.btn.primary type="submit" { (t!(l, "prices-change-look")) } }
            }
            @if let Some(preview) = &view.preview { (shown(l, view, preview)) }
        },
    )
}

fn fields(l: Locale<'_>, view: &ChangePage) -> Markup {
    let errors = &view.errors;
    let roundings = [
        Choice::new("cents", t!(l, "prices-rounding-cents")),
        Choice::new("five_cents", t!(l, "prices-rounding-five")),
        Choice::new("whole", t!(l, "prices-rounding-whole")),
    ];
    let all = || Choice::new("", t!(l, "prices-change-all"));
    let choices = |field: &str, current: &str| -> Vec<Choice> {
        let known = records::field_choices(l, Kind::Product, field, current);
        std::iter::once(all()).chain(known).collect()
    };
    let (kinds, families) = (choices("kind", &view.kind), choices("family", &view.family));
    html! {
        (Field::decimal("percent", t!(l, "prices-change-percent")).value(&view.percent).hint(t!(l, "prices-change-percent-hint")).problems(l, errors).maximum_characters(PERCENT_CHARACTERS_MAX).required())
        (Field::select("rounding", t!(l, "prices-change-rounding"), &roundings).value(&view.rounding).problems(l, errors))
        (Field::select("kind", t!(l, "prices-change-kind"), &kinds).value(&view.kind).problems(l, errors))
        (Field::select("family", t!(l, "prices-change-family"), &families).value(&view.family).problems(l, errors))
    }
}

fn shown(l: Locale<'_>, view: &ChangePage, preview: &ChangePreview) -> Markup {
    if preview.changed == 0 {
        return notice(&Notice { kind: NoticeKind::Info, text: t!(l, "prices-change-nothing") });
    }
    let count = preview.count.to_string();
    let hidden = [
        ("percent", view.percent.as_str()),
        ("rounding", &view.rounding),
        ("kind", &view.kind),
        ("family", &view.family),
        ("count", &count),
        ("idempotency_key", &preview.idempotency_key),
    ];
    html! {
        div.stack-m {
            p role="status" { strong { (t!(l, "prices-change-count", count = preview.count, changed = preview.changed)) } }
            (panel(&t!(l, "prices-change-first"), html! {}, rows(l, view, preview)))
            form method="post" action=(path(&view.key, "/change")) {
                @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
                div.form-actions {
                    button.btn.primary type="submit" { (icon("check")) (t!(l, "prices-change-do", count = preview.changed)) }
                    a.btn.quiet href=(path(&view.key, "")) { (t!(l, "common-cancel")) }
                }
            }
        }
    }
}

fn rows(l: Locale<'_>, view: &ChangePage, preview: &ChangePreview) -> Markup {
    let columns = [
        Column::text(t!(l, "prices-column-product")),
        Column::number(t!(l, "prices-column-quantity")),
        Column::number(t!(l, "prices-change-before")),
        Column::number(t!(l, "prices-change-after")),
    ];
    let body = html! {
        @for row in &preview.rows {
            tr {
                th scope="row" { (row.name) @if !row.code.is_empty() { span.sub { (row.code) } } }
                td.num data-l=(columns[1].label) { (number(l, row.from_quantity)) }
                td.num data-l=(columns[2].label) { (money(l, row.before, view.currency)) }
                td.num data-l=(columns[3].label) { strong { (money(l, row.after, view.currency)) } }
            }
        }
    };
    table(&t!(l, "prices-change-first"), &columns, body)
}

/// The answer to the order.
pub fn changed_page(shell: &Shell, view: &ChangeDone) -> Markup {
    let l = shell.locale();
    let title = t!(l, "prices-changed");
    let said = |kind, text| notice(&Notice { kind, text });
    shell.page(
        &Page::new(&title, Nav::Products),
        html! {
            (page_head(&title, Some(&view.label), html! {}))
            div.narrow.stack-m {
                (said(NoticeKind::Ok, t!(l, "prices-changed-count", count = view.changed, percent = percent(l, view.percent))))
                @if view.unchanged > 0 { (said(NoticeKind::Info, t!(l, "prices-changed-same", count = view.unchanged))) }
                @if view.left > 0 { (said(NoticeKind::Warn, t!(l, "prices-changed-left", count = view.left))) }
                p { (link_button(&path(&view.key, ""), "arrow-left", &t!(l, "prices-to-book"))) }
            }
        },
    )
}
