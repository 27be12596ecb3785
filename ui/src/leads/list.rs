//! The list of leads: filters and order in the address, pages by «Mostra’n més».

use super::{LeadFilters, Person, filters};
use crate::Locale;
use crate::components::{
    ActiveFilter, Column, Empty, Sort, details_menu, empty, error_summary, icon, link_button, page_head,
    person, primary_link, table,
};
use crate::filters::FilterFieldView;
use crate::messages::t;
use crate::saved_views::{ViewBar, view_bar};
use crate::{Nav, Page, Shell, bulk, format, labels};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::{Currency, FieldErrors, FieldKind, LeadSort, LeadStatus, Money};

/// One lead of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadLine {
    pub id: String,
    /// The company’s name, else the person’s.
    pub title: String,
    /// The person’s name where the title is the company’s.
    pub person: Option<String>,
    pub town: Option<String>,
    /// One for each column of the page.
    pub cells: Vec<ListCell>,
}

/// The value of a field in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ListCell {
    Nothing,
    /// Also names of choices and numbers, in the reader's notation.
    Text(String),
    Status(LeadStatus),
    Person(String),
    Nobody,
    Money(Money),
    Day(Date),
    /// The last day of a document: it says so once that is over or near.
    LastDay(Date),
    /// When something is due.
    Due(crate::activities::Due),
    Instant(Timestamp),
}

/// A column besides the name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListColumn {
    /// The key of the field.
    pub key: String,
    pub label: String,
    pub is_number: bool,
}

/// Leads that have the same value in the field by which the list is grouped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListGroup {
    pub label: String,
    pub count: u64,
    /// The list of this group alone.
    pub filters: LeadFilters,
    /// The first ones.
    pub lines: Vec<LeadLine>,
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
    /// Make one of several, and look for those that may be the same.
    pub merge: bool,
}

/// One page of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListPage {
    pub filters: LeadFilters,
    /// Problems of the filters: days that are none.
    pub errors: FieldErrors,
    pub views: ViewBar,
    /// Who can be chosen as owner.
    pub people: Vec<Person>,
    pub lines: Vec<LeadLine>,
    pub columns: Vec<ListColumn>,
    /// The fields that filters, columns and groups can name.
    pub fields: Vec<FilterFieldView>,
    pub currency: Currency,
    /// In place of lines where the list is grouped.
    pub groups: Vec<ListGroup>,
    /// Whether groups count all; else counting stopped before the end.
    pub is_whole: bool,
    /// The cursor of this page; none on the first.
    pub cursor: Option<String>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
    /// Of all pages together; none for rows that are added to a page.
    pub total: Option<LeadTotal>,
    pub may: ListMay,
    /// Whether there is anything that the reader may do with many at once.
    pub bulk: bool,
    /// The order by points is being made anew.
    pub making: Option<crate::scoring::MakingView>,
}

pub(super) const PATH: &str = "/leads";
const BULK_PATH: &str = "/leads/bulk";
const MERGE_PATH: &str = "/leads/bulk/merge";
pub(super) const EDITOR_PATH: &str = "/leads/filter";

/// `GET /leads`.
pub fn list_page(shell: &Shell, view: &ListPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "leads-title");
    let page = Page::new(title.as_str(), Nav::Leads).errors(&view.errors);
    let active = filters::active_filters(l, view);
    shell.page(
        &page,
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, total(l, view.total, !active.is_empty()).as_deref(), actions(l, view)))
            (view_bar(l, &view.views))
            div.list-tools { (filters::bar(l, view, &active)) (layout(l, view)) }
            @if let Some(making) = view.making { (crate::scoring::being_made(l, making)) }
            @if !view.groups.is_empty() { (groups(shell, view)) }
            @else if view.lines.is_empty() { (nothing(l, view, &active)) }
            @else {
                @if view.bulk { (bulk_bar(l, view)) }
                (table(&title, &columns(l, view), rows(shell, view, &view.lines)))
                (more(l, view))
            }
        },
    )
}

