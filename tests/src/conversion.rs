//! A lead becomes a company, a contact and an opportunity in one write, and back again within a day.

use crate::http_kit::Kit;
use crate::test_app::TestApp;
use model::uuid::Uuid;
use model::{FieldKind, FieldValue, Kind, Label, Lead, LeadId, LeadStatus, MatchBy, RoleKey};
use poem::http::{Method, StatusCode};
use services::consents::{self, ConsentDraft};
use services::conversion::{self, ConversionDraft, Part};
use services::leads::{self, LeadQuery};
use services::own_fields::{self, FieldDraft};
use services::quotes::{self, LineDraft, Sending};
use services::records::{self, Draft};
use services::{Ctx, Error, LeadDraft, documents, duplicates};

fn lead(test: &TestApp) -> Lead {
    let draft = LeadDraft {
        name: "Marta Puig Serra".to_owned(),
        company: "Fusteria Puig, SL".to_owned(),
        tax_id: "B58378431".to_owned(),
        email: "marta@puig.cat".to_owned(),
        phone: "972 26 26 26".to_owned(),
        town: "Olot".to_owned(),
        postcode: "17800".to_owned(),
        interest: "Cuina de roure".to_owned(),
        amount: "12.500".to_owned(),
        source: "web".to_owned(),
        ..LeadDraft::default()
    };
    leads::create(&test.app, &test.admin(), &draft, None).unwrap()
}

fn all_new() -> ConversionDraft {
    ConversionDraft {
        company: Part::New(Draft::default()),
        contact: Part::New(Draft::default()),
        opportunity: Some(Draft::default()),
    }
}

fn of_name(test: &TestApp, ctx: &Ctx, kind: Kind, key: &str, name: &str) -> Uuid {
    let mut typed = Draft::default();
    typed.put(key, name);
    records::create(&test.app, ctx, kind, &typed, None).unwrap().about().id
}

/// A field of a record as it is kept.
fn shown(test: &TestApp, kind: Kind, id: Option<Uuid>, key: &str) -> FieldValue {
    records::get(&test.app, &test.admin(), kind, id.unwrap()).unwrap().built_in(key)
}

fn consent() -> ConsentDraft {
    ConsentDraft {
        purpose: "marketing_email".to_owned(),
        basis: "consent".to_owned(),
        state: "given".to_owned(),
        said_on: "2026-11-20".to_owned(),
        way: "paper".to_owned(),
        evidence: String::new(),
    }
}

fn problems(error: &Error) -> Vec<(&str, &str)> {
    let Error::Invalid(errors) = error else { panic!("{error}") };
    errors.0.iter().map(|problem| (problem.field.as_str(), problem.code.as_str())).collect()
}

