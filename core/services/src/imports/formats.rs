//! How dates and numbers are written in a column: told from its values, and read into what every field understands.

use super::currencies::without_any;
use model::jiff::civil::Time;
use model::{DateOrder, Decimal, Language, NumberForm, RoundingStrategy};

/// What the values of a column said so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Formats {
    dates: [u64; 3],
    /// Both ways possible: `3/4/2026`.
    either_date: u64,
    numbers: [u64; 2],
    /// `1.234`, which is a thousand or has three decimals.
    either_by_point: u64,
    /// `1,234`
    either_by_comma: u64,
}

/// How the values of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told<T> {
    pub(crate) form: T,
    /// The values say so themselves; else it is what is usual.
    pub(crate) is_sure: bool,
}

/// Countries whose people write a point before decimals (CLDR).
const POINT_COUNTRIES: [&str; 30] = [
    "AU", "CA", "CH", "CN", "DO", "GB", "GT", "HK", "HN", "IE", "IL", "IN", "JP", "KE", "KR", "LI", "MT",
    "MX", "MY", "NG", "NI", "NZ", "PA", "PE", "PH", "PR", "SG", "SV", "TH", "US",
];

/// How numbers are written where the company is: what counts where those of a file do not tell.
pub(crate) fn usual_numbers(country: &str) -> NumberForm {
    if POINT_COUNTRIES.contains(&country) { NumberForm::Point } else { NumberForm::Comma }
}

/// How numbers are typed by whoever reads the product in a language.
pub(crate) fn typed_numbers(language: Language) -> NumberForm {
    match language {
        Language::Ca | Language::Es => NumberForm::Comma,
        Language::En => NumberForm::Point,
    }
}

impl Formats {
    /// Looks at one value; empty ones say nothing.
    pub(crate) fn look(&mut self, text: &str) {
        if let Some(order) = order_of(text) {
            match order {
                Seen::One(order) => self.dates[order as usize] += 1,
                Seen::Either => self.either_date += 1,
            }
        } else if let Some(form) = form_of(text) {
            match form {
                Seen::One(form) => self.numbers[form as usize] += 1,
                Seen::Either if text.contains('.') => self.either_by_point += 1,
                Seen::Either => self.either_by_comma += 1,
            }
        }
    }

    /// The order of a column, by what most of its dates say, whatever else stands in it; where none of them tells, as
    /// `usual`. A year of four digits in front is read in every order, so it says nothing about the others.
    pub(crate) fn dates(&self, usual: DateOrder) -> Option<Told<DateOrder>> {
        let all = self.dates.iter().sum::<u64>() + self.either_date;
        if all == 0 {
            return None;
        }
        let votes = |order: DateOrder| self.dates[order as usize];
        let (day, month) = (votes(DateOrder::DayFirst), votes(DateOrder::MonthFirst));
        Some(match (day + month, self.either_date) {
            (0, 0) => Told { form: DateOrder::YearFirst, is_sure: true },
            (0, _) => Told { form: usual, is_sure: false },
            _ if month > day => Told { form: DateOrder::MonthFirst, is_sure: true },
            _ => Told { form: DateOrder::DayFirst, is_sure: true },
        })
    }

    /// The same for numbers. Amounts have no three decimals: the sign before their last three digits is that of thousands.
    pub(crate) fn numbers(&self, usual: NumberForm, are_amounts: bool) -> Option<Told<NumberForm>> {
        let either = self.either_by_point + self.either_by_comma;
        let all = self.numbers.iter().sum::<u64>() + either;
        if all == 0 {
            return None;
        }
        let votes = |form: NumberForm| self.numbers[form as usize];
        let (comma, point) = (votes(NumberForm::Comma), votes(NumberForm::Point));
        Some(match (comma + point, self.either_by_point, self.either_by_comma) {
            (0, _, 0) if are_amounts => Told { form: NumberForm::Comma, is_sure: true },
            (0, 0, _) if are_amounts => Told { form: NumberForm::Point, is_sure: true },
            (0, _, _) => Told { form: usual, is_sure: false },
            _ if point > comma => Told { form: NumberForm::Point, is_sure: true },
            _ => Told { form: NumberForm::Comma, is_sure: true },
        })
    }
}

enum Seen<T> {
    One(T),
    Either,
}

/// Days, months and years between `/`, `-` or `.`, perhaps with a time behind.
fn parts_of(text: &str) -> Option<([u32; 3], [usize; 3])> {
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let sign = day.chars().find(|character| !character.is_ascii_digit())?;
    if !matches!(sign, '/' | '-' | '.') {
        return None;
    }
    let parts: Vec<&str> = day.split(sign).collect();
    let [first, second, third] = parts[..] else { return None };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4);
    Some(([number(first)?, number(second)?, number(third)?], [first.len(), second.len(), third.len()]))
}

fn order_of(text: &str) -> Option<Seen<DateOrder>> {
    let ([first, second, third], widths) = parts_of(text)?;
    let is_day = |part: u32| (1..=31).contains(&part);
    let is_month = |part: u32| (1..=12).contains(&part);
    if widths[0] == 4 {
        return (is_month(second) && is_day(third)).then_some(Seen::One(DateOrder::YearFirst));
    }
    if widths[2] != 4 && widths[2] != 2 {
        return None;
    }
    match (is_day(first) && is_month(second), is_month(first) && is_day(second)) {
        (true, true) if first == second => Some(Seen::Either),
        (true, true) => Some(Seen::Either),
        (true, false) => Some(Seen::One(DateOrder::DayFirst)),
        (false, true) => Some(Seen::One(DateOrder::MonthFirst)),
        (false, false) => None,
    }
}

