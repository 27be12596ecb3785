//! Leads as they go over the wire. Shapes of their own: what is stored may change without the API changing.

use super::conversion::Conversion;
use super::own_wire::{self, Custom};
use model::{Decision, Money, Reason};
use poem_openapi::types::MaybeUndefined;
use poem_openapi::{Enum, Object};
use services::fields::ReadValues;
use services::{App, Ctx, LeadDraft};

/// Where a lead stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum LeadStatus {
    New,
    Assigned,
    Contacted,
    Nurturing,
    Qualified,
    Converted,
    Discarded,
}

/// Both ways between two enums of the same names.
macro_rules! twins {
    ($name:ident = $stored:ident: $($variant:ident)*) => {
        impl From<model::$stored> for $name {
            fn from(value: model::$stored) -> $name {
                match value { $(model::$stored::$variant => $name::$variant),* }
            }
        }

        impl From<$name> for model::$stored {
            fn from(value: $name) -> model::$stored {
                match value { $($name::$variant => model::$stored::$variant),* }
            }
        }
    };
}
pub(crate) use twins;

twins!(LeadStatus = LeadStatus: New Assigned Contacted Nurturing Qualified Converted Discarded);

/// A potential client.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Lead {
    pub(crate) id: String,
    /// Grows with every change; also the `ETag`.
    pub(crate) version: u64,
    created_at: String,
    updated_at: String,
    name: Option<String>,
    company: Option<String>,
    /// NIF, NIE or CIF, normalised.
    tax_id: Option<String>,
    email: Option<String>,
    /// E.164.
    phone: Option<String>,
    address: Option<String>,
    postcode: Option<String>,
    town: Option<String>,
    zone: Option<String>,
    /// ISO 3166-1 alpha-2.
    country: Option<String>,
    website: Option<String>,
    industry: Option<String>,
    /// The channel it came through: the key of a value of the company's list `sources`.
    source: Option<String>,
    campaign: Option<String>,
    interest: Option<String>,
    /// The estimated amount without tax: decimal with a point, two decimals.
    amount: Option<String>,
    /// ISO 4217.
    currency: Option<String>,
    description: Option<String>,
    status: LeadStatus,
    discard_reason: Option<String>,
    /// The id of the team.
    team: Option<String>,
    /// The id of the user who is responsible.
    owner: Option<String>,
    assigned_at: Option<String>,
    first_response_at: Option<String>,
    /// Until when somebody should answer: the target in the working hours of whoever has it.
    respond_by: Option<String>,
    /// Somebody takes care of it, and has perhaps not talked to them yet.
    accepted_at: Option<String>,
    /// Out of the inbox until then.
    snoozed_until: Option<String>,
    /// The id of the lead, company or contact that it is a duplicate of.
    duplicate_of: Option<String>,
    /// The key of this lead in the system it came from; unique.
    external_key: Option<String>,
    /// Keys of values of the company's list `tags`.
    tags: Vec<String>,
    /// Keys of the purposes of the list `consent_purposes` that the person has agreed to and not taken back.
    consents: Vec<String>,
    /// Put away: in lists only where their filter asks for it.
    archived: bool,
    /// Points by the scoring rules in force, 0 to 100; absent where there is none, and in results of a search. See `/leads/{id}/score`.
    score: Option<u8>,
    /// Percent, learned from closed leads; absent of closed ones, where too few are known, and in results of a
    /// search.
    probability: Option<u8>,
    /// What it became; see `/leads/{id}/conversion`.
    conversion: Option<Conversion>,
    custom: Option<Custom>,
}