#[test]
fn everything_a_lead_knows_goes_along_and_comes_back() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let stored = lead(&test);
    let id = LeadId(stored.meta.id);
    consents::state(&app, &admin, Kind::Lead, id.0, &consent()).unwrap();
    let before = leads::get(&app, &admin, id).unwrap();
    test.advance(60);
    let admin = test.admin();
    let lead = conversion::convert(&app, &admin, id, before.meta.version, &all_new()).unwrap();
    assert_eq!(lead.status, LeadStatus::Converted);
    let made = lead.conversion.clone().unwrap();
    let company = |key: &str| shown(&test, Kind::Company, made.company, key);
    let contact = |key: &str| shown(&test, Kind::Contact, made.contact, key);
    let opportunity = |key: &str| shown(&test, Kind::Opportunity, made.opportunity, key);
    let text = |text: &str| FieldValue::Text(text.to_owned());
    assert_eq!(company("name"), text("Fusteria Puig, SL"));
    assert_eq!((company("tax_id"), company("town")), (text("B58378431"), text("Olot")));
    // By e-mail one reaches the person.
    assert_eq!((company("email"), contact("email")), (FieldValue::Nothing, text("marta@puig.cat")));
    assert_eq!((contact("given_name"), contact("family_name")), (text("Marta"), text("Puig Serra")));
    assert_eq!(contact("company"), FieldValue::Record(made.company.unwrap()));
    assert_eq!(contact("consents"), FieldValue::Codes(vec!["marketing_email".to_owned()]));
    assert_eq!(opportunity("company"), FieldValue::Record(made.company.unwrap()));
    assert_eq!(opportunity("contact"), FieldValue::Record(made.contact.unwrap()));
    assert_eq!(
        (opportunity("name"), opportunity("lead")),
        (text("Cuina de roure"), FieldValue::Record(id.0))
    );
    assert_eq!(opportunity("amount"), FieldValue::Amount(1_250_000));
    assert_eq!(opportunity("source"), FieldValue::Codes(vec!["web".to_owned()]));
    let owner = lead.owner.map_or(FieldValue::Nothing, FieldValue::User);
    assert_eq!((opportunity("owner"), company("owner")), (owner.clone(), owner));
    // Seen from each end; and it is no duplicate of what it became.
    for became in lead.became() {
        let kind =
            records::ENTITIES.into_iter().find(|kind| records::get(&app, &admin, *kind, became).is_ok());
        let (from, _) = records::related(&app, &admin, became, Kind::Lead).unwrap();
        assert_eq!(from.len(), 1, "{kind:?}");
    }
    assert!(duplicates::of_record(&app, &admin, &lead).unwrap().is_empty());
    assert!(duplicates::of(&app, &admin, Kind::Company, made.company.unwrap()).unwrap().is_empty());
    // A second time, and another status, are refused.
    let again = conversion::convert(&app, &admin, id, lead.meta.version, &all_new()).unwrap_err();
    assert_eq!(problems(&again), [("", "lead-converted")]);
    let moved =
        leads::set_status(&app, &admin, id, lead.meta.version, LeadStatus::Contacted, "").unwrap_err();
    assert_eq!(problems(&moved), [("status", "lead-converted")]);
    test.verify();
    test.settle();

    let undone = conversion::undo(&app, &admin, id, lead.meta.version).unwrap();
    assert_eq!(Lead { meta: before.meta.clone(), ..undone }, before);
    for made in made.made {
        assert!(records::ENTITIES.into_iter().all(|kind| records::get(&app, &admin, kind, made).is_err()));
        assert!(consents::of(&app, &admin, Kind::Contact, made).is_err());
    }
    test.verify();
    test.settle();
    drop((app, admin));
    test.close_and_compare();
}

#[test]
fn existing_ones_are_offered_with_the_reason_and_stay_when_it_is_undone() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let near = {
        let mut typed = Draft::default();
        typed.put("name", "Fusteria Puigg");
        typed.put("postcode", "17800");
        records::create(&app, &admin, Kind::Company, &typed, None).unwrap().about().id
    };
    let same = {
        let mut typed = Draft::default();
        typed.put("name", "Fusters de la Garrotxa");
        typed.put("tax_id", "B58378431");
        records::create(&app, &admin, Kind::Company, &typed, None).unwrap().about().id
    };
    let person = of_name(&test, &admin, Kind::Contact, "given_name", "Marta Puig Serra");
    let stored = lead(&test);
    let id = LeadId(stored.meta.id);
    consents::state(&app, &admin, Kind::Lead, id.0, &consent()).unwrap();
    let offer = conversion::offer(&app, &admin, id).unwrap();
    let told: Vec<(Uuid, &[MatchBy])> =
        offer.companies.iter().map(|found| (found.record.about().id, found.by.as_slice())).collect();
    assert_eq!(told, [(same, &[MatchBy::TaxId][..]), (near, &[MatchBy::NearName][..])]);
    assert_eq!(offer.contacts[0].record.about().id, person);
    let draft = ConversionDraft {
        company: Part::Existing(same.to_string(), None),
        contact: Part::Existing("Marta Puig Serra".to_owned(), None),
        opportunity: None,
    };
    let version = offer.lead.meta.version;
    let lead = conversion::convert(&app, &admin, id, version, &draft).unwrap();
    let made = lead.conversion.clone().unwrap();
    assert_eq!((made.company, made.contact, made.made.len()), (Some(same), Some(person), 0));
    let agreed = || shown(&test, Kind::Contact, Some(person), "consents");
    assert_eq!(agreed(), FieldValue::Codes(vec!["marketing_email".to_owned()]));
    // What a lead became does not go away under it.
    let version = records::get(&app, &admin, Kind::Company, same).unwrap().about().version;
    let asked = records::about_to_delete(&app, &admin, Kind::Company, same).unwrap();
    // The contact works there from now on.
    assert_eq!(asked.used_by, [(Kind::Lead, 1), (Kind::Contact, 1)]);
    assert_eq!(shown(&test, Kind::Contact, Some(person), "company"), FieldValue::Record(same));
    let refused = records::delete(&app, &admin, Kind::Company, same, version).unwrap_err();
    assert_eq!(problems(&refused), [("", "in-use")]);
    conversion::undo(&app, &admin, id, lead.meta.version).unwrap();
    assert!(agreed().is_nothing());
    assert!(shown(&test, Kind::Contact, Some(person), "company").is_nothing());
    assert!(consents::of(&app, &admin, Kind::Contact, person).unwrap().is_empty());
    records::delete(&app, &admin, Kind::Company, same, version).unwrap();
    test.verify();
    test.settle();
}

