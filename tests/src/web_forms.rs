//! Web forms from outside: what visitors see, send and confirm, and what robots and worse try.

use crate::http_kit::{Answer, Kit};
use crate::smtp::{MailServer, Manners};
use crate::test_app::TestApp;
use model::jiff::SignedDuration;
use model::{
    AssignmentRule, ConsentState, FormField, FormSubmission, Label, Language, Lead, Meta, PoolMember,
    RoleKey, Source, Via, Way, WebForm,
};
use poem::http::{Method, StatusCode};
use services::mail_settings::{self, MailDraft};
use services::outbox::{self, Facts, Topic, Words, Written};
use services::web_forms::{self, Outcome, Sent};
use services::{App, Ctx, Error, config_file, configuration, consents, leads, privacy};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

mod limits;
mod words;

fn asked(field: &str, required: bool) -> FormField {
    FormField { field: field.to_owned(), required, ..FormField::default() }
}

fn fair() -> WebForm {
    WebForm {
        label: Label::new("Fira", "Feria", "Fair"),
        title: Label::new("Visiteu-nos", "Visítenos", "Visit us"),
        fields: vec![
            asked("name", true),
            asked("email", true),
            asked("phone", false),
            asked("description", false),
        ],
        purpose: Some("marketing_email".to_owned()),
        consent: Label::new("Vull rebre novetats", "Quiero recibir novedades", "I want news"),
        source: Some("web".to_owned()),
        campaign: "Fira 2026".to_owned(),
        sites: vec!["https://www.exemple.cat".to_owned()],
        ..WebForm::default()
    }
}

/// A form that anybody can send: for tests of pages.
pub(crate) fn form_of(app: &App, ctx: &Ctx, key: &str) {
    configuration::create(app, ctx, key, fair()).unwrap();
}

/// The id of something that was sent and waits to be confirmed; letters go out in this company.
pub(crate) fn unconfirmed(app: &App, admin: &Ctx, visitor: &Ctx) -> String {
    if configuration::get::<WebForm>(app, admin, "confirmed").is_err() {
        configuration::create(app, admin, "confirmed", WebForm { confirmed: true, ..fair() }).unwrap();
    }
    let ticket = web_forms::ticket(app, visitor, "confirmed").unwrap();
    let later = visitor.at(visitor.at + model::jiff::SignedDuration::from_secs(5));
    let sent = Sent { typed: typed(PERSON), ticket, ..Sent::default() };
    web_forms::send(app, &later, "confirmed", &sent).unwrap();
    let found = privacy::find_unconfirmed(app, admin, PERSON[1].1).unwrap();
    found.last().unwrap().meta.id.to_string()
}

fn typed(fields: &[(&str, &str)]) -> BTreeMap<String, Vec<String>> {
    fields.iter().map(|(field, text)| ((*field).to_owned(), vec![(*text).to_owned()])).collect()
}

const PERSON: &[(&str, &str)] = &[("name", "Marta Soler"), ("email", "marta@exemple.cat")];

fn sent(test: &TestApp, fields: &[(&str, &str)]) -> Sent {
    let ticket = web_forms::ticket(&test.app, &test.ctx(), "fira").unwrap();
    test.advance(5);
    Sent { typed: typed(fields), ticket, ..Sent::default() }
}

fn send(test: &TestApp, sent: &Sent) -> Result<Outcome, Error> {
    web_forms::send(&test.app, &test.ctx(), "fira", sent)
}

fn codes<T: std::fmt::Debug>(done: Result<T, Error>) -> Vec<String> {
    let Err(Error::Invalid(errors)) = done else { panic!("{done:?}") };
    errors.0.into_iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect()
}

fn counts(test: &TestApp) -> (u64, u64, u64) {
    let counts = web_forms::counts(&test.app, &test.admin(), "fira").unwrap();
    (counts.received, counts.confirmed, counts.refused)
}

