//! Which column of the file goes to which field, how its values are read, and what is done with rows that are known.

use super::page::{self, ImportPage};
use super::{given, reading, words};
use crate::Locale;
use crate::components::{self, Choice, Field, form_actions, icon, panel};
use crate::messages::t;
use crate::{Notice, NoticeKind, problems};
use maud::{Markup, html};
use model::{DateOrder, ImportMode, Kind, MATCHED, NumberForm, OnDouble, PlannedColumn, Problem, TITLE};

/// A column of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportColumn {
    /// The first values that are not empty.
    pub samples: Vec<String>,
    pub planned: PlannedColumn,
    /// It has no name in the file; the one in the plan is made up.
    pub is_unnamed: bool,
}

/// A field that columns can go to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportField {
    pub key: String,
    /// Of a link: records of this entity can be made where they are not there.
    pub makes: Option<Kind>,
}

/// A plan kept by a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TemplateView {
    pub id: String,
    pub name: String,
    pub may_delete: bool,
}

/// The value of a select whose column is left out.
pub const SKIPPED_COLUMN: &str = "";
/// The format of a file of cards.
const CARDS: &str = "vcf";
/// The form of the columns. Buttons of templates send it, too, so that nothing chosen in it is lost.
const FORM: &str = "mapping";

/// `POST /imports/{id}/mapping`: `version`, `mode`, `match_by`; for each column `column-0`… with the key of a field or
/// nothing, `dates-0`, `numbers-0`, `creates-0`; and `given-field-0`, `given-text-0`…
pub(super) fn form<'l>(l: impl Into<Locale<'l>>, view: &ImportPage) -> Markup {
    let l: Locale<'_> = l.into();
    let matched = view.columns.iter().filter(|column| column.planned.target.is_some()).count();
    let total = view.columns.len();
    let said = t!(l, "imports-columns-matched-first", matched = matched, total = total);
    // The script counts: without it the number is that of the moment at which the page was opened, and says so.
    let counted = t!(l, "imports-columns-matched", matched = "#", total = total);
    let title = t!(l, "imports-columns-title");
    html! {
        @for problem in &view.errors.0 {
            (components::notice(&Notice { kind: NoticeKind::Danger, text: words_of(l, view, problem) }))
        }
        @if let Some(program) = &view.program {
            (components::notice(&Notice {
                kind: NoticeKind::Info,
                text: t!(l, "imports-program", program = words::program(program)),
            }))
        }
        // The first button of a form is what the Enter key presses: not one of a template.
        button.sr type="submit" form=(FORM) tabindex="-1" aria-hidden="true" { (t!(l, "imports-check")) }
        @if let Some(name) = &view.template { (applied(l, view, name)) }
        @if !view.templates.is_empty() { (templates(l, view)) }
        form.form id=(FORM) method="post" action=(format!("/imports/{}/mapping", view.id)) {
            (reading::part(l, view))
            input type="hidden" name="version" value=(view.version);
            input type="hidden" name="import" value=(view.id);
            (panel(&title, html! { span.hint-text data-counted=(counted) { (said) } }, html! {
                div.table-wrap role="region" aria-label=(title) tabindex="0" {
                    table.stack.mapping {
                        caption.sr { (title) }
                        thead { tr {
                            th scope="col" { (t!(l, "imports-column-header")) }
                            th scope="col" { (t!(l, "imports-column-samples")) }
                            th scope="col" { (t!(l, "imports-column-target")) }
                        } }
                        tbody { @for (place, column) in view.columns.iter().enumerate() { (row(l, view, place, column)) } }
                    }
                }
            }))
            p.hint-text { (t!(l, "imports-columns-hint")) }
            (panel(&t!(l, "imports-known-title"), html! {}, known(l, view)))
            (panel(&t!(l, "imports-given-title"), html! {}, given::panel_body(l, view)))
            (form_actions(&t!(l, "imports-check"), "/imports", &t!(l, "imports-back")))
        }
        @if view.can_delete { (page::removal(l, &view.id, &t!(l, "imports-cancel"))) }
    }
}

