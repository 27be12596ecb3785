//! What a page says of itself and of figures: head, notice, tag, tile, progress, empty state.

use super::{icon, post_button};
use crate::Locale;
use crate::format;
use crate::messages::t;
use crate::shell::{Notice, NoticeKind};
use maud::{Markup, html};

/// The heading of a page with what can be done there.
pub fn page_head(title: &str, subtitle: Option<&str>, actions: Markup) -> Markup {
    html! {
        div.page-head {
            div.titles {
                h1 { (title) }
                @if let Some(subtitle) = subtitle { p.sub { (subtitle) } }
            }
            div.actions { (actions) }
        }
    }
}

/// A framed part of a page with a heading.
pub fn panel(title: &str, actions: Markup, body: Markup) -> Markup {
    html! {
        section.panel {
            header { h2 { (title) } (actions) }
            (body)
        }
    }
}

/// What happened, above the page; errors interrupt, the rest waits its turn.
pub fn notice(said: &Notice) -> Markup {
    notice_with(said, &html! {})
}

/// The same with the way back beside it: the address that takes it back, where there is one.
pub(crate) fn notice_or_undo<'l>(l: impl Into<Locale<'l>>, said: &Notice, undo: Option<&str>) -> Markup {
    let l: Locale<'_> = l.into();
    let label = || html! { (icon("undo-2")) (t!(l, "inbox-undo")) };
    notice_with(said, &html! { @if let Some(action) = undo { (post_button(action, &[], "quiet", label())) } })
}

fn notice_with(said: &Notice, way_back: &Markup) -> Markup {
    let (class, name, role) = match said.kind {
        NoticeKind::Ok => ("ok", "circle-check", "status"),
        NoticeKind::Info => ("", "info", "status"),
        NoticeKind::Warn => ("warn", "triangle-alert", "status"),
        NoticeKind::Danger => ("danger", "octagon-alert", "alert"),
    };
    html! {
        div class=(format!("notice {class}")) role=(role) {
            (icon(name))
            div.words { (said.text) }
            (way_back)
        }
    }
}

/// A state: icon, words and a soft colour (`ok`, `warn`, `danger`, `info`, `accent`, `violet` or none).
pub fn tag(tone: &str, icon_name: &str, label: &str) -> Markup {
    html! { span class=(format!("tag {tone}")) { (icon(icon_name)) (label) } }
}

/// Why nothing is here, and the one thing to do about it.
pub struct Empty<'a> {
    pub icon: &'a str,
    pub title: String,
    pub text: String,
    pub actions: Markup,
}

pub fn empty(state: &Empty<'_>) -> Markup {
    html! {
        div.empty {
            (icon(state.icon))
            h2 { (state.title) }
            p { (state.text) }
            div.actions { (state.actions) }
        }
    }
}

/// How a figure moved against what it is compared with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trend {
    /// Tenths of a percent.
    pub per_mille: i64,
    /// «que el novembre del 2025»: what it is compared with, said after the percentage.
    pub compared_with: String,
}

/// A figure on a tile, with the list behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kpi {
    pub label: String,
    pub figure: String,
    pub href: Option<String>,
    pub trend: Option<Trend>,
    /// Said where there is no trend.
    pub note: Option<String>,
}

pub fn kpis<'l>(l: impl Into<Locale<'l>>, tiles: &[Kpi]) -> Markup {
    let l: Locale<'_> = l.into();
    html! {
        dl.kpis {
            @for tile in tiles {
                div.kpi {
                    dt {
                        @if let Some(href) = &tile.href { a href=(href) { (tile.label) } }
                        @else { (tile.label) }
                    }
                    dd.figure { (tile.figure) }
                    @if let Some(trend) = &tile.trend { (delta(l, trend)) }
                    @else if let Some(note) = &tile.note { dd.delta { (note) } }
                }
            }
        }
    }
}

/// Sign, arrow and words: a reader of any kind gets the direction.
fn delta(l: Locale<'_>, trend: &Trend) -> Markup {
    let percent = format::percent(l, trend.per_mille.abs());
    let (class, arrow, sign, words) = match trend.per_mille {
        0 => ("delta", "minus", "", t!(l, "common-trend-same")),
        1.. => ("delta up", "trending-up", "+", t!(l, "common-trend-more")),
        _ => ("delta down", "trending-down", "−", t!(l, "common-trend-less")),
    };
    html! {
        dd class=(class) {
            strong { (icon(arrow)) span aria-hidden="true" { (sign) (percent) } span.sr { (percent) " " (words) } }
            span { (trend.compared_with) }
        }
    }
}

/// How far a job is: a bar, the figures in words, and for a running job the polling of the same fragment.
pub fn progress<'l>(l: impl Into<Locale<'l>>, label: &str, done: u64, total: u64) -> Markup {
    let l: Locale<'_> = l.into();
    let per_mille = (done.min(total) * 1_000).checked_div(total).unwrap_or(0);
    let percent = format::percent(l, i64::try_from(per_mille / 10 * 10).unwrap_or(0));
    html! {
        div.progress {
            div.words { span { (label) } strong { (percent) } }
            progress value=(done) max=(total.max(1)) aria-label=(label) { (percent) }
            div.words {
                span { (t!(l, "common-progress", done = format::count(l, done), total = format::count(l, total))) }
            }
        }
    }
}

/// For jobs that run: without JavaScript whoever waits asks how far they are. A page that reloads by itself throws those
/// who listen to it back to its beginning (WCAG 2.2.1).
pub fn refresh_link<'l>(l: impl Into<Locale<'l>>, href: &str) -> Markup {
    html! { noscript { a.btn href=(href) { (icon("refresh-cw")) (t!(l, "common-refresh")) } } }
}

/// A secret that is shown once: can be selected with one click and copied.
pub fn secret<'l>(l: impl Into<Locale<'l>>, id: &str, value: &str) -> Markup {
    let l: Locale<'_> = l.into();
    html! {
        div.secret {
            code id=(id) { (value) }
            button.btn.js-only type="button" data-copy=(id) {
                (icon("copy"))
                span data-label { (t!(l, "common-copy")) }
                span data-done hidden role="status" { (t!(l, "common-copied")) }
            }
        }
    }
}
