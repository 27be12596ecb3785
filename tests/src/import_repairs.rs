//! Values of a file that are put right in the browser, and how columns of days and numbers are told.

use crate::import_wizard::{company_of, go_in, named, plan_of, run, uploaded};
use model::{
    DateOrder, FieldValue, ImportMode, ImportPlan, Kind, MendedValue, Mending, NumberForm, OnDouble,
    SheetAsked,
};
use services::imports;

fn replaced(target: &str, value: &str, to: &str) -> MendedValue {
    MendedValue { target: target.into(), value: value.into(), mending: Mending::Replace(to.into()) }
}

fn day(text: &str) -> FieldValue {
    FieldValue::Day(text.parse().unwrap())
}

/// A value is found again by its cell, so that it can be mended once more, or left as it is in the file.
#[test]
fn a_value_that_was_mended_wrongly_is_mended_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    go_in(&test, Kind::Company, "a.csv", "Empresa\nGTX Pro\n");
    let import = uploaded(&test, Kind::Contact, "b.csv", "Nom;Empresa\nAnna Puig;GTXPro\n");
    let checked = test.checked_as_planned(&admin, &import);
    let mend = |test: &crate::test_app::TestApp, version: u64, value: MendedValue| {
        imports::mend(&test.app, &admin, import.id(), version, vec![value]).unwrap();
        test.work_to_the_end();
        test.import(import.id())
    };
    let checked = mend(&test, checked.meta.version, replaced("company", "GTXPro", "GTX Porro"));
    let found = imports::findings(&test.app, &admin, &checked).unwrap();
    let value = &found.values[0];
    assert_eq!((value.value.as_str(), value.detail.as_deref()), ("GTXPro", Some("GTX Porro")));
    let checked = mend(&test, checked.meta.version, replaced("company", &value.value.clone(), "GTX Pro"));
    assert_eq!((checked.checked.created, checked.checked.bad), (1, 0));
    let checked = mend(&test, checked.meta.version, replaced("company", "GTXPro", "GTXPro"));
    assert!(plan_of(&test, import.id()).mended.is_empty(), "as it is in the file");
    assert_eq!(checked.checked.bad, 1);
    test.settle();
}

/// A cell that holds several values, and one that was read as a day, are mended by what stands in the file.
#[test]
fn cells_are_mended_by_what_stands_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let file = "Empresa;Correu\nPuig;\"info@puig.cat; no és cap adreça\"\n";
    let import = uploaded(&test, Kind::Company, "a.csv", file);
    let checked = test.checked_as_planned(&test.admin(), &import);
    let found = imports::findings(&test.app, &test.admin(), &checked).unwrap();
    let bad =
        found.values.iter().map(|value| (value.field.as_str(), value.value.as_str())).collect::<Vec<_>>();
    assert!(
        bad.iter().all(|(field, _)| *field != "email")
            || bad.contains(&("email", "info@puig.cat; no és cap adreça")),
        "{bad:?}"
    );

    let file = "Nombre;Fecha de cierre;Fase\nUno;31/02/2026;Nova\nDos;15/03/2026;Nova\n";
    let import = uploaded(&test, Kind::Opportunity, "b.csv", file);
    let checked = test.checked_as_planned(&test.admin(), &import);
    let found = imports::findings(&test.app, &test.admin(), &checked).unwrap();
    let value = found.values.iter().find(|value| value.field == "expected_close").unwrap();
    assert_eq!(value.value, "31/02/2026", "not as it was read");
    let told = imports::problem_rows(&test.app, &test.admin(), import.id()).unwrap();
    assert_eq!(told[0].problems[0].detail, "31/02/2026");
    let mended = vec![replaced("expected_close", "31/02/2026", "28/02/2026")];
    imports::mend(&test.app, &test.admin(), import.id(), checked.meta.version, mended).unwrap();
    test.work_to_the_end();
    let found = imports::findings(&test.app, &test.admin(), &test.import(import.id())).unwrap();
    assert!(found.values.iter().all(|value| value.field != "expected_close"), "{:?}", found.values);
    test.settle();
}

