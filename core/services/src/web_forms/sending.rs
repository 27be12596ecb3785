//! What a visitor sends: robots are told apart, mistakes are said all at once, and the rest becomes a lead like any
//! other, or waits until it is confirmed.

use super::{RECEIVED, UNCONFIRMED_DAYS, counter, note_refused, open, ticket, usual_source};
use crate::assignment::Round;
use crate::consents::{Statement, begin};
use crate::error::none_of;
use crate::own_values::Making;
use crate::{App, Ctx, Error, LeadDraft, OpenForm, leads, outbox, reports, settings};
use model::jiff::{SignedDuration, Timestamp};
use model::uuid::Uuid;
use model::{
    ConsentState, ConsentWay, FieldErrors, FormSubmission, ImportTarget, IndexKey, Kind, LawfulBasis, Lead,
    LetterAbout, Meta, Settings, TARGETS, WebForm, own_name,
};
use std::collections::BTreeMap;
use store::{Direction, Scan};

/// What waits to be confirmed at once, of all forms: more is somebody who floods them.
const WAITING_MAX: usize = 2_000;
/// Where all of that is taken, each form has so many places of its own: whoever floods one does not close the others.
const OWN_WAITING_MAX: usize = 100;
/// What waits is read in portions.
const WAITING_AT_ONCE: usize = 500;

/// A form as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// What was typed, by field; several texts for several choices.
    pub typed: BTreeMap<String, Vec<String>>,
    /// Whether the box of the consent is ticked.
    pub agrees: bool,
    pub ticket: String,
    /// What stands in the field that people do not see.
    pub trap: String,
}

/// How it went. Visitors read the same words whether a lead was made or was there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Thanks,
    /// A letter is on its way to them.
    Confirm,
}

/// Takes what a visitor sent. All problems at once. Codes besides those of leads: `form-closed`, `form-quick`,
/// `form-expired` (send it again), `form-busy`, and `form-consent` at `consent`.
pub fn send(app: &App, ctx: &Ctx, key: &str, sent: &Sent) -> Result<Outcome, Error> {
    let form = open(app, ctx, key)?;
    let done = if form.form.confirmed { Outcome::Confirm } else { Outcome::Thanks };
    if !form.is_open {
        return Err(Error::invalid("", "form-closed", ""));
    }
    if !sent.trap.is_empty() {
        // Whoever fills in what nobody sees is told nothing that would help to do better.
        note_refused(app, ctx, key);
        return Ok(done);
    }
    let taken = take(app, ctx, &form, sent, done);
    if matches!(taken, Err(Error::Invalid(_))) {
        note_refused(app, ctx, key);
    }
    taken
}

/// The mailbox that a letter would go to if this was sent now; nothing where none would. Whoever counts letters asks
/// before [`send`].
pub fn letter_to(app: &App, ctx: &Ctx, key: &str, sent: &Sent) -> Result<Option<String>, Error> {
    let form = open(app, ctx, key)?;
    if !form.form.confirmed || !form.is_open || !sent.trap.is_empty() {
        return Ok(None);
    }
    let good = match looked_at(app, &ctx.by_form(ctx.language), &form, sent) {
        Ok(good) => good,
        Err(Error::Invalid(_)) => None,
        Err(error) => return Err(error),
    };
    let mailbox = good.and_then(|good| good.lead.email);
    Ok(if mailbox.is_some() && has_room(app, key)? { mailbox } else { None })
}

/// What was sent, once nothing is wrong with it.
struct Good {
    /// Of its ticket.
    once: String,
    settings: Settings,
    typed: BTreeMap<String, Vec<String>>,
    lead: Lead,
}

/// All problems at once; nothing where the same page was sent before.
fn looked_at(app: &App, ctx: &Ctx, form: &OpenForm, sent: &Sent) -> Result<Option<Good>, Error> {
    let good = match ticket::check(app, ctx, &form.key, &sent.ticket)? {
        Ok(good) => good,
        Err(code) => return Err(Error::invalid("", code, "")),
    };
    let once = format!("form/{}", good.nonce);
    if app.store.once(&once)?.is_some() {
        return Ok(None);
    }
    let settings = settings::get(app, ctx)?;
    let typed = asked_of(form, &sent.typed);
    let (lead, mut errors) = lead_of(app, ctx, form, &typed, &settings)?;
    if form.form.purpose.is_some() && form.form.consent_required && !sent.agrees {
        errors.add("consent", "form-consent", "");
    }
    none_of(errors)?;
    Ok(Some(Good { once, settings, typed, lead }))
}

