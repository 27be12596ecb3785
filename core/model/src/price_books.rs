//! Price books (tarifes): in which currency and on which days a list of prices counts.

use crate::{Currency, FieldErrors, Kind, LABEL_CHARACTERS_MAX, Label, Piece};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// More price books than this nobody can choose from.
pub const PRICE_BOOKS_MAX: usize = 100;

/// A price book. Its prices are records of their own: [`crate::Price`].
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceBook {
    pub label: Label,
    /// Of all its prices.
    pub currency: Currency,
    /// The first day on which it counts, in the company's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    #[serde(default)]
    pub archived: bool,
}

impl PriceBook {
    /// Whether its prices count on this day.
    pub fn is_in_force(&self, day: Date) -> bool {
        !self.archived
            && self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
    }
}

impl Piece for PriceBook {
    const KIND: Kind = Kind::PriceBook;
    const SECTION: &'static str = "price_books";

    fn label(&self) -> &Label {
        &self.label
    }

    fn is_archived(&self) -> bool {
        self.archived
    }

    /// Problem code of its own: `price-dates`.
    fn check(&self, errors: &mut FieldErrors) {
        self.label.check("label", LABEL_CHARACTERS_MAX, errors);
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until < from
        {
            errors.add("until", "price-dates", "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_book_counts_from_its_first_day_to_its_last() {
        let book = PriceBook {
            label: Label::new("Majoristes", "", ""),
            from: Some(date(2026, 1, 1)),
            until: Some(date(2026, 12, 31)),
            ..PriceBook::default()
        };
        let on = |year, month, day| book.is_in_force(date(year, month, day));
        assert!(on(2026, 1, 1) && on(2026, 12, 31));
        assert!(!on(2025, 12, 31) && !on(2027, 1, 1));
        assert!(!PriceBook { archived: true, ..book.clone() }.is_in_force(date(2026, 6, 1)));
    }

    #[test]
    fn what_is_wrong_with_a_book_is_said_all_at_once() {
        let mut errors = FieldErrors::default();
        let book = PriceBook {
            from: Some(date(2026, 2, 1)),
            until: Some(date(2026, 1, 31)),
            ..PriceBook::default()
        };
        book.check(&mut errors);
        let found: Vec<_> = errors.0.iter().map(|one| format!("{} {}", one.field, one.code)).collect();
        assert_eq!(found, ["label_ca required", "until price-dates"]);
    }
}
