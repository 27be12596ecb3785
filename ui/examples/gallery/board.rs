//! The board of a carpenter's in Girona, the question on the way to a stage, and the forecast.

use super::fixtures::Named;
use super::records::form;
use super::trade::{DAY, ago, euros};
use model::jiff::civil::{Date, date};
use model::{Condition, Currency, FieldErrors, Filter, Kind, ME, Money, Operator, StageKind};
use std::collections::BTreeMap;
use tracte_ui::Shell;
use tracte_ui::board::{
    self, BoardView, CardNext, CardView, ColumnView, ForecastAmounts, ForecastMonthView, ForecastView,
    MoveConflict, MovePage, Moved, StayView,
};
use tracte_ui::records::{FormPage, ListFilters};
use tracte_ui::saved_views::ViewBar;

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let nothing = |column: &ColumnView| ColumnView {
        cards: Vec::new(),
        count: 0,
        sums: Vec::new(),
        weighted: Vec::new(),
        next: None,
        ..column.clone()
    };
    let whole = board();
    let empty = BoardView {
        columns: whole.columns.iter().map(nothing).collect(),
        filters: ListFilters::usual(Kind::Opportunity),
        moved: None,
        ..whole.clone()
    };
    let filtered = BoardView { filters: whole.filters.clone(), ..empty.clone() };
    let one = BoardView {
        columns: vec![whole.columns[0].clone()],
        stage: Some("sales.new".into()),
        cursor: Some("00".into()),
        ..whole.clone()
    };
    let mut errors = FieldErrors::default();
    errors.add("lost_reason", "required-at-stage", "");
    errors.add("closed_on", "date-future", "");
    let lost = question("sales.lost", StageKind::Lost, &["lost_reason", "competitor"]);
    let wrong = MovePage {
        form: FormPage { errors, ..lost.form.clone() },
        closed_on: Some("2026-12-24".into()),
        ..lost.clone()
    };
    let conflict = MoveConflict { by: Some("Laia Batlle Pons".into()), at: ago(12) };
    let late = MovePage { conflict: Some(conflict), ..lost };
    let won = question("sales.won", StageKind::Won, &["amount"]);
    vec![
        ("board", board::board_page(shell, &whole)),
        ("board-none", board::board_page(shell, &empty)),
        ("board-none-filtered", board::board_page(shell, &filtered)),
        ("board-stage", board::board_page(shell, &one)),
        ("board-move-won", board::move_page(shell, &won)),
        ("board-move-errors", board::move_page(shell, &wrong)),
        ("board-move-conflict", board::move_page(shell, &late)),
        ("forecast", board::forecast_page(shell, &forecast())),
    ]
}

/// Where an opportunity has been.
pub(super) fn stays() -> Vec<StayView> {
    let stay = |stage: &str, since: i64, until: Option<i64>, days| StayView {
        stage: stage.into(),
        since: ago(since * DAY),
        until: until.map(|until| ago(until * DAY)),
        days,
        by: Some("Jordi Ferrer i Sala".into()),
    };
    vec![
        stay("sales.new", 23, Some(19), 4),
        stay("sales.analysis", 19, Some(5), 14),
        stay("sales.offer", 5, None, 5),
    ]
}

fn board() -> BoardView {
    let mine = Condition::new("owner", Operator::AnyOf, [ME]);
    BoardView {
        filters: ListFilters { filter: Filter::one(mine), ..ListFilters::usual(Kind::Opportunity) },
        errors: FieldErrors::default(),
        views: ViewBar::default(),
        fields: Vec::new(),
        currency: Currency::Eur,
        pipeline: "sales".into(),
        pipelines: vec![("sales".into(), "Vendes".into()), ("service".into(), "Manteniment".into())],
        stages: vec![
            ("sales.new".into(), "Nova".into()),
            ("sales.offer".into(), "Oferta presentada".into()),
            ("sales.won".into(), "Guanyada".into()),
            ("sales.lost".into(), "Perduda".into()),
        ],
        columns: columns(),
        stage: None,
        cursor: None,
        closed_days: 30,
        may_create: true,
        sees_others: true,
        moved: Some(Moved {
            what: "moved".into(),
            id: "3".into(),
            title: "Escala de roure".into(),
            stage: "sales.offer".into(),
            undo: Some(("/opportunities/3/move/undo?pipeline=sales".into(), 4)),
        }),
    }
}

