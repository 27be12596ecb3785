//! The list of an entity: filters, columns, groups and order in the address, pages by «Mostra’n més».

use super::words::word;
use crate::Locale;
use crate::address::Address;
use crate::components::{
    ActiveFilter, Column, Empty, Sort, details_menu, empty, error_summary, icon, link_button, page_head,
    primary_link, table,
};
use crate::filters::{FilterFieldView, FilterWords};
use crate::leads::{LeadTotal, ListCell, ListColumn, cell};
use crate::messages::t;
use crate::saved_views::{ViewBar, view_bar};
use crate::{Nav, Page, Shell, board, bulk, format, prices};
use maud::{Markup, html};
use model::{CREATED, Currency, FieldErrors, FieldKind, Filter, Kind, TITLE};

/// What the address of a list says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListFilters {
    pub kind: Kind,
    pub filter: Filter,
    /// Keys of the fields shown beside the name; empty: the usual ones.
    pub columns: Vec<String>,
    /// The field by which records are put together; empty: one list.
    pub group: String,
    pub sort: String,
    pub ascending: bool,
    /// The saved view that is open.
    pub view: Option<Box<OpenView>>,
    /// Whether the reader's role begins with a view, so that the list without one must be asked for.
    pub has_first_view: bool,
}

/// A saved view that is open: what it shows by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenView {
    pub id: String,
    pub filters: ListFilters,
}

impl ListFilters {
    /// Everybody’s, the newest first.
    pub fn usual(kind: Kind) -> ListFilters {
        ListFilters {
            kind,
            filter: Filter::default(),
            columns: Vec::new(),
            group: String::new(),
            sort: CREATED.to_owned(),
            ascending: false,
            view: None,
            has_first_view: false,
        }
    }

    pub fn path(&self) -> &'static str {
        model::path_of(self.kind).unwrap_or("/")
    }

    /// The list itself, or a page about it below.
    pub fn address(&self, below: &str) -> Address {
        self.address_at(&format!("{}{below}", self.path()))
    }

    pub fn address_at(&self, path: &str) -> Address {
        let pairs = self.pairs().into_iter();
        pairs.fold(Address::new(path), |address, (name, value)| address.with(name, &value))
    }

    /// What the address says, name by name; what is as usual, or as in the open view, is not there.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let state = self.state();
        match &self.view {
            Some(open) if !self.differs_from_view() => vec![("view", open.id.clone())],
            Some(open) => {
                let view = [("view", open.id.clone()), ("edited", "1".to_owned())];
                view.into_iter().chain(state).collect()
            }
            None if state.is_empty() && self.has_first_view => vec![("view", "all".to_owned())],
            None => state,
        }
    }

    fn state(&self) -> Vec<(&'static str, String)> {
        let is_usual_order = self.sort == CREATED && !self.ascending;
        let order = |text: &str| if is_usual_order { String::new() } else { text.to_owned() };
        let pairs = [
            ("filter", self.filter.to_string()),
            ("columns", self.columns.join(",")),
            ("group", self.group.clone()),
            ("sort", order(&self.sort)),
            ("direction", order(if self.ascending { "asc" } else { "desc" })),
        ];
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Whether both show the same records the same way.
    pub fn shows_the_same(&self, other: &ListFilters) -> bool {
        self.state() == other.state()
    }

    pub fn differs_from_view(&self) -> bool {
        self.view.as_ref().is_some_and(|open| !open.filters.shows_the_same(self))
    }

    /// The same as hidden fields of a form that says the rest itself.
    fn hidden(&self, said: &[&str]) -> Markup {
        html! {
            @if let Some(open) = &self.view {
                input type="hidden" name="view" value=(open.id);
                input type="hidden" name="edited" value="1";
            } @else if self.has_first_view { input type="hidden" name="view" value="all"; }
            @for (name, value) in self.state() {
                @if !said.contains(&name) { input type="hidden" name=(name) value=(value); }
            }
        }
    }

    /// The same column again turns it round; names begin with A, the rest with the most.
    fn sorted_by(&self, sort: &str) -> ListFilters {
        let ascending = if self.sort == sort { !self.ascending } else { sort == TITLE };
        ListFilters { sort: sort.to_owned(), ascending, ..self.clone() }
    }

    fn cleared(&self) -> ListFilters {
        ListFilters { filter: Filter::default(), ..self.clone() }
    }
}

