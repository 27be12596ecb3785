//! The board of opportunities: columns, order and pages against a reading without any index, moves with what stages ask for,
//! the way back, where each has been, and the forecast.

mod pages;
mod reading;

use crate::test_app::{TestApp, problems};
use model::uuid::Uuid;
use model::{Kind, Money, Opportunity, Pipeline, RoleKey, Stage, StageKind};
use services::activities::{self, How, Logged, StateDeed};
use services::board::{self, Board, BoardColumn, BoardQuery, Likelihood, Move, Urgency};
use services::leads::LeadCount;
use services::records::{self, Archived, Draft, Query};
use services::{Ctx, Error, bulk, pipelines};

const DAY: i64 = 24 * 3_600;

/// A company at work.
struct House {
    test: TestApp,
    _folder: tempfile::TempDir,
}

impl House {
    fn new() -> House {
        let folder = tempfile::tempdir().unwrap();
        House { test: TestApp::company(folder.path()), _folder: folder }
    }

    fn admin(&self) -> Ctx {
        self.test.admin()
    }

    fn deal(&self, ctx: &Ctx, fields: &[(&str, &str)]) -> Uuid {
        records::create(&self.test.app, ctx, Kind::Opportunity, &draft(fields), None).unwrap().about().id
    }

    fn get(&self, id: Uuid) -> Opportunity {
        board::get(&self.test.app, &self.admin(), id).unwrap()
    }

    fn plan(&self, about: Uuid, due: &str, time: &str) -> Uuid {
        let logged = Logged {
            kind: "call".to_owned(),
            subject: "Trucar".to_owned(),
            text: String::new(),
            due: due.to_owned(),
            due_time: time.to_owned(),
            duration: String::new(),
            how: How::ToDo,
        };
        activities::log(&self.test.app, &self.admin(), Kind::Opportunity, about, &logged).unwrap().meta.id
    }

    fn board(&self, ctx: &Ctx, filter: &str) -> Board {
        let query = BoardQuery { filter: filter.parse().unwrap(), ..BoardQuery::default() };
        board::board(&self.test.app, ctx, &query).unwrap()
    }

    fn column(&self, ctx: &Ctx, stage: &str) -> BoardColumn {
        let query = BoardQuery { stage: Some(stage.to_owned()), ..BoardQuery::default() };
        board::board(&self.test.app, ctx, &query).unwrap().columns.remove(0)
    }

    fn go(&self, ctx: &Ctx, id: Uuid, stage: &str, fields: &[(&str, &str)]) -> Result<Opportunity, Error> {
        let version = self.get(id).meta.version;
        board::move_to(&self.test.app, ctx, id, version, &to(stage, "", fields))
    }

    /// The stage asks for these fields from now on.
    fn require(&self, stage: &str, fields: &[&str]) {
        self.change_stages(|stages| {
            let wanted = stages.iter_mut().find(|one| one.key == stage).unwrap();
            wanted.required = fields.iter().map(|field| (*field).to_owned()).collect();
        });
    }

    fn change_stages(&self, change: impl FnOnce(&mut Vec<Stage>)) {
        let (app, frame) = (&self.test.app, self.test.app.frame());
        let before = frame.pipelines.get("sales").unwrap();
        let mut stages = before.piece.stages.clone();
        change(&mut stages);
        let piece = Pipeline { stages, ..before.piece.clone() };
        pipelines::update(app, &self.admin(), "sales", before.meta.version, piece, &[]).unwrap();
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.test.settle();
        }
    }
}

fn draft(fields: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (key, text) in fields {
        draft.put(key, *text);
    }
    draft
}

fn to(stage: &str, closed_on: &str, fields: &[(&str, &str)]) -> Move {
    Move { stage: stage.to_owned(), closed_on: closed_on.to_owned(), fields: draft(fields) }
}

fn titles(column: &BoardColumn) -> Vec<String> {
    column.cards.iter().map(|card| card.opportunity.name.clone().unwrap()).collect()
}

fn cents(sums: &[Money]) -> Vec<i64> {
    sums.iter().map(|sum| sum.minor_units).collect()
}

