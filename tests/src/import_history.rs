//! What happened before the company had Tracte: how leads stood and whose they were, when records were created, and what
//! their histories say of the import.

use crate::http_kit::Kit;
use crate::import_wizard::{company_of, named, plan_of, run, undo, uploaded};
use crate::test_app::TestApp;
use model::{
    ChangedSince, Decision, FieldValue, GivenValue, Import, ImportMode, ImportPlan, Kind, Lead, LeadId,
    LeadStatus, MendedValue, Mending, RoleKey,
};
use poem::http::{Method, StatusCode};
use serde_json::json;
use services::imports;
use services::leads::{self, LeadQuery};
use services::settings::{self, CompanyDraft};

const OF_ESPOCRM: &str = "id,firstName,lastName,accountName,emailAddress,status,assignedUserName,createdAt\n\
    1,Anna,Puig,Fusta,anna@fusta.cat,New,,2024-03-05 10:20:30\n\
    2,Biel,Mas,Metall,biel@metall.cat,In Process,Laia,2024-03-06 10:20:30\n\
    3,Carla,Pou,Vidre,carla@vidre.cat,Converted,Laia,2023-07-01 08:00:00\n\
    4,Didac,Roca,Pedra,didac@pedra.cat,Dead,,2023-07-02 08:00:00\n\
    5,Eva,Riu,Aigua,eva@aigua.cat,Recycled,,2024-03-07 10:20:30\n\
    6,Fina,Sol,Llum,fina@llum.cat,Assigned,Laia,2024-03-08 10:20:30\n";

fn with_a_target(test: &TestApp) {
    let company = settings::get(&test.app, &test.admin()).unwrap();
    let typed = CompanyDraft { first_response_hours: "2".to_owned(), ..CompanyDraft::of(&company) };
    settings::update(&test.app, &test.admin(), company.meta.version, &typed).unwrap();
}

fn lead(test: &TestApp, company: &str) -> Lead {
    let all = test.all_leads();
    all.into_iter().find(|lead| lead.title() == company).unwrap_or_else(|| panic!("no {company}"))
}

fn problems_of(test: &TestApp, import: &Import) -> Vec<String> {
    let rows = imports::problem_rows(&test.app, &test.admin(), import.id()).unwrap();
    let told = rows.into_iter().flat_map(|row| {
        row.problems.into_iter().map(move |problem| format!("{} {} {}", row.row, problem.field, problem.code))
    });
    told.collect()
}

fn said_by_file(lead: &Lead, import: &Import) -> bool {
    let by = Decision::Import { import: import.id() };
    lead.assignment.as_ref().is_some_and(|assignment| assignment.decision == by)
}

#[test]
fn leads_keep_how_they_stood_whose_they_were_and_when_they_came() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    with_a_target(&test);
    let laia = test.hire("Laia", RoleKey::REP);
    test.hire("Marta", RoleKey::REP);
    let import = uploaded(&test, Kind::Lead, "lead.csv", OF_ESPOCRM);
    let plan = plan_of(&test, import.id());
    let targets: Vec<&str> = plan.columns.iter().filter_map(|column| column.target.as_deref()).collect();
    assert_eq!(
        targets,
        ["external_key", "name", "name", "company", "email", "status", "owner", "created_at"]
    );
    let checked = test.checked_as_planned(&test.admin(), &import);
    assert_eq!((checked.checked.created, checked.checked.bad), (5, 1));
    assert_eq!(problems_of(&test, &checked), ["5 discard_reason required"]);
    assert_eq!(imports::findings(&test.app, &test.admin(), &checked).unwrap().converted, 1);
    let reason = GivenValue { target: "discard_reason".to_owned(), text: "Era d’un altre any".to_owned() };
    let plan = ImportPlan { given: vec![reason], ..plan_of(&test, import.id()) };
    let checked = test.checked_with(&test.admin(), &checked, plan);
    assert_eq!((checked.checked.created, checked.checked.bad), (6, 0));
    let done = run(&test, &checked);
    assert_eq!((done.imported.created, done.imported.bad), (6, 0));

    let biel = lead(&test, "Metall");
    assert_eq!((biel.status, biel.owner), (LeadStatus::Contacted, Some(laia.id())));
    assert!(said_by_file(&biel, &done));
    assert_eq!((biel.first_response_at, biel.response), (None, None), "nobody knows when, and nothing runs");
    assert_eq!(biel.meta.created_at.to_string(), "2024-03-06T09:20:30Z", "on the clock of Madrid");
    assert_eq!(biel.meta.updated_at, test.admin().at, "it was written now");
    let carla = lead(&test, "Vidre");
    assert_eq!((carla.status, carla.conversion.is_none()), (LeadStatus::Converted, true));
    let didac = lead(&test, "Pedra");
    assert_eq!((didac.status, didac.owner), (LeadStatus::Discarded, None), "nobody's turn");
    assert_eq!(didac.discard_reason.as_deref(), Some("Era d’un altre any"));
    assert!(didac.assignment.is_none() && didac.team.is_some());
    let eva = lead(&test, "Aigua");
    assert_eq!((eva.status, eva.response), (LeadStatus::Nurturing, None));
    assert!(eva.owner.is_some() && !said_by_file(&eva, &done), "handed out by the rules");
    for (company, status) in [("Fusta", LeadStatus::Assigned), ("Llum", LeadStatus::Assigned)] {
        let lead = lead(&test, company);
        assert_eq!(lead.status, status, "{company}");
        let since = lead.response.map(|clock| clock.since);
        assert_eq!(since, Some(test.admin().at), "{company} waits from now on");
    }
    let order: Vec<String> = test.all_leads().iter().map(|lead| lead.title().to_owned()).collect();
    assert_eq!(order, ["Llum", "Aigua", "Metall", "Fusta", "Pedra", "Vidre"], "the newest first");
    let of_2023 =
        LeadQuery { created_to: Some("2023-12-31".parse().unwrap()), limit: 10, ..LeadQuery::default() };
    assert_eq!(leads::list(&test.app, &test.admin(), &of_2023).unwrap().leads.len(), 2);

    // What is done now is no first answer to what was answered before.
    test.advance(60);
    let id = LeadId(biel.meta.id);
    let qualified =
        leads::set_status(&test.app, &test.admin(), id, biel.meta.version, LeadStatus::Qualified, "")
            .unwrap();
    assert_eq!(qualified.first_response_at, None);
    assert_eq!(qualified.meta.created_at, biel.meta.created_at);
    let back = leads::set_status(
        &test.app,
        &test.admin(),
        LeadId(carla.meta.id),
        carla.meta.version,
        LeadStatus::Qualified,
        "",
    );
    assert_eq!(back.unwrap().first_response_at, None, "one without a record can be worked on again");
    test.settle();
    test.verify();

    let undone = undo(&test, done.id(), ChangedSince::TakeBack);
    assert_eq!(undone.undo.undone, 6);
    assert!(test.all_leads().is_empty());
    test.settle();
    test.verify();
}

