//! Reminders that have come: their page, what the bell opens, and putting them off or away.

use super::activities::own_todo;
use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::reminders::{self, SHOWN_MAX};
use services::{App, Ctx, Error};
use ui::reminders::{PATH, ReminderLine, RemindersPage};

type Fields = Vec<(String, String)>;

/// What the bell opens is a look, not the list.
const LATEST: usize = 5;

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change) = ("see activities: own, team or all", "change this activity");
    vec![
        page(Method::GET, PATH, see, show),
        page(Method::GET, "/reminders/latest", see, latest),
        page(Method::POST, "/activities/:id/reminder/snooze", change, snooze),
        page(Method::POST, "/activities/:id/reminder/dismiss", change, dismiss),
    ]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let view = here.deed(|app, ctx| view_of(app, ctx, SHOWN_MAX)).await?;
    Ok(here.page(ui::reminders::page(&here.shell(), &view)))
}

#[handler]
async fn latest(here: Here) -> Result<Response, Fault> {
    let view = here.deed(|app, ctx| view_of(app, ctx, LATEST)).await?;
    Ok(here.page(ui::reminders::latest(&here.shell(), &view)))
}

#[handler]
async fn snooze(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let (version, choice) = (version_of(&fields), value_of(&fields, "until").to_owned());
    let done = here.try_deed(move |app, ctx| {
        let until = reminders::day(app, ctx, &choice)?;
        reminders::snooze(app, ctx, id, version, until).map(|_| until)
    });
    after(&here, done.await?.map(|until| format!("reminder-snoozed-{until}")))
}

#[handler]
async fn dismiss(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let version = version_of(&fields);
    let done = here.try_deed(move |app, ctx| reminders::dismiss(app, ctx, id, version));
    after(&here, done.await?.map(|_| "reminder-dismissed".to_owned()))
}

/// The list again. Where the activity was changed or done meanwhile, it says so and shows what is left.
fn after(here: &Here, done: Result<String, Error>) -> Result<Response, Fault> {
    match done {
        Ok(notice) => Ok(here.go_with_notice(PATH, &notice)),
        Err(Error::Conflict(_) | Error::Invalid(_)) => Ok(here.go_with_notice(PATH, "reminder-not-changed")),
        Err(error) => Err(error.into()),
    }
}

fn view_of(app: &App, ctx: &Ctx, limit: usize) -> Result<RemindersPage, Error> {
    let come = reminders::list(app, ctx, limit)?;
    let todo = own_todo(app, ctx, &come)?;
    let line = |(found, todo): (&model::Activity, _)| Some(ReminderLine { todo, day: found.reminder? });
    let lines: Vec<ReminderLine> = come.iter().zip(todo.lines).filter_map(line).collect();
    Ok(RemindersPage { is_cut: lines.len() == limit, lines })
}
