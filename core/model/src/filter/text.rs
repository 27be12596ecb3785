//! The text form of filters: for addresses, stored views and the API.
//!
//! ```text
//! filter    = [group *(";" group)]                all groups must hold
//! group     = condition *("|" condition)          one of them must hold
//! condition = field ":" operator [":" value *("," value)]
//! ```
//!
//! `status:any:new,assigned;amount:at-least:5000|town:is:Olot;created_at:this-month`. In values a backslash takes the
//! meaning from the character after it (`;`, `|`, `,`, `:` or another backslash).

use super::{CONDITIONS_MAX, Condition, FILTER_BYTES_MAX, Filter, Group, Operator, condition_field};
use crate::FieldErrors;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;

/// What is quoted of a condition that is none.
const QUOTED_CHARACTERS_MAX: usize = 60;

impl Filter {
    /// Reads the text form. What cannot be understood is left out and said, all of it: `filter-syntax`,
    /// `filter-operator`, `filter-too-long`.
    pub fn read(text: &str) -> (Filter, FieldErrors) {
        let mut errors = FieldErrors::default();
        let mut filter = Filter::default();
        if text.len() > FILTER_BYTES_MAX {
            errors.add("filter", "filter-too-long", CONDITIONS_MAX.to_string());
            return (filter, errors);
        }
        let mut place = 0;
        for group in split(text, ';').into_iter().filter(|group| !group.trim().is_empty()) {
            let mut conditions = Vec::new();
            for condition in split(group, '|') {
                match read_condition(condition) {
                    Ok(condition) => conditions.push(condition),
                    Err(code) => errors.add(&condition_field(place), code, quoted(condition)),
                }
                place += 1;
            }
            if !conditions.is_empty() {
                filter.groups.push(Group { conditions });
            }
        }
        if filter.conditions().count() > CONDITIONS_MAX {
            errors.add("filter", "filter-too-long", CONDITIONS_MAX.to_string());
            return (Filter::default(), errors);
        }
        (filter, errors)
    }
}

fn read_condition(text: &str) -> Result<Condition, &'static str> {
    let parts = split_at_most(text.trim_start(), ':', 3);
    let mut parts = parts.into_iter();
    let field = parts.next().unwrap_or_default().trim();
    let is_key = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'.');
    if field.is_empty() || !field.bytes().all(is_key) {
        return Err("filter-syntax");
    }
    let operator = parts.next().ok_or("filter-syntax")?;
    let operator = Operator::from_code(operator.trim()).ok_or("filter-operator")?;
    let values = match parts.next() {
        Some(values) => split(values, ',').into_iter().map(plain).collect(),
        None => Vec::new(),
    };
    Ok(Condition { field: field.to_owned(), operator, values })
}

fn quoted(text: &str) -> String {
    text.trim().chars().take(QUOTED_CHARACTERS_MAX).collect()
}

/// The parts between separators before which there is no backslash.
fn split(text: &str, separator: char) -> Vec<&str> {
    split_at_most(text, separator, usize::MAX)
}

fn split_at_most(text: &str, separator: char, parts_max: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut begin, mut escaped) = (0, false);
    for (at, character) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == separator && parts.len() + 1 < parts_max {
            parts.push(&text[begin..at]);
            begin = at + separator.len_utf8();
        }
    }
    parts.push(&text[begin..]);
    parts
}

/// Without the backslashes.
fn plain(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\\' {
            value.extend(characters.next());
        } else {
            value.push(character);
        }
    }
    value
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, group) in self.groups.iter().enumerate() {
            if place > 0 {
                f.write_str(";")?;
            }
            write!(f, "{group}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, condition) in self.conditions.iter().enumerate() {
            if place > 0 {
                f.write_str("|")?;
            }
            write!(f, "{condition}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.field, self.operator.as_str())?;
        for (place, value) in self.values.iter().enumerate() {
            f.write_str(if place == 0 { ":" } else { "," })?;
            for character in value.chars() {
                if matches!(character, ';' | '|' | ',' | ':' | '\\') {
                    f.write_str("\\")?;
                }
                write!(f, "{character}")?;
            }
        }
        Ok(())
    }
}

impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Filter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Filter, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::custom("not a filter"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn problems(text: &str) -> Vec<(String, String)> {
        let errors = Filter::read(text).1;
        errors.0.into_iter().map(|problem| (problem.field, problem.code)).collect()
    }

    #[test]
    fn reads_what_people_write() {
        let text = r"status:any:new,assigned;amount:at-least:5000|town:is:Sant Joan\, el Vell;owner:any:me";
        let filter: Filter = text.parse().unwrap();
        assert_eq!(filter.groups.len(), 3);
        assert_eq!(filter.conditions().count(), 4);
        assert_eq!(filter.groups[1].conditions[1].values, ["Sant Joan, el Vell"]);
        assert_eq!(filter.to_string(), text);
        assert_eq!("".parse(), Ok(Filter::default()));
        assert_eq!(";;".parse(), Ok(Filter::default()));
        // A later colon is part of the value.
        let time: Filter = "custom.at:is:10:30".parse().unwrap();
        assert_eq!(time.groups[0].conditions[0].values, ["10:30"]);
    }

    #[test]
    fn rubbish_is_said_and_the_rest_is_kept() {
        let text = "status:any:new;nonsense;town:resembles:Olot|Town:is:x|town:is:Olot";
        let of = |place: usize, code: &str| (format!("condition-{place}"), code.to_owned());
        assert_eq!(
            problems(text),
            [of(1, "filter-syntax"), of(2, "filter-operator"), of(3, "filter-syntax")]
        );
        assert_eq!(Filter::read(text).0.to_string(), "status:any:new;town:is:Olot");
        let long = "town:is:x;".repeat(CONDITIONS_MAX + 1);
        assert_eq!(problems(&long), [("filter".to_owned(), "filter-too-long".to_owned())]);
        assert_eq!(problems(&"x".repeat(FILTER_BYTES_MAX + 1)).len(), 1);
    }

    fn any_filter() -> impl Strategy<Value = Filter> {
        let operator = (0..Operator::ALL.len()).prop_map(|place| Operator::ALL[place]);
        let value = proptest::string::string_regex(r"[a-z àç;|,:\\%&=+]{0,6}").unwrap();
        let field = proptest::string::string_regex("[a-z][a-z0-9_.]{0,8}").unwrap();
        let condition = (field, operator, proptest::collection::vec(value, 0..4))
            .prop_map(|(field, operator, values)| Condition { field, operator, values });
        let group = proptest::collection::vec(condition, 1..4).prop_map(|conditions| Group { conditions });
        proptest::collection::vec(group, 0..5).prop_map(|groups| Filter { groups })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(filter in any_filter()) {
            let text = filter.to_string();
            prop_assert_eq!(Filter::read(&text), (filter.clone(), FieldErrors::default()), "{}", text);
            let json = serde_json::to_string(&filter).unwrap();
            prop_assert_eq!(serde_json::from_str::<Filter>(&json).unwrap(), filter);
        }

        #[test]
        fn any_text_is_survived(text in ".{0,80}") {
            let (filter, _) = Filter::read(&text);
            // What was understood has one form.
            prop_assert_eq!(Filter::read(&filter.to_string()).0, filter);
        }
    }
}
