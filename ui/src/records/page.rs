//! The page of a record: what is known of it, what belongs to it, and what happened.

use super::chain::{self, ChainStep, CompanyGroup, strip};
use super::form::{group_label, groups_of};
use super::list::has_cards;
use super::rows;
use super::words::{code_name, field_label, icon_of, is_price, text_name, word};
use crate::Locale;
use crate::activities::{
    self, ActivityState, ComposeForm, TodoPanel, composer, history_address, sorts_bar, state_card, todo_panel,
};
use crate::address::Address;
use crate::audit;
use crate::board::{Moved, StayView, icon_of as icon_of_stage, moved_notice, stays_panel};
use crate::components::{
    Fact, TimelineEntry, Tone, Value, details_menu, error_summary, facts, icon, link_button, panel, person,
    post_button, tag, timeline,
};
use crate::consents::{self, ConsentPanel};
use crate::documents::{self, DocumentPanel, DocumentsPanel};
use crate::imports::ImportWay;
use crate::merges::{self, Alike};
use crate::messages::t;
use crate::own_fields;
use crate::prices::{self, ProductPrices, bundle_card};
use crate::quotes::{QuotePanel, quote_panel, simulate_button};
use crate::{Nav, Page, Shell, format};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{Currency, CustomValues, FieldErrors, FieldKind, FieldValue, Kind, Money, Row, StageKind};
use std::collections::BTreeMap;

/// What the reader may do with the record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RecordMay {
    pub change: bool,
    pub delete: bool,
    pub note: bool,
}

/// A step of the pipeline that an opportunity is in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StageStep {
    /// `<pipeline>.<stage>`.
    pub code: String,
    pub kind: StageKind,
}

/// One record that belongs to the one of the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RelatedLine {
    pub id: String,
    pub title: String,
    pub below: Vec<String>,
    /// Where its document is, of a record that is one.
    pub paper: Option<String>,
    /// Of a person who is at the company of the page no more.
    pub is_former: bool,
}

/// The records of one entity that belong to the one of the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Related {
    pub kind: Kind,
    pub lines: Vec<RelatedLine>,
    /// All of them, where there are more than are shown.
    pub all_href: Option<String>,
    /// The form of a new one that belongs here.
    pub new_href: Option<String>,
}

/// One entry of the history, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    pub icon: &'static str,
    pub tone: Tone,
    pub title: String,
    pub at: Timestamp,
    /// The import that it came with.
    pub import: Option<ImportWay>,
    /// The page of what it tells of.
    pub href: Option<String>,
    /// What somebody wrote.
    pub said: Option<String>,
    /// Field, before, after.
    pub changes: Vec<(String, String, String)>,
}

/// A record with all around it.
#[derive(Clone, PartialEq, Debug)]
pub struct RecordPage {
    pub kind: Kind,
    pub id: String,
    pub version: u64,
    pub title: String,
    pub is_archived: bool,
    /// Built-in fields that have a value, by their keys.
    pub values: BTreeMap<String, FieldValue>,
    /// The rows of lists within it that have any, by the keys of the lists.
    pub lists: BTreeMap<String, Vec<Row>>,
    pub custom: CustomValues,
    /// What people, teams and linked records are called; those the reader may not see are not there.
    pub names: BTreeMap<Uuid, String>,
    pub currency: Currency,
    /// Of an opportunity: the stages of its pipeline.
    pub stages: Vec<StageStep>,
    /// Where it has been, the first stage first; whether that is known from the beginning.
    pub stays: Vec<StayView>,
    pub is_stays_whole: bool,
    /// Of a quote: what it offers, and where it stands.
    pub quote: Option<QuotePanel>,
    /// It was moved just now.
    pub moved: Option<Moved>,
    pub related: Vec<Related>,
    /// Of a product: its prices in all books, and what is in it.
    pub prices: Option<ProductPrices>,
    /// From lead to client, as far as the reader sees it.
    pub chain: Vec<ChainStep>,
    /// Of a company: those above and below it.
    pub group: Option<CompanyGroup>,
    /// Records that are, or may be, the same one.
    pub alike: Alike,
    /// Of people: what they said about the use of their data.
    pub consents: Option<ConsentPanel>,
    pub events: Vec<Event>,
    /// The page of what happened before, if there is more.
    pub older_than: Option<u64>,
    /// Whether this is such a page.
    pub is_older: bool,
    pub may: RecordMay,
    /// What is still to be done about it.
    pub todo: TodoPanel,
    /// What of the history is shown, and from which change on.
    pub sort: String,
    pub before: Option<u64>,
    /// Files and links that belong to it.
    pub documents: DocumentsPanel,
    /// Of a document: its versions, or where it lies.
    pub document: Option<DocumentPanel>,
    /// The form above the history.
    pub compose: ComposeForm,
    /// Of an activity: how far it is.
    pub activity: Option<ActivityState>,
    pub errors: FieldErrors,
}

