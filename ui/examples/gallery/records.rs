//! Companies, contacts, opportunities and products with plausible data of a carpenter's in Girona.

use super::fixtures::Named;
use super::trade::{DAY, HOUR, ago, alike, chain, people, todo, twin};
use model::uuid::Uuid;
use model::{
    Condition, Currency, FieldErrors, FieldValue, Filter, Kind, Language, Operator, StageKind, TITLE, UserId,
};
use std::collections::BTreeMap;
use tracte_ui::Shell;
use tracte_ui::activities::{ActivityState, ComposeForm, ComposeTab, Due, TodoPanel};
use tracte_ui::board::Moved;
use tracte_ui::components::{Meant, Picker, Tone};
use tracte_ui::conversion::{self, ConversionPage, NEW, PartForm};
use tracte_ui::documents::DocumentsPanel;
use tracte_ui::filters::FilterFieldView;
use tracte_ui::imports::ImportWay;
use tracte_ui::leads::{ConflictField, LeadTotal, ListCell, ListColumn};
use tracte_ui::records::{
    self, CompanyGroup, DeletePage, Event, FormOf, FormPage, GroupNode, ListFilters, ListGroup, ListLine,
    ListMay, ListPage, RecordMay, RecordPage, Related, RelatedLine, StageStep, UsedBy,
};
use tracte_ui::saved_views::ViewBar;

const JORDI: Uuid = Uuid::from_u128(1);
const ONA: Uuid = Uuid::from_u128(2);

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let none = ListPage { lines: Vec::new(), next: None, total: Some(LeadTotal::Exactly(0)), ..list() };
    let unfiltered = ListFilters::usual(Kind::Company);
    let blank = ListPage { filters: unfiltered, ..none.clone() };
    let mut errors = FieldErrors::default();
    errors.add("name", "required", "");
    errors.add("tax_id", "tax-id-checksum", "B17123457");
    errors.add("employees", "number-range", "0");
    errors.add("owner", "owner-denied", "");
    let mut at_stage = FieldErrors::default();
    at_stage.add("lost_reason", "required-at-stage", "");
    at_stage.add("probability", "number-between", "0–100");
    let wrong_product = {
        let mut errors = FieldErrors::default();
        errors.add("name_ca", "name-in-a-language", "");
        errors.add("minimum_term", "number-whole", "");
        errors
    };
    let wrong_contact = {
        let mut errors = FieldErrors::default();
        errors.add("given_name", "name-of-contact", "");
        errors
    };
    let edited = FormOf::Edited { id: "7".into(), title: "Fusteria Puig".into(), version: 4 };
    let both = ConflictField { field: "kind".into(), yours: "client".into(), theirs: "partner".into() };
    let conflict = FormPage { of: edited, conflict: vec![both], ..form(Kind::Company) };
    let mut not_converted = FieldErrors::default();
    not_converted.add("company.tax_id", "tax-id-checksum", "B17123457");
    not_converted.add("contact", "link-unknown", "Ningú");
    vec![
        ("lead-convert", conversion::page(shell, &converting(FieldErrors::default()))),
        ("lead-convert-errors", conversion::page(shell, &converting(not_converted))),
        ("companies", records::list_page(shell, &list())),
        ("companies-grouped", records::list_page(shell, &grouped())),
        ("companies-none-filtered", records::list_page(shell, &none)),
        ("companies-none", records::list_page(shell, &blank)),
        ("company-new", records::form_page(shell, &form(Kind::Company))),
        ("company-errors", records::form_page(shell, &FormPage { errors, ..form(Kind::Company) })),
        ("company-conflict", records::form_page(shell, &conflict)),
        (
            "contact-new",
            records::form_page(shell, &FormPage { errors: wrong_contact, ..form(Kind::Contact) }),
        ),
        ("activities", records::list_page(shell, &agenda())),
        ("activity", records::page(shell, &activity())),
        ("activity-new", records::form_page(shell, &form(Kind::Activity))),
        ("company-unplanned", records::page(shell, &unplanned())),
        (
            "opportunity-new",
            records::form_page(shell, &FormPage { errors: at_stage, ..form(Kind::Opportunity) }),
        ),
        (
            "product-new",
            records::form_page(shell, &FormPage { errors: wrong_product, ..form(Kind::Product) }),
        ),
        ("company", records::page(shell, &company())),
        ("opportunity", records::page(shell, &opportunity())),
        ("company-delete", records::delete_page(shell, &delete(Vec::new()))),
        (
            "company-delete-used",
            records::delete_page(
                shell,
                &delete(vec![
                    UsedBy { kind: Kind::Contact, count: 3, href: Some("/contacts".into()) },
                    UsedBy { kind: Kind::Opportunity, count: 1_204, href: None },
                ]),
            ),
        ),
    ]
}

