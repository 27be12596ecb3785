//! The audit log: the journal as people read it. Who did what to which record, when and from where; what it was before
//! and after. Secrets are never part of it.
//!
//! Who may see the settings sees all of it; everybody else the slices of records that they may see, without addresses. Files
//! are for those who may export: the settings, or the record that a slice is about.

mod plugins;

use crate::leads::start_of_day;
use crate::reports::{self, FileFormat};
use crate::{App, Ctx, Error, costs, imports::File, permissions, records, settings, timelines, users};
use model::jiff::civil::Date;
use model::jiff::{SignedDuration, Timestamp, ToSpan};
use model::json::{Map, Value};
use model::uuid::Uuid;
use model::{Action, Actor, AnyRecord, ApiKey, Change, Consent, Deed, Import, Kind, Language, Via};
use sheets::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use store::Look;

/// What a page shows at most.
pub const PAGE_MAX: usize = 100;
/// Changes read for one page: some tens of milliseconds. Who looks for something rare goes on from there.
const EXAMINED_MAX: usize = 10_000;
/// Changes whose names are looked up at once for a file.
const NAMED_AT_ONCE: usize = 1_000;
/// Where a change came from is personal data of whoever did it: it is kept no longer than this.
pub const ADDRESS_DAYS: i64 = 180;
/// Other records named at once: what one page, or one portion of a file, can lead to.
const RECORDS_NAMED_MAX: usize = 2_000;
/// Changes looked through for the last one of a record that is gone: those of others stand on its timeline, too.
const FORMER_EXAMINED_MAX: usize = 20;
/// Keys of a company: names for what they did.
const KEYS_MAX: usize = 500;
const TITLE_CHARACTERS_MAX: usize = 80;

/// Which changes, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditQuery {
    /// Days in the company's zone.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// A user, key or import; nil for Tracte itself.
    pub by: Option<Uuid>,
    pub kind: Option<Kind>,
    pub deed: Option<Deed>,
    /// What happened to this record and to what is about it, such as its notes.
    pub record: Option<Uuid>,
    /// Only changes before this one: the `next` of the page before.
    pub before: Option<u64>,
    pub limit: usize,
}

impl Default for AuditQuery {
    fn default() -> AuditQuery {
        AuditQuery {
            from: None,
            to: None,
            by: None,
            kind: None,
            deed: None,
            record: None,
            before: None,
            limit: 50,
        }
    }
}

/// A change as it may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    pub seq: u64,
    pub at: Timestamp,
    pub by: Actor,
    pub address: Option<IpAddr>,
    pub request: String,
    pub kind: Kind,
    pub id: Uuid,
    pub version: u64,
    pub deed: Deed,
    /// What the record was called after the change; before it, where it is gone.
    pub title: String,
    /// The key of a piece of configuration: its page is found by it.
    pub key: Option<String>,
    /// What the record is about, for notes and the like.
    pub about: Option<Uuid>,
    /// The entity of that record.
    pub about_kind: Option<Kind>,
    /// The record that it is called after, where it has no name: who stayed of those that were merged.
    pub named_by: Option<Uuid>,
    pub fields: Vec<AuditField>,
}

/// One field of a change. What was created has no before, what was deleted no after.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditField {
    pub name: String,
    /// Which of the values that the field holds: an own field, a language, a setting of a plugin.
    pub part: Option<String>,
    pub before: Value,
    pub after: Value,
    /// It changed, and what it holds is nobody's business: both values are left out.
    pub is_secret: bool,
    pub words: FieldWords,
}

/// What only a plugin knows to say in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldWords {
    pub part: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A page of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditPage {
    pub entries: Vec<AuditEntry>,
    /// Where to go on; absent at the beginning of the journal.
    pub next: Option<u64>,
    /// The page ended because enough was looked through, not because it was full.
    pub is_cut: bool,
    /// Names of people, teams, keys and files that the entries name by their ids.
    pub names: BTreeMap<Uuid, String>,
}

/// Whether the caller sees the whole log.
pub fn may_see_all(ctx: &Ctx) -> bool {
    permissions::require_all(ctx, Kind::Settings, Action::See).is_ok()
}

/// Whether changes of an entity are in the journal at all.
pub fn is_journaled(kind: Kind) -> bool {
    store::is_journaled(kind)
}

