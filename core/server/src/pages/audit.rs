//! The audit log for people: the page, its filters in the address, and its files.

use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::jiff::civil::Date;
use model::jiff::tz::TimeZone;
use model::uuid::Uuid;
use model::{FieldErrors, Kind, Language};
use poem::http::Method;
use poem::{Response, handler};
use services::audit::{self, AuditQuery};
use services::reports::FileFormat;
use services::{App, Ctx, Error, settings};
use std::collections::BTreeMap;
use ui::audit::{AuditChange, AuditEntry, AuditFilters, AuditPage, Words};
use ui::components::Choice;

pub(crate) fn entries() -> Vec<Entry> {
    let see = "see settings: all; others the slices of records they may see";
    vec![
        page(Method::GET, "/audit", see, show),
        page(
            Method::GET,
            "/audit/export",
            "export settings; others the slices of records they may export",
            export,
        )
        .download(),
    ]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let filters = filters_of(&here);
    let before = here.query("before").and_then(|before| before.parse().ok());
    let view = here.deed(move |app, ctx| view_of(app, ctx, filters, before)).await?;
    let markup = ui::audit::page(&here.shell(), &view);
    Ok(if view.errors.is_empty() { here.page(markup) } else { here.unprocessable(markup) })
}

#[handler]
async fn export(here: Here) -> Result<Response, Fault> {
    let filters = filters_of(&here);
    let format = here.query("format").and_then(FileFormat::from_code).unwrap_or(FileFormat::Csv);
    let file = here
        .deed(move |app, ctx| {
            let query = query_of(&filters).map_err(Error::Invalid)?;
            let (language, frame, zone) = (ctx.language, app.frame(), settings::get(app, ctx)?.zone());
            let rows = |entry: &audit::AuditEntry, names: &BTreeMap<Uuid, String>| {
                rows_of(&Words { language, zone: &zone, frame: &frame, names }, entry)
            };
            let words = audit::Words { titles: ui::audit::export_titles(language), rows: &rows };
            audit::export(app, ctx, &query, format, &words)
        })
        .await?;
    Ok(super::imports::download(file))
}

fn filters_of(here: &Here) -> AuditFilters {
    let value = |name| here.query(name).unwrap_or_default().trim().to_owned();
    AuditFilters {
        from: value("from"),
        to: value("to"),
        by: value("by"),
        kind: value("kind").parse().ok(),
        deed: AuditFilters::deed_from_code(&value("deed")),
        record: value("record"),
    }
}

/// All that is wrong with the filters at once.
fn query_of(filters: &AuditFilters) -> Result<AuditQuery, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut day = |name: &str, text: &str| -> Option<Date> {
        let day = (!text.is_empty()).then(|| text.parse::<Date>())?;
        day.map_err(|_| errors.add(name, "date-form", text)).ok()
    };
    let (from, to) = (day("from", &filters.from), day("to", &filters.to));
    let mut id = |name: &str, text: &str| -> Option<Uuid> {
        let id = (!text.is_empty()).then(|| text.parse::<Uuid>())?;
        id.map_err(|_| errors.add(name, "unknown", text)).ok()
    };
    let by = if filters.by == "system" { Some(Uuid::nil()) } else { id("by", &filters.by) };
    let record = id("record", &filters.record);
    let query =
        AuditQuery { from, to, by, kind: filters.kind, deed: filters.deed, record, ..AuditQuery::default() };
    if errors.is_empty() { Ok(query) } else { Err(errors) }
}

