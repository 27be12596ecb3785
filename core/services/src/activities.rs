//! Activities: what was done is written down in one go; what is to be done is done, cancelled and taken up again; and what
//! is next.

use crate::error::none_of;
use crate::imports::entities::for_importable;
use crate::records::{self, Draft, Record, begun, checked};
use crate::{App, Ctx, Error, leads, permissions, reports, settings, timelines};
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{Action, Activity, IndexKey, Kind};
use store::{Direction, Scan};

/// What is still to be done about one record; more stand in the list.
pub const TODO_SHOWN: usize = 20;
/// The number in the navigation counts so far; above, «more than».
pub const OVERDUE_MAX: usize = 99;
/// Somebody else may change the same record in the same moment: so often it is tried again.
const TRIES: usize = 5;

/// Whether it was done just now, or is to be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    Done,
    ToDo,
}

/// What somebody writes down about a record, as typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Logged {
    pub kind: String,
    pub subject: String,
    /// What came of it, or what is to be done.
    pub text: String,
    pub due: String,
    pub due_time: String,
    pub duration: String,
    pub how: How,
}

/// Writes down what was done about a record of any entity, leads too, or what is to be done. A call, e-mail, meeting or visit
/// that was made is an answer to its lead.
pub fn log(app: &App, ctx: &Ctx, about_kind: Kind, about: Uuid, logged: &Logged) -> Result<Activity, Error> {
    let record = records::visible(app, ctx, about_kind, about)?.ok_or(Error::NotFound)?;
    permissions::require_about(ctx, record.as_ref(), Kind::Activity, Action::Create)?;
    let activity = new_activity(app, ctx, about_kind, about, logged)?;
    let mut tries = 0;
    loop {
        let mut write = ctx.write();
        still_there(app, &mut write, about_kind, about)?;
        write.create(activity.clone());
        leads::follow_answers(app, &mut write)?;
        match app.commit(write) {
            Ok(_) => return Ok(activity),
            // Changed in the meantime, which what was done does not mind.
            Err(Error::Conflict(_)) if tries < TRIES => tries += 1,
            Err(error) => return Err(error),
        }
    }
}

fn new_activity(
    app: &App,
    ctx: &Ctx,
    about_kind: Kind,
    about: Uuid,
    logged: &Logged,
) -> Result<Activity, Error> {
    let (state, said) = match logged.how {
        How::Done => ("done", "outcome"),
        How::ToDo => ("todo", "text"),
    };
    let mut draft = Draft::default();
    for (key, text) in [
        ("kind", logged.kind.as_str()),
        ("state", state),
        ("subject", &logged.subject),
        (said, &logged.text),
        ("duration", &logged.duration),
        (about_kind.as_str(), &about.to_string()),
    ] {
        draft.put(key, text);
    }
    // The day of what was done is today.
    if logged.how == How::ToDo {
        draft.put("due", logged.due.as_str());
        draft.put("due_time", logged.due_time.as_str());
    }
    let mut activity: Activity = begun(ctx);
    let mut errors = checked(app, ctx, None, &mut activity, &draft)?;
    if logged.how == How::ToDo && activity.due.is_none() && errors.of("due").is_none() {
        errors.add("due", "required", "");
    }
    for problem in errors.0.iter_mut().filter(|problem| problem.field == said) {
        problem.field = "text".to_owned();
    }
    none_of(errors)?;
    Ok(activity)
}

/// The record cannot vanish between looking and writing.
fn still_there(app: &App, write: &mut store::Write, kind: Kind, id: Uuid) -> Result<(), Error> {
    for_importable!(kind, E => {
        write.assert_version(&app.store.get::<E>(id)?.ok_or(Error::NotFound)?);
        Ok(())
    })
}

/// What can be done with one that is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StateDeed {
    Done,
    Cancel,
    /// Also takes back that it was done.
    Reopen,
}

/// Moves an activity along. What came of it stays as it was where nothing is said.
pub fn set_state(
    app: &App,
    ctx: &Ctx,
    id: Uuid,
    version: u64,
    deed: StateDeed,
    outcome: Option<&str>,
) -> Result<Record, Error> {
    let mut draft = Draft::default();
    draft.put(
        "state",
        match deed {
            StateDeed::Done => "done",
            StateDeed::Cancel => "cancelled",
            StateDeed::Reopen => "todo",
        },
    );
    if let Some(outcome) = outcome {
        draft.put("outcome", outcome);
    }
    records::update(app, ctx, Kind::Activity, id, version, &draft)
}

/// The day on the company's calendar.
pub fn today(app: &App, ctx: &Ctx) -> Result<Date, Error> {
    Ok(reports::today(ctx, &settings::get(app, ctx)?))
}

/// What is still to be done about a record the caller sees, and about the leads that became it, what is due first.
pub fn todo_about(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<Vec<Activity>, Error> {
    records::visible(app, ctx, kind, id)?.ok_or(Error::NotFound)?;
    todo_of(app, timelines::came_from(app, kind, id)?.into_iter().chain([id]), TODO_SHOWN)
}

/// What the caller is to do, what is due first; up to `limit`.
pub fn todo_of_caller(app: &App, ctx: &Ctx, limit: usize) -> Result<Vec<Activity>, Error> {
    let user = ctx.user_id().filter(|_| permissions::may(ctx, Kind::Activity, Action::See));
    todo_of(app, user.into_iter().map(|user| user.0), limit)
}

/// What is to be done about any of these records, or by any of these people, what is due first; each once.
fn todo_of(app: &App, subjects: impl Iterator<Item = Uuid>, limit: usize) -> Result<Vec<Activity>, Error> {
    let mut keys: Vec<Vec<u8>> = Vec::new();
    for subject in subjects {
        let prefix = Activity::todo_of(subject).bytes();
        let length = prefix.len();
        let scan = Scan { prefix, after: None, direction: Direction::Forward, limit };
        keys.extend(app.store.scan(&scan)?.into_iter().map(|entry| entry.key[length..].to_vec()));
    }
    keys.sort_unstable();
    keys.dedup();
    let mut found = Vec::new();
    for key in keys.iter().take(limit) {
        let Some(id) = IndexKey::record_at_end(key) else { continue };
        found.extend(app.store.get::<Activity>(id)?.filter(Activity::is_todo));
    }
    Ok(found)
}

/// How many of the caller's own activities are overdue, up to [`OVERDUE_MAX`] and one more.
pub fn overdue(app: &App, ctx: &Ctx) -> Result<usize, Error> {
    let Some(user) = ctx.user_id().filter(|_| permissions::may(ctx, Kind::Activity, Action::See)) else {
        return Ok(0);
    };
    let today = today(app, ctx)?;
    let scan = Scan {
        prefix: Activity::todo_by(user).bytes(),
        after: None,
        direction: Direction::Forward,
        limit: OVERDUE_MAX + 1,
    };
    let is_overdue = |key: &[u8]| {
        Activity::order_of_entry(key).is_some_and(|order| Activity::is_order_overdue(order, today))
    };
    Ok(app.store.scan(&scan)?.iter().take_while(|entry| is_overdue(&entry.key)).count())
}
