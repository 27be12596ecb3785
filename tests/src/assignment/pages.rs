//! The form of a rule and its simulation over HTTP, as browsers without a script send it.

use crate::http_kit::{Answer, Kit};
use model::AssignmentRule;
use poem::http::{Method, StatusCode};
use serde_json::{Value, json};
use services::{LeadDraft, configuration, leads};

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