/// One record of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListLine {
    pub id: String,
    pub title: String,
    /// What stands below the title.
    pub below: Vec<String>,
    pub is_archived: bool,
    /// One for each column of the page.
    pub cells: Vec<ListCell>,
}

/// Records that have the same value in the field by which the list is grouped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListGroup {
    pub label: String,
    pub count: u64,
    /// The list of this group alone.
    pub filters: ListFilters,
    /// The first ones.
    pub lines: Vec<ListLine>,
}

/// What the reader may do from the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ListMay {
    pub create: bool,
    /// Something to many records at once.
    pub bulk: bool,
    pub export: bool,
    pub import: bool,
    /// Make one of several, and look for those that may be the same.
    pub merge: bool,
}

/// One page of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListPage {
    pub filters: ListFilters,
    pub errors: FieldErrors,
    pub views: ViewBar,
    pub lines: Vec<ListLine>,
    pub columns: Vec<ListColumn>,
    /// The fields that filters, columns and groups can name.
    pub fields: Vec<FilterFieldView>,
    /// Keys that the list can be sorted by.
    pub sorts: &'static [&'static str],
    pub currency: Currency,
    /// In place of lines where the list is grouped.
    pub groups: Vec<ListGroup>,
    /// Whether groups count all; else counting stopped before the end.
    pub is_whole: bool,
    /// The cursor of this page; none on the first.
    pub cursor: Option<String>,
    pub next: Option<String>,
    /// Of all pages together; none for rows that are added to a page.
    pub total: Option<LeadTotal>,
    pub may: ListMay,
}

/// `GET /companies` and its like.
pub fn list_page(shell: &Shell, view: &ListPage) -> Markup {
    let l = shell.locale();
    let kind = view.filters.kind;
    let title = word(l, kind, "title");
    let page = Page::new(title.as_str(), Nav::of(kind)).errors(&view.errors);
    let active = active_filters(l, view);
    shell.page(
        &page,
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, crate::leads::total(l, view.total, !active.is_empty()).as_deref(), actions(l, view)))
            (view_bar(l, &view.views))
            div.list-tools { (bar(l, view, &active)) (layout(l, view)) }
            @if !view.groups.is_empty() { (groups(shell, view)) }
            @else if view.lines.is_empty() { (nothing(l, view, &active)) }
            @else {
                @if view.may.bulk { (bulk_bar(l, view)) }
                (table(&title, &columns(l, view), rows(shell, view, &view.lines)))
                (more(l, view))
            }
        },
    )
}

/// The next page for htmx: rows to append, with the button that follows them. For `HX-Request` with a cursor.
pub fn more_rows(shell: &Shell, view: &ListPage) -> Markup {
    html! {
        @for (position, line) in view.lines.iter().enumerate() { (row(shell, view, line, position == 0)) }
        hx-partial hx-target="#records-more" hx-swap="outerHTML" { (more(shell.locale(), view)) }
    }
}

/// The format of a file of cards, in the address of an export.
pub const CARDS_FORMAT: &str = "vcf";

/// Whether phones and mail programs have cards for records of this entity.
pub(crate) fn has_cards(kind: model::Kind) -> bool {
    matches!(kind, model::Kind::Company | model::Kind::Contact)
}

