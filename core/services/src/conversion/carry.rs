//! What a new record takes over from its lead: fields of the same name and kind, the company's own ones too.

use super::Known;
use crate::records::Draft;
use crate::{App, Ctx, Error, records};
use model::{
    Company, Contact, CustomField, Entity, FieldKind, FieldValue, Frame, Kind, Lead, Meta, Opportunity,
    specs_of,
};

/// One line of a form; a lead's interest may be longer than the name of an opportunity.
const NAME_CHARACTERS_MAX: usize = 200;
/// By these people are reached.
const REACH: [&str; 2] = ["phone", "email"];

/// The form of a new record as it begins.
pub(super) fn proposed(app: &App, ctx: &Ctx, kind: Kind, lead: &Lead) -> Result<Draft, Error> {
    match kind {
        Kind::Company => Ok(draft::<Company>(app, ctx, lead)),
        Kind::Contact => Ok(draft::<Contact>(app, ctx, lead)),
        Kind::Opportunity => Ok(draft::<Opportunity>(app, ctx, lead)),
        _ => Err(Error::NotFound),
    }
}

fn draft<E: Entity + records::rules::Rules>(app: &App, ctx: &Ctx, lead: &Lead) -> Draft {
    let mut record: E = record(app, ctx, lead);
    record.propose(&app.frame());
    let mut draft = records::draft_of(app, &record);
    // Whose it is follows from the lead.
    draft.0.remove("owner");
    draft
}

/// A new record with what the lead knows; whose the lead is, or who converts it, is responsible.
pub(super) fn record<E: Entity>(app: &App, ctx: &Ctx, lead: &Lead) -> E {
    let frame = app.frame();
    let mut record = E::begin(Meta::new(ctx.new_id(), ctx.at, ctx.actor()));
    let currency = lead.amount.map(|amount| amount.currency).unwrap_or_default();
    for (key, value) in shared(E::KIND, lead).into_iter().chain(renamed(E::KIND, lead)) {
        record.put(key, value, currency);
    }
    let own = own(&frame, E::KIND, lead);
    let common = record.common_mut();
    common.owner = lead.owner.or(ctx.user_id());
    common.team = lead.team.or_else(|| ctx.teams().first().copied());
    common.custom = own;
    record
}

/// Fields that both have by the same name and of the same kind. By e-mail and phone one reaches the person, and the key
/// in another system is the lead's alone.
fn shared(kind: Kind, lead: &Lead) -> Vec<Known> {
    let left_out = |key: &str| match kind {
        Kind::Company => key == "description" || REACH.contains(&key),
        Kind::Contact => key == "description",
        _ => false,
    };
    let both = |spec: &&model::FieldSpec| {
        let of_lead = specs_of(Kind::Lead).iter().find(|other| other.key == spec.key);
        spec.typed && spec.key != "external_key" && of_lead.is_some_and(|other| other.kind == spec.kind)
    };
    specs_of(kind)
        .iter()
        .filter(both)
        .filter(|spec| !left_out(spec.key))
        .map(|spec| (spec.key, model::AnyRecord::built_in(lead, spec.key)))
        .filter(|(_, value)| !value.is_nothing())
        .collect()
}

/// Fields that are called otherwise in a lead.
fn renamed(kind: Kind, lead: &Lead) -> Vec<Known> {
    let text = |text: &str| FieldValue::Text(text.chars().take(NAME_CHARACTERS_MAX).collect());
    match kind {
        Kind::Company => vec![("name", text(lead.title()))],
        Kind::Contact => match lead.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => match name.split_once(char::is_whitespace) {
                Some((given, family)) => {
                    vec![("given_name", text(given)), ("family_name", text(family.trim()))]
                }
                None => vec![("given_name", text(name))],
            },
            None => Vec::new(),
        },
        Kind::Opportunity => vec![("name", text(lead.interest.as_deref().unwrap_or(lead.title())))],
        _ => Vec::new(),
    }
}

/// Where no person is made of the lead, the company is reached by what the lead says.
pub(super) fn reach(lead: &Lead, company: &mut Company, typed: &Draft) {
    if typed.one("phone").is_none() {
        company.phone.clone_from(&lead.phone);
    }
    if typed.one("email").is_none() {
        company.email.clone_from(&lead.email);
    }
}

/// Own fields that both entities have by the same name and of the same kind, with choices that both lists offer.
fn own(frame: &Frame, kind: Kind, lead: &Lead) -> model::CustomValues {
    let fits = |name: &str| {
        let (of_lead, own) = (frame.field(Kind::Lead, name)?, frame.field(kind, name)?);
        (of_lead.kind == own.kind && of_lead.target == own.target && !own.archived).then_some(())?;
        if !matches!(own.kind, FieldKind::Choice | FieldKind::Choices) {
            return Some(());
        }
        let FieldValue::Codes(codes) = own.value_of(lead.custom.get(name)) else { return None };
        let list = CustomField::list(kind, name);
        codes.iter().all(|code| frame.choice(&list, code).is_some()).then_some(())
    };
    lead.custom
        .iter()
        .filter(|(name, _)| fits(name).is_some())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
