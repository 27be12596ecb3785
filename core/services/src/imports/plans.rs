//! Plans of imports and templates: read, written in small pieces, and looked through for what cannot be.

use super::currencies::CURRENCY;
use crate::fields::{self, Field, FieldChoices};
use crate::{App, Ctx, Error};
use model::uuid::Uuid;
use model::{
    CREATED, FieldErrors, FieldKind, Frame, Import, ImportPiece, ImportPieces, ImportPlan, Kind, MATCHED,
    Meta, PieceOf, PlannedColumn, TITLE,
};
use store::Write;

/// Bytes of the pieces of one record: with the rest of it below the limit of a record.
const PIECES_BYTES_MAX: usize = 3_200;
/// Records of pieces: as many as the widest file with all its mended values needs.
const RECORDS_MAX: usize = 400;
/// Values that a person mends by hand in one file.
pub const MENDED_MAX: usize = 1_000;
/// Fields filled in where the file says nothing.
pub const GIVEN_MAX: usize = 50;
/// Of a text in a plan.
const TEXT_CHARACTERS_MAX: usize = 200;
/// Of a header in a plan; longer ones are cut.
pub(crate) const HEADER_CHARACTERS_MAX: usize = 100;

/// Fields that only imports put, as [`CREATED`]: what happened before the company had Tracte.
pub const CLOSED_AT: &str = "closed_at";
/// The same of activities.
pub(crate) const DONE_AT: &str = "done_at";
/// Where an opportunity stands; other programs say beside it whether it is won or lost.
pub(crate) const STAGE: &str = "stage";
/// Whose a record is.
pub const OWNER: &str = "owner";
/// Where a lead stood in the other program, and why it was let go there.
pub(crate) const STATUS: &str = "status";
pub(crate) const DISCARD_REASON: &str = "discard_reason";

/// What tells companies and people apart, though several may have it.
const SIGNS: [&str; 2] = ["tax_id", "email"];

/// Of contacts: given and family names in one cell.
pub const FULL_NAME: &str = "full_name";

/// The plan of an import.
pub(crate) fn of_import(app: &App, import: &Import) -> Result<ImportPlan, Error> {
    let plan = ImportPlan::of_pieces(pieces(app, import.meta.id, PieceOf::Plan)?);
    if plan.columns.is_empty() && !import.mapping.is_empty() {
        let column = |target: &Option<model::ImportTarget>| PlannedColumn {
            target: target.as_ref().map(model::ImportTarget::code),
            ..PlannedColumn::default()
        };
        return Ok(ImportPlan { columns: import.mapping.iter().map(column).collect(), ..plan });
    }
    Ok(plan)
}

/// The pieces of an import or a template, in order.
pub(crate) fn pieces(app: &App, of: Uuid, part: PieceOf) -> Result<Vec<ImportPiece>, Error> {
    let mut records: Vec<ImportPieces> = app.store.members(of, RECORDS_MAX)?;
    records.retain(|record| record.part == part);
    records.sort_by_key(|record| record.place);
    Ok(records.into_iter().flat_map(|record| record.pieces).collect())
}

/// Adds the pieces to a write, in records of their size.
pub(crate) fn put(ctx: &Ctx, write: &mut Write, of: Uuid, part: PieceOf, pieces: Vec<ImportPiece>) {
    let mut place = 0;
    let mut some: Vec<ImportPiece> = Vec::new();
    let mut room = PIECES_BYTES_MAX;
    let mut flush = |some: &mut Vec<ImportPiece>| {
        if !some.is_empty() {
            let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
            write.create(ImportPieces { meta, of, part, place, pieces: std::mem::take(some) });
            place += 1;
        }
    };
    for piece in pieces {
        let bytes = model::json::to_vec(&piece).map_or(PIECES_BYTES_MAX, |bytes| bytes.len() + 1);
        if bytes > room {
            flush(&mut some);
            room = PIECES_BYTES_MAX;
        }
        room = room.saturating_sub(bytes);
        some.push(piece);
    }
    flush(&mut some);
}

/// Which of them go when the plan or the findings are written anew.
pub(crate) fn forget(app: &App, write: &mut Write, of: Uuid, part: Option<PieceOf>) -> Result<(), Error> {
    for record in app.store.members::<ImportPieces>(of, RECORDS_MAX)? {
        if part.is_none_or(|part| record.part == part) {
            write.delete(&record);
        }
    }
    Ok(())
}

/// Where columns of a file can go, in the order of the entity's form.
pub fn targets(frame: &Frame, entity: Kind) -> Vec<Field> {
    let mut found = fields::specs_of(frame, entity);
    found.retain(|field| field.typed || is_extra(entity, &field.key));
    if entity == Kind::Contact {
        let like = found.first().cloned();
        found.splice(0..0, like.map(|field| Field { key: FULL_NAME.to_owned(), ..field }));
    }
    if let Some(place) = found.iter().rposition(|field| is_amount(&field.key, field.kind)) {
        found.insert(place + 1, currency_of_amounts());
    }
    found
}

/// Whether a field holds money.
pub(crate) fn is_amount(key: &str, kind: FieldKind) -> bool {
    kind == FieldKind::Money || matches!(key, "unit_price" | "cost")
}