fn columns() -> Vec<ColumnView> {
    let column = |code: &str, label: &str, kind, probability, cards: Vec<CardView>| {
        let sum = |part: i64| {
            cards.iter().filter_map(|card| card.amount).map(|amount| amount.minor_units * part / 100).sum()
        };
        let money = |part| vec![Money { minor_units: sum(part), currency: Currency::Eur }];
        ColumnView {
            code: code.into(),
            label: label.into(),
            kind,
            probability,
            count: cards.len() as u64 + 32,
            is_whole: true,
            sums: money(100),
            weighted: money(i64::from(probability)),
            cards,
            next: Some("0badc0de".into()),
        }
    };
    let next = |kind: &str, title: &str, day: Date| {
        Some(CardNext { kind: kind.into(), title: title.into(), day: Some(day), time: Some("09:30".into()) })
    };
    let new = vec![
        CardView {
            urgency: "overdue".into(),
            next: next("call", "Trucar pel pressupost", date(2026, 11, 20)),
            is_stale: true,
            days: 12,
            ..card("1", "Cuina nova")
        },
        CardView {
            urgency: "today".into(),
            next: next("visit", "Prendre mides", date(2026, 11, 23)),
            expected_close: Some(date(2026, 11, 1)),
            ..card("2", "Porta d’entrada i finestres de tota la casa de pagès")
        },
    ];
    let offer = vec![
        CardView { owner: None, ..card("3", "Escala de roure") },
        CardView {
            urgency: "planned".into(),
            next: next("meeting", "Presentar l’oferta", date(2026, 12, 3)),
            amount: None,
            may_change: false,
            ..card("4", "Mobiliari de l’oficina")
        },
    ];
    let won =
        CardView { urgency: "closed".into(), closed_on: Some(date(2026, 11, 18)), ..card("5", "Pèrgola") };
    let lost = column("sales.lost", "Perduda", StageKind::Lost, 0, Vec::new());
    vec![
        column("sales.new", "Nova", StageKind::Open, 10, new),
        ColumnView {
            is_whole: false,
            ..column("sales.offer", "Oferta presentada", StageKind::Open, 50, offer)
        },
        ColumnView { next: None, ..column("sales.won", "Guanyada", StageKind::Won, 100, vec![won]) },
        ColumnView { next: None, count: 0, sums: Vec::new(), ..lost },
    ]
}

fn card(id: &str, title: &str) -> CardView {
    CardView {
        id: id.into(),
        version: 3,
        title: title.into(),
        company: Some("Mas Riera, SL".into()),
        owner: Some("Marta Puigdomènech i Serra".into()),
        amount: Some(euros(12_500)),
        expected_close: Some(date(2026, 12, 24)),
        closed_on: None,
        urgency: "unplanned".into(),
        next: None,
        days: 3,
        is_stale: false,
        may_change: true,
    }
}

fn question(to: &str, kind: StageKind, asked: &[&str]) -> MovePage {
    MovePage {
        id: "3".into(),
        title: "Escala de roure".into(),
        version: 4,
        from: "sales.offer".into(),
        to: to.into(),
        kind,
        asked: asked.iter().map(|key| (*key).to_owned()).collect(),
        form: FormPage {
            typed: BTreeMap::from([("amount".to_owned(), vec!["12500".to_owned()])]),
            ..form(Kind::Opportunity)
        },
        closed_on: Some("2026-11-23".into()),
        action: "/opportunities/3/move?pipeline=sales".into(),
        back_href: "/opportunities/board?pipeline=sales".into(),
        conflict: None,
    }
}

fn forecast() -> ForecastView {
    let amounts = |count: u64, sum: i64| ForecastAmounts {
        count,
        sums: if sum == 0 { Vec::new() } else { vec![euros(sum)] },
    };
    let month = |year: i16, month: i8, won: i64, open: i64| {
        let from = date(year, month, 1);
        ForecastMonthView {
            from,
            to: from.last_of_month(),
            amounts: vec![
                amounts(u64::from(won > 0), won),
                amounts(2, open),
                amounts(5, open * 2),
                amounts(0, 0),
            ],
            weighted: vec![euros(won + open * 7 / 4)],
        }
    };
    let whole = board();
    ForecastView {
        filters: ListFilters::usual(Kind::Opportunity),
        errors: FieldErrors::default(),
        views: ViewBar::default(),
        fields: Vec::new(),
        currency: Currency::Eur,
        pipeline: whole.pipeline,
        pipelines: whole.pipelines,
        likelihoods: vec!["won", "committed", "probable", "possible"],
        months: vec![month(2026, 11, 18_200, 9_400), month(2026, 12, 0, 12_000), month(2027, 1, 0, 3_150)],
        overdue: amounts(3, 8_000),
        undated: amounts(1, 1_250),
        later: amounts(0, 0),
        is_whole: true,
        sees_others: true,
    }
}
