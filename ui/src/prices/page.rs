//! The books, and one book with its prices.

use super::form::{PriceForm, adding};
use super::tester::{TesterForm, tester};
use super::{PATH, difference, money, number, path, percent};
use crate::address::Address;
use crate::components::{
    Column, Empty, Paging, details_menu, empty, error_summary, icon, link_button, page_head, pager, table,
    tag,
};
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use crate::{Locale, format, price_books};
use maud::{Markup, html};
use model::jiff::civil::Date;
use model::{Currency, Decimal, FieldErrors};

/// A book in the list of all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BookLine {
    pub key: String,
    pub label: String,
    pub currency: Currency,
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub archived: bool,
    pub count: u64,
    /// Whether counting stopped there.
    pub has_more: bool,
}

/// `GET /price-books`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BooksPage {
    pub books: Vec<BookLine>,
    pub today: Date,
    /// Whether the reader may set up books.
    pub may_set_up: bool,
}

/// A price of the book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PriceLine {
    pub id: String,
    pub product_id: String,
    pub code: String,
    pub name: String,
    pub is_product_archived: bool,
    pub from_quantity: Decimal,
    pub unit_price: Decimal,
    pub from: Option<Date>,
    pub until: Option<Date>,
    /// The product's own price, where it is in the book's currency.
    pub list_price: Option<Decimal>,
}

/// `GET /price-books/{key}?after=…&product=…` and what the tester asks. `POST /price-books/{key}/prices` adds a price.
#[derive(Clone, PartialEq, Debug)]
pub struct BookPage {
    pub key: String,
    pub label: String,
    pub currency: Currency,
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub archived: bool,
    pub today: Date,
    pub rows: Vec<PriceLine>,
    /// The page after this one.
    pub next: Option<String>,
    pub is_first: bool,
    /// Only this product's: id and name.
    pub product: Option<(String, String)>,
    pub adding: PriceForm,
    pub tester: TesterForm,
    pub may_change: bool,
    pub may_export: bool,
    pub may_set_up: bool,
    /// Of the form for a new price.
    pub errors: FieldErrors,
}

pub fn books_page(shell: &Shell, view: &BooksPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "books-title");
    let set_up = html! {
        @if view.may_set_up { (link_button(price_books::PATH, "settings", &t!(l, "books-set-up"))) }
    };
    shell.page(
        &Page::new(&title, Nav::Products),
        html! {
            p { a.btn.quiet href="/products" { (icon("arrow-left")) (crate::records::list_title(l, model::Kind::Product)) } }
            (page_head(&title, Some(&t!(l, "books-intro")), set_up.clone()))
            @if view.books.is_empty() {
                (empty(&Empty { icon: "tag", title: t!(l, "books-none"), text: t!(l, "books-none-text"), actions: set_up }))
            } @else { (books(l, view)) }
        },
    )
}

fn books(l: Locale<'_>, view: &BooksPage) -> Markup {
    let columns = [
        Column::text(t!(l, "pieces-name")),
        Column::text(t!(l, "books-currency")),
        Column::text(t!(l, "books-days")),
        Column::number(t!(l, "books-count")),
        Column::text(t!(l, "pieces-state")),
    ];
    let body = html! {
        @for book in &view.books {
            @let count = format::count(l, book.count);
            tr {
                th scope="row" { a href=(path(&book.key, "")) { (book.label) } }
                td data-l=(columns[1].label) { (book.currency) }
                td data-l=(columns[2].label) { (price_books::days(l, book.from, book.until)) }
                td.num data-l=(columns[3].label) {
                    @if book.has_more { (t!(l, "books-count-more", count = count)) } @else { (count) }
                }
                td data-l=(columns[4].label) { (state(l, book.archived, (book.from, book.until), view.today)) }
            }
        }
    };
    table(&t!(l, "books-title"), &columns, body)
}

/// Whether something counts on a day.
fn state(l: Locale<'_>, archived: bool, (from, until): (Option<Date>, Option<Date>), today: Date) -> Markup {
    if archived {
        tag("", "archive", &t!(l, "pieces-archived"))
    } else if from.is_some_and(|from| today < from) {
        tag("info", "clock", &t!(l, "books-state-not-yet"))
    } else if until.is_some_and(|until| until < today) {
        tag("warn", "clock", &t!(l, "books-state-over"))
    } else {
        tag("ok", "circle-check", &t!(l, "pieces-in-use"))
    }
}

pub fn book_page(shell: &Shell, view: &BookPage) -> Markup {
    let l = shell.locale();
    let mut errors = view.errors.clone();
    errors.0.extend(view.tester.errors.0.iter().cloned());
    let about = format!("{} · {}", view.currency, price_books::days(l, view.from, view.until));
    shell.page(
        &Page::new(view.label.as_str(), Nav::Products).errors(&errors),
        html! {
            p { a.btn.quiet href=(PATH) { (icon("arrow-left")) (t!(l, "prices-back")) } }
            (error_summary(l, &errors))
            (page_head(&view.label, Some(&about), actions(l, view)))
            p { (state(l, view.archived, (view.from, view.until), view.today)) }
            (tester(l, view))
            @if view.may_change { (adding(l, view)) }
            (only(l, view))
            @if view.rows.is_empty() { (nothing(l, view)) } @else { (rows(l, view)) }
        },
    )
}

