//! Lists within a record: further phones and e-mail addresses, addresses, companies that somebody works at. Each row has a
//! few fields of its own; forms, files, pages and the API learn from here which.

use crate::{FieldKind, FieldSpec, FieldValue, Kind};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

/// Phones besides the main one; more is a switchboard.
pub const PHONES_MAX: usize = 6;
/// E-mail addresses besides the main one.
pub const EMAILS_MAX: usize = 6;
/// Addresses besides the one of the register and of invoices.
pub const ADDRESSES_MAX: usize = 4;
/// Companies of one person besides the first; more is nobody's day.
pub const POSITIONS_MAX: usize = 10;

/// Products in a bundle; more is a catalogue.
pub const COMPONENTS_MAX: usize = 30;

/// People of one opportunity besides the first; more is an assembly.
pub const PARTICIPANTS_MAX: usize = 20;
/// Products of one opportunity; a quote has more.
pub const WANTED_MAX: usize = 30;

/// The part that somebody has in a decision to buy: the first one where nobody says.
pub const DECISION_ROLES: &[&str] = &["participant", "decision_maker", "evaluator", "influencer", "user"];
/// What a phone is for: the first one where nobody says.
pub const PHONE_LABELS: &[&str] = &["work", "mobile", "home", "fax", "other"];
/// What an e-mail address is for.
pub const EMAIL_LABELS: &[&str] = &["work", "home", "billing", "other"];
/// What an address is for.
pub const ADDRESS_LABELS: &[&str] = &["delivery", "office", "warehouse", "other"];

/// A list within the records of an entity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RowsSpec {
    /// As in forms and the API: `phones`.
    pub key: &'static str,
    /// The fields of a row, in order. A row in which none but choices is filled in is none.
    pub parts: &'static [FieldSpec],
    pub rows_max: usize,
}

/// The values of a row, in the order of [`RowsSpec::parts`].
pub type Row = Vec<FieldValue>;

pub(crate) const PHONES: RowsSpec = RowsSpec {
    key: "phones",
    parts: &[
        FieldSpec::one_of(PHONE_LABELS).named("label"),
        FieldSpec::of(FieldKind::Phone).named("number").needed(),
    ],
    rows_max: PHONES_MAX,
};
pub(crate) const EMAILS: RowsSpec = RowsSpec {
    key: "emails",
    parts: &[
        FieldSpec::one_of(EMAIL_LABELS).named("label"),
        FieldSpec::of(FieldKind::Email).named("address").needed(),
    ],
    rows_max: EMAILS_MAX,
};
pub(crate) const ADDRESSES: RowsSpec = RowsSpec {
    key: "addresses",
    parts: &[
        FieldSpec::one_of(ADDRESS_LABELS).named("label"),
        FieldSpec::of(FieldKind::Text).named("street"),
        FieldSpec::of(FieldKind::Text).named("postcode"),
        FieldSpec::of(FieldKind::Text).named("town"),
        FieldSpec::of(FieldKind::Text).named("country"),
    ],
    rows_max: ADDRESSES_MAX,
};
pub(crate) const POSITIONS: RowsSpec = RowsSpec {
    key: "positions",
    parts: &[
        FieldSpec::link(Kind::Company).named("company").needed(),
        FieldSpec::of(FieldKind::Text).named("role"),
        FieldSpec::of(FieldKind::YesNo).named("active"),
    ],
    rows_max: POSITIONS_MAX,
};

pub(crate) const COMPONENTS: RowsSpec = RowsSpec {
    key: "components",
    parts: &[
        FieldSpec::link(Kind::Product).named("product").needed(),
        FieldSpec::of(FieldKind::Number).named("quantity"),
    ],
    rows_max: COMPONENTS_MAX,
};

pub(crate) const PARTICIPANTS: RowsSpec = RowsSpec {
    key: "contacts",
    parts: &[
        FieldSpec::link(Kind::Contact).named("contact").needed(),
        FieldSpec::one_of(DECISION_ROLES).named("role"),
    ],
    rows_max: PARTICIPANTS_MAX,
};

pub(crate) const WANTED: RowsSpec =
    RowsSpec { key: "products", parts: COMPONENTS.parts, rows_max: WANTED_MAX };

impl RowsSpec {
    /// The name of a field of a row: `phones.0.number`.
    pub fn name(&self, place: usize, part: &str) -> String {
        format!("{}.{place}.{part}", self.key)
    }

