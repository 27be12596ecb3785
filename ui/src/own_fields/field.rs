//! One own field: made, changed, archived.

use super::list::{deed, shown_name};
use super::{PATH, entity_name, kind_name};
use crate::Locale;
use crate::components::{Choice, Field, error_summary, form_actions, icon, page_head, panel, tag};
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::{FieldErrors, FieldKind, Kind, Label, Language, Shown};

/// A field as it stands in the form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FieldForm {
    pub label: Label,
    pub name: String,
    pub kind: String,
    pub target: String,
    pub help: Label,
    pub required: bool,
    pub unique: bool,
    /// Several for several choices, one per line.
    pub default: String,
    pub shown: Vec<String>,
    /// Of a new field, one per line.
    pub choices: String,
}

/// Which field the form is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FieldOf {
    /// `POST /settings/fields` with `entity`.
    New,
    /// `POST /settings/fields/{key}` with `version`; `/archive`, `/restore` and `/remove` do what they say.
    Changed { key: String, version: u64, label: Label, archived: bool },
}

/// `GET /settings/fields/new?entity=…` and `GET /settings/fields/{key}`, and what comes back when it is refused (422).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldPage {
    pub entity: Kind,
    pub of: FieldOf,
    pub form: FieldForm,
    /// What a link can lead to.
    pub targets: Vec<Kind>,
    pub errors: FieldErrors,
}

const LABEL_CHARACTERS_MAX: u32 = 60;
const HELP_CHARACTERS_MAX: u32 = 200;
const NAME_CHARACTERS_MAX: u32 = 28;

pub fn field_page(shell: &Shell, view: &FieldPage) -> Markup {
    let l = shell.locale();
    let (title, action) = match &view.of {
        FieldOf::New => (t!(l, "fields-new-title", entity = entity_name(l, view.entity)), PATH.to_owned()),
        FieldOf::Changed { key, label, .. } => (label.get(l.language).to_owned(), format!("{PATH}/{key}")),
    };
    let is_archived = matches!(view.of, FieldOf::Changed { archived: true, .. });
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            p { a.btn.quiet href=(PATH) { (icon("arrow-left")) (t!(l, "fields-title")) } }
            (error_summary(l, &view.errors))
            (page_head(&title, None, html! { @if is_archived { (tag("", "archive", &t!(l, "fields-is-archived"))) } }))
            div.narrow.stack-m {
                form.form.field-form method="post" action=(action) novalidate {
                    @match &view.of {
                        FieldOf::New => { input type="hidden" name="entity" value=(view.entity); }
                        FieldOf::Changed { version, .. } => { input type="hidden" name="version" value=(version); }
                    }
                    (panel(&t!(l, "fields-group-name"), html! {}, html! { div.body { (names(l, view)) } }))
                    (panel(&t!(l, "fields-group-kind"), html! {}, html! { div.body { (kind(l, view)) } }))
                    (panel(&t!(l, "fields-group-rules"), html! {}, html! { div.body { (rules(l, view)) } }))
                    (form_actions(&save_label(l, view), PATH, &t!(l, "fields-cancel")))
                }
                @if let FieldOf::Changed { key, version, archived, .. } = &view.of { (offering(l, key, *version, *archived)) }
            }
        },
    )
}

fn save_label(l: Locale<'_>, view: &FieldPage) -> String {
    match view.of {
        FieldOf::New => t!(l, "fields-create"),
        FieldOf::Changed { .. } => t!(l, "fields-save"),
    }
}

fn names(l: Locale<'_>, view: &FieldPage) -> Markup {
    let form = &view.form;
    let labels = Language::ALL
        .map(|language| (format!("label_{}", language.code()), label_name(l, language), language));
    let helps =
        Language::ALL.map(|language| (format!("help_{}", language.code()), help_name(l, language), language));
    html! {
        p.hint-text { (t!(l, "fields-hint-label")) }
        div.form-grid {
            @for (name, words, language) in &labels {
                (Field::text(name, words).value(form.label.own(*language)).problems(l, &view.errors).maximum_characters(LABEL_CHARACTERS_MAX).autocomplete("off"))
            }
            @if view.of == FieldOf::New {
                (Field::text("name", t!(l, "fields-field-name")).value(&form.name).problems(l, &view.errors)
                    .hint(t!(l, "fields-hint-name")).maximum_characters(NAME_CHARACTERS_MAX).autocomplete("off"))
            }
        }
        details.fold open[!form.help.is_empty()] {
            summary { (icon("info")) (t!(l, "fields-help")) }
            div.stack-s {
                @for (name, words, language) in &helps {
                    (Field::text(name, words).value(form.help.own(*language)).problems(l, &view.errors).maximum_characters(HELP_CHARACTERS_MAX).autocomplete("off"))
                }
            }
        }
    }
}

