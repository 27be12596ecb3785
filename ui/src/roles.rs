//! Roles: the list, the matrix of one role, and what somebody sees with theirs.

use crate::Locale;
use crate::components::{Column, Field, Kpi, kpis, page_head, panel, table, tag};
use crate::messages::t;
use crate::pieces::{self, PieceFrame, PieceList, PieceRow, label_fields};
use crate::problems;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::{Action, Kind, Label, Level, Role};

pub const PATH: &str = "/settings/roles";

/// The matrix of one role. Sends `label_ca`…, `help_ca`…, and a level for each `<entity>.<action>`; `from` for a copy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoleForm {
    pub frame: PieceFrame,
    pub role: Role,
    /// May do everything, and stays so.
    pub is_administrator: bool,
    /// Who has it: address and name.
    pub used_by: Vec<(String, String)>,
    /// Address and name of roles that a new one can begin as.
    pub copies: Vec<(String, String)>,
}

pub fn entity_name(l: Locale<'_>, kind: Kind) -> String {
    match kind {
        Kind::Lead => t!(l, "roles-entity-leads"),
        Kind::Activity => t!(l, "roles-entity-notes"),
        Kind::Import => t!(l, "roles-entity-imports"),
        Kind::User => t!(l, "roles-entity-users"),
        Kind::Team => t!(l, "roles-entity-teams"),
        Kind::Settings => t!(l, "roles-entity-settings"),
        Kind::Plugin => t!(l, "roles-entity-plugins"),
        Kind::ApiKey => t!(l, "roles-entity-api-keys"),
        other => crate::records::list_title(l, other),
    }
}

pub fn action_name(l: Locale<'_>, action: Action) -> String {
    match action {
        Action::See => t!(l, "roles-action-see"),
        Action::Create => t!(l, "roles-action-create"),
        Action::Change => t!(l, "roles-action-change"),
        Action::Delete => t!(l, "roles-action-delete"),
        Action::Export => t!(l, "roles-action-export"),
    }
}

/// How many have a role.
pub fn people(l: Locale<'_>, count: usize) -> String {
    t!(l, "roles-people", count = count)
}

/// Where there is nothing between all and none, it is yes and no.
pub fn level_name(l: Locale<'_>, level: Level, choices: &[Level]) -> String {
    match level {
        Level::All if choices.len() == 2 => t!(l, "roles-level-yes"),
        Level::None if choices.len() == 2 => t!(l, "roles-level-no"),
        Level::All => t!(l, "roles-level-all"),
        Level::Team => t!(l, "roles-level-team"),
        Level::Own => t!(l, "roles-level-own"),
        Level::None => t!(l, "roles-level-none"),
    }
}

pub fn list(shell: &Shell, rows: &[PieceRow]) -> Markup {
    let l = shell.locale();
    let (title, intro, new) = (t!(l, "roles-title"), t!(l, "roles-intro"), t!(l, "roles-new"));
    pieces::list(shell, &PieceList { title, intro, path: PATH, icon: "shield-check", new, rows })
}

pub fn form(shell: &Shell, view: &RoleForm) -> Markup {
    let l = shell.locale();
    let errors = &view.frame.errors;
    let title = match &view.frame.key {
        Some(_) => view.role.label.get(l.language).to_owned(),
        None => t!(l, "roles-new"),
    };
    let body = html! {
        @if view.frame.key.is_none() { (beginnings(l, view)) }
        section.panel {
            div.body {
                div.form-grid { (label_fields(l, "label", &t!(l, "pieces-name"), &view.role.label, errors)) }
                details {
                    summary { (t!(l, "roles-help")) }
                    div.form-grid { (help_fields(l, view)) }
                }
            }
        }
        section.panel {
            header { h2 { (t!(l, "roles-matrix")) } }
            div.body {
                @if view.is_administrator { p.muted { (t!(l, "roles-administrator-text")) } }
                @else { p.muted { (t!(l, "roles-matrix-text")) } }
            }
            (matrix(l, view))
        }
        @if !view.is_administrator { (limits(l, view)) }
        @if view.frame.key.is_some() { (users(l, view)) }
    };
    pieces::form(shell, PATH, &title, &view.frame, body)
}

