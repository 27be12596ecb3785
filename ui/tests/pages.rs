//! Every page of the gallery, in every language, is what browsers, policies and screen readers need.

#[path = "../examples/gallery/components.rs"]
mod components;
#[path = "../examples/gallery/figures.rs"]
mod figures;
#[path = "../examples/gallery/fixtures.rs"]
mod fixtures;
#[path = "fragments/mod.rs"]
mod fragments;
#[path = "../examples/gallery/imports.rs"]
mod imports;
#[path = "../examples/gallery/lists.rs"]
mod lists;
#[path = "../examples/gallery/logs.rs"]
mod logs;
#[path = "../examples/gallery/pages.rs"]
mod pages;
#[path = "../examples/gallery/people.rs"]
mod people;
#[path = "../examples/gallery/scoring.rs"]
mod scoring;
#[path = "../examples/gallery/trade.rs"]
mod trade;
#[path = "../examples/gallery/webhooks.rs"]
mod webhooks;

use model::Language;
use std::collections::BTreeSet;

/// All pages with «language/name».
fn all_pages() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for language in Language::ALL {
        let shell = fixtures::shell(language);
        let stranger = fixtures::stranger(language);
        let mut all = pages::of_users(&shell);
        all.extend(pages::of_strangers(&stranger));
        all.extend(people::of_users(&shell));
        all.extend(people::of_strangers(&stranger));
        all.extend(trade::pages(&shell));
        all.extend(scoring::pages(&shell));
        all.extend(logs::pages(&shell));
        all.extend(webhooks::pages(&shell));
        all.push(("components", components::page(&shell)));
        for (name, markup) in all {
            found.push((format!("{}/{name}", language.code()), markup.into_string()));
        }
    }
    found
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// What each step of the way from lead to client is, is seen as well as heard.
#[test]
fn the_way_from_lead_to_client_says_what_each_step_is() {
    let mut ways = 0;
    for (name, page) in all_pages() {
        for way in page.split("<nav class=\"chain\"").skip(1) {
            let way = way.split("</nav>").next().unwrap_or_default();
            assert!(way.starts_with(" aria-label=") && way.contains("<ol>"), "{name}");
            assert_eq!(way.matches("<li>").count(), way.matches("<span class=\"kind\">").count(), "{name}");
            ways += 1;
        }
    }
    assert!(ways > 0, "no page of the gallery shows one");
}

#[test]
fn each_page_has_one_heading_one_main_and_its_language() {
    for (name, html) in all_pages() {
        let language = name.split('/').next().unwrap();
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("<main").count(), 1, "{name}");
        assert!(html.contains(&format!("<html lang=\"{language}\"")), "{name}");
        assert!(html.starts_with("<!DOCTYPE html>"), "{name}");
    }
}

/// The policy is `script-src 'self'; style-src 'self'`.
#[test]
fn nothing_is_inline() {
    for (name, html) in all_pages() {
        for forbidden in [" style=\"", "<style", " onclick", " onchange", "javascript:", "<script>", "hx-on"]
        {
            assert!(!html.contains(forbidden), "{name} has {forbidden}");
        }
    }
}

#[test]
fn ids_are_unique_and_references_meet_them() {
    for (name, html) in all_pages() {
        let mut ids = BTreeSet::new();
        for id in values(&html, "id") {
            assert!(ids.insert(id), "{name}: id {id} is there twice");
        }
        for attribute in ["for", "aria-describedby", "aria-labelledby", "data-copy", "data-show-password"] {
            for value in values(&html, attribute) {
                for id in value.split(' ') {
                    assert!(ids.contains(id), "{name}: {attribute} names {id}");
                }
            }
        }
        for href in values(&html, "href").into_iter().filter(|href| href.starts_with('#')) {
            assert!(ids.contains(&href[1..]), "{name}: a link leads to {href}");
        }
    }
}

/// A form that changes something is a post, so that no link or prefetch does.
#[test]
fn forms_say_how_and_where_they_go() {
    for (name, html) in all_pages() {
        for form in html.split("<form").skip(1) {
            let tag = form.split('>').next().unwrap();
            assert!(tag.contains("method=") && tag.contains("action="), "{name}: <form{tag}>");
        }
    }
}

/// A problem's title, a summary that is read first, and the field tied to its words.
#[test]
fn a_refused_form_says_so_three_times() {
    let (_, html) = all_pages().into_iter().find(|(name, _)| name == "ca/user-edit").unwrap();
    assert!(html.contains("<title>Error: Jordi Vila"));
    assert!(html.contains("href=\"#f-email\""));
    assert!(html.contains("aria-describedby=\"f-email-error\" aria-invalid=\"true\""));
}

/// 25 kB may go over the wire; markup like ours shrinks to a fifth, so this leaves room.
const PAGE_BYTES_MAX: usize = 64_000;

#[test]
fn pages_are_small() {
    for (name, html) in all_pages() {
        assert!(html.len() < PAGE_BYTES_MAX, "{name} has {} bytes", html.len());
    }
}
