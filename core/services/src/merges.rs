//! Several leads, companies or contacts become one: field by field, with everything that belonged to the others, in one
//! write; and for a month back again.

mod addresses;
mod choosing;
mod gone;
mod moving;
mod undo;

pub use choosing::Choice;
pub(crate) use gone::{absorbed_by, answering, changes, delete_of, instead, is_own_key};
pub use gone::{answers, former_titles, of};
pub use undo::{in_the_way, undo};

use crate::error::none_of;
use crate::records::{self, Record};
use crate::{App, Ctx, Error, consents, people, permissions, records::rules::Around, settings};
use choosing::{Mergeable, for_mergeable};
use model::uuid::Uuid;
use model::{
    Action, AnyRecord, Consent, FieldErrors, FieldValue, Kind, MATCHED, MERGE_TAKEN_MAX, MERGED_MAX, Merge,
    Meta,
};
use std::collections::BTreeMap;

/// Records that belong to those that go: all of them move in one transaction, which everybody waits for some tenths of a
/// second. Whoever has more stays, and the others become a part of it.
pub const MOVED_MAX: usize = 9_000;
/// Ids of an address that are looked at: enough to tell that they are too many.
const NAMED_MAX: usize = 2 * MERGED_MAX;
/// Somebody else may change one of the records that move in the same moment: so often all is read again.
const TRIES_MAX: u32 = 20;
/// People who may merge that are named: somebody to ask is enough.
const WHO_MAY_MAX: usize = 3;
/// Records that belong to each are counted up to here: which has most is the one that is proposed to stay.
pub const LINKED_COUNTED_MAX: usize = 1_000;

/// What the page of a merge begins with.
pub struct Offer {
    pub kind: Kind,
    /// In the order in which they were named.
    pub records: Vec<Record>,
    /// Which one is proposed to stay: the one to which most belongs, then the oldest.
    pub survivor: Uuid,
    /// Which ones may stay at all: the caller may change it and delete all others.
    pub may_stay: Vec<Uuid>,
    /// How many records belong to each, up to [`LINKED_COUNTED_MAX`].
    pub linked: Vec<usize>,
    /// Fields in which any of them has a value.
    pub choices: Vec<Choice>,
}

/// What somebody wants to become of several records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergeDraft {
    pub survivor: Uuid,
    pub others: Vec<Uuid>,
    /// As they were when somebody looked at them; those that are not here may have any version.
    pub versions: BTreeMap<Uuid, u64>,
    /// For fields by their keys the record whose value stays; the others as [`Choice::usual`] says.
    pub take: BTreeMap<String, Uuid>,
}

/// For the page, before anything is done.
pub fn offer(app: &App, ctx: &Ctx, kind: Kind, ids: &[Uuid]) -> Result<Offer, Error> {
    for_mergeable!(kind, R => offer_of::<R>(app, ctx, ids))
}

fn offer_of<R: Mergeable>(app: &App, ctx: &Ctx, ids: &[Uuid]) -> Result<Offer, Error> {
    // Whoever does not see one is told that and nothing else.
    let ids = each_once(ids);
    let all =
        ids.iter().map(|id| read::<R>(app, ctx, *id, Action::See)).collect::<Result<Vec<R>, Error>>()?;
    several(ids.clone())?;
    let may = |record: &R, action| permissions::require_record(ctx, record, action).is_ok();
    let may_stay: Vec<Uuid> = all
        .iter()
        .filter(|one| may(one, Action::Change))
        .map(|one| one.meta().id)
        .filter(|id| all.iter().all(|other| other.meta().id == *id || may(other, Action::Delete)))
        .collect();
    let linked = ids.iter().map(|id| moving::count(app, *id)).collect::<Result<Vec<usize>, Error>>()?;
    let most =
        all.iter().zip(&linked).filter(|(one, _)| may_stay.contains(&one.meta().id)).max_by_key(
            |(one, linked)| (**linked, std::cmp::Reverse((one.meta().created_at, one.meta().id))),
        );
    let survivor = most.map(|(one, _)| one.meta().id).ok_or(Error::Denied)?;
    let choices = choosing::choices(&app.frame(), &all);
    Ok(Offer {
        kind: R::KIND,
        records: all.into_iter().map(|one| Box::new(one) as Record).collect(),
        survivor,
        may_stay,
        linked,
        choices,
    })
}