/// Longer texts are no numbers, with whatever stands around them.
const NUMBER_BYTES_MAX: usize = 60;

/// Without currencies, percent and spaces.
fn bare_number(text: &str) -> String {
    let is_sign = |character: &char| character.is_whitespace() || "€$£%'’".contains(*character);
    let bare: String = without_any(text).chars().filter(|character| !is_sign(character)).collect();
    bare.trim_start_matches(['-', '+', '−']).to_owned()
}

fn form_of(text: &str) -> Option<Seen<NumberForm>> {
    if text.len() > NUMBER_BYTES_MAX {
        return None;
    }
    let bare = bare_number(text);
    let is_number = bare.chars().all(|character| character.is_ascii_digit() || ".,".contains(character))
        && bare.chars().any(|character| character.is_ascii_digit());
    if !is_number {
        return None;
    }
    let (points, commas) = (bare.matches('.').count(), bare.matches(',').count());
    let after = |sign| bare.rsplit(sign).next().map_or(0, str::len);
    Some(match (points, commas) {
        (0, 0) => return None,
        (_, 0) if points > 1 => Seen::One(NumberForm::Comma),
        (0, _) if commas > 1 => Seen::One(NumberForm::Point),
        (1, 0) if after('.') == 3 && !bare.starts_with("0.") => Seen::Either,
        (0, 1) if after(',') == 3 && !bare.starts_with("0,") => Seen::Either,
        (1, 0) => Seen::One(NumberForm::Point),
        (0, 1) => Seen::One(NumberForm::Comma),
        _ if bare.rfind(',') > bare.rfind('.') => Seen::One(NumberForm::Comma),
        _ => Seen::One(NumberForm::Point),
    })
}

/// A date of the column in ISO order; what is no date of this order stays as it is, to be told of. A time behind it goes
/// with a date in ISO order and is left out otherwise: dates have none.
pub(crate) fn iso_date(text: &str, order: Option<DateOrder>) -> String {
    let Some(([first, second, third], widths)) = parts_of(text) else {
        return text.to_owned();
    };
    let (year, month, day) = match order {
        _ if widths[0] == 4 => (first, second, third),
        Some(DateOrder::MonthFirst) => (third, first, second),
        Some(DateOrder::DayFirst) => (third, second, first),
        // Years of two digits may stand in front, too.
        Some(DateOrder::YearFirst) => (first, second, third),
        None => return text.to_owned(),
    };
    let year = if year < 100 { 2000 + year } else { year };
    if month > 12 || day > 31 || month == 0 || day == 0 {
        return text.to_owned();
    }
    format!("{year:04}-{month:02}-{day:02}")
}

/// The time of day behind a date, also in halves of twelve hours. Midnight is none: spreadsheets write a day so.
pub(crate) fn time_behind(text: &str) -> Option<Time> {
    let (_, behind) = text.split_once([' ', 'T'])?;
    let behind = behind.trim().to_ascii_uppercase();
    let halves = [("AM", 0), ("PM", 12)];
    let half = halves.into_iter().find_map(|(sign, hours)| Some((behind.strip_suffix(sign)?, hours)));
    let clock = half.map_or(behind.as_str(), |(clock, _)| clock).trim();
    let is_short = clock.find(':') == Some(1);
    let time: Time = if is_short { format!("0{clock}").parse() } else { clock.parse() }.ok()?;
    let time = match half {
        Some((_, hours)) => time.with().hour(time.hour() % 12 + hours).build().ok()?,
        None => time,
    };
    (time != Time::midnight()).then_some(time)
}

/// A number of a workbook with the two decimals of money, half a cent up; what is too long for one as it is.
pub(crate) fn in_cents(number: &str) -> String {
    let has_more = number.split_once('.').is_some_and(|(_, decimals)| decimals.len() > 2);
    match number.parse::<Decimal>() {
        Ok(exact) if has_more => {
            exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).to_string()
        }
        _ => number.to_owned(),
    }
}

/// A number of the column with a comma before its decimals and nothing between thousands; what is no number of this form
/// stays as it is.
pub(crate) fn plain_number(text: &str, form: Option<NumberForm>) -> String {
    let Some(form) = form else { return text.to_owned() };
    let (decimals, thousands) = match form {
        NumberForm::Comma => (',', '.'),
        NumberForm::Point => ('.', ','),
    };
    let (whole, rest) = text.split_once(decimals).map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).count();
    let groups: Vec<&str> = whole.split(thousands).collect();
    let is_grouped = groups.len() == 1
        || (groups[1..].iter().all(|group| digits(group) == 3) && (1..=3).contains(&digits(groups[0])));
    if !is_grouped || rest.is_some_and(|rest| rest.contains([decimals, thousands])) {
        return text.to_owned();
    }
    let whole = groups.concat();
    match rest {
        // Three decimals would be read as thousands.
        Some(rest) if digits(rest) == 3 => {
            let kept: String = rest.chars().filter(char::is_ascii_digit).collect();
            let behind: String = rest.chars().filter(|character| !character.is_ascii_digit()).collect();
            let kept = kept.trim_end_matches('0');
            if kept.len() == 3 {
                format!("{whole},{kept}0{behind}")
            } else {
                format!("{whole},{kept}{behind}")
            }
        }
        Some(rest) => format!("{whole},{rest}"),
        None => whole,
    }
}
