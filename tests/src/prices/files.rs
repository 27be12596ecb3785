//! Price lists as files: looked through row by row, taken in where they are good, and written again.

use super::{Shop, decimal, made};
use model::jiff::civil::date;
use model::{Currency, PriceBook};
use services::Error;
use services::prices::{self, Review, SheetRow};
use services::reports::FileFormat;

fn rows(shop: &Shop, text: &str) -> Vec<SheetRow> {
    prices::read_file(&shop.admin, "preus.csv", text.as_bytes()).unwrap_or_else(|error| panic!("{error:?}"))
}

fn said(review: &Review) -> Vec<String> {
    let row = |row: &prices::RowProblem| {
        let problems: Vec<String> =
            row.problems.iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect();
        format!("{}: {}", row.row, problems.join(", "))
    };
    review.problems.iter().map(row).collect()
}

#[test]
fn a_list_with_bad_rows_says_all_of_them_and_takes_the_good_ones() {
    let shop = Shop::new();
    let (app, admin) = (&shop.test.app, &shop.admin);
    let (oil, salt) = (shop.product("OLI", "10"), shop.product("SAL", "2"));
    made(app, admin, &[("code", "NU"), ("name_ca", "Sense impost")]);
    shop.set("wholesale", oil, "1", "9");
    let kept = shop.set("wholesale", salt, "1", "1.5");
    let text = "Codi;Nom;Des de quantitat;Preu;Des del;Fins al;Moneda\r\n\
        OLI;Oli;1;9,25;;;EUR\r\n\
        OLI;Oli;10;8,125;01/12/2026;31/12/2027;\r\n\
        SAL;Sal;1;1,50;;;€\r\n\
        \r\n\
        CAP;Res;1;1;;;\r\n\
        NU;Sense;1;1;;;\r\n\
        OLI;Oli;20;7;01/02/2027;31/01/2027;\r\n\
        OLI;Oli;30;7;;22/11/2026;\r\n\
        OLI;Oli;40;7;;;USD\r\n\
        OLI;Oli;50;7 $;;;\r\n\
        OLI;Oli;10;8;01/12/2026;;\r\n\
        ;;x;;ahir;;\r\n";
    let rows = rows(&shop, text);
    let head = app.head();
    let review = prices::review(app, admin, "wholesale", &rows).unwrap();
    assert_eq!(app.head(), head, "nothing is written unless somebody says so");
    let expected = [
        "6: code price-code-unknown",
        "7: code price-tax-missing",
        "8: until price-dates",
        "9: until price-past",
        "10: currency price-currency",
        "11: currency price-currency",
        "12: from_quantity price-twice-in-file",
        "13: code required, from_quantity decimal-form, unit_price required, from date-form",
    ];
    assert_eq!(said(&review), expected);
    assert_eq!((review.rows, review.new, review.changed, review.unchanged), (11, 1, 1, 1));
    let done = prices::import(app, admin, "wholesale", &rows).unwrap();
    assert_eq!(done, review);
    assert_eq!(shop.pays(oil, Some("wholesale"), "10", date(2026, 12, 1)), "8.125 EUR wholesale from 10");
    assert_eq!(shop.pays(oil, Some("wholesale"), "1", date(2026, 12, 1)), "9.25 EUR wholesale from 1");
    assert_eq!(prices::get(app, admin, "wholesale", kept.meta.id).unwrap().price.meta.version, 1);
    let again = prices::import(app, admin, "wholesale", &rows).unwrap();
    assert_eq!((again.new, again.changed, again.unchanged), (0, 0, 3));
}

#[test]
fn a_list_that_goes_out_comes_back_the_same() {
    let shop = Shop::new();
    let (app, admin) = (&shop.test.app, &shop.admin);
    let (oil, salt) = (shop.product("OLI", "10"), shop.product("SAL", "2"));
    shop.set("wholesale", oil, "1", "1234.125");
    shop.try_set("wholesale", oil, "0.5", "9.1", Some(date(2026, 12, 1)), Some(date(2027, 2, 3))).unwrap();
    shop.set("wholesale", salt, "1000", "0.000001");
    let titles = ["Codi", "Nom", "Des de quantitat", "Preu", "Des del", "Fins al", "Moneda"];
    let titles = titles.map(str::to_owned);
    super::book(app, admin, "copy", PriceBook::default());
    for (format, name) in [(FileFormat::Csv, "a.csv"), (FileFormat::Xlsx, "a.xlsx")] {
        let file = prices::export(app, admin, "wholesale", format, &titles).unwrap();
        let rows = prices::read_file(admin, name, &file.bytes).unwrap();
        let review = prices::review(app, admin, "wholesale", &rows).unwrap();
        assert_eq!((review.rows, review.unchanged), (3, 3), "{format:?}: {:?} {rows:?}", said(&review));
        let copied = prices::import(app, admin, "copy", &rows).unwrap();
        assert_eq!(copied.problems, []);
    }
    assert_eq!(shop.pays(salt, Some("copy"), "1000", date(2026, 12, 1)), "0.000001 EUR copy from 1000");
    super::book(app, admin, "usd", PriceBook { currency: Currency::Usd, ..PriceBook::default() });
    let file = prices::export(app, admin, "wholesale", FileFormat::Csv, &titles).unwrap();
    let rows = prices::read_file(admin, "a.csv", &file.bytes).unwrap();
    assert_eq!(prices::review(app, admin, "usd", &rows).unwrap().problems.len(), 3);
}

#[test]
fn files_that_are_no_price_lists_are_refused() {
    let shop = Shop::new();
    let check = |text: &str, expected: &str| {
        let Err(Error::Invalid(errors)) = prices::read_file(&shop.admin, "preus.csv", text.as_bytes()) else {
            panic!("it was taken: {text}");
        };
        assert_eq!(errors.0.iter().map(|problem| problem.code.as_str()).collect::<Vec<_>>(), [expected]);
    };
    check("", "file-empty");
    check("Nom;Preu\nOli;1\n", "price-no-code-column");
    check("Code,Name\nOLI,Oli\n", "price-no-price-column");
    let rows: String = (0..=prices::ROWS_MAX).map(|number| format!("P{number};1\n")).collect();
    check(&format!("Codi;Preu\n{rows}"), "price-too-many");
    let english = rows_of(&shop, "SKU,Unit price,Valid from,Quantity\nOLI,\"1,234.50\",2026-12-01,2.5\n");
    assert_eq!((english[0].price.as_str(), english[0].quantity.as_str()), ("1234,50", "2,5"));
    assert_eq!(decimal("1234.5").to_string(), "1234.5");
}

fn rows_of(shop: &Shop, text: &str) -> Vec<SheetRow> {
    rows(shop, text)
}
