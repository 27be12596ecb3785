//! What quotes begin with, and what follows an acceptance: a page of the settings.

use crate::components::{Choice, Field, error_summary, form_actions, icon, page_head};
use crate::messages::t;
use crate::records::code_name;
use crate::settings::back_link;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::{
    CONDITIONS_CHARACTERS_MAX, FieldErrors, Kind, PAYMENT_TERMS_CHARACTERS_MAX, PLAN_STEPS_MAX, TODO_KINDS,
};

/// What the letters to clients are about, and the messages that are their texts.
type About = fn(crate::Locale<'_>) -> String;
const LETTERS: [(About, &str); 3] = [
    (|l| t!(l, "quotes-letter-about-sent"), "quotes-letter-sent-text"),
    (|l| t!(l, "quotes-letter-about-reminder"), "quotes-letter-reminder-text"),
    (|l| t!(l, "quotes-letter-about-confirmed"), "quotes-letter-confirmed-text"),
];

pub const SETTINGS_PATH: &str = "/settings/quotes";

/// A step of the plan as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StepForm {
    pub subject: String,
    pub kind: String,
    pub days: String,
}

/// `GET /settings/quotes`, and again with problems (422).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct QuoteSettingsPage {
    pub version: u64,
    pub valid_days: String,
    pub remind_days: String,
    pub payment_terms: String,
    pub conditions: String,
    pub wins: bool,
    pub plan: Vec<StepForm>,
    pub errors: FieldErrors,
    /// What is wrong with the company's own template.
    pub template: Vec<String>,
}

pub fn settings_page(shell: &Shell, view: &QuoteSettingsPage) -> Markup {
    let (l, e) = (shell.locale(), &view.errors);
    let title = t!(l, "quotes-settings");
    let most = |characters: usize| u32::try_from(characters).unwrap_or(u32::MAX);
    shell.page(
        &Page::new(title.as_str(), Nav::Settings).errors(e),
        html! {
            (back_link(l))
            (error_summary(l, e))
            (page_head(&title, Some(&t!(l, "quotes-settings-text")), html! {}))
            @if !view.template.is_empty() {
                div.notice.warn role="alert" {
                    (icon("triangle-alert"))
                    div.words {
                        strong { (t!(l, "quotes-settings-template")) }
                        @for line in &view.template { p { code { (line) } } }
                    }
                }
            }
            form.form.narrow method="post" action=(SETTINGS_PATH) novalidate {
                input type="hidden" name="version" value=(view.version);
                section.panel {
                    header { h2 { (t!(l, "quotes-group-terms")) } }
                    div.body {
                        div.form-grid {
                            (Field::whole_number("valid_days", t!(l, "quotes-settings-valid")).value(&view.valid_days).problems(l, e))
                            (Field::whole_number("remind_days", t!(l, "quotes-settings-remind")).hint(t!(l, "quotes-settings-remind-hint")).value(&view.remind_days).problems(l, e))
                            (Field::text("payment_terms", crate::records::field_label(l, Kind::Quote, "payment_terms")).value(&view.payment_terms).problems(l, e).maximum_characters(most(PAYMENT_TERMS_CHARACTERS_MAX)).full())
                            (Field::textarea("conditions", crate::records::field_label(l, Kind::Quote, "conditions"), 5).value(&view.conditions).problems(l, e).maximum_characters(most(CONDITIONS_CHARACTERS_MAX)).full())
                        }
                    }
                }
                section.panel {
                    header { h2 { (t!(l, "quotes-settings-accepted")) } }
                    div.body.stack-m {
                        (Field::checkbox("wins", t!(l, "quotes-settings-wins"), view.wins))
                        p.hint-text { (t!(l, "quotes-settings-plan")) }
                        @for place in 0..shown(view) { (step(shell, view, place)) }
                    }
                }
                section.panel {
                    header { h2 { (t!(l, "quotes-settings-letters")) } }
                    div.body.stack-s {
                        p.hint-text { (t!(l, "quotes-settings-letters-text")) }
                        ul.plain {
                            @for (about, key) in LETTERS {
                                li { a.target href=(format!("/settings/words/{key}")) { (icon("mail")) (about(l)) } }
                            }
                        }
                    }
                }
                (form_actions(&t!(l, "leads-save"), "/settings", &t!(l, "leads-cancel")))
            }
        },
    )
}

/// What there is, and two more.
fn shown(view: &QuoteSettingsPage) -> usize {
    (view.plan.len() + 2).min(PLAN_STEPS_MAX.max(view.plan.len()))
}

fn step(shell: &Shell, view: &QuoteSettingsPage, place: usize) -> Markup {
    let (l, e) = (shell.locale(), &view.errors);
    let blank = StepForm::default();
    let step = view.plan.get(place).unwrap_or(&blank);
    let [subject, kind, days] = ["subject", "kind", "days"].map(|field| format!("plan.{place}.{field}"));
    let kinds = TODO_KINDS.map(|code| Choice::new(code, code_name(l, Kind::Activity, "kind", code)));
    html! {
        fieldset {
            legend.sr { (t!(l, "quotes-settings-step", number = place + 1)) }
            div.line-figures {
                (Field::text(&subject, t!(l, "quotes-settings-step", number = place + 1)).value(&step.subject).problems(l, e).maximum_characters(100))
                (Field::select(&kind, crate::records::field_label(l, Kind::Activity, "kind"), &kinds).value(&step.kind).problems(l, e))
                (Field::whole_number(&days, t!(l, "quotes-settings-days")).value(&step.days).problems(l, e))
            }
        }
    }
}
