//! The company's own fields: every kind with what people type and with rubbish, rules among records, files, the API.

use crate::http_kit::Kit;
use crate::test_app::TestApp;
use model::{CustomField, FieldErrors, ImportCounts, Kind, Label, Lead, LeadId};
use poem::http::{Method, StatusCode};
use serde_json::{Value, json};
use services::leads::{self, LeadQuery};
use services::own_fields::{self, FieldDraft, Step};
use services::own_values::TypedValues;
use services::records::{self, Draft};
use services::reports::{FileFormat, Words};
use services::{App, Ctx, Error, LeadDraft, configuration, fields, imports, reports};
use std::sync::Barrier;

fn draft(name: &str, kind: &str) -> FieldDraft {
    FieldDraft {
        entity: "lead".to_owned(),
        name: name.to_owned(),
        label: Label::new(&format!("Camp {name}"), &format!("Campo {name}"), ""),
        kind: kind.to_owned(),
        target: if kind == "link" { "lead".to_owned() } else { String::new() },
        choices: if kind.starts_with("choice") {
            "Gas natural\nLlum elèctrica\n\nSolar".to_owned()
        } else {
            String::new()
        },
        ..FieldDraft::default()
    }
}

fn set_up(test: &TestApp, draft: &FieldDraft) {
    own_fields::create(&test.app, &test.admin(), draft).unwrap();
}

fn typed(values: &[(&str, &[&str])]) -> TypedValues {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    values.iter().map(|(name, texts)| ((*name).to_owned(), owned(texts))).collect()
}

fn create(app: &App, ctx: &Ctx, company: &str, values: &[(&str, &[&str])]) -> Result<Lead, Error> {
    let draft = LeadDraft { company: company.to_owned(), custom: typed(values), ..LeadDraft::default() };
    leads::create(app, ctx, &draft, None)
}

fn update(test: &TestApp, lead: &Lead, values: &[(&str, &[&str])]) -> Result<Lead, Error> {
    let frame = test.app.frame();
    let draft = LeadDraft { custom: typed(values), ..LeadDraft::of(lead, &frame) };
    leads::update(&test.app, &test.admin(), LeadId(lead.meta.id), lead.meta.version, &draft)
}

/// Field and code of each problem.
#[track_caller]
fn problems<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<String> {
    match result.unwrap_err() {
        Error::Invalid(FieldErrors(problems)) => {
            problems.into_iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect()
        }
        other => panic!("{other:?}"),
    }
}

/// What a field of this kind keeps of what was typed, or the problem it says.
#[track_caller]
fn check(test: &TestApp, kind: &str, texts: &[&str], expected: Result<Value, &str>) {
    let lead = create(&test.app, &test.admin(), "Prova", &[(kind, texts)]);
    match expected {
        Ok(value) => {
            let kept = serde_json::to_value(&lead.unwrap().custom).unwrap();
            let expected = if value.is_null() { json!({}) } else { json!({ kind: value }) };
            assert_eq!(kept, expected, "{kind} {texts:?}");
        }
        Err(code) => assert_eq!(problems(lead), [format!("custom.{kind} {code}")], "{kind} {texts:?}"),
    }
}

