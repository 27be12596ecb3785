//! Data protection: everything about a person, and the erasure that keeps the books.

mod deleted;
mod report;

pub use deleted::{Gone, find_deleted};
pub use report::{Collected, Gathered, collect, report, report_pdf};

use crate::notes;
use crate::{App, Ctx, Error, audit, permissions, search, settings};
use model::jiff::Timestamp;
use model::json::{self, Value};
use model::uuid::Uuid;
use model::{
    Action, Activity, Erasure, Import, Kind, Lead, LeadId, Meta, Record, Via, normalize_email,
    normalize_phone, normalize_tax_id, scrub_personal,
};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Leads of one person: more are not one person.
pub const FOUND_MAX: usize = 200;
/// Erasures that the page lists.
const ERASURES_MAX: usize = 500;

/// Looking for work, and for the order to stop.
const WAIT: Duration = Duration::from_millis(500);

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

fn value_of<R: Record>(record: &R) -> Result<Value, Error> {
    json::to_value(record).map_err(Error::internal)
}

/// What would go, for the question before it.
pub fn about_to_erase(app: &App, ctx: &Ctx, id: LeadId) -> Result<About, Error> {
    require(ctx, Action::Delete)?;
    about(app, deleted::lead_ever(app, id)?.ok_or(Error::NotFound)?)
}

/// Erases who a lead is: in the lead, in its notes, in the journal, and the uploaded file it came with. The books keep
/// the rest. `typed` must be what the lead is called. A lead that was deleted is in the journal still: it is erased there.
/// The lead and its notes are empty when this returns; the journal is the worker's part.
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
    if app.store.get::<Lead>(id.0)?.is_some() {
        write.update(&about.lead, scrubbed(&about.lead)?);
    }
    for note in &about.notes {
        write.update(note, scrubbed(note)?);
    }
    // From here on it is finished even if the machine stops.
    write.create(erasure.clone());
    app.commit(write)?;
    if let Some(import) = import {
        app.documents.remove(&import.file_sha256).map_err(Error::internal)?;
    }
    Ok(erasure)
}

fn scrubbed<R: Record>(record: &R) -> Result<R, Error> {
    let Value::Object(mut fields) = value_of(record)? else {
        return Err(Error::internal("a record that is no object"));
    };
    scrub_personal(&mut fields);
    json::from_value(Value::Object(fields)).map_err(Error::internal)
}

/// The journal's part: may be done again.
fn finish(app: &App, write: &dyn Fn() -> store::Write, erasure: &Erasure) -> Result<(), Error> {
    let notes = notes_ever(app, erasure.lead)?;
    empty_the_rest(app, write, erasure.lead, &notes)?;
    app.store.redact(Kind::Lead, erasure.lead.0, scrub_personal).map_err(Error::internal)?;
    for note in notes {
        app.store.redact(Kind::Activity, note, scrub_personal).map_err(Error::internal)?;
    }
    let before = app.store.get::<Erasure>(erasure.meta.id)?.ok_or(Error::NotFound)?;
    let mut done = write();
    done.update(&before, Erasure { is_done: true, ..before.clone() });
    app.commit(done).map(|_| ())
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

/// Finishes erasures and forgets what is too old to be kept, until told to stop; failures of the machine go to `report`.
pub fn run_worker(app: &App, now: &dyn Fn() -> Timestamp, stop: &AtomicBool, report: &dyn Fn(&Error)) {
    while !stop.load(Ordering::Acquire) {
        let head = app.head();
        let done = finish_pending(app).and_then(|more| Ok(audit::forget_addresses(app, now())? > 0 || more));
        match done {
            Ok(true) => {}
            Ok(false) => {
                app.store.wait_past(head, WAIT);
            }
            Err(error) => {
                report(&error);
                app.store.wait_past(u64::MAX, WAIT);
            }
        }
    }
}

/// Finishes the erasures that were begun, also before the machine stopped. Whether there were any.
pub fn finish_pending(app: &App) -> Result<bool, Error> {
    let pending: Vec<Erasure> = app.store.members(Erasure::PENDING, ERASURES_MAX)?;
    for erasure in &pending {
        let lead = deleted::lead_ever(app, erasure.lead)?;
        if let Some(Via::Import(import)) = lead.map(|lead| lead.meta.created_by.via)
            && erasure.files > 0
            && let Some(import) = app.store.get::<Import>(import.0)?
        {
            app.documents.remove(&import.file_sha256).map_err(Error::internal)?;
        }
        let (at, by) = (erasure.meta.updated_at, erasure.meta.updated_by.clone());
        match finish(app, &|| store::Write::new(at, by.clone(), "erasure"), erasure) {
            // Somebody wrote to the record meanwhile: the next round empties that too.
            Ok(()) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(!pending.is_empty())
}

/// What was erased, the latest first.
pub fn erasures(app: &App, ctx: &Ctx) -> Result<Vec<Erasure>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let mut erasures: Vec<Erasure> = app.store.members(Uuid::nil(), ERASURES_MAX)?;
    erasures.sort_by_key(|erasure| std::cmp::Reverse(erasure.meta.created_at));
    Ok(erasures)
}
