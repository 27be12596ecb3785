//! Imports as jobs: ten thousand rows, bad ones among them, restarts, cancelling, two at once, a plugin that fails.

use crate::test_app::{TestApp, misbehaving};
use model::{Decision, ImportCounts, ImportState, Plugin, PluginId, RoleKey, UserId};
use services::plugins::Health;
use services::projectors::{self, Reading};
use services::reports::{self, GroupBy, GroupKey};
use services::{Options, imports, maintenance, plugins};
use sheets::{Cell, Column, Kind};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

const ROWS: u64 = 10_000;
/// Three of each hundred.
const BAD: u64 = 300;

/// The letter that goes with the number of a NIF.
fn tax_id(number: u64) -> String {
    const LETTERS: [char; 23] = [
        'T', 'R', 'W', 'A', 'G', 'M', 'Y', 'F', 'P', 'D', 'X', 'B', 'N', 'J', 'Z', 'S', 'Q', 'V', 'H', 'L',
        'C', 'K', 'E',
    ];
    let number = 40_000_000 + number;
    format!("{number:08}{}", LETTERS[usize::try_from(number % 23).unwrap()])
}

/// What is wrong with a row, if anything is: the field and the problem.
fn fault_of(row: u64) -> Option<&'static str> {
    match row % 100 {
        7 => Some(["tax_id", "name"][usize::try_from(row / 100 % 2).unwrap()]),
        39 => Some("email"),
        83 => Some("amount"),
        _ => None,
    }
}

fn cells(row: u64) -> Vec<Cell> {
    let text = |text: String| Cell::Text(text);
    let mut cells = vec![
        text(format!("Persona {row}")),
        text(format!("Empresa {row}")),
        text(tax_id(row)),
        text(format!("persona{row}@exemple.cat")),
        text(format!("972 {:06}", 200_000 + row)),
        text(format!("{:05}", 17_000 + row % 500)),
        // As a number and as people type it.
        if row.is_multiple_of(2) { Cell::Money(123_450) } else { text("1.234,50".to_owned()) },
        text(format!("K{row}")),
    ];
    match fault_of(row) {
        Some("tax_id") => cells[2] = text("40000001A".to_owned()),
        Some("email") => cells[3] = text("persona arrova exemple".to_owned()),
        Some("amount") => cells[6] = text("molts diners".to_owned()),
        Some(_) => (cells[0], cells[1]) = (Cell::Empty, Cell::Empty),
        None => {}
    }
    cells
}

fn workbook(rows: u64) -> Vec<u8> {
    let titles = ["Nom", "Empresa", "NIF", "Correu electrònic", "Telèfon", "Codi postal", "Import", "Codi"];
    let columns: Vec<Column> = titles
        .into_iter()
        .map(|title| {
            let kind =
                if title == "Import" { Kind::Money { currency: model::Currency::Eur } } else { Kind::Text };
            Column { title: title.to_owned(), kind, width: 20 }
        })
        .collect();
    sheets::write_xlsx("Leads", &columns, (1..=rows).map(cells)).unwrap()
}

fn small_csv(first: u64, rows: u64) -> Vec<u8> {
    let lines = (first..first + rows).map(|row| format!("Empresa {row};K{row}\n"));
    format!("Empresa;Codi\n{}", lines.collect::<String>()).into_bytes()
}

fn count_by_owner(test: &TestApp) -> BTreeMap<Option<UserId>, u64> {
    let mut counts = BTreeMap::new();
    for lead in test.all_leads() {
        *counts.entry(lead.owner).or_default() += 1;
    }
    counts
}

/// No name of a company is there twice.
#[track_caller]
fn assert_each_once(test: &TestApp, expected: u64) {
    let leads = test.all_leads();
    let names: BTreeSet<&str> = leads.iter().map(|lead| lead.title()).collect();
    assert_eq!((leads.len() as u64, names.len() as u64), (expected, expected));
}

