//! What the address of the list of leads asks for, with its own quick filters; views as for every list.

use super::lists::filters_of;
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::records::saved::wanted_view;
use model::{FieldErrors, Kind, LeadSort, ListState, SavedView};
use services::saved_views;
use ui::leads::{LeadFilters, OpenView};

/// What the address asks for, and the views beside it.
pub(in crate::pages) struct Asked {
    pub(in crate::pages) filters: LeadFilters,
    pub(in crate::pages) errors: FieldErrors,
    pub(in crate::pages) views: Vec<SavedView>,
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
pub(in crate::pages) async fn asked(here: &Here) -> Result<Asked, Fault> {
    let views = here.deed(|app, ctx| saved_views::list(app, ctx, Kind::Lead)).await?;
    let (mut filters, mut errors) = filters_of(here);
    let wanted = wanted_view(here, &views, &STATE)?;
    filters.has_first_view = wanted.has_first;
    if let Some(view) = wanted.view {
        let own = filters_of_state(&view.state);
        if here.query("edited").is_none() {
            let (state, wrong) = saved_views::shown(&here.ctx, &here.state.app.frame(), view);
            errors = ui::saved_views::in_words(here.shell().locale(), Kind::Lead, wrong);
            filters = LeadFilters { has_first_view: wanted.has_first, ..filters_of_state(&state) };
        }
        filters.view = Some(Box::new(OpenView { id: view.id().to_string(), filters: own }));
    }
    Ok(Asked { filters, errors, views })
}

/// A view as the list's filters.
fn filters_of_state(state: &ListState) -> LeadFilters {
    LeadFilters {
        filter: state.filter.clone(),
        columns: state.columns.clone(),
        group: state.group.clone(),
        sort: LeadSort::from_code(&state.sort).unwrap_or_default(),
        ascending: state.ascending,
        ..LeadFilters::default()
    }
}
