//! Consents of leads and contacts: what was said about the use of their data, and what counts of it. Whoever may see a
//! record sees them; whoever may change it writes down what was said.

use crate::{App, Ctx, Error, permissions, reports, settings};
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{
    Action, AnyRecord, Consent, ConsentState, ConsentWay, Consenting, Contact, EVIDENCE_CHARACTERS_MAX,
    FieldErrors, Frame, Kind, LawfulBasis, Lead, Meta, Record, choice_meant, lists, newest_first, parse_date,
};
use store::{Direction, Scan, Write};

/// Statements of one person; nobody changes their mind more often.
pub const CONSENTS_MAX: usize = 400;
/// Somebody else may change the record in the same moment: so often it is tried again.
const TRIES_MAX: u32 = 20;

/// Who can say it.
pub const ENTITIES: [Kind; 2] = [Kind::Lead, Kind::Contact];

/// Something that was said, to be written down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// The key of a value of the list `consent_purposes`.
    pub purpose: String,
    pub basis: LawfulBasis,
    pub state: ConsentState,
    /// In the company's zone.
    pub said_on: Date,
    pub way: ConsentWay,
    pub evidence: Option<String>,
}

/// The same as it was typed or sent.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ConsentDraft {
    pub purpose: String,
    pub basis: String,
    pub state: String,
    /// Empty: today.
    pub said_on: String,
    pub way: String,
    pub evidence: String,
}

impl ConsentDraft {
    /// All that is wrong with it at once.
    pub fn read(&self, frame: &Frame, today: Date) -> Result<Statement, Error> {
        let mut errors = FieldErrors::default();
        let state = coded("state", &self.state, ConsentState::from_code, &mut errors);
        let basis = coded("basis", &self.basis, LawfulBasis::from_code, &mut errors);
        let way = coded("way", &self.way, ConsentWay::from_code, &mut errors);
        let typed = self.purpose.trim();
        // What is not offered any more can still be taken back.
        let known = frame.choice(lists::CONSENT_PURPOSES, typed).map(|_| typed);
        let purpose = match state {
            Some(ConsentState::Withdrawn) if known.is_some() => known,
            _ => choice_meant(frame, lists::CONSENT_PURPOSES, typed),
        };
        if typed.is_empty() {
            errors.add("purpose", "required", "");
        } else if purpose.is_none() {
            errors.add("purpose", "choice", typed);
        }
        let said_on = match self.said_on.trim() {
            "" => Ok(today),
            typed => parse_date(typed).map_err(|code| (code, typed)),
        };
        match said_on {
            Err((code, typed)) => errors.add("said_on", code, typed),
            Ok(day) if day > today => errors.add("said_on", "date-future", ""),
            Ok(_) => {}
        }
        let evidence = self.evidence.trim().replace("\r\n", "\n").replace('\0', "");
        if evidence.chars().count() > EVIDENCE_CHARACTERS_MAX {
            errors.add("evidence", "too-long", EVIDENCE_CHARACTERS_MAX.to_string());
        }
        match (purpose, basis, state, said_on, way) {
            (Some(purpose), Some(basis), Some(state), Ok(said_on), Some(way)) if errors.is_empty() => {
                let evidence = Some(evidence).filter(|text| !text.is_empty());
                Ok(Statement { purpose: purpose.to_owned(), basis, state, said_on, way, evidence })
            }
            _ => Err(Error::Invalid(errors)),
        }
    }
}

fn coded<T>(
    field: &str,
    typed: &str,
    from_code: impl Fn(&str) -> Option<T>,
    errors: &mut FieldErrors,
) -> Option<T> {
    let value = from_code(typed.trim());
    match typed.trim() {
        "" => errors.add(field, "required", ""),
        typed if value.is_none() => errors.add(field, "choice", typed),
        _ => {}
    }
    value
}

