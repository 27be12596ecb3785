//! What people upload that is no good list, or makes trouble: refused with a clear message, or read as well as can be.

use crate::http_kit::{Answer, Kit};
use model::{Kind, Language, Problem};
use poem::http::{Method, StatusCode};
use serde_json::{Value, json};
use server::Config;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

const BOUNDARY: &str = "limit-between-parts";

struct Desk {
    kit: Kit,
    key: String,
    cookie: String,
}

impl Desk {
    fn new() -> Desk {
        Desk::with(Config::default())
    }

    fn with(config: Config) -> Desk {
        let kit = Kit::with(config);
        kit.set_up();
        let key = kit.key("administrator");
        let cookie = format!("{}={}", server::SESSION, kit.session());
        Desk { kit, key, cookie }
    }

    /// As a browser sends a form with a file.
    async fn page(&self, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"entity\"\r\n\r\ncompany\r\n\
             --{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let headers =
            [("cookie", self.cookie.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", &kind)];
        self.kit.ask(Method::POST, "/imports", &headers, &body).await
    }

    async fn send(&self, key: &str, entity: &str, name: &str, bytes: &[u8]) -> Answer {
        let bearer = format!("Bearer {key}");
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/octet-stream")];
        let path = format!("/api/v1/imports?entity={entity}&file_name={name}");
        self.kit.ask(Method::POST, &path, &headers, bytes).await
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.kit.api(Method::GET, path, &self.key, &[], "").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.json()
    }

    /// Taken in; its plan.
    async fn plan(&self, entity: &str, name: &str, bytes: &[u8]) -> (Value, Value) {
        let answer = self.send(&self.key, entity, name, bytes).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{name}: {}", answer.text());
        let import = answer.json();
        let plan = self.get(&format!("/imports/{}/plan", import["id"].as_str().unwrap())).await;
        (import, plan)
    }

    /// In to the end, as it was matched.
    async fn run(&self, key: &str, import: &Value, plan: &Value) -> Value {
        self.check(key, import, plan).await;
        self.start(key, import).await;
        self.kit.work_imports();
        self.get(&format!("/imports/{}", import["id"].as_str().unwrap())).await
    }

    /// The dry run.
    async fn check(&self, key: &str, import: &Value, plan: &Value) {
        let path = format!("/imports/{}", import["id"].as_str().unwrap());
        let columns: Vec<Value> = plan["columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|column| {
                let mut column = column.clone();
                column.as_object_mut().unwrap().retain(|name, _| name != "header" && name != "samples");
                column
            })
            .collect();
        let sent = json!({ "version": import["version"], "mode": plan["mode"], "match_by": plan["match_by"], "columns": columns });
        let answer = self.kit.api(Method::PUT, &format!("{path}/plan"), key, &[], &sent.to_string()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        self.kit.work_imports();
    }

    async fn start(&self, key: &str, import: &Value) {
        let path = format!("/imports/{}", import["id"].as_str().unwrap());
        let answer =
            self.kit.api(Method::POST, &format!("{path}/start"), key, &[("if-match", "*")], "{}").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
}

/// A zip of these parts.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An XLSX whose one sheet has these rows and whatever follows them; `properties` are those of the workbook.
fn xlsx(rows: &str, after: &str, properties: &str, shared_strings: &str) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook = format!(
        "<workbook xmlns:r=\"{RELATIONS}\">{properties}<sheets><sheet name=\"Leads\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let package = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let styles =
        "<styleSheet><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>");
    zip(&[
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", shared_strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn text_cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A workbook behind a password: what of it is no sheet to anybody.
fn encrypted() -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(512, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4_096, 0);
    bytes
}

fn utf16(text: &str, mark: bool) -> Vec<u8> {
    let mark: &[u8] = if mark { b"\xFF\xFE" } else { b"" };
    mark.iter().copied().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

/// Each is refused on the page and over the API with the same code, in words, and nothing of it is kept.
#[tokio::test]
async fn what_is_no_list_is_refused_in_words() {
    let desk = Desk::new();
    let spaces = vec![b' '; 40 * 1024 * 1024];
    let inner = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/media/a.bin", &spaces)]);
    let names: Vec<String> = (1..=40).map(|number| format!("xl/worksheets/sheet{number}.xml")).collect();
    let sheets: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), &spaces[..1024 * 1024])).collect();
    let many_sheets = zip(&[vec![("xl/workbook.xml", &b"<workbook/>"[..])], sheets].concat());
    let wide = (0..500).map(|column| format!("c{column}")).collect::<Vec<_>>().join(";");
    let long = format!("Nom\n{}", "a\n".repeat(sheets_rows_max() + 1));
    let whole = xlsx(&format!("<row r=\"1\">{}</row>", text_cell("A1", "Nom")), "", "", "<sst/>");
    let strings = String::from_utf8(spaces.clone()).unwrap();
    let cases: Vec<(&str, &str, Vec<u8>)> = vec![
        ("buit.csv", "file-empty", Vec::new()),
        ("buit.xlsx", "file-empty", b"\xEF\xBB\xBF".to_vec()),
        ("clients.xlsx", "file-not-a-spreadsheet", b"%PDF-1.7\n%\xE2\xE3".to_vec()),
        ("clients.csv", "file-not-a-spreadsheet", b"\x89PNG\r\n\x1a\n\0\0\0".to_vec()),
        ("nuls.csv", "file-not-a-spreadsheet", b"Nom;Codi\nPuig\0;1\n\0\0;2".to_vec()),
        ("sense-marca.csv", "file-not-a-spreadsheet", utf16("Nom;Codi\nPuig;1\n", false)),
        (
            "bomba.xlsx",
            "file-zip-bomb",
            zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &spaces)]),
        ),
        ("bomba-dins.xlsx", "file-zip-bomb", inner),
        ("molts-fulls.xlsx", "file-zip-bomb", many_sheets),
        ("textos.xlsx", "file-zip-bomb", xlsx("", "", "", &strings)),
        ("textos-dits.xlsx", "file-damaged", xlsx("", "", "", "<sst uniqueCount=\"999999999999\"></sst>")),
        ("tallat.xlsx", "file-damaged", whole[..whole.len() / 2].to_vec()),
        ("secret.xlsx", "file-password", encrypted()),
        ("ample.csv", "file-too-many-columns", wide.into_bytes()),
        ("llarg.csv", "file-too-many-rows", long.into_bytes()),
        ("dades.csv", "file-no-header", b"1;2;3\n4;5;6\n".to_vec()),
        ("titols.csv", "file-no-rows", b"Empresa;Codi\n".to_vec()),
    ];
    for (name, expected, bytes) in cases {
        let answer = desk.send(&desk.key, "company", name, &bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answer.text());
        let error = answer.json()["errors"][0].clone();
        assert_eq!(
            (error["field"].as_str(), error["code"].as_str()),
            (Some("file"), Some(expected)),
            "{name}"
        );
        let mut problem = Problem { field: "file".into(), code: expected.into(), detail: String::new() };
        problem.detail = error["detail"].as_str().unwrap().to_owned();
        let page = desk.page(name, &bytes).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let words = ui::problems::text(Language::Ca, &problem);
        assert!(!words.is_empty() && page.text().contains(&words), "{name}: the page says «{words}»");
        let chosen =
            page.text().split("value=\"company\"").nth(1).unwrap().split('>').next().unwrap().to_owned();
        assert!(chosen.contains("checked"), "{name}: what was chosen stays chosen: {chosen}");
    }
    assert_eq!(desk.get("/imports").await["items"], json!([]), "nothing is kept of them");
}

