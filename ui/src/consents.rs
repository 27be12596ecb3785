//! What a lead or contact said about the use of their data: the panel of their page, with the form to write it down.

use crate::Locale;
use crate::address::Address;
use crate::components::{Choice, Field, panel, submit, tag};
use crate::messages::{find, t};
use crate::{format, labels};
use maud::{Markup, html};
use model::jiff::civil::{Date, Time};
use model::{ConsentState, ConsentWay, FieldErrors, Language, LawfulBasis, lists};

/// As in `model::EVIDENCE_CHARACTERS_MAX`.
const EVIDENCE_MAX: u32 = 1_000;
/// The name in the address of a purpose whose form begins with taking it back.
pub const WITHDRAW: &str = "withdraw";
/// The fields of the form.
pub const FIELDS: [&str; 6] = ["purpose", "basis", "state", "said_on", "way", "evidence"];

/// Something that was said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConsentLine {
    /// The key of the list.
    pub purpose: String,
    pub basis: LawfulBasis,
    pub state: ConsentState,
    pub said_on: Date,
    pub way: ConsentWay,
    pub evidence: Option<String>,
    /// Whether it counts: nothing newer was said about the purpose.
    pub counts: bool,
}

/// What stands in the form, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ConsentForm {
    pub purpose: String,
    pub basis: String,
    pub state: String,
    pub said_on: String,
    pub way: String,
    pub evidence: String,
}

impl ConsentForm {
    /// A new one.
    pub fn blank(today: Date) -> ConsentForm {
        ConsentForm {
            basis: LawfulBasis::Consent.as_str().to_owned(),
            state: ConsentState::Given.as_str().to_owned(),
            said_on: today.to_string(),
            ..ConsentForm::default()
        }
    }
}

/// All of it, for a page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ConsentPanel {
    /// The page of the lead or contact: `/leads/7`.
    pub path: String,
    /// The newest first.
    pub lines: Vec<ConsentLine>,
    pub may_state: bool,
    pub form: ConsentForm,
    /// Whether the form was asked for or came back.
    pub is_open: bool,
}

impl ConsentPanel {
    /// Opens the form to take a purpose back, where the address asks for it and it is given.
    pub fn begin_withdrawal(&mut self, purpose: Option<&str>) {
        let is_it = |line: &&ConsentLine| {
            line.counts && line.state == ConsentState::Given && Some(line.purpose.as_str()) == purpose
        };
        let Some(line) = self.lines.iter().find(is_it) else { return };
        self.form.purpose = line.purpose.clone();
        self.form.basis = line.basis.as_str().to_owned();
        self.form.state = ConsentState::Withdrawn.as_str().to_owned();
        self.is_open = true;
    }

    /// The form as it was typed.
    pub fn came_back(&mut self, form: ConsentForm) {
        self.form = form;
        self.is_open = true;
    }
}

/// «Consentiment».
pub fn basis_name<'l>(l: impl Into<Locale<'l>>, basis: LawfulBasis) -> String {
    coded(l.into(), "basis", basis.as_str())
}

pub fn state_name<'l>(l: impl Into<Locale<'l>>, state: ConsentState) -> String {
    coded(l.into(), "state", state.as_str())
}

pub fn way_name<'l>(l: impl Into<Locale<'l>>, way: ConsentWay) -> String {
    coded(l.into(), "way", way.as_str())
}

/// What the codes are called is also what the journal says.
fn coded(l: Locale<'_>, field: &str, code: &str) -> String {
    find(l, &format!("audit-value-consent-{field}-{}", code.replace('_', "-")), &[])
        .unwrap_or_else(|| code.to_owned())
}

/// The sentence of the history: what was said about which purpose.
pub(crate) fn event_title(l: Locale<'_>, who: &str, state: ConsentState, purpose: &str) -> String {
    let by = if who.is_empty() { "nobody" } else { "person" };
    let purpose = labels::choice(l, lists::CONSENT_PURPOSES, purpose);
    match state {
        ConsentState::Given => t!(l, "consents-event-given", by = by, who = who, purpose = purpose),
        ConsentState::Withdrawn => t!(l, "consents-event-withdrawn", by = by, who = who, purpose = purpose),
    }
}

/// The panel; `errors` are those of the page.
pub(crate) fn card(l: Locale<'_>, view: &ConsentPanel, errors: &FieldErrors) -> Markup {
    let older: Vec<&ConsentLine> = view.lines.iter().filter(|line| !line.counts).collect();
    panel(
        &t!(l, "consents-title"),
        html! {},
        html! {
            @if view.lines.is_empty() {
                div.body { p.muted { (t!(l, "consents-none")) } }
            } @else {
                ul.rows { @for line in view.lines.iter().filter(|line| line.counts) { (standing(l, view, line)) } }
            }
            @if !older.is_empty() || view.may_state {
                div.body.stack-s {
                    @if !older.is_empty() {
                        details.fold {
                            summary { (t!(l, "consents-older", count = older.len())) }
                            ul { @for line in &older { li { (said(l, line)) } } }
                        }
                    }
                    @if view.may_state { (form(l, view, errors)) }
                }
            }
        },
    )
}

