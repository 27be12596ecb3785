//! The inbox of leads: the list of those that want a decision, and beside it the one that is read, with the decisions.
//! Every decision is a form; keys press its buttons.

use super::page::{LeadPage, REASON_CHARACTERS_MAX, contact, reach};
use super::{clock, field_label, why};
use crate::address::Address;
use crate::components::{
    Choice, Empty, Fact, Field, Tab, Value, empty, error_summary, facts, icon, page_head, pager, person,
    post_button, tabs, tag,
};
use crate::conversion::Candidate;
use crate::messages::{find, t};
use crate::{Locale, Nav, Page, Shell, format, labels, merges};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{FieldErrors, Kind, ResponseStanding, lists};

pub const INBOX_PATH: &str = "/leads/inbox";

/// A lead in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InboxRow {
    pub id: String,
    pub title: String,
    /// Person, town, source: what tells it apart.
    pub detail: String,
    pub owner: Option<String>,
    pub created_at: Timestamp,
    pub standing: ResponseStanding,
    /// It came from somebody who had not answered.
    pub was_moved: bool,
}

/// What was decided last, and how it is taken back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InboxDone {
    /// `accepted`, `contacted`, `duplicate`, `discarded`, `snoozed`, `woken`, `undone`.
    pub what: String,
    pub id: String,
    pub title: String,
    /// When it comes back, where it was put off.
    pub until: Option<Timestamp>,
    /// The version to be taken back; absent where it cannot be.
    pub undo: Option<u64>,
}

/// What came back with problems, as it was typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InboxForm {
    /// Which decision it was.
    pub deed: String,
    pub reason: String,
    pub reason_note: String,
    pub day: String,
    /// The id of the look-alike that was chosen; empty: another one.
    pub original: String,
    /// Counts more than that.
    pub duplicate_of: String,
}

/// `GET /leads/inbox?whose=…&lead=…&cursor=…`. `POST /leads/{id}/inbox` sends `deed`, `version` and where to go on:
/// `whose`, `cursor`, `next`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InboxView {
    pub whose: String,
    /// The codes of what the reader may look at.
    pub choices: Vec<String>,
    pub count: usize,
    pub late: usize,
    pub has_more: bool,
    /// Whether the company has set a target.
    pub has_target: bool,
    pub rows: Vec<InboxRow>,
    /// Where this page begins, and the next one.
    pub cursor: Option<String>,
    pub next_page: Option<String>,
    pub selected: Option<Box<LeadPage>>,
    /// The lead was asked for: on a phone it is shown instead of the list.
    pub is_chosen: bool,
    /// It wants a decision still.
    pub is_waiting: bool,
    pub done: Option<InboxDone>,
    pub form: InboxForm,
    pub errors: FieldErrors,
    /// Whether keys press the buttons.
    pub has_keys: bool,
}

impl InboxView {
    fn address(&self, lead: Option<&str>) -> String {
        let cursor = self.cursor.as_deref().unwrap_or_default();
        let address = Address::new(INBOX_PATH).with("whose", &self.whose).with("cursor", cursor);
        address.with("lead", lead.unwrap_or_default()).into()
    }

    /// The rows before and after the one that is read.
    fn neighbours(&self) -> (Option<&InboxRow>, Option<&InboxRow>) {
        let read = self.selected.as_ref().map(|lead| lead.id.as_str());
        let place = self.rows.iter().position(|row| Some(row.id.as_str()) == read);
        let before = place.and_then(|place| place.checked_sub(1)).and_then(|place| self.rows.get(place));
        let after = place.map_or(0, |place| place + 1);
        (before, self.rows.get(after))
    }

    /// Which lead is read after a decision: the next one, or the one before the last.
    fn next(&self) -> &str {
        let (before, after) = self.neighbours();
        after.or(before).map_or("", |row| row.id.as_str())
    }
}

