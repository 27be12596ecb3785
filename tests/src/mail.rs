//! Letters out, over a real conversation with a mail server: what is said when it goes well and when it does not, the
//! queue, and links that come by letter.
#![allow(clippy::disallowed_methods)] // The test starts itself in a process that trusts another certificate.

use crate::http_kit::Kit;
use crate::smtp::{Encryption, MailServer, Manners};
use crate::test_app::{PASSWORD, TestApp, problems};
use model::jiff::Timestamp;
use model::{Letter, LetterAbout, LetterState, RoleKey};
use poem::http::{Method, StatusCode};
use services::mail_settings::{self, MailDraft, TestOutcome};
use services::outbox::{self, Facts, Topic, Words, Written};
use services::users::UserDraft;
use services::{audit, config_file, invitations, sessions};
use std::process::Command;
use std::sync::atomic::AtomicBool;

/// Every word of it can be looked for.
pub(crate) struct Plain;

impl Words for Plain {
    fn write(&self, facts: &Facts) -> Written {
        let text = match &facts.topic {
            Topic::Test => format!("Prova per a {}", facts.name),
            Topic::Link { about, address, .. } => format!("{about:?} {address} end"),
            other => format!("{other:?}"),
        };
        Written { subject: format!("Tracte de {}", facts.company), text }
    }
}

fn mailbox(email: &str) -> mail::Mailbox {
    mail::Mailbox { name: "Núria".to_owned(), email: email.to_owned() }
}

fn letter() -> mail::Letter {
    mail::Letter {
        id: "1@exemple.cat".to_owned(),
        written_at: Timestamp::UNIX_EPOCH,
        from: mailbox("crm@exemple.cat"),
        reply_to: Some(mailbox("hola@exemple.cat")),
        to: mailbox("nuria@fusteria.cat"),
        cc: Vec::new(),
        subject: "Benvinguda".to_owned(),
        text: "Hola, Núria\n.\nUna línia que només és un punt no acaba la carta.".to_owned(),
        html: None,
        attachments: Vec::new(),
    }
}

fn server_at(port: u16, security: mail::Security) -> mail::Server {
    mail::Server { host: "localhost".to_owned(), port, security, login: None }
}

#[test]
fn a_letter_arrives_as_it_was_written() {
    let server = MailServer::start(Manners { login: Some(("crm", "clau")), ..Manners::default() });
    let login = mail::Login { user: "crm".to_owned(), password: "clau".to_owned() };
    let there = mail::Server { login: Some(login), ..server_at(server.port, mail::Security::None) };
    let done = mail::send(&there, &letter()).unwrap();
    assert_eq!((done.said.as_str(), done.refused.len()), ("250 2.0.0 Ok: queued as 4F9A", 0));
    let taken = server.next();
    assert_eq!((taken.from.as_str(), taken.to.as_str()), ("crm@exemple.cat", "nuria@fusteria.cat"));
    assert_eq!((taken.user.as_str(), taken.was_encrypted), ("crm", false));
    assert!(
        taken.text.contains("Reply-To:") && taken.text.contains("Message-ID: <1@exemple.cat>"),
        "{}",
        taken.text
    );
    assert!(taken.text.contains("\n.\nUna línia que només és un punt"), "{}", taken.text);
}

/// A copy that cannot be delivered keeps neither the one it is written to nor the other copies from getting it.
#[test]
fn a_refused_copy_keeps_nobody_else_from_the_letter() {
    let answers = vec![("RCPT TO:<VELL@", "550 5.1.1 No such user", 1)];
    let server = MailServer::start(Manners { answers, ..Manners::default() });
    let with_copies =
        mail::Letter { cc: vec![mailbox("vell@fusteria.cat"), mailbox("pau@fusteria.cat")], ..letter() };
    let done = mail::send(&server_at(server.port, mail::Security::None), &with_copies).unwrap();
    assert_eq!(server.next().to, "nuria@fusteria.cat, pau@fusteria.cat");
    let [refused] = done.refused.as_slice() else { panic!("{done:?}") };
    assert_eq!(refused.email, "vell@fusteria.cat");
    assert!(refused.said.contains("550") && refused.said.contains("No such user"), "{refused:?}");
}

