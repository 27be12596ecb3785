//! Every page of this crate's own nouns with plausible data.

use super::fixtures::{Named, now};
use super::trade::todo;
use model::jiff::{Timestamp, ToSpan};
use model::{FieldErrors, Language, LeadStatus};
use tracte_ui::activities::{TodoAbout, TodoPanel};
use tracte_ui::components::Choice;
use tracte_ui::plugins::{
    AvailablePlugin, CallRow, ConfigField, ConfigKind, Health, Limits, Permission, PluginDetail, PluginRow,
    PluginsPage,
};
use tracte_ui::{Notice, NoticeKind, Shell, Theme};
use tracte_ui::{account, api_docs, api_keys, errors, home, plugins, session, setup, users};

fn ago(minutes: i64) -> Timestamp {
    now().checked_sub(minutes.minutes()).unwrap_or(now())
}

pub(crate) fn of_strangers(shell: &Shell) -> Vec<Named> {
    let new = Shell { company: String::new(), path: "/setup".into(), ..shell.clone() };
    let mut wrong = FieldErrors::default();
    wrong.add("company_name", "required", "");
    wrong.add("admin_password", "password-short", "10");
    let refused = setup::SetupForm { errors: wrong, ..setup::SetupForm::suggested(shell.language) };
    let mut credentials = FieldErrors::default();
    credentials.add("", "credentials", "");
    vec![
        ("setup", setup::page(&new, &setup::SetupForm::suggested(shell.language))),
        ("setup-errors", setup::page(&new, &refused)),
        ("sign-in", session::sign_in(shell, &session::SignInForm::default())),
        (
            "sign-in-errors",
            session::sign_in(
                shell,
                &session::SignInForm {
                    email: "marta@casadevall.cat".into(),
                    errors: credentials,
                    ..Default::default()
                },
            ),
        ),
        ("forgotten", session::forgotten(shell, &forgotten())),
        ("forgotten-asked", session::forgotten(shell, &session::Forgotten { is_asked: true, ..forgotten() })),
        ("forgotten-no-mail", session::forgotten(shell, &session::Forgotten::default())),
        ("sign-in-too-many", session::too_many_attempts(shell, 5)),
        ("error-500-stranger", errors::internal(shell, "01932f6e8f1c")),
    ]
}

fn forgotten() -> session::Forgotten {
    session::Forgotten { email: "marta@casadevall.cat".into(), can_mail: true, ..Default::default() }
}

pub(crate) fn of_users(shell: &Shell) -> Vec<Named> {
    let mut found = vec![
        ("index", home::page(&Shell { as_of: Some(48_213), ..shell.clone() }, &busy_home())),
        (
            "home-empty",
            home::page(
                shell,
                &home::Home {
                    checklist: Some(home::Checklist { users_invited: true, ..Default::default() }),
                    ..Default::default()
                },
            ),
        ),
        ("home-busy", home::page(shell, &home::Home { figures: None, ..busy_home() })),
        ("account", account::page(shell, &my_account())),
        (
            "api-docs",
            api_docs::page(shell, &document(), "/api/v1/openapi.json", "https://crm.exemple.cat/api/v1"),
        ),
    ];
    found.extend(of_administration(shell));
    found.extend(of_plugins(shell));
    found.extend(of_errors(shell));
    found
}

fn of_administration(shell: &Shell) -> Vec<Named> {
    let saved = Shell {
        notice: Some(Notice { kind: NoticeKind::Ok, text: "S’han desat els canvis.".into() }),
        ..shell.clone()
    };
    vec![
        ("users", users::list(&saved, &people())),
        (
            "user-new",
            users::form(
                shell,
                &users::UserForm {
                    role: "rep".into(),
                    language: "ca".into(),
                    takes_leads: true,
                    active: true,
                    team_choices: teams(),
                    ..Default::default()
                },
            ),
        ),
        ("user-edit", users::form(shell, &edited_user())),
        ("api-keys", api_keys::list(shell, &keys())),
        (
            "api-key-created",
            api_keys::created(
                shell,
                &api_keys::NewApiKey {
                    name: "Formulari del web".into(),
                    secret: "tra_4f9a1c0b7e2d8a6f5c3b1e9d7a4f2c8b0d6e".into(),
                },
            ),
        ),
    ]
}