#[test]
fn a_form_makes_a_lead_with_its_consent_by_the_rules_for_forms() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    form_of(&test.app, &test.admin(), "fira");
    let (ada, biel) = (test.hire("Ada", RoleKey::REP), test.hire("Biel", RoleKey::REP));
    let rule = |user: &model::User, way| AssignmentRule {
        label: Label::new("Regla", "", ""),
        people: vec![PoolMember { user: user.id().to_string(), weight: 1 }],
        ways: vec![way],
        ..AssignmentRule::default()
    };
    configuration::create(&test.app, &test.admin(), "hand", rule(&ada, Way::Hand)).unwrap();
    configuration::create(&test.app, &test.admin(), "form", rule(&biel, Way::Form)).unwrap();
    let form = Sent { agrees: true, ..sent(&test, PERSON) };
    assert_eq!(send(&test, &form).unwrap(), Outcome::Thanks);
    let lead: Lead = test.all_leads().pop().unwrap();
    assert_eq!(lead.owner, Some(biel.id()));
    assert_eq!((lead.meta.created_by.user, &lead.meta.created_by.via), (None, &Via::Form));
    assert_eq!(
        (lead.campaign.as_deref(), lead.email.as_deref()),
        (Some("Fira 2026"), Some("marta@exemple.cat"))
    );
    let said = consents::of(&test.app, &test.admin(), model::Kind::Lead, lead.meta.id).unwrap();
    assert_eq!(
        (said.len(), said[0].state, said[0].purpose.as_str()),
        (1, ConsentState::Given, "marketing_email")
    );
    let evidence = said[0].evidence.clone().unwrap();
    assert!(evidence.contains("«Vull rebre novetats» · /f/fira · 2026-11-23 10:00:05"), "{evidence}");
    // The same page sent again, by a double click or a robot, makes no second lead, and says the same.
    assert_eq!(send(&test, &form).unwrap(), Outcome::Thanks);
    assert_eq!((test.all_leads().len(), counts(&test)), (1, (1, 0, 1)));
    // Who was there already is not told so.
    assert_eq!(send(&test, &sent(&test, PERSON)).unwrap(), Outcome::Thanks);
    assert_eq!(test.all_leads().len(), 2);
    test.settle();
    test.verify();
}

#[test]
fn mistakes_robots_and_old_tickets_make_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    form_of(&test.app, &test.admin(), "fira");
    let wrong = sent(&test, &[("email", "marta@"), ("phone", "xyz"), ("owner", "1")]);
    assert_eq!(codes(send(&test, &wrong)), ["name required", "email email-form", "phone phone-form"]);
    let long = "a".repeat(1_001);
    let long = sent(&test, &[PERSON[0], PERSON[1], ("description", &long)]);
    assert_eq!(codes(send(&test, &long)), ["description too-long"]);
    let trapped = Sent { trap: "http://casino".to_owned(), ..sent(&test, PERSON) };
    assert_eq!(send(&test, &trapped).unwrap(), Outcome::Thanks);
    let ticket = web_forms::ticket(&test.app, &test.ctx(), "fira").unwrap();
    let quick = Sent { ticket, typed: typed(PERSON), ..Sent::default() };
    assert_eq!(codes(send(&test, &quick)), [" form-quick"]);
    test.advance(web_forms::TICKET_HOURS * 3_600 + 1);
    assert_eq!(codes(send(&test, &quick)), [" form-expired"]);
    for ticket in ["", "0.0.0", "99999999999999999999.a.b", &format!("{}x", sent(&test, PERSON).ticket)] {
        let forged = Sent { ticket: ticket.to_owned(), typed: typed(PERSON), ..Sent::default() };
        assert_eq!(codes(send(&test, &forged)), [" form-expired"], "{ticket}");
    }
    // A ticket of one form is none of another.
    configuration::create(&test.app, &test.admin(), "other", fair()).unwrap();
    let other = web_forms::send(&test.app, &test.ctx(), "other", &sent(&test, PERSON));
    assert_eq!(codes(other), [" form-expired"]);
    assert_eq!((test.all_leads().len(), counts(&test).0), (0, 0));
    let form = configuration::get::<WebForm>(&test.app, &test.admin(), "fira").unwrap();
    let closed = WebForm { to: "2026-11-01".parse().ok(), ..form.piece };
    configuration::update(&test.app, &test.admin(), "fira", form.meta.version, closed).unwrap();
    assert_eq!(codes(send(&test, &sent(&test, PERSON))), [" form-closed"]);
    test.settle();
}

