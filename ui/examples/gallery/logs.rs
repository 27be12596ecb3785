//! The pages of logs and of data protection, with fixtures.

use model::jiff::civil::date;
use model::uuid::Uuid;
use model::{
    Deed, FieldErrors, Kind, Language, PackState, ProgramFunction, Retained, RetentionCounts, RetentionDeed,
    RetentionState, Segment,
};
use tracte_ui::audit::{self, AuditChange, AuditEntry, AuditFilters, AuditPage};
use tracte_ui::backups::{self, AtWorkView, BackupRow, BackupsPage, Outcome};
use tracte_ui::components::Choice;
use tracte_ui::parametrisation::{
    self, DeletePage, EntryForm, EntryRow, EvidencePage, LogPage, PackRow, ScreenRow, UnloggedRow,
};
use tracte_ui::privacy::{self, ErasePage, ErasureRow, GoneRow, PersonRow, PrivacyPage, UnconfirmedRow};
use tracte_ui::reminders::{self, ReminderLine, RemindersPage};
use tracte_ui::retention::{self, DueRow, PreviewView, RetentionPage, RuleForm, RunRow};
use tracte_ui::{Markup, Shell};

pub(crate) fn pages(shell: &Shell) -> Vec<(&'static str, Markup)> {
    vec![
        ("audit", audit::page(shell, &log(shell))),
        (
            "audit-empty",
            audit::page(shell, &AuditPage { entries: Vec::new(), next: None, is_cut: true, ..log(shell) }),
        ),
        ("backups", backups::page(shell, &copies(shell))),
        (
            "backups-working",
            backups::page(shell, &BackupsPage { at_work: Some(at_work(shell)), last: None, ..copies(shell) }),
        ),
        (
            "backups-empty",
            backups::page(shell, &BackupsPage { folder: "backups".into(), ..Default::default() }),
        ),
        ("reminders", reminders::page(shell, &come(shell))),
        ("reminders-empty", reminders::page(shell, &RemindersPage::default())),
        ("parametrisation", parametrisation::list(shell, &hours())),
        (
            "parametrisation-empty",
            parametrisation::list(shell, &LogPage { may_change: true, ..LogPage::default() }),
        ),
        ("evidence", parametrisation::evidence(shell, &proof(shell))),
        (
            "evidence-empty",
            parametrisation::evidence(
                shell,
                &EvidencePage {
                    may_change: true,
                    may_export: true,
                    kept_days: 30,
                    ..EvidencePage::default()
                },
            ),
        ),
        ("parametrisation-form", parametrisation::form(shell, &entry())),
        ("parametrisation-delete", parametrisation::delete_page(shell, &deleted())),
        ("privacy", privacy::page(shell, &person(shell))),
        (
            "privacy-empty",
            privacy::page(shell, &PrivacyPage { found: Some(Vec::new()), ..PrivacyPage::default() }),
        ),
        ("privacy-name", privacy::page(shell, &PrivacyPage { is_name: true, ..person(shell) })),
        ("retention", retention::page(shell, &periods(shell))),
        ("privacy-erase", privacy::erase_page(shell, &erase())),
    ]
}

/// One that failed with a long reason, and others that are there.
fn copies(shell: &Shell) -> BackupsPage {
    let row = |name: &str, outcome, failure: &str| BackupRow {
        folder: format!("/srv/tracte/backups/{name}"),
        ordered_at: shell.now,
        by: "Aina Admin".into(),
        outcome,
        failure: failure.into(),
        records: 123_456,
        documents: 7_890,
        size_bytes: 1_234_567_890,
    };
    BackupsPage {
        folder: "/srv/tracte/backups".into(),
        at_work: None,
        last: Some(row("2026-11-23T09-00-00Z", Outcome::Failed, "/srv/tracte/backups: permission denied")),
        kept: vec![
            row("2026-11-22T09-00-00Z", Outcome::Done, ""),
            row("2026-11-21T09-00-00Z", Outcome::Done, ""),
        ],
        errors: FieldErrors::default(),
    }
}

/// Overdue, of today, of one day; the list goes on.
fn come(shell: &Shell) -> RemindersPage {
    let line = |todo| ReminderLine { todo, day: shell.today() };
    RemindersPage { lines: crate::trade::todo().lines.into_iter().map(line).collect(), is_cut: true }
}

