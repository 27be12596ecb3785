//! The report of leads by month with plausible figures.

use super::fixtures::Named;
use model::jiff::ToSpan;
use model::jiff::civil::{Date, date};
use model::{Currency, FieldKind, Source};
use tracte_ui::Shell;
use tracte_ui::reports::{
    self, By, Figures, GroupKey, GroupView, LeadsByMonthPage, MonthView, Whose, YearView,
};

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let late = Shell { as_of: Some(48_213), ..shell.clone() };
    let sources = vec![
        group(GroupKey::Source(Source::WEB), [131, 102, 96]),
        group(GroupKey::Source(Source::REFERRAL), [84, 91, 70]),
        group(GroupKey::Source(Source::FAIR), [52, 30, 41]),
        group(GroupKey::Source(Source::PHONE), [31, 31, 22]),
        group(GroupKey::Nothing, [9, 0, 4]),
    ];
    let owners = vec![
        group(GroupKey::Owner { id: "u2".into(), name: "Laia Batlle Pons".into() }, [160, 141, 128]),
        group(GroupKey::Owner { id: "u1".into(), name: "Jordi Ferrer i Sala".into() }, [139, 110, 101]),
        group(GroupKey::Nothing, [8, 3, 4]),
    ];
    let uses = vec![
        group(GroupKey::Own { code: "habitatge".into(), label: "Habitatge".into() }, [212, 180, 166]),
        group(GroupKey::Own { code: "local".into(), label: "Local comercial".into() }, [61, 58, 40]),
        group(GroupKey::Nothing, [34, 16, 27]),
    ];
    let own = LeadsByMonthPage {
        whose: Whose::Own,
        start_month: 9,
        years: years(9),
        year_choices: vec![2026, 2025],
        leads_in_other_currencies: 2,
        ..report()
    };
    vec![
        ("report", reports::page(shell, &report())),
        (
            "report-by-source",
            reports::page(&late, &LeadsByMonthPage { by: By::Source, groups: sources, ..report() }),
        ),
        (
            "report-by-owner",
            reports::page(
                shell,
                &LeadsByMonthPage {
                    by: By::Owner,
                    groups: owners,
                    whose: Whose::Teams(vec!["Girona".into(), "Empordà".into()]),
                    ..report()
                },
            ),
        ),
        (
            "report-by-own-field",
            reports::page(
                shell,
                &LeadsByMonthPage { by: use_of(), own: vec![use_of()], groups: uses, ..report() },
            ),
        ),
        ("report-own", reports::page(shell, &own)),
    ]
}

fn use_of() -> By {
    By::Own { key: "custom.us".into(), label: "Ús de l'espai".into(), kind: FieldKind::Choice }
}

fn group(key: GroupKey, leads: [i64; 3]) -> GroupView {
    let to_date = leads.into_iter().map(|leads| Figures { leads, amount_minor: leads * 412_000 }).collect();
    GroupView { key, to_date }
}

fn report() -> LeadsByMonthPage {
    LeadsByMonthPage {
        whose: Whose::Everybody,
        by: By::Nothing,
        own: Vec::new(),
        year_choices: vec![2026, 2025, 2024],
        start_month: 1,
        currency: Currency::Eur,
        years: years(1),
        groups: Vec::new(),
        leads_in_other_currencies: 0,
        may_export: true,
        may_see_learned: true,
    }
}

/// 2026 up to 23 November, and the two years before.
fn years(start_month: i8) -> Vec<YearView> {
    const LEADS: [[i64; 12]; 3] = [
        [24, 31, 36, 28, 33, 25, 19, 8, 34, 41, 28, 0],
        [21, 24, 30, 29, 27, 22, 17, 9, 27, 29, 26, 14],
        [18, 22, 25, 20, 26, 21, 15, 7, 23, 30, 24, 12],
    ];
    LEADS
        .into_iter()
        .zip(0_i16..)
        .map(|(leads, back)| {
            let today = date(2026 - back, 11, 23);
            let first = date(2026 - back, start_month, 1);
            let days = (0..12_i32).map(|month| first.checked_add(month.months()).unwrap_or(first));
            let months: Vec<MonthView> =
                days.zip(leads).map(|(first_day, leads)| month(first_day, leads, back)).collect();
            let sum = |until: Date| {
                let counted =
                    months.iter().filter(|month| month.first_day <= until).filter_map(|month| month.figures);
                counted.fold(Figures::default(), |all, one| Figures {
                    leads: all.leads + one.leads,
                    amount_minor: all.amount_minor + one.amount_minor,
                })
            };
            YearView {
                year: 2026 - back,
                total: sum(Date::MAX),
                to_date: sum(today),
                to_date_until: today,
                months,
            }
        })
        .collect()
}

fn month(first_day: Date, leads: i64, back: i16) -> MonthView {
    let to_come = back == 0 && first_day > date(2026, 11, 23);
    MonthView { first_day, figures: (!to_come).then_some(Figures { leads, amount_minor: leads * 412_000 }) }
}