/// Everything a lead or contact said, the newest first; for those who see it. Nothing for other entities.
pub fn of(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<Vec<Consent>, Error> {
    require(app, ctx, kind, id, Action::See)?;
    of_record(app, id)
}

/// The same whoever asks.
pub(crate) fn of_record(app: &App, id: Uuid) -> Result<Vec<Consent>, Error> {
    let mut consents: Vec<Consent> = app.store.members(id, CONSENTS_MAX)?;
    newest_first(&mut consents);
    Ok(consents)
}

/// Whether the caller may write down what this record's person says.
pub fn may_state(ctx: &Ctx, record: &dyn AnyRecord) -> bool {
    ENTITIES.contains(&record.entity()) && permissions::require_record(ctx, record, Action::Change).is_ok()
}

/// Writes down what somebody said; for those who may change the record.
pub fn state(app: &App, ctx: &Ctx, kind: Kind, id: Uuid, draft: &ConsentDraft) -> Result<Consent, Error> {
    require(app, ctx, kind, id, Action::Change)?;
    let today = reports::today(ctx, &settings::get(app, ctx)?);
    let statement = draft.read(&app.frame(), today)?;
    keep(app, ctx, kind, id, &statement)
}

/// The same without asking who writes: for what the person said themselves, such as with a link in a letter.
pub fn keep(app: &App, ctx: &Ctx, kind: Kind, id: Uuid, statement: &Statement) -> Result<Consent, Error> {
    match kind {
        Kind::Lead => keep_of::<Lead>(app, ctx, id, statement),
        Kind::Contact => keep_of::<Contact>(app, ctx, id, statement),
        _ => Err(Error::NotFound),
    }
}

fn keep_of<R: Consenting>(app: &App, ctx: &Ctx, id: Uuid, statement: &Statement) -> Result<Consent, Error> {
    for _ in 0..TRIES_MAX {
        let before = app.store.get::<R>(id)?.ok_or(Error::NotFound)?;
        let mut said = of_record(app, id)?;
        if said.len() >= CONSENTS_MAX {
            return Err(Error::invalid("purpose", "too-many", CONSENTS_MAX.to_string()));
        }
        let consent = consent_of(ctx, R::KIND, id, statement);
        said.push(consent.clone());
        let mut after = before.clone();
        after.settle_consents(&said);
        let mut write = ctx.write();
        write.create(consent.clone());
        // Also where nothing changes: two who write at once are one after the other.
        write.update(&before, after);
        match app.commit(write) {
            Ok(_) => return Ok(consent),
            Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::Busy { retry_after_s: 1 })
}

/// Says it of a record that is made in the same write: forms of the web, imports. To be called before the record goes
/// into the write.
pub fn begin<R: Consenting>(ctx: &Ctx, write: &mut Write, record: &mut R, statements: &[Statement]) {
    let id = record.meta().id;
    let said: Vec<Consent> =
        statements.iter().map(|statement| consent_of(ctx, R::KIND, id, statement)).collect();
    record.settle_consents(&said);
    for consent in said {
        write.create(consent);
    }
}

/// Takes what somebody said over to another record of theirs, such as to the contact that a lead becomes: in the same
/// write, before `to` goes into it.
pub fn carry<R: Consenting>(
    app: &App,
    ctx: &Ctx,
    write: &mut Write,
    from: Uuid,
    to: &mut R,
) -> Result<(), Error> {
    let id = to.meta().id;
    let mut said = of_record(app, id)?;
    for consent in of_record(app, from)? {
        let meta = Meta { id: ctx.new_id(), version: 1, ..consent.meta.clone() };
        let carried = Consent { meta, about_kind: R::KIND, about: id, ..consent };
        said.push(carried.clone());
        write.create(carried);
    }
    to.settle_consents(&said);
    Ok(())
}

/// What goes with a record that is deleted.
pub(crate) fn delete_of(app: &App, write: &mut Write, id: Uuid) -> Result<(), Error> {
    for consent in of_record(app, id)? {
        write.delete(&consent);
    }
    Ok(())
}

fn consent_of(ctx: &Ctx, about_kind: Kind, about: Uuid, statement: &Statement) -> Consent {
    let statement = statement.clone();
    Consent {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        about_kind,
        about,
        purpose: statement.purpose,
        basis: statement.basis,
        state: statement.state,
        said_on: statement.said_on,
        way: statement.way,
        evidence: statement.evidence,
    }
}

fn require(app: &App, ctx: &Ctx, kind: Kind, id: Uuid, action: Action) -> Result<(), Error> {
    ctx.caller()?;
    match kind {
        Kind::Lead => reachable::<Lead>(app, ctx, id, action),
        Kind::Contact => reachable::<Contact>(app, ctx, id, action),
        _ => Err(Error::NotFound),
    }
}

fn reachable<R: Record + AnyRecord>(app: &App, ctx: &Ctx, id: Uuid, action: Action) -> Result<(), Error> {
    let record = app.store.get::<R>(id)?.ok_or(Error::NotFound)?;
    permissions::require_record(ctx, &record, action)
}

/// How much was said about a purpose.
pub(crate) fn count(app: &App, purpose: &str) -> Result<u64, Error> {
    /// Entries read at a time.
    const CHUNK: usize = 1_000;
    let (mut count, mut after) = (0, None);
    loop {
        let prefix = Consent::of_purpose(purpose).bytes();
        let entries = app.store.scan(&Scan { prefix, after, direction: Direction::Forward, limit: CHUNK })?;
        count += entries.len() as u64;
        if entries.len() < CHUNK {
            return Ok(count);
        }
        after = entries.last().map(|entry| entry.key.clone());
    }
}
