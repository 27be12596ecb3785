//! The page of one lead: how to reach it, what to do next, why it is whose it is, and what happened.

use super::why::card;
use super::{Event, Person, Why, clock, field_label, history};
use crate::Locale;
use crate::activities::{ComposeForm, TodoPanel, composer, history_address, sorts_bar, todo_panel};
use crate::address::escaped;
use crate::choices::choice_tag;
use crate::components::{
    self, Choice, Fact, Field, Value, details_menu, error_summary, facts, icon, link_button, panel, person,
    post_button, submit, timeline,
};
use crate::consents::{self, ConsentPanel};
use crate::conversion::{self, Became};
use crate::documents::{self, DocumentsPanel};
use crate::merges::{self, Alike};
use crate::messages::t;
use crate::quotes::{simulate_button, status_tag};
use crate::records::{ChainStep, chain_strip};
use crate::scoring::{self, LeadScore};
use crate::{Nav, Notice, NoticeKind, Page, Shell, audit, format, labels, own_fields};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{CustomValues, FieldErrors, Kind, LeadStatus, Money, ResponseStanding, Source, lists};
use std::collections::BTreeMap;

/// A simulation or quote for a lead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadQuote {
    pub id: String,
    pub title: String,
    /// See `model::quote_status`.
    pub status: String,
}

/// What the reader may do with this lead.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LeadMay {
    pub change: bool,
    /// Into a company, a contact or an opportunity.
    pub convert: bool,
    pub assign: bool,
    pub delete: bool,
    /// Write down what is done about it.
    pub note: bool,
}

/// One lead with its history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadPage {
    pub id: String,
    pub version: u64,
    pub name: Option<String>,
    pub company: Option<String>,
    pub tax_id: Option<String>,
    pub email: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub town: Option<String>,
    pub zone: Option<String>,
    pub country: Option<String>,
    pub website: Option<String>,
    pub industry: Option<String>,
    pub source: Option<Source>,
    pub campaign: Option<String>,
    pub interest: Option<String>,
    pub amount: Option<Money>,
    pub description: Option<String>,
    pub external_key: Option<String>,
    /// Keys of the company’s list.
    pub tags: Vec<String>,
    pub archived: bool,
    pub consents: ConsentPanel,
    /// Values of the company’s own fields, and what the records are called that they link to.
    pub became: Option<Became>,
    /// To client, as far as the reader sees it.
    pub chain: Vec<ChainStep>,
    /// Records that are, or may be, the same one.
    pub alike: Alike,
    pub custom: CustomValues,
    pub linked: BTreeMap<Uuid, String>,
    pub status: LeadStatus,
    pub discard_reason: Option<String>,
    pub owner: Option<String>,
    pub owner_id: Option<String>,
    pub team: Option<String>,
    pub created_at: Timestamp,
    pub assigned_at: Option<Timestamp>,
    /// How the first-response clock stands.
    pub standing: ResponseStanding,
    /// Out of the inbox until then, where that is to come.
    pub snoozed_until: Option<Timestamp>,
    /// Somebody takes care of it and has not talked to them yet.
    pub is_accepted: bool,
    /// The address and the name of the record that it is a duplicate of.
    pub duplicate_of: Option<(String, String)>,
    /// The last decision in the inbox was the reader’s and can be taken back.
    pub may_undo: bool,
    pub why: Option<Why>,
    pub score: LeadScore,
    /// Newest first.
    pub events: Vec<Event>,
    /// The number to go on from, where there is older history.
    pub older_than: Option<u64>,
    /// This page does not begin with the newest: `?before=` was given.
    pub is_older: bool,
    pub may: LeadMay,
    /// Who can be chosen as owner, for those who may assign.
    pub people: Vec<Person>,
    /// What is still to be done about it.
    pub todo: TodoPanel,
    /// Files and links that belong to it.
    pub documents: DocumentsPanel,
    /// What of the history is shown, and from which change on.
    pub sort: String,
    pub before: Option<u64>,
    /// The form above the history, and what was typed into the reason, when a form came back.
    pub compose: ComposeForm,
    pub reason: String,
    /// What came back from beside the reason.
    pub reason_note: String,
    /// Of the fields `text`, `reason`, `owner`, `status`.
    pub errors: FieldErrors,
    /// What was tried out for it; absent for those who see no quotes.
    pub simulations: Option<Vec<LeadQuote>>,
    /// Whether the reader may try something out.
    pub may_simulate: bool,
}

