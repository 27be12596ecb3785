//! The pages of the settings with plausible data.

use super::fixtures::{Named, now};
use model::jiff::civil::date;
use model::{FieldErrors, Label, LetterAbout, LetterState, Problem};
use tracte_ui::company::{self, CompanyPage, HolidayRow, HolidaysPage};
use tracte_ui::components::Choice;
use tracte_ui::config_file::{self, ChangeRow, FilePage, ProblemRow, ReviewPage};
use tracte_ui::mail::{self, LetterRow, MailPage, Outcome};
use tracte_ui::number_series::{self, SeriesForm};
use tracte_ui::pieces::{Difference, PieceFrame, PieceRow};
use tracte_ui::pipelines::{self, PipelineForm, StageMove, StageRow};
use tracte_ui::taxes::{self, RateRow, TaxForm};
use tracte_ui::{Shell, settings};

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let mut wrong = FieldErrors::default();
    wrong.add("tax_id", "tax-id-checksum", "B58818502");
    wrong.add("monday", "hours-form", "14-9");
    let values = [
        ("company_name", "Instal·lacions Montseny"),
        ("tax_id", "B58818501"),
        ("town", "Sant Celoni"),
        ("country", "ES"),
        ("language", "ca"),
        ("currency", "EUR"),
        ("time_zone", "Europe/Madrid"),
        ("fiscal_year_start_month", "1"),
        ("monday", "9:00-14:00 15:30-18:00"),
        ("brand_hue", "145"),
    ];
    let values = values.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let form = CompanyPage { version: 3, values, ..CompanyPage::default() };
    vec![
        ("settings", settings::hub(shell)),
        ("settings-company", company::page(shell, &form)),
        ("settings-company-errors", company::page(shell, &CompanyPage { errors: wrong, ..form })),
        ("settings-mail", mail::page(shell, &mail_page())),
        ("settings-mail-errors", mail::page(shell, &mail_refused())),
        ("settings-holidays", company::holidays(shell, &holidays())),
        ("settings-taxes", taxes::list(shell, &rows())),
        ("settings-tax", taxes::form(shell, &tax())),
        ("settings-series", number_series::form(shell, &series())),
        ("settings-pipeline", pipelines::form(shell, &pipeline())),
        ("settings-file", config_file::page(shell, &FilePage::default())),
        ("settings-file-review", config_file::review(shell, &review())),
        ("settings-file-problems", config_file::review(shell, &faults())),
    ]
}

fn mail_page() -> MailPage {
    let values = [
        ("host", "smtp.casadevall.cat"),
        ("port", "587"),
        ("security", "starttls"),
        ("user", "crm@casadevall.cat"),
        ("from_name", "Instal·lacions Casadevall"),
        ("from_email", "crm@casadevall.cat"),
        ("link_address", "https://crm.casadevall.cat"),
    ];
    let row = |name: &str, state, attempts, failure: Option<(&str, &str)>| LetterRow {
        id: "0190".to_owned(),
        name: name.to_owned(),
        email: "jordi@casadevall.cat".to_owned(),
        about: LetterAbout::Invitation,
        state,
        attempts,
        made_at: now(),
        due_at: now(),
        sent_at: (state == LetterState::Sent).then(now),
        failure: failure.map(|(code, said)| (code.to_owned(), said.to_owned())),
        refused_copies: Vec::new(),
    };
    MailPage {
        version: 4,
        is_set_up: true,
        has_password: true,
        values: values.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        outcome: Some(Outcome {
            to: "nuria@casadevall.cat".to_owned(),
            code: Some("mail-login".to_owned()),
            said: "535 5.7.8 Username and Password not accepted".to_owned(),
        }),
        letters: vec![
            row("Jordi Vila", LetterState::Queued, 2, Some(("mail-temporary", "451 4.7.1 Greylisted"))),
            row(
                "Anna Coll-llobera",
                LetterState::Failed,
                1,
                Some(("mail-recipient", "550 5.1.1 No such user")),
            ),
            row("Laia Puig", LetterState::Sent, 1, None),
            row("Pau Riera", LetterState::GivenUp, 0, None),
        ],
        errors: FieldErrors::default(),
    }
}

fn mail_refused() -> MailPage {
    let mut errors = FieldErrors::default();
    errors.add("host", "host-form", "https://smtp.casadevall.cat");
    errors.add("security", "mail-not-local", "smtp.casadevall.cat");
    errors.add("password", "password-again", "");
    let values = vec![("host".to_owned(), "https://smtp.casadevall.cat".to_owned())];
    MailPage { values, errors, ..MailPage::default() }
}

