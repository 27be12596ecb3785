//! One price: added below its book, or changed on a page of its own.

use super::page::BookPage;
use super::path;
use crate::Locale;
use crate::components::{Field, Picker, error_summary, form_actions, icon, notice, page_head, post_button};
use crate::messages::t;
use crate::shell::{Nav, Notice, NoticeKind, Page, Shell};
use maud::{Markup, html};
use model::{Currency, FieldErrors};

/// Sends `product` (and `product.pick`), `from_quantity`, `unit_price`, `from`, `until`; a price that is there also
/// `version`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PriceForm {
    pub product: String,
    pub picker: Option<Picker>,
    pub from_quantity: String,
    pub unit_price: String,
    pub from: String,
    pub until: String,
    /// Whether it was sent already.
    pub is_sent: bool,
    pub errors: FieldErrors,
    /// Of a price that is there.
    pub id: String,
    pub version: u64,
    /// What somebody else saved meanwhile, in words.
    pub saved: Option<String>,
}

const NUMBER_CHARACTERS_MAX: u32 = 24;
const PRODUCT_CHARACTERS_MAX: u32 = 200;

/// The form for a new price; closed until somebody wants it.
pub(super) fn adding(l: Locale<'_>, view: &BookPage) -> Markup {
    let form = &view.adding;
    let product = Field::text("product", t!(l, "prices-column-product"))
        .value(&form.product)
        .hint(t!(l, "prices-product-hint"))
        .maximum_characters(PRODUCT_CHARACTERS_MAX)
        .problems(l, &form.errors)
        .required();
    let product = match &form.picker {
        Some(picker) => product.picker(l, picker.clone()),
        None => product,
    };
    html! {
        details.panel.drawer #add open[form.is_sent || view.rows.is_empty()] {
            summary { (icon("plus")) (t!(l, "prices-add")) (icon("chevron-down")) }
            div.body {
                form.form method="post" action=(path(&view.key, "/prices")) novalidate {
                    p.muted { (t!(l, "prices-add-text", currency = view.currency.code())) }
                    div.form-grid {
                        (product)
                        (numbers(l, form, view.currency))
                    }
                    div.form-actions { button.btn.primary type="submit" { (icon("plus")) (t!(l, "prices-add")) } }
                }
            }
        }
    }
}

fn numbers(l: Locale<'_>, form: &PriceForm, currency: Currency) -> Markup {
    let errors = &form.errors;
    html! {
        (Field::decimal("from_quantity", t!(l, "prices-quantity")).value(&form.from_quantity).problems(l, errors).maximum_characters(NUMBER_CHARACTERS_MAX).required())
        (Field::money("unit_price", t!(l, "prices-unit-price"), currency.symbol()).value(&form.unit_price).problems(l, errors).maximum_characters(NUMBER_CHARACTERS_MAX).required())
        (Field::date("from", t!(l, "prices-from")).value(&form.from).problems(l, errors).optional(l))
        (Field::date("until", t!(l, "prices-until")).value(&form.until).problems(l, errors).optional(l))
    }
}

/// `GET /price-books/{book}/prices/{id}`; `POST` there, and `POST …/remove` with `version`.
pub fn edit_page(shell: &Shell, (book, label): (&str, &str), currency: Currency, form: &PriceForm) -> Markup {
    let l = shell.locale();
    let title = t!(l, "prices-edit");
    let action = path(book, &format!("/prices/{}", form.id));
    let version = form.version.to_string();
    shell.page(
        &Page::new(&title, Nav::Products).errors(&form.errors),
        html! {
            p { a.btn.quiet href=(path(book, "")) { (icon("arrow-left")) (label) } }
            (error_summary(l, &form.errors))
            @if let Some(saved) = &form.saved {
                (notice(&Notice { kind: NoticeKind::Warn, text: t!(l, "prices-conflict", saved = saved.as_str()) }))
            }
            (page_head(&title, Some(&form.product), html! {}))
            form.form.narrow method="post" action=(action) novalidate {
                input type="hidden" name="version" value=(version);
                section.panel { div.body { div.form-grid { (numbers(l, form, currency)) } } }
                (form_actions(&t!(l, "common-save"), &path(book, ""), &t!(l, "common-cancel")))
            }
            details.confirm {
                summary.btn.danger { (icon("trash-2")) (t!(l, "prices-remove")) }
                p { (t!(l, "prices-remove-text")) }
                (post_button(&format!("{action}/remove"), &[("version", &version)], "danger", html! { (t!(l, "prices-remove")) }))
            }
        },
    )
}