impl LeadPage {
    pub(super) fn title(&self) -> &str {
        self.company.as_deref().or(self.name.as_deref()).unwrap_or_default()
    }

    fn path(&self, rest: &str) -> String {
        format!("/leads/{}{rest}", self.id)
    }
}

/// `GET /leads/{id}?before=…`, and again (422) when one of its forms has problems.
pub fn page(shell: &Shell, view: &LeadPage) -> Markup {
    let l = shell.locale();
    shell.page(
        &Page::new(view.title(), Nav::Leads).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            (head(l, view))
            (chain_strip(l, &view.chain))
            (key_facts(shell, view))
            div.cols {
                div {
                    @if view.may.change && !view.is_older { (next_step(l, view)) }
                    @if !view.is_older { (todo_panel(shell, &view.todo, &view.path(""))) }
                    @if view.may.note && !view.is_older {
                        (composer(l, &view.path(""), &view.sort, &view.compose, &view.errors))
                    }
                    (history_panel(shell, view))
                }
                div {
                    @if let Some(became) = &view.became { (conversion::card(shell, &view.path(""), view.version, became)) }
                    (merges::card(shell, Kind::Lead, &view.id, &view.alike))
                    (contact(l, view))
                    (documents::of_record(shell, &view.documents, &view.path("")))
                    (simulations(l, view))
                    (scoring::card(l, &view.score))
                    @if let Some(why) = &view.why { (card(shell, why, view.owner.as_deref())) }
                    (consents::card(l, &view.consents, &view.errors))
                    (details(shell, view))
                }
            }
        },
    )
}

/// What a purchase would cost, tried out before any quote.
fn simulations(l: Locale<'_>, view: &LeadPage) -> Markup {
    let Some(found) = view.simulations.as_ref().filter(|found| view.may_simulate || !found.is_empty()) else {
        return html! {};
    };
    panel(
        &t!(l, "quotes-simulations"),
        html! { @if view.may_simulate { (simulate_button(l, Kind::Lead, &view.id)) } },
        html! {
            div.body {
                @if found.is_empty() { p.muted { (t!(l, "quotes-simulations-none")) } }
                @else {
                    ul.rows {
                        @for quote in found {
                            li { a.target href=(format!("{}/{}", crate::quotes::PATH, quote.id)) { (quote.title) } " " (status_tag(l, &quote.status)) }
                        }
                    }
                }
            }
        },
    )
}

fn head(l: Locale<'_>, view: &LeadPage) -> Markup {
    let person = view.company.as_ref().and(view.name.as_ref());
    let below: Vec<&str> = [person, view.town.as_ref()].into_iter().flatten().map(String::as_str).collect();
    html! {
        div.page-head {
            div.titles {
                a.crumb href="/leads" { (icon("chevron-left")) (t!(l, "leads-title")) }
                h1 { (view.title()) }
                @if !below.is_empty() { p.sub { (below.join(" · ")) } }
            }
            div.actions {
                @if view.may.change { (link_button(&view.path("/edit"), "pencil", &t!(l, "leads-edit"))) }
                @if view.may.change && view.archived { (archive_button(l, view)) }
                @if view.may.change && !view.archived || view.may.delete {
                    (details_menu(html! { (icon("ellipsis")) span.sr { (t!(l, "leads-more-actions")) } }, html! {
                        @if view.may.change && !view.archived { (archive_button(l, view)) }
                        @if view.may.delete { a href=(view.path("/delete")) { (icon("trash-2")) (t!(l, "leads-delete-link")) } }
                    }))
                }
            }
        }
        (reach(l, view))
    }
}

fn archive_button(l: Locale<'_>, view: &LeadPage) -> Markup {
    let version = view.version.to_string();
    let fields = [("version", version.as_str()), ("archived", if view.archived { "no" } else { "yes" })];
    let label = if view.archived { t!(l, "leads-restore") } else { t!(l, "leads-archive") };
    let icon_name = if view.archived { "archive-restore" } else { "archive" };
    post_button(&view.path("/archived"), &fields, "", html! { (icon(icon_name)) (label) })
}

/// A tag in the colour that the company gave it.
fn tag_of(l: Locale<'_>, key: &str) -> Markup {
    let color = l.frame().choice(lists::TAGS, key).map_or(0, |choice| choice.color);
    choice_tag(color, &labels::choice(l, lists::TAGS, key))
}

