//! Pipelines: the way of an opportunity from first talk to won, lost or cancelled.

use crate::LABEL_CHARACTERS_MAX;
use crate::{FieldErrors, Kind, Label, Piece, configured};
use serde::{Deserialize, Serialize};

/// Columns of a board; more cannot be taken in.
pub const STAGES_MAX: usize = 12;

/// What a stage means for figures, whatever it is called.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageKind {
    Open,
    Won,
    Lost,
    /// It did not exist after all: out of every ratio.
    Cancelled,
}

impl StageKind {
    pub const ALL: [StageKind; 4] = [StageKind::Open, StageKind::Won, StageKind::Lost, StageKind::Cancelled];

    pub fn as_str(self) -> &'static str {
        match self {
            StageKind::Open => "open",
            StageKind::Won => "won",
            StageKind::Lost => "lost",
            StageKind::Cancelled => "cancelled",
        }
    }

    pub fn from_code(code: &str) -> Option<StageKind> {
        StageKind::ALL.into_iter().find(|kind| kind.as_str() == code)
    }
}

/// One step of a pipeline.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub key: String,
    pub label: Label,
    pub kind: StageKind,
    /// Percent, 0 to 100.
    pub probability: u8,
    /// After so many days here an opportunity is stale; absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_days: Option<u16>,
    /// Keys of fields that must have a value to come here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
}

/// A pipeline with its stages in order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Pipeline {
    pub label: Label,
    pub stages: Vec<Stage>,
    #[serde(default)]
    pub archived: bool,
}

impl Pipeline {
    pub fn stage(&self, key: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.key == key)
    }
}

impl Piece for Pipeline {
    const KIND: Kind = Kind::Pipeline;
    const SECTION: &'static str = "pipelines";

    fn ready() -> Vec<(&'static str, Pipeline)> {
        let label = Label::new("Vendes", "Ventas", "Sales");
        vec![("sales", Pipeline { label, stages: ready_stages(), archived: false })]
    }

    fn label(&self) -> &Label {
        &self.label
    }

    fn is_archived(&self) -> bool {
        self.archived
    }

    /// Problems of a stage stand at `stages.<place>.<field>`, places from 0.
    fn check(&self, errors: &mut FieldErrors) {
        self.label.check("label", LABEL_CHARACTERS_MAX, errors);
        if self.stages.len() > STAGES_MAX {
            errors.add("stages", "too-many", STAGES_MAX.to_string());
        }
        for (kind, code) in [
            (StageKind::Open, "stage-open-missing"),
            (StageKind::Won, "stage-won-missing"),
            (StageKind::Lost, "stage-lost-missing"),
        ] {
            if !self.stages.iter().any(|stage| stage.kind == kind) {
                errors.add("stages", code, "");
            }
        }
        for (place, stage) in self.stages.iter().enumerate() {
            self.check_stage(place, stage, errors);
        }
    }
}

impl Pipeline {
    fn check_stage(&self, place: usize, stage: &Stage, errors: &mut FieldErrors) {
        let at = |field: &str| format!("stages.{place}.{field}");
        configured::check_key(&at("key"), &stage.key, errors);
        if self.stages.iter().take(place).any(|other| other.key == stage.key) {
            errors.add(&at("key"), "taken", &stage.key);
        }
        stage.label.check(&at("label"), LABEL_CHARACTERS_MAX, errors);
        let range = match stage.kind {
            StageKind::Open => 0..=100,
            StageKind::Won => 100..=100,
            StageKind::Lost | StageKind::Cancelled => 0..=0,
        };
        if !range.contains(&stage.probability) {
            errors.add(&at("probability"), "stage-probability", format!("{}–{}", range.start(), range.end()));
        }
        if stage.stale_days == Some(0) {
            errors.add(&at("stale_days"), "number-range", "1");
        }
    }
}

fn ready_stages() -> Vec<Stage> {
    let stage = |key: &str, ca, es, en, kind, probability, stale_days| Stage {
        key: key.to_owned(),
        label: Label::new(ca, es, en),
        kind,
        probability,
        stale_days,
        required: Vec::new(),
    };
    let open = StageKind::Open;
    vec![
        stage("new", "Nova", "Nueva", "New", open, 10, Some(7)),
        stage("analysis", "En anàlisi", "En análisis", "In analysis", open, 25, Some(14)),
        stage("offer", "Oferta presentada", "Oferta presentada", "Offer submitted", open, 50, Some(14)),
        stage("negotiation", "En negociació", "En negociación", "In negotiation", open, 75, Some(21)),
        stage("won", "Guanyada", "Ganada", "Won", StageKind::Won, 100, None),
        stage("lost", "Perduda", "Perdida", "Lost", StageKind::Lost, 0, None),
        stage("cancelled", "Cancel·lada", "Cancelada", "Cancelled", StageKind::Cancelled, 0, None),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(change: impl FnOnce(&mut Pipeline)) -> Vec<(String, String)> {
        let (_, mut pipeline) = Pipeline::ready().remove(0);
        change(&mut pipeline);
        let mut errors = FieldErrors::default();
        pipeline.check(&mut errors);
        errors.0.into_iter().map(|problem| (problem.field, problem.code)).collect()
    }

    #[test]
    fn a_pipeline_says_all_that_is_wrong() {
        assert_eq!(problems(|_| {}), []);
        let found = problems(|pipeline| {
            pipeline.stages.retain(|stage| stage.kind != StageKind::Won);
            pipeline.stages[1].key = "new".into();
            pipeline.stages[2].probability = 101;
            pipeline.stages[3].label = Label::default();
        });
        let expected = [
            ("stages", "stage-won-missing"),
            ("stages.1.key", "taken"),
            ("stages.2.probability", "stage-probability"),
            ("stages.3.label_ca", "required"),
        ];
        assert_eq!(found, expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
    }
}
