//! Reports and exports: figures and rows of what the reader may see.

use crate::fields::{self, Field, ReadValues};
use crate::imports::{CSV_TYPE, File, XLSX_TYPE};
use crate::leads::{LeadQuery, Reach, amount_cell, walk};
use crate::own_cells::OwnColumns;
use crate::{App, Ctx, Error, permissions, settings, users};
use analytics::{AnalyticsError, FirstResponse, LeadFilter};
use model::jiff::civil::Date;
use model::{Action, CustomField, FieldKind, Frame, Kind, Language, Lead, Settings, UserId, lists};
use sheets::{Cell, Column, Separator};
use std::collections::BTreeMap;
use std::sync::mpsc::sync_channel;

pub use analytics::{
    Answered, Comparison, Figures, FirstResponses, Group, GroupBy, GroupKey, LeadsByMonth, Month, Report,
    ReportRow, Year, report_rows,
};

/// This fiscal year and the two before.
const YEARS: i16 = 3;
/// Before that no company has leads in Tracte.
const EARLIER_YEARS_MAX: i16 = 30;
/// Rows of a file: those that a spreadsheet program opens are 1,048,576. Who asks for more is told so, and gets no half.
pub const EXPORT_ROWS_MAX: usize = 1_000_000;
/// All leads may be looked at for an export.
pub(crate) const EXPORT_REACH: Reach = Reach { entries: 10_000_000, records: 10_000_000 };
/// Rows that were read and not written yet: a file is written while its rows are read, so that it never holds them all.
const ROWS_WAITING_MAX: usize = 1_000;

/// The kind of file somebody wants.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileFormat {
    Csv,
    Xlsx,
}

impl FileFormat {
    pub fn from_code(code: &str) -> Option<FileFormat> {
        match code {
            "csv" => Some(FileFormat::Csv),
            "xlsx" => Some(FileFormat::Xlsx),
            _ => None,
        }
    }
}

/// Today in the company's time zone.
pub fn today(ctx: &Ctx, settings: &Settings) -> Date {
    ctx.at.to_zoned_datetime(settings.zone()).date()
}

/// The fiscal year that today is in, named by the year it begins in.
pub fn fiscal_year_now(ctx: &Ctx, settings: &Settings) -> i16 {
    let today = today(ctx, settings);
    if today.month() < settings.fiscal_year_start_month { today.year() - 1 } else { today.year() }
}

/// Today, or the last day of an earlier fiscal year.
fn day_of_report(ctx: &Ctx, settings: &Settings, year: Option<i16>) -> Result<Date, Error> {
    let now = fiscal_year_now(ctx, settings);
    let Some(year) = year.filter(|year| *year != now) else {
        return Ok(today(ctx, settings));
    };
    let wrong = || Error::invalid("year", "choice", year.to_string());
    if !(now - EARLIER_YEARS_MAX..now).contains(&year) {
        return Err(wrong());
    }
    Date::new(year + 1, settings.fiscal_year_start_month, 1)
        .and_then(|first_of_next| first_of_next.yesterday())
        .map_err(|_| wrong())
}

/// What the report of leads can tell apart, by its code in addresses and in the API: `none`, `source`, `owner`, `team`,
/// `status`, or the key of an own choice or yes-or-no field.
pub fn group_by(frame: &Frame, code: &str) -> Option<GroupBy> {
    Some(match code {
        "none" | "" => GroupBy::Nothing,
        "source" => GroupBy::Source,
        "owner" => GroupBy::Owner,
        "team" => GroupBy::Team,
        "status" => GroupBy::Status,
        key => {
            GroupBy::Own(model::own_name(&own_groups(frame).find(|field| field.key == key)?.key)?.to_owned())
        }
    })
}

/// The company's own fields by which leads can be told apart.
pub fn own_groups(frame: &Frame) -> impl Iterator<Item = Field> {
    let is_group =
        |field: &Field| field.is_own() && matches!(field.kind, FieldKind::Choice | FieldKind::YesNo);
    fields::specs_of(frame, Kind::Lead).into_iter().filter(is_group)
}

/// Leads per month, this fiscal year beside the two before, of what the reader may see.
pub fn leads_by_month(app: &App, ctx: &Ctx, by: GroupBy, year: Option<i16>) -> Result<Report, Error> {
    report(app, ctx, by, year, Action::See)
}

/// What a reader is told when the facts cannot be read.
pub(crate) fn refused(error: AnalyticsError) -> Error {
    match error {
        AnalyticsError::TooLong => Error::Busy { retry_after_s: 10 },
        // All connections count for others.
        AnalyticsError::Busy => Error::Busy { retry_after_s: 5 },
        other => Error::internal(other),
    }
}

/// How long leads waited for the first answer, this month and the one before, of what the reader may see.
pub fn first_response(app: &App, ctx: &Ctx) -> Result<FirstResponses, Error> {
    let scope = permissions::require(ctx, Kind::Lead, Action::See)?;
    let definition = FirstResponse { scope, today: today(ctx, &settings::get(app, ctx)?) };
    app.analytics.first_responses(&definition).map_err(refused)
}