fn actions(l: Locale<'_>, view: &ListPage) -> Markup {
    let export = |format| String::from(view.filters.address("/export").with("format", format));
    let exports = view.may.export && !(view.lines.is_empty() && view.groups.is_empty());
    html! {
        @if view.filters.kind == Kind::Opportunity {
            (link_button(&String::from(view.filters.address_at(board::BOARD_PATH)), "kanban", &t!(l, "board-title")))
        }
        @if view.filters.kind == Kind::Product { (link_button(prices::PATH, "tag", &t!(l, "books-title"))) }
        @if view.may.create { (primary_link(&format!("{}/new", view.filters.path()), "plus", &word(l, view.filters.kind, "new"))) }
        @if exports || view.may.merge || view.may.import {
            (details_menu(html! { (icon("ellipsis")) (t!(l, "common-nav-more")) }, html! {
                @if exports {
                    a href=(export("csv")) { (icon("file-text")) (t!(l, "leads-export", format = "CSV")) }
                    a href=(export("xlsx")) { (icon("file-spreadsheet")) (t!(l, "leads-export", format = "XLSX (Excel)")) }
                    @if has_cards(view.filters.kind) {
                        a href=(export(CARDS_FORMAT)) { (icon("user")) (t!(l, "records-cards")) }
                    }
                }
                @if view.may.merge {
                    a href=(format!("{}/duplicates", view.filters.path())) { (icon("copy")) (t!(l, "merges-pairs-title")) }
                }
                @if view.may.import {
                    a href=(format!("/imports/new?entity={}", view.filters.kind)) { (icon("upload")) (t!(l, "leads-import")) }
                }
            }))
        }
    }
}

fn bar(l: Locale<'_>, view: &ListPage, active: &[ActiveFilter]) -> Markup {
    let filters = &view.filters;
    html! {
        search.stack-s aria-label=(t!(l, "leads-filters")) {
            div.actions {
                (link_button(&String::from(filters.address("/filter")), "funnel", &t!(l, "common-filter")))
            }
            (chip_list(l, active, &String::from(filters.cleared().address(""))))
        }
    }
}

fn chip_list(l: Locale<'_>, active: &[ActiveFilter], cleared: &str) -> Markup {
    html! {
        @if !active.is_empty() {
            ul.chips aria-label=(t!(l, "common-active-filters")) {
                @for filter in active {
                    li { a.chip href=(filter.remove_href) { span.sr { (t!(l, "common-remove-filter")) " " } (filter.label) (icon("x")) } }
                }
                li { a.btn.quiet href=(cleared) { (t!(l, "common-clear-filters")) } }
            }
        }
    }
}

/// The filters that are on, on a page besides the list: `address` is that page with other ones.
pub(crate) fn chips(
    l: Locale<'_>,
    filters: &ListFilters,
    words: FilterWords<'_>,
    address: &dyn Fn(&ListFilters) -> String,
) -> Markup {
    chip_list(l, &active_of(l, filters, words, address), &address(&filters.cleared()))
}

/// The filters that are on, each with the list without it.
fn active_filters(l: Locale<'_>, view: &ListPage) -> Vec<ActiveFilter> {
    let words = FilterWords { fields: &view.fields, currency: view.currency };
    active_of(l, &view.filters, words, &|filters| filters.address("").into())
}

fn active_of(
    l: Locale<'_>,
    filters: &ListFilters,
    words: FilterWords<'_>,
    address: &dyn Fn(&ListFilters) -> String,
) -> Vec<ActiveFilter> {
    let groups = filters.filter.groups.iter().enumerate();
    groups
        .map(|(place, group)| {
            let mut without = filters.clone();
            without.filter.groups.remove(place);
            ActiveFilter {
                label: crate::filters::group_sentence(l, group, words),
                remove_href: address(&without),
            }
        })
        .collect()
}

fn columns(l: Locale<'_>, view: &ListPage) -> Vec<Column> {
    let filters = &view.filters;
    let sort = |by: &str| Sort {
        href: filters.sorted_by(by).address("").into(),
        now: (filters.sort == by).then_some(if filters.ascending { "ascending" } else { "descending" }),
    };
    let mut columns = vec![Column::text(t!(l, "leads-column-name")).sorted(sort(TITLE))];
    columns.extend(view.columns.iter().map(|column| {
        let head = if column.is_number {
            Column::number(column.label.as_str())
        } else {
            Column::text(column.label.as_str())
        };
        let can_sort = column.key == CREATED || view.sorts.contains(&column.key.as_str());
        if can_sort { head.sorted(sort(&column.key)) } else { head }
    }));
    columns
}

fn rows(shell: &Shell, view: &ListPage, lines: &[ListLine]) -> Markup {
    html! {
        @for line in lines { (row(shell, view, line, false)) }
    }
}

