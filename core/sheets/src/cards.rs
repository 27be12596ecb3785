//! Cards of people and companies (vCard 2.1, 3.0 and 4.0) in, each as a row of a sheet; and out as vCard 3.0, which
//! iOS, Android and Outlook all take whole (of 4.0 they leave out what they do not know).

use crate::card_lines::{CardLine, lines};
use crate::csv_in::encoding_of;
use crate::error::{OpenError, Problem, ProblemCode};
use crate::limits::Limits;
use crate::workbook::{Grid, GridBuilder};
use model::jiff::civil::Date;

/// The media type of such files (RFC 6350).
pub const CARDS_TYPE: &str = "text/vcard; charset=utf-8";

/// The columns of the sheet that cards become, in order. Their names are words that imports know.
const COLUMNS: [&str; 18] = [
    "Card",
    "First name",
    "Last name",
    "Company",
    "Job title",
    "Phone",
    "Mobile",
    "Other phones",
    "Email",
    "Other emails",
    "Address",
    "Postal code",
    "City",
    "Country",
    "Website",
    "Birthday",
    "Description",
    "External key",
];

/// Lines of one card; a picture in it has some thousand.
const CARD_LINES_MAX: usize = 200_000;

/// Whether a text is cards: it begins with one.
pub(crate) fn are_cards(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    text.get(..BEGIN.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(BEGIN.as_bytes()))
}

const BEGIN: &str = "BEGIN:VCARD";
const END: &str = "END:VCARD";

/// All cards as rows; the number of a row is that of its card. One that cannot be read is a row that says so.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<(Grid, &'static str), OpenError> {
    let encoding = encoding_of(bytes);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let mut builder = GridBuilder::new(limits);
    builder.put_row(0, COLUMNS.map(str::to_owned).to_vec(), Vec::new())?;
    for (place, card) in split(&text).into_iter().enumerate() {
        let number = place + 1;
        let row = card.and_then(|card| row_of(number, &lines(&card)));
        let (cells, problems) = match row {
            Some(cells) => (cells, Vec::new()),
            None => {
                let text = number.to_string();
                let problem = Problem { row: number, column: 0, code: ProblemCode::BrokenCard, text };
                (vec![number.to_string()], vec![problem])
            }
        };
        builder.put_row(number, cells, problems)?;
    }
    Ok((builder.finish()?, encoding.name()))
}

/// The cards one by one; nothing in place of one that does not end before the next begins.
fn split(text: &str) -> Vec<Option<String>> {
    let mut cards = Vec::new();
    let mut open: Option<(String, usize)> = None;
    for line in text.lines() {
        let bare = line.trim();
        if bare.eq_ignore_ascii_case(BEGIN) {
            cards.extend(open.take().map(|_| None));
            open = Some((String::new(), 0));
        }
        let Some((card, lines)) = &mut open else { continue };
        if *lines < CARD_LINES_MAX {
            card.push_str(line);
            card.push_str("\r\n");
            *lines += 1;
        }
        if bare.eq_ignore_ascii_case(END) {
            cards.extend(open.take().map(|(card, lines)| (lines < CARD_LINES_MAX).then_some(card)));
        }
    }
    cards.extend(open.map(|_| None));
    cards
}

