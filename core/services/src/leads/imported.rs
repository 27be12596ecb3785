//! What leads bring to imports: new ones are assigned by the rules that every way in has.

use super::{checked, count_open, delete_with_notes};
use crate::assignment::Round;
use crate::imports::entities::{Importable, Uses};
use crate::own_values::Making;
use crate::records::Draft;
use crate::{App, Ctx, Error, LeadDraft, notes};
use model::uuid::Uuid;
use model::{FieldErrors, ImportTarget, Lead, Meta, Settings, own_name};
use store::Write;

impl Importable for Lead {
    fn made(
        app: &App,
        ctx: &Ctx,
        settings: &Settings,
        draft: &Draft,
        before: Option<&Lead>,
    ) -> Result<(Lead, FieldErrors), Error> {
        let mut typed = before.map_or_else(LeadDraft::default, |lead| LeadDraft::of(lead, &app.frame()));
        for (key, texts) in &draft.0 {
            if let Some(name) = own_name(key) {
                typed.custom.insert(name.to_owned(), texts.clone());
            } else if let Some(target) = ImportTarget::from_code(key) {
                *typed.field_mut(target) = texts.first().cloned().unwrap_or_default();
            }
        }
        let new = || Lead::new(Meta::new(ctx.new_id(), ctx.at, ctx.actor()));
        let mut lead = before.cloned().unwrap_or_else(new);
        let making = if before.is_some() { Making::Changed } else { Making::New };
        let errors = checked(app, ctx, &typed, &mut lead, settings, making)?;
        Ok((lead, errors))
    }

    fn create_all(
        app: &App,
        ctx: &Ctx,
        settings: &Settings,
        write: &mut Write,
        records: Vec<Lead>,
    ) -> Result<Option<Round>, Error> {
        if records.is_empty() {
            return Ok(None);
        }
        let round = Round::prepare(app, ctx, settings.clone())?;
        let chosen = records.into_iter().map(|lead| {
            let choice = round.choose(app, ctx, &lead)?;
            Ok((lead, choice))
        });
        let chosen = chosen.collect::<Result<_, Error>>()?;
        round.place(ctx, write, chosen);
        Ok(Some(round))
    }

    fn change(write: &mut Write, before: &Lead, after: Lead) {
        count_open(write, Some(before), Some(&after));
        write.update(before, after);
    }

    fn remove(app: &App, write: &mut Write, record: &Lead) -> Result<(), Error> {
        delete_with_notes(app, write, record)
    }

    fn uses(app: &App, id: Uuid) -> Result<Uses, Error> {
        Ok(Uses { records: crate::records::users_of(app, id)?, notes: notes::of(app, id)?.len() })
    }
}
