//! The pages and the API of price books: forms with and without problems, the tester, mass changes, files.

use super::{book, draft, product};
use crate::http_kit::{Answer, Kit};
use model::uuid::Uuid;
use model::{Kind, PriceBook};
use poem::http::{Method, StatusCode};
use serde_json::{Value, json};
use services::prices;
use services::records::{self, Draft};

/// The administrator's browser in a company with a book.
struct Browser {
    kit: Kit,
    cookie: String,
}

impl Browser {
    fn new() -> Browser {
        let kit = Kit::company();
        let cookie = format!("{}={}", server::SESSION, kit.session());
        book(&kit.state.app, &kit.admin(), "wholesale", PriceBook::default());
        Browser { kit, cookie }
    }

    fn product(&self, code: &str, price: &str) -> Uuid {
        product(&self.kit.state.app, &self.kit.admin(), code, price)
    }

    fn set(&self, product: Uuid, from: &str, price: &str) -> model::Price {
        let draft = draft(product, from, price);
        prices::create(&self.kit.state.app, &self.kit.admin(), "wholesale", &draft).unwrap()
    }

    async fn get(&self, path: &str) -> Answer {
        self.kit.get(path, &[("cookie", &self.cookie)]).await
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.text()
    }

    async fn post(&self, path: &str, body: &str) -> Answer {
        self.send(path, "application/x-www-form-urlencoded", body).await
    }

    async fn send(&self, path: &str, content_type: &str, body: &str) -> Answer {
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", content_type),
        ];
        self.kit.ask(Method::POST, path, &headers, body).await
    }

    async fn upload(&self, path: &str, name: &str, text: &str) -> Answer {
        let body = format!(
            "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{text}\r\n--b--\r\n"
        );
        self.send(path, "multipart/form-data; boundary=b", &body).await
    }
}

#[tokio::test]
async fn a_book_is_set_up_and_its_prices_added_changed_and_removed() {
    let browser = Browser::new();
    let refused =
        browser.post("/settings/price-books/new", "label_ca=&currency=XXX&from=ahir&deed=save").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let dates = "label_ca=Estiu&currency=EUR&from=2027-09-01&until=2027-06-01&deed=save";
    let refused = browser.post("/settings/price-books/new", dates).await;
    assert!(refused.text().contains("L’últim dia és abans del primer"));
    let made = "label_ca=Estiu&currency=EUR&from=2027-06-01&until=2027-09-01&deed=save";
    assert_eq!(browser.post("/settings/price-books/new", made).await.status, StatusCode::SEE_OTHER);
    let list = browser.page("/price-books").await;
    assert!(list.contains("Estiu") && list.contains("Del 01/06/2027 al 01/09/2027"), "{list}");
    let id = browser.product("OLI", "10");
    let refused = browser.post("/price-books/estiu/prices", "product=cap&from_quantity=&unit_price=x").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(text.contains("No s’ha trobat «cap»") && text.contains("value=\"cap\""), "{text}");
    let added = "product=OLI&from_quantity=10&unit_price=8,125&from=2027-06-01&until=";
    assert_eq!(browser.post("/price-books/estiu/prices", added).await.status, StatusCode::SEE_OTHER);
    let twice = browser.post("/price-books/estiu/prices", added).await.text();
    assert!(twice.contains("Ja hi ha un preu d’aquest producte"));
    let page = browser.page("/price-books/estiu").await;
    assert!(page.contains("8,125\u{a0}€") && page.contains("−18,8\u{a0}%"), "{page}");
    let app = &browser.kit.state.app;
    let price = prices::list(app, &browser.kit.admin(), "estiu", None, None, 9).unwrap().rows.remove(0).price;
    let at = format!("/price-books/estiu/prices/{}", price.meta.id);
    assert!(browser.page(&at).await.contains("value=\"8,125\""));
    let changed = browser.post(&at, "version=1&from_quantity=10&unit_price=8&from=&until=2026-01-01").await;
    assert!(changed.text().contains("Ja s’hauria acabat"));
    let changed = browser.post(&at, "version=1&from_quantity=10&unit_price=8&from=&until=").await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    let stale = browser.post(&at, "version=1&from_quantity=10&unit_price=7&from=&until=").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("Ara hi ha: 8,00\u{a0}€ des de 10 · Sempre"), "{}", stale.text());
    let product_page = browser.page(&format!("/products/{id}")).await;
    assert!(
        product_page.contains("Preus a les tarifes") && product_page.contains("ha canviat un preu a Estiu")
    );
    let asked = browser.page(&format!("/products/{id}/delete")).await;
    assert!(
        asked.contains("hi ha preus, lots o altres registres que l’anomenen") && asked.contains("Preus: 1")
    );
    let removed = browser.post(&format!("{at}/remove"), "version=2").await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER);
    assert!(browser.page("/price-books/estiu").await.contains("Aquesta tarifa encara no té preus"));
    assert_eq!(browser.get("/price-books/cap").await.status, StatusCode::NOT_FOUND);
    browser.kit.follow();
}

