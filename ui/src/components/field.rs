//! Fields of forms: label, hint, error and control, tied together for whoever cannot see them.

use super::icon;
use crate::Locale;
use crate::messages::t;
use crate::problems;
use maud::{Markup, Render, html};
use model::{FieldErrors, Kind, Language};

/// One choice of a select, a group of radios or of checkboxes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into(), hint: None }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Choice {
        self.hint = Some(hint.into());
        self
    }
}

enum Control<'a> {
    Input { kind: &'static str },
    Password { new: bool, show: String },
    Textarea { rows: u32, code: bool },
    Money { symbol: &'a str },
    Select { choices: &'a [Choice] },
    Radios { choices: &'a [Choice] },
    Checkboxes { choices: &'a [Choice], chosen: &'a [String] },
    Checkbox { checked: bool },
    File { accept: &'a str },
    Files { accept: &'a str },
}

/// One record that may be meant by a name that several have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Meant {
    pub id: String,
    pub title: String,
    /// What tells it from the others: its town, its tax id.
    pub below: Vec<String>,
}

/// What turns a text field into a search while typing among the records of an entity. Without the script the text is
/// looked up when the form is sent; a name that several have, or none, comes back as a question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picker {
    pub target: Kind,
    /// Whether a new record of the typed name may be made along.
    pub makes: bool,
    /// The id of the record whose name stands in the field, or empty.
    pub picked: String,
    /// Who may be meant, where a name is not enough.
    pub meant: Vec<Meant>,
    /// The question whether a record that nobody knows is to be made.
    pub asks_to_make: bool,
}

impl Picker {
    pub fn of(target: Kind) -> Picker {
        Picker { target, makes: false, picked: String::new(), meant: Vec::new(), asks_to_make: false }
    }
}

/// What is sent in place of an id where a new record of the typed name is to be made.
pub const PICK_NEW: &str = "new";

/// The name under which the id of the picked record is sent, beside that of the field.
pub fn pick_name(name: &str) -> String {
    format!("{name}.pick")
}

/// A field, built step by step and put into a page like any markup: `(Field::text("name", label).value(&view.name))`.
pub struct Field<'a> {
    name: &'a str,
    label: String,
    control: Control<'a>,
    value: &'a str,
    hint: Option<String>,
    echo: Option<String>,
    error: Option<String>,
    optional: Option<String>,
    required: bool,
    full: bool,
    autocomplete: Option<&'a str>,
    inputmode: Option<&'static str>,
    maximum_characters: Option<u32>,
    placeholder: Option<&'a str>,
    suggestions: Vec<String>,
    picking: Option<Picking>,
    lang: Option<&'static str>,
    hint_lang: Option<&'static str>,
}

/// A picker with its words.
struct Picking {
    picker: Picker,
    which: String,
    new: String,
}

impl<'a> Field<'a> {
    fn new(name: &'a str, label: impl Into<String>, control: Control<'a>) -> Field<'a> {
        Field {
            name,
            label: label.into(),
            control,
            value: "",
            hint: None,
            echo: None,
            error: None,
            optional: None,
            required: false,
            full: false,
            autocomplete: None,
            inputmode: None,
            maximum_characters: None,
            placeholder: None,
            suggestions: Vec::new(),
            picking: None,
            lang: None,
            hint_lang: None,
        }
    }

    pub fn text(name: &'a str, label: impl Into<String>) -> Field<'a> {
        Field::new(name, label, Control::Input { kind: "text" })
    }

    /// `type=text` on purpose where the browser's own check is narrower than ours; the keyboard of phones still fits.
    pub fn email(name: &'a str, label: impl Into<String>) -> Field<'a> {
        Field::new(name, label, Control::Input { kind: "email" })
    }

    pub fn phone(name: &'a str, label: impl Into<String>) -> Field<'a> {
        Field::new(name, label, Control::Input { kind: "tel" })
    }

    pub fn url(name: &'a str, label: impl Into<String>) -> Field<'a> {
        let mut field = Field::new(name, label, Control::Input { kind: "text" });
        field.inputmode = Some("url");
        field
    }

    pub fn search(name: &'a str, label: impl Into<String>) -> Field<'a> {
        Field::new(name, label, Control::Input { kind: "search" })
    }

    pub fn date(name: &'a str, label: impl Into<String>) -> Field<'a> {
        Field::new(name, label, Control::Input { kind: "date" })
    }

    /// A whole number: never `type=number`, which loses what it does not understand.
    pub fn whole_number(name: &'a str, label: impl Into<String>) -> Field<'a> {
        let mut field = Field::text(name, label);
        field.inputmode = Some("numeric");
        field
    }

    /// A number in local notation.
    pub fn decimal(name: &'a str, label: impl Into<String>) -> Field<'a> {
        let mut field = Field::text(name, label);
        field.inputmode = Some("decimal");
        field
    }

    /// An amount in local notation, with the currency's symbol behind it.
    pub fn money(name: &'a str, label: impl Into<String>, symbol: &'a str) -> Field<'a> {
        let mut field = Field::new(name, label, Control::Money { symbol });
        field.inputmode = Some("decimal");
        field
    }

    /// A password that exists; paste and password managers work.
    pub fn current_password<'l>(
        l: impl Into<Locale<'l>>,
        name: &'a str,
        label: impl Into<String>,
    ) -> Field<'a> {
        let l: Locale<'_> = l.into();
        let show = t!(l, "common-show-password");
        Field::new(name, label, Control::Password { new: false, show })
    }

    /// A password that is being chosen.
    pub fn new_password<'l>(l: impl Into<Locale<'l>>, name: &'a str, label: impl Into<String>) -> Field<'a> {
        let l: Locale<'_> = l.into();
        let show = t!(l, "common-show-password");
        Field::new(name, label, Control::Password { new: true, show })
    }

    pub fn textarea(name: &'a str, label: impl Into<String>, rows: u32) -> Field<'a> {
        Field::new(name, label, Control::Textarea { rows, code: false })
    }

    /// A text area for what machines read.
    pub fn code(name: &'a str, label: impl Into<String>, rows: u32) -> Field<'a> {
        Field::new(name, label, Control::Textarea { rows, code: true })
    }

    pub fn select(name: &'a str, label: impl Into<String>, choices: &'a [Choice]) -> Field<'a> {
        Field::new(name, label, Control::Select { choices })
    }

    pub fn radios(name: &'a str, label: impl Into<String>, choices: &'a [Choice]) -> Field<'a> {
        Field::new(name, label, Control::Radios { choices })
    }

    /// Several of some choices; each chosen one is sent under the same name.
    pub fn checkboxes(
        name: &'a str,
        label: impl Into<String>,
        choices: &'a [Choice],
        chosen: &'a [String],
    ) -> Field<'a> {
        Field::new(name, label, Control::Checkboxes { choices, chosen })
    }

    /// Yes or no; sent as `true` when ticked, not at all otherwise.
    pub fn checkbox(name: &'a str, label: impl Into<String>, checked: bool) -> Field<'a> {
        Field::new(name, label, Control::Checkbox { checked })
    }

    pub fn file(name: &'a str, label: impl Into<String>, accept: &'a str) -> Field<'a> {
        Field::new(name, label, Control::File { accept })
    }

    pub fn files(name: &'a str, label: impl Into<String>, accept: &'a str) -> Field<'a> {
        Field::new(name, label, Control::Files { accept })
    }

    pub fn value(mut self, value: &'a str) -> Field<'a> {
        self.value = value;
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Field<'a> {
        self.hint = Some(hint.into());
        self
    }

    /// The language of the label, where it is not that of the page.
    pub fn lang(mut self, other: Option<Language>) -> Field<'a> {
        self.lang = other.map(Language::code);
        self
    }

    /// The language of the hint, where it is not that of the page.
    pub fn hint_lang(mut self, other: Option<Language>) -> Field<'a> {
        self.hint_lang = other.map(Language::code);
        self
    }

    /// What the value was understood as, such as a date in words.
    pub fn echo(mut self, echo: Option<String>) -> Field<'a> {
        self.echo = echo;
        self
    }

    /// The problem that this field has among those of its form.
    pub fn problems<'l>(mut self, l: impl Into<Locale<'l>>, errors: &FieldErrors) -> Field<'a> {
        let l: Locale<'_> = l.into();
        self.error = problems::of(l, errors, self.name);
        self
    }

    /// A problem whose words are already there.
    pub fn error(mut self, error: Option<String>) -> Field<'a> {
        self.error = error;
        self
    }

    /// Says «(opcional)» behind the label.
    pub fn optional<'l>(mut self, l: impl Into<Locale<'l>>) -> Field<'a> {
        let l: Locale<'_> = l.into();
        self.optional = Some(t!(l, "common-optional"));
        self
    }

    pub fn required(mut self) -> Field<'a> {
        self.required = true;
        self
    }

    /// Takes both columns of a form grid.
    pub fn full(mut self) -> Field<'a> {
        self.full = true;
        self
    }

    pub fn autocomplete(mut self, token: &'a str) -> Field<'a> {
        self.autocomplete = Some(token);
        self
    }

    pub fn maximum_characters(mut self, maximum: u32) -> Field<'a> {
        self.maximum_characters = Some(maximum);
        self
    }

    pub fn placeholder(mut self, example: &'a str) -> Field<'a> {
        self.placeholder = Some(example);
        self
    }

    /// What the browser offers while somebody types; anything else can be typed too.
    pub fn suggestions(mut self, suggestions: Vec<String>) -> Field<'a> {
        self.suggestions = suggestions;
        self
    }

    /// Searches among the records of an entity while somebody types.
    pub fn picker<'l>(mut self, l: impl Into<Locale<'l>>, picker: Picker) -> Field<'a> {
        let l: Locale<'_> = l.into();
        self.picking = Some(Picking {
            which: t!(l, "picker-which"),
            new: t!(l, "picker-new", name = self.value),
            picker,
        });
        self.autocomplete("off")
    }

    fn id(&self) -> String {
        field_id(self.name)
    }

    fn described_by(&self) -> Option<String> {
        let id = self.id();
        let parts: Vec<String> = [
            self.hint.as_ref().map(|_| format!("{id}-hint")),
            self.echo.as_ref().map(|_| format!("{id}-echo")),
            self.error.as_ref().map(|_| format!("{id}-error")),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    fn classes(&self) -> &'static str {
        match (&self.control, self.full) {
            (Control::Checkbox { .. }, true) => "field switch full",
            (Control::Checkbox { .. }, false) => "field switch",
            (_, true) => "field full",
            (_, false) => "field",
        }
    }

    fn label_words(&self) -> Markup {
        html! {
            (self.label_text())
            @if let Some(optional) = &self.optional { " " span.optional { "(" (optional) ")" } }
        }
    }

    fn label_text(&self) -> Markup {
        html! { @if let Some(lang) = self.lang { span lang=(lang) { (self.label) } } @else { (self.label) } }
    }

    fn hint_and_error(&self) -> Markup {
        let id = self.id();
        html! {
            @if let Some(hint) = &self.hint { span.hint id=(format!("{id}-hint")) lang=[self.hint_lang] { (hint) } }
            @if let Some(error) = &self.error {
                p.error id=(format!("{id}-error")) { (icon("circle-alert")) span { (error) } }
            }
        }
    }

    fn input(&self, kind: &str) -> Markup {
        let list = (!self.suggestions.is_empty()).then(|| format!("{}-suggestions", self.id()));
        html! {
            input id=(self.id()) name=(self.name) type=(kind) value=(self.value)
                required[self.required] autocomplete=[self.autocomplete] inputmode=[self.inputmode]
                maxlength=[self.maximum_characters] placeholder=[self.placeholder] list=[&list]
                aria-describedby=[self.described_by()] aria-invalid=[self.invalid()];
            @if let Some(list) = &list {
                datalist id=(list) { @for suggestion in &self.suggestions { option value=(suggestion) {} } }
            }
        }
    }

    /// The script makes a combobox of it; the list comes from the server.
    fn combobox(&self, picking: &Picking) -> Markup {
        let (name, picker) = (pick_name(self.name), &picking.picker);
        html! {
            (combo(picker, &name, self.input("text")))
            @if !picker.meant.is_empty() {
                fieldset.stack-s.meant {
                    legend { (picking.which) }
                    @for one in &picker.meant {
                        label.check {
                            input type="radio" name=(name) value=(one.id);
                            span { (one.title) @if !one.below.is_empty() { span.hint { (one.below.join(" · ")) } } }
                        }
                    }
                }
            }
            @if picker.asks_to_make {
                label.check { input type="checkbox" name=(name) value=(PICK_NEW); span { (picking.new) } }
            }
        }
    }

    fn password(&self, new: bool, show: &str) -> Markup {
        let id = self.id();
        html! {
            span.with-button {
                input id=(id) name=(self.name) type="password" required[self.required]
                    autocomplete=(if new { "new-password" } else { "current-password" })
                    aria-describedby=[self.described_by()] aria-invalid=[self.invalid()];
                button.btn.icon-only.js-only type="button" data-show-password=(id) aria-pressed="false" title=(show) {
                    (icon("eye")) span.sr { (show) }
                }
            }
        }
    }

    fn textarea_control(&self, rows: u32, code: bool) -> Markup {
        html! {
            textarea id=(self.id()) name=(self.name) rows=(rows) class=[code.then_some("code")]
                spellcheck=[code.then_some("false")] required[self.required] maxlength=[self.maximum_characters]
                aria-describedby=[self.described_by()] aria-invalid=[self.invalid()] { (self.value) }
        }
    }

    fn select_control(&self, choices: &[Choice]) -> Markup {
        html! {
            select id=(self.id()) name=(self.name) required[self.required] autocomplete=[self.autocomplete]
                aria-describedby=[self.described_by()] aria-invalid=[self.invalid()] {
                @for choice in choices {
                    option value=(choice.value) selected[choice.value == self.value] { (choice.label) }
                }
            }
        }
    }

    /// Radios and checkboxes: a group with a legend. The first one has the id that the error summary links to.
    fn group(&self, kind: &str, choices: &[Choice], chosen: impl Fn(&str) -> bool) -> Markup {
        let id = self.id();
        html! {
            div class=(self.classes()) {
                fieldset.stack-s aria-describedby=[self.described_by()] {
                    legend { (self.label_words()) }
                    (self.hint_and_error())
                    div.choices {
                        @for (position, choice) in choices.iter().enumerate() {
                            label.check {
                                input type=(kind) name=(self.name) value=(choice.value) checked[chosen(&choice.value)]
                                    id=(if position == 0 { id.clone() } else { format!("{id}-{position}") })
                                    aria-invalid=[self.invalid()];
                                span { (choice.label) @if let Some(hint) = &choice.hint { span.hint { (hint) } } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn checkbox_markup(&self, checked: bool) -> Markup {
        html! {
            div class=(self.classes()) {
                label.check {
                    input type="checkbox" id=(self.id()) name=(self.name) value="true" checked[checked]
                        aria-describedby=[self.described_by()] aria-invalid=[self.invalid()];
                    span { (self.label_words()) @if let Some(hint) = &self.hint { span.hint id=(format!("{}-hint", self.id())) lang=[self.hint_lang] { (hint) } } }
                }
                @if let Some(error) = &self.error {
                    p.error id=(format!("{}-error", self.id())) { (icon("circle-alert")) span { (error) } }
                }
            }
        }
    }

    fn labelled(&self, control: Markup) -> Markup {
        html! {
            div class=(self.classes()) {
                label for=(self.id()) { (self.label_words()) }
                (self.hint_and_error())
                (control)
                @if let Some(echo) = &self.echo { span.echo id=(format!("{}-echo", self.id())) { (echo) } }
            }
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        match &self.control {
            Control::Input { kind } => self.labelled(match &self.picking {
                Some(picking) => self.combobox(picking),
                None => self.input(kind),
            }),
            Control::Password { new, show } => self.labelled(self.password(*new, show)),
            Control::Textarea { rows, code } => self.labelled(self.textarea_control(*rows, *code)),
            Control::Money { symbol } => self.labelled(html! {
                span.affix { (self.input("text")) span aria-hidden="true" { (symbol) } }
            }),
            Control::Select { choices } => self.labelled(self.select_control(choices)),
            Control::Radios { choices } => self.group("radio", choices, |value| value == self.value),
            Control::Checkboxes { choices, chosen } => {
                self.group("checkbox", choices, |value| chosen.iter().any(|one| one == value))
            }
            Control::Checkbox { checked } => self.checkbox_markup(*checked),
            Control::Files { accept } => self.labelled(html! {
                input id=(self.id()) name=(self.name) type="file" accept=(accept) multiple required[self.required]
                    aria-describedby=[self.described_by()] aria-invalid=[self.invalid()];
            }),
            Control::File { accept } => self.labelled(html! {
                input id=(self.id()) name=(self.name) type="file" accept=(accept) required[self.required]
                    aria-describedby=[self.described_by()] aria-invalid=[self.invalid()];
            }),
        }
    }
}

/// An input, what was picked for it, and the place for the list.
fn combo(picker: &Picker, pick_name: &str, input: Markup) -> Markup {
    let plural = model::path_of(picker.target).unwrap_or_default();
    let source = format!("/picker{plural}?make={}&q=", picker.makes);
    html! {
        div.combo data-combo=(source) {
            (input)
            input type="hidden" name=(pick_name) value=(picker.picked) data-pick;
            span.sr role="status" {}
            div.list {}
        }
    }
}

/// The same where the label stands elsewhere.
pub(crate) fn picker_input(
    picker: &Picker,
    name: &str,
    id: &str,
    value: &str,
    describedby: Option<&str>,
) -> Markup {
    let input = html! {
        input id=(id) name=(name) type="text" value=(value) autocomplete="off" maxlength="200"
            aria-invalid=[describedby.map(|_| "true")] aria-describedby=[describedby];
    };
    combo(picker, &pick_name(name), input)
}

/// The id of a field's control; problems link to it.
fn field_id(name: &str) -> String {
    format!("f-{}", name.replace([' ', '.'], "-"))
}

/// All problems of a form, above its heading, each linked to its field. Nothing when there is none.
pub fn error_summary<'l>(l: impl Into<Locale<'l>>, errors: &FieldErrors) -> Markup {
    let l: Locale<'_> = l.into();
    let lines: Vec<(String, String)> =
        errors.0.iter().map(|problem| (problem.field.clone(), problems::named(l, problem))).collect();
    error_lines(l, &lines)
}

/// The same for problems whose words are already there: field and text.
pub fn error_lines<'l>(l: impl Into<Locale<'l>>, lines: &[(String, String)]) -> Markup {
    let l: Locale<'_> = l.into();
    html! {
        @if !lines.is_empty() {
            div.error-summary role="alert" tabindex="-1" {
                h2 { (t!(l, "common-errors-title", count = lines.len())) }
                ul {
                    @for (field, text) in lines {
                        li {
                            @if field.is_empty() { (text) }
                            @else { a href=(format!("#{}", field_id(field))) { (text) } }
                        }
                    }
                }
            }
        }
    }
}
