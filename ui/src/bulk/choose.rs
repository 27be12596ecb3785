//! Choosing records in a list, and what to do with them.

use super::{Chosen, ListOf};
use crate::Locale;
use crate::components::{Choice, Field, Picker, error_summary, form_actions, icon, page_head, panel};
use crate::filters::FilterFieldView;
use crate::messages::t;
use crate::{Nav, Page, Shell, format, problems};
use maud::{Markup, html};
use model::{Currency, FieldErrors, FieldKind};

/// What whoever reads may do with many records at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct BulkMay {
    pub assign: bool,
    /// As if they had just come in.
    pub assign_again: bool,
    pub change: bool,
    pub delete: bool,
    pub export: bool,
}

impl BulkMay {
    pub fn anything(self) -> bool {
        self.assign || self.change || self.delete || self.export
    }
}

/// The form of the tick boxes, above a list. Rows belong to it by `form="bulk"`.
pub fn bar<'l>(l: impl Into<Locale<'l>>, action: &str, merge: Option<&str>, total: Option<u64>) -> Markup {
    let l: Locale<'_> = l.into();
    html! {
        form.actions.bulk-bar #bulk method="post" action=(action) {
            button.btn type="submit" name="which" value="ticked" { (icon("check-check")) (t!(l, "bulk-with-ticked")) }
            @if let Some(merge) = merge {
                button.btn type="submit" name="which" value="ticked" formaction=(merge) { (icon("copy")) (t!(l, "merges-do")) }
            }
            button.btn.quiet type="submit" name="which" value="all" {
                @match total {
                    Some(count) => { (t!(l, "bulk-with-all", count = count)) }
                    None => { (t!(l, "bulk-with-all-uncounted")) }
                }
            }
            a.btn.quiet href="/bulk" { (icon("history")) (t!(l, "bulk-jobs-link")) }
        }
    }
}

/// What to do with them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChoosePage {
    pub list: ListOf,
    pub chosen: Chosen,
    pub may: BulkMay,
    pub people: Vec<Choice>,
    /// Fields that can be changed.
    pub fields: Vec<Choice>,
    pub tags: Vec<Choice>,
    /// As chosen before; empty at first.
    pub action: String,
    pub owner: String,
    pub field: String,
    pub tag: String,
    pub errors: FieldErrors,
}

/// `POST /leads/bulk`, and again (422) with problems.
pub fn choose_page(shell: &Shell, view: &ChoosePage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "bulk-title");
    shell.page(
        &Page::new(&title, Nav::of(view.list.kind)).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            (head(&view.list, &title, &t!(l, "bulk-chosen", count = view.chosen.total)))
            @if view.chosen.total > 0 {
                @if view.may.assign || view.may.change || view.may.delete { (actions_form(l, view)) }
                @if view.may.export { (export_form(l, view)) }
            } @else {
                p { a.btn href=(view.list.back_href) { (icon("chevron-left")) (t!(l, "bulk-back")) } }
            }
        },
    )
}

pub(super) fn head(list: &ListOf, title: &str, below: &str) -> Markup {
    html! {
        a.crumb href=(list.back_href) { (icon("chevron-left")) (list.title) }
        (page_head(title, Some(below), html! {}))
    }
}

fn actions_form(l: Locale<'_>, view: &ChoosePage) -> Markup {
    let may = view.may;
    let option = |code: &str, label: String, with: Markup| {
        html! {
            div.bulk-option {
                label.check {
                    input type="radio" name="action" value=(code) checked[view.action == code];
                    span { (label) }
                }
                (with)
            }
        }
    };
    let select = |name, label, choices, value| html! { (Field::select(name, label, choices).value(value).problems(l, &view.errors)) };
    html! {
        form.form.narrow.stack-m method="post" action=(view.list.action) {
            (view.chosen.hidden())
            input type="hidden" name="step" value="action";
            fieldset.stack-s {
                legend { (t!(l, "bulk-what")) }
                @if let Some(problem) = problems::of(l, &view.errors, "action") { p.error #f-action { (icon("circle-alert")) span { (problem) } } }
                @if may.assign {
                    (option("assign", t!(l, "bulk-assign"), select("owner", t!(l, "bulk-person"), &view.people, &view.owner)))
                }
                @if may.assign_again { (option("assign_again", t!(l, "bulk-assign-again"), html! {})) }
                @if may.change {
                    (option("set_field", t!(l, "bulk-set-field"), select("field", t!(l, "bulk-field"), &view.fields, &view.field)))
                    @if !view.tags.is_empty() {
                        (option("add_tag", t!(l, "bulk-add-tag"), select("tag", t!(l, "bulk-tag"), &view.tags, &view.tag)))
                        (option("remove_tag", t!(l, "bulk-remove-tag"), select("tag_off", t!(l, "bulk-tag"), &view.tags, &view.tag)))
                    }
                    (option("archive", t!(l, "bulk-archive"), html! {}))
                    (option("restore", t!(l, "bulk-restore"), html! {}))
                }
                @if may.delete { (option("delete", t!(l, "bulk-delete"), html! {})) }
            }
            p.hint-text { (t!(l, "bulk-nothing-yet")) }
            (form_actions(&t!(l, "bulk-continue"), &view.list.back_href, &t!(l, "bulk-cancel")))
        }
    }
}

fn export_form(l: Locale<'_>, view: &ChoosePage) -> Markup {
    panel(
        &t!(l, "bulk-export"),
        html! {},
        html! {
            form.body.actions method="post" action=(view.list.export_action) data-download {
                (view.chosen.hidden())
                button.btn type="submit" name="format" value="csv" { (icon("file-text")) "CSV" }
                button.btn type="submit" name="format" value="xlsx" { (icon("file-spreadsheet")) "XLSX (Excel)" }
                @if crate::records::has_cards(view.list.kind) {
                    button.btn type="submit" name="format" value=(crate::records::CARDS_FORMAT) { (icon("user")) (t!(l, "records-cards")) }
                }
            }
        },
    )
}

/// The value of the field that is to be changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValuePage {
    pub list: ListOf,
    pub chosen: Chosen,
    pub field: FilterFieldView,
    pub values: Vec<String>,
    /// Reasons, where the field is a status that asks why.
    pub reasons: Vec<Choice>,
    pub reason: String,
    pub currency: Currency,
    pub errors: FieldErrors,
}

