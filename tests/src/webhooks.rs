//! Webhooks as the other side meets them, over real HTTP: what is said and signed, in which order, what is tried again, where
//! nothing goes, and what is never told.

use crate::http_kit::Kit;
use crate::test_app::{TestApp, problems};
use model::uuid::Uuid;
use model::{DeliveryState, Lead, LeadId, Webhook, WebhookDelivery, WebhookHealth};
use poem::http::{Method, StatusCode};
use receiver::{Manner, Post, Receiver};
use serde_json::{Value, json};
use server::{ApiShapes, Config};
use services::webhooks::{self, Courier, Switch, WebhookDraft};
use services::{App, Ctx, LeadDraft, Options, leads};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

mod receiver;
mod safety;
mod trouble;

/// Deliveries may stay on this machine.
fn kit() -> Kit {
    let mut config = Config::default();
    config.webhooks.allow_private = true;
    let kit = Kit::with(config);
    kit.set_up();
    kit
}

fn options() -> Options {
    Options { private_webhooks: true, ..Options::default() }
}

fn draft(url: &str, events: &[&str]) -> WebhookDraft {
    let events = events.iter().map(|event| (*event).to_owned()).collect();
    WebhookDraft { name: "Comptabilitat".to_owned(), url: url.to_owned(), events }
}

fn hook(app: &App, admin: &Ctx, url: &str, events: &[&str]) -> (Webhook, String) {
    webhooks::create(app, admin, &draft(url, events)).unwrap()
}

/// The only webhook, or a delivery of it that went nowhere: made anew for each request.
pub(crate) fn for_roles(app: &App, admin: &Ctx, path: &str) -> String {
    for standing in webhooks::list(app, admin).unwrap() {
        webhooks::delete(app, admin, standing.webhook.meta.id, standing.webhook.meta.version).unwrap();
    }
    let (webhook, _) = hook(app, admin, "http://127.1:9/", &["quote.*"]);
    if path.contains("deliveries/:id") {
        let tried = webhooks::test(app, admin, &ApiShapes, webhook.meta.id).unwrap();
        return tried.meta.id.to_string();
    }
    webhook.meta.id.to_string()
}

/// One round of the courier at the time of this context. How many attempts there were.
fn round_at(app: &App, ctx: &Ctx) -> usize {
    let now = || ctx.clone();
    Courier::new(app, &ApiShapes, &now).round(&AtomicBool::new(false)).unwrap()
}

fn round(kit: &Kit) -> usize {
    round_at(&kit.state.app, &kit.ctx())
}

fn lead(app: &App, admin: &Ctx, company: &str) -> Lead {
    let draft = LeadDraft { company: company.to_owned(), ..LeadDraft::default() };
    leads::create(app, admin, &draft, None).unwrap()
}

fn deliveries(app: &App, admin: &Ctx, webhook: &Webhook) -> Vec<WebhookDelivery> {
    webhooks::deliveries(app, admin, webhook.meta.id, 0).unwrap().items
}

fn health(app: &App, admin: &Ctx, webhook: &Webhook) -> WebhookHealth {
    webhooks::get(app, admin, webhook.meta.id).unwrap().health()
}

fn companies(posts: &[Post]) -> Vec<String> {
    let name = |post: &Post| post.json()["data"]["record"]["company"].as_str().unwrap().to_owned();
    posts.iter().map(name).collect()
}

async fn read(kit: &Kit, path: &str) -> Value {
    let answer = kit.api(Method::GET, path, &kit.key("administrator"), &[], "").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()
}