#[test]
fn every_kind_reads_what_people_type_and_refuses_rubbish() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    for kind in model::FieldKind::CUSTOM {
        set_up(&test, &draft(kind.as_str(), kind.as_str()));
    }
    let puig = test.create("Fusteria Puig").meta.id.to_string();
    test.create("Bessons");
    test.create("Bessons");
    let long = "à".repeat(201);
    let longer = "à".repeat(1_001);
    let address = format!("https://crm.exemple.cat/leads/{puig}?x=1");
    let (long_one, longer_one) = ([long.as_str()], [longer.as_str()]);
    let (puig_one, address_one) = ([puig.as_str()], [address.as_str()]);
    let cases: Vec<(&str, &[&str], Result<Value, &str>)> = vec![
        ("text", &["  una\n cosa "], Ok(json!("una cosa"))),
        ("text", &["\0"], Ok(Value::Null)),
        ("text", &long_one, Err("too-long")),
        ("text", &["a", "b"], Err("field-one-value")),
        ("long_text", &["una\r\ncosa"], Ok(json!("una\ncosa"))),
        ("long_text", &longer_one, Err("too-long")),
        ("number", &["1.234,50"], Ok(json!("1234.5"))),
        ("number", &["−3"], Ok(json!("-3"))),
        ("number", &["tres"], Err("decimal-form")),
        ("number", &["1e9"], Err("decimal-form")),
        ("number", &["NaN"], Err("decimal-form")),
        ("number", &["9999999999999"], Err("decimal-range")),
        ("money", &["1.234,5 €"], Ok(json!(123_450))),
        ("money", &["-12"], Ok(json!(-1_200))),
        ("money", &["molts"], Err("amount-form")),
        ("date", &["23/11/2026"], Ok(json!("2026-11-23"))),
        ("date", &["2026-11-23"], Ok(json!("2026-11-23"))),
        ("date", &["30/2/2026"], Err("date-form")),
        ("date", &["-0001-01-01"], Err("date-form")),
        ("yes_no", &["Sí"], Ok(json!(true))),
        ("yes_no", &["no"], Ok(json!(false))),
        ("yes_no", &["potser"], Err("yes-no-form")),
        ("choice", &["gas_natural"], Ok(json!("gas_natural"))),
        ("choice", &["LLUM ELECTRICA"], Ok(json!("llum_electrica"))),
        ("choice", &["carbó"], Err("choice")),
        ("choices", &["solar", "gas_natural", "solar"], Ok(json!(["gas_natural", "solar"]))),
        ("choices", &["Solar; Gas natural"], Ok(json!(["gas_natural", "solar"]))),
        ("choices", &["Solar, Gas natural"], Ok(json!(["gas_natural", "solar"]))),
        ("choices", &["solar", "carbó"], Err("choice")),
        ("email", &[" Anna@Exemple.CAT "], Ok(json!("anna@exemple.cat"))),
        ("email", &["anna arrova exemple"], Err("email-form")),
        ("phone", &["972 12 34 56"], Ok(json!("+34972123456"))),
        ("phone", &["truqueu"], Err("phone-form")),
        ("url", &["exemple.cat/Preus"], Ok(json!("https://exemple.cat/Preus"))),
        ("url", &["javascript:alert(1)"], Err("url-form")),
        ("link", &puig_one, Ok(json!(puig))),
        ("link", &address_one, Ok(json!(puig))),
        ("link", &["fusteria puig"], Ok(json!(puig))),
        ("link", &["Ningú"], Err("link-unknown")),
        ("link", &["00000000-0000-7000-8000-000000000000"], Err("link-unknown")),
        ("link", &["Bessons"], Err("link-several")),
    ];
    for (kind, texts, expected) in cases {
        check(&test, kind, texts, expected);
    }
    for kind in model::FieldKind::CUSTOM {
        check(&test, kind.as_str(), &["  "], Ok(Value::Null));
    }
    // All at once, in the order of the fields; and a name that is none.
    let wrong =
        create(&test.app, &test.admin(), "", &[("number", &["x"]), ("date", &["x"]), ("nope", &["x"])]);
    let expected = [
        "name name-or-company",
        "custom.number decimal-form",
        "custom.date date-form",
        "custom.nope field-unknown",
    ];
    assert_eq!(problems(wrong), expected);
    test.settle();
    test.verify();
}

