//! Many prices up or down by a percentage: looked at by GET, done by POST.

use super::{Fields, number};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::fields::value_of;
use model::FieldErrors;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::prices::{self, MassChange, PreviewedPrice, Rounding};
use services::{App, Ctx, Error};
use ui::prices::{ChangeDone, ChangePage, ChangePreview, ChangeRow};

#[handler]
pub(super) async fn ask(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let fields: Fields = here.pairs().to_vec();
    let once = here.ctx.new_secret();
    let (view, is_wrong) = here.deed(move |app, ctx| looked_at(app, ctx, &key, &fields, once)).await?;
    let markup = ui::prices::change_page(&here.shell(), &view);
    Ok(if is_wrong { here.unprocessable(markup) } else { here.page(markup) })
}

#[handler]
pub(super) async fn done(
    here: Here,
    Path(key): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let (book, sent) = (key.clone(), fields.clone());
    let done = here
        .try_deed(move |app, ctx| {
            let label = prices::book(app, ctx, &book)?.piece.label.get(ctx.language).to_owned();
            let change = read(&sent)?;
            let count = value_of(&sent, "count").parse().unwrap_or_default();
            let once = value_of(&sent, "idempotency_key");
            let done = prices::change_all(app, ctx, &book, &change, count, once)?;
            Ok(ChangeDone {
                key: book,
                label,
                percent: change.percent,
                changed: done.changed as u64,
                unchanged: done.unchanged as u64,
                left: done.left as u64,
            })
        })
        .await?;
    match done {
        Ok(view) => Ok(here.page(ui::prices::changed_page(&here.shell(), &view))),
        Err(Error::Invalid(errors)) => {
            let once = here.ctx.new_secret();
            let (mut view, _) = here.deed(move |app, ctx| looked_at(app, ctx, &key, &fields, once)).await?;
            view.errors = errors;
            Ok(here.unprocessable(ui::prices::change_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The page with what was chosen and, where that can be done, what it would do; and whether something is wrong with it.
fn looked_at(
    app: &App,
    ctx: &Ctx,
    key: &str,
    fields: &Fields,
    idempotency_key: String,
) -> Result<(ChangePage, bool), Error> {
    let book = prices::book(app, ctx, key)?;
    if !prices::may_change(ctx) {
        return Err(Error::Denied);
    }
    let text = |name: &str| value_of(fields, name).trim().to_owned();
    let mut view = ChangePage {
        key: key.to_owned(),
        label: book.piece.label.get(ctx.language).to_owned(),
        currency: book.piece.currency,
        percent: text("percent"),
        rounding: text("rounding"),
        kind: text("kind"),
        family: text("family"),
        preview: None,
        errors: FieldErrors::default(),
    };
    if !fields.iter().any(|(name, _)| name == "percent") {
        return Ok((view, false));
    }
    let row = |row: PreviewedPrice| ChangeRow {
        name: row.listed.product.name_in(ctx.language).to_owned(),
        code: row.listed.product.code.clone().unwrap_or_default(),
        from_quantity: row.listed.price.from_quantity,
        before: row.listed.price.unit_price,
        after: row.after,
    };
    match read(fields).and_then(|change| prices::preview(app, ctx, key, &change)) {
        Ok(found) => {
            view.preview = Some(ChangePreview {
                count: found.count as u64,
                changed: found.changed as u64,
                rows: found.rows.into_iter().map(row).collect(),
                idempotency_key,
            });
        }
        Err(Error::Invalid(errors)) => view.errors = errors,
        Err(error) => return Err(error),
    }
    let is_wrong = !view.errors.is_empty();
    Ok((view, is_wrong))
}

fn read(fields: &Fields) -> Result<MassChange, Error> {
    let mut errors = FieldErrors::default();
    let text = |name: &str| value_of(fields, name).trim();
    let chosen = |name: &str| Some(text(name)).filter(|code| !code.is_empty()).map(str::to_owned);
    let percent = number("percent", text("percent").trim_end_matches('%'), &mut errors);
    let rounding = match text("rounding") {
        "" => Some(Rounding::default()),
        code => Rounding::from_code(code),
    };
    if rounding.is_none() {
        errors.add("rounding", "choice", text("rounding"));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let rounding = rounding.unwrap_or_default();
    Ok(MassChange { percent, rounding, kind: chosen("kind"), family: chosen("family") })
}
