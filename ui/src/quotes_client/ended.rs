//! A quote that can no longer be answered: what became of it, when, and the evidence of an acceptance.

use super::{ClientQuote, Standing, answer, lines, totals};
use crate::Locale;
use crate::components::{Fact, Value, facts, icon};
use crate::format;
use crate::messages::t;
use crate::shell::Shell;
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{QuoteAcceptance, QuoteLine};

pub(super) fn ended(shell: &Shell, view: &ClientQuote, standing: Standing) -> Markup {
    let l = shell.locale();
    let (class, name) = match standing {
        Standing::Accepted => ("ok", "circle-check"),
        Standing::Rejected | Standing::Void => ("plain", "circle-x"),
        Standing::Simulation => ("plain", "info"),
        Standing::Open | Standing::Expired | Standing::Superseded => ("warn", "clock"),
    };
    // What was replaced or taken back is read no more: it would be taken for what is offered.
    let shows_content = !matches!(standing, Standing::Superseded | Standing::Void);
    html! {
        div class=(format!("notice {class}")) { (icon(name)) div.words { (sentence(shell, view, standing)) } }
        @if let Some(newer) = &view.newer {
            p { a.btn.primary href=(format!("{newer}?lang={}", l.code())) { (icon("file-text")) (t!(l, "offer-newer")) } }
        }
        @if let Some(acceptance) = &view.quote.state.acceptance { (evidence(shell, view, acceptance)) }
        @if shows_content {
            (lines::lines(l, view))
            @if standing == Standing::Simulation && !view.alternatives().is_empty() { (totals::side_by_side(l, view)) }
            @else { (totals::totals(l, view)) }
            (answer::terms(l, view))
        }
    }
}

/// The day and the hour in words.
fn moment(shell: &Shell, at: Timestamp) -> String {
    let l = shell.locale();
    let day = at.to_zoned_datetime(shell.zone.clone()).date();
    t!(l, "offer-moment", day = format::date_long(l, day), time = format::time_of_day(at, &shell.zone))
}

fn sentence(shell: &Shell, view: &ClientQuote, standing: Standing) -> String {
    let l = shell.locale();
    let when = view.ended_at.map(|at| moment(shell, at)).unwrap_or_default();
    let day = view.quote.valid_until.map(|day| format::date_long(l, day)).unwrap_or_default();
    let company = view.settings.company_name.as_str();
    let name = view.quote.state.acceptance.as_ref().map_or("", |accepted| accepted.name.as_str());
    match standing {
        Standing::Accepted => t!(l, "offer-was-accepted", name = name, when = when),
        Standing::Rejected => t!(l, "offer-was-rejected", when = when),
        Standing::Superseded if view.newer.is_some() => t!(l, "offer-was-superseded-newer", when = when),
        Standing::Superseded => t!(l, "offer-was-superseded", when = when, company = company),
        Standing::Void => t!(l, "offer-was-void", when = when, company = company),
        Standing::Simulation => t!(l, "offer-simulation-text", company = company),
        Standing::Open | Standing::Expired => t!(l, "offer-has-expired", day = day, company = company),
    }
}

/// Who accepted what, and by which marks it is known again.
fn evidence(shell: &Shell, view: &ClientQuote, acceptance: &QuoteAcceptance) -> Markup {
    let l = shell.locale();
    let mut entries = vec![
        Fact::new(t!(l, "offer-accepted-by"), Value::text(acceptance.name.as_str())),
        Fact::new(t!(l, "offer-accepted-at"), Value::text(moment(shell, acceptance.at))),
    ];
    if let Some(name) = &acceptance.alternative {
        let chosen = t!(l, "offer-alternative", name = name.as_str());
        entries.push(Fact::new(t!(l, "offer-alternatives"), Value::text(chosen)));
    }
    let options = chosen_options(l, &view.lines);
    if !options.is_empty() {
        entries.push(Fact::new(t!(l, "offer-optional-chosen"), Value::text(options)));
    }
    let signed = if acceptance.signature.is_some() {
        t!(l, "offer-signed-drawn")
    } else if acceptance.address.is_none() && acceptance.agent.is_empty() {
        t!(l, "offer-signed-elsewhere")
    } else {
        t!(l, "offer-signed-typed")
    };
    entries.push(Fact::new(t!(l, "offer-signature"), Value::text(signed)));
    entries.push(Fact::new(t!(l, "offer-fingerprint"), Value::text(short(&acceptance.pdf))));
    html! {
        section.panel {
            header { h2 { (t!(l, "offer-evidence")) } }
            div.body { (facts(l, &entries)) }
        }
    }
}

/// The optional lines that are in, or that there are some and none is.
pub(crate) fn chosen_options(l: Locale<'_>, lines: &[QuoteLine]) -> String {
    let all: Vec<_> = lines.iter().filter(|line| line.optional).collect();
    let chosen: Vec<&str> =
        all.iter().filter(|line| line.ticked).filter_map(|line| line.text.lines().next()).collect();
    if chosen.is_empty() && !all.is_empty() { t!(l, "offer-optional-none") } else { format::list(l, &chosen) }
}

/// Enough of a fingerprint to compare by eye, in fours.
fn short(hash: &str) -> String {
    const SHOWN: usize = 16;
    let shown: Vec<char> = hash.chars().take(SHOWN).collect();
    shown.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
