//! What belongs to records that become one: found by the index, moved by their ids, whichever field it is that holds them.

use super::MOVED_MAX;
use crate::{App, Error};
use model::json::{self, Map, Value};
use model::uuid::Uuid;
use model::{
    Activity, Company, Consent, Contact, Distinct, Entity, IndexKey, Kind, Lead, Merge, Opportunity, Product,
    Record, linking_at_end, own_linking, space,
};
use std::collections::BTreeSet;
use store::{Direction, Scan, Write};

/// Calls a generic function for an entity whose records can belong to another: a new one is one line.
macro_rules! for_linked {
    ($entity:expr, $R:ident => $call:expr) => {
        match $entity {
            model::Kind::Lead => {
                type $R = model::Lead;
                $call
            }
            model::Kind::Company => {
                type $R = model::Company;
                $call
            }
            model::Kind::Contact => {
                type $R = model::Contact;
                $call
            }
            model::Kind::Opportunity => {
                type $R = model::Opportunity;
                $call
            }
            model::Kind::Product => {
                type $R = model::Product;
                $call
            }
            model::Kind::Activity => {
                type $R = model::Activity;
                $call
            }
            model::Kind::Quote => {
                type $R = model::Quote;
                $call
            }
            model::Kind::Document => {
                type $R = model::Document;
                $call
            }
            model::Kind::Consent => {
                type $R = model::Consent;
                $call
            }
            model::Kind::Merge => {
                type $R = model::Merge;
                $call
            }
            model::Kind::Distinct => {
                type $R = model::Distinct;
                $call
            }
            _ => Err($crate::Error::NotFound),
        }
    };
}
pub(super) use for_linked;

/// Entities whose records are in the group of the one they are about.
const IN_GROUPS: [Kind; 2] = [Kind::Consent, Kind::Distinct];

/// A record that can belong to another.
pub(super) trait Linked: Record + 'static {
    /// After ids in it were replaced; `before` still has the former ones.
    fn moved(&mut self, _before: &Self, _gone: &[Uuid]) {}
}

impl Linked for Company {}
impl Linked for Product {}
impl Linked for Activity {}
impl Linked for model::Quote {}
impl Linked for model::Document {}
impl Linked for Consent {}
impl Linked for Distinct {}

impl Linked for Opportunity {
    fn moved(&mut self, _before: &Opportunity, _gone: &[Uuid]) {
        self.tidy_links();
    }
}

impl Linked for Contact {
    fn moved(&mut self, _before: &Contact, _gone: &[Uuid]) {
        self.tidy_links();
    }
}

impl Linked for Lead {
    /// What the conversion made went into what was there already: taking it back must not delete that.
    fn moved(&mut self, before: &Lead, gone: &[Uuid]) {
        if let (Some(conversion), Some(former)) = (&mut self.conversion, &before.conversion) {
            conversion.made = former.made.iter().copied().filter(|id| !gone.contains(id)).collect();
        }
    }
}

impl Linked for Merge {
    /// What became of whom stays as it was; only who answers is another one.
    fn moved(&mut self, before: &Merge, _gone: &[Uuid]) {
        self.survivor = before.survivor;
        self.absorbed.clone_from(&before.absorbed);
    }
}

type Piece = (Kind, Uuid);

/// How many records belong to one, up to [`super::LINKED_COUNTED_MAX`].
pub(super) fn count(app: &App, id: Uuid) -> Result<usize, Error> {
    let mut found = BTreeSet::new();
    collect(app, id, super::LINKED_COUNTED_MAX, &mut found)?;
    Ok(found.len().min(super::LINKED_COUNTED_MAX))
}

/// Adds what belongs to a record: by a field of its own entity, by one of the company's own, or as something about it.
fn collect(app: &App, id: Uuid, limit: usize, found: &mut BTreeSet<Piece>) -> Result<(), Error> {
    let mut prefixes = vec![IndexKey::new(space::LINKS).id(id), own_linking(id)];
    // The key of a group has the entity before the group.
    prefixes.extend(IN_GROUPS.into_iter().map(|kind| IndexKey::members(kind, id)));
    for (place, prefix) in prefixes.into_iter().enumerate() {
        let prefix = prefix.bytes();
        let mut after = None;
        while found.len() <= limit {
            let chunk = (limit + 1).min(store::SCAN_ENTRIES_MAX);
            let scan = Scan { prefix: prefix.clone(), after, direction: Direction::Forward, limit: chunk };
            let entries = app.store.scan(&scan)?;
            let piece = |key: &[u8]| match place.checked_sub(2) {
                None => linking_at_end(key),
                Some(group) => IndexKey::record_at_end(key).map(|id| (IN_GROUPS[group], id)),
            };
            found.extend(entries.iter().filter_map(|entry| piece(&entry.key)));
            if entries.len() < chunk {
                break;
            }
            after = entries.last().map(|entry| entry.key.clone());
        }
    }
    Ok(())
}

