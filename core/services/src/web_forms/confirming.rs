//! What waits to be confirmed: the link in the letter, what follows from it, and what becomes of the rest.

use super::sending::{lead_of, write_lead};
use super::{CONFIRMED, OpenForm, counter, note_refused, open};
use crate::error::none_of;
use crate::sessions::hash_secret;
use crate::{App, Ctx, Error, settings};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{FormSubmission, IndexKey, Kind, Language, Lead, Letter};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What a round of forgetting takes; the next one takes the others.
const FORGOTTEN_MAX: usize = 500;
/// Between two rounds, with an eye on the order to stop.
const ROUND_EVERY_S: i64 = 3_600;
const WAIT: Duration = Duration::from_millis(500);

/// What somebody with a link is about to confirm.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub form: OpenForm,
    /// That of the page where it was sent.
    pub language: Language,
}

/// What a letter asks to be confirmed.
pub(crate) struct Confirmable {
    pub name: String,
    pub email: String,
    pub language: Language,
    pub submission: FormSubmission,
}

/// Nothing where it was confirmed or forgotten meanwhile.
pub(crate) fn told_about(app: &App, letter: &Letter) -> Result<Option<Confirmable>, Error> {
    let found = letter.record.map(|id| app.store.get::<FormSubmission>(id)).transpose()?.flatten();
    Ok(found.map(|submission| {
        let email = submission.text("email").trim().to_owned();
        let name = [submission.text("name"), submission.text("company"), &email]
            .into_iter()
            .map(str::trim)
            .find(|text| !text.is_empty())
            .unwrap_or_default()
            .to_owned();
        Confirmable { name, email, language: submission.language, submission }
    }))
}

/// The link of a letter that is about to go; that of an earlier attempt is worth nothing any more.
pub(crate) fn link_for(app: &App, ctx: &Ctx, before: &FormSubmission) -> Result<(String, Timestamp), Error> {
    let secret = ctx.new_secret();
    let after = FormSubmission { secret_sha256: Some(hash_secret(&secret)), ..before.clone() };
    let mut write = ctx.write();
    write.update(before, after);
    app.commit(write)?;
    Ok((secret, before.expires_at))
}

/// What a link is for; «not found» where it is unknown, was used, or is too old.
pub fn waiting(app: &App, ctx: &Ctx, secret: &str) -> Result<Waiting, Error> {
    let submission = find(app, ctx, secret)?;
    Ok(Waiting { form: open(app, ctx, &submission.form)?, language: submission.language })
}

/// Makes the lead. The second of two at once finds that the link is gone.
pub fn confirm(app: &App, ctx: &Ctx, secret: &str) -> Result<Waiting, Error> {
    let submission = find(app, ctx, secret)?;
    let form = open(app, ctx, &submission.form)?;
    let language = submission.language;
    let ctx = &ctx.by_form(language);
    let settings = settings::get(app, ctx)?;
    let (lead, errors): (Lead, _) = lead_of(app, ctx, &form, &submission.typed, &settings)?;
    if let Err(error) = none_of(errors) {
        // The form asks for something else by now.
        note_refused(app, ctx, &form.key);
        return Err(error);
    }
    let counted = counter(&form.key, CONFIRMED);
    let evidence = submission.evidence.clone();
    let done = write_lead(app, ctx, &form, lead, evidence, settings, None, |write| {
        write.delete(&submission);
        write.add_to_counter(&counted, 1);
    });
    match done {
        Ok(_) => Ok(Waiting { form, language }),
        Err(Error::Conflict(_)) => Err(Error::NotFound),
        Err(error) => Err(error),
    }
}

fn find(app: &App, ctx: &Ctx, secret: &str) -> Result<FormSubmission, Error> {
    let key = IndexKey::unique(Kind::FormSubmission, "secret", &hash_secret(secret));
    let id = app.store.find(&key)?.ok_or(Error::NotFound)?;
    let found = app.store.get::<FormSubmission>(id)?;
    found.filter(|submission| submission.expires_at > ctx.at).ok_or(Error::NotFound)
}

/// Deletes what nobody confirmed in time. How many there were.
pub fn forget_unconfirmed(app: &App, ctx: &Ctx) -> Result<usize, Error> {
    let mut old: Vec<FormSubmission> = app.store.members(Uuid::nil(), FORGOTTEN_MAX)?;
    old.retain(|submission| submission.expires_at <= ctx.at);
    if old.is_empty() {
        return Ok(0);
    }
    let mut write = ctx.write();
    for submission in &old {
        write.delete(submission);
    }
    match app.commit(write) {
        Ok(_) => Ok(old.len()),
        // Another server's round, or a confirmation in the last moment: the next round takes the others.
        Err(Error::Conflict(_) | Error::NotFound) => Ok(0),
        Err(error) => Err(error),
    }
}

/// Forgets what nobody confirmed, every hour until told to stop.
pub fn run_worker(app: &App, ctx_now: &dyn Fn() -> Ctx, stop: &AtomicBool, report: &dyn Fn(&Error)) {
    let mut next = Timestamp::MIN;
    while !stop.load(Ordering::Acquire) {
        let ctx = ctx_now();
        if ctx.at >= next {
            if let Err(error) = forget_unconfirmed(app, &ctx) {
                report(&error);
            }
            next = Timestamp::from_second(ctx.at.as_second().saturating_add(ROUND_EVERY_S))
                .unwrap_or(Timestamp::MAX);
        }
        app.store.wait_past(u64::MAX, WAIT);
    }
}