#[tokio::test]
async fn what_happens_is_told_as_the_api_tells_it_and_signed() {
    let (kit, there) = (kit(), Receiver::start());
    let (app, admin) = (&kit.state.app, kit.admin());
    lead(app, &admin, "Abans");
    let (webhook, secret) = hook(app, &admin, &there.url(), &["lead.created", "lead.deleted"]);
    let made = lead(app, &admin, "Fusteria Puig");
    leads::add_note(app, &admin, LeadId(made.meta.id), "No es diu").unwrap();
    let head = app.head();
    assert_eq!(round(&kit), 1, "what was there before and what nobody asked for is not told");
    assert_eq!(app.head(), head, "deliveries are no news");
    let post = there.next();
    assert_eq!(post.line, "POST /tracte?de=proves HTTP/1.1");
    assert_eq!(post.header("content-type"), "application/json");
    assert_eq!(post.header("user-agent"), "Tracte");
    assert_eq!(post.signed_with(&secret), [true]);
    assert_eq!(post.header("webhook-timestamp"), kit.ctx().at.as_second().to_string());
    let said = post.json();
    assert_eq!((&said["type"], &said["timestamp"]), (&json!("lead.created"), &json!(made.meta.created_at)));
    let sequence = said["sequence"].as_u64().unwrap();
    assert!(sequence <= head);
    let id = webhook.meta.id.simple().to_string();
    assert_eq!(post.header("webhook-id"), format!("msg_{id}_{sequence}_0"));
    let record = read(&kit, &format!("/leads/{}", made.meta.id)).await;
    let expected =
        json!({ "entity": "lead", "id": made.meta.id, "version": record["version"], "record": record });
    assert_eq!(said["data"], expected);

    let version = record["version"].as_u64().unwrap();
    leads::delete(app, &admin, LeadId(made.meta.id), version).unwrap();
    assert_eq!(round(&kit), 1);
    let said = there.next().json();
    assert_eq!(said["type"], "lead.deleted");
    assert_eq!(said["data"], json!({ "entity": "lead", "id": made.meta.id }));
    assert_eq!(round(&kit), 0);
    assert_eq!(health(app, &admin, &webhook), WebhookHealth::Fine);
    assert_eq!(
        webhooks::get(app, &admin, webhook.meta.id).unwrap().progress.delivered_at,
        Some(kit.ctx().at)
    );
}

/// Accounting gets all it needs to bill: what was accepted, by whom, every amount by tax and period, and the client.
#[tokio::test]
async fn an_accepted_quote_arrives_with_all_its_amounts() {
    let (kit, there) = (kit(), Receiver::start());
    let (app, admin) = (&kit.state.app, kit.admin());
    let asked = ["quote.*", "opportunity.won", "company.changed"];
    let (_, secret) = hook(app, &admin, &there.url(), &asked);
    crate::quotes_client::sent(app, &admin);
    let query = services::records::Query::default();
    let page = services::records::list(app, &admin, model::Kind::Quote, &query).unwrap();
    let id = page.records[0].about().id;
    let quote = services::quotes::content(app, &admin, id).unwrap().quote;
    let token = services::quotes::address_of(app, &admin, &quote).unwrap().unwrap();
    let token = token.strip_prefix("/q/").unwrap();
    services::quotes::note_viewed(app, &kit.ctx(), token).unwrap();
    let yes = services::quotes::Answer {
        name: "Marta Soler".to_owned(),
        agrees: true,
        alternative: "B".to_owned(),
        ticked: vec![3],
        pdf: quote.state.pdf.clone().unwrap(),
        signature: Vec::new(),
    };
    services::quotes::accept(app, &kit.ctx(), token, &yes).unwrap();
    assert!(round(&kit) > 0);
    let posts = there.rest();
    let mut kinds: Vec<String> = posts.iter().map(Post::kind).collect();
    kinds.retain(|kind| kind != "quote.changed");
    // The opportunity, the client and the quote change in one write; the plainer of two events comes first.
    let expected = [
        "quote.created",
        "quote.sent",
        "quote.viewed",
        "opportunity.won",
        "company.changed",
        "quote.accepted",
    ];
    assert_eq!(kinds, expected);
    let sequences: Vec<u64> = posts.iter().map(|post| post.json()["sequence"].as_u64().unwrap()).collect();
    assert!(sequences.is_sorted(), "{sequences:?}");

    let post = posts.iter().find(|post| post.kind() == "quote.accepted").unwrap();
    assert_eq!(post.signed_with(&secret), [true]);
    let data = &post.json()["data"];
    assert_eq!(data["record"], read(&kit, &format!("/quotes/{id}")).await);
    assert_eq!(data["content"], read(&kit, &format!("/quotes/{id}/content")).await);
    assert_eq!(data["company"], read(&kit, &format!("/companies/{}", quote.company.unwrap())).await);
    let accepted = &data["content"]["acceptance"];
    assert_eq!((&accepted["name"], &accepted["alternative"]), (&json!("Marta Soler"), &json!("B")));
    assert_eq!(accepted["pdf_sha256"], json!(quote.state.pdf));
    let ticked = data["content"]["lines"].as_array().unwrap().iter().find(|line| line["optional"] == true);
    assert_eq!(ticked.unwrap()["ticked"], true);
    let amounts = data["content"]["amounts"].as_array().unwrap();
    let chosen = amounts.iter().find(|amounts| amounts["alternative"] == "B").unwrap();
    assert_eq!(chosen["first_payment"]["total"], "1869.45");
    assert_eq!(
        (&chosen["periods"][0]["billing"], &chosen["term"]["base"]),
        (&json!("monthly"), &json!("2040.00"))
    );
    assert_eq!(chosen["first_payment"]["rates"][0]["percent"], "21");
}

