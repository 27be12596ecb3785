//! The company's own fields as they are set up: made together with their choices, changed, put in order, and taken away
//! where no record has a value in them.

use crate::configuration::{self, Governed, Use};
use crate::error::none_of;
use crate::fields::ENTITIES;
use crate::own_values::{fits, read};
use crate::{App, Ctx, Error, assignment_rules, links, permissions, records, settings};
use model::uuid::Uuid;
use model::{
    Action, CUSTOM_FIELDS_MAX, Choice, Configured, CustomField, CustomValue, CustomValues, FieldErrors,
    FieldKind, Frame, Kind, Label, Language, Lead, Meta, Piece, Pieces, Shown, fold, key_of,
};
use std::collections::HashSet;
use std::ops::ControlFlow;

/// Values written once more when a field becomes unique: the request ends in seconds.
const UNIQUE_VALUES_MAX: usize = 20_000;
/// The name of a field is also the end of the name of its list: `lead_<name>`.
pub const NAME_CHARACTERS_MAX: usize = 28;
/// Choices typed at once; the rest is added to the list.
pub const CHOICES_MAX: usize = 100;

/// What the form of a field holds, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldDraft {
    /// `lead`. Only for a new field, like the name and the choices.
    pub entity: String,
    /// Empty: made out of the label.
    pub name: String,
    pub label: Label,
    pub help: Label,
    pub kind: String,
    /// The entity that a link leads to.
    pub target: String,
    pub required: bool,
    pub unique: bool,
    pub default: Vec<String>,
    pub shown: Vec<String>,
    /// One per line.
    pub choices: String,
}

impl FieldDraft {
    /// What the form shows when a field is changed.
    pub fn of(field: &Configured<CustomField>) -> FieldDraft {
        let (entity, name) = field.key.split_once('.').unwrap_or_default();
        let piece = &field.piece;
        let default = piece.default.as_ref().map(|value| crate::own_values::text_of(piece.kind, value));
        FieldDraft {
            entity: entity.to_owned(),
            name: name.to_owned(),
            label: piece.label.clone(),
            help: piece.help.clone(),
            kind: piece.kind.as_str().to_owned(),
            target: piece.target.map(|target| target.as_str().to_owned()).unwrap_or_default(),
            required: piece.required,
            unique: piece.unique,
            default: default.unwrap_or_default(),
            shown: piece.shown.iter().map(|shown| shown.as_str().to_owned()).collect(),
            choices: String::new(),
        }
    }

    fn is_choice(&self) -> bool {
        matches!(FieldKind::from_code(&self.kind), Some(FieldKind::Choice | FieldKind::Choices))
    }
}

/// A new field, after the others of its entity, with the values it lets people choose.
pub fn create(app: &App, ctx: &Ctx, draft: &FieldDraft) -> Result<Configured<CustomField>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let mut frame = (*app.frame()).clone();
    let mut errors = FieldErrors::default();
    let name = match draft.name.trim() {
        "" => key_of(draft.label.get(ctx.language)).chars().take(NAME_CHARACTERS_MAX).collect(),
        name => name.to_owned(),
    };
    let key = format!("{}.{name}", draft.entity);
    if frame.custom_fields.get(&key).is_some() {
        errors.add("name", "taken", name.as_str());
    } else if !name.is_empty() || !draft.label.is_empty() {
        // A missing label is said once, not for the name too.
        model::check_key("name", &name, &mut errors);
    }
    let list = format!("{}_{name}", draft.entity);
    let choices =
        if draft.is_choice() { choices(ctx, &frame, &list, &draft.choices, &mut errors) } else { Vec::new() };
    frame.choices = Pieces::new(frame.choices.all().iter().cloned().chain(choices.clone()).collect());
    let field = piece(app, ctx, &frame, &list, draft, false, &mut errors)?;
    check(&field, &key, &frame, &mut errors);
    none_of(errors)?;
    let order = frame.custom_fields.all().iter().map(|other| other.order + 1).max().unwrap_or_default();
    let mut write = ctx.write();
    let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
    write.create(Configured { meta, key: key.clone(), order, piece: field });
    choices.into_iter().for_each(|choice| write.create(choice));
    app.commit_configuration(write)?;
    app.frame().custom_fields.get(&key).cloned().ok_or(Error::NotFound)
}

/// Changes a field: everything but its entity, its name and its choices, which have a page of their own.
pub fn update(
    app: &App,
    ctx: &Ctx,
    key: &str,
    version: u64,
    draft: &FieldDraft,
) -> Result<Configured<CustomField>, Error> {
    let before = configuration::get::<CustomField>(app, ctx, key)?;
    let frame = app.frame();
    let mut errors = FieldErrors::default();
    let field = piece(app, ctx, &frame, &list_of(key), draft, before.piece.archived, &mut errors)?;
    if !errors.is_empty() {
        check(&field, key, &frame, &mut errors);
        return Err(Error::Invalid(errors));
    }
    configuration::update(app, ctx, key, version, field)
}

