//! A quote goes out: with its PDF as it is then, a link for the client, and a letter where an address is given.

use super::{approving, at_version, content_of, has_priced, lines, paper, save, versions};
use crate::error::none_of;
use crate::{App, Ctx, Error, outbox, reports, settings};
use model::quote_status::{ACCEPTED, APPROVED, DRAFT, PENDING, REJECTED, SENT, VOID};
use model::uuid::Uuid;
use model::{FieldErrors, LetterAbout, Quote, QuoteAcceptance, normalize_email};

/// How a quote goes to the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// The client's address; empty: somebody hands over the link or the paper.
    pub email: String,
}

/// Sends a draft, or puts it before somebody who may let it pass. The version before it is superseded with the same write.
/// Problem codes: `quote-state`, `quote-empty`, `quote-nobody`, `quote-valid-past`, `email-form`, `mail-none`.
pub fn send(app: &App, ctx: &Ctx, id: Uuid, version: u64, sending: &Sending) -> Result<Quote, Error> {
    let before = at_version(app, ctx, id, version)?;
    if !matches!(before.status(), DRAFT | APPROVED) {
        return Err(Error::invalid("", "quote-state", ""));
    }
    let versions = versions::of_first(app, before.first_version())?;
    if versions.iter().any(|version| version.state.acceptance.is_some()) {
        // The client was quicker with the version before.
        return Err(Error::invalid("", "quote-state", ""));
    }
    let content = content_of(app, before.clone())?;
    let email = checked(app, ctx, &content, sending)?;
    if approving::needs_approval(ctx, &before)? {
        let mut after = before.clone();
        after.put_status(PENDING);
        return save(app, ctx, &before, after);
    }
    let pdf = paper::keep(app, ctx, &content)?;
    let mut after = before.clone();
    after.put_status(SENT);
    after.sent_at = Some(ctx.at);
    (after.state.pdf, after.state.sent_to) = (Some(pdf), email.clone());
    (after.state.link, after.state.link_open) = (before.state.link + 1, true);
    let mut write = ctx.write();
    if email.is_some() {
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

/// What keeps a quote from going out, all at once; the client's address as it is kept.
fn checked(
    app: &App,
    ctx: &Ctx,
    content: &super::Content,
    sending: &Sending,
) -> Result<Option<String>, Error> {
    let mut errors = FieldErrors::default();
    if !has_priced(&content.lines) {
        errors.add("", "quote-empty", "");
    }
    if content.quote.company.is_none() && content.quote.contact.is_none() {
        errors.add("company", "quote-nobody", "");
    }
    if content.quote.is_over(reports::today(ctx, &settings::get(app, ctx)?)) {
        errors.add("valid_until", "quote-valid-past", "");
    }
    let email = match sending.email.trim() {
        "" => None,
        text => match normalize_email(text) {
            Ok(email) => Some(email),
            Err(code) => {
                errors.add("email", code, text);
                None
            }
        },
    };
    if email.is_some() && !outbox::takes_letters(app)? {
        errors.add("email", "mail-none", "");
    }
    none_of(errors)?;
    Ok(email)
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
    if matches!(before.status(), ACCEPTED | VOID | DRAFT) {
        return Err(Error::invalid("", "quote-state", ""));
    }
    let mut after = before.clone();
    after.put_status(VOID);
    after.state.link_open = false;
    save(app, ctx, &before, after)
}

/// The client said yes or no on paper or by phone: somebody writes it down for them.
pub fn mark_answered(
    app: &App,
    ctx: &Ctx,
    id: Uuid,
    version: u64,
    name: &str,
    reason: Option<&str>,
) -> Result<Quote, Error> {
    let before = at_version(app, ctx, id, version)?;
    if !before.is_open() {
        return Err(Error::invalid("", "quote-state", ""));
    }
    if let Some(reason) = reason {
        let mut after = before.clone();
        after.put_status(REJECTED);
        (after.answered_at, after.answer) =
            (Some(ctx.at), Some(reason.trim().to_owned()).filter(|text| !text.is_empty()));
        after.state.link_open = false;
        return save(app, ctx, &before, after);
    }
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::invalid("name", "required", ""));
    }
    // What was proposed was accepted: nobody took anything out on paper.
    let lines = lines::read(app, id, before.state.sheets)?;
    let proposed = (0_u16..).zip(&lines).filter(|(_, line)| line.optional && line.ticked);
    let acceptance = QuoteAcceptance {
        name: name.to_owned(),
        at: ctx.at,
        address: None,
        agent: String::new(),
        pdf: before.state.pdf.clone().unwrap_or_default(),
        signature: None,
        alternative: None,
        ticked: proposed.map(|(place, _)| place).collect(),
    };
    super::answering::accepted(app, ctx, &before, acceptance)
}
