//! Where nothing goes, what is never told or kept, and who may set webhooks up.

use super::*;
use crate::http_kit::Answer;
use model::{Kind, RoleKey};
use services::{audit, config_file, maintenance, privacy};

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let made = |draft: &WebhookDraft| problems(webhooks::create(app, &admin, draft));
    let all = ["name required", "url required", "events webhook-no-events"];
    assert_eq!(made(&WebhookDraft::default()), all);
    let unknown = WebhookDraft { name: "x".repeat(121), ..draft("ftp://exemple.cat", &["invoice.paid"]) };
    assert_eq!(made(&unknown), ["name too-long", "url webhook-url", "events choice"]);
    let long = format!("https://exemple.cat/{}", "a".repeat(500));
    assert_eq!(made(&draft(&long, &["lead.*"])), ["url too-long"]);
    for url in
        ["http://127.0.0.1:8080/", "https://localhost/", "http://[::1]/", "http://169.254.169.254/latest"]
    {
        assert_eq!(made(&draft(url, &["lead.*"])), ["url webhook-private"], "{url}");
    }
    for number in 0..model::WEBHOOKS_MAX {
        let url = format!("https://exemple.cat/{number}");
        assert_eq!(made(&draft(&url, &["lead.*"])), [""; 0]);
    }
    assert_eq!(made(&draft("https://exemple.cat/", &["lead.*"])), [" too-many"]);
}

/// A name says nothing of where it leads: it is looked at when it is asked, and the connection goes nowhere else.
#[test]
fn names_that_lead_inside_lead_nowhere() {
    let (kit, there) = (Kit::company(), Receiver::start());
    let (app, admin) = (&kit.state.app, kit.admin());
    // Ways to write addresses that only the resolver knows.
    for name in ["127.1", "2130706433", "0x7f000001", "017700000001"] {
        let url = format!("http://{name}:{}/", there.port);
        let (webhook, _) = hook(app, &admin, &url, &["lead.created"]);
        let tried = webhooks::test(app, &admin, &ApiShapes, webhook.meta.id).unwrap();
        let last = tried.last.unwrap();
        assert_eq!((last.status, last.failure.as_deref()), (None, Some("http-private")), "{name}: {last:?}");
        assert!(last.said.contains("127.0.0.1"), "{}", last.said);
    }
    assert!(there.rest().is_empty());
}

/// What was set up while the machine's settings allowed it goes nowhere once they do not.
#[test]
fn the_settings_of_the_machine_count_at_every_delivery() {
    let folder = tempfile::tempdir().unwrap();
    let there = Receiver::start();
    let url = format!("http://localhost:{}/", there.port);
    let test = TestApp::open(folder.path(), options());
    test.set_up();
    let (webhook, _) = hook(&test.app, &test.admin(), &url, &["lead.created"]);
    test.create("Primera");
    assert_eq!(round_at(&test.app, &test.ctx()), 1);
    there.next();
    test.leave();
    let test = TestApp::open(folder.path(), Options::default());
    test.create("Segona");
    assert_eq!(round_at(&test.app, &test.ctx()), 1);
    let last = deliveries(&test.app, &test.admin(), &webhook)[0].last.clone().unwrap();
    assert_eq!(last.failure.as_deref(), Some("http-private"));
    assert!(there.rest().is_empty());
    test.leave();
}

/// A delivery that comes late says what is left of somebody who was erased meanwhile, and its log says no more.
#[test]
fn whoever_was_erased_is_not_told_of_later() {
    const NAME: &str = "Montserrat Esborrable";
    let (kit, there) = (kit(), Receiver::start());
    let (app, admin) = (&kit.state.app, kit.admin());
    let (webhook, _) = hook(app, &admin, &there.url(), &["lead.*"]);
    let draft = LeadDraft {
        name: NAME.to_owned(),
        email: "montserrat@exemple.cat".to_owned(),
        ..LeadDraft::default()
    };
    let made = leads::create(app, &admin, &draft, None).unwrap();
    there.say(&[500]);
    assert_eq!(round(&kit), 1);
    assert!(String::from_utf8(there.next().body).unwrap().contains(NAME));
    let id = made.meta.id;
    privacy::erase(app, &admin, Kind::Lead, id, made.meta.version, NAME).unwrap();
    let check = |text: String| {
        assert!(!text.contains("Montserrat") && !text.contains("montserrat@"), "{text}");
        assert!(text.contains(model::ERASED), "{text}");
    };
    kit.advance(60);
    assert!(round(&kit) >= 2);
    for post in there.rest() {
        check(String::from_utf8(post.body).unwrap());
    }
    while privacy::finish_pending(app).unwrap() {}
    for delivery in deliveries(app, &admin, &webhook) {
        check(webhooks::shown(app, &admin, &ApiShapes, delivery.meta.id).unwrap().body.to_string());
        assert!(!format!("{delivery:?}").contains("Montserrat"));
    }
}

