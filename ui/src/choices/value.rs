//! One value of a list: what it is called, whether it is offered, and the way out when records use it.

use super::{PATH, choice_tag, list_name};
use crate::Locale;
use crate::components::{self, Field, error_summary, form_actions, icon, page_head, panel, submit};
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::{COLORS, FieldErrors, Label, Language, lists};

/// A value as it stands in a form; the names of the inputs are `label_ca`, `label_es`, `label_en`, `key`, `color` and
/// `postcodes`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ChoiceForm {
    pub label: Label,
    pub key: String,
    pub color: String,
    pub postcodes: String,
}

/// `GET /settings/lists/{list}/{value}`, and what comes back when a form of it is refused. `POST` to the same address
/// changes it; `/archive` and `/restore` (`version`), `/replace` (`by`) and `/remove` (`version`) do what they say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValuePage {
    pub list: String,
    pub field: Option<Label>,
    pub key: String,
    pub version: u64,
    /// As it is stored.
    pub label: Label,
    pub archived: bool,
    /// Every company begins with it: it cannot be removed, only made what it was.
    pub is_ready: bool,
    /// It differs from what it was at the beginning.
    pub is_changed: bool,
    /// Leads that have it.
    pub leads: u64,
    /// Own fields whose default it is.
    pub fields: Vec<String>,
    /// What could stand in its place.
    pub others: Vec<components::Choice>,
    pub form: ChoiceForm,
    pub errors: FieldErrors,
}

const LABEL_CHARACTERS_MAX: u32 = 60;
const KEY_CHARACTERS_MAX: u32 = 40;

pub fn value_page(shell: &Shell, view: &ValuePage) -> Markup {
    let l = shell.locale();
    let list = list_name(l, &view.list, view.field.as_ref());
    let label = view.label.get(l.language);
    let back = format!("{PATH}/{}", view.list);
    shell.page(
        &Page::new(format!("{label} · {list}"), Nav::Settings).errors(&view.errors),
        html! {
            p { a.btn.quiet href=(back) { (icon("arrow-left")) (list) } }
            (error_summary(l, &view.errors))
            (page_head(label, Some(&used(l, view)), html! { @if view.archived { (choice_tag(0, &t!(l, "choices-is-archived"))) } }))
            div.narrow.stack-m {
                form.form method="post" action=(view.path("")) novalidate {
                    input type="hidden" name="version" value=(view.version);
                    section.panel {
                        header { h2 { (t!(l, "choices-value")) } code.hint-text { (view.key) } }
                        div.body { (form_fields(l, &view.list, &view.form, &view.errors)) }
                    }
                    (form_actions(&t!(l, "choices-save"), &back, &t!(l, "choices-cancel")))
                }
                (offering(l, view))
                @if view.leads > 0 && !view.others.is_empty() { (replacing(l, view)) }
                (removing(l, view))
            }
        },
    )
}

impl ValuePage {
    fn path(&self, deed: &str) -> String {
        format!("{PATH}/{}/{}{deed}", self.list, self.key)
    }

    fn is_used(&self) -> bool {
        self.leads > 0 || !self.fields.is_empty()
    }
}

fn used(l: Locale<'_>, view: &ValuePage) -> String {
    match view.leads {
        0 => t!(l, "choices-used-by-none"),
        count => t!(l, "choices-used", count = count),
    }
}

/// Label in three languages, colour, and the postcodes of a zone.
pub(super) fn form_fields(l: Locale<'_>, list: &str, form: &ChoiceForm, errors: &FieldErrors) -> Markup {
    html! {
        @for language in Language::ALL {
            (label_field(l, language, form, errors))
        }
        @if list == lists::ZONES {
            (Field::text("postcodes", t!(l, "choices-postcodes")).value(&form.postcodes).hint(t!(l, "choices-postcodes-hint")).problems(l, errors).optional(l))
        }
        (colors(l, form))
    }
}

fn label_field<'a>(
    l: Locale<'_>,
    language: Language,
    form: &'a ChoiceForm,
    errors: &FieldErrors,
) -> Field<'a> {
    let (name, label) = match language {
        Language::Ca => ("label_ca", t!(l, "choices-label-ca")),
        Language::Es => ("label_es", t!(l, "choices-label-es")),
        Language::En => ("label_en", t!(l, "choices-label-en")),
    };
    Field::text(name, label)
        .value(form.label.own(language))
        .problems(l, errors)
        .maximum_characters(LABEL_CHARACTERS_MAX)
        .autocomplete("off")
}