#[test]
fn cards_come_in_the_order_in_which_they_want_somebody() {
    let house = House::new();
    let admin = house.admin();
    let named = |name: &str| {
        house.test.advance(1);
        house.deal(&house.admin(), &[("name", name), ("amount", "100")])
    };
    // It is the 23rd of November, ten o'clock.
    let (later, none, today, late) = (named("Més tard"), named("Res"), named("Avui"), named("Tard"));
    let (earlier, hour) = (named("Abans"), named("Fa una hora"));
    house.plan(later, "2026-11-24", "");
    house.plan(today, "2026-11-23", "");
    house.plan(late, "2026-11-22", "");
    house.plan(earlier, "2026-11-20", "");
    house.plan(earlier, "2026-12-20", "");
    let call = house.plan(hour, "2026-11-23", "9:00");
    let column = house.column(&admin, "sales.new");
    assert_eq!(titles(&column), ["Abans", "Tard", "Fa una hora", "Avui", "Res", "Més tard"]);
    let urgency: Vec<Urgency> = column.cards.iter().map(|card| card.urgency).collect();
    use Urgency::{Overdue, Planned, Today, Unplanned};
    assert_eq!(urgency, [Overdue, Overdue, Today, Today, Unplanned, Planned]);
    assert!(column.cards[0].next.as_ref().is_some_and(|next| next.due.unwrap().to_string() == "2026-11-20"));
    assert!(column.cards[4].next.is_none() && column.cards[4].opportunity.meta.id == none);
    // What is done wants nobody any more.
    activities::set_state(&house.test.app, &admin, call, 1, StateDeed::Done, None).unwrap();
    let column = house.column(&admin, "sales.new");
    assert_eq!(titles(&column), ["Abans", "Tard", "Avui", "Res", "Fa una hora", "Més tard"]);
    // A day goes by.
    house.test.advance(DAY);
    assert_eq!(house.column(&house.admin(), "sales.new").cards[2].urgency, Overdue);
}

#[test]
fn columns_add_up_what_is_in_them() {
    let house = House::new();
    let admin = house.admin();
    let deals = [
        ("sales.new", "100", ""),
        ("sales.new", "50,01", "33,5"),
        ("sales.new", "", ""),
        ("sales.offer", "200", ""),
    ];
    for (stage, amount, probability) in deals {
        house.deal(
            &admin,
            &[("name", "Cuina"), ("stage", stage), ("amount", amount), ("probability", probability)],
        );
    }
    let board = house.board(&admin, "");
    let shown: Vec<(&str, usize, Vec<i64>, Vec<i64>)> = board
        .columns
        .iter()
        .map(|column| (column.code.as_str(), column.count, cents(&column.sums), cents(&column.weighted)))
        .collect();
    // 10 % of 100 € and 33.5 % of 50.01 €: 10 € + 16.75335 €.
    assert_eq!(shown[0], ("sales.new", 3, vec![15_001], vec![2_675]));
    assert_eq!(shown[1], ("sales.analysis", 0, vec![], vec![]));
    assert_eq!(shown[2], ("sales.offer", 1, vec![20_000], vec![10_000]));
    assert_eq!((board.pipeline.as_str(), board.columns.len()), ("sales", 7));
    let missing = |query: BoardQuery| problems(board::board(&house.test.app, &admin, &query));
    assert_eq!(missing(BoardQuery { pipeline: Some("no".into()), ..BoardQuery::default() }), ["not-found"]);
    assert_eq!(
        missing(BoardQuery { stage: Some("sales.no".into()), ..BoardQuery::default() }),
        ["not-found"]
    );
    assert_eq!(missing(BoardQuery { cursor: Some("zz".into()), ..BoardQuery::default() }).len(), 1);
}

/// Conditions of which entries decide some, and records the others.
const FILTERS: [&str; 10] = [
    "",
    "owner:any:me",
    "team:any:my-team",
    "source:any:web",
    "amount:at-least:200",
    "expected_close:filled",
    "probability:filled",
    "name:contains:3",
    "owner:any:me;amount:below:500",
    "competitor:empty|amount:above:700",
];