#[test]
fn all_problems_are_said_at_once_and_nothing_half_is_written() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let stored = lead(&test);
    let id = LeadId(stored.meta.id);
    let typed = |pairs: &[(&str, &str)]| {
        let mut draft = Draft::default();
        pairs.iter().for_each(|(key, text)| draft.put(key, *text));
        draft
    };
    let draft = ConversionDraft {
        company: Part::New(typed(&[("tax_id", "B17123457"), ("name", "")])),
        contact: Part::Existing("Ningú".to_owned(), None),
        opportunity: Some(typed(&[("amount", "dotze mil")])),
    };
    let refused = conversion::convert(&app, &admin, id, stored.meta.version, &draft).unwrap_err();
    let expected = [
        ("company.name", "required"),
        ("company.tax_id", "tax-id-checksum"),
        ("contact", "link-unknown"),
        ("opportunity.amount", "amount-form"),
    ];
    assert_eq!(problems(&refused), expected);
    let nothing = ConversionDraft::default();
    let refused = conversion::convert(&app, &admin, id, stored.meta.version, &nothing).unwrap_err();
    assert_eq!(problems(&refused), [("company", "convert-nothing")]);
    let stale = conversion::convert(&app, &admin, id, stored.meta.version + 1, &all_new());
    assert!(matches!(stale, Err(Error::Conflict(_))));
    assert_eq!(leads::get(&app, &admin, id).unwrap(), stored);
    assert!(
        records::list(&app, &admin, Kind::Company, &records::Query::default()).unwrap().records.is_empty()
    );
    test.settle();
}

#[test]
fn what_somebody_worked_with_stays_and_is_named() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let stored = lead(&test);
    let id = LeadId(stored.meta.id);
    let lead = conversion::convert(&app, &admin, id, stored.meta.version, &all_new()).unwrap();
    let made = lead.conversion.clone().unwrap();
    records::add_note(&app, &admin, Kind::Opportunity, made.opportunity.unwrap(), "Ha trucat").unwrap();
    let mut typed = Draft::default();
    typed.put("name", "Porxo");
    typed.put("company", made.company.unwrap().to_string());
    records::create(&app, &admin, Kind::Opportunity, &typed, None).unwrap();
    let refused = conversion::undo(&app, &admin, id, lead.meta.version).unwrap_err();
    let Error::Invalid(errors) = &refused else { panic!("{refused}") };
    let told: Vec<(&str, &str)> =
        errors.0.iter().map(|problem| (problem.code.as_str(), problem.detail.as_str())).collect();
    assert_eq!(told, [("conversion-used", "Porxo"), ("conversion-changed", "Cuina de roure")]);
    let standing = conversion::undo_of(&app, &admin, &lead).unwrap().unwrap();
    assert_eq!(standing.in_the_way, *errors);
    test.advance(25 * 3_600);
    let late = conversion::undo(&app, &test.admin(), id, lead.meta.version).unwrap_err();
    assert_eq!(problems(&late), [("", "conversion-late")]);
    assert_eq!(conversion::undo_of(&app, &test.admin(), &lead).unwrap(), None);
    test.settle();
}

