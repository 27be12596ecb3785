//! Random deeds on opportunities and what is to be done about them: the reading in memory that followed them, made anew, and
//! what lists say that are filtered by it.

use super::{House, draft};
use model::uuid::Uuid;
use model::{Fields as _, Kind, Opportunity, RoleKey};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use services::activities::{self, StateDeed};
use services::board::{self, Move};
use services::records::{self, Archived, Draft, Query};

const STAGES: [&str; 4] = ["sales.new", "sales.offer", "sales.won", "sales.lost"];

#[derive(Clone, Debug)]
enum Deed {
    Create {
        stage: usize,
        euros: Option<u16>,
        percent: Option<u8>,
    },
    Change {
        deal: usize,
        euros: u16,
        day: u8,
    },
    Move {
        deal: usize,
        stage: usize,
    },
    Undo {
        deal: usize,
    },
    Archive {
        deal: usize,
    },
    Delete {
        deal: usize,
    },
    Plan {
        deal: usize,
        day: u8,
    },
    /// The plan is done, or given up.
    End {
        plan: usize,
        is_done: bool,
    },
    /// It is about another opportunity.
    Lead {
        plan: usize,
        deal: usize,
    },
    Forget {
        plan: usize,
    },
    Look,
}

fn deed() -> impl Strategy<Value = Deed> {
    let which = any::<usize>;
    let stage = 0..STAGES.len();
    prop_oneof![
        6 => (stage.clone(), any::<Option<u16>>(), proptest::option::of(0..=100_u8))
            .prop_map(|(stage, euros, percent)| Deed::Create { stage, euros, percent }),
        3 => (which(), any::<u16>(), 1..=28_u8).prop_map(|(deal, euros, day)| Deed::Change { deal, euros, day }),
        5 => (which(), stage).prop_map(|(deal, stage)| Deed::Move { deal, stage }),
        2 => which().prop_map(|deal| Deed::Undo { deal }),
        2 => which().prop_map(|deal| Deed::Archive { deal }),
        1 => which().prop_map(|deal| Deed::Delete { deal }),
        5 => (which(), 1..=28_u8).prop_map(|(deal, day)| Deed::Plan { deal, day }),
        2 => (which(), any::<bool>()).prop_map(|(plan, is_done)| Deed::End { plan, is_done }),
        2 => (which(), which()).prop_map(|(plan, deal)| Deed::Lead { plan, deal }),
        1 => which().prop_map(|plan| Deed::Forget { plan }),
        3 => Just(Deed::Look),
    ]
}

struct World {
    house: House,
    deals: Vec<Uuid>,
    plans: Vec<Uuid>,
}

fn pick(all: &[Uuid], which: usize) -> Option<Uuid> {
    all.get(which.checked_rem(all.len())?).copied()
}

impl World {
    fn deal(&self, which: usize) -> Option<Opportunity> {
        let id = pick(&self.deals, which)?;
        board::get(&self.house.test.app, &self.house.admin(), id).ok()
    }

    fn version(&self, kind: Kind, id: Uuid) -> Option<u64> {
        let record = records::get(&self.house.test.app, &self.house.admin(), kind, id).ok()?;
        Some(record.about().version)
    }

