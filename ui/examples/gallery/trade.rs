//! Leads and search with plausible data of a carpenter's in Girona.

use super::fixtures::{Named, now};
use super::lists::{filter_editor, grouped, list, view_form};
use model::jiff::{SignedDuration, Timestamp, ToSpan};
use model::uuid::Uuid;
use model::{
    ConsentState, ConsentWay, Currency, FieldErrors, Kind, LawfulBasis, LeadSort, LeadStatus, MatchBy, Money,
    ResponseStanding, Source,
};
use tracte_ui::Shell;
use tracte_ui::activities::{ActivityDeed, ActivityEvent, ComposeForm, ComposeTab, Due, TodoLine, TodoPanel};
use tracte_ui::consents::{ConsentForm, ConsentLine, ConsentPanel};
use tracte_ui::conversion::{Became, BecameLine, Candidate};
use tracte_ui::documents::DocumentsPanel;
use tracte_ui::leads::{
    self, ConflictField, Decided, DeletePage, Event, FieldChange, FormOf, FormPage, InboxDone, InboxForm,
    InboxRow, InboxView, LeadFilters, LeadForm, LeadMay, LeadPage, LeadTotal, LeadValue, ListPage,
    OwnerChoice, Person, Tried, Way, What, Why,
};
use tracte_ui::merges::{Alike, DuplicateMay, MergeLine};
use tracte_ui::records::ChainStep;
use tracte_ui::search::{self, Hit, Piece, SearchPage, Snippet, Total};

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let mut found = of_leads(shell);
    found.extend(super::imports::pages(shell));
    found.extend(of_search(shell));
    found.extend(super::figures::pages(shell));
    found
}

pub(super) fn ago(minutes: i64) -> Timestamp {
    now().checked_sub(minutes.minutes()).unwrap_or(now())
}

pub(super) const HOUR: i64 = 60;
pub(super) const DAY: i64 = 24 * HOUR;

pub(super) fn euros(units: i64) -> Money {
    Money { minor_units: units * 100, currency: Currency::Eur }
}

pub(super) fn people() -> Vec<Person> {
    [("u1", "Jordi Ferrer i Sala"), ("u2", "Laia Batlle Pons"), ("u3", "Marta Puigdomènech i Serra")]
        .into_iter()
        .map(|(id, name)| Person { id: id.into(), name: name.into() })
        .collect()
}

fn of_leads(shell: &Shell) -> Vec<Named> {
    let filtered = ListPage {
        filters: LeadFilters {
            status: Some(LeadStatus::Contacted),
            owner: OwnerChoice::Person("u2".into()),
            created_from: "2026-10-01".into(),
            sort: LeadSort::Amount,
            ..Default::default()
        },
        ..list()
    };
    let few = ListPage { total: Some(LeadTotal::AtLeast(37)), ..filtered.clone() };
    let none = ListPage { lines: Vec::new(), next: None, total: Some(LeadTotal::Exactly(0)), ..filtered };
    let nobody = ListPage { filters: LeadFilters::default(), ..none.clone() };
    let mut errors = FieldErrors::default();
    errors.add("name", "name-or-company", "");
    errors.add("tax_id", "tax-id-checksum", "B17123457");
    errors.add("amount", "amount-form", "12 mil");
    let new = FormOf::New { idempotency_key: "01932f6e".into() };
    let edited = FormOf::Edited { id: "7".into(), title: "Mas Riera, SL".into(), version: 4 };
    let form = |of: &FormOf, form, errors, conflict| FormPage {
        of: of.clone(),
        form,
        own: Default::default(),
        errors,
        currency: Currency::Eur,
        conflict,
        resembling: Default::default(),
    };
    let conflict = vec![
        ConflictField { field: "phone".into(), yours: "+34972214455".into(), theirs: "+34972214400".into() },
        ConflictField { field: "source".into(), yours: "fair".into(), theirs: "".into() },
        ConflictField { field: "amount".into(), yours: "12400,00".into(), theirs: "9800,50".into() },
    ];
    let older = LeadPage { is_older: true, older_than: None, events: vec![created()], ..lead() };
    let mut no_reason = FieldErrors::default();
    no_reason.add("reason", "required", "");
    vec![
        ("leads", leads::list_page(shell, &list())),
        ("leads-filtered", leads::list_page(shell, &few)),
        ("leads-filter-editor", filter_editor(shell)),
        ("leads-view", view_form(shell)),
        ("leads-grouped", leads::list_page(shell, &grouped())),
        ("leads-none-filtered", leads::list_page(shell, &none)),
        ("leads-none", leads::list_page(shell, &nobody)),
        (
            "lead-new",
            leads::form_page(shell, &form(&new, LeadForm::default(), FieldErrors::default(), Vec::new())),
        ),
        (
            "lead-errors",
            leads::form_page(
                shell,
                &form(
                    &new,
                    LeadForm { tax_id: "B17123457".into(), amount: "12 mil".into(), ..Default::default() },
                    errors,
                    Vec::new(),
                ),
            ),
        ),
        ("lead-edit", leads::form_page(shell, &form(&edited, typed(), FieldErrors::default(), Vec::new()))),
        ("lead-conflict", leads::form_page(shell, &form(&edited, typed(), FieldErrors::default(), conflict))),
        ("lead", leads::page(shell, &lead())),
        ("inbox", leads::inbox_page(shell, &inbox())),
        ("inbox-problem", leads::inbox_page(shell, &refused_snooze())),
        ("inbox-empty", leads::inbox_page(shell, &empty_inbox())),
        ("lead-older", leads::page(shell, &older)),
        ("lead-discard", leads::page(shell, &LeadPage { errors: no_reason, ..lead() })),
        ("lead-consent", leads::page(shell, &refused_consent())),
        ("lead-nobody", leads::page(shell, &nobodys())),
        ("lead-by-hand", leads::page(shell, &by_hand())),
        ("lead-converted", leads::page(shell, &converted(FieldErrors::default()))),
        ("lead-converted-for-good", leads::page(shell, &converted(worked_with()))),
        (
            "lead-delete",
            leads::delete_page(
                shell,
                &DeletePage { id: "7".into(), title: "Mas Riera, SL".into(), version: 4, notes: 3 },
            ),
        ),
    ]
}

