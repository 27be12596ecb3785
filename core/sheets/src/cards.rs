//! Cards of people and companies (vCard 2.1, 3.0 and 4.0) in, each as a row of a sheet; and out as vCard 3.0, which
//! iOS, Android and Outlook all take whole (of 4.0 they leave out what they do not know).

use crate::csv_in::encoding_of;
use crate::error::{OpenError, Problem, ProblemCode};
use crate::limits::Limits;
use crate::workbook::{Grid, GridBuilder};
use calcard::vcard::{
    VCard, VCardEntry, VCardParameter, VCardParameterName, VCardProperty, VCardType, VCardValue, VCardVersion,
};
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
        let row = card.and_then(|card| VCard::parse(card).ok()).and_then(|card| row_of(number, &card));
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
fn row_of(number: usize, card: &VCard) -> Option<Vec<String>> {
    let of = |name: VCardProperty| card.entries.iter().filter(move |entry| entry.name == name);
    let first = |name: VCardProperty| of(name).map(text_of).find(|text| !text.is_empty()).unwrap_or_default();
    let names = of(VCardProperty::N).next().map(parts_of).unwrap_or_default();
    let name = |place: usize| names.get(place).cloned().unwrap_or_default();
    // Family name, given name, further given names.
    let (mut family, mut given) = (name(0), [name(1), name(2)].join(" ").trim().to_owned());
    let organisation = of(VCardProperty::Org).next().map(parts_of).unwrap_or_default();
    let company = organisation.first().cloned().unwrap_or_default();
    let whole = first(VCardProperty::Fn);
    if given.is_empty() && family.is_empty() && whole != company {
        let (one, rest) = whole.split_once(' ').unwrap_or((&whole, ""));
        (given, family) = (one.to_owned(), rest.trim().to_owned());
    }
    if given.is_empty() && family.is_empty() && company.is_empty() {
        return None;
    }
    let phones = Phones::of(of(VCardProperty::Tel));
    let emails: Vec<&VCardEntry> = preferred(of(VCardProperty::Email));
    let address = preferred(of(VCardProperty::Adr)).first().map(|entry| parts_of(entry)).unwrap_or_default();
    // Post box, further address, street, town, region, postcode, country.
    let place = |place: usize| address.get(place).cloned().unwrap_or_default();
    let street: Vec<String> = [2, 1, 0].into_iter().map(place).filter(|part| !part.is_empty()).collect();
    Some(vec![
        number.to_string(),
        given,
        family,
        company,
        [VCardProperty::Title, VCardProperty::Role]
            .into_iter()
            .map(first)
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
        phones.main,
        phones.mobile,
        phones.others.join("; "),
        emails.first().map(|entry| text_of(entry)).unwrap_or_default(),
        emails
            .iter()
            .skip(1)
            .map(|entry| labelled(entry, &text_of(entry), EMAIL_TYPES))
            .collect::<Vec<_>>()
            .join("; "),
        street.join(", "),
        place(5),
        place(3),
        place(6),
        first(VCardProperty::Url),
        of(VCardProperty::Bday).next().and_then(day_of).unwrap_or_default(),
        first(VCardProperty::Note),
        first(VCardProperty::Uid).trim_start_matches("urn:uuid:").to_owned(),
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
    fn of<'c>(entries: impl Iterator<Item = &'c VCardEntry>) -> Phones {
        let mut phones = Phones::default();
        for entry in preferred(entries) {
            let text = text_of(entry);
            let number = text.trim_start_matches("tel:").split(";ext=").next().unwrap_or_default().to_owned();
            let label = label_of(entry, PHONE_TYPES);
            match label {
                _ if number.is_empty() => {}
                Some("mobile") if phones.mobile.is_empty() => phones.mobile = number,
                // Nobody is called at a fax.
                label if label != Some("fax") && label != Some("mobile") && phones.main.is_empty() => {
                    phones.main = number;
                }
                _ => phones.others.push(labelled(entry, &number, PHONE_TYPES)),
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

fn label_of(entry: &VCardEntry, known: &[(&str, &'static str)]) -> Option<&'static str> {
    let types = types_of(entry);
    known.iter().find(|(name, _)| types.iter().any(|kind| kind == name)).map(|(_, label)| *label)
}

/// A value with what it is for before it, as lists within a record are read.
fn labelled(entry: &VCardEntry, value: &str, known: &[(&str, &'static str)]) -> String {
    match label_of(entry, known) {
        Some(label) => format!("{label}:{value}"),
        None => value.to_owned(),
    }
}

/// `TYPE=CELL,VOICE` of later versions, `;CELL;VOICE` of 2.1; lower case.
fn types_of(entry: &VCardEntry) -> Vec<String> {
    let of = |param: &VCardParameter| match (&param.name, &param.value) {
        (VCardParameterName::Type, value) => value.as_text().map(str::to_lowercase),
        (VCardParameterName::Other(name), _) => Some(name.to_lowercase()),
        _ => None,
    };
    let words = entry.params.iter().filter_map(of);
    words.flat_map(|word| word.split(',').map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Those that are said to be preferred first, else in their order.
fn preferred<'c>(entries: impl Iterator<Item = &'c VCardEntry>) -> Vec<&'c VCardEntry> {
    let mut sorted: Vec<&VCardEntry> = entries.filter(|entry| !text_of(entry).is_empty()).collect();
    let is_preferred = |entry: &&VCardEntry| {
        entry.params.iter().any(|param| param.name == VCardParameterName::Pref)
            || types_of(entry).iter().any(|kind| kind == "pref")
    };
    sorted.sort_by_key(|entry| !is_preferred(entry));
    sorted
}

fn text_of(entry: &VCardEntry) -> String {
    let texts = parts_of(entry);
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The parts of a value; pictures and the like are none.
fn parts_of(entry: &VCardEntry) -> Vec<String> {
    let part = |value: &VCardValue| match value {
        VCardValue::Component(texts) => texts.join(" "),
        value => value.as_text().unwrap_or_default().to_owned(),
    };
    let one_line = |text: String| match entry.name {
        VCardProperty::Note => text.trim().replace("\r\n", "\n"),
        _ => text.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    entry.values.iter().map(part).map(one_line).collect()
}

/// A birthday with its year; others are no day.
fn day_of(entry: &VCardEntry) -> Option<String> {
    match entry.values.first()? {
        VCardValue::PartialDateTime(when) => {
            let (year, month, day) = (when.year?, when.month?, when.day?);
            let date =
                Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
            date.ok().map(|date| date.to_string())
        }
        value => value.as_text()?.get(..10)?.parse::<Date>().ok().map(|date| date.to_string()),
    }
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
        // Writing into a string does not fail.
        let _ = VCard { entries: entries_of(card) }.write_to(&mut text, VCardVersion::V3_0);
    }
    text.into_bytes()
}

fn entries_of(card: &Card) -> Vec<VCardEntry> {
    let text = |text: &str| VCardValue::Text(text.to_owned());
    let one = |name: VCardProperty, value: &str| {
        (!value.is_empty()).then(|| VCardEntry::new(name).with_value(text(value)))
    };
    let names = [&card.family_name, &card.given_name].map(|name| text(name));
    let names = names.into_iter().chain(std::iter::repeat_with(|| text("")).take(3)).collect();
    let mut entries = vec![
        VCardEntry::new(VCardProperty::Fn).with_value(text(&card.name)),
        VCardEntry::new(VCardProperty::N).with_values(names),
    ];
    entries.extend(one(VCardProperty::Org, &card.company));
    entries.extend(one(VCardProperty::Title, &card.job_title));
    for (label, number) in &card.phones {
        entries.extend(one(VCardProperty::Tel, number).map(|entry| with_types(entry, label, true)));
    }
    for (label, address) in &card.emails {
        entries.extend(one(VCardProperty::Email, address).map(|entry| with_types(entry, label, false)));
    }
    for address in &card.addresses {
        let parts = ["", "", &address.street, &address.town, "", &address.postcode, &address.country];
        let entry = VCardEntry::new(VCardProperty::Adr).with_values(parts.into_iter().map(text).collect());
        entries.push(with_types(entry, &address.label, false));
    }
    entries.extend(one(VCardProperty::Url, &card.website));
    entries.extend(card.birthday.and_then(|day| one(VCardProperty::Bday, &day.to_string())));
    entries.extend(one(VCardProperty::Note, &card.note));
    entries.extend(one(VCardProperty::Uid, &card.id).map(|mut entry| {
        entry.values = vec![text(&format!("urn:uuid:{}", card.id))];
        entry
    }));
    if card.of == CardOf::Company {
        // Apple's: shows the company's name instead of a person's.
        entries.extend(one(VCardProperty::Other("X-ABShowAs".to_owned()), "COMPANY"));
    }
    entries
}

fn with_types(entry: VCardEntry, label: &str, is_phone: bool) -> VCardEntry {
    let kind = match label {
        "mobile" => VCardType::Cell,
        "home" => VCardType::Home,
        "fax" => VCardType::Fax,
        "billing" => VCardType::Billing,
        "delivery" => VCardType::Delivery,
        "work" | "office" => VCardType::Work,
        _ => return entry,
    };
    let entry = entry.with_param(VCardParameter::typ(kind));
    // A fax without this would be one at home.
    if is_phone && label == "fax" { entry.with_param(VCardParameter::typ(VCardType::Work)) } else { entry }
}
