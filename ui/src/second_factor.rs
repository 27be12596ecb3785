//! The second factor: its code when somebody signs in, setting it up, and who has to have one.

use crate::Locale;
use crate::components::{
    Choice, Empty, Field, empty, error_summary, form_actions, icon, notice, page_head, panel, post_button,
    primary_link, secret, submit, tag,
};
use crate::messages::t;
use crate::settings::back_link;
use crate::shell::{Nav, Notice, NoticeKind, Page, Shell};
use maud::{Markup, html};
use model::{FieldErrors, SecondFactorRule};
use qrcodegen::{QrCode, QrCodeEcc};

/// The page of one's own second factor.
pub const PATH: &str = "/account/second-factor";

/// `GET /sign-in/code`. `POST` sends `code` and `next`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CodeForm {
    pub next: String,
    pub errors: FieldErrors,
}

pub fn code(shell: &Shell, form: &CodeForm) -> Markup {
    let l = shell.locale();
    let title = t!(l, "second-code-title");
    shell.outside(
        &Page::new(&title, Nav::Nowhere).errors(&form.errors),
        html! {
            (error_summary(l, &form.errors))
            section.panel {
                div.body {
                    h1 { (title) }
                    p { (t!(l, "second-code-text")) }
                    form.form method="post" action="/sign-in/code" novalidate {
                        input type="hidden" name="next" value=(form.next);
                        (code_field(l, &form.errors, t!(l, "second-code-hint")))
                        button.btn.primary type="submit" { (t!(l, "session-submit")) }
                    }
                    p { a.btn.quiet href="/sign-in" { (icon("arrow-left")) (t!(l, "second-code-back")) } }
                }
            }
        },
    )
}

fn code_field(l: Locale<'_>, errors: &FieldErrors, hint: String) -> Markup {
    html! {
        (Field::text("code", t!(l, "second-code")).hint(hint).problems(l, errors).required().autocomplete("one-time-code").maximum_characters(30))
    }
}

/// How far the reader's own second factor is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum State {
    #[default]
    Off,
    /// `secret` in text, and the address that the QR code holds.
    Begun {
        secret: String,
        address: String,
    },
    On {
        recovery_left: usize,
    },
}

/// `GET /account/second-factor`. `POST …/begin` sends nothing, `POST` itself `code`, `POST …/off` `password`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SecondFactorPage {
    pub state: State,
    /// The company asks for it and they have none: nothing else opens until they do.
    pub is_missing: bool,
    pub errors: FieldErrors,
}

pub fn page(shell: &Shell, view: &SecondFactorPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "second-title");
    shell.page(
        &Page::new(&title, Nav::Nowhere).errors(&view.errors),
        html! {
            div.narrow.stack-m {
                @if !view.is_missing { p { a.btn.quiet href="/account" { (icon("arrow-left")) (t!(l, "account-title")) } } }
                (error_summary(l, &view.errors))
                (page_head(&title, Some(&t!(l, "second-intro")), html! {}))
                @if view.is_missing {
                    (notice(&Notice { kind: NoticeKind::Warn, text: t!(l, "second-missing") }))
                }
                @match &view.state {
                    State::Off => (off(l)),
                    State::Begun { secret, address } => (begun(l, secret, address, &view.errors)),
                    State::On { recovery_left } => (on(l, *recovery_left, &view.errors)),
                }
            }
        },
    )
}

fn off(l: Locale<'_>) -> Markup {
    let begin = post_button(
        "/account/second-factor/begin",
        &[],
        "primary",
        html! { (icon("shield-check")) (t!(l, "second-begin")) },
    );
    empty(&Empty {
        icon: "shield",
        title: t!(l, "second-off"),
        text: t!(l, "second-off-text"),
        actions: begin,
    })
}

fn begun(l: Locale<'_>, shown: &str, address: &str, errors: &FieldErrors) -> Markup {
    panel(
        &t!(l, "second-scan"),
        html! {},
        html! {
            div.body {
                p { (t!(l, "second-scan-text")) }
                (qr_code(address, &t!(l, "second-qr")))
                p { (t!(l, "second-type-text")) }
                (secret(l, "second-factor-secret", &in_groups(shown)))
                form.form method="post" action=(PATH) novalidate {
                    (code_field(l, errors, t!(l, "second-first-code-hint")))
                    div { (submit(&t!(l, "second-confirm"))) }
                }
            }
        },
    )
}

