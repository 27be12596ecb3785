//! Reports: what the leads are told apart by.

use crate::http_kit::Kit;
use model::{Label, LeadId, LeadStatus};
use poem::http::{Method, StatusCode};
use serde_json::json;
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

/// The first page and the API say how long leads waited for an answer, this month and the one before.
#[tokio::test]
async fn the_first_response_is_a_median_of_those_answered_in_the_month() {
    let kit = Kit::company();
    let key = kit.key("administrator");
    let [answered, _waits] = ["Puig", "Roca"].map(|company| {
        let draft = LeadDraft { company: company.to_owned(), ..LeadDraft::default() };
        leads::create(&kit.state.app, &kit.admin(), &draft, None).unwrap()
    });
    kit.advance(135 * 60);
    let (id, version) = (LeadId(answered.meta.id), answered.meta.version);
    leads::set_status(&kit.state.app, &kit.admin(), id, version, LeadStatus::Contacted, "").unwrap();
    kit.follow();
    let page = async || {
        let cookie = format!("tracte_session={}", kit.session());
        kit.get("/", &[("cookie", &cookie)]).await.text().replace('\u{a0}', " ")
    };
    let now = page().await;
    for words in ["2,3 h", "1 contestat; el mes passat, cap", "Primera resposta: mediana"] {
        assert!(now.contains(words), "{words}: {now}");
    }
    let report = kit.api(Method::GET, "/reports/first-response", &key, &[], "").await.json();
    assert_eq!(report["this_month"], json!({"leads": 1, "median_minutes": 135}));
    assert_eq!(report["month_before"], json!({"leads": 0}));
    kit.advance(10 * 24 * 3_600);
    assert!(page().await.contains("0 contestats; el mes passat, 2,3 h"));
}
