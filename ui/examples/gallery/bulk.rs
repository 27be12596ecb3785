//! Bulk actions: what to do, the value, the question, the job and the list of jobs.

use super::fixtures::{Named, now};
use super::trade::{DAY, HOUR, ago};
use model::jiff::ToSpan;
use model::{BulkCounts, BulkOutcome, BulkState, Currency, FieldErrors, FieldKind, Kind};
use tracte_ui::Shell;
use tracte_ui::bulk::{
    self, BulkDeed, BulkMay, ChoosePage, Chosen, JobLine, JobPage, JobRow, JobsPage, ListOf, ReviewPage,
    ValuePage,
};
use tracte_ui::components::Choice;
use tracte_ui::filters::FilterFieldView;

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let job = |state, counts| JobPage { state, counts, ..job(state, counts) };
    let done = BulkCounts { changed: 2_301, already: 9, denied: 3, refused: 1, ..BulkCounts::default() };
    let undone = BulkCounts { undone: 2_299, kept: 2, ..done };
    let half = BulkCounts { changed: 900, ..BulkCounts::default() };
    let mut errors = FieldErrors::default();
    errors.add("action", "required", "");
    let mut wrong = FieldErrors::default();
    wrong.add("amount", "amount-form", "molts diners");
    let none = ChoosePage { chosen: Chosen::default(), ..choose() };
    vec![
        ("bulk-choose", bulk::choose_page(shell, &choose())),
        ("bulk-choose-errors", bulk::choose_page(shell, &ChoosePage { errors, ..choose() })),
        ("bulk-choose-none", bulk::choose_page(shell, &none)),
        ("bulk-value", bulk::value_page(shell, &value(FieldKind::Choice, &["referral"]))),
        (
            "bulk-value-errors",
            bulk::value_page(
                shell,
                &ValuePage { errors: wrong, ..value(FieldKind::Money, &["molts diners"]) },
            ),
        ),
        ("bulk-review", bulk::review_page(shell, &review(done))),
        (
            "bulk-review-none",
            bulk::review_page(
                shell,
                &ReviewPage {
                    is_asked_again: true,
                    ..review(BulkCounts { already: 4, ..BulkCounts::default() })
                },
            ),
        ),
        ("bulk-running", bulk::job_page(shell, &job(BulkState::Running, half))),
        ("bulk-done", bulk::job_page(shell, &job(BulkState::Done, done))),
        ("bulk-undone", bulk::job_page(shell, &job(BulkState::Undone, undone))),
        ("bulk-failed", bulk::job_page(shell, &job(BulkState::Failed, half))),
        ("bulk-jobs", bulk::jobs_page(shell, &jobs(done))),
        ("bulk-jobs-none", bulk::jobs_page(shell, &JobsPage::default())),
    ]
}

fn list_of() -> ListOf {
    ListOf {
        kind: Kind::Lead,
        title: "Clients potencials".into(),
        back_href: "/leads?status=new".into(),
        action: "/leads/bulk?status=new".into(),
        start_action: "/leads/bulk/start?status=new".into(),
        export_action: "/leads/bulk/export?status=new".into(),
    }
}

fn chosen() -> Chosen {
    Chosen { which: "all".into(), ids: String::new(), total: 2_314 }
}

fn choose() -> ChoosePage {
    ChoosePage {
        list: list_of(),
        chosen: chosen(),
        may: BulkMay { assign: true, assign_again: true, change: true, delete: true, export: true },
        people: vec![Choice::new("u1", "Jordi Ferrer i Sala"), Choice::new("u2", "Laia Batlle Pons")],
        fields: vec![Choice::new("source", "Origen"), Choice::new("status", "Estat")],
        tags: vec![Choice::new("vip", "VIP"), Choice::new("priority", "Prioritari")],
        action: String::new(),
        owner: String::new(),
        field: String::new(),
        tag: String::new(),
        errors: FieldErrors::default(),
    }
}

fn value(kind: FieldKind, values: &[&str]) -> ValuePage {
    let (key, label) =
        if kind == FieldKind::Money { ("amount", "Import estimat") } else { ("source", "Origen") };
    ValuePage {
        list: list_of(),
        chosen: chosen(),
        field: FilterFieldView {
            key: key.into(),
            label: label.into(),
            kind,
            choices: vec![Choice::new("web", "Web"), Choice::new("referral", "Recomanació")],
            target: None,
        },
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        reasons: Vec::new(),
        reason: String::new(),
        currency: Currency::Eur,
        errors: FieldErrors::default(),
    }
}

fn deed() -> BulkDeed {
    BulkDeed { code: "assign".into(), field: String::new(), value: "Laia Batlle Pons".into() }
}

fn row(title: Option<&str>, outcome: BulkOutcome, why: &str, by: Option<&str>) -> JobRow {
    JobRow {
        href: "/leads/7".into(),
        title: title.map(str::to_owned),
        outcome,
        why: why.into(),
        by: by.map(str::to_owned),
    }
}

fn review(counts: BulkCounts) -> ReviewPage {
    ReviewPage {
        list: list_of(),
        chosen: chosen(),
        deed: deed(),
        counts,
        rows: vec![
            row(Some("Hotel Ultònia"), BulkOutcome::Denied, "", None),
            row(Some("Mas Riera, SL"), BulkOutcome::Refused, "bulk-closed", None),
            row(None, BulkOutcome::Gone, "", None),
        ],
        hidden: vec![("action".into(), "assign".into()), ("owner".into(), "u2".into())],
        idempotency_key: "0f".into(),
        is_asked_again: false,
        errors: FieldErrors::default(),
    }
}

fn job(state: BulkState, counts: BulkCounts) -> JobPage {
    JobPage {
        kind: Kind::Lead,
        id: "9".into(),
        list_href: "/leads".into(),
        deed: deed(),
        state,
        total: 2_314,
        counts,
        started_at: ago(HOUR),
        by: Some("Marta Puigdomènech i Serra".into()),
        undo_until: (state == BulkState::Done).then(|| now().checked_add(23.hours()).unwrap_or(now())),
        rows: vec![
            row(Some("Hotel Ultònia"), BulkOutcome::Denied, "", None),
            row(Some("Restaurant Can Xifra"), BulkOutcome::Kept, "", Some("Jordi Ferrer i Sala")),
        ],
    }
}

fn jobs(counts: BulkCounts) -> JobsPage {
    let line = |state, code: &str, minutes| JobLine {
        kind: Kind::Company,
        id: "9".into(),
        deed: BulkDeed { code: code.into(), ..deed() },
        state,
        counts,
        started_at: ago(minutes),
        by: Some("Marta Puigdomènech i Serra".into()),
    };
    JobsPage { lines: vec![line(BulkState::Running, "assign", 1), line(BulkState::Undone, "archive", DAY)] }
}
