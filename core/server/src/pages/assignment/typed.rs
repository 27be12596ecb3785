//! A rule as it was typed into its form.

use crate::pages::fields::value_of;
use crate::pages::leads::filter::{filter_of, rows_of};
use crate::pages::pieces::{Fields, label_of};
use model::{AssignmentRule, Attendance, Fallback, FieldErrors, Pool, PoolMember, Strategy, Way, parse_date};
use ui::assignment::{RuleForm, TRIED};

/// What was typed, as it was typed.
pub(super) fn fill(view: &mut RuleForm, fields: &Fields) {
    let text = |name: &str| value_of(fields, name).trim().to_owned();
    let all = |name: &str| -> Vec<String> {
        fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.clone()).collect()
    };
    let is_set = |name: &str| value_of(fields, name) == "true";
    view.label = label_of(fields, "label");
    view.rows = rows_of(fields).unwrap_or_default();
    view.tried = rows_of(&tried_fields(fields)).unwrap_or_default();
    view.ways = all("ways");
    view.from = text("from");
    view.to = text("to");
    view.pool = text("pool");
    let chosen = all("person");
    for person in &mut view.people {
        person.chosen = chosen.contains(&person.id);
        let weight = text(&format!("weight.{}", person.id));
        person.weight = if weight.is_empty() { "1".to_owned() } else { weight };
    }
    view.team = text("team");
    view.role = text("role");
    view.strategy = text("strategy");
    view.plugin = text("plugin");
    view.day_max = text("day_max");
    view.month_max = text("month_max");
    view.attendance = text("attendance");
    view.absent_too = is_set("absent_too");
    view.fallback = text("fallback");
    view.fallback_person = text("fallback_person");
    view.period = text("period");
    view.most = text("most");
}

/// What the form says of the leads that the rule is tried on, under the names that conditions have elsewhere.
pub(super) fn tried_fields(fields: &Fields) -> Fields {
    let own = |(name, value): &(String, String)| Some((name.strip_prefix(TRIED)?.to_owned(), value.clone()));
    fields.iter().filter_map(own).collect()
}

/// The rule that was typed; what could not be read is said.
pub(super) fn read(view: &RuleForm, currency: model::Currency, errors: &mut FieldErrors) -> AssignmentRule {
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    let begin = AssignmentRule::default();
    let mut ways = Vec::new();
    for way in &view.ways {
        match Way::from_code(way) {
            Some(way) => ways.push(way),
            None => errors.add("ways", "choice", way),
        }
    }
    // How a rule that is there chooses does not change because a form says nothing of it.
    if view.frame.key.is_some() && view.strategy.is_empty() {
        errors.add("strategy", "required", "");
    }
    let mut people = Vec::new();
    for person in view.people.iter().filter(|person| person.chosen) {
        // A number that is none is refused with the others that are out of range.
        people
            .push(PoolMember { user: person.id.clone(), weight: person.weight.parse().unwrap_or_default() });
    }
    AssignmentRule {
        label: view.label.clone(),
        from: day("from", &view.from, errors),
        to: day("to", &view.to, errors),
        conditions: filter_of(&view.rows, &view.fields, currency),
        ways,
        pool: code("pool", &view.pool, Pool::from_code, begin.pool, errors),
        people,
        team: some(&view.team),
        role: some(&view.role),
        strategy: code("strategy", &view.strategy, Strategy::from_code, begin.strategy, errors),
        plugin: some(&view.plugin),
        day_max: number("day_max", &view.day_max, errors),
        month_max: number("month_max", &view.month_max, errors),
        attendance: code("attendance", &view.attendance, Attendance::from_code, begin.attendance, errors),
        absent_too: view.absent_too,
        fallback: code("fallback", &view.fallback, Fallback::from_code, begin.fallback, errors),
        fallback_person: some(&view.fallback_person),
        archived: view.frame.archived,
    }
    .tidy()
}

fn code<T>(
    field: &str,
    typed: &str,
    from_code: fn(&str) -> Option<T>,
    usual: T,
    errors: &mut FieldErrors,
) -> T {
    match from_code(typed) {
        Some(found) => found,
        None => {
            if !typed.is_empty() {
                errors.add(field, "choice", typed);
            }
            usual
        }
    }
}

fn day(field: &str, typed: &str, errors: &mut FieldErrors) -> Option<model::jiff::civil::Date> {
    if typed.is_empty() {
        return None;
    }
    let read = parse_date(typed);
    if read.is_err() {
        errors.add(field, "date-form", typed);
    }
    read.ok()
}

fn number(field: &str, typed: &str, errors: &mut FieldErrors) -> Option<u32> {
    if typed.is_empty() {
        return None;
    }
    let read = typed.parse();
    if read.is_err() {
        errors.add(field, "rule-capacity", model::RULE_CAPACITY_MAX.to_string());
    }
    read.ok()
}
