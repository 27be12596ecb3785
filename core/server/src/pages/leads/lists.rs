//! The list of leads: what the address says, as a page, as groups and as a file.

use super::columns::{self, Columns};
use super::saved::{Asked, asked};
use super::views::{Names, people, person_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::records::saved::bar;
use model::jiff::civil::Date;
use model::{
    Action, Condition, FieldErrors, Filter, Kind, Lead, LeadSort, LeadStatus, Level, NOBODY, Operator,
    Source, lists,
};
use poem::{Response, handler};
use services::leads::{self, Direction, LeadCount, LeadQuery, OwnerFilter};
use services::reports::{self, FileFormat};
use services::{App, Ctx, Error, filters, permissions, settings};
use ui::Words;
use ui::leads::{LeadFilters, LeadLine, LeadTotal, ListGroup, ListMay, ListPage, OwnerChoice};
use ui::saved_views::ViewBar;

#[handler]
pub(super) async fn list(here: Here) -> Result<Response, Fault> {
    let Asked { filters, errors, views } = asked(&here).await?;
    let views = bar(&here.ctx, &views, &filters.plain());
    let cursor = here.query("cursor").map(str::to_owned);
    let query = query_of(&here, &filters, cursor.clone());
    let is_more = here.is_htmx() && cursor.is_some();
    let words = here.facts.words.clone();
    let view = here
        .deed(move |app, ctx| {
            let total = if is_more { None } else { Some(total(app, ctx, &query)?) };
            Ok(ListPage { total, views, ..list_page(app, ctx, &words, filters, errors, &query)? })
        })
        .await?;
    let markup = if is_more { ui::leads::more_rows } else { ui::leads::list_page };
    Ok(here.page(markup(&here.shell(), &view)))
}

/// The same leads in a file: with the columns of the list where somebody chose them, else with all that matters.
#[handler]
pub(super) async fn export(here: Here) -> Result<Response, Fault> {
    let Asked { filters, errors, .. } = asked(&here).await?;
    if !errors.is_empty() {
        return Err(Error::Invalid(errors).into());
    }
    let query = query_of(&here, &filters, None);
    let format = here.query("format").and_then(FileFormat::from_code).unwrap_or(FileFormat::Csv);
    let (words, language) = (here.facts.words.clone(), here.ctx.language);
    let file = here
        .deed(move |app, ctx| {
            let l = words.locale(language);
            if !filters.columns.is_empty() {
                let columns = Columns::chosen(app, ctx, l, Kind::Lead, &filters.columns)?;
                return leads::export_columns(
                    app,
                    ctx,
                    &query,
                    &columns.in_file(),
                    format,
                    &|field, value| columns.text(field, value),
                );
            }
            let source = |code: &str| ui::labels::choice(l, lists::SOURCES, code);
            let name = |code: &str| crate::pages::reports::code_name(l, code);
            let words =
                reports::Words { titles: super::views::export_titles(l), source: &source, name: &name };
            reports::export_leads(app, ctx, &query, format, &words)
        })
        .await?;
    Ok(crate::pages::imports::download(file))
}

/// The page of a list, without its total: rows that are added to a page do not say it again.
fn list_page(
    app: &App,
    ctx: &Ctx,
    words: &Words,
    filters: LeadFilters,
    errors: FieldErrors,
    query: &LeadQuery,
) -> Result<ListPage, Error> {
    let l = words.locale(ctx.language);
    let see_others = permissions::level(ctx, Kind::Lead, Action::See) > Level::Own;
    let names = Names::read(app, ctx)?;
    let columns = if filters.columns.is_empty() {
        Columns::usual(app, ctx, l, Kind::Lead, see_others)?
    } else {
        Columns::chosen(app, ctx, l, Kind::Lead, &filters.columns)?
    };
    let line = |lead: &Lead| line(lead, &columns);
    let fields = columns::field_views(app, ctx, l, Kind::Lead)?;
    let grouped = if filters.group.is_empty() || query.cursor.is_some() {
        None
    } else {
        Some(leads::groups(app, ctx, query, &filters.group)?)
    };
    let page = if grouped.is_none() { Some(leads::list(app, ctx, query)?) } else { None };
    let is_whole = grouped.as_ref().is_none_or(|grouped| grouped.is_whole);
    let mut groups: Vec<ListGroup> = Vec::new();
    for group in grouped.into_iter().flat_map(|grouped| grouped.groups) {
        groups.push(ListGroup {
            label: columns::group_label(l, &fields, &filters.group, &group.code, &names),
            count: group.count as u64,
            filters: narrowed(&filters, &group.code, &fields),
            lines: group.leads.iter().map(line).collect(),
        });
    }
    columns::in_order(&mut groups, &fields, &filters.group);
    Ok(ListPage {
        lines: page.iter().flat_map(|page| &page.leads).map(line).collect(),
        columns: columns.heads(),
        currency: settings::get(app, ctx)?.currency,
        fields,
        groups,
        is_whole,
        errors,
        views: ViewBar::default(),
        people: people(app, ctx)?,
        bulk: crate::pages::bulk::may(ctx, Kind::Lead).anything(),
        making: crate::pages::scoring::making(app).filter(|_| query.sort == LeadSort::Score),
        cursor: query.cursor.clone(),
        next: page.and_then(|page| page.next),
        total: None,
        may: ListMay {
            create: permissions::may(ctx, Kind::Lead, Action::Create),
            import: permissions::may(ctx, Kind::Import, Action::Create),
            export: permissions::may(ctx, Kind::Lead, Action::Export),
            see_others,
            merge: services::merges::may(ctx, Kind::Lead),
        },
        filters,
    })
}

/// The list of one group alone.
fn narrowed(filters: &LeadFilters, code: &str, fields: &[ui::filters::FilterFieldView]) -> LeadFilters {
    let is_choice = fields.iter().any(|field| {
        field.key == filters.group && !matches!(field.kind, model::FieldKind::User | model::FieldKind::Team)
    });
    let condition = match code {
        "" if is_choice => Condition::new::<String>(&filters.group, Operator::Empty, []),
        "" => Condition::new(&filters.group, Operator::AnyOf, [NOBODY]),
        code => Condition::new(&filters.group, Operator::AnyOf, [code]),
    };
    LeadFilters { filter: filters.filter.clone().and(condition), group: String::new(), ..filters.clone() }
}

fn total(app: &App, ctx: &Ctx, query: &LeadQuery) -> Result<LeadTotal, Error> {
    Ok(match leads::count(app, ctx, query)? {
        LeadCount::Exactly(count) => LeadTotal::Exactly(count as u64),
        LeadCount::MoreThan(count) => LeadTotal::MoreThan(count as u64),
        LeadCount::AtLeast(count) => LeadTotal::AtLeast(count as u64),
    })
}

fn line(lead: &Lead, columns: &Columns<'_>) -> LeadLine {
    LeadLine {
        id: lead.meta.id.to_string(),
        title: lead.title().to_owned(),
        person: person_of(lead),
        town: lead.town.clone().filter(|_| !columns.has("town")),
        cells: columns.cells(lead),
    }
}

/// The filters of the address. What cannot be understood is said and left out.
pub(super) fn filters_of(here: &Here) -> (LeadFilters, FieldErrors) {
    let value = |name: &str| here.query(name).unwrap_or_default();
    let frame = here.state.app.frame();
    let known = filters::fields_of(&frame, Kind::Lead);
    let (filter, mut errors) = Filter::read(value("filter"));
    let (filter, wrong) = filter.sound(&known);
    errors.0.extend(wrong.0);
    for day in ["created_from", "created_to"] {
        if !value(day).is_empty() && value(day).parse::<Date>().is_err() {
            errors.add(day, "date-form", value(day));
        }
    }
    let is_known = |key: &str| known.iter().any(|field| field.key == key);
    let mut columns: Vec<String> = Vec::new();
    for key in here.queries("columns").flat_map(|keys| keys.split(',')) {
        if is_known(key) && !columns.iter().any(|column| column == key) {
            columns.push(key.to_owned());
        }
    }
    let filters = LeadFilters {
        status: LeadStatus::from_code(value("status")),
        owner: OwnerChoice::from_code(value("owner")),
        source: Source::from_code(value("source")),
        created_from: value("created_from").to_owned(),
        created_to: value("created_to").to_owned(),
        filter,
        columns,
        group: Some(value("group"))
            .filter(|key| columns::can_group(&known, key))
            .unwrap_or_default()
            .to_owned(),
        sort: LeadSort::from_code(value("sort")).unwrap_or_default(),
        ascending: value("direction") == "asc",
        view: None,
        has_first_view: false,
    };
    (filters, errors)
}

fn query_of(here: &Here, filters: &LeadFilters, cursor: Option<String>) -> LeadQuery {
    let owner = match &filters.owner {
        OwnerChoice::Anyone => None,
        OwnerChoice::Me => here.ctx.user_id().map(OwnerFilter::Person),
        OwnerChoice::Nobody => Some(OwnerFilter::Nobody),
        OwnerChoice::Person(id) => id.parse().ok().map(OwnerFilter::Person),
    };
    LeadQuery {
        status: filters.status,
        owner,
        source: filters.source,
        created_from: filters.created_from.parse().ok(),
        created_to: filters.created_to.parse().ok(),
        filter: filters.filter.clone(),
        sort: filters.sort,
        direction: if filters.ascending { Direction::Forward } else { Direction::Backward },
        cursor,
        ..LeadQuery::default()
    }
}
