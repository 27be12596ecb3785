//! The question on the way to a stage, and what is said after a move.

use super::icon_of;
use crate::components::{Field, error_lines, icon, page_head, post_button};
use crate::messages::{find, t};
use crate::own_fields::some_inputs;
use crate::records::{FormPage, field_label, input, input_called, stage_label};
use crate::{Locale, Nav, Page, Shell, format, problems};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{Problem, StageKind};

/// What was moved last, and how it is taken back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moved {
    /// `moved`, `undone`.
    pub what: String,
    pub id: String,
    pub title: String,
    /// Where it is now.
    pub stage: String,
    /// Where the form that takes it back is sent, and the version; absent where it cannot be.
    pub undo: Option<(String, u64)>,
}

/// It is somewhere else by now than where somebody saw it, or otherwise changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MoveConflict {
    pub by: Option<String>,
    pub at: Timestamp,
}

/// `GET /opportunities/{id}/move?stage=…`, and `POST` again with problems (422) or after a conflict (409).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MovePage {
    pub id: String,
    pub title: String,
    /// The stored one.
    pub version: u64,
    /// Where it is.
    pub from: String,
    /// Where it goes: its code and what it means.
    pub to: String,
    pub kind: StageKind,
    /// Keys of the fields that are asked.
    pub asked: Vec<String>,
    /// What was typed into them, and what is wrong with it.
    pub form: FormPage,
    /// The day on which it was closed, as typed; absent where it is not asked.
    pub closed_on: Option<String>,
    /// Where the form is sent, and where to without moving.
    pub action: String,
    pub back_href: String,
    pub conflict: Option<MoveConflict>,
}

pub fn move_page(shell: &Shell, view: &MovePage) -> Markup {
    let l = shell.locale();
    let stage = |code: &str| stage_label(l.frame(), l.language, code);
    let to = stage(&view.to);
    let title = t!(l, "board-move-title", title = view.title.as_str(), stage = to.as_str());
    let page = Page::new(title.as_str(), Nav::Board).errors(&view.form.errors);
    let hint = find(l, &format!("board-move-hint-{}", view.kind.as_str()), &[]);
    shell.page(
        &page,
        html! {
            (problem_lines(l, view))
            (page_head(&title, Some(&t!(l, "board-move-from", stage = stage(&view.from))), html! {}))
            @if let Some(conflict) = &view.conflict { (changed(shell, view, conflict)) }
            form.form.narrow method="post" action=(view.action) novalidate {
                input type="hidden" name="version" value=(view.version);
                input type="hidden" name="stage" value=(view.to);
                input type="hidden" name="asked" value="1";
                @if !view.asked.is_empty() || view.closed_on.is_some() {
                    fieldset.panel {
                        legend.sr { (to) }
                        header aria-hidden="true" { h2 { (icon(icon_of(view.kind))) " " (to) } }
                        div.body {
                            @if let Some(hint) = hint { p.hint-text { (hint) } }
                            div.form-grid { (fields(l, view)) }
                        }
                    }
                }
                div.actions {
                    button.btn.primary type="submit" { (t!(l, "board-move-do")) }
                    a.btn.quiet href=(view.back_href) { (t!(l, "leads-cancel")) }
                }
            }
        },
    )
}

fn fields(l: Locale<'_>, view: &MovePage) -> Markup {
    let own: Vec<&str> = view.asked.iter().filter_map(|key| model::own_name(key)).collect();
    html! {
        @for key in view.asked.iter().filter(|key| model::own_name(key).is_none()) {
            @if let Some(input) = asked(l, view, key) { (input) }
        }
        @for input in some_inputs(l, view.form.kind, &view.form.own, &view.form.errors, &own) { (input) }
        @if let Some(day) = &view.closed_on {
            (Field::date("closed_on", t!(l, "entity-field-closed-at")).value(day).problems(l, &view.form.errors))
        }
    }
}

fn asked(l: Locale<'_>, view: &MovePage, key: &str) -> Option<Markup> {
    match called_here(l, view, key) {
        Some(label) => input_called(l, &view.form, key, label),
        None => input(l, &view.form, key),
    }
}

/// What something was won for is an estimate no more.
fn called_here(l: Locale<'_>, view: &MovePage, key: &str) -> Option<String> {
    (view.kind == StageKind::Won && key == "amount").then(|| t!(l, "board-move-amount"))
}

/// All problems, with the words that the form has for its fields.
fn problem_lines(l: Locale<'_>, view: &MovePage) -> Markup {
    let label = |field: &str| match field {
        "closed_on" => Some(t!(l, "entity-field-closed-at")),
        key if view.asked.iter().any(|asked| asked == key) => {
            called_here(l, view, key).or_else(|| Some(field_label(l, view.form.kind, key)))
        }
        _ => None,
    };
    let line =
        |problem: &Problem| (problem.field.clone(), problems::named_as(l, problem, label(&problem.field)));
    error_lines(l, &view.form.errors.0.iter().map(line).collect::<Vec<_>>())
}

fn changed(shell: &Shell, view: &MovePage, conflict: &MoveConflict) -> Markup {
    let l = shell.locale();
    let when = format::relative(l, conflict.at, shell.now, &shell.zone);
    let stage = stage_label(l.frame(), l.language, &view.from);
    let who = conflict.by.clone().unwrap_or_else(|| t!(l, "board-somebody"));
    html! {
        div.notice.warn role="alert" tabindex="-1" {
            (icon("triangle-alert"))
            div.words {
                strong { (t!(l, "board-conflict-title")) }
                p { (t!(l, "board-conflict", who = who, when = when, stage = stage)) }
                p { a.target href=(format!("/opportunities/{}", view.id)) { (t!(l, "board-conflict-look")) } }
            }
        }
    }
}

/// What happened, with the button that takes it back.
pub(crate) fn moved_notice(l: Locale<'_>, moved: &Moved) -> Markup {
    let stage = stage_label(l.frame(), l.language, &moved.stage);
    let words = if moved.what == "undone" {
        t!(l, "board-undone", title = moved.title.as_str(), stage = stage)
    } else {
        t!(l, "board-moved", title = moved.title.as_str(), stage = stage)
    };
    html! {
        div.notice.ok {
            (icon("circle-check"))
            div.words { (words) }
            @if let Some((action, version)) = &moved.undo { (undo_form(l, moved, action, *version)) }
        }
    }
}

/// On the board htmx puts the answer in its place; on the page of an opportunity there is no board to change.
fn undo_form(l: Locale<'_>, moved: &Moved, action: &str, version: u64) -> Markup {
    let label = html! { (icon("undo-2")) (t!(l, "inbox-undo")) span.sr { ": " (moved.title) } };
    let version = version.to_string();
    if action.contains("from=record") {
        return post_button(action, &[("version", &version)], "quiet", label);
    }
    html! {
        form method="post" action=(action) data-hx-post=(action) data-hx-target="#board" data-hx-swap="outerHTML" {
            input type="hidden" name="version" value=(version);
            button.btn.quiet type="submit" { (label) }
        }
    }
}
