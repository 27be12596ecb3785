//! Imports and what is there already: told by what records share, left out, updated or let in; and rows that are one record.

use crate::assignment::{put_rule, rule_for};
use crate::import_wizard::{change, company_of, count, go_in, named, plan_of, run, undo, uploaded};
use crate::test_app::TestApp;
use model::{
    ChangedSince, FieldValue, GivenValue, ImportMode, ImportPlan, ImportState, Kind, MatchBy, MendedValue,
    Mending, OnDouble, RoleKey, RowOutcome, UndoOutcome,
};
use services::imports::{self, Asked, DoubleRow, OutOfReach, SameAs};
use services::records::{self, Draft, Query};
use services::{LeadDraft, leads, privacy};

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

const PEOPLE: &str = "Nom;Cognoms;Correu;Telèfon\nAnna;Puig;anna@puig.cat;972 20 30 40\n";
const MORE: &str = "Nom;Cognoms;Correu;Telèfon\n\
    Anna;Puig Serra;ANNA@PUIG.CAT;\nBiel;Mas;biel@mas.cat;\nGabriel;Mas;biel@mas.cat;\nCarla;Pou;;972203040\n";

/// The same e-mail is the same person, in the file, too; the same phone is told of and goes in.
#[test]
fn rows_about_somebody_who_is_there_stay_out_and_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    go_in(&test, Kind::Contact, "a.csv", PEOPLE);
    let import = uploaded(&test, Kind::Contact, "b.csv", MORE);
    assert_eq!(plan_of(&test, import.id()).on_double, OnDouble::Skip, "without keys of their own");
    let checked = test.checked_as_planned(&test.admin(), &import);
    let counts = |counts: model::ImportCounts| (counts.created, counts.duplicates, counts.bad);
    assert_eq!(counts(checked.checked), (2, 2, 0));
    let found = imports::findings(&test.app, &test.admin(), &checked).unwrap();
    assert_eq!(found.alike, [(MatchBy::Phone, 1)]);
    let alike = &found.alike_rows[0];
    let anna = named(&test, Kind::Contact, "Anna Puig").about().id;
    let is_anna = SameAs::Record(anna, Some("Anna Puig".into()));
    assert_eq!((alike.row, alike.name.as_str(), &alike.same_as), (5, "Carla Pou", &is_anna));
    let double =
        |row, name: &str, same_as| DoubleRow { row, name: name.into(), same_as, by: Some(MatchBy::Email) };
    assert_eq!(
        found.doubles,
        [
            double(2, "Anna Puig Serra", SameAs::Record(anna, Some("Anna Puig".into()))),
            double(4, "Gabriel Mas", SameAs::Row(3)),
        ]
    );
    let done = run(&test, &checked);
    assert_eq!(counts(done.imported), (2, 2, 0), "as the dry run foretold");
    let rows =
        imports::rows(&test.app, &test.admin(), done.id(), Asked::Outcome(RowOutcome::Duplicate)).unwrap();
    assert_eq!(
        (rows[0].row, rows[0].title.as_deref(), rows[0].why.as_str()),
        (2, Some("Anna Puig"), "email")
    );
    assert_eq!((rows[1].row, rows[1].same_as, rows[1].why.as_str()), (4, Some(3), "email"));
    assert_eq!(rows[1].title.as_deref(), Some("Gabriel Mas"), "as its cells call it");

    let import = uploaded(&test, Kind::Contact, "b.csv", MORE);
    let plan = ImportPlan { on_double: OnDouble::Create, ..plan_of(&test, import.id()) };
    let checked = test.checked_with(&test.admin(), &import, plan);
    assert_eq!(counts(checked.checked), (4, 0, 0), "whoever knows better lets them in");
    let found = imports::findings(&test.app, &test.admin(), &checked).unwrap();
    assert_eq!(found.alike.iter().map(|(_, rows)| rows).sum::<u64>(), 4, "and is told: {:?}", found.alike);
    assert_eq!(run(&test, &checked).imported.created, 4);
    test.settle();
    test.verify();
}

