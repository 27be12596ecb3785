//! What people and other programs call the values of choices that the product fixes, in Catalan, Spanish and English.

/// Field, value, and the words for it, folded.
const WORDS: &[(&str, &str, &[&str])] = &[
    (
        "kind",
        "task",
        &[
            "tasca",
            "tarea",
            "to-do",
            "to do",
            "todo",
            "deadline",
            "termini",
            "follow up",
            "seguiment",
            "seguimiento",
        ],
    ),
    ("kind", "call", &["trucada", "llamada", "phone call", "phonecall", "telefon", "telefono", "phone"]),
    ("kind", "meeting", &["reunio", "reunion", "demo", "lunch", "dinar", "comida", "videoconference"]),
    ("kind", "visit", &["visita"]),
    ("kind", "email", &["correu", "correu electronic", "correo", "correo electronico", "e-mail", "mail"]),
    ("kind", "note", &["nota", "notes", "comentari", "comentario", "comment"]),
    (
        "state",
        "todo",
        &[
            "pendent",
            "pendiente",
            "per fer",
            "por hacer",
            "to do",
            "to-do",
            "planned",
            "not started",
            "not_started",
            "in progress",
            "in_progress",
            "waiting",
            "deferred",
            "started",
            "en curs",
            "en curso",
            "overdue",
            "today",
            "scheduled",
            "no",
            "false",
            "0",
        ],
    ),
    (
        "state",
        "done",
        &[
            "feta",
            "fet",
            "hecha",
            "hecho",
            "completed",
            "complete",
            "completada",
            "held",
            "closed",
            "yes",
            "true",
            "1",
            "si",
            "acabada",
            "finalitzada",
            "finalizada",
        ],
    ),
    (
        "state",
        "cancelled",
        &[
            "cancellada",
            "cancelada",
            "canceled",
            "not held",
            "no show",
            "no_show",
            "rescheduled",
            "anullada",
            "anulada",
        ],
    ),
];

/// What people call the stage of the offer that was submitted, whose key this is; folded.
const OFFERS: (&str, [&str; 6]) =
    ("offer", ["oferta", "proposta", "propuesta", "oferta enviada", "proposta enviada", "propuesta enviada"]);

/// The key of the stage that is meant where none is called so; `folded` is the word without case and accents.
pub(super) fn stage_meant(folded: &str) -> Option<&'static str> {
    let (key, words) = OFFERS;
    words.contains(&folded).then_some(key)
}

/// The value of a field that is meant; `folded` is the word without case and accents.
pub(super) fn meant(field: &str, folded: &str) -> Option<&'static str> {
    let is_meant = |(of, _, words): &&(&str, &'static str, &[&str])| *of == field && words.contains(&folded);
    WORDS.iter().find(is_meant).map(|(_, value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{FieldSpec, Fields, Values, fold};

    #[test]
    fn words_are_folded_and_mean_one_value_of_their_field() {
        for (field, value, words) in WORDS {
            let fits = |spec: &&FieldSpec| spec.key == *field;
            let spec = model::Activity::SPECS.iter().find(fits).unwrap();
            assert!(matches!(spec.values, Values::Fixed(codes) if codes.contains(value)), "{field} {value}");
            for word in *words {
                assert_eq!(fold(word), *word);
                assert_eq!(meant(field, word), Some(*value), "{word}");
            }
        }
    }
}
