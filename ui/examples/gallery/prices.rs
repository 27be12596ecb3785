//! Price books of a carpenter's in Girona: the books, one with its prices, a change of many, and a list as a file.

use super::fixtures::Named;
use model::jiff::civil::{Date, date};
use model::{Currency, Decimal, FieldErrors, Kind, Problem};
use tracte_ui::Shell;
use tracte_ui::components::Picker;
use tracte_ui::prices::{
    self, Answer, BookLine, BookPage, BooksPage, ChangeDone, ChangePage, ChangePreview, ChangeRow, FilePage,
    FileReview, PriceForm, PriceLine, RowProblemLine, TesterForm, TesterTier, TierState, Why,
};

const TODAY: Date = date(2026, 11, 23);

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let whole = book();
    let nothing = BookPage {
        rows: Vec::new(),
        next: None,
        product: Some(("3".into(), "Porta de roure".into())),
        tester: TesterForm { answer: None, is_asked: false, ..whole.tester.clone() },
        adding: PriceForm::default(),
        errors: FieldErrors::default(),
        ..whole.clone()
    };
    let own = Answer { price: None, why: Some(Why::NotYet(date(2027, 1, 1))), ..answer() };
    let not_from_book = BookPage {
        tester: TesterForm { answer: Some(own), ..whole.tester.clone() },
        adding: PriceForm::default(),
        errors: FieldErrors::default(),
        may_change: false,
        ..whole.clone()
    };
    let none = BooksPage { books: Vec::new(), today: TODAY, may_set_up: true };
    let edited = PriceForm {
        product: "Porta de roure".into(),
        id: "7".into(),
        version: 3,
        saved: Some("640,00 € des de 10 · Sempre".into()),
        ..whole.adding.clone()
    };
    let looked = change();
    let still = ChangePage { preview: None, ..looked.clone() };
    let chosen = FilePage { key: "majoristes".into(), label: "Majoristes".into(), ..FilePage::default() };
    let checked = FilePage { review: Some(review()), ..chosen.clone() };
    let taken = FilePage { review: Some(FileReview { is_done: true, ..review() }), ..chosen.clone() };
    let of = ("majoristes", "Majoristes");
    vec![
        ("price-books", prices::books_page(shell, &books())),
        ("price-books-none", prices::books_page(shell, &none)),
        ("price-book", prices::book_page(shell, &whole)),
        ("price-book-none", prices::book_page(shell, &nothing)),
        ("price-book-why", prices::book_page(shell, &not_from_book)),
        ("price-edit", prices::edit_page(shell, of, Currency::Eur, &edited)),
        ("price-change", prices::change_page(shell, &still)),
        ("price-change-preview", prices::change_page(shell, &looked)),
        ("price-changed", prices::changed_page(shell, &changed())),
        ("price-import", prices::file_page(shell, &chosen)),
        ("price-import-checked", prices::file_page(shell, &checked)),
        ("price-import-done", prices::file_page(shell, &taken)),
    ]
}

fn decimal(hundredths: i64) -> Decimal {
    Decimal::new(hundredths, 2)
}

fn books() -> BooksPage {
    let line = |key: &str, label: &str, archived| BookLine {
        key: key.into(),
        label: label.into(),
        currency: Currency::Eur,
        from: None,
        until: None,
        archived,
        count: 1_240,
        has_more: false,
    };
    BooksPage {
        books: vec![
            line("majoristes", "Majoristes", false),
            BookLine {
                from: Some(date(2027, 1, 1)),
                until: Some(date(2027, 12, 31)),
                has_more: true,
                ..line("2027", "Any 2027", false)
            },
            BookLine { currency: Currency::Chf, ..line("suissa", "Suïssa", true) },
        ],
        today: TODAY,
        may_set_up: true,
    }
}

