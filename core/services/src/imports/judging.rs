//! What becomes of a row: a new record, a changed one, a double, or nothing with its reasons. The dry run and the run
//! ask the same.

use super::entities::{Importable, title_of, unique_keys};
use super::links::LinkBook;
use super::reading::{DETAIL_CHARACTERS_MAX, ReadRow, Reading};
use crate::records::Draft;
use crate::{App, Ctx, Error, links, permissions};
use model::uuid::Uuid;
use model::{
    Action, FieldErrors, ImportMode, ImportPlan, ImportedRow, IndexKey, Kind, Problem, RowOutcome, Settings,
    TITLE, fold, own_key, own_name, unique_own,
};
use sheets::Row;
use std::collections::HashSet;

/// A row can be wrong in a few fields; more say nothing new.
const PROBLEMS_A_ROW_MAX: usize = 8;

/// All that is needed to judge the rows of a file in their order.
pub(crate) struct Judge {
    pub(crate) entity: Kind,
    pub(crate) headers: Vec<String>,
    pub(crate) settings: Settings,
    pub(crate) plan: ImportPlan,
    pub(crate) reading: Reading,
    pub(crate) links: LinkBook,
    /// Keys of rows already looked at: a second row with the same key is a problem of the file.
    pub(crate) keys: HashSet<String>,
}

/// A row as it was read, with what is wrong with it whatever is stored.
pub(crate) struct Prepared {
    number: u64,
    read: ReadRow,
    errors: FieldErrors,
}

impl Prepared {
    /// Whether something of the row leads to records of this entity.
    pub(crate) fn leads_to(&self, entity: Kind) -> bool {
        self.read.links.iter().any(|link| link.target == entity)
    }
}

/// A row and what becomes of it.
#[derive(Clone)]
pub(crate) struct Judged<R> {
    pub(crate) number: u64,
    pub(crate) what: What<R>,
    /// Records of links that are made before.
    pub(crate) missing: Vec<(Kind, String)>,
}

#[derive(Clone)]
pub(crate) enum What<R> {
    New(Box<R>),
    Changed(Box<(R, R)>),
    Unchanged(Uuid, u64),
    Duplicate(Uuid, u64),
    Bad(Vec<Problem>),
}

/// Which record a row is.
enum Match<R> {
    None,
    One(Box<R>),
    Several,
}

impl<R: Importable> Judged<R> {
    pub(crate) fn bad(number: u64, errors: FieldErrors) -> Judged<R> {
        Judged { number, what: What::Bad(short(errors)), missing: Vec::new() }
    }

    pub(crate) fn outcome(&self) -> RowOutcome {
        match self.what {
            What::New(_) => RowOutcome::Created,
            What::Changed(_) => RowOutcome::Updated,
            What::Unchanged(..) => RowOutcome::Unchanged,
            What::Duplicate(..) => RowOutcome::Duplicate,
            What::Bad(_) => RowOutcome::Bad,
        }
    }

    /// Something is written for it.
    pub(crate) fn goes_in(&self) -> bool {
        matches!(self.what, What::New(_) | What::Changed(_))
    }

    /// What is kept of it beside its record.
    pub(crate) fn kept(&self) -> Option<ImportedRow> {
        let (id, version) = match &self.what {
            What::New(record) => (record.meta().id, 1),
            What::Changed(both) => (both.0.meta().id, both.0.meta().version + 1),
            What::Unchanged(id, version) | What::Duplicate(id, version) => (*id, *version),
            What::Bad(_) => return None,
        };
        let (row, outcome) = (self.number, self.outcome());
        Some(ImportedRow { row, entity: None, id, outcome, version, undo: None, why: String::new() })
    }
}

impl Judge {
    pub(crate) fn prepare(&mut self, app: &App, row: &Row) -> Prepared {
        let read = self.reading.read(row);
        let mut errors = FieldErrors::default();
        for (field, value) in self.claims(app, &read.draft) {
            if !self.keys.insert(format!("{field} {}", fold(&value))) {
                let field = if field == TITLE { self.title_field().to_owned() } else { field };
                errors.add(&field, "twice-in-file", value);
            }
        }
        for problem in &row.problems {
            let column = self.headers.get(problem.column).map_or("", String::as_str);
            errors.add(column, &format!("row-{}", problem.code.code()), problem.text.clone());
        }
        Prepared { number: row.number as u64, read, errors }
    }

    /// Values of the row that no other row of the file may have.
    fn claims(&self, app: &App, draft: &Draft) -> Vec<(String, String)> {
        let frame = app.frame();
        let own = frame.fields_of(self.entity).filter(|(_, field)| field.piece.unique);
        let keys = unique_keys(self.entity).iter().map(|key| (*key).to_owned());
        let keys = keys.chain(own.map(|(name, _)| own_key(name)));
        let text = |key: &str| draft.one(key).map(str::trim).filter(|text| !text.is_empty());
        let mut found: Vec<(String, String)> =
            keys.filter_map(|key| text(&key).map(|text| (key.clone(), text.to_owned()))).collect();
        if self.plan.match_by.as_deref() == Some(TITLE) {
            let title = title_of(self.entity, draft);
            found.extend((!title.is_empty()).then(|| (TITLE.to_owned(), title)));
        }
        found
    }

