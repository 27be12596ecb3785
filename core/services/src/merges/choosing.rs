//! Which value stays, field by field; what is united; and what follows from it.

use super::addresses;
use crate::Error;
use crate::fields::{self, Field};
use crate::lead_drafts::TAGS_MAX;
use crate::leads::count_open;
use crate::own_values::claims;
use crate::records::rules::{Around, Rules};
use model::json::{self, Map, Value};
use model::uuid::Uuid;
use model::{
    AnyRecord, Company, Consent, Consenting, Contact, CustomValues, EMAIL_LABELS, EMAILS_MAX, EmailAddress,
    Entity, FieldErrors, FieldKind, FieldValue, Frame, Kind, Lead, LeadStatus, PHONE_LABELS, PHONES_MAX,
    POSITIONS_MAX, PhoneNumber, Position, Record, own_name,
};
use std::collections::BTreeMap;

/// Calls a generic function for an entity whose records can become one: a new one is one line.
macro_rules! for_mergeable {
    ($entity:expr, $R:ident => $call:expr) => {
        match $entity {
            model::Kind::Lead => {
                type $R = model::Lead;
                $call
            }
            model::Kind::Company => {
                type $R = model::Company;
                $call
            }
            model::Kind::Contact => {
                type $R = model::Contact;
                $call
            }
            _ => Err($crate::Error::NotFound),
        }
    };
}
pub(super) use for_mergeable;

/// An entity whose records can become one.
pub(super) trait Mergeable: Record + AnyRecord + 'static {
    /// Takes the value of a built-in field over; without one to take it from, empties it.
    fn take(&mut self, key: &str, from: Option<&Self>) -> Result<(), Error>;
    /// Whose it is.
    fn give(&mut self, from: &Self);
    fn common(&mut self) -> Shared<'_>;
    /// What follows from what all of them were; `self` is the one that stays, with the values that were chosen.
    fn settle(
        &mut self,
        around: &Around<'_>,
        before: &Self,
        others: &[Self],
        errors: &mut FieldErrors,
    ) -> Result<(), Error>;
    /// Makes it say what counts of all that was said about its person's data.
    fn settle_said(&mut self, _said: &[Consent]) {}
    /// Tallies that follow records.
    fn count(_write: &mut store::Write, _before: Option<&Self>, _after: Option<&Self>) {}
    /// What it says twice since records became one.
    fn tidy(&mut self) {}
    /// Puts main values of one of them that were not chosen into its lists, where they are not there yet and there is room.
    fn keep(&mut self, _of: &Self) {}
}

/// Parts that all of them have.
pub(super) struct Shared<'a> {
    pub(super) external_key: &'a mut Option<String>,
    pub(super) archived: &'a mut bool,
    pub(super) custom: &'a mut CustomValues,
    pub(super) unique_fields: &'a mut Vec<String>,
}

/// A field, and what each of the records has in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub field: Field,
    /// In the order of the records.
    pub values: Vec<FieldValue>,
    /// The place of the record whose value stays where nobody chooses: the one that has a value; where several have
    /// different ones, the one that was changed last. Of an address it is the same in all its fields.
    pub usual: usize,
}

impl Choice {
    /// Whether there is anything to choose.
    pub fn differs(&self) -> bool {
        self.values.iter().any(|value| *value != self.values[0])
    }

    /// Whether it is chosen with the rest of an address: as `address`.
    pub fn is_of_address(&self) -> bool {
        addresses::FIELDS.contains(&self.field.key.as_str())
    }
}

/// Whose it is: chosen as a field, though nobody types it into a form.
const OWNER: &str = "owner";
/// What is united, or follows: never chosen.
const UNITED: [&str; 2] = ["tags", "external_key"];

