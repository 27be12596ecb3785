//! Numbers, money, dates and lists as each language writes them (`language.md` 4.3, after CLDR 48).

use crate::Locale;
use crate::messages::t;
use model::jiff::civil::{Date, Weekday};
use model::jiff::tz::TimeZone;
use model::jiff::{Timestamp, ZonedDateTime};
use model::{Currency, Language, Money};

pub use model::display_phone as phone;

/// Stands between a number and its unit, so that they stay on one line.
const NO_BREAK_SPACE: char = '\u{a0}';

/// `12345` becomes `12.345`, in English `12,345`.
pub fn integer(language: impl Into<Language>, number: i64) -> String {
    let language: Language = language.into();
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(group_mark(language));
        }
        text.push(digit);
    }
    text
}

/// A count, however it is kept.
pub fn count(language: impl Into<Language>, number: u64) -> String {
    let language: Language = language.into();
    integer(language, i64::try_from(number).unwrap_or(i64::MAX))
}

/// Hundredths with two decimals: `123450` becomes `1.234,50`.
pub fn hundredths(language: impl Into<Language>, number: i64) -> String {
    let language: Language = language.into();
    let sign = if number < 0 { "-" } else { "" };
    let whole = i64::try_from(number.unsigned_abs() / 100).unwrap_or(i64::MAX);
    let rest = number.unsigned_abs() % 100;
    format!("{sign}{}{}{rest:02}", integer(language, whole), decimal_mark(language))
}

/// A decimal number as it is kept (`1234.5`) as the language writes it: `1.234,5`.
pub fn decimal(language: impl Into<Language>, number: &str) -> String {
    let language: Language = language.into();
    let (sign, bare) = number.strip_prefix('-').map_or(("", number), |bare| ("-", bare));
    let (whole, decimals) = bare.split_once('.').unwrap_or((bare, ""));
    let Ok(whole) = whole.parse() else {
        return number.to_owned();
    };
    let mark = if decimals.is_empty() { String::new() } else { decimal_mark(language).to_string() };
    format!("{sign}{}{mark}{decimals}", integer(language, whole))
}

/// `1.234,50 €`; in English `€1,234.50`. Grouping is always there, so that columns align.
pub fn money(language: impl Into<Language>, money: Money) -> String {
    let language: Language = language.into();
    with_currency(language, money.currency, money.minor_units < 0, |language| {
        hundredths(language, abs(money.minor_units))
    })
}

/// Without cents, rounded half up: for charts and tiles.
pub fn money_whole(language: impl Into<Language>, money: Money) -> String {
    let language: Language = language.into();
    let units = (abs(money.minor_units) + 50) / 100;
    with_currency(language, money.currency, money.minor_units < 0, |language| integer(language, units))
}

/// Tenths of a percent: `123` becomes `12,3 %`.
pub fn percent(language: impl Into<Language>, per_mille: i64) -> String {
    let language: Language = language.into();
    let sign = if per_mille < 0 { "-" } else { "" };
    let (whole, tenth) = (abs(per_mille) / 10, abs(per_mille) % 10);
    let mut text = format!("{sign}{}", integer(language, whole));
    if tenth != 0 {
        text.push(decimal_mark(language));
        text.push_str(&tenth.to_string());
    }
    if language != Language::En {
        text.push(NO_BREAK_SPACE);
    }
    text.push('%');
    text
}

/// The difference in tenths of a percent, or nothing where there is nothing to compare with.
pub fn change_per_mille(current: i64, before: i64) -> Option<i64> {
    if before <= 0 {
        return None;
    }
    let scaled = (current - before).checked_mul(2_000)? / before;
    Some((scaled + scaled.signum()) / 2)
}

