//! Rules in words: the whole rule as sentences, and the names of what it is made of.

use crate::messages::t;
use crate::{Locale, format};
use model::jiff::civil::Date;
use model::{Attendance, Fallback, LeftOutWhy, Pool, RuleOutcome, Strategy, Way};

/// Who could get a lead, by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PoolWords {
    People(Vec<String>),
    Team(String),
    Role(String),
    CompanyOwner,
}

/// A rule with the names of all that it refers to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleWords {
    /// One sentence a group.
    pub conditions: Vec<String>,
    pub ways: Vec<Way>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub pool: PoolWords,
    pub strategy: Strategy,
    pub plugin: String,
    pub day_max: Option<u32>,
    pub month_max: Option<u32>,
    pub attendance: Attendance,
    pub absent_too: bool,
    pub fallback: Fallback,
    pub fallback_person: String,
}

/// «Si «Zona: és Girona»: per torns, entre les persones de l’equip «Nord». Si ningú no pot: la regla següent.»
pub fn sentence<'l>(l: impl Into<Locale<'l>>, rule: &RuleWords) -> String {
    let l: Locale<'_> = l.into();
    let mut parts = vec![main(l, rule)];
    if !rule.ways.is_empty() {
        let ways: Vec<String> = rule.ways.iter().map(|way| way_in_sentence(l, *way)).collect();
        parts.push(t!(l, "assignment-say-ways", ways = format::list(l, &ways)));
    }
    match rule.attendance {
        Attendance::Always => {}
        Attendance::Days => parts.push(t!(l, "assignment-say-days")),
        Attendance::Hours => parts.push(t!(l, "assignment-say-hours")),
    }
    if rule.absent_too {
        parts.push(t!(l, "assignment-say-absent-too"));
    }
    match (rule.day_max, rule.month_max) {
        (Some(day), Some(month)) => parts.push(t!(l, "assignment-say-both", day = day, month = month)),
        (Some(day), None) => parts.push(t!(l, "assignment-say-day", count = day)),
        (None, Some(month)) => parts.push(t!(l, "assignment-say-month", count = month)),
        (None, None) => {}
    }
    parts.push(match rule.fallback {
        Fallback::Next => t!(l, "assignment-say-next"),
        Fallback::Person => t!(l, "assignment-say-person", name = rule.fallback_person.as_str()),
        Fallback::Default => t!(l, "assignment-say-default"),
    });
    let day = |day: Date| format::date_short(day);
    match (rule.from, rule.to) {
        (Some(from), Some(to)) => parts.push(t!(l, "assignment-say-from-to", from = day(from), to = day(to))),
        (Some(from), None) => parts.push(t!(l, "assignment-say-from", from = day(from))),
        (None, Some(to)) => parts.push(t!(l, "assignment-say-to", to = day(to))),
        (None, None) => {}
    }
    parts.join(" ")
}

/// Which leads a rule is for: its groups of conditions, each in words.
pub(crate) fn which_leads(l: Locale<'_>, conditions: &[String]) -> String {
    if conditions.is_empty() {
        return t!(l, "assignment-say-any");
    }
    let quoted = |group: &String| t!(l, "assignment-say-condition", condition = group.as_str());
    let conditions: Vec<String> = conditions.iter().map(quoted).collect();
    t!(l, "assignment-say-if", conditions = format::list(l, &conditions))
}

/// Which leads, and to whom.
fn main(l: Locale<'_>, rule: &RuleWords) -> String {
    let when = which_leads(l, &rule.conditions);
    if rule.pool == PoolWords::CompanyOwner {
        return t!(l, "assignment-say-company", when = when);
    }
    let who = match &rule.pool {
        PoolWords::People(names) => format::list(l, names),
        PoolWords::Team(name) => t!(l, "assignment-say-team", name = name.as_str()),
        PoolWords::Role(name) => t!(l, "assignment-say-role", name = name.as_str()),
        PoolWords::CompanyOwner => String::new(),
    };
    match rule.strategy {
        Strategy::Turns => t!(l, "assignment-say-turns", when = when, who = who),
        Strategy::WeightedTurns => t!(l, "assignment-say-weighted", when = when, who = who),
        Strategy::FewestOpen => t!(l, "assignment-say-fewest", when = when, who = who),
        Strategy::LeastValue => t!(l, "assignment-say-value", when = when, who = who),
        Strategy::CompanyOwner => t!(l, "assignment-say-stick", when = when, who = who),
        Strategy::Plugin => {
            t!(l, "assignment-say-plugin", when = when, who = who, plugin = rule.plugin.as_str())
        }
    }
}

