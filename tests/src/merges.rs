//! Several leads, companies or contacts become one, with everything that belonged to the others; and back again.

mod kept;

use crate::test_app::TestApp;
use model::uuid::Uuid;
use model::{
    Condition, Deed, FieldKind, FieldValue, Filter, ImportMode, ImportPlan, Kind, Label, LeadId, LeadStatus,
    LeftWhy, Merge, Operator, RoleKey,
};
use proptest::prelude::*;
use services::audit::{self, AuditQuery};
use services::consents::{self, ConsentDraft};
use services::conversion::{self, ConversionDraft, Part};
use services::duplicates;
use services::leads;
use services::merges::{self, MergeDraft};
use services::own_fields::{self, FieldDraft};
use services::records::{self, Draft};
use services::{Ctx, Error, imports, links, privacy, search};
use std::collections::BTreeMap;

pub(crate) fn typed(pairs: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    pairs.iter().for_each(|(key, text)| draft.put(key, *text));
    draft
}

pub(crate) fn made(test: &TestApp, kind: Kind, pairs: &[(&str, &str)]) -> Uuid {
    records::create(&test.app, &test.admin(), kind, &typed(pairs), None).unwrap().about().id
}

pub(crate) fn change(test: &TestApp, kind: Kind, id: Uuid, pairs: &[(&str, &str)]) {
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

pub(crate) fn problems(error: &Error) -> Vec<(&str, &str)> {
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

/// A view that was saved, or an address that was kept, still shows what it is about.
#[test]
fn filters_that_name_one_that_is_no_more_mean_the_one_that_answers() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let [first, second, third] = ["Fusteria Puig", "Fusteria Puig SL", "Puig Fusters"]
        .map(|name| made(&test, Kind::Company, &[("name", name)]));
    for (name, company) in [("Porta", first), ("Finestra", second), ("Escala", third)] {
        made(&test, Kind::Opportunity, &[("name", name), ("company", &company.to_string())]);
    }
    let of = |test: &TestApp, operator: Operator, company: Uuid| {
        let filter = Filter::one(Condition::new("company", operator, [company.to_string()]));
        let query = records::Query { filter, ..records::Query::default() };
        let page = records::list(&test.app, &test.admin(), Kind::Opportunity, &query).unwrap();
        let mut names: Vec<String> = page.records.iter().map(|record| record.name()).collect();
        names.sort();
        names
    };
    assert_eq!(of(&test, Operator::AnyOf, first), ["Porta"]);
    merge(&test, Kind::Company, second, &[first]);
    assert_eq!(of(&test, Operator::AnyOf, first), ["Finestra", "Porta"]);
    assert_eq!(of(&test, Operator::NoneOf, first), ["Escala"]);
    merge(&test, Kind::Company, third, &[second]);
    assert_eq!(of(&test, Operator::AnyOf, first), ["Escala", "Finestra", "Porta"], "by way of another");
    assert_eq!(of(&test, Operator::AnyOf, second), ["Escala", "Finestra", "Porta"]);
    test.settle();
    test.verify();
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
