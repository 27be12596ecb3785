//! Bulk actions on the list of leads: which ones, what to do with them, what would happen, and the start of the job.

use super::columns::{Columns, field_views};
use super::lists::query_of;
use super::saved::{Asked, asked};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::bulk::{action_of, deed, ids_of, may, rows};
use crate::pages::fields::value_of;
use crate::pages::imports::download;
use model::uuid::Uuid;
use model::{BulkAction, FieldErrors, FieldKind, Kind, LeadStatus, lists};
use poem::web::Form;
use poem::{Response, handler};
use services::leads;
use services::reports::FileFormat;
use services::{Error, bulk, settings, users};
use ui::bulk::{ChoosePage, Chosen, ListOf, ReviewPage, ValuePage};
use ui::components::Choice;
use ui::leads::LeadFilters;

type Fields = Vec<(String, String)>;

/// The list with its filters, and which of it were chosen.
struct Selected {
    filters: LeadFilters,
    list: ListOf,
    chosen: Chosen,
    ids: Vec<Uuid>,
}

async fn selected(here: &Here, fields: &Fields) -> Result<Selected, Fault> {
    let Asked { filters, .. } = asked(here).await?;
    let query = query_of(here, &filters, None);
    let address = |path: &str| String::from(filters.address(path));
    let list = ListOf {
        title: ui::leads::list_title(here.shell().locale()),
        back_href: address("/leads"),
        action: address("/leads/bulk"),
        start_action: address("/leads/bulk/start"),
        export_action: address("/leads/bulk/export"),
    };
    let is_all = value_of(fields, "which") == "all";
    let ids = match is_all {
        true => here.deed(move |app, ctx| leads::ids(app, ctx, &query)).await?,
        false => ids_of(fields),
    };
    let joined = ids.iter().map(Uuid::to_string).collect::<Vec<_>>().join(",");
    let chosen = Chosen {
        which: if is_all { "all" } else { "ticked" }.to_owned(),
        ids: if is_all { String::new() } else { joined },
        total: ids.len() as u64,
    };
    Ok(Selected { filters, list, chosen, ids })
}

/// The steps before anything happens: the action, the value of a field, what would happen.
#[handler]
pub(super) async fn ask(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let selected = selected(&here, &fields).await?;
    let step = value_of(&fields, "step");
    if step.is_empty() || selected.ids.is_empty() {
        return choose(&here, selected, &fields, FieldErrors::default()).await;
    }
    let Some(action) = action_of(&fields) else {
        let mut errors = FieldErrors::default();
        errors.add("action", "required", "");
        return choose(&here, selected, &fields, errors).await;
    };
    if step == "action" && matches!(action, BulkAction::SetField { .. }) {
        return ask_value(&here, selected, &fields, FieldErrors::default()).await;
    }
    review(&here, selected, &fields, action, false).await
}

async fn choose(
    here: &Here,
    selected: Selected,
    fields: &Fields,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let words = here.facts.words.clone();
    let value = |name| value_of(fields, name).to_owned();
    let (action, owner, field, tag) = (value("action"), value("owner"), value("field"), value("tag"));
    let Selected { list, chosen, .. } = selected;
    let view = here
        .deed(move |app, ctx| {
            let l = words.locale(ctx.language);
            let may = may(ctx, Kind::Lead);
            let people = users::list(app, ctx)?.into_iter().filter(|user| user.active);
            let known = field_views(app, ctx, l, Kind::Lead)?;
            let can_change = if may.change { bulk::fields(app, ctx, Kind::Lead)? } else { Vec::new() };
            let label = |field: &services::fields::Field| {
                known.iter().find(|known| known.key == field.key).map(|known| known.label.clone())
            };
            Ok(ChoosePage {
                people: people.map(|user| Choice::new(user.id().to_string(), user.name)).collect(),
                fields: can_change
                    .iter()
                    .filter_map(|field| Some(Choice::new(field.key.as_str(), label(field)?)))
                    .collect(),
                tags: ui::labels::choices(l, lists::TAGS, ""),
                list,
                chosen,
                may,
                action,
                owner,
                field,
                tag,
                errors,
            })
        })
        .await?;
    let markup = ui::bulk::choose_page(&here.shell(), &view);
    Ok(if view.errors.is_empty() { here.page(markup) } else { here.unprocessable(markup) })
}

