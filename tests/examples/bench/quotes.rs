//! What selling costs: the board of many opportunities beside the page of their list, a move beside a durable commit, the PDF
//! of a quote of some pages and of one of many, and working its lines out again.

use crate::bench::data::{self, Company};
use crate::bench::http::{self, Ask};
use crate::bench::report::{self, Table, Timings};
use crate::bench::served::Server;
use crate::{Place, Sizes};
use anyhow::{Result, ensure};
use model::uuid::Uuid;
use model::{Kind, Label, Pipeline, Stage, StageKind};
use services::activities::{self, How, Logged};
use services::board::{self, BoardQuery, Move};
use services::quotes::{self, LineDraft};
use services::records::{self, Draft, Query};
use services::{App, Ctx, pipelines};
use std::time::{Duration, Instant};

const OPEN: usize = 5_000;
const COLUMNS: usize = 8;
/// Lines of a quote of three pages, and of a long one.
const LINES: [usize; 2] = [60, 500];

pub(crate) fn measure(place: &Place, sizes: &Sizes, table: &mut Table) -> Result<()> {
    let folder = place.folder.join("data-quotes");
    let app = data::open(place, &folder)?;
    let company = data::set_up(&app, 0)?;
    let deals = deals(&app, &company)?;
    of_board(&app, &company.ctx, sizes, table)?;
    of_moves(&app, &company.ctx, &deals, sizes, table)?;
    of_quotes(&app, &company.ctx, sizes, table)?;
    // What the server reads from the journal first is no part of this.
    for reading in services::projectors::Reading::ALL {
        let mut projector = services::projectors::projector(&app, reading)?;
        services::projectors::catch_up(&app, reading, projector.as_mut())?;
    }
    drop(app);
    of_pages(&Server::start(place, &folder)?, &company, sizes, table)
}

/// The page of the board beside the page of the list, as a browser gets them.
fn of_pages(server: &Server, company: &Company, sizes: &Sizes, table: &mut Table) -> Result<()> {
    let count = sizes.requests / 10;
    let page = |path: &'static str| {
        let ask = |_: usize| Ask::page(path, &company.session);
        http::load(server.address, 1, count / 4, 200, &ask)?;
        http::load(server.address, 1, count, 200, &ask)
    };
    let (list, board) = (page("/opportunities")?, page("/opportunities/board")?);
    table.times(
        &format!("page of the board of {OPEN} open opportunities in {COLUMNS} columns"),
        &board,
        ("the page of their list", &list),
        "`GET /opportunities/board` and `GET /opportunities`; the issue allows 2.0",
    );
    let calendar = page("/opportunities/calendar")?;
    let how = "`GET /opportunities/calendar`";
    table.times("the same as a calendar", &calendar, ("the page of their list", &list), how);
    Ok(())
}

/// A pipeline of eight open stages with as many opportunities in each.
fn deals(app: &App, company: &Company) -> Result<Vec<Uuid>> {
    let frame = app.frame();
    let before = frame.pipelines.get("sales").ok_or_else(|| anyhow::anyhow!("there is no pipeline"))?;
    let mut stages: Vec<Stage> = before.piece.stages.clone();
    let first = stages.first().cloned().ok_or_else(|| anyhow::anyhow!("there is no stage"))?;
    let open = stages.iter().filter(|stage| stage.kind == StageKind::Open).count();
    for number in open..COLUMNS {
        let label = Label::new(&format!("Etapa {number}"), "", "");
        stages.insert(open, Stage { key: format!("stage_{number}"), label, ..first.clone() });
    }
    let keys: Vec<String> = stages
        .iter()
        .filter(|stage| stage.kind == StageKind::Open)
        .map(|stage| format!("sales.{}", stage.key))
        .collect();
    let piece = Pipeline { stages, ..before.piece.clone() };
    pipelines::update(app, &company.ctx, "sales", before.meta.version, piece, &[])?;
    let mut made = Vec::with_capacity(OPEN);
    for number in 0..OPEN {
        let stage = keys.get(number % COLUMNS).cloned().unwrap_or_default();
        let amount = (1_000 + number).to_string();
        let fields = [("name", format!("Oportunitat {number}")), ("stage", stage), ("amount", amount)];
        let id = create(app, &company.ctx, Kind::Opportunity, &fields)?;
        // Of four, one has nothing planned.
        if number % 4 > 0 {
            let due = format!("2026-{:02}-{:02}", 1 + number % 12, 1 + number % 28);
            let todo = Logged {
                kind: "call".to_owned(),
                subject: "Trucar".to_owned(),
                text: String::new(),
                due,
                due_time: String::new(),
                duration: String::new(),
                how: How::ToDo,
            };
            activities::log(app, &company.ctx, Kind::Opportunity, id, &todo)?;
        }
        made.push(id);
    }
    Ok(made)
}

