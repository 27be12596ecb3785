//! A row of a file read by a plan: the texts of its cells in the fields they go to, mended, with dates and numbers as
//! every field understands them.

use super::currencies::{self, CURRENCY};
use super::formats::{in_cents, iso_date, plain_number, time_behind};
use super::headers::is_given_name;
use super::html::plain_text;
use super::keys::{EXTERNAL_KEY, of_program};
use super::order::is_within;
use super::plans::{
    CLOSED_AT, DISCARD_REASON, DONE_AT, FULL_NAME, HEADER_CHARACTERS_MAX, OWNER, STAGE, is_amount,
};
use super::ways::{self, Ways};
use crate::fields::Field;
use crate::records::Draft;
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::{
    CREATED, Currency, DateOrder, FieldKind, Frame, Import, ImportPlan, Kind, Language, Mending, NumberForm,
    StageKind, fold, single_spaced, without_invisible,
};
use sheets::Row;
use std::collections::{HashMap, HashSet};

/// The value of a cell quoted in a problem, and the one that is mended.
pub(crate) const DETAIL_CHARACTERS_MAX: usize = 60;
/// Kept for where a stage or status asks for it: nobody loses what was won.
const ONLY_WHERE_ASKED: [&str; 2] = ["lost_reason", DISCARD_REASON];

/// A plan made ready for reading many rows.
pub(crate) struct Reading {
    columns: Vec<Option<Target>>,
    headers: Vec<String>,
    mended: HashMap<(String, String), Mending>,
    /// What fields get that need a value where rows have none.
    missing: Vec<(String, String)>,
    /// Fields of the file's silence, in order.
    given: Vec<Given>,
    /// Fields that lead to records.
    links: Vec<(String, Kind)>,
    /// The program whose export the file is: its keys are kept with its name.
    program: Option<String>,
    /// The company's.
    currency: Currency,
    /// Whose leads are, the rules of assignment say.
    is_of_leads: bool,
    /// Codes and folded names of the stages at which opportunities end.
    ends: HashSet<String>,
}

struct Target {
    key: String,
    kind: FieldKind,
    link: Option<Kind>,
    dates: Option<DateOrder>,
    numbers: Option<NumberForm>,
    creates: bool,
    /// Several columns go there: each becomes a line «Header: value».
    shares: bool,
    /// Of a name in several columns: it stands before what is there.
    is_given_name: bool,
    /// The list within the record that it adds to.
    list: Option<&'static str>,
    /// The list that takes what a cell holds besides the first.
    beside: Option<&'static str>,
}

/// A column with how the numbers of the cell at hand are written.
#[derive(Clone, Copy)]
struct Column<'a> {
    target: &'a Target,
    header: &'a str,
    numbers: Option<NumberForm>,
    /// The cell at hand holds a number, not a text.
    is_number: bool,
}

/// What a field gets where the file says nothing.
struct Given {
    key: String,
    text: String,
    /// The list within the record that it adds to.
    list: Option<&'static str>,
}

/// A link of a row that is to be looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkText {
    pub(crate) key: String,
    pub(crate) target: Kind,
    pub(crate) text: String,
    /// The list within the record that it adds to.
    pub(crate) list: Option<&'static str>,
    /// Whether a record that is not there is made.
    pub(crate) creates: bool,
}

/// What a row says.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReadRow {
    pub(crate) draft: Draft,
    pub(crate) links: Vec<LinkText>,
    /// What fields get once they are asked for.
    pub(crate) asked: Vec<(String, String)>,
    /// Fields about which the row is silent: what the plan gives them is for records that have nothing there.
    pub(crate) given: Vec<String>,
    /// Cells whose text was read, mended or taken apart, as they stand in the file: problems quote them.
    pub(crate) cells: Vec<(String, String)>,
    /// Those of them that were mended.
    pub(crate) mended: Vec<(String, String)>,
    /// What its fields of money say.
    pub(crate) amounts: Vec<(String, String)>,
    /// What it says of the currency of its amounts.
    pub(crate) currency: Option<String>,
    /// What has no place but the notes.
    pub(crate) notes: Vec<String>,
    /// The first of its cells that held several phones or addresses, or words beside one.
    pub(crate) taken_apart: Option<String>,
}

impl ReadRow {
    /// What a problem of a field says about: the cell as it is in the file, which is what is mended.
    pub(crate) fn quoted<'a>(&'a self, field: &str, detail: &'a str) -> &'a str {
        let mut cells = self.cells.iter().filter(|(key, _)| key == field).map(|(_, cell)| cell.as_str());
        match (cells.next(), cells.next()) {
            (Some(cell), None) => cell,
            _ => detail,
        }
    }
}

