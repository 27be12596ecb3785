//! Changing a pipeline with opportunities in it: a stage goes, or becomes one of another kind, when it is said where its
//! opportunities go.

use crate::records::recode;
use crate::{App, Ctx, Error, configuration, permissions};
use model::{Action, Configured, FieldErrors, Kind, Pipeline, Problem};

/// The code of the problem of a stage that opportunities are at; its detail is the stage's key and their number.
pub const IN_USE: &str = "stage-in-use";

/// From one stage to another of the same pipeline, by their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub from: String,
    pub to: String,
}

/// The key of the stage that a problem [`IN_USE`] is about, and how many opportunities are at it.
pub fn used_stage(problem: &Problem) -> Option<(&str, u64)> {
    let (key, count) = problem.detail.split_once(' ').filter(|_| problem.code == IN_USE)?;
    Some((key, count.parse().ok()?))
}

/// Changes a pipeline. Opportunities at stages that go or change their kind are moved first, each to a stage that was
/// there before and stays of its kind; without such a move the change is refused.
pub fn update(
    app: &App,
    ctx: &Ctx,
    key: &str,
    version: u64,
    pipeline: Pipeline,
    moves: &[Move],
) -> Result<Configured<Pipeline>, Error> {
    permissions::require_all(ctx, Kind::Pipeline, Action::Change)?;
    let before = app.frame().pipelines.get(key).cloned().ok_or(Error::NotFound)?;
    let errors = match configuration::update(app, ctx, key, version, pipeline.clone()) {
        Err(Error::Invalid(errors)) if before.meta.version == version => errors,
        outcome => return outcome,
    };
    let kind = |pipeline: &Pipeline, key: &str| pipeline.stage(key).map(|stage| stage.kind);
    let stays = |key: &str| kind(&before.piece, key).is_some_and(|was| kind(&pipeline, key) == Some(was));
    let wanted = |problem: &Problem| {
        let (from, _) = used_stage(problem)?;
        moves.iter().find(|wanted| wanted.from == from && stays(&wanted.to))
    };
    let chosen: Vec<&Move> = errors.0.iter().filter_map(wanted).collect();
    if chosen.len() < errors.0.len() {
        return Err(Error::Invalid(FieldErrors(errors.0)));
    }
    for Move { from, to } in chosen {
        let codes = (format!("{key}.{from}"), format!("{key}.{to}"));
        recode::recode(app, ctx, (Kind::Opportunity, "stage"), (&codes.0, &codes.1), u64::MAX)?;
    }
    configuration::update(app, ctx, key, version, pipeline)
}
