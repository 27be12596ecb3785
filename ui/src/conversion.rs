//! A lead becomes a company, a contact and an opportunity: the page that asks which, and the card of what it became.

use crate::components::{
    Field, Picker, error_lines, form_actions, icon, page_head, panel, post_button, primary_link,
};
use crate::messages::{find, t};
use crate::own_fields;
use crate::records::{self, FormPage, icon_of, kind_name};
use crate::{Locale, Nav, Page, Shell, format, problems};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{FieldErrors, Kind, MatchBy};

/// What is sent where another record than those offered is meant, a new one, or none.
pub const OTHER: &str = "other";
pub const NEW: &str = "new";
pub const NONE: &str = "none";

/// A record that may be meant, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    pub kind: Kind,
    pub id: String,
    pub title: String,
    pub below: Vec<String>,
    pub by: Vec<MatchBy>,
}

/// One of the records that a lead becomes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartForm {
    pub kind: Kind,
    /// The id of a candidate, [`OTHER`], [`NEW`] or [`NONE`].
    pub chosen: String,
    /// What was typed beside [`OTHER`].
    pub other: String,
    pub candidates: Vec<Candidate>,
    /// The search beside [`OTHER`]; `None` where only a new record makes sense.
    pub others: Option<Picker>,
    /// The inputs of a new one; `None` where the reader may not make one.
    pub new: Option<FormPage>,
}

/// `GET /leads/{id}/convert`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConversionPage {
    pub id: String,
    pub title: String,
    pub version: u64,
    pub parts: Vec<PartForm>,
    /// Of new records with their entity before the field: `company.name`.
    pub errors: FieldErrors,
}

/// A record that a lead became; without a title where the reader may not see it or it is gone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BecameLine {
    pub kind: Kind,
    pub id: String,
    pub title: Option<String>,
}

/// What a lead became.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Became {
    pub at: Timestamp,
    pub lines: Vec<BecameLine>,
    /// Until when the reader can take it back.
    pub undo_until: Option<Timestamp>,
    /// What keeps it from being taken back.
    pub in_the_way: FieldErrors,
}

/// The page, and again (422) with problems.
pub fn page(shell: &Shell, view: &ConversionPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "conversion-title", title = view.title.as_str());
    let path = format!("/leads/{}", view.id);
    let lines: Vec<(String, String)> =
        view.errors.0.iter().map(|problem| (problem.field.clone(), named(l, problem))).collect();
    shell.page(
        &Page::new(title.as_str(), Nav::Leads).errors(&view.errors),
        html! {
            (error_lines(l, &lines))
            (page_head(&title, Some(&t!(l, "conversion-text")), html! {}))
            form.form.narrow method="post" action=(format!("{path}/convert")) novalidate {
                input type="hidden" name="version" value=(view.version);
                @for part in &view.parts { (part_form(l, part, &view.errors)) }
                (form_actions(&t!(l, "conversion-do"), &path, &t!(l, "leads-cancel")))
            }
        },
    )
}

/// The sentence with what it is about before it.
fn named(l: Locale<'_>, problem: &model::Problem) -> String {
    let sentence = problems::text(l, problem);
    let kind_of = |name: &str| {
        [Kind::Company, Kind::Contact, Kind::Opportunity].into_iter().find(|kind| kind.as_str() == name)
    };
    let (of, field) = problem.field.split_once('.').unwrap_or((problem.field.as_str(), ""));
    match (kind_of(of), field) {
        (None, _) => sentence,
        (Some(kind), "") => t!(l, "common-problem-named", field = kind_name(l, kind), problem = sentence),
        (Some(kind), field) => {
            let label = format!("{} · {}", kind_name(l, kind), records::field_label(l, kind, field));
            t!(l, "common-problem-named", field = label, problem = sentence)
        }
    }
}

fn part_form(l: Locale<'_>, part: &PartForm, errors: &FieldErrors) -> Markup {
    let (name, legend) = (part.kind.as_str(), kind_name(l, part.kind));
    let problem = problems::of(l, errors, name);
    html! {
        fieldset.panel {
            legend.sr { (legend) }
            header aria-hidden="true" { h2 { (icon(icon_of(part.kind))) " " (legend) } }
            div.body.stack-s id=(format!("f-{name}")) {
                @if let Some(problem) = &problem { p.error { (icon("circle-alert")) span { (problem) } } }
                @for candidate in &part.candidates {
                    (option(part, &candidate.id, html! { (candidate.title) (candidate_below(l, candidate)) }, html! {}))
                }
                @if let Some(others) = &part.others {
                    @let key = format!("{name}_other");
                    (option(part, OTHER, html! { (word(l, part.kind, "other")) }, html! {
                        (Field::text(&key, t!(l, "conversion-which")).value(&part.other).hint(t!(l, "records-hint-link"))
                            .maximum_characters(200).picker(l, others.clone()))
                    }))
                }
                @if let Some(form) = &part.new {
                    (option(part, NEW, html! { (word(l, part.kind, "new")) }, new_inputs(l, form, errors)))
                }
                (option(part, NONE, html! { (word(l, part.kind, "none")) }, html! {}))
            }
        }
    }
}