/// Where those that are surely there go in, the check names those that are twice in the file, too.
#[test]
fn rows_of_one_file_that_are_the_same_are_named_where_they_go_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let import = uploaded(&test, Kind::Contact, "b.csv", MORE);
    let plan = ImportPlan { on_double: OnDouble::Create, ..plan_of(&test, import.id()) };
    let checked = test.checked_with(&test.admin(), &import, plan);
    assert_eq!((checked.checked.created, checked.checked.duplicates), (4, 0));
    let found = imports::findings(&test.app, &test.admin(), &checked).unwrap();
    assert_eq!(found.alike, [(MatchBy::Email, 1)]);
    let told: Vec<_> =
        found.alike_rows.iter().map(|row| (row.row, row.name.as_str(), &row.same_as)).collect();
    assert_eq!(told, [(4, "Gabriel Mas", &SameAs::Row(3))]);
    run(&test, &checked);
    test.settle();
}

/// A row that stays out with an error of its own holds up no other of the same e-mail.
#[test]
fn a_bad_row_makes_no_duplicate_of_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let file = "Nom;Cognoms;Correu;Telèfon\nBiel;Mas;biel@mas.cat;12\nGabriel;Mas;biel@mas.cat;\n\
        Gabi;Mas;biel@mas.cat;\n";
    let checked = test.checked_as_planned(&test.admin(), &uploaded(&test, Kind::Contact, "a.csv", file));
    let counts = checked.checked;
    assert_eq!((counts.created, counts.duplicates, counts.bad), (1, 1, 1));
    let done = run(&test, &checked);
    assert_eq!((done.imported.created, done.imported.duplicates, done.imported.bad), (1, 1, 1));
    assert_eq!(named(&test, Kind::Contact, "Gabriel Mas").built_in("email"), text("biel@mas.cat"));
    test.settle();
    test.verify();
}

/// What an import would change is shown before it does.
#[test]
fn the_check_shows_what_rows_would_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    go_in(&test, Kind::Company, "a.csv", "Codi;Empresa;Població\nE1;Puig;Olot\nE2;Pons;Vic\n");
    let file = "Codi;Empresa;Població\nE1;Puig i fills;Girona\nE2;Pons;Vic\n";
    let import = uploaded(&test, Kind::Company, "b.csv", file);
    let plan = ImportPlan { mode: ImportMode::Both, ..plan_of(&test, import.id()) };
    let checked = test.checked_with(&test.admin(), &import, plan);
    assert_eq!((checked.checked.updated, checked.checked.unchanged), (1, 1));
    let found = imports::findings(&test.app, &test.admin(), &checked).unwrap();
    let [row] = found.changes.as_slice() else { panic!("one row changes: {:?}", found.changes) };
    assert_eq!((row.row, row.title.as_deref()), (2, Some("Puig")));
    let mut fields: Vec<(&str, Option<&str>, Option<&str>)> = row
        .fields
        .iter()
        .map(|field| (field.name.as_str(), field.before.as_str(), field.after.as_str()))
        .collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [("name", Some("Puig"), Some("Puig i fills")), ("town", Some("Olot"), Some("Girona"))]
    );
    test.settle();
}

/// A closed lead says nothing against another one of the same person; offices share an e-mail address.
#[test]
fn what_is_surely_the_same_depends_on_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    for (company, email) in [("Oberta", "oberta@exemple.cat"), ("Tancada", "tancada@exemple.cat")] {
        let draft = LeadDraft { company: company.into(), email: email.into(), ..LeadDraft::default() };
        let lead = leads::create(&test.app, &test.admin(), &draft, None).unwrap();
        if company == "Tancada" {
            let status = model::LeadStatus::Discarded;
            let id = model::LeadId(lead.meta.id);
            let reason =
                test.app.frame().choices_of(model::lists::DISCARD_REASONS).next().unwrap().0.to_owned();
            leads::set_status(&test.app, &test.admin(), id, lead.meta.version, status, &reason).unwrap();
        }
    }
    let text = "Empresa;Correu\nOberta SL;oberta@exemple.cat\nTancada SL;tancada@exemple.cat\n";
    let done = go_in(&test, Kind::Lead, "fira.csv", text);
    assert_eq!((done.imported.created, done.imported.duplicates), (1, 1));

    go_in(&test, Kind::Company, "a.csv", "Empresa;NIF;Correu\nPuig;B17000019;info@gestoria.cat\n");
    let text = "Empresa;NIF;Correu\nFusteria Puig;B-17000019;\nPons;;info@gestoria.cat\n";
    let done = go_in(&test, Kind::Company, "b.csv", text);
    assert_eq!((done.imported.created, done.imported.duplicates), (1, 1), "by the tax id alone");
    test.settle();
    test.verify();
}

