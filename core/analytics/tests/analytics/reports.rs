//! Figures against tables worked out by hand.

use crate::journal::{Journal, MARTA, NORTH, PERE, SOUTH, company, euros, lead, rebuilt, user};
use model::jiff::civil::{Date, date};
use model::{Currency, LeadStatus, Money, Projection, Scope, Source};
use tempfile::TempDir;
use tracte_analytics::{
    Analytics, AnalyticsError, Comparison, Figures, FirstResponse, GROUPS_MAX, GroupBy, GroupKey, LeadFilter,
    LeadsByMonth, LeadsSummary, Limits, Report, report_rows,
};

fn asked(today: Date, start_month: i8) -> LeadsByMonth {
    LeadsByMonth {
        scope: Scope::Everything,
        today,
        fiscal_year_start_month: start_month,
        years: 3,
        by: GroupBy::Nothing,
        filter: LeadFilter::default(),
    }
}

/// Eleven leads: six of 2024, three of 2023, one of 2022, one too late.
fn small_company() -> (TempDir, Analytics) {
    let mut journal = Journal::default();
    journal.put(&company("Europe/Madrid"), None);
    journal.put(&user(MARTA, "Marta"), None);
    journal.put(&user(PERE, "Pere"), None);
    for (number, created_at, amount, source, owner, team) in [
        // Still 31 December in UTC, already January in Madrid.
        (1, "2023-12-31T23:30:00Z", 100, Some(Source::WEB), Some(MARTA), Some(NORTH)),
        (2, "2024-01-15T10:00:00Z", 200, Some(Source::WEB), Some(PERE), Some(NORTH)),
        (3, "2024-02-28T10:00:00Z", 300, Some(Source::FAIR), Some(PERE), Some(SOUTH)),
        (4, "2024-02-29T10:00:00Z", 400, None, None, None),
        (5, "2024-03-01T10:00:00Z", 500, Some(Source::WEB), Some(MARTA), Some(NORTH)),
        (6, "2023-01-10T10:00:00Z", 1_000, Some(Source::WEB), Some(MARTA), Some(NORTH)),
        (7, "2023-02-28T10:00:00Z", 2_000, Some(Source::FAIR), Some(PERE), Some(SOUTH)),
        (8, "2023-03-01T10:00:00Z", 3_000, Some(Source::WEB), Some(PERE), Some(NORTH)),
        (9, "2022-07-01T10:00:00Z", 10_000, Some(Source::WEB), Some(MARTA), None),
        (10, "2024-02-10T10:00:00Z", 7, Some(Source::WEB), Some(MARTA), None),
        (11, "2024-02-11T10:00:00Z", 0, Some(Source::WEB), Some(MARTA), None),
    ] {
        let mut lead = lead(number, created_at);
        (lead.source, lead.owner, lead.team) = (source, owner, team);
        lead.amount = match number {
            10 => Some(Money { minor_units: 700, currency: Currency::Usd }),
            11 => None,
            _ => euros(amount),
        };
        journal.put(&lead, None);
    }
    rebuilt(&journal)
}

/// `year: leads of months | total | to date`, one line a year.
fn drawn(report: &Report) -> Vec<String> {
    let lines = report.years.iter().map(|year| {
        let months = year.months.iter().map(|month| match month.figures {
            Some(figures) => figures.leads.to_string(),
            None => "-".to_owned(),
        });
        format!(
            "{}: {} | {} | {} to {}",
            year.year,
            months.collect::<Vec<_>>().join(" "),
            year.total.leads,
            year.to_date.leads,
            year.to_date_until
        )
    });
    lines.collect()
}