/// The fields in which any of the records has a value.
pub(super) fn choices<R: Mergeable>(frame: &Frame, all: &[R]) -> Vec<Choice> {
    let is_chosen =
        |field: &Field| (field.typed || field.key == OWNER) && !UNITED.contains(&field.key.as_str());
    let mut choices: Vec<Choice> = fields::specs_of(frame, R::KIND)
        .into_iter()
        .filter(is_chosen)
        .map(|field| choice(frame, field, all))
        .filter(|choice| choice.values.iter().any(|value| !value.is_nothing()))
        .collect();
    title_follows(&mut choices, None);
    addresses::stay_whole(&mut choices, all, None);
    choices
}

/// What somebody does belongs to where they do it: the title is that of a record with the company that stays, be it chosen or
/// the usual one. What they do elsewhere goes along with that company.
fn title_follows(choices: &mut [Choice], chosen: Option<usize>) {
    let Some(company) = choices.iter().find(|choice| choice.field.key == "company") else { return };
    let place = chosen.unwrap_or(company.usual);
    let Some(stays) = company.values.get(place).cloned() else { return };
    let companies = company.values.clone();
    let Some(title) = choices.iter_mut().find(|choice| choice.field.key == "job_title") else { return };
    let fits = |place: usize| companies[place] == stays || companies[place].is_nothing();
    if fits(title.usual) {
        return;
    }
    let is_there = |place: &usize| fits(*place) && !title.values[*place].is_nothing();
    title.usual = (0..companies.len()).find(is_there).unwrap_or(place);
}

fn choice<R: Mergeable>(frame: &Frame, field: Field, all: &[R]) -> Choice {
    let ids: Vec<Uuid> = all.iter().map(|one| one.meta().id).collect();
    let value = |one: &R| match fields::value_of(frame, one, &field.key) {
        // Nothing belongs to itself.
        FieldValue::Record(id) if ids.contains(&id) => FieldValue::Nothing,
        value => value,
    };
    let values: Vec<FieldValue> = all.iter().map(value).collect();
    let known = || (0..values.len()).filter(|place| !values[*place].is_nothing());
    let first = known().next().unwrap_or(0);
    let usual = if known().all(|place| values[place] == values[first]) {
        first
    } else {
        // Of those that were changed at once, the first.
        let last = known().max_by_key(|place| (all[*place].meta().updated_at, std::cmp::Reverse(*place)));
        last.unwrap_or(first)
    };
    Choice { field, values, usual }
}

/// The one that stays as it becomes, and the fields whose value came from another.
pub(super) fn united<R: Mergeable>(
    around: &Around<'_>,
    survivor: &R,
    others: &[R],
    take: &BTreeMap<String, Uuid>,
    errors: &mut FieldErrors,
) -> Result<(R, Vec<String>), Error> {
    let all: Vec<&R> = [survivor].into_iter().chain(others).collect();
    let owned: Vec<R> = all.iter().map(|one| (*one).clone()).collect();
    let mut choices = choices(around.frame, &owned);
    let place_of = |id: &Uuid| all.iter().position(|one| one.meta().id == *id);
    title_follows(&mut choices, take.get("company").and_then(place_of));
    let address = addresses::chosen(take, &place_of, errors);
    addresses::stay_whole(&mut choices, &owned, address);
    for key in take.keys().filter(|key| fields::spec_of(around.frame, R::KIND, key).is_none()) {
        errors.add(key, "field-unknown", key.as_str());
    }
    let mut after = united_lists(survivor, others)?;
    let mut taken = Vec::new();
    for choice in &choices {
        let key = choice.field.key.as_str();
        let place = match take.get(key).filter(|_| !choice.is_of_address()) {
            None => choice.usual,
            Some(id) => match all.iter().position(|one| one.meta().id == *id) {
                Some(place) => place,
                None => {
                    errors.add(key, "merge-whose", "");
                    continue;
                }
            },
        };
        let (from, value) = (all[place], &choice.values[place]);
        let is_same = place == 0 && *value == fields::value_of(around.frame, survivor, key);
        if !is_same {
            put(&mut after, key, from, value.is_nothing())?;
        }
        if choice.values[0] != *value {
            taken.push(key.to_owned());
        }
    }
    let keys = others.iter().filter_map(|other| text(other, "external_key"));
    let archived = all.iter().all(|one| one.is_archived());
    // What an own field that is not in use any more holds is not lost.
    let own: Vec<(String, model::CustomValue)> = others
        .iter()
        .flat_map(|other| other.own().clone())
        .filter(|(name, _)| around.frame.field(R::KIND, name).is_none_or(|field| field.archived))
        .collect();
    let shared = after.common();
    *shared.archived = archived;
    *shared.external_key = shared.external_key.take().or_else(|| keys.into_iter().next());
    for (name, value) in own {
        shared.custom.entry(name).or_insert(value);
    }
    *shared.unique_fields = claims(around.frame, R::KIND, shared.custom);
    if let FieldValue::Codes(tags) = after.built_in("tags")
        && tags.len() > TAGS_MAX
    {
        errors.add("tags", "too-many", TAGS_MAX.to_string());
    }
    fill_lists(&mut after, &all, errors);
    after.settle(around, survivor, others, errors)?;
    Ok((after, taken))
}

