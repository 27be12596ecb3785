//! What fields get where the file says nothing: chosen where the field has options, else typed.

use super::columns::{SKIPPED_COLUMN, options};
use super::mending::option_meant;
use super::page::ImportPage;
use crate::components::{Choice, Field};
use crate::messages::t;
use crate::{Locale, Shell};
use maud::{Markup, html};

/// Fields to fill in that are offered beyond those that are.
const FREE: usize = 2;
/// What parts the options of a text that holds several.
const BETWEEN: [char; 4] = [',', ';', '|', '\n'];

/// All that a field can be given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GivenOptions {
    pub choices: Vec<Choice>,
    /// The field holds several of them.
    pub several: bool,
}

/// `given-field-0`, `given-text-0`…: the field, and what it gets. What it gets is asked anew once another field is chosen.
pub(super) fn panel_body(l: Locale<'_>, view: &ImportPage) -> Markup {
    let rows = view.given.len() + FREE;
    html! {
        div.body.stack-m {
            p.hint-text { (t!(l, "imports-given-hint")) }
            @for place in 0..rows {
                @let given = view.given.get(place);
                @let field = given.map_or(SKIPPED_COLUMN, |given| given.target.as_str());
                @let text = given.map_or("", |given| given.text.as_str());
                div.form-grid {
                    div.field {
                        label for=(format!("given-field-{place}")) { (t!(l, "imports-given-field", number = place + 1)) }
                        (fields(l, view, place, field))
                    }
                    (value(l, place, text, view.given_options.get(field)))
                }
            }
        }
    }
}

fn fields(l: Locale<'_>, view: &ImportPage, place: usize, chosen: &str) -> Markup {
    let name = format!("given-field-{place}");
    let mut options = options(l, view, chosen);
    if let Some(first) = options.first_mut() {
        first.1 = t!(l, "imports-given-none");
    }
    html! {
        select id=(name) name=(name)
            data-hx-get=(format!("/imports/{}/given?place={place}", view.id)) data-hx-trigger="change"
            data-hx-include=(format!("#given-text-{place}[type=text]"))
            data-hx-target=(format!("#given-value-{place}")) data-hx-swap="outerHTML" {
            @for (value, text, chosen) in &options { option value=(value) selected[*chosen] { (text) } }
        }
    }
}

/// `GET /imports/{id}/given?place=0&given-field-0=…`: the control for what a field gets.
pub fn given_value(shell: &Shell, place: usize, text: &str, options: Option<&GivenOptions>) -> Markup {
    value(shell.locale(), place, text, options)
}

fn value(l: Locale<'_>, place: usize, text: &str, options: Option<&GivenOptions>) -> Markup {
    let name = format!("given-text-{place}");
    let label = t!(l, "imports-given-text", number = place + 1);
    html! {
        div id=(format!("given-value-{place}")) {
            @match options {
                None => div.field {
                    label for=(name) { (label) }
                    input id=(name) type="text" name=(name) maxlength="200" value=(text);
                },
                Some(GivenOptions { choices, several: false }) => (one_of(&name, &label, choices, text)),
                Some(GivenOptions { choices, several: true }) => (some_of(&name, label, choices, text)),
            }
        }
    }
}

/// A text that is no option, as one with the name of a column in it, stays until somebody chooses another one.
fn one_of(name: &str, label: &str, choices: &[Choice], text: &str) -> Markup {
    let meant = option_meant(choices, text);
    html! {
        div.field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                option value="" {}
                @if meant.is_none() && !text.is_empty() { option value=(text) selected { (text) } }
                @for choice in choices { option value=(choice.value) selected[meant == Some(choice)] { (choice.label) } }
            }
        }
    }
}

pub(super) fn some_of(name: &str, label: String, choices: &[Choice], text: &str) -> Markup {
    let mut choices = choices.to_vec();
    let mut chosen: Vec<String> = Vec::new();
    for part in text.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty()) {
        let meant = option_meant(&choices, part).map(|choice| choice.value.clone());
        if meant.is_none() {
            choices.push(Choice::new(part, part));
        }
        chosen.push(meant.unwrap_or_else(|| part.to_owned()));
    }
    html! { (Field::checkboxes(name, label, &choices, &chosen)) }
}
