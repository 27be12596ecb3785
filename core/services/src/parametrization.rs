//! The log of parametrisation: hours of consultants, loads of data, and what was configured, for which function of the
//! programme that pays for it.

use crate::error::none_of;
use crate::reports::{self, FileFormat};
use crate::{App, Ctx, Error, imports::File, permissions, settings, users};
use model::jiff::ToSpan;
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{
    Action, Change, FieldErrors, Import, Kind, LogOrigin, Meta, Parametrization, ProgramFunction, Segment,
    Settings, UserId,
};
use sheets::Cell;
use std::collections::{BTreeMap, BTreeSet};
use store::{Look, MEMBERS_MAX};

/// A company's log: 40 hours in entries of a few minutes, and some hundred imports.
pub const ENTRIES_MAX: usize = 2_000;
/// A day has no more.
pub const MINUTES_MAX: u32 = 24 * 60;
pub const TEXT_CHARACTERS_MAX: usize = 1_000;
pub const CONSULTANT_CHARACTERS_MAX: usize = 120;
/// Days back in which configuration is looked for that nobody has logged.
const DRAFT_DAYS: i64 = 60;
/// Changes of one kind read for that.
const DRAFT_EXAMINED_MAX: usize = 3_000;
/// Days offered at once.
const DRAFTS_MAX: usize = 10;

/// What the form holds, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryDraft {
    /// `2026-11-23`.
    pub date: String,
    pub consultant: String,
    pub minutes: String,
    pub text: String,
    pub function: String,
    /// `day/user` of the configuration that it is about; empty for others.
    pub configuration: String,
}

/// The log as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// The latest day first.
    pub entries: Vec<Parametrization>,
    pub minutes: u64,
    pub segment: Segment,
    /// Minutes by function, in the programme's order.
    pub by_function: Vec<(ProgramFunction, u64)>,
}

/// Configuration that nobody has logged yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlogged {
    pub day: Date,
    pub user: UserId,
    /// How many records of each entity were changed.
    pub changed: Vec<(Kind, usize)>,
}

/// What counts as parametrisation when it changes.
const CONFIGURATION: [Kind; 13] = [
    Kind::Settings,
    Kind::Pipeline,
    Kind::CustomField,
    Kind::Choice,
    Kind::Wording,
    Kind::Tax,
    Kind::PriceBook,
    Kind::NumberSeries,
    Kind::Holiday,
    Kind::Role,
    Kind::User,
    Kind::Team,
    Kind::Plugin,
];

pub fn list(app: &App, ctx: &Ctx) -> Result<Log, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let entries = all(app)?;
    let minutes_of = |function: ProgramFunction| {
        let of = entries.iter().filter(|entry| entry.function == function);
        of.map(|entry| u64::from(entry.minutes)).sum::<u64>()
    };
    let by_function: Vec<(ProgramFunction, u64)> =
        ProgramFunction::ALL.into_iter().map(|function| (function, minutes_of(function))).collect();
    Ok(Log {
        minutes: by_function.iter().map(|(_, minutes)| minutes).sum(),
        segment: settings::get(app, ctx)?.segment,
        by_function,
        entries,
    })
}

fn all(app: &App) -> Result<Vec<Parametrization>, Error> {
    let mut entries: Vec<Parametrization> = Vec::new();
    loop {
        let after = entries.last().map(|entry| entry.meta.id);
        let page = app.store.records::<Parametrization>(after, MEMBERS_MAX)?;
        if page.is_empty() || entries.len() >= ENTRIES_MAX {
            break;
        }
        entries.extend(page);
    }
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.date, entry.meta.id)));
    Ok(entries)
}

pub fn get(app: &App, ctx: &Ctx, id: Uuid) -> Result<Parametrization, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    app.store.get::<Parametrization>(id)?.ok_or(Error::NotFound)
}

pub fn create(app: &App, ctx: &Ctx, draft: &EntryDraft) -> Result<Parametrization, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let mut errors = FieldErrors::default();
    let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
    let entry = checked(ctx, draft, meta, origin_of(&draft.configuration), app, &mut errors)?;
    if all(app)?.len() >= ENTRIES_MAX {
        errors.add("", "too-many", ENTRIES_MAX.to_string());
    }
    none_of(errors)?;
    let mut write = ctx.write();
    write.create(entry.clone());
    app.commit(write)?;
    Ok(entry)
}

