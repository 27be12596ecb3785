//! The operations on imports: a file from upload to result, and back again.

use super::Topic;
use super::import_result_wire::{ImportBadRowList, ImportFindings, ImportRowList};
use super::import_wire::{ChangedSince, Import, ImportPlanChange, ImportPlanned, RowOutcome, SentPlan};
use super::leads::checked_key;
use super::versions::{Wanted, etag};
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::here::Here;
use model::uuid::Uuid;
use model::{ImportId, Kind};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Attachment, AttachmentType, Binary, Json};
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::imports::{self, Asked, Upload};
use services::{App, Ctx, Error};

/// The operations on imports.
pub(crate) struct Imports;

/// Imports, newest first; at most 200.
#[derive(Object)]
pub(crate) struct ImportList {
    items: Vec<Import>,
}

/// An import with its version.
#[derive(ApiResponse)]
pub(crate) enum ImportAnswer {
    #[oai(status = 200)]
    Import(Json<Import>, #[oai(header = "ETag")] String),
}

/// A new import, where it is and its version.
#[derive(ApiResponse)]
pub(crate) enum CreatedImport {
    #[oai(status = 201)]
    Import(Json<Import>, #[oai(header = "Location")] String, #[oai(header = "ETag")] String),
}

/// It is gone, with its file.
#[derive(ApiResponse)]
pub(crate) enum DeletedImport {
    #[oai(status = 204)]
    Deleted,
}

/// Which version is meant.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ImportVersion {
    /// Unless `If-Match` says it.
    version: Option<u64>,
}

/// How an import is taken back.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ImportUndo {
    /// The version that is taken back, unless `If-Match` says it.
    version: Option<u64>,
    /// `keep` where absent.
    changed_since: Option<ChangedSince>,
}

/// How a file is to be read, where what it looks like is not what it is.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ImportReading {
    /// Of the import, unless `If-Match` says it.
    version: Option<u64>,
    /// Of a CSV: a name of the Encoding Standard, such as `UTF-8` or `windows-1252`.
    encoding: Option<String>,
    /// Of a workbook: the name of a sheet.
    sheet: Option<String>,
    /// The number of the row with the headers, from 1; what stands above it is left out.
    header_row: Option<u32>,
}

/// A template to take the plan of.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ImportTemplateChoice {
    /// Of the import, unless `If-Match` says it.
    version: Option<u64>,
    /// The id of the template; absent: without any, as the file looks.
    template: Option<String>,
}

#[OpenApi(tag = "Topic::Imports")]
impl Imports {
    /// List imports
    ///
    /// Your own; administrators all. The newest first.
    #[oai(path = "/imports", method = "get", operation_id = "list_imports")]
    async fn list(&self, here: Here) -> Result<Json<ImportList>, Fault> {
        let found = here.deed(imports::list).await?;
        Ok(Json(ImportList { items: found.into_iter().map(Import::from).collect() }))
    }

    /// Upload a file
    ///
    /// The body is the file: CSV, XLSX, ODS or XLS, told by its content. Its columns are matched: by the import that it is
    /// like, by a template for files with the same headers, by the program it comes from, by headers and by contents.
    /// Nothing goes in yet: read the plan, set it, look at the dry run, start.
    ///
    /// Of several files, companies go first, then contacts, products and leads, then opportunities, and activities last:
    /// a row is linked to records that are there by their name, key or e-mail, contacts to companies, opportunities to
    /// companies and contacts, activities to all of them.
    #[oai(path = "/imports", method = "post", operation_id = "upload_import")]
    #[allow(clippy::too_many_arguments)] // One argument a query parameter is how the document is made.
    async fn upload(
        &self,
        here: Here,
        /// What its rows are: `lead`, `company`, `contact`, `product`, `opportunity`… Left out where `like` is there.
        entity: Query<Option<String>>,
        /// As the person who looks at it knows it.
        file_name: Query<String>,
        /// The id of another import: «again with the same mapping».
        like: Query<Option<String>>,
        /// Names this call; up to 100 characters. Kept for good.
        #[oai(name = "Idempotency-Key")]
        idempotency_key: Header<Option<String>>,
        file: Binary<Vec<u8>>,
    ) -> Result<CreatedImport, Fault> {
        let key = checked_key(idempotency_key.0)?;
        let kind = |code: String| code.parse::<Kind>().map_err(|()| Error::invalid("entity", "choice", code));
        let entity = entity.0.map(kind).transpose()?;
        let like = like.0.as_deref().map(|id| here.id::<ImportId>(id)).transpose()?;
        let taken = here.deed(move |app, ctx| {
            let (file_name, bytes) = (file_name.0.as_str(), file.0.as_slice());
            let sent = Upload { entity, file_name, bytes, like, idempotency_key: key.as_deref() };
            imports::take_in(app, ctx, &sent)
        });
        let import = taken.await?;
        let (location, tag) = (format!("{API_PREFIX}/imports/{}", import.id()), etag(import.meta.version));
        Ok(CreatedImport::Import(Json(import.into()), location, tag))
    }

