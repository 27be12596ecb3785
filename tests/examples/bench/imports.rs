//! Workbooks through upload, dry run, run and back again, beside calamine's bare parse of the same bytes.

use crate::bench::report::{self, Table};
use crate::bench::{commits, data};
use crate::{Place, Sizes};
use anyhow::{Context as _, Result, ensure};
use calamine::{Reader as _, Xlsx};
use model::{Import, ImportState};
use services::{App, Ctx, imports};
use std::io::Cursor;
use std::path::Path;
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
const IMPORT_TIME_MAX: Duration = Duration::from_secs(600);
/// Of so many leads one is written by the engine alone.
const SAMPLE: usize = 5;
const SAMPLE_TIMES: u32 = 5;
/// Leads of one transaction.
const PORTION: usize = 400;
/// Of a hundred rows, three are wrong.
const BAD_EVERY: usize = 33;

pub(crate) fn measure(place: &Place, sizes: &Sizes, table: &mut Table) -> Result<()> {
    let app = data::open(place, &place.folder.join("import"))?;
    let company = data::set_up(&app, sizes.rows)?;
    let rows = sizes.rows;
    let leads = workbook(&company, rows)?;
    let bare = report::best(|| calamine_parse(&leads, rows))?;
    let begin = Instant::now();
    let sheet = sheets::open(&leads, "leads.xlsx", &sheets::Limits::default())?;
    ensure!(sheet.rows().count() == rows, "the sheet has {} rows", sheet.rows);
    drop(sheet);
    let how = "`sheets::open` and every row as texts";
    table.whole(&format!("read {rows} rows"), begin.elapsed(), (LIMIT, bare), how);

    let ctx = &company.ctx;
    let stop = AtomicBool::new(false);
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        let (app, stop, failures) = (&app, &stop, &failures);
        scope.spawn(move || {
            let report = |error: &services::Error| {
                if let Ok(mut failures) = failures.lock() {
                    failures.push(error.to_string());
                }
            };
            imports::run_worker(app, &|_| Ok(ctx.clone()), stop, &report);
        });
        let of = (place.folder.as_path(), &company);
        let outcome = measure_leads(app, ctx, &leads, rows, bare, table, of)
            .and_then(|()| measure_others(app, ctx, rows, table));
        stop.store(true, Ordering::Release);
        outcome
    })?;
    let failures = failures.into_inner().unwrap_or_default();
    ensure!(failures.is_empty(), "the import failed: {failures:?}");
    Ok(())
}

const LIMIT: &str = "calamine: parse";

fn measure_leads(
    app: &App,
    ctx: &Ctx,
    bytes: &[u8],
    rows: usize,
    bare: Duration,
    table: &mut Table,
    (folder, company): (&Path, &data::Company),
) -> Result<()> {
    let limit = (LIMIT, bare);
    let idle_kb = memory_kb("VmRSS")?;
    forget_peak()?;
    let begin = Instant::now();
    let import = imports::upload(app, ctx, model::Kind::Lead, "leads.xlsx", bytes)?;
    let upload = begin.elapsed();
    let (check, run) = check_and_run(app, ctx, &import)?;
    let how = "dry run: every field checked, nothing written but problems";
    table.whole(&format!("import {rows} leads, dry run"), check, limit, how);
    let how = "run: assigned by the plugin, recognised, journaled, written in portions";
    table.whole(&format!("import {rows} leads, run"), run, limit, how);
    let how = "upload, dry run and run, in process";
    table.whole(&format!("import {rows} leads, whole"), upload + check + run, limit, how);
    let peak_kb = memory_kb("VmHWM")?;
    let how = "the most the process had on the way, beside what it had before";
    table.memory(&format!("memory of importing {rows} leads"), peak_kb, ("before", idle_kb), how);
    let above_kb = peak_kb.saturating_sub(idle_kb);
    table.note(format!(
        "importing {rows} leads took {} MB above what the process had before",
        above_kb / 1024
    ));
    let undo = take_back(app, ctx, &import)?;
    let how = "every lead gone, with its explanation and the counts";
    table.whole(&format!("import of {rows} leads, taken back"), undo, ("the run", run), how);
    // After the memory was looked at: the engine by itself holds some, too.
    let bare_writes = commits::bare_leads(&folder.join("bare-leads"), company, rows / SAMPLE, PORTION)?;
    let how = "the same without its explanations and what recognises doubles; the engine's time is that of a fifth, five times";
    let limit_of_engine = ("sled: the same records, entries and changes", bare_writes * SAMPLE_TIMES);
    table.whole(&format!("import {rows} leads, run beside its engine"), run, limit_of_engine, how);
    Ok(())
}

/// Companies and contacts: no rules decide about them.
fn measure_others(app: &App, ctx: &Ctx, rows: usize, table: &mut Table) -> Result<()> {
    for (kind, titles) in [
        (model::Kind::Company, ["Empresa", "Codi", "Població", "Telèfon"]),
        (model::Kind::Contact, ["Nom", "Codi", "Població", "Telèfon"]),
    ] {
        let texts = (0..rows).map(|number| {
            let phone = 972_000_000 + number % 999_999;
            let texts =
                [format!("Nom {number}"), format!("C{number}"), "Girona".to_owned(), phone.to_string()];
            Vec::from(texts.map(sheets::Cell::Text))
        });
        let bytes = sheets::write_xlsx("Fitxer", &titles.map(column), texts)?;
        let bare = report::best(|| calamine_parse(&bytes, rows))?;
        let begin = Instant::now();
        let import = imports::upload(app, ctx, kind, "fitxer.xlsx", &bytes)?;
        check_and_run(app, ctx, &import)?;
        let what = format!("import {rows} of {kind}, whole");
        table.whole(&what, begin.elapsed(), (LIMIT, bare), "upload, dry run and run, in process");
        take_back(app, ctx, &import)?;
    }
    Ok(())
}

fn take_back(app: &App, ctx: &Ctx, import: &Import) -> Result<Duration> {
    let done = imports::get(app, ctx, import.id())?;
    let begin = Instant::now();
    imports::undo(app, ctx, import.id(), done.meta.version, model::ChangedSince::Keep)?;
    let undone = wait_for(app, ctx, import, ImportState::Undone)?;
    ensure!(undone.undo.kept == 0, "all of it was taken back: {:?}", undone.undo);
    Ok(begin.elapsed())
}

/// A figure of this process, as the system counts it.
fn memory_kb(figure: &str) -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with(figure)).context("the system tells no memory")?;
    Ok(line.split_whitespace().nth(1).context("a figure has a number")?.parse()?)
}

/// The highest figure counts from now.
fn forget_peak() -> Result<()> {
    Ok(std::fs::write("/proc/self/clear_refs", "5")?)
}

fn column(title: &str) -> sheets::Column {
    sheets::Column { title: title.to_owned(), kind: sheets::Kind::Text, width: 20 }
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
    Ok(sheets::write_xlsx("Clients potencials", &TITLES.map(column), rows)?)
}
