//! Two people changed the same lead: what each of them changed, against what both began with.

use super::reachable;
use crate::own_values::Reader;
use crate::{App, ConflictField, Ctx, Error, LeadDraft, past, settings};
use model::{Action, AnyRecord, Kind, LeadId, own_key};

/// A form on top of what is stored now.
#[derive(Clone, Debug)]
pub struct Merged {
    /// What was typed where it differs from the beginning, else what is stored now.
    pub draft: LeadDraft,
    /// The version that is stored now.
    pub version: u64,
    pub title: String,
    /// Fields that both changed, to different values. Empty: nothing is lost by saving.
    pub fields: Vec<ConflictField>,
}

/// Puts what somebody typed into a form of version `version` on top of what others saved since.
pub fn merge(app: &App, ctx: &Ctx, id: LeadId, version: u64, typed: &LeadDraft) -> Result<Merged, Error> {
    let stored = reachable(app, ctx, id, Action::Change)?;
    let (frame, settings) = (app.frame(), settings::get(app, ctx)?);
    let base = past::as_it_was(app, &stored, version)?.map(|lead| LeadDraft::of(&lead, &frame));
    let mut now = LeadDraft::of(&stored, &frame);
    // Forms show amounts with signs of thousands: what is compared is the number.
    let mut typed = typed.clone().with_plain_amount(stored.amounts_in().unwrap_or(settings.currency));
    let mut draft = now.clone();
    let mut fields = Vec::new();
    for (target, name) in model::TARGETS {
        let mine = typed.field_mut(target.clone()).trim().replace("\r\n", "\n");
        let theirs = now.field_mut(target.clone()).clone();
        let began_with = base.clone().map(|mut base| base.field_mut(target.clone()).clone());
        if mine == theirs || began_with.as_deref() == Some(mine.as_str()) {
            continue;
        }
        if began_with.as_deref() != Some(theirs.as_str()) {
            fields.push(ConflictField { field: name.to_owned(), yours: mine.clone(), theirs });
        }
        *draft.field_mut(target) = mine;
    }
    let country = stored.country.clone().unwrap_or_else(|| settings.country.clone());
    let reader = Reader {
        app,
        ctx,
        frame: &frame,
        settings: &settings,
        entity: Kind::Lead,
        record: stored.meta.id,
        country: &country,
    };
    for (name, mine) in reader.plain(&typed.custom)? {
        let theirs = now.custom.remove(&name).unwrap_or_default();
        let began_with = base.as_ref().map(|base| base.custom.get(&name).cloned().unwrap_or_default());
        if mine == theirs || began_with.as_ref() == Some(&mine) {
            continue;
        }
        if began_with.as_ref() != Some(&theirs) {
            let (field, yours) = (own_key(&name), mine.join(", "));
            fields.push(ConflictField { field, yours, theirs: theirs.join(", ") });
        }
        draft.custom.insert(name, mine);
    }
    Ok(Merged { draft, version: stored.meta.version, title: stored.title().to_owned(), fields })
}
