//! What companies, contacts, opportunities, products and activities bring to imports.

use super::rows;
use super::rules::Rules;
use super::{Draft, begun, checked, users_of};
use crate::assignment::Round;
use crate::imports::entities::{Importable, Uses};
use crate::imports::plans::{CLOSED_AT, moment_of};
use crate::{App, Ctx, Error, notes, settings};
use model::jiff::Timestamp;
use model::jiff::civil::{Date, DateTime, Time};
use model::jiff::tz::TimeZone;
use model::uuid::Uuid;
use model::{CREATED, Entity, FieldErrors, FieldValue, Kind, Meta, Settings, StageKind};
use store::Write;

/// When an opportunity is to be closed.
const EXPECTED_CLOSE: &str = "expected_close";
/// When an opportunity came to its stage.
const STAGE_SINCE: &str = "stage_since";
/// For what is known by its day alone.
const NOON: Time = Time::constant(12, 0, 0, 0);
/// 1900: what says that it was created before is the zero of a spreadsheet or of another program.
const FIRST_CREATION: Timestamp = Timestamp::constant(-2_208_988_800, 0);

impl<E: Entity + Rules> Importable for E {
    fn made(
        app: &App,
        ctx: &Ctx,
        company: &Settings,
        draft: &Draft,
        before: Option<&E>,
    ) -> Result<(E, FieldErrors), Error> {
        let mut draft = draft.clone();
        // Not typed by anybody: it comes about, or with the records of another program.
        let moment_key = moment_of(E::KIND).unwrap_or_default();
        let created = draft.0.remove(CREATED);
        let ended = draft.0.remove(moment_key).and_then(|texts| texts.into_iter().next());
        let zone = company.zone();
        if let Some(before) = before {
            rows::keep_company(before, &mut draft);
        } else if E::KIND == Kind::Activity && ended.is_some() && draft.one("state").is_none() {
            // What says when it was done was done.
            draft.put("state", "done");
        }
        let mut record = before.cloned().unwrap_or_else(|| begun::<E>(ctx));
        let mut errors = checked(app, ctx, before, &mut record, &draft)?;
        // Other programs have one day for both: when what is open is to be closed, and when what is closed was.
        let is_open_deal = E::KIND == Kind::Opportunity && !has_ended(app, &record);
        if let Some(at) = ended.as_deref().and_then(|text| moment(text, &zone))
            && is_open_deal
            && draft.one(EXPECTED_CLOSE).is_none()
        {
            draft.put(EXPECTED_CLOSE, at.to_zoned_datetime(zone.clone()).date().to_string());
            record = before.cloned().unwrap_or_else(|| begun::<E>(ctx));
            errors = checked(app, ctx, before, &mut record, &draft)?;
        }
        if before.is_none() {
            let text = created.as_ref().and_then(|texts| texts.first()).map(String::as_str);
            date_back(record.meta_mut(), text, &zone, &mut errors);
        }
        if E::KIND == Kind::Activity && before.is_none() {
            record.put("origin", FieldValue::Codes(vec!["imported".to_owned()]), company.currency);
        }
        let is_newly_done = before.is_none_or(|before| before.value(moment_key).is_nothing());
        let at = match ended {
            Some(text) => {
                let at = moment(&text, &zone);
                if at.is_none() {
                    errors.add(moment_key, "date-form", text);
                }
                at
            }
            None if E::KIND == Kind::Activity && is_newly_done => due_moment(&record, &zone),
            None if is_newly_done && draft.one(EXPECTED_CLOSE).is_some() => {
                closing_moment(&record, &zone).map(|at| at.min(ctx.at))
            }
            None => None,
        };
        if let Some(at) = at.filter(|_| has_ended(app, &record)) {
            // Nothing is done already that is still to come.
            let at = if E::KIND == Kind::Activity { at.min(ctx.at) } else { at };
            record.put(moment_key, FieldValue::Instant(at), company.currency);
        }
        if E::KIND == Kind::Opportunity && before.is_none() {
            let since = stage_since(&record, ctx.at);
            record.put(STAGE_SINCE, FieldValue::Instant(since), company.currency);
        }
        Ok((record, errors))
    }

