//! Companies, contacts, opportunities, products, activities, quotes and documents: made, changed, listed and put away by one code for all of
//! them.
//! What is particular to one is in `rules`.

use crate::duplicates::OnDuplicate;
use crate::error::none_of;
use crate::{
    App, Ctx, Error, costs, documents, duplicates, leads, merges, notes, past, permissions, settings,
};
use model::uuid::Uuid;
use model::{
    Action, Activity, AnyRecord, Entity, FieldErrors, IndexKey, Kind, Level, Meta, RECORD_BYTES_MAX, UserId,
    linking,
};
use store::{Direction as Way, Scan};

/// One line an entity: what is done for whichever it is.
macro_rules! for_entity {
    ($kind:expr, $entity:ident => $deed:expr) => {
        match $kind {
            model::Kind::Company => {
                type $entity = model::Company;
                $deed
            }
            model::Kind::Contact => {
                type $entity = model::Contact;
                $deed
            }
            model::Kind::Opportunity => {
                type $entity = model::Opportunity;
                $deed
            }
            model::Kind::Product => {
                type $entity = model::Product;
                $deed
            }
            model::Kind::Activity => {
                type $entity = model::Activity;
                $deed
            }
            model::Kind::Quote => {
                type $entity = model::Quote;
                $deed
            }
            model::Kind::Document => {
                type $entity = model::Document;
                $deed
            }
            _ => Err($crate::Error::NotFound),
        }
    };
}
pub(crate) use for_entity;

mod activity_rules;
mod agenda;
mod along;
mod bulk;
mod bundles;
mod cards;
mod chain;
mod choice_words;
mod columns;
mod draft;
mod groups;
mod handing;
mod imported;
mod list;
mod merge;
pub(crate) mod recode;
mod rows;
pub(crate) mod rules;
mod uses;
pub use agenda::{AGENDA, bucket_of};
use along::Along;
pub use along::NEW;
pub use bundles::{Bundle, BundlePart, bundle};
pub use cards::{CARDS, CARDS_MAX, card, export_cards, export_some_cards};
pub use chain::{ChainStep, CompanyGroup, GroupNode, chain, group};
pub use columns::{export_columns, export_some};
pub use draft::Draft;
pub use groups::{DUE, Group, Groups, can_group, groups};
pub(crate) use handing::{claim_all, move_some};
pub(crate) use imported::{date_back, of_name};
pub(crate) use list::Selection;
pub use list::{Page, Query, count, ids, list};
pub use merge::{Merged, merge};
use rules::Rules;
pub(crate) use uses::{has_belongings, used_by, users_of, who_uses};

/// A record of any entity.
pub type Record = Box<dyn AnyRecord>;

/// The entities that are worked with here.
pub const ENTITIES: [Kind; 7] = [
    Kind::Company,
    Kind::Contact,
    Kind::Opportunity,
    Kind::Product,
    Kind::Activity,
    Kind::Quote,
    Kind::Document,
];

/// What is the same for all records of an entity.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub kind: Kind,
    /// In addresses, files and the API: `companies`.
    pub plural: &'static str,
    /// What lists can be sorted by besides the time of creation.
    pub sorts: &'static [&'static str],
    /// Choices that list entries hold.
    pub(crate) facets: &'static [&'static str],
}

/// The shape of an entity; «not found» for those that are not worked with here.
pub fn shape_of(kind: Kind) -> Result<Shape, Error> {
    for_entity!(kind, E => Ok(Shape { kind, plural: E::PLURAL, sorts: E::SORTS, facets: E::FACETS }))
}

/// The entity that this plural is of.
pub fn kind_of(plural: &str) -> Result<Kind, Error> {
    let is_it = |kind: &Kind| shape_of(*kind).is_ok_and(|shape| shape.plural == plural);
    ENTITIES.into_iter().find(is_it).ok_or(Error::NotFound)
}