/// A page of the changes that match.
pub fn list(app: &App, ctx: &Ctx, query: &AuditQuery) -> Result<AuditPage, Error> {
    let limit = query.limit.clamp(1, PAGE_MAX);
    let mut entries = Vec::with_capacity(limit);
    let next = walk(app, ctx, query, EXAMINED_MAX, &mut |entry| {
        entries.push(entry);
        entries.len() < limit
    })?;
    let is_cut = next.is_some() && entries.len() < limit;
    let names = names(app, ctx, &mut entries)?;
    Ok(AuditPage { entries, next, is_cut, names })
}

/// Calls `take` with each change that matches, until it says `false`. Gives back where to go on.
fn walk(
    app: &App,
    ctx: &Ctx,
    query: &AuditQuery,
    examined_max: usize,
    take: &mut dyn FnMut(AuditEntry) -> bool,
) -> Result<Option<u64>, Error> {
    let sees_all = may_see_all(ctx);
    ctx.caller()?;
    match query.record {
        Some(_) if sees_all => {}
        Some(record) => require_slice(app, ctx, record, Action::See)?,
        None if sees_all => {}
        None => return Err(Error::Denied),
    }
    let zone = settings::get(app, ctx)?.zone();
    let look = Look {
        kind: query.kind,
        actor: query.by,
        from: query.from.map(|day| start_of_day(day, &zone)),
        until: query.to.and_then(|day| day.checked_add(1.day()).ok()).map(|day| start_of_day(day, &zone)),
        before: query.before,
        examined_max,
    };
    let show = Show { ctx, sees_all };
    // A slice holds what happened to records that belong to this one, too: each of them is for whoever sees it.
    let is_shown = |change: &Change| {
        sees_all || query.record.is_none_or(|record| timelines::may_see(app, ctx, record, change))
    };
    let mut take = |change: Change| {
        let is_asked = query.deed.is_none_or(|deed| deed == change.deed) && is_shown(&change);
        if is_asked { take(show.entry(change)) } else { true }
    };
    match query.record {
        None => Ok(app.store.look(&look, &mut take)?.next),
        Some(record) => slice(app, record, &look, &mut take),
    }
}

/// A record's own timeline, page by page.
fn slice(
    app: &App,
    record: Uuid,
    look: &Look,
    take: &mut dyn FnMut(Change) -> bool,
) -> Result<Option<u64>, Error> {
    /// Changes read at a time.
    const CHUNK: usize = 200;
    let (mut before, mut examined) = (look.before, 0);
    loop {
        let changes = app.store.timeline(record, before, CHUNK)?;
        let is_last = changes.len() < CHUNK;
        for change in changes {
            let seq = change.seq;
            before = Some(seq);
            examined += 1;
            if look.matches(&change) && !take(change) {
                return Ok((seq > 1).then_some(seq));
            }
        }
        if is_last {
            return Ok(None);
        }
        if examined >= look.examined_max {
            return Ok(before);
        }
    }
}

/// Whether the caller may do this with what happened to a record: see it, take it out as a file. Who may not see the record
/// may not know that there is one.
fn require_slice(app: &App, ctx: &Ctx, record: Uuid, action: Action) -> Result<(), Error> {
    if let Some(found) = records::find(app, record)? {
        return permissions::require_with_links(app, ctx, found.as_ref(), action);
    }
    if let Some(import) = app.store.get::<Import>(record)? {
        // Whoever sees an import takes its rows out, too.
        let scope = permissions::scope(ctx, Kind::Import, Action::See)?;
        return if scope.contains(Some(import.owner), None) { Ok(()) } else { Err(Error::NotFound) };
    }
    if let Some(about) = app.store.get::<Consent>(record)?.map(|consent| consent.about) {
        let about = records::find(app, about)?.ok_or(Error::NotFound)?;
        return permissions::require_record(ctx, about.as_ref(), action);
    }
    Err(Error::NotFound)
}

/// Whoever exports the settings exports the log; everybody else what happened to records that they may export.
fn require_export(app: &App, ctx: &Ctx, record: Option<Uuid>) -> Result<(), Error> {
    ctx.caller()?;
    if permissions::require_all(ctx, Kind::Settings, Action::Export).is_ok() {
        return Ok(());
    }
    match require_slice(app, ctx, record.ok_or(Error::Denied)?, Action::Export) {
        // They see what happened to it, as to anything that is set up.
        Err(Error::NotFound) if may_see_all(ctx) => Err(Error::Denied),
        outcome => outcome,
    }
}