    fn create_all(
        _app: &App,
        _ctx: &Ctx,
        _settings: &Settings,
        write: &mut Write,
        records: Vec<E>,
    ) -> Result<Option<Round>, Error> {
        for record in records {
            write.create(record);
        }
        Ok(None)
    }

    fn change(write: &mut Write, before: &E, after: E) {
        write.update(before, after);
    }

    fn remove(app: &App, write: &mut Write, record: &E) -> Result<(), Error> {
        notes::delete_all(app, write, record.meta().id)?;
        write.delete(record);
        Ok(())
    }

    fn uses(app: &App, id: Uuid) -> Result<Uses, Error> {
        Ok(Uses { records: users_of(app, id)?, notes: notes::of(app, id)?.len() })
    }
}

/// A new record was created when the other program created it; that it was written now stands in the journal and in what
/// its meta says of its last change.
pub(crate) fn date_back(meta: &mut Meta, text: Option<&str>, zone: &TimeZone, errors: &mut FieldErrors) {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return;
    };
    let now = meta.created_at;
    let is_today = || text.parse::<Date>().is_ok_and(|day| day == now.to_zoned_datetime(zone.clone()).date());
    match moment(text, zone) {
        // Noon stands for the day, and may be still to come.
        Some(at) if at > now && is_today() => {}
        Some(at) if at > now => errors.add(CREATED, "date-future", text),
        Some(at) if at < FIRST_CREATION => errors.add(CREATED, "date-form", text),
        Some(at) => meta.created_at = at,
        None => errors.add(CREATED, "date-form", text),
    }
}

/// Noon of a day, so that it is the same day wherever it is read; a time of day on the company's clock; or the moment
/// itself.
fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    let at = if text.contains('T') {
        text.parse::<DateTime>().ok()?
    } else {
        text.parse::<Date>().ok()?.to_datetime(NOON)
    };
    zone.to_timestamp(at).ok()
}

/// When an activity was to be done: of one that was done nobody knows when, that is nearer than the day of the import.
fn due_moment<E: Entity>(activity: &E, zone: &TimeZone) -> Option<Timestamp> {
    let FieldValue::Day(due) = activity.value("due") else { return None };
    let time = match activity.value("due_time") {
        FieldValue::Text(time) => time.parse::<Time>().ok(),
        _ => None,
    };
    zone.to_timestamp(due.to_datetime(time.unwrap_or(NOON))).ok()
}

/// The day that a file says of what is closed: nothing was closed on a day still to come.
fn closing_moment<E: Entity>(deal: &E, zone: &TimeZone) -> Option<Timestamp> {
    let FieldValue::Day(day) = deal.value(EXPECTED_CLOSE) else { return None };
    zone.to_timestamp(day.to_datetime(NOON)).ok()
}

/// When a new opportunity came to its stage, as far as a file knows: where it ended, that day; else when it was created.
fn stage_since<E: Entity>(deal: &E, now: Timestamp) -> Timestamp {
    match deal.value(CLOSED_AT) {
        FieldValue::Instant(at) => at.min(now),
        _ => deal.meta().created_at,
    }
}

fn has_ended<E: Entity>(app: &App, record: &E) -> bool {
    let frame = app.frame();
    if E::KIND == Kind::Activity {
        return !record.value("done_at").is_nothing();
    }
    match record.value("stage") {
        FieldValue::Codes(codes) => codes
            .first()
            .and_then(|code| model::stage_of(&frame, code))
            .is_some_and(|(_, stage)| stage.kind != StageKind::Open),
        _ => false,
    }
}

/// A record of which nothing but the name is known, or what is wrong with it.
pub(crate) fn of_name<E: Entity + Rules>(
    app: &App,
    ctx: &Ctx,
    name: &str,
) -> Result<Result<E, FieldErrors>, Error> {
    let company = settings::get(app, ctx)?;
    let draft = crate::imports::entities::draft_of_name(E::KIND, name, ctx.language);
    let (record, errors) = E::made(app, ctx, &company, &draft, None)?;
    Ok(if errors.is_empty() { Ok(record) } else { Err(errors) })
}
