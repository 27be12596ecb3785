//! Records that are made along with one that leads to them: a contact's new company, in the same write.

use super::rules::Rules;
use super::{Draft, of_name};
use crate::links::{self, Found};
use crate::{App, Ctx, Error, fields, permissions};
use model::uuid::Uuid;
use model::{Action, Entity, FieldErrors, FieldKind, FieldValue, Kind, Record as _};
use store::Write;

/// Beside the text of a field that leads to a record, in place of an id: a new one of that name is to be made.
pub const NEW: &str = "new";

/// Puts a record that is made along into the write.
type Addition = Box<dyn FnOnce(&mut Write)>;

/// What is made along.
#[derive(Default)]
pub(super) struct Along {
    pub(super) ids: Vec<Uuid>,
    additions: Vec<Addition>,
    /// What cannot be made by its name alone.
    errors: FieldErrors,
}

impl Along {
    /// Takes the links to records that are to be made out of a draft and puts their ids in.
    pub(super) fn of<E: Entity>(app: &App, ctx: &Ctx, draft: &Draft) -> Result<(Draft, Along), Error> {
        let (mut draft, mut along) = (draft.clone(), Along::default());
        for spec in E::SPECS.iter().filter(|spec| spec.typed && spec.kind == FieldKind::Link) {
            let Some(target) = fields::spec_target(spec) else { continue };
            along.make(app, ctx, target, spec.key, &mut draft)?;
        }
        for (name, target) in links_in_rows::<E>(&draft) {
            along.make(app, ctx, target, &name, &mut draft)?;
        }
        Ok((draft, along))
    }

    fn make(
        &mut self,
        app: &App,
        ctx: &Ctx,
        target: Kind,
        key: &str,
        draft: &mut Draft,
    ) -> Result<(), Error> {
        let Some([text, pick]) = draft.0.get(key).map(Vec::as_slice) else { return Ok(()) };
        let name = text.trim().to_owned();
        if pick != NEW || name.is_empty() || links::find(app, ctx, target, &name)? != Found::Nothing {
            return Ok(());
        }
        if !permissions::may(ctx, target, Action::Create) {
            self.errors.add(key, "link-not-made", name);
            return Ok(());
        }
        // Somebody new works where the sale is.
        let company = self.company_of(app, ctx, draft)?;
        super::for_entity!(target, T => {
            match of_name::<T>(app, ctx, &name)? {
                Ok(mut record) => {
                    if let (Kind::Contact, Some(company)) = (target, company) {
                        record.put("company", FieldValue::Record(company), model::Currency::default());
                    }
                    let id = record.meta().id;
                    draft.put(key, id.to_string());
                    self.ids.push(id);
                    self.additions.push(Box::new(move |write| write.create(record)));
                }
                Err(_) => self.errors.add(key, "link-not-made", name),
            }
            Ok(())
        })
    }

    /// The company that a draft speaks of, also one that is made along.
    fn company_of(&self, app: &App, ctx: &Ctx, draft: &Draft) -> Result<Option<Uuid>, Error> {
        let Some([text, rest @ ..]) = draft.0.get("company").map(Vec::as_slice) else { return Ok(None) };
        if let Some(id) = self.ids.iter().find(|id| id.to_string() == *text) {
            return Ok(Some(*id));
        }
        let found = match text.trim() {
            "" => Found::Nothing,
            text => links::meant(app, ctx, Kind::Company, text, rest.first().map(String::as_str))?,
        };
        Ok(if let Found::One(id) = found { Some(id) } else { None })
    }

    /// What is wrong with the record and with those that were to be made along: one problem a field.
    pub(super) fn with_errors(&self, mut errors: FieldErrors) -> FieldErrors {
        for problem in &self.errors.0 {
            errors.0.retain(|other| other.field != problem.field);
            errors.0.push(problem.clone());
        }
        errors
    }

    pub(super) fn add_to(self, write: &mut Write) {
        for add in self.additions {
            add(write);
        }
    }
}

/// Fields of rows that lead to a record.
fn links_in_rows<E: Entity>(draft: &Draft) -> Vec<(String, Kind)> {
    let target = |name: &String| {
        E::ROWS.iter().find_map(|list| fields::spec_target(list.part(list.place_of(name)?.1)?))
    };
    draft.0.keys().filter_map(|name| Some((name.clone(), target(name)?))).collect()
}

/// A record as it would be made, and what would be made along.
pub(super) fn new_record<E: Entity + Rules>(
    app: &App,
    ctx: &Ctx,
    draft: &Draft,
) -> Result<(E, Along), Error> {
    let (draft, along) = Along::of::<E>(app, ctx, draft)?;
    let mut record = super::begun::<E>(ctx);
    let errors = super::checked_along(app, ctx, None, &mut record, &draft, &along.ids)?;
    crate::error::none_of(along.with_errors(errors))?;
    Ok((record, along))
}
