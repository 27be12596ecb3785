//! A quote goes out: with its PDF as it is then, a link for the client, and a letter where an address is given.

use super::{answering, approving, at_version, content_of, has_priced, lines, paper, save, versions};
use crate::error::none_of;
use crate::{App, Ctx, Error, outbox, reports, settings};
use model::quote_status::{ACCEPTED, APPROVED, DRAFT, PENDING, REJECTED, SENT, SIMULATION, VOID};
use model::uuid::Uuid;
use model::{
    COPIES_MAX, FieldErrors, LetterAbout, MESSAGE_CHARACTERS_MAX, Quote, QuoteAcceptance, RECORD_BYTES_MAX,
    normalize_email,
};

/// How a quote goes to the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// The client's address; empty: somebody hands over the link or the paper.
    pub email: String,
    /// Who else gets the letter: addresses with commas or spaces between them.
    pub copies: String,
    /// To the client, beside what the letter always says.
    pub message: String,
}

/// The same as it is kept.
struct Letter {
    email: Option<String>,
    copies: Vec<String>,
    message: Option<String>,
}

/// Sends a draft, or puts it before somebody who may let it pass. The version before it is superseded with the same write.
/// Problem codes: `quote-state`, `quote-accepted`, `quote-empty`, `quote-nobody`, `quote-valid-past`, `quote-room`, `email-form`, `mail-none`, `required`,
/// `too-many`, `too-long`, `record-too-big`.
pub fn send(app: &App, ctx: &Ctx, id: Uuid, version: u64, sending: &Sending) -> Result<Quote, Error> {
    let before = at_version(app, ctx, id, version)?;
    if !matches!(before.status(), DRAFT | APPROVED) {
        return Err(Error::invalid("", "quote-state", ""));
    }
    let versions = versions::of_first(app, before.first_version())?;
    // The client may have been quicker with the version before.
    versions::require_none_accepted(&versions)?;
    let content = content_of(app, before.clone())?;
    let letter = checked(app, ctx, &content, sending)?;
    if approving::needs_approval(ctx, &content)? {
        let mut after = before.clone();
        after.put_status(PENDING);
        put_letter(&mut after, letter)?;
        return save(app, ctx, &before, after);
    }
    let pdf = paper::keep(app, ctx, &content)?;
    let mut after = before.clone();
    after.put_status(SENT);
    after.sent_at = Some(ctx.at);
    let is_by_letter = letter.email.is_some();
    after.state.pdf = Some(pdf);
    put_letter(&mut after, letter)?;
    (after.state.link, after.state.link_open) = (before.state.link + 1, true);
    let mut write = ctx.write();
    if is_by_letter {
        outbox::put_about(app, ctx, &mut write, LetterAbout::QuoteSent, None, Some(id))?;
    }
    for other in versions {
        if other.meta.id != id && (other.is_open() || matches!(other.status(), PENDING | APPROVED)) {
            versions::supersede(&mut write, &other);
        }
    }
    write.update(&before, after);
    app.commit(write)?;
    app.store.get::<Quote>(id)?.ok_or(Error::NotFound)
}

/// Keeps the letter with the quote: as it went, or as it is to go once the quote is approved.
fn put_letter(quote: &mut Quote, letter: Letter) -> Result<(), Error> {
    let state = &mut quote.state;
    (state.sent_to, state.copies, state.message) = (letter.email, letter.copies, letter.message);
    if crate::notes::bytes_of(quote) > RECORD_BYTES_MAX {
        return Err(Error::invalid("message", "record-too-big", RECORD_BYTES_MAX.to_string()));
    }
    Ok(())
}

