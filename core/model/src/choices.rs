//! Lists of values that people choose from: sources, industries, reasons, zones, and those of the company's own fields.

use crate::LABEL_CHARACTERS_MAX;
use crate::{FieldErrors, Frame, Kind, Label, Language, Piece, Settings, configured, fold};
use serde::{Deserialize, Serialize};

/// Tokens of the style sheet for tags: `--tag-0` to `--tag-7`.
pub const COLORS: u8 = 8;
/// Prefixes of postcodes of one zone: they fit the record.
pub const POSTCODES_MAX: usize = 100;

/// The lists that every company has. Lists of custom fields are called `<entity>_<field>`.
pub mod lists {
    pub const SOURCES: &str = "sources";
    pub const INDUSTRIES: &str = "industries";
    pub const DISCARD_REASONS: &str = "discard_reasons";
    pub const LOST_REASONS: &str = "lost_reasons";
    pub const ACTIVITY_TYPES: &str = "activity_types";
    pub const DOCUMENT_CATEGORIES: &str = "document_categories";
    pub const ZONES: &str = "zones";
    pub const PRODUCT_FAMILIES: &str = "product_families";
    pub const TAGS: &str = "tags";
    /// What personal data is used for: see `model::Consent`.
    pub const CONSENT_PURPOSES: &str = "consent_purposes";

    pub const ALL: [&str; 10] = [
        SOURCES,
        INDUSTRIES,
        TAGS,
        DISCARD_REASONS,
        LOST_REASONS,
        ACTIVITY_TYPES,
        DOCUMENT_CATEGORIES,
        ZONES,
        PRODUCT_FAMILIES,
        CONSENT_PURPOSES,
    ];
}

/// One value of a list. Its key is `<list>.<value>`; records keep the part after the dot.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Choice {
    pub label: Label,
    /// Which of the colours of tags: 0 to 7.
    #[serde(default)]
    pub color: u8,
    #[serde(default)]
    pub archived: bool,
    /// Zones: beginnings of the postcodes that are in it (`08`, `0820`, `AD5`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub postcodes: Vec<String>,
}

impl Piece for Choice {
    const KIND: Kind = Kind::Choice;
    const SECTION: &'static str = "choices";

    fn ready() -> Vec<(&'static str, Choice)> {
        READY
            .iter()
            .map(|(key, ca, es, en)| (*key, Choice { label: Label::new(ca, es, en), ..Choice::default() }))
            .collect()
    }

    fn label(&self) -> &Label {
        &self.label
    }

    fn is_archived(&self) -> bool {
        self.archived
    }

    fn check(&self, errors: &mut FieldErrors) {
        self.label.check("label", LABEL_CHARACTERS_MAX, errors);
        if self.color >= COLORS {
            errors.add("color", "choice", self.color.to_string());
        }
        if self.postcodes.len() > POSTCODES_MAX {
            errors.add("postcodes", "too-many", POSTCODES_MAX.to_string());
        }
        for code in &self.postcodes {
            if code.is_empty() || code.len() > 8 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                errors.add("postcodes", "postcode-prefix", code);
            }
        }
    }

    fn check_key(key: &str, errors: &mut FieldErrors) {
        configured::check_pair(key, errors);
    }
}

impl Frame {
    /// The values of a list in their order, also archived ones: the part of the key after the dot, and the value.
    pub fn choices_of<'a>(&'a self, list: &'a str) -> impl Iterator<Item = (&'a str, &'a Choice)> {
        self.choices.all().iter().filter_map(move |choice| {
            let (of, value) = choice.key.split_once('.')?;
            (of == list).then_some((value, &choice.piece))
        })
    }

    /// One value of a list.
    pub fn choice(&self, list: &str, value: &str) -> Option<&Choice> {
        self.choices.get(&format!("{list}.{value}")).map(|choice| &choice.piece)
    }

    /// The zone that a postcode is in, as the company's language calls it: the one with the longest beginning of it, of
    /// several the first. Beginnings in digits are of Spain and of the company's own country; those with letters, as
    /// Andorra's, say by themselves where they are.
    pub fn zone_of(&self, postcode: &str, country: Option<&str>, settings: &Settings) -> Option<&str> {
        let is_plain = |character: &char| character.is_ascii_alphanumeric();
        let code: String = postcode.chars().filter(is_plain).collect::<String>().to_ascii_uppercase();
        let is_near = country.is_none_or(|country| country == settings.country || country == "ES");
        let begins = |beginning: &&String| {
            let is_told = beginning.starts_with(|first: char| first.is_ascii_alphabetic());
            (is_told || is_near) && code.starts_with(beginning.as_str())
        };
        let longest = |zone: &Choice| zone.postcodes.iter().filter(begins).map(String::len).max();
        let zones = self.choices_of(lists::ZONES).filter(|(_, zone)| !zone.archived);
        let found = zones.filter_map(|(_, zone)| Some((longest(zone)?, zone)));
        let (_, zone) = found.min_by_key(|(length, _)| std::cmp::Reverse(*length))?;
        Some(zone.label.get(settings.language))
    }
}

/// The value of a list that somebody means by a key or by a label in any language, without regard to case and accents.
/// Archived values are not meant.
pub fn choice_meant<'a>(frame: &'a Frame, list: &'a str, typed: &str) -> Option<&'a str> {
    let folded = fold(typed.trim());
    let mut offered = frame.choices_of(list).filter(|(_, choice)| !choice.archived);
    let by_label = |choice: &Choice| {
        Language::ALL.into_iter().any(|language| {
            let label = choice.label.own(language);
            !label.is_empty() && fold(label) == folded
        })
    };
    let by_key = frame.choice(list, &folded).filter(|choice| !choice.archived).is_some();
    offered.find(|(key, choice)| if by_key { *key == folded } else { by_label(choice) }).map(|(key, _)| key)
}

