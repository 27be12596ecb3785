//! One's own account: language, theme, password.

use crate::Locale;
use crate::components::{Field, error_summary, page_head, panel, submit};
use crate::messages::t;
use crate::setup::{PASSWORD_CHARACTERS_MIN, language_choices};
use crate::shell::{Nav, Page, Shell, Theme};
use maud::{Markup, html};
use model::{FieldErrors, Language};

/// `GET /account`. Two forms: `POST /account` (`language`, `theme`, `version`) and `POST /account/password`
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
    pub errors: FieldErrors,
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
