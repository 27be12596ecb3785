//! What the dry run found, in the reader's words: values to mend with the options of their fields, and rows to look at.

use super::{given, previews};
use crate::pages::leads::columns::code_name;
use crate::pages::picker;
use model::uuid::Uuid;
use model::{FieldKind, Frame, ImportId, Kind, Mending};
use services::fields::{self, Field, FieldChoices};
use services::imports::{self, Adding};
use services::{App, Ctx, Error, links};
use std::sync::Arc;
use ui::components::{Choice, Meant};
use ui::imports::{AddingOption, AlikeLine, ImportPage, MendedLine};
use ui::{Locale, Words};

pub(super) fn put(app: &App, ctx: &Ctx, id: ImportId, view: &mut ImportPage) -> Result<(), Error> {
    let import = imports::get(app, ctx, id)?;
    let found = imports::findings(app, ctx, &import)?;
    let frame = app.frame();
    let words = Words::of(Arc::clone(&frame));
    let l = words.locale(ctx.language);
    let plan = imports::plan(app, ctx, id)?;
    view.are_importers = imports::are_importers(view.entity, &plan);
    (view.mended, view.match_by) = (found.mended, plan.match_by);
    for value in &mut view.mended {
        if let Mending::Replace(text) = &mut value.mending {
            let record = linked(app, ctx, &frame, view.entity, &value.target, text)?;
            *text = record.unwrap_or_else(|| named(l, view.entity, &value.target, text));
        }
    }
    view.taken_apart = found.taken_apart;
    (view.postcodes, view.first_postcode) = (found.postcodes, found.first_postcode);
    view.converted = found.converted;
    (view.without_owner, view.handed_out) = (found.without_owner, found.handed_out);
    view.passed_over = found.passed_over;
    view.left_out = found.left_out.into_iter().map(|column| (column.column, column.header)).collect();
    view.me.clone_from(&ctx.caller()?.user.name);
    view.changes = previews::changed_lines(app, ctx, view.entity, &found.changes)?;
    let entity = view.entity;
    view.doubles = found.doubles.into_iter().map(|row| previews::double_line(entity, row)).collect();
    for value in found.values {
        if !view.options.contains_key(&value.field) && !view.offered.contains_key(&value.field) {
            if let Some(options) = given::options_of(l, entity, &value.field) {
                view.options.insert(value.field.clone(), options);
            } else {
                let names = imports::offered(app, ctx, &frame, entity, &value.field)?;
                view.offered.insert(value.field.clone(), names);
            }
        }
        let namesakes = namesakes(app, ctx, &frame, entity, &value)?;
        view.values.push(MendedLine { namesakes, ..mended_line(value) });
    }
    view.offered.retain(|_, names| !names.is_empty());
    (view.problems_by_field, view.new, view.alike) = (found.problems, found.new, found.alike);
    let alike_row = |row: imports::AlikeRow| AlikeLine {
        row: row.row,
        name: row.name,
        entity: row.entity,
        same_as: previews::same_as(row.entity, row.same_as),
        by: row.by,
    };
    view.alike_rows = found.alike_rows.into_iter().map(alike_row).collect();
    Ok(())
}

fn mended_line(value: imports::FoundValue) -> MendedLine {
    MendedLine {
        field: value.field,
        code: value.code,
        value: value.value,
        detail: value.detail,
        rows: value.rows,
        suggestion: value.suggestion,
        near: value.near,
        namesakes: Vec::new(),
        makes: value.makes,
        adding: match value.adding {
            Adding::NoList => AddingOption::NoList,
            Adding::ByCaller => AddingOption::ByReader,
            Adding::ByOthers => AddingOption::ByOthers,
        },
        is_person: value.is_person,
        typed: None,
    }
}

/// The records that a name may mean, where several have it.
fn namesakes(
    app: &App,
    ctx: &Ctx,
    frame: &Frame,
    entity: Kind,
    value: &imports::FoundValue,
) -> Result<Vec<Choice>, Error> {
    let Some(target) = target_of(frame, entity, &value.field).filter(|_| value.code == "link-several") else {
        return Ok(Vec::new());
    };
    let name = value.detail.as_ref().unwrap_or(&value.value);
    let choice = |meant: Meant| {
        let parts: Vec<String> = std::iter::once(meant.title).chain(meant.below).collect();
        Choice::new(meant.id, parts.join(" · "))
    };
    Ok(picker::namesakes(app, ctx, target, name)?.into_iter().map(choice).collect())
}

/// What the record is called that a value was replaced by, where that is its id.
fn linked(
    app: &App,
    ctx: &Ctx,
    frame: &Frame,
    entity: Kind,
    key: &str,
    text: &str,
) -> Result<Option<String>, Error> {
    match (target_of(frame, entity, key), text.parse::<Uuid>()) {
        (Some(target), Ok(id)) => links::name(app, ctx, target, id),
        _ => Ok(None),
    }
}

fn target_of(frame: &Frame, entity: Kind, key: &str) -> Option<Kind> {
    let field = fields::spec_of(frame, entity, key)?;
    field.target.filter(|_| field.kind == FieldKind::Link)
}

/// What a field of one option can be: codes with their names. Nothing for what is typed.
pub(super) fn options_of(l: Locale<'_>, entity: Kind, key: &str) -> Option<Vec<Choice>> {
    let field = fields::spec_of(l.frame(), entity, key)?;
    if field.kind == FieldKind::YesNo {
        let yes_no = |code: &str, flag| Choice::new(code, ui::own_fields::yes_no(l, flag));
        return Some(vec![yes_no("yes", true), yes_no("no", false)]);
    }
    if field.kind != FieldKind::Choice {
        return None;
    }
    let codes: Vec<String> = match &field.choices {
        FieldChoices::Own => return None,
        FieldChoices::List(list) => return Some(ui::labels::choices(l, list, "")),
        FieldChoices::Fixed(codes) => codes.iter().map(|code| (*code).to_owned()).collect(),
        FieldChoices::Stages => {
            let current = model::stages_of(l.frame()).filter(|(_, pipeline, _)| !pipeline.archived);
            current.map(|(code, _, _)| code).collect()
        }
        FieldChoices::Taxes => {
            let current = l.frame().taxes.current().filter(|tax| tax.piece.is_of_products());
            current.map(|tax| tax.key.clone()).collect()
        }
        FieldChoices::PriceBooks => l.frame().price_books.current().map(|book| book.key.clone()).collect(),
    };
    let option = |code: String| {
        let name = code_name(l, entity, &field, &code);
        Choice::new(code, name)
    };
    Some(codes.into_iter().map(option).collect())
}

/// A code by its name; what is none as it is.
fn named(l: Locale<'_>, entity: Kind, key: &str, text: &str) -> String {
    if (entity, key) == (Kind::Lead, "discard_reason") {
        return ui::labels::discard_reason(l, text);
    }
    let is_code = |field: &Field| {
        field.choices.codes(l.frame()).is_some_and(|codes| codes.iter().any(|code| code == text))
    };
    match fields::spec_of(l.frame(), entity, key).filter(is_code) {
        Some(field) => code_name(l, entity, &field, text),
        None => text.to_owned(),
    }
}
