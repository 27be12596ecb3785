//! The company's own pages: its form, logo and colour, days off, taxes, numbers, pipelines; and all of it as a file.

use crate::http_kit::{Answer, Kit};
use model::{Holiday, NumberSeries, Piece, Pipeline, Tax};
use poem::http::{Method, StatusCode};
use serde_json::{Value, json};
use services::config_file::{self, ChangeDeed};
use services::{Error, configuration, number_series, sections, settings};

/// The administrator's browser.
struct Browser {
    kit: Kit,
    cookie: String,
}

impl Browser {
    fn new() -> Browser {
        let kit = Kit::company();
        let cookie = format!("{}={}", server::SESSION, kit.session());
        Browser { kit, cookie }
    }

    async fn get(&self, path: &str) -> Answer {
        self.kit.get(path, &[("cookie", &self.cookie)]).await
    }

    async fn send(&self, path: &str, content_type: &str, body: &str) -> Answer {
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", content_type),
        ];
        self.kit.ask(Method::POST, path, &headers, body).await
    }

    async fn post(&self, path: &str, body: &str) -> Answer {
        self.send(path, "application/x-www-form-urlencoded", body).await
    }

    async fn upload(&self, path: &str, parts: &[(&str, &str)]) -> Answer {
        let mut body = String::new();
        for (name, content) in parts {
            body += &format!(
                "--between\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"f\"\r\n\r\n{content}\r\n"
            );
        }
        self.send(path, "multipart/form-data; boundary=between", &(body + "--between--\r\n")).await
    }

    fn version(&self) -> u64 {
        settings::get(&self.kit.state.app, &self.kit.admin()).unwrap().meta.version
    }
}

/// A form that says all that the page asks, with some fields otherwise.
fn company_form(version: u64, changed: &[(&str, &str)]) -> String {
    let mut fields = vec![
        ("company_name", "Exemple, SL"),
        ("country", "ES"),
        ("language", "ca"),
        ("currency", "EUR"),
        ("time_zone", "Europe/Madrid"),
        ("fiscal_year_start_month", "1"),
        ("brand_hue", "255"),
    ];
    for (name, value) in changed {
        fields.retain(|(field, _)| field != name);
        fields.push((name, value));
    }
    let pairs =
        fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+").replace('&', "%26")));
    format!("version={version}&{}", pairs.collect::<Vec<_>>().join("&"))
}

#[tokio::test]
async fn the_company_is_changed_and_all_problems_are_said_at_once() {
    let browser = Browser::new();
    let wrong = company_form(
        browser.version(),
        &[
            ("company_name", ""),
            ("tax_id", "B58818502"),
            ("email", "nobody"),
            ("phone", "12"),
            ("website", "no web"),
            ("monday", "14-9"),
            ("first_response_hours", "400"),
            ("brand_hue", "361"),
            ("time_zone", "Mars/Olympus"),
            ("town", "Sant Celoni"),
        ],
    );
    let answer = browser.post("/settings/company", &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    for field in [
        "company_name",
        "tax_id",
        "email",
        "phone",
        "website",
        "monday",
        "first_response_hours",
        "brand_hue",
        "time_zone",
    ] {
        assert!(page.contains(&format!("id=\"f-{field}-error\"")), "{field} has no problem");
    }
    assert!(
        page.contains("value=\"Sant Celoni\"") && page.contains("value=\"14-9\""),
        "typed values are lost"
    );

    let right = company_form(
        browser.version(),
        &[
            ("tax_id", "b-58818501"),
            ("phone", "938 67 00 00"),
            ("website", "exemple.cat"),
            ("monday", "9 a 14"),
            ("brand_hue", "30"),
        ],
    );
    let answer = browser.post("/settings/company", &right).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/settings/company?notice=saved")
    );
    let saved = settings::get(&browser.kit.state.app, &browser.kit.admin()).unwrap();
    assert_eq!((saved.tax_id.as_str(), saved.phone.as_str()), ("B58818501", "+34938670000"));
    assert_eq!((saved.website.as_str(), saved.brand_hue), ("https://exemple.cat", 30));
    assert_eq!(model::written_shifts(&saved.working_week.0[0]), "9:00-14:00");
    let page = browser.get("/settings/company").await.text();
    assert!(page.contains("href=\"/brand/30.css\""));
    let css = browser.kit.get("/brand/30.css", &[]).await;
    assert_eq!((css.status, css.header("content-type")), (StatusCode::OK, "text/css; charset=utf-8"));
    assert!(css.header("cache-control").contains("immutable"));
    for name in ["361.css", "x.css", "red"] {
        assert_eq!(
            browser.kit.get(&format!("/brand/{name}"), &[]).await.status,
            StatusCode::NOT_FOUND,
            "{name}"
        );
    }
}

