//! Roles, teams and people: what cannot happen to them, and who may do what to whom.

use crate::http_kit::Kit;
use crate::test_app::{PASSWORD, TestApp, problems};
use model::{Action, Kind, Label, Level, Levels, Role, RoleKey, TeamId, User};
use poem::http::{Method, StatusCode};
use services::configuration;
use services::hand_overs::{self, LeaveDraft};
use services::teams::{self, TeamDraft};
use services::users::{self, UserDraft};
use services::{Ctx, api_keys, invitations, leads, sessions};

fn role(label: &str, lines: &[(Kind, Levels)]) -> Role {
    Role { label: Label::new(label, "", ""), levels: lines.iter().copied().collect(), ..Role::nothing() }
}

pub(crate) fn draft_of(user: &User) -> UserDraft {
    UserDraft {
        name: user.name.clone(),
        email: user.email.clone(),
        role: user.role.to_string(),
        teams: user.teams.iter().map(TeamId::to_string).collect(),
        language: user.language.code().to_owned(),
        takes_leads: user.takes_leads,
        active: user.active,
        password: String::new(),
        ..UserDraft::default()
    }
}

fn give(test: &TestApp, ctx: &Ctx, user: &User, role: &str) -> Vec<String> {
    let now = users::get(&test.app, ctx, user.id()).unwrap();
    let draft = UserDraft { role: role.to_owned(), ..draft_of(&now) };
    problems(users::update(&test.app, ctx, user.id(), now.meta.version, &draft))
}

#[test]
fn a_role_in_use_stays_and_the_administrators_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let narrowed = role("Poc", &[(Kind::Lead, Levels::only_sees(Level::Own))]);
    let change = |key: &str, role: Role| {
        let version = configuration::get::<Role>(&app, &admin, key).unwrap().meta.version;
        problems(configuration::update(&app, &admin, key, version, role))
    };
    assert_eq!(change(RoleKey::ADMINISTRATOR, narrowed.clone()), [" administrator-whole"]);
    let whole = configuration::get::<Role>(&app, &admin, RoleKey::ADMINISTRATOR).unwrap().piece;
    let archived = Role { archived: true, ..whole.clone() };
    assert_eq!(change(RoleKey::ADMINISTRATOR, archived), [" administrator-whole"]);
    let renamed = Role { label: Label::new("Direcció", "", ""), ..whole };
    assert_eq!(change(RoleKey::ADMINISTRATOR, renamed), [""; 0]);
    assert!(test.admin().caller().unwrap().role.is_whole());

    let own = configuration::create(&app, &admin, "telefon", narrowed).unwrap();
    let rep = test.hire("Raul", RoleKey::REP);
    assert_eq!(give(&test, &admin, &rep, "telefon"), [""; 0]);
    let remove = |version| problems(configuration::remove::<Role>(&app, &admin, "telefon", version));
    assert_eq!(remove(own.meta.version), [" in-use"]);
    let used = configuration::uses::<Role>(&app, &admin, "telefon").unwrap();
    assert_eq!(used.iter().map(|used| used.name.as_str()).collect::<Vec<_>>(), ["Raul"]);
    assert_eq!(give(&test, &admin, &rep, RoleKey::READ_ONLY), [""; 0]);
    assert_eq!(remove(own.meta.version), [""; 0]);
    // The last one who can let others in stays.
    let me = admin.caller().unwrap().user.clone();
    assert_eq!(give(&test, &admin, &me, RoleKey::REP), ["role last-administrator"]);
    assert_eq!(give(&test, &admin, &me, "no_such_role"), ["role choice", "role last-administrator"]);
    test.settle();
}