impl RecordPage {
    fn path(&self, rest: &str) -> String {
        format!("{}/{}{rest}", model::path_of(self.kind).unwrap_or_default(), self.id)
    }

    fn text(&self, key: &str) -> Option<&str> {
        match self.values.get(key) {
            Some(FieldValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn code(&self, key: &str) -> Option<&str> {
        match self.values.get(key) {
            Some(FieldValue::Codes(codes)) => codes.first().map(String::as_str),
            _ => None,
        }
    }
}

/// The group of a form that a card of its own shows.
const BUNDLE: &str = "bundle";

/// `GET /companies/{id}?before=…`, and again (422) when one of its forms has problems.
pub fn page(shell: &Shell, view: &RecordPage) -> Markup {
    let l = shell.locale();
    shell.page(
        &Page::new(view.title.as_str(), Nav::of(view.kind)).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            @if let Some(moved) = &view.moved { div role="status" { (moved_notice(l, moved)) } }
            (head(l, view))
            (key_facts(shell, view))
            (strip(l, &view.chain))
            @if let Some(quote) = &view.quote { (quote_panel(shell, quote, &view.errors)) }
            @if !view.stages.is_empty() { (stages(shell, view)) }
            div.cols {
                div {
                    @if let Some(panel) = &view.document { (documents::of_document(shell, (&view.id, view.version), panel, &view.errors)) }
                    @if let Some(state) = &view.activity { (state_card(shell, &view.id, view.version, state, &view.errors)) }
                    @if !view.is_older { (todo_panel(shell, &view.todo, &view.path(""))) }
                    @if view.may.note && !view.is_older {
                        (composer(l, &view.path(""), &view.sort, &view.compose, &view.errors))
                    }
                    (history(shell, view))
                }
                div {
                    (merges::card(shell, view.kind, &view.id, &view.alike))
                    @for (name, keys) in groups_of(view.kind).iter().filter(|(name, _)| *name != BUNDLE) { (known(shell, view, name, keys)) }
                    @if let Some(prices) = &view.prices { (bundle_card(l, prices)) (prices::card(l, prices)) }
                    (own(l, view))
                    (stays_panel(shell, &view.stays, view.is_stays_whole))
                    @if let Some(group) = &view.group { (chain::group(l, group)) }
                    (documents::of_record(shell, &view.documents, &view.path("")))
                    @for related in &view.related { (belonging(l, (view.kind, &view.id), related)) }
                    @if let Some(panel) = &view.consents { (consents::card(l, panel, &view.errors)) }
                    (made(shell, view))
                }
            }
        },
    )
}

/// What was sent to a client is not changed: another version is made.
fn is_editable(view: &RecordPage) -> bool {
    view.quote.as_ref().is_none_or(|panel| panel.quote.is_draft())
}

fn head(l: Locale<'_>, view: &RecordPage) -> Markup {
    let version = view.version.to_string();
    let archive = if view.is_archived {
        html! { (icon("archive-restore")) (t!(l, "records-restore")) }
    } else {
        html! { (icon("archive")) (t!(l, "records-archive")) }
    };
    let archive_path = view.path(if view.is_archived { "/restore" } else { "/archive" });
    let below = ["legal_name", "job_title", "code"].into_iter().find_map(|key| view.text(key));
    html! {
        div.page-head {
            div.titles {
                a.crumb href=(model::path_of(view.kind).unwrap_or_default()) { (icon("chevron-left")) (word(l, view.kind, "title")) }
                h1 { (view.title) }
                @if let Some(below) = below { p.sub { (below) } }
                @if view.is_archived { p { (tag("warn", "archive", &t!(l, "records-archived"))) } }
            }
            div.actions {
                @if view.may.change && is_editable(view) { (link_button(&view.path("/edit"), "pencil", &t!(l, "leads-edit"))) }
                @if view.may.change || view.may.delete || has_cards(view.kind) {
                    (details_menu(html! { (icon("ellipsis")) span.sr { (t!(l, "leads-more-actions")) } }, html! {
                        @if has_cards(view.kind) { a href=(view.path("/card")) { (icon("download")) (t!(l, "records-card")) } }
                        @if view.may.change { (post_button(&archive_path, &[("version", &version)], "quiet", archive)) }
                        @if view.may.delete { a href=(view.path("/delete")) { (icon("trash-2")) (t!(l, "leads-delete-link")) } }
                    }))
                }
            }
        }
        (reach(l, view))
    }
}

/// What is asked first of a client or a sale: whose it is, what it is worth, and what comes next.
fn key_facts(shell: &Shell, view: &RecordPage) -> Markup {
    let l = shell.locale();
    if !matches!(view.kind, Kind::Company | Kind::Contact | Kind::Opportunity) {
        return html! {};
    }
    let stage = view.code("stage");
    let is_open =
        view.stages.iter().any(|step| Some(step.code.as_str()) == stage && step.kind == StageKind::Open);
    // Nobody asks when it is to close of what has closed.
    let closed_on = match view.values.get("closed_at") {
        Some(FieldValue::Instant(at)) if !is_open => Some(at.to_zoned_datetime(shell.zone.clone()).date()),
        _ => None,
    };
    let keys: &[&str] = if closed_on.is_some() { &["amount"] } else { &["amount", "expected_close"] };
    let next = view.todo.lines.first();
    html! {
        dl.key-facts {
            @if let Some(day) = closed_on { div { dt { (field_label(l, view.kind, "closed_at")) } dd { (format::date_short(day)) } } }
            div {
                dt { (field_label(l, view.kind, "owner")) }
                dd {
                    @match view.values.get("owner") {
                        Some(FieldValue::User(id)) => { @if let Some(name) = view.names.get(&id.0) { (person(name)) } }
                        _ => { span.muted { (t!(l, "leads-owner-nobody")) } }
                    }
                }
            }
            @for key in keys {
                @if let Some(value) = shown(shell, view, key) { div { dt { (field_label(l, view.kind, key)) } dd { (value.markup(l)) } } }
            }
            @if !view.is_older && (next.is_some() || is_open) {
                div {
                    dt { (t!(l, "records-next")) }
                    dd {
                        @match next {
                            Some(line) => {
                                a.target href=(format!("{}/{}", activities::PATH, line.id)) { (line.title) }
                                @if let Some(due) = &line.due { " " (due.markup(shell)) }
                            }
                            None => { span.muted { (t!(l, "board-unplanned")) } }
                        }
                    }
                }
            }
        }
    }
}

/// One touch to call, write or go there: the main ones, and all others behind one more.
fn reach(l: Locale<'_>, view: &RecordPage) -> Markup {
    let phone = view.text("mobile").or_else(|| view.text("phone"));
    let place: Vec<&str> =
        ["address", "postcode", "town", "country"].into_iter().filter_map(|key| view.text(key)).collect();
    let has_place = view.text("address").or_else(|| view.text("town")).is_some();
    let map = map_of(&place.join(", "));
    let others = others(l, view, phone);
    html! {
        @if phone.is_some() || view.text("email").is_some() || has_place || !others.is_empty() {
            ul.actions.reach aria-label=(t!(l, "leads-reach")) {
                @if let Some(phone) = phone {
                    li { (link_button(&format!("tel:{phone}"), "phone", &t!(l, "leads-call"))) }
                    li { (link_button(&whatsapp(phone), "message-square", "WhatsApp")) }
                }
                @if let Some(email) = view.text("email") { li { (link_button(&format!("mailto:{email}"), "mail", &t!(l, "leads-write"))) } }
                @if has_place { li { (link_button(&map, "map-pin", &t!(l, "leads-map"))) } }
                @if !others.is_empty() {
                    li {
                        (details_menu(html! { (icon("phone")) (t!(l, "records-reach-more")) }, html! {
                            @for (icon_name, href, text) in &others { a href=(href) { (icon(icon_name)) (text) } }
                        }))
                    }
                }
            }
        }
    }
}

/// Further ways to reach somebody: icon, address, words.
fn others(l: Locale<'_>, view: &RecordPage, main: Option<&str>) -> Vec<(&'static str, String, String)> {
    let texts = |key: &str| match view.values.get(key) {
        Some(FieldValue::Texts(texts)) => texts.clone(),
        _ => Vec::new(),
    };
    let mut ways = Vec::new();
    for number in texts("any_phone").into_iter().filter(|number| Some(number.as_str()) != main) {
        let shown = format::phone(&number);
        ways.push(("phone", format!("tel:{number}"), t!(l, "records-reach-call", what = shown.as_str())));
        ways.push(("message-square", whatsapp(&number), format!("WhatsApp {shown}")));
    }
    for email in texts("any_email").into_iter().filter(|email| Some(email.as_str()) != view.text("email")) {
        ways.push(("mail", format!("mailto:{email}"), t!(l, "records-reach-write", what = email.as_str())));
    }
    ways
}

fn whatsapp(number: &str) -> String {
    format!("https://wa.me/{}", number.trim_start_matches('+'))
}

/// A place on the map.
pub(super) fn map_of(place: &str) -> String {
    Address::new("https://www.openstreetmap.org/search").with("query", place).into()
}

/// The way through the pipeline: a button a stage, the present one marked.
fn stages(shell: &Shell, view: &RecordPage) -> Markup {
    let l = shell.locale();
    let current = view.code("stage").unwrap_or_default();
    let is_past = |place: usize| {
        view.stages.iter().position(|step| step.code == current).is_some_and(|now| place < now)
    };
    html! {
        section.panel aria-label=(t!(l, "records-stages")) {
            div.body.stack-s {
                form method="post" action=(view.path("/move?from=record")) {
                    input type="hidden" name="version" value=(view.version);
                    ol.actions.stages {
                        @for (place, step) in view.stages.iter().enumerate() {
                            @let label = code_name(l, view.kind, "stage", &step.code);
                            li {
                                @if step.code == current {
                                    strong.tag.accent aria-current="step" { (icon(icon_of_stage(step.kind))) (label) (days(l, view, step)) }
                                } @else if view.may.change {
                                    button.btn.quiet[is_past(place)] type="submit" name="stage" value=(step.code) { (icon(icon_of_stage(step.kind))) (label) (days(l, view, step)) }
                                } @else { span.muted { (label) (days(l, view, step)) } }
                            }
                        }
                    }
                }
                @if let Some(FieldValue::Instant(since)) = view.values.get("stage_since") {
                    p.muted { (t!(l, "records-stage-since", when = format::relative(l, *since, shell.now, &shell.zone))) }
                }
            }
        }
    }
}

/// How long it was at a stage, all times together.
fn days(l: Locale<'_>, view: &RecordPage, step: &StageStep) -> Markup {
    let stays = view.stays.iter().filter(|stay| stay.stage == step.code);
    let days: Vec<i64> = stays.map(|stay| stay.days).collect();
    html! {
        @if !days.is_empty() && step.kind == StageKind::Open {
            span.days { (t!(l, "board-days", days = days.iter().sum::<i64>())) }
        }
    }
}

fn history(shell: &Shell, view: &RecordPage) -> Markup {
    let l = shell.locale();
    let entry = |event: &Event| TimelineEntry {
        icon: event.icon,
        tone: event.tone,
        title: event.title.clone(),
        href: event.href.clone(),
        instant: event.at.to_string(),
        when: format::relative(l, event.at, shell.now, &shell.zone),
        when_exactly: format::date_time(l, event.at, &shell.zone),
        way: event.import.as_ref().map(|import| import.shown(l)),
        said: event.said.clone(),
        changes: event
            .changes
            .iter()
            .map(|(field, before, after)| (field.clone(), Value::text(before), Value::text(after)))
            .collect(),
    };
    let entries: Vec<TimelineEntry> = view.events.iter().map(entry).collect();
    let older = view.older_than.map(|seq| history_address(&view.path(""), &view.sort, Some(seq)));
    html! { div #history { (panel(
        &t!(l, "leads-history"),
        html! {
            @if view.is_older { a href=(history_address(&view.path(""), &view.sort, None)) { (t!(l, "leads-history-newest")) } }
            a href=(format!("{}?record={}", audit::PATH, view.id)) { (t!(l, "audit-of-record")) }
        },
        html! {
            @if view.activity.is_none() { (sorts_bar(l, &view.path(""), &view.sort, view.before)) }
            div.body {
                @if entries.is_empty() {
                    p.muted { @if view.sort == "all" { (t!(l, "leads-history-none")) } @else { (t!(l, "activities-show-none")) } }
                } @else { (timeline(l, &entries)) }
                @if let Some(older) = older {
                    a.btn href=(older) { (icon("history")) (t!(l, "leads-history-older")) }
                }
            }
        },
    )) } }
}