/// A record of an entity with these texts.
fn made_of(test: &TestApp, kind: Kind, pairs: &[(&str, &str)]) -> Uuid {
    let mut typed = Draft::default();
    pairs.iter().for_each(|(key, text)| typed.put(key, *text));
    records::create(&test.app, &test.admin(), kind, &typed, None).unwrap().about().id
}

/// What the strip above a record names, without the record itself.
fn way(test: &TestApp, kind: Kind, id: Uuid) -> Vec<(Kind, Vec<Uuid>)> {
    let steps = match kind {
        Kind::Lead => {
            let lead = leads::get(&test.app, &test.admin(), LeadId(id)).unwrap();
            records::chain(&test.app, &test.admin(), &lead).unwrap()
        }
        kind => {
            let record = records::get(&test.app, &test.admin(), kind, id).unwrap();
            records::chain(&test.app, &test.admin(), record.as_ref()).unwrap()
        }
    };
    let ids = |step: &records::ChainStep| step.records.iter().map(|(id, _)| *id).collect();
    steps.iter().filter(|step| !step.is_here).map(|step| (step.kind, ids(step))).collect()
}

#[test]
fn drafts_of_quotes_become_the_clients_and_the_leads_again() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let app = test.app.clone();
    let stored = lead(&test);
    let id = LeadId(stored.meta.id);
    let tried = quotes::simulate(&app, &test.admin(), Kind::Lead, id.0).unwrap().meta.id;
    let other = of_name(&test, &test.admin(), Kind::Company, "name", "Llibreria Ona");
    let of_lead = id.0.to_string();
    let of_other = other.to_string();
    let elsewhere = [("subject", "Prestatges"), ("lead", of_lead.as_str()), ("company", of_other.as_str())];
    let elsewhere = made_of(&test, Kind::Quote, &elsewhere);
    // From both ends, also before there is any opportunity.
    assert_eq!(way(&test, Kind::Quote, tried), [(Kind::Lead, vec![id.0])]);
    let of_the_lead = way(&test, Kind::Lead, id.0);
    assert!(of_the_lead.iter().any(|(kind, ids)| *kind == Kind::Quote && ids.contains(&tried)));
    test.advance(60);
    let lead = conversion::convert(&app, &test.admin(), id, stored.meta.version, &all_new()).unwrap();
    let made = lead.conversion.clone().unwrap();
    let links = |id: Uuid| {
        let quote = quotes::get(&app, &test.admin(), id).unwrap();
        (quote.lead, quote.company, quote.contact, quote.opportunity)
    };
    assert_eq!(links(tried), (Some(id.0), made.company, made.contact, made.opportunity));
    assert_eq!(links(elsewhere), (Some(id.0), Some(other), None, None));
    // A quote without an opportunity stands on the way of its company, too.
    let company = made.company.unwrap();
    let direct =
        made_of(&test, Kind::Quote, &[("subject", "Porxo"), ("company", company.to_string().as_str())]);
    let quotes_of_company: Vec<Uuid> = way(&test, Kind::Company, company)
        .into_iter()
        .find_map(|(kind, ids)| (kind == Kind::Quote).then_some(ids))
        .unwrap();
    assert!(quotes_of_company.contains(&direct) && quotes_of_company.contains(&tried));
    let version = quotes::get(&app, &test.admin(), direct).unwrap().meta.version;
    records::delete(&app, &test.admin(), Kind::Quote, direct, version).unwrap();
    test.verify();
    test.advance(60);
    conversion::undo(&app, &test.admin(), id, lead.meta.version).unwrap();
    assert_eq!(links(tried), (Some(id.0), None, None, None));
    assert_eq!(links(elsewhere), (Some(id.0), Some(other), None, None));
    test.verify();
    test.settle();
    drop(app);
    test.close_and_compare();
}

