//! The company's own fields of a lead, between form, page and deeds.

use crate::pages::picker;
use model::uuid::Uuid;
use model::{CustomValues, FieldErrors, FieldKind, FieldValue, Frame, Kind, own_key, own_name};
use services::own_values::TypedValues;
use services::{App, Ctx, Error, links, users};
use std::collections::BTreeMap;
use ui::components::pick_name;
use ui::own_fields::OwnInputs;

/// What a form sent for own fields: `custom.<name>`, several times for several choices. Of a link, what was picked comes
/// after the text, where there is one.
pub(in crate::pages) fn typed_of(fields: &[(String, String)]) -> TypedValues {
    let mut typed = TypedValues::new();
    for (key, value) in fields {
        if let Some(name) = own_name(key).filter(|name| !name.ends_with(PICK)) {
            let texts = typed.entry(name.to_owned()).or_default();
            texts.push(value.clone());
            texts.extend(picked(fields, key).filter(|_| !value.trim().is_empty()));
        }
    }
    typed
}

/// Ends the name under which a form sends what was picked for a field.
const PICK: &str = ".pick";

/// What was picked for a field that leads to a record: an id, or that a new one is to be made.
pub(in crate::pages) fn picked(fields: &[(String, String)], key: &str) -> Option<String> {
    let name = pick_name(key);
    let sent = fields.iter().filter(|(other, value)| *other == name && !value.is_empty());
    sent.map(|(_, value)| value.clone()).next()
}

/// The inputs with what stands in them, and what linked records are called.
pub(in crate::pages) fn inputs(
    app: &App,
    ctx: &Ctx,
    entity: Kind,
    typed: TypedValues,
) -> Result<OwnInputs, Error> {
    let frame = app.frame();
    let leads_to = |target: Kind| {
        frame.fields_of(entity).any(|(_, field)| !field.piece.archived && field.piece.target == Some(target))
    };
    let people = if leads_to(Kind::User) { users::list(app, ctx)? } else { Vec::new() };
    let teams = if leads_to(Kind::Team) { users::teams(app, ctx)? } else { Vec::new() };
    let mut leads = BTreeMap::new();
    for (name, target) in links_of(&frame, entity) {
        let Some(text) = typed.get(name).and_then(|texts| texts.first()) else {
            continue;
        };
        let Ok(id) = text.parse::<Uuid>() else {
            continue;
        };
        if let Some(title) = links::name(app, ctx, target, id)? {
            leads.insert(text.clone(), title);
        }
    }
    let person = |user: model::User| (user.id().to_string(), user.name);
    Ok(OwnInputs {
        prefix: String::new(),
        people: people.into_iter().filter(|user| user.active).map(person).collect(),
        teams: teams.into_iter().map(|team| (team.id().to_string(), team.name)).collect(),
        leads,
        meant: BTreeMap::new(),
        says_optional: false,
        typed,
    })
}

/// Inputs that came back: who may be meant by a name that several have.
pub(in crate::pages) fn ask(
    app: &App,
    ctx: &Ctx,
    entity: Kind,
    own: &mut OwnInputs,
    errors: &FieldErrors,
) -> Result<(), Error> {
    for (name, target) in links_of(&app.frame(), entity) {
        let problem = errors.of(&format!("{}{}", own.prefix, own_key(name)));
        let typed = own.typed.get(name).and_then(|texts| texts.first());
        if let Some(typed) = typed.filter(|_| problem.is_some_and(|problem| problem.code == "link-several")) {
            own.meant.insert(name.to_owned(), picker::namesakes(app, ctx, target, typed)?);
        }
    }
    Ok(())
}

/// Own fields that link to records which are shown by their names.
fn links_of(frame: &Frame, entity: Kind) -> impl Iterator<Item = (&str, Kind)> {
    frame
        .fields_of(entity)
        .filter(|(_, field)| field.piece.kind == FieldKind::Link)
        .filter_map(|(name, field)| Some((name, field.piece.target?)))
        .filter(|(_, target)| !matches!(target, Kind::User | Kind::Team))
}

/// What the records are called that these values link to, as far as the caller may see them.
pub(in crate::pages) fn linked(
    app: &App,
    ctx: &Ctx,
    entity: Kind,
    values: &CustomValues,
) -> Result<BTreeMap<Uuid, String>, Error> {
    let frame = app.frame();
    let mut names = BTreeMap::new();
    for name in values.keys() {
        let Some(field) = frame.field(entity, name) else {
            continue;
        };
        if let (FieldValue::Record(id), Some(target)) = (field.value_of(values.get(name)), field.target)
            && let Some(title) = links::name(app, ctx, target, id)?
        {
            names.insert(id, title);
        }
    }
    Ok(names)
}
