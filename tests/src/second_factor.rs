//! The second factor: set up, asked for, taken once, replaced by recovery codes, required, and taken away.

use crate::http_kit::{ADMIN_EMAIL, Answer, Kit};
use crate::test_app::{PASSWORD, TestApp, problems};
use model::{RoleKey, SecondFactorRule, User, UserId};
use poem::http::{Method, StatusCode};
use services::second_factor::{self, FAILURES_MAX, Status};
use services::{Error, audit, config_file, invitations, sessions};

fn secret_of(test: &TestApp, user: UserId) -> String {
    match second_factor::status(&test.app, &test.at_work(user)).unwrap() {
        Status::Begun { secret, address } => {
            assert!(address.contains(&format!("secret={secret}&issuer=Exemple%2C%20SL")), "{address}");
            secret
        }
        other => panic!("{other:?}"),
    }
}

/// The code that this person's app shows now.
fn code(test: &TestApp, secret: &str) -> String {
    second_factor::code_at(secret, test.ctx().at).unwrap()
}

/// Somebody with a second factor: their app's secret and the recovery codes. Their first code was used a minute ago.
fn with_factor(test: &TestApp, user: &User) -> (String, Vec<String>) {
    second_factor::begin(&test.app, &test.at_work(user.id())).unwrap();
    let secret = secret_of(test, user.id());
    let codes = second_factor::confirm(&test.app, &test.at_work(user.id()), &code(test, &secret)).unwrap();
    test.advance(60);
    (secret, codes)
}

fn password_given(test: &TestApp, user: &User) -> String {
    let session = sessions::sign_in(&test.app, &test.ctx(), &user.email, PASSWORD).unwrap();
    assert!(session.awaits_code);
    session.secret
}

fn enter(test: &TestApp, session: &str, code: &str) -> Vec<String> {
    problems(second_factor::enter(&test.app, &test.ctx(), session, code))
}

/// RFC 6238, appendix B, SHA-1: the last six digits of its codes.
#[test]
fn codes_are_those_of_the_standard() {
    let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    for (seconds, expected) in
        [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
    {
        let at = model::jiff::Timestamp::from_second(seconds).unwrap();
        assert_eq!(second_factor::code_at(secret, at).unwrap(), expected);
    }
}

#[test]
fn a_code_is_asked_for_and_taken_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let rep = test.hire("Raul", RoleKey::REP);
    let at_work = test.at_work(rep.id());
    assert_eq!(problems(second_factor::confirm(&test.app, &at_work, "123456")), ["not-found"]);
    second_factor::begin(&test.app, &at_work).unwrap();
    // Until a first code was right nothing is asked for.
    assert!(!sessions::sign_in(&test.app, &test.ctx(), &rep.email, PASSWORD).unwrap().awaits_code);
    assert_eq!(problems(second_factor::confirm(&test.app, &at_work, "000000")), ["code code-wrong"]);
    let (secret, codes) = with_factor(&test, &rep);
    assert_eq!(codes.len(), second_factor::RECOVERY_CODES);

    let session = password_given(&test, &rep);
    // The password alone opens nothing.
    assert!(sessions::authenticate(&test.app, &test.ctx(), &session).unwrap().is_none());
    assert_eq!(enter(&test, &session, "12345"), ["code code-wrong"]);
    let right = code(&test, &secret);
    let spaced = format!("{} {}", &right[..3], &right[3..]);
    let entered = second_factor::enter(&test.app, &test.ctx(), &session, &spaced).unwrap();
    assert!(sessions::authenticate(&test.app, &test.ctx(), &entered.secret).unwrap().is_some());
    assert_eq!(enter(&test, &session, &right), ["unauthenticated"]);
    // Neither the same code again nor one from before it; the next one is good.
    let session = password_given(&test, &rep);
    assert_eq!(enter(&test, &session, &right), ["code code-wrong"]);
    let former = second_factor::code_at(&secret, test.ctx().at - model::jiff::SignedDuration::from_secs(30));
    assert_eq!(enter(&test, &session, &former.unwrap()), ["code code-wrong"]);
    test.advance(30);
    assert_eq!(enter(&test, &session, &code(&test, &secret)), [""; 0]);
    // Who waits too long gives the password again.
    let session = password_given(&test, &rep);
    test.advance(601);
    assert_eq!(enter(&test, &session, &code(&test, &secret)), ["unauthenticated"]);
    test.settle();
}

