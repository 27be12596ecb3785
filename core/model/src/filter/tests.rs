//! What filters match, against what people expect and against a reading of the same filter without any cleverness.

use super::*;
use crate::{FieldValue, TeamId, UserId};
use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

const ANNA: Uuid = Uuid::from_u128(1);
const BERTA: Uuid = Uuid::from_u128(2);
/// It became a part of Berta.
const GONE: Uuid = Uuid::from_u128(3);
const NORTH: Uuid = Uuid::from_u128(10);

fn fields() -> Vec<FilterField> {
    let field = |key: &str, kind| FilterField { key: key.to_owned(), kind, codes: None };
    vec![
        field("town", FieldKind::Text),
        field("phone", FieldKind::Phone),
        field("amount", FieldKind::Money),
        field("rooms", FieldKind::Number),
        field("visit", FieldKind::Date),
        field("created_at", FieldKind::Instant),
        FilterField {
            codes: Some(vec!["new".to_owned(), "won".to_owned()]),
            ..field("status", FieldKind::Choice)
        },
        field("tags", FieldKind::Choices),
        field("owner", FieldKind::User),
        field("team", FieldKind::Team),
        field("urgent", FieldKind::YesNo),
        field("client", FieldKind::Link),
    ]
}

/// Wednesday, in a fiscal year that began in September.
fn context() -> FilterContext {
    FilterContext {
        answers: [(GONE, BERTA)].into(),
        today: date(2026, 11, 25),
        zone: TimeZone::get("Europe/Madrid").unwrap(),
        me: Some(UserId(ANNA)),
        my_teams: vec![TeamId(NORTH)],
        my_people: vec![UserId(ANNA), UserId(BERTA)],
        fiscal_year_start_month: 9,
    }
}

fn value(kind: FieldKind, text: &str) -> FieldValue {
    if text.is_empty() {
        return FieldValue::Nothing;
    }
    match kind {
        FieldKind::Money => FieldValue::Amount(text.parse().unwrap()),
        FieldKind::Number => FieldValue::Number(text.parse().unwrap()),
        FieldKind::Date => FieldValue::Day(text.parse().unwrap()),
        FieldKind::Instant => FieldValue::Instant(text.parse().unwrap()),
        FieldKind::Choice | FieldKind::Choices => {
            FieldValue::Codes(text.split(' ').map(str::to_owned).collect())
        }
        FieldKind::User => FieldValue::User(UserId(text.parse().unwrap())),
        FieldKind::Team => FieldValue::Team(TeamId(text.parse().unwrap())),
        FieldKind::YesNo => FieldValue::Flag(text == "true"),
        FieldKind::Link => FieldValue::Record(text.parse().unwrap()),
        _ => FieldValue::Text(text.to_owned()),
    }
}

#[track_caller]
fn check(filter: &str, matching: &[&str], others: &[&str]) {
    let parsed: Filter = filter.parse().unwrap();
    let matcher = parsed.prepare(&fields(), &context()).unwrap();
    let key = &parsed.groups[0].conditions[0].field;
    let kind = fields().into_iter().find(|field| field.key == *key).unwrap().kind;
    for (texts, expected) in [(matching, true), (others, false)] {
        for text in texts {
            assert_eq!(matcher.matches(&|_| value(kind, text)), expected, "{filter} of «{text}»");
        }
    }
}

#[test]
fn texts_compare_as_people_search() {
    check("town:contains:sant", &["SANT Joan", "Vilassant"], &["Olot", ""]);
    check("town:is:Mollo", &["Molló"], &["Molló de Dalt", ""]);
    check("town:is-not:Mollo", &["Olot", ""], &["molló"]);
    check("town:lacks:o", &["Blanes", ""], &["Olot"]);
    check("town:begins:sant", &["Sant Joan"], &["Vilassant", ""]);
    check("town:filled", &["x"], &[""]);
    check("town:empty", &[""], &["x"]);
    check("phone:is:972 20 00 01", &["+34972200001"], &["+34972200002", ""]);
    check("phone:contains:2000", &["+34972200001"], &[""]);
}

