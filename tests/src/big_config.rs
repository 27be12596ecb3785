//! A configuration file of thousands of pieces, reviewed and applied as one change; and texts in it that do not fit.

use crate::http_kit::Kit;
use model::LeadId;
use model::jiff::ToSpan;
use model::jiff::civil::date;
use poem::http::{Method, StatusCode};
use services::own_fields::{self, FieldDraft};
use services::{LeadDraft, config_file, leads};
use std::fmt::Write as _;

/// More than one transaction of people's writes takes, and as many as there can be of both kinds.
const ZONES: usize = 1_900;
const HOLIDAYS: i64 = 390;

fn big_file() -> String {
    let mut text = String::new();
    for number in 0..ZONES {
        let (ca, es, en) = (format!("Zona {number}"), format!("Sector {number}"), format!("Area {number}"));
        writeln!(
            text,
            "[choices.zones.zone_{number}]\nlabel = {{ ca = \"{ca}\", es = \"{es}\", en = \"{en}\" }}"
        )
        .unwrap();
    }
    for number in 0..HOLIDAYS {
        let day = date(2027, 1, 1).checked_add(number.days()).unwrap();
        writeln!(text, "[holidays.{day}]\nlabel = {{ ca = \"Festa {number}\" }}").unwrap();
    }
    text
}

#[tokio::test]
async fn thousands_of_pieces_are_one_change() {
    let kit = Kit::company();
    let (app, admin, text) = (&kit.state.app, kit.admin(), big_file());
    let review = config_file::review(app, &admin, &text).unwrap();
    assert!(review.problems.is_empty(), "{:?}", review.problems.first());
    assert!(review.changes.len() > 2_000, "{}", review.changes.len());
    let before = app.head();
    // As the page sends it: the whole file in a form.
    let cookie = format!("tracte_session={}", kit.session());
    let body = format!("text={}&against={}", ui::address::escaped(&text), review.against);
    let headers = [
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let answer = kit.ask(Method::POST, "/settings/file/apply", &headers, &body).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(app.head() - before, review.changes.len() as u64, "each piece once");
    let again = config_file::review(app, &admin, &text).unwrap();
    assert!(again.problems.is_empty(), "{:?}", again.problems.first());
    assert!(again.changes.is_empty(), "{:?}", again.changes.first());
    let (records, _) = services::maintenance::verify(app).unwrap();
    assert!(records.faults.is_empty(), "{:?}", records.faults);
}

/// A text that a page could not say is a problem of the file, with its line, and of the API.
#[tokio::test]
async fn texts_that_do_not_fit_their_message_are_told() {
    let kit = Kit::company();
    let file = "[words.common-total]\ntext = { ca = \"Suma { $nobody }\" }\n[words.no-such-message]\ntext = { ca = \"Hola\" }\n";
    let review = config_file::review(&kit.state.app, &kit.admin(), file).unwrap();
    let found: Vec<(Option<usize>, &str)> =
        review.problems.iter().map(|found| (found.line, found.problem.code.as_str())).collect();
    let codes: Vec<&str> = found.iter().map(|(_, code)| *code).collect();
    assert_eq!(codes, ["wording-argument", "wording-key"], "{found:?}");
    let key = kit.key("administrator");
    let body = r#"{"value": {"text": {"ca": "Suma { $nobody }"}}}"#;
    let path = "/configuration/words/common-total";
    let answer = kit.api(Method::PUT, path, &key, &[("content-type", "application/json")], body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
}

/// A field that a file makes unique is unique among the records of before, too; with doubles it does not become so.
#[test]
fn a_file_makes_a_field_unique_for_what_is_there() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let field = FieldDraft {
        entity: "lead".to_owned(),
        name: "meter".to_owned(),
        label: model::Label::new("Comptador", "", ""),
        kind: "text".to_owned(),
        ..FieldDraft::default()
    };
    own_fields::create(app, &admin, &field).unwrap();
    let with = |company: &str, meter: &str| LeadDraft {
        company: company.to_owned(),
        custom: [("meter".to_owned(), vec![meter.to_owned()])].into(),
        ..LeadDraft::default()
    };
    leads::create(app, &admin, &with("Una", "A1"), None).unwrap();
    let two = leads::create(app, &admin, &with("Dues", "a1"), None).unwrap();
    let file = config_file::export(app, &admin).unwrap();
    let (head, tail) = file.split_once("[fields.lead.meter]\n").unwrap();
    let tail = tail.replacen("unique = false\n", "", 1);
    let file = format!("{head}[fields.lead.meter]\nunique = true\n{tail}");
    let review = config_file::review(app, &admin, &file).unwrap();
    let codes: Vec<&str> = review.problems.iter().map(|found| found.problem.code.as_str()).collect();
    assert_eq!(codes, ["field-doubles"]);
    leads::update(app, &admin, LeadId(two.meta.id), two.meta.version, &with("Dues", "A2")).unwrap();
    let review = config_file::review(app, &admin, &file).unwrap();
    let applied = config_file::apply(app, &admin, &file, &review.against).unwrap();
    assert_eq!(applied.changes.len(), 1, "{:?}", applied.problems);
    for meter in ["a1", "a2"] {
        assert!(leads::create(app, &admin, &with("Tres", meter), None).is_err(), "{meter} is taken");
    }
}
