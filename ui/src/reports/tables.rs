//! The tables of a report: months beside years, and groups to the same day.

use super::By;
use super::leads_by_month::{Figures, GroupKey, GroupView, LeadsByMonthPage, YearView};
use crate::Locale;
use crate::address::Address;
use crate::components::panel;
use crate::messages::t;
use crate::{format, labels};
use maud::{Markup, html};
use model::jiff::civil::Date;
use model::{Condition, FieldKind, Filter, Operator};

/// The list behind a figure.
pub(super) fn leads_of(from: Option<Date>, to: Date) -> Address {
    let from = from.map(|day| day.to_string()).unwrap_or_default();
    Address::new("/leads").with("created_from", &from).with("created_to", &to.to_string())
}

/// Months × years, each figure with the list behind it.
pub(super) fn months<'l>(l: impl Into<Locale<'l>>, view: &LeadsByMonthPage) -> Markup {
    let l: Locale<'_> = l.into();
    let title = t!(l, "reports-table-months");
    let places = 0..view.years.first().map_or(0, |year| year.months.len());
    panel(
        &title,
        html! {},
        html! {
            div.table-wrap role="region" aria-label=(title) tabindex="0" {
                table {
                    caption.sr { (title) }
                    thead { tr {
                        th scope="col" { (t!(l, "reports-month")) }
                        @for year in &view.years { th.num scope="col" { (view.year_label(year)) } }
                    } }
                    tbody { @for place in places { (month(l, view, place)) } }
                    tfoot {
                        tr {
                            th scope="row" { (t!(l, "reports-same-day")) }
                            @for year in &view.years { td.num { (format::integer(l, year.to_date.leads)) } }
                        }
                        tr {
                            th scope="row" { (t!(l, "common-total")) }
                            @for year in &view.years { td.num { (format::integer(l, year.total.leads)) } }
                        }
                    }
                }
            }
        },
    )
}

fn month(l: Locale<'_>, view: &LeadsByMonthPage, place: usize) -> Markup {
    let name = view.years.first().and_then(|year| year.months.get(place));
    html! {
        tr {
            th scope="row" { @if let Some(month) = name { (format::month_name(l, month.first_day.month())) } }
            @for year in &view.years { td.num { (figure(l, year, place)) } }
        }
    }
}

fn figure(l: Locale<'_>, year: &YearView, place: usize) -> Markup {
    let Some((month, figures)) = year.months.get(place).and_then(|month| Some((month, month.figures?)))
    else {
        return html! { span.hint-text { "—" } };
    };
    if figures.leads == 0 {
        return html! { "0" };
    }
    let href = leads_of(Some(month.first_day), month.first_day.last_of_month());
    html! { a href=(href) { (format::integer(l, figures.leads)) } }
}

/// Groups of this year beside the years before to the same day, with the difference from the last one.
pub(super) fn groups<'l>(l: impl Into<Locale<'l>>, view: &LeadsByMonthPage) -> Markup {
    let l: Locale<'_> = l.into();
    let title = match &view.by {
        By::Source => t!(l, "reports-table-sources"),
        By::Owner => t!(l, "reports-table-owners"),
        By::Own { label, .. } => t!(l, "reports-table-own", field = label.as_str()),
        _ => t!(l, "reports-table-statuses"),
    };
    html! {
        (panel(&title, html! { span.stack-only.hint-text { (same_day(l, view)) } }, html! {
            @if view.groups.is_empty() { div.body { p.muted { (t!(l, "reports-no-groups")) } } }
            @else { (group_table(l, view, &title)) }
        }))
    }
}

fn group_table(l: Locale<'_>, view: &LeadsByMonthPage, title: &str) -> Markup {
    html! {
        div.table-wrap role="region" aria-label=(title) tabindex="0" {
            table.stack.figures {
                caption.sr { (title) }
                thead { tr {
                    th scope="col" { (view.by.group_label(l)) }
                    @for year in &view.years { th.num scope="col" { (until(l, view, year)) } }
                    th.num scope="col" { (t!(l, "reports-difference")) }
                    th.num scope="col" { "%" }
                } }
                tbody { @for group in &view.groups { (group_row(l, view, group)) } }
            }
        }
    }
}

