//! Filters as data: which records a list, a saved view, a rule or an automation means. A filter is an AND of groups, a
//! group an OR of conditions. It knows nothing of any entity: fields are told to it, and values are asked for by key.

mod matcher;
mod operator;
#[cfg(test)]
mod tests;
mod text;

pub use matcher::{FILTER_DAYS_MAX, FilterContext, Matcher};
pub use operator::{Operator, Takes};

use crate::{FieldErrors, FieldKind};
use std::str::FromStr;

/// More conditions than a sentence can say.
pub const CONDITIONS_MAX: usize = 20;
/// Values of one condition: a choice list has fewer that matter.
pub const CONDITION_VALUES_MAX: usize = 40;
pub const CONDITION_VALUE_CHARACTERS_MAX: usize = 200;
/// A filter stands in addresses and in the record of a view.
pub const FILTER_BYTES_MAX: usize = 2_000;

/// In place of somebody's id: whoever asks.
pub const ME: &str = "me";
/// In place of ids: the people of the teams of whoever asks; those teams themselves.
pub const MY_TEAM: &str = "my-team";
/// In place of an id: no person, no team.
pub const NOBODY: &str = "nobody";

/// An AND of groups. Without groups it matches everything.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Filter {
    pub groups: Vec<Group>,
}

/// An OR of conditions.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Group {
    pub conditions: Vec<Condition>,
}

/// What one field must be. Values are in a form that every reader understands: decimals with a point, ISO days, codes
/// of choices, ids, or one of the words [`ME`], [`MY_TEAM`], [`NOBODY`].
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Condition {
    pub field: String,
    pub operator: Operator,
    pub values: Vec<String>,
}

/// A field that conditions can name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilterField {
    pub key: String,
    pub kind: FieldKind,
    /// The codes of a choice; absent where any is let through.
    pub codes: Option<Vec<String>>,
}

impl Condition {
    pub fn new<T: Into<String>>(
        field: &str,
        operator: Operator,
        values: impl IntoIterator<Item = T>,
    ) -> Condition {
        Condition { field: field.to_owned(), operator, values: values.into_iter().map(Into::into).collect() }
    }
}

impl Filter {
    /// Only what is the case.
    pub fn one(condition: Condition) -> Filter {
        Filter::default().and(condition)
    }

    /// The same with one more condition that must hold.
    #[must_use]
    pub fn and(mut self, condition: Condition) -> Filter {
        self.groups.push(Group { conditions: vec![condition] });
        self
    }

    /// Both filters at once; what is in both stands once.
    #[must_use]
    pub fn and_all(mut self, other: &Filter) -> Filter {
        for group in &other.groups {
            if !self.groups.contains(group) {
                self.groups.push(group.clone());
            }
        }
        self
    }

    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// All conditions in order. A problem with the one at place `n` stands at the field [`condition_field`]`(n)`.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.groups.iter().flat_map(|group| &group.conditions)
    }

    /// All that is wrong with it among these fields.
    pub fn check(&self, fields: &[FilterField]) -> FieldErrors {
        self.prepare(fields, &FilterContext::default()).err().unwrap_or_default()
    }

    /// The same without the conditions that are wrong, and what is wrong with them.
    pub fn sound(&self, fields: &[FilterField]) -> (Filter, FieldErrors) {
        let errors = self.check(fields);
        let mut place = 0;
        let mut groups = Vec::new();
        for group in &self.groups {
            let mut conditions = Vec::new();
            for condition in &group.conditions {
                if errors.of(&condition_field(place)).is_none() {
                    conditions.push(condition.clone());
                }
                place += 1;
            }
            if !conditions.is_empty() {
                groups.push(Group { conditions });
            }
        }
        (Filter { groups }, errors)
    }
}

/// The name of a condition among the problems of its filter.
pub fn condition_field(place: usize) -> String {
    format!("condition-{place}")
}

impl FromStr for Filter {
    type Err = FieldErrors;

    /// Refuses what [`Filter::read`] leaves out.
    fn from_str(text: &str) -> Result<Filter, FieldErrors> {
        let (filter, errors) = Filter::read(text);
        if errors.is_empty() { Ok(filter) } else { Err(errors) }
    }
}
