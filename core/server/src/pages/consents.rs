//! What leads and contacts say about the use of their data, on their pages.

use super::fields::value_of;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{AnyRecord, Consent, Kind, standing};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::consents::{self, ConsentDraft};
use services::{App, Ctx, Error, reports, settings};
use ui::consents::{ConsentForm, ConsentLine, ConsentPanel};

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let change = "change this record";
    vec![
        page(Method::POST, "/leads/:id/consents", change, of_lead),
        page(Method::POST, "/contacts/:id/consents", change, of_contact),
    ]
}

#[handler]
async fn of_lead(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    match keep(&here, Kind::Lead, &id, &fields).await? {
        Kept::Done(response) => Ok(response),
        Kept::Refused(id, errors) => super::leads::show_again(&here, id, form_of(&fields), errors).await,
    }
}

#[handler]
async fn of_contact(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    match keep(&here, Kind::Contact, &id, &fields).await? {
        Kept::Done(response) => Ok(response),
        Kept::Refused(id, errors) => super::records::show_again(&here, id, form_of(&fields), errors).await,
    }
}

enum Kept {
    Done(Response),
    Refused(Uuid, model::FieldErrors),
}

async fn keep(here: &Here, kind: Kind, id: &str, fields: &Fields) -> Result<Kept, Fault> {
    let id = here.id::<Uuid>(id)?;
    let draft = draft_of(fields);
    match here.try_deed(move |app, ctx| consents::state(app, ctx, kind, id, &draft)).await? {
        Ok(_) => {
            let path = format!("{}/{id}", model::path_of(kind).unwrap_or_default());
            Ok(Kept::Done(here.go_with_notice(&path, "consent-kept")))
        }
        Err(Error::Invalid(errors)) => Ok(Kept::Refused(id, errors)),
        Err(error) => Err(error.into()),
    }
}

fn draft_of(fields: &Fields) -> ConsentDraft {
    let value = |name: &str| value_of(fields, name).to_owned();
    ConsentDraft {
        purpose: value("purpose"),
        basis: value("basis"),
        state: value("state"),
        said_on: value("said_on"),
        way: value("way"),
        evidence: value("evidence"),
    }
}

fn form_of(fields: &Fields) -> ConsentForm {
    let ConsentDraft { purpose, basis, state, said_on, way, evidence } = draft_of(fields);
    ConsentForm { purpose, basis, state, said_on, way, evidence }
}

/// The panel of a page whose reader may see the record.
pub(super) fn panel(app: &App, ctx: &Ctx, record: &dyn AnyRecord) -> Result<ConsentPanel, Error> {
    let (kind, id) = (record.entity(), record.about().id);
    let today = reports::today(ctx, &settings::get(app, ctx)?);
    Ok(ConsentPanel {
        path: format!("{}/{id}", model::path_of(kind).unwrap_or_default()),
        lines: lines(consents::of(app, ctx, kind, id)?),
        may_state: consents::may_state(ctx, record),
        form: ConsentForm::blank(today),
        is_open: false,
    })
}

fn lines(said: Vec<Consent>) -> Vec<ConsentLine> {
    let counting: Vec<Uuid> = standing(&said).into_values().map(|consent| consent.meta.id).collect();
    said.into_iter()
        .map(|consent| ConsentLine {
            counts: counting.contains(&consent.meta.id),
            purpose: consent.purpose,
            basis: consent.basis,
            state: consent.state,
            said_on: consent.said_on,
            way: consent.way,
            evidence: consent.evidence,
        })
        .collect()
}
