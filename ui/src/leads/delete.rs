//! The question before a lead is deleted.

use crate::components::{icon, page_head};
use crate::messages::t;
use crate::{Nav, Notice, NoticeKind, Page, Shell, components};
use maud::{Markup, html};

/// What would be deleted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeletePage {
    pub id: String,
    pub title: String,
    pub version: u64,
    /// Notes that go with it.
    pub notes: u64,
}

/// `GET /leads/{id}/delete`; the answer is `POST /leads/{id}/delete` with `version`.
pub fn delete_page(shell: &Shell, view: &DeletePage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "leads-delete-title", title = view.title.as_str());
    let at = format!("/leads/{}", view.id);
    let warning = Notice { kind: NoticeKind::Warn, text: t!(l, "leads-delete-text", count = view.notes) };
    shell.page(
        &Page::new(title.as_str(), Nav::Leads),
        html! {
            (page_head(&title, None, html! {}))
            div.narrow.stack-m {
                (components::notice(&warning))
                p { (t!(l, "leads-delete-instead")) }
                form.form-actions method="post" action=(format!("{at}/delete")) {
                    input type="hidden" name="version" value=(view.version);
                    button.btn.danger type="submit" { (icon("trash-2")) (t!(l, "leads-delete")) }
                    a.btn.quiet href=(at) { (t!(l, "leads-cancel")) }
                }
            }
        },
    )
}
