//! Answers to leads: whichever way an activity comes to be done, or is none after all, its lead knows.

use crate::import_wizard::named;
use crate::test_app::TestApp;
use model::uuid::Uuid;
use model::{BulkAction, ChangedSince, FieldValue, Kind, Lead, LeadId, LeadStatus};
use services::activities::{self, How, Logged, StateDeed};
use services::records;
use services::{Error, LeadDraft, bulk, imports, inbox, leads};

fn test() -> (tempfile::TempDir, TestApp) {
    let folder = tempfile::tempdir().unwrap();
    let test = TestApp::company(folder.path());
    (folder, test)
}

fn lead(test: &TestApp, company: &str) -> LeadId {
    let draft = LeadDraft { company: company.to_owned(), ..LeadDraft::default() };
    LeadId(leads::create(&test.app, &test.admin(), &draft, None).unwrap().meta.id)
}

fn now(test: &TestApp, id: LeadId) -> Lead {
    leads::get(&test.app, &test.admin(), id).unwrap()
}

fn call(test: &TestApp, lead: LeadId, how: How) -> Uuid {
    let logged = Logged {
        kind: "call".to_owned(),
        subject: "Trucada".to_owned(),
        text: "Ho volen".to_owned(),
        due: "2026-11-24".to_owned(),
        due_time: String::new(),
        duration: String::new(),
        how,
    };
    activities::log(&test.app, &test.admin(), Kind::Lead, lead.0, &logged).unwrap().meta.id
}

fn version(test: &TestApp, id: Uuid) -> u64 {
    records::get(&test.app, &test.admin(), Kind::Activity, id).unwrap().about().version
}

#[test]
fn calls_that_are_done_in_bulk_answer_their_leads() {
    let (_folder, mut test) = test();
    let leads: Vec<LeadId> = (0..3).map(|number| lead(&test, &format!("Empresa {number}"))).collect();
    // Two of the calls are about one lead: the first of them is its answer.
    let of = [leads[0], leads[1], leads[1], leads[2]];
    let calls: Vec<Uuid> = of.iter().map(|lead| call(&test, *lead, How::ToDo)).collect();
    let before: Vec<Lead> = leads.iter().map(|lead| now(&test, *lead)).collect();
    test.advance(60);
    let done = BulkAction::SetField { field: "state".into(), values: vec!["done".into()] };
    let job = bulk::start(&test.app, &test.admin(), Kind::Activity, &calls, done, None).unwrap();
    test.finish_bulk();
    assert_eq!(test.bulk_job(&job).counts.changed, 4);
    for lead in &leads {
        let lead = now(&test, *lead);
        assert_eq!((lead.status, lead.first_response_at.is_some()), (LeadStatus::Contacted, true));
    }
    bulk::undo(&test.app, &test.admin(), job.id()).unwrap();
    test.finish_bulk();
    for (lead, before) in leads.iter().zip(&before) {
        let lead = now(&test, *lead);
        assert_eq!((lead.status, lead.first_response_at), (before.status, before.first_response_at));
    }
    test.settle();
    test.verify();
}

#[test]
fn calls_out_of_a_file_answer_their_leads_until_they_are_taken_back() {
    let (_folder, mut test) = test();
    let (old, new) = (lead(&test, "Fusteria Puig"), lead(&test, "Hotel Ona"));
    let before = now(&test, old);
    let file = "Tipus;Assumpte;Estat;Fet el;Client potencial\n\
        call;Primera;done;20/11/2020;Fusteria Puig\ncall;Segona;done;21/11/2020;Fusteria Puig\n\
        call;Per fer;todo;;Hotel Ona\n";
    let admin = test.admin();
    let import = imports::upload(&test.app, &admin, Kind::Activity, "a.csv", file.as_bytes()).unwrap();
    let mut plan = imports::plan(&test.app, &admin, import.id()).unwrap();
    for (place, target) in ["kind", "subject", "state", "done_at", "lead"].into_iter().enumerate() {
        plan.columns[place].target = Some(target.to_owned());
    }
    let checked = test.checked_with(&admin, &import, plan);
    imports::start(&test.app, &admin, checked.id(), checked.meta.version).unwrap();
    test.work_to_the_end();
    let import = test.import(import.id());
    assert_eq!((import.imported.created, import.imported.bad), (3, 0), "{import:?}");
    let answered = now(&test, old);
    assert_eq!(answered.status, LeadStatus::Contacted);
    assert_eq!(answered.first_response_at, Some(answered.meta.created_at), "never before there was a lead");
    assert_eq!(now(&test, new).first_response_at, None);
    imports::undo(&test.app, &admin, import.id(), import.meta.version, ChangedSince::Keep).unwrap();
    test.work_to_the_end();
    let again = now(&test, old);
    assert_eq!((again.status, again.first_response_at), (before.status, None));
    // What the import did in somebody's name was no decision of theirs: nothing brings it back without its calls.
    assert!(!inbox::can_undo(&test.app, &admin, &again).unwrap());
    let refused = inbox::undo(&test.app, &admin, old, again.meta.version);
    let Err(Error::Invalid(errors)) = refused else { panic!("the import was taken back") };
    assert_eq!(errors.0[0].code, "inbox-undo-import");
    test.settle();
    test.verify();
}

