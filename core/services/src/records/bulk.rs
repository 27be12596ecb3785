//! What companies, contacts, opportunities and products bring to bulk actions.

use super::rules::Rules;
use super::{Draft, checked, may_assign, users_of};
use crate::bulk::{Bulk, Plan};
use crate::fields::{self, Field};
use crate::lead_drafts::{TAGS_MAX, in_order};
use crate::{App, Ctx, Error, notes, permissions};
use model::uuid::Uuid;
use model::{Action, BulkAction, Entity, FieldErrors, Kind, Meta, Problem, User, lists, own_name};

/// What says which record it is, is not changed in bulk; tags have actions of their own.
const ONE_BY_ONE: [&str; 10] = [
    "external_key",
    "tags",
    "name",
    "legal_name",
    "tax_id",
    "given_name",
    "family_name",
    "name_ca",
    "name_es",
    "name_en",
];
/// Problems that a change of one field may find in others.
const SAID_OF_OTHERS: [&str; 2] = ["record-too-big", "required-at-stage"];

pub(crate) struct Tools {
    /// To whom records go.
    person: Option<User>,
}

impl<E: Entity + Rules> Bulk for E {
    type Tools = Tools;

    fn tools(app: &App, ctx: &Ctx, action: &BulkAction) -> Result<Tools, Error> {
        let mut tools = Tools { person: None };
        match action {
            BulkAction::Assign { to } => {
                let user = app.store.get::<User>(to.0)?.filter(|user| user.active);
                tools.person = Some(user.ok_or_else(|| Error::invalid("owner", "choice", to.to_string()))?);
            }
            BulkAction::AddTag { tag } => {
                let frame = app.frame();
                if frame.choice(lists::TAGS, tag).is_none_or(|choice| choice.archived) {
                    return Err(Error::invalid("tag", "tag-unknown", tag));
                }
            }
            BulkAction::SetField { field, values } => check_value::<E>(app, ctx, field, values)?,
            BulkAction::AssignAgain
            | BulkAction::RemoveTag { .. }
            | BulkAction::Archive
            | BulkAction::Restore
            | BulkAction::Delete => {}
        }
        Ok(tools)
    }

    fn fields(app: &App, _ctx: &Ctx) -> Vec<Field> {
        let frame = app.frame();
        let is_unique = |key: &str| {
            let own = own_name(key).and_then(|name| frame.field(E::KIND, name));
            own.map_or_else(|| E::UNIQUE.contains(&key), |field| field.unique)
        };
        let mut found = fields::specs_of(&frame, E::KIND);
        found.retain(|field| {
            let key = field.key.as_str();
            field.typed && !ONE_BY_ONE.contains(&key) && !is_unique(key)
        });
        found
    }

    fn may(ctx: &Ctx, action: &BulkAction) -> bool {
        match action {
            BulkAction::Delete => permissions::may(ctx, E::KIND, Action::Delete),
            BulkAction::Assign { .. } => E::KIND != Kind::Product && may_assign(ctx, E::KIND),
            // Only leads come in without anybody.
            BulkAction::AssignAgain => false,
            _ => permissions::may(ctx, E::KIND, Action::Change),
        }
    }

    fn require(app: &App, ctx: &Ctx, record: &E, action: Action) -> Result<(), Error> {
        permissions::require_with_links(app, ctx, record, action)
    }

