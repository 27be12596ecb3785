//! What can be done with an activity besides what can be done with any record, over the wire.

use super::Topic;
use super::versions::{Wanted, etag};
use crate::errors::Fault;
use crate::here::Here;
use model::uuid::Uuid;
use model::{AnyRecord, FieldValue, Kind};
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use services::activities::{self, StateDeed};
use services::records;

/// The operations on activities.
pub(crate) struct Activities;

/// How far an activity is.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum ActivityState {
    Todo,
    Done,
    Cancelled,
}

/// Where an activity goes.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ActivityStateChange {
    /// The version that is changed, unless `If-Match` says it.
    version: Option<u64>,
    state: ActivityState,
    /// What came of it.
    outcome: Option<String>,
}

/// An activity after it was moved along.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct ActivityMoved {
    id: String,
    version: u64,
    state: ActivityState,
    done_at: Option<String>,
    outcome: Option<String>,
}

/// The same with its version.
#[derive(ApiResponse)]
pub(crate) enum MovedAnswer {
    #[oai(status = 200)]
    Moved(Json<ActivityMoved>, #[oai(header = "ETag")] String),
}

#[OpenApi(tag = "Topic::Records")]
impl Activities {
    /// Do, cancel or reopen an activity
    ///
    /// A call, e-mail, meeting or visit that is done is an answer to its lead.
    #[oai(path = "/activities/:id/state", method = "put", operation_id = "set_activity_state")]
    async fn set_state(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<ActivityStateChange>,
    ) -> Result<MovedAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), change.version)?;
        let (deed, outcome) = (change.state.into(), change.0.outcome);
        let done = here.deed(move |app, ctx| {
            let stored = records::get(app, ctx, Kind::Activity, id)?.about().version;
            Ok(activities::set_state(app, ctx, id, wanted.version(stored), deed, outcome.as_deref()))
        });
        done.await?.map(|record| answer(record.as_ref())).map_err(|error| wanted.fault(error))
    }
}

fn answer(record: &dyn AnyRecord) -> MovedAnswer {
    let meta = record.about();
    let is_in = |state: &str| record.built_in("state") == FieldValue::Codes(vec![state.to_owned()]);
    let moved = ActivityMoved {
        id: meta.id.to_string(),
        version: meta.version,
        state: match () {
            () if is_in("done") => ActivityState::Done,
            () if is_in("cancelled") => ActivityState::Cancelled,
            () => ActivityState::Todo,
        },
        done_at: match record.built_in("done_at") {
            FieldValue::Instant(at) => Some(at.to_string()),
            _ => None,
        },
        outcome: match record.built_in("outcome") {
            FieldValue::Text(text) => Some(text),
            _ => None,
        },
    };
    MovedAnswer::Moved(Json(moved), etag(meta.version))
}

impl From<ActivityState> for StateDeed {
    fn from(state: ActivityState) -> StateDeed {
        match state {
            ActivityState::Todo => StateDeed::Reopen,
            ActivityState::Done => StateDeed::Done,
            ActivityState::Cancelled => StateDeed::Cancel,
        }
    }
}
