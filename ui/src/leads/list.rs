//! The list of leads: filters and order in the address, pages by «Mostra’n més».

use super::Person;
use crate::address::Address;
use crate::components::{
    ActiveFilter, Choice, Column, Empty, Sort, details_menu, empty, error_summary, icon, link_button,
    page_head, person, primary_link, table,
};
use crate::messages::t;
use crate::{Nav, Page, Shell, format, labels};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{FieldErrors, Language, LeadSort, LeadStatus, Money, Source};

/// Whose leads a list shows; in the address `owner=me`, `owner=nobody` or the id of a user.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum OwnerChoice {
    #[default]
    Anyone,
    Me,
    Nobody,
    Person(String),
}

impl OwnerChoice {
    /// The value in the address; empty for anyone.
    pub fn code(&self) -> &str {
        match self {
            OwnerChoice::Anyone => "",
            OwnerChoice::Me => "me",
            OwnerChoice::Nobody => "nobody",
            OwnerChoice::Person(id) => id,
        }
    }

    /// What the address says.
    pub fn from_code(code: &str) -> OwnerChoice {
        match code {
            "" => OwnerChoice::Anyone,
            "me" => OwnerChoice::Me,
            "nobody" => OwnerChoice::Nobody,
            id => OwnerChoice::Person(id.to_owned()),
        }
    }
}

/// What the address of a list says. Days are as typed (`2026-11-23`), so that a wrong one is shown again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadFilters {
    pub status: Option<LeadStatus>,
    pub owner: OwnerChoice,
    pub source: Option<Source>,
    pub created_from: String,
    pub created_to: String,
    pub sort: LeadSort,
    pub ascending: bool,
}

impl Default for LeadFilters {
    /// Everybody’s, the newest first.
    fn default() -> LeadFilters {
        LeadFilters {
            status: None,
            owner: OwnerChoice::Anyone,
            source: None,
            created_from: String::new(),
            created_to: String::new(),
            sort: LeadSort::Created,
            ascending: false,
        }
    }
}

impl LeadFilters {
    /// A page of leads with these filters; what is as usual stays out of the address.
    pub fn address(&self, path: &str) -> Address {
        let usual_order = self.sort == LeadSort::Created && !self.ascending;
        let address = Address::new(path)
            .with("status", self.status.map_or("", LeadStatus::as_str))
            .with("owner", self.owner.code())
            .with("source", self.source.map_or("", Source::as_str))
            .with("created_from", &self.created_from)
            .with("created_to", &self.created_to);
        if usual_order {
            return address;
        }
        address.with("sort", self.sort.as_str()).with("direction", self.direction())
    }

    fn direction(&self) -> &'static str {
        if self.ascending { "asc" } else { "desc" }
    }

    /// The list in another order: the same column again turns it round, names begin with A, the rest with the most.
    fn sorted_by(&self, sort: LeadSort) -> LeadFilters {
        let ascending = if self.sort == sort { !self.ascending } else { sort == LeadSort::Name };
        LeadFilters { sort, ascending, ..self.clone() }
    }

    /// All filters off, the order kept.
    fn cleared(&self) -> LeadFilters {
        LeadFilters { sort: self.sort, ascending: self.ascending, ..LeadFilters::default() }
    }
}

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
    pub may: ListMay,
}

const PATH: &str = "/leads";

/// `GET /leads`.
pub fn list_page(shell: &Shell, view: &ListPage) -> Markup {
    let l = shell.language;
    let title = t!(l, "leads-title");
    let page = Page::new(title.as_str(), Nav::Leads).errors(&view.errors);
    let active = active_filters(l, view);
    shell.page(
        &page,
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, None, actions(l, view)))
            (filters(l, view, &active))
            @if view.lines.is_empty() { (nothing(l, view, &active)) }
            @else {
                (table(&title, &columns(l, view), rows(shell, view)))
                (more(l, view))
            }
        },
    )
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

fn owner_choices(l: Language, view: &ListPage) -> Vec<Choice> {
    let mut choices = vec![
        Choice::new("", t!(l, "leads-owner-anyone")),
        Choice::new("me", t!(l, "leads-owner-me")),
        Choice::new("nobody", t!(l, "leads-owner-nobody")),
    ];
    choices.extend(view.people.iter().map(|person| Choice::new(person.id.as_str(), person.name.as_str())));
    choices
}

/// All statuses or sources, with «any» before them.
fn status_choices(l: Language) -> Vec<Choice> {
    let any = Choice::new("", t!(l, "leads-status-any"));
    let all = LeadStatus::ALL
        .into_iter()
        .map(|status| Choice::new(status.as_str(), labels::lead_status(l, status)));
    std::iter::once(any).chain(all).collect()
}