/// Moves everything that belongs to those that are gone to the one that stays, in this write. How many records.
pub(super) fn move_all(app: &App, write: &mut Write, gone: &[Uuid], stays: Uuid) -> Result<usize, Error> {
    let mut found = BTreeSet::new();
    for id in gone {
        collect(app, *id, MOVED_MAX, &mut found)?;
    }
    found.retain(|(_, id)| *id != stays && !gone.contains(id));
    if found.len() > MOVED_MAX {
        return Err(Error::invalid("", "merge-large", MOVED_MAX.to_string()));
    }
    let mut moved = 0;
    let mut pairs = BTreeSet::new();
    for (kind, id) in found {
        if kind == Kind::Distinct {
            apart(app, write, id, gone, stays, &mut pairs)?;
            continue;
        }
        moved += for_linked!(kind, R => move_one::<R>(app, write, id, gone, stays))?;
    }
    for id in gone {
        for merge in app.store.members::<Merge>(*id, store::MEMBERS_MAX)? {
            if merge.is_in_force() && merge.answers == *id {
                move_one::<Merge>(app, write, merge.meta.id, gone, stays)?;
            }
        }
    }
    Ok(moved)
}

fn move_one<R: Linked>(
    app: &App,
    write: &mut Write,
    id: Uuid,
    gone: &[Uuid],
    stays: Uuid,
) -> Result<usize, Error> {
    let Some(before) = app.store.get::<R>(id)? else { return Ok(0) };
    let mut value = json::to_value(&before).map_err(Error::internal)?;
    replace(&mut value, gone, stays);
    let mut after: R = json::from_value(value).map_err(Error::internal)?;
    after.moved(&before, gone);
    if after == before {
        return Ok(0);
    }
    write.update_on(&before, after, gone);
    Ok(1)
}

/// That two are not the same one is said of the one that stays, too; between those that become one it says nothing more.
fn apart(
    app: &App,
    write: &mut Write,
    id: Uuid,
    gone: &[Uuid],
    stays: Uuid,
    pairs: &mut BTreeSet<Uuid>,
) -> Result<(), Error> {
    let Some(before) = app.store.get::<Distinct>(id)? else { return Ok(()) };
    let of = if gone.contains(&before.one) { before.one } else { before.other };
    let (kind, beside) = before.beside(of);
    let is_one = beside == stays || gone.contains(&beside);
    if is_one || app.store.find(&Distinct::key(stays, beside))?.is_some() || !pairs.insert(beside) {
        write.delete(&before);
    } else {
        let own = if before.one == of { before.one_kind } else { before.other_kind };
        let after = Distinct::new(before.meta.clone(), (own, stays), (kind, beside));
        write.update_on(&before, after, gone);
    }
    Ok(())
}

/// Puts another id in place of some, wherever they stand. Ids are never the same by chance, so that a text which is one of
/// these is a way to that record.
pub(super) fn replace(value: &mut Value, from: &[Uuid], to: Uuid) {
    match value {
        Value::String(text) if from.iter().any(|id| *text == id.to_string()) => *text = to.to_string(),
        Value::Array(values) => values.iter_mut().for_each(|value| replace(value, from, to)),
        Value::Object(fields) => fields.values_mut().for_each(|value| replace(value, from, to)),
        _ => {}
    }
}

/// The same value without a way to one record.
pub(super) fn without(value: &mut Value, id: Uuid) {
    match value {
        Value::String(text) if *text == id.to_string() => *value = Value::Null,
        Value::Array(values) => values.retain(|value| !mentions(value, id)),
        Value::Object(fields) => fields.values_mut().for_each(|value| without(value, id)),
        _ => {}
    }
}

/// Whether an id stands anywhere in a value.
pub(super) fn mentions(value: &Value, id: Uuid) -> bool {
    match value {
        Value::String(text) => *text == id.to_string(),
        Value::Array(values) => values.iter().any(|value| mentions(value, id)),
        Value::Object(fields) => fields.values().any(|value| mentions(value, id)),
        _ => false,
    }
}

/// A field of a record that was moved, as it is when the merge is undone: as before where nobody changed it since; else
/// what still leads to the one that stayed and led to another before leads there again, and the rest stays.
pub(super) fn turned_back(now: &Value, before: &Value, after: &Value, gone: &[Uuid], stays: Uuid) -> Value {
    if now == after {
        return before.clone();
    }
    let former: Vec<Uuid> = gone.iter().copied().filter(|id| mentions(before, *id)).collect();
    match (now, before, &former[..]) {
        (_, _, []) => now.clone(),
        // All that leads to the one that stayed came from this one.
        (_, _, [only]) if !mentions(before, stays) => {
            let mut back = now.clone();
            replace(&mut back, &[stays], *only);
            back
        }
        (Value::Array(values), Value::Array(before), _) => {
            let back = |value: &Value| {
                let is_it = |former: &&Value| {
                    let mut moved = (*former).clone();
                    replace(&mut moved, gone, stays);
                    moved == *value
                };
                before.iter().find(is_it).unwrap_or(value).clone()
            };
            Value::Array(values.iter().map(back).collect())
        }
        (Value::Object(fields), Value::Object(before), _) => {
            let nothing = Map::new();
            let after = after.as_object().unwrap_or(&nothing);
            let null = Value::Null;
            let back = |(key, value): (&String, &Value)| {
                let (before, after) = (before.get(key).unwrap_or(&null), after.get(key).unwrap_or(&null));
                (key.clone(), turned_back(value, before, after, gone, stays))
            };
            Value::Object(fields.iter().map(back).collect())
        }
        _ => now.clone(),
    }
}
