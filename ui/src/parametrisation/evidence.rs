//! The page of proof: screens of each function, and the packs that are made of everything.

use super::{PATH, function_name};
use crate::Locale;
use crate::components::{
    Choice, Field, error_summary, icon, link_button, page_head, panel, post_button, progress, refresh_link,
};
use crate::messages::t;
use crate::{Nav, Page, Shell, format, shell};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{FieldErrors, Language, PackState, ProgramFunction, SCREEN_BYTES_MAX, SCREENS_A_FUNCTION_MAX};

/// Where it is, and where screens are.
pub const EVIDENCE: &str = "/settings/parametrisation/evidence";
pub const SCREENS: &str = "/settings/parametrisation/screens";

/// One pack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackRow {
    pub id: String,
    pub at: Timestamp,
    pub who: String,
    pub language: Language,
    pub state: PackState,
    pub size_bytes: u64,
    pub without_screen: Vec<ProgramFunction>,
    pub failure: Option<String>,
    pub expires_at: Timestamp,
}

/// One screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScreenRow {
    pub id: String,
    pub version: u64,
    pub function: ProgramFunction,
    pub caption: String,
}

/// `GET /settings/parametrisation/evidence`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EvidencePage {
    /// The latest first.
    pub packs: Vec<PackRow>,
    pub screens: Vec<ScreenRow>,
    /// What was typed beside a picture that was refused.
    pub function: String,
    pub caption: String,
    pub kept_days: i64,
    pub may_change: bool,
    pub may_export: bool,
    pub errors: FieldErrors,
}

pub fn evidence(shell: &Shell, view: &EvidencePage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "evidence-title");
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            p { a href=(PATH) { (icon("arrow-left")) (t!(l, "parametrisation-title")) } }
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "evidence-intro")), html! {}))
            div.cols {
                div.stack-m { (panel(&t!(l, "evidence-screens"), html! {}, screens(l, view))) }
                div.stack-m {
                    @if view.may_export { (panel(&t!(l, "evidence-make"), html! {}, order(l, view))) }
                    (packs(shell, view))
                }
            }
        },
    )
}

/// The packs; while one is being made the browser asks for them again.
pub fn packs(shell: &Shell, view: &EvidencePage) -> Markup {
    let l = shell.locale();
    let is_working = view.packs.iter().any(|pack| pack.state.is_working());
    let list = panel(&t!(l, "evidence-packs"), html! {}, pack_list(shell, view));
    html! {
        @if is_working {
            div #evidence-packs data-hx-get=(format!("{EVIDENCE}/packs")) data-hx-trigger="every 1s" data-hx-swap="outerHTML" { (list) (refresh_link(l, EVIDENCE)) }
        } @else {
            div #evidence-packs { (list) }
        }
    }
}

fn pack_list(shell: &Shell, view: &EvidencePage) -> Markup {
    let l = shell.locale();
    if view.packs.is_empty() {
        return html! { div.body { p.muted { (t!(l, "evidence-packs-none")) } } };
    }
    html! { ul.rows { @for pack in &view.packs { (pack_row(shell, view, pack)) } } }
}

fn pack_row(shell: &Shell, view: &EvidencePage, pack: &PackRow) -> Markup {
    let l = shell.locale();
    let when = format::date_time(l, pack.at, &shell.zone);
    let language = shell::language_name(pack.language);
    let until = format::date_short(pack.expires_at.to_zoned_datetime(shell.zone.clone()).date());
    html! {
        li {
            div.grow.stack-s {
                span { (t!(l, "evidence-pack", when = when.as_str(), who = pack.who.as_str(), language = language)) }
                @match pack.state {
                    PackState::Done => {
                        span.sub { (t!(l, "evidence-pack-done", size = format::size(l, pack.size_bytes), until = until)) }
                        @if !pack.without_screen.is_empty() { span.sub { (without(l, &pack.without_screen)) } }
                    }
                    PackState::Failed => {
                        p.error { (t!(l, "evidence-pack-failed", why = pack.failure.as_deref().unwrap_or_default())) }
                    }
                    PackState::Waiting | PackState::Printing | PackState::Packing => {
                        (progress(l, &t!(l, "evidence-pack-working"), pack.state.done(), PackState::STEPS))
                    }
                }
                div.row {
                    @if pack.state == PackState::Done && view.may_export {
                        (link_button(&format!("{EVIDENCE}/{}/file", pack.id), "download", &t!(l, "evidence-download")))
                    }
                    @if !pack.state.is_working() && view.may_change {
                        (post_button(&format!("{EVIDENCE}/{}/remove", pack.id), &[], "quiet", html! { (icon("trash-2")) (t!(l, "evidence-remove")) span.sr { " " (when) } }))
                    }
                }
            }
        }
    }
}

