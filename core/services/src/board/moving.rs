//! Moving an opportunity to another stage: what that stage asks for, the move, and taking it back.

use super::movable;
use crate::error::none_of;
use crate::{App, Ctx, Error, past, permissions, records, reports, settings};
use model::jiff::civil::{Date, Time};
use model::jiff::{SignedDuration, Timestamp};
use model::uuid::Uuid;
use model::{Action, Change, Deed, Frame, Kind, Opportunity, Settings, Stage, StageKind, parse_date};
use records::Draft;

/// A move can be taken back for a day, as long as nothing else was changed since.
pub const UNDO_HOURS: i64 = 24;
/// In place of a field: the day on which it was won or lost.
pub const CLOSED_ON: &str = "closed_on";
/// Changes looked at for the last one of the opportunity itself.
const LOOKED_AT_MAX: usize = 20;

/// Where it goes, and what was said on the way, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Move {
    /// `<pipeline>.<stage>`.
    pub stage: String,
    /// The day on which it was closed; empty: now.
    pub closed_on: String,
    /// Other fields, such as those that the stage asks for.
    pub fields: Draft,
}

/// What somebody is asked before an opportunity comes to a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub opportunity: Opportunity,
    pub kind: StageKind,
    /// Keys of fields, those that must have a value first; their present values may be kept.
    pub fields: Vec<String>,
    /// The day on which it was closed is asked too.
    pub asks_day: bool,
    /// Today at the company: what that day begins with.
    pub today: Date,
}

impl Asked {
    /// Whether it can go there without a question.
    pub fn is_nothing(&self) -> bool {
        self.fields.is_empty() && !self.asks_day
    }
}

/// What moving an opportunity to a stage asks for: fields of the stage that are empty; why it was lost; for how much it was
/// really won; and when.
pub fn asked(app: &App, ctx: &Ctx, id: Uuid, code: &str) -> Result<Asked, Error> {
    let opportunity = movable(app, ctx, id)?;
    let frame = app.frame();
    let stage = stage(&frame, code)?;
    let is_empty = |field: &&String| {
        crate::fields::spec_of(&frame, Kind::Opportunity, field).is_some()
            && crate::fields::value_of(&frame, &opportunity, field).is_nothing()
    };
    let mut fields: Vec<String> = stage.required.iter().filter(is_empty).cloned().collect();
    let further: &[&str] = match stage.kind {
        StageKind::Won => &["amount"],
        StageKind::Lost => &["lost_reason", "competitor"],
        StageKind::Open | StageKind::Cancelled => &[],
    };
    for field in further {
        if !fields.iter().any(|other| other == field) {
            fields.push((*field).to_owned());
        }
    }
    let asks_day = matches!(stage.kind, StageKind::Won | StageKind::Lost);
    let today = reports::today(ctx, &settings::get(app, ctx)?);
    Ok(Asked { kind: stage.kind, fields, asks_day, today, opportunity })
}

fn stage<'a>(frame: &'a model::Frame, code: &str) -> Result<&'a Stage, Error> {
    let found = model::stage_of(frame, code).map(|(_, stage)| stage);
    found.ok_or_else(|| Error::invalid("stage", "choice", code))
}

/// Moves it, with all that is wrong said at once. Where it is there already nothing changes.
pub fn move_to(app: &App, ctx: &Ctx, id: Uuid, version: u64, to: &Move) -> Result<Opportunity, Error> {
    let before = movable(app, ctx, id)?;
    let mut draft = to.fields.clone();
    draft.put("stage", to.stage.as_str());
    let mut after = before.clone();
    let mut errors = records::checked(app, ctx, Some(&before), &mut after, &draft)?;
    let settings = settings::get(app, ctx)?;
    match closed_at(ctx, &settings, &to.closed_on) {
        Ok(Some(at)) if after.closed_at.is_some() => after.closed_at = Some(at),
        Ok(_) => {}
        Err(code) => errors.add(CLOSED_ON, code, &to.closed_on),
    }
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    none_of(errors)?;
    if after == before {
        return Ok(before);
    }
    records::save(app, ctx, &before, version, after)
}

