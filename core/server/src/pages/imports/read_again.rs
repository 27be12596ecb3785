//! A file read anew as somebody says: another encoding, another sheet, another row of headers.

use super::{Fields, import_page};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::fields::{value_of, version_of};
use model::{ImportId, SheetAsked};
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::{Error, imports};
use ui::imports::ReadView;

#[handler]
pub(super) async fn read_again(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let version = version_of(&fields);
    let text = |name: &str| Some(value_of(&fields, name).trim().to_owned()).filter(|text| !text.is_empty());
    let row = fields.iter().find(|(name, _)| name == "header_row").map(|(_, row)| row.trim().to_owned());
    let asked = SheetAsked {
        encoding: text("encoding"),
        sheet: text("sheet"),
        // What is no number is no row.
        header_row: row.as_ref().map(|row| row.parse().unwrap_or(0)),
    };
    let (encoding, sheet) = (asked.encoding.clone(), asked.sheet.clone());
    let place = format!("/imports/{id}?step=columns");
    match here.try_deed(move |app, ctx| imports::read_as(app, ctx, id, version, asked)).await? {
        Ok((_, true)) => Ok(here.go_with_notice(&place, "import-columns-anew")),
        Ok((_, false)) | Err(Error::Conflict(_)) => Ok(here.go(&place)),
        Err(Error::Invalid(errors)) => {
            let mut view = here.deed(move |app, ctx| import_page(app, ctx, id, true, "")).await?;
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
    let imports::ReadFile { encoding, encodings, sheet, sheets, header_row } = read;
    ReadView { encoding, encodings, sheet, sheets, header_row, typed_row: None }
}
