//! Web forms: list, editor, and what visitors see, with plausible data.

use super::fixtures::Named;
use model::{FieldErrors, Label};
use tracte_ui::Shell;
use tracte_ui::components::Choice;
use tracte_ui::pieces::{PieceFrame, PieceRow};
use tracte_ui::web_forms::{self, FieldRow, FormCounts, FormEditor, SavedForm, VisitorField, VisitorForm};

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let mut wrong = FieldErrors::default();
    wrong.add("email", "email-form", "marta@");
    wrong.add("consent", "form-consent", "");
    let (visitor, editor) = (visitor(), editor());
    let mut refused = FieldErrors::default();
    refused.add("fields", "form-name", "");
    refused.add("campaign", "required", "");
    let frame = PieceFrame { errors: refused, ..editor.frame.clone() };
    let thanks = web_forms::thanks(shell.locale());
    vec![
        ("web-forms", web_forms::list(shell, &list(shell))),
        ("web-form", web_forms::form(shell, &editor)),
        ("web-form-errors", web_forms::form(shell, &FormEditor { frame, saved: None, ..editor })),
        ("visitor-form", web_forms::page(shell, &visitor)),
        ("visitor-form-errors", web_forms::page(shell, &VisitorForm { errors: wrong, ..visitor.clone() })),
        ("visitor-form-closed", web_forms::page(shell, &VisitorForm { is_closed: true, ..visitor.clone() })),
        ("visitor-form-thanks", web_forms::said(shell, &visitor, &thanks.as_str().into())),
        ("visitor-form-confirm", web_forms::confirm(shell, Some(&"Visiteu-nos".into()), "4f9a")),
        ("visitor-form-gone", web_forms::confirm(shell, None, "4f9a")),
    ]
}

fn list(shell: &Shell) -> Vec<PieceRow> {
    vec![PieceRow {
        key: "fira".to_owned(),
        label: "Fira de la construcció".to_owned(),
        detail: web_forms::detail(shell.locale(), 128, true),
        archived: false,
    }]
}

fn editor() -> FormEditor {
    FormEditor {
        frame: PieceFrame { key: Some("fira".to_owned()), version: 2, ..PieceFrame::default() },
        label: Label::new("Fira de la construcció", "Feria de la construcción", "Building fair"),
        title: Label::new("Visiteu-nos", "Visítenos", "Visit us"),
        rows: vec![
            FieldRow { field: "name".to_owned(), required: true, ..FieldRow::default() },
            FieldRow {
                field: "description".to_owned(),
                label: Label::new("Com us podem ajudar?", "¿Cómo podemos ayudarle?", "How can we help?"),
                hint: Label::new("Amb quatre ratlles n’hi ha prou.", "", ""),
                ..FieldRow::default()
            },
        ],
        askable: vec![Choice::new("name", "Nom"), Choice::new("description", "Descripció")],
        campaign: "Fira 2026".to_owned(),
        people: vec![Choice::new("1", "Laia Puig")],
        can_mail: true,
        sites: "https://www.exemple.cat".to_owned(),
        saved: Some(SavedForm {
            address: "https://crm.exemple.cat/f/fira".to_owned(),
            counts: FormCounts { received: 128, confirmed: 97, refused: 14 },
            preview: visitor(),
            leads: "/leads".to_owned(),
        }),
        ..FormEditor::default()
    }
}

fn visitor() -> VisitorForm {
    let field = |key: &str, required, text: &str| VisitorField {
        key: key.to_owned(),
        required,
        own: None,
        label: Label::default(),
        hint: Label::default(),
        texts: vec![text.to_owned()],
    };
    let help = VisitorField {
        label: Label::new("Com us podem ajudar?", "", ""),
        hint: Label::new("Amb quatre ratlles n’hi ha prou.", "", ""),
        ..field("description", false, "")
    };
    VisitorForm {
        key: "fira".to_owned(),
        title: "Visiteu-nos".into(),
        intro: "Deixeu-nos les dades i us trucarem.".into(),
        fields: vec![
            field("name", true, "Marta Soler"),
            field("email", true, "marta@"),
            field("phone", false, ""),
            help,
        ],
        consent: Some("Vull rebre novetats per correu.".into()),
        ticket: "1.2.3".to_owned(),
        ..VisitorForm::default()
    }
}