/// Main values that were not chosen go into lists, which say it where all of them together have too much.
fn fill_lists<R: Mergeable>(after: &mut R, all: &[&R], errors: &mut FieldErrors) {
    after.tidy();
    for one in all {
        after.keep(one);
    }
    after.tidy();
    for rows in model::rows_of(R::KIND) {
        if after.listed(rows.key).len() > rows.rows_max {
            errors.add(rows.key, "too-many", rows.rows_max.to_string());
        }
    }
}

fn text(record: &dyn AnyRecord, key: &str) -> Option<String> {
    match record.built_in(key) {
        FieldValue::Text(text) => Some(text),
        _ => None,
    }
}

fn put<R: Mergeable>(after: &mut R, key: &str, from: &R, is_nothing: bool) -> Result<(), Error> {
    if key == OWNER {
        after.give(from);
        return Ok(());
    }
    if let Some(name) = own_name(key) {
        let value = from.own().get(name).filter(|_| !is_nothing).cloned();
        let shared = after.common();
        match value {
            Some(value) => shared.custom.insert(name.to_owned(), value),
            None => shared.custom.remove(name),
        };
        return Ok(());
    }
    after.take(key, (!is_nothing).then_some(from))
}

/// Lists that follow from others or are kept elsewhere.
const FOLLOWING: [&str; 3] = ["consents", "unique_fields", "custom"];

/// What records keep several of, such as tags and positions: everything that any of them has, each once.
fn united_lists<R: Record>(survivor: &R, others: &[R]) -> Result<R, Error> {
    let object = |record: &R| match json::to_value(record) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Ok(Map::new()),
        Err(error) => Err(Error::internal(error)),
    };
    let mut fields = object(survivor)?;
    for other in others {
        for (key, value) in object(other)? {
            let (Value::Array(more), false) = (value, FOLLOWING.contains(&key.as_str())) else { continue };
            let mut whole = match fields.remove(&key) {
                Some(Value::Array(all)) => all,
                Some(Value::Null) | None => Vec::new(),
                Some(kept) => {
                    fields.insert(key, kept);
                    continue;
                }
            };
            for value in more {
                if !whole.contains(&value) {
                    whole.push(value);
                }
            }
            if key == "tags" {
                whole.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
            }
            fields.insert(key, Value::Array(whole));
        }
    }
    json::from_value(Value::Object(fields)).map_err(Error::internal)
}

fn shared_of<E: Entity>(record: &mut E) -> Shared<'_> {
    let common = record.common_mut();
    Shared {
        external_key: &mut common.external_key,
        archived: &mut common.archived,
        custom: &mut common.custom,
        unique_fields: &mut common.unique_fields,
    }
}

fn give_to<E: Entity>(record: &mut E, from: &E) {
    let (owner, team) = (from.common().owner, from.common().team);
    let common = record.common_mut();
    (common.owner, common.team) = (owner, team);
}

