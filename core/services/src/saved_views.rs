//! Saved views: who finds which, who may change one, and which one somebody sees first.

use crate::error::none_of;
use crate::{App, Ctx, Error, costs, filters, permissions, records};
use model::uuid::Uuid;
use model::{
    Action, FieldErrors, Frame, Kind, ListState, Meta, Problem, RECORD_BYTES_MAX, RoleKey, SavedView,
    SavedViewId, Share,
};

/// Views of a company: more nobody overlooks.
pub const VIEWS_MAX: usize = 500;
/// It stands on a tab.
pub const VIEW_NAME_CHARACTERS_MAX: usize = 60;

/// Whoever saves a view names only fields that they see.
const HIDDEN: &str = "view-hidden";

/// A view as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewDraft {
    pub name: String,
    /// `private`, `everybody`, or the id of a team.
    pub share: String,
    /// Keys of roles.
    pub default_for: Vec<String>,
}

/// The views of an entity that the caller finds, by name.
pub fn list(app: &App, ctx: &Ctx, entity: Kind) -> Result<Vec<SavedView>, Error> {
    permissions::require(ctx, entity, Action::See)?;
    let mut views: Vec<SavedView> = app.store.members(Uuid::nil(), VIEWS_MAX)?;
    views.retain(|view| view.entity == entity && is_for(ctx, view));
    views.sort_by_cached_key(|view| (model::fold(&view.name), view.meta.id));
    Ok(views)
}

/// One of them; what the caller does not find is not there.
pub fn get(app: &App, ctx: &Ctx, id: SavedViewId) -> Result<SavedView, Error> {
    let view = app.store.get::<SavedView>(id.0)?.ok_or(Error::NotFound)?;
    permissions::require(ctx, view.entity, Action::See)?;
    if is_for(ctx, &view) { Ok(view) } else { Err(Error::NotFound) }
}

/// What the caller is shown of a view. Conditions on fields that are kept from them are left out and said
/// (`view-not-applied`), as is what is wrong by now: neither the list nor its number depends on what they do not see.
pub fn shown(ctx: &Ctx, frame: &Frame, view: &SavedView) -> (ListState, FieldErrors) {
    let known = filters::fields_for(ctx, frame, view.entity);
    let (filter, wrong) = view.state.filter.sound(&known);
    let mut state = ListState { filter, ..view.state.clone() };
    if !known.iter().any(|field| field.key == state.group && records::can_group(&field.key, field.kind)) {
        state.group.clear();
    }
    (state, with_hidden(ctx, view.entity, wrong, "view-not-applied"))
}

/// The view that the caller's role begins with, if there is one.
pub fn first_of(views: &[SavedView], ctx: &Ctx) -> Option<SavedViewId> {
    let role = &ctx.caller.as_ref()?.user.role;
    views.iter().find(|view| view.default_for.contains(role)).map(SavedView::id)
}

/// Their own; and what is for everybody, for those who may change the settings.
pub fn may_change(ctx: &Ctx, view: &SavedView) -> bool {
    is_for(ctx, view)
        && match view.share {
            Share::Everybody => may_share_with_everybody(ctx),
            Share::Private | Share::Team(_) => ctx.user_id() == Some(view.owner),
        }
}

pub fn may_share_with_everybody(ctx: &Ctx) -> bool {
    permissions::require_all(ctx, Kind::Settings, Action::Change).is_ok()
}

pub fn create(
    app: &App,
    ctx: &Ctx,
    entity: Kind,
    draft: &ViewDraft,
    state: ListState,
) -> Result<SavedView, Error> {
    permissions::require(ctx, entity, Action::See)?;
    let owner = ctx.caller()?.user.id();
    let mut errors = FieldErrors::default();
    if app.store.members::<SavedView>(Uuid::nil(), VIEWS_MAX)?.len() >= VIEWS_MAX {
        errors.add("", "too-many", VIEWS_MAX.to_string());
    }
    let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
    let blank = SavedView {
        meta,
        entity,
        name: String::new(),
        owner,
        share: Share::Private,
        state: ListState::default(),
        default_for: Vec::new(),
    };
    let view = checked(app, ctx, draft, &blank, state, &mut errors)?;
    none_of(errors)?;
    let mut write = ctx.write();
    write.create(view.clone());
    app.commit(write)?;
    Ok(view)
}

/// Changes what it is called and who finds it.
pub fn update(
    app: &App,
    ctx: &Ctx,
    id: SavedViewId,
    version: u64,
    draft: &ViewDraft,
) -> Result<SavedView, Error> {
    let before = changeable(app, ctx, id)?;
    let mut errors = FieldErrors::default();
    let after = checked(app, ctx, draft, &before, before.state.clone(), &mut errors)?;
    none_of(errors)?;
    save(app, ctx, before, version, after)
}

/// Changes both at once: for other systems.
pub fn change(
    app: &App,
    ctx: &Ctx,
    id: SavedViewId,
    version: u64,
    draft: &ViewDraft,
    state: ListState,
) -> Result<SavedView, Error> {
    let before = changeable(app, ctx, id)?;
    let mut errors = FieldErrors::default();
    let after = checked(app, ctx, draft, &before, state, &mut errors)?;
    none_of(errors)?;
    save(app, ctx, before, version, after)
}

