//! Reminders that have come: the bell of every page, what it opens, and their page.

use crate::activities::{PATH as ACTIVITIES, TodoLine, icon_of};
use crate::components::{Empty, empty, icon, page_head, post_button};
use crate::messages::t;
use crate::shell::{Nav, OVERDUE_MAX, Page, Shell, ShellUser};
use crate::{Locale, format};
use maud::{Markup, html};
use model::jiff::civil::{Date, Weekday};

pub const PATH: &str = "/reminders";

/// An activity with the day from which on somebody is reminded of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReminderLine {
    pub todo: TodoLine,
    pub day: Date,
}

/// `GET /reminders`. Putting one off sends `version` and `until` (`tomorrow`, `monday`, `week`), putting it away `version`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RemindersPage {
    pub lines: Vec<ReminderLine>,
    /// There may be more than are shown.
    pub is_cut: bool,
}

/// In the top bar: how many there are, and a look at the first ones, which come once it is opened. Reminders come with the
/// day, so each page says the number anew and none asks for it again.
pub(crate) fn bell(l: Locale<'_>, user: &ShellUser) -> Markup {
    let count = match user.reminders {
        count if count > OVERDUE_MAX => format!("{OVERDUE_MAX}+"),
        count => count.to_string(),
    };
    html! {
        details.menu.bell data-hx-get=(format!("{PATH}/latest")) data-hx-trigger="toggle once" data-hx-target="#reminders-latest" {
            summary.btn.quiet {
                (icon("bell"))
                @if user.reminders > 0 { b aria-hidden="true" { (count) } }
                span.sr { (t!(l, "reminders-bell", count = count.as_str())) }
            }
            div.pop {
                div #reminders-latest {}
                @if let Some(inbox) = user.inbox.as_ref().filter(|_| user.may.decide_leads) {
                    a href="/leads/inbox" { (icon("inbox")) (t!(l, "reminders-inbox", count = inbox.as_str())) }
                }
                a href=(PATH) { (icon("bell")) (t!(l, "reminders-all")) }
            }
        }
    }
}

/// What the bell opens.
pub fn latest(shell: &Shell, view: &RemindersPage) -> Markup {
    let l = shell.locale();
    html! {
        @if view.lines.is_empty() { p.who { (t!(l, "reminders-none")) } }
        @for line in &view.lines {
            a href=(format!("{ACTIVITIES}/{}", line.todo.id)) { (icon(icon_of(&line.todo.kind))) (line.todo.title) }
        }
    }
}

pub fn page(shell: &Shell, view: &RemindersPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "reminders-title");
    shell.page(
        &Page::new(&title, Nav::Activities),
        html! {
            (page_head(&title, Some(&t!(l, "reminders-intro")), html! {}))
            @if view.lines.is_empty() {
                (empty(&Empty {
                    icon: "bell",
                    title: t!(l, "reminders-none"),
                    text: t!(l, "reminders-none-text"),
                    actions: html! { a.btn href=(ACTIVITIES) { (t!(l, "reminders-activities")) } },
                }))
            } @else {
                section.panel { ul.rows { @for line in &view.lines { li { (row(shell, line)) } } } }
                @if view.is_cut { p.muted { (t!(l, "reminders-cut", count = view.lines.len())) } }
            }
        },
    )
}

fn row(shell: &Shell, line: &ReminderLine) -> Markup {
    let (l, todo) = (shell.locale(), &line.todo);
    let own = format!("{ACTIVITIES}/{}", todo.id);
    html! {
        div.grow {
            div {
                (icon(icon_of(&todo.kind))) " "
                a href=(own) { (todo.title) }
                @if let Some(about) = &todo.about { " · " a href=(about.href) { (about.name) } }
            }
            span.sub {
                (t!(l, "reminders-since", day = format::date_short(line.day)))
                @if let Some(due) = &todo.due { " · " (t!(l, "reminders-due")) " " (due.markup(shell)) }
            }
            @if todo.may_change { (choices(shell, line, &own)) }
        }
    }
}

fn choices(shell: &Shell, line: &ReminderLine, own: &str) -> Markup {
    let l = shell.locale();
    let version = line.todo.version.to_string();
    let title = line.todo.title.as_str();
    let days = [
        ("tomorrow", t!(l, "reminders-tomorrow")),
        ("monday", t!(l, "reminders-monday")),
        ("week", t!(l, "reminders-week")),
    ];
    // On a Sunday the next Monday is tomorrow, and on a Monday it is in a week.
    let has_monday = !matches!(shell.today().weekday(), Weekday::Sunday | Weekday::Monday);
    let days = days.into_iter().filter(|(until, _)| has_monday || *until != "monday");
    html! {
        div.actions {
            form.actions method="post" action=(format!("{own}/reminder/snooze")) {
                input type="hidden" name="version" value=(version);
                span.sub { (t!(l, "reminders-snooze")) }
                @for (until, label) in days {
                    button.btn.quiet type="submit" name="until" value=(until) { (label) span.sr { ": " (title) } }
                }
            }
            a.btn.quiet href=(format!("{own}/edit")) { (t!(l, "reminders-other-day")) span.sr { ": " (title) } }
            (post_button(
                &format!("{own}/reminder/dismiss"),
                &[("version", version.as_str())],
                "quiet",
                html! { (icon("x")) (t!(l, "reminders-dismiss")) span.sr { ": " (title) } },
            ))
        }
    }
}