/// What was brought to the lead is found where it went, and is the lead's alone again when the conversion is taken back.
#[test]
fn documents_of_the_lead_belong_to_what_it_becomes() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let app = test.app.clone();
    let stored = lead(&test);
    let id = LeadId(stored.meta.id);
    let of_lead = id.0.to_string();
    let other = of_name(&test, &test.admin(), Kind::Company, "name", "Llibreria Ona");
    let of_other = other.to_string();
    let link = |title: &str, more: &[(&str, &str)]| {
        let fields = [("title", title), ("url", "https://exemple.cat/fitxer")];
        made_of(&test, Kind::Document, &[&fields[..], more].concat())
    };
    let plans = link("Plànols", &[("lead", of_lead.as_str())]);
    let terms = link("Condicions", &[("lead", of_lead.as_str()), ("company", of_other.as_str())]);
    let links = |id: Uuid| {
        let document = documents::get(&app, &test.admin(), id).unwrap();
        (document.lead, document.company, document.contact, document.opportunity)
    };
    test.advance(60);
    let lead = conversion::convert(&app, &test.admin(), id, stored.meta.version, &all_new()).unwrap();
    let made = lead.conversion.clone().unwrap();
    assert_eq!(links(plans), (Some(id.0), made.company, None, made.opportunity));
    assert_eq!(links(terms), (Some(id.0), Some(other), None, made.opportunity));
    let (found, _) = documents::of_record(&app, &test.admin(), made.company.unwrap(), 10).unwrap();
    assert_eq!(found.iter().map(|document| document.meta.id).collect::<Vec<_>>(), [plans]);

    let of_company = made.company.unwrap().to_string();
    let since = link("Contracte", &[("company", of_company.as_str())]);
    let refused = conversion::undo(&app, &test.admin(), id, lead.meta.version).unwrap_err();
    assert_eq!(problems(&refused), [("", "conversion-used")], "what came since is work of somebody");
    records::delete(&app, &test.admin(), Kind::Document, since, 1).unwrap();
    test.verify();
    test.advance(60);
    let back = conversion::undo(&app, &test.admin(), id, lead.meta.version).unwrap();
    assert_eq!(links(plans), (Some(id.0), None, None, None));
    assert_eq!(links(terms), (Some(id.0), Some(other), None, None));

    let contact_alone =
        ConversionDraft { contact: Part::New(Draft::default()), ..ConversionDraft::default() };
    test.advance(60);
    let lead = conversion::convert(&app, &test.admin(), id, back.meta.version, &contact_alone).unwrap();
    let made = lead.conversion.unwrap();
    assert_eq!(links(plans), (Some(id.0), None, made.contact, None), "where it became a person alone");
    test.verify();
    test.settle();
    drop(app);
    test.close_and_compare();
}

#[test]
fn a_draft_that_went_out_since_keeps_the_conversion() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let app = test.app.clone();
    let stored = lead(&test);
    let id = LeadId(stored.meta.id);
    let quote = made_of(&test, Kind::Quote, &[("subject", "Cuina"), ("lead", id.0.to_string().as_str())]);
    test.advance(60);
    let lead = conversion::convert(&app, &test.admin(), id, stored.meta.version, &all_new()).unwrap();
    assert_eq!(conversion::undo_of(&app, &test.admin(), &lead).unwrap().unwrap().in_the_way.0, []);
    let line = LineDraft {
        text: "Cuina".to_owned(),
        quantity: "1".to_owned(),
        unit_price: "900".to_owned(),
        ..LineDraft::default()
    };
    let version = quotes::get(&app, &test.admin(), quote).unwrap().meta.version;
    let saved = quotes::save_lines(&app, &test.admin(), quote, version, &[line]).unwrap();
    quotes::send(&app, &test.admin(), quote, saved.meta.version, &Sending::default()).unwrap();
    let refused = conversion::undo(&app, &test.admin(), id, lead.meta.version).unwrap_err();
    assert!(problems(&refused).iter().all(|(_, code)| *code == "conversion-used"));
    test.verify();
    test.settle();
}

