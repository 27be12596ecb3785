//! Imports of every entity: matched by header and content, mended, updated, made to lead to each other, and taken back.

use crate::test_app::TestApp;
use model::{
    ChangedSince, DateOrder, GivenValue, Import, ImportId, ImportMode, ImportPlan, ImportState, Kind,
    MendedValue, Mending, NumberForm, RoleKey, RowOutcome, SheetAsked, UndoOutcome,
};
use services::imports::{self, Asked};
use services::records::{self, Draft, Query};
use services::{Ctx, Error, leads};
use std::path::Path;

pub(crate) fn company_of(folder: &tempfile::TempDir) -> TestApp {
    TestApp::company(&folder.path().join("data"))
}

pub(crate) fn uploaded(test: &TestApp, entity: Kind, name: &str, text: &str) -> Import {
    imports::upload(&test.app, &test.admin(), entity, name, text.as_bytes()).unwrap()
}

pub(crate) fn plan_of(test: &TestApp, id: ImportId) -> ImportPlan {
    imports::plan(&test.app, &test.admin(), id).unwrap()
}

fn targets(plan: &ImportPlan) -> Vec<&str> {
    plan.columns.iter().map(|column| column.target.as_deref().unwrap_or("-")).collect()
}

/// Started and worked on to its end.
pub(crate) fn run(test: &TestApp, checked: &Import) -> Import {
    imports::start(&test.app, &test.admin(), checked.id(), checked.meta.version).unwrap();
    test.work_to_the_end();
    test.import(checked.id())
}

pub(crate) fn go_in(test: &TestApp, entity: Kind, name: &str, text: &str) -> Import {
    let import = uploaded(test, entity, name, text);
    let checked = test.checked_as_planned(&test.admin(), &import);
    run(test, &checked)
}

pub(crate) fn undo(test: &TestApp, id: ImportId, changed_since: ChangedSince) -> Import {
    let import = test.import(id);
    imports::undo(&test.app, &test.admin(), id, import.meta.version, changed_since).unwrap();
    test.work_to_the_end();
    test.import(id)
}

pub(crate) fn count(test: &TestApp, kind: Kind) -> usize {
    let query = Query { limit: 100, ..Query::default() };
    records::list(&test.app, &test.admin(), kind, &query).unwrap().records.len()
}

pub(crate) fn named(test: &TestApp, kind: Kind, name: &str) -> records::Record {
    let query = Query { limit: 100, ..Query::default() };
    let page = records::list(&test.app, &test.admin(), kind, &query).unwrap();
    page.records.into_iter().find(|record| record.name() == name).unwrap_or_else(|| panic!("no {name}"))
}

pub(crate) fn change(test: &TestApp, ctx: &Ctx, kind: Kind, name: &str, field: &str, text: &str) {
    let record = named(test, kind, name);
    let mut draft = Draft::default();
    draft.put(field, text);
    records::update(&test.app, ctx, kind, record.about().id, record.about().version, &draft).unwrap();
}

const COMPANIES: &str = "Codi;Raó social;NIF;Població;Treballadors\n\
    E1;Fusteria Puig;B17000019;Olot;1.200\nE2;Hotel Ona;;Roses;12\n";

