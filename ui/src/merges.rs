//! Several records become one: the page that asks which values stay, what came of it, and all pairs that may be the same.

mod card;
mod page;
mod pairs;
mod resembling;

pub(crate) use card::card;
pub use card::{Alike, MergeLine};
pub use page::{Left, MergeChoice, MergeOne, MergePage, MergedPage, address_label, merge_page, merged_page};
pub use pairs::{ApartLine, PairLine, PairsPage, pairs_page};
pub use resembling::{Resembling, fragment};
pub(crate) use resembling::{actions, region};

use crate::components::{icon, post_button};
use crate::messages::t;
use crate::{Locale, format};
use maud::{Markup, html};
use model::uuid::Uuid;
use model::{Change, Deed, Kind, Merge};

/// What a timeline says of a merge, of undoing it, or of two that are not the same one; `of` is whose timeline it is.
pub(crate) fn event_title(
    l: Locale<'_>,
    change: &Change,
    of: Uuid,
    who: &str,
    name_of: &dyn Fn(Uuid) -> Option<String>,
) -> Option<String> {
    let by = if who.is_empty() { "nobody" } else { "person" };
    if change.kind == Kind::Distinct {
        return Some(match change.deed {
            Deed::Deleted => t!(l, "merges-event-apart-back", by = by, who = who),
            _ => t!(l, "merges-event-apart", by = by, who = who),
        });
    }
    let merge: Merge = change.record()?;
    // Of one that went and is there again, the other one is news.
    let others = merge.absorbed.iter().chain([&merge.survivor]).filter(|id| **id != of);
    let is_absorbed = merge.absorbed.contains(&of);
    let named = others.filter(|id| is_absorbed || **id != merge.survivor);
    let titles: Vec<String> = named
        .map(|id| name_of(*id).map_or_else(|| t!(l, "merges-event-other"), |name| format!("«{name}»")))
        .collect();
    let titles = format::list(l.language, &titles);
    Some(match merge.undone {
        Some(_) => t!(l, "merges-event-undone", by = by, who = who, titles = titles),
        None => t!(l, "merges-event", by = by, who = who, titles = titles),
    })
}

/// Where a form says that two records are not the same one.
pub const APART: &str = "/duplicates/apart";

/// What the reader may do about records that may be the same one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DuplicateMay {
    /// Make one of several.
    pub merge: bool,
    /// Say that two are not the same one.
    pub set_apart: bool,
}

/// Where a merge is taken back.
pub fn undo_action(merge: &str) -> String {
    format!("/merges/{merge}/undo")
}

/// The page on which two records become one.
pub(crate) fn merge_href(kind: Kind, one: &str, other: &str) -> String {
    format!("{}/{one}/merge?with={other}", model::path_of(kind).unwrap_or_default())
}

/// «They are not the same one», as a button; `from` says which page to go back to.
pub(crate) fn apart_button(l: Locale<'_>, one: (Kind, &str), other: (Kind, &str), from: &str) -> Markup {
    let fields = [
        ("one_kind", one.0.as_str()),
        ("one", one.1),
        ("other_kind", other.0.as_str()),
        ("other", other.1),
        ("from", from),
    ];
    post_button(APART, &fields, "quiet", html! { (icon("x")) (t!(l, "merges-apart")) })
}
