//! From leads as they are kept to leads as pages show them.

use super::own;
use crate::pages::activities::{self, HistoryAsk};
use crate::pages::assignment;
use crate::pages::{consents, conversion, documents, imports, merges, scoring};
use model::uuid::Uuid;
use model::{Action, Decision, FieldErrors, Kind, Lead, LeadId, TeamId, UserId};
use services::clock::Standings;
use services::leads;
use services::people::{self, People};
use services::timelines::{self, Timeline};
use services::{App, Ctx, Error, LeadDraft, inbox, permissions, plugins, records};
use std::collections::BTreeMap;
use std::sync::Arc;
use ui::Locale;
use ui::activities::ComposeForm;
use ui::leads::{ConflictField, Decided, Event, LeadForm, LeadMay, LeadPage, LeadQuote, Person, Tried, Why};

/// Names of people and teams by id.
pub(in crate::pages) struct Names(Arc<People>);

impl Names {
    pub(in crate::pages) fn read(app: &App, ctx: &Ctx) -> Result<Names, Error> {
        Ok(Names(people::all(app, ctx)?))
    }

    pub(in crate::pages) fn get(&self, id: Uuid) -> Option<String> {
        self.0.name(id).map(str::to_owned)
    }

    pub(in crate::pages) fn all(self) -> BTreeMap<Uuid, String> {
        self.0.names().clone()
    }

    fn user(&self, id: Option<UserId>) -> Option<String> {
        self.get(id?.0)
    }

    fn team(&self, id: Option<TeamId>) -> Option<String> {
        self.get(id?.0)
    }
}

/// The person's name where the title is the company's.
pub(in crate::pages) fn person_of(lead: &Lead) -> Option<String> {
    lead.company.as_ref().and(lead.name.clone())
}

pub(in crate::pages) fn people(app: &App, ctx: &Ctx) -> Result<Vec<Person>, Error> {
    let people = people::all(app, ctx)?;
    Ok(people.active().map(|user| Person { id: user.id().to_string(), name: user.name.clone() }).collect())
}

/// Those to whom a lead can be given; of whoever is away, until when.
fn takers(app: &App, ctx: &Ctx, l: Locale<'_>) -> Result<Vec<Person>, Error> {
    let away = leads::away_until(app, ctx)?;
    let people = people::all(app, ctx)?;
    let person = |user: &model::User| Person {
        id: user.id().to_string(),
        name: ui::leads::with_absence(l, &user.name, away.get(&user.id()).copied()),
    };
    Ok(people.active().map(person).collect())
}

pub(super) fn lead_page(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
    id: LeadId,
    ask: HistoryAsk,
) -> Result<LeadPage, Error> {
    let lead = leads::get(app, ctx, id)?;
    let Timeline { changes, next } = timelines::page(app, ctx, Kind::Lead, id.0, ask.before, ask.sort)?;
    let names = Names::read(app, ctx)?;
    let linked = own::linked(app, ctx, Kind::Lead, &lead.custom)?;
    let merged = merges::names_in(app, ctx, &changes)?;
    let known = |id: Uuid| linked.get(&id).or_else(|| merged.get(&id)).cloned();
    let name_of = |id: Uuid| names.get(id).or_else(|| known(id));
    let mut events: Vec<Event> =
        changes.iter().filter_map(|change| Event::of(l, change, id.0, &name_of)).collect();
    imports::lead_to_pages(app, ctx, events.iter_mut().filter_map(|event| event.import.as_mut()))?;
    let may = |action| permissions::require_lead(ctx, &lead, action).is_ok();
    let consents = consents::panel(app, ctx, &lead)?;
    let alike = merges::alike(app, ctx, &lead)?;
    let became = conversion::became(app, ctx, &lead)?;
    let chain = crate::pages::records::views::chain(app, ctx, &lead)?;
    let duplicate_of = inbox::duplicate_of(app, ctx, &lead)?
        .map(|(kind, id, name)| (format!("{}/{id}", model::path_of(kind).unwrap_or_default()), name));
    Ok(LeadPage {
        id: lead.meta.id.to_string(),
        version: lead.meta.version,
        owner: names.user(lead.owner),
        owner_id: lead.owner.map(|owner| owner.to_string()),
        team: names.team(lead.team),
        created_at: lead.meta.created_at,
        why: why(app, ctx, l, &lead, &names)?,
        score: scoring::lead_score(app, ctx, l, &lead, &names)?,
        standing: Standings::now(app, ctx)?.of(&lead),
        snoozed_until: lead.snooze.filter(|_| lead.is_snoozed(ctx.at)).map(|snooze| snooze.until),
        is_accepted: lead.accepted.is_some() && lead.is_unanswered(),
        duplicate_of,
        may_undo: inbox::can_undo(app, ctx, &lead)?,
        events,
        older_than: next,
        is_older: ask.before.is_some(),
        todo: activities::todo_panel(app, ctx, Kind::Lead, id.0, &names)?,
        simulations: simulations(app, ctx, id.0)?,
        may_simulate: services::quotes::may_create(ctx),
        sort: ask.sort.as_str().to_owned(),
        before: ask.before,
        documents: documents::panel(app, ctx, &lead)?,
        compose: ComposeForm { may_add_files: documents::may_add(ctx, &lead), ..ask.compose },
        may: LeadMay {
            change: may(Action::Change),
            convert: may(Action::Change) && lead.status.is_open(),
            assign: leads::may_assign(ctx) && may(Action::Change),
            delete: may(Action::Delete),
            note: permissions::require_about(ctx, &lead, Kind::Activity, Action::Create).is_ok(),
        },
        people: if leads::may_assign(ctx) { takers(app, ctx, l)? } else { Vec::new() },
        reason: String::new(),
        reason_note: String::new(),
        errors: FieldErrors::default(),
        name: lead.name,
        company: lead.company,
        tax_id: lead.tax_id,
        email: lead.email,
        phone: lead.phone,
        address: lead.address,
        postcode: lead.postcode,
        town: lead.town,
        zone: lead.zone,
        country: lead.country,
        website: lead.website,
        industry: lead.industry,
        source: lead.source,
        campaign: lead.campaign,
        interest: lead.interest,
        amount: lead.amount,
        description: lead.description,
        external_key: lead.external_key,
        tags: lead.tags,
        archived: lead.archived,
        consents,
        became,
        chain,
        alike,
        linked,
        custom: lead.custom,
        status: lead.status,
        discard_reason: lead.discard_reason,
        assigned_at: lead.assigned_at,
    })
}

