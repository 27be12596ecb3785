//! Records as people refer to them in a field: by name, e-mail, key, address or id. Only those the caller may see.

use crate::imports::keys::{self, EXTERNAL_KEY};
use crate::{App, Ctx, Error, merges, records, users};
use model::uuid::Uuid;
use model::{
    IndexKey, Kind, Lead, LeadSort, Likeness, MATCHED, Team, User, fold, list_of_all, normalize_email,
    single_spaced,
};
use store::{Direction, Scan};

/// What an own field can lead to.
pub const TARGETS: [Kind; 8] = [
    Kind::Lead,
    Kind::Company,
    Kind::Contact,
    Kind::Opportunity,
    Kind::Product,
    Kind::Quote,
    Kind::User,
    Kind::Team,
];

/// Records of one name looked at; more are «several» anyway.
const NAMESAKES_MAX: usize = 50;
/// Names that begin alike, looked at while somebody types: whoever sees few of them is helped by the search by words.
const NAMES_LOOKED_AT_MAX: usize = 200;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    One(Uuid),
    Nothing,
    /// More than one has this name.
    Several,
}

/// The record that somebody means.
pub fn find(app: &App, ctx: &Ctx, target: Kind, text: &str) -> Result<Found, Error> {
    let text = single_spaced(text);
    match target {
        Kind::User => user(app, ctx, &text),
        Kind::Team => team(app, ctx, &text),
        _ => record(app, ctx, target, &text),
    }
}

/// The same in a file of another program: a key is one of that program, and no other one counts.
pub(crate) fn find_of_program(
    app: &App,
    ctx: &Ctx,
    target: Kind,
    text: &str,
    program: &str,
) -> Result<Found, Error> {
    let text = single_spaced(text);
    if matches!(target, Kind::User | Kind::Team) {
        return find(app, ctx, target, &text);
    }
    if let Some(id) = keys::find(app, target, program, &text)?
        && records::visible(app, ctx, target, id)?.is_some()
    {
        return Ok(Found::One(id));
    }
    if let Some(found) = of_id(app, ctx, target, &text)? {
        return Ok(found);
    }
    let codes = unique_fields(target).iter().filter(|field| **field != EXTERNAL_KEY);
    of_key_or_name(app, ctx, target, codes, &text)
}

/// The same where somebody may have picked one from those offered: `pick` is its id, and counts as long as the text still
/// says its name.
pub fn meant(app: &App, ctx: &Ctx, target: Kind, text: &str, pick: Option<&str>) -> Result<Found, Error> {
    if let Some(id) = pick.and_then(|pick| pick.parse::<Uuid>().ok())
        && name(app, ctx, target, id)?.is_some_and(|name| fold(&name) == fold(&single_spaced(text)))
    {
        return Ok(Found::One(id));
    }
    find(app, ctx, target, text)
}

/// The records of exactly this name that the caller may see: for the question which one is meant.
pub fn namesakes(app: &App, ctx: &Ctx, target: Kind, text: &str) -> Result<Vec<records::Record>, Error> {
    let text = single_spaced(text);
    let folded = fold(&text);
    let mut namesakes = Vec::new();
    for id in ids_named(app, target, list_by_name(target).text(&text).bytes(), NAMESAKES_MAX)? {
        namesakes
            .extend(records::visible(app, ctx, target, id)?.filter(|record| fold(&record.name()) == folded));
    }
    Ok(namesakes)
}

/// Records whose name begins so, in the order of names, whoever may see them.
pub(crate) fn names_beginning(app: &App, target: Kind, text: &str) -> Result<Vec<Uuid>, Error> {
    let mut prefix = list_by_name(target).text(text).bytes();
    // The zero byte that ends a whole name.
    prefix.pop();
    ids_named(app, target, prefix, NAMES_LOOKED_AT_MAX)
}

fn list_by_name(target: Kind) -> IndexKey {
    match target {
        Kind::Lead => Lead::list_of_all(LeadSort::Name),
        other => list_of_all(other, BY_NAME),
    }
}

fn ids_named(app: &App, target: Kind, prefix: Vec<u8>, limit: usize) -> Result<Vec<Uuid>, Error> {
    if matches!(target, Kind::User | Kind::Team) {
        return Ok(Vec::new());
    }
    let scan = Scan { prefix, after: None, direction: Direction::Forward, limit };
    Ok(app.store.scan(&scan)?.iter().filter_map(|entry| IndexKey::record_at_end(&entry.key)).collect())
}

