//! The list of leads with its views, its groups, and the pages where filters and views are put together.

use super::trade::{DAY, HOUR, ago, euros, people};
use model::{Currency, FieldErrors, FieldKind, Kind, Language, LeadStatus, Operator, Source};
use tracte_ui::components::Choice;
use tracte_ui::filters::{self, FilterFieldView, FilterPage, FilterRow};
use tracte_ui::leads::{
    LeadFilters, LeadLine, LeadTotal, ListCell, ListColumn, ListGroup, ListMay, ListPage, Person,
};
use tracte_ui::saved_views::{self, OpenViewBar, ViewBar, ViewPage, ViewTab};
use tracte_ui::{Markup, Shell, labels};

fn view_bar() -> ViewBar {
    let tab = |name: &str, is_current| ViewTab {
        name: name.to_owned(),
        href: "/leads?view=1".to_owned(),
        is_current,
    };
    ViewBar {
        all_href: "/leads".to_owned(),
        tabs: vec![tab("Els meus oberts", true), tab("Girona, més de 5.000 €", false)],
        save_href: Some("/views/new".to_owned()),
        open: Some(OpenViewBar {
            id: "1".to_owned(),
            version: 2,
            changed: Some(vec![("filter", "owner:any:me".to_owned())]),
        }),
    }
}

pub(super) fn view_form(shell: &Shell) -> Markup {
    let mut errors = FieldErrors::default();
    errors.add("view_name", "required", "");
    let view = ViewPage {
        kind: Kind::Lead,
        id: Some("1".to_owned()),
        version: 2,
        name: String::new(),
        share: "everybody".to_owned(),
        teams: vec![Choice::new("t1", "Girona")],
        may_share_with_everybody: true,
        roles: vec![Choice::new("manager", "Responsable de vendes"), Choice::new("rep", "Comercial")],
        default_for: vec!["rep".to_owned()],
        state: Vec::new(),
        sentence: "Responsable: jo · Estat: nou o assignat".to_owned(),
        back_href: "/leads?view=1".to_owned(),
        errors,
    };
    saved_views::view_page(shell, &view)
}

fn list_columns() -> Vec<ListColumn> {
    let column = |key: &str, label: &str, is_number| ListColumn {
        key: key.to_owned(),
        label: label.to_owned(),
        is_number,
    };
    vec![
        column("status", "Estat", false),
        column("owner", "Responsable", false),
        column("source", "Origen", false),
        column("amount", "Import", true),
        column("created_at", "Creat", true),
    ]
}

fn filter_fields() -> Vec<FilterFieldView> {
    let field = |key: &str, label: &str, kind, choices: Vec<Choice>| FilterFieldView {
        key: key.to_owned(),
        label: label.to_owned(),
        kind,
        choices,
        target: None,
    };
    let person = |person: Person| Choice::new(person.id, person.name);
    let statuses = LeadStatus::ALL
        .into_iter()
        .map(|status| Choice::new(status.as_str(), labels::lead_status(Language::Ca, status)));
    let people = people().into_iter().map(person).collect();
    vec![
        field("town", "Municipi", FieldKind::Text, Vec::new()),
        field("amount", "Import", FieldKind::Money, Vec::new()),
        field("status", "Estat", FieldKind::Choice, statuses.collect()),
        field(
            "owner",
            "Responsable",
            FieldKind::User,
            filters::people_choices(Language::Ca, FieldKind::User, people),
        ),
        field("created_at", "Creat", FieldKind::Instant, Vec::new()),
    ]
}

/// The page where a filter is put together: two blocks, one with an alternative, one with a problem.
pub(super) fn filter_editor(shell: &Shell) -> Markup {
    let row = |group, field: &str, operator, values: &[&str]| FilterRow {
        group,
        field: field.to_owned(),
        operator,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        picked: None,
    };
    let mut errors = FieldErrors::default();
    errors.add("condition-2", "filter-order", "");
    let view = FilterPage {
        title: "Clients potencials".to_owned(),
        action: "/leads/filter".to_owned(),
        back_href: "/leads".to_owned(),
        fields: filter_fields(),
        rows: vec![
            row(0, "status", Operator::AnyOf, &["new", "assigned"]),
            row(0, "town", Operator::Contains, &["olot"]),
            row(1, "amount", Operator::Between, &["5.000", "1.000"]),
            row(2, "owner", Operator::AnyOf, &["me"]),
            row(3, "created_at", Operator::LastDays, &["30"]),
        ],
        kept: vec![("sort".to_owned(), "name".to_owned())],
        errors,
    };
    filters::filter_page(shell, &view)
}

