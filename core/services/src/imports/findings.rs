//! What a dry run found, gathered for the person who mends it: which fields have problems, which values, how often, and
//! what each of them may have meant.

use super::alike::Alike;
use super::entities::{Importable, for_importable};
use super::judging::{Judge, Judged};
use super::options;
use super::previews::{ChangedField, ChangedRow, DoubleRow, Previews, SameAs};
use super::reading::link_of;
use super::unsaid::LeftOut;
use super::{kept, nearness, plans, programs};
use crate::fields::{self, FieldChoices};
use crate::{App, Ctx, Error, permissions, records};
use model::uuid::Uuid;
use model::{
    Action, AnyRecord as _, Frame, Import, ImportPiece, IndexKey, Kind, MatchBy, MendedValue, PieceOf, fold,
};
use sheets::Sheet;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::{Direction, Scan};

/// Values shown for mending, the most frequent first.
pub const VALUES_MAX: usize = 200;
/// Rows that resemble a record shown with it; all are counted.
const ALIKE_SHOWN: usize = 50;
/// Records of a link's entity looked at for suggestions.
const NAMES_LOOKED_AT_MAX: usize = 2_000;
/// What is said of a row, not of a value of it.
const NOT_MENDED: [&str; 9] = [
    "twice-in-file",
    "taken",
    "too-long",
    "required",
    "required-at-stage",
    "record-too-big",
    "name-or-company",
    "match-several",
    "owner-denied",
];

/// Said of a field that has nothing: what all such rows get there is mended as the value that is empty.
const MISSING: [&str; 2] = ["required", "required-at-stage"];

/// What the dry run tells of single rows, as it meets them: new ones that resemble records, duplicates and changes.
#[derive(Default)]
pub(crate) struct Alikes {
    counts: BTreeMap<MatchBy, u64>,
    first: Vec<ImportPiece>,
    pub(crate) previews: Previews,
}

impl Alikes {
    /// A record counts before a row of the file.
    pub(crate) fn note<R: Importable>(&mut self, judged: &Judged<R>, entity: Kind) {
        let (entity, id, of_row, by) = match (judged.alike, judged.of_row) {
            (Some(Alike { kind, id, by, .. }), _) => (kind, id, None, by),
            (None, Some((first, by))) => (entity, Uuid::nil(), Some(first), by),
            (None, None) => return,
        };
        *self.counts.entry(by).or_default() += 1;
        if self.first.len() < ALIKE_SHOWN {
            let (row, called) = (judged.number, judged.name.clone());
            self.first.push(ImportPiece::AlikeRow { row, called, entity, id, of_row, by });
        }
    }

    fn pieces(&self) -> impl Iterator<Item = ImportPiece> {
        let counts = self.counts.iter().map(|(by, rows)| ImportPiece::Alike { by: *by, rows: *rows });
        counts.chain(self.first.iter().cloned()).chain(self.previews.pieces())
    }
}

/// A new row and the record, or the row before it, that it resembles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlikeRow {
    pub row: u64,
    /// What the row is called, by its own cells.
    pub name: String,
    pub entity: Kind,
    pub same_as: SameAs,
    pub by: MatchBy,
}

/// What the dry run found of values and fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Rows with a problem of a field, the most first.
    pub problems: Vec<(String, u64)>,
    pub values: Vec<FoundValue>,
    /// What is mended: all that somebody said, and of what the file's program means those that are in the file.
    pub mended: Vec<MendedValue>,
    /// Records of links that the run will make.
    pub new: Vec<(Kind, u64)>,
    /// New rows that resemble a record that is there or a row before, by the surest of what they share; and the first of
    /// them.
    pub alike: Vec<(MatchBy, u64)>,
    pub alike_rows: Vec<AlikeRow>,
    /// The first rows that stay out as duplicates.
    pub doubles: Vec<DoubleRow>,
    /// The first rows that change records.
    pub changes: Vec<ChangedRow>,
    /// Rows with a cell that holds several phones or addresses, or words beside one, and the first such cell under its header.
    pub taken_apart: Option<(u64, String)>,
    /// Rows whose postcode gets back a zero that a spreadsheet took.
    pub postcodes: u64,
    /// The first of them, as it stands in the file; empty where the check was before it was kept.
    pub first_postcode: String,
    /// Leads that go in as converted without a record that they became.
    pub converted: u64,
    /// New rows that nobody will be responsible for; leads and products are not counted.
    pub without_owner: u64,
    /// New leads without an owner that are open: the rules of assignment say whose they are.
    pub handed_out: u64,
    /// Rows whose owner by the file does not count, as the caller may not assign, and the first such owner.
    pub passed_over: Option<(u64, String)>,
    /// Columns that go nowhere though something is in them.
    pub left_out: Vec<LeftOut>,
}

