//! The company's choice lists: their values, what uses one, and how records go over to another.

use crate::configuration::{self, Governed, Use};
use crate::error::none_of;
use crate::lead_drafts::in_order;
use crate::records::recode;
use crate::{App, Ctx, Error, assignment_rules, consents, permissions};
use model::{
    Action, Choice, Configured, CustomField, CustomValue, FieldErrors, FieldKind, Frame, IndexKey, Kind,
    Label, Language, Lead, LeadFacet, LeadSort, LeadStatus, Source, fold, key_of, lists,
};
use store::{Direction, Scan};

/// Leads that one call of [`replace`] changes: some seconds of a request. Who calls again goes on.
pub const REPLACED_MAX: u64 = 5_000;
/// Leads of one transaction.
const PORTION: usize = 200;
/// Records and index entries read at a time.
const CHUNK: usize = 1_000;

/// One list at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListSummary {
    pub key: String,
    /// What the field is called, where it is the list of one of the company's own fields.
    pub field: Option<Label>,
    pub offered: Vec<Label>,
    pub archived: usize,
}

/// A value as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChoiceDraft {
    pub label: Label,
    /// For a new value; made of the label where empty.
    pub key: String,
    pub color: String,
    /// Zones: beginnings of postcodes, between spaces or commas.
    pub postcodes: String,
}

impl ChoiceDraft {
    pub fn of(key: &str, choice: &Choice) -> ChoiceDraft {
        ChoiceDraft {
            label: choice.label.clone(),
            key: key.to_owned(),
            color: choice.color.to_string(),
            postcodes: choice.postcodes.join(", "),
        }
    }

    fn read(&self, list: &str, errors: &mut FieldErrors) -> Choice {
        let typed = self.color.trim();
        let color = if typed.is_empty() { Ok(0) } else { typed.parse() };
        if color.is_err() {
            errors.add("color", "choice", typed);
        }
        let separators = |character: char| character.is_whitespace() || matches!(character, ',' | ';');
        let mut postcodes: Vec<String> =
            self.postcodes.split(separators).filter(|code| !code.is_empty()).map(str::to_uppercase).collect();
        postcodes.sort_unstable();
        postcodes.dedup();
        if list != lists::ZONES {
            postcodes.clear();
        }
        Choice { label: self.label.clone().trimmed(), color: color.unwrap_or(0), archived: false, postcodes }
    }
}

/// Which way a value goes in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
}

/// What came of one call of [`replace`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replaced {
    pub changed: u64,
    /// Leads that still have the former value.
    pub left: u64,
}

/// All lists: those every company has, then those of its own fields.
pub fn summaries(app: &App, ctx: &Ctx) -> Result<Vec<ListSummary>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let frame = app.frame();
    let built_in = lists::ALL.map(|key| (key.to_owned(), None));
    let own = frame.custom_fields.all().iter().filter(|field| has_list(&field.piece));
    let own = own.filter_map(|field| Some((list_of(&field.key)?, Some(field.piece.label.clone()))));
    Ok(built_in.into_iter().chain(own).map(|(key, field)| summary(&frame, key, field)).collect())
}

fn summary(frame: &Frame, key: String, field: Option<Label>) -> ListSummary {
    let (archived, offered): (Vec<_>, Vec<_>) =
        frame.choices_of(&key).map(|(_, choice)| choice.clone()).partition(|choice| choice.archived);
    let offered = offered.into_iter().map(|choice| choice.label).collect();
    ListSummary { archived: archived.len(), offered, field, key }
}

fn has_list(field: &CustomField) -> bool {
    matches!(field.kind, FieldKind::Choice | FieldKind::Choices)
}

/// `lead.roof` → `lead_roof`.
fn list_of(field: &str) -> Option<String> {
    let (entity, name) = field.split_once('.')?;
    Some(CustomField::list(entity.parse().ok()?, name))
}

