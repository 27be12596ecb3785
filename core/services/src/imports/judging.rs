//! What becomes of a row: a new record, a changed one, a double, or nothing with its reasons. The dry run and the run
//! ask the same.

use super::alike::{Alike, is_sure};
use super::currencies;
use super::entities::{Importable, title_of, unique_keys};
use super::keys::{self, EXTERNAL_KEY};
use super::links::LinkBook;
use super::order::names_of;
use super::reading::{DETAIL_CHARACTERS_MAX, ReadRow, Reading};
use super::unsaid::keep_what_is_there;
use super::{plans, postcodes, ways};
use crate::records::{self, Draft};
use crate::{App, Ctx, Error, duplicates, links, permissions};
use model::uuid::Uuid;
use model::{
    Action, AnyRecord, FieldErrors, ImportId, ImportMode, ImportPlan, ImportedRow, IndexKey, Kind, Likeness,
    MATCHED, MatchBy, OnDouble, RowOutcome, RowProblems, Settings, TITLE, Via, fold, normalize_email,
    normalize_tax_id, own_key, own_name, single_spaced, unique_own,
};
use sheets::{ProblemCode, Row};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A row can be wrong in a few fields; more say nothing new.
const PROBLEMS_A_ROW_MAX: usize = 8;

/// Problems that quote what was read: who looks for it in the file looks for its cell.
const QUOTED_AS_IT_IS: [&str; 5] =
    ["date-form", "amount-form", "amount-range", "decimal-form", "decimal-range"];

/// All that is needed to judge the rows of a file in their order.
pub(crate) struct Judge {
    pub(crate) import: ImportId,
    pub(crate) entity: Kind,
    /// The program whose export the file is.
    pub(crate) program: Option<String>,
    pub(crate) headers: Vec<String>,
    pub(crate) settings: Settings,
    pub(crate) plan: ImportPlan,
    pub(crate) reading: Reading,
    pub(crate) links: LinkBook,
    /// Keys of rows already looked at: a second row with the same key is a problem of the file.
    pub(crate) keys: HashSet<String>,
    /// Rows that go in or are in, by what no two new records should share.
    pub(crate) signs: HashMap<String, u64>,
    /// The records that rows are, with the first row of each: a second one would be written over it.
    pub(crate) met: HashMap<Uuid, u64>,
    /// Fields and values that are mended and that rows have.
    pub(crate) met_values: BTreeSet<(String, String)>,
    /// The places of columns that go nowhere and have something in them.
    pub(crate) left_out: BTreeSet<usize>,
    /// Whether look-alikes are told of, and how far: names that are only nearly the same take their time.
    pub(crate) resembling: Resembling,
}

/// For which look-alikes of new rows is looked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Resembling {
    /// For those alone that decide whether the row goes in.
    Deciding,
    /// For those of exactly the same name and phone, too.
    Exact,
    /// Also for those of nearly the same name at the same postcode.
    Near,
}

/// A row as it was read, with what is wrong with it whatever is stored.
pub(crate) struct Prepared {
    number: u64,
    read: ReadRow,
    errors: FieldErrors,
    /// What two new records should not share.
    signs: Vec<(MatchBy, String)>,
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
    /// What the row is called, where it is told of.
    pub(crate) name: String,
    pub(crate) what: What<R>,
    /// Records of links that are made before.
    pub(crate) missing: Vec<(Kind, String)>,
    /// A record that a new one resembles, and the surest of what they share.
    pub(crate) alike: Option<Alike>,
    /// A row before that a new one is surely the same as, where such rows go in, and by what.
    pub(crate) of_row: Option<(u64, MatchBy)>,
    /// A postcode of it that got back the zero that a spreadsheet took, as it was.
    pub(crate) mended_postcode: Option<String>,
    /// A cell of it that held several phones or addresses, or words beside one.
    pub(crate) taken_apart: Option<String>,
    /// Somebody whose it would be by the file, and of whom the caller may not say so.
    pub(crate) passed_over: Option<String>,
}

