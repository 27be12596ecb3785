//! What letters say: subject and text, in the language of whom they go to.

use crate::Locale;
use crate::format;
use crate::messages::t;
use model::LetterAbout;
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::jiff::tz::TimeZone;

/// Whom a letter goes to and what it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    pub name: String,
    pub company: String,
    /// That of whom it goes to.
    pub zone: TimeZone,
    /// Absent: the letter with which an administrator sees whether letters arrive.
    pub link: Option<Link>,
}

/// A letter about what came in by a web form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FormLetter {
    /// To whoever sent it: only with the link does it count.
    Confirmation { address: String, expires_at: Timestamp },
    /// To whoever is told of new leads.
    NewLead { campaign: String, address: String },
}

/// Subject and text of a letter about a web form.
pub fn about_form<'l>(l: impl Into<Locale<'l>>, letter: &Letter, about: &FormLetter) -> (String, String) {
    let l: Locale<'_> = l.into();
    let company = letter.company.as_str();
    let hello = t!(l, "letters-hello", name = letter.name.as_str());
    match about {
        FormLetter::Confirmation { address, expires_at } => {
            let until = format::date_time(l.language, *expires_at, &letter.zone);
            let text = [
                hello,
                t!(l, "letters-form-text", company = company),
                address.clone(),
                t!(l, "letters-until", moment = until),
                t!(l, "letters-form-not-you", company = company),
            ];
            (t!(l, "letters-form-subject", company = company), paragraphs(&text))
        }
        FormLetter::NewLead { campaign, address } => {
            let text =
                [hello, t!(l, "letters-form-lead-text", campaign = campaign.as_str()), address.clone()];
            (t!(l, "letters-form-lead-subject", campaign = campaign.as_str()), paragraphs(&text))
        }
    }
}

/// Subject and text of the letters about a lead that nobody had answered in time: to whoever had it, and to whoever has
/// it now.
pub fn about_moved_lead<'l>(
    l: impl Into<Locale<'l>>,
    letter: &Letter,
    is_theirs_now: bool,
    title: &str,
    address: &str,
) -> (String, String) {
    let l: Locale<'_> = l.into();
    let hello = t!(l, "letters-hello", name = letter.name.as_str());
    let (subject, text) = if is_theirs_now {
        (t!(l, "inbox-letter-here-subject", title = title), t!(l, "inbox-letter-here-text", title = title))
    } else {
        (t!(l, "inbox-letter-on-subject", title = title), t!(l, "inbox-letter-on-text", title = title))
    };
    (subject, paragraphs(&[hello, text, address.to_owned()]))
}

/// Subject and text of the letter that a webhook was switched off.
pub fn about_webhook<'l>(
    l: impl Into<Locale<'l>>,
    letter: &Letter,
    webhook: &str,
    since: Timestamp,
    address: &str,
) -> (String, String) {
    let l: Locale<'_> = l.into();
    let moment = format::date_time(l.language, since, &letter.zone);
    let text = [
        t!(l, "letters-hello", name = letter.name.as_str()),
        t!(l, "webhooks-letter-text", webhook = webhook, moment = moment),
        address.to_owned(),
        t!(l, "webhooks-switch-text"),
    ];
    (t!(l, "webhooks-letter-subject", webhook = webhook), paragraphs(&text))
}

/// A letter about a quote: to the client, or to whoever is responsible for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuoteLetter {
    pub about: LetterAbout,
    pub number: String,
    pub subject: String,
    pub client: String,
    pub valid_until: Option<Date>,
    /// The sender's own words.
    pub message: Option<String>,
    pub address: String,
}

