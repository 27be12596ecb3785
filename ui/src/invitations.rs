//! Links with which somebody chooses a password: the page that shows one to send, and the page it leads to.

use crate::components::{Empty, Field, empty, error_summary, notice, page_head, primary_link, secret};
use crate::format;
use crate::messages::t;
use crate::setup::PASSWORD_CHARACTERS_MIN;
use crate::shell::{Nav, Notice, NoticeKind, Page, Shell};
use maud::{Markup, html};
use model::FieldErrors;
use model::jiff::Timestamp;

/// A link that was just made, with its whole address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewLink {
    pub name: String,
    pub email: String,
    pub address: String,
    pub expires_at: Timestamp,
    /// They have no password yet.
    pub is_first: bool,
    /// A letter with a link of its own is on its way to them.
    pub is_mailed: bool,
}

/// Answers `POST /users/new` without a password and `POST /users/{id}/link`: the only page that ever shows the link.
pub fn shown(shell: &Shell, link: &NewLink) -> Markup {
    let l = shell.locale();
    let title = if link.is_first {
        t!(l, "invitations-invited-title", name = link.name.as_str())
    } else {
        t!(l, "invitations-link-title", name = link.name.as_str())
    };
    let day = format::date_short(link.expires_at.to_zoned_datetime(shell.zone.clone()).date());
    shell.page(
        &Page::new(&title, Nav::Users),
        html! {
            div.narrow.stack-m {
                (page_head(&title, None, html! {}))
                @if link.is_mailed {
                    (notice(&Notice { kind: NoticeKind::Ok, text: t!(l, "invitations-mailed", email = link.email.as_str()) }))
                }
                section.panel {
                    div.body {
                        p { strong { (t!(l, "invitations-once")) } " " (t!(l, "invitations-once-text", email = link.email.as_str(), date = day)) }
                        (secret(l, "sign-in-link", &link.address))
                    }
                }
                div.actions { (primary_link("/users", "check", &t!(l, "invitations-kept"))) }
            }
        },
    )
}

/// `GET /welcome/{secret}`. `POST` to the same address sends `new_password`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Welcome {
    /// Where the form goes.
    pub action: String,
    pub name: String,
    pub email: String,
    pub is_first: bool,
    pub errors: FieldErrors,
}

pub fn welcome(shell: &Shell, view: &Welcome) -> Markup {
    let l = shell.locale();
    let title = t!(l, "invitations-welcome-title", name = view.name.as_str());
    let text = if view.is_first {
        t!(l, "invitations-welcome-text", company = shell.company.as_str())
    } else {
        t!(l, "invitations-again-text")
    };
    shell.outside(
        &Page::new(&title, Nav::Nowhere).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            section.panel {
                div.body {
                    h1 { (title) }
                    p { (text) }
                    form.form method="post" action=(view.action) novalidate {
                        input.sr type="text" name="username" value=(view.email) autocomplete="username" tabindex="-1" aria-hidden="true" readonly;
                        p.hint-text { (t!(l, "invitations-email", email = view.email.as_str())) }
                        (Field::new_password(l, "new_password", t!(l, "session-password")).hint(t!(l, "invitations-password-hint", count = PASSWORD_CHARACTERS_MIN)).problems(l, &view.errors).required())
                        button.btn.primary type="submit" { (t!(l, "invitations-submit")) }
                    }
                }
            }
        },
    )
}

/// The link was used, is too old, or never was one.
pub fn worthless(shell: &Shell) -> Markup {
    let l = shell.locale();
    let title = t!(l, "invitations-worthless-title");
    shell.outside(
        &Page::new(&title, Nav::Nowhere),
        html! {
            h1 { (title) }
            (empty(&Empty {
                icon: "clock",
                title: t!(l, "invitations-worthless-why"),
                text: t!(l, "invitations-worthless-text"),
                actions: primary_link("/sign-in", "log-in", &t!(l, "session-title")),
            }))
        },
    )
}