/// The day that all years go up to; where the heads of the columns are hidden, the years alone stand at the figures.
fn same_day(l: Locale<'_>, view: &LeadsByMonthPage) -> String {
    view.years.first().map_or_else(String::new, |year| until(l, view, year))
}

fn until(l: Locale<'_>, view: &LeadsByMonthPage, year: &YearView) -> String {
    t!(l, "reports-until", year = view.year_label(year), day = format::date_short(year.to_date_until))
}

fn group_row(l: Locale<'_>, view: &LeadsByMonthPage, group: &GroupView) -> Markup {
    let leads = |place: usize| group.to_date.get(place).map_or(0, |figures: &Figures| figures.leads);
    let (now, then) = (leads(0), leads(1));
    let change = format::change_per_mille(now, then);
    html! {
        tr {
            th scope="row" {
                @match group_href(view, &group.key) {
                    Some(href) => { a href=(href) { (group_name(l, view, &group.key)) } }
                    None => (group_name(l, view, &group.key)),
                }
            }
            @for (place, year) in view.years.iter().enumerate() {
                td.num data-l=(view.year_label(year)) { (format::integer(l, leads(place))) }
            }
            td.num data-l=(t!(l, "reports-difference")) { (signed(l, now - then)) }
            td.num data-l=(t!(l, "reports-in-percent")) {
                @match change {
                    Some(change) => { @if change > 0 { "+" } (format::percent(l, change)) }
                    None => { span.hint-text { "—" } }
                }
            }
        }
    }
}

fn signed(l: Locale<'_>, difference: i64) -> String {
    let plus = if difference > 0 { "+" } else { "" };
    format!("{plus}{}", format::integer(l, difference))
}

fn group_name(l: Locale<'_>, view: &LeadsByMonthPage, key: &GroupKey) -> String {
    match key {
        GroupKey::Source(source) => labels::source(l, *source),
        GroupKey::Status(status) => labels::lead_status(l, *status),
        GroupKey::Owner { name, .. } => name.clone(),
        GroupKey::Own { label, .. } => label.clone(),
        GroupKey::Nothing if matches!(view.by, By::Own { .. }) => crate::leads::no_value(l),
        GroupKey::Nothing if view.by == By::Owner => t!(l, "leads-owner-nobody"),
        GroupKey::Nothing => t!(l, "leads-source-unknown"),
        GroupKey::Others => t!(l, "reports-others"),
    }
}

/// Leads with this value of an own field.
fn own_condition(by: &By, code: &str) -> Option<Filter> {
    let By::Own { key, kind, .. } = by else { return None };
    let condition = match (kind, code) {
        (FieldKind::YesNo, "yes") => Condition::new::<String>(key, Operator::Yes, []),
        // A filter by «no» finds those without a value, too.
        (FieldKind::YesNo, _) => return None,
        (_, code) => Condition::new(key, Operator::AnyOf, [code]),
    };
    Some(Filter::default().and(condition))
}

/// This year’s leads of the group.
fn group_href(view: &LeadsByMonthPage, key: &GroupKey) -> Option<String> {
    let this = view.years.first()?;
    let list = leads_of(this.months.first().map(|month| month.first_day), this.to_date_until);
    let list = match key {
        GroupKey::Source(source) => list.with("source", source.as_str()),
        GroupKey::Status(status) => list.with("status", status.as_str()),
        GroupKey::Owner { id, .. } => list.with("owner", id),
        GroupKey::Own { code, .. } => list.with("filter", &own_condition(&view.by, code)?.to_string()),
        GroupKey::Nothing if view.by == By::Owner => list.with("owner", "nobody"),
        GroupKey::Nothing | GroupKey::Others => return None,
    };
    Some(list.into())
}
