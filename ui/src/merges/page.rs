//! The page of a merge: before it, the records side by side; after it, what came of it and the way back.

use crate::components::{Fact, Value, error_lines, facts, form_actions, icon, page_head, panel, post_button};
use crate::leads;
use crate::messages::t;
use crate::records::{self, icon_of, kind_name};
use crate::{Locale, Nav, Page, Shell, format, problems};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{FieldErrors, Kind, LeftWhy};

/// One of the records that become one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MergeOne {
    pub id: String,
    pub title: String,
    pub version: u64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// How many records belong to it.
    pub linked: u64,
    /// Whether there are more than are counted.
    pub has_more: bool,
    /// Whether it can be the one that stays.
    pub may_stay: bool,
}

/// A field, and what each of the records has in it, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MergeChoice {
    pub key: String,
    pub label: String,
    /// In the order of the records; empty where there is none.
    pub values: Vec<String>,
    /// The place of the record whose value stands chosen.
    pub chosen: usize,
}

/// `GET /companies/{id}/merge?with=…`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MergePage {
    pub kind: Kind,
    /// In the order in which they were named; the first one is in the address.
    pub records: Vec<MergeOne>,
    /// The id of the one that stands chosen to stay.
    pub survivor: String,
    /// Fields in which they differ.
    pub choices: Vec<MergeChoice>,
    /// Fields in which all have the same.
    pub same: Vec<MergeChoice>,
    pub errors: FieldErrors,
}

/// The page, and again (422) with problems or (409) where one of them was changed.
pub fn merge_page(shell: &Shell, view: &MergePage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "merges-title", count = view.records.len());
    let first = view.records.first().map_or("", |one| one.id.as_str());
    let path = format!("{}/{first}", model::path_of(view.kind).unwrap_or_default());
    let lines: Vec<(String, String)> =
        view.errors.0.iter().map(|problem| (problem.field.clone(), named(l, view.kind, problem))).collect();
    shell.page(
        &Page::new(title.as_str(), Nav::of(view.kind)).errors(&view.errors),
        html! {
            (error_lines(l, &lines))
            a.crumb href=(path) { (icon("chevron-left")) (t!(l, "merges-back")) }
            (page_head(&title, Some(&t!(l, "merges-text")), html! {}))
            form.form method="post" action=(format!("{path}/merge")) novalidate {
                @for one in &view.records { input type="hidden" name="record" value=(format!("{}:{}", one.id, one.version)); }
                (survivors(shell, view))
                @if !view.choices.is_empty() {
                    (panel(&t!(l, "merges-fields"), html! {}, html! {
                        div.body.stack-m {
                            p.hint-text { (t!(l, "merges-fields-text")) }
                            @for choice in &view.choices { (fields(l, view, choice)) }
                        }
                    }))
                }
                (united(l, view))
                (form_actions(&t!(l, "merges-do"), &path, &t!(l, "leads-cancel")))
            }
        },
    )
}

/// The sentence with the field before it.
fn named(l: Locale<'_>, kind: Kind, problem: &model::Problem) -> String {
    let sentence = problems::text(l, problem);
    if problem.field.is_empty() {
        return sentence;
    }
    t!(l, "common-problem-named", field = label_of(l, kind, &problem.field), problem = sentence)
}

/// What the fields of an address are called where they are chosen as one.
pub fn address_label(l: Locale<'_>) -> String {
    t!(l, "merges-address")
}

/// What a field is called, built in or of the company’s own.
fn label_of(l: Locale<'_>, kind: Kind, key: &str) -> String {
    match model::own_name(key).and_then(|name| l.frame().field(kind, name)) {
        Some(own) => own.label.get(l.language).to_owned(),
        None if kind == Kind::Lead => leads::field_label(l, key),
        None => records::field_label(l, kind, key),
    }
}

