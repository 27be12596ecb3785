//! The price book of a quote: which can be chosen, and where it has no price. A price in another currency is no price of
//! this quote, and that is said.

use super::*;
use crate::http_kit::Kit;
use model::{Currency, Label, PriceBook, RoleKey};
use poem::http::Method;
use services::App;
use services::prices::{self, OwnPrice, PriceDraft};
use services::quotes::PriceNote;

fn of(code: &str) -> LineDraft {
    LineDraft { product: code.to_owned(), ..LineDraft::default() }
}

#[test]
fn a_price_book_in_another_currency_is_said_and_not_passed_over() {
    let shop = Shop::new();
    let (admin, app) = (shop.admin(), &shop.test.app);
    let label = Label::new("Exportació", "", "");
    let book = PriceBook { label, currency: Currency::Usd, ..PriceBook::default() };
    configuration::create(app, &admin, "export", book).unwrap();
    let product = |code: &str| {
        let fields = [
            ("name_ca", code),
            ("code", code),
            ("unit_price", "100"),
            ("cost", "60"),
            ("tax", "vat_standard"),
        ];
        shop.make(&admin, Kind::Product, &fields)
    };
    let (door, _) = (product("PORTA"), product("MARC"));
    let price = PriceDraft {
        product: door,
        from_quantity: Decimal::ZERO,
        unit_price: Decimal::from(130),
        from: None,
        until: None,
    };
    prices::create(app, &admin, "export", &price).unwrap();
    let company = shop.make(&admin, Kind::Company, &[("name", "Doors Inc"), ("price_book", "export")]);
    let id = shop.quote(&admin, &[("subject", "Portes"), ("company", &company.to_string())]).meta.id;
    let simulation = quotes::simulate(app, &admin, Kind::Company, company).unwrap().meta.id;
    for quote in [id, simulation] {
        let refused = shop.put(&admin, quote, &[of("PORTA")]).unwrap_err();
        let Error::Invalid(errors) = refused else { panic!("{refused}") };
        let problem = &errors.0[0];
        assert_eq!((problem.field.as_str(), problem.code.as_str()), ("lines.0.unit_price", "quote-currency"));
        assert_eq!((problem.detail.as_str(), errors.0.len()), ("USD → EUR", 1));
        // What the book has no price of costs what the product says; what is typed counts.
        let typed = LineDraft { unit_price: "118".to_owned(), ..of("PORTA") };
        let saved = shop.put(&admin, quote, &[of("MARC"), typed]).unwrap();
        assert_eq!(saved.amount.unwrap().minor_units, 21_800);
    }
}

/// Two products of 100 €, four books, and a client that has the first of them; the first product has a price in both that
/// can be chosen.
fn with_books(app: &App, admin: &Ctx) -> Uuid {
    let make = |kind, fields: &[(&str, &str)]| {
        records::create(app, admin, kind, &draft(fields), None).unwrap().about().id
    };
    let book = |key: &str, name: &str, currency, until: Option<&str>| {
        let until = until.map(|day| day.parse().unwrap());
        let piece = PriceBook { label: Label::new(name, "", ""), currency, until, ..PriceBook::default() };
        configuration::create(app, admin, key, piece).unwrap();
    };
    book("wholesale", "Majoristes", Currency::Eur, None);
    book("shops", "Botigues", Currency::Eur, None);
    book("export", "Ultramar", Currency::Usd, None);
    book("former", "Any passat", Currency::Eur, Some("2025-12-31"));
    let product = |code: &str| {
        make(
            Kind::Product,
            &[("name_ca", code), ("code", code), ("unit_price", "100"), ("tax", "vat_standard")],
        )
    };
    let (door, _) = (product("PORTA"), product("MARC"));
    for (book, price) in [("wholesale", 80), ("shops", 90)] {
        let price = PriceDraft {
            product: door,
            from_quantity: Decimal::ZERO,
            unit_price: Decimal::from(price),
            from: None,
            until: None,
        };
        prices::create(app, admin, book, &price).unwrap();
    }
    make(Kind::Company, &[("name", "Portes Puig"), ("price_book", "wholesale")])
}