#[test]
fn what_a_form_names_is_checked_and_carried() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let put = |form| configuration::create(&test.app, &test.admin(), "fira", form);
    let wrong = WebForm {
        source: Some("res".to_owned()),
        told: vec!["ningu@exemple.cat".to_owned()],
        confirmed: true,
        ..fair()
    };
    // Without a mail server nobody could confirm.
    assert_eq!(codes(put(wrong)), ["source choice", "told choice", "confirmed form-no-mail"]);
    let told = vec![test.admin().user_id().unwrap().to_string()];
    put(WebForm { told, ..fair() }).unwrap();
    let file = config_file::export(&test.app, &test.admin()).unwrap();
    assert!(file.contains("[web_forms.fira]") && file.contains("admin@exemple.cat"), "{file}");
    let used =
        services::choices::uses(&test.app, &test.admin(), "consent_purposes", "marketing_email").unwrap();
    assert_eq!(used[0].kind, model::Kind::WebForm);
    test.settle();
}

/// Whoever says nothing of where leads come from gets them from the web, of the form's campaign.
#[tokio::test]
async fn leads_of_a_form_come_from_the_web() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let cookie = format!("tracte_session={}", kit.session());
    let new = kit.get("/settings/forms/new", &[("cookie", &cookie)]).await;
    assert!(new.text().contains("value=\"web\" selected"), "{}", new.text());
    configuration::create(app, &admin, "fira", WebForm { source: None, ..fair() }).unwrap();
    let ticket = ticket_in(&kit.get("/f/fira", &[]).await);
    kit.advance(5);
    let body = format!("ticket={ticket}&name=Marta&email=marta@exemple.cat");
    let done = kit.ask(Method::POST, "/f/fira?lang=ca", &[FROM_HERE, FORM], &body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let made = leads::list(app, &admin, &leads::LeadQuery::default()).unwrap().leads.remove(0);
    assert_eq!((made.source, made.campaign.as_deref()), (Some(Source::WEB), Some("Fira 2026")));
}

struct Plain;

impl Words for Plain {
    fn write(&self, facts: &Facts) -> Written {
        let text = match &facts.topic {
            Topic::Confirmation { address, .. } => format!("{:?} {address} end", facts.language),
            Topic::NewLead { campaign, address } => format!("{campaign} {address} end"),
            other => format!("{other:?}"),
        };
        Written { subject: "Carta".to_owned(), text }
    }
}

fn with_mail(test: &TestApp) -> MailServer {
    mail_for(&test.app, &test.admin())
}

pub(crate) fn mail_for(app: &App, admin: &Ctx) -> MailServer {
    let server = MailServer::start(Manners::default());
    let draft = MailDraft {
        host: "localhost".to_owned(),
        port: server.port.to_string(),
        security: "none".to_owned(),
        from_name: "Exemple, SL".to_owned(),
        from_email: "crm@exemple.cat".to_owned(),
        link_address: "https://crm.exemple.cat".to_owned(),
        ..MailDraft::default()
    };
    let (version, _) = mail_settings::get(app, admin).unwrap();
    mail_settings::update(app, admin, version, &draft).unwrap();
    server
}

fn letters(test: &TestApp) -> usize {
    outbox::round(&test.app, &test.ctx(), &Plain, &AtomicBool::new(false)).unwrap()
}

fn waiting(test: &TestApp) -> usize {
    let mut export = Vec::new();
    services::maintenance::export(&test.app, &mut export).unwrap();
    String::from_utf8(export).unwrap().matches("\"form_submission\"").count()
}