/// Each way to fail has a code of its own, the server's words, and says whether trying again makes sense.
#[test]
fn what_goes_wrong_is_told_apart() {
    let check =
        |manners: Manners, security: mail::Security, password: Option<&str>, expected: (&str, bool, &str)| {
            let server = MailServer::start(manners);
            let login = password
                .map(|password| mail::Login { user: "crm".to_owned(), password: password.to_owned() });
            let there = mail::Server { login, ..server_at(server.port, security) };
            let error = mail::send(&there, &letter()).unwrap_err();
            assert_eq!((error.code(), error.may_pass()), (expected.0, expected.1), "{error}");
            assert!(error.said().contains(expected.2), "{:?} lacks {}", error.said(), expected.2);
            assert!(server.is_empty());
        };
    let says = |start, answer| Manners { answers: vec![(start, answer, 1)], ..Manners::default() };
    let plain = mail::Security::None;
    let locked = || Manners { login: Some(("crm", "clau")), ..Manners::default() };
    check(
        locked(),
        plain,
        Some("una altra"),
        ("mail-login", true, "535 5.7.8 Username and Password not accepted"),
    );
    check(Manners::default(), plain, Some("clau"), ("mail-login", true, "authentication mechanism"));
    check(locked(), plain, None, ("mail-sender", false, "530 5.7.0 Authentication required"));
    check(says("MAIL", "550 5.7.1 Not yours"), plain, None, ("mail-sender", false, "550 5.7.1 Not yours"));
    check(
        says("RCPT", "550 5.1.1 No such user"),
        plain,
        None,
        ("mail-recipient", false, "550 5.1.1 No such user"),
    );
    check(
        says("RCPT", "451 4.7.1 Greylisted"),
        plain,
        None,
        ("mail-temporary", true, "451 4.7.1 Greylisted"),
    );
    check(says("DATA", "554 5.6.0 Spam"), plain, None, ("mail-refused", false, "554 5.6.0 Spam"));
    check(says("EHLO", "421 4.3.2 Closing"), plain, None, ("mail-temporary", true, "421"));
    check(Manners::default(), mail::Security::Starttls, None, ("mail-no-encryption", true, "localhost"));
    let encrypted = |encryption| Manners { encryption, ..Manners::default() };
    check(
        encrypted(Encryption::Starttls),
        mail::Security::Starttls,
        None,
        ("mail-certificate", true, "certificate"),
    );
    check(encrypted(Encryption::Tls), mail::Security::Tls, None, ("mail-certificate", true, "certificate"));
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = mail::send(&server_at(nobody, plain), &letter()).unwrap_err();
    assert_eq!((error.code(), error.may_pass()), ("mail-unreachable", true), "{error}");
}

/// Where the process that trusts the test's certificate finds the server.
const TRUSTED_PORT: &str = "TRACTE_TEST_MAIL_PORT";

/// Whom a machine trusts is said to a process when it starts: with the certificate among those, letters go encrypted.
#[test]
fn letters_go_encrypted_where_the_certificate_is_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let trusted = folder.path().join("trusted.pem");
    std::fs::write(&trusted, crate::smtp::CERTIFICATE).unwrap();
    for (encryption, name) in [(Encryption::Starttls, "starttls"), (Encryption::Tls, "tls")] {
        let login = Some(("crm", "clau"));
        let server = MailServer::start(Manners { encryption, login, ..Manners::default() });
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "mail::the_one_that_trusts", "--nocapture"])
            .env("SSL_CERT_FILE", &trusted)
            .env(TRUSTED_PORT, format!("{} {name}", server.port))
            .output()
            .unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let taken = server.next();
        assert!(taken.was_encrypted && taken.user == "crm", "{taken:?}");
    }
}

#[test]
fn the_one_that_trusts() {
    let Ok(place) = std::env::var(TRUSTED_PORT) else { return };
    let (port, name) = place.split_once(' ').unwrap();
    let security = if name == "tls" { mail::Security::Tls } else { mail::Security::Starttls };
    let login = mail::Login { user: "crm".to_owned(), password: "clau".to_owned() };
    let there = mail::Server { login: Some(login), ..server_at(port.parse().unwrap(), security) };
    mail::send(&there, &letter()).unwrap();
}

