//! Pairs that may be the same one, page by page; those that are not; and what is made only by whoever says so.

use crate::merges::{change, made, problems, typed};
use crate::test_app::TestApp;
use model::uuid::Uuid;
use model::{Kind, MatchBy, RoleKey};
use services::duplicates::{self, OnDuplicate};
use services::records::{self, Draft};
use services::{Ctx, Error, LeadDraft};
use services::{leads, merges};

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

/// Two hundred leads or more at a postcode leave room for its companies, and so do two hundred companies.
#[test]
fn a_postcode_of_many_names_still_has_pairs() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    // Names of which no two resemble each other.
    let name = |number: u32| {
        let digits = u128::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
        format!("{digits:032x}")
    };
    let company = |name: &str| made(&test, Kind::Company, &[("name", name), ("postcode", "17800")]);
    let pair = ["Fusteria Puig", "Fusteria Puigg"].map(company);
    let reversed = ["Kilòmetres, lloguers", "Quilòmetres, lloguers"].map(company);
    let swapped = ["Mobles Vidal i Fills", "Vidal Fills, mobles"].map(company);
    let is_found = |ids: [Uuid; 2]| {
        let found = duplicates::pairs(&app, &admin, Kind::Company, None).unwrap();
        found.pairs.iter().any(|pair| {
            let about = [pair.one.about().id, pair.other.about().id];
            ids.iter().all(|id| about.contains(id))
        })
    };
    for number in 1..=205 {
        let draft = LeadDraft { company: name(number), postcode: "17800".to_owned(), ..LeadDraft::default() };
        leads::create(&app, &admin, &draft, None).unwrap();
    }
    assert!(is_found(pair) && is_found(reversed) && is_found(swapped));
    for number in 1_001..=1_205 {
        company(&name(number));
    }
    assert!(is_found(pair) && is_found(reversed), "begin or end alike");
    assert!(is_found(swapped), "the same words");
    test.verify();
    test.settle();
}

/// What two names share word by word does not make them alike: what is left must be near itself.
#[test]
fn the_word_that_tells_names_apart_decides() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let number = std::cell::Cell::new(0);
    let found = |one: LeadDraft, other: LeadDraft| {
        number.set(number.get() + 1);
        let postcode = format!("17{:03}", number.get());
        let there = LeadDraft { postcode: postcode.clone(), ..one };
        let there = leads::create(&app, &admin, &there, None).unwrap().meta.id;
        let typed = LeadDraft { postcode, ..other };
        let found = leads::resembling(&app, &admin, None, &typed).unwrap();
        found.into_iter().filter(|found| found.record.about().id == there).flat_map(|found| found.by).next()
    };
    let company = |name: &str| LeadDraft { company: name.to_owned(), ..LeadDraft::default() };
    let person = |name: &str| LeadDraft { name: name.to_owned(), ..LeadDraft::default() };
    for (one, other, expected) in [
        ("Clínica dental Coll", "Clínica dental Roca", None),
        ("Clínica dental Riera", "Clínica dental Torrent", None),
        ("Instal·lacions Vila", "Instal·lacions Sala", None),
        ("Fusteria Puig", "Fusteria Pons", None),
        ("Fusteria Puig", "Serralleria Puig", None),
        ("Polígon nau 12", "Polígon nau 13", None),
        ("Fusteria Puig", "Fusteria Puigg", Some(MatchBy::NearName)),
        ("Fusteria Puig", "Fustera Piug", Some(MatchBy::NearName)),
        ("Clínica dental Torrent", "Clínica dental Torent", Some(MatchBy::NearName)),
        ("Fusteria Puig", "Puig Fusteria", Some(MatchBy::NearName)),
        ("Mas Riera Vins", "Masriera Vins", Some(MatchBy::NearName)),
        ("Hotel Ona", "Hotel Ona Roses", Some(MatchBy::NearName)),
        ("Kilòmetres, lloguers", "Quilòmetres, lloguers", Some(MatchBy::NearName)),
        ("Fusteria Puig, SL", "Fusteria Puig", Some(MatchBy::Name)),
        ("Instal·lacions Vila, S.C.P.", "Instal·lacions Villa", Some(MatchBy::NearName)),
    ] {
        assert_eq!(found(company(one), company(other)), expected, "{one} and {other}");
    }
    for (one, other, expected) in [
        ("Gerard Riera", "Gerard Serra", None),
        ("Gerard Riera", "Gerard", None),
        ("Gerard Riera", "Gerart Riera", Some(MatchBy::NearName)),
        ("Gerard Riera", "Riera, Gerard", Some(MatchBy::NearName)),
        ("Marta Puig Serra", "Marta Puig", Some(MatchBy::NearName)),
    ] {
        assert_eq!(found(person(one), person(other)), expected, "{one} and {other}");
    }
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

/// Whoever may not merge is told who may: of those who reach the record, administrators last.
#[test]
fn whoever_may_not_merge_is_told_who_may() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let app = test.app.clone();
    let (mar, marta) = (test.hire("Mar", RoleKey::REP), test.hire("Marta", RoleKey::MANAGER));
    test.hire("Anna", RoleKey::ANALYST);
    let (at_mar, at_marta) = (test.at_work(mar.id()), test.at_work(marta.id()));
    let ona = typed(&[("name", "Ona"), ("email", "info@ona.cat")]);
    let id = records::create(&app, &at_mar, Kind::Company, &ona, None).unwrap().about().id;
    let record = records::get(&app, &at_mar, Kind::Company, id).unwrap();
    assert!(!merges::may(&at_mar, Kind::Company) && merges::may(&at_marta, Kind::Company));
    let reaches = records::get(&app, &at_marta, Kind::Company, id).is_ok();
    let expected = if reaches { vec!["Marta", "Aina Admin"] } else { vec!["Aina Admin"] };
    assert_eq!(merges::who_may(&app, &at_mar, record.as_ref()).unwrap(), expected);
    test.verify();
    test.settle();
}
