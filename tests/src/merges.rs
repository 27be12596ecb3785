//! Several leads, companies or contacts become one, with everything that belonged to the others; and back again.

use crate::http_kit::Kit;
use crate::test_app::TestApp;
use model::uuid::Uuid;
use model::{
    Deed, FieldKind, FieldValue, ImportMode, ImportPlan, Kind, Label, LeadId, LeadStatus, LeftWhy, Merge,
    RoleKey,
};
use poem::http::{Method, StatusCode};
use proptest::prelude::*;
use services::audit::{self, AuditQuery};
use services::consents::{self, ConsentDraft};
use services::conversion::{self, ConversionDraft, Part};
use services::duplicates::{self, OnDuplicate};
use services::leads;
use services::merges::{self, MergeDraft};
use services::own_fields::{self, FieldDraft};
use services::records::{self, Draft};
use services::{Ctx, Error, LeadDraft, imports, links, privacy, search};
use std::collections::BTreeMap;

fn typed(pairs: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    pairs.iter().for_each(|(key, text)| draft.put(key, *text));
    draft
}

fn made(test: &TestApp, kind: Kind, pairs: &[(&str, &str)]) -> Uuid {
    records::create(&test.app, &test.admin(), kind, &typed(pairs), None).unwrap().about().id
}

fn change(test: &TestApp, kind: Kind, id: Uuid, pairs: &[(&str, &str)]) {
    let version = records::get(&test.app, &test.admin(), kind, id).unwrap().about().version;
    records::update(&test.app, &test.admin(), kind, id, version, &typed(pairs)).unwrap();
}

