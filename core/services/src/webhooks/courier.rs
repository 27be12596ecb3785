//! Deliveries on their way: what the journal says becomes deliveries, those go in order, and what fails is tried again
//! later and later. At least once, never twice at the same time to the same webhook, and no webhook waits for another.

use super::message::{Shapes, body, fingerprint, headers, signature};
use super::{all, deliveries_of, reach, secrets, stored};
use crate::mail_settings::delete_credential;
use crate::{App, Ctx, Error, outbox, permissions, users};
use http_client::{Client, Times};
use model::jiff::{SignedDuration, Timestamp};
use model::uuid::Uuid;
use model::{
    ANSWER_BYTES_KEPT, Change, DELIVERIES_KEPT, DeliveryAttempt, DeliveryState, LetterAbout, Meta, Webhook,
    WebhookDelivery, WebhookEvent, WebhookProgress, is_echo, webhook_events,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Minutes until the next attempt: soon at first, for systems that are being restarted; then for those that are down a
/// weekend. Nearly three days in all.
pub const RETRY_MINUTES: [i64; 8] = [1, 5, 15, 60, 240, 720, 1_440, 1_440];
/// A webhook to which nothing could be delivered for so long is switched off.
const GIVEN_UP_AFTER: SignedDuration = SignedDuration::from_hours(5 * 24);
/// A system that takes things in answers at once and works on them later.
const TIMES: Times = Times { connect: Duration::from_secs(5), whole: Duration::from_secs(10) };
/// What is read of an answer; [`ANSWER_BYTES_KEPT`] of it are kept.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;
/// Deliveries that are made ahead of the one that goes: the rest waits in the journal.
const AHEAD_MAX: usize = 20;
/// Changes that are looked at together.
const CHANGES_AT_ONCE: usize = 500;
/// So many changes that concern a webhook in nothing are looked at again after a restart, rather than writing down each
/// time how far it is.
const UNSAVED_MAX: u64 = 10_000;
/// Deliveries to one webhook until the next look at whether it is still there.
pub const PORTION_MAX: usize = 100;
/// Looking for work, and for the order to stop.
const WAIT: Duration = Duration::from_millis(500);
/// To see whether anything arrives.
const TEST_EVENT: &str = "webhook.test";

/// Delivers to all webhooks. One at a time works on a data folder.
pub struct Courier<'a> {
    app: &'a App,
    shapes: &'a dyn Shapes,
    /// The circumstances of an attempt.
    ctx_now: &'a (dyn Fn() -> Ctx + Sync),
    client: Client,
    /// How far the journal was looked at for each, where that is further than what is written down.
    looked: Mutex<BTreeMap<Uuid, u64>>,
}