#[test]
fn it_shows_what_the_list_shows_to_everybody_page_by_page() {
    let house = House::new();
    let people = [house.test.hire("Berta", RoleKey::REP), house.test.hire("Carles", RoleKey::MANAGER)];
    for number in 0..30_usize {
        let ctx = match number % 3 {
            0 => house.admin(),
            other => house.test.at_work(people[other - 1].id()),
        };
        let name = format!("Cuina {number}");
        let amount = format!("{}", number * 40);
        let stage = ["sales.new", "sales.offer", "sales.negotiation"][number / 3 % 3];
        let mut fields = vec![("name", name.as_str()), ("stage", stage)];
        if number % 4 > 0 {
            fields.push(("amount", &amount));
        }
        if number % 5 == 0 {
            fields.extend([("expected_close", "2027-01-31"), ("probability", "40"), ("competitor", "Puig")]);
        }
        if number % 6 == 0 {
            fields.push(("source", "web"));
        }
        let id = house.deal(&ctx, &fields);
        if number % 7 == 0 {
            house.plan(id, "2026-11-22", "");
        }
    }
    let archived = house.deal(&house.admin(), &[("name", "Arxivada")]);
    let yes = records::Archived::Yes;
    records::set_archived(&house.test.app, &house.admin(), Kind::Opportunity, archived, 1, yes).unwrap();
    let callers = [house.admin(), house.test.at_work(people[0].id()), house.test.at_work(people[1].id())];
    for (caller, filter) in callers.iter().flat_map(|caller| FILTERS.map(|filter| (caller, filter))) {
        let board = house.board(caller, filter);
        let mut found = Vec::new();
        for column in &board.columns {
            let paged = pages_of(&house, caller, filter, column);
            assert_eq!(paged.len(), column.count, "{filter} {}", column.code);
            let amounts: i64 =
                paged.iter().filter_map(|deal| deal.amount).map(|amount| amount.minor_units).sum();
            assert_eq!(cents(&column.sums).iter().sum::<i64>(), amounts, "{filter} {}", column.code);
            found.extend(paged.iter().map(|deal| deal.meta.id));
        }
        let query = Query { filter: filter.parse().unwrap(), limit: 100, ..Query::default() };
        let list = records::list(&house.test.app, caller, Kind::Opportunity, &query).unwrap();
        let mut listed: Vec<Uuid> = list.records.iter().map(|record| record.about().id).collect();
        listed.sort();
        found.sort();
        assert_eq!(found, listed, "{filter}");
    }
}

/// The cards of a column, three at a time.
fn pages_of(house: &House, caller: &Ctx, filter: &str, column: &BoardColumn) -> Vec<Opportunity> {
    let mut query = BoardQuery {
        filter: filter.parse().unwrap(),
        stage: Some(column.code.clone()),
        limit: 3,
        ..BoardQuery::default()
    };
    let mut found = Vec::new();
    loop {
        let page = board::board(&house.test.app, caller, &query).unwrap().columns.remove(0);
        assert_eq!(page.count, column.count, "every page counts all");
        found.extend(page.cards.into_iter().map(|card| card.opportunity));
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => return found,
        }
    }
}

#[test]
fn what_was_closed_long_ago_and_what_stands_still_show() {
    let house = House::new();
    let [old, new, open] = ["Vella", "Nova", "Oberta"].map(|name| {
        house.test.advance(1);
        house.deal(&house.admin(), &[("name", name)])
    });
    house.go(&house.admin(), old, "sales.won", &[]).unwrap();
    house.test.advance(6 * DAY);
    assert!(!house.column(&house.admin(), "sales.new").cards[0].is_stale);
    house.test.advance(DAY);
    let card = house.column(&house.admin(), "sales.new").cards.remove(1);
    assert_eq!((card.opportunity.meta.id, card.days, card.is_stale), (open, 7, true), "after seven days");
    house.test.advance(23 * DAY);
    house.go(&house.admin(), new, "sales.won", &[]).unwrap();
    assert_eq!(titles(&house.column(&house.admin(), "sales.won")), ["Nova", "Vella"], "the latest first");
    house.test.advance(60);
    let column = house.column(&house.admin(), "sales.won");
    assert_eq!((titles(&column), column.count), (vec!["Nova".to_owned()], 1), "thirty days");
    assert!(!column.cards[0].is_stale && column.cards[0].urgency == Urgency::Closed);
}

