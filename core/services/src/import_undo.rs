//! Taking an import back: what it made goes, what it changed is as before, from the last row to the first; what somebody
//! changed since is left alone or goes field by field, and told. A job like the run, safe against crashes.

use crate::bulk_runs::change_of;
use crate::import_runs::wait_for_room;
use crate::imports::entities::{Importable, for_importable};
use crate::imports::has_order;
use crate::imports::kept::each_rows;
use crate::{App, Ctx, Error, leads};
use model::json::{self, Map, Value};
use model::{
    ChangedSince, IMPORTED_WHY_CHARACTERS_MAX, Import, ImportState, ImportedRow, ImportedRows, IndexKey,
    Kind, RowOutcome, UndoCounts, UndoOutcome, Via,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::{Begun, Direction, Write};

/// A portion ends here, below the store's limit: the record of rows that is on its way may add a note or more to each.
const OPERATIONS_ENOUGH: usize = 700;
/// Of activities: each may have been an answer to a lead, which is written along.
const OPERATIONS_ENOUGH_OF_ACTIVITIES: usize = 350;
/// So often a portion is read again because somebody changed its records in that very moment.
const TRIES_MAX: usize = 20;
/// Of what an import made for other rows, and then changed and took back itself.
const CHANGES_LOOKED_AT: usize = 20;
const REST: Duration = Duration::from_millis(50);
/// Of the own fields within a record.
const OWN: &str = "custom";
/// What follows from others and has no place in a report.
const BOOKKEEPING: [&str; 7] =
    ["meta", "unique_fields", "assignment", "assigned_at", "response", "accepted", "snooze"];

/// Takes back until it is done or told to stop.
pub(crate) fn work(
    app: &App,
    import: &Import,
    ctx_for: &dyn Fn(&Import) -> Result<Ctx, Error>,
    stop: &AtomicBool,
) -> Result<(), Error> {
    let mut undo =
        Undo { import: import.clone(), behind: None, under_way: None, is_careful: false, tries: 0 };
    let worked = undo.until_told(app, ctx_for, stop);
    // What is under way is done whatever happens here; somebody may have changed one of its records before it.
    match undo.settle(app) {
        Err(Error::Conflict(_) | Error::NotFound | Error::Invalid(_)) => worked,
        settled => worked.and(settled),
    }
}

struct Undo {
    /// As it is once everything that is under way is done.
    import: Import,
    /// Records of rows behind this key are taken back already; whoever begins anew finds that out once.
    behind: Option<Vec<u8>>,
    /// A portion whose write was handed over: the next one is prepared while the disk has this one.
    under_way: Option<Begun>,
    /// The next portion is prepared once nothing is under way.
    is_careful: bool,
    /// How often this portion was read again.
    tries: usize,
}

impl Undo {
    fn until_told(
        &mut self,
        app: &App,
        ctx_for: &dyn Fn(&Import) -> Result<Ctx, Error>,
        stop: &AtomicBool,
    ) -> Result<(), Error> {
        while self.import.state == ImportState::Undoing && !stop.load(Ordering::Acquire) {
            let mut ctx = ctx_for(&self.import)?;
            if app.is_disk_low()? {
                self.settle(app)?;
                return wait_for_room(app, &ctx, &self.import);
            }
            ctx.request = format!("undo-import-{}", self.import.meta.id);
            match self.portion(app, &ctx) {
                Ok(()) => self.tries = 0,
                // Somebody changed one of the records in this very moment, took a value that one gets back, or stopped it:
                // read again.
                Err(Error::Conflict(_) | Error::NotFound | Error::Invalid(_)) if self.tries < TRIES_MAX => {
                    app.store.wait_past(u64::MAX, REST * u32::from(self.tries > 0));
                    let import = app.store.get::<Import>(self.import.meta.id)?.ok_or(Error::NotFound)?;
                    let tries = self.tries + 1;
                    *self = Undo { import, behind: None, under_way: None, is_careful: true, tries };
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Waits for the portion that is under way.
    fn settle(&mut self, app: &App) -> Result<(), Error> {
        self.under_way.take().map_or(Ok(()), |begun| app.end(begun))
    }

    /// Some records of rows from the end that are not taken back yet; or the end.
    fn portion(&mut self, app: &App, ctx: &Ctx) -> Result<(), Error> {
        // Answers to leads change records that others have, too.
        if self.is_careful || has_order(app) || self.import.entity == Kind::Activity {
            self.settle(app)?;
        }
        let is_alone = self.under_way.is_none();
        let (mut write, mut counts) = (ctx.write(), self.import.undo);
        let enough = if self.import.entity == Kind::Activity {
            OPERATIONS_ENOUGH_OF_ACTIVITIES
        } else {
            OPERATIONS_ENOUGH
        };
        let (mut behind, mut is_whole) = (self.behind.clone(), true);
        each_rows(app, self.import.id(), Direction::Backward, self.behind.clone(), &mut |key, record| {
            let is_open = |row: &ImportedRow| is_to_take_back(row) && row.undo.is_none();
            if record.rows.iter().any(is_open) {
                let after;
                (after, is_whole) = take_back(app, &self.import, &mut write, &record, &mut counts, is_alone)?;
                if after != record {
                    write.update(&record, after);
                }
            }
            if is_whole {
                behind = Some(key.to_vec());
            }
            Ok(is_whole && write.operations() < enough)
        })?;
        leads::follow_answers(app, &mut write)?;
        let is_nothing = write.operations() == 0;
        if is_nothing && !is_alone {
            // It may be the last one, or hang on what is under way.
            return self.settle(app);
        }
        let after = if is_nothing {
            let undone_at = Some(ctx.at);
            Import { state: ImportState::Undone, undone_at, failure: None, ..self.import.clone() }
        } else {
            Import { undo: counts, failure: None, ..self.import.clone() }
        };
        let after = write.next(&self.import, after);
        write.update(&self.import, after.clone());
        self.settle(app)?;
        self.under_way = Some(app.begin(write)?);
        (self.import, self.behind, self.is_careful) = (after, behind, !is_whole);
        Ok(())
    }
}

pub(crate) fn is_to_take_back(row: &ImportedRow) -> bool {
    matches!(row.outcome, RowOutcome::Created | RowOutcome::Updated)
}

fn take_back(
    app: &App,
    import: &Import,
    write: &mut Write,
    record: &ImportedRows,
    counts: &mut UndoCounts,
    is_alone: bool,
) -> Result<(ImportedRows, bool), Error> {
    let mut after = record.clone();
    for row in after.rows.iter_mut().rev() {
        if !is_to_take_back(row) || row.undo.is_some() {
            continue;
        }
        let entity = row.entity.unwrap_or(import.entity);
        let taken = for_importable!(entity, R => match row.outcome {
            RowOutcome::Created => remove::<R>(app, import, write, row, is_alone),
            _ => restore::<R>(app, write, row).map(Some),
        })?;
        // What belongs to it may be going in this very portion, or in the one under way: the next one looks again.
        let Some((outcome, why)) = taken else {
            return Ok((after, false));
        };
        counts.add(outcome, &why);
        row.undo = Some(outcome);
        row.why = why.chars().take(IMPORTED_WHY_CHARACTERS_MAX).collect();
    }
    Ok((after, true))
}

type Taken = (UndoOutcome, String);

/// A record that the import made; nothing where it is to be looked at again.
fn remove<R: Importable>(
    app: &App,
    import: &Import,
    write: &mut Write,
    row: &ImportedRow,
    is_alone: bool,
) -> Result<Option<Taken>, Error> {
    let kept = |why: &str| Ok(Some((UndoOutcome::Kept, why.to_owned())));
    let Some(now) = app.store.get::<R>(row.id)? else {
        return kept("undo-gone");
    };
    // A row of the file was what others led to: first it is as it was made.
    if write.is_of(R::KIND, row.id) {
        return Ok(None);
    }
    let uses = R::uses(app, row.id)?;
    // What hangs on it may be going in this very portion.
    if (uses.records > 0 || uses.notes > 0) && !(is_alone && write.is_empty()) {
        return Ok(None);
    }
    if uses.records > 0 {
        return kept("in-use");
    }
    let is_as_made = uses.notes == 0 && is_of_import_alone(app, import, row, now.meta().version)?;
    if !is_as_made && import.changed_since == ChangedSince::Keep {
        return kept("undo-changed");
    }
    match R::remove(app, write, &now) {
        // So much is written about it that no write takes it all.
        Err(Error::Invalid(_)) => return kept("in-use"),
        removed => removed?,
    }
    let why = if is_as_made { "" } else { "undo-changed" };
    Ok(Some((UndoOutcome::Undone, why.to_owned())))
}

/// Whether nobody but the import itself changed what it made.
fn is_of_import_alone(app: &App, import: &Import, row: &ImportedRow, version: u64) -> Result<bool, Error> {
    if version == row.version {
        return Ok(true);
    }
    let way = Via::Import(import.id());
    let changes = app.store.timeline(row.id, None, CHANGES_LOOKED_AT)?;
    let since = changes.iter().filter(|change| change.id == row.id && change.version > row.version);
    let known = since.clone().count() as u64 == version - row.version;
    Ok(known && since.into_iter().all(|change| change.by.via == way))
}

/// A record that the import changed: each field that is still as the import left it is as before.
fn restore<R: Importable>(app: &App, write: &mut Write, row: &ImportedRow) -> Result<Taken, Error> {
    let kept = |why: &str| Ok((UndoOutcome::Kept, why.to_owned()));
    let Some(now) = app.store.get::<R>(row.id)? else {
        return kept("undo-gone");
    };
    let Some(change) = change_of(app, R::KIND, row.id, row.version)? else {
        return kept("undo-unknown");
    };
    let Value::Object(fields) = json::to_value(&now).map_err(Error::internal)? else {
        return kept("undo-unknown");
    };
    let left = change.after.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    // What only one record may have, and another one has by now, stays with that.
    let mut taken: Vec<String> = Vec::new();
    loop {
        let mut back = Back { fields: fields.clone(), put_back: 0, changed_since: Vec::new() };
        for (name, before) in &change.before {
            back.restore(name, before, &left, &taken);
        }
        let Ok(former) = json::from_value::<R>(Value::Object(back.fields)) else {
            return kept("undo-unknown");
        };
        match taken_field(app, &former)? {
            Some(field) if !taken.contains(&field) => taken.push(field),
            Some(_) => return kept("undo-unknown"),
            None if back.put_back == 0 => return Ok((UndoOutcome::Kept, back.changed_since.join(","))),
            None => {
                R::change(write, &now, former);
                let is_whole = back.changed_since.is_empty();
                let outcome = if is_whole { UndoOutcome::Undone } else { UndoOutcome::Partly };
                return Ok((outcome, back.changed_since.join(",")));
            }
        }
    }
}

/// A unique field whose value another record has.
fn taken_field<R: Importable>(app: &App, record: &R) -> Result<Option<String>, Error> {
    for entry in record.indexes().into_iter().filter(|entry| entry.unique) {
        if app.store.find(&entry.key)?.is_some_and(|holder| holder != record.meta().id) {
            return Ok(IndexKey::unique_field(&entry.key).map(str::to_owned));
        }
    }
    Ok(None)
}

/// A record on its way back, field by field.
struct Back {
    fields: Map<String, Value>,
    put_back: usize,
    /// Keys of fields that stay as somebody changed them.
    changed_since: Vec<String>,
}

impl Back {
    fn restore(&mut self, name: &str, before: &Value, left: &Map<String, Value>, taken: &[String]) {
        let tells = !BOOKKEEPING.contains(&name);
        if name == OWN {
            self.restore_own(before, left.get(OWN), taken);
        } else if self.fields.get(name) == left.get(name) && !taken.iter().any(|field| field == name) {
            put(&mut self.fields, name, before);
            self.put_back += usize::from(tells);
        } else if tells {
            self.changed_since.push(name.to_owned());
        }
    }

    /// The company's own fields, each by itself.
    fn restore_own(&mut self, before: &Value, left: Option<&Value>, taken: &[String]) {
        let nothing = Map::new();
        let before = before.as_object().unwrap_or(&nothing);
        let left = left.and_then(Value::as_object).unwrap_or(&nothing);
        let mut now = self.fields.get(OWN).and_then(Value::as_object).cloned().unwrap_or_default();
        for name in before.keys().chain(left.keys().filter(|name| !before.contains_key(*name))) {
            if before.get(name) == left.get(name) {
                continue;
            }
            let key = model::own_key(name);
            if now.get(name) == left.get(name) && !taken.contains(&key) {
                put(&mut now, name, before.get(name).unwrap_or(&Value::Null));
                self.put_back += 1;
            } else {
                self.changed_since.push(key);
            }
        }
        self.fields.insert(OWN.to_owned(), Value::Object(now));
    }
}

/// A field that was not there has no value of its own kind, not even «nothing».
fn put(fields: &mut Map<String, Value>, name: &str, value: &Value) {
    if value.is_null() {
        fields.remove(name);
    } else {
        fields.insert(name.to_owned(), value.clone());
    }
}