#[test]
fn a_matrix_is_refused_where_it_means_nothing() {
    let check = |lines: &[(Kind, Levels)], expected: &[&str]| {
        let mut errors = model::FieldErrors::default();
        model::Piece::check(&role("Prova", lines), &mut errors);
        let found: Vec<String> =
            errors.0.into_iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect();
        assert_eq!(found, expected);
    };
    let sees = |see, change| Levels { see, change, ..Levels::default() };
    check(&[(Kind::Lead, sees(Level::Team, Level::Own))], &[]);
    check(&[(Kind::Lead, sees(Level::Own, Level::Team))], &["lead.change level-above-see"]);
    check(&[(Kind::Settings, sees(Level::Own, Level::None))], &["settings.see choice"]);
    check(&[(Kind::Import, sees(Level::Team, Level::None))], &["import.see choice"]);
    for (key, ready) in <Role as model::Piece>::ready() {
        let mut errors = model::FieldErrors::default();
        model::Piece::check(&ready, &mut errors);
        assert!(errors.is_empty(), "{key}: {errors:?}");
        assert_eq!(ready.clone().completed(key).levels.len(), ready.completed(key).levels.len());
    }
}

/// Whoever may manage users without being an administrator gives nobody, themselves least, more than they have.
#[test]
fn nobody_gives_more_than_they_have() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let whole = Levels::same(Level::All);
    let staff = role(
        "Personal",
        &[
            (Kind::Lead, Levels { create: Level::All, ..Levels::same(Level::Team) }),
            (Kind::Company, Levels { create: Level::All, ..Levels::same(Level::Team) }),
            (Kind::Contact, Levels { create: Level::All, ..Levels::same(Level::Team) }),
            (Kind::Opportunity, Levels { create: Level::All, ..Levels::same(Level::Team) }),
            (Kind::Quote, Levels { create: Level::All, ..Levels::same(Level::Team) }),
            (Kind::Product, whole),
            (Kind::Activity, Levels::same(Level::Team)),
            (Kind::Import, Levels { see: Level::Own, create: Level::All, ..Levels::default() }),
            (Kind::User, whole),
            (Kind::Team, whole),
            (Kind::ApiKey, whole),
            (Kind::Settings, whole),
        ],
    );
    configuration::create(&app, &admin, "personal", staff).unwrap();
    let (head, rep) = (test.hire("Helena", RoleKey::MANAGER), test.hire("Raul", RoleKey::REP));
    assert_eq!(give(&test, &admin, &head, "personal"), [""; 0]);
    let head_at_work = test.at_work(head.id());
    assert_eq!(give(&test, &head_at_work, &rep, RoleKey::ADMINISTRATOR), ["role role-above-own"]);
    assert_eq!(give(&test, &head_at_work, &rep, RoleKey::ANALYST), ["role role-above-own"]);
    assert_eq!(give(&test, &head_at_work, &head, RoleKey::ADMINISTRATOR), ["role role-above-own"]);
    assert_eq!(give(&test, &head_at_work, &rep, "personal"), [""; 0]);
    let me = admin.caller().unwrap().user.clone();
    assert_eq!(give(&test, &head_at_work, &me, "personal"), ["denied"]);
    let key = api_keys::ApiKeyDraft {
        name: "Clau".to_owned(),
        user: me.id().to_string(),
        role: RoleKey::ADMINISTRATOR.to_owned(),
    };
    assert_eq!(problems(api_keys::create(&app, &head_at_work, &key)), ["role role-above-own"]);
    // Roles are for administrators, whatever else somebody may set up.
    let wider = role("Tot", &[(Kind::Lead, whole)]);
    assert_eq!(problems(configuration::create(&app, &head_at_work, "tot", wider)), ["denied"]);
    assert_eq!(problems(configuration::list::<Role>(&app, &head_at_work)), [""; 0]);
    test.settle();
}

