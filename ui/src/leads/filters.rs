//! The filters of the list of leads: in the address, in the bar above it, and each as a chip that takes it off.

use super::ListPage;
use super::list::{EDITOR_PATH, PATH};
use crate::Locale;
use crate::address::Address;
use crate::components::{ActiveFilter, Choice, icon};
use crate::filters::FilterWords;
use crate::messages::t;
use crate::records::ListFilters;
use crate::{format, labels};
use maud::{Markup, html};
use model::{Condition, Filter, Kind, LeadSort, LeadStatus, Operator, Source, lists};

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
    /// All the rest that people ask for.
    pub filter: Filter,
    /// Keys of the fields shown beside the name; empty: the usual ones.
    pub columns: Vec<String>,
    /// The field by which leads are put together; empty: one list.
    pub group: String,
    pub sort: LeadSort,
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
    pub filters: LeadFilters,
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
            filter: Filter::default(),
            columns: Vec::new(),
            group: String::new(),
            sort: LeadSort::Created,
            ascending: false,
            view: None,
            has_first_view: false,
        }
    }
}

impl LeadFilters {
    /// A page of leads with these filters; what is as usual stays out of the address.
    pub fn address(&self, path: &str) -> Address {
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

    /// What the list shows, without a view.
    fn state(&self) -> Vec<(&'static str, String)> {
        let is_usual_order = self.sort == LeadSort::Created && !self.ascending;
        let order = |text: &str| if is_usual_order { String::new() } else { text.to_owned() };
        let pairs = [
            ("status", self.status.map_or("", LeadStatus::as_str).to_owned()),
            ("owner", self.owner.code().to_owned()),
            ("source", self.source.as_ref().map_or("", Source::as_str).to_owned()),
            ("created_from", self.created_from.clone()),
            ("created_to", self.created_to.clone()),
            ("filter", self.filter.to_string()),
            ("columns", self.columns.join(",")),
            ("group", self.group.clone()),
            ("sort", order(self.sort.as_str())),
            ("direction", order(self.direction())),
        ];
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The same list with all filters as conditions: what a view keeps.
    #[must_use]
    pub fn folded(&self) -> LeadFilters {
        let mut filter = Filter::default();
        if let Some(status) = self.status {
            filter = filter.and(Condition::new("status", Operator::AnyOf, [status.as_str()]));
        }
        if self.owner != OwnerChoice::Anyone {
            filter = filter.and(Condition::new("owner", Operator::AnyOf, [self.owner.code()]));
        }
        if let Some(source) = &self.source {
            filter = filter.and(Condition::new("source", Operator::AnyOf, [source.as_str()]));
        }
        for (day, operator) in [(&self.created_from, Operator::AtLeast), (&self.created_to, Operator::AtMost)]
        {
            if !day.is_empty() {
                filter = filter.and(Condition::new("created_at", operator, [day.as_str()]));
            }
        }
        LeadFilters {
            status: None,
            owner: OwnerChoice::Anyone,
            source: None,
            created_from: String::new(),
            created_to: String::new(),
            filter: filter.and_all(&self.filter),
            ..self.clone()
        }
    }

    /// The same as the filters of any list.
    pub fn plain(&self) -> ListFilters {
        let LeadFilters { filter, columns, group, sort, ascending, .. } = self.folded();
        ListFilters {
            filter,
            columns,
            group,
            sort: if sort == LeadSort::Created { model::CREATED } else { sort.as_str() }.to_owned(),
            ascending,
            view: self.view.as_ref().map(|open| {
                Box::new(crate::records::OpenView { id: open.id.clone(), filters: open.filters.plain() })
            }),
            has_first_view: self.has_first_view,
            ..ListFilters::usual(Kind::Lead)
        }
    }

    /// Whether both show the same leads the same way.
    pub fn shows_the_same(&self, other: &LeadFilters) -> bool {
        self.folded().state() == other.folded().state()
    }

    pub fn differs_from_view(&self) -> bool {
        self.view.as_ref().is_some_and(|open| !open.filters.shows_the_same(self))
    }

    /// The same as hidden fields of a form that says the rest itself.
    pub(super) fn hidden(&self, said: &[&str]) -> Markup {
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

    fn direction(&self) -> &'static str {
        if self.ascending { "asc" } else { "desc" }
    }

    /// The list in another order: the same column again turns it round, names begin with A, the rest with the most.
    pub(super) fn sorted_by(&self, sort: LeadSort) -> LeadFilters {
        let ascending = if self.sort == sort { !self.ascending } else { sort == LeadSort::Name };
        LeadFilters { sort, ascending, ..self.clone() }
    }

    /// All filters off, the order kept.
    pub(super) fn cleared(&self) -> LeadFilters {
        LeadFilters {
            status: None,
            owner: OwnerChoice::Anyone,
            source: None,
            created_from: String::new(),
            created_to: String::new(),
            filter: Filter::default(),
            ..self.clone()
        }
    }
}

fn owner_choices(l: Locale<'_>, view: &ListPage) -> Vec<Choice> {
    let mut choices = vec![
        Choice::new("", t!(l, "leads-owner-anyone")),
        Choice::new("me", t!(l, "leads-owner-me")),
        Choice::new("nobody", t!(l, "leads-owner-nobody")),
    ];
    choices.extend(view.people.iter().map(|person| Choice::new(person.id.as_str(), person.name.as_str())));
    choices
}

/// All statuses or sources, with «any» before them.
fn status_choices(l: Locale<'_>) -> Vec<Choice> {
    let any = Choice::new("", t!(l, "leads-status-any"));
    let all = LeadStatus::ALL
        .into_iter()
        .map(|status| Choice::new(status.as_str(), labels::lead_status(l, status)));
    std::iter::once(any).chain(all).collect()
}

fn source_choices(l: Locale<'_>, current: &str) -> Vec<Choice> {
    let any = Choice::new("", t!(l, "leads-source-any"));
    std::iter::once(any).chain(labels::choices(l, lists::SOURCES, current)).collect()
}

/// What the bar itself sends; the rest goes along unseen.
const BAR: [&str; 5] = ["status", "owner", "source", "created_from", "created_to"];

pub(super) fn bar<'l>(l: impl Into<Locale<'l>>, view: &ListPage, active: &[ActiveFilter]) -> Markup {
    let l: Locale<'_> = l.into();
    let filters = &view.filters;
    let status = filters.status.map_or("", LeadStatus::as_str);
    let source = filters.source.as_ref().map_or("", Source::as_str);
    html! {
        search.stack-s aria-label=(t!(l, "leads-filters")) {
            form.filters action=(PATH) method="get" {
                (filters.hidden(&BAR))
                details open[!view.errors.is_empty()] {
                    summary { (icon("funnel")) (t!(l, "leads-filters")) }
                    div.row {
                        (select("status", &t!(l, "common-field-status"), &status_choices(l), status))
                        @if view.may.see_others {
                            (select("owner", &t!(l, "common-field-owner"), &owner_choices(l, view), filters.owner.code()))
                        }
                        (select("source", &t!(l, "common-field-source"), &source_choices(l, source), source))
                        (day("created_from", &t!(l, "leads-created-from"), &filters.created_from))
                        (day("created_to", &t!(l, "leads-created-to"), &filters.created_to))
                        button.btn type="submit" { (icon("funnel")) (t!(l, "common-filter")) }
                        a.btn.quiet href=(filters.address(EDITOR_PATH)) { (icon("sliders-horizontal")) (t!(l, "filters-advanced")) }
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
pub(super) fn active_filters<'l>(l: impl Into<Locale<'l>>, view: &ListPage) -> Vec<ActiveFilter> {
    let l: Locale<'_> = l.into();
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
    let words = FilterWords { fields: &view.fields, currency: view.currency };
    for (place, group) in on.filter.groups.iter().enumerate() {
        let mut without = on.clone();
        without.filter.groups.remove(place);
        add(crate::filters::group_sentence(l, group, words), without);
    }
    active
}

/// The day as people write it; what is no day, as it was typed.
fn shown_day(typed: &str) -> String {
    typed.parse().map_or_else(|_| typed.to_owned(), format::date_short)
}
