//! Companies (empreses): whom the company deals with, from prospect to client.

use crate::entity::{entity_fields, entity_parts};
use crate::rows::{ADDRESSES, EMAILS, PHONES, entity_rows};
use crate::{
    Common, EmailAddress, Entity, FieldKind, FieldSpec, FieldValue, Kind, Language, Meta, PhoneNumber,
    PostalAddress, TITLE, Values, lists,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a company is to ours.
const KINDS: &[&str] = &["prospect", "client", "partner", "supplier"];

/// How a client's purchases are taxed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TaxRegime {
    Normal,
    /// Recàrrec d'equivalència: retailers who are natural persons (LIVA, art. 148–163).
    EquivalenceSurcharge,
    Exempt,
    /// Deliveries within the European Union to somebody with a VAT number (LIVA, art. 25).
    IntraCommunity,
}

impl TaxRegime {
    pub(crate) const CODES: &[&str] = &["normal", "equivalence_surcharge", "exempt", "intra_community"];

    pub fn from_code(code: &str) -> Option<TaxRegime> {
        Some(match code {
            "normal" => TaxRegime::Normal,
            "equivalence_surcharge" => TaxRegime::EquivalenceSurcharge,
            "exempt" => TaxRegime::Exempt,
            "intra_community" => TaxRegime::IntraCommunity,
            _ => return None,
        })
    }
}

/// A company. Choices are kept as their codes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Company {
    pub meta: Meta,
    #[serde(flatten)]
    pub common: Common,
    pub name: Option<String>,
    /// Of the register, where it differs.
    pub legal_name: Option<String>,
    /// Normalised: no spaces, dots or hyphens, upper case, checksum right.
    pub tax_id: Option<String>,
    /// `prospect`, `client`, `partner`, `supplier`.
    pub kind: Option<String>,
    /// Since when it has been a client: set when it becomes one.
    pub client_since: Option<Date>,
    pub industry: Option<String>,
    pub employees: Option<Decimal>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// Besides the main phone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<PhoneNumber>,
    /// Besides the main e-mail address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<EmailAddress>,
    pub website: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub town: Option<String>,
    pub zone: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Besides the one of the register, which invoices have: where things are sent…
    #[serde(
        default,
        alias = "delivery_address",
        deserialize_with = "crate::rows::addresses_or_text",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub addresses: Vec<PostalAddress>,
    /// `ca`, `es`, `en`: of quotes and letters.
    pub language: Option<String>,
    pub source: Option<String>,
    /// The company it belongs to.
    pub parent: Option<Uuid>,
    /// See [`TaxRegime`].
    pub tax_regime: Option<String>,
    /// The key of the price book that its prices are from; without one they are those of the products.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_book: Option<String>,
    /// Whether it withholds income tax (IRPF) from what it pays.
    pub withholding: bool,
    pub description: Option<String>,
}

entity_fields!(Company + phones + emails + addresses {
    name: FieldSpec::of(FieldKind::Text).needed();
    legal_name: FieldSpec::of(FieldKind::Text);
    tax_id: FieldSpec::of(FieldKind::Text);
    kind: FieldSpec::one_of(KINDS).needed();
    industry: FieldSpec::of(FieldKind::Text);
    employees: FieldSpec::of(FieldKind::Number);
    phone: FieldSpec::of(FieldKind::Phone);
    email: FieldSpec::of(FieldKind::Email);
    website: FieldSpec::of(FieldKind::Url);
    address: FieldSpec::of(FieldKind::Text);
    postcode: FieldSpec::of(FieldKind::Text);
    town: FieldSpec::of(FieldKind::Text);
    zone: FieldSpec::of(FieldKind::Text);
    country: FieldSpec::of(FieldKind::Text);
    tax_regime: FieldSpec::one_of(TaxRegime::CODES).needed();
    withholding: FieldSpec::of(FieldKind::YesNo);
    price_book: FieldSpec::of(FieldKind::Choice).with(Values::PriceBooks);
    language: FieldSpec::one_of(Language::CODES);
    source: FieldSpec::from_list(lists::SOURCES);
    parent: FieldSpec::link(Kind::Company);
    client_since: FieldSpec::of(FieldKind::Date);
    description: FieldSpec::of(FieldKind::LongText);
} gathered {
    "any_phone": FieldSpec::of(FieldKind::Phone) => |company| {
        let further = company.phones.iter().map(|phone| &phone.number);
        FieldValue::texts(company.phone.iter().chain(further))
    };
    "any_email": FieldSpec::of(FieldKind::Email) => |company| {
        let further = company.emails.iter().map(|email| &email.address);
        FieldValue::texts(company.email.iter().chain(further))
    };
    "delivery_address": FieldSpec::of(FieldKind::Text) => |company| {
        let delivery = company.addresses.iter().find(|address| address.label == "delivery");
        delivery.map_or(FieldValue::Nothing, |address| FieldValue::Text(address.line()))
    };
});

impl Entity for Company {
    const PLURAL: &'static str = "companies";
    const SORTS: &'static [&'static str] = &[TITLE, "town"];
    const FACETS: &'static [&'static str] = &["kind", "source"];

    fn begin(meta: Meta) -> Company {
        let code = |code: &str| Some(code.to_owned());
        Company { kind: code("prospect"), tax_regime: code("normal"), ..Company::blank(meta) }
    }

    fn title(&self) -> String {
        self.name.clone().unwrap_or_default()
    }

    entity_parts!();

    entity_rows! {
        phones: PHONES;
        emails: EMAILS;
        addresses: ADDRESSES;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, Currency, Facet, Fields, Record};

    #[test]
    fn a_company_is_read_as_it_was_written_and_indexed_by_what_it_is() {
        let meta = Meta::new(Uuid::from_u128(9), jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM);
        let mut company = Company::begin(meta);
        company.put("name", FieldValue::Text("Llibreria Ona".into()), Currency::Eur);
        company.put("parent", FieldValue::Record(Uuid::from_u128(3)), Currency::Eur);
        company.put("withholding", FieldValue::Flag(true), Currency::Eur);
        assert_eq!(company.value("kind"), FieldValue::Codes(vec!["prospect".into()]));
        assert_eq!(company.value("name"), FieldValue::Text("Llibreria Ona".into()));
        let stored = serde_json::to_value(&company).unwrap();
        assert_eq!(serde_json::from_value::<Company>(stored.clone()).unwrap(), company);
        for key in stored.as_object().unwrap().keys() {
            let is_named = Company::SPECS.iter().any(|spec| spec.key == key);
            assert!(is_named || ["meta", "custom", "unique_fields"].contains(&key.as_str()), "{key}");
        }
        // As it was written when there was one delivery address, as text.
        let mut old = stored.clone();
        old["delivery_address"] = "C. del Riu, 4\n17800 Olot".into();
        let old: Company = serde_json::from_value(old).unwrap();
        assert_eq!(old.value("delivery_address"), FieldValue::Text("C. del Riu, 4, 17800 Olot".into()));
        assert_eq!(serde_json::from_value::<Company>(serde_json::to_value(&old).unwrap()).unwrap(), old);
        let entries = company.indexes();
        // Three orders, the link to its parent, and its name for finding duplicates.
        assert_eq!(entries.len(), 5);
        let facet = Facet::from_bytes(&entries[0].value).unwrap();
        assert_eq!(facet.codes, ["prospect", ""]);
        assert_eq!(Facet::from_bytes(&facet.bytes()), Some(facet));
    }
}
