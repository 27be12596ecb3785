//! What time does to quotes: those whose last day has passed expire, and clients are reminded before it does.

use crate::{App, Ctx, Error, outbox, reports};
use model::jiff::ToSpan;
use model::quote_status::EXPIRED;
use model::{LetterAbout, Quote};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Open quotes looked at in one round.
const ROUND_MAX: usize = 1_000;
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

/// One look at all that clients may still answer. How many expired, and how many clients were reminded.
pub fn round(app: &App, ctx: &Ctx) -> Result<(usize, usize), Error> {
    let Some(settings) = app.frame().settings.clone() else { return Ok((0, 0)) };
    let today = reports::today(ctx, &settings);
    let remind_from = today.checked_add(i64::from(settings.quotes.remind_days).days()).unwrap_or(today);
    let (mut expired, mut reminded) = (0, 0);
    for before in app.store.members::<Quote>(Quote::OPEN, ROUND_MAX)? {
        let mut after = before.clone();
        let mut write = ctx.write();
        let is_near = before.valid_until.is_some_and(|last| last <= remind_from);
        if before.is_over(today) {
            after.put_status(EXPIRED);
        } else if settings.quotes.remind_days > 0
            && is_near
            && before.state.reminded_at.is_none()
            && before.state.sent_to.is_some()
            && outbox::put_about(
                app,
                ctx,
                &mut write,
                LetterAbout::QuoteReminder,
                None,
                Some(before.meta.id),
            )?
        {
            after.state.reminded_at = Some(ctx.at);
        } else {
            continue;
        }
        let is_over = after.status() == EXPIRED;
        write.update(&before, after);
        match app.commit(write) {
            Ok(_) if is_over => expired += 1,
            Ok(_) => reminded += 1,
            // Somebody answered it at this moment: the next round sees what came of it.
            Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok((expired, reminded))
}
