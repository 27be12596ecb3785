//! Signing in with an identity provider: who gets in, who does not and why, and that nobody comes back for another.

use crate::http_kit::{ADMIN_EMAIL, Answer, Kit};
use crate::identity_provider::{CLIENT_ID, Lie, Provider, SECRET, Says};
use crate::test_app::{TestApp, problems};
use model::{RoleKey, SecondFactorRule, User};
use poem::http::{Method, StatusCode};
use services::identity_settings::{self, IdentityDraft, Tried};
use services::provider_sign_in::{self, Back, Refusal, Sent};
use services::users::{self, UserDraft};
use services::{App, Ctx, audit, config_file, second_factor, sessions, settings};

fn draft(issuer: &str) -> IdentityDraft {
    IdentityDraft {
        issuer: issuer.to_owned(),
        client_id: CLIENT_ID.to_owned(),
        secret: SECRET.to_owned(),
        label: "Exemple".to_owned(),
        scopes: "openid email profile".to_owned(),
        domains: String::new(),
        address: "https://crm.exemple.cat".to_owned(),
        provider_factor: "asked".to_owned(),
    }
}

fn set_up(app: &App, admin: &Ctx, draft: &IdentityDraft) -> Vec<String> {
    let version = settings::get(app, admin).unwrap().meta.version;
    problems(identity_settings::update(app, admin, version, draft))
}

/// What the provider says of this address, truly.
fn says(test: &TestApp, subject: &str, email: &str) -> Says {
    Says {
        subject: subject.to_owned(),
        email: Some(email.to_owned()),
        is_verified: true,
        in_user_info: false,
        at: test.ctx().at,
        lie: Lie::None,
    }
}

fn begin(test: &TestApp) -> Sent {
    provider_sign_in::begin(&test.app, &test.ctx(), "/leads").unwrap()
}

fn finish(test: &TestApp, browser_secret: &str, back: (String, String)) -> Result<User, String> {
    let back = Back { state: back.0, code: back.1, ..Back::default() };
    outcome(provider_sign_in::finish(&test.app, &test.ctx(), browser_secret, &back))
}

fn outcome(done: Result<provider_sign_in::Entered, Refusal>) -> Result<User, String> {
    match done {
        Ok(entered) => {
            assert_eq!(entered.next, "/leads");
            Ok(entered.session.user)
        }
        Err(Refusal::Failed { code, .. }) => Err(code.to_owned()),
        Err(Refusal::Error(error)) => Err(error.code().to_owned()),
    }
}

/// The whole way, with what the provider says of whoever comes.
fn enter(test: &TestApp, provider: &Provider, says: &Says) -> Result<User, String> {
    let sent = begin(test);
    finish(test, &sent.browser_secret, provider.visit(&sent.address, says))
}

fn refused(code: &str) -> Result<User, String> {
    Err(code.to_owned())
}

#[test]
fn who_was_let_in_enters_and_is_known_by_their_account_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let provider = Provider::start();
    assert_eq!(set_up(&test.app, &test.admin(), &draft(&provider.issuer)), [""; 0]);
    let rep = test.hire("Raul", RoleKey::REP);
    // Capitals are nobody's name.
    let said = says(&test, "s-1", "Raul@Exemple.CAT");
    let entered = enter(&test, &provider, &said).unwrap();
    assert_eq!(entered.id(), rep.id());
    assert_eq!(entered.identity.as_ref().map(|identity| identity.account.as_str()), Some("s-1"));
    // From now on by the account: the address may change, be unverified, or be missing.
    for email in [Some("raul@elsewhere.example"), None] {
        let said = Says { email: email.map(str::to_owned), is_verified: false, ..said.clone() };
        assert_eq!(enter(&test, &provider, &said).unwrap().id(), rep.id());
    }
    // Their address given to somebody else at the provider opens nothing, until an administrator says so.
    let other = says(&test, "s-2", "raul@exemple.cat");
    assert_eq!(enter(&test, &provider, &other), refused("identity-other"));
    assert_eq!(problems(provider_sign_in::unlink(&test.app, &test.at_work(rep.id()), rep.id())), ["denied"]);
    provider_sign_in::unlink(&test.app, &test.admin(), rep.id()).unwrap();
    assert_eq!(enter(&test, &provider, &other).unwrap().id(), rep.id());
    // Each change stands in the log with its author: theirs is theirs.
    let query = audit::AuditQuery { record: Some(rep.meta.id), ..audit::AuditQuery::default() };
    let log = audit::list(&test.app, &test.admin(), &query).unwrap();
    let deeds = format!("{:?}", log.entries);
    assert!(deeds.contains("\"s-1\"") || deeds.contains("s-1"), "{deeds}");
    let authors: Vec<_> = log.entries.iter().map(|entry| entry.by.user).collect();
    let admin = test.admin().user_id();
    assert_eq!(authors, [Some(rep.id()), admin, Some(rep.id()), admin]);
    test.settle();
    test.verify();
}

