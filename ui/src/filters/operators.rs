//! What operators are called, alone in a list of choices and inside a sentence.

use crate::Locale;
use crate::messages::t;
use model::{FieldKind, Operator};

/// In a list of choices: «conté», «entre», «els últims dies».
pub fn operator_label<'l>(l: impl Into<Locale<'l>>, operator: Operator, kind: FieldKind) -> String {
    let l: Locale<'_> = l.into();
    let is_day = matches!(kind, FieldKind::Date | FieldKind::Instant);
    match operator {
        Operator::Is if is_day => t!(l, "filters-op-on"),
        Operator::Is => t!(l, "filters-op-is"),
        Operator::IsNot => t!(l, "filters-op-is-not"),
        Operator::Contains => t!(l, "filters-op-contains"),
        Operator::Lacks => t!(l, "filters-op-lacks"),
        Operator::Begins => t!(l, "filters-op-begins"),
        Operator::Above if is_day => t!(l, "filters-op-after"),
        Operator::Above => t!(l, "filters-op-above"),
        Operator::AtLeast if is_day => t!(l, "filters-op-since"),
        Operator::AtLeast => t!(l, "filters-op-at-least"),
        Operator::Below if is_day => t!(l, "filters-op-before"),
        Operator::Below => t!(l, "filters-op-below"),
        Operator::AtMost if is_day => t!(l, "filters-op-until"),
        Operator::AtMost => t!(l, "filters-op-at-most"),
        Operator::Between => t!(l, "filters-op-between"),
        Operator::AnyOf => t!(l, "filters-op-any"),
        Operator::NoneOf => t!(l, "filters-op-none"),
        Operator::LastDays => t!(l, "filters-op-last-days"),
        Operator::NextDays => t!(l, "filters-op-next-days"),
        Operator::OverDaysAgo => t!(l, "filters-op-over-days-ago"),
        other => without_value(l, other),
    }
}

/// Operators that say all by themselves.
fn without_value(l: Locale<'_>, operator: Operator) -> String {
    match operator {
        Operator::Today => t!(l, "filters-today"),
        Operator::Yesterday => t!(l, "filters-yesterday"),
        Operator::ThisWeek => t!(l, "filters-this-week"),
        Operator::LastWeek => t!(l, "filters-last-week"),
        Operator::ThisMonth => t!(l, "filters-this-month"),
        Operator::LastMonth => t!(l, "filters-last-month"),
        Operator::ThisFiscalYear => t!(l, "filters-this-fiscal-year"),
        Operator::LastFiscalYear => t!(l, "filters-last-fiscal-year"),
        Operator::Yes => t!(l, "filters-yes"),
        Operator::No => t!(l, "filters-no"),
        Operator::Filled => t!(l, "filters-filled"),
        _ => t!(l, "filters-empty"),
    }
}

/// What a condition says of its field; `values` are already in words.
pub(super) fn what(l: Locale<'_>, operator: Operator, kind: FieldKind, values: &[String]) -> String {
    let is_text = matches!(
        kind,
        FieldKind::Text | FieldKind::LongText | FieldKind::Email | FieldKind::Phone | FieldKind::Url
    );
    let is_day = matches!(kind, FieldKind::Date | FieldKind::Instant);
    let value = values.first().map_or("", String::as_str);
    let days = || value.parse::<i64>().unwrap_or_default();
    match operator {
        Operator::Is if is_text => t!(l, "filters-say-is", value = value),
        Operator::Is => value.to_owned(),
        Operator::IsNot if is_text => t!(l, "filters-say-is-not", value = value),
        Operator::IsNot => t!(l, "filters-say-not", value = value),
        Operator::Contains => t!(l, "filters-say-contains", value = value),
        Operator::Lacks => t!(l, "filters-say-lacks", value = value),
        Operator::Begins => t!(l, "filters-say-begins", value = value),
        Operator::Above if is_day => t!(l, "filters-say-after", value = value),
        Operator::Above => t!(l, "filters-say-above", value = value),
        Operator::AtLeast if is_day => t!(l, "filters-say-since", value = value),
        Operator::AtLeast => t!(l, "filters-say-at-least", value = value),
        Operator::Below if is_day => t!(l, "filters-say-before", value = value),
        Operator::Below => t!(l, "filters-say-below", value = value),
        Operator::AtMost if is_day => t!(l, "filters-say-until", value = value),
        Operator::AtMost => t!(l, "filters-say-at-most", value = value),
        Operator::Between => {
            t!(l, "filters-say-between", value = value, other = values.get(1).map_or("", String::as_str))
        }
        Operator::AnyOf => values.join(&format!(" {} ", t!(l, "filters-or"))),
        Operator::NoneOf if values.len() == 1 => t!(l, "filters-say-not", value = value),
        Operator::NoneOf => {
            let joined = values.join(&format!(" {} ", t!(l, "filters-nor")));
            t!(l, "filters-say-none", values = joined)
        }
        Operator::LastDays => t!(l, "filters-say-last-days", count = days()),
        Operator::NextDays => t!(l, "filters-say-next-days", count = days()),
        Operator::OverDaysAgo => t!(l, "filters-say-over-days-ago", count = days()),
        other => without_value(l, other),
    }
}
