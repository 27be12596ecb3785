//! Following the journal: whatever the batches and the accidents, the facts are the fold of the journal.

use crate::journal::{Journal, MARTA, NORTH, PERE, SOUTH, company, euros, filled, lead, rebuilt, user};
use crate::naive;
use model::jiff::civil::date;
use model::uuid::Uuid;
use model::{Currency, CustomValue, Lead, LeadStatus, Money, Projection, Scope, Settings, Source};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use tracte_analytics::{Analytics, AnalyticsError, GroupBy, LeadFilter, LeadsByMonth, Limits, rebuild};

fn open(folder: &std::path::Path) -> Analytics {
    Analytics::open(folder, Limits::default()).unwrap()
}

fn lines(analytics: &Analytics, table: &str) -> usize {
    analytics.contents().unwrap().iter().filter(|line| line.starts_with(&format!("{table} "))).count()
}

#[test]
fn a_refused_batch_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let analytics = open(folder.path());
    let mut projector = analytics.projector().unwrap();
    let mut journal = Journal::default();
    for number in 1..=3 {
        journal.put(&lead(number, "2024-01-15T10:00:00Z"), None);
    }
    let mut broken = journal.changes.clone();
    broken[2].after = Some("no lead".into());
    assert!(projector.apply(&broken).unwrap_err().message.contains("change 3"));
    let gap = [journal.changes[0].clone(), journal.changes[2].clone()];
    assert!(projector.apply(&gap).unwrap_err().message.contains("gap"));
    assert_eq!((analytics.cursor(), lines(&analytics, "lead")), (0, 0));
    projector.apply(&journal.changes[..2]).unwrap();
    // From before the cursor: what is known is skipped.
    projector.apply(&journal.changes).unwrap();
    projector.apply(&journal.changes).unwrap();
    assert_eq!((analytics.cursor(), lines(&analytics, "lead")), (3, 3));
    assert!(matches!(analytics.projector(), Err(AnalyticsError::SecondProjector)));
    drop(projector);
    assert!(analytics.projector().is_ok());
}

#[test]
fn what_was_not_committed_is_taken_again() {
    let mut journal = Journal::default();
    journal.put(&company("Europe/Madrid"), None);
    for number in 1..=20 {
        journal.put(&lead(number, "2024-01-15T10:00:00Z"), None);
    }
    let folder = tempfile::tempdir().unwrap();
    let analytics = open(folder.path());
    analytics.projector().unwrap().apply(&journal.changes[..10]).unwrap();
    drop(analytics);
    // Half a batch, and the process dies: nothing of it is there afterwards.
    let connection = duckdb::Connection::open(folder.path().join("facts.duckdb")).unwrap();
    connection.execute_batch("BEGIN; DELETE FROM lead; UPDATE cursor SET seq = 20").unwrap();
    drop(connection);
    let analytics = open(folder.path());
    assert_eq!((analytics.cursor(), lines(&analytics, "lead")), (10, 9));
    analytics.projector().unwrap().apply(&journal.changes[10..]).unwrap();
    assert_eq!(analytics.contents().unwrap(), rebuilt(&journal).1.contents().unwrap());
}

#[test]
fn days_follow_the_zone_of_the_company() {
    let mut journal = Journal::default();
    // 31 December in UTC and in New York, January in Madrid.
    journal.put(&lead(1, "2023-12-31T23:30:00Z"), None);
    let folder = tempfile::tempdir().unwrap();
    let analytics = open(folder.path());
    let mut projector = analytics.projector().unwrap();
    let mut before = None;
    let zones =
        [None, Some("Europe/Madrid"), Some("America/New_York"), Some("Nowhere/AtAll"), Some("Asia/Tokyo")];
    for (zone, expected) in
        zones.into_iter().zip(["2023-12-31", "2024-01-01", "2023-12-31", "2023-12-31", "2024-01-01"])
    {
        if let Some(zone) = zone {
            let settings = company(zone);
            journal.put(&settings, before.as_ref());
            before = Some(settings);
        }
        let from = usize::try_from(projector.cursor()).unwrap();
        projector.apply(&journal.changes[from..]).unwrap();
        let contents = analytics.contents().unwrap();
        assert!(contents.iter().any(|line| line.contains(&format!("'created_on': {expected}"))), "{zone:?}");
        assert_eq!(contents, rebuilt(&journal).1.contents().unwrap());
    }
}

