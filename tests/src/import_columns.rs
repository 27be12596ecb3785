//! What columns of a file can hold: several records in one cell, countries by name, amounts with their currency.

use crate::import_wizard::{company_of, go_in, named, plan_of, run, uploaded};
use crate::test_app::TestApp;
use model::{
    AnyRecord as _, FieldValue, GivenValue, ImportMode, ImportPlan, Kind, Label, MendedValue, Mending,
    NumberForm, RowOutcome,
};
use services::imports::{self, Asked};
use services::own_fields::{self, FieldDraft};

const DEALS: &str = "Codi;Oportunitat;Etapa;Productes\nO1;Una;Nova;GTX Pro\nO2;Dues;Nova;\"G2; GTX Pro\"\n\
    O3;Cap;Nova;\nO4;Noves;Nova;\"GTXPro | Servei\"\n";

fn products_of(test: &TestApp, name: &str) -> Vec<String> {
    let FieldValue::Records(ids) = named(test, Kind::Opportunity, name).built_in("any_product") else {
        return Vec::new();
    };
    let name = |id| {
        services::records::get(&test.app, &test.admin(), Kind::Product, id).map(|product| product.name())
    };
    ids.into_iter().map(|id| name(id).unwrap()).collect()
}

/// By name or code, several in a cell; what is unknown is mended or made by itself; an update adds, and what is given to
/// silent rows is for those that have none.
#[test]
fn opportunities_say_which_products_they_are_about() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    go_in(&test, Kind::Product, "p.csv", "Codi;Nom\nG1;GTX Pro\nG2;GTX Basic\n");
    let import = uploaded(&test, Kind::Opportunity, "a.csv", DEALS);
    let plan = plan_of(&test, import.id());
    assert_eq!(plan.columns[3].target.as_deref(), Some("any_product"));
    let checked = test.checked_with(&admin, &import, plan);
    assert_eq!((checked.checked.created, checked.checked.bad), (3, 1));
    let mut found = imports::findings(&test.app, &admin, &checked).unwrap().values;
    found.sort_by(|one, other| one.value.cmp(&other.value));
    let told: Vec<_> = found.iter().map(|value| (value.value.as_str(), value.makes)).collect();
    assert_eq!(told, [("GTXPro", Some(Kind::Product)), ("Servei", Some(Kind::Product))]);
    assert_eq!(found[0].suggestion.as_deref(), Some("GTX Pro"));

    let mended =
        |value: &str, mending| MendedValue { target: "any_product".into(), value: value.into(), mending };
    let values =
        vec![mended("GTXPro", Mending::Replace("GTX Pro".into())), mended("Servei", Mending::Create)];
    imports::mend(&test.app, &admin, import.id(), checked.meta.version, values).unwrap();
    test.work_to_the_end();
    let done = run(&test, &test.import(import.id()));
    assert_eq!((done.imported.created, done.imported.bad, done.also_made), (4, 0, 1));
    assert_eq!(products_of(&test, "Una"), ["GTX Pro"]);
    assert_eq!(products_of(&test, "Dues"), ["GTX Basic", "GTX Pro"]);
    assert!(products_of(&test, "Cap").is_empty());
    assert_eq!(products_of(&test, "Noves"), ["GTX Pro", "Servei"]);

    let text = "Codi;Producte\nO1;GTX Basic\nO2;GTX Pro\nO3;\nO4;\n";
    let import = uploaded(&test, Kind::Opportunity, "b.csv", text);
    let plan = ImportPlan {
        mode: ImportMode::Update,
        given: vec![GivenValue { target: "any_product".into(), text: "G1; GTX Basic".into() }],
        ..plan_of(&test, import.id())
    };
    let done = run(&test, &test.checked_with(&admin, &import, plan));
    assert_eq!((done.imported.updated, done.imported.unchanged, done.imported.bad), (2, 2, 0));
    assert_eq!(products_of(&test, "Una"), ["GTX Pro", "GTX Basic"]);
    assert_eq!(products_of(&test, "Cap"), ["GTX Pro", "GTX Basic"]);
    assert_eq!(products_of(&test, "Noves"), ["GTX Pro", "Servei"], "what is there stays");
    test.settle();
    test.verify();
}