/// Why leads were let go is asked for once for all that do not say it.
#[test]
fn discarded_leads_without_a_reason_get_one_in_the_simulation() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let file =
        "Empresa;Estat;Motiu del descart\nA;Descartat;\nB;Descartat;Massa lluny\nC;Nou;\nD;Descartat;\n";
    let import = uploaded(&test, Kind::Lead, "a.csv", file);
    let checked = test.checked_as_planned(&test.admin(), &import);
    assert_eq!(problems_of(&test, &checked), ["2 discard_reason required", "5 discard_reason required"]);
    let found = imports::findings(&test.app, &test.admin(), &checked).unwrap();
    let told: Vec<(&str, &str, u64)> =
        found.values.iter().map(|value| (value.field.as_str(), value.value.as_str(), value.rows)).collect();
    assert_eq!(told, [("discard_reason", "", 2)]);
    let reason = MendedValue {
        target: "discard_reason".to_owned(),
        value: String::new(),
        mending: Mending::Replace("No respon".to_owned()),
    };
    imports::mend(&test.app, &test.admin(), import.id(), checked.meta.version, vec![reason]).unwrap();
    test.work_to_the_end();
    let done = run(&test, &test.import(import.id()));
    assert_eq!((done.imported.created, done.imported.bad), (4, 0));
    let reason = |company: &str| lead(&test, company).discard_reason;
    assert!(reason("A").is_some() && reason("A") == reason("D"));
    assert_eq!((reason("B").as_deref(), reason("C")), (Some("Massa lluny"), None));
    test.settle();
}

/// Statuses in the words of people; what is none is mended, what cannot be is told.
#[test]
fn statuses_owners_and_reasons_are_read_as_people_write_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let (laia, marta) = (test.hire("Laia", RoleKey::REP), test.hire("Marta", RoleKey::REP));
    let file = "Codi;Empresa;Estat;Responsable;Motiu del descart\n1;A;Contactat;Laia;\n2;B;en seguimiento;;\n\
        3;C;Descartat;;Preu\n4;D;OPEN_DEAL;;\n5;E;Potser;;\n6;F;nou;Ningú;\n";
    let import = uploaded(&test, Kind::Lead, "a.csv", file);
    let checked = test.checked_as_planned(&test.admin(), &import);
    assert_eq!(problems_of(&test, &checked), ["6 status choice", "7 owner link-unknown"]);
    let done = run(&test, &checked);
    assert_eq!(done.imported.created, 4);
    let stood: Vec<LeadStatus> = ["A", "B", "C", "D"].map(|company| lead(&test, company).status).to_vec();
    use LeadStatus::{Contacted, Converted, Discarded, Nurturing};
    assert_eq!(stood, [Contacted, Nurturing, Discarded, Converted]);

    // An update moves them along; nothing of it is a first answer.
    let before = lead(&test, "B");
    let other = if before.owner == Some(laia.id()) { &marta } else { &laia };
    let file = format!(
        "Codi;Empresa;Estat;Responsable;Creat\n2;B;Qualificat;{};2020-01-01\n3;C;Descartat;;2020-01-01\n",
        other.name
    );
    let import = uploaded(&test, Kind::Lead, "b.csv", &file);
    let plan = ImportPlan { mode: ImportMode::Both, ..plan_of(&test, import.id()) };
    let checked = test.checked_with(&test.admin(), &import, plan);
    assert_eq!((checked.checked.updated, checked.checked.unchanged), (1, 1), "created once");
    let done = run(&test, &checked);
    let after = lead(&test, "B");
    assert_eq!((after.status, after.owner), (LeadStatus::Qualified, Some(other.id())));
    assert!(said_by_file(&after, &done));
    assert_eq!((after.first_response_at, after.meta.created_at), (None, before.meta.created_at));
    undo(&test, done.id(), ChangedSince::Keep);
    let back = lead(&test, "B");
    assert_eq!((back.status, back.owner), (LeadStatus::Nurturing, before.owner));
    test.settle();
    test.verify();
}

