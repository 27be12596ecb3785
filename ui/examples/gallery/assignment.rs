//! Assignment rules and their simulation with plausible data.

use super::fixtures::{Named, now};
use model::{FieldErrors, Label};
use tracte_ui::Shell;
use tracte_ui::assignment::{
    self, Behind, PersonRow, RuleForm, RuleList, RuleRow, RuleState, ShareRow, SimulatedRow, SimulationPage,
    SimulationRule,
};
use tracte_ui::components::Choice;
use tracte_ui::pieces::PieceFrame;

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let mut wrong = FieldErrors::default();
    wrong.add("people", "rule-people", "");
    wrong.add("day_max", "rule-capacity", "10000");
    let form = form();
    let frame = PieceFrame { errors: wrong, ..form.frame.clone() };
    vec![
        ("assignment", assignment::list(shell, &list())),
        ("assignment-empty", assignment::list(shell, &RuleList { rows: Vec::new(), ..list() })),
        ("assignment-rule", assignment::form(shell, &form)),
        ("assignment-rule-errors", assignment::form(shell, &RuleForm { frame, ..form })),
        ("assignment-simulation", assignment::simulation(shell, &simulation())),
    ]
}

fn list() -> RuleList {
    let row = |key: &str, label: &str, sentence: &str, state| RuleRow {
        key: key.to_owned(),
        label: label.to_owned(),
        sentence: sentence.to_owned(),
        state,
        behind: None,
    };
    let girona = "Si «Codi postal: comença per «17»»: per torns, entre Laia i Jordi. Si ningú no pot, la regla següent.";
    let big = "Si «Import: 5.000,00 € o més»: a qui en té menys d’oberts, entre l’equip «Obres».";
    RuleList {
        rows: vec![
            row("girona", "Girona", girona, RuleState::InForce),
            row("grans", "Obres grans", big, RuleState::NotYet),
            row("fira", "Fira", "Qualsevol client potencial: per torns, entre Laia.", RuleState::Archived),
        ],
        may_change: true,
        people: vec![Choice::new("1", "Laia Puig"), Choice::new("2", "Jordi Vidal")],
        default_owner: String::new(),
        default_team: "Equip comercial".to_owned(),
        reassign_after_hours: "4".to_owned(),
        reassign_times: "2".to_owned(),
        has_target: true,
        version: 3,
        errors: FieldErrors::default(),
    }
}

fn form() -> RuleForm {
    let person = |id: &str, name: &str, chosen, takes_leads| PersonRow {
        id: id.to_owned(),
        name: name.to_owned(),
        takes_leads,
        chosen,
        weight: "1".to_owned(),
    };
    RuleForm {
        frame: PieceFrame { key: Some("girona".to_owned()), version: 2, ..PieceFrame::default() },
        label: Label::new("Girona", "Gerona", "Girona"),
        pool: "people".to_owned(),
        people: vec![person("1", "Laia Puig", true, true), person("2", "Jordi Vidal", false, false)],
        teams: vec![Choice::new("9", "Equip comercial")],
        roles: vec![Choice::new("rep", "Comercial")],
        strategy: "turns".to_owned(),
        most: "1000".to_owned(),
        attendance: "hours".to_owned(),
        fallback: "next".to_owned(),
        day_max: "5".to_owned(),
        sentence: Some("Qualsevol client potencial: per torns, entre Laia Puig.".to_owned()),
        ..RuleForm::default()
    }
}

fn simulation() -> SimulationPage {
    let row = |title: &str, winner: &str, owner: &str| SimulatedRow {
        id: "7".to_owned(),
        title: title.to_owned(),
        created_at: now(),
        decided: "Obres grans".to_owned(),
        tried: vec![("Girona".to_owned(), "no es compleix «Codi postal: comença per «17»»".to_owned())],
        winner: Some(winner.to_owned()),
        winner_now: Some(owner.to_owned()),
        owner: Some(owner.to_owned()),
    };
    let share = |name: &str, as_it_would_be, as_it_is| ShareRow {
        name: Some(name.to_owned()),
        as_it_is,
        by_rules_now: as_it_is,
        as_it_would_be,
    };
    let behind = Behind { place: 0, label: "Obres grans".to_owned(), is_never: true };
    SimulationPage {
        period: "days-30".to_owned(),
        most: "1000".to_owned(),
        filter_href: "/settings/assignment-simulation/filter".to_owned(),
        count: 2,
        changed: 1,
        rows: vec![row("Mas Riera", "Laia Puig", "Jordi Vidal"), row("Forn Puig", "Laia Puig", "Laia Puig")],
        shares: vec![share("Laia Puig", 2, 1), share("Jordi Vidal", 0, 1)],
        by_rule: vec![
            SimulationRule { label: "Obres grans".to_owned(), count: 2, behind: None },
            SimulationRule { label: "Fira".to_owned(), count: 0, behind: Some(behind) },
        ],
        is_compared: true,
        ..SimulationPage::default()
    }
}
