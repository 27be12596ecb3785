//! The board of opportunities and their forecast, and the forms that move a card: what the address says, as pages.

mod moving;
mod views;

use super::leads::views::Names;
use super::records::saved::{Asked, asked, bar_at};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::Kind;
use model::uuid::Uuid;
use poem::http::Method;
use poem::{Response, handler};
use services::board::{self, BoardQuery};
use ui::board::{BOARD_PATH, BoardView, CALENDAR_PATH, FORECAST_PATH, Moved};

pub(super) use moving::moved_of;

pub(crate) fn entries() -> Vec<Entry> {
    let see = "see these records: own, team or all";
    let change = "change this record";
    vec![
        page(Method::GET, BOARD_PATH, see, show),
        page(Method::GET, FORECAST_PATH, see, forecast),
        page(Method::GET, CALENDAR_PATH, see, calendar),
        page(Method::GET, "/opportunities/:id/move", change, moving::ask),
        page(Method::POST, "/opportunities/:id/move", change, moving::go_there),
        page(Method::POST, "/opportunities/:id/move/undo", change, moving::undo),
    ]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let moved = match here.query("moved").map(str::parse::<Uuid>) {
        Some(Ok(id)) => moved_of(&here, id, here.query("done").unwrap_or("moved")).await?,
        _ => None,
    };
    let is_more = here.is_htmx() && here.query("cursor").is_some();
    let view = board_of(&here, moved).await?;
    let markup = if is_more { ui::board::more_cards } else { ui::board::board_page };
    Ok(here.page(markup(&here.shell(), &view)))
}

/// The board that the address says; a form of a card is sent to an address that says it too.
async fn board_of(here: &Here, moved: Option<Moved>) -> Result<BoardView, Fault> {
    let Asked { filters, errors, views } = asked(here, Kind::Opportunity).await?;
    let text = |name: &str| here.query(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let query = BoardQuery {
        pipeline: text("pipeline"),
        filter: filters.filter.clone(),
        stage: text("stage"),
        cursor: text("cursor"),
        limit: 0,
    };
    let views = bar_at(&here.ctx, &views, &filters, BOARD_PATH);
    let words = here.facts.words.clone();
    let view = here.deed(move |app, ctx| {
        let found = board::board(app, ctx, &query)?;
        let names = Names::read(app, ctx)?;
        views::board(
            app,
            ctx,
            words.locale(ctx.language),
            views::Shown { filters, errors, views, query, names },
            found,
        )
    });
    Ok(BoardView { moved, ..view.await? })
}

#[handler]
async fn forecast(here: Here) -> Result<Response, Fault> {
    let Asked { filters, errors, views } = asked(&here, Kind::Opportunity).await?;
    let pipeline = here.query("pipeline").map(str::to_owned);
    let views = bar_at(&here.ctx, &views, &filters, FORECAST_PATH);
    let words = here.facts.words.clone();
    let view = here.deed(move |app, ctx| {
        let found = board::forecast(app, ctx, pipeline.as_deref(), &filters.filter)?;
        views::forecast(app, ctx, words.locale(ctx.language), (filters, errors, views), found)
    });
    Ok(here.page(ui::board::forecast_page(&here.shell(), &view.await?)))
}

/// A month that is none is this one.
#[handler]
async fn calendar(here: Here) -> Result<Response, Fault> {
    let Asked { filters, errors, views } = asked(&here, Kind::Opportunity).await?;
    let pipeline = here.query("pipeline").map(str::to_owned);
    let month = here.query("month").and_then(model::parse_month);
    let views = bar_at(&here.ctx, &views, &filters, CALENDAR_PATH);
    let words = here.facts.words.clone();
    let view = here.deed(move |app, ctx| {
        let found = board::calendar(app, ctx, pipeline.as_deref(), &filters.filter, month)?;
        views::calendar(app, ctx, words.locale(ctx.language), (filters, errors, views), found)
    });
    Ok(here.page(ui::board::calendar_page(&here.shell(), &view.await?)))
}