/// One touch to call, write or go there.
pub(super) fn reach(l: Locale<'_>, view: &LeadPage) -> Markup {
    let map = map_href(view);
    let link = |href: &str, icon_name: &str, label: &str| link_button(href, icon_name, label);
    html! {
        @if view.phone.is_some() || view.email.is_some() || map.is_some() {
            ul.actions.reach aria-label=(t!(l, "leads-reach")) {
                @if let Some(phone) = &view.phone {
                    li { (link(&format!("tel:{phone}"), "phone", &t!(l, "leads-call"))) }
                    li { (link(&whatsapp_href(phone), "message-square", "WhatsApp")) }
                }
                @if let Some(email) = &view.email { li { (link(&format!("mailto:{email}"), "mail", &t!(l, "leads-write"))) } }
                @if let Some(map) = &map { li { (link(map, "map-pin", &t!(l, "leads-map"))) } }
            }
        }
    }
}

fn whatsapp_href(phone: &str) -> String {
    format!("https://wa.me/{}", phone.trim_start_matches('+'))
}

/// A search on a map, where there is a place to look for.
fn map_href(view: &LeadPage) -> Option<String> {
    view.address.as_ref().or(view.town.as_ref())?;
    let place: Vec<&str> = [&view.address, &view.postcode, &view.town, &view.country]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    Some(format!("https://www.openstreetmap.org/search?query={}", escaped(&place.join(", "))))
}

fn key_facts(shell: &Shell, view: &LeadPage) -> Markup {
    let l = shell.locale();
    html! {
        dl.key-facts {
            div { dt { (t!(l, "common-field-status")) } dd { (labels::lead_status_tag(l, view.status)) } }
            div {
                dt { (t!(l, "common-field-owner")) }
                dd {
                    @match &view.owner {
                        Some(owner) => { (person(owner)) }
                        None => { span.muted { (t!(l, "leads-owner-nobody")) } }
                    }
                }
            }
            div {
                dt { (t!(l, "common-field-amount")) }
                dd { (view.amount.map_or(Value::Nothing, |amount| Value::Text(format::money(l, amount))).markup(l)) }
            }
            div {
                dt { (t!(l, "leads-first-response")) }
                dd { (clock::standing(shell, view.standing)) }
            }
        }
        @if !view.tags.is_empty() {
            ul.chips aria-label=(t!(l, "common-field-tags")) { @for tag in &view.tags { li { (tag_of(l, tag)) } } }
        }
        @if view.archived {
            (components::notice(&Notice { kind: NoticeKind::Info, text: t!(l, "leads-archived-text") }))
        }
        @if let Some(reason) = &view.discard_reason {
            p.muted { (t!(l, "leads-discarded-because", reason = labels::discard_reason(l, reason))) }
        }
        @if let Some((href, title)) = &view.duplicate_of {
            p { (t!(l, "inbox-duplicate-of-which")) " " a href=(href) { (title) } }
        }
        @if let Some(until) = view.snoozed_until {
            p.muted { (t!(l, "inbox-snoozed-until", when = format::date_time(l, until, &shell.zone))) }
        }
    }
}

/// The statuses that a button offers, in order; conversion has a deed of its own.
const OFFERED: [LeadStatus; 4] =
    [LeadStatus::Assigned, LeadStatus::Contacted, LeadStatus::Nurturing, LeadStatus::Qualified];

fn next_step(l: Locale<'_>, view: &LeadPage) -> Markup {
    let is_client = view.status == LeadStatus::Converted && view.became.is_some();
    panel(
        &t!(l, "leads-next-step"),
        html! {},
        html! {
            div.body {
                @if view.may.convert { (conversion::link(l, &view.id)) }
                (triage(l, view))
                @if is_client { p.muted { (t!(l, "leads-is-converted")) } }
                @else {
                    @if view.status == LeadStatus::Converted { p.muted { (t!(l, "leads-was-converted-elsewhere")) } }
                    (status_form(l, view))
                }
                @if view.status.is_open() { (discard_form(l, view)) }
                @if view.may.assign && !is_client { (assign_form(l, view)) }
            }
        },
    )
}