#[tokio::test]
async fn who_is_overtaken_sees_both_values() {
    let browser = Browser::new();
    let version = browser.version();
    let first = company_form(version, &[("town", "Olot")]);
    assert_eq!(browser.post("/settings/company", &first).await.status, StatusCode::SEE_OTHER);
    let answer = browser.post("/settings/company", &company_form(version, &[("town", "Girona")])).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let page = answer.text();
    assert!(page.contains("Olot") && page.contains("Girona"), "both values");
    assert!(page.contains(&format!("value=\"{}\"", browser.version())), "the new version goes along");
}

#[tokio::test]
async fn another_currency_asks_while_there_are_amounts() {
    let browser = Browser::new();
    let (app, admin) = (&browser.kit.state.app, browser.kit.admin());
    let draft = services::LeadDraft {
        company: "Fusteria Puig".to_owned(),
        amount: "1.000".to_owned(),
        ..services::LeadDraft::default()
    };
    services::leads::create(app, &admin, &draft, None).unwrap();
    let form = company_form(browser.version(), &[("currency", "CHF")]);
    let answer = browser.post("/settings/company", &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("name=\"currency_confirmed\""));
    let answer = browser.post("/settings/company", &(form + "&currency_confirmed=true")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_logo_is_a_picture_and_nothing_else() {
    let browser = Browser::new();
    let version = browser.version().to_string();
    let upload = async |bytes: &str| {
        browser.upload("/settings/company/logo", &[("version", &version), ("logo", bytes)]).await
    };
    for wrong in
        ["<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "", &"x".repeat(600 * 1024)]
    {
        assert_eq!(upload(wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{:.20}", wrong);
    }
    // RIFF….WEBP is all ASCII, so that it can stand in a text.
    let picture = "RIFF0000WEBPVP8 and pixels";
    assert_eq!(upload(picture).await.status, StatusCode::SEE_OTHER);
    let page = browser.get("/").await.text();
    let href = page.split("src=\"/brand/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let served = browser.kit.get(&format!("/brand/{href}"), &[]).await;
    assert_eq!((served.header("content-type"), served.body.as_slice()), ("image/webp", picture.as_bytes()));
    assert_eq!(served.header("x-content-type-options"), "nosniff");
    // The same again is too late: somebody was faster.
    assert!(upload(picture).await.text().contains("role=\"alert\""));
    let gone = browser.post("/settings/company/logo/remove", &format!("version={}", browser.version())).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.kit.get(&format!("/brand/{href}"), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn holidays_of_a_year_are_added_once() {
    let browser = Browser::new();
    let (app, admin) = (&browser.kit.state.app, browser.kit.admin());
    for _ in 0..2 {
        let answer = browser.post("/settings/holidays/national", "calendar=catalonia&year=2026").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(configuration::list::<Holiday>(app, &admin).unwrap().len(), 12);
    }
    let answer = browser.post("/settings/holidays/national", "calendar=mars&year=26").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(page.contains("f-calendar-error") && page.contains("f-year-error"), "both problems");
    let answer = browser.post("/settings/holidays", "key=2026-12-25&label_ca=Nadal").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "it is there already");
    let page = browser.get("/settings/holidays").await.text();
    assert!(page.contains("Diada Nacional de Catalunya"));
    let answer = browser.post("/settings/holidays/2026-12-26/remove", "version=1").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(configuration::list::<Holiday>(app, &admin).unwrap().len(), 11);
}

#[tokio::test]
async fn taxes_are_edited_row_by_row_without_javascript() {
    let browser = Browser::new();
    let (app, admin) = (&browser.kit.state.app, browser.kit.admin());
    let row = |place: u32, from: &str, percent: &str| {
        format!("&rates.{place}.from={from}&rates.{place}.percent={percent}&rates.{place}.surcharge=")
    };
    let head = "version=0&label_ca=IGI&kind=igi";
    let one = row(0, "2013-01-01", "4,5");
    let page = browser.post("/settings/taxes/igi", &format!("{head}{one}&deed=add")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("name=\"rates.1.percent\""), "there is another row");
    assert_eq!(configuration::get::<Tax>(app, &admin, "igi").unwrap().meta.version, 0, "nothing was saved");
    let wrong = format!("{head}{one}{}{}&deed=save", row(1, "", "x"), row(2, "2013-01-01", "101"));
    let page = browser.post("/settings/taxes/igi", &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = page.text();
    for field in ["rates-1-from", "rates-1-percent", "rates-2-from", "rates-2-percent"] {
        assert!(page.contains(&format!("id=\"f-{field}-error\"")), "{field} has no problem");
    }
    let right = format!("{head}{one}{}&deed=save", row(1, "2027-01-01", "5,25"));
    assert_eq!(browser.post("/settings/taxes/igi", &right).await.status, StatusCode::SEE_OTHER);
    let igi = configuration::get::<Tax>(app, &admin, "igi").unwrap();
    let on = |day: &str| igi.piece.on(day.parse().unwrap()).unwrap().percent.to_string();
    assert_eq!((on("2026-12-31"), on("2027-01-01")), ("4.5".to_owned(), "5.25".to_owned()));
    let stale = browser.post("/settings/taxes/igi", &right).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let made = format!("label_ca=Taxa+verda&kind=vat{}&deed=save", row(0, "2026-01-01", "3"));
    assert_eq!(browser.post("/settings/taxes/new", &made).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.post("/settings/taxes/new", &made).await.status, StatusCode::SEE_OTHER);
    for key in ["taxa_verda", "taxa_verda_2"] {
        assert_eq!(browser.get(&format!("/settings/taxes/{key}")).await.status, StatusCode::OK, "{key}");
    }
}

#[tokio::test]
async fn a_series_shows_what_comes_next_and_never_goes_back() {
    let browser = Browser::new();
    let (app, admin) = (&browser.kit.state.app, browser.kit.admin());
    let form = |first: &str, pattern: &str, yearly: &str, version: u64, deed: &str| {
        format!("version={version}&label_ca=Ofertes&pattern={pattern}&first={first}{yearly}&deed={deed}")
    };
    let path = "/settings/number-series/quotes";
    let page = browser.post(path, &form("40", "O{YY}/{NNN}", "&yearly=true", 0, "preview")).await.text();
    assert!(["O26/040", "O26/041", "O26/042"].iter().all(|number| page.contains(number)), "{page}");
    let page = browser.post(path, &form("x", "O{NNN", "&yearly=true", 0, "save")).await.text();
    assert!(page.contains("f-first-error") && page.contains("f-pattern-error"));
    let saved = browser.post(path, &form("40", "O{YY}/{NNN}", "&yearly=true", 0, "save")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let day = |text: &str| text.parse().unwrap();
    let take = |text: &str| number_series::take(app, &admin, "quotes", day(text)).unwrap();
    assert_eq!(
        [take("2026-11-23"), take("2026-11-24"), take("2027-01-02")],
        ["O26/040", "O26/041", "O27/040"]
    );
    let page = browser.get(path).await.text();
    assert!(page.contains("O26/042") && page.contains("O27/040"), "next, and the last that was given");
    for (first, yearly) in [("1", "&yearly=true"), ("40", "")] {
        let answer = browser.post(path, &form(first, "O{YY}/{NNN}", yearly, 1, "save")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{first} {yearly}");
    }
    let gone = configuration::remove::<NumberSeries>(app, &admin, "quotes", 1);
    assert!(matches!(gone, Err(Error::Invalid(_))), "it would begin again at 1");
}

#[tokio::test]
async fn stages_move_with_buttons_and_keep_their_keys() {
    let browser = Browser::new();
    let (app, admin) = (&browser.kit.state.app, browser.kit.admin());
    let (_, sales) = Pipeline::ready().remove(0);
    let rows = |stages: &[model::Stage]| {
        let row = |(place, stage): (usize, &model::Stage)| {
            format!(
                "&stages.{place}.key={}&stages.{place}.label_ca={}&stages.{place}.kind={}&stages.{place}.probability={}",
                stage.key,
                stage.label.ca.replace(' ', "+"),
                stage.kind.as_str(),
                stage.probability
            )
        };
        stages.iter().enumerate().map(row).collect::<String>()
    };
    let head = "version=0&label_ca=Vendes";
    let page =
        browser.post("/settings/pipelines/sales", &format!("{head}{}&deed=up-1", rows(&sales.stages))).await;
    let page = page.text();
    assert!(page.contains("name=\"stages.0.key\" value=\"analysis\""), "the second stage is the first");
    let mut stages = sales.stages.clone();
    stages.swap(0, 1);
    let new = "&stages.7.key=&stages.7.label_ca=En+espera&stages.7.kind=open&stages.7.probability=20";
    let wrong = format!("{head}{}{new}0&stages.7.required=nothing&deed=save", rows(&stages));
    let page = browser.post("/settings/pipelines/sales", &wrong).await.text();
    assert!(page.contains("f-stages-7-probability-error") && page.contains("f-stages-7-required-error"));
    let right =
        format!("{head}{}{new}&stages.7.required=company&stages.7.required=amount&deed=save", rows(&stages));
    assert_eq!(browser.post("/settings/pipelines/sales", &right).await.status, StatusCode::SEE_OTHER);
    let saved = configuration::get::<Pipeline>(app, &admin, "sales").unwrap().piece;
    let keys: Vec<&str> = saved.stages.iter().map(|stage| stage.key.as_str()).collect();
    assert_eq!(keys, ["analysis", "new", "offer", "negotiation", "won", "lost", "cancelled", "en_espera"]);
    assert_eq!(saved.stages[7].required, ["company", "amount"]);
}

/// The sections of files and the API are all the kinds that a frame holds.
#[test]
fn every_kind_of_configuration_has_a_section() {
    let mut names = sections::NAMES.to_vec();
    let mut known = model::Frame::SECTIONS.to_vec();
    names.sort_unstable();
    known.sort_unstable();
    assert_eq!(names, known, "add the kind to `sections!` in services/src/sections.rs");
}

#[test]
fn what_is_exported_applies_to_another_company_and_then_nothing_differs() {
    let (one, other) = (Kit::company(), Kit::company());
    let admin = one.admin();
    let app = &one.state.app;
    services::holidays::add_year(app, &admin, "andorra", "2027").unwrap();
    let (_, mut sales) = Pipeline::ready().remove(0);
    sales.label.ca = "Projectes".to_owned();
    configuration::create(app, &admin, "projects", sales).unwrap();
    let text = config_file::export(app, &admin).unwrap();
    let same = config_file::review(app, &admin, &text).unwrap();
    assert_eq!((same.changes.as_slice(), same.problems.as_slice()), (&[][..], &[][..]));

    let (app, admin) = (&other.state.app, other.admin());
    let review = config_file::review(app, &admin, &text).unwrap();
    assert_eq!(review.problems, []);
    assert_eq!(review.changes.iter().filter(|change| change.deed == ChangeDeed::Added).count(), 15);
    let head = app.head();
    config_file::apply(app, &admin, &text, &review.against).unwrap();
    let journal = app.head() - head;
    assert_eq!(journal, 15, "one change a piece, in one commit");
    assert_eq!(config_file::export(app, &admin).unwrap(), text);
    let stale = config_file::apply(app, &admin, &text, &review.against);
    assert!(matches!(stale, Err(Error::Invalid(_))), "compared with what is not any more");
    // Without the piece, the section takes it away.
    let without = text.replace("[pipelines.projects", "[removed.projects");
    let review = config_file::review(app, &admin, &without).unwrap();
    assert!(
        review.changes.iter().any(|change| change.key == "projects" && change.deed == ChangeDeed::Removed)
    );
    assert!(review.problems.iter().any(|found| found.place == "removed"), "an unknown section is said");
}

#[test]
fn a_file_with_ten_faults_shows_ten_faults() {
    let kit = Kit::company();
    let faults = r#"
[company]
tax_id = "B58818502"
colour = 3

[pipelines.Sales]
label = { ca = "Vendes" }

[taxes.vat_standard]
label = { ca = "IVA" }
kind = "sales"
rates = []

[taxes.igi]
label = { ca = "IGI" }
kind = "igi"
rates = [{ from = "2013-01-01", percent = "101" }, { from = "2013-01-01", percent = "4" }]

[number_series.quotes]
label = { ca = "" }
pattern = "{NN"
yearly = true
first = 1
last = 9

[holidays.25-12-2026]
label = { ca = "Nadal" }

[stages]
"#;
    let review = config_file::review(&kit.state.app, &kit.admin(), faults).unwrap();
    let found: Vec<String> = review
        .problems
        .iter()
        .map(|found| {
            let line = found.line.map_or("-".to_owned(), |line| line.to_string());
            format!("{line} {} {} {}", found.place, found.problem.field, found.problem.code)
        })
        .collect();
    let expected = [
        "3 company tax_id tax-id-checksum",
        "4 company colour field-unknown",
        "6 pipelines.Sales key key-form",
        "11 taxes.vat_standard  syntax",
        "17 taxes.igi rates.0.percent percent-range",
        "17 taxes.igi rates.1.from taken",
        "20 number_series.quotes label_ca required",
        "21 number_series.quotes pattern pattern-form",
        "24 number_series.quotes last field-unknown",
        "26 holidays.25-12-2026 key date-form",
        "29 stages  section-unknown",
    ];
    assert_eq!(found, expected, "{found:#?}");
    let broken =
        config_file::review(&kit.state.app, &kit.admin(), "[taxes\nx = \n[holidays]\ny == 1\n").unwrap();
    assert!(broken.problems.len() >= 2, "syntax errors are said together: {:?}", broken.problems);
}

#[test]
fn the_ready_configurations_apply_to_a_new_company() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/samples/config");
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert_eq!(names.len(), 4, "{names:?}");
    for file in names {
        let kit = Kit::company();
        let (app, admin) = (&kit.state.app, kit.admin());
        let text = std::fs::read_to_string(&file).unwrap();
        let review = config_file::review(app, &admin, &text).unwrap();
        assert_eq!(review.problems, [], "{}", file.display());
        assert!(review.changes.len() >= 8, "{} does little", file.display());
        config_file::apply(app, &admin, &text, &review.against).unwrap();
        let again = config_file::review(app, &admin, &text).unwrap();
        assert_eq!(again.changes, [], "{}", file.display());
        for pipeline in configuration::list::<Pipeline>(app, &admin).unwrap() {
            for language in model::Language::ALL {
                assert!(
                    !pipeline.piece.label.own(language).is_empty(),
                    "{}: {}",
                    file.display(),
                    pipeline.key
                );
            }
        }
    }
}

#[tokio::test]
async fn a_file_is_looked_at_before_it_is_applied() {
    let browser = Browser::new();
    let text = "[taxes.igi]\nlabel = { ca = \"IGI d’Andorra\" }\nkind = \"igi\"\nrates = [{ from = \"2013-01-01\", percent = \"4.5\" }]\norder = 4\n";
    let page = browser.upload("/settings/file", &[("file", text)]).await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.text();
    assert!(
        page.contains("taxes.igi") && page.contains("IGI d’Andorra") && page.contains("/settings/file/apply")
    );
    let against = page.split("name=\"against\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let answer = browser.post("/settings/file/apply", &format!("text={encoded}&against={against}")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let answer = browser.post("/settings/file/apply", &format!("text={encoded}&against={against}")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "the company is another by now");
    let export = browser.get("/settings/file/export").await;
    assert!(export.header("content-disposition").contains("tracte.toml"));
    assert!(export.text().contains("IGI d’Andorra"));
    let wrong = browser.upload("/settings/file", &[("file", "[nothing]\n")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn other_systems_read_and_change_the_configuration() {
    let kit = Kit::company();
    let (admin, rep) = (kit.key("administrator"), kit.key("rep"));
    let call = async |method: Method, path: &str, headers: &[(&str, &str)], body: &str| {
        kit.api(method, &format!("/configuration{path}"), &admin, headers, body).await
    };
    let names = call(Method::GET, "", &[], "").await.json();
    assert!(names["items"].as_array().unwrap().contains(&json!("taxes")));
    let list = call(Method::GET, "/taxes", &[], "").await.json();
    assert_eq!(list["items"][0]["key"], "vat_standard");
    let read = call(Method::GET, "/taxes/igi", &[], "").await;
    assert_eq!((read.header("etag"), read.json()["value"]["kind"].clone()), ("\"0\"", json!("igi")));
    let mut value = read.json()["value"].clone();
    value["label"]["ca"] = json!("IGI d’Andorra");
    let body = json!({ "value": value }).to_string();
    let put = call(Method::PUT, "/taxes/igi", &[("if-match", "\"0\"")], &body).await;
    assert_eq!((put.status, put.header("etag")), (StatusCode::OK, "\"1\""));
    let stale =
        call(Method::PUT, "/taxes/igi", &[("if-match", "\"0\"")], &body.replace("Andorra", "Escaldes")).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let stale = call(Method::PUT, "/taxes/igi", &[], &json!({ "value": {}, "version": 0 }).to_string()).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = call(Method::PUT, "/taxes/green", &[], &body).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let unknown: Value = json!({ "value": { "label": { "ca": "x" }, "colour": 1 } });
    let problem = call(Method::PUT, "/taxes/blue", &[], &unknown.to_string()).await;
    assert_eq!(problem.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(problem.json()["errors"].as_array().unwrap().iter().any(|error| error["field"] == "colour"));
    let gone = call(Method::DELETE, "/taxes/green", &[("if-match", "*")], "").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(call(Method::GET, "/taxes/green", &[], "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(call(Method::GET, "/nothing", &[], "").await.status, StatusCode::NOT_FOUND);
    let denied = kit.api(Method::GET, "/configuration/taxes", &rep, &[], "").await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
}
