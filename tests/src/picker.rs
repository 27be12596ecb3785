//! Fields that lead to a record: what is offered while somebody types, who is meant by a name, and what is made along.

use crate::http_kit::Kit;
use crate::test_app::{TestApp, problems};
use model::uuid::Uuid;
use model::{FieldValue, Kind, Label, RoleKey};
use poem::http::{Method, StatusCode};
use services::own_fields::{self, FieldDraft};
use services::records::{self, Draft, NEW, Query, Record};
use services::{Ctx, Error, links, picker};

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

    fn make(&self, ctx: &Ctx, kind: Kind, fields: &[(&str, &[&str])]) -> Result<Record, Error> {
        let mut draft = Draft::default();
        for (key, texts) in fields {
            draft.0.insert((*key).to_owned(), texts.iter().map(|text| (*text).to_owned()).collect());
        }
        records::create(&self.test.app, ctx, kind, &draft, None)
    }

    fn made(&self, kind: Kind, fields: &[(&str, &[&str])]) -> Record {
        self.make(&self.admin, kind, fields).unwrap_or_else(|error| panic!("{fields:?}: {error:?}"))
    }

    fn offered(&self, ctx: &Ctx, typed: &str) -> (Vec<String>, Option<String>) {
        let offer = picker::offer(&self.test.app, ctx, Kind::Company, typed).unwrap();
        (offer.records.iter().map(|record| record.name()).collect(), offer.new)
    }

    fn count(&self, kind: Kind) -> usize {
        records::list(&self.test.app, &self.admin, kind, &Query::default()).unwrap().records.len()
    }
}

impl Drop for Company {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.test.settle();
        }
    }
}

#[test]
fn names_that_begin_so_come_first_then_words_within_them_and_only_what_may_be_seen() {
    let mut company = Company::new();
    let rep = company.test.at_work(company.test.hire("Rita", RoleKey::REP).id());
    for name in ["Fusteria Puig", "Fusters del Ter", "Llibreria Ona", "Òptica Puig"] {
        company.made(Kind::Company, &[("name", &[name])]);
    }
    company.make(&rep, Kind::Company, &[("name", &["Fusta i Foc"])]).unwrap();
    // What was just written is offered before the search knows it.
    let (names, new) = company.offered(&company.admin, "fúst");
    assert_eq!(names, ["Fusta i Foc", "Fusteria Puig", "Fusters del Ter"]);
    assert_eq!(new.as_deref(), Some("fúst"));
    company.test.settle();
    assert_eq!(company.offered(&company.admin, "puig").0.len(), 2);
    assert_eq!(company.offered(&company.admin, "optica").0, ["Òptica Puig"]);
    // Who is there already is not made again.
    assert_eq!(company.offered(&company.admin, " fusteria PUIG").1, None);
    assert_eq!(company.offered(&rep, "fus").0, ["Fusta i Foc"]);
    assert_eq!(company.offered(&rep, "").0, ["Fusta i Foc"]);
    let reader = company.test.at_work(company.test.hire("Lluc", RoleKey::READ_ONLY).id());
    assert_eq!(company.offered(&reader, "Nova").1, None);
    let nobody = picker::offer(&company.test.app, &company.test.ctx(), Kind::Company, "fus");
    assert!(nobody.is_err());
    assert!(picker::target_of("users").is_err() && picker::target_of("contacts").is_ok());
}

#[test]
fn no_more_than_a_list_holds_and_nothing_that_was_put_away() {
    let company = Company::new();
    for number in 0..30 {
        company.made(Kind::Company, &[("name", &[&format!("Magatzem {number:02}")])]);
    }
    let gone = company.made(Kind::Company, &[("name", &["Magatzem vell"])]);
    let (id, version) = (gone.about().id, gone.about().version);
    let archived = records::Archived::Yes;
    records::set_archived(&company.test.app, &company.admin, Kind::Company, id, version, archived).unwrap();
    assert_eq!(company.offered(&company.admin, "magatzem").0.len(), picker::OFFERED_MAX);
    assert_eq!(company.offered(&company.admin, "magatzem v").0, [""; 0]);
    // Rubbish finds nothing and breaks nothing.
    for rubbish in ["\0", "%%%", "'\"<>", &"à".repeat(5_000)] {
        let (names, _) = company.offered(&company.admin, rubbish);
        assert!(names.len() <= picker::OFFERED_MAX);
    }
}

#[test]
fn a_picked_record_counts_as_long_as_the_text_says_its_name() {
    let company = Company::new();
    let one = company.made(Kind::Company, &[("name", &["Fusteria Puig"]), ("town", &["Olot"])]);
    let other = company.made(Kind::Company, &[("name", &["Fusteria Puig"]), ("town", &["Vic"])]);
    let (one, other) = (one.about().id.to_string(), other.about().id.to_string());
    let contact = |texts: &[&str]| {
        company.make(&company.admin, Kind::Contact, &[("given_name", &["Pau"]), ("company", texts)])
    };
    assert_eq!(problems(contact(&["Fusteria Puig"])), ["company link-several"]);
    let picked = contact(&["fusteria puig", &other]).unwrap();
    assert_eq!(picked.built_in("company"), FieldValue::Record(other.parse().unwrap()));
    assert_eq!(problems(contact(&["Fusteria Pons", &one])), ["company link-unknown"]);
    assert_eq!(problems(contact(&["Fusteria Puig", &Uuid::nil().to_string()])), ["company link-several"]);
    let namesakes =
        links::namesakes(&company.test.app, &company.admin, Kind::Company, "FUSTERIA PUIG").unwrap();
    assert_eq!(namesakes.len(), 2);
    // The form of a contact shows the name, and keeps what was picked.
    let draft = records::draft_of(&company.test.app, picked.as_ref());
    assert_eq!(draft.one("company"), Some(other.as_str()));
}