fn list() -> ListPage {
    let column =
        |key: &str, label: &str, is_number| ListColumn { key: key.into(), label: label.into(), is_number };
    let line = |id: &str, title: &str, town: &str, archived| ListLine {
        id: id.into(),
        title: title.into(),
        below: vec!["Fusters Associats de la Garrotxa, SL".into()],
        is_archived: archived,
        cells: vec![
            ListCell::Text("Client".into()),
            ListCell::Person("Jordi Ferrer i Sala".into()),
            ListCell::Text(town.into()),
            ListCell::Nothing,
            ListCell::Instant(ago(3 * DAY)),
        ],
    };
    let kind = Condition::new("kind", Operator::AnyOf, ["client"]);
    ListPage {
        filters: ListFilters { filter: Filter::one(kind), ..ListFilters::usual(Kind::Company) },
        errors: FieldErrors::default(),
        views: ViewBar::default(),
        lines: vec![
            line("1", "Fusteria Puig", "Olot", false),
            line("2", "Mas Riera, SL", "Vilafranca del Penedès", false),
            line("3", "Bruguera i Fills", "Sant Joan de les Abadesses", true),
        ],
        columns: vec![
            column("kind", "Tipus", false),
            column("owner", "Responsable", false),
            column("town", "Població", false),
            column("phone", "Telèfon", false),
            column("created_at", "Creat", true),
        ],
        fields: vec![FilterFieldView {
            key: "kind".into(),
            label: "Tipus".into(),
            kind: model::FieldKind::Choice,
            choices: vec![tracte_ui::components::Choice::new("client", "Client")],
            target: None,
        }],
        sorts: &[TITLE, "town"],
        currency: Currency::Eur,
        groups: Vec::new(),
        is_whole: true,
        cursor: None,
        next: Some("0badc0de".into()),
        total: Some(LeadTotal::MoreThan(1_000)),
        may: ListMay { create: true, bulk: true, export: true, import: true, merge: true },
    }
}

fn grouped() -> ListPage {
    let whole = list();
    let group = ListGroup {
        label: "Client".into(),
        count: 412,
        filters: whole.filters.clone(),
        lines: whole.lines.clone(),
    };
    let filters = ListFilters { group: "kind".into(), ..whole.filters.clone() };
    ListPage { filters, groups: vec![group], is_whole: false, lines: Vec::new(), next: None, ..whole }
}

pub(super) fn form(kind: Kind) -> FormPage {
    let typed = [
        ("name", "Fusteria Puig"),
        ("company", "00000000-0000-0000-0000-000000000002"),
        ("stage", "sales.lost"),
        ("kind", if kind == Kind::Product { "service" } else { "prospect" }),
        ("employees", "-3"),
        ("tax_id", "B17123457"),
        ("amount", "12500"),
        ("birthday", "31 de febrer"),
        ("expected_close", "2026-12-24"),
        ("minimum_term", "1,5"),
        ("owner", "u1"),
        ("phones.0.label", "mobile"),
        ("phones.0.number", "600 11 22"),
        ("emails.0.address", "taller@puig.example.com"),
        ("positions.0.company", "Llibreria Ona"),
        ("positions.0.role", "Sòcia"),
    ];
    FormPage {
        kind,
        prefix: String::new(),
        of: FormOf::New { idempotency_key: "01932f6e".into() },
        typed: typed.into_iter().map(|(key, text)| (key.to_owned(), vec![text.to_owned()])).collect(),
        linked: BTreeMap::from([(ONA.to_string(), "Llibreria Ona".to_owned())]),
        pickers: BTreeMap::from([
            ("company".to_owned(), picker()),
            ("positions".to_owned(), Picker::of(Kind::Company)),
        ]),
        people: people(),
        own: Default::default(),
        errors: FieldErrors::default(),
        more: Some("emails".to_owned()),
        currency: Currency::Eur,
        price_books: Vec::new(),
        conflict: Vec::new(),
        resembling: Default::default(),
    }
}

/// What a lead becomes: a company that is there, a new contact and a new opportunity.
fn converting(errors: FieldErrors) -> ConversionPage {
    let part = |kind: Kind, chosen: &str| PartForm {
        kind,
        chosen: chosen.into(),
        other: String::new(),
        candidates: if kind == Kind::Company { vec![twin()] } else { Vec::new() },
        others: (kind != Kind::Opportunity).then(picker),
        new: Some(FormPage { prefix: format!("{kind}."), errors: errors.clone(), ..form(kind) }),
    };
    let parts = vec![
        part(Kind::Company, if errors.is_empty() { "8" } else { NEW }),
        part(Kind::Contact, NEW),
        part(Kind::Opportunity, NEW),
    ];
    ConversionPage { id: "7".into(), title: "Fusteria Puig".into(), version: 3, parts, errors }
}

