//! A price in another currency is no price of this quote, and that is said.

use super::*;
use model::{Currency, Label, PriceBook};
use services::prices::{self, PriceDraft};

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
