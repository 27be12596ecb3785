//! Bulk actions: what is told before, what is done, what is undone; whose reach decides; and nothing twice.

use crate::test_app::TestApp;
use model::{
    Action, BulkAction, BulkJob, BulkOutcome, BulkState, Filter, Kind, Lead, LeadStatus, Level, Levels, Role,
    RoleKey, User, UserId, Via,
};
use services::leads::{self, LeadQuery};
use services::{Ctx, Error, LeadDraft, api_keys, bulk, configuration, permissions, users};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

impl TestApp {
    /// Begins a job on these leads.
    pub(crate) fn bulk(&self, ctx: &Ctx, leads: &[Lead], action: BulkAction) -> BulkJob {
        let ids: Vec<_> = leads.iter().map(|lead| lead.meta.id).collect();
        bulk::start(&self.app, ctx, Kind::Lead, &ids, action, None).unwrap()
    }

    /// The worker of bulk jobs, in this thread, for so many portions at most.
    pub(crate) fn work_on_bulk(&self, portions: u64) {
        let (stop, begun) = (AtomicBool::new(false), Cell::new(0));
        let ctx_for = |_: &BulkJob| {
            begun.set(begun.get() + 1);
            if begun.get() >= portions || self.bulk_at_work() == 0 {
                stop.store(true, Ordering::Release);
            }
            self.ctx()
        };
        if self.bulk_at_work() == 0 {
            return;
        }
        bulk::run_worker(&self.app, &ctx_for, &stop, &|error| panic!("the worker failed: {error:?}"));
    }

    pub(crate) fn finish_bulk(&self) {
        while self.bulk_at_work() > 0 {
            self.work_on_bulk(1);
        }
    }

    pub(crate) fn bulk_at_work(&self) -> usize {
        let jobs = bulk::list(&self.app, &self.admin()).unwrap();
        jobs.iter().filter(|job| job.state.is_working()).count()
    }

    pub(crate) fn bulk_job(&self, job: &BulkJob) -> BulkJob {
        bulk::get(&self.app, &self.admin(), job.id()).unwrap()
    }

    fn now(&self, lead: &Lead) -> Lead {
        leads::get(&self.app, &self.admin(), model::LeadId(lead.meta.id)).unwrap()
    }
}

fn status(code: &str, reason: &str) -> BulkAction {
    let values =
        [code, reason].iter().filter(|text| !text.is_empty()).map(|text| (*text).to_owned()).collect();
    BulkAction::SetField { field: "status".to_owned(), values }
}

fn field(name: &str, value: &str) -> BulkAction {
    BulkAction::SetField { field: name.to_owned(), values: vec![value.to_owned()] }
}

fn tag(key: &str) -> BulkAction {
    BulkAction::AddTag { tag: key.to_owned() }
}

/// All that a lead says, without when and by whom it was changed.
fn said(lead: &Lead) -> serde_json::Value {
    let mut value = serde_json::to_value(lead).unwrap();
    value.as_object_mut().unwrap().remove("meta");
    value
}

#[test]
fn every_action_is_done_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let berta = test.hire("Berta", RoleKey::REP);
    let all: Vec<Lead> = (0..70).map(|number| test.create(&format!("Empresa {number}"))).collect();
    let with_note = model::LeadId(all[0].meta.id);
    leads::add_note(&test.app, &test.admin(), with_note, "Truqueu-los dilluns").unwrap();
    let actions = [
        BulkAction::Assign { to: berta.id() },
        BulkAction::AssignAgain,
        status("contacted", ""),
        status("discarded", "no_budget"),
        field("source", "fair"),
        field("amount", "1.234,50"),
        tag("vip"),
        BulkAction::RemoveTag { tag: "vip".to_owned() },
        BulkAction::Archive,
        BulkAction::Restore,
        BulkAction::Delete,
    ];
    for action in actions {
        let before: BTreeMap<_, _> = all.iter().map(|lead| (lead.meta.id, said(&test.now(lead)))).collect();
        let open = open_by_person(&test);
        let plan = bulk::plan(&test.app, &test.admin(), Kind::Lead, &ids(&all), &action).unwrap();
        let job = test.bulk(&test.admin(), &all, action.clone());
        test.finish_bulk();
        let job = test.bulk_job(&job);
        assert_eq!((job.state, job.counts), (BulkState::Done, plan.counts), "{action:?}: as it was told");
        if job.counts.changed == 0 {
            assert!(bulk::undo(&test.app, &test.admin(), job.id()).is_err(), "{action:?}");
            continue;
        }
        bulk::undo(&test.app, &test.admin(), job.id()).unwrap();
        test.finish_bulk();
        let job = test.bulk_job(&job);
        assert_eq!((job.state, job.counts.undone), (BulkState::Undone, job.counts.changed), "{action:?}");
        for lead in &all {
            assert_eq!(said(&test.now(lead)), before[&lead.meta.id], "{action:?}");
        }
        assert_eq!(open_by_person(&test), open, "{action:?}: counters follow");
    }
    let notes = leads::about_to_delete(&test.app, &test.admin(), with_note).unwrap().1;
    assert_eq!(notes, 1, "the note came back with its lead");
    test.settle();
    let found = services::search::leads(&test.app, &test.admin(), "truqueu-los dilluns", 0, 10).unwrap();
    assert_eq!(found.total, 1, "and is found again");
    test.verify();
    test.close_and_compare();
}

