//! The text of a file against the running company: what would change, and every problem with its line.

use super::company::{SETTINGS, SettingsSection, Typed};
use super::{Change, ChangeDeed, FILE_BYTES_MAX, FileProblem, Review};
use crate::configuration::{self, Governed};
use crate::sections::{self, ForEachSection};
use crate::{App, Ctx, Error};
use model::json::{self, Value};
use model::{Configured, Credential, FieldErrors, Frame, Meta, Piece, Problem, ReadPieces, Settings};
use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

type Put = Box<dyn FnOnce(&Ctx, &mut store::Write)>;
/// What follows once it is done.
pub(super) type After = Box<dyn FnOnce(&App, &Ctx) -> Result<(), Error>>;
type MayChange = fn(&Ctx) -> Result<(), Error>;

/// What a file would do, ready to be done.
pub(crate) struct Plan {
    pub review: Review,
    puts: Vec<Put>,
    after: Vec<After>,
    /// Of the sections in which something changes.
    may_change: Vec<MayChange>,
}

impl Plan {
    /// All problems at once. With any, the plan has nothing to do.
    pub(crate) fn read(app: &App, text: &str) -> Result<Plan, Error> {
        let mut reader = Reader {
            app,
            running: app.frame(),
            lines: Lines::of(text),
            plan: Plan {
                review: Review::default(),
                puts: Vec::new(),
                after: Vec::new(),
                may_change: Vec::new(),
            },
            found: BTreeMap::new(),
        };
        reader.plan.review.against = super::fingerprint(app)?;
        if text.len() > FILE_BYTES_MAX {
            reader.problem(
                None,
                "",
                Problem::new("", "file-too-large", format!("{} kB", FILE_BYTES_MAX / 1024)),
            );
            return Ok(reader.plan);
        }
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let line = error.span().map(|span| reader.lines.at(span.start));
            reader.problem(line, "", Problem::new("", "syntax", error.message()));
        }
        let document = document.get_ref();
        reader.unknown_sections(document);
        let settings = reader.settings(document)?;
        let mut parse = Parse { reader: &mut reader, document };
        sections::each(&mut parse)?;
        let target = Frame::read(settings, &Target { running: &reader.running, found: &reader.found })?;
        let mut compare = Compare { reader: &mut reader, document, target };
        sections::each(&mut compare)?;
        Ok(reader.finish())
    }

    pub(crate) fn require_may_change(&self, ctx: &Ctx) -> Result<(), Error> {
        self.may_change.iter().try_for_each(|may_change| may_change(ctx))
    }

    /// The write, and what follows once it is committed.
    pub(super) fn put_into(self, ctx: &Ctx, write: &mut store::Write) -> (Review, Vec<After>) {
        for put in self.puts {
            put(ctx, write);
        }
        (self.review, self.after)
    }
}

/// Where the lines of a text begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        Lines(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// The line of a byte, from 1.
    fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start <= byte)
    }
}

struct Reader<'a> {
    app: &'a App,
    running: Arc<Frame>,
    lines: Lines,
    plan: Plan,
    /// For each section the pieces as they would be: a `Vec<Parsed<P>>`.
    found: BTreeMap<&'static str, Box<dyn Any>>,
}

/// A piece that stands in the file.
struct Parsed<P> {
    piece: Configured<P>,
    /// The line of its name.
    line: usize,
}

