//! Reminders over the wire: those that have come, and putting one off or away. They are set as a field of their activity.

use super::Topic;
use super::versions::{Wanted, etag};
use crate::errors::Fault;
use crate::here::Here;
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{Activity, Entity as _, Kind};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::reminders::{self, SHOWN_MAX};
use services::{App, Ctx, Error, records};

/// The operations on reminders.
pub(crate) struct Reminders;

/// What the caller is to be reminded of by now, the earliest first; at most 100.
#[derive(Object)]
pub(crate) struct ReminderList {
    items: Vec<Reminder>,
}

/// An activity with a reminder.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Reminder {
    /// The id of the activity.
    id: String,
    version: u64,
    kind: Option<String>,
    title: String,
    /// The day of the reminder; absent where there is none any more.
    reminder: Option<String>,
    due: Option<String>,
    due_time: Option<String>,
}

/// Until when a reminder is put off.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ReminderChange {
    /// A day (`2026-12-01`) on the company's calendar; at most 180 days from now.
    until: String,
    /// The version of the activity, unless `If-Match` says it.
    version: Option<u64>,
}

/// An activity after its reminder was changed.
#[derive(ApiResponse)]
pub(crate) enum ReminderAnswer {
    #[oai(status = 200)]
    Reminder(Json<Reminder>, #[oai(header = "ETag")] String),
}

#[OpenApi(tag = "Topic::Records")]
impl Reminders {
    /// List the reminders that have come
    ///
    /// Activities of the caller's that are to be done and whose `reminder` is today or earlier.
    #[oai(path = "/reminders", method = "get", operation_id = "list_reminders")]
    async fn list(&self, here: Here) -> Result<Json<ReminderList>, Fault> {
        let come = here.deed(|app, ctx| reminders::list(app, ctx, SHOWN_MAX)).await?;
        Ok(Json(ReminderList { items: come.into_iter().map(Reminder::from).collect() }))
    }

    /// Put a reminder off
    #[oai(path = "/activities/:id/reminder", method = "put", operation_id = "snooze_reminder")]
    async fn snooze(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<ReminderChange>,
    ) -> Result<ReminderAnswer, Fault> {
        let until: Date =
            change.until.parse().map_err(|_| Error::invalid("until", "date-form", &change.until))?;
        let deed = move |app: &App, ctx: &Ctx, id, version| reminders::snooze(app, ctx, id, version, until);
        changed(&here, &id, if_match.0, change.version, deed).await
    }

    /// Put a reminder away
    ///
    /// The activity is still to be done.
    #[oai(path = "/activities/:id/reminder", method = "delete", operation_id = "dismiss_reminder")]
    async fn dismiss(
        &self,
        here: Here,
        id: Path<String>,
        /// The version of the activity, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<ReminderAnswer, Fault> {
        changed(&here, &id, if_match.0, version.0, reminders::dismiss).await
    }
}

async fn changed<F>(
    here: &Here,
    id: &str,
    if_match: Option<String>,
    version: Option<u64>,
    deed: F,
) -> Result<ReminderAnswer, Fault>
where
    F: FnOnce(&App, &Ctx, Uuid, u64) -> Result<Activity, Error> + Send + 'static,
{
    let id: Uuid = here.id(id)?;
    let wanted = Wanted::of(if_match.as_deref(), version)?;
    let done = here.deed(move |app, ctx| {
        let stored = records::get(app, ctx, Kind::Activity, id)?.about().version;
        Ok(deed(app, ctx, id, wanted.version(stored)))
    });
    let answer = |activity: Activity| {
        let tag = etag(activity.meta.version);
        ReminderAnswer::Reminder(Json(activity.into()), tag)
    };
    done.await?.map(answer).map_err(|error| wanted.fault(error))
}

impl From<Activity> for Reminder {
    fn from(activity: Activity) -> Reminder {
        Reminder {
            title: activity.title(),
            id: activity.meta.id.to_string(),
            version: activity.meta.version,
            kind: activity.kind,
            reminder: activity.reminder.map(|day| day.to_string()),
            due: activity.due.map(|day| day.to_string()),
            due_time: activity.due_time,
        }
    }
}
