//! The first page: what is new, and what is going on.

use crate::projectors::{Lag, Reading, lag};
use crate::reports::{refused, today};
use crate::{App, Ctx, Error, activities, documents, imports, leads, permissions, quotes, settings};
use analytics::{FirstResponse, FirstResponses, LeadsSummary};
use model::{Action, Activity, Import, Kind, Lead, LeadStatus, Scope};

pub use analytics::Summary;

/// Leads shown on the first page.
const LATEST: usize = 8;
/// What is to be done that is shown there.
pub const TODO: usize = 8;

/// The figures of the first page.
#[derive(Clone, Debug)]
pub struct HomeFigures {
    pub summary: Summary,
    /// This month and the one before, of what the reader may see.
    pub first_response: FirstResponses,
    /// The reader's own leads by status.
    pub mine: Vec<(LeadStatus, i64)>,
}

/// What the first page shows.
#[derive(Clone, Debug)]
pub struct Home {
    /// Absent while the facts have too much to do: the rest of the page does not wait for them.
    pub figures: Option<HomeFigures>,
    pub latest: Vec<Lead>,
    /// What the reader is to do, what is due first; up to [`TODO`].
    pub todo: Vec<Activity>,
    /// Documents that soon are valid no more or are so already, up to [`documents::EXPIRING_MAX`] and one more.
    pub expiring: usize,
    /// Quotes that wait for an approval that the reader may give, up to [`quotes::WAITING_MAX`] and one more.
    pub approvals: usize,
    /// Imports that are being worked on.
    pub working: Vec<Import>,
    pub lag: Lag,
}

pub fn get(app: &App, ctx: &Ctx) -> Result<Home, Error> {
    // Everybody has a first page: with what they may see.
    let scope = permissions::scope(ctx, Kind::Lead, Action::See)?;
    let sees_leads = scope != Scope::Nothing;
    let figures = match figures(app, ctx, scope) {
        Ok(figures) => Some(figures),
        Err(Error::Busy { .. }) => None,
        Err(error) => return Err(error),
    };
    let query = leads::LeadQuery { limit: LATEST, ..leads::LeadQuery::default() };
    let latest = if sees_leads { leads::list(app, ctx, &query)?.leads } else { Vec::new() };
    let sees_imports = permissions::may(ctx, Kind::Import, Action::See);
    let mut working = if sees_imports { imports::list(app, ctx)? } else { Vec::new() };
    working.retain(|import| import.state.is_working());
    let todo = activities::todo_of_caller(app, ctx, TODO)?;
    let expiring = documents::expiring(app, ctx)?;
    let approvals = quotes::waiting(app, ctx)?;
    let lag = lag(app, Reading::Analytics);
    Ok(Home { figures, latest, todo, expiring, approvals, working, lag })
}

fn figures(app: &App, ctx: &Ctx, scope: Scope) -> Result<HomeFigures, Error> {
    let own = if scope == Scope::Nothing { Scope::Nothing } else { Scope::Own(ctx.caller()?.user.id()) };
    let today = today(ctx, &settings::get(app, ctx)?);
    let first_response = FirstResponse { scope: scope.clone(), today };
    let first_response = app.analytics.first_responses(&first_response).map_err(refused)?;
    let summary = app.analytics.leads_summary(&LeadsSummary { scope, today }).map_err(refused)?;
    let mine = app.analytics.leads_summary(&LeadsSummary { scope: own, today }).map_err(refused)?.by_status;
    Ok(HomeFigures { summary, first_response, mine })
}
