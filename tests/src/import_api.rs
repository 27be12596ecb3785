//! Imports over the API: the whole way of a file, in and back again, and what is refused on it.

use crate::http_kit::{Answer, Kit};
use poem::http::{Method, StatusCode};
use serde_json::{Value, json};

/// A company with somebody's key.
struct Api {
    kit: Kit,
    key: String,
}

impl Api {
    fn new() -> Api {
        let kit = Kit::company();
        let key = kit.key("administrator");
        Api { kit, key }
    }

    async fn call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.kit.api(method, path, &self.key, headers, &body).await
    }

    /// What must go well.
    async fn done(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.call(method, path, &[], body).await;
        assert!(answer.status.is_success(), "{method} {path}: {}", answer.text());
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }

    async fn send(&self, query: &str, headers: &[(&str, &str)], file: &[u8]) -> Answer {
        let bearer = format!("Bearer {}", self.key);
        let mut all = vec![("authorization", bearer.as_str()), ("content-type", "application/octet-stream")];
        all.extend_from_slice(headers);
        self.kit.ask(Method::POST, &format!("/api/v1/imports?{query}"), &all, file).await
    }

    async fn upload(&self, entity: &str, name: &str, text: &str) -> Value {
        let answer = self.send(&format!("entity={entity}&file_name={name}"), &[], text.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()
    }

    /// The dry run with the plan that the file came with.
    async fn check(&self, import: &Value) -> Value {
        let plan = self.done("GET", &path(import, "/plan"), &Value::Null).await;
        self.check_with(import, &plan, json!({})).await
    }

    /// The same with some of it changed.
    async fn check_with(&self, import: &Value, plan: &Value, changed: Value) -> Value {
        let column = |column: &Value| {
            let mut column = column.clone();
            column.as_object_mut().unwrap().retain(|name, _| name != "header" && name != "samples");
            column
        };
        let columns: Vec<Value> = plan["columns"].as_array().unwrap().iter().map(column).collect();
        let mut sent = json!({
            "version": import["version"], "mode": plan["mode"], "match_by": plan["match_by"],
            "columns": columns, "given": plan["given"],
        });
        sent.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
        let checking = self.done("PUT", &path(import, "/plan"), &sent).await;
        assert_eq!(checking["state"], "checking");
        self.worked(import).await
    }

    /// The import once nothing is left to do.
    async fn worked(&self, import: &Value) -> Value {
        self.kit.work_imports();
        self.done("GET", &path(import, ""), &Value::Null).await
    }

    async fn start(&self, import: &Value) -> Value {
        let version = json!({ "version": import["version"] });
        let started = self.done("POST", &path(import, "/start"), &version).await;
        assert_eq!(started["state"], "running");
        self.worked(import).await
    }
}

fn path(import: &Value, rest: &str) -> String {
    format!("/imports/{}{rest}", import["id"].as_str().unwrap())
}

const COMPANIES: &str = "Codi;Raó social;NIF;Població;Sector\n\
    E1;Fusteria Puig;B17000019;Olot;Fusta\nE2;Hotel Ona;;Roses;=1+1\nE3;Mal fet;B17000018;Vic;Res\n";