/// The field of a mapping problem is a target’s name: say it as people do.
fn words_of(l: Locale<'_>, view: &ImportPage, problem: &Problem) -> String {
    let names_field = ["mapping-twice", "match-not-mapped", "field-unknown"].contains(&problem.code.as_str());
    if !names_field {
        return problems::text(l, problem);
    }
    let detail = words::field(l, view.entity, &problem.detail);
    problems::text(l, &Problem { detail, ..problem.clone() })
}

/// `POST /imports/{id}/template` with `without`.
fn applied(l: Locale<'_>, view: &ImportPage, name: &str) -> Markup {
    let text = t!(l, "imports-template-applied", name = name);
    html! {
        (components::notice(&Notice { kind: NoticeKind::Info, text }))
        div.actions {
            button.btn.quiet type="submit" form=(FORM) formaction=(format!("/imports/{}/template", view.id)) name="without" value="yes" {
                (icon("x")) (t!(l, "imports-template-without"))
            }
        }
    }
}

fn templates(l: Locale<'_>, view: &ImportPage) -> Markup {
    html! {
        details.panel {
            summary { (icon("list")) (t!(l, "imports-templates-title")) }
            div.body.stack-m {
                div.field {
                    label for="f-template" { (t!(l, "imports-template")) }
                    select #f-template name="template" form=(FORM) {
                        @for template in &view.templates { option value=(template.id) { (template.name) } }
                    }
                }
                p.hint-text { (t!(l, "imports-template-use-hint")) }
                div.actions {
                    button.btn type="submit" form=(FORM) formaction=(format!("/imports/{}/template", view.id)) { (t!(l, "imports-template-use")) }
                }
                @for template in view.templates.iter().filter(|template| template.may_delete) { (removal(l, template)) }
            }
        }
    }
}

/// `POST /imports/templates/{id}/delete`, once asked.
fn removal(l: Locale<'_>, template: &TemplateView) -> Markup {
    let deed = t!(l, "imports-template-delete", name = template.name.as_str());
    html! {
        details.confirm {
            summary.btn.quiet { (icon("trash-2")) (deed) }
            p { (t!(l, "imports-template-delete-text")) }
            button.btn.danger type="submit" form=(FORM) formaction=(format!("/imports/templates/{}/delete", template.id)) { (deed) }
        }
    }
}

fn row(l: Locale<'_>, view: &ImportPage, place: usize, column: &ImportColumn) -> Markup {
    let name = format!("column-{place}");
    let chosen = column.planned.target.as_deref().unwrap_or(SKIPPED_COLUMN);
    let twice =
        view.errors.0.iter().any(|problem| problem.code == "mapping-twice" && problem.detail == chosen);
    html! {
        tr {
            th scope="row" { label for=(name) { (header(l, view, place, column)) } }
            td data-l=(t!(l, "imports-column-samples")) {
                span.samples {
                    @for sample in &column.samples { span { (sample) } }
                    @if column.samples.is_empty() { span.hint-text { (t!(l, "imports-column-empty")) } }
                }
            }
            td data-l=(t!(l, "imports-column-target")) {
                div.field {
                    (select(&name, None, twice, &options(l, view, chosen)))
                    @if let Some(order) = column.planned.dates { (dates(l, place, &header(l, view, place, column), order)) }
                    @if let Some(form) = column.planned.numbers { (numbers(l, place, &header(l, view, place, column), form)) }
                    @if let Some(made) = makes(view, chosen) {
                        label.check {
                            input type="checkbox" name=(format!("creates-{place}")) value="yes" checked[column.planned.creates];
                            span { (t!(l, "imports-creates", entity = words::entity(l, made))) }
                        }
                    }
                }
            }
        }
    }
}

/// What a column is called; one without a name by its place. Those of cards have names of ours.
fn header(l: Locale<'_>, view: &ImportPage, place: usize, column: &ImportColumn) -> String {
    if column.is_unnamed {
        return t!(l, "imports-column-unnamed", number = place + 1);
    }
    let of_cards = (view.sheet.format == CARDS).then(|| words::card_column(l, &column.planned.header));
    of_cards.flatten().unwrap_or_else(|| column.planned.header.clone())
}

