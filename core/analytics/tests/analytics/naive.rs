//! The same figures the long way round, to compare with.

use model::jiff::civil::Date;
use model::{Currency, CustomValue, Lead, Settings};
use std::collections::BTreeMap;
use tracte_analytics::{Figures, GroupBy, GroupKey, LeadsByMonth, Report};

type Months = BTreeMap<(GroupKey, Date), Figures>;

/// Leads per group and month, without those that have none; to date per fiscal year.
pub(crate) fn count<'a>(
    leads: impl Iterator<Item = &'a Lead>,
    settings: Option<&Settings>,
    asked: &LeadsByMonth,
) -> (Months, BTreeMap<i16, i64>) {
    let zone = settings.map_or(model::jiff::tz::TimeZone::UTC, Settings::zone);
    let currency = settings.map_or(Currency::default(), |settings| settings.currency);
    let fiscal_year = |day: Date| day.year() - i16::from(day.month() < asked.fiscal_year_start_month);
    let this_year = fiscal_year(asked.today);
    let (mut months, mut to_date) = (Months::new(), BTreeMap::new());
    for lead in leads {
        let day = zone.to_datetime(lead.meta.created_at).date();
        let years_back = this_year - fiscal_year(day);
        let is_asked = asked.scope.contains(lead.owner, lead.team)
            && asked.filter.source.is_none_or(|source| lead.source == Some(source))
            && day <= asked.today
            && years_back < asked.years;
        if !is_asked {
            continue;
        }
        let figures = months.entry((group(lead, &asked.by), day.first_of_month())).or_default();
        figures.leads += 1;
        let amount = lead.amount.filter(|amount| amount.currency == currency);
        figures.amount_minor += amount.map_or(0, |amount| amount.minor_units);
        // The same day, counted in years: 29 February is past on 1 March alone.
        let on_todays_year = (day.year() + years_back, day.month(), day.day());
        if on_todays_year <= (asked.today.year(), asked.today.month(), asked.today.day()) {
            *to_date.entry(this_year - years_back).or_default() += 1;
        }
    }
    (months, to_date)
}

fn group(lead: &Lead, by: &GroupBy) -> GroupKey {
    let code = |code: &str| GroupKey::Code(code.to_owned());
    match by {
        GroupBy::Nothing => GroupKey::Others,
        GroupBy::Source => lead.source.map_or(GroupKey::Nothing, |source| code(source.as_str())),
        GroupBy::Owner => lead.owner.map_or(GroupKey::Nothing, |owner| GroupKey::Id(owner.0)),
        GroupBy::Team => lead.team.map_or(GroupKey::Nothing, |team| GroupKey::Id(team.0)),
        GroupBy::Status => code(lead.status.as_str()),
        GroupBy::Own(name) => match lead.custom.get(name) {
            Some(CustomValue::Flag(flag)) => code(if *flag { "yes" } else { "no" }),
            Some(CustomValue::Text(text)) if text.len() < 100 => code(text),
            _ => GroupKey::Nothing,
        },
    }
}

/// A report in the same shape.
pub(crate) fn flat(report: &Report) -> (Months, BTreeMap<i16, i64>) {
    let mut months = Months::new();
    let everything = report.groups.is_empty().then_some((&GroupKey::Others, &report.years));
    let groups = report.groups.iter().map(|group| (&group.key, &group.years)).chain(everything);
    for (key, years) in groups {
        for month in years.iter().flat_map(|year| &year.months) {
            if let Some(figures) = month.figures.filter(|figures| *figures != Figures::default()) {
                months.insert((key.clone(), month.first_day), figures);
            }
        }
    }
    let years = report.years.iter().filter(|year| year.to_date.leads > 0);
    (months, years.map(|year| (year.year, year.to_date.leads)).collect())
}