#[test]
fn a_form_that_asks_for_confirmation_makes_a_lead_only_then() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let server = with_mail(&test);
    let told = vec![test.admin().user_id().unwrap().to_string()];
    let form = WebForm { confirmed: true, told, ..fair() };
    configuration::create(&test.app, &test.admin(), "fira", form).unwrap();
    let first = Sent { agrees: true, ..sent(&test, PERSON) };
    assert_eq!(send(&test, &first).unwrap(), Outcome::Confirm);
    assert_eq!(send(&test, &first).unwrap(), Outcome::Confirm);
    assert_eq!((test.all_leads().len(), waiting(&test)), (0, 1));
    assert_eq!(letters(&test), 1);
    let letter = server.next();
    assert_eq!(letter.to, "marta@exemple.cat");
    let secret = letter.after("https://crm.exemple.cat/form-confirmation/");
    // Looking is not confirming: programs that read letters open every link.
    web_forms::waiting(&test.app, &test.ctx(), &secret).unwrap();
    web_forms::waiting(&test.app, &test.ctx(), &secret).unwrap();
    assert_eq!(test.all_leads().len(), 0);
    web_forms::confirm(&test.app, &test.ctx(), &secret).unwrap();
    let again = web_forms::confirm(&test.app, &test.ctx(), &secret);
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let lead = test.all_leads().pop().unwrap();
    assert_eq!((test.all_leads().len(), waiting(&test), counts(&test)), (1, 0, (1, 1, 1)));
    let said = consents::of(&test.app, &test.admin(), model::Kind::Lead, lead.meta.id).unwrap();
    assert_eq!(said.len(), 1);
    // Whoever is told gets the link of the lead, and nothing of the person.
    assert_eq!(letters(&test), 1);
    let told = server.next();
    assert_eq!(told.after("https://crm.exemple.cat/leads/"), lead.meta.id.to_string());
    assert!(!told.text.contains("Marta"), "{}", told.text);
    // What nobody confirms goes.
    send(&test, &sent(&test, PERSON)).unwrap();
    assert_eq!(letters(&test), 1);
    let late = server.next().after("https://crm.exemple.cat/form-confirmation/");
    assert_eq!(web_forms::forget_unconfirmed(&test.app, &test.ctx()).unwrap(), 0);
    test.advance(web_forms::UNCONFIRMED_DAYS * 86_400 + 1);
    assert!(matches!(web_forms::confirm(&test.app, &test.ctx(), &late), Err(Error::NotFound)));
    assert_eq!(web_forms::forget_unconfirmed(&test.app, &test.ctx()).unwrap(), 1);
    assert_eq!((waiting(&test), test.all_leads().len()), (0, 1));
    test.settle();
    test.verify();
}

#[test]
fn what_waits_is_found_handed_out_and_forgotten_with_the_person() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let server = with_mail(&test);
    configuration::create(&test.app, &test.admin(), "fira", WebForm { confirmed: true, ..fair() }).unwrap();
    send(&test, &sent(&test, &[PERSON[0], ("email", "Marta@Exemple.cat"), ("phone", "612 34 56 78")]))
        .unwrap();
    send(&test, &sent(&test, &[("name", "Pol Vila"), ("email", "pol@exemple.cat")])).unwrap();
    letters(&test);
    let secret = server.next().after("https://crm.exemple.cat/form-confirmation/");
    let found = |text: &str| privacy::find_unconfirmed(&test.app, &test.admin(), text).unwrap();
    for text in ["marta@exemple.cat", "+34612345678", "soler marta"] {
        let names: Vec<String> = found(text).iter().map(|sent| sent.text("name").to_owned()).collect();
        assert_eq!(names, ["Marta Soler"], "{text}");
    }
    let report = privacy::report(&test.app, &test.admin(), "marta@exemple.cat").unwrap();
    let report = String::from_utf8(report.bytes).unwrap();
    assert!(report.contains("Marta Soler") && !report.contains("Pol Vila"), "{report}");
    let rep = test.hire("Ada", RoleKey::REP);
    let stranger = test.at_work(rep.id());
    let id = found("marta@exemple.cat")[0].meta.id;
    assert!(matches!(
        privacy::find_unconfirmed(&test.app, &stranger, "marta@exemple.cat"),
        Err(Error::Denied)
    ));
    assert!(matches!(privacy::forget_unconfirmed(&test.app, &stranger, id), Err(Error::Denied)));
    privacy::forget_unconfirmed(&test.app, &test.admin(), id).unwrap();
    assert!(matches!(privacy::forget_unconfirmed(&test.app, &test.admin(), id), Err(Error::NotFound)));
    assert_eq!((found("marta@exemple.cat").len(), found("pol@exemple.cat").len()), (0, 1));
    let late = web_forms::confirm(&test.app, &test.ctx(), &secret);
    assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
    test.settle();
    test.verify();
}