#[test]
fn who_was_not_let_in_stays_outside_and_is_told_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let provider = Provider::start();
    let with_domain =
        IdentityDraft { domains: "@Exemple.cat, filial.example".to_owned(), ..draft(&provider.issuer) };
    assert_eq!(set_up(&test.app, &test.admin(), &with_domain), [""; 0]);
    let rep = test.hire("Raul", RoleKey::REP);
    let known = says(&test, "s-1", "raul@exemple.cat");
    let unknown = says(&test, "s-2", "ningu@exemple.cat");
    assert_eq!(enter(&test, &provider, &unknown), refused("identity-unknown"));
    assert_eq!(
        enter(&test, &provider, &Says { is_verified: false, ..known.clone() }),
        refused("identity-unverified")
    );
    assert_eq!(enter(&test, &provider, &Says { email: None, ..known.clone() }), refused("identity-no-email"));
    let long = Says { subject: "s".repeat(256), ..known.clone() };
    assert_eq!(enter(&test, &provider, &long), refused("identity-token"));
    let fields = UserDraft {
        name: "Eva".to_owned(),
        email: "eva@gmail.example".to_owned(),
        role: RoleKey::REP.to_owned(),
        language: "ca".to_owned(),
        active: true,
        ..UserDraft::default()
    };
    users::create(&test.app, &test.admin(), &fields).unwrap();
    assert_eq!(enter(&test, &provider, &says(&test, "s-3", "eva@gmail.example")), refused("identity-domain"));
    // Nobody was made up, and nothing noted with anybody.
    assert_eq!(users::list(&test.app, &test.admin()).unwrap().len(), 3);
    assert!(users::get(&test.app, &test.admin(), rep.id()).unwrap().identity.is_none());
    // Who has left is out, known account or not.
    enter(&test, &provider, &known).unwrap();
    let user = users::get(&test.app, &test.admin(), rep.id()).unwrap();
    let leaving = UserDraft { active: false, ..crate::people::draft_of(&user) };
    users::update(&test.app, &test.admin(), rep.id(), user.meta.version, &leaving).unwrap();
    assert_eq!(enter(&test, &provider, &known), refused("identity-inactive"));
    test.settle();
}

#[test]
fn an_attempt_is_good_once_in_the_browser_that_began_it_and_not_for_long() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let provider = Provider::start();
    assert_eq!(set_up(&test.app, &test.admin(), &draft(&provider.issuer)), [""; 0]);
    test.hire("Raul", RoleKey::REP);
    let said = says(&test, "s-1", "raul@exemple.cat");
    let (mine, theirs) = (begin(&test), begin(&test));
    let back = provider.visit(&mine.address, &said);
    // A link with somebody's code in it, opened in another browser, changes nothing for whoever began.
    assert_eq!(finish(&test, &theirs.browser_secret, back.clone()), refused("identity-over"));
    assert_eq!(finish(&test, "", back.clone()), refused("identity-over"));
    assert!(finish(&test, &mine.browser_secret, back.clone()).is_ok());
    assert_eq!(finish(&test, &mine.browser_secret, back), refused("identity-over"));
    // A code of another attempt belongs to another verifier.
    let (one, two) = (begin(&test), begin(&test));
    let (_, code) = provider.visit(&one.address, &said);
    let (state, _) = provider.visit(&two.address, &said);
    assert_eq!(finish(&test, &two.browser_secret, (state, code)), refused("identity-code"));
    let late = begin(&test);
    let back = provider.visit(&late.address, &said);
    test.advance(60 * provider_sign_in::ATTEMPT_MINUTES);
    assert_eq!(finish(&test, &late.browser_secret, back), refused("identity-over"));
    for (back, code) in [
        (Back { error: "access_denied".to_owned(), ..Back::default() }, "identity-denied"),
        (Back { error: "server_error".to_owned(), ..Back::default() }, "identity-refused"),
        (Back { issuer: "https://another.example".to_owned(), ..Back::default() }, "identity-token"),
    ] {
        let sent = begin(&test);
        let (state, given) = provider.visit(&sent.address, &said);
        let back = Back { state, code: given, ..back };
        let done = provider_sign_in::finish(&test.app, &test.ctx(), &sent.browser_secret, &back);
        assert_eq!(outcome(done), refused(code));
    }
    test.settle();
}

