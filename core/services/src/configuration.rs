//! Pieces of configuration: listed, made, changed, put in order, and taken away where nothing uses them. One file for
//! all kinds; what only one kind asks for is in its implementation of [`Governed`].

use crate::error::none_of;
use crate::records::recode;
use crate::{App, Ctx, Error, number_series, permissions};
use model::{Action, Configured, FieldErrors, Frame, InFrame, Kind, Meta, RECORD_BYTES_MAX, Stage};

/// What uses a piece, and where people find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The entity that uses it.
    pub kind: Kind,
    /// What the user of it is called; empty where `count` records are meant.
    pub name: String,
    /// The key or id of the one that uses it; empty where `count` records are meant.
    pub key: String,
    pub count: u64,
}

/// What a kind of configuration asks for besides what [`Piece::check`] sees.
pub trait Governed: InFrame {
    /// What is wrong with it among everything else that is set up.
    fn check_among(&self, _key: &str, _frame: &Frame, _errors: &mut FieldErrors) {}

    /// What is wrong with it that only the rooms above know.
    fn check_in(&self, _app: &App, _key: &str, _errors: &mut FieldErrors) {}

    /// What speaks against this change of it, among what was done with it already.
    fn check_change(
        _app: &App,
        _key: &str,
        _before: &Self,
        _after: &Self,
        _errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        Ok(())
    }

    /// What would be left without it. Empty: it can go.
    fn uses(_app: &App, _frame: &Frame, _key: &str) -> Result<Vec<Use>, Error> {
        Ok(Vec::new())
    }

    /// Who may change pieces of this kind.
    fn may_change(ctx: &Ctx) -> Result<(), Error> {
        permissions::require_all(ctx, Kind::Settings, Action::Change)
    }

    /// What follows from a change once it is made.
    fn after_change(_app: &App, _ctx: &Ctx, _key: &str, _before: &Self) -> Result<(), Error> {
        Ok(())
    }

    /// The same in this company's terms: what a file names by e-mail or name is found by its id.
    fn adopted(self, _app: &App) -> Result<Self, Error> {
        Ok(self)
    }

    /// The same in terms that another company understands.
    fn portable(&self, _app: &App) -> Result<Self, Error> {
        Ok(self.clone())
    }

    /// The most there can be.
    const MAX: usize = 1_000;
}

/// All pieces of a kind, also archived ones, in their order.
pub fn list<P: Governed>(app: &App, ctx: &Ctx) -> Result<Vec<Configured<P>>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    Ok(P::pieces(&app.frame()).all().to_vec())
}

pub fn get<P: Governed>(app: &App, ctx: &Ctx, key: &str) -> Result<Configured<P>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    P::pieces(&app.frame()).get(key).cloned().ok_or(Error::NotFound)
}

/// A new piece, after the others.
pub fn create<P: Governed>(app: &App, ctx: &Ctx, key: &str, piece: P) -> Result<Configured<P>, Error> {
    P::may_change(ctx)?;
    let frame = app.frame();
    let pieces = P::pieces(&frame);
    let mut errors = FieldErrors::default();
    P::check_key(key, &mut errors);
    if pieces.get(key).is_some() {
        errors.add("key", "taken", key);
    }
    if pieces.all().len() >= P::MAX {
        errors.add("", "too-many", P::MAX.to_string());
    }
    check(key, &piece, &frame, &mut errors);
    piece.check_in(app, key, &mut errors);
    none_of(errors)?;
    let order = pieces.all().iter().map(|other| other.order + 1).max().unwrap_or_default();
    let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
    write_new(app, ctx, Configured { meta, key: key.to_owned(), order, piece })
}

