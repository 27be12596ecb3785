//! What goes wrong on the other side, what is tried again and when it is given up; by hand, too.

use super::*;
use crate::mail;
use crate::smtp::MailServer;
use http_client::{Client, Reach, Times};
use model::DeliveryAttempt;
use model::jiff::SignedDuration;
use services::webhooks::RETRY_MINUTES;
use services::{mail_settings, outbox};
use std::time::Duration;

fn last(app: &App, admin: &Ctx, webhook: &Webhook) -> DeliveryAttempt {
    deliveries(app, admin, webhook)[0].last.clone().unwrap()
}

#[test]
fn what_goes_wrong_is_told_apart() {
    let (kit, there, elsewhere) = (kit(), Receiver::start(), Receiver::start());
    let (app, admin) = (&kit.state.app, kit.admin());
    let (webhook, _) = hook(app, &admin, &there.url(), &["lead.created"]);
    let attempt = |manner: Manner| {
        there.behave([manner]);
        kit.advance(25 * 3_600);
        assert_eq!(round(&kit), 1);
        last(app, &admin, &webhook)
    };
    lead(app, &admin, "Fusteria Puig");
    let failed = attempt(Manner::Say(500, "no\n\"ara\" \u{0}no".to_owned()));
    assert_eq!(
        (failed.status, failed.failure.as_deref(), failed.said.as_str()),
        (Some(500), None, "no\n\"ara\" no")
    );
    let moved = attempt(Manner::Redirect(elsewhere.url()));
    assert_eq!((moved.status, moved.said.as_str()), (Some(307), ""));
    assert!(elsewhere.rest().is_empty(), "a redirect is not followed");
    let huge = attempt(Manner::Say(400, "\"\\".repeat(1_000_000)));
    assert_eq!((huge.status, huge.said.len()), (Some(400), 1_024));
    let enough = Arc::new(Mutex::new(()));
    let held = enough.lock().unwrap();
    let silent = attempt(Manner::Silent(enough.clone()));
    drop(held);
    assert_eq!((silent.status, silent.failure.as_deref()), (None, Some("http-timeout")));
    // Whoever says 2xx has taken it, however long the rest of it is.
    let taken = attempt(Manner::Say(200, "x".repeat(10_000_000)));
    assert_eq!((taken.status, taken.said.len()), (Some(200), 2_048));
    assert_eq!(there.rest().len(), 5);
    assert_eq!(deliveries(app, &admin, &webhook)[0].state, DeliveryState::Delivered);

    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (webhook, _) = hook(app, &admin, &format!("http://127.0.0.1:{nobody}/"), &["lead.created"]);
    lead(app, &admin, "Fusteria Soler");
    assert_eq!(round(&kit), 2);
    let refused = last(app, &admin, &webhook);
    assert_eq!((refused.status, refused.failure.as_deref()), (None, Some("http-unreachable")), "{refused:?}");
    let (webhook, _) = hook(app, &admin, "http://no-such-host.invalid/", &["lead.created"]);
    lead(app, &admin, "Fusteria Vila");
    round(&kit);
    assert_eq!(last(app, &admin, &webhook).failure.as_deref(), Some("http-unreachable"));
}

/// A head that trickles is no answer; a body that trickles is read as far as it comes.
#[test]
fn whoever_trickles_does_not_hold_us() {
    let there = Receiver::start();
    let times = Times { connect: Duration::from_secs(5), whole: Duration::from_secs(1) };
    let client = Client::new(Reach::Anywhere, times);
    there.behave([Manner::Trickle, Manner::TrickleBody(200), Manner::TrickleBody(200)]);
    let error = client.post(&there.url(), &[], b"{}".to_vec()).err().unwrap();
    assert_eq!(error.code(), "http-timeout", "{error}");
    let answer = client.post(&there.url(), &[], b"{}".to_vec()).unwrap();
    assert_eq!(answer.status(), 200);
    let said = answer.beginning(64 * 1024);
    assert!(!said.is_empty() && said.iter().all(|byte| *byte == b'x'), "{said:?}");
    let whole = client.post(&there.url(), &[], b"{}".to_vec()).unwrap().whole(64 * 1024);
    assert_eq!(whole.err().unwrap().code(), "http-timeout");
}

