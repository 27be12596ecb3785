//! What is still to be done about a record, and what can be done with an activity.

use super::{Due, icon_of};
use crate::Locale;
use crate::components::{icon, panel, person, post_button, tag};
use crate::messages::t;
use crate::{Shell, format};
use maud::{Markup, html};
use model::FieldErrors;
use model::jiff::Timestamp;

/// The record that an activity is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TodoAbout {
    pub href: String,
    pub name: String,
}

/// One activity that is still to be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TodoLine {
    pub id: String,
    pub version: u64,
    pub kind: String,
    pub title: String,
    /// Nothing where the page says it.
    pub about: Option<TodoAbout>,
    pub due: Option<Due>,
    pub owner: Option<String>,
    /// The reader may say that it is done.
    pub may_change: bool,
}

/// What is still to be done about a record, what is due first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TodoPanel {
    pub lines: Vec<TodoLine>,
    /// All of them, where there are more than are shown.
    pub all_href: Option<String>,
}

/// Nothing where nothing is to be done. `back` is the page to come back to.
pub fn todo_panel(shell: &Shell, view: &TodoPanel, back: &str) -> Markup {
    let l = shell.locale();
    if view.lines.is_empty() {
        return html! {};
    }
    panel(
        &t!(l, "activities-todo-title"),
        html! { @if let Some(href) = &view.all_href { a href=(href) { (t!(l, "activities-todo-all")) } } },
        html! {
            ul.rows {
                @for line in &view.lines {
                    li {
                        div.grow {
                            div {
                                (icon(icon_of(&line.kind))) " "
                                a href=(format!("{}/{}", super::PATH, line.id)) { (line.title) }
                                @if let Some(about) = &line.about { " · " a href=(about.href) { (about.name) } }
                            }
                            span.sub {
                                @match &line.due {
                                    Some(due) => { (due.markup(shell)) }
                                    None => { (t!(l, "activities-due-none")) }
                                }
                            }
                            @if line.may_change {
                                details.fold {
                                    summary { (icon("check")) (t!(l, "activities-done")) span.sr { ": " (line.title) } }
                                    (done_form(l, &line.id, line.version, back, "", &FieldErrors::default()))
                                }
                            }
                        }
                        @if let Some(owner) = &line.owner { span.muted { (person(owner)) } }
                    }
                }
            }
        },
    )
}

/// How far an activity is, on its own page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActivityState {
    /// `todo`, `done`, `cancelled`.
    pub state: String,
    /// Notes are always done.
    pub is_note: bool,
    pub due: Option<Due>,
    pub done_at: Option<Timestamp>,
    pub may_change: bool,
    /// What was typed as its outcome, when the form came back.
    pub outcome: String,
}

/// The state with what can be done about it.
pub fn state_card(
    shell: &Shell,
    id: &str,
    version: u64,
    view: &ActivityState,
    errors: &FieldErrors,
) -> Markup {
    let l = shell.locale();
    let name = crate::records::code_name(l, model::Kind::Activity, "state", &view.state);
    let (tone, icon_name) = match view.state.as_str() {
        "done" => ("ok", "circle-check"),
        "cancelled" => ("", "x"),
        _ => ("accent", "circle-dashed"),
    };
    let version_text = version.to_string();
    let fields = [("version", version_text.as_str())];
    let path = |deed: &str| format!("{}/{id}/{deed}", super::PATH);
    panel(
        &t!(l, "activities-state-title"),
        html! {},
        html! {
            div.body.stack-m {
                p { (tag(tone, icon_name, &name)) @if let Some(due) = &view.due { " " (due.markup(shell)) } }
                @if let Some(at) = view.done_at {
                    p.muted { (t!(l, "activities-done-on", when = format::date_time(l, at, &shell.zone))) }
                }
                @if view.may_change && !view.is_note {
                    @if view.state == "todo" {
                        (done_form(l, id, version, "", &view.outcome, errors))
                        (post_button(&path("cancel"), &fields, "quiet", html! { (icon("x")) (t!(l, "activities-cancel")) }))
                    } @else {
                        (post_button(&path("reopen"), &fields, "", html! { (icon("undo-2")) (t!(l, "activities-reopen")) }))
                    }
                }
            }
        },
    )
}

/// What came of something is shorter than a note.
const OUTCOME_CHARACTERS_MAX: u32 = 1_000;

fn done_form(
    l: Locale<'_>,
    id: &str,
    version: u64,
    back: &str,
    outcome: &str,
    errors: &FieldErrors,
) -> Markup {
    html! {
        form.form method="post" action=(format!("{}/{id}/done", super::PATH)) novalidate {
            input type="hidden" name="version" value=(version);
            @if !back.is_empty() { input type="hidden" name="back" value=(back); }
            // The field has the name of one, and there may be several such forms on a page.
            div.field {
                label for=(format!("outcome-{id}")) { (t!(l, "activities-outcome")) }
                @if let Some(error) = crate::problems::of(l, errors, "outcome") {
                    p.error id=(format!("outcome-{id}-error")) { (icon("circle-alert")) span { (error) } }
                }
                textarea id=(format!("outcome-{id}")) name="outcome" rows="2" maxlength=(OUTCOME_CHARACTERS_MAX) { (outcome) }
            }
            div.actions { button.btn.primary type="submit" { (icon("check")) (t!(l, "activities-done-do")) } }
        }
    }
}