fn label_name(l: Locale<'_>, language: Language) -> String {
    match language {
        Language::Ca => t!(l, "fields-label-ca"),
        Language::Es => t!(l, "fields-label-es"),
        Language::En => t!(l, "fields-label-en"),
    }
}

fn help_name(l: Locale<'_>, language: Language) -> String {
    match language {
        Language::Ca => t!(l, "fields-help-ca"),
        Language::Es => t!(l, "fields-help-es"),
        Language::En => t!(l, "fields-help-en"),
    }
}

/// The kind, and what only some kinds ask for; the style sheet hides what the chosen one does not.
fn kind(l: Locale<'_>, view: &FieldPage) -> Markup {
    let form = &view.form;
    let kinds: Vec<Choice> = std::iter::once(Choice::new("", t!(l, "fields-choose-kind")))
        .chain(FieldKind::CUSTOM.map(|kind| Choice::new(kind.as_str(), kind_name(l, kind))))
        .collect();
    let targets: Vec<Choice> =
        view.targets.iter().map(|target| Choice::new(target.as_str(), entity_name(l, *target))).collect();
    let (entity, key) = match &view.of {
        FieldOf::New => (view.entity.as_str(), None),
        FieldOf::Changed { key, .. } => (view.entity.as_str(), key.split_once('.').map(|(_, name)| name)),
    };
    let is_choice = ["choice", "choices"].contains(&form.kind.as_str());
    html! {
        (Field::select("kind", t!(l, "fields-field-kind"), &kinds).value(&form.kind).problems(l, &view.errors).required())
        div.only-link { (Field::select("target", t!(l, "fields-field-target"), &targets).value(&form.target).problems(l, &view.errors)) }
        @match key {
            None => {
                div.only-choices {
                    (Field::textarea("choices", t!(l, "fields-field-choices"), 5).value(&form.choices)
                        .problems(l, &view.errors).hint(t!(l, "fields-hint-choices")))
                }
            }
            Some(name) if is_choice => {
                p { a.btn href=(format!("/settings/lists/{entity}_{name}")) { (icon("list")) (t!(l, "fields-edit-choices")) } }
            }
            Some(_) => {}
        }
    }
}

fn rules(l: Locale<'_>, view: &FieldPage) -> Markup {
    let form = &view.form;
    let places: Vec<Choice> =
        Shown::ALL.into_iter().map(|shown| Choice::new(shown.as_str(), shown_name(l, shown))).collect();
    html! {
        (Field::checkbox("required", t!(l, "fields-required"), form.required).hint(t!(l, "fields-hint-required")).problems(l, &view.errors))
        (Field::checkbox("unique", t!(l, "fields-unique"), form.unique).hint(t!(l, "fields-hint-unique")).problems(l, &view.errors))
        (Field::textarea("default", t!(l, "fields-field-default"), 1).value(&form.default)
            .problems(l, &view.errors).hint(t!(l, "fields-hint-default")))
        (Field::checkboxes("shown", t!(l, "fields-shown"), &places, &form.shown).problems(l, &view.errors))
    }
}

/// Out of use and back, and the way to remove it.
fn offering(l: Locale<'_>, key: &str, version: u64, archived: bool) -> Markup {
    let at = format!("{PATH}/{key}");
    panel(
        &t!(l, "fields-group-use"),
        html! {},
        html! {
            div.body.stack-s {
                @if archived {
                    p { (t!(l, "fields-restore-text")) }
                    (deed(&format!("{at}/restore"), version, "btn", "archive-restore", &t!(l, "fields-restore")))
                } @else {
                    p { (t!(l, "fields-archive-text")) }
                    (deed(&format!("{at}/archive"), version, "btn", "archive", &t!(l, "fields-archive")))
                }
                p { a href=(format!("{at}/remove")) { (t!(l, "fields-remove-link")) } }
            }
        },
    )
}
