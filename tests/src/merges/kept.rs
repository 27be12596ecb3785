//! What is not chosen and still kept when several records become one, and what says nothing any more.

use super::*;
use model::{POSITIONS_MAX, Row};
use services::inbox;

fn positions(test: &TestApp, contact: Uuid) -> Vec<Row> {
    records::get(&test.app, &test.admin(), Kind::Contact, contact).unwrap().listed("positions")
}

fn texts(all: &[&str]) -> FieldValue {
    FieldValue::Texts(all.iter().map(|text| (*text).to_owned()).collect())
}

#[test]
fn who_works_at_two_companies_still_does() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let [bakery, bookshop] =
        ["Forn Puig", "Llibreria Ona"].map(|name| made(&test, Kind::Company, &[("name", name)]));
    let of_bakery = bakery.to_string();
    let one = made(
        &test,
        Kind::Contact,
        &[
            ("given_name", "Marta"),
            ("company", &of_bakery),
            ("job_title", "Fornera"),
            ("phone", "972 26 26 26"),
            ("mobile", "612 345 678"),
            ("email", "marta@forn.cat"),
        ],
    );
    test.advance(60);
    let of_bookshop = bookshop.to_string();
    let other = made(
        &test,
        Kind::Contact,
        &[
            ("given_name", "Marta"),
            ("company", &of_bookshop),
            ("job_title", "Sòcia"),
            ("phone", "972 27 27 27"),
            ("mobile", "612 345 678"),
            ("email", "marta@ona.cat"),
        ],
    );
    let before = [one, other].map(|id| snapshot(&test, Kind::Contact, id));
    // The values of the one that was changed last are those that are proposed.
    let done = merge(&test, Kind::Contact, one, &[other]);
    assert_eq!(shown(&test, Kind::Contact, one, "company"), FieldValue::Record(bookshop));
    let both = FieldValue::Records(vec![bookshop, bakery]);
    assert_eq!(shown(&test, Kind::Contact, one, "any_company"), both);
    let former = vec![FieldValue::Record(bakery), text("Fornera"), FieldValue::Flag(true)];
    assert_eq!(positions(&test, one), [former]);
    let phones = texts(&["+34972272727", "+34612345678", "+34972262626"]);
    assert_eq!(shown(&test, Kind::Contact, one, "any_phone"), phones);
    assert_eq!(shown(&test, Kind::Contact, one, "any_email"), texts(&["marta@ona.cat", "marta@forn.cat"]));
    test.verify();
    let undone = merges::undo(&test.app, &test.admin(), done.meta.id).unwrap().undone.unwrap();
    assert_eq!(undone.left_count, 0, "{:?}", undone.left);
    assert_eq!([one, other].map(|id| snapshot(&test, Kind::Contact, id)), before);
    test.verify();
    test.settle();
}

#[test]
fn companies_keep_both_phones_and_lists_no_more_than_they_hold() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let one = made(
        &test,
        Kind::Company,
        &[
            ("name", "Ona"),
            ("phone", "972 26 26 26"),
            ("email", "a@ona.cat"),
            ("emails.0.address", "c@ona.cat"),
        ],
    );
    test.advance(60);
    let other = made(
        &test,
        Kind::Company,
        &[
            ("name", "Ona"),
            ("phone", "972 27 27 27"),
            ("email", "c@ona.cat"),
            ("phones.0.number", "972 26 26 26"),
        ],
    );
    merge(&test, Kind::Company, one, &[other]);
    assert_eq!(shown(&test, Kind::Company, one, "any_phone"), texts(&["+34972272727", "+34972262626"]));
    assert_eq!(shown(&test, Kind::Company, one, "any_email"), texts(&["c@ona.cat", "a@ona.cat"]));
    // Where a list is full, what is not chosen goes as before.
    let companies: Vec<String> = (0..=POSITIONS_MAX)
        .map(|number| made(&test, Kind::Company, &[("name", &format!("Empresa {number}"))]).to_string())
        .collect();
    let mut draft = typed(&[("given_name", "Pau"), ("positions", "")]);
    for (place, company) in companies.iter().take(POSITIONS_MAX).enumerate() {
        draft.put(&format!("positions.{place}.company"), company.as_str());
    }
    let busy = records::create(&test.app, &test.admin(), Kind::Contact, &draft, None).unwrap().about().id;
    let twin = made(&test, Kind::Contact, &[("given_name", "Pau"), ("company", &companies[POSITIONS_MAX])]);
    let mut into_busy = into(busy, &[twin]);
    into_busy.take = BTreeMap::from([("company".to_owned(), busy)]);
    merges::merge(&test.app, &test.admin(), Kind::Contact, &into_busy).unwrap();
    assert_eq!(positions(&test, busy).len(), POSITIONS_MAX);
    test.verify();
    test.settle();
}