impl Reader<'_> {
    fn problem(&mut self, line: Option<usize>, place: &str, problem: Problem) {
        self.plan.review.problems.push(FileProblem { line, place: place.to_owned(), problem });
    }

    fn unknown_sections(&mut self, document: &DeTable<'_>) {
        for (name, _) in document.iter() {
            let known = name.get_ref().as_ref();
            let is_settings = SETTINGS.iter().any(|section| section.name == known);
            if !is_settings && !sections::NAMES.contains(&known) {
                let line = self.lines.at(name.span().start);
                self.problem(Some(line), known, Problem::new("", "section-unknown", known));
            }
        }
    }

    /// The settings as they would be: all their sections are one record.
    fn settings(&mut self, document: &DeTable<'_>) -> Result<Option<Settings>, Error> {
        let Some(before) = self.running.settings.clone() else {
            return Ok(None);
        };
        let mut after = before.clone();
        for section in &SETTINGS {
            after = self.settings_section(document, section, after)?;
        }
        if after == before {
            return Ok(Some(after));
        }
        // A secret that no provider is left for.
        let is_kept = after.identity.as_ref().is_some_and(|provider| provider.secret_set_at.is_some());
        let credential = self.app.store.get::<Credential>(Credential::IDENTITY)?.filter(|_| !is_kept);
        let changed = after.clone();
        self.plan.puts.push(Box::new(move |_, write| {
            write.update(&before, changed);
            if let Some(credential) = credential {
                write.delete(&credential);
            }
        }));
        Ok(Some(after))
    }

    fn settings_section(
        &mut self,
        document: &DeTable<'_>,
        section: &SettingsSection,
        settings: Settings,
    ) -> Result<Settings, Error> {
        let Some(fields) = table_of(document, section.name) else {
            return Ok(settings);
        };
        let pairs = section.pairs;
        let mut typed: Typed = pairs(self.app, &settings)?.into_iter().collect();
        for (name, value) in fields.iter() {
            let (field, line) = (name.get_ref().as_ref(), self.lines.at(name.span().start));
            let problem = match (typed.get_mut(field), text_of(value.get_ref())) {
                (Some(place), Some(text)) => {
                    *place = text;
                    continue;
                }
                (None, _) => Problem::new(field, "field-unknown", field),
                (Some(_), None) => Problem::new(field, "syntax", value.get_ref().type_str()),
            };
            self.problem(Some(line), section.name, problem);
        }
        let mut errors = FieldErrors::default();
        let after = (section.checked)(self.app, &settings, &typed, &mut errors)?;
        for problem in errors.0 {
            let line = line_within(fields, &problem.field).map(|at| self.lines.at(at));
            self.problem(line, section.name, problem);
        }
        let differing: Vec<_> = pairs(self.app, &settings)?
            .into_iter()
            .zip(pairs(self.app, &after)?)
            .filter(|((_, before), (_, after))| before != after)
            .map(|((name, before), (_, after))| (name.to_owned(), before, after))
            .collect();
        if differing.is_empty() {
            self.plan.review.unchanged += 1;
            return Ok(settings);
        }
        self.change(section.name, "", ChangeDeed::Changed, differing);
        self.plan.may_change.push(section.may_change);
        Ok(after)
    }

    fn change(&mut self, section: &str, key: &str, deed: ChangeDeed, fields: Vec<(String, String, String)>) {
        let (section, key) = (section.to_owned(), key.to_owned());
        self.plan.review.changes.push(Change { section, key, deed, fields });
    }

    fn finish(mut self) -> Plan {
        // Whole-file problems first, then as one reads.
        self.plan.review.problems.sort_by_key(|problem| problem.line.unwrap_or_default());
        if !self.plan.review.problems.is_empty() {
            self.plan.puts.clear();
            self.plan.after.clear();
        }
        self.plan
    }
}

/// The first pass: what stands in the file.
struct Parse<'a, 'b, 'i> {
    reader: &'a mut Reader<'b>,
    document: &'a DeTable<'i>,
}

impl ForEachSection for Parse<'_, '_, '_> {
    fn run<P: Governed>(&mut self) -> Result<(), Error> {
        let Some(section) = table_of(self.document, P::SECTION) else {
            return Ok(());
        };
        let mut found: Vec<Parsed<P>> = Vec::new();
        let running = Arc::clone(&self.reader.running);
        let last = P::pieces(&running).all().iter().map(|piece| piece.order).max().unwrap_or_default();
        for (key, name, value) in entries::<P>(section) {
            let line = self.reader.lines.at(name.start);
            let place = format!("{}.{key}", P::SECTION);
            let mut errors = FieldErrors::default();
            P::check_key(&key, &mut errors);
            let Some(fields) = value.get_ref().as_table().filter(|_| errors.is_empty()) else {
                errors.0.truncate(1);
                let problem =
                    errors.0.pop().unwrap_or_else(|| Problem::new("", "syntax", value.get_ref().type_str()));
                self.reader.problem(Some(line), &place, problem);
                continue;
            };
            let before = P::pieces(&running).get(&key);
            let next = last + 1 + u32::try_from(found.len()).unwrap_or_default();
            let order = order_of(fields).unwrap_or_else(|| before.map_or(next, |before| before.order));
            match self.piece::<P>(fields, value.span(), line, &place) {
                Some(piece) => {
                    let meta = before.map(|before| before.meta.clone());
                    // One that is not stored yet gets its record when the file is applied.
                    let meta = meta.unwrap_or_else(|| Meta {
                        version: 0,
                        ..Meta::new(
                            model::uuid::Uuid::nil(),
                            model::jiff::Timestamp::UNIX_EPOCH,
                            model::Actor::SYSTEM,
                        )
                    });
                    found.push(Parsed { piece: Configured { meta, key, order, piece }, line });
                }
                None => continue,
            }
        }
        self.reader.found.insert(P::SECTION, Box::new(found));
        Ok(())
    }
}