fn makes(view: &ImportPage, key: &str) -> Option<Kind> {
    view.fields.iter().find(|field| field.key == key)?.makes
}

pub(super) fn options(l: Locale<'_>, view: &ImportPage, chosen: &str) -> Vec<(String, String, bool)> {
    let skip = (SKIPPED_COLUMN.to_owned(), t!(l, "imports-column-skip"), chosen == SKIPPED_COLUMN);
    let fields = view
        .fields
        .iter()
        .map(|field| (field.key.clone(), words::field(l, view.entity, &field.key), field.key == chosen));
    std::iter::once(skip).chain(fields).collect()
}

fn select(name: &str, label: Option<&str>, wrong: bool, options: &[(String, String, bool)]) -> Markup {
    html! {
        select id=(name) name=(name) aria-label=[label] aria-invalid=[wrong.then_some("true")] {
            @for (value, text, chosen) in options { option value=(value) selected[*chosen] { (text) } }
        }
    }
}

/// How the days of a column are written, as it was found and can be changed.
fn dates(l: Locale<'_>, place: usize, header: &str, chosen: DateOrder) -> Markup {
    let name = |order| match order {
        DateOrder::DayFirst => t!(l, "imports-dates-day"),
        DateOrder::MonthFirst => t!(l, "imports-dates-month"),
        DateOrder::YearFirst => t!(l, "imports-dates-year"),
    };
    let options: Vec<_> = DateOrder::ALL
        .into_iter()
        .map(|order| (order.as_str().to_owned(), name(order), order == chosen))
        .collect();
    let label = t!(l, "imports-dates-of", column = header);
    select(&format!("dates-{place}"), Some(&label), false, &options)
}

fn numbers(l: Locale<'_>, place: usize, header: &str, chosen: NumberForm) -> Markup {
    let name = |form| match form {
        NumberForm::Comma => t!(l, "imports-numbers-comma"),
        NumberForm::Point => t!(l, "imports-numbers-point"),
    };
    let options: Vec<_> = NumberForm::ALL
        .into_iter()
        .map(|form| (form.as_str().to_owned(), name(form), form == chosen))
        .collect();
    let label = t!(l, "imports-numbers-of", column = header);
    select(&format!("numbers-{place}"), Some(&label), false, &options)
}

/// What becomes of rows that are there already.
fn known(l: Locale<'_>, view: &ImportPage) -> Markup {
    let mode = |mode| match mode {
        ImportMode::Create => Choice::new(ImportMode::Create.as_str(), t!(l, "imports-mode-create")),
        ImportMode::Update => Choice::new(ImportMode::Update.as_str(), t!(l, "imports-mode-update")),
        ImportMode::Both => Choice::new(ImportMode::Both.as_str(), t!(l, "imports-mode-both")),
    };
    let modes: Vec<Choice> = ImportMode::ALL.into_iter().map(mode).collect();
    let doubles = [
        Choice::new(OnDouble::Skip.as_str(), t!(l, "imports-double-skip")),
        Choice::new(OnDouble::Create.as_str(), t!(l, "imports-double-create")),
    ];
    let mut keys = vec![Choice::new("", t!(l, "imports-match-none"))];
    keys.extend(view.match_keys.iter().map(|key| {
        Choice::new(key.as_str(), words::field(l, view.entity, if key == TITLE { TITLE } else { key }))
    }));
    html! {
        div.body.stack-m {
            (Field::select("match_by", t!(l, "imports-match"), &keys)
                .value(view.match_by.as_deref().unwrap_or_default())
                .hint(t!(l, "imports-match-hint"))
                .problems(l, &view.errors))
            (Field::radios("mode", t!(l, "imports-mode"), &modes).value(view.mode.as_str()))
            @if MATCHED.contains(&view.entity) {
                (Field::radios("on_double", t!(l, "imports-double"), &doubles).value(view.on_double.as_str())
                    .hint(t!(l, "imports-double-hint")))
            }
        }
    }
}