const FROM_HERE: (&str, &str) = ("sec-fetch-site", "same-origin");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn ticket_in(page: &Answer) -> String {
    let page = page.text();
    let rest = page.split("name=\"ticket\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn visitors_get_pages_in_their_language_that_tell_nothing() {
    let kit = Kit::company();
    form_of(&kit.state.app, &kit.admin(), "fira");
    let page = kit.get("/f/fira", &[("accept-language", "es-ES,es")]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Visítenos") && page.text().contains("lang=\"es\""), "{}", page.text());
    assert!(!page.text().contains("href=\"/sign-in") && !page.text().contains("/leads"));
    let english = kit.get("/f/fira?lang=en&embed", &[]).await;
    assert!(english.text().contains("Visit us"));
    let policy = english.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'self' https://www.exemple.cat"), "{policy}");
    assert_eq!(english.header("x-frame-options"), "");
    let elsewhere = kit.get("/sign-in", &[]).await;
    assert!(elsewhere.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(kit.get("/f/res", &[]).await.status, StatusCode::NOT_FOUND);
    // What is wrong comes back with what was typed, also where that would be markup.
    let ticket = ticket_in(&page);
    kit.advance(5);
    let nameless = format!("ticket={ticket}&email=marta@exemple.cat");
    let refused = kit.ask(Method::POST, "/f/fira?lang=en", &[FROM_HERE, FORM], &nameless).await;
    assert!(refused.text().contains("Full name: Fill in this field"), "{}", refused.text());
    let body = format!("ticket={ticket}&name=%3Cscript%3Ealert(1)%3C/script%3E&email=marta&phone=93");
    let refused = kit.ask(Method::POST, "/f/fira?lang=ca", &[FROM_HERE, FORM], &body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(!text.contains("<script>alert") && text.contains("&lt;script&gt;alert(1)"), "{text}");
    assert!(text.contains("value=\"marta\"") && text.contains(&ticket));
    let body = format!("ticket={ticket}&name=%3Cscript%3Ealert(1)%3C/script%3E&email=marta@exemple.cat");
    let done = kit.ask(Method::POST, "/f/fira?lang=ca", &[FROM_HERE, FORM], &body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    assert!(done.text().contains("ho hem rebut"), "{}", done.text());
    let query = leads::LeadQuery::default();
    assert_eq!(leads::list(&kit.state.app, &kit.admin(), &query).unwrap().leads.len(), 1);
}

/// What the company says in another language than the page's is marked as that.
#[tokio::test]
async fn texts_in_another_language_say_which() {
    let kit = Kit::company();
    let form = WebForm {
        title: Label::new("Visiteu-nos", "", ""),
        intro: Label::new("Us esperem", "", ""),
        button: Label::new("", "", "Send it"),
        consent: Label::new("Vull rebre novetats", "", ""),
        thanks: Label::new("Gràcies", "", ""),
        ..fair()
    };
    configuration::create(&kit.state.app, &kit.admin(), "fira", form).unwrap();
    let page = kit.get("/f/fira?lang=en", &[]).await;
    let text = page.text();
    assert!(text.contains("<h1 lang=\"ca\">Visiteu-nos</h1>"), "{text}");
    assert!(text.contains("lang=\"ca\">Us esperem<") && text.contains("type=\"submit\">Send it<"), "{text}");
    assert!(
        text.contains(
            "<span lang=\"ca\">Vull rebre novetats</span> <span class=\"optional\">(optional)</span>"
        ),
        "{text}"
    );
    let ticket = ticket_in(&page);
    kit.advance(5);
    let body = format!("ticket={ticket}&name=Marta&email=marta@exemple.cat");
    let done = kit.ask(Method::POST, "/f/fira?lang=en", &[FROM_HERE, FORM], &body).await.text();
    assert!(done.contains("lang=\"ca\">Gràcies<"), "{done}");
    let own = kit.get("/f/fira?lang=ca", &[]).await.text();
    assert!(own.contains("<h1>Visiteu-nos</h1>") && own.contains("lang=\"en\">Send it<"), "{own}");
}

#[tokio::test]
async fn floods_are_stopped_before_they_cost() {
    let kit = Kit::company();
    form_of(&kit.state.app, &kit.admin(), "fira");
    let ticket = ticket_in(&kit.get("/f/fira", &[]).await);
    kit.advance(5);
    let ten_megabytes = format!("ticket={ticket}&name={}", "a".repeat(10 * 1024 * 1024));
    let big = kit.ask(Method::POST, "/f/fira", &[FROM_HERE, FORM], &ten_megabytes).await;
    assert_eq!(big.status, StatusCode::PAYLOAD_TOO_LARGE);
    let mut stopped = 0;
    for number in 0..1_000 {
        let body = format!("ticket={ticket}&name=Robot+{number}&email=robot@exemple.cat");
        let answer = kit.ask(Method::POST, "/f/fira", &[FROM_HERE, FORM], &body).await;
        stopped += u32::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
        if number == 999 {
            assert!(answer.text().contains("Robot 999"), "nothing typed is lost");
        }
    }
    assert!(stopped > 900, "{stopped}");
    let query = leads::LeadQuery::default();
    // One ticket, one lead.
    assert_eq!(leads::list(&kit.state.app, &kit.admin(), &query).unwrap().leads.len(), 1);
    let foreign = kit.ask(Method::POST, "/f/fira", &[("sec-fetch-site", "cross-site"), FORM], "name=a").await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let gone = kit.get("/form-confirmation/no-such-link", &[]).await;
    assert_eq!(gone.status, StatusCode::GONE);
}

#[tokio::test]
async fn only_letters_that_go_are_counted_and_one_line_is_one_visitor() {
    let mut config = server::Config::default();
    config.sign_in.client_address_header = "x-real-ip".to_owned();
    let kit = Kit::with(config);
    kit.set_up();
    let (app, admin) = (&kit.state.app, kit.admin());
    let _mail = mail_for(app, &admin);
    configuration::create(app, &admin, "fira", WebForm { confirmed: true, ..fair() }).unwrap();
    let post = async |body: &str, from: &str| {
        let headers = [FROM_HERE, FORM, ("x-real-ip", from)];
        kit.ask(Method::POST, "/f/fira", &headers, body).await.status
    };
    let send = async |fields: &str| {
        let ticket = ticket_in(&kit.get("/f/fira", &[]).await);
        kit.advance(15);
        post(&format!("ticket={ticket}&email=marta@exemple.cat{fields}"), "192.0.2.1").await
    };
    // Mistakes write no letter.
    for _ in 0..5 {
        assert_eq!(send("&phone=xyz").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    for _ in 0..3 {
        assert_eq!(send("&name=Marta").await, StatusCode::OK);
    }
    assert_eq!(send("&name=Marta").await, StatusCode::TOO_MANY_REQUESTS);
    // The addresses of one line of IPv6 have one share of what may be sent.
    let mut answers = Vec::new();
    for number in 1..=6 {
        answers.push(post("ticket=x", &format!("2001:db8:1:2::{number:x}")).await);
    }
    assert_eq!(answers.pop(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert!(answers.iter().all(|status| *status == StatusCode::UNPROCESSABLE_ENTITY), "{answers:?}");
    assert_eq!(post("ticket=x", "2001:db8:1:3::1").await, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn a_form_that_is_flooded_does_not_close_the_others() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let _mail = with_mail(&test);
    for key in ["fira", "botiga"] {
        configuration::create(&test.app, &test.admin(), key, WebForm { confirmed: true, ..fair() }).unwrap();
    }
    let admin = test.admin();
    test.settle();
    drop(test);
    let records = services::Folders::in_data(data.path()).store;
    let store = store::Store::open(&records, store::Options::default()).unwrap();
    let mut write = store::Write::new(admin.at, admin.actor(), "flood").long();
    for _ in 0..2_000 {
        write.create(FormSubmission {
            meta: Meta::new(admin.new_id(), admin.at, admin.actor()),
            form: "fira".to_owned(),
            language: Language::Ca,
            typed: typed(PERSON),
            evidence: None,
            secret_sha256: None,
            expires_at: admin.at + SignedDuration::from_hours(24),
        });
    }
    store.commit(write).unwrap();
    store.close();

    let mut test = TestApp::open(data.path(), services::Options::default());
    assert_eq!(codes(send(&test, &sent(&test, PERSON))), [" form-busy"]);
    let ticket = web_forms::ticket(&test.app, &test.ctx(), "botiga").unwrap();
    test.advance(5);
    let other = Sent { typed: typed(PERSON), ticket, ..Sent::default() };
    assert_eq!(web_forms::send(&test.app, &test.ctx(), "botiga", &other).unwrap(), Outcome::Confirm);
    // And all of it is found with the person.
    let found = privacy::find_unconfirmed(&test.app, &test.admin(), PERSON[1].1).unwrap();
    assert_eq!(found.len(), 2_001);
    test.verify();
    test.settle();
}

/// A submission is a record that says itself which form and language it is of.
#[test]
fn a_submission_tells_its_mailbox() {
    let text = r#"{"meta":{"id":"00000000-0000-0000-0000-000000000001","version":1,"created_at":"2026-11-23T09:00:00Z","created_by":{"user":null,"via":"form"},"updated_at":"2026-11-23T09:00:00Z","updated_by":{"user":null,"via":"form"}},"form":"fira","language":"ca","typed":{"email":["a@b.cat"]},"expires_at":"2026-11-30T09:00:00Z"}"#;
    let submission: FormSubmission = serde_json::from_str(text).unwrap();
    assert_eq!((submission.text("email"), submission.text("phone")), ("a@b.cat", ""));
}