/// A column that somebody sends to a field of days is looked at then; what the file says counts more than a template.
#[test]
fn columns_chosen_by_hand_are_told_how_they_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let file = |rows: &str| format!("Nombre;Fecha US;Valor\n{rows}");
    let import =
        uploaded(&test, Kind::Opportunity, "a.csv", &file("Uno;03/04/2026;2.500\nDos;12/31/2026;12.000\n"));
    let mut plan = plan_of(&test, import.id());
    let set = |plan: &mut ImportPlan| {
        plan.columns[1].target = Some("expected_close".into());
        plan.columns[2].target = Some("amount".into());
        (plan.columns[1].dates, plan.columns[2].numbers) = (None, None);
    };
    set(&mut plan);
    let checked = test.checked_with(&test.admin(), &import, plan);
    let plan = plan_of(&test, import.id());
    assert_eq!(plan.columns[1].dates, Some(DateOrder::MonthFirst));
    assert_eq!(plan.columns[2].numbers, Some(NumberForm::Comma), "amounts have no three decimals");
    imports::save_template(&test.app, &test.admin(), import.id(), "Negocis").unwrap();
    let done = run(&test, &checked);
    assert_eq!(
        (done.imported.created, done.imported.bad),
        (2, 0),
        "{:?}",
        imports::problem_rows(&test.app, &test.admin(), done.id())
    );
    assert_eq!(named(&test, Kind::Opportunity, "Uno").built_in("expected_close"), day("2026-03-04"));

    let next = uploaded(&test, Kind::Opportunity, "b.csv", &file("Tres;31/12/2026;1,500\n"));
    let plan = plan_of(&test, next.id());
    assert_eq!(plan.columns[1].target.as_deref(), Some("expected_close"), "by the template");
    assert_eq!(plan.columns[1].dates, Some(DateOrder::DayFirst), "the file says so itself");
    assert_eq!(plan.columns[2].numbers, Some(NumberForm::Point));
    let unsure = uploaded(&test, Kind::Opportunity, "c.csv", &file("Quatre;03/04/2026;1\n"));
    assert_eq!(
        plan_of(&test, unsure.id()).columns[1].dates,
        Some(DateOrder::MonthFirst),
        "as the template has it"
    );
    let mixed =
        uploaded(&test, Kind::Opportunity, "d.csv", &file("A;2026-01-31;1\nB;2026-02-28;1\nC;31/12/26;1\n"));
    assert_eq!(
        plan_of(&test, mixed.id()).columns[1].dates,
        Some(DateOrder::DayFirst),
        "years in front say nothing"
    );
    test.settle();
}

/// A cell of a column that is left out harms nobody, and headers that a program does not know are read as any others.
#[test]
fn columns_that_are_left_out_harm_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let import = uploaded(&test, Kind::Company, "a.csv", "Empresa;Fórmula\nPuig;\u{fffd}x\n");
    let mut plan = plan_of(&test, import.id());
    plan.columns[1].target = None;
    let done = run(&test, &test.checked_with(&test.admin(), &import, plan));
    assert_eq!((done.imported.created, done.imported.bad), (1, 0));
    let header = "id,name,emailAddress,billingAddressCity,type,Codi postal";
    let import = uploaded(
        &test,
        Kind::Company,
        "export.csv",
        &format!("{header}\n1,Pou,pou@exemple.cat,Olot,,17800\n"),
    );
    assert_eq!(import.program.as_deref(), Some("espocrm"));
    assert_eq!(plan_of(&test, import.id()).columns[5].target.as_deref(), Some("postcode"));
    test.settle();
}

/// A quote that nothing closes costs its own line; the check says so, and the file of failed rows has it as it was.
#[test]
fn a_quote_that_is_never_closed_swallows_no_rows() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    let file = "Nom,Correu\n\"Pep,pep@x.example\n\"Mar,mar@x.example\nLia,lia@x.example\n";
    let import = uploaded(&test, Kind::Lead, "a.csv", file);
    let checked = test.checked_as_planned(&admin, &import);
    assert_eq!((checked.checked.created, checked.checked.bad), (1, 2));
    let told: Vec<(u64, String)> = imports::problem_rows(&test.app, &admin, import.id())
        .unwrap()
        .into_iter()
        .flat_map(|row| row.problems.into_iter().map(move |problem| (row.row, problem.code)))
        .collect();
    assert_eq!(told, [(2, "row-broken-quote".to_owned()), (3, "row-broken-quote".to_owned())]);
    let done = run(&test, &checked);
    assert_eq!((done.imported.created, done.imported.bad), (1, 2));
    let file = imports::failed_rows(&test.app, &admin, import.id(), "Motiu", &|problem| problem.code.clone());
    let text = String::from_utf8(file.unwrap().bytes).unwrap();
    assert!(text.contains("\"\"\"Pep\",pep@x.example"), "{text}");
    test.settle();
}

/// Whatever is wrong with a value, it is quoted and can be mended, also where the sentence needs no value.
#[test]
fn values_out_of_bounds_are_quoted_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let check = |entity: Kind, file: &str, expected: (&str, &str, &str, Option<&str>)| {
        let import = uploaded(&test, entity, "a.csv", file);
        let checked = test.checked_as_planned(&test.admin(), &import);
        let found = imports::findings(&test.app, &test.admin(), &checked).unwrap();
        let value = &found.values[0];
        let told = (&*value.field, &*value.code, &*value.value, value.detail.as_deref());
        assert_eq!(told, expected);
    };
    let negative = "Nom;Import\nA;-3 €\nB;3 €\n";
    check(Kind::Opportunity, negative, ("amount", "amount-range", "-3 €", None));
    let unborn = "Nom;Cognoms;Naixement\nAnna;Puig;31/12/2999\n";
    check(Kind::Contact, unborn, ("birthday", "date-future", "31/12/2999", None));
    test.settle();
}

