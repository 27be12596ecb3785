//! What is kept of the rows of an import: which records they are, and what is wrong with the others; read piece by piece.

use super::problems_prefix;
use crate::{App, Error};
use model::{ImportId, ImportProblems, ImportedRows, IndexKey, Kind, RowProblems};
use store::{Direction, Scan, Write};

/// Records deleted in one transaction.
const DELETED_AT_ONCE: usize = 200;

/// Takes what stands behind a key of the index, and says whether to go on.
pub(crate) type ReadRows<'a> = dyn FnMut(&[u8], ImportedRows) -> Result<bool, Error> + 'a;

/// Records of what became of rows, from the first or from the last, behind a key of the index; `read` says whether to go
/// on.
pub(crate) fn each_rows(
    app: &App,
    import: ImportId,
    direction: Direction,
    after: Option<Vec<u8>>,
    read: &mut ReadRows<'_>,
) -> Result<(), Error> {
    /// Entries read from the index at a time.
    const CHUNK: usize = 200;
    let prefix = IndexKey::members(Kind::ImportedRows, import.0).bytes();
    let mut after = after;
    loop {
        let scan = Scan { prefix: prefix.clone(), after, direction, limit: CHUNK };
        let entries = app.store.scan(&scan)?;
        for entry in &entries {
            let Some(id) = IndexKey::record_at_end(&entry.key) else { continue };
            let Some(record) = app.store.get::<ImportedRows>(id)? else { continue };
            if !read(&entry.key, record)? {
                return Ok(());
            }
        }
        after = entries.last().map(|entry| entry.key.clone());
        if entries.len() < CHUNK {
            return Ok(());
        }
    }
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
    let prefix = problems_prefix(import);
    let mut after = None;
    loop {
        let scan = Scan { prefix: prefix.clone(), after, direction: Direction::Forward, limit: CHUNK };
        let entries = app.store.scan(&scan)?;
        for entry in &entries {
            let Some(id) = IndexKey::record_at_end(&entry.key) else { continue };
            let Some(record) = app.store.get::<ImportProblems>(id)? else { continue };
            if !read(record)? {
                return Ok(());
            }
        }
        after = entries.last().map(|entry| entry.key.clone());
        if entries.len() < CHUNK {
            return Ok(());
        }
    }
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
