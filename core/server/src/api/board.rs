//! The board of opportunities, moves from stage to stage and the forecast over the wire.

use super::Topic;
use super::lead_wire::decimal;
use super::record_wire::{self, Shown, Typed};
use super::records::{RecordAnswer, answer};
use super::versions::Wanted;
use crate::errors::Fault;
use crate::here::Here;
use model::uuid::Uuid;
use model::{Filter, Kind, Money};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Any;
use poem_openapi::{Enum, Object, OpenApi};
use services::Error;
use services::board::{self, BoardQuery, Move};

/// The operations on boards.
pub(crate) struct Board;

/// An amount of one currency.
#[derive(Object)]
pub(crate) struct BoardAmount {
    /// With a point, so that no digit gets lost.
    amount: String,
    currency: String,
}

/// How much an opportunity wants somebody.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum CardUrgency {
    /// Its next activity should have been done by now.
    Overdue,
    /// Its next activity is due today.
    Today,
    /// Nothing is planned.
    Unplanned,
    /// Its next activity is due later.
    Planned,
    /// Won, lost or cancelled.
    Closed,
}

/// An opportunity on the board.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct BoardCard {
    /// As `GET /opportunities/{id}` has it.
    opportunity: Shown,
    urgency: CardUrgency,
    /// The activity that is to be done first: its id.
    next_activity: Option<String>,
    /// Whole days at this stage.
    days: i64,
    /// Longer there than the stage allows.
    stale: bool,
}

/// A stage with its opportunities.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct BoardColumn {
    /// `<pipeline>.<stage>`.
    stage: String,
    count: u64,
    /// False where there are too many to count: `count` and the sums are of those looked at.
    counted_all: bool,
    /// One for each currency.
    sums: Vec<BoardAmount>,
    /// Each amount by its probability.
    weighted: Vec<BoardAmount>,
    cards: Vec<BoardCard>,
    /// To be sent back as `cursor`, with this `stage`; absent at the end of the column.
    next: Option<String>,
}

/// A pipeline as a board.
#[derive(Object)]
pub(crate) struct BoardShown {
    pipeline: String,
    columns: Vec<BoardColumn>,
}

/// Where an opportunity goes.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct StageChange {
    /// The version that is moved, unless `If-Match` says it.
    version: Option<u64>,
    /// `<pipeline>.<stage>`.
    stage: String,
    /// The day on which it was won, lost or cancelled; absent: now.
    closed_on: Option<String>,
    /// Other fields of the opportunity, such as those that the stage asks for.
    fields: Option<Typed>,
}

/// A time at one stage.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct StageStay {
    /// As it was called then.
    stage: String,
    since: String,
    /// Absent while it is there.
    until: Option<String>,
    /// Whole days.
    days: i64,
    /// The user who brought it there.
    by: Option<String>,
}

/// Where an opportunity has been, the first stage first.
#[derive(Object)]
pub(crate) struct StageHistory {
    items: Vec<StageStay>,
    /// Whether it is known from the beginning.
    whole: bool,
}

/// What adds up under one head.
#[derive(Object)]
pub(crate) struct ForecastSum {
    count: u64,
    sums: Vec<BoardAmount>,
}

/// What is expected in one month.
#[derive(Object)]
pub(crate) struct ForecastMonth {
    /// Its first and its last day.
    from: String,
    to: String,
    won: ForecastSum,
    /// Open, with a probability of 75 % or more.
    committed: ForecastSum,
    /// From 50 % on.
    probable: ForecastSum,
    /// Below.
    possible: ForecastSum,
    /// What is won, and the open ones by their probability.
    weighted: Vec<BoardAmount>,
}

/// Twelve months, this one first, and what is in none of them.
#[derive(Object)]
pub(crate) struct ForecastShown {
    pipeline: String,
    months: Vec<ForecastMonth>,
    /// Open, and the expected close is over.
    overdue: ForecastSum,
    /// Open, without an expected close.
    undated: ForecastSum,
    /// Open, to be closed after the last month.
    later: ForecastSum,
    counted_all: bool,
}

/// An opportunity on its day.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct CalendarOpportunity {
    id: String,
    name: String,
    /// `<pipeline>.<stage>`.
    stage: String,
    amount: Option<BoardAmount>,
    /// The day is that on which it was won; else that of its expected close.
    won: bool,
}

/// A day with opportunities.
#[derive(Object)]
pub(crate) struct CalendarDay {
    day: String,
    count: u64,
    sums: Vec<BoardAmount>,
    /// The largest five; all of them are in the list, by `expected_close`.
    opportunities: Vec<CalendarOpportunity>,
}

