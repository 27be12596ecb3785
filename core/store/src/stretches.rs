//! The audit log's way through a long journal: for each stretch of it, which entities changed there, who did it and
//! between which times. Small entries, so that a search skips what holds nothing.

use crate::batch::Batch;
use crate::engine::{Engine, EngineError, SCAN_ENTRIES_MAX, Scan, Tree, for_each};
use crate::error::ReadError;
use crate::open::Store;
use crate::reads::decode_change;
use crate::{Direction, keys};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{Actor, Change, IndexKey, Kind, Via, space};
use std::collections::BTreeMap;

/// Changes of one stretch. With fewer, each change costs more entries; with more, a rare change is longer looked for.
pub const STRETCH_CHANGES: u64 = 256;

/// Changes of this facet are of any entity, by anybody.
const FACET_ALL: u8 = 0;
const FACET_KIND: u8 = 1;
const FACET_ACTOR: u8 = 2;

/// The first and the last time in a stretch. Changes are not in the order of their times: a company that brings its
/// past along writes it in a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Span {
    first_us: i64,
    last_us: i64,
}

impl Span {
    fn of(at: Timestamp) -> Span {
        let at = at.as_microsecond();
        Span { first_us: at, last_us: at }
    }

    pub(crate) fn with(self, other: Span) -> Span {
        Span { first_us: self.first_us.min(other.first_us), last_us: self.last_us.max(other.last_us) }
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        [self.first_us.to_be_bytes(), self.last_us.to_be_bytes()].concat()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Span> {
        let (first, last) = bytes.split_at_checked(8)?;
        Some(Span {
            first_us: i64::from_be_bytes(first.try_into().ok()?),
            last_us: i64::from_be_bytes(last.try_into().ok()?),
        })
    }
}

/// The keys that a change asks for, with its time.
pub(crate) fn entries(change: &Change) -> Vec<(Vec<u8>, Span)> {
    let stretch = change.seq / STRETCH_CHANGES;
    let span = Span::of(change.at);
    let (person, way) = actors(&change.by);
    let facets = [Some(all()), Some(of_kind(change.kind)), Some(of_actor(person)), way.map(of_actor)];
    facets.into_iter().flatten().map(|facet| (facet.unsigned(stretch).bytes(), span)).collect()
}

fn all() -> IndexKey {
    IndexKey::new(space::STRETCH).byte(FACET_ALL)
}

fn of_kind(kind: Kind) -> IndexKey {
    IndexKey::new(space::STRETCH).byte(FACET_KIND).byte(kind.tag())
}

fn of_actor(actor: Uuid) -> IndexKey {
    IndexKey::new(space::STRETCH).byte(FACET_ACTOR).id(actor)
}

/// The user, nil for the system itself; and the key or import through which it came.
fn actors(by: &Actor) -> (Uuid, Option<Uuid>) {
    let way = match &by.via {
        Via::Api(key) => Some(key.0),
        Via::Import(import) => Some(import.0),
        Via::Page | Via::Form | Via::System => None,
    };
    (by.user.map_or(Uuid::nil(), |user| user.0), way)
}

/// The entries of changes that are taken in the order of the journal, a stretch at a time.
#[derive(Default)]
pub(crate) struct Stretches {
    number: u64,
    spans: BTreeMap<Vec<u8>, Span>,
}

impl Stretches {
    /// Takes a change; gives back the entries of the stretch before it, once that is over.
    pub(crate) fn take(&mut self, change: &Change) -> BTreeMap<Vec<u8>, Span> {
        let number = change.seq / STRETCH_CHANGES;
        let over = if number == self.number { BTreeMap::new() } else { self.rest() };
        self.number = number;
        for (key, at) in entries(change) {
            let span = self.spans.get(&key).map_or(at, |known| known.with(at));
            self.spans.insert(key, span);
        }
        over
    }

    /// The entries of the last stretch.
    pub(crate) fn rest(&mut self) -> BTreeMap<Vec<u8>, Span> {
        std::mem::take(&mut self.spans)
    }
}

/// From a journal that has none: the step to format 2.
pub(crate) fn build(engine: &dyn Engine) -> Result<(), EngineError> {
    let mut stretches = Stretches::default();
    for_each::<EngineError>(engine, Tree::Journal, &[], |entry| {
        let change = decode_change(&entry.key, &entry.value).map_err(|error| EngineError(Box::new(error)))?;
        put(engine, stretches.take(&change))
    })?;
    put(engine, stretches.rest())
}

fn put(engine: &dyn Engine, spans: BTreeMap<Vec<u8>, Span>) -> Result<(), EngineError> {
    if spans.is_empty() {
        return Ok(());
    }
    let mut batch = Batch::default();
    for (key, span) in spans {
        batch.put(Tree::Index, key, span.bytes());
    }
    engine.apply(&batch)
}

/// Which changes are looked for.
#[derive(Clone, Debug, Default)]
pub struct Look {
    pub kind: Option<Kind>,
    /// A user, key or import; nil for the system itself.
    pub actor: Option<Uuid>,
    /// At this time or later.
    pub from: Option<Timestamp>,
    /// Before this time.
    pub until: Option<Timestamp>,
    /// Only changes with smaller numbers.
    pub before: Option<u64>,
    /// Changes read at most: the work of one look.
    pub examined_max: usize,
}

impl Look {
    /// Whether a change is one of those; it does not look at its number.
    pub fn matches(&self, change: &Change) -> bool {
        let (person, way) = actors(&change.by);
        self.kind.is_none_or(|kind| kind == change.kind)
            && self.actor.is_none_or(|actor| actor == person || Some(actor) == way)
            && self.from.is_none_or(|from| change.at >= from)
            && self.until.is_none_or(|until| change.at < until)
    }