    /// Read an import
    ///
    /// How far it is, too: `checked` and `imported` count on while it works.
    #[oai(path = "/imports/:id", method = "get", operation_id = "get_import")]
    async fn get(&self, here: Here, id: Path<String>) -> Result<ImportAnswer, Fault> {
        let id: ImportId = here.id(&id)?;
        here.deed(move |app, ctx| imports::get(app, ctx, id)).await.map(answer)
    }

    /// Delete an import that was never started
    ///
    /// With its file. One that was started can be taken back instead.
    #[oai(path = "/imports/:id", method = "delete", operation_id = "delete_import")]
    async fn delete(&self, here: Here, id: Path<String>) -> Result<DeletedImport, Fault> {
        let id: ImportId = here.id(&id)?;
        here.deed(move |app, ctx| imports::delete(app, ctx, id)).await?;
        Ok(DeletedImport::Deleted)
    }

    /// Read the plan of an import
    ///
    /// Its columns with sample values and where they go, how dates and numbers are written, what is given and mended.
    #[oai(path = "/imports/:id/plan", method = "get", operation_id = "get_import_plan")]
    async fn plan(&self, here: Here, id: Path<String>) -> Result<Json<ImportPlanned>, Fault> {
        let id: ImportId = here.id(&id)?;
        let planned = here.deed(move |app, ctx| {
            let (import, plan) = (imports::get(app, ctx, id)?, imports::plan(app, ctx, id)?);
            let (frame, (columns, read)) = (app.frame(), imports::columns(app, ctx, id)?);
            let fields = imports::targets(&frame, import.entity).into_iter().map(|field| field.key).collect();
            let match_fields = imports::match_keys(&frame, import.entity);
            Ok(ImportPlanned::of(plan, columns, read, fields, match_fields))
        });
        planned.await.map(Json)
    }

    /// Set the plan of an import
    ///
    /// Begins the dry run over every row: nothing is saved, and the import is `checked` at its end. Refused once the
    /// import was started.
    #[oai(path = "/imports/:id/plan", method = "put", operation_id = "set_import_plan")]
    async fn set_plan(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        plan: Json<ImportPlanChange>,
    ) -> Result<ImportAnswer, Fault> {
        let wanted = Wanted::of(if_match.0.as_deref(), plan.version)?;
        let plan = plan.0.parts().map_err(Error::Invalid)?;
        change(&here, &id, wanted, move |app, ctx, id, version| match plan {
            SentPlan::WithMended(plan) => imports::replace_plan(app, ctx, id, version, plan),
            SentPlan::WithoutMended(plan) => imports::set_plan(app, ctx, id, version, plan),
        })
        .await
    }

    /// Read the file anew
    ///
    /// With another encoding, sheet or row of headers; what is left out is as it looks. Where the columns are other ones, they
    /// are matched anew; what was chosen of the rows stays. Refused once the import was started.
    #[oai(path = "/imports/:id/reading", method = "post", operation_id = "read_import_anew")]
    async fn read_as(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<ImportReading>,
    ) -> Result<ImportAnswer, Fault> {
        let ImportReading { version, encoding, sheet, header_row } = sent.0;
        let wanted = Wanted::of(if_match.0.as_deref(), version)?;
        let asked = model::SheetAsked { encoding, sheet, header_row };
        change(&here, &id, wanted, move |app, ctx, id, version| {
            imports::read_as(app, ctx, id, version, asked).map(|(import, _)| import)
        })
        .await
    }

    /// Take the plan of a template
    ///
    /// Or none, where a template was taken because its files have the same headers. The dry run begins when the plan is set.
    #[oai(path = "/imports/:id/template", method = "post", operation_id = "use_import_template")]
    async fn use_template(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        choice: Json<ImportTemplateChoice>,
    ) -> Result<ImportAnswer, Fault> {
        let template = choice.template.as_deref().map(|id| here.id::<Uuid>(id)).transpose()?;
        let wanted = Wanted::of(if_match.0.as_deref(), choice.version)?;
        change(&here, &id, wanted, move |app, ctx, id, version| {
            imports::use_template(app, ctx, id, version, template)
        })
        .await
    }

    /// Read what the dry run found
    ///
    /// Which fields and values have problems, with what a value may have meant. How many rows are good is in the import.
    #[oai(path = "/imports/:id/findings", method = "get", operation_id = "get_import_findings")]
    async fn findings(&self, here: Here, id: Path<String>) -> Result<Json<ImportFindings>, Fault> {
        let id: ImportId = here.id(&id)?;
        let found = here.deed(move |app, ctx| {
            let import = imports::get(app, ctx, id)?;
            imports::findings(app, ctx, &import)
        });
        Ok(Json(found.await?.into()))
    }

    /// List the rows of an import that stay out
    ///
    /// After the dry run and after the run, each with all its problems.
    #[oai(path = "/imports/:id/problems", method = "get", operation_id = "list_import_problems")]
    async fn problems(
        &self,
        here: Here,
        id: Path<String>,
        /// The `next` of the page before.
        after: Query<Option<u64>>,
    ) -> Result<Json<ImportBadRowList>, Fault> {
        let id: ImportId = here.id(&id)?;
        let after = after.0.unwrap_or_default();
        let page = here.deed(move |app, ctx| imports::problem_page(app, ctx, id, after)).await?;
        Ok(Json(ImportBadRowList::of(here.facts.locale(), page)))
    }

