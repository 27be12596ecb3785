//! Products and services (productes i serveis): what is sold, with its price.

use crate::entity::{entity_fields, entity_parts};
use crate::rows::{COMPONENTS, entity_rows};
use crate::{Common, Component, Entity, FieldKind, FieldSpec, Language, Meta, TITLE, Values, lists};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const KINDS: &[&str] = &["product", "service", "bundle"];
const BILLINGS: &[&str] = &["once", "monthly", "quarterly", "yearly"];

/// Something to sell. A name in one language is always there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Product {
    pub meta: Meta,
    #[serde(flatten)]
    pub common: Common,
    /// Of the catalogue; unique.
    pub code: Option<String>,
    pub name_ca: Option<String>,
    pub name_es: Option<String>,
    pub name_en: Option<String>,
    /// `product`, `service`, `bundle`.
    pub kind: Option<String>,
    pub family: Option<String>,
    /// Piece, hour, kilo… as on the quote.
    pub unit: Option<String>,
    /// In the company's currency, without tax; may have more than two decimals.
    pub unit_price: Option<Decimal>,
    pub cost: Option<Decimal>,
    /// The key of one of the company's taxes.
    pub tax: Option<String>,
    /// `once`, `monthly`, `quarterly`, `yearly`.
    pub billing: Option<String>,
    /// Months for which a contract is made at least.
    pub minimum_term: Option<Decimal>,
    /// Of a bundle: what is in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Component>,
    pub description: Option<String>,
}

entity_fields!(Product + components {
    code: FieldSpec::of(FieldKind::Text);
    name_ca: FieldSpec::of(FieldKind::Text);
    name_es: FieldSpec::of(FieldKind::Text);
    name_en: FieldSpec::of(FieldKind::Text);
    kind: FieldSpec::one_of(KINDS).needed();
    family: FieldSpec::from_list(lists::PRODUCT_FAMILIES);
    unit: FieldSpec::of(FieldKind::Text);
    unit_price: FieldSpec::of(FieldKind::Number);
    cost: FieldSpec::of(FieldKind::Number);
    tax: FieldSpec::of(FieldKind::Choice).with(Values::Taxes);
    billing: FieldSpec::one_of(BILLINGS).needed();
    minimum_term: FieldSpec::of(FieldKind::Number);
    description: FieldSpec::of(FieldKind::LongText);
});

impl Product {
    /// The code of bundles among the kinds.
    pub const BUNDLE: &'static str = "bundle";

    pub fn is_bundle(&self) -> bool {
        self.kind.as_deref() == Some(Product::BUNDLE)
    }

    /// In this language, else in the first that has one.
    pub fn name_in(&self, language: Language) -> &str {
        let own = match language {
            Language::Ca => &self.name_ca,
            Language::Es => &self.name_es,
            Language::En => &self.name_en,
        };
        let any = [own, &self.name_ca, &self.name_es, &self.name_en].into_iter().flatten().next();
        any.map(String::as_str).unwrap_or_default()
    }
}

impl Entity for Product {
    const PLURAL: &'static str = "products";
    const SORTS: &'static [&'static str] = &[TITLE, "code", "unit_price"];
    const FACETS: &'static [&'static str] = &["kind", "family", "billing"];
    const UNIQUE: &'static [&'static str] = &["code"];

    fn begin(meta: Meta) -> Product {
        let code = |code: &str| Some(code.to_owned());
        Product { kind: code("product"), billing: code("once"), ..Product::blank(meta) }
    }

    fn title(&self) -> String {
        self.name_in(Language::Ca).to_owned()
    }

    /// A bundle belongs to what is in it: none of that is deleted under it.
    fn further_links(&self) -> Vec<Uuid> {
        self.components.iter().map(|component| component.product).collect()
    }

    entity_parts!();

    entity_rows! {
        components: COMPONENTS;
    }
}
