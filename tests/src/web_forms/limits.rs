//! How often one address may send a web form: what a person does, and what a robot does not get through.

use super::{FORM, FROM_HERE, form_of, ticket_in};
use crate::http_kit::{Answer, Kit};
use poem::http::{Method, StatusCode};
use services::leads;

fn by_proxy(change: impl FnOnce(&mut server::Config)) -> Kit {
    let mut config = server::Config::default();
    config.sign_in.client_address_header = "x-real-ip".to_owned();
    change(&mut config);
    let kit = Kit::with(config);
    kit.set_up();
    for key in ["fira", "botiga"] {
        form_of(&kit.state.app, &kit.admin(), key);
    }
    kit
}

/// Opens the form and sends it two seconds later, as fast as a ticket allows.
async fn send(kit: &Kit, form: &str, from: &str) -> Answer {
    let ticket = ticket_in(&kit.get(&format!("/f/{form}"), &[]).await);
    kit.advance(2);
    let headers = [FROM_HERE, FORM, ("x-real-ip", from)];
    let body = format!("ticket={ticket}&name=Marta&email=marta@exemple.cat&description=Una+reixa");
    kit.ask(Method::POST, &format!("/f/{form}?lang=ca"), &headers, &body).await
}

#[tokio::test]
async fn one_address_sends_a_form_a_handful_of_times_a_minute_and_some_tens_an_hour() {
    let kit = by_proxy(|_| {});
    let mut statuses = Vec::new();
    for _ in 0..15 {
        statuses.push(send(&kit, "fira", "192.0.2.1").await.status);
    }
    let taken = |statuses: &[StatusCode]| statuses.iter().filter(|status| **status == StatusCode::OK).count();
    assert!(statuses[..5].iter().all(|status| *status == StatusCode::OK), "{statuses:?}");
    assert!(statuses[5..].iter().all(|status| *status == StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
    let found = leads::list(&kit.state.app, &kit.admin(), &leads::LeadQuery::default()).unwrap().leads;
    assert_eq!(found.len(), taken(&statuses));

    // Who has to wait reads how long, and nothing typed is lost.
    kit.advance(60);
    for _ in 0..5 {
        assert_eq!(send(&kit, "fira", "192.0.2.1").await.status, StatusCode::OK);
    }
    let stopped = send(&kit, "fira", "192.0.2.1").await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);
    let text = stopped.text();
    assert!(text.contains("d’aquí a un minut.") && text.contains(">Una reixa</textarea>"), "{text}");
    // Others, and another form, have their own share.
    assert_eq!(send(&kit, "fira", "192.0.2.2").await.status, StatusCode::OK);
    assert_eq!(send(&kit, "botiga", "192.0.2.1").await.status, StatusCode::OK);

    // Whoever goes on slowly meets the limit of an hour.
    let mut statuses = Vec::new();
    for _ in 0..40 {
        kit.advance(13);
        statuses.push(send(&kit, "fira", "192.0.2.1").await.status);
    }
    assert!((10..30).contains(&taken(&statuses)), "{statuses:?}");
    kit.advance(3_600);
    assert_eq!(send(&kit, "fira", "192.0.2.1").await.status, StatusCode::OK);
}

/// One place becomes free when the first of them is a minute old, and no sooner.
#[tokio::test]
async fn no_minute_has_more_than_the_settings_say() {
    let kit = by_proxy(|_| {});
    let mut taken = Vec::new();
    for second in (2..=130).step_by(2) {
        if send(&kit, "fira", "192.0.2.1").await.status == StatusCode::OK {
            taken.push(second);
        }
    }
    assert_eq!(taken, [2, 4, 6, 8, 10, 62, 64, 66, 68, 70, 122, 124, 126, 128, 130]);
}

#[tokio::test]
async fn who_sent_enough_in_an_hour_reads_how_many_minutes_to_wait() {
    let kit = by_proxy(|config| config.web_forms.sent_per_hour = 6);
    for _ in 0..6 {
        assert_eq!(send(&kit, "fira", "192.0.2.1").await.status, StatusCode::OK);
        kit.advance(58);
    }
    // The first one was sent six minutes ago.
    let stopped = send(&kit, "fira", "192.0.2.1").await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(stopped.text().contains("d’aquí a 54 minuts."), "{}", stopped.text());
    kit.advance(54 * 60);
    assert_eq!(send(&kit, "fira", "192.0.2.1").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_settings_say_how_often() {
    let kit = by_proxy(|config| config.web_forms.sent_per_minute = 20);
    for _ in 0..15 {
        assert_eq!(send(&kit, "fira", "192.0.2.1").await.status, StatusCode::OK);
    }
}
