//! Records of every entity that are changed for the company's sake: handed over when somebody leaves, and given their
//! entry when a field of the company's own becomes unique.

use super::rules::Rules;
use super::{ENTITIES, recode};
use crate::{App, Ctx, Error};
use model::{Entity, Frame, IndexKey, Kind, User, UserId, list_of_owner};
use std::ops::ControlFlow;
use store::{Direction as Way, Scan};

/// Makes somebody responsible for records of somebody who leaves: so many at most, all of it in this write. Returns how
/// many. What is closed stays unless it is to go, too.
pub(crate) fn move_some(
    app: &App,
    write: &mut store::Write,
    from: UserId,
    heir: &User,
    closed_too: bool,
    room: usize,
) -> Result<usize, Error> {
    let mut moved = 0;
    for kind in ENTITIES {
        moved += for_entity!(kind, E => move_some_of::<E>(app, write, from, heir, closed_too, room - moved))?;
    }
    Ok(moved)
}

fn move_some_of<E: Entity + Rules>(
    app: &App,
    write: &mut store::Write,
    from: UserId,
    heir: &User,
    closed_too: bool,
    room: usize,
) -> Result<usize, Error> {
    let (mut moved, mut after) = (0, None);
    while moved < room {
        let prefix = list_of_owner(E::KIND, from, 0).bytes();
        let entries = app.store.scan(&Scan { prefix, after, direction: Way::Forward, limit: room })?;
        for entry in &entries {
            let Some(id) = IndexKey::record_at_end(&entry.key) else { continue };
            let Some(before) = app.store.get::<E>(id)?.filter(|record| closed_too || record.is_open()) else {
                continue;
            };
            let mut record = before.clone();
            let common = record.common_mut();
            common.owner = Some(heir.id());
            if !common.team.is_some_and(|team| heir.teams.contains(&team)) {
                common.team = heir.teams.first().copied().or(common.team);
            }
            write.update(&before, record);
            moved += 1;
            if moved == room {
                return Ok(moved);
            }
        }
        if entries.len() < room {
            break;
        }
        after = entries.last().map(|entry| entry.key.clone());
    }
    Ok(moved)
}

/// Gives the records that have a value in a unique own field the entry that keeps others from having it.
pub(crate) fn claim_all(app: &App, ctx: &Ctx, frame: &Frame, kind: Kind, name: &str) -> Result<(), Error> {
    let mut lacking = Vec::new();
    recode::each(app, kind, &|_, _| true, &mut |record| {
        if record.own().contains_key(name) {
            lacking.push(record.about().id);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    for_entity!(kind, E => {
        for id in lacking {
            while let Some(before) = app.store.get::<E>(id)? {
                let mut after = before.clone();
                after.common_mut().unique_fields =
                    crate::own_values::claims(frame, kind, &before.common().custom);
                let mut write = ctx.write();
                write.update(&before, after);
                match app.commit(write) {
                    // Somebody changed it in this moment: once more with what it is now.
                    Err(Error::Conflict(_)) => {}
                    Err(Error::NotFound) | Ok(_) => break,
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    })
}
