//! What leads bring to bulk actions.

use super::{checked, count_open, delete_with_notes, given_by, may_assign, with_status};
use crate::assignment::Round;
use crate::bulk::{Bulk, Plan};
use crate::clock::Clock;
use crate::fields::{self, Field};
use crate::lead_drafts::{TAGS_MAX, in_order};
use crate::own_values::Making;
use crate::{App, Ctx, Error, LeadDraft, documents, notes, permissions, settings};
use model::uuid::Uuid;
use model::{
    Action, BulkAction, FieldErrors, ImportTarget, Kind, Lead, LeadStatus, Meta, Settings, Team, TeamId,
    User, lists, own_name,
};

/// What no two leads share, or what says who one is, is not changed in bulk.
const ONE_BY_ONE: [&str; 5] = ["external_key", "name", "company", "tax_id", "tags"];
/// Changed in bulk though nobody types them into the form.
const MOVED: [&str; 2] = ["status", "team"];

pub(crate) struct Tools {
    settings: Settings,
    round: Option<Round>,
    /// To whom leads go.
    person: Option<User>,
    clock: Clock,
}

impl Bulk for Lead {
    type Tools = Tools;

    fn tools(app: &App, ctx: &Ctx, action: &BulkAction) -> Result<Tools, Error> {
        let settings = settings::get(app, ctx)?;
        let clock = Clock::of(&settings, &app.frame());
        let mut tools = Tools { settings: settings.clone(), round: None, person: None, clock };
        match action {
            BulkAction::Assign { to } => {
                let user = app.store.get::<User>(to.0)?.filter(|user| user.active);
                tools.person = Some(user.ok_or_else(|| Error::invalid("owner", "choice", to.to_string()))?);
            }
            BulkAction::AssignAgain => {
                let round = Round::prepare(app, ctx, settings)?;
                if !round.has_people() {
                    return Err(Error::invalid("", "bulk-nobody", ""));
                }
                tools.round = Some(round);
            }
            BulkAction::AddTag { tag } => {
                let frame = app.frame();
                if frame.choice(lists::TAGS, tag).is_none_or(|choice| choice.archived) {
                    return Err(Error::invalid("tag", "tag-unknown", tag));
                }
            }
            BulkAction::SetField { field, values } => check_value(app, ctx, &tools, field, values)?,
            BulkAction::RemoveTag { .. } | BulkAction::Archive | BulkAction::Restore | BulkAction::Delete => {
            }
        }
        Ok(tools)
    }

    fn fields(app: &App, ctx: &Ctx) -> Vec<Field> {
        let frame = app.frame();
        let is_unique = |key: &str| {
            own_name(key).and_then(|name| frame.field(Kind::Lead, name)).is_some_and(|field| field.unique)
        };
        let mut found = fields::specs_of(&frame, Kind::Lead);
        found.retain(|field| {
            let key = field.key.as_str();
            let can_change = field.typed && !ONE_BY_ONE.contains(&key) && !is_unique(key);
            can_change || (MOVED.contains(&key) && (key != "team" || may_assign(ctx)))
        });
        found
    }

    fn may(ctx: &Ctx, action: &BulkAction) -> bool {
        match action {
            BulkAction::Delete => permissions::may(ctx, Kind::Lead, Action::Delete),
            BulkAction::Assign { .. } | BulkAction::AssignAgain => may_assign(ctx),
            BulkAction::SetField { field, .. } if field == "team" => may_assign(ctx),
            _ => permissions::may(ctx, Kind::Lead, Action::Change),
        }
    }

    fn require(_app: &App, ctx: &Ctx, record: &Lead, action: Action) -> Result<(), Error> {
        permissions::require_lead(ctx, record, action)
    }

    fn plan(
        app: &App,
        ctx: &Ctx,
        tools: &Tools,
        action: &BulkAction,
        lead: &Lead,
    ) -> Result<Plan<Lead>, Error> {
        let mut after = lead.clone();
        match action {
            BulkAction::Assign { to } => match &tools.person {
                Some(user) if lead.owner != Some(*to) => {
                    after = given_by(ctx, lead, user, &tools.clock)?;
                }
                _ => return Ok(Plan::Already),
            },
            BulkAction::AssignAgain if lead.status.is_open() => return Ok(Plan::AssignedAgain),
            BulkAction::AssignAgain => return Err(Error::invalid("", "bulk-closed", "")),
            BulkAction::SetField { field, values } => {
                after = with_field(app, ctx, tools, lead, field, values)?;
            }
            BulkAction::AddTag { tag } => {
                after.tags.push(tag.clone());
                after.tags = in_order(after.tags);
                if after.tags.len() > TAGS_MAX {
                    return Err(Error::invalid("tags", "too-many", TAGS_MAX.to_string()));
                }
            }
            BulkAction::RemoveTag { tag } => after.tags.retain(|other| other != tag),
            BulkAction::Archive => after.archived = true,
            BulkAction::Restore => after.archived = false,
            BulkAction::Delete => {
                documents::require_none(app, lead.meta.id)?;
                return Ok(Plan::Deleted);
            }
        }
        Ok(if after == *lead { Plan::Already } else { Plan::Changed(Box::new(after)) })
    }