/// Once, and nowhere else: not in exports, backups, the journal, a file of configuration or a page.
#[tokio::test]
async fn a_secret_is_shown_once() {
    let (kit, there) = (kit(), Receiver::start());
    let (app, admin) = (&kit.state.app, kit.admin());
    let (webhook, old) = hook(app, &admin, &there.url(), &["lead.created"]);
    let (webhook, new) = webhooks::rotate(app, &admin, webhook.meta.id, webhook.meta.version).unwrap();
    lead(app, &admin, "Fusteria Puig");
    round(&kit);
    let delivery = deliveries(app, &admin, &webhook)[0].clone();
    let mut export = Vec::new();
    maintenance::export(app, &mut export).unwrap();
    let log = audit::list(app, &admin, &audit::AuditQuery::default()).unwrap();
    let page = async |path: &str| {
        let cookie = format!("{}={}", server::SESSION, kit.session());
        kit.get(path, &[("cookie", &cookie)]).await.text()
    };
    let base = "/settings/webhooks";
    for (place, text) in [
        ("export", String::from_utf8(export.clone()).unwrap()),
        ("audit log", format!("{log:?}")),
        ("page of the log", page("/audit").await),
        ("configuration", config_file::export(app, &admin).unwrap()),
        ("list", page(base).await),
        ("page", page(&format!("{base}/{}", webhook.meta.id)).await),
        ("form", page(&format!("{base}/{}/edit", webhook.meta.id)).await),
        ("delivery", page(&format!("{base}/deliveries/{}", delivery.meta.id)).await),
        ("API", read(&kit, &format!("/webhooks/{}", webhook.meta.id)).await.to_string()),
    ] {
        for secret in [&old, &new] {
            assert!(!text.contains(&secret["whsec_".len()..]), "it is in the {place}: {text}");
        }
    }
    assert!(format!("{log:?}").contains("secret_set_at"));

    // Whoever restores a backup has webhooks without secrets: nothing goes out until there is another one.
    let folder = tempfile::tempdir().unwrap();
    maintenance::import(folder.path(), &mut export.as_slice()).unwrap();
    let test = TestApp::open(folder.path(), options());
    there.rest();
    test.create("Fusteria Soler");
    assert_eq!(round_at(&test.app, &test.ctx()), 0);
    assert_eq!(health(&test.app, &test.admin(), &webhook), WebhookHealth::NoSecret);
    let tried = webhooks::test(&test.app, &test.admin(), &ApiShapes, webhook.meta.id);
    assert_eq!(problems(tried), [" webhook-no-secret"]);
    let (_, secret) =
        webhooks::rotate(&test.app, &test.admin(), webhook.meta.id, webhook.meta.version).unwrap();
    assert_eq!(round_at(&test.app, &test.ctx()), 1);
    assert_eq!(there.next().signed_with(&secret), [true]);
    test.leave();
}

/// The permission is that of those who could see everything anyway.
#[test]
fn only_administrators_send_everything_somewhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestApp::company(folder.path());
    let manager = test.hire("Raul", RoleKey::MANAGER);
    let ctx = test.at_work(manager.id());
    let wanted = draft("https://exemple.cat/", &["lead.*"]);
    assert_eq!(problems(webhooks::create(&test.app, &ctx, &wanted)), ["denied"]);
    assert_eq!(problems(webhooks::list(&test.app, &ctx)), ["denied"]);
    let (webhook, _) = webhooks::create(&test.app, &test.admin(), &wanted).unwrap();
    let (id, version) = (webhook.meta.id, webhook.meta.version);
    assert_eq!(problems(webhooks::get(&test.app, &ctx, id)), ["denied"]);
    assert_eq!(problems(webhooks::rotate(&test.app, &ctx, id, version)), ["denied"]);
    assert_eq!(problems(webhooks::delete(&test.app, &ctx, id, version)), ["denied"]);
    assert_eq!(problems(webhooks::deliveries(&test.app, &ctx, id, 0)), ["denied"]);
    test.leave();
}

fn says(page: &Answer, parts: &[&str]) {
    let text = page.text();
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in {text}");
    }
}

/// The form keeps what was typed, and whoever comes second sees what the first one saved.
#[tokio::test]
async fn the_form_loses_nothing() {
    let kit = kit();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let post = async |path: &str, body: &str| {
        let headers = [
            ("cookie", cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        kit.ask(Method::POST, &format!("/settings/webhooks{path}"), &headers, body).await
    };
    let refused = post("/new", "name=&url=comptes&events_quote=quote.accepted&events_lead=lead.*").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ticked = ["value=\"comptes\"", "value=\"quote.accepted\" checked", "value=\"lead.*\" checked"];
    says(&refused, &ticked);
    says(&refused, &["#f-name", "#f-url", "2 problemes"]);
    let nothing = post("/new", "name=Comptes&url=https://exemple.cat").await;
    says(&nothing, &["#f-events", "Marqueu almenys una cosa"]);
    let made = post("/new", "name=Comptes&url=https://exemple.cat/&events_quote=quote.accepted").await;
    assert_eq!(made.status, StatusCode::OK);
    says(&made, &["whsec_", "data-copy", "Copieu-lo ara."]);
    let id = webhooks::list(&kit.state.app, &kit.admin()).unwrap()[0].webhook.meta.id;
    let changed = "version=1&name=Factures&url=https://exemple.cat/&events_quote=quote.*";
    assert_eq!(post(&format!("/{id}"), changed).await.status, StatusCode::SEE_OTHER);
    let late = post(&format!("/{id}"), &changed.replace("Factures", "Cobraments")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    says(&late, &["Cobraments", "Factures", "value=\"2\""]);
    let stale = post(&format!("/{id}/delete"), "version=1").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let gone = post(&format!("/{id}/delete"), "version=2").await;
    assert_eq!(gone.header("location"), "/settings/webhooks?notice=webhook-deleted");
    assert_eq!(problems(webhooks::get(&kit.state.app, &kit.admin(), Uuid::nil())), ["not-found"]);
}
