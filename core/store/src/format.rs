//! The version of the data's format, and the way from older ones.

use crate::batch::Batch;
use crate::engine::{Engine, EngineError, Scan, Tree};
use crate::error::OpenError;
use crate::keys;
use crate::migrations::{MIGRATIONS, Migration};
use std::path::Path;

/// The format that this Tracte writes. Goes up when keys or values change so that an older Tracte,
/// or this one without a migration, would misread them. New optional fields of records are no new format.
pub const FORMAT: u64 = 11;

/// The oldest export that can be imported: records are written there as they are now, and indexes are built anew.
pub(crate) const EXPORT_FORMAT_MIN: u64 = 1;

/// Marks an empty folder, migrates an older one, refuses what it does not know.
pub(crate) fn prepare(engine: &dyn Engine, dir: &Path) -> Result<(), OpenError> {
    prepare_to(engine, dir, FORMAT, MIGRATIONS)
}

/// Says that the data is whole, in the present format, and on the disk.
pub(crate) fn mark(engine: &dyn Engine, format: u64) -> Result<(), EngineError> {
    let mut batch = Batch::default();
    batch.put(Tree::Meta, keys::FORMAT, format.to_be_bytes());
    engine.apply(&batch)?;
    engine.flush()?;
    engine.sync()
}

fn prepare_to(
    engine: &dyn Engine,
    dir: &Path,
    known: u64,
    migrations: &[Migration],
) -> Result<(), OpenError> {
    let Some(value) = engine.get(Tree::Meta, keys::FORMAT)? else {
        for tree in Tree::ALL {
            if !engine.scan(tree, &Scan { limit: 1, ..Scan::default() })?.is_empty() {
                return Err(OpenError::Unfinished { dir: dir.to_owned() });
            }
        }
        return Ok(mark(engine, known)?);
    };
    let mut found = keys::number(&value).ok_or_else(|| OpenError::Damaged {
        dir: dir.to_owned(),
        message: "the format number is not a number".to_owned(),
    })?;
    if found > known {
        return Err(OpenError::TooNew { dir: dir.to_owned(), found, known });
    }
    while found < known {
        let Some(migration) = migrations.iter().find(|migration| migration.from == found) else {
            return Err(OpenError::TooOld { dir: dir.to_owned(), found, known });
        };
        let failed = |source| OpenError::Migration { dir: dir.to_owned(), from: found, source };
        (migration.run)(engine).map_err(failed)?;
        mark(engine, migration.to).map_err(failed)?;
        found = migration.to;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::SledEngine;

    const STEPS: &[Migration] = &[
        Migration { from: 1, to: 2, run: |engine| append(engine, "two") },
        Migration { from: 2, to: 3, run: |engine| append(engine, "three") },
    ];

    fn append(engine: &dyn Engine, word: &str) -> Result<(), EngineError> {
        let old = engine.get(Tree::Meta, b"words")?.unwrap_or_default();
        let mut batch = Batch::default();
        batch.put(Tree::Meta, b"words", [old, word.as_bytes().to_vec()].concat());
        engine.apply(&batch)
    }

    fn check(found: Option<u64>, known: u64, expected: Result<&str, &str>) {
        let dir = tempfile::tempdir().unwrap();
        let engine = SledEngine::open(dir.path(), 1 << 20).unwrap();
        if let Some(found) = found {
            mark(&engine, found).unwrap();
        }
        let result = prepare_to(&engine, dir.path(), known, STEPS);
        match (result, expected) {
            (Ok(()), Ok(words)) => {
                let stored = engine.get(Tree::Meta, b"words").unwrap().unwrap_or_default();
                assert_eq!(String::from_utf8(stored).unwrap(), words);
                let format = engine.get(Tree::Meta, keys::FORMAT).unwrap().unwrap();
                assert_eq!(keys::number(&format), Some(known));
            }
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{error}"),
            (result, expected) => panic!("{result:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn older_formats_are_migrated_and_unknown_ones_refused() {
        check(None, 3, Ok(""));
        check(Some(3), 3, Ok(""));
        check(Some(2), 3, Ok("three"));
        check(Some(1), 3, Ok("twothree"));
        check(Some(0), 3, Err("can no longer migrate"));
        check(Some(4), 3, Err("Start it with a newer Tracte"));
    }
}