fn row(shell: &Shell, view: &ListPage, line: &ListLine, focus: bool) -> Markup {
    html! {
        tr.lead {
            th scope="row" {
                @if view.may.bulk { (bulk::tick(shell.locale(), &line.id, &line.title)) }
                a href=(format!("{}/{}", view.filters.path(), line.id)) data-focus-next[focus] { (line.title) }
                @if !line.below.is_empty() { span.sub { (line.below.join(" · ")) } }
                @if line.is_archived { span.sub { (icon("archive")) (t!(shell.locale(), "records-archived")) } }
            }
            @for (column, value) in view.columns.iter().zip(&line.cells) {
                td class=[column.is_number.then_some("num")] data-l=(column.label) { (cell(shell, value)) }
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
    let merge = view.may.merge.then(|| String::from(view.filters.address("/bulk/merge")));
    bulk::bar(l, &String::from(view.filters.address("/bulk")), merge.as_deref(), total)
}

/// Which columns are shown and by what records are put together.
fn layout(l: Locale<'_>, view: &ListPage) -> Markup {
    let is_shown = |key: &str| view.columns.iter().any(|column| column.key == key);
    // Days are put together where something is due: overdue, today, tomorrow…
    let can_group = |field: &&FilterFieldView| {
        matches!(field.kind, FieldKind::Choice | FieldKind::User | FieldKind::Team) || field.key == "due"
    };
    html! {
        details.layout {
            summary { (icon("sliders-horizontal")) (t!(l, "leads-layout")) }
            form.stack-m action=(view.filters.path()) method="get" {
                (view.filters.hidden(&["columns", "group"]))
                div.field {
                    label for="f-group" { (t!(l, "leads-group")) }
                    select id="f-group" name="group" {
                        option value="" { (t!(l, "leads-group-none")) }
                        @for field in view.fields.iter().filter(can_group) {
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

fn groups(shell: &Shell, view: &ListPage) -> Markup {
    let l = shell.locale();
    let heads: Vec<Column> =
        columns(l, view).into_iter().map(|column| Column { sort: None, ..column }).collect();
    html! {
        @if view.may.bulk { (bulk_bar(l, view)) }
        @if !view.is_whole { p.hint-text { (t!(l, "leads-groups-partly")) } }
        @for group in &view.groups {
            div.stack-s {
                h2.group-head { (group.label) " " span.muted { (format::count(l, group.count)) } }
                @if !group.lines.is_empty() { (table(&group.label, &heads, rows(shell, view, &group.lines))) }
                @if group.count > group.lines.len() as u64 {
                    p { a.btn.quiet href=(group.filters.address("")) { (icon("chevron-right")) (t!(l, "leads-group-all", count = group.count)) } }
                }
            }
        }
    }
}

/// Where the list goes on: a link, which htmx turns into rows appended to this page.
fn more(l: Locale<'_>, view: &ListPage) -> Markup {
    let next = view.next.as_ref().map(|next| String::from(view.filters.address("").with("cursor", next)));
    html! {
        nav.pager #records-more aria-label=(t!(l, "common-pages")) {
            @if view.cursor.is_some() {
                a.btn.quiet href=(view.filters.address("")) rel="first" { (icon("arrow-up")) (t!(l, "leads-to-top")) }
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
    let filters = &view.filters;
    if view.cursor.is_some() || !active.is_empty() {
        // A filter that matches little may find nothing in one reach and go on from there.
        return html! {
            (empty(&Empty {
                icon: "funnel",
                title: t!(l, "leads-none-filtered-title"),
                text: if view.next.is_some() { t!(l, "leads-none-yet-text") } else { t!(l, "records-none-filtered-text") },
                actions: html! { a.btn href=(filters.cleared().address("")) { (t!(l, "common-clear-filters")) } },
            }))
            @if view.next.is_some() { (more(l, view)) }
        };
    }
    empty(&Empty {
        icon: super::words::icon_of(filters.kind),
        title: word(l, filters.kind, "none-title"),
        text: word(l, filters.kind, "none-text"),
        actions: html! {
            @if view.may.create {
                (primary_link(&format!("{}/new", filters.path()), "plus", &word(l, filters.kind, "new")))
            }
        },
    })
}