/// `1.536` bytes become `1,5 kB`.
pub fn size(language: impl Into<Language>, bytes: u64) -> String {
    let language: Language = language.into();
    let (unit_bytes, unit) = match bytes {
        0..1_000 => return format!("{bytes}{NO_BREAK_SPACE}B"),
        1_000..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let tenths = bytes * 10 / unit_bytes;
    let whole = count(language, tenths / 10);
    let mark = decimal_mark(language);
    match tenths % 10 {
        0 => format!("{whole}{NO_BREAK_SPACE}{unit}"),
        tenth => format!("{whole}{mark}{tenth}{NO_BREAK_SPACE}{unit}"),
    }
}

/// `23/11/2026`.
pub fn date_short(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// `23 de novembre del 2026`, `1 d’abril del 2026`; `23 November 2026`.
pub fn date_long(language: impl Into<Language>, date: Date) -> String {
    let language: Language = language.into();
    let (day, month, year) = (date.day(), month_name(language, date.month()), date.year());
    match language {
        Language::Ca => format!("{day} {}{month} del {year}", de(month)),
        Language::Es => format!("{day} de {month} de {year}"),
        Language::En => format!("{day} {month} {year}"),
    }
}

/// `23 de nov. 2026`; `23 nov 2026`; `23 Nov 2026`.
pub fn date_medium(language: impl Into<Language>, date: Date) -> String {
    let language: Language = language.into();
    let (day, month, year) = (date.day(), month_short(language, date.month()), date.year());
    match language {
        Language::Ca => format!("{day} {}{month} {year}", de(month)),
        Language::Es | Language::En => format!("{day} {month} {year}"),
    }
}

/// `23/11/2026 17:05`, with a comma in Spanish and English.
pub fn date_time(language: impl Into<Language>, instant: Timestamp, zone: &TimeZone) -> String {
    let local = instant.to_zoned_datetime(zone.clone());
    day_and_time(language, local.date(), &clock(&local))
}

/// The same where the time is there in words: `23/11/2026 17:05:09 CET`.
pub fn day_and_time(language: impl Into<Language>, day: Date, time: &str) -> String {
    let comma = if language.into() == Language::Ca { "" } else { "," };
    format!("{}{comma} {time}", date_short(day))
}

/// `17:05`.
pub fn time_of_day(instant: Timestamp, zone: &TimeZone) -> String {
    clock(&instant.to_zoned_datetime(zone.clone()))
}

/// How long ago, as people say it; past a week, the date.
pub fn relative<'l>(
    language: impl Into<Locale<'l>>,
    instant: Timestamp,
    now: Timestamp,
    zone: &TimeZone,
) -> String {
    let language: Locale<'_> = language.into();
    const WEEK_DAYS: i64 = 7;
    let seconds = now.as_second() - instant.as_second();
    let today = now.to_zoned_datetime(zone.clone()).date();
    let that_day = instant.to_zoned_datetime(zone.clone()).date();
    let days = days_between(that_day, today);
    match (seconds, days) {
        (-60..60, _) => t!(language, "common-just-now"),
        (60..3_600, _) => t!(language, "common-minutes-ago", count = seconds / 60),
        (3_600.., 0) => t!(language, "common-hours-ago", count = seconds / 3_600),
        (_, days) if days.abs() < WEEK_DAYS => relative_days(language, -days),
        _ => date_short(that_day),
    }
}

/// «fa 3 dies · 20/11/2026 10:12»; once where the first is but the day of the other.
pub fn twice(relative: &str, exactly: &str) -> String {
    if exactly.starts_with(relative) { exactly.to_owned() } else { format!("{relative} · {exactly}") }
}

/// `-1` is yesterday, `14` is in two weeks.
pub fn relative_days<'l>(language: impl Into<Locale<'l>>, days: i64) -> String {
    let language: Locale<'_> = language.into();
    match days {
        0 => t!(language, "common-today"),
        -1 => t!(language, "common-yesterday"),
        1 => t!(language, "common-tomorrow"),
        14.. if days % 7 == 0 => t!(language, "common-in-weeks", count = days / 7),
        2.. => t!(language, "common-in-days", count = days),
        _ => t!(language, "common-days-ago", count = -days),
    }
}

/// `A, B i C`.
pub fn list(language: impl Into<Language>, items: &[impl AsRef<str>]) -> String {
    let language: Language = language.into();
    let Some((last, rest)) = items.split_last() else {
        return String::new();
    };
    let last = last.as_ref();
    if rest.is_empty() {
        return last.to_owned();
    }
    let first = rest.iter().map(|item| item.as_ref()).collect::<Vec<_>>().join(", ");
    let and = match language {
        Language::Ca => "i",
        Language::Es if sounds_like_i(last) => "e",
        Language::Es => "y",
        Language::En => "and",
    };
    format!("{first} {and} {last}")
}

