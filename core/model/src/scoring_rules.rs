//! Scoring rules: how many points a lead has, and for what.

use crate::{FieldErrors, Filter, Kind, LABEL_CHARACTERS_MAX, Label, Piece};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// More rules explain nothing any more: the lead's page names each that gave points.
pub const SCORING_RULES_MAX: usize = 50;
/// What one rule gives or takes at most: a whole score.
pub const POINTS_MAX: i16 = 100;
/// Sums are cut to 0 and this.
pub const SCORE_MAX: u8 = 100;
/// The key of the field of leads that holds their points: reckoned anew whenever it is asked for, never stored.
pub const SCORE: &str = "score";
/// The key of the field of leads that holds their probability in percent; learned, never stored.
pub const PROBABILITY: &str = "probability";

/// A rule. Each one that fits a lead gives its points, whatever the others do.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ScoringRule {
    pub label: Label,
    /// Which leads; all of them without a condition.
    #[serde(default, skip_serializing_if = "Filter::is_empty")]
    pub conditions: Filter,
    /// From −[`POINTS_MAX`] to [`POINTS_MAX`], and not 0.
    pub points: i16,
    /// The first day on which it is in force, in the company's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    #[serde(default)]
    pub archived: bool,
}

impl ScoringRule {
    /// Whether it is in force on this day.
    pub fn is_in_force(&self, day: Date) -> bool {
        !self.archived && self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl Piece for ScoringRule {
    const KIND: Kind = Kind::ScoringRule;
    const SECTION: &'static str = "scoring_rules";

    fn label(&self) -> &Label {
        &self.label
    }

    fn is_archived(&self) -> bool {
        self.archived
    }

    /// Problem codes of its own: `rule-dates`, `rule-points`.
    fn check(&self, errors: &mut FieldErrors) {
        self.label.check("label", LABEL_CHARACTERS_MAX, errors);
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            errors.add("to", "rule-dates", "");
        }
        if self.points == 0 || self.points.unsigned_abs() > POINTS_MAX.unsigned_abs() {
            errors.add("points", "rule-points", POINTS_MAX.to_string());
        }
    }
}

/// A sum of points as a score.
pub fn score_of(sum: i32) -> u8 {
    u8::try_from(sum.clamp(0, i32::from(SCORE_MAX))).unwrap_or(SCORE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_rule_is_said_all_at_once() {
        let problems = |rule: ScoringRule| -> Vec<String> {
            let mut errors = FieldErrors::default();
            rule.check(&mut errors);
            errors.0.into_iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect()
        };
        let named = ScoringRule { label: Label::new("Girona", "", ""), points: 20, ..ScoringRule::default() };
        assert_eq!(problems(ScoringRule::default()), ["label_ca required", "points rule-points"]);
        assert_eq!(problems(ScoringRule { points: -101, ..named.clone() }), ["points rule-points"]);
        assert_eq!(problems(ScoringRule { points: -100, ..named.clone() }), Vec::<String>::new());
        let dates = ["2026-02-01", "2026-01-31"].map(|day| day.parse().ok());
        assert_eq!(problems(ScoringRule { from: dates[0], to: dates[1], ..named }), ["to rule-dates"]);
    }

    #[test]
    fn a_score_is_cut_at_both_ends() {
        assert_eq!([-120, -1, 0, 37, 100, 240].map(score_of), [0, 0, 0, 37, 100, 100]);
    }
}
