//! The list of leads: filters and order in the address, pages by «Mostra’n més».

use super::{LeadFilters, Person, filters};
use crate::components::{
    ActiveFilter, Column, Empty, Sort, details_menu, empty, error_summary, icon, link_button, page_head,
    person, primary_link, table,
};
use crate::messages::t;
use crate::{Nav, Page, Shell, format, labels};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{FieldErrors, Language, LeadSort, LeadStatus, Money, Source};

/// One lead of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadLine {
    pub id: String,
    /// The company’s name, else the person’s.
    pub title: String,
    /// The person’s name where the title is the company’s.
    pub person: Option<String>,
    pub town: Option<String>,
    pub status: LeadStatus,
    pub owner: Option<String>,
    pub source: Option<Source>,
    pub amount: Option<Money>,
    pub created_at: Timestamp,
}

/// How many leads the whole list has, as far as they were counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LeadTotal {
    Exactly(u64),
    MoreThan(u64),
    /// Filters that match little in a long list: counting stopped before its end.
    AtLeast(u64),
}

/// What the reader may do from the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ListMay {
    pub create: bool,
    pub import: bool,
    pub export: bool,
    /// Sees the leads of others: the owner is worth a filter and a column.
    pub see_others: bool,
}

/// One page of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListPage {
    pub filters: LeadFilters,
    /// Problems of the filters: days that are none.
    pub errors: FieldErrors,
    /// Who can be chosen as owner.
    pub people: Vec<Person>,
    pub lines: Vec<LeadLine>,
    /// The cursor of this page; none on the first.
    pub cursor: Option<String>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
    /// Of all pages together; none for rows that are added to a page.
    pub total: Option<LeadTotal>,
    pub may: ListMay,
}

pub(super) const PATH: &str = "/leads";

/// `GET /leads`.
pub fn list_page(shell: &Shell, view: &ListPage) -> Markup {
    let l = shell.language;
    let title = t!(l, "leads-title");
    let page = Page::new(title.as_str(), Nav::Leads).errors(&view.errors);
    let active = filters::active_filters(l, view);
    shell.page(
        &page,
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, total(l, view, &active).as_deref(), actions(l, view)))
            (filters::bar(l, view, &active))
            @if view.lines.is_empty() { (nothing(l, view, &active)) }
            @else {
                (table(&title, &columns(l, view), rows(shell, view)))
                (more(l, view))
            }
        },
    )
}

/// «2.314 en total», «37 amb aquests filtres». An empty list says so itself.
fn total(l: Language, view: &ListPage, active: &[ActiveFilter]) -> Option<String> {
    let is_filtered = !active.is_empty();
    match view.total? {
        LeadTotal::Exactly(0) | LeadTotal::AtLeast(0) => None,
        LeadTotal::Exactly(count) if is_filtered => Some(t!(l, "leads-total-filtered", count = count)),
        LeadTotal::Exactly(count) => Some(t!(l, "leads-total", count = count)),
        LeadTotal::MoreThan(count) => Some(t!(l, "leads-total-more", count = count)),
        LeadTotal::AtLeast(count) => Some(t!(l, "leads-total-at-least", count = count)),
    }
}

/// The next page for htmx: rows to append, with the button that follows them. For `HX-Request` with a cursor.
pub fn more_rows(shell: &Shell, view: &ListPage) -> Markup {
    html! {
        @for (position, line) in view.lines.iter().enumerate() { (row(shell, view, line, position == 0)) }
        hx-partial hx-target="#leads-more" hx-swap="outerHTML" { (more(shell.language, view)) }
    }
}

fn actions(l: Language, view: &ListPage) -> Markup {
    let export = |format| String::from(view.filters.address("/leads/export").with("format", format));
    html! {
        @if view.may.export && !view.lines.is_empty() {
            (details_menu(html! { (icon("download")) (t!(l, "leads-export")) }, html! {
                a href=(export("csv")) { (icon("file-text")) "CSV" }
                a href=(export("xlsx")) { (icon("file-spreadsheet")) "XLSX (Excel)" }
            }))
        }
        @if view.may.import { (link_button("/imports/new", "upload", &t!(l, "leads-import"))) }
        @if view.may.create { (primary_link("/leads/new", "plus", &t!(l, "leads-new"))) }
    }
}

