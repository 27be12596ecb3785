//! Sums of quotes and simulations: lines, discounts, taxes and terms. Every figure is the sum of the figures shown above
//! it, because each is rounded once, where it is shown.

use crate::{Currency, Money, TaxRegime};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longer contracts than ten years are nobody's.
pub const TERM_MONTHS_MAX: u16 = 120;

/// How often a line is paid.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Billing {
    #[default]
    Once,
    Monthly,
    Quarterly,
    Yearly,
}

impl Billing {
    pub const ALL: [Billing; 4] = [Billing::Once, Billing::Monthly, Billing::Quarterly, Billing::Yearly];

    pub fn as_str(self) -> &'static str {
        match self {
            Billing::Once => "once",
            Billing::Monthly => "monthly",
            Billing::Quarterly => "quarterly",
            Billing::Yearly => "yearly",
        }
    }

    pub fn from_code(code: &str) -> Option<Billing> {
        Billing::ALL.into_iter().find(|billing| billing.as_str() == code)
    }

    /// Months of one period; none of what is paid once.
    pub fn months(self) -> Option<u16> {
        match self {
            Billing::Once => None,
            Billing::Monthly => Some(1),
            Billing::Quarterly => Some(3),
            Billing::Yearly => Some(12),
        }
    }

    /// So many months, where they are whole periods of a contract.
    pub fn whole_periods(self, months: Decimal) -> Option<u16> {
        let months = u16::try_from(Some(months).filter(Decimal::is_integer)?).ok()?;
        (months <= TERM_MONTHS_MAX && months.is_multiple_of(self.months()?)).then_some(months)
    }

    /// Whether it is invoiced in this month of a contract, the first being 0. A period is invoiced when it begins, and
    /// whole, also where the contract ends within it.
    pub fn is_due(self, month: u16) -> bool {
        match self {
            Billing::Once => month == 0,
            Billing::Monthly => true,
            Billing::Quarterly => month.is_multiple_of(3),
            Billing::Yearly => month.is_multiple_of(12),
        }
    }
}

/// The rate of a line on the day of the quote.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LineRate {
    /// The key of the tax.
    pub tax: String,
    /// Percent of the base.
    pub percent: Decimal,
    /// The surcharge that goes with it, in percent.
    pub surcharge: Option<Decimal>,
    /// No rate of nothing, but none.
    pub exempt: bool,
}

/// A line with its price, as far as sums need it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PricedLine {
    pub quantity: Decimal,
    /// In the currency of the sums, without tax.
    pub unit_price: Decimal,
    /// Percent of quantity × unit price.
    pub discount: Decimal,
    pub rate: LineRate,
    pub billing: Billing,
    /// An optional line is in once it is ticked.
    pub is_in: bool,
    /// What one costs; absent: not known.
    pub cost: Option<Decimal>,
}

/// What counts for all lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SumTerms {
    pub currency: Currency,
    pub regime: TaxRegime,
    /// Percent of the lines of each rate, after their own discounts.
    pub discount: Decimal,
    /// IRPF, percent of the base; it is subtracted.
    pub withholding: Option<Decimal>,
    /// 1 to [`TERM_MONTHS_MAX`].
    pub months: u16,
}

/// A sum does not fit: amounts reach 92 thousand million millions of cents.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the sum is larger than an amount can be")]
pub struct TooLarge;

/// A line: `gross` − `discount` = `net`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineSum {
    pub gross: Money,
    pub discount: Money,
    pub net: Money,
}

/// What is due for one rate: `net` − `discount` = `base`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RateSum {
    pub rate: LineRate,
    pub net: Money,
    /// Its part of the discount on everything.
    pub discount: Money,
    pub base: Money,
    pub tax: Money,
    pub surcharge: Money,
}

/// One invoice: `net` − `discount` = `base`; `base` + `tax` + `surcharge` − `withholding` = `total`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invoice {
    pub rates: Vec<RateSum>,
    pub net: Money,
    pub discount: Money,
    pub base: Money,
    pub tax: Money,
    pub surcharge: Money,
    pub withholding: Money,
    pub total: Money,
}

/// What a client pays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuoteSums {
    /// In the order of the lines, also of those that are not in.
    pub lines: Vec<LineSum>,
    /// What is paid once, and the first period of everything else.
    pub first: Invoice,
    /// What each period costs by itself, of those that there are; in the order of [`Billing::ALL`], without `Once`.
    pub periods: Vec<(Billing, Invoice)>,
    /// All invoices of the term together; their rates are those of the invoices, added up.
    pub term: Invoice,
    /// What everything in it costs over the term; absent where a line does not say what it costs.
    pub cost: Option<Money>,
}