/// The own field whose values a list holds.
fn field_of<'a>(frame: &'a Frame, list: &str) -> Option<&'a Configured<CustomField>> {
    let is_its = |field: &&Configured<CustomField>| list_of(&field.key).as_deref() == Some(list);
    frame.custom_fields.all().iter().find(|field| has_list(&field.piece) && is_its(field))
}

fn is_list(frame: &Frame, list: &str) -> bool {
    lists::ALL.contains(&list) || field_of(frame, list).is_some()
}

/// The values of one list in their order, also archived ones, and what its field is called where it is an own one.
pub fn list(app: &App, ctx: &Ctx, list: &str) -> Result<(Option<Label>, Vec<Configured<Choice>>), Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    values(app, list)
}

/// The same for everybody who is signed in: forms and other systems need to know what can be chosen.
pub fn offered(app: &App, ctx: &Ctx, list: &str) -> Result<Vec<Configured<Choice>>, Error> {
    ctx.caller()?;
    Ok(values(app, list)?.1)
}

fn values(app: &App, list: &str) -> Result<(Option<Label>, Vec<Configured<Choice>>), Error> {
    let frame = app.frame();
    if !is_list(&frame, list) {
        return Err(Error::NotFound);
    }
    let is_in = |choice: &&Configured<Choice>| choice.key.split_once('.').is_some_and(|(of, _)| of == list);
    let values = frame.choices.all().iter().filter(is_in).cloned().collect();
    Ok((field_of(&frame, list).map(|field| field.piece.label.clone()), values))
}

pub fn get(app: &App, ctx: &Ctx, list: &str, value: &str) -> Result<Configured<Choice>, Error> {
    configuration::get(app, ctx, &key(list, value))
}

fn key(list: &str, value: &str) -> String {
    format!("{list}.{value}")
}

/// A new value, at the end of its list.
pub fn create(app: &App, ctx: &Ctx, list: &str, draft: &ChoiceDraft) -> Result<Configured<Choice>, Error> {
    if !is_list(&app.frame(), list) {
        return Err(Error::NotFound);
    }
    let mut errors = FieldErrors::default();
    let choice = draft.read(list, &mut errors);
    none_of(errors)?;
    let typed = draft.key.trim();
    let made_of = Language::ALL.into_iter().map(|language| key_of(choice.label.own(language)));
    let value = if typed.is_empty() {
        made_of.into_iter().find(|key| !key.is_empty()).unwrap_or_default()
    } else {
        typed.to_owned()
    };
    configuration::create(app, ctx, &key(list, &value), choice)
}

/// Changes what a value is called and looks like. Whether it is archived stays.
pub fn update(
    app: &App,
    ctx: &Ctx,
    list: &str,
    value: &str,
    version: u64,
    draft: &ChoiceDraft,
) -> Result<Configured<Choice>, Error> {
    let before = get(app, ctx, list, value)?;
    let mut errors = FieldErrors::default();
    let choice = Choice { archived: before.piece.archived, ..draft.read(list, &mut errors) };
    none_of(errors)?;
    configuration::update(app, ctx, &key(list, value), version, choice)
}

/// Puts another value in the place of one: for other systems, which send all of it.
pub fn change(
    app: &App,
    ctx: &Ctx,
    list: &str,
    value: &str,
    version: u64,
    choice: Choice,
) -> Result<Configured<Choice>, Error> {
    let choice = Choice { label: choice.label.trimmed(), ..choice };
    configuration::update(app, ctx, &key(list, value), version, choice)
}

/// Offered no more; records that have it keep it.
pub fn archive(app: &App, ctx: &Ctx, list: &str, value: &str, version: u64) -> Result<(), Error> {
    let before = get(app, ctx, list, value)?;
    let choice = Choice { archived: true, ..before.piece };
    configuration::update(app, ctx, &key(list, value), version, choice).map(|_| ())
}

