//! A filter made ready to be asked about records: values read once, relative days worked out.

use super::{
    CONDITION_VALUE_CHARACTERS_MAX, CONDITION_VALUES_MAX, Condition, Filter, FilterField, ME, MY_TEAM,
    NOBODY, Operator, Takes, condition_field,
};
use crate::{FieldErrors, FieldKind, FieldValue, TeamId, UserId, fold};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::ops::{Bound, RangeBounds};
use uuid::Uuid;

/// Relative days reach ten years.
pub const FILTER_DAYS_MAX: i64 = 3_660;

/// Who asks and when: what «me» and «this month» mean.
#[derive(Clone, PartialEq, Debug)]
pub struct FilterContext {
    /// In the company's zone.
    pub today: Date,
    pub zone: TimeZone,
    pub me: Option<UserId>,
    pub my_teams: Vec<TeamId>,
    /// Everybody who is in one of those teams.
    pub my_people: Vec<UserId>,
    /// Records that became a part of others, and which those are: a filter may have been kept since before.
    pub answers: BTreeMap<Uuid, Uuid>,
    /// 1 to 12.
    pub fiscal_year_start_month: i8,
}

impl Default for FilterContext {
    /// Nobody in particular, on a day long ago: enough to check a filter.
    fn default() -> FilterContext {
        FilterContext {
            today: jiff::civil::date(1970, 1, 1),
            zone: TimeZone::UTC,
            me: None,
            my_teams: Vec::new(),
            my_people: Vec::new(),
            answers: BTreeMap::new(),
            fiscal_year_start_month: 1,
        }
    }
}

/// A filter that can be asked.
#[derive(Clone, Debug)]
pub struct Matcher {
    groups: Vec<Vec<(String, Test)>>,
}

