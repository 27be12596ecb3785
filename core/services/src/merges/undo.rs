//! A merge taken back within a month: those that went are there again as they were, what was moved and still belongs to the
//! one that stayed goes back, and that one has its former values where nobody changed them since.

use super::choosing::{Mergeable, for_mergeable, links_of};
use super::moving::{Linked, for_linked, turned_back};
use super::{answers, choosing, moving};
use crate::bulk_runs::meta_of;
use crate::error::none_of;
use crate::own_values::claims;
use crate::{App, Ctx, Error, consents, permissions, records};
use model::json::{self, Map, Value};
use model::uuid::Uuid;
use model::{
    Action, AnyRecord, Change, Consent, Deed, FieldErrors, Kind, Left, LeftWhy, MERGE_UNDO_DAYS, Merge, Team,
    UNMERGE_LEFT_MAX, Unmerge, User, own_key, own_name,
};
use std::collections::{BTreeMap, BTreeSet};
use store::Write;

/// Somebody else may change one of the records in the same moment: so often all is read again.
const TRIES_MAX: u32 = 20;
/// Changes read at a time.
const CHUNK: usize = 500;
/// What follows from other fields and has no place in a report.
const BOOKKEEPING: [&str; 6] =
    ["meta", "unique_fields", "assignment", "assigned_at", "consents", "first_response_at"];
/// Of the own fields within a record.
const OWN: &str = "custom";

/// What keeps a merge from being taken back by the caller now; denied where they may not do it at all.
pub fn in_the_way(app: &App, ctx: &Ctx, merge: &Merge) -> Result<FieldErrors, Error> {
    permissions::require(ctx, merge.entity, Action::Create)?;
    let mut errors = FieldErrors::default();
    if !merge.is_in_force() {
        errors.add("", "merge-undone", "");
    } else if merge.answers != merge.survivor {
        errors.add("", "merge-again", "");
    } else {
        let survivor = records::any(app, merge.entity, merge.survivor)?.ok_or(Error::NotFound)?;
        permissions::require_record(ctx, survivor.as_ref(), Action::Change)?;
        if ctx.at > merge.undo_until() {
            errors.add("", "merge-late", MERGE_UNDO_DAYS.to_string());
        }
    }
    Ok(errors)
}

/// Takes a merge back, all that can be, in one write; what could not is in the merge's report.
pub fn undo(app: &App, ctx: &Ctx, id: Uuid) -> Result<Merge, Error> {
    for _ in 0..TRIES_MAX {
        let merge = super::get(app, ctx, id)?;
        none_of(in_the_way(app, ctx, &merge)?)?;
        match for_mergeable!(merge.entity, R => undo_of::<R>(app, ctx, &merge)) {
            Err(Error::Conflict(_) | Error::NotFound) => {}
            Err(error) => return Err(error),
            Ok(()) => return app.store.get::<Merge>(id)?.ok_or(Error::NotFound),
        }
    }
    Err(Error::Busy { retry_after_s: 1 })
}

