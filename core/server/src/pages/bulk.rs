//! Bulk actions for people: the jobs and their results. What begins one is with the list of its entity.

use super::fields::value_of;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{BulkAction, BulkJobId, FieldKind, Kind, UserId, lists};
use poem::http::Method;
use poem::web::Path;
use poem::{Response, handler};
use services::bulk::{self, Named};
use services::{App, Ctx, Error, users};
use std::collections::BTreeMap;
use std::collections::btree_map;
use ui::bulk::{BulkDeed, JobLine, JobPage, JobRow, JobsPage};
use ui::filters::FilterFieldView;
use ui::{Locale, Words};

pub(crate) fn entries() -> Vec<Entry> {
    let own = "own bulk actions; administrators all";
    vec![
        page(Method::GET, "/bulk", own, list),
        page(Method::GET, "/bulk/:id", own, show),
        page(Method::GET, "/bulk/:id/progress", own, progress),
        page(Method::POST, "/bulk/:id/cancel", own, cancel),
        page(Method::POST, "/bulk/:id/undo", own, undo),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let words = here.facts.words.clone();
    let view = here
        .deed(move |app, ctx| {
            let names = users::names(app, ctx)?;
            let l = words.locale(ctx.language);
            let mut fields: BTreeMap<Kind, Vec<FilterFieldView>> = BTreeMap::new();
            let mut lines = Vec::new();
            for job in bulk::list(app, ctx)? {
                let fields = match fields.entry(job.entity) {
                    btree_map::Entry::Occupied(known) => known.into_mut(),
                    btree_map::Entry::Vacant(place) => {
                        place.insert(super::leads::field_views(app, ctx, l, job.entity)?)
                    }
                };
                lines.push(JobLine {
                    id: job.meta.id.to_string(),
                    kind: job.entity,
                    deed: deed(l, &job.action, fields, &names),
                    state: job.state,
                    counts: job.counts,
                    started_at: job.meta.created_at,
                    by: names.get(&job.owner).cloned(),
                });
            }
            Ok(JobsPage { lines })
        })
        .await?;
    Ok(here.page(ui::bulk::jobs_page(&here.shell(), &view)))
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<BulkJobId>(&id)?;
    let words = here.facts.words.clone();
    let view = here.deed(move |app, ctx| job_page(app, ctx, &words, id)).await?;
    Ok(here.page(ui::bulk::job_page(&here.shell(), &view)))
}

#[handler]
async fn progress(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<BulkJobId>(&id)?;
    let words = here.facts.words.clone();
    let view = here.deed(move |app, ctx| job_page(app, ctx, &words, id)).await?;
    Ok(here.page(ui::bulk::progress(&here.shell(), &view)))
}

#[handler]
async fn cancel(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<BulkJobId>(&id)?;
    here.deed(move |app, ctx| bulk::cancel(app, ctx, id)).await?;
    Ok(here.go(&format!("/bulk/{id}")))
}

#[handler]
async fn undo(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<BulkJobId>(&id)?;
    match here.try_deed(move |app, ctx| bulk::undo(app, ctx, id)).await? {
        // The page says itself whether it can still be undone.
        Ok(_) | Err(Error::Invalid(_)) => Ok(here.go(&format!("/bulk/{id}"))),
        Err(error) => Err(error.into()),
    }
}

fn job_page(app: &App, ctx: &Ctx, words: &Words, id: BulkJobId) -> Result<JobPage, Error> {
    let job = bulk::get(app, ctx, id)?;
    let names = users::names(app, ctx)?;
    let l = words.locale(ctx.language);
    let fields = super::leads::field_views(app, ctx, l, job.entity)?;
    let named = if job.state.is_working() { Vec::new() } else { bulk::named_rows(app, ctx, id)? };
    let rows = rows(job.entity, &names, named);
    Ok(JobPage {
        id: id.to_string(),
        kind: job.entity,
        list_href: model::path_of(job.entity).unwrap_or_default().to_owned(),
        deed: deed(l, &job.action, &fields, &names),
        state: job.state,
        total: job.total,
        counts: job.counts,
        started_at: job.meta.created_at,
        by: names.get(&job.owner).cloned(),
        undo_until: job.undo_until(),
        rows,
    })
}

/// Records that are named, for the page.
pub(super) fn rows(kind: Kind, names: &BTreeMap<UserId, String>, named: Vec<Named>) -> Vec<JobRow> {
    let path = model::path_of(kind).unwrap_or_default();
    let row = |named: Named| JobRow {
        href: format!("{path}/{}", named.id),
        title: named.title,
        outcome: named.outcome,
        why: named.why,
        by: named.by.and_then(|by| by.user).and_then(|user| names.get(&user).cloned()),
    };
    named.into_iter().map(row).collect()
}

/// An action in words.
pub(super) fn deed(
    l: Locale<'_>,
    action: &BulkAction,
    fields: &[FilterFieldView],
    names: &BTreeMap<UserId, String>,
) -> BulkDeed {
    let tag = |tag: &str| ui::labels::choice(l, lists::TAGS, tag);
    let (field, value) = match action {
        BulkAction::Assign { to } => (String::new(), names.get(to).cloned().unwrap_or_default()),
        BulkAction::AddTag { tag: key } | BulkAction::RemoveTag { tag: key } => (String::new(), tag(key)),
        BulkAction::SetField { field, values } => {
            let known = fields.iter().find(|known| known.key == *field);
            let label = known.map_or_else(|| field.clone(), |known| known.label.clone());
            let shown = values.iter().take(if matches!(field.as_str(), "status" | "stage") {
                1
            } else {
                values.len()
            });
            let shown: Vec<String> = shown.map(|value| value_words(l, known, value)).collect();
            (label, shown.join(", "))
        }
        BulkAction::AssignAgain | BulkAction::Archive | BulkAction::Restore | BulkAction::Delete => {
            Default::default()
        }
    };
    BulkDeed { code: action.code().to_owned(), field, value }
}

fn value_words(l: Locale<'_>, field: Option<&FilterFieldView>, value: &str) -> String {
    let Some(field) = field else { return value.to_owned() };
    if field.kind == FieldKind::YesNo {
        return ui::filters::yes_or_no(l, value == "yes");
    }
    let chosen = field.choices.iter().find(|choice| choice.value == value);
    chosen.map_or_else(|| value.to_owned(), |choice| choice.label.clone())
}

/// Ids as a form sends them: each under its name where rows were ticked, or together from the page before.
pub(super) fn ids_of(fields: &[(String, String)]) -> Vec<Uuid> {
    let ticked = fields.iter().filter(|(name, _)| name == "id").map(|(_, id)| id.as_str());
    ticked.chain(value_of(fields, "ids").split(',')).filter_map(|id| id.parse().ok()).collect()
}

/// The action that a form says; nothing where it says none.
pub(super) fn action_of(fields: &[(String, String)]) -> Option<BulkAction> {
    let value = |name| value_of(fields, name);
    Some(match value("action") {
        // Nobody has this id, which is what the deed says then.
        "assign" => BulkAction::Assign { to: value("owner").parse().unwrap_or(UserId(Uuid::nil())) },
        "assign_again" => BulkAction::AssignAgain,
        "set_field" => {
            let typed = fields.iter().filter(|(name, text)| name == "value" && !text.trim().is_empty());
            let mut values: Vec<String> = typed.map(|(_, text)| text.clone()).collect();
            let reason = value("reason");
            let takes_reason = match value("field") {
                "status" => values == ["discarded"],
                field => field == "stage" && values.len() == 1,
            };
            if takes_reason && !reason.is_empty() {
                values.push(reason.to_owned());
            }
            BulkAction::SetField { field: value("field").to_owned(), values }
        }
        "add_tag" => BulkAction::AddTag { tag: value("tag").to_owned() },
        "remove_tag" => {
            let tag = Some(value("tag_off")).filter(|tag| !tag.is_empty()).unwrap_or(value("tag"));
            BulkAction::RemoveTag { tag: tag.to_owned() }
        }
        "archive" => BulkAction::Archive,
        "restore" => BulkAction::Restore,
        "delete" => BulkAction::Delete,
        _ => return None,
    })
}

/// What a caller may do in bulk to records of an entity.
pub(super) fn may(ctx: &Ctx, entity: Kind) -> ui::bulk::BulkMay {
    let may = |action: BulkAction| bulk::may(ctx, entity, &action);
    ui::bulk::BulkMay {
        assign: may(BulkAction::Assign { to: UserId(Uuid::nil()) }),
        assign_again: may(BulkAction::AssignAgain),
        change: may(BulkAction::Archive),
        delete: may(BulkAction::Delete),
        export: services::permissions::may(ctx, entity, model::Action::Export),
    }
}