/// In each language of the screens and by both codes, whatever the rows are.
#[test]
fn countries_are_known_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let rows = "A;Spain\nB;Alemanya\nC;Reino Unido\nD;AND\nE;Països Baixos\nF;ch\nG;Atlàntida\n";
    for (entity, header) in
        [(Kind::Company, "Empresa;País"), (Kind::Contact, "Nom;Country/Region"), (Kind::Lead, "Nom;Country")]
    {
        let import = uploaded(&test, entity, "a.csv", &format!("{header}\n{rows}"));
        assert_eq!(plan_of(&test, import.id()).columns[1].target.as_deref(), Some("country"), "{header}");
        let checked = test.checked_as_planned(&test.admin(), &import);
        let found = imports::findings(&test.app, &test.admin(), &checked).unwrap().values;
        let told: Vec<_> = found.iter().map(|value| (value.code.as_str(), value.value.as_str())).collect();
        assert_eq!(told, [("country-form", "Atlàntida")], "{header}");
        assert_eq!(run(&test, &checked).imported.good, 6, "{header}");
    }
    let codes =
        ["A", "B", "C", "D", "E", "F"].map(|name| named(&test, Kind::Company, name).built_in("country"));
    let expected = ["ES", "DE", "GB", "AD", "NL", "CH"].map(|code| FieldValue::Text(code.to_owned()));
    assert_eq!(codes, expected);
    test.settle();
}

/// Amounts and numbers may name the company's currency, whichever field they go to; in another one they stay out.
#[test]
fn amounts_may_name_the_currency_of_the_company() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    for (name, kind) in [("deposit", "money"), ("yield", "number")] {
        let (label, kind) = (Label::new(name, "", ""), kind.to_owned());
        let field =
            FieldDraft { entity: "product".into(), name: name.into(), label, kind, ..FieldDraft::default() };
        own_fields::create(&test.app, &admin, &field).unwrap();
    }
    let text = "Nom;Preu;Cost;deposit;yield\nA;1.234,50 €;€ 12;12,5 euros;EUR 3\nB;-;12 EUR;7;8\nC;$ 5;1;1;1\n\
        D;1.200 EUR;1.000,5€;1.000 €;2,125 €\n";
    let import = uploaded(&test, Kind::Product, "a.csv", text);
    let checked = test.checked_as_planned(&admin, &import);
    let problems = imports::problem_rows(&test.app, &admin, import.id()).unwrap();
    let told: Vec<(u64, &str)> =
        problems.iter().map(|row| (row.row, row.problems[0].code.as_str())).collect();
    assert_eq!(told, [(3, "decimal-form"), (4, "amount-currency")]);
    assert_eq!(run(&test, &checked).imported.created, 2);
    let number = |text: &str| FieldValue::Number(text.parse().unwrap());
    let of = |name: &str, key: &str| {
        let product = named(&test, Kind::Product, name);
        services::fields::value_of(&test.app.frame(), product.as_ref(), key)
    };
    assert_eq!((of("A", "unit_price"), of("A", "cost")), (number("1234.5"), number("12")));
    assert_eq!(
        (of("A", "custom.deposit"), of("A", "custom.yield")),
        (FieldValue::Amount(1_250), number("3"))
    );
    assert_eq!((of("D", "unit_price"), of("D", "cost")), (number("1200"), number("1000.5")));
    assert_eq!(
        (of("D", "custom.deposit"), of("D", "custom.yield")),
        (FieldValue::Amount(100_000), number("2.125"))
    );
    test.settle();
}

/// What is given of a list goes into it.
#[test]
fn a_list_is_given_to_silent_rows() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let import =
        uploaded(&test, Kind::Company, "a.csv", "Empresa;Altres telèfons\nPuig;972 20 30 40\nPons;\n");
    let plan = plan_of(&test, import.id());
    assert_eq!(plan.columns[1].target.as_deref(), Some("any_phone"));
    let given = vec![GivenValue { target: "any_phone".into(), text: "972 20 30 41".into() }];
    let done = run(&test, &test.checked_with(&test.admin(), &import, ImportPlan { given, ..plan }));
    assert_eq!((done.imported.created, done.imported.bad), (2, 0));
    let phones = |name: &str| named(&test, Kind::Company, name).built_in("any_phone");
    let texts = |text: &str| FieldValue::Texts(vec![text.to_owned()]);
    assert_eq!((phones("Puig"), phones("Pons")), (texts("+34972203040"), texts("+34972203041")));
    test.settle();
}

fn amount_column() -> Vec<sheets::Column> {
    let column = |title: &str, kind| sheets::Column { title: title.to_owned(), kind, width: 20 };
    vec![column("Nombre", sheets::Kind::Text), column("Importe", sheets::Kind::Number)]
}

