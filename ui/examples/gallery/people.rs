//! Pages about roles, teams, invitations and leaving, with plausible data.

use super::fixtures::{Named, now};
use model::{Action, FieldErrors, Kind, Level, Piece, Role};
use tracte_ui::components::Choice;
use tracte_ui::pieces::{PieceFrame, PieceRow};
use tracte_ui::{Shell, invitations, leaving, roles, teams};

pub(crate) fn of_users(shell: &Shell) -> Vec<Named> {
    let rows: Vec<PieceRow> = Role::ready()
        .into_iter()
        .map(|(key, role)| PieceRow {
            key: key.into(),
            label: role.label.get(shell.language).into(),
            detail: roles::people(shell.locale(), 2),
            archived: key == "read_only",
        })
        .collect();
    let link = invitations::NewLink {
        name: "Jordi Vila".into(),
        email: "jordi@casadevall.cat".into(),
        address: format!("https://crm.casadevall.cat/welcome/{}", "4f9a".repeat(16)),
        expires_at: now(),
        is_first: true,
        is_mailed: true,
    };
    vec![
        ("roles", roles::list(shell, &rows)),
        ("role", roles::form(shell, &role("rep"))),
        ("role-errors", roles::form(shell, &refused_role())),
        ("role-administrator", roles::form(shell, &role("administrator"))),
        ("user-sees", roles::sees(shell, &seen())),
        ("team", teams::form(shell, &team())),
        ("user-link", invitations::shown(shell, &link)),
        ("user-leaves", leaving::page(shell, &leave())),
    ]
}

pub(crate) fn of_strangers(shell: &Shell) -> Vec<Named> {
    let welcome = invitations::Welcome {
        action: "/welcome/4f9a".into(),
        name: "Jordi Vila".into(),
        email: "jordi@casadevall.cat".into(),
        is_first: true,
        errors: FieldErrors::default(),
    };
    vec![
        ("welcome", invitations::welcome(shell, &welcome)),
        ("welcome-worthless", invitations::worthless(shell)),
    ]
}

fn role(key: &str) -> roles::RoleForm {
    let ready = Role::ready().into_iter().find(|(ready, _)| *ready == key);
    roles::RoleForm {
        frame: PieceFrame { key: Some(key.into()), is_ready: true, version: 2, ..PieceFrame::default() },
        role: ready.map_or_else(Role::nothing, |(_, role)| role),
        is_administrator: key == "administrator",
        used_by: vec![
            ("/users/1".into(), "Jordi Vila".into()),
            ("/users/2".into(), "Anna Coll-llobera".into()),
        ],
        copies: Vec::new(),
    }
}

fn refused_role() -> roles::RoleForm {
    let mut view = role("rep");
    view.frame = PieceFrame::default();
    view.copies = vec![("/settings/roles/new?from=manager".into(), "Responsable de vendes".into())];
    if let Some(levels) = view.role.levels.get_mut(&Kind::Lead) {
        *levels.get_mut(Action::Change) = Level::All;
    }
    view.frame.errors.add("label_ca", "required", "");
    view.frame.errors.add("lead.change", "level-above-see", "");
    view
}

fn seen() -> roles::Sees {
    roles::Sees {
        user_href: "/users/1".into(),
        name: "Jordi Vila".into(),
        role: model::Label::new("Comercial", "Comercial", "Sales rep"),
        role_href: "/settings/roles/rep".into(),
        teams: vec!["Girona".into()],
        seen: "128".into(),
        changed: "128".into(),
        exported: "0".into(),
        first: vec![("Fusteria Puig".into(), "Jordi Vila".into())],
        navigation: vec!["Inici".into(), "Clients potencials".into()],
        settings: Vec::new(),
    }
}

fn people() -> Vec<Choice> {
    vec![Choice::new("1", "Jordi Vila"), Choice::new("2", "Anna Coll-llobera")]
}

fn team() -> teams::TeamForm {
    teams::TeamForm {
        id: "1".into(),
        version: 3,
        name: "Girona".into(),
        manager: "2".into(),
        members: vec!["1".into()],
        people: people(),
        parents: vec![Choice::new("2", "Barcelona")],
        uses: vec![("Jordi Vila".into(), Some("/users/1".into()))],
        may_remove: true,
        ..Default::default()
    }
}

fn leave() -> leaving::Leave {
    leaving::Leave {
        id: "1".into(),
        version: 4,
        name: "Jordi Vila".into(),
        open: 87,
        all: 1_240,
        people: people(),
        reason: "Relleu de Jordi Vila".into(),
        ..Default::default()
    }
}
