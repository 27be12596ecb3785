//! Templates of imports: a plan kept by a name, for all who import, and found again by the headers of the next file.

use super::headers::{self, bare};
use super::starting::BeginWith;
use super::{get, plans, starting};
use crate::error::none_of;
use crate::{App, Ctx, Error, permissions};
use model::uuid::Uuid;
use model::{
    Action, FieldErrors, Import, ImportId, ImportPlan, ImportState, ImportTemplate, Kind, Meta, PieceOf,
    PlannedColumn,
};

/// Templates of a company: more nobody overlooks.
pub const TEMPLATES_MAX: usize = 200;
/// It stands in a list of choices.
pub const TEMPLATE_NAME_CHARACTERS_MAX: usize = 60;
/// Headers kept to recognise a file; the rest of very wide ones does not count.
const HEADERS_CHARACTERS_MAX: usize = 1_000;

/// Templates for an entity, by name.
pub fn templates(app: &App, ctx: &Ctx, entity: Kind) -> Result<Vec<ImportTemplate>, Error> {
    permissions::require(ctx, Kind::Import, Action::Create)?;
    let mut found: Vec<ImportTemplate> = app.store.members(Uuid::nil(), TEMPLATES_MAX)?;
    found.retain(|template| template.entity == entity);
    found.sort_by_cached_key(|template| model::fold(&template.name));
    Ok(found)
}

/// Keeps the plan of an import by a name; one of the same name is replaced.
pub fn save_template(app: &App, ctx: &Ctx, id: ImportId, name: &str) -> Result<ImportTemplate, Error> {
    permissions::require(ctx, Kind::Import, Action::Create)?;
    let import = get(app, ctx, id)?;
    let plan = plans::of_import(app, &import)?;
    let name = model::single_spaced(name);
    let mut errors = FieldErrors::default();
    if name.is_empty() {
        errors.add("name", "required", "");
    } else if name.chars().count() > TEMPLATE_NAME_CHARACTERS_MAX {
        errors.add("name", "too-long", TEMPLATE_NAME_CHARACTERS_MAX.to_string());
    }
    let known: Vec<ImportTemplate> = app.store.members(Uuid::nil(), TEMPLATES_MAX)?;
    let unique = ImportTemplate::unique_name(import.entity, &name);
    let former =
        known.iter().find(|template| ImportTemplate::unique_name(template.entity, &template.name) == unique);
    if former.is_none() && known.len() >= TEMPLATES_MAX {
        errors.add("name", "too-many", TEMPLATES_MAX.to_string());
    }
    if former.is_some_and(|template| !may_delete_template(ctx, template)) {
        errors.add("name", "taken", &name);
    }
    none_of(errors)?;
    let meta =
        former.map_or_else(|| Meta::new(ctx.new_id(), ctx.at, ctx.actor()), |template| template.meta.clone());
    let template = ImportTemplate {
        owner: ctx.caller()?.user.id(),
        headers: joined(plan.columns.iter().map(|column| column.header.as_str())),
        entity: import.entity,
        name,
        meta,
    };
    let mut write = ctx.write();
    match former {
        Some(former) => {
            plans::forget(app, &mut write, former.meta.id, None)?;
            write.update(former, template.clone());
        }
        None => write.create(template.clone()),
    }
    plans::put(ctx, &mut write, template.meta.id, PieceOf::Plan, plan.pieces());
    app.commit(write)?;
    Ok(template)
}

/// The template that the plan of an import was begun with, as long as it is there.
pub fn template_of(app: &App, import: &Import) -> Result<Option<ImportTemplate>, Error> {
    Ok(import.template.map(|id| app.store.get::<ImportTemplate>(id)).transpose()?.flatten())
}

/// Those who made it, and those who see all imports.
pub fn may_delete_template(ctx: &Ctx, template: &ImportTemplate) -> bool {
    ctx.user_id() == Some(template.owner) || permissions::require_all(ctx, Kind::Import, Action::See).is_ok()
}

pub fn delete_template(app: &App, ctx: &Ctx, id: Uuid) -> Result<(), Error> {
    permissions::require(ctx, Kind::Import, Action::Create)?;
    let template = app.store.get::<ImportTemplate>(id)?.ok_or(Error::NotFound)?;
    if !may_delete_template(ctx, &template) {
        return Err(Error::Denied);
    }
    let mut write = ctx.write();
    plans::forget(app, &mut write, id, None)?;
    write.delete(&template);
    app.commit(write).map(|_| ())
}

/// The columns of an import as a template has them, or as they are without any; the dry run is begun by whoever looked at
/// them.
pub fn use_template(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    version: u64,
    template: Option<Uuid>,
) -> Result<Import, Error> {
    let before = get(app, ctx, id)?;
    let typed = plans::of_import(app, &before)?;
    use_template_keeping(app, ctx, id, version, template, &typed)
}