#[test]
fn deliveries_come_in_order_and_behind_the_one_that_fails() {
    let (kit, there) = (kit(), Receiver::start());
    let (app, admin) = (&kit.state.app, kit.admin());
    let (webhook, _) = hook(app, &admin, &there.url(), &["lead.created"]);
    let names: Vec<String> = (0..50).map(|number| format!("Empresa {number:02}")).collect();
    for name in &names {
        lead(app, &admin, name);
    }
    there.say(&[204, 500]);
    assert_eq!(round(&kit), 2);
    assert_eq!(round(&kit), 0, "the others wait for the one that failed");
    let first = there.rest();
    assert_eq!(companies(&first), names[..2]);
    let since = kit.ctx().at;
    assert_eq!(health(app, &admin, &webhook), WebhookHealth::Failing(since));
    kit.advance(60);
    assert_eq!(round(&kit), 49);
    let rest = there.rest();
    assert_eq!(companies(&rest), names[1..]);
    assert_eq!(rest[0].header("webhook-id"), first[1].header("webhook-id"), "whoever gets it twice knows");
    assert_ne!(rest[0].header("webhook-timestamp"), first[1].header("webhook-timestamp"));
    assert_eq!(health(app, &admin, &webhook), WebhookHealth::Fine);
    let page = webhooks::deliveries(app, &admin, webhook.meta.id, 2).unwrap();
    assert_eq!((page.items.len(), page.total, page.has_more), (10, 50, false));
    assert_eq!(page.items[8].attempts, 2, "the second of them all");
}

/// What was on its way when Tracte ended goes on; nothing is told twice that was taken, and making readings anew tells nothing.
#[test]
fn a_restart_loses_nothing_and_repeats_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let there = Receiver::start();
    let test = TestApp::open(folder.path(), options());
    test.set_up();
    hook(&test.app, &test.admin(), &there.url(), &["lead.created"]);
    test.create("Primera");
    test.create("Segona");
    there.say(&[204, 503]);
    assert_eq!(round_at(&test.app, &test.ctx()), 2);
    let first = there.rest();
    test.create("Tercera");
    test.leave();
    services::maintenance::rebuild(folder.path(), services::projectors::Reading::Search, Options::default())
        .unwrap();
    let test = TestApp::open(folder.path(), options());
    test.create("Quarta");
    test.advance(60);
    assert_eq!(round_at(&test.app, &test.ctx()), 3);
    let rest = there.rest();
    assert_eq!(companies(&rest), ["Segona", "Tercera", "Quarta"]);
    assert_eq!(rest[0].header("webhook-id"), first[1].header("webhook-id"));
    assert_eq!(round_at(&test.app, &test.ctx()), 0);
    test.verify();
    test.leave();
}

/// A webhook that gets no answer has a thread of its own: the others are told meanwhile.
#[test]
fn one_that_does_not_answer_holds_nobody_up() {
    let (kit, silent, there) = (kit(), Receiver::start(), Receiver::start());
    let (app, admin) = (&kit.state.app, kit.admin());
    hook(app, &admin, &silent.url(), &["lead.created"]);
    hook(app, &admin, &there.url(), &["lead.*"]);
    let enough = Arc::new(Mutex::new(()));
    let held = enough.lock().unwrap();
    silent.behave([Manner::Silent(enough.clone())]);
    let (stop, clock) = (AtomicBool::new(false), kit.state.clock.clone());
    let now = || clock.ctx(clock.now(), "webhooks", model::Language::Ca);
    std::thread::scope(|scope| {
        let courier = Courier::new(app, &ApiShapes, &now);
        let stop = &stop;
        scope.spawn(move || courier.run(stop, &|error| panic!("{error}")));
        lead(app, &admin, "Primera");
        silent.next();
        for name in ["Segona", "Tercera"] {
            lead(app, &admin, name);
        }
        let told: Vec<Post> = (0..3).map(|_| there.next()).collect();
        assert_eq!(companies(&told), ["Primera", "Segona", "Tercera"]);
        assert!(silent.rest().is_empty(), "nothing goes to one that has not answered");
        drop(held);
        stop.store(true, std::sync::atomic::Ordering::Release);
    });
}

