//! What the rows of a file lead to: looked up by name, key or address, once for all rows; and made where it is not there
//! and somebody said so.

use super::order::names_meant;
use super::reading::LinkText;
use crate::links::{self, Found};
use crate::records::{Draft, for_entity, of_name};
use crate::{App, Ctx, Error, permissions};
use model::uuid::Uuid;
use model::{Action, FieldErrors, Kind, Record as _, fold};
use std::collections::{BTreeSet, HashMap};
use store::Write;

/// Texts remembered: more names than this are looked up again.
const KNOWN_MAX: usize = 100_000;

/// What is known of the links of a file.
#[derive(Default)]
pub(crate) struct LinkBook {
    /// The program whose export the file is: keys are its own.
    program: Option<String>,
    known: HashMap<(Kind, String), Uuid>,
    /// Of this portion: others may make it meanwhile.
    unknown: HashMap<(Kind, String), Found>,
    /// What cannot be made by its name alone, and why.
    refused: HashMap<(Kind, String), String>,
    /// What a dry run would make.
    new: BTreeSet<(Kind, String)>,
    /// How many rows, looked at before, a dry run would make the records of that are called so.
    foretold: HashMap<(Kind, String), usize>,
}

/// What links lead to that is not there yet.
#[derive(Default)]
pub(crate) struct Lacking {
    /// What is to be made.
    pub(crate) missing: Vec<(Kind, String)>,
    /// A row before makes some of it.
    pub(crate) is_foretold: bool,
}

impl Lacking {
    pub(crate) fn is_nothing(&self) -> bool {
        self.missing.is_empty() && !self.is_foretold
    }
}

impl LinkBook {
    pub(crate) fn new(program: Option<String>) -> LinkBook {
        LinkBook { program, ..LinkBook::default() }
    }

    /// Puts the ids of what links lead to into the draft; says what is wrong; returns what is not there yet.
    pub(crate) fn resolve(
        &mut self,
        app: &App,
        ctx: &Ctx,
        texts: &[LinkText],
        draft: &mut Draft,
        errors: &mut FieldErrors,
    ) -> Result<Lacking, Error> {
        let mut lacking = Lacking::default();
        for link in texts {
            let place = (link.target, fold(&link.text));
            match self.find(app, ctx, &place, &link.text)? {
                Found::One(id) => match link.list {
                    Some(list) => draft.add_to_list(list, id.to_string()),
                    None => draft.put(&link.key, id.to_string()),
                },
                Found::Several => errors.add(&link.key, "link-several", &link.text),
                Found::Nothing => match self.rows_meant(link) {
                    Some(1) => lacking.is_foretold = true,
                    Some(_) => errors.add(&link.key, "link-several", &link.text),
                    None if link.creates => match self.refusal(app, ctx, &place, &link.text)? {
                        None => lacking.missing.push((link.target, link.text.clone())),
                        Some(_) => errors.add(&link.key, "link-not-made", &link.text),
                    },
                    None => errors.add(&link.key, "link-unknown", &link.text),
                },
            }
        }
        Ok(lacking)
    }

    /// Whether a link leads to just this one.
    pub(super) fn leads_to(
        &mut self,
        app: &App,
        ctx: &Ctx,
        link: &LinkText,
        id: Option<Uuid>,
    ) -> Result<bool, Error> {
        let found = self.find(app, ctx, &(link.target, fold(&link.text)), &link.text)?;
        Ok(id.is_some_and(|id| found == Found::One(id)))
    }

    /// How many rows before it a link may mean, in a dry run: the run finds their records.
    fn rows_meant(&self, link: &LinkText) -> Option<usize> {
        let names = names_meant(self.program.as_deref(), &link.text);
        names.into_iter().find_map(|name| self.foretold.get(&(link.target, name)).copied())
    }

    /// Rows behind may lead to what a row of the file makes.
    pub(crate) fn foretell(&mut self, entity: Kind, names: Vec<String>) {
        for name in names {
            *self.foretold.entry((entity, name)).or_default() += 1;
        }
    }

    fn find(&mut self, app: &App, ctx: &Ctx, place: &(Kind, String), text: &str) -> Result<Found, Error> {
        if let Some(id) = self.known.get(place) {
            return Ok(Found::One(*id));
        }
        if let Some(found) = self.unknown.get(place) {
            return Ok(*found);
        }
        let found = match &self.program {
            Some(program) => links::find_of_program(app, ctx, place.0, text, program)?,
            None => links::find(app, ctx, place.0, text)?,
        };
        match found {
            Found::One(id) if self.known.len() < KNOWN_MAX => {
                self.known.insert(place.clone(), id);
            }
            Found::One(_) => {}
            found => {
                self.unknown.insert(place.clone(), found);
            }
        }
        Ok(found)
    }

    /// Why it cannot be made: nobody may, or a field is missing that every one of them has.
    fn refusal(
        &mut self,
        app: &App,
        ctx: &Ctx,
        place: &(Kind, String),
        name: &str,
    ) -> Result<Option<&String>, Error> {
        if self.new.contains(place) {
            return Ok(None);
        }
        if !self.refused.contains_key(place) {
            let may = permissions::may(ctx, place.0, Action::Create);
            let code = if may { refused(app, ctx, place.0, name)? } else { Some("denied".to_owned()) };
            match code {
                Some(code) => {
                    self.refused.insert(place.clone(), code);
                }
                None => return Ok(None),
            }
        }
        Ok(self.refused.get(place))
    }

    /// A new portion: what was not there may be there by now.
    pub(crate) fn forget_unknown(&mut self) {
        self.unknown.clear();
    }

    pub(crate) fn note_new(&mut self, missing: &[(Kind, String)]) {
        self.new.extend(missing.iter().map(|(kind, name)| (*kind, fold(name))));
    }

    /// How many of which entity a dry run would make.
    pub(crate) fn new_by_kind(&self) -> Vec<(Kind, u64)> {
        let mut counts: Vec<(Kind, u64)> = Vec::new();
        for (kind, _) in &self.new {
            match counts.last_mut().filter(|(last, _)| last == kind) {
                Some((_, count)) => *count += 1,
                None => counts.push((*kind, 1)),
            }
        }
        counts
    }

    /// Adds the records to a write. They are known from then on, or, if the write fails, looked up again.
    pub(crate) fn make(
        &mut self,
        app: &App,
        ctx: &Ctx,
        write: &mut Write,
        wanted: &[(Kind, String)],
    ) -> Result<Vec<(Kind, Uuid)>, Error> {
        let mut made = Vec::new();
        for (kind, name) in wanted {
            let id = for_entity!(*kind, E => Ok(match of_name::<E>(app, ctx, name)? {
                Ok(record) => {
                    let id = record.meta().id;
                    write.create(record);
                    Some(id)
                }
                Err(_) => None,
            }))?;
            made.extend(id.map(|id| (*kind, id)));
            self.unknown.remove(&(*kind, fold(name)));
        }
        Ok(made)
    }
}

fn refused(app: &App, ctx: &Ctx, kind: Kind, name: &str) -> Result<Option<String>, Error> {
    for_entity!(kind, E => Ok(of_name::<E>(app, ctx, name)?
        .err()
        .and_then(|errors| errors.0.into_iter().next())
        .map(|problem| problem.code)))
}