/// Changes a piece. A stale version is refused with both values.
pub fn update<P: Governed>(
    app: &App,
    ctx: &Ctx,
    key: &str,
    version: u64,
    piece: P,
) -> Result<Configured<P>, Error> {
    P::may_change(ctx)?;
    let frame = app.frame();
    let before = P::pieces(&frame).get(key).cloned().ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    check(key, &piece, &frame, &mut errors);
    piece.check_in(app, key, &mut errors);
    P::check_change(app, key, &before.piece, &piece, &mut errors)?;
    none_of(errors)?;
    let after = Configured { piece, ..before.clone() };
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    if !before.is_stored() {
        let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
        return write_new(app, ctx, Configured { meta, ..after });
    }
    let mut write = ctx.write();
    write.update(&before, after);
    app.commit_configuration(write)?;
    P::after_change(app, ctx, key, &before.piece)?;
    P::pieces(&app.frame()).get(key).cloned().ok_or(Error::NotFound)
}

/// Takes a piece away. One that everybody begins with comes back as it was at the beginning. Refused with `in-use` and
/// the number of uses where something uses it: [`uses`] says what.
pub fn remove<P: Governed>(app: &App, ctx: &Ctx, key: &str, version: u64) -> Result<(), Error> {
    P::may_change(ctx)?;
    let frame = app.frame();
    let before = P::pieces(&frame).get(key).cloned().ok_or(Error::NotFound)?;
    if !before.is_stored() {
        return Err(Error::invalid("", "ready-piece", key));
    }
    if before.meta.version != version {
        return Err(app.conflict(&before, &before));
    }
    let mut errors = FieldErrors::default();
    match P::ready().iter().find(|(ready, _)| *ready == key) {
        Some((_, comes_back)) => P::check_change(app, key, &before.piece, comes_back, &mut errors)?,
        None => {
            let used = P::uses(app, &frame, key)?;
            if !used.is_empty() {
                errors.add("", "in-use", used.len().to_string());
            }
        }
    }
    none_of(errors)?;
    let mut write = ctx.write();
    write.delete(&before);
    app.commit_configuration(write).map(|_| ())
}

/// What uses a piece: for the page that offers the way out.
pub fn uses<P: Governed>(app: &App, ctx: &Ctx, key: &str) -> Result<Vec<Use>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    P::uses(app, &app.frame(), key)
}

/// Puts these pieces in this order; the others stay where they are.
pub fn reorder<P: Governed>(app: &App, ctx: &Ctx, keys: &[String]) -> Result<(), Error> {
    P::may_change(ctx)?;
    let frame = app.frame();
    let named: Vec<_> = keys.iter().filter_map(|key| P::pieces(&frame).get(key)).collect();
    let mut places: Vec<u32> = named.iter().map(|piece| piece.order).collect();
    places.sort_unstable();
    let mut write = ctx.write();
    let mut changed = false;
    let mut free = 0;
    for (before, place) in named.into_iter().zip(places) {
        let order = place.max(free);
        free = order + 1;
        if before.order == order {
            continue;
        }
        changed = true;
        let after = Configured { order, ..before.clone() };
        if before.is_stored() {
            write.update(before, after);
        } else {
            let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
            write.create(Configured { meta, ..after });
        }
    }
    if !changed {
        return Ok(());
    }
    app.commit_configuration(write).map(|_| ())
}

pub(crate) fn check<P: Governed>(key: &str, piece: &P, frame: &Frame, errors: &mut FieldErrors) {
    piece.check(errors);
    piece.check_among(key, frame, errors);
    let bytes = model::json::to_vec(piece).map_or(usize::MAX, |bytes| bytes.len());
    if errors.is_empty() && bytes + RECORD_OVERHEAD_BYTES > RECORD_BYTES_MAX {
        errors.add("", "record-too-big", RECORD_BYTES_MAX.to_string());
    }
}

/// The meta, key and order around a piece.
const RECORD_OVERHEAD_BYTES: usize = 400;

fn write_new<P: Governed>(app: &App, ctx: &Ctx, piece: Configured<P>) -> Result<Configured<P>, Error> {
    let key = piece.key.clone();
    let mut write = ctx.write();
    write.create(piece);
    app.commit_configuration(write)?;
    P::pieces(&app.frame()).get(&key).cloned().ok_or(Error::NotFound)
}