#[test]
fn headers_and_contents_say_where_columns_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let import = uploaded(
        &test,
        Kind::Company,
        "empreses.csv",
        "Codi;Empresa;X;Y\n\
        1;A;a@exemple.cat;972 20 30 40\n2;B;b@exemple.cat;972 20 30 41\n3;C;c@exemple.cat;972 20 30 42\n",
    );
    let plan = plan_of(&test, import.id());
    assert_eq!(targets(&plan), ["external_key", "name", "email", "phone"]);
    assert_eq!((plan.match_by.as_deref(), plan.mode), (Some("external_key"), ImportMode::Create));
    for (entity, header, expected) in [
        (Kind::Contact, "Nom;Cognoms;Telèfon;Mòbil", "given_name family_name phone mobile"),
        (Kind::Contact, "Nombre;Apellidos;Móvil", "given_name family_name mobile"),
        (Kind::Contact, "First name;Last name;Mobile phone", "given_name family_name mobile"),
        (Kind::Company, "Empresa;Mòbil", "name phone"),
        (Kind::Company, "Nom comercial;Raó social", "name legal_name"),
        (Kind::Product, "Codi;Nom;Descripció", "code name_ca description"),
        (Kind::Product, "Codi;Descripció", "code name_ca"),
    ] {
        let import = uploaded(&test, entity, "a.csv", &format!("{header}\n1;2;3;4\n"));
        assert_eq!(targets(&plan_of(&test, import.id())).join(" "), expected, "{header}");
    }
    let import =
        uploaded(&test, Kind::Contact, "people.csv", "Full name,Company,Job title\nAnna Puig,A,Boss\n");
    assert_eq!(targets(&plan_of(&test, import.id())), ["full_name", "company", "job_title"]);
    let import = uploaded(
        &test,
        Kind::Opportunity,
        "deals.csv",
        "Nombre;Importe;Fecha de cierre;Fase\n\
        Uno;1,054.50;10/20/2026;Nova\nDos;12;3/1/2026;Nova\n",
    );
    let plan = plan_of(&test, import.id());
    assert_eq!(targets(&plan), ["name", "amount", "expected_close", "stage"]);
    assert_eq!(plan.columns[1].numbers, Some(NumberForm::Point));
    assert_eq!(plan.columns[2].dates, Some(DateOrder::MonthFirst), "the twentieth month is none");
    test.settle();
}

#[test]
fn companies_are_made_updated_and_told_from_doubles() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let first = go_in(&test, Kind::Company, "a.csv", COMPANIES);
    assert_eq!((first.imported.created, first.imported.bad), (2, 0));
    let logged = services::parametrization::list(&test.app, &test.admin()).unwrap().entries;
    assert_eq!(logged[0].function, model::ProgramFunction::Clients, "what the data were loaded for");
    let again = go_in(&test, Kind::Company, "a.csv", COMPANIES);
    assert_eq!((again.imported.duplicates, again.imported.good), (2, 0));
    assert_eq!(count(&test, Kind::Company), 2);

    let text = "Codi;Raó social;Població\nE1;Fusteria Puig;Girona\nE2;Hotel Ona;Roses\nE3;Nova;Vic\n";
    let import = uploaded(&test, Kind::Company, "b.csv", text);
    let plan = ImportPlan { mode: ImportMode::Both, ..plan_of(&test, import.id()) };
    let checked = test.checked_with(&test.admin(), &import, plan.clone());
    let expected = (1, 1, 1);
    let counts = |counts: model::ImportCounts| (counts.created, counts.updated, counts.unchanged);
    assert_eq!(counts(checked.checked), expected, "the dry run foretells");
    let done = run(&test, &checked);
    assert_eq!(counts(done.imported), expected);
    let rows =
        imports::rows(&test.app, &test.admin(), done.id(), Asked::Outcome(RowOutcome::Updated)).unwrap();
    assert_eq!(rows[0].title.as_deref(), Some("Fusteria Puig"));

    let import = uploaded(&test, Kind::Company, "c.csv", "Codi;Raó social\nE9;Ningú\n");
    let plan = ImportPlan { mode: ImportMode::Update, ..plan_of(&test, import.id()) };
    let checked = test.checked_with(&test.admin(), &import, plan);
    let problems = imports::problem_rows(&test.app, &test.admin(), checked.id()).unwrap();
    assert_eq!(problems[0].problems[0].code, "match-nothing");
    test.settle();
    test.verify();
}