impl QuoteSums {
    /// What is left of the base over the term; absent where a cost is not known.
    pub fn margin(&self) -> Option<Money> {
        let minor_units = self.term.base.minor_units.checked_sub(self.cost?.minor_units)?;
        Some(Money { minor_units, currency: self.term.base.currency })
    }

    /// Tenths of a percent of the base; absent without a margin or without a base.
    pub fn margin_per_mille(&self) -> Option<i64> {
        let (margin, base) = (self.margin()?.minor_units, self.term.base.minor_units);
        if base == 0 {
            return None;
        }
        let share = Decimal::from(margin) * Decimal::ONE_THOUSAND / Decimal::from(base);
        i64::try_from(rounded(share, 0)).ok()
    }

    /// The part of all gross amounts over the term that is discount, in tenths of a percent; the discounts on everything
    /// count, too. Absent without a gross amount.
    pub fn discount_per_mille(&self, lines: &[PricedLine], months: u16) -> Option<i64> {
        let mut gross = Decimal::ZERO;
        for (line, sum) in lines.iter().zip(&self.lines).filter(|(line, _)| line.is_in) {
            let times = (0..months.max(1)).filter(|month| line.billing.is_due(*month)).count();
            gross = gross.checked_add(Decimal::from(sum.gross.minor_units).checked_mul(times.into())?)?;
        }
        if gross.is_zero() {
            return None;
        }
        let off = gross - Decimal::from(self.term.base.minor_units);
        i64::try_from(rounded(off.checked_mul(Decimal::ONE_THOUSAND)? / gross, 0)).ok()
    }
}

/// All sums of these lines.
pub fn sums(lines: &[PricedLine], terms: &SumTerms) -> Result<QuoteSums, TooLarge> {
    let line_sums = lines.iter().map(|line| line_sum(line, terms.currency)).collect::<Result<Vec<_>, _>>()?;
    let sum_of = |is_due: &dyn Fn(Billing) -> bool| {
        let due = lines.iter().zip(&line_sums).filter(|(line, _)| line.is_in && is_due(line.billing));
        invoice(due.map(|(line, sum)| (&line.rate, sum.net)), terms)
    };
    let first = sum_of(&|_| true)?;
    let mut periods = Vec::new();
    for billing in [Billing::Monthly, Billing::Quarterly, Billing::Yearly] {
        if lines.iter().any(|line| line.is_in && line.billing == billing) {
            periods.push((billing, sum_of(&|other| other == billing)?));
        }
    }
    let mut term = first.clone();
    // Months that owe the same are summed once.
    let mut known: BTreeMap<[bool; 4], Invoice> = BTreeMap::new();
    for month in 1..terms.months {
        let due = Billing::ALL.map(|billing| billing.is_due(month));
        let invoice = match known.get(&due) {
            Some(invoice) => invoice.clone(),
            None => sum_of(&|billing| billing.is_due(month))?,
        };
        term = added(&term, &invoice)?;
        known.insert(due, invoice);
    }
    let cost = cost(lines, terms)?;
    Ok(QuoteSums { lines: line_sums, first, periods, term, cost })
}

/// The sum of one line: rounded to cents once before and once after its discount, which is the difference.
pub fn line_sum(line: &PricedLine, currency: Currency) -> Result<LineSum, TooLarge> {
    let gross = line.quantity.checked_mul(line.unit_price).ok_or(TooLarge)?;
    let net = share(gross, Decimal::ONE_HUNDRED - line.discount)?;
    let (gross, net) = (money(gross, currency)?, money(net, currency)?);
    Ok(LineSum { gross, discount: minus(gross, net)?, net })
}

fn invoice<'a>(
    lines: impl Iterator<Item = (&'a LineRate, Money)>,
    terms: &SumTerms,
) -> Result<Invoice, TooLarge> {
    let zero = Money { minor_units: 0, currency: terms.currency };
    let mut nets: Vec<(&LineRate, Money)> = Vec::new();
    for (rate, net) in lines {
        match nets.iter_mut().find(|(known, _)| *known == rate) {
            Some((_, sum)) => *sum = plus(*sum, net)?,
            None => nets.push((rate, net)),
        }
    }
    nets.sort_by(|(one, _), (other, _)| other.percent.cmp(&one.percent).then_with(|| one.cmp(other)));
    let rates =
        nets.into_iter().map(|(rate, net)| rate_sum(rate, net, terms)).collect::<Result<Vec<_>, _>>()?;
    let of = |field: fn(&RateSum) -> Money| rates.iter().try_fold(zero, |sum, rate| plus(sum, field(rate)));
    let (net, discount, base) = (of(|rate| rate.net)?, of(|rate| rate.discount)?, of(|rate| rate.base)?);
    let (tax, surcharge) = (of(|rate| rate.tax)?, of(|rate| rate.surcharge)?);
    let withholding = percent_of(base, terms.withholding.unwrap_or_default())?;
    let total = minus(plus(plus(base, tax)?, surcharge)?, withholding)?;
    Ok(Invoice { rates, net, discount, base, tax, surcharge, withholding, total })
}

