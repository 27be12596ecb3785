//! One scoring rule: a plain form in which buttons add and drop conditions.

use super::{PATH, action_of, points};
use crate::Locale;
use crate::components::{Choice, Field, icon};
use crate::filters::{Conditions, FilterFieldView, FilterRow, conditions};
use crate::messages::t;
use crate::pieces::{self, PieceFrame, label_fields};
use crate::shell::Shell;
use maud::{Markup, html};
use model::{Label, POINTS_MAX};

/// The newest so many leads on which a rule can be tried.
pub const PREVIEW_LEADS: [usize; 3] = [1_000, 100, 10_000];

/// Sends `label_ca`…, `points`, the rows of conditions, `from`, `to`, `leads`; and `deed`: `save`, `preview`, or anything
/// else for the form again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ScoringForm {
    pub frame: PieceFrame,
    pub label: Label,
    pub points: String,
    pub fields: Vec<FilterFieldView>,
    pub rows: Vec<FilterRow>,
    pub from: String,
    pub to: String,
    /// On how many leads it is tried.
    pub leads: String,
    /// What is saved now, in words, and its points.
    pub sentence: Option<(String, i16)>,
}

const CONDITIONS: &str = "scoring-conditions";

pub fn form(shell: &Shell, view: &ScoringForm) -> Markup {
    let l = shell.locale();
    let errors = &view.frame.errors;
    let title = match &view.frame.key {
        Some(_) => view.label.get(l.language).to_owned(),
        None => t!(l, "scoring-new"),
    };
    let maximum = POINTS_MAX.to_string();
    let body = html! {
        @if let Some((sentence, given)) = &view.sentence {
            div.notice.info { (icon("target")) div.words { (sentence) ": " strong { (points(l, (*given).into())) } } }
        }
        section.panel {
            div.body.stack-m {
                div.form-grid { (label_fields(l, "label", &t!(l, "pieces-name"), &view.label, errors)) }
                (Field::text("points", t!(l, "scoring-points")).value(&view.points).hint(t!(l, "scoring-points-hint", maximum = maximum.as_str())).problems(l, errors).maximum_characters(4))
                (validity(l, view))
            }
        }
        (which(l, view))
        (trying(l, view))
    };
    pieces::form(shell, PATH, &title, &view.frame, body)
}

fn validity(l: Locale<'_>, view: &ScoringForm) -> Markup {
    let errors = &view.frame.errors;
    html! {
        details open[!view.from.is_empty() || !view.to.is_empty() || errors.of("from").is_some()] {
            summary { (t!(l, "assignment-dates")) }
            div.form-grid {
                (Field::date("from", t!(l, "assignment-from")).value(&view.from).problems(l, errors).optional(l))
                (Field::date("to", t!(l, "assignment-to")).value(&view.to).problems(l, errors).optional(l))
            }
        }
    }
}

fn which(l: Locale<'_>, view: &ScoringForm) -> Markup {
    let action = action_of(&view.frame);
    let rows = Conditions {
        fields: &view.fields,
        rows: &view.rows,
        prefix: "",
        errors: &view.frame.errors,
        action: &action,
        posts: true,
        target: CONDITIONS,
    };
    html! {
        section.panel {
            header { h2 { (t!(l, "assignment-which")) } }
            div.body.stack-m {
                p.muted { (t!(l, "assignment-which-text")) " " (t!(l, "scoring-days-text")) }
                div.stack-m.conditions id=(CONDITIONS) { (conditions(l, &rows)) }
            }
        }
    }
}

/// Before it is saved: what it would change.
fn trying(l: Locale<'_>, view: &ScoringForm) -> Markup {
    let choice =
        |leads: usize| Choice::new(leads.to_string(), t!(l, "assignment-period-last", count = leads));
    let choices = PREVIEW_LEADS.map(choice);
    html! {
        section.panel {
            header { h2 { (t!(l, "assignment-try")) } }
            div.body.stack-m {
                p.muted { (t!(l, "scoring-try-text")) }
                (Field::select("leads", t!(l, "assignment-period"), &choices).value(&view.leads))
                div.actions {
                    button.btn type="submit" name="deed" value="preview" { (icon("chart-column")) (t!(l, "scoring-try")) }
                }
            }
        }
    }
}