/// The fields of a group that have a value.
fn known(shell: &Shell, view: &RecordPage, name: &str, keys: &[&str]) -> Markup {
    let l = shell.locale();
    let mut entries: Vec<Fact> = Vec::new();
    for key in keys {
        entries.extend(shown(shell, view, key).map(|value| Fact::new(field_label(l, view.kind, key), value)));
        if let Some(list) = model::rows_of(view.kind).iter().find(|list| list.key == *key) {
            let rows = view.lists.get(*key).into_iter().flatten();
            entries.extend(rows.map(|row| {
                let (label, value) = rows::shown(l, list, row, &view.names);
                Fact::new(label, value)
            }));
        }
    }
    html! {
        @if !entries.is_empty() {
            (panel(&group_label(l, view.kind, name), html! {}, html! { div.body { (facts(l, &entries)) } }))
        }
    }
}

fn shown(shell: &Shell, view: &RecordPage, key: &str) -> Option<Value> {
    let l = shell.locale();
    let spec = model::specs_of(view.kind).iter().find(|spec| spec.key == key)?;
    let link = |href: String, text: &str| Value::Link { href, text: text.to_owned() };
    Some(match view.values.get(key)? {
        FieldValue::Nothing | FieldValue::Flag(false) | FieldValue::Texts(_) | FieldValue::Records(_) => {
            return None;
        }
        FieldValue::Text(text) => match spec.kind {
            FieldKind::Email => link(format!("mailto:{text}"), text),
            FieldKind::Phone => link(format!("tel:{text}"), &format::phone(text)),
            FieldKind::Url => link(text.clone(), text),
            _ => Value::text(text_name(l, key, text).unwrap_or_else(|| text.clone())),
        },
        FieldValue::Number(price) if is_price(view.kind, key) => {
            Value::Text(prices::money(l, *price, view.currency))
        }
        FieldValue::Number(number) => Value::Text(format::decimal(l, &number.to_string())),
        FieldValue::Amount(minor_units) => {
            Value::Text(format::money(l, Money { minor_units: *minor_units, currency: view.currency }))
        }
        FieldValue::Day(day) => Value::Text(format::date_short(*day)),
        FieldValue::Instant(at) => Value::Text(format::date_time(l, *at, &shell.zone)),
        FieldValue::Flag(true) => Value::Text(own_fields::yes_no(l, true)),
        FieldValue::Codes(codes) => {
            let words: Vec<String> = codes.iter().map(|code| code_name(l, view.kind, key, code)).collect();
            Value::text(words.join(", "))
        }
        FieldValue::User(id) => Value::text(view.names.get(&id.0).cloned().unwrap_or_default()),
        FieldValue::Team(id) => Value::text(view.names.get(&id.0).cloned().unwrap_or_default()),
        FieldValue::Record(id) => match (view.names.get(id), spec.values) {
            (Some(name), model::Values::Records(target)) => {
                link(format!("{}/{id}", model::path_of(target).unwrap_or_default()), name)
            }
            _ => Value::Text(t!(l, "fields-link-hidden")),
        },
    })
}

