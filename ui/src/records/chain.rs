//! The strip from lead to client above a page, and the group of companies that one belongs to.

use super::words::{icon_of, kind_name};
use crate::Locale;
use crate::components::{icon, panel};
use crate::messages::t;
use maud::{Markup, html};
use model::Kind;

/// Records of one step of the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChainStep {
    pub kind: Kind,
    /// Ids and names.
    pub records: Vec<(String, String)>,
    pub has_more: bool,
    /// Whether it is the record of the page.
    pub is_here: bool,
}

/// The strip; nothing where the record stands alone.
pub(crate) fn strip(l: Locale<'_>, steps: &[ChainStep]) -> Markup {
    html! {
        @if !steps.is_empty() {
            nav.chain aria-label=(t!(l, "records-chain")) {
                ol {
                    @for step in steps {
                        li {
                            (icon(icon_of(step.kind))) span.kind { (kind_name(l, step.kind)) ":" } " "
                            @for (place, (id, name)) in step.records.iter().enumerate() {
                                @if place > 0 { ", " }
                                @if step.is_here { strong aria-current="page" { (name) } }
                                @else { a href=(format!("{}/{id}", model::path_of(step.kind).unwrap_or_default())) { (name) } }
                            }
                            @if step.has_more { "…" }
                        }
                    }
                }
            }
        }
    }
}

/// A company of a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupNode {
    pub id: String,
    pub name: String,
    /// 0 for the one on top.
    pub level: usize,
    pub is_here: bool,
}

/// The companies that belong together, in the order of the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompanyGroup {
    pub nodes: Vec<GroupNode>,
    pub has_more: bool,
    /// In the company of the page and all below it.
    pub contacts: u64,
    pub opportunities: u64,
    pub counts_more: bool,
}

pub(super) fn group(l: Locale<'_>, group: &CompanyGroup) -> Markup {
    panel(
        &t!(l, "records-group"),
        html! {},
        html! {
            div.body.stack-s {
                (tree(&group.nodes))
                @if group.has_more { p.hint-text { (t!(l, "records-group-more")) } }
                p.muted {
                    (t!(l, "records-group-contacts", count = group.contacts)) " · "
                    (t!(l, "records-group-opportunities", count = group.opportunities))
                    @if group.counts_more { " · " (t!(l, "records-group-counts-more")) }
                }
            }
        },
    )
}

/// Lists within lists, so that the levels are heard as well as seen.
fn tree(nodes: &[GroupNode]) -> Markup {
    let level = nodes.first().map_or(0, |node| node.level);
    let starts: Vec<usize> = (0..nodes.len()).filter(|place| nodes[*place].level == level).collect();
    html! {
        ul.tree {
            @for (number, start) in starts.iter().enumerate() {
                @let end = starts.get(number + 1).copied().unwrap_or(nodes.len());
                @let node = &nodes[*start];
                li {
                    @if node.is_here { strong aria-current="page" { (node.name) } }
                    @else { a href=(format!("/companies/{}", node.id)) { (node.name) } }
                    @if start + 1 < end { (tree(&nodes[start + 1..end])) }
                }
            }
        }
    }
}
