//! Leads as they go over the wire. Shapes of their own: what is stored may change without the API changing.

use super::conversion::Conversion;
use super::own_wire::{self, Custom};
use model::Money;
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