/// Ten thousand rows with 3 % bad ones, stopped and started again in the middle: exact counts, a file of the bad rows
/// with their reasons, and turns that differ by one at most.
#[test]
fn ten_thousand_rows_go_in_across_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestApp::company(&data);
    for name in ["Berta", "Carles", "Dolors"] {
        test.hire(name, RoleKey::REP);
    }
    let id = test.started_import(&test.admin(), "clients.xlsx", &workbook(ROWS));
    let good = ROWS - BAD;
    let expected = ImportCounts { done: ROWS, good, created: good, bad: BAD, ..ImportCounts::default() };
    assert_eq!(test.import(id).checked, expected);
    test.work(|import| import.imported.done >= ROWS * 2 / 5);
    let halfway = test.import(id);
    assert_eq!(halfway.state, ImportState::Running);
    assert_eq!(test.all_leads().len() as u64, halfway.imported.good, "progress is in the leads' transaction");
    test.leave();

    let mut test = TestApp::open(&data, Options::default());
    test.work_to_the_end();
    let import = test.import(id);
    assert_eq!((import.state, import.imported), (ImportState::Done, expected));
    assert_each_once(&test, ROWS - BAD);
    let counts = count_by_owner(&test);
    let (least, most) = (counts.values().min().unwrap(), counts.values().max().unwrap());
    assert!(counts.len() == 4 && most - least <= 1, "{counts:?}");

    assert_failed_rows(&test, id);
    test.settle();
    let report = reports::leads_by_month(&test.app, &test.admin(), GroupBy::Owner, None).unwrap();
    assert_eq!(report.years[0].total.leads.unsigned_abs(), ROWS - BAD);
    let reported: BTreeMap<Option<UserId>, u64> = report
        .groups
        .iter()
        .map(|group| match group.key {
            GroupKey::Id(owner) => (Some(UserId(owner)), group.years[0].total.leads.unsigned_abs()),
            ref other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(reported, counts);
    test.verify();
}

#[track_caller]
fn assert_failed_rows(test: &TestApp, id: model::ImportId) {
    let explain = |problem: &model::Problem| format!("{}: {}", problem.field, problem.code);
    let file = imports::failed_rows(&test.app, &test.admin(), id, "Motiu", &explain).unwrap();
    assert_eq!(file.name, "clients-errors.xlsx");
    let sheet = sheets::open(&file.bytes, &file.name, &sheets::Limits::default()).unwrap();
    assert_eq!((sheet.rows as u64, sheet.headers.last().unwrap().as_str()), (BAD, "Motiu"));
    let bad: Vec<u64> = (1..=ROWS).filter(|row| fault_of(*row).is_some()).collect();
    assert_eq!(bad.len() as u64, BAD);
    for (row, number) in sheet.rows().zip(bad) {
        assert_eq!(row.cells[7], format!("K{number}"), "in the order of the file");
        let reason = row.cells.last().unwrap();
        assert!(reason.starts_with(fault_of(number).unwrap()), "row {number}: {reason}");
    }
}

#[test]
fn what_went_in_stays_when_an_import_is_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let id = test.started_import(&test.admin(), "clients.csv", &small_csv(1, 1_000));
    test.work(|import| {
        let is_time = import.imported.done >= 400;
        if is_time {
            imports::cancel(&test.app, &test.admin(), id).unwrap();
        }
        is_time
    });
    let import = test.import(id);
    assert_eq!((import.state, import.imported.good, import.imported.bad), (ImportState::Cancelled, 400, 0));
    test.work_to_the_end();
    assert_each_once(&test, 400);
    // The rest can go in later: the rows that are there already are told, not doubled.
    let id = test.started_import(&test.admin(), "clients.csv", &small_csv(1, 1_000));
    test.work_to_the_end();
    assert_eq!(
        test.import(id).imported,
        ImportCounts { done: 1_000, good: 600, created: 600, duplicates: 400, ..ImportCounts::default() }
    );
    assert_each_once(&test, 1_000);
    test.settle();
    test.verify();
}