#[test]
fn records_are_recognised_by_their_address_and_by_cards_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    go_in(&test, Kind::Contact, "a.csv", PEOPLE);
    let import = uploaded(&test, Kind::Contact, "b.csv", "Nom;Correu;Càrrec\nAnna;Anna@Puig.cat;Gerent\n");
    let keys = imports::match_keys(&test.app.frame(), Kind::Contact);
    assert!(keys.iter().any(|key| key == "email"), "{keys:?}");
    let mut plan = plan_of(&test, import.id());
    plan.columns[0].target = None;
    let plan = ImportPlan { mode: ImportMode::Update, match_by: Some("email".into()), ..plan };
    let done = run(&test, &test.checked_with(&test.admin(), &import, plan));
    assert_eq!((done.imported.updated, done.imported.bad), (1, 0));
    let anna = named(&test, Kind::Contact, "Anna Puig");
    assert_eq!(anna.built_in("job_title"), text("Gerent"));

    let card = format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:urn:uuid:{}\r\nN:Puig;Anna;;;\r\nFN:Anna Puig\r\nEND:VCARD\r\n",
        anna.about().id
    );
    let done = go_in(&test, Kind::Contact, "anna.vcf", &card);
    assert_eq!((done.imported.duplicates, done.imported.created), (1, 0), "a card that Tracte gave out");
    assert_eq!(count(&test, Kind::Contact), 1);
    test.settle();
}

/// Two rows that are one record would be written over each other: the second is a problem of the file, and the run ends.
#[test]
fn two_rows_of_one_record_do_not_hold_up_an_import() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    go_in(&test, Kind::Company, "a.csv", "Empresa;Correu\nFusteria Puig;info@puig.cat\n");
    let import = uploaded(
        &test,
        Kind::Company,
        "b.csv",
        "Empresa;Població\nFusteria Puig;Olot\ninfo@puig.cat;Vic\nFusteria  Puig;Roses\n",
    );
    let plan = ImportPlan {
        mode: ImportMode::Both,
        match_by: Some(model::TITLE.into()),
        ..plan_of(&test, import.id())
    };
    let checked = test.checked_with(&test.admin(), &import, plan);
    assert_eq!((checked.checked.updated, checked.checked.bad), (1, 2));
    let done = run(&test, &checked);
    assert_eq!((done.state, done.imported.updated, done.imported.bad), (ImportState::Done, 1, 2));
    assert_eq!(named(&test, Kind::Company, "Fusteria Puig").built_in("town"), text("Olot"));
    test.settle();
    test.verify();
}

/// Spaces within a name, and those that nobody sees, make no other company of it.
#[test]
fn spaces_make_no_other_company() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let file = "Nom;Empresa\nAnna Puig;Fusteria Puig\nBiel Puig;Fusteria  Puig\nCarla Puig;Fusteria\u{a0}Puig\n\
        Dídac Puig;\u{feff}Fuste\u{ad}ria\u{200b} Puig\u{2060}\n";
    let import = uploaded(&test, Kind::Contact, "a.csv", file);
    let mut plan = plan_of(&test, import.id());
    plan.columns[1].creates = true;
    let done = run(&test, &test.checked_with(&test.admin(), &import, plan));
    assert_eq!((done.imported.created, done.imported.bad, count(&test, Kind::Company)), (4, 0, 1));
    let done = go_in(&test, Kind::Company, "b.csv", "Empresa\nFusteria   Pu\u{200b}ig\n");
    assert_eq!((done.imported.duplicates, count(&test, Kind::Company)), (1, 1));
    test.settle();
}