fn undo_of<R: Mergeable>(app: &App, ctx: &Ctx, merge: &Merge) -> Result<(), Error> {
    let survivor = app.store.get::<R>(merge.survivor)?.ok_or(Error::NotFound)?;
    let mut write = ctx.write_as(&Merge::undo_request(merge.meta.id)).long();
    let (said, left) = (BTreeMap::new(), Vec::new());
    let mut back = Back { app, merge, moves: Vec::new(), moved: 0, said, left };
    let done = done_by(app, merge)?;
    for change in &done {
        let is_one = change.kind == merge.entity
            && (change.id == merge.survivor || merge.absorbed.contains(&change.id));
        if !is_one && change.id != merge.meta.id {
            for_linked!(change.kind, L => back.link::<L>(change))?;
        }
    }
    let mut after = survivor.clone();
    if let Some(change) = done.iter().find(|change| change.kind == R::KIND && change.id == merge.survivor) {
        after = back.survivor(&survivor, change)?;
    }
    let mut again: Vec<R> = Vec::new();
    let mut versions: BTreeMap<Uuid, u64> = BTreeMap::new();
    for id in &merge.absorbed {
        let change = done.iter().find(|change| change.id == *id && change.deed == Deed::Deleted);
        // The journal keeps what was deleted; without it there is nothing to bring back.
        let change = change.ok_or_else(|| Error::invalid("", "merge-unknown", ""))?;
        versions.insert(change.id, change.version);
        again.push(back.again::<R>(change)?);
    }
    let went_back: BTreeSet<Uuid> = back.said.values().flatten().map(|consent| consent.meta.id).collect();
    let mut said = consents::of_record(app, merge.survivor)?;
    said.retain(|consent| !went_back.contains(&consent.meta.id));
    after.settle_said(&said);
    for one in &mut again {
        one.settle_said(back.said.get(&one.meta().id).map_or(&[], Vec::as_slice));
        back.claims(one, &after)?;
    }
    let Back { moves, moved, left, .. } = back;
    R::count(&mut write, Some(&survivor), Some(&after));
    write.update(&survivor, after);
    for one in again {
        R::count(&mut write, None, Some(&one));
        let version = versions.get(&one.meta().id).copied().unwrap_or_default();
        write.create_again(one, version);
    }
    // After those they go back to: whoever reads the journal meets nothing that belongs to a record that is not there.
    moves.into_iter().for_each(|its_move| its_move(&mut write));
    let undone = Unmerge {
        at: ctx.at,
        moved,
        left_count: u32::try_from(left.len()).unwrap_or(u32::MAX),
        left: left.into_iter().take(UNMERGE_LEFT_MAX).collect(),
    };
    write.update(merge, Merge { undone: Some(undone), keys: Vec::new(), ..merge.clone() });
    app.commit(write).map(|_| ())
}

/// Everything that the merge did, each record once, out of the timelines of those that went and of the one that stayed.
fn done_by(app: &App, merge: &Merge) -> Result<Vec<Change>, Error> {
    let mut done: BTreeMap<(Kind, Uuid), Change> = BTreeMap::new();
    for id in merge.absorbed.iter().chain([&merge.survivor]) {
        each_of(app, merge, *id, &mut |change| {
            // What followed in a second write began with the first.
            let key = (change.kind, change.id);
            if done.get(&key).is_none_or(|known| change.seq > known.seq) {
                done.insert(key, change);
            }
            true
        })?;
    }
    Ok(done.into_values().collect())
}

/// Shows the changes of a merge on a timeline, newest first, until `take` has enough.
fn each_of(app: &App, merge: &Merge, id: Uuid, take: &mut dyn FnMut(Change) -> bool) -> Result<(), Error> {
    let request = Merge::request(merge.meta.id);
    let mut before = None;
    loop {
        let changes = app.store.timeline(id, before, CHUNK)?;
        let is_last = changes.len() < CHUNK || changes.iter().any(|change| change.at < merge.meta.created_at);
        before = changes.last().map(|change| change.seq);
        for change in changes.into_iter().filter(|change| change.request == request) {
            if !take(change) {
                return Ok(());
            }
        }
        if is_last {
            return Ok(());
        }
    }
}

/// What a record was called when it went.
pub(super) fn former_title(app: &App, merge: &Merge, id: Uuid) -> Result<Option<String>, Error> {
    let Some(change) = deletion_of(app, merge, id)? else { return Ok(None) };
    for_mergeable!(merge.entity, R => Ok(Some(AnyRecord::name(&made_again::<R>(app, &change)?))))
}

/// How a record went.
fn deletion_of(app: &App, merge: &Merge, id: Uuid) -> Result<Option<Change>, Error> {
    let mut found = None;
    each_of(app, merge, id, &mut |change| {
        if change.id == id && change.deed == Deed::Deleted {
            found = Some(change);
        }
        found.is_none()
    })?;
    Ok(found)
}

/// Written once the record is back.
type Move = Box<dyn FnOnce(&mut Write)>;

/// A merge as it is taken back.
struct Back<'a> {
    app: &'a App,
    merge: &'a Merge,
    /// What is written once those that went are there again.
    moves: Vec<Move>,
    moved: u32,
    /// What the persons of those that went had said.
    said: BTreeMap<Uuid, Vec<Consent>>,
    left: Vec<Left>,
}