/// «2.314 en total», «37 amb aquests filtres». An empty list says so itself.
pub(crate) fn total(l: Locale<'_>, total: Option<LeadTotal>, is_filtered: bool) -> Option<String> {
    match total? {
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
        hx-partial hx-target="#leads-more" hx-swap="outerHTML" { (more(shell.locale(), view)) }
    }
}

fn actions(l: Locale<'_>, view: &ListPage) -> Markup {
    let export = |format| String::from(view.filters.address("/leads/export").with("format", format));
    let exports = view.may.export && !(view.lines.is_empty() && view.groups.is_empty());
    html! {
        @if view.may.create { (primary_link("/leads/new", "plus", &t!(l, "leads-new"))) }
        @if exports || view.may.merge || view.may.import {
            (details_menu(html! { (icon("ellipsis")) (t!(l, "common-nav-more")) }, html! {
                @if exports {
                    a href=(export("csv")) { (icon("file-text")) (t!(l, "leads-export", format = "CSV")) }
                    a href=(export("xlsx")) { (icon("file-spreadsheet")) (t!(l, "leads-export", format = "XLSX (Excel)")) }
                }
                @if view.may.merge { a href="/leads/duplicates" { (icon("copy")) (t!(l, "merges-pairs-title")) } }
                @if view.may.import { a href="/imports/new" { (icon("upload")) (t!(l, "leads-import")) } }
            }))
        }
    }
}

fn columns(l: Locale<'_>, view: &ListPage) -> Vec<Column> {
    let filters = &view.filters;
    let sort = |by: LeadSort| Sort {
        href: filters.sorted_by(by).address(PATH).into(),
        now: (filters.sort == by).then_some(if filters.ascending { "ascending" } else { "descending" }),
    };
    let mut columns = vec![Column::text(t!(l, "leads-column-name")).sorted(sort(LeadSort::Name))];
    columns.extend(view.columns.iter().map(|column| {
        let head = if column.is_number {
            Column::number(column.label.as_str())
        } else {
            Column::text(column.label.as_str())
        };
        match column.key.as_str() {
            "amount" => head.sorted(sort(LeadSort::Amount)),
            model::SCORE => head.sorted(sort(LeadSort::Score)),
            "created_at" => head.sorted(sort(LeadSort::Created)),
            _ => head,
        }
    }));
    columns
}

fn rows(shell: &Shell, view: &ListPage, lines: &[LeadLine]) -> Markup {
    html! {
        @for line in lines { (row(shell, view, line, false)) }
    }
}

fn row(shell: &Shell, view: &ListPage, line: &LeadLine, focus: bool) -> Markup {
    let below: Vec<&str> = [&line.person, &line.town].into_iter().flatten().map(String::as_str).collect();
    html! {
        tr.lead {
            th scope="row" {
                @if view.bulk { (bulk::tick(shell.locale(), &line.id, &line.title)) }
                a href=(format!("/leads/{}", line.id)) data-focus-next[focus] { (line.title) }
                @if !below.is_empty() { span.sub { (below.join(" · ")) } }
            }
            @for (column, value) in view.columns.iter().zip(&line.cells) {
                td class=[column.is_number.then_some("num")] data-l=(column.label) { (cell(shell, value)) }
            }
        }
    }
}

