//! Quotes for whoever sells: what stands on their page, the editor of lines, sending, and what one version changed.

mod differences;
mod editor;
mod panel;
mod send;
mod settings;
mod sums;

pub use differences::{DifferenceView, DifferencesPage, differences_page};
pub use editor::{LineForm, LinesPage, lines_page, live_sums};
pub(crate) use panel::panel as quote_panel;
pub use panel::{AskedBy, QuotePanel};
pub use send::{SendPage, send_page};
pub use settings::{QuoteSettingsPage, SETTINGS_PATH, StepForm, settings_page};
pub(crate) use sums::{all as all_sums, lines as lines_table};

use crate::Locale;
use crate::components::{icon, post_button, tag};
use crate::messages::t;
use crate::records::code_name;
use maud::{Markup, html};
use model::quote_status as status;
use model::{Billing, Kind};

pub const PATH: &str = "/quotes";

/// The page of a quote, or something below it.
fn at(id: &str, rest: &str) -> String {
    format!("{PATH}/{id}{rest}")
}

/// Tries out a purchase for this record: a button that makes a simulation.
pub(crate) fn simulate_button(l: Locale<'_>, of: Kind, id: &str) -> Markup {
    let label = html! { (icon("chart-column")) (t!(l, "quotes-simulate")) };
    post_button("/simulations", &[(of.as_str(), id)], "quiet", label)
}

/// Where a quote stands: word, icon and colour.
pub(crate) fn status_tag(l: Locale<'_>, code: &str) -> Markup {
    let (tone, icon) = match code {
        status::PENDING => ("warn", "clock"),
        status::APPROVED => ("info", "check"),
        status::SENT => ("info", "mail"),
        status::VIEWED => ("info", "eye"),
        status::ACCEPTED => ("ok", "circle-check"),
        status::REJECTED => ("danger", "circle-x"),
        status::EXPIRED => ("warn", "clock"),
        status::SUPERSEDED => ("", "history"),
        status::VOID => ("", "x"),
        status::SIMULATION => ("violet", "chart-column"),
        _ => ("", "pencil"),
    };
    tag(tone, icon, &code_name(l, Kind::Quote, "status", code))
}

/// What the field of a line is called: «Línia 2: Preu unitari».
pub(crate) fn line_label(l: Locale<'_>, name: &str) -> Option<String> {
    let (place, field) = name.strip_prefix("lines.")?.split_once('.')?;
    let place: usize = place.parse().ok()?;
    let field = match field {
        "text" => t!(l, "quotes-line-text"),
        "product" => crate::records::kind_name(l, Kind::Product),
        "quantity" => t!(l, "quotes-line-quantity"),
        "unit" => t!(l, "quotes-line-unit"),
        "unit_price" => t!(l, "quotes-line-price"),
        "cost" => t!(l, "quotes-line-cost"),
        "discount" => t!(l, "quotes-line-discount"),
        "tax" => t!(l, "quotes-line-tax"),
        "billing" => t!(l, "quotes-line-billing"),
        "minimum_months" => t!(l, "quotes-line-minimum"),
        "alternative" => t!(l, "quotes-line-alternative"),
        _ => return None,
    };
    Some(t!(l, "quotes-made-of", number = place + 1, field = field))
}

/// «al mes»; nothing for what is paid once.
pub(crate) fn per(l: Locale<'_>, billing: Billing) -> Option<String> {
    Some(match billing {
        Billing::Once => return None,
        Billing::Monthly => t!(l, "quotes-per-month"),
        Billing::Quarterly => t!(l, "quotes-per-quarter"),
        Billing::Yearly => t!(l, "quotes-per-year"),
    })
}

/// «Cada mes».
pub(crate) fn each(l: Locale<'_>, billing: Billing) -> String {
    code_name(l, Kind::Product, "billing", billing.as_str())
}