/// A record the caller may see.
pub fn get(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<Record, Error> {
    for_entity!(kind, E => Ok(costs::for_reader(ctx, Box::new(reachable::<E>(app, ctx, id, Action::See)?))))
}

/// A record whoever may see it.
pub(crate) fn read(app: &App, kind: Kind, id: Uuid) -> Result<Option<Record>, Error> {
    for_entity!(kind, E => Ok(app.store.get::<E>(id)?.map(|record| Box::new(record) as Record)))
}

/// The same of any entity of the business, leads too.
pub(crate) fn any(app: &App, kind: Kind, id: Uuid) -> Result<Option<Record>, Error> {
    if kind == Kind::Lead {
        return Ok(app.store.get::<model::Lead>(id)?.map(|lead| Box::new(lead) as Record));
    }
    read(app, kind, id)
}

/// The same, where the caller may see it.
pub(crate) fn visible(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<Option<Record>, Error> {
    let Some(record) = any(app, kind, id)? else { return Ok(None) };
    match permissions::require_with_links(app, ctx, record.as_ref(), Action::See) {
        Ok(()) => Ok(Some(costs::for_reader(ctx, record))),
        Err(Error::NotFound | Error::Denied) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A record of any entity of the business, leads too, whoever may see it.
pub(crate) fn find(app: &App, id: Uuid) -> Result<Option<Record>, Error> {
    if let Some(lead) = app.store.get::<model::Lead>(id)? {
        return Ok(Some(Box::new(lead)));
    }
    for kind in ENTITIES {
        if let Some(record) = read(app, kind, id)? {
            return Ok(Some(record));
        }
    }
    Ok(None)
}

/// Makes a record of what was typed. With an idempotency key, the second call with the same key answers with the record
/// of the first.
pub fn create(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    draft: &Draft,
    idempotency_key: Option<&str>,
) -> Result<Record, Error> {
    create_unless(app, ctx, kind, draft, idempotency_key, OnDuplicate::Allow)
}

/// The same, where `on` says so only if nothing is there that is surely the same.
pub fn create_unless(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    draft: &Draft,
    idempotency_key: Option<&str>,
    on: OnDuplicate,
) -> Result<Record, Error> {
    for_entity!(kind, E => {
        let made = create_one::<E>(app, ctx, draft, idempotency_key, on)?;
        Ok(costs::for_reader(ctx, Box::new(made)))
    })
}

fn create_one<E: Entity + Rules>(
    app: &App,
    ctx: &Ctx,
    draft: &Draft,
    idempotency_key: Option<&str>,
    on: OnDuplicate,
) -> Result<E, Error> {
    permissions::require(ctx, E::KIND, Action::Create)?;
    let once = idempotency_key.map(|key| format!("{}/{}/{key}", E::KIND, ctx.actor_name()));
    let of_key = |app: &App| once.as_deref().map(|key| app.store.once(key)).transpose().map(Option::flatten);
    if let Some(id) = of_key(app)? {
        return app.store.get::<E>(id)?.ok_or(Error::NotFound);
    }
    let (record, along) = along::new_record::<E>(app, ctx, draft)?;
    duplicates::require_new(app, ctx, on, None, &record)?;
    let id = record.meta().id;
    let mut write = ctx.write();
    along.add_to(&mut write);
    if let Some(key) = &once {
        write.put_once(key, id);
    }
    write.create(record);
    leads::follow_answers(app, &mut write)?;
    app.commit_once(write)?;
    // Another call with the same key may have been quicker.
    let id = of_key(app)?.unwrap_or(id);
    app.store.get::<E>(id)?.ok_or(Error::NotFound)
}

/// An empty record of whoever makes it.
pub(crate) fn begun<E: Entity>(ctx: &Ctx) -> E {
    let mut record = E::begin(Meta::new(ctx.new_id(), ctx.at, ctx.actor()));
    if let Some(caller) = ctx.caller.as_ref().filter(|_| E::KIND != Kind::Product) {
        record.common_mut().owner = Some(caller.user.id());
        record.common_mut().team = caller.user.teams.first().copied();
    }
    record
}

/// Changes what was typed; fields that are not in the draft stay. A stale version is refused with both values.
pub fn update(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    id: Uuid,
    version: u64,
    draft: &Draft,
) -> Result<Record, Error> {
    update_unless(app, ctx, kind, id, version, draft, OnDuplicate::Allow)
}

/// The same, where `on` says so only if it does not become surely the same as another.
pub fn update_unless(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    id: Uuid,
    version: u64,
    draft: &Draft,
    on: OnDuplicate,
) -> Result<Record, Error> {
    for_entity!(kind, E => Ok(Box::new(update_one::<E>(app, ctx, id, version, draft, on)?)))
}

fn update_one<E: Entity + Rules>(
    app: &App,
    ctx: &Ctx,
    id: Uuid,
    version: u64,
    draft: &Draft,
    on: OnDuplicate,
) -> Result<E, Error> {
    let before = reachable::<E>(app, ctx, id, Action::Change)?;
    let mut after = before.clone();
    let (draft, along) = Along::of::<E>(app, ctx, draft)?;
    let errors = checked_along(app, ctx, Some(&before), &mut after, &draft, &along.ids)?;
    none_of(along.with_errors(errors))?;
    duplicates::require_new(app, ctx, on, Some(&before), &after)?;
    save_along(app, ctx, &before, version, after, along)
}

/// Records that may be the same as what is being typed, whatever else is still wrong with it; `id` is the one that is
/// changed. For those who may see such records.
pub fn resembling(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    id: Option<Uuid>,
    draft: &Draft,
) -> Result<Vec<duplicates::Duplicate>, Error> {
    for_entity!(kind, E => {
        let mut record = match id {
            Some(id) => reachable::<E>(app, ctx, id, Action::Change)?,
            None => {
                permissions::require(ctx, kind, Action::Create)?;
                begun::<E>(ctx)
            }
        };
        let (frame, settings) = (app.frame(), settings::get(app, ctx)?);
        let around = rules::Around { app, ctx, frame: &frame, settings: &settings, made: &[] };
        draft.apply(&around, id.is_none(), &mut record)?;
        duplicates::of_record(app, ctx, &record)
    })
}

/// Puts a record away, or back into the lists.
pub fn set_archived(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    id: Uuid,
    version: u64,
    wanted: Archived,
) -> Result<Record, Error> {
    for_entity!(kind, E => {
        let before = reachable::<E>(app, ctx, id, Action::Change)?;
        let mut after = before.clone();
        after.common_mut().archived = wanted == Archived::Yes;
        Ok(Box::new(save(app, ctx, &before, version, after)?))
    })
}

/// Whether a record is put away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Archived {
    Yes,
    No,
}

/// What would go with a record, and what keeps it from going.
pub struct Deletion {
    pub record: Record,
    pub notes: usize,
    /// Records that belong to it: how many of which entity. With any of them it cannot be deleted.
    pub used_by: Vec<(Kind, usize)>,
}

/// For the question before deleting.
pub fn about_to_delete(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<Deletion, Error> {
    for_entity!(kind, E => {
        let record = reachable::<E>(app, ctx, id, Action::Delete)?;
        let notes = notes::of(app, id)?.len();
        Ok(Deletion { record: Box::new(record), notes, used_by: used_by(app, id)? })
    })
}

/// Deletes a record with its notes; refused with `in-use` (`product-in-use`) while other records belong to it. The journal keeps what it
/// was.
pub fn delete(app: &App, ctx: &Ctx, kind: Kind, id: Uuid, version: u64) -> Result<(), Error> {
    for_entity!(kind, E => {
        let record = reachable::<E>(app, ctx, id, Action::Delete)?;
        if record.meta.version != version {
            return Err(app.conflict(&record, &record));
        }
        let users = users_of(app, id)?;
        if users > 0 {
            return Err(Error::invalid("", E::IN_USE, users.to_string()));
        }
        let mut write = ctx.write();
        let files = E::hashes(app, &record)?;
        E::before_deletion(app, &mut write, &record)?;
        notes::delete_all(app, &mut write, id)?;
        write.delete(&record);
        leads::follow_answers(app, &mut write)?;
        app.commit(write)?;
        documents::release(app, &files)
    })
}

/// Records of one entity that are shown beside the one they belong to.
pub const RELATED_MAX: usize = 20;
pub(crate) fn linked_ids(app: &App, target: Uuid, kind: Kind, limit: usize) -> Result<Vec<Uuid>, Error> {
    let prefix = linking(target, kind).bytes();
    let scan = Scan { prefix, after: None, direction: Way::Backward, limit };
    let entries = app.store.scan(&scan)?;
    Ok(entries.iter().filter_map(|entry| IndexKey::record_at_end(&entry.key)).collect())
}

/// Records of an entity that belong to this one and that the caller may see, newest first; whether there are more.
pub fn related(app: &App, ctx: &Ctx, target: Uuid, kind: Kind) -> Result<(Vec<Record>, bool), Error> {
    let scope = permissions::scope(ctx, kind, Action::See)?;
    let mut found = Vec::new();
    for id in linked_ids(app, target, kind, uses::USERS_COUNTED_MAX)? {
        let record = any(app, kind, id)?.filter(|record| {
            let (owner, team) = record.responsible();
            scope.contains(owner, team)
        });
        if let Some(record) = record {
            if found.len() == RELATED_MAX {
                return Ok((found, true));
            }
            found.push(costs::for_reader(ctx, record));
        }
    }
    Ok((found, false))
}

/// Adds a note to a record.
pub fn add_note(app: &App, ctx: &Ctx, kind: Kind, id: Uuid, text: &str) -> Result<Activity, Error> {
    for_entity!(kind, E => notes::add(app, ctx, &|| reachable::<E>(app, ctx, id, Action::See), text))
}

/// Whether the caller may choose whose a record of this entity is.
pub fn may_assign(ctx: &Ctx, kind: Kind) -> bool {
    permissions::level(ctx, kind, Action::Change) >= Level::Team
}

/// The draft that a form of this record begins with.
pub fn draft_of(app: &App, record: &dyn AnyRecord) -> Draft {
    Draft::of(&app.frame(), record)
}

/// The draft that the form of a new record begins with.
pub fn blank_draft(app: &App, ctx: &Ctx, kind: Kind) -> Result<Draft, Error> {
    permissions::require(ctx, kind, Action::Create)?;
    let frame = app.frame();
    for_entity!(kind, E => {
        let mut record = E::begin(Meta::new(ctx.new_id(), ctx.at, ctx.actor()));
        record.common_mut().owner = ctx.user_id().filter(|_| kind != Kind::Product);
        record.propose(&frame);
        Ok(Draft::of(&frame, &record).with_own(crate::own_values::defaults(&frame, kind)))
    })
}

/// A record the caller may do this to.
pub(crate) fn reachable<E: Entity>(app: &App, ctx: &Ctx, id: Uuid, action: Action) -> Result<E, Error> {
    ctx.caller()?;
    let Some(record) = app.store.get::<E>(id)? else { return Err(merges::instead(app, ctx, E::KIND, id)?) };
    permissions::require_with_links(app, ctx, &record, action)?;
    Ok(record)
}

/// Writes the draft into the record and says all that is wrong with it.
pub(crate) fn checked<E: Entity + Rules>(
    app: &App,
    ctx: &Ctx,
    before: Option<&E>,
    record: &mut E,
    draft: &Draft,
) -> Result<FieldErrors, Error> {
    checked_along(app, ctx, before, record, draft, &[])
}

/// The same where it may lead to records that are made in the same write.
fn checked_along<E: Entity + Rules>(
    app: &App,
    ctx: &Ctx,
    before: Option<&E>,
    record: &mut E,
    draft: &Draft,
    made: &[Uuid],
) -> Result<FieldErrors, Error> {
    let (frame, settings) = (app.frame(), settings::get(app, ctx)?);
    record.propose(&frame);
    let around = rules::Around { app, ctx, frame: &frame, settings: &settings, made };
    let mut errors = draft.apply(&around, before.is_none(), record)?;
    give(&around, record, draft, &mut errors)?;
    record.settle(&around, before, &mut errors)?;
    for field in E::UNIQUE.iter().copied().chain(["external_key"]) {
        let model::FieldValue::Text(value) = record.value(field) else { continue };
        let id = record.meta().id;
        let other = app.store.find(&IndexKey::unique(E::KIND, field, &value))?;
        if other.is_some_and(|other| other != id) {
            errors.add(field, "taken", value);
        } else if other.is_some() && merges::is_own_key(app, id, &value)? {
            // One of its keys already, by way of a record that became a part of it: the first one stays.
            let former = before.map_or(model::FieldValue::Nothing, |before| before.value(field));
            record.put(field, former, settings.currency);
        }
    }
    if errors.is_empty() && notes::bytes_of(record) > RECORD_BYTES_MAX {
        let longest = match E::KIND {
            Kind::Activity => "text",
            Kind::Document => "title",
            _ => "description",
        };
        errors.add(longest, "record-too-big", RECORD_BYTES_MAX.to_string());
    }
    errors.0.sort_by_key(|problem| E::SPECS.iter().position(|spec| spec.key == problem.field));
    Ok(errors)
}

/// Whose it is, where somebody chose.
fn give<E: Entity>(
    around: &rules::Around<'_>,
    record: &mut E,
    draft: &Draft,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    let Some(typed) = draft.one("owner") else {
        return Ok(());
    };
    let wanted = match typed.trim() {
        "" => None,
        typed => match typed.parse::<UserId>() {
            Ok(id) => Some(id),
            Err(_) => {
                errors.add("owner", "choice", typed);
                return Ok(());
            }
        },
    };
    let before = record.common().owner;
    if wanted == before {
        return Ok(());
    }
    if !may_assign(around.ctx, E::KIND) {
        errors.add("owner", "owner-denied", "");
        return Ok(());
    }
    let team = record.common().team;
    let user = wanted.map(|id| around.app.store.get::<model::User>(id.0)).transpose()?.flatten();
    match (wanted, user.filter(|user| user.active)) {
        (Some(id), None) => errors.add("owner", "choice", id.to_string()),
        (_, user) => {
            let common = record.common_mut();
            common.owner = wanted;
            // It stays in its team when the person is in it, else it goes with the person.
            if let Some(user) = user.filter(|user| !team.is_some_and(|team| user.teams.contains(&team))) {
                common.team = user.teams.first().copied().or(team);
            }
        }
    }
    Ok(())
}

pub(crate) fn save<E: Entity + Rules>(
    app: &App,
    ctx: &Ctx,
    before: &E,
    version: u64,
    after: E,
) -> Result<E, Error> {
    save_along(app, ctx, before, version, after, Along::default())
}

fn save_along<E: Entity + Rules>(
    app: &App,
    ctx: &Ctx,
    before: &E,
    version: u64,
    mut after: E,
    along: Along,
) -> Result<E, Error> {
    if before.meta().version != version {
        return Err(app.conflict(before, &after));
    }
    let mut write = E::with_change(app, ctx, ctx.write(), before, &mut after)?;
    along.add_to(&mut write);
    write.update(before, after.clone());
    leads::follow_answers(app, &mut write)?;
    let id = before.meta().id;
    match app.commit(write) {
        Ok(_) => app.store.get::<E>(id)?.ok_or(Error::NotFound),
        // Somebody was quicker by an instant: show both values.
        Err(Error::Conflict(_)) => {
            let stored = app.store.get::<E>(id)?.ok_or(Error::NotFound)?;
            Err(app.conflict(&stored, &after))
        }
        Err(error) => Err(error),
    }
}

/// A record as it was at a version, as far as the journal reaches.
pub(crate) fn as_it_was<E: Entity>(app: &App, stored: &E, version: u64) -> Result<Option<E>, Error> {
    past::as_it_was(app, stored, version)
}