/// A key may do what both its role and that of its user may, as they are when it is used.
#[test]
fn a_key_reaches_no_further_than_its_role_and_its_user() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let head = test.hire("Helena", RoleKey::MANAGER);
    let key = |user: &User, role: &str| api_keys::ApiKeyDraft {
        name: "Botiga".to_owned(),
        user: user.id().to_string(),
        role: role.to_owned(),
    };
    assert_eq!(
        problems(api_keys::create(&app, &admin, &key(&head, RoleKey::ANALYST))),
        ["role role-above-user"]
    );
    let with = |secret: &str| api_keys::authenticate(&app, &test.ctx(), secret).unwrap().unwrap();
    let (_, secret) = api_keys::create(&app, &admin, &key(&head, RoleKey::REP)).unwrap();
    let level = |action| with(&secret).role.level(Kind::Lead, action);
    assert_eq!((level(Action::See), level(Action::Change)), (Level::Own, Level::Own));
    // Its user sees everything by now and changes nothing: the key sees its own, and changes nothing.
    assert_eq!(give(&test, &admin, &head, RoleKey::READ_ONLY), [""; 0]);
    assert_eq!((level(Action::See), level(Action::Change)), (Level::Own, Level::None));

    // Whose user reaches everything is itself one for the teams that its user manages, and those below.
    let me = admin.caller().unwrap().user.clone();
    let team = |name: &str, parent: String, manager: String| TeamDraft {
        name: name.to_owned(),
        parent,
        manager,
        members: Vec::new(),
    };
    let north = team("Nord", String::new(), me.id().to_string());
    let north = teams::create(&app, &admin, &north).unwrap();
    let coast = teams::create(&app, &admin, &team("Costa", north.id().to_string(), String::new())).unwrap();
    let (_, secret) = api_keys::create(&app, &admin, &key(&me, RoleKey::MANAGER)).unwrap();
    let caller = with(&secret);
    assert_eq!((caller.role.level(Kind::Lead, Action::See), caller.is_administrator), (Level::Team, false));
    assert!([north.id(), coast.id()].iter().all(|team| caller.reach.contains(team)), "{:?}", caller.reach);
    test.settle();
}

#[test]
fn teams_are_nested_one_level_and_stay_while_something_uses_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let draft = |name: &str, parent: Option<TeamId>| TeamDraft {
        name: name.to_owned(),
        parent: parent.map(|id| id.to_string()).unwrap_or_default(),
        ..TeamDraft::default()
    };
    let north = teams::create(&app, &admin, &draft("Nord", None)).unwrap();
    let coast = teams::create(&app, &admin, &draft("Costa", Some(north.id()))).unwrap();
    assert_eq!(problems(teams::create(&app, &admin, &draft("nord", None))), ["team_name taken"]);
    assert_eq!(
        problems(teams::create(&app, &admin, &draft("Vila", Some(coast.id())))),
        ["parent team-nested"]
    );
    let first = test.default_team();
    let update = |id: TeamId, draft: &TeamDraft| {
        let version = teams::get(&app, &admin, id).unwrap().meta.version;
        problems(teams::update(&app, &admin, id, version, draft))
    };
    // Neither below itself, nor below another one with one below itself.
    assert_eq!(update(north.id(), &draft("Nord", Some(north.id()))), ["parent team-nested"]);
    assert_eq!(update(north.id(), &draft("Nord", Some(first))), ["parent team-nested"]);
    let wrong = TeamDraft { manager: "ningú".to_owned(), members: vec!["x".to_owned()], ..draft("", None) };
    assert_eq!(update(coast.id(), &wrong), ["team_name required", "manager choice", "members choice"]);

    // Who manages the North reaches the coast below it without being in either.
    let (head, rep) = (test.hire("Helena", RoleKey::MANAGER), test.hire("Raul", RoleKey::REP));
    let with_rep = TeamDraft { members: vec![rep.id().to_string()], ..draft("Costa", Some(north.id())) };
    assert_eq!(update(coast.id(), &with_rep), [""; 0]);
    assert_eq!(users::get(&app, &admin, rep.id()).unwrap().teams, [first, coast.id()]);
    let managed = TeamDraft { manager: head.id().to_string(), ..draft("Nord", None) };
    assert_eq!(update(north.id(), &managed), [""; 0]);
    let mut reached = vec![first, north.id(), coast.id()];
    reached.sort();
    assert_eq!(test.at_work(head.id()).caller().unwrap().reach.to_vec(), reached);

    let remove = |id: TeamId| {
        let version = teams::get(&app, &admin, id).unwrap().meta.version;
        problems(teams::remove(&app, &admin, id, version))
    };
    let uses =
        |id| teams::uses(&app, &admin, id).unwrap().into_iter().map(|used| used.kind).collect::<Vec<_>>();
    assert_eq!((uses(north.id()), remove(north.id())), (vec![Kind::Team], vec![" in-use".to_owned()]));
    assert_eq!((uses(coast.id()), remove(coast.id())), (vec![Kind::User], vec![" in-use".to_owned()]));
    assert!(uses(first).contains(&Kind::Settings));
    // What its people made stays its own when they go elsewhere.
    let mut company = services::records::Draft::default();
    company.put("name", "Hotel Costa");
    let before = users::get(&app, &admin, rep.id()).unwrap();
    let moved = UserDraft { teams: vec![coast.id().to_string()], ..draft_of(&before) };
    users::update(&app, &admin, rep.id(), before.meta.version, &moved).unwrap();
    let at_coast = test.at_work(rep.id());
    let hotel = services::records::create(&app, &at_coast, Kind::Company, &company, None).unwrap();
    assert_eq!(update(coast.id(), &draft("Costa", Some(north.id()))), [""; 0]);
    assert_eq!((uses(coast.id()), remove(coast.id())), (vec![Kind::Company], vec![" in-use".to_owned()]));
    services::records::delete(&app, &admin, Kind::Company, hotel.about().id, hotel.about().version).unwrap();
    assert_eq!(remove(coast.id()), [""; 0]);
    assert_eq!(remove(north.id()), [""; 0]);
    // A rep does none of it.
    let at_work = test.at_work(rep.id());
    assert_eq!(problems(teams::create(&app, &at_work, &draft("Meu", None))), ["denied"]);
    assert!(!services::permissions::may(&at_work, Kind::Team, Action::Change));
    test.settle();
    test.verify();
}