#[test]
fn two_imports_and_somebody_who_types_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let manager = test.hire("Marta", RoleKey::MANAGER);
    let ctx = test.at_work(manager.id());
    let (first, second) = (
        test.checked_import(&test.admin(), "a.csv", &small_csv(1, 700)),
        test.checked_import(&ctx, "b.csv", &small_csv(501, 700)),
    );
    imports::start(&test.app, &test.admin(), first.id(), first.meta.version).unwrap();
    imports::start(&test.app, &ctx, second.id(), second.meta.version).unwrap();
    assert_eq!(second.checked.good, 700, "nothing was there yet");
    let mut typed = 0;
    test.work(|import| {
        typed += 1;
        test.create(&format!("A mà {typed}"));
        import.id() == second.id() && import.imported.done == 700
    });
    test.work_to_the_end();
    let (first, second) = (test.import(first.id()), test.import(second.id()));
    assert_eq!(first.imported.good + second.imported.good, 1_200, "200 keys are in both files");
    let left_out = |import: &model::Import| import.imported.bad + import.imported.duplicates;
    assert_eq!(left_out(&first) + left_out(&second), 200);
    assert_eq!((first.state, second.state), (ImportState::Done, ImportState::Done));
    assert_each_once(&test, 1_200 + typed);
    test.settle();
    test.verify();
}

/// The accounts of a public example, as they come. Left out where the file is not there.
#[test]
fn accounts_of_a_known_example_go_in_as_leads() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/maven-crm/accounts.csv");
    let Ok(bytes) = std::fs::read(file) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let id = test.started_import(&test.admin(), "accounts.csv", &bytes);
    let plan = imports::plan(&test.app, &test.admin(), id).unwrap();
    assert_eq!(plan.target(0), Some("company"));
    test.work_to_the_end();
    assert_eq!(
        test.import(id).imported,
        ImportCounts { done: 85, good: 85, created: 85, ..ImportCounts::default() }
    );
    assert_each_once(&test, 85);
    test.settle();
    let found = services::search::leads(&test.app, &test.admin(), "acme", 0, 10).unwrap();
    assert_eq!(found.found[0].lead.title(), "Acme Corporation");
}

/// A company with a plugin that is switched on and never ends.
fn with_a_plugin_that_loops(data: &Path) -> (TestApp, Plugin) {
    let test = TestApp::open(data, little_fuel());
    test.set_up();
    test.hire("Berta", RoleKey::REP);
    let admin = test.admin();
    let plugin = plugins::install(&test.app, &admin, &misbehaving()).unwrap();
    let (id, version) = (plugin.id(), plugin.meta.version);
    let plugin = plugins::configure(&test.app, &admin, id, version, &deed("loop"), true).unwrap();
    (test, plugin)
}

fn little_fuel() -> Options {
    let mut options = Options::default();
    options.plugins.fuel = 5_000_000;
    options
}

fn deed(deed: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("deed".to_owned(), deed.to_owned())])
}

fn health_of(test: &TestApp, plugin: PluginId) -> Health {
    plugins::get(&test.app, &test.admin(), plugin).unwrap().health
}

/// Every lead gets its person by turns, what failed is told with it, and after five failures the plugin has a pause.
#[test]
fn a_plugin_that_loops_costs_no_lead() {
    let folder = tempfile::tempdir().unwrap();
    let (mut test, plugin) = with_a_plugin_that_loops(&folder.path().join("data"));
    let admin = test.admin();
    let mut owners = BTreeSet::new();
    for number in 1..=8 {
        let lead = test.create(&format!("A mà {number}"));
        owners.insert(lead.owner.unwrap());
        let assignment = lead.assignment.unwrap();
        assert!(matches!(assignment.decision, Decision::RoundRobin { turn, .. } if turn == number));
        let tried: Vec<&str> = assignment.tried.iter().map(|reason| reason.outcome.as_str()).collect();
        let expected: &[&str] = if number <= 5 { &["failed-fuel"] } else { &[] };
        assert_eq!(tried, expected, "lead {number}");
    }
    assert_eq!(owners.len(), 2);
    assert!(health_of(&test, plugin.id()).is_paused(test.ctx().at));
    assert_eq!(plugins::calls(&test.app, &admin, plugin.id()).unwrap().len(), 5);

    // After a minute it may try again; a portion of an import does not wait for it two hundred times.
    test.advance(61);
    let id = test.started_import(&test.admin(), "clients.csv", &small_csv(1, 300));
    test.work_to_the_end();
    assert_eq!(test.import(id).imported.good, 300);
    assert_each_once(&test, 308);
    let calls = plugins::calls(&test.app, &admin, plugin.id()).unwrap().len();
    assert!(calls <= 10, "asked {calls} times");
    test.settle();
    test.verify();
}

