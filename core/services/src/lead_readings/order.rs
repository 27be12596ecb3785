//! Leads by their points. What follows the prefix of an index list stands here as a key, so that pages of this order are
//! turned like those of any other.

use super::ready;
use crate::{App, Error};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{Lead, LeadFacet};
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use store::Direction;

/// Points, the time of creation, the id.
const KEY_BYTES: usize = 25;
/// Entries that are taken out of the order at a time.
const CHUNK: usize = 256;

type Key = [u8; KEY_BYTES];

/// All leads by points; of those with as many, the older first.
#[derive(Default)]
pub(crate) struct Order {
    entries: BTreeMap<Key, Box<[u8]>>,
    places: HashMap<Uuid, Key>,
}

impl Order {
    pub(super) fn put(&mut self, lead: &Lead, points: u8) {
        self.forget(lead.meta.id);
        let key = key_of(lead, points);
        self.entries.insert(key, LeadFacet::of(lead).bytes().into_boxed_slice());
        self.places.insert(lead.meta.id, key);
    }

    pub(super) fn forget(&mut self, id: Uuid) {
        if let Some(key) = self.places.remove(&id) {
            self.entries.remove(&key);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    fn after(&self, after: Option<Key>, direction: Direction) -> Vec<(Vec<u8>, Vec<u8>)> {
        #[expect(clippy::borrowed_box, reason = "the map hands out what it holds")]
        let entry = |(key, facet): (&Key, &Box<[u8]>)| (key.to_vec(), facet.to_vec());
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        match direction {
            Direction::Forward => {
                self.entries.range((from, Bound::Unbounded)).take(CHUNK).map(entry).collect()
            }
            Direction::Backward => {
                self.entries.range((Bound::Unbounded, from)).rev().take(CHUNK).map(entry).collect()
            }
        }
    }

    pub(super) fn contents(&self) -> Vec<String> {
        #[expect(clippy::borrowed_box, reason = "the map hands out what it holds")]
        let line =
            |(key, facet): (&Key, &Box<[u8]>)| format!("{} {}", crate::ctx::hex(key), crate::ctx::hex(facet));
        self.entries.iter().map(line).collect()
    }
}

fn key_of(lead: &Lead, points: u8) -> Key {
    let mut key = [points; KEY_BYTES];
    // Shifted by 2⁶³, so that byte order is the order of time.
    let created = lead.meta.created_at.as_millisecond().cast_unsigned() ^ (1 << 63);
    key[1..9].copy_from_slice(&created.to_be_bytes());
    key[9..].copy_from_slice(lead.meta.id.as_bytes());
    key
}

/// A walk through the order: chunk by chunk, so that nobody waits for somebody's long list.
pub(crate) struct ByScore<'a> {
    app: &'a App,
    direction: Direction,
    /// Taken out and not told yet, in reverse, so that the next one is at the end.
    waiting: Vec<(Vec<u8>, Vec<u8>)>,
    after: Option<Key>,
    is_exhausted: bool,
}

impl<'a> ByScore<'a> {
    /// After the key of a page before; one that was tampered with is some place in the order.
    pub(crate) fn new(
        app: &'a App,
        at: Timestamp,
        after: Option<Vec<u8>>,
        direction: Direction,
    ) -> Result<ByScore<'a>, Error> {
        ready(app, at)?;
        let key = |bytes: Vec<u8>| {
            let mut key = [0; KEY_BYTES];
            key.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte);
            key
        };
        Ok(ByScore { app, direction, waiting: Vec::new(), after: after.map(key), is_exhausted: false })
    }

    /// The key, and the value of the entry.
    pub(crate) fn next(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        self.fill();
        self.waiting.pop()
    }

    pub(crate) fn has_more(&mut self) -> bool {
        self.fill();
        !self.waiting.is_empty()
    }

    fn fill(&mut self) {
        if self.is_exhausted || !self.waiting.is_empty() {
            return;
        }
        let found = self.app.lead_readings.look(|order, _| order.after(self.after, self.direction));
        let mut found = found.unwrap_or_default();
        self.is_exhausted = found.len() < CHUNK;
        if let Some(last) = found.last().and_then(|(key, _)| Key::try_from(key.as_slice()).ok()) {
            self.after = Some(last);
        }
        found.reverse();
        self.waiting = found;
    }
}