    fn title_field(&self) -> &'static str {
        match self.entity {
            Kind::Contact => "given_name",
            Kind::Product => "name_ca",
            Kind::Activity => "subject",
            _ => "name",
        }
    }

    pub(crate) fn judge<R: Importable>(
        &mut self,
        app: &App,
        ctx: &Ctx,
        prepared: &Prepared,
    ) -> Result<Judged<R>, Error> {
        let mut errors = prepared.errors.clone();
        let mut draft = prepared.read.draft.clone();
        let missing = self.links.resolve(app, ctx, &prepared.read.links, &mut draft, &mut errors)?;
        let number = prepared.number;
        let mut before = None;
        match self.matched::<R>(app, ctx, &draft)? {
            Match::One(record) if self.plan.mode == ImportMode::Create && errors.is_empty() => {
                let what = What::Duplicate(record.meta().id, record.meta().version);
                return Ok(Judged { number, what, missing: Vec::new() });
            }
            Match::One(_) if self.plan.mode == ImportMode::Create => return Ok(Judged::bad(number, errors)),
            Match::One(record)
                if permissions::require_record(ctx, record.as_ref(), Action::Change).is_err() =>
            {
                errors.add("", "match-denied", record.name());
                return Ok(Judged::bad(number, errors));
            }
            Match::One(record) => before = Some(*record),
            Match::Several => {
                errors.add(self.title_field(), "match-several", title_of(self.entity, &draft));
                return Ok(Judged::bad(number, errors));
            }
            Match::None if self.plan.mode == ImportMode::Update => {
                errors.add("", "match-nothing", "");
                return Ok(Judged::bad(number, errors));
            }
            Match::None => {}
        }
        let (record, wrong) = self.made(app, ctx, draft, &prepared.read.asked, before.as_ref())?;
        let mut wrong = wrong.0;
        // What is wrong with a link is said by the link.
        wrong.retain(|problem| problem.code != "required" || errors.of(&problem.field).is_none());
        errors.0.extend(wrong);
        let what = match before {
            _ if !errors.is_empty() => What::Bad(short(errors)),
            Some(before) if before == record => What::Unchanged(before.meta().id, before.meta().version),
            Some(before) => What::Changed(Box::new((before, record))),
            None => What::New(Box::new(record)),
        };
        Ok(Judged { number, what, missing })
    }

    /// The record of a row; what is given only where it is asked for comes second.
    fn made<R: Importable>(
        &self,
        app: &App,
        ctx: &Ctx,
        mut draft: Draft,
        asked: &[(String, String)],
        before: Option<&R>,
    ) -> Result<(R, FieldErrors), Error> {
        let (record, errors) = R::made(app, ctx, &self.settings, &draft, before)?;
        let mut again = false;
        for (key, text) in asked.iter().filter(|(key, _)| errors.of(key).is_some()) {
            draft.put(key, text);
            again = true;
        }
        if again { R::made(app, ctx, &self.settings, &draft, before) } else { Ok((record, errors)) }
    }

    /// The record that is stored already. Whether a row is a double is decided here and nowhere else.
    fn matched<R: Importable>(&self, app: &App, ctx: &Ctx, draft: &Draft) -> Result<Match<R>, Error> {
        let Some(key) = self.plan.match_by.as_deref() else {
            return Ok(Match::None);
        };
        let id = if key == TITLE {
            let title = title_of(self.entity, draft);
            if title.is_empty() {
                return Ok(Match::None);
            }
            match links::find(app, ctx, self.entity, &title)? {
                links::Found::One(id) => Some(id),
                links::Found::Nothing => None,
                links::Found::Several => return Ok(Match::Several),
            }
        } else {
            let Some(text) = draft.one(key).map(str::trim).filter(|text| !text.is_empty()) else {
                return Ok(Match::None);
            };
            match own_name(key) {
                Some(name) => app.store.find(&unique_own(self.entity, name, text))?,
                None => app.store.find(&IndexKey::unique(self.entity, key, text))?,
            }
        };
        let record = id.map(|id| app.store.get::<R>(id)).transpose()?.flatten();
        let visible = |record: &R| permissions::require_record(ctx, record, Action::See).is_ok();
        Ok(record.filter(visible).map_or(Match::None, |record| Match::One(Box::new(record))))
    }
}

/// As much of what is wrong as is kept.
fn short(errors: FieldErrors) -> Vec<Problem> {
    let mut problems = errors.0;
    problems.truncate(PROBLEMS_A_ROW_MAX);
    for problem in &mut problems {
        problem.detail = problem.detail.chars().take(DETAIL_CHARACTERS_MAX).collect();
    }
    problems
}
