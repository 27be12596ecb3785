//! On the page of a record: those that may be the same one, and the merges that it came out of.

use super::{DuplicateMay, apart_button, merge_href, undo_action};
use crate::components::{icon, link_button, panel, post_button};
use crate::conversion::{Candidate, candidate_below};
use crate::messages::t;
use crate::records::{icon_of, kind_name};
use crate::{Shell, format};
use maud::{Markup, html};
use model::Kind;
use model::jiff::Timestamp;

/// A merge of the record of the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MergeLine {
    pub id: String,
    pub at: Timestamp,
    /// What the others were called.
    pub titles: Vec<String>,
    /// Whether the reader can take it back now.
    pub may_undo: bool,
}

/// What is known of records that are, or may be, the same as the one of the page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Alike {
    pub found: Vec<Candidate>,
    pub may: DuplicateMay,
    /// Who may merge them, where the reader may not.
    pub mergers: Vec<String>,
    /// Those in force, the latest first.
    pub merges: Vec<MergeLine>,
}

/// Nothing where there is nothing.
pub(crate) fn card(shell: &Shell, kind: Kind, id: &str, alike: &Alike) -> Markup {
    let l = shell.locale();
    html! {
        @if !alike.found.is_empty() {
            (panel(&t!(l, "duplicates-title"), html! {}, html! {
                div.body.stack-s {
                    p.hint-text { (t!(l, "duplicates-text")) }
                    @if !alike.mergers.is_empty() {
                        p { (t!(l, "merges-who-may", names = format::list(l.language, &alike.mergers))) }
                    }
                    ul.plain.stack-m {
                        @for one in &alike.found {
                            li.stack-s {
                                p {
                                    (icon(icon_of(one.kind))) " " (kind_name(l, one.kind)) ": "
                                    a href=(format!("{}/{}", model::path_of(one.kind).unwrap_or_default(), one.id)) { (one.title) }
                                    br;
                                    (candidate_below(l, one))
                                }
                                @if alike.may.set_apart {
                                    div.actions {
                                        @if alike.may.merge && one.kind == kind {
                                            (link_button(&merge_href(kind, id, &one.id), "copy", &t!(l, "merges-link")))
                                        }
                                        (apart_button(l, (kind, id), (one.kind, &one.id), "record"))
                                    }
                                }
                            }
                        }
                    }
                }
            }))
        }
        @if !alike.merges.is_empty() {
            (panel(&t!(l, "merges-absorbed"), html! {}, html! {
                div.body {
                    ul.plain.stack-s {
                        @for merge in &alike.merges {
                            li {
                                a.target href=(format!("/merges/{}", merge.id)) { (format::list(l.language, &merge.titles)) }
                                " " span.muted { (format::date_time(l, merge.at, &shell.zone)) }
                                @if merge.may_undo {
                                    (post_button(&undo_action(&merge.id), &[], "quiet", html! { (icon("undo-2")) (t!(l, "merges-undo")) }))
                                }
                            }
                        }
                    }
                }
            }))
        }
    }
}