    /// Which row and which of its fields a name is about.
    pub fn place_of<'n>(&self, name: &'n str) -> Option<(usize, &'n str)> {
        let (place, part) = name.strip_prefix(self.key)?.strip_prefix('.')?.split_once('.')?;
        Some((place.parse().ok()?, part))
    }

    /// The fields of a row that lead to records, and to those of which entity.
    pub fn links(&self) -> impl Iterator<Item = (&'static str, Kind)> {
        self.parts.iter().filter_map(|part| match part.values {
            crate::Values::Records(target) => Some((part.key, target)),
            _ => None,
        })
    }

    pub fn part(&self, key: &str) -> Option<&'static FieldSpec> {
        self.parts.iter().find(|part| part.key == key)
    }

    /// The value of a field of a row.
    pub fn value<'r>(&self, row: &'r [FieldValue], key: &str) -> Option<&'r FieldValue> {
        let place = self.parts.iter().position(|part| part.key == key)?;
        row.get(place).filter(|value| !value.is_nothing())
    }
}

/// The lists within records of an entity; none for those that have none.
pub fn rows_of(kind: Kind) -> &'static [RowsSpec] {
    match kind {
        Kind::Company => <crate::Company as crate::Entity>::ROWS,
        Kind::Contact => <crate::Contact as crate::Entity>::ROWS,
        Kind::Product => <crate::Product as crate::Entity>::ROWS,
        Kind::Opportunity => <crate::Opportunity as crate::Entity>::ROWS,
        _ => &[],
    }
}

/// A row as it is kept, and as data.
pub(crate) trait RowData: Sized {
    fn row(&self) -> Row;
    /// Nothing where what the row is about is missing.
    fn of_row(row: &[FieldValue]) -> Option<Self>;
}

/// Another phone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PhoneNumber {
    /// One of [`PHONE_LABELS`].
    pub label: String,
    /// E.164.
    pub number: String,
}

/// Another e-mail address.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EmailAddress {
    /// One of [`EMAIL_LABELS`].
    pub label: String,
    /// Normalised.
    pub address: String,
}

/// Another address.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PostalAddress {
    /// One of [`ADDRESS_LABELS`].
    pub label: String,
    /// Street and number; lines with a new line between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub town: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// Where else somebody works, or worked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Position {
    pub company: Uuid,
    pub role: String,
    pub active: bool,
}

fn text(value: Option<&FieldValue>) -> Option<String> {
    match value? {
        FieldValue::Text(text) if !text.is_empty() => Some(text.clone()),
        FieldValue::Codes(codes) => codes.first().cloned(),
        _ => None,
    }
}

fn label(value: Option<&FieldValue>, known: &[&str]) -> String {
    text(value).or_else(|| known.first().map(|first| (*first).to_owned())).unwrap_or_default()
}

impl RowData for PhoneNumber {
    fn row(&self) -> Row {
        vec![FieldValue::code(Some(&self.label)), FieldValue::Text(self.number.clone())]
    }

    fn of_row(row: &[FieldValue]) -> Option<PhoneNumber> {
        Some(PhoneNumber { label: label(row.first(), PHONE_LABELS), number: text(row.get(1))? })
    }
}

impl RowData for EmailAddress {
    fn row(&self) -> Row {
        vec![FieldValue::code(Some(&self.label)), FieldValue::Text(self.address.clone())]
    }

    fn of_row(row: &[FieldValue]) -> Option<EmailAddress> {
        Some(EmailAddress { label: label(row.first(), EMAIL_LABELS), address: text(row.get(1))? })
    }
}

impl PostalAddress {
    /// As on an envelope, in one line.
    pub fn line(&self) -> String {
        let town = [&self.postcode, &self.town].into_iter().flatten().map(String::as_str);
        let town = town.collect::<Vec<_>>().join(" ");
        let street = self.street.as_deref().map(|street| street.lines().collect::<Vec<_>>().join(", "));
        let parts = [street, Some(town), self.country.clone()];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

impl RowData for PostalAddress {
    fn row(&self) -> Row {
        let others = [&self.street, &self.postcode, &self.town, &self.country];
        let label = FieldValue::code(Some(&self.label));
        std::iter::once(label).chain(others.into_iter().map(FieldValue::text)).collect()
    }

    fn of_row(row: &[FieldValue]) -> Option<PostalAddress> {
        let address = PostalAddress {
            label: label(row.first(), ADDRESS_LABELS),
            street: text(row.get(1)),
            postcode: text(row.get(2)),
            town: text(row.get(3)),
            country: text(row.get(4)),
        };
        (!address.line().is_empty()).then_some(address)
    }
}

impl RowData for Position {
    fn row(&self) -> Row {
        let role = Some(self.role.clone()).filter(|role| !role.is_empty());
        vec![FieldValue::Record(self.company), FieldValue::text(&role), FieldValue::Flag(self.active)]
    }

    fn of_row(row: &[FieldValue]) -> Option<Position> {
        let FieldValue::Record(company) = row.first()? else { return None };
        let active = !matches!(row.get(2), Some(FieldValue::Flag(false)));
        Some(Position { company: *company, role: text(row.get(1)).unwrap_or_default(), active })
    }
}

/// Somebody who has a part in a decision to buy.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Participant {
    pub contact: Uuid,
    /// One of [`DECISION_ROLES`].
    pub role: String,
}

impl RowData for Participant {
    fn row(&self) -> Row {
        vec![FieldValue::Record(self.contact), FieldValue::code(Some(&self.role))]
    }

