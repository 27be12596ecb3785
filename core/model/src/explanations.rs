//! Why a lead is whose it is: every decision is kept beside the lead, with all that was weighed.

use crate::record::meta_field;
use crate::{Filter, IndexEntry, Kind, LeadId, Meta, RECORD_BYTES_MAX, Record, Strategy, UserId};
use serde::{Deserialize, Serialize};

/// What an explanation takes without its rules and people: who and when, the lead, the winner, whoever had it before and
/// whoever was away, what was weighed, names of fields.
const FRAME_BYTES: usize = 820;
/// What a rule takes besides its key and details.
const RULE_BYTES: usize = 82;
/// What one person left out takes: an id and a code.
const LEFT_OUT_BYTES: usize = 82;
/// What one candidate takes: an id and two numbers.
const STANDING_BYTES: usize = 100;
/// Candidates that are named; how many there were is counted.
const STANDINGS_MAX: usize = 12;

/// What gave rise to a decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// The lead came in.
    New,
    /// Somebody wanted it assigned anew.
    Again,
    /// Nobody had answered it in time.
    Unanswered,
}

impl Occasion {
    pub fn as_str(self) -> &'static str {
        match self {
            Occasion::New => "new",
            Occasion::Again => "again",
            Occasion::Unanswered => "unanswered",
        }
    }
}

/// Why somebody of a pool could not get a lead.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutWhy {
    /// Does not work here any more.
    Gone,
    /// Takes no leads.
    TakesNone,
    Away,
    /// No working day of theirs.
    DayOff,
    /// Outside of their hours.
    OffHours,
    /// Got as many today as the rule allows.
    DayFull,
    /// The same in thirty days.
    MonthFull,
    /// Had it and did not answer.
    DidNotAnswer,
}

impl LeftOutWhy {
    pub const ALL: [LeftOutWhy; 8] = [
        LeftOutWhy::Gone,
        LeftOutWhy::TakesNone,
        LeftOutWhy::Away,
        LeftOutWhy::DayOff,
        LeftOutWhy::OffHours,
        LeftOutWhy::DayFull,
        LeftOutWhy::MonthFull,
        LeftOutWhy::DidNotAnswer,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            LeftOutWhy::Gone => "gone",
            LeftOutWhy::TakesNone => "takes_none",
            LeftOutWhy::Away => "away",
            LeftOutWhy::DayOff => "day_off",
            LeftOutWhy::OffHours => "off_hours",
            LeftOutWhy::DayFull => "day_full",
            LeftOutWhy::MonthFull => "month_full",
            LeftOutWhy::DidNotAnswer => "did_not_answer",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LeftOut {
    pub user: UserId,
    pub why: LeftOutWhy,
}

/// What came of trying a rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleOutcome {
    /// Not in force on that day.
    NotInForce,
    /// Not for leads that come in this way.
    OtherWay,
    /// The first group of its conditions of which none held: its place from 0, and the group itself. The group is empty
    /// where there was no room for it.
    Condition { group: usize, conditions: Filter },
    /// It fitted, and nobody could get it.
    Nobody,
    /// It fitted, and its plugin chose none of the candidates: the outcome of the call.
    PluginPassed { outcome: String },
    /// It gave the lead to one of its pool.
    Won,
    /// It gave the lead to the person it names for when nobody else can.
    WonByFallback,
}

impl RuleOutcome {
    pub fn as_str(&self) -> &'static str {
        match self {
            RuleOutcome::NotInForce => "not_in_force",
            RuleOutcome::OtherWay => "other_way",
            RuleOutcome::Condition { .. } => "condition",
            RuleOutcome::Nobody => "nobody",
            RuleOutcome::PluginPassed { .. } => "plugin_passed",
            RuleOutcome::Won => "won",
            RuleOutcome::WonByFallback => "won_by_fallback",
        }
    }
}

/// A rule and what came of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RuleTried {
    /// The rule's key.
    pub rule: String,
    pub outcome: RuleOutcome,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// Left out too, but not named for want of room.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out_more: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Somebody who could get it, and what was weighed, as [`Explanation::weighed_by`] says; 0 where nothing was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Standing {
    pub user: UserId,
    pub weighed: u64,
    /// How often it is their turn against the others, where that decided, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<u16>,
}

/// One decision about one lead.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Explanation {
    pub meta: Meta,
    pub lead: LeadId,
    pub occasion: Occasion,
    /// Who had it and did not answer, where it went on for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<UserId>,
    /// In the order in which they were tried.
    pub rules: Vec<RuleTried>,
    /// Who could get it in the end, the winner among them; the first of many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Standing>,
    /// How many they were.
    pub candidates_count: u32,
    /// What was weighed of them, as the strategy that compares it: open leads ([`Strategy::FewestOpen`]), the value of
    /// those in hundredths ([`Strategy::LeastValue`]), or the turns that each had had ([`Strategy::Turns`],
    /// [`Strategy::WeightedTurns`]). Absent where nothing was, or where it was not noted yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighed_by: Option<Strategy>,
    /// Whoever gets what nothing else placed, where they were away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_away: Option<UserId>,
    pub winner: Option<UserId>,
}

