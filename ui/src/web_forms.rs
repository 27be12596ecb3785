//! Web forms: the list, one form with its preview, and what visitors see of it.

use crate::components::{Choice, Field, icon};
use crate::leads::field_label;
use crate::messages::t;
use crate::pieces::{self, PieceFrame, PieceList, PieceRow, add_row, label_fields, row_buttons};
use crate::shell::{Shell, language_name};
use crate::{Locale, labels};
use maud::{Markup, html};
use model::{FieldErrors, Label, Language, lists};

mod visitor;
pub use visitor::{TRAP, VisitorField, VisitorForm, VisitorText, check_mail, confirm, page, said, thanks};

pub const PATH: &str = "/settings/forms";
/// As in `model::FORM_HINT_CHARACTERS_MAX`.
const HINT_CHARACTERS_MAX: u32 = 120;
/// As in `model::FORM_TEXT_CHARACTERS_MAX`.
const TEXT_CHARACTERS_MAX: u32 = 300;
const CAMPAIGN_CHARACTERS_MAX: u32 = 200;

/// A field as chosen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FieldRow {
    pub field: String,
    pub required: bool,
    /// What visitors read; empty: what the field is called.
    pub label: Label,
    pub hint: Label,
}

/// How often it was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FormCounts {
    pub received: u64,
    pub confirmed: u64,
    pub refused: u64,
}

/// Sends `label_ca`…, `title_ca`…, `intro_ca`…, `button_ca`…, `thanks_ca`…, `fields.<place>.field`, `.required`,
/// `.label_ca`… and `.hint_ca`…, `purpose`, `consent_ca`…, `consent_required`, `source`, `campaign`, `from`, `to`, `told` (once for each),
/// `confirmed`, `sites`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FormEditor {
    pub frame: PieceFrame,
    pub label: Label,
    pub title: Label,
    pub intro: Label,
    pub button: Label,
    pub thanks: Label,
    pub rows: Vec<FieldRow>,
    /// What can be asked for.
    pub askable: Vec<Choice>,
    pub purpose: String,
    pub consent: Label,
    pub consent_required: bool,
    pub source: String,
    pub campaign: String,
    pub from: String,
    pub to: String,
    pub told: Vec<String>,
    pub people: Vec<Choice>,
    pub confirmed: bool,
    /// Whether letters go out.
    pub can_mail: bool,
    /// One a line.
    pub sites: String,
    /// Of one that is saved: its address, how often it was sent, and what visitors see.
    pub saved: Option<SavedForm>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedForm {
    pub address: String,
    pub counts: FormCounts,
    pub preview: VisitorForm,
    /// The list of its leads.
    pub leads: String,
}

pub fn list(shell: &Shell, rows: &[PieceRow]) -> Markup {
    let l = shell.locale();
    let (title, intro, new) = (t!(l, "forms-title"), t!(l, "forms-intro"), t!(l, "forms-new"));
    pieces::list(shell, &PieceList { title, intro, path: PATH, icon: "notebook-pen", new, rows })
}

/// What the list says of one.
pub fn detail<'l>(l: impl Into<Locale<'l>>, received: u64, confirmed: bool) -> String {
    let l: Locale<'_> = l.into();
    let count = t!(l, "forms-received", count = received);
    if confirmed { format!("{count} · {}", t!(l, "forms-with-confirmation")) } else { count }
}

/// What a part of it is called, where two of them are compared.
pub fn field_name(l: Locale<'_>, name: &str) -> String {
    match name {
        "title" => t!(l, "forms-heading"),
        "intro" => t!(l, "forms-intro-field"),
        "fields" => t!(l, "forms-fields"),
        "consent" => t!(l, "forms-consent-words"),
        "sites" => t!(l, "forms-sites"),
        other => other.to_owned(),
    }
}

pub fn form(shell: &Shell, view: &FormEditor) -> Markup {
    let l = shell.locale();
    let title = match &view.frame.key {
        Some(_) => view.label.get(l.language).to_owned(),
        None => t!(l, "forms-new"),
    };
    let body = html! {
        @if let Some(saved) = &view.saved { (results(l, view, saved)) }
        (texts(l, view))
        (fields(l, view))
        (consent(l, view))
        (leads(l, view))
        (embedding(l, view))
        @if let Some(saved) = &view.saved { (preview(l, saved)) }
    };
    pieces::form(shell, PATH, &title, &view.frame, body)
}

fn results(l: Locale<'_>, view: &FormEditor, saved: &SavedForm) -> Markup {
    html! {
        section.panel {
            header { h2 { (t!(l, "forms-results")) } }
            div.body.stack-s {
                p { (saved.address) }
                ul {
                    li { (t!(l, "forms-received", count = saved.counts.received)) }
                    @if view.confirmed { li { (t!(l, "forms-confirmed-count", count = saved.counts.confirmed)) } }
                    li { (t!(l, "forms-refused", count = saved.counts.refused)) }
                }
                p { a.btn.quiet href=(saved.address) { (icon("eye")) (t!(l, "forms-open")) } }
                p { a.btn.quiet href=(saved.leads) { (icon("inbox")) (t!(l, "forms-leads")) } }
            }
        }
    }
}

