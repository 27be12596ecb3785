//! The list of an entity: what the address says, as a page, as groups and as a file.

use super::Of;
use super::saved::{Asked, asked, bar};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::leads::columns::{self, Columns, can_group};
use crate::pages::leads::filter::{self, Edited};
use crate::pages::leads::views::Names;
use crate::pages::{activities, documents};
use model::jiff::ToSpan;
use model::jiff::civil::{Date, Weekday};
use model::{
    Action, AnyRecord, CREATED, Condition, FieldErrors, FieldKind, FieldValue, Filter, Kind, Level, NOBODY,
    Operator, TITLE,
};
use poem::{Response, handler};
use services::leads::{Direction, LeadCount};
use services::records::{self, AGENDA, DUE, Query};
use services::reports::{self, FileFormat};
use services::{App, Ctx, Error, filters, imports, permissions, settings};
use ui::Words;
use ui::leads::LeadTotal;
use ui::records::{ListFilters, ListGroup, ListLine, ListMay, ListPage};
use ui::saved_views::ViewBar;

#[handler]
pub(super) async fn list(here: Here, Of(kind): Of) -> Result<Response, Fault> {
    let Asked { filters, errors, views } = asked(&here, kind).await?;
    let mut views = bar(&here.ctx, &views, &filters);
    match kind {
        Kind::Activity => activities::add_ready(here.shell().locale(), &mut views, &filters),
        Kind::Document => documents::add_ready(here.shell().locale(), &mut views, &filters),
        _ => {}
    }
    let cursor = here.query("cursor").map(str::to_owned);
    let query = query_of(&filters, cursor.clone());
    let is_more = here.is_htmx() && cursor.is_some();
    let words = here.facts.words.clone();
    let view = here
        .deed(move |app, ctx| {
            let total = if is_more { None } else { Some(total(app, ctx, kind, &query)?) };
            Ok(ListPage { total, views, ..list_page(app, ctx, &words, filters, errors, &query)? })
        })
        .await?;
    let markup = if is_more { ui::records::more_rows } else { ui::records::list_page };
    Ok(here.page(markup(&here.shell(), &view)))
}

/// The same records in a file.
#[handler]
pub(super) async fn export(here: Here, Of(kind): Of) -> Result<Response, Fault> {
    let Asked { filters, errors, .. } = asked(&here, kind).await?;
    if !errors.is_empty() {
        return Err(Error::Invalid(errors).into());
    }
    let query = query_of(&filters, None);
    if here.query("format") == Some(ui::records::CARDS_FORMAT) {
        let file = here.deed(move |app, ctx| records::export_cards(app, ctx, kind, &query)).await?;
        return Ok(crate::pages::imports::download(file));
    }
    let format = here.query("format").and_then(FileFormat::from_code).unwrap_or(FileFormat::Csv);
    let (words, language) = (here.facts.words.clone(), here.ctx.language);
    let file = here
        .deed(move |app, ctx| {
            let l = words.locale(language);
            let keys = if filters.columns.is_empty() { all_columns(app, kind) } else { filters.columns };
            let columns = Columns::chosen(app, ctx, l, kind, &keys)?;
            let text = |field: &services::fields::Field, value: &FieldValue| columns.text(field, value);
            records::export_columns(app, ctx, kind, &query, &columns.in_file(), format, &text)
        })
        .await?;
    Ok(crate::pages::imports::download(file))
}

/// Everything that is known of a record, in the order of its fields.
fn all_columns(app: &App, kind: Kind) -> Vec<String> {
    services::fields::specs_of(&app.frame(), kind).into_iter().map(|field| field.key).collect()
}

/// Pages of what the list of opportunities shows, each with the name in the address that says its pipeline.
const OTHER_PAGES: [(&str, &str); 3] = [
    ("board", ui::board::BOARD_PATH),
    ("calendar", ui::board::CALENDAR_PATH),
    ("forecast", ui::board::FORECAST_PATH),
];

