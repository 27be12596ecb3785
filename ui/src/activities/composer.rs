//! The forms above a history: a note, what was just done, or what is to be done. Tabs are links, so that they work anywhere.

use crate::Locale;
use crate::address::Address;
use crate::components::{Choice, Field, Tab, icon, panel, submit, tabs};
use crate::documents;
use crate::messages::{find, t};
use maud::{Markup, html};
use model::FieldErrors;

/// What is added.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ComposeTab {
    #[default]
    Note,
    Call,
    Email,
    /// Or a visit.
    Meeting,
    Task,
    /// Files, where the reader may add them.
    File,
}

impl ComposeTab {
    pub const ALL: [ComposeTab; 6] = [
        ComposeTab::Note,
        ComposeTab::Call,
        ComposeTab::Email,
        ComposeTab::Meeting,
        ComposeTab::Task,
        ComposeTab::File,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            ComposeTab::Note => "note",
            ComposeTab::Call => "call",
            ComposeTab::Email => "email",
            ComposeTab::Meeting => "meeting",
            ComposeTab::Task => "task",
            ComposeTab::File => "file",
        }
    }

    /// The tab of a sort of activity; that of notes for what is none.
    pub fn of(kind: &str) -> ComposeTab {
        let kind = if kind == "visit" { "meeting" } else { kind };
        ComposeTab::ALL.into_iter().find(|tab| tab.as_str() == kind).unwrap_or_default()
    }
}

/// The form as it stands, with what was typed when it came back.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ComposeForm {
    pub tab: ComposeTab,
    /// `meeting` or `visit`, where the tab is of both.
    pub kind: String,
    pub subject: String,
    pub text: String,
    pub due: String,
    pub due_time: String,
    pub duration: String,
    /// Of files.
    pub category: String,
    pub may_add_files: bool,
}

const LINE_CHARACTERS_MAX: u32 = 200;
/// As in `model::NOTE_CHARACTERS_MAX`.
const NOTE_CHARACTERS_MAX: u32 = 1_500;
/// What came of something is shorter.
const OUTCOME_CHARACTERS_MAX: u32 = 1_000;
const TIME_CHARACTERS_MAX: u32 = 8;

/// `path` is the record's page, `sort` what of its history is shown. Sends to `/notes` and `/activities` below it.
pub fn composer(l: Locale<'_>, path: &str, sort: &str, form: &ComposeForm, errors: &FieldErrors) -> Markup {
    let tab = |tab: ComposeTab| Tab {
        label: find(l, &format!("activities-compose-{}", tab.as_str()), &[]).unwrap_or_default(),
        href: format!(
            "{}#compose",
            Address::new(path)
                .with("compose", tab.as_str())
                .with("show", if sort == "all" { "" } else { sort })
        ),
        current: tab == form.tab,
    };
    let is_offered = |tab: &ComposeTab| *tab != ComposeTab::File || form.may_add_files;
    let entries: Vec<Tab> = ComposeTab::ALL.into_iter().filter(is_offered).map(tab).collect();
    html! {
        div #compose {
            (panel(&t!(l, "activities-compose-title"), html! {}, html! {
                (tabs(&t!(l, "activities-compose-label"), &entries))
                @match form.tab {
                    ComposeTab::File if form.may_add_files => { (documents::compose(l, path, form, errors)) }
                    ComposeTab::Note | ComposeTab::File => { (note(l, path, form, errors)) }
                    ComposeTab::Task => { (task(l, path, form, errors)) }
                    _ => { (contact(l, path, form, errors)) }
                }
            }))
        }
    }
}

fn note(l: Locale<'_>, path: &str, form: &ComposeForm, errors: &FieldErrors) -> Markup {
    html! {
        form.body method="post" action=(format!("{path}/notes")) {
            (Field::textarea("text", t!(l, "leads-note-label"), 3)
                .value(&form.text)
                .hint(t!(l, "leads-note-hint"))
                .problems(l, errors)
                .maximum_characters(NOTE_CHARACTERS_MAX))
            div.actions { (submit(&t!(l, "leads-note-do"))) }
        }
    }
}

