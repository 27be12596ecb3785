//! How letters go out: the company's mail server, a letter to see whether it works, and the letters on their way.

use crate::Locale;
use crate::components::{
    Choice, Column, Empty, Field, empty, error_summary, form_actions, icon, page_head, panel, post_button,
    table, tag,
};
use crate::format;
use crate::messages::t;
use crate::problems;
use crate::settings::back_link;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{FieldErrors, LetterAbout, LetterState, MailSecurity, Problem};

pub const PATH: &str = "/settings/mail";

/// `GET /settings/mail`. `POST /settings/mail` sends `version` and these names; `…/password/remove` and `…/remove`
/// send `version`; `…/test` sends nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MailPage {
    pub version: u64,
    pub is_set_up: bool,
    pub has_password: bool,
    /// Field names as the API has them, with what was typed.
    pub values: Vec<(String, String)>,
    pub outcome: Option<Outcome>,
    pub letters: Vec<LetterRow>,
    pub errors: FieldErrors,
}

/// How the letter to see whether it works went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    pub to: String,
    /// `mail-login` and the like; absent: it was taken.
    pub code: Option<String>,
    /// What the server said, word for word.
    pub said: String,
}

/// `POST /settings/mail/letters/{id}/again` and `…/give-up`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LetterRow {
    pub id: String,
    pub name: String,
    pub email: String,
    pub about: LetterAbout,
    pub state: LetterState,
    pub attempts: u32,
    pub made_at: Timestamp,
    pub due_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    /// Code and the server's words.
    pub failure: Option<(String, String)>,
    /// Addresses that were to get a copy and do not, each with the server's words.
    pub refused_copies: Vec<(String, String)>,
}

impl MailPage {
    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }
}

pub fn page(shell: &Shell, view: &MailPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "mail-title");
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            (back_link(l))
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "mail-intro")), html! {}))
            @if let Some(outcome) = &view.outcome { (outcome_notice(l, outcome)) }
            div.cols {
                (form(l, view))
                div.stack-m {
                    @if view.is_set_up { (test(l)) }
                    @if view.has_password { (password(l, view)) }
                    @if view.is_set_up { (switch_off(l, view)) }
                }
            }
            (letters(shell, view))
        },
    )
}

fn outcome_notice(l: Locale<'_>, outcome: &Outcome) -> Markup {
    let (class, name, role, text) = match &outcome.code {
        None => ("ok", "circle-check", "status", t!(l, "mail-test-taken", email = outcome.to.as_str())),
        Some(code) => ("danger", "octagon-alert", "alert", why(l, code)),
    };
    html! {
        div class=(format!("notice {class}")) role=(role) {
            (icon(name))
            div.words.stack-s {
                p { (text) }
                p { (t!(l, "mail-server-said")) " " code { (outcome.said) } }
            }
        }
    }
}

/// The sentence of a code, with what to do.
fn why(l: Locale<'_>, code: &str) -> String {
    problems::text(l, &Problem::new("", code, ""))
}

