//! What was found, and the suggestions under the search box while somebody types.

use crate::Locale;
use crate::address::Address;
use crate::components::{Empty, empty, icon, page_head, panel, tag};
use crate::messages::t;
use crate::{Nav, Page, Shell, labels, records};
use maud::{Markup, html};
use model::{Kind, LeadStatus};

/// A stretch of a snippet; `marked` where it is a word that was looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    pub text: String,
    pub marked: bool,
}

/// Text around the words found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Snippet {
    pub pieces: Vec<Piece>,
    /// Whether the text goes on before and after.
    pub cut_before: bool,
    pub cut_after: bool,
}

/// One record that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    pub kind: Kind,
    pub id: String,
    pub title: String,
    /// What stands below: the person’s name where the title is the company’s, the town…
    pub below: Vec<String>,
    /// Of a lead.
    pub status: Option<LeadStatus>,
    /// Of an opportunity, in words.
    pub stage: Option<String>,
    pub owner: Option<String>,
    pub snippet: Option<Snippet>,
}

/// How many there are; beyond a limit nobody counts on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Total {
    Exactly(u64),
    MoreThan(u64),
}

/// `GET /search?q=…&skip=…`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SearchPage {
    /// As typed; empty before anything was.
    pub query: String,
    /// Nothing in it to look for: fewer than two letters or digits.
    pub too_short: bool,
    pub total: Total,
    pub hits: Vec<Hit>,
    /// How many were passed over to get to these.
    pub skipped: u64,
    /// What to skip on the next page, where there is one.
    pub next_skip: Option<u64>,
}

/// What is shown under the box while somebody types.
pub const SUGGESTIONS_MAX: usize = 8;

/// The page of results.
pub fn page(shell: &Shell, view: &SearchPage) -> Markup {
    let l = shell.locale();
    let title = if view.query.trim().is_empty() {
        t!(l, "search-title")
    } else {
        t!(l, "search-title-of", query = view.query.as_str())
    };
    let counted = (!view.hits.is_empty()).then(|| total(l, view.total));
    shell.page(
        &Page::new(title.as_str(), Nav::Nowhere),
        html! {
            (page_head(&title, counted.as_deref(), html! {}))
            div #search-results.narrow.stack-m { (results(l, view)) }
        },
    )
}

/// The answer to the search box itself (`HX-Request`): a short list that links to the whole page.
pub fn suggestions(shell: &Shell, view: &SearchPage) -> Markup {
    let l = shell.locale();
    html! {
        @if !view.query.trim().is_empty() {
            div.suggestions role="group" aria-label=(t!(l, "search-suggestions")) {
                @if view.too_short { p { (t!(l, "search-too-short-title")) } }
                @else if view.hits.is_empty() { p { (t!(l, "search-nothing-title", query = view.query.as_str())) } }
                @else {
                    ul {
                        @for hit in view.hits.iter().take(SUGGESTIONS_MAX) {
                            li {
                                a href=(href(hit)) {
                                    strong { (hit.title) }
                                    span.sub { (hit.below.join(" · ")) }
                                    (mark_of(l, hit))
                                }
                            }
                        }
                    }
                    a.all href=(Address::new("/search").with("q", &view.query)) { (t!(l, "search-all", total = total(l, view.total))) (icon("arrow-right")) }
                }
            }
        }
    }
}

fn results(l: Locale<'_>, view: &SearchPage) -> Markup {
    if view.query.trim().is_empty() {
        return empty(&Empty {
            icon: "search",
            title: t!(l, "search-empty-title"),
            text: t!(l, "search-empty-text"),
            actions: html! {},
        });
    }
    if view.too_short {
        return empty(&Empty {
            icon: "search",
            title: t!(l, "search-too-short-title"),
            text: t!(l, "search-empty-text"),
            actions: html! {},
        });
    }
    if view.hits.is_empty() {
        return empty(&Empty {
            icon: "search",
            title: t!(l, "search-nothing-title", query = view.query.as_str()),
            text: t!(l, "search-nothing-text"),
            actions: html! { a.btn href="/leads" { (icon("inbox")) (t!(l, "search-to-leads")) } },
        });
    }
    let at = |skip: u64| {
        let skip = if skip == 0 { String::new() } else { skip.to_string() };
        Address::new("/search").with("q", &view.query).with("skip", &skip)
    };
    html! {
        (panel(&t!(l, "search-group-records"), html! {}, html! {
            ul.rows.hits { @for hit in &view.hits { (line(l, hit)) } }
        }))
        @if view.skipped > 0 || view.next_skip.is_some() {
            nav.pager aria-label=(t!(l, "common-pages")) {
                @if view.skipped > 0 { a.btn.quiet href=(at(0)) rel="first" { (icon("arrow-left")) (t!(l, "common-first-page")) } }
                @if let Some(next) = view.next_skip { a.btn href=(at(next)) rel="next" { (t!(l, "common-next-page")) (icon("arrow-right")) } }
            }
        }
    }
}

fn line(l: Locale<'_>, hit: &Hit) -> Markup {
    html! {
        li {
            div.grow {
                a href=(href(hit)) { (hit.title) }
                span.sub { (hit.below.join(" · ")) }
                @if let Some(snippet) = &hit.snippet { p.snippet { (marked(snippet)) } }
            }
            @if hit.kind != Kind::Product {
                span.muted { @match &hit.owner { Some(owner) => (owner), None => (t!(l, "leads-owner-nobody")) } }
            }
            (mark_of(l, hit))
        }
    }
}

fn href(hit: &Hit) -> String {
    format!("{}/{}", model::path_of(hit.kind).unwrap_or_default(), hit.id)
}

/// What it is, and how far.
fn mark_of(l: Locale<'_>, hit: &Hit) -> Markup {
    html! {
        @match (hit.status, &hit.stage) {
            (Some(status), _) => { (labels::lead_status_tag(l, status)) }
            (None, Some(stage)) => { (tag("accent", records::icon_of(hit.kind), stage)) }
            (None, None) => { (tag("", records::icon_of(hit.kind), &records::kind_name(l, hit.kind))) }
        }
    }
}

fn marked(snippet: &Snippet) -> Markup {
    html! {
        @if snippet.cut_before { "…" }
        @for piece in &snippet.pieces {
            @if piece.marked { mark { (piece.text) } } @else { (piece.text) }
        }
        @if snippet.cut_after { "…" }
    }
}

fn total(l: Locale<'_>, total: Total) -> String {
    match total {
        Total::Exactly(count) => labels::results(l, count),
        Total::MoreThan(count) => t!(l, "search-more-than", count = count),
    }
}