/// What the plan gives to silent rows fills what is empty; a record that is there keeps what it has.
#[test]
fn what_is_given_to_silent_rows_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    go_in(
        &test,
        Kind::Company,
        "a.csv",
        "Codi;Empresa;Població;Observacions\nE1;Puig;Olot;Bon client\nE2;Pons;;\n",
    );
    let import = uploaded(&test, Kind::Company, "b.csv", "Codi;Empresa;Nota\nE1;Puig;\nE2;Pons;\nE3;Pou;\n");
    let mut plan = plan_of(&test, import.id());
    let column = plan.columns.iter_mut().find(|column| column.header == "Nota").unwrap();
    column.target = None;
    let given = |target: &str, text: &str| GivenValue { target: target.into(), text: text.into() };
    plan.given = vec![given("town", "Vic"), given("description", "{Nota}")];
    let plan = ImportPlan { mode: ImportMode::Both, ..plan };
    let done = run(&test, &test.checked_with(&test.admin(), &import, plan));
    assert_eq!((done.imported.created, done.imported.updated, done.imported.unchanged), (1, 1, 1));
    let of = |name: &str, key: &str| named(&test, Kind::Company, name).built_in(key);
    assert_eq!(
        (of("Puig", "town"), of("Pons", "town"), of("Pou", "town")),
        (text("Olot"), text("Vic"), text("Vic"))
    );
    assert_eq!(of("Puig", "description"), text("Bon client"), "an empty cell empties nothing");
    test.settle();
}

/// Each change of an amount moves the tallies of whoever has the lead: those of a portion are written once.
#[test]
fn the_amounts_of_many_leads_are_updated_in_one_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let lines = |amount: usize| {
        (0..500).map(|row| format!("K{row};Empresa {row};{}\n", amount + row)).collect::<String>()
    };
    go_in(&test, Kind::Lead, "a.csv", &format!("Codi;Empresa;Import\n{}", lines(100)));
    let import = uploaded(&test, Kind::Lead, "b.csv", &format!("Codi;Empresa;Import\n{}", lines(2_000)));
    let plan = ImportPlan { mode: ImportMode::Update, ..plan_of(&test, import.id()) };
    let done = run(&test, &test.checked_with(&test.admin(), &import, plan));
    assert_eq!((done.state, done.imported.updated, done.imported.bad), (ImportState::Done, 500, 0));
    let undone = undo(&test, done.id(), ChangedSince::Keep);
    assert_eq!((undone.state, undone.undo.undone), (ImportState::Undone, 500));
    test.settle();
    test.verify();
}

/// What an import made on the way goes with it, whatever becomes of what somebody changed; a second look is enough.
#[test]
fn activities_and_the_companies_made_for_them_are_taken_back_whole() {
    for since in [ChangedSince::Keep, ChangedSince::TakeBack] {
        let folder = tempfile::tempdir().unwrap();
        let mut test = company_of(&folder);
        let file =
            "Assumpte;Tipus;Estat;Empresa\nPrimera;call;done;Fusteria Puig\nSegona;call;todo;Hotel Ona\n";
        let import = uploaded(&test, Kind::Activity, "a.csv", file);
        let mut plan = plan_of(&test, import.id());
        for column in plan.columns.iter_mut().filter(|column| column.target.as_deref() == Some("company")) {
            column.creates = true;
        }
        let done = run(&test, &test.checked_with(&test.admin(), &import, plan));
        assert_eq!((done.imported.created, done.also_made, done.imported.bad), (2, 2, 0));
        let undone = undo(&test, done.id(), since);
        assert_eq!(
            (undone.state, undone.undo.undone, undone.undo.kept),
            (ImportState::Undone, 4, 0),
            "{since:?}"
        );
        assert_eq!((count(&test, Kind::Activity), count(&test, Kind::Company)), (0, 0));
        test.settle();
        test.verify();
    }
}

