//! The form of a rule and its simulation over HTTP, as browsers without a script send it.

use crate::http_kit::{Answer, Kit, PASSWORD};
use crate::test_app::{misbehaving, territories};
use model::{AssignmentRule, Kind, Label, Language, Level, Levels, Role, Strategy};
use poem::http::{Method, StatusCode};
use serde_json::{Value, json};
use services::users::{self, UserDraft};
use services::{LeadDraft, configuration, leads, plugins, sessions};
use std::collections::BTreeMap;

const OWN_PAGE: (&str, &str) = ("sec-fetch-site", "same-origin");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Twelve leads, every third one of Olot, a day apart; the newest is of today.
fn company() -> Kit {
    let kit = Kit::company();
    for number in 0..12 {
        let town = if number % 3 == 0 { "Olot" } else { "Vic" };
        let draft =
            LeadDraft { company: format!("Empresa {number}"), town: town.to_owned(), ..LeadDraft::default() };
        leads::create(&kit.state.app, &kit.admin(), &draft, None).unwrap();
        if number < 11 {
            kit.advance(5 * 24 * 3_600);
        }
    }
    kit
}

async fn post(kit: &Kit, path: &str, body: &str) -> Answer {
    let cookie = format!("tracte_session={}", kit.session());
    kit.ask(Method::POST, path, &[("cookie", &cookie), OWN_PAGE, FORM], body).await
}

#[track_caller]
fn tells(answer: &Answer, words: &[&str]) {
    let text = answer.text();
    for words in words {
        assert!(text.contains(words), "{words} is not in {text}");
    }
}

