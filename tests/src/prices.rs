//! Price books: what a product costs whom, how prices are set and changed, how lists come in and go out; and bundles.

mod files;
mod pages;

use crate::test_app::{TestApp, problems};
use model::jiff::civil::{Date, date};
use model::uuid::Uuid;
use model::{Company, Currency, Decimal, Kind, Label, Level, PriceBook, Product, RoleKey};
use services::prices::{self, MassChange, PriceDraft, Question, Rounding, Standing, WhyNot};
use services::records::{self, Draft};
use services::{App, Ctx, Error, config_file, configuration};

/// A company with products and a book of prices for wholesalers.
struct Shop {
    test: TestApp,
    admin: Ctx,
    _folder: tempfile::TempDir,
}

impl Drop for Shop {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.test.settle();
        }
    }
}

impl Shop {
    fn new() -> Shop {
        let folder = tempfile::tempdir().unwrap();
        let test = TestApp::company(folder.path());
        let admin = test.admin();
        book(&test.app, &admin, "wholesale", PriceBook::default());
        Shop { test, admin, _folder: folder }
    }

    fn product(&self, code: &str, price: &str) -> Uuid {
        product(&self.test.app, &self.admin, code, price)
    }

    fn kept(&self, id: Uuid) -> Product {
        records::get(&self.test.app, &self.admin, Kind::Product, id).unwrap();
        prices_product(&self.test.app, &self.admin, id)
    }

    fn set(&self, book: &str, product: Uuid, from: &str, price: &str) -> model::Price {
        self.try_set(book, product, from, price, None, None).unwrap()
    }

    fn try_set(
        &self,
        book: &str,
        product: Uuid,
        from_quantity: &str,
        price: &str,
        from: Option<Date>,
        until: Option<Date>,
    ) -> Result<model::Price, Error> {
        let draft = PriceDraft { from, until, ..draft(product, from_quantity, price) };
        prices::create(&self.test.app, &self.admin, book, &draft)
    }

    /// «8 EUR wholesale from 10», or nothing.
    fn pays(&self, product: Uuid, book: Option<&str>, quantity: &str, day: Date) -> String {
        let found =
            prices::price_of(&self.test.app, &self.kept(product), book, decimal(quantity), day).unwrap();
        found.map_or("nothing".to_owned(), |price| {
            let book = price.book.as_deref().unwrap_or("own");
            format!("{} {} {book} from {}", price.unit_price, price.currency, price.from_quantity)
        })
    }
}

/// A book of this key.
pub(crate) fn book(app: &App, ctx: &Ctx, key: &str, book: PriceBook) {
    let label = Label::new(&format!("Tarifa {key}"), &format!("Tarifa {key}"), &format!("Book {key}"));
    configuration::create(app, ctx, key, PriceBook { label, ..book }).unwrap();
}

/// A product with a tax.
pub(crate) fn product(app: &App, ctx: &Ctx, code: &str, price: &str) -> Uuid {
    made(app, ctx, &[("code", code), ("name_ca", code), ("unit_price", price), ("tax", "vat_standard")])
}

pub(crate) fn draft(product: Uuid, from_quantity: &str, price: &str) -> PriceDraft {
    PriceDraft {
        product,
        from_quantity: decimal(from_quantity),
        unit_price: decimal(price),
        from: None,
        until: None,
    }
}

fn made(app: &App, ctx: &Ctx, fields: &[(&str, &str)]) -> Uuid {
    records::create(app, ctx, Kind::Product, &typed(fields), None)
        .unwrap_or_else(|error| panic!("{fields:?}: {error:?}"))
        .about()
        .id
}

fn prices_product(app: &App, ctx: &Ctx, id: Uuid) -> Product {
    prices::product(app, ctx, id).unwrap()
}

