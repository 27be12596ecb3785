//! Values that cannot go in as they are, each once with how many rows have it: mended here instead of in the file.

use super::given::{self, GivenOptions};
use super::page::ImportPage;
use super::words;
use crate::Locale;
use crate::components::{self, Choice, Column, Field, icon, panel, table};
use crate::messages::t;
use crate::{format, problems};
use maud::{Markup, html};
use model::{Kind, MendedValue, Mending, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// A value that the dry run stumbled over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MendedLine {
    pub field: String,
    pub code: String,
    /// Empty where the field needs a value and rows have none.
    pub value: String,
    /// What the problem quotes, where that is not the value itself.
    pub detail: Option<String>,
    pub rows: u64,
    /// What it may have meant.
    pub suggestion: Option<String>,
    /// Of a link: names that are near it, the nearest first.
    pub near: Vec<String>,
    /// Of a name that several records have: each by its id, with what tells it from the others.
    pub namesakes: Vec<Choice>,
    /// Of a link: a record of this entity can be made of it.
    pub makes: Option<Kind>,
    pub adding: AddingOption,
    /// The field says whose something is.
    pub is_person: bool,
    /// What is done and by what it is replaced, as they were sent with a mistake elsewhere.
    pub typed: Option<(String, String)>,
}

/// Whether a value can be added to the company's options of its field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AddingOption {
    /// The company has no list of them.
    #[default]
    NoList,
    ByReader,
    /// Only by whoever sets up the company.
    ByOthers,
}

/// What fields can be, for suggestions while typing.
pub type Offered = BTreeMap<String, Vec<String>>;

/// All that a field can be: chosen, not typed.
pub type Options = BTreeMap<String, GivenOptions>;

/// Suggestions of one field in the page; more make it heavy.
const OFFERED_MAX: usize = 300;

/// `POST /imports/{id}/values`: `version`, and for each value `field-0`, `value-0`, `do-0` (`replace`, `empty`, `create`
/// or nothing), `to-0`; and `all-owner`.
pub(super) fn form(l: Locale<'_>, view: &ImportPage) -> Markup {
    let title = t!(l, "imports-values-title");
    let columns = [
        Column::text(t!(l, "imports-values-value")),
        Column::number(t!(l, "imports-rows")),
        Column::text(t!(l, "imports-values-deed")),
        Column::text(t!(l, "imports-values-to")),
    ];
    let people: BTreeSet<&str> =
        view.values.iter().filter(|line| line.is_person).map(|line| line.field.as_str()).collect();
    html! {
        form #values .form.mending method="post" action=(format!("/imports/{}/values", view.id)) {
            input type="hidden" name="version" value=(view.version);
            @for field in people { (all_people(l, view, field)) }
            (panel(&title, html! { span.hint-text { (t!(l, "imports-values-hint")) } }, table(&title, &columns, html! {
                @for (place, line) in view.values.iter().enumerate() { (row(l, view, place, line)) }
            })))
            @for (field, names) in &view.offered {
                datalist id=(list_id(field)) {
                    @for name in names.iter().take(OFFERED_MAX) { option value=(name) {} }
                }
            }
            div.actions { button.btn type="submit" { (t!(l, "imports-values-save")) } }
        }
    }
}

/// `all-owner`: what is done with all owners of whom nothing is said in the table: `empty`, or `to:` and a name. It stands
/// above the table, where it is seen however many there are.
fn all_people(l: Locale<'_>, view: &ImportPage, field: &str) -> Markup {
    let unknown = view.values.iter().filter(|line| line.field == field).count();
    let nobody = match view.entity {
        Kind::Lead if field == "owner" => t!(l, "imports-owners-rules"),
        _ => t!(l, "imports-owners-nobody"),
    };
    let mut choices = vec![Choice::new("", t!(l, "imports-people-each")), Choice::new("empty", nobody)];
    let people = view.offered.get(field).map_or(&[][..], Vec::as_slice);
    let is_there = people.contains(&view.me);
    if is_there {
        let label = t!(l, "imports-owners-me", name = view.me.as_str());
        choices.push(Choice::new(format!("to:{}", view.me), label));
    }
    let others = people.iter().filter(|name| **name != view.me).take(OFFERED_MAX);
    choices.extend(others.map(|name| Choice::new(format!("to:{name}"), name.as_str())));
    let (name, label) = (format!("all-{field}"), words::field(l, view.entity, field));
    let said = view.said_of_all.get(field).map_or("", String::as_str);
    html! {
        @if unknown > 1 {
            (Field::select(&name, t!(l, "imports-people-all", field = label, count = unknown), &choices)
                .value(said).hint(t!(l, "imports-people-hint")))
        }
    }
}

fn list_id(field: &str) -> String {
    format!("offered-{}", field.replace('.', "-"))
}

