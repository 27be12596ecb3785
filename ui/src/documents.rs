//! Documents: those of a record in a panel, the form that brings files, and what the page of a document has besides that of
//! any record.

mod events;
pub use events::DocumentEvent;

use crate::activities::ComposeForm;
use crate::components::{Field, icon, panel, submit, tag};
use crate::messages::t;
use crate::{Locale, Shell, format, labels};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::{CHANGE_NOTE_CHARACTERS_MAX, EXPIRING_DAYS, FieldErrors, Kind, lists};

/// The list of documents.
pub const PATH: &str = "/documents";

/// What the list of documents that end soon, or have ended, is called.
pub fn expiring_label(l: Locale<'_>) -> String {
    t!(l, "documents-view-expiring")
}

/// What phones and computers offer first: pictures, so that a phone offers its camera, and papers.
const ACCEPT: &str =
    "image/*,application/pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.csv,.txt,.eml,.msg,.zip";
const LINE_CHARACTERS_MAX: u32 = 200;

/// One document of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentLine {
    pub id: String,
    pub title: String,
    /// The key of its category.
    pub category: Option<String>,
    /// The number of the newest version; 0 of what is linked.
    pub revision: u32,
    pub size_bytes: Option<u64>,
    pub at: Timestamp,
    pub valid_until: Option<Date>,
    /// Where it lies, of what is linked.
    pub url: Option<String>,
}

/// The documents of a record.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DocumentsPanel {
    pub lines: Vec<DocumentLine>,
    /// All of them, where there are more than are shown.
    pub all_href: Option<String>,
    /// The form of a link that belongs here, for those who may add one.
    pub link_href: Option<String>,
}

/// One version of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VersionLine {
    pub number: u32,
    pub file_name: String,
    pub size_bytes: u64,
    pub at: Timestamp,
    pub by: Option<String>,
    pub note: Option<String>,
}

/// What the page of a document has besides that of any record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentPanel {
    /// Where it lies, of what is linked.
    pub url: Option<String>,
    /// The newest first; none of what is linked.
    pub versions: Vec<VersionLine>,
    pub valid_until: Option<Date>,
    pub may_change: bool,
    /// What was typed about a new version whose file was refused.
    pub note: String,
}

/// The documents of a record; `path` is its page.
pub(crate) fn of_record(shell: &Shell, view: &DocumentsPanel, path: &str) -> Markup {
    let l = shell.locale();
    if view.lines.is_empty() && view.link_href.is_none() {
        return html! {};
    }
    panel(
        &t!(l, "documents-title"),
        html! {
            @if let Some(href) = &view.link_href {
                a href=(format!("{path}?compose=file#compose")) { (icon("upload")) (t!(l, "documents-add")) }
                a href=(href) { (icon("link")) (t!(l, "documents-add-link")) }
            }
        },
        html! {
            div.body {
                @if view.lines.is_empty() { p.muted { (t!(l, "documents-none")) } }
                @else { ul.plain.stack-s { @for line in &view.lines { li { (one(shell, line)) } } } }
                @if let Some(href) = &view.all_href { a.btn.quiet href=(href) { (t!(l, "records-all")) } }
            }
        },
    )
}

fn one(shell: &Shell, line: &DocumentLine) -> Markup {
    let l = shell.locale();
    let category = line.category.as_ref().map(|code| labels::choice(l, lists::DOCUMENT_CATEGORIES, code));
    let revision = (line.revision > 1).then(|| t!(l, "documents-version", number = line.revision));
    let size = line.size_bytes.map(|bytes| format::size(l, bytes));
    let day = format::date_short(line.at.to_zoned_datetime(shell.zone.clone()).date());
    let below: Vec<String> = [category, revision, size, Some(day)].into_iter().flatten().collect();
    html! {
        (icon(if line.url.is_some() { "link" } else { "file" })) " "
        a.target href=(format!("{PATH}/{}", line.id)) { (line.title) }
        span.muted { " · " (below.join(" · ")) }
        @if let Some(day) = line.valid_until { " " (validity(shell, day)) }
        " "
        @match &line.url {
            Some(url) => { a.target href=(url) rel="noopener noreferrer" { (icon("external-link")) (t!(l, "documents-open")) span.sr { " " (line.title) } } }
            None => { a.target href=(format!("{PATH}/{}/content", line.id)) { (icon("download")) (t!(l, "documents-download")) span.sr { " " (line.title) } } }
        }
    }
}

/// The last day in a list, marked once it is over or near.
pub(crate) fn last_day(shell: &Shell, day: Date) -> Markup {
    let (l, shown) = (shell.locale(), format::date_short(day));
    html! {
        @if day < shell.today() { (tag("danger", "triangle-alert", &t!(l, "documents-list-expired", day = shown.as_str()))) }
        @else if is_over_or_near(shell, day) { (tag("warn", "clock", &t!(l, "documents-list-expiring", day = shown.as_str()))) }
        @else { time datetime=(day) { (shown) } }
    }
}