fn take(app: &App, ctx: &Ctx, form: &OpenForm, sent: &Sent, done: Outcome) -> Result<Outcome, Error> {
    let ctx = &ctx.by_form(ctx.language);
    let Some(Good { once, settings, typed, lead }) = looked_at(app, ctx, form, sent)? else {
        note_refused(app, ctx, &form.key);
        return Ok(done);
    };
    let agrees = sent.agrees && form.form.purpose.is_some();
    let evidence = agrees.then(|| evidence_of(ctx, form, &settings));
    if form.form.confirmed {
        wait(app, ctx, form, typed, evidence, &once)?;
    } else {
        let once = Some(once.as_str());
        write_lead(app, ctx, form, lead, evidence, settings, once, |_| {})?;
    }
    Ok(done)
}

/// Of what came, what the form asks for: nothing else is looked at.
fn asked_of(form: &OpenForm, typed: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    let asked = form.fields.iter().map(|(field, _)| &field.key);
    asked.filter_map(|key| Some((key.clone(), typed.get(key)?.clone()))).collect()
}

/// The lead that it would be, and all that is wrong with it.
pub(super) fn lead_of(
    app: &App,
    ctx: &Ctx,
    form: &OpenForm,
    typed: &BTreeMap<String, Vec<String>>,
    settings: &Settings,
) -> Result<(Lead, FieldErrors), Error> {
    let mut draft = LeadDraft {
        source: form.form.source.clone().or_else(|| usual_source(&app.frame())).unwrap_or_default(),
        campaign: form.form.campaign.clone(),
        ..LeadDraft::default()
    };
    for (key, texts) in typed {
        match own_name(key) {
            Some(name) => {
                draft.custom.insert(name.to_owned(), texts.clone());
            }
            None => {
                let target = TARGETS.iter().find(|(_, name)| name == key).map(|(target, _)| target);
                if let Some(target) = target {
                    let place: &mut String = draft.field_mut(ImportTarget::clone(target));
                    *place = texts.first().cloned().unwrap_or_default();
                }
            }
        }
    }
    let mut lead = Lead::new(Meta::new(ctx.new_id(), ctx.at, ctx.actor()));
    let mut errors = leads::checked(app, ctx, &draft, &mut lead, settings, Making::New)?;
    let is_empty =
        |key: &str| typed.get(key).is_none_or(|texts| texts.iter().all(|text| text.trim().is_empty()));
    for (field, required) in &form.fields {
        if *required && is_empty(&field.key) {
            errors.0.retain(|problem| problem.field != field.key);
            errors.add(&field.key, "required", "");
        }
    }
    // What the form does not ask for is not the visitor's mistake: it is left out.
    let is_asked = |key: &str| form.fields.iter().any(|(field, _)| field.key == key);
    let shown = errors.0.iter().any(|problem| is_asked(&problem.field));
    for problem in &mut errors.0 {
        if problem.code == "name-or-company" && !is_asked("name") {
            problem.field = "company".to_owned();
        }
    }
    errors.0.retain(|problem| is_asked(&problem.field) || (!shown && problem.code == "record-too-big"));
    // In the order of the form, as people go through it.
    errors.0.sort_by_key(|problem| form.fields.iter().position(|(field, _)| field.key == problem.field));
    Ok((lead, errors))
}

/// What shows that they agreed: the words, the form, the moment, and from where.
fn evidence_of(ctx: &Ctx, form: &OpenForm, settings: &Settings) -> String {
    let at = ctx.at.to_zoned_datetime(settings.zone()).strftime("%Y-%m-%d %H:%M:%S %Z").to_string();
    let from = ctx.client.map(|client| format!(" · {client}")).unwrap_or_default();
    format!("«{}» · /f/{} · {at}{from}", form.form.consent.get(ctx.language), form.key)
}