impl From<model::Lead> for Lead {
    fn from(lead: model::Lead) -> Lead {
        Lead {
            id: lead.meta.id.to_string(),
            version: lead.meta.version,
            created_at: lead.meta.created_at.to_string(),
            updated_at: lead.meta.updated_at.to_string(),
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
            source: lead.source.map(|source| source.as_str().to_owned()),
            campaign: lead.campaign,
            interest: lead.interest,
            amount: lead.amount.map(decimal),
            currency: lead.amount.map(|money| money.currency.code().to_owned()),
            description: lead.description,
            status: lead.status.into(),
            discard_reason: lead.discard_reason,
            team: lead.team.map(|team| team.to_string()),
            owner: lead.owner.map(|owner| owner.to_string()),
            assigned_at: lead.assigned_at.map(|at| at.to_string()),
            first_response_at: lead.first_response_at.map(|at| at.to_string()),
            respond_by: lead.response.map(|clock| clock.due.to_string()),
            accepted_at: lead.accepted.map(|acceptance| acceptance.at.to_string()),
            snoozed_until: lead.snooze.map(|snooze| snooze.until.to_string()),
            duplicate_of: lead.duplicate_of.map(|id| id.to_string()),
            external_key: lead.external_key,
            tags: lead.tags,
            consents: lead.consents,
            archived: lead.archived,
            score: None,
            probability: None,
            conversion: lead.conversion.map(Conversion::from),
            custom: own_wire::shown(lead.custom),
        }
    }
}

/// A lead with what is reckoned of it at this moment.
pub(crate) struct Scored {
    lead: model::Lead,
    score: Option<u8>,
    probability: Option<u8>,
}

impl Scored {
    pub(crate) fn of(values: &ReadValues, lead: model::Lead) -> Scored {
        Scored { score: values.score(&lead), probability: values.percent(&lead), lead }
    }

    /// At the moment of the request.
    pub(crate) fn now(app: &App, ctx: &Ctx, lead: model::Lead) -> Scored {
        Scored::of(&ReadValues::now(app, ctx.at), lead)
    }
}

impl From<Scored> for Lead {
    fn from(scored: Scored) -> Lead {
        let Scored { lead, score, probability } = scored;
        Lead { score, probability, ..Lead::from(lead) }
    }
}

/// `1234.50`.
pub(crate) fn decimal(money: Money) -> String {
    let cents = money.minor_units.unsigned_abs();
    let sign = if money.minor_units < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

/// What a form reads as thousands (`1.234`) is a number with three decimals here, which amounts do not have: one more
/// digit makes it a problem instead of a guess.
fn typed(amount: &str) -> String {
    let amount = amount.trim();
    let is_ambiguous = amount.matches(['.', ',']).count() == 1
        && amount.rsplit(['.', ',']).next().is_some_and(|decimals| decimals.len() == 3);
    if is_ambiguous { format!("{amount}0") } else { amount.to_owned() }
}

/// A new lead. A name or a company is needed.
#[derive(Object)]
#[oai(deny_unknown_fields, rename = "LeadCreate")]
pub(crate) struct LeadCreate {
    name: Option<String>,
    company: Option<String>,
    tax_id: Option<String>,
    email: Option<String>,
    /// As people write it; without prefix it is a number of the lead's country.
    phone: Option<String>,
    address: Option<String>,
    postcode: Option<String>,
    town: Option<String>,
    zone: Option<String>,
    country: Option<String>,
    website: Option<String>,
    industry: Option<String>,
    /// The channel it came through: the key of a value of the company's list `sources`.
    source: Option<String>,
    campaign: Option<String>,
    interest: Option<String>,
    /// In the company's currency: decimal with a point, up to two decimals.
    amount: Option<String>,
    description: Option<String>,
    external_key: Option<String>,
    /// Keys of values of the company's list `tags`.
    tags: Option<Vec<String>>,
    pub(crate) custom: Option<Custom>,
}

impl From<LeadCreate> for LeadDraft {
    fn from(lead: LeadCreate) -> LeadDraft {
        LeadDraft {
            name: lead.name.unwrap_or_default(),
            company: lead.company.unwrap_or_default(),
            tax_id: lead.tax_id.unwrap_or_default(),
            email: lead.email.unwrap_or_default(),
            phone: lead.phone.unwrap_or_default(),
            address: lead.address.unwrap_or_default(),
            postcode: lead.postcode.unwrap_or_default(),
            town: lead.town.unwrap_or_default(),
            zone: lead.zone.unwrap_or_default(),
            country: lead.country.unwrap_or_default(),
            website: lead.website.unwrap_or_default(),
            industry: lead.industry.unwrap_or_default(),
            source: lead.source.unwrap_or_default(),
            campaign: lead.campaign.unwrap_or_default(),
            interest: lead.interest.unwrap_or_default(),
            amount: lead.amount.as_deref().map(typed).unwrap_or_default(),
            description: lead.description.unwrap_or_default(),
            external_key: lead.external_key.unwrap_or_default(),
            tags: lead.tags.unwrap_or_default().join(","),
            // Read with what the company has set up, by the operation.
            custom: Default::default(),
        }
    }
}

/// What changes: fields that are not there stay, `null` empties one.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct LeadChange {
    /// The version that is changed, unless `If-Match` says it.
    pub(crate) version: Option<u64>,
    name: MaybeUndefined<String>,
    company: MaybeUndefined<String>,
    tax_id: MaybeUndefined<String>,
    email: MaybeUndefined<String>,
    phone: MaybeUndefined<String>,
    address: MaybeUndefined<String>,
    postcode: MaybeUndefined<String>,
    town: MaybeUndefined<String>,
    zone: MaybeUndefined<String>,
    country: MaybeUndefined<String>,
    website: MaybeUndefined<String>,
    industry: MaybeUndefined<String>,
    source: MaybeUndefined<String>,
    campaign: MaybeUndefined<String>,
    interest: MaybeUndefined<String>,
    amount: MaybeUndefined<String>,
    description: MaybeUndefined<String>,
    external_key: MaybeUndefined<String>,
    /// Keys of values of the company's list `tags`: all of them.
    tags: MaybeUndefined<Vec<String>>,
    pub(crate) custom: Option<Custom>,
}

