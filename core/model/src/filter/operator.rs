//! What a condition can ask of a field, by the kind of the field.

use crate::FieldKind;

/// One line an operator: its name and what it is called in the text form.
macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $takes:ident;)*) => {
        /// How a condition compares.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Operator {
            $($(#[$doc])* $name,)*
        }

        impl Operator {
            pub const ALL: &'static [Operator] = &[$(Operator::$name,)*];

            /// Its name in the text form.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Operator::$name => $code,)*
                }
            }

            pub fn takes(self) -> Takes {
                match self {
                    $(Operator::$name => Takes::$takes,)*
                }
            }
        }
    };
}

/// How many values an operator is given, and of what sort.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
    Nothing,
    /// One value of the field's kind.
    One,
    /// The least and the greatest.
    Two,
    /// One or more: codes, ids, words for people.
    Several,
    /// A number of days.
    Days,
}

operators! {
    Is = "is", One;
    /// Also where there is no value.
    IsNot = "is-not", One;
    Contains = "contains", One;
    /// Also where there is no value.
    Lacks = "lacks", One;
    Begins = "begins", One;
    Above = "above", One;
    AtLeast = "at-least", One;
    Below = "below", One;
    AtMost = "at-most", One;
    /// Both ends count.
    Between = "between", Two;
    AnyOf = "any", Several;
    /// Also where there is no value.
    NoneOf = "none", Several;
    Today = "today", Nothing;
    Yesterday = "yesterday", Nothing;
    /// Monday to Sunday.
    ThisWeek = "this-week", Nothing;
    LastWeek = "last-week", Nothing;
    ThisMonth = "this-month", Nothing;
    LastMonth = "last-month", Nothing;
    ThisFiscalYear = "this-fiscal-year", Nothing;
    LastFiscalYear = "last-fiscal-year", Nothing;
    /// So many days that end with today.
    LastDays = "last-days", Days;
    /// So many days that begin with today.
    NextDays = "next-days", Days;
    /// Before the day that was so many days ago.
    OverDaysAgo = "over-days-ago", Days;
    Yes = "yes", Nothing;
    /// Also where nothing was said.
    No = "no", Nothing;
    Empty = "empty", Nothing;
    Filled = "filled", Nothing;
}

impl Operator {
    pub fn from_code(code: &str) -> Option<Operator> {
        Operator::ALL.iter().copied().find(|operator| operator.as_str() == code)
    }

    /// What can be asked of a field, the most usual first.
    pub fn of(kind: FieldKind) -> &'static [Operator] {
        use Operator::*;
        match kind {
            FieldKind::Text | FieldKind::LongText | FieldKind::Email | FieldKind::Phone | FieldKind::Url => {
                &[Contains, Lacks, Is, IsNot, Begins, Filled, Empty]
            }
            FieldKind::Number | FieldKind::Money => {
                &[AtLeast, Above, AtMost, Below, Between, Is, IsNot, Filled, Empty]
            }
            FieldKind::Date | FieldKind::Instant => &[
                Today,
                Yesterday,
                ThisWeek,
                LastWeek,
                ThisMonth,
                LastMonth,
                ThisFiscalYear,
                LastFiscalYear,
                LastDays,
                NextDays,
                OverDaysAgo,
                Is,
                AtLeast,
                Above,
                AtMost,
                Below,
                Between,
                Filled,
                Empty,
            ],
            FieldKind::Choice | FieldKind::Choices => &[AnyOf, NoneOf, Filled, Empty],
            FieldKind::User | FieldKind::Team => &[AnyOf, NoneOf],
            FieldKind::YesNo => &[Yes, No],
            FieldKind::Link => &[Filled, Empty, AnyOf, NoneOf],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_read_back_and_every_operator_is_of_some_kind() {
        let mut offered = BTreeSet::new();
        for kind in
            FieldKind::CUSTOM.into_iter().chain([FieldKind::Instant, FieldKind::User, FieldKind::Team])
        {
            assert!(!Operator::of(kind).is_empty(), "{kind:?}");
            offered.extend(Operator::of(kind).iter().map(|operator| operator.as_str()));
        }
        for operator in Operator::ALL {
            assert_eq!(Operator::from_code(operator.as_str()), Some(*operator));
            assert!(offered.contains(operator.as_str()), "{operator:?}");
        }
        assert_eq!(Operator::from_code("greater"), None);
    }
}
