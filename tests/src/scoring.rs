//! Points by rules and what is learned from closed leads: what each lead gets and why, in which order lists show it, and
//! that readings which follow are those that are made anew.

mod learned;
mod readings;

use crate::http_kit::Kit;
use crate::test_app::TestApp;
use model::{Filter, Kind, Label, Lead, LeadId, LeadSort, RoleKey, ScoringRule, UserId};
use poem::http::{Method, StatusCode};
use services::leads::{self, Direction, LeadQuery};
use services::scoring::{self, PreviewQuery};
use services::{Ctx, Error, LeadDraft, config_file, configuration, own_fields};

fn company(folder: &tempfile::TempDir) -> TestApp {
    TestApp::company(&folder.path().join("data"))
}

fn rule(name: &str, conditions: &str, points: i16) -> ScoringRule {
    let conditions = conditions.parse::<Filter>().unwrap();
    ScoringRule { label: Label::new(name, "", ""), conditions, points, ..ScoringRule::default() }
}

/// A rule that gives nothing: for tests of pages.
pub(crate) fn archived_rule(app: &services::App, ctx: &Ctx, key: &str) {
    let rule = ScoringRule { archived: true, ..rule("Regla", "", 10) };
    configuration::create(app, ctx, key, rule).unwrap();
}

fn put(test: &TestApp, key: &str, rule: ScoringRule) {
    configuration::create(&test.app, &test.admin(), key, rule).unwrap();
}

fn draft(company: &str) -> LeadDraft {
    LeadDraft { company: company.to_owned(), ..LeadDraft::default() }
}

fn create(test: &TestApp, draft: &LeadDraft) -> Lead {
    leads::create(&test.app, &test.admin(), draft, None).unwrap()
}

/// «37: +20 girona, −3 mut».
fn scored(test: &TestApp, lead: &Lead) -> String {
    let score = scoring::of_lead(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap();
    let Some(score) = score else { return "no rules".to_owned() };
    let reasons: Vec<String> =
        score.reasons.iter().map(|reason| format!("{:+} {}", reason.points, reason.rule)).collect();
    format!("{}: {}", score.points, reasons.join(", "))
}

#[test]
fn each_rule_that_fits_gives_its_points_and_the_sum_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let girona = create(&test, &LeadDraft { zone: "Girona".to_owned(), ..draft("Forn Puig") });
    let phoned = create(&test, &LeadDraft { phone: "972123456".to_owned(), ..draft("Fusteria Mas") });
    assert_eq!(scored(&test, &girona), "no rules");
    put(&test, "girona", rule("Zona Girona", "zone:is:girona", 20));
    put(&test, "mute", rule("Sense telèfon", "phone:empty", -10));
    assert_eq!(scored(&test, &girona), "10: +20 girona, -10 mute");
    assert_eq!(scored(&test, &phoned), "0: ");
    // OR within a group, AND between groups; a rule that begins tomorrow or is archived gives nothing.
    put(&test, "both", rule("Tots dos", "zone:is:girona|phone:filled;company:contains:o", 100));
    let tomorrow = "2026-11-24".parse().ok();
    put(&test, "tomorrow", ScoringRule { from: tomorrow, ..rule("Demà", "", 1) });
    archived_rule(&test.app, &test.admin(), "archived");
    assert_eq!(scored(&test, &girona), "100: +20 girona, -10 mute, +100 both");
    assert_eq!(scored(&test, &phoned), "0: ");
    put(&test, "less", rule("Tothom", "", -60));
    assert_eq!(scored(&test, &phoned), "0: -60 less");
    assert_eq!(scored(&test, &girona), "50: +20 girona, -10 mute, +100 both, -60 less");
    // Nothing of it is in any record or history.
    let timeline = services::timelines::page(
        &test.app,
        &test.admin(),
        Kind::Lead,
        girona.meta.id,
        None,
        services::timelines::Sort::Everything,
    )
    .unwrap()
    .changes;
    assert_eq!(timeline.len(), 1);
    assert_eq!(leads::get(&test.app, &test.admin(), LeadId(girona.meta.id)).unwrap().meta.version, 1);
    // In order: the reasons are told in the order of the rules.
    scoring::step(&test.app, &test.admin(), "less", services::choices::Step::Up).unwrap();
    assert_eq!(scored(&test, &phoned), "0: -60 less");
    test.advance(24 * 3600);
    assert_eq!(scored(&test, &phoned), "0: -60 less, +1 tomorrow");
    test.leave();
}