/// A rep cannot link to, or find by name, what they may not see; what was there stays.
#[test]
fn links_lead_to_what_the_caller_may_see() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    set_up(&test, &draft("parent", "link"));
    let rep = test.hire("Berta", "rep");
    let hidden = test.create("Amagada");
    let (hidden, rep_ctx) = if hidden.owner == Some(rep.id()) {
        (test.create("Amagada també"), test.at_work(rep.id()))
    } else {
        (hidden, test.at_work(rep.id()))
    };
    let id = hidden.meta.id.to_string();
    for text in [id.as_str(), hidden.title()] {
        let refused = create(&test.app, &rep_ctx, "Nova", &[("parent", &[text])]);
        assert_eq!(problems(refused), ["custom.parent link-unknown"]);
    }
    let theirs = create(&test.app, &test.admin(), "Seva", &[("parent", &[&id])]).unwrap();
    let theirs =
        leads::assign(&test.app, &test.admin(), LeadId(theirs.meta.id), theirs.meta.version, rep.id())
            .unwrap();
    let frame = test.app.frame();
    let typed = LeadDraft { town: "Olot".to_owned(), ..LeadDraft::of(&theirs, &frame) };
    let (lead, version) = (LeadId(theirs.meta.id), theirs.meta.version);
    let saved = leads::update(&test.app, &rep_ctx, lead, version, &typed).unwrap();
    assert_eq!(saved.custom, theirs.custom);
    test.settle();
}

/// What a field of the company's own leads to does not go away under it.
#[test]
fn what_a_link_leads_to_is_not_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    set_up(&test, &FieldDraft { target: "product".to_owned(), ..draft("machine", "link") });
    let mut typed = Draft::default();
    typed.put("name_ca", "Torn");
    typed.put("code", "T1");
    let product = records::create(&app, &admin, Kind::Product, &typed, None).unwrap().about().id;
    let version = || records::get(&app, &admin, Kind::Product, product).unwrap().about().version;
    let lead = create(&app, &admin, "Fusteria Puig", &[("machine", &[&product.to_string()])]).unwrap();
    let asked = records::about_to_delete(&app, &admin, Kind::Product, product).unwrap();
    assert_eq!(asked.used_by, [(Kind::Lead, 1)]);
    let refused = records::delete(&app, &admin, Kind::Product, product, version());
    assert_eq!(problems(refused), [" product-in-use"]);
    let without = LeadDraft { custom: typed_nothing("machine"), ..LeadDraft::of(&lead, &app.frame()) };
    leads::update(&app, &admin, LeadId(lead.meta.id), lead.meta.version, &without).unwrap();
    records::delete(&app, &admin, Kind::Product, product, version()).unwrap();
    test.settle();
}

fn typed_nothing(name: &str) -> TypedValues {
    typed(&[(name, &[""])])
}

#[test]
fn required_default_archived_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let admin = test.admin();
    let app = test.app.clone();
    set_up(&test, &FieldDraft { required: true, ..draft("meters", "number") });
    set_up(&test, &FieldDraft { default: vec!["Solar".to_owned()], ..draft("energy", "choice") });
    assert_eq!(problems(create(&app, &admin, "Sense", &[])), ["custom.meters required"]);
    assert_eq!(problems(create(&app, &admin, "Buit", &[("meters", &[""])])), ["custom.meters required"]);
    let lead = create(&app, &admin, "Amb", &[("meters", &["12,5"])]).unwrap();
    assert_eq!(serde_json::to_value(&lead.custom).unwrap(), json!({ "meters": "12.5", "energy": "solar" }));
    let frame = app.frame();
    let value = fields::value_of(&frame, &lead, "custom.meters");
    assert_eq!(value, model::FieldValue::Number("12.5".parse().unwrap()));
    let keys: Vec<String> =
        fields::specs_of(&frame, model::Kind::Lead).into_iter().map(|spec| spec.key).collect();
    assert!(keys.ends_with(&["custom.meters".to_owned(), "custom.energy".to_owned()]), "{keys:?}");
    // A field that was not asked keeps its value; emptied, it is gone.
    let lead = update(&test, &lead, &[("meters", &["13"])]).unwrap();
    let lead = update(&test, &lead, &[("energy", &[])]).unwrap();
    assert_eq!(serde_json::to_value(&lead.custom).unwrap(), json!({ "meters": "13" }));

    // With values it can neither go nor become of another kind, but it can be archived.
    let field = configuration::get::<CustomField>(&app, &admin, "lead.meters").unwrap();
    let version = field.meta.version;
    assert_eq!(problems(own_fields::remove(&app, &admin, "lead.meters", version)), [" field-has-values"]);
    let other = FieldDraft { kind: "date".to_owned(), ..FieldDraft::of(&field) };
    let changed = own_fields::update(&app, &admin, "lead.meters", version, &other);
    assert_eq!(problems(changed), ["kind field-has-values"]);
    own_fields::set_archived(&app, &admin, "lead.meters", version, true).unwrap();
    let lead = update(&test, &lead, &[]).unwrap();
    assert_eq!(serde_json::to_value(&lead.custom).unwrap(), json!({ "meters": "13" }));
    assert_eq!(problems(update(&test, &lead, &[("meters", &["1"])])), ["custom.meters field-unknown"]);
    create(&app, &admin, "No es demana", &[]).unwrap();

    // Unused, it goes with its list.
    let lead = leads::list(&app, &admin, &LeadQuery::default()).unwrap().leads;
    for lead in lead.iter().filter(|lead| lead.custom.contains_key("energy")) {
        update(&test, lead, &[("energy", &[])]).unwrap();
    }
    let field = configuration::get::<CustomField>(&app, &admin, "lead.energy").unwrap();
    own_fields::remove(&app, &admin, "lead.energy", field.meta.version).unwrap();
    assert_eq!(app.frame().choices_of("lead_energy").count(), 0);
    test.settle();
    test.verify();
}

