//! The page where a filter is put together: one form by GET that works without the script, a row a condition.

use super::{FilterFieldView, operator_label};
use crate::components::{Choice, Picker, error_summary, icon, page_head, picker_input};
use crate::messages::t;
use crate::{Locale, Nav, Page, Shell, problems};
use maud::{Markup, html};
use model::{FieldErrors, FieldKind, Operator, Takes, condition_field};

/// A condition as it is being typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilterRow {
    /// Rows of one group stand together: one of them must hold.
    pub group: usize,
    pub field: String,
    pub operator: Operator,
    /// As typed, in local notation.
    pub values: Vec<String>,
    /// Of a field that leads to records: the one that was picked for the name among the values.
    pub picked: Option<String>,
}

/// `GET /leads/filter`, and the same of other lists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilterPage {
    /// The list that is filtered, in words.
    pub title: String,
    /// Where this page is.
    pub action: String,
    /// The list without a change.
    pub back_href: String,
    pub fields: Vec<FilterFieldView>,
    pub rows: Vec<FilterRow>,
    /// What the list has besides and keeps: order, columns, view.
    pub kept: Vec<(String, String)>,
    /// By `condition-<n>`, the row's place.
    pub errors: FieldErrors,
}

const FORM: &str = "filter-form";

/// Conditions inside a form of any page. Sends `rows`, for each row `f<n>`, `g<n>`, `p<n>`, `o<n>`, `v<n>`, and `do`: `add`,
/// `or<group>`, `remove<n>`; each of these names and deeds with the prefix before it.
#[derive(Clone, Copy, Debug)]
pub struct Conditions<'a> {
    pub fields: &'a [FilterFieldView],
    pub rows: &'a [FilterRow],
    /// Tells the conditions from others in the same form.
    pub prefix: &'a str,
    /// By `condition-<n>`, the row's place, with the prefix before it.
    pub errors: &'a FieldErrors,
    /// Where the form is sent, and whether by POST: a changed operator asks for other inputs.
    pub action: &'a str,
    pub posts: bool,
    /// The part of the page that is put in place then.
    pub target: &'a str,
}

impl Conditions<'_> {
    fn name(&self, name: impl std::fmt::Display) -> String {
        format!("{}{name}", self.prefix)
    }

    /// Under which a row's problem is found.
    fn field(&self, place: usize) -> String {
        self.name(condition_field(place))
    }
}

/// What is wrong with conditions, with what their fields are called here where the sentence says it. `prefix` is that of
/// their names.
pub(crate) fn named(
    errors: &FieldErrors,
    prefix: &str,
    rows: &[FilterRow],
    fields: &[FilterFieldView],
) -> FieldErrors {
    let mut errors = errors.clone();
    for (place, row) in rows.iter().enumerate() {
        let name = format!("{prefix}{}", condition_field(place));
        let Some(field) = fields.iter().find(|field| field.key == row.field) else { continue };
        let of_row = errors.0.iter_mut().filter(|problem| problem.field == name);
        for problem in of_row.filter(|problem| problem.code == "filter-value") {
            problem.detail.clone_from(&field.label);
        }
    }
    errors
}

/// The blocks of conditions, and what adds to them.
pub(crate) fn conditions(l: Locale<'_>, view: &Conditions<'_>) -> Markup {
    let groups = view.rows.iter().map(|row| row.group + 1).max().unwrap_or_default();
    html! {
        input type="hidden" name=(view.name("rows")) value=(view.rows.len());
        @for number in 0..groups { (group(l, view, number)) }
        div.panel { div.body { (adder(l, view, "add", &t!(l, "filters-add-label"), &t!(l, "filters-add"))) } }
    }
}

