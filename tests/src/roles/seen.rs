//! What each of them gets to see, the same in lists, search, figures, files and the API.

use super::*;

/// The list, the search, the figures, the export and the API show one caller the very same leads.
#[tokio::test]
async fn what_somebody_sees_is_the_same_everywhere() {
    let company = Company::new().await;
    let id = |actor: &str| company.people[actor].id();
    // Of the team North, of the team South, and of nobody in the first team.
    let owners = [
        Some(id("rep")),
        Some(id("other rep")),
        Some(id("manager")),
        Some(company.ulla.id()),
        Some(id("other manager")),
        Some(id("admin")),
        None,
    ];
    let mut names = Vec::new();
    for (number, owner) in owners.iter().cycle().take(28).enumerate() {
        let name = format!("Vista{number:02}");
        company.lead(&name, *owner);
        names.push(name);
    }
    company.settle();
    let of = |wanted: &[Option<UserId>]| -> BTreeSet<String> {
        let pairs = owners.iter().cycle().zip(&names);
        pairs.filter(|(owner, _)| wanted.contains(owner)).map(|(_, name)| name.clone()).collect()
    };
    let expected = [
        ("rep", of(&[owners[0]])),
        ("other rep", of(&[owners[1]])),
        ("manager", of(&owners[..3])),
        ("other manager", of(&owners[3..5])),
        ("admin", of(&owners)),
    ];
    for (actor, expected) in expected {
        check_views(&company, actor, &names, Some(&expected), Some(&expected)).await;
    }
}

async fn check_views(
    company: &Company,
    actor: &str,
    names: &[String],
    seen_by: Option<&BTreeSet<String>>,
    exported_by: Option<&BTreeSet<String>>,
) {
    check_views_with(company, actor, &company.keys[actor], names, seen_by, exported_by).await;
}

/// Asks in every way there is. Where nothing may be seen or exported at all, every way says so.
async fn check_views_with(
    company: &Company,
    actor: &str,
    key: &str,
    names: &[String],
    seen_by: Option<&BTreeSet<String>>,
    exported_by: Option<&BTreeSet<String>>,
) {
    let (app, kit) = (&company.kit.state.app, &company.kit);
    let session = sessions::begin(app, &kit.ctx(), company.people[actor].clone()).unwrap().secret;
    let cookie = format!("{}={session}", server::SESSION);
    let pages =
        [("/leads", seen_by), ("/search?q=vista", seen_by), ("/leads/export?format=csv", exported_by)];
    for (page, expected) in pages {
        let answer = kit.get(page, &[("cookie", &cookie)]).await;
        let Some(expected) = expected else {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{actor} {page}");
            continue;
        };
        assert_eq!(answer.status, StatusCode::OK, "{actor} {page}");
        let text = answer.text();
        let seen: BTreeSet<String> = names.iter().filter(|name| text.contains(*name)).cloned().collect();
        assert_eq!(&seen, expected, "{actor} {page}");
    }
    // Everybody has a first page.
    assert_eq!(kit.get("/", &[("cookie", &cookie)]).await.status, StatusCode::OK, "{actor} first page");
    let Some(expected) = seen_by else {
        for path in ["/leads", "/search?q=vista", "/reports/leads-by-month"] {
            let answer = kit.api(Method::GET, path, key, &[], "").await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{actor} {path}");
        }
        return;
    };
    let counted = leads::count(app, &company.at_work(actor), &LeadQuery::default()).unwrap();
    assert_eq!(counted, LeadCount::Exactly(expected.len()), "{actor} total of the list");
    let list = kit.api(Method::GET, "/leads?limit=100", key, &[], "").await.json();
    let company_of = |lead: &serde_json::Value| lead["company"].as_str().unwrap().to_owned();
    let items = |answer: &serde_json::Value| answer["items"].as_array().unwrap().clone();
    let seen: BTreeSet<String> = items(&list).iter().map(company_of).collect();
    assert_eq!(&seen, expected, "{actor} list of the API");
    let found = kit.api(Method::GET, "/search?q=vista", key, &[], "").await.json();
    let seen: BTreeSet<String> = items(&found).iter().map(|item| company_of(&item["lead"])).collect();
    assert_eq!(&seen, expected, "{actor} search of the API");
    assert_eq!(found["total"], expected.len(), "{actor}");

    let count = i64::try_from(expected.len()).unwrap();
    let report = kit.api(Method::GET, "/reports/leads-by-month?by=owner", key, &[], "").await.json();
    assert_eq!(report["years"][0]["total"]["leads"], count, "{actor} report of the API");
    let groups = report["groups"].as_array().unwrap().iter();
    let sum: i64 = groups.map(|group| group["years"][0]["total"]["leads"].as_i64().unwrap()).sum();
    assert_eq!(sum, count, "{actor} groups of the report");
    let export = kit.get("/reports/leads-by-month/export?format=csv", &[("cookie", &cookie)]).await;
    match exported_by {
        None => assert_eq!(export.status, StatusCode::FORBIDDEN, "{actor} export of the report"),
        Some(exported) => {
            let text = export.text();
            let november = text.lines().find(|line| line.contains("2026-11")).unwrap_or_default().to_owned();
            let count = exported.len();
            assert!(november.contains(&format!(";{count};")), "{actor} export of the report: {november}");
        }
    }

    // And one by one, on the page and over the wire.
    let everything = leads::list(app, &company.at_work("admin"), &LeadQuery::default()).unwrap().leads;
    for lead in everything {
        let is_seen = expected.contains(lead.title());
        let status = if is_seen { StatusCode::OK } else { StatusCode::NOT_FOUND };
        let page = kit.get(&format!("/leads/{}", lead.meta.id), &[("cookie", &cookie)]).await;
        let api = kit.api(Method::GET, &format!("/leads/{}/timeline", lead.meta.id), key, &[], "").await;
        assert_eq!((page.status, api.status), (status, status), "{actor} {}", lead.title());
    }
}

