//! What a report says, ready to be drawn, put in a table or written to a file.

use crate::LeadsByMonth;
use model::Currency;
use model::jiff::civil::Date;
use model::uuid::Uuid;

/// Leads per fiscal month, years beside each other.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// What was asked.
    pub definition: LeadsByMonth,
    /// The currency of all amounts: the company's. Leads with another count without their amount.
    pub currency: Currency,
    pub leads_in_other_currencies: i64,
    /// The last change it knows of.
    pub as_of_seq: u64,
    /// All leads in the scope and filter: this fiscal year first.
    pub years: Vec<Year>,
    /// The same by group, the largest of this year first, the last of them all others. Empty without grouping.
    pub groups: Vec<Group>,
}

/// One fiscal year, named by the year it begins in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Year {
    pub year: i16,
    /// Twelve.
    pub months: Vec<Month>,
    /// Of the whole year; of this one up to today.
    pub total: Figures,
    /// From its first day to [`Year::to_date_until`].
    pub to_date: Figures,
    /// The day that is today in this year; 28 February where there is no 29th.
    pub to_date_until: Date,
    /// This year to date against that year to the same day; absent for this year itself.
    pub this_year_against_it: Option<Comparison>,
}

/// One calendar month of a fiscal year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Month {
    pub first_day: Date,
    /// Absent for months after today. The month of today is counted up to today.
    pub figures: Option<Figures>,
}

/// Leads and the sum of their estimated amounts, in cents.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    pub leads: i64,
    pub amount_minor: i64,
}

/// How much more (or less) than before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Comparison {
    pub leads: i64,
    /// Tenths of a percent, rounded; absent where there was nothing before.
    pub leads_permille: Option<i64>,
    pub amount_minor: i64,
    pub amount_permille: Option<i64>,
}

/// Leads that have something in common.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    pub key: GroupKey,
    /// Of the person or team, when it has one.
    pub name: Option<String>,
    pub years: Vec<Year>,
}

/// What they have in common.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum GroupKey {
    /// The code of a source or status.
    Code(String),
    /// The id of a person or team.
    Id(Uuid),
    /// The field is empty.
    Nothing,
    /// Smaller groups together.
    Others,
}

/// One line of an exported report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReportRow {
    /// Absent for all leads together.
    pub group: Option<GroupKey>,
    pub group_name: Option<String>,
    pub fiscal_year: i16,
    pub month: Date,
    pub leads: i64,
    pub amount_minor: i64,
    pub currency: Currency,
}

/// The months of a report as lines: all leads together, then each group; the oldest month first.
/// Months to come are left out.
pub fn report_rows(report: &Report) -> Vec<ReportRow> {
    let all = std::iter::once((None, None, &report.years));
    let groups = report.groups.iter().map(|group| (Some(&group.key), group.name.as_ref(), &group.years));
    let mut rows = Vec::new();
    for (group, group_name, years) in all.chain(groups) {
        for year in years.iter().rev() {
            rows.extend(year.months.iter().filter_map(|month| {
                let figures = month.figures?;
                Some(ReportRow {
                    group: group.cloned(),
                    group_name: group_name.cloned(),
                    fiscal_year: year.year,
                    month: month.first_day,
                    leads: figures.leads,
                    amount_minor: figures.amount_minor,
                    currency: report.currency,
                })
            }));
        }
    }
    rows
}

impl Figures {
    pub(crate) fn add(&mut self, other: Figures) {
        self.leads = self.leads.saturating_add(other.leads);
        self.amount_minor = self.amount_minor.saturating_add(other.amount_minor);
    }
}

impl Comparison {
    pub(crate) fn new(now: Figures, before: Figures) -> Comparison {
        Comparison {
            leads: now.leads.saturating_sub(before.leads),
            leads_permille: permille(now.leads, before.leads),
            amount_minor: now.amount_minor.saturating_sub(before.amount_minor),
            amount_permille: permille(now.amount_minor, before.amount_minor),
        }
    }
}

/// Half a tenth is rounded away from zero. Below a base that is not positive no percentage makes sense.
fn permille(now: i64, before: i64) -> Option<i64> {
    if before <= 0 {
        return None;
    }
    let difference = (i128::from(now) - i128::from(before)) * 1_000;
    let half = i128::from(before) / 2;
    let rounded = (difference.abs() + half) / i128::from(before) * difference.signum();
    i64::try_from(rounded).ok()
}
