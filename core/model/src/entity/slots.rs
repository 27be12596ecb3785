//! Fields of structs as data: what each type holds of a value, and takes of one.

use crate::{Currency, FieldKind, FieldValue, Money};
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use uuid::Uuid;

/// A field of a struct as data.
pub(crate) trait Slot {
    fn get(&self, kind: FieldKind) -> FieldValue;
    fn put(&mut self, value: FieldValue, currency: Currency);
}

impl Slot for Option<String> {
    fn get(&self, kind: FieldKind) -> FieldValue {
        match kind {
            FieldKind::Choice => FieldValue::code(self.as_deref()),
            _ => FieldValue::text(self),
        }
    }

    fn put(&mut self, value: FieldValue, _: Currency) {
        *self = match value {
            FieldValue::Text(text) => Some(text),
            FieldValue::Codes(codes) => codes.into_iter().next(),
            _ => None,
        };
    }
}

impl Slot for Vec<String> {
    fn get(&self, _: FieldKind) -> FieldValue {
        if self.is_empty() { FieldValue::Nothing } else { FieldValue::Codes(self.clone()) }
    }

    /// A set: in the order of the codes, each once.
    fn put(&mut self, value: FieldValue, _: Currency) {
        *self = if let FieldValue::Codes(codes) = value { codes } else { Vec::new() };
        self.sort_unstable();
        self.dedup();
    }
}

impl Slot for Option<Decimal> {
    fn get(&self, _: FieldKind) -> FieldValue {
        self.map_or(FieldValue::Nothing, FieldValue::Number)
    }

    fn put(&mut self, value: FieldValue, _: Currency) {
        *self = if let FieldValue::Number(number) = value { Some(number) } else { None };
    }
}

impl Slot for Option<Money> {
    fn get(&self, _: FieldKind) -> FieldValue {
        self.map_or(FieldValue::Nothing, |money| FieldValue::Amount(money.minor_units))
    }

    fn put(&mut self, value: FieldValue, currency: Currency) {
        *self = match value {
            FieldValue::Amount(minor_units) => Some(Money { minor_units, currency }),
            _ => None,
        };
    }
}

impl Slot for Option<Date> {
    fn get(&self, _: FieldKind) -> FieldValue {
        self.map_or(FieldValue::Nothing, FieldValue::Day)
    }

    fn put(&mut self, value: FieldValue, _: Currency) {
        *self = if let FieldValue::Day(day) = value { Some(day) } else { None };
    }
}

impl Slot for Option<Timestamp> {
    fn get(&self, _: FieldKind) -> FieldValue {
        self.map_or(FieldValue::Nothing, FieldValue::Instant)
    }

    fn put(&mut self, value: FieldValue, _: Currency) {
        *self = if let FieldValue::Instant(at) = value { Some(at) } else { None };
    }
}

impl Slot for bool {
    fn get(&self, _: FieldKind) -> FieldValue {
        FieldValue::Flag(*self)
    }

    fn put(&mut self, value: FieldValue, _: Currency) {
        *self = value == FieldValue::Flag(true);
    }
}

impl Slot for Option<Uuid> {
    fn get(&self, _: FieldKind) -> FieldValue {
        self.map_or(FieldValue::Nothing, FieldValue::Record)
    }

    fn put(&mut self, value: FieldValue, _: Currency) {
        *self = if let FieldValue::Record(id) = value { Some(id) } else { None };
    }
}
