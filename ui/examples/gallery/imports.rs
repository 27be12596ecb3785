//! Imports with plausible files: of leads, and of opportunities out of another program.

use super::fixtures::Named;
use super::trade::{HOUR, ago};
use model::{
    DateOrder, FieldErrors, GivenValue, ImportCounts, ImportMode, ImportState, Kind, MatchBy, MendedValue,
    Mending, NumberForm, OnDouble, PlannedColumn, Problem, RowProblems, TITLE, UndoCounts, UndoOutcome,
};
use std::collections::BTreeMap;
use tracte_ui::Shell;
use tracte_ui::components::Choice;
use tracte_ui::imports::{
    self, AddingOption, ChangedLine, DoubleLine, GivenOptions, ImportColumn, ImportField, ImportLine,
    ImportPage, LikeView, MendedLine, OutOfReach, OutcomeRow, ReadView, SameAs, SheetView, TemplateView,
    UploadPage,
};

const COUNTS: ImportCounts =
    ImportCounts { done: 842, good: 790, created: 790, updated: 0, unchanged: 0, duplicates: 0, bad: 52 };

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let line = |id: &str, file: &str, rows, state, done, good| ImportLine {
        id: id.into(),
        file_name: file.into(),
        entity: Kind::Lead,
        rows,
        state,
        counts: ImportCounts { done, good, created: good, bad: done - good, ..ImportCounts::default() },
        owner: Some("Marta Puigdomènech i Serra".into()),
        created_at: ago(2 * HOUR),
        undo: UndoCounts {
            undone: if state == ImportState::Undone { good - 1 } else { 0 },
            kept: u64::from(state == ImportState::Undone),
            ..UndoCounts::default()
        },
        can_delete: matches!(state, ImportState::Checked | ImportState::Cancelled),
    };
    let lines = vec![
        line("1", "fira-construmat-2026.xlsx", 10_000, ImportState::Running, 6_200, 6_031),
        line("2", "clients antics.csv", 842, ImportState::Checked, 842, 790),
        line("3", "web-octubre.ods", 58, ImportState::Done, 58, 58),
        line("4", "llista.csv", 310, ImportState::Done, 310, 301),
        line("5", "prova.csv", 12, ImportState::Cancelled, 0, 0),
        line("6", "repetida.csv", 12, ImportState::Undone, 12, 12),
    ];
    let limits = UploadPage {
        errors: FieldErrors::default(),
        entities: vec![Kind::Lead, Kind::Company, Kind::Contact, Kind::Product, Kind::Opportunity],
        entity: Some(Kind::Company),
        like: None,
        file_bytes_max: 64_000_000,
        rows_max: 1_000_000,
        columns_max: 150,
    };
    let mut refused = FieldErrors::default();
    refused.add("file", "file-not-a-spreadsheet", "pdf");
    let mut twice = FieldErrors::default();
    twice.add("mapping", "mapping-twice", "phone");
    let state = |state| ImportPage { state, ..import() };
    vec![
        ("imports", imports::list_page(shell, &imports::ListPage { lines })),
        ("imports-none", imports::list_page(shell, &imports::ListPage::default())),
        ("import-new", imports::upload_page(shell, &limits)),
        ("import-refused", imports::upload_page(shell, &UploadPage { errors: refused, ..limits.clone() })),
        ("import-columns", imports::page(shell, &import())),
        ("import-columns-errors", imports::page(shell, &ImportPage { errors: twice, ..import() })),
        ("import-checking", imports::page(shell, &state(ImportState::Checking))),
        ("import-checked", imports::page(shell, &state(ImportState::Checked))),
        ("import-running", imports::page(shell, &state(ImportState::Running))),
        ("import-paused", imports::page(shell, &state(ImportState::Paused))),
        ("import-undoing", imports::page(shell, &state(ImportState::Undoing))),
        ("import-opportunities", imports::page(shell, &opportunities())),
        ("import-values", imports::page(shell, &mending())),
        ("import-updated", imports::page(shell, &updated())),
        ("import-undone", imports::page(shell, &undone())),
        (
            "import-again",
            imports::upload_page(
                shell,
                &UploadPage {
                    like: Some(LikeView { id: "2".into(), file_name: "clients antics.csv".into() }),
                    ..limits.clone()
                },
            ),
        ),
        ("import-done", imports::page(shell, &state(ImportState::Done))),
        (
            "import-cancelled",
            imports::page(shell, &ImportPage { problem_rows: Vec::new(), ..state(ImportState::Cancelled) }),
        ),
        (
            "import-failed",
            imports::page(
                shell,
                &ImportPage { failure: Some("import-failed".into()), ..state(ImportState::Failed) },
            ),
        ),
    ]
}