fn typed() -> LeadForm {
    LeadForm {
        name: "Núria Riera".into(),
        company: "Mas Riera, SL".into(),
        tax_id: "B17123456".into(),
        email: "nuria@masriera.cat".into(),
        phone: "972 21 44 55".into(),
        address: "Carrer de la Canal, 12".into(),
        postcode: "17820".into(),
        town: "Banyoles".into(),
        zone: "Pla de l’Estany".into(),
        country: "ES".into(),
        website: "masriera.cat".into(),
        industry: "Turisme rural".into(),
        source: "fair".into(),
        campaign: "Fira de Sant Martirià".into(),
        interest: "Portes i finestres de roure per a 14 habitacions".into(),
        amount: "12400,00".into(),
        tags: vec!["vip".into()],
        description: "Volen tenir-ho abans de Setmana Santa.\nHan demanat mostres.".into(),
        external_key: String::new(),
    }
}

fn created() -> Event {
    Event {
        seq: 48_102,
        at: ago(4 * DAY),
        by: None,
        way: Way::Api,
        import: None,
        what: What::Created { owner: Some("Laia Batlle Pons".into()) },
        changes: Vec::new(),
    }
}

fn events() -> Vec<Event> {
    let event = |seq, minutes, by: &str, what, changes| Event {
        seq,
        at: ago(minutes),
        by: Some(by.into()),
        way: Way::Page,
        import: None,
        what,
        changes,
    };
    let (laia, marta) = ("Laia Batlle Pons", "Marta Puigdomènech i Serra");
    let change = |field: &str, before, after| FieldChange { field: field.into(), before, after };
    vec![
        event(48_213, 12, laia, What::Activity(ActivityEvent {
            id: model::uuid::Uuid::nil(),
            kind: "call".into(),
            deed: ActivityDeed::Done,
            title: "Porta de l’entrada".into(),
            said: Some("M’ha trucat la Núria: vol afegir-hi la porta de l’entrada.\nQuedem dijous a les 10 a l’obra per prendre mides.".into()),
        }), Vec::new()),
        event(48_190, 2 * HOUR, laia, What::Changed, vec![
            change("phone", LeadValue::Phone("+34972214400".into()), LeadValue::Phone("+34972214455".into())),
            change("amount", LeadValue::Money(euros(9_800)), LeadValue::Money(euros(12_400))),
            change("campaign", LeadValue::Nothing, LeadValue::Text("Fira de Sant Martirià".into())),
        ]),
        event(48_150, DAY, laia, What::StatusChanged { from: LeadStatus::Assigned, to: LeadStatus::Contacted, reason: None }, Vec::new()),
        event(48_110, 3 * DAY, marta, What::OwnerChanged { owner: Some(laia.into()) }, Vec::new()),
        created(),
    ]
}