impl Reading {
    pub(crate) fn new(
        plan: &ImportPlan,
        headers: &[String],
        frame: &Frame,
        import: &Import,
        currency: Currency,
    ) -> Reading {
        let entity = import.entity;
        let known = super::plans::targets(frame, entity);
        let shared = |key: &str| {
            plan.columns.iter().filter(|column| column.target.as_deref() == Some(key)).count() > 1
        };
        let target = |(column, header): (&model::PlannedColumn, &String)| {
            let key = column.target.as_deref()?;
            let field = known.iter().find(|field| field.key == key)?;
            Some(Target {
                key: key.to_owned(),
                kind: field.kind,
                link: link_of(field),
                dates: column.dates,
                numbers: column.numbers,
                creates: column.creates,
                shares: shared(key),
                is_given_name: is_given_name(header),
                list: super::plans::list_of(entity, key),
                beside: super::plans::list_beside(entity, key),
            })
        };
        let mended = plan
            .mended
            .iter()
            .map(|value| ((value.target.clone(), value.value.clone()), value.mending.clone()));
        let missing = plan.mended.iter().filter(|value| value.value.is_empty());
        let missing = missing.filter_map(|value| match &value.mending {
            Mending::Replace(text) => Some((value.target.clone(), text.clone())),
            Mending::Empty | Mending::Create => None,
        });
        let given = |given: &model::GivenValue| Given {
            key: given.target.clone(),
            text: given.text.clone(),
            list: super::plans::list_of(entity, &given.target),
        };
        Reading {
            columns: plan.columns.iter().zip(headers).map(target).collect(),
            headers: headers.to_vec(),
            mended: mended.collect(),
            missing: missing.collect(),
            given: plan.given.iter().map(given).collect(),
            links: known.iter().filter_map(|field| Some((field.key.clone(), link_of(field)?))).collect(),
            program: import.program.clone(),
            currency,
            is_of_leads: entity == Kind::Lead,
            ends: ends_of(frame),
        }
    }

    /// Whether rows may lead to records of their own entity that are made on the way, and that other rows of the file are.
    pub(crate) fn makes_own(&self, entity: Kind) -> bool {
        let by_column =
            self.columns.iter().flatten().any(|column| column.creates && column.link == Some(entity));
        let is_link = |key: &String| self.links.iter().any(|(known, to)| known == key && *to == entity);
        by_column || self.mended.iter().any(|((key, _), mending)| *mending == Mending::Create && is_link(key))
    }

    /// Whether a column leads to records of the file's own entity.
    pub(crate) fn leads_within(&self, entity: Kind) -> bool {
        let is_it = |target: &Target| target.link.is_some_and(|link| is_within(&target.key, link, entity));
        self.columns.iter().flatten().any(is_it)
    }

    pub(crate) fn read(&self, row: &Row) -> ReadRow {
        let mut read = ReadRow::default();
        let columns = self.columns.iter().zip(&self.headers).enumerate();
        for (cell, (place, (target, header))) in row.cells.iter().zip(columns) {
            if let Some(target) = target {
                let is_number = row.is_number(place);
                let numbers = if is_number { Some(NumberForm::Point) } else { target.numbers };
                let column = Column { target, header, numbers, is_number };
                let cell = without_invisible(cell);
                self.put(&mut read, &column, self.own_name_in(row, target, cell.trim()));
            }
        }
        for Given { key, text, list } in &self.given {
            let is_there = read.draft.0.contains_key(key)
                || list.is_some_and(|list| read.draft.adds_to_list(list))
                || read.links.iter().any(|link| link.key == *key);
            if is_there {
                continue;
            }
            let text = self.filled(text, row);
            if ONLY_WHERE_ASKED.contains(&key.as_str()) {
                read.asked.push((key.clone(), text));
                continue;
            }
            // What stands for an empty cell gives nothing.
            if text.is_empty() {
                continue;
            }
            if key == CURRENCY {
                read.currency.get_or_insert(text);
                continue;
            }
            read.given.push(key.clone());
            match (self.target_of(key), *list) {
                (Some(target), list) => {
                    for one in links_in(list, &text) {
                        let (key, text) = (key.clone(), single_spaced(one));
                        read.links.push(LinkText { key, target, text, list, creates: false });
                    }
                }
                (None, Some(list)) => {
                    for one in texts_in(list, &text) {
                        read.draft.add_to_list(list, one);
                    }
                }
                (None, None) => read.draft.put(key, self.as_kept(key, text)),
            }
        }
        for (key, text) in &self.missing {
            if !read.draft.0.contains_key(key) {
                read.cells.push((key.clone(), String::new()));
                read.asked.push((key.clone(), text.clone()));
            }
        }
        read
    }

