//! The saved views of the list of leads: from a view to what the address says, and back.

use super::lists::filters_of;
use crate::errors::Fault;
use crate::here::Here;
use model::{FieldErrors, Filter, Kind, LeadSort, ListState, SavedView, SavedViewId};
use services::{Ctx, saved_views};
use ui::leads::{LeadFilters, OpenView};
use ui::saved_views::{OpenViewBar, ViewBar, ViewTab};

/// What the address asks for, and the views beside it.
pub(super) struct Asked {
    pub(super) filters: LeadFilters,
    pub(super) errors: FieldErrors,
    pub(super) views: Vec<SavedView>,
}

/// The names in the address that say what a list shows.
const STATE: [&str; 11] = [
    "status",
    "owner",
    "source",
    "created_from",
    "created_to",
    "filter",
    "columns",
    "group",
    "sort",
    "direction",
    "cursor",
];

/// The list of the address: its own, that of a view, or the one that the caller's role begins with.
pub(super) async fn asked(here: &Here) -> Result<Asked, Fault> {
    let views = here.deed(|app, ctx| saved_views::list(app, ctx, Kind::Lead)).await?;
    let (mut filters, mut errors) = filters_of(here);
    let first = saved_views::first_of(&views, &here.ctx);
    filters.has_first_view = first.is_some();
    let is_bare = STATE.iter().all(|name| here.query(name).is_none());
    let id = match here.query("view") {
        None => first.filter(|_| is_bare),
        Some("all") => None,
        Some(id) => Some(here.id::<SavedViewId>(id)?),
    };
    if let Some(id) = id {
        let view = views.iter().find(|view| view.id() == id).ok_or_else(Fault::not_found)?;
        let own = filters_of_state(&view.state);
        if here.query("edited").is_none() {
            let known = services::filters::fields_of(&here.state.app.frame(), Kind::Lead);
            let (filter, wrong) = own.filter.sound(&known);
            errors = wrong;
            filters = LeadFilters { filter, has_first_view: filters.has_first_view, ..own.clone() };
        }
        filters.view = Some(Box::new(OpenView { id: id.to_string(), filters: own }));
    }
    Ok(Asked { filters, errors, views })
}

/// What stands above the list.
pub(super) fn bar(ctx: &Ctx, views: &[SavedView], filters: &LeadFilters) -> ViewBar {
    let open = filters.view.as_ref();
    let is_changed = filters.differs_from_view();
    let is_own = !LeadFilters::default().shows_the_same(filters);
    let tab = |view: &SavedView| ViewTab {
        name: view.name.clone(),
        href: format!("/leads?view={}", view.id()),
        is_current: open.is_some_and(|open| open.id == view.id().to_string()),
    };
    let current = open.and_then(|open| views.iter().find(|view| view.id().to_string() == open.id));
    let blank = LeadFilters { has_first_view: filters.has_first_view, ..LeadFilters::default() };
    let shown = LeadFilters { view: None, ..filters.folded() };
    ViewBar {
        all_href: blank.address("/leads").into(),
        tabs: views.iter().map(tab).collect(),
        save_href: (if open.is_some() { is_changed } else { is_own })
            .then(|| shown.address("/views/new").into()),
        open: current.filter(|view| saved_views::may_change(ctx, view)).map(|view| OpenViewBar {
            id: view.id().to_string(),
            version: view.meta.version,
            changed: is_changed.then(|| shown.pairs()),
        }),
    }
}

/// A view as the list's filters.
pub(in crate::pages) fn filters_of_state(state: &ListState) -> LeadFilters {
    LeadFilters {
        filter: state.filter.clone(),
        columns: state.columns.clone(),
        group: state.group.clone(),
        sort: LeadSort::from_code(&state.sort).unwrap_or_default(),
        ascending: state.ascending,
        ..LeadFilters::default()
    }
}

/// What an address or a form says of a list, all filters as conditions.
pub(in crate::pages) fn state_of(value: &dyn Fn(&str) -> String) -> ListState {
    let columns = value("columns");
    ListState {
        filter: Filter::read(&value("filter")).0,
        sort: LeadSort::from_code(&value("sort")).unwrap_or_default().as_str().to_owned(),
        ascending: value("direction") == "asc",
        columns: columns.split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect(),
        group: value("group"),
    }
}

/// The list that shows this.
pub(in crate::pages) fn address_of(state: &ListState) -> String {
    filters_of_state(state).address("/leads").into()
}
