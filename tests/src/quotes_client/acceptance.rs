//! Accepting a quote: with its consequences, its evidence, and once, however many try at the same moment.

use super::*;
use crate::http_kit::Answer;
use crate::test_app::TestApp;
use model::{LetterAbout, PlanStep, Settings};
use server::Config;
use services::quotes::{Answer as Yes, SIGNATURE_BYTES_MAX, Said};
use services::{Error, Folders, Options, outbox};
use std::path::Path;
use std::sync::Arc;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A data URL as a browser puts it into a form.
fn data_url(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number =
            three.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * place) & 63) as usize] as char;
            text.push(if place > three.len() { '=' } else { letter });
        }
    }
    let escaped = text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    format!("data%3Aimage%2Fpng%3Bbase64%2C{escaped}")
}

fn refused(answer: &Answer, parts: &[&str]) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    says(answer, parts);
}

#[tokio::test]
async fn what_is_wrong_comes_back_with_all_that_was_typed() {
    let house = House::new();
    let answer = house.post("accept", "choices=1&alternative=B&ticked=3&name=&pdf=0").await;
    let parts = [
        "Error:",
        "3 problemes",
        "#f-name",
        "#f-agrees",
        "ha canviat",
        "value=\"3\" checked",
        "value=\"B\" checked",
    ];
    refused(&answer, &parts);
    let pdf = house.sent.quote.state.pdf.as_deref().unwrap();
    assert!(answer.text().contains(pdf), "the form has the right fingerprint again");
    let long = format!("{}&name={}", house.yes().replace("name=Marta+Soler", "x=1"), "n".repeat(101));
    refused(
        &house.post("accept", &long).await,
        &["massa llarg", "nnnn", "id=\"f-agrees\" name=\"agrees\" value=\"true\" checked"],
    );
    for (choice, place) in
        [("alternative=Z", "ticked=3"), ("alternative=A", "ticked=1"), ("alternative=", "ticked=999999")]
    {
        let body = house.yes().replace("alternative=B", choice).replace("ticked=3", place);
        refused(&house.post("accept", &body).await, &["cap de les opcions", "value=\"Marta Soler\""]);
    }
    assert_eq!(house.quote().status(), quote_status::SENT);
}

#[tokio::test]
async fn signatures_are_small_pictures() {
    let house = House::new();
    for odd in ["hola".to_owned(), "data%3Aimage%2Fpng%3Bbase64%2C!!!!".to_owned(), data_url(b"GIF89a")] {
        let body = format!("{}&signature={odd}", house.yes());
        refused(&house.post("accept", &body).await, &["no és una imatge PNG", "value=\"Marta Soler\""]);
    }
    let big = data_url(&[PNG, &vec![0; SIGNATURE_BYTES_MAX]].concat());
    let body = format!("{}&signature={big}", house.yes());
    refused(&house.post("accept", &body).await, &["el màxim és de 256 kB", "value=\"Marta Soler\""]);
    let huge = format!("{}&signature={}", house.yes(), "a".repeat(20 * 1024 * 1024));
    let answer = house.post("accept", &huge).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    says(&answer, &["massa gros"]);
    assert_eq!(house.quote().status(), quote_status::SENT);
    // What can be a picture comes back with the rest.
    let drawn = data_url(&[PNG, &[1, 2, 3, 250]].concat());
    let body = format!("{}&signature={drawn}", house.yes().replace("agrees=true", "agrees="));
    refused(
        &house.post("accept", &body).await,
        &["name=\"signature\" value=\"data:image/png;base64,iVBORw0KGgo"],
    );
    let largest = data_url(&[PNG, &vec![0xFF; SIGNATURE_BYTES_MAX - PNG.len()]].concat());
    let done = house.post("accept", &format!("{}&signature={largest}", house.yes())).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert!(house.quote().state.acceptance.unwrap().signature.is_some());
}