fn form(l: Locale<'_>, view: &MailPage) -> Markup {
    let errors = &view.errors;
    let password_hint =
        if view.has_password { t!(l, "mail-password-kept") } else { t!(l, "mail-password-hint") };
    html! {
        form.form method="post" action=(PATH) novalidate {
            input type="hidden" name="version" value=(view.version);
            section.panel {
                header { h2 { (t!(l, "mail-server")) } }
                div.body {
                    div.form-grid {
                        (Field::text("host", t!(l, "mail-host")).value(view.value("host")).hint(t!(l, "mail-host-hint")).problems(l, errors).required().maximum_characters(253).placeholder("smtp.exemple.cat"))
                        (Field::whole_number("port", t!(l, "mail-port")).value(view.value("port")).hint(t!(l, "mail-port-hint")).problems(l, errors).required().maximum_characters(5))
                    }
                    (Field::radios("security", t!(l, "mail-security"), &securities(l)).value(view.value("security")).problems(l, errors))
                    div.form-grid {
                        (Field::text("user", t!(l, "mail-user")).value(view.value("user")).hint(t!(l, "mail-user-hint")).problems(l, errors).optional(l).autocomplete("off").maximum_characters(200))
                        (Field::new_password(l, "password", t!(l, "mail-password")).hint(password_hint).problems(l, errors).autocomplete("new-password"))
                    }
                }
            }
            section.panel {
                header { h2 { (t!(l, "mail-letters")) } }
                div.body {
                    div.form-grid {
                        (Field::text("from_name", t!(l, "mail-from-name")).value(view.value("from_name")).problems(l, errors).required().maximum_characters(120))
                        (Field::email("from_email", t!(l, "mail-from-email")).value(view.value("from_email")).hint(t!(l, "mail-from-email-hint")).problems(l, errors).required())
                        (Field::email("reply_to", t!(l, "mail-reply-to")).value(view.value("reply_to")).hint(t!(l, "mail-reply-to-hint")).problems(l, errors).optional(l))
                        (Field::url("link_address", t!(l, "mail-link-address")).value(view.value("link_address")).hint(t!(l, "mail-link-address-hint")).problems(l, errors).required().maximum_characters(260))
                    }
                }
            }
            (form_actions(&t!(l, "common-save"), "/settings", &t!(l, "common-cancel")))
        }
    }
}

fn securities(l: Locale<'_>) -> Vec<Choice> {
    let words = |security| match security {
        MailSecurity::Starttls => (t!(l, "mail-starttls"), t!(l, "mail-starttls-hint")),
        MailSecurity::Tls => (t!(l, "mail-tls"), t!(l, "mail-tls-hint")),
        MailSecurity::None => (t!(l, "mail-none"), t!(l, "mail-none-hint")),
    };
    let choice = |security: MailSecurity| {
        let (label, hint) = words(security);
        Choice::new(security.as_str(), label).hint(hint)
    };
    MailSecurity::ALL.into_iter().map(choice).collect()
}

fn test(l: Locale<'_>) -> Markup {
    panel(
        &t!(l, "mail-test"),
        html! {},
        html! {
            div.body {
                p.muted { (t!(l, "mail-test-text")) }
                (post_button("/settings/mail/test", &[], "", html! { (icon("mail")) (t!(l, "mail-test-send")) }))
            }
        },
    )
}

fn password(l: Locale<'_>, view: &MailPage) -> Markup {
    let version = view.version.to_string();
    panel(
        &t!(l, "mail-password"),
        html! {},
        html! {
            div.body {
                p { (tag("ok", "lock", &t!(l, "mail-password-set"))) }
                p.muted { (t!(l, "mail-password-set-text")) }
                (post_button("/settings/mail/password/remove", &[("version", &version)], "", html! { (icon("trash-2")) (t!(l, "mail-password-remove")) }))
            }
        },
    )
}

fn switch_off(l: Locale<'_>, view: &MailPage) -> Markup {
    let version = view.version.to_string();
    panel(
        &t!(l, "mail-off"),
        html! {},
        html! {
            div.body {
                p.muted { (t!(l, "mail-off-text")) }
                (post_button("/settings/mail/remove", &[("version", &version)], "danger", html! { (icon("power")) (t!(l, "mail-off-submit")) }))
            }
        },
    )
}

fn letters(shell: &Shell, view: &MailPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "mail-outbox");
    if view.letters.is_empty() {
        return html! {
            section.stack-s {
                h2 { (title) }
                (empty(&Empty { icon: "inbox", title: t!(l, "mail-outbox-none"), text: t!(l, "mail-outbox-none-text"), actions: html! {} }))
            }
        };
    }
    let columns = [
        Column::text(t!(l, "mail-column-to")),
        Column::text(t!(l, "mail-column-about")),
        Column::text(t!(l, "mail-column-state")),
        Column::text(t!(l, "mail-column-deed")),
    ];
    let body = html! {
        @for row in &view.letters {
            tr {
                th scope="row" { (row.name) p.sub { (row.email) } }
                td data-l=(columns[1].label) { div { (about_name(l, row.about)) p.sub { (moment(shell, row.made_at)) } } }
                td data-l=(columns[2].label) { div.stack-s { (state(shell, row)) } }
                td data-l=(columns[3].label) { (deeds(l, row)) }
            }
        }
    };
    html! { section.stack-s { h2 { (title) } (table(&title, &columns, body)) } }
}

