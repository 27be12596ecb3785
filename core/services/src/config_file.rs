//! The configuration as one file (TOML): written out, compared with the running company, and applied as one change.
//!
//! A section of the file is the whole of its kind (of its group, where keys have two parts): what the company has
//! beyond it goes. Sections that are not in the file stay as they are. People, secrets, pictures and data are never
//! part of it; nor are retention periods: no file may begin to erase people in another company.

mod company;
mod read;
mod write;

use crate::{App, Ctx, Error, permissions};
use model::{Action, Kind, Problem};
use sha2::{Digest, Sha256};

pub(crate) use read::Plan;
pub use write::export_text;

/// Everything that a company can set up, with labels in three languages, takes less.
pub const FILE_BYTES_MAX: usize = 2 * 1024 * 1024;

/// What applying a file would do, or why it cannot be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    pub changes: Vec<Change>,
    /// All of them at once, in the order of the lines. With any, nothing can be applied.
    pub problems: Vec<FileProblem>,
    /// Pieces that are as the file says already.
    pub unchanged: usize,
    /// The running configuration that it was compared with.
    pub against: String,
}

/// What happens to one piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub section: String,
    /// Empty for the company's settings.
    pub key: String,
    pub deed: ChangeDeed,
    /// The fields that differ: name, as it is, as it will be.
    pub fields: Vec<(String, String, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChangeDeed {
    Added,
    Changed,
    /// Taken away; one that everybody begins with becomes as it was at the beginning.
    Removed,
}

impl ChangeDeed {
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeDeed::Added => "added",
            ChangeDeed::Changed => "changed",
            ChangeDeed::Removed => "removed",
        }
    }
}

/// A problem with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// Counted from 1; absent where the file does not say.
    pub line: Option<usize>,
    /// `pipelines.sales`; empty for the whole file.
    pub place: String,
    pub problem: Problem,
}

/// The whole configuration as a file.
pub fn export(app: &App, ctx: &Ctx) -> Result<String, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    export_text(app)
}

/// Compares a file with the running company.
pub fn review(app: &App, ctx: &Ctx, text: &str) -> Result<Review, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    review_text(app, text)
}

/// Applies a file in one commit, if the company still is what it was compared with; else «conflict» in the review's
/// place, so that it can be looked at again.
pub fn apply(app: &App, ctx: &Ctx, text: &str, against: &str) -> Result<Review, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let plan = Plan::read(app, text)?;
    plan.require_may_change(ctx)?;
    finish(app, ctx, plan, against)
}

/// The same without a caller: for the command line, where whoever holds the data folder may do anything.
pub fn review_text(app: &App, text: &str) -> Result<Review, Error> {
    Ok(Plan::read(app, text)?.review)
}

/// See [`review_text`].
pub fn apply_text(app: &App, ctx: &Ctx, text: &str) -> Result<Review, Error> {
    let plan = Plan::read(app, text)?;
    let against = plan.review.against.clone();
    finish(app, ctx, plan, &against)
}

fn finish(app: &App, ctx: &Ctx, plan: Plan, against: &str) -> Result<Review, Error> {
    if !plan.review.problems.is_empty() {
        return Ok(plan.review);
    }
    if plan.review.against != against {
        return Err(Error::invalid("", "configuration-changed", ""));
    }
    if plan.review.changes.len() > store::WRITE_OPS_LONG_MAX {
        return Err(Error::invalid("", "too-many-changes", store::WRITE_OPS_LONG_MAX.to_string()));
    }
    if plan.review.changes.is_empty() {
        return Ok(plan.review);
    }
    let mut write = ctx.write().long();
    let (review, after) = plan.put_into(ctx, &mut write);
    app.commit_configuration(write)?;
    after.into_iter().try_for_each(|follow| follow(app, ctx))?;
    Ok(review)
}

/// Names the running configuration: the same text, the same name.
fn fingerprint(app: &App) -> Result<String, Error> {
    Ok(crate::ctx::hex(&Sha256::digest(export_text(app)?.as_bytes())))
}
