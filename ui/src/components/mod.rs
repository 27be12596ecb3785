//! The parts that pages are made of. A component is a function from plain data to markup.

mod chart;
mod field;
mod lists;
mod states;
mod table;

pub use chart::{Bar, BarList, ColumnChart, Series, bar_list, column_chart};
pub(crate) use field::picker_input;
pub use field::{Choice, Field, Meant, PICK_NEW, Picker, error_lines, error_summary, pick_name};
pub use lists::{Fact, TimelineEntry, Tone, Value, avatar, facts, person, stepper, timeline};
pub(crate) use states::notice_or_undo;
pub use states::{
    Empty, Kpi, Trend, empty, kpis, notice, page_head, panel, progress, refresh_link, secret, tag,
};
pub use table::{ActiveFilter, Column, FilterBar, Paging, Sort, Tab, filter_bar, pager, table, tabs};

use crate::assets::asset_url;
use maud::{Markup, html};

/// An icon of the sprite; it is never the only carrier of a meaning. The space behind it keeps a text that follows at a
/// distance; where things stand side by side with a gap of their own it takes no room.
pub fn icon(name: &str) -> Markup {
    html! {
        svg.icon aria-hidden="true" focusable="false" {
            use href=(format!("{}#{name}", asset_url("icons.svg"))) {}
        }
        " "
    }
}

/// A link that looks like a button: it goes somewhere.
pub fn link_button(href: &str, icon_name: &str, label: &str) -> Markup {
    html! { a.btn href=(href) { (icon(icon_name)) (label) } }
}

/// The one main thing to do on a page, as a link.
pub fn primary_link(href: &str, icon_name: &str, label: &str) -> Markup {
    html! { a.btn.primary href=(href) { (icon(icon_name)) (label) } }
}

/// A form's main button.
pub fn submit(label: &str) -> Markup {
    html! { button.btn.primary type="submit" { (label) } }
}

/// A form of one button: a deed that changes something, without fields of its own.
pub fn post_button(action: &str, fields: &[(&str, &str)], class: &str, label: Markup) -> Markup {
    html! {
        form method="post" action=(action) {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button class=(format!("btn {class}")) type="submit" { (label) }
        }
    }
}

/// Save and cancel, at the foot of a form.
pub fn form_actions(save: &str, cancel_href: &str, cancel: &str) -> Markup {
    html! {
        div.form-actions {
            (submit(save))
            a.btn.quiet href=(cancel_href) { (cancel) }
        }
    }
}

/// A menu of links and forms behind a button; opens without JavaScript.
pub fn details_menu(label: Markup, body: Markup) -> Markup {
    html! {
        details.menu {
            summary.btn { (label) (icon("chevron-down")) }
            div.pop { (body) }
        }
    }
}