#[test]
fn damaged_and_older_files_make_room() {
    let mut journal = Journal::default();
    journal.put(&lead(1, "2024-01-15T10:00:00Z"), None);
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path(), &journal));
    let file = folder.path().join("facts.duckdb");
    assert_eq!(open(folder.path()).cursor(), 1, "an intact file is kept");

    let older = || {
        let connection = duckdb::Connection::open(&file).unwrap();
        connection.execute_batch("UPDATE schema_version SET version = 0").unwrap();
    };
    let damage: [&dyn Fn(); 5] = [
        &|| fs::write(&file, "no database").unwrap(),
        &|| fs::write(&file, []).unwrap(),
        &|| {
            let bytes = fs::read(&file).unwrap();
            let damaged: Vec<u8> = bytes.iter().map(|byte| byte ^ 0x55).collect();
            fs::write(&file, damaged).unwrap();
        },
        &|| fs::write(folder.path().join("facts.invalid"), []).unwrap(),
        &older,
    ];
    for damage in damage {
        damage();
        let analytics = open(folder.path());
        assert_eq!((analytics.cursor(), lines(&analytics, "lead")), (0, 0));
        analytics.projector().unwrap().apply(&journal.changes).unwrap();
    }
    rebuild(folder.path()).unwrap();
    rebuild(folder.path()).unwrap();
    assert_eq!(open(folder.path()).cursor(), 0);
}

#[test]
fn a_file_in_use_is_left_alone() {
    let mut journal = Journal::default();
    journal.put(&lead(1, "2024-01-15T10:00:00Z"), None);
    let folder = tempfile::tempdir().unwrap();
    let analytics = filled(folder.path(), &journal);
    assert!(matches!(Analytics::open(folder.path(), Limits::default()), Err(AnalyticsError::InUse)));
    assert!(matches!(rebuild(folder.path()), Err(AnalyticsError::InUse)));
    assert_eq!(lines(&analytics, "lead"), 1);
}

/// Something done to one of few records, so that deeds meet.
#[derive(Clone, Debug)]
enum Step {
    PutLead { lead: u8, hours: i64, choice: u8 },
    DeleteLead { lead: u8 },
    PutCompany { zone: u8 },
    PutUser { name: u8 },
}

fn step() -> impl Strategy<Value = Step> {
    // Three years and a bit around the day of the reports.
    let put = (0..12u8, 0..30_000i64, any::<u8>());
    prop_oneof![
        8 => put.prop_map(|(lead, hours, choice)| Step::PutLead { lead, hours, choice }),
        2 => (0..12u8).prop_map(|lead| Step::DeleteLead { lead }),
        1 => (0..3u8).prop_map(|zone| Step::PutCompany { zone }),
        1 => (0..4u8).prop_map(|name| Step::PutUser { name }),
    ]
}

fn some_lead(number: u8, hours: i64, choice: u8) -> Lead {
    let at = model::jiff::Timestamp::from_second(1_612_000_000 + hours * 3_600).unwrap();
    let mut lead = lead(u128::from(number) + 1, &at.to_string());
    let pick = |from: u8| usize::from(choice / from);
    lead.status = LeadStatus::ALL[pick(1) % 7];
    if let Some(code) = [None, Some("house"), Some("shop")][pick(1) % 3] {
        lead.custom.insert("use".to_owned(), CustomValue::Text(code.to_owned()));
    }
    if let Some(flag) = [None, Some(true), Some(false)][pick(2) % 3] {
        lead.custom.insert("urgent".to_owned(), CustomValue::Flag(flag));
    }
    if pick(4) % 2 == 0 {
        // Longer than what leads can have in common.
        lead.custom.insert("remark".to_owned(), CustomValue::Text("so much to say ".repeat(10)));
    }
    lead.source = [None, Some(Source::WEB), Some(Source::FAIR)][pick(3) % 3];
    lead.owner = [None, Some(MARTA), Some(PERE)][pick(9) % 3];
    lead.team = [None, Some(NORTH), Some(SOUTH)][pick(27) % 3];
    let dollars = Some(Money { minor_units: 5, currency: Currency::Usd });
    lead.amount = [None, euros(i64::from(choice)), dollars][pick(5) % 3];
    lead
}

