//! Users and teams: the list, one person's form, and the teams beside them.

use crate::Locale;
use crate::components::{
    Choice, Column, Empty, Field, empty, error_summary, form_actions, icon, page_head, panel, person,
    post_button, primary_link, table, tag,
};
use crate::format;
use crate::messages::t;
use crate::setup::{PASSWORD_CHARACTERS_MIN, language_choices};
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::FieldErrors;
use model::jiff::civil::Weekday;

/// A user in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UserRow {
    pub id: String,
    pub name: String,
    pub email: String,
    /// The role's label.
    pub role: String,
    pub teams: Vec<String>,
    pub takes_leads: bool,
    pub active: bool,
    /// Has not chosen a password yet.
    pub invited: bool,
}

/// A team in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TeamRow {
    pub id: String,
    pub name: String,
    pub manager: Option<String>,
    /// The team it is below.
    pub parent: Option<String>,
    pub members: u64,
}

/// `GET /users`, and what comes back when a team's name is refused. `POST /teams` sends
/// `team_name`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UsersPage {
    pub users: Vec<UserRow>,
    pub teams: Vec<TeamRow>,
    /// How many people are included; 0: no number.
    pub seats: u32,
    /// As in its field.
    pub seats_typed: String,
    /// How many may sign in.
    pub active: u64,
    pub may_set_seats: bool,
    /// The name typed for a new team.
    pub team_name: String,
    pub errors: FieldErrors,
}

pub fn list(shell: &Shell, view: &UsersPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "users-title");
    shell.page(
        &Page::new(&title, Nav::Users).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, None, primary_link("/users/new", "user-plus", &t!(l, "users-new"))))
            div.cols {
                div { (users_table(l, &view.users)) }
                div { (teams_panel(l, view)) (seats_panel(l, view)) }
            }
        },
    )
}

fn users_table(l: Locale<'_>, users: &[UserRow]) -> Markup {
    let columns = [
        Column::text(t!(l, "users-name")),
        Column::text(t!(l, "users-role")),
        Column::text(t!(l, "users-teams")),
        Column::text(t!(l, "users-state")),
    ];
    let rows = html! {
        @for user in users {
            tr {
                th scope="row" {
                    a href=(format!("/users/{}", user.id)) { (person(&user.name)) }
                    span.sub { (user.email) }
                }
                td data-l=(columns[1].label) { (user.role) }
                td data-l=(columns[2].label) { (user.teams.join(", ")) }
                td data-l=(columns[3].label) { (state_tag(l, user)) }
            }
        }
    };
    table(&t!(l, "users-people"), &columns, rows)
}

fn state_tag(l: Locale<'_>, user: &UserRow) -> Markup {
    match (user.active, user.takes_leads) {
        (false, _) => tag("", "user-x", &t!(l, "users-inactive")),
        _ if user.invited => tag("warn", "clock", &t!(l, "users-invited")),
        (true, true) => tag("ok", "user-check", &t!(l, "users-receives")),
        (true, false) => tag("info", "check", &t!(l, "users-active")),
    }
}

fn teams_panel(l: Locale<'_>, view: &UsersPage) -> Markup {
    panel(
        &t!(l, "users-teams"),
        html! {},
        html! {
            ul.rows {
                @for team in &view.teams {
                    li {
                        a.grow href=(format!("/teams/{}", team.id)) {
                            strong { (team.name) } " " span.sub { (team_facts(l, team)) }
                        }
                    }
                }
            }
            footer {
                form.form method="post" action="/teams" novalidate {
                    (Field::text("team_name", t!(l, "users-new-team")).value(&view.team_name).problems(l, &view.errors).maximum_characters(120))
                    button.btn type="submit" { (icon("plus")) (t!(l, "users-add-team")) }
                }
            }
        },
    )
}

/// How many sign in and how many are included: a warning, never a lock.
fn seats_panel(l: Locale<'_>, view: &UsersPage) -> Markup {
    let over = view.seats > 0 && view.active > u64::from(view.seats);
    panel(
        &t!(l, "users-seats"),
        html! {},
        html! {
            div.body {
                @if over {
                    p.notice.warn role="status" { (icon("triangle-alert")) span.words { (t!(l, "users-seats-over", active = view.active, seats = view.seats)) } }
                } @else if view.seats > 0 {
                    p { (t!(l, "users-seats-used", active = view.active, seats = view.seats)) }
                } @else {
                    p { (t!(l, "users-seats-none", count = view.active)) }
                }
                @if view.may_set_seats {
                    form.form method="post" action="/users/seats" novalidate {
                        (Field::whole_number("seats", t!(l, "users-seats-included")).value(&view.seats_typed).hint(t!(l, "users-seats-hint")).problems(l, &view.errors).optional(l).maximum_characters(4))
                        button.btn type="submit" { (t!(l, "common-save")) }
                    }
                }
            }
        },
    )
}