fn statement(ctx: &Ctx, form: &WebForm, evidence: String, settings: &Settings) -> Option<Statement> {
    Some(Statement {
        purpose: form.purpose.clone()?,
        basis: LawfulBasis::Consent,
        state: ConsentState::Given,
        said_on: reports::today(ctx, settings),
        way: ConsentWay::WebForm,
        evidence: Some(evidence),
    })
}

/// Makes the lead: assigned by the rules, with what was agreed to, and whoever is to be told. `more` adds to the write.
#[expect(clippy::too_many_arguments, reason = "one write out of all that is known of it")]
pub(super) fn write_lead(
    app: &App,
    ctx: &Ctx,
    form: &OpenForm,
    mut lead: Lead,
    evidence: Option<String>,
    settings: Settings,
    once: Option<&str>,
    more: impl FnOnce(&mut store::Write),
) -> Result<Uuid, Error> {
    let id = lead.meta.id;
    let said = evidence.and_then(|evidence| statement(ctx, &form.form, evidence, &settings));
    let mut write = ctx.write();
    if let Some(once) = once {
        write.put_once(once, id);
    }
    begin(ctx, &mut write, &mut lead, said.as_slice());
    write.add_to_counter(&counter(&form.key, RECEIVED), i64::from(once.is_some()));
    for user in form.form.told_users() {
        // Whether letters go out is no reason to lose a lead.
        outbox::put_about(app, ctx, &mut write, LetterAbout::FormLead, Some(user), Some(id))?;
    }
    more(&mut write);
    let round = Round::prepare(app, ctx, settings)?;
    let choice = round.choose(app, ctx, &lead)?;
    round.place(ctx, &mut write, vec![(lead, choice)]);
    if once.is_some() {
        app.commit_once(write)?
    } else {
        app.commit(write).map(|_| ())?
    }
    round.settle(app, ctx);
    Ok(id)
}

/// Keeps it until it is confirmed, with the letter that asks for it.
fn wait(
    app: &App,
    ctx: &Ctx,
    form: &OpenForm,
    typed: BTreeMap<String, Vec<String>>,
    evidence: Option<String>,
    once: &str,
) -> Result<(), Error> {
    let busy = || Error::invalid("", "form-busy", "");
    if !has_room(app, &form.key)? {
        return Err(busy());
    }
    let expires_at: Timestamp = ctx.at + SignedDuration::from_hours(24 * UNCONFIRMED_DAYS);
    let submission = FormSubmission {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        form: form.key.clone(),
        language: ctx.language,
        typed,
        evidence,
        secret_sha256: None,
        expires_at,
    };
    let mut write = ctx.write();
    write.put_once(once, submission.meta.id);
    write.add_to_counter(&counter(&form.key, RECEIVED), 1);
    let about = LetterAbout::FormConfirmation;
    if !outbox::put_about(app, ctx, &mut write, about, None, Some(submission.meta.id))? {
        return Err(busy());
    }
    write.create(submission);
    app.commit_once(write)
}

/// Whether one more of a form may wait.
fn has_room(app: &App, form: &str) -> Result<bool, Error> {
    let prefix = IndexKey::members(Kind::FormSubmission, Uuid::nil()).bytes();
    let scan = Scan { prefix, after: None, direction: Direction::Forward, limit: WAITING_MAX };
    if app.store.scan(&scan)?.len() < WAITING_MAX {
        return Ok(true);
    }
    let mut own = 0;
    each_waiting(app, &mut |sent| {
        own += usize::from(sent.form == form);
        own < OWN_WAITING_MAX
    })?;
    Ok(own < OWN_WAITING_MAX)
}

/// Shows what waits to be confirmed, the oldest first, until `take` has enough.
pub(crate) fn each_waiting(app: &App, take: &mut dyn FnMut(FormSubmission) -> bool) -> Result<(), Error> {
    let from = (Direction::Forward, None);
    app.store.each_member(Uuid::nil(), from, WAITING_AT_ONCE, &mut |_, sent| Ok(take(sent)))
}