impl Parse<'_, '_, '_> {
    /// One piece out of its fields; what it does not understand is told with the line.
    fn piece<P: Governed>(
        &mut self,
        fields: &DeTable<'_>,
        span: Range<usize>,
        line: usize,
        place: &str,
    ) -> Option<P> {
        let known = sections::field_names::<P>();
        let mut own = DeTable::new();
        for (name, value) in fields.iter() {
            let field = name.get_ref().as_ref();
            if known.contains(&field) {
                own.insert(name.clone(), value.clone());
            } else if field != ORDER {
                let line = self.reader.lines.at(name.span().start);
                self.reader.problem(Some(line), place, Problem::new(field, "field-unknown", field));
            }
        }
        let value = Spanned::new(span, DeValue::Table(own));
        match P::deserialize(ValueDeserializer::from(value)) {
            Ok(piece) => match piece.adopted(self.reader.app) {
                Ok(piece) => Some(piece),
                Err(error) => {
                    self.reader.problem(Some(line), place, Problem::new("", "syntax", error.to_string()));
                    None
                }
            },
            Err(error) => {
                let at = error.span().map_or(line, |span| self.reader.lines.at(span.start));
                self.reader.problem(Some(at.max(line)), place, Problem::new("", "syntax", error.message()));
                None
            }
        }
    }
}

/// The company as the file wants it, for what a piece refers to.
struct Target<'a> {
    running: &'a Frame,
    found: &'a BTreeMap<&'static str, Box<dyn Any>>,
}

impl ReadPieces for Target<'_> {
    type Error = Error;

    fn pieces<P: Piece>(&self) -> Result<Vec<Configured<P>>, Error> {
        struct Stored<'a, P>(&'a Target<'a>, Option<Vec<Configured<P>>>);
        impl<P: Piece> ForEachSection for Stored<'_, P> {
            fn run<Q: Governed>(&mut self) -> Result<(), Error> {
                let stored: Vec<Configured<Q>> = Q::pieces(self.0.running)
                    .all()
                    .iter()
                    .filter(|piece| piece.is_stored())
                    .cloned()
                    .collect();
                let boxed: Box<dyn Any> = Box::new(merged(self.0.found, stored));
                if let Ok(same) = boxed.downcast::<Vec<Configured<P>>>() {
                    self.1 = Some(*same);
                }
                Ok(())
            }
        }
        let mut stored = Stored(self, None);
        sections::each(&mut stored)?;
        Ok(stored.1.unwrap_or_default())
    }
}

/// What is stored, with what the file says in its place.
fn merged<P: Governed>(
    found: &BTreeMap<&'static str, Box<dyn Any>>,
    stored: Vec<Configured<P>>,
) -> Vec<Configured<P>> {
    let Some(parsed) = found.get(P::SECTION).and_then(|found| found.downcast_ref::<Vec<Parsed<P>>>()) else {
        return stored;
    };
    let groups: BTreeSet<&str> = parsed.iter().filter_map(|parsed| group_of(&parsed.piece.key)).collect();
    let stays = |piece: &Configured<P>| group_of(&piece.key).is_some_and(|group| !groups.contains(group));
    let others = stored.into_iter().filter(stays);
    others.chain(parsed.iter().map(|parsed| parsed.piece.clone())).collect()
}

/// The second pass: each piece among all others, and against the running company.
struct Compare<'a, 'b, 'i> {
    reader: &'a mut Reader<'b>,
    document: &'a DeTable<'i>,
    target: Frame,
}

