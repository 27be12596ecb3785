//! The form of one entry, and the question before it goes.

use super::{PATH, function_name};
use crate::components::{Choice, Field, error_summary, form_actions, icon, link_button, page_head};
use crate::messages::t;
use crate::{Nav, Page, Shell, audit};
use maud::{Markup, html};
use model::{FieldErrors, ProgramFunction};

/// What the form holds, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EntryForm {
    /// Absent for a new entry.
    pub id: Option<String>,
    pub version: u64,
    pub date: String,
    pub consultant: String,
    pub minutes: String,
    pub text: String,
    pub function: String,
    /// The day's configuration it is about.
    pub configuration: String,
    /// How it came about, in words.
    pub origin: String,
    pub errors: FieldErrors,
}

pub fn form(shell: &Shell, view: &EntryForm) -> Markup {
    let l = shell.locale();
    let errors = &view.errors;
    let title = match &view.id {
        Some(_) => t!(l, "parametrisation-edit"),
        None => t!(l, "parametrisation-new"),
    };
    let action = match &view.id {
        Some(id) => format!("{PATH}/{id}"),
        None => format!("{PATH}/new"),
    };
    let functions: Vec<Choice> = ProgramFunction::ALL
        .into_iter()
        .map(|function| Choice::new(function.as_str(), function_name(l, function)))
        .collect();
    let actions = match &view.id {
        Some(id) => html! {
            (audit::link(l, id))
            (link_button(&format!("{PATH}/{id}/delete"), "trash-2", &t!(l, "parametrisation-delete")))
        },
        None => html! {},
    };
    shell.page(
        &Page::new(&title, Nav::Settings).errors(errors),
        html! {
            div.narrow.stack-m {
                (error_summary(l, errors))
                (page_head(&title, None, actions))
                @if !view.origin.is_empty() { div.notice.plain { (icon("info")) div.words { (view.origin) } } }
                form.form method="post" action=(action) novalidate {
                    @if view.id.is_some() { input type="hidden" name="version" value=(view.version); }
                    @if !view.configuration.is_empty() { input type="hidden" name="configuration" value=(view.configuration); }
                    section.panel { div.body {
                        div.form-grid {
                            (Field::date("date", t!(l, "parametrisation-date")).value(&view.date).problems(l, errors).required())
                            (Field::text("minutes", t!(l, "parametrisation-time")).value(&view.minutes).hint(t!(l, "parametrisation-time-hint")).problems(l, errors).required())
                            (Field::text("consultant", t!(l, "parametrisation-consultant")).value(&view.consultant).problems(l, errors).required().maximum_characters(120))
                            (Field::select("function", t!(l, "parametrisation-function"), &functions).value(&view.function).problems(l, errors).required())
                        }
                        (Field::textarea("text", t!(l, "parametrisation-text"), 4).value(&view.text).hint(t!(l, "parametrisation-text-hint")).problems(l, errors).full())
                    } }
                    (form_actions(&t!(l, "parametrisation-save"), PATH, &t!(l, "parametrisation-cancel")))
                }
            }
        },
    )
}

/// What would go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeletePage {
    pub id: String,
    pub version: u64,
    /// Date, time and text in one line.
    pub entry: String,
}

pub fn delete_page(shell: &Shell, view: &DeletePage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "parametrisation-delete-title");
    shell.page(
        &Page::new(&title, Nav::Settings),
        html! {
            div.narrow.stack-m {
                (page_head(&title, Some(&view.entry), html! {}))
                p { (t!(l, "parametrisation-delete-text")) }
                form.form-actions method="post" action=(format!("{PATH}/{}/delete", view.id)) {
                    input type="hidden" name="version" value=(view.version);
                    button.btn.danger type="submit" { (icon("trash-2")) (t!(l, "parametrisation-delete")) }
                    a.btn.quiet href=(format!("{PATH}/{}", view.id)) { (t!(l, "parametrisation-cancel")) }
                }
            }
        },
    )
}