pub fn way_name<'l>(l: impl Into<Locale<'l>>, way: Way) -> String {
    let l: Locale<'_> = l.into();
    match way {
        Way::Hand => t!(l, "assignment-way-hand"),
        Way::Import => t!(l, "assignment-way-import"),
        Way::Api => t!(l, "assignment-way-api"),
        Way::Form => t!(l, "assignment-way-form"),
    }
}

/// In the middle of a sentence; an abbreviation stays as it is.
fn way_in_sentence(l: Locale<'_>, way: Way) -> String {
    let name = way_name(l, way);
    if way == Way::Api { name } else { name.to_lowercase() }
}

pub fn pool_name<'l>(l: impl Into<Locale<'l>>, pool: Pool) -> String {
    let l: Locale<'_> = l.into();
    match pool {
        Pool::People => t!(l, "assignment-pool-people"),
        Pool::Team => t!(l, "assignment-pool-team"),
        Pool::Role => t!(l, "assignment-pool-role"),
        Pool::CompanyOwner => t!(l, "assignment-pool-company"),
    }
}

pub fn strategy_name<'l>(l: impl Into<Locale<'l>>, strategy: Strategy) -> String {
    let l: Locale<'_> = l.into();
    match strategy {
        Strategy::Turns => t!(l, "assignment-strategy-turns"),
        Strategy::WeightedTurns => t!(l, "assignment-strategy-weighted"),
        Strategy::FewestOpen => t!(l, "assignment-strategy-fewest"),
        Strategy::LeastValue => t!(l, "assignment-strategy-value"),
        Strategy::CompanyOwner => t!(l, "assignment-strategy-company"),
        Strategy::Plugin => t!(l, "assignment-strategy-plugin"),
    }
}

pub(super) fn strategy_hint(l: Locale<'_>, strategy: Strategy) -> String {
    match strategy {
        Strategy::Turns => t!(l, "assignment-strategy-turns-hint"),
        Strategy::WeightedTurns => t!(l, "assignment-strategy-weighted-hint"),
        Strategy::FewestOpen => t!(l, "assignment-strategy-fewest-hint"),
        Strategy::LeastValue => t!(l, "assignment-strategy-value-hint"),
        Strategy::CompanyOwner => t!(l, "assignment-strategy-company-hint"),
        Strategy::Plugin => t!(l, "assignment-strategy-plugin-hint"),
    }
}

pub(super) fn attendance_name(l: Locale<'_>, attendance: Attendance) -> String {
    match attendance {
        Attendance::Always => t!(l, "assignment-attendance-always"),
        Attendance::Days => t!(l, "assignment-attendance-days"),
        Attendance::Hours => t!(l, "assignment-attendance-hours"),
    }
}

pub fn fallback_name<'l>(l: impl Into<Locale<'l>>, fallback: Fallback) -> String {
    let l: Locale<'_> = l.into();
    match fallback {
        Fallback::Next => t!(l, "assignment-fallback-next"),
        Fallback::Person => t!(l, "assignment-fallback-person"),
        Fallback::Default => t!(l, "assignment-fallback-default"),
    }
}