#[test]
fn a_token_that_lies_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let provider = Provider::start();
    assert_eq!(set_up(&test.app, &test.admin(), &draft(&provider.issuer)), [""; 0]);
    test.hire("Raul", RoleKey::REP);
    let truth = says(&test, "s-1", "raul@exemple.cat");
    for lie in [Lie::Nonce, Lie::Audience, Lie::Issuer, Lie::Key, Lie::Unsigned] {
        let said = Says { lie, ..truth.clone() };
        assert_eq!(enter(&test, &provider, &said), refused("identity-token"), "{lie:?}");
    }
    let in_user_info = Says { in_user_info: true, ..truth.clone() };
    let of_another = Says { lie: Lie::UserInfo, ..in_user_info.clone() };
    assert_eq!(enter(&test, &provider, &of_another), refused("identity-token"));
    // Clocks: a minute apart is nothing, ten are.
    let at = |seconds: i64| Says {
        at: truth.at + model::jiff::SignedDuration::from_secs(seconds),
        ..truth.clone()
    };
    assert_eq!(enter(&test, &provider, &at(600)), refused("identity-clock"));
    assert_eq!(enter(&test, &provider, &at(-900)), refused("identity-clock"));
    assert!(enter(&test, &provider, &at(45)).is_ok());
    assert!(enter(&test, &provider, &at(-345)).is_ok());
    assert!(enter(&test, &provider, &in_user_info).is_ok());
    test.settle();
}

#[test]
fn a_provider_that_is_not_there_or_does_not_know_us_is_told_in_its_own_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let admin = test.admin();
    assert_eq!(problems(identity_settings::test(&test.app, &admin)), [" identity-none"]);
    let provider = Provider::start();
    assert_eq!(set_up(&test.app, &admin, &draft(&provider.issuer)), [""; 0]);
    let said = "invalid_grant: no such code".to_owned();
    assert_eq!(identity_settings::test(&test.app, &admin).unwrap(), Tried::Known { said });
    let tried = |draft: &IdentityDraft| {
        assert_eq!(set_up(&test.app, &admin, draft), [""; 0]);
        match identity_settings::test(&test.app, &admin).unwrap() {
            Tried::Failed { code, said } => (code, said),
            Tried::Known { said } => panic!("known: {said}"),
        }
    };
    let wrong = IdentityDraft { secret: "un altre".to_owned(), ..draft(&provider.issuer) };
    assert_eq!(tried(&wrong), ("identity-client", "invalid_client: who are you?".to_owned()));
    let (code, said) = tried(&draft(&format!("{}/realms/exemple", provider.issuer)));
    assert_eq!((code, said.starts_with("404 ")), ("identity-no-provider", true), "{said}");
    // Another name than the one it gives itself: somebody could pass for it.
    let renamed = provider.issuer.replace("127.0.0.1", "localhost");
    assert_eq!(tried(&draft(&renamed)).0, "identity-no-provider");
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (code, said) = tried(&draft(&format!("http://{nobody}")));
    assert_eq!((code, said.to_lowercase().contains("refused")), ("identity-unreachable", true), "{said}");
    let failed = provider_sign_in::begin(&test.app, &test.ctx(), "/");
    assert!(matches!(failed, Err(Refusal::Failed { code: "identity-unreachable", .. })), "{failed:?}");
    test.settle();
}

