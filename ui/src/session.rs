//! Signing in.

use crate::address::Address;
use crate::components::{Empty, Field, empty, error_summary, icon, primary_link};
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::FieldErrors;

/// What was typed. `POST /sign-in` with `email`, `password` and `next`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SignInForm {
    pub email: String,
    /// The page that was asked for before signing in; a path of this site or empty.
    pub next: String,
    /// What stands on the button of the identity provider, where there is one.
    pub provider: Option<String>,
    /// One problem without a field for wrong credentials: it does not say which of the two is wrong.
    pub errors: FieldErrors,
}

/// `GET /sign-in`.
pub fn sign_in(shell: &Shell, form: &SignInForm) -> Markup {
    let l = shell.locale();
    let title = t!(l, "session-title");
    shell.outside(
        &Page::new(&title, Nav::Nowhere).errors(&form.errors),
        html! {
            (error_summary(l, &form.errors))
            section.panel {
                div.body {
                    h1 { (title) }
                    @if let Some(name) = &form.provider {
                        p { a.btn.primary href=(String::from(Address::new("/sign-in/provider").with("next", &form.next))) { (icon("log-in")) (t!(l, "session-provider", name = name.as_str())) } }
                        p.muted { (t!(l, "session-or-password")) }
                    }
                    form.form method="post" action="/sign-in" novalidate {
                        input type="hidden" name="next" value=(form.next);
                        (Field::email("email", t!(l, "session-email")).value(&form.email).problems(l, &form.errors).required().autocomplete("username"))
                        (Field::current_password(l, "password", t!(l, "session-password")).problems(l, &form.errors).required())
                        button class=(if form.provider.is_some() { "btn" } else { "btn primary" }) type="submit" { (t!(l, "session-submit")) }
                    }
                    p { a.btn.quiet href="/forgot-password" { (t!(l, "session-forgotten")) } }
                }
            }
        },
    )
}

/// `GET /forgot-password`. `POST` sends `email`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Forgotten {
    pub email: String,
    /// Letters go out: without them only an administrator can help.
    pub can_mail: bool,
    /// It was asked: the answer is the same whether or not somebody has the address.
    pub is_asked: bool,
    pub errors: FieldErrors,
}

pub fn forgotten(shell: &Shell, view: &Forgotten) -> Markup {
    let l = shell.locale();
    let title = t!(l, "session-forgotten");
    let back =
        || html! { p { a.btn.quiet href="/sign-in" { (icon("arrow-left")) (t!(l, "session-title")) } } };
    if view.is_asked || !view.can_mail {
        let (icon, heading, text) = if view.can_mail {
            ("mail", t!(l, "session-asked"), t!(l, "session-asked-text", email = view.email.as_str()))
        } else {
            ("users", t!(l, "session-ask"), t!(l, "session-ask-text"))
        };
        let state = Empty { icon, title: heading, text, actions: back() };
        return shell.outside(&Page::new(&title, Nav::Nowhere), html! { h1 { (title) } (empty(&state)) });
    }
    shell.outside(
        &Page::new(&title, Nav::Nowhere).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            section.panel {
                div.body {
                    h1 { (title) }
                    p { (t!(l, "session-forgotten-text")) }
                    form.form method="post" action="/forgot-password" novalidate {
                        (Field::email("email", t!(l, "session-email")).value(&view.email).problems(l, &view.errors).required().autocomplete("username"))
                        button.btn.primary type="submit" { (t!(l, "session-forgotten-submit")) }
                    }
                    (back())
                }
            }
        },
    )
}

/// After too many attempts: 429, with the minutes to wait.
pub fn too_many_attempts(shell: &Shell, wait_minutes: u64) -> Markup {
    let l = shell.locale();
    let title = t!(l, "session-too-many-title");
    shell.outside(
        &Page::new(&title, Nav::Nowhere),
        html! {
            h1 { (title) }
            (empty(&Empty {
                icon: "clock",
                title: t!(l, "session-too-many-wait", count = wait_minutes),
                text: t!(l, "session-too-many-text"),
                actions: primary_link("/sign-in", "log-in", &t!(l, "session-retry")),
            }))
        },
    )
}
