//! Random deeds of several people against a naive model: search and figures, followed in random steps, made anew from
//! the journal, and counted by hand, all say the same.

use crate::test_app::TestApp;
use model::jiff::tz::TimeZone;
use model::{Label, Lead, LeadId, LeadStatus, RoleKey, Source, UserId};
use proptest::prelude::*;
use services::own_fields::{self, FieldDraft};
use services::projectors::Reading;
use services::reports::{self, GroupBy, GroupKey};
use services::{Ctx, Error, LeadDraft, leads, search};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// None is another's beginning or another form of it.
const WORDS: [&str; 6] = ["fusteria", "instal·lacions", "piscines", "bicicletes", "orquestra", "queviures"];
const SOURCES: [Option<Source>; 4] = [None, Some(Source::WEB), Some(Source::FAIR), Some(Source::REFERRAL)];
const STATUSES: [LeadStatus; 4] =
    [LeadStatus::New, LeadStatus::Contacted, LeadStatus::Qualified, LeadStatus::Discarded];
/// A choice of the company's own.
const OWN: &str = "us";
/// Each opens all rooms and makes both readings anew: some hundred milliseconds a case.
const CASES: u32 = 6;
const DEEDS_MAX: usize = 45;

/// What somebody types of a lead.
#[derive(Clone, Debug)]
struct Typed {
    word: usize,
    source: usize,
    euros: u16,
}

#[derive(Clone, Debug)]
enum Deed {
    Create {
        who: usize,
        typed: Typed,
    },
    Update {
        who: usize,
        lead: usize,
        typed: Typed,
    },
    Status {
        who: usize,
        lead: usize,
        status: usize,
    },
    Assign {
        who: usize,
        lead: usize,
        to: usize,
    },
    Note {
        who: usize,
        lead: usize,
        word: usize,
    },
    Delete {
        who: usize,
        lead: usize,
    },
    /// Rows, of which those marked have a wrong e-mail address.
    Import {
        who: usize,
        rows: Vec<(Typed, bool)>,
    },
    Follow(Reading),
    Days(u16),
}

fn typed() -> impl Strategy<Value = Typed> {
    (0..WORDS.len(), 0..SOURCES.len(), any::<u16>()).prop_map(|(word, source, euros)| Typed {
        word,
        source,
        euros,
    })
}

fn deed() -> impl Strategy<Value = Deed> {
    let (who, lead) = (0..4_usize, any::<usize>());
    prop_oneof![
        6 => (who.clone(), typed()).prop_map(|(who, typed)| Deed::Create { who, typed }),
        3 => (who.clone(), lead, typed()).prop_map(|(who, lead, typed)| Deed::Update { who, lead, typed }),
        3 => (who.clone(), lead, 0..STATUSES.len())
            .prop_map(|(who, lead, status)| Deed::Status { who, lead, status }),
        3 => (who.clone(), lead, 0..4_usize).prop_map(|(who, lead, to)| Deed::Assign { who, lead, to }),
        3 => (who.clone(), lead, 0..WORDS.len()).prop_map(|(who, lead, word)| Deed::Note { who, lead, word }),
        2 => (who.clone(), lead).prop_map(|(who, lead)| Deed::Delete { who, lead }),
        1 => (who, prop::collection::vec((typed(), prop::bool::weighted(0.2)), 1..12))
            .prop_map(|(who, rows)| Deed::Import { who, rows }),
        2 => prop_oneof![Just(Reading::Search), Just(Reading::Analytics)].prop_map(Deed::Follow),
        2 => (1..25_u16).prop_map(Deed::Days),
    ]
}

/// A lead as the model knows it.
struct Known {
    /// The one in the name.
    word: usize,
    /// Those in notes.
    notes: BTreeSet<usize>,
    source: Option<Source>,
    cents: i64,
    owner: UserId,
    status: LeadStatus,
    month: String,
    /// Of the own field; rows of files have none.
    own: Option<&'static str>,
    version: u64,
}