fn shown(test: &TestApp, kind: Kind, id: Uuid, key: &str) -> FieldValue {
    let frame = test.app.frame();
    let record = records::get(&test.app, &test.admin(), kind, id).unwrap();
    services::fields::value_of(&frame, record.as_ref(), key)
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn into(survivor: Uuid, others: &[Uuid]) -> MergeDraft {
    MergeDraft { survivor, others: others.to_vec(), ..MergeDraft::default() }
}

fn merge(test: &TestApp, kind: Kind, survivor: Uuid, others: &[Uuid]) -> Merge {
    merges::merge(&test.app, &test.admin(), kind, &into(survivor, others)).unwrap()
}

fn problems(error: &Error) -> Vec<(&str, &str)> {
    let Error::Invalid(errors) = error else { panic!("{error}") };
    errors.0.iter().map(|problem| (problem.field.as_str(), problem.code.as_str())).collect()
}

fn consent(purpose: &str) -> ConsentDraft {
    ConsentDraft {
        purpose: purpose.to_owned(),
        basis: "consent".to_owned(),
        state: "given".to_owned(),
        said_on: "2026-11-20".to_owned(),
        way: "paper".to_owned(),
        evidence: String::new(),
    }
}

/// A field of the company's own that leads to a company.
fn own_link(test: &TestApp, entity: Kind, name: &str) {
    let draft = FieldDraft {
        entity: entity.as_str().to_owned(),
        name: name.to_owned(),
        label: Label::new(name, "", ""),
        kind: FieldKind::Link.as_str().to_owned(),
        target: Kind::Company.as_str().to_owned(),
        ..FieldDraft::default()
    };
    own_fields::create(&test.app, &test.admin(), &draft).unwrap();
}

/// Everything that is known of a record besides when it was changed.
fn snapshot(test: &TestApp, kind: Kind, id: Uuid) -> BTreeMap<String, FieldValue> {
    let frame = test.app.frame();
    let admin = test.admin();
    let value = |record: &dyn model::AnyRecord| {
        services::fields::specs_of(&frame, kind)
            .into_iter()
            .filter(|field| field.key != "updated_at")
            .map(|field| (field.key.clone(), services::fields::value_of(&frame, record, &field.key)))
            .collect()
    };
    match kind {
        Kind::Lead => value(&leads::get(&test.app, &admin, LeadId(id)).unwrap()),
        kind => value(records::get(&test.app, &admin, kind, id).unwrap().as_ref()),
    }
}

#[test]
fn everything_that_belongs_to_one_moves_to_the_other_and_comes_back() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let app = test.app.clone();
    own_link(&test, Kind::Contact, "billed_to");
    let stays =
        made(&test, Kind::Company, &[("name", "Fusteria Puig"), ("external_key", "ERP-1"), ("tags", "vip")]);
    test.advance(60);
    let goes = made(
        &test,
        Kind::Company,
        &[
            ("name", "Fusteria Puig, SL"),
            ("external_key", "ERP-2"),
            ("phone", "972 26 26 26"),
            ("tags", "priority"),
        ],
    );
    let earlier = made(&test, Kind::Company, &[("name", "Puig"), ("external_key", "ERP-3")]);
    let apart = made(&test, Kind::Company, &[("name", "Fusteria Puig")]);
    let id = goes.to_string();
    let contact = made(&test, Kind::Contact, &[("given_name", "Marta"), ("company", &id)]);
    let billed = made(&test, Kind::Contact, &[("given_name", "Pere"), ("custom.billed_to", &id)]);
    // Works at both: once they are one, at one.
    let both = made(
        &test,
        Kind::Contact,
        &[
            ("given_name", "Neus"),
            ("positions", ""),
            ("positions.0.company", &id),
            ("positions.0.role", "Sòcia"),
            ("positions.1.company", &stays.to_string()),
            ("positions.1.role", "Consellera"),
        ],
    );
    let child = made(&test, Kind::Company, &[("name", "Taller"), ("parent", &id)]);
    let deal = made(&test, Kind::Opportunity, &[("name", "Cuina"), ("company", &id)]);
    let lead = test.create("Fusteria Puig");
    let draft = ConversionDraft { company: Part::Existing(id.clone(), None), ..ConversionDraft::default() };
    let lead = LeadId(lead.meta.id);
    let version = leads::get(&app, &test.admin(), lead).unwrap().meta.version;
    conversion::convert(&app, &test.admin(), lead, version, &draft).unwrap();
    records::add_note(&app, &test.admin(), Kind::Company, goes, "Volen roure").unwrap();
    merge(&test, Kind::Company, goes, &[earlier]);
    duplicates::set_apart(&app, &test.admin(), (Kind::Company, goes), (Kind::Company, apart)).unwrap();
    let all = [
        (Kind::Company, stays),
        (Kind::Company, goes),
        (Kind::Company, apart),
        (Kind::Company, child),
        (Kind::Contact, contact),
        (Kind::Contact, billed),
        (Kind::Contact, both),
        (Kind::Opportunity, deal),
        (Kind::Lead, lead.0),
    ];
    let before: Vec<_> = all.iter().map(|(kind, id)| snapshot(&test, *kind, *id)).collect();
    test.advance(60);

    let done = merge(&test, Kind::Company, stays, &[goes]);
    assert_eq!((done.moved, done.keys.as_slice()), (7, &["ERP-2".to_owned()][..]));
    let now = FieldValue::Record(stays);
    assert_eq!(shown(&test, Kind::Contact, contact, "company"), now);
    assert_eq!(shown(&test, Kind::Contact, billed, "custom.billed_to"), now);
    assert_eq!(shown(&test, Kind::Contact, both, "any_company"), FieldValue::Records(vec![stays]));
    assert_eq!(shown(&test, Kind::Company, child, "parent"), now);
    assert_eq!(shown(&test, Kind::Opportunity, deal, "company"), now);
    let converted = leads::get(&app, &test.admin(), lead).unwrap().conversion.unwrap();
    assert_eq!((converted.company, converted.made.len()), (Some(stays), 0));
    assert_eq!(shown(&test, Kind::Company, stays, "phone"), text("+34972262626"));
    assert_eq!(
        shown(&test, Kind::Company, stays, "tags"),
        FieldValue::Codes(vec!["priority".to_owned(), "vip".to_owned()])
    );
    assert_eq!(done.taken, ["name", "phone"]);
    // Whoever asks for one that is gone is told which one answers, also for the one that went before.
    for gone in [goes, earlier] {
        let asked = records::get(&app, &test.admin(), Kind::Company, gone).err().unwrap();
        assert!(matches!(asked, Error::Merged { kind: Kind::Company, into } if into == stays), "{asked}");
    }
    for known in ["ERP-1", "ERP-2", "ERP-3", &id, &earlier.to_string()] {
        let found = links::find(&app, &test.admin(), Kind::Company, known).unwrap();
        assert_eq!(found, links::Found::One(stays), "{known}");
    }
    let taken = records::create(
        &app,
        &test.admin(),
        Kind::Company,
        &typed(&[("name", "X"), ("external_key", "ERP-3")]),
        None,
    );
    assert_eq!(problems(&taken.err().unwrap()), [("external_key", "taken")]);
    // Both histories, and the merge told once instead of all that it moved.
    let history = services::timelines::page(
        &app,
        &test.admin(),
        Kind::Company,
        stays,
        None,
        services::timelines::Sort::Everything,
    )
    .unwrap()
    .changes;
    let told = |kind, of| history.iter().filter(|change| change.kind == kind && change.id == of).count();
    let created = |of| history.iter().any(|change| change.id == of && change.deed == Deed::Created);
    assert!(created(goes) && created(stays) && created(earlier) && created(contact));
    assert_eq!(history.iter().filter(|change| change.kind == Kind::Merge).count(), 2);
    assert_eq!((told(Kind::Contact, contact), told(Kind::Company, goes)), (1, 1));
    assert!(history.iter().any(|change| change.kind == Kind::Activity));
    // The pair that is not the same one is still none.
    let alike = duplicates::of(&app, &test.admin(), Kind::Company, stays).unwrap();
    assert!(alike.iter().all(|found| found.record.about().id != apart));
    test.verify();
    test.settle();
    let found = search::everything(&app, &test.admin(), "Fusteria Puig", &[Kind::Company], 0, 50).unwrap();
    assert!(found.found.iter().all(|found| found.record.about().id != goes));

    test.advance(60);
    let undone = merges::undo(&app, &test.admin(), done.meta.id).unwrap().undone.unwrap();
    assert_eq!((undone.moved, undone.left_count), (7, 0), "{:?}", undone.left);
    let after: Vec<_> = all.iter().map(|(kind, id)| snapshot(&test, *kind, *id)).collect();
    for ((id, before), after) in all.iter().zip(before).zip(after) {
        assert_eq!(before, after, "{id:?}");
    }
    // The one that went before answers by way of who is there again.
    assert_eq!(merges::answers(&app, Kind::Company, earlier).unwrap(), Some(goes));
    let found = links::find(&app, &test.admin(), Kind::Company, "ERP-3").unwrap();
    assert_eq!(found, links::Found::One(goes));
    let again = merges::undo(&app, &test.admin(), done.meta.id).unwrap_err();
    assert_eq!(problems(&again), [("", "merge-undone")]);
    let history = services::timelines::page(
        &app,
        &test.admin(),
        Kind::Company,
        goes,
        None,
        services::timelines::Sort::Everything,
    )
    .unwrap()
    .changes;
    assert!(history.iter().any(|change| change.kind == Kind::Merge && change.before.contains_key("undone")));
    test.verify();
    drop(app);
    test.close_and_compare();
}

