//! Names and words of the demonstration company. All invented; phones and addresses belong to nobody on purpose.

use super::Dice;
use crate::LeadDraft;
use model::LeadStatus;
use std::collections::BTreeMap;

/// Key, names, conditions and points.
pub(super) const SCORING_RULES: [(&str, [&str; 3], &str, i16); 5] = [
    ("big", ["Obra gran", "Obra grande", "Big job"], "amount:at-least:10000", 30),
    (
        "referral",
        ["Ve recomanat o d’una fira", "Viene recomendado o de una feria", "Was referred or met at a fair"],
        "source:any:referral,fair",
        25,
    ),
    ("near", ["A prop", "Cerca", "Nearby"], "postcode:begins:08|postcode:begins:17", 20),
    (
        "reachable",
        ["Té telèfon i correu", "Tiene teléfono y correo", "Has phone and e-mail"],
        "phone:filled;email:filled",
        15,
    ),
    (
        "cold",
        ["Fa més de 30 dies que hi és", "Lleva más de 30 días", "Here for more than 30 days"],
        "created_at:over-days-ago:30",
        -20,
    ),
];

const GIVEN: [&str; 24] = [
    "Marta",
    "Pere",
    "Anna",
    "Josep",
    "Carla",
    "Marc",
    "Rosa",
    "Àlex",
    "Mireia",
    "Oriol",
    "Júlia",
    "Ramon",
    "Berta",
    "Xavier",
    "Clara",
    "Lluís",
    "Aina",
    "Gerard",
    "Montserrat",
    "Pau",
    "Eulàlia",
    "Arnau",
    "Sílvia",
    "Ignasi",
];
const FAMILY: [&str; 24] = [
    "Ferrer",
    "Roca",
    "Vila",
    "Serra",
    "Casals",
    "Bosch",
    "Prat",
    "Mas",
    "Font",
    "Riera",
    "Coll",
    "Pons",
    "Sala",
    "Torrent",
    "Gual",
    "Pujol",
    "Camps",
    "Farré",
    "Llorens",
    "Peñalver",
    "García",
    "Muñoz",
    "Batlle",
    "Cabré",
];
const TRADES: [(&str, &str); 14] = [
    ("Forn", "Alimentació"),
    ("Fusteria", "Construcció"),
    ("Òptica", "Comerç"),
    ("Restaurant", "Hostaleria"),
    ("Tallers", "Automoció"),
    ("Instal·lacions", "Construcció"),
    ("Farmàcia", "Salut"),
    ("Gestoria", "Serveis"),
    ("Hotel", "Hostaleria"),
    ("Celler", "Alimentació"),
    ("Clínica dental", "Salut"),
    ("Impremta", "Indústria"),
    ("Escola", "Formació"),
    ("Transports", "Logística"),
];
const TOWNS: [(&str, &str); 14] = [
    ("08001", "Barcelona"),
    ("08201", "Sabadell"),
    ("08301", "Mataró"),
    ("08500", "Vic"),
    ("08700", "Igualada"),
    ("17001", "Girona"),
    ("17300", "Blanes"),
    ("17600", "Figueres"),
    ("25001", "Lleida"),
    ("25700", "la Seu d’Urgell"),
    ("43001", "Tarragona"),
    ("43201", "Reus"),
    ("43500", "Tortosa"),
    ("12500", "Vinaròs"),
];
const STREETS: [&str; 8] =
    ["Major", "de la Pau", "del Mar", "Sant Josep", "de l’Estació", "Nou", "de Catalunya", "del Carme"];