/// A main phone that is no more, as a further one.
fn keep_phone(phones: &mut Vec<PhoneNumber>, main: &[&Option<String>], label: &str, number: Option<&String>) {
    let Some(number) = number.filter(|number| !is_main(main, number)) else { return };
    if phones.len() < PHONES_MAX && phones.iter().all(|phone| phone.number != *number) {
        phones.push(PhoneNumber { label: label.to_owned(), number: number.clone() });
    }
}

/// The same of an e-mail address.
fn keep_email(emails: &mut Vec<EmailAddress>, main: &[&Option<String>], address: Option<&String>) {
    let Some(address) = address.filter(|address| !is_main(main, address)) else { return };
    if emails.len() < EMAILS_MAX && emails.iter().all(|email| email.address != *address) {
        emails.push(EmailAddress { label: usual(EMAIL_LABELS).to_owned(), address: address.clone() });
    }
}

fn is_main(main: &[&Option<String>], text: &str) -> bool {
    main.iter().any(|main| main.as_deref() == Some(text))
}

/// The label where nobody says what it is for.
fn usual(labels: &[&'static str]) -> &'static str {
    labels.first().copied().unwrap_or_default()
}

fn take_field<E: Entity>(record: &mut E, key: &str, from: Option<&E>) {
    let value = from.map_or(FieldValue::Nothing, |from| from.value(key));
    record.put(key, value, from.and_then(Entity::currency).unwrap_or_default());
}

impl Mergeable for Company {
    fn take(&mut self, key: &str, from: Option<&Company>) -> Result<(), Error> {
        take_field(self, key, from);
        Ok(())
    }

    fn give(&mut self, from: &Company) {
        give_to(self, from);
    }

    fn common(&mut self) -> Shared<'_> {
        shared_of(self)
    }

    fn settle(
        &mut self,
        around: &Around<'_>,
        before: &Company,
        others: &[Company],
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        let all = || [before].into_iter().chain(others);
        // Above the one that stays stands none of those that go, however far up.
        let is_one = |id: Uuid| all().any(|one| one.meta.id == id);
        let mut above = self.parent;
        for _ in 0..PARENTS_MAX {
            match above {
                Some(id) if is_one(id) => {
                    errors.add("parent", "parent-circle", "");
                    break;
                }
                Some(id) => above = around.app.store.get::<Company>(id)?.and_then(|company| company.parent),
                None => break,
            }
        }
        Rules::settle(self, around, Some(before), &mut FieldErrors::default())
    }

    fn tidy(&mut self) {
        self.tidy_links();
    }

    fn keep(&mut self, of: &Company) {
        keep_phone(&mut self.phones, &[&self.phone], usual(PHONE_LABELS), of.phone.as_ref());
        keep_email(&mut self.emails, &[&self.email], of.email.as_ref());
    }
}

/// As in the rules of companies.
const PARENTS_MAX: usize = 20;

impl Mergeable for Contact {
    fn take(&mut self, key: &str, from: Option<&Contact>) -> Result<(), Error> {
        take_field(self, key, from);
        Ok(())
    }

    fn give(&mut self, from: &Contact) {
        give_to(self, from);
    }

    fn common(&mut self) -> Shared<'_> {
        shared_of(self)
    }

    fn settle(
        &mut self,
        around: &Around<'_>,
        before: &Contact,
        _others: &[Contact],
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        Rules::settle(self, around, Some(before), errors)
    }

    fn settle_said(&mut self, said: &[Consent]) {
        self.settle_consents(said);
    }

    fn tidy(&mut self) {
        self.tidy_links();
    }

    fn keep(&mut self, of: &Contact) {
        if let Some(company) = of.company.filter(|company| self.company != Some(*company)) {
            let is_there = self.positions.iter().any(|position| position.company == company);
            // What they do there is put together when it is tidied.
            if is_there || self.positions.len() < POSITIONS_MAX {
                let role = of.job_title.clone().unwrap_or_default();
                self.positions.push(Position { company, role, active: true });
            }
        }
        let main = [&self.phone, &self.mobile];
        keep_phone(&mut self.phones, &main, usual(PHONE_LABELS), of.phone.as_ref());
        keep_phone(&mut self.phones, &main, "mobile", of.mobile.as_ref());
        keep_email(&mut self.emails, &[&self.email], of.email.as_ref());
    }
}

