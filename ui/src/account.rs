//! One's own account: language, theme, password.

use crate::Locale;
use crate::components::{Field, error_summary, icon, page_head, panel, post_button, submit, tag};
use crate::format;
use crate::messages::t;
use crate::setup::{PASSWORD_CHARACTERS_MIN, language_choices};
use crate::shell::{Nav, Page, Shell, Theme};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{FieldErrors, Language};

/// `GET /account`. Two forms: `POST /account` (`language`, `theme`, `shortcuts`, `version`) and `POST /account/password`
/// (`old_password`, `new_password`, `version`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    pub version: u64,
    pub name: String,
    pub email: String,
    /// The role's label.
    pub role: String,
    pub teams: Vec<String>,
    pub language: Language,
    pub theme: Theme,
    /// Whether single keys do something on pages that have them.
    pub has_keys: bool,
    /// A code is asked for besides the password.
    pub has_second_factor: bool,
    /// Where they are signed in; this browser among them.
    pub sessions: Vec<SessionRow>,
    pub errors: FieldErrors,
}

/// A browser that is signed in. `POST /account/sessions/{id}/end`; `POST /account/sessions/end` for all but this one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionRow {
    pub id: String,
    /// As the browser says it.
    pub agent: String,
    pub address: String,
    pub begun_at: Timestamp,
    pub seen_at: Timestamp,
    pub is_here: bool,
}

pub fn page(shell: &Shell, view: &Account) -> Markup {
    let l = shell.locale();
    let title = t!(l, "account-title");
    let mut about = vec![view.email.clone(), view.role.clone()];
    about.extend(view.teams.iter().cloned());
    shell.page(
        &Page::new(&title, Nav::Nowhere).errors(&view.errors),
        html! {
            div.narrow.stack-m {
                (error_summary(l, &view.errors))
                (page_head(&title, Some(&format!("{} · {}", view.name, about.join(" · "))), html! {}))
                (preferences(l, view))
                (password(l, view))
                (second_factor(l, view))
                (sessions(shell, view))
            }
        },
    )
}

fn preferences(l: Locale<'_>, view: &Account) -> Markup {
    let languages = language_choices();
    let themes = [
        (Theme::System, t!(l, "account-theme-system")),
        (Theme::Light, t!(l, "account-theme-light")),
        (Theme::Dark, t!(l, "account-theme-dark")),
    ];
    let group = "f-theme";
    panel(
        &t!(l, "account-preferences"),
        html! {},
        html! {
            form.body method="post" action="/account" novalidate {
                input type="hidden" name="version" value=(view.version);
                (Field::select("language", t!(l, "account-language"), &languages).value(view.language.code()).problems(l, &view.errors))
                div.field {
                    fieldset.stack-s {
                        legend { (t!(l, "account-theme")) }
                        div.choices.inline {
                            @for (theme, label) in &themes {
                                label.check {
                                    input type="radio" name="theme" id=(format!("{group}-{}", theme.as_str())) value=(theme.as_str()) checked[*theme == view.theme] data-theme-choice;
                                    span { (label) }
                                }
                            }
                        }
                    }
                }
                (Field::checkbox("shortcuts", t!(l, "inbox-account-keys"), view.has_keys).hint(t!(l, "inbox-account-keys-hint")))
                div { (submit(&t!(l, "account-save"))) }
            }
        },
    )
}

fn password(l: Locale<'_>, view: &Account) -> Markup {
    panel(
        &t!(l, "account-password"),
        html! {},
        html! {
            form.body method="post" action="/account/password" novalidate {
                input type="hidden" name="version" value=(view.version);
                input.sr type="text" name="username" value=(view.email) autocomplete="username" tabindex="-1" aria-hidden="true" readonly;
                (Field::current_password(l, "old_password", t!(l, "account-current-password")).problems(l, &view.errors).required())
                (Field::new_password(l, "new_password", t!(l, "account-new-password")).hint(t!(l, "account-new-password-hint", count = PASSWORD_CHARACTERS_MIN)).problems(l, &view.errors).required())
                div { (submit(&t!(l, "account-change-password"))) }
            }
        },
    )
}

fn second_factor(l: Locale<'_>, view: &Account) -> Markup {
    let state = if view.has_second_factor {
        tag("ok", "shield-check", &t!(l, "second-on"))
    } else {
        tag("", "shield", &t!(l, "second-off"))
    };
    panel(
        &t!(l, "second-title"),
        state,
        html! {
            div.body {
                p.muted { (t!(l, "second-intro")) }
                p { a.btn href=(crate::second_factor::PATH) { (icon("shield-check")) (t!(l, "second-open")) } }
            }
        },
    )
}

fn sessions(shell: &Shell, view: &Account) -> Markup {
    let l = shell.locale();
    let when = |instant: Timestamp| format::date_time(l.language, instant, &shell.zone);
    panel(
        &t!(l, "account-sessions"),
        html! {},
        html! {
            ul.rows {
                @for session in &view.sessions {
                    li {
                        (icon("monitor"))
                        div.grow {
                            strong { (device(l, &session.agent)) }
                            @if session.is_here { " " (tag("ok", "check", &t!(l, "account-session-here"))) }
                            p.sub {
                                (t!(l, "account-session-facts", begun = when(session.begun_at), seen = when(session.seen_at)))
                                @if !session.address.is_empty() { " · " (session.address) }
                            }
                        }
                        @if !session.is_here {
                            (post_button(&format!("/account/sessions/{}/end", session.id), &[], "quiet", html! { (t!(l, "account-session-end")) span.sr { " " (device(l, &session.agent)) } }))
                        }
                    }
                }
            }
            @if view.sessions.len() > 1 {
                footer { (post_button("/account/sessions/end", &[], "danger", html! { (icon("log-out")) (t!(l, "account-sessions-end")) })) }
            }
        },
    )
}

/// What a browser and its device are called, as far as it says so.
fn device(l: Locale<'_>, agent: &str) -> String {
    // Most say that they are also some of the others: the first that fits counts.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Macintosh", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let named = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => t!(l, "account-session-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_and_systems_are_told_apart() {
        let name = |agent: &str| device(Language::En.into(), agent);
        assert_eq!(
            name("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"),
            "Firefox · Linux"
        );
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0";
        assert_eq!(name(edge), "Edge · Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
        assert_eq!(name(phone), "Safari · iPhone");
        assert_eq!(name(""), "Another device");
    }
}
