//! From records as they are kept to records as pages show them.

use crate::pages::activities::{self, HistoryAsk};
use crate::pages::leads::own;
use crate::pages::leads::views::Names;
use crate::pages::{consents, documents, imports, merges, prices, quotes};
use model::uuid::Uuid;
use model::{
    Action, AnyRecord, Change, Condition, FieldErrors, FieldKind, FieldValue, Filter, Kind, Operator,
};
use services::timelines::{self, Timeline};
use services::{App, Ctx, Error, audit, board, links, permissions, records, settings};
use std::collections::BTreeMap;
use ui::Locale;
use ui::activities::ComposeForm;
use ui::audit::Words;
use ui::board::StayView;
use ui::records::{Event, ListFilters, RecordMay, RecordPage, Related, RelatedLine, StageStep};

/// Fields that every record has besides those of its form.
const MADE: [&str; 4] = ["owner", "team", "created_at", "updated_at"];

pub(super) fn record_page(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
    kind: Kind,
    id: Uuid,
    ask: HistoryAsk,
) -> Result<RecordPage, Error> {
    let record = records::get(app, ctx, kind, id)?;
    let Timeline { changes, next } = timelines::page(app, ctx, kind, id, ask.before, ask.sort)?;
    let settings = settings::get(app, ctx)?;
    let names = names(app, ctx, record.as_ref(), &changes)?;
    let (zone, people) = (settings.zone(), Names::read(app, ctx)?);
    let words = Words { language: ctx.language, zone: &zone, frame: l.frame(), names: &names };
    let mut events: Vec<Event> =
        changes.iter().filter_map(|change| Event::of(l, change, id, &words)).collect();
    imports::lead_to_pages(app, ctx, events.iter_mut().filter_map(|event| event.import.as_mut()))?;
    let may = |action| permissions::require_with_links(app, ctx, record.as_ref(), action).is_ok();
    let (stays, is_stays_whole) = stays(app, ctx, kind, id, &names)?;
    let keys = model::specs_of(kind).iter().map(|spec| spec.key).chain(MADE);
    let lists = model::rows_of(kind).iter().map(|list| (list.key.to_owned(), record.listed(list.key)));
    let values = keys
        .map(|key| (key.to_owned(), record.built_in(key)))
        .filter(|(_, value)| !value.is_nothing())
        .collect();
    Ok(RecordPage {
        kind,
        id: id.to_string(),
        version: record.about().version,
        title: record.name(),
        is_archived: record.is_archived(),
        values,
        lists: lists.filter(|(_, rows)| !rows.is_empty()).collect(),
        custom: record.own().clone(),
        currency: record.amounts_in().unwrap_or(settings.currency),
        stages: stages(l, record.as_ref()),
        stays,
        is_stays_whole,
        quote: (kind == Kind::Quote).then(|| quotes::panel(app, ctx, id)).transpose()?,
        moved: None,
        related: related(app, ctx, l, record.as_ref())?,
        prices: if kind == Kind::Product { Some(prices::of_product(app, ctx, id)?) } else { None },
        chain: chain(app, ctx, record.as_ref())?,
        group: if kind == Kind::Company { records::group(app, ctx, id)?.map(group_view) } else { None },
        alike: merges::alike(app, ctx, record.as_ref())?,
        consents: (kind == Kind::Contact).then(|| consents::panel(app, ctx, record.as_ref())).transpose()?,
        events,
        older_than: next,
        is_older: ask.before.is_some(),
        todo: activities::todo_panel(app, ctx, kind, id, &people)?,
        activity: activities::state_of(app, ctx, record.as_ref()),
        sort: ask.sort.as_str().to_owned(),
        before: ask.before,
        documents: documents::panel(app, ctx, record.as_ref())?,
        document: documents::of_document(app, ctx, record.as_ref(), &people, &ask.compose.text)?,
        compose: ComposeForm { may_add_files: documents::may_add(ctx, record.as_ref()), ..ask.compose },
        may: RecordMay {
            change: may(Action::Change),
            delete: may(Action::Delete),
            note: model::ABOUT.contains(&kind)
                && permissions::require_about(ctx, record.as_ref(), Kind::Activity, Action::Create).is_ok(),
        },
        errors: FieldErrors::default(),
        names,
    })
}