/// A link is good for one person, once, for seven days, and only while nobody made another one.
#[test]
fn a_link_is_good_for_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let draft = UserDraft {
        name: "Nora".to_owned(),
        email: "nora@exemple.cat".to_owned(),
        role: RoleKey::REP.to_owned(),
        language: "ca".to_owned(),
        active: true,
        ..UserDraft::default()
    };
    let first = invitations::invite(&app, &admin, &draft).unwrap();
    assert!(first.user.is_invited());
    let sign_in = |password: &str| sessions::sign_in(&app, &test.ctx(), "nora@exemple.cat", password).is_ok();
    assert!(!sign_in("") && !sign_in(PASSWORD));
    let again = invitations::issue(&app, &admin, first.user.id()).unwrap();
    let accept =
        |secret: &str, password: &str| problems(invitations::accept(&app, &test.ctx(), secret, password));
    assert_eq!(accept(&first.secret, PASSWORD), ["not-found"]);
    assert_eq!(accept(&again.secret, "curta"), ["new_password password-short"]);
    assert_eq!(accept(&again.secret, PASSWORD), [""; 0]);
    assert_eq!(accept(&again.secret, PASSWORD), ["not-found"]);
    assert!(sign_in(PASSWORD));

    // A new one for who forgot: the sessions from before end; after seven days it is worth nothing.
    let before = sessions::sign_in(&app, &test.ctx(), "nora@exemple.cat", PASSWORD).unwrap();
    let forgot = invitations::issue(&app, &admin, first.user.id()).unwrap();
    assert_eq!(accept(&forgot.secret, "una altra de llarga"), [""; 0]);
    assert!(sessions::authenticate(&app, &test.ctx(), &before.secret).unwrap().is_none());
    let late = invitations::issue(&app, &admin, first.user.id()).unwrap();
    test.advance(invitations::LINK_DAYS * 86_400);
    assert!(invitations::whose(&app, &test.ctx(), &late.secret).unwrap().is_none());
    assert_eq!(problems(invitations::accept(&app, &test.ctx(), &late.secret, PASSWORD)), ["not-found"]);
    let rep = test.at_work(first.user.id());
    assert_eq!(problems(invitations::issue(&app, &rep, first.user.id())), ["denied"]);
    test.settle();
}

