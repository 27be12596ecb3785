//! What the page of a quote has besides that of any record: where it stands, what can be done now, its lines and sums, the
//! client's link, the evidence of its acceptance, and its versions.

use super::{all_sums, at, lines_table, status_tag};
use crate::components::{
    Choice, Empty, Fact, Field, Value, empty, facts, icon, link_button, panel as card, post_button,
    primary_link, secret, tag,
};
use crate::messages::t;
use crate::quotes_client::chosen_options;
use crate::{Locale, Shell, format};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::quote_status as status;
use model::{Decimal, FieldErrors, Quote, QuoteLine, QuoteSums, alternatives_of};

/// A quote with all around it.
#[derive(Clone, PartialEq, Debug)]
pub struct QuotePanel {
    pub quote: Quote,
    pub lines: Vec<QuoteLine>,
    pub sums: Vec<(Option<String>, QuoteSums)>,
    /// Months of the contract.
    pub months: u16,
    /// The client's link, whole.
    pub link: Option<String>,
    /// What of the reader's limits it passes: `discount`, `margin`, `margin_unknown`, with the limit in percent.
    pub passed: Vec<(String, String)>,
    /// While it waits for approval.
    pub asked_by: Option<AskedBy>,
    pub approved_by: Option<String>,
    /// Id, number and status of all versions, the newest first.
    pub versions: Vec<(String, String, String)>,
    pub may_change: bool,
    pub may_create: bool,
    /// What things cost, and so the margin.
    pub sees_costs: bool,
}

/// Who asked for its approval, and what of their limits it passes, as in [`QuotePanel::passed`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskedBy {
    pub name: String,
    pub passed: Vec<(String, String)>,
}

impl QuotePanel {
    fn id(&self) -> String {
        self.quote.meta.id.to_string()
    }

    fn version(&self) -> String {
        self.quote.meta.version.to_string()
    }

    fn main(&self) -> Option<&QuoteSums> {
        self.quote.counting(&self.sums)
    }
}

pub(crate) fn panel(shell: &Shell, view: &QuotePanel, errors: &FieldErrors) -> Markup {
    let l = shell.locale();
    html! {
        (standing(shell, view))
        @if let Some(acceptance) = evidence(shell, view) { (acceptance) }
        (content(l, view))
        @if view.may_change { (further(l, view, errors)) }
    }
}

/// Status, dates, and the one thing to do next.
fn standing(shell: &Shell, view: &QuotePanel) -> Markup {
    let l = shell.locale();
    let (quote, id, version) = (&view.quote, view.id(), view.version());
    let day = |at: Timestamp| format::date_time(l.language, at, &shell.zone);
    let said = [
        (t!(l, "quotes-sent-at"), quote.sent_at),
        (t!(l, "quotes-viewed-at"), quote.viewed_at),
        (t!(l, "quotes-answered-at"), quote.answered_at),
    ];
    html! {
        section.panel.quote-standing {
            div.body.stack-s {
                div.actions {
                    (status_tag(l, quote.status()))
                    @for (what, at) in said { @if let Some(at) = at { span.sub { (what) " " (day(at)) } } }
                    @if let Some(email) = quote.state.sent_to.as_ref().filter(|_| quote.sent_at.is_some()) { span.sub { (email) } }
                    @if let Some(name) = &view.approved_by { span.sub { (t!(l, "quotes-approved-by", name = name.as_str())) } }
                }
                @for (what, limit) in view.passed.iter().filter(|_| matches!(quote.status(), status::DRAFT | status::PENDING)) {
                    p { (tag("warn", "triangle-alert", &passed(l, what, limit))) }
                }
                @if let Some(asked_by) = view.asked_by.as_ref().filter(|_| view.passed.is_empty()) {
                    p { strong { (t!(l, "quotes-asked-by", name = asked_by.name.as_str())) } }
                    ul { @for (what, limit) in &asked_by.passed { li { (asked(l, what, limit)) } } }
                }
                @if let Some(reason) = &quote.answer { p { (t!(l, "quotes-reason")) ": " (reason) } }
                @if view.may_change {
                    div.actions {
                        @match quote.status() {
                            status::SIMULATION => {
                                (link_button(&at(&id, "/lines"), "pencil", &t!(l, "quotes-edit-lines")))
                                @if view.may_create && !view.lines.is_empty() { (scenarios(l, view)) }
                                @if view.link.is_none() && !view.lines.is_empty() {
                                    (post_button(&at(&id, "/share"), &[("version", &version)], "", html! { (icon("eye")) (t!(l, "quotes-share")) }))
                                }
                            }
                            status::DRAFT => {
                                (primary_link(&at(&id, "/send"), "mail", &t!(l, "quotes-send")))
                                (link_button(&at(&id, "/lines"), "pencil", &t!(l, "quotes-edit-lines")))
                            }
                            status::PENDING => {
                                @if view.passed.is_empty() {
                                    (post_button(&at(&id, "/approve"), &[("version", &version)], "primary", html! { (icon("check")) (t!(l, "quotes-approve")) }))
                                }
                                (post_button(&at(&id, "/send-back"), &[("version", &version)], "", html! { (icon("undo-2")) (t!(l, "quotes-send-back")) }))
                            }
                            status::APPROVED => {
                                (primary_link(&at(&id, "/send"), "mail", &t!(l, "quotes-send")))
                                (post_button(&at(&id, "/send-back"), &[("version", &version)], "", html! { (icon("undo-2")) (t!(l, "quotes-send-back")) }))
                            }
                            _ => {}
                        }
                        (link_button(&at(&id, "/pdf"), "download", "PDF"))
                        @if quote.can_be_followed() && view.may_create {
                            (post_button(&at(&id, "/new-version"), &[], "", html! { (icon("copy")) (t!(l, "quotes-new-version")) }))
                        }
                    }
                } @else { div.actions { (link_button(&at(&id, "/pdf"), "download", "PDF")) } }
                @if let Some(link) = &view.link { (the_link(l, view, link)) }
                @if view.versions.len() > 1 { (versions(l, view)) }
                @if quote.follows.is_some() { div.actions { (link_button(&at(&id, "/differences"), "history", &t!(l, "quotes-differences"))) } }
            }
        }
    }
}

