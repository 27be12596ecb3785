//! Number series: the list, and one series with the numbers it gives next.

use crate::components::{Field, icon};
use crate::messages::t;
use crate::pieces::{self, PieceFrame, PieceList, PieceRow, label_fields};
use crate::shell::Shell;
use maud::{Markup, html};
use model::Label;

pub const PATH: &str = "/settings/number-series";

/// Sends `label_ca`…, `pattern`, `yearly`, `first`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SeriesForm {
    pub frame: PieceFrame,
    pub label: Label,
    pub pattern: String,
    pub yearly: bool,
    pub first: String,
    /// What comes next as the form stands; empty where the pattern is wrong.
    pub preview: Vec<String>,
    /// The last number given, if one was.
    pub last: Option<String>,
}

pub fn list(shell: &Shell, rows: &[PieceRow]) -> Markup {
    let l = shell.locale();
    let (title, intro, new) = (t!(l, "series-title"), t!(l, "series-intro"), t!(l, "series-new"));
    pieces::list(shell, &PieceList { title, intro, path: PATH, icon: "file-text", new, rows })
}

pub fn form(shell: &Shell, view: &SeriesForm) -> Markup {
    let l = shell.locale();
    let errors = &view.frame.errors;
    let title = if view.frame.key.is_some() { t!(l, "series-edit") } else { t!(l, "series-new") };
    let body = html! {
        section.panel { div.body {
            div.form-grid {
                (label_fields(l, "label", &t!(l, "pieces-name"), &view.label, errors))
                (Field::text("pattern", t!(l, "series-pattern")).value(&view.pattern).hint(t!(l, "series-pattern-hint", year = "{YYYY}", short = "{YY}", number = "{NNNN}")).problems(l, errors).required().maximum_characters(40))
                (Field::whole_number("first", t!(l, "series-first")).value(&view.first).hint(t!(l, "series-first-hint")).problems(l, errors).required().maximum_characters(9))
                (Field::checkbox("yearly", t!(l, "series-yearly"), view.yearly).hint(t!(l, "series-yearly-hint")).problems(l, errors))
            }
            div.stack-s {
                h2 { (t!(l, "series-preview")) }
                @if view.preview.is_empty() { p.muted { (t!(l, "series-preview-none")) } }
                @else { ul.samples { @for number in &view.preview { li { code { (number) } } } } }
                @if let Some(last) = &view.last { p.muted { (t!(l, "series-last", number = last.as_str())) } }
                div { button.btn type="submit" name="deed" value="preview" { (icon("refresh-cw")) (t!(l, "series-preview-again")) } }
            }
        } }
    };
    pieces::form(shell, PATH, &title, &view.frame, body)
}