fn company() -> RecordPage {
    let text = |text: &str| FieldValue::Text(text.into());
    let code = |code: &str| FieldValue::Codes(vec![code.into()]);
    let values = [
        ("name", text("Fusteria Puig")),
        ("legal_name", text("Fusters Associats de la Garrotxa, SL")),
        ("tax_id", text("B17123456")),
        ("kind", code("client")),
        ("tax_regime", code("equivalence_surcharge")),
        ("phone", text("+34972262626")),
        ("email", text("info@fusteriapuig.cat")),
        ("website", text("https://fusteriapuig.cat")),
        ("address", text("Carrer de la Proa, 12")),
        ("town", text("Olot")),
        ("country", text("ES")),
        ("parent", FieldValue::Record(ONA)),
        ("withholding", FieldValue::Flag(true)),
        ("client_since", FieldValue::Day(model::jiff::civil::date(2024, 3, 1))),
        ("owner", FieldValue::User(UserId(JORDI))),
        ("created_at", FieldValue::Instant(ago(40 * DAY))),
        ("updated_at", FieldValue::Instant(ago(HOUR))),
    ];
    let line = |id: &str, title: &str, below: &str| RelatedLine {
        id: id.into(),
        title: title.into(),
        below: vec![below.into()],
        paper: None,
        is_former: false,
    };
    let number = |label: &str, number: &str| vec![code(label), text(number)];
    let lists = [
        ("phones", vec![number("mobile", "+34600112233"), number("fax", "+34972262627")]),
        ("emails", vec![number("billing", "factures@puig.example.com")]),
        (
            "addresses",
            vec![vec![code("delivery"), text("Polígon de Begudà, 4"), FieldValue::Nothing, text("Olot")]],
        ),
    ];
    RecordPage {
        kind: Kind::Company,
        id: "7".into(),
        version: 4,
        title: "Fusteria Puig".into(),
        is_archived: true,
        values: values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        lists: lists.into_iter().map(|(key, rows)| (key.to_owned(), rows)).collect(),
        custom: Default::default(),
        names: BTreeMap::from([(JORDI, "Jordi Ferrer i Sala".to_owned()), (ONA, "Llibreria Ona".to_owned())]),
        currency: Currency::Eur,
        stages: Vec::new(),
        stays: Vec::new(),
        is_stays_whole: true,
        quote: None,
        moved: None,
        chain: chain(Kind::Company),
        group: Some(group()),
        alike: alike(),
        prices: None,
        related: vec![
            Related {
                kind: Kind::Contact,
                lines: vec![
                    line("1", "Marta Puig i Soler", "Gerent"),
                    RelatedLine { is_former: true, ..line("2", "Pere Puig", "Taller") },
                ],
                all_href: Some("/contacts".into()),
                new_href: Some("/contacts/new".into()),
            },
            Related { kind: Kind::Opportunity, lines: Vec::new(), all_href: None, new_href: None },
        ],
        consents: None,
        events: vec![
            Event {
                icon: "pencil",
                tone: Tone::Plain,
                title: "Jordi Ferrer i Sala ho ha canviat".into(),
                at: ago(HOUR),
                import: Some(ImportWay { id: Uuid::nil(), href: Some("/imports/1".into()) }),
                href: None,
                said: None,
                changes: vec![("Població".into(), String::new(), "Olot".into())],
            },
            Event {
                icon: "message-square",
                tone: Tone::Warn,
                title: "Laia Batlle Pons ha escrit una nota".into(),
                at: ago(2 * DAY),
                import: None,
                href: Some("/activities/1".into()),
                said: Some("Volen la cuina abans de Nadal.".into()),
                changes: Vec::new(),
            },
        ],
        older_than: Some(12),
        is_older: false,
        may: RecordMay { change: true, delete: true, note: true },
        todo: todo(),
        activity: None,
        sort: "all".into(),
        before: None,
        documents: DocumentsPanel::default(),
        document: None,
        compose: ComposeForm::default(),
        errors: FieldErrors::default(),
    }
}

/// The page of an activity that is overdue.
fn activity() -> RecordPage {
    let values = [
        ("kind", FieldValue::Codes(vec!["call".into()])),
        ("subject", FieldValue::Text("Trucar per la porta de l’entrada".into())),
        ("company", FieldValue::Record(ONA)),
        ("owner", FieldValue::User(UserId(JORDI))),
    ];
    let due = todo().lines.remove(0).due;
    RecordPage {
        kind: Kind::Activity,
        title: "Trucar per la porta de l’entrada".into(),
        is_archived: false,
        values: values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        alike: Default::default(),
        chain: Vec::new(),
        group: None,
        lists: Default::default(),
        consents: None,
        related: Vec::new(),
        todo: TodoPanel::default(),
        activity: Some(ActivityState {
            state: "todo".into(),
            is_note: false,
            due,
            done_at: None,
            may_change: true,
            outcome: String::new(),
        }),
        may: RecordMay { change: true, delete: true, note: false },
        ..company()
    }
}

