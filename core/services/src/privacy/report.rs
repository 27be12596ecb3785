//! Everything that is kept about a person, for the person: as data for machines and as paper for people.

use super::{About, find, require, value_of};
use crate::audit::{self, AuditEntry, AuditField, AuditQuery};
use crate::{App, Ctx, Error, imports::File, printing};
use model::Action;
use model::json::{self, Value, json};
use model::uuid::Uuid;
use std::collections::BTreeMap;

/// Changes of one lead in the file about a person.
const CHANGES_MAX: usize = 5_000;
const JSON_TYPE: &str = "application/json; charset=utf-8";
/// The template that prints it.
const TEMPLATE: &str = "person";

/// One lead of the person, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Collected {
    pub about: About,
    /// What the lead holds now, field by field.
    pub fields: Vec<AuditField>,
    /// What happened to it and to its notes, the latest first.
    pub changes: Vec<AuditEntry>,
}

/// All of them, and the names that they name by their ids.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Gathered {
    pub leads: Vec<Collected>,
    pub names: BTreeMap<Uuid, String>,
}

/// Everything that is kept about a person. For those who may take all leads and the settings along.
pub fn collect(app: &App, ctx: &Ctx, text: &str) -> Result<Gathered, Error> {
    require(ctx, Action::Export)?;
    let mut gathered = Gathered::default();
    for about in find(app, ctx, text)? {
        let Value::Object(record) = value_of(&about.lead)? else {
            return Err(Error::internal("a record that is no object"));
        };
        let changes = changes(app, ctx, about.lead.meta.id, &mut gathered.names)?;
        gathered.leads.push(Collected { fields: audit::fields_of_record(&record), changes, about });
    }
    Ok(gathered)
}

/// The same as JSON.
pub fn report(app: &App, ctx: &Ctx, text: &str) -> Result<File, Error> {
    let mut leads = Vec::new();
    for Collected { about, changes, .. } in collect(app, ctx, text)?.leads {
        leads.push(json!({
            "lead": value_of(&about.lead)?,
            "notes": about.notes.iter().map(value_of).collect::<Result<Vec<Value>, Error>>()?,
            "import": about.import.map(|import| json!({
                "id": import.meta.id.to_string(),
                "file": import.file_name,
                "at": import.meta.created_at.to_string(),
            })),
            "changes": changes.into_iter().map(change).collect::<Vec<Value>>(),
        }));
    }
    let report = json!({ "asked": text.trim(), "at": ctx.at.to_string(), "leads": leads });
    let bytes = json::to_vec_pretty(&report).map_err(Error::internal)?;
    Ok(File { name: "person.json".to_owned(), content_type: JSON_TYPE, bytes })
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