fn at_work(shell: &Shell) -> AtWorkView {
    AtWorkView {
        ordered_at: shell.now,
        by: "Aina Admin".into(),
        documents: 1_234,
        written_bytes: 987_654_321,
    }
}

/// Packs in every state, a screen with a long text, and a picture that was refused.
fn proof(shell: &Shell) -> EvidencePage {
    let pack = |state, failure: Option<&str>| PackRow {
        id: Uuid::nil().to_string(),
        at: shell.now,
        who: "Aina Admin".into(),
        language: Language::Ca,
        state,
        size_bytes: 1_234_567,
        without_screen: vec![ProgramFunction::Alerts, ProgramFunction::Documents],
        failure: failure.map(str::to_owned),
        expires_at: shell.now,
    };
    let screen = |function, caption: &str| ScreenRow {
        id: Uuid::nil().to_string(),
        version: 1,
        function,
        caption: caption.into(),
    };
    let mut errors = FieldErrors::default();
    errors.add("file", "screen-kind", "");
    EvidencePage {
        packs: vec![
            pack(PackState::Printing, None),
            pack(PackState::Done, None),
            pack(PackState::Failed, Some("templates/evidence/main.typ:2: unknown variable: nothing")),
        ],
        screens: vec![
            screen(ProgramFunction::Leads, "La llista de clients potencials amb els filtres de la zona"),
            screen(ProgramFunction::Leads, "La mateixa al mòbil"),
        ],
        function: "leads".into(),
        caption: "El tauler".into(),
        kept_days: 30,
        may_change: true,
        may_export: true,
        errors,
    }
}

fn change(field: &str, before: &str, after: &str) -> AuditChange {
    AuditChange { field: field.into(), before: before.into(), after: after.into(), is_secret: false }
}

fn log(shell: &Shell) -> AuditPage {
    let entry = |seq, kind, title: &str, deed, changes| AuditEntry {
        seq,
        at: shell.now,
        who: "Aina Admin".into(),
        way: "a l’aplicació".into(),
        address: Some("192.168.1.7".into()),
        kind,
        title: title.into(),
        href: Some("/leads/1".into()),
        record: Uuid::nil().to_string(),
        deed,
        changes,
    };
    let many = (1..=9)
        .map(|number| change(&format!("Camp {number}"), "", "Una instal·lació amb un nom ben llarg"))
        .collect();
    let secret = AuditChange { is_secret: true, ..change("Contrasenya", "", "") };
    AuditPage {
        filters: AuditFilters {
            from: "2026-11-01".into(),
            kind: Some(Kind::Lead),
            ..AuditFilters::default()
        },
        errors: FieldErrors::default(),
        entries: vec![
            entry(1_076, Kind::User, "Núria Soler", Deed::Updated, vec![secret]),
            entry(
                1_075,
                Kind::Lead,
                "Fusteria Puig i Fills",
                Deed::Updated,
                vec![change("Estat", "nou", "contactat"), change("Telèfon", "972 26 01 01", "")],
            ),
            entry(1_074, Kind::Lead, "Hotel Vila Alta", Deed::Created, many),
            entry(1_073, Kind::Team, "", Deed::Deleted, Vec::new()),
        ],
        is_first: false,
        next: Some(1_073),
        is_cut: false,
        actors: vec![Choice::new("1", "Aina Admin"), Choice::new("2", "Botiga")],
        kinds: vec![Kind::Lead, Kind::User, Kind::Settings],
        sees_all: true,
        may_export: true,
        address_days: 180,
    }
}

fn hours() -> LogPage {
    let row = |id: &str, minutes, function, text: &str, origin: &str| EntryRow {
        id: id.into(),
        date: date(2026, 11, 20),
        consultant: "Ona Consultora".into(),
        minutes,
        function,
        text: text.into(),
        origin: origin.into(),
        import: (!origin.is_empty()).then(|| "2".to_owned()),
    };
    LogPage {
        entries: vec![
            row("1", 90, ProgramFunction::Opportunities, "Embut de vendes de projectes amb cinc etapes", ""),
            row(
                "2",
                4,
                ProgramFunction::Leads,
                "",
                "Càrrega de dades «clients.csv»: 840 files correctes, 2 amb errors",
            ),
        ],
        minutes: 94,
        segment: Segment::One,
        by_function: ProgramFunction::ALL.into_iter().map(|function| (function, 10)).collect(),
        unlogged: vec![UnloggedRow {
            day: date(2026, 11, 23),
            user_id: "1".into(),
            user: "Aina Admin".into(),
            changed: vec![(Kind::Pipeline, 4), (Kind::CustomField, 2)],
        }],
        may_change: true,
        may_export: true,
        errors: FieldErrors::default(),
    }
}

