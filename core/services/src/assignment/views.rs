//! What plugins see of a lead and of those who could get it.

use super::ground::Ground;
use model::{FieldValue, Frame, Kind, Lead, Record as _, User};
use plugin_host::{Amount, Candidate, CustomField, LeadView};

pub(super) fn candidate(user: &User, open_leads: u64) -> Candidate {
    Candidate {
        id: user.id().to_string(),
        name: user.name.clone(),
        email: user.email.clone(),
        teams: user.teams.iter().map(ToString::to_string).collect(),
        skills: Vec::new(),
        open_leads: u32::try_from(open_leads).unwrap_or(u32::MAX),
        capacity: None,
        available: true,
        custom: Vec::new(),
    }
}

/// `open`: how many open leads each has at that moment.
pub(super) fn candidates(
    ground: &Ground,
    users: impl Iterator<Item = model::UserId>,
    open: &dyn Fn(model::UserId) -> u64,
) -> Vec<Candidate> {
    users.filter_map(|id| ground.people.get(&id).map(|worker| candidate(&worker.user, open(id)))).collect()
}

pub(super) fn view(lead: &Lead, frame: &Frame) -> LeadView {
    LeadView {
        id: lead.meta().id.to_string(),
        source: lead.source.map(|source| source.as_str().to_owned()).unwrap_or_default(),
        country: lead.country.clone(),
        postcode: lead.postcode.clone(),
        town: lead.town.clone(),
        zone: lead.zone.clone(),
        company: lead.company.clone(),
        industry: lead.industry.clone(),
        amount: lead
            .amount
            .map(|amount| Amount { minor: amount.minor_units, currency: amount.currency.code().to_owned() }),
        tags: lead.tags.clone(),
        custom: own_fields(lead, frame),
    }
}

/// Values of the company's own fields by their names; fields without a value are not there.
fn own_fields(lead: &Lead, frame: &Frame) -> Vec<CustomField> {
    let field = |(name, kept): (&String, &model::CustomValue)| {
        let value = plain(frame.field(Kind::Lead, name)?.value_of(Some(kept)))?;
        Some(CustomField { key: name.clone(), value })
    };
    lead.custom.iter().filter_map(field).collect()
}

/// What a plugin can do with a value: amounts in the smallest unit, days in ISO order, choices by their keys.
fn plain(value: FieldValue) -> Option<plugin_host::FieldValue> {
    use plugin_host::FieldValue as Plain;
    Some(match value {
        FieldValue::Nothing => return None,
        FieldValue::Text(text) => Plain::Text(text),
        FieldValue::Number(number) => match number.to_string().parse() {
            Ok(number) => Plain::Number(number),
            Err(_) => Plain::Text(number.to_string()),
        },
        FieldValue::Amount(cents) => Plain::Integer(cents),
        FieldValue::Day(day) => Plain::Text(day.to_string()),
        FieldValue::Instant(at) => Plain::Timestamp(at.as_millisecond()),
        FieldValue::Flag(flag) => Plain::Bool(flag),
        FieldValue::Codes(codes) => Plain::Text(codes.join(",")),
        FieldValue::User(user) => Plain::Text(user.to_string()),
        FieldValue::Team(team) => Plain::Text(team.to_string()),
        FieldValue::Record(id) => Plain::Text(id.to_string()),
        FieldValue::Texts(texts) => Plain::Text(texts.join(",")),
        FieldValue::Records(ids) => {
            Plain::Text(ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
        }
    })
}
