//! What things cost us is seen by those who make prices: on pages, in files, in filters, in the history and by the API; and it
//! is never told to another system.

use super::*;
use crate::http_kit::{Kit, PASSWORD};
use model::{Condition, FieldValue, Filter, ListState, Operator};
use poem::http::{Method, StatusCode};
use serde_json::Value;
use server::ApiShapes;
use services::audit::{self, AuditQuery};
use services::leads::FileColumn;
use services::records::Query;
use services::reports::FileFormat;
use services::saved_views::{self, ViewDraft};
use services::users::{self, UserDraft};
use services::webhooks::{self, Courier, WebhookDraft};
use services::{fields, sessions, timelines};
use std::sync::atomic::AtomicBool;

const COST: &str = "61.37";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A quote of a line with a cost, sent, and the product that has the same cost.
fn made(shop: &Shop, admin: &Ctx) -> (Uuid, Uuid) {
    let product = [("name_ca", "Porta"), ("code", "PORTA"), ("unit_price", "100"), ("cost", "61,37")];
    let product = shop.make(admin, Kind::Product, &product);
    let company = shop.client().to_string();
    let quote = shop.quote(admin, &[("subject", "Portes"), ("company", &company)]).meta.id;
    shop.put(admin, quote, &[LineDraft { product: "PORTA".to_owned(), ..LineDraft::default() }]).unwrap();
    shop.send(admin, quote).unwrap();
    (quote, product)
}

fn field(app: &services::App, ctx: &Ctx, kind: Kind, id: Uuid, key: &str) -> FieldValue {
    records::get(app, ctx, kind, id).unwrap().built_in(key)
}

#[test]
fn who_changes_no_prices_sees_no_costs() {
    let shop = Shop::new();
    let (admin, app) = (shop.admin(), &shop.test.app);
    let (quote, product) = made(&shop, &admin);
    let analyst = shop.test.hire("Pau", "analyst");
    let analyst = shop.test.at_work(analyst.id());
    let margin = Decimal::new(386, 1);
    assert_eq!(field(app, &admin, Kind::Quote, quote, "margin"), FieldValue::Number(margin));
    assert_eq!(field(app, &analyst, Kind::Quote, quote, "margin"), FieldValue::Nothing);
    assert_eq!(field(app, &analyst, Kind::Product, product, "cost"), FieldValue::Nothing);
    assert!(!field(app, &analyst, Kind::Product, product, "unit_price").is_nothing());

    let content = quotes::content(app, &analyst, quote).unwrap();
    assert_eq!((content.quote.margin, content.lines[0].cost), (None, None));
    assert!(content.sums.iter().all(|(_, sums)| sums.cost.is_none()));
    assert!(quotes::content(app, &admin, quote).unwrap().main().unwrap().cost.is_some());
    assert!(quotes::versions(app, &analyst, quote).unwrap().iter().all(|quote| quote.margin.is_none()));

    let listed = records::list(app, &analyst, Kind::Quote, &Query::default()).unwrap().records;
    assert!(listed.len() == 1 && listed[0].built_in("margin").is_nothing());
    let found = Filter::one(Condition::new("margin", Operator::AtLeast, ["10"]));
    let asked = Query { filter: found, ..Query::default() };
    assert_eq!(records::list(app, &admin, Kind::Quote, &asked).unwrap().records.len(), 1);
    assert!(matches!(records::list(app, &analyst, Kind::Quote, &asked), Err(Error::Invalid(_))));

    let columns = |key: &str| FileColumn {
        field: fields::spec_of(&app.frame(), Kind::Quote, key).unwrap(),
        title: key.to_owned(),
    };
    let columns = [columns("number"), columns("margin")];
    let file = |ctx: &Ctx| {
        let query = Query::default();
        let name = |_: &fields::Field, value: &FieldValue| match value {
            FieldValue::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let file =
            records::export_columns(app, ctx, Kind::Quote, &query, &columns, FileFormat::Csv, &name).unwrap();
        String::from_utf8_lossy(&file.bytes).into_owned()
    };
    assert!(file(&admin).contains("38"), "{}", file(&admin));
    assert!(!file(&analyst).contains("38"), "{}", file(&analyst));
}

#[test]
fn the_history_keeps_costs_from_the_same_people() {
    let shop = Shop::new();
    let (admin, app) = (shop.admin(), &shop.test.app);
    let (quote, product) = made(&shop, &admin);
    let analyst = shop.test.hire("Pau", "analyst");
    let analyst = shop.test.at_work(analyst.id());
    let told = |ctx: &Ctx, kind: Kind, id: Uuid| {
        let page = timelines::page(app, ctx, kind, id, None, timelines::Sort::Everything).unwrap();
        let query = AuditQuery { record: Some(id), ..AuditQuery::default() };
        let entries = audit::list(app, ctx, &query).unwrap().entries;
        format!("{:?} {entries:?}", page.changes)
    };
    for (kind, id, said) in [(Kind::Quote, quote, "38.6"), (Kind::Product, product, COST)] {
        assert!(told(&admin, kind, id).contains(said), "{}", told(&admin, kind, id));
        assert!(!told(&analyst, kind, id).contains(said), "{}", told(&analyst, kind, id));
    }
}

#[tokio::test]
async fn the_wire_says_costs_to_them_and_to_no_other_system() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let draft_hook = WebhookDraft {
        name: "Comptabilitat".to_owned(),
        url: "https://no-such-host.invalid/".to_owned(),
        events: vec!["quote.*".to_owned(), "product.*".to_owned()],
    };
    let (webhook, _) = webhooks::create(app, &admin, &draft_hook).unwrap();
    let product = [("name_ca", "Porta"), ("code", "PORTA"), ("unit_price", "100"), ("cost", "61,37")];
    records::create(app, &admin, Kind::Product, &draft(&product), None).unwrap();
    let quote = records::create(app, &admin, Kind::Quote, &draft(&[("subject", "Portes")]), None).unwrap();
    let id = quote.about().id;
    let lines = [LineDraft { product: "PORTA".to_owned(), ..LineDraft::default() }];
    quotes::save_lines(app, &admin, id, 1, &lines).unwrap();

    let path = format!("/quotes/{id}/content");
    for (role, cost) in [("administrator", Value::from(COST)), ("analyst", Value::Null)] {
        let answer = kit.api(Method::GET, &path, &kit.key(role), &[], "").await;
        assert_eq!(answer.status, StatusCode::OK);
        let line = &answer.json()["lines"][0];
        assert_eq!((&line["cost"], &line["unit_price"]), (&cost, &Value::from("100")), "{role}");
    }

    let now = || kit.ctx();
    Courier::new(app, &ApiShapes, &now).round(&AtomicBool::new(false)).unwrap();
    let deliveries = webhooks::deliveries(app, &admin, webhook.meta.id, 0).unwrap().items;
    assert!(!deliveries.is_empty());
    for delivery in deliveries {
        let body = webhooks::shown(app, &admin, &ApiShapes, delivery.meta.id).unwrap().body.to_string();
        assert!(body.contains("Port") && !body.contains(COST) && !body.contains("margin"), "{body}");
    }
}