/// What somebody chose of rows that are there already stays when the headers are in another row; what nobody chose follows
/// the columns.
#[test]
fn choices_stay_when_a_file_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    let import = uploaded(&test, Kind::Company, "a.csv", "Empresa;Població\nEmpresa;Codi\nPuig;E1\n");
    let asked = |row| SheetAsked { header_row: Some(row), ..SheetAsked::default() };
    let ways = |plan: &ImportPlan| (plan.mode, plan.match_by.clone(), plan.on_double);
    let title = || Some(model::TITLE.to_owned());
    let key = || Some("external_key".to_owned());
    assert_eq!(ways(&plan_of(&test, import.id())), (ImportMode::Create, title(), OnDouble::Skip));

    let read = |version: u64, row: u32, typed: &ImportPlan| {
        imports::read_as_keeping(&test.app, &admin, import.id(), version, asked(row), typed).unwrap().0
    };
    let nothing = ImportPlan::default();
    let anew = read(import.meta.version, 2, &nothing);
    assert_eq!(ways(&plan_of(&test, import.id())), (ImportMode::Create, key(), OnDouble::Create));
    let anew = read(anew.meta.version, 1, &nothing);
    assert_eq!(ways(&plan_of(&test, import.id())), (ImportMode::Create, title(), OnDouble::Skip));

    let typed = ImportPlan { mode: ImportMode::Both, ..plan_of(&test, import.id()) };
    let anew = read(anew.meta.version, 2, &typed);
    assert_eq!(ways(&plan_of(&test, import.id())), (ImportMode::Both, key(), OnDouble::Create));
    let anew = read(anew.meta.version, 1, &nothing);
    assert_eq!(ways(&plan_of(&test, import.id())), (ImportMode::Both, title(), OnDouble::Skip));

    let sent = test.checked_with(&admin, &anew, plan_of(&test, import.id()));
    read(sent.meta.version, 2, &nothing);
    assert_eq!(ways(&plan_of(&test, import.id())), (ImportMode::Both, title(), OnDouble::Skip), "sent");
    test.settle();
}

/// Also where the reading in between begins with what was chosen.
#[test]
fn a_choice_of_duplicates_stays_over_several_readings() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let import = uploaded(&test, Kind::Company, "a.csv", "Empresa;Població\nEmpresa;Codi\nPuig;E1\n");
    let typed = ImportPlan { on_double: OnDouble::Create, ..plan_of(&test, import.id()) };
    let mut version = import.meta.version;
    for (row, typed) in [(2, &typed), (1, &ImportPlan::default()), (2, &ImportPlan::default())] {
        let asked = SheetAsked { header_row: Some(row), ..SheetAsked::default() };
        let read = imports::read_as_keeping(&test.app, &test.admin(), import.id(), version, asked, typed);
        version = read.unwrap().0.meta.version;
        assert_eq!(plan_of(&test, import.id()).on_double, OnDouble::Create, "headers in row {row}");
    }
    test.settle();
}

/// What a stage asks for and no row says is given to all rows that need it, and to no other.
#[test]
fn values_that_are_missing_are_mended() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    let frame = test.app.frame();
    let (_, _, lost) =
        model::stages_of(&frame).find(|(_, _, stage)| stage.kind == model::StageKind::Lost).unwrap();
    let lost = lost.label.get(model::Language::Ca);
    let file = format!("Nombre;Fase\nUno;{lost}\nDos;{lost}\nTres;Nova\n");
    let import = uploaded(&test, Kind::Opportunity, "a.csv", &file);
    let checked = test.checked_as_planned(&admin, &import);
    assert_eq!((checked.checked.created, checked.checked.bad), (1, 2));
    let found = imports::findings(&test.app, &admin, &checked).unwrap();
    let told: Vec<_> =
        found.values.iter().map(|value| (value.field.as_str(), value.value.as_str(), value.rows)).collect();
    assert_eq!(told, [("lost_reason", "", 2)]);

    let reason = frame.choices_of(model::lists::LOST_REASONS).next().unwrap().0;
    let mend = |version: u64, to: &str| {
        imports::mend(&test.app, &admin, import.id(), version, vec![replaced("lost_reason", "", to)])
            .unwrap();
        test.work_to_the_end();
        test.import(import.id())
    };
    let checked = mend(checked.meta.version, reason);
    assert_eq!((checked.checked.created, checked.checked.bad), (3, 0));
    let checked = mend(checked.meta.version, "");
    assert_eq!(checked.checked.bad, 2, "as it is in the file");
    let checked = mend(checked.meta.version, reason);
    let checked =
        test.checked_with(&admin, &checked, ImportPlan { mended: Vec::new(), ..plan_of(&test, import.id()) });
    assert_eq!(checked.checked.bad, 0, "what was mended stays when the columns are sent again");
    run(&test, &checked);
    let of = |name: &str| named(&test, Kind::Opportunity, name).built_in("lost_reason");
    assert_eq!((of("Dos"), of("Tres")), (FieldValue::Codes(vec![reason.to_owned()]), FieldValue::Nothing));
    test.settle();
}
