//! Imports of every entity that are killed at the store's named points, in the run and in taking it back; and a lead's
//! conversion, there and back.

use super::jobs::{copy_folder, is_child, kill_until};
use super::{compare_with_rebuilt, start_with};
use crate::test_app::TestApp;
use model::{
    ChangedSince, Import, ImportId, ImportMode, ImportPlan, ImportState, Kind, LeadId, LeadStatus,
    PlannedColumn,
};
use services::conversion::{self, ConversionDraft, Part};
use services::records::{self, Draft, Query};
use services::{Options, imports, leads};
use std::fmt::Write as _;
use std::path::Path;

/// Known before, and rows of the file: several portions of the run and of taking it back.
const KNOWN: u64 = 150;
const ROWS: u64 = 1_250;

/// An entity, the field of its name and another one.
const ENTITIES: [(Kind, &str, &str); 5] = [
    (Kind::Lead, "company", "town"),
    (Kind::Company, "name", "town"),
    (Kind::Contact, "given_name", "town"),
    (Kind::Product, "name_ca", "unit"),
    (Kind::Opportunity, "name", "competitor"),
];

/// A file of so many rows, checked and started.
fn started(test: &TestApp, (entity, name, other): (Kind, &str, &str), rows: u64, text: &str) -> ImportId {
    let mut file = "Nom;Codi;Altre\n".to_owned();
    for row in 0..rows {
        writeln!(file, "Nom {row};K{row};{text}").unwrap();
    }
    let import = imports::upload(&test.app, &test.admin(), entity, "fitxer.csv", file.as_bytes()).unwrap();
    let column = |field: &str| PlannedColumn { target: Some(field.to_owned()), ..PlannedColumn::default() };
    let plan = ImportPlan {
        mode: ImportMode::Both,
        match_by: Some("external_key".to_owned()),
        columns: vec![column(name), column("external_key"), column(other)],
        ..ImportPlan::default()
    };
    let checked = test.checked_with(&test.admin(), &import, plan);
    imports::start(&test.app, &test.admin(), checked.id(), checked.meta.version).unwrap();
    checked.id()
}

/// The versions of all records of an entity.
fn versions(test: &TestApp, entity: Kind) -> Vec<u64> {
    if entity == Kind::Lead {
        return test.all_leads().iter().map(|lead| lead.meta.version).collect();
    }
    let (mut all, mut query) = (Vec::new(), Query { limit: 100, ..Query::default() });
    loop {
        let page = records::list(&test.app, &test.admin(), entity, &query).unwrap();
        all.extend(page.records.iter().map(|record| record.about().version));
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => return all,
        }
    }
}

/// In every instant the counts are the records: none is there twice, none was changed or taken back twice.
fn examine(test: &TestApp, import: &Import) {
    let versions = versions(test, import.entity);
    let of = |version: u64| versions.iter().filter(|other| **other == version).count() as u64;
    assert!(versions.iter().all(|version| *version <= 3), "a record was changed twice");
    let (counts, undo) = (import.imported, import.undo);
    let put_back = of(3);
    assert_eq!(of(2) + put_back, counts.updated, "{counts:?}");
    let removed = KNOWN + counts.created - versions.len() as u64;
    assert_eq!(
        (undo.undone, undo.kept, undo.partly, undo.done),
        (removed + put_back, 0, 0, removed + put_back)
    );
    assert_eq!((counts.bad, counts.duplicates), (0, 0));
    assert_eq!(import.failure, None);
}

#[test]
fn an_import_of_leads_is_killed_in_run_and_undo() {
    killed(Kind::Lead);
}

#[test]
fn an_import_of_companies_is_killed_in_run_and_undo() {
    killed(Kind::Company);
}

#[test]
fn an_import_of_contacts_is_killed_in_run_and_undo() {
    killed(Kind::Contact);
}

#[test]
fn an_import_of_products_is_killed_in_run_and_undo() {
    killed(Kind::Product);
}

#[test]
fn an_import_of_opportunities_is_killed_in_run_and_undo() {
    killed(Kind::Opportunity);
}