#[test]
fn records_are_created_on_the_day_that_the_file_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let created =
        |test: &TestApp, kind: Kind, name: &str| named(test, kind, name).about().created_at.to_string();
    let deals = "Nombre;Fase;Data d'alta\nUna;Nova;15/03/2024\nDues;Nova;2024-06-01T22:30:00Z\nAvui;Nova;23/11/2026\n\
        Tres;Nova;24/11/2026\nQuatre;Nova;30/12/1899\nCinc;Nova;mai\n";
    let import = uploaded(&test, Kind::Opportunity, "a.csv", deals);
    let checked = test.checked_as_planned(&test.admin(), &import);
    assert_eq!(
        problems_of(&test, &checked),
        ["5 created_at date-future", "6 created_at date-form", "7 created_at date-form"]
    );
    run(&test, &checked);
    assert_eq!(created(&test, Kind::Opportunity, "Una"), "2024-03-15T11:00:00Z", "noon of the day");
    assert_eq!(created(&test, Kind::Opportunity, "Dues"), "2024-06-01T22:30:00Z");
    assert_eq!(
        created(&test, Kind::Opportunity, "Avui"),
        test.admin().at.to_string(),
        "noon is still to come"
    );
    for name in ["Una", "Dues", "Avui"] {
        let deal = named(&test, Kind::Opportunity, name);
        let since = FieldValue::Instant(deal.about().created_at);
        assert_eq!(deal.built_in("stage_since"), since, "{name}: at its stage since then");
    }

    let import = uploaded(&test, Kind::Company, "b.csv", "Codi;Empresa;Des de\n1;Puig;2019-05-06\n");
    let mut plan = plan_of(&test, import.id());
    plan.columns[2].target = Some("created_at".to_owned());
    let checked = test.checked_with(&test.admin(), &import, plan);
    run(&test, &checked);
    assert_eq!(created(&test, Kind::Company, "Puig"), "2019-05-06T10:00:00Z");
    test.settle();
    test.verify();
}

/// Every history says that an import made or changed something; its page is for whoever may see it.
#[tokio::test]
async fn histories_lead_to_the_import() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let key = kit.key(RoleKey::ADMINISTRATOR);
    for (entity, list, file) in [
        (Kind::Company, "companies", "Empresa\nFusteria Puig\n"),
        (Kind::Lead, "leads", "Empresa;Estat\nHotel Ona;Contactat\n"),
    ] {
        let import = imports::upload(app, &admin, entity, "a.csv", file.as_bytes()).unwrap();
        let plan = imports::plan(app, &admin, import.id()).unwrap();
        imports::set_plan(app, &admin, import.id(), import.meta.version, plan).unwrap();
        kit.work_imports();
        let checked = imports::get(app, &admin, import.id()).unwrap();
        imports::start(app, &admin, import.id(), checked.meta.version).unwrap();
        kit.work_imports();
        let rows =
            imports::rows(app, &admin, import.id(), imports::Asked::Outcome(model::RowOutcome::Created));
        let id = rows.unwrap()[0].id.unwrap();
        let link = format!("<a href=\"/imports/{}\">en una importació</a>", import.id());
        let cookie = format!("{}={}", server::SESSION, kit.session());
        let page = kit.get(&format!("/{list}/{id}"), &[("cookie", cookie.as_str())]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert!(page.text().contains(&link), "{}", page.text());
        let asked = |path: String| {
            let (kit, key) = (&kit, &key);
            async move { kit.api(Method::GET, &path, key, &[], "").await.json() }
        };
        let history = asked(format!("/{list}/{id}/timeline")).await;
        assert_eq!(history["items"][0]["import"], import.id().to_string(), "{history}");
        let plan = asked(format!("/imports/{}/plan", import.id())).await;
        let fields = plan["fields"].as_array().unwrap();
        let of_leads = ["status", "discard_reason"];
        assert!(fields.contains(&json!("owner")) && fields.contains(&json!("created_at")), "{plan}");
        assert!(of_leads.iter().all(|field| fields.contains(&json!(field)) == (entity == Kind::Lead)));
    }
}
