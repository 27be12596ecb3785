//! Data protection: everything about a person, and the erasure that keeps the books.

use crate::audit::{self, AuditEntry, AuditQuery};
use crate::notes;
use crate::{App, Ctx, Error, imports::File, permissions, search, settings};
use model::json::{self, Value, json};
use model::uuid::Uuid;
use model::{
    Action, Activity, Erasure, Import, Kind, Lead, LeadId, Meta, Record, Via, normalize_email,
    normalize_phone, normalize_tax_id, scrub_personal,
};
use std::collections::BTreeSet;

/// Leads of one person: more are not one person.
pub const FOUND_MAX: usize = 200;
/// Erasures that the page lists.
const ERASURES_MAX: usize = 500;
/// Changes of one lead in the file about a person.
const CHANGES_MAX: usize = 5_000;
pub const JSON_TYPE: &str = "application/json; charset=utf-8";

/// A lead that is about the person, and what hangs on it.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    pub lead: Lead,
    pub notes: Vec<Activity>,
    /// The import it came with, as long as the uploaded file is kept.
    pub import: Option<Import>,
}

/// What somebody is known by, as leads keep it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Identity {
    email: Option<String>,
    phone: Option<String>,
    tax_id: Option<String>,
}

impl Identity {
    fn of(app: &App, ctx: &Ctx, text: &str) -> Result<Identity, Error> {
        let country = settings::get(app, ctx)?.country;
        let identity = Identity {
            email: normalize_email(text).ok(),
            phone: normalize_phone(text, &country).ok(),
            tax_id: normalize_tax_id(text).ok(),
        };
        if identity == Identity::default() {
            return Err(Error::invalid("q", "person-form", text));
        }
        Ok(identity)
    }

    fn is_of(&self, lead: &Lead) -> bool {
        let same = |known: &Option<String>, kept: &Option<String>| known.is_some() && known == kept;
        same(&self.email, &lead.email) || same(&self.phone, &lead.phone) || same(&self.tax_id, &lead.tax_id)
    }
}

fn require(ctx: &Ctx, action: Action) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::Settings, action)?;
    permissions::require_all(ctx, Kind::Lead, action)
}

/// The leads with this e-mail address, phone or tax id. For those who may see all leads and the settings.
pub fn find(app: &App, ctx: &Ctx, text: &str) -> Result<Vec<About>, Error> {
    require(ctx, Action::See)?;
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid("q", "required", ""));
    }
    let identity = Identity::of(app, ctx, text)?;
    let mut found: Vec<About> = Vec::new();
    let mut seen = BTreeSet::new();
    let forms =
        [Some(text.to_owned()), identity.email.clone(), identity.phone.clone(), identity.tax_id.clone()];
    for form in forms.into_iter().flatten() {
        let mut skip = 0;
        while skip <= FOUND_MAX {
            let page = search::leads(app, ctx, &form, skip, search::RESULTS_MAX)?.found;
            let is_last = page.len() < search::RESULTS_MAX;
            skip += page.len();
            for lead in page.into_iter().map(|found| found.lead) {
                if identity.is_of(&lead) && seen.insert(lead.meta.id) && found.len() < FOUND_MAX {
                    found.push(about(app, lead)?);
                }
            }
            if is_last {
                break;
            }
        }
    }
    Ok(found)
}

fn about(app: &App, lead: Lead) -> Result<About, Error> {
    let import = match lead.meta.created_by.via {
        Via::Import(import) => app.store.get::<Import>(import.0)?,
        Via::Page | Via::Api(_) | Via::System => None,
    };
    let kept = |import: &Import| app.documents.contains(&import.file_sha256).unwrap_or(true);
    let notes = notes::of(app, lead.meta.id)?;
    Ok(About { notes, import: import.filter(kept), lead })
}

/// Everything that is kept about a person, for the person: leads, notes, imports, and what happened to them.
pub fn report(app: &App, ctx: &Ctx, text: &str) -> Result<File, Error> {
    require(ctx, Action::Export)?;
    let found = find(app, ctx, text)?;
    let mut leads = Vec::with_capacity(found.len());
    for about in found {
        let id = about.lead.meta.id;
        leads.push(json!({
            "lead": value_of(&about.lead)?,
            "notes": about.notes.iter().map(value_of).collect::<Result<Vec<Value>, Error>>()?,
            "import": about.import.map(|import| json!({
                "id": import.meta.id.to_string(),
                "file": import.file_name,
                "at": import.meta.created_at.to_string(),
            })),
            "changes": changes(app, ctx, id)?,
        }));
    }
    let report = json!({ "asked": text.trim(), "at": ctx.at.to_string(), "leads": leads });
    let bytes = json::to_vec_pretty(&report).map_err(Error::internal)?;
    Ok(File { name: "person.json".to_owned(), content_type: JSON_TYPE, bytes })
}

fn value_of<R: Record>(record: &R) -> Result<Value, Error> {
    json::to_value(record).map_err(Error::internal)
}