/// What people, teams and linked records are called, in the record and in what happened to it.
fn names(
    app: &App,
    ctx: &Ctx,
    record: &dyn AnyRecord,
    changes: &[Change],
) -> Result<BTreeMap<Uuid, String>, Error> {
    let mut names = Names::read(app, ctx)?.all();
    names.extend(own::linked(app, ctx, record.entity(), record.own())?);
    names.extend(merges::names_in(app, ctx, changes)?);
    let links = |kind: Kind| {
        model::specs_of(kind).iter().filter_map(|spec| match spec.values {
            model::Values::Records(target) if spec.kind == FieldKind::Link => Some((spec.key, target)),
            _ => None,
        })
    };
    let mut wanted: Vec<(Kind, Uuid)> = Vec::new();
    for (key, target) in links(record.entity()) {
        if let FieldValue::Record(id) = record.built_in(key) {
            wanted.push((target, id));
        }
    }
    for list in model::rows_of(record.entity()) {
        wanted.extend(links_in(list, &record.listed(list.key)));
    }
    for change in changes {
        wanted.extend(rows_in(change));
        for (key, target) in links(change.kind) {
            let values = [change.before.get(key), change.after.as_ref().and_then(|after| after.get(key))];
            let ids = values.into_iter().flatten().filter_map(|value| value.as_str()?.parse::<Uuid>().ok());
            wanted.extend(ids.map(|id| (target, id)));
        }
    }
    for (target, id) in wanted {
        if names.contains_key(&id) {
            continue;
        }
        let name = match links::name(app, ctx, target, id)? {
            Some(name) => Some(name),
            None => audit::former_name(app, ctx, id)?,
        };
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            names.insert(id, name);
        }
    }
    Ok(names)
}

/// The way from lead to client, for the strip above a page.
pub(in crate::pages) fn chain(
    app: &App,
    ctx: &Ctx,
    record: &dyn AnyRecord,
) -> Result<Vec<ui::records::ChainStep>, Error> {
    let step = |step: records::ChainStep| ui::records::ChainStep {
        kind: step.kind,
        records: step.records.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        has_more: step.has_more,
        is_here: step.is_here,
    };
    Ok(records::chain(app, ctx, record)?.into_iter().map(step).collect())
}

fn group_view(group: records::CompanyGroup) -> ui::records::CompanyGroup {
    let node = |node: records::GroupNode| ui::records::GroupNode {
        id: node.id.to_string(),
        name: node.name,
        level: node.level,
        is_here: node.is_here,
    };
    ui::records::CompanyGroup {
        nodes: group.nodes.into_iter().map(node).collect(),
        has_more: group.has_more,
        contacts: group.contacts as u64,
        opportunities: group.opportunities as u64,
        counts_more: group.counts_more,
    }
}

/// Records that rows of a list lead to.
fn links_in(list: &model::RowsSpec, rows: &[model::Row]) -> Vec<(Kind, Uuid)> {
    let of_row = |row: &model::Row| {
        list.parts.iter().zip(row.clone()).find_map(|(part, value)| match (part.values, value) {
            (model::Values::Records(target), FieldValue::Record(id)) => Some((target, id)),
            _ => None,
        })
    };
    rows.iter().filter_map(of_row).collect()
}

/// Records in the lists within one, before and after a change: the companies of a person, the products in a bundle.
fn rows_in(change: &Change) -> Vec<(Kind, Uuid)> {
    let mut found = Vec::new();
    for list in model::rows_of(change.kind) {
        for (part, kind) in list.links() {
            let key = list.key;
            let sides = [change.before.get(key), change.after.as_ref().and_then(|after| after.get(key))];
            let rows = sides.into_iter().flatten().filter_map(|rows| rows.as_array()).flatten();
            found.extend(rows.filter_map(|row| Some((kind, row.get(part)?.as_str()?.parse().ok()?))));
        }
    }
    found
}

/// The stages of the pipeline that an opportunity is in.
fn stages(l: Locale<'_>, record: &dyn AnyRecord) -> Vec<StageStep> {
    let FieldValue::Codes(codes) = record.built_in("stage") else {
        return Vec::new();
    };
    let pipeline = codes.first().and_then(|code| code.split_once('.')).map(|(pipeline, _)| pipeline);
    model::stages_of(l.frame())
        .filter(|(code, _, _)| code.split_once('.').map(|(of, _)| of) == pipeline)
        .map(|(code, _, stage)| StageStep { code, kind: stage.kind })
        .collect()
}

/// Where an opportunity has been; nothing of any other record.
fn stays(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    id: Uuid,
    names: &BTreeMap<Uuid, String>,
) -> Result<(Vec<StayView>, bool), Error> {
    if kind != Kind::Opportunity {
        return Ok((Vec::new(), true));
    }
    let found = board::stays(app, ctx, id)?;
    let shown = |stay: board::Stay| StayView {
        by: stay.by.user.and_then(|user| names.get(&user.0).cloned()),
        stage: stay.stage,
        since: stay.since,
        until: stay.until,
        days: stay.days,
    };
    Ok((found.stays.into_iter().map(shown).collect(), found.is_whole))
}

/// In place of a field: the leads that became this record.
const CAME_FROM: &str = "";

/// Which entities belong to records of this one, and by which field.
fn belonging(kind: Kind) -> &'static [(Kind, &'static str)] {
    match kind {
        Kind::Company => &[
            (Kind::Contact, "any_company"),
            (Kind::Opportunity, "company"),
            (Kind::Quote, "company"),
            (Kind::Company, "parent"),
            (Kind::Lead, CAME_FROM),
        ],
        Kind::Contact => {
            &[(Kind::Opportunity, "any_contact"), (Kind::Quote, "contact"), (Kind::Lead, CAME_FROM)]
        }
        Kind::Opportunity => &[(Kind::Quote, "opportunity"), (Kind::Lead, CAME_FROM)],
        Kind::Product => &[(Kind::Opportunity, "any_product")],
        _ => &[],
    }
}

