//! The words that stand above columns of what records and people are called.

use super::{COMPANIES, Words, activities};
use model::Kind;

/// Headers of what a record is called, by entity: the same word is a person in one file and a company in another.
pub(crate) const TITLES: [(Kind, Words); 5] = [
    (
        Kind::Lead,
        &[(
            "name",
            &[
                "nom",
                "nomicognoms",
                "nombre",
                "nombreyapellidos",
                "name",
                "fullname",
                "contacte",
                "contacto",
                "contact",
                "contactname",
                "persona",
                "person",
                "personadecontacte",
                "personadecontacto",
                "nomcomplet",
                "nombrecompleto",
            ],
        )],
    ),
    (
        Kind::Company,
        &[("name", COMPANIES), ("name", &["nom", "nombre", "name", "nomcomercial", "nombrecomercial"])],
    ),
    (
        Kind::Product,
        &[(
            "name",
            &[
                "nom",
                "nombre",
                "name",
                "producte",
                "producto",
                "product",
                "productname",
                "servei",
                "servicio",
                "service",
                "article",
                "articulo",
                "item",
                "descripcio",
                "descripcion",
                "description",
            ],
        )],
    ),
    (
        Kind::Opportunity,
        &[(
            "name",
            &[
                "nom",
                "nombre",
                "name",
                "oportunitat",
                "oportunidad",
                "opportunity",
                "opportunityname",
                "deal",
                "dealname",
                "titol",
                "titulo",
                "title",
                "assumpte",
                "asunto",
            ],
        )],
    ),
    (Kind::Activity, activities::WORDS),
];

/// Headers of given names that cannot mean a whole one; of names that may be either; and of whole ones.
pub(crate) const GIVEN_NAMES: [&str; 5] = ["firstname", "givenname", "nomdepila", "nombredepila", "first"];
pub(crate) const NAMES: [&str; 3] = ["nom", "nombre", "name"];
pub(crate) const WHOLE_NAMES: [&str; 5] =
    ["nomicognoms", "nombreyapellidos", "fullname", "nomcomplet", "nombrecompleto"];
/// Of names as Odoo shows them, with that of the company before.
pub(crate) const SHOWN_NAMES: [&str; 5] =
    ["displayname", "nomamostrar", "nommostrat", "nombreamostrar", "nombremostrado"];
