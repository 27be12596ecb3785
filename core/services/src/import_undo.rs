//! Taking an import back: what it made goes, what it changed is as before, from the last row to the first; what somebody
//! changed since is left alone or goes field by field, and told. A job like the run, safe against crashes.

use crate::bulk_runs::change_of;
use crate::import_runs::{each_rows, wait_for_room};
use crate::imports::entities::{Importable, for_importable};
use crate::imports::has_order;
use crate::{App, Ctx, Error};
use model::json::{self, Map, Value};
use model::{
    ChangedSince, IMPORTED_WHY_CHARACTERS_MAX, Import, ImportState, ImportedRow, ImportedRows, RowOutcome,
    UndoCounts, UndoOutcome,
};
use std::sync::atomic::{AtomicBool, Ordering};
use store::{Begun, Direction, Write};

/// A portion ends here, below the store's limit: the record of rows that is on its way may add a note or more to each.
const OPERATIONS_ENOUGH: usize = 700;
/// Of the own fields within a record.
const OWN: &str = "custom";
/// What follows from others and has no place in a report.
const BOOKKEEPING: [&str; 3] = ["meta", "unique_fields", "assignment"];

/// Takes back until it is done or told to stop.
pub(crate) fn work(
    app: &App,
    import: &Import,
    ctx_for: &dyn Fn(&Import) -> Result<Ctx, Error>,
    stop: &AtomicBool,
) -> Result<(), Error> {
    let mut undo = Undo { import: import.clone(), behind: None, under_way: None, is_careful: false };
    let worked = undo.until_told(app, ctx_for, stop);
    // What is under way is done whatever happens here; somebody may have changed one of its records before it.
    match undo.settle(app) {
        Err(Error::Conflict(_) | Error::NotFound) => worked,
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
                Ok(()) => {}
                // Somebody changed one of the records in this very moment, or stopped it: read again.
                Err(Error::Conflict(_) | Error::NotFound) => {
                    let import = app.store.get::<Import>(self.import.meta.id)?.ok_or(Error::NotFound)?;
                    *self = Undo { import, behind: None, under_way: None, is_careful: true };
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
        if self.is_careful || has_order(app) {
            self.settle(app)?;
        }
        let is_alone = self.under_way.is_none();
        let (mut write, mut counts) = (ctx.write(), self.import.undo);
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
            Ok(is_whole && write.operations() < OPERATIONS_ENOUGH)
        })?;
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
        counts.add(outcome);
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
    let uses = R::uses(app, row.id)?;
    if uses.records > 0 {
        return if is_alone && write.is_empty() { kept("in-use") } else { Ok(None) };
    }
    let is_as_made = now.meta().version == row.version && uses.notes == 0;
    if !is_as_made && import.changed_since == ChangedSince::Keep {
        return kept("undo-changed");
    }
    R::remove(app, write, &now)?;
    let why = if is_as_made { "" } else { "undo-changed" };
    Ok(Some((UndoOutcome::Undone, why.to_owned())))
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
    let Value::Object(mut fields) = json::to_value(&now).map_err(Error::internal)? else {
        return kept("undo-unknown");
    };
    let left = change.after.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    let mut changed_since = Vec::new();
    let mut put_back = 0;
    for (name, before) in &change.before {
        if name == OWN {
            restore_own(&mut fields, before, left.get(OWN), &mut put_back, &mut changed_since);
        } else if fields.get(name) == left.get(name) {
            put(&mut fields, name, before);
            put_back += usize::from(!BOOKKEEPING.contains(&name.as_str()));
        } else if !BOOKKEEPING.contains(&name.as_str()) {
            changed_since.push(name.clone());
        }
    }
    let Ok(former) = json::from_value::<R>(Value::Object(fields)) else {
        return kept("undo-unknown");
    };
    if put_back == 0 {
        return Ok((UndoOutcome::Kept, changed_since.join(",")));
    }
    R::change(write, &now, former);
    let outcome = if changed_since.is_empty() { UndoOutcome::Undone } else { UndoOutcome::Partly };
    Ok((outcome, changed_since.join(",")))
}

/// The company's own fields, each by itself.
fn restore_own(
    fields: &mut Map<String, Value>,
    before: &Value,
    left: Option<&Value>,
    put_back: &mut usize,
    changed_since: &mut Vec<String>,
) {
    let nothing = Map::new();
    let before = before.as_object().unwrap_or(&nothing);
    let left = left.and_then(Value::as_object).unwrap_or(&nothing);
    let mut now = fields.get(OWN).and_then(Value::as_object).cloned().unwrap_or_default();
    for name in before.keys().chain(left.keys().filter(|name| !before.contains_key(*name))) {
        if before.get(name) == left.get(name) {
            continue;
        }
        if now.get(name) == left.get(name) {
            put(&mut now, name, before.get(name).unwrap_or(&Value::Null));
            *put_back += 1;
        } else {
            changed_since.push(model::own_key(name));
        }
    }
    fields.insert(OWN.to_owned(), Value::Object(now));
}

/// A field that was not there has no value of its own kind, not even «nothing».
fn put(fields: &mut Map<String, Value>, name: &str, value: &Value) {
    if value.is_null() {
        fields.remove(name);
    } else {
        fields.insert(name.to_owned(), value.clone());
    }
}