#[test]
fn points_change_with_the_days_alone() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    put(&test, "fresh", rule("Recent", "created_at:last-days:7", 30));
    put(&test, "old", rule("Vell", "created_at:over-days-ago:30", -20));
    put(&test, "all", rule("Tots", "", 40));
    let lead = create(&test, &draft("Forn Puig"));
    assert_eq!(scored(&test, &lead), "70: +30 fresh, +40 all");
    test.advance(10 * 24 * 3600);
    assert_eq!(scored(&test, &lead), "40: +40 all");
    let newer = create(&test, &draft("Forn Mas"));
    assert_eq!(in_order(&test, &test.admin(), Direction::Backward), ["Forn Mas 70", "Forn Puig 40"]);
    test.advance(31 * 24 * 3600);
    assert_eq!(scored(&test, &lead), "20: -20 old, +40 all");
    assert_eq!(scored(&test, &newer), "20: -20 old, +40 all");
    test.leave();
}

#[test]
fn a_rule_that_cannot_be_is_refused_with_all_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let check = |rule: ScoringRule, expected: &[&str]| {
        let Err(Error::Invalid(errors)) = configuration::create(&test.app, &test.admin(), "r", rule) else {
            panic!("it was kept");
        };
        let found: Vec<String> =
            errors.0.iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect();
        assert_eq!(found, expected);
    };
    check(rule("", "owner:any:me", 0), &["label_ca required", "points rule-points", "condition-0 rule-me"]);
    check(
        rule("Cercle", "score:above:10|probability:above:10;planet:is:mart", 101),
        &[
            "points rule-points",
            "condition-2 filter-field",
            "condition-0 rule-score",
            "condition-1 rule-score",
        ],
    );
    let rep = test.hire("Rai", RoleKey::REP);
    let denied = configuration::create(&test.app, &test.at_work(rep.id()), "r", rule("R", "", 1));
    assert!(matches!(denied, Err(Error::Denied)), "{denied:?}");
    test.leave();
}

/// A field of the company's own, and a value of a list, that a rule asks for cannot vanish under it.
#[test]
fn what_a_rule_asks_for_cannot_be_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let field = own_fields::FieldDraft {
        entity: "lead".to_owned(),
        name: "obra".to_owned(),
        label: Label::new("Obra", "", ""),
        kind: "yes_no".to_owned(),
        ..own_fields::FieldDraft::default()
    };
    let version = own_fields::create(&test.app, &test.admin(), &field).unwrap().meta.version;
    put(&test, "works", rule("Obra", "custom.obra:yes", 15));
    put(&test, "fair", rule("Fira", "source:any:fair", 15));
    let used = configuration::uses::<model::CustomField>(&test.app, &test.admin(), "lead.obra").unwrap();
    assert_eq!(used.iter().map(|used| used.key.as_str()).collect::<Vec<_>>(), ["works"]);
    let refused = configuration::remove::<model::CustomField>(&test.app, &test.admin(), "lead.obra", version);
    assert!(matches!(refused, Err(Error::Invalid(_))));
    let used = configuration::uses::<model::Choice>(&test.app, &test.admin(), "sources.fair").unwrap();
    assert!(used.iter().any(|used| used.key == "fair"));
    test.leave();
}

#[test]
fn rules_travel_in_the_configuration_file() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    put(&test, "girona", rule("Zona Girona", "zone:is:girona|postcode:begins:17", 20));
    let text = config_file::export(&test.app, &test.admin()).unwrap();
    assert!(text.contains("[scoring_rules.girona]"), "{text}");
    let other = TestApp::company(&folder.path().join("other"));
    let review = config_file::review(&other.app, &other.admin(), &text).unwrap();
    assert!(review.problems.is_empty(), "{:?}", review.problems);
    config_file::apply(&other.app, &other.admin(), &text, &review.against).unwrap();
    let carried = configuration::get::<ScoringRule>(&other.app, &other.admin(), "girona").unwrap().piece;
    assert_eq!(carried, rule("Zona Girona", "zone:is:girona|postcode:begins:17", 20));
    let broken = text.replace("points = 20", "points = 200");
    let review = config_file::review(&other.app, &other.admin(), &broken).unwrap();
    assert_eq!(review.problems[0].problem.code, "rule-points");
    other.leave();
    test.leave();
}