#[test]
fn a_contact_that_was_there_works_at_the_company_until_it_is_undone() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let app = test.app.clone();
    let elsewhere = of_name(&test, &test.admin(), Kind::Company, "name", "Llibreria Ona");
    let of_elsewhere = elsewhere.to_string();
    let fields = [("given_name", "Marta"), ("company", of_elsewhere.as_str()), ("job_title", "Sòcia")];
    let person = made_of(&test, Kind::Contact, &fields);
    let stored = lead(&test);
    let id = LeadId(stored.meta.id);
    test.advance(60);
    let draft = ConversionDraft {
        company: Part::New(Draft::default()),
        contact: Part::Existing(person.to_string(), None),
        opportunity: None,
    };
    let lead = conversion::convert(&app, &test.admin(), id, stored.meta.version, &draft).unwrap();
    let company = lead.conversion.as_ref().and_then(|made| made.company).unwrap();
    let works_at = |test: &TestApp| shown(test, Kind::Contact, Some(person), "any_company");
    assert_eq!(works_at(&test), FieldValue::Records(vec![elsewhere, company]));
    test.advance(60);
    let undone = conversion::undo(&app, &test.admin(), id, lead.meta.version).unwrap();
    assert_eq!(works_at(&test), FieldValue::Records(vec![elsewhere]));
    // Once somebody wrote what they do there, it is work of others.
    test.advance(60);
    let lead = conversion::convert(&app, &test.admin(), id, undone.meta.version, &draft).unwrap();
    let mut typed = Draft::default();
    let company = lead.conversion.as_ref().and_then(|made| made.company).unwrap();
    typed.put("positions.0.company", company.to_string());
    typed.put("positions.0.role", "Gerent");
    let version = records::get(&app, &test.admin(), Kind::Contact, person).unwrap().about().version;
    test.advance(60);
    records::update(&app, &test.admin(), Kind::Contact, person, version, &typed).unwrap();
    let refused = conversion::undo(&app, &test.admin(), id, lead.meta.version).unwrap_err();
    assert_eq!(problems(&refused), [("", "conversion-used")]);
    test.verify();
    test.settle();
}

#[test]
fn what_own_fields_lead_to_is_not_taken_back() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let app = test.app.clone();
    let field = FieldDraft {
        entity: Kind::Product.as_str().to_owned(),
        name: "maker".to_owned(),
        label: Label::new("Fabricant", "", ""),
        kind: FieldKind::Link.as_str().to_owned(),
        target: Kind::Company.as_str().to_owned(),
        ..FieldDraft::default()
    };
    own_fields::create(&app, &test.admin(), &field).unwrap();
    let stored = lead(&test);
    let id = LeadId(stored.meta.id);
    let lead = conversion::convert(&app, &test.admin(), id, stored.meta.version, &all_new()).unwrap();
    let company = lead.conversion.as_ref().and_then(|made| made.company).unwrap().to_string();
    let product = [
        ("name_ca", "Porta"),
        ("code", "PORTA"),
        ("kind", "product"),
        ("billing", "once"),
        ("unit_price", "120"),
        ("custom.maker", company.as_str()),
    ];
    made_of(&test, Kind::Product, &product);
    let refused = conversion::undo(&app, &test.admin(), id, lead.meta.version).unwrap_err();
    let Error::Invalid(errors) = &refused else { panic!("{refused}") };
    let told: Vec<(&str, &str)> =
        errors.0.iter().map(|problem| (problem.code.as_str(), problem.detail.as_str())).collect();
    assert_eq!(told, [("conversion-used", "Porta")]);
    test.verify();
    test.settle();
}

#[test]
fn whoever_may_not_make_or_change_does_not_convert() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let stored = lead(&test);
    let id = LeadId(stored.meta.id);
    let reader = test.hire("Lectora", RoleKey::READ_ONLY);
    let reader = test.at_work(reader.id());
    let convert = |ctx: &Ctx| conversion::convert(&test.app, ctx, id, stored.meta.version, &all_new());
    assert!(matches!(convert(&reader), Err(Error::Denied)));
    let stranger = test.hire("Estranya", RoleKey::REP);
    let stranger = test.at_work(stranger.id());
    assert!(matches!(convert(&stranger), Err(Error::NotFound)));
    // Whoever sees other people's companies is told of them; others are not.
    let own = of_name(&test, &test.admin(), Kind::Company, "name", "Fusteria Puig");
    let mut likeness = model::Likeness::of(&stored);
    likeness.tax_id = None;
    let seen = |ctx: &Ctx| {
        duplicates::of_likeness(&test.app, ctx, Kind::Lead, &likeness, &[Kind::Company]).unwrap().len()
    };
    assert_eq!((seen(&test.admin()), own.is_nil()), (1, false));
    let sees_all = records::get(&test.app, &stranger, Kind::Company, own).is_ok();
    assert_eq!(seen(&stranger), usize::from(sees_all));
    test.settle();
    let query = LeadQuery::default();
    assert_eq!(leads::list(&test.app, &test.admin(), &query).unwrap().leads.len(), 1);
    test.settle();
}