/// What keeps a quote from going out, all at once; else the letter.
fn checked(app: &App, ctx: &Ctx, content: &super::Content, sending: &Sending) -> Result<Letter, Error> {
    let mut errors = FieldErrors::default();
    if !has_priced(&content.lines) {
        errors.add("", "quote-empty", "");
    }
    if content.quote.company.is_none() && content.quote.contact.is_none() {
        errors.add("company", "quote-nobody", "");
    }
    let today = reports::today(ctx, &settings::get(app, ctx)?);
    if content.quote.is_over(today) {
        errors.add("valid_until", "quote-valid-past", "");
    } else if content.quote.valid_until == Some(today) {
        // Who gets it has a day to answer at least.
        errors.add("valid_until", "quote-room", "");
    }
    let mut address =
        |field: &str, text: &str| normalize_email(text).map_err(|code| errors.add(field, code, text)).ok();
    let email =
        Some(sending.email.trim()).filter(|text| !text.is_empty()).and_then(|text| address("email", text));
    let typed = sending.copies.split([',', ';', ' ', '\n']).map(str::trim).filter(|text| !text.is_empty());
    let mut copies: Vec<String> = typed.filter_map(|text| address("copies", text)).collect();
    copies.dedup();
    if copies.len() > COPIES_MAX {
        errors.add("copies", "too-many", COPIES_MAX.to_string());
    }
    if !copies.is_empty() && sending.email.trim().is_empty() {
        errors.add("email", "required", "");
    }
    let message = sending.message.trim().replace("\r\n", "\n").replace('\0', "");
    if message.chars().count() > MESSAGE_CHARACTERS_MAX {
        errors.add("message", "too-long", MESSAGE_CHARACTERS_MAX.to_string());
    }
    if email.is_some() && !outbox::takes_letters(app)? {
        errors.add("email", "mail-none", "");
    }
    none_of(errors)?;
    Ok(Letter { email, copies, message: Some(message).filter(|text| !text.is_empty()) })
}

/// The link opens nothing any more, or another one does.
pub fn close_link(app: &App, ctx: &Ctx, id: Uuid, version: u64, another: bool) -> Result<Quote, Error> {
    let before = at_version(app, ctx, id, version)?;
    if another && !before.is_open() {
        return Err(Error::invalid("", "quote-state", ""));
    }
    let mut after = before.clone();
    (after.state.link, after.state.link_open) = (before.state.link + 1, another);
    save(app, ctx, &before, after)
}

/// Takes a quote back that went out. What was accepted stays.
pub fn void(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<Quote, Error> {
    let before = at_version(app, ctx, id, version)?;
    if matches!(before.status(), ACCEPTED | VOID | DRAFT | SIMULATION) {
        return Err(Error::invalid("", "quote-state", ""));
    }
    let mut after = before.clone();
    after.put_status(VOID);
    after.state.link_open = false;
    save(app, ctx, &before, after)
}

/// What a client said on paper or by phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Who said it.
    pub name: String,
    /// One of those that are offered; empty where there are none.
    pub alternative: String,
    /// The places of optional lines that they want.
    pub ticked: Vec<u16>,
}

/// The client said yes on paper or by phone: somebody writes it down for them. Problem codes: `quote-state`, `required`,
/// `too-long`, `choice`.
pub fn mark_accepted(app: &App, ctx: &Ctx, id: Uuid, version: u64, said: &Said) -> Result<Quote, Error> {
    let before = answerable(app, ctx, id, version)?;
    let mut errors = FieldErrors::default();
    let name = answering::line(&said.name, "name", answering::NAME_CHARACTERS_MAX, &mut errors);
    let lines = lines::read(app, id, before.state.sheets)?;
    let alternative = answering::chosen(&lines, &said.alternative, &said.ticked, &mut errors);
    none_of(errors)?;
    let acceptance = QuoteAcceptance {
        name,
        at: ctx.at,
        address: None,
        agent: String::new(),
        pdf: before.state.pdf.clone().unwrap_or_default(),
        signature: None,
        alternative,
        ticked: said.ticked.clone(),
    };
    answering::accepted(app, ctx, &before, acceptance)
}

/// The client said no on paper or by phone. Problem codes: `quote-state`, `too-long`.
pub fn mark_rejected(app: &App, ctx: &Ctx, id: Uuid, version: u64, reason: &str) -> Result<Quote, Error> {
    let before = answerable(app, ctx, id, version)?;
    let reason = answering::words(reason, "reason")?;
    let mut after = before.clone();
    after.put_status(REJECTED);
    (after.answered_at, after.answer) = (Some(ctx.at), Some(reason).filter(|text| !text.is_empty()));
    after.state.link_open = false;
    save(app, ctx, &before, after)
}

fn answerable(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<Quote, Error> {
    let quote = at_version(app, ctx, id, version)?;
    if quote.is_open() { Ok(quote) } else { Err(Error::invalid("", "quote-state", "")) }
}
