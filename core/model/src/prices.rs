//! Prices: what a product costs in a price book, from a quantity on and on certain days.

use crate::record::meta_field;
use crate::{IndexEntry, IndexKey, Kind, Meta, Record, linking, space};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A price.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Price {
    pub meta: Meta,
    /// The key of its price book.
    pub book: String,
    pub product: Uuid,
    /// It counts for this quantity and more, up to the next one.
    pub from_quantity: Decimal,
    /// In the currency of the book, without tax; may have more than two decimals.
    pub unit_price: Decimal,
    /// The first day on which it counts, in the company's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// Quantities have six decimals at most: see [`crate::parse_number`].
const MILLIONTHS: i64 = 1_000_000;

impl Price {
    /// Whether it counts on this day.
    pub fn is_in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The prefix of all prices of a book: by product, quantity and first day.
    pub fn of_book(book: &str) -> IndexKey {
        IndexKey::new(space::PRICES).code(book)
    }

    /// The prefix of all prices of a product in a book, the smallest quantity first.
    pub fn of_product(book: &str, product: Uuid) -> IndexKey {
        Price::of_book(book).id(product)
    }

    /// Where it stands among the prices of its book.
    pub fn place(&self) -> Vec<u8> {
        let millionths = (self.from_quantity * Decimal::from(MILLIONTHS)).trunc();
        let from = self.from.map_or(i64::MIN, |day| {
            i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
        });
        Price::of_product(&self.book, self.product)
            .signed(i64::try_from(millionths).unwrap_or(i64::MAX))
            .signed(from)
            .id(self.meta.id)
            .bytes()
    }

    /// What there is once: a book has one price of a product from a quantity and a day on.
    pub fn tier(&self) -> String {
        let from = self.from.map(|day| day.to_string()).unwrap_or_default();
        format!("{}/{}/{}/{from}", self.book, self.product, self.from_quantity.normalize())
    }

    /// The field of [`Price::tier`] in the index.
    pub const TIER: &'static str = "tier";
}

impl Record for Price {
    const KIND: Kind = Kind::Price;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let empty = |key| IndexEntry { key, value: Vec::new(), unique: false };
        vec![
            empty(self.place()),
            empty(linking(self.product, Kind::Price).id(id).bytes()),
            IndexEntry::unique(Kind::Price, Price::TIER, &self.tier(), id),
        ]
    }

    /// It stands on the timeline of its product, too.
    fn about(&self) -> Vec<Uuid> {
        vec![self.meta.id, self.product]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Actor;
    use jiff::civil::date;

    fn price(from_quantity: &str, from: Option<Date>) -> Price {
        Price {
            meta: Meta::new(Uuid::from_u128(1), jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM),
            book: "wholesale".into(),
            product: Uuid::from_u128(7),
            from_quantity: from_quantity.parse().unwrap(),
            unit_price: Decimal::TEN,
            from,
            until: None,
        }
    }

    #[test]
    fn prices_stand_by_quantity_and_first_day() {
        let (first, second) = (Some(date(2026, 1, 1)), Some(date(2026, 2, 1)));
        let tiers = [("0", None), ("0.5", None), ("1", None), ("1", first), ("1", second), ("10", None)];
        let places: Vec<Vec<u8>> = tiers.map(|(from, day)| price(from, day).place()).to_vec();
        assert!(places.is_sorted(), "{places:?}");
        let prefix = Price::of_product("wholesale", Uuid::from_u128(7)).bytes();
        assert!(places.iter().all(|place| place.starts_with(&prefix)));
        assert!(!price("1", None).place().starts_with(&Price::of_book("whole").bytes()));
        assert_eq!(price("1.50", first).tier(), price("1.5", first).tier());
        assert_ne!(price("1", first).tier(), price("1", None).tier());
    }

    #[test]
    fn a_price_is_read_as_it_was_written() {
        let written = price("2.5", Some(date(2026, 1, 1)));
        let stored = serde_json::to_value(&written).unwrap();
        assert_eq!(serde_json::from_value::<Price>(stored).unwrap(), written);
    }
}