fn report(app: &App, ctx: &Ctx, by: GroupBy, year: Option<i16>, action: Action) -> Result<Report, Error> {
    let scope = permissions::require(ctx, Kind::Lead, action)?;
    let settings = settings::get(app, ctx)?;
    let definition = LeadsByMonth {
        scope,
        today: day_of_report(ctx, &settings, year)?,
        fiscal_year_start_month: settings.fiscal_year_start_month,
        years: YEARS,
        by,
        filter: LeadFilter::default(),
    };
    app.analytics.leads_by_month(&definition).map_err(refused)
}

/// What a value of an own choice field is called; `None` for a yes or no, and for what is no choice any more.
pub fn own_label(frame: &Frame, name: &str, code: &str, language: Language) -> Option<String> {
    let choice = frame.choice(&CustomField::list(Kind::Lead, name), code)?;
    Some(choice.label.get(language).to_owned())
}

/// The words of a file: titles of its columns and names of its codes, in the reader's language.
pub struct Words<'a> {
    pub titles: Vec<String>,
    /// What a source is called.
    pub source: &'a dyn Fn(&str) -> String,
    /// What any other code (`assigned`, `yes`…) is called. Empty: nothing. `others`: smaller groups.
    pub name: &'a dyn Fn(&str) -> String,
}

/// The report as rows: group, fiscal year, month, leads, amount. Five titles.
pub fn export_leads_by_month(
    app: &App,
    ctx: &Ctx,
    by: GroupBy,
    year: Option<i16>,
    format: FileFormat,
    words: &Words<'_>,
) -> Result<File, Error> {
    let report = report(app, ctx, by.clone(), year, Action::Export)?;
    let frame = app.frame();
    let group_name = |row: &ReportRow| match (&row.group_name, &row.group) {
        (Some(name), _) => name.clone(),
        (None, Some(GroupKey::Code(code))) if by == GroupBy::Source => (words.source)(code),
        (None, Some(GroupKey::Code(code))) => match &by {
            GroupBy::Own(name) => {
                own_label(&frame, name, code, ctx.language).unwrap_or_else(|| (words.name)(code))
            }
            _ => (words.name)(code),
        },
        (None, Some(GroupKey::Id(id))) => id.to_string(),
        (None, Some(GroupKey::Nothing)) => (words.name)(""),
        (None, Some(GroupKey::Others)) => (words.name)("others"),
        (None, None) => (words.name)("all"),
    };
    let rows = report_rows(&report).into_iter().map(|row| {
        vec![
            Cell::Text(group_name(&row)),
            Cell::Integer(i64::from(row.fiscal_year)),
            Cell::Date(row.month),
            Cell::Integer(row.leads),
            Cell::Money(row.amount_minor),
        ]
    });
    let kinds = [
        sheets::Kind::Text,
        sheets::Kind::Integer,
        sheets::Kind::Date,
        sheets::Kind::Integer,
        sheets::Kind::Money { currency: report.currency },
    ];
    file("leads-by-month", ctx, format, &words.titles, &kinds, rows)
}

/// The list of leads as a file, with the same filters and order. Sixteen titles; the company's own fields follow them
/// with their labels.
pub fn export_leads(
    app: &App,
    ctx: &Ctx,
    query: &LeadQuery,
    format: FileFormat,
    words: &Words<'_>,
) -> Result<File, Error> {
    let settings = settings::get(app, ctx)?;
    let names = users::names(app, ctx)?;
    let frame = app.frame();
    let mut own = OwnColumns::new(&frame, Kind::Lead);
    let values = ReadValues::now(app, ctx.at);
    let mut kinds = vec![sheets::Kind::Text; 16];
    kinds[8] = sheets::Kind::Money { currency: settings.currency };
    kinds[11] = sheets::Kind::Date;
    kinds[15] = sheets::Kind::Integer;
    kinds.extend(own.kinds(settings.currency));
    let titles: Vec<String> = words.titles.iter().cloned().chain(own.titles(ctx)).collect();
    streamed("leads", ctx, format, &titles, &kinds, |put| {
        let mut failed = None;
        let next = walk(app, ctx, Action::Export, query, EXPORT_REACH, &mut |lead| {
            let tag_name = |tag: &str| label_of(&frame, tag, ctx.language);
            let mut row = lead_row(&lead, &settings, &names, words, &tag_name);
            row.push(values.score(&lead).map_or(Cell::Empty, |points| Cell::Integer(points.into())));
            match own.cells(app, ctx, &lead.custom, words) {
                Ok(cells) => row.extend(cells),
                Err(error) => {
                    failed = Some(error);
                    return false;
                }
            }
            put(row)
        })?;
        failed.map_or_else(|| whole(next), Err)
    })
}

/// Takes a row of a file; `false`: no more of them.
pub(crate) type Put<'a> = &'a mut dyn FnMut(Vec<Cell>) -> bool;