fn ids(leads: &[Lead]) -> Vec<model::uuid::Uuid> {
    leads.iter().map(|lead| lead.meta.id).collect()
}

fn open_by_person(test: &TestApp) -> Vec<u64> {
    let everybody = users::list(&test.app, &test.admin()).unwrap();
    let open = |user: &User| {
        let estate = services::hand_overs::estate(&test.app, &test.admin(), user.id()).unwrap();
        estate.open
    };
    everybody.iter().map(open).collect()
}

/// What somebody changed since stays as they left it, and is named with who it was.
#[test]
fn undoing_leaves_alone_what_somebody_changed_since() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let all: Vec<Lead> = (0..5).map(|number| test.create(&format!("Empresa {number}"))).collect();
    let job = test.bulk(&test.admin(), &all, tag("vip"));
    test.finish_bulk();
    let changed = test.now(&all[3]);
    let id = model::LeadId(changed.meta.id);
    leads::set_archived(&test.app, &test.admin(), id, changed.meta.version, true).unwrap();
    let gone = test.now(&all[4]);
    leads::delete(&test.app, &test.admin(), model::LeadId(gone.meta.id), gone.meta.version).unwrap();
    bulk::undo(&test.app, &test.admin(), job.id()).unwrap();
    // Asked twice it is undone once.
    bulk::undo(&test.app, &test.admin(), job.id()).unwrap();
    test.finish_bulk();
    let job = test.bulk_job(&job);
    assert_eq!((job.counts.undone, job.counts.kept), (3, 2));
    let named = bulk::named_rows(&test.app, &test.admin(), job.id()).unwrap();
    let told: Vec<_> =
        named.iter().map(|row| (row.title.as_deref(), row.outcome, row.by.is_some())).collect();
    assert!(told.contains(&(Some("Empresa 3"), BulkOutcome::Kept, true)), "{told:?}");
    assert!(told.contains(&(None, BulkOutcome::Kept, false)), "{told:?}");
    assert_eq!(test.now(&all[3]).tags, ["vip"]);
    assert!(test.now(&all[0]).tags.is_empty());
    test.settle();
}

#[test]
fn a_job_is_undone_for_a_day_and_stopped_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let all: Vec<Lead> = (0..100).map(|number| test.create(&format!("Empresa {number}"))).collect();
    let job = test.bulk(&test.admin(), &all, BulkAction::Archive);
    test.work_on_bulk(1);
    let halfway = test.bulk_job(&job);
    assert!((1..100).contains(&halfway.counts.changed), "{:?}", halfway.counts);
    bulk::cancel(&test.app, &test.admin(), job.id()).unwrap();
    test.finish_bulk();
    let stopped = test.bulk_job(&job);
    assert_eq!((stopped.state, stopped.counts), (BulkState::Cancelled, halfway.counts));
    // Archived ones are in no list that does not ask for them.
    let list = |filter: &str| {
        let filter: Filter = filter.parse().unwrap();
        let query = LeadQuery { filter, limit: 100, ..LeadQuery::default() };
        leads::list(&test.app, &test.admin(), &query).unwrap().leads.len() as u64
    };
    assert_eq!(list(""), 100 - stopped.counts.changed);
    assert_eq!(list("archived:yes"), stopped.counts.changed);
    test.advance(24 * 3_600 + 1);
    assert!(bulk::undo(&test.app, &test.admin(), job.id()).is_err(), "a day is over");
    assert_eq!(list("archived:yes"), stopped.counts.changed);
    test.settle();
}

