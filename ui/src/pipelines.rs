//! Pipelines: the list, and one pipeline with its stages in order.

use crate::Locale;
use crate::components::{Choice, Field, icon};
use crate::messages::t;
use crate::pieces::{self, PieceFrame, PieceList, PieceRow, add_row, label_fields, row_buttons};
use crate::shell::Shell;
use maud::{Markup, html};
use model::{Label, StageKind};

pub const PATH: &str = "/settings/pipelines";

/// A stage as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StageRow {
    /// Empty for a new one.
    pub key: String,
    pub label: Label,
    pub kind: String,
    pub probability: String,
    pub stale_days: String,
    /// Keys of fields.
    pub required: Vec<String>,
}

/// A stage that would go although opportunities are at it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StageMove {
    pub key: String,
    pub label: String,
    pub count: u64,
    /// The key of the stage to which they go; empty: not chosen yet.
    pub to: String,
}

/// Sends `label_ca`…, and for each stage `stages.<place>.key`, `.label_ca`…, `.kind`, `.probability`, `.stale_days`,
/// `.required` (once for each field); and `moves.<key>` for stages that go.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PipelineForm {
    pub frame: PieceFrame,
    pub label: Label,
    pub stages: Vec<StageRow>,
    /// The fields that a stage can ask for.
    pub fields: Vec<Choice>,
    /// Not empty: it must be said where opportunities go.
    pub moves: Vec<StageMove>,
    /// Where they can go: stages that were there before and stay.
    pub targets: Vec<Choice>,
}

pub fn kind_name(l: Locale<'_>, kind: StageKind) -> String {
    match kind {
        StageKind::Open => t!(l, "pipelines-open"),
        StageKind::Won => t!(l, "pipelines-won"),
        StageKind::Lost => t!(l, "pipelines-lost"),
        StageKind::Cancelled => t!(l, "pipelines-cancelled"),
    }
}

pub fn list(shell: &Shell, rows: &[PieceRow]) -> Markup {
    let l = shell.locale();
    let (title, intro, new) = (t!(l, "pipelines-title"), t!(l, "pipelines-intro"), t!(l, "pipelines-new"));
    pieces::list(shell, &PieceList { title, intro, path: PATH, icon: "target", new, rows })
}

pub fn form(shell: &Shell, view: &PipelineForm) -> Markup {
    let l = shell.locale();
    let errors = &view.frame.errors;
    let title = if view.frame.key.is_some() { t!(l, "pipelines-edit") } else { t!(l, "pipelines-new") };
    let kinds: Vec<Choice> =
        StageKind::ALL.into_iter().map(|kind| Choice::new(kind.as_str(), kind_name(l, kind))).collect();
    let body = html! {
        @if !view.moves.is_empty() { (moves(l, view)) }
        section.panel { div.body { div.form-grid { (label_fields(l, "label", &t!(l, "pieces-name"), &view.label, errors)) } } }
        section.panel {
            header { h2 id="f-stages" { (t!(l, "pipelines-stages")) } }
            div.body {
                p.muted { (t!(l, "pipelines-stages-text")) }
                @for (place, stage) in view.stages.iter().enumerate() { (stage_row(l, view, &kinds, place, stage)) }
                (add_row(&t!(l, "pipelines-add-stage")))
            }
        }
    };
    pieces::form(shell, PATH, &title, &view.frame, body)
}

fn stage_row(l: Locale<'_>, view: &PipelineForm, kinds: &[Choice], place: usize, stage: &StageRow) -> Markup {
    let errors = &view.frame.errors;
    let at = |field: &str| format!("stages.{place}.{field}");
    html! {
        fieldset.row-group {
            legend { (place + 1) ". " (stage.label.get(l.language)) }
            input type="hidden" name=(at("key")) value=(stage.key);
            (label_fields(l, &at("label"), &t!(l, "pieces-name"), &stage.label, errors))
            (Field::select(&at("kind"), t!(l, "pipelines-kind"), kinds).value(&stage.kind).problems(l, errors))
            (Field::whole_number(&at("probability"), t!(l, "pipelines-probability")).value(&stage.probability).problems(l, errors).required().maximum_characters(3))
            (Field::whole_number(&at("stale_days"), t!(l, "pipelines-stale-days")).value(&stage.stale_days).hint(t!(l, "pipelines-stale-days-hint")).problems(l, errors).optional(l).maximum_characters(4))
            details.fold open[!stage.required.is_empty() || errors.of(&at("required")).is_some()] {
                summary { (icon("chevron-down")) (t!(l, "pipelines-required")) }
                (Field::checkboxes(&at("required"), t!(l, "pipelines-required"), &view.fields, &stage.required).problems(l, errors))
            }
            (row_buttons(l, place, view.stages.len(), stage.label.get(l.language)))
        }
    }
}

/// Where opportunities go whose stage is taken away.
fn moves(l: Locale<'_>, view: &PipelineForm) -> Markup {
    let mut targets = vec![Choice::new("", t!(l, "pipelines-move-choose"))];
    targets.extend(view.targets.iter().cloned());
    html! {
        section.panel {
            header { h2 { (t!(l, "pipelines-move-title")) } }
            div.body.stack-s {
                p { (t!(l, "pipelines-move-text")) }
                @for stage in &view.moves {
                    (Field::select(&format!("moves.{}", stage.key), t!(l, "pipelines-move-stage", stage = stage.label.as_str(), count = stage.count), &targets).value(&stage.to))
                }
            }
        }
    }
}