/// A file written while its rows come. `export-too-many` where there are more than [`EXPORT_ROWS_MAX`].
pub(crate) fn streamed(
    stem: &str,
    ctx: &Ctx,
    format: FileFormat,
    titles: &[String],
    kinds: &[sheets::Kind],
    fill: impl FnOnce(Put<'_>) -> Result<(), Error>,
) -> Result<File, Error> {
    let (sender, rows) = sync_channel(ROWS_WAITING_MAX);
    std::thread::scope(|scope| {
        let writing = scope.spawn(move || file(stem, ctx, format, titles, kinds, rows.into_iter()));
        let mut count = 0;
        let filled = fill(&mut |row| {
            count += 1;
            count <= EXPORT_ROWS_MAX && sender.send(row).is_ok()
        });
        drop(sender);
        let written =
            writing.join().map_err(|_| Error::internal("the writing of a file ended in a panic"))?;
        if count > EXPORT_ROWS_MAX {
            return Err(too_many());
        }
        let written = written?;
        filled.map(|()| written)
    })
}

/// Nothing is left to go on with.
pub(crate) fn whole<T>(next: Option<T>) -> Result<(), Error> {
    if next.is_some() { Err(too_many()) } else { Ok(()) }
}

fn too_many() -> Error {
    Error::invalid("", "export-too-many", EXPORT_ROWS_MAX.to_string())
}

/// What a tag is called, by its key where nobody says.
fn label_of(frame: &Frame, tag: &str, language: Language) -> String {
    frame
        .choice(lists::TAGS, tag)
        .map_or_else(|| tag.to_owned(), |choice| choice.label.get(language).to_owned())
}

fn lead_row(
    lead: &Lead,
    settings: &Settings,
    names: &BTreeMap<UserId, String>,
    words: &Words<'_>,
    tag_name: &dyn Fn(&str) -> String,
) -> Vec<Cell> {
    let text = |field: &Option<String>| field.clone().map_or(Cell::Empty, Cell::Text);
    let code = |code: Option<&str>| code.map_or(Cell::Empty, |code| Cell::Text((words.name)(code)));
    let tags: Vec<String> = lead.tags.iter().map(|tag| tag_name(tag)).collect();
    vec![
        text(&lead.name),
        text(&lead.company),
        text(&lead.tax_id),
        text(&lead.email),
        text(&lead.phone),
        text(&lead.postcode),
        text(&lead.town),
        text(&lead.interest),
        lead.amount.map_or(Cell::Empty, |amount| amount_cell(amount, settings.currency)),
        lead.source.map_or(Cell::Empty, |source| Cell::Text((words.source)(source.as_str()))),
        code(Some(lead.status.as_str())),
        Cell::Date(lead.meta.created_at.to_zoned_datetime(settings.zone()).date()),
        lead.owner.and_then(|owner| names.get(&owner)).map_or(Cell::Empty, |name| Cell::Text(name.clone())),
        text(&lead.description),
        Some(tags.join(", ")).filter(|tags| !tags.is_empty()).map_or(Cell::Empty, Cell::Text),
    ]
}

pub(crate) fn file(
    stem: &str,
    ctx: &Ctx,
    format: FileFormat,
    titles: &[String],
    kinds: &[sheets::Kind],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Result<File, Error> {
    match format {
        FileFormat::Csv => {
            let separator = Separator::for_language(ctx.language);
            let rows =
                rows.map(|row| row.into_iter().map(|cell| csv_text(cell, separator)).collect::<Vec<_>>());
            let bytes = sheets::write_csv(titles, rows, separator);
            Ok(File { name: format!("{stem}.csv"), content_type: CSV_TYPE, bytes })
        }
        FileFormat::Xlsx => {
            let columns: Vec<Column> = titles
                .iter()
                .zip(kinds)
                .map(|(title, kind)| Column { title: title.clone(), kind: *kind, width: 18 })
                .collect();
            let bytes = sheets::write_xlsx(stem, &columns, rows).map_err(Error::internal)?;
            Ok(File { name: format!("{stem}.xlsx"), content_type: XLSX_TYPE, bytes })
        }
    }
}

/// Decimals with the sign that the reader's spreadsheet program expects.
fn csv_text(cell: Cell, separator: Separator) -> String {
    let decimal_sign = match separator {
        Separator::Semicolon => ',',
        Separator::Comma => '.',
    };
    let money = |cents: i64| {
        let sign = if cents < 0 { "-" } else { "" };
        let cents = cents.unsigned_abs();
        format!("{sign}{}{decimal_sign}{:02}", cents / 100, cents % 100)
    };
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text,
        Cell::Integer(number) => number.to_string(),
        Cell::Money(cents) => money(cents),
        Cell::MoneyIn(cents, currency) => format!("{} {currency}", money(cents)),
        Cell::Date(date) => date.to_string(),
        Cell::Number(number) | Cell::Percent(number) => {
            format!("{number}").replace('.', &decimal_sign.to_string())
        }
    }
}