/// A key that another record has by now stays with that one; all the rest is taken back, and it is told.
#[test]
fn a_key_that_somebody_else_has_by_now_does_not_hold_up_an_undo() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    go_in(&test, Kind::Company, "a.csv", "Codi;Empresa;Població\nK1;Puig;Olot\nK2;Pons;Olot\n");
    let import = uploaded(&test, Kind::Company, "b.csv", "Codi;Empresa;Població\nK9;Puig;Vic\nK8;Pons;Vic\n");
    let plan = ImportPlan {
        mode: ImportMode::Both,
        match_by: Some(model::TITLE.into()),
        ..plan_of(&test, import.id())
    };
    let done = run(&test, &test.checked_with(&test.admin(), &import, plan));
    assert_eq!(done.imported.updated, 2);
    let mut draft = Draft::default();
    draft.put("name", "Una altra");
    draft.put("external_key", "K1");
    records::create(&test.app, &test.admin(), Kind::Company, &draft, None).unwrap();
    let undone = undo(&test, done.id(), ChangedSince::Keep);
    assert_eq!((undone.state, undone.undo.undone, undone.undo.partly), (ImportState::Undone, 1, 1));
    let of = |name: &str, key: &str| named(&test, Kind::Company, name).built_in(key);
    assert_eq!((of("Puig", "external_key"), of("Puig", "town")), (text("K9"), text("Olot")));
    assert_eq!(of("Pons", "external_key"), text("K2"));
    let rows = imports::rows(&test.app, &test.admin(), done.id(), Asked::NotTakenBack).unwrap();
    assert_eq!(
        (rows.len(), rows[0].undo, rows[0].why.as_str()),
        (1, Some(UndoOutcome::Partly), "external_key")
    );
    test.settle();
    test.verify();
}

/// Those that went although somebody had changed them are counted, and listed.
#[test]
fn what_went_though_it_was_changed_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let done = go_in(&test, Kind::Company, "a.csv", "Empresa\nPuig\nPons\n");
    change(&test, &test.admin(), Kind::Company, "Pons", "town", "Olot");
    let undone = undo(&test, done.id(), ChangedSince::TakeBack);
    assert_eq!((undone.undo.undone, undone.undo.kept, undone.undo.overruled), (2, 0, 1));
    let rows = imports::rows(&test.app, &test.admin(), done.id(), Asked::NotTakenBack).unwrap();
    assert_eq!((rows.len(), rows[0].why.as_str()), (1, "undo-changed"));
    test.settle();
    all_gone(&test);
}

fn all_gone(test: &TestApp) {
    let query = Query { limit: 10, ..Query::default() };
    let page = records::list(&test.app, &test.admin(), Kind::Company, &query).unwrap();
    assert!(page.records.is_empty());
    test.verify();
}

/// A company that a row before leads to is a row of the file itself: it is made once, with all that its row says, and goes
/// with the import.
#[test]
fn what_rows_lead_to_may_be_a_row_of_the_file() {
    for keys in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let mut test = company_of(&folder);
        let file = if keys {
            "Codi;Empresa;Població;Matriu\nE1;Filial;Vic;Grup\nE2;Grup;Olot;\nE3;Altra;Roses;Grup\n"
        } else {
            "Empresa;Població;Matriu\nFilial;Vic;Grup\nGrup;Olot;\nAltra;Roses;Grup\n"
        };
        let import = uploaded(&test, Kind::Company, "a.csv", file);
        let mut plan = plan_of(&test, import.id());
        let column = plan.columns.last_mut().unwrap();
        (column.target, column.creates) = (Some("parent".into()), true);
        let done = run(&test, &test.checked_with(&test.admin(), &import, plan));
        assert_eq!((done.imported.good, done.imported.duplicates, done.imported.bad), (3, 0, 0), "{keys}");
        assert_eq!(count(&test, Kind::Company), 3);
        assert_eq!(named(&test, Kind::Company, "Grup").built_in("town"), text("Olot"));
        let undone = undo(&test, done.id(), ChangedSince::Keep);
        assert_eq!(
            (undone.state, undone.undo.kept, undone.undo.partly),
            (ImportState::Undone, 0, 0),
            "{keys}"
        );
        assert_eq!(count(&test, Kind::Company), 0);
        test.settle();
        test.verify();
    }
}

const GROUP: &str = "Empresa;Correu;Matriu\nNeta;;Filial\nFilial;;Grup\nGrup;grup@exemple.cat;\nAltra;;grup\n\
    Orfe;;Ningú\nMala;;Trencada\nTrencada;no és cap adreça;\n";