impl LeadChange {
    /// Writes what is there over what is stored.
    pub(crate) fn apply(self, draft: &mut LeadDraft) {
        put(self.name, &mut draft.name);
        put(self.company, &mut draft.company);
        put(self.tax_id, &mut draft.tax_id);
        put(self.email, &mut draft.email);
        put(self.phone, &mut draft.phone);
        put(self.address, &mut draft.address);
        put(self.postcode, &mut draft.postcode);
        put(self.town, &mut draft.town);
        put(self.zone, &mut draft.zone);
        put(self.country, &mut draft.country);
        put(self.website, &mut draft.website);
        put(self.industry, &mut draft.industry);
        put(self.source, &mut draft.source);
        put(self.campaign, &mut draft.campaign);
        put(self.interest, &mut draft.interest);
        put(self.amount.map_value(|amount| typed(&amount)), &mut draft.amount);
        put(self.description, &mut draft.description);
        put(self.external_key, &mut draft.external_key);
        put(self.tags.map_value(|tags| tags.join(",")), &mut draft.tags);
    }
}

fn put(change: MaybeUndefined<String>, place: &mut String) {
    match change {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => place.clear(),
        MaybeUndefined::Value(text) => *place = text,
    }
}

/// A page of leads.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct LeadList {
    pub(crate) items: Vec<Lead>,
    /// To be sent back as `cursor` for the next page; absent on the last one.
    pub(crate) next: Option<String>,
}

/// Where a lead goes.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct StatusChange {
    /// The version that is changed, unless `If-Match` says it.
    pub(crate) version: Option<u64>,
    pub(crate) status: LeadStatus,
    /// Needed when a lead is discarded.
    pub(crate) reason: Option<String>,
}

/// Who becomes responsible.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct OwnerChange {
    /// The version that is changed, unless `If-Match` says it.
    pub(crate) version: Option<u64>,
    /// The id of a user.
    pub(crate) owner: String,
}

/// Whether a lead is put away.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ArchivedChange {
    /// The version that is changed, unless `If-Match` says it.
    pub(crate) version: Option<u64>,
    pub(crate) archived: bool,
}

