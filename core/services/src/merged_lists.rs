//! The entries of several index lists as one list, without doubles: for leads and every other entity.

use crate::{App, Error};
use store::{Direction, Scan};

/// Entries read from the index at a time.
const CHUNK: usize = 256;

/// Several lists of the same order as one, without doubles. What follows a list's prefix compares across lists.
pub(crate) struct Merge<'a> {
    app: &'a App,
    lists: Vec<OneList>,
    direction: Direction,
}

/// What follows the prefix of a list, and the value of the entry.
pub(crate) type ListEntry = (Vec<u8>, Vec<u8>);

struct OneList {
    prefix: Vec<u8>,
    /// Read and not taken yet, in reverse, so that the next one is at the end.
    waiting: Vec<ListEntry>,
    after: Option<Vec<u8>>,
    exhausted: bool,
}

impl<'a> Merge<'a> {
    pub(crate) fn new(
        app: &'a App,
        prefixes: Vec<Vec<u8>>,
        after: Option<Vec<u8>>,
        direction: Direction,
    ) -> Merge<'a> {
        let lists = prefixes
            .into_iter()
            .map(|prefix| {
                let after = after.as_ref().map(|suffix| [prefix.as_slice(), suffix].concat());
                OneList { prefix, waiting: Vec::new(), after, exhausted: false }
            })
            .collect();
        Merge { app, lists, direction }
    }

    /// What follows the prefix, and the value of the entry.
    pub(crate) fn next(&mut self) -> Result<Option<ListEntry>, Error> {
        self.fill()?;
        if let [list] = self.lists.as_mut_slice() {
            return Ok(list.waiting.pop());
        }
        let first = self.lists.iter().filter_map(|list| list.waiting.last()).map(|(suffix, _)| suffix);
        let chosen = match self.direction {
            Direction::Forward => first.min(),
            Direction::Backward => first.max(),
        };
        let Some(chosen) = chosen.cloned() else {
            return Ok(None);
        };
        let mut found = None;
        for list in &mut self.lists {
            if list.waiting.last().is_some_and(|(suffix, _)| *suffix == chosen) {
                found = list.waiting.pop();
            }
        }
        Ok(found)
    }

    pub(crate) fn has_more(&mut self) -> Result<bool, Error> {
        self.fill()?;
        Ok(self.lists.iter().any(|list| !list.waiting.is_empty()))
    }

    fn fill(&mut self) -> Result<(), Error> {
        for list in &mut self.lists {
            if list.exhausted || !list.waiting.is_empty() {
                continue;
            }
            let entries = self.app.store.scan(&Scan {
                prefix: list.prefix.clone(),
                after: list.after.take(),
                direction: self.direction,
                limit: CHUNK,
            })?;
            list.exhausted = entries.len() < CHUNK;
            list.after = entries.last().map(|entry| entry.key.clone());
            list.waiting = entries
                .into_iter()
                .rev()
                .map(|mut entry| {
                    entry.key.drain(..list.prefix.len());
                    (entry.key, entry.value)
                })
                .collect();
        }
        Ok(())
    }
}
