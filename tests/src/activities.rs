//! Activities: planned, done, cancelled, seen with what they are about, and what follows from them for leads.

use crate::http_kit::{Kit, PASSWORD};
use crate::test_app::{TestApp, problems};
use model::uuid::Uuid;
use model::{
    BulkAction, Condition, FieldValue, Filter, Kind, Lead, LeadId, LeadStatus, Operator, RoleKey, UserId,
};
use poem::http::Method;
use services::activities::{self, How, Logged, StateDeed};
use services::conversion::{self, ConversionDraft, Part};
use services::imports;
use services::leads::{self, Direction};
use services::quotes::{self, LineDraft, Sending};
use services::records::{self, Draft, Query, Record};
use services::timelines::{self, Sort};
use services::{Ctx, Error, LeadDraft, bulk, search};

fn test() -> (tempfile::TempDir, TestApp) {
    let folder = tempfile::tempdir().unwrap();
    let test = TestApp::company(folder.path());
    (folder, test)
}

fn draft(fields: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (key, text) in fields {
        draft.put(key, *text);
    }
    draft
}

fn make(test: &TestApp, ctx: &Ctx, kind: Kind, fields: &[(&str, &str)]) -> Result<Record, Error> {
    records::create(&test.app, ctx, kind, &draft(fields), None)
}

fn made(test: &TestApp, kind: Kind, fields: &[(&str, &str)]) -> Uuid {
    make(test, &test.admin(), kind, fields).unwrap_or_else(|error| panic!("{fields:?}: {error:?}")).about().id
}

fn lead(test: &TestApp, company: &str) -> Lead {
    let draft = LeadDraft { company: company.to_owned(), ..LeadDraft::default() };
    leads::create(&test.app, &test.admin(), &draft, None).unwrap()
}

fn logged(kind: &str, text: &str, how: How) -> Logged {
    let text = text.to_owned();
    Logged {
        kind: kind.to_owned(),
        subject: String::new(),
        text,
        due: String::new(),
        due_time: String::new(),
        duration: String::new(),
        how,
    }
}

