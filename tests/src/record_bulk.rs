//! Bulk actions, tags and saved views of companies, contacts, opportunities and products.

use crate::test_app::TestApp;
use model::{AnyRecord, BulkAction, BulkState, Condition, FieldValue, Filter, Kind, ListState, Operator};
use services::records::{self, Draft, Query, Record};
use services::saved_views::{self, ViewDraft};
use services::{Ctx, Error, bulk};

fn make(test: &TestApp, kind: Kind, fields: &[(&str, &str)]) -> Record {
    let mut draft = Draft::default();
    for (key, text) in fields {
        draft.put(key, *text);
    }
    records::create(&test.app, &test.admin(), kind, &draft, None).unwrap()
}

fn now(test: &TestApp, record: &Record) -> Option<Record> {
    records::get(&test.app, &test.admin(), record.entity(), record.about().id).ok()
}

fn state_of(record: &dyn AnyRecord) -> Vec<(String, FieldValue)> {
    let kept = |key: &str| !matches!(key, "updated_at");
    let specs = model::specs_of(record.entity()).iter().filter(|spec| kept(spec.key));
    specs.map(|spec| (spec.key.to_owned(), record.built_in(spec.key))).collect()
}

fn run(test: &TestApp, ctx: &Ctx, chosen: &[&Record], action: BulkAction) -> model::BulkJob {
    let ids: Vec<_> = chosen.iter().map(|record| record.about().id).collect();
    let job = bulk::start(&test.app, ctx, chosen[0].entity(), &ids, action, None).unwrap();
    test.finish_bulk();
    test.bulk_job(&job)
}

fn set(field: &str, values: &[&str]) -> BulkAction {
    BulkAction::SetField {
        field: field.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

#[test]
fn every_action_on_every_entity_is_done_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let admin = test.admin();
    let laia = test.hire("Laia", "rep");
    let cases = [
        (Kind::Company, [("name", "Fusteria Puig")], set("town", &["Olot"])),
        (Kind::Contact, [("given_name", "Marta")], set("language", &["ca"])),
        (Kind::Opportunity, [("name", "Cuina")], set("stage", &["sales.lost", "price"])),
        (Kind::Product, [("name_ca", "Porta")], set("billing", &["monthly"])),
    ];
    for (kind, fields, change) in cases {
        let record = make(&test, kind, &fields);
        records::add_note(&test.app, &admin, kind, record.about().id, "Una nota").unwrap();
        let before = state_of(record.as_ref());
        let tag = |tag: &str| tag.to_owned();
        let mut actions =
            vec![change, BulkAction::AddTag { tag: tag("vip") }, BulkAction::Archive, BulkAction::Delete];
        if kind != Kind::Product {
            actions.push(BulkAction::Assign { to: laia.id() });
        }
        for action in actions {
            let what = format!("{kind:?} {}", action.code());
            let job = run(&test, &admin, &[&record], action.clone());
            assert_eq!((job.state, job.counts.changed), (BulkState::Done, 1), "{what}");
            match (&action, now(&test, &record)) {
                (BulkAction::Delete, gone) => assert!(gone.is_none(), "{what}"),
                (_, after) => assert_ne!(state_of(after.unwrap().as_ref()), before, "{what}"),
            }
            bulk::undo(&test.app, &admin, job.id()).unwrap();
            test.finish_bulk();
            assert_eq!(test.bulk_job(&job).counts.undone, 1, "{what}");
            assert_eq!(state_of(now(&test, &record).unwrap().as_ref()), before, "{what} undone");
        }
        let notes = records::about_to_delete(&test.app, &admin, kind, record.about().id).unwrap().notes;
        assert_eq!(notes, 1, "{kind:?}: the note went and came back with its record");
    }
    test.settle();
    let kinds = [Kind::Company, Kind::Contact, Kind::Opportunity, Kind::Product];
    let found = services::search::everything(&test.app, &admin, "una nota", &kinds, 0, 10).unwrap();
    assert_eq!(found.total, 4, "and is found again");
}

#[test]
fn what_cannot_be_is_said_before_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let admin = test.admin();
    let puig = make(&test, Kind::Company, &[("name", "Fusteria Puig")]);
    let soler = make(&test, Kind::Company, &[("name", "Soler")]);
    make(&test, Kind::Contact, &[("given_name", "Marta"), ("company", "Fusteria Puig")]);
    let ids = [puig.about().id, soler.about().id];
    let plan = bulk::plan(&test.app, &admin, Kind::Company, &ids, &BulkAction::Delete).unwrap();
    assert_eq!((plan.counts.changed, plan.counts.refused), (1, 1));
    assert_eq!(plan.named[0].why, "in-use", "somebody belongs to it");
    let check = |kind, action: BulkAction, expected: &str| {
        let outcome = bulk::plan(&test.app, &admin, kind, &ids, &action);
        let said = match outcome {
            Err(Error::Invalid(errors)) => errors.0[0].code.clone(),
            Err(error) => error.code().to_owned(),
            Ok(_) => "nothing".to_owned(),
        };
        assert_eq!(said, expected, "{action:?}");
    };
    check(Kind::Company, set("name", &["Tots iguals"]), "choice");
    check(Kind::Product, set("code", &["X"]), "choice");
    check(Kind::Company, set("employees", &["-3"]), "number-range");
    check(Kind::Company, set("kind", &["friend"]), "choice");
    check(Kind::Company, BulkAction::AddTag { tag: "nobody".into() }, "tag-unknown");
    check(Kind::Company, BulkAction::AssignAgain, "denied");
    check(Kind::Product, BulkAction::Assign { to: test.hire("Pol", "rep").id() }, "denied");
    let sale = make(&test, Kind::Opportunity, &[("name", "Cuina")]);
    let lost = |reason: &[&str]| {
        let values: Vec<&str> = ["sales.lost"].into_iter().chain(reason.iter().copied()).collect();
        bulk::plan(&test.app, &admin, Kind::Opportunity, &[sale.about().id], &set("stage", &values)).unwrap()
    };
    assert_eq!(lost(&[]).named[0].why, "required-at-stage", "a lost one says why");
    assert_eq!(lost(&["price"]).counts.changed, 1);
    test.settle();
}