pub fn update(
    app: &App,
    ctx: &Ctx,
    id: Uuid,
    version: u64,
    draft: &EntryDraft,
) -> Result<Parametrization, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let before = app.store.get::<Parametrization>(id)?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    let after = checked(ctx, draft, before.meta.clone(), before.origin.clone(), app, &mut errors)?;
    none_of(errors)?;
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    let mut write = ctx.write();
    write.update(&before, after);
    app.commit(write)?;
    app.store.get::<Parametrization>(id)?.ok_or(Error::NotFound)
}

pub fn delete(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let before = app.store.get::<Parametrization>(id)?.ok_or(Error::NotFound)?;
    if before.meta.version != version {
        return Err(app.conflict(&before, &before));
    }
    let mut write = ctx.write();
    write.delete(&before);
    app.commit(write).map(|_| ())
}

/// Chooses how many hours the programme pays.
pub fn set_segment(app: &App, ctx: &Ctx, code: &str) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let segment = Segment::from_code(code).ok_or_else(|| Error::invalid("segment", "choice", code))?;
    let before = app.store.get::<Settings>(Settings::ID)?.ok_or(Error::NotFound)?;
    let mut write = ctx.write();
    write.update(&before, Settings { segment, ..before.clone() });
    app.commit_configuration(write).map(|_| ())
}

fn checked(
    ctx: &Ctx,
    draft: &EntryDraft,
    meta: Meta,
    origin: LogOrigin,
    app: &App,
    errors: &mut FieldErrors,
) -> Result<Parametrization, Error> {
    let today = reports::today(ctx, &settings::get(app, ctx)?);
    let date = draft.date.trim().parse::<Date>();
    match &date {
        Ok(date) if *date > today => errors.add("date", "date-future", draft.date.trim()),
        Ok(_) => {}
        Err(_) if draft.date.trim().is_empty() => errors.add("date", "required", ""),
        Err(_) => errors.add("date", "date-form", draft.date.trim()),
    }
    let minutes = minutes_of(&draft.minutes);
    match minutes {
        Some(minutes) if (1..=MINUTES_MAX).contains(&minutes) => {}
        Some(_) => errors.add("minutes", "minutes-range", MINUTES_MAX.to_string()),
        None if draft.minutes.trim().is_empty() => errors.add("minutes", "required", ""),
        None => errors.add("minutes", "minutes-form", draft.minutes.trim()),
    }
    check_text("consultant", &draft.consultant, CONSULTANT_CHARACTERS_MAX, errors);
    if !matches!(origin, LogOrigin::Import { .. }) || !draft.text.trim().is_empty() {
        check_text("text", &draft.text, TEXT_CHARACTERS_MAX, errors);
    }
    let function = ProgramFunction::from_code(&draft.function);
    if function.is_none() {
        errors.add("function", "choice", &draft.function);
    }
    Ok(Parametrization {
        meta,
        date: date.unwrap_or(today),
        consultant: draft.consultant.trim().to_owned(),
        minutes: minutes.unwrap_or_default(),
        text: draft.text.trim().replace("\r\n", "\n"),
        function: function.unwrap_or(ProgramFunction::Clients),
        origin,
    })
}

fn check_text(field: &str, text: &str, characters_max: usize, errors: &mut FieldErrors) {
    let characters = text.trim().chars().count();
    if characters == 0 {
        errors.add(field, "required", "");
    } else if characters > characters_max {
        errors.add(field, "too-long", characters_max.to_string());
    }
}

/// `90`, `1:30`, `1h30`, `1 h 30 min`, `2h`.
fn minutes_of(text: &str) -> Option<u32> {
    let text: String = text.trim().to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
    let text = text.trim_end_matches("min").trim_end_matches('m');
    let number = |part: &str| if part.is_empty() { Some(0) } else { part.parse::<u32>().ok() };
    match text.split_once([':', 'h']) {
        Some((hours, minutes)) if !hours.is_empty() => {
            number(hours)?.checked_mul(60)?.checked_add(number(minutes).filter(|minutes| *minutes < 60)?)
        }
        Some(_) => None,
        None => text.parse().ok(),
    }
}

/// `2026-11-23/<user>`: what the offer of a day's configuration says.
fn origin_of(configuration: &str) -> LogOrigin {
    let parts =
        configuration.split_once('/').and_then(|(day, user)| Some((day.parse().ok()?, user.parse().ok()?)));
    parts.map_or(LogOrigin::Person, |(day, user)| LogOrigin::Configuration { day, user })
}