/// One press makes a quote of a scenario.
fn scenarios(l: Locale<'_>, view: &QuotePanel) -> Markup {
    let action = at(&view.id(), "/quote");
    html! {
        @for (name, _) in &view.sums {
            @let label = match name {
                Some(name) => t!(l, "quotes-make-of", name = name.as_str()),
                None => t!(l, "quotes-make"),
            };
            (post_button(&action, &[("scenario", name.as_deref().unwrap_or_default())], "primary", html! { (icon("file-text")) (label) }))
        }
    }
}

pub(super) fn passed(l: Locale<'_>, what: &str, limit: &str) -> String {
    match what {
        "discount" => t!(l, "quotes-passed-discount", limit = limit),
        "margin_unknown" => t!(l, "quotes-passed-unknown", limit = limit),
        _ => t!(l, "quotes-passed-margin", limit = limit),
    }
}

/// The same of the limits of whoever asked for approval.
fn asked(l: Locale<'_>, what: &str, limit: &str) -> String {
    match what {
        "discount" => t!(l, "quotes-asked-discount", limit = limit),
        "margin_unknown" => t!(l, "quotes-asked-unknown", limit = limit),
        _ => t!(l, "quotes-asked-margin", limit = limit),
    }
}

/// The link to copy, and the two ways to be rid of it.
fn the_link(l: Locale<'_>, view: &QuotePanel, link: &str) -> Markup {
    let (id, version) = (view.id(), view.version());
    let path = at(&id, "/link");
    html! {
        div.stack-s {
            p { strong { @if view.quote.is_simulation() { (t!(l, "quotes-link-share")) } @else { (t!(l, "quotes-link")) } } }
            (secret(l, "quote-link", link))
            div.actions {
                a.btn.quiet href=(link) target="_blank" rel="noopener" { (icon("eye")) (t!(l, "quotes-link-look")) }
                @if view.may_change {
                    (post_button(&path, &[("version", &version), ("deed", "another")], "quiet", html! { (icon("refresh-cw")) (t!(l, "quotes-link-another")) }))
                    (post_button(&path, &[("version", &version), ("deed", "close")], "quiet", html! { (icon("x")) (t!(l, "quotes-link-close")) }))
                }
            }
        }
    }
}

fn versions(l: Locale<'_>, view: &QuotePanel) -> Markup {
    let here = view.id();
    html! {
        nav.actions aria-label=(t!(l, "quotes-versions")) {
            span.sub { (t!(l, "quotes-versions")) ":" }
            @for (id, number, status) in &view.versions {
                @if *id == here { strong aria-current="page" { (number) } } @else { a.target href=(at(id, "")) { (number) } }
                " " (status_tag(l, status))
            }
        }
    }
}

