//! What was done with an activity, from the journal, in words.

use crate::Locale;
use crate::components::Tone;
use crate::messages::{find, t};
use model::json::Value;
use model::uuid::Uuid;
use model::{Activity, Change, Deed, Kind};

/// What became of an activity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActivityDeed {
    Noted,
    Done,
    Planned,
    Cancelled,
    Reopened,
    Changed,
    Deleted,
}

/// One entry of a history that is about an activity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActivityEvent {
    pub id: Uuid,
    /// `call`, `note`…
    pub kind: String,
    pub deed: ActivityDeed,
    pub title: String,
    /// What somebody wrote, where the title does not say all of it.
    pub said: Option<String>,
}

impl ActivityEvent {
    /// The entry for a change; none for changes of anything else, and for one that says nothing to a reader.
    pub fn of(change: &Change) -> Option<ActivityEvent> {
        if change.kind != Kind::Activity {
            return None;
        }
        let text = |name: &str| change.before.get(name).and_then(Value::as_str).map(str::to_owned);
        let Some(activity) = change.record::<Activity>() else {
            return Some(ActivityEvent {
                id: change.id,
                kind: text("kind").unwrap_or_default(),
                deed: ActivityDeed::Deleted,
                title: model::title_in(change).or_else(|| text("subject")).unwrap_or_default(),
                said: None,
            });
        };
        let deed = deed_of(change, &activity);
        let title = model::Entity::title(&activity);
        let written = match deed {
            ActivityDeed::Done => activity.outcome.as_ref().or(activity.text.as_ref()),
            ActivityDeed::Noted | ActivityDeed::Planned => activity.text.as_ref(),
            _ => None,
        };
        let said = written.filter(|said| deed == ActivityDeed::Noted || **said != title).cloned();
        Some(ActivityEvent { id: change.id, kind: activity.kind.unwrap_or_default(), deed, title, said })
    }

    pub(crate) fn icon(&self) -> &'static str {
        match self.deed {
            ActivityDeed::Deleted => "trash-2",
            ActivityDeed::Cancelled => "x",
            ActivityDeed::Reopened => "undo-2",
            ActivityDeed::Planned => "calendar",
            ActivityDeed::Changed => "pencil",
            ActivityDeed::Noted | ActivityDeed::Done => super::icon_of(&self.kind),
        }
    }

    pub(crate) fn tone(&self) -> Tone {
        match self.deed {
            ActivityDeed::Deleted => Tone::Danger,
            ActivityDeed::Noted => Tone::Warn,
            ActivityDeed::Done => Tone::Ok,
            ActivityDeed::Planned => Tone::Accent,
            _ => Tone::Plain,
        }
    }

    /// A whole sentence; `who` is empty where nobody did it.
    pub(crate) fn words(&self, l: Locale<'_>, who: &str) -> String {
        let by = if who.is_empty() { "nobody" } else { "person" };
        let title = self.title.as_str();
        let is_note = self.kind == "note";
        match self.deed {
            ActivityDeed::Noted => t!(l, "leads-event-note", by = by, who = who),
            ActivityDeed::Deleted if is_note => t!(l, "leads-event-note-deleted", by = by, who = who),
            ActivityDeed::Done => by_kind(l, "done", &self.kind, by, who, title),
            ActivityDeed::Planned => by_kind(l, "planned", &self.kind, by, who, title),
            ActivityDeed::Cancelled => t!(l, "activities-event-cancelled", by = by, who = who, title = title),
            ActivityDeed::Reopened => t!(l, "activities-event-reopened", by = by, who = who, title = title),
            ActivityDeed::Changed => t!(l, "activities-event-changed", by = by, who = who, title = title),
            ActivityDeed::Deleted => t!(l, "activities-event-deleted", by = by, who = who, title = title),
        }
    }

    /// Its page, while there is one.
    pub(crate) fn href(&self) -> Option<String> {
        (self.deed != ActivityDeed::Deleted).then(|| format!("{}/{}", super::PATH, self.id))
    }
}

fn deed_of(change: &Change, activity: &Activity) -> ActivityDeed {
    let is_new = change.deed == Deed::Created;
    if is_new && activity.is_note() {
        return ActivityDeed::Noted;
    }
    if !is_new && !change.before.contains_key("state") {
        return ActivityDeed::Changed;
    }
    match (activity.state.as_deref(), is_new) {
        (Some("done"), _) => ActivityDeed::Done,
        (Some("cancelled"), _) => ActivityDeed::Cancelled,
        (_, true) => ActivityDeed::Planned,
        (_, false) => ActivityDeed::Reopened,
    }
}

fn by_kind(l: Locale<'_>, deed: &str, kind: &str, by: &str, who: &str, title: &str) -> String {
    let arguments = [("by", by.into()), ("who", who.into()), ("title", title.into())];
    find(l, &format!("activities-event-{deed}-{kind}"), &arguments)
        .or_else(|| find(l, &format!("activities-event-{deed}-task"), &arguments))
        .unwrap_or_else(|| title.to_owned())
}