/// All that an import did is taken back; what somebody changed since stays, field by field, and is told.
#[test]
fn an_import_is_taken_back_with_its_updates() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    go_in(&test, Kind::Company, "a.csv", COMPANIES);
    let text = "Codi;Raó social;Població;Web\nE1;Fusteria Puig;Girona;https://puig.cat\n\
        E2;Hotel Ona;Begur;https://ona.cat\nE3;Nova;Vic;\nE4;Tocada;Vic;\n";
    let import = uploaded(&test, Kind::Company, "b.csv", text);
    let plan = ImportPlan { mode: ImportMode::Both, ..plan_of(&test, import.id()) };
    let checked = test.checked_with(&test.admin(), &import, plan);
    let done = run(&test, &checked);
    assert_eq!((done.imported.created, done.imported.updated), (2, 2));
    change(&test, &test.admin(), Kind::Company, "Hotel Ona", "town", "Palamós");
    change(&test, &test.admin(), Kind::Company, "Tocada", "town", "Manlleu");

    let undone = undo(&test, done.id(), ChangedSince::Keep);
    assert_eq!(undone.state, ImportState::Undone);
    assert_eq!((undone.undo.done, undone.undo.undone, undone.undo.partly, undone.undo.kept), (4, 2, 1, 1));
    let town = |name: &str| named(&test, Kind::Company, name).built_in("town");
    let text = |text: &str| model::FieldValue::Text(text.to_owned());
    assert_eq!((town("Fusteria Puig"), town("Hotel Ona")), (text("Olot"), text("Palamós")));
    assert_eq!(named(&test, Kind::Company, "Hotel Ona").built_in("website"), model::FieldValue::Nothing);
    assert_eq!(count(&test, Kind::Company), 3, "the one that somebody changed stays");
    let rows = imports::rows(&test.app, &test.admin(), done.id(), Asked::NotTakenBack).unwrap();
    let told: Vec<(u64, UndoOutcome, &str)> =
        rows.iter().map(|row| (row.row, row.undo.unwrap(), row.why.as_str())).collect();
    assert_eq!(told, [(3, UndoOutcome::Partly, "town"), (5, UndoOutcome::Kept, "undo-changed")]);
    let refused = imports::undo(&test.app, &test.admin(), done.id(), undone.meta.version, ChangedSince::Keep);
    assert!(matches!(refused, Err(Error::Conflict(_))), "once is enough");
    test.settle();
    test.verify();
}

#[test]
fn leads_are_taken_back_with_their_counts_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestApp::company(&data);
    test.hire("Berta", RoleKey::REP);
    let lines: String = (0..900).map(|row| format!("Empresa {row};K{row}\n")).collect();
    let done = go_in(&test, Kind::Lead, "llista.csv", &format!("Empresa;Codi\n{lines}"));
    assert_eq!(done.imported.created, 900);
    let kept = test.create("A mà");
    imports::undo(&test.app, &test.admin(), done.id(), done.meta.version, ChangedSince::Keep).unwrap();
    test.work(|import| import.undo.done >= 300);
    let halfway = test.import(done.id());
    assert!(halfway.state == ImportState::Undoing && halfway.undo.done < 900, "{:?}", halfway.undo);
    assert_eq!(test.all_leads().len() as u64, 901 - halfway.undo.undone, "counted in the same transaction");
    test.leave();
    let mut test = TestApp::open(&data, services::Options::default());
    test.work_to_the_end();
    let undone = test.import(done.id());
    assert_eq!((undone.state, undone.undo.undone, undone.undo.kept), (ImportState::Undone, 900, 0));
    assert_eq!(test.all_leads().iter().map(|lead| lead.meta.id).collect::<Vec<_>>(), [kept.meta.id]);
    assert!(leads::get(&test.app, &test.admin(), model::LeadId(kept.meta.id)).is_ok());
    test.settle();
    test.verify();
}

#[test]
fn a_run_is_paused_and_goes_on_where_it_stood() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let lines: String = (0..1_000).map(|row| format!("Empresa {row};K{row}\n")).collect();
    let id = test.started_import(&test.admin(), "llista.csv", format!("Empresa;Codi\n{lines}").as_bytes());
    test.work(|import| {
        let is_time = import.imported.done >= 400;
        if is_time {
            imports::pause(&test.app, &test.admin(), id).unwrap();
        }
        is_time
    });
    test.work_to_the_end();
    let paused = test.import(id);
    assert_eq!((paused.state, paused.imported.done), (ImportState::Paused, 400));
    imports::resume(&test.app, &test.admin(), id).unwrap();
    test.work_to_the_end();
    let done = test.import(id);
    assert_eq!((done.state, done.imported.created), (ImportState::Done, 1_000));
    assert_eq!(test.all_leads().len(), 1_000);
    test.settle();
    test.verify();
}