#[test]
fn calendar_year_on_a_leap_day() {
    let (_folder, analytics) = small_company();
    let report = analytics.leads_by_month(&asked(date(2024, 2, 29), 1)).unwrap();
    assert_eq!(
        drawn(&report),
        [
            "2024: 2 4 - - - - - - - - - - | 6 | 6 to 2024-02-29",
            "2023: 1 1 1 0 0 0 0 0 0 0 0 0 | 3 | 2 to 2023-02-28",
            "2022: 0 0 0 0 0 0 1 0 0 0 0 0 | 1 | 0 to 2022-02-28",
        ]
    );
    assert_eq!((report.as_of_seq, report.currency, report.leads_in_other_currencies), (14, Currency::Eur, 1));
    assert_eq!(report.years[0].total, Figures { leads: 6, amount_minor: 100_000 });
    assert_eq!(report.years[0].this_year_against_it, None);
    let comparison = Comparison {
        leads: 4,
        leads_permille: Some(2_000),
        amount_minor: -200_000,
        amount_permille: Some(-667),
    };
    assert_eq!(report.years[1].this_year_against_it, Some(comparison));
    let nothing_before =
        Comparison { leads: 6, leads_permille: None, amount_minor: 100_000, amount_permille: None };
    assert_eq!(report.years[2].this_year_against_it, Some(nothing_before));
    assert_eq!(report.groups, []);
}

#[test]
fn fiscal_year_from_july() {
    let (_folder, analytics) = small_company();
    let report = analytics.leads_by_month(&asked(date(2024, 2, 28), 7)).unwrap();
    assert_eq!(
        drawn(&report),
        [
            "2023: 0 0 0 0 0 0 2 3 - - - - | 5 | 5 to 2024-02-28",
            "2022: 1 0 0 0 0 0 1 1 1 0 0 0 | 4 | 3 to 2023-02-28",
            "2021: 0 0 0 0 0 0 0 0 0 0 0 0 | 0 | 0 to 2022-02-28",
        ]
    );
    let first_days: Vec<Date> = report.years[0].months.iter().map(|month| month.first_day).collect();
    assert_eq!(
        (first_days[0], first_days[6], first_days[11]),
        (date(2023, 7, 1), date(2024, 1, 1), date(2024, 6, 1))
    );
    // The last day of the year and the first of the next.
    let end = analytics.leads_by_month(&asked(date(2024, 6, 30), 7)).unwrap();
    assert_eq!(drawn(&end)[0], "2023: 0 0 0 0 0 0 2 4 1 0 0 0 | 7 | 7 to 2024-06-30");
    let next = analytics.leads_by_month(&asked(date(2024, 7, 1), 7)).unwrap();
    assert_eq!(drawn(&next)[0], "2024: 0 - - - - - - - - - - - | 0 | 0 to 2024-07-01");
    assert_eq!(drawn(&next)[1], "2023: 0 0 0 0 0 0 2 4 1 0 0 0 | 7 | 0 to 2023-07-01");
}

#[test]
fn everybody_counts_what_they_may_see() {
    let (_folder, analytics) = small_company();
    for (scope, expected) in [
        (Scope::Everything, [7, 3, 1]),
        (Scope::Own(MARTA), [4, 1, 1]),
        (Scope::Own(PERE), [2, 2, 0]),
        (Scope::Teams(vec![NORTH], PERE), [4, 3, 0]),
        (Scope::Teams(vec![], PERE), [2, 2, 0]),
        (Scope::Teams(vec![NORTH, SOUTH], MARTA), [6, 3, 1]),
        (Scope::Nothing, [0, 0, 0]),
    ] {
        for by in [GroupBy::Nothing, GroupBy::Source, GroupBy::Owner, GroupBy::Team, GroupBy::Status] {
            let definition =
                LeadsByMonth { scope: scope.clone(), by: by.clone(), ..asked(date(2024, 12, 31), 1) };
            let report = analytics.leads_by_month(&definition).unwrap();
            let totals: Vec<i64> = report.years.iter().map(|year| year.total.leads).collect();
            assert_eq!(totals, expected, "{scope:?} {by:?}");
            let grouped: i64 = report.groups.iter().map(|group| group.years[0].total.leads).sum();
            assert!(by == GroupBy::Nothing || grouped == expected[0]);
        }
    }
}