fn killed(entity: Kind) {
    if is_child() {
        return;
    }
    let about = ENTITIES.into_iter().find(|(kind, ..)| *kind == entity).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestApp::company_for_real(&data);
    started(&test, about, KNOWN, "abans");
    test.work_to_the_end();
    let id = started(&test, about, ROWS, "després");
    test.leave();
    let look = |test: &TestApp| examine(test, &test.import(id));
    let run = kill_until(&data, "import", &look, &|test| test.import(id).state == ImportState::Done);
    let test = TestApp::open_for_real(&data, Options::default());
    let done = test.import(id);
    assert_eq!((done.imported.created, done.imported.updated), (ROWS - KNOWN, KNOWN));
    imports::undo(&test.app, &test.admin(), id, done.meta.version, ChangedSince::Keep).unwrap();
    test.leave();
    let undo = kill_until(&data, "import", &look, &|test| test.import(id).state == ImportState::Undone);
    let test = TestApp::open_for_real(&data, Options::default());
    assert_eq!(test.import(id).undo.undone, ROWS);
    assert_eq!(versions(&test, entity).len() as u64, KNOWN);
    let left = imports::rows(&test.app, &test.admin(), id, imports::Asked::NotTakenBack).unwrap();
    assert!(left.is_empty(), "the report tells of nothing that stayed: {left:?}");
    test.leave();
    assert!(run >= 3 && undo >= 3, "{entity}: {run} and {undo} kills");
    println!("import of {entity}: {run} kills in the run, {undo} in taking it back, lost 0, doubled 0");
}

const COMPANY: &str = "Fusteria Puig";

/// What the child does: converts the lead, or takes the conversion back.
pub(super) fn convert(test: &TestApp, is_undo: bool) {
    let lead = test.all_leads().remove(0);
    let (id, version) = (LeadId(lead.meta.id), lead.meta.version);
    if is_undo {
        conversion::undo(&test.app, &test.admin(), id, version).unwrap();
        return;
    }
    let named = |fields: &[(&str, &str)]| {
        let mut draft = Draft::default();
        for (key, text) in fields {
            draft.put(key, *text);
        }
        draft
    };
    let draft = ConversionDraft {
        company: Part::New(named(&[("name", COMPANY)])),
        contact: Part::New(named(&[("given_name", "Marta")])),
        opportunity: Some(named(&[("name", "Cuina")])),
    };
    conversion::convert(&test.app, &test.admin(), id, version, &draft).unwrap();
}

/// All of a conversion is there, or nothing of it.
fn is_converted(test: &TestApp) -> bool {
    let lead = test.all_leads().remove(0);
    let made = [Kind::Company, Kind::Contact, Kind::Opportunity].map(|kind| versions(test, kind).len());
    let is_converted = lead.status == LeadStatus::Converted;
    assert_eq!(made, if is_converted { [1; 3] } else { [0; 3] }, "all at once or nothing");
    assert_eq!(lead.conversion.is_some(), is_converted);
    is_converted
}

#[test]
fn a_conversion_is_killed_there_and_back() {
    if is_child() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (fresh, converted) = (folder.path().join("fresh"), folder.path().join("converted"));
    let test = TestApp::company_for_real(&fresh);
    test.create(COMPANY);
    test.leave();
    copy_folder(&fresh, &converted);
    let test = TestApp::open_for_real(&converted, Options::default());
    convert(&test, false);
    test.leave();
    for (deed, from, is_undo) in [("convert", &fresh, false), ("unconvert", &converted, true)] {
        for point in ["before", "between", "after"] {
            let copy = folder.path().join(format!("{deed}-{point}"));
            copy_folder(from, &copy);
            kill(&copy, deed, point);
            let mut test = TestApp::open_for_real(&copy, Options::default());
            test.verify();
            let is_done = is_converted(&test) != is_undo;
            assert_eq!(is_done, point != "before", "{deed} killed {point}");
            if !is_done {
                convert(&test, is_undo);
                assert_ne!(is_converted(&test), is_undo);
            }
            let lead = LeadId(test.all_leads()[0].meta.id);
            assert!(leads::get(&test.app, &test.admin(), lead).is_ok());
            test.verify();
            test.settle();
            test.leave();
            compare_with_rebuilt(&copy);
        }
    }
}

fn kill(data: &Path, deed: &str, point: &str) {
    let mut child = start_with(data, &format!("{point}:1"), 0, deed);
    assert!(!child.wait().unwrap().success(), "{deed} at {point}: it should have died");
}