/// A longer text in each language, the reader's own first.
fn long_fields(l: Locale<'_>, name: &str, title: &str, label: &Label, errors: &FieldErrors) -> Markup {
    html! {
        @for (field, title, language) in in_languages(l, name, title) {
            (Field::textarea(&field, title, 2).value(label.own(language)).problems(l, errors).maximum_characters(TEXT_CHARACTERS_MAX))
        }
    }
}

fn texts(l: Locale<'_>, view: &FormEditor) -> Markup {
    let errors = &view.frame.errors;
    html! {
        section.panel {
            header { h2 { (t!(l, "forms-texts")) } }
            div.body.stack-m {
                p.muted { (t!(l, "forms-texts-text")) }
                div.form-grid { (label_fields(l, "label", &t!(l, "pieces-name"), &view.label, errors)) }
                div.form-grid { (label_fields(l, "title", &t!(l, "forms-heading"), &view.title, errors)) }
                div.form-grid { (long_fields(l, "intro", &t!(l, "forms-intro-field"), &view.intro, errors)) }
                div.form-grid { (label_fields(l, "button", &t!(l, "forms-button"), &view.button, errors)) }
                div.form-grid { (long_fields(l, "thanks", &t!(l, "forms-thanks"), &view.thanks, errors)) }
            }
        }
    }
}

fn fields(l: Locale<'_>, view: &FormEditor) -> Markup {
    let errors = &view.frame.errors;
    let problem = crate::problems::of(l, errors, "fields");
    html! {
        section.panel {
            header { h2 id="f-fields" { (t!(l, "forms-fields")) } }
            div.body {
                p.muted { (t!(l, "forms-fields-text")) }
                @if let Some(problem) = &problem { p.error { (icon("circle-alert")) span { (problem) } } }
                @for (place, row) in view.rows.iter().enumerate() { (field_row(l, view, place, row)) }
                (add_row(&t!(l, "forms-add-field")))
            }
        }
    }
}

fn field_row(l: Locale<'_>, view: &FormEditor, place: usize, row: &FieldRow) -> Markup {
    let (field, required) = (format!("fields.{place}.field"), format!("fields.{place}.required"));
    let mut choices = vec![Choice::new("", t!(l, "forms-choose-field"))];
    choices.extend(view.askable.iter().cloned());
    if !row.field.is_empty() && choices.iter().all(|choice| choice.value != row.field) {
        choices.push(Choice::new(row.field.as_str(), field_label(l, &row.field)));
    }
    let name = view.askable.iter().find(|choice| choice.value == row.field);
    html! {
        fieldset.row-group {
            legend { (t!(l, "forms-field-number", number = place + 1)) }
            (Field::select(&field, t!(l, "forms-field"), &choices).value(&row.field).problems(l, &view.frame.errors))
            (Field::checkbox(&required, t!(l, "forms-required"), row.required))
            (field_words(l, view, place, row))
            (row_buttons(l, place, view.rows.len(), name.map_or("", |choice| choice.label.as_str())))
        }
    }
}

/// The words that visitors read in place of the field's own.
fn field_words(l: Locale<'_>, view: &FormEditor, place: usize, row: &FieldRow) -> Markup {
    let errors = &view.frame.errors;
    let (label, hint) = (format!("fields.{place}.label"), format!("fields.{place}.hint"));
    let is_wrong = errors.0.iter().any(|problem| {
        let name = problem.field.rsplit_once('_').map(|(name, _)| name);
        name == Some(label.as_str()) || name == Some(hint.as_str())
    });
    let hints = in_languages(l, &hint, &t!(l, "forms-field-hint"));
    html! {
        details.fold.full open[is_wrong || !row.label.is_empty() || !row.hint.is_empty()] {
            summary { (icon("languages")) (t!(l, "forms-field-words")) }
            div.stack-s {
                p.hint { (t!(l, "forms-field-words-text")) }
                div.form-grid { (label_fields(l, &label, &t!(l, "forms-field-label"), &row.label, errors)) }
                div.form-grid {
                    @for (name, title, language) in &hints {
                        (Field::text(name, title.as_str()).value(row.hint.own(*language)).problems(l, errors).maximum_characters(HINT_CHARACTERS_MAX))
                    }
                }
            }
        }
    }
}

/// The name under which each language of a text is sent, and its title; the reader's own first.
fn in_languages(l: Locale<'_>, name: &str, title: &str) -> Vec<(String, String, Language)> {
    let others = Language::ALL.into_iter().filter(|language| *language != l.language);
    let named = |language: Language| {
        let title = format!("{title} ({})", language_name(language));
        (format!("{name}_{}", language.code()), title, language)
    };
    std::iter::once(l.language).chain(others).map(named).collect()
}