#[test]
fn a_rule_is_tried_before_it_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    put(&test, "all", rule("Tots", "", 15));
    for number in 0..6 {
        let zone = if number < 2 { "Girona" } else { "Barcelona" };
        create(&test, &LeadDraft { zone: zone.to_owned(), ..draft(&format!("Empresa {number}")) });
    }
    let query = |key: Option<&str>, rule| PreviewQuery { limit: 100, key: key.map(str::to_owned), rule };
    let tried =
        query(None, ScoringRule { from: "2030-01-01".parse().ok(), ..rule("G", "zone:is:girona", 50) });
    let found = scoring::preview(&test.app, &test.admin(), tried).unwrap();
    assert_eq!((found.count, found.fitting, found.changed), (6, 2, 2));
    assert_eq!((found.before[1], found.after[1], found.after[6]), (6, 4, 2));
    assert_eq!((found.sum_before, found.sum_after), (90, 190));
    let told: Vec<(u8, u8)> = found.rows.iter().map(|row| (row.before, row.after.points)).collect();
    assert_eq!(told, [(15, 65), (15, 65)]);
    // In the place of the one that is there.
    let found = scoring::preview(&test.app, &test.admin(), query(Some("all"), rule("Tots", "", 99))).unwrap();
    assert_eq!((found.sum_before, found.sum_after, found.changed), (90, 594, 6));
    let wrong = scoring::preview(&test.app, &test.admin(), query(None, rule("", "", 0)));
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    // Nothing was kept.
    assert_eq!(configuration::list::<ScoringRule>(&test.app, &test.admin()).unwrap().len(), 1);
    test.leave();
}

/// The list by points, page after page: titles with their points.
fn in_order(test: &TestApp, ctx: &Ctx, direction: Direction) -> Vec<String> {
    let mut query = LeadQuery { sort: LeadSort::Score, direction, limit: 3, ..LeadQuery::default() };
    let mut found = Vec::new();
    loop {
        let page = leads::list(&test.app, ctx, &query).unwrap();
        for lead in page.leads {
            let score = scoring::of_lead(&test.app, ctx, LeadId(lead.meta.id)).unwrap();
            found.push(format!("{} {}", lead.title(), score.map_or(0, |score| score.points)));
        }
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => return found,
        }
    }
}

/// Somebody who sees some leads turns the pages of those alone, whoever has most points.
#[test]
fn the_order_by_points_shows_nobody_more_than_they_see() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let rep = test.hire("Rai", RoleKey::REP);
    put(&test, "girona", rule("Girona", "zone:is:girona", 30));
    for number in 0..12 {
        let zone = ["Girona", "Lleida"][number % 2];
        let lead = create(&test, &LeadDraft { zone: zone.to_owned(), ..draft(&format!("Empresa {number}")) });
        if number % 3 == 0 {
            leads::assign(&test.app, &test.admin(), LeadId(lead.meta.id), lead.meta.version, rep.id())
                .unwrap();
        } else if lead.owner == Some(rep.id()) {
            let admin: UserId = test.admin().user_id().unwrap();
            leads::assign(&test.app, &test.admin(), LeadId(lead.meta.id), lead.meta.version, admin).unwrap();
        }
        test.advance(1);
    }
    let ctx = test.at_work(rep.id());
    let seen = in_order(&test, &ctx, Direction::Backward);
    assert_eq!(seen, ["Empresa 6 30", "Empresa 0 30", "Empresa 9 0", "Empresa 3 0"]);
    let filtered = LeadQuery {
        filter: "score:at-least:30".parse().unwrap(),
        sort: LeadSort::Score,
        ..LeadQuery::default()
    };
    let page = leads::list(&test.app, &ctx, &filtered).unwrap();
    assert_eq!(page.leads.iter().map(Lead::title).collect::<Vec<_>>(), ["Empresa 6", "Empresa 0"]);
    test.leave();
}

/// An assignment rule can ask for points: also of a lead that comes in just now.
#[test]
fn who_gets_a_lead_can_depend_on_its_points() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let (ada, biel) = (test.hire("Ada", RoleKey::REP), test.hire("Biel", RoleKey::REP));
    put(&test, "girona", rule("Girona", "zone:is:girona", 60));
    let given = |name: &str, conditions: &str, to: &model::User| model::AssignmentRule {
        label: Label::new(name, "", ""),
        conditions: conditions.parse().unwrap(),
        people: vec![model::PoolMember { user: to.id().to_string(), weight: 1 }],
        ..model::AssignmentRule::default()
    };
    configuration::create(&test.app, &test.admin(), "good", given("Bons", "score:at-least:50", &ada))
        .unwrap();
    configuration::create(&test.app, &test.admin(), "others", given("Altres", "", &biel)).unwrap();
    let good = create(&test, &LeadDraft { zone: "Girona".to_owned(), ..draft("Forn Puig") });
    let other = create(&test, &draft("Fusteria Mas"));
    assert_eq!((good.owner, other.owner), (Some(ada.id()), Some(biel.id())));
    test.leave();
}

