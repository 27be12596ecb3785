//! A file read anew as somebody says: another encoding, another sheet, another row of headers.

use super::{Fields, plan_of, typed_page};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::fields::{value_of, version_of};
use model::{ImportId, SheetAsked};
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::{App, Ctx, Error, imports};
use ui::imports::ReadView;

#[handler]
pub(super) async fn read_again(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    read_as(&here, id, &fields).await
}

/// Whether something else was sent than how the file was read.
pub(super) fn is_asked(fields: &[(String, String)]) -> bool {
    let sent = ["encoding", "sheet", "header_row"].map(|name| value_of(fields, name).trim());
    fields.iter().any(|(name, as_read)| name == "as_read" && *as_read != joined(sent))
}

/// Encoding, sheet and row of the headers as one text.
fn joined(read: [&str; 3]) -> String {
    read.join(" · ")
}

/// What else was chosen on the page stays.
pub(super) async fn read_as(
    here: &Here,
    id: ImportId,
    fields: &[(String, String)],
) -> Result<Response, Fault> {
    let (version, typed) = (version_of(fields), plan_of(fields));
    let text = |name: &str| Some(value_of(fields, name).trim().to_owned()).filter(|text| !text.is_empty());
    let row = fields.iter().find(|(name, _)| name == "header_row").map(|(_, row)| row.trim().to_owned());
    let asked = SheetAsked {
        encoding: text("encoding"),
        sheet: text("sheet"),
        // What is no number is no row.
        header_row: row.as_ref().map(|row| row.parse().unwrap_or(0)),
    };
    let (encoding, sheet) = (asked.encoding.clone(), asked.sheet.clone());
    let place = format!("/imports/{id}?step=columns");
    let chosen = typed.clone();
    let deed = move |app: &App, ctx: &Ctx| imports::read_as_keeping(app, ctx, id, version, asked, &chosen);
    match here.try_deed(deed).await? {
        Ok((_, true)) => Ok(here.go_with_notice(&place, "import-columns-anew")),
        Ok((_, false)) | Err(Error::Conflict(_)) => Ok(here.go(&place)),
        Err(Error::Invalid(errors)) => {
            let mut view = typed_page(here, id, typed).await?;
            view.errors = errors;
            view.read.encoding = encoding.or(view.read.encoding);
            view.read.sheet = sheet.or(view.read.sheet);
            view.read.typed_row = row;
            Ok(here.unprocessable(ui::imports::page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) fn view(read: imports::ReadFile) -> ReadView {
    let imports::ReadFile { encoding, encodings, sheet, sheets, header_row, columns_beyond } = read;
    let row = header_row.map(|row| row.to_string()).unwrap_or_default();
    let chosen = sheet.as_deref().filter(|_| sheets.len() > 1);
    let as_read = joined([encoding.as_deref().unwrap_or_default(), chosen.unwrap_or_default(), &row]);
    ReadView { encoding, encodings, sheet, sheets, header_row, columns_beyond, typed_row: None, as_read }
}
