//! Puts letters into words: the texts of `ui`, as the company says them, in the language of whom they go to.

use crate::state::Shared;
use model::LetterAbout;
use services::outbox::{Facts, Topic, Words, Written};
use ui::letters::{FormLetter, Letter, Link, QuoteLetter};

/// The texts as they are at the moment.
pub(crate) struct Texts(pub Shared);

impl Words for Texts {
    fn write(&self, facts: &Facts) -> Written {
        let letter = Letter {
            name: facts.name.clone(),
            company: facts.company.clone(),
            zone: facts.zone.clone(),
            link: None,
        };
        let words = self.0.words();
        let l = words.locale(facts.language);
        let (subject, text) = match facts.topic.clone() {
            Topic::Test => ui::letters::written(l, &letter),
            Topic::Link { about, address, expires_at } => {
                let link = Some(Link { about, address, expires_at });
                ui::letters::written(l, &Letter { link, ..letter })
            }
            Topic::Confirmation { address, expires_at } => {
                ui::letters::about_form(l, &letter, &FormLetter::Confirmation { address, expires_at })
            }
            Topic::NewLead { campaign, address } => {
                ui::letters::about_form(l, &letter, &FormLetter::NewLead { campaign, address })
            }
            Topic::LeadMoved { about, title, address } => {
                let is_theirs_now = about == LetterAbout::LeadMovedHere;
                ui::letters::about_moved_lead(l, &letter, is_theirs_now, &title, &address)
            }
            Topic::WebhookOff { name, since, address } => {
                ui::letters::about_webhook(l, &letter, &name, since, &address)
            }
            Topic::Quote { about, number, subject, client, valid_until, message, address } => {
                let quote = QuoteLetter { about, number, subject, client, valid_until, message, address };
                ui::letters::about_quote(l, &letter, &quote)
            }
        };
        Written { subject, text }
    }
}
