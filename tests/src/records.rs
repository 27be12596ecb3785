//! Companies, contacts, opportunities and products as people and other systems meet them.

use crate::test_app::{TestApp, problems};
use model::uuid::Uuid;
use model::{
    AnyRecord, Condition, FieldValue, Filter, Kind, Label, Operator, Pipeline, RoleKey, StageKind, TITLE,
    Tax, TaxKind, UserId,
};
use services::leads::{Direction, LeadCount};
use services::own_fields::{self, FieldDraft};
use services::pipelines::{self, Move};
use services::records::{self, Archived, Draft, Query, Record};
use services::{Ctx, Error, choices, configuration, hand_overs, timelines, users};

struct Company {
    test: TestApp,
    admin: Ctx,
    _folder: tempfile::TempDir,
}

impl Company {
    fn new() -> Company {
        let folder = tempfile::tempdir().unwrap();
        let test = TestApp::company(folder.path());
        Company { admin: test.admin(), test, _folder: folder }
    }

    fn make(&self, ctx: &Ctx, kind: Kind, fields: &[(&str, &str)]) -> Result<Record, Error> {
        records::create(&self.test.app, ctx, kind, &draft(fields), None)
    }

    fn made(&self, kind: Kind, fields: &[(&str, &str)]) -> Record {
        self.make(&self.admin, kind, fields).unwrap_or_else(|error| panic!("{fields:?}: {error:?}"))
    }

    fn change(&self, record: &dyn AnyRecord, fields: &[(&str, &str)]) -> Result<Record, Error> {
        let (id, version) = (record.about().id, record.about().version);
        records::update(&self.test.app, &self.admin, record.entity(), id, version, &draft(fields))
    }

    fn titles(&self, ctx: &Ctx, kind: Kind, query: &Query) -> Vec<String> {
        let page = records::list(&self.test.app, ctx, kind, query).unwrap();
        page.records.iter().map(|record| record.name()).collect()
    }
}

impl Drop for Company {
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

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let company = Company::new();
    let check = |kind, fields: &[(&str, &str)], expected: &[&str]| {
        assert_eq!(problems(company.make(&company.admin, kind, fields)), expected, "{fields:?}");
    };
    check(Kind::Company, &[], &["name required"]);
    check(
        Kind::Company,
        &[
            ("name", " "),
            ("tax_id", "B17123457"),
            ("kind", "friend"),
            ("employees", "-1"),
            ("email", "info@"),
            ("country", "Espanyolandia"),
            ("parent", "Ningú, SL"),
            ("shoe_size", "44"),
        ],
        &[
            "shoe_size field-unknown",
            "name required",
            "tax_id tax-id-checksum",
            "kind choice",
            "employees number-range",
            "email email-form",
            "country country-form",
            "parent link-unknown",
        ],
    );
    check(Kind::Contact, &[("email", "marta@puig.cat")], &["given_name name-of-contact"]);
    check(Kind::Contact, &[("given_name", "Marta"), ("birthday", "2999-01-01")], &["birthday date-future"]);
    check(
        Kind::Opportunity,
        &[("name", "Cuina"), ("probability", "101"), ("amount", "-5"), ("stage", "sales.nowhere")],
        &["stage choice", "amount amount-range", "probability number-between"],
    );
    check(
        Kind::Product,
        &[("unit_price", "-1"), ("minimum_term", "1,5"), ("tax", "tithe")],
        &["name_ca name-in-a-language", "unit_price number-range", "tax choice", "minimum_term number-whole"],
    );
    assert_eq!(company.titles(&company.admin, Kind::Company, &Query::default()), [""; 0]);
}