fn without(l: Locale<'_>, functions: &[ProgramFunction]) -> String {
    let names: Vec<String> = functions.iter().map(|function| function_name(l, *function)).collect();
    t!(l, "evidence-without", functions = format::list(l, &names))
}

fn order(l: Locale<'_>, view: &EvidencePage) -> Markup {
    let languages: Vec<Choice> = Language::ALL
        .into_iter()
        .map(|language| Choice::new(language.code(), shell::language_name(language)))
        .collect();
    let current = l.language.code();
    html! {
        div.body {
            form.stack-s method="post" action=(EVIDENCE) {
                p.hint-text { (t!(l, "evidence-make-text", days = view.kept_days)) }
                (Field::select("language", t!(l, "evidence-language"), &languages).value(current).problems(l, &view.errors))
                div { button.btn.primary type="submit" { (icon("archive")) (t!(l, "evidence-make-now")) } }
            }
        }
    }
}

fn screens(l: Locale<'_>, view: &EvidencePage) -> Markup {
    html! {
        ul.rows { @for function in ProgramFunction::ALL { (function_row(l, view, function)) } }
        @if view.may_change { div.body { (attach(l, view)) } }
    }
}

fn function_row(l: Locale<'_>, view: &EvidencePage, function: ProgramFunction) -> Markup {
    let of: Vec<&ScreenRow> = view.screens.iter().filter(|screen| screen.function == function).collect();
    html! {
        li {
            div.grow.stack-s {
                span { (function_name(l, function)) }
                @if of.is_empty() { span.sub { (t!(l, "evidence-screen-missing")) } }
                @for screen in of {
                    div.row {
                        a.grow href=(format!("{SCREENS}/{}", screen.id)) { (icon("eye")) (screen.caption) }
                        @if view.may_change {
                            (post_button(&format!("{SCREENS}/{}/remove", screen.id), &[("version", &screen.version.to_string())], "quiet", html! { (icon("trash-2")) (t!(l, "evidence-remove")) span.sr { " " (screen.caption) } }))
                        }
                    }
                }
            }
        }
    }
}

fn attach(l: Locale<'_>, view: &EvidencePage) -> Markup {
    let functions: Vec<Choice> = ProgramFunction::ALL
        .into_iter()
        .map(|function| Choice::new(function.as_str(), function_name(l, function)))
        .collect();
    let errors = &view.errors;
    let hint =
        t!(l, "evidence-screen-hint", size = SCREEN_BYTES_MAX / 1024 / 1024, count = SCREENS_A_FUNCTION_MAX);
    html! {
        h3 { (t!(l, "evidence-attach")) }
        form.form method="post" action=(SCREENS) enctype="multipart/form-data" novalidate {
            (Field::select("function", t!(l, "parametrisation-function"), &functions).value(&view.function).problems(l, errors).required())
            (Field::text("caption", t!(l, "evidence-caption")).value(&view.caption).hint(t!(l, "evidence-caption-hint")).problems(l, errors).required().maximum_characters(200))
            (Field::file("file", t!(l, "evidence-file"), "image/png,image/jpeg").hint(hint).problems(l, errors))
            div { button.btn type="submit" { (icon("upload")) (t!(l, "evidence-attach-now")) } }
        }
    }
}
