//! Signing in with the company's identity provider: its settings, a question to see whether it works, and why somebody
//! did not get in.

use crate::Locale;
use crate::components::{
    Choice, Empty, Field, empty, error_summary, form_actions, icon, page_head, panel, post_button,
    primary_link, secret, tag,
};
use crate::messages::t;
use crate::problems;
use crate::settings::back_link;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::{FieldErrors, Problem, ProviderFactor};

pub const PATH: &str = "/settings/identity";

/// `GET /settings/identity`. `POST /settings/identity` sends `version` and these names; `…/secret/remove` and
/// `…/remove` send `version`; `…/test` sends nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IdentityPage {
    pub version: u64,
    pub is_set_up: bool,
    pub has_secret: bool,
    /// What the provider must let people come back to; empty while the address of Tracte is not known.
    pub back: String,
    /// Field names as the API has them, with what was typed.
    pub values: Vec<(String, String)>,
    pub outcome: Option<Outcome>,
    pub errors: FieldErrors,
}

/// How the question to see whether it works went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// `identity-client` and the like; absent: it knows us.
    pub code: Option<String>,
    /// What the provider said, word for word.
    pub said: String,
}

impl IdentityPage {
    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }
}

pub fn page(shell: &Shell, view: &IdentityPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "identity-title");
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            (back_link(l))
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "identity-intro")), html! {}))
            @if let Some(outcome) = &view.outcome { (outcome_notice(l, outcome)) }
            div.cols {
                (form(l, view))
                div.stack-m {
                    @if !view.back.is_empty() { (back(l, &view.back)) }
                    @if view.is_set_up { (test(l)) }
                    @if view.has_secret { (kept(l, view)) }
                    @if view.is_set_up { (switch_off(l, view)) }
                }
            }
        },
    )
}

fn outcome_notice(l: Locale<'_>, outcome: &Outcome) -> Markup {
    let (class, name, role, text) = match &outcome.code {
        None => ("ok", "circle-check", "status", t!(l, "identity-test-known")),
        Some(code) => ("danger", "octagon-alert", "alert", why(l, code, "")),
    };
    html! {
        div class=(format!("notice {class}")) role=(role) {
            (icon(name))
            div.words.stack-s {
                p { (text) }
                p { (t!(l, "identity-said")) " " code { (outcome.said) } }
            }
        }
    }
}

/// The sentence of a code, with what to do.
fn why(l: Locale<'_>, code: &str, detail: &str) -> String {
    problems::text(l, &Problem::new("", code, detail))
}

fn form(l: Locale<'_>, view: &IdentityPage) -> Markup {
    html! {
        form.form method="post" action=(PATH) novalidate {
            input type="hidden" name="version" value=(view.version);
            (provider(l, view))
            (people(l, view))
            (form_actions(&t!(l, "common-save"), "/settings", &t!(l, "common-cancel")))
        }
    }
}

fn provider(l: Locale<'_>, view: &IdentityPage) -> Markup {
    let errors = &view.errors;
    let secret_hint =
        if view.has_secret { t!(l, "identity-secret-kept") } else { t!(l, "identity-secret-hint") };
    html! {
        section.panel {
            header { h2 { (t!(l, "identity-provider")) } }
            div.body {
                (Field::url("issuer", t!(l, "identity-issuer")).value(view.value("issuer")).hint(t!(l, "identity-issuer-hint")).problems(l, errors).required().maximum_characters(260).placeholder("https://login.exemple.cat"))
                div.form-grid {
                    (Field::text("client_id", t!(l, "identity-client-id")).value(view.value("client_id")).hint(t!(l, "identity-client-id-hint")).problems(l, errors).required().autocomplete("off").maximum_characters(200))
                    (Field::new_password(l, "secret", t!(l, "identity-secret")).hint(secret_hint).problems(l, errors).autocomplete("new-password"))
                    (Field::text("scopes", t!(l, "identity-scopes")).value(view.value("scopes")).hint(t!(l, "identity-scopes-hint")).problems(l, errors).optional(l).autocomplete("off").maximum_characters(200))
                    (Field::url("address", t!(l, "identity-address")).value(view.value("address")).hint(t!(l, "identity-address-hint")).problems(l, errors).required().maximum_characters(260))
                }
            }
        }
    }
}