#[test]
fn numbers_and_amounts_compare_as_numbers() {
    check("amount:at-least:5000", &["500000"], &["499999", ""]);
    check("amount:above:5000", &["500001"], &["500000", ""]);
    check("amount:below:0.5", &["49"], &["50", ""]);
    check("amount:at-most:0.5", &["50", "-1"], &["51", ""]);
    check("amount:between:1,2", &["100", "200"], &["99", "201", ""]);
    check("amount:is:12.50", &["1250"], &["1251"]);
    check("rooms:is-not:3", &["3.01", ""], &["3.00"]);
    check("amount:empty", &[""], &["0"]);
}

#[test]
fn days_are_days_of_the_company() {
    // In Barcelona 25 November begins at 23:00 of the day before.
    check("created_at:today", &["2026-11-24T23:00:00Z"], &["2026-11-24T22:59:59Z", "2026-11-25T23:00:00Z"]);
    check("created_at:yesterday", &["2026-11-24T12:00:00Z"], &["2026-11-25T12:00:00Z", ""]);
    check("visit:this-week", &["2026-11-23", "2026-11-29"], &["2026-11-22", "2026-11-30", ""]);
    check("visit:last-week", &["2026-11-16", "2026-11-22"], &["2026-11-15", "2026-11-23"]);
    check("visit:this-month", &["2026-11-01", "2026-11-30"], &["2026-10-31", "2026-12-01"]);
    check("visit:last-month", &["2026-10-01", "2026-10-31"], &["2026-09-30", "2026-11-01"]);
    check("visit:this-fiscal-year", &["2026-09-01", "2027-08-31"], &["2026-08-31", "2027-09-01"]);
    check("visit:last-fiscal-year", &["2025-09-01", "2026-08-31"], &["2025-08-31", "2026-09-01"]);
    check("visit:last-days:7", &["2026-11-19", "2026-11-25"], &["2026-11-18", "2026-11-26"]);
    check("visit:next-days:7", &["2026-11-25", "2026-12-01"], &["2026-11-24", "2026-12-02"]);
    check("visit:over-days-ago:7", &["2026-11-17"], &["2026-11-18", ""]);
    check("visit:is:2026-11-20", &["2026-11-20"], &["2026-11-21"]);
    check("visit:at-least:2026-11-20", &["2026-11-20"], &["2026-11-19", ""]);
    check("visit:above:2026-11-20", &["2026-11-21"], &["2026-11-20"]);
    check("visit:below:2026-11-20", &["2026-11-19"], &["2026-11-20", ""]);
    check("created_at:at-most:2026-11-20", &["2026-11-20T22:59:59Z"], &["2026-11-20T23:00:00Z"]);
    check("visit:between:2026-11-20,2026-11-22", &["2026-11-20", "2026-11-22"], &["2026-11-23"]);
}

