//! The evidence pack on paper: what was set up and what is used, function by function, and how long it took.

use super::{duration, function_name, segment_name};
use crate::messages::t;
use crate::paper::{Paper, Part, Rows};
use crate::{Locale, format};
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::jiff::tz::TimeZone;
use model::{ProgramFunction, Segment};

/// How much there is of something, and since when.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UsageRow {
    /// In the reader's words.
    pub what: String,
    pub now: u64,
    pub created: u64,
    pub changed: u64,
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
}

/// One function of the programme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FunctionPart {
    pub function: ProgramFunction,
    pub configured: Vec<UsageRow>,
    pub used: Vec<UsageRow>,
    pub minutes: u64,
    /// Day, consultant, minutes, text.
    pub entries: Vec<(Date, String, u64, String)>,
    /// Names of files and what they show.
    pub screens: Vec<(String, String)>,
}

/// Everything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EvidencePaper {
    pub company: String,
    pub tax_id: String,
    pub at: Timestamp,
    pub zone: TimeZone,
    pub segment: Segment,
    pub minutes: u64,
    pub general: Vec<UsageRow>,
    pub functions: Vec<FunctionPart>,
    /// File, when it was done, good rows, rows with problems.
    pub imports: Vec<(String, Timestamp, u64, u64)>,
    /// Changes in the journal, all of which were counted.
    pub changes: u64,
}

pub fn evidence_paper(l: Locale<'_>, view: &EvidencePaper) -> Paper {
    let mut parts = vec![phases(l, view), hours(l, view), general(l, view)];
    for function in &view.functions {
        parts.extend(function_parts(l, &view.zone, function));
    }
    parts.push(loads(l, view));
    let company = match view.tax_id.as_str() {
        "" => view.company.clone(),
        tax_id => format!("{} · {tax_id}", view.company),
    };
    Paper {
        language: l.language,
        title: t!(l, "evidence-paper-title"),
        company,
        made: t!(l, "paper-made", when = format::date_time(l, view.at, &view.zone)),
        intro: vec![t!(l, "evidence-paper-intro", count = view.changes)],
        contents: t!(l, "evidence-paper-contents"),
        parts,
    }
}

/// Phase one pays what is set up, phase two what is used: both in one table.
fn phases(l: Locale<'_>, view: &EvidencePaper) -> Part {
    let columns = vec![
        t!(l, "parametrisation-function"),
        t!(l, "evidence-phase-one"),
        t!(l, "evidence-phase-two"),
        t!(l, "evidence-screens"),
    ];
    let rows = view.functions.iter().map(|of| {
        let screens = match of.screens.len() {
            0 => t!(l, "evidence-screen-missing"),
            count => format::count(l, count as u64),
        };
        let worked = (of.minutes > 0).then(|| duration(l, of.minutes));
        let configured = [state(l, &view.zone, &of.configured), worked.unwrap_or_default()];
        let configured: Vec<String> = configured.into_iter().filter(|text| !text.is_empty()).collect();
        let or_nothing = |text: String| if text.is_empty() { t!(l, "evidence-nothing-yet") } else { text };
        vec![
            function_name(l, of.function),
            or_nothing(configured.join(" · ")),
            or_nothing(state(l, &view.zone, &of.used)),
            screens,
        ]
    });
    let table = Rows { columns, rows: rows.collect() };
    Part {
        text: vec![t!(l, "evidence-phases-text")],
        tables: vec![table],
        ..Part::new(1, t!(l, "evidence-phases"))
    }
}

/// «Client potencial: 120, l’últim canvi el 23/11/2026».
fn state(l: Locale<'_>, zone: &TimeZone, rows: &[UsageRow]) -> String {
    let rows = rows.iter().filter_map(|row| {
        let last = format::date_short(row.last?.to_zoned_datetime(zone.clone()).date());
        Some(t!(l, "evidence-state", what = row.what.as_str(), count = row.now, last = last))
    });
    rows.collect::<Vec<String>>().join("; ")
}

