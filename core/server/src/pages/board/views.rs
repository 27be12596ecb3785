//! From a board and a forecast as deeds give them to what pages show.

use super::Names;
use crate::pages::leads::columns;
use model::{Action, FieldErrors, Frame, Kind, Level};
use services::board::{
    Amounts, Board, BoardCard, BoardColumn, BoardQuery, CLOSED_DAYS, Calendar, CalendarDay, CalendarEntry,
    Forecast, Likelihood, Urgency,
};
use services::{App, Ctx, Error, permissions, settings};
use ui::Locale;
use ui::board::{
    BoardView, CalendarDayView, CalendarEntryView, CalendarView, CardNext, CardView, ColumnView,
    ForecastAmounts, ForecastMonthView, ForecastView,
};
use ui::filters::FilterFieldView;
use ui::records::ListFilters;
use ui::saved_views::ViewBar;

/// What the address said, and what people are called.
pub(super) struct Shown {
    pub(super) filters: ListFilters,
    pub(super) errors: FieldErrors,
    pub(super) views: ViewBar,
    pub(super) query: BoardQuery,
    pub(super) names: Names,
}

pub(super) fn board(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
    shown: Shown,
    found: Board,
) -> Result<BoardView, Error> {
    let Shown { filters, errors, views, query, names } = shown;
    let zone = settings::get(app, ctx)?.zone();
    let stages = stages_of(l, &found.pipeline);
    let column = |column: BoardColumn| ColumnView {
        label: column.stage.label.get(l.language).to_owned(),
        kind: column.stage.kind,
        probability: column.stage.probability,
        count: column.count as u64,
        is_whole: column.is_whole,
        sums: column.sums,
        weighted: column.weighted,
        cards: column.cards.into_iter().map(|one| card(one, &names, &zone)).collect(),
        next: column.next,
        code: column.code,
    };
    Ok(BoardView {
        fields: fields(app, ctx, l, &filters)?,
        currency: settings::get(app, ctx)?.currency,
        pipelines: pipelines(l.frame(), l, &found.pipeline),
        stages,
        columns: found.columns.into_iter().map(column).collect(),
        pipeline: found.pipeline,
        stage: query.stage,
        cursor: query.cursor,
        closed_days: CLOSED_DAYS,
        may_create: permissions::may(ctx, Kind::Opportunity, Action::Create),
        sees_others: sees_others(ctx),
        moved: None,
        filters,
        errors,
        views,
    })
}

fn sees_others(ctx: &Ctx) -> bool {
    permissions::level(ctx, Kind::Opportunity, Action::See) > Level::Own
}

/// The fields that filters can name, with the names of the records in them.
fn fields(app: &App, ctx: &Ctx, l: Locale<'_>, filters: &ListFilters) -> Result<Vec<FilterFieldView>, Error> {
    let mut fields = columns::field_views(app, ctx, l, Kind::Opportunity)?;
    let named = filters.filter.conditions();
    let named = named.map(|condition| (condition.field.as_str(), condition.values.as_slice()));
    columns::name_records(app, ctx, &mut fields, named)?;
    Ok(fields)
}

/// Those that are worked with, and the one that is shown.
fn pipelines(frame: &Frame, l: Locale<'_>, shown: &str) -> Vec<(String, String)> {
    let all = frame.pipelines.all().iter();
    let kept = all.filter(|pipeline| !pipeline.piece.archived || pipeline.key == shown);
    kept.map(|pipeline| (pipeline.key.clone(), pipeline.piece.label.get(l.language).to_owned())).collect()
}

fn stages_of(l: Locale<'_>, pipeline: &str) -> Vec<(String, String)> {
    let of_it = |code: &str| code.split_once('.').is_some_and(|(of, _)| of == pipeline);
    model::stages_of(l.frame())
        .filter(|(code, ..)| of_it(code))
        .map(|(code, _, stage)| (code, stage.label.get(l.language).to_owned()))
        .collect()
}

fn card(card: BoardCard, names: &Names, zone: &model::jiff::tz::TimeZone) -> CardView {
    let deal = card.opportunity;
    let closed = deal.closed_at.filter(|_| card.urgency == Urgency::Closed);
    CardView {
        id: deal.meta.id.to_string(),
        version: deal.meta.version,
        title: deal.name.unwrap_or_default(),
        company: card.company,
        owner: deal.common.owner.and_then(|owner| names.get(owner.0)),
        amount: deal.amount,
        expected_close: deal.expected_close,
        closed_on: closed.map(|at| at.to_zoned_datetime(zone.clone()).date()),
        urgency: card.urgency.as_str().to_owned(),
        next: card.next.map(|next| CardNext {
            title: next.title.clone(),
            kind: next.kind.clone(),
            day: next.due,
            time: next.due_time.clone(),
        }),
        days: card.days,
        is_stale: card.is_stale,
        may_change: card.may_change,
    }
}

pub(super) fn forecast(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
    (filters, errors, views): (ListFilters, FieldErrors, ViewBar),
    found: Forecast,
) -> Result<ForecastView, Error> {
    let months = found.months.iter().map(|month| ForecastMonthView {
        from: month.from,
        to: month.to,
        amounts: month.amounts.iter().map(amounts).collect(),
        weighted: month.weighted.clone(),
    });
    Ok(ForecastView {
        fields: fields(app, ctx, l, &filters)?,
        currency: settings::get(app, ctx)?.currency,
        pipelines: pipelines(l.frame(), l, &found.pipeline),
        likelihoods: Likelihood::ALL.map(Likelihood::as_str).to_vec(),
        months: months.collect(),
        overdue: amounts(&found.overdue),
        undated: amounts(&found.undated),
        later: amounts(&found.later),
        is_whole: found.is_whole,
        pipeline: found.pipeline,
        sees_others: sees_others(ctx),
        filters,
        errors,
        views,
    })
}

pub(super) fn calendar(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
    (filters, errors, views): (ListFilters, FieldErrors, ViewBar),
    found: Calendar,
) -> Result<CalendarView, Error> {
    let entry = |entry: CalendarEntry| CalendarEntryView {
        id: entry.id.to_string(),
        name: entry.name,
        company: entry.company,
        amount: entry.amount,
        stage: ui::records::stage_label(l.frame(), l.language, &entry.stage),
        is_won: entry.is_won,
        is_overdue: entry.is_overdue,
    };
    let day = |day: CalendarDay| CalendarDayView {
        day: day.day,
        amounts: amounts(&day.amounts),
        shown: day.shown.into_iter().map(entry).collect(),
    };
    Ok(CalendarView {
        fields: fields(app, ctx, l, &filters)?,
        currency: settings::get(app, ctx)?.currency,
        pipelines: pipelines(l.frame(), l, &found.pipeline),
        pipeline: found.pipeline,
        month: found.month,
        today: found.today,
        days: found.days.into_iter().map(day).collect(),
        amounts: amounts(&found.amounts),
        weighted: found.weighted,
        is_whole: found.is_whole,
        sees_others: sees_others(ctx),
        filters,
        errors,
        views,
    })
}

fn amounts(amounts: &Amounts) -> ForecastAmounts {
    ForecastAmounts { count: amounts.count as u64, sums: amounts.sums.clone() }
}
