//! Data protection for people: finding somebody, the file about them, erasing.

use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Activity, FieldErrors, Kind, LeadId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::audit::AuditField;
use services::privacy::{self, About, Collected};
use services::{App, Ctx, Error, settings, users};
use ui::audit::Words;
use ui::privacy::{self as views, ErasePage, ErasureRow, GoneRow, PATH, PersonPart, PersonRow, PrivacyPage};

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        page(Method::GET, PATH, "see settings and all leads", show),
        page(Method::GET, "/privacy/report", "export settings and all leads", report),
        page(Method::GET, "/privacy/report.pdf", "export settings and all leads", report_pdf),
        page(Method::GET, "/privacy/:id/erase", "delete settings and all leads", ask),
        page(Method::POST, "/privacy/:id/erase", "delete settings and all leads", erase),
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
        lead: erasure.lead.to_string(),
        at: erasure.meta.created_at,
        by: erasure.meta.created_by.user.and_then(|user| names.get(&user).cloned()).unwrap_or_default(),
        notes: u64::from(erasure.notes),
        files: u64::from(erasure.files),
        is_done: erasure.is_done,
    });
    let mut view = PrivacyPage { erasures: erasures.collect(), ..PrivacyPage::default() };
    let Some(q) = asked else { return Ok(view) };
    match privacy::find(app, ctx, &q) {
        Ok(found) => view.found = Some(found.into_iter().map(row_of).collect()),
        Err(Error::Invalid(errors)) => view.errors = errors,
        Err(error) => return Err(error),
    }
    if deleted && view.errors.is_empty() {
        let gone = privacy::find_deleted(app, ctx, &q)?.into_iter().map(|gone| GoneRow {
            id: gone.id.to_string(),
            title: gone.title,
            at: gone.at,
        });
        view.deleted = Some(gone.collect());
    }
    view.q = q;
    Ok(view)
}

fn row_of(about: About) -> PersonRow {
    PersonRow {
        id: about.lead.meta.id.to_string(),
        title: about.lead.title().to_owned(),
        created_at: about.lead.meta.created_at,
        notes: about.notes.len() as u64,
        file: about.import.map(|import| import.file_name),
    }
}

#[handler]
async fn report(here: Here) -> Result<Response, Fault> {
    let q = here.query("q").unwrap_or_default().to_owned();
    let file = here.deed(move |app, ctx| privacy::report(app, ctx, &q)).await?;
    Ok(super::imports::download(file))
}

#[handler]
async fn report_pdf(here: Here) -> Result<Response, Fault> {
    let q = here.query("q").unwrap_or_default().trim().to_owned();
    let shell = here.shell();
    let file = here
        .deed(move |app, ctx| {
            let gathered = privacy::collect(app, ctx, &q)?;
            let (frame, zone) = (app.frame(), settings::get(app, ctx)?.zone());
            let words = Words { language: ctx.language, zone: &zone, frame: &frame, names: &gathered.names };
            let parts = gathered.leads.iter().map(|lead| part_of(&words, lead)).collect();
            privacy::report_pdf(app, ctx, &views::paper(&shell, &q, parts).into_data())
        })
        .await?;
    Ok(super::imports::download(file))
}

fn part_of(words: &Words<'_>, of: &Collected) -> PersonPart {
    let fact = |field: &AuditField| {
        let (name, part) = (field.name.as_str(), field.part.as_deref());
        (words.field(Kind::Lead, name, part), words.whole_value(Kind::Lead, name, part, &field.after))
    };
    let note = |note: &Activity| (note.meta.created_at, note.text.clone());
    PersonPart {
        title: of.about.lead.title().to_owned(),
        facts: of.fields.iter().map(fact).collect(),
        notes: of.about.notes.iter().map(note).collect(),
        import: of.about.import.as_ref().map(|import| (import.file_name.clone(), import.meta.created_at)),
        changes: of.changes.iter().map(|entry| super::audit::whole_entry_of(words, entry)).collect(),
    }
}

#[handler]
async fn ask(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let view =
        here.deed(move |app, ctx| erase_page(app, ctx, id, String::new(), FieldErrors::default())).await?;
    Ok(here.page(views::erase_page(&here.shell(), &view)))
}

fn erase_page(
    app: &App,
    ctx: &Ctx,
    id: LeadId,
    typed: String,
    errors: FieldErrors,
) -> Result<ErasePage, Error> {
    let about = privacy::about_to_erase(app, ctx, id)?;
    Ok(ErasePage {
        id: id.to_string(),
        version: about.lead.meta.version,
        title: about.lead.title().to_owned(),
        notes: about.notes.len() as u64,
        file: about.import.map(|import| import.file_name),
        typed,
        errors,
    })
}

#[handler]
async fn erase(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let (typed, version) = (value_of(&fields, "typed").to_owned(), version_of(&fields));
    let given = typed.clone();
    match here.try_deed(move |app, ctx| privacy::erase(app, ctx, id, version, &given)).await? {
        Ok(_) => Ok(here.go_with_notice(PATH, "erased")),
        Err(Error::Invalid(errors)) => {
            let view = here.deed(move |app, ctx| erase_page(app, ctx, id, typed, errors)).await?;
            Ok(here.unprocessable(views::erase_page(&here.shell(), &view)))
        }
        // Somebody changed it in the meantime: look again before it goes.
        Err(Error::Conflict(_)) => Ok(here.go(&format!("{PATH}/{id}/erase"))),
        Err(error) => Err(error.into()),
    }
}