/// The journal of these steps, and the leads and the company there are after them.
fn play(steps: &[Step]) -> (Journal, BTreeMap<u8, Lead>, Option<Settings>) {
    let (mut journal, mut leads) = (Journal::default(), BTreeMap::<u8, Lead>::new());
    let (mut settings, mut person) = (None, None);
    for step in steps {
        match *step {
            Step::PutLead { lead, hours, choice } => {
                let mut after = some_lead(lead, hours, choice);
                let before = leads.get(&lead).cloned();
                if let Some(before) = &before {
                    after.meta = before.meta.clone();
                    after.meta.version += 1;
                }
                journal.put(&after, before.as_ref());
                leads.insert(lead, after);
            }
            Step::DeleteLead { lead } => {
                if let Some(lead) = leads.remove(&lead) {
                    journal.delete(&lead);
                }
            }
            Step::PutCompany { zone } => {
                let after =
                    company(["Europe/Madrid", "America/Los_Angeles", "Pacific/Auckland"][usize::from(zone)]);
                journal.put(&after, settings.as_ref());
                settings = Some(after);
            }
            Step::PutUser { name } => {
                let after = user(MARTA, &format!("Marta {name}"));
                journal.put(&after, person.as_ref());
                person = Some(after);
            }
        }
    }
    (journal, leads, settings)
}

proptest! {
    // Each case makes two databases on disk.
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn batches_make_no_difference(steps in vec(step(), 1..80), sizes in vec(1..15usize, 1..8)) {
        let (journal, leads, settings) = play(&steps);
        let folder = tempfile::tempdir().unwrap();
        let analytics = open(folder.path());
        let mut projector = analytics.projector().unwrap();
        let (mut rest, mut sizes) = (journal.changes.as_slice(), sizes.iter().cycle());
        while !rest.is_empty() {
            let (batch, after) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
            projector.apply(batch).unwrap();
            rest = after;
        }
        let (_other, rebuilt) = rebuilt(&journal);
        prop_assert_eq!(analytics.contents().unwrap(), rebuilt.contents().unwrap());
        let scopes = [Scope::Everything, Scope::Own(PERE), Scope::Teams(vec![NORTH], MARTA), Scope::Nothing];
        let own = ["use", "urgent", "remark"].map(|name| GroupBy::Own(name.to_owned()));
        for (by, scope) in [GroupBy::Nothing, GroupBy::Source, GroupBy::Owner, GroupBy::Team, GroupBy::Status]
            .into_iter()
            .chain(own)
            .zip(scopes.into_iter().cycle())
        {
            for (today, fiscal_year_start_month) in [(date(2024, 2, 29), 1), (date(2023, 9, 15), 7)] {
                let filter = LeadFilter::default();
                let (by, scope) = (by.clone(), scope.clone());
                let asked = LeadsByMonth { scope, today, fiscal_year_start_month, years: 3, by, filter };
                let report = analytics.leads_by_month(&asked).unwrap();
                let expected = naive::count(leads.values(), settings.as_ref(), &asked);
                prop_assert_eq!(naive::flat(&report), expected, "{:?}", asked);
            }
        }
    }
}

#[test]
fn ids_of_any_shape_are_only_values() {
    let mut journal = Journal::default();
    let mut strange = lead(Uuid::max().as_u128(), "2024-01-15T10:00:00Z");
    strange.campaign = Some("'); DROP TABLE lead; --".into());
    journal.put(&strange, None);
    let (_folder, analytics) = rebuilt(&journal);
    assert_eq!(lines(&analytics, "lead"), 1);
}