#[test]
fn a_stage_asks_for_its_fields_whichever_way_somebody_comes() {
    let house = House::new();
    let (app, admin) = (&house.test.app, house.admin());
    house.require("negotiation", &["amount", "expected_close", "contact"]);
    let id = house.deal(&admin, &[("name", "Cuina"), ("amount", "100")]);
    let asked = board::asked(app, &admin, id, "sales.negotiation").unwrap();
    assert_eq!(
        (asked.fields, asked.asks_day),
        (vec!["expected_close".to_owned(), "contact".to_owned()], false)
    );
    let expected = ["contact required-at-stage", "expected_close required-at-stage"];
    assert_eq!(problems(house.go(&admin, id, "sales.negotiation", &[])), expected);
    let edited =
        records::update(app, &admin, Kind::Opportunity, id, 1, &draft(&[("stage", "sales.negotiation")]));
    assert_eq!(problems(edited), expected, "by its form and by the API");
    let made = [("name", "Bany"), ("stage", "sales.negotiation")];
    let made = records::create(app, &admin, Kind::Opportunity, &draft(&made), None);
    assert_eq!(problems(made).len(), 3, "when it is made, also from a file");
    let action =
        model::BulkAction::SetField { field: "stage".into(), values: vec!["sales.negotiation".into()] };
    let plan = bulk::plan(app, &admin, Kind::Opportunity, &[id], &action).unwrap();
    assert_eq!(plan.named[0].why, "required-at-stage", "with many others");
    house.deal(&admin, &[("name", "x")]);
    let person =
        records::create(app, &admin, Kind::Contact, &draft(&[("given_name", "Marta")]), None).unwrap();
    let fields = [("expected_close", "31/12/2026"), ("contact", "Marta")];
    let moved = house.go(&admin, id, "sales.negotiation", &fields).unwrap();
    assert_eq!((moved.contact, moved.stage_since), (Some(person.about().id), Some(admin.at)));
    let all = house.go(&admin, id, "sales.lost", &[("amount", "molt"), ("lost_reason", "perquè sí")]);
    assert_eq!(problems(all), ["amount amount-form", "lost_reason choice"], "all problems at once");
    let unknown = house.go(&admin, id, "sales.nowhere", &[]);
    assert_eq!(problems(unknown), ["stage choice"]);
}

#[test]
fn it_is_won_for_an_amount_on_a_day_and_lost_for_a_reason() {
    let house = House::new();
    let (app, admin) = (&house.test.app, house.admin());
    let id = house.deal(&admin, &[("name", "Cuina"), ("amount", "100"), ("probability", "60")]);
    let won = board::asked(app, &admin, id, "sales.won").unwrap();
    assert_eq!(
        (won.fields, won.asks_day, won.today.to_string().as_str()),
        (vec!["amount".into()], true, "2026-11-23")
    );
    let go = |day: &str| board::move_to(app, &admin, id, 1, &to("sales.won", day, &[("amount", "90")]));
    assert_eq!(problems(go("2026-11-24")), ["closed_on date-future"]);
    assert_eq!(problems(go("ahir")), ["closed_on date-form"]);
    let won = go("20/11/2026").unwrap();
    assert_eq!(won.closed_at.unwrap().to_string(), "2026-11-20T11:00:00Z", "noon of that day");
    assert_eq!((won.amount.unwrap().minor_units, won.probability), (9_000, None));
    let same = board::move_to(app, &admin, id, 2, &to("sales.won", "", &[])).unwrap();
    assert_eq!(same.meta.version, 2, "it is there already");
    assert_eq!(problems(house.go(&admin, id, "sales.lost", &[])), ["lost_reason required-at-stage"]);
    let lost = house.go(&admin, id, "sales.lost", &[("lost_reason", "price")]).unwrap();
    assert_eq!(lost.lost_reason.as_deref(), Some("price"));
    let won = house.go(&admin, id, "sales.won", &[]).unwrap();
    assert_eq!(won.lost_reason, None, "what was won has no such reason");
    assert!(house.go(&admin, id, "sales.new", &[]).unwrap().closed_at.is_none());
    let stale = board::move_to(app, &admin, id, 1, &to("sales.offer", "", &[]));
    assert_eq!(problems(stale), ["conflict"]);
}