fn typed(fields: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (key, text) in fields {
        draft.put(key, *text);
    }
    draft
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn the_price_is_that_of_the_greatest_quantity_that_counts_that_day() {
    let shop = Shop::new();
    let year = |piece: PriceBook| PriceBook {
        from: Some(date(2026, 1, 1)),
        until: Some(date(2026, 12, 31)),
        ..piece
    };
    book(&shop.test.app, &shop.admin, "year", year(PriceBook::default()));
    book(&shop.test.app, &shop.admin, "usd", PriceBook { currency: Currency::Usd, ..PriceBook::default() });
    let old = PriceBook { archived: true, ..PriceBook::default() };
    let oil = shop.product("OLI", "10");
    let free = made(&shop.test.app, &shop.admin, &[("name_ca", "A consultar"), ("tax", "vat_zero")]);
    for (from, price) in [("1", "9.5"), ("10", "8"), ("100", "7.125")] {
        shop.set("wholesale", oil, from, price);
    }
    let (january, june) = (Some(date(2027, 1, 1)), Some(date(2027, 6, 1)));
    shop.try_set("wholesale", oil, "10", "8.8", january, june).unwrap();
    shop.try_set("wholesale", oil, "10", "8.9", Some(date(2027, 3, 1)), june).unwrap();
    shop.try_set("wholesale", oil, "500", "5", None, june).unwrap();
    shop.set("year", oil, "5", "6");
    shop.set("usd", oil, "0", "11");
    configuration::create(
        &shop.test.app,
        &shop.admin,
        "old",
        PriceBook { label: Label::new("Antiga", "", ""), ..old },
    )
    .unwrap();
    shop.set("old", oil, "1", "1");
    let today = date(2026, 11, 23);
    let own = "10 EUR own from 0";
    for (book, quantity, day, expected) in [
        (None, "1", today, own),
        (Some("wholesale"), "0.5", today, own),
        (Some("wholesale"), "1", today, "9.5 EUR wholesale from 1"),
        (Some("wholesale"), "9.999999", today, "9.5 EUR wholesale from 1"),
        (Some("wholesale"), "10", today, "8 EUR wholesale from 10"),
        (Some("wholesale"), "100000", date(2028, 1, 1), "7.125 EUR wholesale from 100"),
        // A season begins over the price without days, and a later one over an earlier one.
        (Some("wholesale"), "10", date(2026, 12, 31), "8 EUR wholesale from 10"),
        (Some("wholesale"), "10", date(2027, 1, 1), "8.8 EUR wholesale from 10"),
        (Some("wholesale"), "10", date(2027, 3, 1), "8.9 EUR wholesale from 10"),
        (Some("wholesale"), "10", date(2027, 6, 1), "8.9 EUR wholesale from 10"),
        (Some("wholesale"), "10", date(2027, 6, 2), "8 EUR wholesale from 10"),
        (Some("wholesale"), "500", date(2027, 6, 1), "5 EUR wholesale from 500"),
        (Some("wholesale"), "500", date(2027, 6, 2), "7.125 EUR wholesale from 100"),
        (Some("wholesale"), "-3", today, own),
        (Some("year"), "5", date(2025, 12, 31), own),
        (Some("year"), "5", date(2026, 1, 1), "6 EUR year from 5"),
        (Some("year"), "5", date(2026, 12, 31), "6 EUR year from 5"),
        (Some("year"), "5", date(2027, 1, 1), own),
        (Some("usd"), "0", today, "11 USD usd from 0"),
        (Some("old"), "1", today, own),
        (Some("nowhere"), "1", today, own),
    ] {
        assert_eq!(shop.pays(oil, book, quantity, day), expected, "{book:?} {quantity} {day}");
    }
    assert_eq!(shop.pays(free, Some("wholesale"), "1", today), "nothing");
}

#[test]
fn a_company_has_a_book_that_is_chosen_by_name() {
    let shop = Shop::new();
    let make = |fields: &[(&str, &str)]| {
        records::create(&shop.test.app, &shop.admin, Kind::Company, &typed(fields), None)
    };
    let id = make(&[("name", "Queviures Mas"), ("price_book", "tarifa wholesale")]).unwrap().about().id;
    let company = prices::company(&shop.test.app, &shop.admin, id).unwrap();
    assert_eq!(prices::book_of(&shop.test.app, Some(&company)).as_deref(), Some("wholesale"));
    assert_eq!(prices::book_of(&shop.test.app, None), None);
    assert_eq!(problems(make(&[("name", "Altra"), ("price_book", "cap")])), ["price_book choice"]);
    let query =
        records::Query { filter: "price_book:any:wholesale".parse().unwrap(), ..records::Query::default() };
    let found = records::list(&shop.test.app, &shop.admin, Kind::Company, &query).unwrap();
    assert_eq!(found.records.len(), 1, "lists are filtered by it");
    // Companies of before have none.
    let mut old = model::json::to_value(&company).unwrap();
    old.as_object_mut().unwrap().remove("price_book");
    assert_eq!(model::json::from_value::<Company>(old).unwrap().price_book, None);
    let used = configuration::uses::<PriceBook>(&shop.test.app, &shop.admin, "wholesale").unwrap();
    assert_eq!(used.iter().map(|used| (used.kind, used.count)).collect::<Vec<_>>(), [(Kind::Company, 1)]);
    let version = configuration::get::<PriceBook>(&shop.test.app, &shop.admin, "wholesale").unwrap();
    let version = version.meta.version;
    let gone = configuration::remove::<PriceBook>(&shop.test.app, &shop.admin, "wholesale", version);
    assert_eq!(problems(gone), [" in-use"]);
}

#[test]
fn prices_that_cannot_be_are_refused_with_all_that_is_wrong() {
    let shop = Shop::new();
    let oil = shop.product("OLI", "10");
    let untaxed = made(&shop.test.app, &shop.admin, &[("name_ca", "Sense impost"), ("unit_price", "5")]);
    let none: [&str; 0] = [];
    let day = |text: &str| (!text.is_empty()).then(|| text.parse::<Date>().unwrap());
    for (product, from, price, first, last, expected) in [
        (oil, "1", "9", "2026-01-01", "2026-11-23", &none[..]),
        (oil, "1", "8", "2026-01-01", "", &["from_quantity price-twice"]),
        (oil, "-1", "-0.01", "", "", &["from_quantity number-range", "unit_price number-range"]),
        (
            oil,
            "1.1234567",
            "2000000000000",
            "",
            "",
            &["from_quantity decimal-range", "unit_price decimal-range"],
        ),
        (oil, "2", "9", "2027-02-01", "2027-01-31", &["until price-dates"]),
        (oil, "2", "9", "", "2026-11-22", &["until price-past"]),
        (untaxed, "1", "9", "", "", &["product price-tax-missing"]),
        // The tax begins in 2012.
        (Uuid::from_u128(5), "1", "9", "", "", &["product link-unknown"]),
    ] {
        let set = shop.try_set("wholesale", product, from, price, day(first), day(last));
        assert_eq!(problems(set), expected, "{from} {price} {first} {last}");
    }
    assert_eq!(problems(shop.try_set("nowhere", oil, "1", "1", None, None)), ["not-found"]);
}

#[test]
fn prices_are_changed_removed_and_told_on_the_page_of_their_product() {
    let shop = Shop::new();
    let (app, admin) = (&shop.test.app, &shop.admin);
    let oil = shop.product("OLI", "10");
    let price = shop.set("wholesale", oil, "1", "9");
    let cheaper = draft(oil, "1", "8.5");
    let changed = prices::set(app, admin, "wholesale", Some(1), &cheaper).unwrap();
    assert_eq!(
        (changed.meta.id, changed.meta.version, changed.unit_price),
        (price.meta.id, 2, decimal("8.5"))
    );
    let stale = prices::update(app, admin, "wholesale", price.meta.id, 1, &draft(oil, "1", "7"));
    assert!(matches!(stale, Err(Error::Conflict(_))), "{stale:?}");
    let again = prices::set(app, admin, "wholesale", None, &cheaper).unwrap();
    assert_eq!(again.meta.version, 2, "what is there already is written no more");
    let found = prices::of_product(app, admin, oil).unwrap();
    assert_eq!(
        found.iter().map(|(book, tiers)| (book.key.as_str(), tiers.len())).collect::<Vec<_>>(),
        [("wholesale", 1)]
    );
    let timeline =
        services::timelines::page(app, admin, Kind::Product, oil, None, Default::default()).unwrap();
    assert_eq!(timeline.changes.iter().filter(|change| change.kind == Kind::Price).count(), 2);
    // Until the last day that is over stays, the rest of the price can be changed.
    shop.try_set("wholesale", oil, "5", "7", None, Some(date(2026, 11, 24))).unwrap();
    shop.test.advance(3 * 24 * 3600);
    let admin = &shop.test.admin();
    let over = PriceDraft { until: Some(date(2026, 11, 24)), ..draft(oil, "5", "6") };
    assert_eq!(problems(prices::set(app, admin, "wholesale", None, &over)), [""; 0]);
    prices::remove(app, admin, "wholesale", price.meta.id, 2).unwrap();
    assert!(matches!(prices::get(app, admin, "wholesale", price.meta.id), Err(Error::NotFound)));
    assert_eq!(shop.pays(oil, Some("wholesale"), "1", date(2026, 11, 23)), "10 EUR own from 0");
}

#[test]
fn a_list_of_prices_is_read_page_by_page() {
    let shop = Shop::new();
    let products: Vec<Uuid> = (0..5).map(|number| shop.product(&format!("P{number}"), "1")).collect();
    for product in &products {
        for from in ["1", "10"] {
            shop.set("wholesale", *product, from, "2");
        }
    }
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = prices::list(&shop.test.app, &shop.admin, "wholesale", None, after.as_deref(), 3).unwrap();
        found.extend(page.rows.iter().map(|row| {
            format!("{} {}", row.product.code.as_deref().unwrap_or_default(), row.price.from_quantity)
        }));
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let expected: Vec<String> =
        (0..5).flat_map(|number| ["1", "10"].map(|from| format!("P{number} {from}"))).collect();
    assert_eq!(found, expected);
    let one = prices::list(&shop.test.app, &shop.admin, "wholesale", Some(products[2]), None, 10).unwrap();
    assert_eq!(one.rows.len(), 2);
    let broken = prices::list(&shop.test.app, &shop.admin, "wholesale", None, Some("zz"), 10);
    assert_eq!(problems(broken), ["cursor cursor"]);
}

#[test]
fn the_tester_says_why() {
    let shop = Shop::new();
    let (app, admin) = (&shop.test.app, &shop.admin);
    let oil = shop.product("OLI", "10");
    let salt = shop.product("SAL", "2");
    shop.set("wholesale", oil, "5", "9");
    shop.try_set("wholesale", oil, "10", "8", None, Some(date(2026, 12, 31))).unwrap();
    let season =
        PriceBook { from: Some(date(2027, 1, 1)), until: Some(date(2027, 2, 1)), ..PriceBook::default() };
    book(app, admin, "season", season);
    let company = |name: &str, book: &str| {
        let made =
            records::create(app, admin, Kind::Company, &typed(&[("name", name), ("price_book", book)]), None);
        made.unwrap().about().id
    };
    let (mas, sol, nova) = (company("Mas", "wholesale"), company("Sol", ""), company("Nova", "season"));
    let today = date(2026, 11, 23);
    let check = |company, product, quantity: &str, day, price: &str, why: Option<WhyNot>| {
        let question =
            Question { book: "wholesale".into(), company, product, quantity: decimal(quantity), day };
        let told = prices::ask(app, admin, &question).unwrap();
        let found = told.price.as_ref().map(|price| price.unit_price.to_string()).unwrap_or_default();
        assert_eq!((found.as_str(), &told.why_not), (price, &why), "{question:?}");
        told
    };
    let told = check(Some(mas), oil, "20", today, "8", None);
    let standings: Vec<Standing> = told.tiers.iter().map(|(_, standing)| *standing).collect();
    assert_eq!(standings, [Standing::Beaten, Standing::Counts]);
    let told = check(None, oil, "5", date(2027, 1, 1), "9", None);
    assert_eq!(told.tiers[1].1, Standing::Over);
    check(None, oil, "4", today, "10", Some(WhyNot::BelowFirst(decimal("5"))));
    check(None, salt, "4", today, "2", Some(WhyNot::NotInBook));
    check(Some(sol), oil, "20", today, "10", Some(WhyNot::NoBook));
    check(Some(nova), oil, "20", today, "10", Some(WhyNot::NotYet(date(2027, 1, 1))));
    check(Some(nova), oil, "20", date(2027, 3, 1), "10", Some(WhyNot::Over(date(2027, 2, 1))));
    check(Some(nova), oil, "20", date(2027, 1, 15), "10", Some(WhyNot::NotInBook));
}

#[test]
fn many_prices_are_looked_at_before_they_are_changed_and_changed_once() {
    let shop = Shop::new();
    let (app, admin) = (&shop.test.app, &shop.admin);
    for number in 0..25 {
        let product = shop.product(&format!("P{number:02}"), "10");
        shop.set("wholesale", product, "1", "9.99");
        shop.set("wholesale", product, "10", "0.01");
    }
    let service =
        made(app, admin, &[("code", "Z"), ("name_ca", "Hora"), ("kind", "service"), ("tax", "vat_standard")]);
    shop.set("wholesale", service, "1", "40");
    let goods = |percent: &str| MassChange {
        percent: decimal(percent),
        kind: Some("product".into()),
        ..MassChange::default()
    };
    let dearer = goods("3");
    let looked = prices::preview(app, admin, "wholesale", &dearer).unwrap();
    assert_eq!((looked.count, looked.changed, looked.rows.len()), (50, 25, prices::PREVIEWED));
    assert_eq!(looked.rows[0].after, decimal("10.29"));
    let head = app.head();
    assert_eq!(problems(prices::change_all(app, admin, "wholesale", &dearer, 49, "k")), [" price-changed"]);
    assert_eq!(app.head(), head);
    let done = prices::change_all(app, admin, "wholesale", &dearer, 50, "k").unwrap();
    assert_eq!((done.changed, done.unchanged, done.left), (25, 25, 0));
    let head = app.head();
    prices::change_all(app, admin, "wholesale", &dearer, 50, "k").unwrap();
    assert_eq!(app.head(), head, "the same order again does nothing");
    let page = prices::list(app, admin, "wholesale", None, None, 60).unwrap();
    let price = |place: usize| page.rows[place].price.unit_price.to_string();
    assert_eq!((price(0), price(1), price(50)), ("10.29".into(), "0.01".into(), "40".into()));
    for (rounding, expected) in
        [(Rounding::Cents, "10.8"), (Rounding::FiveCents, "10.8"), (Rounding::Whole, "11")]
    {
        let change = MassChange { rounding, ..goods("5") };
        let looked = prices::preview(app, admin, "wholesale", &change).unwrap();
        assert_eq!(looked.rows[0].after, decimal(expected), "{rounding:?}");
    }
    for percent in ["0", "-100", "1000.5", "1.2345"] {
        let refused = prices::preview(app, admin, "wholesale", &goods(percent));
        assert_eq!(problems(refused), ["percent price-percent"], "{percent}");
    }
    let strange = MassChange { family: Some("cap".into()), kind: Some("x".into()), ..goods("5") };
    assert_eq!(
        problems(prices::preview(app, admin, "wholesale", &strange)),
        ["kind choice", "family choice"]
    );
}

#[test]
fn a_book_with_prices_keeps_its_currency_and_travels_in_the_configuration_file() {
    let shop = Shop::new();
    let (app, admin) = (&shop.test.app, &shop.admin);
    let kept = configuration::get::<PriceBook>(app, admin, "wholesale").unwrap();
    let dollars = PriceBook { currency: Currency::Usd, ..kept.piece.clone() };
    let text = config_file::export(app, admin).unwrap();
    assert!(text.contains("[price_books.wholesale]") && text.contains("currency = \"EUR\""), "{text}");
    let oil = shop.product("OLI", "10");
    shop.set("wholesale", oil, "1", "9");
    let refused = configuration::update(app, admin, "wholesale", kept.meta.version, dollars);
    assert_eq!(problems(refused), ["currency book-currency-used"]);
    let broken = text.replace(
        "currency = \"EUR\"\n",
        "currency = \"EUR\"\nfrom = \"2027-02-01\"\nuntil = \"2027-01-01\"\n",
    );
    let review = config_file::review(app, admin, &broken).unwrap();
    assert!(
        review.problems.iter().any(|problem| problem.problem.code == "price-dates"),
        "{:?}",
        review.problems
    );
}

#[test]
fn who_changes_products_changes_prices() {
    let shop = Shop::new();
    let app = &shop.test.app;
    let oil = shop.product("OLI", "10");
    let price = shop.set("wholesale", oil, "1", "9");
    let rep = shop.test.at_work(shop.test.hire("Rai", RoleKey::REP).id());
    let manager = shop.test.at_work(shop.test.hire("Mar", RoleKey::MANAGER).id());
    assert_eq!(services::permissions::level(&rep, Kind::Price, model::Action::See), Level::All);
    assert_eq!(prices::list(app, &rep, "wholesale", None, None, 10).unwrap().rows.len(), 1);
    let other = draft(oil, "10", "8");
    assert_eq!(problems(prices::create(app, &rep, "wholesale", &other)), ["denied"]);
    assert_eq!(problems(prices::remove(app, &rep, "wholesale", price.meta.id, 1)), ["denied"]);
    assert_eq!(problems(prices::preview(app, &rep, "wholesale", &MassChange::default())), ["denied"]);
    assert_eq!(problems(prices::create(app, &manager, "wholesale", &other)), [""; 0]);
    let made = configuration::create(app, &manager, "mine", PriceBook::default());
    assert_eq!(problems(made), ["denied"], "books are set up by whoever sets up the company");
    assert_eq!(problems(prices::books(app, &shop.test.ctx())), ["unauthenticated"]);
}

#[test]
fn a_product_that_something_names_is_put_away_and_not_deleted() {
    let shop = Shop::new();
    let (app, admin) = (&shop.test.app, &shop.admin);
    let (oil, salt) = (shop.product("OLI", "10"), shop.product("SAL", "2"));
    let price = shop.set("wholesale", oil, "1", "9");
    let asked = records::about_to_delete(app, admin, Kind::Product, oil).unwrap();
    assert_eq!(asked.used_by, [(Kind::Price, 1)]);
    let gone = |id| problems(records::delete(app, admin, Kind::Product, id, 1));
    assert_eq!(gone(oil), [" product-in-use"]);
    prices::remove(app, admin, "wholesale", price.meta.id, 1).unwrap();
    let id = salt.to_string();
    let basket = [("name_ca", "Cistella"), ("kind", "bundle"), ("components.0.product", id.as_str())];
    made(app, admin, &basket);
    assert_eq!(gone(salt), [" product-in-use"]);
    assert_eq!(gone(oil), [""; 0]);
}

#[test]
fn a_bundle_has_components_and_is_in_none() {
    let shop = Shop::new();
    let (app, admin) = (&shop.test.app, &shop.admin);
    let make = |fields: &[(&str, &str)]| records::create(app, admin, Kind::Product, &typed(fields), None);
    made(app, admin, &[("code", "OLI"), ("name_ca", "Oli"), ("unit_price", "10"), ("cost", "6")]);
    made(app, admin, &[("code", "SAL"), ("name_ca", "Sal"), ("unit_price", "1,5"), ("cost", "0,5")]);
    let bundle = [("name_ca", "Cistella"), ("kind", "bundle"), ("unit_price", "20")];
    let with = |more: &[(&'static str, &'static str)]| [&bundle[..], more].concat();
    let basket = make(&with(&[
        ("components", ""),
        ("components.0.product", "OLI"),
        ("components.0.quantity", "2"),
        ("components.1.product", "sal"),
    ]))
    .unwrap();
    let id = basket.about().id;
    let parts = records::bundle(app, admin, id).unwrap().unwrap();
    assert_eq!((parts.price, parts.cost), (Some(decimal("21.5")), Some(decimal("12.5"))));
    let quantities: Vec<Decimal> = parts.parts.iter().map(|part| part.quantity).collect();
    assert_eq!(quantities, [decimal("2"), decimal("1")]);
    let check = |fields: &[(&'static str, &'static str)], expected: &[&str]| {
        assert_eq!(problems(make(fields)), expected, "{fields:?}");
    };
    check(&with(&[("components.0.product", "Cistella")]), &["components.0.product component-bundle"]);
    check(
        &with(&[
            ("components.0.product", "OLI"),
            ("components.1.product", "OLI"),
            ("components.1.quantity", "0"),
        ]),
        &["components.1.product component-twice", "components.1.quantity component-quantity"],
    );
    check(&with(&[("components.0.quantity", "2")]), &["components.0.product required"]);
    check(&[("name_ca", "Oli bo"), ("components.0.product", "OLI")], &["components components-of-bundle"]);
    let change = |id: Uuid, fields: &[(&str, &str)]| {
        let version = records::get(app, admin, Kind::Product, id).unwrap().about().version;
        problems(records::update(app, admin, Kind::Product, id, version, &typed(fields)))
    };
    let own = id.to_string();
    assert_eq!(change(id, &[("components.0.product", &own)]), ["components.0.product component-self"]);
    let oil = parts.parts[0].product.meta.id;
    assert_eq!(change(oil, &[("kind", "bundle")]), ["kind bundle-in-bundle"]);
    let many: Vec<(String, Uuid)> = (0..31)
        .map(|number| (format!("components.{number}.product"), shop.product(&format!("X{number}"), "1")))
        .collect();
    let many: Vec<(String, String)> = many.into_iter().map(|(key, id)| (key, id.to_string())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(key, id)| (key.as_str(), id.as_str())).collect();
    assert_eq!(change(id, &many), ["components too-many"]);
}