#[handler]
pub(super) async fn editor(here: Here, Of(kind): Of) -> Result<Response, Fault> {
    permissions::require(&here.ctx, kind, Action::See)?;
    let Asked { filters, errors, .. } = asked(&here, kind).await?;
    // From a board, a calendar or a forecast it goes back there.
    let page =
        OTHER_PAGES.into_iter().find_map(|(name, path)| Some((name, path, here.query(name)?.to_owned())));
    let mut pairs = filters.pairs();
    pairs.extend(page.as_ref().map(|(name, _, pipeline)| (*name, pipeline.clone())));
    let edited = Edited {
        kind,
        title: ui::records::list_title(here.shell().locale(), kind),
        action: format!("{}/filter", filters.path()),
        filter: filters.filter.clone(),
        pairs,
        address: Box::new(move |filter| {
            let filters = ListFilters { filter, ..filters.clone() };
            match &page {
                Some((_, path, pipeline)) => filters.address_at(path).with("pipeline", pipeline).into(),
                None => filters.address("").into(),
            }
        }),
    };
    filter::edit(&here, edited, errors).await
}

/// The page of a list, without its total: rows that are added to a page do not say it again.
fn list_page(
    app: &App,
    ctx: &Ctx,
    words: &Words,
    filters: ListFilters,
    errors: FieldErrors,
    query: &Query,
) -> Result<ListPage, Error> {
    let (l, kind) = (words.locale(ctx.language), filters.kind);
    let see_others = permissions::level(ctx, kind, Action::See) > Level::Own;
    let columns = if filters.columns.is_empty() {
        Columns::usual(app, ctx, l, kind, see_others)?
    } else {
        Columns::chosen(app, ctx, l, kind, &filters.columns)?
    };
    let line = |record: &records::Record| line(record.as_ref(), &columns);
    let mut fields = columns::field_views(app, ctx, l, kind)?;
    let named = filters.filter.conditions();
    let named = named.map(|condition| (condition.field.as_str(), condition.values.as_slice()));
    columns::name_records(app, ctx, &mut fields, named)?;
    let is_grouped = !filters.group.is_empty() && query.cursor.is_none();
    let grouped =
        if is_grouped { Some(records::groups(app, ctx, kind, query, &filters.group)?) } else { None };
    let page = if is_grouped { None } else { Some(records::list(app, ctx, kind, query)?) };
    let is_whole = grouped.as_ref().is_none_or(|grouped| grouped.is_whole);
    let names = Names::read(app, ctx)?;
    let today = reports::today(ctx, &settings::get(app, ctx)?);
    let mut groups: Vec<ListGroup> = Vec::new();
    let mut found = grouped.map_or_else(Vec::new, |grouped| grouped.groups);
    if filters.group == DUE {
        let place = |code: &str| AGENDA.iter().position(|bucket| *bucket == code).unwrap_or(AGENDA.len());
        found.sort_by_key(|group| place(&group.code));
    }
    for group in found {
        groups.push(ListGroup {
            label: columns::group_label(l, &fields, &filters.group, &group.code, &names),
            count: group.count as u64,
            filters: narrowed(&filters, &group.code, &fields, today),
            lines: group.records.iter().map(line).collect(),
        });
    }
    if let Some(field) = fields.iter().find(|field| field.key == filters.group && field.key != DUE) {
        groups.sort_by_cached_key(|group| {
            field.choices.iter().position(|choice| choice.label == group.label).unwrap_or(usize::MAX)
        });
    }
    Ok(ListPage {
        lines: page.iter().flat_map(|page| &page.records).map(line).collect(),
        columns: columns.heads(),
        sorts: records::shape_of(kind)?.sorts,
        currency: settings::get(app, ctx)?.currency,
        fields,
        groups,
        is_whole,
        errors,
        views: ViewBar::default(),
        cursor: query.cursor.clone(),
        next: page.and_then(|page| page.next),
        total: None,
        may: ListMay {
            create: permissions::may(ctx, kind, Action::Create),
            bulk: crate::pages::bulk::may(ctx, kind).anything(),
            export: permissions::may(ctx, kind, Action::Export),
            import: imports::ENTITIES.contains(&kind)
                && permissions::may(ctx, Kind::Import, Action::Create)
                && permissions::may(ctx, kind, Action::Create),
            merge: services::merges::may(ctx, kind),
        },
        filters,
    })
}