#[test]
fn a_move_is_taken_back_as_long_as_nothing_else_happened() {
    let house = House::new();
    let (app, admin) = (&house.test.app, house.admin());
    let id = house.deal(&admin, &[("name", "Cuina"), ("amount", "100"), ("probability", "60")]);
    let before = house.get(id);
    house.test.advance(DAY);
    let admin = house.admin();
    let won = house.go(&admin, id, "sales.won", &[("amount", "90")]).unwrap();
    assert!(board::can_undo(app, &admin, &won).unwrap());
    let other = house.test.hire("Carles", RoleKey::MANAGER).id();
    assert_eq!(problems(board::undo(app, &house.test.at_work(other), id, 2)), [" board-undo"], "not theirs");
    assert_eq!(problems(board::undo(app, &admin, id, 1)), ["conflict"]);
    let back = board::undo(app, &admin, id, 2).unwrap();
    let as_before = Opportunity { meta: back.meta.clone(), ..before };
    assert_eq!((&back, back.meta.version), (&as_before, 3), "all that was said on the way is taken back");
    assert_eq!(problems(board::undo(app, &admin, id, 3)), [" board-undo"], "once");
    house.go(&admin, id, "sales.offer", &[]).unwrap();
    let change = draft(&[("amount", "5")]);
    records::update(app, &admin, Kind::Opportunity, id, 4, &change).unwrap();
    assert_eq!(problems(board::undo(app, &admin, id, 5)), [" board-undo"], "something else was changed");
    house.go(&admin, id, "sales.analysis", &[]).unwrap();
    house.test.advance(DAY + 60);
    assert_eq!(problems(board::undo(app, &house.admin(), id, 6)), [" board-undo"], "a day is over");
}

#[test]
fn a_move_from_a_stage_that_means_something_else_by_now_is_not_taken_back() {
    let house = House::new();
    let (app, admin) = (&house.test.app, house.admin());
    let id = house.deal(&admin, &[("name", "Cuina"), ("stage", "sales.analysis")]);
    let won = house.go(&admin, id, "sales.won", &[("amount", "90")]).unwrap();
    house.change_stages(|stages| {
        let analysis = stages.iter_mut().find(|stage| stage.key == "analysis").unwrap();
        (analysis.kind, analysis.probability) = (StageKind::Lost, 0);
    });
    assert!(!board::can_undo(app, &admin, &won).unwrap());
    assert_eq!(problems(board::undo(app, &admin, id, 2)), [" board-undo-stage"]);
    let mut taken = None;
    house.change_stages(|stages| {
        let place = stages.iter().position(|stage| stage.key == "analysis").unwrap();
        taken = Some(Stage { kind: StageKind::Open, probability: 25, ..stages.remove(place) });
    });
    assert_eq!(problems(board::undo(app, &admin, id, 2)), [" board-undo-stage"]);
    assert_eq!(house.get(id), won, "it is as it was");
    house.change_stages(|stages| stages.insert(1, taken.take().unwrap()));
    assert!(board::can_undo(app, &admin, &won).unwrap());
    let back = board::undo(app, &admin, id, 2).unwrap();
    assert_eq!((back.stage.as_deref(), back.closed_at), (Some("sales.analysis"), None));
}

