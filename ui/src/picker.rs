//! What a field that leads to a record offers while somebody types: the list below it, as a part of a page.

use crate::Shell;
use crate::components::{Meant, PICK_NEW, icon};
use crate::messages::t;
use crate::records::icon_of;
use maud::{Markup, html};
use model::Kind;

/// `GET /picker/companies?q=…`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PickerList {
    pub target: Kind,
    pub offered: Vec<Meant>,
    /// The name of a record that can be made.
    pub new: Option<String>,
}

/// Options of a listbox; what is picked is sent by its id, what is seen stays its name. What is said to whoever does not
/// see the list stands beside it.
pub fn list(shell: &Shell, view: &PickerList) -> Markup {
    let l = shell.locale();
    let count = view.offered.len() as u64;
    let said = if count == 0 { t!(l, "picker-nothing") } else { t!(l, "picker-count", count = count) };
    html! {
        div.options data-said=(said) {
            @if view.offered.is_empty() { p.hint-text { (t!(l, "picker-nothing")) } }
            @if !view.offered.is_empty() || view.new.is_some() {
                ul role="listbox" aria-label=(t!(l, "picker-list")) {
                    @for one in &view.offered {
                        li role="option" aria-selected="false" data-id=(one.id) data-name=(one.title) {
                            (icon(icon_of(view.target))) span { (one.title) }
                            @if !one.below.is_empty() { span.sub { (one.below.join(" · ")) } }
                        }
                    }
                    @if let Some(name) = &view.new {
                        li role="option" aria-selected="false" data-id=(PICK_NEW) data-name=(name) {
                            (icon("plus")) span { (t!(l, "picker-new", name = name.as_str())) }
                        }
                    }
                }
            }
        }
    }
}