/// Own fields that have a value, in their order.
fn own(l: Locale<'_>, view: &RecordPage) -> Markup {
    let name_of = |id: Uuid| view.names.get(&id).cloned();
    let entries: Vec<Fact> = l
        .frame()
        .fields_of(view.kind)
        .filter(|(name, field)| !field.piece.archived && view.custom.contains_key(*name))
        .map(|(name, field)| {
            let value = own_fields::value(l, view.kind, name, view.custom.get(name), &name_of);
            Fact::new(field.piece.label.get(l.language), value)
        })
        .collect();
    html! {
        @if !entries.is_empty() {
            (panel(&t!(l, "fields-on-page"), html! {}, html! { div.body { (facts(l, &entries)) } }))
        }
    }
}

fn belonging(l: Locale<'_>, (of, id): (Kind, &str), related: &Related) -> Markup {
    let path = model::path_of(related.kind).unwrap_or_default();
    let title = if related.kind == Kind::Lead {
        t!(l, "conversion-came-from")
    } else {
        word(l, related.kind, "title")
    };
    panel(
        &title,
        html! {
            @if let Some(href) = &related.new_href {
                a href=(href) { (icon("plus")) (word(l, related.kind, "new")) }
                @if related.kind == Kind::Quote && of != Kind::Quote { (simulate_button(l, of, id)) }
            }
        },
        html! {
            div.body {
                @if related.lines.is_empty() { p.muted { (word(l, related.kind, "none-title")) } }
                @else {
                    (lines(l, related, path, false))
                    @if related.lines.iter().any(|line| line.is_former) {
                        h3 { (t!(l, "records-people-former")) }
                        (lines(l, related, path, true))
                    }
                }
                @if let Some(href) = &related.all_href { a.btn.quiet href=(href) { (t!(l, "records-all")) } }
            }
        },
    )
}