fn book() -> BookPage {
    let line = |name: &str, from: i64, price: i64| PriceLine {
        id: "7".into(),
        product_id: "3".into(),
        code: "PORTA-R".into(),
        name: name.into(),
        is_product_archived: false,
        from_quantity: Decimal::from(from),
        unit_price: decimal(price),
        from: None,
        until: None,
        list_price: Some(decimal(72_000)),
    };
    let mut errors = FieldErrors::default();
    errors.add("unit_price", "number-range", "0");
    let adding = PriceForm {
        product: "Porta".into(),
        picker: Some(Picker::of(Kind::Product)),
        from_quantity: "10".into(),
        unit_price: "-1".into(),
        is_sent: true,
        errors: errors.clone(),
        ..PriceForm::default()
    };
    BookPage {
        key: "majoristes".into(),
        label: "Majoristes".into(),
        currency: Currency::Eur,
        from: None,
        until: None,
        archived: false,
        today: TODAY,
        rows: vec![
            line("Porta de roure", 1, 68_000),
            line("Porta de roure", 10, 61_250),
            PriceLine { until: Some(date(2026, 10, 31)), ..line("Porta de roure", 50, 59_000) },
            PriceLine { list_price: None, is_product_archived: true, ..line("Cargol (caixa)", 1, 125) },
        ],
        next: Some("00".into()),
        is_first: false,
        product: None,
        adding,
        tester: TesterForm {
            company: "Hotel Nou".into(),
            company_picker: Some(Picker::of(Kind::Company)),
            product: "Porta de roure".into(),
            product_picker: Some(Picker::of(Kind::Product)),
            quantity: "12".into(),
            day: "2026-11-23".into(),
            is_asked: true,
            errors: FieldErrors::default(),
            answer: Some(answer()),
        },
        may_change: true,
        may_export: true,
        may_set_up: true,
        errors,
    }
}

fn answer() -> Answer {
    let tier = |from: i64, price: i64, state| TesterTier {
        from_quantity: Decimal::from(from),
        unit_price: decimal(price),
        from: None,
        until: None,
        state,
    };
    Answer {
        book: Some("majoristes".into()),
        price: Some((decimal(61_250), Currency::Eur)),
        from_quantity: Decimal::TEN,
        why: None,
        tiers: vec![
            tier(1, 68_000, TierState::Beaten),
            tier(10, 61_250, TierState::Counts),
            TesterTier { until: Some(date(2026, 10, 31)), ..tier(10, 60_000, TierState::Over) },
            tier(50, 59_000, TierState::MoreNeeded),
        ],
    }
}

fn change() -> ChangePage {
    let row = |name: &str, before: i64, after: i64| ChangeRow {
        name: name.into(),
        code: "PORTA-R".into(),
        from_quantity: Decimal::ONE,
        before: decimal(before),
        after: decimal(after),
    };
    ChangePage {
        key: "majoristes".into(),
        label: "Majoristes".into(),
        currency: Currency::Eur,
        percent: "3".into(),
        rounding: "five_cents".into(),
        kind: "product".into(),
        family: String::new(),
        preview: Some(ChangePreview {
            count: 1_240,
            changed: 1_200,
            rows: vec![row("Porta de roure", 68_000, 70_040), row("Cargol (caixa)", 125, 130)],
            idempotency_key: "k".into(),
        }),
        errors: FieldErrors::default(),
    }
}

fn changed() -> ChangeDone {
    ChangeDone {
        key: "majoristes".into(),
        label: "Majoristes".into(),
        percent: Decimal::from(-5),
        changed: 1_200,
        unchanged: 40,
        left: 1,
    }
}

fn review() -> FileReview {
    let row =
        |row: u64, code: &str, problems: Vec<Problem>| RowProblemLine { row, code: code.into(), problems };
    FileReview {
        file_name: "preus 2027.xlsx".into(),
        is_done: false,
        rows: 320,
        new: 12,
        changed: 290,
        unchanged: 16,
        problems: vec![
            row(7, "PORTA-X", vec![Problem::new("code", "price-code-unknown", "PORTA-X")]),
            row(
                9,
                "PORTA-R",
                vec![
                    Problem::new("code", "price-tax-missing", ""),
                    Problem::new("until", "price-past", "2026-01-01"),
                ],
            ),
        ],
        sent: "[]".into(),
    }
}
