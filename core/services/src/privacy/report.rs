//! Everything that is kept about a person, for the person: as data for machines and as paper for people.

use super::files::{self, Versions};
use super::{About, find, require};
use crate::audit::{self, AuditEntry, AuditField, AuditQuery};
use crate::imports::{DISK_FULL, File};
use crate::{App, Ctx, Error, printing};
use documents::{Content, ZipEntry};
use model::json::{self, Value, json};
use model::uuid::Uuid;
use model::{Action, Document, Record};
use std::collections::BTreeMap;

/// Changes of one record in the file about a person.
const CHANGES_MAX: usize = 5_000;
const JSON_TYPE: &str = "application/json; charset=utf-8";
const JSON_NAME: &str = "person.json";
/// The template that prints it.
const TEMPLATE: &str = "person";

/// One record of the person, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Collected {
    pub about: About,
    /// What the record holds now, field by field.
    pub fields: Vec<AuditField>,
    /// What happened to it and to what is written about it, the latest first.
    pub changes: Vec<AuditEntry>,
}

/// All of them, and the names that they name by their ids.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Gathered {
    pub records: Vec<Collected>,
    pub names: BTreeMap<Uuid, String>,
}

/// A ZIP to read once; it is gone when it is closed.
#[derive(Debug)]
pub struct Pack {
    pub name: String,
    pub file: std::fs::File,
}

/// Everything that is kept about a person, or only what one record says of them. For those who may take all of it and the
/// settings along. A name is not enough without saying which record: others may have it.
pub fn collect(app: &App, ctx: &Ctx, text: &str, only: Option<Uuid>) -> Result<Gathered, Error> {
    require(ctx, Action::Export)?;
    if only.is_none() && super::is_name(app, ctx, text) {
        return Err(Error::invalid("q", "person-only-name", text.trim()));
    }
    let mut gathered = Gathered::default();
    let found = find(app, ctx, text)?;
    for about in found.into_iter().filter(|about| only.is_none_or(|only| about.subject.id() == only)) {
        let Value::Object(record) = about.subject.value()? else {
            return Err(Error::internal("a record that is no object"));
        };
        let changes = changes(app, ctx, about.subject.id(), &mut gathered.names)?;
        gathered.records.push(Collected { fields: audit::fields_of_record(&record), changes, about });
    }
    Ok(gathered)
}

/// The same as JSON.
pub fn report(app: &App, ctx: &Ctx, text: &str) -> Result<File, Error> {
    report_of(app, ctx, text, None)
}

/// The same of one record alone, where it is given.
pub fn report_of(app: &App, ctx: &Ctx, text: &str, only: Option<Uuid>) -> Result<File, Error> {
    let gathered = collect(app, ctx, text, only)?;
    let versions = files::listed(app, &gathered)?;
    let bytes = told(app, ctx, (text, only), gathered, &versions)?;
    Ok(File { name: JSON_NAME.to_owned(), content_type: JSON_TYPE, bytes })
}

/// The same with the files of documents, where they belong to nobody else: a ZIP that is read from the disk and kept by
/// nobody. What is not in it, it says.
pub fn report_zip(app: &App, ctx: &Ctx, text: &str, only: Option<Uuid>) -> Result<Pack, Error> {
    let gathered = collect(app, ctx, text, only)?;
    if app.is_disk_low()? {
        return Err(Error::invalid("", DISK_FULL, ""));
    }
    // Nobody takes away bytes that are about to be packed.
    let _naming = app.naming_bytes();
    let (versions, mut entries) = files::enclosed(app, &gathered)?;
    let bytes = told(app, ctx, (text, only), gathered, &versions)?;
    entries.insert(0, ZipEntry { path: JSON_NAME.to_owned(), content: Content::Bytes(bytes) });
    let file = app.documents.pack(&entries).map_err(Error::internal)?;
    Ok(Pack { name: "person.zip".to_owned(), file })
}

fn told(
    app: &App,
    ctx: &Ctx,
    (text, only): (&str, Option<Uuid>),
    gathered: Gathered,
    versions: &Versions,
) -> Result<Vec<u8>, Error> {
    let mut records = Vec::new();
    for Collected { about, changes, .. } in gathered.records {
        let of = about.subject.kind();
        records.push(json!({
            "entity": of.as_str(),
            "record": about.subject.value()?,
            "notes": values(&about.notes)?,
            "consents": values(&about.consents)?,
            "opportunities": values(&about.opportunities)?,
            "quotes": values(&about.quotes)?,
            "documents": with_versions(&about.documents, versions)?,
            "import": about.import.map(|import| json!({
                "id": import.meta.id.to_string(),
                "file": import.file_name,
                "at": import.meta.created_at.to_string(),
            })),
            "changes": changes.into_iter().map(change).collect::<Vec<Value>>(),
        }));
    }
    // No record yet: not there where one record alone is asked for.
    let unconfirmed = match only {
        None => values(&super::find_unconfirmed(app, ctx, text)?)?,
        Some(_) => Vec::new(),
    };
    let addressed = match only {
        None => values(&super::find_quotes(app, ctx, text)?)?,
        Some(_) => Vec::new(),
    };
    let asked = match only {
        None => values(&super::find_questions(app, ctx, text)?)?,
        Some(_) => Vec::new(),
    };
    let report = json!({
        "asked": text.trim(),
        "at": ctx.at.to_string(),
        "records": records,
        "unconfirmed": unconfirmed,
        "quotes": addressed,
        "questions": asked,
    });
    json::to_vec_pretty(&report).map_err(Error::internal)
}

fn with_versions(documents: &[Document], versions: &Versions) -> Result<Vec<Value>, Error> {
    let mut told = values(documents)?;
    for (value, document) in told.iter_mut().zip(documents) {
        value["versions"] = json!(versions.get(&document.meta.id));
    }
    Ok(told)
}

fn values<R: Record>(records: &[R]) -> Result<Vec<Value>, Error> {
    records.iter().map(|record| json::to_value(record).map_err(Error::internal)).collect()
}

/// The same as paper: `data` is what `collect` gave, in the reader's words.
pub fn report_pdf(app: &App, ctx: &Ctx, data: &Value) -> Result<File, Error> {
    require(ctx, Action::Export)?;
    printing::file(app, ctx, TEMPLATE, data, "person.pdf")
}

fn changes(
    app: &App,
    ctx: &Ctx,
    record: Uuid,
    names: &mut BTreeMap<Uuid, String>,
) -> Result<Vec<AuditEntry>, Error> {
    let mut query = AuditQuery { record: Some(record), limit: audit::PAGE_MAX, ..AuditQuery::default() };
    let mut changes = Vec::new();
    loop {
        let page = audit::list(app, ctx, &query)?;
        changes.extend(page.entries);
        names.extend(page.names);
        match page.next.filter(|_| changes.len() < CHANGES_MAX) {
            Some(next) => query.before = Some(next),
            None => return Ok(changes),
        }
    }
}

fn change(entry: AuditEntry) -> Value {
    let fields: Vec<Value> = entry
        .fields
        .into_iter()
        .map(|field| json!({ "field": field.name, "part": field.part, "before": field.before, "after": field.after }))
        .collect();
    json!({
        "number": entry.seq,
        "at": entry.at.to_string(),
        "kind": entry.kind.as_str(),
        "done": format!("{:?}", entry.deed).to_lowercase(),
        "fields": fields,
    })
}