fn workbook(amounts: &[(&str, sheets::Cell)]) -> Vec<u8> {
    let rows = amounts.iter().map(|(name, cell)| vec![sheets::Cell::Text((*name).to_owned()), cell.clone()]);
    sheets::write_xlsx("Negocis", &amount_column(), rows).unwrap()
}

/// Real numbers of a workbook are what they are; how texts beside them are written, the texts and the country say.
#[test]
fn numbers_of_a_workbook_say_nothing_of_the_texts_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    let text = |text: &str| sheets::Cell::Text(text.to_owned());
    let cells = [
        ("Uno", sheets::Cell::Number(1234.5)),
        ("Dos", sheets::Cell::Number(100.0)),
        ("Tres", text("3.000")),
        ("Quatre", text("no ho sé")),
    ];
    let import = imports::upload(&test.app, &admin, Kind::Opportunity, "a.xlsx", &workbook(&cells)).unwrap();
    let plan = plan_of(&test, import.id());
    assert_eq!(plan.columns[1].numbers, Some(NumberForm::Comma), "shown, so that it can be changed");
    let checked = test.checked_with(&admin, &import, plan);
    assert_eq!((checked.checked.created, checked.checked.bad), (3, 1));
    let file = imports::failed_rows(&test.app, &admin, import.id(), "Per què", &|_| String::new()).unwrap();
    assert_eq!(sheets::open(&file.bytes, "e.xlsx", &sheets::Limits::default()).unwrap().rows, 1);

    // Typed, it is read as people write, though the column is said to have points before its decimals.
    let mut plan = plan_of(&test, import.id());
    plan.columns[1].numbers = Some(NumberForm::Point);
    let checked = test.checked_with(&admin, &checked, plan);
    let typed = |value: &str, to: &str| MendedValue {
        target: "amount".into(),
        value: value.into(),
        mending: Mending::Replace(to.into()),
    };
    let mended = vec![typed("no ho sé", "4.000"), typed("3.000", "3.000,5")];
    imports::mend(&test.app, &admin, import.id(), checked.meta.version, mended).unwrap();
    test.work_to_the_end();
    let done = run(&test, &test.import(import.id()));
    assert_eq!((done.imported.created, done.imported.bad), (4, 0));
    let of = |name: &str| named(&test, Kind::Opportunity, name).built_in("amount");
    assert_eq!((of("Uno"), of("Dos")), (FieldValue::Amount(123_450), FieldValue::Amount(10_000)));
    assert_eq!((of("Tres"), of("Quatre")), (FieldValue::Amount(300_050), FieldValue::Amount(400_000)));
    test.settle();
}

/// What a formula calculated becomes cents; a text with so many decimals is told of.
#[test]
fn numbers_of_a_workbook_are_rounded_to_cents() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    let numbers = [("A", 100.0 / 3.0, 3_333), ("B", 1234.5678, 123_457), ("C", 0.125, 13), ("E", 1.239, 124)];
    let mut cells = numbers.map(|(name, number, _)| (name, sheets::Cell::Number(number))).to_vec();
    cells.push(("F", sheets::Cell::Text("1234,5678".to_owned())));
    let import = imports::upload(&test.app, &admin, Kind::Opportunity, "a.xlsx", &workbook(&cells)).unwrap();
    let checked = test.checked_as_planned(&admin, &import);
    let told = imports::problem_rows(&test.app, &admin, import.id()).unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].row, told[0].problems[0].code.as_str()), (6, "amount-form"));
    run(&test, &checked);
    for (name, _, cents) in numbers {
        let amount = named(&test, Kind::Opportunity, name).built_in("amount");
        assert_eq!(amount, FieldValue::Amount(cents), "{name}");
    }
    test.settle();
}

/// What is typed in English has commas between thousands.
#[test]
fn numbers_are_mended_as_the_reader_writes_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    let cells = [("Uno", sheets::Cell::Text("gens".into())), ("Dos", sheets::Cell::Text("1,5".into()))];
    let import = imports::upload(&test.app, &admin, Kind::Opportunity, "a.xlsx", &workbook(&cells)).unwrap();
    let checked = test.checked_as_planned(&admin, &import);
    let value = MendedValue {
        target: "amount".into(),
        value: "gens".into(),
        mending: Mending::Replace("1,234.50".into()),
    };
    let mut english = test.admin();
    english.language = model::Language::En;
    imports::mend(&test.app, &english, import.id(), checked.meta.version, vec![value]).unwrap();
    test.work_to_the_end();
    run(&test, &test.import(import.id()));
    let of = |name: &str| named(&test, Kind::Opportunity, name).built_in("amount");
    assert_eq!((of("Uno"), of("Dos")), (FieldValue::Amount(123_450), FieldValue::Amount(150)));
    test.settle();
}