/// Whether the caller could take the log, or the slice of a record, out as a file: for buttons.
pub fn may_export(app: &App, ctx: &Ctx, record: Option<Uuid>) -> Result<bool, Error> {
    match require_export(app, ctx, record) {
        Ok(()) => Ok(true),
        Err(Error::Denied | Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Takes where changes came from out of the journal once that is old enough; how many changes it went past. Called by
/// a worker all the time: where nothing is to be done it costs a reading.
pub fn forget_addresses(app: &App, at: Timestamp) -> Result<u64, Error> {
    let before = at - SignedDuration::from_hours(ADDRESS_DAYS * 24);
    app.store.forget_addresses(before).map_err(Error::internal)
}

struct Show<'a> {
    ctx: &'a Ctx,
    sees_all: bool,
}

impl Show<'_> {
    fn entry(&self, mut change: Change) -> AuditEntry {
        costs::redact(self.ctx, &mut change);
        let fields = fields_of(&change);
        let nothing = Map::new();
        let record = match &change.after {
            Some(after) => after.as_object().unwrap_or(&nothing),
            None => &change.before,
        };
        let is_fresh = change.at + SignedDuration::from_hours(ADDRESS_DAYS * 24) > self.ctx.at;
        let text = |name: &str| record.get(name).and_then(Value::as_str).map(str::to_owned);
        let about = about_of(change.kind, record);
        AuditEntry {
            title: model::title_in(&change)
                .filter(|title| !title.is_empty())
                .map_or_else(|| title_of(record, self.ctx.language), |title| shortened(&title)),
            key: text("key"),
            about: about.map(|(_, id)| id),
            about_kind: about.map(|(kind, _)| kind),
            named_by: named_by(change.kind, record),
            address: change.address.filter(|_| self.sees_all && is_fresh),
            fields,
            seq: change.seq,
            at: change.at,
            by: change.by,
            request: change.request,
            kind: change.kind,
            id: change.id,
            version: change.version,
            deed: change.deed,
        }
    }
}

/// What people call a record of any entity: the first of these that it has.
fn title_of(record: &Map<String, Value>, language: Language) -> String {
    const NAMES: [&str; 8] =
        ["company", "name", "company_name", "file_name", "label", "subject", "text", "key"];
    let title = NAMES.iter().filter_map(|name| record.get(*name)).find_map(|value| match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Object(_) => {
            let label: model::Label = model::json::from_value(value.clone()).ok()?;
            Some(label.get(language).to_owned()).filter(|text| !text.is_empty())
        }
        _ => None,
    });
    shortened(&title.unwrap_or_default())
}

/// What a note or the like is about: an activity may be about several records, the most particular first.
fn about_of(kind: Kind, record: &Map<String, Value>) -> Option<(Kind, Uuid)> {
    let text = |name: &str| record.get(name).and_then(Value::as_str);
    let one = |kind: Kind| Some((kind, text(kind.as_str())?.parse().ok()?));
    let linked = || model::ABOUT.into_iter().filter(|_| kind == Kind::Activity).find_map(one);
    // As consents are kept, and as notes were.
    let named = || Some((text("about_kind")?.parse().ok()?, text("about")?.parse().ok()?));
    named().or_else(linked)
}

/// What has no name of its own is called after one of the records that it is about.
fn named_by(kind: Kind, record: &Map<String, Value>) -> Option<Uuid> {
    let field = match kind {
        Kind::Merge => "survivor",
        Kind::Distinct => "one",
        Kind::Consent => "about",
        Kind::Price => "product",
        Kind::QuoteSheet => "of",
        _ => return None,
    };
    record.get(field)?.as_str()?.parse().ok()
}

