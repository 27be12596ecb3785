//! The form of a record, between what a browser sent and what the page shows.

use super::Fields;
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::fields::value_of;
use crate::pages::leads::own;
use crate::pages::leads::views::people;
use crate::pages::{merges, picker};
use model::{FieldErrors, FieldKind, Kind};
use poem::Response;
use services::records::{self, Draft};
use services::{App, Ctx, Error, Known, quotes, settings};
use std::collections::BTreeMap;
use ui::records::{FormOf, FormPage};

pub(super) async fn form(here: &Here, kind: Kind, of: FormOf, draft: Draft) -> Result<FormPage, Fault> {
    here.deed(move |app, ctx| form_of(app, ctx, kind, of, draft)).await
}

pub(in crate::pages) fn form_of(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    of: FormOf,
    draft: Draft,
) -> Result<FormPage, Error> {
    let own = own::inputs(app, ctx, kind, draft.own())?;
    let (mut linked, mut pickers) = (BTreeMap::new(), BTreeMap::new());
    for spec in model::specs_of(kind).iter().filter(|spec| spec.typed && spec.kind == FieldKind::Link) {
        let model::Values::Records(target) = spec.values else { continue };
        let texts = draft.0.get(spec.key).map(Vec::as_slice).unwrap_or_default();
        linked.extend(picker::kept(app, ctx, target, texts)?);
        pickers.extend(picker::of(ctx, target, texts).map(|picker| (spec.key.to_owned(), picker)));
    }
    for (list, target) in model::rows_of(kind).iter().filter_map(|list| Some((list, list.links().next()?.1)))
    {
        pickers.extend(picker::of(ctx, target, &[]).map(|picker| (list.key.to_owned(), picker)));
        for (name, texts) in draft.0.iter().filter(|(name, _)| is_link_of(list, name)) {
            linked.extend(picker::kept(app, ctx, target, texts)?);
            pickers.extend(picker::of(ctx, target, texts).map(|picker| (name.clone(), picker)));
        }
    }
    let edited = match &of {
        FormOf::Edited { id, .. } => id.parse().ok(),
        FormOf::New { .. } => None,
    };
    // A record keeps the currency that its amount came in.
    let edited = edited.map(|id| records::get(app, ctx, kind, id)).transpose()?;
    let currency = edited.and_then(|record| record.amounts_in());
    let currency = currency.unwrap_or(settings::get(app, ctx)?.currency);
    let price_books = if kind == Kind::Quote { quotes::books(app, ctx, currency)? } else { Vec::new() };
    let may_choose_owner = kind != Kind::Product && records::may_assign(ctx, kind);
    Ok(FormPage {
        kind,
        prefix: String::new(),
        of,
        typed: draft.0.into_iter().filter(|(key, _)| model::own_name(key).is_none()).collect(),
        linked,
        pickers,
        people: if may_choose_owner { people(app, ctx)? } else { Vec::new() },
        own,
        errors: FieldErrors::default(),
        more: None,
        currency,
        price_books,
        conflict: Vec::new(),
        resembling: ui::merges::Resembling::default(),
    })
}

/// The form with what was typed, and the records that are surely the same.
pub(super) async fn form_known(
    here: &Here,
    kind: Kind,
    of: FormOf,
    draft: Draft,
    known: &[Known],
) -> Result<Response, Fault> {
    let view = FormPage { resembling: merges::known(known), ..form(here, kind, of, draft).await? };
    Ok(here.conflict(ui::records::form_page(&here.shell(), &view)))
}

/// The form with what was typed and all that is wrong with it.
pub(super) async fn form_again(
    here: &Here,
    kind: Kind,
    of: FormOf,
    draft: Draft,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let view = here
        .deed(move |app, ctx| {
            let mut view = FormPage { errors, ..form_of(app, ctx, kind, of, draft)? };
            picker::ask(app, ctx, &mut view)?;
            Ok(view)
        })
        .await?;
    Ok(here.unprocessable(ui::records::form_page(&here.shell(), &view)))
}

fn is_link_of(list: &model::RowsSpec, name: &str) -> bool {
    let part = list.place_of(name).and_then(|(_, part)| list.part(part));
    part.is_some_and(|part| part.kind == FieldKind::Link)
}

/// The form with one more row in a list, where a button asked for that instead of saving.
pub(super) async fn with_more(
    here: &Here,
    kind: Kind,
    of: FormOf,
    fields: &Fields,
) -> Result<Response, Fault> {
    let mut view = form(here, kind, of, draft_of(kind, fields)).await?;
    view.more = more_of(fields);
    Ok(here.page(ui::records::form_page(&here.shell(), &view)))
}

pub(super) fn more_of(fields: &Fields) -> Option<String> {
    value_of(fields, "do").strip_prefix(ui::records::MORE).map(str::to_owned)
}

/// What a form sent: built-in fields that people type, whose it is, and own ones.
pub(in crate::pages) fn draft_of(kind: Kind, fields: &Fields) -> Draft {
    let mut draft = Draft::default();
    let typed = model::specs_of(kind).iter().filter(|spec| spec.typed).map(|spec| spec.key);
    for key in typed.chain(["owner"]) {
        let sent = fields.iter().filter(|(name, _)| name == key).map(|(_, text)| text.clone());
        let mut texts: Vec<String> = sent.collect();
        if texts.iter().any(|text| !text.trim().is_empty()) {
            texts.extend(own::picked(fields, key));
        }
        if !texts.is_empty() {
            draft.0.insert(key.to_owned(), texts);
        }
    }
    for list in model::rows_of(kind) {
        if fields.iter().any(|(name, _)| name == list.key) {
            draft.ask_list(list.key);
        }
        let of_list = |name: &str| list.place_of(name).is_some_and(|(_, part)| list.part(part).is_some());
        for (name, text) in fields.iter().filter(|(name, _)| of_list(name)) {
            let picked = own::picked(fields, name).filter(|_| !text.trim().is_empty());
            draft.0.insert(name.clone(), std::iter::once(text.clone()).chain(picked).collect());
        }
    }
    draft.with_own(own::typed_of(fields))
}