fn hours(l: Locale<'_>, view: &EvidencePaper) -> Part {
    let mut facts = vec![
        (t!(l, "parametrisation-segment"), segment_name(l, view.segment)),
        (
            t!(l, "parametrisation-hours"),
            t!(l, "parametrisation-sum", done = duration(l, view.minutes), hours = view.segment.hours()),
        ),
    ];
    for of in &view.functions {
        facts.push((function_name(l, of.function), duration(l, of.minutes)));
    }
    Part { facts, ..Part::new(1, t!(l, "parametrisation-hours")) }
}

fn general(l: Locale<'_>, view: &EvidencePaper) -> Part {
    let tables = vec![usage(l, &view.zone, &view.general)];
    Part { tables, ..Part::new(1, t!(l, "evidence-general")) }
}

fn function_parts(l: Locale<'_>, zone: &TimeZone, of: &FunctionPart) -> Vec<Part> {
    let name = function_name(l, of.function);
    let mut main = Part::new(1, name);
    let rows: Vec<UsageRow> =
        of.configured.iter().chain(&of.used).filter(|row| row.last.is_some()).cloned().collect();
    match rows.is_empty() {
        true => main.text.push(t!(l, "evidence-function-nothing")),
        false => main.tables.push(usage(l, zone, &rows)),
    }
    let mut parts = vec![main];
    if !of.entries.is_empty() {
        let columns = vec![
            t!(l, "parametrisation-date"),
            t!(l, "parametrisation-consultant"),
            t!(l, "parametrisation-time"),
            t!(l, "parametrisation-text"),
        ];
        let rows = of.entries.iter().map(|(day, consultant, minutes, text)| {
            vec![format::date_short(*day), consultant.clone(), duration(l, *minutes), text.clone()]
        });
        let tables = vec![Rows { columns, rows: rows.collect() }];
        parts.push(Part { tables, ..Part::new(2, t!(l, "parametrisation-hours")) });
    }
    let mut screens = Part::new(2, t!(l, "evidence-screens"));
    screens.pictures = of.screens.clone();
    if screens.pictures.is_empty() {
        screens.text.push(t!(l, "evidence-screen-missing"));
    }
    parts.push(screens);
    parts
}

fn usage(l: Locale<'_>, zone: &TimeZone, rows: &[UsageRow]) -> Rows {
    Rows { columns: usage_titles(l), rows: rows.iter().map(|row| usage_row(l, zone, row)).collect() }
}

/// What the columns of counts are called, on paper and in the file behind it.
pub fn usage_titles(l: Locale<'_>) -> Vec<String> {
    vec![
        t!(l, "evidence-what"),
        t!(l, "evidence-now"),
        t!(l, "evidence-created"),
        t!(l, "evidence-changed"),
        t!(l, "evidence-first"),
        t!(l, "evidence-last"),
    ]
}

pub fn usage_row(l: Locale<'_>, zone: &TimeZone, row: &UsageRow) -> Vec<String> {
    let day = |at: Option<Timestamp>| {
        at.map(|at| format::date_short(at.to_zoned_datetime(zone.clone()).date())).unwrap_or_default()
    };
    vec![
        row.what.clone(),
        format::count(l, row.now),
        format::count(l, row.created),
        format::count(l, row.changed),
        day(row.first),
        day(row.last),
    ]
}

fn loads(l: Locale<'_>, view: &EvidencePaper) -> Part {
    let mut part = Part::new(1, t!(l, "evidence-loads"));
    if view.imports.is_empty() {
        part.text.push(t!(l, "evidence-loads-none"));
        return part;
    }
    part.tables.push(Rows { columns: load_titles(l), rows: load_rows(l, view) });
    part
}

pub fn load_titles(l: Locale<'_>) -> Vec<String> {
    vec![
        t!(l, "privacy-file"),
        t!(l, "parametrisation-date"),
        t!(l, "evidence-rows-good"),
        t!(l, "evidence-rows-bad"),
    ]
}

pub fn load_rows(l: Locale<'_>, view: &EvidencePaper) -> Vec<Vec<String>> {
    let row = |(file, at, good, bad): &(String, Timestamp, u64, u64)| {
        vec![
            file.clone(),
            format::date_time(l, *at, &view.zone),
            format::count(l, *good),
            format::count(l, *bad),
        ]
    };
    view.imports.iter().map(row).collect()
}