#[tokio::test]
async fn the_tester_answers_on_the_page_of_the_book() {
    let browser = Browser::new();
    let id = browser.product("OLI", "10");
    browser.set(id, "5", "9");
    let mut company = Draft::default();
    company.put("name", "Queviures Mas");
    records::create(&browser.kit.state.app, &browser.kit.admin(), Kind::Company, &company, None).unwrap();
    let at = "/price-books/wholesale?test_product=OLI&test_quantity=5&test_day=2026-12-01";
    let page = browser.page(at).await;
    assert!(
        page.contains("Preu de la tarifa Tarifa wholesale, des de 5.") && page.contains("Val aquest"),
        "{page}"
    );
    let page = browser.page(&format!("{at}&test_company=Queviures%20Mas")).await;
    assert!(page.contains("Aquesta empresa no té cap tarifa.") && page.contains("10,00\u{a0}€"), "{page}");
    let wrong = browser.get("/price-books/wholesale?test_product=res&test_quantity=x&test_day=").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.kit.follow();
}

#[tokio::test]
async fn many_prices_change_after_a_look() {
    let browser = Browser::new();
    browser.set(browser.product("OLI", "10"), "1", "9,99".replace(',', ".").as_str());
    let at = "/price-books/wholesale/change";
    assert!(!browser.page(at).await.contains("Canviaria"));
    let wrong = browser.get(&format!("{at}?percent=0&rounding=cents&kind=&family=")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let looked = browser.page(&format!("{at}?percent=3&rounding=five_cents&kind=product&family=")).await;
    assert!(looked.contains("Canviaria 1 preu d’1.") && looked.contains("10,30\u{a0}€"), "{looked}");
    let order = "percent=3&rounding=five_cents&kind=product&family=&count=1&idempotency_key=k";
    let done = browser.post(at, order).await;
    assert!(done.text().contains("S’ha canviat 1 preu: +3\u{a0}%."), "{}", done.text());
    assert!(browser.post(at, order).await.text().contains("S’ha canviat 1 preu"), "once is enough");
    assert!(browser.page("/price-books/wholesale").await.contains("10,30\u{a0}€"));
    let other = browser.post(at, "percent=3&rounding=cents&count=7&idempotency_key=l").await;
    assert!(other.text().contains("ara en són 1"), "{}", other.text());
    browser.kit.follow();
}

#[tokio::test]
async fn a_list_is_checked_before_it_goes_in_and_comes_out_again() {
    let browser = Browser::new();
    browser.product("OLI", "10");
    let at = "/price-books/wholesale/import";
    assert!(browser.page(at).await.contains("multipart/form-data"));
    let refused = browser.upload(at, "preus.csv", "Nom;Preu\r\nOli;9\r\n").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Falta la columna del codi"));
    let checked = browser.upload(at, "preus.csv", "Codi;Preu\r\nOLI;9,5\r\nCAP;1\r\n").await.text();
    assert!(checked.contains("Encara no s’ha desat res") && checked.contains("Desa 1 preu"), "{checked}");
    assert!(checked.contains("No hi ha cap producte amb el codi «CAP»"));
    let sent = checked.split("name=\"rows\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let sent = ui::address::escaped(&sent.replace("&quot;", "\""));
    let empty = browser.page("/price-books/wholesale").await;
    assert!(empty.contains("encara no té preus"));
    let done = browser.post(&format!("{at}/run"), &format!("file_name=preus.csv&rows={sent}")).await.text();
    assert!(done.contains("Importació feta"), "{done}");
    let file = browser.get("/price-books/wholesale/export?format=csv").await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.text().contains("OLI;OLI;1;\"9,5\";;;EUR\r\n"), "{}", file.text());
    browser.kit.follow();
}