impl Governed for model::Pipeline {
    const MAX: usize = 20;

    /// What a stage asks for is a field of opportunities that people type.
    fn check_among(&self, _key: &str, frame: &Frame, errors: &mut FieldErrors) {
        for (place, stage) in self.stages.iter().enumerate() {
            for field in &stage.required {
                let known = crate::fields::spec_of(frame, Kind::Opportunity, field);
                if !known.is_some_and(|known| known.typed) {
                    errors.add(&format!("stages.{place}.required"), "field-unknown", field);
                }
            }
        }
    }

    /// A stage with opportunities in it can neither vanish nor become one of another kind, as they would be open with a
    /// day of closing, or closed without one: each such problem stands at `stages`, with the stage's key and their number.
    fn check_change(
        app: &App,
        key: &str,
        before: &Self,
        after: &Self,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        let stays = |stage: &&Stage| after.stage(&stage.key).is_some_and(|later| later.kind == stage.kind);
        for stage in before.stages.iter().filter(|stage| !stays(stage)) {
            let count = recode::count(app, Kind::Opportunity, "stage", &format!("{key}.{}", stage.key))?;
            if count > 0 {
                errors.add("stages", "stage-in-use", format!("{} {count}", stage.key));
            }
        }
        Ok(())
    }

    fn uses(app: &App, frame: &Frame, key: &str) -> Result<Vec<Use>, Error> {
        let mut count = 0;
        for stage in frame.pipelines.get(key).into_iter().flat_map(|pipeline| &pipeline.piece.stages) {
            count += recode::count(app, Kind::Opportunity, "stage", &format!("{key}.{}", stage.key))?;
        }
        Ok(used_by(Kind::Opportunity, count))
    }
}

/// So many records of an entity, where there are any.
fn used_by(kind: Kind, count: u64) -> Vec<Use> {
    let used = Use { kind, name: String::new(), key: String::new(), count };
    if count == 0 { Vec::new() } else { vec![used] }
}

impl Governed for model::Wording {
    /// Whether a text fits its message, only `ui` knows.
    fn check_in(&self, app: &App, key: &str, errors: &mut FieldErrors) {
        if let Some(check) = app.check_wording {
            check(key, self, errors);
        }
    }
}

impl Governed for model::Tax {
    const MAX: usize = 50;

    fn uses(app: &App, _frame: &Frame, key: &str) -> Result<Vec<Use>, Error> {
        Ok(used_by(Kind::Product, recode::count(app, Kind::Product, "tax", key)?))
    }
}

impl Governed for model::Holiday {
    /// Twenty years of them.
    const MAX: usize = 400;
}

impl Governed for model::NumberSeries {
    fn check_change(
        app: &App,
        key: &str,
        before: &Self,
        after: &Self,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        number_series::check_change(app, key, before, after, errors)
    }

    /// The numbers it gave: they stand on documents.
    fn uses(app: &App, frame: &Frame, key: &str) -> Result<Vec<Use>, Error> {
        let Some(series) = frame.number_series.get(key) else {
            return Ok(Vec::new());
        };
        let last = number_series::last_given(app, key, &series.piece)?;
        let given = |last| Use { kind: Kind::NumberSeries, name: last, key: key.to_owned(), count: 0 };
        Ok(last.map(given).into_iter().collect())
    }

    const MAX: usize = 20;
}

impl Governed for model::Role {
    const MAX: usize = 30;

    /// Whoever changed roles could give themselves any.
    fn may_change(ctx: &Ctx) -> Result<(), Error> {
        permissions::require_administrator(ctx)
    }

    fn check_among(&self, key: &str, _frame: &Frame, errors: &mut FieldErrors) {
        if key == model::RoleKey::ADMINISTRATOR && (self.archived || !self.is_whole()) {
            errors.add("", "administrator-whole", "");
        }
    }

    fn uses(app: &App, _frame: &Frame, key: &str) -> Result<Vec<Use>, Error> {
        crate::users::uses_of_role(app, key)
    }
}