impl ForEachSection for Compare<'_, '_, '_> {
    fn run<P: Governed>(&mut self) -> Result<(), Error> {
        let Some(found) = self.reader.found.remove(P::SECTION) else {
            return Ok(());
        };
        let Ok(found) = found.downcast::<Vec<Parsed<P>>>() else {
            return Ok(());
        };
        let before = self.reader.plan.review.changes.len();
        let groups: BTreeSet<Option<String>> =
            found.iter().map(|parsed| group_of(&parsed.piece.key).map(str::to_owned)).collect();
        let keys: BTreeSet<String> = found.iter().map(|parsed| parsed.piece.key.clone()).collect();
        if P::pieces(&self.target).all().len() > P::MAX {
            self.reader.problem(None, P::SECTION, Problem::new("", "too-many", P::MAX.to_string()));
        }
        for parsed in *found {
            self.compare(parsed)?;
        }
        let running = Arc::clone(&self.reader.running);
        for piece in P::pieces(&running).all().iter().filter(|piece| piece.is_stored()) {
            let group = group_of(&piece.key).map(str::to_owned);
            if !keys.contains(&piece.key) && groups.contains(&group) {
                self.remove(piece)?;
            }
        }
        if self.reader.plan.review.changes.len() > before {
            self.reader.plan.may_change.push(P::may_change);
        }
        Ok(())
    }
}

impl Compare<'_, '_, '_> {
    fn compare<P: Governed>(&mut self, parsed: Parsed<P>) -> Result<(), Error> {
        let Parsed { piece: wanted, line } = parsed;
        let running = Arc::clone(&self.reader.running);
        let before = P::pieces(&running).get(&wanted.key);
        let mut errors = FieldErrors::default();
        configuration::check(&wanted.key, &wanted.piece, &self.target, &mut errors);
        wanted.piece.check_in(self.reader.app, &wanted.key, &mut errors);
        if let Some(before) = before {
            P::check_change(self.reader.app, &wanted.key, &before.piece, &wanted.piece, &mut errors)?;
        }
        let place = format!("{}.{}", P::SECTION, wanted.key);
        for problem in errors.0 {
            let fields =
                table_of(self.document, P::SECTION).and_then(|section| fields_at(section, &wanted.key));
            let at = fields.and_then(|fields| line_within(fields, &problem.field));
            let line = at.map_or(line, |at| self.reader.lines.at(at));
            self.reader.problem(Some(line), &place, problem);
        }
        match before {
            Some(before) if before.piece == wanted.piece && before.order == wanted.order => {
                self.reader.plan.review.unchanged += 1;
            }
            Some(before) => {
                let fields = differing(self.reader.app, Some(before), Some(&wanted))?;
                self.reader.change(P::SECTION, &wanted.key, ChangeDeed::Changed, fields);
                let (key, former) = (wanted.key.clone(), before.piece.clone());
                let after = move |app: &App, ctx: &Ctx| P::after_change(app, ctx, &key, &former);
                self.reader.plan.after.push(Box::new(after));
                let before = before.clone();
                self.reader.plan.puts.push(Box::new(move |ctx, write| {
                    if before.is_stored() {
                        write.update(&before, wanted)
                    } else {
                        create(ctx, write, wanted)
                    }
                }));
            }
            None => {
                let fields = differing(self.reader.app, None, Some(&wanted))?;
                self.reader.change(P::SECTION, &wanted.key, ChangeDeed::Added, fields);
                self.reader.plan.puts.push(Box::new(move |ctx, write| create(ctx, write, wanted)));
            }
        }
        Ok(())
    }

    /// What the company has and the file does not.
    fn remove<P: Governed>(&mut self, piece: &Configured<P>) -> Result<(), Error> {
        let place = format!("{}.{}", P::SECTION, piece.key);
        let mut errors = FieldErrors::default();
        match P::ready().iter().find(|(key, _)| *key == piece.key) {
            Some((_, ready)) => {
                P::check_change(self.reader.app, &piece.key, &piece.piece, ready, &mut errors)?;
            }
            None => {
                let uses = P::uses(self.reader.app, &self.target, &piece.key)?;
                if !uses.is_empty() {
                    errors.add("", "in-use", uses.len().to_string());
                }
            }
        }
        for problem in errors.0 {
            self.reader.problem(None, &place, problem);
        }
        let fields = differing(self.reader.app, Some(piece), None)?;
        self.reader.change(P::SECTION, &piece.key, ChangeDeed::Removed, fields);
        let piece = piece.clone();
        self.reader.plan.puts.push(Box::new(move |_, write| write.delete(&piece)));
        Ok(())
    }
}

fn create<P: Piece>(ctx: &Ctx, write: &mut store::Write, wanted: Configured<P>) {
    let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
    write.create(Configured { meta, ..wanted });
}