/// Back into the inbox, and the way back from what was decided there.
fn triage(l: Locale<'_>, view: &LeadPage) -> Markup {
    let (action, version) = (view.path("/inbox"), view.version.to_string());
    let button = |deed: &str, icon_name: &str, label: String| {
        let fields = [("deed", deed), ("version", version.as_str()), ("back", "lead")];
        post_button(&action, &fields, "", html! { (icon(icon_name)) (label) })
    };
    html! {
        @if view.may_undo { (button("undo", "undo-2", t!(l, "inbox-undo-last"))) }
        @else if view.is_accepted || view.snoozed_until.is_some() {
            (button("wake", "inbox", t!(l, "inbox-wake")))
        }
    }
}

/// One button a status: the step after the present one stands out.
fn status_form(l: Locale<'_>, view: &LeadPage) -> Markup {
    let back_to_start = |status| status == LeadStatus::Assigned && view.status == LeadStatus::New;
    let offered = OFFERED.into_iter().filter(|status| *status != view.status && !back_to_start(*status));
    let next = offered.clone().find(|status| *status > view.status);
    html! {
        form.stack-s method="post" action=(view.path("/status")) {
            input type="hidden" name="version" value=(view.version);
            fieldset.stack-s {
                legend.hint-text {
                    @if !view.status.is_open() { (t!(l, "leads-reopen-as")) } @else { (t!(l, "leads-mark-as")) }
                }
                div.actions {
                    @for status in offered {
                        button.btn.primary[next == Some(status)] type="submit" name="status" value=(status.as_str()) {
                            (labels::lead_status(l, status))
                        }
                    }
                }
            }
        }
    }
}

/// Sent for a reason that is in no list and is written beside it. No key of a list looks like this.
pub const OTHER_REASON: &str = "-";

/// Discarding asks why, in a form of its own, so that Enter in the reason does nothing else.
fn discard_form(l: Locale<'_>, view: &LeadPage) -> Markup {
    let came_back = ["reason", "reason_note"].iter().any(|field| view.errors.of(field).is_some());
    let mut reasons = vec![Choice::new("", t!(l, "leads-discard-choose"))];
    reasons.extend(labels::choices(l, lists::DISCARD_REASONS, ""));
    reasons.push(Choice::new(OTHER_REASON, t!(l, "leads-discard-other")));
    html! {
        details.fold open[came_back] {
            summary { (icon("x")) (t!(l, "leads-discard")) }
            form.form method="post" action=(view.path("/status")) novalidate {
                input type="hidden" name="version" value=(view.version);
                input type="hidden" name="status" value=(LeadStatus::Discarded.as_str());
                (Field::select("reason", t!(l, "common-field-discard-reason"), &reasons)
                    .value(&view.reason)
                    .hint(t!(l, "leads-discard-hint"))
                    .problems(l, &view.errors))
                (Field::text("reason_note", t!(l, "leads-discard-note"))
                    .value(&view.reason_note)
                    .hint(t!(l, "leads-discard-note-hint"))
                    .maximum_characters(REASON_CHARACTERS_MAX)
                    .problems(l, &view.errors))
                div.actions { button.btn.danger type="submit" { (t!(l, "leads-discard-do")) } }
            }
        }
    }
}

/// As in `services`.
pub(super) const REASON_CHARACTERS_MAX: u32 = 200;

fn assign_form(l: Locale<'_>, view: &LeadPage) -> Markup {
    let choices: Vec<Choice> =
        view.people.iter().map(|person| Choice::new(person.id.as_str(), person.name.as_str())).collect();
    html! {
        details.fold open[view.errors.of("owner").is_some()] {
            summary { (icon("user-check")) (t!(l, "leads-assign")) }
            form.form method="post" action=(view.path("/assign")) novalidate {
                input type="hidden" name="version" value=(view.version);
                (Field::select("owner", t!(l, "leads-assign-to"), &choices)
                    .value(view.owner_id.as_deref().unwrap_or_default())
                    .problems(l, &view.errors))
                div.actions { (submit(&t!(l, "leads-assign-do"))) }
            }
        }
    }
}