/// Failures are remembered over restarts and moves, and are no change of the plugin's record: whoever has its page open
/// saves the configuration without meeting anybody.
#[test]
fn failures_of_a_plugin_meet_nobody_who_configures_it() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let (mut test, plugin) = with_a_plugin_that_loops(&first);
    for number in 1..=4 {
        test.create(&format!("A mà {number}"));
    }
    let expected = Health { failures_in_a_row: 4, paused_until: None };
    assert_eq!(health_of(&test, plugin.id()), expected);
    test.settle();
    drop(test);

    let mut test = TestApp::open(&first, little_fuel());
    assert_eq!(health_of(&test, plugin.id()), expected);
    test.create("A mà 5");
    let paused = health_of(&test, plugin.id());
    assert_eq!(paused.failures_in_a_row, 5);
    assert!(paused.is_paused(test.ctx().at));
    test.settle();
    test.verify();
    let mut file = Vec::new();
    maintenance::export(&test.app, &mut file).unwrap();
    drop(test);

    maintenance::import(&second, &mut file.as_slice()).unwrap();
    // Documents are not in an export; the record and how it fared are.
    let mut test = TestApp::open(&second, little_fuel());
    assert_eq!(health_of(&test, plugin.id()), paused);
    test.settle();
    assert!(maintenance::verify(&test.app).unwrap().0.faults.is_empty());
    let missing = maintenance::missing_documents(&test.app).unwrap();
    assert_eq!(missing.iter().map(|missed| missed.id).collect::<Vec<_>>(), [plugin.meta.id]);
    drop(test);

    let mut test = TestApp::open(&first, little_fuel());
    let (id, version) = (plugin.id(), plugin.meta.version);
    let saved = plugins::configure(&test.app, &test.admin(), id, version, &deed("loop"), false).unwrap();
    assert_eq!(saved.meta.version, version + 1);
    assert_eq!(health_of(&test, plugin.id()), Health::default(), "somebody looked after it");
    test.settle();
    test.verify();
}

#[test]
fn a_reading_is_not_deleted_under_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut test = TestApp::company(&data);
    test.create("Forn de la Plaça");
    test.settle();
    for reading in Reading::ALL {
        let refused = maintenance::rebuild(&data, reading, Options::default());
        assert!(refused.is_err(), "{}", reading.as_str());
    }
    let found = services::search::leads(&test.app, &test.admin(), "forn", 0, 10).unwrap();
    assert_eq!(found.found.len(), 1);
    test.close_and_compare();
}

/// The loops that a server runs take everything that is written beside them, and end when told to.
#[test]
fn readings_follow_while_others_write() {
    const LEADS: usize = 1_300;
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for reading in Reading::ALL {
            let (app, stop) = (test.app.clone(), &stop);
            scope.spawn(move || projectors::run(&app, reading, stop, &|error| panic!("{error:?}")));
        }
        let id = test.started_import(&test.admin(), "clients.csv", &small_csv(1, LEADS as u64));
        test.work_to_the_end();
        assert_eq!(test.import(id).imported.good, LEADS as u64);
        test.create("A mà");
        let is_behind = |reading| {
            let lag = projectors::lag(&test.app, reading);
            lag.cursor < lag.head
        };
        while Reading::ALL.into_iter().any(is_behind) {
            std::thread::yield_now();
        }
        stop.store(true, Ordering::Release);
    });
    let found = services::search::leads(&test.app, &test.admin(), "A mà", 0, 10).unwrap();
    assert_eq!(found.found.len(), 1);
    let report = reports::leads_by_month(&test.app, &test.admin(), GroupBy::Owner, None).unwrap();
    assert_eq!(report.years[0].total.leads, LEADS as i64 + 1);
    test.settle();
    test.verify();
}