/// What a letter is about, in a few words.
pub fn about_name<'l>(l: impl Into<Locale<'l>>, about: LetterAbout) -> String {
    let l: Locale<'_> = l.into();
    match about {
        LetterAbout::Invitation => t!(l, "mail-about-invitation"),
        LetterAbout::NewLink => t!(l, "mail-about-new-link"),
        LetterAbout::PasswordReset => t!(l, "mail-about-reset"),
        LetterAbout::FormConfirmation => t!(l, "mail-about-form-confirmation"),
        LetterAbout::FormLead => t!(l, "mail-about-form-lead"),
        LetterAbout::LeadMovedOn => t!(l, "inbox-letter-about-on"),
        LetterAbout::LeadMovedHere => t!(l, "inbox-letter-about-here"),
        LetterAbout::QuoteSent => t!(l, "quotes-letter-about-sent"),
        LetterAbout::QuoteReminder => t!(l, "quotes-letter-about-reminder"),
        LetterAbout::WebhookOff => t!(l, "webhooks-letter-about"),
        LetterAbout::QuoteConfirmed => t!(l, "quotes-letter-about-confirmed"),
        LetterAbout::QuoteAccepted | LetterAbout::QuoteRejected | LetterAbout::QuoteAsked => {
            t!(l, "quotes-letter-about-answer")
        }
    }
}

fn moment(shell: &Shell, at: Timestamp) -> String {
    format::date_time(shell.language, at, &shell.zone)
}

fn state(shell: &Shell, row: &LetterRow) -> Markup {
    let l = shell.locale();
    let tag = match row.state {
        LetterState::Queued => tag("info", "clock", &t!(l, "mail-state-queued")),
        LetterState::Sent => tag("ok", "check", &t!(l, "mail-state-sent")),
        LetterState::Failed => tag("danger", "circle-x", &t!(l, "mail-state-failed")),
        LetterState::GivenUp => tag("", "minus", &t!(l, "mail-state-given-up")),
    };
    html! {
        (tag)
        @if let Some(at) = row.sent_at { p.sub { (moment(shell, at)) } }
        @if row.state == LetterState::Queued && row.attempts > 0 {
            p.sub { (t!(l, "mail-next", count = u64::from(row.attempts), moment = moment(shell, row.due_at))) }
        }
        @for (email, said) in &row.refused_copies {
            p { (t!(l, "mail-copy-refused", email = email.as_str())) }
            p.sub { (t!(l, "mail-server-said")) " " code { (said) } }
        }
        @if let Some((code, said)) = &row.failure {
            p { (why(l, code)) }
            p.sub { (t!(l, "mail-server-said")) " " code { (said) } }
        }
    }
}

fn deeds(l: Locale<'_>, row: &LetterRow) -> Markup {
    let action = |deed: &str| format!("/settings/mail/letters/{}/{deed}", row.id);
    html! {
        div.actions {
            @if row.state != LetterState::Sent {
                (post_button(&action("again"), &[], "quiet", html! { (icon("refresh-cw")) (t!(l, "mail-again")) span.sr { " " (row.name) } }))
            }
            @if matches!(row.state, LetterState::Queued | LetterState::Failed) {
                (post_button(&action("give-up"), &[], "quiet", html! { (icon("x")) (t!(l, "mail-give-up")) span.sr { " " (row.name) } }))
            }
        }
    }
}
