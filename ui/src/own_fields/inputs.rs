//! Own fields in the form of a record.

use super::value::{currency, yes_no};
use crate::components::{Choice, Field, Meant, Picker};
use crate::messages::t;
use crate::{Locale, format, labels};
use maud::{Markup, Render, html};
use model::{CustomField, FieldErrors, FieldKind, Kind, Label, Shown, own_key};
use std::collections::BTreeMap;

/// What stands in the inputs of own fields, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OwnInputs {
    /// Before the names of all inputs, where several records share a form: `company.`.
    pub prefix: String,
    /// By the fields' names; several texts for several choices.
    pub typed: BTreeMap<String, Vec<String>>,
    /// Who can be chosen, by id.
    pub people: Vec<(String, String)>,
    pub teams: Vec<(String, String)>,
    /// What linked leads are called, by id: shown instead of it.
    pub leads: BTreeMap<String, String>,
    /// Who may be meant by a name that several have, by the fields' names.
    pub meant: BTreeMap<String, Vec<Meant>>,
    /// Whether fields that may stay empty say so.
    pub says_optional: bool,
}

const TEXT_CHARACTERS_MAX: u32 = 200;
const LONG_TEXT_CHARACTERS_MAX: u32 = 1_000;
const LONG_TEXT_ROWS: u32 = 4;

/// The inputs of all fields that a form asks for; nothing where there are none. The names are `custom.<field>`.
pub fn inputs<'l>(
    l: impl Into<Locale<'l>>,
    entity: Kind,
    view: &OwnInputs,
    errors: &FieldErrors,
) -> Option<Markup> {
    let l: Locale<'_> = l.into();
    let asked: Vec<Markup> = l
        .frame()
        .fields_of(entity)
        .map(|(name, field)| (name, &field.piece))
        .filter(|(_, field)| !field.archived && (field.required || field.shown.contains(&Shown::Form)))
        .map(|(name, field)| input(l, entity, view, errors, name, field))
        .collect();
    (!asked.is_empty()).then(|| html! { @for input in asked { (input) } })
}

/// The inputs of some fields, whether or not the form of a record asks for them.
pub(crate) fn some_inputs(
    l: Locale<'_>,
    entity: Kind,
    view: &OwnInputs,
    errors: &FieldErrors,
    names: &[&str],
) -> Vec<Markup> {
    let fields = names.iter().filter_map(|name| Some((*name, l.frame().field(entity, name)?)));
    fields.map(|(name, field)| input(l, entity, view, errors, name, field)).collect()
}

/// One field of leads as visitors are asked for it.
pub(crate) fn for_visitor(
    l: Locale<'_>,
    name: &str,
    own: &CustomField,
    texts: &[String],
    errors: &FieldErrors,
) -> Markup {
    let typed = BTreeMap::from([(name.to_owned(), texts.to_vec())]);
    let view = OwnInputs { typed, says_optional: true, ..OwnInputs::default() };
    input(l, Kind::Lead, &view, errors, name, own)
}

fn input(
    l: Locale<'_>,
    entity: Kind,
    view: &OwnInputs,
    errors: &FieldErrors,
    name: &str,
    own: &CustomField,
) -> Markup {
    let key = format!("{}{}", view.prefix, own_key(name));
    let label = own.label.get(l.language);
    let texts = view.typed.get(name).map(Vec::as_slice).unwrap_or_default();
    let text = texts.first().map(String::as_str).unwrap_or_default();
    let list = CustomField::list(entity, name);
    let dressed = |field: Field<'_>| dressed(l, view, field, own, errors).render();
    match own.kind {
        FieldKind::LongText => dressed(
            Field::textarea(&key, label, LONG_TEXT_ROWS)
                .full()
                .value(text)
                .maximum_characters(LONG_TEXT_CHARACTERS_MAX),
        ),
        FieldKind::Number => dressed(Field::decimal(&key, label).value(text)),
        FieldKind::Money => {
            let shown = model::parse_amount(text, currency(l))
                .map_or_else(|_| text.to_owned(), |money| format::hundredths(l, money.minor_units));
            dressed(Field::money(&key, label, currency(l).symbol()).value(&shown))
        }
        // A browser drops what is no date from an input for dates: a wrong one stays to be seen.
        FieldKind::Date if text.is_empty() || text.parse::<model::jiff::civil::Date>().is_ok() => {
            dressed(Field::date(&key, label).value(text))
        }
        FieldKind::YesNo => {
            let choices = [
                Choice::new("", t!(l, "fields-not-said")),
                Choice::new("yes", yes_no(l, true)),
                Choice::new("no", yes_no(l, false)),
            ];
            dressed(Field::select(&key, label, &choices).value(text))
        }
        FieldKind::Choice => {
            let choices = with_none(l, labels::choices(l, &list, text));
            dressed(Field::select(&key, label, &choices).value(text))
        }
        FieldKind::Choices => several(l, view, own, errors, (&key, &list), texts),
        FieldKind::Email => dressed(Field::email(&key, label).value(text)),
        FieldKind::Phone => dressed(Field::phone(&key, label).value(text)),
        FieldKind::Url => dressed(Field::url(&key, label).value(text)),
        FieldKind::Link => link(l, view, own, errors, (&key, name), texts),
        _ => dressed(Field::text(&key, label).value(text).maximum_characters(TEXT_CHARACTERS_MAX)),
    }
}

