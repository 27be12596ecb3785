//! Imports for people: the list, the upload, and one page that goes with an import from file to result.

use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{
    Action, ChangedSince, DateOrder, FieldErrors, GivenValue, Import, ImportId, ImportMode, ImportPlan,
    ImportState, Kind, NumberForm, OnDouble, PlannedColumn, RowOutcome,
};
use poem::http::Method;
use poem::web::{Form, Multipart, Path};
use poem::{Body, Response, handler};
use services::imports::{self, Asked, COLUMNS_MAX, File, GIVEN_MAX, ROWS_MAX};
use services::{App, Ctx, Error, permissions, users};
use std::collections::BTreeMap;
use ui::imports::{
    FileKept, ImportColumn, ImportField, ImportLine, ImportPage, ImportWay, LikeView, ListPage, OutOfReach,
    OutcomeRow, ReadView, SheetView, TemplateView, UploadPage,
};

mod findings;
mod given;
mod mending;
mod previews;
mod read_again;
mod templates;

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let own = "own imports; administrators all";
    let create = "create imports, and create or change such records";
    vec![
        page(Method::GET, "/imports", own, list),
        page(Method::POST, "/imports", create, upload).upload(),
        page(Method::GET, "/imports/new", create, new),
        page(
            Method::POST,
            "/imports/templates/:id/delete",
            "own templates; administrators all",
            templates::delete,
        ),
        page(Method::GET, "/imports/:id", own, show),
        page(Method::GET, "/imports/:id/progress", own, progress),
        page(Method::GET, "/imports/:id/failed-rows", own, failed_rows),
        page(Method::GET, "/imports/:id/given", own, given::value),
        page(Method::POST, "/imports/:id/mapping", own, set_plan),
        page(Method::POST, "/imports/:id/reading", own, read_again::read_again),
        page(Method::POST, "/imports/:id/values", own, mending::mend),
        page(Method::POST, "/imports/:id/template", own, templates::apply),
        page(Method::POST, "/imports/:id/save-template", own, templates::save),
        page(Method::POST, "/imports/:id/start", own, start),
        page(Method::POST, "/imports/:id/pause", own, pause),
        page(Method::POST, "/imports/:id/resume", own, resume),
        page(Method::POST, "/imports/:id/cancel", own, cancel),
        page(Method::POST, "/imports/:id/delete", own, delete),
        page(Method::POST, "/imports/:id/undo", own, undo),
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
        undo: import.undo,
        can_delete: import.can_be_deleted(),
        entity: import.entity,
        state: import.state,
        file_name: import.file_name,
    };
    Ok(ListPage { lines: imports::list(app, ctx)?.into_iter().map(line).collect() })
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    let entity = here.query("entity").and_then(|code| code.parse::<Kind>().ok());
    let like = here.query("like").map(str::to_owned);
    let view = upload_page(&here, FieldErrors::default(), entity, like).await?;
    Ok(here.page(ui::imports::upload_page(&here.shell(), &view)))
}

async fn upload_page(
    here: &Here,
    errors: FieldErrors,
    entity: Option<Kind>,
    like: Option<String>,
) -> Result<UploadPage, Fault> {
    let like = match like.filter(|id| !id.is_empty()) {
        Some(id) => {
            let id = here.id::<ImportId>(&id)?;
            let former = here.deed(move |app, ctx| imports::get(app, ctx, id)).await?;
            Some(LikeView { id: id.to_string(), file_name: former.file_name })
        }
        None => None,
    };
    let may = |entity: &Kind| {
        [Action::Create, Action::Change].iter().any(|action| permissions::may(&here.ctx, *entity, *action))
    };
    Ok(UploadPage {
        errors,
        entities: imports::ENTITIES.into_iter().filter(may).collect(),
        entity,
        like,
        file_bytes_max: here.config().upload_bytes(),
        rows_max: ROWS_MAX as u64,
        columns_max: COLUMNS_MAX as u64,
    })
}

/// What an upload brings.
#[derive(Default)]
struct Sent {
    entity: String,
    like: String,
    name: String,
    bytes: Vec<u8>,
}