#[test]
fn whose_reach_it_is_decides_record_by_record() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let rep = test.at_work(test.hire("Laia", "rep").id());
    let own = {
        let mut draft = Draft::default();
        draft.put("name", "De la Laia");
        records::create(&test.app, &rep, Kind::Company, &draft, None).unwrap()
    };
    let other = make(&test, Kind::Company, &[("name", "De l’administradora")]);
    let job = run(&test, &rep, &[&own, &other], BulkAction::Archive);
    assert_eq!(job.counts.changed, 1);
    assert!(!now(&test, &other).unwrap().is_archived());
    let query = Query::default();
    let seen = records::ids(&test.app, &rep, Kind::Company, &query).unwrap();
    assert!(seen.is_empty(), "archived ones only where a filter asks for them");
    test.settle();
}

#[test]
fn tags_are_kept_filtered_and_replaced_on_every_entity() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let admin = test.admin();
    let kinds: [(Kind, &str); 4] = [
        (Kind::Company, "name"),
        (Kind::Contact, "given_name"),
        (Kind::Opportunity, "name"),
        (Kind::Product, "name_ca"),
    ];
    for (kind, name) in kinds {
        let tagged = make(&test, kind, &[(name, "Amb etiquetes"), ("tags", "VIP, prioritari")]);
        make(&test, kind, &[(name, "Sense")]);
        assert_eq!(tagged.built_in("tags"), FieldValue::Codes(vec!["priority".into(), "vip".into()]));
        let vip = Filter::one(Condition::new("tags", Operator::AnyOf, ["vip"]));
        let query = Query { filter: vip, ..Query::default() };
        let found = records::list(&test.app, &admin, kind, &query).unwrap().records;
        assert_eq!(found.iter().map(|record| record.name()).collect::<Vec<_>>(), ["Amb etiquetes"]);
        let mut draft = Draft::default();
        draft.put("tags", "vip, inventada");
        let outcome = records::create(&test.app, &admin, kind, &draft, None);
        let Err(Error::Invalid(errors)) = outcome else { panic!("{kind:?} took an unknown tag") };
        assert_eq!(errors.of("tags").unwrap().code, "tag-unknown");
    }
    services::choices::replace(&test.app, &admin, "tags", "vip", "priority").unwrap();
    for (kind, _) in kinds {
        let vip = Filter::one(Condition::new("tags", Operator::AnyOf, ["vip"]));
        let left = records::ids(&test.app, &admin, kind, &Query { filter: vip, ..Query::default() });
        assert!(left.unwrap().is_empty(), "{kind:?} keeps a tag that was replaced");
    }
    test.settle();
}

#[test]
fn views_belong_to_the_list_they_were_saved_from() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let admin = test.admin();
    let draft = ViewDraft { name: "Clients".into(), share: "everybody".into(), default_for: Vec::new() };
    let state = |field: &str| ListState {
        filter: Filter::one(Condition::new(field, Operator::AnyOf, ["client"])),
        sort: "title".into(),
        ascending: true,
        columns: vec!["town".into()],
        group: String::new(),
    };
    let view = saved_views::create(&test.app, &admin, Kind::Company, &draft, state("kind")).unwrap();
    let of = |kind| saved_views::list(&test.app, &admin, kind).unwrap();
    assert_eq!(of(Kind::Company), [view]);
    assert_eq!(of(Kind::Lead), []);
    let wrong = saved_views::create(&test.app, &admin, Kind::Contact, &draft, state("kind"));
    assert!(matches!(wrong, Err(Error::Invalid(_))), "contacts have no such field");
    test.settle();
}

/// What is said about a pair goes once with both, and comes back once.
#[test]
fn two_that_are_not_the_same_are_deleted_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let admin = test.admin();
    let one = make(&test, Kind::Company, &[("name", "Fusteria Puig")]);
    let other = make(&test, Kind::Company, &[("name", "Fusteria Puigg")]);
    let pair = |record: &Record| (Kind::Company, record.about().id);
    services::duplicates::set_apart(&test.app, &admin, pair(&one), pair(&other)).unwrap();
    let job = run(&test, &admin, &[&one, &other], BulkAction::Delete);
    assert_eq!((job.state, job.counts.changed), (BulkState::Done, 2));
    bulk::undo(&test.app, &admin, job.id()).unwrap();
    test.finish_bulk();
    assert_eq!(test.bulk_job(&job).counts.undone, 2);
    let apart = services::duplicates::set_apart_of(&test.app, &admin, Kind::Company).unwrap();
    assert_eq!(apart.len(), 1, "and is told again");
    test.settle();
    test.verify();
}