#[test]
fn records_are_read_as_people_write_them_and_found_by_name() {
    let company = Company::new();
    let puig = company.made(
        Kind::Company,
        &[("name", "Fusteria Puig"), ("tax_id", "b-58.378.431"), ("country", "espanya"), ("kind", "client")],
    );
    assert_eq!(puig.built_in("tax_id"), FieldValue::Text("B58378431".into()));
    assert_eq!(puig.built_in("country"), FieldValue::Text("ES".into()));
    assert!(!puig.built_in("client_since").is_nothing(), "a client since today");
    let marta = company.made(
        Kind::Contact,
        &[
            ("given_name", "Marta"),
            ("family_name", "Puig"),
            ("company", "fusteria puig"),
            ("phone", "972 26 26 26"),
        ],
    );
    assert_eq!(marta.built_in("company"), FieldValue::Record(puig.about().id));
    assert_eq!(marta.built_in("phone"), FieldValue::Text("+34972262626".into()));
    let sale = company.made(
        Kind::Opportunity,
        &[
            ("name", "Cuina"),
            ("company", &puig.about().id.to_string()),
            ("contact", "Marta Puig"),
            ("amount", "1.250,50"),
        ],
    );
    assert_eq!(sale.built_in("amount"), FieldValue::Amount(125_050));
    assert_eq!(sale.built_in("stage"), FieldValue::Codes(vec!["sales.new".into()]));
    company.made(Kind::Company, &[("name", "Fusteria Puig")]);
    let twice =
        company.make(&company.admin, Kind::Contact, &[("given_name", "Pau"), ("company", "Fusteria Puig")]);
    assert_eq!(problems(twice), ["company link-several"]);
    let (contacts, more) =
        records::related(&company.test.app, &company.admin, puig.about().id, Kind::Contact).unwrap();
    assert_eq!((contacts.len(), more), (1, false));
    let circle = company.change(puig.as_ref(), &[("parent", &puig.about().id.to_string())]);
    assert_eq!(problems(circle), ["parent parent-circle"]);
    // The company's timeline tells of what belongs to it.
    let told = timelines::page(
        &company.test.app,
        &company.admin,
        Kind::Company,
        puig.about().id,
        None,
        timelines::Sort::Everything,
    )
    .unwrap()
    .changes;
    let kinds: Vec<Kind> = told.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [Kind::Opportunity, Kind::Contact, Kind::Company]);
    company.test.verify();
}

