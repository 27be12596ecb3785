//! Headers of what only imports put: how leads stood and whose they were in another program, and when something was created
//! there.

use model::Kind;

type Words = &'static [(&'static str, &'static [&'static str])];

const CREATED: (&str, &[&str]) = (
    "created_at",
    &[
        "created",
        "createdat",
        "createdon",
        "createdtime",
        "createddate",
        "createdate",
        "creationdate",
        "datecreated",
        "engagedate",
        "addtime",
        "leadleadcreated",
        "dealdealcreated",
        "creat",
        "createl",
        "datadecreacio",
        "datacreacio",
        "datadalta",
        "dataalta",
        "creado",
        "creadoel",
        "fechadecreacion",
        "fechacreacion",
        "fechadealta",
        "fechaalta",
    ],
);

const OF_LEADS: Words = &[
    (
        "status",
        &["estat", "estado", "status", "leadstatus", "hsleadstatus", "stage", "stageid", "etapa", "fase"],
    ),
    (
        "discard_reason",
        &[
            "motiu",
            "motiudedescart",
            "motiudeldescart",
            "motiudeperdua",
            "motivo",
            "motivodedescarte",
            "motivodeldescarte",
            "motivodeperdida",
            "discardreason",
            "reasonfordiscarding",
            "lostreason",
            "lostreasonid",
            "unqualifiedreason",
        ],
    ),
    ("owner", &["contactowner", "leadowner", "hubspotowner", "assignedusername"]),
    CREATED,
];

/// Before the words of all entities.
pub(super) fn of(entity: Kind) -> Words {
    match entity {
        Kind::Lead => OF_LEADS,
        Kind::Opportunity => &[CREATED],
        _ => &[],
    }
}