/// The entry that a finished import makes of itself. The minutes are those of the run, at least one.
pub(crate) fn of_import(ctx: &Ctx, import: &Import, settings: &Settings) -> Option<Parametrization> {
    const SECONDS: i64 = 60;
    let (started, finished) = (import.started_at?, import.finished_at?);
    let minutes = (finished.as_second() - started.as_second() + SECONDS - 1) / SECONDS;
    let consultant =
        ctx.caller.as_ref().map_or_else(|| "Tracte".to_owned(), |caller| caller.user.name.clone());
    Some(Parametrization {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        date: finished.to_zoned_datetime(settings.zone()).date(),
        consultant,
        minutes: u32::try_from(minutes.max(1)).unwrap_or(MINUTES_MAX).min(MINUTES_MAX),
        text: String::new(),
        function: function_of(import.entity),
        origin: LogOrigin::Import {
            import: import.id(),
            file: import.file_name.clone(),
            rows_in: import.imported.good,
            rows_failed: import.imported.bad,
        },
    })
}

/// Which function of the programme records of an entity are loaded for.
fn function_of(entity: Kind) -> ProgramFunction {
    match entity {
        Kind::Lead => ProgramFunction::Leads,
        Kind::Opportunity | Kind::Quote => ProgramFunction::Opportunities,
        Kind::Activity => ProgramFunction::Activities,
        // What is sold is simulated for clients.
        _ => ProgramFunction::Clients,
    }
}

/// Days of the last weeks on which somebody changed the configuration and nobody logged it, the latest first.
pub fn unlogged(app: &App, ctx: &Ctx) -> Result<Vec<Unlogged>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let zone = settings::get(app, ctx)?.zone();
    let from = ctx.at - (DRAFT_DAYS * 24).hours();
    let mut days: BTreeMap<(Date, UserId), BTreeMap<Kind, BTreeSet<Uuid>>> = BTreeMap::new();
    for kind in CONFIGURATION {
        let look =
            Look { kind: Some(kind), from: Some(from), examined_max: DRAFT_EXAMINED_MAX, ..Look::default() };
        app.store.look(&look, &mut |change: Change| {
            // Who changes the own password or language configures nothing.
            if let Some(user) = change.by.user.filter(|user| user.0 != change.id) {
                let day = change.at.to_zoned_datetime(zone.clone()).date();
                days.entry((day, user)).or_default().entry(kind).or_default().insert(change.id);
            }
            true
        })?;
    }
    for entry in all(app)? {
        if let LogOrigin::Configuration { day, user } = entry.origin {
            days.remove(&(day, user));
        }
    }
    let count = |(kind, ids): (Kind, BTreeSet<Uuid>)| (kind, ids.len());
    let drafts = days.into_iter().rev().take(DRAFTS_MAX);
    Ok(drafts
        .map(|((day, user), changed)| Unlogged {
            day,
            user,
            changed: changed.into_iter().map(count).collect(),
        })
        .collect())
}

/// Names of people, for the page that offers what they did.
pub fn names(app: &App, ctx: &Ctx) -> Result<BTreeMap<UserId, String>, Error> {
    users::names(app, ctx)
}

/// What a file needs in the reader's words: seven titles, a function's name, how an entry came about.
pub struct Words<'a> {
    pub titles: Vec<String>,
    pub function: &'a dyn Fn(ProgramFunction) -> String,
    pub origin: &'a dyn Fn(&LogOrigin) -> String,
}

pub fn export(app: &App, ctx: &Ctx, format: FileFormat, words: &Words<'_>) -> Result<File, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Export)?;
    let rows = list(app, ctx)?.entries.into_iter().map(|entry| {
        vec![
            Cell::Date(entry.date),
            Cell::Text(entry.consultant),
            Cell::Integer(i64::from(entry.minutes)),
            Cell::Text((words.function)(entry.function)),
            Cell::Text(entry.text),
            Cell::Text((words.origin)(&entry.origin)),
        ]
    });
    let kinds = [
        sheets::Kind::Date,
        sheets::Kind::Text,
        sheets::Kind::Integer,
        sheets::Kind::Text,
        sheets::Kind::Text,
        sheets::Kind::Text,
    ];
    reports::file("parametrisation", ctx, format, &words.titles, &kinds, rows)
}