fn shortened(title: &str) -> String {
    let line = title.lines().next().unwrap_or_default();
    match line.char_indices().nth(TITLE_CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// Bookkeeping that records have: no news for anybody.
const BOOKKEEPING: [&str; 2] = ["meta", "unique_fields"];

fn fields_of(change: &Change) -> Vec<AuditField> {
    let nothing = Map::new();
    let after = change.after.as_ref().and_then(Value::as_object).unwrap_or(&nothing);
    let names: Vec<&String> = match change.deed {
        Deed::Created => after.keys().collect(),
        Deed::Updated | Deed::Deleted => change.before.keys().collect(),
    };
    let mut fields = Vec::new();
    for name in names.into_iter().filter(|name| !BOOKKEEPING.contains(&name.as_str())) {
        let before = change.before.get(name).unwrap_or(&Value::Null);
        let after = after.get(name).unwrap_or(&Value::Null);
        split(name, before, after, &mut fields);
    }
    fields
}

/// What a record holds now, field by field, without bookkeeping and secrets.
pub(crate) fn fields_of_record(record: &Map<String, Value>) -> Vec<AuditField> {
    let mut fields = Vec::new();
    for (name, value) in record.iter().filter(|(name, _)| !BOOKKEEPING.contains(&name.as_str())) {
        split(name, &Value::Null, value, &mut fields);
    }
    fields
}

/// A field, or its parts where it holds several values by name.
fn split(name: &str, before: &Value, after: &Value, fields: &mut Vec<AuditField>) {
    let nothing = Map::new();
    let (one, other) = match (before, after) {
        (Value::Object(one), Value::Object(other)) => (one, other),
        (Value::Object(one), Value::Null) => (one, &nothing),
        (Value::Null, Value::Object(other)) => (&nothing, other),
        _ => return push(name, None, before, after, fields),
    };
    if one.contains_key("minor_units") || other.contains_key("minor_units") {
        return push(name, None, before, after, fields);
    }
    let parts = one.keys().chain(other.keys().filter(|part| !one.contains_key(*part)));
    for part in parts {
        let value = |of: &Map<String, Value>| of.get(part).cloned().unwrap_or(Value::Null);
        push(name, Some(part), &value(one), &value(other), fields);
    }
}

fn push(name: &str, part: Option<&str>, before: &Value, after: &Value, fields: &mut Vec<AuditField>) {
    if is_empty(before) && is_empty(after) || before == after {
        return;
    }
    let is_secret = is_secret(name) || part.is_some_and(is_secret);
    let value = |value: &Value| if is_secret { Value::Null } else { without_secrets(value) };
    fields.push(AuditField {
        name: name.to_owned(),
        part: part.map(str::to_owned),
        before: value(before),
        after: value(after),
        is_secret,
        words: FieldWords::default(),
    });
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.values().all(is_empty),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Words in the name of a field whose value nobody gets to see, also as a hash.
const SECRETS: [&str; 9] =
    ["password", "secret", "hash", "token", "totp", "otp", "recovery", "credential", "private_key"];

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRETS.iter().any(|word| name.contains(word)) || name.ends_with("api_key")
}

/// The same at any depth.
fn without_secrets(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let open = fields.iter().filter(|(name, _)| !is_secret(name));
            Value::Object(open.map(|(name, value)| (name.clone(), without_secrets(value))).collect())
        }
        Value::Array(values) => Value::Array(values.iter().map(without_secrets).collect()),
        other => other.clone(),
    }
}

/// Everybody and everything that entries may name; those without a name get that of the record they are called after, and
/// plugins their words.
fn names(app: &App, ctx: &Ctx, entries: &mut [AuditEntry]) -> Result<BTreeMap<Uuid, String>, Error> {
    let mut names: BTreeMap<Uuid, String> =
        users::names(app, ctx)?.into_iter().map(|(id, name)| (id.0, name)).collect();
    names.extend(users::teams(app, ctx)?.into_iter().map(|team| (team.meta.id, team.name)));
    if may_see_all(ctx) {
        names.extend(keys(app)?.into_iter().map(|key| (key.meta.id, key.name)));
    }
    for entry in entries.iter() {
        if let Via::Import(import) = entry.by.via
            && !names.contains_key(&import.0)
            && let Some(import) = app.store.get::<Import>(import.0)?
        {
            names.insert(import.meta.id, import.file_name);
        }
    }
    for id in ids_in(entries) {
        if !names.contains_key(&id)
            && let Some(name) = record_name(app, ctx, id)?.filter(|name| !name.is_empty())
        {
            names.insert(id, name);
        }
    }
    plugins::say(app, ctx, entries)?;
    for entry in entries.iter_mut().filter(|entry| entry.title.is_empty()) {
        let name = entry.named_by.and_then(|record| names.get(&record));
        entry.title = name.map_or_else(String::new, |name| shortened(name));
    }
    Ok(names)
}