/// A template is found again by the headers of the next file, and «again» takes the plan of the import before.
#[test]
fn a_plan_is_kept_by_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let import = uploaded(&test, Kind::Company, "a.csv", "Alfa;Beta\nX;Olot\n");
    let mut plan = plan_of(&test, import.id());
    plan.columns[0].target = Some("name".into());
    plan.columns[1].target = Some("town".into());
    plan.given.push(GivenValue { target: "description".into(), text: "De la fira, {Beta}".into() });
    test.checked_with(&test.admin(), &import, plan.clone());
    imports::save_template(&test.app, &test.admin(), import.id(), "Fira").unwrap();
    imports::save_template(&test.app, &test.admin(), import.id(), " fira ").unwrap();
    let templates = imports::templates(&test.app, &test.admin(), Kind::Company).unwrap();
    assert_eq!(templates.len(), 1, "the same name is the same template");
    let next = uploaded(&test, Kind::Company, "b.csv", "Beta;Alfa\nVic;Y\n");
    let plan = plan_of(&test, next.id());
    assert_eq!(targets(&plan), ["town", "name"], "columns may stand elsewhere");
    assert_eq!(next.template, Some(templates[0].meta.id), "and the page says which it is");
    let other = uploaded(&test, Kind::Company, "d.csv", "Beta;Alfa\nVic;Y\n");
    let other =
        imports::use_template(&test.app, &test.admin(), other.id(), other.meta.version, None).unwrap();
    assert_eq!((other.template, plan_of(&test, other.id()).given), (None, Vec::new()), "not with it");
    let done = run(&test, &test.checked_as_planned(&test.admin(), &next));
    assert_eq!(done.imported.created, 1);
    let said = named(&test, Kind::Company, "Y").built_in("description");
    assert_eq!(said, model::FieldValue::Text("De la fira, Vic".into()));
    let like =
        imports::upload_like(&test.app, &test.admin(), done.id(), "c.csv", b"Alfa;Beta;Gamma\nZ;Vic;1\n");
    assert_eq!(targets(&plan_of(&test, like.unwrap().id())), ["name", "town", "-"]);
    imports::delete_template(&test.app, &test.admin(), templates[0].meta.id).unwrap();
    assert!(imports::templates(&test.app, &test.admin(), Kind::Company).unwrap().is_empty());
    test.settle();
}

/// Files of other programs are told by their headers, and their columns are chosen.
#[test]
fn exports_of_other_programs_are_recognised() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    for (entity, header, program, expected) in [
        (
            Kind::Opportunity,
            "Deal - ID,Deal - Title,Deal - Value,Deal - Organization,Deal - Status,Deal - Won time,Deal - Lost time",
            "pipedrive",
            "external_key name amount company stage closed_at closed_at",
        ),
        (
            Kind::Contact,
            "Record ID,First Name,Last Name,Email,Phone Number,Company Name,Contact owner",
            "hubspot",
            "external_key given_name family_name email phone company owner",
        ),
        (
            Kind::Opportunity,
            "Record ID,Deal Name,Deal Stage,Amount,Close Date",
            "hubspot",
            "external_key name stage amount expected_close",
        ),
        (
            Kind::Company,
            "id,name,emailAddress,billingAddressCity,type",
            "espocrm",
            "external_key name email town kind",
        ),
        (
            Kind::Lead,
            "id,firstName,lastName,accountName,emailAddress,status",
            "espocrm",
            "external_key name name company email status",
        ),
        (
            Kind::Opportunity,
            "External ID,Opportunity,Expected Revenue,Stage,Salesperson",
            "odoo",
            "external_key name amount stage owner",
        ),
        (
            Kind::Opportunity,
            "ID externo,Oportunidad,Nombre del contacto,Comercial,Equipo de ventas,Etapa,Ingreso esperado,Probabilidad,Cierre previsto,Empresa",
            "odoo",
            "external_key name contact owner - stage amount probability expected_close company",
        ),
        (
            Kind::Opportunity,
            "ID extern,Oportunitat,Ingressos esperats,Etapa,Comercial,Data de tancament",
            "odoo",
            "external_key name amount stage owner closed_at",
        ),
        (
            Kind::Contact,
            "ID externo,Nombre a mostrar,Empresa relacionada,Correo electrónico,Teléfono,Móvil,Calle,C.P.,Ciudad,País",
            "odoo",
            "external_key full_name company email phone mobile address postcode town country",
        ),
        (
            Kind::Company,
            "ID externo,Nombre a mostrar,Correo electrónico,C.P.,Estado,NIF,Comercial",
            "odoo",
            "external_key name email postcode zone tax_id owner",
        ),
        (
            Kind::Opportunity,
            "ID de registro,Nombre del negocio,Etapa del negocio,Fecha de cierre,Propietario del negocio,Importe",
            "hubspot",
            "external_key name stage expected_close owner amount",
        ),
        (
            Kind::Contact,
            "ID de registro,Nombre,Apellidos,Correo,Número de teléfono,Propietario del contacto",
            "hubspot",
            "external_key given_name family_name email phone owner",
        ),
        (
            Kind::Opportunity,
            "Negocio - ID,Negocio - Título,Negocio - Valor,Negocio - Etapa,Negocio - Estado,Negocio - Propietario",
            "pipedrive",
            "external_key name amount stage stage owner",
        ),
        (
            Kind::Contact,
            "Persona - ID,Persona - Nombre,Persona - Organización,Persona - Correo electrónico - Trabajo",
            "pipedrive",
            "external_key full_name company email",
        ),
    ] {
        let import = uploaded(&test, entity, "export.csv", &format!("{header}\n1,2,3,4,5\n"));
        assert_eq!(import.program.as_deref(), Some(program), "{header}");
        assert_eq!(targets(&plan_of(&test, import.id())).join(" "), expected, "{header}");
    }
    // What anybody may write is no program’s.
    for (entity, header) in [
        (Kind::Opportunity, "Oportunidad,Importe,Etapa"),
        (Kind::Company, "Nombre,NIF,Correo electrónico"),
        (Kind::Contact, "Nombre,Apellidos,Empresa"),
    ] {
        let import = uploaded(&test, entity, "own.csv", &format!("{header}\n1,2,3\n"));
        assert_eq!(import.program, None, "{header}");
    }
    test.settle();
}