/// Three groups, as if by status.
pub(super) fn grouped() -> ListPage {
    let page = list();
    let group = |label: &str, count, lines: &[LeadLine]| ListGroup {
        label: label.to_owned(),
        count,
        filters: LeadFilters { status: Some(LeadStatus::New), ..LeadFilters::default() },
        lines: lines.to_vec(),
    };
    let (first, rest) = page.lines.split_at(page.lines.len().min(2));
    let groups = vec![
        group("Nou", 2_314, first),
        group("Assignat", rest.len() as u64, rest),
        group("Sense valor", 0, &[]),
    ];
    ListPage {
        filters: LeadFilters { group: "status".to_owned(), ..LeadFilters::default() },
        groups,
        is_whole: false,
        lines: Vec::new(),
        next: None,
        ..page
    }
}

pub(super) fn list() -> ListPage {
    let line = |id: &str,
                title: &str,
                person: &str,
                town: &str,
                status,
                owner: &str,
                source: Option<Source>,
                amount: i64,
                minutes| LeadLine {
        id: id.into(),
        title: title.into(),
        person: (!person.is_empty()).then(|| person.into()),
        town: (!town.is_empty()).then(|| town.into()),
        cells: vec![
            ListCell::Status(status),
            if owner.is_empty() { ListCell::Nobody } else { ListCell::Person(owner.to_owned()) },
            source.map_or(ListCell::Nothing, |source| ListCell::Text(labels::source(Language::Ca, source))),
            if amount > 0 { ListCell::Money(euros(amount)) } else { ListCell::Nothing },
            ListCell::Instant(ago(minutes)),
        ],
    };
    let (jordi, laia) = ("Jordi Ferrer i Sala", "Laia Batlle Pons");
    ListPage {
        filters: LeadFilters::default(),
        errors: FieldErrors::default(),
        people: people(),
        views: view_bar(),
        columns: list_columns(),
        fields: filter_fields(),
        currency: Currency::Eur,
        groups: Vec::new(),
        is_whole: true,
        lines: vec![
            line(
                "1",
                "Mas Riera, SL",
                "Núria Riera",
                "Banyoles",
                LeadStatus::New,
                "",
                Some(Source::WEB),
                12_400,
                25,
            ),
            line(
                "2",
                "Anna Vilaró i Col·lell",
                "",
                "Girona",
                LeadStatus::Assigned,
                laia,
                Some(Source::PHONE),
                3_850,
                3 * HOUR,
            ),
            line(
                "3",
                "Hotel Ultònia",
                "Pere Bosch",
                "Girona",
                LeadStatus::Contacted,
                jordi,
                Some(Source::REFERRAL),
                148_200,
                DAY,
            ),
            line(
                "4",
                "Ajuntament de Sant Feliu de Guíxols",
                "Servei de Manteniment",
                "Sant Feliu de Guíxols",
                LeadStatus::Qualified,
                jordi,
                Some(Source::EMAIL),
                61_000,
                3 * DAY,
            ),
            line(
                "5",
                "Cooperativa Agrària de l’Empordà",
                "",
                "Castelló d’Empúries",
                LeadStatus::Nurturing,
                laia,
                Some(Source::FAIR),
                0,
                9 * DAY,
            ),
            line(
                "6",
                "Restaurant Can Xifra",
                "Roger Xifra",
                "Olot",
                LeadStatus::Converted,
                laia,
                None,
                9_990,
                20 * DAY,
            ),
            line(
                "7",
                "Iñaki Etxeberria",
                "",
                "",
                LeadStatus::Discarded,
                jordi,
                Some(Source::SOCIAL_MEDIA),
                1_200,
                41 * DAY,
            ),
        ],
        cursor: None,
        next: Some("01ff80".into()),
        total: Some(LeadTotal::Exactly(2_314)),
        may: ListMay { create: true, import: true, export: true, see_others: true, merge: true },
        bulk: true,
        making: None,
    }
}