/// Everybody ends their own sessions, and nobody else's.
#[test]
fn sessions_are_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let app = test.app.clone();
    let rep = test.hire("Raul", RoleKey::REP);
    let begin = |agent: &str| {
        let mut ctx = test.ctx();
        ctx.agent = agent.to_owned();
        sessions::begin(&app, &ctx, rep.clone()).unwrap().secret
    };
    let (here, phone, tablet) = (begin("Firefox"), begin("iPhone"), begin("iPad"));
    let at_work = test.at_work(rep.id());
    let own = |secret: &str| {
        let found = sessions::own(&app, &at_work, secret).unwrap();
        found
            .into_iter()
            .map(|(session, is_here)| (session.agent.clone(), is_here, session.id()))
            .collect::<Vec<_>>()
    };
    let mut listed = own(&here);
    listed.sort();
    let shown: Vec<(&str, bool)> =
        listed.iter().map(|(agent, is_here, _)| (agent.as_str(), *is_here)).collect();
    assert_eq!(shown, [("Firefox", true), ("iPad", false), ("iPhone", false)]);
    // Somebody else's is out of reach.
    sessions::end_own(&app, &test.admin(), listed[1].2).unwrap();
    let is_good = |secret: &str| sessions::authenticate(&app, &test.ctx(), secret).unwrap().is_some();
    assert!(is_good(&tablet));
    sessions::end_own(&app, &at_work, listed[1].2).unwrap();
    assert!(!is_good(&tablet) && is_good(&phone));
    sessions::end_others(&app, &at_work, &here).unwrap();
    assert!(!is_good(&phone) && is_good(&here));
    test.settle();
}

/// Leads go over in portions, each with its reason; a stop between two loses and doubles nothing.
#[test]
fn what_somebody_leaves_goes_over_whole() {
    /// More than two portions.
    const LEADS: usize = 230;
    let folder = tempfile::tempdir().unwrap();
    let test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let me = admin.caller().unwrap().user.clone();
    let (rep, heir) = (test.hire("Raul", RoleKey::REP), test.hire("Olga", RoleKey::REP));
    for number in 0..LEADS {
        let lead = test.create(&format!("Casa {number}"));
        let id = model::LeadId(lead.meta.id);
        let lead = leads::assign(&app, &admin, id, lead.meta.version, rep.id()).unwrap();
        if number % 10 == 0 {
            let discarded = model::LeadStatus::Discarded;
            leads::set_status(&app, &admin, id, lead.meta.version, discarded, "preu").unwrap();
        }
    }
    let estate = hand_overs::estate(&app, &admin, rep.id()).unwrap();
    assert_eq!((estate.open, estate.all), (207, 230));
    let leave = |user: &User, to: String| {
        let version = users::get(&app, &admin, user.id()).unwrap().meta.version;
        let draft = LeaveDraft { to, closed_too: false, reason: "Relleu de Raul".to_owned() };
        problems(hand_overs::leave(&app, &admin, user.id(), version, &draft))
    };
    assert_eq!(leave(&me, heir.id().to_string()), [" last-administrator"]);
    assert_eq!(leave(&rep, rep.id().to_string()), ["to choice"]);
    assert_eq!(leave(&rep, heir.id().to_string()), [""; 0]);
    let of = |user: &User| {
        test.all_leads().into_iter().filter(|lead| lead.owner == Some(user.id())).collect::<Vec<_>>()
    };
    assert!(hand_overs::portion(&app, test.ctx().at).unwrap());
    let going = users::get(&app, &admin, rep.id()).unwrap();
    assert_eq!((going.active, going.hand_over.unwrap().done), (false, 100));
    assert_eq!(of(&heir).len(), 100);
    // As after a stop: what is left to do stands in the records alone.
    while hand_overs::portion(&app, test.ctx().at).unwrap() {}
    let (left, taken) = (of(&rep), of(&heir));
    assert_eq!((left.len(), taken.len()), (23, 207));
    assert!(left.iter().all(|lead| !lead.status.is_open()));
    assert!(taken.iter().all(|lead| lead.assignment.as_ref().unwrap().reason == "Relleu de Raul"));
    assert_eq!(users::get(&app, &admin, rep.id()).unwrap().hand_over, None);
    assert_eq!(hand_overs::estate(&app, &admin, heir.id()).unwrap().open, 207);
    assert_eq!(hand_overs::estate(&app, &admin, rep.id()).unwrap().open, 0);
    test.verify();
    // The folder is opened again.
    drop(app);
    test.close_and_compare();
}