async fn ask_value(
    here: &Here,
    selected: Selected,
    fields: &Fields,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let words = here.facts.words.clone();
    let key = value_of(fields, "field").to_owned();
    let values = fields.iter().filter(|(name, _)| name == "value").map(|(_, value)| value.clone()).collect();
    let reason = value_of(fields, "reason").to_owned();
    let Selected { list, chosen, .. } = selected;
    let view = here
        .deed(move |app, ctx| {
            let l = words.locale(ctx.language);
            let is_offered = bulk::fields(app, ctx, Kind::Lead)?.iter().any(|field| field.key == key);
            let known = field_views(app, ctx, l, Kind::Lead)?
                .into_iter()
                .find(|known| known.key == key && is_offered);
            let mut field = known.ok_or_else(|| Error::invalid("field", "choice", &key))?;
            match field.kind {
                // Words for whoever reads a filter are no value of a record.
                FieldKind::User | FieldKind::Team => {
                    field.choices.retain(|choice| choice.value.parse::<Uuid>().is_ok());
                }
                _ if field.key == "status" => {
                    field.choices.retain(|choice| choice.value != LeadStatus::Converted.as_str());
                }
                _ => {}
            }
            let nothing = Choice::new("", String::new());
            let reasons = || ui::labels::choices(l, lists::DISCARD_REASONS, "");
            Ok(ValuePage {
                list,
                chosen,
                reasons: if field.key == "status" {
                    std::iter::once(nothing).chain(reasons()).collect()
                } else {
                    Vec::new()
                },
                field,
                values,
                reason,
                currency: settings::get(app, ctx)?.currency,
                errors,
            })
        })
        .await?;
    let markup = ui::bulk::value_page(&here.shell(), &view);
    Ok(if view.errors.is_empty() { here.page(markup) } else { here.unprocessable(markup) })
}

/// What would happen, as a question; the form before it where the value is none.
async fn review(
    here: &Here,
    selected: Selected,
    fields: &Fields,
    action: BulkAction,
    is_asked_again: bool,
) -> Result<Response, Fault> {
    let (ids, wanted, words) = (selected.ids.clone(), action.clone(), here.facts.words.clone());
    let planned = here
        .try_deed(move |app, ctx| {
            let plan = bulk::plan(app, ctx, Kind::Lead, &ids, &wanted)?;
            let (names, l) = (users::names(app, ctx)?, words.locale(ctx.language));
            let deed = deed(l, &wanted, &field_views(app, ctx, l, Kind::Lead)?, &names);
            Ok((plan.counts, rows(&names, plan.named), deed))
        })
        .await?;
    let (counts, rows, deed) = match planned {
        Ok(planned) => planned,
        Err(Error::Invalid(errors)) if matches!(action, BulkAction::SetField { .. }) => {
            return ask_value(here, selected, fields, errors).await;
        }
        Err(Error::Invalid(errors)) => return choose(here, selected, fields, errors).await,
        Err(error) => return Err(error.into()),
    };
    let said = ["action", "owner", "field", "value", "reason", "tag", "tag_off"];
    let view = ReviewPage {
        list: selected.list,
        chosen: selected.chosen,
        deed,
        counts,
        rows,
        hidden: fields.iter().filter(|(name, _)| said.contains(&name.as_str())).cloned().collect(),
        idempotency_key: here.ctx.new_secret(),
        is_asked_again,
        errors: FieldErrors::default(),
    };
    Ok(here.page(ui::bulk::review_page(&here.shell(), &view)))
}

/// Begins the job; where the list is another by now, asks again.
#[handler]
pub(super) async fn start(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let selected = selected(&here, &fields).await?;
    let Some(action) = action_of(&fields) else {
        return choose(&here, selected, &fields, FieldErrors::default()).await;
    };
    let told: u64 = value_of(&fields, "total").parse().unwrap_or_default();
    if told != selected.chosen.total {
        return review(&here, selected, &fields, action, true).await;
    }
    let key = value_of(&fields, "idempotency_key").to_owned();
    let (ids, wanted) = (selected.ids.clone(), action.clone());
    let once = (!key.is_empty()).then_some(key);
    let started = here
        .try_deed(move |app, ctx| bulk::start(app, ctx, Kind::Lead, &ids, wanted, once.as_deref()))
        .await?;
    match started {
        Ok(job) => Ok(here.go_with_notice(&format!("/bulk/{}", job.meta.id), "bulk-started")),
        Err(Error::Invalid(errors)) => choose(&here, selected, &fields, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The chosen ones in a file, with the columns of the list.
#[handler]
pub(super) async fn export(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let selected = selected(&here, &fields).await?;
    let format = FileFormat::from_code(value_of(&fields, "format")).unwrap_or(FileFormat::Csv);
    let words = here.facts.words.clone();
    let Selected { filters, ids, .. } = selected;
    let file = here
        .deed(move |app, ctx| {
            let l = words.locale(ctx.language);
            let columns = match filters.columns.is_empty() {
                true => Columns::usual(app, ctx, l, Kind::Lead, true)?,
                false => Columns::chosen(app, ctx, l, Kind::Lead, &filters.columns)?,
            };
            let name =
                |field: &services::fields::Field, value: &model::FieldValue| columns.text(field, value);
            leads::export_some(app, ctx, &ids, &columns.in_file(), format, &name)
        })
        .await?;
    Ok(download(file))
}