/// Records that entries are about or lead to, at most [`RECORDS_NAMED_MAX`].
fn ids_in(entries: &[AuditEntry]) -> BTreeSet<Uuid> {
    fn gather(value: &Value, ids: &mut BTreeSet<Uuid>) {
        match value {
            Value::String(text) => ids.extend(text.parse::<Uuid>()),
            Value::Array(values) => values.iter().for_each(|value| gather(value, ids)),
            Value::Object(fields) => fields.values().for_each(|value| gather(value, ids)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut ids = BTreeSet::new();
    for entry in entries {
        ids.extend(entry.about.into_iter().chain(entry.named_by));
        if ids.len() >= RECORDS_NAMED_MAX {
            break;
        }
        for field in &entry.fields {
            gather(&field.before, &mut ids);
            gather(&field.after, &mut ids);
        }
    }
    ids
}

/// What a record is called, where the caller sees it; of one that is gone, where they would see it as it was last.
fn record_name(app: &App, ctx: &Ctx, id: Uuid) -> Result<Option<String>, Error> {
    match records::find(app, id)? {
        Some(record) => name_for(app, ctx, record.as_ref()),
        None => former_name(app, ctx, id),
    }
}

/// What a record that is gone was called last, for those who would see it if it were as it was then.
pub fn former_name(app: &App, ctx: &Ctx, id: Uuid) -> Result<Option<String>, Error> {
    let changes = app.store.timeline(id, None, FORMER_EXAMINED_MAX)?;
    match changes.iter().find(|change| change.id == id).and_then(model::record_of) {
        Some(record) => name_for(app, ctx, record.as_ref()),
        None => Ok(None),
    }
}

fn name_for(app: &App, ctx: &Ctx, record: &dyn AnyRecord) -> Result<Option<String>, Error> {
    if may_see_all(ctx) {
        return Ok(Some(record.name()));
    }
    match permissions::require_with_links(app, ctx, record, Action::See) {
        Ok(()) => Ok(Some(record.name())),
        Err(Error::NotFound | Error::Denied) => Ok(None),
        Err(error) => Err(error),
    }
}

fn keys(app: &App) -> Result<Vec<ApiKey>, Error> {
    Ok(app.store.members(Uuid::nil(), KEYS_MAX)?)
}

/// Who can be looked for: people and keys, by name; for those who see the whole log.
pub fn actors(app: &App, ctx: &Ctx) -> Result<Vec<(Uuid, String)>, Error> {
    if !may_see_all(ctx) {
        return Ok(Vec::new());
    }
    let mut actors: Vec<(Uuid, String)> =
        users::names(app, ctx)?.into_iter().map(|(id, name)| (id.0, name)).collect();
    actors.extend(keys(app)?.into_iter().map(|key| (key.meta.id, key.name)));
    actors.sort_by_cached_key(|(_, name)| model::fold(name));
    Ok(actors)
}

/// A change as rows of a file, one a field; the names are those of everybody who changed something.
pub type Rows<'a> = &'a dyn Fn(&AuditEntry, &BTreeMap<Uuid, String>) -> Vec<Vec<String>>;

/// How the rows of a file are put into the reader's words: as many cells as titles.
pub struct Words<'a> {
    pub titles: Vec<String>,
    pub rows: Rows<'a>,
}

/// All changes that match as a file. `export-too-many` where they have more lines than a file takes.
pub fn export(
    app: &App,
    ctx: &Ctx,
    query: &AuditQuery,
    format: FileFormat,
    words: &Words<'_>,
) -> Result<File, Error> {
    require_export(app, ctx, query.record)?;
    let kinds = vec![sheets::Kind::Text; words.titles.len()];
    reports::streamed("audit", ctx, format, &words.titles, &kinds, |put| {
        let mut query = query.clone();
        loop {
            let mut entries = Vec::new();
            query.before = walk(app, ctx, &query, usize::MAX, &mut |entry| {
                entries.push(entry);
                entries.len() < NAMED_AT_ONCE
            })?;
            let names = names(app, ctx, &mut entries)?;
            let rows = entries.iter().flat_map(|entry| (words.rows)(entry, &names));
            let goes_on = rows.map(|row| row.into_iter().map(Cell::Text).collect::<Vec<_>>()).all(&mut *put);
            if query.before.is_none() || !goes_on {
                return Ok(());
            }
        }
    })
}