/// The same, where somebody changed columns on the page without sending them: what a template does not speak of stays as it
/// was chosen there.
pub fn use_template_keeping(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    version: u64,
    template: Option<Uuid>,
    typed: &ImportPlan,
) -> Result<Import, Error> {
    let before = get(app, ctx, id)?;
    permissions::require(ctx, Kind::Import, Action::Create)?;
    let found = |id| app.store.get::<ImportTemplate>(id)?.ok_or(Error::NotFound);
    let known = template.map(found).transpose()?;
    let is_of_entity = known.as_ref().is_none_or(|known| known.entity == before.entity);
    let after = Import { state: ImportState::Uploaded, template, ..before.clone() };
    let may = matches!(before.state, ImportState::Uploaded | ImportState::Checked);
    if !may || before.meta.version != version || !is_of_entity {
        return Err(app.conflict(&before, &after));
    }
    let plan_of = |id| Ok::<_, Error>(ImportPlan::of_pieces(plans::pieces(app, id, PieceOf::Plan)?));
    let known = template.map(plan_of).transpose()?;
    let with = known.as_ref().map_or(BeginWith::File, BeginWith::Plan);
    let sheet = super::sheet_of(app, &before)?;
    let mut plan = starting::plan(app, ctx, before.entity, &sheet, with)?.plan;
    let former = plans::of_import(app, &before)?;
    let has_the_say = |column: &PlannedColumn| known.is_some() && column.target.is_some();
    keep_typed(&mut plan, typed, &former, &has_the_say, &|key| {
        headers::can_share(before.entity, key, &plans::targets(&app.frame(), before.entity))
    });
    if known.is_none() {
        keep_ways(&mut plan, typed, &former);
    }
    let mut write = ctx.write();
    plans::forget(app, &mut write, before.meta.id, None)?;
    plans::put(ctx, &mut write, before.meta.id, PieceOf::Plan, plan.pieces());
    super::commit_state(app, write, &before, after)
}

/// Columns and values that differ from what the page showed were chosen by somebody: they stay, unless the plan has the say
/// or the field is taken.
fn keep_typed(
    plan: &mut ImportPlan,
    typed: &ImportPlan,
    former: &ImportPlan,
    has_the_say: &dyn Fn(&PlannedColumn) -> bool,
    can_share: &dyn Fn(&str) -> bool,
) {
    for (place, (chosen, shown)) in typed.columns.iter().zip(&former.columns).enumerate() {
        let is_changed = (&chosen.target, chosen.dates, chosen.numbers, chosen.creates)
            != (&shown.target, shown.dates, shown.numbers, shown.creates);
        let is_taken = chosen.target.as_deref().is_some_and(|key| {
            let mut others = plan.columns.iter().enumerate().filter(|(other, _)| *other != place);
            !can_share(key) && others.any(|(_, column)| column.target.as_deref() == Some(key))
        });
        if let Some(column) = plan.columns.get_mut(place).filter(|column| !has_the_say(column))
            && is_changed
            && !is_taken
        {
            *column = PlannedColumn { header: column.header.clone(), ..chosen.clone() };
        }
    }
    for given in typed.given.iter().filter(|given| !former.given.contains(given)) {
        if plan.given.iter().all(|known| known.target != given.target) {
            plan.given.push(given.clone());
        }
    }
}

/// What becomes of known rows, where somebody chose something else than the page showed.
fn keep_ways(plan: &mut ImportPlan, typed: &ImportPlan, former: &ImportPlan) {
    if typed.mode != former.mode {
        plan.mode = typed.mode;
    }
    if typed.match_by != former.match_by {
        plan.match_by.clone_from(&typed.match_by);
    }
    if typed.on_double != former.on_double {
        plan.on_double = typed.on_double;
    }
}

/// Keeps columns as somebody chose them, without looking whether they can go in: they are still at it.
pub fn keep_columns(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    version: u64,
    typed: ImportPlan,
) -> Result<Import, Error> {
    let before = get(app, ctx, id)?;
    permissions::require(ctx, Kind::Import, Action::Create)?;
    let former = plans::of_import(app, &before)?;
    let mut plan = ImportPlan { mended: former.mended.clone(), ..typed };
    for (column, known) in plan.columns.iter_mut().zip(&former.columns) {
        column.header.clone_from(&known.header);
    }
    if plan == former {
        return Ok(before);
    }
    let after = Import { state: ImportState::Uploaded, ..before.clone() };
    let may = matches!(before.state, ImportState::Uploaded | ImportState::Checked);
    if !may || before.meta.version != version || plan.columns.len() != former.columns.len() {
        return Err(app.conflict(&before, &after));
    }
    let mut write = ctx.write();
    plans::forget(app, &mut write, before.meta.id, None)?;
    plans::put(ctx, &mut write, before.meta.id, PieceOf::Plan, plan.pieces());
    super::commit_state(app, write, &before, after)
}

/// The newest template whose files have these headers.
pub(crate) fn for_headers(
    app: &App,
    entity: Kind,
    headers: &[String],
) -> Result<Option<(Uuid, ImportPlan)>, Error> {
    let wanted = joined(headers.iter().map(String::as_str));
    let found: Vec<ImportTemplate> = app.store.members(Uuid::nil(), TEMPLATES_MAX)?;
    let fits = |template: &&ImportTemplate| template.entity == entity && template.headers == wanted;
    let newest = found.iter().filter(fits).max_by_key(|template| template.meta.updated_at);
    match newest {
        Some(template) => {
            let id = template.meta.id;
            Ok(Some((id, ImportPlan::of_pieces(plans::pieces(app, id, PieceOf::Plan)?))))
        }
        None => Ok(None),
    }
}

/// In any order, so that a column that moved does not matter.
fn joined<'a>(headers: impl Iterator<Item = &'a str>) -> String {
    let mut bare: Vec<String> = headers.map(|header| bare(&starting::cut(header))).collect();
    bare.sort_unstable();
    bare.join(" ").chars().take(HEADERS_CHARACTERS_MAX).collect()
}
