//! The filters of the audit log: in the address, in the bar, and each as a chip that takes it off.

use super::PATH;
use super::page::AuditPage;
use super::words::{deed_name, kind_name};
use crate::Locale;
use crate::Shell;
use crate::address::Address;
use crate::components::{ActiveFilter, Choice, FilterBar, filter_bar};
use crate::messages::t;
use maud::{Markup, html};
use model::{Deed, Kind};

/// What the address of the log says, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditFilters {
    /// `2026-11-23`.
    pub from: String,
    pub to: String,
    /// The id of a person or key; `system` for Tracte itself.
    pub by: String,
    pub kind: Option<Kind>,
    pub deed: Option<Deed>,
    /// The id of a record.
    pub record: String,
}

/// The deeds with their codes in the address.
const DEEDS: [(Deed, &str); 3] =
    [(Deed::Created, "created"), (Deed::Updated, "updated"), (Deed::Deleted, "deleted")];

impl AuditFilters {
    pub fn deed_from_code(code: &str) -> Option<Deed> {
        DEEDS.into_iter().find(|(_, known)| *known == code).map(|(deed, _)| deed)
    }

    fn deed_code(&self) -> &'static str {
        DEEDS.into_iter().find(|(deed, _)| Some(*deed) == self.deed).map_or("", |(_, code)| code)
    }

    fn kind_code(&self) -> &'static str {
        self.kind.map_or("", Kind::as_str)
    }

    /// A page of the log, or its export, with these filters.
    pub fn address(&self, path: &str) -> Address {
        Address::new(path)
            .with("from", &self.from)
            .with("to", &self.to)
            .with("by", &self.by)
            .with("kind", self.kind_code())
            .with("deed", self.deed_code())
            .with("record", &self.record)
    }

    pub fn is_empty(&self) -> bool {
        *self == AuditFilters::default()
    }
}

pub(super) fn bar(shell: &Shell, view: &AuditPage) -> Markup {
    let l = shell.locale();
    let filters = &view.filters;
    let hidden: Vec<(&str, &str)> =
        if filters.record.is_empty() { Vec::new() } else { vec![("record", filters.record.as_str())] };
    filter_bar(
        l,
        &FilterBar {
            action: PATH,
            controls: controls(l, view),
            hidden: &hidden,
            active: &active(l, view),
            clear_href: PATH,
        },
    )
}

fn controls(l: Locale<'_>, view: &AuditPage) -> Markup {
    let filters = &view.filters;
    let any = |label: String| vec![Choice::new("", label)];
    let kinds = view.kinds.iter().map(|kind| Choice::new(kind.as_str(), kind_name(l, *kind)));
    let mut kinds: Vec<Choice> = kinds.collect();
    kinds.sort_by_cached_key(|choice| model::fold(&choice.label));
    let deeds = DEEDS.map(|(deed, code)| Choice::new(code, deed_name(l, deed)));
    let system = Choice::new("system", t!(l, "audit-system"));
    html! {
        div { label for="a-from" { (t!(l, "audit-from")) } input #a-from type="date" name="from" value=(filters.from); }
        div { label for="a-to" { (t!(l, "audit-to")) } input #a-to type="date" name="to" value=(filters.to); }
        @if !view.actors.is_empty() {
            (select("a-by", "by", &t!(l, "audit-by"), &filters.by, any(t!(l, "audit-anybody")).into_iter().chain(view.actors.clone()).chain([system])))
        }
        (select("a-kind", "kind", &t!(l, "audit-kind"), filters.kind_code(), any(t!(l, "audit-anything")).into_iter().chain(kinds)))
        (select("a-deed", "deed", &t!(l, "audit-deed"), filters.deed_code(), any(t!(l, "audit-any-deed")).into_iter().chain(deeds)))
    }
}

fn select(id: &str, name: &str, label: &str, value: &str, choices: impl Iterator<Item = Choice>) -> Markup {
    html! {
        div {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                @for choice in choices { option value=(choice.value) selected[choice.value == value] { (choice.label) } }
            }
        }
    }
}

fn active(l: Locale<'_>, view: &AuditPage) -> Vec<ActiveFilter> {
    let filters = &view.filters;
    let mut active = Vec::new();
    let mut add = |label: String, without: AuditFilters| {
        active.push(ActiveFilter { label, remove_href: without.address(PATH).to_string() });
    };
    if !filters.from.is_empty() {
        let label = t!(l, "audit-chip-from", day = filters.from.as_str());
        add(label, AuditFilters { from: String::new(), ..filters.clone() });
    }
    if !filters.to.is_empty() {
        let label = t!(l, "audit-chip-to", day = filters.to.as_str());
        add(label, AuditFilters { to: String::new(), ..filters.clone() });
    }
    if !filters.by.is_empty() {
        let known = view.actors.iter().find(|choice| choice.value == filters.by);
        let label = match known {
            Some(choice) => choice.label.clone(),
            None if filters.by == "system" => t!(l, "audit-system"),
            None => filters.by.clone(),
        };
        add(label, AuditFilters { by: String::new(), ..filters.clone() });
    }
    if let Some(kind) = filters.kind {
        add(kind_name(l, kind), AuditFilters { kind: None, ..filters.clone() });
    }
    if let Some(deed) = filters.deed {
        add(deed_name(l, deed), AuditFilters { deed: None, ..filters.clone() });
    }
    // Who sees slices alone has nowhere to go without one.
    if !filters.record.is_empty() && view.sees_all {
        add(t!(l, "audit-chip-record"), AuditFilters { record: String::new(), ..filters.clone() });
    }
    active
}
