//! What a file does not say, and what it says in vain: rows without somebody responsible, owners that the caller may not
//! choose, and columns that go nowhere.

use super::entities::Importable;
use super::judging::Judge;
use super::plans::{self, OWNER};
use super::reading::LinkText;
use crate::records::{self, Draft};
use crate::{App, Ctx, Error, imports};
use model::{AnyRecord, FieldErrors, ImportPiece, ImportPlan, Kind, own_name};
use sheets::{Row, Sheet};
use std::borrow::Cow;

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

    /// What of a row's links counts: who may not assign leads says of none that it is another person's, and the rules decide.
    /// Also whose it would have been.
    pub(super) fn links_that_count<'r>(
        &mut self,
        app: &App,
        ctx: &Ctx,
        links: &'r [LinkText],
    ) -> Result<(Cow<'r, [LinkText]>, Option<String>), Error> {
        if self.entity != Kind::Lead || records::may_assign(ctx, Kind::Lead) {
            return Ok((Cow::Borrowed(links), None));
        }
        let caller = ctx.user_id().map(|user| user.0);
        let (mut counting, mut passed_over) = (Vec::new(), None);
        for link in links {
            if link.key != OWNER || self.links.leads_to(app, ctx, link, caller)? {
                counting.push(link.clone());
            } else {
                passed_over.get_or_insert_with(|| link.text.clone());
            }
        }
        Ok((Cow::Owned(counting), passed_over))
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

/// What the plan gives to silent rows is for what is empty: a record that is there keeps what it has.
pub(super) fn keep_what_is_there(
    record: &dyn AnyRecord,
    given: &[String],
    draft: &mut Draft,
    errors: &mut FieldErrors,
) {
    for key in given {
        let is_there = match own_name(key) {
            Some(name) => record.own().contains_key(name),
            None => !record.built_in(key).is_nothing(),
        };
        if is_there {
            match plans::list_of(record.entity(), key) {
                Some(list) => draft.leave_list(list),
                None => {
                    draft.0.remove(key);
                }
            }
            errors.0.retain(|problem| problem.field != *key);
        }
    }
}
