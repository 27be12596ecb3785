//! What somebody sees with their role: for whoever sets roles up.

use crate::leads::{self, LeadCount, LeadQuery};
use crate::{App, Caller, Ctx, Error, permissions};
use model::{Action, Lead, User, UserId, Via};

/// Leads shown as an example.
const FIRST: usize = 8;

/// What somebody reaches, worked out by the same decisions as when they ask themselves.
#[derive(Clone, Debug)]
pub struct Preview {
    pub caller: Caller,
    pub seen: LeadCount,
    pub changed: LeadCount,
    pub exported: LeadCount,
    /// The newest ones.
    pub first: Vec<Lead>,
}

/// For administrators, who see everything anyway.
pub fn preview(app: &App, ctx: &Ctx, of: UserId) -> Result<(Preview, Ctx), Error> {
    permissions::require_administrator(ctx)?;
    let user = app.store.get::<User>(of.0)?.ok_or(Error::NotFound)?;
    let theirs = ctx.clone().with_caller(permissions::caller(app, user)?, Via::Page);
    let query = LeadQuery { limit: FIRST, ..LeadQuery::default() };
    let count = |action| match leads::count_for(app, &theirs, action, &query) {
        Err(Error::Denied) => Ok(LeadCount::Exactly(0)),
        counted => counted,
    };
    let first = match leads::list(app, &theirs, &query) {
        Err(Error::Denied) => Vec::new(),
        found => found?.leads,
    };
    let preview = Preview {
        caller: theirs.caller()?.clone(),
        seen: count(Action::See)?,
        changed: count(Action::Change)?,
        exported: count(Action::Export)?,
        first,
    };
    Ok((preview, theirs))
}