/// Takes a field out of use, or back into it. Records keep their values.
pub fn set_archived(app: &App, ctx: &Ctx, key: &str, version: u64, archived: bool) -> Result<(), Error> {
    let before = configuration::get::<CustomField>(app, ctx, key)?;
    let field = CustomField { archived, ..before.piece };
    configuration::update(app, ctx, key, version, field).map(|_| ())
}

/// Takes a field away with its choices. Refused with `in-use` where records have values in it.
pub fn remove(app: &App, ctx: &Ctx, key: &str, version: u64) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let frame = app.frame();
    let before = frame.custom_fields.get(key).ok_or(Error::NotFound)?;
    if before.meta.version != version {
        return Err(app.conflict(before, before));
    }
    let used: u64 = CustomField::uses(app, &frame, key)?.iter().map(|used| used.count).sum();
    if used > 0 {
        return Err(Error::invalid("", "field-has-values", used.to_string()));
    }
    let list = list_of(key);
    let mut write = ctx.write();
    write.delete(before);
    let of_list = |choice: &&Configured<Choice>| {
        choice.is_stored() && choice.key.split_once('.').is_some_and(|(of, _)| of == list)
    };
    frame.choices.all().iter().filter(of_list).for_each(|choice| write.delete(choice));
    app.commit_configuration(write).map(|_| ())
}

/// One place towards the beginning or the end of its entity's fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
}

pub fn shift(app: &App, ctx: &Ctx, key: &str, step: Step) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let frame = app.frame();
    let entity =
        key.split_once('.').and_then(|(entity, _)| entity.parse::<Kind>().ok()).ok_or(Error::NotFound)?;
    // Among those in use: one that is archived is not seen between them.
    let in_use = frame.fields_of(entity).filter(|(_, field)| !field.piece.archived);
    let mut keys: Vec<String> = in_use.map(|(_, field)| field.key.clone()).collect();
    let place = keys.iter().position(|other| other == key).ok_or(Error::NotFound)?;
    match step {
        Step::Up if place > 0 => keys.swap(place, place - 1),
        Step::Down if place + 1 < keys.len() => keys.swap(place, place + 1),
        Step::Up | Step::Down => return Ok(()),
    }
    configuration::reorder::<CustomField>(app, ctx, &keys)
}

/// The choice list of a field, by the field's key: `lead.surface` → `lead_surface`.
pub fn list_of(key: &str) -> String {
    key.replacen('.', "_", 1)
}

/// The draft as a piece. What is not understood is reported and left out.
fn piece(
    app: &App,
    ctx: &Ctx,
    frame: &Frame,
    list: &str,
    draft: &FieldDraft,
    archived: bool,
    errors: &mut FieldErrors,
) -> Result<CustomField, Error> {
    let settings = settings::get(app, ctx)?;
    let kind = FieldKind::from_code(&draft.kind);
    if kind.is_none() {
        errors.add("kind", if draft.kind.is_empty() { "required" } else { "choice" }, draft.kind.as_str());
    }
    let kind = kind.unwrap_or(FieldKind::Text);
    let target = match (kind, draft.target.as_str()) {
        (FieldKind::Link, "") => None,
        (FieldKind::Link, code) => {
            let target = code.parse().ok().filter(|target| links::TARGETS.contains(target));
            if target.is_none() {
                errors.add("target", "choice", code);
            }
            target.or(Some(Kind::Lead))
        }
        _ => None,
    };
    let texts: Vec<String> =
        draft.default.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
    let default = match (kind, texts.is_empty()) {
        (_, true) => None,
        (FieldKind::Link, false) => {
            errors.add("default", "field-no-default", "");
            None
        }
        (kind, false) => match read(frame, &settings, &settings.country, list, kind, &texts) {
            Ok(value) => Some(value),
            Err((code, detail)) => {
                errors.add("default", code, detail);
                None
            }
        },
    };
    let shown = Shown::ALL.into_iter().filter(|shown| draft.shown.iter().any(|code| code == shown.as_str()));
    Ok(CustomField {
        label: draft.label.clone().trimmed(),
        help: draft.help.clone().trimmed(),
        kind,
        required: draft.required,
        unique: draft.unique,
        default,
        target,
        shown: shown.collect(),
        archived,
    })
}

