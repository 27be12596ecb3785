//! How quotes and other documents are numbered.

use crate::LABEL_CHARACTERS_MAX;
use crate::{FieldErrors, Kind, Label, Piece};
use serde::{Deserialize, Serialize};

/// A number is written on paper and said on the phone.
pub const PATTERN_CHARACTERS_MAX: usize = 40;

/// A series of numbers. What was given already is counted by the store under `series/<key>/<year>`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NumberSeries {
    pub label: Label,
    /// `P{YYYY}-{NNNN}`: `{YYYY}` or `{YY}` is the year, as many `N` as digits at least is the number.
    pub pattern: String,
    /// The number begins again each fiscal year.
    pub yearly: bool,
    /// The first number of a year, or of all where it is not yearly.
    pub first: u64,
    #[serde(default)]
    pub archived: bool,
}

impl NumberSeries {
    /// The number as it is written. `nth` counts from 0 within the year.
    pub fn written(&self, year: i16, nth: u64) -> String {
        let number = self.first.saturating_add(nth);
        let mut text = String::with_capacity(self.pattern.len() + 4);
        let mut rest = self.pattern.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((name, behind)) = after.split_once('}') else {
                break;
            };
            match name {
                "YYYY" => text.push_str(&format!("{year:04}")),
                "YY" => text.push_str(&format!("{:02}", year.rem_euclid(100))),
                digits => text.push_str(&format!("{number:0width$}", width = digits.len())),
            }
            rest = behind;
        }
        text.push_str(rest);
        text
    }
}

impl Piece for NumberSeries {
    const KIND: Kind = Kind::NumberSeries;
    const SECTION: &'static str = "number_series";

    fn ready() -> Vec<(&'static str, NumberSeries)> {
        let series = NumberSeries {
            label: Label::new("Pressupostos", "Presupuestos", "Quotes"),
            pattern: "P{YYYY}-{NNNN}".to_owned(),
            yearly: true,
            first: 1,
            archived: false,
        };
        vec![("quotes", series)]
    }

    fn label(&self) -> &Label {
        &self.label
    }

    fn is_archived(&self) -> bool {
        self.archived
    }

    fn check(&self, errors: &mut FieldErrors) {
        self.label.check("label", LABEL_CHARACTERS_MAX, errors);
        if self.pattern.chars().count() > PATTERN_CHARACTERS_MAX {
            errors.add("pattern", "too-long", PATTERN_CHARACTERS_MAX.to_string());
        }
        match parts(&self.pattern) {
            None => errors.add("pattern", "pattern-form", &self.pattern),
            Some(parts) => {
                let numbers = parts.iter().filter(|part| part.starts_with('N')).count();
                let years = parts.iter().filter(|part| part.starts_with('Y')).count();
                if numbers != 1 {
                    errors.add("pattern", "pattern-number", &self.pattern);
                }
                // Without the year two numbers of different years would be the same.
                if self.yearly && years == 0 {
                    errors.add("pattern", "pattern-year", &self.pattern);
                }
            }
        }
    }
}

/// What stands in braces; nothing where something unknown does or a brace is left over.
fn parts(pattern: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}')?;
        let is_number = (1..=9).contains(&name.len()) && name.bytes().all(|byte| byte == b'N');
        if before.contains('}') || !(is_number || matches!(name, "YYYY" | "YY")) {
            return None;
        }
        parts.push(name);
        rest = behind;
    }
    (!rest.contains('}')).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(pattern: &str, yearly: bool) -> NumberSeries {
        let (_, ready) = NumberSeries::ready().remove(0);
        NumberSeries { pattern: pattern.into(), yearly, ..ready }
    }

    #[test]
    fn numbers_are_written_as_the_pattern_says() {
        let cases = [
            ("P{YYYY}-{NNNN}", 0, "P2026-0001"),
            ("{NNN}/{YY}", 41, "042/26"),
            ("{N}", 12_344, "12345"),
            ("A-{NN}-{YYYY}", 99, "A-100-2026"),
        ];
        for (pattern, nth, written) in cases {
            assert_eq!(series(pattern, false).written(2026, nth), written);
        }
    }

    #[test]
    fn wrong_patterns_are_refused() {
        let cases = [
            ("P{YYYY}-{NNNN}", true, ""),
            ("P{YYYY}", true, "pattern-number"),
            ("{NN}-{NN}", false, "pattern-number"),
            ("{NNNN}", true, "pattern-year"),
            ("{NNNN}", false, ""),
            ("{MM}{NN}", false, "pattern-form"),
            ("{NN", false, "pattern-form"),
            ("NN}", false, "pattern-form"),
        ];
        for (pattern, yearly, code) in cases {
            let mut errors = FieldErrors::default();
            series(pattern, yearly).check(&mut errors);
            let found: Vec<_> = errors.0.iter().map(|problem| problem.code.as_str()).collect();
            assert_eq!(found.join(" "), code, "{pattern}");
        }
    }
}