fn lines(l: Locale<'_>, related: &Related, path: &str, former: bool) -> Markup {
    let shown: Vec<&RelatedLine> = related.lines.iter().filter(|line| line.is_former == former).collect();
    html! {
        @if shown.is_empty() { p.muted { (word(l, related.kind, "none-title")) } }
        @else {
            ul.plain.stack-s {
                @for line in shown {
                    li {
                        (icon(icon_of(related.kind))) " "
                        a.target href=(format!("{path}/{}", line.id)) { (line.title) }
                        @if !line.below.is_empty() { span.muted { " · " (line.below.join(" · ")) } }
                        @if let Some(paper) = &line.paper { " " a.target href=(paper) { (icon("file-text")) "PDF" span.sr { " " (line.title) } } }
                    }
                }
            }
        }
    }
}

/// Whose it is, and since when it is there.
fn made(shell: &Shell, view: &RecordPage) -> Markup {
    let l = shell.locale();
    let keys = ["owner", "team", "closed_at", "done_at", "origin", "rule", "created_at", "updated_at"];
    let said = groups_of(view.kind).iter().flat_map(|(_, keys)| keys.iter());
    let said: Vec<&&str> = said.collect();
    let entries: Vec<Fact> = keys
        .iter()
        .filter(|key| !said.contains(key))
        .filter_map(|key| Some(Fact::new(field_label(l, view.kind, key), shown(shell, view, key)?)))
        .collect();
    panel(&t!(l, "leads-details"), html! {}, html! { div.body { (facts(l, &entries)) } })
}