fn source_choices(l: Language) -> Vec<Choice> {
    let any = Choice::new("", t!(l, "leads-source-any"));
    let all = Source::ALL.into_iter().map(|source| Choice::new(source.as_str(), labels::source(l, source)));
    std::iter::once(any).chain(all).collect()
}

fn filters(l: Language, view: &ListPage, active: &[ActiveFilter]) -> Markup {
    let filters = &view.filters;
    let status = filters.status.map_or("", LeadStatus::as_str);
    let source = filters.source.map_or("", Source::as_str);
    let has_order = filters.sort != LeadSort::Created || filters.ascending;
    html! {
        search.stack-s aria-label=(t!(l, "leads-filters")) {
            form.filters action=(PATH) method="get" {
                @if has_order {
                    input type="hidden" name="sort" value=(filters.sort.as_str());
                    input type="hidden" name="direction" value=(filters.direction());
                }
                details open[!view.errors.is_empty()] {
                    summary { (icon("funnel")) (t!(l, "leads-filters")) }
                    div.row {
                        (select("status", &t!(l, "common-field-status"), &status_choices(l), status))
                        @if view.may.see_others {
                            (select("owner", &t!(l, "common-field-owner"), &owner_choices(l, view), filters.owner.code()))
                        }
                        (select("source", &t!(l, "common-field-source"), &source_choices(l), source))
                        (day("created_from", &t!(l, "leads-created-from"), &filters.created_from))
                        (day("created_to", &t!(l, "leads-created-to"), &filters.created_to))
                        button.btn type="submit" { (icon("funnel")) (t!(l, "common-filter")) }
                    }
                }
            }
            @if !active.is_empty() {
                ul.chips aria-label=(t!(l, "common-active-filters")) {
                    @for filter in active {
                        li { a.chip href=(filter.remove_href) { span.sr { (t!(l, "common-remove-filter")) " " } (filter.label) (icon("x")) } }
                    }
                    li { a.btn.quiet href=(filters.cleared().address(PATH)) { (t!(l, "common-clear-filters")) } }
                }
            }
        }
    }
}

fn select(name: &str, label: &str, choices: &[Choice], value: &str) -> Markup {
    html! {
        div {
            label for=(format!("f-{name}")) { (label) }
            select id=(format!("f-{name}")) name=(name) {
                @for choice in choices { option value=(choice.value) selected[choice.value == value] { (choice.label) } }
            }
        }
    }
}

fn day(name: &str, label: &str, value: &str) -> Markup {
    html! {
        div {
            label for=(format!("f-{name}")) { (label) }
            input id=(format!("f-{name}")) type="date" name=(name) value=(value);
        }
    }
}

/// The filters that are on, each with the list without it.
fn active_filters(l: Language, view: &ListPage) -> Vec<ActiveFilter> {
    let on = &view.filters;
    let mut active = Vec::new();
    let mut add = |label: String, without: LeadFilters| {
        active.push(ActiveFilter { label, remove_href: without.address(PATH).into() });
    };
    if let Some(status) = on.status {
        add(
            t!(l, "leads-chip-status", value = labels::lead_status(l, status)),
            LeadFilters { status: None, ..on.clone() },
        );
    }
    if on.owner != OwnerChoice::Anyone {
        let code = on.owner.code();
        let chosen = owner_choices(l, view).into_iter().find(|choice| choice.value == code);
        let name = chosen.map_or_else(|| t!(l, "leads-owner-unknown"), |choice| choice.label);
        add(
            t!(l, "leads-chip-owner", value = name),
            LeadFilters { owner: OwnerChoice::Anyone, ..on.clone() },
        );
    }
    if let Some(source) = on.source {
        add(
            t!(l, "leads-chip-source", value = labels::source(l, source)),
            LeadFilters { source: None, ..on.clone() },
        );
    }
    if !on.created_from.is_empty() {
        add(
            t!(l, "leads-chip-from", value = shown_day(&on.created_from)),
            LeadFilters { created_from: String::new(), ..on.clone() },
        );
    }
    if !on.created_to.is_empty() {
        add(
            t!(l, "leads-chip-to", value = shown_day(&on.created_to)),
            LeadFilters { created_to: String::new(), ..on.clone() },
        );
    }
    active
}

/// The day as people write it; what is no day, as it was typed.
fn shown_day(typed: &str) -> String {
    typed.parse().map_or_else(|_| typed.to_owned(), format::date_short)
}