/// «Empresa nova»: words that agree with each entity.
fn word(l: Locale<'_>, kind: Kind, what: &str) -> String {
    let key = format!("entity-{}-convert-{what}", kind.as_str());
    find(l, &key, &[]).unwrap_or(key)
}

/// One way, and what belongs to it below: shown where it is the chosen one, also without JavaScript.
fn option(part: &PartForm, value: &str, label: Markup, inner: Markup) -> Markup {
    html! {
        div.way {
            label.check {
                input type="radio" name=(part.kind.as_str()) value=(value) checked[part.chosen == value];
                span { (label) }
            }
            @if !inner.0.is_empty() { div.inner { (inner) } }
        }
    }
}

pub(crate) fn candidate_below(l: Locale<'_>, candidate: &Candidate) -> Markup {
    let reasons: Vec<String> = candidate.by.iter().map(|by| reason(l, *by)).collect();
    html! {
        span.hint {
            @if !candidate.below.is_empty() { (candidate.below.join(" · ")) " · " }
            (format::list(l.language, &reasons))
        }
    }
}

/// Why two records may be the same: «el mateix NIF».
pub fn reason<'l>(l: impl Into<Locale<'l>>, by: MatchBy) -> String {
    let l: Locale<'_> = l.into();
    match by {
        MatchBy::TaxId => t!(l, "duplicates-tax-id"),
        MatchBy::Email => t!(l, "duplicates-email"),
        MatchBy::Phone => t!(l, "duplicates-phone"),
        MatchBy::Name => t!(l, "duplicates-name"),
        MatchBy::NearName => t!(l, "duplicates-near-name"),
    }
}

/// The fields that a new record is asked for here; the rest comes from the lead and can be mended on its page.
fn asked(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Company => &["name", "tax_id", "kind", "industry"],
        Kind::Contact => &["given_name", "family_name", "job_title", "phone", "email"],
        _ => &["name", "stage", "amount", "expected_close"],
    }
}

/// The inputs of a new record: the usual ones, those that have a problem, and the company’s own.
fn new_inputs(l: Locale<'_>, form: &FormPage, errors: &FieldErrors) -> Markup {
    let usual = asked(form.kind);
    let wrong = errors.0.iter().filter_map(|problem| problem.field.strip_prefix(form.prefix.as_str()));
    let mut keys: Vec<&str> = usual.to_vec();
    keys.extend(wrong.filter(|key| !usual.contains(key)));
    let fields: Vec<Markup> = keys.iter().filter_map(|key| records::input(l, form, key)).collect();
    html! {
        div.form-grid {
            @for field in fields { (field) }
            @if let Some(own) = own_fields::inputs(l, form.kind, &form.own, errors) { (own) }
        }
    }
}

/// The way to the page, on the page of a lead.
pub(crate) fn link(l: Locale<'_>, id: &str) -> Markup {
    html! { div.actions { (primary_link(&format!("/leads/{id}/convert"), "circle-check", &t!(l, "conversion-link"))) } }
}

/// What a lead became, and the way back.
pub(crate) fn card(shell: &Shell, path: &str, version: u64, became: &Became) -> Markup {
    let l = shell.locale();
    let version = version.to_string();
    panel(
        &t!(l, "conversion-became"),
        html! {},
        html! {
            div.body.stack-s {
                p.muted { (t!(l, "conversion-when", when = format::date_time(l, became.at, &shell.zone))) }
                ul.plain.stack-s {
                    @for line in &became.lines {
                        li {
                            (icon(icon_of(line.kind))) " " (kind_name(l, line.kind)) ": "
                            @match &line.title {
                                Some(title) => { a href=(format!("{}/{}", model::path_of(line.kind).unwrap_or_default(), line.id)) { (title) } }
                                None => { span.muted { (t!(l, "fields-link-hidden")) } }
                            }
                        }
                    }
                }
                @if let Some(until) = became.undo_until {
                    @if became.in_the_way.is_empty() {
                        p.hint-text { (t!(l, "conversion-undo-text", when = format::date_time(l, until, &shell.zone))) }
                        (post_button(&format!("{path}/convert/undo"), &[("version", &version)], "", html! { (icon("undo-2")) (t!(l, "conversion-undo")) }))
                    } @else {
                        p.hint-text { (t!(l, "conversion-undo-not")) }
                        ul { @for problem in &became.in_the_way.0 { li { (problems::text(l, problem)) } } }
                    }
                }
            }
        },
    )
}