#[test]
fn choices_people_and_teams() {
    let (anna, berta, north) = (ANNA.to_string(), BERTA.to_string(), NORTH.to_string());
    let carla = Uuid::from_u128(3).to_string();
    check("status:any:new,won", &["new"], &["lost", ""]);
    check("status:none:new", &["won", ""], &["new"]);
    check("tags:any:a,b", &["b c"], &["c", ""]);
    check("owner:any:me", &[&anna], &[&berta, ""]);
    check("owner:any:my-team", &[&anna, &berta], &[&carla, ""]);
    check("owner:any:nobody,me", &[&anna, ""], &[&berta]);
    check("owner:none:me", &[&berta, ""], &[&anna]);
    check(&format!("owner:any:{carla}"), &[&carla], &[&anna, ""]);
    check("team:any:my-team", &[&north], &[&carla, ""]);
    check("urgent:yes", &["true"], &["false", ""]);
    check("urgent:no", &["false", ""], &["true"]);
    check(&format!("client:any:{anna}"), &[&anna], &[&berta, ""]);
    check(&format!("client:any:{GONE}"), &[&berta], &[&anna, ""]);
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let cases = [
        ("colour:is:red", "filter-field"),
        ("town:at-least:3", "filter-operator"),
        ("town:is", "filter-value"),
        ("town:is: ", "filter-value"),
        ("amount:between:1", "filter-value"),
        ("amount:is:1,2", "filter-values"),
        ("amount:is:molt", "amount-form"),
        ("rooms:is:1.234,5", "filter-values"),
        ("rooms:is:tres", "number-form"),
        ("visit:is:25/11/2026", "date-form"),
        ("visit:last-days:0", "filter-days"),
        ("visit:last-days:99999", "filter-days"),
        ("amount:between:2,1", "filter-order"),
        ("visit:between:2026-11-02,2026-11-01", "filter-order"),
        ("status:any:lost", "choice"),
        ("owner:any:somebody", "choice"),
        ("visit:today:1", "filter-values"),
        ("phone:contains:casa", "filter-value"),
    ];
    let text = cases.map(|(condition, _)| condition);
    let filter: Filter = format!("{};town:is:Olot", text.join(";")).parse().unwrap();
    let (sound, errors) = filter.sound(&fields());
    let found: Vec<(String, String)> =
        errors.0.into_iter().map(|problem| (problem.field, problem.code)).collect();
    let expected: Vec<(String, String)> = cases
        .iter()
        .enumerate()
        .map(|(place, (_, code))| (condition_field(place), (*code).to_owned()))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(sound.to_string(), "town:is:Olot");
    assert!(sound.check(&fields()).is_empty());
}

#[test]
fn what_is_known_already_decides_where_it_can() {
    let decides = |filter: &str, status: &str| {
        let matcher = filter.parse::<Filter>().unwrap().prepare(&fields(), &context()).unwrap();
        let code = FieldValue::Codes(vec![status.to_owned()]);
        matcher.decides(&|key| (key == "status").then(|| code.clone()))
    };
    assert_eq!(decides("status:any:new", "new"), Some(true));
    assert_eq!(decides("status:any:new;town:is:Olot", "new"), None);
    assert_eq!(decides("status:any:new;town:is:Olot", "won"), Some(false));
    assert_eq!(decides("town:is:Olot|status:any:new", "new"), Some(true));
    assert_eq!(decides("town:is:Olot|status:any:new", "won"), None);
    assert_eq!(decides("", "won"), Some(true));
    let people = |filter: &str| {
        let matcher = filter.parse::<Filter>().unwrap().prepare(&fields(), &context()).unwrap();
        matcher.people_of("owner").map(<[UserId]>::len)
    };
    assert_eq!(people("status:any:new;owner:any:me"), Some(1));
    assert_eq!(people("owner:any:me,nobody"), None);
    assert_eq!(people("owner:none:me"), None);
    assert_eq!(people("owner:any:me|status:any:new"), None);
}

fn any_record() -> impl Strategy<Value = (Option<String>, Option<i64>, Option<bool>, Option<u128>)> {
    let town = prop::option::of(
        prop::sample::select(vec!["olot", "Òlot", "Girona", "sant"]).prop_map(str::to_owned),
    );
    (town, prop::option::of(-3_i64..300), prop::option::of(any::<bool>()), prop::option::of(1_u128..4))
}

fn any_condition() -> impl Strategy<Value = Condition> {
    let amount = (0..4_i64).prop_map(|units| units.to_string());
    let number = prop::sample::select(vec![
        Operator::Is,
        Operator::IsNot,
        Operator::Above,
        Operator::AtLeast,
        Operator::Below,
        Operator::AtMost,
    ]);
    let text = prop::sample::select(vec![
        Operator::Is,
        Operator::IsNot,
        Operator::Contains,
        Operator::Lacks,
        Operator::Begins,
    ]);
    let word = prop::sample::select(vec!["olot", "o", "san"]);
    let people = prop::sample::select(vec![ME, MY_TEAM, NOBODY]);
    prop_oneof![
        (number, amount).prop_map(|(operator, amount)| Condition::new("amount", operator, [amount])),
        (text, word).prop_map(|(operator, word)| Condition::new("town", operator, [word])),
        any::<bool>().prop_map(|yes| {
            Condition::new::<String>("urgent", if yes { Operator::Yes } else { Operator::No }, [])
        }),
        (any::<bool>(), prop::collection::vec(people, 1..3)).prop_map(|(any, people)| {
            Condition::new("owner", if any { Operator::AnyOf } else { Operator::NoneOf }, people)
        }),
        any::<bool>().prop_map(|empty| {
            Condition::new::<String>("amount", if empty { Operator::Empty } else { Operator::Filled }, [])
        }),
    ]
}