/// Changes what it shows.
pub fn set_state(
    app: &App,
    ctx: &Ctx,
    id: SavedViewId,
    version: u64,
    state: ListState,
) -> Result<SavedView, Error> {
    let before = changeable(app, ctx, id)?;
    let after = SavedView { state, ..before.clone() };
    let mut errors = FieldErrors::default();
    check_state(app, ctx, &before.state, &after, &mut errors);
    none_of(errors)?;
    save(app, ctx, before, version, after)
}

pub fn delete(app: &App, ctx: &Ctx, id: SavedViewId, version: u64) -> Result<(), Error> {
    let before = changeable(app, ctx, id)?;
    if before.meta.version != version {
        return Err(app.conflict(&before, &before));
    }
    let mut write = ctx.write();
    write.delete(&before);
    app.commit(write).map(|_| ())
}

fn is_for(ctx: &Ctx, view: &SavedView) -> bool {
    ctx.user_id().is_some_and(|user| view.is_for(user, ctx.teams()))
}

fn changeable(app: &App, ctx: &Ctx, id: SavedViewId) -> Result<SavedView, Error> {
    let view = get(app, ctx, id)?;
    if may_change(ctx, &view) { Ok(view) } else { Err(Error::Denied) }
}

fn save(app: &App, ctx: &Ctx, before: SavedView, version: u64, after: SavedView) -> Result<SavedView, Error> {
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    let mut write = ctx.write();
    write.update(&before, after);
    app.commit(write)?;
    app.store.get::<SavedView>(before.meta.id)?.ok_or(Error::NotFound)
}

/// Writes the draft into the view and says all that is wrong with it.
fn checked(
    app: &App,
    ctx: &Ctx,
    draft: &ViewDraft,
    before: &SavedView,
    state: ListState,
    errors: &mut FieldErrors,
) -> Result<SavedView, Error> {
    let mut view = SavedView { state, ..before.clone() };
    view.name = draft.name.trim().to_owned();
    if view.name.is_empty() {
        errors.add("view_name", "required", "");
    } else if view.name.chars().count() > VIEW_NAME_CHARACTERS_MAX {
        errors.add("view_name", "too-long", VIEW_NAME_CHARACTERS_MAX.to_string());
    }
    match share_of(ctx, &draft.share, view.share) {
        Some(share) => view.share = share,
        None => errors.add("share", "choice", draft.share.chars().take(60).collect::<String>()),
    }
    let roles: Vec<RoleKey> = draft.default_for.iter().map(|role| RoleKey::new(role.as_str())).collect();
    let frame = app.frame();
    if let Some(unknown) = roles.iter().find(|role| frame.roles.get(role.as_str()).is_none()) {
        errors.add("default_for", "choice", unknown.as_str());
    } else if !roles.is_empty() && view.share != Share::Everybody {
        errors.add("default_for", "view-default-share", "");
    }
    view.default_for = roles;
    check_state(app, ctx, &before.state, &view, errors);
    Ok(view)
}

/// What the caller may choose; a team of others stays where it was chosen before.
fn share_of(ctx: &Ctx, code: &str, before: Share) -> Option<Share> {
    match code {
        "private" => Some(Share::Private),
        "everybody" => may_share_with_everybody(ctx).then_some(Share::Everybody),
        id => {
            let share = Share::Team(model::TeamId(id.parse().ok()?));
            let is_own = ctx.teams().iter().any(|team| Share::Team(*team) == share);
            (is_own || share == before).then_some(share)
        }
    }
}

fn check_state(app: &App, ctx: &Ctx, was: &ListState, view: &SavedView, errors: &mut FieldErrors) {
    let (frame, kind) = (app.frame(), view.entity);
    // What stands there already stays, also where whoever renames or shares the view does not see it.
    let known = match view.state == *was {
        true => filters::fields_of(&frame, kind),
        false => filters::fields_for(ctx, &frame, kind),
    };
    errors.0.extend(with_hidden(ctx, kind, view.state.filter.check(&known), HIDDEN).0);
    let is_known = |key: &String| known.iter().any(|field| field.key == *key);
    if let Some(unknown) = view.state.columns.iter().find(|key| !is_known(key)) {
        let code = if costs::is_hidden(ctx, kind, unknown) { HIDDEN } else { "choice" };
        errors.add("columns", code, unknown);
    }
    if !view.state.group.is_empty() && !is_known(&view.state.group) {
        errors.add("group", "choice", &view.state.group);
    }
    let bytes = model::json::to_vec(view).map_or(usize::MAX, |bytes| bytes.len());
    if errors.is_empty() && bytes > RECORD_BYTES_MAX {
        errors.add("", "view-too-big", "");
    }
}

/// The same problems, with `code` for those of fields that are kept from the caller.
fn with_hidden(ctx: &Ctx, kind: Kind, errors: FieldErrors, code: &str) -> FieldErrors {
    let is_hidden =
        |problem: &Problem| problem.code == "filter-field" && costs::is_hidden(ctx, kind, &problem.detail);
    let told = |problem: Problem| match is_hidden(&problem) {
        true => Problem { code: code.to_owned(), ..problem },
        false => problem,
    };
    FieldErrors(errors.0.into_iter().map(told).collect())
}
