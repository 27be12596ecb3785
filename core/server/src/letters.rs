//! Puts letters into words: the texts of `ui`, as the company says them, in the language of whom they go to.

use crate::state::Shared;
use services::outbox::{Facts, Topic, Words, Written};
use ui::letters::{Letter, Link};

/// The texts as they are at the moment.
pub(crate) struct Texts(pub Shared);

impl Words for Texts {
    fn write(&self, facts: &Facts) -> Written {
        let link = match &facts.topic {
            Topic::Test => None,
            Topic::Link { about, address, expires_at } => {
                Some(Link { about: *about, address: address.clone(), expires_at: *expires_at })
            }
        };
        let letter = Letter {
            name: facts.name.clone(),
            company: facts.company.clone(),
            zone: facts.zone.clone(),
            link,
        };
        let words = self.0.words();
        let (subject, text) = ui::letters::written(words.locale(facts.language), &letter);
        Written { subject, text }
    }
}
