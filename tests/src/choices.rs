//! Choice lists and own words as the company's people meet them: by page and by API.

use crate::http_kit::{Answer, Kit};
use model::{CustomValue, Lead, LeadId, LeadStatus, Source};
use poem::http::{Method, StatusCode};
use serde_json::{Value, json};
use services::choices::{self, ChoiceDraft, Step};
use services::{Error, LeadDraft, leads};

struct Company {
    kit: Kit,
    key: String,
    cookie: String,
}

impl Company {
    fn new() -> Company {
        let kit = Kit::company();
        Company { key: kit.key("administrator"), cookie: format!("tracte_session={}", kit.session()), kit }
    }

    async fn api(&self, method: Method, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.kit.api(method, path, &self.key, &[], &body).await
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.kit.get(path, &[("cookie", &self.cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.text()
    }

    async fn post(&self, path: &str, form: &str) -> Answer {
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.kit.ask(Method::POST, path, &headers, form).await
    }

    /// What the sources are called in Catalan, in their order; archived ones in brackets.
    fn sources(&self) -> Vec<String> {
        let frame = self.kit.state.app.frame();
        let shown = |choice: &model::Choice| match choice.archived {
            true => format!("[{}]", choice.label.ca),
            false => choice.label.ca.clone(),
        };
        frame.choices_of("sources").map(|(_, choice)| shown(choice)).collect()
    }

    fn lead(&self, source: &str) -> Result<Lead, Error> {
        let draft = LeadDraft { company: "Obres Puig".into(), source: source.into(), ..LeadDraft::default() };
        leads::create(&self.kit.state.app, &self.kit.admin(), &draft, None)
    }
}

#[tokio::test]
async fn a_value_is_added_put_in_its_place_renamed_and_taken_away() {
    let company = Company::new();
    let list = "/settings/lists/sources";
    let made = company.post(list, "label_ca=R%C3%A0dio&label_en=Radio&color=3").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    assert_eq!(company.sources().last().unwrap(), "Ràdio");
    let up = company.post(&format!("{list}/radio/move"), "step=up").await;
    assert_eq!(up.status, StatusCode::SEE_OTHER);
    assert_eq!(company.sources()[8..], ["Ràdio", "Altres"]);
    let first = company.post(&format!("{list}/web/move"), "step=down").await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    assert_eq!(company.sources()[..2], ["Telèfon", "Web"]);

    let page = company.page(list).await;
    assert!(page.contains("tag t3") && page.contains("Ràdio") && page.contains("Radio"), "{page}");
    let form = company.page("/leads/new").await;
    assert!(form.contains(r#"<option value="radio">Ràdio</option>"#), "{form}");

    // All problems at once, nothing typed is lost.
    let refused = company.post(list, "label_ca=web&label_es=Gira&key=No+val&color=1").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(text.contains("value=\"No val\"") && text.contains("value=\"Gira\""), "{text}");
    assert!(text.contains("f-label_ca-error") && text.contains("f-key-error"), "{text}");

    let renamed = company.post(&format!("{list}/web"), "version=1&label_ca=La+web&color=2").await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{}", renamed.text());
    assert_eq!(company.sources()[1], "La web");
    let stale = company.post(&format!("{list}/web"), "version=1&label_ca=Internet").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("Internet"), "what was typed stays");
    let reset = company.post(&format!("{list}/web/remove"), "version=2").await;
    assert_eq!(reset.status, StatusCode::SEE_OTHER, "{}", reset.text());
    assert!(
        company.sources().contains(&"Web".to_owned()),
        "a ready value comes back: {:?}",
        company.sources()
    );
}

#[tokio::test]
async fn a_value_in_use_has_ways_out_and_cannot_vanish() {
    let company = Company::new();
    let (app, admin) = (&company.kit.state.app, company.kit.admin());
    let draft = ChoiceDraft { label: model::Label::new("Ràdio", "", ""), ..ChoiceDraft::default() };
    choices::create(app, &admin, "sources", &draft).unwrap();
    let kept: Vec<Lead> = (0..3).map(|_| company.lead("ràdio").unwrap()).collect();
    assert!(kept.iter().all(|lead| lead.source == Source::from_code("radio")));

    let at = "/settings/lists/sources/radio";
    assert!(company.page(at).await.contains("El tenen 3 registres."));
    let refused = company.post(&format!("{at}/remove"), "version=1").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Es fa servir"), "{}", refused.text());

    let archived = company.post(&format!("{at}/archive"), "version=1").await;
    assert_eq!(archived.status, StatusCode::SEE_OTHER);
    assert!(!company.page("/leads/new").await.contains("Ràdio"), "archived values are not offered");
    let problems = match company.lead("Ràdio") {
        Err(Error::Invalid(problems)) => problems.0,
        other => panic!("{other:?}"),
    };
    assert_eq!((problems[0].code.as_str(), problems[0].detail.as_str()), ("source-unknown", "Ràdio"));
    // Whoever has it keeps it when something else changes.
    let form = company.page(&format!("/leads/{}/edit", kept[0].meta.id)).await;
    assert!(form.contains(r#"<option value="radio" selected>"#), "{form}");

    let wrong = company.post(&format!("{at}/replace"), "by=radio").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let replaced = company.post(&format!("{at}/replace"), "by=web").await;
    assert_eq!(replaced.header("location"), format!("{at}?notice=choice-replaced"), "{}", replaced.text());
    for lead in &kept {
        let now = leads::get(app, &admin, LeadId(lead.meta.id)).unwrap();
        assert_eq!((now.source, now.meta.version), (Some(Source::WEB), lead.meta.version + 1));
    }
    let removed = company.post(&format!("{at}/remove"), "version=2").await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.text());
    assert_eq!(company.kit.get(at, &[("cookie", &company.cookie)]).await.status, StatusCode::NOT_FOUND);
    let faults = services::maintenance::verify(app).unwrap().0.faults;
    assert!(faults.is_empty(), "{faults:?}");
}

#[tokio::test]
async fn reasons_to_discard_come_from_the_list_or_are_written() {
    let company = Company::new();
    let (app, admin) = (&company.kit.state.app, company.kit.admin());
    let cases = [
        ("reason=no_budget&reason_note=Potser+l%27any+vinent", "no_budget", "No té pressupost"),
        ("reason=no+t%C3%A9+pressupost", "no_budget", "No té pressupost"),
        ("reason=-&reason_note=Ha+tancat", "Ha tancat", "Ha tancat"),
        ("reason=&reason_note=Ha+tancat", "Ha tancat", "Ha tancat"),
    ];
    for (form, stored, shown) in cases {
        let lead = company.lead("web").unwrap();
        let path = format!("/leads/{}", lead.meta.id);
        let form = format!("version={}&status=discarded&{form}", lead.meta.version);
        let done = company.post(&format!("{path}/status"), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let now = leads::get(app, &admin, LeadId(lead.meta.id)).unwrap();
        assert_eq!((now.status, now.discard_reason.as_deref()), (LeadStatus::Discarded, Some(stored)));
        let page = company.page(&path).await;
        assert!(page.contains(&format!("S’ha descartat: {shown}")), "{page}");
        assert_eq!(
            page.contains("Potser l&#39;any vinent") || page.contains("Potser l'any vinent"),
            form.contains("Potser")
        );
    }
    let lead = company.lead("web").unwrap();
    let nothing = format!("version={}&status=discarded&reason=-", lead.meta.version);
    let refused = company.post(&format!("/leads/{}/status", lead.meta.id), &nothing).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn lists_files_and_filters_say_why_leads_were_discarded_in_words() {
    let company = Company::new();
    let (app, admin) = (&company.kit.state.app, company.kit.admin());
    for reason in ["no_budget", "Ha tancat"] {
        let lead = company.lead("web").unwrap();
        let (id, version) = (LeadId(lead.meta.id), lead.meta.version);
        leads::set_status(app, &admin, id, version, LeadStatus::Discarded, reason).unwrap();
    }
    let columns = "status=discarded&columns=name&columns=discard_reason";
    for path in [format!("/leads?{columns}"), format!("/leads/export?format=csv&{columns}")] {
        let text = company.page(&path).await;
        assert!(text.contains("No té pressupost") && text.contains("Ha tancat"), "{path}: {text}");
        let is_told_by_code = text.contains(">no_budget<") || text.contains(";no_budget");
        assert!(!is_told_by_code, "{path}: {text}");
    }
    for (reason, told) in [("no_budget", "No té pressupost"), ("Ha tancat", "Ha tancat")] {
        let filter = ui::address::escaped(&format!("discard_reason:any:{reason}"));
        let page = company.page(&format!("/leads?filter={filter}")).await;
        assert!(page.contains(&format!("Motiu del descart: {told}")), "{page}");
        let found = company.api(Method::GET, &format!("/leads?filter={filter}"), &Value::Null).await.json();
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "{found}");
        assert_eq!(found["items"][0]["discard_reason"], reason, "programs read the code");
    }
    let editor = company.page("/leads/filter?filter=discard_reason:any:no_budget").await;
    assert!(editor.contains("value=\"no_budget\"") && editor.contains("No hi té interès"), "{editor}");
}

#[tokio::test]
async fn a_lead_is_discarded_with_its_note_or_not_at_all() {
    let company = Company::new();
    let (app, admin) = (&company.kit.state.app, company.kit.admin());
    let lead = company.lead("web").unwrap();
    let path = format!("/leads/{}", lead.meta.id);
    let form = |note: &str| {
        let version = lead.meta.version;
        format!("version={version}&status=discarded&reason=no_budget&reason_note={note}")
    };
    let long = "x".repeat(model::NOTE_CHARACTERS_MAX + 1);
    let refused = company.post(&format!("{path}/status"), &form(&long)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains(&long), "what was typed is there again");
    assert_eq!(leads::get(app, &admin, LeadId(lead.meta.id)).unwrap(), lead);
    let head = app.head();
    let done = company.post(&format!("{path}/status"), &form("Potser")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let now = leads::get(app, &admin, LeadId(lead.meta.id)).unwrap();
    assert_eq!((now.status, now.meta.version), (LeadStatus::Discarded, lead.meta.version + 1));
    assert_eq!(app.head(), head + 2, "the lead and its note");
    assert!(company.page(&path).await.contains("Potser"));
}

#[tokio::test]
async fn other_systems_read_and_change_lists() {
    let company = Company::new();
    let values = company.api(Method::GET, "/lists/zones/values", &Value::Null).await;
    assert_eq!(values.json(), json!({ "items": [] }));
    let new = json!({ "label": { "ca": "Garrotxa" }, "postcodes": ["178", "17a"] });
    let refused = company.api(Method::POST, "/lists/zones/values", &json!({ "label": {}, "color": 9 })).await;
    let codes: Vec<Value> =
        refused.json()["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
    assert_eq!(codes, ["key", "label_ca", "color"]);
    let made = company.api(Method::POST, "/lists/zones/values", &new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    assert_eq!(made.header("location"), "/api/v1/lists/zones/values/garrotxa");
    assert_eq!(made.json()["postcodes"], json!(["178", "17A"]));
    let change = json!({ "version": 1, "archived": true });
    let changed = company.api(Method::PATCH, "/lists/zones/values/garrotxa", &change).await;
    assert_eq!((&changed.json()["archived"], changed.header("etag")), (&json!(true), "\"2\""));
    let gone = company.api(Method::DELETE, "/lists/zones/values/garrotxa?version=2", &Value::Null).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text());
    let none = company.api(Method::GET, "/lists/no_such_list/values", &Value::Null).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    // Reps read what they can choose, and change nothing.
    let rep = company.kit.key("rep");
    let read = company.kit.api(Method::GET, "/lists/sources/values", &rep, &[], "").await;
    assert_eq!(read.json()["items"].as_array().unwrap().len(), 9);
    let denied = company.kit.api(Method::POST, "/lists/zones/values", &rep, &[], &new.to_string()).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    let unknown = company.api(Method::POST, "/leads", &json!({ "company": "Puig", "source": "tele" })).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let error = &unknown.json()["errors"][0];
    assert_eq!(error["code"], "source-unknown");
    assert!(error["message"].as_str().unwrap().contains("Web"), "it names those that there are: {error}");
}

#[tokio::test]
async fn texts_are_said_in_the_companys_words() {
    let company = Company::new();
    let at = "/settings/words/common-nav-leads";
    assert!(company.page("/settings/words?q=potencials").await.contains("common-nav-leads"));
    let said = company.post(at, "version=0&text_ca=Peticions+d%27obra&text_en=").await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text());
    let home = company.page("/").await;
    assert!(home.contains("Peticions d'obra") || home.contains("Peticions d&#39;obra"), "{home}");
    // A plural keeps its argument.
    let plural = "version=0&text_ca=%7B+%24count+-%3E%0A++++%5Bone%5D+una+obra%0A+++*%5Bother%5D+%7B+%24count+%7D+obres%0A%7D";
    let said = company.post("/settings/words/common-results", plural).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text());
    for wrong in ["text_ca=%7B+broken", "text_ca=%7B+%24nobody+%7D", "text_ca=fine&text_es=%7B+broken"] {
        let refused = company.post(at, &format!("version=1&{wrong}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let stale = company.post(at, "version=7&text_ca=Obres").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let none = company.kit.get("/settings/words/no-such-text", &[("cookie", &company.cookie)]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let reset = company.post(&format!("{at}/reset"), "version=1").await;
    assert_eq!(reset.status, StatusCode::SEE_OTHER);
    assert!(!company.page("/").await.contains("Peticions"));
}

#[test]
fn values_of_own_fields_are_replaced_where_leads_have_them() {
    let company = Company::new();
    let (app, admin) = (&company.kit.state.app, company.kit.admin());
    let field = model::CustomField {
        label: model::Label::new("Coberta", "", ""),
        help: model::Label::default(),
        kind: model::FieldKind::Choices,
        required: false,
        unique: false,
        default: None,
        target: None,
        shown: vec![model::Shown::Form],
        archived: false,
    };
    services::configuration::create(app, &admin, "lead.roof", field).unwrap();
    for label in ["Teula", "Plana", "Xapa"] {
        let draft = ChoiceDraft { label: model::Label::new(label, "", ""), ..ChoiceDraft::default() };
        choices::create(app, &admin, "lead_roof", &draft).unwrap();
    }
    choices::step(app, &admin, "lead_roof", "xapa", Step::Up).unwrap();
    let keys: Vec<String> =
        choices::offered(app, &admin, "lead_roof").unwrap().into_iter().map(|choice| choice.key).collect();
    assert_eq!(keys, ["lead_roof.teula", "lead_roof.xapa", "lead_roof.plana"]);
    let mut draft = LeadDraft { company: "Obres Puig".into(), ..LeadDraft::default() };
    draft.custom.insert("roof".into(), vec!["teula".into(), "plana".into()]);
    let lead = leads::create(app, &admin, &draft, None).unwrap();
    let uses = choices::uses(app, &admin, "lead_roof", "teula").unwrap();
    assert_eq!(uses.iter().map(|used| used.count).collect::<Vec<_>>(), [1]);
    let done = choices::replace(app, &admin, "lead_roof", "teula", "plana").unwrap();
    assert_eq!((done.changed, done.left), (1, 0));
    let now = leads::get(app, &admin, LeadId(lead.meta.id)).unwrap();
    assert_eq!(now.custom["roof"], CustomValue::Codes(vec!["plana".into()]));
    choices::remove(app, &admin, "lead_roof", "teula", 1).unwrap();
}
