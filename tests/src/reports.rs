//! Reports: what the leads are told apart by.

use crate::http_kit::Kit;
use model::Label;
use poem::http::{Method, StatusCode};
use services::own_fields::{self, FieldDraft};
use services::{LeadDraft, leads};

fn field(name: &str, kind: &str, choices: &str) -> FieldDraft {
    FieldDraft {
        entity: "lead".to_owned(),
        name: name.to_owned(),
        label: Label::new(&format!("Camp {name}"), "", ""),
        kind: kind.to_owned(),
        choices: choices.to_owned(),
        ..FieldDraft::default()
    }
}

/// A choice of the company's own tells the leads of the report apart, in the page, its file and the API.
#[tokio::test]
async fn the_report_tells_leads_apart_by_an_own_choice() {
    let kit = Kit::company();
    let cookie = format!("tracte_session={}", kit.session());
    let key = kit.key("administrator");
    for field in [field("energy", "choice", "Gas natural\nSolar"), field("note", "text", "")] {
        own_fields::create(&kit.state.app, &kit.admin(), &field).unwrap();
    }
    for (company, energy) in [("Puig", "solar"), ("Roca", "solar"), ("Serra", "gas_natural"), ("Vila", "")] {
        let custom = [("energy".to_owned(), vec![energy.to_owned()])].into();
        let draft = LeadDraft { company: company.to_owned(), custom, ..LeadDraft::default() };
        leads::create(&kit.state.app, &kit.admin(), &draft, None).unwrap();
    }
    kit.follow();

    let page = kit.get("/reports/leads-by-month?by=custom.energy", &[("cookie", &cookie)]).await.text();
    assert!(page.contains("Camp energy") && !page.contains("by=custom.note"), "{page}");
    let solar = "filter=custom.energy%3Aany%3Asolar";
    let row = page.split("<tr>").find(|row| row.contains(">Solar</a>")).unwrap();
    assert!(row.contains(">2</td>") && row.contains(solar), "{row}");

    let file = kit.get("/reports/leads-by-month/export?by=custom.energy", &[("cookie", &cookie)]).await;
    assert!(file.text().contains("Gas natural;"), "{}", file.text());

    let report = kit.api(Method::GET, "/reports/leads-by-month?by=custom.energy", &key, &[], "").await.json();
    let groups: Vec<(&str, i64)> = report["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| {
            (group["key"].as_str().unwrap_or_default(), group["years"][0]["total"]["leads"].as_i64().unwrap())
        })
        .collect();
    assert_eq!(groups, [("solar", 2), ("", 1), ("gas_natural", 1)]);
    for wrong in ["custom.note", "custom.nothing", "colour"] {
        let path = format!("/reports/leads-by-month?by={wrong}");
        let refused = kit.api(Method::GET, &path, &key, &[], "").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    }
}
