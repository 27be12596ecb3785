//! The page where a filter of the list is put together. All of it is in the address: nothing is kept in between.

use super::columns::{field_views, name_records};
use super::own::picked;
use super::saved::{Asked, asked};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::fields::value_of;
use model::uuid::Uuid;
use model::{
    Condition, Currency, Decimal, FieldErrors, FieldKind, Filter, FilterField, Group, Kind, Operator, Takes,
    parse_amount, parse_date, parse_number,
};
use poem::{Response, handler};
use services::links::{self, Found};
use services::{App, Ctx, Error, filters, settings};
use ui::filters::{FilterFieldView, FilterPage, FilterRow};
use ui::leads::LeadFilters;

/// Rows of one form; a filter has fewer.
const ROWS_MAX: usize = 40;

#[handler]
pub(super) async fn editor(here: Here) -> Result<Response, Fault> {
    let Asked { filters, errors, .. } = asked(&here).await?;
    let list = Edited {
        kind: Kind::Lead,
        title: ui::leads::list_title(here.shell().locale()),
        action: "/leads/filter".to_owned(),
        filter: filters.filter.clone(),
        pairs: filters.pairs(),
        address: Box::new(move |filter| LeadFilters { filter, ..filters.clone() }.address("/leads").into()),
    };
    edit(&here, list, errors).await
}

