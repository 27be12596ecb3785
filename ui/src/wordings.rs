//! The company's own words: every text of the pages, in three languages, with what the company says instead.

use crate::Locale;
use crate::components::{
    Column, Empty, Field, empty, error_summary, form_actions, icon, page_head, panel, table,
};
use crate::messages::{arguments, product_text, product_texts, t};
use crate::settings::back_link;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::{Configured, FieldErrors, Label, Language, WORDING_CHARACTERS_MAX, Wording, fold};

const PATH: &str = "/settings/words";
/// What a search shows: whoever finds more asks more closely.
const FOUND_MAX: usize = 60;

/// `GET /settings/words`
#[derive(Clone, PartialEq, Debug, Default)]
pub struct WordsPage {
    /// What is looked for; empty for the words that people rename most.
    pub query: String,
    /// The company's own texts.
    pub own: Vec<Configured<Wording>>,
}

/// `GET /settings/words/{key}`, and what comes back when a text is refused. `POST` to the same address sends `text_ca`,
/// `text_es`, `text_en` and `version`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WordPage {
    pub key: String,
    /// 0 where the company says it as the product does.
    pub version: u64,
    pub text: Label,
    pub errors: FieldErrors,
}

/// Whether there is such a message.
pub fn is_message(key: &str) -> bool {
    product_text(Language::default(), key).is_some()
}

/// Beginnings of the keys of a group.
type Beginnings = &'static [&'static str];

const NAMES: Beginnings =
    &["common-nav-", "common-new", "leads-title", "leads-new-title", "leads-edit-title"];
const STATUSES: Beginnings = &["common-lead-"];
const FIELDS: Beginnings = &["common-field-", "leads-field-"];

struct Row<'a> {
    key: &'a str,
    own: Option<&'a Label>,
}

/// The words that people rename most, or what was searched for.
pub fn words_page(shell: &Shell, view: &WordsPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "words-title");
    let own_of = |key: &str| view.own.iter().find(|own| own.key == key).map(|own| &own.piece.text);
    let named = |beginnings: Beginnings| -> Vec<Row<'_>> {
        let is_in = |key: &&&str| beginnings.iter().any(|beginning| key.starts_with(beginning));
        let keys = product_texts(l.language).keys().filter(is_in);
        keys.map(|key| Row { key, own: own_of(key) }).collect()
    };
    let changed: Vec<Row<'_>> =
        view.own.iter().map(|own| Row { key: &own.key, own: Some(&own.piece.text) }).collect();
    shell.page(
        &Page::new(&title, Nav::Settings),
        html! {
            (back_link(l))
            (page_head(&title, Some(&t!(l, "words-intro")), html! {}))
            (search(l, view))
            @if view.query.trim().is_empty() {
                @if !changed.is_empty() { (group(l, &t!(l, "words-changed"), &changed)) }
                (group(l, &t!(l, "words-names"), &named(NAMES)))
                (group(l, &t!(l, "words-statuses"), &named(STATUSES)))
                (group(l, &t!(l, "words-fields"), &named(FIELDS)))
                p.muted.lone-link { a href="/settings/lists" { (t!(l, "words-lists")) } }
            } @else {
                (found(l, view, &own_of))
            }
        },
    )
}

fn search(l: Locale<'_>, view: &WordsPage) -> Markup {
    html! {
        search {
            form.actions action=(PATH) method="get" {
                label.sr for="f-q" { (t!(l, "words-search")) }
                input #f-q type="search" name="q" value=(view.query) placeholder=(t!(l, "words-search")) maxlength="100" enterkeyhint="search";
                button.btn type="submit" { (icon("search")) (t!(l, "common-search")) }
            }
        }
    }
}

/// Texts in any language and keys that contain all words of the query.
fn found<'a>(l: Locale<'_>, view: &'a WordsPage, own_of: &dyn Fn(&str) -> Option<&'a Label>) -> Markup {
    let words: Vec<String> = fold(&view.query).split_whitespace().map(str::to_owned).collect();
    let matches = |key: &str| {
        let mut said = key.to_owned();
        for language in Language::ALL {
            let texts = [product_text(language, key), own_of(key).map(|own| own.own(language))];
            said.extend(texts.into_iter().flatten().map(|text| format!(" {}", fold(text))));
        }
        words.iter().all(|word| said.contains(word.as_str()))
    };
    let keys = product_texts(l.language).keys().filter(|key| matches(key));
    let mut rows: Vec<Row<'_>> = keys.map(|key| Row { key, own: own_of(key) }).collect();
    let count = rows.len();
    rows.truncate(FOUND_MAX);
    html! {
        @if rows.is_empty() {
            (empty(&Empty { icon: "search", title: t!(l, "words-none"), text: t!(l, "words-none-text"), actions: html! { a.btn href=(PATH) { (t!(l, "words-all")) } } }))
        } @else {
            (group(l, &t!(l, "words-found", count = count), &rows))
            @if count > FOUND_MAX { p.muted { (t!(l, "words-more", count = FOUND_MAX)) } }
            p { a.btn.quiet href=(PATH) { (icon("arrow-left")) (t!(l, "words-all")) } }
        }
    }
}