pub fn inbox_page(shell: &Shell, view: &InboxView) -> Markup {
    let l = shell.locale();
    let title = t!(l, "inbox-title");
    let chosen = (view.is_chosen && view.selected.is_some()).then_some("yes");
    shell.page(
        &Page::new(&title, Nav::Inbox).errors(&view.errors),
        html! {
            @if let Some(done) = &view.done { (done_notice(shell, view, done)) }
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&summary(l, view)), html! {}))
            @if view.choices.len() > 1 { (whose_tabs(l, view)) }
            @if view.rows.is_empty() && view.selected.is_none() { (nothing(l, view)) }
            @else {
                div.triage data-chosen=[chosen] data-keys=[view.has_keys.then_some("yes")] {
                    section.list aria-label=(t!(l, "inbox-list")) {
                        (rows(shell, view))
                        @if view.cursor.is_some() || view.next_page.is_some() { (paging(l, view)) }
                        p.hint-text { (order(l, view)) }
                        @if view.has_keys { p.hint-text.js-only.keys { (t!(l, "inbox-keys")) " " a href="/account" { (t!(l, "inbox-keys-off")) } } }
                    }
                    section.reading aria-label=(t!(l, "inbox-reading")) {
                        @if let Some(lead) = &view.selected { (reading(shell, view, lead)) }
                    }
                }
            }
        },
    )
}

fn summary(l: Locale<'_>, view: &InboxView) -> String {
    let count = u64::try_from(view.count).unwrap_or_default();
    let late = u64::try_from(view.late).unwrap_or_default();
    match (view.has_more, view.late) {
        (true, _) => t!(l, "inbox-more-than", count = count),
        (false, 0) => t!(l, "inbox-count", count = count),
        (false, _) => t!(l, "inbox-count-late", count = count, late = late),
    }
}

fn order(l: Locale<'_>, view: &InboxView) -> String {
    if view.has_target { t!(l, "inbox-order") } else { t!(l, "inbox-order-no-target") }
}

fn whose_tabs(l: Locale<'_>, view: &InboxView) -> Markup {
    let tab = |code: &String| Tab {
        label: find(l, &format!("inbox-whose-{code}"), &[]).unwrap_or_default(),
        href: Address::new(INBOX_PATH).with("whose", code).into(),
        current: *code == view.whose,
    };
    tabs(&t!(l, "inbox-whose"), &view.choices.iter().map(tab).collect::<Vec<_>>())
}

fn nothing(l: Locale<'_>, view: &InboxView) -> Markup {
    let more = view.choices.iter().find(|code| **code != view.whose && **code != "mine");
    let text = if more.is_some() { t!(l, "inbox-none-text-others") } else { t!(l, "inbox-none-text") };
    let actions = html! { a.btn href="/leads" { (icon("list")) (t!(l, "inbox-all-leads")) } };
    empty(&Empty { icon: "circle-check", title: t!(l, "inbox-none"), text, actions })
}

/// The next page, and the first one again.
fn paging(l: Locale<'_>, view: &InboxView) -> Markup {
    let at = |cursor: &str| -> String {
        Address::new(INBOX_PATH).with("whose", &view.whose).with("cursor", cursor).into()
    };
    pager(
        l,
        &crate::components::Paging {
            first_href: view.cursor.as_ref().map(|_| at("")),
            next_href: view.next_page.as_deref().map(at),
            words: String::new(),
        },
    )
}

/// What happened, with the way back. It stays until the next decision.
fn done_notice(shell: &Shell, view: &InboxView, done: &InboxDone) -> Markup {
    let (l, title) = (shell.locale(), done.title.as_str());
    let words = match done.until {
        Some(until) => {
            let when = format::date_time(l, until, &shell.zone);
            Some(t!(l, "inbox-done-snoozed-until", title = title, when = when))
        }
        None => find(l, &format!("inbox-done-{}", done.what), &[("title", title.into())]),
    };
    let action = format!("/leads/{}/inbox", done.id);
    let version = done.undo.map(|version| version.to_string()).unwrap_or_default();
    let fields = [("deed", "undo"), ("version", version.as_str()), ("whose", view.whose.as_str())];
    html! {
        @if let Some(words) = words {
            div.notice.ok role="status" {
                (icon("circle-check"))
                div.words { (words) }
                @if done.undo.is_some() {
                    (post_button(&action, &fields, "quiet", html! { (icon("undo-2")) (t!(l, "inbox-undo")) span.sr { " " (done.title) } }))
                }
            }
        }
    }
}