pub fn filter_page(shell: &Shell, view: &FilterPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "filters-title");
    let errors = named(&view.errors, "", &view.rows, &view.fields);
    let page = Page::new(title.as_str(), Nav::Leads).errors(&errors);
    let rows = Conditions {
        fields: &view.fields,
        rows: &view.rows,
        prefix: "",
        errors: &errors,
        action: &view.action,
        posts: false,
        target: FORM,
    };
    shell.page(
        &page,
        html! {
            a.crumb href=(view.back_href) { (icon("chevron-left")) (view.title) }
            (error_summary(l, &errors))
            (page_head(&title, Some(&t!(l, "filters-hint")), html! {}))
            form.stack-m.conditions id=(FORM) action=(view.action) method="get" {
                // The first button of a form is the one that Enter presses.
                button.sr type="submit" name="do" value="apply" tabindex="-1" { (t!(l, "filters-apply")) }
                @for (name, value) in &view.kept { input type="hidden" name=(name) value=(value); }
                (conditions(l, &rows))
                div.form-actions {
                    button.btn.primary type="submit" name="do" value="apply" { (icon("check")) (t!(l, "filters-apply")) }
                    a.btn.quiet href=(view.back_href) { (t!(l, "filters-cancel")) }
                }
            }
        },
    )
}

/// Conditions of which one must hold.
fn group(l: Locale<'_>, view: &Conditions<'_>, number: usize) -> Markup {
    let rows: Vec<(usize, &FilterRow)> =
        view.rows.iter().enumerate().filter(|(_, row)| row.group == number).collect();
    html! {
        @if number > 0 { p.hint-text.joint { (t!(l, "filters-and")) } }
        section.panel aria-label=(t!(l, "filters-group", number = number + 1)) {
            div.body.stack-m {
                @for (position, (place, row)) in rows.iter().enumerate() {
                    @if position > 0 { p.hint-text.joint { (t!(l, "filters-or")) } }
                    (condition(l, view, *place, row))
                }
                details {
                    summary { (t!(l, "filters-alternative")) }
                    (adder(l, view, &format!("or{number}"), &t!(l, "filters-add-label"), &t!(l, "filters-add-or")))
                }
            }
        }
    }
}

fn condition(l: Locale<'_>, view: &Conditions<'_>, place: usize, row: &FilterRow) -> Markup {
    let Some(field) = view.fields.iter().find(|field| field.key == row.field) else {
        return hidden(view, place, row);
    };
    let problem = view.errors.of(&view.field(place)).map(|problem| problems::text(l, problem));
    let choices: Vec<Choice> = Operator::of(field.kind)
        .iter()
        .map(|operator| Choice::new(operator.as_str(), operator_label(l, *operator, field.kind)))
        .collect();
    let id = format!("f-{}", view.field(place));
    let operator = view.name(format_args!("o{place}"));
    let target = format!("#{}", view.target);
    html! {
        fieldset.condition {
            legend.sr { (field.label) }
            (hidden(view, place, row))
            div.field {
                label for=(format!("f-{operator}")) { (field.label) }
                select id=(format!("f-{operator}")) name=(operator)
                    data-hx-get=[(!view.posts).then_some(view.action)] data-hx-post=[view.posts.then_some(view.action)]
                    data-hx-trigger="change" data-hx-include="closest form"
                    data-hx-target=(target) data-hx-select=(target) data-hx-swap="outerHTML" {
                    @for choice in &choices {
                        option value=(choice.value) selected[choice.value == row.operator.as_str()] { (choice.label) }
                    }
                }
            }
            (values(l, &view.name(format_args!("v{place}")), row, field, problem.is_some(), &id))
            button.btn.quiet type="submit" name="do" value=(view.name(format_args!("remove{place}"))) {
                (icon("x")) (t!(l, "filters-remove")) span.sr { " " (field.label) }
            }
            @if let Some(problem) = problem {
                p.error id=(format!("{id}-error")) { (icon("circle-alert")) span { (problem) } }
            }
        }
    }
}

fn hidden(view: &Conditions<'_>, place: usize, row: &FilterRow) -> Markup {
    html! {
        input type="hidden" name=(view.name(format_args!("f{place}"))) value=(row.field);
        input type="hidden" name=(view.name(format_args!("g{place}"))) value=(row.group);
        // A changed operator is told from the one whose values are shown.
        input type="hidden" name=(view.name(format_args!("p{place}"))) value=(row.operator.as_str());
    }
}