/// Nearly three days of attempts, then the next one has its turn; after five days without any success it is switched off.
#[test]
fn what_fails_for_days_is_given_up() {
    let (kit, there) = (kit(), Receiver::start());
    let (app, admin) = (&kit.state.app, kit.admin());
    let (webhook, _) = hook(app, &admin, &there.url(), &["lead.created"]);
    lead(app, &admin, "Primera");
    lead(app, &admin, "Segona");
    let post = MailServer::start(mail::manners());
    let (version, _) = mail_settings::get(app, &admin).unwrap();
    mail_settings::update(app, &admin, version, &mail::draft(post.port)).unwrap();
    let since = kit.ctx().at;
    there.say(&[500; 32]);
    let state = |place: usize| {
        let delivery = deliveries(app, &admin, &webhook)[place].clone();
        (delivery.state, delivery.attempts)
    };
    for (tried, minutes) in (1..).zip(RETRY_MINUTES) {
        assert_eq!(round(&kit), 1);
        assert_eq!(state(1), (DeliveryState::Waiting, tried));
        kit.advance(minutes * 60 - 1);
        assert_eq!(round(&kit), 0, "not before it is due");
        kit.advance(1);
    }
    assert_eq!(round(&kit), 2, "the last attempt, and the first of the next one");
    assert_eq!((state(1), state(0)), ((DeliveryState::Failed, 9), (DeliveryState::Waiting, 1)));
    assert_eq!(health(app, &admin, &webhook), WebhookHealth::Failing(since));
    while kit.ctx().at < since + SignedDuration::from_hours(5 * 24) {
        assert!(webhooks::get(app, &admin, webhook.meta.id).unwrap().webhook.active);
        kit.advance(6 * 3_600);
        round(&kit);
    }
    kit.advance(24 * 3_600);
    round(&kit);
    assert_eq!(health(app, &admin, &webhook), WebhookHealth::GivenUp(since));
    kit.advance(24 * 3_600);
    assert_eq!(round(&kit), 0);
    // Whoever sets Tracte up is told by letter, once.
    let letters = || outbox::round(app, &kit.ctx(), &mail::Plain, &AtomicBool::new(false)).unwrap();
    assert_eq!(letters(), 1);
    let told = post.next().text;
    let link = format!("/settings/webhooks/{}", webhook.meta.id);
    assert!(told.contains("WebhookOff") && told.contains(&webhook.name) && told.contains(&link), "{told}");
    assert_eq!(letters(), 0);
    // Whoever switches it on gets what was on its way, and what happens from now on.
    there.rest();
    let version = webhooks::get(app, &admin, webhook.meta.id).unwrap().webhook.meta.version;
    lead(app, &admin, "Mentre era apagat");
    webhooks::switch(app, &admin, webhook.meta.id, version, Switch::On).unwrap();
    lead(app, &admin, "Tercera");
    there.recover();
    kit.advance(60);
    assert_eq!(round(&kit), 2);
    assert_eq!(companies(&there.rest()), ["Segona", "Tercera"]);
    assert_eq!(health(app, &admin, &webhook), WebhookHealth::Fine);
}

/// A test and a delivery that is sent again go at once, whatever waits.
#[tokio::test]
async fn by_hand_it_goes_at_once() {
    let (kit, there) = (kit(), Receiver::start());
    let (app, key) = (&kit.state.app, kit.key("administrator"));
    let post = async |path: &str, body: &Value| {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        kit.api(Method::POST, path, &key, &[("if-match", "*")], &body).await
    };
    let wanted = json!({ "name": "Botiga", "url": there.url(), "events": ["lead.created"] });
    let made = post("/webhooks", &wanted).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let made = made.json();
    let (path, secret) =
        (format!("/webhooks/{}", made["webhook"]["id"].as_str().unwrap()), made["secret"].as_str().unwrap());
    there.behave([Manner::Say(418, "Soc una tetera".to_owned())]);
    let tested = post(&format!("{path}/test"), &Value::Null).await.json();
    let expected = (json!("webhook.test"), json!("failed"), json!(418), json!("Soc una tetera"));
    assert_eq!(
        (&tested["event"], &tested["state"], &tested["status"], &tested["said"]),
        (&expected.0, &expected.1, &expected.2, &expected.3)
    );
    let arrived = there.next();
    assert_eq!((arrived.kind().as_str(), arrived.signed_with(secret)), ("webhook.test", vec![true]));
    assert_eq!(read(&kit, &path).await["state"], "fine", "a test that fails says nothing of the rest");

    lead(app, &kit.admin(), "Fusteria Puig");
    there.say(&[500]);
    assert_eq!(round(&kit), 1);
    let first = there.next();
    let log = read(&kit, &format!("{path}/deliveries")).await;
    let waiting = &log["items"][0];
    assert_eq!((&waiting["state"], &waiting["attempts"]), (&json!("waiting"), &json!(1)));
    let resend = format!("/webhook-deliveries/{}/resend", waiting["id"].as_str().unwrap());
    let again = post(&resend, &Value::Null).await.json();
    assert_eq!((&again["state"], &again["attempts"]), (&json!("delivered"), &json!(2)), "{again}");
    let second = there.next();
    assert_eq!((second.header("webhook-id"), &second.body), (first.header("webhook-id"), &first.body));
    kit.advance(3_600);
    assert_eq!(round(&kit), 0);
    let rotated = post(&format!("{path}/secret"), &Value::Null).await;
    assert_eq!((rotated.status, rotated.header("etag")), (StatusCode::OK, "\"2\""));
    let new = rotated.json()["secret"].as_str().unwrap().to_owned();
    post(&resend, &Value::Null).await;
    assert_eq!(there.next().signed_with(&new), [true, false]);
    let off = kit.api(Method::PATCH, &path, &key, &[("if-match", "\"2\"")], r#"{"active": false}"#).await;
    assert_eq!((&off.json()["state"], off.status), (&json!("off"), StatusCode::OK));
    let gone = kit.api(Method::DELETE, &path, &key, &[("if-match", "*")], "").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(post(&resend, &Value::Null).await.status, StatusCode::NOT_FOUND);
}