#[test]
fn a_file_that_cannot_be_read_is_refused_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let wide = (0..500).map(|column| format!("c{column}")).collect::<Vec<_>>().join(";");
    let huge = vec![b'a'; imports::FILE_BYTES_MAX + 1];
    for (bytes, code) in [
        (&b""[..], "file-empty"),
        (b"\n\n;;\n", "file-empty"),
        (b"%PDF-1.7 no sheet", "file-not-a-spreadsheet"),
        (b"1;2;3\n4;5;6\n", "file-no-header"),
        (wide.as_bytes(), "file-too-many-columns"),
        (&huge, "file-too-big"),
    ] {
        let refused = imports::upload(&test.app, &test.admin(), Kind::Company, "clients.xlsx", bytes);
        match refused {
            Err(Error::Invalid(errors)) => assert_eq!(errors.0[0].code, code),
            other => panic!("{code}: {other:?}"),
        }
    }
    assert!(imports::list(&test.app, &test.admin()).unwrap().is_empty(), "nothing half");
    let text = "Empresa;Observacions\nFusteria Puig;\"Una línia\nuna altra\"\n";
    let done = go_in(&test, Kind::Company, "windows.csv", text);
    assert_eq!((done.imported.created, done.imported.bad), (1, 0));
    test.settle();
}

/// The four files of a public example with 8,800 opportunities: linked to each other, mended in the browser's words,
/// and the totals of its description. Left out where the files are not there.
#[test]
fn a_known_example_goes_in_whole_and_its_totals_come_out() {
    let folder_of_files = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/maven-crm");
    let file = |name: &str| std::fs::read_to_string(folder_of_files.join(name));
    let (Ok(accounts), Ok(products), Ok(pipeline)) =
        (file("accounts.csv"), file("products.csv"), file("sales_pipeline.csv"))
    else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let import = uploaded(&test, Kind::Company, "accounts.csv", &accounts);
    let mut plan = ImportPlan { mode: ImportMode::Both, ..plan_of(&test, import.id()) };
    assert_eq!(plan.columns[6].target.as_deref(), Some("parent"));
    plan.columns[6].creates = true;
    let done = run(&test, &test.checked_with(&test.admin(), &import, plan));
    assert_eq!((done.imported.good, done.imported.bad, count(&test, Kind::Company)), (85, 0, 85));

    let import = uploaded(&test, Kind::Product, "products.csv", &products);
    let mut plan = plan_of(&test, import.id());
    for column in plan.columns.iter_mut().filter(|column| column.target.as_deref() == Some("family")) {
        column.target = None;
    }
    let done = run(&test, &test.checked_with(&test.admin(), &import, plan));
    assert_eq!((done.imported.created, done.imported.bad), (7, 0));

    let (won, lost) = opportunities_go_in(&test, &pipeline);
    assert_eq!((won, lost), (4_238, 2_473));
    test.settle();
    test.verify();
}

