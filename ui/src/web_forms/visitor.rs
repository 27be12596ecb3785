//! What visitors see: the form, on a page of its own or in a frame of another site; and what is said afterwards.

use crate::Locale;
use crate::components::{Field, error_lines, icon};
use crate::leads::field_label;
use crate::messages::t;
use crate::own_fields::for_visitor;
use crate::shell::{Page, Shell, language_name};
use crate::{Nav, labels, problems};
use maud::{Markup, html};
use model::{CustomField, FieldErrors, Label, Language, Problem, lists, own_name};

const LINE_CHARACTERS_MAX: u32 = 200;
const TEXT_CHARACTERS_MAX: u32 = 1_000;

/// What the company says to visitors: in their language, else in one that it has.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VisitorText {
    pub text: String,
    /// Its language, where it is not that of the page.
    pub other: Option<Language>,
}

impl VisitorText {
    pub fn of(label: &Label, language: Language) -> VisitorText {
        let found = label.found_in(language);
        let other = (found != language).then_some(found);
        VisitorText { text: label.own(found).to_owned(), other }
    }

    fn lang(&self) -> Option<&'static str> {
        self.other.map(Language::code)
    }
}

impl From<&str> for VisitorText {
    /// In the language of the page.
    fn from(text: &str) -> VisitorText {
        VisitorText { text: text.to_owned(), other: None }
    }
}

/// One field that is asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct VisitorField {
    pub key: String,
    pub required: bool,
    /// An own field of the company's.
    pub own: Option<CustomField>,
    /// The form's own words; empty: those of the field.
    pub label: Label,
    pub hint: Label,
    /// As typed.
    pub texts: Vec<String>,
}

impl Eq for VisitorField {}

/// The form as it stands: `POST /f/<key>` with the fields, `consent`, `ticket` and the trap.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VisitorForm {
    pub key: String,
    pub title: VisitorText,
    pub intro: VisitorText,
    /// Empty: the usual word.
    pub button: VisitorText,
    pub fields: Vec<VisitorField>,
    /// What they agree to; absent: nobody asks.
    pub consent: Option<VisitorText>,
    pub consent_required: bool,
    pub agrees: bool,
    pub ticket: String,
    /// Within a page of another site.
    pub is_embedded: bool,
    /// Nobody can send it now.
    pub is_closed: bool,
    pub errors: FieldErrors,
}

/// The name of the field that people do not see: one that robots like to fill in.
pub const TRAP: &str = "homepage";

/// `GET /f/{key}`, and again with what is wrong.
pub fn page(shell: &Shell, view: &VisitorForm) -> Markup {
    let l = shell.locale();
    let embed = if view.is_embedded { "&embed" } else { "" };
    let action = format!("/f/{}?lang={}{embed}", view.key, l.code());
    let main = html! {
        @if view.is_closed {
            (heading(&view.title))
            p { (t!(l, "form-closed")) }
        } @else {
            (summary(l, view))
            (heading(&view.title))
            @if !view.intro.text.is_empty() { p.intro lang=[view.intro.lang()] { (view.intro.text) } }
            form.form.narrow.stack-m method="post" action=(action) novalidate {
                (fields(l, view))
                input type="hidden" name="ticket" value=(view.ticket);
                div.sr aria-hidden="true" {
                    label for="f-homepage" { (t!(l, "form-trap")) }
                    input id="f-homepage" name=(TRAP) type="text" tabindex="-1" autocomplete="off" value="";
                }
                div.form-actions { button.btn.primary type="submit" lang=[view.button.lang()] { (button(l, view)) } }
            }
        }
    };
    let page = Page::new(&view.title.text, Nav::Nowhere).errors(&view.errors);
    framed(shell, &page, view.is_embedded, &format!("/f/{}", view.key), main)
}

/// All problems, with the fields called as they are here.
fn summary(l: Locale<'_>, view: &VisitorForm) -> Markup {
    let line = |problem: &Problem| {
        let field = view.fields.iter().find(|field| field.key == problem.field);
        let label = field.map(|field| words_of(l, field).text);
        (problem.field.clone(), problems::named_as(l, problem, label))
    };
    error_lines(l, &view.errors.0.iter().map(line).collect::<Vec<_>>())
}

fn heading(title: &VisitorText) -> Markup {
    html! { h1 lang=[title.lang()] { (title.text) } }
}

fn button(l: Locale<'_>, view: &VisitorForm) -> String {
    if view.button.text.is_empty() { t!(l, "form-send") } else { view.button.text.clone() }
}

/// After it was sent: `sentence` in the company's words or ours.
pub fn said(shell: &Shell, view: &VisitorForm, sentence: &VisitorText) -> Markup {
    let page = Page::new(&view.title.text, Nav::Nowhere);
    let main = html! {
        (heading(&view.title))
        div.notice.ok role="status" { (icon("circle-check")) div.words lang=[sentence.lang()] { (sentence.text) } }
    };
    framed(shell, &page, view.is_embedded, &format!("/f/{}", view.key), main)
}

