//! The plan that a file begins with: as another import had it, as a template has it, as the program it comes from is
//! known, or as its headers and cells say.

use super::formats::Formats;
use super::headers::{self, Seen, bare};
use super::plans::{self, HEADER_CHARACTERS_MAX};
use super::programs::{self, FIRST_STAGE};
use super::reading::DETAIL_CHARACTERS_MAX;
use super::{entities, templates};
use crate::fields::Field;
use crate::{App, Ctx, Error, settings};
use model::{
    FieldKind, Frame, GivenValue, ImportMode, ImportPlan, Kind, MendedValue, Mending, PlannedColumn,
    StageKind, TITLE,
};
use sheets::{Format, Sheet};

/// Rows looked at to tell what a column holds.
const ROWS_LOOKED_AT: usize = 20_000;
/// Values of a column that are looked at for what they mean.
const VALUES_KEPT: usize = 200;

/// The plan and the program that the file was recognised as.
pub(crate) fn plan(
    app: &App,
    ctx: &Ctx,
    entity: Kind,
    sheet: &Sheet,
    like: Option<&ImportPlan>,
) -> Result<(ImportPlan, Option<&'static str>), Error> {
    let (frame, company) = (app.frame(), settings::get(app, ctx)?);
    let (values, formats) = looked_at(sheet);
    let seen: Vec<Seen<'_>> = sheet
        .headers
        .iter()
        .zip(&values)
        .zip(&formats)
        .map(|((header, values), formats)| Seen { header, values, formats })
        .collect();
    let mut plan = ImportPlan::default();
    let export = programs::recognised(&sheet.headers, entity);
    let known = match like {
        Some(plan) => Some(plan.clone()),
        None => templates::for_headers(app, entity, &sheet.headers)?,
    };
    let fields = plans::targets(&frame, entity);
    let targets = match (&known, export) {
        (Some(known), _) => in_order_of(known, sheet, &fields),
        (None, Some(export)) => {
            free(sheet.headers.iter().map(|header| export.target(header)), entity, &fields)
        }
        (None, None) => headers::matched(&seen, &frame, entity, ctx.language, &company.country),
    };
    for (seen, target) in seen.iter().zip(targets) {
        let field = fields.iter().find(|field| Some(&field.key) == target.as_ref());
        let (dates, numbers) =
            headers::forms(seen, field.map(|field| field.kind), sheet.format == Format::Csv);
        plan.columns.push(PlannedColumn { header: cut(seen.header), target, dates, numbers, creates: false });
    }
    match known {
        Some(known) => keep(&mut plan, known),
        None => begin(&mut plan, entity, &frame, export, &fields),
    }
    Ok((plan, export.map(|export| export.program)))
}

/// A header as plans keep it.
pub(crate) fn cut(header: &str) -> String {
    header.chars().take(HEADER_CHARACTERS_MAX).collect()
}

fn looked_at(sheet: &Sheet) -> (Vec<Vec<String>>, Vec<Formats>) {
    let mut values = vec![Vec::new(); sheet.headers.len()];
    let mut formats = vec![Formats::default(); sheet.headers.len()];
    for row in sheet.rows().take(ROWS_LOOKED_AT) {
        for ((cell, values), formats) in row.cells.iter().zip(&mut values).zip(&mut formats) {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            formats.look(cell);
            if values.len() < VALUES_KEPT {
                values.push(cell.to_owned());
            }
        }
    }
    (values, formats)
}

/// Columns of another file of the kind stand elsewhere, perhaps, or are fewer.
fn in_order_of(known: &ImportPlan, sheet: &Sheet, fields: &[Field]) -> Vec<Option<String>> {
    let target = |header: &String| {
        let header = bare(header);
        let column = known.columns.iter().find(|column| bare(&column.header) == header)?;
        column.target.clone().filter(|key| fields.iter().any(|field| field.key == *key))
    };
    sheet.headers.iter().map(target).collect()
}