/// The moment at which it was closed, where somebody says the day. Of another day than today nobody says the hour: noon.
fn closed_at(ctx: &Ctx, settings: &Settings, typed: &str) -> Result<Option<Timestamp>, &'static str> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let (day, today) = (parse_date(typed)?, reports::today(ctx, settings));
    if day >= today {
        return if day == today { Ok(Some(ctx.at)) } else { Err("date-future") };
    }
    let noon = day.to_datetime(Time::constant(12, 0, 0, 0)).to_zoned_datetime(settings.zone());
    noon.map(|noon| Some(noon.timestamp())).map_err(|_| "date-form")
}

/// Takes the caller's last move back, with all that was said on the way, as long as nothing else was changed since. Problem
/// codes: `board-undo`; `board-undo-stage` where its former stage is gone or means something else by now.
pub fn undo(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<Opportunity, Error> {
    let now = movable(app, ctx, id)?;
    if now.meta.version != version {
        return Err(app.conflict(&now, &now));
    }
    let cannot = |code: &str| Error::invalid("", code, "");
    let last = last_change(app, &now)?.filter(|change| may_undo(ctx, change));
    let last = last.ok_or_else(|| cannot("board-undo"))?;
    let former = before_move(app, &now, &last)?.ok_or_else(|| cannot("board-undo"))?;
    if !fits(&app.frame(), &former, last.at) {
        return Err(cannot("board-undo-stage"));
    }
    records::save(app, ctx, &now, version, Opportunity { meta: now.meta.clone(), ..former })
}

fn before_move(app: &App, now: &Opportunity, last: &Change) -> Result<Option<Opportunity>, Error> {
    past::as_it_was(app, now, last.version.saturating_sub(1))
}

/// Whether its stage is still there and what was said of it then agrees with what that stage means now.
fn fits(frame: &Frame, former: &Opportunity, moved_at: Timestamp) -> bool {
    let Some((key, stage)) = former.stage.as_deref().and_then(|code| code.split_once('.')) else {
        return false;
    };
    let Some(pipeline) = frame.pipelines.get(key) else { return false };
    let Some(stage) = pipeline.piece.stage(stage) else { return false };
    let (is_closed, has_reason) = (former.closed_at.is_some(), former.lost_reason.is_some());
    // Where nobody has touched the pipeline since, it is what it was, also where a file brought it without a reason.
    pipeline.meta.updated_at < moved_at
        || match stage.kind {
            StageKind::Open => !is_closed && !has_reason,
            StageKind::Won => is_closed && !has_reason,
            StageKind::Lost => is_closed && has_reason,
            StageKind::Cancelled => is_closed,
        }
}

/// Whether the caller could do that now: for pages.
pub fn can_undo(app: &App, ctx: &Ctx, opportunity: &Opportunity) -> Result<bool, Error> {
    if permissions::require_with_links(app, ctx, opportunity, Action::Change).is_err() {
        return Ok(false);
    }
    let last = last_change(app, opportunity)?.filter(|change| may_undo(ctx, change));
    let Some(last) = last else { return Ok(false) };
    let former = before_move(app, opportunity, &last)?;
    Ok(former.is_some_and(|former| fits(&app.frame(), &former, last.at)))
}

/// The change that made it what it is now.
fn last_change(app: &App, opportunity: &Opportunity) -> Result<Option<Change>, Error> {
    let (id, version) = (opportunity.meta.id, opportunity.meta.version);
    let changes = app.store.timeline(id, None, LOOKED_AT_MAX)?;
    let is_it =
        |change: &Change| change.kind == Kind::Opportunity && change.id == id && change.version == version;
    Ok(changes.into_iter().find(is_it))
}

fn may_undo(ctx: &Ctx, change: &Change) -> bool {
    let is_fresh = ctx.at.duration_since(change.at) <= SignedDuration::from_hours(UNDO_HOURS);
    // What was taken back came to be there earlier: it is not taken back again.
    let came = change.record::<Opportunity>().and_then(|after| after.stage_since);
    let is_move = change.before.contains_key("stage") && came == Some(change.at);
    change.deed == Deed::Updated && change.by.user == ctx.user_id() && is_fresh && is_move
}