#[test]
fn it_is_known_where_it_was_and_for_how_long() {
    let house = House::new();
    let id = house.deal(&house.admin(), &[("name", "Cuina")]);
    let days = |house: &House| {
        let stays = board::stays(&house.test.app, &house.admin(), id).unwrap();
        assert!(stays.is_whole);
        stays.stays.iter().map(|stay| (stay.stage.clone(), stay.days)).collect::<Vec<_>>()
    };
    let check = |house: &House, expected: &[(&str, i64)]| {
        let expected: Vec<_> = expected.iter().map(|(stage, days)| ((*stage).to_owned(), *days)).collect();
        assert_eq!(days(house), expected);
    };
    house.test.advance(3 * DAY);
    house.go(&house.admin(), id, "sales.offer", &[]).unwrap();
    house.test.advance(2 * DAY + 3_600);
    records::update(&house.test.app, &house.admin(), Kind::Opportunity, id, 2, &draft(&[("amount", "5")]))
        .unwrap();
    house.go(&house.admin(), id, "sales.won", &[]).unwrap();
    check(&house, &[("sales.new", 3), ("sales.offer", 2), ("sales.won", 0)]);
    house.test.advance(60);
    board::undo(&house.test.app, &house.admin(), id, 4).unwrap();
    house.test.advance(DAY);
    check(&house, &[("sales.new", 3), ("sales.offer", 3)]);
    house.go(&house.admin(), id, "sales.new", &[]).unwrap();
    house.test.advance(DAY);
    check(&house, &[("sales.new", 3), ("sales.offer", 3), ("sales.new", 1)]);
    let stays = board::stays(&house.test.app, &house.admin(), id).unwrap().stays;
    assert_eq!(stays[0].by.user, house.admin().user_id());
    assert!(stays[1].until == Some(stays[2].since) && stays[2].until.is_none());
    let stranger = house.test.hire("Berta", RoleKey::REP).id();
    let denied = board::stays(&house.test.app, &house.test.at_work(stranger), id);
    assert_eq!(problems(denied), ["not-found"]);
}

#[test]
fn the_forecast_puts_months_and_likelihoods_beside_each_other() {
    let house = House::new();
    let admin = house.admin();
    let deal = |name: &str, amount: &str, stage: &str, close: &str| {
        house.deal(&admin, &[("name", name), ("amount", amount), ("stage", stage), ("expected_close", close)])
    };
    deal("Segura", "100", "sales.negotiation", "2026-11-30");
    deal("Probable", "200", "sales.offer", "2026-12-01");
    deal("Possible", "400", "sales.new", "2026-12-31");
    deal("Passada", "800", "sales.new", "2026-11-22");
    deal("Sense dia", "1600", "sales.new", "");
    deal("Lluny", "3200", "sales.new", "2027-11-01");
    let won = deal("Guanyada", "6400", "sales.new", "2027-01-01");
    let lost = deal("Perduda", "12800", "sales.new", "2026-11-30");
    house.go(&admin, won, "sales.won", &[]).unwrap();
    house.go(&admin, lost, "sales.lost", &[("lost_reason", "price")]).unwrap();
    let found = board::forecast(&house.test.app, &admin, None, &"".parse().unwrap()).unwrap();
    let of = |month: usize, likelihood: Likelihood| {
        let place = Likelihood::ALL.iter().position(|one| *one == likelihood).unwrap();
        cents(&found.months[month].amounts[place].sums)
    };
    assert_eq!(of(0, Likelihood::Won), [640_000], "in the month it was closed in");
    assert_eq!(of(0, Likelihood::Committed), [10_000]);
    assert_eq!((of(1, Likelihood::Probable), of(1, Likelihood::Possible)), (vec![20_000], vec![40_000]));
    assert_eq!(cents(&found.months[0].weighted), [647_500]);
    assert_eq!(cents(&found.months[1].weighted), [14_000]);
    let rest = [&found.overdue, &found.undated, &found.later];
    assert_eq!(rest.map(|sum| cents(&sum.sums)), [vec![80_000], vec![160_000], vec![320_000]]);
    assert_eq!((found.months.len(), found.months[11].to.to_string().as_str()), (12, "2027-10-31"));
    let mine = board::forecast(&house.test.app, &admin, Some("sales"), &"amount:below:150".parse().unwrap());
    assert_eq!(mine.unwrap().months[1].amounts[1].count, 0);
}