    /// Keys of a program's export with the program's name, HubSpot's codes of industries in words, all else as it is.
    fn as_kept(&self, field: &str, text: String) -> String {
        match &self.program {
            Some(program) if field == EXTERNAL_KEY => of_program(program, &single_spaced(&text)),
            Some(program) if field == "industry" && program == "hubspot" => in_words(text),
            _ => text,
        }
    }

    /// Odoo shows people behind the company they are of, which stands in a column of its own.
    fn own_name_in<'c>(&self, row: &Row, target: &Target, cell: &'c str) -> &'c str {
        if target.key != FULL_NAME || self.program.as_deref() != Some("odoo") {
            return cell;
        }
        match cell.rsplit_once(", ") {
            Some((company, person)) if row.cells.iter().any(|other| other.trim() == company) => person,
            _ => cell,
        }
    }

    /// Each record that a cell leads to is told, and mended, by itself.
    fn put(&self, read: &mut ReadRow, column: &Column<'_>, cell: &str) {
        let target = column.target;
        let parts = if target.link.is_some() { links_in(target.list, cell) } else { vec![cell] };
        for part in parts {
            self.put_text(read, column, part);
        }
    }

    fn put_text(&self, read: &mut ReadRow, column: &Column<'_>, cell: &str) {
        let Column { target, header, numbers, is_number } = *column;
        if cell.is_empty() {
            return;
        }
        let quoted: String = cell.chars().take(DETAIL_CHARACTERS_MAX).collect();
        let place = (target.key.clone(), quoted);
        let mending = self.mended.get(&place);
        if mending.is_some() {
            read.mended.push(place.clone());
        }
        read.cells.push(place);
        let (text, dates, numbers) = match mending {
            Some(Mending::Empty) => {
                // Nobody is meant, not whoever imports.
                if target.key == OWNER && !self.is_of_leads {
                    read.draft.put(OWNER, "");
                }
                return;
            }
            // What people type is not written as the column is.
            Some(Mending::Replace(text)) => (text.clone(), target.dates.and(Some(DateOrder::DayFirst)), None),
            // What was calculated has more decimals than money.
            None if is_number && target.kind == FieldKind::Money => (in_cents(cell), target.dates, numbers),
            Some(Mending::Create) | None => (cell.to_owned(), target.dates, numbers),
        };
        let creates = target.creates || mending == Some(&Mending::Create);
        if let Some(link) = target.link {
            let (key, text) = (target.key.clone(), single_spaced(&text));
            read.links.push(LinkText { key, target: link, text, list: target.list, creates });
            return;
        }
        if target.key == CURRENCY {
            read.currency = Some(text);
            return;
        }
        if is_amount(&target.key, target.kind) {
            read.amounts.push((target.key.clone(), text.clone()));
        }
        let text = match target.kind {
            FieldKind::Date => without_midnight(&iso_date(&text, dates)),
            FieldKind::Instant if is_moment(&target.key) => moment_of(&text, dates),
            FieldKind::LongText if self.program.is_some() => plain_text(&text),
            FieldKind::Number => plain_number(&currencies::without(&text, self.currency), numbers),
            FieldKind::Money => plain_number(&currencies::with_code(&text, self.currency), numbers),
            _ => self.as_kept(&target.key, text),
        };
        if let Some(list) = target.list {
            for one in texts_in(list, &text) {
                read.draft.add_to_list(list, one);
            }
            return;
        }
        if let Some(ways) = ways::of(&target.key, &text).filter(|_| !target.shares) {
            self.put_ways(read, target, ways, &format!("{header}: {cell}"));
            return;
        }
        if let Some(list) = target.beside {
            let mut texts = several(&text).into_iter();
            read.draft.put(&target.key, texts.next().unwrap_or_default());
            for one in texts {
                read.draft.add_to_list(list, one);
            }
            return;
        }
        if target.key == FULL_NAME {
            let (given, family) = text.split_once(' ').unwrap_or((&text, ""));
            read.draft.put("given_name", given);
            read.draft.put("family_name", family.trim());
            return;
        }
        if !target.shares {
            read.draft.put(&target.key, text);
            return;
        }
        if target.kind != FieldKind::LongText {
            self.put_beside(read, target, text);
            return;
        }
        let place = read.draft.0.entry(target.key.clone()).or_insert_with(|| vec![String::new()]);
        if let Some(whole) = place.first_mut() {
            if !whole.is_empty() {
                whole.push('\n');
            }
            whole.push_str(&format!("{header}: {text}"));
        }
    }

    /// The first phone or address is the record's; `note` is the whole cell, for what has no other place.
    fn put_ways(&self, read: &mut ReadRow, target: &Target, ways: Ways, note: &str) {
        if ways.are_apart() {
            read.taken_apart.get_or_insert_with(|| note.chars().take(DETAIL_CHARACTERS_MAX).collect());
        }
        let stays = ways.has_words || (ways.texts.len() > 1 && target.beside.is_none());
        if stays {
            read.notes.push(note.to_owned());
        }
        let mut texts = ways.texts.into_iter();
        read.draft.put(&target.key, texts.next().unwrap_or_default());
        if let Some(list) = target.beside {
            for text in texts {
                read.draft.add_to_list(list, text);
            }
        }
    }

    /// Given and family names become one name; of several days the first that is there counts; of several stages the one at
    /// which something ended, else the first.
    fn put_beside(&self, read: &mut ReadRow, target: &Target, text: String) {
        match read.draft.0.get_mut(&target.key).and_then(|texts| texts.first_mut()) {
            None => read.draft.put(&target.key, text),
            Some(_) if is_moment(&target.key) => {}
            Some(stage) if target.key == STAGE => {
                let ends = |text: &str| self.ends.contains(text) || self.ends.contains(&fold(text));
                if ends(&text) && !ends(stage) {
                    *stage = text;
                }
            }
            Some(whole) if target.is_given_name => *whole = format!("{text} {whole}"),
            Some(whole) => {
                whole.push(' ');
                whole.push_str(&text);
            }
        }
    }

    /// `{Header}` is the cell of that column.
    fn filled(&self, text: &str, row: &Row) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        let mut filled = text.to_owned();
        for (header, cell) in self.headers.iter().zip(&row.cells) {
            let name: String = header.chars().take(HEADER_CHARACTERS_MAX).collect();
            filled = filled.replace(&format!("{{{name}}}"), without_invisible(cell).trim());
        }
        filled.trim_matches([' ', '·', '–', '-', ',']).to_owned()
    }

    /// The entity that a field leads to.
    fn target_of(&self, key: &str) -> Option<Kind> {
        self.links.iter().find(|(known, _)| known == key).map(|(_, target)| *target)
    }
}