/// Word for word what the operators promise.
fn naive(
    condition: &Condition,
    town: Option<&str>,
    cents: Option<i64>,
    urgent: Option<bool>,
    owner: Option<u128>,
) -> bool {
    let wanted = condition.values.first().map_or("", String::as_str);
    let amount = cents.map(|cents| Decimal::new(cents, 2));
    let units = || wanted.parse::<Decimal>().unwrap();
    let town = town.unwrap_or_default().to_lowercase().replace('ò', "o");
    let is_owner = condition.values.iter().any(|value| match value.as_str() {
        ME => owner == Some(1),
        MY_TEAM => matches!(owner, Some(1 | 2)),
        _ => owner.is_none(),
    });
    match (condition.field.as_str(), condition.operator) {
        ("amount", Operator::Is) => amount == Some(units()),
        ("amount", Operator::IsNot) => amount != Some(units()),
        ("amount", Operator::Above) => amount.is_some_and(|amount| amount > units()),
        ("amount", Operator::AtLeast) => amount.is_some_and(|amount| amount >= units()),
        ("amount", Operator::Below) => amount.is_some_and(|amount| amount < units()),
        ("amount", Operator::AtMost) => amount.is_some_and(|amount| amount <= units()),
        ("amount", Operator::Empty) => amount.is_none(),
        ("amount", _) => amount.is_some(),
        ("town", Operator::Is) => town == wanted,
        ("town", Operator::IsNot) => town != wanted,
        ("town", Operator::Contains) => town.contains(wanted),
        ("town", Operator::Lacks) => !town.contains(wanted),
        ("town", _) => town.starts_with(wanted),
        ("urgent", Operator::Yes) => urgent == Some(true),
        ("urgent", _) => urgent != Some(true),
        (_, Operator::AnyOf) => is_owner,
        _ => !is_owner,
    }
}

proptest! {
    #[test]
    fn equals_a_reading_without_cleverness(
        groups in prop::collection::vec(prop::collection::vec(any_condition(), 1..4), 0..4),
        (town, cents, urgent, owner) in any_record(),
        known in 0_u8..16,
    ) {
        let filter = Filter {
            groups: groups.into_iter().map(|conditions| Group { conditions }).collect(),
        };
        let expected = filter.groups.iter().all(|group| {
            group.conditions.iter().any(|condition| naive(condition, town.as_deref(), cents, urgent, owner))
        });
        let value = |key: &str| match key {
            "town" => town.clone().map_or(FieldValue::Nothing, FieldValue::Text),
            "amount" => cents.map_or(FieldValue::Nothing, FieldValue::Amount),
            "urgent" => urgent.map_or(FieldValue::Nothing, FieldValue::Flag),
            _ => owner.map_or(FieldValue::Nothing, |id| FieldValue::User(UserId(Uuid::from_u128(id)))),
        };
        let matcher = filter.prepare(&fields(), &context()).unwrap();
        prop_assert_eq!(matcher.matches(&value), expected);
        // Knowing less may leave it open, but never turns it round.
        let place = |key: &str| ["town", "amount", "urgent", "owner"].iter().position(|one| *one == key).unwrap();
        let decided = matcher.decides(&|key| (known >> place(key) & 1 == 1).then(|| value(key)));
        prop_assert!(decided.is_none_or(|decided| decided == expected));
        prop_assert!(known != 15 || decided.is_some());
    }
}