/// A record that may be the same as another.
/// The card of a record that may be another and that another became a part of.
pub(super) fn alike() -> Alike {
    let may = DuplicateMay { merge: true, set_apart: true };
    let titles = vec!["Fusteria Puig i Fills".into()];
    let merge = MergeLine { id: "5".into(), at: ago(DAY), titles, may_undo: true };
    Alike { found: vec![twin()], may, mergers: vec!["Pere Bosch".into()], merges: vec![merge] }
}

pub(super) fn twin() -> Candidate {
    Candidate {
        kind: Kind::Company,
        id: "8".into(),
        title: "Fusters Puig".into(),
        below: vec!["info@fusteriapuig.cat".into(), "Olot".into()],
        by: vec![MatchBy::TaxId, MatchBy::NearName],
    }
}

/// It became three records an hour ago.
fn converted(in_the_way: FieldErrors) -> LeadPage {
    let line = |kind, id: &str, title: Option<&str>| BecameLine {
        kind,
        id: id.into(),
        title: title.map(str::to_owned),
    };
    let became = Became {
        at: ago(HOUR),
        lines: vec![
            line(Kind::Company, "8", Some("Mas Riera, SL")),
            line(Kind::Contact, "9", Some("Núria Riera")),
            line(Kind::Opportunity, "10", None),
        ],
        undo_until: Some(ago(-23 * HOUR)),
        in_the_way,
    };
    let may = LeadMay { convert: false, ..lead().may };
    LeadPage { became: Some(became), status: LeadStatus::Converted, alike: Default::default(), may, ..lead() }
}

fn worked_with() -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.add("", "conversion-changed", "Mas Riera, SL");
    errors
}

fn lead() -> LeadPage {
    LeadPage {
        simulations: Some(vec![leads::LeadQuote {
            id: "q".to_owned(),
            title: "Instal·lació solar".to_owned(),
            status: "simulation".to_owned(),
        }]),
        may_simulate: true,
        id: "7".into(),
        version: 4,
        name: Some("Núria Riera".into()),
        company: Some("Mas Riera, SL".into()),
        tax_id: Some("B17123456".into()),
        email: Some("nuria@masriera.cat".into()),
        phone: Some("+34972214455".into()),
        address: Some("Carrer de la Canal, 12".into()),
        postcode: Some("17820".into()),
        town: Some("Banyoles".into()),
        zone: Some("Pla de l’Estany".into()),
        country: Some("ES".into()),
        website: Some("masriera.cat".into()),
        industry: Some("Turisme rural".into()),
        source: Some(Source::FAIR),
        campaign: Some("Fira de Sant Martirià".into()),
        interest: Some("Portes i finestres de roure per a 14 habitacions".into()),
        amount: Some(euros(12_400)),
        description: Some("Volen tenir-ho abans de Setmana Santa.\nHan demanat mostres.".into()),
        external_key: None,
        tags: vec!["vip".into(), "priority".into()],
        archived: true,
        became: None,
        chain: chain(Kind::Lead),
        alike: alike(),
        custom: Default::default(),
        consents: consents(),
        linked: Default::default(),
        status: LeadStatus::Contacted,
        discard_reason: None,
        owner: Some("Laia Batlle Pons".into()),
        owner_id: Some("u2".into()),
        team: Some("Comercial Girona".into()),
        created_at: ago(4 * DAY),
        assigned_at: Some(ago(4 * DAY)),
        standing: ResponseStanding::Answered { at: ago(DAY), was_late: Some(true) },
        snoozed_until: None,
        is_accepted: false,
        duplicate_of: Some(("/leads/8".into(), "Mas Riera".into())),
        may_undo: true,
        why: Some(Why {
            at: ago(4 * DAY),
            decided: Decided::Plugin { name: "assign-by-territory".into(), version: "1.2.0".into() },
            reason: "El codi postal 17820 comença per 178: zona Garrotxa i Pla de l’Estany.".into(),
            candidates: 3,
            tried: vec![Tried {
                asked: "assign-by-value".into(),
                outcome: "skipped".into(),
                text: "L’import no arriba a 50.000 €.".into(),
            }],
            explained: Vec::new(),
        }),
        score: super::scoring::of_lead(),
        events: events(),
        older_than: Some(48_102),
        is_older: false,
        may: LeadMay { change: true, convert: true, assign: true, delete: true, note: true },
        people: people(),
        todo: todo(),
        sort: "all".into(),
        before: None,
        documents: DocumentsPanel::default(),
        compose: ComposeForm { tab: ComposeTab::Call, ..ComposeForm::default() },
        reason: String::new(),
        reason_note: String::new(),
        errors: FieldErrors::default(),
    }
}

