//! Lists within companies and contacts: phones, e-mail addresses, addresses and positions, by form, API, file and card.

use crate::test_app::{TestApp, problems};
use model::json::json;
use model::uuid::Uuid;
use model::{
    Actor, AnyRecord, Company, Contact, Decimal, EmailAddress, Entity, FieldValue, Kind, Likeness, Meta,
    Opportunity, Participant, PhoneNumber, Position, PostalAddress,
};
use proptest::prelude::*;
use services::records::{self, Draft, Query, Record};
use services::{Ctx, Error, duplicates, privacy, search};

struct House {
    test: TestApp,
    admin: Ctx,
    _folder: tempfile::TempDir,
}

impl House {
    fn new() -> House {
        let folder = tempfile::tempdir().unwrap();
        let test = TestApp::company(folder.path());
        House { admin: test.admin(), test, _folder: folder }
    }

    fn make(&self, kind: Kind, fields: &[(&str, &str)]) -> Result<Record, Error> {
        records::create(&self.test.app, &self.admin, kind, &draft(fields), None)
    }

    fn made(&self, kind: Kind, fields: &[(&str, &str)]) -> Record {
        self.make(kind, fields).unwrap_or_else(|error| panic!("{fields:?}: {error:?}"))
    }

    fn change(&self, record: &dyn AnyRecord, fields: &[(&str, &str)]) -> Result<Record, Error> {
        let (id, version) = (record.about().id, record.about().version);
        records::update(&self.test.app, &self.admin, record.entity(), id, version, &draft(fields))
    }

    /// As it is kept, whoever may see it.
    fn kept<R: model::Record>(&self, record: &dyn AnyRecord) -> R {
        let found = records::get(&self.test.app, &self.admin, record.entity(), record.about().id).unwrap();
        let timeline = services::timelines::page(
            &self.test.app,
            &self.admin,
            record.entity(),
            record.about().id,
            None,
            services::timelines::Sort::Everything,
        )
        .unwrap()
        .changes;
        let change = timeline.into_iter().find(|change| change.id == found.about().id).unwrap();
        change.record::<R>().unwrap()
    }