/// Which one stays.
fn survivors(shell: &Shell, view: &MergePage) -> Markup {
    let l = shell.locale();
    let legend = t!(l, "merges-survivor");
    html! {
        fieldset.panel #f-survivor {
            legend.sr { (legend) }
            header aria-hidden="true" { h2 { (icon(icon_of(view.kind))) " " (legend) } }
            div.body.stack-s {
                p.hint-text { (t!(l, "merges-survivor-text")) }
                div.sides {
                    @for one in &view.records {
                        label.check {
                            input type="radio" name="survivor" value=(one.id) checked[one.id == view.survivor] disabled[!one.may_stay];
                            span {
                                strong { (one.title) }
                                span.hint { (below(shell, one)) }
                                @if !one.may_stay { span.hint { (t!(l, "merges-may-not-stay")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn below(shell: &Shell, one: &MergeOne) -> String {
    let l = shell.locale();
    let date = |at| format::date_time(l, at, &shell.zone);
    let linked = if one.has_more {
        t!(l, "merges-linked-more", count = one.linked)
    } else {
        t!(l, "merges-linked", count = one.linked)
    };
    let said = t!(l, "merges-made", created = date(one.created_at), updated = date(one.updated_at));
    format!("{said} · {linked}")
}

/// One field, with a button a record.
fn fields(l: Locale<'_>, view: &MergePage, choice: &MergeChoice) -> Markup {
    let problem = problems::of(l, &view.errors, &choice.key);
    html! {
        fieldset.field id=(format!("f-{}", choice.key.replace('.', "-"))) {
            legend { (choice.label) }
            @if let Some(problem) = &problem { p.error { (icon("circle-alert")) span { (problem) } } }
            div.sides {
                @for (place, (one, value)) in view.records.iter().zip(&choice.values).enumerate() {
                    label.check {
                        input type="radio" name=(format!("take.{}", choice.key)) value=(one.id) checked[place == choice.chosen];
                        span {
                            span.value { (Value::text(value.as_str()).markup(l)) }
                            span.hint { (one.title) }
                        }
                    }
                }
            }
        }
    }
}

/// What nobody chooses: what is the same, and what is united.
fn united(l: Locale<'_>, view: &MergePage) -> Markup {
    let entries: Vec<Fact> = view
        .same
        .iter()
        .map(|same| {
            Fact::new(same.label.as_str(), Value::text(same.values.first().cloned().unwrap_or_default()))
        })
        .collect();
    html! {
        (panel(&t!(l, "merges-rest"), html! {}, html! {
            div.body.stack-s {
                ul {
                    li { (t!(l, "merges-rest-links")) }
                    li { (t!(l, "merges-rest-lists")) }
                    // A lead has no lists of further ones.
                    @if view.kind != Kind::Lead {
                        li { (t!(l, "merges-rest-further", kind = view.kind.as_str())) }
                    }
                    li { (t!(l, "merges-rest-history")) }
                    li { (t!(l, "merges-rest-undo", days = model::MERGE_UNDO_DAYS)) }
                }
                @if !entries.is_empty() {
                    details { summary { (t!(l, "merges-same", count = entries.len())) } (facts(l, &entries)) }
                }
            }
        }))
    }
}

/// Something that undoing left as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Left {
    /// What the record is called; empty where nobody knows any more.
    pub record: String,
    pub field: String,
    pub why: LeftWhy,
}

/// `GET /merges/{id}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MergedPage {
    pub id: String,
    pub kind: Kind,
    pub at: Timestamp,
    pub by: Option<String>,
    /// The one that answers now: its id and what it is called.
    pub answers: (String, String),
    /// The ones that went: what they were called, and their ids where they are there again.
    pub absorbed: Vec<(String, String)>,
    pub moved: u64,
    /// Keys of fields whose value came from another.
    pub taken: Vec<String>,
    pub keys: Vec<String>,
    /// Until when the reader can take it back; nothing where they cannot.
    pub undo_until: Option<Timestamp>,
    /// What keeps it from being taken back.
    pub in_the_way: FieldErrors,
    /// When it was taken back, how many records went back, and what did not.
    pub undone: Option<(Timestamp, u64, Vec<Left>, u64)>,
}

/// What came of a merge, and the way back; again (422) with what is in the way.
pub fn merged_page(shell: &Shell, view: &MergedPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "merges-one-title", title = view.answers.1.as_str());
    let path = model::path_of(view.kind).unwrap_or_default();
    let by = view.by.clone().unwrap_or_else(|| "Tracte".to_owned());
    let when = format::date_time(l, view.at, &shell.zone);
    let is_undone = view.undone.is_some();
    let absorbed = view.absorbed.iter().map(|(id, title)| {
        html! { li { (icon(icon_of(view.kind))) " " @if is_undone { a.target href=(format!("{path}/{id}")) { (title) } } @else { (title) } } }
    });
    let fact = |label: String, value: String| Fact::new(label, Value::text(value));
    let taken: Vec<String> = view.taken.iter().map(|key| label_of(l, view.kind, key)).collect();
    let entries = [
        fact(t!(l, "merges-entity"), kind_name(l, view.kind)),
        Fact::new(
            t!(l, "merges-answers"),
            Value::Link { href: format!("{path}/{}", view.answers.0), text: view.answers.1.clone() },
        ),
        fact(t!(l, "merges-moved"), format::count(l, view.moved)),
        fact(t!(l, "merges-taken"), taken.join(", ")),
        fact(t!(l, "merges-keys"), view.keys.join(", ")),
    ];
    shell.page(
        &Page::new(title.as_str(), Nav::of(view.kind)),
        html! {
            a.crumb href=(format!("{path}/{}", view.answers.0)) { (icon("chevron-left")) (view.answers.1) }
            (page_head(&title, Some(&t!(l, "merges-one-text", who = by, when = when)), html! {}))
            (panel(&t!(l, "merges-absorbed"), html! {}, html! {
                div.body.stack-s { ul.plain.stack-s { @for line in absorbed { (line) } } (facts(l, &entries)) }
            }))
            @match &view.undone {
                Some((at, moved, left, count)) => { (undone(shell, view.kind, (*at, *moved), left, *count)) }
                None => { (way_back(shell, view)) }
            }
        },
    )
}

fn way_back(shell: &Shell, view: &MergedPage) -> Markup {
    let l = shell.locale();
    html! {
        @if let Some(until) = view.undo_until {
            (panel(&t!(l, "merges-undo-title"), html! {}, html! {
                div.body.stack-s {
                    @if view.in_the_way.is_empty() {
                        p.hint-text { (t!(l, "merges-undo-text", when = format::date_time(l, until, &shell.zone))) }
                        (post_button(&super::undo_action(&view.id), &[], "", html! { (icon("undo-2")) (t!(l, "merges-undo")) }))
                    } @else {
                        p.hint-text { (t!(l, "merges-undo-not")) }
                        ul { @for problem in &view.in_the_way.0 { li { (problems::text(l, problem)) } } }
                    }
                }
            }))
        }
    }
}

fn undone(shell: &Shell, kind: Kind, (at, moved): (Timestamp, u64), left: &[Left], count: u64) -> Markup {
    let l = shell.locale();
    let why = |why: LeftWhy| match why {
        LeftWhy::ChangedSince => t!(l, "merges-left-changed"),
        LeftWhy::Taken => t!(l, "merges-left-taken"),
        LeftWhy::Gone => t!(l, "merges-left-gone"),
    };
    let more = count.saturating_sub(left.len() as u64);
    panel(
        &t!(l, "merges-undone-title"),
        html! {},
        html! {
            div.body.stack-s {
                p { (t!(l, "merges-undone-text", when = format::date_time(l, at, &shell.zone), count = moved)) }
                @if count == 0 { p.muted { (t!(l, "merges-undone-whole")) } }
                @else {
                    p { (t!(l, "merges-undone-left")) }
                    ul {
                        @for one in left {
                            li { strong { (label_of(l, kind, &one.field)) } " (" (one.record) "): " (why(one.why)) }
                        }
                        @if more > 0 { li { (t!(l, "merges-left-more", count = more)) } }
                    }
                }
            }
        },
    )
}