#[derive(Clone, Debug)]
enum Test {
    Text {
        how: TextTest,
        wanted: String,
        is_phone: bool,
    },
    Number {
        range: (Bound<Decimal>, Bound<Decimal>),
        negated: bool,
    },
    /// Inclusive days, and the same as a half-open span of time in the company's zone.
    Days {
        days: (Option<Date>, Option<Date>),
        from: Timestamp,
        to: Timestamp,
    },
    Codes {
        any_of: Vec<String>,
        negated: bool,
    },
    People {
        any_of: Vec<UserId>,
        nobody: bool,
        negated: bool,
    },
    Teams {
        any_of: Vec<TeamId>,
        nobody: bool,
        negated: bool,
    },
    Records {
        any_of: Vec<Uuid>,
        negated: bool,
    },
    Flag(bool),
    Nothing {
        wanted: bool,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum TextTest {
    Is,
    IsNot,
    Contains,
    Lacks,
    Begins,
}

impl Matcher {
    /// Whether a record matches; `value` gives the value of a field by its key.
    pub fn matches(&self, value: &dyn Fn(&str) -> FieldValue) -> bool {
        self.decides(&|key| Some(value(key))).unwrap_or(false)
    }

    /// The first group of which no condition holds, by its place; `None` where the record matches.
    pub fn first_failure(&self, value: &dyn Fn(&str) -> FieldValue) -> Option<usize> {
        self.groups.iter().position(|group| !group.iter().any(|(field, test)| test.holds(&value(field))))
    }

    /// The same where not every field is known: `None` when it depends on one that is not.
    pub fn decides(&self, value: &dyn Fn(&str) -> Option<FieldValue>) -> Option<bool> {
        let mut is_known = true;
        for group in &self.groups {
            let mut is_any = Some(false);
            for (field, test) in group {
                match value(field).map(|value| test.holds(&value)) {
                    Some(true) => {
                        is_any = Some(true);
                        break;
                    }
                    Some(false) => {}
                    None => is_any = None,
                }
            }
            match is_any {
                Some(true) => {}
                Some(false) => return Some(false),
                None => is_known = false,
            }
        }
        is_known.then_some(true)
    }

    /// The people one of whom this field must be, where the filter says so: for lists that are kept by person.
    pub fn people_of(&self, field: &str) -> Option<&[UserId]> {
        self.groups.iter().find_map(|group| match group.as_slice() {
            [(key, Test::People { any_of, nobody: false, negated: false })] if key == field => {
                Some(any_of.as_slice())
            }
            _ => None,
        })
    }
}

impl Test {
    fn holds(&self, value: &FieldValue) -> bool {
        match self {
            Test::Text { how, wanted, is_phone } => match value {
                // Of several, one is enough; and none may be where one is not wanted.
                FieldValue::Texts(texts) => {
                    let holds =
                        |text: &String| holds_text(*how, wanted, *is_phone, &FieldValue::Text(text.clone()));
                    match how {
                        TextTest::IsNot | TextTest::Lacks => texts.iter().all(holds),
                        TextTest::Is | TextTest::Contains | TextTest::Begins => texts.iter().any(holds),
                    }
                }
                value => holds_text(*how, wanted, *is_phone, value),
            },
            Test::Number { range, negated } => match value {
                FieldValue::Number(number) => range.contains(number) != *negated,
                FieldValue::Amount(cents) => range.contains(&Decimal::new(*cents, 2)) != *negated,
                _ => *negated,
            },
            Test::Days { days: (from, to), .. } if matches!(value, FieldValue::Day(_)) => {
                let FieldValue::Day(day) = value else { return false };
                from.is_none_or(|from| *day >= from) && to.is_none_or(|to| *day <= to)
            }
            Test::Days { from, to, .. } => match value {
                FieldValue::Instant(instant) => (from..to).contains(&instant),
                _ => false,
            },
            Test::Codes { any_of, negated } => match value {
                FieldValue::Codes(codes) => codes.iter().any(|code| any_of.contains(code)) != *negated,
                _ => *negated,
            },
            Test::People { any_of, nobody, negated } => {
                let is_one = match value {
                    FieldValue::User(user) => any_of.contains(user),
                    _ => *nobody,
                };
                is_one != *negated
            }
            Test::Teams { any_of, nobody, negated } => {
                let is_one = match value {
                    FieldValue::Team(team) => any_of.contains(team),
                    _ => *nobody,
                };
                is_one != *negated
            }
            Test::Records { any_of, negated } => {
                let is_one = match value {
                    FieldValue::Record(id) => any_of.contains(id),
                    FieldValue::Records(ids) => ids.iter().any(|id| any_of.contains(id)),
                    _ => false,
                };
                is_one != *negated
            }
            Test::Flag(wanted) => matches!(value, FieldValue::Flag(true)) == *wanted,
            Test::Nothing { wanted } => value.is_nothing() == *wanted,
        }
    }
}

fn holds_text(how: TextTest, wanted: &str, is_phone: bool, value: &FieldValue) -> bool {
    let text = match value {
        FieldValue::Text(text) if is_phone => digits(text),
        FieldValue::Text(text) => fold(text),
        _ => String::new(),
    };
    // A number without its country is the end of one with it.
    let is_it = || text == wanted || (is_phone && !wanted.is_empty() && text.ends_with(wanted));
    match how {
        TextTest::Is => is_it(),
        TextTest::IsNot => !is_it(),
        TextTest::Contains => text.contains(wanted),
        TextTest::Lacks => !text.contains(wanted),
        TextTest::Begins => text.starts_with(wanted),
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

impl Filter {
    /// Makes it ready; or says all that is wrong with it, each at [`condition_field`]: `filter-field` (there is no such
    /// field), `filter-operator`, `filter-value` (missing), `filter-values` (too many), `too-long`, `number-form`,
    /// `amount-form`, `date-form`, `filter-days`, `filter-order`, `choice`.
    pub fn prepare(&self, fields: &[FilterField], context: &FilterContext) -> Result<Matcher, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut place = 0;
        let mut groups = Vec::new();
        for group in &self.groups {
            let mut tests = Vec::new();
            for condition in &group.conditions {
                match test_of(condition, fields, context) {
                    Ok(test) => tests.push((condition.field.clone(), test)),
                    // Nothing else says which condition it is.
                    Err((code @ "filter-value", _)) => {
                        errors.add(&condition_field(place), code, condition.field.clone());
                    }
                    Err((code, detail)) => errors.add(&condition_field(place), code, detail),
                }
                place += 1;
            }
            groups.push(tests);
        }
        if errors.is_empty() { Ok(Matcher { groups }) } else { Err(errors) }
    }
}

type Wrong = (&'static str, String);

fn test_of(condition: &Condition, fields: &[FilterField], context: &FilterContext) -> Result<Test, Wrong> {
    let operator = condition.operator;
    let Some(field) = fields.iter().find(|field| field.key == condition.field) else {
        return Err(("filter-field", condition.field.clone()));
    };
    if !Operator::of(field.kind).contains(&operator) {
        return Err(("filter-operator", condition.to_string().chars().take(60).collect()));
    }
    check_values(condition)?;
    match operator {
        Operator::Empty => return Ok(Test::Nothing { wanted: true }),
        Operator::Filled => return Ok(Test::Nothing { wanted: false }),
        _ => {}
    }
    match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Email | FieldKind::Phone | FieldKind::Url => {
            text_test(condition, field.kind)
        }
        FieldKind::Number => number_test(condition, "number-form"),
        FieldKind::Money => number_test(condition, "amount-form"),
        FieldKind::Date | FieldKind::Instant => days_test(condition, context),
        FieldKind::Choice | FieldKind::Choices => codes_test(condition, field),
        FieldKind::User => people_test(condition, context),
        FieldKind::Team => teams_test(condition, context),
        FieldKind::Link => {
            let named = ids(condition.values.iter())?.into_iter();
            let any_of = named.map(|id| context.answers.get(&id).copied().unwrap_or(id)).collect();
            Ok(Test::Records { any_of, negated: operator == Operator::NoneOf })
        }
        FieldKind::YesNo => Ok(Test::Flag(operator == Operator::Yes)),
    }
}

fn check_values(condition: &Condition) -> Result<(), Wrong> {
    let missing = || Err(("filter-value", String::new()));
    let values = &condition.values;
    if values.iter().any(|value| value.chars().count() > CONDITION_VALUE_CHARACTERS_MAX) {
        return Err(("too-long", CONDITION_VALUE_CHARACTERS_MAX.to_string()));
    }
    if values.iter().any(|value| value.trim().is_empty()) {
        return missing();
    }
    match (condition.operator.takes(), values.len()) {
        (Takes::Nothing, 0) | (Takes::One | Takes::Days, 1) | (Takes::Two, 2) => Ok(()),
        (Takes::Several, 1..=CONDITION_VALUES_MAX) => Ok(()),
        (Takes::Several, 0) | (Takes::One | Takes::Days, 0) | (Takes::Two, 0 | 1) => missing(),
        (_, many) => Err(("filter-values", many.to_string())),
    }
}

fn first(condition: &Condition) -> &str {
    condition.values.first().map_or("", |value| value.trim())
}

fn text_test(condition: &Condition, kind: FieldKind) -> Result<Test, Wrong> {
    let how = match condition.operator {
        Operator::Is => TextTest::Is,
        Operator::IsNot => TextTest::IsNot,
        Operator::Contains => TextTest::Contains,
        Operator::Lacks => TextTest::Lacks,
        _ => TextTest::Begins,
    };
    let is_phone = kind == FieldKind::Phone;
    let wanted = if is_phone { digits(first(condition)) } else { fold(first(condition)) };
    if wanted.is_empty() {
        return Err(("filter-value", String::new()));
    }
    Ok(Test::Text { how, wanted, is_phone })
}

fn number_test(condition: &Condition, code: &'static str) -> Result<Test, Wrong> {
    let number = |text: &str| text.trim().parse::<Decimal>().map_err(|_| (code, text.to_owned()));
    let one = number(first(condition))?;
    let range = match condition.operator {
        Operator::Above => (Bound::Excluded(one), Bound::Unbounded),
        Operator::AtLeast => (Bound::Included(one), Bound::Unbounded),
        Operator::Below => (Bound::Unbounded, Bound::Excluded(one)),
        Operator::AtMost => (Bound::Unbounded, Bound::Included(one)),
        Operator::Between => {
            let other = number(condition.values.get(1).map_or("", String::as_str))?;
            if other < one {
                return Err(("filter-order", String::new()));
            }
            (Bound::Included(one), Bound::Included(other))
        }
        _ => (Bound::Included(one), Bound::Included(one)),
    };
    Ok(Test::Number { range, negated: condition.operator == Operator::IsNot })
}

fn days_test(condition: &Condition, context: &FilterContext) -> Result<Test, Wrong> {
    let (from, to) = match condition.operator.takes() {
        Takes::One | Takes::Two => absolute_days(condition)?,
        _ => relative_days(condition, context)?,
    };
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(("filter-order", String::new()));
    }
    let start = |day: Date| {
        day.to_zoned_datetime(context.zone.clone()).map_or(Timestamp::MIN, |zoned| zoned.timestamp())
    };
    Ok(Test::Days {
        days: (from, to),
        from: from.map_or(Timestamp::MIN, start),
        to: to.and_then(|day| day.tomorrow().ok()).map_or(Timestamp::MAX, start),
    })
}

type Span = (Option<Date>, Option<Date>);

fn absolute_days(condition: &Condition) -> Result<Span, Wrong> {
    let day = |text: &str| text.trim().parse::<Date>().map_err(|_| ("date-form", text.to_owned()));
    let one = day(first(condition))?;
    let out_of_calendar = |_| ("date-form", first(condition).to_owned());
    Ok(match condition.operator {
        Operator::Above => (Some(one.tomorrow().map_err(out_of_calendar)?), None),
        Operator::AtLeast => (Some(one), None),
        Operator::Below => (None, Some(one.yesterday().map_err(out_of_calendar)?)),
        Operator::AtMost => (None, Some(one)),
        Operator::Between => (Some(one), Some(day(condition.values.get(1).map_or("", String::as_str))?)),
        _ => (Some(one), Some(one)),
    })
}

fn relative_days(condition: &Condition, context: &FilterContext) -> Result<Span, Wrong> {
    let today = context.today;
    // Before the day of no days ago is before today.
    let least = i64::from(condition.operator != Operator::OverDaysAgo);
    let days = || {
        let days =
            first(condition).parse::<i64>().ok().filter(|days| (least..=FILTER_DAYS_MAX).contains(days));
        days.ok_or_else(|| ("filter-days", first(condition).to_owned()))
    };
    let away = |days: i64| today.checked_add(days.days()).unwrap_or(today);
    let since_monday = i64::from(today.weekday().since(Weekday::Monday));
    let month = today.first_of_month();
    let fiscal = fiscal_year_start(today, context.fiscal_year_start_month);
    let span = |first: Date, next: Date| (Some(first), next.yesterday().ok());
    let later = |day: Date, span: jiff::Span| day.checked_add(span).unwrap_or(day);
    Ok(match condition.operator {
        Operator::Yesterday => (Some(away(-1)), Some(away(-1))),
        Operator::ThisWeek => (Some(away(-since_monday)), Some(away(6 - since_monday))),
        Operator::LastWeek => (Some(away(-since_monday - 7)), Some(away(-since_monday - 1))),
        Operator::ThisMonth => span(month, later(month, 1.month())),
        Operator::LastMonth => span(later(month, -1.month()), month),
        Operator::ThisFiscalYear => span(fiscal, later(fiscal, 1.year())),
        Operator::LastFiscalYear => span(later(fiscal, -1.year()), fiscal),
        Operator::LastDays => (Some(away(1 - days()?)), Some(today)),
        Operator::NextDays => (Some(today), Some(away(days()? - 1))),
        Operator::OverDaysAgo => (None, Some(away(-days()? - 1))),
        _ => (Some(today), Some(today)),
    })
}

/// The first day of the fiscal year that a day is in.
fn fiscal_year_start(today: Date, month: i8) -> Date {
    let year = if today.month() < month { today.year() - 1 } else { today.year() };
    Date::new(year, month, 1).unwrap_or(today)
}

fn codes_test(condition: &Condition, field: &FilterField) -> Result<Test, Wrong> {
    let any_of: Vec<String> = condition.values.iter().map(|value| value.trim().to_owned()).collect();
    if let Some(codes) = &field.codes
        && let Some(unknown) = any_of.iter().find(|code| !codes.contains(code))
    {
        return Err(("choice", unknown.clone()));
    }
    Ok(Test::Codes { any_of, negated: condition.operator == Operator::NoneOf })
}

fn people_test(condition: &Condition, context: &FilterContext) -> Result<Test, Wrong> {
    let words = [ME, MY_TEAM, NOBODY];
    let named = condition.values.iter().filter(|value| !words.contains(&value.as_str()));
    let mut any_of: Vec<UserId> = ids(named)?.into_iter().map(UserId).collect();
    let says = |word: &str| condition.values.iter().any(|value| value == word);
    if says(ME) {
        any_of.extend(context.me);
    }
    if says(MY_TEAM) {
        any_of.extend(&context.my_people);
    }
    any_of.sort();
    any_of.dedup();
    Ok(Test::People { any_of, nobody: says(NOBODY), negated: condition.operator == Operator::NoneOf })
}

fn teams_test(condition: &Condition, context: &FilterContext) -> Result<Test, Wrong> {
    let words = [MY_TEAM, NOBODY];
    let named = condition.values.iter().filter(|value| !words.contains(&value.as_str()));
    let mut any_of: Vec<TeamId> = ids(named)?.into_iter().map(TeamId).collect();
    let says = |word: &str| condition.values.iter().any(|value| value == word);
    if says(MY_TEAM) {
        any_of.extend(&context.my_teams);
    }
    Ok(Test::Teams { any_of, nobody: says(NOBODY), negated: condition.operator == Operator::NoneOf })
}

fn ids<'a>(values: impl Iterator<Item = &'a String>) -> Result<Vec<Uuid>, Wrong> {
    values.map(|value| value.trim().parse().map_err(|_| ("choice", value.clone()))).collect()
}