#[tokio::test]
async fn an_acceptance_is_thanked_for_with_its_evidence() {
    let house = House::new();
    let path = format!("/q/{}/accept?lang=ca", house.sent.token);
    let headers = [FROM_HERE, FORM, ("user-agent", "Proves/1.0")];
    let done = house.kit.ask(Method::POST, &path, &headers, &house.yes()).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let thanks = house.kit.get(done.header("location"), &[]).await;
    let pdf = house.sent.quote.state.pdf.clone().unwrap();
    let parts = [
        "Gràcies!",
        "/pdf",
        "Acceptat per Marta Soler el 23 de novembre del 2026 a les 10:00",
        "Marta Soler",
        "Opció B",
        "Línies opcionals incloses",
        "Calaixos",
        "Nom escrit",
        &pdf[..4],
        "opció B",
        "1.869,45\u{a0}€",
    ];
    says(&thanks, &parts);
    assert!(!thanks.text().contains("<form"), "{}", thanks.text());
    let quote = house.quote();
    let acceptance = quote.state.acceptance.clone().unwrap();
    assert_eq!((acceptance.name.as_str(), acceptance.agent.as_str()), ("Marta Soler", "Proves/1.0"));
    assert_eq!((acceptance.alternative.as_deref(), acceptance.ticked.as_slice()), (Some("B"), &[3][..]));
    assert_eq!((acceptance.pdf, acceptance.signature), (pdf, None));
    // Whoever sold it reads the same choices.
    let cookie = format!("{}={}", server::SESSION, house.kit.session());
    let ours = house.kit.get(&format!("/quotes/{}", quote.meta.id), &[("cookie", &cookie)]).await;
    says(&ours, &["Opció triada", "Línies opcionals incloses", "Calaixos", "Opció B <span", "Acceptada"]);
    // Who comes second reads who was quicker; nothing changes.
    house.kit.advance(60);
    let second = house.post("accept", &house.yes().replace("Marta", "Pol")).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    says(&second, &["ja no es pot respondre", "/pdf", "Acceptat per Marta Soler"]);
    assert_eq!(house.quote(), quote);
}

/// The company plans what follows an acceptance.
fn with_plan(data: &Path) {
    let folders = Folders::in_data(data);
    let store = store::Store::open(&folders.store, store::Options::default()).unwrap();
    let before = store.get::<Settings>(Settings::ID).unwrap().unwrap();
    let mut after = before.clone();
    let step = |subject: &str, kind: &str, days| PlanStep {
        subject: subject.to_owned(),
        kind: kind.to_owned(),
        days,
    };
    after.quotes.plan = vec![step("Factura de la bestreta", "task", 0), step("Prendre mides", "visit", 7)];
    let mut write = store::Write::new(before.meta.updated_at, before.meta.updated_by.clone(), "test");
    write.update(&before, after);
    store.commit(write).unwrap();
}

pub(super) fn yes(quote: &Quote, name: &str) -> Yes {
    Yes {
        name: name.to_owned(),
        agrees: true,
        alternative: "A".to_owned(),
        pdf: quote.state.pdf.clone().unwrap(),
        ..Yes::default()
    }
}

#[test]
fn an_acceptance_changes_all_that_follows_from_it() {
    let folder = tempfile::tempdir().unwrap();
    TestApp::company(folder.path()).leave();
    with_plan(folder.path());
    let mut test = TestApp::open(folder.path(), Options::default());
    crate::mail::take_letters(&test);
    let (app, admin) = (&test.app, test.admin());
    let owner = admin.user_id().unwrap().to_string();
    let sent = sent_with(app, &admin, &[("owner", &owner)], &lines(), "marta@exemple.cat");
    quotes::accept(app, &test.ctx(), &sent.token, &yes(&sent.quote, "Marta Soler")).unwrap();
    let of = |kind, id, key| value(app, &admin, kind, id, key);
    // 1,545 at first and 45 in each of eleven months.
    assert_eq!(of(Kind::Opportunity, sent.opportunity, "amount"), FieldValue::Amount(204_000));
    assert_eq!(
        of(Kind::Opportunity, sent.opportunity, "stage"),
        FieldValue::Codes(vec!["sales.won".to_owned()])
    );
    assert_eq!(of(Kind::Company, sent.company, "kind"), FieldValue::Codes(vec!["client".to_owned()]));
    assert_eq!(
        of(Kind::Company, sent.company, "client_since"),
        FieldValue::Day("2026-11-23".parse().unwrap())
    );
    let mut planned: Vec<_> =
        activities(app, &admin).iter().map(|one| (one.name(), one.built_in("due"))).collect();
    planned.sort_by(|one, other| one.0.cmp(&other.0));
    let day = |text: &str| FieldValue::Day(text.parse().unwrap());
    let expected = [
        ("Factura de la bestreta".to_owned(), day("2026-11-23")),
        ("Prendre mides".to_owned(), day("2026-11-30")),
    ];
    assert_eq!(planned, expected);
    let letters: Vec<LetterAbout> =
        outbox::list(app, &admin).unwrap().into_iter().map(|row| row.letter.about).collect();
    assert!(
        letters.contains(&LetterAbout::QuoteSent) && letters.contains(&LetterAbout::QuoteAccepted),
        "{letters:?}"
    );
    test.settle();
    test.verify();
}