pub fn discount_name(l: Locale<'_>) -> String {
    t!(l, "roles-discount-max")
}

pub fn margin_name(l: Locale<'_>) -> String {
    t!(l, "roles-margin-min")
}

/// How far quotes may go before somebody else is asked.
fn limits(l: Locale<'_>, view: &RoleForm) -> Markup {
    let typed = |percent: Option<model::Decimal>| {
        percent.map(|percent| percent.normalize().to_string().replace('.', ",")).unwrap_or_default()
    };
    let (discount, margin) = (typed(view.role.discount_max), typed(view.role.margin_min));
    let errors = &view.frame.errors;
    html! {
        section.panel {
            header { h2 { (t!(l, "roles-limits")) } }
            div.body {
                p.muted { (t!(l, "roles-limits-text")) }
                div.form-grid {
                    (Field::decimal("discount_max", discount_name(l)).value(&discount).problems(l, errors))
                    (Field::decimal("margin_min", margin_name(l)).value(&margin).problems(l, errors))
                }
            }
        }
    }
}

/// Which role a new one begins as.
fn beginnings(l: Locale<'_>, view: &RoleForm) -> Markup {
    html! {
        nav.stack-s aria-label=(t!(l, "roles-copy-of")) {
            p { (t!(l, "roles-copy-of")) }
            div.actions { @for (href, label) in &view.copies { a.btn href=(href) { (label) } } }
        }
    }
}

fn help_fields(l: Locale<'_>, view: &RoleForm) -> Markup {
    html! {
        @for language in model::Language::ALL {
            @let name = format!("help_{}", language.code());
            (Field::text(&name, format!("{} ({})", t!(l, "roles-help"), crate::shell::language_name(language)))
                .value(view.role.help.own(language)).problems(l, &view.frame.errors).maximum_characters(200).full())
        }
    }
}

fn matrix(l: Locale<'_>, view: &RoleForm) -> Markup {
    let mut columns = vec![Column::text(t!(l, "roles-entity"))];
    columns.extend(Action::ALL.into_iter().map(|action| Column::text(action_name(l, action))));
    let rows = html! {
        @for kind in Role::ENTITIES {
            tr {
                th scope="row" { (entity_name(l, *kind)) }
                @for (action, column) in Action::ALL.into_iter().zip(&columns[1..]) {
                    td data-l=(column.label) { (cell(l, view, *kind, action)) }
                }
            }
        }
    };
    table(&t!(l, "roles-matrix"), &columns, rows)
}

fn cell(l: Locale<'_>, view: &RoleForm, kind: Kind, action: Action) -> Markup {
    let choices = Role::choices(kind, action);
    let level = view.role.levels.get(&kind).copied().unwrap_or_default().get(action);
    let name = format!("{kind}.{}", action.as_str());
    let id = format!("f-{kind}-{}", action.as_str());
    let error = problems::of(l, &view.frame.errors, &name);
    let error_id = error.as_ref().map(|_| format!("{id}-error"));
    html! {
        @if choices.is_empty() {
            span.muted { (fixed(l, kind, action)) }
        } @else if view.is_administrator {
            (level_name(l, level, choices))
        } @else {
            div.field {
                select id=(id) name=(name) aria-label=(format!("{}: {}", entity_name(l, kind), action_name(l, action)))
                    aria-invalid=[error.as_ref().map(|_| "true")] aria-describedby=[error_id.as_deref()] {
                    @for choice in choices {
                        option value=(choice.as_str()) selected[*choice == level] { (level_name(l, *choice, choices)) }
                    }
                    // A level of an older version that means nothing here any more stays until somebody chooses.
                    @if !choices.contains(&level) { option value=(level.as_str()) selected { (level_name(l, level, &[])) } }
                }
            }
            @if let Some(error) = error { p.error id=[error_id] { (error) } }
        }
    }
}