#[test]
fn a_quote_keeps_the_price_book_that_was_chosen() {
    let shop = Shop::new();
    let (admin, app) = (shop.admin(), &shop.test.app);
    let client = with_books(app, &admin).to_string();
    let id = shop.quote(&admin, &[("subject", "Portes"), ("company", &client)]).meta.id;
    assert_eq!(shop.get(id).price_book.as_deref(), Some("wholesale"), "the client's is proposed");
    let cents = |id: Uuid| {
        let saved = shop.put(&admin, id, &[of("PORTA"), of("MARC")]).unwrap();
        saved.amount.unwrap().minor_units
    };
    assert_eq!(cents(id), 18_000);
    let notes = || {
        let content = quotes::content(app, &admin, id).unwrap();
        quotes::price_notes(app, &admin, &content.quote, &content.lines).unwrap()
    };
    let note = |why| Some(PriceNote { book: "wholesale".to_owned(), why });
    assert_eq!(notes(), [None, note(OwnPrice::NotInBook)]);
    let change = |field: &str, text: &str| {
        let version = shop.get(id).meta.version;
        records::update(app, &admin, Kind::Quote, id, version, &draft(&[(field, text)]))
    };
    let mut offered = quotes::books(app, &admin, Currency::Eur).unwrap();
    offered.sort_unstable();
    assert_eq!(offered, ["shops", "wholesale"]);
    for (book, code) in [("export", "quote-book-currency"), ("former", "quote-book-day"), ("none", "choice")]
    {
        assert_eq!(codes(change("price_book", book).err().unwrap()), [said("price_book", code)]);
    }
    change("price_book", "shops").unwrap();
    assert_eq!(cents(id), 19_000);
    // What was chosen stays with another client; what was the client's own does not.
    let other = shop.client().to_string();
    change("company", &other).unwrap();
    assert_eq!(shop.get(id).price_book.as_deref(), Some("shops"));
    change("company", &client).unwrap();
    change("price_book", "wholesale").unwrap();
    change("company", &other).unwrap();
    assert_eq!(shop.get(id).price_book, None);
    assert_eq!(cents(id), 20_000);
    assert_eq!(notes(), [None, None]);
}

#[test]
fn a_line_says_why_its_book_has_no_price() {
    let shop = Shop::new();
    let (admin, app) = (shop.admin(), &shop.test.app);
    let client = with_books(app, &admin);
    for (book, why) in [("export", OwnPrice::OtherCurrency), ("wholesale", OwnPrice::NotInBook)] {
        let version = records::get(app, &admin, Kind::Company, client).unwrap().about().version;
        let chosen = draft(&[("price_book", book)]);
        records::update(app, &admin, Kind::Company, client, version, &chosen).unwrap();
        let id = shop.quote(&admin, &[("subject", "Marcs"), ("company", &client.to_string())]).meta.id;
        shop.put(&admin, id, &[of("MARC"), line("Muntatge", "1", "100")]).unwrap();
        let content = quotes::content(app, &admin, id).unwrap();
        let notes = quotes::price_notes(app, &admin, &content.quote, &content.lines).unwrap();
        assert_eq!(notes, [Some(PriceNote { book: book.to_owned(), why }), None]);
    }
}