#[test]
fn what_somebody_changed_since_stays_and_is_told() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let app = test.app.clone();
    let one = made(&test, Kind::Company, &[("name", "Ona"), ("town", "Roses"), ("email", "a@ona.cat")]);
    test.advance(60);
    let other = made(
        &test,
        Kind::Company,
        &[("name", "Hotel Ona"), ("town", "Olot"), ("email", "b@ona.cat"), ("external_key", "K1")],
    );
    let elsewhere = made(&test, Kind::Company, &[("name", "Una altra")]);
    let stays = made(&test, Kind::Contact, &[("given_name", "Anna"), ("company", &other.to_string())]);
    let moved = made(&test, Kind::Contact, &[("given_name", "Biel"), ("company", &other.to_string())]);
    let mut draft = into(one, &[other]);
    draft.take = BTreeMap::from([("email".to_owned(), one)]);
    let done = merges::merge(&app, &test.admin(), Kind::Company, &draft).unwrap();
    assert_eq!(shown(&test, Kind::Company, one, "email"), text("a@ona.cat"));
    assert_eq!(shown(&test, Kind::Company, one, "town"), text("Olot"), "of the one that was changed last");
    test.advance(60);
    change(&test, Kind::Company, one, &[("town", "Figueres"), ("zone", "Costa")]);
    change(&test, Kind::Contact, moved, &[("company", &elsewhere.to_string())]);
    change(&test, Kind::Contact, stays, &[("job_title", "Gerent")]);
    // The key that the merge took over, typed again, is no news.
    change(&test, Kind::Company, one, &[("external_key", "K1")]);
    test.verify();
    let undone = merges::undo(&app, &test.admin(), done.meta.id).unwrap().undone.unwrap();
    let told: Vec<_> = undone.left.iter().map(|left| (left.record, left.field.as_str(), left.why)).collect();
    assert_eq!(told, [(one, "town", LeftWhy::ChangedSince)]);
    assert_eq!(shown(&test, Kind::Company, one, "town"), text("Figueres"));
    assert_eq!(shown(&test, Kind::Company, one, "name"), text("Ona"));
    assert_eq!(shown(&test, Kind::Company, one, "zone"), text("Costa"));
    assert_eq!(shown(&test, Kind::Company, other, "external_key"), text("K1"));
    assert_eq!(shown(&test, Kind::Contact, stays, "company"), FieldValue::Record(other));
    assert_eq!(shown(&test, Kind::Contact, stays, "job_title"), text("Gerent"));
    assert_eq!(shown(&test, Kind::Contact, moved, "company"), FieldValue::Record(elsewhere));
    test.verify();
    test.settle();
}

