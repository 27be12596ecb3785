//! What a decision weighed, in the unit of that moment; and how the company of a lead is known.

use super::{company, create, draft, put, rule};
use crate::http_kit::Kit;
use crate::test_app::TestApp;
use model::{AssignmentRule, Explanation, Kind, Lead, LeadId, Pool, RoleKey, Strategy, User, UserId};
use poem::http::Method;
use services::{LeadDraft, assignment_rules, configuration, leads, records};
use std::collections::BTreeMap;

fn why(test: &TestApp, lead: &Lead) -> Explanation {
    assignment_rules::explanations(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap().remove(0)
}

fn weighed(explanation: &Explanation) -> BTreeMap<UserId, u64> {
    explanation.candidates.iter().map(|standing| (standing.user, standing.weighed)).collect()
}

#[test]
fn an_explanation_has_the_numbers_that_decided() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let people: Vec<User> = ["Ada", "Biel"].map(|name| test.hire(name, RoleKey::REP)).into();
    let all: Vec<&User> = people.iter().collect();
    let conditions = "town:is:Olot".parse().unwrap();
    put(&test, "turns", AssignmentRule { conditions, ..rule(&all) });
    put(&test, "value", AssignmentRule { strategy: Strategy::LeastValue, ..rule(&all) });
    let worth = |amount: &str| LeadDraft { amount: amount.to_owned(), ..draft("Obra") };
    let big = create(&test, &worth("9000"));
    let has_big = big.owner.unwrap();
    let other = people.iter().map(User::id).find(|user| *user != has_big).unwrap();
    // A lead without an amount goes by the number of open ones, and that is what is told.
    let without = create(&test, &draft("Sense import"));
    let told = why(&test, &without);
    assert_eq!((without.owner, told.weighed_by), (Some(other), Some(Strategy::FewestOpen)));
    assert_eq!(weighed(&told), BTreeMap::from([(has_big, 1), (other, 0)]));
    // One with an amount goes by what the others are worth.
    let small = create(&test, &worth("100"));
    let told = why(&test, &small);
    assert_eq!((small.owner, told.weighed_by), (Some(other), Some(Strategy::LeastValue)));
    assert_eq!(weighed(&told), BTreeMap::from([(has_big, 900_000), (other, 0)]));
    let by_turns = create(&test, &LeadDraft { town: "Olot".to_owned(), ..draft("Per torns") });
    let told = why(&test, &by_turns);
    assert_eq!(told.weighed_by, Some(Strategy::Turns));
    assert_eq!(weighed(&told), BTreeMap::from([(has_big, 0), (other, 0)]));
    test.leave();
}

/// Turns by weight: of each the weight and the turns so far, by which whoever got it was the furthest behind.
#[test]
fn turns_by_weight_have_their_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let [ada, biel] = ["Ada", "Biel"].map(|name| test.hire(name, RoleKey::REP));
    let mut weighted = AssignmentRule { strategy: Strategy::WeightedTurns, ..rule(&[&ada, &biel]) };
    weighted.people[0].weight = 3;
    put(&test, "weighted", weighted);
    let mut had = BTreeMap::from([(ada.id(), 0_u64), (biel.id(), 0)]);
    for number in 0..12 {
        let lead = create(&test, &draft(&format!("Empresa {number}")));
        let told = why(&test, &lead);
        assert_eq!((weighed(&told), told.weighed_by), (had.clone(), Some(Strategy::WeightedTurns)));
        let weight = |user: UserId| if user == ada.id() { 3 } else { 1 };
        assert!(told.candidates.iter().all(|one| one.weight == Some(weight(one.user))));
        *had.get_mut(&lead.owner.unwrap()).unwrap() += 1;
    }
    assert_eq!(had, BTreeMap::from([(ada.id(), 9), (biel.id(), 3)]));
    test.leave();
}

/// The rule chooses in another way since: the number is told as what it was.
#[tokio::test]
async fn a_number_keeps_its_unit_when_the_rule_changes() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let own = admin.caller().unwrap().user.clone();
    let fewest = AssignmentRule { strategy: Strategy::FewestOpen, ..rule(&[&own]) };
    configuration::create(app, &admin, "fewest", fewest).unwrap();
    leads::create(app, &admin, &draft("Primera"), None).unwrap();
    let lead = leads::create(app, &admin, &draft("Segona"), None).unwrap();
    let piece = configuration::get::<AssignmentRule>(app, &admin, "fewest").unwrap();
    let value = AssignmentRule { strategy: Strategy::LeastValue, ..piece.piece };
    configuration::update(app, &admin, "fewest", piece.meta.version, value).unwrap();
    let cookie = format!("tracte_session={}", kit.session());
    let page = kit.get(&format!("/leads/{}", lead.meta.id), &[("cookie", &cookie)]).await.text();
    assert!(page.contains("Aina Admin (1 oberts)"), "{page}");
    let key = kit.key("administrator");
    let path = format!("/leads/{}/assignment", lead.meta.id);
    let told = kit.api(Method::GET, &path, &key, &[], "").await.json();
    assert_eq!(told["explanations"][0]["weighed_by"], "fewest_open");
    assert_eq!(told["explanations"][0]["candidates"][0]["weighed"], 1);
}

/// By its tax id first, whatever it is called; by its name where that says nothing.
#[test]
fn the_company_of_a_lead_is_known_by_its_tax_id_first() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let [ada, biel, carla] = ["Ada", "Biel", "Carla"].map(|name| test.hire(name, RoleKey::REP));
    let client = AssignmentRule { pool: Pool::CompanyOwner, people: Vec::new(), ..rule(&[]) };
    put(&test, "client", client);
    put(&test, "rest", rule(&[&carla]));
    let made = |owner: &User, pairs: &[(&str, &str)]| {
        let typed = crate::merges::typed(pairs);
        records::create(&test.app, &test.at_work(owner.id()), Kind::Company, &typed, None).unwrap();
    };
    made(&ada, &[("name", "Fusteria Puig, SL"), ("tax_id", "B58818501")]);
    made(&biel, &[("name", "Puig i Fills")]);
    let owner = |company: &str, tax_id: &str| {
        create(&test, &LeadDraft { tax_id: tax_id.to_owned(), ..draft(company) }).owner
    };
    assert_eq!(owner("Els Puig", "b-58818501"), Some(ada.id()), "by its tax id, however it is written");
    assert_eq!(owner("Puig i Fills", "B58818501"), Some(ada.id()), "the tax id comes before the name");
    assert_eq!(owner("puig i fills", ""), Some(biel.id()), "by its name");
    assert_eq!(owner("Puig i Fills", "B58378431"), Some(biel.id()), "nothing says that it is another one");
    assert_eq!(
        owner("Fusteria Puig, SL", "B58378431"),
        Some(carla.id()),
        "another tax id is another company"
    );
    test.leave();
}
