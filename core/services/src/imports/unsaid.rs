//! What a file does not say, and what it says in vain: rows without somebody responsible, and columns that go nowhere.

use super::entities::Importable;
use super::judging::Judge;
use super::plans::OWNER;
use crate::records::{self, Draft};
use crate::{Ctx, imports};
use model::{ImportPiece, ImportPlan, Kind};
use sheets::{Row, Sheet};

/// Columns told of; a sheet has no more.
const LEFT_OUT_MAX: usize = imports::COLUMNS_MAX;

/// A column that goes nowhere though something is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its place, from 1.
    pub column: u64,
    /// Empty where it has no name.
    pub header: String,
}

/// Whether new records are those of whoever imports, as nothing says whose they are. Rules say it of leads, and products are
/// nobody's.
pub fn are_importers(entity: Kind, plan: &ImportPlan) -> bool {
    let is_said = plan.goes_to(OWNER) || plan.given.iter().any(|given| given.target == OWNER);
    !is_said && has_owner(entity)
}

/// Whether whoever brings a record of this entity is responsible for it, unless something else is said.
pub(crate) fn has_owner(entity: Kind) -> bool {
    !matches!(entity, Kind::Lead | Kind::Product)
}

impl Judge {
    /// Whether a row makes a record and is silent about whose it is, where the file says it of others. Who may not choose
    /// keeps what they bring.
    pub(super) fn is_nobodys<R: Importable>(&self, ctx: &Ctx, draft: &Draft, before: Option<&R>) -> bool {
        let is_new = before.is_none_or(|before| self.is_made_along(before));
        let is_silent = self.plan.goes_to(OWNER) && draft.one(OWNER).is_none();
        is_new && is_silent && self.entity != Kind::Lead && records::may_assign(ctx, self.entity)
    }

    /// Remembers which columns go nowhere though something is in them.
    pub(super) fn note_left_out(&mut self, row: &Row) {
        for (place, (cell, column)) in row.cells.iter().zip(&self.plan.columns).enumerate() {
            if column.target.is_none() && !cell.trim().is_empty() {
                self.left_out.insert(place);
            }
        }
    }

    /// The pieces of them that are kept.
    pub(super) fn left_out_of(&self, sheet: &Sheet) -> Vec<ImportPiece> {
        let unnamed = imports::unnamed(sheet);
        let piece = |place: &usize| ImportPiece::LeftOut {
            column: *place as u64 + 1,
            header: match self.plan.columns.get(*place) {
                Some(column) if !unnamed.contains(place) => column.header.clone(),
                _ => String::new(),
            },
        };
        self.left_out.iter().take(LEFT_OUT_MAX).map(piece).collect()
    }
}
