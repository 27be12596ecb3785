//! The client's side: a quote behind its link, opened, asked about, rejected, or accepted, once.

use super::{Content, client_side, content_of, lines, link, paper, put_sums, versions};
use crate::{App, Ctx, Error, outbox, privacy, reports, settings};
use model::jiff::{Timestamp, ToSpan};
use model::quote_status::{ACCEPTED, REJECTED, SENT, VIEWED};
use model::{
    Activity, Company, Contact, Entity, FieldErrors, Label, LetterAbout, Meta, Opportunity, Quote,
    QuoteAcceptance, QuoteLine, Settings, StageKind, alternatives_of,
};
use store::Write;

/// A drawn signature: a picture of some strokes, not a photograph.
pub const SIGNATURE_BYTES_MAX: usize = 256 * 1024;
/// A name and a sentence or two.
pub(super) const NAME_CHARACTERS_MAX: usize = 100;
const WORDS_CHARACTERS_MAX: usize = 1_000;
/// Somebody changed the opportunity or the client at the same moment.
const TRIES_MAX: usize = 5;

/// What a client sees.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientView {
    pub content: Content,
    pub settings: Settings,
    /// Whom it is for.
    pub client: String,
    /// Who answers for it here, with their e-mail address.
    pub seller: Option<(String, String)>,
    /// It can be answered now.
    pub is_open: bool,
    /// When it was answered, superseded or taken back.
    pub ended_at: Option<Timestamp>,
    /// Path of the version that took its place.
    pub newer: Option<String>,
}

/// The quote behind a link. «Not found» for a link that opens nothing (any more).
pub fn client_view(app: &App, ctx: &Ctx, token: &str) -> Result<ClientView, Error> {
    let quote = link::quote_of(app, ctx, token)?;
    let settings = settings::get(app, ctx)?;
    let today = reports::today(ctx, &settings);
    let is_open = quote.is_open() && !quote.is_over(today);
    let company = quote.company.map(|id| app.store.get::<Company>(id)).transpose()?.flatten();
    let contact = quote.contact.map(|id| app.store.get::<Contact>(id)).transpose()?.flatten();
    let client = company.map(|company| company.title()).or_else(|| contact.map(|contact| contact.title()));
    let owner = quote.common.owner.map(|owner| app.store.get::<model::User>(owner.0)).transpose()?.flatten();
    let seller = owner.filter(|user| user.active).map(|user| (user.name, user.email));
    let ended_at = client_side::ended_at(app, &quote)?;
    let newer = client_side::newer(app, ctx, &quote)?;
    let content = content_of(app, quote)?.without_costs();
    Ok(ClientView { content, settings, client: client.unwrap_or_default(), seller, is_open, ended_at, newer })
}

/// The PDF that the client was sent.
pub fn client_pdf(app: &App, ctx: &Ctx, token: &str) -> Result<crate::imports::File, Error> {
    paper::kept(app, &link::quote_of(app, ctx, token)?)
}