fn row(l: Locale<'_>, view: &ImportPage, place: usize, line: &MendedLine) -> Markup {
    let (deed, to) = (t!(l, "imports-values-deed"), t!(l, "imports-values-to"));
    let suggested = if line.suggestion.is_some() { "replace" } else { "" };
    let chosen = line.typed.as_ref().map_or(suggested, |(deed, _)| deed.as_str());
    let of = |label: &str| format!("{label}: {}", shown(l, &line.value));
    let problem = Problem::new(&line.field, &line.code, line.detail.as_ref().unwrap_or(&line.value));
    html! {
        tr {
            th scope="row" {
                input type="hidden" name=(format!("field-{place}")) value=(line.field);
                input type="hidden" name=(format!("value-{place}")) value=(line.value);
                strong { (shown(l, &line.value)) }
                p.hint-text { (words::place(l, view.entity, &problem)) " " (words::problem(l, &problem)) }
                @if line.adding == AddingOption::ByOthers { p.hint-text { (t!(l, "imports-values-ask")) } }
            }
            td.num data-l=(t!(l, "imports-rows")) { (format::count(l, line.rows)) }
            td data-l=(deed) {
                div.field { select name=(format!("do-{place}")) aria-label=(of(&deed)) {
                    option value="" selected[chosen.is_empty()] { (t!(l, "imports-values-leave")) }
                    option value="replace" selected[chosen == "replace"] { (t!(l, "imports-values-replace")) }
                    @if !line.value.is_empty() { option value="empty" selected[chosen == "empty"] { (t!(l, "imports-values-empty")) } }
                    @if let Some(made) = line.makes {
                        option value="create" selected[chosen == "create"] { (t!(l, "imports-values-create", entity = words::entity(l, made))) }
                    }
                    @if line.adding == AddingOption::ByReader {
                        option value="create" selected[chosen == "create"] { (t!(l, "imports-values-add")) }
                    }
                } }
            }
            td data-l=(to) { (replaced_by(l, view, place, line)) }
        }
    }
}

/// A value of the file; one that is not there by a word.
fn shown(l: Locale<'_>, value: &str) -> String {
    if value.is_empty() { t!(l, "imports-values-missing") } else { value.to_owned() }
}

/// `to-0`: chosen where the field has options, else typed.
fn replaced_by(l: Locale<'_>, view: &ImportPage, place: usize, line: &MendedLine) -> Markup {
    let name = format!("to-{place}");
    let id = format!("f-{name}");
    let label = format!("{}: {}", t!(l, "imports-values-to"), shown(l, &line.value));
    let error = problems::of(l, &view.errors, &name);
    let invalid = error.as_ref().map(|_| "true");
    let suggested = line.suggestion.as_deref().unwrap_or_default();
    let chosen = line.typed.as_ref().map_or(suggested, |(_, to)| to.as_str());
    let list = view.offered.contains_key(&line.field).then(|| list_id(&line.field));
    let people = people(view, line);
    let options = view.options.get(&line.field);
    if let Some(GivenOptions { choices, several: true }) =
        options.filter(|options| !options.choices.is_empty())
    {
        return html! {
            (given::some_of(&name, label, choices, chosen))
            @if let Some(error) = &error { p.error { (icon("circle-alert")) span { (error) } } }
        };
    }
    let namesakes = (!line.namesakes.is_empty()).then_some(line.namesakes.as_slice());
    let options = options.map(|options| options.choices.as_slice()).or(namesakes).or(people.as_deref());
    html! {
        div.field {
            @if let Some(options) = options {
                @let chosen = option_meant(options, chosen);
                select id=(id) name=(name) aria-label=(label) aria-invalid=[invalid] {
                    option value="" { @if options.is_empty() { (t!(l, "imports-values-no-options")) } @else { (t!(l, "imports-values-choose")) } }
                    @for option in options {
                        option value=(option.value) selected[chosen == Some(option)] { (option.label) }
                    }
                }
            } @else {
                input id=(id) type="text" name=(name) maxlength="200" list=[list] aria-label=(label) aria-invalid=[invalid] value=(chosen);
                @if !line.near.is_empty() { p.hint-text { (t!(l, "imports-values-near", names = line.near.join(" · "))) } }
            }
            @if let Some(error) = &error { p.error { (icon("circle-alert")) span { (error) } } }
        }
    }
}

/// Whom a person of the file can be, those of a near name first; nothing where people are not offered, or are many.
fn people(view: &ImportPage, line: &MendedLine) -> Option<Vec<Choice>> {
    let names = view.offered.get(&line.field).filter(|_| line.is_person)?;
    let others = names.iter().filter(|name| !line.near.contains(name));
    let all: Vec<Choice> =
        line.near.iter().chain(others).map(|name| Choice::new(name.as_str(), name.as_str())).collect();
    (all.len() <= OFFERED_MAX).then_some(all)
}

/// The option of this code or name; a stage is called by its pipeline, too, where there are several.
pub(super) fn option_meant<'o>(options: &'o [Choice], text: &str) -> Option<&'o Choice> {
    let behind = format!(" · {text}");
    let is_meant =
        |option: &&Choice| option.value == text || option.label == text || option.label.ends_with(&behind);
    if text.is_empty() { None } else { options.iter().find(is_meant) }
}

/// What was mended so far, in words.
pub(super) fn mended(l: Locale<'_>, view: &ImportPage) -> Markup {
    html! {
        @if !view.mended.is_empty() {
            details.panel {
                summary { (t!(l, "imports-mended", count = view.mended.len())) }
                div.body {
                    ul.plain {
                        @for value in &view.mended {
                            li {
                                (words::field(l, view.entity, &value.target)) ": "
                                strong { (shown(l, &value.value)) } " → "
                                @match &value.mending {
                                    Mending::Replace(text) => strong { (text) },
                                    Mending::Empty => (t!(l, "imports-values-empty")),
                                    Mending::Create => (t!(l, "imports-mended-created")),
                                }
                                " " (as_in_the_file(l, view, value))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `POST /imports/{id}/values`: takes back what is done with one value.
fn as_in_the_file(l: Locale<'_>, view: &ImportPage, value: &MendedValue) -> Markup {
    let version = view.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("field-0", value.target.as_str()),
        ("value-0", value.value.as_str()),
        ("do-0", "undo"),
    ];
    let label = t!(l, "imports-mended-undo");
    components::post_button(
        &format!("/imports/{}/values", view.id),
        &fields,
        "quiet",
        html! { (label) span.sr { ": " (shown(l, &value.value)) } },
    )
}