#[test]
fn leads_become_one_as_far_as_any_of_them_came() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let app = test.app.clone();
    let [one, other, third] =
        ["Can Roca", "Can Roca, SL", "Roca"].map(|name| LeadId(test.create(name).meta.id));
    let version = |id| leads::get(&app, &test.admin(), id).unwrap().meta.version;
    test.advance(600);
    leads::set_status(&app, &test.admin(), other, version(other), LeadStatus::Qualified, "").unwrap();
    leads::set_status(&app, &test.admin(), one, version(one), LeadStatus::Discarded, "massa car").unwrap();
    consents::state(&app, &test.admin(), Kind::Lead, other.0, &consent("marketing_email")).unwrap();
    let before: Vec<_> = [one, other, third].iter().map(|id| snapshot(&test, Kind::Lead, id.0)).collect();
    let done = merge(&test, Kind::Lead, one.0, &[other.0, third.0]);
    let lead = leads::get(&app, &test.admin(), one).unwrap();
    assert_eq!((lead.status, lead.discard_reason), (LeadStatus::Qualified, None));
    assert_eq!(lead.first_response_at, Some(test.admin().at));
    assert_eq!(lead.consents, ["marketing_email"]);
    assert_eq!(test.all_leads().len(), 1);
    test.verify();
    test.settle();
    merges::undo(&app, &test.admin(), done.meta.id).unwrap();
    let after: Vec<_> = [one, other, third].iter().map(|id| snapshot(&test, Kind::Lead, id.0)).collect();
    assert_eq!(before, after);
    assert_eq!(consents::of(&app, &test.admin(), Kind::Lead, other.0).unwrap().len(), 1);
    assert!(consents::of(&app, &test.admin(), Kind::Lead, one.0).unwrap().is_empty());
    // Two that each became something are not one any more; one that did is.
    for lead in [one, other] {
        let draft = ConversionDraft { company: Part::New(Draft::default()), ..ConversionDraft::default() };
        let version = leads::get(&app, &test.admin(), lead).unwrap().meta.version;
        conversion::convert(&app, &test.admin(), lead, version, &draft).unwrap();
    }
    let refused = merges::merge(&app, &test.admin(), Kind::Lead, &into(one.0, &[other.0])).unwrap_err();
    assert_eq!(problems(&refused), [("", "merge-converted")]);
    merge(&test, Kind::Lead, third.0, &[one.0]);
    let lead = leads::get(&app, &test.admin(), third).unwrap();
    assert_eq!((lead.status, lead.became().count()), (LeadStatus::Converted, 1));
    test.verify();
    drop(app);
    test.close_and_compare();
}

#[test]
fn nobody_stands_above_themselves_and_wrong_choices_are_said_at_once() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let app = test.app.clone();
    let top = made(&test, Kind::Company, &[("name", "Grup")]);
    let middle = made(&test, Kind::Company, &[("name", "Delegació"), ("parent", &top.to_string())]);
    let below = made(&test, Kind::Company, &[("name", "Botiga"), ("parent", &middle.to_string())]);
    let mut draft = into(below, &[top]);
    let circle = merges::merge(&app, &test.admin(), Kind::Company, &draft).unwrap_err();
    assert_eq!(problems(&circle), [("parent", "parent-circle")]);
    draft.take = BTreeMap::from([("name".to_owned(), middle), ("nothing".to_owned(), top)]);
    let wrong = merges::merge(&app, &test.admin(), Kind::Company, &draft).unwrap_err();
    let said = [("nothing", "field-unknown"), ("name", "merge-whose"), ("parent", "parent-circle")];
    assert_eq!(problems(&wrong), said);
    draft.take = BTreeMap::from([("parent".to_owned(), top)]);
    merges::merge(&app, &test.admin(), Kind::Company, &draft).unwrap();
    assert!(shown(&test, Kind::Company, below, "parent").is_nothing());
    assert_eq!(shown(&test, Kind::Company, middle, "parent"), FieldValue::Record(below));
    for (ids, code) in [(vec![below], "merge-one"), ((0..6).map(Uuid::from_u128).collect(), "merge-many")] {
        let refused = merges::merge(&app, &test.admin(), Kind::Company, &into(below, &ids)).unwrap_err();
        assert_eq!(problems(&refused), [("", code)]);
    }
    let stale = MergeDraft { versions: BTreeMap::from([(below, 1)]), ..into(middle, &[below]) };
    let stale = merges::merge(&app, &test.admin(), Kind::Company, &stale);
    assert!(matches!(stale, Err(Error::Conflict(_))));
    test.verify();
    test.settle();
}

#[test]
fn two_people_merge_the_same_ones_at_once() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    for round in 0..10 {
        let one = made(&test, Kind::Company, &[("name", "Una")]);
        let other = made(&test, Kind::Company, &[("name", "Altra")]);
        let contact = made(&test, Kind::Contact, &[("given_name", "Pau"), ("company", &one.to_string())]);
        let second = made(&test, Kind::Contact, &[("given_name", "Pia"), ("company", &other.to_string())]);
        let merge = |survivor, gone| {
            let (app, admin) = (app.clone(), admin.clone());
            std::thread::spawn(move || merges::merge(&app, &admin, Kind::Company, &into(survivor, &[gone])))
        };
        let (first, then) = (merge(one, other), merge(other, one));
        let done: Vec<_> = [first, then].into_iter().map(|thread| thread.join().unwrap()).collect();
        let won: Vec<&Merge> = done.iter().filter_map(|done| done.as_ref().ok()).collect();
        assert_eq!(won.len(), 1, "round {round}: {done:?}");
        let lost = done.iter().find_map(|done| done.as_ref().err()).unwrap();
        assert!(matches!(lost, Error::Merged { into, .. } if *into == won[0].survivor), "{lost}");
        for linked in [contact, second] {
            assert_eq!(shown(&test, Kind::Contact, linked, "company"), FieldValue::Record(won[0].survivor));
        }
    }
    test.verify();
    test.settle();
}