/// Whoever is away gets no lead by turns, and gets some again the day after.
#[test]
fn turns_pass_over_those_who_are_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let me = admin.caller().unwrap().user.clone();
    let rep = test.hire("Raul", RoleKey::REP);
    let change = |user: &User, draft: &dyn Fn(UserDraft) -> UserDraft| {
        let now = users::get(&app, &admin, user.id()).unwrap();
        problems(users::update(&app, &admin, user.id(), now.meta.version, &draft(draft_of(&now))))
    };
    let away = |from: &str, to: &str| {
        let absences = vec![(from.to_owned(), to.to_owned()), (String::new(), String::new())];
        change(&rep, &|draft| UserDraft { absences: absences.clone(), ..draft })
    };
    assert_eq!(away("2026-11-25", "2026-11-23"), ["absences.0.to absence-order"]);
    assert_eq!(away("demà", ""), ["absences.0.from date-form", "absences.0.to date-form"]);
    let wrong = |draft: UserDraft| UserDraft {
        time_zone: "Europa/Olot".to_owned(),
        hours: vec!["9-14".to_owned(), "14-9".to_owned()],
        ..draft
    };
    assert_eq!(change(&rep, &wrong), ["time_zone time-zone", "hours.1 hours-form"]);
    assert_eq!(away("2026-11-22", "2026-11-23"), [""; 0]);
    for number in 0..4 {
        assert_eq!(test.create(&format!("Casa {number}")).owner, Some(me.id()));
    }
    test.advance(86_400);
    let owners: std::collections::BTreeSet<_> =
        (4..8).map(|number| test.create(&format!("Casa {number}")).owner).collect();
    assert_eq!(owners, [Some(me.id()), Some(rep.id())].into());
    test.settle();
}

/// The whole way in a browser without JavaScript: invited, opened, chosen, in.
#[tokio::test]
async fn somebody_is_invited_and_comes_in() {
    let kit = Kit::company();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let form = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let with_cookie = [form[0], form[1], ("cookie", cookie.as_str()), ("host", "crm.exemple.cat")];
    let body = "name=Nora&email=nora@exemple.cat&role=rep&language=ca&active=true&password=";
    let shown = kit.ask(Method::POST, "/users/new", &with_cookie, body).await;
    assert_eq!(shown.status, StatusCode::OK);
    let text = shown.text();
    let address = text.split("http://crm.exemple.cat").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(address.starts_with("/welcome/"));
    assert_eq!(kit.get(&address, &[]).await.status, StatusCode::OK);
    let short = kit.ask(Method::POST, &address, &form, "new_password=curta").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = kit.ask(Method::POST, &address, &form, "new_password=una+frase+ben+llarga").await;
    assert_eq!((chosen.status, chosen.header("location")), (StatusCode::SEE_OTHER, "/?notice=welcome"));
    let session = chosen.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_eq!(kit.get("/leads", &[("cookie", &session)]).await.status, StatusCode::OK);
    let account = kit.get("/account", &[("cookie", &session)]).await.text();
    assert!(account.contains("Nora") && account.contains("Comercial"));
    assert_eq!(kit.get(&address, &[]).await.status, StatusCode::GONE);
    // Guesses are counted as at the sign-in.
    let mut last = StatusCode::OK;
    for _ in 0..40 {
        last = kit
            .ask(Method::POST, "/welcome/no-such-link", &form, "new_password=una+frase+llarga")
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