/// Undoing that is stopped leaves the rest to be undone later; after a month nobody knows any more what came of each.
#[test]
fn undoing_is_stopped_and_goes_on_and_its_rows_are_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let all: Vec<Lead> = (0..400).map(|number| test.create(&format!("Empresa {number}"))).collect();
    let job = test.bulk(&test.admin(), &all, BulkAction::Archive);
    test.finish_bulk();
    let touched = test.now(&all[399]);
    leads::add_note(&test.app, &test.admin(), model::LeadId(touched.meta.id), "Torna a trucar.").unwrap();
    leads::set_archived(
        &test.app,
        &test.admin(),
        model::LeadId(touched.meta.id),
        touched.meta.version,
        false,
    )
    .unwrap();
    bulk::undo(&test.app, &test.admin(), job.id()).unwrap();
    test.work_on_bulk(1);
    let stopped = bulk::cancel(&test.app, &test.admin(), job.id()).unwrap();
    assert!((1..400).contains(&stopped.counts.taken_back()), "{:?}", stopped.counts);
    test.finish_bulk();
    assert_eq!(test.bulk_job(&job).counts, stopped.counts);
    assert!(test.bulk_job(&job).undo_until().is_some(), "the rest can be undone");
    bulk::undo(&test.app, &test.admin(), job.id()).unwrap();
    test.finish_bulk();
    let done = test.bulk_job(&job);
    assert_eq!((done.state, done.counts.undone, done.counts.kept), (BulkState::Undone, 399, 1));
    assert_eq!(done.undo_until(), None);

    let named = |test: &TestApp| bulk::named_rows(&test.app, &test.admin(), job.id()).unwrap().len();
    let forget = |test: &TestApp| bulk::forget_rows(&test.app, &|_| test.ctx()).unwrap();
    assert_eq!((forget(&test), named(&test)), (0, 1));
    test.advance((model::BULK_ROWS_KEPT_DAYS + 1) * 86_400);
    assert!(forget(&test) > 0);
    assert_eq!((forget(&test), named(&test)), (0, 0));
    assert_eq!(test.bulk_job(&job).counts, done.counts);
    test.settle();
}

/// Undoing that cannot go on leaves the rest to whoever may.
#[test]
fn undoing_that_fails_is_ordered_again_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let all: Vec<Lead> = (0..400).map(|number| test.create(&format!("Empresa {number}"))).collect();
    let job = test.bulk(&test.admin(), &all, BulkAction::Archive);
    test.finish_bulk();
    let draft = api_keys::ApiKeyDraft {
        name: "Botiga".to_owned(),
        user: test.admin().user_id().unwrap().to_string(),
        role: "administrator".to_owned(),
    };
    let (key, _) = api_keys::create(&test.app, &test.admin(), &draft).unwrap();
    let mut ctx = test.admin();
    ctx.via = Via::Api(key.id());
    bulk::undo(&test.app, &ctx, job.id()).unwrap();
    test.work_on_bulk(1);
    api_keys::revoke(&test.app, &test.admin(), key.id()).unwrap();
    test.finish_bulk();
    let failed = test.bulk_job(&job);
    assert_eq!((failed.state, failed.failure.as_deref()), (BulkState::Failed, Some("bulk-failed")));
    assert!((1..400).contains(&failed.counts.undone), "{:?}", failed.counts);
    assert!(failed.undo_until().is_some(), "the rest can be undone");
    let again = bulk::undo(&test.app, &test.admin(), job.id()).unwrap();
    assert_eq!((again.state, again.failure), (BulkState::Undoing, None));
    test.finish_bulk();
    let done = test.bulk_job(&job);
    assert_eq!((done.state, done.counts.undone, done.counts.kept), (BulkState::Undone, 400, 0));
    assert!(test.all_leads().iter().all(|lead| !lead.archived));
    test.settle();
}