fn rows(shell: &Shell, view: &InboxView) -> Markup {
    let l = shell.locale();
    let read = view.selected.as_ref().map(|lead| lead.id.as_str());
    html! {
        ol.triage-rows {
            @for row in &view.rows {
                li {
                    a href=(view.address(Some(&row.id))) aria-current=[(read == Some(row.id.as_str())).then_some("true")] {
                        strong { (row.title) }
                        span.sub { (row.detail) }
                        span.marks {
                            (clock::standing(shell, row.standing))
                            @if row.was_moved { (tag("violet", "refresh-cw", &t!(l, "inbox-moved"))) }
                        }
                        span.sub {
                            @match &row.owner { Some(owner) => { (owner) } None => { (t!(l, "leads-owner-nobody")) } }
                            " · "
                            time datetime=(row.created_at) { (format::relative(l, row.created_at, shell.now, &shell.zone)) }
                        }
                    }
                }
            }
        }
    }
}

fn reading(shell: &Shell, view: &InboxView, lead: &LeadPage) -> Markup {
    let l = shell.locale();
    html! {
        article.panel {
            header {
                a.btn.quiet.back href=(view.address(None)) { (icon("arrow-left")) (t!(l, "inbox-back")) }
                h2 #reading tabindex="-1" autofocus[view.done.is_some() && view.errors.is_empty()] { (lead.title()) }
                (steps(l, view))
            }
            div.body {
                (head(shell, lead))
                @if view.is_waiting { (decisions(l, view, lead)) }
                @else { p.notice { (icon("info")) span.words { (t!(l, "inbox-not-waiting")) } } }
                (reach(l, lead))
                (merges::card(shell, Kind::Lead, &lead.id, &lead.alike))
                (asked(l, lead))
                @if let Some(reason) = &lead.why {
                    details.fold {
                        summary { (icon("circle-help")) (why_title(l, lead)) }
                        (why::card(shell, reason, lead.owner.as_deref()))
                    }
                }
                (contact(l, lead))
                p { a.btn href=(format!("/leads/{}", lead.id)) { (icon("external-link")) (t!(l, "inbox-open")) } }
            }
        }
    }
}

fn why_title(l: Locale<'_>, lead: &LeadPage) -> String {
    match &lead.owner {
        Some(owner) => t!(l, "leads-why-title", owner = owner.as_str()),
        None => t!(l, "leads-why-nobody-title"),
    }
}

/// To the lead before and the one after, also by J and K.
fn steps(l: Locale<'_>, view: &InboxView) -> Markup {
    let (before, after) = view.neighbours();
    let step = |row: Option<&InboxRow>, key: &str, icon_name: &str, label: String| {
        html! {
            @if let Some(row) = row {
                a.btn.quiet.icon-only href=(view.address(Some(&row.id))) data-key=(key) title=(label) aria-keyshortcuts=[view.has_keys.then_some(key)] {
                    (icon(icon_name)) span.sr { (label) " " (row.title) }
                }
            }
        }
    };
    html! {
        div.actions {
            (step(before, "k", "arrow-up", t!(l, "inbox-before")))
            (step(after, "j", "arrow-down", t!(l, "inbox-after")))
        }
    }
}

fn head(shell: &Shell, lead: &LeadPage) -> Markup {
    let l = shell.locale();
    html! {
        dl.key-facts {
            div { dt { (t!(l, "leads-first-response")) } dd { (clock::standing(shell, lead.standing)) } }
            div { dt { (t!(l, "common-field-status")) } dd { (labels::lead_status_tag(l, lead.status)) } }
            div {
                dt { (t!(l, "common-field-owner")) }
                dd {
                    @match &lead.owner {
                        Some(owner) => { (person(owner)) }
                        None => { span.muted { (t!(l, "leads-owner-nobody")) } }
                    }
                }
            }
        }
    }
}

