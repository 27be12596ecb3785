//! What the pages of all pieces of configuration share: their list, their three labels, and the frame of their form.

use crate::Locale;
use crate::components::{
    Column, Empty, Field, empty, error_summary, icon, page_head, post_button, primary_link, table, tag,
};
use crate::messages::t;
use crate::settings::back_link;
use crate::shell::{Nav, Page, Shell, language_name};
use maud::{Markup, html};
use model::{FieldErrors, LABEL_CHARACTERS_MAX, Label, Language};

/// A piece in the list of its kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PieceRow {
    pub key: String,
    pub label: String,
    /// What it is now, in a few words.
    pub detail: String,
    pub archived: bool,
}

/// The list of a kind of configuration.
pub struct PieceList<'a> {
    pub title: String,
    pub intro: String,
    /// Without a slash at the end: `/settings/taxes`.
    pub path: &'a str,
    pub icon: &'a str,
    pub new: String,
    pub rows: &'a [PieceRow],
}

pub(crate) fn list(shell: &Shell, view: &PieceList<'_>) -> Markup {
    let l = shell.locale();
    let new_href = format!("{}/new", view.path);
    let columns = [
        Column::text(t!(l, "pieces-name")),
        Column::text(t!(l, "pieces-detail")),
        Column::text(t!(l, "pieces-state")),
    ];
    let rows = html! {
        @for row in view.rows {
            tr {
                th scope="row" { a href=(format!("{}/{}", view.path, row.key)) { (row.label) } span.sub { (row.key) } }
                td data-l=(columns[1].label) { (row.detail) }
                td data-l=(columns[2].label) {
                    @if row.archived { (tag("", "archive", &t!(l, "pieces-archived"))) }
                    @else { (tag("ok", "circle-check", &t!(l, "pieces-in-use"))) }
                }
            }
        }
    };
    shell.page(
        &Page::new(&view.title, Nav::Settings),
        html! {
            (back_link(l))
            (page_head(&view.title, Some(&view.intro), primary_link(&new_href, "plus", &view.new)))
            @if view.rows.is_empty() {
                (empty(&Empty { icon: view.icon, title: view.title.clone(), text: view.intro.clone(), actions: html! {} }))
            } @else { (table(&view.title, &columns, rows)) }
        },
    )
}

/// One field a language: `<name>_ca`, `<name>_es`, `<name>_en`. The reader's own comes first.
pub(crate) fn label_fields(
    l: Locale<'_>,
    name: &str,
    title: &str,
    label: &Label,
    errors: &FieldErrors,
) -> Markup {
    let others = Language::ALL.into_iter().filter(|language| *language != l.language);
    let languages: Vec<Language> = std::iter::once(l.language).chain(others).collect();
    let maximum = u32::try_from(LABEL_CHARACTERS_MAX).unwrap_or(u32::MAX);
    html! {
        @for language in languages {
            @let field = format!("{name}_{}", language.code());
            (Field::text(&field, format!("{title} ({})", language_name(language))).value(label.own(language)).problems(l, errors).maximum_characters(maximum))
        }
    }
}

/// What a field of a piece is called, where several kinds have it.
pub fn field_name(l: Locale<'_>, name: &str) -> String {
    match name {
        "label" => t!(l, "pieces-name"),
        "kind" => t!(l, "pieces-kind"),
        "rates" => t!(l, "taxes-rates"),
        "stages" => t!(l, "pipelines-stages"),
        "pattern" => t!(l, "series-pattern"),
        "first" => t!(l, "series-first"),
        "yearly" => t!(l, "series-yearly"),
        other => other.to_owned(),
    }
}

/// A difference that somebody else made meanwhile, as people read it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    pub label: String,
    pub mine: String,
    pub saved: String,
}

/// What every form of a piece has.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PieceFrame {
    /// Nothing for a new one.
    pub key: Option<String>,
    /// What is saved now; 0 while there is no record of it.
    pub version: u64,
    pub archived: bool,
    /// Everybody has it: it cannot be taken away, only changed back.
    pub is_ready: bool,
    /// Somebody saved it meanwhile, and what differs.
    pub conflict: Option<Vec<Difference>>,
    pub errors: FieldErrors,
}

