//! Lists of records: table with sortable heads, filter bar, tabs and pages.

use super::icon;
use crate::Locale;
use crate::messages::t;
use maud::{Markup, html};

/// The head of a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    pub label: String,
    pub numeric: bool,
    pub sort: Option<Sort>,
}

/// A sortable column: where a click leads and how it is sorted now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sort {
    pub href: String,
    /// `ascending`, `descending`, or none while another column decides.
    pub now: Option<&'static str>,
}

impl Column {
    pub fn text(label: impl Into<String>) -> Column {
        Column { label: label.into(), numeric: false, sort: None }
    }

    pub fn number(label: impl Into<String>) -> Column {
        Column { numeric: true, ..Column::text(label) }
    }

    pub fn sorted(mut self, sort: Sort) -> Column {
        self.sort = Some(sort);
        self
    }
}

/// A table that becomes a list of cards on phones. Rows are `tr` with `th scope="row"` and `td data-l="<column>"`.
pub fn table(caption: &str, columns: &[Column], rows: Markup) -> Markup {
    html! {
        div.table-wrap role="region" aria-label=(caption) tabindex="0" {
            table.stack {
                caption.sr { (caption) }
                thead { tr { @for column in columns { (head(column)) } } }
                tbody { (rows) }
            }
        }
    }
}

fn head(column: &Column) -> Markup {
    let class = column.numeric.then_some("num");
    html! {
        @if let Some(sort) = &column.sort {
            th scope="col" class=[class] aria-sort=[sort.now] {
                a href=(sort.href) {
                    (column.label)
                    @match sort.now {
                        Some("ascending") => { (icon("arrow-up")) }
                        Some(_) => { (icon("arrow-down")) }
                        None => {}
                    }
                }
            }
        } @else {
            th scope="col" class=[class] { (column.label) }
        }
    }
}

/// A filter that is on, with the address of the list without it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActiveFilter {
    pub label: String,
    pub remove_href: String,
}

/// The filters of a list: a GET form, so that every state has an address.
pub struct FilterBar<'a> {
    pub action: &'a str,
    /// Labels and controls, each in a `div`.
    pub controls: Markup,
    /// Kept in the address: sort order and the like.
    pub hidden: &'a [(&'a str, &'a str)],
    pub active: &'a [ActiveFilter],
    pub clear_href: &'a str,
}

pub fn filter_bar<'l>(l: impl Into<Locale<'l>>, bar: &FilterBar<'_>) -> Markup {
    let l: Locale<'_> = l.into();
    html! {
        search.stack-s {
            form.filters action=(bar.action) method="get" {
                @for (name, value) in bar.hidden { input type="hidden" name=(name) value=(value); }
                div.row {
                    (bar.controls)
                    button.btn type="submit" { (icon("funnel")) (t!(l, "common-filter")) }
                }
            }
            @if !bar.active.is_empty() {
                ul.chips aria-label=(t!(l, "common-active-filters")) {
                    @for filter in bar.active {
                        li { a.chip href=(filter.remove_href) { span.sr { (t!(l, "common-remove-filter")) " " } (filter.label) (icon("x")) } }
                    }
                    li { a.btn.quiet href=(bar.clear_href) { (t!(l, "common-clear-filters")) } }
                }
            }
        }
    }
}

/// Where the pages before and after lie.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Paging {
    pub first_href: Option<String>,
    pub next_href: Option<String>,
    /// «50 de 1.234 clients potencials», said by the page.
    pub words: String,
}

pub fn pager<'l>(l: impl Into<Locale<'l>>, paging: &Paging) -> Markup {
    let l: Locale<'_> = l.into();
    html! {
        nav.pager aria-label=(t!(l, "common-pages")) {
            span { (paging.words) }
            ul {
                @if let Some(href) = &paging.first_href {
                    li { a.btn href=(href) rel="first" { (icon("arrow-left")) (t!(l, "common-first-page")) } }
                }
                @if let Some(href) = &paging.next_href {
                    li { a.btn href=(href) rel="next" { (t!(l, "common-next-page")) (icon("arrow-right")) } }
                }
            }
        }
    }
}

/// One tab: a link to a page of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub current: bool,
}

pub fn tabs(label: &str, entries: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in entries {
                a href=(tab.href) aria-current=[tab.current.then_some("page")] { (tab.label) }
            }
        }
    }
}