/// Offered again.
pub fn restore(app: &App, ctx: &Ctx, list: &str, value: &str, version: u64) -> Result<(), Error> {
    let before = get(app, ctx, list, value)?;
    let choice = Choice { archived: false, ..before.piece };
    configuration::update(app, ctx, &key(list, value), version, choice).map(|_| ())
}

/// Takes a value away that nothing uses; a ready one becomes what it was at the beginning.
pub fn remove(app: &App, ctx: &Ctx, list: &str, value: &str, version: u64) -> Result<(), Error> {
    configuration::remove::<Choice>(app, ctx, &key(list, value), version)
}

/// What uses a value.
pub fn uses(app: &App, ctx: &Ctx, list: &str, value: &str) -> Result<Vec<Use>, Error> {
    configuration::uses::<Choice>(app, ctx, &key(list, value))
}

/// One place up or down among the values that are offered, or among the archived ones.
pub fn step(app: &App, ctx: &Ctx, list: &str, value: &str, step: Step) -> Result<(), Error> {
    let (_, mut values) = self::list(app, ctx, list)?;
    let wanted = key(list, value);
    let moved = values.iter().find(|choice| choice.key == wanted).ok_or(Error::NotFound)?;
    let archived = moved.piece.archived;
    values.retain(|choice| choice.piece.archived == archived);
    let mut keys: Vec<String> = values.into_iter().map(|choice| choice.key).collect();
    let from = keys.iter().position(|key| *key == wanted).unwrap_or_default();
    let to = match step {
        Step::Up => from.checked_sub(1),
        Step::Down => Some(from + 1).filter(|to| *to < keys.len()),
    };
    let Some(to) = to else { return Ok(()) };
    keys.swap(from, to);
    configuration::reorder::<Choice>(app, ctx, &keys)
}

/// Gives the records that have one value another one of the same list, in portions: each of them whole. At most
/// [`REPLACED_MAX`] a call.
pub fn replace(app: &App, ctx: &Ctx, list: &str, value: &str, by: &str) -> Result<Replaced, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let frame = app.frame();
    let (slot, places) = (Slot::of(&frame, list), recode::places_of(&frame, list));
    if slot.is_none() && places.is_empty() {
        return Err(Error::NotFound);
    }
    frame.choice(list, value).ok_or(Error::NotFound)?;
    if list == lists::CONSENT_PURPOSES {
        // Who agreed to one use of their data did not agree to another.
        return Err(Error::invalid("by", "consent-purpose-stays", ""));
    }
    if by == value || frame.choice(list, by).is_none_or(|choice| choice.archived) {
        return Err(Error::invalid("by", "choice", by));
    }
    let (mut changed, mut left) = (0, 0);
    if let Some(slot) = slot {
        changed += slot.replace(app, ctx, value, by)?;
        left += slot.count(app, value)?;
    }
    for (kind, field) in places {
        let limit = REPLACED_MAX.saturating_sub(changed);
        if limit > 0 {
            changed += recode::recode(app, ctx, (kind, &field), (value, by), limit)?;
        }
        left += recode::count(app, kind, &field, value)?;
    }
    Ok(Replaced { changed, left })
}

/// Where leads keep values of a list.
enum Slot {
    Source,
    DiscardReason,
    Tags,
    /// A field of the company's own, by its name.
    Own(String),
}

impl Slot {
    fn of(frame: &Frame, list: &str) -> Option<Slot> {
        match list {
            lists::SOURCES => Some(Slot::Source),
            lists::DISCARD_REASONS => Some(Slot::DiscardReason),
            lists::TAGS => Some(Slot::Tags),
            _ => {
                let (entity, name) = field_of(frame, list)?.key.split_once('.')?;
                (entity == Kind::Lead.as_str()).then(|| Slot::Own(name.to_owned()))
            }
        }
    }