/// `POST /leads/bulk` once a field is chosen, and again (422) with problems.
pub fn value_page(shell: &Shell, view: &ValuePage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "bulk-value-title", field = view.field.label.as_str());
    shell.page(
        &Page::new(&title, Nav::of(view.list.kind)).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            (head(&view.list, &title, &t!(l, "bulk-chosen", count = view.chosen.total)))
            form.form.narrow method="post" action=(view.list.action) novalidate {
                (view.chosen.hidden())
                input type="hidden" name="step" value="value";
                input type="hidden" name="action" value="set_field";
                input type="hidden" name="field" value=(view.field.key);
                (value_field(l, view))
                @if !view.reasons.is_empty() {
                    (Field::select("reason", t!(l, "bulk-reason"), &view.reasons).value(&view.reason).problems(l, &view.errors))
                }
                p.hint-text { (t!(l, "bulk-nothing-yet")) }
                (form_actions(&t!(l, "bulk-continue"), &view.list.back_href, &t!(l, "bulk-cancel")))
            }
        },
    )
}

/// What somebody types the value into, by the kind of the field. Nothing typed empties it.
fn value_field(l: Locale<'_>, view: &ValuePage) -> Markup {
    let field = &view.field;
    let (label, value) = (field.label.as_str(), view.values.first().map_or("", String::as_str));
    let can_be_empty = field.key != "status" && field.kind != FieldKind::Team;
    let nothing = can_be_empty.then(|| Choice::new("", t!(l, "bulk-no-value")));
    let yes_or_no = [("yes", true), ("no", false)];
    let choices: Vec<Choice> = match field.kind {
        FieldKind::YesNo => yes_or_no
            .into_iter()
            .map(|(code, flag)| Choice::new(code, crate::filters::yes_or_no(l, flag)))
            .collect(),
        _ => field.choices.clone(),
    };
    let choices: Vec<Choice> = nothing.into_iter().chain(choices).collect();
    let shown = match field.kind {
        FieldKind::Money => model::parse_amount(value, view.currency)
            .map_or_else(|_| value.to_owned(), |amount| format::hundredths(l, amount.minor_units)),
        _ => value.to_owned(),
    };
    let input = match field.kind {
        FieldKind::Choices => Field::checkboxes("value", label, &field.choices, &view.values),
        FieldKind::Choice | FieldKind::YesNo | FieldKind::User | FieldKind::Team => {
            Field::select("value", label, &choices)
        }
        FieldKind::Money => Field::money("value", label, view.currency.symbol()),
        FieldKind::Number => Field::decimal("value", label),
        FieldKind::Date | FieldKind::Instant => Field::date("value", label),
        FieldKind::LongText => Field::textarea("value", label, 4),
        FieldKind::Email => Field::email("value", label),
        FieldKind::Phone => Field::phone("value", label),
        FieldKind::Url => Field::url("value", label),
        FieldKind::Text | FieldKind::Link => Field::text("value", label),
    };
    let error =
        view.errors.0.iter().find(|problem| [field.key.as_str(), "value"].contains(&problem.field.as_str()));
    let input =
        input.value(&shown).error(error.map(|problem| problems::text(l, problem))).autocomplete("off");
    let input = match field.target {
        Some(target) if field.kind == FieldKind::Link => input.picker(l, Picker::of(target)),
        _ => input,
    };
    let hint = can_be_empty.then(|| t!(l, "bulk-empty-hint"));
    html! { @match hint { Some(hint) => { (input.hint(hint)) } None => { (input) } } }
}

/// What a row of a list begins with.
pub fn tick<'l>(l: impl Into<Locale<'l>>, id: &str, title: &str) -> Markup {
    let l: Locale<'_> = l.into();
    html! {
        label.tick {
            input type="checkbox" name="id" value=(id) form="bulk";
            span.sr { (t!(l, "bulk-tick", title = title)) }
        }
    }
}