#[test]
fn groups_and_filters() {
    let (_folder, analytics) = small_company();
    let groups = |by, filter| {
        let definition = LeadsByMonth { by, filter, ..asked(date(2024, 12, 31), 1) };
        let report = analytics.leads_by_month(&definition).unwrap();
        let line = |group: &tracte_analytics::Group| {
            let leads: Vec<i64> = group.years.iter().map(|year| year.total.leads).collect();
            (group.key.clone(), group.name.clone(), leads)
        };
        report.groups.iter().map(line).collect::<Vec<_>>()
    };
    let code = |code: &str| GroupKey::Code(code.to_owned());
    let all = LeadFilter::default();
    assert_eq!(
        groups(GroupBy::Source, all.clone()),
        [
            (code("web"), None, vec![5, 2, 1]),
            (GroupKey::Nothing, None, vec![1, 0, 0]),
            (code("fair"), None, vec![1, 1, 0]),
        ]
    );
    assert_eq!(
        groups(GroupBy::Owner, all.clone()),
        [
            (GroupKey::Id(MARTA.0), Some("Marta".into()), vec![4, 1, 1]),
            (GroupKey::Id(PERE.0), Some("Pere".into()), vec![2, 2, 0]),
            (GroupKey::Nothing, None, vec![1, 0, 0]),
        ]
    );
    assert_eq!(groups(GroupBy::Status, all.clone()), [(code("new"), None, vec![7, 3, 1])]);
    let web = LeadFilter { source: Some(Source::WEB), owner: Some(PERE), team: Some(NORTH), ..all };
    assert_eq!(groups(GroupBy::Source, web), [(code("web"), None, vec![1, 1, 0])]);
}

#[test]
fn small_groups_are_counted_together() {
    let mut journal = Journal::default();
    for number in 1..=GROUPS_MAX as u128 + 5 {
        let mut lead = lead(number, "2024-01-15T10:00:00Z");
        lead.owner = Some(model::UserId(model::uuid::Uuid::from_u128(number)));
        journal.put(&lead, None);
    }
    let (_folder, analytics) = rebuilt(&journal);
    let definition = LeadsByMonth { by: GroupBy::Owner, ..asked(date(2024, 1, 31), 1) };
    let groups = analytics.leads_by_month(&definition).unwrap().groups;
    assert_eq!(groups.len(), GROUPS_MAX + 1);
    let last = groups.last().unwrap();
    assert_eq!((&last.key, last.years[0].total.leads), (&GroupKey::Others, 5));
}

#[test]
fn changed_and_deleted_leads_count_as_they_are_now() {
    let mut journal = Journal::default();
    let mut first = lead(1, "2024-01-15T10:00:00Z");
    first.owner = Some(MARTA);
    first.amount = euros(100);
    let second = lead(2, "2024-01-16T10:00:00Z");
    journal.put(&first, None);
    journal.put(&second, None);
    let mut moved = first.clone();
    moved.owner = Some(PERE);
    moved.amount = euros(250);
    moved.status = LeadStatus::Qualified;
    journal.put(&moved, Some(&first));
    journal.delete(&second);
    let (_folder, analytics) = rebuilt(&journal);
    let total = |scope| {
        let definition = LeadsByMonth { scope, ..asked(date(2024, 1, 31), 1) };
        analytics.leads_by_month(&definition).unwrap().years[0].total
    };
    assert_eq!(total(Scope::Own(MARTA)), Figures::default());
    assert_eq!(total(Scope::Own(PERE)), Figures { leads: 1, amount_minor: 25_000 });
    assert_eq!(total(Scope::Everything).leads, 1);
    // The past stays.
    let events: Vec<String> = analytics
        .contents()
        .unwrap()
        .into_iter()
        .filter_map(|line| {
            let event = line.strip_prefix("lead_event ")?.to_owned();
            let field = event.split("'field': ").nth(1)?.trim_end_matches('}').to_owned();
            Some(field.replace("'before': ", "").replace("'after': ", "").replace('\'', ""))
        })
        .collect();
    let (marta, pere) = (MARTA.to_string(), PERE.to_string());
    let owners = [format!("owner, NULL, {marta}"), format!("owner, {marta}, {pere}")];
    assert_eq!(
        events,
        [
            "amount, NULL, 10000",
            "created, NULL, NULL",
            "currency, NULL, EUR",
            &owners[0],
            "status, NULL, new",
            "created, NULL, NULL",
            "status, NULL, new",
            "amount, 10000, 25000",
            &owners[1],
            "status, new, qualified",
            "deleted, NULL, NULL",
        ]
    );
}