/// The controls for the values of a row, by what its operator takes.
fn values(
    l: Locale<'_>,
    name: &str,
    row: &FilterRow,
    field: &FilterFieldView,
    is_wrong: bool,
    id: &str,
) -> Markup {
    let value = |number: usize| row.values.get(number).map_or("", String::as_str);
    let kind = match field.kind {
        FieldKind::Date | FieldKind::Instant if row.operator.takes() != Takes::Days => "date",
        _ => "text",
    };
    let first = id;
    let input = |number: usize, label: String, id: String| {
        html! {
            div.field {
                label for=(id) { span.sr { (field.label) " " } (label) }
                input id=(id) name=(name) type=(kind) value=(value(number)) inputmode=[(row.operator.takes() == Takes::Days).then_some("numeric")]
                    aria-invalid=[is_wrong.then_some("true")] aria-describedby=[is_wrong.then(|| format!("{first}-error"))];
            }
        }
    };
    match row.operator.takes() {
        Takes::Nothing => html! { span id=(id) tabindex="-1" {} },
        Takes::One => input(0, t!(l, "filters-value"), id.to_owned()),
        Takes::Days => input(0, t!(l, "filters-days"), id.to_owned()),
        Takes::Two => html! {
            (input(0, t!(l, "filters-from"), id.to_owned()))
            (input(1, t!(l, "filters-to"), format!("{id}-to")))
        },
        Takes::Several if field.target.is_some() => records(l, name, row, field, is_wrong, id),
        Takes::Several if field.choices.is_empty() => input(0, t!(l, "filters-value"), id.to_owned()),
        Takes::Several => several(name, row, field, id),
    }
}

/// Records: those that were chosen can be taken off, another one is searched while somebody types.
fn records(
    l: Locale<'_>,
    name: &str,
    row: &FilterRow,
    field: &FilterFieldView,
    is_wrong: bool,
    id: &str,
) -> Markup {
    let (chosen, typed): (Vec<&String>, Vec<&String>) =
        row.values.iter().partition(|value| field.choices.iter().any(|choice| choice.value == **value));
    let picker = Picker {
        picked: row.picked.clone().unwrap_or_default(),
        ..Picker::of(field.target.unwrap_or(model::Kind::Company))
    };
    let label = html! { span.sr { (field.label) " " } (t!(l, "filters-value")) };
    let describedby = is_wrong.then(|| format!("{id}-error"));
    html! {
        @if !chosen.is_empty() {
            div.choices.inline role="group" aria-label=(field.label) {
                @for choice in field.choices.iter().filter(|choice| chosen.contains(&&choice.value)) {
                    label.check {
                        input type="checkbox" name=(name) value=(choice.value) checked;
                        span { (choice.label) }
                    }
                }
            }
        }
        div.field {
            label for=(id) { (label) }
            (picker_input(&picker, name, id, typed.first().map_or("", |text| text.as_str()), describedby.as_deref()))
        }
    }
}

fn several(name: &str, row: &FilterRow, field: &FilterFieldView, id: &str) -> Markup {
    // A value that is no choice any more stays until it is taken off.
    let gone = row.values.iter().filter(|value| field.choices.iter().all(|choice| choice.value != **value));
    let gone: Vec<Choice> = gone.map(|value| Choice::new(value.as_str(), value.as_str())).collect();
    html! {
        div.choices.inline.several role="group" aria-label=(field.label) {
            @for (position, choice) in field.choices.iter().chain(&gone).enumerate() {
                label.check {
                    input type="checkbox" name=(name) value=(choice.value) checked[row.values.contains(&choice.value)]
                        id=(if position == 0 { id.to_owned() } else { format!("{id}-{position}") });
                    span { (choice.label) }
                }
            }
        }
    }
}

/// A choice of fields with the button that adds a condition about one.
fn adder(l: Locale<'_>, view: &Conditions<'_>, name: &str, label: &str, button: &str) -> Markup {
    let deed = view.name(name);
    let id = format!("f-{deed}");
    html! {
        div.adder {
            div.field {
                label for=(id) { (label) }
                select id=(id) name=(format!("{deed}-field")) {
                    option value="" { (t!(l, "filters-choose-field")) }
                    @for field in view.fields { option value=(field.key) { (field.label) } }
                }
            }
            button.btn type="submit" name="do" value=(deed) { (icon("plus")) (button) }
        }
    }
}
