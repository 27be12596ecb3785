//! Data protection for people: finding somebody, the file about them, erasing.

use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::{Here, stream};
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{
    Activity, Consent, Document, Entity, FieldErrors, FieldValue, FormSubmission, Kind, Opportunity, Quote,
    lists,
};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::audit::AuditField;
use services::evidence::ZIP_TYPE;
use services::privacy::{self, About, Collected, Subject};
use services::{App, Ctx, Error, settings, users};
use ui::audit::Words;
use ui::consents;
use ui::privacy::{
    self as views, ErasePage, ErasureRow, GoneRow, PATH, PersonPart, PersonRow, PrivacyPage, QuoteRow,
    UnconfirmedRow,
};

pub(crate) fn entries() -> Vec<Entry> {
    let delete = "delete settings and all leads, contacts and companies";
    vec![
        page(Method::GET, PATH, "see settings and all leads, contacts and companies", show),
        page(Method::GET, "/privacy/report", "export settings and all leads, contacts and companies", report),
        page(
            Method::GET,
            "/privacy/report.pdf",
            "export settings and all leads, contacts and companies",
            report_pdf,
        ),
        page(
            Method::GET,
            "/privacy/report.zip",
            "export settings and all leads, contacts and companies",
            report_zip,
        ),
        page(Method::POST, "/privacy/unconfirmed/:id/forget", delete, forget),
        page(Method::GET, "/privacy/:entity/:id/erase", delete, ask),
        page(Method::POST, "/privacy/:entity/:id/erase", delete, erase),
    ]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let asked = here.query("q").map(str::to_owned);
    let deleted = here.query("deleted").is_some();
    let view = here.deed(move |app, ctx| privacy_page(app, ctx, asked, deleted)).await?;
    let markup = views::page(&here.shell(), &view);
    Ok(if view.errors.is_empty() { here.page(markup) } else { here.unprocessable(markup) })
}

fn privacy_page(app: &App, ctx: &Ctx, asked: Option<String>, deleted: bool) -> Result<PrivacyPage, Error> {
    let erasures = privacy::erasures(app, ctx)?;
    let names = users::names(app, ctx)?;
    let erasures = erasures.into_iter().map(|erasure| ErasureRow {
        kind: erasure.kind,
        record: erasure.record.to_string(),
        at: erasure.meta.created_at,
        by: erasure.meta.created_by.user.and_then(|user| names.get(&user).cloned()).unwrap_or_default(),
        notes: u64::from(erasure.notes),
        files: u64::from(erasure.files),
        is_done: erasure.is_done,
    });
    let mut view = PrivacyPage { erasures: erasures.collect(), ..PrivacyPage::default() };
    let Some(q) = asked else { return Ok(view) };
    match privacy::find(app, ctx, &q) {
        Ok(found) => {
            view.found = Some(found.into_iter().map(row_of).collect());
            let unconfirmed = privacy::find_unconfirmed(app, ctx, &q)?;
            view.unconfirmed = unconfirmed.into_iter().map(unconfirmed_of).collect();
            view.quotes = privacy::find_quotes(app, ctx, &q)?.into_iter().map(quote_row).collect();
            view.questions = privacy::find_questions(app, ctx, &q)?.into_iter().map(question_row).collect();
        }
        Err(Error::Invalid(errors)) => view.errors = errors,
        Err(error) => return Err(error),
    }
    if deleted && view.errors.is_empty() {
        let gone = privacy::find_deleted(app, ctx, &q)?.into_iter().map(|gone| GoneRow {
            kind: gone.kind,
            id: gone.id.to_string(),
            title: gone.title,
            at: gone.at,
        });
        view.deleted = Some(gone.collect());
    }
    view.is_name = privacy::is_name(app, ctx, &q);
    view.q = q;
    Ok(view)
}

fn row_of(about: About) -> PersonRow {
    let record = about.subject.record();
    let text = |key: &&str| match record.built_in(key) {
        FieldValue::Text(text) if *key == "phone" => Some(model::display_phone(&text)),
        FieldValue::Text(text) => Some(text),
        _ => None,
    };
    PersonRow {
        kind: about.subject.kind(),
        id: about.subject.id().to_string(),
        title: about.subject.title(),
        below: ["email", "phone", "town"].iter().filter_map(text).collect(),
        created_at: record.about().created_at,
        notes: about.notes.len() as u64,
        file: about.import.map(|import| import.file_name),
    }
}

fn quote_row(quote: Quote) -> QuoteRow {
    let state = &quote.state;
    let signed = state.acceptance.iter().map(|acceptance| acceptance.name.clone());
    QuoteRow {
        id: quote.meta.id.to_string(),
        title: quote.title(),
        below: signed.chain(state.sent_to.iter().chain(&state.copies).cloned()).collect(),
    }
}

