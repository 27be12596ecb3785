//! The page on which a quote is sent: to whom, and what goes.

use super::at;
use super::panel::passed;
use crate::components::{Field, error_summary, icon, page_head, tag};
use crate::format;
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::{FieldErrors, MESSAGE_CHARACTERS_MAX, Quote};

/// `GET /quotes/{id}/send`, and again with problems (422).
#[derive(Clone, PartialEq, Debug)]
pub struct SendPage {
    pub quote: Quote,
    pub version: u64,
    pub client: String,
    pub email: String,
    /// Who else gets the letter.
    pub copies: String,
    /// To the client, in the sender's own words.
    pub message: String,
    /// Letters go out.
    pub has_mail: bool,
    /// What of the sender's limits it passes, with the limits in percent.
    pub passed: Vec<(String, String)>,
    pub errors: FieldErrors,
}

pub fn send_page(shell: &Shell, view: &SendPage) -> Markup {
    let l = shell.locale();
    let id = view.quote.meta.id.to_string();
    let title = t!(l, "quotes-send-title", title = model::Entity::title(&view.quote));
    let needs_approval = !view.passed.is_empty() && view.quote.state.approval.is_none();
    let until = view.quote.valid_until.map(|day| format::date_long(l.language, day));
    shell.page(
        &Page::new(title.as_str(), Nav::Quotes).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, None, html! {}))
            form.form.narrow method="post" action=(at(&id, "/send")) novalidate {
                input type="hidden" name="version" value=(view.version);
                section.panel {
                    header { h2 { (icon("mail")) " " (view.client) } }
                    div.body.stack-s {
                        @if let Some(total) = view.quote.total { p { strong { (format::money(l.language, total)) } } }
                        @if let Some(until) = &until { p { (t!(l, "quotes-send-until", day = until.as_str())) } }
                        @if needs_approval {
                            p { (tag("warn", "triangle-alert", &t!(l, "quotes-send-approval"))) }
                            ul { @for (what, limit) in &view.passed { li { (passed(l, what, limit)) } } }
                        }
                        @if view.has_mail {
                            (Field::email("email", t!(l, "quotes-send-email")).value(&view.email).hint(t!(l, "quotes-send-email-hint")).problems(l, &view.errors))
                            (Field::text("copies", t!(l, "quotes-send-copies")).value(&view.copies).hint(t!(l, "quotes-send-copies-hint")).autocomplete("off").problems(l, &view.errors))
                            (Field::textarea("message", t!(l, "quotes-send-message"), 4).value(&view.message).hint(t!(l, "quotes-send-message-hint")).maximum_characters(u32::try_from(MESSAGE_CHARACTERS_MAX).unwrap_or(u32::MAX)).problems(l, &view.errors))
                        } @else {
                            p { (t!(l, "quotes-send-no-mail")) }
                        }
                    }
                }
                div.form-actions {
                    button.btn.primary type="submit" {
                        @if needs_approval { (t!(l, "quotes-send-ask")) } @else { (t!(l, "quotes-send-do")) }
                    }
                    a.btn href=(at(&id, "/pdf")) target="_blank" rel="noopener" { (icon("eye")) (t!(l, "quotes-send-look")) }
                    a.btn.quiet href=(at(&id, "")) { (t!(l, "leads-cancel")) }
                }
            }
        },
    )
}