fn related(app: &App, ctx: &Ctx, l: Locale<'_>, record: &dyn AnyRecord) -> Result<Vec<Related>, Error> {
    let id = record.about().id;
    let mut found = Vec::new();
    for (kind, field) in belonging(record.entity()) {
        if !permissions::may(ctx, *kind, Action::See) {
            continue;
        }
        let (lines, has_more) = records::related(app, ctx, id, *kind)?;
        // Few companies belong to another or came from a lead, and a product is in opportunities by itself: an empty panel
        // would only be in the way.
        if lines.is_empty()
            && (matches!(kind, Kind::Company | Kind::Lead) || record.entity() == Kind::Product)
        {
            continue;
        }
        let is_field = *field != CAME_FROM;
        let is_typed = || model::specs_of(*kind).iter().any(|spec| spec.typed && spec.key == typed_of(field));
        let may_create = is_field && is_typed() && permissions::may(ctx, *kind, Action::Create);
        let path = model::path_of(*kind).unwrap_or_default();
        found.push(Related {
            kind: *kind,
            lines: lines.iter().map(|record| line(record.as_ref(), l, id)).collect(),
            all_href: (has_more && is_field).then(|| list_of(*kind, field, id)),
            new_href: may_create.then(|| format!("{path}/new?{}={id}", typed_of(field))),
        });
    }
    Ok(found)
}

/// The field of the form that makes a record belong to another.
fn typed_of(field: &str) -> &str {
    field.strip_prefix("any_").unwrap_or(field)
}

/// What somebody does at a company, and whether they do so no more; nothing where it is their first one.
fn position_at(record: &dyn AnyRecord, company: Uuid) -> Option<(Option<String>, bool)> {
    if record.built_in("company") == FieldValue::Record(company) {
        return None;
    }
    let list = model::rows_of(record.entity()).iter().find(|list| list.key == "positions")?;
    let rows = record.listed(list.key);
    // Who came back is there.
    let is_there = |row: &&model::Row| list.value(row, "company") == Some(&FieldValue::Record(company));
    let is_active = |row: &&model::Row| list.value(row, "active") != Some(&FieldValue::Flag(false));
    let row = rows.iter().filter(is_there).max_by_key(|row| is_active(row))?;
    let role = match list.value(row, "role") {
        Some(FieldValue::Text(role)) => Some(role.clone()),
        _ => None,
    };
    Some((role, !is_active(&row)))
}

fn line(record: &dyn AnyRecord, l: Locale<'_>, of: Uuid) -> RelatedLine {
    let position = position_at(record, of);
    let text = |key: &str| match record.built_in(key) {
        FieldValue::Text(text) => Some(text),
        FieldValue::Codes(codes) if key == "stage" => {
            codes.first().map(|code| ui::records::stage_label(l.frame(), l.language, code))
        }
        FieldValue::Codes(codes) if key == "status" && record.entity() == Kind::Lead => {
            let status = codes.first().and_then(|code| model::LeadStatus::from_code(code));
            status.map(|status| ui::labels::lead_status(l, status))
        }
        FieldValue::Codes(codes) if key == "status" => {
            codes.first().map(|code| ui::records::code_name(l, record.entity(), key, code))
        }
        FieldValue::Amount(minor_units) => {
            let currency = record.amounts_in()?;
            Some(ui::format::money(l, model::Money { minor_units, currency }))
        }
        _ => None,
    };
    RelatedLine {
        id: record.about().id.to_string(),
        title: record.name(),
        below: match &position {
            Some((role, _)) => role.iter().cloned().chain(text("email")).collect(),
            None => ["job_title", "email", "stage", "status", "total", "amount", "town"]
                .into_iter()
                .filter_map(text)
                .take(2)
                .collect(),
        },
        paper: (record.entity() == Kind::Quote)
            .then(|| format!("{}/{}/pdf", ui::quotes::PATH, record.about().id)),
        is_former: position.is_some_and(|(_, is_former)| is_former),
    }
}

/// The list of the records of an entity that belong to one of another.
fn list_of(kind: Kind, field: &str, id: Uuid) -> String {
    let filter = Filter::one(Condition::new(field, Operator::AnyOf, [id.to_string()]));
    ListFilters { filter, ..ListFilters::usual(kind) }.address("").into()
}

/// The same for records that keep one from being deleted.
pub(super) fn list_of_users(of: Kind, id: Uuid, kind: Kind) -> Option<String> {
    if kind == Kind::Document {
        return Some(list_of(kind, of.as_str(), id));
    }
    let (_, field) = belonging(of).iter().find(|(user, field)| *user == kind && *field != CAME_FROM)?;
    Some(list_of(kind, field, id))
}