    fn put(
        app: &App,
        ctx: &Ctx,
        tools: &Tools,
        write: &mut store::Write,
        plans: Vec<(Lead, Plan<Lead>)>,
    ) -> Result<(), Error> {
        let mut again = Vec::new();
        for (before, plan) in plans {
            match (plan, &tools.round) {
                (Plan::Changed(after), _) => {
                    count_open(write, Some(&before), Some(&after));
                    write.update(&before, *after);
                }
                (Plan::Deleted, _) => delete_with_notes(app, write, &before)?,
                (Plan::AssignedAgain, Some(round)) => {
                    let choice = round.choose(app, ctx, &before)?;
                    again.push((before, choice));
                }
                (Plan::AssignedAgain, None) | (Plan::Already, _) => {}
            }
        }
        if let Some(round) = tools.round.as_ref().filter(|_| !again.is_empty()) {
            round.place_again(ctx, write, again);
        }
        Ok(())
    }

    fn settle(app: &App, ctx: &Ctx, tools: Tools) {
        if let Some(round) = tools.round {
            round.settle(app, ctx);
        }
    }

    fn take_back(
        app: &App,
        write: &mut store::Write,
        now: Option<&Lead>,
        former: Lead,
        request: &str,
    ) -> Result<(), Error> {
        count_open(write, now, Some(&former));
        if let Some(now) = now {
            write.update(now, former);
            return Ok(());
        }
        // The record first: nothing belongs to one that is not there.
        let (id, version) = (former.meta.id, former.meta.version);
        write.create_again(former, version);
        notes::bring_back(app, write, id, request)
    }

    fn title(record: &Lead) -> String {
        record.title().to_owned()
    }
}

/// Whether it is a value of a field that can be changed, tried on a lead that nobody has.
fn check_value(app: &App, ctx: &Ctx, tools: &Tools, field: &str, values: &[String]) -> Result<(), Error> {
    if !Lead::fields(app, ctx).iter().any(|known| known.key == field) {
        return Err(Error::invalid("field", "choice", field));
    }
    let mut lead = Lead::new(Meta::new(Uuid::nil(), ctx.at, ctx.actor()));
    lead.name = Some("-".to_owned());
    with_field(app, ctx, tools, &lead, field, values).map(|_| ())
}

/// The lead with one field changed. Only this field is looked at: others may hold what is not chosen any more.
fn with_field(
    app: &App,
    ctx: &Ctx,
    tools: &Tools,
    lead: &Lead,
    field: &str,
    values: &[String],
) -> Result<Lead, Error> {
    let first = values.first().map_or("", String::as_str);
    if field == "status" {
        let status = LeadStatus::from_code(first).ok_or_else(|| Error::invalid("status", "choice", first))?;
        if lead.status == status {
            return Ok(lead.clone());
        }
        return with_status(app, ctx, lead, status, values.get(1).map_or("", String::as_str));
    }
    let mut after = lead.clone();
    if field == "team" {
        let team = first.parse::<TeamId>().ok().map(|id| app.store.get::<Team>(id.0)).transpose()?.flatten();
        after.team = Some(team.ok_or_else(|| Error::invalid("team", "choice", first))?.id());
        return Ok(after);
    }
    let mut draft = LeadDraft::of(lead, &app.frame());
    // Own fields that are not there are not asked.
    draft.custom.clear();
    match own_name(field) {
        Some(name) => {
            draft.custom.insert(name.to_owned(), values.to_vec());
        }
        None => {
            let target =
                ImportTarget::from_code(field).ok_or_else(|| Error::invalid("field", "choice", field))?;
            *draft.field_mut(target) = first.to_owned();
        }
    }
    let errors = checked(app, ctx, &draft, &mut after, &tools.settings, Making::Changed)?;
    let wrong = |code: &str| code == "record-too-big";
    let told = errors.0.into_iter().filter(|problem| problem.field == field || wrong(&problem.code));
    let told = FieldErrors(told.collect());
    if !told.is_empty() {
        return Err(Error::Invalid(told));
    }
    Ok(after)
}