#[tokio::test]
async fn the_page_and_the_api_convert_and_undo() {
    let kit = Kit::company();
    let key = kit.key("administrator");
    let body = r#"{"name": "Marta Puig", "company": "Fusteria Puig", "interest": "Cuina"}"#;
    let made = kit.api(Method::POST, "/leads", &key, &[], body).await.json();
    let id = made["id"].as_str().unwrap().to_owned();
    let path = format!("/leads/{id}/convert");
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let page = kit.get(&path, &[("cookie", &cookie)]).await.text();
    assert!(page.contains("Empresa nova") && page.contains("Fusteria Puig"), "{page}");
    let send = async |path: &str, body: &str| {
        let form = ("content-type", "application/x-www-form-urlencoded");
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), form];
        kit.ask(Method::POST, path, &headers, body).await
    };
    let version = made["version"].as_u64().unwrap();
    let wrong = format!("version={version}&company=new&company.name=&company.tax_id=B1&opportunity=new");
    let refused = send(&path, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("f-company-name") && refused.text().contains("B1"));
    let good = format!("version={version}&company=new&company.name=Puig&contact=none&opportunity=new");
    let done = send(&path, &good).await;
    assert_eq!(done.header("location"), format!("/leads/{id}?notice=lead-converted"));
    let shown = kit.api(Method::GET, &format!("/leads/{id}"), &key, &[], "").await.json();
    assert_eq!(
        (shown["status"].as_str(), shown["conversion"]["made"].as_array().map(Vec::len)),
        (Some("converted"), Some(2))
    );
    let company = shown["conversion"]["company"].as_str().unwrap();
    let page = kit.get(&format!("/companies/{company}"), &[("cookie", &cookie)]).await.text();
    assert!(page.contains("D’on ve") && page.contains(&id), "{page}");
    let page = kit.get(&format!("/leads/{id}"), &[("cookie", &cookie)]).await.text();
    assert!(page.contains("Desfés la conversió") && page.contains(company));
    let version = shown["version"].as_u64().unwrap();
    let undone = send(&format!("{path}/undo"), &format!("version={version}")).await;
    assert_eq!(undone.header("location"), format!("/leads/{id}?notice=conversion-undone"));
    let twin = r#"{"name": "Fusteria Puig, SL"}"#;
    let twin = kit.api(Method::POST, "/companies", &key, &[], twin).await.json();
    let found =
        kit.api(Method::GET, &format!("/duplicates?entity=lead&record={id}"), &key, &[], "").await.json();
    assert_eq!((&found["items"][0]["id"], &found["items"][0]["reasons"][0]), (&twin["id"], &"name".into()));
    let page = kit.get(&format!("/leads/{id}"), &[("cookie", &cookie)]).await.text();
    assert!(page.contains("Potser és la mateixa fitxa") && page.contains("el mateix nom"));
    let path = format!("/leads/{id}/conversion");
    let any = [("if-match", "*")];
    let body = r#"{"company": {"new": {"name": "Puig"}}, "contact": {"existing": "Ningú"}}"#;
    let unsaid = kit.api(Method::POST, &path, &key, &[], body).await;
    assert_eq!(unsaid.status, StatusCode::PRECONDITION_REQUIRED);
    let refused = kit.api(Method::POST, &path, &key, &any, body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let body = r#"{"company": {"new": {"name": "Puig"}}, "contact": {"new": {}}}"#;
    let done = kit.api(Method::POST, &path, &key, &any, body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let undone = kit.api(Method::DELETE, &path, &key, &any, "").await;
    assert_eq!((undone.status, undone.json()["conversion"].is_null()), (StatusCode::OK, true));
}