/// A view is saved with what its maker sees, and shows each reader what they see.
#[tokio::test]
async fn a_view_by_what_somebody_does_not_see_opens_without_it_and_is_not_saved_by_them() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    for subject in ["Portes", "Finestres"] {
        let mut draft = Draft::default();
        draft.put("subject", subject);
        records::create(app, &admin, Kind::Quote, &draft, None).unwrap();
    }
    let by = |condition: Condition| ListState { filter: Filter::one(condition), ..ListState::default() };
    let margin = by(Condition::new("margin", Operator::AtLeast, ["10"]));
    let named = |name: &str, share: &str| ViewDraft {
        name: name.to_owned(),
        share: share.to_owned(),
        default_for: Vec::new(),
    };
    let view = saved_views::create(app, &admin, Kind::Quote, &named("Bons", "everybody"), margin.clone());
    let view = view.unwrap();
    let draft = UserDraft {
        name: "Pau".to_owned(),
        email: "pau@exemple.cat".to_owned(),
        role: "analyst".to_owned(),
        language: "ca".to_owned(),
        active: true,
        password: PASSWORD.to_owned(),
        ..UserDraft::default()
    };
    let pau = users::create(app, &admin, &draft).unwrap();
    let analyst = kit.ctx().with_caller(users::caller(app, pau.id()).unwrap(), model::Via::Page);
    let refused = |result: Result<model::SavedView, Error>, field: &str| match result {
        Err(Error::Invalid(errors)) => {
            assert_eq!(errors.of(field).map(|problem| problem.code.as_str()), Some("view-hidden"));
        }
        other => panic!("{other:?}"),
    };
    let private = named("Meva", "private");
    refused(saved_views::create(app, &analyst, Kind::Quote, &private, margin.clone()), "condition-0");
    let columns = ListState { columns: vec!["margin".to_owned()], ..ListState::default() };
    refused(saved_views::create(app, &analyst, Kind::Quote, &private, columns), "columns");
    let (state, errors) = saved_views::shown(&analyst, &app.frame(), &view);
    assert_eq!((state.filter.is_empty(), errors.0[0].code.as_str()), (true, "view-not-applied"));
    let (state, errors) = saved_views::shown(&admin, &app.frame(), &view);
    assert_eq!((state, errors.is_empty()), (margin, true));

    let secret = sessions::begin(app, &kit.ctx(), pau).unwrap().secret;
    let theirs = format!("{}={secret}", server::SESSION);
    let path = format!("/quotes?view={}", view.id());
    let page = kit.get(&path, &[("cookie", &theirs)]).await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("No s’ha aplicat la condició sobre «Marge"), "{text}");
    // What has no margin is there, too: nothing is to be learned from what is listed.
    assert!(text.contains("Portes") && text.contains("Finestres"), "{text}");
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let page = kit.get(&path, &[("cookie", &cookie)]).await.text();
    assert!(!page.contains("No s’ha aplicat") && !page.contains("Finestres"), "{page}");
    let form = [("cookie", theirs.as_str()), ("sec-fetch-site", "same-origin"), FORM];
    let body = "entity=quote&view_name=Meva&share=private&filter=margin%3Aat-least%3A10";
    let saved = kit.ask(Method::POST, "/views", &form, body).await;
    assert_eq!(saved.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(saved.text().contains("El vostre rol no veu «Marge"), "{}", saved.text());
}
