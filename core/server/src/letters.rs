//! Puts letters into words: the texts of `ui`, as the company says them, in the language of whom they go to.

use crate::state::Shared;
use model::LetterAbout;
use services::outbox::{Facts, Topic, Words, Written};
use ui::letters::{FormLetter, Letter, Link, QuoteLetter};

/// The texts as they are at the moment.
pub(crate) struct Texts(pub Shared);

impl Words for Texts {
    fn write(&self, facts: &Facts) -> Written {
        let (mut link, mut form, mut moved, mut quote) = (None, None, None, None);
        match facts.topic.clone() {
            Topic::Test => {}
            Topic::Link { about, address, expires_at } => link = Some(Link { about, address, expires_at }),
            Topic::Confirmation { address, expires_at } => {
                form = Some(FormLetter::Confirmation { address, expires_at });
            }
            Topic::NewLead { campaign, address } => form = Some(FormLetter::NewLead { campaign, address }),
            Topic::LeadMoved { about, title, address } => {
                moved = Some((about == LetterAbout::LeadMovedHere, title, address));
            }
            Topic::Quote { about, number, subject, client, valid_until, message, address } => {
                quote = Some(QuoteLetter { about, number, subject, client, valid_until, message, address });
            }
        }
        let letter = Letter {
            name: facts.name.clone(),
            company: facts.company.clone(),
            zone: facts.zone.clone(),
            link,
        };
        let words = self.0.words();
        let l = words.locale(facts.language);
        let (subject, text) = match (&form, &moved, &quote) {
            (Some(about), _, _) => ui::letters::about_form(l, &letter, about),
            (None, Some((is_theirs_now, title, address)), _) => {
                ui::letters::about_moved_lead(l, &letter, *is_theirs_now, title, address)
            }
            (None, None, Some(quote)) => ui::letters::about_quote(l, &letter, quote),
            (None, None, None) => ui::letters::written(l, &letter),
        };
        Written { subject, text }
    }
}
