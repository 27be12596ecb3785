//! The board by HTTP: its pages, the forms with and without the script, and the API.

use crate::http_kit::{Answer, Kit};
use model::Kind;
use model::uuid::Uuid;
use poem::http::{Method, StatusCode};
use serde_json::{Value, json};
use services::board;
use services::records::{self, Draft};

/// The administrator's browser.
struct Browser {
    kit: Kit,
    cookie: String,
}

impl Browser {
    fn new() -> Browser {
        let kit = Kit::company();
        let cookie = format!("{}={}", server::SESSION, kit.session());
        Browser { kit, cookie }
    }

    async fn get(&self, path: &str) -> String {
        let answer = self.kit.get(path, &[("cookie", &self.cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.text()
    }

    async fn post(&self, path: &str, body: &str, htmx: bool) -> Answer {
        let mut headers = vec![
            ("cookie", self.cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        if htmx {
            headers.push(("hx-request", "true"));
        }
        self.kit.ask(Method::POST, path, &headers, body).await
    }

    fn deal(&self, name: &str) -> Uuid {
        let mut draft = Draft::default();
        draft.put("name", name);
        draft.put("amount", "12500");
        records::create(&self.kit.state.app, &self.kit.admin(), Kind::Opportunity, &draft, None)
            .unwrap()
            .about()
            .id
    }

    fn stage(&self, id: Uuid) -> String {
        board::get(&self.kit.state.app, &self.kit.admin(), id).unwrap().stage.unwrap()
    }
}

fn location(answer: &Answer, name: &str) -> String {
    answer
        .headers
        .get(name)
        .unwrap_or_else(|| panic!("no {name}: {}", answer.status))
        .to_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_card_is_moved_by_its_form_and_back() {
    let browser = Browser::new();
    let id = browser.deal("Cuina nova");
    let board = browser.get("/opportunities/board?filter=amount:above:100").await;
    assert!(board.contains("Cuina nova") && board.contains("12.500,00"));
    let action = format!("/opportunities/{id}/move?filter=amount%3Aabove%3A100&pipeline=sales");
    assert!(board.contains(&action.replace('&', "&amp;")), "the form knows its board");
    let moved = browser.post(&action, "version=1&stage=sales.offer", false).await;
    let place = location(&moved, "location");
    assert_eq!(
        place,
        format!(
            "/opportunities/board?filter=amount%3Aabove%3A100&pipeline=sales&moved={id}&done=moved#card-{id}"
        )
    );
    assert_eq!(browser.stage(id), "sales.offer");
    let page = browser.get(place.split('#').next().unwrap()).await;
    assert!(page.contains("«Cuina nova» ara és a «Oferta presentada»") && page.contains("Desfés"));
    let undo = format!("/opportunities/{id}/move/undo?pipeline=sales");
    let undone = browser.post(&undo, "version=2", false).await;
    assert!(location(&undone, "location").contains("done=undone"));
    assert_eq!(browser.stage(id), "sales.new");
    let again = browser.post(&undo, "version=2", false).await;
    assert!(location(&again, "location").ends_with("notice=board-not-undone"));
}

#[tokio::test]
async fn the_script_gets_the_board_alone_with_the_focus_on_the_card() {
    let browser = Browser::new();
    let id = browser.deal("Cuina nova");
    let path = format!("/opportunities/{id}/move?pipeline=sales");
    let answer = browser.post(&path, "version=1&stage=sales.offer", true).await;
    assert_eq!(answer.status, StatusCode::OK);
    let text = answer.text();
    assert!(text.starts_with("<div class=\"stack-m\" id=\"board\">"), "{}", &text[..60]);
    assert!(text.contains(&format!("<a href=\"/opportunities/{id}\" data-focus-next>Cuina nova</a>")));
    assert!(text.contains("<hx-partial hx-target=\"#moved\""));
    // What asks for more, and what came too late, goes to a page of its own.
    let asks = browser.post(&path, "version=2&stage=sales.lost", true).await;
    let question = format!("/opportunities/{id}/move?pipeline=sales&stage=sales.lost&version=");
    assert_eq!(location(&asks, "hx-redirect"), format!("{question}2"));
    let late = browser.post(&path, "version=1&stage=sales.analysis", true).await;
    let late = location(&late, "hx-redirect");
    let page = browser.kit.get(&late, &[("cookie", &browser.cookie)]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.text().contains("Aina Admin"), "it says who was quicker");
}

#[tokio::test]
async fn what_something_was_won_for_is_no_estimate() {
    let browser = Browser::new();
    let id = browser.deal("Cuina nova");
    let page = browser.get(&format!("/opportunities/{id}/move?pipeline=sales&stage=sales.won")).await;
    assert!(page.contains("Enhorabona") && page.contains("name=\"amount\""), "{page}");
    assert!(!page.contains("Import estimat"), "{page}");
    // What is wrong is said with the words of the form.
    let (app, admin, frame) = (&browser.kit.state.app, browser.kit.admin(), browser.kit.state.app.frame());
    let before = frame.pipelines.get("sales").unwrap();
    let mut piece = before.piece.clone();
    let won = piece.stages.iter_mut().find(|stage| stage.key == "won").unwrap();
    won.required = vec!["amount".to_owned()];
    services::pipelines::update(app, &admin, "sales", before.meta.version, piece, &[]).unwrap();
    let path = format!("/opportunities/{id}/move?pipeline=sales");
    let wrong = "version=1&stage=sales.won&asked=1&amount=&closed_on=ahir";
    let page = browser.post(&path, wrong, false).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = page.text();
    assert!(text.contains(">Import: Cal per passar") && text.contains(">Tancada el: No s’entén"), "{text}");
    assert!(!text.contains("Import estimat"), "{text}");
}

#[tokio::test]
async fn the_question_keeps_what_was_typed_and_says_all_that_is_wrong() {
    let browser = Browser::new();
    let id = browser.deal("Cuina nova");
    let path = format!("/opportunities/{id}/move?from=record");
    let asks = browser.post(&path, "version=1&stage=sales.won", false).await;
    assert_eq!(asks.status, StatusCode::SEE_OTHER);
    let question = browser.get(&location(&asks, "location")).await;
    assert!(question.contains("name=\"amount\"") && question.contains("value=\"2026-11-23\""), "with today");
    let wrong = "version=1&stage=sales.won&asked=1&amount=molt&closed_on=2026-12-24";
    let answer = browser.post(&path, wrong, false).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text();
    assert!(text.contains("value=\"molt\"") && text.contains("value=\"2026-12-24\""), "nothing is lost");
    assert!(text.contains("f-amount-error") && text.contains("f-closed_on-error"), "all at once");
    assert_eq!(browser.stage(id), "sales.new");
    let lost = "version=1&stage=sales.lost&asked=1&lost_reason=&competitor=Puig&closed_on=";
    let answer = browser.post(&path, lost, false).await.text();
    assert!(answer.contains("f-lost_reason-error") && answer.contains("value=\"Puig\""));
    let right = "version=1&stage=sales.won&asked=1&amount=12.000&closed_on=2026-11-20";
    let done = browser.post(&path, right, false).await;
    assert_eq!(location(&done, "location"), format!("/opportunities/{id}?moved=moved"));
    let page = browser.get(&format!("/opportunities/{id}?moved=moved")).await;
    assert!(page.contains("Desfés") && page.contains("Etapes per on ha passat"));
    let stale = browser.post(&path, "version=1&stage=sales.lost&asked=1&lost_reason=price", false).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("name=\"version\" value=\"2\""), "it can be moved all the same");
}

#[tokio::test]
async fn the_page_says_first_whose_it_is_what_it_is_worth_and_what_comes_next() {
    let browser = Browser::new();
    let (app, admin) = (&browser.kit.state.app, browser.kit.admin());
    let id = browser.deal("Cuina nova");
    let first = async || {
        let page = browser.get(&format!("/opportunities/{id}")).await;
        let rest = page.split("<dl class=\"key-facts\">").nth(1).unwrap();
        rest.split("</dl>").next().unwrap().to_owned()
    };
    let facts = first().await;
    assert!(facts.contains("12.500,00") && facts.contains("Sense pròxima acció"), "{facts}");
    let mut draft = Draft::default();
    let about = id.to_string();
    for (key, text) in [("subject", "Portar mostres"), ("due", "2026-11-24"), ("opportunity", about.as_str())]
    {
        draft.put(key, text);
    }
    records::create(app, &admin, Kind::Activity, &draft, None).unwrap();
    let facts = first().await;
    assert!(facts.contains(">Portar mostres</a>") && facts.contains("24/11/2026"), "{facts}");
    assert!(!facts.contains("Sense pròxima acció"), "{facts}");

    // What is closed says first when it was, and no more when it was to be.
    let mut draft = Draft::default();
    draft.put("expected_close", "2026-12-01");
    let version = board::get(app, &admin, id).unwrap().meta.version;
    records::update(app, &admin, Kind::Opportunity, id, version, &draft).unwrap();
    let facts = first().await;
    assert!(facts.contains("Tancament previst") && !facts.contains("Tancada el"), "{facts}");
    let won = format!("version={}&stage=sales.won&asked=1&amount=12.000&closed_on=2026-11-20", version + 1);
    let done = browser.post(&format!("/opportunities/{id}/move?from=record"), &won, false).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let facts = first().await;
    assert!(facts.starts_with("<div><dt>Tancada el</dt><dd>20/11/2026</dd></div>"), "{facts}");
    assert!(!facts.contains("Tancament previst") && facts.contains("12.000,00"), "{facts}");
}

#[tokio::test]
async fn other_systems_read_the_board_and_move() {
    let browser = Browser::new();
    let (kit, id) = (&browser.kit, browser.deal("Cuina nova"));
    let key = kit.key("rep");
    let json = |answer: &Answer| serde_json::from_slice::<Value>(&answer.body).unwrap();
    let board = kit.api(Method::GET, "/opportunities/board?limit=5", &key, &[], "").await;
    let column = &json(&board)["columns"][0];
    assert_eq!((&column["stage"], &column["count"]), (&json!("sales.new"), &json!(1)));
    assert_eq!(column["weighted"], json!([{"amount": "1250.00", "currency": "EUR"}]));
    assert_eq!(column["cards"][0]["urgency"], "unplanned");
    assert_eq!(column["cards"][0]["opportunity"]["name"], "Cuina nova");
    let path = format!("/opportunities/{id}/stage");
    let go = |headers: &'static [(&'static str, &'static str)], body: Value| {
        let (path, key) = (path.clone(), key.clone());
        async move { kit.api(Method::POST, &path, &key, headers, &body.to_string()).await }
    };
    let lost = json!({"stage": "sales.lost"});
    assert_eq!(go(&[], lost.clone()).await.status, StatusCode::PRECONDITION_REQUIRED);
    let refused = go(&[("if-match", "\"1\"")], lost).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("lost_reason"));
    let body = json!({"stage": "sales.lost", "closed_on": "2026-11-20", "fields": {"lost_reason": "price"}});
    let moved = go(&[("if-match", "\"1\"")], body.clone()).await;
    assert_eq!((moved.status, moved.headers["etag"].to_str().unwrap()), (StatusCode::OK, "\"2\""));
    assert_eq!(json(&moved)["closed_at"], "2026-11-20T11:00:00Z");
    assert_eq!(go(&[("if-match", "\"1\"")], body).await.status, StatusCode::PRECONDITION_FAILED);
    let stays = kit.api(Method::GET, &format!("/opportunities/{id}/stages"), &key, &[], "").await;
    assert_eq!(json(&stays)["items"][1]["stage"], "sales.lost");
    let forecast = kit.api(Method::GET, "/opportunities/forecast", &key, &[], "").await;
    assert_eq!(json(&forecast)["months"].as_array().unwrap().len(), 12);
    let month = |month: &str| format!("/opportunities/calendar?month={month}");
    let calendar = kit.api(Method::GET, &month("2026-11"), &key, &[], "").await;
    assert_eq!((&json(&calendar)["month"], &json(&calendar)["count"]), (&json!("2026-11"), &json!(0)));
    let none = kit.api(Method::GET, &month("2026-13"), &key, &[], "").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_forecast_and_the_filter_keep_to_their_pages() {
    let browser = Browser::new();
    browser.deal("Cuina nova");
    let page = browser.get("/opportunities/forecast?filter=amount:above:100").await;
    assert!(page.contains("Compromès") && page.contains("Sense tancament previst"));
    let mut near = Draft::default();
    for (key, text) in [("name", "Porta"), ("amount", "900"), ("expected_close", "2026-12-01")] {
        near.put(key, text);
    }
    let (app, admin) = (&browser.kit.state.app, browser.kit.admin());
    records::create(app, &admin, Kind::Opportunity, &near, None).unwrap();
    let page = browser.get("/opportunities/forecast").await;
    assert!(page.contains("(1<span class=\"sr\"> oportunitat</span>)"), "{page}");
    let list = browser.get("/opportunities?filter=amount:above:100").await;
    assert!(list.contains("/opportunities/board?filter=amount%3Aabove%3A100"), "from the list to the board");
    let pages = [
        ("board", "/opportunities/board"),
        ("forecast", "/opportunities/forecast"),
        ("calendar", "/opportunities/calendar"),
    ];
    for (name, path) in pages {
        let rows = "rows=1&f0=amount&o0=above&p0=above&v0=100&do=apply";
        let applied = format!("/opportunities/filter?{rows}&{name}=sales");
        let answer = browser.kit.get(&applied, &[("cookie", &browser.cookie)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let place = location(&answer, "location");
        assert!(place.starts_with(path) && place.contains("pipeline=sales"), "{place}");
    }
}