/// The month's name, 1 to 12.
pub fn month_name(language: impl Into<Language>, month: i8) -> &'static str {
    let language: Language = language.into();
    let names = match language {
        Language::Ca => [
            "gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre",
            "novembre", "desembre",
        ],
        Language::Es => [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        Language::En => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    };
    pick(names, month)
}

/// `gen.`, `ene`, `Jan`.
pub fn month_short(language: impl Into<Language>, month: i8) -> &'static str {
    let language: Language = language.into();
    let names = match language {
        Language::Ca => {
            ["gen.", "febr.", "març", "abr.", "maig", "juny", "jul.", "ag.", "set.", "oct.", "nov.", "des."]
        }
        Language::Es => ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
        Language::En => {
            ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"]
        }
    };
    pick(names, month)
}

/// `dl.`, `lun`, `Mon`.
pub fn weekday_short(language: impl Into<Language>, day: Weekday) -> &'static str {
    let language: Language = language.into();
    let names = match language {
        Language::Ca => ["dl.", "dt.", "dc.", "dj.", "dv.", "ds.", "dg."],
        Language::Es => ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
        Language::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    };
    let index = usize::try_from(day.to_monday_zero_offset()).unwrap_or_default();
    names.get(index).copied().unwrap_or_default()
}

/// The label of a fiscal year that begins in `year`: `2026`, or `2026-27` if it does not begin in January.
pub fn fiscal_year(year: i16, start_month: i8) -> String {
    if start_month == 1 { year.to_string() } else { format!("{year}-{:02}", (year + 1) % 100) }
}

/// Two letters for an avatar.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).collect::<String>().to_uppercase()
}

fn with_currency(
    language: Language,
    currency: Currency,
    negative: bool,
    number: impl Fn(Language) -> String,
) -> String {
    let sign = if negative { "-" } else { "" };
    let number = number(language);
    let symbol = currency.symbol();
    match language {
        Language::En if symbol.len() > 2 && symbol.is_ascii() => {
            format!("{sign}{symbol}{NO_BREAK_SPACE}{number}")
        }
        Language::En => format!("{sign}{symbol}{number}"),
        Language::Ca | Language::Es => format!("{sign}{number}{NO_BREAK_SPACE}{symbol}"),
    }
}

fn clock(local: &ZonedDateTime) -> String {
    format!("{:02}:{:02}", local.hour(), local.minute())
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// Catalan elides the preposition before a vowel.
fn de(month: &str) -> &'static str {
    if month.starts_with(['a', 'e', 'i', 'o', 'u']) { "d’" } else { "de " }
}

/// Spanish says «e» before an i sound, but not before «hie».
fn sounds_like_i(word: &str) -> bool {
    let lower = word.to_lowercase();
    (lower.starts_with('i') || lower.starts_with("hi") || lower.starts_with('í'))
        && !lower.starts_with("hie")
        && !lower.starts_with("hia")
}

