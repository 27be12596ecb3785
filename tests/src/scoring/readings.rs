//! Random deeds on leads, opportunities and rules: the readings that followed them, made anew, and counted by hand.

use super::{company, create, draft, in_order, put, rule};
use crate::test_app::TestApp;
use model::{Configured, Lead, LeadId, LeadStatus, ScoringRule, Source};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use services::conversion::{self, ConversionDraft, Part};
use services::leads::{self, Direction};
use services::records::{self, Draft};
use services::{LeadDraft, configuration, probability, scoring};

/// Rules that random deeds put in force.
const RULES: [(&str, &str, i16); 5] = [
    ("girona", "zone:is:girona", 30),
    ("web", "source:any:web", 20),
    ("mine", "amount:at-least:1000|town:filled", 25),
    ("mute", "phone:empty", -15),
    ("late", "status:none:new,assigned", 40),
];

#[derive(Clone, Debug)]
enum Deed {
    Create {
        zone: usize,
        source: usize,
        euros: u16,
        phone: bool,
    },
    Update {
        lead: usize,
        zone: usize,
        euros: u16,
    },
    Status {
        lead: usize,
        status: usize,
    },
    Archive {
        lead: usize,
    },
    Convert {
        lead: usize,
    },
    Stage {
        lead: usize,
        won: bool,
    },
    Delete {
        lead: usize,
    },
    /// Puts a rule in force, or takes it away.
    Rule(usize),
    Follow,
}

fn deed() -> impl Strategy<Value = Deed> {
    let lead = any::<usize>();
    prop_oneof![
        8 => (0..3_usize, 0..3_usize, any::<u16>(), any::<bool>())
            .prop_map(|(zone, source, euros, phone)| Deed::Create { zone, source, euros, phone }),
        3 => (lead, 0..3_usize, any::<u16>()).prop_map(|(lead, zone, euros)| Deed::Update { lead, zone, euros }),
        4 => (any::<usize>(), 0..3_usize).prop_map(|(lead, status)| Deed::Status { lead, status }),
        1 => any::<usize>().prop_map(|lead| Deed::Archive { lead }),
        3 => any::<usize>().prop_map(|lead| Deed::Convert { lead }),
        3 => (any::<usize>(), any::<bool>()).prop_map(|(lead, won)| Deed::Stage { lead, won }),
        1 => any::<usize>().prop_map(|lead| Deed::Delete { lead }),
        1 => (0..RULES.len()).prop_map(Deed::Rule),
        2 => Just(Deed::Follow),
    ]
}

const ZONES: [&str; 3] = ["", "Girona", "Lleida"];
const SOURCES: [Option<Source>; 3] = [None, Some(Source::WEB), Some(Source::FAIR)];
const STATUSES: [LeadStatus; 3] = [LeadStatus::Contacted, LeadStatus::Qualified, LeadStatus::Discarded];

struct World {
    test: TestApp,
    leads: Vec<LeadId>,
}

impl World {
    fn pick(&self, lead: usize) -> Option<Lead> {
        let id = self.leads.get(lead.checked_rem(self.leads.len())?)?;
        leads::get(&self.test.app, &self.test.admin(), *id).ok()
    }

