//! Scoring rules, trying one, and what was learned, with plausible data.

use super::fixtures::Named;
use model::{FieldErrors, Label};
use tracte_ui::Shell;
use tracte_ui::assignment::{EditedRule, RuleState};
use tracte_ui::pieces::PieceFrame;
use tracte_ui::scoring::{
    self, BandRow, ChanceView, FactorRow, KnowledgeView, LeadScore, LearnedBy, LearnedPage, MakingView,
    MeasureView, PreviewPage, PreviewedRow, ScoreView, ScoringForm, ScoringList, ScoringRow,
};

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let mut wrong = FieldErrors::default();
    wrong.add("points", "rule-points", "100");
    let form = form();
    let frame = PieceFrame { errors: wrong, ..form.frame.clone() };
    let learning = LearnedPage { known: None, ..learned() };
    let empty = ScoringList { rows: Vec::new(), making: None, ..list() };
    vec![
        ("scoring", scoring::list(shell, &list())),
        ("scoring-empty", scoring::list(shell, &empty)),
        ("scoring-rule", scoring::form(shell, &form)),
        ("scoring-rule-errors", scoring::form(shell, &ScoringForm { frame, points: "molts".into(), ..form })),
        ("scoring-preview", scoring::preview(shell, &preview())),
        ("scoring-learned", scoring::learned(shell, &learned())),
        ("scoring-learning", scoring::learned(shell, &learning)),
    ]
}

fn list() -> ScoringList {
    let row = |key: &str, label: &str, sentence: &str, points, state| ScoringRow {
        key: key.to_owned(),
        label: label.to_owned(),
        sentence: sentence.to_owned(),
        points,
        state,
    };
    ScoringList {
        rows: vec![
            row("girona", "Zona Girona", "Si «Zona: és «Girona»»", 20, RuleState::InForce),
            row("mut", "Sense telèfon", "Si «Telèfon: és buit»", -10, RuleState::InForce),
            row("fira", "Fira", "Si «Origen: fira»", 35, RuleState::Archived),
        ],
        may_change: true,
        may_see_learned: true,
        making: Some(MakingView { done: 3_200, expected: 10_000 }),
    }
}

fn form() -> ScoringForm {
    ScoringForm {
        frame: PieceFrame { key: Some("girona".to_owned()), version: 2, ..PieceFrame::default() },
        label: Label::new("Zona Girona", "Zona Gerona", "Girona area"),
        points: "20".to_owned(),
        from: "2026-01-01".to_owned(),
        sentence: Some(("Si «Zona: és «Girona»»".to_owned(), 20)),
        ..ScoringForm::default()
    }
}

fn preview() -> PreviewPage {
    let row = |title: &str, before, after, points| PreviewedRow {
        id: "7".to_owned(),
        title: title.to_owned(),
        before,
        after,
        reasons: vec![("Zona Girona".to_owned(), points), ("Sense telèfon".to_owned(), -10)],
    };
    PreviewPage {
        edited: EditedRule {
            action: "/settings/scoring/girona".to_owned(),
            name: "Zona Girona".to_owned(),
            fields: vec![("points".to_owned(), "40".to_owned())],
        },
        count: 480,
        fitting: 112,
        changed: 96,
        mean_before: 243,
        mean_after: 312,
        bands: vec![
            (200, 150),
            (90, 80),
            (70, 60),
            (40, 50),
            (30, 40),
            (20, 30),
            (10, 30),
            (10, 20),
            (6, 12),
            (4, 8),
        ],
        rows: vec![row("Mas Riera, SL", 20, 60, 40), row("Forn Puig", 0, 40, 40)],
    }
}

pub(crate) fn factors() -> Vec<FactorRow> {
    let row = |field: &str, value: &str, times, won, lost| FactorRow {
        field: field.to_owned(),
        value: value.to_owned(),
        times,
        won,
        lost,
    };
    vec![
        row("Origen", "Fira", 180, 34, 18),
        row("Telèfon", "no", 42, 6, 20),
        row("Zona", "Pla de l’Estany", 150, 20, 12),
        row("Import", "de 5.000 a 20.000", 130, 41, 30),
        row("Web", "sí", 110, 60, 52),
        row("Sector", "Turisme rural", 104, 12, 11),
    ]
}

pub(crate) fn of_lead() -> LeadScore {
    LeadScore {
        score: Some(ScoreView {
            points: 100,
            sum: 110,
            reasons: vec![
                ("Zona Girona".to_owned(), 20),
                ("Fira".to_owned(), 100),
                ("Sense web".to_owned(), -10),
            ],
        }),
        chance: ChanceView::Known {
            percent: 62,
            is_reliable: true,
            by: LearnedBy::Team("Comercial Girona".to_owned()),
            closed: 214,
            base: 41,
            factors: factors(),
        },
        may_set_up: true,
        may_see_learned: true,
    }
}

fn learned() -> LearnedPage {
    let band = |leads, won, told| BandRow { leads, won, told };
    let measure = MeasureView {
        leads: 214,
        brier: 198,
        base_brier: 242,
        log_loss: 587,
        base_log_loss: 677,
        auc: Some(734),
        is_better: true,
        bands: vec![
            band(40, 6, 121),
            band(60, 18, 310),
            band(50, 24, 492),
            band(40, 24, 690),
            band(24, 16, 860),
        ],
    };
    let poor = MeasureView { is_better: false, auc: None, bands: vec![band(0, 0, 0); 5], ..measure.clone() };
    let known = |by, won, lost, enough| KnowledgeView { by, won, lost, enough };
    LearnedPage {
        known: Some(vec![
            known(LearnedBy::Company, 88, 126, Some((factors(), measure))),
            known(LearnedBy::Team("Comercial Girona".to_owned()), 40, 60, Some((Vec::new(), poor))),
            known(LearnedBy::Team("Obres".to_owned()), 3, 9, None),
        ]),
        needed: 50,
        of_each: 5,
        category_min: 5,
        may_set_up: true,
    }
}
