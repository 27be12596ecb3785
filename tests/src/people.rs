//! Roles, teams and people: what cannot happen to them, and who may do what to whom.

use crate::test_app::TestApp;
use model::{Action, Kind, Label, Level, Levels, Role, RoleKey, TeamId, User};
use services::configuration;
use services::teams::{self, TeamDraft};
use services::users::{self, UserDraft};
use services::{Ctx, Error, api_keys};

fn role(label: &str, lines: &[(Kind, Levels)]) -> Role {
    Role { label: Label::new(label, "", ""), levels: lines.iter().copied().collect(), ..Role::nothing() }
}

/// `field code` of each problem; `denied` and the like for other refusals.
fn problems<T>(done: Result<T, Error>) -> Vec<String> {
    match done {
        Ok(_) => Vec::new(),
        Err(Error::Invalid(errors)) => {
            errors.0.into_iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect()
        }
        Err(error) => vec![error.code().to_owned()],
    }
}

fn draft_of(user: &User) -> UserDraft {
    UserDraft {
        name: user.name.clone(),
        email: user.email.clone(),
        role: user.role.to_string(),
        teams: user.teams.iter().map(TeamId::to_string).collect(),
        language: user.language.code().to_owned(),
        takes_leads: user.takes_leads,
        active: user.active,
        password: String::new(),
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
            (Kind::Lead, Levels::same(Level::Team)),
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
    assert_eq!(problems(teams::create(&app, &admin, &draft("Vila", Some(coast.id())))), ["parent team-nested"]);
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
    let uses = |id| teams::uses(&app, &admin, id).unwrap().into_iter().map(|used| used.kind).collect::<Vec<_>>();
    assert_eq!((uses(north.id()), remove(north.id())), (vec![Kind::Team], vec![" in-use".to_owned()]));
    assert_eq!((uses(coast.id()), remove(coast.id())), (vec![Kind::User], vec![" in-use".to_owned()]));
    assert!(uses(first).contains(&Kind::Settings));
    assert_eq!(update(coast.id(), &draft("Costa", Some(north.id()))), [""; 0]);
    assert_eq!(remove(coast.id()), [""; 0]);
    assert_eq!(remove(north.id()), [""; 0]);
    // A rep does none of it.
    let at_work = test.at_work(rep.id());
    assert_eq!(problems(teams::create(&app, &at_work, &draft("Meu", None))), ["denied"]);
    assert!(!services::permissions::may(&at_work, Kind::Team, Action::Change));
    test.settle();
    test.verify();
}