    fn of_row(row: &[FieldValue]) -> Option<Participant> {
        let FieldValue::Record(contact) = row.first()? else { return None };
        Some(Participant { contact: *contact, role: label(row.get(1), DECISION_ROLES) })
    }
}

/// So many of a product: in a bundle, or of what an opportunity is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Component {
    pub product: Uuid,
    pub quantity: Decimal,
}

impl RowData for Component {
    fn row(&self) -> Row {
        vec![FieldValue::Record(self.product), FieldValue::Number(self.quantity)]
    }

    /// One of it where nobody says.
    fn of_row(row: &[FieldValue]) -> Option<Component> {
        let FieldValue::Record(product) = row.first()? else { return None };
        let quantity = match row.get(1) {
            Some(FieldValue::Number(quantity)) => *quantity,
            _ => Decimal::ONE,
        };
        Some(Component { product: *product, quantity })
    }
}

/// Addresses, also of records that were written when a company had one for deliveries, as text on an envelope.
pub(crate) fn addresses_or_text<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<PostalAddress>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Kept {
        Rows(Vec<PostalAddress>),
        Text(Option<String>),
    }
    Ok(match Kept::deserialize(deserializer)? {
        Kept::Rows(rows) => rows,
        Kept::Text(text) => text.filter(|text| !text.trim().is_empty()).map(delivery).into_iter().collect(),
    })
}

/// A delivery address of which nothing but its text is known.
fn delivery(text: String) -> PostalAddress {
    PostalAddress { label: "delivery".to_owned(), street: Some(text), ..PostalAddress::default() }
}

/// The lists of an entity, each kept in the field of the same name.
macro_rules! entity_rows {
    ($($field:ident: $spec:expr;)*) => {
        const ROWS: &'static [$crate::RowsSpec] = &[$($spec,)*];

        fn rows(&self, key: &str) -> Vec<$crate::Row> {
            match key {
                $(stringify!($field) => self.$field.iter().map($crate::rows::RowData::row).collect(),)*
                _ => Vec::new(),
            }
        }

        fn put_rows(&mut self, key: &str, rows: &[$crate::Row]) {
            match key {
                $(stringify!($field) => {
                    self.$field.clear();
                    for row in rows.iter().filter_map(|row| $crate::rows::RowData::of_row(row)) {
                        if !self.$field.contains(&row) {
                            self.$field.push(row);
                        }
                    }
                })*
                _ => {}
            }
        }
    };
}
pub(crate) use entity_rows;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check<R: RowData + PartialEq + std::fmt::Debug>(row: &R) {
        assert_eq!(R::of_row(&row.row()).as_ref(), Some(row));
    }

    proptest! {
        #[test]
        fn rows_are_read_as_they_were_written(
            role in "[a-zà-ü]{0,8}",
            street in proptest::option::of("[a-z]{1,8}"),
            town in "[a-z]{1,8}",
            label in 0..4_usize,
            active: bool,
        ) {
            check(&Position { company: Uuid::from_u128(7), role, active });
            let label = ADDRESS_LABELS[label].to_owned();
            check(&PostalAddress { label, street, postcode: None, town: Some(town), country: None });
            check(&Component { product: Uuid::from_u128(9), quantity: Decimal::new(25, 1) });
            check(&PhoneNumber { label: "fax".to_owned(), number: "+34972262626".to_owned() });
        }
    }

    #[test]
    fn names_say_which_row_and_which_field() {
        assert_eq!(PHONES.name(3, "number"), "phones.3.number");
        assert_eq!(PHONES.place_of("phones.3.number"), Some((3, "number")));
        assert_eq!(PHONES.place_of("phones.x.number"), None);
        assert_eq!(PHONES.place_of("phone"), None);
    }
}
