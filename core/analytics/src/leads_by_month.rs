//! Leads per month of this fiscal year beside the years before.

use crate::dates::{day, years_before};
use crate::report::{Comparison, Figures, Group, GroupKey, Month, Report, Year};
use crate::scope::Condition;
use crate::{Analytics, AnalyticsError, tables};
use duckdb::types::Value;
use duckdb::{Connection, params_from_iter};
use model::jiff::ToSpan;
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{Currency, LeadStatus, Scope, Source, TeamId, UserId};
use std::collections::BTreeMap;

/// More years than this are no chart any more.
pub const YEARS_MAX: i16 = 10;
/// More groups than this are no table any more; the rest are counted together.
pub const GROUPS_MAX: usize = 20;
const MONTHS: usize = 12;

/// What to count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadsByMonth {
    /// Whose leads.
    pub scope: Scope,
    /// In the company's time zone. Later leads are not counted.
    pub today: Date,
    /// 1 to 12.
    pub fiscal_year_start_month: i8,
    /// This fiscal year and those before: 1 to [`YEARS_MAX`].
    pub years: i16,
    pub by: GroupBy,
    pub filter: LeadFilter,
}

/// What to tell apart. A lead belongs to the group it is in now, not to the one it was in then.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum GroupBy {
    #[default]
    Nothing,
    Source,
    Owner,
    Team,
    Status,
    /// A choice or a yes-or-no of the company's own, by its name.
    Own(String),
}

/// Only leads that are so now.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LeadFilter {
    pub status: Option<LeadStatus>,
    pub source: Option<Source>,
    pub owner: Option<UserId>,
    pub team: Option<TeamId>,
}

impl Analytics {
    pub fn leads_by_month(&self, definition: &LeadsByMonth) -> Result<Report, AnalyticsError> {
        let calendar = Calendar::new(definition)?;
        self.read(|connection| {
            let currency = currency(connection)?;
            let (cells, others) = match Condition::new(&definition.scope, &definition.filter) {
                Some(condition) => count(connection, &calendar, &definition.by, &condition, currency)?,
                None => Default::default(),
            };
            let all = cells.values().fold(Cells::new(&calendar), |all, cells| all.plus(cells));
            Ok(Report {
                definition: definition.clone(),
                currency,
                leads_in_other_currencies: others,
                as_of_seq: tables::cursor(connection)?,
                years: all.years(&calendar),
                groups: groups(connection, &definition.by, cells, &calendar)?,
            })
        })
    }
}

/// The company's; euros as long as there is no company.
pub(crate) fn currency(connection: &Connection) -> Result<Currency, AnalyticsError> {
    let code: Option<String> =
        connection.query_row("SELECT max(currency) FROM company", [], |row| row.get(0))?;
    let currency = code.map_or(Ok(Currency::default()), |code| code.parse());
    currency.map_err(|()| AnalyticsError::Damaged("a currency"))
}

/// The days that matter.
struct Calendar {
    today: Date,
    /// The first days of the fiscal years, this one first.
    starts: Vec<Date>,
    /// Today in each of them.
    until: Vec<Date>,
}

impl Calendar {
    fn new(definition: &LeadsByMonth) -> Result<Calendar, AnalyticsError> {
        let today = definition.today;
        let start_month = definition.fiscal_year_start_month.clamp(1, 12);
        let year = if today.month() < start_month { today.year() - 1 } else { today.year() };
        let start = Date::new(year, start_month, 1)?;
        let years = 0..definition.years.clamp(1, YEARS_MAX);
        let starts = years.clone().map(|years| years_before(start, years)).collect::<Result<_, _>>()?;
        let until = years.map(|years| years_before(today, years)).collect::<Result<_, _>>()?;
        Ok(Calendar { today, starts, until })
    }

    /// Months from the beginning of this fiscal year up to and with today's.
    fn months_so_far(&self) -> usize {
        let start_month = self.starts.first().map_or(1, |start| start.month());
        usize::try_from((self.today.month() - start_month).rem_euclid(12) + 1).unwrap_or(MONTHS)
    }
}

/// What was counted of one group: a year and its months, and to date.
#[derive(Clone)]
struct Cells {
    months: Vec<[Figures; MONTHS]>,
    to_date: Vec<Figures>,
}

impl Cells {
    fn new(calendar: &Calendar) -> Cells {
        let years = calendar.starts.len();
        Cells { months: vec![Default::default(); years], to_date: vec![Figures::default(); years] }
    }

    fn plus(mut self, other: &Cells) -> Cells {
        for (mine, theirs) in self.months.iter_mut().flatten().zip(other.months.iter().flatten()) {
            mine.add(*theirs);
        }
        for (mine, theirs) in self.to_date.iter_mut().zip(&other.to_date) {
            mine.add(*theirs);
        }
        self
    }

    fn leads_this_year(&self) -> i64 {
        self.to_date.first().map_or(0, |figures| figures.leads)
    }

    fn years(&self, calendar: &Calendar) -> Vec<Year> {
        let this_year = self.to_date.first().copied().unwrap_or_default();
        let years = calendar.starts.iter().zip(&calendar.until).zip(self.months.iter().zip(&self.to_date));
        years
            .enumerate()
            .map(|(place, ((start, until), (months, to_date)))| {
                let is_this_year = place == 0;
                let counted = if is_this_year { calendar.months_so_far() } else { MONTHS };
                let mut total = Figures::default();
                months.iter().for_each(|figures| total.add(*figures));
                Year {
                    year: start.year(),
                    months: (0..)
                        .zip(months)
                        .map(|(at, figures)| month(*start, at, counted, *figures))
                        .collect(),
                    total,
                    to_date: *to_date,
                    to_date_until: *until,
                    this_year_against_it: (!is_this_year).then(|| Comparison::new(this_year, *to_date)),
                }
            })
            .collect()
    }
}