fn columns(l: Language, view: &ListPage) -> Vec<Column> {
    let filters = &view.filters;
    let sort = |by: LeadSort| Sort {
        href: filters.sorted_by(by).address(PATH).into(),
        now: (filters.sort == by).then_some(if filters.ascending { "ascending" } else { "descending" }),
    };
    let mut columns = vec![
        Column::text(t!(l, "leads-column-name")).sorted(sort(LeadSort::Name)),
        Column::text(t!(l, "common-field-status")),
    ];
    if view.may.see_others {
        columns.push(Column::text(t!(l, "common-field-owner")));
    }
    columns.extend([
        Column::text(t!(l, "common-field-source")),
        Column::number(t!(l, "leads-column-amount")).sorted(sort(LeadSort::Amount)),
        Column::number(t!(l, "leads-column-created")).sorted(sort(LeadSort::Created)),
    ]);
    columns
}

fn rows(shell: &Shell, view: &ListPage) -> Markup {
    html! {
        @for line in &view.lines { (row(shell, view, line, false)) }
    }
}

fn row(shell: &Shell, view: &ListPage, line: &LeadLine, focus: bool) -> Markup {
    let l = shell.language;
    let below: Vec<&str> = [&line.person, &line.town].into_iter().flatten().map(String::as_str).collect();
    let day = line.created_at.to_zoned_datetime(shell.zone.clone()).date();
    html! {
        tr.lead {
            th scope="row" {
                a href=(format!("/leads/{}", line.id)) data-focus-next[focus] { (line.title) }
                @if !below.is_empty() { span.sub { (below.join(" · ")) } }
            }
            td data-l=(t!(l, "common-field-status")) { (labels::lead_status_tag(l, line.status)) }
            @if view.may.see_others {
                td data-l=(t!(l, "common-field-owner")) {
                    @match &line.owner {
                        Some(name) => { (person(name)) }
                        None => { span.quiet { (t!(l, "leads-owner-nobody")) } }
                    }
                }
            }
            td data-l=(t!(l, "common-field-source")) { @if let Some(source) = line.source { (labels::source(l, source)) } }
            td.num data-l=(t!(l, "leads-column-amount")) { @if let Some(amount) = line.amount { (format::money(l, amount)) } }
            td.num data-l=(t!(l, "leads-column-created")) {
                time datetime=(line.created_at) title=(format::date_time(l, line.created_at, &shell.zone)) { (format::date_short(day)) }
            }
        }
    }
}

/// Where the list goes on: a link, which htmx turns into rows appended to this page.
fn more(l: Language, view: &ListPage) -> Markup {
    let next = view.next.as_ref().map(|next| String::from(view.filters.address(PATH).with("cursor", next)));
    html! {
        nav.pager #leads-more aria-label=(t!(l, "common-pages")) {
            @if view.cursor.is_some() {
                a.btn.quiet href=(view.filters.address(PATH)) rel="first" { (icon("arrow-up")) (t!(l, "leads-to-top")) }
            }
            @match next {
                Some(href) => {
                    a.btn href=(href) rel="next" data-hx-get=(href) data-hx-target="main tbody" data-hx-swap="beforeend" {
                        (icon("chevron-down")) (t!(l, "leads-more"))
                    }
                }
                None => { span.muted { (t!(l, "leads-end")) } }
            }
        }
    }
}

fn nothing(l: Language, view: &ListPage, active: &[ActiveFilter]) -> Markup {
    if view.cursor.is_some() || !active.is_empty() {
        // A filter that matches little may find nothing in one reach and go on from there.
        return html! {
            (empty(&Empty {
                icon: "funnel",
                title: t!(l, "leads-none-filtered-title"),
                text: if view.next.is_some() { t!(l, "leads-none-yet-text") } else { t!(l, "leads-none-filtered-text") },
                actions: html! { a.btn href=(view.filters.cleared().address(PATH)) { (t!(l, "common-clear-filters")) } },
            }))
            @if view.next.is_some() { (more(l, view)) }
        };
    }
    empty(&Empty {
        icon: "inbox",
        title: t!(l, "leads-none-title"),
        text: if view.may.create { t!(l, "leads-none-text") } else { t!(l, "leads-none-mine-text") },
        actions: html! {
            @if view.may.create { (primary_link("/leads/new", "plus", &t!(l, "leads-new"))) }
            @if view.may.import { (link_button("/imports/new", "upload", &t!(l, "leads-import-file"))) }
        },
    })
}
