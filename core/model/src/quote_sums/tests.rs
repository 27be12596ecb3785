//! What sums come out. Each expected figure was worked out by hand and again with exact fractions, apart from this code.

use super::*;
use proptest::prelude::*;

/// What it is about; lines: quantity × price, discount, rate, billing (`/m`, `/q`, `/y`), optional and not ticked
/// (`opt`) or ticked (`opt+`); terms: regime, discount on everything, withholding, months; the first invoice and, for
/// several months, all of them.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("one of a thing", "1 x 100 @21", "", "base 100.00 tax 21.00 total 121.00"),
    ("quantity times price", "3 x 12.50 @21", "", "base 37.50 tax 7.88 total 45.38"),
    ("half a cent goes up", "1 x 0.005 @0", "", "base 0.01 tax 0.00 total 0.01"),
    ("less than half a cent goes down", "1 x 0.0049 @0", "", "base 0.00 tax 0.00 total 0.00"),
    ("three decimals of quantity", "1.333 x 9.99 @21", "", "base 13.32 tax 2.80 total 16.12"),
    ("three decimals that end in half a cent", "0.125 x 0.44 @0", "", "base 0.06 tax 0.00 total 0.06"),
    ("four decimals of price", "1000 x 0.0125 @21", "", "base 12.50 tax 2.63 total 15.13"),
    ("a third of an hour", "0.333 x 45 @21", "", "base 14.99 tax 3.15 total 18.14"),
    ("nothing of a thing", "0 x 45 @21", "", "base 0.00 tax 0.00 total 0.00"),
    ("for nothing", "5 x 0 @21", "", "base 0.00 tax 0.00 total 0.00"),
    (
        "each line is rounded before they are added",
        "1 x 0.335 @21; 1 x 0.335 @21; 1 x 0.335 @21",
        "",
        "base 1.02 tax 0.21 total 1.23",
    ),
    (
        "tax is rounded once and not by line",
        "1 x 0.10 @21; 1 x 0.10 @21; 1 x 0.10 @21",
        "",
        "base 0.30 tax 0.06 total 0.36",
    ),
    ("half a cent of tax goes up", "1 x 0.50 @21", "", "base 0.50 tax 0.11 total 0.61"),
    ("a tax below half a cent is none", "1 x 0.02 @21", "", "base 0.02 tax 0.00 total 0.02"),
    ("reduced rate", "1 x 100 @10", "", "base 100.00 tax 10.00 total 110.00"),
    ("super-reduced rate", "1 x 100 @4", "", "base 100.00 tax 4.00 total 104.00"),
    ("rate of zero", "1 x 100 @0", "", "base 100.00 tax 0.00 total 100.00"),
    ("IGI of Andorra", "1 x 100 @4.5", "", "base 100.00 tax 4.50 total 104.50"),
    ("IGI that wants rounding", "1 x 33.33 @4.5", "", "base 33.33 tax 1.50 total 34.83"),
    ("three rates at once", "1 x 100 @21; 1 x 100 @10; 1 x 100 @4", "", "base 300.00 tax 35.00 total 335.00"),
    (
        "two rates, each rounded by itself",
        "1 x 10.01 @21; 1 x 10.01 @10",
        "",
        "base 20.02 tax 3.10 total 23.12",
    ),
    ("taxed and untaxed", "1 x 100 @21; 1 x 50 @0", "", "base 150.00 tax 21.00 total 171.00"),
    ("a tenth off", "1 x 100 -10% @21", "", "base 90.00 tax 18.90 total 108.90"),
    ("a third off, in decimals", "1 x 100 -33.33% @21", "", "base 66.67 tax 14.00 total 80.67"),
    ("all of it off", "1 x 100 -100% @21", "", "base 0.00 tax 0.00 total 0.00"),
    ("half of an odd cent off", "1 x 0.01 -50% @0", "", "base 0.01 tax 0.00 total 0.01"),
    ("a discount is what is left after rounding", "3 x 3.33 -5% @21", "", "base 9.49 tax 1.99 total 11.48"),
    ("seven and a half off", "2 x 19.99 -7.5% @21", "", "base 36.98 tax 7.77 total 44.75"),
    (
        "one line with and one without",
        "1 x 80 -25% @21; 1 x 40 @21",
        "",
        "base 100.00 tax 21.00 total 121.00",
    ),
    ("five off everything", "1 x 100 @21", "-5%", "base 95.00 tax 19.95 total 114.95"),
    ("everything off", "1 x 100 @21", "-100%", "base 0.00 tax 0.00 total 0.00"),
    ("a discount on a discount", "1 x 100 -10% @21", "-5%", "base 85.50 tax 17.96 total 103.46"),
    (
        "discounts on discounts in two rates",
        "2 x 49.95 -10% @21; 3 x 7.77 -5% @10",
        "-2.5%",
        "base 109.25 tax 20.57 total 129.82",
    ),
    (
        "a discount that wants rounding in each rate",
        "1 x 0.10 @21; 1 x 0.10 @10",
        "-5%",
        "base 0.18 tax 0.03 total 0.21",
    ),
    ("a discount on what is taxed at zero", "1 x 200 @0", "-12.5%", "base 175.00 tax 0.00 total 175.00"),
    ("surcharge of the standard rate", "1 x 100 @21", "RE", "base 100.00 tax 21.00 re 5.20 total 126.20"),
    ("surcharge of the reduced rate", "1 x 100 @10", "RE", "base 100.00 tax 10.00 re 1.40 total 111.40"),
    ("surcharge of the super-reduced rate", "1 x 100 @4", "RE", "base 100.00 tax 4.00 re 0.50 total 104.50"),
    (
        "surcharges of three rates",
        "1 x 1000 @21; 1 x 500 @10; 1 x 250 @4",
        "RE",
        "base 1750.00 tax 270.00 re 60.25 total 2080.25",
    ),
    ("surcharge that wants rounding", "1 x 12.34 @21", "RE", "base 12.34 tax 2.59 re 0.64 total 15.57"),
    (
        "surcharge after a discount on everything",
        "1 x 100 @21",
        "RE -10%",
        "base 90.00 tax 18.90 re 4.68 total 113.58",
    ),
    ("no surcharge goes with zero", "1 x 100 @0", "RE", "base 100.00 tax 0.00 total 100.00"),
    (
        "withholding of professionals",
        "1 x 1000 @21",
        "irpf15",
        "base 1000.00 tax 210.00 irpf 150.00 total 1060.00",
    ),
    (
        "withholding of the first years",
        "1 x 1000 @21",
        "irpf7",
        "base 1000.00 tax 210.00 irpf 70.00 total 1140.00",
    ),
    (
        "withholding that wants rounding",
        "1 x 33.33 @21",
        "irpf15",
        "base 33.33 tax 7.00 irpf 5.00 total 35.33",
    ),
    (
        "withholding on the base after discounts",
        "1 x 1000 -10% @21",
        "irpf15 -10%",
        "base 810.00 tax 170.10 irpf 121.50 total 858.60",
    ),
    (
        "withholding on two rates together",
        "1 x 0.10 @21; 1 x 0.10 @10",
        "irpf15",
        "base 0.20 tax 0.03 irpf 0.03 total 0.20",
    ),
    (
        "withholding and surcharge",
        "1 x 100 @21",
        "RE irpf15",
        "base 100.00 tax 21.00 re 5.20 irpf 15.00 total 111.20",
    ),
    ("exempt", "1 x 100 @21; 2 x 10 @10", "exempt", "base 120.00 tax 0.00 total 120.00"),
    ("within the Union", "3 x 33.33 @21", "intra", "base 99.99 tax 0.00 total 99.99"),
    (
        "within the Union with a discount",
        "3 x 33.33 -10% @21",
        "intra -10%",
        "base 80.99 tax 0.00 total 80.99",
    ),
    ("exempt has no surcharge", "1 x 100 @21", "exempt", "base 100.00 tax 0.00 total 100.00"),
    (
        "an optional line that is not ticked",
        "1 x 100 @21; 1 x 50 @21 opt",
        "",
        "base 100.00 tax 21.00 total 121.00",
    ),
    (
        "an optional line that is ticked",
        "1 x 100 @21; 1 x 50 @21 opt+",
        "",
        "base 150.00 tax 31.50 total 181.50",
    ),
    ("only optional lines", "1 x 50 @21 opt; 2 x 10 @10 opt", "", "base 0.00 tax 0.00 total 0.00"),
    (
        "an optional line of another rate",
        "1 x 100 @21; 1 x 50 @10 opt",
        "-10%",
        "base 90.00 tax 18.90 total 108.90",
    ),
    ("something taken back", "1 x 100 @21; -1 x 30 @21", "", "base 70.00 tax 14.70 total 84.70"),
    ("half a cent taken back is what it was", "-1 x 0.005 @0", "", "base -0.01 tax 0.00 total -0.01"),
    (
        "a line and its opposite are nothing",
        "3 x 3.335 @21; -3 x 3.335 @21",
        "",
        "base 0.00 tax 0.00 total 0.00",
    ),
    ("more taken back than sold", "1 x 10 @21; -1 x 30 @21", "", "base -20.00 tax -4.20 total -24.20"),
    (
        "a negative price",
        "1 x 100 @21; 1 x -15.55 @21",
        "irpf15",
        "base 84.45 tax 17.73 irpf 12.67 total 89.51",
    ),
    (
        "every month for a year",
        "1 x 10 @21 /m",
        "12m",
        "base 10.00 tax 2.10 total 12.10 | base 120.00 tax 25.20 total 145.20",
    ),
    (
        "every quarter for a year",
        "1 x 30 @21 /q",
        "12m",
        "base 30.00 tax 6.30 total 36.30 | base 120.00 tax 25.20 total 145.20",
    ),
    (
        "every year for two",
        "1 x 100 @21 /y",
        "24m",
        "base 100.00 tax 21.00 total 121.00 | base 200.00 tax 42.00 total 242.00",
    ),
    (
        "set-up and every month",
        "1 x 500 @21; 1 x 49.90 @21 /m",
        "12m",
        "base 549.90 tax 115.48 total 665.38 | base 1098.80 tax 230.76 total 1329.56",
    ),
    (
        "tax is rounded on each invoice",
        "1 x 0.10 @21 /m",
        "12m",
        "base 0.10 tax 0.02 total 0.12 | base 1.20 tax 0.24 total 1.44",
    ),
    (
        "a quarter that begins is due whole",
        "1 x 30 @21 /q",
        "4m",
        "base 30.00 tax 6.30 total 36.30 | base 60.00 tax 12.60 total 72.60",
    ),
    (
        "a year that begins is due whole",
        "1 x 120 @21 /y",
        "13m",
        "base 120.00 tax 25.20 total 145.20 | base 240.00 tax 50.40 total 290.40",
    ),
    (
        "everything at once",
        "1 x 100 @21; 1 x 10 @21 /m; 1 x 25 @10 /q; 1 x 99.99 -10% @21 /y",
        "24m -5% irpf15",
        "base 213.74 tax 42.28 irpf 32.06 total 223.96 | base 683.98 tax 122.89 irpf 102.69 total 704.18",
    ),
    (
        "an optional subscription that is not ticked",
        "1 x 100 @21; 1 x 10 @21 /m opt",
        "12m",
        "base 100.00 tax 21.00 total 121.00 | base 100.00 tax 21.00 total 121.00",
    ),
    ("one month", "1 x 10 @21 /m", "1m", "base 10.00 tax 2.10 total 12.10"),
    (
        "ten years",
        "1 x 9.99 @21 /m",
        "120m",
        "base 9.99 tax 2.10 total 12.09 | base 1198.80 tax 252.00 total 1450.80",
    ),
    (
        "a hundred thousand millions",
        "1 x 100000000000 @21",
        "",
        "base 100000000000.00 tax 21000000000.00 total 121000000000.00",
    ),
    ("many of something cheap", "1000000000 x 0.0001 @10", "", "base 100000.00 tax 10000.00 total 110000.00"),
];

