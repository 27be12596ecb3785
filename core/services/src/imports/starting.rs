//! The plan that a file begins with: as another import had it, as a template has it, as the program it comes from is
//! known, or as its headers and cells say.

use super::formats::{Formats, usual_numbers};
use super::headers::{self, Forms, Seen, bare};
use super::plans::{self, HEADER_CHARACTERS_MAX};
use super::programs::{self, FIRST_STAGE, STAGE_OF, STILL_OPEN};
use super::reading::DETAIL_CHARACTERS_MAX;
use super::{entities, templates};
use crate::fields::Field;
use crate::{App, Ctx, Error, settings};
use model::uuid::Uuid;
use model::{
    FieldKind, Frame, GivenValue, ImportMode, ImportPlan, Kind, Language, MendedValue, Mending, OnDouble,
    PlannedColumn, Stage, StageKind, TITLE, fold,
};
use sheets::{Row, Sheet};

/// Rows looked at to tell what a column holds.
const ROWS_LOOKED_AT: usize = 20_000;
/// Values of a column that are looked at for what they mean.
const VALUES_KEPT: usize = 200;

/// The header of what says nothing of a deal where every deal has the same.
const PIPELINE: &str = "pipeline";

/// What a plan begins with.
#[derive(Clone, Copy)]
pub(crate) enum BeginWith<'a> {
    /// Another plan, whatever the file looks like.
    Plan(&'a ImportPlan),
    /// A template for such files, where there is one.
    Template,
    /// The file alone.
    File,
}

/// A plan as a file begins with it.
pub(crate) struct Beginning {
    pub(crate) plan: ImportPlan,
    /// The program that the file was recognised as.
    pub(crate) program: Option<&'static str>,
    /// The template that was found for it.
    pub(crate) template: Option<Uuid>,
}

pub(crate) fn plan(
    app: &App,
    ctx: &Ctx,
    entity: Kind,
    sheet: &Sheet,
    with: BeginWith<'_>,
) -> Result<Beginning, Error> {
    let (frame, company) = (app.frame(), settings::get(app, ctx)?);
    let (values, formats) = looked_at(sheet);
    let seen: Vec<Seen<'_>> =
        sheet.headers.iter().zip(&values).map(|(header, values)| Seen { header, values }).collect();
    let mut plan = ImportPlan::default();
    let export = programs::recognised(&sheet.headers, entity);
    let (template, known) = match with {
        BeginWith::Plan(plan) => (None, Some(plan.clone())),
        BeginWith::Template => templates::for_headers(app, entity, &sheet.headers)?.unzip(),
        BeginWith::File => (None, None),
    };
    let fields = plans::targets(&frame, entity);
    let targets = match (&known, export) {
        (Some(known), _) => in_order_of(known, sheet, &fields),
        (None, Some(export)) => {
            // What the program's export has besides is known by its own names.
            let usual = headers::matched(&seen, &frame, entity, ctx.language, &company.country);
            let names: Vec<&str> = sheet.headers.iter().map(String::as_str).collect();
            let whole = headers::whole_names(&names, entity);
            let known = |(place, (header, usual)): (usize, (&String, &Option<String>))| {
                let target = export.target(header).map(str::to_owned).or_else(|| usual.clone());
                let says_nothing = || bare(header) == PIPELINE && is_always_same(sheet, place);
                target.filter(|_| !whole.contains(&place) && !says_nothing())
            };
            let targets = sheet.headers.iter().zip(&usual).enumerate().map(known).collect();
            free(called_once(targets, export, entity), entity, &fields)
        }
        (None, None) => headers::matched(&seen, &frame, entity, ctx.language, &company.country),
    };
    let mut forms = Vec::new();
    for ((seen, formats), target) in seen.iter().zip(&formats).zip(targets) {
        let told = forms_of(formats, target.as_deref(), &fields, &company.country);
        plan.columns.push(PlannedColumn {
            header: cut(seen.header),
            target,
            dates: told.dates.map(|told| told.form),
            numbers: told.numbers.map(|told| told.form),
            creates: false,
        });
        forms.push(told);
    }
    match known {
        Some(known) => keep(&mut plan, known, &forms),
        None => begin(&mut plan, entity, &frame, export, &fields),
    }
    Ok(Beginning { plan, program: export.map(|export| export.program), template })
}

/// How the values of columns are written that somebody sent to a field of days or numbers without saying it.
pub(crate) fn tell_forms(plan: &mut ImportPlan, sheet: &Sheet, frame: &Frame, entity: Kind, country: &str) {
    let fields = plans::targets(frame, entity);
    let (_, formats) = looked_at(sheet);
    for (column, formats) in plan.columns.iter_mut().zip(&formats) {
        let told = forms_of(formats, column.target.as_deref(), &fields, country);
        column.dates = column.dates.or(told.dates.map(|told| told.form));
        column.numbers = column.numbers.or(told.numbers.map(|told| told.form));
    }
}

/// Whether a column goes to a field of days or numbers, and nothing is said of how they are written.
pub(crate) fn lacks_form(column: &PlannedColumn, fields: &[Field]) -> bool {
    let kind = fields.iter().find(|field| Some(&field.key) == column.target.as_ref()).map(|field| field.kind);
    match kind {
        Some(FieldKind::Date | FieldKind::Instant) => column.dates.is_none(),
        Some(FieldKind::Number | FieldKind::Money) => column.numbers.is_none(),
        _ => false,
    }
}

