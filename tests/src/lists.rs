//! Lists of leads by conditions: by services, page, API and file, against a reading without any index.

use crate::http_kit::Kit;
use crate::test_app::TestApp;
use model::{
    Filter, Kind, Lead, LeadId, LeadSort, LeadStatus, ListState, RoleKey, SavedView, SavedViewId, Source,
    UserId,
};
use poem::http::{Method, StatusCode};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use services::leads::{self, Direction, LeadCount, LeadQuery};
use services::saved_views::{self, ViewDraft};
use services::{Ctx, Error, LeadDraft, users};

const TOWNS: [&str; 4] = ["Olot", "Òdena", "Girona", ""];
const AMOUNTS: [&str; 4] = ["", "10", "999,99", "5000"];
const SOURCES: [&str; 3] = ["", "web", "fair"];

/// Conditions of which a list entry decides some, and the record the others.
const CONDITIONS: [&str; 16] = [
    "status:any:assigned",
    "status:none:assigned,contacted",
    "source:any:web",
    "source:empty",
    "owner:any:me",
    "owner:any:my-team",
    "owner:none:nobody",
    "owner:any:nobody",
    "team:any:my-team",
    "created_at:today",
    "created_at:over-days-ago:1",
    "town:contains:o",
    "town:empty",
    "amount:at-least:999.99",
    "amount:below:100",
    "company:is:empresa 7",
];

/// A company with leads of different kinds, some two days old.
fn company(test: &TestApp) -> UserId {
    let rep = test.hire("Berta", RoleKey::REP).id();
    let admin = test.admin();
    for number in 0..24_usize {
        let draft = LeadDraft {
            company: format!("Empresa {number}"),
            town: TOWNS[number % 4].to_owned(),
            amount: AMOUNTS[number / 2 % 4].to_owned(),
            source: SOURCES[number % 3].to_owned(),
            ..LeadDraft::default()
        };
        let ctx = test.admin();
        let lead = leads::create(&test.app, &ctx, &draft, None).unwrap();
        if number % 5 == 0 {
            let id = LeadId(lead.meta.id);
            leads::set_status(&test.app, &admin, id, lead.meta.version, LeadStatus::Contacted, "").unwrap();
        }
        if number == 11 {
            test.advance(2 * 24 * 3_600);
        }
    }
    rep
}

/// Word for word what a condition of [`CONDITIONS`] asks for.
fn naive(test: &TestApp, ctx: &Ctx, condition: &str, lead: &Lead) -> bool {
    let town = model::fold(lead.town.as_deref().unwrap_or_default());
    let cents = lead.amount.map(|amount| amount.minor_units);
    // Everybody here is of the first team.
    let in_team = lead.team == Some(test.default_team());
    let is_today = ctx.at.duration_since(lead.meta.created_at).as_hours() < 20;
    match condition {
        "status:any:assigned" => lead.status == LeadStatus::Assigned,
        "status:none:assigned,contacted" => {
            !matches!(lead.status, LeadStatus::Assigned | LeadStatus::Contacted)
        }
        "source:any:web" => lead.source == Some(Source::WEB),
        "source:empty" => lead.source.is_none(),
        "owner:any:me" => lead.owner == ctx.user_id(),
        "owner:any:my-team" | "owner:none:nobody" => lead.owner.is_some(),
        "owner:any:nobody" => lead.owner.is_none(),
        "team:any:my-team" => in_team,
        "created_at:today" => is_today,
        "created_at:over-days-ago:1" => !is_today,
        "town:contains:o" => town.contains('o'),
        "town:empty" => lead.town.is_none(),
        "amount:at-least:999.99" => cents.is_some_and(|cents| cents >= 99_999),
        "amount:below:100" => cents.is_some_and(|cents| cents < 10_000),
        "company:is:empresa 7" => lead.company.as_deref() == Some("Empresa 7"),
        other => panic!("{other}"),
    }
}