#[test]
fn a_new_company_is_made_along_or_nothing_is() {
    let company = Company::new();
    let contact = |ctx: &Ctx, given: &str, texts: &[&str]| {
        company.make(ctx, Kind::Contact, &[("given_name", &[given]), ("company", texts)])
    };
    let marta = contact(&company.admin, "Marta", &["Fusteria Nova", NEW]).unwrap();
    let FieldValue::Record(id) = marta.built_in("company") else { panic!("no company") };
    let made = records::get(&company.test.app, &company.admin, Kind::Company, id).unwrap();
    assert_eq!((made.name().as_str(), company.count(Kind::Company)), ("Fusteria Nova", 1));
    // Nobody makes a second one of a name that is there.
    contact(&company.admin, "Pau", &["fusteria nova", NEW]).unwrap();
    assert_eq!(company.count(Kind::Company), 1);
    // A problem anywhere, and neither is made.
    let refused = company.make(
        &company.admin,
        Kind::Contact,
        &[("given_name", &["Pere"]), ("company", &["Una altra", NEW]), ("email", &["pere@"])],
    );
    assert_eq!(problems(refused), ["email email-form"]);
    assert_eq!((company.count(Kind::Company), company.count(Kind::Contact)), (1, 2));
    // A sale brings its company and the person there.
    let sale = company.made(
        Kind::Opportunity,
        &[("name", &["Cuina"]), ("company", &["Hotel Nou", NEW]), ("contact", &["Ona Riu", NEW])],
    );
    let FieldValue::Record(ona) = sale.built_in("contact") else { panic!("no contact") };
    let ona = records::get(&company.test.app, &company.admin, Kind::Contact, ona).unwrap();
    assert_eq!(ona.built_in("company"), sale.built_in("company"));
    // Changing brings one along as well.
    let (id, version) = (marta.about().id, marta.about().version);
    let mut draft = Draft::default();
    draft.0.insert("company".to_owned(), vec!["Fusteria Segona".to_owned(), NEW.to_owned()]);
    records::update(&company.test.app, &company.admin, Kind::Contact, id, version, &draft).unwrap();
    assert_eq!(company.count(Kind::Company), 3);
    let stale = records::update(&company.test.app, &company.admin, Kind::Contact, id, version, &{
        let mut draft = Draft::default();
        draft.0.insert("company".to_owned(), vec!["Fusteria Tercera".to_owned(), NEW.to_owned()]);
        draft
    });
    assert!(matches!(stale, Err(Error::Conflict(_))));
    assert_eq!(company.count(Kind::Company), 3);
    // Whoever may make contacts but no companies makes none along.
    company.test.verify();
    let reader = company.test.at_work(company.test.hire("Lluc", RoleKey::READ_ONLY).id());
    assert_eq!(problems(contact(&reader, "Nil", &["Quarta", NEW])), ["denied"]);
}

/// A field of the company's own in the form of a lead: of two companies of one name the form asks which one is meant.
#[tokio::test]
async fn the_form_of_a_lead_asks_who_is_meant() {
    let kit = Kit::company();
    let (app, admin) = (kit.state.app.clone(), kit.admin());
    let field = FieldDraft {
        entity: "lead".to_owned(),
        name: "partner".to_owned(),
        label: Label::new("Soci", "Socio", "Partner"),
        kind: "link".to_owned(),
        target: "company".to_owned(),
        shown: vec!["form".to_owned()],
        ..FieldDraft::default()
    };
    own_fields::create(&app, &admin, &field).unwrap();
    let company = |town: &str| {
        let mut draft = Draft::default();
        draft.put("name", "Bessons");
        draft.put("town", town);
        records::create(&app, &admin, Kind::Company, &draft, None).unwrap().about().id
    };
    let twins = [company("Olot"), company("Vic")];
    let cookie = format!("tracte_session={}", kit.session());
    let headers = [
        ("cookie", cookie.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
    ];
    let sent = "company=Puig&custom.partner=Bessons";
    let asked = kit.ask(Method::POST, "/leads", &headers, sent).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.text());
    let page = asked.text();
    for (twin, town) in twins.iter().zip(["Olot", "Vic"]) {
        assert!(page.contains(&format!("value=\"{twin}\"")) && page.contains(town), "{page}");
    }
    let picked = format!("{sent}&custom.partner.pick={}", twins[1]);
    let made = kit.ask(Method::POST, "/leads", &headers, &picked).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let lead = made.header("location").split('?').next().unwrap().to_owned();
    let page = kit.get(&lead, &headers[..1]).await.text();
    assert!(page.contains(&format!("/companies/{}", twins[1])), "{page}");
}