fn each_once(ids: &[Uuid]) -> Vec<Uuid> {
    let mut each: Vec<Uuid> = Vec::new();
    for id in ids.iter().take(NAMED_MAX) {
        if !each.contains(id) {
            each.push(*id);
        }
    }
    each
}

/// Two at least, and not too many.
fn several(each: Vec<Uuid>) -> Result<Vec<Uuid>, Error> {
    match each.len() {
        0 | 1 => Err(Error::invalid("", "merge-one", "")),
        2..=MERGED_MAX => Ok(each),
        _ => Err(Error::invalid("", "merge-many", MERGED_MAX.to_string())),
    }
}

/// Makes one of several, for those who may change the one that stays and delete the others: everything that belongs to
/// them moves, tags and consents are united, and their keys in other systems find the one that stays. All of it in one
/// write.
pub fn merge(app: &App, ctx: &Ctx, kind: Kind, draft: &MergeDraft) -> Result<Merge, Error> {
    for_mergeable!(kind, R => merge_of::<R>(app, ctx, draft))
}

fn merge_of<R: Mergeable>(app: &App, ctx: &Ctx, draft: &MergeDraft) -> Result<Merge, Error> {
    let named: Vec<Uuid> = [draft.survivor].into_iter().chain(draft.others.iter().copied()).collect();
    let ids = several(each_once(&named))?;
    for _ in 0..TRIES_MAX {
        let survivor: R = read(app, ctx, ids[0], Action::Change)?;
        let others = ids[1..]
            .iter()
            .map(|id| read::<R>(app, ctx, *id, Action::Delete))
            .collect::<Result<Vec<R>, Error>>()?;
        for one in [&survivor].into_iter().chain(&others) {
            if draft.versions.get(&one.meta().id).is_some_and(|version| *version != one.meta().version) {
                return Err(app.conflict(one, one));
            }
        }
        match write(app, ctx, &survivor, &others, draft) {
            // Something that moves changed in this moment, or one of these: they are looked at again.
            Err(Error::Conflict(_) | Error::NotFound) => {}
            Err(error) => return Err(error),
            Ok(id) => {
                follow(app, ctx, id)?;
                return app.store.get::<Merge>(id)?.ok_or(Error::NotFound);
            }
        }
    }
    Err(Error::Busy { retry_after_s: 1 })
}

/// All of it, or nothing with every problem said.
fn write<R: Mergeable>(
    app: &App,
    ctx: &Ctx,
    survivor: &R,
    others: &[R],
    draft: &MergeDraft,
) -> Result<Uuid, Error> {
    let (frame, settings) = (app.frame(), settings::get(app, ctx)?);
    let around = Around { app, ctx, frame: &frame, settings: &settings, made: &[] };
    let mut errors = FieldErrors::default();
    let (mut after, taken) = choosing::united(&around, survivor, others, &draft.take, &mut errors)?;
    let said = said_by(app, survivor, others)?;
    if said.len() > consents::CONSENTS_MAX {
        errors.add("consents", "too-many", consents::CONSENTS_MAX.to_string());
    }
    after.settle_said(&said);
    let bytes = crate::notes::bytes_of(&after);
    if errors.is_empty() && bytes > model::RECORD_BYTES_MAX {
        errors.add("description", "record-too-big", model::RECORD_BYTES_MAX.to_string());
    }
    none_of(errors)?;

    let gone: Vec<Uuid> = others.iter().map(|other| other.meta().id).collect();
    let stays = survivor.meta().id;
    let id = ctx.new_id();
    let mut write = ctx.write_as(&Merge::request(id)).long();
    R::count(&mut write, Some(survivor), Some(&after));
    let keys = keys_of(&after, survivor, others);
    write.update(survivor, after);
    for other in others {
        R::count(&mut write, Some(other), None);
        write.delete(other);
    }
    let moved = moving::move_all(app, &mut write, &gone, stays)?;
    let merge = Merge {
        meta: Meta::new(id, ctx.at, ctx.actor()),
        entity: R::KIND,
        survivor: stays,
        answers: stays,
        absorbed: gone,
        keys,
        taken: taken.into_iter().take(MERGE_TAKEN_MAX).collect(),
        moved: u32::try_from(moved).unwrap_or(u32::MAX),
        undone: None,
    };
    write.create(merge);
    app.commit(write)?;
    Ok(id)
}