fn question_row(question: Activity) -> QuoteRow {
    QuoteRow {
        id: question.meta.id.to_string(),
        title: question.title(),
        below: question.text.into_iter().collect(),
    }
}

fn unconfirmed_of(sent: FormSubmission) -> UnconfirmedRow {
    let said = ["name", "company", "email"].map(|field| sent.text(field).trim().to_owned());
    UnconfirmedRow {
        id: sent.meta.id.to_string(),
        title: said.iter().find(|text| !text.is_empty()).cloned().unwrap_or_default(),
        email: sent.text("email").trim().to_owned(),
        form: sent.form.clone(),
        at: sent.meta.created_at,
    }
}

#[handler]
async fn forget(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id(&id)?;
    here.deed(move |app, ctx| privacy::forget_unconfirmed(app, ctx, id)).await?;
    Ok(here.go_with_notice(PATH, "unconfirmed-forgotten"))
}

/// One record alone, where the address says so.
fn only(here: &Here) -> Option<Uuid> {
    here.query("only").and_then(|id| id.parse().ok())
}

#[handler]
async fn report(here: Here) -> Result<Response, Fault> {
    let q = here.query("q").unwrap_or_default().to_owned();
    let only = only(&here);
    let file = here.deed(move |app, ctx| privacy::report_of(app, ctx, &q, only)).await?;
    Ok(super::imports::download(file))
}

#[handler]
async fn report_zip(here: Here) -> Result<Response, Fault> {
    let q = here.query("q").unwrap_or_default().to_owned();
    let only = only(&here);
    let pack = here.deed(move |app, ctx| privacy::report_zip(app, ctx, &q, only)).await?;
    Ok(super::imports::attachment(&pack.name, ZIP_TYPE, stream(pack.file)))
}

#[handler]
async fn report_pdf(here: Here) -> Result<Response, Fault> {
    let q = here.query("q").unwrap_or_default().trim().to_owned();
    let (shell, only) = (here.shell(), only(&here));
    let file = here
        .deed(move |app, ctx| {
            let gathered = privacy::collect(app, ctx, &q, only)?;
            let (frame, zone) = (app.frame(), settings::get(app, ctx)?.zone());
            let words = Words { language: ctx.language, zone: &zone, frame: &frame, names: &gathered.names };
            let parts = gathered.records.iter().map(|record| part_of(&words, record)).collect();
            privacy::report_pdf(app, ctx, &views::paper(&shell, &q, parts).into_data())
        })
        .await?;
    Ok(super::imports::download(file))
}

fn part_of(words: &Words<'_>, of: &Collected) -> PersonPart {
    let kind = of.about.subject.kind();
    let fact = |field: &AuditField| {
        let (name, part) = (field.name.as_str(), field.part.as_deref());
        (words.field(kind, name, part), words.whole_value(kind, name, part, &field.after))
    };
    let note = |note: &Activity| {
        let texts = [&note.subject, &note.text, &note.outcome];
        (note.meta.created_at, texts.into_iter().flatten().cloned().collect::<Vec<_>>().join("\n"))
    };
    PersonPart {
        title: of.about.subject.title(),
        facts: of.fields.iter().map(fact).collect(),
        notes: of.about.notes.iter().map(note).collect(),
        consents: of.about.consents.iter().map(|consent| said(words, consent)).collect(),
        opportunities: of.about.opportunities.iter().map(|deal| deal_of(words, deal)).collect(),
        quotes: of.about.quotes.iter().map(|quote| quote_of(words, quote)).collect(),
        documents: of.about.documents.iter().map(document_of).collect(),
        import: of.about.import.as_ref().map(|import| (import.file_name.clone(), import.meta.created_at)),
        changes: of.changes.iter().map(|entry| super::audit::whole_entry_of(words, entry)).collect(),
    }
}

/// The purpose, and what was said about it.
fn said(words: &Words<'_>, consent: &Consent) -> (String, String) {
    let l = words.language;
    let purpose = words.choice(lists::CONSENT_PURPOSES, &consent.purpose);
    let mut said = vec![
        consents::state_name(l, consent.state),
        consents::basis_name(l, consent.basis),
        consents::way_name(l, consent.way),
        ui::format::date_short(consent.said_on),
    ];
    said.extend(consent.evidence.clone());
    (purpose, said.join(" · "))
}