#[tokio::test]
async fn what_was_accepted_on_paper_is_what_was_proposed() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let mut proposed = lines();
    proposed.retain(|line| line.alternative.is_empty());
    proposed[3].ticked = true;
    let sent = sent_with(app, &admin, &[], &proposed, "");
    let version = sent.quote.meta.version;
    let said = Said { name: "Marta Soler".to_owned(), ticked: vec![3], ..Said::default() };
    let quote = quotes::mark_accepted(app, &admin, sent.quote.meta.id, version, &said).unwrap();
    assert_eq!(quote.amount, sent.quote.amount);
    let page = kit.get(&format!("/q/{}", sent.token), &[]).await;
    says(&page, &["Acceptat per Marta Soler", "Calaixos", "En paper o per telèfon", "Opcional, inclosa"]);
}

#[test]
fn on_paper_too_one_of_the_alternatives_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (&test.app, test.admin());
    let sent = sent(app, &admin);
    let (id, version) = (sent.quote.meta.id, sent.quote.meta.version);
    let said = |alternative: &str, ticked: &[u16]| Said {
        name: "Marta Soler".to_owned(),
        alternative: alternative.to_owned(),
        ticked: ticked.to_vec(),
    };
    let wrong =
        quotes::mark_accepted(app, &admin, id, version, &Said { name: " ".to_owned(), ..said("C", &[0]) });
    let Err(Error::Invalid(errors)) = wrong else { panic!("{wrong:?}") };
    let said_of = errors.0.iter().map(|problem| format!("{} {}", problem.field, problem.code));
    assert_eq!(said_of.collect::<Vec<_>>(), ["name required", "alternative choice", "ticked choice"]);
    let quote = quotes::mark_accepted(app, &admin, id, version, &said("B", &[3])).unwrap();
    let accepted = quote.state.acceptance.as_ref().unwrap();
    assert_eq!((accepted.alternative.as_deref(), accepted.ticked.as_slice()), (Some("B"), &[3][..]));
    // 2 × 500 + 12 × 45 + 200 + 300.
    assert_eq!(quote.amount.unwrap().minor_units, 204_000);
    let again = quotes::mark_accepted(app, &admin, id, quote.meta.version, &said("A", &[]));
    assert!(matches!(again, Err(Error::Invalid(errors)) if errors.0[0].code == "quote-state"));
    test.settle();
    test.verify();
}

/// How many of them were the ones, and that all others were told so.
fn winners(answers: &[Result<Quote, Error>]) -> usize {
    let is_late = |error: &Error| match error {
        Error::Invalid(errors) => errors.0.iter().all(|problem| problem.code == "quote-answered"),
        Error::NotFound => true,
        _ => false,
    };
    for error in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert!(is_late(error), "{error:?}");
    }
    answers.iter().filter(|answer| answer.is_ok()).count()
}

const AT_ONCE: usize = 200;