pub(super) fn key_field<'a>(l: Locale<'_>, form: &'a ChoiceForm, errors: &FieldErrors) -> Field<'a> {
    Field::text("key", t!(l, "choices-key"))
        .value(&form.key)
        .hint(t!(l, "choices-key-hint"))
        .problems(l, errors)
        .optional(l)
        .maximum_characters(KEY_CHARACTERS_MAX)
        .autocomplete("off")
}

/// Each colour by its name, in itself.
fn colors(l: Locale<'_>, form: &ChoiceForm) -> Markup {
    let chosen = form.color.parse().unwrap_or(0);
    html! {
        div.field {
            fieldset.stack-s {
                legend { (t!(l, "choices-color")) }
                div.choices.inline {
                    @for color in 0..COLORS {
                        label.check {
                            input type="radio" name="color" value=(color) checked[color == chosen] id=(if color == 0 { "f-color".to_owned() } else { format!("f-color-{color}") });
                            (choice_tag(color, &color_name(l, color)))
                        }
                    }
                }
            }
        }
    }
}

fn color_name(l: Locale<'_>, color: u8) -> String {
    match color {
        0 => t!(l, "choices-color-0"),
        1 => t!(l, "choices-color-1"),
        2 => t!(l, "choices-color-2"),
        3 => t!(l, "choices-color-3"),
        4 => t!(l, "choices-color-4"),
        5 => t!(l, "choices-color-5"),
        6 => t!(l, "choices-color-6"),
        _ => t!(l, "choices-color-7"),
    }
}

fn offering(l: Locale<'_>, view: &ValuePage) -> Markup {
    let (title, text, deed, icon_name, button) = if view.archived {
        let button = t!(l, "choices-restore");
        (t!(l, "choices-restore-title"), t!(l, "choices-restore-text"), "/restore", "archive-restore", button)
    } else {
        let button = t!(l, "choices-archive");
        (t!(l, "choices-archive-title"), t!(l, "choices-archive-text"), "/archive", "archive", button)
    };
    panel(
        &title,
        html! {},
        html! {
            form.body.stack-s method="post" action=(view.path(deed)) {
                input type="hidden" name="version" value=(view.version);
                p { (text) }
                div.actions { button.btn type="submit" { (icon(icon_name)) (button) } }
            }
        },
    )
}

fn replacing(l: Locale<'_>, view: &ValuePage) -> Markup {
    panel(
        &t!(l, "choices-replace-title"),
        html! {},
        html! {
            form.form.body method="post" action=(view.path("/replace")) novalidate {
                p { (t!(l, "choices-replace-text", count = view.leads)) }
                (Field::select("by", t!(l, "choices-replace-by"), &view.others).problems(l, &view.errors))
                div.actions { (submit(&t!(l, "choices-replace"))) }
            }
        },
    )
}

/// What is used cannot vanish: the page says by what, and the ways out are above.
fn removing(l: Locale<'_>, view: &ValuePage) -> Markup {
    if view.is_ready && !view.is_changed {
        return html! {};
    }
    let (title, text, button) = if view.is_ready {
        (t!(l, "choices-reset-title"), t!(l, "choices-reset-text"), t!(l, "choices-reset"))
    } else {
        (t!(l, "choices-remove-title"), t!(l, "choices-remove-text"), t!(l, "choices-remove"))
    };
    panel(
        &title,
        html! {},
        html! {
            @if view.is_used() && !view.is_ready {
                div.body.stack-s {
                    p { (t!(l, "choices-in-use", count = view.leads)) }
                    @if !view.fields.is_empty() { p { (t!(l, "choices-in-use-default", fields = view.fields.join(", "))) } }
                }
            } @else {
                form.body.stack-s method="post" action=(view.path("/remove")) {
                    input type="hidden" name="version" value=(view.version);
                    p { (text) }
                    div.actions {
                        button.btn.danger[!view.is_ready] type="submit" { (icon(if view.is_ready { "undo-2" } else { "trash-2" })) (button) }
                    }
                }
            }
        },
    )
}