fn history_panel(shell: &Shell, view: &LeadPage) -> Markup {
    let l = shell.locale();
    let entries: Vec<_> = view.events.iter().map(|event| history::entry(shell, event)).collect();
    let older = view.older_than.map(|seq| history_address(&view.path(""), &view.sort, Some(seq)));
    html! { div #history { (panel(
        &t!(l, "leads-history"),
        html! {
            @if view.is_older { a href=(history_address(&view.path(""), &view.sort, None)) { (t!(l, "leads-history-newest")) } }
            a href=(format!("{}?record={}", audit::PATH, view.id)) { (t!(l, "audit-of-record")) }
        },
        html! {
            (sorts_bar(l, &view.path(""), &view.sort, view.before))
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

fn text(value: &Option<String>) -> Value {
    Value::text(value.clone().unwrap_or_default())
}

/// Facts that are there, with their labels; empty ones are left out.
fn known(l: Locale<'_>, entries: Vec<(&str, Value)>) -> Vec<Fact> {
    entries
        .into_iter()
        .filter(|(_, value)| *value != Value::Nothing)
        .map(|(field, value)| Fact::new(field_label(l, field), value))
        .collect()
}

pub(super) fn contact(l: Locale<'_>, view: &LeadPage) -> Markup {
    let link = |href: Option<String>, text: Option<String>| match (href, text) {
        (Some(href), Some(text)) => Value::Link { href, text },
        _ => Value::Nothing,
    };
    let email = link(view.email.as_ref().map(|email| format!("mailto:{email}")), view.email.clone());
    let phone = link(
        view.phone.as_ref().map(|phone| format!("tel:{phone}")),
        view.phone.as_deref().map(format::phone),
    );
    let (place_key, place) = place(view.postcode.as_deref(), view.town.as_deref());
    let country =
        view.country.as_deref().map_or(Value::Nothing, |code| Value::text(labels::country(l, code)));
    let entries = known(
        l,
        vec![
            ("name", text(&view.name)),
            ("phone", phone),
            ("email", email),
            ("website", website(view)),
            ("address", text(&view.address)),
            (place_key, Value::text(place)),
            ("zone", text(&view.zone)),
            ("country", country),
        ],
    );
    panel(
        &t!(l, "leads-group-contact"),
        html! {},
        html! {
            div.body {
                @if entries.is_empty() { p.muted { (t!(l, "leads-no-contact")) } } @else { (facts(l, &entries)) }
            }
        },
    )
}

/// Postcode and town in one line, under the name of the town where that is known.
pub(super) fn place(postcode: Option<&str>, town: Option<&str>) -> (&'static str, String) {
    let key = if town.is_none() && postcode.is_some() { "postcode" } else { "town" };
    (key, [postcode, town].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Only addresses of the web become links.
fn website(view: &LeadPage) -> Value {
    let Some(address) = &view.website else {
        return Value::Nothing;
    };
    let has_scheme = address.starts_with("https://") || address.starts_with("http://");
    match address.contains("://") || address.contains(char::is_whitespace) || !address.contains('.') {
        _ if has_scheme => Value::Link { href: address.clone(), text: address.clone() },
        true => Value::text(address),
        false => Value::Link { href: format!("https://{address}"), text: address.clone() },
    }
}

/// Own fields that have a value, in their order.
fn own(l: Locale<'_>, view: &LeadPage) -> Vec<Fact> {
    let name_of = |id: Uuid| view.linked.get(&id).cloned();
    l.frame()
        .fields_of(Kind::Lead)
        .filter(|(name, field)| !field.piece.archived && view.custom.contains_key(*name))
        .map(|(name, field)| {
            let value = own_fields::value(l, Kind::Lead, name, view.custom.get(name), &name_of);
            Fact::new(field.piece.label.get(l.language), value)
        })
        .collect()
}

fn details(shell: &Shell, view: &LeadPage) -> Markup {
    let l = shell.locale();
    let source = view.source.map_or(Value::Nothing, |source| Value::Text(labels::source(l, source)));
    let moment = |at: Timestamp| Value::Text(format::date_time(l, at, &shell.zone));
    let mut entries = known(
        l,
        vec![
            ("tax_id", text(&view.tax_id)),
            ("industry", text(&view.industry)),
            ("interest", text(&view.interest)),
            ("source", source),
            ("campaign", text(&view.campaign)),
            ("team", text(&view.team)),
            ("external_key", text(&view.external_key)),
            ("description", text(&view.description)),
        ],
    );
    entries.extend(own(l, view));
    entries.push(Fact::new(t!(l, "leads-created-at"), moment(view.created_at)));
    if let Some(at) = view.assigned_at {
        entries.push(Fact::new(t!(l, "leads-assigned-at"), moment(at)));
    }
    panel(&t!(l, "leads-details"), html! {}, html! { div.body { (facts(l, &entries)) } })
}
