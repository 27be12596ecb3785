//! What is kept of the rows of an import: which records they are, and what is wrong with the others; read piece by piece.

use crate::{App, Error};
use model::{ImportId, ImportProblems, ImportedRows, RowProblems};
use std::collections::HashSet;
use store::{Direction, TakeMember, Write};

/// Records deleted in one transaction.
const DELETED_AT_ONCE: usize = 200;

/// Records of what became of rows, from the first or from the last, behind a key of the index; `read` says whether to go
/// on.
pub(crate) fn each_rows(
    app: &App,
    import: ImportId,
    direction: Direction,
    after: Option<Vec<u8>>,
    read: &mut TakeMember<'_, ImportedRows, Error>,
) -> Result<(), Error> {
    /// Entries read from the index at a time.
    const CHUNK: usize = 200;
    app.store.each_member(import.0, (direction, after), CHUNK, read)
}

/// The numbers of the rows of which a run said what became of them.
pub(crate) fn rows_done(app: &App, import: ImportId) -> Result<HashSet<u64>, Error> {
    let mut done = HashSet::new();
    each_rows(app, import, Direction::Forward, None, &mut |_, record| {
        // What was made for a row says nothing of the row itself.
        done.extend(record.rows.iter().filter(|row| row.entity.is_none()).map(|row| row.row));
        Ok(true)
    })?;
    each_problem(app, import, &mut |row| {
        done.insert(row.row);
        Ok(())
    })?;
    Ok(done)
}

/// All rows with problems, about in their order.
pub(crate) fn each_problem(
    app: &App,
    import: ImportId,
    read: &mut dyn FnMut(RowProblems) -> Result<(), Error>,
) -> Result<(), Error> {
    each_problem_record(app, import, &mut |record| {
        for row in record.rows {
            read(row)?;
        }
        Ok(true)
    })
}

pub(crate) fn each_problem_record(
    app: &App,
    import: ImportId,
    read: &mut dyn FnMut(ImportProblems) -> Result<bool, Error>,
) -> Result<(), Error> {
    /// Entries read from the index at a time.
    const CHUNK: usize = 500;
    app.store.each_member(import.0, (Direction::Forward, None), CHUNK, &mut |_, record| read(record))
}

/// Before a run begins anew, what the former one found goes away.
pub(crate) fn forget_problems(app: &App, write: &dyn Fn() -> Write, import: ImportId) -> Result<(), Error> {
    loop {
        let mut some = write();
        each_problem_record(app, import, &mut |record| {
            some.delete(&record);
            Ok(some.operations() < DELETED_AT_ONCE)
        })?;
        if some.is_empty() {
            return Ok(());
        }
        match app.commit(some) {
            Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
}