fn import() -> ImportPage {
    let problem = |field: &str, code: &str, detail: &str| Problem::new(field, code, detail);
    let row = |row, problems: Vec<Problem>| RowProblems {
        row,
        name: "Hotel Ultònia".into(),
        problems,
        cells: Vec::new(),
    };
    ImportPage {
        id: "2".into(),
        version: 3,
        entity: Kind::Lead,
        program: None,
        file_name: "clients antics.csv".into(),
        sheet: SheetView {
            format: "csv".into(),
            encoding: "windows-1252".into(),
            separator: ";".into(),
            rows: 842,
            bytes: 96_300,
        },
        state: ImportState::Uploaded,
        shows_columns: false,
        columns: vec![
            column("Raó social", &["Mas Riera, SL", "Hotel Ultònia", "Fusteria Pujol i fills"], "company"),
            column("Contacte", &["Núria Riera", "Pere Bosch"], "name"),
            column("CIF", &["B17123456", "A17000012"], "tax_id"),
            column("Telèfon", &["972 21 44 55", "+34 620 11 22 33"], "phone"),
            column("Telèfon 2", &["620112233"], ""),
            column("Comercial anterior", &[], ""),
        ],
        read: ReadView {
            encoding: Some("windows-1252".into()),
            encodings: ["UTF-8", "windows-1252", "ISO-8859-15", "macintosh"].map(str::to_owned).to_vec(),
            sheet: None,
            sheets: Vec::new(),
            header_row: Some(1),
            typed_row: None,
            as_read: String::new(),
            columns_beyond: 0,
        },
        fields: ["name", "company", "tax_id", "phone", "amount", "description"].map(field).to_vec(),
        match_keys: vec!["external_key".into(), TITLE.into()],
        templates: Vec::new(),
        template: Some("Fira de mostres".into()),
        mode: ImportMode::Create,
        match_by: None,
        on_double: OnDouble::Skip,
        given: Vec::new(),
        given_options: BTreeMap::new(),
        mended: Vec::new(),
        alike: Vec::new(),
        alike_rows: Vec::new(),
        doubles: vec![
            DoubleLine {
                row: 17,
                name: "Fusteria Pujol".into(),
                same_as: SameAs::Row(3),
                by: Some(MatchBy::Email),
            },
            DoubleLine {
                row: 21,
                name: "Mas Riera".into(),
                same_as: SameAs::Record("/leads/1".into(), Some("Mas Riera, SL".into())),
                by: Some(MatchBy::TaxId),
            },
        ],
        changes: vec![ChangedLine {
            row: 9,
            href: "/leads/1".into(),
            title: Some("Mas Riera, SL".into()),
            fields: vec![("Població".into(), "Olot".into(), "Girona".into())],
        }],
        taken_apart: Some((3, "Telèfon: 600 11 22 33 / 972 11 22 33".into())),
        postcodes: 12,
        converted: 3,
        first_postcode: "8301".into(),
        without_owner: 14,
        handed_out: 0,
        passed_over: None,
        are_importers: false,
        left_out: vec![(3, "Facturació 2023".into()), (9, String::new())],
        values: Vec::new(),
        offered: BTreeMap::new(),
        options: BTreeMap::new(),
        said_of_all: BTreeMap::new(),
        me: "Marta Puigdomènech i Serra".into(),
        problems_by_field: vec![("tax_id".into(), 31), ("phone".into(), 20), (String::new(), 1)],
        new: Vec::new(),
        checked: COUNTS,
        imported: COUNTS,
        also_made: 0,
        undo: UndoCounts { done: 300, undone: 298, partly: 1, kept: 1, overruled: 0 },
        to_undo: 790,
        can_undo: false,
        can_delete: true,
        tab: String::new(),
        rows: Vec::new(),
        problem_rows: vec![
            row(
                14,
                vec![
                    problem("tax_id", "tax-id-checksum", "B17123457"),
                    problem("phone", "phone-form", "97221"),
                ],
            ),
            row(15, vec![problem("name", "name-or-company", "")]),
            row(1_203, vec![problem("Telèfon 2", "row-error-cell", "#N/A")]),
            row(1_417, vec![problem("amount", "amount-form", "consultar")]),
        ],
        failure: None,
        file: imports::FileKept::Days(90),
        errors: FieldErrors::default(),
    }
}

fn column(header: &str, samples: &[&str], target: &str) -> ImportColumn {
    ImportColumn {
        samples: samples.iter().map(|sample| (*sample).to_owned()).collect(),
        planned: PlannedColumn {
            header: header.into(),
            target: Some(target.to_owned()).filter(|key| !key.is_empty()),
            ..PlannedColumn::default()
        },
        is_unnamed: false,
    }
}