#[derive(Clone)]
pub(crate) enum What<R> {
    New(Box<R>),
    Changed(Box<(R, R)>),
    Unchanged(Uuid, u64),
    /// By what it was recognised, where that is not the key of the plan.
    Duplicate(Uuid, u64, Option<MatchBy>),
    /// The same as a row before it, and by what.
    Double(u64, MatchBy),
    Bad(RowProblems),
}

/// Which record a row is.
enum Match<R> {
    None,
    One(Box<R>),
    Several,
}

impl<R: Importable> Judged<R> {
    pub(crate) fn bad(number: u64, errors: FieldErrors) -> Judged<R> {
        Judged::of(number, What::Bad(short(number, String::new(), errors, None)))
    }

    fn of(number: u64, what: What<R>) -> Judged<R> {
        let (name, missing) = (String::new(), Vec::new());
        Judged {
            number,
            name,
            what,
            missing,
            alike: None,
            of_row: None,
            mended_postcode: None,
            taken_apart: None,
            passed_over: None,
        }
    }

    pub(crate) fn outcome(&self) -> RowOutcome {
        match self.what {
            What::New(_) => RowOutcome::Created,
            What::Changed(_) => RowOutcome::Updated,
            What::Unchanged(..) => RowOutcome::Unchanged,
            What::Duplicate(..) | What::Double(..) => RowOutcome::Duplicate,
            What::Bad(_) => RowOutcome::Bad,
        }
    }

    /// Something is written for it.
    pub(crate) fn goes_in(&self) -> bool {
        matches!(self.what, What::New(_) | What::Changed(_))
    }

    /// What is kept of it beside its record.
    pub(crate) fn kept(&self) -> Option<ImportedRow> {
        let (id, version, by) = match &self.what {
            What::New(record) => (record.meta().id, 1, None),
            What::Changed(both) => (both.0.meta().id, both.0.meta().version + 1, None),
            What::Unchanged(id, version) => (*id, *version, None),
            What::Duplicate(id, version, by) => (*id, *version, *by),
            What::Double(first, by) => return Some(ImportedRow::same_as(self.number, *first, *by)),
            What::Bad(_) => return None,
        };
        let (row, outcome) = (self.number, self.outcome());
        let why = by.map_or("", MatchBy::as_str).to_owned();
        Some(ImportedRow { row, entity: None, id, outcome, version, undo: None, why })
    }
}

impl Judge {
    pub(crate) fn prepare(&mut self, app: &App, row: &Row) -> Prepared {
        self.note_left_out(row);
        let read = self.reading.read(row);
        for place in &read.mended {
            if !self.met_values.contains(place) {
                self.met_values.insert(place.clone());
            }
        }
        let mut errors = FieldErrors::default();
        for (field, value) in self.claims(app, &read.draft) {
            // Keys of other programs differ by case alone, and are kept so.
            let is_exact = field != TITLE && own_name(&field).is_none();
            let told = if is_exact { value.clone() } else { fold(&value) };
            if !self.keys.insert(format!("{field} {told}")) {
                let field = if field == TITLE { self.title_field().to_owned() } else { field };
                errors.add(&field, "twice-in-file", value);
            }
        }
        currencies::check(&read, self.settings.currency, &mut errors);
        let signs = self.sure_signs(&read.draft);
        for problem in &row.problems {
            // What a cell that is left out holds is nobody's concern; quotes that are not in order are the whole line's.
            let column = self.plan.columns.get(problem.column);
            let is_left_out = column.is_some_and(|column| column.target.is_none());
            if is_left_out && problem.code != ProblemCode::BrokenQuote {
                continue;
            }
            let column = self.headers.get(problem.column).map_or("", String::as_str);
            errors.add(column, &format!("row-{}", problem.code.code()), problem.text.clone());
        }
        Prepared { number: row.number as u64, read, errors, signs }
    }