const SOURCES: [&str; 12] = [
    "web",
    "web",
    "web",
    "referral",
    "referral",
    "phone",
    "phone",
    "fair",
    "email",
    "social_media",
    "advertising",
    "partner",
];
const INTERESTS: [&str; 10] = [
    "Plaques solars",
    "Aerotèrmia",
    "Manteniment anual",
    "Climatització",
    "Quadre elèctric",
    "Punt de recàrrega",
    "Calefacció",
    "Reforma de bany",
    "Il·luminació LED",
    "Control d’accessos",
];
const NEEDS: [&str; 6] = [
    "Vol una visita abans de final de mes.",
    "Ha demanat pressupost a dos competidors més.",
    "Li interessa el finançament a 36 mesos.",
    "Local nou, obres acabades a la primavera.",
    "Client d’un client: truqueu al matí.",
    "Vol saber si hi ha ajuts públics.",
];
const NOTES: [&str; 6] = [
    "He trucat: no hi és fins dijous.",
    "Enviada la documentació per correu.",
    "Visita feta, cal mirar la coberta.",
    "Demana facturació per fases.",
    "Diu que ho ha de consultar amb la sòcia.",
    "Quedem que trucarà ella després de festes.",
];
const DISCARD_REASONS: [&str; 5] =
    ["Sense resposta", "Fora de zona", "No encaixa", "Sense diners assignats", "Ja té proveïdor"];

fn pick(dice: &Dice, all: &'static [&'static str]) -> &'static str {
    dice.pick(all).copied().unwrap_or_default()
}

/// One lead as somebody would have typed it.
pub(super) fn draft(dice: &Dice) -> LeadDraft {
    let (given, family) = (pick(dice, &GIVEN), pick(dice, &FAMILY));
    let (trade, industry) = dice.pick(&TRADES).copied().unwrap_or_default();
    let (postcode, town) = dice.pick(&TOWNS).copied().unwrap_or_default();
    let company = format!("{trade} {family}");
    let domain = model::fold(&company).replace(' ', "-").replace(['\'', '~'], "");
    let has = |chance: u32| dice.below(100) < chance;
    let or_empty = |text: String, chance: u32| if has(chance) { text } else { String::new() };
    LeadDraft {
        name: format!("{given} {family}"),
        company: or_empty(company, 85),
        tax_id: String::new(),
        email: or_empty(format!("{}@{domain}.example.com", model::fold(given)), 80),
        // Numbers the regulator keeps free for fiction do not exist in Spain: these are of no assigned block.
        phone: or_empty(
            format!(
                "97{} {:02} {:02} {:02}",
                2 + dice.below(2),
                dice.below(100),
                dice.below(100),
                dice.below(100)
            ),
            75,
        ),
        address: or_empty(format!("Carrer {}, {}", pick(dice, &STREETS), 1 + dice.below(120)), 60),
        postcode: postcode.to_owned(),
        town: town.to_owned(),
        zone: String::new(),
        country: "ES".to_owned(),
        website: String::new(),
        industry: industry.to_owned(),
        source: pick(dice, &SOURCES).to_owned(),
        campaign: or_empty("Fira de Mostres".to_owned(), 12),
        interest: pick(dice, &INTERESTS).to_owned(),
        amount: or_empty(format!("{}", (3 + dice.below(180)) * 100), 70),
        description: or_empty(pick(dice, &NEEDS).to_owned(), 55),
        tags: String::new(),
        external_key: String::new(),
        custom: BTreeMap::new(),
    }
}

/// The status of a lead of so many days: most old ones have ended.
pub(super) fn status(dice: &Dice, days: i64) -> LeadStatus {
    let chances = match days {
        0..=13 => [50, 85, 95, 100],
        14..=89 => [15, 45, 65, 85],
        _ => [3, 10, 18, 45],
    };
    let thrown = dice.below(100);
    match chances.iter().position(|chance| thrown < *chance) {
        Some(0) => LeadStatus::Assigned,
        Some(1) => LeadStatus::Contacted,
        Some(2) => LeadStatus::Nurturing,
        Some(3) => LeadStatus::Qualified,
        _ => LeadStatus::Discarded,
    }
}

pub(super) fn note(dice: &Dice) -> &'static str {
    pick(dice, &NOTES)
}

pub(super) fn discard_reason(dice: &Dice) -> &'static str {
    pick(dice, &DISCARD_REASONS)
}