/// A note to add.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct NoteCreate {
    pub(crate) text: String,
}

/// A note about a lead.
#[derive(Object)]
pub(crate) struct Note {
    id: String,
    created_at: String,
    text: String,
}

impl From<model::Activity> for Note {
    fn from(note: model::Activity) -> Note {
        Note {
            id: note.meta.id.to_string(),
            created_at: note.meta.created_at.to_string(),
            text: note.text.unwrap_or_default(),
        }
    }
}

/// How a lead came to its owner.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum DecidedBy {
    Plugin,
    RoundRobin,
    Rule,
    RuleFallback,
    DefaultOwner,
    Person,
    Nobody,
}

/// The decision on whose a lead is, and why.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Assignment {
    at: String,
    /// The id of the user who got it; absent when nobody could.
    owner: Option<String>,
    decided_by: DecidedBy,
    /// The plugin that decided.
    plugin: Option<String>,
    plugin_version: Option<String>,
    /// The key of the rule that decided.
    rule: Option<String>,
    /// How it chose: `turns`, `weighted_turns`, `fewest_open`, `least_value`, `company_owner`, `plugin`.
    strategy: Option<String>,
    /// The id of the person that decided.
    user: Option<String>,
    /// The id of the team whose turn decided, and which turn it was.
    team: Option<String>,
    turn: Option<u64>,
    /// In the words of whoever decided.
    reason: Option<String>,
    /// How many people could have got it.
    candidates: u32,
    /// Who was asked before and passed.
    tried: Vec<Tried>,
    /// How each decision about it came about, the latest first.
    explanations: Vec<Explanation>,
}

/// One that was asked and did not decide.
#[derive(Object)]
pub(crate) struct Tried {
    asked: String,
    outcome: String,
    text: String,
}

impl Assignment {
    pub(crate) fn of(
        assignment: model::Assignment,
        owner: Option<model::UserId>,
        explanations: Vec<model::Explanation>,
    ) -> Assignment {
        let mut wire = Assignment {
            at: assignment.at.to_string(),
            owner: owner.map(|owner| owner.to_string()),
            decided_by: DecidedBy::Nobody,
            plugin: None,
            plugin_version: None,
            rule: None,
            strategy: None,
            explanations: explanations.into_iter().map(Explanation::from).collect(),
            user: None,
            team: None,
            turn: None,
            reason: (!assignment.reason.is_empty()).then_some(assignment.reason),
            candidates: assignment.candidates,
            tried: assignment.tried.into_iter().map(Tried::from).collect(),
        };
        match assignment.decision {
            Decision::Plugin { name, version } => {
                wire.decided_by = DecidedBy::Plugin;
                wire.plugin = Some(name);
                wire.plugin_version = Some(version);
            }
            Decision::RoundRobin { team, turn } => {
                wire.decided_by = DecidedBy::RoundRobin;
                wire.team = Some(team.to_string());
                wire.turn = Some(turn);
            }
            Decision::Rule { rule, strategy } => {
                wire.decided_by = DecidedBy::Rule;
                wire.rule = Some(rule);
                wire.strategy = Some(strategy.as_str().to_owned());
            }
            Decision::RuleFallback { rule } => {
                wire.decided_by = DecidedBy::RuleFallback;
                wire.rule = Some(rule);
            }
            Decision::DefaultOwner => wire.decided_by = DecidedBy::DefaultOwner,
            Decision::Person { user } => {
                wire.decided_by = DecidedBy::Person;
                wire.user = Some(user.to_string());
            }
            Decision::Nobody => {}
        }
        wire
    }
}

impl From<&Decision> for DecidedBy {
    fn from(decision: &Decision) -> DecidedBy {
        match decision {
            Decision::Plugin { .. } => DecidedBy::Plugin,
            Decision::RoundRobin { .. } => DecidedBy::RoundRobin,
            Decision::Rule { .. } => DecidedBy::Rule,
            Decision::RuleFallback { .. } => DecidedBy::RuleFallback,
            Decision::DefaultOwner => DecidedBy::DefaultOwner,
            Decision::Person { .. } => DecidedBy::Person,
            Decision::Nobody => DecidedBy::Nobody,
        }
    }
}