/// A list whose filter is put together.
pub(in crate::pages) struct Edited {
    pub(in crate::pages) kind: Kind,
    pub(in crate::pages) title: String,
    /// Where the form of the editor is sent.
    pub(in crate::pages) action: String,
    pub(in crate::pages) filter: Filter,
    /// What the address of the list says.
    pub(in crate::pages) pairs: Vec<(&'static str, String)>,
    /// The list with another filter.
    pub(in crate::pages) address: Box<dyn Fn(Filter) -> String + Send + Sync>,
}

/// The editor of any list's filter.
pub(in crate::pages) async fn edit(
    here: &Here,
    mut list: Edited,
    mut errors: FieldErrors,
) -> Result<Response, Fault> {
    let (words, kind) = (here.facts.words.clone(), list.kind);
    let (fields, currency) = here
        .deed(move |app, ctx| {
            let fields = field_views(app, ctx, words.locale(ctx.language), kind)?;
            Ok((fields, settings::get(app, ctx)?.currency))
        })
        .await?;
    let was = Filter::read(here.query("was").unwrap_or_default()).0;
    let sent = here.pairs();
    let rows = rows_of(sent).unwrap_or_else(|| shown(&list.filter, &fields));
    let (fields, mut rows) = here.deed(move |app, ctx| records_meant(app, ctx, fields, rows)).await?;
    let deed = here.query("do").unwrap_or_default();
    if deed == "apply" {
        let filter = filter_of(&rows, &fields, currency);
        let known = filters::fields_for(&here.ctx, &here.state.app.frame(), kind);
        errors = problems(&filter, &known);
        if errors.is_empty() {
            return Ok(here.go(&(list.address)(filter)));
        }
        list.filter = filter;
    } else {
        change(&mut rows, &fields, deed, sent);
    }
    if here.query("was").is_some() {
        list.filter = was;
    }
    let view = page(list, fields, rows, errors);
    let markup = ui::filters::filter_page(&here.shell(), &view);
    Ok(if view.errors.is_empty() { here.page(markup) } else { here.unprocessable(markup) })
}

fn page(list: Edited, fields: Vec<FilterFieldView>, rows: Vec<FilterRow>, errors: FieldErrors) -> FilterPage {
    let pairs = list.pairs.into_iter().filter(|(name, _)| *name != "filter");
    let mut kept: Vec<(String, String)> = pairs.map(|(name, value)| (name.to_owned(), value)).collect();
    kept.push(("was".to_owned(), list.filter.to_string()));
    FilterPage {
        title: list.title,
        action: list.action,
        back_href: (list.address)(list.filter),
        fields,
        rows,
        kept,
        errors,
    }
}

/// What is wrong with it, also with its length: it must fit into the address that it becomes.
pub(in crate::pages) fn problems(filter: &Filter, known: &[FilterField]) -> FieldErrors {
    let mut errors = filter.check(known);
    errors.0.extend(Filter::read(&filter.to_string()).1.0);
    errors
}

/// The rows of the form, as typed; nothing where the page is opened.
pub(in crate::pages) fn rows_of(sent: &[(String, String)]) -> Option<Vec<FilterRow>> {
    let count = value_of(sent, "rows").parse::<usize>().ok()?.min(ROWS_MAX);
    let row = |place: usize| {
        let value = |name: &str| value_of(sent, &format!("{name}{place}")).to_owned();
        let operator = Operator::from_code(&value("o")).or_else(|| Operator::from_code(&value("p")))?;
        let before = Operator::from_code(&value("p")).unwrap_or(operator);
        let name = format!("v{place}");
        let named = sent.iter().filter(|(field, _)| *field == name);
        let mut values: Vec<String> = named.map(|(_, value)| value.trim().to_owned()).collect();
        if before.takes() != operator.takes() {
            values.clear();
        }
        Some(FilterRow {
            group: value("g").parse().unwrap_or_default(),
            field: value("f"),
            operator,
            picked: picked(sent, &name),
            values,
        })
    };
    let mut rows: Vec<FilterRow> = (0..count).filter_map(row).collect();
    in_groups(&mut rows);
    Some(rows)
}

/// Rows of a group stand together, and groups are numbered without a gap.
fn in_groups(rows: &mut [FilterRow]) {
    rows.sort_by_key(|row| row.group);
    let (mut number, mut last) = (0, None);
    for row in rows {
        if last.is_some_and(|last| last != row.group) {
            number += 1;
        }
        last = Some(row.group);
        row.group = number;
    }
}

/// Names of records among the values become their ids, where it is clear which one is meant; and ids have names.
pub(in crate::pages) fn records_meant(
    app: &App,
    ctx: &Ctx,
    mut fields: Vec<FilterFieldView>,
    mut rows: Vec<FilterRow>,
) -> Result<(Vec<FilterFieldView>, Vec<FilterRow>), Error> {
    for row in &mut rows {
        let target = fields.iter().find(|field| field.key == row.field).and_then(|field| field.target);
        let Some(target) = target.filter(|_| row.operator.takes() == Takes::Several) else { continue };
        for value in row.values.iter_mut().filter(|value| !value.is_empty()) {
            if value.parse::<Uuid>().is_ok() {
                continue;
            }
            if let Found::One(id) = links::meant(app, ctx, target, value, row.picked.as_deref())? {
                *value = id.to_string();
                row.picked = None;
            }
        }
        row.values.retain(|value| !value.is_empty());
        row.values.dedup();
    }
    let named = rows.iter().map(|row| (row.field.as_str(), row.values.as_slice()));
    name_records(app, ctx, &mut fields, named)?;
    Ok((fields, rows))
}

/// A filter as rows, in local notation.
pub(in crate::pages) fn shown(filter: &Filter, fields: &[FilterFieldView]) -> Vec<FilterRow> {
    let mut rows = Vec::new();
    for (group, conditions) in filter.groups.iter().enumerate() {
        for condition in &conditions.conditions {
            let kind = fields.iter().find(|field| field.key == condition.field).map(|field| field.kind);
            let is_number = matches!(kind, Some(FieldKind::Money | FieldKind::Number));
            let value = |value: &String| {
                if is_number { ui::filters::typed_number(value) } else { value.clone() }
            };
            rows.push(FilterRow {
                group,
                field: condition.field.clone(),
                operator: condition.operator,
                values: condition.values.iter().map(value).collect(),
                picked: None,
            });
        }
    }
    rows
}

/// Adds a row, takes one away, or leaves them as they are.
pub(in crate::pages) fn change(
    rows: &mut Vec<FilterRow>,
    fields: &[FilterFieldView],
    deed: &str,
    sent: &[(String, String)],
) {
    let place = |prefix: &str| deed.strip_prefix(prefix).and_then(|place| place.parse::<usize>().ok());
    if let Some(place) = place("remove") {
        if place < rows.len() {
            rows.remove(place);
            in_groups(rows);
        }
        return;
    }
    let next = rows.iter().map(|row| row.group + 1).max().unwrap_or_default();
    let group = match place("or") {
        Some(group) => group.min(next),
        None if deed == "add" => next,
        None => return,
    };
    let chosen = value_of(sent, &format!("{deed}-field"));
    let Some(field) = fields.iter().find(|field| field.key == chosen) else { return };
    let Some(operator) = Operator::of(field.kind).first() else { return };
    if rows.len() < ROWS_MAX {
        let (field, operator) = (field.key.clone(), *operator);
        rows.push(FilterRow { group, field, operator, values: Vec::new(), picked: None });
        in_groups(rows);
    }
}

/// What the rows say, in the form that everybody reads. A value that cannot be read stays as it was typed.
pub(in crate::pages) fn filter_of(
    rows: &[FilterRow],
    fields: &[FilterFieldView],
    currency: Currency,
) -> Filter {
    let mut filter = Filter::default();
    for row in rows {
        let kind = fields.iter().find(|field| field.key == row.field).map(|field| field.kind);
        let takes = row.operator.takes();
        let values = row.values.iter().filter(|value| takes == Takes::Two || !value.is_empty());
        let values: Vec<String> = match takes {
            Takes::Nothing => Vec::new(),
            _ => values.map(|value| plain(value, kind, takes, currency)).collect(),
        };
        let condition = Condition { field: row.field.clone(), operator: row.operator, values };
        if filter.groups.len() <= row.group {
            filter.groups.push(Group::default());
        }
        if let Some(group) = filter.groups.last_mut() {
            group.conditions.push(condition);
        }
    }
    filter
}

fn plain(typed: &str, kind: Option<FieldKind>, takes: Takes, currency: Currency) -> String {
    let read = match kind {
        _ if takes == Takes::Days => None,
        Some(FieldKind::Money) => parse_amount(typed, currency)
            .ok()
            .map(|money| Decimal::new(money.minor_units, 2).normalize().to_string()),
        Some(FieldKind::Number) => parse_number(typed).ok().map(|number| number.to_string()),
        Some(FieldKind::Date | FieldKind::Instant) => parse_date(typed).ok().map(|day| day.to_string()),
        _ => None,
    };
    read.unwrap_or_else(|| typed.to_owned())
}