fn of_errors(shell: &Shell) -> Vec<Named> {
    vec![
        ("error-403", errors::forbidden(shell, &["Marta Puig".into(), "Inés Ortega".into()])),
        ("error-404", errors::not_found(shell)),
        ("error-409", errors::conflict(shell, &conflict())),
        ("error-413", errors::too_large(shell, 20_000_000)),
        ("error-422", errors::unprocessable(shell)),
        ("error-429", errors::too_many_requests(shell, 30)),
        ("error-500", errors::internal(shell, "01932f6e8f1c")),
        ("error-503", errors::unavailable(shell)),
    ]
}

fn busy_home() -> home::Home {
    let lead = |title: &str, detail: &str, status, owner: Option<&str>, minutes| home::LatestLead {
        href: "/leads/1".into(),
        title: title.into(),
        detail: detail.into(),
        status,
        owner: owner.map(Into::into),
        created_at: ago(minutes),
    };
    home::Home {
        figures: Some(home::HomeFigures {
            new_leads: 7,
            my_open_leads: 23,
            this_month: 37,
            same_month_last_year: 33,
            answered: home::Answered { leads: 21, median_minutes: Some(192) },
            answered_before: home::Answered { leads: 30, median_minutes: Some(410) },
            mine_by_status: vec![
                (LeadStatus::Assigned, 9),
                (LeadStatus::Contacted, 6),
                (LeadStatus::Nurturing, 5),
                (LeadStatus::Qualified, 3),
            ],
        }),
        latest: vec![
            lead("Ferreteria Soler", "Banyoles · web", LeadStatus::Assigned, Some("Jordi Vila"), 12),
            lead("Òptica Vidal i Fills", "Girona · recomanació", LeadStatus::New, None, 95),
            lead("Hotel Can Xiquet", "Cantallops · fira", LeadStatus::Contacted, Some("Marta Puig"), 320),
            lead(
                "Cooperativa Agrícola de l’Empordà i la Selva",
                "Castelló d’Empúries · telèfon",
                LeadStatus::Qualified,
                Some("Anna Coll-llobera"),
                1_700,
            ),
            lead("Cal Ñoño", "Olot · correu electrònic", LeadStatus::Discarded, Some("Jordi Vila"), 4_400),
        ],
        todo: own_todo(),
        approvals: Some(home::WaitingQuotes { count: 2, has_more: false, href: "/quotes".into() }),
        expiring: Some(home::ExpiringDocuments { count: 3, has_more: false, href: "/documents".into() }),
        imports: vec![home::RunningImport {
            href: "/imports/1".into(),
            file_name: "clients-2026.xlsx".into(),
            done: 6_412,
            total: 10_000,
        }],
        checklist: None,
    }
}

/// What the reader is to do, with what each is about.
fn own_todo() -> TodoPanel {
    let mut panel = todo();
    for line in &mut panel.lines {
        let about =
            TodoAbout { href: "/leads/1".into(), name: "Cooperativa Agrícola de l’Empordà".into() };
        (line.owner, line.about) = (None, Some(about));
    }
    panel
}

fn my_account() -> account::Account {
    account::Account {
        version: 3,
        name: "Marta Puigdomènech i Serra".into(),
        email: "marta@casadevall.cat".into(),
        role: "Administració".into(),
        teams: vec!["Girona".into()],
        language: Language::Ca,
        theme: Theme::System,
        has_keys: true,
        has_second_factor: true,
        sessions: vec![
            account::SessionRow {
                id: "1".into(),
                agent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0".into(),
                address: "192.0.2.7".into(),
                begun_at: ago(90_000),
                seen_at: ago(40),
                is_here: true,
            },
            account::SessionRow {
                id: "2".into(),
                agent: "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1".into(),
                address: "2001:db8::7".into(),
                begun_at: ago(9_000),
                seen_at: ago(3_000),
                is_here: false,
            },
        ],
        errors: FieldErrors::default(),
    }
}

fn roles() -> Vec<Choice> {
    vec![
        Choice::new("administrator", "Administració").hint("Ho veu i ho configura tot."),
        Choice::new("rep", "Comercial").hint("Veu i canvia només els seus clients potencials."),
    ]
}

fn teams() -> Vec<Choice> {
    vec![Choice::new("1", "Girona"), Choice::new("2", "Barcelona")]
}