fn standing(l: Locale<'_>, view: &ConsentPanel, line: &ConsentLine) -> Markup {
    let name = labels::choice(l, lists::CONSENT_PURPOSES, &line.purpose);
    let withdraw = Address::new(&view.path).with(WITHDRAW, &line.purpose);
    let is_given = line.state == ConsentState::Given;
    html! {
        li {
            span.grow {
                (name)
                span.sub { (details(l, line)) }
                @if let Some(evidence) = &line.evidence { span.sub { (evidence_words(l.language, evidence)) } }
            }
            @if is_given { (tag("ok", "circle-check", &state_name(l, line.state))) }
            @else { (tag("", "x", &state_name(l, line.state))) }
            @if is_given && view.may_state {
                a href=(format!("{withdraw}#consent")) { (t!(l, "consents-withdraw")) span.sr { " " (name) } }
            }
        }
    }
}

/// «Consentiment · formulari web · 23/11/2026».
fn details(l: Locale<'_>, line: &ConsentLine) -> String {
    [basis_name(l, line.basis), way_name(l, line.way), format::date_short(line.said_on)].join(" · ")
}

fn said(l: Locale<'_>, line: &ConsentLine) -> Markup {
    let name = labels::choice(l, lists::CONSENT_PURPOSES, &line.purpose);
    html! {
        (name) ": " (state_name(l, line.state)) " · " (details(l, line))
        @if let Some(evidence) = &line.evidence { br; span.hint-text { (evidence_words(l.language, evidence)) } }
    }
}

/// What shows it, as it is read: that of a form holds its moment as `2026-11-29 17:46:10 CET`.
pub(crate) fn evidence_words(language: Language, evidence: &str) -> String {
    let moment = |part: &str| {
        let (day, time) = part.split_once(' ')?;
        let day: Date = day.parse().ok()?;
        time.get(..8)?.parse::<Time>().ok()?;
        Some(format::day_and_time(language, day, time))
    };
    let parts = evidence.split(" · ").map(|part| moment(part).unwrap_or_else(|| part.to_owned()));
    parts.collect::<Vec<_>>().join(" · ")
}

fn form(l: Locale<'_>, view: &ConsentPanel, errors: &FieldErrors) -> Markup {
    let form = &view.form;
    let states: Vec<Choice> =
        ConsentState::ALL.iter().map(|state| Choice::new(state.as_str(), state_name(l, *state))).collect();
    let bases: Vec<Choice> =
        LawfulBasis::ALL.iter().map(|basis| Choice::new(basis.as_str(), basis_name(l, *basis))).collect();
    let mut ways = vec![Choice::new("", t!(l, "consents-choose"))];
    ways.extend(ConsentWay::ALL.iter().map(|way| Choice::new(way.as_str(), way_name(l, *way))));
    let mut purposes = vec![Choice::new("", t!(l, "consents-choose"))];
    purposes.extend(labels::choices(l, lists::CONSENT_PURPOSES, &form.purpose));
    html! {
        details.fold #consent open[view.is_open] {
            summary { (t!(l, "consents-write-down")) }
            form.form method="post" action=(format!("{}/consents", view.path)) novalidate {
                (Field::select("purpose", t!(l, "consents-purpose"), &purposes).value(&form.purpose).problems(l, errors).required())
                (Field::radios("state", t!(l, "consents-state"), &states).value(&form.state).problems(l, errors).required())
                (Field::select("basis", t!(l, "consents-basis"), &bases).value(&form.basis).hint(t!(l, "consents-basis-hint")).problems(l, errors).required())
                (Field::select("way", t!(l, "consents-way"), &ways).value(&form.way).problems(l, errors).required())
                (Field::date("said_on", t!(l, "consents-said-on")).value(&form.said_on).problems(l, errors))
                (Field::textarea("evidence", t!(l, "consents-evidence"), 2).value(&form.evidence).hint(t!(l, "consents-evidence-hint")).problems(l, errors).optional(l).maximum_characters(EVIDENCE_MAX))
                div.actions { (submit(&t!(l, "consents-save"))) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_in_evidence_are_as_their_reader_writes_them() {
        let kept = "«Vull rebre novetats» · /f/fira · 2026-11-29 17:46:10 CET · 192.0.2.1";
        let read = |language| evidence_words(language, kept);
        assert_eq!(
            read(Language::Ca),
            "«Vull rebre novetats» · /f/fira · 29/11/2026 17:46:10 CET · 192.0.2.1"
        );
        assert_eq!(
            read(Language::En),
            "«Vull rebre novetats» · /f/fira · 29/11/2026, 17:46:10 CET · 192.0.2.1"
        );
        for other in ["Ho ha dit per telèfon · 2026-11-29", "2026-13-40 17:46:10 CET", ""] {
            assert_eq!(evidence_words(Language::Ca, other), other);
        }
    }
}
