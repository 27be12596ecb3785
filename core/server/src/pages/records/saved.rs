//! The saved views of the list of any entity: from a view to what the address says, and back.

use super::lists::filters_of;
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::{activities, leads};
use model::{FieldErrors, Filter, Kind, LeadSort, ListState, SavedView, SavedViewId};
use services::{Ctx, saved_views};
use ui::records::{ListFilters, OpenView};
use ui::saved_views::{OpenViewBar, ViewBar, ViewTab};

/// What the address asks for, and the views beside it.
pub(in crate::pages) struct Asked {
    pub(in crate::pages) filters: ListFilters,
    pub(in crate::pages) errors: FieldErrors,
    pub(in crate::pages) views: Vec<SavedView>,
}

/// The names in the address that say what a list shows.
const STATE: [&str; 6] = ["filter", "columns", "group", "sort", "direction", "cursor"];

/// The list of the address: its own, that of a view, or the one that the caller's role begins with.
pub(in crate::pages) async fn asked(here: &Here, kind: Kind) -> Result<Asked, Fault> {
    if kind == Kind::Lead {
        let leads::saved::Asked { filters, errors, views } = leads::saved::asked(here).await?;
        return Ok(Asked { filters: filters.plain(), errors, views });
    }
    let views = here.deed(move |app, ctx| saved_views::list(app, ctx, kind)).await?;
    let (mut filters, mut errors) = filters_of(here, kind);
    let wanted = wanted_view(here, &views, &STATE)?;
    // The list of activities begins with one's own.
    filters.has_first_view = wanted.has_first || kind == Kind::Activity;
    let is_bare = here.query("view").is_none() && STATE.iter().all(|name| here.query(name).is_none());
    if kind == Kind::Activity && is_bare && wanted.view.is_none() {
        filters = activities::mine();
    }
    if let Some(view) = wanted.view {
        let own = filters_of_state(kind, &view.state);
        if here.query("edited").is_none() {
            let (state, wrong) = saved_views::shown(&here.ctx, &here.state.app.frame(), view);
            errors = ui::saved_views::in_words(here.shell().locale(), kind, wrong);
            let has_first_view = filters.has_first_view;
            filters = ListFilters { has_first_view, ..filters_of_state(kind, &state) };
        }
        filters.view = Some(Box::new(OpenView { id: view.id().to_string(), filters: own }));
    }
    Ok(Asked { filters, errors, views })
}

/// The view that an address opens.
pub(in crate::pages) struct WantedView<'a> {
    pub(in crate::pages) view: Option<&'a SavedView>,
    /// Whether the caller's role begins with one.
    pub(in crate::pages) has_first: bool,
}

/// Which view the address says; where it says nothing of what a list shows (`state`), the first one of the caller's role.
pub(in crate::pages) fn wanted_view<'a>(
    here: &Here,
    views: &'a [SavedView],
    state: &[&str],
) -> Result<WantedView<'a>, Fault> {
    let first = saved_views::first_of(views, &here.ctx);
    let is_bare = state.iter().all(|name| here.query(name).is_none());
    let id = match here.query("view") {
        None => first.filter(|_| is_bare),
        Some("all") => None,
        Some(id) => Some(here.id::<SavedViewId>(id)?),
    };
    let find = |id| views.iter().find(|view| view.id() == id).ok_or_else(Fault::not_found);
    Ok(WantedView { view: id.map(find).transpose()?, has_first: first.is_some() })
}

/// What stands above a list.
pub(in crate::pages) fn bar(ctx: &Ctx, views: &[SavedView], filters: &ListFilters) -> ViewBar {
    bar_at(ctx, views, filters, filters.path())
}

/// The same above another page of what the list shows, such as a board.
pub(in crate::pages) fn bar_at(ctx: &Ctx, views: &[SavedView], filters: &ListFilters, path: &str) -> ViewBar {
    let usual = ListFilters::usual(filters.kind);
    let open = filters.view.as_ref();
    let is_changed = filters.differs_from_view();
    let is_own = !usual.shows_the_same(filters);
    let tab = |view: &SavedView| ViewTab {
        name: view.name.clone(),
        href: format!("{path}?view={}", view.id()),
        is_current: open.is_some_and(|open| open.id == view.id().to_string()),
    };
    let current = open.and_then(|open| views.iter().find(|view| view.id().to_string() == open.id));
    let all = ListFilters { has_first_view: filters.has_first_view, ..usual };
    let shown = ListFilters { view: None, has_first_view: false, ..filters.clone() };
    let new = || shown.address_at("/views/new").with("entity", filters.kind.as_str());
    ViewBar {
        all_href: all.address_at(path).into(),
        tabs: views.iter().map(tab).collect(),
        save_href: (if open.is_some() { is_changed } else { is_own }).then(|| new().into()),
        open: current.filter(|view| saved_views::may_change(ctx, view)).map(|view| OpenViewBar {
            id: view.id().to_string(),
            version: view.meta.version,
            changed: is_changed.then(|| shown.pairs()),
        }),
    }
}

/// Puts views that everybody has, each with its name and address, before those that people saved.
pub(in crate::pages) fn add_ready(
    bar: &mut ViewBar,
    filters: &ListFilters,
    views: impl IntoIterator<Item = (String, String, ListFilters)>,
) {
    let is_saved = filters.view.is_some();
    let tab = |(name, href, shown): (String, String, ListFilters)| {
        let is_current = !is_saved && shown.shows_the_same(filters);
        ViewTab { name, href, is_current }
    };
    let tabs: Vec<ViewTab> = views.into_iter().map(tab).collect();
    if tabs.iter().any(|tab| tab.is_current) {
        bar.save_href = None;
    }
    bar.tabs.splice(0..0, tabs);
}

/// A view as the list's filters.
pub(in crate::pages) fn filters_of_state(kind: Kind, state: &ListState) -> ListFilters {
    ListFilters {
        filter: state.filter.clone(),
        columns: state.columns.clone(),
        group: state.group.clone(),
        sort: sort_of(kind, &state.sort),
        ascending: state.ascending,
        ..ListFilters::usual(kind)
    }
}

/// What an address or a form says of a list, all filters as conditions.
pub(in crate::pages) fn state_of(kind: Kind, value: &dyn Fn(&str) -> String) -> ListState {
    let columns = value("columns");
    let sort = sort_of(kind, &value("sort"));
    ListState {
        filter: Filter::read(&value("filter")).0,
        sort: if kind == Kind::Lead { lead_sort(&sort).as_str().to_owned() } else { sort },
        ascending: value("direction") == "asc",
        columns: columns.split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect(),
        group: value("group"),
    }
}

/// As lists have it; the time of creation where it is none of the entity's.
fn sort_of(kind: Kind, sort: &str) -> String {
    let known = match kind {
        Kind::Lead => lead_sort(sort) != LeadSort::Created,
        _ => services::records::shape_of(kind).is_ok_and(|shape| shape.sorts.contains(&sort)),
    };
    if known { sort } else { model::CREATED }.to_owned()
}

fn lead_sort(sort: &str) -> LeadSort {
    LeadSort::from_code(sort).unwrap_or_default()
}