const MAIL_PASSWORD: &str = "contrasenya-del-correu";

pub(crate) fn draft(port: u16) -> MailDraft {
    MailDraft {
        host: "localhost".to_owned(),
        port: port.to_string(),
        security: "none".to_owned(),
        user: "crm".to_owned(),
        password: MAIL_PASSWORD.to_owned(),
        from_name: "Exemple, SL".to_owned(),
        from_email: "crm@exemple.cat".to_owned(),
        reply_to: String::new(),
        link_address: "https://crm.exemple.cat".to_owned(),
    }
}

pub(crate) fn manners() -> Manners {
    Manners { login: Some(("crm", MAIL_PASSWORD)), ..Manners::default() }
}

fn set_up(test: &TestApp, draft: &MailDraft) -> Vec<String> {
    let (version, _) = mail_settings::get(&test.app, &test.admin()).unwrap();
    problems(mail_settings::update(&test.app, &test.admin(), version, draft))
}

/// A server that letters would go to, if anybody sent them.
pub(crate) fn take_letters(test: &TestApp) {
    let found = set_up(test, &draft(1));
    assert!(found.is_empty(), "{found:?}");
}

/// Letters about leads that went to somebody else, none of which has been sent.
pub(crate) fn letters_of_moves(test: &TestApp) -> usize {
    let is_move = |about| matches!(about, LetterAbout::LeadMovedOn | LetterAbout::LeadMovedHere);
    states(test).into_iter().filter(|(about, _, _)| is_move(*about)).count()
}

fn round(test: &TestApp) -> usize {
    outbox::round(&test.app, &test.ctx(), &Plain, &AtomicBool::new(false)).unwrap()
}

fn states(test: &TestApp) -> Vec<(LetterAbout, LetterState, u32)> {
    let listed = outbox::list(&test.app, &test.admin()).unwrap();
    listed.into_iter().map(|row| (row.letter.about, row.letter.state, row.letter.attempts)).collect()
}

#[test]
fn all_that_is_wrong_with_a_server_is_said_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let wrong = MailDraft {
        host: "https://smtp.exemple.cat".to_owned(),
        port: "0".to_owned(),
        security: "rot13".to_owned(),
        user: String::new(),
        from_name: String::new(),
        from_email: "crm".to_owned(),
        reply_to: "hola@".to_owned(),
        link_address: "crm.exemple.cat/inici".to_owned(),
        ..draft(25)
    };
    let expected = [
        "host host-form",
        "port port-range",
        "security choice",
        "from_name required",
        "from_email email-form",
        "reply_to email-form",
        "link_address origin-form",
        "user required",
    ];
    assert_eq!(set_up(&test, &wrong), expected);
    let far = MailDraft { host: "smtp.exemple.cat".to_owned(), ..draft(25) };
    assert_eq!(set_up(&test, &far), ["security mail-not-local"]);
    assert_eq!(set_up(&test, &MailDraft { password: String::new(), ..draft(25) }), ["password required"]);
    assert_eq!(set_up(&test, &draft(2525)), [""; 0]);
    // It is kept where nothing is typed, but not sent to another host.
    let silent = MailDraft { password: String::new(), ..draft(2526) };
    assert_eq!(set_up(&test, &silent), [""; 0]);
    let elsewhere = MailDraft { host: "127.0.0.1".to_owned(), ..silent };
    assert_eq!(set_up(&test, &elsewhere), ["password password-again"]);
    assert_eq!(problems(mail_settings::update(&test.app, &test.admin(), 0, &draft(25))), ["conflict"]);
    let rep = test.hire("Raul", RoleKey::MANAGER);
    assert_eq!(problems(mail_settings::get(&test.app, &test.at_work(rep.id()))), ["denied"]);
    assert_eq!(problems(outbox::list(&test.app, &test.at_work(rep.id()))), ["denied"]);
    test.settle();
}

