//! The company's configuration in memory: read from the store when it opens and after each change of it.

use crate::{App, Error};
use model::{Configured, Frame, Piece, ReadPieces, Settings};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Pieces of one kind: more is no configuration any more but data.
pub(crate) const PIECES_MAX: usize = 5_000;

/// The frame as it is now. Reading takes an `Arc`; a change puts another one in its place.
#[derive(Default)]
pub(crate) struct FrameCell {
    now: RwLock<Arc<Frame>>,
    /// Held while it is read again, so that an older state never replaces a newer one.
    reading: Mutex<()>,
}

struct FromStore<'a>(&'a store::Store);

impl ReadPieces for FromStore<'_> {
    type Error = Error;

    fn pieces<P: Piece>(&self) -> Result<Vec<Configured<P>>, Error> {
        let mut all: Vec<Configured<P>> = Vec::new();
        while all.len() < PIECES_MAX {
            let after = all.last().map(|piece| piece.meta.id);
            let some = self.0.records::<Configured<P>>(after, store::MEMBERS_MAX)?;
            let is_last = some.len() < store::MEMBERS_MAX;
            all.extend(some);
            if is_last {
                break;
            }
        }
        Ok(all)
    }
}

impl FrameCell {
    /// Reads everything from the store.
    pub(crate) fn read(&self, store: &store::Store) -> Result<(), Error> {
        let _one_at_a_time = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let settings = store.get::<Settings>(Settings::ID)?;
        let frame = Frame::read(settings, &FromStore(store))?;
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(frame);
        Ok(())
    }

    fn now(&self) -> Arc<Frame> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl App {
    /// The company's configuration as it is now.
    pub fn frame(&self) -> Arc<Frame> {
        self.frame.now()
    }

    /// Commits a change of the configuration and reads it again: whoever asks afterwards gets the new one.
    pub(crate) fn commit_configuration(&self, write: store::Write) -> Result<u64, Error> {
        let seq = self.commit(write)?;
        self.frame.read(&self.store)?;
        Ok(seq)
    }
}