/// All that is wrong with a field by itself and among the others.
fn check(field: &CustomField, key: &str, frame: &Frame, errors: &mut FieldErrors) {
    field.check(errors);
    field.check_among(key, frame, errors);
}

/// The lines of the form as values of a list.
fn choices(
    ctx: &Ctx,
    frame: &Frame,
    list: &str,
    lines: &str,
    errors: &mut FieldErrors,
) -> Vec<Configured<Choice>> {
    let mut labels = HashSet::new();
    let mut keys: HashSet<String> = frame.choices_of(list).map(|(key, _)| key.to_owned()).collect();
    let mut order = frame.choices.all().iter().map(|other| other.order + 1).max().unwrap_or_default();
    let mut choices = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !labels.insert(fold(line)) {
            errors.add("choices", "choice-twice", line);
            continue;
        }
        let mut label = Label::default();
        *label.own_mut(ctx.language) = line.to_owned();
        let mut found = FieldErrors::default();
        label.check("choices", model::LABEL_CHARACTERS_MAX, &mut found);
        if let Some(problem) = found.0.into_iter().next() {
            errors.add("choices", &problem.code, problem.detail);
        }
        let key = free_key(line, &mut keys);
        let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
        let piece = Choice { label, ..Choice::default() };
        choices.push(Configured { meta, key: format!("{list}.{key}"), order, piece });
        order += 1;
    }
    if choices.is_empty() && frame.choices_of(list).next().is_none() {
        errors.add("choices", "required", "");
    } else if choices.len() > CHOICES_MAX {
        errors.add("choices", "too-many", CHOICES_MAX.to_string());
    }
    choices
}

/// A key for a label that no other value has: `gas`, `gas_2`…
fn free_key(label: &str, taken: &mut HashSet<String>) -> String {
    /// Room for a number behind it.
    const STEM_MAX: usize = model::KEY_CHARACTERS_MAX - 4;
    let stem: String = match key_of(label) {
        key if key.is_empty() => "value".to_owned(),
        key => key.chars().take(STEM_MAX).collect(),
    };
    let numbered = (2..).map(|number| format!("{stem}_{number}"));
    let free = std::iter::once(stem.clone()).chain(numbered).find(|key| !taken.contains(key)).unwrap_or(stem);
    taken.insert(free.clone());
    free
}

impl Governed for CustomField {
    const MAX: usize = 200;

    fn check_among(&self, key: &str, frame: &Frame, errors: &mut FieldErrors) {
        let (entity, name) = key.split_once('.').unwrap_or_default();
        let Some(kind) = ENTITIES.into_iter().find(|kind| kind.as_str() == entity) else {
            errors.add("entity", "choice", entity);
            return;
        };
        if name.len() > NAME_CHARACTERS_MAX {
            errors.add("name", "too-long", NAME_CHARACTERS_MAX.to_string());
        }
        let others = frame.fields_of(kind).filter(|(_, field)| field.key != key && !field.piece.archived);
        if !self.archived && others.count() >= CUSTOM_FIELDS_MAX {
            errors.add("", "too-many", CUSTOM_FIELDS_MAX.to_string());
        }
        if self.target.is_some_and(|target| !links::TARGETS.contains(&target)) {
            errors.add("target", "choice", self.target.map_or("", Kind::as_str));
        }
        let list = CustomField::list(kind, name);
        if let Some(default) = &self.default
            && errors.of("default").is_none()
            && !fits(frame, &list, self.kind, default)
        {
            errors.add("default", "choice", "");
        }
    }

    fn uses(app: &App, frame: &Frame, key: &str) -> Result<Vec<Use>, Error> {
        let mut count = 0;
        each_value(app, key, &mut |_, _| {
            count += 1;
            ControlFlow::Continue(())
        })?;
        let kind = key.split_once('.').and_then(|(entity, _)| entity.parse().ok()).unwrap_or(Kind::Lead);
        let used = Use { kind, name: String::new(), key: String::new(), count };
        let mut uses = if count == 0 { Vec::new() } else { vec![used] };
        if let Some(name) = key.strip_prefix("lead.") {
            let field = model::own_key(name);
            uses.extend(assignment_rules::uses(frame, |rule| assignment_rules::asks_for(rule, &field, None)));
            uses.extend(crate::scoring::uses(frame, &field, None));
            uses.extend(crate::web_forms::uses(frame, |form| form.asks_for(&field)));
        }
        Ok(uses)
    }

    fn check_change(
        app: &App,
        key: &str,
        before: &CustomField,
        after: &CustomField,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        let same_values = before.kind == after.kind || stays_readable(before.kind, after.kind);
        if !same_values || before.target != after.target {
            let mut count = 0;
            each_value(app, key, &mut |_, _| {
                count += 1;
                ControlFlow::Continue(())
            })?;
            if count > 0 {
                let field = if same_values { "target" } else { "kind" };
                errors.add(field, "field-has-values", count.to_string());
            }
        }
        if after.unique && !before.unique {
            check_doubles(app, key, errors)?;
        }
        Ok(())
    }