/// Who accepted what, when and from where.
fn evidence(shell: &Shell, view: &QuotePanel) -> Option<Markup> {
    let l = shell.locale();
    let accepted = view.quote.state.acceptance.as_ref()?;
    let text = |label: String, value: String| Fact::new(label, Value::text(value));
    let mut rows = vec![
        text(t!(l, "quotes-evidence-name"), accepted.name.clone()),
        text(t!(l, "quotes-evidence-at"), format::date_time(l.language, accepted.at, &shell.zone)),
    ];
    if let Some(name) = &accepted.alternative {
        rows.push(text(t!(l, "quotes-evidence-alternative"), name.clone()));
    }
    let options = chosen_options(l, &view.lines);
    if !options.is_empty() {
        rows.push(text(t!(l, "offer-optional-chosen"), options));
    }
    rows.extend(
        accepted.address.iter().map(|address| text(t!(l, "quotes-evidence-address"), address.clone())),
    );
    rows.push(text(t!(l, "quotes-evidence-pdf"), accepted.pdf.clone()));
    let is_drawn = accepted.signature.is_some();
    let how = if is_drawn { t!(l, "quotes-evidence-drawn") } else { t!(l, "quotes-evidence-typed") };
    rows.push(text(t!(l, "quotes-evidence-how"), how));
    Some(card(&t!(l, "quotes-evidence"), html! {}, html! { div.body { (facts(l, &rows)) } }))
}

fn content(l: Locale<'_>, view: &QuotePanel) -> Markup {
    let Some(sums) = view.main().filter(|_| !view.lines.is_empty()) else {
        let add = if view.may_change && view.quote.is_draft() {
            primary_link(&at(&view.id(), "/lines"), "plus", &t!(l, "quotes-add-lines"))
        } else {
            html! {}
        };
        return empty(&Empty {
            icon: "file-text",
            title: t!(l, "quotes-no-lines"),
            text: t!(l, "quotes-no-lines-text"),
            actions: add,
        });
    };
    let discount = view.quote.discount.filter(|percent| *percent != Decimal::ZERO);
    let acceptance = view.quote.state.acceptance.as_ref();
    let accepted = acceptance.and_then(|acceptance| acceptance.alternative.as_deref());
    card(
        &t!(l, "quotes-lines"),
        html! {},
        html! {
            (lines_table(l, &view.lines, sums))
            div.body { (all_sums(l, &view.sums, accepted, view.months, discount, view.sees_costs)) }
        },
    )
}

/// What there is to choose from: one of the alternatives, and any of the optional lines.
fn choices(l: Locale<'_>, view: &QuotePanel, errors: &FieldErrors) -> Markup {
    let offered = alternatives_of(&view.lines);
    let offered: Vec<Choice> = offered
        .into_iter()
        .map(|name| Choice::new(name.clone(), t!(l, "quotes-alternative", name = name.as_str())))
        .collect();
    let optional = view.lines.iter().enumerate().filter(|(_, line)| line.optional);
    let ticked: Vec<String> =
        optional.clone().filter(|(_, line)| line.ticked).map(|(place, _)| place.to_string()).collect();
    let optional: Vec<Choice> =
        optional.map(|(place, line)| Choice::new(place.to_string(), line.text.as_str())).collect();
    html! {
        @if !offered.is_empty() {
            (Field::radios("alternative", t!(l, "quotes-evidence-alternative"), &offered).problems(l, errors))
        }
        @if !optional.is_empty() {
            (Field::checkboxes("ticked", t!(l, "quotes-answer-ticked"), &optional, &ticked).problems(l, errors))
        }
    }
}

/// What is rarer: an answer by phone or on paper, and taking it back.
fn further(l: Locale<'_>, view: &QuotePanel, errors: &FieldErrors) -> Markup {
    let (id, version) = (view.id(), view.version());
    let is_open = view.quote.is_open();
    let kept = [status::SIMULATION, status::DRAFT, status::ACCEPTED, status::VOID];
    let can_void = !kept.contains(&view.quote.status());
    html! {
        @if is_open {
            details.fold open[!errors.is_empty()] {
                summary { (icon("phone")) (t!(l, "quotes-answer-for")) }
                div.body.stack-m {
                    p.hint-text { (t!(l, "quotes-answer-for-text")) }
                    form.stack-s method="post" action=(at(&id, "/answer")) {
                        input type="hidden" name="version" value=(version);
                        (Field::text("name", t!(l, "quotes-answer-name")).problems(l, errors).maximum_characters(100))
                        (choices(l, view, errors))
                        div.actions { button.btn type="submit" name="answer" value="yes" { (icon("circle-check")) (t!(l, "quotes-answer-yes")) } }
                    }
                    form.stack-s method="post" action=(at(&id, "/answer")) {
                        input type="hidden" name="version" value=(version);
                        (Field::text("reason", t!(l, "quotes-answer-reason")).problems(l, errors).maximum_characters(200))
                        div.actions { button.btn type="submit" name="answer" value="no" { (icon("circle-x")) (t!(l, "quotes-answer-no")) } }
                    }
                }
            }
        }
        @if can_void {
            div.actions { (post_button(&at(&id, "/void"), &[("version", &version)], "quiet", html! { (icon("x")) (t!(l, "quotes-void")) })) }
        }
    }
}