fn listed(test: &TestApp, ctx: &Ctx, query: &LeadQuery) -> Vec<Lead> {
    let (mut found, mut query) = (Vec::new(), LeadQuery { limit: 5, ..query.clone() });
    loop {
        let page = leads::list(&test.app, ctx, &query).unwrap();
        found.extend(page.leads);
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => return found,
        }
    }
}

/// Whatever the entries of a list decide and whatever the records, lists hold what a look at each lead would choose, in
/// order, once; and counts and groups agree with them.
#[test]
fn lists_by_conditions_equal_a_look_at_each_lead() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestApp::company(&folder.path().join("data"));
    let rep = company(&test);
    let groups = prop::collection::vec(prop::collection::vec(0..CONDITIONS.len(), 1..3), 0..4);
    let sorts = (prop::sample::select(LeadSort::ALL.to_vec()), any::<bool>(), any::<bool>());
    let mut runner = TestRunner::new(Config { failure_persistence: None, cases: 120, ..Config::default() });
    runner
        .run(&(groups, sorts), |(groups, (sort, forward, is_rep))| {
            let ctx = if is_rep { test.at_work(rep) } else { test.admin() };
            let names = |group: &Vec<usize>| group.iter().map(|place| CONDITIONS[*place]).collect::<Vec<_>>();
            let groups: Vec<Vec<&str>> = groups.iter().map(names).collect();
            let texts: Vec<String> = groups.iter().map(|group| group.join("|")).collect();
            let filter: Filter = texts.join(";").parse().unwrap();
            let direction = if forward { Direction::Forward } else { Direction::Backward };
            let everything = LeadQuery { sort, direction, ..LeadQuery::default() };
            let expected: Vec<Lead> = listed(&test, &ctx, &everything)
                .into_iter()
                .filter(|lead| {
                    groups.iter().all(|group| group.iter().any(|text| naive(&test, &ctx, text, lead)))
                })
                .collect();
            let query = LeadQuery { filter: filter.clone(), ..everything };
            prop_assert_eq!(&listed(&test, &ctx, &query), &expected, "{}", filter);
            let count = leads::count(&test.app, &ctx, &query).unwrap();
            prop_assert_eq!(count, LeadCount::Exactly(expected.len()), "{}", filter);
            for field in ["status", "owner", "source"] {
                let grouped = leads::groups(&test.app, &ctx, &query, field).unwrap();
                let total: usize = grouped.groups.iter().map(|group| group.count).sum();
                prop_assert_eq!((total, grouped.is_whole), (expected.len(), true), "{} by {}", filter, field);
            }
            Ok(())
        })
        .unwrap();
    test.leave();
}

#[test]
fn a_filter_with_problems_is_refused_whole() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestApp::company(&folder.path().join("data"));
    let filter = Filter::read("town:is:Olot;no_such_field:is:3;amount:is:molt").0;
    let query = LeadQuery { filter, ..LeadQuery::default() };
    let Err(Error::Invalid(errors)) = leads::list(&test.app, &test.admin(), &query) else {
        panic!("half a filter shows more than was asked for");
    };
    let found: Vec<(&str, &str)> =
        errors.0.iter().map(|problem| (problem.field.as_str(), problem.code.as_str())).collect();
    assert_eq!(found, [("condition-1", "filter-field"), ("condition-2", "amount-form")]);
    test.leave();
}

struct Asked {
    page: Vec<String>,
    api: Vec<String>,
    file: Vec<String>,
}

/// The companies that page, API and file show for the same filter, each in its order.
async fn asked(kit: &Kit, cookie: &str, key: &str, filter: &str) -> Asked {
    let filter = ui::address::escaped(filter);
    let cookie = [("cookie", cookie)];
    let page = kit.get(&format!("/leads?filter={filter}"), &cookie).await.text();
    let page = page.split("<th scope=\"row\">").skip(1);
    let link = |row: &str| row.split("<a ").nth(1).unwrap().split("\">").nth(1).unwrap().to_owned();
    let name = |row: &str| link(row).split('<').next().unwrap().to_owned();
    let api = kit.api(Method::GET, &format!("/leads?filter={filter}"), key, &[], "").await.json();
    let items = api["items"].as_array().unwrap();
    let file = kit.get(&format!("/leads/export?columns=company&filter={filter}"), &cookie).await.text();
    Asked {
        page: page.map(name).collect(),
        api: items.iter().map(|lead| lead["company"].as_str().unwrap().to_owned()).collect(),
        file: file.lines().skip(1).map(|row| row.split(';').nth(1).unwrap().to_owned()).collect(),
    }
}

