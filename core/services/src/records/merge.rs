//! Two people changed the same record: what each of them changed, against what both began with.

use super::rules::Around;
use super::{Draft, as_it_was, reachable};
use crate::{App, ConflictField, Ctx, Error, settings};
use model::uuid::Uuid;
use model::{Action, Kind};

/// A form on top of what is stored now.
#[derive(Clone, Debug)]
pub struct Merged {
    /// What was typed where it differs from the beginning, else what is stored now.
    pub draft: Draft,
    /// The version that is stored now.
    pub version: u64,
    pub title: String,
    /// Fields that both changed, to different values. Empty: nothing is lost by saving.
    pub fields: Vec<ConflictField>,
}

/// Puts what somebody typed into a form of version `version` on top of what others saved since.
pub fn merge(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    id: Uuid,
    version: u64,
    typed: &Draft,
) -> Result<Merged, Error> {
    for_entity!(kind, E => {
        let stored = reachable::<E>(app, ctx, id, Action::Change)?;
        let (frame, settings) = (app.frame(), settings::get(app, ctx)?);
        let around = Around { app, ctx, frame: &frame, settings: &settings, made: &[] };
        let base = as_it_was(app, &stored, version)?.map(|record| Draft::of(&frame, &record));
        let now = Draft::of(&frame, &stored);
        let (draft, fields) = put_together(base, now, typed.plain(&around, &stored)?);
        Ok(Merged { draft, version: stored.meta.version, title: model::Entity::title(&stored), fields })
    })
}

fn put_together(base: Option<Draft>, now: Draft, typed: Draft) -> (Draft, Vec<ConflictField>) {
    let mut draft = now.clone();
    let mut fields = Vec::new();
    for (key, mine) in typed.0 {
        let theirs = now.0.get(&key).cloned().unwrap_or_default();
        let began_with = base.as_ref().map(|base| base.0.get(&key).cloned().unwrap_or_default());
        if mine == theirs || began_with.as_ref() == Some(&mine) {
            continue;
        }
        if began_with.as_ref() != Some(&theirs) {
            let (yours, theirs) = (mine.join(", "), theirs.join(", "));
            fields.push(ConflictField { field: key.clone(), yours, theirs });
        }
        draft.0.insert(key, mine);
    }
    (draft, fields)
}