fn currency_of_amounts() -> Field {
    Field {
        key: CURRENCY.to_owned(),
        kind: FieldKind::Text,
        choices: FieldChoices::Own,
        typed: true,
        required: false,
        label: None,
        target: None,
        shown: Vec::new(),
    }
}

/// The field of an entity that says when it came to an end.
pub(crate) fn moment_of(entity: Kind) -> Option<&'static str> {
    match entity {
        Kind::Opportunity => Some(CLOSED_AT),
        Kind::Activity => Some(DONE_AT),
        _ => None,
    }
}

/// The list within a record that a column adds to: several columns may, and a cell may hold several.
pub(crate) fn list_of(entity: Kind, key: &str) -> Option<&'static str> {
    let list = match key {
        "any_phone" => "phones",
        "any_email" => "emails",
        "delivery_address" => "addresses",
        "any_product" => "products",
        _ => return None,
    };
    model::rows_of(entity).iter().find(|known| known.key == list).map(|known| known.key)
}

/// The list that takes what a cell of a main field holds besides the first.
pub(crate) fn list_beside(entity: Kind, key: &str) -> Option<&'static str> {
    match key {
        "phone" | "mobile" => list_of(entity, "any_phone"),
        "email" => list_of(entity, "any_email"),
        _ => None,
    }
}

fn is_extra(entity: Kind, key: &str) -> bool {
    match key {
        CLOSED_AT | DONE_AT => moment_of(entity) == Some(key),
        OWNER | CREATED => true,
        STATUS | DISCARD_REASON => entity == Kind::Lead,
        key => list_of(entity, key).is_some(),
    }
}

/// What can tell which record a row is: fields that no two records share, and what people call it.
pub fn match_keys(frame: &Frame, entity: Kind) -> Vec<String> {
    let own = |field: &&Field| {
        model::own_name(&field.key).and_then(|name| frame.field(entity, name)).is_some_and(|own| own.unique)
    };
    let fields = targets(frame, entity);
    let unique = crate::imports::entities::unique_keys(entity);
    let mut keys: Vec<String> = unique.iter().map(|key| (*key).to_owned()).collect();
    keys.extend(fields.iter().filter(own).map(|field| field.key.clone()));
    // Not unique, but who has one is known by it.
    let signs =
        SIGNS.iter().filter(|key| MATCHED.contains(&entity) && fields.iter().any(|field| field.key == **key));
    keys.extend(signs.map(|key| (*key).to_owned()));
    keys.push(TITLE.to_owned());
    keys
}

/// What cannot be done, all at once. `columns` is how many the file has.
pub(crate) fn errors(plan: &ImportPlan, columns: usize, frame: &Frame, entity: Kind) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if plan.columns.len() != columns {
        errors.add("mapping", "mapping-length", columns.to_string());
    }
    let known = targets(frame, entity);
    let kind_of = |key: &str| known.iter().find(|field| field.key == key).map(|field| field.kind);
    let mut taken: Vec<&str> = Vec::new();
    for target in plan.columns.iter().filter_map(|column| column.target.as_deref()) {
        match kind_of(target) {
            None => errors.add("mapping", "field-unknown", target),
            Some(_) if super::headers::can_share(entity, target, &known) => {}
            Some(_) if taken.contains(&target) && !said(&errors, target) => {
                errors.add("mapping", "mapping-twice", target);
            }
            Some(_) => taken.push(target),
        }
    }
    if plan.columns.iter().all(|column| column.target.is_none()) {
        errors.add("mapping", "mapping-empty", "");
    }
    let has = |key: &str| plan.goes_to(key) || plan.given.iter().any(|given| given.target == key);
    if entity == Kind::Lead && !has("name") && !has("company") && plan.mode != model::ImportMode::Update {
        errors.add("mapping", "name-or-company", "");
    }
    match plan.match_by.as_deref() {
        Some(key) if !match_keys(frame, entity).iter().any(|known| known == key) => {
            errors.add("match_by", "choice", key);
        }
        Some(key) if key != TITLE && !plan.goes_to(key) => errors.add("match_by", "match-not-mapped", key),
        None if plan.mode != model::ImportMode::Create => errors.add("match_by", "match-needed", ""),
        _ => {}
    }
    for given in &plan.given {
        if kind_of(&given.target).is_none() {
            errors.add("given", "field-unknown", &given.target);
        } else if given.text.chars().count() > TEXT_CHARACTERS_MAX {
            errors.add("given", "too-long", TEXT_CHARACTERS_MAX.to_string());
        }
    }
    if plan.given.len() > GIVEN_MAX {
        errors.add("given", "too-many", GIVEN_MAX.to_string());
    }
    if plan.mended.len() > MENDED_MAX {
        errors.add("mended", "too-many", MENDED_MAX.to_string());
    }
    for mended in &plan.mended {
        if let model::Mending::Replace(text) = &mended.mending
            && text.chars().count() > TEXT_CHARACTERS_MAX
        {
            errors.add("mended", "too-long", TEXT_CHARACTERS_MAX.to_string());
        }
    }
    errors
}

fn said(errors: &FieldErrors, target: &str) -> bool {
    errors.0.iter().any(|problem| problem.code == "mapping-twice" && problem.detail == target)
}