    /// List the records of an import
    ///
    /// Those with one outcome, or those that were not taken back whole.
    #[oai(path = "/imports/:id/rows", method = "get", operation_id = "list_import_rows")]
    async fn rows(
        &self,
        here: Here,
        id: Path<String>,
        /// Absent: what was taken back only in part, or left alone.
        outcome: Query<Option<RowOutcome>>,
        cursor: Query<Option<String>>,
    ) -> Result<Json<ImportRowList>, Fault> {
        let id: ImportId = here.id(&id)?;
        let asked = outcome.0.map_or(Asked::NotTakenBack, |outcome| Asked::Outcome(outcome.into()));
        let page = here.deed(move |app, ctx| imports::rows_page(app, ctx, id, asked, cursor.0.as_deref()));
        Ok(Json(page.await?.into()))
    }

    /// Download the rows that stay out
    ///
    /// As they were, in the format of the file, with one more column that says why. No cell of a CSV runs as a formula.
    #[oai(path = "/imports/:id/failed-rows", method = "get", operation_id = "get_import_failed_rows")]
    async fn failed_rows(&self, here: Here, id: Path<String>) -> Result<Attachment<Vec<u8>>, Fault> {
        let id: ImportId = here.id(&id)?;
        let language = here.ctx.language;
        let file = here.deed(move |app, ctx| {
            let title = ui::imports::reason_title(language);
            imports::failed_rows(app, ctx, id, &title, &|problem| ui::imports::reason(language, problem))
        });
        let file = file.await?;
        Ok(Attachment::new(file.bytes).attachment_type(AttachmentType::Attachment).filename(file.name))
    }

    /// Start an import
    ///
    /// After the dry run. It goes on by itself, also after a restart. Starting what was started changes nothing.
    #[oai(path = "/imports/:id/start", method = "post", operation_id = "start_import")]
    async fn start(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<ImportVersion>,
    ) -> Result<ImportAnswer, Fault> {
        let wanted = Wanted::of(if_match.0.as_deref(), sent.version)?;
        change(&here, &id, wanted, imports::start).await
    }

    /// Pause an import
    ///
    /// What went in stays. Pausing what does not run is no error.
    #[oai(path = "/imports/:id/pause", method = "post", operation_id = "pause_import")]
    async fn pause(&self, here: Here, id: Path<String>) -> Result<ImportAnswer, Fault> {
        switch(&here, &id, imports::pause).await
    }

    /// Resume an import
    ///
    /// Where it stood. Resuming what is not paused is no error.
    #[oai(path = "/imports/:id/resume", method = "post", operation_id = "resume_import")]
    async fn resume(&self, here: Here, id: Path<String>) -> Result<ImportAnswer, Fault> {
        switch(&here, &id, imports::resume).await
    }

    /// Cancel an import
    ///
    /// What went in stays, and can be taken back. Cancelling what has ended is no error.
    #[oai(path = "/imports/:id/cancel", method = "post", operation_id = "cancel_import")]
    async fn cancel(&self, here: Here, id: Path<String>) -> Result<ImportAnswer, Fault> {
        switch(&here, &id, imports::cancel).await
    }

    /// Take an import back
    ///
    /// Once, after its end: what it made goes, what it changed is as before, field by field. The list of rows without an
    /// outcome tells what stayed and why.
    #[oai(path = "/imports/:id/undo", method = "post", operation_id = "undo_import")]
    async fn undo(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<ImportUndo>,
    ) -> Result<ImportAnswer, Fault> {
        let wanted = Wanted::of(if_match.0.as_deref(), sent.version)?;
        let since = sent.0.changed_since.map(model::ChangedSince::from).unwrap_or_default();
        change(&here, &id, wanted, move |app, ctx, id, version| imports::undo(app, ctx, id, version, since))
            .await
    }
}

/// A deed on a version of an import.
async fn change<F>(here: &Here, id: &str, wanted: Wanted, deed: F) -> Result<ImportAnswer, Fault>
where
    F: FnOnce(&App, &Ctx, ImportId, u64) -> Result<model::Import, Error> + Send + 'static,
{
    let id: ImportId = here.id(id)?;
    let done = here.deed(move |app, ctx| {
        let version = wanted.version(imports::get(app, ctx, id)?.meta.version);
        Ok(deed(app, ctx, id, version))
    });
    done.await?.map(answer).map_err(|error| wanted.fault(error))
}

/// A deed on an import as it stands.
async fn switch(
    here: &Here,
    id: &str,
    deed: fn(&App, &Ctx, ImportId) -> Result<model::Import, Error>,
) -> Result<ImportAnswer, Fault> {
    let id: ImportId = here.id(id)?;
    here.deed(move |app, ctx| deed(app, ctx, id)).await.map(answer)
}

fn answer(import: model::Import) -> ImportAnswer {
    let tag = etag(import.meta.version);
    ImportAnswer::Import(Json(import.into()), tag)
}
