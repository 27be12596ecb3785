//! One team: its name, who manages it, what it is below, and who is in it.

use crate::Locale;
use crate::components::{Choice, Field, error_summary, form_actions, icon, page_head, panel, post_button};
use crate::format;
use crate::messages::t;
use crate::records::list_title;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::{FieldErrors, Kind};

/// `GET /teams/{id}`. `POST /teams/{id}` sends `version`, `team_name`, `manager`, `parent` and repeated `members`;
/// `POST /teams/{id}/remove` sends `version`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TeamForm {
    pub id: String,
    pub version: u64,
    pub name: String,
    pub manager: String,
    pub parent: String,
    pub members: Vec<String>,
    /// Id and name of those who can manage and be in it.
    pub people: Vec<Choice>,
    /// Id and name of the teams that it can be below.
    pub parents: Vec<Choice>,
    /// What keeps it from being taken away: words, and where to find it.
    pub uses: Vec<(String, Option<String>)>,
    pub may_remove: bool,
    pub errors: FieldErrors,
}

pub fn form(shell: &Shell, view: &TeamForm) -> Markup {
    let l = shell.locale();
    let errors = &view.errors;
    let nobody = || std::iter::once(Choice::new("", t!(l, "teams-none")));
    let managers: Vec<Choice> = nobody().chain(view.people.iter().cloned()).collect();
    let parents: Vec<Choice> = nobody().chain(view.parents.iter().cloned()).collect();
    let title = t!(l, "teams-title", name = view.name.as_str());
    shell.page(
        &Page::new(&title, Nav::Users).errors(errors),
        html! {
            div.narrow.stack-m {
                p { a.btn.quiet href="/users" { (icon("arrow-left")) (t!(l, "users-title")) } }
                (error_summary(l, errors))
                (page_head(&title, Some(&t!(l, "teams-intro")), html! {}))
                form.form method="post" action=(format!("/teams/{}", view.id)) novalidate {
                    input type="hidden" name="version" value=(view.version);
                    section.panel {
                        div.body {
                            (Field::text("team_name", t!(l, "users-team-name")).value(&view.name).problems(l, errors).required().maximum_characters(120))
                            (Field::select("manager", t!(l, "teams-manager"), &managers).value(&view.manager).hint(t!(l, "teams-manager-hint")).problems(l, errors))
                            (Field::select("parent", t!(l, "teams-parent"), &parents).value(&view.parent).hint(t!(l, "teams-parent-hint")).problems(l, errors))
                            (Field::checkboxes("members", t!(l, "teams-members"), &view.people, &view.members).problems(l, errors))
                        }
                    }
                    (form_actions(&t!(l, "common-save"), "/users", &t!(l, "common-cancel")))
                }
                @if view.may_remove { (removal(l, view)) }
            }
        },
    )
}

/// Taken away when nothing uses it; before that, what does and where the way out is.
fn removal(l: Locale<'_>, view: &TeamForm) -> Markup {
    panel(
        &t!(l, "teams-remove"),
        html! {},
        html! {
            div.body {
                @if view.uses.is_empty() {
                    details.confirm {
                        summary.btn.quiet { (icon("trash-2")) (t!(l, "teams-remove")) }
                        p { (t!(l, "teams-remove-text")) }
                        (post_button(&format!("/teams/{}/remove", view.id), &[("version", &view.version.to_string())], "danger", html! { (t!(l, "teams-remove")) }))
                    }
                } @else {
                    p { (t!(l, "teams-in-use")) }
                    ul {
                        @for (words, href) in &view.uses {
                            li { @if let Some(href) = href { a href=(href) { (words) } } @else { (words) } }
                        }
                    }
                }
            }
        },
    )
}

/// What uses a team, in words: so many leads; the company's first team.
pub fn use_by_leads(l: Locale<'_>, count: u64) -> String {
    t!(l, "teams-use-leads", count = count)
}

/// The same of records of another entity: `Empreses: 12`.
pub fn use_by_records(l: Locale<'_>, kind: Kind, count: u64) -> String {
    format!("{}: {}", list_title(l, kind), format::count(l, count))
}

pub fn use_as_default(l: Locale<'_>) -> String {
    t!(l, "teams-use-default")
}

pub fn use_by_team(l: Locale<'_>, name: &str) -> String {
    t!(l, "teams-use-below", name = name)
}