fn forms_of(formats: &Formats, target: Option<&str>, fields: &[Field], country: &str) -> Forms {
    let field = fields.iter().find(|field| Some(field.key.as_str()) == target);
    headers::forms(formats, field.map(|field| field.kind), usual_numbers(country))
}

/// A header as plans keep it.
pub(crate) fn cut(header: &str) -> String {
    header.chars().take(HEADER_CHARACTERS_MAX).collect()
}

fn looked_at(sheet: &Sheet) -> (Vec<Vec<String>>, Vec<Formats>) {
    let mut values = vec![Vec::new(); sheet.headers.len()];
    let mut formats = vec![Formats::default(); sheet.headers.len()];
    for row in sheet.rows().take(ROWS_LOOKED_AT) {
        for (place, ((cell, values), formats)) in
            row.cells.iter().zip(&mut values).zip(&mut formats).enumerate()
        {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            // Numbers of a workbook say nothing of how texts beside them are written.
            if !row.is_number(place) {
                formats.look(cell);
            }
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

/// Whether the rows that say something in a column all say the same.
fn is_always_same(sheet: &Sheet, place: usize) -> bool {
    let cell = |row: Row| row.cells.into_iter().nth(place).map(|cell| cell.trim().to_owned());
    let mut cells = sheet.rows().filter_map(cell).filter(|cell| !cell.is_empty());
    cells.next().is_none_or(|first| cells.all(|other| other == first))
}

/// A whole name is left out where its parts are there, and of Pipedrive’s names of a lead all but the first.
fn called_once(
    mut targets: Vec<Option<String>>,
    export: &programs::Export,
    entity: Kind,
) -> Vec<Option<String>> {
    let has = |key: &str| targets.iter().flatten().any(|target| target == key);
    let has_parts = has("given_name") && has("family_name");
    let is_pipedrive = export.program == "pipedrive" && entity == Kind::Lead;
    let mut is_named = false;
    for target in &mut targets {
        match target.as_deref() {
            Some(plans::FULL_NAME) if has_parts => *target = None,
            Some("name") if is_pipedrive && is_named => *target = None,
            Some("name") => is_named = true,
            _ => {}
        }
    }
    targets
}

/// Every field once, where several columns cannot go there.
fn free(targets: Vec<Option<String>>, entity: Kind, fields: &[Field]) -> Vec<Option<String>> {
    let mut found: Vec<Option<String>> = Vec::new();
    for target in targets {
        let is_known = |key: &String| fields.iter().any(|field| field.key == *key);
        let is_free = |key: &String| {
            headers::can_share(entity, key, fields) || !found.iter().flatten().any(|other| other == key)
        };
        let target = target.filter(is_known).filter(is_free);
        found.push(target);
    }
    found
}

/// All of a known plan but where its columns stand, and how this file writes days and numbers.
fn keep(plan: &mut ImportPlan, known: ImportPlan, forms: &[Forms]) {
    for (column, told) in plan.columns.iter_mut().zip(forms) {
        let Some(former) = known.columns.iter().find(|former| bare(&former.header) == bare(&column.header))
        else {
            continue;
        };
        column.creates = former.creates;
        // What the file says itself counts more.
        if told.dates.is_some_and(|told| !told.is_sure) {
            column.dates = former.dates.or(column.dates);
        }
        if told.numbers.is_some_and(|told| !told.is_sure) {
            column.numbers = former.numbers.or(column.numbers);
        }
    }
    (plan.mode, plan.given, plan.mended) = (known.mode, known.given, known.mended);
    plan.on_double = known.on_double;
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
    // Whoever brings records with their keys brings them as they are.
    let is_by_key = plan.match_by.as_deref().is_some_and(|key| key != TITLE);
    plan.on_double = if is_by_key { OnDouble::Create } else { OnDouble::Skip };
    for (field, value, meant) in export.map_or(&[][..], |export| export.values) {
        let columns = plan.columns.iter().filter(|column| column.target.as_deref() == Some(*field)).count();
        let mending = match *meant {
            STILL_OPEN if columns > 1 => Some(Mending::Empty),
            FIRST_STAGE | STILL_OPEN => stage(frame, StageKind::Open).map(Mending::Replace),
            meant => special(frame, value, meant).map(Mending::Replace),
        };
        if let Some(mending) = mending.filter(|_| columns > 0) {
            plan.mended.push(MendedValue {
                target: (*field).to_owned(),
                value: value.chars().take(DETAIL_CHARACTERS_MAX).collect(),
                mending,
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

fn special(frame: &Frame, value: &str, meant: &str) -> Option<String> {
    match meant {
        "won" => stage(frame, StageKind::Won),
        "lost" => stage(frame, StageKind::Lost),
        other => match other.strip_prefix(STAGE_OF) {
            Some(key) => stage_of_key(frame, value, key),
            None => Some(other.to_owned()),
        },
    }
}

/// The open stage of this key, unless the company has one that is called so.
fn stage_of_key(frame: &Frame, value: &str, key: &str) -> Option<String> {
    let offered = || model::stages_of(frame).filter(|(_, pipeline, _)| !pipeline.archived);
    let is_called = |stage: &Stage| {
        Language::ALL.into_iter().any(|language| fold(stage.label.own(language)) == fold(value))
    };
    if offered().any(|(_, _, stage)| is_called(stage)) {
        return None;
    }
    let mut open = offered().filter(|(_, _, stage)| stage.kind == StageKind::Open);
    open.find(|(_, _, stage)| stage.key == key).map(|(code, _, _)| code)
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
