//! Leads that come with whose they are, or with nothing left to do: no rule hands them out.

use super::Round;
use crate::leads::{count_open, give};
use crate::{App, Error};
use model::{Assignment, Lead, Team, User, UserId};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

impl Round {
    /// Adds them to the write, each with the owner that it names, of whom `why` says why it is theirs. They are nobody's turn.
    pub(crate) fn keep(
        &self,
        app: &App,
        write: &mut store::Write,
        leads: Vec<Lead>,
        why: Option<&Assignment>,
    ) -> Result<(), Error> {
        let mut known: BTreeMap<UserId, Option<User>> = BTreeMap::new();
        for mut lead in leads {
            lead.team = lead.team.or(self.ground.team.as_ref().map(Team::id));
            if let Some(owner) = lead.owner.take() {
                let user = match known.entry(owner) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(unknown) => unknown.insert(app.store.get::<User>(owner.0)?),
                };
                if let (Some(user), Some(why)) = (user, why) {
                    give(&mut lead, user, why.clone(), &self.ground.clock);
                }
            }
            count_open(write, None, Some(&lead));
            write.create(lead);
        }
        Ok(())
    }
}