/// The dry run says which values it does not know; they are mended, and all rows go in. How many were won and lost.
fn opportunities_go_in(test: &TestApp, pipeline: &str) -> (usize, usize) {
    let admin = test.admin();
    let import = uploaded(test, Kind::Opportunity, "sales_pipeline.csv", pipeline);
    let mut plan = plan_of(test, import.id());
    assert_eq!(plan.columns[2].target.as_deref(), Some("any_product"));
    assert_eq!(plan.columns[6].dates, Some(DateOrder::MonthFirst));
    plan.columns[1].target = None;
    let frame = test.app.frame();
    let (reason, _) = frame.choices_of(model::lists::LOST_REASONS).next().unwrap();
    plan.given.push(GivenValue { target: "lost_reason".into(), text: reason.to_owned() });
    let checked = test.checked_with(&admin, &import, plan);
    let found = imports::findings(&test.app, &admin, &checked).unwrap();
    let product = found.values.iter().find(|value| value.value == "GTXPro").unwrap();
    assert_eq!(product.suggestion.as_deref(), Some("GTX Pro"));
    let codes: Vec<String> = model::stages_of(&frame).map(|(code, _, _)| code).collect();
    let of_kind = |kind| {
        model::stages_of(&frame).find(|(_, _, stage)| stage.kind == kind).map(|(code, _, _)| code).unwrap()
    };
    let (won, lost) = (of_kind(model::StageKind::Won), of_kind(model::StageKind::Lost));
    let mend = |target: &str, value: &str, to: &str| MendedValue {
        target: target.into(),
        value: value.into(),
        mending: Mending::Replace(to.into()),
    };
    let mut mended = vec![
        mend("any_product", "GTXPro", "GTX Pro"),
        mend("stage", "Engaging", &codes[1]),
        mend("stage", "Prospecting", &codes[0]),
        mend("stage", "Won", &won),
        mend("stage", "Lost", &lost),
    ];
    // A name that is in no other file: it is made.
    mended.extend(found.values.iter().filter(|value| value.field == "company").map(|value| MendedValue {
        target: "company".into(),
        value: value.value.clone(),
        mending: Mending::Create,
    }));
    imports::mend(&test.app, &admin, import.id(), checked.meta.version, mended).unwrap();
    test.work_to_the_end();
    let checked = test.import(import.id());
    assert_eq!((checked.checked.created, checked.checked.bad), (8_800, 0));
    let done = run(test, &checked);
    assert_eq!((done.imported.created, done.imported.bad), (8_800, 0));
    let of_stage = |code: &str| {
        let query = Query { filter: format!("stage:any:{code}").parse().unwrap(), ..Query::default() };
        records::ids(&test.app, &admin, Kind::Opportunity, &query).unwrap().len()
    };
    (of_stage(&won), of_stage(&lost))
}

