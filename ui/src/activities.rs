//! Activities beside what they are about: what is still to do, the forms that add to a history, and the history's words.

mod composer;
mod events;
mod todo;

pub use composer::{ComposeForm, ComposeTab, composer};
pub use events::{ActivityDeed, ActivityEvent};
pub use todo::{ActivityState, TodoAbout, TodoLine, TodoPanel, state_card, todo_panel};

use crate::Locale;
use crate::address::Address;
use crate::components::{Tab, tabs, tag};
use crate::messages::{find, t};
use crate::{Shell, format};
use maud::{Markup, html};
use model::jiff::civil::Date;

pub const PATH: &str = "/activities";

/// The icon of a sort of activity.
pub fn icon_of(kind: &str) -> &'static str {
    match kind {
        "call" => "phone",
        "email" => "mail",
        "meeting" => "users",
        "visit" => "map-pin",
        "note" => "message-square",
        _ => "circle-check",
    }
}

/// What the days of an agenda are called: `overdue`, `today`, `tomorrow`, `week`, `later`; empty: no day.
pub fn bucket_label<'l>(l: impl Into<Locale<'l>>, bucket: &str) -> String {
    let l: Locale<'_> = l.into();
    find(l, &format!("activities-bucket-{bucket}"), &[]).unwrap_or_else(|| t!(l, "activities-due-none"))
}

/// What the ready views above the list are called.
pub fn view_label<'l>(l: impl Into<Locale<'l>>, view: &str) -> String {
    let l: Locale<'_> = l.into();
    find(l, &format!("activities-view-{view}"), &[]).unwrap_or_else(|| view.to_owned())
}

/// When something is due, on the company's clock.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
    pub day: Date,
    /// `09:30`.
    pub time: Option<String>,
    /// Nobody did it yet.
    pub is_todo: bool,
    /// From this day on it is shown among what is to be done.
    pub reminder: Option<Date>,
}

impl Due {
    /// Day and time; what is overdue or of today says so with an icon and a word.
    pub(crate) fn markup(&self, shell: &Shell) -> Markup {
        let l = shell.locale();
        let today = shell.today();
        let is_overdue = self.is_todo && self.day < today;
        let when = match &self.time {
            Some(time) => format!("{} {time}", format::date_short(self.day)),
            None => format::date_short(self.day),
        };
        let is_reminded = self.is_todo && self.reminder.is_some_and(|day| day <= today);
        html! {
            time datetime=(self.day) { (when) }
            @if is_overdue { " " (tag("danger", "triangle-alert", &t!(l, "activities-overdue"))) }
            @else if self.is_todo && self.day == today { " " (tag("warn", "clock", &t!(l, "activities-today"))) }
            @else if is_reminded { " " (tag("info", "bell", &t!(l, "activities-reminded"))) }
        }
    }
}

/// The sorts of a history, in the order of the links; the first is all of it.
const SORTS: [&str; 11] =
    ["all", "notes", "calls", "emails", "meetings", "tasks", "quotes", "files", "stages", "fields", "others"];

/// What of a history is shown: links that keep the place in it.
pub(crate) fn sorts_bar(l: Locale<'_>, path: &str, sort: &str, before: Option<u64>) -> Markup {
    let entries: Vec<Tab> = SORTS
        .into_iter()
        .map(|code| {
            let shown = if code == SORTS[0] { "" } else { code };
            let before = before.map(|seq| seq.to_string()).unwrap_or_default();
            Tab {
                label: find(l, &format!("activities-show-{code}"), &[]).unwrap_or_else(|| code.to_owned()),
                href: format!("{}#history", Address::new(path).with("show", shown).with("before", &before)),
                current: if sort.is_empty() { code == SORTS[0] } else { code == sort },
            }
        })
        .collect();
    tabs(&t!(l, "activities-show-label"), &entries)
}

/// The address of a history from a change on, of one sort.
pub(crate) fn history_address(path: &str, sort: &str, before: Option<u64>) -> Address {
    let sort = if sort == SORTS[0] { "" } else { sort };
    let before = before.map(|seq| seq.to_string()).unwrap_or_default();
    Address::new(path).with("show", sort).with("before", &before)
}
