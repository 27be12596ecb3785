//! What people and other programs call the statuses of leads, in Catalan, Spanish and English.

use LeadStatus::{Assigned, Contacted, Converted, Discarded, New, Nurturing, Qualified};
use model::{LeadStatus, fold};

/// Statuses with the words for them besides their codes: the product's own in its three languages, then those of HubSpot,
/// EspoCRM, Odoo and Pipedrive. Folded, with spaces for underscores.
const WORDS: &[(LeadStatus, &[&str])] = &[
    (
        New,
        &[
            "nou",
            "nova",
            "nuevo",
            "nueva",
            "open",
            "obert",
            "abierto",
            "per contactar",
            "por contactar",
            "sin contactar",
            "not contacted",
        ],
    ),
    (Assigned, &["assignat", "assignada", "asignado", "asignada"]),
    (
        Contacted,
        &[
            "contactat",
            "contactada",
            "contactado",
            "connected",
            "attempted to contact",
            "in process",
            "in progress",
            "en proces",
            "en proceso",
            "en curs",
            "en curso",
        ],
    ),
    (
        Nurturing,
        &[
            "en seguiment",
            "en seguimiento",
            "seguiment",
            "seguimiento",
            "recycled",
            "reciclat",
            "reciclado",
            "bad timing",
            "mes endavant",
            "mas adelante",
        ],
    ),
    (
        Qualified,
        &["qualificat", "qualificada", "cualificado", "cualificada", "calificado", "proposition", "proposta"],
    ),
    (
        Converted,
        &[
            "convertit",
            "convertida",
            "convertido",
            "open deal",
            "won",
            "guanyat",
            "guanyada",
            "ganado",
            "ganada",
        ],
    ),
    (
        Discarded,
        &[
            "descartat",
            "descartada",
            "descartado",
            "dead",
            "unqualified",
            "disqualified",
            "lost",
            "perdut",
            "perduda",
            "perdido",
            "perdida",
        ],
    ),
];

/// The status that is meant.
pub(super) fn meant(word: &str) -> Option<LeadStatus> {
    let folded = fold(word.trim()).replace('_', " ");
    let by_word = || WORDS.iter().find(|(_, words)| words.contains(&folded.as_str()));
    LeadStatus::from_code(&folded).or_else(|| by_word().map(|(status, _)| *status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_mean_one_status() {
        for (status, words) in WORDS {
            for word in *words {
                assert_eq!(fold(word), *word);
                assert_eq!(meant(word), Some(*status), "{word}");
            }
        }
        for (word, status) in [("In Process", Contacted), ("OPEN_DEAL", Converted), ("Dead ", Discarded)] {
            assert_eq!(meant(word), Some(status), "{word}");
        }
        assert_eq!(meant("?"), None);
    }
}
