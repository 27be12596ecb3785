//! Merging over pages and the API: forms that come back, the way to the page, the address of one that is gone, undoing.

use crate::http_kit::Kit;
use poem::http::{Method, StatusCode};

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
    assert!(asked.text().contains("take.address") && !asked.text().contains("take.town"), "one address");

    let fields = format!("record={one}:1&record={other}:1&survivor={other}&take.name={one}");
    let stale = send(&format!("/companies/{one}/merge"), &fields.replace(":1&s", ":7&s")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let done = send(&format!("/companies/{one}/merge"), &fields).await;
    assert_eq!(done.header("location"), format!("/companies/{other}?notice=merged"));
    let shown = page(&format!("/companies/{other}")).await.text();
    assert!(shown.contains("ha fusionat «Ona»") && shown.contains("/merges/"), "{shown}");
    let ways_back = |text: &str| text.matches("/undo\"").count();
    let noticed = page(&format!("/companies/{other}?notice=merged")).await.text();
    assert_eq!((ways_back(&noticed), ways_back(&shown)), (2, 1), "in the notice and on the card: {noticed}");
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
    let kept = api(Method::GET, &format!("/companies/{other}"), "").await.json();
    assert_eq!(kept["external_key"], "K1", "who had none has the other's");
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

/// What was decided about each lead is said once, and of the one that went as its own.
#[tokio::test]
async fn each_lead_that_became_one_has_its_own_decision() {
    let kit = Kit::company();
    let key = kit.key("administrator");
    let made = async |name: &str| {
        let body = format!(r#"{{"company": "{name}"}}"#);
        let made = kit.api(Method::POST, "/leads", &key, &[], &body).await;
        kit.advance(3_600);
        made.json()["id"].as_str().unwrap().to_owned()
    };
    let (stays, goes) = (made("Farmàcia Mas").await, made("Pere Mas").await);
    let body = format!(
        r#"{{"entity": "lead", "survivor": "{stays}", "others": ["{goes}"], "take": {{"owner": "{stays}"}}}}"#
    );
    let merged = kit.api(Method::POST, "/merges", &key, &[], &body).await;
    assert_eq!(merged.status, StatusCode::CREATED, "{}", merged.text());
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let page = kit.get(&format!("/leads/{stays}"), &[("cookie", &cookie)]).await.text();
    let own = page.find("Com s’ha decidit").expect("its own decision");
    let other = page.find("Decisió sobre «Pere Mas», que s’hi ha fusionat").expect("that of the other");
    assert!(own < other && !page.contains("Decisió anterior"), "{page}");
    let told = kit.api(Method::GET, &format!("/leads/{stays}/assignment"), &key, &[], "").await.json();
    let about: Vec<&str> =
        told["explanations"].as_array().unwrap().iter().filter_map(|one| one["lead"].as_str()).collect();
    assert_eq!(about, [goes.as_str(), stays.as_str()]);
}
