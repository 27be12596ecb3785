//! What leads and contacts say about the use of their data, over the wire.

use super::Topic;
use crate::errors::Fault;
use crate::here::Here;
use model::{ConsentState, ConsentWay, Kind, LawfulBasis};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use services::consents::{self, ConsentDraft};

/// The operations on consents.
pub(crate) struct Consents;

/// Why the data may be used: article 6(1) of the GDPR.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum Basis {
    Consent,
    Contract,
    LegalObligation,
    VitalInterests,
    PublicTask,
    LegitimateInterests,
}

/// What was said.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum Said {
    Given,
    Withdrawn,
}

/// How it was said.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum Way {
    WebForm,
    Email,
    Phone,
    InPerson,
    Paper,
    Import,
    Other,
}

/// Something that was said once about one purpose.
#[derive(Object)]
#[oai(rename = "Consent", skip_serializing_if_is_none)]
pub(crate) struct ConsentAnswer {
    id: String,
    /// The key of a value of the company's list `consent_purposes`.
    purpose: String,
    basis: Basis,
    state: Said,
    /// The day it was said.
    said_on: String,
    way: Way,
    /// What shows it.
    evidence: Option<String>,
    /// When it was written down.
    created_at: String,
    /// The user who wrote it down; absent for the system.
    created_by: Option<String>,
    /// Whether nothing newer was said about the purpose.
    counts: bool,
}

/// Everything that was said, the newest first.
#[derive(Object)]
pub(crate) struct ConsentList {
    items: Vec<ConsentAnswer>,
}

/// Something to be written down.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ConsentCreate {
    /// The key of a value of the company's list `consent_purposes`.
    purpose: String,
    basis: Basis,
    state: Said,
    /// An ISO day; absent: today.
    said_on: Option<String>,
    way: Way,
    /// What shows it: the text of the form, a link. Up to 1,000 characters.
    evidence: Option<String>,
}

/// It was written down.
#[derive(ApiResponse)]
pub(crate) enum ConsentKept {
    #[oai(status = 201)]
    Consent(Json<ConsentAnswer>),
}

#[OpenApi(tag = "Topic::Privacy")]
impl Consents {
    /// Read what a lead said about the use of their data
    #[oai(path = "/leads/:id/consents", method = "get", operation_id = "list_lead_consents")]
    async fn of_lead(&self, here: Here, id: Path<String>) -> Result<Json<ConsentList>, Fault> {
        list(&here, Kind::Lead, &id.0).await
    }

    /// Write down what a lead said about the use of their data
    ///
    /// Nothing that was written down changes: the newest counts.
    #[oai(path = "/leads/:id/consents", method = "post", operation_id = "add_lead_consent")]
    async fn add_to_lead(
        &self,
        here: Here,
        id: Path<String>,
        consent: Json<ConsentCreate>,
    ) -> Result<ConsentKept, Fault> {
        keep(&here, Kind::Lead, &id.0, consent.0).await
    }

    /// Read what a record said about the use of their data
    #[oai(path = "/:entity/:id/consents", method = "get", operation_id = "list_record_consents")]
    async fn of_record(
        &self,
        here: Here,
        entity: Path<String>,
        id: Path<String>,
    ) -> Result<Json<ConsentList>, Fault> {
        list(&here, services::records::kind_of(&entity.0)?, &id.0).await
    }

    /// Write down what a record said about the use of their data
    ///
    /// Nothing that was written down changes: the newest counts.
    #[oai(path = "/:entity/:id/consents", method = "post", operation_id = "add_record_consent")]
    async fn add_to_record(
        &self,
        here: Here,
        entity: Path<String>,
        id: Path<String>,
        consent: Json<ConsentCreate>,
    ) -> Result<ConsentKept, Fault> {
        keep(&here, services::records::kind_of(&entity.0)?, &id.0, consent.0).await
    }
}

async fn list(here: &Here, kind: Kind, id: &str) -> Result<Json<ConsentList>, Fault> {
    let id = here.id(id)?;
    let said = here.deed(move |app, ctx| consents::of(app, ctx, kind, id)).await?;
    let counting: Vec<_> = model::standing(&said).into_values().map(|consent| consent.meta.id).collect();
    let items = said.into_iter().map(|consent| {
        let counts = counting.contains(&consent.meta.id);
        answer(consent, counts)
    });
    Ok(Json(ConsentList { items: items.collect() }))
}

async fn keep(here: &Here, kind: Kind, id: &str, sent: ConsentCreate) -> Result<ConsentKept, Fault> {
    let id = here.id(id)?;
    let draft = ConsentDraft {
        purpose: sent.purpose,
        basis: LawfulBasis::from(sent.basis).as_str().to_owned(),
        state: ConsentState::from(sent.state).as_str().to_owned(),
        said_on: sent.said_on.unwrap_or_default(),
        way: ConsentWay::from(sent.way).as_str().to_owned(),
        evidence: sent.evidence.unwrap_or_default(),
    };
    let (consent, counts) = here
        .deed(move |app, ctx| {
            let consent = consents::state(app, ctx, kind, id, &draft)?;
            let said = consents::of(app, ctx, kind, id)?;
            let counts = model::standing(&said).values().any(|standing| standing.meta.id == consent.meta.id);
            Ok((consent, counts))
        })
        .await?;
    Ok(ConsentKept::Consent(Json(answer(consent, counts))))
}

fn answer(consent: model::Consent, counts: bool) -> ConsentAnswer {
    ConsentAnswer {
        id: consent.meta.id.to_string(),
        purpose: consent.purpose,
        basis: consent.basis.into(),
        state: consent.state.into(),
        said_on: consent.said_on.to_string(),
        way: consent.way.into(),
        evidence: consent.evidence,
        created_at: consent.meta.created_at.to_string(),
        created_by: consent.meta.created_by.user.map(|user| user.to_string()),
        counts,
    }
}

super::lead_wire::twins!(Basis = LawfulBasis: Consent Contract LegalObligation VitalInterests PublicTask LegitimateInterests);
super::lead_wire::twins!(Said = ConsentState: Given Withdrawn);
super::lead_wire::twins!(Way = ConsentWay: WebForm Email Phone InPerson Paper Import Other);