fn field(key: &str) -> ImportField {
    ImportField { key: key.into(), makes: (key == "company").then_some(Kind::Company) }
}

fn opportunities() -> ImportPage {
    let mut closed = column("Deal - Closed on", &["10/20/2026", "3/1/2026"], "closed_at");
    closed.planned.dates = Some(DateOrder::MonthFirst);
    let mut value = column("Deal - Value", &["1,054.00", "12,300.50"], "amount");
    value.planned.numbers = Some(NumberForm::Point);
    let mut company = column("Deal - Organization", &["Cancity", "Isdom"], "company");
    company.planned.creates = true;
    let template = |id: &str, name: &str| TemplateView { id: id.into(), name: name.into(), may_delete: true };
    let reasons = GivenOptions {
        choices: vec![Choice::new("price", "Preu"), Choice::new("competition", "Competència")],
        several: false,
    };
    ImportPage {
        entity: Kind::Opportunity,
        program: Some("pipedrive".into()),
        file_name: "deals-15062-91.xlsx".into(),
        columns: vec![column("Deal - Title", &["Coberta", "Reforma"], "name"), company, value, closed],
        fields: ["name", "company", "stage", "amount", "closed_at", "lost_reason"].map(field).to_vec(),
        templates: vec![template("1", "Fira de mostres"), template("2", "Comptabilitat")],
        mode: ImportMode::Both,
        match_by: Some("external_key".into()),
        given: vec![GivenValue { target: "lost_reason".into(), text: "Preu".into() }],
        given_options: BTreeMap::from([("lost_reason".to_owned(), reasons)]),
        ..import()
    }
}

fn mending() -> ImportPage {
    let line = |field: &str, code: &str, value: &str, rows, suggestion: Option<&str>, makes| MendedLine {
        detail: None,
        field: field.into(),
        code: code.into(),
        value: value.into(),
        rows,
        suggestion: suggestion.map(str::to_owned),
        near: Vec::new(),
        namesakes: Vec::new(),
        makes,
        adding: AddingOption::NoList,
        is_person: field == "owner",
        typed: None,
    };
    ImportPage {
        state: ImportState::Checked,
        values: vec![
            line("stage", "choice", "Engaging", 1_589, None, None),
            line("owner", "link-unknown", "Darcel Schlecht", 747, None, None),
            line("owner", "link-unknown", "Vicki Laflamme", 451, None, None),
            line(
                "company",
                "link-unknown",
                "Fusteria Pujol",
                23,
                Some("Fusteria Pujol i fills"),
                Some(Kind::Company),
            ),
        ],
        offered: BTreeMap::from([(
            "owner".into(),
            vec!["Marta Puigdomènech i Serra".into(), "Pere Bosch".into()],
        )]),
        options: BTreeMap::from([(
            "stage".into(),
            GivenOptions {
                choices: vec![
                    Choice::new("sales.new", "Nova"),
                    Choice::new("sales.negotiation", "En negociació"),
                ],
                several: false,
            },
        )]),
        mended: vec![MendedValue {
            target: "stage".into(),
            value: "Closed".into(),
            mending: Mending::Replace("Guanyada".into()),
        }],
        new: vec![(Kind::Company, 12)],
        ..opportunities()
    }
}

fn outcome(row: u64, title: Option<&str>, undo: Option<UndoOutcome>, why: &str) -> OutcomeRow {
    OutcomeRow {
        row,
        entity: Kind::Company,
        title: title.map(str::to_owned),
        href: "/companies/1".into(),
        out_of_reach: None,
        undo,
        why: why.into(),
        same_as: None,
    }
}

fn updated() -> ImportPage {
    ImportPage {
        entity: Kind::Company,
        state: ImportState::Done,
        imported: ImportCounts { created: 600, updated: 150, unchanged: 40, duplicates: 12, ..COUNTS },
        also_made: 3,
        can_undo: true,
        tab: "updated".into(),
        rows: vec![
            outcome(2, Some("Mas Riera, SL"), None, ""),
            outcome(3, None, None, ""),
            OutcomeRow {
                out_of_reach: Some(OutOfReach::GivenTo(Some("Pere Bosch".into()))),
                ..outcome(4, Some("Hotel Ona"), None, "")
            },
        ],
        ..import()
    }
}

fn undone() -> ImportPage {
    ImportPage {
        state: ImportState::Undone,
        can_undo: false,
        tab: "undo".into(),
        rows: vec![
            outcome(2, Some("Mas Riera, SL"), Some(UndoOutcome::Partly), "phone,town"),
            outcome(3, Some("Hotel Ultònia"), Some(UndoOutcome::Kept), "in-use"),
            outcome(9, None, Some(UndoOutcome::Kept), "undo-gone"),
        ],
        ..updated()
    }
}