#[test]
fn what_was_a_duplicate_and_is_worked_on_is_none_any_more() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let app = test.app.clone();
    let admin = test.admin();
    let [first, second, third, fourth] =
        ["Can Roca", "Can Roca, SL", "Roca", "Roca i fills"].map(|name| LeadId(test.create(name).meta.id));
    let lead = |id: LeadId| leads::get(&app, &admin, id).unwrap();
    let discard = |id: LeadId, of: LeadId| {
        let done = inbox::discard_as_duplicate(&app, &admin, id, lead(id).meta.version, &of.0.to_string());
        assert_eq!(done.unwrap().duplicate_of, Some(of.0));
    };
    // With an open one it is open.
    discard(first, third);
    let done = merge(&test, Kind::Lead, first.0, &[second.0]);
    assert_eq!((lead(first).status.is_open(), lead(first).duplicate_of), (true, None));
    merges::undo(&app, &admin, done.meta.id).unwrap();
    assert_eq!(lead(first).duplicate_of, Some(third.0));
    // With the one that it was a duplicate of, it is that one.
    discard(third, fourth);
    merge(&test, Kind::Lead, first.0, &[third.0]);
    assert_eq!((lead(first).status, lead(first).duplicate_of), (LeadStatus::Discarded, None));
    test.verify();
    drop(app);
    test.settle();
}

#[test]
fn a_note_that_goes_back_is_found_with_its_record() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let [one, other] = ["Ona", "Forn Vell"].map(|name| made(&test, Kind::Company, &[("name", name)]));
    records::add_note(&test.app, &test.admin(), Kind::Company, other, "Paguen amb farina ecològica").unwrap();
    test.settle();
    let done = merge(&test, Kind::Company, one, &[other]);
    merges::undo(&test.app, &test.admin(), done.meta.id).unwrap();
    test.settle();
    let kinds = [Kind::Company];
    let found = services::search::everything(&test.app, &test.admin(), "forn farina", &kinds, 0, 10).unwrap();
    assert_eq!(found.total, 1);
}

/// What somebody does belongs to where they do it: no title goes with the company of another.
#[test]
fn a_title_goes_with_its_company() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let [bakery, bookshop] =
        ["Forn Puig", "Llibreria Ona"].map(|name| made(&test, Kind::Company, &[("name", name)]));
    let at = |company: Uuid, title: &str| {
        let company = company.to_string();
        let name = ("given_name", "Marta");
        made(&test, Kind::Contact, &[name, ("company", &company), ("job_title", title)])
    };
    let one = at(bakery, "Fornera");
    test.advance(60);
    let other = {
        let company = bookshop.to_string();
        made(&test, Kind::Contact, &[("given_name", "Marta"), ("company", &company)])
    };
    let version = |id| records::get(&test.app, &test.admin(), Kind::Contact, id).unwrap().about().version;
    change(&test, Kind::Contact, other, &[("phone", "972 27 27 27")]);
    let seen = version(other);
    let done = merge(&test, Kind::Contact, one, &[other]);
    assert_eq!(shown(&test, Kind::Contact, one, "company"), FieldValue::Record(bookshop));
    assert_eq!(shown(&test, Kind::Contact, one, "job_title"), FieldValue::Nothing, "not of the bakery");
    let former = vec![FieldValue::Record(bakery), text("Fornera"), FieldValue::Flag(true)];
    assert_eq!(positions(&test, one), [former]);
    merges::undo(&test.app, &test.admin(), done.meta.id).unwrap();
    assert!(version(other) > seen, "a form that was open before the merge is told apart");
    // Whoever chooses the company has the title that goes with it.
    let chosen = MergeDraft { take: BTreeMap::from([("company".into(), one)]), ..into(one, &[other]) };
    merges::merge(&test.app, &test.admin(), Kind::Contact, &chosen).unwrap();
    assert_eq!(shown(&test, Kind::Contact, one, "job_title"), text("Fornera"));
    test.verify();
    test.settle();
}

/// A postcode of one place never stands beside the street and the town of another.
#[test]
fn an_address_stays_whole() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let whole = [("name", "Ona"), ("address", "Carrer Major, 111"), ("town", "Vic"), ("zone", "Osona")];
    let one = made(&test, Kind::Company, &whole);
    test.advance(60);
    // Changed last, and says less of where it is.
    let other = made(&test, Kind::Company, &[("name", "Hotel Ona"), ("postcode", "08001")]);
    let address = |id| {
        ["address", "postcode", "town", "zone"].map(|key| match shown(&test, Kind::Company, id, key) {
            FieldValue::Text(text) => text,
            _ => String::new(),
        })
    };
    let offer = merges::offer(&test.app, &test.admin(), Kind::Company, &[other, one]).unwrap();
    let usual: Vec<usize> =
        offer.choices.iter().filter(|choice| choice.is_of_address()).map(|choice| choice.usual).collect();
    assert!(usual.len() >= 4 && usual.iter().all(|place| *place == 1), "{usual:?}");
    let done = merge(&test, Kind::Company, other, &[one]);
    assert_eq!(address(other), ["Carrer Major, 111", "", "Vic", "Osona"]);
    merges::undo(&test.app, &test.admin(), done.meta.id).unwrap();
    // Whoever chooses a part of it chooses it all, and of one record.
    let take = |pairs: &[(&str, Uuid)]| MergeDraft {
        take: pairs.iter().map(|(key, id)| ((*key).to_owned(), *id)).collect(),
        ..into(one, &[other])
    };
    let both = take(&[("town", one), ("postcode", other)]);
    let refused = merges::merge(&test.app, &test.admin(), Kind::Company, &both).unwrap_err();
    assert_eq!(problems(&refused), [("town", "merge-address")]);
    merges::merge(&test.app, &test.admin(), Kind::Company, &take(&[("postcode", other)])).unwrap();
    assert_eq!(address(one), ["", "08001", "", ""]);
    test.verify();
    test.settle();
}