fn ends_of(frame: &Frame) -> HashSet<String> {
    let mut ends = HashSet::new();
    for (code, pipeline, stage) in model::stages_of(frame) {
        if pipeline.archived || stage.kind == StageKind::Open {
            continue;
        }
        let labels = Language::ALL.into_iter().map(|language| fold(stage.label.own(language)));
        ends.extend(labels.filter(|label| !label.is_empty()));
        ends.extend([code, fold(&stage.key)]);
    }
    ends
}

/// `COMPUTER_SOFTWARE` as «Computer software»; what is no code stays as it is.
fn in_words(code: String) -> String {
    let is_code = code.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_');
    let mut letters = code.chars();
    match letters.next() {
        Some(first) if is_code => {
            format!("{first}{}", letters.as_str().to_ascii_lowercase().replace('_', " "))
        }
        _ => code,
    }
}

fn is_moment(key: &str) -> bool {
    matches!(key, CLOSED_AT | DONE_AT | CREATED)
}

/// A moment with its zone as it is; else the day, with the time that stands behind it.
fn moment_of(text: &str, order: Option<DateOrder>) -> String {
    if text.parse::<Timestamp>().is_ok() {
        return text.to_owned();
    }
    let day = without_midnight(&iso_date(text, order));
    match time_behind(text).filter(|_| day.parse::<Date>().is_ok()) {
        Some(time) => format!("{day}T{time}"),
        None => day,
    }
}

/// The entity that a field of records leads to; people and teams are looked up in the same way.
pub(crate) fn link_of(field: &Field) -> Option<Kind> {
    match field.kind {
        FieldKind::Link => field.target,
        FieldKind::User => Some(Kind::User),
        _ => None,
    }
}

/// What a cell says for a list, one by one; an address has commas and lines of its own.
fn texts_in<'t>(list: &str, text: &'t str) -> Vec<&'t str> {
    if list == "addresses" { vec![text] } else { several(text) }
}

/// The records that a cell leads to: one, or for a list several; names of products may have commas within them.
fn links_in<'t>(list: Option<&str>, text: &'t str) -> Vec<&'t str> {
    match list {
        None => vec![text],
        Some(_) => text.split([';', '|', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect(),
    }
}

/// What a cell holds, one by one: phones and e-mail addresses have none of these signs within them.
fn several(text: &str) -> Vec<&str> {
    let parts = text.split([';', ',', '|', '\n']).flat_map(|part| part.split(" / "));
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Spreadsheets write a day as its midnight.
fn without_midnight(text: &str) -> String {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let is_iso = day.len() == 10 && day.as_bytes().get(4) == Some(&b'-');
    if is_iso { day.to_owned() } else { text.to_owned() }
}

/// Whether a link to it can be made on the way.
pub fn can_be_made(target: Kind) -> bool {
    matches!(target, Kind::Company | Kind::Contact | Kind::Product)
}