fn number(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

fn line_of(text: &str) -> PricedLine {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut line = PricedLine {
        quantity: number(words[0]),
        unit_price: number(words[2]),
        discount: Decimal::ZERO,
        rate: LineRate { tax: String::new(), percent: Decimal::ZERO, surcharge: None, exempt: false },
        billing: Billing::Once,
        is_in: true,
        cost: None,
    };
    for word in &words[3..] {
        match word.split_at(1) {
            ("-", percent) => line.discount = number(percent.trim_end_matches('%')),
            ("@", percent) => line.rate = rate_of(percent),
            ("/", period) => {
                let billing = Billing::ALL.into_iter().find(|billing| billing.as_str().starts_with(period));
                line.billing = billing.unwrap();
            }
            ("c", cost) => line.cost = Some(number(cost)),
            _ => line.is_in = *word == "opt+",
        }
    }
    line
}

/// Surcharges of Ley 37/1992, art. 161.
fn rate_of(percent: &str) -> LineRate {
    let surcharge = match percent {
        "21" => Some("5.2"),
        "10" => Some("1.4"),
        "4" => Some("0.5"),
        _ => None,
    };
    LineRate {
        tax: format!("vat_{percent}"),
        percent: number(percent),
        surcharge: surcharge.map(number),
        exempt: false,
    }
}

fn lines_of(text: &str) -> Vec<PricedLine> {
    text.split(';').map(line_of).collect()
}

fn terms_of(text: &str) -> SumTerms {
    let mut terms = SumTerms {
        currency: Currency::Eur,
        regime: TaxRegime::Normal,
        discount: Decimal::ZERO,
        withholding: None,
        months: 1,
    };
    for word in text.split_whitespace() {
        match word {
            "RE" => terms.regime = TaxRegime::EquivalenceSurcharge,
            "exempt" => terms.regime = TaxRegime::Exempt,
            "intra" => terms.regime = TaxRegime::IntraCommunity,
            _ if word.starts_with("irpf") => terms.withholding = Some(number(&word[4..])),
            _ if word.ends_with('m') => terms.months = word.trim_end_matches('m').parse().unwrap(),
            _ => terms.discount = number(word.trim_matches(['-', '%'])),
        }
    }
    terms
}

fn shown(invoice: &Invoice) -> String {
    let amount = |money: Money| {
        let cents = money.minor_units.unsigned_abs();
        let sign = if money.minor_units < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", cents / 100, cents % 100)
    };
    let mut text = format!("base {} tax {}", amount(invoice.base), amount(invoice.tax));
    for (name, money) in [("re", invoice.surcharge), ("irpf", invoice.withholding)] {
        if money.minor_units != 0 {
            text.push_str(&format!(" {name} {}", amount(money)));
        }
    }
    text.push_str(&format!(" total {}", amount(invoice.total)));
    text
}

#[test]
fn sums_are_what_they_are_by_hand() {
    assert!(CASES.len() >= 60);
    let mut wrong = Vec::new();
    for (name, lines, terms, expected) in CASES {
        let terms = terms_of(terms);
        let sums = sums(&lines_of(lines), &terms).unwrap();
        let mut found = shown(&sums.first);
        if terms.months > 1 {
            found.push_str(&format!(" | {}", shown(&sums.term)));
        }
        if found != *expected {
            wrong.push(format!("{name}: {found} instead of {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn margins_are_known_where_all_costs_are() {
    let of = |lines: &str, terms: &str| {
        let sums = sums(&lines_of(lines), &terms_of(terms)).unwrap();
        (sums.margin().map(|money| money.minor_units), sums.margin_per_mille())
    };
    assert_eq!(of("2 x 50 @21 c30", ""), (Some(4_000), Some(400)));
    assert_eq!(of("2 x 50 @21 c30", "-10%"), (Some(3_000), Some(333)));
    assert_eq!(of("1 x 10 @21 /m c4", "12m"), (Some(7_200), Some(600)));
    assert_eq!(of("1 x 10 @21 c12", ""), (Some(-200), Some(-200)));
    assert_eq!(of("1 x 10 @21 c4; 1 x 5 @21", ""), (None, None));
    assert_eq!(of("1 x 10 @21 c4; 1 x 5 @21 opt", ""), (Some(600), Some(600)));
    assert_eq!(of("1 x 0 @21 c4", ""), (Some(-400), None));
}

#[test]
fn the_discount_is_told_of_all_gross_amounts() {
    let of = |lines: &str, terms: &str| {
        let (lines, terms) = (lines_of(lines), terms_of(terms));
        sums(&lines, &terms).unwrap().discount_per_mille(&lines, terms.months)
    };
    assert_eq!(of("1 x 100 -10% @21", ""), Some(100));
    assert_eq!(of("1 x 100 -10% @21", "-10%"), Some(190));
    assert_eq!(of("1 x 100 @21; 1 x 100 -50% @21 /m", "3m"), Some(375));
    assert_eq!(of("1 x 0 @21", ""), None);
}

#[test]
fn what_does_not_fit_is_said() {
    for lines in [
        "1 x 99999999999999999 @21",
        "99999999999999 x 99999999999999 @21",
        "1 x 90000000000000000 @21; 1 x 90000000000000000 @21",
    ] {
        assert_eq!(sums(&lines_of(lines), &terms_of("")), Err(TooLarge), "{lines}");
    }
}

fn lines() -> impl Strategy<Value = Vec<PricedLine>> {
    let line = (
        -500_000i64..500_000,
        0i64..10_000_000,
        0i64..=10_000,
        prop::sample::select(vec!["21", "10", "4", "0", "4.5"]),
        prop::sample::select(Billing::ALL.to_vec()),
        any::<bool>(),
    );
    let made = |(quantity, price, discount, rate, billing, is_in)| PricedLine {
        quantity: Decimal::new(quantity, 3),
        unit_price: Decimal::new(price, 4),
        discount: Decimal::new(discount, 2),
        rate: rate_of(rate),
        billing,
        is_in,
        cost: None,
    };
    prop::collection::vec(line.prop_map(made), 0..12)
}

fn terms() -> impl Strategy<Value = SumTerms> {
    let regimes = vec![
        TaxRegime::Normal,
        TaxRegime::EquivalenceSurcharge,
        TaxRegime::Exempt,
        TaxRegime::IntraCommunity,
    ];
    let made = |(regime, discount, withholding, months): (TaxRegime, i64, Option<i64>, u16)| SumTerms {
        currency: Currency::Eur,
        regime,
        discount: Decimal::new(discount, 2),
        withholding: withholding.map(Decimal::from),
        months,
    };
    let withholding = prop::option::of(prop::sample::select(vec![7i64, 15]));
    (prop::sample::select(regimes), 0i64..=10_000, withholding, 1u16..=36).prop_map(made)
}

fn assert_adds_up(invoice: &Invoice) {
    let sum =
        |field: fn(&RateSum) -> Money| invoice.rates.iter().map(|rate| field(rate).minor_units).sum::<i64>();
    for rate in &invoice.rates {
        assert_eq!(rate.net.minor_units - rate.discount.minor_units, rate.base.minor_units);
    }
    assert_eq!(sum(|rate| rate.net), invoice.net.minor_units);
    assert_eq!(sum(|rate| rate.discount), invoice.discount.minor_units);
    assert_eq!(sum(|rate| rate.base), invoice.base.minor_units);
    assert_eq!(sum(|rate| rate.tax), invoice.tax.minor_units);
    assert_eq!(sum(|rate| rate.surcharge), invoice.surcharge.minor_units);
    let total = invoice.base.minor_units + invoice.tax.minor_units + invoice.surcharge.minor_units
        - invoice.withholding.minor_units;
    assert_eq!(total, invoice.total.minor_units);
}

proptest! {
    /// Whatever is on a quote, a pocket calculator agrees with it.
    #[test]
    fn the_sum_shown_is_the_sum_of_what_is_shown(lines in lines(), terms in terms()) {
        let sums = sums(&lines, &terms).unwrap();
        let mut net = 0;
        for (line, sum) in lines.iter().zip(&sums.lines) {
            prop_assert_eq!(sum.gross.minor_units - sum.discount.minor_units, sum.net.minor_units);
            net += if line.is_in { sum.net.minor_units } else { 0 };
        }
        prop_assert_eq!(net, sums.first.net.minor_units);
        assert_adds_up(&sums.first);
        assert_adds_up(&sums.term);
        sums.periods.iter().for_each(|(_, invoice)| assert_adds_up(invoice));
    }

    /// A quote and the one that takes all of it back are nothing together.
    #[test]
    fn what_is_taken_back_is_what_it_was(lines in lines(), terms in terms()) {
        let mut back = lines.clone();
        back.iter_mut().for_each(|line| line.quantity = -line.quantity);
        let (one, other) = (sums(&lines, &terms).unwrap(), sums(&back, &terms).unwrap());
        prop_assert_eq!(one.term.total.minor_units, -other.term.total.minor_units);
    }
}