#[test]
fn the_provider_stands_for_a_second_factor_where_the_company_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let provider = Provider::start();
    assert_eq!(set_up(&test.app, &test.admin(), &draft(&provider.issuer)), [""; 0]);
    let rep = test.hire("Raul", RoleKey::REP);
    let version = settings::get(&test.app, &test.admin()).unwrap().meta.version;
    second_factor::set_rule(&test.app, &test.admin(), version, SecondFactorRule::Everybody.as_str()).unwrap();
    let said = says(&test, "s-1", &rep.email);
    let session = || {
        let sent = begin(&test);
        let (state, code) = provider.visit(&sent.address, &said);
        let back = Back { state, code, ..Back::default() };
        provider_sign_in::finish(&test.app, &test.ctx(), &sent.browser_secret, &back).unwrap().session
    };
    let caller = |secret: &str| sessions::authenticate(&test.app, &test.ctx(), secret).unwrap();
    let is_missing = |secret: &str| second_factor::is_missing(&test.app, &caller(secret).unwrap()).unwrap();
    assert!(is_missing(&session().secret), "asked: they have to set one up");
    let counts = IdentityDraft { provider_factor: "counts".to_owned(), ..draft(&provider.issuer) };
    assert_eq!(set_up(&test.app, &test.admin(), &counts), [""; 0]);
    assert!(!is_missing(&session().secret));
    // Whoever comes with a password is asked all the same.
    let by_password =
        sessions::sign_in(&test.app, &test.ctx(), &rep.email, crate::test_app::PASSWORD).unwrap();
    assert!(is_missing(&by_password.secret));
    // They have one: asked for, or not.
    second_factor::begin(&test.app, &test.at_work(rep.id())).unwrap();
    let second_factor::Status::Begun { secret, .. } =
        second_factor::status(&test.app, &test.at_work(rep.id())).unwrap()
    else {
        panic!()
    };
    let code = second_factor::code_at(&secret, test.ctx().at).unwrap();
    second_factor::confirm(&test.app, &test.at_work(rep.id()), &code).unwrap();
    assert!(!session().awaits_code);
    assert_eq!(set_up(&test.app, &test.admin(), &draft(&provider.issuer)), [""; 0]);
    assert!(session().awaits_code);
    // A day's work, not a month.
    assert_eq!(set_up(&test.app, &test.admin(), &counts), [""; 0]);
    let entered = session();
    test.advance(3600 * sessions::PROVIDER_SESSION_HOURS);
    assert!(caller(&entered.secret).is_none());
    test.settle();
}

#[test]
fn settings_say_all_that_is_wrong_and_the_secret_leaves_by_no_door() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let admin = test.admin();
    let wrong = IdentityDraft {
        issuer: "http://login.exemple.cat".to_owned(),
        client_id: " ".to_owned(),
        label: String::new(),
        scopes: "email \"tot\"".to_owned(),
        domains: "exemple.cat casa".to_owned(),
        address: "crm.exemple.cat/x".to_owned(),
        provider_factor: "potser".to_owned(),
        ..IdentityDraft::default()
    };
    let all = [
        "issuer issuer-not-local",
        "client_id required",
        "label required",
        "address origin-form",
        "provider_factor choice",
        "scopes scope-form",
        "domains domain-form",
    ];
    assert_eq!(set_up(&test.app, &admin, &wrong), all);
    for (issuer, code) in
        [("", "required"), ("login.exemple.cat", "issuer-form"), ("https://a.cat/?x", "issuer-form")]
    {
        let draft = draft(issuer);
        assert_eq!(set_up(&test.app, &admin, &draft), [format!("issuer {code}")]);
    }
    let right = IdentityDraft { secret: SECRET.to_owned(), ..draft("https://login.exemple.cat/tenant") };
    assert_eq!(set_up(&test.app, &admin, &right), [""; 0]);
    let silent = IdentityDraft { secret: String::new(), label: "Casa".to_owned(), ..right.clone() };
    assert_eq!(set_up(&test.app, &admin, &silent), [""; 0]);
    assert!(identity_settings::get(&test.app, &admin).unwrap().1.unwrap().secret_set_at.is_some());
    let elsewhere = IdentityDraft { issuer: "https://another.example".to_owned(), ..silent };
    assert_eq!(set_up(&test.app, &admin, &elsewhere), ["secret secret-again"]);
    assert_eq!(problems(identity_settings::update(&test.app, &admin, 0, &right)), ["conflict"]);
    let manager = test.hire("Raul", RoleKey::MANAGER);
    assert_eq!(problems(identity_settings::get(&test.app, &test.at_work(manager.id()))), ["denied"]);
    let mut export = Vec::new();
    services::maintenance::export(&test.app, &mut export).unwrap();
    let log = audit::list(&test.app, &admin, &audit::AuditQuery::default()).unwrap();
    for (place, text) in [
        ("export", String::from_utf8(export).unwrap()),
        ("audit log", format!("{log:?}")),
        ("configuration", config_file::export(&test.app, &admin).unwrap()),
        ("settings", format!("{:?}", test.app.frame().settings)),
    ] {
        assert!(!text.contains(SECRET), "it is in the {place}: {text}");
    }
    assert!(format!("{log:?}").contains("secret_set_at"));
    let (version, _) = identity_settings::get(&test.app, &admin).unwrap();
    identity_settings::remove(&test.app, &admin, version).unwrap();
    assert_eq!(identity_settings::label(&test.app), None);
    test.settle();
    test.verify();
}