/// What is still to be done about a record: overdue, of today, one day.
pub(crate) fn todo() -> TodoPanel {
    let line = |id: &str, kind: &str, title: &str, due| TodoLine {
        id: id.into(),
        version: 1,
        kind: kind.into(),
        title: title.into(),
        about: None,
        due,
        owner: Some("Laia Batlle Pons".into()),
        may_change: true,
    };
    let due = |minutes: i64, time: Option<&str>| {
        let day = ago(minutes).to_zoned_datetime(model::jiff::tz::TimeZone::UTC).date();
        Some(Due { day, time: time.map(str::to_owned), is_todo: true, reminder: None })
    };
    TodoPanel {
        lines: vec![
            line("1", "call", "Trucar per la porta de l’entrada", due(2 * DAY, Some("09:30"))),
            line("2", "visit", "Prendre mides a l’obra", due(0, None)),
            line("3", "task", "Demanar preu del roure al proveïdor de sempre", None),
        ],
        all_href: Some("/activities".into()),
    }
}

fn inbox() -> InboxView {
    let row = |id: &str, title: &str, standing, was_moved: bool| InboxRow {
        id: id.into(),
        title: title.into(),
        detail: "Núria Riera · Banyoles · Fira".into(),
        owner: (!was_moved).then(|| "Laia Batlle Pons".into()),
        created_at: ago(3 * HOUR),
        standing,
        was_moved,
    };
    let minutes = SignedDuration::from_mins;
    InboxView {
        whose: "all".into(),
        choices: ["mine", "team", "all"].map(str::to_owned).into(),
        count: 3,
        late: 1,
        has_more: false,
        has_target: true,
        rows: vec![
            row("7", "Mas Riera, SL", ResponseStanding::Late(minutes(195), ago(4 * HOUR)), false),
            row("9", "Anna Vilaró i Col·lell", ResponseStanding::Left(minutes(45)), true),
            row("10", "Fusteria Puig", ResponseStanding::Waiting(ago(2 * DAY)), false),
        ],
        cursor: Some("80".into()),
        next_page: Some("81".into()),
        selected: Some(Box::new(LeadPage { archived: false, ..nobodys() })),
        is_chosen: true,
        is_waiting: true,
        done: Some(InboxDone {
            what: "accepted".into(),
            id: "6".into(),
            title: "Can Pere".into(),
            until: None,
            undo: Some(3),
        }),
        form: InboxForm::default(),
        errors: FieldErrors::default(),
        has_keys: true,
    }
}

fn refused_snooze() -> InboxView {
    let mut errors = FieldErrors::default();
    errors.add("day", "snooze-past", "");
    let form = InboxForm { deed: "snooze".into(), day: "2020-01-01".into(), ..InboxForm::default() };
    InboxView { errors, form, done: None, ..inbox() }
}

fn empty_inbox() -> InboxView {
    InboxView { rows: Vec::new(), selected: None, count: 0, late: 0, done: None, ..inbox() }
}

fn consents() -> ConsentPanel {
    let line = |purpose: &str, state, day, counts| ConsentLine {
        purpose: purpose.into(),
        basis: LawfulBasis::Consent,
        state,
        said_on: model::jiff::civil::date(2026, 11, day),
        way: ConsentWay::WebForm,
        evidence: Some("«Vull rebre novetats», casella marcada al formulari de la fira".into()),
        counts,
    };
    ConsentPanel {
        path: "/leads/7".into(),
        lines: vec![
            line("marketing_phone", ConsentState::Withdrawn, 20, true),
            line("marketing_email", ConsentState::Given, 12, true),
            line("marketing_phone", ConsentState::Given, 12, false),
        ],
        may_state: true,
        form: ConsentForm::blank(model::jiff::civil::date(2026, 11, 23)),
        is_open: false,
    }
}

fn refused_consent() -> LeadPage {
    let mut errors = FieldErrors::default();
    errors.add("way", "required", "");
    let mut view = LeadPage { errors, ..lead() };
    view.consents.begin_withdrawal(Some("marketing_email"));
    view
}