fn view_of(app: &App, ctx: &Ctx, filters: AuditFilters, before: Option<u64>) -> Result<AuditPage, Error> {
    let sees_all = audit::may_see_all(ctx);
    let (found, errors) = match query_of(&filters) {
        Ok(query) => (Some(audit::list(app, ctx, &AuditQuery { before, ..query })?), FieldErrors::default()),
        Err(_) if !sees_all => return Err(Error::NotFound),
        Err(errors) => (None, errors),
    };
    let (frame, zone) = (app.frame(), settings::get(app, ctx)?.zone());
    let (entries, next, is_cut) = match found {
        Some(found) => {
            let words = Words { language: ctx.language, zone: &zone, frame: &frame, names: &found.names };
            let entries = found.entries.iter().map(|entry| entry_of(&words, entry)).collect();
            (entries, found.next, found.is_cut)
        }
        None => (Vec::new(), None, false),
    };
    let actors = audit::actors(app, ctx)?;
    Ok(AuditPage {
        may_export: audit::may_export(app, ctx, filters.record.parse().ok())?,
        filters,
        errors,
        entries,
        is_first: before.is_none(),
        next,
        is_cut,
        actors: actors.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect(),
        kinds: if sees_all { journaled() } else { vec![Kind::Lead, Kind::Activity, Kind::Import] },
        sees_all,
        address_days: audit::ADDRESS_DAYS,
    })
}

/// Entities of which the journal knows.
fn journaled() -> Vec<Kind> {
    Kind::ALL.iter().copied().filter(|kind| services::audit::is_journaled(*kind)).collect()
}

/// An entry with its values however long they are, for paper.
pub(super) fn whole_entry_of(words: &Words<'_>, entry: &audit::AuditEntry) -> AuditEntry {
    let mut whole = entry_of(words, entry);
    for (change, field) in whole.changes.iter_mut().zip(&entry.fields) {
        let value = |value| words.whole_value(entry.kind, &field.name, field.part.as_deref(), value);
        let said = &field.words;
        change.before = said.before.clone().unwrap_or_else(|| value(&field.before));
        change.after = said.after.clone().unwrap_or_else(|| value(&field.after));
    }
    whole
}

fn entry_of(words: &Words<'_>, entry: &audit::AuditEntry) -> AuditEntry {
    let (who, way) = ui::audit::who(words.language, entry.kind, &entry.by, words.names);
    AuditEntry {
        seq: entry.seq,
        at: entry.at,
        who,
        way,
        address: entry.address.map(|address| address.to_string()),
        kind: entry.kind,
        title: entry.title.clone(),
        href: ui::audit::href(
            entry.kind,
            entry.deed,
            entry.id,
            entry.about_kind.zip(entry.about),
            entry.key.as_deref(),
        ),
        record: entry.id.to_string(),
        deed: entry.deed,
        changes: entry.fields.iter().map(|field| change_of(words, entry.kind, field)).collect(),
    }
}

fn change_of(words: &Words<'_>, kind: Kind, field: &audit::AuditField) -> AuditChange {
    let (name, part) = (field.name.as_str(), field.part.as_deref());
    let said = &field.words;
    let value = |value| words.value(kind, name, part, value);
    AuditChange {
        field: words.field(kind, name, said.part.as_deref().or(part)),
        before: said.before.clone().unwrap_or_else(|| value(&field.before)),
        after: said.after.clone().unwrap_or_else(|| value(&field.after)),
        is_secret: field.is_secret,
    }
}

/// A row a field; one for a change without fields.
fn rows_of(words: &Words<'_>, entry: &audit::AuditEntry) -> Vec<Vec<String>> {
    let language: Language = words.language;
    let shown = entry_of(words, entry);
    let start = [
        shown.seq.to_string(),
        when(entry.at, words.zone),
        shown.who,
        shown.way,
        shown.address.unwrap_or_default(),
        ui::audit::kind_name(language, shown.kind),
        shown.title,
        shown.record,
        ui::audit::deed_name(language, shown.deed),
    ];
    let row = |rest: [String; 3]| start.iter().cloned().chain(rest).collect::<Vec<String>>();
    if shown.changes.is_empty() {
        return vec![row(Default::default())];
    }
    shown
        .changes
        .into_iter()
        .map(|change| {
            let secret = if change.is_secret { "•••".to_owned() } else { change.after };
            row([change.field, change.before, secret])
        })
        .collect()
}

/// As spreadsheet programs sort and understand it: `2026-11-23 17:05:09`, in the company's zone.
fn when(at: model::jiff::Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}