#[test]
fn an_import_goes_on_updating_the_one_that_answers() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let stays = made(&test, Kind::Company, &[("name", "Fusteria Puig"), ("external_key", "E1")]);
    let goes = made(&test, Kind::Company, &[("name", "Puig"), ("external_key", "E2")]);
    let rows: String = (10..1500).map(|row| format!("E{row};Empresa {row};Vic\n")).collect();
    let file = format!("Codi;Raó social;Població\n{rows}E2;Puig;Ripoll\n");
    let import = imports::upload(&app, &admin, Kind::Company, "e.csv", file.as_bytes()).unwrap();
    let plan = ImportPlan { mode: ImportMode::Both, ..imports::plan(&app, &admin, import.id()).unwrap() };
    let checked = test.checked_with(&admin, &import, plan);
    assert_eq!((checked.checked.created, checked.checked.updated), (1490, 1));
    imports::start(&app, &admin, checked.id(), checked.meta.version).unwrap();
    // In the middle of it, before the row comes.
    test.work(|import| import.imported.done > 0);
    merge(&test, Kind::Company, stays, &[goes]);
    test.work_to_the_end();
    let done = test.import(checked.id());
    assert_eq!((done.imported.created, done.imported.updated, done.imported.bad), (1490, 1, 0));
    assert_eq!(shown(&test, Kind::Company, stays, "town"), text("Ripoll"));
    assert_eq!(shown(&test, Kind::Company, stays, "external_key"), text("E1"));
    test.verify();
    test.settle();
}

#[test]
fn whoever_may_not_delete_the_others_does_not_merge() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let app = test.app.clone();
    let rep = test.hire("Rep", RoleKey::REP).id();
    let owner = rep.to_string();
    let one = made(&test, Kind::Company, &[("name", "Una"), ("owner", &owner)]);
    let other = made(&test, Kind::Company, &[("name", "Altra"), ("owner", &owner)]);
    let hidden = made(&test, Kind::Company, &[("name", "Amagada")]);
    let rep = test.at_work(rep);
    let merged = |ctx: &Ctx, gone| merges::merge(&app, ctx, Kind::Company, &into(one, &[gone]));
    assert!(matches!(merged(&rep, other), Err(Error::Denied)));
    assert!(matches!(merged(&rep, hidden), Err(Error::NotFound)));
    assert!(matches!(merges::offer(&app, &rep, Kind::Company, &[one, other]), Err(Error::Denied)));
    let manager = test.hire("Manager", RoleKey::MANAGER).id();
    let manager = test.at_work(manager);
    let done = merged(&manager, other).unwrap();
    // Whoever does not see the one that answers is told nothing of it.
    let stranger = test.hire("Stranger", RoleKey::REP).id();
    let stranger = test.at_work(stranger);
    assert!(matches!(records::get(&app, &stranger, Kind::Company, other), Err(Error::NotFound)));
    assert!(matches!(merges::get(&app, &stranger, done.meta.id), Err(Error::NotFound)));
    assert!(matches!(merges::undo(&app, &stranger, done.meta.id), Err(Error::NotFound)));
    let reader = test.hire("Reader", RoleKey::READ_ONLY).id();
    let reader = test.at_work(reader);
    assert!(matches!(merges::undo(&app, &reader, done.meta.id), Err(Error::Denied)));
    test.advance(31 * 24 * 3_600);
    let manager = test.at_work(manager.user_id().unwrap());
    let late = merges::undo(&app, &manager, done.meta.id).unwrap_err();
    assert_eq!(problems(&late), [("", "merge-late")]);
    test.settle();
}

#[test]
fn erasing_who_stayed_erases_those_that_became_a_part_of_it() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let stays = made(&test, Kind::Contact, &[("given_name", "Marta"), ("email", "marta@puig.cat")]);
    let goes = made(
        &test,
        Kind::Contact,
        &[("given_name", "Secreta"), ("email", "secreta@puig.cat"), ("external_key", "CLAU-9")],
    );
    let done = merge(&test, Kind::Contact, stays, &[goes]);
    let record = records::get(&app, &admin, Kind::Contact, stays).unwrap();
    privacy::erase(&app, &admin, Kind::Contact, stays, record.about().version, &record.name()).unwrap();
    while privacy::finish_pending(&app).unwrap() {}
    assert!(matches!(merges::get(&app, &admin, done.meta.id), Err(Error::NotFound)));
    for id in [stays, goes] {
        let query = AuditQuery { record: Some(id), limit: 100, ..AuditQuery::default() };
        let told = format!("{:?}", audit::list(&app, &admin, &query).unwrap().entries);
        for secret in ["Secreta", "secreta@", "CLAU-9"] {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
    }
    // The key is free.
    made(&test, Kind::Contact, &[("given_name", "Nova"), ("external_key", "CLAU-9")]);
    test.verify();
    test.settle();
}