#[test]
fn home_page() {
    let (_folder, analytics) = small_company();
    let summary = |scope, today| analytics.leads_summary(&LeadsSummary { scope, today }).unwrap();
    let all = summary(Scope::Everything, date(2024, 2, 29));
    assert_eq!((all.this_month, all.same_days_last_year, all.as_of_seq), (4, 1, 14));
    assert_eq!((all.against_last_year.leads, all.against_last_year.leads_permille), (3, Some(3_000)));
    assert_eq!(all.by_status.len(), LeadStatus::ALL.len());
    assert_eq!(all.by_status[0], (LeadStatus::New, 11));
    let own = summary(Scope::Own(PERE), date(2024, 2, 27));
    assert_eq!((own.by_status[0].1, own.this_month, own.same_days_last_year), (4, 0, 0));
    assert_eq!(summary(Scope::Nothing, date(2024, 2, 29)).by_status[0].1, 0);
}

#[test]
fn archived_leads_are_in_reports_and_not_on_the_home_page() {
    let mut journal = Journal::default();
    journal.put(&company("Europe/Madrid"), None);
    for (number, archived) in [(1, false), (2, true)] {
        let mut lead = lead(number, "2024-02-01T10:00:00Z");
        (lead.archived, lead.first_response_at) = (archived, Some("2024-02-01T12:00:00Z".parse().unwrap()));
        journal.put(&lead, None);
    }
    let (_folder, analytics) = rebuilt(&journal);
    let (scope, today) = (Scope::Everything, date(2024, 2, 29));
    let summary = analytics.leads_summary(&LeadsSummary { scope: scope.clone(), today }).unwrap();
    assert_eq!((summary.by_status[0], summary.this_month), ((LeadStatus::New, 1), 1));
    let answered = analytics.first_responses(&FirstResponse { scope, today }).unwrap();
    assert_eq!(answered.this_month.leads, 1);
    let report = analytics.leads_by_month(&asked(today, 1)).unwrap();
    assert_eq!(report.years[0].total.leads, 2);
}

#[test]
fn first_responses_of_this_month_and_the_one_before() {
    let mut journal = Journal::default();
    journal.put(&company("Europe/Madrid"), None);
    let answered = |number, created: &str, at: &str, owner| {
        let mut lead = lead(number, created);
        (lead.first_response_at, lead.owner) = (Some(at.parse().unwrap()), Some(owner));
        lead
    };
    // Two hours, four, and an hour that ends in January in Madrid alone; one answered before it was noted down.
    journal.put(&answered(1, "2024-02-01T10:00:00Z", "2024-02-01T12:00:00Z", PERE), None);
    journal.put(&answered(2, "2024-02-27T10:00:00Z", "2024-02-27T14:00:00Z", MARTA), None);
    journal.put(&answered(3, "2024-01-10T22:30:00Z", "2023-12-31T23:30:00Z", PERE), None);
    journal.put(&answered(4, "2024-01-10T10:00:00Z", "2024-01-10T11:00:00Z", PERE), None);
    journal.put(&lead(5, "2024-02-02T10:00:00Z"), None);
    let (_folder, analytics) = rebuilt(&journal);
    let found = |scope, today| {
        let found = analytics.first_responses(&FirstResponse { scope, today }).unwrap();
        [found.this_month, found.month_before].map(|answered| (answered.leads, answered.median_minutes))
    };
    let today = date(2024, 2, 29);
    assert_eq!(found(Scope::Everything, today), [(2, Some(180)), (2, Some(30))]);
    assert_eq!(found(Scope::Own(MARTA), today), [(1, Some(240)), (0, None)]);
    assert_eq!(found(Scope::Everything, date(2024, 2, 26)), [(1, Some(120)), (2, Some(30))]);
    assert_eq!(found(Scope::Nothing, today), [(0, None), (0, None)]);
}