    fn plan(app: &App, ctx: &Ctx, tools: &Tools, action: &BulkAction, record: &E) -> Result<Plan<E>, Error> {
        let mut after = record.clone();
        let common = after.common_mut();
        match action {
            BulkAction::Assign { to } => match &tools.person {
                Some(user) if common.owner != Some(*to) => {
                    common.owner = Some(user.id());
                    if !common.team.is_some_and(|team| user.teams.contains(&team)) {
                        common.team = user.teams.first().copied().or(common.team);
                    }
                }
                _ => return Ok(Plan::Already),
            },
            BulkAction::AssignAgain => return Err(Error::Denied),
            BulkAction::SetField { field, values } => {
                after = with_field(app, ctx, record, field, values)?;
            }
            BulkAction::AddTag { tag } => {
                common.tags.push(tag.clone());
                common.tags = in_order(std::mem::take(&mut common.tags));
                if common.tags.len() > TAGS_MAX {
                    return Err(Error::invalid("tags", "too-many", TAGS_MAX.to_string()));
                }
            }
            BulkAction::RemoveTag { tag } => common.tags.retain(|other| other != tag),
            BulkAction::Archive => common.archived = true,
            BulkAction::Restore => common.archived = false,
            BulkAction::Delete => {
                let users = users_of(app, record.meta().id)?;
                if users > 0 {
                    return Err(Error::invalid("", E::IN_USE, users.to_string()));
                }
                return Ok(Plan::Deleted);
            }
        }
        Ok(if after == *record { Plan::Already } else { Plan::Changed(Box::new(after)) })
    }

    fn put(
        app: &App,
        _ctx: &Ctx,
        _tools: &Tools,
        write: &mut store::Write,
        plans: Vec<(E, Plan<E>)>,
    ) -> Result<(), Error> {
        for (before, plan) in plans {
            match plan {
                Plan::Changed(after) => {
                    write.update(&before, *after);
                }
                Plan::Deleted => {
                    notes::delete_all(app, write, before.meta().id)?;
                    write.delete(&before);
                }
                Plan::AssignedAgain | Plan::Already => {}
            }
        }
        Ok(())
    }

    fn settle(_app: &App, _ctx: &Ctx, _tools: Tools) {}

    fn take_back(
        app: &App,
        write: &mut store::Write,
        now: Option<&E>,
        former: E,
        request: &str,
    ) -> Result<(), Error> {
        match now {
            Some(now) => {
                write.update(now, former);
            }
            None => {
                // The record first: nothing belongs to one that is not there.
                let (id, version) = (former.meta().id, former.meta().version);
                write.create_again(former, version);
                notes::bring_back(app, write, id, request)?;
            }
        }
        Ok(())
    }

    fn title(record: &E) -> String {
        Entity::title(record)
    }
}

/// Whether it is a value of a field that can be changed, tried on a record that nobody has.
fn check_value<E: Entity + Rules>(app: &App, ctx: &Ctx, field: &str, values: &[String]) -> Result<(), Error> {
    if !<E as Bulk>::fields(app, ctx).iter().any(|known| known.key == field) {
        return Err(Error::invalid("field", "choice", field));
    }
    let record = E::begin(Meta::new(Uuid::nil(), ctx.at, ctx.actor()));
    match with_field(app, ctx, &record, field, values) {
        // What the stage asks for besides, each record has or has not.
        Err(Error::Invalid(errors)) if errors.0.iter().all(|problem| problem.field != field) => Ok(()),
        outcome => outcome.map(|_| ()),
    }
}

/// The record with one field changed. Only this field is looked at, and what its new value asks for: others may hold
/// what is not chosen any more.
fn with_field<E: Entity + Rules>(
    app: &App,
    ctx: &Ctx,
    record: &E,
    field: &str,
    values: &[String],
) -> Result<E, Error> {
    let mut draft = Draft::default();
    let is_stage = field == "stage" && E::KIND == Kind::Opportunity;
    // After the stage its reason may follow, where it asks for one.
    let (value, reason) = if is_stage { values.split_at(values.len().min(1)) } else { (values, &[][..]) };
    draft.0.insert(field.to_owned(), value.to_vec());
    if let Some(reason) = reason.first() {
        draft.put("lost_reason", reason.as_str());
    }
    let mut after = record.clone();
    let errors = checked(app, ctx, Some(record), &mut after, &draft)?;
    let is_told = |problem: &Problem| {
        problem.field == field
            || draft.0.contains_key(&problem.field)
            || SAID_OF_OTHERS.contains(&problem.code.as_str())
    };
    let told = FieldErrors(errors.0.into_iter().filter(is_told).collect());
    if told.is_empty() { Ok(after) } else { Err(Error::Invalid(told)) }
}