    /// What cannot be done is not done: only what follows from it matters.
    fn run(&mut self, deed: &Deed) {
        let (app, admin) = (self.test.app.clone(), self.test.admin());
        match deed {
            Deed::Create { zone, source, euros, phone } => {
                let typed = LeadDraft {
                    zone: ZONES[*zone].to_owned(),
                    source: SOURCES[*source].as_ref().map_or("", Source::as_str).to_owned(),
                    amount: euros.to_string(),
                    phone: if *phone { "972123456".to_owned() } else { String::new() },
                    ..draft(&format!("Empresa {}", self.leads.len()))
                };
                self.leads.push(LeadId(create(&self.test, &typed).meta.id));
            }
            Deed::Update { lead, zone, euros } => {
                if let Some(lead) = self.pick(*lead) {
                    let typed = LeadDraft {
                        zone: ZONES[*zone].to_owned(),
                        amount: euros.to_string(),
                        ..LeadDraft::of(&lead, &app.frame())
                    };
                    let _ = leads::update(&app, &admin, LeadId(lead.meta.id), lead.meta.version, &typed);
                }
            }
            Deed::Status { lead, status } => {
                if let Some(lead) = self.pick(*lead) {
                    let (id, version) = (LeadId(lead.meta.id), lead.meta.version);
                    let _ = leads::set_status(&app, &admin, id, version, STATUSES[*status], "Preu");
                }
            }
            Deed::Archive { lead } => {
                if let Some(lead) = self.pick(*lead) {
                    let (id, version) = (LeadId(lead.meta.id), lead.meta.version);
                    let _ = leads::set_archived(&app, &admin, id, version, !lead.archived);
                }
            }
            Deed::Convert { lead } => {
                if let Some(lead) = self.pick(*lead) {
                    let typed = ConversionDraft {
                        company: Part::New(Draft::default()),
                        opportunity: Some(Draft::default()),
                        ..ConversionDraft::default()
                    };
                    let _ =
                        conversion::convert(&app, &admin, LeadId(lead.meta.id), lead.meta.version, &typed);
                }
            }
            Deed::Stage { lead, won } => {
                let became = self.pick(*lead).and_then(|lead| lead.conversion?.opportunity);
                if let Some(id) = became {
                    let kind = model::Kind::Opportunity;
                    let stored = records::get(&app, &admin, kind, id).unwrap();
                    let mut typed = Draft::of(&app.frame(), stored.as_ref());
                    typed.put("stage", if *won { "sales.won" } else { "sales.lost" });
                    typed.put("lost_reason", "price");
                    typed.put("amount", "1000");
                    let _ = records::update(&app, &admin, kind, id, stored.about().version, &typed);
                }
            }
            Deed::Delete { lead } => {
                if let Some(lead) = self.pick(*lead) {
                    let _ = leads::delete(&app, &admin, LeadId(lead.meta.id), lead.meta.version);
                }
            }
            Deed::Rule(place) => {
                let (key, conditions, points) = RULES[*place];
                match configuration::get::<ScoringRule>(&app, &admin, key) {
                    Ok(Configured { meta, .. }) => {
                        configuration::remove::<ScoringRule>(&app, &admin, key, meta.version).unwrap();
                    }
                    Err(_) => put(&self.test, key, rule(key, conditions, points)),
                }
            }
            Deed::Follow => scoring::work(&app, admin.at).unwrap(),
        }
    }
}

/// Whatever happens to leads, opportunities and rules: the readings that followed it are those that are made anew from the
/// records, the list by points is every lead in the order of a look at each, and what is learned is counted right.
#[test]
fn readings_that_follow_are_those_made_anew() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, cases: 8, ..Config::default() });
    runner
        .run(&prop::collection::vec(deed(), 20..90), |deeds| {
            let folder = tempfile::tempdir().unwrap();
            let mut world = World { test: company(&folder), leads: Vec::new() };
            for deed in &deeds {
                world.run(deed);
                world.test.advance(1);
            }
            let (app, admin) = (world.test.app.clone(), world.test.admin());
            let listed = in_order(&world.test, &admin, Direction::Forward);
            let mut expected: Vec<(u8, model::jiff::Timestamp, String)> = world
                .test
                .all_leads()
                .iter()
                .map(|lead| {
                    let score = scoring::of_lead(&app, &admin, LeadId(lead.meta.id)).unwrap();
                    (score.map_or(0, |score| score.points), lead.meta.created_at, lead.title().to_owned())
                })
                .collect();
            expected.sort();
            let expected: Vec<String> =
                expected.into_iter().map(|(points, _, title)| format!("{title} {points}")).collect();
            prop_assert_eq!(listed, expected);
            scoring::work(&app, admin.at).unwrap();
            let followed = scoring::contents(&app);
            scoring::forget(&app);
            scoring::work(&app, admin.at).unwrap();
            prop_assert_eq!(followed, scoring::contents(&app));
            let known = probability::knowledge(&app, &admin).unwrap().unwrap();
            prop_assert_eq!((known[0].won, known[0].lost), counted(&world));
            world.test.leave();
            Ok(())
        })
        .unwrap();
}

/// Won and lost leads by the definition, word for word.
fn counted(world: &World) -> (u32, u32) {
    let (app, admin) = (&world.test.app, world.test.admin());
    let (mut won, mut lost) = (0, 0);
    let all = world.leads.iter().filter_map(|id| leads::get(app, &admin, *id).ok());
    for lead in all.filter(|lead| !lead.archived) {
        let stage = lead.conversion.as_ref().and_then(|conversion| conversion.opportunity).map(|id| {
            let opportunity = records::get(app, &admin, model::Kind::Opportunity, id).unwrap();
            match opportunity.built_in("stage") {
                model::FieldValue::Codes(codes) => codes[0].clone(),
                other => panic!("{other:?}"),
            }
        });
        match (lead.status, stage.as_deref()) {
            (LeadStatus::Discarded, _) | (LeadStatus::Converted, Some("sales.lost")) => lost += 1,
            (LeadStatus::Converted, Some("sales.won")) => won += 1,
            _ => {}
        }
    }
    (won, lost)
}