#[tokio::test]
async fn page_api_and_file_agree_on_a_filter() {
    let kit = Kit::company();
    let (cookie, key) = (format!("tracte_session={}", kit.session()), kit.key("administrator"));
    for (number, town) in ["Olot", "Girona", "Olot", "Sant Joan; Les Fonts"].into_iter().enumerate() {
        let draft = LeadDraft {
            company: format!("Empresa {number}"),
            town: town.to_owned(),
            amount: format!("{}00", number + 1),
            ..LeadDraft::default()
        };
        kit.advance(1);
        leads::create(&kit.state.app, &kit.admin(), &draft, None).unwrap();
    }
    for (filter, expected) in [
        ("town:is:olot", vec!["Empresa 2", "Empresa 0"]),
        ("town:is:olot;amount:above:100", vec!["Empresa 2"]),
        ("town:is:girona|amount:above:300", vec!["Empresa 3", "Empresa 1"]),
        (r"town:is:Sant Joan\; Les Fonts", vec!["Empresa 3"]),
        ("owner:any:me", vec!["Empresa 3", "Empresa 2", "Empresa 1", "Empresa 0"]),
        ("created_at:last-month", vec![]),
    ] {
        let asked = asked(&kit, &cookie, &key, filter).await;
        assert_eq!(asked.page, expected, "page: {filter}");
        assert_eq!(asked.api, expected, "api: {filter}");
        assert_eq!(asked.file, expected, "file: {filter}");
    }
}