#[tokio::test]
async fn an_edited_rule_is_tried_on_the_leads_that_somebody_chooses() {
    let kit = company();
    let head = kit.state.app.head();
    let person = kit.admin().user_id().unwrap().to_string();
    let rule = format!("label_ca=Tots&pool=people&person={person}&weight.{person}=1&strategy=turns");
    let new = "/settings/assignment/new";
    // The last so many.
    let last = post(&kit, new, &format!("{rule}&deed=simulate&period=any&most=7")).await;
    assert_eq!(last.status, StatusCode::OK);
    tells(&last, &["7 clients potencials provats", "name=\"most\" type=\"text\" value=\"7\"", "Empresa 11"]);
    assert!(!last.text().contains("Empresa 4<"), "the oldest are not among the last seven");
    // Of the last days.
    let days = post(&kit, new, &format!("{rule}&deed=simulate&period=days-30&most=")).await;
    tells(&days, &["6 clients potencials provats", "value=\"10000\""]);
    // Those that meet conditions; they are said, and sent on with the rule.
    let conditions = "tried-rows=1&tried-f0=town&tried-g0=0&tried-p0=is&tried-o0=is&tried-v0=Olot";
    let some = post(&kit, new, &format!("{rule}&deed=simulate&period=any&most=3&{conditions}")).await;
    tells(&some, &["3 clients potencials provats", "és «Olot»", "name=\"tried-v0\" value=\"Olot\""]);
    assert!(!some.text().contains("Empresa 10<"), "it is of Vic");
    // Without a script a condition is added and taken away by a button, beside those of the rule itself.
    let own = "rows=1&f0=zone&g0=0&p0=is&o0=is&v0=Garrotxa";
    let more =
        post(&kit, new, &format!("{rule}&{own}&{conditions}&do=tried-add&tried-add-field=amount")).await;
    tells(&more, &["name=\"tried-f1\" value=\"amount\"", "name=\"f0\" value=\"zone\"", "value=\"Garrotxa\""]);
    assert!(!more.text().contains("name=\"f1\""), "the condition went to the rule");
    let fewer = post(&kit, new, &format!("{rule}&{own}&{conditions}&do=tried-remove0")).await;
    assert!(!fewer.text().contains("name=\"tried-f0\"") && fewer.text().contains("name=\"f0\""));
    // All that is wrong is said at once, at its place, and what was typed stays.
    let wrong = "tried-rows=1&tried-f0=amount&tried-g0=0&tried-p0=is&tried-o0=is&tried-v0=molt";
    let refused = post(&kit, new, &format!("{rule}&deed=simulate&most=molts&{wrong}")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    tells(&refused, &["value=\"molts\"", "value=\"molt\"", "#f-tried-condition-0", "#f-most"]);
    assert_eq!(kit.state.app.head(), head, "nothing is written");
    let nameless = post(&kit, new, &format!("pool=people&person={person}&weight.{person}=1&deed=save")).await;
    tells(&nameless, &["Nom (Català): Ompliu aquest camp"]);
    // What the leads are chosen by is no part of the rule.
    let saved = post(&kit, new, &format!("{rule}&deed=save&most=molts&{conditions}")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let kept = configuration::get::<AssignmentRule>(&kit.state.app, &kit.admin(), "tots").unwrap();
    assert!(kept.piece.conditions.is_empty());
}

#[tokio::test]
async fn the_rules_as_they_are_are_tried_on_the_same_leads_by_page_and_api() {
    let kit = company();
    let cookie = format!("tracte_session={}", kit.session());
    let page = |query: &str| format!("/settings/assignment-simulation?{query}");
    let headers = [("cookie", cookie.as_str())];
    let some = kit.get(&page("period=any&most=3&filter=town:is:Olot"), &headers).await;
    assert_eq!(some.status, StatusCode::OK);
    tells(&some, &["3 clients potencials provats", "és «Olot»"]);
    let editor = kit.get("/settings/assignment-simulation/filter?period=days-90&most=3", &headers).await;
    tells(&editor, &["name=\"period\" value=\"days-90\"", "name=\"most\" value=\"3\""]);
    for wrong in ["most=0", "most=10001", "most=3&filter=nothing:is:x"] {
        let refused = kit.get(&page(wrong), &headers).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let key = kit.key("administrator");
    let person = kit.admin().user_id().unwrap().to_string();
    let value = json!({ "label": {"ca": "Tots"}, "pool": "people", "people": [{"user": person}],
        "strategy": "turns" });
    let ask = |limit: u64| {
        json!({ "limit": limit, "filter": "town:is:Olot", "rule": {"value": value} }).to_string()
    };
    let path = "/assignment-simulations";
    let found = kit.api(Method::POST, path, &key, &[], &ask(3)).await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.text());
    let found: Value = found.json();
    assert_eq!((&found["count"], &found["is_partial"]), (&json!(3), &json!(false)));
    assert_eq!(found["by_rule"], json!([{"rule": "new_rule", "leads": 3}]));
    assert_eq!(kit.api(Method::POST, path, &key, &[], &ask(0)).await.status, StatusCode::BAD_REQUEST);
}

/// Whoever may set up rules and sees no plugins changes a rule that asks one: it goes on asking it, and a form that says
/// nothing of how leads are shared out is refused.
#[tokio::test]
async fn a_rule_goes_on_asking_its_plugin_whoever_saves_it() {
    const PLUGIN: &str = "tracte.misbehave";
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let own = admin.caller().unwrap().user.clone();
    plugins::install(app, &admin, &misbehaving()).unwrap();
    let plugin = Some(PLUGIN.to_owned());
    let asking = AssignmentRule { strategy: Strategy::Plugin, plugin, ..super::rule_for(&[&own]) };
    configuration::create(app, &admin, "asks", asking).unwrap();
    let levels = BTreeMap::from([(Kind::Settings, Levels::same(Level::All))]);
    let role = Role { label: Label::new("Muntatge", "", ""), levels, ..Role::nothing() };
    configuration::create(app, &admin, "set_up", role).unwrap();
    let draft = UserDraft {
        name: "Marta".to_owned(),
        email: "marta@exemple.cat".to_owned(),
        role: "set_up".to_owned(),
        teams: own.teams.iter().map(ToString::to_string).collect(),
        language: "ca".to_owned(),
        active: true,
        password: PASSWORD.to_owned(),
        ..UserDraft::default()
    };
    let marta = users::create(app, &admin, &draft).unwrap();
    let cookie = format!("tracte_session={}", sessions::begin(app, &kit.ctx(), marta).unwrap().secret);
    let headers = [("cookie", cookie.as_str()), OWN_PAGE, FORM];
    let path = "/settings/assignment/asks";
    let page = kit.get(path, &headers[..1]).await;
    let option = format!("value=\"{PLUGIN}\" selected");
    tells(&page, &["name=\"strategy\" value=\"plugin\" checked", &option]);
    let (person, version) = (own.id(), stored(&kit).meta.version);
    let typed = format!("deed=save&version={version}&label_ca=Pregunta&pool=people&person={person}");
    let typed = format!("{typed}&weight.{person}=1&attendance=always&fallback=next");
    let refused = kit.ask(Method::POST, path, &headers, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    tells(&refused, &["#f-strategy"]);
    assert_eq!(stored(&kit).meta.version, version);
    let as_sent = format!("{typed}&strategy=plugin&plugin={PLUGIN}");
    let saved = kit.ask(Method::POST, path, &headers, &as_sent).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let kept = stored(&kit).piece;
    assert_eq!((kept.strategy, kept.plugin.as_deref()), (Strategy::Plugin, Some(PLUGIN)));
    assert_eq!(kept.label.get(Language::Ca), "Pregunta");
}

fn stored(kit: &Kit) -> model::Configured<AssignmentRule> {
    configuration::get::<AssignmentRule>(&kit.state.app, &kit.admin(), "asks").unwrap()
}

/// Whoever makes a lead that a rule gives to somebody else is told to whom, and where they may not open it, that, too.
#[tokio::test]
async fn whose_a_new_lead_is_is_said() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let hire = |name: &str| {
        let draft = UserDraft {
            name: name.to_owned(),
            email: format!("{}@exemple.cat", model::fold(name)),
            role: model::RoleKey::REP.to_owned(),
            teams: admin.caller().unwrap().user.teams.iter().map(ToString::to_string).collect(),
            language: "ca".to_owned(),
            active: true,
            takes_leads: true,
            password: PASSWORD.to_owned(),
            ..UserDraft::default()
        };
        users::create(app, &admin, &draft).unwrap()
    };
    let (mar, jordi) = (hire("Mar"), hire("Jordi"));
    configuration::create(app, &admin, "jordi", super::rule_for(&[&jordi])).unwrap();
    let made = async |session: String, company: &str| {
        let cookie = format!("tracte_session={session}");
        let headers = [("cookie", cookie.as_str()), OWN_PAGE, FORM];
        let made = kit.ask(Method::POST, "/leads", &headers, &format!("company={company}")).await;
        let page = made.header("location").to_owned();
        let shown = kit.get(&page, &headers[..1]).await;
        (page, shown)
    };
    let of_rep = sessions::begin(app, &kit.ctx(), mar).unwrap().secret;
    let (page, shown) = made(of_rep, "Puig").await;
    assert_eq!(page, format!("/leads?notice=lead-given-{}", jordi.id()));
    tells(&shown, &["S’ha creat el client potencial i és per a Jordi; no el podeu obrir."]);
    let of_jordi = sessions::begin(app, &kit.ctx(), jordi).unwrap().secret;
    let (page, shown) = made(of_jordi, "Pons").await;
    assert!(page.ends_with("?notice=lead-created"), "{page}");
    tells(&shown, &["S’ha creat el client potencial."]);
    tells(&made(kit.session(), "Mas").await.1, &["S’ha creat el client potencial i és per a Jordi."]);
}

/// A condition without a value is named; what belongs to another choice says to which.
#[tokio::test]
async fn the_form_of_a_rule_says_what_is_about_what() {
    let kit = Kit::company();
    let person = kit.admin().user_id().unwrap().to_string();
    let rule = format!("label_ca=Olot&pool=people&person={person}&weight.{person}=1&strategy=turns");
    let conditions = "rows=2&f0=town&g0=0&p0=is&o0=is&v0=Olot&f1=zone&g1=1&p1=is&o1=is&v1=";
    let refused = post(&kit, "/settings/assignment/new", &format!("{rule}&{conditions}&deed=save")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    tells(&refused, &["Falta el valor de la condició «Zona»"]);
    tells(&refused, &["data-only=\"pool team\"", "Només amb «Un equip».", "data-only=\"fallback person\""]);
}

/// A rule behind one that takes everything is told to decide nothing, and goes before it by one button.
#[tokio::test]
async fn a_rule_that_is_never_reached_says_so_and_moves_up() {
    let kit = Kit::company();
    let person = kit.admin().user_id().unwrap().to_string();
    let rule = format!("pool=people&person={person}&weight.{person}=1&strategy=turns&deed=save");
    let conditions = "rows=1&f0=town&g0=0&p0=is&o0=is&v0=Olot";
    for said in ["label_ca=Tots&fallback=default".to_owned(), format!("label_ca=Olot&{conditions}")] {
        let saved = post(&kit, "/settings/assignment/new", &format!("{said}&{rule}")).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    }
    let cookie = format!("tracte_session={}", kit.session());
    let list = async || kit.get("/settings/assignment", &[("cookie", &cookie)]).await;
    tells(&list().await, &["La regla 1, «Tots», es queda tots", "Posa-la abans de la 1"]);
    let moved = post(&kit, "/settings/assignment/olot/move", "to=0").await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER);
    assert!(!list().await.text().contains("Posa-la abans"), "it decides first now");
    let version = configuration::get::<AssignmentRule>(&kit.state.app, &kit.admin(), "olot").unwrap();
    let version = format!("version={}", version.meta.version);
    let gone = post(&kit, "/settings/assignment/olot/remove", &version).await;
    assert_eq!(gone.header("location"), "/settings/assignment?notice=rule-deleted");
}

#[tokio::test]
async fn the_audit_log_says_plugins_and_options_in_words() {
    let kit = Kit::company();
    let (app, admin) = (kit.state.app.clone(), kit.admin());
    let plugin = plugins::install(&app, &admin, &territories()).unwrap();
    let config = BTreeMap::from([("territories".to_owned(), "17: admin@exemple.cat".to_owned())]);
    plugins::configure(&app, &admin, plugin.id(), plugin.meta.version, &config, true).unwrap();
    let user = admin.caller.clone().unwrap().user;
    let (strategy, name) = (Strategy::Plugin, Some(plugin.name.clone()));
    let rule = AssignmentRule { strategy, plugin: name, ..super::rule(&[&user]) };
    let rule = configuration::create(&app, &admin, "zones", rule).unwrap();
    let cookie = format!("tracte_session={}", kit.session());
    let log = async |address: &str| kit.get(address, &[("cookie", &cookie)]).await;
    let said = log("/audit?kind=plugin").await;
    tells(&said, &["Assigna per territori", "Territoris", "17: admin@exemple.cat"]);
    tells(&log("/audit?kind=assignment_rule").await, &["Assigna per territori"]);
    let file = log("/audit/export?kind=plugin&format=csv").await;
    tells(&file, &["Assigna per territori", "Territoris"]);
    configuration::remove::<AssignmentRule>(&app, &admin, "zones", rule.meta.version).unwrap();
    plugins::remove(&app, &admin, plugin.id()).unwrap();
    // What nobody can say any more stands by its key.
    let gone = log("/audit?kind=plugin").await;
    tells(&gone, &["tracte.assign-by-territory", "territories"]);
    assert!(!gone.text().contains("Territoris"));
    tells(&log("/audit?kind=assignment_rule").await, &["tracte.assign-by-territory"]);
}