fn people() -> users::UsersPage {
    let row = |name: &str, email: &str, role: &str, teams: &[&str], takes_leads, active| users::UserRow {
        id: "1".into(),
        name: name.into(),
        email: email.into(),
        role: role.into(),
        teams: teams.iter().map(|&team| team.into()).collect(),
        takes_leads,
        active,
        invited: false,
    };
    let team = |id: &str, name: &str, members| users::TeamRow {
        id: id.into(),
        name: name.into(),
        manager: Some("Inés Ortega".into()),
        parent: None,
        members,
    };
    users::UsersPage {
        users: vec![
            row(
                "Marta Puigdomènech i Serra",
                "marta@casadevall.cat",
                "Administració",
                &["Girona"],
                false,
                true,
            ),
            row(
                "Inés Ortega",
                "ines@casadevall.cat",
                "Responsable de vendes",
                &["Girona", "Barcelona"],
                false,
                true,
            ),
            row("Jordi Vila", "jordi@casadevall.cat", "Comercial", &["Girona"], true, true),
            row("Anna Coll-llobera", "anna@casadevall.cat", "Comercial", &["Barcelona"], true, true),
            row("Pere Roca", "pere@casadevall.cat", "Comercial", &[], false, false),
        ],
        teams: vec![team("1", "Girona", 3), team("2", "Barcelona", 1)],
        ..Default::default()
    }
}

fn edited_user() -> users::UserForm {
    let mut errors = FieldErrors::default();
    errors.add("email", "taken", "jordi@casadevall.cat");
    users::UserForm {
        has_identity: true,
        has_second_factor: true,
        id: Some("1".into()),
        version: 4,
        name: "Jordi Vila".into(),
        email: "jordi@casadevall.cat".into(),
        role: "rep".into(),
        roles: roles(),
        teams: vec!["1".into()],
        language: "ca".into(),
        takes_leads: true,
        active: true,
        was_active: true,
        absences: vec![("2026-12-24".into(), "2027-01-06".into())],
        team_choices: teams(),
        errors,
        ..Default::default()
    }
}

fn keys() -> api_keys::ApiKeysPage {
    let key = |name: &str, role: &str, revoked_at| api_keys::ApiKeyRow {
        id: "1".into(),
        name: name.into(),
        prefix: "tra_4f9a".into(),
        role: role.into(),
        user: "Marta Puig".into(),
        created_at: ago(90_000),
        revoked_at,
    };
    api_keys::ApiKeysPage {
        keys: vec![
            key("Formulari del web", "Comercial", None),
            key("Full de càlcul de direcció", "Responsable de vendes", None),
            key("Prova", "Administració", Some(ago(3_000))),
        ],
        roles: roles(),
        role: "rep".into(),
        user: "1".into(),
        user_choices: vec![Choice::new("1", "Marta Puig"), Choice::new("2", "Jordi Vila")],
        ..Default::default()
    }
}

fn of_plugins(shell: &Shell) -> Vec<Named> {
    let row = |title: &str, summary: &str, version: &str, health| PluginRow {
        id: "1".into(),
        title: title.into(),
        summary: summary.into(),
        version: version.into(),
        health,
    };
    let page = PluginsPage {
        installed: vec![
            row(
                "Assignació per territori",
                "Reparteix segons el prefix del codi postal.",
                "0.1.0",
                Health::Healthy,
            ),
            row(
                "Prioritat per import",
                "Els imports alts, a l’equip de grans comptes.",
                "1.2.0",
                Health::Failing { in_a_row: 2 },
            ),
            row(
                "Torns amb capacitat",
                "Per torns, amb un màxim diari.",
                "2.0.1",
                Health::Paused { until: ago(-25) },
            ),
            row("Classificador", "Etiqueta per sector.", "0.3.0", Health::Disabled),
        ],
        available: vec![AvailablePlugin {
            file_name: "capacity.wasm".into(),
            title: "Capacitat diària".into(),
            summary: "Ningú no en rep més de N al dia".into(),
            version: "0.1.0".into(),
        }],
        errors: FieldErrors::default(),
    };
    vec![
        ("plugins", plugins::list(shell, &page)),
        ("plugins-empty", plugins::list(shell, &PluginsPage { installed: Vec::new(), ..page })),
        ("plugin", plugins::detail(shell, &plugin())),
    ]
}

