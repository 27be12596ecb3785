//! What clients said on the page of a quote, as their own data: found without a record of theirs, and erased.

use super::*;
use model::json::Value;
use model::{ERASED, Entity as _};
use services::{Error, maintenance, privacy};

fn exported(app: &App) -> String {
    let mut export = Vec::new();
    maintenance::export(app, &mut export).unwrap();
    String::from_utf8(export).unwrap()
}

#[tokio::test]
async fn whoever_only_asked_is_found_by_what_the_question_says_and_erased() {
    let house = House::new();
    let (app, admin) = (house.kit.state.app.clone(), house.kit.admin());
    let body = "asker=Jordi+Camps&question=Feu+portes%3F+(jordi%40camps.cat,+tel.+612+345+678.)";
    assert_eq!(house.post("ask", body).await.status, StatusCode::SEE_OTHER);
    house.post("ask", "asker=Anna+Vila&question=Quan%3F").await;
    for q in ["Jordi Camps", "camps", "jordi@camps.cat", "+34 612 34 56 78"] {
        assert_eq!(privacy::find_questions(&app, &admin, q).unwrap().len(), 1, "{q}");
    }
    for q in ["Pregunta", "Jordi Vila", "altre@camps.cat", "612 345 679"] {
        assert!(privacy::find_questions(&app, &admin, q).unwrap().is_empty(), "{q}");
    }
    let question = privacy::find_questions(&app, &admin, "Jordi Camps").unwrap().remove(0);
    let id = question.meta.id;
    let file = privacy::report(&app, &admin, "jordi@camps.cat").unwrap();
    let told: Value = model::json::from_slice(&file.bytes).unwrap();
    assert_eq!(told["questions"].as_array().unwrap().len(), 1);
    assert_eq!(told["questions"][0]["subject"], question.subject.clone().unwrap());
    let cookie = format!("{}={}", server::SESSION, house.kit.session());
    let erase = format!("/privacy/activities/{id}/erase");
    let page = house.kit.get("/privacy?q=Jordi+Camps", &[("cookie", &cookie)]).await;
    says(&page, &["Preguntes que va fer", "Jordi Camps", "Feu portes?", &erase]);
    let asked = house.kit.get(&erase, &[("cookie", &cookie)]).await;
    assert_eq!(asked.status, StatusCode::OK);
    says(&asked, &["El nom de qui va preguntar"]);
    let version = question.meta.version;
    let wrong = privacy::forget_question(&app, &admin, id, version, "Jordi Camps");
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    let company = house.sent.company.to_string();
    let task = [("kind", "task"), ("subject", "Trucar a en Jordi"), ("company", company.as_str())];
    let task = create(&app, &admin, Kind::Activity, &task);
    let task = privacy::forget_question(&app, &admin, task, 1, "Trucar a en Jordi");
    assert!(matches!(task, Err(Error::NotFound)), "no question of a client");
    let subject = question.subject.unwrap();
    privacy::forget_question(&app, &admin, id, version, &subject).unwrap();
    while privacy::finish_pending(&app).unwrap() {}
    let left = records::get(&app, &admin, Kind::Activity, id).unwrap();
    assert_eq!((left.built_in("subject"), left.built_in("text")), (text(ERASED), text(ERASED)));
    assert_eq!(left.built_in("rule"), text("quote-question"));
    let export = exported(&app);
    for trace in ["Jordi Camps", "jordi@camps.cat", "612 345 678"] {
        assert!(!export.contains(trace), "{trace}");
    }
    assert!(export.contains("Anna Vila"));
}

#[test]
fn a_drawn_signature_goes_with_the_name_and_the_acceptance_stays() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let sent = sent(&app, &admin);
    let answer = quotes::Answer {
        name: "Marta Soler".to_owned(),
        agrees: true,
        signature: b"\x89PNG\r\n\x1a\nMarta".to_vec(),
        alternative: "B".to_owned(),
        ticked: vec![3],
        pdf: sent.quote.state.pdf.clone().unwrap(),
    };
    let quote = quotes::accept(&app, &admin, &sent.token, &answer).unwrap();
    let accepted = quote.state.acceptance.clone().unwrap();
    let signature = accepted.signature.clone().unwrap();
    let place =
        |sha256: &str| data.path().join("documents").join(&sha256[..2]).join(&sha256[2..4]).join(sha256);
    assert!(place(&signature).exists());
    privacy::forget_in_quote(&app, &admin, quote.meta.id, quote.meta.version, &quote.title()).unwrap();
    while privacy::finish_pending(&app).unwrap() {}
    assert!(!place(&signature).exists());
    let left = content(&app, &admin, quote.meta.id).state.acceptance.unwrap();
    assert_eq!((left.name.as_str(), left.signature), (ERASED, None));
    assert_eq!((left.at, &left.pdf, &left.ticked), (accepted.at, &accepted.pdf, &accepted.ticked));
    assert!(place(&accepted.pdf).exists());
    let export = exported(&app);
    assert!(!export.contains(&signature) && !export.contains("Marta Soler"));
    test.verify();
    test.settle();
    drop((app, admin));
    test.close_and_compare();
}
