//! What a quote has before anybody wrote a line.

use super::*;
use crate::http_kit::Kit;

#[test]
fn a_quote_begins_with_what_its_opportunity_is_about() {
    let shop = Shop::new();
    let (admin, app) = (shop.admin(), &shop.test.app);
    let product = |code: &str, price: &str| {
        let fields = [
            ("name_ca", code),
            ("code", code),
            ("kind", "product"),
            ("billing", "once"),
            ("unit_price", price),
        ];
        shop.make(&admin, Kind::Product, &fields);
    };
    product("PORTA", "120.5");
    let deal = shop.make(
        &admin,
        Kind::Opportunity,
        &[("name", "Portes"), ("products.0.product", "PORTA"), ("products.0.quantity", "3")],
    );
    let about = deal.to_string();
    let quote = shop.quote(&admin, &[("opportunity", &about)]);
    assert_eq!(quote.subject.as_deref(), Some("Portes"));
    let nothing = records::create(app, &admin, Kind::Quote, &draft(&[]), None);
    assert_eq!(codes(nothing.err().unwrap()), [said("subject", "required")]);
    let lines = quotes::wanted(app, &admin, &quote).unwrap();
    assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["PORTA"]);
    let saved = shop.put(&admin, quote.meta.id, &lines).unwrap();
    assert_eq!(saved.amount.unwrap().minor_units, 36_150);
    // What has no price yet is left to whoever writes it.
    product("A MIDA", "");
    let version = records::get(app, &admin, Kind::Opportunity, deal).unwrap().about().version;
    let changed = draft(&[("products.0.product", "A MIDA")]);
    records::update(app, &admin, Kind::Opportunity, deal, version, &changed).unwrap();
    let lines = quotes::wanted(app, &admin, &quote).unwrap();
    assert_eq!((lines.len(), lines[0].unit_price.as_str()), (1, ""));
    let alone = shop.quote(&admin, &[("subject", "Sense")]);
    assert_eq!(quotes::wanted(app, &admin, &alone).unwrap(), []);
}

#[tokio::test]
async fn a_quote_without_lines_misses_no_cost() {
    let kit = Kit::company();
    let id =
        records::create(&kit.state.app, &kit.admin(), Kind::Quote, &draft(&[("subject", "Porta")]), None);
    let path = format!("/quotes/{}/lines", id.unwrap().about().id);
    let cookie = format!("tracte_session={}", kit.session());
    let page = kit.get(&path, &[("cookie", cookie.as_str())]).await.text();
    assert!(page.contains("Totals") && !page.contains("falta el cost"), "{page}");
}
