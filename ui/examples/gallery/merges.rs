//! Records that become one, pairs that may be the same one, and a form that came back because one is there already.

use super::fixtures::Named;
use super::records::form;
use super::trade::{DAY, HOUR, ago, twin};
use model::{FieldErrors, Kind, LeftWhy, MatchBy};
use tracte_ui::Shell;
use tracte_ui::merges::{
    self, ApartLine, DuplicateMay, Left, MergeChoice, MergeOne, MergePage, MergedPage, PairLine, PairsPage,
    Resembling,
};
use tracte_ui::records::{self, FormPage};

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let mut errors = FieldErrors::default();
    errors.add("", "merge-large", "9000");
    errors.add("parent", "parent-circle", "");
    let undone = MergedPage { undo_until: None, undone: Some((ago(HOUR), 4, left(), 3)), ..merged() };
    let mut late = FieldErrors::default();
    late.add("", "merge-late", "30");
    let known = Resembling { found: vec![twin()], is_refused: true };
    vec![
        ("merge", merges::merge_page(shell, &merge(FieldErrors::default()))),
        ("merge-errors", merges::merge_page(shell, &merge(errors))),
        ("merged", merges::merged_page(shell, &merged())),
        ("merged-late", merges::merged_page(shell, &MergedPage { in_the_way: late, ..merged() })),
        ("merged-undone", merges::merged_page(shell, &undone)),
        ("duplicates", merges::pairs_page(shell, &pairs())),
        ("duplicates-none", merges::pairs_page(shell, &none())),
        ("company-known", records::form_page(shell, &FormPage { resembling: known, ..form(Kind::Company) })),
    ]
}

fn one(id: &str, title: &str, linked: u64) -> MergeOne {
    MergeOne {
        id: id.into(),
        title: title.into(),
        version: 3,
        created_at: ago(90 * DAY),
        updated_at: ago(2 * DAY),
        linked,
        has_more: linked >= 1_000,
        may_stay: linked > 0,
    }
}

fn choice(key: &str, label: &str, values: &[&str], chosen: usize) -> MergeChoice {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    MergeChoice { key: key.into(), label: label.into(), values, chosen }
}

fn merge(errors: FieldErrors) -> MergePage {
    MergePage {
        kind: Kind::Company,
        records: vec![
            one("7", "Fusteria Puig", 12),
            one("8", "Fusteria Puig, S.L.", 1_000),
            one("9", "Fustería Puig", 0),
        ],
        survivor: "8".into(),
        choices: vec![
            choice("name", "Nom", &["Fusteria Puig", "Fusteria Puig, S.L.", "Fustería Puig"], 1),
            choice("phone", "Telèfon", &["972 26 26 26", "", "972 26 26 27"], 0),
            choice("parent", "Pertany a", &["", "Grup Puig", ""], 1),
        ],
        same: vec![choice("town", "Població", &["Olot", "Olot", "Olot"], 0)],
        errors,
    }
}

fn merged() -> MergedPage {
    MergedPage {
        id: "5".into(),
        kind: Kind::Company,
        at: ago(DAY),
        by: Some("Laia Batlle Pons".into()),
        answers: ("8".into(), "Fusteria Puig, S.L.".into()),
        absorbed: vec![("7".into(), "Fusteria Puig".into()), ("9".into(), "Fustería Puig".into())],
        moved: 12,
        taken: vec!["phone".into()],
        keys: vec!["ERP-0042".into()],
        undo_until: Some(ago(-29 * DAY)),
        in_the_way: FieldErrors::default(),
        undone: None,
    }
}

fn left() -> Vec<Left> {
    let left = |field: &str, why| Left { record: "Fusteria Puig".into(), field: field.into(), why };
    vec![
        left("phone", LeftWhy::ChangedSince),
        left("external_key", LeftWhy::Taken),
        left("parent", LeftWhy::Gone),
    ]
}

fn pairs() -> PairsPage {
    let side = |id: &str, title: &str| (id.to_owned(), title.to_owned(), vec!["Olot".to_owned()]);
    PairsPage {
        kind: Kind::Company,
        pairs: vec![
            PairLine {
                one: side("7", "Fusteria Puig"),
                other: side("8", "Fusteria Puig, S.L."),
                by: vec![MatchBy::TaxId, MatchBy::Name],
            },
            PairLine {
                one: side("10", "Llibreria Ona"),
                other: side("11", "Llibreria Onna"),
                by: vec![MatchBy::NearName],
            },
        ],
        next: Some("near_name-0c05".into()),
        is_later: true,
        apart: vec![ApartLine {
            id: "3".into(),
            one: (Kind::Company, "12".into(), "Can Roca".into()),
            other: (Kind::Lead, "13".into(), "Can Roca".into()),
            at: ago(3 * DAY),
        }],
        may: DuplicateMay { merge: true, set_apart: true },
    }
}

fn none() -> PairsPage {
    PairsPage { pairs: Vec::new(), next: None, is_later: false, apart: Vec::new(), ..pairs() }
}