#[tokio::test]
async fn a_file_goes_in_and_back_again() {
    let api = Api::new();
    let import = api.upload("company", "empreses.csv", COMPANIES).await;
    assert_eq!(
        (&import["state"], &import["rows"], &import["format"], &import["separator"]),
        (&json!("uploaded"), &json!(3), &json!("csv"), &json!(";"))
    );
    let plan = api.done("GET", &path(&import, "/plan"), &Value::Null).await;
    let columns = plan["columns"].as_array().unwrap();
    let fields: Vec<&str> = columns.iter().map(|column| column["field"].as_str().unwrap_or("-")).collect();
    assert_eq!(fields, ["external_key", "name", "tax_id", "town", "industry"]);
    assert_eq!(columns[1]["samples"], json!(["Fusteria Puig", "Hotel Ona", "Mal fet"]));
    assert_eq!((&plan["match_by"], &plan["mode"]), (&json!("external_key"), &json!("create")));

    let given = json!({ "given": [{ "field": "description", "text": "De la fira, {Població}" }] });
    let checked = api.check_with(&import, &plan, given).await;
    assert_eq!(
        checked["checked"],
        json!({ "done": 3, "created": 2, "updated": 0, "unchanged": 0, "duplicates": 0, "bad": 1 })
    );
    let found = api.done("GET", &path(&import, "/findings"), &Value::Null).await;
    assert_eq!(found["fields"], json!([{ "field": "tax_id", "rows": 1 }]));
    assert_eq!(found["values"][0]["value"], "B17000018");
    let problems = api.done("GET", &path(&import, "/problems"), &Value::Null).await;
    assert_eq!(problems["items"][0]["row"], 4);
    assert!(!problems["items"][0]["problems"][0]["message"].as_str().unwrap().is_empty());

    let mended = json!({ "mended": [{ "field": "tax_id", "value": "B17000018", "mending": "empty" }] });
    let checked = api.check_with(&checked, &plan, mended).await;
    assert_eq!((&checked["checked"]["created"], &checked["checked"]["bad"]), (&json!(3), &json!(0)));
    let kept = api.done("GET", &path(&import, "/plan"), &Value::Null).await;
    assert_eq!(kept["mended"], json!([{ "field": "tax_id", "value": "B17000018", "mending": "empty" }]));
    // Said to be nothing, nothing is mended; not said, it stays.
    let checked = api.check_with(&checked, &plan, json!({ "mended": [] })).await;
    assert_eq!(checked["checked"]["bad"], 1);

    let done = api.start(&checked).await;
    assert_eq!((&done["state"], &done["imported"]["created"]), (&json!("done"), &json!(2)));
    let again =
        api.call("POST", &path(&import, "/start"), &[], &json!({ "version": checked["version"] })).await;
    assert_eq!((again.status, again.json()["state"].clone()), (StatusCode::OK, json!("done")), "one run");
    let rows = api.done("GET", &path(&import, "/rows?outcome=created"), &Value::Null).await;
    let titles: Vec<&str> =
        rows["items"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Fusteria Puig", "Hotel Ona"]);

    // Somebody works with one of them; the rest goes.
    let company = format!("/companies/{}", rows["items"][0]["id"].as_str().unwrap());
    api.done("PATCH", &company, &json!({ "version": 1, "town": "Girona" })).await;
    let undoing = api.done("POST", &path(&import, "/undo"), &json!({ "version": done["version"] })).await;
    assert_eq!((&undoing["state"], &undoing["undo_total"]), (&json!("undoing"), &json!(2)));
    let undone = api.worked(&import).await;
    assert_eq!(undone["undo"], json!({ "done": 2, "undone": 1, "partly": 0, "kept": 1, "overruled": 0 }));
    let kept = api.done("GET", &path(&import, "/rows"), &Value::Null).await;
    assert_eq!(
        (&kept["items"][0]["title"], &kept["items"][0]["why"]),
        (&json!("Fusteria Puig"), &json!("undo-changed"))
    );
    let twice =
        api.call("POST", &path(&import, "/undo"), &[], &json!({ "version": undone["version"] })).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "once is enough");
}