fn holidays() -> HolidaysPage {
    let row = |month, day, name: &str| HolidayRow {
        day: date(2026, month, day),
        name: name.to_owned(),
        version: 1,
    };
    HolidaysPage {
        rows: vec![row(9, 11, "Diada Nacional de Catalunya"), row(12, 25, "Nadal")],
        calendar: "catalonia".to_owned(),
        year: "2027".to_owned(),
        ..HolidaysPage::default()
    }
}

fn rows() -> Vec<PieceRow> {
    let row = |key: &str, label: &str, detail: &str, archived| PieceRow {
        key: key.to_owned(),
        label: label.to_owned(),
        detail: detail.to_owned(),
        archived,
    };
    vec![
        row("vat_standard", "IVA general", "21 % des del 01/09/2012", false),
        row("withholding", "IRPF", "15 % des del 12/07/2015", true),
    ]
}

fn frame(key: &str) -> PieceFrame {
    PieceFrame { key: Some(key.to_owned()), version: 2, is_ready: true, ..PieceFrame::default() }
}

fn tax() -> TaxForm {
    let difference =
        Difference { label: "Nom".to_owned(), mine: "IVA".to_owned(), saved: "IVA general".to_owned() };
    let mut errors = FieldErrors::default();
    errors.add("rates.1.percent", "percent-range", "x");
    let rate = |from: &str, percent: &str| RateRow {
        from: from.to_owned(),
        percent: percent.to_owned(),
        surcharge: String::new(),
    };
    TaxForm {
        frame: PieceFrame { conflict: Some(vec![difference]), errors, ..frame("vat_standard") },
        label: Label::new("IVA", "IVA general", "Standard VAT"),
        kind: "vat".to_owned(),
        exempt: false,
        exemption: Label::default(),
        rates: vec![rate("2012-09-01", "21"), rate("2027-01-01", "x")],
    }
}

fn series() -> SeriesForm {
    SeriesForm {
        frame: frame("quotes"),
        label: Label::new("Pressupostos", "Presupuestos", "Quotes"),
        pattern: "P{YYYY}-{NNNN}".to_owned(),
        yearly: true,
        first: "1".to_owned(),
        preview: ["P2026-0042", "P2026-0043", "P2026-0044"].map(str::to_owned).to_vec(),
        last: Some("P2026-0041".to_owned()),
    }
}

fn pipeline() -> PipelineForm {
    let stage = |key: &str, label, kind: &str, probability: &str| StageRow {
        key: key.to_owned(),
        label,
        kind: kind.to_owned(),
        probability: probability.to_owned(),
        ..StageRow::default()
    };
    PipelineForm {
        frame: frame("sales"),
        label: Label::new("Vendes", "Ventas", "Sales"),
        stages: vec![
            stage("new", Label::new("Nova", "Nueva", "New"), "open", "10"),
            stage("won", Label::new("Guanyada", "Ganada", "Won"), "won", "100"),
            stage("lost", Label::new("Perduda", "Perdida", "Lost"), "lost", "0"),
        ],
        fields: vec![
            Choice::new("company", "Empresa"),
            Choice::new("amount", "Import estimat"),
            Choice::new("expected_close", "Tancament previst"),
        ],
        moves: vec![StageMove {
            key: "offer".to_owned(),
            label: "Oferta presentada".to_owned(),
            count: 12,
            to: String::new(),
        }],
        targets: vec![Choice::new("new", "Nova"), Choice::new("won", "Guanyada")],
    }
}

fn review() -> ReviewPage {
    let field =
        |name: &str, before: &str, after: &str| (name.to_owned(), before.to_owned(), after.to_owned());
    let change = |deed: &str, place: &str, fields| ChangeRow {
        deed: deed.to_owned(),
        place: place.to_owned(),
        fields,
    };
    ReviewPage {
        text: "[company]\nbrand_hue = 145\n".to_owned(),
        against: "0".to_owned(),
        changes: vec![
            change("changed", "company", vec![field("brand_hue", "255", "145")]),
            change(
                "added",
                "pipelines.projects",
                vec![field("label", "", "ca: Projectes"), field("order", "", "1")],
            ),
            change("removed", "choices.lost_reasons.weather", vec![field("label", "ca: El temps", "")]),
        ],
        unchanged: 41,
        ..ReviewPage::default()
    }
}

fn faults() -> ReviewPage {
    let row = |line, place: &str, field: &str, code: &str, detail: &str| ProblemRow {
        line: Some(line),
        place: place.to_owned(),
        problem: Problem::new(field, code, detail),
    };
    ReviewPage {
        text: "[company]\ntax_id = \"B58818502\"\n\n[stages]\n".to_owned(),
        problems: vec![
            row(2, "company", "tax_id", "tax-id-checksum", "B58818502"),
            row(4, "stages", "", "section-unknown", "stages"),
        ],
        ..ReviewPage::default()
    }
}