fn month(start: Date, place: i32, counted: usize, figures: Figures) -> Month {
    let is_counted = usize::try_from(place).is_ok_and(|place| place < counted);
    // First days of months exist up to the end of the calendar, where adding stops.
    let first_day = start.saturating_add(place.months());
    Month { first_day, figures: is_counted.then_some(figures) }
}

type Counted = (BTreeMap<Option<String>, Cells>, i64);

fn count(
    connection: &Connection,
    calendar: &Calendar,
    by: &GroupBy,
    condition: &Condition,
    currency: Currency,
) -> Result<Counted, AnalyticsError> {
    let group = match by {
        GroupBy::Nothing => "CAST(NULL AS VARCHAR)",
        GroupBy::Source => "source",
        GroupBy::Owner => "owner",
        GroupBy::Team => "team",
        GroupBy::Status => "status",
        // At most one row a lead and field.
        GroupBy::Own(_) => "(SELECT value FROM lead_own WHERE lead_own.id = lead.id AND field = ?)",
    };
    let cases = "WHEN ? THEN CAST(? AS DATE) ".repeat(calendar.until.len());
    let sql = format!(
        "WITH counted AS (
            SELECT {group} AS grouped, created_on, amount_minor, currency,
                12 * (? - CAST(year(created_on) AS BIGINT)) - (month(created_on) - ?) AS months_back
            FROM lead WHERE created_on BETWEEN ? AND ? AND {}
        ), placed AS (
            SELECT *, CAST(ceil(months_back / 12.0) AS BIGINT) AS year_place,
                CAST(12 * ceil(months_back / 12.0) - months_back AS BIGINT) AS month_place
            FROM counted
        )
        SELECT grouped, year_place, month_place,
            created_on <= CASE year_place {cases} END AS is_to_date,
            count(*),
            CAST(coalesce(sum(amount_minor) FILTER (WHERE currency = ?), 0) AS HUGEINT),
            count(*) FILTER (WHERE currency <> ?)
        FROM placed GROUP BY ALL",
        condition.sql
    );
    let Some((this, first)) = calendar.starts.first().zip(calendar.starts.last()) else {
        return Ok(Default::default());
    };
    let mut values = match by {
        GroupBy::Own(name) => vec![Value::Text(name.clone())],
        _ => Vec::new(),
    };
    values.extend([
        Value::BigInt(this.year().into()),
        Value::BigInt(this.month().into()),
        day(*first)?,
        day(calendar.today)?,
    ]);
    values.extend(condition.values.iter().cloned());
    for (place, until) in (0i64..).zip(&calendar.until) {
        values.extend([Value::BigInt(place), day(*until)?]);
    }
    values.extend([currency.code(), currency.code()].map(|code| Value::Text(code.to_owned())));
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let (mut groups, mut others) = (BTreeMap::new(), 0i64);
    while let Some(row) = rows.next()? {
        let cells = groups.entry(row.get(0)?).or_insert_with(|| Cells::new(calendar));
        let (year, month): (usize, usize) = (row.get(1)?, row.get(2)?);
        let amount: i128 = row.get(5)?;
        let amount_minor = i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX });
        let figures = Figures { leads: row.get(4)?, amount_minor };
        let outside = AnalyticsError::Damaged("a day outside of the report");
        cells.months.get_mut(year).and_then(|months| months.get_mut(month)).ok_or(outside)?.add(figures);
        if row.get(3)?
            && let Some(to_date) = cells.to_date.get_mut(year)
        {
            to_date.add(figures);
        }
        others = others.saturating_add(row.get(6)?);
    }
    Ok((groups, others))
}

fn groups(
    connection: &Connection,
    by: &GroupBy,
    cells: BTreeMap<Option<String>, Cells>,
    calendar: &Calendar,
) -> Result<Vec<Group>, AnalyticsError> {
    let names = match by {
        GroupBy::Nothing => return Ok(Vec::new()),
        GroupBy::Owner => names(connection, "SELECT id, name FROM person")?,
        GroupBy::Team => names(connection, "SELECT id, name FROM team")?,
        GroupBy::Source | GroupBy::Status | GroupBy::Own(_) => BTreeMap::new(),
    };
    let mut sorted: Vec<(Option<String>, Cells)> = cells.into_iter().collect();
    // Equal ones stay in the order of their keys.
    sorted.sort_by_key(|(_, cells)| std::cmp::Reverse(cells.leads_this_year()));
    let small = sorted.split_off(sorted.len().min(GROUPS_MAX));
    let mut groups = Vec::with_capacity(sorted.len() + 1);
    for (key, cells) in sorted {
        let name = key.as_ref().and_then(|key| names.get(key).cloned());
        groups.push(Group { key: group_key(by, key)?, name, years: cells.years(calendar) });
    }
    if !small.is_empty() {
        let together = small.iter().fold(Cells::new(calendar), |all, (_, cells)| all.plus(cells));
        groups.push(Group { key: GroupKey::Others, name: None, years: together.years(calendar) });
    }
    Ok(groups)
}

fn group_key(by: &GroupBy, key: Option<String>) -> Result<GroupKey, AnalyticsError> {
    match (by, key) {
        (_, None) => Ok(GroupKey::Nothing),
        (GroupBy::Owner | GroupBy::Team, Some(id)) => {
            Uuid::parse_str(&id).map(GroupKey::Id).map_err(|_| AnalyticsError::Damaged("an id"))
        }
        (_, Some(code)) => Ok(GroupKey::Code(code)),
    }
}

fn names(connection: &Connection, sql: &str) -> Result<BTreeMap<String, String>, AnalyticsError> {
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, duckdb::Error>>()?)
}
