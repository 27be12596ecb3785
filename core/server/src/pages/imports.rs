//! Imports for people: the list, the upload, and one page that goes with an import from file to result.

use super::fields::version_of;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{FieldErrors, Import, ImportId, ImportState, ImportTarget};
use poem::http::Method;
use poem::web::{Form, Multipart, Path};
use poem::{Response, handler};
use services::imports::{self, COLUMNS_MAX, File, ROWS_MAX};
use services::{App, Ctx, Error, users};
use ui::imports::{ImportColumn, ImportLine, ImportPage, ListPage, SheetView, UploadPage};

pub(crate) fn entries() -> Vec<Entry> {
    let own = "own imports; administrators all";
    vec![
        page(Method::GET, "/imports", own, list),
        page(Method::POST, "/imports", "create leads and imports", upload).upload(),
        page(Method::GET, "/imports/new", "create leads and imports", new),
        page(Method::GET, "/imports/:id", own, show),
        page(Method::GET, "/imports/:id/progress", own, progress),
        page(Method::GET, "/imports/:id/failed-rows", own, failed_rows),
        page(Method::POST, "/imports/:id/mapping", own, set_mapping),
        page(Method::POST, "/imports/:id/start", own, start),
        page(Method::POST, "/imports/:id/cancel", own, cancel),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let view = here.deed(list_page).await?;
    Ok(here.page(ui::imports::list_page(&here.shell(), &view)))
}

fn list_page(app: &App, ctx: &Ctx) -> Result<ListPage, Error> {
    let names = users::names(app, ctx)?;
    let line = |import: Import| ImportLine {
        id: import.meta.id.to_string(),
        rows: import.sheet.rows,
        counts: if import.started_at.is_some() { import.imported } else { import.checked },
        owner: names.get(&import.owner).cloned(),
        created_at: import.meta.created_at,
        state: import.state,
        file_name: import.file_name,
    };
    Ok(ListPage { lines: imports::list(app, ctx)?.into_iter().map(line).collect() })
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    Ok(here.page(ui::imports::upload_page(&here.shell(), &upload_page(&here, FieldErrors::default()))))
}

fn upload_page(here: &Here, errors: FieldErrors) -> UploadPage {
    UploadPage {
        errors,
        file_bytes_max: here.config().upload_bytes(),
        rows_max: ROWS_MAX as u64,
        columns_max: COLUMNS_MAX as u64,
    }
}

#[handler]
async fn upload(here: Here, mut form: Multipart) -> Result<Response, Fault> {
    let (name, bytes) = file_of(&mut form).await?;
    let taken = if name.is_empty() {
        Err(Error::invalid("file", "file-missing", ""))
    } else {
        here.try_deed(move |app, ctx| imports::upload(app, ctx, &name, &bytes)).await?
    };
    match taken {
        Ok(import) => Ok(here.go(&format!("/imports/{}", import.meta.id))),
        Err(Error::Invalid(errors)) => {
            let view = upload_page(&here, errors);
            Ok(here.unprocessable(ui::imports::upload_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The field `file`: its name and its bytes. The body is limited by the route.
async fn file_of(form: &mut Multipart) -> Result<(String, Vec<u8>), Fault> {
    let broken = |error: poem::error::ParseMultipartError| Fault::bad_request(error.to_string());
    while let Some(field) = form.next_field().await.map_err(broken)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| Fault::bad_request(error.to_string()))?;
            return Ok((name, bytes));
        }
    }
    Ok((String::new(), Vec::new()))
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let wants_columns = here.query("step") == Some("columns");
    let view = here.deed(move |app, ctx| import_page(app, ctx, id, wants_columns)).await?;
    Ok(here.page(ui::imports::page(&here.shell(), &view)))
}

#[handler]
async fn progress(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let view = here.deed(move |app, ctx| import_page(app, ctx, id, false)).await?;
    Ok(here.page(ui::imports::progress(&here.shell(), &view)))
}

fn import_page(app: &App, ctx: &Ctx, id: ImportId, wants_columns: bool) -> Result<ImportPage, Error> {
    let import = imports::get(app, ctx, id)?;
    let shows_columns =
        import.state == ImportState::Uploaded || (wants_columns && import.state == ImportState::Checked);
    let columns = if shows_columns { imports::columns(app, ctx, id)? } else { Vec::new() };
    let problem_rows =
        if import.state.is_working() { Vec::new() } else { imports::problem_rows(app, ctx, id)? };
    Ok(ImportPage {
        id: id.to_string(),
        version: import.meta.version,
        sheet: SheetView {
            format: import.sheet.format,
            encoding: import.sheet.encoding,
            separator: import.sheet.separator,
            rows: import.sheet.rows,
            bytes: import.file_bytes,
        },
        file_name: import.file_name,
        state: import.state,
        shows_columns,
        columns: columns.into_iter().map(column).collect(),
        checked: import.checked,
        imported: import.imported,
        problem_rows,
        failure: import.failure,
        errors: FieldErrors::default(),
    })
}

fn column(column: imports::Column) -> ImportColumn {
    ImportColumn { header: column.header, samples: column.samples, target: column.target }
}

#[handler]
async fn set_mapping(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let (version, mapping) = (version_of(&fields), mapping_of(&fields));
    let chosen = mapping.clone();
    match here.try_deed(move |app, ctx| imports::set_mapping(app, ctx, id, version, chosen)).await? {
        Ok(_) | Err(Error::Conflict(_)) => Ok(here.go(&format!("/imports/{id}"))),
        Err(Error::Invalid(errors)) => {
            let mut view = here.deed(move |app, ctx| import_page(app, ctx, id, true)).await?;
            view.shows_columns = true;
            for (column, target) in view.columns.iter_mut().zip(mapping) {
                column.target = target;
            }
            view.errors = errors;
            Ok(here.unprocessable(ui::imports::page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// `column-0` to `column-n`, as many as were sent.
fn mapping_of(fields: &[(String, String)]) -> Vec<Option<ImportTarget>> {
    let numbered: std::collections::BTreeMap<usize, &str> = fields
        .iter()
        .filter_map(|(name, value)| {
            let number = name.strip_prefix("column-")?.parse::<usize>().ok()?;
            (number < COLUMNS_MAX).then_some((number, value.as_str()))
        })
        .collect();
    let count = numbered.keys().next_back().map_or(0, |last| last + 1);
    (0..count).map(|number| numbered.get(&number).and_then(|code| ImportTarget::from_code(code))).collect()
}

#[handler]
async fn start(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let version = version_of(&fields);
    match here.try_deed(move |app, ctx| imports::start(app, ctx, id, version)).await? {
        Ok(_) => Ok(here.go_with_notice(&format!("/imports/{id}"), "import-started")),
        // Started twice, or changed in another tab: the page shows how it stands.
        Err(Error::Conflict(_)) => Ok(here.go(&format!("/imports/{id}"))),
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn cancel(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    here.deed(move |app, ctx| imports::cancel(app, ctx, id)).await?;
    // The page says itself how far it came.
    Ok(here.go(&format!("/imports/{id}")))
}

#[handler]
async fn failed_rows(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let language = here.ctx.language;
    let title = ui::imports::reason_title(language);
    let file = here
        .deed(move |app, ctx| {
            imports::failed_rows(app, ctx, id, &title, &|problem| ui::problems::named(language, problem))
        })
        .await?;
    Ok(download(file))
}

/// A file to keep. Its name may hold anything a person typed (RFC 6266, RFC 8187).
pub(super) fn download(file: File) -> Response {
    let plain: String = file
        .name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || ".-_".contains(letter) { letter } else { '_' })
        .collect();
    let encoded = ui::address::escaped(&file.name);
    Response::builder()
        .content_type(file.content_type)
        .header(
            "content-disposition",
            format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"),
        )
        .body(file.bytes)
}