fn is_over_or_near(shell: &Shell, day: Date) -> bool {
    let today = shell.now.to_zoned_datetime(shell.zone.clone()).date();
    today.until(day).is_ok_and(|span| i64::from(span.get_days()) <= EXPIRING_DAYS)
}

/// Says so where the last day is over or near.
fn validity(shell: &Shell, day: Date) -> Markup {
    let l = shell.locale();
    let today = shell.now.to_zoned_datetime(shell.zone.clone()).date();
    let shown = format::date_short(day);
    html! {
        @if day < today { (tag("danger", "triangle-alert", &t!(l, "documents-expired", day = shown.as_str()))) }
        @else if is_over_or_near(shell, day) { (tag("warn", "clock", &t!(l, "documents-expiring", day = shown.as_str()))) }
    }
}

/// The versions of a document, and the form of a new one; or where it lies.
pub(crate) fn of_document(
    shell: &Shell,
    (id, version): (&str, u64),
    view: &DocumentPanel,
    errors: &FieldErrors,
) -> Markup {
    let l = shell.locale();
    let path = format!("{PATH}/{id}");
    html! {
        @if let Some(day) = view.valid_until { p { (validity(shell, day)) } }
        @if let Some(url) = &view.url {
            (panel(&t!(l, "documents-where"), html! {}, html! {
                div.body.stack-m {
                    p { a.target href=(url) rel="noopener noreferrer" { (url) } }
                    div.actions { a.btn.primary href=(url) rel="noopener noreferrer" { (icon("external-link")) (t!(l, "documents-open")) } }
                }
            }))
        } @else {
            (panel(&t!(l, "documents-versions"), html! {}, html! {
                div.body.stack-m {
                    ul.plain.stack-s { @for line in &view.versions { li { (version_line(shell, &path, line)) } } }
                    @if view.may_change { (new_version(l, &path, (version, &view.note), errors)) }
                }
            }))
        }
    }
}

fn version_line(shell: &Shell, path: &str, line: &VersionLine) -> Markup {
    let l = shell.locale();
    let number = t!(l, "documents-version", number = line.number);
    let when = format::date_time(l, line.at, &shell.zone);
    let below: Vec<String> =
        [Some(format::size(l, line.size_bytes)), Some(when), line.by.clone()].into_iter().flatten().collect();
    html! {
        a.target href=(format!("{path}/content?number={}", line.number)) { (icon("download")) (number) " · " (line.file_name) }
        span.muted { " · " (below.join(" · ")) }
        @if let Some(note) = &line.note { p { (note) } }
    }
}

fn new_version(l: Locale<'_>, path: &str, (version, note): (u64, &str), errors: &FieldErrors) -> Markup {
    let is_back = !errors.is_empty();
    html! {
        details.fold open[is_back] {
            summary { (icon("upload")) (t!(l, "documents-new-version")) }
            form method="post" action=(format!("{path}/versions")) enctype="multipart/form-data" novalidate {
                input type="hidden" name="version" value=(version);
                div.form-grid {
                    (Field::file("file", t!(l, "documents-file"), ACCEPT).problems(l, errors).hint(t!(l, "documents-file-hint")))
                    (Field::text("note", t!(l, "documents-change-note"))
                        .value(note)
                        .optional(l)
                        .problems(l, errors)
                        .autocomplete("off")
                        .maximum_characters(u32::try_from(CHANGE_NOTE_CHARACTERS_MAX).unwrap_or(LINE_CHARACTERS_MAX)))
                }
                div.actions { (submit(&t!(l, "documents-new-version-do"))) }
            }
        }
    }
}

/// The form above a history that brings files to the record; sends to `/documents` below its page.
pub(crate) fn compose(l: Locale<'_>, path: &str, form: &ComposeForm, errors: &FieldErrors) -> Markup {
    let mut choices = crate::records::field_choices(l, Kind::Document, "category", &form.category);
    choices.insert(0, crate::components::Choice::new("", t!(l, "fields-not-said")));
    html! {
        form.body method="post" action=(format!("{path}/documents")) enctype="multipart/form-data" novalidate {
            div.form-grid {
                (Field::files("file", t!(l, "documents-files"), ACCEPT)
                    .problems(l, errors)
                    .hint(t!(l, "documents-files-hint")))
                (Field::text("title", t!(l, "documents-field-title"))
                    .value(&form.subject)
                    .optional(l)
                    .hint(t!(l, "documents-field-title-hint"))
                    .problems(l, errors)
                    .autocomplete("off")
                    .maximum_characters(LINE_CHARACTERS_MAX))
                (Field::select("category", crate::records::field_label(l, Kind::Document, "category"), &choices)
                    .value(&form.category)
                    .problems(l, errors))
                (Field::date("valid_until", crate::records::field_label(l, Kind::Document, "valid_until"))
                    .value(&form.due)
                    .optional(l)
                    .problems(l, errors))
            }
            div.actions { (submit(&t!(l, "documents-add-do"))) }
        }
    }
}