pub fn left_out_why<'l>(l: impl Into<Locale<'l>>, why: LeftOutWhy) -> String {
    let l: Locale<'_> = l.into();
    match why {
        LeftOutWhy::Gone => t!(l, "assignment-out-gone"),
        LeftOutWhy::TakesNone => t!(l, "assignment-out-takes-none"),
        LeftOutWhy::Away => t!(l, "assignment-out-away"),
        LeftOutWhy::DayOff => t!(l, "assignment-out-day-off"),
        LeftOutWhy::OffHours => t!(l, "assignment-out-off-hours"),
        LeftOutWhy::DayFull => t!(l, "assignment-out-day-full"),
        LeftOutWhy::MonthFull => t!(l, "assignment-out-month-full"),
        LeftOutWhy::DidNotAnswer => t!(l, "assignment-out-did-not-answer"),
    }
}

/// What came of a rule; `condition` is the group that failed, in words.
pub fn outcome<'l>(l: impl Into<Locale<'l>>, outcome: &RuleOutcome, condition: &str) -> String {
    let l: Locale<'_> = l.into();
    match outcome {
        RuleOutcome::NotInForce => t!(l, "assignment-tried-not-in-force"),
        RuleOutcome::OtherWay => t!(l, "assignment-tried-other-way"),
        RuleOutcome::Condition { group, .. } if condition.is_empty() => {
            t!(l, "assignment-tried-condition-number", number = *group + 1)
        }
        RuleOutcome::Condition { .. } => t!(l, "assignment-tried-condition", condition = condition),
        RuleOutcome::Nobody => t!(l, "assignment-tried-nobody"),
        RuleOutcome::PluginPassed { outcome } => {
            t!(l, "assignment-tried-plugin", what = crate::leads::asked_outcome(l, outcome))
        }
        RuleOutcome::Won => t!(l, "assignment-tried-won"),
        RuleOutcome::WonByFallback => t!(l, "assignment-tried-fallback"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Language;

    fn rule() -> RuleWords {
        RuleWords {
            conditions: Vec::new(),
            ways: Vec::new(),
            from: None,
            to: None,
            pool: PoolWords::People(vec!["Laia".to_owned(), "Jordi".to_owned()]),
            strategy: Strategy::Turns,
            plugin: String::new(),
            day_max: None,
            month_max: None,
            attendance: Attendance::Always,
            absent_too: false,
            fallback: Fallback::Next,
            fallback_person: String::new(),
        }
    }

    #[test]
    fn a_rule_reads_like_a_sentence_in_three_languages() {
        let rule = RuleWords {
            conditions: vec!["Zona: és «Girona»".to_owned(), "Import: 5.000,00 € o més".to_owned()],
            pool: PoolWords::Team("Nord".to_owned()),
            ways: vec![Way::Import, Way::Form],
            attendance: Attendance::Hours,
            day_max: Some(5),
            fallback: Fallback::Person,
            fallback_person: "Núria".to_owned(),
            ..rule()
        };
        expect_test::expect![[r#"
            Si «Zona: és «Girona»» i «Import: 5.000,00 € o més»: per torns, entre l’equip «Nord». Només els que arriben per aquestes vies: importació i formulari web. Cadascú, dins del seu horari. Com a màxim 5 al dia per persona. Si ningú no pot, Núria.
            Si «Zona: és «Girona»» y «Import: 5.000,00 € o més»: por turnos, entre el equipo «Nord». Solo los que llegan por estas vías: importación y formulario web. Cada uno, dentro de su horario. Como máximo 5 al día por persona. Si nadie puede, Núria.
            If “Zona: és «Girona»” and “Import: 5.000,00 € o més”: in turn, among the team “Nord”. Only those that come in these ways: import and web form. Each within their working hours. At most 5 a day per person. If nobody can, Núria."#]]
        .assert_eq(&Language::ALL.map(|language| sentence(language, &rule)).join("\n"));
    }

    #[test]
    fn every_strategy_and_pool_has_words() {
        for language in Language::ALL {
            for strategy in Strategy::ALL {
                let text = sentence(language, &RuleWords { strategy: *strategy, ..rule() });
                assert!(!text.contains("assignment-"), "{text}");
            }
            let company = RuleWords { pool: PoolWords::CompanyOwner, ..rule() };
            assert!(!sentence(language, &company).contains("assignment-"));
        }
    }
}