/// Whoever still has the page of before the deletion writes over nothing.
#[test]
fn versions_go_on_after_a_deletion_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let lead = test.create("Fusteria Puig");
    let id = model::LeadId(lead.meta.id);
    let archived = leads::set_archived(&test.app, &test.admin(), id, lead.meta.version, true).unwrap();
    let open = leads::set_archived(&test.app, &test.admin(), id, archived.meta.version, false).unwrap();
    let job = test.bulk(&test.admin(), std::slice::from_ref(&open), BulkAction::Delete);
    test.finish_bulk();
    bulk::undo(&test.app, &test.admin(), job.id()).unwrap();
    test.finish_bulk();
    let back = test.now(&lead);
    assert_eq!(back.meta.version, open.meta.version + 2, "after the version that deleted it");
    assert_eq!(back.meta.created_at, lead.meta.created_at);
    for old in 1..=open.meta.version {
        let late = leads::set_archived(&test.app, &test.admin(), id, old, true);
        assert!(matches!(late, Err(Error::Conflict(_))), "{old}: {late:?}");
    }
    leads::set_archived(&test.app, &test.admin(), id, back.meta.version, true).unwrap();
    test.settle();
    test.verify();
}

/// With the same key a job begins once, whoever asks again.
#[test]
fn a_confirmation_that_is_sent_twice_begins_one_job() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let lead = test.create("Empresa");
    let start = || {
        let (admin, ids) = (test.admin(), [lead.meta.id]);
        bulk::start(&test.app, &admin, Kind::Lead, &ids, BulkAction::Archive, Some("clau")).unwrap()
    };
    assert_eq!(start().id(), start().id());
    test.finish_bulk();
    assert_eq!(bulk::list(&test.app, &test.admin()).unwrap().len(), 1);
    test.settle();
}

/// For random roles: exactly those records change that the role reaches, as the plan said; and nothing that the person
/// may not see any more when the row is done.
#[test]
fn whose_reach_it_is_decides_row_by_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let admin = test.admin();
    let (berta, carles) = (test.hire("Berta", RoleKey::REP), test.hire("Carles", RoleKey::REP));
    let owners = [berta.id(), carles.id(), admin.user_id().unwrap()];
    let all: Vec<Lead> = (0..45)
        .map(|number| {
            let lead = test.create(&format!("Empresa {number}"));
            let id = model::LeadId(lead.meta.id);
            leads::assign(&test.app, &admin, id, lead.meta.version, owners[number % 3]).unwrap()
        })
        .collect();
    let tags = ["vip", "priority"];
    let mut round = 0;
    for see in Level::ALL {
        for change in Level::ALL.into_iter().filter(|change| *change <= see) {
            let mut role = Role { label: model::Label::new("A mida", "", ""), ..Role::nothing() };
            let levels = Levels { see, change, delete: change, ..Levels::default() };
            role.levels.insert(Kind::Lead, levels);
            role.levels.insert(Kind::Team, Levels::only_sees(Level::All));
            role.levels.insert(Kind::User, Levels::only_sees(Level::All));
            let key = format!("own_{round}");
            configuration::create(&test.app, &admin, &key, role).unwrap();
            give_role(&test, berta.id(), &key);
            let ctx = test.at_work(berta.id());
            // Every other round puts the tag on, the others take it off.
            let key = tags[(round / 2) % 2].to_owned();
            let action = if round % 2 == 0 { tag(&key) } else { BulkAction::RemoveTag { tag: key.clone() } };
            round += 1;
            let before: Vec<Lead> = all.iter().map(|lead| test.now(lead)).collect();
            let reached = |lead: &Lead| {
                permissions::require_lead(&ctx, lead, Action::Change).is_ok()
                    && lead.tags.contains(&key) == matches!(action, BulkAction::RemoveTag { .. })
            };
            let expected = before.iter().filter(|lead| reached(lead)).count() as u64;
            let Ok(plan) = bulk::plan(&test.app, &ctx, Kind::Lead, &ids(&all), &action) else {
                assert!(see.min(change) == Level::None, "{see:?} {change:?}");
                assert!(bulk::start(&test.app, &ctx, Kind::Lead, &ids(&all), action, None).is_err());
                continue;
            };
            assert_eq!(plan.counts.changed, expected, "{see:?} {change:?}");
            let job = test.bulk(&ctx, &all, action.clone());
            test.finish_bulk();
            assert_eq!(test.bulk_job(&job).counts, plan.counts, "{see:?} {change:?}");
            for (lead, before) in all.iter().zip(&before) {
                let was_changed = test.now(lead).meta.version != before.meta.version;
                assert_eq!(was_changed, reached(before), "{see:?} {change:?} {}", before.title());
            }
        }
    }
    test.settle();
}

