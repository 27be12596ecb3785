//! Paper: data in the reader's words, printed with a template.

use crate::{App, Ctx, Error, imports::File};
use model::FieldErrors;
use model::json::Value;
use print::{Pdf, Picture, Problem, Templates};

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

/// The same where somebody waits for the paper: with the template that comes with the program while the company's own has
/// mistakes. What those are is told where templates are looked after: see [`problems`].
pub(crate) fn print_anyhow(
    app: &App,
    ctx: &Ctx,
    template: &str,
    data: &Value,
    pictures: &[Picture],
) -> Result<Pdf, Error> {
    let own = app.templates.get(template).and_then(|found| print::print(&found, data, pictures, ctx.at));
    if let Ok(pdf) = own {
        return Ok(pdf);
    }
    let shipped = Templates::shipped(template).and_then(|found| print::print(&found, data, pictures, ctx.at));
    shipped.map_err(|problems| told(template, problems))
}

/// What is wrong with the company's own template, by printing this with it: file, line and what typst says.
pub(crate) fn problems(app: &App, ctx: &Ctx, template: &str, data: &Value) -> Vec<String> {
    let printed = app.templates.get(template).and_then(|found| print::print(&found, data, &[], ctx.at));
    let line = |Problem { file, line, message }| format!("templates/{template}/{file}:{line}: {message}");
    printed.err().unwrap_or_default().into_iter().map(line).collect()
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
