//! When something does not go: plain words, what happened to the work, and where to go now.

use crate::Locale;
use crate::components::{Choice, Column, form_actions, icon, page_head, primary_link, table};
use crate::format;
use crate::messages::t;
use crate::problems;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::FieldErrors;
use model::jiff::Timestamp;

/// An error page: its words and where one can go from it.
struct Trouble {
    icon: &'static str,
    title: String,
    text: String,
    actions: Markup,
    request_id: Option<String>,
}

/// 403. `who_can_help`: names of those who could give the permission.
pub fn forbidden(shell: &Shell, who_can_help: &[String]) -> Markup {
    let l = shell.locale();
    let text = if who_can_help.is_empty() {
        t!(l, "errors-forbidden-text")
    } else {
        t!(l, "errors-forbidden-who", names = format::list(l, who_can_help))
    };
    trouble(
        shell,
        Trouble {
            icon: "lock",
            title: t!(l, "errors-forbidden"),
            text,
            actions: home_link(l),
            request_id: None,
        },
    )
}

/// 404, also for what exists but is not for the reader.
pub fn not_found(shell: &Shell) -> Markup {
    let l = shell.locale();
    trouble(
        shell,
        Trouble {
            icon: "search",
            title: t!(l, "errors-not-found"),
            text: t!(l, "errors-not-found-text"),
            actions: home_link(l),
            request_id: None,
        },
    )
}

/// 413: the file or the form is larger than allowed.
pub fn too_large(shell: &Shell, maximum_bytes: u64) -> Markup {
    let l = shell.locale();
    trouble(
        shell,
        Trouble {
            icon: "file",
            title: t!(l, "errors-too-large"),
            text: t!(l, "errors-too-large-text", maximum = format::size(l, maximum_bytes)),
            actions: home_link(l),
            request_id: None,
        },
    )
}

/// 400 or 422 where there is no form to show again.
pub fn unprocessable(shell: &Shell) -> Markup {
    let l = shell.locale();
    trouble(
        shell,
        Trouble {
            icon: "circle-help",
            title: t!(l, "errors-unprocessable"),
            text: t!(l, "errors-unprocessable-text"),
            actions: home_link(l),
            request_id: None,
        },
    )
}

/// 422 that says what is wrong, where there is no form to show again.
pub fn refused(shell: &Shell, errors: &FieldErrors) -> Markup {
    let l = shell.locale();
    let sentences: Vec<String> = errors.0.iter().map(|problem| problems::named(l, problem)).collect();
    trouble(
        shell,
        Trouble {
            icon: "circle-help",
            title: t!(l, "errors-unprocessable"),
            text: sentences.join(" "),
            actions: home_link(l),
            request_id: None,
        },
    )
}

/// 429.
pub fn too_many_requests(shell: &Shell, wait_seconds: u64) -> Markup {
    let l = shell.locale();
    trouble(
        shell,
        Trouble {
            icon: "clock",
            title: t!(l, "errors-too-many"),
            text: t!(l, "errors-too-many-text", count = wait_seconds),
            actions: home_link(l),
            request_id: None,
        },
    )
}

/// 503: busy or not yet ready; nothing of what was sent is kept.
pub fn unavailable(shell: &Shell) -> Markup {
    let l = shell.locale();
    wait(shell, t!(l, "errors-unavailable-text"), home_link(l))
}

/// The same for a page that somebody opened: with the way to open it again, as it was asked for.
pub fn unavailable_page(shell: &Shell) -> Markup {
    let l = shell.locale();
    // An empty address is that of the page itself, with all that was asked.
    let actions =
        html! { a.btn.primary href="" { (icon("refresh-cw")) (t!(l, "errors-again")) } (home_link(l)) };
    wait(shell, t!(l, "errors-unavailable-read"), actions)
}

fn wait(shell: &Shell, text: String, actions: Markup) -> Markup {
    let title = t!(shell.locale(), "errors-unavailable");
    trouble(shell, Trouble { icon: "clock", title, text, actions, request_id: None })
}

