//! Files of documents: brought to the page of a record, renewed, given out.

use super::activities::HistoryAsk;
use super::fields::{value_of, version_of};
use super::leads::views::Names;
use super::records::Of;
use super::{leads, records as record_pages};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{
    Action, AnyRecord, Condition, DOCUMENT_ABOUT, Document, FieldErrors, Filter, Kind, Operator, VALID_UNTIL,
};
use poem::http::Method;
use poem::web::{Multipart, Path};
use poem::{Response, handler};
use services::documents::{self, FILES_AT_ONCE_MAX, Upload};
use services::records::{Draft, RELATED_MAX};
use services::{App, Ctx, Error, permissions};
use ui::Locale;
use ui::activities::{ComposeForm, ComposeTab};
use ui::documents::{DocumentLine, DocumentPanel, DocumentsPanel, VersionLine};
use ui::records::{ListFilters, RecordPage};
use ui::saved_views::ViewBar;

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let mut entries = vec![
        page(Method::POST, "/documents/:id/versions", "change this document", renew).upload(),
        page(Method::GET, "/documents/:id/content", "see this document", content),
    ];
    for kind in DOCUMENT_ABOUT {
        let path = format!("{}/:id/documents", model::path_of(kind).unwrap_or_default());
        entries.push(page(Method::POST, &path, "create documents about this record", add).upload());
    }
    entries
}

/// Files and other fields of a form.
#[derive(Default)]
struct Sent {
    files: Vec<Upload>,
    fields: Fields,
}

/// The body is limited by the route. A browser sends an empty file where none was chosen.
async fn sent(mut form: Multipart) -> Result<Sent, Fault> {
    let broken = |error: poem::error::ParseMultipartError| Fault::bad_request(error.to_string());
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name != "file" {
            sent.fields.push((name, field.text().await.map_err(broken)?));
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|error| Fault::bad_request(error.to_string()))?;
        // One too many is enough to say so.
        if (!name.is_empty() || !bytes.is_empty()) && sent.files.len() <= FILES_AT_ONCE_MAX {
            sent.files.push(Upload { name, bytes });
        }
    }
    Ok(sent)
}