/// A value that cannot go in as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundValue {
    pub field: String,
    pub code: String,
    /// Empty where the field needs a value and rows have none.
    pub value: String,
    /// What the problem says, where that is not the value itself.
    pub detail: Option<String>,
    pub rows: u64,
    /// What it may have meant, as it can be typed.
    pub suggestion: Option<String>,
    /// Of a link: names that are near it, the nearest first.
    pub near: Vec<String>,
    /// Of a link: a record of this entity can be made.
    pub makes: Option<Kind>,
    /// Of one of the company's options: whether the value can become one.
    pub adding: Adding,
    /// The field says whose something is.
    pub is_person: bool,
}

/// Whether a value can be added to the options of its field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adding {
    /// There is no list of the company's.
    #[default]
    NoList,
    ByCaller,
    /// Only by whoever sets up the company.
    ByOthers,
}

/// The pieces that are kept of a dry run.
pub(crate) fn of_check(
    app: &App,
    import: &Import,
    sheet: &Sheet,
    judge: &Judge,
    alikes: &Alikes,
) -> Result<Vec<ImportPiece>, Error> {
    let mut by_field: BTreeMap<String, u64> = BTreeMap::new();
    let mut by_value: BTreeMap<Stumble, u64> = BTreeMap::new();
    let frame = app.frame();
    // Records are called by what tells them apart, and lead to what is theirs. Only imports type why a lead was let go.
    let may_be_given = |field: &str| {
        let spec = fields::spec_of(&frame, import.entity, field);
        field != judge.title_field()
            && spec.is_some_and(|spec| {
                (spec.typed || field == plans::DISCARD_REASON) && link_of(&spec).is_none()
            })
    };
    kept::each_problem(app, import.id(), &mut |row| {
        let mut fields: Vec<&str> = row.problems.iter().map(|problem| problem.field.as_str()).collect();
        fields.sort_unstable();
        fields.dedup();
        for field in fields {
            *by_field.entry(field.to_owned()).or_default() += 1;
        }
        for problem in &row.problems {
            if MISSING.contains(&problem.code.as_str()) && may_be_given(&problem.field) {
                let (field, code) = (problem.field.clone(), problem.code.clone());
                let stumble = Stumble { field, code, value: String::new(), detail: String::new() };
                *by_value.entry(stumble).or_default() += 1;
                continue;
            }
            let cell = row.cells.iter().find(|(field, _)| *field == problem.field);
            let is_value = (cell.is_some() || !problem.detail.is_empty())
                && !NOT_MENDED.contains(&problem.code.as_str())
                && !problem.code.starts_with("row-")
                && judge.plan.goes_to(&problem.field);
            if is_value {
                let stumble = Stumble {
                    field: problem.field.clone(),
                    code: problem.code.clone(),
                    value: cell.map_or(&problem.detail, |(_, cell)| cell).clone(),
                    detail: cell.map_or_else(String::new, |_| problem.detail.clone()),
                };
                *by_value.entry(stumble).or_default() += 1;
            }
        }
        Ok(())
    })?;
    let mut pieces: Vec<ImportPiece> =
        by_field.into_iter().map(|(field, rows)| ImportPiece::Problems { field, rows }).collect();
    let mut values: Vec<_> = by_value.into_iter().collect();
    values.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
    values.truncate(VALUES_MAX);
    let value = |(Stumble { field, code, value, detail }, rows): (Stumble, u64)| ImportPiece::Value {
        field,
        code,
        value,
        detail,
        rows,
    };
    pieces.extend(values.into_iter().map(value));
    let met = judge.met_values.iter().filter(|(field, value)| is_of_program(import, field, value));
    pieces.extend(met.map(|(field, value)| ImportPiece::Met { field: field.clone(), value: value.clone() }));
    let new = judge.links.new_by_kind().into_iter();
    pieces.extend(new.map(|(entity, records)| ImportPiece::New { entity, records }));
    pieces.extend(alikes.pieces());
    pieces.extend(judge.left_out_of(sheet));
    Ok(pieces)
}