    /// What two new records of this entity should not share, as records keep it.
    fn sure_signs(&self, draft: &Draft) -> Vec<(MatchBy, String)> {
        if !MATCHED.contains(&self.entity) {
            return Vec::new();
        }
        let sign = |key: &'static str, read: fn(&str) -> Option<String>| {
            let by = MatchBy::from_code(key).filter(|by| is_sure(self.entity, *by))?;
            // Said already where it is the key of the plan.
            if self.plan.match_by.as_deref() == Some(key) {
                return None;
            }
            Some((by, draft.one(key).and_then(read)?))
        };
        let tax_id = sign("tax_id", |text| normalize_tax_id(text).ok());
        tax_id.into_iter().chain(sign("email", |text| normalize_email(text).ok())).collect()
    }

    /// The row before that this one is the same as, and by what. A row that stayed out holds up no other.
    fn row_before(&self, prepared: &Prepared) -> Option<(u64, MatchBy)> {
        let held = |(by, value): &(MatchBy, String)| Some((*self.signs.get(&sign_key(*by, value))?, *by));
        prepared.signs.iter().find_map(held).filter(|(first, _)| *first != prepared.number)
    }

    /// Values of the row that no other row of the file may have.
    fn claims(&self, app: &App, draft: &Draft) -> Vec<(String, String)> {
        let frame = app.frame();
        let own = frame.fields_of(self.entity).filter(|(_, field)| field.piece.unique);
        let keys = unique_keys(self.entity).iter().map(|key| (*key).to_owned());
        let keys = keys.chain(own.map(|(name, _)| own_key(name)));
        let text = |key: &str| draft.one(key).map(single_spaced).filter(|text| !text.is_empty());
        let mut found: Vec<(String, String)> =
            keys.filter_map(|key| text(&key).map(|text| (key.clone(), text))).collect();
        match self.plan.match_by.as_deref() {
            Some(TITLE) => {
                let title = title_of(self.entity, draft);
                found.extend((!title.is_empty()).then(|| (TITLE.to_owned(), title)));
            }
            Some(key) => {
                let sign = sign_of(key).and_then(|read| read(draft.one(key)?));
                found.extend(sign.map(|value| (key.to_owned(), value)));
            }
            None => {}
        }
        found
    }

    pub(crate) fn title_field(&self) -> &'static str {
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
        let mut judged = self.judged::<R>(app, ctx, prepared)?;
        let is_told = judged.alike.is_some() || judged.of_row.is_some();
        if is_told || judged.outcome() == RowOutcome::Duplicate {
            judged.name = row_name(self.entity, &prepared.read);
        }
        if judged.goes_in() || matches!(judged.what, What::Unchanged(..)) {
            for (by, value) in &prepared.signs {
                self.signs.entry(sign_key(*by, value)).or_insert(prepared.number);
            }
        }
        Ok(judged)
    }

    fn judged<R: Importable>(
        &mut self,
        app: &App,
        ctx: &Ctx,
        prepared: &Prepared,
    ) -> Result<Judged<R>, Error> {
        let mut errors = prepared.errors.clone();
        let mut draft = prepared.read.draft.clone();
        let (links, passed_over) = self.links_that_count(app, ctx, &prepared.read.links)?;
        let lacking = self.links.resolve(app, ctx, &links, &mut draft, &mut errors)?;
        let number = prepared.number;
        let mut before = None;
        let matched = match self.matched::<R>(app, ctx, &draft)? {
            Match::None => self.made_along::<R>(app, ctx, &draft)?,
            matched => matched,
        };
        let only_new = self.plan.mode == ImportMode::Create;
        match matched {
            // What rows before lead to, made by its name alone: this row is what it is.
            Match::One(record) if only_new && self.is_made_along(record.as_ref()) => before = Some(*record),
            Match::One(record) if only_new && errors.is_empty() => {
                let what = What::Duplicate(record.meta().id, record.meta().version, None);
                return Ok(Judged::of(number, what));
            }
            Match::One(_) if only_new => {
                return Ok(self.bad(number, errors, &prepared.read));
            }
            Match::One(record)
                if permissions::require_record(ctx, record.as_ref(), Action::Change).is_err() =>
            {
                errors.add("", "match-denied", record.name());
                return Ok(self.bad(number, errors, &prepared.read));
            }
            Match::One(record) => {
                if *self.met.entry(record.meta().id).or_insert(number) != number {
                    errors.add(self.title_field(), "twice-in-file", record.name());
                    return Ok(self.bad(number, errors, &prepared.read));
                }
                keep_what_is_there(record.as_ref(), &prepared.read.given, &mut draft, &mut errors);
                before = Some(*record);
            }
            Match::Several => {
                errors.add(self.title_field(), "match-several", title_of(self.entity, &draft));
                return Ok(self.bad(number, errors, &prepared.read));
            }
            Match::None if self.plan.mode == ImportMode::Update => {
                errors.add("", "match-nothing", "");
                return Ok(self.bad(number, errors, &prepared.read));
            }
            Match::None if errors.is_empty() && self.plan.on_double == OnDouble::Skip => {
                if let Some((first, by)) = self.row_before(prepared) {
                    return Ok(Judged::of(number, What::Double(first, by)));
                }
            }
            Match::None => {}
        }
        if self.is_nobodys(ctx, &draft, before.as_ref()) {
            draft.put(plans::OWNER, "");
        }
        let country = before.as_ref().map(|before| before.built_in("country"));
        let mended_postcode = postcodes::mend(&mut draft, country, &self.settings.country);
        let known = before.as_ref().map(|before| before as &dyn AnyRecord);
        ways::put_notes(&mut draft, &prepared.read.notes, known);
        let (record, wrong) = self.made(app, ctx, draft, &prepared.read.asked, before.as_ref())?;
        let mut wrong = wrong.0;
        // What is wrong with a link is said by the link, and with the currency of an amount by the currency.
        let follows = ["required", "amount-form", "decimal-form"];
        wrong.retain(|problem| {
            !follows.contains(&problem.code.as_str()) || errors.of(&problem.field).is_none()
        });
        errors.0.extend(wrong);
        let (mut alike, mut of_row) = (None, None);
        let what = match before {
            _ if !errors.is_empty() => return Ok(self.bad(number, errors, &prepared.read)),
            Some(before) if before == record && lacking.is_nothing() => {
                What::Unchanged(before.meta().id, before.meta().version)
            }
            Some(before) => What::Changed(Box::new((before, record))),
            None => {
                alike = self.alike(app, ctx, &record)?;
                of_row = self.row_before(prepared);
                let double = alike.filter(|alike| alike.is_double && self.plan.on_double == OnDouble::Skip);
                match double {
                    Some(Alike { id, version, by, .. }) => {
                        return Ok(Judged::of(number, What::Duplicate(id, version, Some(by))));
                    }
                    None => What::New(Box::new(record)),
                }
            }
        };
        let (missing, taken_apart) = (lacking.missing, prepared.read.taken_apart.clone());
        let name = String::new();
        Ok(Judged { number, name, what, missing, alike, of_row, mended_postcode, taken_apart, passed_over })
    }

    fn bad<R: Importable>(&self, number: u64, errors: FieldErrors, read: &ReadRow) -> Judged<R> {
        let name = row_name(self.entity, read);
        Judged::of(number, What::Bad(short(number, name, errors, Some(read))))
    }

    /// Which record that is there a new one may be about: one that is surely the same, else the first of its entity, which it
    /// can be merged with, else the first of all.
    fn alike(&self, app: &App, ctx: &Ctx, record: &dyn AnyRecord) -> Result<Option<Alike>, Error> {
        let kind = self.entity;
        if !MATCHED.contains(&kind) {
            return Ok(None);
        }
        let mut likeness = Likeness::of(record);
        if self.plan.on_double == OnDouble::Skip
            && let Some(double) = self.double(app, ctx, &likeness)?
        {
            return Ok(Some(double));
        }
        match self.resembling {
            Resembling::Deciding => return Ok(None),
            Resembling::Exact => likeness.postcode = None,
            Resembling::Near => {}
        }
        let found = duplicates::of_likeness(app, ctx, kind, &likeness, &MATCHED)?;
        let told = found.iter().filter_map(|other| Alike::of(kind, other.record.as_ref(), &other.by));
        let told: Vec<Alike> = told.collect();
        let first = |is_it: fn(&Alike, Kind) -> bool| told.iter().find(|alike| is_it(alike, kind));
        let double = first(|alike, _| alike.is_double);
        Ok(double.or_else(|| first(|alike, kind| alike.kind == kind)).or(told.first()).copied())
    }

    /// A record that is surely the same, whoever has it: what is there with somebody else does not go in twice. One that the
    /// caller sees comes first; of another one it is told that it is there, and nothing more.
    fn double(&self, app: &App, ctx: &Ctx, likeness: &Likeness) -> Result<Option<Alike>, Error> {
        let kind = self.entity;
        let Likeness { tax_id, email, .. } = likeness.clone();
        let sure = Likeness { tax_id, email, ..Likeness::default() };
        let mut of_others = None;
        for ((_, id), by) in duplicates::of_anybody(app, kind, &sure, &[kind])? {
            let Some(record) = records::any(app, kind, id)? else { continue };
            let Some(alike) = Alike::of(kind, record.as_ref(), &by).filter(|alike| alike.is_double) else {
                continue;
            };
            if records::visible(app, ctx, kind, id)?.is_some() {
                return Ok(Some(alike));
            }
            of_others.get_or_insert(alike);
        }
        Ok(of_others)
    }

    /// What rows behind may lead to, once this one makes it.
    pub(crate) fn foretell(&mut self, prepared: &Prepared) {
        self.links.foretell(self.entity, names_of(self.entity, &prepared.read.draft));
    }

    /// Looks which record a row was that went in before a restart.
    pub(crate) fn meet_again<R: Importable>(
        &mut self,
        app: &App,
        ctx: &Ctx,
        prepared: &Prepared,
    ) -> Result<(), Error> {
        if self.plan.mode != ImportMode::Create
            && let Match::One(record) = self.matched::<R>(app, ctx, &prepared.read.draft)?
        {
            self.met.entry(record.meta().id).or_insert(prepared.number);
        }
        Ok(())
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

    /// Whether this import made it because rows lead to it, and nothing more is known of it yet.
    pub(super) fn is_made_along<R: Importable>(&self, record: &R) -> bool {
        let meta = record.meta();
        self.reading.makes_own(self.entity)
            && meta.version == 1
            && meta.created_by.via == Via::Import(self.import)
    }

    /// The record of this name that rows before lead to.
    fn made_along<R: Importable>(&self, app: &App, ctx: &Ctx, draft: &Draft) -> Result<Match<R>, Error> {
        let title = title_of(self.entity, draft);
        if title.is_empty() || !self.reading.makes_own(self.entity) {
            return Ok(Match::None);
        }
        let links::Found::One(id) = links::find(app, ctx, self.entity, &title)? else {
            return Ok(Match::None);
        };
        let record = app.store.get::<R>(id)?.filter(|record| self.is_made_along(record));
        Ok(record.map_or(Match::None, |record| Match::One(Box::new(record))))
    }

    /// The records of this entity that the caller sees and that have this e-mail address or tax id.
    fn of_sign(&self, app: &App, ctx: &Ctx, key: &str, value: Option<String>) -> Result<Vec<Uuid>, Error> {
        let mut likeness = Likeness::default();
        if key == MatchBy::TaxId.as_str() {
            likeness.tax_id = value;
        } else {
            likeness.email = value;
        }
        let found = duplicates::of_likeness(app, ctx, self.entity, &likeness, &[self.entity])?;
        Ok(found.iter().map(|other| other.record.about().id).collect())
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
            let Some(text) = draft.one(key).map(single_spaced).filter(|text| !text.is_empty()) else {
                return Ok(Match::None);
            };
            match (own_name(key), sign_of(key)) {
                (Some(name), _) => app.store.find(&unique_own(self.entity, name, &text))?,
                (None, Some(read)) => match self.of_sign(app, ctx, key, read(&text))?.as_slice() {
                    [] => None,
                    [one] => Some(*one),
                    _ => return Ok(Match::Several),
                },
                (None, None) if key == EXTERNAL_KEY => self.of_external_key(app, &text)?,
                (None, None) => app.store.find(&IndexKey::unique(self.entity, key, &text))?,
            }
        };
        let record = id.map(|id| app.store.get::<R>(id)).transpose()?.flatten();
        let visible = |record: &R| permissions::require_record(ctx, record, Action::See).is_ok();
        Ok(record.filter(visible).map_or(Match::None, |record| Match::One(Box::new(record))))
    }

    fn of_external_key(&self, app: &App, text: &str) -> Result<Option<Uuid>, Error> {
        if let Some(program) = &self.program {
            return keys::find(app, self.entity, program, text);
        }
        let found = app.store.find(&IndexKey::unique(self.entity, EXTERNAL_KEY, text))?;
        // Cards that Tracte gave out say which record they are of.
        Ok(found.or_else(|| text.parse::<Uuid>().ok()))
    }
}