/// Titles above the headers, or a second sheet: whoever sees it says how the file is to be read.
#[test]
fn a_file_is_read_anew_as_somebody_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    let text = "Clients de la fira\n\nEmpresa;Població\nFusteria Puig;Olot\n";
    let import = uploaded(&test, Kind::Company, "fira.csv", text);
    let (columns, read) = imports::columns(&test.app, &admin, import.id()).unwrap();
    assert_eq!((columns.len(), read.header_row, read.encoding.as_deref()), (2, Some(3), Some("UTF-8")));
    let asked = |row| SheetAsked { header_row: Some(row), ..SheetAsked::default() };
    let (import, is_anew) =
        imports::read_as(&test.app, &admin, import.id(), import.meta.version, asked(1)).unwrap();
    assert!(is_anew, "the title is another column");
    let (import, is_anew) =
        imports::read_as(&test.app, &admin, import.id(), import.meta.version, asked(3)).unwrap();
    assert!(is_anew, "the columns are other ones");
    assert_eq!((import.sheet.rows, import.sheet.separator.as_str()), (1, ";"));
    let mut plan = plan_of(&test, import.id());
    assert_eq!(targets(&plan), ["name", "town"]);
    plan.columns[1].target = None;
    let checked = test.checked_with(&admin, &import, plan);
    let again = SheetAsked { encoding: Some("windows-1252".into()), ..asked(3) };
    let (import, is_anew) =
        imports::read_as(&test.app, &admin, checked.id(), checked.meta.version, again).unwrap();
    assert_eq!((is_anew, import.state), (true, ImportState::Uploaded), "«Població» reads otherwise");
    let (import, _) =
        imports::read_as(&test.app, &admin, import.id(), import.meta.version, asked(3)).unwrap();
    let (import, is_anew) =
        imports::read_as(&test.app, &admin, import.id(), import.meta.version, asked(3)).unwrap();
    assert!(!is_anew);
    let wrong = SheetAsked { encoding: Some("klingon".into()), ..asked(0) };
    let refused = imports::read_as(&test.app, &admin, import.id(), import.meta.version, wrong);
    let Err(Error::Invalid(errors)) = refused else { panic!("neither is there") };
    assert!(errors.of("encoding").is_some() && errors.of("header_row").is_some());
    let done = run(&test, &test.checked_as_planned(&admin, &import));
    assert_eq!((done.imported.created, done.imported.bad), (1, 0));
    assert_eq!(named(&test, Kind::Company, "Fusteria Puig").name(), "Fusteria Puig");
    test.settle();
    test.verify();
}

/// A title above the headers is passed over by itself; whoever says that the first row has them is told what is left out.
#[test]
fn headers_are_found_below_a_title() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    let text = "LLISTAT DE CLIENTS 2024;;;\n;;;\nEmpresa;NIF;Població;Telèfon\nFusteria Puig;B17000019;Olot;972203040\n\
        Hotel Ona;;Roses;972203041\n";
    let import = uploaded(&test, Kind::Company, "llistat.csv", text);
    let (columns, read) = imports::columns(&test.app, &admin, import.id()).unwrap();
    assert_eq!((columns.len(), read.header_row, read.columns_beyond), (4, Some(3), 0));
    assert_eq!(import.sheet.asked.header_row, Some(3), "kept: it is never told otherwise");
    assert_eq!(targets(&plan_of(&test, import.id())), ["name", "tax_id", "town", "phone"]);
    let first = SheetAsked { header_row: Some(1), ..SheetAsked::default() };
    let (import, _) = imports::read_as(&test.app, &admin, import.id(), import.meta.version, first).unwrap();
    let (_, read) = imports::columns(&test.app, &admin, import.id()).unwrap();
    assert_eq!(
        (read.header_row, read.columns_beyond),
        (Some(1), 0),
        "the title’s row has four cells, three empty"
    );
    let (import, _) =
        imports::read_as(&test.app, &admin, import.id(), import.meta.version, SheetAsked::default()).unwrap();
    let done = run(&test, &test.checked_as_planned(&admin, &import));
    assert_eq!((done.imported.created, done.imported.bad), (2, 0));

    let import = uploaded(&test, Kind::Company, "b.csv", "Empresa\nPuig;Olot;1\nPons;Roses;2\n");
    let (_, read) = imports::columns(&test.app, &admin, import.id()).unwrap();
    assert_eq!(read.header_row, Some(1), "what stands below is no row of names");
    test.settle();
}

/// A spreadsheet takes a postcode for a number; the check says how many it mends.
#[test]
fn postcodes_get_their_zero_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let text = "Empresa;Codi postal;País\nPuig;8320;\nPons;17001;\nPeeters;8301;BE\nPi;8301;\n";
    let import = uploaded(&test, Kind::Company, "a.csv", text);
    let checked = test.checked_as_planned(&test.admin(), &import);
    let found = imports::findings(&test.app, &test.admin(), &checked).unwrap();
    assert_eq!((found.postcodes, found.first_postcode.as_str()), (2, "8320"));
    assert_eq!(checked.checked.bad, 0);
    run(&test, &checked);
    let of = |name: &str| named(&test, Kind::Company, name).built_in("postcode");
    let text = |code: &str| model::FieldValue::Text(code.to_owned());
    assert_eq!((of("Puig"), of("Pons"), of("Peeters")), (text("08320"), text("17001"), text("8301")));
    test.settle();
}