/// The cells of a card; nothing where it names nobody.
fn row_of(number: usize, card: &[CardLine]) -> Option<Vec<String>> {
    let of = |name: &'static str| card.iter().filter(move |line| line.name == name);
    let first = |name| of(name).map(text_of).find(|text| !text.is_empty()).unwrap_or_default();
    let names = of("N").next().map(parts_of).unwrap_or_default();
    let name = |place: usize| names.get(place).cloned().unwrap_or_default();
    // Family name, given name, further given names.
    let (mut family, mut given) = (name(0), [name(1), name(2)].join(" ").trim().to_owned());
    let company = of("ORG").next().and_then(|line| parts_of(line).into_iter().next()).unwrap_or_default();
    let whole = first("FN");
    if given.is_empty() && family.is_empty() && whole != company {
        let (one, rest) = whole.split_once(' ').unwrap_or((&whole, ""));
        (given, family) = (one.to_owned(), rest.trim().to_owned());
    }
    if given.is_empty() && family.is_empty() && company.is_empty() {
        return None;
    }
    let phones = Phones::of(of("TEL"));
    let emails = preferred(of("EMAIL"));
    let further: Vec<String> =
        emails.iter().skip(1).map(|line| labelled(line, &text_of(line), EMAIL_TYPES)).collect();
    let address = preferred(of("ADR")).first().map(|line| parts_of(line)).unwrap_or_default();
    // Post box, further address, street, town, region, postcode, country.
    let place = |place: usize| address.get(place).cloned().unwrap_or_default();
    let street: Vec<String> = [2, 1, 0].into_iter().map(place).filter(|part| !part.is_empty()).collect();
    let job = ["TITLE", "ROLE"].into_iter().map(first).find(|text| !text.is_empty());
    Some(vec![
        number.to_string(),
        given,
        family,
        company,
        job.unwrap_or_default(),
        phones.main,
        phones.mobile,
        phones.others.join("; "),
        emails.first().map(|line| text_of(line)).unwrap_or_default(),
        further.join("; "),
        street.join(", "),
        place(5),
        place(3),
        place(6),
        first("URL"),
        of("BDAY").next().and_then(day_of).unwrap_or_default(),
        of("NOTE").next().map(|line| line.text().trim().replace("\r\n", "\n")).unwrap_or_default(),
        first("UID").trim_start_matches("urn:uuid:").to_owned(),
    ])
}

/// Phones by what they are for.
#[derive(Default)]
struct Phones {
    main: String,
    mobile: String,
    others: Vec<String>,
}

impl Phones {
    fn of<'c>(lines: impl Iterator<Item = &'c CardLine>) -> Phones {
        let mut phones = Phones::default();
        for line in preferred(lines) {
            let text = text_of(line);
            let number = text.trim_start_matches("tel:").split(";ext=").next().unwrap_or_default().to_owned();
            let label = label_of(line, PHONE_TYPES);
            match label {
                _ if number.is_empty() => {}
                Some("mobile") if phones.mobile.is_empty() => phones.mobile = number,
                // Nobody is called at a fax.
                label if label != Some("fax") && label != Some("mobile") && phones.main.is_empty() => {
                    phones.main = number;
                }
                _ => phones.others.push(labelled(line, &number, PHONE_TYPES)),
            }
        }
        phones
    }
}

/// What cards call a phone, and what we do.
const PHONE_TYPES: &[(&str, &str)] = &[
    ("fax", "fax"),
    ("cell", "mobile"),
    ("mobile", "mobile"),
    ("iphone", "mobile"),
    ("home", "home"),
    ("work", "work"),
];
const EMAIL_TYPES: &[(&str, &str)] = &[("billing", "billing"), ("home", "home"), ("work", "work")];