/// Pause, resume and cancel answer with how it stands; asked of what does not run, they change nothing.
#[tokio::test]
async fn a_run_is_paused_resumed_and_cancelled() {
    let api = Api::new();
    let import = api.upload("lead", "llista.csv", "Empresa;Codi\nFusteria Puig;1\n").await;
    let checked = api.check(&import).await;
    let paused = api.done("POST", &path(&import, "/pause"), &Value::Null).await;
    assert_eq!(paused["state"], "checked", "nothing runs yet");
    api.done("POST", &path(&import, "/start"), &json!({ "version": checked["version"] })).await;
    assert_eq!(api.done("POST", &path(&import, "/pause"), &Value::Null).await["state"], "paused");
    api.kit.work_imports();
    assert_eq!(api.done("POST", &path(&import, "/resume"), &Value::Null).await["state"], "running");
    let done = api.worked(&import).await;
    assert_eq!((&done["state"], &done["imported"]["created"]), (&json!("done"), &json!(1)));
    let other = api.upload("lead", "llista.csv", "Empresa;Codi\nHotel Ona;2\n").await;
    assert_eq!(api.done("POST", &path(&other, "/cancel"), &Value::Null).await["state"], "cancelled");
    let listed = api.done("GET", "/imports", &Value::Null).await;
    let states: Vec<&str> =
        listed["items"].as_array().unwrap().iter().map(|import| import["state"].as_str().unwrap()).collect();
    assert_eq!(states.len(), 2);
    assert!(states.contains(&"done") && states.contains(&"cancelled"), "{states:?}");
}

/// Every entity goes the whole way: in, told row by row, the failed ones as a file, again with the same mapping, and back.
#[tokio::test]
async fn every_entity_goes_in_again_and_back() {
    let api = Api::new();
    for (entity, text) in [
        ("lead", "Empresa;Codi;Correu\nFusteria Puig;1;info@puig.cat\nHotel Ona;2;arrova\n"),
        ("company", "Empresa;Codi;Correu\nFusteria Puig;1;info@puig.cat\nHotel Ona;2;arrova\n"),
        ("contact", "Nom;Cognoms;Codi;Correu\nAnna;Puig;1;anna@puig.cat\nMarc;Ona;2;arrova\n"),
        ("product", "Nom;Codi;Preu\nPorta;P1;1.234,50\nFinestra;P2;car\n"),
        ("opportunity", "Nom;Empresa;Import\nCuina;Fusteria Puig;1.234,50\nBany;Fusteria Puig;car\n"),
    ] {
        let import = api.upload(entity, "llista.csv", text).await;
        let checked = api.check(&import).await;
        assert_eq!(
            (&checked["checked"]["created"], &checked["checked"]["bad"]),
            (&json!(1), &json!(1)),
            "{entity}"
        );
        let done = api.start(&checked).await;
        assert_eq!(
            (&done["imported"]["created"], &done["imported"]["bad"]),
            (&json!(1), &json!(1)),
            "{entity}"
        );
        let file = api.call("GET", &path(&import, "/failed-rows"), &[], &Value::Null).await;
        let failed = file.text();
        let (headers, row) = (text.lines().next().unwrap(), text.lines().nth(2).unwrap());
        let mut lines = failed.trim_start_matches('\u{feff}').lines();
        assert!(lines.next().unwrap().starts_with(headers), "{entity}: the format of the file: {failed}");
        assert!(lines.next().unwrap().starts_with(row), "{entity}: {failed}");
        assert!(file.header("content-disposition").contains("llista-errors.csv"));

        // «Again with the same mapping»: columns stand elsewhere, or are not there.
        let like = format!("like={}&file_name=llista-2.csv", import["id"].as_str().unwrap());
        let next = api.send(&like, &[], text.as_bytes()).await;
        assert_eq!(next.status, StatusCode::CREATED, "{}", next.text());
        let next = next.json();
        assert_eq!(next["entity"], entity);
        let plans = [path(&import, "/plan"), path(&next, "/plan")];
        let (former, latter) =
            (api.done("GET", &plans[0], &Value::Null).await, api.done("GET", &plans[1], &Value::Null).await);
        assert_eq!((&former["columns"], &former["match_by"]), (&latter["columns"], &latter["match_by"]));

        // A template does the same for whoever comes with such a file.
        let kept = json!({ "import": import["id"], "name": "Fira" });
        let template = api.done("POST", "/import-templates", &kept).await;
        let chosen = json!({ "version": next["version"], "template": template["id"] });
        assert_eq!(api.done("POST", &path(&next, "/template"), &chosen).await["state"], "uploaded");
        let listed = api.done("GET", &format!("/import-templates?entity={entity}"), &Value::Null).await;
        assert_eq!(listed["items"][0]["name"], "Fira");
        let gone = format!("/import-templates/{}", template["id"].as_str().unwrap());
        api.done("DELETE", &gone, &Value::Null).await;

        let undo = json!({ "version": done["version"], "changed_since": "take_back" });
        api.done("POST", &path(&import, "/undo"), &undo).await;
        let undone = api.worked(&import).await;
        assert_eq!((&undone["state"], &undone["undo"]["kept"]), (&json!("undone"), &json!(0)), "{entity}");
        api.done("POST", &path(&next, "/cancel"), &Value::Null).await;
        if entity == "lead" {
            continue;
        }
        let list = api.done("GET", &format!("/{}", plural(entity)), &Value::Null).await;
        assert_eq!(list["items"].as_array().map(Vec::len), Some(0), "{entity}");
        if entity == "company" {
            // Opportunities lead to it.
            api.done("POST", "/companies", &json!({ "name": "Fusteria Puig" })).await;
        }
    }
}

