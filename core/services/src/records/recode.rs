//! Which records have a code in a field, and giving them another one: what keeps a value of a list, a stage or a tax from
//! vanishing under them, and the way out.

use super::list::{get_to_know, known};
use super::rules::{Around, Rules};
use super::{ENTITIES, Record, read};
use crate::{App, Ctx, Error, settings};
use model::uuid::Uuid;
use model::{
    AnyRecord, CustomField, CustomValue, Entity, Facet, FieldValue, Frame, IndexKey, Kind, Values,
    list_of_all, own_key, own_name,
};
use std::ops::ControlFlow;
use store::{Direction, Scan};

/// Entries of a list read at a time.
const CHUNK: usize = 256;
/// Records of one transaction.
const PORTION: usize = 100;
/// The list by the time of creation.
const BY_CREATION: u8 = 0;

/// Where records of these entities keep values of one of the company's lists.
pub(crate) fn places_of(frame: &Frame, list: &str) -> Vec<(Kind, String)> {
    let mut places = Vec::new();
    for kind in ENTITIES {
        for spec in model::specs_of(kind) {
            if matches!(spec.values, Values::List(of) if of == list) {
                places.push((kind, spec.key.to_owned()));
            }
        }
        for (name, _) in frame.fields_of(kind) {
            if CustomField::list(kind, name) == list {
                places.push((kind, own_key(name)));
            }
        }
    }
    places
}

/// Shows each record of an entity to `take` until it says enough.
pub(crate) fn each(
    app: &App,
    kind: Kind,
    may_be: &dyn Fn(Uuid, &Facet) -> bool,
    take: &mut dyn FnMut(Record) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Error> {
    let prefix = list_of_all(kind, BY_CREATION).bytes();
    let mut after = None;
    loop {
        let scan = Scan { prefix: prefix.clone(), after, direction: Direction::Forward, limit: CHUNK };
        let entries = app.store.scan(&scan)?;
        for entry in &entries {
            let Some(id) = IndexKey::record_at_end(&entry.key) else { continue };
            if Facet::from_bytes(&entry.value).is_some_and(|facet| may_be(id, &facet))
                && let Some(record) = read(app, kind, id)?
                && take(record)?.is_break()
            {
                return Ok(());
            }
        }
        if entries.len() < CHUNK {
            return Ok(());
        }
        after = entries.last().map(|entry| entry.key.clone());
    }
}

/// How many records of an entity have this code in a field.
pub(crate) fn count(app: &App, kind: Kind, field: &str, code: &str) -> Result<u64, Error> {
    let mut count = 0;
    each_with(app, kind, field, code, &mut |_| {
        count += 1;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(count)
}

fn each_with(
    app: &App,
    kind: Kind,
    field: &str,
    code: &str,
    take: &mut dyn FnMut(Record) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Error> {
    let place = super::shape_of(kind)?.facets.iter().position(|facet| *facet == field);
    get_to_know(app, kind)?;
    let may_be = |id: Uuid, facet: &Facet| match place {
        Some(place) => facet.codes.get(place).is_some_and(|kept| kept == code),
        None => known(app, kind, id, field).is_none_or(|value| is_of(&value, code)),
    };
    let frame = app.frame();
    each(app, kind, &may_be, &mut |record| {
        if has(&frame, record.as_ref(), field, code) { take(record) } else { Ok(ControlFlow::Continue(())) }
    })
}

fn has(frame: &Frame, record: &dyn AnyRecord, field: &str, code: &str) -> bool {
    is_of(&crate::fields::value_of(frame, record, field), code)
}

fn is_of(value: &FieldValue, code: &str) -> bool {
    matches!(value, FieldValue::Codes(codes) if codes.iter().any(|kept| kept == code))
}

/// Gives the records that have one code another one, in portions, each of them whole; at most `limit`. Returns how many.
pub(crate) fn recode(
    app: &App,
    ctx: &Ctx,
    (kind, field): (Kind, &str),
    (from, to): (&str, &str),
    limit: u64,
) -> Result<u64, Error> {
    let mut waiting: Vec<Uuid> = Vec::new();
    let mut changed = 0;
    each_with(app, kind, field, from, &mut |record| {
        waiting.push(record.about().id);
        if waiting.len() == PORTION {
            changed += write(app, ctx, (kind, field), (from, to), &std::mem::take(&mut waiting))?;
        }
        let is_enough = changed + waiting.len() as u64 >= limit;
        Ok(if is_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok(changed + write(app, ctx, (kind, field), (from, to), &waiting)?)
}

/// All in one transaction; one by one where somebody changed one of them in this moment.
fn write(
    app: &App,
    ctx: &Ctx,
    (kind, field): (Kind, &str),
    (from, to): (&str, &str),
    ids: &[Uuid],
) -> Result<u64, Error> {
    for_entity!(kind, E => {
        let (frame, settings) = (app.frame(), settings::get(app, ctx)?);
        let around = Around { app, ctx, frame: &frame, settings: &settings, made: &[] };
        let mut write = ctx.write();
        let mut count = 0;
        for id in ids {
            let Some(before) = app.store.get::<E>(*id)? else { continue };
            if !has(&frame, &before, field, from) {
                continue;
            }
            let mut after = before.clone();
            put(&around, &mut after, field, from, to);
            write.update(&before, after);
            count += 1;
        }
        match app.commit(write) {
            Ok(_) => Ok(count),
            Err(Error::Conflict(_) | Error::NotFound) if ids.len() > 1 => ids.iter().try_fold(0, |sum, id| {
                Ok(sum + self::write(app, ctx, (kind, field), (from, to), &[*id])?)
            }),
            // It is counted among those that are left.
            Err(Error::Conflict(_) | Error::NotFound) => Ok(0),
            Err(error) => Err(error),
        }
    })
}

fn put<E: Entity + Rules>(around: &Around<'_>, record: &mut E, field: &str, from: &str, to: &str) {
    let Some(name) = own_name(field) else {
        let before = record.clone();
        let codes = match record.value(field) {
            FieldValue::Codes(codes) => codes.into_iter().filter(|code| code != from).chain([to.to_owned()]),
            _ => return,
        };
        record.put(field, FieldValue::Codes(codes.collect()), around.settings.currency);
        // What follows from the new value; what is wrong with the rest of the record is not asked here.
        let mut unsaid = model::FieldErrors::default();
        if record.settle(around, Some(&before), &mut unsaid).is_err() {
            *record = before;
        }
        return;
    };
    match record.common_mut().custom.get_mut(name) {
        Some(CustomValue::Text(text)) => *text = to.to_owned(),
        Some(CustomValue::Codes(codes)) => {
            codes.retain(|code| code != to);
            for code in codes.iter_mut().filter(|code| *code == from) {
                *code = to.to_owned();
            }
        }
        _ => {}
    }
}
