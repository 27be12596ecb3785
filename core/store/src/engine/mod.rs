//! What the store asks of the engine below it: ordered keys, an atomic batch, and two steps to the disk.

mod sled_engine;

pub use crate::batch::Batch;
pub use sled_engine::SledEngine;
pub(crate) use sled_engine::panic_text;

/// sled keeps up to 16 entries in a leaf and writes a leaf of more than 128 KiB as a file that it never syncs.
pub const VALUE_BYTES_MAX: usize = 8 * 1024;

/// Keys are held in memory by the dozen for each leaf; ours are under 100 bytes, only unique texts are longer.
pub const KEY_BYTES_MAX: usize = 1024;

/// What one scan gives back at most: with the values of list indexes about a megabyte.
pub const SCAN_ENTRIES_MAX: usize = 10_000;

/// The four key spaces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tree {
    Records,
    Index,
    Journal,
    Meta,
}

impl Tree {
    pub const ALL: [Tree; 4] = [Tree::Records, Tree::Index, Tree::Journal, Tree::Meta];

    pub fn name(self) -> &'static str {
        match self {
            Tree::Records => "rec",
            Tree::Index => "idx",
            Tree::Journal => "log",
            Tree::Meta => "meta",
        }
    }

    /// Before the keys of this space, where all lie in one tree; never another meaning.
    fn tag(self) -> u8 {
        match self {
            Tree::Records => 1,
            Tree::Index => 2,
            Tree::Journal => 3,
            Tree::Meta => 4,
        }
    }

    pub(crate) fn position(self) -> usize {
        match self {
            Tree::Records => 0,
            Tree::Index => 1,
            Tree::Journal => 2,
            Tree::Meta => 3,
        }
    }
}

/// Which way a scan goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Direction {
    #[default]
    Forward,
    Backward,
}

/// A part of a tree, in key order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scan {
    /// Only keys that begin so.
    pub prefix: Vec<u8>,
    /// The full key after which, in the scan's direction, it goes on; that key itself is left out.
    pub after: Option<Vec<u8>>,
    pub direction: Direction,
    /// At most [`SCAN_ENTRIES_MAX`] count.
    pub limit: usize,
}

/// One key with its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub key: Vec<u8>,
    pub value: Vec<u8>,
}

/// The engine could not do it; in its own words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct EngineError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// The contract. `tests/store/contract.rs` checks an implementation against it.
///
/// - Keys are ordered by their bytes.
/// - [`Engine::apply`] is atomic, also over a crash: all of a batch is there afterwards, or nothing.
///   What was applied earlier is never missing when something applied later is there.
/// - What `apply` returned for is seen by every read that begins afterwards.
/// - What was applied before [`Engine::sync`] returned survives the end of the process and of the power.
/// - A scan is ordered and sees each key at most once, but is no snapshot: it may see a part of a batch.
pub trait Engine: Send + Sync {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError>;

    fn scan(&self, tree: Tree, scan: &Scan) -> Result<Vec<Entry>, EngineError>;

    fn apply(&self, batch: &Batch) -> Result<(), EngineError>;

    /// Hands everything applied to the operating system: it survives the end of the process.
    fn flush(&self) -> Result<(), EngineError>;

    /// Forces everything flushed to the disk: it survives the end of the power.
    fn sync(&self) -> Result<(), EngineError>;

    /// Bytes in files.
    fn disk_bytes(&self) -> Result<u64, EngineError>;
}

/// Goes through a whole part of a tree, a page at a time, so that memory stays flat.
pub(crate) fn for_each<E: From<EngineError>>(
    engine: &dyn Engine,
    tree: Tree,
    prefix: &[u8],
    mut visit: impl FnMut(Entry) -> Result<(), E>,
) -> Result<(), E> {
    const PAGE_ENTRIES: usize = 1_000;
    let mut scan = Scan { prefix: prefix.to_vec(), limit: PAGE_ENTRIES, ..Scan::default() };
    loop {
        let page = engine.scan(tree, &scan)?;
        let Some(last) = page.last() else { return Ok(()) };
        scan.after = Some(last.key.clone());
        for entry in page {
            visit(entry)?;
        }
    }
}
