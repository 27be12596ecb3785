//! Questions that somebody asked on the page of a quote, whose asker needs no record.

use super::erasing::{scrub_for, scrubbed};
use super::{FOUND_MAX, Identity, require, words};
use crate::{App, Ctx, Error, settings};
use model::uuid::Uuid;
use model::{
    Action, Activity, ERASED, Entity, Erasure, Kind, Meta, normalize_email, normalize_phone, normalize_tax_id,
};

/// The rule that makes a task of a question.
pub(crate) const RULE: &str = "quote-question";
/// Between the number of the quote and whoever asked.
pub(crate) const BEFORE_ASKER: &str = " · ";

/// The questions that somebody of this name asked, or that say this e-mail address, phone or tax id. All activities are
/// read.
pub fn find_questions(app: &App, ctx: &Ctx, text: &str) -> Result<Vec<Activity>, Error> {
    require(ctx, Action::See)?;
    let identity = Identity::of(app, ctx, text)?;
    let country = settings::get(app, ctx)?.country;
    let mut found = Vec::new();
    app.store.each_record::<Activity, Error>(&mut |activity| {
        if is_question(&activity) && identity.has_asked(&activity, &country) {
            found.push(activity);
        }
        Ok(found.len() < FOUND_MAX)
    })?;
    Ok(found)
}

/// The question, for the question before its asker goes.
pub fn about_to_forget_question(app: &App, ctx: &Ctx, id: Uuid) -> Result<Activity, Error> {
    require(ctx, Action::Delete)?;
    app.store.get::<Activity>(id)?.filter(is_question).ok_or(Error::NotFound)
}

/// Erases who asked and what; in the journal, the worker does. `typed` must be what the question is called.
pub fn forget_question(app: &App, ctx: &Ctx, id: Uuid, version: u64, typed: &str) -> Result<Erasure, Error> {
    let question = about_to_forget_question(app, ctx, id)?;
    let title = question.title();
    if typed.trim() != title.trim() {
        return Err(Error::invalid("typed", "erase-name", title));
    }
    if question.meta.version != version {
        return Err(app.conflict(&question, &question));
    }
    let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
    let erasure = Erasure { meta, kind: Kind::Activity, record: id, notes: 1, files: 0, is_done: false };
    let mut write = ctx.write();
    write.update(&question, scrubbed(&question, scrub_for(Kind::Activity)?)?);
    write.create(erasure.clone());
    app.commit(write)?;
    Ok(erasure)
}

fn is_question(activity: &Activity) -> bool {
    activity.rule.as_deref() == Some(RULE)
}

impl Identity {
    fn has_asked(&self, question: &Activity, country: &str) -> bool {
        let subject = question.subject.as_deref().filter(|subject| *subject != ERASED).unwrap_or_default();
        if !self.name.is_empty() {
            let asker = subject.split_once(BEFORE_ASKER).map_or(subject, |(_, asker)| asker);
            let named = words(asker);
            return self.name.iter().all(|word| named.contains(word));
        }
        let texts = [subject, question.text.as_deref().unwrap_or_default()];
        texts.iter().any(|text| self.is_said_in(text, country))
    }

    /// Whether a text says the e-mail address, phone or tax id, whatever stands around it.
    fn is_said_in(&self, text: &str, country: &str) -> bool {
        let is_in_number =
            |character: char| character.is_ascii_digit() || "+ -().·/\u{a0}".contains(character);
        let same = |known: &Option<String>, said: Option<String>| known.is_some() && *known == said;
        let is_token = |token: &str| {
            let token = token.trim_matches(|character: char| !character.is_alphanumeric());
            same(&self.email, normalize_email(token).ok()) || same(&self.tax_id, normalize_tax_id(token).ok())
        };
        let is_number = |number: &str| {
            let number =
                number.trim_matches(|character: char| !character.is_ascii_digit() && character != '+');
            same(&self.phone, normalize_phone(number, country).ok())
        };
        text.split_whitespace().any(is_token)
            || text.split(|character: char| !is_in_number(character)).any(is_number)
    }
}
