//! What time does to quotes: those whose last day has passed expire, and clients are reminded before it does.

use super::versions;
use crate::{App, Ctx, Error, outbox, reports};
use model::jiff::civil::Date;
use model::jiff::{SignedDuration, ToSpan};
use model::quote_status::EXPIRED;
use model::{LetterAbout, Quote, Settings};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Open quotes looked at in one round.
const ROUND_MAX: usize = 1_000;
/// A reminder leaves time to read the letter before it.
const BETWEEN_LETTERS: SignedDuration = SignedDuration::from_hours(24);
/// Days begin once a day, but nobody waits for them to the second.
const WAIT: Duration = Duration::from_secs(60);
/// How soon it is seen that the program stops.
const STOP_SEEN: Duration = Duration::from_millis(500);

/// Works until told to stop.
pub fn run_worker(app: &App, ctx_now: &dyn Fn() -> Ctx, stop: &AtomicBool, report: &dyn Fn(&Error)) {
    while !stop.load(Ordering::Acquire) {
        if let Err(error) = round(app, &ctx_now()) {
            report(&error);
        }
        let mut waited = Duration::ZERO;
        while waited < WAIT && !stop.load(Ordering::Acquire) {
            app.store.wait_past(u64::MAX, STOP_SEEN);
            waited += STOP_SEEN;
        }
    }
}

/// One look at all that clients may still answer. How many expired, and how many clients were reminded. What goes wrong with
/// one is said in the end, and keeps nothing from the others.
pub fn round(app: &App, ctx: &Ctx) -> Result<(usize, usize), Error> {
    let Some(settings) = app.frame().settings.clone() else { return Ok((0, 0)) };
    let (mut expired, mut reminded, mut failed) = (0, 0, None);
    for quote in app.store.members::<Quote>(Quote::OPEN, ROUND_MAX)? {
        match look(app, ctx, &settings, &quote) {
            Ok(Some(Done::Expired)) => expired += 1,
            Ok(Some(Done::Reminded)) => reminded += 1,
            // Or somebody answered it at this moment: the next round sees what came of it.
            Ok(None) | Err(Error::Conflict(_)) => {}
            Err(error) => {
                failed.get_or_insert(error);
            }
        }
    }
    failed.map_or(Ok((expired, reminded)), Err)
}

enum Done {
    Expired,
    Reminded,
}

/// What time does to one quote.
fn look(app: &App, ctx: &Ctx, settings: &Settings, before: &Quote) -> Result<Option<Done>, Error> {
    let today = reports::today(ctx, settings);
    let (mut after, mut write) = (before.clone(), ctx.write());
    let reminder = LetterAbout::QuoteReminder;
    let done = if before.is_over(today) {
        after.put_status(EXPIRED);
        Done::Expired
    } else if is_reminder_due(app, ctx, settings, before, today)?
        && outbox::put_about(app, ctx, &mut write, reminder, None, Some(before.meta.id))?
    {
        after.state.reminded_at = Some(ctx.at);
        Done::Reminded
    } else {
        return Ok(None);
    };
    write.update(before, after);
    app.commit(write)?;
    Ok(Some(done))
}

/// Near its last day, once, whoever got it by letter; and not on the heels of another letter about any of its versions.
fn is_reminder_due(
    app: &App,
    ctx: &Ctx,
    settings: &Settings,
    quote: &Quote,
    today: Date,
) -> Result<bool, Error> {
    let days = settings.quotes.remind_days;
    let from = today.checked_add(i64::from(days).days()).unwrap_or(today);
    let is_near = quote.valid_until.is_some_and(|last| last <= from);
    if days == 0 || !is_near || quote.state.reminded_at.is_some() || quote.state.sent_to.is_none() {
        return Ok(false);
    }
    let all = versions::of_first(app, quote.first_version())?;
    let last = all.iter().flat_map(|quote| [quote.sent_at, quote.state.reminded_at]).flatten().max();
    Ok(last.is_none_or(|last| last + BETWEEN_LETTERS <= ctx.at))
}