#[test]
fn of_two_hundred_at_the_same_moment_one_accepts() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (&test.app, test.admin());
    let sent = sent(app, &admin);
    let ctx = test.ctx();
    let answers: Vec<Result<Quote, Error>> = std::thread::scope(|scope| {
        let accept = |number: usize| {
            let (sent, ctx) = (&sent, &ctx);
            scope.spawn(move || {
                quotes::accept(app, ctx, &sent.token, &yes(&sent.quote, &format!("Persona {number}")))
            })
        };
        let threads: Vec<_> = (0..AT_ONCE).map(accept).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(winners(&answers), 1);
    let won = answers.into_iter().flatten().next().unwrap();
    let kept = content(app, &admin, sent.quote.meta.id);
    assert_eq!(kept.state.acceptance, won.state.acceptance);
    assert_eq!(
        value(app, &admin, Kind::Opportunity, sent.opportunity, "amount"),
        FieldValue::Amount(204_000)
    );
    test.settle();
    test.verify();
}

#[test]
fn of_two_versions_only_one_can_be_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (&test.app, test.admin());
    for round in 0..4 {
        let first = sent(app, &admin);
        let draft = quotes::new_version(app, &admin, first.quote.meta.id).unwrap();
        // The client accepts the first version while the seller sends the second one, which the client accepts at once.
        let ctx = test.ctx();
        let (one, other) = std::thread::scope(|scope| {
            let one = scope.spawn(|| {
                (0..5)
                    .map(|_| quotes::accept(app, &ctx, &first.token, &yes(&first.quote, "Marta")))
                    .collect::<Vec<_>>()
            });
            let other = scope.spawn(|| {
                let (id, version) = (draft.meta.id, draft.meta.version);
                let second = match quotes::send(app, &admin, id, version, &Sending::default()) {
                    Ok(second) => second,
                    Err(error) => return vec![Err(error)],
                };
                vec![quotes::accept(app, &ctx, &token_of(app, &admin, &second), &yes(&second, "Pol"))]
            });
            (one.join().unwrap(), other.join().unwrap())
        });
        let won = [one, other].concat_results();
        assert_eq!(won, 1, "round {round}");
        let versions = quotes::versions(app, &admin, first.quote.meta.id).unwrap();
        let accepted = versions.iter().filter(|version| version.state.acceptance.is_some()).count();
        assert_eq!(accepted, 1);
        assert!(versions.iter().filter(|version| version.is_open()).count() <= 1);
    }
    test.settle();
    test.verify();
}

/// Both sides' successes.
trait Successes {
    fn concat_results(self) -> usize;
}

impl Successes for [Vec<Result<Quote, Error>>; 2] {
    fn concat_results(self) -> usize {
        self.iter().flatten().filter(|answer| answer.is_ok()).count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_requests_one_is_thanked_and_the_others_are_told() {
    let mut config = Config::default();
    config.sign_in.client_address_header = "x-real-ip".to_owned();
    let kit = Kit::with(config);
    kit.set_up();
    let sent = sent(&kit.state.app, &kit.admin());
    let pdf = sent.quote.state.pdf.clone().unwrap();
    let (endpoint, path) =
        (Arc::new(server::build(&kit.state)), Arc::new(format!("/q/{}/accept", sent.token)));
    let mut requests = tokio::task::JoinSet::new();
    for number in 0..AT_ONCE {
        let (endpoint, path) = (endpoint.clone(), path.clone());
        let body = format!("alternative=A&name=Persona+{number}&agrees=true&pdf={pdf}");
        requests.spawn(async move {
            let address = format!("10.0.0.{number}");
            let headers = [FROM_HERE, FORM, ("x-real-ip", address.as_str())];
            crate::http_kit::ask(&*endpoint, Method::POST, &path, &headers, &body).await.status
        });
    }
    let statuses = requests.join_all().await;
    let count = |status: StatusCode| statuses.iter().filter(|other| **other == status).count();
    assert_eq!((count(StatusCode::SEE_OTHER), count(StatusCode::CONFLICT)), (1, AT_ONCE - 1), "{statuses:?}");
    let quote = content(&kit.state.app, &kit.admin(), sent.quote.meta.id);
    assert!(quote.state.acceptance.unwrap().address.unwrap().starts_with("10.0.0."));
}