fn label_of(line: &CardLine, known: &[(&str, &'static str)]) -> Option<&'static str> {
    let types = line.types();
    known.iter().find(|(name, _)| types.iter().any(|kind| kind == name)).map(|(_, label)| *label)
}

/// A value with what it is for before it, as lists within a record are read.
fn labelled(line: &CardLine, value: &str, known: &[(&str, &'static str)]) -> String {
    match label_of(line, known) {
        Some(label) => format!("{label}:{value}"),
        None => value.to_owned(),
    }
}

/// Those that are said to be preferred first, else in their order.
fn preferred<'c>(lines: impl Iterator<Item = &'c CardLine>) -> Vec<&'c CardLine> {
    let mut sorted: Vec<&CardLine> = lines.filter(|line| !text_of(line).is_empty()).collect();
    sorted.sort_by_key(|line| !line.has_param("pref") && !line.types().iter().any(|kind| kind == "pref"));
    sorted
}

fn text_of(line: &CardLine) -> String {
    one_line(&line.text())
}

fn parts_of(line: &CardLine) -> Vec<String> {
    line.parts().iter().map(|part| one_line(part)).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What Apple writes at a day whose year is not known: the year that stands there is one in its place, 1604.
const NO_YEAR: &str = "x-apple-omit-year";

/// A birthday with its year, `1980-05-21` or `19800521`; others are no day.
fn day_of(line: &CardLine) -> Option<String> {
    if line.has_param(NO_YEAR) {
        return None;
    }
    let text = text_of(line);
    let day = text.split('T').next().unwrap_or_default();
    let day: Option<Date> = match day.len() {
        8 if day.bytes().all(|byte| byte.is_ascii_digit()) => Date::strptime("%Y%m%d", day).ok(),
        _ => day.parse().ok(),
    };
    day.map(|day| day.to_string())
}

/// Whom a card is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CardOf {
    #[default]
    Person,
    Company,
}

/// An address of a card.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CardAddress {
    pub label: String,
    pub street: String,
    pub postcode: String,
    pub town: String,
    pub country: String,
}

/// What a card says; empty texts are left out. Labels are those of the lists within records: `mobile`, `billing`…
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Card {
    pub of: CardOf,
    pub id: String,
    /// What phones show.
    pub name: String,
    pub given_name: String,
    pub family_name: String,
    pub company: String,
    pub job_title: String,
    /// Label and number, the main one first.
    pub phones: Vec<(String, String)>,
    pub emails: Vec<(String, String)>,
    pub addresses: Vec<CardAddress>,
    pub website: String,
    pub birthday: Option<Date>,
    pub note: String,
}

/// The cards as one file.
pub fn write_cards(cards: &[Card]) -> Vec<u8> {
    let mut text = String::new();
    for card in cards {
        text.push_str("BEGIN:VCARD\r\nVERSION:3.0\r\n");
        for line in lines_of(card) {
            line.write_to(&mut text);
        }
        text.push_str("END:VCARD\r\n");
    }
    text.into_bytes()
}

fn lines_of(card: &Card) -> Vec<CardLine> {
    let mut lines = vec![
        CardLine::new("FN", &[], &[&card.name]),
        CardLine::new("N", &[], &[&card.family_name, &card.given_name, "", "", ""]),
    ];
    let mut add = |name: &str, label: &str, parts: &[&str]| {
        if parts.iter().any(|part| !part.is_empty()) {
            let kinds = types_of(name, label);
            let params: Vec<(&str, &str)> = kinds.iter().map(|kind| ("type", *kind)).collect();
            lines.push(CardLine::new(name, &params, parts));
        }
    };
    add("ORG", "", &[&card.company]);
    add("TITLE", "", &[&card.job_title]);
    for (label, number) in &card.phones {
        add("TEL", label, &[number]);
    }
    for (label, address) in &card.emails {
        add("EMAIL", label, &[address]);
    }
    for address in &card.addresses {
        let parts = ["", "", &address.street, &address.town, "", &address.postcode, &address.country];
        add("ADR", &address.label, &parts);
    }
    add("URL", "", &[&card.website]);
    add("BDAY", "", &[&card.birthday.map(|day| day.to_string()).unwrap_or_default()]);
    add("NOTE", "", &[&card.note]);
    if !card.id.is_empty() {
        add("UID", "", &[&format!("urn:uuid:{}", card.id)]);
    }
    if card.of == CardOf::Company {
        // Apple's: shows the company's name instead of a person's.
        add("X-ABSHOWAS", "", &["COMPANY"]);
    }
    lines
}

/// What cards call a label.
fn types_of(name: &str, label: &str) -> &'static [&'static str] {
    match label {
        "mobile" => &["CELL"],
        "home" => &["HOME"],
        "fax" => &["WORK", "FAX"],
        "billing" if name == "EMAIL" => &["BILLING"],
        "delivery" => &["PARCEL"],
        "work" | "office" | "billing" => &["WORK"],
        _ => &[],
    }
}
