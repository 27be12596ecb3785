//! The inbox of leads over the wire: the list, and the decisions. Discarding and «contacted» are statuses of a lead.

use super::Topic;
use super::lead_wire::Lead;
use super::leads::{LeadAnswer, answer};
use super::versions::Wanted;
use crate::errors::Fault;
use crate::here::Here;
use model::jiff::Timestamp;
use model::{LeadId, ResponseStanding};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use services::clock::Standings;
use services::inbox::{self, InboxQuery};
use services::{App, Ctx, Error, leads};

/// The operations on the inbox.
pub(crate) struct Inbox;

/// Whose leads.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum Whose {
    Mine,
    /// Those of the teams that the caller is in or manages, with their own.
    Team,
    /// All that the caller may change.
    All,
}

impl From<Whose> for inbox::Whose {
    fn from(whose: Whose) -> inbox::Whose {
        match whose {
            Whose::Mine => inbox::Whose::Mine,
            Whose::Team => inbox::Whose::Team,
            Whose::All => inbox::Whose::All,
        }
    }
}

/// How the first-response clock of a lead stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum ClockState {
    /// `minutes` of working time are left.
    Left,
    /// `minutes` of working time over.
    Late,
    /// Nobody set a target.
    Waiting,
}

/// A lead that wants a decision.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct InboxItem {
    lead: Lead,
    clock: ClockState,
    /// Working time of whoever has the lead.
    minutes: Option<i64>,
}

/// One page: the most urgent first.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct InboxList {
    items: Vec<InboxItem>,
    /// The `cursor` of the next page; absent on the last one.
    next: Option<String>,
}

/// A decision that needs nothing more than the version.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct Decision {
    /// The version that it is about, unless `If-Match` says it.
    version: Option<u64>,
}

/// Until when a lead is put off.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct Snoozing {
    /// RFC 3339; at most 180 days from now.
    until: String,
    /// The version that it is about, unless `If-Match` says it.
    version: Option<u64>,
}

/// Which record a lead is the same as.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct DuplicateOf {
    /// A lead, company or contact: its id, name or key.
    record: String,
    /// The version that it is about, unless `If-Match` says it.
    version: Option<u64>,
}

#[OpenApi(tag = "Topic::Leads")]
impl Inbox {
    /// List leads that want a decision
    ///
    /// Nobody has answered, accepted or put them off. Those whose first-response deadline has passed come first, then
    /// those with the least time left; those without a deadline last, the newest first.
    #[oai(path = "/inbox", method = "get", operation_id = "list_inbox")]
    async fn list(
        &self,
        here: Here,
        whose: Query<Option<Whose>>,
        cursor: Query<Option<String>>,
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))] limit: Query<Option<u64>>,
    ) -> Result<Json<InboxList>, Fault> {
        let query = InboxQuery {
            whose: whose.0.map(Into::into).unwrap_or_default(),
            cursor: cursor.0,
            limit: limit.0.and_then(|limit| usize::try_from(limit).ok()).unwrap_or_default(),
        };
        here.deed(move |app, ctx| items(app, ctx, &query)).await.map(Json)
    }

    /// Accept a lead
    ///
    /// The caller takes care of it: what was nobody's is theirs. The clock goes on until the status says that somebody
    /// has talked to them.
    #[oai(path = "/leads/:id/acceptance", method = "put", operation_id = "accept_lead")]
    async fn accept(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<Decision>,
    ) -> Result<LeadAnswer, Fault> {
        decide(&here, &id, if_match.0, sent.version, inbox::accept).await
    }

    /// Put a lead off
    ///
    /// Out of the inbox until a moment; it comes back by itself. The clock goes on.
    #[oai(path = "/leads/:id/snooze", method = "put", operation_id = "snooze_lead")]
    async fn snooze(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<Snoozing>,
    ) -> Result<LeadAnswer, Fault> {
        let until: Timestamp =
            sent.until.parse().map_err(|_| Error::invalid("until", "date-form", &sent.until))?;
        let snooze = move |app: &App, ctx: &Ctx, id, version| inbox::snooze(app, ctx, id, version, until);
        decide(&here, &id, if_match.0, sent.version, snooze).await
    }

    /// Bring a lead back into the inbox
    ///
    /// One that was put off or accepted.
    #[oai(path = "/leads/:id/snooze", method = "delete", operation_id = "wake_lead")]
    async fn wake(
        &self,
        here: Here,
        id: Path<String>,
        /// The version that it is about, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<LeadAnswer, Fault> {
        decide(&here, &id, if_match.0, version.0, inbox::wake).await
    }

    /// Discard a lead as a duplicate
    ///
    /// With a link to the record that it is the same as.
    #[oai(path = "/leads/:id/duplicate-of", method = "put", operation_id = "discard_duplicate_lead")]
    async fn duplicate(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<DuplicateOf>,
    ) -> Result<LeadAnswer, Fault> {
        let DuplicateOf { record, version } = sent.0;
        let discard = move |app: &App, ctx: &Ctx, id, version| {
            inbox::discard_as_duplicate(app, ctx, id, version, &record)
        };
        decide(&here, &id, if_match.0, version, discard).await
    }

    /// Undo the last decision about a lead
    ///
    /// The caller's own, within 24 hours, as long as nothing was changed since.
    #[oai(path = "/leads/:id/decision", method = "delete", operation_id = "undo_lead_decision")]
    async fn undo(
        &self,
        here: Here,
        id: Path<String>,
        /// The version that the decision made, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<LeadAnswer, Fault> {
        decide(&here, &id, if_match.0, version.0, inbox::undo).await
    }
}

/// One deed about one version of a lead.
async fn decide<F>(
    here: &Here,
    id: &str,
    if_match: Option<String>,
    version: Option<u64>,
    deed: F,
) -> Result<LeadAnswer, Fault>
where
    F: FnOnce(&App, &Ctx, LeadId, u64) -> Result<model::Lead, Error> + Send + 'static,
{
    let id: LeadId = here.id(id)?;
    let wanted = Wanted::of(if_match.as_deref(), version)?;
    let done = here.deed(move |app, ctx| {
        let version = wanted.version(leads::get(app, ctx, id)?.meta.version);
        Ok(deed(app, ctx, id, version))
    });
    done.await?.map(answer).map_err(|error| wanted.fault(error))
}

fn items(app: &App, ctx: &Ctx, query: &InboxQuery) -> Result<InboxList, Error> {
    let page = inbox::list(app, ctx, query)?;
    let standings = Standings::now(app, ctx)?;
    let item = |lead: model::Lead| {
        let (clock, minutes) = match standings.of(&lead) {
            ResponseStanding::Left(left) => (ClockState::Left, Some(left.as_mins())),
            ResponseStanding::Late(late, _) => (ClockState::Late, Some(late.as_mins())),
            _ => (ClockState::Waiting, None),
        };
        InboxItem { lead: lead.into(), clock, minutes }
    };
    Ok(InboxList { items: page.leads.into_iter().map(item).collect(), next: page.next })
}