/// A value in a list.
pub(crate) fn cell(shell: &Shell, cell: &ListCell) -> Markup {
    let l = shell.locale();
    html! {
        @match cell {
            ListCell::Nothing => {}
            ListCell::Text(text) => { (text) }
            ListCell::Status(status) => { (labels::lead_status_tag(l, *status)) }
            ListCell::Person(name) => { (person(name)) }
            ListCell::Nobody => { span.quiet { (t!(l, "leads-owner-nobody")) } }
            ListCell::Money(money) => { (format::money(l, *money)) }
            ListCell::Day(day) => { time datetime=(day) { (format::date_short(*day)) } }
            ListCell::LastDay(day) => { (crate::documents::last_day(shell, *day)) }
            ListCell::Due(due) => { (due.markup(shell)) }
            ListCell::Instant(instant) => {
                time datetime=(instant) title=(format::date_time(l, *instant, &shell.zone)) {
                    (format::date_short(instant.to_zoned_datetime(shell.zone.clone()).date()))
                }
            }
        }
    }
}

/// The group of leads without a value.
pub fn no_value<'l>(l: impl Into<Locale<'l>>) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "leads-group-empty")
}

/// What the list is called.
pub fn list_title<'l>(l: impl Into<Locale<'l>>) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "leads-title")
}

/// Groups by which a list can be put together: what has few values.
fn can_group(field: &FilterFieldView) -> bool {
    matches!(field.kind, FieldKind::Choice | FieldKind::User | FieldKind::Team)
}

/// Which columns are shown and by what leads are put together.
fn layout(l: Locale<'_>, view: &ListPage) -> Markup {
    let is_shown = |key: &str| view.columns.iter().any(|column| column.key == key);
    html! {
        details.layout {
            summary { (icon("sliders-horizontal")) (t!(l, "leads-layout")) }
            form.stack-m action=(PATH) method="get" {
                (view.filters.hidden(&["columns", "group"]))
                div.field {
                    label for="f-group" { (t!(l, "leads-group")) }
                    select id="f-group" name="group" {
                        option value="" { (t!(l, "leads-group-none")) }
                        @for field in view.fields.iter().filter(|field| can_group(field)) {
                            option value=(field.key) selected[field.key == view.filters.group] { (field.label) }
                        }
                    }
                }
                fieldset.stack-s {
                    legend { (t!(l, "leads-columns")) }
                    div.choices.inline {
                        @for field in &view.fields {
                            label.check {
                                input type="checkbox" name="columns" value=(field.key) checked[is_shown(&field.key)];
                                span { (field.label) }
                            }
                        }
                    }
                }
                div { button.btn type="submit" { (icon("check")) (t!(l, "leads-layout-apply")) } }
            }
        }
    }
}

/// The form of the tick boxes; all are those of the filters, not of the page.
fn bulk_bar(l: Locale<'_>, view: &ListPage) -> Markup {
    let total = match view.total {
        Some(LeadTotal::Exactly(count)) => Some(count),
        _ => None,
    };
    let merge = view.may.merge.then(|| String::from(view.filters.address(MERGE_PATH)));
    bulk::bar(l, &String::from(view.filters.address(BULK_PATH)), merge.as_deref(), total)
}

fn groups(shell: &Shell, view: &ListPage) -> Markup {
    let l = shell.locale();
    let heads: Vec<Column> =
        columns(l, view).into_iter().map(|column| Column { sort: None, ..column }).collect();
    html! {
        @if view.bulk { (bulk_bar(l, view)) }
        @if !view.is_whole { p.hint-text { (t!(l, "leads-groups-partly")) } }
        @for group in &view.groups {
            section.stack-s aria-label=(group.label) {
                h2.group-head { (group.label) " " span.muted { (format::count(l, group.count)) } }
                @if !group.lines.is_empty() { (table(&group.label, &heads, rows(shell, view, &group.lines))) }
                @if group.count > group.lines.len() as u64 {
                    p { a.btn.quiet href=(group.filters.address(PATH)) { (icon("chevron-right")) (t!(l, "leads-group-all", count = group.count)) } }
                }
            }
        }
    }
}

/// Where the list goes on: a link, which htmx turns into rows appended to this page.
fn more(l: Locale<'_>, view: &ListPage) -> Markup {
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

fn nothing(l: Locale<'_>, view: &ListPage, active: &[ActiveFilter]) -> Markup {
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