/// The client opened it: known from the first time on. Whoever is signed in here is no client.
pub fn note_viewed(app: &App, ctx: &Ctx, token: &str) -> Result<(), Error> {
    let before = link::quote_of(app, ctx, token)?;
    if before.status() != SENT || ctx.caller.is_some() {
        return Ok(());
    }
    let ctx = ctx.by_form(before.language());
    let mut after = before.clone();
    after.put_status(VIEWED);
    after.viewed_at = Some(ctx.at);
    let mut write = ctx.write();
    write.update(&before, after);
    match app.commit(write) {
        Ok(_) | Err(Error::Conflict(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What a client says who accepts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub name: String,
    /// The box beside the conditions.
    pub agrees: bool,
    /// PNG; empty: the typed name is the signature.
    pub signature: Vec<u8>,
    /// One of those that are offered; empty where there are none.
    pub alternative: String,
    /// The places of optional lines.
    pub ticked: Vec<u16>,
    /// The SHA-256 of the PDF that they had before them.
    pub pdf: String,
}

/// Accepts a quote for good: the quote, its opportunity, its client and what is to be done next change in one write, so that
/// all of it happens, once, or nothing. Problem codes: `quote-answered`, `quote-over`, `quote-changed`, `required`,
/// `too-long`, `quote-agree`, `choice`, `signature-form`, `signature-big`.
pub fn accept(app: &App, ctx: &Ctx, token: &str, answer: &Answer) -> Result<Quote, Error> {
    for _ in 0..TRIES_MAX {
        let before = link::quote_of(app, ctx, token)?;
        let acceptance = checked(app, ctx, &before, answer)?;
        match accepted(app, &ctx.by_form(before.language()), &before, acceptance) {
            // Another answer, or another change of something that changes with it, was quicker by an instant.
            Err(Error::Conflict(_)) => {}
            Err(Error::Invalid(errors)) if errors.0.iter().any(|problem| problem.code == "taken") => {
                return Err(Error::invalid("", "quote-answered", ""));
            }
            done => return done,
        }
    }
    Err(Error::Busy { retry_after_s: 1 })
}

fn checked(app: &App, ctx: &Ctx, quote: &Quote, answer: &Answer) -> Result<QuoteAcceptance, Error> {
    require_open(app, ctx, quote)?;
    let mut errors = FieldErrors::default();
    let name = line(&answer.name, "name", NAME_CHARACTERS_MAX, &mut errors);
    if !answer.agrees {
        errors.add("agrees", "quote-agree", "");
    }
    let lines = lines::read(app, quote.meta.id, quote.state.sheets)?;
    let alternative = chosen(&lines, &answer.alternative, &answer.ticked, &mut errors);
    let pdf = quote.state.pdf.clone().unwrap_or_default();
    if answer.pdf != pdf {
        errors.add("", "quote-changed", "");
    }
    signature_problem(&answer.signature, &mut errors);
    crate::error::none_of(errors)?;
    let signature = if answer.signature.is_empty() { None } else { Some(keep(app, &answer.signature)?) };
    let (at, address, agent) = (ctx.at, ctx.client.map(|client| client.to_string()), short(&ctx.agent));
    Ok(QuoteAcceptance {
        name,
        at,
        address,
        agent,
        pdf,
        signature,
        alternative,
        ticked: answer.ticked.clone(),
    })
}

/// The alternative that somebody chose, where it and the optional lines are on offer.
pub(super) fn chosen(
    lines: &[QuoteLine],
    alternative: &str,
    ticked: &[u16],
    errors: &mut FieldErrors,
) -> Option<String> {
    let offered = alternatives_of(lines);
    let chosen = Some(alternative.to_owned()).filter(|name| !name.is_empty());
    if chosen.is_none() != offered.is_empty() || chosen.iter().any(|name| !offered.contains(name)) {
        errors.add("alternative", "choice", alternative);
    }
    let is_optional = |place: &u16| lines.get(usize::from(*place)).is_some_and(|line| line.optional);
    if !ticked.iter().all(is_optional) {
        errors.add("ticked", "choice", "");
    }
    chosen
}

fn signature_problem(signature: &[u8], errors: &mut FieldErrors) {
    if signature.len() > SIGNATURE_BYTES_MAX {
        errors.add("signature", "signature-big", (SIGNATURE_BYTES_MAX / 1024).to_string());
    } else if !signature.is_empty() && !signature.starts_with(b"\x89PNG\r\n\x1a\n") {
        errors.add("signature", "signature-form", "");
    }
}

fn keep(app: &App, bytes: &[u8]) -> Result<String, Error> {
    let most = u64::try_from(SIGNATURE_BYTES_MAX).unwrap_or(u64::MAX);
    Ok(app.documents.put(bytes, most).map_err(Error::internal)?.sha256)
}

/// What a browser says of itself may be long.
fn short(text: &str) -> String {
    text.chars().take(NAME_CHARACTERS_MAX).collect()
}

pub(super) fn line(text: &str, field: &str, most: usize, errors: &mut FieldErrors) -> String {
    let text = text.trim().replace(['\r', '\0'], "");
    if text.is_empty() {
        errors.add(field, "required", "");
    } else if text.chars().count() > most {
        errors.add(field, "too-long", most.to_string());
    }
    text
}

fn require_open(app: &App, ctx: &Ctx, quote: &Quote) -> Result<(), Error> {
    let code = if !quote.is_open() {
        "quote-answered"
    } else if quote.is_over(reports::today(ctx, &settings::get(app, ctx)?)) {
        "quote-over"
    } else {
        return Ok(());
    };
    Err(Error::invalid("", code, ""))
}

/// The write of an acceptance with all that follows from it.
pub(super) fn accepted(
    app: &App,
    ctx: &Ctx,
    before: &Quote,
    acceptance: QuoteAcceptance,
) -> Result<Quote, Error> {
    let (id, settings) = (before.meta.id, settings::get(app, ctx)?);
    let mut after = before.clone();
    after.put_status(ACCEPTED);
    after.answered_at = Some(acceptance.at);
    after.state.acceptance = Some(acceptance);
    let lines = lines::with_choices(&after, lines::read(app, id, after.state.sheets)?);
    put_sums(&mut after, &lines)?;
    let mut write = ctx.write();
    for other in versions::of_first(app, before.first_version())? {
        // What was to follow is followed by nothing any more: there is an agreement.
        if other.meta.id != id && (other.is_open() || other.is_on_its_way()) {
            versions::supersede(&mut write, &other);
        }
    }
    win(app, ctx, &settings, &mut write, &after)?;
    make_client(app, ctx, &settings, &mut write, &after)?;
    plan(ctx, &settings, &mut write, &after);
    tell_owner(app, ctx, &mut write, &after, LetterAbout::QuoteAccepted)?;
    if after.state.sent_to.is_some() && after.state.link_open {
        outbox::put_about(app, ctx, &mut write, LetterAbout::QuoteConfirmed, None, Some(id))?;
    }
    write.update(before, after);
    app.commit(write)?;
    app.store.get::<Quote>(id)?.ok_or(Error::NotFound)
}

/// The opportunity is won, for what was accepted, where the company has it so. One that is closed already stays.
fn win(app: &App, ctx: &Ctx, settings: &Settings, write: &mut Write, quote: &Quote) -> Result<(), Error> {
    let opportunity = quote.opportunity.map(|id| app.store.get::<Opportunity>(id)).transpose()?.flatten();
    let Some(before) = opportunity.filter(|one| settings.quotes.wins && one.closed_at.is_none()) else {
        return Ok(());
    };
    let frame = app.frame();
    let pipeline =
        before.stage.as_deref().and_then(|code| code.split_once('.')).map(|(pipeline, _)| pipeline);
    let won = model::stages_of(&frame).find(|(code, _, stage)| {
        stage.kind == StageKind::Won && code.split_once('.').map(|(pipeline, _)| pipeline) == pipeline
    });
    let Some((stage, _, _)) = won else { return Ok(()) };
    let mut after = before.clone();
    after.stage = Some(stage);
    (after.stage_since, after.closed_at) = (Some(ctx.at), Some(ctx.at));
    (after.probability, after.lost_reason) = (None, None);
    after.amount = quote.amount.or(after.amount);
    write.update(&before, after);
    Ok(())
}

/// Whoever buys is a client.
fn make_client(
    app: &App,
    ctx: &Ctx,
    settings: &Settings,
    write: &mut Write,
    quote: &Quote,
) -> Result<(), Error> {
    let company = quote.company.map(|id| app.store.get::<Company>(id)).transpose()?.flatten();
    let Some(before) = company.filter(|company| company.kind.as_deref() != Some("client")) else {
        return Ok(());
    };
    let mut after = before.clone();
    after.kind = Some("client".to_owned());
    after.client_since = after.client_since.or_else(|| Some(reports::today(ctx, settings)));
    write.update(&before, after);
    Ok(())
}

/// What the company does after each acceptance.
fn plan(ctx: &Ctx, settings: &Settings, write: &mut Write, quote: &Quote) {
    let today = reports::today(ctx, settings);
    for step in &settings.quotes.plan {
        let mut activity = about(ctx, quote, &step.subject);
        activity.kind = Some(step.kind.clone());
        activity.due = today.checked_add(i64::from(step.days).days()).ok();
        activity.rule = Some("quote-accepted".to_owned());
        write.create(activity);
    }
}

/// Something to do for whoever is responsible, about what the quote is about.
fn about(ctx: &Ctx, quote: &Quote, subject: &str) -> Activity {
    let mut activity = Activity::begin(Meta::new(ctx.new_id(), ctx.at, ctx.actor()));
    activity.subject = Some(subject.to_owned());
    activity.origin = Some("automatic".to_owned());
    (activity.common.owner, activity.common.team) = (quote.common.owner, quote.common.team);
    (activity.opportunity, activity.company, activity.contact) =
        (quote.opportunity, quote.company, quote.contact);
    activity
}

fn tell_owner(
    app: &App,
    ctx: &Ctx,
    write: &mut Write,
    quote: &Quote,
    what: LetterAbout,
) -> Result<(), Error> {
    if let Some(owner) = quote.common.owner {
        outbox::put_about(app, ctx, write, what, Some(owner), Some(quote.meta.id))?;
    }
    Ok(())
}

/// Rejects a quote, with the reason where one is given. Problem codes as for [`accept`].
pub fn reject(app: &App, ctx: &Ctx, token: &str, reason: &str) -> Result<Quote, Error> {
    for _ in 0..TRIES_MAX {
        let before = link::quote_of(app, ctx, token)?;
        require_open(app, ctx, &before)?;
        let reason = words(reason, "reason")?;
        match rejected(app, &ctx.by_form(before.language()), &before, reason) {
            // Not only answers come in between: somebody opens it for the first time, or the seller tags it.
            Err(Error::Conflict(_)) => {}
            done => return done,
        }
    }
    Err(Error::Busy { retry_after_s: 1 })
}

fn rejected(app: &App, ctx: &Ctx, before: &Quote, reason: String) -> Result<Quote, Error> {
    let mut after = before.clone();
    after.put_status(REJECTED);
    (after.answered_at, after.answer) = (Some(ctx.at), Some(reason).filter(|text| !text.is_empty()));
    let mut write = ctx.write();
    tell_owner(app, ctx, &mut write, &after, LetterAbout::QuoteRejected)?;
    write.update(before, after);
    app.commit(write)?;
    app.store.get::<Quote>(before.meta.id)?.ok_or(Error::NotFound)
}

pub(super) fn words(text: &str, field: &str) -> Result<String, Error> {
    let text = text.trim().replace("\r\n", "\n").replace('\0', "");
    if text.chars().count() > WORDS_CHARACTERS_MAX {
        return Err(Error::invalid(field, "too-long", WORDS_CHARACTERS_MAX.to_string()));
    }
    Ok(text)
}

/// A question about a quote: a task for whoever is responsible, with the client's words.
pub fn ask(app: &App, ctx: &Ctx, token: &str, name: &str, question: &str) -> Result<(), Error> {
    let quote = link::quote_of(app, ctx, token)?;
    if !quote.state.link_open {
        return Err(Error::NotFound);
    }
    let mut errors = FieldErrors::default();
    let name = line(name, "asker", NAME_CHARACTERS_MAX, &mut errors);
    let text = match words(question, "question") {
        Ok(text) => text,
        Err(Error::Invalid(problems)) => {
            errors.0.extend(problems.0);
            String::new()
        }
        Err(error) => return Err(error),
    };
    if text.is_empty() && errors.of("question").is_none() {
        errors.add("question", "required", "");
    }
    crate::error::none_of(errors)?;
    let ctx = ctx.by_form(quote.language());
    let settings = settings::get(app, &ctx)?;
    let question = Label::new("Pregunta", "Pregunta", "Question");
    let number = quote.full_number().unwrap_or_default();
    let question = question.get(settings.language);
    let subject = format!("{question}: {number}{}{name}", privacy::BEFORE_ASKER);
    let mut activity = about(&ctx, &quote, &subject);
    activity.text = Some(text);
    activity.due = Some(reports::today(&ctx, &settings));
    activity.rule = Some(privacy::ASKED.to_owned());
    let mut write = ctx.write();
    write.create(activity);
    tell_owner(app, &ctx, &mut write, &quote, LetterAbout::QuoteAsked)?;
    app.commit(write).map(|_| ())
}