/// What they want, as far as it is known.
fn asked(l: Locale<'_>, lead: &LeadPage) -> Markup {
    let text = |value: &Option<String>| Value::text(value.clone().unwrap_or_default());
    let amount = lead.amount.map_or(Value::Nothing, |amount| Value::Text(format::money(l, amount)));
    let source = lead.source.map_or(Value::Nothing, |source| Value::Text(labels::source(l, source)));
    let entries: Vec<Fact> = [
        ("interest", text(&lead.interest)),
        ("amount", amount),
        ("source", source),
        ("campaign", text(&lead.campaign)),
        ("description", text(&lead.description)),
    ]
    .into_iter()
    .filter(|(_, value)| *value != Value::Nothing)
    .map(|(field, value)| Fact::new(field_label(l, field), value))
    .collect();
    html! { @if !entries.is_empty() { (facts(l, &entries)) } }
}

/// The key of a button, where keys press buttons.
fn key(view: &InboxView, name: &str) -> Markup {
    html! { @if view.has_keys { kbd.js-only aria-hidden="true" { (name) } } }
}

/// The four decisions, and that somebody has talked to them.
fn decisions(l: Locale<'_>, view: &InboxView, lead: &LeadPage) -> Markup {
    let shortcut = |name: &'static str| view.has_keys.then_some(name);
    let one_button = |deed: &str, key_name: &'static str, class: &str, label: Markup| {
        html! {
            form method="post" action=(format!("/leads/{}/inbox", lead.id)) {
                (kept(view, lead, deed))
                button class=(format!("btn {class}")) type="submit" data-key=(key_name) aria-keyshortcuts=[shortcut(key_name)] {
                    (label)
                }
            }
        }
    };
    html! {
        div.decisions {
            (one_button("accept", "1", "primary", html! { (icon("check")) (t!(l, "inbox-accept")) (key(view, "1")) }))
            (one_button("contacted", "4", "", html! { (icon("phone")) (t!(l, "inbox-contacted")) (key(view, "4")) }))
        }
        p.hint-text { (t!(l, "inbox-accept-hint")) }
        (duplicate_form(l, view, lead))
        (discard_form(l, view, lead))
        (snooze_form(l, view, lead))
    }
}

/// Where to go on after the decision.
fn kept(view: &InboxView, lead: &LeadPage, deed: &str) -> Markup {
    html! {
        input type="hidden" name="deed" value=(deed);
        input type="hidden" name="version" value=(lead.version);
        input type="hidden" name="whose" value=(view.whose);
        input type="hidden" name="cursor" value=(view.cursor.as_deref().unwrap_or_default());
        input type="hidden" name="next" value=(view.next());
    }
}

/// One decision that asks for something.
fn folded(
    view: &InboxView,
    lead: &LeadPage,
    deed: &str,
    key_name: &'static str,
    label: Markup,
    body: Markup,
) -> Markup {
    let is_open = view.form.deed == deed;
    html! {
        details.fold name="decision" open[is_open] {
            summary data-key=(key_name) aria-keyshortcuts=[view.has_keys.then_some(key_name)] { (label) }
            form.form method="post" action=(format!("/leads/{}/inbox", lead.id)) novalidate {
                (kept(view, lead, deed))
                (body)
            }
        }
    }
}

/// No value of a choice: where only names resemble, the return key discards nothing.
const NONE_CHOSEN: &str = "-";