fn give_role(test: &TestApp, id: UserId, role: &str) {
    let user = users::get(&test.app, &test.admin(), id).unwrap();
    let draft = users::UserDraft {
        name: user.name.clone(),
        email: user.email.clone(),
        role: role.to_owned(),
        teams: user.teams.iter().map(ToString::to_string).collect(),
        language: "ca".to_owned(),
        takes_leads: true,
        active: true,
        ..users::UserDraft::default()
    };
    users::update(&test.app, &test.admin(), id, user.meta.version, &draft).unwrap();
}

/// Who loses the right in the middle changes nothing more; a key that is revoked ends its job.
#[test]
fn a_right_that_is_taken_away_ends_with_the_portion() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let marta = test.hire("Marta", RoleKey::MANAGER);
    let all: Vec<Lead> = (0..90).map(|number| test.create(&format!("Empresa {number}"))).collect();
    let job = test.bulk(&test.at_work(marta.id()), &all, tag("vip"));
    test.work_on_bulk(1);
    let first = test.bulk_job(&job).counts.changed;
    give_role(&test, marta.id(), RoleKey::READ_ONLY);
    test.finish_bulk();
    let job = test.bulk_job(&job);
    assert_eq!((job.counts.changed, job.counts.denied), (first, 90 - first));

    let draft = api_keys::ApiKeyDraft {
        name: "Botiga".to_owned(),
        user: test.admin().user_id().unwrap().to_string(),
        role: "administrator".to_owned(),
    };
    let (key, _) = api_keys::create(&test.app, &test.admin(), &draft).unwrap();
    let mut ctx = test.admin();
    ctx.via = Via::Api(key.id());
    let job = test.bulk(&ctx, &all, tag("priority"));
    api_keys::revoke(&test.app, &test.admin(), key.id()).unwrap();
    test.finish_bulk();
    assert_eq!(test.bulk_job(&job).state, BulkState::Failed);
    assert!(test.all_leads().iter().all(|lead| !lead.tags.contains(&"priority".to_owned())));
    test.settle();
}

/// What cannot be is said before anything begins, and record by record where it depends on the record.
#[test]
fn what_cannot_be_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let lead = test.create("Empresa");
    let wrong = [
        (BulkAction::Assign { to: UserId(lead.meta.id) }, "choice"),
        (tag("no_such_tag"), "tag-unknown"),
        (field("amount", "molts diners"), "amount-form"),
        (field("external_key", "1"), "choice"),
        (field("status", "converted"), "choice"),
        (status("discarded", ""), "required"),
    ];
    for (action, code) in wrong {
        for started in [false, true] {
            let done = if started {
                bulk::start(&test.app, &test.admin(), Kind::Lead, &[lead.meta.id], action.clone(), None)
                    .map(|_| ())
            } else {
                bulk::plan(&test.app, &test.admin(), Kind::Lead, &[lead.meta.id], &action).map(|_| ())
            };
            match done {
                Err(services::Error::Invalid(errors)) => assert_eq!(errors.0[0].code, code, "{action:?}"),
                other => panic!("{action:?}: {other:?}"),
            }
        }
    }
    // Neither is there a job on nothing, nor on a record that is not there.
    assert!(bulk::start(&test.app, &test.admin(), Kind::Lead, &[], BulkAction::Archive, None).is_err());
    let nothing = [model::uuid::Uuid::nil()];
    let plan = bulk::plan(&test.app, &test.admin(), Kind::Lead, &nothing, &BulkAction::Archive).unwrap();
    assert_eq!((plan.counts.refused, plan.named[0].outcome), (1, BulkOutcome::Gone));

    let draft = LeadDraft {
        company: "Amb etiquetes".to_owned(),
        tags: "VIP; Prioritari".to_owned(),
        ..LeadDraft::default()
    };
    let tagged = leads::create(&test.app, &test.admin(), &draft, None).unwrap();
    assert_eq!((tagged.tags.join(" "), tagged.status), ("priority vip".to_owned(), LeadStatus::Assigned));
    test.settle();
}