fn team_facts(l: Locale<'_>, team: &TeamRow) -> String {
    let mut facts = vec![t!(l, "users-members", count = team.members)];
    facts.extend(team.manager.as_ref().map(|name| t!(l, "teams-managed-by", name = name.as_str())));
    facts.extend(team.parent.as_ref().map(|name| t!(l, "teams-below", name = name.as_str())));
    facts.join(" · ")
}

/// One person. `POST /users/new` or `POST /users/{id}` with these names, `password`, and `version`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UserForm {
    /// Nothing for somebody new.
    pub id: Option<String>,
    pub version: u64,
    pub name: String,
    pub email: String,
    /// The key of a role.
    pub role: String,
    /// The roles that the reader may give.
    pub roles: Vec<Choice>,
    /// Ids of the teams; sent as repeated `teams`.
    pub teams: Vec<String>,
    pub language: String,
    pub takes_leads: bool,
    pub active: bool,
    /// Whether they may sign in as things are stored: then taking it away has a page of its own.
    pub was_active: bool,
    /// IANA name; empty: the company's.
    pub time_zone: String,
    /// As typed, Monday first; all empty: the company's. Sent as `hours.<day>`.
    pub hours: Vec<String>,
    /// First and last days, as typed. Sent as `absences.<place>.from` and `.to`.
    pub absences: Vec<(String, String)>,
    /// They left, and leads are on their way: how many went, and to whom.
    pub going_over: Option<(u64, String)>,
    /// They sign in with a code besides the password.
    /// They entered with an account at the identity provider.
    pub has_identity: bool,
    pub has_second_factor: bool,
    /// Id and name of every team.
    pub team_choices: Vec<Choice>,
    pub errors: FieldErrors,
}

pub fn form(shell: &Shell, view: &UserForm) -> Markup {
    let l = shell.locale();
    let title = match &view.id {
        Some(_) => t!(l, "users-edit-title", name = view.name.as_str()),
        None => t!(l, "users-new-title"),
    };
    let action = match &view.id {
        Some(id) => format!("/users/{id}"),
        None => "/users/new".to_owned(),
    };
    shell.page(
        &Page::new(&title, Nav::Users).errors(&view.errors),
        html! {
            div.narrow.stack-m {
                (error_summary(l, &view.errors))
                (page_head(&title, None, html! {
                    @if let (Some(id), Some(true)) = (&view.id, shell.user.as_ref().map(|user| user.may.manage_roles)) {
                        a.btn href=(format!("/users/{id}/sees")) { (icon("eye")) (t!(l, "roles-sees")) }
                    }
                    @if let Some(id) = &view.id { (crate::audit::link(shell.locale(), id)) }
                }))
                form.form method="post" action=(action) novalidate {
                    @if view.id.is_some() { input type="hidden" name="version" value=(view.version); }
                    section.panel { header { h2 { (t!(l, "users-person")) } } div.body { (person_fields(l, view)) } }
                    section.panel { header { h2 { (t!(l, "users-work")) } } div.body { (work_fields(l, view)) } }
                    section.panel { header { h2 { (t!(l, "users-time")) } } div.body { (time_fields(l, view)) } }
                    (form_actions(&t!(l, "users-save"), "/users", &t!(l, "users-cancel")))
                }
                @if let Some((done, name)) = &view.going_over {
                    p.notice role="status" { (icon("clock")) span.words { (t!(l, "leaving-going-on", done = *done, name = name.as_str())) } }
                }
                @if let (Some(id), true) = (&view.id, view.active) {
                    (panel(&t!(l, "invitations-access"), html! {}, html! {
                        div.body {
                            p { (t!(l, "invitations-again-hint")) }
                            (post_button(&format!("/users/{id}/link"), &[], "", html! { (icon("link")) (t!(l, "invitations-again")) }))
                            @if view.has_second_factor {
                                p { (t!(l, "second-remove-hint")) }
                                (post_button(&format!("/users/{id}/second-factor/remove"), &[], "", html! { (icon("shield")) (t!(l, "second-remove")) }))
                            }
                            @if view.has_identity {
                                p { (t!(l, "identity-unlink-hint")) }
                                (post_button(&format!("/users/{id}/identity/remove"), &[], "", html! { (icon("log-in")) (t!(l, "identity-unlink")) }))
                            }
                            @if view.was_active {
                                p { (t!(l, "users-leave-hint")) }
                                div { a.btn href=(format!("/users/{id}/leave")) { (icon("user-x")) (t!(l, "users-leave")) } }
                            }
                        }
                    }))
                }
            }
        },
    )
}