    fn found(&self, kind: Kind, filter: &str) -> Vec<String> {
        let query = Query { filter: filter.parse().unwrap(), ..Query::default() };
        let page = records::list(&self.test.app, &self.admin, kind, &query).unwrap();
        page.records.iter().map(|record| record.name()).collect()
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

#[test]
fn rows_are_read_as_people_write_them_and_empty_ones_are_none() {
    let house = House::new();
    let puig = house.made(
        Kind::Company,
        &[
            ("name", "Fusteria Puig"),
            ("phone", "972 26 26 26"),
            ("phones", ""),
            ("phones.0.label", "mobile"),
            ("phones.0.number", "600 11 22 33"),
            ("phones.1.label", "work"),
            ("phones.1.number", " "),
            ("phones.2.number", "600112233"),
            ("phones.2.label", "mobile"),
            ("emails.0.label", "billing"),
            ("emails.0.address", "Factures@Puig.cat "),
            ("addresses.0.street", "Polígon de Begudà, 4"),
            ("addresses.0.postcode", "17857"),
            ("addresses.0.country", "espanya"),
            ("addresses.1.label", "warehouse"),
        ],
    );
    let kept: Company = house.kept(puig.as_ref());
    let phone = |label: &str, number: &str| PhoneNumber { label: label.into(), number: number.into() };
    // The same number twice is one.
    assert_eq!(kept.phones, [phone("mobile", "+34600112233")]);
    assert_eq!(kept.emails, [EmailAddress { label: "billing".into(), address: "factures@puig.cat".into() }]);
    let address = PostalAddress {
        label: "delivery".into(),
        street: Some("Polígon de Begudà, 4".into()),
        postcode: Some("17857".into()),
        town: None,
        country: Some("ES".into()),
    };
    assert_eq!(kept.addresses, [address]);
    // What is not asked stays; a list that is asked without rows is emptied.
    let renamed = house.change(puig.as_ref(), &[("town", "Olot")]).unwrap();
    assert_eq!(renamed.listed("phones").len(), 1);
    let emptied = house.change(renamed.as_ref(), &[("phones", ""), ("phones.0.number", "")]).unwrap();
    assert_eq!((emptied.listed("phones").len(), emptied.listed("emails").len()), (0, 1));
    house.test.verify();
}

#[test]
fn all_that_is_wrong_with_rows_is_said_at_its_place() {
    let house = House::new();
    let wrong = house.make(
        Kind::Contact,
        &[
            ("given_name", "Marta"),
            ("phones.0.number", "12"),
            ("phones.1.label", "pigeon"),
            ("phones.1.number", "972 26 26 26"),
            ("emails.3.address", "marta@"),
            ("positions.0.company", "Ningú"),
            ("positions.1.role", "Sòcia"),
            ("phones.0.colour", "red"),
        ],
    );
    let mut said = problems(wrong);
    said.sort();
    assert_eq!(
        said,
        [
            "emails.3.address email-form",
            "phones.0.colour field-unknown",
            "phones.0.number phone-form",
            "phones.1.label choice",
            "positions.0.company link-unknown",
            "positions.1.company required",
        ]
    );
    let many: Vec<(String, String)> =
        (0..8).map(|place| (format!("phones.{place}.number"), format!("97226262{place}"))).collect();
    let mut fields: Vec<(&str, &str)> = vec![("given_name", "Marta")];
    fields.extend(many.iter().map(|(key, text)| (key.as_str(), text.as_str())));
    assert_eq!(problems(house.make(Kind::Contact, &fields)), ["phones too-many"]);
    // No record grows past its size.
    let long = "à".repeat(190);
    let addresses: Vec<(String, String)> =
        (0..4).map(|place| (format!("addresses.{place}.street"), format!("{place}{long}"))).collect();
    let description = "è".repeat(900);
    let mut fields: Vec<(&str, &str)> =
        vec![("name", "Fusteria"), ("description", &description), ("legal_name", &long), ("address", &long)];
    fields.extend(addresses.iter().map(|(key, text)| (key.as_str(), text.as_str())));
    let said = problems(house.make(Kind::Company, &fields));
    assert!(said.is_empty() || said == ["description record-too-big"], "{said:?}");
}

#[test]
fn a_person_is_found_by_any_of_their_phones_and_addresses() {
    let mut house = House::new();
    let marta = house.made(
        Kind::Contact,
        &[
            ("given_name", "Marta"),
            ("phone", "972 26 26 26"),
            ("mobile", "600 11 22 33"),
            ("phones.0.number", "972 27 27 27"),
            ("emails.0.address", "marta@casa.cat"),
        ],
    );
    house.made(Kind::Contact, &[("given_name", "Pau"), ("phone", "972 28 28 28")]);
    for number in ["972262626", "600112233", "972 27 27 27"] {
        assert_eq!(house.found(Kind::Contact, &format!("any_phone:is:{number}")), ["Marta"], "{number}");
    }
    assert_eq!(house.found(Kind::Contact, "any_email:contains:casa"), ["Marta"]);
    assert_eq!(house.found(Kind::Contact, "any_phone:lacks:2727"), ["Pau"]);
    assert_eq!(house.found(Kind::Contact, "any_email:empty"), ["Pau"]);
    house.test.settle();
    let hits = search::everything(&house.test.app, &house.admin, "972272727", &search::KINDS, 0, 10).unwrap();
    assert_eq!(hits.found.len(), 1);
    let hits =
        search::everything(&house.test.app, &house.admin, "marta@casa.cat", &search::KINDS, 0, 10).unwrap();
    assert_eq!(hits.found.len(), 1);
    // Somebody else with one of them may be the same person, and the reason is said.
    let other = house.made(Kind::Contact, &[("given_name", "M."), ("mobile", "972 27 27 27")]);
    let found = duplicates::of(&house.test.app, &house.admin, Kind::Contact, other.about().id).unwrap();
    assert_eq!(found.iter().map(|one| one.record.name()).collect::<Vec<_>>(), ["Marta"]);
    assert_eq!(Likeness::of(marta.as_ref()).phones.len(), 3);
    // And is found and handed out by it.
    house.test.settle();
    for asked in ["marta@casa.cat", "972 27 27 27"] {
        let found = privacy::find(&house.test.app, &house.admin, asked).unwrap();
        assert!(!found.is_empty(), "{asked}");
    }
}

#[test]
fn a_person_works_at_several_companies_and_each_of_them_tells() {
    let house = House::new();
    house.made(Kind::Company, &[("name", "Fusteria Puig")]);
    let other = house.made(Kind::Company, &[("name", "Hotel Nou")]);
    let marta = house.made(
        Kind::Contact,
        &[
            ("given_name", "Marta"),
            ("company", "Fusteria Puig"),
            ("positions", ""),
            ("positions.0.company", "hotel nou"),
            ("positions.0.role", "Consellera"),
            ("positions.0.active", "no"),
            ("positions.1.company", ""),
            ("positions.1.active", "yes"),
        ],
    );
    let hotel = other.about().id;
    let position = Position { company: hotel, role: "Consellera".into(), active: false };
    assert_eq!(house.kept::<Contact>(marta.as_ref()).positions, [position]);
    let app = &house.test.app;
    let (people, _) = records::related(app, &house.admin, hotel, Kind::Contact).unwrap();
    assert_eq!(people.len(), 1);
    assert_eq!(house.found(Kind::Contact, &format!("any_company:any:{hotel}")), ["Marta"]);
    assert_eq!(house.found(Kind::Contact, &format!("company:any:{hotel}")), [""; 0]);
    let told = services::timelines::page(
        app,
        &house.admin,
        Kind::Company,
        hotel,
        None,
        services::timelines::Sort::Everything,
    )
    .unwrap()
    .changes;
    assert!(told.iter().any(|change| change.id == marta.about().id), "the hotel's history lacks her");
    // While she is somewhere, the company is not deleted.
    let version = other.about().version;
    let deleted = records::delete(app, &house.admin, Kind::Company, hotel, version);
    assert_eq!(problems(deleted), [" in-use"]);
    // Two people change different rows.
    let typed = draft(&[("positions.0.company", &hotel.to_string()), ("positions.0.role", "Sòcia")]);
    house.change(marta.as_ref(), &[("job_title", "Gerent")]).unwrap();
    let merged = records::merge(app, &house.admin, Kind::Contact, marta.about().id, 1, &typed).unwrap();
    assert!(merged.fields.is_empty(), "{:?}", merged.fields);
    house.test.verify();
}

#[test]
fn a_card_says_what_phones_need_and_comes_back_as_it_was() {
    let house = House::new();
    house.made(Kind::Company, &[("name", "Fusteria Puig, SL")]);
    let marta = house.made(
        Kind::Contact,
        &[
            ("given_name", "Marta"),
            ("family_name", "Puig; i Güell"),
            ("company", "Fusteria Puig, SL"),
            ("job_title", "Gerent"),
            ("phone", "972 26 26 26"),
            ("mobile", "600 11 22 33"),
            ("phones.0.label", "fax"),
            ("phones.0.number", "972 26 26 27"),
            ("email", "marta@puig.cat"),
            ("emails.0.label", "home"),
            ("emails.0.address", "marta@casa.cat"),
            ("address", "Carrer Major, 1"),
            ("postcode", "08001"),
            ("town", "Barcelona"),
            ("birthday", "1980-05-21"),
            ("description", "Secret de la casa"),
        ],
    );
    let file = records::card(&house.test.app, &house.admin, Kind::Contact, marta.about().id).unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    assert!(text.starts_with("BEGIN:VCARD\r\nVERSION:3.0\r\n"), "{text}");
    assert!(!text.contains("Secret"), "{text}");
    let sheet = sheets::open(&file.bytes, "marta.vcf", &sheets::Limits::default()).unwrap();
    let row = sheet.rows().next().unwrap();
    let cell = |header: &str| {
        let place = sheet.headers.iter().position(|name| name == header).unwrap();
        row.cells[place].clone()
    };
    let expected = [
        ("First name", "Marta"),
        ("Last name", "Puig; i Güell"),
        ("Company", "Fusteria Puig, SL"),
        ("Job title", "Gerent"),
        ("Phone", "+34972262626"),
        ("Mobile", "+34600112233"),
        ("Other phones", "fax:+34972262627"),
        ("Email", "marta@puig.cat"),
        ("Other emails", "home:marta@casa.cat"),
        ("Address", "Carrer Major, 1"),
        ("Postal code", "08001"),
        ("City", "Barcelona"),
        ("Birthday", "1980-05-21"),
        ("External key", &marta.about().id.to_string()),
    ];
    for (header, value) in expected {
        assert_eq!(cell(header), value, "{header} in {text}");
    }
    let product = records::card(&house.test.app, &house.admin, Kind::Product, Uuid::nil());
    assert!(matches!(product, Err(Error::NotFound)));
    let list =
        records::export_cards(&house.test.app, &house.admin, Kind::Company, &Query::default()).unwrap();
    assert!(String::from_utf8(list.bytes).unwrap().contains("X-ABSHOWAS"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    /// A form that is sent as it was shown changes nothing.
    #[test]
    fn what_a_form_shows_is_read_as_what_it_was(
        numbers in proptest::collection::vec((0..5_usize, 0..100_u32), 0..6),
        emails in proptest::collection::vec((0..4_usize, "[a-z]{1,8}"), 0..6),
        streets in proptest::collection::vec(("[A-Za-zà-ü0-9 ,]{0,12}", "[a-z]{0,6}"), 0..4),
    ) {
        let house = House::new();
        let mut company = Company::begin(Meta::new(Uuid::from_u128(7), model::jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM));
        company.name = Some("Fusteria".to_owned());
        company.phones = numbers.iter().map(|(label, number)| PhoneNumber {
            label: model::PHONE_LABELS[*label].to_owned(),
            number: format!("+349722626{number:02}"),
        }).collect();
        company.emails = emails.iter().map(|(label, name)| EmailAddress {
            label: model::EMAIL_LABELS[*label].to_owned(),
            address: format!("{name}@exemple.cat"),
        }).collect();
        company.addresses = streets.iter().map(|(street, town)| PostalAddress {
            label: "office".to_owned(),
            street: Some(street.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty()),
            town: Some(town.clone()).filter(|text| !text.is_empty()),
            ..PostalAddress::default()
        }).filter(|address| !address.line().is_empty()).collect();
        dedup(&mut company.phones);
        dedup(&mut company.emails);
        dedup(&mut company.addresses);
        let shown = records::draft_of(&house.test.app, &company);
        let typed = shown.0.iter().filter(|(_, texts)| !texts.is_empty());
        let draft = Draft(typed.map(|(key, texts)| (key.clone(), texts.clone())).collect());
        let record = records::create(&house.test.app, &house.admin, Kind::Company, &draft, None).unwrap();
        let kept: Company = house.kept(record.as_ref());
        prop_assert_eq!((kept.phones, kept.emails, kept.addresses), (company.phones, company.emails, company.addresses));
        let again = records::draft_of(&house.test.app, record.as_ref());
        let unchanged = records::update(&house.test.app, &house.admin, Kind::Company, record.about().id, 1, &again).unwrap();
        for list in ["phones", "emails", "addresses"] {
            prop_assert_eq!(unchanged.listed(list), record.listed(list));
        }
    }
}

fn dedup<T: PartialEq>(rows: &mut Vec<T>) {
    let mut kept: Vec<T> = Vec::new();
    for row in rows.drain(..) {
        if !kept.contains(&row) {
            kept.push(row);
        }
    }
    *rows = kept;
}

#[test]
fn what_was_a_text_for_deliveries_is_an_address() {
    let company: Company = model::json::from_value(json!({
        "meta": model::json::to_value(model::Meta::new(Uuid::nil(), model::jiff::Timestamp::UNIX_EPOCH, model::Actor::SYSTEM)).unwrap(),
        "owner": null, "team": null, "external_key": null, "name": "Puig", "withholding": false,
        "delivery_address": "C. del Riu, 4\n17800 Olot",
    })).unwrap();
    assert_eq!(company.addresses.len(), 1);
    assert_eq!(company.built_in("delivery_address"), FieldValue::Text("C. del Riu, 4, 17800 Olot".into()));
    assert_eq!(company.meta.version, 1);
}

#[test]
fn an_opportunity_says_what_it_is_about_and_who_decides() {
    let house = House::new();
    let contact = |name: &str| house.made(Kind::Contact, &[("given_name", name)]).about().id;
    let product = |code: &str| {
        let fields = [
            ("name_ca", code),
            ("code", code),
            ("kind", "product"),
            ("billing", "once"),
            ("unit_price", "10"),
        ];
        house.made(Kind::Product, &fields).about().id
    };
    let (marta, pere, oil) = (contact("Marta"), contact("Pere"), product("OLI"));
    product("VI");
    let wrong = house.make(
        Kind::Opportunity,
        &[
            ("name", "Subministrament"),
            ("contacts.0.contact", "Marta"),
            ("contacts.0.role", "decision_maker"),
            ("contacts.1.contact", "Marta"),
            ("contacts.2.contact", "Ningú"),
            ("products.0.product", "OLI"),
            ("products.0.quantity", "-2"),
            ("products.1.product", "oli"),
        ],
    );
    assert_eq!(
        problems(wrong),
        [
            "contacts.2.contact link-unknown",
            "products.0.quantity component-quantity",
            "products.1.product component-twice",
        ]
    );
    let deal = house.made(
        Kind::Opportunity,
        &[
            ("name", "Subministrament"),
            ("contact", "Pere"),
            ("contacts.0.contact", "Marta"),
            ("contacts.0.role", "decision_maker"),
            ("contacts.1.contact", "Pere"),
            ("products.0.product", "OLI"),
            ("products.0.quantity", "2,5"),
            ("products.1.product", "VI"),
        ],
    );
    let kept: Opportunity = house.kept(deal.as_ref());
    let part = |contact: Uuid, role: &str| Participant { contact, role: role.to_owned() };
    assert_eq!(kept.contacts, [part(marta, "decision_maker"), part(pere, "participant")]);
    assert_eq!(kept.people(), [pere, marta]);
    assert_eq!((kept.products[0].product, kept.products[0].quantity), (oil, Decimal::new(25, 1)));
    assert_eq!(kept.products[1].quantity, Decimal::ONE);
    // It is found from each end, and what it is about is not deleted under it.
    for (kind, id, filter) in [
        (Kind::Contact, marta, format!("any_contact:any:{marta}")),
        (Kind::Product, oil, format!("any_product:any:{oil}")),
    ] {
        assert_eq!(house.found(Kind::Opportunity, &filter), ["Subministrament"]);
        let (lines, _) = records::related(&house.test.app, &house.admin, id, Kind::Opportunity).unwrap();
        assert_eq!(lines.len(), 1, "{kind:?}");
        let version = records::get(&house.test.app, &house.admin, kind, id).unwrap().about().version;
        let gone = records::delete(&house.test.app, &house.admin, kind, id, version);
        assert!(matches!(gone, Err(Error::Invalid(_))), "{kind:?}");
    }
    house.test.verify();
}
