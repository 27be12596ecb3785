//! The steps from older formats of the data to the present one.

use crate::batch::Batch;
use crate::engine::{Engine, EngineError, Tree, for_each};
use crate::{stretches, typed};
use model::json::{self, Value};
use model::uuid::Uuid;
use model::{IndexEntry, Kind, space};

/// Records whose index entries are written together: a batch of some thousand entries.
const RECORDS_AT_ONCE: usize = 500;
/// Index entries that are deleted together.
const ENTRIES_AT_ONCE: usize = 5_000;

/// One step from a format to a later one. It may be cut short and run again: it must come to the same result.
pub(crate) struct Migration {
    pub(crate) from: u64,
    pub(crate) to: u64,
    pub(crate) run: fn(&dyn Engine) -> Result<(), EngineError>,
}

/// The entities that had fields of the company's own when format 5 came.
const WITH_OWN_FIELDS: [Kind; 5] =
    [Kind::Lead, Kind::Company, Kind::Contact, Kind::Opportunity, Kind::Product];

/// Every step there is, oldest first.
///
/// - 1 → 2: entries of lists of leads hold the key of the lead's source, which was a number before.
/// - 3 → 4: entries by which duplicates are found.
/// - 4 → 5: entries by which records are found that lead to another by a field of the company's own.
/// - 5 → 6: entries of the inbox of leads.
/// - 2 → 3: stretches of the journal, in which the audit log looks for changes.
/// - 6 → 7: notes stand in the lists of activities and among the links of what they are about, no more in a group of it.
///   Their records stay as the journal has them: whoever reads one reads it as an activity.
/// - 7 → 8: entries of the boards of opportunities, of which nothing is left.
/// - 8 → 9: no entries of boards any more, and entries of lists of opportunities without their stage: both are read from
///   the journal.
/// - 9 → 10: entries of reminders.
/// - 10 → 11: entries of lists of products stand by the exact price.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration { from: 1, to: 2, run: |engine| write_indexes_again(engine, Kind::Lead) },
    Migration { from: 2, to: 3, run: stretches::build },
    Migration {
        from: 3,
        to: 4,
        run: |engine| model::MATCHED.into_iter().try_for_each(|kind| write_indexes_again(engine, kind)),
    },
    Migration {
        from: 4,
        to: 5,
        run: |engine| WITH_OWN_FIELDS.into_iter().try_for_each(|kind| write_indexes_again(engine, kind)),
    },
    Migration { from: 5, to: 6, run: |engine| write_indexes_again(engine, Kind::Lead) },
    Migration {
        from: 6,
        to: 7,
        run: |engine| {
            leave_groups_of_notes(engine)?;
            write_indexes_again(engine, Kind::Activity)
        },
    },
    Migration { from: 7, to: 8, run: |_| Ok(()) },
    Migration {
        from: 8,
        to: 9,
        run: |engine| {
            forget_entries(engine, &[BOARD])?;
            write_indexes_again(engine, Kind::Opportunity)
        },
    },
    Migration { from: 9, to: 10, run: |engine| write_indexes_again(engine, Kind::Activity) },
    Migration {
        from: 10,
        to: 11,
        run: |engine| {
            forget_entries(engine, &[space::RECORD_LIST, Kind::Product.tag()])?;
            write_indexes_again(engine, Kind::Product)
        },
    },
];

/// The index entries of boards, while there were any.
const BOARD: u8 = 16;

/// Deletes all index entries whose keys begin so.
fn forget_entries(engine: &dyn Engine, prefix: &[u8]) -> Result<(), EngineError> {
    let mut batch = Batch::default();
    for_each(engine, Tree::Index, prefix, |entry| {
        batch.delete(Tree::Index, entry.key.clone());
        if batch.len() >= ENTRIES_AT_ONCE {
            engine.apply(&std::mem::take(&mut batch))?;
        }
        Ok::<(), EngineError>(())
    })?;
    engine.apply(&batch)
}

/// Takes notes out of the group of the record that they are about.
fn leave_groups_of_notes(engine: &dyn Engine) -> Result<(), EngineError> {
    let (mut batch, mut records) = (Batch::default(), 0);
    for_each(engine, Tree::Records, &[Kind::Activity.tag()], |entry| {
        let note: Value = json::from_slice(&entry.value).map_err(|error| EngineError(Box::new(error)))?;
        let id = |path: &str| note.pointer(path)?.as_str()?.parse::<Uuid>().ok();
        if let (Some(about), Some(id)) = (id("/about"), id("/meta/id")) {
            batch.delete(Tree::Index, IndexEntry::member(Kind::Activity, about, id).key);
        }
        records += 1;
        if records % RECORDS_AT_ONCE == 0 {
            engine.apply(&std::mem::take(&mut batch))?;
        }
        Ok::<(), EngineError>(())
    })?;
    engine.apply(&batch)
}

/// Writes all index entries of an entity as its records say. For new entries and changes of values: entries whose keys
/// are not asked for any more stay.
fn write_indexes_again(engine: &dyn Engine, kind: Kind) -> Result<(), EngineError> {
    let (mut batch, mut records) = (Batch::default(), 0);
    for_each(engine, Tree::Records, &[kind.tag()], |entry| {
        let derived = typed::derive(kind, &entry.value).map_err(|error| EngineError(Box::new(error)))?;
        for index in derived.indexes {
            batch.put(Tree::Index, index.key, index.value);
        }
        records += 1;
        if records % RECORDS_AT_ONCE == 0 {
            engine.apply(&std::mem::take(&mut batch))?;
        }
        Ok::<(), EngineError>(())
    })?;
    engine.apply(&batch)
}
