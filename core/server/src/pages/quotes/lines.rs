//! The editor of a quote's lines: what its buttons do to the rows, what they come to, and saving them.

use super::path_of;
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::fields::{value_of, version_of};
use crate::pages::picker;
use crate::pages::pieces::{Deed, Fields};
use model::uuid::Uuid;
use model::{FieldErrors, Kind, LineKind, TaxKind};
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::quotes::{self, Content, LineDraft};
use services::{App, Ctx, Error, links};
use ui::quotes::{LineForm, LinesPage};

/// Lines that a form begins with.
const BLANK_LINES: usize = 2;

#[handler]
pub(super) async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let view = here.deed(move |app, ctx| {
        let content = quotes::content(app, ctx, id)?;
        let mut drafts = quotes::drafts_of(&content.lines);
        if drafts.is_empty() {
            drafts = quotes::wanted(app, ctx, &content.quote)?;
        }
        if drafts.is_empty() {
            drafts = vec![blank(LineKind::Product); BLANK_LINES];
        }
        view_of(app, ctx, id, &drafts)
    });
    Ok(here.page(ui::quotes::lines_page(&here.shell(), &view.await?)))
}

#[handler]
pub(super) async fn change(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let (id, version) = (here.id::<Uuid>(&id)?, version_of(&fields));
    let mut drafts = read(&fields);
    let deed = value_of(&fields, "deed").to_owned();
    if deed != "save" {
        let added = press(&deed, &mut drafts);
        let view = here.deed(move |app, ctx| view_of(app, ctx, id, &drafts)).await?;
        // Buttons that move rows do not tell what is wrong with them yet.
        let errors = if deed == "again" { view.errors } else { FieldErrors::default() };
        let view = LinesPage { version, added, errors, ..view };
        return Ok(here.page(ui::quotes::lines_page(&here.shell(), &view)));
    }
    let typed = drafts.clone();
    match here.try_deed(move |app, ctx| quotes::save_lines(app, ctx, id, version, &typed)).await? {
        Ok(_) => Ok(here.go_with_notice(&path_of(id), "quote-lines")),
        Err(Error::Invalid(errors)) => {
            let view = here.deed(move |app, ctx| view_of(app, ctx, id, &drafts)).await?;
            let view = LinesPage { version, errors, ..view };
            Ok(here.unprocessable(ui::quotes::lines_page(&here.shell(), &view)))
        }
        Err(Error::Conflict(_)) => {
            let view = here.deed(move |app, ctx| view_of(app, ctx, id, &drafts)).await?;
            let view = LinesPage { is_stale: true, errors: FieldErrors::default(), ..view };
            Ok(here.conflict(ui::quotes::lines_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// What the lines come to as they are typed, for htmx.
#[handler]
pub(super) async fn work_out(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let drafts = read(&fields);
    let view = here.deed(move |app, ctx| view_of(app, ctx, id, &drafts)).await?;
    Ok(here.page(ui::quotes::live_sums(here.shell().locale(), &view)))
}

/// What a button does to the rows; the place of a row that it put in.
fn press(deed: &str, drafts: &mut Vec<LineDraft>) -> Option<usize> {
    let added = match deed {
        "add-product" => LineKind::Product,
        "add-section" => LineKind::Section,
        "add-text" => LineKind::Text,
        other if other.starts_with("copy-") => {
            copy(other, drafts);
            return None;
        }
        other => {
            Deed::of(&vec![("deed".to_owned(), other.to_owned())]).change(drafts);
            return None;
        }
    };
    drafts.push(blank(added));
    Some(drafts.len() - 1)
}

/// `copy-A-B`: the lines that only A has, once more for B, in place of those that only B has.
fn copy(deed: &str, drafts: &mut Vec<LineDraft>) {
    let mut names = deed.trim_start_matches("copy-").split('-');
    let (Some(from), Some(to)) = (names.next(), names.next()) else { return };
    if !model::ALTERNATIVES.contains(&from) || !model::ALTERNATIVES.contains(&to) || from == to {
        return;
    }
    drafts.retain(|draft| draft.alternative != to);
    let copied: Vec<LineDraft> = drafts
        .iter()
        .filter(|draft| draft.alternative == from)
        .map(|draft| LineDraft { alternative: to.to_owned(), ..draft.clone() })
        .collect();
    drafts.extend(copied);
}

/// One of something is the usual thing.
fn blank(kind: LineKind) -> LineDraft {
    let quantity = if kind == LineKind::Product { "1".to_owned() } else { String::new() };
    LineDraft { kind: kind.as_str().to_owned(), quantity, ..LineDraft::default() }
}

/// The rows of the form, in its order.
fn read(fields: &Fields) -> Vec<LineDraft> {
    let place = |name: &str| name.strip_prefix("lines.")?.split('.').next()?.parse::<usize>().ok();
    let count = fields.iter().filter_map(|(name, _)| place(name)).max().map_or(0, |last| last + 1);
    let mut drafts = vec![LineDraft::default(); count.min(model::QUOTE_LINES_MAX + 1)];
    for (name, text) in fields {
        let Some((place, field)) = name
            .strip_prefix("lines.")
            .and_then(|rest| rest.split_once('.'))
            .filter(|_| place(name).is_some())
        else {
            continue;
        };
        let Some(draft) = place.parse::<usize>().ok().and_then(|place| drafts.get_mut(place)) else {
            continue;
        };
        match field {
            "kind" => draft.kind.clone_from(text),
            "text" => draft.text.clone_from(text),
            "product" => draft.product.clone_from(text),
            "product.pick" => draft.product_pick.clone_from(text),
            "quantity" => draft.quantity.clone_from(text),
            "unit" => draft.unit.clone_from(text),
            "unit_price" => draft.unit_price.clone_from(text),
            "cost" => draft.cost.clone_from(text),
            "discount" => draft.discount.clone_from(text),
            "tax" => draft.tax.clone_from(text),
            "billing" => draft.billing.clone_from(text),
            "minimum_months" => draft.minimum_months.clone_from(text),
            "alternative" => draft.alternative.clone_from(text),
            "optional" => draft.optional = text == "true",
            "ticked" => draft.ticked = text == "true",
            _ => {}
        }
    }
    drafts
}

/// The page of these lines, with what they come to and what is wrong with them.
fn view_of(app: &App, ctx: &Ctx, id: Uuid, drafts: &[LineDraft]) -> Result<LinesPage, Error> {
    let (Content { quote, lines, sums }, errors) = quotes::try_lines(app, ctx, id, drafts)?;
    let mut nets = sums.first().map(|(_, sums)| sums.lines.clone()).unwrap_or_default().into_iter();
    let mut notes = quotes::price_notes(app, ctx, &quote, &lines)?.into_iter();
    let frame = app.frame();
    let taxes = frame.taxes.current().filter(|tax| tax.piece.kind != TaxKind::Withholding);
    let mut forms = Vec::with_capacity(drafts.len());
    for (place, draft) in drafts.iter().enumerate() {
        let net = if draft.is_empty() { None } else { nets.next().map(|sum| sum.net) };
        let note = if draft.is_empty() { None } else { notes.next().flatten() };
        let price_note = note.map(|note| {
            let book = frame.price_books.get(&note.book);
            let book =
                book.map_or_else(|| note.book.clone(), |book| book.label().get(ctx.language).to_owned());
            (book, note.why.as_str())
        });
        let is_priced = !matches!(LineKind::from_code(&draft.kind), Some(LineKind::Section | LineKind::Text));
        let net = net.filter(|_| is_priced);
        forms.push(LineForm { net, price_note, ..form_of(app, ctx, place, draft, &errors)? });
    }
    Ok(LinesPage {
        version: quote.meta.version,
        months: quote.terms(&lines).months,
        lines: forms,
        taxes: taxes.map(|tax| (tax.key.clone(), tax.label().get(ctx.language).to_owned())).collect(),
        sums,
        errors,
        is_stale: false,
        added: None,
        quote,
    })
}

fn form_of(
    app: &App,
    ctx: &Ctx,
    place: usize,
    draft: &LineDraft,
    errors: &FieldErrors,
) -> Result<LineForm, Error> {
    let field = format!("lines.{place}.product");
    let texts = [draft.product.clone(), draft.product_pick.clone()];
    let mut product = draft.product.clone();
    let mut search = picker::of(ctx, Kind::Product, &texts)
        .map(|search| ui::components::Picker { makes: false, ..search });
    if let Some((id, name)) = picker::kept(app, ctx, Kind::Product, &texts)? {
        product = name;
        if let Some(search) = &mut search {
            search.picked = id;
        }
    }
    if let (Some(search), Some(problem)) = (&mut search, errors.of(&field))
        && problem.code == "link-several"
    {
        let found = links::namesakes(app, ctx, Kind::Product, &problem.detail)?;
        search.meant = found.iter().map(|record| picker::meant(record.as_ref())).collect();
    }
    Ok(LineForm {
        kind: draft.kind.clone(),
        text: draft.text.clone(),
        product,
        picker: search,
        quantity: draft.quantity.clone(),
        unit: draft.unit.clone(),
        unit_price: draft.unit_price.clone(),
        cost: draft.cost.clone(),
        discount: draft.discount.clone(),
        tax: draft.tax.clone(),
        billing: draft.billing.clone(),
        minimum_months: draft.minimum_months.clone(),
        optional: draft.optional,
        ticked: draft.ticked,
        alternative: draft.alternative.clone(),
        net: None,
        price_note: None,
    })
}