#[test]
fn a_test_letter_says_what_the_server_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    assert_eq!(problems(mail_settings::test(&test.app, &test.admin(), &Plain)), [" mail-none"]);
    let server = MailServer::start(manners());
    assert_eq!(set_up(&test, &draft(server.port)), [""; 0]);
    let to = "admin@exemple.cat".to_owned();
    let said = "250 2.0.0 Ok: queued as 4F9A".to_owned();
    let outcome = mail_settings::test(&test.app, &test.admin(), &Plain).unwrap();
    assert_eq!(outcome, TestOutcome::Sent { to: to.clone(), said });
    assert!(server.next().text.contains("Prova per a Aina Admin"));
    let (version, _) = mail_settings::get(&test.app, &test.admin()).unwrap();
    mail_settings::remove_password(&test.app, &test.admin(), version).unwrap();
    let said = "530 5.7.0 Authentication required".to_owned();
    let outcome = mail_settings::test(&test.app, &test.admin(), &Plain).unwrap();
    assert_eq!(outcome, TestOutcome::Failed { to, code: "mail-sender", said });
    test.settle();
}

/// The password of the mail server is in the data folder and nowhere else.
#[test]
fn the_password_leaves_by_no_door() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    assert_eq!(set_up(&test, &draft(2525)), [""; 0]);
    let mut export = Vec::new();
    services::maintenance::export(&test.app, &mut export).unwrap();
    let log = audit::list(&test.app, &test.admin(), &audit::AuditQuery::default()).unwrap();
    let file = config_file::export(&test.app, &test.admin()).unwrap();
    for (place, text) in [
        ("export", String::from_utf8(export).unwrap()),
        ("audit log", format!("{log:?}")),
        ("configuration", file),
    ] {
        assert!(!text.contains(MAIL_PASSWORD), "it is in the {place}: {text}");
    }
    // That it was set is told, and by whom.
    assert!(format!("{log:?}").contains("password_set_at"));
    let stored = format!("{:?}", test.app.frame().settings);
    assert!(!stored.contains(MAIL_PASSWORD));
    test.settle();
    test.verify();
}

#[test]
fn an_invitation_goes_by_letter_and_its_link_can_still_be_copied() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let server = MailServer::start(manners());
    let invite = |name: &str| {
        let draft = UserDraft {
            name: name.to_owned(),
            email: format!("{name}@exemple.cat"),
            role: RoleKey::REP.to_owned(),
            language: "ca".to_owned(),
            active: true,
            ..UserDraft::default()
        };
        invitations::invite(&test.app, &test.admin(), &draft).unwrap()
    };
    assert!(!invite("nora").is_mailed && states(&test).is_empty());
    assert_eq!(set_up(&test, &draft(server.port)), [""; 0]);
    let link = invite("olga");
    assert!(link.is_mailed);
    assert_eq!(states(&test), [(LetterAbout::Invitation, LetterState::Queued, 0)]);
    assert_eq!(round(&test), 1);
    assert_eq!(states(&test), [(LetterAbout::Invitation, LetterState::Sent, 1)]);
    let secret = server.next().after("https://crm.exemple.cat/welcome/");
    assert_ne!(secret, link.secret);
    let whose =
        |secret: &str| invitations::whose(&test.app, &test.ctx(), secret).unwrap().map(|user| user.name);
    assert_eq!((whose(&secret), whose(&link.secret)), (Some("olga".to_owned()), Some("olga".to_owned())));
    invitations::accept(&test.app, &test.ctx(), &secret, PASSWORD).unwrap();
    // One was used: the other is worth nothing either.
    assert_eq!(whose(&link.secret), None);
    assert_eq!(round(&test), 0);
    test.settle();
    test.verify();
}