/// The record that an activity is about, by the name of its entity.
fn about(test: &TestApp, id: Uuid, kind: Kind) -> Option<Uuid> {
    let activity = records::get(&test.app, &test.admin(), Kind::Activity, id).unwrap();
    match activity.built_in(kind.as_str()) {
        FieldValue::Record(id) => Some(id),
        _ => None,
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let (_folder, mut test) = test();
    let admin = test.admin();
    let check = |fields: &[(&str, &str)], expected: &[&str]| {
        assert_eq!(problems(make(&test, &admin, Kind::Activity, fields)), expected, "{fields:?}");
    };
    check(&[], &["subject subject-or-text"]);
    check(
        &[("kind", "siesta"), ("due_time", "a les nou"), ("duration", "-5"), ("company", "Ningú, SL")],
        &[
            "kind choice",
            "subject subject-or-text",
            "due due-of-time",
            "due_time time-form",
            "duration number-range",
            "company link-unknown",
        ],
    );
    check(
        &[("subject", "Trucar"), ("due", "2026-11-24"), ("reminder", "2026-11-25"), ("duration", "20000")],
        &["reminder reminder-late", "duration number-between"],
    );
    // In the words of people and other programs.
    let call = made(
        &test,
        Kind::Activity,
        &[
            ("kind", "Trucada"),
            ("state", "Completed"),
            ("subject", "Trucar"),
            ("due", "24/11/2026"),
            ("due_time", "9h30"),
        ],
    );
    let call = records::get(&test.app, &admin, Kind::Activity, call).unwrap();
    assert_eq!(call.built_in("kind"), FieldValue::Codes(vec!["call".into()]));
    assert_eq!(call.built_in("due_time"), FieldValue::Text("09:30".into()));
    assert!(!call.built_in("done_at").is_nothing(), "what is done was done at some time");
    test.settle();
}

/// A call that was made is the first answer to its lead; that it was not made after all takes it back.
#[test]
fn a_call_that_was_made_answers_the_lead() {
    let (_folder, mut test) = test();
    let lead_id = LeadId(lead(&test, "Fusteria Puig").meta.id);
    let now = |test: &TestApp| leads::get(&test.app, &test.admin(), lead_id).unwrap();
    let assigned = now(&test).status;
    let log = |test: &TestApp, kind: &str, how| {
        let planned = Logged { due: "2026-11-24".to_owned(), ..logged(kind, "Volen preu", how) };
        activities::log(&test.app, &test.admin(), Kind::Lead, lead_id.0, &planned).unwrap()
    };
    test.advance(60);
    log(&test, "task", How::Done);
    log(&test, "note", How::Done);
    let planned = log(&test, "call", How::ToDo);
    assert_eq!((now(&test).status, now(&test).first_response_at), (assigned, None), "nobody answered yet");

    test.advance(60);
    let done = test.admin();
    let (id, version) = (planned.meta.id, planned.meta.version);
    let call = activities::set_state(&test.app, &done, id, version, StateDeed::Done, Some("Sí")).unwrap();
    assert_eq!((now(&test).status, now(&test).first_response_at), (LeadStatus::Contacted, Some(done.at)));
    test.advance(60);
    let visit = log(&test, "visit", How::Done);
    assert_eq!(now(&test).first_response_at, Some(done.at), "the first one counts");
    let version = call.about().version;
    let call = activities::set_state(&test.app, &test.admin(), id, version, StateDeed::Reopen, None).unwrap();
    assert_eq!((now(&test).status, now(&test).first_response_at), (LeadStatus::Contacted, visit.done_at));
    records::delete(&test.app, &test.admin(), Kind::Activity, visit.meta.id, 1).unwrap();
    assert_eq!((now(&test).status, now(&test).first_response_at), (assigned, None));
    assert_eq!(call.built_in("outcome"), FieldValue::Text("Sí".into()), "what was written stays");
    let version = call.about().version;
    let call = activities::set_state(&test.app, &test.admin(), id, version, StateDeed::Cancel, None).unwrap();
    assert!(call.built_in("done_at").is_nothing());
    assert!(matches!(
        activities::set_state(&test.app, &test.admin(), id, version, StateDeed::Done, None),
        Err(Error::Conflict(_))
    ));
    test.settle();
    test.verify();
}

#[test]
fn what_is_planned_has_its_day_and_is_overdue_when_it_is_over() {
    let (_folder, mut test) = test();
    let admin = test.admin();
    let company = made(&test, Kind::Company, &[("name", "Fusteria Puig")]);
    let plan = |subject: &str, due: &str, due_time: &str| Logged {
        subject: subject.to_owned(),
        due: due.to_owned(),
        due_time: due_time.to_owned(),
        ..logged("call", "", How::ToDo)
    };
    let log = |logged: &Logged| activities::log(&test.app, &admin, Kind::Company, company, logged);
    assert_eq!(
        problems(log(&plan("", "", "25:00"))),
        ["subject subject-or-text", "due due-of-time", "due_time time-form"]
    );
    assert_eq!(problems(log(&plan("Trucar", "", ""))), ["due required"]);
    // It is the 23rd, ten in the morning.
    for (subject, due, time) in [
        ("Demà", "2026-11-24", ""),
        ("Avui", "2026-11-23", ""),
        ("Abans", "2026-11-23", "9:30"),
        ("Després", "2026-11-23", "10:30"),
        ("Ahir", "2026-11-22", ""),
    ] {
        log(&plan(subject, due, time)).unwrap();
    }
    let titles = |test: &TestApp| {
        let found = activities::todo_about(&test.app, &test.admin(), Kind::Company, company).unwrap();
        found.iter().map(model::Entity::title).collect::<Vec<_>>()
    };
    assert_eq!(titles(&test), ["Ahir", "Abans", "Després", "Avui", "Demà"]);
    let own = |ctx: &Ctx, limit| {
        let found = activities::todo_of_caller(&test.app, ctx, limit).unwrap();
        found.iter().map(model::Entity::title).collect::<Vec<_>>()
    };
    assert_eq!(own(&admin, 3), ["Ahir", "Abans", "Després"]);
    assert_eq!(own(&test.ctx(), 3), [""; 0], "nobody has nothing to do");
    let shown = services::home::get(&test.app, &admin).unwrap().todo;
    assert_eq!(shown.len(), 5, "the first page shows what is to be done");
    assert_eq!(activities::overdue(&test.app, &admin).unwrap(), 1, "today is not over");
    test.advance(3_600);
    assert_eq!(activities::overdue(&test.app, &test.admin()).unwrap(), 1);
    assert_eq!(activities::overdue(&test.app, &test.ctx()).unwrap(), 0, "nobody has none");
    let by_day = Query { sort: "due".to_owned(), direction: Direction::Forward, ..Query::default() };
    let page = records::list(&test.app, &admin, Kind::Activity, &by_day).unwrap();
    let listed: Vec<String> = page.records.iter().map(|record| record.name()).collect();
    assert_eq!(listed, ["Ahir", "Abans", "Després", "Avui", "Demà"]);
    let groups = records::groups(&test.app, &admin, Kind::Activity, &by_day, "due").unwrap().groups;
    let counted: Vec<(&str, usize)> = groups.iter().map(|group| (group.code.as_str(), group.count)).collect();
    assert_eq!(counted, [("overdue", 1), ("today", 3), ("tomorrow", 1)]);
    let overdue = Filter::one(Condition::new("due", Operator::OverDaysAgo, ["0"]));
    let query = Query { filter: overdue, ..Query::default() };
    assert_eq!(records::list(&test.app, &admin, Kind::Activity, &query).unwrap().records.len(), 1);
    test.settle();
    test.verify();
}

/// Whose it is decides about changes; whoever sees what it is about sees it, too, also in lists.
#[test]
fn activities_are_seen_with_what_they_are_about() {
    let (_folder, mut test) = test();
    let (rep, other) = (test.hire("Raul", RoleKey::REP).id(), test.hire("Olga", RoleKey::REP).id());
    let admin = test.admin();
    let give = |id: Uuid, kind: Kind, owner: UserId| {
        let version = records::get(&test.app, &admin, kind, id).unwrap().about().version;
        records::update(&test.app, &admin, kind, id, version, &draft(&[("owner", &owner.to_string())]))
            .unwrap()
    };
    let company = made(&test, Kind::Company, &[("name", "Fusteria Puig")]);
    give(company, Kind::Company, rep);
    let task = made(&test, Kind::Activity, &[("subject", "Revisar"), ("company", &company.to_string())]);
    let sees = |who: UserId| records::get(&test.app, &test.at_work(who), Kind::Activity, task).map(|_| ());
    assert!(sees(rep).is_ok(), "with the company");
    assert!(matches!(sees(other), Err(Error::NotFound)));
    let listed = |who: UserId| {
        records::list(&test.app, &test.at_work(who), Kind::Activity, &Query::default()).unwrap().records.len()
    };
    assert_eq!((listed(rep), listed(other)), (1, 0));
    let change = |who: UserId| {
        let deed = StateDeed::Done;
        problems(activities::set_state(&test.app, &test.at_work(who), task, 1, deed, None))
    };
    assert_eq!((change(rep), change(other)), (vec!["denied".to_owned()], vec!["not-found".to_owned()]));
    let tagged = |who: UserId| {
        let (ctx, action) = (test.at_work(who), BulkAction::Archive);
        let counts = bulk::plan(&test.app, &ctx, Kind::Activity, &[task], &action).unwrap().counts;
        (counts.denied, counts.refused)
    };
    assert_eq!((tagged(rep), tagged(other)), ((1, 0), (0, 1)));
    // Nobody writes about what they do not see.
    let foreign = make(
        &test,
        &test.at_work(other),
        Kind::Activity,
        &[("subject", "Trucar"), ("company", &company.to_string())],
    );
    assert_eq!(problems(foreign), ["company link-unknown"]);
    let own = make(
        &test,
        &test.at_work(rep),
        Kind::Activity,
        &[("subject", "Trucar"), ("company", "Fusteria Puig")],
    );
    assert_eq!(own.unwrap().responsible().0, Some(rep));
    assert_eq!((listed(rep), listed(other)), (2, 0));
    test.settle();
}

/// A list, its number, its file, search and the API have all that may be opened or exported, and nothing else.
#[tokio::test]
async fn what_may_be_opened_is_listed_counted_found_and_exported() {
    let kit = Kit::company();
    let app = &kit.state.app;
    let hired = services::users::UserDraft {
        name: "Laia".to_owned(),
        email: "laia@exemple.cat".to_owned(),
        role: RoleKey::REP.to_owned(),
        teams: vec![kit.admin().caller().unwrap().user.teams[0].to_string()],
        language: "ca".to_owned(),
        takes_leads: true,
        active: true,
        password: PASSWORD.to_owned(),
        ..services::users::UserDraft::default()
    };
    let laia = services::users::create(app, &kit.admin(), &hired).unwrap().id();
    let rep = kit.ctx().with_caller(services::users::caller(app, laia).unwrap(), model::Via::Page);
    let admin = kit.admin();
    let new = |kind, fields: &[(&str, &str)]| {
        records::create(app, &admin, kind, &draft(fields), None).unwrap().about().id
    };
    let hers = new(Kind::Company, &[("name", "Fusteria Puig"), ("owner", &laia.to_string())]);
    let other = new(Kind::Company, &[("name", "Mas")]);
    for (company, subject) in [(hers, "Mesura laia"), (other, "Mesura amagada")] {
        new(Kind::Activity, &[("subject", subject), ("company", &company.to_string())]);
    }
    kit.follow();
    let app = &kit.state.app;
    let by_subject = |contains: &str| Query {
        filter: Filter::one(Condition::new("subject", Operator::Contains, [contains])),
        ..Query::default()
    };
    for (ctx, expected) in [(&rep, 1), (&admin, 2)] {
        let listed = records::list(app, ctx, Kind::Activity, &by_subject("mesura")).unwrap().records;
        assert_eq!(listed.len(), expected);
        let count = records::count(app, ctx, Kind::Activity, &Query::default()).unwrap();
        assert_eq!(count, leads::LeadCount::Exactly(expected));
        let found = search::everything(app, ctx, "mesura", &[Kind::Activity], 0, 10).unwrap();
        assert_eq!((found.found.len(), found.total), (expected, expected));
    }
    let session = services::sessions::sign_in(app, &kit.ctx(), &hired.email, PASSWORD).unwrap().secret;
    let cookie = format!("{}={session}", server::SESSION);
    let company_page = format!("/companies/{hers}");
    for path in [
        "/activities?view=all",
        "/activities/export?format=csv&view=all",
        "/search?q=mesura",
        company_page.as_str(),
    ] {
        let text = kit.get(path, &[("cookie", &cookie)]).await.text();
        assert!(text.contains("Mesura laia") && !text.contains("amagada"), "{path}: {text}");
    }
    let draft = services::api_keys::ApiKeyDraft {
        name: "Laia".to_owned(),
        user: laia.to_string(),
        role: RoleKey::REP.to_owned(),
    };
    let key = services::api_keys::create(app, &kit.admin(), &draft).unwrap().1;
    let listed = kit.api(Method::GET, "/activities", &key, &[], "").await.json();
    let subjects: Vec<&str> =
        listed["items"].as_array().unwrap().iter().filter_map(|item| item["subject"].as_str()).collect();
    assert_eq!(subjects, ["Mesura laia"]);
}

/// What was done about a lead is read from what it became, and undoing the conversion changes nothing of it.
#[test]
fn the_history_of_a_lead_follows_it() {
    let (_folder, mut test) = test();
    let first = lead(&test, "Fusteria Puig");
    let id = LeadId(first.meta.id);
    let note = Logged { subject: "Mides".to_owned(), ..logged("visit", "Preses", How::Done) };
    activities::log(&test.app, &test.admin(), Kind::Lead, id.0, &note).unwrap();
    let plan = Logged { due: "2026-11-30".to_owned(), ..logged("task", "Enviar preu", How::ToDo) };
    activities::log(&test.app, &test.admin(), Kind::Lead, id.0, &plan).unwrap();
    let version = leads::get(&test.app, &test.admin(), id).unwrap().meta.version;
    let whole = ConversionDraft {
        company: Part::New(Draft::default()),
        contact: Part::Nothing,
        opportunity: Some(draft(&[("name", "Cuina")])),
    };
    let converted = conversion::convert(&test.app, &test.admin(), id, version, &whole).unwrap();
    let deal = converted.conversion.as_ref().unwrap().opportunity.unwrap();
    let shown = |test: &TestApp, sort| {
        let page = timelines::page(&test.app, &test.admin(), Kind::Opportunity, deal, None, sort).unwrap();
        page.changes.iter().map(|change| change.kind).collect::<Vec<_>>()
    };
    assert_eq!(shown(&test, Sort::Meetings), [Kind::Activity]);
    assert_eq!(
        shown(&test, Sort::Everything),
        [Kind::Lead, Kind::Opportunity, Kind::Activity, Kind::Activity]
    );
    let todo = activities::todo_about(&test.app, &test.admin(), Kind::Opportunity, deal).unwrap();
    assert_eq!(todo.len(), 1);
    // Whoever has the deal and not the lead sees what was done about it.
    let rep = test.hire("Raul", RoleKey::REP).id();
    let admin = test.admin();
    let owner = rep.to_string();
    records::update(&test.app, &admin, Kind::Opportunity, deal, 1, &draft(&[("owner", &owner)])).unwrap();
    assert!(leads::get(&test.app, &test.at_work(rep), id).is_err());
    assert!(records::get(&test.app, &test.at_work(rep), Kind::Activity, todo[0].meta.id).is_ok());
    test.settle();
    test.verify();
}

#[test]
fn a_history_is_read_by_sorts_page_by_page() {
    let (_folder, mut test) = test();
    let id = LeadId(lead(&test, "Fusteria Puig").meta.id);
    for number in 0..120 {
        test.advance(1);
        let kind = if number % 3 == 0 { "call" } else { "note" };
        activities::log(
            &test.app,
            &test.admin(),
            Kind::Lead,
            id.0,
            &logged(kind, &format!("{number}"), How::Done),
        )
        .unwrap();
    }
    let all = |sort| {
        let (mut found, mut before) = (Vec::new(), None);
        loop {
            let page = timelines::page(&test.app, &test.admin(), Kind::Lead, id.0, before, sort).unwrap();
            assert!(page.changes.len() <= timelines::TIMELINE_MAX);
            found.extend(page.changes.into_iter().map(|change| change.seq));
            before = page.next;
            if before.is_none() {
                return found;
            }
        }
    };
    let everything = all(Sort::Everything);
    let mut parts: Vec<u64> = Sort::ALL.into_iter().skip(1).flat_map(&all).collect();
    parts.sort_unstable_by(|one, other| other.cmp(one));
    assert_eq!(parts, everything, "each change is of one sort");
    assert_eq!(all(Sort::Calls).len(), 40);
    test.settle();
}

#[test]
fn all_that_happens_to_quotes_is_of_one_sort() {
    let (_folder, mut test) = test();
    let (app, admin) = (test.app.clone(), test.admin());
    let company = made(&test, Kind::Company, &[("name", "Fusteria Puig")]);
    let of_company = company.to_string();
    let quote = made(&test, Kind::Quote, &[("subject", "Cuina"), ("company", &of_company)]);
    let line = LineDraft {
        text: "Cuina".to_owned(),
        quantity: "1".to_owned(),
        unit_price: "900".to_owned(),
        ..LineDraft::default()
    };
    let saved = quotes::save_lines(&app, &admin, quote, 1, &[line]).unwrap();
    quotes::send(&app, &admin, quote, saved.meta.version, &Sending::default()).unwrap();
    let kinds = |kind, id, sort| {
        let page = timelines::page(&app, &admin, kind, id, None, sort).unwrap();
        page.changes.iter().map(|change| change.kind).collect::<Vec<Kind>>()
    };
    assert_eq!(kinds(Kind::Company, company, Sort::Quotes), [Kind::Quote; 3]);
    assert_eq!(kinds(Kind::Company, company, Sort::Stages), []);
    assert_eq!(kinds(Kind::Company, company, Sort::Others), [Kind::Company]);
    // On its own page a change is told by what it is.
    assert_eq!(kinds(Kind::Quote, quote, Sort::Stages), [Kind::Quote]);
    assert_eq!(kinds(Kind::Quote, quote, Sort::Quotes), []);
    test.settle();
}

/// An activity goes with its record; one that is about others, too, stays with those, and comes back whole.
#[test]
fn what_is_about_several_records_outlives_one() {
    let (_folder, mut test) = test();
    let company = made(&test, Kind::Company, &[("name", "Fusteria Puig")]);
    let contact = made(&test, Kind::Contact, &[("given_name", "Marta")]);
    let (company_id, contact_id) = (company.to_string(), contact.to_string());
    let both = made(
        &test,
        Kind::Activity,
        &[("subject", "Dinar"), ("company", &company_id), ("contact", &contact_id)],
    );
    let only = made(&test, Kind::Activity, &[("subject", "Trucar"), ("contact", &contact_id)]);
    let action = model::BulkAction::Delete;
    let job =
        services::bulk::start(&test.app, &test.admin(), Kind::Contact, &[contact], action, None).unwrap();
    test.finish_bulk();
    assert_eq!(about(&test, both, Kind::Contact), None);
    assert_eq!(about(&test, both, Kind::Company), Some(company));
    assert!(records::get(&test.app, &test.admin(), Kind::Activity, only).is_err());
    services::bulk::undo(&test.app, &test.admin(), job.id()).unwrap();
    test.finish_bulk();
    assert_eq!(about(&test, both, Kind::Contact), Some(contact));
    assert_eq!(about(&test, only, Kind::Contact), Some(contact));
    // It came back with the version after the one that deleted it.
    records::delete(&test.app, &test.admin(), Kind::Contact, contact, 3).unwrap();
    assert!(records::get(&test.app, &test.admin(), Kind::Activity, only).is_err());
    test.settle();
    test.verify();
}

const CALLS: &str = "Codi;Tipus;Assumpte;Estat;Data;Hora;Durada;Empresa;Contacte;Responsable;Resultat\n\
    A1;Trucada;Primera trucada;Feta;20/11/2026;9:30;15;Fusteria Puig;marta@puig.cat;admin@exemple.cat;Vol preu\n\
    A2;Visita;Prendre mides;Pendent;30/11/2026;;;Fusteria Puig;;;\n\
    A3;Siesta;Res;Feta;20/11/2026;;;Ningú;;;\n";

#[test]
fn files_of_activities_come_in_and_are_taken_back() {
    let (_folder, mut test) = test();
    let company = made(&test, Kind::Company, &[("name", "Fusteria Puig")]);
    let contact = made(&test, Kind::Contact, &[("given_name", "Marta"), ("email", "marta@puig.cat")]);
    let admin = test.admin();
    let go_in = |text: &str| {
        let import =
            imports::upload(&test.app, &test.admin(), Kind::Activity, "a.csv", text.as_bytes()).unwrap();
        let checked = test.checked_as_planned(&test.admin(), &import);
        imports::start(&test.app, &test.admin(), checked.id(), checked.meta.version).unwrap();
        test.work_to_the_end();
        test.import(checked.id())
    };
    let import = go_in(CALLS);
    let plan = imports::plan(&test.app, &admin, import.id()).unwrap();
    let targets: Vec<&str> = plan.columns.iter().filter_map(|column| column.target.as_deref()).collect();
    assert_eq!(
        targets,
        [
            "external_key",
            "kind",
            "subject",
            "state",
            "due",
            "due_time",
            "duration",
            "company",
            "contact",
            "owner",
            "outcome",
        ]
    );
    assert_eq!((import.imported.created, import.imported.bad), (2, 1));
    let bad = imports::problem_rows(&test.app, &admin, import.id()).unwrap();
    let bad: Vec<&str> = bad[0].problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(bad, ["link-unknown", "choice"]);
    let find = || {
        let query = Query { sort: "title".to_owned(), direction: Direction::Forward, ..Query::default() };
        records::list(&test.app, &test.admin(), Kind::Activity, &query).unwrap().records
    };
    let found = find();
    let call = found.iter().find(|record| record.name() == "Primera trucada").unwrap();
    assert_eq!(call.built_in("company"), FieldValue::Record(company));
    assert_eq!(call.built_in("contact"), FieldValue::Record(contact));
    assert_eq!(call.built_in("due_time"), FieldValue::Text("09:30".into()));
    assert_eq!(call.built_in("state"), FieldValue::Codes(vec!["done".into()]));
    assert_eq!(go_in(CALLS).imported.duplicates, 2, "known by their key");
    let whole = test.import(import.id());
    let changed_since = model::ChangedSince::Keep;
    imports::undo(&test.app, &test.admin(), whole.id(), whole.meta.version, changed_since).unwrap();
    test.work_to_the_end();
    assert_eq!(find().len(), 0);
    test.settle();
    test.verify();
}

/// Files as other programs write them: where their columns go, and what all of their rows are.
#[test]
fn exports_of_other_programs_are_recognised() {
    let (_folder, test) = test();
    let check = |header: &str, program: &str, expected: &[&str], given: &[(&str, &str)]| {
        let row = ",".repeat(header.matches(',').count());
        let text = format!("{header}\n{row}x\n");
        let import =
            imports::upload(&test.app, &test.admin(), Kind::Activity, "export.csv", text.as_bytes()).unwrap();
        assert_eq!(import.program.as_deref(), Some(program), "{header}");
        let plan = imports::plan(&test.app, &test.admin(), import.id()).unwrap();
        let targets: Vec<&str> =
            plan.columns.iter().map(|column| column.target.as_deref().unwrap_or("-")).collect();
        assert_eq!(targets, expected, "{header}");
        let said: Vec<(&str, &str)> =
            plan.given.iter().map(|given| (given.target.as_str(), given.text.as_str())).collect();
        assert_eq!(said, given, "{header}");
    };
    check(
        "Activity - ID,Activity - Subject,Activity - Type,Activity - Done,Activity - Due date,Activity - Organization,Activity - Deal,Activity - Note",
        "pipedrive",
        &["external_key", "subject", "kind", "state", "due", "company", "opportunity", "text"],
        &[],
    );
    check(
        "Record ID,Task Title,Task Status,Task Type,Due date,Assigned to,Task notes",
        "hubspot",
        &["external_key", "subject", "state", "kind", "due", "owner", "text"],
        &[],
    );
    check(
        "Record ID,Call Title,Activity date,Call notes",
        "hubspot",
        &["external_key", "subject", "done_at", "text"],
        &[("kind", "call"), ("state", "done")],
    );
    check(
        "id,name,status,direction,dateStart,dateEnd,accountName,description",
        "espocrm",
        &["external_key", "subject", "state", "-", "due", "-", "company", "text"],
        &[("kind", "call")],
    );
    check(
        "External ID,Summary,Activity Type,Due Date,Assigned to,Note",
        "odoo",
        &["external_key", "subject", "kind", "due", "owner", "text"],
        &[],
    );
    test.leave();
}