#[test]
fn the_calendar_has_open_ones_on_the_day_they_should_close_and_won_ones_where_they_were() {
    let house = House::new();
    let admin = house.admin();
    let rep = house.test.hire("Berta", RoleKey::REP).id();
    let rep = house.test.at_work(rep);
    let deal = |name: &str, amount: &str, stage: &str, close: &str| {
        house.deal(&admin, &[("name", name), ("amount", amount), ("stage", stage), ("expected_close", close)])
    };
    deal("Petita", "100", "sales.negotiation", "2026-11-30");
    deal("Gran", "900", "sales.offer", "2026-11-30");
    deal("Passada", "800", "sales.new", "2026-11-02");
    deal("Sense dia", "1600", "sales.new", "");
    deal("Un altre mes", "3200", "sales.new", "2026-12-01");
    let won = deal("Guanyada", "6400", "sales.new", "2027-01-01");
    let lost = deal("Perduda", "12800", "sales.new", "2026-11-30");
    house.go(&admin, won, "sales.won", &[]).unwrap();
    house.go(&admin, lost, "sales.lost", &[("lost_reason", "price")]).unwrap();
    let app = &house.test.app;
    let of = |filter: &str, month: Option<&str>| {
        let month = month.map(|month| model::parse_month(month).unwrap());
        board::calendar(app, &admin, None, &filter.parse().unwrap(), month).unwrap()
    };
    let found = of("", None);
    let days: Vec<(String, Vec<&str>)> = found
        .days
        .iter()
        .map(|day| (day.day.to_string(), day.shown.iter().map(|entry| entry.name.as_str()).collect()))
        .collect();
    let day = |day: &str, names: &[&'static str]| (day.to_owned(), names.to_vec());
    assert_eq!(
        days,
        [
            day("2026-11-02", &["Passada"]),
            day("2026-11-23", &["Guanyada"]),
            day("2026-11-30", &["Gran", "Petita"]),
        ]
    );
    assert!(found.days[0].shown[0].is_overdue && found.days[1].shown[0].is_won);
    assert_eq!((found.amounts.count, cents(&found.amounts.sums)), (4, vec![820_000]));
    // 800 at 10 %, 6,400, 900 at half, 100 at three quarters.
    assert_eq!(cents(&found.weighted), [700_500]);
    assert_eq!(of("", Some("2026-12")).amounts.count, 1);
    assert_eq!(of("amount:above:500", None).amounts.count, 3);
    for place in 0..7 {
        deal(&format!("Més {place}"), "10", "sales.new", "2026-11-30");
    }
    let crowded = of("", None).days.remove(2);
    assert_eq!((crowded.shown.len(), crowded.amounts.count), (board::SHOWN_OF_DAY, 9));
    assert_eq!(board::calendar(app, &rep, None, &"".parse().unwrap(), None).unwrap().amounts.count, 0);
}

/// More than the list is counted through: what was won first is counted all the same, for each what they see.
#[test]
fn the_number_above_a_list_is_exact() {
    let house = House::new();
    let (app, admin) = (&house.test.app, house.admin());
    let rep = house.test.hire("Berta", RoleKey::REP);
    let rep = house.test.at_work(rep.id());
    for number in 0..12 {
        let owner = if number < 5 { &rep } else { &admin };
        let id = house.deal(owner, &[("name", "Cuina"), ("stage", "sales.won")]);
        if number == 0 {
            let version = house.get(id).meta.version;
            records::set_archived(app, &admin, Kind::Opportunity, id, version, Archived::Yes).unwrap();
        }
    }
    for number in 0..1_000 {
        house.deal(&admin, &[("name", &format!("Porta {number}"))]);
    }
    let count = |ctx: &Ctx, filter: &str| {
        let query = Query { filter: filter.parse().unwrap(), ..Query::default() };
        records::count(app, ctx, Kind::Opportunity, &query).unwrap()
    };
    assert_eq!(count(&admin, "stage:any:sales.won"), LeadCount::Exactly(11));
    assert_eq!(count(&rep, "stage:any:sales.won"), LeadCount::Exactly(4));
    assert_eq!(count(&admin, "stage:any:sales.won;archived:yes"), LeadCount::Exactly(1));
    assert_eq!(count(&admin, ""), LeadCount::Exactly(1_011));
    assert_eq!(count(&rep, ""), LeadCount::Exactly(4));
}