fn changes(app: &App, ctx: &Ctx, record: Uuid) -> Result<Vec<Value>, Error> {
    let mut query = AuditQuery { record: Some(record), limit: audit::PAGE_MAX, ..AuditQuery::default() };
    let mut changes = Vec::new();
    loop {
        let page = audit::list(app, ctx, &query)?;
        changes.extend(page.entries.into_iter().map(change));
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

/// What would go, for the question before it.
pub fn about_to_erase(app: &App, ctx: &Ctx, id: LeadId) -> Result<About, Error> {
    require(ctx, Action::Delete)?;
    let lead = app.store.get::<Lead>(id.0)?.ok_or(Error::NotFound)?;
    about(app, lead)
}

/// Erases who a lead is: in the lead, in its notes, in the journal, and the uploaded file it came with. The books keep
/// the rest. `typed` must be what the lead is called.
pub fn erase(app: &App, ctx: &Ctx, id: LeadId, version: u64, typed: &str) -> Result<Erasure, Error> {
    let about = about_to_erase(app, ctx, id)?;
    if typed.trim() != about.lead.title().trim() {
        return Err(Error::invalid("typed", "erase-name", about.lead.title()));
    }
    if about.lead.meta.version != version {
        return Err(app.conflict(&about.lead, &about.lead));
    }
    let import = about.import.filter(|import| !import.state.is_working());
    let erasure = Erasure {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        lead: id,
        notes: u32::try_from(about.notes.len()).unwrap_or(u32::MAX),
        files: u32::from(import.is_some()),
        is_done: false,
    };
    let mut write = ctx.write();
    write.update(&about.lead, scrubbed(&about.lead)?);
    for note in &about.notes {
        write.update(note, scrubbed(note)?);
    }
    // From here on it is finished even if the machine stops.
    write.create(erasure.clone());
    app.commit(write)?;
    if let Some(import) = import {
        app.documents.remove(&import.file_sha256).map_err(Error::internal)?;
    }
    finish(app, &|| ctx.write(), &erasure)
}

fn scrubbed<R: Record>(record: &R) -> Result<R, Error> {
    let Value::Object(mut fields) = value_of(record)? else {
        return Err(Error::internal("a record that is no object"));
    };
    scrub_personal(&mut fields);
    json::from_value(Value::Object(fields)).map_err(Error::internal)
}

/// The journal's part: may be done again.
fn finish(app: &App, write: &dyn Fn() -> store::Write, erasure: &Erasure) -> Result<Erasure, Error> {
    let notes = notes_ever(app, erasure.lead)?;
    empty_the_rest(app, write, erasure.lead, &notes)?;
    app.store.redact(Kind::Lead, erasure.lead.0, scrub_personal).map_err(Error::internal)?;
    for note in notes {
        app.store.redact(Kind::Activity, note, scrub_personal).map_err(Error::internal)?;
    }
    let before = app.store.get::<Erasure>(erasure.meta.id)?.ok_or(Error::NotFound)?;
    let mut done = write();
    done.update(&before, Erasure { is_done: true, ..before.clone() });
    app.commit(done)?;
    app.store.get::<Erasure>(erasure.meta.id)?.ok_or(Error::NotFound)
}

/// What came in between, and notes beyond those of the first write.
fn empty_the_rest(
    app: &App,
    write: &dyn Fn() -> store::Write,
    lead: LeadId,
    notes: &BTreeSet<Uuid>,
) -> Result<(), Error> {
    if let Some(lead) = app.store.get::<Lead>(lead.0)? {
        empty(app, write, &lead)?;
    }
    for note in notes {
        if let Some(note) = app.store.get::<Activity>(*note)? {
            empty(app, write, &note)?;
        }
    }
    Ok(())
}

fn empty<R: Record>(app: &App, write: &dyn Fn() -> store::Write, record: &R) -> Result<(), Error> {
    let left = scrubbed(record)?;
    if left == *record {
        return Ok(());
    }
    let mut write = write();
    write.update(record, left);
    app.commit(write).map(|_| ())
}

/// Every note that was ever about a lead, also those that were deleted: the journal keeps them.
fn notes_ever(app: &App, lead: LeadId) -> Result<BTreeSet<Uuid>, Error> {
    /// Changes read at a time.
    const CHUNK: usize = 200;
    let (mut notes, mut before) = (BTreeSet::new(), None);
    loop {
        let changes = app.store.timeline(lead.0, before, CHUNK)?;
        before = changes.last().map(|change| change.seq);
        notes.extend(changes.iter().filter(|change| change.kind == Kind::Activity).map(|change| change.id));
        if changes.len() < CHUNK {
            return Ok(notes);
        }
    }
}

/// Goes on with erasures that a stop of the machine cut short. When the rooms open.
pub(crate) fn finish_pending(app: &App) -> Result<(), Error> {
    let pending: Vec<Erasure> = app.store.members(Erasure::PENDING, ERASURES_MAX)?;
    for erasure in pending {
        let lead = app.store.get::<Lead>(erasure.lead.0)?;
        if let Some(Via::Import(import)) = lead.map(|lead| lead.meta.created_by.via)
            && erasure.files > 0
            && let Some(import) = app.store.get::<Import>(import.0)?
        {
            app.documents.remove(&import.file_sha256).map_err(Error::internal)?;
        }
        let (at, by) = (erasure.meta.updated_at, erasure.meta.updated_by.clone());
        finish(app, &|| store::Write::new(at, by.clone(), "erasure"), &erasure)?;
    }
    Ok(())
}

/// What was erased, the latest first.
pub fn erasures(app: &App, ctx: &Ctx) -> Result<Vec<Erasure>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let mut erasures: Vec<Erasure> = app.store.members(Uuid::nil(), ERASURES_MAX)?;
    erasures.sort_by_key(|erasure| std::cmp::Reverse(erasure.meta.created_at));
    Ok(erasures)
}