#[test]
fn pairs_are_found_page_by_page_and_those_that_are_not_the_same_stay_away() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let mut expected = 0;
    for number in 0..40 {
        for twin in 0..2 {
            made(
                &test,
                Kind::Company,
                &[("name", &format!("Empresa {number} {twin}")), ("phone", &format!("97226{number:04}"))],
            );
        }
        expected += 1;
    }
    let one = made(
        &test,
        Kind::Company,
        &[("name", "Fusteria Puig"), ("postcode", "17800"), ("tax_id", "B58378431")],
    );
    let same = made(&test, Kind::Company, &[("name", "Fusteria Puig SL"), ("tax_id", "B58378431")]);
    let near = made(&test, Kind::Company, &[("name", "Fusteria Puigg"), ("postcode", "17800")]);
    expected += 2;
    let all = |test: &TestApp| {
        let (mut found, mut from, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = duplicates::pairs(&app, &test.admin(), Kind::Company, from.as_deref()).unwrap();
            pages += 1;
            found.extend(page.pairs.iter().map(|pair| {
                let mut ids = [pair.one.about().id, pair.other.about().id];
                ids.sort_unstable();
                (ids, pair.by.clone())
            }));
            match page.next {
                Some(next) => from = Some(next),
                None => return (found, pages),
            }
        }
    };
    let (found, pages) = all(&test);
    assert_eq!((found.len(), pages), (expected, 2));
    let sorted = |one: Uuid, other: Uuid| [one.min(other), one.max(other)];
    assert_eq!(found[0].0, sorted(one, same), "the surest first");
    assert_eq!(found.last().unwrap().0, sorted(one, near));
    duplicates::set_apart(&app, &admin, (Kind::Company, near), (Kind::Company, one)).unwrap();
    duplicates::set_apart(&app, &admin, (Kind::Company, one), (Kind::Company, near)).unwrap();
    assert_eq!(all(&test).0.len(), expected - 1);
    let alike = duplicates::of(&app, &admin, Kind::Company, one).unwrap();
    assert_eq!(alike.iter().map(|found| found.record.about().id).collect::<Vec<_>>(), [same]);
    let said = duplicates::set_apart_of(&app, &admin, Kind::Company).unwrap();
    assert_eq!(said.len(), 1);
    duplicates::compare_again(&app, &admin, said[0].id).unwrap();
    assert_eq!(all(&test).0.len(), expected);
    let wrong = duplicates::pairs(&app, &admin, Kind::Company, Some("phone-zz")).err().unwrap();
    assert_eq!(problems(&wrong), [("from", "cursor")]);
    test.verify();
    test.settle();
}

#[test]
fn what_is_surely_there_already_is_made_only_by_whoever_says_so() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let there = made(&test, Kind::Company, &[("name", "Ona"), ("email", "info@ona.cat")]);
    let draft = typed(&[("name", "Hotel Ona"), ("email", "INFO@ona.cat")]);
    let create = |ctx: &Ctx, on| records::create_unless(&app, ctx, Kind::Company, &draft, None, on);
    let Err(Error::Duplicate(known)) = create(&admin, OnDuplicate::Refuse) else { panic!("made") };
    assert_eq!(known.iter().map(|known| known.id).collect::<Vec<_>>(), [there]);
    let lead = LeadDraft { company: "Ona".into(), email: "info@ona.cat".into(), ..LeadDraft::default() };
    let refused = leads::create_unless(&app, &admin, &lead, None, OnDuplicate::Refuse);
    assert!(matches!(refused, Err(Error::Duplicate(_))), "a client who asks again");
    // The same name alone is no certainty, and whoever does not see it is told nothing.
    let same_name = typed(&[("name", "Ona")]);
    let by_name = records::create_unless(&app, &admin, Kind::Company, &same_name, None, OnDuplicate::Refuse);
    let by_name = by_name.unwrap();
    let rep = test.hire("Rep", RoleKey::REP).id();
    create(&test.at_work(rep), OnDuplicate::Refuse).unwrap();
    create(&admin, OnDuplicate::Allow).unwrap();
    // A change that makes it the same one is refused; another one is not.
    let (id, version) = (by_name.about().id, by_name.about().version);
    let update = |version, draft: &Draft| {
        records::update_unless(&app, &admin, Kind::Company, id, version, draft, OnDuplicate::Refuse)
    };
    let becomes = typed(&[("email", "info@ona.cat")]);
    assert!(matches!(update(version, &becomes), Err(Error::Duplicate(_))));
    change(&test, Kind::Company, id, &[("email", "info@ona.cat")]);
    update(version + 1, &typed(&[("email", "info@ona.cat"), ("town", "Roses")])).unwrap();
    let seen = records::resembling(
        &app,
        &admin,
        Kind::Company,
        None,
        &typed(&[("name", "Hotel Onna"), ("email", "info@ona.cat"), ("tax_id", "B1")]),
    );
    assert!(seen.unwrap().iter().any(|found| found.record.about().id == there), "whatever else is wrong");
    test.verify();
    test.settle();
}