/// Of several phones or addresses in a cell the first is the record's; no other, and no word beside them, is lost.
#[test]
fn cells_with_several_phones_lose_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    let file = "Empresa;Telèfon;Correu\n\
        Puig;600 11 22 33 / 972 11 22 33;\"x@puig.cat; y@puig.cat\"\nPons;tel. oficina 93 111 22 33;\nPou;972203040;\n";
    let import = uploaded(&test, Kind::Lead, "a.csv", file);
    let checked = test.checked_as_planned(&admin, &import);
    assert_eq!((checked.checked.created, checked.checked.bad), (3, 0));
    let found = imports::findings(&test.app, &admin, &checked).unwrap();
    assert_eq!(found.taken_apart, Some((2, "Telèfon: 600 11 22 33 / 972 11 22 33".to_owned())));
    let done = run(&test, &checked);
    let made = imports::rows(&test.app, &admin, done.id(), Asked::Outcome(RowOutcome::Created)).unwrap();
    let lead = |place: usize| {
        let lead = services::leads::get(&test.app, &admin, model::LeadId(made[place].id.unwrap())).unwrap();
        ["phone", "email", "description"].map(|key| lead.built_in(key))
    };
    let text = |text: &str| FieldValue::Text(text.to_owned());
    let notes = "Telèfon: 600 11 22 33 / 972 11 22 33\nCorreu: x@puig.cat; y@puig.cat";
    assert_eq!(lead(0), [text("+34600112233"), text("x@puig.cat"), text(notes)]);
    assert_eq!(
        lead(1),
        [text("+34931112233"), FieldValue::Nothing, text("Telèfon: tel. oficina 93 111 22 33")]
    );

    let file = "Codi;Empresa;Telèfon;Notes\nE1;Mas;600 11 22 33/972 11 22 33;Client antic\nE2;Roca;fix 972 20 30 41;\n";
    go_in(&test, Kind::Company, "b.csv", file);
    let of = |name: &str, key: &str| named(&test, Kind::Company, name).built_in(key);
    assert_eq!(of("Mas", "phone"), text("+34600112233"));
    assert_eq!(of("Mas", "any_phone"), FieldValue::Texts(vec!["+34600112233".into(), "+34972112233".into()]));
    assert_eq!(of("Mas", "description"), text("Client antic"), "the list has it");
    assert_eq!(of("Roca", "description"), text("Telèfon: fix 972 20 30 41"));

    // Once more, it says nothing new.
    let import = uploaded(&test, Kind::Company, "c.csv", "Codi;Empresa;Telèfon\nE2;Roca;fix 972 20 30 41\n");
    let plan = ImportPlan { mode: ImportMode::Both, ..plan_of(&test, import.id()) };
    let checked = test.checked_with(&admin, &import, plan);
    assert_eq!((checked.checked.unchanged, checked.checked.bad), (1, 0));
    run(&test, &checked);
    test.settle();
}

/// What people call the stage of an offer, and why leads were let go.
#[test]
fn offers_and_reasons_are_known_by_their_everyday_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let file = "Oportunitat;Etapa\nUna;Proposta\nDues;Propuesta\nTres;Oferta\n";
    let done = go_in(&test, Kind::Opportunity, "a.csv", file);
    assert_eq!((done.imported.created, done.imported.bad), (3, 0));
    for name in ["Una", "Dues", "Tres"] {
        let FieldValue::Codes(stage) = named(&test, Kind::Opportunity, name).built_in("stage") else {
            panic!("no stage of {name}");
        };
        assert!(stage[0].ends_with(".offer"), "{name} {stage:?}");
    }
    for header in ["Motiu descart", "Motiu del descart", "Motivo descarte", "Motiu pèrdua"] {
        let import = uploaded(&test, Kind::Lead, "b.csv", &format!("Empresa;{header}\nPuig;\n"));
        let plan = plan_of(&test, import.id());
        assert_eq!(plan.columns[1].target.as_deref(), Some("discard_reason"), "{header}");
    }
    test.settle();
}