struct Person {
    id: UserId,
    role: &'static str,
}

struct World {
    test: TestApp,
    /// In the order in which they take turns.
    people: Vec<Person>,
    leads: BTreeMap<LeadId, Known>,
    turns: usize,
    files: u64,
}

impl World {
    fn new(data: &std::path::Path) -> World {
        let test = TestApp::company(data);
        let admin = test.admin().user_id().unwrap();
        let mut people = vec![Person { id: admin, role: RoleKey::ADMINISTRATOR }];
        for (name, role) in [("Marta", RoleKey::MANAGER), ("Raul", RoleKey::REP), ("Olga", RoleKey::REP)] {
            people.push(Person { id: test.hire(name, role).id(), role });
        }
        people.sort_by_key(|person| person.id);
        let field = FieldDraft {
            entity: "lead".to_owned(),
            name: OWN.to_owned(),
            label: Label::new("Ús", "", ""),
            kind: "choice".to_owned(),
            choices: "Habitatge\nLocal".to_owned(),
            ..FieldDraft::default()
        };
        own_fields::create(&test.app, &test.admin(), &field).unwrap();
        World { test, people, leads: BTreeMap::new(), turns: 0, files: 0 }
    }

    fn at_work(&self, who: usize) -> Ctx {
        self.test.at_work(self.people[who].id)
    }

    fn pick(&self, lead: usize) -> Option<LeadId> {
        let place = lead.checked_rem(self.leads.len())?;
        self.leads.keys().nth(place).copied()
    }

    /// All are in one team: its manager reaches every lead.
    fn reaches(&self, who: usize, lead: LeadId) -> bool {
        self.people[who].role != RoleKey::REP || self.leads[&lead].owner == self.people[who].id
    }

    fn draft(typed: &Typed) -> LeadDraft {
        LeadDraft {
            company: format!("Casa {}", WORDS[typed.word]),
            source: SOURCES[typed.source].as_ref().map_or("", Source::as_str).to_owned(),
            amount: format!("{},50", typed.euros),
            // An empty text takes the value away.
            custom: [(OWN.to_owned(), vec![World::own(typed).unwrap_or_default().to_owned()])].into(),
            ..LeadDraft::default()
        }
    }