impl Mergeable for Lead {
    fn take(&mut self, key: &str, from: Option<&Lead>) -> Result<(), Error> {
        let value = from.map_or(Ok(Value::Null), json::to_value).map_err(Error::internal)?;
        let Value::Object(mut fields) = json::to_value(&*self).map_err(Error::internal)? else {
            return Ok(());
        };
        fields.insert(key.to_owned(), value.get(key).cloned().unwrap_or(Value::Null));
        *self = json::from_value(Value::Object(fields)).map_err(Error::internal)?;
        Ok(())
    }

    fn give(&mut self, from: &Lead) {
        (self.owner, self.team) = (from.owner, from.team);
        self.assigned_at = from.assigned_at;
        self.assignment.clone_from(&from.assignment);
        // The clock is that of whoever has it, and so is what they decided.
        (self.response, self.accepted, self.snooze) = (from.response, from.accepted, from.snooze);
    }

    fn common(&mut self) -> Shared<'_> {
        Shared {
            external_key: &mut self.external_key,
            archived: &mut self.archived,
            custom: &mut self.custom,
            unique_fields: &mut self.unique_fields,
        }
    }

    fn settle(
        &mut self,
        _around: &Around<'_>,
        before: &Lead,
        others: &[Lead],
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        let all = || [before].into_iter().chain(others);
        if self.name.is_none() && self.company.is_none() {
            errors.add("name", "name-or-company", "");
        }
        let mut converted = all().filter(|lead| lead.conversion.is_some());
        let first = converted.next();
        if converted.next().is_some() {
            // Each became something else: those are what may be the same.
            errors.add("", "merge-converted", "");
        }
        self.first_response_at = all().filter_map(|lead| lead.first_response_at).min();
        // Nothing is a duplicate of itself.
        self.duplicate_of = self.duplicate_of.filter(|of| all().all(|one| one.meta.id != *of));
        if let Some(lead) = first {
            (self.status, self.discard_reason) = (LeadStatus::Converted, None);
            self.duplicate_of = None;
            self.conversion.clone_from(&lead.conversion);
            return Ok(());
        }
        // As far as any of them has come that is still being worked on.
        let furthest = all().filter(|lead| lead.status.is_open()).map(|lead| lead.status).max();
        if let Some(status) = furthest {
            (self.discard_reason, self.duplicate_of) = (None, None);
            self.status = match (status, self.owner) {
                (LeadStatus::New, Some(_)) => LeadStatus::Assigned,
                (LeadStatus::Assigned, None) => LeadStatus::New,
                (status, _) => status,
            };
        }
        Ok(())
    }

    fn settle_said(&mut self, said: &[Consent]) {
        self.settle_consents(said);
    }

    fn count(write: &mut store::Write, before: Option<&Lead>, after: Option<&Lead>) {
        count_open(write, before, after);
    }
}

/// The records that a field of any of these kinds leads to, with the entity it leads to.
pub(super) fn links_of(frame: &Frame, record: &dyn AnyRecord) -> Vec<(String, Kind, Uuid)> {
    let link = |field: Field| match fields::value_of(frame, record, &field.key) {
        FieldValue::Record(id) if field.kind == FieldKind::Link => Some((field.key, field.target?, id)),
        _ => None,
    };
    fields::specs_of(frame, record.entity()).into_iter().filter_map(link).collect()
}

/// Empties a field.
pub(super) fn empty<R: Mergeable>(record: &mut R, key: &str) -> Result<(), Error> {
    let from = record.clone();
    put(record, key, &from, true)
}