/// After a form was sent, where the company says nothing of its own.
pub fn thanks(l: Locale<'_>) -> String {
    t!(l, "form-thanks")
}

/// After a form was sent that asks to be confirmed.
pub fn check_mail(l: Locale<'_>) -> String {
    t!(l, "form-check-mail")
}

/// `GET /form-confirmation/{secret}`: a button, as programs that read letters open every link in them. Nothing: the link
/// is worth nothing any more.
pub fn confirm(shell: &Shell, title: Option<&VisitorText>, secret: &str) -> Markup {
    let l = shell.locale();
    let main = match title {
        Some(title) => html! {
            (heading(title))
            p { (t!(l, "form-confirm-text", company = shell.company.as_str())) }
            form method="post" action=(format!("/form-confirmation/{secret}?lang={}", l.code())) {
                button.btn.primary type="submit" { (t!(l, "form-confirm")) }
            }
        },
        None => html! {
            h1 { (t!(l, "form-gone-title")) }
            p { (t!(l, "form-gone")) }
        },
    };
    let title = title.map_or_else(|| t!(l, "form-gone-title"), |title| title.text.clone());
    framed(shell, &Page::new(title, Nav::Nowhere), false, &format!("/form-confirmation/{secret}"), main)
}

/// The fields alone: also for the preview.
pub(super) fn fields(l: Locale<'_>, view: &VisitorForm) -> Markup {
    html! {
        div.form-grid { @for field in &view.fields { (input(l, field, &view.errors)) } }
        @if let Some(consent) = &view.consent {
            (consent_box(l, view, consent))
        }
    }
}

fn consent_box(l: Locale<'_>, view: &VisitorForm, consent: &VisitorText) -> Markup {
    let field = Field::checkbox("consent", consent.text.as_str(), view.agrees).lang(consent.other);
    let field = if view.consent_required { field } else { field.optional(l) };
    html! { (field.problems(l, &view.errors).full()) }
}

/// What a field is called here.
fn words_of(l: Locale<'_>, field: &VisitorField) -> VisitorText {
    match &field.own {
        _ if !field.label.is_empty() => VisitorText::of(&field.label, l.language),
        Some(own) => VisitorText::of(&own.label, l.language),
        None => field_label(l, &field.key).as_str().into(),
    }
}

fn input(l: Locale<'_>, field: &VisitorField, errors: &FieldErrors) -> Markup {
    if let (Some(own), Some(name)) = (&field.own, own_name(&field.key)) {
        let words = |here: &Label, own: &Label| if here.is_empty() { own.clone() } else { here.clone() };
        let (label, help) = (words(&field.label, &own.label), words(&field.hint, &own.help));
        let own = CustomField { required: field.required, label, help, ..own.clone() };
        return for_visitor(l, name, &own, &field.texts, errors);
    }
    let VisitorText { text: label, other } = words_of(l, field);
    let hint = VisitorText::of(&field.hint, l.language);
    let text = field.texts.first().map(String::as_str).unwrap_or_default();
    let key = field.key.as_str();
    let line = || Field::text(key, label.clone()).maximum_characters(LINE_CHARACTERS_MAX);
    let control = match key {
        "name" => line().autocomplete("name"),
        "company" => line().autocomplete("organization"),
        "email" => Field::email(key, label.clone()).autocomplete("email"),
        "phone" => Field::phone(key, label.clone()).autocomplete("tel"),
        "address" => line().autocomplete("street-address"),
        "postcode" => line().autocomplete("postal-code"),
        "town" => line().autocomplete("address-level2"),
        "country" => line().autocomplete("country-name"),
        "website" => Field::url(key, label.clone()).autocomplete("url"),
        "industry" => line().suggestions(
            labels::choices(l, lists::INDUSTRIES, "").into_iter().map(|choice| choice.label).collect(),
        ),
        "amount" => Field::decimal(key, label.clone()),
        "description" => {
            Field::textarea(key, label.clone(), 5).full().maximum_characters(TEXT_CHARACTERS_MAX)
        }
        _ => line(),
    };
    let control = control.value(text).problems(l, errors).lang(other);
    let control = match hint.text.as_str() {
        "" => control,
        text => control.hint(text).hint_lang(hint.other),
    };
    let control = if field.required { control.required() } else { control.optional(l) };
    html! { (control) }
}

/// Around it: the company's name and the other languages; nothing of either in a frame.
fn framed(shell: &Shell, page: &Page, is_embedded: bool, path: &str, main: Markup) -> Markup {
    let l = shell.locale();
    let languages = html! {
        nav aria-label=(t!(l, "common-language")) {
            ul.actions {
                @for language in Language::ALL {
                    li {
                        a.btn.quiet href=(format!("{path}?lang={}", language.code())) lang=(language.code())
                            hreflang=(language.code()) aria-current=[(language == l.language).then_some("true")] { (language_name(language)) }
                    }
                }
            }
        }
    };
    shell.for_visitors(page, is_embedded, main, languages)
}
