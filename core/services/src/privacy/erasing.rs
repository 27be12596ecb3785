//! Erasing who somebody is: at once in the record and what is written about it, then by the worker in the journal and in
//! what hangs on it. It may be cut short at any moment.

use super::addressed;
use super::quotes::{self, Titles};
use super::subject::Subject;
use super::{About, HANGING, Piece, about, deleted, papers, require};
use crate::imports::forgetting::{self, Words};
use crate::{App, Ctx, Error, audit, documents, merges, permissions};
use model::jiff::{SignedDuration, Timestamp};
use model::json::{self, Value};
use model::uuid::Uuid;
use model::{
    Action, Activity, Change, Company, Consent, Contact, Deed, Erasure, Import, Kind, Lead, Merge, Meta,
    OfQuote, Opportunity, Quote, Record, Via, scrub_of, scrub_of_quote,
};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::{Scrub, Write};

/// Erasures that the page lists.
const ERASURES_MAX: usize = 500;
/// Looking for work, and for the order to stop.
const WAIT: Duration = Duration::from_millis(500);
/// Files of imports are kept for days: an hour more is nothing.
const LOOK_AT_IMPORTS_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// What would go, for the question before it.
pub fn about_to_erase(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<About, Error> {
    require(ctx, Action::Delete)?;
    about(app, deleted::ever(app, kind, id)?.ok_or(Error::NotFound)?)
}

/// Erases who a lead, contact or company is: in the record, in its notes and consents, in what may be sold to them alone,
/// in quotes to them, with documents that belong to nobody else, in the journal, and the uploaded file it came with. The books keep the rest. `typed` must be what the
/// record is called. One that was deleted is in the journal still: it is erased there. The record, its notes and its consents are empty when
/// this returns; the rest is the worker's part.
pub fn erase(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    id: Uuid,
    version: u64,
    typed: &str,
) -> Result<Erasure, Error> {
    let about = about_to_erase(app, ctx, kind, id)?;
    let title = about.subject.title();
    if typed.trim() != title.trim() {
        return Err(Error::invalid("typed", "erase-name", title));
    }
    if about.subject.version() != version {
        return Err(match &about.subject {
            Subject::Lead(lead) => app.conflict(lead.as_ref(), lead.as_ref()),
            Subject::Contact(contact) => app.conflict(contact.as_ref(), contact.as_ref()),
            Subject::Company(company) => app.conflict(company.as_ref(), company.as_ref()),
        });
    }
    begin(app, ctx, about, |_| {})
}

/// The first part, whoever asks; `and` adds what is to happen in the same transaction.
pub(crate) fn begin(
    app: &App,
    ctx: &Ctx,
    about: About,
    and: impl FnOnce(&mut Write),
) -> Result<Erasure, Error> {
    let import = about.import.filter(|import| !import.state.is_working());
    let (kind, id) = (about.subject.kind(), about.subject.id());
    let erasure = Erasure {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        kind,
        record: id,
        notes: u32::try_from(about.notes.len()).unwrap_or(u32::MAX),
        files: u32::from(import.is_some()),
        is_done: false,
    };
    let mut write = ctx.write();
    if Subject::read(app, kind, id)?.is_some() {
        match &about.subject {
            Subject::Lead(lead) => scrub_in(&mut write, lead.as_ref())?,
            Subject::Contact(contact) => scrub_in(&mut write, contact.as_ref())?,
            Subject::Company(company) => scrub_in(&mut write, company.as_ref())?,
        }
    }
    for note in &about.notes {
        scrub_in(&mut write, note)?;
    }
    for consent in &about.consents {
        scrub_in(&mut write, consent)?;
    }
    // From here on it is finished even if the machine stops. Whoever became a part of this one is the same person.
    write.create(erasure.clone());
    for gone in merges::absorbed_by(app, id)? {
        let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
        write.create(Erasure { meta, record: gone, notes: 0, files: 0, ..erasure.clone() });
    }
    merges::delete_of(app, &mut write, id)?;
    and(&mut write);
    app.commit(write)?;
    if let Some(import) = import {
        documents::remove_bytes(app, &import.file_sha256)?;
    }
    Ok(erasure)
}

fn scrub_in<R: Record>(write: &mut Write, record: &R) -> Result<(), Error> {
    write.update(record, scrubbed(record, scrub_for(R::KIND)?)?);
    Ok(())
}

pub(super) fn scrub_for(kind: Kind) -> Result<Scrub, Error> {
    scrub_of(kind).ok_or_else(|| Error::internal("a record that is about nobody"))
}

pub(super) fn scrubbed<R: Record>(record: &R, scrub: Scrub) -> Result<R, Error> {
    let value = json::to_value(record).map_err(Error::internal)?;
    let Value::Object(mut fields) = value else {
        return Err(Error::internal("a record that is no object"));
    };
    scrub(&mut fields);
    json::from_value(Value::Object(fields)).map_err(Error::internal)
}

/// Finishes erasures and forgets what is too old to be kept, until told to stop; failures of the machine go to `report`.
pub fn run_worker(app: &App, now: &dyn Fn() -> Timestamp, stop: &AtomicBool, report: &dyn Fn(&Error)) {
    let mut looked: Option<Timestamp> = None;
    while !stop.load(Ordering::Acquire) {
        let (head, at) = (app.head(), now());
        if looked.is_none_or(|looked| at.duration_since(looked) >= LOOK_AT_IMPORTS_EVERY) {
            looked = Some(at);
            if let Err(error) = forgetting::forget_old(app, at) {
                report(&error);
            }
        }
        let done = finish_pending(app).and_then(|more| Ok(audit::forget_addresses(app, at)? > 0 || more));
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
        let subject = deleted::ever(app, erasure.kind, erasure.record)?;
        if let Some(Via::Import(import)) =
            subject.map(|subject| subject.record().about().created_by.via.clone())
            && erasure.files > 0
            && let Some(import) = app.store.get::<Import>(import.0)?
        {
            documents::remove_bytes(app, &import.file_sha256)?;
        }
        let (at, by) = (erasure.meta.updated_at, erasure.meta.updated_by.clone());
        match finish(app, &|| Write::new(at, by.clone(), "erasure"), erasure) {
            // Somebody wrote to the record meanwhile: the next round empties that too.
            Ok(()) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(!pending.is_empty())
}

/// The rest: may be done again.
fn finish(app: &App, write: &dyn Fn() -> Write, erasure: &Erasure) -> Result<(), Error> {
    let subject = (erasure.kind, erasure.record);
    if erasure.kind == Kind::Quote {
        let drawn = quotes::signatures(app, erasure.record)?;
        empty_piece(app, write, subject, addressed::scrub())?;
        documents::release(app, &drawn)?;
        app.store.redact(erasure.kind, erasure.record, addressed::scrub()).map_err(Error::internal)?;
        return mark_done(app, write, erasure);
    }
    if erasure.kind == Kind::Activity {
        let scrub = scrub_for(erasure.kind)?;
        empty_piece(app, write, subject, scrub)?;
        app.store.redact(erasure.kind, erasure.record, scrub).map_err(Error::internal)?;
        return mark_done(app, write, erasure);
    }
    let mut pieces = hanging_ever(app, subject)?;
    let deals: Vec<Piece> = pieces.iter().copied().filter(|(kind, _)| *kind == Kind::Opportunity).collect();
    for deal in deals {
        pieces.extend(hanging_ever(app, deal)?);
    }
    let theirs: BTreeSet<Uuid> = pieces
        .iter()
        .filter(|(kind, _)| *kind == Kind::Opportunity)
        .map(|(_, id)| *id)
        .chain([erasure.record])
        .collect();
    // As long as the journal says who it was.
    let (mut words, mut ways, mut titles) = (Words::default(), BTreeSet::new(), Titles::default());
    for_each_change(app, erasure.record, &mut |change| {
        words.add(change);
        titles.add(change);
        ways.extend(forgetting::way_of(change));
    })?;
    let (mut scrubs, mut drawn): (Vec<(Piece, Scrub)>, _) = (Vec::new(), documents::Hashes::new());
    for (kind, id) in pieces {
        let scrub = match kind {
            Kind::Quote => {
                let part = quotes::part_of(app, subject, &titles, id)?;
                if part.is_some_and(|part| part != OfQuote::Name) {
                    drawn.extend(quotes::signatures(app, id)?);
                }
                part.map(scrub_of_quote)
            }
            // What belongs to somebody else, too, is not about them alone.
            Kind::Document if !papers::is_of(app, &theirs, id)? => None,
            kind => scrub_of(kind),
        };
        scrubs.extend(scrub.map(|scrub| ((kind, id), scrub)));
    }
    // The record itself at the end: its own changes tell which quotes are called after it.
    scrubs.push((subject, scrub_for(erasure.kind)?));
    // What came in between, and what is beyond the first write.
    for (piece, scrub) in &scrubs {
        empty_piece(app, write, *piece, *scrub)?;
    }
    documents::release(app, &drawn)?;
    forgetting::erase(app, write, &words, &ways)?;
    for ((kind, id), scrub) in scrubs {
        app.store.redact(kind, id, scrub).map_err(Error::internal)?;
    }
    mark_done(app, write, erasure)
}

fn mark_done(app: &App, write: &dyn Fn() -> Write, erasure: &Erasure) -> Result<(), Error> {
    let before = app.store.get::<Erasure>(erasure.meta.id)?.ok_or(Error::NotFound)?;
    let mut done = write();
    done.update(&before, Erasure { is_done: true, ..before.clone() });
    app.commit(done).map(|_| ())
}

fn empty_piece(app: &App, write: &dyn Fn() -> Write, (kind, id): Piece, scrub: Scrub) -> Result<(), Error> {
    match kind {
        Kind::Lead => empty::<Lead>(app, write, id, scrub),
        Kind::Contact => empty::<Contact>(app, write, id, scrub),
        Kind::Company => empty::<Company>(app, write, id, scrub),
        Kind::Opportunity => empty::<Opportunity>(app, write, id, scrub),
        Kind::Quote => empty::<Quote>(app, write, id, scrub),
        Kind::Consent => empty::<Consent>(app, write, id, scrub),
        Kind::Merge => empty::<Merge>(app, write, id, scrub),
        Kind::Document => documents::erase(app, write(), id),
        _ => empty::<Activity>(app, write, id, scrub),
    }
}

/// The imports that those who were erased came with or were changed by: their files are gone.
pub(crate) fn imports_of_erased(app: &App) -> Result<BTreeSet<Uuid>, Error> {
    let mut imports = BTreeSet::new();
    app.store.each_record::<Erasure, Error>(&mut |erasure| {
        for_each_change(app, erasure.record, &mut |change| imports.extend(forgetting::way_of(change)))?;
        Ok(true)
    })?;
    Ok(imports)
}

/// The changes of the record itself, the latest first.
pub(super) fn for_each_change(app: &App, id: Uuid, read: &mut dyn FnMut(&Change)) -> Result<(), Error> {
    /// Changes read at a time.
    const CHUNK: usize = 200;
    let mut before = None;
    loop {
        let changes = app.store.timeline(id, before, CHUNK)?;
        before = changes.last().map(|change| change.seq);
        changes.iter().filter(|change| change.id == id).for_each(&mut *read);
        if changes.len() < CHUNK {
            return Ok(());
        }
    }
}

fn empty<R: Record>(app: &App, write: &dyn Fn() -> Write, id: Uuid, scrub: Scrub) -> Result<(), Error> {
    let Some(record) = app.store.get::<R>(id)? else { return Ok(()) };
    let left = scrubbed(&record, scrub)?;
    if left == record {
        return Ok(());
    }
    let mut write = write();
    write.update(&record, left);
    app.commit(write).map(|_| ())
}

/// Everything that was ever written about a record, may be sold to them alone, or was offered to them, also what was
/// deleted: the journal keeps it.
fn hanging_ever(app: &App, (kind, id): Piece) -> Result<BTreeSet<Piece>, Error> {
    /// Changes read at a time.
    const CHUNK: usize = 200;
    let subject = deleted::ever(app, kind, id)?;
    let is_theirs = |change: &Change| match change.kind {
        Kind::Opportunity => subject.as_ref().is_some_and(|subject| is_deal_of(subject, change)),
        kind => HANGING.contains(&kind),
    };
    let (mut hanging, mut before) = (BTreeSet::new(), None);
    loop {
        let changes = app.store.timeline(id, before, CHUNK)?;
        before = changes.last().map(|change| change.seq);
        hanging.extend(
            changes
                .iter()
                .filter(|change| change.id != id && is_theirs(change))
                .map(|change| (change.kind, change.id)),
        );
        if changes.len() < CHUNK {
            return Ok(hanging);
        }
    }
}

/// Whether an opportunity was theirs alone after a change, or when it was deleted.
fn is_deal_of(subject: &Subject, change: &Change) -> bool {
    let of = |name: &str| match (&change.after, change.deed) {
        (Some(after), _) => after.get(name),
        (None, Deed::Deleted) => change.before.get(name),
        (None, _) => None,
    };
    let link = |name: &str| of(name).and_then(Value::as_str).and_then(|id| id.parse::<Uuid>().ok());
    subject.has(link("company"), link("contact"))
}

/// What was erased, the latest first.
pub fn erasures(app: &App, ctx: &Ctx) -> Result<Vec<Erasure>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let mut erasures: Vec<Erasure> = app.store.newest_members(Uuid::nil(), ERASURES_MAX)?;
    erasures.sort_by_key(|erasure| std::cmp::Reverse(erasure.meta.created_at));
    Ok(erasures)
}
