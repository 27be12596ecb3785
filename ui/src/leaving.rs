//! Somebody leaves: how much is theirs, and who takes it over.

use crate::components::{Choice, Field, error_summary, icon, page_head};
use crate::format;
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::FieldErrors;

/// `GET /users/{id}/leave`. `POST` to the same address sends `version`, `to` (empty: nobody), `what` (`open` or `all`)
/// and `reason`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Leave {
    pub id: String,
    pub version: u64,
    pub name: String,
    pub open: u64,
    pub all: u64,
    pub to: String,
    pub closed_too: bool,
    pub reason: String,
    /// Id and name of the colleagues who are there.
    pub people: Vec<Choice>,
    pub errors: FieldErrors,
}

pub fn page(shell: &Shell, view: &Leave) -> Markup {
    let l = shell.locale();
    let title = t!(l, "leaving-title", name = view.name.as_str());
    let nobody = Choice::new("", t!(l, "leaving-nobody"));
    let people: Vec<Choice> = std::iter::once(nobody).chain(view.people.iter().cloned()).collect();
    let number = |count| format::count(l, count);
    let what = [
        Choice::new("open", t!(l, "leaving-open", count = number(view.open))),
        Choice::new("all", t!(l, "leaving-all", count = number(view.all))),
    ];
    let back = format!("/users/{}", view.id);
    shell.page(
        &Page::new(&title, Nav::Users).errors(&view.errors),
        html! {
            div.narrow.stack-m {
                p { a.btn.quiet href=(back) { (icon("arrow-left")) (view.name) } }
                (error_summary(l, &view.errors))
                (page_head(&title, Some(&t!(l, "leaving-intro")), html! {}))
                form.form method="post" action=(format!("/users/{}/leave", view.id)) novalidate {
                    input type="hidden" name="version" value=(view.version);
                    section.panel {
                        div.body {
                            (Field::select("to", t!(l, "leaving-to"), &people).value(&view.to).hint(t!(l, "leaving-to-hint")).problems(l, &view.errors))
                            (Field::radios("what", t!(l, "leaving-what"), &what).value(if view.closed_too { "all" } else { "open" }))
                            (Field::text("reason", t!(l, "leaving-reason")).value(&view.reason).hint(t!(l, "leaving-reason-hint")).problems(l, &view.errors).maximum_characters(200))
                        }
                    }
                    div.form-actions {
                        button.btn.danger type="submit" { (icon("user-x")) (t!(l, "leaving-submit")) }
                        a.btn.quiet href=(back) { (t!(l, "common-cancel")) }
                    }
                }
            }
        },
    )
}

/// What stands in the field at first.
pub fn usual_reason<'l>(l: impl Into<crate::Locale<'l>>, name: &str) -> String {
    let l: crate::Locale<'_> = l.into();
    t!(l, "leaving-usual-reason", name = name)
}