/// What all of them said about the use of their data.
fn said_by<R: Mergeable>(app: &App, survivor: &R, others: &[R]) -> Result<Vec<Consent>, Error> {
    let mut said = Vec::new();
    for one in [survivor].into_iter().chain(others) {
        said.extend(consents::of_record(app, one.meta().id)?);
    }
    Ok(said)
}

/// The keys of those that go, and the former one of who stays: all but the one that it has now.
fn keys_of<R: Mergeable>(after: &R, survivor: &R, others: &[R]) -> Vec<String> {
    let key = |record: &R| match record.built_in("external_key") {
        FieldValue::Text(key) => Some(key),
        _ => None,
    };
    let kept = key(after);
    let mut keys: Vec<String> = [survivor].into_iter().chain(others).filter_map(key).collect();
    keys.retain(|key| Some(key) != kept.as_ref());
    keys
}

/// What began to belong to one of those that went between the look and the write belongs to who stayed, too.
fn follow(app: &App, ctx: &Ctx, id: Uuid) -> Result<(), Error> {
    for _ in 0..TRIES_MAX {
        let Some(merge) = app.store.get::<Merge>(id)?.filter(Merge::is_in_force) else { return Ok(()) };
        let mut write = ctx.write_as(&Merge::request(id)).long();
        if moving::move_all(app, &mut write, &merge.absorbed, merge.answers)? == 0 {
            return Ok(());
        }
        match app.commit(write) {
            Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// A merge, for those who see what came of it.
pub fn get(app: &App, ctx: &Ctx, id: Uuid) -> Result<Merge, Error> {
    ctx.caller()?;
    let merge = app.store.get::<Merge>(id)?.ok_or(Error::NotFound)?;
    records::visible(app, ctx, merge.entity, merge.answers)?.ok_or(Error::NotFound)?;
    Ok(merge)
}

/// Whether records of this entity can become one.
pub fn is_mergeable(kind: Kind) -> bool {
    MATCHED.contains(&kind)
}

/// Whether the caller may merge records of this entity at all: for buttons. The deed asks record by record.
pub fn may(ctx: &Ctx, kind: Kind) -> bool {
    is_mergeable(kind)
        && permissions::may(ctx, kind, Action::Change)
        && permissions::may(ctx, kind, Action::Delete)
}

/// Who may merge this record, for whoever may not: people by name, those who manage before administrators.
pub fn who_may(app: &App, ctx: &Ctx, record: &dyn AnyRecord) -> Result<Vec<String>, Error> {
    let people = people::all(app, ctx)?;
    let (mut found, mut administrators) = (Vec::new(), Vec::new());
    for user in people.active() {
        let caller = permissions::caller(app, user.clone())?;
        let named = if caller.is_administrator { &mut administrators } else { &mut found };
        let theirs = ctx.clone().with_caller(caller, ctx.via.clone());
        let may = |action| permissions::require_record(&theirs, record, action).is_ok();
        if is_mergeable(record.entity()) && may(Action::Change) && may(Action::Delete) {
            named.push(user.name.clone());
        }
    }
    found.append(&mut administrators);
    found.truncate(WHO_MAY_MAX);
    Ok(found)
}

/// A record the caller may do this to; where it has become a part of another, that says so.
fn read<R: Mergeable>(app: &App, ctx: &Ctx, id: Uuid, action: Action) -> Result<R, Error> {
    ctx.caller()?;
    match app.store.get::<R>(id)? {
        Some(record) => {
            permissions::require_record(ctx, &record, action)?;
            Ok(record)
        }
        None => Err(instead(app, ctx, R::KIND, id)?),
    }
}