    /// Whether the entry of a list says already that its lead cannot have the value.
    fn may_have(&self, facet: &LeadFacet, value: &str) -> bool {
        match self {
            Slot::Source => facet.source.as_ref().is_some_and(|source| source.as_str() == value),
            Slot::DiscardReason => facet.status == LeadStatus::Discarded,
            Slot::Tags | Slot::Own(_) => true,
        }
    }

    fn has(&self, lead: &Lead, value: &str) -> bool {
        match self {
            Slot::Source => lead.source.as_ref().is_some_and(|source| source.as_str() == value),
            Slot::DiscardReason => lead.discard_reason.as_deref() == Some(value),
            Slot::Tags => lead.tags.iter().any(|tag| tag == value),
            Slot::Own(name) => match lead.custom.get(name) {
                Some(CustomValue::Text(text)) => text == value,
                Some(CustomValue::Codes(codes)) => codes.iter().any(|code| code == value),
                _ => false,
            },
        }
    }

    fn put(&self, lead: &mut Lead, value: &str, by: &str) {
        match self {
            Slot::Source => lead.source = Source::from_code(by),
            Slot::DiscardReason => lead.discard_reason = Some(by.to_owned()),
            Slot::Tags => {
                lead.tags.retain(|tag| tag != value);
                lead.tags.push(by.to_owned());
                lead.tags = in_order(std::mem::take(&mut lead.tags));
            }
            Slot::Own(name) => match lead.custom.get_mut(name) {
                Some(CustomValue::Text(text)) => *text = by.to_owned(),
                Some(CustomValue::Codes(codes)) => {
                    codes.retain(|code| code != by);
                    for code in codes.iter_mut().filter(|code| *code == value) {
                        *code = by.to_owned();
                    }
                }
                _ => {}
            },
        }
    }

    /// Each lead that has the value, until `take` says that it is enough. A lead that is changed meanwhile keeps its
    /// place: the list goes by when it was made.
    fn visit(
        &self,
        app: &App,
        value: &str,
        take: &mut dyn FnMut(Lead) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let prefix = Lead::list_of_all(LeadSort::Created).bytes();
        let mut after = None;
        loop {
            let scan = Scan { prefix: prefix.clone(), after, direction: Direction::Forward, limit: CHUNK };
            let entries = app.store.scan(&scan)?;
            for entry in &entries {
                let facet = LeadFacet::from_bytes(&entry.value);
                if !facet.is_some_and(|facet| self.may_have(&facet, value)) {
                    continue;
                }
                let Some(id) = IndexKey::record_at_end(&entry.key) else { continue };
                let lead = app.store.get::<Lead>(id)?.filter(|lead| self.has(lead, value));
                if let Some(lead) = lead
                    && take(lead)?
                {
                    return Ok(());
                }
            }
            if entries.len() < CHUNK {
                return Ok(());
            }
            after = entries.last().map(|entry| entry.key.clone());
        }
    }

    fn replace(&self, app: &App, ctx: &Ctx, value: &str, by: &str) -> Result<u64, Error> {
        let mut changed = 0;
        let mut waiting = Vec::with_capacity(PORTION);
        self.visit(app, value, &mut |lead| {
            waiting.push(lead);
            if waiting.len() == PORTION {
                changed += self.write(app, ctx, std::mem::take(&mut waiting), value, by)?;
            }
            Ok(changed + waiting.len() as u64 >= REPLACED_MAX)
        })?;
        Ok(changed + self.write(app, ctx, waiting, value, by)?)
    }

    fn count(&self, app: &App, value: &str) -> Result<u64, Error> {
        let mut count = 0;
        self.visit(app, value, &mut |_| {
            count += 1;
            Ok(false)
        })?;
        Ok(count)
    }