#[tokio::test]
async fn page_list_file_and_api_tell_the_same() {
    let kit = Kit::company();
    let (cookie, key) = (format!("tracte_session={}", kit.session()), kit.key("administrator"));
    let (app, admin) = (&kit.state.app, kit.admin());
    configuration::create(app, &admin, "girona", rule("Zona Girona", "zone:is:girona", 20)).unwrap();
    configuration::create(app, &admin, "mute", rule("Sense telèfon", "phone:empty", -5)).unwrap();
    for (name, zone) in [("Forn Puig", "Girona"), ("Fusteria Mas", "Lleida")] {
        let typed = LeadDraft { zone: zone.to_owned(), ..draft(name) };
        kit.advance(1);
        leads::create(app, &admin, &typed, None).unwrap();
    }
    let cookie = [("cookie", cookie.as_str())];
    let list = kit.api(Method::GET, "/leads?sort=score", &key, &[], "").await.json();
    let told: Vec<(&str, u64)> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lead| (lead["company"].as_str().unwrap(), lead["score"].as_u64().unwrap()))
        .collect();
    assert_eq!(told, [("Forn Puig", 15), ("Fusteria Mas", 0)]);
    let id = list["items"][0]["id"].as_str().unwrap();
    let score = kit.api(Method::GET, &format!("/leads/{id}/score"), &key, &[], "").await.json();
    assert_eq!(score["points"]["score"], 15);
    assert_eq!(score["points"]["reasons"][1]["label"], "Sense telèfon");
    assert_eq!(score["probability"]["state"], "too_few");
    let page = kit.get(&format!("/leads/{id}"), &cookie).await.text();
    for words in ["15 de 100", "+20", "Zona Girona", "−5", "Sense telèfon"] {
        assert!(page.contains(words), "{words}");
    }
    let page = kit.get("/leads?sort=score&columns=score,zone", &cookie).await.text();
    let places = ["Forn Puig", "Puntuació\">15<", "Fusteria Mas", "Puntuació\">0<"]
        .map(|words| page.find(words).unwrap());
    assert!(places.is_sorted(), "{places:?}");
    let file = kit.get("/leads/export?sort=score&columns=score", &cookie).await.text();
    assert_eq!(file.lines().skip(1).collect::<Vec<_>>(), [";Forn Puig;15", ";Fusteria Mas;0"]);
    let file = kit.get("/leads/export", &cookie).await.text();
    assert!(file.lines().next().unwrap().contains("Puntuació"), "{file}");
    let filtered = kit.api(Method::GET, "/leads?filter=score:at-least:10", &key, &[], "").await.json();
    assert_eq!(filtered["items"].as_array().unwrap().len(), 1);
    let page = kit.get(&format!("/leads/{id}"), &cookie).await.text();
    assert!(page.contains("Massa poques dades"), "it does not say why there is no probability");
    let rubbish = kit.api(Method::GET, "/leads?sort=score&cursor=00ff", &key, &[], "").await;
    assert_eq!(rubbish.status, StatusCode::OK);
}

/// The form as a browser without JavaScript goes through it: problems, another condition, trying, saving.
#[tokio::test]
async fn a_rule_is_written_tried_and_saved() {
    let kit = Kit::company();
    let cookie = format!("tracte_session={}", kit.session());
    let headers = [
        ("cookie", cookie.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
    ];
    let post = async |body: &str| kit.ask(Method::POST, "/settings/scoring/new", &headers, body).await;
    leads::create(
        &kit.state.app,
        &kit.admin(),
        &LeadDraft { town: "Olot".to_owned(), ..draft("Forn") },
        None,
    )
    .unwrap();
    let wrong = post("deed=save&label_ca=&points=molts&from=ahir&rows=1&f0=town&g0=0&p0=is&o0=is&v0=").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = wrong.text();
    for words in ["value=\"molts\"", "value=\"ahir\"", "Escriviu els punts"] {
        assert!(text.contains(words), "{words}");
    }
    let filled = "label_ca=Olot&points=−30&rows=1&f0=town&g0=0&p0=is&o0=is&v0=Olot&leads=100";
    let tried = post(&format!("deed=preview&{filled}")).await;
    assert_eq!(tried.status, StatusCode::OK);
    assert!(tried.text().contains("la regla escau a 1"), "{}", tried.text());
    let more = post(&format!("do=add&add-field=phone&{filled}")).await.text();
    assert!(more.contains("name=\"f1\" value=\"phone\"") && more.contains("Olot"), "a row was not added");
    let saved = post(&format!("deed=save&{filled}")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let kept = configuration::get::<ScoringRule>(&kit.state.app, &kit.admin(), "olot").unwrap();
    assert_eq!(kept.piece, rule("Olot", "town:is:Olot", -30));
    let list = kit.get("/settings/scoring", &[("cookie", cookie.as_str())]).await.text();
    assert!(list.contains("−30") && list.contains("Olot"));
    // Somebody else saved it meanwhile: both values, and nothing typed is lost.
    configuration::update(&kit.state.app, &kit.admin(), "olot", 1, rule("Olot", "town:is:Vic", 10)).unwrap();
    let body = format!("deed=save&version=1&{filled}");
    let stale = kit.ask(Method::POST, "/settings/scoring/olot", &headers, &body).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("Vic"), "{}", stale.text());
}