/// Files of other programs seldom say when a call was done: the day it was due is nearer than the day of the import.
#[test]
fn calls_out_of_a_file_were_done_when_they_were_due() {
    let (_folder, mut test) = test();
    let id = lead(&test, "Fusteria Puig");
    test.advance(60);
    let file = "Tipus;Assumpte;Estat;Venciment;Hora;Client potencial\n\
        call;Primera;done;20/11/2020;9:30;Fusteria Puig\ncall;Segona;done;21/11/2020;;\n\
        call;Futura;done;20/11/2099;;\ncall;Sense dia;done;;;\ncall;Per fer;todo;20/11/2020;;\n";
    let admin = test.admin();
    let import = imports::upload(&test.app, &admin, Kind::Activity, "a.csv", file.as_bytes()).unwrap();
    let mut plan = imports::plan(&test.app, &admin, import.id()).unwrap();
    for (place, target) in ["kind", "subject", "state", "due", "due_time", "lead"].into_iter().enumerate() {
        plan.columns[place].target = Some(target.to_owned());
    }
    let checked = test.checked_with(&admin, &import, plan);
    imports::start(&test.app, &admin, checked.id(), checked.meta.version).unwrap();
    test.work_to_the_end();
    let import = test.import(import.id());
    assert_eq!((import.imported.created, import.imported.bad), (5, 0), "{import:?}");
    let done_at = |subject: &str| named(&test, Kind::Activity, subject).built_in("done_at");
    let at = |text: &str| FieldValue::Instant(text.parse().unwrap());
    assert_eq!(done_at("Primera"), at("2020-11-20T08:30:00Z"), "on the company's clock");
    assert_eq!(done_at("Segona"), at("2020-11-21T11:00:00Z"), "noon, where there is no time");
    for subject in ["Futura", "Sense dia"] {
        let FieldValue::Instant(done) = done_at(subject) else { panic!("{subject} is done") };
        assert!(done <= test.admin().at && done.to_string().starts_with("2026"), "{subject}: {done}");
    }
    assert!(done_at("Per fer").is_nothing());
    let answered = now(&test, id);
    assert_eq!(answered.status, LeadStatus::Contacted);
    assert_eq!(answered.first_response_at, Some(answered.meta.created_at), "long before the import");
    test.settle();
    test.verify();
}

/// Whoever answered a second time has answered, also where the first call was none after all or is deleted.
#[test]
fn one_answer_less_leaves_the_others() {
    let (_folder, mut test) = test();
    let id = lead(&test, "Fusteria Puig");
    let assigned = now(&test, id).status;
    test.advance(60);
    let first = call(&test, id, How::Done);
    let answered_first = now(&test, id).first_response_at;
    test.advance(60);
    let second = call(&test, id, How::Done);
    assert_eq!(now(&test, id).first_response_at, answered_first);
    activities::set_state(&test.app, &test.admin(), first, version(&test, first), StateDeed::Reopen, None)
        .unwrap();
    let still = now(&test, id);
    assert_eq!(still.status, LeadStatus::Contacted);
    assert!(still.first_response_at > answered_first, "the other one was later");
    records::delete(&test.app, &test.admin(), Kind::Activity, second, version(&test, second)).unwrap();
    let alone = now(&test, id);
    assert_eq!(
        (alone.status, alone.first_response_at),
        (assigned, None),
        "a call that is deleted answered nobody"
    );
    test.settle();
    test.verify();
}