#[test]
fn a_field_that_makes_no_sense_says_all_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    set_up(&test, &draft("meters", "number"));
    let (app, admin) = (test.app.clone(), test.admin());
    let refused = |draft: FieldDraft| problems(own_fields::create(&app, &admin, &draft));
    assert_eq!(refused(draft("meters", "text")), ["name taken"]);
    assert_eq!(
        refused(FieldDraft { label: Label::default(), ..draft("", "") }),
        ["kind required", "label_ca required"]
    );
    assert_eq!(refused(draft("Metres Quadrats", "text")), ["name key-form"]);
    assert_eq!(
        refused(FieldDraft { entity: "user".to_owned(), ..draft("x", "magic") }),
        ["kind choice", "entity choice"]
    );
    assert_eq!(
        refused(FieldDraft { choices: " \n ".to_owned(), ..draft("x", "choice") }),
        ["choices required"]
    );
    assert_eq!(
        refused(FieldDraft { choices: "Gas\ngas".to_owned(), unique: true, ..draft("x", "choices") }),
        ["choices choice-twice", "unique field-not-unique"]
    );
    assert_eq!(
        refused(FieldDraft { default: vec!["demà".to_owned()], ..draft("x", "date") }),
        ["default date-form"]
    );
    assert_eq!(refused(FieldDraft { target: "plugin".to_owned(), ..draft("x", "link") }), ["target choice"]);
    // The key comes of the label; the order is changed step by step.
    let named = FieldDraft { label: Label::new("Data d’obra", "", ""), ..draft("", "date") };
    assert_eq!(own_fields::create(&app, &admin, &named).unwrap().key, "lead.data_d_obra");
    own_fields::shift(&app, &admin, "lead.data_d_obra", Step::Up).unwrap();
    own_fields::shift(&app, &admin, "lead.data_d_obra", Step::Up).unwrap();
    let frame = app.frame();
    let order: Vec<&str> = frame.fields_of(model::Kind::Lead).map(|(name, _)| name).collect();
    assert_eq!(order, ["data_d_obra", "meters"]);
    // Nobody but who sets up the company may do any of it.
    let rep = test.hire("Berta", "rep");
    assert!(matches!(
        own_fields::create(&app, &test.at_work(rep.id()), &draft("y", "text")),
        Err(Error::Denied)
    ));
    test.settle();
}