fn actions(l: Locale<'_>, view: &BookPage) -> Markup {
    let export = |format| String::from(Address::new(&path(&view.key, "/export")).with("format", format));
    html! {
        @if view.may_export && !view.rows.is_empty() {
            (details_menu(html! { (icon("download")) (t!(l, "prices-export")) }, html! {
                a href=(export("csv")) { (icon("file-text")) "CSV" }
                a href=(export("xlsx")) { (icon("file-spreadsheet")) "XLSX (Excel)" }
            }))
        }
        @if view.may_change {
            (link_button(&path(&view.key, "/import"), "upload", &t!(l, "prices-import")))
            (link_button(&path(&view.key, "/change"), "trending-up", &t!(l, "prices-change")))
        }
        @if view.may_set_up {
            (link_button(&format!("{}/{}", price_books::PATH, view.key), "settings", &t!(l, "books-edit")))
        }
    }
}

/// The list is of one product alone.
fn only(l: Locale<'_>, view: &BookPage) -> Markup {
    html! {
        @if let Some((_, name)) = &view.product {
            ul.chips aria-label=(t!(l, "common-active-filters")) {
                li {
                    a.chip href=(path(&view.key, "")) {
                        span.sr { (t!(l, "common-remove-filter")) " " }
                        (t!(l, "prices-of-product", product = name.as_str())) (icon("x"))
                    }
                }
            }
        }
    }
}

fn nothing(l: Locale<'_>, view: &BookPage) -> Markup {
    let (title, text) = if view.product.is_some() {
        (t!(l, "prices-none-of-product"), String::new())
    } else {
        (t!(l, "prices-none"), t!(l, "prices-none-text"))
    };
    empty(&Empty { icon: "tag", title, text, actions: html! {} })
}

fn rows(l: Locale<'_>, view: &BookPage) -> Markup {
    let mut columns = vec![
        Column::text(t!(l, "prices-column-name")),
        Column::number(t!(l, "prices-column-quantity")),
        Column::number(t!(l, "prices-column-price")),
        Column::text(t!(l, "books-days")),
        Column::number(t!(l, "prices-column-list")),
        Column::number(t!(l, "prices-column-difference")),
    ];
    if view.may_change {
        columns.push(Column::text(t!(l, "prices-column-deeds")));
    }
    let body = html! { @for line in &view.rows { (row(l, view, line, &columns)) } };
    let address = Address::new(&path(&view.key, ""));
    let address = match &view.product {
        Some((id, _)) => address.with("product", id),
        None => address,
    };
    let paging = Paging {
        first_href: (!view.is_first).then(|| address.clone().into()),
        next_href: view.next.as_ref().map(|next| address.with("after", next).into()),
        words: t!(l, "prices-shown", count = view.rows.len()),
    };
    html! {
        (table(&t!(l, "books-count"), &columns, body))
        (pager(l, &paging))
    }
}

fn row(l: Locale<'_>, view: &BookPage, line: &PriceLine, columns: &[Column]) -> Markup {
    let is_over = line.until.is_some_and(|until| until < view.today);
    let label = |place: usize| columns.get(place).map_or("", |column| column.label.as_str());
    let edit = path(&view.key, &format!("/prices/{}", line.id));
    let quantity = number(l, line.from_quantity);
    html! {
        tr {
            th scope="row" {
                a href=(format!("/products/{}", line.product_id)) { (line.name) }
                @if !line.code.is_empty() { span.sub { (line.code) } }
                @if line.is_product_archived { " " (tag("", "archive", &t!(l, "records-archived"))) }
            }
            td.num data-l=(label(1)) { (quantity) }
            td.num data-l=(label(2)) { strong { (money(l, line.unit_price, view.currency)) } }
            td data-l=(label(3)) {
                (price_books::days(l, line.from, line.until))
                @if is_over { " " (tag("warn", "clock", &t!(l, "books-state-over"))) }
            }
            td.num data-l=(label(4)) {
                @match line.list_price { Some(list) => { (money(l, list, view.currency)) } None => { (nil(l)) } }
            }
            td.num data-l=(label(5)) {
                @match line.list_price.and_then(|list| difference(line.unit_price, list)) {
                    Some(difference) => { (percent(l, difference)) }
                    None => { (nil(l)) }
                }
            }
            @if view.may_change {
                td data-l=(label(6)) {
                    a.btn.icon-only.quiet href=(edit) title=(t!(l, "prices-edit")) {
                        (icon("pencil"))
                        span.sr { (t!(l, "prices-edit-name", product = line.name.as_str(), quantity = quantity.as_str())) }
                    }
                }
            }
        }
    }
}

/// Nothing to show, also for those who hear the page.
fn nil(l: Locale<'_>) -> Markup {
    crate::components::Value::Nothing.markup(l)
}