/// Rows lead to each other whatever stands first; to one that stays out as little as to none. The check tells what the run
/// does.
#[test]
fn rows_lead_to_each_other_in_any_order() {
    for creates in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let mut test = company_of(&folder);
        let import = uploaded(&test, Kind::Company, "a.csv", GROUP);
        let mut plan = plan_of(&test, import.id());
        assert_eq!(plan.columns[2].target.as_deref(), Some("parent"));
        plan.columns[2].creates = creates;
        let checked = test.checked_with(&test.admin(), &import, plan);
        let problems = imports::problem_rows(&test.app, &test.admin(), import.id()).unwrap();
        let told: Vec<(u64, &str)> = problems
            .iter()
            .flat_map(|row| row.problems.iter().map(move |problem| (row.row, problem.code.as_str())))
            .collect();
        let found = imports::findings(&test.app, &test.admin(), &checked).unwrap();
        let done = run(&test, &checked);
        assert_eq!(done.imported, checked.checked, "as the check said");
        if creates {
            assert_eq!(told, [(8, "email-form")]);
            assert_eq!((done.imported.created, done.imported.bad), (6, 1));
            assert_eq!((found.new, done.also_made), (vec![(Kind::Company, 2)], 2));
        } else {
            assert_eq!(told, [(6, "link-unknown"), (7, "link-unknown"), (8, "email-form")]);
            assert_eq!((done.imported.created, done.imported.bad), (4, 3));
            assert_eq!((found.new, done.also_made), (Vec::new(), 0));
        }
        let id = |name: &str| FieldValue::Record(named(&test, Kind::Company, name).about().id);
        let parent = |name: &str| named(&test, Kind::Company, name).built_in("parent");
        assert_eq!(
            (parent("Neta"), parent("Filial"), parent("Altra")),
            (id("Filial"), id("Grup"), id("Grup"))
        );
        let undone = undo(&test, done.id(), ChangedSince::Keep);
        assert_eq!((undone.state, undone.undo.kept, undone.undo.partly), (ImportState::Undone, 0, 0));
        test.settle();
        all_gone(&test);
    }
}

/// The order is the same after a restart: no row is left out or looked at twice.
#[test]
fn rows_that_lead_to_a_later_one_go_in_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestApp::company(&data);
    let rows: String = (0..900).map(|row| format!("Filial {row};Grup\n")).collect();
    let import = uploaded(&test, Kind::Company, "a.csv", &format!("Empresa;Matriu\n{rows}Grup;\n"));
    let checked = test.checked_as_planned(&test.admin(), &import);
    assert_eq!((checked.checked.created, checked.checked.bad), (901, 0));
    imports::start(&test.app, &test.admin(), checked.id(), checked.meta.version).unwrap();
    test.work(|import| import.imported.done >= 300);
    let halfway = test.import(checked.id());
    assert!(halfway.state == ImportState::Running && halfway.imported.done < 901, "{:?}", halfway.imported);
    test.leave();
    let mut test = TestApp::open(&data, services::Options::default());
    test.work_to_the_end();
    let done = test.import(checked.id());
    assert_eq!((done.state, done.imported.created, done.also_made), (ImportState::Done, 901, 0));
    let undone = undo(&test, done.id(), ChangedSince::Keep);
    assert_eq!((undone.state, undone.undo.undone, undone.undo.kept), (ImportState::Undone, 901, 0));
    test.settle();
    all_gone(&test);
}