impl<'a> Courier<'a> {
    pub fn new(app: &'a App, shapes: &'a dyn Shapes, ctx_now: &'a (dyn Fn() -> Ctx + Sync)) -> Courier<'a> {
        Courier { app, shapes, ctx_now, client: Client::new(reach(app), TIMES), looked: Mutex::default() }
    }

    /// Works until told to stop, with a thread for each webhook that has something to do. Failures of the machine go to
    /// `report`.
    pub fn run(&self, stop: &AtomicBool, report: &(dyn Fn(&Error) + Sync)) {
        let busy = Mutex::new(BTreeSet::new());
        std::thread::scope(|scope| {
            while !stop.load(Ordering::Acquire) {
                let head = self.app.head();
                let ready = self.ready().unwrap_or_else(|error| {
                    report(&error);
                    Vec::new()
                });
                for id in ready {
                    if !locked(&busy).insert(id) {
                        continue;
                    }
                    let busy = &busy;
                    let work = move || {
                        if let Err(error) = self.portion(id, stop) {
                            report(&error);
                        }
                        locked(busy).remove(&id);
                    };
                    let begun =
                        std::thread::Builder::new().name("webhook".to_owned()).spawn_scoped(scope, work);
                    if let Err(error) = begun {
                        locked(busy).remove(&id);
                        report(&Error::internal(error));
                    }
                }
                self.app.store.wait_past(head, WAIT);
            }
        });
    }

    /// A portion for each webhook that has something to do, one after the other. How many attempts there were.
    pub fn round(&self, stop: &AtomicBool) -> Result<usize, Error> {
        self.ready()?.into_iter().map(|id| self.portion(id, stop)).sum()
    }

    /// The webhooks with a delivery that is due, or with changes that nobody has looked at.
    fn ready(&self) -> Result<Vec<Uuid>, Error> {
        let (at, head) = ((self.ctx_now)().at, self.app.head());
        let mut ready = Vec::new();
        for webhook in all(self.app)?.into_iter().filter(|webhook| webhook.active) {
            let id = webhook.meta.id;
            let has_work = match first_waiting(self.app, id)? {
                Some(delivery) => delivery.due_at <= at,
                None => locked(&self.looked).get(&id).is_none_or(|looked| *looked < head),
            };
            if has_work && !secrets(self.app, &webhook, at)?.is_empty() {
                ready.push(id);
            }
        }
        Ok(ready)
    }

    fn portion(&self, id: Uuid, stop: &AtomicBool) -> Result<usize, Error> {
        let mut attempts = 0;
        while attempts < PORTION_MAX && !stop.load(Ordering::Acquire) {
            let ctx = (self.ctx_now)();
            let webhook = self.app.store.get::<Webhook>(id)?.filter(|webhook| webhook.active);
            let Some(webhook) = webhook else { break };
            match first_waiting(self.app, id)? {
                Some(delivery) if delivery.due_at > ctx.at => break,
                Some(delivery) => {
                    self.attempt(&ctx, &webhook, &delivery)?;
                    attempts += 1;
                }
                None if self.take_in(&ctx, &webhook)? => {}
                None => break,
            }
        }
        Ok(attempts)
    }

    /// Makes deliveries of the next changes. Whether there were any to look at.
    fn take_in(&self, ctx: &Ctx, webhook: &Webhook) -> Result<bool, Error> {
        let id = webhook.meta.id;
        let Some(before) = self.app.store.get::<WebhookProgress>(id)? else { return Ok(false) };
        let looked = locked(&self.looked).get(&id).copied().unwrap_or_default();
        let changes = self.app.store.journal(before.cursor.max(looked), CHANGES_AT_ONCE)?;
        let Some(last) = changes.last() else { return Ok(false) };
        let (mut made, mut cursor) = (Vec::new(), last.seq);
        for change in &changes {
            if made.len() >= AHEAD_MAX {
                cursor = change.seq - 1;
                break;
            }
            if !is_echo(change, &changes) {
                made.extend(self.deliveries(ctx, webhook, change));
            }
        }
        if made.is_empty() && cursor - before.cursor < UNSAVED_MAX {
            locked(&self.looked).insert(id, cursor);
            return Ok(true);
        }
        let mut write = ctx.write();
        write.update(&before, WebhookProgress { cursor, ..before.clone() });
        make_room(self.app, &mut write, id, made.len())?;
        for delivery in made {
            write.create(delivery);
        }
        if webhook.former_secret_until.is_some_and(|until| until <= ctx.at) {
            delete_credential(self.app, &mut write, Webhook::former_secret(id))?;
        }
        match self.app.commit(write) {
            Ok(_) => {
                locked(&self.looked).insert(id, cursor);
                Ok(true)
            }
            // Somebody pressed a button: the next look begins where this one did.
            Err(Error::Conflict(_) | Error::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// What a change means for a webhook.
    fn deliveries(&self, ctx: &Ctx, webhook: &Webhook, change: &Change) -> Vec<WebhookDelivery> {
        let wanted = wanted(self.app, webhook, change);
        let id = webhook.meta.id;
        let delivery = |(place, event): (u8, WebhookEvent)| WebhookDelivery {
            message: format!("msg_{}_{}_{place}", id.simple(), change.seq),
            event: event.code(),
            at: change.at,
            place,
            record: Some((event.kind, event.id)),
            ..new(ctx, id, change.seq)
        };
        (0..).zip(wanted).map(delivery).collect()
    }

    fn attempt(&self, ctx: &Ctx, webhook: &Webhook, delivery: &WebhookDelivery) -> Result<(), Error> {
        let done = sent(self.app, ctx, &self.client, self.shapes, webhook, delivery)?;
        let after = self.app.settle(ctx, delivery.meta.id, |delivery| note(delivery, &done))?;
        let failing_since =
            if after.is_some() { noted(self.app, ctx, webhook.meta.id, &done)? } else { None };
        if failing_since.is_some_and(|since| since + GIVEN_UP_AFTER <= ctx.at) {
            let off = Webhook { active: false, failed_since: failing_since, ..webhook.clone() };
            let mut write = ctx.write();
            write.update(webhook, off);
            for administrator in users::administrators(self.app)? {
                let (about, of) = (LetterAbout::WebhookOff, Some(webhook.meta.id));
                outbox::put_about(self.app, ctx, &mut write, about, Some(administrator), of)?;
            }
            return done_or_overtaken(self.app.commit(write));
        }
        Ok(())
    }
}

/// The events of a change that a webhook asked for.
fn wanted(app: &App, webhook: &Webhook, change: &Change) -> Vec<WebhookEvent> {
    let mut events = webhook_events(change, &app.frame());
    events.retain(|event| event.is_among(&webhook.events));
    events
}

/// How far a webhook that waits for nothing may be said to be: up to the first change that still concerns it. For whoever
/// changes what it asks for, so that nothing from before is told.
pub(super) fn seen(app: &App, webhook: &Webhook, cursor: u64) -> Result<u64, Error> {
    let mut seen = cursor;
    if first_waiting(app, webhook.meta.id)?.is_some() {
        return Ok(seen);
    }
    loop {
        let changes = app.store.journal(seen, CHANGES_AT_ONCE)?;
        if changes.is_empty() {
            return Ok(seen);
        }
        for change in changes {
            if !wanted(app, webhook, &change).is_empty() {
                return Ok(seen);
            }
            seen = change.seq;
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn first_waiting(app: &App, id: Uuid) -> Result<Option<WebhookDelivery>, Error> {
    let waiting: Vec<WebhookDelivery> =
        app.store.members(WebhookDelivery::waiting(id), 2 * DELIVERIES_KEPT)?;
    Ok(waiting.into_iter().min_by_key(WebhookDelivery::order))
}

/// The oldest go, so that with the new ones no more than [`DELIVERIES_KEPT`] are kept.
fn make_room(app: &App, write: &mut store::Write, id: Uuid, new: usize) -> Result<(), Error> {
    let over = deliveries_of(app, id)?;
    let too_many = (over.len() + new).saturating_sub(DELIVERIES_KEPT);
    over.iter()
        .filter(|delivery| delivery.state != DeliveryState::Waiting)
        .take(too_many)
        .for_each(|delivery| write.delete(delivery));
    Ok(())
}

/// One that is about nothing yet.
fn new(ctx: &Ctx, webhook: Uuid, sequence: u64) -> WebhookDelivery {
    let id = ctx.new_id();
    WebhookDelivery {
        meta: Meta::new(id, ctx.at, ctx.actor()),
        webhook,
        message: format!("msg_{}", id.simple()),
        event: TEST_EVENT.to_owned(),
        at: ctx.at,
        sequence,
        place: 0,
        record: None,
        state: DeliveryState::Waiting,
        attempts: 0,
        due_at: ctx.at,
        last: None,
    }
}

/// Sends a delivery once and says what came of it. Whatever is wrong with the other side is no error.
fn sent(
    app: &App,
    ctx: &Ctx,
    client: &Client,
    shapes: &dyn Shapes,
    webhook: &Webhook,
    delivery: &WebhookDelivery,
) -> Result<DeliveryAttempt, Error> {
    let body = body(app, ctx, shapes, delivery)?;
    let signature = signature(&secrets(app, webhook, ctx.at)?, &delivery.message, ctx.at, &body)?;
    let body_sha256 = fingerprint(&body);
    let headers = headers(&delivery.message, ctx.at, &signature);
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let begun = Instant::now();
    let (status, failure, said) = match client.post(&webhook.url, &headers, body) {
        Ok(answer) => (Some(answer.status()), None, kept(&answer.beginning(ANSWER_BYTES_MAX))),
        Err(error) => (None, Some(error.code().to_owned()), kept(error.said().as_bytes())),
    };
    let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(DeliveryAttempt { at: ctx.at, took_ms, signature, body_sha256, status, failure, said })
}

/// The beginning of what was answered, as text that takes no more than [`ANSWER_BYTES_KEPT`] where it is stored.
fn kept(bytes: &[u8]) -> String {
    let stored_bytes = |character: char| match character {
        '"' | '\\' | '\n' | '\t' => 2,
        other => other.len_utf8(),
    };
    let mut room = ANSWER_BYTES_KEPT;
    let fits = |character: &char| {
        let taken = stored_bytes(*character);
        let has_room = taken <= room;
        room = room.saturating_sub(taken);
        has_room
    };
    let text = String::from_utf8_lossy(bytes);
    let readable =
        text.chars().filter(|character| !character.is_control() || matches!(character, '\n' | '\t'));
    readable.take_while(fits).collect()
}

fn is_taken(done: &DeliveryAttempt) -> bool {
    done.status.is_some_and(|status| (200..300).contains(&status))
}

fn note(delivery: &mut WebhookDelivery, done: &DeliveryAttempt) {
    delivery.attempts += 1;
    delivery.last = Some(done.clone());
    if is_taken(done) {
        delivery.state = DeliveryState::Delivered;
        return;
    }
    let place = usize::try_from(delivery.attempts).unwrap_or(usize::MAX).saturating_sub(1);
    match RETRY_MINUTES.get(place) {
        Some(minutes) if delivery.state == DeliveryState::Waiting => {
            delivery.due_at = done.at + SignedDuration::from_mins(*minutes);
        }
        _ => delivery.state = DeliveryState::Failed,
    }
}

/// Writes down how a webhook fares; gives back since when it has been failing.
fn noted(app: &App, ctx: &Ctx, id: Uuid, done: &DeliveryAttempt) -> Result<Option<Timestamp>, Error> {
    let Some(before) = app.store.get::<WebhookProgress>(id)? else { return Ok(None) };
    let mut after = before.clone();
    if is_taken(done) {
        (after.failing_since, after.delivered_at) = (None, Some(done.at));
    } else {
        after.failing_since.get_or_insert(done.at);
    }
    let failing_since = after.failing_since;
    let mut write = ctx.write();
    write.update(&before, after);
    done_or_overtaken(app.commit(write))?;
    Ok(failing_since)
}

/// What somebody else changed at the same moment counts.
fn done_or_overtaken(committed: Result<u64, Error>) -> Result<(), Error> {
    match committed {
        Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Sends an event that means nothing, at once and once, to see whether it arrives; also to one that is switched off.
/// Problem code: `webhook-no-secret`.
pub fn test(app: &App, ctx: &Ctx, shapes: &dyn Shapes, id: Uuid) -> Result<WebhookDelivery, Error> {
    permissions::require_administrator(ctx)?;
    let webhook = stored(app, id)?;
    let mut delivery = new(ctx, id, app.head());
    delivery.state = DeliveryState::Failed;
    by_hand(app, ctx, shapes, &webhook, &delivery, |done| {
        let mut after = delivery.clone();
        note(&mut after, done);
        let mut write = ctx.write();
        make_room(app, &mut write, id, 1)?;
        write.create(after.clone());
        app.commit(write)?;
        Ok(after)
    })
}

/// Sends a delivery of the log once more, at once, with its number and what it would say now; also one that waits.
/// Problem code: `webhook-no-secret`.
pub fn resend(app: &App, ctx: &Ctx, shapes: &dyn Shapes, id: Uuid) -> Result<WebhookDelivery, Error> {
    permissions::require_administrator(ctx)?;
    let delivery = app.store.get::<WebhookDelivery>(id)?.ok_or(Error::NotFound)?;
    let webhook = stored(app, delivery.webhook)?;
    by_hand(app, ctx, shapes, &webhook, &delivery, |done| {
        // One more try by hand takes nothing from those that come by themselves.
        let noted = |delivery: &mut WebhookDelivery| {
            if delivery.state == DeliveryState::Waiting && !is_taken(done) {
                delivery.last = Some(done.clone());
            } else {
                note(delivery, done);
            }
        };
        app.settle(ctx, id, noted)?.ok_or(Error::NotFound)
    })
}

fn by_hand(
    app: &App,
    ctx: &Ctx,
    shapes: &dyn Shapes,
    webhook: &Webhook,
    delivery: &WebhookDelivery,
    keep: impl FnOnce(&DeliveryAttempt) -> Result<WebhookDelivery, Error>,
) -> Result<WebhookDelivery, Error> {
    if secrets(app, webhook, ctx.at)?.is_empty() {
        return Err(Error::invalid("", "webhook-no-secret", ""));
    }
    let done = sent(app, ctx, &Client::new(reach(app), TIMES), shapes, webhook, delivery)?;
    let kept = keep(&done)?;
    // Whoever tries things out by hand does not say that nothing arrives.
    if is_taken(&done) {
        noted(app, ctx, webhook.meta.id, &done)?;
    }
    Ok(kept)
}
