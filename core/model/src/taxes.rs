//! Taxes with the days from which their rates count.

use crate::LABEL_CHARACTERS_MAX;
use crate::{FieldErrors, Kind, Label, Piece};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Rates of one tax over the years.
pub const RATES_MAX: usize = 20;

/// What a tax is, which decides how it enters the sum.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxKind {
    /// IVA, added per line.
    Vat,
    /// IGI of Andorra, added per line.
    Igi,
    /// IRPF, subtracted from the whole.
    Withholding,
}

impl TaxKind {
    pub const ALL: [TaxKind; 3] = [TaxKind::Vat, TaxKind::Igi, TaxKind::Withholding];

    pub fn as_str(self) -> &'static str {
        match self {
            TaxKind::Vat => "vat",
            TaxKind::Igi => "igi",
            TaxKind::Withholding => "withholding",
        }
    }

    pub fn from_code(code: &str) -> Option<TaxKind> {
        TaxKind::ALL.into_iter().find(|kind| kind.as_str() == code)
    }
}

/// A rate and its first day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    pub from: Date,
    /// Of the base: 21 is 21 %.
    pub percent: Decimal,
    /// The recàrrec d'equivalència that goes with this rate of IVA, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surcharge: Option<Decimal>,
}

/// A tax.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tax {
    pub label: Label,
    pub kind: TaxKind,
    /// In the order of their first days.
    pub rates: Vec<Rate>,
    /// What is sold with it is exempt, which is not the same as a rate of nothing.
    #[serde(default, skip_serializing_if = "is_false")]
    pub exempt: bool,
    /// Why it is: the article of the law, as papers say it.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub exemption: Label,
    #[serde(default)]
    pub archived: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // As serde calls it.
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Tax {
    /// Whether a product can have it: what is withheld is subtracted from the whole.
    pub fn is_of_products(&self) -> bool {
        self.kind != TaxKind::Withholding
    }

    /// The rate that counts on a day; none before the first.
    pub fn on(&self, day: Date) -> Option<&Rate> {
        self.rates.iter().filter(|rate| rate.from <= day).max_by_key(|rate| rate.from)
    }
}

impl Piece for Tax {
    const KIND: Kind = Kind::Tax;
    const SECTION: &'static str = "taxes";

    /// Rates of Ley 37/1992, art. 90 and 91 (IVA) and 161 (recàrrec) since 2012-09-01, of IRPF for professionals
    /// (Real Decreto 439/2007, art. 95) since 2015-07-12, and of Llei 11/2012 (IGI) since 2013-01-01.
    fn ready() -> Vec<(&'static str, Tax)> {
        let vat = |percent: i64, surcharge| ready_rate((2012, 9, 1), percent * 10, surcharge);
        vec![
            (
                "vat_standard",
                tax(TaxKind::Vat, ["IVA general", "IVA general", "Standard VAT"], vat(21, Some(52))),
            ),
            (
                "vat_reduced",
                tax(TaxKind::Vat, ["IVA reduït", "IVA reducido", "Reduced VAT"], vat(10, Some(14))),
            ),
            (
                "vat_super_reduced",
                tax(
                    TaxKind::Vat,
                    ["IVA superreduït", "IVA superreducido", "Super-reduced VAT"],
                    vat(4, Some(5)),
                ),
            ),
            ("vat_zero", tax(TaxKind::Vat, ["IVA 0 %", "IVA 0 %", "Zero VAT"], vat(0, None))),
            (
                "igi",
                tax(
                    TaxKind::Igi,
                    ["IGI general", "IGI general", "Standard IGI"],
                    ready_rate((2013, 1, 1), 45, None),
                ),
            ),
            (
                "withholding",
                tax(
                    TaxKind::Withholding,
                    ["IRPF", "IRPF", "Withholding"],
                    ready_rate((2015, 7, 12), 150, None),
                ),
            ),
            (
                "withholding_new",
                tax(
                    TaxKind::Withholding,
                    ["IRPF inici d’activitat", "IRPF inicio de actividad", "Withholding, first years"],
                    ready_rate((2015, 7, 12), 70, None),
                ),
            ),
        ]
    }

    fn label(&self) -> &Label {
        &self.label
    }

    fn is_archived(&self) -> bool {
        self.archived
    }