/// The list of one group alone.
fn narrowed(
    filters: &ListFilters,
    code: &str,
    fields: &[ui::filters::FilterFieldView],
    today: Date,
) -> ListFilters {
    let is_choice = fields
        .iter()
        .any(|field| field.key == filters.group && !matches!(field.kind, FieldKind::User | FieldKind::Team));
    let condition = match code {
        bucket if filters.group == DUE => of_bucket(bucket, today),
        "" if is_choice => Condition::new::<String>(&filters.group, Operator::Empty, []),
        "" => Condition::new(&filters.group, Operator::AnyOf, [NOBODY]),
        code => Condition::new(&filters.group, Operator::AnyOf, [code]),
    };
    ListFilters { filter: filters.filter.clone().and(condition), group: String::new(), ..filters.clone() }
}

/// The days of a bucket of the agenda: those of this week end with Sunday.
fn of_bucket(bucket: &str, today: Date) -> Condition {
    let in_days = |days: i64| today.checked_add(days.days()).unwrap_or(today);
    let sunday = in_days(6 - i64::from(today.weekday().since(Weekday::Monday)));
    let day = |day: Date| day.to_string();
    match bucket {
        "overdue" => Condition::new(DUE, Operator::OverDaysAgo, ["0"]),
        "today" => Condition::new::<String>(DUE, Operator::Today, []),
        "tomorrow" => Condition::new(DUE, Operator::Is, [day(in_days(1))]),
        "week" => Condition::new(DUE, Operator::Between, [day(in_days(2)), day(sunday)]),
        "later" => Condition::new(DUE, Operator::Above, [day(sunday.max(in_days(1)))]),
        _ => Condition::new::<String>(DUE, Operator::Empty, []),
    }
}

fn total(app: &App, ctx: &Ctx, kind: Kind, query: &Query) -> Result<LeadTotal, Error> {
    Ok(match records::count(app, ctx, kind, query)? {
        LeadCount::Exactly(count) => LeadTotal::Exactly(count as u64),
        LeadCount::MoreThan(count) => LeadTotal::MoreThan(count as u64),
        LeadCount::AtLeast(count) => LeadTotal::AtLeast(count as u64),
    })
}

fn line(record: &dyn AnyRecord, columns: &Columns<'_>) -> ListLine {
    let below = ["legal_name", "job_title"].into_iter().filter(|key| !columns.has(key));
    let text = |key: &str| match record.built_in(key) {
        FieldValue::Text(text) => Some(text),
        _ => None,
    };
    ListLine {
        id: record.about().id.to_string(),
        title: record.name(),
        below: match record.entity() {
            Kind::Activity => columns.about(record),
            _ => below.filter_map(text).collect(),
        },
        is_archived: record.is_archived(),
        cells: columns.cells(record),
    }
}

/// The filters of the address. What cannot be understood is said and left out.
pub(super) fn filters_of(here: &Here, kind: Kind) -> (ListFilters, FieldErrors) {
    let value = |name: &str| here.query(name).unwrap_or_default();
    let known = filters::fields_for(&here.ctx, &here.state.app.frame(), kind);
    let (filter, mut errors) = Filter::read(value("filter"));
    let (filter, wrong) = filter.sound(&known);
    errors.0.extend(wrong.0);
    let is_known = |key: &str| known.iter().any(|field| field.key == key);
    let mut columns: Vec<String> = Vec::new();
    for key in here.queries("columns").flat_map(|keys| keys.split(',')) {
        if is_known(key) && !columns.iter().any(|column| column == key) {
            columns.push(key.to_owned());
        }
    }
    let sorts = records::shape_of(kind).map(|shape| shape.sorts).unwrap_or_default();
    let sort = Some(value("sort")).filter(|sort| sorts.contains(sort)).unwrap_or(CREATED);
    let group = Some(value("group")).filter(|key| can_group(&known, key)).unwrap_or_default();
    let filters = ListFilters {
        filter,
        columns,
        group: group.to_owned(),
        sort: sort.to_owned(),
        ascending: value("direction") == "asc" || (sort == TITLE && value("direction").is_empty()),
        ..ListFilters::usual(kind)
    };
    (filters, errors)
}

pub(super) fn query_of(filters: &ListFilters, cursor: Option<String>) -> Query {
    Query {
        filter: filters.filter.clone(),
        sort: filters.sort.clone(),
        direction: if filters.ascending { Direction::Forward } else { Direction::Backward },
        cursor,
        ..Query::default()
    }
}