/// 500: needs nothing but what is known of the request by then, so that it can be shown whatever is broken.
pub fn internal(shell: &Shell, request_id: &str) -> Markup {
    let l = shell.locale();
    trouble(
        shell,
        Trouble {
            icon: "triangle-alert",
            title: t!(l, "errors-internal"),
            text: t!(l, "errors-internal-text"),
            actions: home_link(l),
            request_id: Some(request_id.to_owned()),
        },
    )
}

fn trouble(shell: &Shell, what: Trouble) -> Markup {
    let l = shell.locale();
    shell.page(
        &Page::new(&what.title, Nav::Nowhere),
        html! {
            div.narrow.stack-m {
                section.panel {
                    div.body {
                        div.page-head { h1 { (icon(what.icon)) " " (what.title) } }
                        p { (what.text) }
                        div.actions { (what.actions) }
                        @if let Some(id) = &what.request_id { p.hint-text { (t!(l, "errors-request")) " " code { (id) } } }
                    }
                }
            }
        },
    )
}

fn home_link(l: Locale<'_>) -> Markup {
    primary_link("/", "house", &t!(l, "errors-home"))
}

/// A field that both sides changed, or one of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConflictField {
    /// The field's name in the form.
    pub name: String,
    pub label: String,
    /// What the reader typed, and what is saved now: as the form sends it.
    pub mine: String,
    pub saved: String,
    /// The same as people read it.
    pub mine_shown: String,
    pub saved_shown: String,
}

/// 409: somebody saved the record meanwhile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conflict {
    pub title: String,
    /// Where the form goes again, with the chosen values and the new version.
    pub action: String,
    pub version_now: u64,
    pub changed_by: String,
    pub changed_at: Timestamp,
    /// Only the fields whose values differ.
    pub fields: Vec<ConflictField>,
    /// The other fields of the form, unchanged: name and value.
    pub rest: Vec<(String, String)>,
    /// The record as it is now.
    pub back_href: String,
}

/// Both values of each differing field side by side, one choice each, and the form again.
pub fn conflict(shell: &Shell, view: &Conflict) -> Markup {
    let l = shell.locale();
    let title = t!(l, "errors-conflict", title = view.title.as_str());
    let when = format::relative(l, view.changed_at, shell.now, &shell.zone);
    let columns = [
        Column::text(t!(l, "errors-conflict-field")),
        Column::text(t!(l, "errors-conflict-mine")),
        Column::text(t!(l, "errors-conflict-saved")),
    ];
    let rows = html! {
        @for field in &view.fields {
            tr {
                th scope="row" { (field.label) }
                td data-l=(columns[1].label) { (conflict_choice(field, &Choice::new(&field.mine, &field.mine_shown), &columns[1].label)) }
                td data-l=(columns[2].label) { (conflict_choice(field, &Choice::new(&field.saved, &field.saved_shown), &columns[2].label)) }
            }
        }
    };
    shell.page(
        &Page::new(&title, Nav::Nowhere),
        html! {
            (page_head(&title, None, html! {}))
            p { (t!(l, "errors-conflict-text", who = view.changed_by.as_str(), when = when)) }
            form.form.compare method="post" action=(view.action) {
                input type="hidden" name="version" value=(view.version_now);
                @for (name, value) in &view.rest { input type="hidden" name=(name) value=(value); }
                (table(&t!(l, "errors-conflict-table"), &columns, rows))
                (form_actions(&t!(l, "errors-conflict-save"), &view.back_href, &t!(l, "errors-conflict-discard")))
            }
        },
    )
}

/// The reader's own value is the one chosen at first: nothing typed is lost.
fn conflict_choice(field: &ConflictField, choice: &Choice, side: &str) -> Markup {
    let shown = if choice.label.is_empty() { "—" } else { &choice.label };
    let mine = choice.value == field.mine && choice.label == field.mine_shown;
    html! {
        label.check {
            input type="radio" name=(field.name) value=(choice.value) checked[mine] aria-label=(format!("{}: {side}: {shown}", field.label));
            span { (shown) }
        }
    }
}