#[tokio::test]
async fn the_page_and_the_api_offer_books_and_say_where_they_have_no_price() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let client = with_books(app, &admin);
    let cookie = format!("tracte_session={}", kit.session());
    let key = kit.key(RoleKey::ADMINISTRATOR);
    let form = kit.get(&format!("/quotes/new?company={client}"), &[("cookie", &cookie)]).await.text();
    assert!(form.contains("Majoristes") && form.contains("Botigues"), "{form}");
    assert!(!form.contains("Ultramar") && !form.contains("Any passat"), "{form}");
    let body = format!(r#"{{"subject": "Portes", "company": "{client}", "price_book": "shops"}}"#);
    let made = kit.api(Method::POST, "/quotes", &key, &[], &body).await.json();
    assert_eq!(made["price_book"], "shops");
    let path = format!("/quotes/{}", made["id"].as_str().unwrap());
    let lines = r#"{"version": 1, "lines": [{"product": "PORTA"}, {"product": "MARC"}]}"#;
    kit.api(Method::PUT, &format!("{path}/lines"), &key, &[], lines).await;
    let content = kit.api(Method::GET, &format!("{path}/content"), &key, &[], "").await.json();
    assert_eq!(content["lines"][0]["unit_price"], "90");
    assert!(content["lines"][0]["price_note"].is_null());
    assert_eq!(content["lines"][1]["price_note"], "not_in_book");
    let editor = kit.get(&format!("{path}/lines"), &[("cookie", &cookie)]).await.text();
    let note = "MARC<br><span class=\"muted\">La tarifa «Botigues» no té preu d’aquest producte";
    assert!(editor.contains(note), "{editor}");
}

#[tokio::test]
async fn prices_follow_another_price_book_and_typed_ones_stay() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let client = with_books(app, &admin).to_string();
    let fields = draft(&[("subject", "Portes"), ("company", &client)]);
    let id = records::create(app, &admin, Kind::Quote, &fields, None).unwrap().about().id;
    let typed = LineDraft { unit_price: "75".to_owned(), ..of("PORTA") };
    let lines = [of("PORTA"), of("MARC"), typed, line("Muntatge", "1", "80")];
    quotes::save_lines(app, &admin, id, 1, &lines).unwrap();
    let path = format!("/quotes/{id}");
    let stored = || {
        let content = quotes::content(app, &admin, id).unwrap();
        let prices: Vec<String> =
            content.lines.iter().map(|line| line.unit_price.normalize().to_string()).collect();
        (content.quote, prices)
    };
    let (before, prices) = stored();
    assert_eq!(prices, ["80", "100", "75", "80"]);

    let cookie = format!("tracte_session={}", kit.session());
    let headers = [
        ("cookie", cookie.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
    ];
    let form = format!("version={}&subject=Portes&price_book=shops", before.meta.version);
    let saved = kit.ask(Method::POST, &path, &headers, &form).await;
    assert_eq!(saved.status, poem::http::StatusCode::SEE_OTHER, "{}", saved.text());
    assert_eq!(saved.header("location"), format!("{path}?notice=quote-prices-1-1"));
    let (after, prices) = stored();
    assert_eq!(prices, ["90", "100", "75", "80"]);
    assert_eq!(after.amount.unwrap().minor_units, 34_500, "the sums are those of the new prices");
    assert_ne!(after.state.line_changes, before.state.line_changes);
    let page = kit.get(&format!("{path}?notice=quote-prices-1-1"), &[("cookie", &cookie)]).await.text();
    assert!(page.contains("preu de la tarifa nova: 1.") && page.contains("mantenen un altre preu"), "{page}");

    let key = kit.key(RoleKey::ADMINISTRATOR);
    let body = format!(r#"{{"version": {}, "price_book": "wholesale"}}"#, after.meta.version);
    let changed = kit.api(Method::PATCH, &path, &key, &[], &body).await;
    assert_eq!(changed.json()["price_book"], "wholesale", "{}", changed.text());
    assert_eq!(stored().1, ["80", "100", "75", "80"]);
    let version = stored().0.meta.version;
    let subject = draft(&[("subject", "Portes i marcs")]);
    records::update(app, &admin, Kind::Quote, id, version, &subject).unwrap();
    assert_eq!(stored().1, ["80", "100", "75", "80"], "nothing follows while the book stays");
}