fn by_hand() -> LeadPage {
    let why = Why {
        at: ago(2 * DAY),
        decided: Decided::Person { by: Some("Marta Puigdomènech i Serra".into()) },
        reason: String::new(),
        candidates: 1,
        tried: Vec::new(),
        explained: Vec::new(),
    };
    LeadPage { why: Some(why), ..lead() }
}

fn nobodys() -> LeadPage {
    LeadPage {
        status: LeadStatus::New,
        owner: None,
        owner_id: None,
        name: Some("Anna Vilaró i Col·lell".into()),
        company: None,
        website: None,
        standing: ResponseStanding::Late(SignedDuration::from_mins(195), ago(4 * HOUR)),
        is_accepted: true,
        may_undo: false,
        duplicate_of: None,
        assigned_at: None,
        created_at: ago(3 * HOUR),
        why: Some(Why {
            at: ago(3 * HOUR),
            decided: Decided::Nobody,
            reason: String::new(),
            candidates: 0,
            tried: vec![Tried {
                asked: "assign-by-territory".into(),
                outcome: "failed-timeout".into(),
                text: String::new(),
            }],
            explained: Vec::new(),
        }),
        events: vec![Event { what: What::Created { owner: None }, at: ago(3 * HOUR), ..created() }],
        older_than: None,
        ..lead()
    }
}

fn of_search(shell: &Shell) -> Vec<Named> {
    let searched = |query: &str| Shell { query: query.into(), ..shell.clone() };
    let piece = |text: &str, marked| Piece { text: text.into(), marked };
    let hit = |id: &str, title: &str, person: &str, town: &str, status, snippet: Option<Snippet>| Hit {
        kind: Kind::Lead,
        id: id.into(),
        title: title.into(),
        below: vec![person.into(), town.into()],
        status: Some(status),
        stage: None,
        owner: Some("Laia Batlle Pons".into()),
        snippet,
    };
    let found = SearchPage {
        query: "roure".into(),
        too_short: false,
        total: Total::Exactly(23),
        hits: vec![
            hit(
                "1",
                "Mas Riera, SL",
                "Núria Riera",
                "Banyoles",
                LeadStatus::Contacted,
                Some(Snippet {
                    pieces: vec![
                        piece("finestres i portes de ", false),
                        piece("roure", true),
                        piece(
                            " per a 14 habitacions, abans de Setmana Santa. Han demanat mostres del ",
                            false,
                        ),
                        piece("roure", true),
                        piece(" vell", false),
                    ],
                    cut_before: true,
                    cut_after: true,
                }),
            ),
            hit("2", "Tavernes del Roure", "Roger Xifra", "Olot", LeadStatus::Nurturing, None),
            Hit {
                kind: Kind::Opportunity,
                status: None,
                stage: Some("Oferta presentada".into()),
                ..hit("3", "Portes de roure", "", "", LeadStatus::New, None)
            },
            Hit {
                kind: Kind::Product,
                status: None,
                owner: None,
                below: vec!["P-1".into()],
                ..hit("4", "Porta de roure", "", "", LeadStatus::New, None)
            },
        ],
        skipped: 0,
        next_skip: Some(20),
    };
    let empty = SearchPage {
        query: String::new(),
        hits: Vec::new(),
        total: Total::Exactly(0),
        next_skip: None,
        ..found.clone()
    };
    vec![
        ("search", search::page(&searched("roure"), &found)),
        ("search-empty", search::page(shell, &empty)),
        (
            "search-nothing",
            search::page(&searched("quelcom"), &SearchPage { query: "quelcom".into(), ..empty.clone() }),
        ),
        (
            "search-too-short",
            search::page(&searched("r"), &SearchPage { query: "r".into(), too_short: true, ..empty.clone() }),
        ),
    ]
}

/// A lead that became a sale and a client.
pub(crate) fn chain(here: Kind) -> Vec<ChainStep> {
    let step = |kind: Kind, name: &str| ChainStep {
        kind,
        records: vec![(Uuid::from_u128(7).to_string(), name.to_owned())],
        has_more: kind == Kind::Opportunity && here != kind,
        is_here: here == kind,
    };
    vec![
        step(Kind::Lead, "Fusteria Puig"),
        step(Kind::Opportunity, "Cuina nova"),
        step(Kind::Company, "Fusteria Puig"),
    ]
}
