//! Assignment rules: which leads go to whom, and what happens where nobody can take one.

use crate::{FieldErrors, Filter, Kind, LABEL_CHARACTERS_MAX, Label, Piece, UserId, Via};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Rules of one company: the explanation of a lead names each that was tried, and must fit its record.
pub const RULES_MAX: usize = 25;
/// People named one by one; for more there are teams and roles.
pub const RULE_PEOPLE_MAX: usize = 30;
/// How much more than somebody else a person may get.
pub const RULE_WEIGHT_MAX: u16 = 100;
/// Nobody answers more leads than this in thirty days.
pub const RULE_CAPACITY_MAX: u32 = 10_000;
/// The days that the longer capacity speaks of.
pub const CAPACITY_DAYS: u32 = 30;

/// One line an enum of codes.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $code:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$item])* #[serde(rename = $code)] $variant,)*
        }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $code,)*
                }
            }

            pub fn from_code(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|known| known.as_str() == code)
            }
        }
    )*};
}

codes! {
    /// Which way leads come in.
    Way {
        /// Typed by somebody who works here.
        Hand = "hand",
        Import = "import",
        Api = "api",
        /// Sent by whoever wants to become a client.
        Form = "form",
    }

    /// Who could get a lead.
    Pool {
        /// Those who are named.
        People = "people",
        Team = "team",
        Role = "role",
        /// Whoever is responsible for the company that the lead is of.
        CompanyOwner = "company_owner",
    }

    /// How one of them is chosen.
    Strategy {
        /// By turns.
        Turns = "turns",
        /// By turns, some more often than others.
        WeightedTurns = "weighted_turns",
        /// Who has the fewest open leads.
        FewestOpen = "fewest_open",
        /// Whose open leads are worth the least.
        LeastValue = "least_value",
        /// Who is responsible for the lead's company; by turns where nobody is.
        CompanyOwner = "company_owner",
        /// A plugin is asked.
        Plugin = "plugin",
    }

    /// When somebody gets leads.
    Attendance {
        /// At any time.
        Always = "always",
        /// On their working days.
        Days = "days",
        /// Within their working hours.
        Hours = "hours",
    }

    /// What happens where nobody of the pool can get it.
    Fallback {
        /// The next rule that fits.
        Next = "next",
        /// Somebody who is named.
        Person = "person",
        /// As if no rule had fitted.
        Default = "default",
    }
}

impl Way {
    /// How a record came in that was made this way; what the system makes by itself came no way.
    pub fn of(via: &Via) -> Option<Way> {
        match via {
            Via::Page => Some(Way::Hand),
            Via::Api(_) => Some(Way::Api),
            Via::Import(_) => Some(Way::Import),
            Via::Form => Some(Way::Form),
            Via::System => None,
        }
    }
}

/// Somebody in a pool of named people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolMember {
    /// The id of a user; in a configuration file the e-mail.
    pub user: String,
    /// How often, against the others.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub weight: u16,
}

fn one() -> u16 {
    1
}

fn is_one(weight: &u16) -> bool {
    *weight == 1
}

impl PoolMember {
    pub fn id(&self) -> Option<UserId> {
        self.user.parse().ok()
    }
}

/// A rule. The first one in order that fits a lead decides whose it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AssignmentRule {
    pub label: Label,
    /// The first day on which it is in force, in the company's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Which leads; all of them without a condition.
    #[serde(default, skip_serializing_if = "Filter::is_empty")]
    pub conditions: Filter,
    /// Which ways in; every way where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<Way>,
    pub pool: Pool,
    /// Of a pool of people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PoolMember>,
    /// Of a pool that is a team: its id; in a configuration file its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Of a pool that is a role: its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    pub strategy: Strategy,
    /// The name of the plugin that is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plugin: Option<String>,
    /// Leads that nobody gets more of in a day; those given by hand do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_max: Option<u32>,
    /// The same in [`CAPACITY_DAYS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month_max: Option<u32>,
    #[serde(default = "always")]
    pub attendance: Attendance,
    /// Also who is noted as away.
    #[serde(default)]
    pub absent_too: bool,
    #[serde(default = "next_rule")]
    pub fallback: Fallback,
    /// The id of a user; in a configuration file the e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback_person: Option<String>,
    #[serde(default)]
    pub archived: bool,
}

fn always() -> Attendance {
    Attendance::Always
}

fn next_rule() -> Fallback {
    Fallback::Next
}

impl Default for AssignmentRule {
    /// A rule for everything, by turns among nobody yet.
    fn default() -> AssignmentRule {
        AssignmentRule {
            label: Label::default(),
            from: None,
            to: None,
            conditions: Filter::default(),
            ways: Vec::new(),
            pool: Pool::People,
            people: Vec::new(),
            team: None,
            role: None,
            strategy: Strategy::Turns,
            plugin: None,
            day_max: None,
            month_max: None,
            attendance: Attendance::Always,
            absent_too: false,
            fallback: Fallback::Next,
            fallback_person: None,
            archived: false,
        }
    }
}

/// What a rule leaves for those behind it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Leaves {
    /// It takes every lead.
    Nothing,
    /// It takes every lead that anybody of its pool can get.
    WhatNobodyTakes,
    /// Leads that do not fit it, or that it passes on as it is meant to.
    Others,
}

impl AssignmentRule {
    /// What it leaves on this day for the rules behind it.
    pub fn leaves(&self, day: Date) -> Leaves {
        if !self.is_in_force(day) || !self.conditions.is_empty() || !self.ways.is_empty() {
            return Leaves::Others;
        }
        let passes_on = self.pool == Pool::CompanyOwner
            || self.strategy == Strategy::Plugin
            || self.attendance != Attendance::Always
            || self.day_max.is_some()
            || self.month_max.is_some();
        match self.fallback {
            Fallback::Person | Fallback::Default => Leaves::Nothing,
            Fallback::Next if passes_on => Leaves::Others,
            Fallback::Next => Leaves::WhatNobodyTakes,
        }
    }

