//! Lines of quotes and simulations: what is offered, and the texts between.

use crate::{Billing, LineRate, PricedLine};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Lines of one quote: a price list of a whole shop is no quote.
pub const QUOTE_LINES_MAX: usize = 1_000;
/// What a line says: some sentences, so that several lines fit into a record.
pub const LINE_TEXT_CHARACTERS_MAX: usize = 600;
/// Alternatives of one offer, or scenarios of one simulation.
pub const ALTERNATIVES: [&str; 3] = ["A", "B", "C"];

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Something with a price.
    #[default]
    Product,
    /// A heading of what follows.
    Section,
    /// Words.
    Text,
}

impl LineKind {
    pub const ALL: [LineKind; 3] = [LineKind::Product, LineKind::Section, LineKind::Text];

    pub fn as_str(self) -> &'static str {
        match self {
            LineKind::Product => "product",
            LineKind::Section => "section",
            LineKind::Text => "text",
        }
    }

    pub fn from_code(code: &str) -> Option<LineKind> {
        LineKind::ALL.into_iter().find(|kind| kind.as_str() == code)
    }
}

/// A line. What it took from a product or a tax is kept as it was when it was written.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QuoteLine {
    pub kind: LineKind,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<Uuid>,
    /// Of the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Decimal::is_zero")]
    pub quantity: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Without tax.
    #[serde(skip_serializing_if = "Decimal::is_zero")]
    pub unit_price: Decimal,
    /// What one costs us.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Decimal>,
    /// Percent.
    #[serde(skip_serializing_if = "Decimal::is_zero")]
    pub discount: Decimal,
    /// The key of the tax.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tax: String,
    /// Its rate on the day the line was written.
    #[serde(skip_serializing_if = "Decimal::is_zero")]
    pub percent: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub surcharge: Option<Decimal>,
    /// Its tax was one of what is exempt.
    #[serde(skip_serializing_if = "is_false")]
    pub exempt: bool,
    pub billing: Billing,
    /// Months for which a client is bound at least, in whole periods; 0: none, whatever the product says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_months: Option<u16>,
    /// The client decides whether it is in.
    #[serde(skip_serializing_if = "is_false")]
    pub optional: bool,
    /// An optional line that is in unless somebody takes it out.
    #[serde(skip_serializing_if = "is_false")]
    pub ticked: bool,
    /// Only part of this alternative, one of [`ALTERNATIVES`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternative: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // As serde calls it.
fn is_false(flag: &bool) -> bool {
    !flag
}

impl QuoteLine {
    pub fn is_priced(&self) -> bool {
        self.kind == LineKind::Product
    }

    /// Months for which a client is bound at least, where there are some.
    pub fn minimum(&self) -> Option<u16> {
        self.minimum_months.filter(|months| *months > 0 && self.billing != Billing::Once)
    }

    /// Whether it belongs to what is offered as this alternative; all lines do where there are none.
    pub fn is_of(&self, alternative: Option<&str>) -> bool {
        self.alternative.is_none() || alternative.is_none() || self.alternative.as_deref() == alternative
    }

    /// As sums take it; a text and a heading cost nothing.
    pub fn priced(&self, alternative: Option<&str>) -> PricedLine {
        let is_in = self.is_priced() && self.is_of(alternative) && (!self.optional || self.ticked);
        PricedLine {
            quantity: self.quantity,
            unit_price: self.unit_price,
            discount: self.discount,
            rate: LineRate {
                tax: self.tax.clone(),
                percent: self.percent,
                surcharge: self.surcharge,
                exempt: self.exempt,
            },
            billing: self.billing,
            is_in,
            cost: self.cost,
        }
    }
}

/// The alternatives that these lines offer, in order; none where all lines are for everybody.
pub fn alternatives_of(lines: &[QuoteLine]) -> Vec<String> {
    let is_used = |name: &&str| lines.iter().any(|line| line.alternative.as_deref() == Some(*name));
    ALTERNATIVES.into_iter().filter(|name| is_used(name)).map(str::to_owned).collect()
}
