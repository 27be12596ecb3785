//! The question before a record is deleted; or what keeps it from going, with the way out.

use super::words::{icon_of, list_title};
use crate::components::{icon, link_button, page_head, post_button};
use crate::messages::t;
use crate::{Nav, Notice, NoticeKind, Page, Shell, components, format};
use maud::{Markup, html};
use model::Kind;

/// Records that belong to the one that would go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UsedBy {
    pub kind: Kind,
    pub count: u64,
    /// The list of them.
    pub href: Option<String>,
}

/// What would be deleted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeletePage {
    pub kind: Kind,
    pub id: String,
    pub title: String,
    pub version: u64,
    /// Notes that go with it.
    pub notes: u64,
    pub is_archived: bool,
    /// Not empty: it cannot be deleted.
    pub used_by: Vec<UsedBy>,
}

/// `GET /companies/{id}/delete`; the answer is `POST` there with `version`.
pub fn delete_page(shell: &Shell, view: &DeletePage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "leads-delete-title", title = view.title.as_str());
    let at = format!("{}/{}", model::path_of(view.kind).unwrap_or_default(), view.id);
    let text = if view.used_by.is_empty() {
        t!(l, "records-delete-text", count = view.notes)
    } else if view.kind == Kind::Product {
        t!(l, "records-delete-used-product")
    } else {
        t!(l, "records-delete-used")
    };
    let version = view.version.to_string();
    let archive = html! { (icon("archive")) (t!(l, "records-archive")) };
    shell.page(
        &Page::new(title.as_str(), Nav::of(view.kind)),
        html! {
            (page_head(&title, None, html! {}))
            div.narrow.stack-m {
                (components::notice(&Notice { kind: NoticeKind::Warn, text }))
                @if !view.used_by.is_empty() {
                    ul.stack-s {
                        @for used in &view.used_by {
                            @let said = format!("{}: {}", list_title(l, used.kind), format::count(l, used.count));
                            li {
                                (icon(icon_of(used.kind))) " "
                                @match &used.href { Some(href) => { a href=(href) { (said) } } None => { (said) } }
                            }
                        }
                    }
                }
                @if !view.is_archived { p { (t!(l, "records-delete-instead")) } }
                div.actions {
                    @if view.used_by.is_empty() {
                        form method="post" action=(format!("{at}/delete")) {
                            input type="hidden" name="version" value=(version);
                            button.btn.danger type="submit" { (icon("trash-2")) (t!(l, "leads-delete")) }
                        }
                    }
                    @if !view.is_archived { (post_button(&format!("{at}/archive"), &[("version", &version)], "btn", archive)) }
                    (link_button(&at, "chevron-left", &t!(l, "leads-cancel")))
                }
            }
        },
    )
}
