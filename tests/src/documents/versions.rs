//! New versions that are refused: what is said, and what was typed stays.

use super::{PDF, add, draft, file, kept, made, test};
use crate::http_kit::Kit;
use crate::test_app::problems;
use model::Kind;
use poem::http::{Method, StatusCode};
use services::documents::{self, Upload};
use services::records;

/// A form of a new version.
fn form(fields: &[(&str, &str)], file: &Upload) -> String {
    let mut body = String::new();
    for (name, text) in fields {
        body += &format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    }
    let (name, text) = (&file.name, String::from_utf8_lossy(&file.bytes));
    body += &format!(
        "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{text}\r\n"
    );
    body + "--b--\r\n"
}

/// How a page sends it.
const FORM: [(&str, &str); 2] =
    [("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=b")];

#[test]
fn the_newest_file_once_more_is_no_version() {
    let (folder, mut test) = test();
    let admin = test.admin();
    let company = made(&test, &admin, Kind::Company, &[("name", "Fusteria Puig")]).to_string();
    let id = add(&test, &admin, &[("company", &company)], file("c.pdf", PDF)).unwrap().meta.id;
    let renew = |version, name: &str, bytes: &[u8], note: &str| {
        documents::add_version(&test.app, &admin, id, version, &file(name, bytes), note)
    };
    // By another name, too; with all else that is wrong.
    assert_eq!(problems(renew(1, "contracte.pdf", PDF, "")), ["file document-same"]);
    let long = "a".repeat(2_000);
    assert_eq!(problems(renew(1, "c.pdf", PDF, &long)), ["note too-long", "file document-same"]);
    assert_eq!(documents::versions(&test.app, &admin, id).unwrap().len(), 1);
    assert_eq!(kept(&folder, PDF), 1);
    // An older one comes back as a version of its own.
    renew(1, "c2.txt", b"dos", "").unwrap();
    assert_eq!(problems(renew(2, "c.txt", b"dos", "")), ["file document-same"]);
    assert_eq!(renew(2, "c.pdf", PDF, "").unwrap().version_number(), 3);
    test.settle();
    test.verify();
}

#[tokio::test]
async fn the_page_and_the_api_say_which_version_it_is() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let company = records::create(app, &admin, Kind::Company, &draft(&[("name", "Puig")]), None);
    let fields = draft(&[("company", &company.unwrap().about().id.to_string())]);
    let document = documents::add(app, &admin, &fields, &[file("a.pdf", PDF)], None).unwrap().remove(0);
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let headers = [FORM.as_slice(), &[("cookie", cookie.as_str())]].concat();
    let body = form(&[("version", "1"), ("note", "Preus del 2027")], &file("a.pdf", PDF));
    let path = format!("/documents/{}/versions", document.meta.id);
    let page = kit.ask(Method::POST, &path, &headers, &body).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = page.text();
    assert!(
        text.contains("És el mateix fitxer que la versió 1") && text.contains("value=\"Preus del 2027\""),
        "{text}"
    );

    let bearer = format!("Bearer {}", kit.key("administrator"));
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/octet-stream")];
    let path = format!("/api/v1{path}?version=1&file_name=a.pdf");
    let answer = kit.ask(Method::POST, &path, &headers, PDF).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("document-same"), "{}", answer.text());
}

#[tokio::test]
async fn a_form_that_is_stale_keeps_its_note_and_works_the_second_time() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let company = records::create(app, &admin, Kind::Company, &draft(&[("name", "Puig")]), None);
    let fields = draft(&[("company", &company.unwrap().about().id.to_string())]);
    let document = documents::add(app, &admin, &fields, &[file("a.pdf", PDF)], None).unwrap().remove(0);
    let id = document.meta.id;
    documents::add_version(app, &admin, id, 1, &file("b.txt", b"d'un altre"), "").unwrap();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let headers = [FORM.as_slice(), &[("cookie", cookie.as_str())]].concat();
    let path = format!("/documents/{id}/versions");
    let send = async |version: &str| {
        let body = form(&[("version", version), ("note", "Preus del 2027")], &file("c.txt", b"nova"));
        kit.ask(Method::POST, &path, &headers, &body).await
    };
    let stale = send("1").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let text = stale.text();
    for part in
        ["value=\"Preus del 2027\"", "name=\"version\" value=\"2\"", "torneu a triar el fitxer", "b.txt"]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert_eq!(send("2").await.status, StatusCode::SEE_OTHER);
    let newest = documents::get(&kit.state.app, &kit.admin(), id).unwrap();
    assert_eq!((newest.version_number(), newest.change_note.as_deref()), (3, Some("Preus del 2027")));
}
