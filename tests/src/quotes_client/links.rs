//! Links to quotes: secret, sparing with what they tell, and plain about what came to its end.

use super::*;

/// Nothing on it is of the quote or says whether there ever was one.
#[track_caller]
fn opens_nothing(page: &Answer, title: &str) {
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    says(page, &[title]);
    assert!(!page.text().contains("Casa Soler") && !page.text().contains("P2026"), "{}", page.text());
}

#[tokio::test]
async fn a_wrong_link_and_one_that_was_withdrawn_are_the_same() {
    let house = House::new();
    let token = &house.sent.token;
    let last = if token.ends_with('0') { '1' } else { '0' };
    let tampered = format!("{}{last}", &token[..token.len() - 1]);
    let other_id = format!("{}{}", Uuid::nil().simple(), &token[32..]);
    let wrong = [
        tampered,
        other_id,
        token[..32].to_owned(),
        token[..71].to_owned(),
        format!("{token}0"),
        "x".to_owned(),
        "%C3%A7".repeat(40),
        token.to_uppercase(),
    ];
    let mut pages = Vec::new();
    for wrong in &wrong {
        let path = format!("/q/{wrong}");
        pages.push(house.kit.get(&path, &[("accept-language", "es")]).await);
        for deed in ["accept", "reject", "ask"] {
            let answer =
                house.kit.ask(Method::POST, &format!("{path}/{deed}"), &[FROM_HERE, FORM], "name=a").await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}/{deed}");
        }
        for part in ["pdf", "sums"] {
            opens_nothing(&house.kit.get(&format!("{path}/{part}"), &[]).await, "Aquest enllaç no obre res");
        }
    }
    let (app, admin) = (&house.kit.state.app, house.kit.admin());
    let quote = house.quote();
    quotes::close_link(app, &admin, quote.meta.id, quote.meta.version, false).unwrap();
    pages.push(house.kit.get(&format!("/q/{token}"), &[("accept-language", "es")]).await);
    for page in &pages {
        opens_nothing(page, "Este enlace no abre nada");
        assert_eq!(page.text(), pages[0].text());
    }
    // Another link opens it, the first one does not.
    let quote = house.quote();
    let quote = quotes::close_link(app, &admin, quote.meta.id, quote.meta.version, true).unwrap();
    let another = house.kit.get(&format!("/q/{}", token_of(app, &admin, &quote)), &[]).await;
    assert_eq!(another.status, StatusCode::OK);
    assert_eq!(house.page("").await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.post("accept", &house.yes()).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn addresses_are_told_to_nobody() {
    let house = House::new();
    for rest in ["", "/sums", "/pdf", "0", "/nothing"] {
        let page = house.page(rest).await;
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{rest}");
        assert_eq!(page.header("x-robots-tag"), "noindex, nofollow", "{rest}");
        assert_eq!(page.header("cache-control"), "no-store", "{rest}");
        assert!(page.header("content-security-policy").contains("default-src 'none'"));
    }
    let elsewhere = house.kit.get("/sign-in", &[]).await;
    assert_eq!((elsewhere.header("referrer-policy"), elsewhere.header("x-robots-tag")), ("same-origin", ""));
    let text = house.page("").await.text();
    for address in text.split(&['"', '\''][..]).filter(|part| part.contains("//")) {
        assert!(!address.starts_with("http") && !address.starts_with("//"), "{address}");
    }
}

#[tokio::test]
async fn only_pages_of_ours_send_answers() {
    let house = House::new();
    let path = format!("/q/{}/ask", house.sent.token);
    let body = "asker=Marta&question=Quan";
    for header in [("sec-fetch-site", "cross-site"), ("origin", "https://example.com")] {
        let answer = house.kit.ask(Method::POST, &path, &[header, FORM], body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{header:?}");
    }
    assert_eq!(house.kit.ask(Method::POST, &path, &[FORM], body).await.status, StatusCode::FORBIDDEN);
    // Without https a browser says no more than this of a page that hides its address; elsewhere that is not enough.
    let hidden = [("origin", "null"), FORM];
    assert_eq!(house.kit.ask(Method::POST, &path, &hidden, body).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.kit.ask(Method::POST, "/sign-in", &hidden, "").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn who_sends_too_much_waits_and_loses_nothing() {
    let house = House::new();
    let mut stopped = 0;
    for number in 0..40 {
        let answer = house.post("ask", &format!("asker=Marta&question=Pregunta+{number}")).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            says(&answer, &["massa vegades", "Pregunta"]);
            stopped += 1;
        }
    }
    assert_eq!(stopped, 20);
    assert_eq!(house.post("accept", &house.yes()).await.status, StatusCode::TOO_MANY_REQUESTS);
    house.kit.advance(601);
    assert_eq!(house.post("accept", &house.yes()).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_paper_is_the_one_that_was_sent() {
    let house = House::new();
    let pdf = house.page("/pdf").await;
    assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert!(pdf.header("content-disposition").contains(".pdf"));
    assert!(pdf.body.starts_with(b"%PDF"));
    assert_eq!(house.page("/pdf").await.body, pdf.body);
}

#[tokio::test]
async fn a_quote_whose_days_are_over_says_so() {
    let house = House::new();
    house.page("").await;
    house.kit.advance(31 * 86_400);
    // Before and after time did its work.
    for _ in 0..2 {
        let page = house.page("").await;
        says(&page, &["era vàlid fins al 23 de desembre del 2026", "Moble de cuina"]);
        assert!(page.text().contains("/pdf") && !page.text().contains("<form"), "{}", page.text());
        let late = house.post("accept", &house.yes()).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        quotes::round(&house.kit.state.app, &house.kit.ctx()).unwrap();
    }
    assert_eq!(house.quote().status(), quote_status::EXPIRED);
}

#[tokio::test]
async fn a_version_that_was_replaced_or_taken_back_says_so() {
    let house = House::new();
    let (app, admin) = (&house.kit.state.app, house.kit.admin());
    house.kit.advance(86_400);
    let second = quotes::new_version(app, &house.kit.admin(), house.sent.quote.meta.id).unwrap();
    let second = send_it(app, &house.kit.admin(), second.meta.id, "");
    let token = token_of(app, &admin, &second);
    let old = house.page("").await;
    says(&old, &["/pdf", "Aquesta versió ja no val", "24 de novembre del 2026"]);
    assert!(
        !old.text().contains("<form")
            && !old.text().contains("Moble de cuina")
            && !old.text().contains(&token)
    );
    assert_eq!(house.page("/pdf").await.status, StatusCode::OK);
    assert_eq!(house.post("accept", &house.yes()).await.status, StatusCode::CONFLICT);
    assert_eq!(house.post("ask", "asker=Marta&question=Quan").await.status, StatusCode::NOT_FOUND);
    let page = house.kit.get(&format!("/q/{token}"), &[]).await;
    says(&page, &[" v2", "Versió", "2"]);
    let version = content(app, &admin, second.meta.id).meta.version;
    quotes::void(app, &house.kit.admin(), second.meta.id, version).unwrap();
    let page = house.kit.get(&format!("/q/{token}"), &[]).await;
    says(&page, &["va retirar aquest pressupost el 24 de novembre del 2026"]);
    assert!(!page.text().contains("<form"), "{}", page.text());
}