#[tokio::test]
async fn pages_and_the_api_merge_tell_of_it_and_undo_it() {
    let kit = Kit::company();
    let key = kit.key("administrator");
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let send = async |path: &str, body: &str| {
        let form = ("content-type", "application/x-www-form-urlencoded");
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), form];
        kit.ask(Method::POST, path, &headers, body).await
    };
    let page = async |path: &str| kit.get(path, &[("cookie", &cookie)]).await;
    let api = async |method, path: &str, body: &str| kit.api(method, path, &key, &[], body).await;
    let made =
        api(Method::POST, "/companies", r#"{"name": "Ona", "email": "info@ona.cat", "external_key": "K1"}"#)
            .await;
    let one = made.json()["id"].as_str().unwrap().to_owned();

    // What is surely there: the form comes back with everything typed, and is saved by whoever says so.
    let typed = "name=Hotel+Ona&email=info%40ona.cat&town=Roses";
    let shown = send("/companies/resembling", typed).await;
    assert!(shown.text().contains(&one) && shown.text().contains("el mateix correu"), "{}", shown.text());
    let back = send("/companies", typed).await;
    assert_eq!(back.status, StatusCode::CONFLICT);
    let text = back.text();
    for said in ["Ja n’hi ha una", &one, "Roses", "Crea-la igualment"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let done = send("/companies", &format!("{typed}&duplicates=allow")).await;
    let other = done.header("location").split(['/', '?']).nth(2).unwrap().to_owned();
    let twin = r#"{"company": "Ona", "email": "info@ona.cat"}"#;
    let refused = api(Method::POST, "/leads?duplicates=refuse", twin).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (StatusCode::CONFLICT, Some("duplicate")));
    assert_eq!(refused.json()["duplicates"].as_array().unwrap().len(), 2, "{}", refused.text());
    assert_eq!(refused.json()["duplicates"][0]["reasons"][0], "email");
    assert_eq!(api(Method::POST, "/leads", twin).await.status, StatusCode::CREATED);

    // The pages that lead there.
    let card = page(&format!("/companies/{one}")).await.text();
    assert!(card.contains(&format!("/companies/{one}/merge?with={other}")), "{card}");
    assert!(page("/companies/duplicates").await.text().contains("Tenen el mateix correu"));
    let ticked = send("/companies/bulk/merge", &format!("which=ticked&id={one}&id={other}")).await;
    assert_eq!(ticked.header("location"), format!("/companies/{one}/merge?with={other}"));
    let alone = send("/companies/bulk/merge", &format!("which=ticked&id={one}")).await;
    assert_eq!(alone.header("location"), "/companies?notice=merge-choose");
    let asked = page(&format!("/companies/{one}/merge?with={other}")).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.text().contains("take.name") && asked.text().contains("Roses"));

    let fields = format!("record={one}:1&record={other}:1&survivor={other}&take.name={one}");
    let stale = send(&format!("/companies/{one}/merge"), &fields.replace(":1&s", ":7&s")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let done = send(&format!("/companies/{one}/merge"), &fields).await;
    assert_eq!(done.header("location"), format!("/companies/{other}?notice=merged"));
    let shown = page(&format!("/companies/{other}")).await.text();
    assert!(shown.contains("ha fusionat «Ona»") && shown.contains("/merges/"), "{shown}");
    // Its address leads to the one that answers; what was sent to it was not saved.
    let moved = page(&format!("/companies/{one}")).await;
    assert_eq!(moved.header("location"), format!("/companies/{other}?notice=merged-into"));
    let lost = send(&format!("/companies/{one}"), "version=1&town=Vic").await;
    assert_eq!(lost.header("location"), format!("/companies/{other}?notice=merged-not-saved"));
    let gone = api(Method::GET, &format!("/companies/{one}"), "").await;
    assert_eq!((gone.status, gone.json()["code"].as_str()), (StatusCode::NOT_FOUND, Some("merged")));
    assert_eq!(gone.json()["merged_into"]["href"], format!("/api/v1/companies/{other}"));
    let list = api(Method::GET, &format!("/merges?entity=company&record={other}"), "").await.json();
    let merge = list["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(list["items"][0]["keys"][0], "K1");
    assert!(page(&format!("/merges/{merge}")).await.text().contains("Desfés la fusió"));
    let undone = send(&format!("/merges/{merge}/undo"), "").await;
    assert_eq!(undone.header("location"), format!("/merges/{merge}?notice=merge-undone"));
    assert!(page(&format!("/merges/{merge}")).await.text().contains("Tot ha quedat com abans"));
    assert_eq!(api(Method::GET, &format!("/companies/{one}"), "").await.json()["external_key"], "K1");

    // The same over the wire, and the pair that is none.
    let body = format!(
        r#"{{"entity": "company", "survivor": "{one}", "others": ["{other}"], "take": {{"town": "{one}"}}}}"#
    );
    let merged = api(Method::POST, "/merges", &body).await;
    assert_eq!(merged.status, StatusCode::CREATED, "{}", merged.text());
    let shown = api(Method::GET, &format!("/companies/{one}"), "").await.json();
    assert!(shown["town"].is_null(), "{shown}");
    let id = merged.json()["id"].as_str().unwrap().to_owned();
    let undone = api(Method::DELETE, &format!("/merges/{id}"), "").await;
    assert_eq!(undone.json()["undone"]["left_count"], 0, "{}", undone.text());
    let again = api(Method::DELETE, &format!("/merges/{id}"), "").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let pairs = api(Method::GET, "/duplicates/pairs?entity=company", "").await.json();
    assert_eq!(pairs["items"].as_array().unwrap().len(), 1, "{pairs}");
    let apart = format!("one_kind=company&one={one}&other_kind=company&other={other}&from=list");
    let said = send("/duplicates/apart", &apart).await;
    assert_eq!(said.header("location"), "/companies/duplicates?notice=set-apart");
    let pairs = api(Method::GET, "/duplicates/pairs?entity=company", "").await.json();
    assert!(pairs["items"].as_array().unwrap().is_empty());
    let said = api(Method::GET, "/duplicates/apart?entity=company", "").await.json();
    let id = said["items"][0]["id"].as_str().unwrap();
    let back = send(&format!("/duplicates/apart/{id}/again"), "entity=company").await;
    assert_eq!(back.header("location"), "/companies/duplicates?notice=compare-again");
}

/// What belongs to which of three companies, what each of them says, and which of them become one.
#[derive(Clone, Debug)]
struct World {
    texts: Vec<[Option<u8>; 3]>,
    contacts: Vec<u8>,
    deals: Vec<u8>,
    notes: Vec<u8>,
    survivor: u8,
    all: bool,
}

fn worlds() -> impl Strategy<Value = World> {
    let texts = prop::collection::vec(prop::array::uniform3(prop::option::of(0..3_u8)), 3);
    let some = || prop::collection::vec(0..4_u8, 0..5);
    (texts, some(), some(), some(), 0..3_u8, any::<bool>()).prop_map(
        |(texts, contacts, deals, notes, survivor, all)| World {
            texts,
            contacts,
            deals,
            notes,
            survivor,
            all,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_merge_that_is_undone_has_never_been(world in worlds()) {
        let data = tempfile::tempdir().unwrap();
        let test = TestApp::company(data.path());
        let mut ids = Vec::new();
        for (number, texts) in world.texts.iter().enumerate() {
            let mut draft = typed(&[("name", &format!("Empresa {number}")), ("external_key", &format!("K{number}"))]);
            for (key, text) in ["town", "zone", "address"].into_iter().zip(texts) {
                if let Some(text) = text { draft.put(key, format!("{key} {text}")); }
            }
            ids.push(records::create(&test.app, &test.admin(), Kind::Company, &draft, None).unwrap().about().id);
            test.advance(60);
        }
        let of = |place: u8| ids.get(usize::from(place)).map(Uuid::to_string).unwrap_or_default();
        let mut all: Vec<(Kind, Uuid)> = ids.iter().map(|id| (Kind::Company, *id)).collect();
        for place in &world.contacts {
            all.push((Kind::Contact, made(&test, Kind::Contact, &[("given_name", "Pau"), ("company", &of(*place))])));
        }
        for place in &world.deals {
            all.push((Kind::Opportunity, made(&test, Kind::Opportunity, &[("name", "Cuina"), ("company", &of(*place))])));
        }
        for place in world.notes.iter().filter(|place| usize::from(**place) < ids.len()) {
            records::add_note(&test.app, &test.admin(), Kind::Company, ids[usize::from(*place)], "Nota").unwrap();
        }
        let before: Vec<_> = all.iter().map(|(kind, id)| snapshot(&test, *kind, *id)).collect();
        let survivor = ids[usize::from(world.survivor)];
        let mut others: Vec<Uuid> = ids.iter().copied().filter(|id| *id != survivor).collect();
        others.truncate(if world.all { 2 } else { 1 });
        let done = merge(&test, Kind::Company, survivor, &others);
        for (kind, id) in all.iter().filter(|(kind, _)| *kind != Kind::Company) {
            let company = shown(&test, *kind, *id, "company");
            prop_assert!(others.iter().all(|gone| company != FieldValue::Record(*gone)));
        }
        test.verify();
        merges::undo(&test.app, &test.admin(), done.meta.id).unwrap();
        let after: Vec<_> = all.iter().map(|(kind, id)| snapshot(&test, *kind, *id)).collect();
        prop_assert_eq!(before, after);
        test.verify();
        test.close_and_compare();
    }
}