    /// Whether it is in force on this day.
    pub fn is_in_force(&self, day: Date) -> bool {
        !self.archived && self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Everybody it names.
    pub fn named(&self) -> impl Iterator<Item = UserId> + '_ {
        let fallback = self.fallback_person.as_ref().and_then(|id| id.parse().ok());
        self.people.iter().filter_map(PoolMember::id).chain(fallback)
    }

    /// Without what its pool, strategy and fallback do not use.
    #[must_use]
    pub fn tidy(mut self) -> AssignmentRule {
        if self.pool != Pool::People {
            self.people.clear();
        }
        if self.strategy != Strategy::WeightedTurns {
            self.people.iter_mut().for_each(|member| member.weight = 1);
        }
        if self.pool != Pool::Team {
            self.team = None;
        }
        if self.pool != Pool::Role {
            self.role = None;
        }
        if self.strategy != Strategy::Plugin {
            self.plugin = None;
        }
        if self.fallback != Fallback::Person {
            self.fallback_person = None;
        }
        if self.ways.len() == Way::ALL.len() {
            self.ways.clear();
        }
        self
    }

    fn check_pool(&self, errors: &mut FieldErrors) {
        match self.pool {
            Pool::People if self.people.is_empty() => errors.add("people", "rule-people", ""),
            Pool::People if self.people.len() > RULE_PEOPLE_MAX => {
                errors.add("people", "too-many", RULE_PEOPLE_MAX.to_string());
            }
            Pool::Team if self.team.is_none() => errors.add("team", "required", ""),
            Pool::Role if self.role.is_none() => errors.add("role", "required", ""),
            _ => {}
        }
        for (place, member) in self.people.iter().enumerate() {
            if !(1..=RULE_WEIGHT_MAX).contains(&member.weight) {
                let detail = RULE_WEIGHT_MAX.to_string();
                errors.add(&format!("people.{place}.weight"), "rule-weight", detail);
            }
            if self.people.iter().take(place).any(|other| other.user == member.user) {
                errors.add("people", "rule-twice", &member.user);
            }
        }
    }
}

impl Piece for AssignmentRule {
    const KIND: Kind = Kind::AssignmentRule;
    const SECTION: &'static str = "assignment_rules";

    fn label(&self) -> &Label {
        &self.label
    }

    fn is_archived(&self) -> bool {
        self.archived
    }

    /// Problem codes of its own: `rule-people`, `rule-weight`, `rule-twice`, `rule-dates`, `rule-capacity`,
    /// `rule-weights-people`.
    fn check(&self, errors: &mut FieldErrors) {
        self.label.check("label", LABEL_CHARACTERS_MAX, errors);
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            errors.add("to", "rule-dates", "");
        }
        self.check_pool(errors);
        if self.strategy == Strategy::WeightedTurns && self.pool != Pool::People {
            errors.add("strategy", "rule-weights-people", "");
        }
        if self.strategy == Strategy::Plugin && self.plugin.is_none() {
            errors.add("plugin", "required", "");
        }
        for (field, most) in [("day_max", self.day_max), ("month_max", self.month_max)] {
            if most.is_some_and(|most| !(1..=RULE_CAPACITY_MAX).contains(&most)) {
                errors.add(field, "rule-capacity", RULE_CAPACITY_MAX.to_string());
            }
        }
        if self.fallback == Fallback::Person && self.fallback_person.is_none() {
            errors.add("fallback_person", "required", "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(rule: AssignmentRule) -> Vec<String> {
        let mut errors = FieldErrors::default();
        rule.check(&mut errors);
        errors.0.into_iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect()
    }

    #[test]
    fn what_a_rule_lacks_is_said_all_at_once() {
        let named = AssignmentRule { label: Label::new("Girona", "", ""), ..AssignmentRule::default() };
        assert_eq!(problems(AssignmentRule::default()), ["label_ca required", "people rule-people"]);
        let member = |weight| PoolMember { user: "a@b.cat".to_owned(), weight };
        assert_eq!(
            problems(AssignmentRule {
                from: "2026-02-01".parse().ok(),
                to: "2026-01-31".parse().ok(),
                people: vec![member(0), member(1)],
                day_max: Some(0),
                strategy: Strategy::Plugin,
                fallback: Fallback::Person,
                ..named.clone()
            }),
            [
                "to rule-dates",
                "people.0.weight rule-weight",
                "people rule-twice",
                "plugin required",
                "day_max rule-capacity",
                "fallback_person required"
            ]
        );
        let team = AssignmentRule { pool: Pool::Team, strategy: Strategy::WeightedTurns, ..named };
        assert_eq!(problems(team), ["team required", "strategy rule-weights-people"]);
    }

    #[test]
    fn a_rule_is_in_force_on_its_days_and_its_codes_are_read_back() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let rule = AssignmentRule {
            from: Some(day("2026-02-01")),
            to: Some(day("2026-02-28")),
            ..AssignmentRule::default()
        };
        let days =
            ["2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01"].map(|text| rule.is_in_force(day(text)));
        assert_eq!(days, [false, true, true, false]);
        let text = serde_json::to_string(&rule).unwrap();
        assert_eq!(serde_json::from_str::<AssignmentRule>(&text).unwrap(), rule);
        for strategy in Strategy::ALL {
            assert_eq!(Strategy::from_code(strategy.as_str()), Some(*strategy));
        }
    }
}