/// Help below, problems, and whose data it is: not the reader's own.
fn dressed<'a>(
    l: Locale<'_>,
    view: &OwnInputs,
    field: Field<'a>,
    own: &CustomField,
    errors: &FieldErrors,
) -> Field<'a> {
    let other = |words: &Label| Some(words.found_in(l.language)).filter(|language| *language != l.language);
    let field = field.lang(other(&own.label)).problems(l, errors).autocomplete("off");
    let field = match (own.required, view.says_optional) {
        (true, _) => field.required(),
        (false, true) => field.optional(l),
        (false, false) => field,
    };
    match own.help.get(l.language) {
        "" => field,
        help => field.hint(help).hint_lang(other(&own.help)),
    }
}

/// Boxes to tick. None ticked sends nothing: the empty text says that the field was asked.
fn several(
    l: Locale<'_>,
    view: &OwnInputs,
    own: &CustomField,
    errors: &FieldErrors,
    (key, list): (&str, &str),
    chosen: &[String],
) -> Markup {
    let offered = |code: &str, archived: bool| !archived || chosen.iter().any(|one| one == code);
    let choices: Vec<Choice> = l
        .frame()
        .choices_of(list)
        .filter(|(code, choice)| offered(code, choice.archived))
        .map(|(code, choice)| Choice::new(code, choice.label.get(l.language)))
        .collect();
    html! {
        input type="hidden" name=(key) value="";
        (dressed(l, view, Field::checkboxes(key, own.label.get(l.language), &choices, chosen), own, errors))
    }
}

fn link(
    l: Locale<'_>,
    view: &OwnInputs,
    own: &CustomField,
    errors: &FieldErrors,
    (key, name): (&str, &str),
    texts: &[String],
) -> Markup {
    let label = own.label.get(l.language);
    let text = texts.first().map(String::as_str).unwrap_or_default();
    let of = |named: &[(String, String)]| {
        let mut choices: Vec<Choice> =
            named.iter().map(|(id, name)| Choice::new(id.as_str(), name.as_str())).collect();
        if !text.is_empty() && choices.iter().all(|choice| choice.value != text) {
            choices.push(Choice::new(text, t!(l, "fields-link-hidden")));
        }
        with_none(l, choices)
    };
    match own.target {
        Some(Kind::User) => {
            let choices = of(&view.people);
            dressed(l, view, Field::select(key, label, &choices).value(text), own, errors).render()
        }
        Some(Kind::Team) => {
            let choices = of(&view.teams);
            dressed(l, view, Field::select(key, label, &choices).value(text), own, errors).render()
        }
        _ => {
            let shown = view.leads.get(text).map_or(text, String::as_str);
            let field = Field::text(key, label).value(shown).hint(t!(l, "fields-hint-link-lead"));
            let is_kept = view.leads.contains_key(text);
            let picked = if is_kept { Some(text) } else { texts.get(1).map(String::as_str) };
            let target = own.target.unwrap_or(Kind::Lead);
            let (picked, meant) = (picked.unwrap_or_default().to_owned(), view.meant.get(name).cloned());
            let picker = Picker { picked, meant: meant.unwrap_or_default(), ..Picker::of(target) };
            dressed(l, view, field.picker(l, picker), own, errors).render()
        }
    }
}

fn with_none(l: Locale<'_>, choices: Vec<Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", t!(l, "fields-not-said"))).chain(choices).collect()
}
