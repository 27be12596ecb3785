//! A workbook of leads through upload, dry run and run, beside calamine's bare parse of the same bytes.

use crate::bench::data;
use crate::bench::report::{self, Table};
use crate::{Place, Sizes};
use anyhow::{Context as _, Result, ensure};
use calamine::{Reader as _, Xlsx};
use model::{Import, ImportState};
use services::{App, Ctx, imports};
use std::io::Cursor;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A column of the workbook, and how often its rows are looked at while waiting.
const TITLES: [&str; 9] = [
    "Nom",
    "Empresa",
    "Correu electrònic",
    "Telèfon",
    "Codi postal",
    "Població",
    "Origen",
    "Import",
    "Notes",
];
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// An import that takes longer than this hangs.
const IMPORT_TIME_MAX: Duration = Duration::from_secs(180);
/// Of a hundred rows, three are wrong.
const BAD_EVERY: usize = 33;

pub(crate) fn measure(place: &Place, sizes: &Sizes, table: &mut Table) -> Result<()> {
    let app = data::open(place, &place.folder.join("import"))?;
    let company = data::set_up(&app, sizes.rows)?;
    let bytes = workbook(&company, sizes.rows)?;
    let bare = report::best(|| calamine_parse(&bytes, sizes.rows))?;
    let limit = ("calamine: parse", bare);
    let rows = sizes.rows;

    let begin = Instant::now();
    let sheet = sheets::open(&bytes, "leads.xlsx", &sheets::Limits::default())?;
    ensure!(sheet.rows().count() == rows, "the sheet has {} rows", sheet.rows);
    table.whole(
        &format!("read {rows} rows"),
        begin.elapsed(),
        limit,
        "`sheets::open` and every row as texts",
    );

    let ctx = &company.ctx;
    let begin = Instant::now();
    let import = imports::upload(&app, ctx, model::Kind::Lead, "leads.xlsx", &bytes)?;
    let upload = begin.elapsed();
    let stop = AtomicBool::new(false);
    let failures = Mutex::new(Vec::new());
    let (check, run) = thread::scope(|scope| {
        let (app, stop, failures) = (&app, &stop, &failures);
        scope.spawn(move || {
            let report = |error: &services::Error| {
                if let Ok(mut failures) = failures.lock() {
                    failures.push(error.to_string());
                }
            };
            imports::run_worker(app, &|_| Ok(ctx.clone()), stop, &report);
        });
        let times = check_and_run(app, ctx, &import);
        stop.store(true, Ordering::Release);
        times
    })?;
    let failures = failures.into_inner().unwrap_or_default();
    ensure!(failures.is_empty(), "the import failed: {failures:?}");
    let how = "dry run: every field checked, nothing written but problems";
    table.whole(&format!("import {rows} rows, dry run"), check, limit, how);
    let how = "run: assigned by the plugin, written in portions of 200";
    table.whole(&format!("import {rows} rows, run"), run, limit, how);
    let how = "upload, dry run and run, in process";
    table.whole(&format!("import {rows} rows, whole"), upload + check + run, limit, how);
    Ok(())
}

fn check_and_run(app: &App, ctx: &Ctx, import: &Import) -> Result<(Duration, Duration)> {
    let begin = Instant::now();
    let plan = imports::plan(app, ctx, import.id())?;
    imports::set_plan(app, ctx, import.id(), import.meta.version, plan)?;
    let checked = wait_for(app, ctx, import, ImportState::Checked)?;
    let check = begin.elapsed();
    let begin = Instant::now();
    imports::start(app, ctx, import.id(), checked.meta.version)?;
    let done = wait_for(app, ctx, import, ImportState::Done)?;
    let run = begin.elapsed();
    ensure!(done.imported.good > done.imported.bad, "most rows went in: {:?}", done.imported);
    Ok((check, run))
}

/// The worker says nothing when it is done; the page looks again, and so do we.
fn wait_for(app: &App, ctx: &Ctx, import: &Import, state: ImportState) -> Result<Import> {
    let begin = Instant::now();
    while begin.elapsed() < IMPORT_TIME_MAX {
        let now = imports::get(app, ctx, import.id())?;
        if now.state == state {
            return Ok(now);
        }
        ensure!(now.state.is_working(), "the import is {:?}: {:?}", now.state, now.failure);
        thread::park_timeout(LOOK_EVERY);
    }
    anyhow::bail!("the import did not come to {state:?} within {IMPORT_TIME_MAX:?}")
}

fn calamine_parse(bytes: &[u8], rows: usize) -> Result<Duration> {
    let begin = Instant::now();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let range = workbook.worksheet_range_at(0).context("the workbook has a sheet")??;
    let whole = begin.elapsed();
    ensure!(range.height() == rows + 1, "calamine found {} rows", range.height());
    Ok(whole)
}

fn workbook(company: &data::Company, rows: usize) -> Result<Vec<u8>> {
    let columns =
        TITLES.map(|title| sheets::Column { title: title.to_owned(), kind: sheets::Kind::Text, width: 20 });
    let rows = (0..rows).map(|number| {
        let lead = data::lead(company, number);
        let email =
            lead.email.filter(|_| number % BAD_EVERY != 0).unwrap_or_else(|| "no és cap adreça".to_owned());
        let texts = [
            lead.name,
            lead.company,
            Some(email),
            lead.phone,
            lead.postcode,
            lead.town,
            lead.source.map(|source| source.as_str().to_owned()),
            Some(format!("{},50", number % 9_000)),
            lead.description,
        ];
        texts.into_iter().map(|text| text.map_or(sheets::Cell::Empty, sheets::Cell::Text)).collect()
    });
    Ok(sheets::write_xlsx("Clients potencials", &columns, rows)?)
}