/// What a linked record is called; nothing where it is gone or the caller may not see it.
pub fn name(app: &App, ctx: &Ctx, target: Kind, id: Uuid) -> Result<Option<String>, Error> {
    Ok(match target {
        Kind::User => app.store.get::<User>(id)?.map(|user| user.name),
        Kind::Team => app.store.get::<Team>(id)?.map(|team| team.name),
        _ => records::visible(app, ctx, target, id)?.map(|record| record.name()),
    })
}

/// The list of an entity by name: the place of that order in the storage keys is fixed.
const BY_NAME: u8 = 1;

fn record(app: &App, ctx: &Ctx, target: Kind, text: &str) -> Result<Found, Error> {
    match of_id(app, ctx, target, text)? {
        Some(found) => Ok(found),
        None => of_key_or_name(app, ctx, target, unique_fields(target).iter(), text),
    }
}

/// The record of this id or address, where the text is one.
fn of_id(app: &App, ctx: &Ctx, target: Kind, text: &str) -> Result<Option<Found>, Error> {
    let Some(id) = id_in(text) else {
        return Ok(None);
    };
    // One that became a part of another is that one.
    let id = match records::any(app, target, id)? {
        Some(_) => id,
        None => merges::answers(app, target, id)?.unwrap_or(id),
    };
    Ok(Some(records::visible(app, ctx, target, id)?.map_or(Found::Nothing, |_| Found::One(id))))
}

fn of_key_or_name<'a>(
    app: &App,
    ctx: &Ctx,
    target: Kind,
    fields: impl Iterator<Item = &'a &'static str>,
    text: &str,
) -> Result<Found, Error> {
    for field in fields {
        if let Some(id) = app.store.find(&IndexKey::unique(target, field, text))?
            && records::visible(app, ctx, target, id)?.is_some()
        {
            return Ok(Found::One(id));
        }
    }
    if let Some(found) = of_email(app, ctx, target, text)? {
        return Ok(found);
    }
    // Long names stand in the index with their beginning: the record itself tells whether it is the same name.
    let namesakes: Vec<Uuid> =
        namesakes(app, ctx, target, text)?.iter().map(|record| record.about().id).collect();
    Ok(one_of(&namesakes))
}

/// Whose e-mail address it is, where it is one of somebody's.
fn of_email(app: &App, ctx: &Ctx, target: Kind, text: &str) -> Result<Option<Found>, Error> {
    let Some(email) = normalize_email(text).ok().filter(|_| MATCHED.contains(&target)) else {
        return Ok(None);
    };
    let likeness = Likeness { email: Some(email), ..Likeness::default() };
    let mut found = Vec::new();
    for (_, prefix) in likeness.keys() {
        let prefix = prefix.byte(target.tag()).bytes();
        let scan = Scan { prefix, after: None, direction: Direction::Forward, limit: NAMESAKES_MAX };
        for entry in app.store.scan(&scan)? {
            let Some(id) = IndexKey::record_at_end(&entry.key) else { continue };
            if records::visible(app, ctx, target, id)?.is_some() {
                found.push(id);
            }
        }
    }
    Ok((!found.is_empty()).then(|| one_of(&found)))
}

/// Fields that a record is known by besides its name.
fn unique_fields(target: Kind) -> &'static [&'static str] {
    match target {
        Kind::Product => &["external_key", "code"],
        _ => &["external_key"],
    }
}

fn user(app: &App, ctx: &Ctx, text: &str) -> Result<Found, Error> {
    let (id, folded) = (id_in(text), fold(text));
    let users = users::list(app, ctx)?.into_iter().filter(|user| user.active);
    let found: Vec<Uuid> = users
        .filter(|user| {
            id.map_or(user.email == text.to_lowercase() || fold(&user.name) == folded, |id| {
                id == user.meta.id
            })
        })
        .map(|user| user.meta.id)
        .collect();
    Ok(one_of(&found))
}

fn team(app: &App, ctx: &Ctx, text: &str) -> Result<Found, Error> {
    let (id, folded) = (id_in(text), fold(text));
    let found: Vec<Uuid> = users::teams(app, ctx)?
        .into_iter()
        .filter(|team| id.map_or(fold(&team.name) == folded, |id| id == team.meta.id))
        .map(|team| team.meta.id)
        .collect();
    Ok(one_of(&found))
}

fn one_of(found: &[Uuid]) -> Found {
    match found {
        [] => Found::Nothing,
        [one] => Found::One(*one),
        _ => Found::Several,
    }
}

/// An id by itself or at the end of an address.
fn id_in(text: &str) -> Option<Uuid> {
    text.split(['/', '?', '#']).filter(|part| part.len() == 36).find_map(|part| part.parse().ok())
}
