//! Zones: a lead or company whose zone nobody writes gets that of its postcode, whichever way it comes, and rules go by it.

use crate::assignment::{put_rule, rule_for};
use crate::test_app::TestApp;
use model::{AssignmentRule, FieldValue, Kind, Label, Lead, LeadId, RoleKey};
use services::choices::{self, ChoiceDraft};
use services::leads::LeadQuery;
use services::records::{self, Draft};
use services::{LeadDraft, imports, leads};

/// A company with these zones, each with the beginnings of its postcodes.
fn company(folder: &tempfile::TempDir, zones: &[(&str, &str)]) -> TestApp {
    let test = TestApp::company(folder.path());
    for (name, postcodes) in zones {
        let label = Label::new(name, "", "");
        let draft = ChoiceDraft { label, postcodes: (*postcodes).to_owned(), ..ChoiceDraft::default() };
        choices::create(&test.app, &test.admin(), "zones", &draft).unwrap();
    }
    test
}

const ZONES: [(&str, &str); 3] = [("Girona", "17"), ("Garrotxa", "178, 17176"), ("Andorra", "AD")];

fn draft(postcode: &str, country: &str, zone: &str) -> LeadDraft {
    LeadDraft {
        company: format!("Obres {postcode} {country}"),
        postcode: postcode.to_owned(),
        country: country.to_owned(),
        zone: zone.to_owned(),
        ..LeadDraft::default()
    }
}

#[test]
fn a_lead_is_in_the_zone_of_its_postcode_until_somebody_writes_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company(&folder, &ZONES);
    let create = |draft: &LeadDraft| leads::create(&test.app, &test.admin(), draft, None).unwrap();
    for (postcode, country, written, expected) in [
        ("17001", "", "", Some("Girona")),
        ("17800", "ES", "", Some("Garrotxa")),
        ("17176", "", "", Some("Garrotxa")),
        ("ad500", "AD", "", Some("Andorra")),
        ("17800", "FR", "", None),
        ("08001", "", "", None),
        ("17800", "", "Costa", Some("Costa")),
        ("", "", "", None),
    ] {
        let lead = create(&draft(postcode, country, written));
        assert_eq!(lead.zone.as_deref(), expected, "{postcode} {country} {written}");
    }
    let lead = create(&LeadDraft { company: "Fusteria Puig".to_owned(), ..draft("17001", "", "") });
    let change = |lead: &Lead, change: &dyn Fn(&mut LeadDraft)| {
        let mut draft = LeadDraft::of(lead, &test.app.frame());
        change(&mut draft);
        leads::update(&test.app, &test.admin(), LeadId(lead.meta.id), lead.meta.version, &draft).unwrap()
    };
    let moved = change(&lead, &|draft| "17800".clone_into(&mut draft.postcode));
    assert_eq!(moved.zone.as_deref(), Some("Garrotxa"), "it follows the postcode");
    let written = change(&moved, &|draft| "Costa".clone_into(&mut draft.zone));
    let back = change(&written, &|draft| "17001".clone_into(&mut draft.postcode));
    assert_eq!(back.zone.as_deref(), Some("Costa"), "what was written stays");
    let emptied = change(&back, &|draft| draft.zone.clear());
    assert_eq!(emptied.zone.as_deref(), Some("Girona"));
    let away = change(&emptied, &|draft| "08001".clone_into(&mut draft.postcode));
    assert_eq!(away.zone, None);
    test.settle();
}

#[test]
fn rules_and_lists_go_by_the_zone_of_a_postcode_also_of_imported_leads() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company(&folder, &ZONES);
    let garrotxa = test.hire("Gala", RoleKey::REP);
    let conditions = "zone:is:garrotxa".parse().unwrap();
    put_rule(&test, "garrotxa", AssignmentRule { conditions, ..rule_for(&[&garrotxa]) });
    let text = "Empresa;Codi postal\nFusteria Puig;17800\nForn Soler;17001\n";
    let import = imports::upload(&test.app, &test.admin(), Kind::Lead, "a.csv", text.as_bytes()).unwrap();
    let checked = test.checked_as_planned(&test.admin(), &import);
    imports::start(&test.app, &test.admin(), checked.id(), checked.meta.version).unwrap();
    test.work_to_the_end();
    let query = LeadQuery { filter: "zone:is:garrotxa".parse().unwrap(), ..LeadQuery::default() };
    let found = leads::list(&test.app, &test.admin(), &query).unwrap().leads;
    let names: Vec<&str> = found.iter().filter_map(|lead| lead.company.as_deref()).collect();
    assert_eq!(names, ["Fusteria Puig"]);
    assert_eq!(found[0].owner, Some(garrotxa.id()));
    let others = leads::list(&test.app, &test.admin(), &LeadQuery::default()).unwrap().leads;
    let soler = others.iter().find(|lead| lead.company.as_deref() == Some("Forn Soler")).unwrap();
    assert!(soler.zone.as_deref() == Some("Girona") && soler.owner != Some(garrotxa.id()));
    test.settle();
}

#[test]
fn a_company_is_in_the_zone_of_its_postcode() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company(&folder, &ZONES);
    let zone = |fields: &[(&str, &str)]| {
        let mut draft = Draft::default();
        for (key, text) in fields {
            draft.put(key, *text);
        }
        let made = records::create(&test.app, &test.admin(), Kind::Company, &draft, None).unwrap();
        made.built_in("zone")
    };
    let text = |text: &str| FieldValue::Text(text.to_owned());
    assert_eq!(zone(&[("name", "Fusteria Puig"), ("postcode", "17800")]), text("Garrotxa"));
    assert_eq!(zone(&[("name", "Forn Soler"), ("postcode", "17800"), ("zone", "Costa")]), text("Costa"));
    test.settle();
}