    /// All in one transaction; one by one where somebody changed one of them in this moment.
    fn write(&self, app: &App, ctx: &Ctx, leads: Vec<Lead>, value: &str, by: &str) -> Result<u64, Error> {
        if leads.is_empty() {
            return Ok(0);
        }
        let mut write = ctx.write();
        for before in &leads {
            let mut after = before.clone();
            self.put(&mut after, value, by);
            write.update(before, after);
        }
        match app.commit(write) {
            Ok(_) => Ok(leads.len() as u64),
            Err(Error::Conflict(_) | Error::NotFound) if leads.len() > 1 => {
                leads.into_iter().try_fold(0, |changed, lead| {
                    let now = app.store.get::<Lead>(lead.meta.id)?.filter(|lead| self.has(lead, value));
                    Ok(changed + self.write(app, ctx, now.into_iter().collect(), value, by)?)
                })
            }
            // It is counted among those that are left.
            Err(Error::Conflict(_) | Error::NotFound) => Ok(0),
            Err(error) => Err(error),
        }
    }
}

/// Whether a label folds to this: thousands are compared with each other, and most are told apart by their length.
fn is_same(label: &str, folded: &str) -> bool {
    let is_plain = label.is_ascii() && !label.contains(['.', '-']);
    if is_plain { label.eq_ignore_ascii_case(folded) } else { fold(label) == folded }
}

impl Governed for Choice {
    /// A company's lists together; a choice of thousands is a record of its own.
    const MAX: usize = 2_000;

    /// No two values of a list are called the same.
    fn check_among(&self, key: &str, frame: &Frame, errors: &mut FieldErrors) {
        let Some((list, value)) = key.split_once('.') else { return };
        if !is_list(frame, list) {
            errors.add("key", "choice", list);
        }
        for language in Language::ALL {
            let label = fold(self.label.own(language));
            if label.is_empty() {
                continue;
            }
            let is_taken = |(other, choice): (&str, &Choice)| {
                other != value && is_same(choice.label.own(language), &label)
            };
            if frame.choices_of(list).any(is_taken) {
                errors.add(&format!("label_{}", language.code()), "taken", self.label.own(language));
            }
        }
    }

    fn uses(app: &App, frame: &Frame, key: &str) -> Result<Vec<Use>, Error> {
        let Some((list, value)) = key.split_once('.') else { return Ok(Vec::new()) };
        let names = |form: &model::WebForm| match list {
            lists::SOURCES => form.source.as_deref() == Some(value),
            lists::CONSENT_PURPOSES => form.purpose.as_deref() == Some(value),
            _ => false,
        };
        let mut uses = crate::web_forms::uses(frame, names);
        let mut used = |kind, count| {
            if count > 0 {
                uses.push(Use { kind, name: String::new(), key: String::new(), count });
            }
        };
        if list == lists::CONSENT_PURPOSES {
            used(Kind::Consent, consents::count(app, value)?);
            return Ok(uses);
        }
        if let Some(slot) = Slot::of(frame, list) {
            used(Kind::Lead, slot.count(app, value)?);
        }
        for (kind, field) in recode::places_of(frame, list) {
            used(kind, recode::count(app, kind, &field, value)?);
        }
        let field = field_of(frame, list).filter(|field| match &field.piece.default {
            Some(CustomValue::Text(text)) => text == value,
            Some(CustomValue::Codes(codes)) => codes.iter().any(|code| code == value),
            _ => false,
        });
        if let Some(field) = field {
            let name = field.piece.label.get(Language::default()).to_owned();
            uses.push(Use { kind: Kind::CustomField, name, key: field.key.clone(), count: 1 });
        }
        for field in crate::fields::specs_of(frame, Kind::Lead) {
            if matches!(&field.choices, crate::fields::FieldChoices::List(of) if of == list) {
                let asks =
                    |rule: &model::AssignmentRule| assignment_rules::asks_for(rule, &field.key, Some(value));
                uses.extend(assignment_rules::uses(frame, asks));
                uses.extend(crate::scoring::uses(frame, &field.key, Some(value)));
            }
        }
        Ok(uses)
    }
}
