//! Whose the records of a file are: what it says, what is chosen for people whom nobody knows, and nobody's.

use crate::import_wizard::{company_of, count, named, plan_of, run, uploaded};
use crate::test_app::TestApp;
use model::{FieldValue, GivenValue, Import, ImportPlan, Kind, MendedValue, Mending, RoleKey, UserId};
use services::Ctx;
use services::imports::{self, Findings};

fn owner_of(test: &TestApp, entity: Kind, name: &str) -> Option<UserId> {
    named(test, entity, name).responsible().0
}

fn findings(test: &TestApp, ctx: &Ctx, import: &Import) -> Findings {
    imports::findings(&test.app, ctx, &test.import(import.id())).unwrap()
}

/// All unknown people of the file are nobody, and the dry run is done again.
fn nobody(test: &TestApp, import: &Import, version: u64, names: &[&str]) -> Import {
    let mended = |name: &&str| MendedValue {
        target: imports::OWNER.into(),
        value: (*name).to_owned(),
        mending: Mending::Empty,
    };
    let mended = names.iter().map(mended).collect();
    imports::mend(&test.app, &test.admin(), import.id(), version, mended).unwrap();
    test.work_to_the_end();
    test.import(import.id())
}

#[test]
fn nobody_means_nobody_and_a_silent_row_is_nobodys() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let ada = test.hire("Ada", RoleKey::REP).id();
    for (entity, header, title) in [
        (Kind::Company, "Empresa;Responsable;Notes", "name"),
        (Kind::Contact, "Nom i cognoms;Responsable;Notes", "full_name"),
        (Kind::Opportunity, "Oportunitat;Responsable;Notes", "name"),
        (Kind::Activity, "Assumpte;Responsable;Tipus", "subject"),
    ] {
        let file =
            format!("{header}\nPuig Mas;Desconegut;Trucada\nPons Riu;;Trucada\nPou Vila;Ada;Trucada\n");
        let import = uploaded(&test, entity, "a.csv", &file);
        let plan = plan_of(&test, import.id());
        assert!(plan.goes_to(title) && plan.goes_to(imports::OWNER), "{entity:?} {plan:?}");
        let checked = test.checked_as_planned(&test.admin(), &import);
        assert_eq!((checked.checked.created, checked.checked.bad), (2, 1), "{entity:?}");
        let checked = nobody(&test, &import, checked.meta.version, &["Desconegut"]);
        let found = findings(&test, &test.admin(), &checked);
        assert_eq!((checked.checked.created, found.without_owner), (3, 2), "{entity:?}");
        assert!(!imports::are_importers(entity, &plan_of(&test, import.id())));
        assert_eq!(run(&test, &checked).imported.created, 3, "{entity:?}");
        assert_eq!(owner_of(&test, entity, "Puig Mas"), None, "{entity:?}");
        assert_eq!(owner_of(&test, entity, "Pons Riu"), None, "{entity:?}");
        assert_eq!(owner_of(&test, entity, "Pou Vila"), Some(ada), "{entity:?}");
    }
    test.settle();
    test.verify();
}

/// What is given to silent rows goes before; without a column and without anything given, who imports is responsible.
#[test]
fn a_default_and_the_importer_come_before_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let ada = test.hire("Ada", RoleKey::REP).id();
    let admin = test.admin();
    let me = admin.user_id();
    let import = uploaded(&test, Kind::Company, "a.csv", "Empresa;Responsable\nPuig;\n");
    let mut plan = plan_of(&test, import.id());
    plan.given.push(GivenValue { target: imports::OWNER.into(), text: "Ada".into() });
    let checked = test.checked_with(&admin, &import, plan);
    assert_eq!(findings(&test, &admin, &checked).without_owner, 0);
    run(&test, &checked);
    assert_eq!(owner_of(&test, Kind::Company, "Puig"), Some(ada));

    let import = uploaded(&test, Kind::Company, "b.csv", "Empresa\nPons\n");
    let plan: ImportPlan = plan_of(&test, import.id());
    assert!(imports::are_importers(Kind::Company, &plan), "and the page says so");
    assert!(!imports::are_importers(Kind::Lead, &plan) && !imports::are_importers(Kind::Product, &plan));
    let checked = test.checked_with(&admin, &import, plan);
    assert_eq!(findings(&test, &admin, &checked).without_owner, 0);
    run(&test, &checked);
    assert_eq!(owner_of(&test, Kind::Company, "Pons"), me);
    test.settle();
}