const ORDER: &str = "order";

/// The fields in which two readings of a piece differ, as text.
fn differing<P: Governed>(
    app: &App,
    before: Option<&Configured<P>>,
    after: Option<&Configured<P>>,
) -> Result<Vec<(String, String, String)>, Error> {
    let fields = |piece: Option<&Configured<P>>| -> Result<BTreeMap<String, String>, Error> {
        let Some(piece) = piece else {
            return Ok(BTreeMap::new());
        };
        let value = json::to_value(piece.piece.portable(app)?).map_err(Error::internal)?;
        let mut fields: BTreeMap<String, String> = value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), text_of_json(value)))
            .collect();
        fields.insert(ORDER.to_owned(), piece.order.to_string());
        Ok(fields)
    };
    let (before, after) = (fields(before)?, fields(after)?);
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let text =
        |fields: &BTreeMap<String, String>, name: &String| fields.get(name).cloned().unwrap_or_default();
    Ok(names
        .into_iter()
        .map(|name| (name.clone(), text(&before, name), text(&after, name)))
        .filter(|(_, before, after)| before != after)
        .collect())
}

/// Labels as their languages, lists as their parts: what people compare.
fn text_of_json(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(text_of_json).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let part = |(name, value): (&String, &Value)| format!("{name}: {}", text_of_json(value));
            fields.iter().map(part).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// Keys of two parts have a group.
fn group_of(key: &str) -> Option<&str> {
    key.split_once('.').map(|(group, _)| group)
}

/// Whether keys of this kind have two parts.
fn has_groups<P: Piece>() -> bool {
    let mut errors = FieldErrors::default();
    P::check_key("a.b", &mut errors);
    errors.is_empty()
}

/// The pieces of a section: key, where its name stands, and what is behind it.
fn entries<'a, 'i, P: Piece>(
    section: &'a DeTable<'i>,
) -> Vec<(String, Range<usize>, &'a Spanned<DeValue<'i>>)> {
    let mut found = Vec::new();
    for (name, value) in section.iter() {
        let key = name.get_ref().as_ref();
        match value.get_ref().as_table().filter(|_| has_groups::<P>()) {
            Some(group) => found.extend(
                group
                    .iter()
                    .map(|(inner, value)| (format!("{key}.{}", inner.get_ref()), inner.span(), value)),
            ),
            None => found.push((key.to_owned(), name.span(), value)),
        }
    }
    found
}

fn table_of<'a, 'i>(table: &'a DeTable<'i>, name: &str) -> Option<&'a DeTable<'i>> {
    let (_, value) = table.iter().find(|(key, _)| key.get_ref().as_ref() == name)?;
    value.get_ref().as_table()
}

fn fields_at<'a, 'i>(section: &'a DeTable<'i>, key: &str) -> Option<&'a DeTable<'i>> {
    match key.split_once('.') {
        Some((group, name)) => table_of(table_of(section, group)?, name),
        None => table_of(section, key),
    }
}

fn order_of(fields: &DeTable<'_>) -> Option<u32> {
    let (_, value) = fields.iter().find(|(key, _)| key.get_ref().as_ref() == ORDER)?;
    value.get_ref().as_integer()?.as_str().parse().ok()
}

/// Where a field such as `stages.0.label_ca` stands: the deepest part that is there.
fn line_within(fields: &DeTable<'_>, field: &str) -> Option<usize> {
    let mut place: Option<usize> = None;
    let mut table = Some(fields);
    let mut array: Option<&DeValue<'_>> = None;
    for part in field.split('.') {
        let found = match (table, array) {
            (Some(inside), _) => {
                let named = |name: &str| inside.iter().find(|(key, _)| key.get_ref().as_ref() == name);
                named(part)
                    .or_else(|| named(part.rsplit_once('_')?.0))
                    .map(|(key, value)| (key.span().start, value))
            }
            (None, Some(list)) => {
                let at = part.parse::<usize>().ok();
                at.and_then(|at| list.as_array()?.get(at)).map(|value| (value.span().start, value))
            }
            (None, None) => None,
        };
        let Some((at, value)) = found else { break };
        place = Some(at);
        table = value.get_ref().as_table();
        array = value.get_ref().is_array().then(|| value.get_ref());
    }
    place
}

/// A plain value as the company's form sends it.
fn text_of(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        _ => None,
    }
}