/// The page around a form. `POST <path>/new` or `POST <path>/<key>` with `version`, the fields in `body`, `archived`
/// and `deed`: `save`, or what a button of a row says. `POST <path>/<key>/remove` sends `version`.
pub(crate) fn form(shell: &Shell, path: &str, title: &str, frame: &PieceFrame, body: Markup) -> Markup {
    let l = shell.locale();
    let action = match &frame.key {
        Some(key) => format!("{path}/{key}"),
        None => format!("{path}/new"),
    };
    shell.page(
        &Page::new(title, Nav::Settings).errors(&frame.errors),
        html! {
            p { a.btn.quiet href=(path) { (icon("arrow-left")) (t!(l, "pieces-all")) } }
            (error_summary(l, &frame.errors))
            @if let Some(differences) = &frame.conflict { (conflict(l, differences)) }
            (page_head(title, frame.key.as_deref(), html! {}))
            form.form method="post" action=(action) novalidate {
                // What the return key does: the first button of a form.
                button.sr type="submit" name="deed" value="save" tabindex="-1" { (t!(l, "common-save")) }
                input type="hidden" name="version" value=(frame.version);
                (body)
                @if frame.key.is_some() {
                    (Field::checkbox("archived", t!(l, "pieces-archive"), frame.archived).hint(t!(l, "pieces-archive-hint")))
                }
                div.form-actions {
                    button.btn.primary type="submit" name="deed" value="save" { (t!(l, "common-save")) }
                    a.btn.quiet href=(path) { (t!(l, "common-cancel")) }
                }
            }
            @if frame.version > 0 { (remove(l, path, frame)) }
        },
    )
}

fn remove(l: Locale<'_>, path: &str, frame: &PieceFrame) -> Markup {
    let action = format!("{path}/{}/remove", frame.key.as_deref().unwrap_or_default());
    let (question, deed) = if frame.is_ready {
        (t!(l, "pieces-restore-text"), t!(l, "pieces-restore"))
    } else {
        (t!(l, "pieces-remove-text"), t!(l, "pieces-remove"))
    };
    html! {
        details.confirm {
            summary.btn.quiet { (icon(if frame.is_ready { "undo-2" } else { "trash-2" })) (deed) }
            p { (question) }
            (post_button(&action, &[("version", &frame.version.to_string())], "danger", html! { (deed) }))
        }
    }
}

/// What somebody else saved meanwhile, beside what was typed.
pub(crate) fn conflict(l: Locale<'_>, differences: &[Difference]) -> Markup {
    let columns = [
        Column::text(t!(l, "errors-conflict-field")),
        Column::text(t!(l, "errors-conflict-mine")),
        Column::text(t!(l, "errors-conflict-saved")),
    ];
    let rows = html! {
        @for difference in differences {
            tr {
                th scope="row" { (difference.label) }
                td data-l=(columns[1].label) { (difference.mine) }
                td data-l=(columns[2].label) { (difference.saved) }
            }
        }
    };
    html! {
        div.notice.warn role="alert" { (icon("triangle-alert")) div.words { (t!(l, "pieces-conflict")) } }
        (table(&t!(l, "pieces-conflict-caption"), &columns, rows))
    }
}

/// A piece goes up or down in the list of its kind: `POST <path>/<key>/move` with `step`.
pub(crate) fn moves(
    l: Locale<'_>,
    path: &str,
    key: &str,
    name: &str,
    place: usize,
    current: usize,
) -> Markup {
    let button = |step: &str, icon_name: &str, label: String| {
        html! {
            button.btn.icon-only.quiet type="submit" name="step" value=(step) title=(label) {
                (icon(icon_name)) span.sr { (label) " " (name) }
            }
        }
    };
    html! {
        form.actions method="post" action=(format!("{path}/{key}/move")) data-move {
            input type="hidden" name="to" value="";
            @if place > 0 { (button("up", "arrow-up", t!(l, "pieces-up"))) }
            @if place + 1 < current { (button("down", "arrow-down", t!(l, "pieces-down"))) }
        }
    }
}

/// Up, down and away, for the row at a place.
pub(crate) fn row_buttons(l: Locale<'_>, place: usize, count: usize, name: &str) -> Markup {
    let button = |deed: &str, icon_name: &str, label: String| {
        html! {
            button.btn.icon-only.quiet type="submit" name="deed" value=(format!("{deed}-{place}")) title=(label) {
                (icon(icon_name)) span.sr { (label) " " (name) }
            }
        }
    };
    html! {
        div.actions {
            @if place > 0 { (button("up", "arrow-up", t!(l, "pieces-up"))) }
            @if place + 1 < count { (button("down", "arrow-down", t!(l, "pieces-down"))) }
            (button("drop", "trash-2", t!(l, "pieces-drop")))
        }
    }
}

/// The button that adds an empty row.
pub(crate) fn add_row(label: &str) -> Markup {
    html! { button.btn type="submit" name="deed" value="add" { (icon("plus")) (label) } }
}