#[test]
fn two_secrets_sign_for_a_day() {
    let (kit, there) = (kit(), Receiver::start());
    let (app, admin) = (&kit.state.app, kit.admin());
    let (webhook, old) = hook(app, &admin, &there.url(), &["lead.created"]);
    assert_eq!(problems(webhooks::rotate(app, &admin, webhook.meta.id, 0)), ["conflict"]);
    let (webhook, new) = webhooks::rotate(app, &admin, webhook.meta.id, webhook.meta.version).unwrap();
    assert_ne!(old, new);
    let signatures = |name: &str, seconds: i64| {
        kit.advance(seconds);
        lead(app, &kit.admin(), name);
        assert_eq!(round(&kit), 1);
        let post = there.next();
        (post.signed_with(&new), post.signed_with(&old))
    };
    assert_eq!(signatures("Primera", 0), (vec![true, false], vec![false, true]));
    assert_eq!(signatures("Segona", 24 * 3_600 - 1), (vec![true, false], vec![false, true]));
    assert_eq!(signatures("Tercera", 1), (vec![true], vec![false]));
    // The one that was good in between is not kept for ever.
    let (_, third) = webhooks::rotate(app, &kit.admin(), webhook.meta.id, webhook.meta.version).unwrap();
    lead(app, &kit.admin(), "Quarta");
    assert_eq!(round(&kit), 1);
    let post = there.next();
    assert_eq!((post.signed_with(&third), post.signed_with(&new)), (vec![true, false], vec![false, true]));
}

/// What somebody asks for from now on is told from now on, also after a restart; what is off hears nothing later either.
#[test]
fn nothing_of_the_past_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let there = Receiver::start();
    let test = TestApp::open(folder.path(), options());
    test.set_up();
    let (webhook, _) = hook(&test.app, &test.admin(), &there.url(), &["quote.*"]);
    let id = webhook.meta.id;
    test.create("Abans de demanar-ho");
    assert_eq!(round_at(&test.app, &test.ctx()), 0);
    let more = draft(&there.url(), &["quote.*", "lead.created"]);
    let webhook = webhooks::update(&test.app, &test.admin(), id, webhook.meta.version, &more).unwrap();
    test.leave();
    let test = TestApp::open(folder.path(), options());
    test.create("Després");
    assert_eq!(round_at(&test.app, &test.ctx()), 1);
    assert_eq!(companies(&there.rest()), ["Després"]);
    let admin = test.admin();
    let off = webhooks::switch(&test.app, &admin, id, webhook.meta.version, Switch::Off).unwrap();
    assert_eq!(health(&test.app, &admin, &off), WebhookHealth::Off);
    test.create("Apagat");
    assert_eq!(round_at(&test.app, &test.ctx()), 0);
    webhooks::switch(&test.app, &admin, id, off.meta.version, Switch::On).unwrap();
    test.create("Engegat");
    assert_eq!(round_at(&test.app, &test.ctx()), 1);
    assert_eq!(companies(&there.rest()), ["Engegat"]);
    test.leave();
}

#[test]
fn the_newest_two_hundred_are_kept() {
    let (kit, there) = (kit(), Receiver::start());
    let (app, admin) = (&kit.state.app, kit.admin());
    let (webhook, _) = hook(app, &admin, &there.url(), &["lead.created"]);
    for number in 0..210 {
        lead(app, &admin, &format!("Empresa {number:03}"));
    }
    while round(&kit) > 0 {}
    assert_eq!(there.rest().len(), 210);
    let log = webhooks::deliveries(app, &admin, webhook.meta.id, 0).unwrap();
    assert_eq!((log.total, log.items.len(), log.has_more), (200, 20, true));
    let oldest = webhooks::deliveries(app, &admin, webhook.meta.id, 9).unwrap();
    assert!(!oldest.has_more);
    webhooks::delete(app, &admin, webhook.meta.id, webhook.meta.version).unwrap();
    assert_eq!(problems(webhooks::get(app, &admin, webhook.meta.id)), ["not-found"]);
    let (records, _) = services::maintenance::verify(app).unwrap();
    assert!(records.faults.is_empty(), "{:?}", records.faults);
}