fn rate_sum(rate: &LineRate, net: Money, terms: &SumTerms) -> Result<RateSum, TooLarge> {
    let discount = percent_of(net, terms.discount)?;
    let base = minus(net, discount)?;
    let tax = match terms.regime {
        TaxRegime::Normal | TaxRegime::EquivalenceSurcharge => rate.percent,
        TaxRegime::Exempt | TaxRegime::IntraCommunity => Decimal::ZERO,
    };
    let surcharge = match terms.regime {
        TaxRegime::EquivalenceSurcharge => rate.surcharge.unwrap_or_default(),
        _ => Decimal::ZERO,
    };
    let (tax, surcharge) = (percent_of(base, tax)?, percent_of(base, surcharge)?);
    Ok(RateSum { rate: rate.clone(), net, discount, base, tax, surcharge })
}

/// Two invoices together.
fn added(one: &Invoice, other: &Invoice) -> Result<Invoice, TooLarge> {
    let mut rates = one.rates.clone();
    for rate in &other.rates {
        match rates.iter_mut().find(|known| known.rate == rate.rate) {
            Some(known) => {
                known.net = plus(known.net, rate.net)?;
                known.discount = plus(known.discount, rate.discount)?;
                known.base = plus(known.base, rate.base)?;
                known.tax = plus(known.tax, rate.tax)?;
                known.surcharge = plus(known.surcharge, rate.surcharge)?;
            }
            None => rates.push(rate.clone()),
        }
    }
    Ok(Invoice {
        rates,
        net: plus(one.net, other.net)?,
        discount: plus(one.discount, other.discount)?,
        base: plus(one.base, other.base)?,
        tax: plus(one.tax, other.tax)?,
        surcharge: plus(one.surcharge, other.surcharge)?,
        withholding: plus(one.withholding, other.withholding)?,
        total: plus(one.total, other.total)?,
    })
}

/// What everything that is in costs over the term.
fn cost(lines: &[PricedLine], terms: &SumTerms) -> Result<Option<Money>, TooLarge> {
    let mut sum = Money { minor_units: 0, currency: terms.currency };
    for line in lines.iter().filter(|line| line.is_in) {
        let Some(cost) = line.cost else { return Ok(None) };
        let times = (0..terms.months.max(1)).filter(|month| line.billing.is_due(*month)).count();
        let once = money(line.quantity.checked_mul(cost).ok_or(TooLarge)?, terms.currency)?;
        let minor_units = i64::try_from(times).ok().and_then(|times| once.minor_units.checked_mul(times));
        sum = plus(sum, Money { minor_units: minor_units.ok_or(TooLarge)?, currency: terms.currency })?;
    }
    Ok(Some(sum))
}

/// Half a cent goes away from zero, so that a line and the one that takes it back are the same.
fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

fn share(value: Decimal, percent: Decimal) -> Result<Decimal, TooLarge> {
    Ok(value.checked_mul(percent).ok_or(TooLarge)? / Decimal::ONE_HUNDRED)
}

fn money(value: Decimal, currency: Currency) -> Result<Money, TooLarge> {
    let cents = rounded(value, 2).checked_mul(Decimal::ONE_HUNDRED).ok_or(TooLarge)?;
    Ok(Money { minor_units: i64::try_from(cents).map_err(|_| TooLarge)?, currency })
}

fn percent_of(money: Money, percent: Decimal) -> Result<Money, TooLarge> {
    let cents = rounded(share(Decimal::from(money.minor_units), percent)?, 0);
    Ok(Money { minor_units: i64::try_from(cents).map_err(|_| TooLarge)?, currency: money.currency })
}

fn plus(one: Money, other: Money) -> Result<Money, TooLarge> {
    let minor_units = one.minor_units.checked_add(other.minor_units).ok_or(TooLarge)?;
    Ok(Money { minor_units, ..one })
}

fn minus(one: Money, other: Money) -> Result<Money, TooLarge> {
    let minor_units = one.minor_units.checked_sub(other.minor_units).ok_or(TooLarge)?;
    Ok(Money { minor_units, ..one })
}

#[cfg(test)]
mod tests;