#[handler]
async fn upload(here: Here, mut form: Multipart) -> Result<Response, Fault> {
    let sent = sent(&mut form).await?;
    // Without a choice it is leads, as it always was.
    let entity = if sent.entity.is_empty() { Ok(Kind::Lead) } else { sent.entity.parse::<Kind>() };
    let chosen = entity.ok();
    let like = if sent.like.is_empty() { None } else { Some(here.id::<ImportId>(&sent.like)?) };
    let taken = match entity {
        _ if sent.name.is_empty() => Err(Error::invalid("file", "file-missing", "")),
        Err(()) => Err(Error::invalid("entity", "choice", sent.entity)),
        Ok(entity) => {
            let (name, bytes) = (sent.name, sent.bytes);
            let deed = move |app: &App, ctx: &Ctx| match like {
                Some(like) => imports::upload_like(app, ctx, like, &name, &bytes),
                None => imports::upload(app, ctx, entity, &name, &bytes),
            };
            here.try_deed(deed).await?
        }
    };
    match taken {
        Ok(import) => Ok(here.go(&format!("/imports/{}", import.meta.id))),
        Err(Error::Invalid(errors)) => {
            let view = upload_page(&here, errors, chosen, Some(sent.like)).await?;
            Ok(here.unprocessable(ui::imports::upload_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The fields of the form; the body is limited by the route.
async fn sent(form: &mut Multipart) -> Result<Sent, Fault> {
    let broken = |error: poem::error::ParseMultipartError| Fault::bad_request(error.to_string());
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name().unwrap_or_default() {
            "file" => {
                sent.name = field.file_name().unwrap_or_default().to_owned();
                sent.bytes = field.bytes().await.map_err(|error| Fault::bad_request(error.to_string()))?;
            }
            "entity" => sent.entity = field.text().await.map_err(broken)?,
            "like" => sent.like = field.text().await.map_err(broken)?,
            _ => {}
        }
    }
    Ok(sent)
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let wants_columns = here.query("step") == Some("columns");
    let tab = here.query("tab").unwrap_or_default().to_owned();
    let view = here.deed(move |app, ctx| import_page(app, ctx, id, wants_columns, &tab)).await?;
    Ok(here.page(ui::imports::page(&here.shell(), &view)))
}

#[handler]
async fn progress(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let view = here.deed(move |app, ctx| import_view(app, ctx, id)).await?;
    Ok(here.page(ui::imports::progress(&here.shell(), &view)))
}

/// How an import stands, without what only its page shows.
fn import_view(app: &App, ctx: &Ctx, id: ImportId) -> Result<ImportPage, Error> {
    let import = imports::get(app, ctx, id)?;
    Ok(ImportPage {
        id: id.to_string(),
        version: import.meta.version,
        entity: import.entity,
        can_undo: import.can_be_undone(),
        can_delete: import.can_be_deleted(),
        to_undo: import.to_take_back(),
        program: import.program,
        sheet: SheetView {
            format: import.sheet.format,
            encoding: import.sheet.encoding,
            separator: import.sheet.separator,
            rows: import.sheet.rows,
            bytes: import.file_bytes,
        },
        file_name: import.file_name,
        state: import.state,
        shows_columns: false,
        columns: Vec::new(),
        read: ReadView::default(),
        fields: Vec::new(),
        match_keys: Vec::new(),
        templates: Vec::new(),
        template: None,
        mode: ImportMode::default(),
        match_by: None,
        on_double: OnDouble::default(),
        given: Vec::new(),
        given_options: BTreeMap::new(),
        mended: Vec::new(),
        alike: Vec::new(),
        alike_rows: Vec::new(),
        doubles: Vec::new(),
        changes: Vec::new(),
        taken_apart: None,
        postcodes: 0,
        converted: 0,
        first_postcode: String::new(),
        without_owner: 0,
        handed_out: 0,
        passed_over: None,
        are_importers: false,
        left_out: Vec::new(),
        values: Vec::new(),
        offered: BTreeMap::new(),
        options: BTreeMap::new(),
        said_of_all: BTreeMap::new(),
        me: String::new(),
        problems_by_field: Vec::new(),
        new: Vec::new(),
        checked: import.checked,
        imported: import.imported,
        also_made: import.also_made,
        undo: import.undo,
        tab: String::new(),
        rows: Vec::new(),
        problem_rows: Vec::new(),
        failure: import.failure,
        file: match import.forgotten_at {
            None => FileKept::Days(imports::KEPT_DAYS.unsigned_abs()),
            Some(_) => FileKept::Forgotten,
        },
        errors: FieldErrors::default(),
    })
}

fn import_page(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    wants_columns: bool,
    tab: &str,
) -> Result<ImportPage, Error> {
    let mut view = import_view(app, ctx, id)?;
    let asks = view.state == ImportState::Uploaded;
    view.shows_columns = asks || (wants_columns && view.state == ImportState::Checked);
    if view.shows_columns {
        put_columns(app, ctx, id, &mut view)?;
    } else if view.state == ImportState::Checked {
        findings::put(app, ctx, id, &mut view)?;
    }
    if !view.state.is_working() {
        view.problem_rows = imports::problem_rows(app, ctx, id)?;
    }
    let asked = match RowOutcome::from_code(tab) {
        _ if !view.state.has_ended() => None,
        Some(outcome) => Some(Asked::Outcome(outcome)),
        None => (tab == "undo").then_some(Asked::NotTakenBack),
    };
    if let Some(asked) = asked {
        view.tab = tab.to_owned();
        view.rows = imports::rows(app, ctx, id, asked)?.into_iter().map(outcome_row).collect();
    }
    Ok(view)
}

fn put_columns(app: &App, ctx: &Ctx, id: ImportId, view: &mut ImportPage) -> Result<(), Error> {
    let plan = imports::plan(app, ctx, id)?;
    let frame = app.frame();
    let column = |column: imports::Column| {
        let imports::Column { samples, planned, is_unnamed } = column;
        ImportColumn { samples, planned, is_unnamed }
    };
    let (columns, read) = imports::columns(app, ctx, id)?;
    view.columns = columns.into_iter().map(column).collect();
    view.read = read_again::view(read);
    let makes = |target: Option<Kind>| {
        target
            .filter(|target| imports::can_be_made(*target) && permissions::may(ctx, *target, Action::Create))
    };
    view.fields = imports::targets(&frame, view.entity)
        .into_iter()
        .map(|field| ImportField { makes: makes(field.target), key: field.key })
        .collect();
    view.match_keys = imports::match_keys(&frame, view.entity);
    view.template = imports::template_of(app, &imports::get(app, ctx, id)?)?.map(|template| template.name);
    let template = |template: model::ImportTemplate| TemplateView {
        id: template.meta.id.to_string(),
        may_delete: imports::may_delete_template(ctx, &template),
        name: template.name,
    };
    view.templates = imports::templates(app, ctx, view.entity)?.into_iter().map(template).collect();
    (view.mode, view.match_by, view.given) = (plan.mode, plan.match_by, plan.given);
    view.on_double = plan.on_double;
    given::put_options(app, ctx, view);
    Ok(())
}

/// Leads from what came with imports to their pages, for whoever may see those.
pub(in crate::pages) fn lead_to_pages<'w>(
    app: &App,
    ctx: &Ctx,
    ways: impl Iterator<Item = &'w mut ImportWay>,
) -> Result<(), Error> {
    let mut known: BTreeMap<Uuid, bool> = BTreeMap::new();
    for way in ways {
        let is_seen = match known.get(&way.id) {
            Some(is_seen) => *is_seen,
            None => match imports::get(app, ctx, ImportId(way.id)) {
                Ok(_) => true,
                Err(Error::Denied | Error::NotFound) => false,
                Err(error) => return Err(error),
            },
        };
        known.insert(way.id, is_seen);
        if is_seen {
            way.lead_there();
        }
    }
    Ok(())
}

fn outcome_row(row: imports::RowRecord) -> OutcomeRow {
    OutcomeRow {
        href: row.id.map(|id| previews::record_href(row.entity, id)).unwrap_or_default(),
        row: row.row,
        entity: row.entity,
        title: row.title,
        out_of_reach: row.out_of_reach.map(|why| match why {
            imports::OutOfReach::GivenTo(owner) => OutOfReach::GivenTo(owner),
            imports::OutOfReach::OfOthers => OutOfReach::OfOthers,
        }),
        undo: row.undo,
        why: row.why,
        same_as: row.same_as,
    }
}

#[handler]
async fn set_plan(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    // Who changed how the file is read and goes on wants it read so.
    if read_again::is_asked(&fields) {
        return read_again::read_as(&here, id, &fields).await;
    }
    let (version, plan) = (version_of(&fields), plan_of(&fields));
    let chosen = plan.clone();
    match here.try_deed(move |app, ctx| imports::set_plan(app, ctx, id, version, chosen)).await? {
        Ok(_) | Err(Error::Conflict(_)) => Ok(here.go(&format!("/imports/{id}"))),
        Err(Error::Invalid(errors)) => {
            let mut view = typed_page(&here, id, plan).await?;
            view.errors = errors;
            Ok(here.unprocessable(ui::imports::page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The page of the columns as somebody left it.
async fn typed_page(here: &Here, id: ImportId, plan: ImportPlan) -> Result<ImportPage, Fault> {
    let given = Some(plan.given).filter(|_| !plan.columns.is_empty());
    let deed = move |app: &App, ctx: &Ctx| {
        let mut view = import_page(app, ctx, id, true, "")?;
        if let Some(given) = given {
            view.given = given;
            (view.mode, view.match_by, view.on_double) = (plan.mode, plan.match_by, plan.on_double);
        }
        given::put_options(app, ctx, &mut view);
        for (column, planned) in view.columns.iter_mut().zip(plan.columns) {
            let header = column.planned.header.clone();
            column.planned = PlannedColumn { header, ..planned };
        }
        view.shows_columns = true;
        Ok::<_, Error>(view)
    };
    here.deed(deed).await
}

/// `column-0` to `column-n`, as many as were sent, and what is said of all rows.
fn plan_of(fields: &[(String, String)]) -> ImportPlan {
    let count = numbered(fields, "column-", COLUMNS_MAX);
    let at = |name: &str, place: usize| value_of(fields, &format!("{name}-{place}"));
    let column = |place: usize| PlannedColumn {
        header: String::new(),
        target: Some(at("column", place).to_owned()).filter(|key| !key.is_empty()),
        dates: DateOrder::from_code(at("dates", place)),
        numbers: NumberForm::from_code(at("numbers", place)),
        creates: at("creates", place) == "yes",
    };
    let given = |place: usize| {
        let target = at("given-field", place).to_owned();
        // Of a field that holds several options, each that is chosen.
        let name = format!("given-text-{place}");
        let texts = fields.iter().filter(|(field, _)| *field == name).map(|(_, text)| text.trim());
        let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
        (!target.is_empty() && !text.is_empty()).then_some(GivenValue { target, text })
    };
    let match_by = value_of(fields, "match_by");
    ImportPlan {
        mode: ImportMode::from_code(value_of(fields, "mode")).unwrap_or_default(),
        match_by: Some(match_by.to_owned()).filter(|key| !key.is_empty()),
        on_double: OnDouble::from_code(value_of(fields, "on_double")).unwrap_or_default(),
        columns: (0..count).map(column).collect(),
        mended: Vec::new(),
        given: (0..numbered(fields, "given-field-", GIVEN_MAX)).filter_map(given).collect(),
    }
}

/// One more than the highest number behind the name.
fn numbered(fields: &[(String, String)], name: &str, most: usize) -> usize {
    let number = |(field, _): &(String, String)| field.strip_prefix(name)?.parse::<usize>().ok();
    fields.iter().filter_map(number).filter(|number| *number < most).max().map_or(0, |last| last + 1)
}

#[handler]
async fn start(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
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
async fn pause(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    switch(&here, &id, imports::pause).await
}

#[handler]
async fn resume(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    switch(&here, &id, imports::resume).await
}

#[handler]
async fn cancel(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    switch(&here, &id, imports::cancel).await
}

#[handler]
async fn delete(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    match here.try_deed(move |app, ctx| imports::delete(app, ctx, id)).await? {
        Ok(()) => Ok(here.go_with_notice("/imports", "import-deleted")),
        // Started in another tab: the page shows how it stands.
        Err(Error::Invalid(_) | Error::Conflict(_)) => Ok(here.go(&format!("/imports/{id}"))),
        Err(error) => Err(error.into()),
    }
}

/// The page says itself how far it came.
async fn switch(
    here: &Here,
    id: &str,
    deed: fn(&App, &Ctx, ImportId) -> Result<Import, Error>,
) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(id)?;
    here.deed(move |app, ctx| deed(app, ctx, id)).await?;
    Ok(here.go(&format!("/imports/{id}")))
}

#[handler]
async fn undo(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let version = version_of(&fields);
    let changed_since = match value_of(&fields, "changed_since") {
        "take_back" => ChangedSince::TakeBack,
        _ => ChangedSince::Keep,
    };
    match here.try_deed(move |app, ctx| imports::undo(app, ctx, id, version, changed_since)).await? {
        Ok(_) => Ok(here.go_with_notice(&format!("/imports/{id}"), "import-undoing")),
        Err(Error::Conflict(_)) => Ok(here.go(&format!("/imports/{id}"))),
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn failed_rows(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let language = here.ctx.language;
    let title = ui::imports::reason_title(language);
    let file = here
        .deed(move |app, ctx| {
            imports::failed_rows(app, ctx, id, &title, &|problem| ui::imports::reason(language, problem))
        })
        .await?;
    Ok(download(file))
}

/// A file to keep. Its name may hold anything a person typed (RFC 6266, RFC 8187).
pub(super) fn download(file: File) -> Response {
    attachment(&file.name, file.content_type, file.bytes)
}

/// Bytes that a browser saves under this name.
pub(super) fn attachment(name: &str, content_type: &str, body: impl Into<Body>) -> Response {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || ".-_".contains(letter) { letter } else { '_' })
        .collect();
    let encoded = ui::address::escaped(name);
    Response::builder()
        .content_type(content_type)
        .header(
            "content-disposition",
            format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"),
        )
        .body(body)
}
