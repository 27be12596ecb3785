//! Paper: data in the reader's words, printed with a template.

use crate::{App, Ctx, Error, imports::File};
use model::FieldErrors;
use model::json::Value;
use print::{Pdf, Picture, Problem};

pub const PDF_TYPE: &str = "application/pdf";

/// Prints data with the template of that name. What is wrong with a template that the company changed is told like what
/// is wrong with a form: all of it, with file and line.
pub(crate) fn print(
    app: &App,
    ctx: &Ctx,
    template: &str,
    data: &Value,
    pictures: &[Picture],
) -> Result<Pdf, Error> {
    let printed = app.templates.get(template).and_then(|found| print::print(&found, data, pictures, ctx.at));
    printed.map_err(|problems| told(template, problems))
}

/// The same as a file to download.
pub(crate) fn file(app: &App, ctx: &Ctx, template: &str, data: &Value, name: &str) -> Result<File, Error> {
    let pdf = print(app, ctx, template, data, &[])?;
    Ok(File { name: name.to_owned(), content_type: PDF_TYPE, bytes: pdf.bytes })
}

fn told(template: &str, problems: Vec<Problem>) -> Error {
    let mut errors = FieldErrors::default();
    for Problem { file, line, message } in problems {
        errors.add("", "template", format!("templates/{template}/{file}:{line}: {message}"));
    }
    Error::Invalid(errors)
}
