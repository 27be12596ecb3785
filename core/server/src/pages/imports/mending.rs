//! Values of a file that are put right in the browser.

use super::{Fields, import_page, numbered};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::fields::{value_of, version_of};
use model::{FieldErrors, ImportId, MendedValue, Mending};
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::Error;
use services::imports::{self, VALUES_MAX};
use ui::imports::ImportPage;

#[handler]
pub(super) async fn mend(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let version = version_of(&fields);
    let mended = match mended_of(&fields) {
        Ok(mended) => mended,
        Err(errors) => return refused(&here, id, &fields, errors).await,
    };
    if mended.is_empty() {
        here.deed(move |app, ctx| imports::get(app, ctx, id)).await?;
        return Ok(here.go(&format!("/imports/{id}")));
    }
    match here.try_deed(move |app, ctx| imports::mend(app, ctx, id, version, mended)).await? {
        Ok(_) | Err(Error::Conflict(_)) => Ok(here.go(&format!("/imports/{id}"))),
        Err(Error::Invalid(errors)) => refused(&here, id, &fields, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The page again, with what was said of each value.
async fn refused(
    here: &Here,
    id: ImportId,
    fields: &[(String, String)],
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let mut view = here.deed(move |app, ctx| import_page(app, ctx, id, false, "")).await?;
    put_typed(&mut view, fields);
    view.errors = errors;
    Ok(here.unprocessable(ui::imports::page(&here.shell(), &view)))
}

fn put_typed(view: &mut ImportPage, fields: &[(String, String)]) {
    let at = |name: &str, place: usize| value_of(fields, &format!("{name}-{place}"));
    for place in 0..numbered(fields, "value-", VALUES_MAX) {
        let is_it = |line: &&mut ui::imports::MendedLine| {
            line.field == at("field", place) && line.value == at("value", place)
        };
        if let Some(line) = view.values.iter_mut().find(is_it) {
            line.typed = Some((at("do", place).to_owned(), replaced_by(fields, place)));
        }
    }
    let of_all = fields.iter().filter_map(|(name, said)| Some((name.strip_prefix(ALL)?, said)));
    view.said_of_all = of_all.map(|(field, said)| (field.to_owned(), said.clone())).collect();
}

/// Of a field that holds several options, each that is chosen.
fn replaced_by(fields: &[(String, String)], place: usize) -> String {
    let name = format!("to-{place}");
    let texts = fields.iter().filter(|(field, _)| *field == name).map(|(_, text)| text.trim());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Before the name of a field of people: what is done with all of whom nothing is said.
const ALL: &str = "all-";

/// `do-0` says what is done with `value-0` of `field-0`. Who only typed something meant that; who wants another value has to
/// say which. `all-owner` is for the owners of whom nothing is said.
fn mended_of(fields: &[(String, String)]) -> Result<Vec<MendedValue>, FieldErrors> {
    let at = |name: &str, place: usize| value_of(fields, &format!("{name}-{place}"));
    let of_all = |field: &str| match value_of(fields, &format!("{ALL}{field}")) {
        "empty" => Some(Mending::Empty),
        said => said.strip_prefix("to:").map(|name| Mending::Replace(name.to_owned())),
    };
    let (mut mended, mut errors) = (Vec::new(), FieldErrors::default());
    for place in 0..numbered(fields, "value-", VALUES_MAX) {
        let (target, value, to) = (at("field", place), at("value", place), replaced_by(fields, place));
        // An empty value is that of rows without any.
        if target.is_empty() {
            continue;
        }
        let mending = match at("do", place) {
            "empty" => Some(Mending::Empty),
            "create" => Some(Mending::Create),
            // As it is in the file.
            "undo" => Some(Mending::Replace(value.to_owned())),
            _ if !to.is_empty() => Some(Mending::Replace(to)),
            said => {
                let of_all = of_all(target);
                if said == "replace" && of_all.is_none() {
                    errors.add(&format!("to-{place}"), "replace-by", value);
                }
                of_all
            }
        };
        let of_value = |mending| MendedValue { target: target.to_owned(), value: value.to_owned(), mending };
        mended.extend(mending.map(of_value));
    }
    if errors.is_empty() { Ok(mended) } else { Err(errors) }
}