#[test]
fn recovery_codes_stand_in_for_the_app_once_each() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let rep = test.hire("Raul", RoleKey::REP);
    let (_, codes) = with_factor(&test, &rep);
    let session = password_given(&test, &rep);
    assert_eq!(enter(&test, &session, &codes[3].to_uppercase()), [""; 0]);
    let session = password_given(&test, &rep);
    assert_eq!(enter(&test, &session, &codes[3]), ["code code-wrong"]);
    assert_eq!(enter(&test, &session, &codes[0].replace('-', " ")), [""; 0]);
    let status = second_factor::status(&test.app, &test.at_work(rep.id())).unwrap();
    assert_eq!(status, Status::On { recovery_left: second_factor::RECOVERY_CODES - 2 });
    // A link for another password is no way round it.
    let link = invitations::issue(&test.app, &test.admin(), rep.id()).unwrap();
    let accepted = invitations::accept(&test.app, &test.ctx(), &link.secret, "una altra de llarga").unwrap();
    assert!(accepted.awaits_code);
    assert!(sessions::authenticate(&test.app, &test.ctx(), &accepted.secret).unwrap().is_none());
    assert_eq!(enter(&test, &accepted.secret, &codes[1]), [""; 0]);
    test.settle();
}

#[test]
fn codes_cannot_be_guessed() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let rep = test.hire("Raul", RoleKey::REP);
    let (secret, codes) = with_factor(&test, &rep);
    let mut session = password_given(&test, &rep);
    for wrong in 1..=FAILURES_MAX {
        let expected = if wrong % 5 == 0 { "unauthenticated" } else { "code code-wrong" };
        assert_eq!(enter(&test, &session, "000000"), [expected]);
        if wrong % 5 == 0 {
            session = password_given(&test, &rep);
        }
    }
    // For a while not even the right one.
    assert_eq!(enter(&test, &session, &code(&test, &secret)), ["code code-blocked"]);
    assert_eq!(enter(&test, &session, &codes[0]), ["code code-blocked"]);
    test.advance(15 * 60);
    let session = password_given(&test, &rep);
    assert_eq!(enter(&test, &session, &code(&test, &secret)), [""; 0]);
    test.settle();
}

/// Codes that come at the same moment are as many attempts as codes: no more are looked at than one after the other.
#[test]
fn codes_sent_at_once_are_counted_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let rep = test.hire("Raul", RoleKey::REP);
    let (secret, _) = with_factor(&test, &rep);
    let sessions: Vec<String> = (0..8).map(|_| password_given(&test, &rep)).collect();
    let (app, ctx) = (test.app.clone(), test.ctx());
    let looked_at: Vec<bool> = std::thread::scope(|scope| {
        let attempt = |session: &String| {
            let (app, ctx, session) = (app.clone(), ctx.clone(), session.clone());
            scope.spawn(move || {
                let done = second_factor::enter(&app, &ctx, &session, "000000");
                let is_blocked = |error: &Error| format!("{error:?}").contains("code-blocked");
                !done.is_err_and(|error| matches!(error, Error::Busy { .. }) || is_blocked(&error))
            })
        };
        let threads: Vec<_> = sessions.iter().flat_map(|session| [session; 5]).map(attempt).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let looked_at = looked_at.into_iter().filter(|looked_at| *looked_at).count();
    assert!(looked_at <= usize::try_from(FAILURES_MAX).unwrap(), "{looked_at}");
    test.advance(15 * 60);
    let session = password_given(&test, &rep);
    assert_eq!(enter(&test, &session, &code(&test, &secret)), [""; 0]);
    test.settle();
}

#[test]
fn it_is_switched_off_with_the_password_and_taken_away_by_administrators() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (rep, head) = (test.hire("Raul", RoleKey::REP), test.hire("Helena", RoleKey::MANAGER));
    let (secret, codes) = with_factor(&test, &rep);
    let off =
        |password: &str| problems(second_factor::switch_off(&test.app, &test.at_work(rep.id()), password));
    assert_eq!(off("no la sé pas gens"), ["password password-wrong"]);
    assert_eq!(off(PASSWORD), [""; 0]);
    assert!(!sessions::sign_in(&test.app, &test.ctx(), &rep.email, PASSWORD).unwrap().awaits_code);

    let (again, _) = with_factor(&test, &rep);
    assert_ne!(again, secret);
    let session = password_given(&test, &rep);
    assert_eq!(problems(second_factor::remove(&test.app, &test.at_work(head.id()), rep.id())), ["denied"]);
    assert_eq!(problems(second_factor::remove(&test.app, &test.admin(), rep.id())), [""; 0]);
    assert_eq!(enter(&test, &session, &code(&test, &again)), ["unauthenticated"]);
    assert!(!second_factor::is_on(&test.app, rep.id()).unwrap());

    // The log says who took it away; neither secret nor codes are anywhere but in the data folder.
    let log = audit::list(&test.app, &test.admin(), &audit::AuditQuery::default()).unwrap();
    let change = &log.entries[0];
    assert_eq!((change.id, change.by.user), (rep.meta.id, test.admin().user_id()));
    assert_eq!(
        change.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(),
        ["second_factor_at"]
    );
    let (kept, more) = with_factor(&test, &head);
    let mut export = Vec::new();
    services::maintenance::export(&test.app, &mut export).unwrap();
    let text = format!(
        "{}{log:?}{}",
        String::from_utf8(export).unwrap(),
        config_file::export(&test.app, &test.admin()).unwrap()
    );
    for hidden in [&secret, &again, &kept, &codes[0], &more[0]] {
        assert!(!text.contains(hidden.as_str()));
    }
    test.settle();
    test.verify();
}