    fn own(typed: &Typed) -> Option<&'static str> {
        [None, Some("habitatge"), Some("local")][usize::from(typed.euros) % 3]
    }

    /// Whose turn it is and what is known from now on.
    fn note_created(&mut self, id: LeadId, typed: &Typed) {
        let owner = self.people[self.turns % self.people.len()].id;
        self.turns += 1;
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let month = self.test.ctx().at.to_zoned_datetime(zone).strftime("%Y-%m").to_string();
        let known = Known {
            word: typed.word,
            notes: BTreeSet::new(),
            source: SOURCES[typed.source],
            cents: i64::from(typed.euros) * 100 + 50,
            owner,
            status: LeadStatus::Assigned,
            month,
            own: World::own(typed),
            version: 1,
        };
        self.leads.insert(id, known);
    }

    fn run(&mut self, deed: &Deed) {
        match deed {
            Deed::Create { who, typed } => {
                let ctx = self.at_work(*who);
                let lead = leads::create(&self.test.app, &ctx, &World::draft(typed), None).unwrap();
                self.note_created(LeadId(lead.meta.id), typed);
            }
            Deed::Import { who, rows } => self.import(*who, rows),
            Deed::Follow(reading) => self.test.follow(*reading),
            Deed::Days(days) => self.test.advance(i64::from(*days) * 86_400),
            Deed::Update { who, lead, .. }
            | Deed::Status { who, lead, .. }
            | Deed::Assign { who, lead, .. }
            | Deed::Note { who, lead, .. }
            | Deed::Delete { who, lead } => {
                if let Some(id) = self.pick(*lead) {
                    self.change(deed, *who, id);
                }
            }
        }
    }

    fn change(&mut self, deed: &Deed, who: usize, id: LeadId) {
        let (app, ctx) = (self.test.app.clone(), self.at_work(who));
        let (reaches, is_rep) = (self.reaches(who, id), self.people[who].role == RoleKey::REP);
        let to = |place: usize| self.people[place].id;
        let version = self.leads[&id].version;
        let (done, allowed) = match deed {
            Deed::Update { typed, .. } => {
                (leads::update(&app, &ctx, id, version, &World::draft(typed)).map(Some), reaches)
            }
            Deed::Status { status, .. } => {
                let status = STATUSES[*status];
                let reason = if status == LeadStatus::Discarded { "motiu" } else { "" };
                (leads::set_status(&app, &ctx, id, version, status, reason).map(Some), reaches)
            }
            Deed::Assign { to: place, .. } => {
                (leads::assign(&app, &ctx, id, version, to(*place)).map(Some), reaches && !is_rep)
            }
            Deed::Note { word, .. } => {
                let text = format!("Parlem de {}.", WORDS[*word]);
                (leads::add_note(&app, &ctx, id, &text).map(|_| None), reaches)
            }
            Deed::Delete { .. } => {
                (leads::delete(&app, &ctx, id, version).map(|()| None), reaches && !is_rep)
            }
            _ => unreachable!("no change of one lead"),
        };
        match done {
            Ok(lead) => {
                assert!(allowed, "{deed:?} was not theirs to do");
                self.note_changed(deed, id, lead);
            }
            Err(Error::NotFound) => assert!(!reaches, "{deed:?} was theirs to see"),
            Err(Error::Denied) => assert!(reaches && !allowed, "{deed:?}"),
            Err(error) => panic!("{deed:?}: {error}"),
        }
    }

    fn note_changed(&mut self, deed: &Deed, id: LeadId, lead: Option<Lead>) {
        if matches!(deed, Deed::Delete { .. }) {
            self.leads.remove(&id);
            return;
        }
        let owners: Vec<UserId> = self.people.iter().map(|person| person.id).collect();
        let known = self.leads.get_mut(&id).unwrap();
        known.version = lead.as_ref().map_or(known.version, |lead| lead.meta.version);
        match deed {
            Deed::Update { typed, .. } => {
                known.word = typed.word;
                known.cents = i64::from(typed.euros) * 100 + 50;
                known.source = SOURCES[typed.source];
                known.own = World::own(typed);
            }
            // It is somebody's, so it is not new any more.
            Deed::Status { status, .. } if STATUSES[*status] == LeadStatus::New => {
                known.status = LeadStatus::Assigned;
            }
            Deed::Status { status, .. } => known.status = STATUSES[*status],
            Deed::Assign { to, .. } => known.owner = owners[*to],
            Deed::Note { word, .. } => {
                known.notes.insert(*word);
            }
            _ => {}
        }
    }

    fn import(&mut self, who: usize, rows: &[(Typed, bool)]) {
        self.files += 1;
        let mut text = "Empresa;Origen;Import;Correu;Codi\n".to_owned();
        for (number, (typed, is_bad)) in rows.iter().enumerate() {
            let draft = World::draft(typed);
            let email = if *is_bad { "no és cap adreça" } else { "" };
            let key = format!("{}-{number}", self.files);
            writeln!(text, "{};{};{};{email};{key}", draft.company, draft.source, draft.amount).unwrap();
        }
        let ctx = self.at_work(who);
        let id = self.test.started_import(&ctx, "clients.csv", text.as_bytes());
        self.test.work_to_the_end();
        let good = rows.iter().filter(|(_, is_bad)| !is_bad).count() as u64;
        let import = self.test.import(id);
        assert_eq!((import.imported.good, import.imported.bad), (good, rows.len() as u64 - good));
        let made: BTreeMap<String, Lead> = self
            .test
            .all_leads()
            .into_iter()
            .filter_map(|lead| Some((lead.external_key.clone()?, lead)))
            .collect();
        for (number, (typed, is_bad)) in rows.iter().enumerate() {
            let lead = made.get(&format!("{}-{number}", self.files));
            assert_eq!(lead.is_none(), *is_bad);
            if let Some(lead) = lead {
                let id = LeadId(lead.meta.id);
                self.note_created(id, typed);
                self.leads.get_mut(&id).unwrap().own = None;
            }
        }
    }

    fn check(&self) {
        let stored = self.test.all_leads();
        assert_eq!(stored.len(), self.leads.len());
        for lead in stored {
            let known = &self.leads[&LeadId(lead.meta.id)];
            assert_eq!(
                (lead.owner, lead.status, lead.source),
                (Some(known.owner), known.status, known.source)
            );
        }
        for who in 0..self.people.len() {
            self.check_search(who);
            self.check_figures(who);
        }
    }

    fn seen(&self, who: usize) -> Vec<(&LeadId, &Known)> {
        self.leads.iter().filter(|(id, _)| self.reaches(who, **id)).collect()
    }

    fn check_search(&self, who: usize) {
        let ctx = self.at_work(who);
        for (place, word) in WORDS.iter().enumerate() {
            let has_word = |known: &Known| known.word == place || known.notes.contains(&place);
            let seen = self.seen(who);
            let expected: BTreeSet<LeadId> =
                seen.iter().filter(|(_, known)| has_word(known)).map(|(id, _)| **id).collect();
            let mut found = BTreeSet::new();
            loop {
                let page =
                    search::leads(&self.test.app, &ctx, word, found.len(), search::RESULTS_MAX).unwrap();
                assert_eq!(page.total, expected.len(), "{word}");
                if page.found.is_empty() {
                    break;
                }
                found.extend(page.found.iter().map(|found| LeadId(found.lead.meta.id)));
            }
            assert_eq!(found, expected, "{word}");
        }
    }

    fn check_figures(&self, who: usize) {
        let ctx = self.at_work(who);
        let key_of = |by: &GroupBy, known: &Known| match by {
            GroupBy::Owner => GroupKey::Id(known.owner.0),
            GroupBy::Status => GroupKey::Code(known.status.as_str().to_owned()),
            GroupBy::Own(_) => known.own.map_or(GroupKey::Nothing, |own| GroupKey::Code(own.to_owned())),
            _ => known.source.map_or(GroupKey::Nothing, |source| GroupKey::Code(source.as_str().to_owned())),
        };
        for by in [GroupBy::Source, GroupBy::Owner, GroupBy::Status, GroupBy::Own(OWN.to_owned())] {
            let report = reports::leads_by_month(&self.test.app, &ctx, by.clone(), None).unwrap();
            let mut expected: BTreeMap<(Option<GroupKey>, String), (i64, i64)> = BTreeMap::new();
            for (_, known) in self.seen(who) {
                for group in [None, Some(key_of(&by, known))] {
                    let figures = expected.entry((group, known.month.clone())).or_default();
                    *figures = (figures.0 + 1, figures.1 + known.cents);
                }
            }
            let rows = reports::report_rows(&report).into_iter().filter(|row| row.leads > 0);
            let counted: BTreeMap<(Option<GroupKey>, String), (i64, i64)> = rows
                .map(|row| {
                    ((row.group, row.month.strftime("%Y-%m").to_string()), (row.leads, row.amount_minor))
                })
                .collect();
            assert_eq!(counted, expected, "{by:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn followed_is_rebuilt_is_counted_by_hand(deeds in prop::collection::vec(deed(), 10..DEEDS_MAX)) {
        let folder = tempfile::tempdir().unwrap();
        let mut world = World::new(&folder.path().join("data"));
        for deed in &deeds {
            world.run(deed);
        }
        world.test.settle();
        world.check();
        world.test.verify();
        world.test.close_and_compare();
    }
}

/// The discipline itself: who drops a folder with changes that nothing has read is told.
#[test]
#[should_panic(expected = "settle first")]
fn work_left_undone_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    drop(TestApp::company(&folder.path().join("data")));
}