    /// What cannot be done is not done: only what follows from it matters.
    fn run(&mut self, deed: &Deed) {
        let (app, admin) = (self.house.test.app.clone(), self.house.admin());
        let update = |kind, id, version, fields: &[(&str, &str)]| {
            let _ = records::update(&app, &admin, kind, id, version, &draft(fields));
        };
        match *deed {
            Deed::Create { stage, euros, percent } => {
                let name = format!("Oportunitat {}", self.deals.len());
                let text = |number: Option<String>| number.unwrap_or_default();
                let (euros, percent) = (
                    text(euros.map(|euros| euros.to_string())),
                    text(percent.map(|percent| percent.to_string())),
                );
                self.deals.push(self.house.deal(
                    &admin,
                    &[
                        ("name", &name),
                        ("stage", STAGES[stage]),
                        ("amount", &euros),
                        ("probability", &percent),
                        ("lost_reason", "price"),
                    ],
                ));
            }
            Deed::Change { deal, euros, day } => {
                if let Some(deal) = self.deal(deal) {
                    let fields =
                        [("amount", &*euros.to_string()), ("expected_close", &*format!("2026-12-{day:02}"))];
                    update(Kind::Opportunity, deal.meta.id, deal.meta.version, &fields);
                }
            }
            Deed::Move { deal, stage } => {
                if let Some(deal) = self.deal(deal) {
                    let fields = draft(&[("lost_reason", "price"), ("amount", "1000")]);
                    let to = Move { stage: STAGES[stage].to_owned(), closed_on: String::new(), fields };
                    let _ = board::move_to(&app, &admin, deal.meta.id, deal.meta.version, &to);
                }
            }
            Deed::Undo { deal } => {
                if let Some(deal) = self.deal(deal) {
                    let _ = board::undo(&app, &admin, deal.meta.id, deal.meta.version);
                }
            }
            Deed::Archive { deal } => {
                if let Some(deal) = self.deal(deal) {
                    let _ = records::set_archived(
                        &app,
                        &admin,
                        Kind::Opportunity,
                        deal.meta.id,
                        deal.meta.version,
                        if deal.common.archived { Archived::No } else { Archived::Yes },
                    );
                }
            }
            Deed::Delete { deal } => {
                if let Some(deal) = self.deal(deal) {
                    let _ = records::delete(&app, &admin, Kind::Opportunity, deal.meta.id, deal.meta.version);
                }
            }
            Deed::Plan { deal, day } => {
                if let Some(deal) = self.deal(deal) {
                    self.plans.push(self.house.plan(deal.meta.id, &format!("2026-12-{day:02}"), ""));
                }
            }
            Deed::End { plan, is_done } => {
                if let Some(plan) = pick(&self.plans, plan)
                    && let Some(version) = self.version(Kind::Activity, plan)
                {
                    let deed = if is_done { StateDeed::Done } else { StateDeed::Cancel };
                    let _ = activities::set_state(&app, &admin, plan, version, deed, None);
                }
            }
            Deed::Lead { plan, deal } => {
                if let (Some(plan), Some(deal)) = (pick(&self.plans, plan), pick(&self.deals, deal))
                    && let Some(version) = self.version(Kind::Activity, plan)
                {
                    update(Kind::Activity, plan, version, &[("opportunity", &deal.to_string())]);
                }
            }
            Deed::Forget { plan } => {
                if let Some(plan) = pick(&self.plans, plan)
                    && let Some(version) = self.version(Kind::Activity, plan)
                {
                    let _ = records::delete(&app, &admin, Kind::Activity, plan, version);
                }
            }
            Deed::Look => {
                board::contents(&app).unwrap();
            }
        }
    }

    fn listed(&self, filter: &str) -> Vec<String> {
        let query = Query { filter: filter.parse().unwrap(), limit: 100, ..Query::default() };
        let page =
            records::list(&self.house.test.app, &self.house.admin(), Kind::Opportunity, &query).unwrap();
        let mut names: Vec<String> = page.records.iter().map(|record| record.name()).collect();
        names.sort();
        names
    }
}

/// Whatever happens to opportunities and activities: the reading that followed it is the one made anew from the records, and
/// lists filtered by what it knows are those that a look at each record gives.
#[test]
fn a_reading_that_follows_is_the_one_made_anew() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, cases: 8, ..Config::default() });
    runner
        .run(&prop::collection::vec(deed(), 20..80), |deeds| {
            let mut world = World { house: House::new(), deals: Vec::new(), plans: Vec::new() };
            for deed in &deeds {
                world.run(deed);
                world.house.test.advance(1);
            }
            let app = world.house.test.app.clone();
            let followed = board::contents(&app).unwrap();
            board::forget(&app);
            prop_assert_eq!(followed, board::contents(&app).unwrap());
            let kept: Vec<Opportunity> =
                (0..world.deals.len()).filter_map(|which| world.deal(which)).collect();
            let kept = || kept.iter().filter(|deal| !deal.common.archived);
            for stage in STAGES {
                let mut expected: Vec<String> = kept()
                    .filter(|deal| deal.stage.as_deref() == Some(stage))
                    .filter_map(|deal| deal.name.clone())
                    .collect();
                expected.sort();
                prop_assert_eq!(world.listed(&format!("stage:any:{stage}")), expected, "{}", stage);
            }
            let mut expected: Vec<String> = kept()
                .filter(|deal| deal.amount.is_some_and(|amount| amount.minor_units >= 3_000_000))
                .filter(|deal| !deal.value("closed_at").is_nothing())
                .filter_map(|deal| deal.name.clone())
                .collect();
            expected.sort();
            prop_assert_eq!(world.listed("amount:at-least:30000;closed_at:filled"), expected);
            Ok(())
        })
        .unwrap();
}

/// A role that sees its own alone has its own on the board, and no more after they were given to somebody else.
#[test]
fn a_deal_that_changes_hands_changes_boards() {
    let house = House::new();
    let berta = house.test.hire("Berta", RoleKey::REP).id();
    let (admin, rep) = (house.admin(), house.test.at_work(berta));
    let me = berta.0.to_string();
    let deal = house.deal(&admin, &[("name", "Cuina"), ("owner", &me)]);
    let count =
        |ctx: &services::Ctx| house.board(ctx, "").columns.iter().map(|column| column.count).sum::<usize>();
    assert_eq!((count(&rep), count(&admin)), (1, 1));
    let other = admin.user_id().unwrap().0.to_string();
    let version = house.get(deal).meta.version;
    let given: Draft = draft(&[("owner", &other)]);
    records::update(&house.test.app, &admin, Kind::Opportunity, deal, version, &given).unwrap();
    assert_eq!((count(&rep), count(&admin)), (0, 1));
}