/// For any role and any place in the teams: page, API, search, figures, files and one by one show the very same leads,
/// which are those that a naive reading of the role says.
#[tokio::test]
async fn any_role_sees_the_same_everywhere() {
    let company = Company::new().await;
    let (app, admin) = (&company.kit.state.app, company.at_work("admin"));
    let id = |actor: &str| company.people[actor].id();
    let north = company.people["rep"].teams[0];
    // Below the team of the North, and managed by nobody of it.
    let below = TeamDraft { name: "Costa".to_owned(), parent: north.to_string(), ..TeamDraft::default() };
    let coast = teams::create(app, &admin, &below).unwrap().id();
    let mut coast_person = draft_of("Clara", RoleKey::REP, &[coast], "clara@exemple.cat");
    coast_person.password = PASSWORD.to_owned();
    let clara = users::create(app, &admin, &coast_person).unwrap().id();
    let owners = [
        Some(id("rep")),
        Some(id("other rep")),
        Some(clara),
        Some(company.ulla.id()),
        Some(id("admin")),
        None,
    ];
    let mut names = Vec::new();
    for (number, owner) in owners.iter().cycle().take(18).enumerate() {
        let name = format!("Vista{number:02}");
        company.lead(&name, *owner);
        names.push(name);
    }
    company.settle();
    let reached = |level: Level, manages_south: bool| -> Option<BTreeSet<String>> {
        let is_reached = |place: usize| match level {
            Level::None => false,
            Level::Own => place == 0,
            // Own, North, the coast below it, and the South for whoever manages it.
            Level::Team => place < 3 || (place == 3 && manages_south),
            Level::All => true,
        };
        let pairs = names.iter().enumerate().map(|(number, name)| (number % owners.len(), name));
        let found = pairs.filter(|(place, _)| is_reached(*place)).map(|(_, name)| name.clone()).collect();
        (level != Level::None).then_some(found)
    };
    let mut dice = 20_261_123_u64;
    let mut level = || {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Level::ALL[usize::try_from(dice >> 62).unwrap()]
    };
    for round in 0..8 {
        let (see, export, manages_south) = (level(), level(), round % 2 == 1);
        let mut role = Role { label: model::Label::new("A mida", "", ""), ..Role::nothing() };
        let lead = Levels { see, export: export.min(see), ..Levels::default() };
        role.levels.insert(model::Kind::Lead, lead);
        let key = format!("own_{round}");
        configuration::create(app, &admin, &key, role).unwrap();
        let user = users::get(app, &admin, id("rep")).unwrap();
        let mut draft = draft_of("Raul", &key, &user.teams, &user.email);
        draft.password = String::new();
        users::update(app, &admin, user.id(), user.meta.version, &draft).unwrap();
        let south = teams::get(app, &admin, company.south).unwrap();
        let south_people = teams::members(app, &admin, company.south).unwrap();
        let manager = if manages_south { id("rep").to_string() } else { String::new() };
        let members = south_people.iter().map(|user| user.id().to_string()).collect();
        let draft = TeamDraft { name: "Sud".to_owned(), manager, parent: String::new(), members };
        teams::update(app, &admin, company.south, south.meta.version, &draft).unwrap();

        let (seen, exported) = (reached(see, manages_south), reached(export.min(see), manages_south));
        // The key of the rep has the rep's role: what both of them may.
        let key_too = Level::Own.min(see);
        let keyed = reached(key_too, manages_south);
        let caller = users::caller(app, id("rep")).unwrap();
        assert_eq!(caller.role.level(model::Kind::Lead, Action::See), see);
        let listed = company.kit.api(Method::GET, "/leads?limit=100", &company.keys["rep"], &[], "").await;
        let status = if keyed.is_some() { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!(listed.status, status, "{round} {see:?}");
        let draft = api_keys::ApiKeyDraft { name: key.clone(), user: id("rep").to_string(), role: key };
        let secret = api_keys::create(app, &admin, &draft).unwrap().1;
        check_views_with(&company, "rep", &secret, &names, seen.as_ref(), exported.as_ref()).await;
    }
}