impl Back<'_> {
    /// A record that was moved.
    fn link<L: Linked>(&mut self, change: &Change) -> Result<(), Error> {
        let Some(now) = self.app.store.get::<L>(change.id)? else {
            // That two are not the same one was said of one that went.
            if change.deed == Deed::Deleted && change.kind == Kind::Distinct {
                let again = made_again::<L>(self.app, change)?;
                self.moves.push(Box::new(move |write| write.create(again)));
            }
            return Ok(());
        };
        let Value::Object(mut fields) = json::to_value(&now).map_err(Error::internal)? else { return Ok(()) };
        let null = Value::Null;
        for (name, before, after) in change.changed_fields() {
            let value = fields.get(name).unwrap_or(&null);
            let back = turned_back(value, before, after, &self.merge.absorbed, self.merge.survivor);
            put(&mut fields, name, &back);
        }
        let after: L = json::from_value(Value::Object(fields)).map_err(Error::internal)?;
        if after == now {
            return Ok(());
        }
        if L::KIND == Kind::Consent
            && let Ok(consent) = json::to_value(&after).and_then(json::from_value::<Consent>)
        {
            self.said.entry(consent.about).or_default().push(consent);
        }
        if !matches!(L::KIND, Kind::Merge | Kind::Distinct) {
            self.moved += 1;
        }
        let absorbed = self.merge.absorbed.clone();
        self.moves.push(Box::new(move |write| write.update_on(&now, after, &absorbed)));
        Ok(())
    }

    /// The one that stayed: each field that is as the merge left it is as before.
    fn survivor<R: Mergeable>(&mut self, now: &R, change: &Change) -> Result<R, Error> {
        let Value::Object(mut fields) = json::to_value(now).map_err(Error::internal)? else {
            return Ok(now.clone());
        };
        let null = Value::Null;
        for (name, before, after) in change.changed_fields() {
            if name == OWN {
                self.own_fields(&mut fields, before, after);
            } else if fields.get(name).unwrap_or(&null) == after {
                put(&mut fields, name, before);
            } else if !BOOKKEEPING.contains(&name) {
                self.leave(self.merge.survivor, name, LeftWhy::ChangedSince);
            }
        }
        let mut after: R = json::from_value(Value::Object(fields)).map_err(Error::internal)?;
        let shared = after.common();
        *shared.unique_fields = claims(&self.app.frame(), R::KIND, shared.custom);
        Ok(after)
    }

    /// The company's own fields, each by itself.
    fn own_fields(&mut self, fields: &mut Map<String, Value>, before: &Value, after: &Value) {
        let mut now = fields.get(OWN).and_then(Value::as_object).cloned().unwrap_or_default();
        let names = |value: &Value| -> Vec<String> {
            value.as_object().map(|own| own.keys().cloned().collect()).unwrap_or_default()
        };
        let all: BTreeSet<String> = names(before).into_iter().chain(names(after)).collect();
        let null = Value::Null;
        for name in all {
            let (former, left) = (before.get(&name).unwrap_or(&null), after.get(&name).unwrap_or(&null));
            if former == left {
                continue;
            }
            if now.get(&name).unwrap_or(&null) == left {
                put(&mut now, &name, former);
            } else {
                self.leave(self.merge.survivor, &own_key(&name), LeftWhy::ChangedSince);
            }
        }
        fields.insert(OWN.to_owned(), Value::Object(now));
    }

    /// One that went, as it was; what it led to may have become another record since, or be gone.
    fn again<R: Mergeable>(&mut self, change: &Change) -> Result<R, Error> {
        let mut record: R = made_again(self.app, change)?;
        let frame = self.app.frame();
        for (key, target, id) in links_of(&frame, &record) {
            match now(self.app, target, id)? {
                Some(same) if same == id => {}
                Some(other) => edit(&mut record, &|value| moving::replace(value, &[id], other))?,
                None => {
                    choosing::empty(&mut record, &key)?;
                    self.leave(change.id, &key, LeftWhy::Gone);
                }
            }
        }
        // Companies that somebody works at besides, and what a lead became.
        for (kind, id) in further_links(&record)? {
            match now(self.app, kind, id)? {
                Some(other) if other == id => {}
                Some(other) => edit(&mut record, &|value| moving::replace(value, &[id], other))?,
                None => edit(&mut record, &|value| moving::without(value, id))?,
            }
        }
        record.tidy();
        Ok(record)
    }

    /// Gives up values that no two records may have and that somebody has by now.
    fn claims<R: Mergeable>(&mut self, record: &mut R, survivor: &R) -> Result<(), Error> {
        let kept: BTreeSet<Vec<u8>> = survivor.indexes().into_iter().map(|entry| entry.key).collect();
        for entry in record.indexes().into_iter().filter(|entry| entry.unique) {
            let Some(holder) = self.app.store.find(&entry.key)? else { continue };
            // The one that stayed gives it back in this write, or held it for this one.
            if holder == self.merge.survivor && !kept.contains(&entry.key) {
                continue;
            }
            let Some(field) = field_of(&entry.key) else { continue };
            let id = record.meta().id;
            let shared = record.common();
            match own_name(&field) {
                Some(name) => {
                    shared.custom.remove(name);
                    shared.unique_fields.retain(|claimed| claimed != name);
                }
                None => *shared.external_key = None,
            }
            self.leave(id, &field, LeftWhy::Taken);
        }
        Ok(())
    }

    fn leave(&mut self, record: Uuid, field: &str, why: LeftWhy) {
        // As long as the name of any field can be.
        let field = field.chars().take(60).collect();
        self.left.push(Left { record, field, why });
    }
}