fn pick(names: [&'static str; 12], month: i8) -> &'static str {
    let index = usize::try_from(month - 1).unwrap_or_default();
    names.get(index).copied().unwrap_or_default()
}

fn abs(number: i64) -> i64 {
    number.checked_abs().unwrap_or(i64::MAX)
}

fn group_mark(language: Language) -> char {
    if language == Language::En { ',' } else { '.' }
}

fn decimal_mark(language: Language) -> char {
    if language == Language::En { '.' } else { ',' }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::jiff::civil::date;

    /// One row of the table in `language.md`: Catalan, Spanish, English; `~` stands for the no-break space.
    fn check(format: impl Fn(Language) -> String, expected: [&str; 3]) {
        for (language, expected) in Language::ALL.into_iter().zip(expected) {
            assert_eq!(format(language), expected.replace('~', "\u{a0}"));
        }
    }

    fn euros(minor_units: i64) -> Money {
        Money { minor_units, currency: Currency::Eur }
    }

    #[test]
    fn numbers_and_money() {
        check(|l| money(l, euros(123_450)), ["1.234,50~€", "1.234,50~€", "€1,234.50"]);
        check(|l| money(l, euros(-123_450)), ["-1.234,50~€", "-1.234,50~€", "-€1,234.50"]);
        check(|l| money(l, euros(1_234_567)), ["12.345,67~€", "12.345,67~€", "€12,345.67"]);
        check(|l| money_whole(l, euros(99_950)), ["1.000~€", "1.000~€", "€1,000"]);
        check(|l| percent(l, 123), ["12,3~%", "12,3~%", "12.3%"]);
        check(|l| percent(l, -50), ["-5~%", "-5~%", "-5%"]);
        check(|l| integer(l, 1_000_000), ["1.000.000", "1.000.000", "1,000,000"]);
        check(|l| size(l, 1_536), ["1,5~kB", "1,5~kB", "1.5~kB"]);
        let francs = Money { minor_units: 500, currency: Currency::Chf };
        check(|l| money(l, francs), ["5,00~CHF", "5,00~CHF", "CHF~5.00"]);
    }

    #[test]
    fn dates() {
        let day = date(2026, 11, 23);
        check(|_| date_short(day), ["23/11/2026"; 3]);
        check(
            |l| date_long(l, day),
            ["23 de novembre del 2026", "23 de noviembre de 2026", "23 November 2026"],
        );
        check(
            |l| date_long(l, date(2026, 4, 1)),
            ["1 d’abril del 2026", "1 de abril de 2026", "1 April 2026"],
        );
        check(|l| date_medium(l, day), ["23 de nov. 2026", "23 nov 2026", "23 Nov 2026"]);
        let instant = day.at(17, 5, 0, 0).to_zoned_datetime(TimeZone::UTC).unwrap().timestamp();
        check(
            |l| date_time(l, instant, &TimeZone::UTC),
            ["23/11/2026 17:05", "23/11/2026, 17:05", "23/11/2026, 17:05"],
        );
        check(
            |l| day_and_time(l, day, "17:05:09 CET"),
            ["23/11/2026 17:05:09 CET", "23/11/2026, 17:05:09 CET", "23/11/2026, 17:05:09 CET"],
        );
        let said = |hours: i64| {
            let now = instant + model::jiff::SignedDuration::from_hours(hours);
            let exactly = date_time(Language::Ca, instant, &TimeZone::UTC);
            twice(&relative(Language::Ca, instant, now, &TimeZone::UTC), &exactly)
        };
        assert_eq!([said(0), said(240)], ["ara mateix · 23/11/2026 17:05", "23/11/2026 17:05"]);
        check(|l| month_short(l, 9).to_owned(), ["set.", "sept", "Sept"]);
        check(|l| weekday_short(l, Weekday::Monday).to_owned(), ["dl.", "lun", "Mon"]);
        assert_eq!(fiscal_year(2026, 1), "2026");
        assert_eq!(fiscal_year(2026, 9), "2026-27");
    }

    #[test]
    fn days_from_today() {
        check(|l| relative_days(l, -1), ["ahir", "ayer", "yesterday"]);
        check(|l| relative_days(l, 1), ["demà", "mañana", "tomorrow"]);
        check(|l| relative_days(l, -3), ["fa 3 dies", "hace 3 días", "3 days ago"]);
        check(|l| relative_days(l, 14), ["d’aquí a 2 setmanes", "dentro de 2 semanas", "in 2 weeks"]);
    }

    #[test]
    fn lists() {
        check(|l| list(l, &["A", "B", "C"]), ["A, B i C", "A, B y C", "A, B and C"]);
        assert_eq!(list(Language::Es, &["Pau", "Inés"]), "Pau e Inés");
        assert_eq!(list(Language::Es, &["agua", "hielo"]), "agua y hielo");
        assert_eq!(list(Language::Ca, &["A"]), "A");
    }

    #[test]
    fn comparisons() {
        assert_eq!(change_per_mille(112, 100), Some(120));
        assert_eq!(change_per_mille(2, 3), Some(-333));
        assert_eq!(change_per_mille(2, 0), None);
        assert_eq!(initials("Marta Puig i Serra"), "MS");
        assert_eq!(phone("+34972123456"), "972 12 34 56");
    }
}
