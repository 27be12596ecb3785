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

/// The fields of [`PRODUCTS`], in their order.
pub(super) const PRODUCT_FIELDS: [&str; 8] =
    ["code", "name_ca", "name_es", "name_en", "kind", "unit_price", "cost", "billing"];
pub(super) const PRODUCTS: [[&str; 8]; 10] = [
    [
        "SOL-5",
        "Plaques solars, 5 kW",
        "Placas solares, 5 kW",
        "Solar panels, 5 kW",
        "product",
        "6200",
        "4350",
        "once",
    ],
    [
        "SOL-10",
        "Plaques solars, 10 kW",
        "Placas solares, 10 kW",
        "Solar panels, 10 kW",
        "product",
        "11400",
        "8100",
        "once",
    ],
    ["AER-8", "Aerotèrmia, 8 kW", "Aerotermia, 8 kW", "Heat pump, 8 kW", "product", "7900", "5600", "once"],
    [
        "CLI-3",
        "Climatització per conductes",
        "Climatización por conductos",
        "Ducted air conditioning",
        "product",
        "4300",
        "2900",
        "once",
    ],
    [
        "REC-7",
        "Punt de recàrrega, 7,4 kW",
        "Punto de recarga, 7,4 kW",
        "Charging point, 7.4 kW",
        "product",
        "1150",
        "720",
        "once",
    ],
    [
        "LED-1",
        "Canvi a il·luminació LED",
        "Cambio a iluminación LED",
        "Change to LED lighting",
        "service",
        "48",
        "29",
        "once",
    ],
    [
        "QUA-1",
        "Quadre elèctric nou",
        "Cuadro eléctrico nuevo",
        "New switchboard",
        "product",
        "890",
        "540",
        "once",
    ],
    [
        "MAN-1",
        "Manteniment bàsic",
        "Mantenimiento básico",
        "Basic maintenance",
        "service",
        "35",
        "14",
        "monthly",
    ],
    [
        "MAN-2",
        "Manteniment complet",
        "Mantenimiento completo",
        "Full maintenance",
        "service",
        "79",
        "33",
        "monthly",
    ],
    ["EST-1", "Estudi energètic", "Estudio energético", "Energy study", "service", "280", "150", "once"],
];

pub(super) const PRODUCT_TAX: &str = "vat_standard";
/// Two of them that go together.
pub(super) const BUNDLE: [(&str, &str); 10] = [
    ("code", "PACK-SOL"),
    ("name_ca", "Pack solar amb punt de recàrrega"),
    ("name_es", "Pack solar con punto de recarga"),
    ("name_en", "Solar pack with charging point"),
    ("kind", "bundle"),
    ("unit_price", "6990"),
    ("billing", "once"),
    ("tax", PRODUCT_TAX),
    ("components.0.product", "SOL-5"),
    ("components.1.product", "REC-7"),
];
pub(super) const BOOK_KEY: &str = "installers";
pub(super) const BOOK: [&str; 3] = ["Instal·ladors", "Instaladores", "Installers"];
pub(super) const TOO_DEAR: &str = "Ho han trobat més barat.";

const CALLS: [(&str, &str); 4] = [
    ("Primera trucada", "Vol una visita abans de final de mes."),
    ("Trucada de presentació", "Li hem d’enviar fotos d’una instal·lació semblant."),
    ("Trucada de seguiment", "Ho consulta amb la sòcia i ens diu alguna cosa."),
    ("Dubtes sobre els ajuts", "Explicat el termini de la convocatòria."),
];
const EMAILS: [(&str, &str); 2] = [
    ("Documentació enviada", "Catàleg i referències de la zona."),
    ("Resposta a la consulta", "Demana factures de l’últim any."),
];
const MEETINGS: [(&str, &str); 4] = [
    ("Visita a l’obra", "Mides preses; la coberta aguanta."),
    ("Presentació de la proposta", "Els sembla bé el preu, demanen pagar en tres terminis."),
    ("Reunió amb l’arquitecta", "Falta el plànol de la planta baixa."),
    ("Visita tècnica", "Cal canviar el quadre elèctric."),
];
const PLANNED: [(&str, &str); 8] = [
    ("call", "Trucar per saber què han decidit"),
    ("call", "Confirmar el dia de la visita"),
    ("visit", "Prendre mides"),
    ("meeting", "Explicar la proposta"),
    ("email", "Enviar la fitxa tècnica"),
    ("task", "Preparar el pressupost"),
    ("task", "Demanar preu al proveïdor"),
    ("task", "Revisar els ajuts de l’any vinent"),
];

/// What was done, and what came of it.
pub(super) fn done(dice: &Dice, kind: &str) -> (&'static str, &'static str) {
    let words: &[(&str, &str)] = match kind {
        "call" => &CALLS,
        "email" => &EMAILS,
        _ => &MEETINGS,
    };
    dice.pick(words).copied().unwrap_or_default()
}

/// What is to be done, and of which sort it is.
pub(super) fn planned(dice: &Dice) -> (&'static str, &'static str) {
    dice.pick(&PLANNED).copied().unwrap_or_default()
}