#[handler]
async fn add(
    here: Here,
    Of(kind): Of,
    Path(id): Path<String>,
    multipart: Multipart,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let Sent { files, fields } = sent(multipart).await?;
    let mut draft = Draft::default();
    for field in ["title", "category", "valid_until"] {
        draft.put(field, value_of(&fields, field));
    }
    draft.put(kind.as_str(), id.to_string());
    match here.try_deed(move |app, ctx| documents::add(app, ctx, &draft, &files, None)).await? {
        Ok(_) => {
            let path = format!("{}/{id}", model::path_of(kind).unwrap_or_default());
            Ok(here.go_with_notice(&path, "documents-added"))
        }
        Err(Error::Invalid(errors)) => {
            let text = |field: &str| value_of(&fields, field).to_owned();
            let compose = ComposeForm {
                tab: ComposeTab::File,
                subject: text("title"),
                category: text("category"),
                due: text("valid_until"),
                ..ComposeForm::default()
            };
            let ask = HistoryAsk { compose, ..HistoryAsk::default() };
            match kind {
                Kind::Lead => leads::again(&here, model::LeadId(id), ask, errors).await,
                kind => record_pages::again(&here, kind, id, ask, errors).await,
            }
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn renew(here: Here, Path(id): Path<String>, multipart: Multipart) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let Sent { files, fields } = sent(multipart).await?;
    let file = files.into_iter().next().unwrap_or_default();
    let (version, note) = (version_of(&fields), value_of(&fields, "note").to_owned());
    let typed = note.clone();
    let deed = move |app: &App, ctx: &Ctx| documents::add_version(app, ctx, id, version, &file, &note);
    let path = format!("{}/{id}", ui::documents::PATH);
    match here.try_deed(deed).await? {
        Ok(_) => Ok(here.go_with_notice(&path, "document-renewed")),
        // It changed since the page was opened: the form is there again over what is stored now.
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("file", "document-stale", "");
            let ask = HistoryAsk::with_note(typed);
            let view = record_pages::view_of(&here, Kind::Document, id, ask).await?;
            let view = RecordPage { errors, ..view };
            Ok(here.conflict(ui::records::page(&here.shell(), &view)))
        }
        Err(Error::Invalid(errors)) => {
            record_pages::again(&here, Kind::Document, id, HistoryAsk::with_note(typed), errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Always to be saved, never shown as a page of ours.
#[handler]
async fn content(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let number = match here.query("number") {
        Some(number) => Some(number.parse::<u32>().map_err(|_| Fault::not_found())?),
        None => None,
    };
    let found = here.deed(move |app, ctx| documents::content(app, ctx, id, number)).await?;
    let version = found.version;
    Ok(super::imports::attachment(&version.file_name, &version.media_type, found.bytes))
}

/// The list of documents that soon are valid no more or are so already, what ends first above.
pub(in crate::pages) fn expiring() -> ListFilters {
    ListFilters {
        filter: documents::expiring_filter(),
        sort: VALID_UNTIL.to_owned(),
        ascending: true,
        ..ListFilters::usual(Kind::Document)
    }
}

/// Puts that list before the saved views.
pub(in crate::pages) fn add_ready(l: Locale<'_>, bar: &mut ViewBar, filters: &ListFilters) {
    let shown = expiring();
    let href = shown.address("").into();
    record_pages::saved::add_ready(bar, filters, [(ui::documents::expiring_label(l), href, shown)]);
}

/// Whether the caller may bring files to this record.
pub(in crate::pages) fn may_add(ctx: &Ctx, record: &dyn AnyRecord) -> bool {
    DOCUMENT_ABOUT.contains(&record.entity())
        && permissions::require_about(ctx, record, Kind::Document, Action::Create).is_ok()
}

/// The documents of a record the caller sees.
pub(in crate::pages) fn panel(app: &App, ctx: &Ctx, record: &dyn AnyRecord) -> Result<DocumentsPanel, Error> {
    let (kind, id) = (record.entity(), record.about().id);
    if !DOCUMENT_ABOUT.contains(&kind) {
        return Ok(DocumentsPanel::default());
    }
    let (found, has_more) = documents::of_record(app, ctx, id, RELATED_MAX)?;
    let filter = Filter::one(Condition::new(kind.as_str(), Operator::AnyOf, [id.to_string()]));
    let all = ListFilters { filter, ..ListFilters::usual(Kind::Document) };
    Ok(DocumentsPanel {
        lines: found.into_iter().map(line).collect(),
        all_href: has_more.then(|| all.address("").into()),
        link_href: may_add(ctx, record).then(|| format!("{}/new?{kind}={id}", ui::documents::PATH)),
    })
}

fn line(document: Document) -> DocumentLine {
    DocumentLine {
        id: document.meta.id.to_string(),
        revision: document.version_number(),
        size_bytes: document.size_bytes.and_then(|size_bytes| size_bytes.to_string().parse().ok()),
        at: document.meta.updated_at,
        title: document.title.unwrap_or_default(),
        category: document.category,
        valid_until: document.valid_until,
        url: document.url,
    }
}

/// What the page of a document has besides, with what was typed about a new version; nothing for any other record.
pub(in crate::pages) fn of_document(
    app: &App,
    ctx: &Ctx,
    record: &dyn AnyRecord,
    names: &Names,
    note: &str,
) -> Result<Option<DocumentPanel>, Error> {
    if record.entity() != Kind::Document {
        return Ok(None);
    }
    let document = documents::get(app, ctx, record.about().id)?;
    let versions = documents::versions(app, ctx, document.meta.id)?;
    let versions = versions.into_iter().map(|version| VersionLine {
        number: version.number,
        size_bytes: version.size_bytes,
        at: version.meta.created_at,
        by: version.meta.created_by.user.and_then(|user| names.get(user.0)),
        file_name: version.file_name,
        note: version.note,
    });
    Ok(Some(DocumentPanel {
        versions: versions.collect(),
        valid_until: document.valid_until,
        may_change: permissions::require_with_links(app, ctx, record, Action::Change).is_ok(),
        url: document.url,
        note: note.to_owned(),
    }))
}