fn why(app: &App, ctx: &Ctx, l: Locale<'_>, lead: &Lead, names: &Names) -> Result<Option<Why>, Error> {
    let frame = app.frame();
    let Some(assignment) = &lead.assignment else {
        return Ok(None);
    };
    let title = |name: &str| plugins::title(app, name, ctx.language);
    let decided = match &assignment.decision {
        Decision::Plugin { name, version } => {
            Decided::Plugin { name: title(name)?, version: version.clone() }
        }
        Decision::RoundRobin { team, turn } => {
            Decided::Turn { team: names.get(team.0).unwrap_or_default(), turn: *turn }
        }
        Decision::Rule { rule, strategy } => Decided::Rule {
            rule: assignment::rule_name(&frame, l, rule),
            strategy: ui::assignment::strategy_name(l, *strategy).to_lowercase(),
        },
        Decision::RuleFallback { rule } => {
            Decided::RuleFallback { rule: assignment::rule_name(&frame, l, rule) }
        }
        Decision::DefaultOwner => Decided::DefaultOwner,
        Decision::Person { user } => Decided::Person { by: names.get(user.0) },
        Decision::Import { .. } => Decided::Import,
        Decision::Nobody => Decided::Nobody,
    };
    let tried = |reason: &model::Reason| {
        Ok(Tried { asked: title(&reason.asked)?, outcome: reason.outcome.clone(), text: reason.text.clone() })
    };
    Ok(Some(Why {
        at: assignment.at,
        decided,
        reason: assignment.reason.clone(),
        candidates: assignment.candidates,
        tried: assignment.tried.iter().map(tried).collect::<Result<_, Error>>()?,
        explained: assignment::explained(app, ctx, l, lead, names)?,
    }))
}

pub(super) fn form_of(draft: LeadDraft) -> LeadForm {
    LeadForm {
        name: draft.name,
        company: draft.company,
        tax_id: draft.tax_id,
        email: draft.email,
        phone: draft.phone,
        address: draft.address,
        postcode: draft.postcode,
        town: draft.town,
        zone: draft.zone,
        country: draft.country,
        website: draft.website,
        industry: draft.industry,
        source: draft.source,
        campaign: draft.campaign,
        interest: draft.interest,
        amount: draft.amount,
        tags: draft.tags.split(',').filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
        description: draft.description,
        external_key: draft.external_key,
    }
}

pub(in crate::pages) fn conflict_fields(fields: &[services::ConflictField]) -> Vec<ConflictField> {
    let field = |field: &services::ConflictField| ConflictField {
        field: field.field.clone(),
        yours: field.yours.clone(),
        theirs: field.theirs.clone(),
    };
    fields.iter().map(field).collect()
}

/// The columns of an exported list, in the order of `services::reports::export_leads`.
pub(super) fn export_titles(l: Locale<'_>) -> Vec<String> {
    [
        "name",
        "company",
        "tax_id",
        "email",
        "phone",
        "postcode",
        "town",
        "interest",
        "amount",
        "source",
        "status",
        "created_at",
        "owner",
        "description",
        "tags",
        model::SCORE,
    ]
    .into_iter()
    .map(|field| ui::leads::field_label(l, field))
    .collect()
}

/// What was tried out for a lead: id, title, status.
fn simulations(app: &App, ctx: &Ctx, lead: Uuid) -> Result<Option<Vec<LeadQuote>>, Error> {
    if !permissions::may(ctx, Kind::Quote, Action::See) {
        return Ok(None);
    }
    let (found, _) = records::related(app, ctx, lead, Kind::Quote)?;
    let status = |record: &dyn model::AnyRecord| match record.built_in("status") {
        model::FieldValue::Codes(codes) => codes.into_iter().next().unwrap_or_default(),
        _ => String::new(),
    };
    let shown = |record: &records::Record| LeadQuote {
        id: record.about().id.to_string(),
        title: record.name(),
        status: status(record.as_ref()),
    };
    Ok(Some(found.iter().map(shown).collect()))
}