#[test]
fn rows_for_files() {
    let (_folder, analytics) = small_company();
    let definition = LeadsByMonth { by: GroupBy::Source, ..asked(date(2024, 2, 29), 1) };
    let rows = report_rows(&analytics.leads_by_month(&definition).unwrap());
    // Four series of two years and two months.
    assert_eq!(rows.len(), 4 * 26);
    assert_eq!((rows[0].group.as_ref(), rows[0].fiscal_year, rows[0].month), (None, 2022, date(2022, 1, 1)));
    assert_eq!((rows[25].month, rows[25].leads, rows[25].amount_minor), (date(2024, 2, 1), 4, 70_000));
    assert_eq!(rows[26].group, Some(GroupKey::Code("web".into())));
}

#[test]
fn a_report_that_takes_too_long_is_stopped() {
    let (folder, analytics) = small_company();
    drop(analytics);
    // So many owners that no machine counts them in a millisecond.
    let connection = duckdb::Connection::open(folder.path().join("facts.duckdb")).unwrap();
    connection
        .execute_batch(
            "INSERT INTO lead BY NAME SELECT CAST(uuid() AS VARCHAR) AS id, 1 AS version, 1 AS seq,
                TIMESTAMP '2024-01-15' AS created_at, DATE '2024-01-15' AS created_on, 'new' AS status,
                CAST(uuid() AS VARCHAR) AS owner, false AS archived FROM range(1000000)",
        )
        .unwrap();
    drop(connection);
    let limits = Limits { query_ms: 1, connections: 1, ..Limits::default() };
    let analytics = Analytics::open(folder.path(), limits).unwrap();
    let definition = LeadsByMonth { by: GroupBy::Owner, ..asked(date(2024, 2, 29), 1) };
    for _ in 0..3 {
        assert!(matches!(analytics.leads_by_month(&definition), Err(AnalyticsError::TooLong)));
    }
    // Whether a short one is interrupted or done first, it ends well.
    let nothing = LeadsByMonth { scope: Scope::Nothing, ..definition };
    for _ in 0..20 {
        let result = analytics.leads_by_month(&nothing);
        assert!(matches!(result, Ok(_) | Err(AnalyticsError::TooLong)), "{result:?}");
    }
}

#[test]
fn many_ask_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let limits = Limits { connections: 2, ..Limits::default() };
    let analytics = Analytics::open(folder.path(), limits).unwrap();
    let mut projector = analytics.projector().unwrap();
    let mut journal = Journal::default();
    for number in 1..=200 {
        journal.put(&lead(number, "2024-01-15T10:00:00Z"), None);
    }
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                for _ in 0..10 {
                    // Figures and «as of» are of the same moment, while changes come in.
                    let report = analytics.leads_by_month(&asked(date(2024, 2, 29), 1)).unwrap();
                    assert_eq!(report.years[0].total.leads, i64::try_from(report.as_of_seq).unwrap());
                }
            });
        }
        for batch in journal.changes.chunks(20) {
            projector.apply(batch).unwrap();
        }
    });
    assert_eq!(analytics.cursor(), 200);
}