/// Known records keep who is responsible for them where the row is silent.
#[test]
fn silence_takes_nothing_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let (admin, ada) = (test.admin(), test.hire("Ada", RoleKey::REP).id());
    let import = uploaded(&test, Kind::Company, "a.csv", "Codi;Empresa;Responsable\n1;Puig;Ada\n");
    run(&test, &test.checked_as_planned(&admin, &import));
    let import = uploaded(&test, Kind::Company, "b.csv", "Codi;Empresa;Població;Responsable\n1;Puig;Olot;\n");
    let plan = ImportPlan { mode: model::ImportMode::Both, ..plan_of(&test, import.id()) };
    let done = run(&test, &test.checked_with(&admin, &import, plan));
    assert_eq!((done.imported.updated, done.imported.created), (1, 0));
    assert_eq!(owner_of(&test, Kind::Company, "Puig"), Some(ada));
    assert_eq!(named(&test, Kind::Company, "Puig").built_in("town"), FieldValue::Text("Olot".into()));
    assert_eq!(count(&test, Kind::Company), 1);
    test.settle();
}

/// What goes nowhere though it has something in it is told by its name before the run.
#[test]
fn columns_that_are_left_out_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    let file = "Empresa;Xyz;;Buida\nPuig;1;2;\nPons;;3;\n";
    let import = uploaded(&test, Kind::Company, "a.csv", file);
    test.checked_as_planned(&admin, &import);
    let found = findings(&test, &admin, &import);
    let told: Vec<(u64, &str)> =
        found.left_out.iter().map(|column| (column.column, column.header.as_str())).collect();
    assert_eq!(told, [(2, "Xyz"), (3, "")]);
    test.settle();
}

/// Who may not assign leads has those that the file says are theirs; of other names, known or not, the rules decide.
#[test]
fn a_reps_file_of_leads_goes_in_with_its_owners() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let ada = test.hire("Ada", RoleKey::REP).id();
    let bruna = test.hire("Bruna", RoleKey::REP).id();
    let desk = test.at_work(ada);
    let file = "Empresa;Comercial\nPuig;Ada\nPons;Bruna\nPou;Desconegut\nPla;\n";
    let import = imports::upload(&test.app, &desk, Kind::Lead, "a.csv", file.as_bytes()).unwrap();
    assert!(plan_of(&test, import.id()).goes_to(imports::OWNER));
    let checked = test.checked_as_planned(&desk, &import);
    assert_eq!((checked.checked.created, checked.checked.bad), (4, 0));
    let found = findings(&test, &desk, &checked);
    assert_eq!((found.passed_over, found.handed_out), (Some((2, "Bruna".to_owned())), 3));
    assert!(found.values.is_empty(), "{:?}", found.values);
    imports::start(&test.app, &desk, checked.id(), checked.meta.version).unwrap();
    test.work_to_the_end();
    assert_eq!(test.import(import.id()).imported.created, 4);
    let lead = |name: &str| test.all_leads().into_iter().find(|lead| lead.title() == name).unwrap();
    assert_eq!(lead("Puig").owner, Some(ada));
    let by_rules = |name: &str| {
        let decision = lead(name).assignment.map(|assignment| assignment.decision);
        !matches!(decision, Some(model::Decision::Import { .. }))
    };
    assert!(["Pons", "Pou", "Pla"].into_iter().all(by_rules), "{bruna:?}");
    test.settle();
}

/// Of leads nobody means that the rules decide, and the dry run says of how many; those that are over go to nobody.
#[test]
fn the_dry_run_says_how_many_leads_the_rules_hand_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let ada = test.hire("Ada", RoleKey::REP).id();
    let file = "Empresa;Responsable;Estat\nPuig;Desconegut;Nou\nPons;;Nou\nPou;Ada;Nou\nPla;;Convertit\n";
    let import = uploaded(&test, Kind::Lead, "a.csv", file);
    assert!(plan_of(&test, import.id()).goes_to(imports::OWNER));
    let checked = test.checked_as_planned(&test.admin(), &import);
    assert_eq!((checked.checked.created, checked.checked.bad), (3, 1));
    assert_eq!(findings(&test, &test.admin(), &checked).handed_out, 1);
    let checked = nobody(&test, &import, checked.meta.version, &["Desconegut"]);
    let found = findings(&test, &test.admin(), &checked);
    assert_eq!((checked.checked.created, found.handed_out, found.without_owner), (4, 2, 0));
    assert_eq!(run(&test, &checked).imported.created, 4);
    let lead = |name: &str| test.all_leads().into_iter().find(|lead| lead.title() == name).unwrap();
    assert_eq!((lead("Pou").owner, lead("Pla").owner), (Some(ada), None));
    assert!(lead("Puig").owner.is_some() && lead("Pons").owner.is_some());
    test.settle();
}