fn plural(entity: &str) -> &str {
    match entity {
        "company" => "companies",
        "contact" => "contacts",
        "product" => "products",
        _ => "opportunities",
    }
}

#[tokio::test]
async fn a_call_made_again_is_the_same_import() {
    let api = Api::new();
    let key = [("idempotency-key", "carrega-1")];
    let first = api.send("entity=lead&file_name=a.csv", &key, b"Empresa\nPuig\n").await.json();
    let second = api.send("entity=lead&file_name=a.csv", &key, b"Empresa\nPuig\n").await.json();
    assert_eq!(first["id"], second["id"]);
    let other = api.send("entity=lead&file_name=a.csv", &[], b"Empresa\nPuig\n").await.json();
    assert_ne!(first["id"], other["id"]);
    let listed = api.done("GET", "/imports", &Value::Null).await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
}

/// Records of an outcome and rows with problems come in pages that follow each other.
#[tokio::test]
async fn long_results_come_in_pages() {
    let api = Api::new();
    let lines: String = (0..400)
        .map(|row| format!("Empresa {row};K{row};{}\n", if row % 2 == 0 { "" } else { "arrova" }))
        .collect();
    let import = api.upload("lead", "llista.csv", &format!("Empresa;Codi;Correu\n{lines}")).await;
    let checked = api.check(&import).await;
    api.start(&checked).await;
    let (mut rows, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let address = path(&import, &format!("/rows?outcome=created{cursor}"));
        let page = api.done("GET", &address, &Value::Null).await;
        rows.extend(page["items"].as_array().unwrap().iter().map(|row| row["row"].as_u64().unwrap()));
        pages += 1;
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(rows, (0..200).map(|row| row * 2 + 2).collect::<Vec<u64>>());
    assert!(pages >= 2, "{pages}");
    let (mut bad, mut after) = (Vec::new(), String::new());
    loop {
        let page = api.done("GET", &path(&import, &format!("/problems{after}")), &Value::Null).await;
        bad.extend(page["items"].as_array().unwrap().iter().map(|row| row["row"].as_u64().unwrap()));
        match page["next"].as_u64() {
            Some(next) => after = format!("?after={next}"),
            None => break,
        }
    }
    assert_eq!(bad, (0..200).map(|row| row * 2 + 3).collect::<Vec<u64>>());
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_reason() {
    let api = Api::new();
    let code = |answer: &Answer| {
        let problem = answer.json();
        let errors = problem["errors"].as_array().unwrap();
        let codes: Vec<String> = errors
            .iter()
            .map(|error| format!("{}:{}", error["field"].as_str().unwrap(), error["code"].as_str().unwrap()))
            .collect();
        (answer.status.as_u16(), codes.join(" "))
    };
    let file = b"Empresa;Codi\nPuig;1\n";
    for (query, status, expected) in [
        ("entity=session&file_name=a.csv", 422, "entity:choice"),
        ("entity=nothing&file_name=a.csv", 422, "entity:choice"),
        ("file_name=a.csv", 422, "entity:required"),
        ("entity=lead", 400, "file_name:required"),
        ("file_name=a.csv&like=00000000-0000-0000-0000-000000000000", 404, ""),
    ] {
        let answer = api.send(query, &[], file).await;
        assert_eq!(code(&answer), (status, expected.to_owned()), "{query}: {}", answer.text());
    }
    let import = api.upload("lead", "a.csv", "Empresa;Codi\nPuig;1\n").await;
    let plan_path = path(&import, "/plan");
    let set = async |body: Value| api.call("PUT", &plan_path, &[], &body).await;
    let plan = json!({ "mode": "create", "columns": [{ "field": "company" }, {}] });
    assert_eq!(set(plan.clone()).await.status, StatusCode::PRECONDITION_REQUIRED);
    let stale = api.call("PUT", &path(&import, "/plan"), &[("if-match", "\"9\"")], &plan).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let wrong = json!({
        "version": 1, "mode": "both", "match_by": "external_key",
        "columns": [{ "field": "company" }, { "field": "company" }, { "field": "colour" }],
        "given": [{ "field": "colour", "text": "red" }],
        "mended": [],
    });
    let answer = set(wrong).await;
    let (status, codes) = code(&answer);
    assert_eq!(status, 422);
    for expected in [
        "mapping:mapping-length",
        "mapping:mapping-twice",
        "mapping:field-unknown",
        "match_by:match-not-mapped",
        "given:field-unknown",
    ] {
        assert!(codes.contains(expected), "{expected} is not in {codes}: all of it at once");
    }
    let unfinished = json!({ "version": 1, "mode": "create", "columns": [{ "field": "company" }, {}],
        "mended": [{ "field": "company", "value": "Puig", "mending": "replace" }] });
    assert_eq!(code(&set(unfinished).await), (422, "mended:required".to_owned()));
    let unknown =
        json!({ "version": 1, "mode": "create", "columns": [{ "field": "company", "colour": 1 }, {}] });
    assert_eq!(set(unknown).await.status, StatusCode::BAD_REQUEST);
    let early = api.call("POST", &path(&import, "/start"), &[], &json!({ "version": 1 })).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "first the dry run");
    let early = api.call("POST", &path(&import, "/undo"), &[], &json!({ "version": 1 })).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "nothing went in");
    for bad in ["zz", "00"] {
        let answer = api
            .call("GET", &path(&import, &format!("/rows?outcome=created&cursor={bad}")), &[], &Value::Null)
            .await;
        assert_eq!(code(&answer), (422, "cursor:cursor".to_owned()));
    }
}

#[tokio::test]
async fn a_file_is_read_anew_with_another_row_of_headers() {
    let api = Api::new();
    let import = api.upload("company", "fira.csv", "Clients de la fira\nEmpresa;Poblacio\nPuig;Olot\n").await;
    let plan = api.done("GET", &path(&import, "/plan"), &Value::Null).await;
    assert_eq!((&plan["header_row"], &plan["sheets"]), (&json!(1), &json!([])));
    let asked = json!({ "version": import["version"], "header_row": 2 });
    let import = api.done("POST", &path(&import, "/reading"), &asked).await;
    assert_eq!((&import["rows"], &import["separator"]), (&json!(1), &json!(";")));
    let plan = api.done("GET", &path(&import, "/plan"), &Value::Null).await;
    assert_eq!((&plan["header_row"], &plan["columns"][1]["field"]), (&json!(2), &json!("town")));
    let checked = api.check(&import).await;
    assert_eq!(checked["checked"]["created"], 1);
    let asked = json!({ "version": checked["version"], "sheet": "Full 2" });
    let refused = api.call("POST", &path(&import, "/reading"), &[], &asked).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
}