/// «Camp 2», of the name that it is sent under; with the text and its language where it is one of those.
pub(crate) fn row_label(l: Locale<'_>, name: &str) -> Option<String> {
    let (place, part) = name.strip_prefix("fields.")?.split_once('.')?;
    let number = place.parse::<usize>().ok()?.checked_add(1)?;
    let field = t!(l, "forms-field-number", number = number);
    let (part, code) = part.split_once('_').unwrap_or((part, ""));
    let title = match part {
        "field" => return Some(field),
        "label" => t!(l, "forms-field-label"),
        "hint" => t!(l, "forms-field-hint"),
        _ => return None,
    };
    Some(format!("{field}, {title} ({})", language_name(Language::from_code(code)?)))
}

fn consent(l: Locale<'_>, view: &FormEditor) -> Markup {
    let errors = &view.frame.errors;
    let mut purposes = vec![Choice::new("", t!(l, "forms-no-consent"))];
    purposes.extend(labels::choices(l, lists::CONSENT_PURPOSES, &view.purpose));
    html! {
        section.panel {
            header { h2 { (t!(l, "forms-consent")) } }
            div.body.stack-m {
                p.muted { (t!(l, "forms-consent-text")) }
                div.form-grid {
                    (Field::select("purpose", t!(l, "forms-purpose"), &purposes).value(&view.purpose).problems(l, errors))
                    (Field::checkbox("consent_required", t!(l, "forms-consent-required"), view.consent_required))
                }
                div.form-grid { (long_fields(l, "consent", &t!(l, "forms-consent-words"), &view.consent, errors)) }
                @if view.can_mail || view.confirmed {
                    (Field::checkbox("confirmed", t!(l, "forms-confirmation"), view.confirmed).hint(t!(l, "forms-confirmation-hint")).problems(l, errors))
                } @else {
                    p.hint { (t!(l, "forms-confirmation-no-mail")) " " a href=(crate::mail::PATH) { (t!(l, "mail-title")) } }
                }
            }
        }
    }
}

fn leads(l: Locale<'_>, view: &FormEditor) -> Markup {
    let errors = &view.frame.errors;
    let mut sources = labels::choices(l, lists::SOURCES, &view.source);
    if view.source.is_empty() {
        sources.insert(0, Choice::new("", t!(l, "leads-source-unknown")));
    }
    html! {
        section.panel {
            header { h2 { (t!(l, "forms-writes")) } }
            div.body.stack-m {
                div.form-grid {
                    (Field::select("source", field_label(l, "source"), &sources).value(&view.source).problems(l, errors))
                    (Field::text("campaign", field_label(l, "campaign")).value(&view.campaign).problems(l, errors).required().maximum_characters(CAMPAIGN_CHARACTERS_MAX).hint(t!(l, "forms-campaign-hint")))
                    (Field::date("from", t!(l, "forms-from")).value(&view.from).problems(l, errors).optional(l))
                    (Field::date("to", t!(l, "forms-to")).value(&view.to).problems(l, errors).optional(l))
                }
                @if !view.people.is_empty() {
                    (Field::checkboxes("told", t!(l, "forms-told"), &view.people, &view.told).hint(t!(l, "forms-told-hint")).problems(l, errors))
                }
            }
        }
    }
}

fn embedding(l: Locale<'_>, view: &FormEditor) -> Markup {
    let snippet = view.saved.as_ref().map(|saved| {
        let title = view.title.get(l.language).replace(['"', '<', '>', '&'], "");
        format!(
            "<iframe src=\"{}?embed&lang={}\" title=\"{title}\" width=\"100%\" height=\"900\" style=\"border:0\"></iframe>",
            saved.address,
            l.language.code()
        )
    });
    html! {
        section.panel {
            header { h2 { (t!(l, "forms-embed")) } }
            div.body.stack-m {
                (Field::textarea("sites", t!(l, "forms-sites"), 2).value(&view.sites).problems(l, &view.frame.errors).hint(t!(l, "forms-sites-hint")))
                @if let Some(snippet) = &snippet {
                    div.field {
                        label for="form-snippet" { (t!(l, "forms-snippet")) }
                        textarea.code id="form-snippet" rows="3" readonly { (snippet) }
                    }
                }
            }
        }
    }
}

fn preview(l: Locale<'_>, saved: &SavedForm) -> Markup {
    html! {
        section.panel {
            header { h2 { (t!(l, "forms-preview")) } }
            div.body.stack-m {
                p.muted { (t!(l, "forms-preview-text")) }
                fieldset disabled { legend.sr { (t!(l, "forms-preview")) } (visitor::fields(l, &saved.preview)) }
            }
        }
    }
}