/// Who says that they forgot gets a link for two hours; nobody learns whose address it is, and asking twice is once.
#[test]
fn a_forgotten_password_is_chosen_again_by_letter() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let rep = test.hire("Raul", RoleKey::REP);
    let forgot = |email: &str| problems(invitations::forgot(&test.app, &test.ctx(), email));
    assert_eq!(forgot("raul@exemple.cat"), [" mail-none"]);
    let server = MailServer::start(manners());
    assert_eq!(set_up(&test, &draft(server.port)), [""; 0]);
    assert_eq!(forgot("raul"), ["email email-form"]);
    let head = test.app.head();
    assert_eq!((forgot("ningu@exemple.cat"), forgot("Raul@exemple.cat")), (Vec::new(), Vec::new()));
    assert_eq!(forgot("raul@exemple.cat"), [""; 0]);
    // Nothing of it is in the journal, and the page shows only the one letter that goes somewhere.
    assert_eq!(test.app.head(), head);
    assert_eq!(states(&test), [(LetterAbout::PasswordReset, LetterState::Queued, 0)]);
    let before = sessions::sign_in(&test.app, &test.ctx(), "raul@exemple.cat", PASSWORD).unwrap();
    assert_eq!(round(&test), 3);
    let taken = server.next();
    assert!(taken.to == "raul@exemple.cat" && server.is_empty());
    let secret = taken.after("https://crm.exemple.cat/welcome/");
    invitations::accept(&test.app, &test.ctx(), &secret, "una altra de llarga").unwrap();
    assert!(sessions::authenticate(&test.app, &test.ctx(), &before.secret).unwrap().is_none());
    let changed = audit::list(&test.app, &test.admin(), &audit::AuditQuery::default()).unwrap().entries;
    assert_eq!((changed[0].id, changed[0].by.user), (rep.meta.id, Some(rep.id())));
    assert!(changed[0].fields.iter().any(|field| field.name == "password_hash" && field.is_secret));
    // Later it may be asked again; the link of that letter is good for two hours.
    test.advance(301);
    assert_eq!(forgot("raul@exemple.cat"), [""; 0]);
    assert_eq!(round(&test), 1);
    let late = server.next().after("/welcome/");
    test.advance(invitations::RESET_HOURS * 3600);
    assert!(invitations::whose(&test.app, &test.ctx(), &late).unwrap().is_none());
    test.settle();
}

/// A server that does not answer is asked later and later; what stands in the queue survives a restart.
#[test]
fn letters_are_tried_again_later_and_later() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let rep = test.hire("Raul", RoleKey::REP);
    let server =
        MailServer::start(Manners { answers: vec![("RCPT", "451 4.7.1 Greylisted", 2)], ..manners() });
    assert_eq!(set_up(&test, &draft(server.port)), [""; 0]);
    invitations::issue(&test.app, &test.admin(), rep.id()).unwrap();
    assert_eq!((round(&test), round(&test)), (1, 0));
    assert_eq!(states(&test), [(LetterAbout::NewLink, LetterState::Queued, 1)]);
    let failure = outbox::list(&test.app, &test.admin()).unwrap()[0].letter.failure.clone().unwrap();
    assert_eq!((failure.code.as_str(), failure.said.as_str()), ("mail-temporary", "451 4.7.1 Greylisted"));
    test.advance(60);
    assert_eq!((round(&test), round(&test)), (1, 0));
    test.settle();
    drop(test);

    let mut test = TestApp::open(folder.path(), services::Options::default());
    test.advance(60 + 300);
    assert_eq!(round(&test), 1);
    assert_eq!(states(&test), [(LetterAbout::NewLink, LetterState::Sent, 3)]);
    // Two attempts failed before the body: only the secret that arrived is worth something.
    let secret = server.next().after("/welcome/");
    assert!(invitations::whose(&test.app, &test.ctx(), &secret).unwrap().is_some());
    test.settle();
}

#[test]
fn administrators_try_letters_again_or_give_them_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let rep = test.hire("Raul", RoleKey::REP);
    let server =
        MailServer::start(Manners { answers: vec![("RCPT", "550 5.1.1 No such user", 1)], ..manners() });
    assert_eq!(set_up(&test, &draft(server.port)), [""; 0]);
    invitations::issue(&test.app, &test.admin(), rep.id()).unwrap();
    assert_eq!(round(&test), 1);
    // The server said no for good.
    assert_eq!(states(&test), [(LetterAbout::NewLink, LetterState::Failed, 1)]);
    let letter: Letter = outbox::list(&test.app, &test.admin()).unwrap()[0].letter.clone();
    assert_eq!(problems(outbox::try_again(&test.app, &test.at_work(rep.id()), letter.id())), ["denied"]);
    outbox::try_again(&test.app, &test.admin(), letter.id()).unwrap();
    outbox::give_up(&test.app, &test.admin(), letter.id()).unwrap();
    assert_eq!((round(&test), states(&test)), (0, vec![(LetterAbout::NewLink, LetterState::GivenUp, 0)]));
    outbox::try_again(&test.app, &test.admin(), letter.id()).unwrap();
    assert_eq!(round(&test), 1);
    assert_eq!(states(&test), [(LetterAbout::NewLink, LetterState::Sent, 1)]);
    assert_eq!(server.next().to, "raul@exemple.cat");
    // What was sent stays sent.
    let sent = outbox::try_again(&test.app, &test.admin(), letter.id()).unwrap();
    assert_eq!(sent.state, LetterState::Sent);
    // Without a server letters wait; with one again they go.
    invitations::issue(&test.app, &test.admin(), rep.id()).unwrap();
    let (version, _) = mail_settings::get(&test.app, &test.admin()).unwrap();
    mail_settings::remove(&test.app, &test.admin(), version).unwrap();
    assert_eq!(round(&test), 0);
    assert!(!invitations::issue(&test.app, &test.admin(), rep.id()).unwrap().is_mailed);
    server.change(|manners| manners.login = None);
    let open = MailDraft { user: String::new(), password: String::new(), ..draft(server.port) };
    assert_eq!(set_up(&test, &open), [""; 0]);
    assert_eq!(round(&test), 1);
    assert_eq!(server.next().user, "");
    test.settle();
    test.verify();
}