#[test]
fn lists_are_filtered_sorted_paged_and_leave_out_what_is_put_away() {
    let company = Company::new();
    for (name, kind, town) in [
        ("Èlia", "client", "Olot"),
        ("anna", "prospect", "Girona"),
        ("Nil", "client", "Olot"),
        ("Zoe", "client", ""),
    ] {
        company.made(Kind::Company, &[("name", name), ("kind", kind), ("town", town)]);
    }
    let by_name = Query { sort: TITLE.into(), direction: Direction::Forward, ..Query::default() };
    let titles = |query: &Query| company.titles(&company.admin, Kind::Company, query);
    assert_eq!(titles(&by_name), ["anna", "Èlia", "Nil", "Zoe"]);
    let backward = Query { direction: Direction::Backward, ..by_name.clone() };
    assert_eq!(titles(&backward), ["Zoe", "Nil", "Èlia", "anna"]);
    let clients = Filter::one(Condition::new("kind", Operator::AnyOf, ["client"]));
    let here = clients.clone().and(Condition::new("town", Operator::Is, ["olot"]));
    let query = |filter: &Filter| Query { filter: filter.clone(), ..by_name.clone() };
    assert_eq!(titles(&query(&here)), ["Èlia", "Nil"]);
    let count = |filter: &Filter| {
        records::count(&company.test.app, &company.admin, Kind::Company, &query(filter)).unwrap()
    };
    assert_eq!((count(&here), count(&clients)), (LeadCount::Exactly(2), LeadCount::Exactly(3)));
    let groups =
        records::groups(&company.test.app, &company.admin, Kind::Company, &Query::default(), "kind").unwrap();
    let counted: Vec<(&str, usize)> =
        groups.groups.iter().map(|group| (group.code.as_str(), group.count)).collect();
    assert_eq!(counted, [("client", 3), ("prospect", 1)]);
    // Page by page it is the same list.
    let (mut found, mut cursor) = (Vec::new(), None);
    loop {
        let one = Query { limit: 1, cursor: cursor.clone(), ..by_name.clone() };
        let page = records::list(&company.test.app, &company.admin, Kind::Company, &one).unwrap();
        found.extend(page.records.iter().map(|record| record.name()));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(found, ["anna", "Èlia", "Nil", "Zoe"]);
    let nil = records::list(&company.test.app, &company.admin, Kind::Company, &query(&here)).unwrap().records;
    let about = nil[1].about();
    records::set_archived(
        &company.test.app,
        &company.admin,
        Kind::Company,
        about.id,
        about.version,
        Archived::Yes,
    )
    .unwrap();
    assert_eq!(titles(&by_name), ["anna", "Èlia", "Zoe"]);
    let away = Filter::one(Condition::new::<String>("archived", Operator::Yes, []));
    assert_eq!(titles(&query(&away)), ["Nil"]);
    let wrong =
        Query { filter: Filter::one(Condition::new("nose", Operator::Is, ["x"])), ..Query::default() };
    let refused = records::list(&company.test.app, &company.admin, Kind::Company, &wrong).map(|_| ());
    assert_eq!(problems(refused), ["condition-0 filter-field"]);
}

/// Somebody sees their own, a manager the team's, in lists, pages and what belongs to a record.
#[test]
fn everybody_sees_what_their_role_says() {
    let company = Company::new();
    let (rep, other) = (company.test.hire("Raul", RoleKey::REP), company.test.hire("Olga", RoleKey::REP));
    let rep_at_work = company.test.at_work(rep.id());
    let other_at_work = company.test.at_work(other.id());
    let own = company.make(&rep_at_work, Kind::Company, &[("name", "Del Raul")]).unwrap();
    company.make(&other_at_work, Kind::Company, &[("name", "De l'Olga")]).unwrap();
    assert_eq!(company.titles(&rep_at_work, Kind::Company, &Query::default()), ["Del Raul"]);
    assert_eq!(company.titles(&company.admin, Kind::Company, &Query::default()).len(), 2);
    let app = &company.test.app;
    let (id, version) = (own.about().id, own.about().version);
    let seen = |ctx: &Ctx| problems(records::get(app, ctx, Kind::Company, id).map(|_| ()));
    assert_eq!((seen(&rep_at_work), seen(&other_at_work)), (vec![], vec!["not-found".to_owned()]));
    let change =
        records::update(app, &other_at_work, Kind::Company, id, version, &draft(&[("town", "Olot")]));
    assert_eq!(problems(change), ["not-found"]);
    assert_eq!(problems(records::delete(app, &rep_at_work, Kind::Company, id, version)), ["denied"]);
    let give = records::update(
        app,
        &rep_at_work,
        Kind::Company,
        id,
        version,
        &draft(&[("owner", &other.id().to_string())]),
    );
    assert_eq!(problems(give), ["owner owner-denied"]);
    assert_eq!(problems(company.make(&rep_at_work, Kind::Product, &[("name_ca", "Porta")])), ["denied"]);
    let link = company.make(&other_at_work, Kind::Contact, &[("given_name", "Pau"), ("company", "Del Raul")]);
    assert_eq!(problems(link), ["company link-unknown"], "names of others' records are not given away");
}

#[test]
fn an_opportunity_moves_along_and_closes() {
    let company = Company::new();
    let sale = company.made(Kind::Opportunity, &[("name", "Cuina"), ("probability", "30")]);
    let lost = company.change(sale.as_ref(), &[("stage", "sales.lost")]);
    assert_eq!(problems(lost), ["lost_reason required-at-stage"]);
    let lost = company.change(sale.as_ref(), &[("stage", "Perduda"), ("lost_reason", "Preu")]).unwrap();
    assert_eq!(lost.built_in("stage"), FieldValue::Codes(vec!["sales.lost".into()]));
    assert!(!lost.built_in("closed_at").is_nothing());
    assert!(lost.built_in("probability").is_nothing(), "a chance set by hand was meant for another stage");
    let emptied = company.change(lost.as_ref(), &[("lost_reason", "")]);
    assert_eq!(problems(emptied), ["lost_reason required-at-stage"], "lost without a reason");
    let again = company.change(lost.as_ref(), &[("stage", "sales.offer")]).unwrap();
    assert!(again.built_in("closed_at").is_nothing() && again.built_in("lost_reason").is_nothing());
}

/// The day of closing is that of its last end, not of one that was taken back.
#[test]
fn what_was_lost_and_is_won_was_won_now() {
    let mut company = Company::new();
    let sale = company.made(Kind::Opportunity, &[("name", "Cuina")]);
    let lost = company.change(sale.as_ref(), &[("stage", "sales.lost"), ("lost_reason", "Preu")]).unwrap();
    company.admin.at += model::jiff::SignedDuration::from_hours(48);
    let won = company.change(lost.as_ref(), &[("stage", "sales.won")]).unwrap();
    assert_eq!(won.built_in("closed_at"), FieldValue::Instant(company.admin.at));
    assert_ne!(won.built_in("closed_at"), lost.built_in("closed_at"));
}

/// A stage that opportunities are at keeps its kind, in the page, the API and the file, unless they go elsewhere.
#[test]
fn a_stage_in_use_keeps_its_kind() {
    let company = Company::new();
    let (app, admin) = (&company.test.app, &company.admin);
    company.made(Kind::Opportunity, &[("name", "Cuina"), ("stage", "sales.offer")]);
    let frame = app.frame();
    let before = frame.pipelines.get("sales").unwrap();
    let mut other_kind = before.piece.clone();
    for stage in other_kind.stages.iter_mut().filter(|stage| stage.key == "offer") {
        (stage.kind, stage.probability) = (StageKind::Cancelled, 0);
    }
    let version = before.meta.version;
    let change = configuration::update(app, admin, "sales", version, other_kind.clone());
    assert_eq!(problems(change), ["stages stage-in-use"]);
    let file = services::config_file::export(app, admin).unwrap();
    let (head, tail) = file.split_once("key = \"offer\"").unwrap();
    let tail = tail.replacen("kind = \"open\"", "kind = \"cancelled\"", 1);
    let tail = tail.replacen("probability = 50", "probability = 0", 1);
    let review = services::config_file::review(app, admin, &format!("{head}key = \"offer\"{tail}")).unwrap();
    let codes: Vec<&str> = review.problems.iter().map(|found| found.problem.code.as_str()).collect();
    assert_eq!(codes, ["stage-in-use"]);
    let update = |to: &str| {
        let moves = [Move { from: "offer".into(), to: to.into() }];
        pipelines::update(app, admin, "sales", version, other_kind.clone(), &moves)
    };
    assert_eq!(problems(update("offer")), ["stages stage-in-use"], "it changes its kind, too");
    update("new").unwrap();
    let page = records::list(app, admin, Kind::Opportunity, &Query::default()).unwrap();
    assert_eq!(page.records[0].built_in("stage"), FieldValue::Codes(vec!["sales.new".into()]));
}

/// Neither values of lists nor stages, taxes or fields vanish under records that have them.
#[test]
fn what_is_in_use_does_not_vanish() {
    let company = Company::new();
    let (app, admin) = (&company.test.app, &company.admin);
    for name in ["Una", "Dues"] {
        company.made(Kind::Opportunity, &[("name", name), ("stage", "sales.offer"), ("source", "fair")]);
    }
    assert_eq!(choices::uses(app, admin, "sources", "fair").unwrap()[0].count, 2);
    let replaced = choices::replace(app, admin, "sources", "fair", "web").unwrap();
    assert_eq!((replaced.changed, replaced.left), (2, 0));
    let frame = app.frame();
    let before = frame.pipelines.get("sales").unwrap();
    let stages = before.piece.stages.iter().filter(|stage| stage.key != "offer").cloned().collect();
    let smaller = Pipeline { stages, ..before.piece.clone() };
    let update = |moves: &[Move]| {
        let version = before.meta.version;
        pipelines::update(app, admin, "sales", version, smaller.clone(), moves)
    };
    assert_eq!(problems(update(&[])), ["stages stage-in-use"]);
    let to = |to: &str| [Move { from: "offer".into(), to: to.into() }];
    assert_eq!(problems(update(&to("offer"))), ["stages stage-in-use"]);
    update(&to("won")).unwrap();
    let page = records::list(app, admin, Kind::Opportunity, &Query::default()).unwrap();
    for sale in &page.records {
        assert_eq!(sale.built_in("stage"), FieldValue::Codes(vec!["sales.won".into()]));
        assert!(!sale.built_in("closed_at").is_nothing(), "whoever arrives at «won» is closed");
    }
    assert_eq!(app.frame().pipelines.get("sales").unwrap().piece.stages[2].kind, StageKind::Open);
    company.made(Kind::Product, &[("name_ca", "Porta"), ("tax", "igi"), ("code", "P-1")]);
    assert_eq!(configuration::uses::<model::Tax>(app, admin, "igi").unwrap()[0].count, 1);
    let same_code = company.make(admin, Kind::Product, &[("name_ca", "Finestra"), ("code", "P-1")]);
    assert_eq!(problems(same_code), ["code taken"]);
    let field = FieldDraft {
        entity: "company".to_owned(),
        label: model::Label::new("Superfície", "", ""),
        kind: "number".to_owned(),
        ..FieldDraft::default()
    };
    let made = own_fields::create(app, admin, &field).unwrap();
    let puig = company.made(Kind::Company, &[("name", "Puig"), ("custom.superficie", "1.200,5")]);
    let value = services::fields::value_of(&app.frame(), puig.as_ref(), "custom.superficie");
    assert_eq!(value, FieldValue::Number("1200.5".parse().unwrap()));
    assert_eq!(problems(own_fields::remove(app, admin, &made.key, made.meta.version)), [" field-has-values"]);
}

#[test]
fn two_people_change_one_record() {
    let company = Company::new();
    let (app, admin) = (&company.test.app, &company.admin);
    let puig = company.made(Kind::Company, &[("name", "Puig"), ("town", "Olot")]);
    let (id, version) = (puig.about().id, puig.about().version);
    company.change(puig.as_ref(), &[("town", "Girona")]).unwrap();
    let other_field = draft(&[("name", "Puig"), ("town", "Olot"), ("phone", "972 26 26 26")]);
    let merged = records::merge(app, admin, Kind::Company, id, version, &other_field).unwrap();
    assert!(merged.fields.is_empty(), "{:?}", merged.fields);
    assert_eq!((merged.draft.one("town"), merged.draft.one("phone")), (Some("Girona"), Some("972 26 26 26")));
    let same_field = draft(&[("town", "Vic")]);
    let merged = records::merge(app, admin, Kind::Company, id, version, &same_field).unwrap();
    let [field] = merged.fields.as_slice() else { panic!("{:?}", merged.fields) };
    assert_eq!((field.yours.as_str(), field.theirs.as_str()), ("Vic", "Girona"));
    let stale = records::update(app, admin, Kind::Company, id, version, &same_field);
    assert_eq!(problems(stale), ["conflict"]);
}

#[test]
fn a_company_with_contacts_is_archived_not_deleted() {
    let company = Company::new();
    let (app, admin) = (&company.test.app, &company.admin);
    let puig = company.made(Kind::Company, &[("name", "Puig")]);
    let marta = company.made(Kind::Contact, &[("given_name", "Marta"), ("company", "Puig")]);
    let (id, version) = (puig.about().id, puig.about().version);
    records::add_note(app, admin, Kind::Company, id, "Volen la cuina abans de Nadal").unwrap();
    let asked = records::about_to_delete(app, admin, Kind::Company, id).unwrap();
    assert_eq!((asked.notes, asked.used_by), (1, vec![(Kind::Contact, 1)]));
    assert_eq!(problems(records::delete(app, admin, Kind::Company, id, version)), [" in-use"]);
    let about = marta.about();
    records::delete(app, admin, Kind::Contact, about.id, about.version).unwrap();
    records::delete(app, admin, Kind::Company, id, version).unwrap();
    assert_eq!(problems(records::get(app, admin, Kind::Company, id).map(|_| ())), ["not-found"]);
    company.test.verify();
}

/// What somebody who leaves was responsible for goes to whoever gets their leads.
#[test]
fn records_go_over_with_the_leads() {
    let company = Company::new();
    let (app, admin) = (&company.test.app, &company.admin);
    let (rep, heir) = (company.test.hire("Raul", RoleKey::REP), company.test.hire("Olga", RoleKey::REP));
    let at_work = company.test.at_work(rep.id());
    for number in 0..120 {
        company.make(&at_work, Kind::Contact, &[("given_name", &format!("Contacte {number}"))]).unwrap();
    }
    let sale = company.make(&at_work, Kind::Opportunity, &[("name", "Cuina")]).unwrap();
    let rep = users::get(app, admin, rep.id()).unwrap();
    let leave = hand_overs::LeaveDraft { to: heir.id().to_string(), ..Default::default() };
    hand_overs::leave(app, admin, rep.id(), rep.meta.version, &leave).unwrap();
    let mut rounds = 0;
    while hand_overs::portion(app, admin.at).unwrap() {
        rounds += 1;
        assert!(rounds < 20, "it comes to an end");
    }
    let owner = |kind: Kind, id: Uuid| -> Option<UserId> {
        records::get(app, admin, kind, id).unwrap().responsible().0
    };
    assert_eq!(owner(Kind::Opportunity, sale.about().id), Some(heir.id()));
    let of_heir = Filter::one(Condition::new("owner", Operator::AnyOf, [heir.id().to_string()]));
    let query = Query { filter: of_heir, ..Query::default() };
    assert_eq!(records::count(app, admin, Kind::Contact, &query).unwrap(), LeadCount::Exactly(120));
}

/// What is withheld is no tax of a product; one that has it from before keeps it until somebody chooses another.
#[test]
fn withholding_is_no_tax_of_a_product() {
    let company = Company::new();
    let (app, admin) = (&company.test.app, &company.admin);
    for tax in ["withholding", "IRPF", "IRPF 15 %", "retenció 7"] {
        let made = company.make(admin, Kind::Product, &[("name_ca", "Hora"), ("tax", tax)]);
        assert_eq!(problems(made), ["tax tax-withheld"], "{tax}");
    }
    // As it could be made before: an IVA that became a withholding since.
    let label = Label::new("Antic", "Antiguo", "Old");
    let rates = app.frame().taxes.get("withholding").unwrap().piece.rates.clone();
    let tax = Tax { kind: TaxKind::Vat, label, rates, ..app.frame().taxes.get("igi").unwrap().piece.clone() };
    let made = configuration::create(app, admin, "old", tax.clone()).unwrap();
    let product = company.made(Kind::Product, &[("name_ca", "Hora"), ("tax", "old")]);
    let tax = Tax { kind: TaxKind::Withholding, ..tax };
    configuration::update(app, admin, "old", made.meta.version, tax).unwrap();
    for same in ["old", "Antic"] {
        let now = records::get(app, admin, Kind::Product, product.about().id).unwrap();
        let changed = company.change(now.as_ref(), &[("name_ca", same), ("tax", same)]).unwrap();
        assert_eq!(changed.built_in("tax"), FieldValue::Codes(vec!["old".to_owned()]));
    }
    let now = records::get(app, admin, Kind::Product, product.about().id).unwrap();
    let refused = company.change(now.as_ref(), &[("tax", "withholding")]);
    assert_eq!(problems(refused), ["tax tax-withheld"]);
    let changed = company.change(now.as_ref(), &[("tax", "IVA 21")]).unwrap();
    assert_eq!(changed.built_in("tax"), FieldValue::Codes(vec!["vat_standard".to_owned()]));
}
