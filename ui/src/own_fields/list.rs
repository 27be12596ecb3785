//! All own fields of an entity in their order, and the question before one is removed.

use super::{PATH, entity_name, kind_name};
use crate::Locale;
use crate::components::notice;
use crate::components::{Empty, empty, icon, page_head, panel, primary_link, tag};
use crate::messages::t;
use crate::settings::back_link;
use crate::shell::{Nav, Notice, NoticeKind, Page, Shell};
use maud::{Markup, html};
use model::{FieldKind, Kind, Label, Shown};

/// A field in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldRow {
    /// `lead.surface`.
    pub key: String,
    pub label: Label,
    pub kind: FieldKind,
    pub required: bool,
    pub unique: bool,
    pub shown: Vec<Shown>,
    pub archived: bool,
}

/// `GET /settings/fields`
pub fn list_page(shell: &Shell, entities: &[(Kind, Vec<FieldRow>)]) -> Markup {
    let l = shell.locale();
    let title = t!(l, "fields-title");
    shell.page(
        &Page::new(&title, Nav::Settings),
        html! {
            (back_link(l))
            (page_head(&title, Some(&t!(l, "fields-intro")), html! {}))
            div.stack-m {
                @for (entity, rows) in entities { (of_entity(l, *entity, rows)) }
            }
        },
    )
}

fn of_entity(l: Locale<'_>, entity: Kind, rows: &[FieldRow]) -> Markup {
    let new = format!("{PATH}/new?entity={entity}");
    let (archived, current): (Vec<&FieldRow>, Vec<&FieldRow>) = rows.iter().partition(|row| row.archived);
    html! {
        (panel(&entity_name(l, entity), primary_link(&new, "plus", &t!(l, "fields-new")), html! {
            @if current.is_empty() {
                (empty(&Empty { icon: "list", title: t!(l, "fields-none"), text: t!(l, "fields-none-text"), actions: html! {} }))
            } @else {
                ol.rows {
                    @for (place, row) in current.iter().enumerate() {
                        li {
                            (words(l, row))
                            div.actions {
                                @if place > 0 { (step(l, row, "up")) }
                                @if place + 1 < current.len() { (step(l, row, "down")) }
                            }
                        }
                    }
                }
            }
        }))
        @if !archived.is_empty() {
            (panel(&t!(l, "fields-archived"), html! {}, html! { ul.rows { @for row in archived { li { (words(l, row)) } } } }))
        }
    }
}

fn words(l: Locale<'_>, row: &FieldRow) -> Markup {
    let mut marks = vec![kind_name(l, row.kind)];
    marks.extend(row.required.then(|| t!(l, "fields-required")));
    marks.extend(row.unique.then(|| t!(l, "fields-unique")));
    html! {
        div.grow {
            a href=(format!("{PATH}/{}", row.key)) { (row.label.get(l.language)) }
            span.sub { (marks.join(" · ")) }
            @if !row.archived && !row.shown.is_empty() {
                span.hint-text { (t!(l, "fields-shown")) ": " (row.shown.iter().map(|shown| shown_name(l, *shown)).collect::<Vec<_>>().join(", ")) }
            }
        }
        @if row.archived { (tag("", "archive", &t!(l, "fields-is-archived"))) }
        code.hint-text { (row.key) }
    }
}

/// Where a field can be shown.
pub(super) fn shown_name(l: Locale<'_>, shown: Shown) -> String {
    match shown {
        Shown::Form => t!(l, "fields-shown-form"),
        Shown::List => t!(l, "fields-shown-list"),
        Shown::Filter => t!(l, "fields-shown-filter"),
    }
}

fn step(l: Locale<'_>, row: &FieldRow, step: &str) -> Markup {
    let label = row.label.get(l.language);
    let (icon_name, words) = match step {
        "up" => ("arrow-up", t!(l, "fields-up", field = label)),
        _ => ("arrow-down", t!(l, "fields-down", field = label)),
    };
    html! {
        form method="post" action=(format!("{PATH}/{}/move", row.key)) {
            button.btn.quiet.icon-only type="submit" name="step" value=(step) title=(words) { (icon(icon_name)) span.sr { (words) } }
        }
    }
}

/// What would be removed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RemovePage {
    pub key: String,
    pub version: u64,
    pub label: Label,
    pub archived: bool,
    /// Records that have a value in it.
    pub used: u64,
}

/// `GET /settings/fields/{field}/remove`; the answer is `POST` to the same address with `version`.
pub fn remove_page(shell: &Shell, view: &RemovePage) -> Markup {
    let l = shell.locale();
    let label = view.label.get(l.language);
    let title = t!(l, "fields-remove-title", field = label);
    let at = format!("{PATH}/{}", view.key);
    let text = if view.used > 0 {
        t!(l, "fields-remove-used", count = view.used)
    } else {
        t!(l, "fields-remove-unused")
    };
    let said = Notice { kind: NoticeKind::Warn, text };
    shell.page(
        &Page::new(&title, Nav::Settings),
        html! {
            p { a.btn.quiet href=(at) { (icon("arrow-left")) (label) } }
            (page_head(&title, None, html! {}))
            div.narrow.stack-m {
                (notice(&said))
                @if view.used > 0 { p { (t!(l, "fields-remove-instead")) } }
                div.form-actions {
                    @if view.used == 0 {
                        (deed(&format!("{at}/remove"), view.version, "btn danger", "trash-2", &t!(l, "fields-remove")))
                    } @else if !view.archived {
                        (deed(&format!("{at}/archive"), view.version, "btn primary", "archive", &t!(l, "fields-archive")))
                    }
                    a.btn.quiet href=(at) { (t!(l, "fields-cancel")) }
                }
            }
        },
    )
}

/// A form of one button for this version of a field.
pub(super) fn deed(action: &str, version: u64, class: &str, icon_name: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            input type="hidden" name="version" value=(version);
            button class=(class) type="submit" { (icon(icon_name)) (label) }
        }
    }
}
