//! Bulk actions on the list of any entity: which records, what to do with them, what would happen, and the start of the
//! job.

use super::Of;
use super::lists::query_of;
use super::saved::{Asked, asked};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::bulk::{action_of, deed, ids_of, may, rows};
use crate::pages::fields::value_of;
use crate::pages::imports::download;
use crate::pages::leads::columns::{Columns, field_views};
use model::uuid::Uuid;
use model::{BulkAction, FieldErrors, FieldKind, Kind, LeadStatus, lists};
use poem::web::Form;
use poem::{Response, handler};
use services::reports::FileFormat;
use services::{Error, bulk, leads, records, settings, users};
use ui::bulk::{ChoosePage, Chosen, ListOf, ReviewPage, ValuePage};
use ui::components::Choice;
use ui::records::ListFilters;

type Fields = Vec<(String, String)>;

/// The list with its filters, and which of it were chosen.
struct Selected {
    filters: ListFilters,
    list: ListOf,
    chosen: Chosen,
    ids: Vec<Uuid>,
}

async fn selected(here: &Here, kind: Kind, fields: &Fields) -> Result<Selected, Fault> {
    let Asked { filters, .. } = asked(here, kind).await?;
    let query = query_of(&filters, None);
    let address = |below: &str| String::from(filters.address(below));
    let list = ListOf {
        kind,
        title: ui::records::list_title(here.shell().locale(), kind),
        back_href: address(""),
        action: address("/bulk"),
        start_action: address("/bulk/start"),
        export_action: address("/bulk/export"),
    };
    let is_all = value_of(fields, "which") == "all";
    let ids = match is_all {
        true => here.deed(move |app, ctx| records::ids(app, ctx, kind, &query)).await?,
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
pub(super) async fn ask(here: Here, Of(kind): Of, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let selected = selected(&here, kind, &fields).await?;
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
    let kind = list.kind;
    let view = here
        .deed(move |app, ctx| {
            let l = words.locale(ctx.language);
            let may = may(ctx, kind);
            let people = users::list(app, ctx)?.into_iter().filter(|user| user.active);
            let away = leads::away_until(app, ctx)?;
            let person = |user: model::User| {
                let until = away.get(&user.id()).copied();
                Choice::new(user.id().to_string(), ui::leads::with_absence(l, &user.name, until))
            };
            let known = field_views(app, ctx, l, kind)?;
            let can_change = if may.change { bulk::fields(app, ctx, kind)? } else { Vec::new() };
            let label = |field: &services::fields::Field| {
                known.iter().find(|known| known.key == field.key).map(|known| known.label.clone())
            };
            Ok(ChoosePage {
                people: people.map(person).collect(),
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

/// The list of reasons that a value of this field may ask for.
fn reasons_of(kind: Kind, field: &str) -> Option<&'static str> {
    match (kind, field) {
        (Kind::Lead, "status") => Some(lists::DISCARD_REASONS),
        (Kind::Opportunity, "stage") => Some(lists::LOST_REASONS),
        _ => None,
    }
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
    let kind = list.kind;
    let view = here
        .deed(move |app, ctx| {
            let l = words.locale(ctx.language);
            let is_offered = bulk::fields(app, ctx, kind)?.iter().any(|field| field.key == key);
            let known =
                field_views(app, ctx, l, kind)?.into_iter().find(|known| known.key == key && is_offered);
            let mut field = known.ok_or_else(|| Error::invalid("field", "choice", &key))?;
            match field.kind {
                // Words for whoever reads a filter are no value of a record.
                FieldKind::User | FieldKind::Team => {
                    field.choices.retain(|choice| choice.value.parse::<Uuid>().is_ok());
                }
                _ if kind == Kind::Lead && field.key == "status" => {
                    field.choices.retain(|choice| choice.value != LeadStatus::Converted.as_str());
                }
                _ => {}
            }
            let nothing = Choice::new("", String::new());
            Ok(ValuePage {
                list,
                chosen,
                reasons: match reasons_of(kind, &field.key) {
                    Some(list) => std::iter::once(nothing).chain(ui::labels::choices(l, list, "")).collect(),
                    None => Vec::new(),
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
    let kind = selected.list.kind;
    let planned = here
        .try_deed(move |app, ctx| {
            let plan = bulk::plan(app, ctx, kind, &ids, &wanted)?;
            let (names, l) = (users::names(app, ctx)?, words.locale(ctx.language));
            let deed = deed(l, &wanted, &field_views(app, ctx, l, kind)?, &names);
            Ok((plan.counts, rows(kind, &names, plan.named), deed))
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
pub(super) async fn start(here: Here, Of(kind): Of, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let selected = selected(&here, kind, &fields).await?;
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
    let started =
        here.try_deed(move |app, ctx| bulk::start(app, ctx, kind, &ids, wanted, once.as_deref())).await?;
    match started {
        Ok(job) => Ok(here.go_with_notice(&format!("/bulk/{}", job.meta.id), "bulk-started")),
        Err(Error::Invalid(errors)) => choose(&here, selected, &fields, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The chosen ones in a file, with the columns of the list.
#[handler]
pub(super) async fn export(here: Here, Of(kind): Of, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let selected = selected(&here, kind, &fields).await?;
    let format = FileFormat::from_code(value_of(&fields, "format")).unwrap_or(FileFormat::Csv);
    let words = here.facts.words.clone();
    let Selected { filters, ids, .. } = selected;
    if value_of(&fields, "format") == ui::records::CARDS_FORMAT {
        let file = here.deed(move |app, ctx| records::export_some_cards(app, ctx, kind, &ids)).await?;
        return Ok(download(file));
    }
    let file = here
        .deed(move |app, ctx| {
            let l = words.locale(ctx.language);
            let columns = match filters.columns.is_empty() {
                true => Columns::usual(app, ctx, l, kind, true)?,
                false => Columns::chosen(app, ctx, l, kind, &filters.columns)?,
            };
            let name =
                |field: &services::fields::Field, value: &model::FieldValue| columns.text(field, value);
            records::export_some(app, ctx, kind, &ids, &columns.in_file(), format, &name)
        })
        .await?;
    Ok(download(file))
}
