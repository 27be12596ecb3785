//! Letters about quotes: to the client with the paper and the link, and to whoever is responsible when the client answers.

use super::{link, paper};
use crate::outbox::{Facts, Topic};
use crate::{App, Ctx, Error};
use model::{Company, Contact, Entity, Letter, LetterAbout, Quote, Settings, User};

/// Whether a letter is about a quote.
pub(crate) fn is_about(letter: &Letter) -> bool {
    is_for_client(letter.about)
        || matches!(
            letter.about,
            LetterAbout::QuoteAccepted | LetterAbout::QuoteRejected | LetterAbout::QuoteAsked
        )
}

fn is_for_client(about: LetterAbout) -> bool {
    matches!(about, LetterAbout::QuoteSent | LetterAbout::QuoteReminder | LetterAbout::QuoteConfirmed)
}

/// The name and address of the client that a letter goes to.
pub(crate) fn client_of(app: &App, letter: &Letter) -> Result<Option<(String, String)>, Error> {
    if !is_for_client(letter.about) {
        return Ok(None);
    }
    let Some(quote) = quote_of(app, letter)? else { return Ok(None) };
    let Some(email) = quote.state.sent_to.clone() else { return Ok(None) };
    Ok(Some((client_name(app, &quote)?, email)))
}

fn quote_of(app: &App, letter: &Letter) -> Result<Option<Quote>, Error> {
    Ok(letter.record.map(|id| app.store.get::<Quote>(id)).transpose()?.flatten())
}

fn client_name(app: &App, quote: &Quote) -> Result<String, Error> {
    let contact = quote.contact.map(|id| app.store.get::<Contact>(id)).transpose()?.flatten();
    if let Some(contact) = contact {
        return Ok(contact.title());
    }
    let company = quote.company.map(|id| app.store.get::<Company>(id)).transpose()?.flatten();
    Ok(company.map(|company| company.title()).unwrap_or_default())
}

/// What a letter says, at the moment it goes; nothing where it has become pointless: the quote was answered, superseded or
/// taken back.
pub(crate) fn facts(
    app: &App,
    ctx: &Ctx,
    settings: &Settings,
    letter: &Letter,
) -> Result<Option<Facts>, Error> {
    let Some(quote) = quote_of(app, letter)? else { return Ok(None) };
    let origin = settings.mail.as_ref().map(|mail| mail.link_address.as_str()).unwrap_or_default();
    let topic = |address: String, client: String| Topic::Quote {
        about: letter.about,
        number: quote.full_number().unwrap_or_default(),
        subject: quote.subject.clone().unwrap_or_default(),
        client,
        valid_until: quote.valid_until,
        message: quote.state.message.clone(),
        address,
    };
    if is_for_client(letter.about) {
        let is_due = match letter.about {
            LetterAbout::QuoteConfirmed => quote.state.acceptance.is_some(),
            _ => quote.is_open(),
        };
        let (Some((name, email)), Some(path), true) =
            (client_of(app, letter)?, link::address_of(app, ctx, &quote)?, is_due)
        else {
            return Ok(None);
        };
        let with_paper = letter.about != LetterAbout::QuoteReminder;
        let attachments = if with_paper { vec![attached(app, &quote)?] } else { Vec::new() };
        // A reminder is for whoever has not answered.
        let copies = if with_paper { quote.state.copies.clone() } else { Vec::new() };
        return Ok(Some(Facts {
            topic: topic(format!("{origin}{path}"), name.clone()),
            language: quote.language(),
            name,
            email,
            copies,
            company: settings.company_name.clone(),
            zone: settings.zone(),
            attachments,
        }));
    }
    let user = letter.to.map(|user| app.store.get::<User>(user.0)).transpose()?.flatten();
    let Some(user) = user.filter(|user| user.active) else { return Ok(None) };
    let client = client_name(app, &quote)?;
    let zone = user.zone(&settings.zone());
    let is_accepted = letter.about == LetterAbout::QuoteAccepted && quote.state.pdf.is_some();
    let attachments = if is_accepted { vec![attached(app, &quote)?] } else { Vec::new() };
    Ok(Some(Facts {
        topic: topic(format!("{origin}/quotes/{}", quote.meta.id), client),
        language: user.language,
        name: user.name,
        email: user.email,
        copies: Vec::new(),
        company: settings.company_name.clone(),
        zone,
        attachments,
    }))
}

/// The paper that the client was sent.
fn attached(app: &App, quote: &Quote) -> Result<mail::Attachment, Error> {
    let file = paper::kept(app, quote)?;
    Ok(mail::Attachment { file_name: file.name, media_type: file.content_type.to_owned(), bytes: file.bytes })
}