/// Whoever comes at the same moment: each value is taken once, whichever way it is written.
#[test]
fn a_unique_value_is_taken_once_under_concurrency() {
    const PEOPLE: usize = 6;
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    set_up(&test, &FieldDraft { unique: true, ..draft("meter", "text") });
    for round in 0..8 {
        let barrier = Barrier::new(PEOPLE);
        let won: Vec<bool> = std::thread::scope(|scope| {
            let people: Vec<_> = (0..PEOPLE)
                .map(|person| {
                    let (app, ctx, barrier) = (test.app.clone(), test.admin(), &barrier);
                    let value =
                        if person % 2 == 0 { format!("CUPS {round}") } else { format!("cups {round}") };
                    scope.spawn(move || {
                        barrier.wait();
                        create(&app, &ctx, &format!("Empresa {person}"), &[("meter", &[&value])]).is_ok()
                    })
                })
                .collect();
            people.into_iter().map(|person| person.join().unwrap()).collect()
        });
        assert_eq!(won.iter().filter(|won| **won).count(), 1, "round {round}: {won:?}");
    }
    let lead = test.all_leads().pop().unwrap();
    // One's own value is not taken; given up, it is free.
    let lead =
        update(&test, &lead, &[("meter", &["Cups 0"])]).or_else(|_| update(&test, &lead, &[])).unwrap();
    let value = match &lead.custom["meter"] {
        model::CustomValue::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    let (app, admin) = (test.app.clone(), test.admin());
    assert_eq!(problems(create(&app, &admin, "Altra", &[("meter", &[&value])])), ["custom.meter taken"]);
    update(&test, &lead, &[("meter", &["altre"])]).unwrap();
    create(&app, &admin, "Altra", &[("meter", &[&value])]).unwrap();
    test.settle();
    test.verify();
}

#[test]
fn a_field_becomes_unique_when_its_values_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    set_up(&test, &draft("meter", "text"));
    create(&app, &admin, "Una", &[("meter", &["A1"])]).unwrap();
    let two = create(&app, &admin, "Dues", &[("meter", &["a1"])]).unwrap();
    let unique = || {
        let field = configuration::get::<CustomField>(&app, &admin, "lead.meter").unwrap();
        let draft = FieldDraft { unique: true, ..FieldDraft::of(&field) };
        own_fields::update(&app, &admin, "lead.meter", field.meta.version, &draft)
    };
    assert_eq!(problems(unique()), ["unique field-doubles"]);
    update(&test, &two, &[("meter", &["A2"])]).unwrap();
    unique().unwrap();
    // Also for what was there before.
    for value in ["a1", "a2"] {
        assert_eq!(problems(create(&app, &admin, "Tres", &[("meter", &[value])])), ["custom.meter taken"]);
    }
    test.settle();
    test.verify();
}