/// Whether a value is mended from the beginning, as the program that the file comes from is known to mean it.
fn is_of_program(import: &Import, field: &str, value: &str) -> bool {
    let program = import.program.as_deref();
    program.is_some_and(|program| programs::mends(program, import.entity, field, value))
}

/// A value that cannot go in, and what is said about it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Stumble {
    field: String,
    code: String,
    value: String,
    detail: String,
}

/// What the last dry run of an import found, with suggestions.
pub fn findings(app: &App, ctx: &Ctx, import: &Import) -> Result<Findings, Error> {
    let mut found = Findings::default();
    let frame = app.frame();
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut met: BTreeSet<(String, String)> = BTreeSet::new();
    let same_as = |entity: Kind, id: Uuid| {
        let title = records::visible(app, ctx, entity, id)?.map(|record| record.name());
        let is_of_others = title.is_none() && records::any(app, entity, id)?.is_some();
        Ok::<SameAs, Error>(if is_of_others { SameAs::OfOthers } else { SameAs::Record(id, title) })
    };
    for piece in plans::pieces(app, import.meta.id, PieceOf::Findings)? {
        match piece {
            ImportPiece::Problems { field, rows } => found.problems.push((field, rows)),
            ImportPiece::New { entity, records } => found.new.push((entity, records)),
            ImportPiece::Alike { by, rows } => found.alike.push((by, rows)),
            ImportPiece::AlikeRow { row, called: name, entity, id, of_row, by } => {
                let same_as = match of_row {
                    Some(first) => SameAs::Row(first),
                    None => same_as(entity, id)?,
                };
                found.alike_rows.push(AlikeRow { row, name, entity, same_as, by });
            }
            ImportPiece::Postcodes { rows, first } => (found.postcodes, found.first_postcode) = (rows, first),
            ImportPiece::Converted { rows } => found.converted = rows,
            ImportPiece::WithoutOwner { rows } => found.without_owner = rows,
            ImportPiece::HandedOut { rows } => found.handed_out = rows,
            ImportPiece::OwnersPassedOver { rows, first } => found.passed_over = Some((rows, first)),
            ImportPiece::LeftOut { column, header } => found.left_out.push(LeftOut { column, header }),
            ImportPiece::TakenApart { rows, first } => found.taken_apart = Some((rows, first)),
            ImportPiece::Met { field, value } => {
                met.insert((field, value));
            }
            ImportPiece::DoubleRow { row, called: name, id, of_row, by } => {
                let same_as = match (id, of_row) {
                    (Some(id), _) => same_as(import.entity, id)?,
                    (None, Some(first)) => SameAs::Row(first),
                    (None, None) => continue,
                };
                found.doubles.push(DoubleRow { row, name, same_as, by });
            }
            ImportPiece::Change { row, id, name, part, before, after } => {
                let field = ChangedField { name, part, before, after };
                // Fields of one row come one after the other.
                match found.changes.last_mut().filter(|last| last.row == row) {
                    Some(last) => last.fields.push(field),
                    None => {
                        let title =
                            records::visible(app, ctx, import.entity, id)?.map(|record| record.name());
                        found.changes.push(ChangedRow { row, id, title, fields: vec![field] });
                    }
                }
            }
            ImportPiece::Value { field, code, value, detail, rows } => {
                let target = linked(&frame, import.entity, &field);
                let makes = target
                    .filter(|target| super::reading::can_be_made(*target) && code == "link-unknown")
                    .filter(|target| permissions::may(ctx, *target, Action::Create));
                if !names.contains_key(&field) {
                    names.insert(field.clone(), offered(app, ctx, &frame, import.entity, &field)?);
                }
                let near = nearness::near(&value, names.get(&field).map_or(&[][..], Vec::as_slice));
                let suggestion = nearness::meant(&near, target == Some(Kind::User));
                // An option is called by one name, a record by several words.
                let near =
                    near.into_iter().filter(|_| target.is_some()).map(|(_, name)| name.clone()).collect();
                let detail = Some(detail).filter(|detail| !detail.is_empty());
                let adding = match value.as_str() {
                    "" => Adding::NoList,
                    _ => adding(ctx, &frame, import.entity, &field),
                };
                let is_person = target == Some(Kind::User);
                found.values.push(FoundValue {
                    field,
                    code,
                    value,
                    detail,
                    rows,
                    suggestion,
                    near,
                    makes,
                    adding,
                    is_person,
                });
            }
            _ => {}
        }
    }
    found.problems.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
    found.mended = plans::of_import(app, import)?.mended;
    found.mended.retain(|mended| {
        !is_of_program(import, &mended.target, &mended.value)
            || met.contains(&(mended.target.clone(), mended.value.clone()))
    });
    Ok(found)
}