/// A server's answer as a browser keeps it.
fn cookie(answer: &Answer, name: &str) -> String {
    let set = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let set =
        set.filter_map(|line| line.split(';').next()).find(|pair| pair.starts_with(&format!("{name}=")));
    set.unwrap_or_else(|| panic!("no cookie {name}")).to_owned()
}

/// The company asks for it: pages lead to the set-up, then a code is asked for at the next sign-in.
#[tokio::test]
async fn who_has_to_have_one_is_led_to_it() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let version = services::settings::get(app, &admin).unwrap().meta.version;
    assert_eq!(problems(second_factor::set_rule(app, &admin, version, "qui sap")), ["second_factor choice"]);
    second_factor::set_rule(app, &admin, version, SecondFactorRule::Administrators.as_str()).unwrap();
    let session = format!("{}={}", server::SESSION, kit.session());
    let form = ("content-type", "application/x-www-form-urlencoded");
    let signed_in = [("cookie", session.as_str()), ("sec-fetch-site", "same-origin"), form];
    let setting_up = "/account/second-factor";
    for path in ["/", "/leads", "/settings/mail", "/account"] {
        assert_eq!(kit.get(path, &signed_in).await.header("location"), setting_up, "{path}");
    }
    assert_eq!(kit.get(setting_up, &signed_in).await.status, StatusCode::OK);
    kit.ask(Method::POST, "/account/second-factor/begin", &signed_in, "").await;
    let page = kit.get(setting_up, &signed_in).await.text();
    let Status::Begun { secret, .. } = second_factor::status(app, &admin).unwrap() else { panic!() };
    assert!(page.contains("<svg role=\"img\"") && page.contains(&secret[..4]), "{page}");
    let right = second_factor::code_at(&secret, kit.ctx().at).unwrap();
    let wrong = kit.ask(Method::POST, setting_up, &signed_in, "code=1").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let codes = kit.ask(Method::POST, setting_up, &signed_in, &format!("code={right}")).await;
    assert_eq!(codes.text().matches("<li><code>").count(), 10);
    assert_eq!(kit.get("/leads", &signed_in).await.status, StatusCode::OK);

    // From now on the password alone leads to the code.
    kit.advance(60);
    let stranger = [("sec-fetch-site", "same-origin"), form];
    let typed = format!("email={ADMIN_EMAIL}&password={}&next=/leads", PASSWORD.replace(' ', "+"));
    let asked = kit.ask(Method::POST, "/sign-in", &stranger, &typed).await;
    assert_eq!(asked.header("location"), "/sign-in/code?next=/leads");
    let waiting = cookie(&asked, server::CODE);
    let as_session = waiting.replace(server::CODE, server::SESSION);
    assert!(kit.get("/leads", &[("cookie", &as_session)]).await.header("location").starts_with("/sign-in"));
    let given = [("cookie", waiting.as_str()), ("sec-fetch-site", "same-origin"), form];
    assert!(kit.get("/sign-in/code?next=/leads", &given).await.text().contains("one-time-code"));
    let refused = kit.ask(Method::POST, "/sign-in/code", &given, "code=000000&next=/leads").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = second_factor::code_at(&secret, kit.ctx().at).unwrap();
    let entered = kit.ask(Method::POST, "/sign-in/code", &given, &format!("code={right}&next=/leads")).await;
    assert_eq!(entered.header("location"), "/leads");
    let session = cookie(&entered, server::SESSION);
    assert_eq!(kit.get("/leads", &[("cookie", &session)]).await.status, StatusCode::OK);
    // Without a cookie of somebody who gave a password there is nothing to type a code into.
    assert_eq!(kit.get("/sign-in/code", &[]).await.header("location"), "/sign-in");
}