/// Columns find their fields by name or label in any language; bad cells are said with all their problems.
#[test]
fn a_file_brings_values_and_the_export_gives_them_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    set_up(&test, &FieldDraft { required: true, ..draft("meters", "number") });
    set_up(&test, &draft("energy", "choices"));
    set_up(&test, &FieldDraft { unique: true, ..draft("meter", "text") });
    let file = "Empresa;Campo meters;camp ENERGY;Meter\n\
        Bona;12,5;Solar, Gas natural;A1\n\
        Sense;;;A2\n\
        Dolenta;molts;Carbó;A3\n\
        Repetida;1;;a1\n";
    let id = test.started_import(&admin, "camps.csv", file.as_bytes());
    test.work_to_the_end();
    let import = test.import(id);
    assert_eq!(
        import.imported,
        ImportCounts { done: 4, good: 1, created: 1, bad: 3, ..ImportCounts::default() }
    );
    let rows: Vec<String> = imports::problem_rows(&app, &admin, id)
        .unwrap()
        .into_iter()
        .map(|row| {
            let said = row.problems.iter().map(|problem| format!("{} {}", problem.field, problem.code));
            format!("{}: {}", row.row, said.collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert_eq!(
        rows,
        [
            "3: custom.meters required",
            "4: custom.meters decimal-form, custom.energy choice",
            "5: custom.meter twice-in-file",
        ]
    );
    let lead = test.all_leads().pop().unwrap();
    let expected = json!({ "meters": "12.5", "energy": ["gas_natural", "solar"], "meter": "A1" });
    assert_eq!(serde_json::to_value(&lead.custom).unwrap(), expected);

    let name = |code: &str| code.to_owned();
    let words = Words { titles: vec![String::new(); 15], source: &name, name: &name };
    let file = reports::export_leads(&app, &admin, &LeadQuery::default(), FileFormat::Csv, &words).unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    let (titles, row) = text.trim_start_matches('\u{feff}').split_once("\r\n").unwrap();
    assert!(titles.ends_with(";Camp meters;Camp energy;Camp meter"), "{titles}");
    assert!(row.trim_end().ends_with(";\"12,5\";\"Gas natural; Solar\";A1"), "{row}");

    // Words of own fields are searched.
    test.settle();
    let hits = services::search::leads(&app, &admin, "A1", 0, 10);
    assert!(format!("{hits:?}").contains(&lead.meta.id.to_string()), "{hits:?}");
    drop(app);
    test.close_and_compare();
}

/// What two people change in different own fields is saved together; the same one is asked about.
#[test]
fn two_people_change_own_fields_of_one_lead() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    set_up(&test, &draft("meters", "number"));
    set_up(&test, &draft("energy", "choices"));
    let lead = create(&app, &admin, "Puig", &[("meters", &["10"])]).unwrap();
    let (id, version) = (LeadId(lead.meta.id), lead.meta.version);
    let frame = app.frame();
    let form = LeadDraft::of(&lead, &frame);
    update(&test, &lead, &[("energy", &["solar"])]).unwrap();
    let with = |values: &[(&str, &[&str])]| {
        let mut mine = form.clone();
        mine.custom.extend(typed(values));
        leads::merge(&app, &admin, id, version, &mine).unwrap()
    };
    // Written otherwise, it is the same number.
    let merged = with(&[("meters", &["10,0"])]);
    assert!(merged.fields.is_empty(), "{:?}", merged.fields);
    assert_eq!(merged.draft.custom, typed(&[("meters", &["10"]), ("energy", &["solar"])]));
    let merged = with(&[("meters", &["11"]), ("energy", &["Gas natural"])]);
    let fields: Vec<(&str, &str, &str)> = merged
        .fields
        .iter()
        .map(|field| (field.field.as_str(), field.yours.as_str(), field.theirs.as_str()))
        .collect();
    assert_eq!(fields, [("custom.energy", "gas_natural", "solar")]);
    assert_eq!(merged.draft.custom, typed(&[("meters", &["11"]), ("energy", &["gas_natural"])]));
    match leads::update(&app, &admin, id, version, &form) {
        Err(Error::Conflict(conflict)) => {
            let fields: Vec<&str> = conflict.fields.iter().map(|field| field.field.as_str()).collect();
            assert_eq!(fields, ["custom.energy"]);
        }
        other => panic!("{other:?}"),
    }
    test.settle();
}

struct Api {
    kit: Kit,
    key: String,
}

impl Api {
    async fn call(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = self.kit.api(method, path, &self.key, &[], &body).await;
        (answer.status, answer.json())
    }
}

#[tokio::test]
async fn the_api_knows_the_fields_of_the_company() {
    let kit = Kit::company();
    let key = kit.key("administrator");
    let admin = kit.admin();
    let app = kit.state.app.clone();
    for (name, kind) in [
        ("meters", "number"),
        ("price", "money"),
        ("energy", "choices"),
        ("built", "date"),
        ("own", "yes_no"),
    ] {
        let required = name == "meters";
        own_fields::create(&app, &admin, &FieldDraft { required, ..draft(name, kind) }).unwrap();
    }
    let api = Api { kit, key };
    // A point is one of decimals here, whatever a form would read.
    let custom = json!({ "meters": 1.234, "price": "1234.5", "energy": ["solar"], "built": "2026-11-23", "own": true });
    let body = json!({ "company": "Puig", "custom": custom });
    let (status, lead) = api.call(Method::POST, "/leads", body).await;
    assert_eq!(status, StatusCode::CREATED, "{lead}");
    let expected = json!({ "meters": "1.234", "price": "1234.50", "energy": ["solar"], "built": "2026-11-23", "own": true });
    assert_eq!(lead["custom"], expected);
    let path = format!("/leads/{}", lead["id"].as_str().unwrap());
    let change = json!({ "version": 1, "custom": { "price": null, "own": false } });
    let (status, changed) = api.call(Method::PATCH, &path, change).await;
    assert_eq!(status, StatusCode::OK, "{changed}");
    let expected = json!({ "meters": "1.234", "energy": ["solar"], "built": "2026-11-23", "own": false });
    assert_eq!(api.call(Method::GET, &path, Value::Null).await.1["custom"], expected);

    let wrong = json!({ "version": 2, "custom": {
        "meters": null, "energy": ["coal"], "built": 3, "own": {}, "colour": "red"
    } });
    let (status, problem) = api.call(Method::PATCH, &path, wrong).await;
    assert_eq!(
        (status, &problem["errors"][0]["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("custom.own"))
    );
    let wrong = json!({ "version": 2, "custom": { "meters": null, "energy": ["coal"], "built": 3, "colour": "red" } });
    let (status, problem) = api.call(Method::PATCH, &path, wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let said: Vec<String> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| format!("{} {}", error["field"].as_str().unwrap(), error["code"].as_str().unwrap()))
        .collect();
    let expected = [
        "custom.meters required",
        "custom.energy choice",
        "custom.built date-form",
        "custom.colour field-unknown",
    ];
    assert_eq!(said, expected);

    // The document is typed for those who belong to the company, and for nobody else.
    let open = api.kit.get("/api/v1/openapi.json", &[]).await.json();
    let pointer = "/components/schemas/LeadCreate/properties/custom";
    assert!(open.pointer(pointer).unwrap().get("properties").is_none());
    let document = api.kit.api(Method::GET, "/openapi.json", &api.key, &[], "").await.json();
    let custom = document.pointer(pointer).unwrap();
    assert_eq!(custom["required"], json!(["meters"]));
    assert_eq!(custom["properties"]["own"]["type"], "boolean");
    assert_eq!(custom["properties"]["built"]["format"], "date");
    assert_eq!(
        custom["properties"]["energy"]["items"]["enum"],
        json!(["gas_natural", "llum_electrica", "solar"])
    );
    assert_eq!(document["paths"], open["paths"]);
}

/// A consultant makes a field in the browser, a person fills it in, and the history tells of it.
#[tokio::test]
async fn a_field_is_made_and_filled_in_on_pages() {
    let kit = Kit::company();
    let cookie = format!("tracte_session={}", kit.session());
    let post = async |path: &str, body: &str| {
        let headers = [
            ("cookie", cookie.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        kit.ask(Method::POST, path, &headers, body).await
    };
    let get = async |path: &str| kit.get(path, &[("cookie", cookie.as_str())]).await.text();
    let wrong = post("/settings/fields", "entity=lead&label_ca=Energia&kind=choice&shown=form").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text());
    assert!(wrong.text().contains("value=\"Energia\""));
    let body = "entity=lead&label_ca=Energia&kind=choices&choices=Gas%0ASolar&shown=form&shown=list";
    let made = post("/settings/fields", body).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    assert!(get("/settings/fields").await.contains("lead.energia"));
    let form = get("/leads/new").await;
    assert!(form.contains("name=\"custom.energia\"") && form.contains("Solar"), "{form}");
    let made = post("/leads", "company=Puig&custom.energia=&custom.energia=gas&custom.energia=solar").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let lead = made.header("location").split('?').next().unwrap().to_owned();
    assert!(get(&lead).await.contains("Gas, Solar"));
    let saved = post(&lead, "version=1&company=Puig&custom.energia=&custom.energia=gas").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let page = get(&lead).await;
    assert!(page.contains("<dt>Energia</dt>") && page.contains("Gas, Solar</del>"), "{page}");
    // With a value it is not removed: the page says so and offers to archive it.
    let asked = get("/settings/fields/lead.energia/remove").await;
    assert!(
        asked.contains("/settings/fields/lead.energia/archive") && !asked.contains("energia/remove\""),
        "{asked}"
    );
    let archived = post("/settings/fields/lead.energia/archive", "version=1").await;
    assert_eq!(archived.status, StatusCode::SEE_OTHER, "{}", archived.text());
    assert!(!get("/leads/new").await.contains("custom.energia"));
}