/// Subject and text of a letter about a quote.
pub fn about_quote<'l>(l: impl Into<Locale<'l>>, letter: &Letter, quote: &QuoteLetter) -> (String, String) {
    let l: Locale<'_> = l.into();
    let (number, company, client) = (quote.number.as_str(), letter.company.as_str(), quote.client.as_str());
    let hello = t!(l, "letters-hello", name = letter.name.as_str());
    let until =
        quote.valid_until.map(|day| t!(l, "quotes-letter-until", day = format::date_long(l.language, day)));
    let (subject, text) = match quote.about {
        LetterAbout::QuoteReminder => (
            t!(l, "quotes-letter-reminder-subject", number = number, company = company),
            t!(l, "quotes-letter-reminder-text", number = number, subject = quote.subject.as_str()),
        ),
        LetterAbout::QuoteConfirmed => (
            t!(l, "quotes-letter-confirmed-subject", number = number, company = company),
            t!(l, "quotes-letter-confirmed-text", number = number, subject = quote.subject.as_str()),
        ),
        LetterAbout::QuoteAccepted => (
            t!(l, "quotes-letter-accepted-subject", number = number, client = client),
            t!(l, "quotes-letter-accepted-text", number = number, client = client),
        ),
        LetterAbout::QuoteRejected => (
            t!(l, "quotes-letter-rejected-subject", number = number, client = client),
            t!(l, "quotes-letter-rejected-text", number = number, client = client),
        ),
        LetterAbout::QuoteAsked => (
            t!(l, "quotes-letter-asked-subject", number = number, client = client),
            t!(l, "quotes-letter-asked-text", number = number, client = client),
        ),
        _ => (
            t!(l, "quotes-letter-sent-subject", number = number, company = company),
            t!(l, "quotes-letter-sent-text", number = number, subject = quote.subject.as_str()),
        ),
    };
    let can_answer = matches!(quote.about, LetterAbout::QuoteSent | LetterAbout::QuoteReminder);
    let mut parts = vec![hello];
    parts.extend(quote.message.clone().filter(|_| quote.about == LetterAbout::QuoteSent));
    parts.extend([text, quote.address.clone()]);
    if can_answer {
        parts.extend(until);
        parts.push(t!(l, "quotes-letter-secret"));
    }
    if can_answer || quote.about == LetterAbout::QuoteConfirmed {
        parts.push(company.to_owned());
    }
    (subject, paragraphs(&parts))
}

/// A link with which they choose a password.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    pub about: LetterAbout,
    pub address: String,
    pub expires_at: Timestamp,
}

/// Subject and text.
pub fn written<'l>(l: impl Into<Locale<'l>>, letter: &Letter) -> (String, String) {
    let l: Locale<'_> = l.into();
    let company = letter.company.as_str();
    let hello = t!(l, "letters-hello", name = letter.name.as_str());
    let Some(link) = &letter.link else {
        let text = t!(l, "letters-test-text", company = company);
        return (t!(l, "letters-test-subject", company = company), paragraphs(&[hello, text]));
    };
    let (subject, text, last) = match link.about {
        LetterAbout::Invitation => (
            t!(l, "letters-invitation-subject", company = company),
            t!(l, "letters-invitation-text", company = company),
            t!(l, "letters-unexpected", company = company),
        ),
        LetterAbout::PasswordReset => (
            t!(l, "letters-password-subject", company = company),
            t!(l, "letters-reset-text", company = company),
            t!(l, "letters-not-you"),
        ),
        _ => (
            t!(l, "letters-password-subject", company = company),
            t!(l, "letters-new-link-text", company = company),
            t!(l, "letters-unexpected", company = company),
        ),
    };
    let until = format::date_time(l.language, link.expires_at, &letter.zone);
    let until = t!(l, "letters-until", moment = until);
    (subject, paragraphs(&[hello, text, link.address.clone(), until, last]))
}

fn paragraphs(paragraphs: &[String]) -> String {
    let mut text = paragraphs.join("\n\n");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Language;

    #[test]
    fn both_people_read_which_lead_it_is_about() {
        for (language, is_theirs_now) in Language::ALL.into_iter().flat_map(|l| [(l, false), (l, true)]) {
            let letter = Letter {
                name: "Núria".to_owned(),
                company: "Exemple, SL".to_owned(),
                zone: TimeZone::UTC,
                link: None,
            };
            let (subject, text) =
                about_moved_lead(language, &letter, is_theirs_now, "Fusteria Puig", "https://x.cat/leads/1");
            assert!(subject.contains("Fusteria Puig") && text.contains("Fusteria Puig"), "{subject} {text}");
            assert!(text.contains("\nhttps://x.cat/leads/1\n"), "{text}");
        }
    }

    #[test]
    fn every_letter_names_the_person_and_holds_its_link() {
        for language in Language::ALL {
            for about in [LetterAbout::Invitation, LetterAbout::NewLink, LetterAbout::PasswordReset] {
                let link = Link {
                    about,
                    address: "https://crm.exemple.cat/welcome/4f9a".to_owned(),
                    expires_at: "2026-11-23T09:00:00Z".parse().unwrap(),
                };
                let letter = Letter {
                    name: "Núria".to_owned(),
                    company: "Exemple, SL".to_owned(),
                    zone: TimeZone::UTC,
                    link: Some(link),
                };
                let (subject, text) = written(language, &letter);
                assert!(subject.contains("Exemple, SL"), "{subject}");
                assert!(
                    text.contains("Núria") && text.contains("\nhttps://crm.exemple.cat/welcome/4f9a\n"),
                    "{text}"
                );
            }
        }
    }
}
