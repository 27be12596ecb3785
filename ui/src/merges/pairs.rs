//! All pairs of an entity that may be the same one, and those of which somebody said that they are not.

use super::{DuplicateMay, apart_button, merge_href};
use crate::components::{Empty, empty, icon, link_button, page_head, panel, post_button};
use crate::conversion::reason;
use crate::messages::t;
use crate::records::{icon_of, list_title};
use crate::{Locale, Nav, Page, Shell, format};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{Kind, MatchBy};

/// Two records that may be the same one: ids, what they are called, and what is below.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PairLine {
    pub one: (String, String, Vec<String>),
    pub other: (String, String, Vec<String>),
    pub by: Vec<MatchBy>,
}

/// A pair that is not the same one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApartLine {
    pub id: String,
    pub one: (Kind, String, String),
    pub other: (Kind, String, String),
    pub at: Timestamp,
}

/// `GET /companies/duplicates?from=…`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PairsPage {
    pub kind: Kind,
    pub pairs: Vec<PairLine>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether this is not the first page.
    pub is_later: bool,
    pub apart: Vec<ApartLine>,
    pub may: DuplicateMay,
}

pub fn pairs_page(shell: &Shell, view: &PairsPage) -> Markup {
    let l = shell.locale();
    let path = model::path_of(view.kind).unwrap_or_default();
    let at = format!("{path}/duplicates");
    let title = t!(l, "merges-pairs-title");
    shell.page(
        &Page::new(title.as_str(), Nav::of(view.kind)),
        html! {
            a.crumb href=(path) { (icon("chevron-left")) (list_title(l, view.kind)) }
            (page_head(&title, Some(&t!(l, "merges-pairs-text")), html! {}))
            @if view.pairs.is_empty() {
                (empty(&Empty {
                    icon: "check-check",
                    title: if view.next.is_some() { t!(l, "merges-pairs-none-here") } else { t!(l, "merges-pairs-none") },
                    text: t!(l, "merges-pairs-none-text"),
                    actions: html! {},
                }))
            } @else {
                ul.plain.stack-m { @for pair in &view.pairs { li.panel { (line(l, view, pair)) } } }
            }
            nav.pager aria-label=(t!(l, "merges-pairs-pages")) {
                @if view.is_later { a.btn.quiet href=(at) rel="first" { (icon("arrow-up")) (t!(l, "merges-pairs-first")) } }
                @if let Some(next) = &view.next { a.btn href=(format!("{at}?from={next}")) rel="next" { (icon("chevron-right")) (t!(l, "merges-pairs-next")) } }
            }
            @if !view.apart.is_empty() { (apart(shell, view)) }
        },
    )
}

fn line(l: Locale<'_>, view: &PairsPage, pair: &PairLine) -> Markup {
    let reasons: Vec<String> = pair.by.iter().map(|by| reason(l, *by)).collect();
    let path = model::path_of(view.kind).unwrap_or_default();
    html! {
        div.body.stack-s {
            div.sides {
                @for (id, title, below) in [&pair.one, &pair.other] {
                    p {
                        (icon(icon_of(view.kind))) " " a.target href=(format!("{path}/{id}")) { (title) }
                        @if !below.is_empty() { br; span.muted { (below.join(" · ")) } }
                    }
                }
            }
            p.hint-text { (t!(l, "merges-pairs-why", reasons = format::list(l.language, &reasons))) }
            div.actions {
                @if view.may.merge {
                    (link_button(&merge_href(view.kind, &pair.one.0, &pair.other.0), "copy", &t!(l, "merges-link")))
                }
                @if view.may.set_apart {
                    (apart_button(l, (view.kind, &pair.one.0), (view.kind, &pair.other.0), "list"))
                }
            }
        }
    }
}

fn apart(shell: &Shell, view: &PairsPage) -> Markup {
    let l = shell.locale();
    let kind = view.kind.as_str();
    let link = |(kind, id, title): &(Kind, String, String)| {
        html! { a.target href=(format!("{}/{id}", model::path_of(*kind).unwrap_or_default())) { (title) } }
    };
    panel(
        &t!(l, "merges-apart-title"),
        html! {},
        html! {
            div.body {
                ul.plain.stack-s {
                    @for one in &view.apart {
                        li.stack-s {
                            p {
                                (link(&one.one)) " · " (link(&one.other))
                                br; span.muted { (t!(l, "merges-apart-when", when = format::date_time(l, one.at, &shell.zone))) }
                            }
                            @if view.may.set_apart {
                                (post_button(&format!("{}/{}/again", super::APART, one.id), &[("entity", kind)], "quiet",
                                    html! { (icon("undo-2")) (t!(l, "merges-apart-again")) }))
                            }
                        }
                    }
                }
            }
        },
    )
}