/// The same as people do it: the settings in the browser, the password that is never shown, and a link by letter.
#[tokio::test]
async fn pages_send_letters_and_show_no_password() {
    let kit = Kit::company();
    let server = MailServer::start(manners());
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let signed_in = [
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let stranger = &signed_in[1..];
    let forgotten = kit.get("/forgot-password", &[]).await.text();
    assert!(!forgotten.contains("name=\"email\""), "without a server nobody is asked for an address");
    let form = |version: u64, password: &str, host: &str| {
        format!(
            "version={version}&host={host}&port={}&security=none&user=crm&password={password}&from_name=Exemple&\
             from_email=crm@exemple.cat&reply_to=&link_address=https://crm.exemple.cat",
            server.port
        )
    };
    let wrong =
        kit.ask(Method::POST, "/settings/mail", &signed_in, &form(1, MAIL_PASSWORD, "smtp exemple")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("smtp exemple") && !wrong.text().contains(MAIL_PASSWORD));
    let saved =
        kit.ask(Method::POST, "/settings/mail", &signed_in, &form(1, MAIL_PASSWORD, "localhost")).await;
    assert_eq!(saved.header("location"), "/settings/mail?notice=saved");
    let page = kit.get("/settings/mail", &signed_in).await.text();
    assert!(page.contains("/settings/mail/password/remove") && !page.contains(MAIL_PASSWORD));
    let key = kit.key("administrator");
    let settings = kit.api(Method::GET, "/mail", &key, &[], "").await;
    assert!(settings.json()["has_password"] == true && !settings.text().contains(MAIL_PASSWORD));

    let tested = kit.ask(Method::POST, "/settings/mail/test", &signed_in, "").await.text();
    assert!(tested.contains("250 2.0.0 Ok: queued as 4F9A"), "{tested}");
    assert!(server.next().text.contains("Aina Admin"));
    server.change(|manners| manners.answers = vec![("MAIL", "550 5.7.1 <crm> may not send", 1)]);
    let refused = kit.ask(Method::POST, "/settings/mail/test", &signed_in, "").await.text();
    assert!(refused.contains("550 5.7.1 &lt;crm&gt; may not send"), "{refused}");

    // The same answer, whoever's address it is.
    let ask = async |email: &str| {
        let answer = kit.ask(Method::POST, "/forgot-password", stranger, &format!("email={email}")).await;
        (answer.status, answer.text().replace(email, "").replace(answer.header("x-request-id"), ""))
    };
    assert_eq!(ask("admin@exemple.cat").await, ask("ningu@exemple.cat").await);
    let (app, ctx) = (&kit.state.app, kit.ctx());
    outbox::round(app, &ctx, &Plain, &AtomicBool::new(false)).unwrap();
    let secret = server.next().after("https://crm.exemple.cat/welcome/");
    assert!(server.is_empty());
    let welcome = kit.get(&format!("/welcome/{secret}"), &[]).await;
    assert!(welcome.status == StatusCode::OK && welcome.text().contains("admin@exemple.cat"));
    for _ in 0..5 {
        ask("algu@exemple.cat").await;
    }
    assert_eq!(ask("algu@exemple.cat").await.0, StatusCode::TOO_MANY_REQUESTS);
}

/// A quote goes to its client with the paper and the link; while the server is down it waits and is tried again.
#[test]
fn a_quote_goes_to_its_client_with_the_paper_and_the_link() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let busy = Manners { answers: vec![("DATA", "451 4.3.0 Try again later", 1)], ..Manners::default() };
    let server = MailServer::start(busy);
    let open = MailDraft { user: String::new(), password: String::new(), ..draft(server.port) };
    assert_eq!(set_up(&test, &open), [""; 0]);
    let (app, admin) = (test.app.clone(), test.admin());
    let make = |kind, fields: &[(&str, &str)]| {
        let mut draft = services::records::Draft::default();
        for (key, text) in fields {
            draft.put(key, *text);
        }
        services::records::create(&app, &admin, kind, &draft, None).unwrap().about().id
    };
    let company = make(model::Kind::Company, &[("name", "Fusteria Puig"), ("language", "es")]).to_string();
    let quote = make(model::Kind::Quote, &[("subject", "Cocina"), ("company", &company)]);
    let line = services::quotes::LineDraft {
        text: "Cocina".to_owned(),
        unit_price: "1000".to_owned(),
        ..services::quotes::LineDraft::default()
    };
    services::quotes::save_lines(&app, &admin, quote, 1, &[line]).unwrap();
    let to = |email: &str| services::quotes::Sending {
        email: email.to_owned(),
        copies: "soci@puig.cat; compres@puig.cat".to_owned(),
        message: "Com vam dir per telèfon.".to_owned(),
    };
    let beyond = services::quotes::Sending {
        copies: "a@x.cat b@x.cat c@x.cat d@x.cat no".to_owned(),
        message: "x".repeat(501),
        ..to("")
    };
    let beyond = services::quotes::send(&app, &admin, quote, 2, &beyond);
    assert_eq!(
        problems(beyond),
        ["copies email-form", "copies too-many", "email required", "message too-long"]
    );
    let wrong = services::quotes::send(&app, &admin, quote, 2, &to("puig"));
    assert_eq!(problems(wrong), ["email email-form"]);
    let sent = services::quotes::send(&app, &admin, quote, 2, &to("marta@puig.cat")).unwrap();
    assert_eq!(round(&test), 1);
    assert_eq!(states(&test), [(LetterAbout::QuoteSent, LetterState::Queued, 1)]);
    test.advance(61);
    assert_eq!(round(&test), 1);
    assert_eq!(states(&test), [(LetterAbout::QuoteSent, LetterState::Sent, 2)]);
    let taken = server.next();
    assert_eq!(taken.to, "marta@puig.cat, soci@puig.cat, compres@puig.cat");
    let link = services::quotes::address_of(&app, &admin, &sent).unwrap().unwrap();
    // Quoted-printable breaks long lines.
    let text = taken.text.replace("=\r\n", "").replace("=\n", "");
    assert!(
        text.contains(&link) && text.contains("P2026-0001.pdf") && text.contains("application/pdf"),
        "{text}"
    );
    assert!(text.contains("Cc: soci@puig.cat, compres@puig.cat"), "{text}");
    // Whoever accepts gets what they accepted, and so does whoever sold it.
    let token = link.strip_prefix("/q/").unwrap();
    let yes = services::quotes::Answer {
        name: "Marta Puig".to_owned(),
        agrees: true,
        pdf: sent.state.pdf.clone().unwrap(),
        ..services::quotes::Answer::default()
    };
    services::quotes::accept(&app, &test.ctx(), token, &yes).unwrap();
    assert_eq!(round(&test), 2);
    let both = [server.next(), server.next()];
    let to: std::collections::BTreeSet<&str> = both.iter().map(|taken| taken.to.as_str()).collect();
    let expected = ["admin@exemple.cat", "marta@puig.cat, soci@puig.cat, compres@puig.cat"];
    assert_eq!(to, expected.into());
    for taken in &both {
        assert!(
            taken.text.contains("P2026-0001.pdf") && taken.text.contains("application/pdf"),
            "{}",
            taken.text
        );
    }
    test.settle();
}
