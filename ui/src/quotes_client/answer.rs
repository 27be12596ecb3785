//! The forms of a quote that can be answered: accept what is chosen, reject, ask.

use super::{CHOICES, ClientQuote, lines, totals};
use crate::Locale;
use crate::components::{Field, icon};
use crate::messages::t;
use crate::problems;
use maud::{Markup, html};

/// As services count them.
const NAME_CHARACTERS_MAX: u32 = 100;
const WORDS_CHARACTERS_MAX: u32 = 1_000;

pub(super) fn open(l: Locale<'_>, view: &ClientQuote) -> Markup {
    html! {
        form #accept.stack-m method="post" action=(view.action(l, "accept")) novalidate {
            // Return in a field presses the first button of a form: this one accepts.
            button.sr type="submit" tabindex="-1" aria-hidden="true" { (t!(l, "offer-accept")) }
            input type="hidden" name="lang" value=(l.code());
            (choices(l, view))
            p #offer-said.sr role="status" {}
            (totals::totals(l, view))
            (terms(l, view))
            (signing(l, view))
        }
        (reject(l, view))
        (ask(l, view))
    }
}

/// Lines and alternatives. The script asks for the sums whenever a choice changes, and drops the answer to the choice before
/// it; without it there is a button.
fn choices(l: Locale<'_>, view: &ClientQuote) -> Markup {
    let inner = html! {
        (lines::lines(l, view))
        @if !view.alternatives().is_empty() { (totals::alternatives(l, view)) }
    };
    if !view.has_choices() {
        return inner;
    }
    html! {
        div #offer-choices.stack-m data-hx-get=(view.action(l, "sums")) data-hx-trigger="change" data-hx-include="[data-choice]"
            data-hx-target="#offer-sums" data-hx-swap="outerHTML" data-hx-sync="replace" {
            input type="hidden" name=(CHOICES) value="1" data-choice;
            (inner)
            p.no-js-only {
                button.btn type="submit" formmethod="get" formaction=(format!("/q/{}", view.token)) { (icon("refresh-cw")) (t!(l, "offer-recalculate")) }
            }
        }
    }
}

pub(super) fn terms(l: Locale<'_>, view: &ClientQuote) -> Markup {
    let quote = &view.quote;
    let said =
        [(t!(l, "offer-payment"), &quote.payment_terms), (t!(l, "offer-conditions"), &quote.conditions)];
    html! {
        @for (title, text) in &said {
            @if let Some(text) = text {
                section.panel { header { h2 { (title) } } div.body { p.pre lang=[view.other_language(l)] { (text) } } }
            }
        }
    }
}

fn signing(l: Locale<'_>, view: &ClientQuote) -> Markup {
    let (typed, errors) = (&view.typed, &view.typed.errors);
    let company = view.seller_name();
    let has_conditions = view.quote.conditions.is_some() || view.quote.payment_terms.is_some();
    let agree = if has_conditions { t!(l, "offer-agree-conditions") } else { t!(l, "offer-agree") };
    html! {
        section.panel #offer-accept {
            header { h2 { (t!(l, "offer-accept-title")) } }
            div.body {
                (Field::text("name", t!(l, "offer-name")).value(&typed.name).problems(l, errors).required().autocomplete("name")
                    .maximum_characters(NAME_CHARACTERS_MAX).hint(t!(l, "offer-name-hint")))
                (signature(l, view))
                (Field::checkbox("agrees", agree, typed.agrees).problems(l, errors))
                input type="hidden" name="pdf" value=(view.quote.state.pdf.as_deref().unwrap_or_default());
                p.hint-text { (t!(l, "offer-evidence-text", company = company)) }
                div.form-actions { button.btn.primary type="submit" { (icon("check")) (t!(l, "offer-accept")) } }
            }
        }
    }
}

/// Where one can draw: with the script alone, and never needed.
fn signature(l: Locale<'_>, view: &ClientQuote) -> Markup {
    let error = problems::of(l, &view.typed.errors, "signature");
    html! {
        div.field.signature.js-only data-signature {
            span #signature-label.label { (t!(l, "offer-draw")) " " span.optional { "(" (t!(l, "common-optional")) ")" } }
            span.hint #signature-hint { (t!(l, "offer-draw-hint")) }
            @if let Some(error) = &error { p.error id="f-signature-error" { (icon("circle-alert")) span { (error) } } }
            canvas width="800" height="260" role="img" aria-labelledby="signature-label" aria-describedby="signature-hint" {}
            input type="hidden" name="signature" value=(view.typed.signature);
            p { button.btn id="f-signature" type="button" data-clear { (icon("x")) (t!(l, "offer-clear")) } }
            span.sr role="status" data-drawn=(t!(l, "offer-drawn")) data-empty=(t!(l, "offer-cleared")) {}
        }
    }
}

fn reject(l: Locale<'_>, view: &ClientQuote) -> Markup {
    let (typed, errors) = (&view.typed, &view.typed.errors);
    let is_open = errors.of("reason").is_some() || !typed.reason.is_empty();
    html! {
        details.panel open[is_open] {
            summary { (t!(l, "offer-reject-title")) }
            form.body method="post" action=(view.action(l, "reject")) novalidate {
                (Field::textarea("reason", t!(l, "offer-reason"), 3).value(&typed.reason).problems(l, errors).optional(l).maximum_characters(WORDS_CHARACTERS_MAX))
                div.form-actions { button.btn.danger type="submit" { (t!(l, "offer-reject")) } }
            }
        }
    }
}

fn ask(l: Locale<'_>, view: &ClientQuote) -> Markup {
    let (typed, errors) = (&view.typed, &view.typed.errors);
    let is_open = ["asker", "question"].iter().any(|field| errors.of(field).is_some())
        || !typed.asker.is_empty()
        || !typed.question.is_empty();
    html! {
        details.panel open[is_open] {
            summary { (t!(l, "offer-ask-title")) }
            form.body method="post" action=(view.action(l, "ask")) novalidate {
                (Field::text("asker", t!(l, "offer-name")).value(&typed.asker).problems(l, errors).required().autocomplete("name").maximum_characters(NAME_CHARACTERS_MAX))
                (Field::textarea("question", t!(l, "offer-question"), 4).value(&typed.question).problems(l, errors).required().maximum_characters(WORDS_CHARACTERS_MAX))
                div.form-actions { button.btn type="submit" { (icon("message-square")) (t!(l, "offer-ask")) } }
            }
        }
    }
}