fn people(l: Locale<'_>, view: &IdentityPage) -> Markup {
    let errors = &view.errors;
    let choice = |factor: ProviderFactor| match factor {
        ProviderFactor::Counts => Choice::new(factor.as_str(), t!(l, "identity-factor-counts")),
        ProviderFactor::Asked => Choice::new(factor.as_str(), t!(l, "identity-factor-asked")),
    };
    let factors: Vec<Choice> = ProviderFactor::ALL.into_iter().map(choice).collect();
    html! {
        section.panel {
            header { h2 { (t!(l, "identity-people")) } }
            div.body {
                p.muted { (t!(l, "identity-people-text")) }
                div.form-grid {
                    (Field::text("label", t!(l, "identity-label")).value(view.value("label")).hint(t!(l, "identity-label-hint")).problems(l, errors).required().maximum_characters(120))
                    (Field::text("domains", t!(l, "identity-domains")).value(view.value("domains")).hint(t!(l, "identity-domains-hint")).problems(l, errors).optional(l).autocomplete("off").maximum_characters(200).placeholder("exemple.cat"))
                }
                (Field::radios("provider_factor", t!(l, "identity-factor"), &factors).value(view.value("provider_factor")).hint(t!(l, "identity-factor-hint")).problems(l, errors))
            }
        }
    }
}

fn back(l: Locale<'_>, address: &str) -> Markup {
    panel(
        &t!(l, "identity-back"),
        html! {},
        html! { div.body { p.muted { (t!(l, "identity-back-text")) } (secret(l, "identity-back-address", address)) } },
    )
}

fn test(l: Locale<'_>) -> Markup {
    panel(
        &t!(l, "identity-test"),
        html! {},
        html! {
            div.body {
                p.muted { (t!(l, "identity-test-text")) }
                (post_button("/settings/identity/test", &[], "", html! { (icon("refresh-cw")) (t!(l, "identity-test-submit")) }))
            }
        },
    )
}

fn kept(l: Locale<'_>, view: &IdentityPage) -> Markup {
    let version = view.version.to_string();
    panel(
        &t!(l, "identity-secret"),
        html! {},
        html! {
            div.body {
                p { (tag("ok", "lock", &t!(l, "identity-secret-set"))) }
                p.muted { (t!(l, "identity-secret-set-text")) }
                (post_button("/settings/identity/secret/remove", &[("version", &version)], "", html! { (icon("trash-2")) (t!(l, "identity-secret-remove")) }))
            }
        },
    )
}

fn switch_off(l: Locale<'_>, view: &IdentityPage) -> Markup {
    let version = view.version.to_string();
    panel(
        &t!(l, "identity-off"),
        html! {},
        html! {
            div.body {
                p.muted { (t!(l, "identity-off-text")) }
                (post_button("/settings/identity/remove", &[("version", &version)], "danger", html! { (icon("power")) (t!(l, "identity-off-submit")) }))
            }
        },
    )
}

/// Answers `GET /sign-in/provider` and `…/back` when somebody does not get in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Refused {
    /// `identity-unknown` and the like.
    pub code: String,
    /// Whom the provider named, or its own words.
    pub said: String,
}

/// Where the sentence itself says whom the provider named.
const SAY_WHO: [&str; 7] = [
    "identity-no-email",
    "identity-unverified",
    "identity-unknown",
    "identity-other",
    "identity-inactive",
    "identity-domain",
    "identity-over",
];

pub fn refused(shell: &Shell, view: &Refused) -> Markup {
    let l = shell.locale();
    let title = t!(l, "identity-refused-title");
    let says_who = SAY_WHO.contains(&view.code.as_str());
    let actions = html! {
        div.actions {
            (primary_link("/sign-in/provider", "refresh-cw", &t!(l, "identity-again")))
            a.btn href="/sign-in" { (icon("log-in")) (t!(l, "identity-with-password")) }
        }
    };
    shell.outside(
        &Page::new(&title, Nav::Nowhere),
        html! {
            h1 { (title) }
            (empty(&Empty { icon: "lock", title: why(l, &view.code, &view.said), text: t!(l, "identity-refused-text"), actions }))
            @if !says_who && !view.said.is_empty() {
                p.muted { (t!(l, "identity-said")) " " code { (view.said) } }
            }
        },
    )
}