#[tokio::test]
async fn rubbish_in_the_address_is_told_and_never_a_fault() {
    let kit = Kit::company();
    let (cookie, key) = (format!("tracte_session={}", kit.session()), kit.key("administrator"));
    let cookie = [("cookie", cookie.as_str())];
    for filter in [
        "x",
        "town",
        "town:is",
        "::::",
        "|",
        "%FF%00",
        "town:is:%5C",
        "amount:above:1e999",
        &"a".repeat(3_000),
    ] {
        let page = kit.get(&format!("/leads?filter={filter}"), &cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{filter}");
        assert!(page.text().contains("error-summary"), "{filter}");
        let export = kit.get(&format!("/leads/export?filter={filter}"), &cookie).await;
        assert_eq!(export.status, StatusCode::UNPROCESSABLE_ENTITY, "{filter}");
        let api = kit.api(Method::GET, &format!("/leads?filter={filter}"), &key, &[], "").await;
        assert_eq!(api.status, StatusCode::UNPROCESSABLE_ENTITY, "{filter}");
        assert_eq!(api.json()["code"], "invalid", "{filter}");
        let editor = kit.get(&format!("/leads/filter?filter={filter}"), &cookie).await;
        assert!(!editor.status.is_server_error(), "{filter}");
    }
    for rest in ["group=town", "group=x", "columns=x,,town", "columns=town&columns=amount", "rows=99&do=or9"]
    {
        for path in ["/leads", "/leads/filter"] {
            assert_eq!(
                kit.get(&format!("{path}?{rest}"), &cookie).await.status,
                StatusCode::OK,
                "{path} {rest}"
            );
        }
    }
}

/// The page where a filter is put together, as a browser without JavaScript goes through it.
#[tokio::test]
async fn a_filter_is_put_together_step_by_step() {
    let kit = Kit::company();
    let cookie = format!("tracte_session={}", kit.session());
    let cookie = [("cookie", cookie.as_str())];
    let get = async |query: &str| kit.get(&format!("/leads/filter?{query}"), &cookie).await;
    let added = get("sort=name&direction=asc&was=&rows=0&add-field=amount&do=add").await.text();
    assert!(added.contains("name=\"f0\" value=\"amount\"") && added.contains("name=\"sort\" value=\"name\""));
    // What is typed stays while another condition is added beside it, as an alternative.
    let row = "rows=1&f0=amount&g0=0&p0=at-least&o0=at-least&v0=1.234%2C50";
    let other = get(&format!("{row}&or0-field=town&do=or0")).await.text();
    assert!(other.contains("value=\"1.234,50\"") && other.contains("name=\"f1\" value=\"town\""));
    let two = format!("{}&f1=town&g1=0&p1=contains&o1=contains&v1=Olot%3B", row.replace("rows=1", "rows=2"));
    let applied = get(&format!("{two}&sort=name&direction=asc&do=apply")).await;
    assert_eq!(applied.status, StatusCode::SEE_OTHER);
    let expected =
        "/leads?filter=amount%3Aat-least%3A1234.5%7Ctown%3Acontains%3AOlot%5C%3B&sort=name&direction=asc";
    assert_eq!(applied.header("location"), expected);
    let taken_off = get(&format!("{two}&do=remove0")).await.text();
    assert!(taken_off.contains("name=\"f0\" value=\"town\"") && !taken_off.contains("name=\"f1\""));
    // All problems at once, with what was typed.
    let wrong = two.replace("1.234%2C50", "molts").replace("Olot%3B", "");
    let refused = get(&format!("{wrong}&do=apply")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(
        text.contains("f-condition-0-error")
            && text.contains("f-condition-1-error")
            && text.contains("molts")
    );
    // Another operator with another number of values shows its own controls.
    let between = get(&format!("{}&x=1", row.replace("o0=at-least", "o0=between"))).await.text();
    assert_eq!(between.matches("name=\"v0\"").count(), 2);
}

fn state(filter: &str) -> ListState {
    ListState { filter: filter.parse().unwrap(), ..ListState::default() }
}

fn saved(test: &TestApp, ctx: &Ctx, name: &str, share: &str) -> Result<SavedView, Error> {
    let draft = ViewDraft { name: name.to_owned(), share: share.to_owned(), default_for: Vec::new() };
    saved_views::create(&test.app, ctx, Kind::Lead, &draft, state("status:any:new"))
}

#[track_caller]
fn refused<T: std::fmt::Debug>(done: Result<T, Error>, code: &str) {
    match done {
        Err(Error::Invalid(errors)) => {
            assert!(errors.0.iter().any(|problem| problem.code == code), "{errors:?}")
        }
        Err(error) => assert_eq!(error.code(), code),
        Ok(done) => panic!("{done:?}"),
    }
}

/// Private views are their owner's, those of a team its people's; only who changes settings shares with everybody.
#[test]
fn views_are_found_by_those_they_are_for() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestApp::company(&folder.path().join("data"));
    let (berta, carles) = (test.hire("Berta", RoleKey::REP), test.hire("Carles", RoleKey::REP));
    let other = {
        let draft = services::teams::TeamDraft { name: "Sud".to_owned(), ..Default::default() };
        services::teams::create(&test.app, &test.admin(), &draft).unwrap().id()
    };
    let dolors = test.hire("Dolors", RoleKey::REP);
    let draft = services::users::UserDraft {
        name: dolors.name.clone(),
        email: dolors.email.clone(),
        role: RoleKey::REP.to_owned(),
        teams: vec![other.to_string()],
        language: "ca".to_owned(),
        takes_leads: true,
        active: true,
        password: String::new(),
        ..services::users::UserDraft::default()
    };
    users::update(&test.app, &test.admin(), dolors.id(), dolors.meta.version, &draft).unwrap();
    let [berta, carles, dolors] = [berta.id(), carles.id(), dolors.id()].map(|user| test.at_work(user));
    let team = test.default_team().to_string();
    let own = saved(&test, &berta, "Meva", "private").unwrap();
    let of_team = saved(&test, &berta, "De l’equip", &team).unwrap();
    let of_all = saved(&test, &test.admin(), "De tothom", "everybody").unwrap();
    refused(saved(&test, &berta, "No", "everybody"), "choice");
    refused(saved(&test, &berta, "No", &other.to_string()), "choice");
    refused(saved(&test, &berta, " ", "private"), "required");
    let finds = |ctx: &Ctx| -> Vec<SavedViewId> {
        let views = saved_views::list(&test.app, ctx, Kind::Lead).unwrap();
        for view in [&own, &of_team, &of_all] {
            let is_listed = views.iter().any(|listed| listed.id() == view.id());
            assert_eq!(saved_views::get(&test.app, ctx, view.id()).is_ok(), is_listed);
        }
        views.iter().map(SavedView::id).collect()
    };
    assert_eq!(finds(&berta), [of_team.id(), of_all.id(), own.id()]);
    assert_eq!(finds(&carles), [of_team.id(), of_all.id()]);
    assert_eq!(finds(&dolors), [of_all.id()]);
    assert!(!finds(&test.admin()).contains(&own.id()), "not even an administrator finds a private one");
    // Others may look, not touch; what is not theirs to find is not there.
    let change =
        |ctx: &Ctx, id: SavedViewId| saved_views::set_state(&test.app, ctx, id, 1, state("town:is:Olot"));
    refused(change(&carles, of_team.id()), "denied");
    refused(change(&berta, of_all.id()), "denied");
    refused(change(&carles, own.id()), "not-found");
    refused(saved_views::delete(&test.app, &dolors, of_team.id(), 1), "not-found");
    let changed = change(&berta, own.id()).unwrap();
    assert_eq!((changed.meta.version, changed.state), (2, state("town:is:Olot")));
    refused(change(&berta, own.id()), "conflict");
    refused(saved_views::set_state(&test.app, &berta, own.id(), 2, state("no_field:is:3")), "filter-field");
    saved_views::delete(&test.app, &berta, own.id(), 2).unwrap();
    assert_eq!(finds(&berta), [of_team.id(), of_all.id()]);
    // A role begins with a view that everybody finds.
    let first =
        |ctx: &Ctx| saved_views::first_of(&saved_views::list(&test.app, ctx, Kind::Lead).unwrap(), ctx);
    let mut draft = ViewDraft {
        name: "Meves".to_owned(),
        share: "private".to_owned(),
        default_for: vec!["rep".to_owned()],
    };
    let admin = test.admin();
    refused(saved_views::update(&test.app, &admin, of_all.id(), 1, &draft), "view-default-share");
    draft.share = "everybody".to_owned();
    saved_views::update(&test.app, &admin, of_all.id(), 1, &draft).unwrap();
    assert_eq!((first(&berta), first(&admin)), (Some(of_all.id()), None));
    test.leave();
}

/// From the list to a view, changed, updated and left, as a browser without JavaScript goes.
#[tokio::test]
async fn a_view_is_saved_opened_changed_and_updated() {
    let kit = Kit::company();
    let cookie = format!("tracte_session={}", kit.session());
    let get = async |path: &str| kit.get(path, &[("cookie", &cookie)]).await;
    let post = async |path: &str, body: &str| {
        let headers = [
            ("cookie", cookie.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        kit.ask(Method::POST, path, &headers, body).await
    };
    for town in ["Olot", "Girona"] {
        let draft =
            LeadDraft { company: format!("De {town}"), town: town.to_owned(), ..LeadDraft::default() };
        leads::create(&kit.state.app, &kit.admin(), &draft, None).unwrap();
    }
    assert!(!get("/leads").await.text().contains("/views/new"), "nothing to save in the usual list");
    let filtered = get("/leads?filter=town%3Ais%3AOlot&status=assigned").await.text();
    let save = "/views/new?filter=status%3Aany%3Aassigned%3Btown%3Ais%3AOlot";
    assert!(filtered.contains(save), "{filtered}");
    assert!(get(save).await.text().contains("Població: és «Olot»"));
    let nameless = post("/views", "view_name=&share=private&filter=town%3Ais%3AOlot").await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nameless.text().contains("value=\"town:is:Olot\""), "what was to be saved is kept");
    let made = post("/views", "view_name=Olot&share=everybody&default_for=rep&filter=town%3Ais%3AOlot").await;
    let address = made.header("location").split('&').next().unwrap().to_owned();
    let id = address.strip_prefix("/leads?view=").unwrap().to_owned();
    let opened = get(&address).await.text();
    assert!(opened.contains("De Olot") && !opened.contains("De Girona"));
    assert!(
        !opened.contains("/state") && !opened.contains("/views/new"),
        "as saved, there is nothing to save"
    );
    let edited =
        get(&format!("{address}&edited=1&filter=town%3Ais%3AGirona&sort=name&direction=asc")).await.text();
    assert!(
        edited.contains("De Girona")
            && edited.contains(&format!("/views/{id}/state"))
            && edited.contains("/views/new")
    );
    // All filters off is a change of the view as well, not the view.
    assert!(get(&format!("{address}&edited=1")).await.text().contains("De Girona"));
    let state = format!("/views/{id}/state");
    let updated = post(&state, "version=1&filter=town%3Ais%3AGirona&sort=name&direction=asc").await;
    assert_eq!(updated.header("location"), format!("{address}&notice=view-saved"));
    let file = get(&format!("/leads/export?view={id}")).await.text();
    assert!(file.contains("De Girona") && !file.contains("De Olot"));
    assert_eq!(post(&state, "version=1&filter=town%3Ais%3AOlot").await.header("location"), address, "stale");
    let unreadable = post(&state, "version=2&filter=gone%3Ais%3A3").await;
    assert_eq!(unreadable.status, StatusCode::UNPROCESSABLE_ENTITY);
    let gone = post(&format!("/views/{id}/delete"), "version=2").await;
    assert_eq!(gone.header("location"), "/leads?notice=view-deleted");
    assert_eq!(get(&address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(get("/leads?view=nonsense").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_form_of_a_view_leads_back_to_the_list_that_it_is_of() {
    let kit = Kit::company();
    let cookie = format!("tracte_session={}", kit.session());
    for (entity, path, title) in [
        ("lead", "/leads", "Clients potencials"),
        ("company", "/companies", "Empreses"),
        ("opportunity", "/opportunities", "Oportunitats"),
        ("product", "/products", "Productes i serveis"),
        ("activity", "/activities", "Accions"),
        ("quote", "/quotes", "Pressupostos"),
    ] {
        let page = kit.get(&format!("/views/new?entity={entity}"), &[("cookie", &cookie)]).await;
        assert_eq!(page.status, StatusCode::OK, "{entity}");
        let text = page.text();
        let crumb = text.split("<a class=\"crumb\" href=\"").nth(1).unwrap().split("</a>").next().unwrap();
        assert!(crumb.starts_with(path) && crumb.ends_with(title), "{entity}: {crumb}");
    }
}

/// Behind «my open leads» on the first page stand those, without one that is closed; none that is archived is counted.
#[tokio::test]
async fn the_first_page_leads_to_what_it_counts() {
    let kit = Kit::company();
    let cookie = format!("tracte_session={}", kit.session());
    let text = async |path: &str| kit.get(path, &[("cookie", &cookie)]).await.text();
    for company in ["Oberta", "Tancada", "Arxivada"] {
        let draft = LeadDraft { company: company.to_owned(), ..LeadDraft::default() };
        let lead = leads::create(&kit.state.app, &kit.admin(), &draft, None).unwrap();
        let (id, version) = (LeadId(lead.meta.id), lead.meta.version);
        if company == "Arxivada" {
            leads::set_archived(&kit.state.app, &kit.admin(), id, version, true).unwrap();
        }
        if company == "Tancada" {
            let discarded = LeadStatus::Discarded;
            leads::set_status(&kit.state.app, &kit.admin(), id, version, discarded, "other").unwrap();
        }
    }
    kit.follow();
    let home = text("/").await;
    let mine = "/leads?owner=me&amp;filter=status:any:new,assigned,contacted,nurturing,qualified";
    for link in [mine, "/leads?filter=status:any:new,assigned", "/leads?filter=created_at:this-month"] {
        assert!(home.contains(&format!("href=\"{link}\"")), "{link}: {home}");
        let list = text(&link.replace("&amp;", "&")).await;
        assert!(list.contains("Oberta"), "{link}");
        assert_eq!(list.contains("Tancada"), link.contains("this-month"), "{link}");
        assert!(!list.contains("Arxivada"), "{link}");
    }
    let figures = services::home::get(&kit.state.app, &kit.admin()).unwrap().figures.unwrap();
    let open = |figures: &[(LeadStatus, i64)]| -> i64 {
        figures.iter().filter(|(status, _)| status.is_open()).map(|(_, leads)| leads).sum()
    };
    let counted = (open(&figures.summary.by_status), open(&figures.mine), figures.summary.this_month);
    assert_eq!(counted, (1, 1, 2));
}

#[test]
fn products_stand_by_their_exact_prices() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestApp::company(folder.path());
    for (name, price) in [("Femella", "0,1204"), ("Cargol", "0,1203"), ("Volandera", "0,120301")] {
        let mut draft = services::records::Draft::default();
        draft.put("name_ca", name);
        draft.put("unit_price", price);
        services::records::create(&test.app, &test.admin(), Kind::Product, &draft, None).unwrap();
    }
    let query = services::records::Query {
        sort: "unit_price".to_owned(),
        direction: Direction::Forward,
        ..services::records::Query::default()
    };
    let sorted = services::records::list(&test.app, &test.admin(), Kind::Product, &query).unwrap().records;
    let names: Vec<String> = sorted.iter().map(|product| product.name()).collect();
    assert_eq!(names, ["Cargol", "Volandera", "Femella"]);
    test.leave();
}

#[tokio::test]
async fn prices_are_money_in_the_list_of_products() {
    let kit = Kit::company();
    let mut draft = services::records::Draft::default();
    for (key, text) in [("name_ca", "Forn"), ("unit_price", "11400"), ("cost", "100,5")] {
        draft.put(key, text);
    }
    services::records::create(&kit.state.app, &kit.admin(), model::Kind::Product, &draft, None).unwrap();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let list = kit.get("/products?columns=unit_price,cost", &[("cookie", &cookie)]).await.text();
    assert!(list.contains("11.400,00\u{a0}€") && list.contains("100,50\u{a0}€"), "{list}");
}

#[tokio::test]
async fn a_body_with_fields_that_there_are_not_is_refused() {
    let kit = Kit::company();
    let key = kit.key(RoleKey::ADMINISTRATOR);
    let mut quote = services::records::Draft::default();
    quote.put("subject", "Cuina");
    let quote = services::records::create(&kit.state.app, &kit.admin(), Kind::Quote, &quote, None).unwrap();
    let lines = format!("/quotes/{}/lines", quote.about().id);
    for (method, path, body) in [
        (Method::POST, "/views", r#"{"name": "Vista", "colour": "red"}"#),
        (Method::PUT, lines.as_str(), r#"{"version": 1, "lines": [], "x": 1}"#),
        (Method::PUT, lines.as_str(), r#"{"version": 1, "lines": [{"text": "a", "prize": "1"}]}"#),
    ] {
        let refused = kit.api(method, path, &key, &[], body).await;
        assert!(refused.status.is_client_error(), "{path}: {}", refused.text());
    }
    assert!(saved_views::list(&kit.state.app, &kit.admin(), Kind::Lead).unwrap().is_empty());
    let good = kit.api(Method::POST, "/views", &key, &[], r#"{"name": "Vista"}"#).await;
    assert_eq!(good.status, StatusCode::CREATED, "{}", good.text());
}
