//! The pages on which a company sets up fields of its own.

use super::fixtures::Named;
use model::{FieldErrors, FieldKind, Kind, Label, Shown};
use tracte_ui::Shell;
use tracte_ui::own_fields::{
    FieldForm, FieldOf, FieldPage, FieldRow, RemovePage, field_page, list_page, remove_page,
};

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let page = |of, form, errors| FieldPage {
        entity: Kind::Lead,
        of,
        form,
        targets: vec![Kind::Lead, Kind::User, Kind::Team],
        errors,
    };
    let new = FieldForm { shown: vec!["form".into(), "list".into()], ..FieldForm::default() };
    let mut errors = FieldErrors::default();
    errors.add("label_ca", "required", "");
    errors.add("choices", "choice-twice", "Gas natural");
    let wrong =
        FieldForm { kind: "choice".into(), choices: "Gas natural\nGas natural".into(), ..new.clone() };
    let changed =
        FieldOf::Changed { key: "lead.energia".into(), version: 2, label: label(), archived: false };
    let form = FieldForm {
        label: label(),
        help: Label::new("Amb què s’escalfa ara l’edifici.", "", ""),
        kind: "choices".into(),
        default: "gas_natural".into(),
        ..new.clone()
    };
    let archived =
        FieldOf::Changed { key: "lead.energia".into(), version: 3, label: label(), archived: true };
    let remove =
        |used| RemovePage { key: "lead.energia".into(), version: 2, label: label(), archived: false, used };
    vec![
        ("fields", list_page(shell, &[(Kind::Lead, rows())])),
        ("fields-none", list_page(shell, &[(Kind::Lead, Vec::new())])),
        ("field-new", field_page(shell, &page(FieldOf::New, new, FieldErrors::default()))),
        ("field-new-wrong", field_page(shell, &page(FieldOf::New, wrong, errors))),
        ("field-edit", field_page(shell, &page(changed, form.clone(), FieldErrors::default()))),
        ("field-archived", field_page(shell, &page(archived, form, FieldErrors::default()))),
        ("field-remove-used", remove_page(shell, &remove(1_204))),
        ("field-remove", remove_page(shell, &remove(0))),
    ]
}

fn label() -> Label {
    Label::new("Energia actual", "Energía actual", "")
}

fn rows() -> Vec<FieldRow> {
    let row = |key: &str, label: Label, kind, required, archived| FieldRow {
        key: key.into(),
        label,
        kind,
        required,
        unique: kind == FieldKind::Text,
        shown: if archived { Vec::new() } else { Shown::ALL.to_vec() },
        archived,
    };
    vec![
        row("lead.energia", label(), FieldKind::Choices, false, false),
        row(
            "lead.superficie",
            Label::new("Superfície útil en metres quadrats", "", ""),
            FieldKind::Number,
            true,
            false,
        ),
        row("lead.cups", Label::new("CUPS", "CUPS", "Supply point"), FieldKind::Text, false, false),
        row("lead.fax", Label::new("Fax", "", ""), FieldKind::Phone, false, true),
    ]
}