/// A month of opportunities.
#[derive(Object)]
pub(crate) struct CalendarShown {
    pipeline: String,
    /// `YYYY-MM`.
    month: String,
    /// Those on which there are some.
    days: Vec<CalendarDay>,
    count: u64,
    sums: Vec<BoardAmount>,
    /// What is won, and the open ones by their probability.
    weighted: Vec<BoardAmount>,
    counted_all: bool,
}

#[OpenApi(tag = "Topic::Records")]
impl Board {
    /// Read a board of opportunities
    ///
    /// The stages of a pipeline with their opportunities, those first whose next activity is overdue, then those of today,
    /// those without any, and the rest. Of closed ones only those of the last 30 days.
    #[oai(path = "/opportunities/board", method = "get", operation_id = "get_board")]
    #[allow(clippy::too_many_arguments)] // One argument a query parameter is how the document is made.
    async fn board(
        &self,
        here: Here,
        /// Its key; the first one if nobody says.
        pipeline: Query<Option<String>>,
        /// Conditions as text, as in the list of opportunities.
        filter: Query<Option<String>>,
        /// One column alone: `<pipeline>.<stage>`.
        stage: Query<Option<String>>,
        /// The `next` of that column.
        cursor: Query<Option<String>>,
        /// Cards of a column.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u64>>,
    ) -> Result<Json<BoardShown>, Fault> {
        let query = BoardQuery {
            pipeline: pipeline.0,
            filter: filter_of(filter.0)?,
            stage: stage.0,
            cursor: cursor.0,
            limit: limit.0.and_then(|limit| usize::try_from(limit).ok()).unwrap_or_default(),
        };
        here.deed(move |app, ctx| board::board(app, ctx, &query)).await.map(|found| Json(found.into()))
    }

    /// Move an opportunity to another stage
    ///
    /// What the stage asks for comes with it in `fields`; all that is missing is said at once (422).
    #[oai(path = "/opportunities/:id/stage", method = "post", operation_id = "move_opportunity")]
    async fn set_stage(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<StageChange>,
    ) -> Result<RecordAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        let StageChange { version, stage, closed_on, fields } = change.0;
        let wanted = Wanted::of(if_match.0.as_deref(), version)?;
        let sent = fields.map_or_else(Default::default, |Any(fields)| fields);
        let sent = record_wire::typed(&here.state.app.frame(), Kind::Opportunity, sent)?;
        if sent.archived.is_some() {
            return Err(Error::invalid("archived", "field-unknown", "archived").into());
        }
        let to = Move { stage, closed_on: closed_on.unwrap_or_default(), fields: sent.draft };
        let done = here.deed(move |app, ctx| {
            let stored = board::get(app, ctx, id)?.meta.version;
            Ok(board::move_to(app, ctx, id, wanted.version(stored), &to))
        });
        done.await?.map(|moved| answer(Box::new(moved))).map_err(|error| wanted.fault(error))
    }

    /// Read where an opportunity has been
    ///
    /// Its stages with how long it was there. A move that was taken back leaves none.
    #[oai(path = "/opportunities/:id/stages", method = "get", operation_id = "list_opportunity_stages")]
    async fn stages(&self, here: Here, id: Path<String>) -> Result<Json<StageHistory>, Fault> {
        let id: Uuid = here.id(&id)?;
        let found = here.deed(move |app, ctx| board::stays(app, ctx, id)).await?;
        let items = found.stays.into_iter().map(Into::into).collect();
        Ok(Json(StageHistory { items, whole: found.is_whole }))
    }

    /// Read the forecast of opportunities
    ///
    /// Won ones count in the month they were closed in, open ones in that of their expected close, by their probability.
    #[oai(path = "/opportunities/forecast", method = "get", operation_id = "get_forecast")]
    async fn forecast(
        &self,
        here: Here,
        /// Its key; the first one if nobody says.
        pipeline: Query<Option<String>>,
        /// Conditions as text, as in the list of opportunities.
        filter: Query<Option<String>>,
    ) -> Result<Json<ForecastShown>, Fault> {
        let filter = filter_of(filter.0)?;
        let found = here.deed(move |app, ctx| board::forecast(app, ctx, pipeline.0.as_deref(), &filter));
        Ok(Json(found.await?.into()))
    }

    /// Read a month of opportunities
    ///
    /// Won ones stand on the day they were won, open ones on that of their expected close.
    #[oai(path = "/opportunities/calendar", method = "get", operation_id = "get_calendar")]
    async fn calendar(
        &self,
        here: Here,
        /// Its key; the first one if nobody says.
        pipeline: Query<Option<String>>,
        /// Conditions as text, as in the list of opportunities.
        filter: Query<Option<String>>,
        /// `YYYY-MM`; this one if nobody says.
        month: Query<Option<String>>,
    ) -> Result<Json<CalendarShown>, Fault> {
        let filter = filter_of(filter.0)?;
        let month = month.0.map(|text| {
            let wrong = || Error::invalid("month", "date-form", text.as_str());
            model::parse_month(&text).ok_or_else(wrong)
        });
        let month = month.transpose()?;
        let found =
            here.deed(move |app, ctx| board::calendar(app, ctx, pipeline.0.as_deref(), &filter, month));
        Ok(Json(found.await?.into()))
    }
}