fn sign_key(by: MatchBy, value: &str) -> String {
    format!("{} {value}", by.as_str())
}

/// How what several records may have is read, where rows are told by it.
fn sign_of(key: &str) -> Option<fn(&str) -> Option<String>> {
    match MatchBy::from_code(key)? {
        MatchBy::TaxId => Some(|text| normalize_tax_id(text).ok()),
        MatchBy::Email => Some(|text| normalize_email(text).ok()),
        MatchBy::Phone | MatchBy::Name | MatchBy::NearName => None,
    }
}

/// What a row is called: as its record would be, else by the first of its cells that goes somewhere.
pub(crate) fn row_name(entity: Kind, read: &ReadRow) -> String {
    let title = title_of(entity, &read.draft);
    let first = || read.cells.first().map_or("", |(_, cell)| cell.as_str());
    let name = if title.is_empty() { first() } else { title.as_str() };
    name.chars().take(DETAIL_CHARACTERS_MAX).collect()
}

/// As much of what is wrong as is kept, with the cells that problems are about.
fn short(row: u64, name: String, errors: FieldErrors, read: Option<&ReadRow>) -> RowProblems {
    let mut problems = errors.0;
    problems.truncate(PROBLEMS_A_ROW_MAX);
    let mut cells: Vec<(String, String)> = Vec::new();
    for problem in &mut problems {
        problem.detail = problem.detail.chars().take(DETAIL_CHARACTERS_MAX).collect();
        let cell = read.map_or(problem.detail.as_str(), |read| read.quoted(&problem.field, &problem.detail));
        let is_mended = |read: &ReadRow| read.mended.iter().any(|(key, _)| *key == problem.field);
        if QUOTED_AS_IT_IS.contains(&problem.code.as_str()) && !read.is_some_and(is_mended) {
            problem.detail = cell.to_owned();
            continue;
        }
        if cell != problem.detail && !cells.iter().any(|(field, _)| *field == problem.field) {
            cells.push((problem.field.clone(), cell.to_owned()));
        }
    }
    RowProblems { row, name, problems, cells }
}