fn plugin() -> PluginDetail {
    let call = |title: &str, outcome: &str, text: &str, logs: &[&str], minutes| CallRow {
        at: ago(minutes),
        about_href: "/leads/1".into(),
        about_title: title.into(),
        outcome: outcome.into(),
        text: text.into(),
        logs: logs.iter().map(|&line| line.into()).collect(),
        fuel: 74_756,
        wall_us: 930,
    };
    let field = |key: &str, kind, title: &str, help: &str, value: &str| ConfigField {
        key: key.into(),
        kind,
        title: title.into(),
        help: help.into(),
        required: key == "territories",
        value: value.into(),
        error: None,
    };
    PluginDetail {
        id: "1".into(),
        version: 7,
        title: "Assignació per territori".into(),
        summary: "Reparteix els clients potencials segons el prefix del codi postal.".into(),
        name: "tracte.assign-by-territory".into(),
        plugin_version: "0.1.0".into(),
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        size_bytes: 28_412,
        hooks: vec!["assigner".into()],
        permissions: vec![
            Permission::SeeLead,
            Permission::SeeCandidates,
            Permission::ReadConfig,
            Permission::WriteLog,
        ],
        limits: Limits { fuel: 200_000_000, wall_ms: 250, memory_mb: 64 },
        enabled: true,
        health: Health::Failing { in_a_row: 2 },
        config: vec![
            ConfigField {
                error: Some("La línia 3 no té cap prefix".into()),
                ..field(
                    "territories",
                    ConfigKind::Text,
                    "Territoris",
                    "Una línia per territori: prefixos = correu",
                    "17 = jordi@casadevall.cat\n08, 43 = anna@casadevall.cat\n = pere@casadevall.cat",
                )
            },
            field(
                "fallback",
                ConfigKind::Choices(vec!["torns".into(), "ningú".into()]),
                "Si cap no coincideix",
                "",
                "torns",
            ),
            field("maximum", ConfigKind::Integer, "Màxim diari per persona", "0 vol dir sense límit.", "12"),
            field("strict", ConfigKind::Boolean, "Només codis postals complets", "", "true"),
        ],
        calls: vec![
            call(
                "Ferreteria Soler",
                "assigned",
                "El codi postal 17820 comença per 17",
                &["prefix 17", "candidat jordi@casadevall.cat"],
                12,
            ),
            call("Òptica Vidal i Fills", "skipped", "Sense codi postal", &[], 95),
            call("Hotel Can Xiquet", "timeout", "interrupted after 250 ms", &[], 320),
        ],
        calls_total: 41,
        more_calls_href: Some("/plugins/1?calls=6#call-4".into()),
    }
}

fn conflict() -> errors::Conflict {
    let field = |name: &str, label: &str, mine: &str, saved: &str| errors::ConflictField {
        name: name.into(),
        label: label.into(),
        mine: mine.into(),
        saved: saved.into(),
        mine_shown: mine.into(),
        saved_shown: saved.into(),
    };
    errors::Conflict {
        title: "Ferreteria Soler".into(),
        action: "/leads/1".into(),
        version_now: 8,
        changed_by: "Jordi Vila".into(),
        changed_at: ago(3),
        fields: vec![
            field("phone", "Telèfon", "972 57 01 02", "972 57 01 03"),
            field("town", "Població", "Banyoles", ""),
        ],
        rest: vec![("name".into(), "Ferreteria Soler".into())],
        back_href: "/leads/1".into(),
    }
}

fn document() -> model::json::Value {
    model::json::json!({
        "openapi": "3.0.0",
        "info": { "title": "Tracte", "version": "1" },
        "paths": {
            "/leads": {
                "get": { "tags": ["Leads"], "summary": "List leads", "parameters": [
                    { "name": "cursor", "in": "query", "schema": { "type": "string" }, "description": "Where the last page ended" },
                    { "name": "status", "in": "query", "schema": { "$ref": "#/components/schemas/Status" } } ],
                    "responses": { "200": { "description": "A page of leads", "content": { "application/json; charset=utf-8": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Lead" } } } } } } },
                "post": { "tags": ["Leads"], "summary": "Create a lead", "description": "The lead is assigned at once.",
                    "requestBody": { "content": { "application/json; charset=utf-8": { "schema": { "$ref": "#/components/schemas/Lead" } } } },
                    "responses": { "201": { "description": "The lead" }, "422": { "description": "What is wrong, field by field" } } }
            },
            "/leads/{id}": { "delete": { "tags": ["Leads"], "summary": "Delete a lead", "responses": { "204": { "description": "Gone" } } } }
        },
        "components": { "schemas": {
            "Status": { "type": "string", "enum": ["new", "assigned"] },
            "Lead": { "type": "object", "required": ["company"], "properties": {
                "company": { "type": "string", "description": "The company's name", "example": "Ferreteria Soler" },
                "status": { "$ref": "#/components/schemas/Status" },
                "amount": { "type": "object", "properties": { "minor_units": { "type": "integer", "format": "int64" }, "currency": { "type": "string" } } } } }
        } }
    })
}