fn sheets_rows_max() -> usize {
    services::imports::ROWS_MAX
}

/// A body over the limit is told with the limit, on the page and over the API.
#[tokio::test]
async fn a_file_over_the_limit_is_told_the_limit() {
    let mut config = Config::default();
    config.limits.upload_mb = 1;
    let desk = Desk::with(config);
    let big = vec![b'a'; 1_100_000];
    let page = desk.page("gran.csv", &big).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.text().contains("1 MB") || page.text().contains("1\u{a0}MB"), "{}", page.text());
    let answer = desk.send(&desk.key, "company", "gran.csv", &big).await;
    assert_eq!((answer.status, &answer.json()["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!("too-large")));
}

/// The content says what a file is, whatever it is called; and how its text is written.
#[tokio::test]
async fn names_and_encodings_do_not_matter() {
    let desk = Desk::new();
    let text = "Empresa;Població\nFusteria Güell;Vilanova i la Geltrú\n";
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let row = |number: usize, cells: [&str; 2]| {
        let cells = [text_cell(&format!("A{number}"), cells[0]), text_cell(&format!("B{number}"), cells[1])];
        format!("<row r=\"{number}\">{}</row>", cells.concat())
    };
    let rows = [row(1, ["Empresa", "Població"]), row(2, ["Fusteria Güell", "Vilanova i la Geltrú"])].concat();
    for (name, bytes, format, encoding) in [
        ("fulla.csv", xlsx(&rows, "", "", "<sst/>"), "xlsx", Value::Null),
        ("text.xlsx", text.as_bytes().to_vec(), "csv", json!("utf-8")),
        ("marca.csv", [b"\xEF\xBB\xBF", text.as_bytes()].concat(), "csv", json!("utf-8")),
        ("utf16.csv", utf16(text, true), "csv", json!("utf-16le")),
        ("antic.csv", latin, "csv", json!("windows-1252")),
    ] {
        let (import, plan) = desk.plan("company", name, &bytes).await;
        assert_eq!(import["format"], format, "{name}");
        let told =
            import.get("encoding").map_or(Value::Null, |told| json!(told.as_str().unwrap().to_lowercase()));
        assert_eq!(told, encoding, "{name}");
        let samples: Vec<&Value> =
            plan["columns"].as_array().unwrap().iter().map(|column| &column["samples"][0]).collect();
        assert_eq!(samples, ["Fusteria Güell", "Vilanova i la Geltrú"], "{name}");
    }
    // A few broken bytes in good UTF-8: the row says so.
    let good: String = (0..50).map(|row| format!("Fusteria Güell {row};Vilanova i la Geltrú\n")).collect();
    let broken = [b"Empresa;Poblaci\xC3\xB3\n", good.as_bytes(), b"Fusteria \xFFPuig;Olot\n"].concat();
    let (import, plan) = desk.plan("company", "trencat.csv", &broken).await;
    let done = desk.run(&desk.key, &import, &plan).await;
    assert_eq!((&done["imported"]["created"], &done["imported"]["bad"]), (&json!(50), &json!(1)));
}

/// Formulas show their last result; a merged cell has its value where it stands; days of the 1904 system are days.
#[tokio::test]
async fn odd_workbooks_are_read_as_people_see_them() {
    let desk = Desk::new();
    let header = format!(
        "<row r=\"1\">{}{}{}</row>",
        text_cell("A1", "Nom"),
        text_cell("B1", "Import"),
        text_cell("C1", "Data de tancament")
    );
    let rows = format!(
        "{header}<row r=\"2\">{}<c r=\"B2\"><f>SUM(1,2)*100</f><v>300</v></c><c r=\"C2\" s=\"1\"><v>44591</v></c></row>\
         <row r=\"3\"><c r=\"B3\"><v>12.5</v></c></row>",
        text_cell("A2", "Cuina")
    );
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>";
    let bytes = xlsx(&rows, merged, "<workbookPr date1904=\"1\"/>", "<sst/>");
    let (import, plan) = desk.plan("opportunity", "obra.xlsx", &bytes).await;
    let columns = plan["columns"].as_array().unwrap();
    assert_eq!(columns[0]["samples"], json!(["Cuina"]), "merged: once, where it stands");
    assert_eq!(columns[1]["samples"], json!(["300", "12.5"]), "a formula's last result");
    assert_eq!(columns[2]["samples"], json!(["2026-01-31"]), "days since 1904");
    let done = desk.run(&desk.key, &import, &plan).await;
    assert_eq!((&done["imported"]["created"], &done["imported"]["bad"]), (&json!(1), &json!(1)));
    let rows = desk.get("/opportunities").await;
    let deal = &rows["items"][0];
    assert_eq!(
        (&deal["name"], &deal["amount"], &deal["expected_close"]),
        (&json!("Cuina"), &json!("300.00"), &json!("2026-01-31"))
    );
}

/// A line end in a cell stays in it, a repeated header gets a number, and what could run as a formula is text in the file
/// of rows that stay out.
#[tokio::test]
async fn lines_headers_and_formulas_in_a_csv() {
    let desk = Desk::new();
    let text = "Empresa;Telèfon;Telèfon;Observacions;Correu\n\
        \"Fusteria\nPuig\";972202030;972202031;\"Una\nlínia\";info@puig.cat\n\
        =HYPERLINK(1);972202032;;\"@ruina\";arrova\n";
    let (import, plan) = desk.plan("company", "llista.csv", text.as_bytes()).await;
    let headers: Vec<&str> =
        plan["columns"].as_array().unwrap().iter().map(|column| column["header"].as_str().unwrap()).collect();
    assert_eq!(headers, ["Empresa", "Telèfon", "Telèfon (2)", "Observacions", "Correu"]);
    let done = desk.run(&desk.key, &import, &plan).await;
    assert_eq!(
        (&done["rows"], &done["imported"]["created"], &done["imported"]["bad"]),
        (&json!(2), &json!(1), &json!(1))
    );
    let path = format!("/imports/{}/failed-rows", import["id"].as_str().unwrap());
    let file = desk.kit.api(Method::GET, &path, &desk.key, &[], "").await.text();
    assert!(file.contains("\n'=HYPERLINK(1);") && file.contains(";'@ruina;"), "{file}");
    let problems = desk.get(&format!("/imports/{}/problems", import["id"].as_str().unwrap())).await;
    assert_eq!(problems["items"][0]["row"], 5, "the line on which the record begins");
}

/// Reading it anew from its last row leaves nothing to import.
#[tokio::test]
async fn what_is_read_anew_has_rows() {
    let desk = Desk::new();
    let (import, _) = desk.plan("company", "a.csv", "Empresa;Codi\nPuig;1\n".as_bytes()).await;
    let path = format!("/imports/{}/reading", import["id"].as_str().unwrap());
    let body = json!({ "version": import["version"], "header_row": 2 }).to_string();
    let answer = desk.kit.api(Method::POST, &path, &desk.key, &[], &body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    let error = answer.json()["errors"][0].clone();
    assert_eq!((&error["field"], &error["code"]), (&json!("header_row"), &json!("file-no-rows")));
}

/// A column without a name is called by its place in the reader's language, and has none in the file of rows that stay out.
#[tokio::test]
async fn a_column_without_a_name_is_called_by_its_place() {
    let desk = Desk::new();
    let (import, plan) = desk.plan("company", "a.csv", "Empresa;;Correu\nPuig;x;arrova\n".as_bytes()).await;
    let path = format!("/imports/{}", import["id"].as_str().unwrap());
    let page = desk.kit.get(&path, &[("cookie", desk.cookie.as_str())]).await;
    assert!(page.text().contains("Columna 2, sense nom"), "{}", page.text());
    desk.run(&desk.key, &import, &plan).await;
    let file = desk.kit.api(Method::GET, &format!("{path}/failed-rows"), &desk.key, &[], "").await.text();
    assert!(file.trim_start_matches('\u{feff}').starts_with("Empresa;;Correu;"), "{file}");
}

/// Days and numbers are read in the order that their column shows, told before anything goes in.
#[tokio::test]
async fn days_and_numbers_are_told_by_their_column() {
    let desk = Desk::new();
    for (days, numbers, order, form, day, amount) in [
        (
            ["31/12/2026", "01/02/2026"],
            ["1.234,5", "12"],
            json!("day_first"),
            json!("comma"),
            "2026-02-01",
            "1234.50",
        ),
        (
            ["12/31/2026", "02/01/2026"],
            ["1,234.5", "12"],
            json!("month_first"),
            json!("point"),
            "2026-02-01",
            "1234.50",
        ),
        (["2026-12-31", "2026-02-01"], ["1234.5", "12"], Value::Null, Value::Null, "2026-02-01", "1234.50"),
    ] {
        let text = format!(
            "Nom;Import;Data de tancament\nCuina;{};{}\nBany;{};{}\n",
            numbers[0].replace(';', ""),
            days[1],
            numbers[1],
            days[0]
        );
        let (import, plan) = desk.plan("opportunity", "ofertes.csv", text.as_bytes()).await;
        let column = |place: usize, key: &str| plan["columns"][place].get(key).cloned().unwrap_or_default();
        if order != Value::Null {
            assert_eq!((column(2, "dates"), column(1, "numbers")), (order, form), "{days:?}");
        }
        let done = desk.run(&desk.key, &import, &plan).await;
        assert_eq!(done["imported"]["created"], 2, "{days:?}");
        let rows =
            desk.get(&format!("/imports/{}/rows?outcome=created", import["id"].as_str().unwrap())).await;
        let deal = desk.get(&format!("/opportunities/{}", rows["items"][0]["id"].as_str().unwrap())).await;
        assert_eq!((&deal["expected_close"], &deal["amount"]), (&json!(day), &json!(amount)), "{days:?}");
    }
}

/// The same file by two people at once: both come to the end, and every key is there once.
#[tokio::test]
async fn two_people_import_the_same_file() {
    let desk = Desk::new();
    let other = desk.kit.key("manager");
    let lines: String = (0..450).map(|row| format!("Empresa {row};K{row}\n")).collect();
    let file = format!("Empresa;Codi\n{lines}");
    let mut imports = Vec::new();
    for key in [&desk.key, &other] {
        let answer = desk.send(key, "company", "empreses.csv", file.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        imports.push((key, answer.json()));
    }
    let plan = desk.get(&format!("/imports/{}/plan", imports[0].1["id"].as_str().unwrap())).await;
    // Both dry runs are over before either run begins: neither knew of the other.
    for (key, import) in &imports {
        desk.check(key, import, &plan).await;
    }
    for (key, import) in &imports {
        desk.start(key, import).await;
    }
    desk.kit.work_imports();
    let (mut created, mut duplicates) = (0, 0);
    for (_, import) in &imports {
        let done = desk.get(&format!("/imports/{}", import["id"].as_str().unwrap())).await;
        assert_eq!(done["state"], "done");
        created += done["imported"]["created"].as_u64().unwrap();
        duplicates += done["imported"]["duplicates"].as_u64().unwrap();
    }
    assert_eq!((created, duplicates), (450, 450));
    let (app, admin) = (&desk.kit.state.app, desk.kit.admin());
    let ids = services::records::ids(app, &admin, Kind::Company, &services::records::Query::default());
    assert_eq!(ids.unwrap().len(), 450);
}

/// Whoever comes from another program has colleagues there that Tracte does not know: one choice is for all of them.
#[tokio::test]
async fn all_unknown_owners_are_mended_at_once() {
    let desk = Desk::new();
    let file = "Empresa;Responsable\nPuig;Darcel\nPons;Vicki\nPou;Elease\n";
    let (import, mut plan) = desk.plan("company", "a.csv", file.as_bytes()).await;
    plan["columns"][1]["field"] = json!("owner");
    desk.check(&desk.key, &import, &plan).await;
    let path = format!("/imports/{}", import["id"].as_str().unwrap());
    let checked = desk.get(&path).await;
    assert_eq!(checked["checked"]["bad"], 3, "{checked}");
    let name = desk.kit.admin().caller().unwrap().user.name.clone();
    let version = &checked["version"];
    let body = format!(
        "version={version}&field-0=owner&value-0=Darcel&do-0=empty&to-0=\
         &field-1=owner&value-1=Vicki&do-1=&to-1=&field-2=owner&value-2=Elease&do-2=&to-2=&all-owner=to:{}",
        name.replace(' ', "+")
    );
    let headers = [
        ("cookie", desk.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let answer = desk.kit.ask(Method::POST, &format!("{path}/values"), &headers, body.as_bytes()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    desk.kit.work_imports();
    assert_eq!(desk.get(&path).await["checked"]["created"], 3);
    let mended = desk.get(&format!("{path}/plan")).await["mended"].clone();
    let said: Vec<&str> =
        mended.as_array().unwrap().iter().map(|value| value["mending"].as_str().unwrap()).collect();
    assert_eq!(said, ["empty", "replace", "replace"]);
}

/// Who has imported nothing yet is told which file goes first, and where a file is chosen, too.
#[tokio::test]
async fn the_order_of_several_files_is_said() {
    let desk = Desk::new();
    for path in ["/imports", "/imports/new"] {
        let page = desk.kit.get(path, &[("cookie", desk.cookie.as_str())]).await;
        assert!(page.text().contains("importeu primer les empreses"), "{path}");
    }
}
