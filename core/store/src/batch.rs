//! Puts and deletes over the four trees that are applied together.

use crate::engine::{Engine, EngineError, Tree};
use std::collections::BTreeMap;

/// For each tree the last word on each key: a value, or gone.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    trees: [BTreeMap<Vec<u8>, Option<Vec<u8>>>; 4],
}

impl Batch {
    pub fn put(&mut self, tree: Tree, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.trees[tree.position()].insert(key.into(), Some(value.into()));
    }

    pub fn delete(&mut self, tree: Tree, key: impl Into<Vec<u8>>) {
        self.trees[tree.position()].insert(key.into(), None);
    }

    /// In key order.
    pub fn operations(&self, tree: Tree) -> impl Iterator<Item = (&[u8], Option<&[u8]>)> {
        self.trees[tree.position()].iter().map(|(key, value)| (key.as_slice(), value.as_deref()))
    }

    pub fn len(&self) -> usize {
        self.trees.iter().map(BTreeMap::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.trees.iter().all(BTreeMap::is_empty)
    }

    /// `Some(None)` says that the batch deletes the key.
    fn word_on(&self, tree: Tree, key: &[u8]) -> Option<Option<&[u8]>> {
        self.trees[tree.position()].get(key).map(Option::as_deref)
    }

    pub(crate) fn puts(&self, tree: Tree, key: &[u8]) -> bool {
        matches!(self.word_on(tree, key), Some(Some(_)))
    }

    /// Everything of `later` on top of this.
    pub(crate) fn absorb(&mut self, later: Batch) {
        for (mine, theirs) in self.trees.iter_mut().zip(later.trees) {
            if mine.is_empty() {
                *mine = theirs;
            } else {
                mine.extend(theirs);
            }
        }
    }
}

/// The state that a write meets: what is stored, what earlier writes of the batch change, what itself changes so far.
pub(crate) struct View<'a> {
    pub(crate) engine: &'a dyn Engine,
    pub(crate) pending: &'a Batch,
    pub(crate) own: Batch,
}

impl View<'_> {
    pub(crate) fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        for batch in [&self.own, self.pending] {
            if let Some(word) = batch.word_on(tree, key) {
                return Ok(word.map(<[u8]>::to_vec));
            }
        }
        self.engine.get(tree, key)
    }
}
