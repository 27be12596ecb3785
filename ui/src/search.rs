//! What was found, and the suggestions under the search box while somebody types.

use crate::Locale;
use crate::address::Address;
use crate::components::{Empty, empty, icon, page_head, panel};
use crate::messages::t;
use crate::{Nav, Page, Shell, labels};
use maud::{Markup, html};
use model::LeadStatus;

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

/// One lead that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadHit {
    pub id: String,
    pub title: String,
    /// The person’s name where the title is the company’s.
    pub person: Option<String>,
    pub town: Option<String>,
    pub status: LeadStatus,
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
    pub hits: Vec<LeadHit>,
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
                                a href=(format!("/leads/{}", hit.id)) {
                                    strong { (hit.title) }
                                    span.sub { (below(hit)) }
                                    (labels::lead_status_tag(l, hit.status))
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
        (panel(&t!(l, "search-group-leads"), html! {}, html! {
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

fn line(l: Locale<'_>, hit: &LeadHit) -> Markup {
    html! {
        li {
            div.grow {
                a href=(format!("/leads/{}", hit.id)) { (hit.title) }
                span.sub { (below(hit)) }
                @if let Some(snippet) = &hit.snippet { p.snippet { (marked(snippet)) } }
            }
            span.muted { @match &hit.owner { Some(owner) => (owner), None => (t!(l, "leads-owner-nobody")) } }
            (labels::lead_status_tag(l, hit.status))
        }
    }
}

fn below(hit: &LeadHit) -> String {
    let parts: Vec<&str> = [&hit.person, &hit.town].into_iter().flatten().map(String::as_str).collect();
    parts.join(" · ")
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