/// The record that this one is by now; nothing where it is gone.
fn now(app: &App, kind: Kind, id: Uuid) -> Result<Option<Uuid>, Error> {
    let is_there = match kind {
        Kind::User => app.store.get::<User>(id)?.is_some(),
        Kind::Team => app.store.get::<Team>(id)?.is_some(),
        kind => records::any(app, kind, id).ok().flatten().is_some(),
    };
    if is_there { Ok(Some(id)) } else { answers(app, kind, id) }
}

/// Links that are no fields: those in lists within records, what leads became.
fn further_links<R: Mergeable>(record: &R) -> Result<Vec<(Kind, Uuid)>, Error> {
    let value = json::to_value(record).map_err(Error::internal)?;
    let id = |value: Option<&Value>| value.and_then(Value::as_str).and_then(|text| text.parse::<Uuid>().ok());
    let mut found = Vec::new();
    for list in model::rows_of(R::KIND) {
        for (key, target) in list.links() {
            let rows = value.get(list.key).and_then(Value::as_array).into_iter().flatten();
            found.extend(rows.filter_map(|row| Some((target, id(row.get(key))?))));
        }
    }
    for kind in crate::conversion::PARTS {
        let became = value.get("conversion").and_then(|conversion| conversion.get(kind.as_str()));
        found.extend(id(became).map(|became| (kind, became)));
    }
    Ok(found)
}

fn edit<R: Mergeable>(record: &mut R, how: &dyn Fn(&mut Value)) -> Result<(), Error> {
    let mut value = json::to_value(&*record).map_err(Error::internal)?;
    how(&mut value);
    *record = json::from_value(value).map_err(Error::internal)?;
    Ok(())
}

/// What a deletion deleted, with when and by whom it was made.
fn made_again<R: model::Record>(app: &App, change: &Change) -> Result<R, Error> {
    let meta = meta_of(app, R::KIND, change.id, change)?;
    let mut fields = change.before.clone();
    fields.insert("meta".to_owned(), json::to_value(meta).map_err(Error::internal)?);
    json::from_value(Value::Object(fields)).map_err(Error::internal)
}

/// The field of an entry that may exist once: the name stands between the entity and a zero byte.
fn field_of(key: &[u8]) -> Option<String> {
    let name = key.get(2..)?.split(|byte| *byte == 0).next()?;
    std::str::from_utf8(name).ok().map(str::to_owned)
}

/// A field that was not there has no value of its own kind, not even «nothing».
fn put(fields: &mut Map<String, Value>, name: &str, value: &Value) {
    if value.is_null() {
        fields.remove(name);
    } else {
        fields.insert(name.to_owned(), value.clone());
    }
}