fn adding(ctx: &Ctx, frame: &Frame, entity: Kind, field: &str) -> Adding {
    match options::list_of(frame, entity, field) {
        None => Adding::NoList,
        Some(_) if options::may_add(ctx) => Adding::ByCaller,
        Some(_) => Adding::ByOthers,
    }
}

fn linked(frame: &Frame, entity: Kind, field: &str) -> Option<Kind> {
    link_of(&fields::spec_of(frame, entity, field)?)
}

/// What a field can be, as people type it.
pub fn offered(app: &App, ctx: &Ctx, frame: &Frame, entity: Kind, field: &str) -> Result<Vec<String>, Error> {
    let Some(spec) = fields::spec_of(frame, entity, field) else {
        return Ok(Vec::new());
    };
    if let Some(target) = link_of(&spec) {
        return names_of(app, ctx, target);
    }
    let label = |label: &model::Label| label.get(ctx.language).to_owned();
    Ok(match &spec.choices {
        FieldChoices::Own => Vec::new(),
        FieldChoices::Fixed(codes) => codes.iter().map(|code| (*code).to_owned()).collect(),
        FieldChoices::List(list) => {
            let current = frame.choices_of(list).filter(|(_, choice)| !choice.archived);
            current.map(|(_, choice)| label(&choice.label)).collect()
        }
        FieldChoices::Stages => {
            let current = model::stages_of(frame).filter(|(_, pipeline, _)| !pipeline.archived);
            current.map(|(_, _, stage)| label(&stage.label)).collect()
        }
        FieldChoices::PriceBooks => {
            frame.price_books.current().map(|book| label(&book.piece.label)).collect()
        }
        FieldChoices::Taxes => {
            let current = frame.taxes.current().filter(|tax| tax.piece.is_of_products());
            current.map(|tax| label(&tax.piece.label)).collect()
        }
    })
}

/// What records of an entity are called by, so that each name means one of them.
fn names_of(app: &App, ctx: &Ctx, target: Kind) -> Result<Vec<String>, Error> {
    let mut names = all_names_of(app, ctx, target)?;
    let mut counts: HashMap<String, usize> = HashMap::new();
    for name in &names {
        *counts.entry(fold(name)).or_default() += 1;
    }
    names.retain(|name| counts.get(&fold(name)) == Some(&1));
    Ok(names)
}

fn all_names_of(app: &App, ctx: &Ctx, target: Kind) -> Result<Vec<String>, Error> {
    match target {
        Kind::User => {
            let users = crate::users::list(app, ctx)?;
            return Ok(users.into_iter().filter(|user| user.active).map(|user| user.name).collect());
        }
        Kind::Team => return Ok(crate::users::teams(app, ctx)?.into_iter().map(|team| team.name).collect()),
        _ => {}
    }
    let list = match target {
        Kind::Lead => model::Lead::list_of_all(model::LeadSort::Created),
        other => model::list_of_all(other, 0),
    };
    let scan = Scan {
        prefix: list.bytes(),
        after: None,
        direction: Direction::Backward,
        limit: NAMES_LOOKED_AT_MAX,
    };
    let ids: Vec<Uuid> =
        app.store.scan(&scan)?.iter().filter_map(|entry| IndexKey::record_at_end(&entry.key)).collect();
    for_importable!(target, R => {
        let mut names = Vec::new();
        for id in ids {
            let record = app.store.get::<R>(id)?;
            let seen = record.filter(|record| permissions::require_record(ctx, record, Action::See).is_ok());
            names.extend(seen.map(|record| record.name()));
        }
        Ok(names)
    })
}