fn filter_of(text: Option<String>) -> Result<Filter, Error> {
    text.as_deref().unwrap_or_default().parse().map_err(Error::Invalid)
}

fn amounts(sums: &[Money]) -> Vec<BoardAmount> {
    let amount =
        |sum: &Money| BoardAmount { amount: decimal(*sum), currency: sum.currency.code().to_owned() };
    sums.iter().map(amount).collect()
}

impl From<board::Board> for BoardShown {
    fn from(board: board::Board) -> BoardShown {
        let column = |column: board::BoardColumn| BoardColumn {
            count: column.count as u64,
            counted_all: column.is_whole,
            sums: amounts(&column.sums),
            weighted: amounts(&column.weighted),
            cards: column.cards.into_iter().map(Into::into).collect(),
            next: column.next,
            stage: column.code,
        };
        BoardShown { pipeline: board.pipeline, columns: board.columns.into_iter().map(column).collect() }
    }
}

impl From<board::BoardCard> for BoardCard {
    fn from(card: board::BoardCard) -> BoardCard {
        BoardCard {
            opportunity: Any(record_wire::shown(&card.opportunity)),
            urgency: match card.urgency {
                board::Urgency::Overdue => CardUrgency::Overdue,
                board::Urgency::Today => CardUrgency::Today,
                board::Urgency::Unplanned => CardUrgency::Unplanned,
                board::Urgency::Planned => CardUrgency::Planned,
                board::Urgency::Closed => CardUrgency::Closed,
            },
            next_activity: card.next.map(|next| next.id.to_string()),
            days: card.days,
            stale: card.is_stale,
        }
    }
}

impl From<board::Stay> for StageStay {
    fn from(stay: board::Stay) -> StageStay {
        StageStay {
            stage: stay.stage,
            since: stay.since.to_string(),
            until: stay.until.map(|until| until.to_string()),
            days: stay.days,
            by: stay.by.user.map(|user| user.to_string()),
        }
    }
}

impl From<&board::Amounts> for ForecastSum {
    fn from(sum: &board::Amounts) -> ForecastSum {
        ForecastSum { count: sum.count as u64, sums: amounts(&sum.sums) }
    }
}

impl From<board::Calendar> for CalendarShown {
    fn from(found: board::Calendar) -> CalendarShown {
        let entry = |entry: board::CalendarEntry| CalendarOpportunity {
            id: entry.id.to_string(),
            name: entry.name,
            stage: entry.stage,
            amount: entry.amount.and_then(|amount| amounts(&[amount]).pop()),
            won: entry.is_won,
        };
        let day = |day: board::CalendarDay| CalendarDay {
            day: day.day.to_string(),
            count: day.amounts.count as u64,
            sums: amounts(&day.amounts.sums),
            opportunities: day.shown.into_iter().map(entry).collect(),
        };
        CalendarShown {
            month: format!("{:04}-{:02}", found.month.year(), found.month.month()),
            days: found.days.into_iter().map(day).collect(),
            count: found.amounts.count as u64,
            sums: amounts(&found.amounts.sums),
            weighted: amounts(&found.weighted),
            counted_all: found.is_whole,
            pipeline: found.pipeline,
        }
    }
}

impl From<board::Forecast> for ForecastShown {
    fn from(found: board::Forecast) -> ForecastShown {
        let month = |month: &board::ForecastMonth| {
            let [won, committed, probable, possible] = &month.amounts;
            ForecastMonth {
                from: month.from.to_string(),
                to: month.to.to_string(),
                won: won.into(),
                committed: committed.into(),
                probable: probable.into(),
                possible: possible.into(),
                weighted: amounts(&month.weighted),
            }
        };
        ForecastShown {
            months: found.months.iter().map(month).collect(),
            overdue: (&found.overdue).into(),
            undated: (&found.undated).into(),
            later: (&found.later).into(),
            counted_all: found.is_whole,
            pipeline: found.pipeline,
        }
    }
}
