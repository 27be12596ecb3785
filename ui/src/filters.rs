//! Filters in words: a condition as a sentence, and the page where they are put together. For any entity.

mod editor;
mod operators;

pub use editor::{Conditions, FilterPage, FilterRow, filter_page};
pub(crate) use editor::{conditions, named};
pub use operators::operator_label;

use crate::components::Choice;
use crate::messages::t;
use crate::{Locale, format};
use model::{Condition, Currency, FieldKind, Filter, Group, Kind, ME, MY_TEAM, Money, NOBODY, Takes};

/// A field that conditions can name, in the reader's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilterFieldView {
    pub key: String,
    pub label: String,
    pub kind: FieldKind,
    /// The values of a choice, the people or the teams; of a link, the records that the filter speaks of.
    pub choices: Vec<Choice>,
    /// The entity of the records that it leads to.
    pub target: Option<Kind>,
}

/// What sentences are made with.
#[derive(Clone, Copy, Debug)]
pub struct FilterWords<'a> {
    pub fields: &'a [FilterFieldView],
    pub currency: Currency,
}

/// «Municipi: conté «olot»», «Estat: nou o assignat».
pub fn sentence<'l>(l: impl Into<Locale<'l>>, condition: &Condition, words: FilterWords<'_>) -> String {
    let l: Locale<'_> = l.into();
    let Some(field) = words.fields.iter().find(|field| field.key == condition.field) else {
        return t!(
            l,
            "filters-sentence",
            field = condition.field.as_str(),
            what = condition.values.join(", ")
        );
    };
    let shown: Vec<String> = condition
        .values
        .iter()
        .map(|value| shown_value(l, field, condition, value, words.currency))
        .collect();
    let what = operators::what(l, condition.operator, field.kind, &shown);
    t!(l, "filters-sentence", field = field.label.as_str(), what = what)
}

/// The conditions of a group: one of them must hold.
pub fn group_sentence<'l>(l: impl Into<Locale<'l>>, group: &Group, words: FilterWords<'_>) -> String {
    let l: Locale<'_> = l.into();
    let or = format!(" {} ", t!(l, "filters-or"));
    let parts: Vec<String> = group.conditions.iter().map(|condition| sentence(l, condition, words)).collect();
    parts.join(&or)
}

/// The whole filter as one line.
pub fn filter_sentence<'l>(l: impl Into<Locale<'l>>, filter: &Filter, words: FilterWords<'_>) -> String {
    let l: Locale<'_> = l.into();
    let parts: Vec<String> = filter.groups.iter().map(|group| group_sentence(l, group, words)).collect();
    parts.join(" · ")
}

/// A value as people read it; what cannot be read stays as it is.
fn shown_value(
    l: Locale<'_>,
    field: &FilterFieldView,
    condition: &Condition,
    value: &str,
    currency: Currency,
) -> String {
    let is_days = condition.operator.takes() == Takes::Days;
    let named =
        || field.choices.iter().find(|choice| choice.value == value).map(|choice| choice.label.clone());
    let shown = match field.kind {
        _ if is_days => None,
        FieldKind::Money => cents(value).map(|minor_units| format::money(l, Money { minor_units, currency })),
        FieldKind::Number => Some(typed_number(value)),
        FieldKind::Date | FieldKind::Instant => value.parse().ok().map(format::date_short),
        FieldKind::User if value == ME => Some(t!(l, "filters-me")),
        FieldKind::User if value == MY_TEAM => Some(t!(l, "filters-my-people")),
        FieldKind::Team if value == MY_TEAM => Some(t!(l, "filters-my-teams")),
        FieldKind::User if value == NOBODY => Some(t!(l, "filters-nobody")),
        FieldKind::Team if value == NOBODY => Some(t!(l, "filters-no-team")),
        _ => named(),
    };
    shown.unwrap_or_else(|| value.to_owned())
}

/// The people or teams that can be chosen, with the words for whoever asks before them.
pub fn people_choices<'l>(l: impl Into<Locale<'l>>, kind: FieldKind, named: Vec<Choice>) -> Vec<Choice> {
    let l: Locale<'_> = l.into();
    let mut choices = match kind {
        FieldKind::Team => vec![
            Choice::new(MY_TEAM, t!(l, "filters-my-teams")),
            Choice::new(NOBODY, t!(l, "filters-no-team")),
        ],
        _ => vec![
            Choice::new(ME, t!(l, "filters-me")),
            Choice::new(MY_TEAM, t!(l, "filters-my-people")),
            Choice::new(NOBODY, t!(l, "filters-nobody")),
        ],
    };
    choices.extend(named);
    choices
}

pub fn yes_or_no<'l>(l: impl Into<Locale<'l>>, is_yes: bool) -> String {
    let l: Locale<'_> = l.into();
    if is_yes { t!(l, "filters-yes") } else { t!(l, "filters-no") }
}

/// A value with a point, in hundredths; a third decimal is none of money.
fn cents(value: &str) -> Option<i64> {
    let number: model::Decimal = value.parse().ok()?;
    let cents = number.checked_mul(model::Decimal::ONE_HUNDRED)?;
    if cents.is_integer() { i64::try_from(cents).ok() } else { None }
}

/// As it is typed: with a comma, as all three languages of the form are read.
pub fn typed_number(value: &str) -> String {
    if value.parse::<model::Decimal>().is_ok() { value.replace('.', ",") } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Language;

    fn fields() -> Vec<FilterFieldView> {
        let field = |key: &str, label: &str, kind| FilterFieldView {
            key: key.to_owned(),
            label: label.to_owned(),
            kind,
            choices: vec![Choice::new("new", "nou"), Choice::new("assigned", "assignat")],
            target: None,
        };
        vec![
            field("town", "Municipi", FieldKind::Text),
            field("amount", "Import", FieldKind::Money),
            field("status", "Estat", FieldKind::Choice),
            field("owner", "Responsable", FieldKind::User),
            field("created_at", "Creat", FieldKind::Instant),
        ]
    }

    #[track_caller]
    fn check(text: &str, language: Language, expected: &str) {
        let filter: Filter = text.parse().unwrap();
        let fields = fields();
        let words = FilterWords { fields: &fields, currency: Currency::Eur };
        assert_eq!(filter_sentence(language, &filter, words).replace('\u{a0}', " "), expected);
    }

    #[test]
    fn conditions_read_like_sentences() {
        use Language::{Ca, En, Es};
        check("town:contains:olot", Ca, "Municipi: conté «olot»");
        check("status:any:new,assigned", Ca, "Estat: nou o assignat");
        check("status:none:new,assigned", Ca, "Estat: ni nou ni assignat");
        check("owner:any:me,nobody", Ca, "Responsable: jo o ningú");
        check("amount:at-least:5000", Ca, "Import: 5.000,00 € o més");
        check("amount:between:1,2.5", Es, "Import: entre 1,00 € y 2,50 €");
        check("created_at:last-days:7", Ca, "Creat: els últims 7 dies");
        check("created_at:above:2026-11-23", En, "Creat: after 23/11/2026");
        check("created_at:this-fiscal-year", Ca, "Creat: aquest exercici");
        check("town:is:olot|town:empty", Ca, "Municipi: és «olot» o Municipi: sense valor");
        check("gone:is:x;amount:is:molt", Ca, "gone: x · Import: molt");
    }
}