impl Explanation {
    /// Without the details for which there is no room: the last ones go first.
    #[must_use]
    pub fn fitted(mut self) -> Explanation {
        let rules: usize = self.rules.iter().map(|tried| tried.rule.len() + RULE_BYTES).sum();
        let mut room = RECORD_BYTES_MAX.saturating_sub(FRAME_BYTES + rules);
        for tried in &mut self.rules {
            if let RuleOutcome::Condition { conditions, .. } = &mut tried.outcome {
                // In JSON a backslash and a quotation mark are two characters.
                let text = conditions.to_string();
                let bytes = text.len() + text.matches(['\\', '"']).count();
                if bytes > room {
                    *conditions = Filter::default();
                } else {
                    room -= bytes;
                }
            }
            let kept = tried.left_out.len().min(room / LEFT_OUT_BYTES);
            tried.left_out_more = u32::try_from(tried.left_out.len() - kept).unwrap_or(u32::MAX);
            tried.left_out.truncate(kept);
            room -= kept * LEFT_OUT_BYTES;
        }
        // Whoever won is always named.
        let winner = self.winner;
        self.candidates.sort_by_key(|standing| Some(standing.user) != winner);
        let named = STANDINGS_MAX.min(room / STANDING_BYTES).max(1);
        self.candidates.truncate(named);
        self
    }
}

impl Record for Explanation {
    const KIND: Kind = Kind::Explanation;
    /// The lead's own change tells who got it and why; this is what was weighed.
    const JOURNALED: bool = false;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        vec![IndexEntry::member(Kind::Explanation, self.lead.0, self.meta.id)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, ApiKeyId, KEY_CHARACTERS_MAX, RULES_MAX, Via};
    use uuid::Uuid;

    #[test]
    fn the_longest_explanation_fits_its_record() {
        let by = Actor { user: Some(UserId(Uuid::max())), via: Via::Api(ApiKeyId(Uuid::max())) };
        let conditions: Filter = format!("town:contains:{}", "à".repeat(90)).parse().unwrap();
        let left_out = vec![LeftOut { user: UserId(Uuid::max()), why: LeftOutWhy::DidNotAnswer }; 200];
        let tried = |place: usize| RuleTried {
            rule: format!("{place}{}", "k".repeat(KEY_CHARACTERS_MAX - 2)),
            outcome: if place.is_multiple_of(2) {
                RuleOutcome::Condition { group: 19, conditions: conditions.clone() }
            } else {
                RuleOutcome::Nobody
            },
            left_out: if place.is_multiple_of(2) { Vec::new() } else { left_out.clone() },
            left_out_more: 0,
        };
        let explanation = Explanation {
            meta: Meta::new(Uuid::max(), jiff::Timestamp::MAX, by),
            lead: LeadId(Uuid::max()),
            occasion: Occasion::Unanswered,
            from: Some(UserId(Uuid::max())),
            rules: (0..RULES_MAX).map(tried).collect(),
            candidates: vec![
                Standing { user: UserId(Uuid::max()), weighed: u64::MAX, weight: Some(u16::MAX) };
                50
            ],
            candidates_count: 50,
            weighed_by: Some(Strategy::WeightedTurns),
            default_away: Some(UserId(Uuid::max())),
            winner: Some(UserId(Uuid::max())),
        };
        let fitted = explanation.fitted();
        let bytes = serde_json::to_vec(&fitted).unwrap().len();
        assert!(bytes <= RECORD_BYTES_MAX, "{bytes}");
        assert_eq!(fitted.rules.len(), RULES_MAX);
        assert_eq!(
            fitted.rules[1].left_out.len() + usize::try_from(fitted.rules[1].left_out_more).unwrap(),
            200
        );
        assert_eq!(fitted.candidates.len(), 1);
    }

    /// What was weighed was not noted at first.
    #[test]
    fn an_explanation_of_before_can_still_be_read() {
        let explanation = Explanation {
            meta: Meta::new(Uuid::nil(), jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM),
            lead: LeadId(Uuid::nil()),
            occasion: Occasion::New,
            from: None,
            rules: Vec::new(),
            candidates: vec![Standing { user: UserId(Uuid::nil()), weighed: 7, weight: None }],
            candidates_count: 1,
            weighed_by: None,
            default_away: None,
            winner: None,
        };
        let text = serde_json::to_string(&explanation).unwrap();
        assert!(
            !text.contains("weight") && !text.contains("weighed_by") && !text.contains("default_away"),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Explanation>(&text).unwrap(), explanation);
    }
}