/// Where nothing is to be decided: what it goes by.
fn fixed(l: Locale<'_>, kind: Kind, action: Action) -> String {
    match (kind, action) {
        (Kind::User | Kind::Team, Action::See) => t!(l, "roles-fixed-names"),
        (Kind::Activity | Kind::Document, Action::Change) => t!(l, "roles-fixed-as-create"),
        (Kind::Activity | Kind::Document, _) => t!(l, "roles-fixed-with-lead"),
        _ => "—".to_owned(),
    }
}

fn users(l: Locale<'_>, view: &RoleForm) -> Markup {
    panel(
        &t!(l, "roles-used-by"),
        html! {},
        html! {
            div.body {
                @if view.used_by.is_empty() { p.muted { (t!(l, "roles-unused")) } }
                @else { ul { @for (href, name) in &view.used_by { li { a href=(href) { (name) } } } } }
            }
        },
    )
}

/// `GET /users/{id}/sees`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sees {
    pub user_href: String,
    pub name: String,
    pub role: Label,
    /// Address of the role's page.
    pub role_href: String,
    /// The teams that «team» reaches.
    pub teams: Vec<String>,
    /// How many leads, as words: «12», «more than 10.000».
    pub seen: String,
    pub changed: String,
    pub exported: String,
    /// The newest ones: title and whose it is.
    pub first: Vec<(String, String)>,
    /// The entries of the navigation and of the settings that they get.
    pub navigation: Vec<String>,
    pub settings: Vec<String>,
}

pub fn sees(shell: &Shell, view: &Sees) -> Markup {
    let l = shell.locale();
    let title = t!(l, "roles-sees-title", name = view.name.as_str());
    let tile = |label: String, figure: &str| Kpi {
        label,
        figure: figure.to_owned(),
        href: None,
        trend: None,
        note: None,
    };
    let tiles = [
        tile(t!(l, "roles-sees-seen"), &view.seen),
        tile(t!(l, "roles-sees-changed"), &view.changed),
        tile(t!(l, "roles-sees-exported"), &view.exported),
    ];
    shell.page(
        &Page::new(&title, Nav::Users),
        html! {
            p { a.btn.quiet href=(view.user_href) { (crate::components::icon("arrow-left")) (view.name) } }
            (page_head(&title, Some(&t!(l, "roles-sees-intro")), html! { a.btn href=(view.role_href) { (view.role.get(l.language)) } }))
            @if !view.teams.is_empty() {
                p { (t!(l, "roles-sees-teams")) " " @for team in &view.teams { (tag("", "users", team)) " " } }
            }
            (kpis(l.language, &tiles))
            div.cols.even {
                div { (first(l, view)) }
                div {
                    (panel(&t!(l, "roles-sees-navigation"), html! {}, lines(l, &view.navigation)))
                    (panel(&t!(l, "roles-sees-settings"), html! {}, lines(l, &view.settings)))
                }
            }
        },
    )
}

fn first(l: Locale<'_>, view: &Sees) -> Markup {
    let title = t!(l, "roles-sees-first");
    let columns = [Column::text(t!(l, "roles-entity-leads")), Column::text(t!(l, "common-field-owner"))];
    let rows = html! {
        @for (lead, owner) in &view.first {
            tr { th scope="row" { (lead) } td data-l=(columns[1].label) { (owner) } }
        }
    };
    let body = if view.first.is_empty() {
        html! { div.body { p.muted { (t!(l, "roles-sees-nothing")) } } }
    } else {
        table(&title, &columns, rows)
    };
    panel(&title, html! {}, body)
}

fn lines(l: Locale<'_>, lines: &[String]) -> Markup {
    html! {
        div.body {
            @if lines.is_empty() { p.muted { (t!(l, "roles-sees-nothing")) } }
            @else { ul { @for line in lines { li { (line) } } } }
        }
    }
}
