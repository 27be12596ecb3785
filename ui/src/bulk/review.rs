//! What will happen to how many, before anything does.

use super::choose::head;
use super::{BulkDeed, Chosen, JobRow, ListOf, deed_words};
use crate::components::{error_summary, icon};
use crate::messages::t;
use crate::{Locale, Nav, Notice, NoticeKind, Page, Shell, components, format};
use maud::{Markup, html};
use model::{BulkCounts, FieldErrors};

/// The question before a job begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReviewPage {
    pub list: ListOf,
    pub chosen: Chosen,
    pub deed: BulkDeed,
    pub counts: BulkCounts,
    /// The first that stay as they are, and why.
    pub rows: Vec<JobRow>,
    /// The action as the form before said it.
    pub hidden: Vec<(String, String)>,
    /// Made anew for each question, so that an answer sent twice begins one job.
    pub idempotency_key: String,
    /// The list grew or shrank since the question was asked.
    pub is_asked_again: bool,
    pub errors: FieldErrors,
}

/// `POST /leads/bulk` once everything is said; the answer is `POST /leads/bulk/start`.
pub fn review_page(shell: &Shell, view: &ReviewPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "bulk-review-title");
    let changed = view.counts.changed;
    shell.page(
        &Page::new(&title, Nav::of(view.list.kind)).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            (head(&view.list, &title, &deed_words(l, &view.deed)))
            @if view.is_asked_again {
                (components::notice(&Notice { kind: NoticeKind::Warn, text: t!(l, "bulk-asked-again") }))
            }
            (figures(l, view.counts))
            (super::job::rows_panel(l, &view.rows, view.counts.denied + view.counts.refused))
            @if changed == 0 {
                p { (t!(l, "bulk-none-would-change")) }
                p { a.btn href=(view.list.back_href) { (icon("chevron-left")) (t!(l, "bulk-back")) } }
            } @else {
                p { (t!(l, "bulk-can-be-undone")) }
                form.form-actions method="post" action=(view.list.start_action) {
                    (view.chosen.hidden())
                    @for (name, value) in &view.hidden { input type="hidden" name=(name) value=(value); }
                    input type="hidden" name="total" value=(view.chosen.total);
                    input type="hidden" name="idempotency_key" value=(view.idempotency_key);
                    button class=(if view.deed.code == "delete" { "btn danger" } else { "btn primary" }) type="submit" {
                        (icon("play")) (t!(l, "bulk-start", count = changed))
                    }
                    a.btn.quiet href=(view.list.back_href) { (t!(l, "bulk-cancel")) }
                }
            }
        },
    )
}

/// N change, M are so already, K stay because they may not or cannot be changed.
pub(super) fn figures(l: Locale<'_>, counts: BulkCounts) -> Markup {
    let figure = |label: String, count: u64| components::Kpi {
        label,
        figure: format::count(l, count),
        href: None,
        trend: None,
        note: None,
    };
    let mut tiles =
        vec![figure(t!(l, "bulk-change"), counts.changed), figure(t!(l, "bulk-already"), counts.already)];
    if counts.denied > 0 {
        tiles.push(figure(t!(l, "bulk-denied"), counts.denied));
    }
    if counts.refused > 0 {
        tiles.push(figure(t!(l, "bulk-refused"), counts.refused));
    }
    components::kpis(l, &tiles)
}