/// Every field once, where several columns cannot go there.
fn free<'a>(
    targets: impl Iterator<Item = Option<&'a str>>,
    entity: Kind,
    fields: &[Field],
) -> Vec<Option<String>> {
    let mut found: Vec<Option<String>> = Vec::new();
    for target in targets {
        let is_known = |key: &&str| fields.iter().any(|field| field.key == *key);
        let is_free = |key: &&str| {
            headers::can_share(entity, key, fields) || !found.iter().flatten().any(|other| other == key)
        };
        let target = target.filter(is_known).filter(is_free).map(str::to_owned);
        found.push(target);
    }
    found
}

/// All of a known plan but where its columns stand, and how this file writes days and numbers.
fn keep(plan: &mut ImportPlan, known: ImportPlan) {
    for column in &mut plan.columns {
        let Some(former) = known.columns.iter().find(|former| bare(&former.header) == bare(&column.header))
        else {
            continue;
        };
        column.creates = former.creates;
        column.dates = column.dates.and(former.dates.or(column.dates));
        column.numbers = column.numbers.and(former.numbers.or(column.numbers));
    }
    (plan.mode, plan.given, plan.mended) = (known.mode, known.given, known.mended);
    let is_there = |key: &String| key == TITLE || plan.goes_to(key);
    plan.match_by = known.match_by.filter(is_there);
    if plan.match_by.is_none() {
        plan.mode = ImportMode::Create;
    }
}

/// What nobody has to think of: rows are known by their key; what is known stays as it is until somebody says otherwise.
fn begin(
    plan: &mut ImportPlan,
    entity: Kind,
    frame: &Frame,
    export: Option<&'static programs::Export>,
    fields: &[Field],
) {
    let by_key = entities::unique_keys(entity).iter().find(|key| plan.goes_to(key));
    plan.match_by = match (by_key, entity) {
        (Some(key), _) => Some((*key).to_owned()),
        // People and opportunities may well have one name.
        (None, Kind::Company | Kind::Product) => Some(TITLE.to_owned()),
        (None, _) => None,
    };
    for (field, value, meant) in export.map_or(&[][..], |export| export.values) {
        let meant = if *meant == FIRST_STAGE { stage(frame, StageKind::Open) } else { special(frame, meant) };
        if let Some(meant) = meant.filter(|_| plan.goes_to(field)) {
            plan.mended.push(MendedValue {
                target: (*field).to_owned(),
                value: value.chars().take(DETAIL_CHARACTERS_MAX).collect(),
                mending: Mending::Replace(meant),
            });
        }
    }
    for (target, text) in export.map_or(&[][..], |export| export.given()) {
        if !plan.goes_to(target) {
            plan.given.push(GivenValue { target: (*target).to_owned(), text: (*text).to_owned() });
        }
    }
    let needs_name = entity == Kind::Opportunity && !plan.goes_to("name");
    if needs_name && fields.iter().any(|field| field.key == "name" && field.kind == FieldKind::Text) {
        plan.given.extend(name_of_others(plan));
    }
}

fn special(frame: &Frame, meant: &str) -> Option<String> {
    match meant {
        "won" => stage(frame, StageKind::Won),
        "lost" => stage(frame, StageKind::Lost),
        other => Some(other.to_owned()),
    }
}

/// The first stage of a kind, in the first pipeline that is used.
fn stage(frame: &Frame, kind: StageKind) -> Option<String> {
    model::stages_of(frame)
        .find(|(_, pipeline, stage)| !pipeline.archived && stage.kind == kind)
        .map(|(code, _, _)| code)
}

/// A file of opportunities without names: they are called by what they are about and whom.
fn name_of_others(plan: &ImportPlan) -> Option<GivenValue> {
    let is_link = |key: &str| key == "company" || key.contains("product");
    let named = plan.columns.iter().filter(|column| {
        column.target.as_deref().is_some_and(is_link) || bare(&column.header).starts_with("product")
    });
    let texts: Vec<String> = named.take(2).map(|column| format!("{{{}}}", column.header)).collect();
    (!texts.is_empty()).then(|| GivenValue { target: "name".to_owned(), text: texts.join(" · ") })
}