fn person_fields(l: Locale<'_>, view: &UserForm) -> Markup {
    let errors = &view.errors;
    let languages = language_choices();
    let password = Field::new_password(l, "password", t!(l, "users-password")).problems(l, errors);
    let password = if view.id.is_some() {
        password.hint(t!(l, "users-password-keep")).optional(l)
    } else {
        password.hint(t!(l, "users-password-hint", count = PASSWORD_CHARACTERS_MIN)).optional(l)
    };
    html! {
        div.form-grid {
            (Field::text("name", t!(l, "users-name")).value(&view.name).problems(l, errors).required().autocomplete("off").maximum_characters(120))
            (Field::email("email", t!(l, "users-email")).value(&view.email).problems(l, errors).required().autocomplete("off"))
            (password)
            (Field::select("language", t!(l, "users-language"), &languages).value(&view.language).problems(l, errors))
        }
    }
}

fn work_fields(l: Locale<'_>, view: &UserForm) -> Markup {
    let errors = &view.errors;
    html! {
        (Field::radios("role", t!(l, "users-role"), &view.roles).value(&view.role).problems(l, errors))
        @if view.team_choices.is_empty() {
            (empty(&Empty { icon: "users", title: t!(l, "users-no-teams"), text: t!(l, "users-no-teams-text"), actions: html! {} }))
        } @else {
            (Field::checkboxes("teams", t!(l, "users-teams"), &view.team_choices, &view.teams).problems(l, errors))
        }
        (Field::checkbox("takes_leads", t!(l, "users-takes-leads"), view.takes_leads).hint(t!(l, "users-takes-leads-hint")).problems(l, errors))
        @if view.id.is_some() && view.was_active && view.active {
            input type="hidden" name="active" value="true";
        } @else {
            (Field::checkbox("active", t!(l, "users-may-enter"), view.active).hint(t!(l, "users-may-enter-hint")).problems(l, errors))
        }
    }
}

/// Time zone, hours and absences: when leads may come to them.
fn time_fields(l: Locale<'_>, view: &UserForm) -> Markup {
    let errors = &view.errors;
    html! {
        fieldset.stack-s {
            legend { (t!(l, "users-absences")) }
            p.hint-text { (t!(l, "users-absences-hint")) }
            // One more than there are: typing into it adds it, emptying one takes it away.
            @for place in 0..=view.absences.len() {
                @let (from, to) = view.absences.get(place).cloned().unwrap_or_default();
                @let names = (format!("absences.{place}.from"), format!("absences.{place}.to"));
                div.form-grid {
                    (Field::date(&names.0, t!(l, "users-absence-from", number = place + 1)).value(&from).problems(l, errors))
                    (Field::date(&names.1, t!(l, "users-absence-to", number = place + 1)).value(&to).problems(l, errors))
                }
            }
        }
        details open[errors.0.iter().any(|problem| problem.field.starts_with("hours") || problem.field == "time_zone")] {
            summary { (t!(l, "users-hours")) }
            p.hint-text { (t!(l, "users-hours-hint")) }
            div.form-grid {
                @for (place, day) in WEEK.into_iter().enumerate() {
                    @let name = format!("hours.{place}");
                    (Field::text(&name, format::weekday_short(l, day)).value(view.hours.get(place).map_or("", String::as_str)).problems(l, errors).placeholder("9:00-14:00 15:30-18:00"))
                }
                (Field::text("time_zone", t!(l, "setup-time-zone")).value(&view.time_zone).hint(t!(l, "users-time-zone-hint")).problems(l, errors).optional(l).placeholder("Europe/Madrid"))
            }
        }
    }
}

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// What the numbered fields are called, for the page that shows both values.
pub fn field_name(l: Locale<'_>, name: &str) -> Option<String> {
    let mut parts = name.split('.');
    let (list, place) = (parts.next()?, parts.next()?.parse::<usize>().ok()?);
    match (list, parts.next()) {
        ("hours", None) => WEEK.get(place).map(|day| format::weekday_short(l, *day).to_owned()),
        ("absences", Some("from")) => Some(t!(l, "users-absence-from", number = place + 1)),
        ("absences", Some("to")) => Some(t!(l, "users-absence-to", number = place + 1)),
        _ => None,
    }
}
