//! Contacts and companies as cards that phones and mail programs take (vCard 3.0).

use super::list::{Query, walk};
use super::{Record, any, get};
use crate::imports::File;
use crate::reports::EXPORT_REACH;
use crate::{App, Ctx, Error, links, permissions};
use model::uuid::Uuid;
use model::{Action, AnyRecord, BULK_ROWS_MAX, FieldValue, Kind, rows_of};
use sheets::{CARDS_TYPE, Card, CardAddress, CardOf, write_cards};

/// Cards in one file: phones read them one by one, and a list of more is no address book.
pub const CARDS_MAX: usize = 5_000;

/// The entities that have cards.
pub const CARDS: [Kind; 2] = [Kind::Company, Kind::Contact];

/// One record as a card, for whoever sees it.
pub fn card(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<File, Error> {
    has_cards(kind)?;
    let record = get(app, ctx, kind, id)?;
    let name: String =
        record.name().chars().filter(|letter| !letter.is_control() && *letter != '/').collect();
    Ok(file(format!("{name}.vcf"), &[of(app, ctx, record.as_ref())?]))
}

/// The records that match, in order, as one file of cards.
pub fn export_cards(app: &App, ctx: &Ctx, kind: Kind, query: &Query) -> Result<File, Error> {
    has_cards(kind)?;
    let mut records: Vec<Record> = Vec::new();
    walk(app, ctx, kind, Action::Export, query, EXPORT_REACH, &mut |record| {
        records.push(record);
        records.len() <= CARDS_MAX
    })?;
    all(app, ctx, kind, &records)
}

/// The same of chosen ones, in their order; those that the caller may not export are left out.
pub fn export_some_cards(app: &App, ctx: &Ctx, kind: Kind, ids: &[Uuid]) -> Result<File, Error> {
    has_cards(kind)?;
    permissions::require(ctx, kind, Action::Export)?;
    let mut records: Vec<Record> = Vec::new();
    for id in ids.iter().take(BULK_ROWS_MAX) {
        let record = any(app, kind, *id)?;
        records.extend(
            record.filter(|record| permissions::require_record(ctx, record.as_ref(), Action::Export).is_ok()),
        );
    }
    all(app, ctx, kind, &records)
}

fn has_cards(kind: Kind) -> Result<(), Error> {
    if CARDS.contains(&kind) { Ok(()) } else { Err(Error::NotFound) }
}

fn all(app: &App, ctx: &Ctx, kind: Kind, records: &[Record]) -> Result<File, Error> {
    if records.len() > CARDS_MAX {
        return Err(Error::invalid("", "cards-too-many", CARDS_MAX.to_string()));
    }
    let cards: Vec<Card> =
        records.iter().map(|record| of(app, ctx, record.as_ref())).collect::<Result<_, Error>>()?;
    let plural = model::path_of(kind).unwrap_or_default().trim_start_matches('/');
    Ok(file(format!("{plural}.vcf"), &cards))
}

fn file(name: String, cards: &[Card]) -> File {
    File { name, content_type: CARDS_TYPE, bytes: write_cards(cards) }
}

fn of(app: &App, ctx: &Ctx, record: &dyn AnyRecord) -> Result<Card, Error> {
    let text = |key: &str| match record.built_in(key) {
        FieldValue::Text(text) => text,
        _ => String::new(),
    };
    let company = match record.built_in("company") {
        FieldValue::Record(id) => links::name(app, ctx, Kind::Company, id)?.unwrap_or_default(),
        _ => String::new(),
    };
    let is_company = record.entity() == Kind::Company;
    let mains = |keys: &[(&str, &str)]| -> Vec<(String, String)> {
        let main = keys.iter().map(|(key, label)| ((*label).to_owned(), text(key)));
        main.filter(|(_, value)| !value.is_empty()).collect()
    };
    let mut phones = mains(&[("phone", "work"), ("mobile", "mobile")]);
    phones.extend(pairs(record, "phones"));
    let mut emails = mains(&[("email", "work")]);
    emails.extend(pairs(record, "emails"));
    let main = CardAddress {
        label: "work".to_owned(),
        street: text("address"),
        postcode: text("postcode"),
        town: text("town"),
        country: text("country"),
    };
    let is_there = [&main.street, &main.postcode, &main.town].iter().any(|part| !part.is_empty());
    Ok(Card {
        of: if is_company { CardOf::Company } else { CardOf::Person },
        id: record.about().id.to_string(),
        name: record.name(),
        given_name: text("given_name"),
        family_name: text("family_name"),
        company: if is_company { record.name() } else { company },
        job_title: text("job_title"),
        phones,
        emails,
        addresses: is_there.then_some(main).into_iter().chain(addresses(record)).collect(),
        website: text("website"),
        birthday: match record.built_in("birthday") {
            FieldValue::Day(day) => Some(day),
            _ => None,
        },
        // What is written about somebody stays in the house.
        note: String::new(),
    })
}

/// The rows of a list as texts by its parts; a choice as its code.
fn rows(record: &dyn AnyRecord, key: &str) -> Vec<Vec<String>> {
    let text = |value: FieldValue| match value {
        FieldValue::Text(text) => text,
        FieldValue::Codes(codes) => codes.into_iter().next().unwrap_or_default(),
        _ => String::new(),
    };
    let is_there = rows_of(record.entity()).iter().any(|list| list.key == key);
    let rows = if is_there { record.listed(key) } else { Vec::new() };
    rows.into_iter().map(|row| row.into_iter().map(text).collect()).collect()
}

fn pairs(record: &dyn AnyRecord, key: &str) -> Vec<(String, String)> {
    let pair = |row: Vec<String>| <[String; 2]>::try_from(row).ok().map(|[label, value]| (label, value));
    rows(record, key).into_iter().filter_map(pair).collect()
}

fn addresses(record: &dyn AnyRecord) -> Vec<CardAddress> {
    let address = |row: Vec<String>| {
        let [label, street, postcode, town, country] = <[String; 5]>::try_from(row).ok()?;
        Some(CardAddress { label, street: street.replace('\n', ", "), postcode, town, country })
    };
    rows(record, "addresses").into_iter().filter_map(address).collect()
}
