//! Two versions side by side, on the page and over the wire.

use super::*;
use crate::http_kit::Kit;
use poem::http::{Method, StatusCode};

#[tokio::test]
async fn what_a_version_changed_is_on_a_page_and_on_the_wire() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let make = |kind, fields: &[(&str, &str)]| {
        records::create(app, &admin, kind, &draft(fields), None).unwrap().about().id
    };
    let company = make(Kind::Company, &[("name", "Fusteria Puig")]).to_string();
    let first = make(Kind::Quote, &[("subject", "Cuina"), ("company", &company)]);
    let monthly = |price: &str, minimum: &str| LineDraft {
        billing: "monthly".to_owned(),
        minimum_months: minimum.to_owned(),
        ..line("Manteniment", "1", price)
    };
    let lines = [line("Cuina", "1", "10000"), line("Muntatge", "8", "45"), monthly("50", "6")];
    quotes::save_lines(app, &admin, first, 1, &lines).unwrap();
    quotes::send(app, &admin, first, 2, &Sending::default()).unwrap();
    let second = quotes::new_version(app, &admin, first).unwrap();
    let cheaper = LineDraft { discount: "10".to_owned(), ..line("Cuina", "1", "10000") };
    let words = LineDraft { kind: "text".to_owned(), ..line("Muntatge inclòs.", "", "") };
    let lines = [cheaper, monthly("50", "12"), words];
    let id = second.meta.id;
    quotes::save_lines(app, &admin, id, second.meta.version, &lines).unwrap();

    let key = kit.key("administrator");
    let wire =
        async |id: Uuid| kit.api(Method::GET, &format!("/quotes/{id}/differences"), &key, &[], "").await;
    assert_eq!(wire(first).await.status, StatusCode::NOT_FOUND, "nothing is before the first");
    let told = wire(id).await.json();
    let lines = told["lines"].as_array().unwrap();
    let changes: Vec<_> = lines.iter().map(|line| line["change"].as_str().unwrap()).collect();
    assert_eq!(changes, ["changed", "changed", "added", "removed"]);
    assert_eq!(lines[0]["before"]["discount"], "0");
    assert_eq!(lines[0]["after"]["discount"], "10");
    assert_eq!(lines[3]["before"]["text"], "Muntatge");
    assert_eq!(told["before"]["amount"], "10960.00");
    assert_eq!(told["after"]["amount"], "9600.00");

    let cookie = format!("tracte_session={}", kit.session());
    let page = kit.get(&format!("/quotes/{id}/differences"), &[("cookie", cookie.as_str())]).await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.text();
    for part in ["mínim 6 mesos", "mínim 12 mesos", "Muntatge inclòs.", "9.600,00", "10.960,00"] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    assert!(!page.contains("0 × 0"), "words cost nothing: {page}");
}