fn deal_of(words: &Words<'_>, deal: &Opportunity) -> (String, String) {
    let stage = deal.stage.as_deref().map(|code| ui::records::stage_label(words.frame, words.language, code));
    let amount = deal.amount.map(|amount| ui::format::money(words.language, amount));
    let said: Vec<String> = [stage, amount, deal.description.clone()].into_iter().flatten().collect();
    (deal.name.clone().unwrap_or_default(), said.join(" · "))
}

/// What it is called, and what was written to them and answered.
fn quote_of(words: &Words<'_>, quote: &Quote) -> (String, String) {
    let l = words.language;
    let state = &quote.state;
    let amount = quote.total.map(|total| ui::format::money(l, total));
    let letter = state.sent_to.iter().chain(&state.copies).chain(&state.message);
    let mut said = vec![ui::records::code_name(l, Kind::Quote, "status", quote.status())];
    said.extend(amount);
    said.extend(letter.chain(&quote.answer).cloned());
    said.extend(state.acceptance.as_ref().map(|acceptance| acceptance.name.clone()));
    (quote.title(), said.join(" · "))
}

/// What it is called, and its file or address.
fn document_of(document: &Document) -> (String, String) {
    let said = document.file_name.iter().chain(&document.url).chain(&document.change_note);
    (document.title(), said.cloned().collect::<Vec<_>>().join(" · "))
}

/// Whom the address is about: also the addressee of a quote, or who asked about it.
fn subject_of(here: &Here, entity: &str, id: &str) -> Result<(Kind, Uuid), Fault> {
    let path = format!("/{entity}");
    let kind = Subject::KINDS
        .into_iter()
        .chain([Kind::Quote, Kind::Activity])
        .find(|kind| model::path_of(*kind) == Some(path.as_str()));
    Ok((kind.ok_or_else(Fault::not_found)?, here.id(id)?))
}

#[handler]
async fn ask(here: Here, Path((entity, id)): Path<(String, String)>) -> Result<Response, Fault> {
    let (kind, id) = subject_of(&here, &entity, &id)?;
    let view = here
        .deed(move |app, ctx| erase_page(app, ctx, (kind, id), String::new(), FieldErrors::default()))
        .await?;
    Ok(here.page(views::erase_page(&here.shell(), &view)))
}

fn erase_page(
    app: &App,
    ctx: &Ctx,
    (kind, id): (Kind, Uuid),
    typed: String,
    errors: FieldErrors,
) -> Result<ErasePage, Error> {
    let alone = match kind {
        Kind::Quote => {
            let quote = privacy::about_to_forget(app, ctx, id)?;
            Some((quote.meta.version, quote.title(), 1))
        }
        Kind::Activity => {
            let question = privacy::about_to_forget_question(app, ctx, id)?;
            Some((question.meta.version, question.title(), 0))
        }
        _ => None,
    };
    if let Some((version, title, quotes)) = alone {
        let id = id.to_string();
        let (notes, opportunities, documents, file) = (0, 0, 0, None);
        return Ok(ErasePage {
            kind,
            id,
            version,
            title,
            notes,
            opportunities,
            quotes,
            documents,
            file,
            typed,
            errors,
        });
    }
    let about = privacy::about_to_erase(app, ctx, kind, id)?;
    Ok(ErasePage {
        kind,
        id: id.to_string(),
        version: about.subject.version(),
        title: about.subject.title(),
        notes: about.notes.len() as u64,
        opportunities: about.opportunities.len() as u64,
        quotes: about.quotes.len() as u64,
        documents: about.documents.len() as u64,
        file: about.import.map(|import| import.file_name),
        typed,
        errors,
    })
}

#[handler]
async fn erase(
    here: Here,
    Path((entity, id)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (kind, id) = subject_of(&here, &entity, &id)?;
    let (typed, version) = (value_of(&fields, "typed").to_owned(), version_of(&fields));
    let given = typed.clone();
    let deed = move |app: &App, ctx: &Ctx| match kind {
        Kind::Quote => privacy::forget_in_quote(app, ctx, id, version, &given),
        Kind::Activity => privacy::forget_question(app, ctx, id, version, &given),
        kind => privacy::erase(app, ctx, kind, id, version, &given),
    };
    match here.try_deed(deed).await? {
        Ok(_) => Ok(here.go_with_notice(PATH, "erased")),
        Err(Error::Invalid(errors)) => {
            let view = here.deed(move |app, ctx| erase_page(app, ctx, (kind, id), typed, errors)).await?;
            Ok(here.unprocessable(views::erase_page(&here.shell(), &view)))
        }
        // Somebody changed it in the meantime: look again before it goes.
        Err(Error::Conflict(_)) => Ok(here.go(&format!("{PATH}/{entity}/{id}/erase"))),
        Err(error) => Err(error.into()),
    }
}