    fn after_change(app: &App, ctx: &Ctx, key: &str, before: &CustomField) -> Result<(), Error> {
        let is_unique = app.frame().custom_fields.get(key).is_some_and(|field| field.piece.unique);
        if is_unique && !before.unique { claim_all(app, ctx, key) } else { Ok(()) }
    }
}

/// Values kept as text that people can read are texts too.
fn stays_readable(before: FieldKind, after: FieldKind) -> bool {
    use FieldKind::{Date, Email, LongText, Number, Phone, Text, Url};
    matches!((before, after), (Text | Number | Date | Email | Phone | Url, LongText))
        || matches!((before, after), (Number | Date | Email | Phone | Url, Text))
}

/// Two records with the same value keep a field from becoming unique.
fn check_doubles(app: &App, key: &str, errors: &mut FieldErrors) -> Result<(), Error> {
    let mut seen = HashSet::new();
    let mut double = None;
    each_value(app, key, &mut |_, value| {
        if let CustomValue::Text(text) = value
            && !seen.insert(fold(text))
        {
            double = Some(text.clone());
        }
        if double.is_some() || seen.len() > UNIQUE_VALUES_MAX {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    if let Some(text) = double {
        errors.add("unique", "field-doubles", text);
    } else if seen.len() > UNIQUE_VALUES_MAX {
        errors.add("unique", "field-too-many-values", UNIQUE_VALUES_MAX.to_string());
    }
    Ok(())
}

/// Gives the records that have a value the entry that keeps others from having it. New records have it from the moment
/// the field is unique.
fn claim_all(app: &App, ctx: &Ctx, key: &str) -> Result<(), Error> {
    let (entity, name) = key.split_once('.').unwrap_or_default();
    let frame = app.frame();
    match entity.parse::<Kind>() {
        Ok(Kind::Lead) => {}
        Ok(kind) => return records::claim_all(app, ctx, &frame, kind, name),
        Err(()) => return Ok(()),
    }
    app.store.each_record::<Lead, Error>(&mut |lead| {
        if lead.custom.contains_key(name) && !lead.unique_fields.iter().any(|other| other == name) {
            claim_one(app, ctx, &frame, &lead)?;
        }
        Ok(true)
    })
}

fn claim_one(app: &App, ctx: &Ctx, frame: &Frame, lead: &Lead) -> Result<(), Error> {
    let mut lead = Some(lead.clone());
    while let Some(before) = lead {
        let unique_fields = crate::own_values::claims(frame, Kind::Lead, &before.custom);
        let mut write = ctx.write();
        write.update(&before, Lead { unique_fields, ..before.clone() });
        match app.commit(write) {
            // Somebody changed it in this moment: once more with what it is now.
            Err(Error::Conflict(_)) => lead = app.store.get::<Lead>(before.meta.id)?,
            Err(Error::NotFound) => return Ok(()),
            outcome => return outcome.map(|_| ()),
        }
    }
    Ok(())
}

/// Every value that records have in a field, until told to stop.
fn each_value(
    app: &App,
    key: &str,
    take: &mut dyn FnMut(Uuid, &CustomValue) -> ControlFlow<()>,
) -> Result<(), Error> {
    let (entity, name) = key.split_once('.').unwrap_or_default();
    let values = |values: &CustomValues| values.get(name).cloned();
    match entity.parse::<Kind>() {
        Ok(Kind::Lead) => each_lead(app, &mut |lead| {
            Ok(values(&lead.custom).map_or(ControlFlow::Continue(()), |value| take(lead.meta.id, &value)))
        }),
        Ok(kind) => records::recode::each(app, kind, &|_, _| true, &mut |record| {
            let id = record.about().id;
            Ok(values(record.own()).map_or(ControlFlow::Continue(()), |value| take(id, &value)))
        }),
        Err(()) => Ok(()),
    }
}

fn each_lead(app: &App, take: &mut dyn FnMut(&Lead) -> Result<ControlFlow<()>, Error>) -> Result<(), Error> {
    app.store.each_record(&mut |lead| Ok(take(&lead)?.is_continue()))
}

/// The label of an own field in a language, by its key among built-in ones (`custom.surface`).
pub fn label(frame: &Frame, entity: Kind, key: &str, language: Language) -> Option<String> {
    let field = frame.field(entity, model::own_name(key)?)?;
    Some(field.label.get(language).to_owned())
}