fn group(l: Locale<'_>, title: &str, rows: &[Row<'_>]) -> Markup {
    let columns = [Column::text(t!(l, "words-product")), Column::text(t!(l, "words-own"))];
    let lines = html! {
        @for row in rows {
            tr {
                th scope="row" {
                    a href=(format!("{PATH}/{}", row.key)) { span.said { (product_text(l.language, row.key).unwrap_or(row.key)) } }
                    code.sub { (row.key) }
                }
                td data-l=(columns[1].label) { (own_cell(l, row)) }
            }
        }
    };
    html! { section.stack-s { h2 { (title) } (table(title, &columns, lines)) } }
}

fn own_cell(l: Locale<'_>, row: &Row<'_>) -> Markup {
    let own = |language: Language| row.own.map(|own| own.own(language)).filter(|text| !text.is_empty());
    let others: Vec<&str> = Language::ALL
        .into_iter()
        .filter(|language| *language != l.language && own(*language).is_some())
        .map(Language::code)
        .collect();
    html! {
        @match own(l.language) {
            Some(text) => { span.said { (text) } }
            None => { span.hint-text { span aria-hidden="true" { "—" } span.sr { (t!(l, "words-as-product")) } } }
        }
        @if !others.is_empty() { " " span.hint-text { (t!(l, "words-also-in", languages = others.join(", "))) } }
    }
}

/// One message: what the product says, and what the company says instead.
pub fn word_page(shell: &Shell, view: &WordPage) -> Markup {
    let l = shell.locale();
    let product = |language: Language| product_text(language, &view.key).unwrap_or_default();
    let names: Vec<String> =
        arguments(product(l.language)).iter().map(|name| format!("{{ ${name} }}")).collect();
    let title = t!(l, "words-word-title");
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            p { a.btn.quiet href=(PATH) { (icon("arrow-left")) (t!(l, "words-title")) } }
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&view.key), html! {}))
            div.narrow.stack-m {
                @if !names.is_empty() { p { (t!(l, "words-arguments", names = names.join(" "))) } }
                form.form method="post" action=(format!("{PATH}/{}", view.key)) novalidate {
                    input type="hidden" name="version" value=(view.version);
                    @for language in Language::ALL { (language_panel(l, view, language, product(language))) }
                    (form_actions(&t!(l, "words-save"), PATH, &t!(l, "words-cancel")))
                }
                @if view.version > 0 { (reset(l, view)) }
            }
        },
    )
}

fn language_panel(l: Locale<'_>, view: &WordPage, language: Language, product: &str) -> Markup {
    let (name, title, label) = match language {
        Language::Ca => ("text_ca", t!(l, "choices-label-ca"), t!(l, "words-text-ca")),
        Language::Es => ("text_es", t!(l, "choices-label-es"), t!(l, "words-text-es")),
        Language::En => ("text_en", t!(l, "choices-label-en"), t!(l, "words-text-en")),
    };
    let text = view.text.own(language);
    let rows = u32::try_from(product.lines().count().max(text.lines().count()).clamp(1, 8)).unwrap_or(1);
    let characters = u32::try_from(WORDING_CHARACTERS_MAX).unwrap_or(u32::MAX);
    panel(
        &title,
        html! {},
        html! {
            div.body.stack-s {
                div { p.hint-text { (t!(l, "words-product")) } p.said lang=(language.code()) { (product) } }
                (Field::textarea(name, label, rows).value(text).problems(l, &view.errors).optional(l).maximum_characters(characters))
            }
        },
    )
}

fn reset(l: Locale<'_>, view: &WordPage) -> Markup {
    panel(
        &t!(l, "words-reset-title"),
        html! {},
        html! {
            form.body.stack-s method="post" action=(format!("{PATH}/{}/reset", view.key)) {
                input type="hidden" name="version" value=(view.version);
                p { (t!(l, "words-reset-text")) }
                div.actions { button.btn type="submit" { (icon("undo-2")) (t!(l, "words-reset")) } }
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_words() {
        for beginnings in [NAMES, STATUSES, FIELDS] {
            for beginning in beginnings {
                let keys = product_texts(Language::Ca).keys().filter(|key| key.starts_with(beginning));
                assert!(keys.count() > 0, "{beginning}");
            }
        }
        assert!(is_message("common-nav-leads") && !is_message("no-such-message"));
    }
}
