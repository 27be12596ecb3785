//! The forms of the inbox over HTTP, as browsers without a script send them.

use crate::http_kit::{Answer, Kit, PASSWORD};
use model::{Lead, LeadId};
use poem::http::{Method, StatusCode};
use services::users::{self, UserDraft};
use services::{LeadDraft, leads};

const OWN_PAGE: (&str, &str) = ("sec-fetch-site", "same-origin");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn made(kit: &Kit, company: &str, email: &str) -> Lead {
    let draft = LeadDraft { company: company.to_owned(), email: email.to_owned(), ..LeadDraft::default() };
    leads::create(&kit.state.app, &kit.admin(), &draft, None).unwrap()
}

fn now(kit: &Kit, lead: &Lead) -> Lead {
    leads::get(&kit.state.app, &kit.admin(), LeadId(lead.meta.id)).unwrap()
}

async fn get(kit: &Kit, path: &str) -> String {
    let cookie = format!("tracte_session={}", kit.session());
    kit.get(path, &[("cookie", &cookie)]).await.text()
}

async fn decide(kit: &Kit, lead: &Lead, version: u64, body: &str) -> Answer {
    let cookie = format!("tracte_session={}", kit.session());
    let path = format!("/leads/{}/inbox", lead.meta.id);
    let body = format!("whose=mine&version={version}&{body}");
    kit.ask(Method::POST, &path, &[("cookie", &cookie), OWN_PAGE, FORM], &body).await
}

/// The radio that is chosen, by its value.
fn is_chosen(page: &str, value: &str) -> bool {
    page.contains(&format!("name=\"original\" value=\"{value}\" checked"))
}

#[tokio::test]
async fn a_duplicate_is_one_of_the_record_that_was_named() {
    let kit = Kit::company();
    let email = "info@riera.cat";
    let alike = [made(&kit, "Mas Riera", email), made(&kit, "Riera Nou", email)];
    let other = made(&kit, "Fusteria Puig", "info@puig.cat");
    let lead = made(&kit, "Riera", email);
    let ids = alike.each_ref().map(|one| one.meta.id.to_string());
    let page = get(&kit, &format!("/leads/inbox?lead={}", lead.meta.id)).await;
    assert_eq!(ids.iter().filter(|id| is_chosen(&page, id)).count(), 1, "the first one is offered");
    // Another one is asked for, and nothing is said of which: that stays chosen.
    let unsaid = decide(&kit, &lead, 1, "deed=duplicate&original=&duplicate_of=").await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(is_chosen(&unsaid.text(), ""), "{}", unsaid.text());
    // Nor is it another look-alike because somebody else was quicker.
    for id in &ids {
        let body = format!("deed=duplicate&original={id}&duplicate_of=");
        let stale = decide(&kit, &lead, 7, &body).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(is_chosen(&stale.text(), id), "{}", stale.text());
    }
    assert_eq!(now(&kit, &lead), lead);
    // What is written counts more than the look-alike that was chosen beforehand.
    for id in &ids {
        let before = made(&kit, "Riera", email);
        let body = format!("deed=duplicate&original={id}&duplicate_of=+Fusteria+Puig+");
        assert_eq!(decide(&kit, &before, 1, &body).await.status, StatusCode::SEE_OTHER);
        assert_eq!(now(&kit, &before).duplicate_of, Some(other.meta.id));
    }
    let body = format!("deed=duplicate&original={}&duplicate_of=++", ids[1]);
    assert_eq!(decide(&kit, &lead, 1, &body).await.status, StatusCode::SEE_OTHER);
    assert_eq!(now(&kit, &lead).duplicate_of, Some(alike[1].meta.id));
}

#[tokio::test]
async fn the_return_key_in_a_day_puts_a_lead_off_until_that_day() {
    let kit = Kit::company();
    let lead = made(&kit, "Riera", "info@riera.cat");
    let page = get(&kit, &format!("/leads/inbox?lead={}", lead.meta.id)).await;
    // The return key presses the first button of a form.
    let first = page.split("name=\"until\" value=\"").nth(1).unwrap();
    assert!(first.starts_with("day\""), "{first}");
    let dayless = decide(&kit, &lead, 1, "deed=snooze&until=day&day=").await;
    assert_eq!(dayless.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = "Un altre dia, a les 9: Ompliu aquest camp";
    assert!(dayless.text().contains(said), "{}", dayless.text());
    let done = decide(&kit, &lead, 1, "deed=snooze&until=day&day=2026-12-01").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let notice = get(&kit, done.header("location")).await;
    assert!(notice.contains("Heu posposat «Riera» fins al 01/12/2026 09:00."), "{notice}");
    let back = decide(&kit, &lead, 2, "deed=wake").await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    // It does not say so of one that is back.
    let later = get(&kit, done.header("location")).await;
    assert!(later.contains("Heu posposat «Riera»."), "{later}");
}

#[tokio::test]
async fn the_bar_of_a_phone_says_how_many_wait() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    for company in ["Mas Riera", "Forn Prat"] {
        let lead = made(&kit, company, "");
        leads::assign(app, &admin, LeadId(lead.meta.id), lead.meta.version, admin.user_id().unwrap())
            .unwrap();
    }
    let page = get(&kit, "/").await;
    let more = page.split("<details class=\"more\">").nth(1).and_then(|rest| rest.split("</summary>").next());
    let more = more.unwrap();
    assert!(more.contains("<b class=\"count\" aria-hidden=\"true\">2</b>"), "{more}");
    assert!(more.contains("(2 a la safata)"), "{more}");
}

/// One whose name alone resembles is not chosen beforehand: the return key discards nothing.
#[tokio::test]
async fn only_what_is_surely_the_same_is_chosen_beforehand() {
    let kit = Kit::company();
    let there = made(&kit, "Mas Riera", "vell@riera.cat").meta.id.to_string();
    let lead = made(&kit, "Mas Riera", "nou@riera.cat");
    let page = get(&kit, &format!("/leads/inbox?lead={}", lead.meta.id)).await;
    let choice = page.split(&format!("name=\"original\" value=\"{there}\"")).nth(1).expect("it is offered");
    assert!(choice.split("</label>").next().unwrap().contains("el mateix nom"), "{choice}");
    assert!(!is_chosen(&page, &there) && !is_chosen(&page, ""), "{page}");
    let unsaid = decide(&kit, &lead, 1, "deed=duplicate&duplicate_of=").await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(now(&kit, &lead), lead);
}

/// Whoever gives a lead away sees who is away, and until when.
#[tokio::test]
async fn somebody_who_is_away_is_offered_with_the_day_they_come_back() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let draft = UserDraft {
        name: "Jordi".to_owned(),
        email: "jordi@exemple.cat".to_owned(),
        role: model::RoleKey::REP.to_owned(),
        teams: admin.caller().unwrap().user.teams.iter().map(ToString::to_string).collect(),
        language: "ca".to_owned(),
        active: true,
        password: PASSWORD.to_owned(),
        absences: vec![("2026-11-23".to_owned(), "2026-11-29".to_owned())],
        ..UserDraft::default()
    };
    let jordi = users::create(app, &admin, &draft).unwrap();
    let until = leads::away_until(app, &admin).unwrap();
    assert_eq!(until.into_iter().collect::<Vec<_>>(), [(jordi.id(), "2026-11-29".parse().unwrap())]);
    let lead = made(&kit, "Riera", "info@riera.cat");
    let page = get(&kit, &format!("/leads/{}", lead.meta.id)).await;
    assert!(page.contains("Jordi (fora fins al 29/11/2026)"), "{page}");
}