fn on(l: Locale<'_>, recovery_left: usize, errors: &FieldErrors) -> Markup {
    let left = u64::try_from(recovery_left).unwrap_or_default();
    panel(
        &t!(l, "second-title"),
        tag("ok", "shield-check", &t!(l, "second-on")),
        html! {
            div.body {
                p { (t!(l, "second-recovery-left", count = left)) }
                p.muted { (t!(l, "second-off-hint")) }
                form.form method="post" action="/account/second-factor/off" novalidate {
                    (Field::current_password(l, "password", t!(l, "account-current-password")).problems(l, errors).required())
                    div { button.btn.danger type="submit" { (icon("power")) (t!(l, "second-off-submit")) } }
                }
            }
        },
    )
}

/// Fours are easier to copy.
fn in_groups(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Light around a QR code, in modules. Source: ISO/IEC 18004.
const QUIET_MODULES: i32 = 4;
/// Big enough for a phone's camera at arm's length.
const QR_PIXELS: u32 = 240;

/// Black on white whatever the theme: cameras need the contrast. Nothing where the text is too long for one.
fn qr_code(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return html! {};
    };
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{},{}h1v1h-1z", x + QUIET_MODULES, y + QUIET_MODULES));
        }
    }
    let side = size + 2 * QUIET_MODULES;
    html! {
        svg role="img" aria-label=(label) width=(QR_PIXELS) height=(QR_PIXELS) viewBox=(format!("0 0 {side} {side}")) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}

/// Answers the first right code: the only page that ever shows the codes that stand in for the app.
pub fn recovery_codes(shell: &Shell, codes: &[String]) -> Markup {
    let l = shell.locale();
    let title = t!(l, "second-recovery-title");
    shell.page(
        &Page::new(&title, Nav::Nowhere),
        html! {
            div.narrow.stack-m {
                (page_head(&title, None, html! {}))
                section.panel {
                    div.body {
                        p { strong { (t!(l, "second-recovery-once")) } " " (t!(l, "second-recovery-text")) }
                        ol.stack-s { @for code in codes { li { code { (code) } } } }
                    }
                }
                div.actions { (primary_link("/account", "check", &t!(l, "second-recovery-kept"))) }
            }
        },
    )
}

/// `GET /settings/sign-in`. `POST` sends `version` and `second_factor`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RulePage {
    pub version: u64,
    pub second_factor: String,
    pub errors: FieldErrors,
}

pub fn rule(shell: &Shell, view: &RulePage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "second-rule-title");
    let label = |rule| match rule {
        SecondFactorRule::Nobody => t!(l, "second-rule-nobody"),
        SecondFactorRule::Administrators => t!(l, "second-rule-administrators"),
        SecondFactorRule::Everybody => t!(l, "second-rule-everybody"),
    };
    let choices: Vec<Choice> =
        SecondFactorRule::ALL.into_iter().map(|rule| Choice::new(rule.as_str(), label(rule))).collect();
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            div.narrow.stack-m {
                (back_link(l))
                (error_summary(l, &view.errors))
                (page_head(&title, Some(&t!(l, "second-rule-intro")), html! {}))
                form.form method="post" action="/settings/sign-in" novalidate {
                    input type="hidden" name="version" value=(view.version);
                    section.panel {
                        div.body {
                            (Field::radios("second_factor", t!(l, "second-rule"), &choices).value(&view.second_factor).hint(t!(l, "second-rule-hint")).problems(l, &view.errors))
                        }
                    }
                    (form_actions(&t!(l, "common-save"), "/settings", &t!(l, "common-cancel")))
                }
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qr_code_is_drawn_and_groups_are_of_four() {
        let drawn = qr_code("otpauth://totp/Exemple:a%40b.cat?secret=JBSWY3DPEHPK3PXP&issuer=Exemple", "QR")
            .into_string();
        assert!(drawn.contains("viewBox=\"0 0 4") && drawn.contains("M4,4h1v1h-1z"), "{drawn}");
        assert_eq!(in_groups("JBSWY3DPEHPK3P"), "JBSW Y3DP EHPK 3P");
    }
}
