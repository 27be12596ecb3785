//! Facts, timelines, steps and people.

use super::icon;
use crate::Locale;
use crate::format;
use crate::messages::t;
use maud::{Markup, html};

/// What a fact or a change holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    Text(String),
    Link { href: String, text: String },
    Nothing,
}

impl Value {
    /// Nothing where the text is empty.
    pub fn text(text: impl Into<String>) -> Value {
        let text = text.into();
        if text.is_empty() { Value::Nothing } else { Value::Text(text) }
    }

    pub fn markup<'l>(&self, l: impl Into<Locale<'l>>) -> Markup {
        let l: Locale<'_> = l.into();
        html! {
            @match self {
                Value::Text(text) => { (text) }
                Value::Link { href, text } => { a href=(href) { (text) } }
                Value::Nothing => { span.hint-text { span aria-hidden="true" { "—" } span.sr { (t!(l, "common-empty-value")) } } }
            }
        }
    }
}

/// A label with its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    pub label: String,
    pub value: Value,
}

impl Fact {
    pub fn new(label: impl Into<String>, value: Value) -> Fact {
        Fact { label: label.into(), value }
    }
}

pub fn facts<'l>(l: impl Into<Locale<'l>>, entries: &[Fact]) -> Markup {
    let l: Locale<'_> = l.into();
    html! {
        dl.facts {
            @for fact in entries { div { dt { (fact.label) } dd { (fact.value.markup(l)) } } }
        }
    }
}

/// The colour of a timeline entry's mark; the icon and the words carry the meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    #[default]
    Plain,
    Accent,
    Ok,
    Warn,
    Danger,
    Violet,
}

impl Tone {
    pub fn class(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Accent => "accent",
            Tone::Ok => "ok",
            Tone::Warn => "warn",
            Tone::Danger => "danger",
            Tone::Violet => "violet",
        }
    }
}

/// Something that happened to a record.
pub struct TimelineEntry {
    pub icon: &'static str,
    pub tone: Tone,
    /// «Marta Puig ha canviat l’estat a contactat», without markup.
    pub title: String,
    /// The page of what it tells of.
    pub href: Option<String>,
    /// RFC 3339, for machines.
    pub instant: String,
    /// «fa 3 dies», for people.
    pub when: String,
    /// «23/11/2026 17:05».
    pub when_exactly: String,
    /// The way it came, where that is worth saying.
    pub way: Option<Value>,
    /// What somebody wrote.
    pub said: Option<String>,
    /// Field, before, after.
    pub changes: Vec<(String, Value, Value)>,
}

/// What happened, newest first.
pub fn timeline<'l>(l: impl Into<Locale<'l>>, entries: &[TimelineEntry]) -> Markup {
    let l: Locale<'_> = l.into();
    html! {
        ol.timeline {
            @for entry in entries {
                li {
                    span class=(format!("dot {}", entry.tone.class())) { (icon(entry.icon)) }
                    article {
                        h3 { @match &entry.href { Some(href) => a href=(href) { (entry.title) }, None => (entry.title) } }
                        @if let Some(said) = &entry.said { p.said { (said) } }
                        @if !entry.changes.is_empty() {
                            dl {
                                @for (field, before, after) in &entry.changes {
                                    dt { (field) }
                                    dd {
                                        @if *before != Value::Nothing { del { span.sr { (t!(l, "common-before")) " " } (before.markup(l)) } " → " }
                                        ins { span.sr { (t!(l, "common-after")) " " } (after.markup(l)) }
                                    }
                                }
                            }
                        }
                        p.when {
                            time datetime=(entry.instant) { (format::twice(&entry.when, &entry.when_exactly)) }
                            @if let Some(way) = &entry.way { " · " (way.markup(l)) }
                        }
                    }
                }
            }
        }
    }
}

/// The steps of a way through several pages; `current` counts from 1.
pub fn stepper<'l>(l: impl Into<Locale<'l>>, steps: &[String], current: usize) -> Markup {
    let l: Locale<'_> = l.into();
    html! {
        div.stack-s {
            p.hint-text { (t!(l, "common-step", current = current, total = steps.len())) }
            ol.steps {
                @for (position, step) in steps.iter().enumerate() {
                    li class=[(position + 1 < current).then_some("done")] aria-current=[(position + 1 == current).then_some("step")] {
                        span { (step) }
                    }
                }
            }
        }
    }
}

/// Initials on a disc, beside a name.
pub fn avatar(name: &str) -> Markup {
    html! { span.avatar.small aria-hidden="true" { (format::initials(name)) } }
}

/// A person in a table or a list.
pub fn person(name: &str) -> Markup {
    html! { span.person { (avatar(name)) span { (name) } } }
}