fn create(app: &App, ctx: &Ctx, kind: Kind, fields: &[(&str, String)]) -> Result<Uuid> {
    let mut draft = Draft::default();
    for (key, text) in fields {
        draft.put(key, text.as_str());
    }
    Ok(records::create(app, ctx, kind, &draft, None)?.about().id)
}

fn timed(count: usize, mut deed: impl FnMut(usize) -> Result<()>) -> Result<Timings> {
    let begin = Instant::now();
    let mut each = Vec::with_capacity(count);
    for number in 0..count {
        let begin = Instant::now();
        deed(number)?;
        each.push(begin.elapsed());
    }
    Ok(Timings::new(each, begin.elapsed()))
}

fn of_board(app: &App, ctx: &Ctx, sizes: &Sizes, table: &mut Table) -> Result<()> {
    let count = sizes.requests / 10;
    let board = report::fastest(|_| {
        timed(count, |_| {
            let found = board::board(app, ctx, &BoardQuery::default())?;
            let shown: usize = found.columns.iter().map(|column| column.count).sum();
            ensure!(shown == OPEN, "{shown} opportunities on the board");
            Ok(())
        })
    })?;
    let list = report::fastest(|_| {
        timed(count, |_| {
            let page = records::list(app, ctx, Kind::Opportunity, &Query { limit: 100, ..Query::default() })?;
            ensure!(page.records.len() == 100, "{} on a page", page.records.len());
            Ok(())
        })
    })?;
    table.times(
        &format!("board of {OPEN} open opportunities in {COLUMNS} columns"),
        &board,
        ("a page of 100 of their list", &list),
        "`services::board::board` and `services::records::list`; the issue allows 2.0",
    );
    Ok(())
}

fn of_moves(app: &App, ctx: &Ctx, deals: &[Uuid], sizes: &Sizes, table: &mut Table) -> Result<()> {
    let count = (sizes.requests / 4).min(deals.len());
    let to = |stage: &str| {
        timed(count, |number| {
            let version = board::get(app, ctx, deals[number])?.meta.version;
            let to = Move { stage: format!("sales.{stage}"), ..Move::default() };
            board::move_to(app, ctx, deals[number], version, &to)?;
            Ok(())
        })
    };
    let moves = to("offer")?;
    let plain = timed(count, |number| {
        let version = board::get(app, ctx, deals[number])?.meta.version;
        let mut draft = Draft::default();
        draft.put("description", format!("Canvi {number}"));
        records::update(app, ctx, Kind::Opportunity, deals[number], version, &draft)?;
        Ok(())
    })?;
    table.times(
        "a move on the board, durable",
        &moves,
        ("a durable change of one text of it", &plain),
        "one after the other; the issue allows 1.5 durable commits",
    );
    Ok(())
}

fn of_quotes(app: &App, ctx: &Ctx, sizes: &Sizes, table: &mut Table) -> Result<()> {
    let client = create(app, ctx, Kind::Company, &[("name", "Fusteria Puig".to_owned())])?;
    for lines in LINES {
        let fields = [("subject", "Obra".to_owned()), ("company", client.to_string())];
        let id = create(app, ctx, Kind::Quote, &fields)?;
        let line = |number: usize| LineDraft {
            text: format!("Partida {number}: material i mà d’obra"),
            quantity: "2,5".to_owned(),
            unit_price: "123,45".to_owned(),
            discount: "5".to_owned(),
            cost: "80".to_owned(),
            ..LineDraft::default()
        };
        let drafts: Vec<LineDraft> = (0..lines).map(line).collect();
        quotes::save_lines(app, ctx, id, 1, &drafts)?;
        let begin = Instant::now();
        quotes::pdf(app, ctx, id)?;
        let first = begin.elapsed();
        let pdf = report::best(|| {
            let begin = Instant::now();
            quotes::pdf(app, ctx, id)?;
            Ok(begin.elapsed())
        })?;
        let wanted = Duration::from_millis(if lines == LINES[0] { 300 } else { 3_000 });
        table.whole(
            &format!("PDF of a quote of {lines} lines, after the first"),
            pdf,
            ("what the issue allows", wanted),
            &format!("`services::quotes::pdf`; the first took {} ms", first.as_millis()),
        );
        let again = report::fastest(|_| {
            timed(sizes.requests / 10, |_| {
                quotes::try_lines(app, ctx, id, &drafts)?;
                Ok(())
            })
        })?;
        let allowed = Timings::new(vec![Duration::from_millis(10)], Duration::from_millis(10));
        table.times(
            &format!("working {lines} lines out again"),
            &again,
            ("what the issue allows", &allowed),
            "`services::quotes::try_lines`, as while somebody types",
        );
    }
    Ok(())
}