/// How one decision came about.
#[derive(Object)]
#[oai(rename = "AssignmentExplanation", skip_serializing_if_is_none)]
pub(crate) struct Explanation {
    at: String,
    /// The id of the lead it was about: this one, or one that became a part of it.
    lead: String,
    /// `new`, `again`, `unanswered`.
    occasion: String,
    /// The id of whoever had it and did not answer in time, where it went on for that.
    from: Option<String>,
    /// The rules in the order in which they were tried.
    rules: Vec<RuleTried>,
    /// Who could get it in the end; the first of many.
    candidates: Vec<Standing>,
    candidates_count: u32,
    /// What was weighed of them: `fewest_open` their open leads, `least_value` the value of those in hundredths, `turns`
    /// and `weighted_turns` the turns that they had had, also while they were not there; absent where nothing was, or where
    /// it was not noted yet.
    weighed_by: Option<String>,
    /// The id of whoever gets what nothing else placed, where they were away.
    default_away: Option<String>,
    /// The id of the user who got it.
    winner: Option<String>,
}

/// A rule and what came of it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct RuleTried {
    /// Its key.
    rule: String,
    /// `not_in_force`, `other_way`, `condition`, `nobody`, `plugin_passed`, `won`, `won_by_fallback`.
    outcome: String,
    /// The first conditions that failed, as in filters.
    failed: Option<String>,
    left_out: Vec<LeftOut>,
    /// Left out too, but not named.
    left_out_more: u32,
}

/// Somebody who could not get it.
#[derive(Object)]
pub(crate) struct LeftOut {
    /// The id of the user.
    user: String,
    /// `gone`, `takes_none`, `away`, `day_off`, `off_hours`, `day_full`, `month_full`, `did_not_answer`.
    why: String,
}

/// Somebody who could get it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Standing {
    /// The id of the user.
    user: String,
    /// As `weighed_by` says; 0 where nothing was weighed.
    weighed: u64,
    /// How often it is their turn against the others, where that decided, too.
    weight: Option<u16>,
}

impl From<model::Explanation> for Explanation {
    fn from(explanation: model::Explanation) -> Explanation {
        let standing = |one: model::Standing| Standing {
            user: one.user.to_string(),
            weighed: one.weighed,
            weight: one.weight,
        };
        Explanation {
            at: explanation.meta.created_at.to_string(),
            lead: explanation.lead.to_string(),
            occasion: explanation.occasion.as_str().to_owned(),
            from: explanation.from.map(|from| from.to_string()),
            rules: explanation.rules.into_iter().map(RuleTried::from).collect(),
            candidates: explanation.candidates.into_iter().map(standing).collect(),
            candidates_count: explanation.candidates_count,
            weighed_by: explanation.weighed_by.map(|strategy| strategy.as_str().to_owned()),
            default_away: explanation.default_away.map(|user| user.to_string()),
            winner: explanation.winner.map(|winner| winner.to_string()),
        }
    }
}

impl From<model::RuleTried> for RuleTried {
    fn from(tried: model::RuleTried) -> RuleTried {
        let failed = match &tried.outcome {
            model::RuleOutcome::Condition { conditions, .. } => Some(conditions.to_string()),
            _ => None,
        };
        let left_out =
            |one: model::LeftOut| LeftOut { user: one.user.to_string(), why: one.why.as_str().to_owned() };
        RuleTried {
            rule: tried.rule,
            outcome: tried.outcome.as_str().to_owned(),
            failed,
            left_out: tried.left_out.into_iter().map(left_out).collect(),
            left_out_more: tried.left_out_more,
        }
    }
}

impl From<Reason> for Tried {
    fn from(reason: Reason) -> Tried {
        Tried { asked: reason.asked, outcome: reason.outcome, text: reason.text }
    }
}