fn entry() -> EntryForm {
    let mut errors = FieldErrors::default();
    errors.add("minutes", "minutes-form", "1:75");
    EntryForm {
        id: Some("1".into()),
        version: 2,
        date: "2026-11-20".into(),
        consultant: "Ona Consultora".into(),
        minutes: "1:75".into(),
        text: "Embut de vendes".into(),
        function: "opportunities".into(),
        errors,
        ..EntryForm::default()
    }
}

fn deleted() -> DeletePage {
    DeletePage { id: "1".into(), version: 2, entry: "20/11/2026 · 1 h 30 min · Ona Consultora".into() }
}

fn person(shell: &Shell) -> PrivacyPage {
    let found = PersonRow {
        kind: Kind::Contact,
        id: "1".into(),
        below: vec!["marta@exemple.cat".into(), "612 345 678".into(), "Olot".into()],
        title: "Marta Puig Vila".into(),
        created_at: shell.now,
        notes: 3,
        file: Some("clients.csv".into()),
    };
    let erased = ErasureRow {
        kind: Kind::Lead,
        record: Uuid::nil().to_string(),
        at: shell.now,
        by: "Aina Admin".into(),
        notes: 2,
        files: 1,
        is_done: true,
    };
    PrivacyPage {
        q: "marta@exemple.cat".into(),
        found: Some(vec![found]),
        deleted: Some(vec![GoneRow {
            kind: Kind::Company,
            id: Uuid::nil().to_string(),
            title: "Marta Puig".into(),
            at: shell.now,
        }]),
        unconfirmed: vec![UnconfirmedRow {
            id: Uuid::nil().to_string(),
            title: "Marta Puig".into(),
            email: "marta@exemple.cat".into(),
            form: "fira".into(),
            at: shell.now,
        }],
        erasures: vec![erased],
        ..PrivacyPage::default()
    }
}

/// Periods with a preview, a run on its way and one of the night.
fn periods(shell: &Shell) -> RetentionPage {
    let rule = |what: Retained| RuleForm {
        what,
        months: if what == Retained::Contacts { "x".into() } else { "24".into() },
        deed: "erase".into(),
    };
    let run = |state, by: Option<&str>| RunRow {
        id: Uuid::nil().to_string(),
        at: shell.now,
        by: by.map(str::to_owned),
        state,
        expected: 40,
        counts: RetentionCounts { erased: 12, deleted: 3, kept: 1 },
    };
    let mut errors = FieldErrors::default();
    errors.add("months_contacts", "number-between", "1–120");
    RetentionPage {
        version: 1,
        rules: Retained::ALL.iter().copied().map(rule).collect(),
        nightly: true,
        previews: vec![PreviewView {
            what: Retained::DiscardedLeads,
            deed: RetentionDeed::Erase,
            months: 24,
            count: 3,
            is_whole: false,
            rows: vec![DueRow {
                kind: Kind::Lead,
                id: "1".into(),
                title: "Fusteria Puig".into(),
                since: shell.now,
            }],
        }],
        runs: vec![run(RetentionState::Running, Some("Aina Admin")), run(RetentionState::Done, None)],
        errors,
    }
}

fn erase() -> ErasePage {
    let mut errors = FieldErrors::default();
    errors.add("typed", "erase-name", "Marta Puig Vila");
    ErasePage {
        documents: 1,
        kind: Kind::Contact,
        id: "1".into(),
        opportunities: 2,
        quotes: 1,
        version: 3,
        title: "Marta Puig Vila".into(),
        notes: 3,
        file: Some("clients.csv".into()),
        typed: "Marta".into(),
        errors,
    }
}