/// What was mended may be gone by the time a run goes on, and with it the order in which it began: each row is done once all
/// the same.
#[test]
fn no_row_is_done_twice_or_left_out_in_another_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    let rows: String = (0..250).map(|row| format!("Filial {row};Grupp Nord\n")).collect();
    let import = uploaded(&test, Kind::Company, "a.csv", &format!("Empresa;Matriu\n{rows}Grup Nord;\n"));
    let mut plan = plan_of(&test, import.id());
    plan.mended = vec![MendedValue {
        target: "parent".into(),
        value: "Grupp Nord".into(),
        mending: Mending::Replace("Grup Nord".into()),
    }];
    let checked = test.checked_with(&admin, &import, plan);
    assert_eq!((checked.checked.created, checked.checked.bad), (251, 0));
    imports::start(&test.app, &admin, import.id(), checked.meta.version).unwrap();
    test.work(|import| {
        let is_time = import.imported.done >= 101;
        if is_time {
            imports::pause(&test.app, &admin, import.id()).unwrap();
        }
        is_time
    });
    test.work_to_the_end();
    let paused = test.import(import.id());
    assert_eq!((paused.state, paused.imported.created), (ImportState::Paused, 101));

    let lead = test.create("Grup Nord");
    let (id, version) = (lead.meta.id, lead.meta.version);
    privacy::erase(&test.app, &admin, Kind::Lead, id, version, "Grup Nord").unwrap();
    while privacy::finish_pending(&test.app).unwrap() {}
    assert!(plan_of(&test, import.id()).mended.is_empty(), "it is gone with whoever was called so");

    imports::resume(&test.app, &admin, import.id()).unwrap();
    test.work_to_the_end();
    let done = test.import(import.id());
    let counts = done.imported;
    assert_eq!((done.state, counts.done, counts.duplicates), (ImportState::Done, 251, 0));
    assert_eq!((counts.created, counts.bad), (101, 150), "nobody knows any more who «Grupp Nord» is");
    let undone = undo(&test, done.id(), ChangedSince::Keep);
    assert_eq!((undone.undo.undone, undone.undo.kept), (101, 0));
    test.settle();
    all_gone(&test);
}

/// Of what the rules gave to somebody else its importer is told whose it is; the same e-mails do not go in again for want of
/// seeing them, and of what others have nothing is told but that it is there.
#[test]
fn what_is_out_of_reach_is_told_of_and_does_not_go_in_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let (mar, jordi) = (test.hire("Mar", RoleKey::REP), test.hire("Jordi", RoleKey::REP));
    put_rule(&test, "all", rule_for(&[&jordi]));
    let of_admin =
        LeadDraft { company: "Pons".into(), email: "pons@exemple.cat".into(), ..LeadDraft::default() };
    leads::create(&test.app, &test.admin(), &of_admin, None).unwrap();
    let mar = test.at_work(mar.id());
    let text = "Empresa;Correu\nPuig;puig@exemple.cat\nPons de Girona;pons@exemple.cat\n";
    let go_in = || {
        let checked = test.checked_import(&mar, "fira.csv", text.as_bytes());
        let doubles = imports::findings(&test.app, &mar, &checked).unwrap().doubles;
        imports::start(&test.app, &mar, checked.id(), checked.meta.version).unwrap();
        test.work_to_the_end();
        let done = test.import(checked.id());
        assert_eq!(done.imported, model::ImportCounts { done: 2, ..checked.checked }, "as it was foretold");
        (done, doubles)
    };
    let of = |import: &model::Import, outcome| {
        let rows = imports::rows(&test.app, &mar, import.id(), Asked::Outcome(outcome)).unwrap();
        let told = |row: imports::RowRecord| (row.row, row.title, row.id.is_some(), row.out_of_reach);
        rows.into_iter().map(told).collect::<Vec<_>>()
    };
    let others = |row, name: &str| (row, Some(name.to_owned()), false, Some(OutOfReach::OfOthers));
    let (first, doubles) = go_in();
    assert_eq!((first.imported.created, first.imported.duplicates), (1, 1));
    let by = Some(MatchBy::Email);
    let unseen = DoubleRow { row: 3, name: "Pons de Girona".into(), same_as: SameAs::OfOthers, by };
    assert_eq!(doubles, [unseen]);
    let given = Some(OutOfReach::GivenTo(Some("Jordi".to_owned())));
    assert_eq!(of(&first, RowOutcome::Created), [(2, Some("Puig".to_owned()), true, given)]);
    assert_eq!(of(&first, RowOutcome::Duplicate), [others(3, "Pons de Girona")]);
    let (second, _) = go_in();
    assert_eq!((second.imported.created, second.imported.duplicates), (0, 2));
    assert_eq!(of(&second, RowOutcome::Duplicate), [others(2, "Puig"), others(3, "Pons de Girona")]);
    test.settle();
    test.verify();
}