fn duplicate_form(l: Locale<'_>, view: &InboxView, lead: &LeadPage) -> Markup {
    let mut others: Vec<Choice> = lead.alike.found.iter().map(|one| named(l, one)).collect();
    others.push(Choice::new("", t!(l, "inbox-duplicate-other")));
    let sure = lead.alike.found.iter().find(|one| one.by.iter().any(|by| by.is_sure()));
    let usual = sure.map_or(NONE_CHOSEN, |one| one.id.as_str());
    let sent = &view.form.original;
    let chosen = match view.form.deed.as_str() {
        // One that is not offered any more is another one.
        "duplicate" if others.iter().any(|choice| choice.value == *sent) => sent.as_str(),
        "duplicate" => "",
        _ => usual,
    };
    let label = html! { (icon("copy")) (t!(l, "inbox-duplicate")) @if !lead.alike.found.is_empty() { " (" (lead.alike.found.len()) ")" } (key(view, "2")) };
    folded(
        view,
        lead,
        "duplicate",
        "2",
        label,
        html! {
            @if !lead.alike.found.is_empty() { (Field::radios("original", t!(l, "inbox-duplicate-of"), &others).value(chosen)) }
            (Field::text("duplicate_of", t!(l, "inbox-duplicate-which"))
                .value(&view.form.duplicate_of)
                .hint(t!(l, "inbox-duplicate-hint"))
                .autocomplete("off")
                .maximum_characters(200)
                .problems(l, &view.errors))
            div.actions { button.btn.danger type="submit" { (t!(l, "inbox-duplicate-do")) } }
        },
    )
}

fn named(l: Locale<'_>, one: &Candidate) -> Choice {
    let name = format!("{}: {}", crate::records::kind_name(l, one.kind), one.title);
    let reasons: Vec<String> = one.by.iter().map(|by| crate::conversion::reason(l, *by)).collect();
    let mut below = one.below.clone();
    below.push(format::list(l.language, &reasons));
    Choice::new(one.id.as_str(), name).hint(below.join(" · "))
}

fn discard_form(l: Locale<'_>, view: &InboxView, lead: &LeadPage) -> Markup {
    let mut reasons = vec![Choice::new("", t!(l, "leads-discard-choose"))];
    reasons.extend(labels::choices(l, lists::DISCARD_REASONS, ""));
    let label = html! { (icon("x")) (t!(l, "leads-discard")) (key(view, "3")) };
    folded(
        view,
        lead,
        "discard",
        "3",
        label,
        html! {
            (Field::select("reason", t!(l, "common-field-discard-reason"), &reasons)
                .value(&view.form.reason)
                .hint(t!(l, "leads-discard-hint"))
                .problems(l, &view.errors))
            (Field::text("reason_note", t!(l, "leads-discard-other"))
                .value(&view.form.reason_note)
                .hint(t!(l, "inbox-discard-note-hint"))
                .maximum_characters(REASON_CHARACTERS_MAX))
            div.actions { button.btn.danger type="submit" { (t!(l, "leads-discard-do")) } }
        },
    )
}

/// Ready moments, and a day of one's own.
fn snooze_form(l: Locale<'_>, view: &InboxView, lead: &LeadPage) -> Markup {
    let label = html! { (icon("clock")) (t!(l, "inbox-snooze")) (key(view, "H")) };
    folded(
        view,
        lead,
        "snooze",
        "h",
        label,
        html! {
            // What the return key does: the first button of a form.
            button.sr type="submit" name="until" value="day" tabindex="-1" { (t!(l, "inbox-snooze-do")) }
            p.hint-text { (t!(l, "inbox-snooze-hint")) }
            div.actions {
                button.btn type="submit" name="until" value="hour" { (t!(l, "inbox-snooze-hour")) }
                button.btn type="submit" name="until" value="tomorrow" { (t!(l, "inbox-snooze-tomorrow")) }
                button.btn type="submit" name="until" value="monday" { (t!(l, "inbox-snooze-monday")) }
            }
            (Field::date("day", t!(l, "inbox-snooze-day"))
                .value(&view.form.day)
                .problems(l, &view.errors))
            div.actions { button.btn type="submit" name="until" value="day" { (t!(l, "inbox-snooze-do")) } }
        },
    )
}