/// A call, an e-mail, a meeting or a visit: done in one go, or planned.
fn contact(l: Locale<'_>, path: &str, form: &ComposeForm, errors: &FieldErrors) -> Markup {
    let came_back = ["due", "due_time"].into_iter().any(|field| errors.of(field).is_some());
    html! {
        form.body method="post" action=(format!("{path}/activities")) novalidate {
            div.form-grid {
                @if form.tab == ComposeTab::Meeting { (which(l, form)) }
                @else { input type="hidden" name="kind" value=(form.tab.as_str()); }
                (subject(l, form, errors))
                (Field::textarea("text", t!(l, "activities-compose-said"), 3)
                    .value(&form.text)
                    .full()
                    .problems(l, errors)
                    .maximum_characters(OUTCOME_CHARACTERS_MAX))
                (Field::whole_number("duration", t!(l, "entity-activity-field-duration"))
                    .value(&form.duration)
                    .optional(l)
                    .problems(l, errors)
                    .maximum_characters(TIME_CHARACTERS_MAX))
            }
            div.actions {
                button.btn.primary type="submit" name="how" value="done" { (icon("check")) (t!(l, "activities-compose-log")) }
            }
            details.fold open[came_back] {
                summary { (icon("calendar")) (t!(l, "activities-compose-later")) }
                div.form-grid { (due(l, form, errors)) }
                div.actions {
                    button.btn type="submit" name="how" value="todo" { (icon("calendar")) (t!(l, "activities-compose-plan")) }
                }
            }
        }
    }
}

fn which(l: Locale<'_>, form: &ComposeForm) -> Markup {
    let choices = ["meeting", "visit"]
        .map(|kind| Choice::new(kind, crate::records::code_name(l, model::Kind::Activity, "kind", kind)));
    html! { (Field::select("kind", t!(l, "activities-compose-which"), &choices).value(&form.kind)) }
}

fn task(l: Locale<'_>, path: &str, form: &ComposeForm, errors: &FieldErrors) -> Markup {
    html! {
        form.body method="post" action=(format!("{path}/activities")) novalidate {
            input type="hidden" name="kind" value="task";
            div.form-grid {
                (subject(l, form, errors))
                (due(l, form, errors))
                (Field::textarea("text", t!(l, "activities-compose-details"), 2)
                    .value(&form.text)
                    .full()
                    .optional(l)
                    .problems(l, errors)
                    .maximum_characters(NOTE_CHARACTERS_MAX))
            }
            div.actions {
                button.btn.primary type="submit" name="how" value="todo" { (t!(l, "activities-compose-task-do")) }
            }
        }
    }
}

fn subject(l: Locale<'_>, form: &ComposeForm, errors: &FieldErrors) -> Markup {
    html! {
        (Field::text("subject", t!(l, "activities-compose-subject"))
            .value(&form.subject)
            .full()
            .problems(l, errors)
            .autocomplete("off")
            .maximum_characters(LINE_CHARACTERS_MAX))
    }
}

fn due(l: Locale<'_>, form: &ComposeForm, errors: &FieldErrors) -> Markup {
    // A browser drops what is no date from an input for dates: a wrong one stays to be seen.
    let is_day = form.due.is_empty() || form.due.parse::<model::jiff::civil::Date>().is_ok();
    let label = t!(l, "entity-activity-field-due");
    let day = if is_day { Field::date("due", label) } else { Field::text("due", label) };
    html! {
        (day.value(&form.due).problems(l, errors))
        (Field::text("due_time", t!(l, "entity-activity-field-due-time"))
            .value(&form.due_time)
            .hint(t!(l, "activities-hint-time"))
            .problems(l, errors)
            .autocomplete("off")
            .maximum_characters(TIME_CHARACTERS_MAX))
    }
}