fn cookie(answer: &Answer, name: &str) -> String {
    let set = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let found = set.map(|value| value.split(';').next().unwrap()).find(|pair| pair.starts_with(name));
    found.unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_browser_goes_there_and_comes_back() {
    let kit = Kit::company();
    let provider = Provider::start();
    assert!(!kit.get("/sign-in", &[]).await.text().contains("/sign-in/provider"));
    assert_eq!(kit.get("/sign-in/provider", &[]).await.header("location"), "/sign-in");
    assert_eq!(set_up(&kit.state.app, &kit.admin(), &draft(&provider.issuer)), [""; 0]);
    let page = kit.get("/sign-in?next=/leads%3Fsort%3Dname", &[]).await.text();
    assert!(page.contains("href=\"/sign-in/provider?next=%2Fleads%3Fsort%3Dname\""), "{page}");
    let says = |email: &str| Says {
        subject: "s-1".to_owned(),
        email: Some(email.to_owned()),
        is_verified: true,
        in_user_info: true,
        at: kit.ctx().at,
        lie: Lie::None,
    };
    let left = kit.get("/sign-in/provider?next=/leads", &[]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    let keeps = cookie(&left, "tracte_provider");
    let (state, code) = provider.visit(left.header("location"), &says(ADMIN_EMAIL));
    let address = format!("/sign-in/provider/back?state={state}&code={code}");
    let stolen = kit.get(&address, &[]).await;
    assert_eq!((stolen.status, cookie(&stolen, server::SESSION)), (StatusCode::FORBIDDEN, String::new()));
    let back = kit.get(&address, &[("cookie", &keeps)]).await;
    assert_eq!((back.status, back.header("location")), (StatusCode::SEE_OTHER, "/leads"));
    assert_eq!(cookie(&back, "tracte_provider"), "tracte_provider=");
    let session = cookie(&back, server::SESSION);
    assert_eq!(kit.get("/leads", &[("cookie", &session)]).await.status, StatusCode::OK);
    // Not known: a page that says who, without anything of the provider's that could be a script.
    let left = kit.get("/sign-in/provider", &[]).await;
    let keeps = cookie(&left, "tracte_provider");
    let (state, _) = provider.visit(left.header("location"), &says("<b>@exemple.cat"));
    let address =
        format!("/sign-in/provider/back?state={state}&error=server_error&error_description=%3Cscript%3E");
    let refused = kit.get(&address, &[("cookie", &keeps), ("accept-language", "es")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let text = refused.text();
    assert!(text.contains("No ha entrado") && text.contains("server_error &lt;script&gt;"), "{text}");
}

#[tokio::test]
async fn keys_of_administrators_set_it_up_too() {
    let kit = Kit::company();
    let key = kit.key(RoleKey::ADMINISTRATOR);
    assert_eq!(kit.api(Method::GET, "/identity-provider", &key, &[], "").await.status, StatusCode::NOT_FOUND);
    let body = r#"{"issuer": "https://login.exemple.cat", "client_id": "tracte", "secret": "molt secret",
        "label": "Exemple", "scopes": ["email"], "domains": ["exemple.cat"],
        "address": "https://crm.exemple.cat", "provider_factor": "counts", "version": 1}"#;
    let set = kit.api(Method::PUT, "/identity-provider", &key, &[], body).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text());
    let answer = kit.api(Method::GET, "/identity-provider", &key, &[], "").await;
    assert!(!answer.text().contains("molt secret"));
    let answer = answer.json();
    assert_eq!(answer["redirect_uri"], "https://crm.exemple.cat/sign-in/provider/back");
    assert_eq!(answer["has_secret"], true);
    let manager = kit.key(RoleKey::MANAGER);
    assert_eq!(
        kit.api(Method::GET, "/identity-provider", &manager, &[], "").await.status,
        StatusCode::FORBIDDEN
    );
    let gone = kit.api(Method::DELETE, "/identity-provider/secret", &key, &[("if-match", "*")], "").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text());
    let answer = kit.api(Method::GET, "/identity-provider", &key, &[], "").await.json();
    assert_eq!(answer["has_secret"], false);
}

#[test]
fn a_configuration_file_carries_how_people_sign_in_but_for_the_secret() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let without = config_file::export(&app, &admin).unwrap();
    let says = ["[sign_in]\n", "\nsecond_factor = \"nobody\"\n", "\nissuer = \"\"\n"];
    assert!(says.iter().all(|line| without.contains(line)), "{without}");
    assert_eq!(set_up(&app, &admin, &draft("https://login.exemple.cat")), [""; 0]);
    let version = settings::get(&app, &admin).unwrap().meta.version;
    second_factor::set_rule(&app, &admin, version, SecondFactorRule::Everybody.as_str()).unwrap();
    let with = config_file::export(&app, &admin).unwrap();
    assert!(with.contains("scopes = \"email profile\"") && !with.contains(SECRET), "{with}");
    let review = |text: &str| config_file::review(&app, &admin, text).unwrap();
    assert!(review(&with).changes.is_empty());
    let apply = |text: &str| {
        let reviewed = review(text);
        assert!(reviewed.problems.is_empty(), "{:?}", reviewed.problems);
        config_file::apply(&app, &admin, text, &reviewed.against).unwrap()
    };
    let now = || settings::get(&app, &admin).unwrap();
    // The same provider keeps its secret, another one does not get it.
    apply(&with.replace("label = \"Exemple\"", "label = \"Casa\""));
    assert!(now().identity.unwrap().secret_set_at.is_some());
    apply(&with.replace("https://login.exemple.cat", "https://login.another.example"));
    assert!(now().identity.unwrap().secret_set_at.is_none());
    // Settings of two sections change as one record, with one version.
    let version = now().meta.version;
    apply(&without.replace("Exemple, SL", "Exemple Nou, SL"));
    let after = now();
    assert_eq!((after.identity.is_none(), after.second_factor), (true, SecondFactorRule::Nobody));
    assert_eq!((after.company_name.as_str(), after.meta.version), ("Exemple Nou, SL", version + 1));
    // Faults with their lines, all at once; what the file does not name stays.
    let wrong =
        "[sign_in]\nsecond_factor = \"potser\"\nissuer = \"http://login.exemple.cat\"\nsecret = \"x\"\n";
    let mut faults: Vec<(Option<usize>, String)> = review(wrong)
        .problems
        .into_iter()
        .map(|fault| (fault.line, format!("{} {}", fault.problem.field, fault.problem.code)))
        .collect();
    faults.sort();
    let expected = [
        (None, "address origin-form"),
        (None, "client_id required"),
        (None, "label required"),
        (None, "provider_factor choice"),
        (Some(2), "second_factor choice"),
        (Some(3), "issuer issuer-not-local"),
        (Some(4), "secret field-unknown"),
    ];
    assert_eq!(faults, expected.map(|(line, text)| (line, text.to_owned())));
    apply("[sign_in]\nsecond_factor = \"administrators\"\n");
    assert_eq!(now().second_factor, SecondFactorRule::Administrators);
    // Whoever may change settings, but is no administrator, does not decide whose word counts.
    let key = config_file::review(&app, &admin, &with).unwrap().against;
    let manager = test.hire("Raul", RoleKey::MANAGER);
    assert_eq!(problems(config_file::apply(&app, &test.at_work(manager.id()), &with, &key)), ["denied"]);
    test.settle();
    test.verify();
}