/// What every company begins with: key, Catalan, Spanish, English.
const READY: [(&str, &str, &str, &str); 46] = [
    ("sources.web", "Web", "Web", "Website"),
    ("sources.phone", "Telèfon", "Teléfono", "Phone"),
    ("sources.email", "Correu electrònic", "Correo electrónico", "E-mail"),
    ("sources.referral", "Recomanació", "Recomendación", "Referral"),
    ("sources.fair", "Fira", "Feria", "Trade fair"),
    ("sources.social_media", "Xarxes socials", "Redes sociales", "Social media"),
    ("sources.advertising", "Publicitat", "Publicidad", "Advertising"),
    ("sources.partner", "Col·laborador", "Colaborador", "Partner"),
    ("sources.other", "Altres", "Otros", "Other"),
    ("industries.construction", "Construcció", "Construcción", "Construction"),
    ("industries.retail", "Comerç", "Comercio", "Retail"),
    ("industries.hospitality", "Hostaleria i turisme", "Hostelería y turismo", "Hospitality and tourism"),
    ("industries.manufacturing", "Indústria", "Industria", "Manufacturing"),
    ("industries.technology", "Tecnologia", "Tecnología", "Technology"),
    ("industries.services", "Serveis", "Servicios", "Services"),
    ("industries.health", "Salut", "Salud", "Health"),
    ("industries.education", "Educació", "Educación", "Education"),
    ("industries.agriculture", "Agricultura", "Agricultura", "Agriculture"),
    ("industries.public_sector", "Sector públic", "Sector público", "Public sector"),
    ("discard_reasons.no_interest", "No hi té interès", "Sin interés", "Not interested"),
    ("discard_reasons.no_budget", "No té pressupost", "Sin presupuesto", "No budget"),
    ("discard_reasons.not_reachable", "No s’hi pot contactar", "No localizable", "Cannot be reached"),
    ("discard_reasons.not_our_client", "No és el nostre client", "No es nuestro cliente", "Not our client"),
    ("discard_reasons.duplicate", "Duplicat", "Duplicado", "Duplicate"),
    ("discard_reasons.spam", "Correu brossa", "Spam", "Spam"),
    ("lost_reasons.price", "Preu", "Precio", "Price"),
    ("lost_reasons.competitor", "Ha triat la competència", "Eligió a la competencia", "Chose a competitor"),
    ("lost_reasons.timing", "No és el moment", "No es el momento", "Not the right time"),
    ("lost_reasons.no_answer", "No respon", "No responde", "No answer"),
    ("lost_reasons.other", "Altres", "Otros", "Other"),
    ("activity_types.call", "Trucada", "Llamada", "Call"),
    ("activity_types.meeting", "Reunió", "Reunión", "Meeting"),
    ("activity_types.visit", "Visita", "Visita", "Visit"),
    ("activity_types.task", "Tasca", "Tarea", "Task"),
    ("document_categories.quote", "Pressupost", "Presupuesto", "Quote"),
    ("document_categories.contract", "Contracte", "Contrato", "Contract"),
    ("document_categories.identity", "Document d’identitat", "Documento de identidad", "Identity document"),
    ("document_categories.other", "Altres", "Otros", "Other"),
    (
        "consent_purposes.request",
        "Respondre una sol·licitud",
        "Responder a una solicitud",
        "Answering a request",
    ),
    (
        "consent_purposes.marketing_email",
        "Comunicacions comercials per correu electrònic",
        "Comunicaciones comerciales por correo electrónico",
        "Marketing by e-mail",
    ),
    (
        "consent_purposes.marketing_phone",
        "Comunicacions comercials per telèfon o missatge",
        "Comunicaciones comerciales por teléfono o mensaje",
        "Marketing by phone or message",
    ),
    ("consent_purposes.profiling", "Elaboració de perfils", "Elaboración de perfiles", "Profiling"),
    (
        "consent_purposes.third_parties",
        "Cessió de dades a tercers",
        "Cesión de datos a terceros",
        "Sharing data with third parties",
    ),
    ("consent_purposes.image", "Ús de la imatge", "Uso de la imagen", "Use of images"),
    ("tags.vip", "VIP", "VIP", "VIP"),
    ("tags.priority", "Prioritari", "Prioritario", "Priority"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ready_values_are_right_and_in_order() {
        let frame = Frame::default();
        let sources: Vec<&str> = frame.choices_of(lists::SOURCES).map(|(key, _)| key).collect();
        assert_eq!(sources.first(), Some(&"web"));
        assert_eq!(sources.last(), Some(&"other"));
        for choice in frame.choices.all() {
            let mut errors = FieldErrors::default();
            Choice::check_key(&choice.key, &mut errors);
            choice.piece.check(&mut errors);
            assert!(errors.is_empty(), "{}: {errors:?}", choice.key);
            let (list, _) = choice.key.split_once('.').unwrap();
            assert!(lists::ALL.contains(&list), "{list}");
        }
        assert_eq!(frame.choice("sources", "fair").unwrap().label.ca, "Fira");
        assert_eq!(frame.choice("sources", "nothing"), None);
    }
}
