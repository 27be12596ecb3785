//! A letter, and how it is written for the way: text, HTML where there is some, attachments.

use crate::error::{Error, shortened};
use lettre::message::header::ContentType;
use lettre::message::{Attachment as Part, Mailbox as Sender, MultiPart, SinglePart};
use lettre::{Address, Message};
use model::jiff::Timestamp;
use std::time::{Duration, SystemTime};

/// What servers commonly take, base64 included, is 25 MB and more.
pub const ATTACHMENTS_BYTES_MAX: usize = 20_000_000;

/// Whom a letter comes from or goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// May be empty.
    pub name: String,
    pub email: String,
}

/// A file that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub file_name: String,
    /// `application/pdf`; what cannot be read as one becomes `application/octet-stream`.
    pub media_type: String,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The same letter sent again has the same one: `<unique@host>` without the brackets.
    pub id: String,
    pub written_at: Timestamp,
    pub from: Mailbox,
    pub reply_to: Option<Mailbox>,
    pub to: Mailbox,
    /// Who gets the same letter, for everybody to see.
    pub cc: Vec<Mailbox>,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    pub attachments: Vec<Attachment>,
}

/// An address as the engine has it.
pub(crate) fn address(email: &str) -> Result<Address, Error> {
    email.parse().map_err(|error| Error::Letter { said: format!("{email}: {error}") })
}

fn mailbox(of: &Mailbox) -> Result<Sender, Error> {
    // A name with a line break in it would be another header.
    let name = of.name.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Sender::new(Some(name).filter(|name| !name.is_empty()), address(&of.email)?))
}

/// The bytes that go over the wire.
pub(crate) fn written(letter: &Letter) -> Result<Vec<u8>, Error> {
    let size: usize = letter.attachments.iter().map(|attachment| attachment.bytes.len()).sum();
    if size > ATTACHMENTS_BYTES_MAX {
        return Err(Error::Letter { said: format!("{size} > {ATTACHMENTS_BYTES_MAX} bytes") });
    }
    // To the second, as headers have it; nothing is written before 1970.
    let since_epoch = Duration::from_secs(u64::try_from(letter.written_at.as_second()).unwrap_or_default());
    let mut head = Message::builder()
        .from(mailbox(&letter.from)?)
        .to(mailbox(&letter.to)?)
        .subject(letter.subject.split_whitespace().collect::<Vec<_>>().join(" "))
        .message_id(Some(format!("<{}>", letter.id)))
        .date(SystemTime::UNIX_EPOCH + since_epoch);
    for copy in &letter.cc {
        head = head.cc(mailbox(copy)?);
    }
    if let Some(reply_to) = &letter.reply_to {
        head = head.reply_to(mailbox(reply_to)?);
    }
    let plain = || SinglePart::plain(letter.text.clone());
    let body = match &letter.html {
        Some(html) => MultiPart::alternative_plain_html(letter.text.clone(), html.clone()),
        None if letter.attachments.is_empty() => {
            return head.singlepart(plain()).map(|message| message.formatted()).map_err(unwritten);
        }
        None => MultiPart::mixed().singlepart(plain()),
    };
    let body = match (letter.attachments.as_slice(), &letter.html) {
        ([], _) | (_, None) => body,
        (_, Some(_)) => MultiPart::mixed().multipart(body),
    };
    let body = letter.attachments.iter().fold(body, |body, attachment| body.singlepart(part(attachment)));
    head.multipart(body).map(|message| message.formatted()).map_err(unwritten)
}

fn part(attachment: &Attachment) -> SinglePart {
    let bytes_of_any_kind = ContentType::parse("application/octet-stream");
    let media_type = ContentType::parse(&attachment.media_type).or(bytes_of_any_kind);
    let part = Part::new(attachment.file_name.clone());
    match media_type {
        Ok(media_type) => part.body(attachment.bytes.clone(), media_type),
        Err(_) => part.body(attachment.bytes.clone(), ContentType::TEXT_PLAIN),
    }
}

fn unwritten(error: lettre::error::Error) -> Error {
    Error::Letter { said: shortened(&error.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        let mailbox = |name: &str, email: &str| Mailbox { name: name.to_owned(), email: email.to_owned() };
        Letter {
            id: "0190@exemple.cat".to_owned(),
            written_at: "2026-11-23T09:00:00Z".parse().unwrap(),
            from: mailbox("Exemple, SL", "crm@exemple.cat"),
            reply_to: None,
            cc: Vec::new(),
            to: mailbox("Núria Puig\r\nBcc: altra@exemple.cat", "nuria@fusteria.cat"),
            subject: "Benvinguda a Tracte\r\nBcc: altra@exemple.cat".to_owned(),
            text: "Hola, Núria".to_owned(),
            html: None,
            attachments: Vec::new(),
        }
    }

    #[test]
    fn names_and_subjects_are_no_way_in_for_headers() {
        let text = String::from_utf8(written(&letter()).unwrap()).unwrap();
        assert!(text.lines().all(|line| !line.starts_with("Bcc")), "{text}");
        assert!(text.contains("Message-ID: <0190@exemple.cat>"), "{text}");
        assert!(text.contains("Date: Mon, 23 Nov 2026 09:00:00 +0000"), "{text}");
    }

    #[test]
    fn text_html_and_files_are_parts_of_one_letter() {
        let with_html = Letter { html: Some("<p>Hola</p>".to_owned()), ..letter() };
        let text = String::from_utf8(written(&with_html).unwrap()).unwrap();
        assert!(text.contains("multipart/alternative") && !text.contains("multipart/mixed"), "{text}");
        let bytes = b"%PDF-1.7".to_vec();
        let file = Attachment {
            file_name: "oferta.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes,
        };
        let with_file = Letter { attachments: vec![file], ..with_html };
        let text = String::from_utf8(written(&with_file).unwrap()).unwrap();
        assert!(text.contains("multipart/mixed") && text.contains("application/pdf"), "{text}");
    }

    #[test]
    fn an_address_that_is_none_is_said() {
        let to = Mailbox { name: String::new(), email: "nuria".to_owned() };
        let error = written(&Letter { to, ..letter() }).unwrap_err();
        assert_eq!((error.code(), error.may_pass()), ("mail-letter", false));
    }
}
