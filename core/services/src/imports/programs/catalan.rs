//! The same files with the labels that Odoo writes in Catalan; the other programs do not speak it.

use super::{Export, FIRST_STAGE, STILL_OPEN};
use model::Kind;

type Columns = &'static [(&'static str, &'static str)];

const STAGES: &[(&str, &str, &str)] = &[
    ("stage", "Nou", FIRST_STAGE),
    ("stage", "Nova", FIRST_STAGE),
    ("stage", "Obert", STILL_OPEN),
    ("stage", "Qualificat", "stage:analysis"),
    ("stage", "Qualificada", "stage:analysis"),
    ("stage", "Proposta", "stage:offer"),
    ("stage", "Proposició", "stage:offer"),
    ("stage", "Guanyat", "won"),
    ("stage", "Guanyada", "won"),
    ("stage", "Perdut", "lost"),
    ("stage", "Perduda", "lost"),
];

const OPPORTUNITIES: Columns = &[
    ("ID extern", "external_key"),
    ("ID", "external_key"),
    ("Oportunitat", "name"),
    ("Client", "company"),
    ("Nom de la companyia", "company"),
    ("Nom de l'empresa", "company"),
    ("Empresa", "company"),
    ("Nom del contacte", "contact"),
    ("Nom de contacte", "contact"),
    ("Ingrés esperat", "amount"),
    ("Ingressos esperats", "amount"),
    ("Ingrés previst", "amount"),
    ("Ingressos previstos", "amount"),
    ("Moneda", "currency"),
    ("Probabilitat", "probability"),
    ("Etapa", "stage"),
    ("Comercial", "owner"),
    ("Venedor", "owner"),
    ("Tancament previst", "expected_close"),
    ("Tancament esperat", "expected_close"),
    ("Data de tancament", "closed_at"),
    ("Creat el", "created_at"),
    ("Motiu de pèrdua", "lost_reason"),
    ("Motiu de la pèrdua", "lost_reason"),
    ("Raó de la pèrdua", "lost_reason"),
    ("Origen", "source"),
    ("Campanya", "campaign"),
    ("Notes", "description"),
];

const LEADS: Columns = &[
    ("ID extern", "external_key"),
    ("ID", "external_key"),
    ("Oportunitat", "interest"),
    ("Iniciativa", "interest"),
    ("Nom del contacte", "name"),
    ("Nom de contacte", "name"),
    ("Nom de la companyia", "company"),
    ("Nom de l'empresa", "company"),
    ("Client", "company"),
    ("Correu electrònic", "email"),
    ("Telèfon", "phone"),
    ("Carrer", "address"),
    ("Codi postal", "postcode"),
    ("Ciutat", "town"),
    ("Província", "zone"),
    ("Estat", "zone"),
    ("País", "country"),
    ("Lloc web", "website"),
    ("Origen", "source"),
    ("Campanya", "campaign"),
    ("Ingrés esperat", "amount"),
    ("Ingressos esperats", "amount"),
    ("Notes", "description"),
];

const CONTACTS: Columns = &[
    ("ID extern", "external_key"),
    ("ID", "external_key"),
    ("Nom", "full_name"),
    ("Nom complet", "full_name"),
    ("Nom a mostrar", "full_name"),
    ("Nom mostrat", "full_name"),
    ("Empresa relacionada", "company"),
    ("Companyia relacionada", "company"),
    ("Lloc de treball", "job_title"),
    ("Càrrec", "job_title"),
    ("Correu electrònic", "email"),
    ("Telèfon", "phone"),
    ("Mòbil", "mobile"),
    ("Carrer", "address"),
    ("Codi postal", "postcode"),
    ("Ciutat", "town"),
    ("País", "country"),
    ("Comercial", "owner"),
    ("Venedor", "owner"),
    ("Notes", "description"),
];

const COMPANIES: Columns = &[
    ("ID extern", "external_key"),
    ("ID", "external_key"),
    ("Nom", "name"),
    ("Nom complet", "name"),
    ("Nom a mostrar", "name"),
    ("Nom mostrat", "name"),
    ("NIF", "tax_id"),
    ("Identificació fiscal", "tax_id"),
    ("Correu electrònic", "email"),
    ("Telèfon", "phone"),
    ("Lloc web", "website"),
    ("Sector", "industry"),
    ("Indústria", "industry"),
    ("Carrer", "address"),
    ("Codi postal", "postcode"),
    ("Ciutat", "town"),
    ("Província", "zone"),
    ("Estat", "zone"),
    ("País", "country"),
    ("Comercial", "owner"),
    ("Venedor", "owner"),
    ("Notes", "description"),
];

const fn of(entity: Kind, signature: &'static [&'static str], columns: Columns) -> Export {
    let values = if matches!(entity, Kind::Opportunity) { STAGES } else { &[] };
    Export { program: "odoo", entity, signature, columns, values }
}

pub(super) const EXPORTS: &[Export] = &[
    of(Kind::Opportunity, &["Oportunitat", "Ingrés esperat"], OPPORTUNITIES),
    of(Kind::Opportunity, &["Oportunitat", "Ingressos esperats"], OPPORTUNITIES),
    of(Kind::Opportunity, &["Oportunitat", "Ingrés previst"], OPPORTUNITIES),
    of(Kind::Opportunity, &["Oportunitat", "Ingressos previstos"], OPPORTUNITIES),
    of(Kind::Lead, &["Nom del contacte", "Nom de la companyia"], LEADS),
    of(Kind::Lead, &["ID extern", "Nom del contacte"], LEADS),
    of(Kind::Contact, &["Nom", "Empresa relacionada"], CONTACTS),
    of(Kind::Contact, &["Nom", "Companyia relacionada"], CONTACTS),
    of(Kind::Contact, &["Nom a mostrar", "Empresa relacionada"], CONTACTS),
    of(Kind::Contact, &["Nom mostrat", "Empresa relacionada"], CONTACTS),
    of(Kind::Company, &["Nom a mostrar", "NIF"], COMPANIES),
    of(Kind::Company, &["Nom mostrat", "NIF"], COMPANIES),
    of(Kind::Company, &["ID extern", "Nom", "NIF"], COMPANIES),
];