    /// Problems of a rate stand at `rates.<place>.<field>`, places from 0.
    fn check(&self, errors: &mut FieldErrors) {
        self.label.check("label", LABEL_CHARACTERS_MAX, errors);
        self.exemption.check_lengths("exemption", LABEL_CHARACTERS_MAX, errors);
        if self.exempt && self.kind == TaxKind::Withholding {
            errors.add("exempt", "tax-exempt-kind", "");
        }
        if self.rates.is_empty() {
            errors.add("rates", "required", "");
        } else if self.rates.len() > RATES_MAX {
            errors.add("rates", "too-many", RATES_MAX.to_string());
        }
        for (place, rate) in self.rates.iter().enumerate() {
            let at = |field: &str| format!("rates.{place}.{field}");
            if self.rates.iter().take(place).any(|other| other.from == rate.from) {
                errors.add(&at("from"), "taken", rate.from.to_string());
            }
            check_percent(&at("percent"), rate.percent, errors);
            if self.exempt && !rate.percent.is_zero() {
                errors.add(&at("percent"), "tax-exempt-rate", rate.percent.to_string());
            }
            if let Some(surcharge) = rate.surcharge {
                check_percent(&at("surcharge"), surcharge, errors);
                if self.kind != TaxKind::Vat {
                    errors.add(&at("surcharge"), "surcharge-without-vat", "");
                }
            }
        }
    }
}

/// Percent with up to three decimals.
fn check_percent(field: &str, percent: Decimal, errors: &mut FieldErrors) {
    if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&percent) || percent.normalize().scale() > 3 {
        errors.add(field, "percent-range", percent.to_string());
    }
}

fn tax(kind: TaxKind, [ca, es, en]: [&str; 3], rate: Rate) -> Tax {
    Tax {
        label: Label::new(ca, es, en),
        kind,
        rates: vec![rate],
        exempt: false,
        exemption: Label::default(),
        archived: false,
    }
}

/// Rates in tenths of a percent.
fn ready_rate((year, month, day): (i16, i8, i8), tenths: i64, surcharge_tenths: Option<i64>) -> Rate {
    let percent = |tenths| Decimal::new(tenths, 1).normalize();
    Rate {
        from: jiff::civil::date(year, month, day),
        percent: percent(tenths),
        surcharge: surcharge_tenths.map(percent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_rate_of_a_day_is_the_latest_that_has_begun() {
        let (_, mut vat) = Tax::ready().remove(0);
        vat.rates.insert(0, Rate { from: date(2027, 1, 1), percent: Decimal::from(22), surcharge: None });
        let on = |day| vat.on(day).map(|rate| rate.percent.to_string());
        assert_eq!(on(date(2012, 8, 31)), None);
        assert_eq!(on(date(2026, 12, 31)).as_deref(), Some("21"));
        assert_eq!(on(date(2027, 1, 1)).as_deref(), Some("22"));
    }

    #[test]
    fn ready_taxes_are_right() {
        let rates: Vec<String> = Tax::ready()
            .iter()
            .map(|(key, tax)| {
                let mut errors = FieldErrors::default();
                tax.check(&mut errors);
                assert!(errors.is_empty(), "{key}: {errors:?}");
                format!("{} {:?}", tax.rates[0].percent, tax.rates[0].surcharge.map(|rate| rate.to_string()))
            })
            .collect();
        assert_eq!(rates[0], "21 Some(\"5.2\")");
        assert_eq!(rates[2], "4 Some(\"0.5\")");
        assert_eq!(rates[4], "4.5 None");
    }

    #[test]
    fn what_is_exempt_has_no_rate() {
        let (_, vat) = Tax::ready().remove(0);
        let found = |tax: &Tax| {
            let mut errors = FieldErrors::default();
            tax.check(&mut errors);
            errors.0.into_iter().map(|one| format!("{} {}", one.field, one.code)).collect::<Vec<_>>()
        };
        assert_eq!(found(&Tax { exempt: true, ..vat }), ["rates.0.percent tax-exempt-rate"]);
        let (_, zero) = Tax::ready().remove(3);
        assert!(found(&Tax { exempt: true, ..zero.clone() }).is_empty());
        let withheld = Tax { exempt: true, kind: TaxKind::Withholding, ..zero };
        assert_eq!(found(&withheld), ["exempt tax-exempt-kind"]);
    }

    #[test]
    fn a_tax_says_all_that_is_wrong() {
        let (_, mut tax) = Tax::ready().remove(4);
        tax.rates.push(Rate {
            percent: Decimal::from(101),
            surcharge: Some(Decimal::ONE),
            ..tax.rates[0].clone()
        });
        let mut errors = FieldErrors::default();
        tax.check(&mut errors);
        let found: Vec<_> = errors.0.iter().map(|one| format!("{} {}", one.field, one.code)).collect();
        assert_eq!(
            found,
            [
                "rates.1.from taken",
                "rates.1.percent percent-range",
                "rates.1.surcharge surcharge-without-vat"
            ]
        );
    }
}