    fn touches(&self, span: Span) -> bool {
        self.from.is_none_or(|from| span.last_us >= from.as_microsecond())
            && self.until.is_none_or(|until| span.first_us < until.as_microsecond())
    }

    /// The narrowest facet, and one that a stretch must have besides.
    fn facets(&self) -> (IndexKey, Option<IndexKey>) {
        match (self.actor, self.kind) {
            (Some(actor), kind) => (of_actor(actor), kind.map(of_kind)),
            (None, Some(kind)) => (of_kind(kind), None),
            (None, None) => (all(), None),
        }
    }
}

/// How a look ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Looked {
    /// Where to go on, as the next look's `before`; absent when the journal's beginning was reached.
    pub next: Option<u64>,
    /// Changes read.
    pub examined: usize,
}

impl Store {
    /// Calls `take` with each change that is looked for, newest first, until it says `false`, the work is done or there
    /// is enough of it. Only durable changes.
    pub fn look(&self, look: &Look, take: &mut dyn FnMut(Change) -> bool) -> Result<Looked, ReadError> {
        let end = self.head() + 1;
        let before = look.before.map_or(end, |before| before.min(end));
        let mut walk = Walk { store: self, look, examined: 0 };
        let next = walk.stretches(before, take)?;
        Ok(Looked { next, examined: walk.examined })
    }
}

struct Walk<'a> {
    store: &'a Store,
    look: &'a Look,
    examined: usize,
}

impl Walk<'_> {
    fn stretches(
        &mut self,
        before: u64,
        take: &mut dyn FnMut(Change) -> bool,
    ) -> Result<Option<u64>, ReadError> {
        let (facet, other) = self.look.facets();
        let stretch_of = |before: u64| before.saturating_sub(1) / STRETCH_CHANGES;
        let scan = Scan {
            prefix: facet.clone().bytes(),
            after: Some(facet.clone().unsigned(stretch_of(before) + 1).bytes()),
            direction: Direction::Backward,
            limit: SCAN_ENTRIES_MAX,
        };
        let found = self.store.scan(&scan)?;
        let is_all = found.len() < SCAN_ENTRIES_MAX;
        let mut reached = before;
        for entry in found {
            let number = keys::number(entry.key.get(entry.key.len().saturating_sub(8)..).unwrap_or_default());
            let (Some(number), Some(span)) = (number, Span::from_bytes(&entry.value)) else { continue };
            reached = before.min(number * STRETCH_CHANGES);
            if !self.look.touches(span) || !self.has_also(other.as_ref(), number)? {
                continue;
            }
            if let Some(next) = self.changes(number, before, take)? {
                return Ok((next > 1).then_some(next));
            }
            if self.examined >= self.look.examined_max {
                return Ok((reached > 1).then_some(reached));
            }
        }
        Ok((!is_all).then_some(reached))
    }

    fn has_also(&self, other: Option<&IndexKey>, number: u64) -> Result<bool, ReadError> {
        let Some(other) = other else { return Ok(true) };
        let span = self.store.shared.engine.get(Tree::Index, &other.clone().unsigned(number).bytes())?;
        Ok(span.as_deref().and_then(Span::from_bytes).is_some_and(|span| self.look.touches(span)))
    }

    /// The changes of one stretch; where to go on when `take` has enough.
    fn changes(
        &mut self,
        number: u64,
        before: u64,
        take: &mut dyn FnMut(Change) -> bool,
    ) -> Result<Option<u64>, ReadError> {
        let first = number * STRETCH_CHANGES;
        let end = before.min(first + STRETCH_CHANGES);
        let scan = Scan {
            after: Some(end.to_be_bytes().to_vec()),
            direction: Direction::Backward,
            limit: usize::try_from(end.saturating_sub(first)).unwrap_or(usize::MAX),
            ..Scan::default()
        };
        for entry in self.store.shared.engine.scan(Tree::Journal, &scan)? {
            let change = decode_change(&entry.key, &entry.value)?;
            if change.seq < first {
                // The first stretch begins with change 1, not 0.
                break;
            }
            self.examined += 1;
            let seq = change.seq;
            if self.look.matches(&change) && !take(change) {
                return Ok(Some(seq));
            }
        }
        Ok(None)
    }
}