/// A planned call that came back without a day.
fn unplanned() -> RecordPage {
    let mut errors = FieldErrors::default();
    errors.add("due", "required", "");
    errors.add("due_time", "time-form", "a les nou");
    let compose = ComposeForm {
        tab: ComposeTab::Meeting,
        kind: "visit".into(),
        subject: "Prendre mides".into(),
        due_time: "a les nou".into(),
        ..ComposeForm::default()
    };
    RecordPage { compose, errors, is_archived: false, ..company() }
}

/// The list of activities, put together by day.
fn agenda() -> ListPage {
    let whole = list();
    let line = |id: &str, title: &str, due: Option<Due>| ListLine {
        id: id.into(),
        title: title.into(),
        below: vec!["Fusteria Puig".into(), "Marta Puig i Soler".into()],
        is_archived: false,
        cells: vec![due.map_or(ListCell::Nothing, ListCell::Due), ListCell::Text("Trucada".into())],
    };
    let filters = ListFilters::usual(Kind::Activity);
    let groups = todo().lines.into_iter().zip(["overdue", "today", ""]).map(|(todo, bucket)| ListGroup {
        label: tracte_ui::activities::bucket_label(Language::Ca, bucket),
        count: 7,
        filters: filters.clone(),
        lines: vec![line(&todo.id, &todo.title, todo.due)],
    });
    let column =
        |key: &str, label: &str, is_number| ListColumn { key: key.into(), label: label.into(), is_number };
    ListPage {
        groups: groups.collect(),
        columns: vec![column("due", "Venciment", true), column("kind", "Tipus", false)],
        lines: Vec::new(),
        next: None,
        filters: filters.clone(),
        ..whole
    }
}

fn opportunity() -> RecordPage {
    let step = |code: &str, kind| StageStep { code: code.into(), kind };
    let values = [
        ("name", FieldValue::Text("Cuina nova".into())),
        ("stage", FieldValue::Codes(vec!["sales.offer".into()])),
        ("stage_since", FieldValue::Instant(ago(5 * DAY))),
        ("amount", FieldValue::Amount(1_250_000)),
        ("company", FieldValue::Record(ONA)),
        ("contact", FieldValue::Record(Uuid::from_u128(99))),
    ];
    RecordPage {
        kind: Kind::Opportunity,
        title: "Cuina nova".into(),
        is_archived: false,
        values: values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        stages: vec![
            step("sales.new", StageKind::Open),
            step("sales.analysis", StageKind::Open),
            step("sales.offer", StageKind::Open),
            step("sales.won", StageKind::Won),
            step("sales.lost", StageKind::Lost),
            step("sales.cancelled", StageKind::Cancelled),
        ],
        stays: super::board::stays(),
        is_stays_whole: false,
        moved: Some(Moved {
            what: "moved".into(),
            id: "7".into(),
            title: "Cuina nova".into(),
            stage: "sales.offer".into(),
            undo: Some(("/opportunities/7/move/undo?from=record".into(), 4)),
        }),
        alike: Default::default(),
        related: Vec::new(),
        chain: chain(Kind::Opportunity),
        group: None,
        ..company()
    }
}

fn delete(used_by: Vec<UsedBy>) -> DeletePage {
    DeletePage {
        kind: Kind::Company,
        id: "7".into(),
        title: "Fusteria Puig".into(),
        version: 4,
        notes: 2,
        is_archived: false,
        used_by,
    }
}

/// A name that two records have.
pub(crate) fn picker() -> Picker {
    let meant = |id: u128, town: &str| Meant {
        id: Uuid::from_u128(id).to_string(),
        title: "Llibreria Ona".to_owned(),
        below: vec![town.to_owned()],
    };
    Picker { makes: true, meant: vec![meant(1, "Olot"), meant(2, "Vic")], ..Picker::of(Kind::Company) }
}

fn group() -> CompanyGroup {
    let node = |name: &str, level: usize, is_here: bool| GroupNode {
        id: Uuid::from_u128(8).to_string(),
        name: name.to_owned(),
        level,
        is_here,
    };
    CompanyGroup {
        nodes: vec![
            node("Grup Ona", 0, false),
            node("Fusteria Puig", 1, true),
            node("Puig Cuines", 2, false),
            node("Llibreria Ona", 1, false),
        ],
        has_more: true,
        contacts: 12,
        opportunities: 3,
        counts_more: false,
    }
}