#[tokio::test]
async fn other_systems_set_read_and_delete_prices() {
    let browser = Browser::new();
    let kit = &browser.kit;
    let id = browser.product("OLI", "10");
    let (admin, rep) = (kit.key("administrator"), kit.key("rep"));
    let at = "/price-books/wholesale/prices";
    let put = |body: Value| {
        let (kit, admin) = (&browser.kit, admin.clone());
        async move { kit.api(Method::PUT, at, &admin, &[], &body.to_string()).await }
    };
    let made = put(json!({ "product": "OLI", "from_quantity": "10", "unit_price": "8.125" })).await;
    assert_eq!((made.status, made.header("etag")), (StatusCode::OK, "\"1\""), "{}", made.text());
    let price = made.json();
    assert_eq!((&price["unit_price"], &price["currency"]), (&json!("8.125"), &json!("EUR")));
    let again = put(json!({ "product": id.to_string(), "from_quantity": "10", "unit_price": "8" })).await;
    assert_eq!((&again.json()["id"], &again.json()["version"]), (&price["id"], &json!(2)));
    let stale = json!({ "product": "OLI", "from_quantity": "10", "unit_price": "7", "version": 1 });
    assert_eq!(put(stale).await.status, StatusCode::CONFLICT);
    let wrong = json!({ "product": "cap", "unit_price": "x", "currency": "USD", "from": "1/2/27" });
    let wrong = put(wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<String> = wrong.json()["errors"]
        .as_array()
        .unwrap_or_else(|| panic!("{}", wrong.text()))
        .iter()
        .map(|error| error["field"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(fields, ["product", "unit_price", "currency", "from"]);
    let list = kit.api(Method::GET, at, &rep, &[], "").await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let told = kit
        .api(
            Method::GET,
            "/price-books/wholesale/price?product=OLI&quantity=10&day=2026-12-01",
            &rep,
            &[],
            "",
        )
        .await;
    assert_eq!((&told.json()["unit_price"], &told.json()["from_book"]), (&json!("8"), &json!(true)));
    let own = kit.api(Method::GET, "/price-books/wholesale/price?product=OLI", &rep, &[], "").await.json();
    assert_eq!((&own["unit_price"], &own["reason"]), (&json!("10"), &json!("below_first_quantity")));
    let one = format!("{at}/{}", price["id"].as_str().unwrap());
    let denied = kit.api(Method::DELETE, &one, &rep, &[("if-match", "*")], "").await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    let gone = kit.api(Method::DELETE, &one, &admin, &[("if-match", "\"2\"")], "").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text());
    browser.kit.follow();
}

#[tokio::test]
async fn other_systems_take_a_list_in_after_a_look_and_get_it_back() {
    let browser = Browser::new();
    let kit = &browser.kit;
    browser.product("OLI", "10");
    let (admin, rep) = (kit.key("administrator"), kit.key("rep"));
    let binary = [("content-type", "application/octet-stream")];
    let list = "SKU;Unit price;Currency\nOLI;9,50;EUR\nCAP;3;EUR\nOLI;x;USD\n";
    let at = |dry: bool| format!("/price-books/wholesale/import?file_name=prices.csv&dry_run={dry}");
    let denied = kit.api(Method::POST, &at(false), &rep, &binary, list).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    let looked = kit.api(Method::POST, &at(true), &admin, &binary, list).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.text());
    let looked = looked.json();
    assert_eq!((&looked["dry_run"], &looked["new"], &looked["rows"]), (&json!(true), &json!(1), &json!(3)));
    let problems = looked["problems"].as_array().unwrap();
    assert_eq!((problems.len(), &problems[0]["row"], &problems[0]["code"]), (2, &json!(3), &json!("CAP")));
    assert!(!problems[1]["errors"][0]["message"].as_str().unwrap().is_empty());
    let prices = "/price-books/wholesale/prices";
    let none = kit.api(Method::GET, prices, &admin, &[], "").await.json();
    assert_eq!(none["items"], json!([]), "nothing was written");
    let taken = kit.api(Method::POST, &at(false), &admin, &binary, list).await.json();
    assert_eq!((&taken["dry_run"], &taken["new"]), (&json!(false), &json!(1)));
    let file = kit.api(Method::GET, "/price-books/wholesale/export", &admin, &[], "").await;
    assert!(file.header("content-disposition").contains(".csv") && file.text().contains("OLI"));
    let again = kit.api(Method::POST, &at(true), &admin, &binary, &file.text()).await.json();
    assert_eq!((&again["unchanged"], &again["problems"]), (&json!(1), &json!([])));
    let broken = kit.api(Method::POST, &at(true), &admin, &binary, "res").await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.kit.follow();
}
