//! Activities (accions comercials): what is done about records, and what is still to do. A note is one with nothing to do.

use crate::entity::{entity_fields, entity_parts};
use crate::{
    Common, Entity, FieldKind, FieldSpec, FieldValue, IndexEntry, IndexKey, Kind, Meta, TITLE, UserId, space,
};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use uuid::Uuid;

/// 1,500 characters of two bytes each stay under the 3,900 bytes of a record.
pub const NOTE_CHARACTERS_MAX: usize = 1_500;
/// A week: longer is no meeting.
pub const DURATION_MINUTES_MAX: i64 = 10_080;

/// What an activity is called that has no subject.
const TITLE_CHARACTERS_MAX: usize = 80;

const KINDS: &[&str] = &["task", "call", "meeting", "visit", "email", "note"];
/// The kinds that can be still to do: all but notes.
pub const TODO_KINDS: [&str; 5] = ["task", "call", "meeting", "visit", "email"];
const STATES: &[&str] = &["todo", "done", "cancelled"];
const ORIGINS: &[&str] = &["manual", "automatic", "imported"];

/// What an activity can be about, the most particular first; the fields have the names of the entities.
pub const ABOUT: [Kind; 5] = [Kind::Opportunity, Kind::Lead, Kind::Contact, Kind::Company, Kind::Product];

/// A note, task, call, meeting, visit or e-mail about some records. A subject or a text is always there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Activity {
    pub meta: Meta,
    #[serde(flatten)]
    pub common: Common,
    /// `task`, `call`, `meeting`, `visit`, `email`, `note`.
    pub kind: Option<String>,
    /// `todo`, `done`, `cancelled`. Overdue is never kept: see [`Activity::is_overdue`].
    pub state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opportunity: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Uuid>,
    /// The day by which it is to be done, on the company's calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// `HH:MM` of that day, on the company's clock; absent: at any time of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_time: Option<String>,
    /// From this day on whoever is to do it is reminded of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<Date>,
    /// Minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<Decimal>,
    /// What is to be done, or what a note says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
    /// `manual`, `automatic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The rule that made an automatic one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

entity_fields!(Activity {
    kind: FieldSpec::one_of(KINDS).needed();
    subject: FieldSpec::of(FieldKind::Text);
    state: FieldSpec::one_of(STATES).needed();
    due: FieldSpec::of(FieldKind::Date);
    due_time: FieldSpec::of(FieldKind::Text);
    reminder: FieldSpec::of(FieldKind::Date);
    duration: FieldSpec::of(FieldKind::Number);
    company: FieldSpec::link(Kind::Company);
    contact: FieldSpec::link(Kind::Contact);
    opportunity: FieldSpec::link(Kind::Opportunity);
    lead: FieldSpec::link(Kind::Lead);
    product: FieldSpec::link(Kind::Product);
    text: FieldSpec::of(FieldKind::LongText);
    outcome: FieldSpec::of(FieldKind::LongText);
    done_at: FieldSpec::of(FieldKind::Instant).comes_about();
    origin: FieldSpec::one_of(ORIGINS).comes_about();
    rule: FieldSpec::of(FieldKind::Text).comes_about();
});

impl Activity {
    /// A note of whoever writes it about a record of this entity.
    pub fn note(meta: Meta, about_kind: Kind, about: Uuid, text: String) -> Activity {
        let (owner, done_at) = (meta.created_by.user, Some(meta.created_at));
        let mut note = Activity { kind: code("note"), state: code("done"), done_at, ..Activity::begin(meta) };
        note.common.owner = owner;
        note.text = Some(text);
        if let Some(link) = note.link_mut(about_kind) {
            *link = Some(about);
        }
        note
    }

    /// The link to a record of this entity.
    pub fn link_mut(&mut self, kind: Kind) -> Option<&mut Option<Uuid>> {
        Some(match kind {
            Kind::Lead => &mut self.lead,
            Kind::Company => &mut self.company,
            Kind::Contact => &mut self.contact,
            Kind::Opportunity => &mut self.opportunity,
            Kind::Product => &mut self.product,
            _ => return None,
        })
    }

    /// What it is about, in the order of [`ABOUT`].
    pub fn links(&self) -> impl Iterator<Item = (Kind, Uuid)> {
        let links = [self.opportunity, self.lead, self.contact, self.company, self.product];
        ABOUT.into_iter().zip(links).filter_map(|(kind, id)| Some((kind, id?)))
    }

    pub fn is_note(&self) -> bool {
        self.kind.as_deref() == Some("note")
    }

    pub fn is_todo(&self) -> bool {
        self.state.as_deref() == Some("todo")
    }

    pub fn is_done(&self) -> bool {
        self.state.as_deref() == Some("done")
    }

    /// When somebody spoke or wrote to the person, where it is that and done.
    pub fn answered_at(&self) -> Option<Timestamp> {
        let speaks = matches!(self.kind.as_deref(), Some("call" | "meeting" | "visit" | "email"));
        self.done_at.filter(|_| speaks && self.is_done())
    }

    /// The time of its day.
    pub fn time(&self) -> Option<Time> {
        self.due_time.as_deref()?.parse().ok()
    }

    /// Whether its day is over, on the company's calendar: what has a time has the whole day, too.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_todo() && self.due.is_some_and(|due| due < today)
    }

    /// What lists by day sort it by: the day, then the time, those of the whole day after them, then those without a day.
    fn order(&self) -> i64 {
        match (self.due, self.time()) {
            (Some(day), Some(time)) => order_of(day, hours_and_minutes(time)),
            (Some(day), None) => order_of(day, WHOLE_DAY),
            (None, _) => i64::MAX,
        }
    }

    /// The prefix of the entries of what is to be done about a record, or by somebody, in the order of their days.
    pub fn todo_of(subject: Uuid) -> IndexKey {
        IndexKey::new(space::TODO).id(subject)
    }

    /// The prefix of all that is to be done, by whom or what it is about.
    pub const TODO_ALL: [u8; 1] = [space::TODO];

    /// Whom or what an entry of such a list is about.
    pub fn subject_of_entry(key: &[u8]) -> Option<Uuid> {
        let id = key.strip_prefix(&Activity::TODO_ALL)?.first_chunk::<16>()?;
        Some(Uuid::from_bytes(*id))
    }

    /// What is to be done by somebody.
    pub fn todo_by(user: UserId) -> IndexKey {
        Activity::todo_of(user.0)
    }

    /// The prefix of the entries of what somebody is to be reminded of, in the order of the days.
    pub fn reminders_of(user: UserId) -> IndexKey {
        IndexKey::new(space::REMINDER).id(user.0)
    }

    /// Whether the day of what has this order among reminders has come.
    pub fn has_reminder_come(order: i64, today: Date) -> bool {
        order <= order_of(today, WHOLE_DAY)
    }

    fn reminder_entry(&self) -> Option<IndexEntry> {
        let (user, day) = (self.common.owner?, self.reminder?);
        let key = Activity::reminders_of(user).signed(order_of(day, 0)).id(self.meta.id).bytes();
        Some(IndexEntry { key, value: Vec::new(), unique: false })
    }

    /// Whether what has this order in such a list is overdue.
    pub fn is_order_overdue(order: i64, today: Date) -> bool {
        order < order_of(today, 0)
    }

    /// Whether what has this order in such a list is due on this day.
    pub fn is_order_of(order: i64, day: Date) -> bool {
        (order_of(day, 0)..=order_of(day, WHOLE_DAY)).contains(&order)
    }

    /// Where an entry of such a list stands in it: its key ends with the order and the id.
    pub fn order_of_entry(key: &[u8]) -> Option<i64> {
        let (_, order) = key.split_last_chunk::<16>().and_then(|(rest, _)| rest.split_last_chunk::<8>())?;
        Some((u64::from_be_bytes(*order) ^ (1 << 63)).cast_signed())
    }
}

fn hours_and_minutes(time: Time) -> i64 {
    i64::from(time.hour()) * 100 + i64::from(time.minute())
}

/// After every time of a day.
const WHOLE_DAY: i64 = 2_400;

fn order_of(day: Date, hours_and_minutes: i64) -> i64 {
    let day = i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day());
    day * 10_000 + hours_and_minutes
}

fn code(code: &str) -> Option<String> {
    Some(code.to_owned())
}

impl Entity for Activity {
    const PLURAL: &'static str = "activities";
    const SORTS: &'static [&'static str] = &[TITLE, "due", "done_at"];
    const FACETS: &'static [&'static str] = &["state", "kind"];

    fn begin(meta: Meta) -> Activity {
        Activity { kind: code("task"), state: code("todo"), origin: code("manual"), ..Activity::blank(meta) }
    }

    /// The subject; else how the text begins.
    fn title(&self) -> String {
        let texts = [&self.subject, &self.text, &self.outcome];
        let mut lines = texts.into_iter().flatten().filter_map(|text| text.lines().next());
        let line = lines.find(|line| !line.trim().is_empty()).unwrap_or_default();
        match line.char_indices().nth(TITLE_CHARACTERS_MAX) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line.to_owned(),
        }
    }

    fn sort_value(&self, key: &str) -> FieldValue {
        if key == "due" { FieldValue::Amount(self.order()) } else { crate::Fields::value(self, key) }
    }

    fn further_entries(&self) -> Vec<IndexEntry> {
        if !self.is_todo() || self.common.archived {
            return Vec::new();
        }
        let by = self.common.owner.map(|owner| owner.0);
        let subjects = by.into_iter().chain(self.links().map(|(_, id)| id));
        let key = |subject| Activity::todo_of(subject).signed(self.order()).id(self.meta.id).bytes();
        let entry = |subject| IndexEntry { key: key(subject), value: Vec::new(), unique: false };
        subjects.map(entry).chain(self.reminder_entry()).collect()
    }

    entity_parts!();
}

impl Serialize for Activity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Activity::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Activity {
    /// Also as notes were kept when there was nothing else: the journal has them so.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Activity, D::Error> {
        let mut fields = Map::deserialize(deserializer)?;
        bring_up_to_date(&mut fields);
        Activity::deserialize(Value::Object(fields)).map_err(serde::de::Error::custom)
    }
}

/// A note had the entity and the id of the one record that it was about, and was whoever's wrote it.
fn bring_up_to_date(fields: &mut Map<String, Value>) {
    let (Some(Value::String(kind)), Some(about)) = (fields.remove("about_kind"), fields.remove("about"))
    else {
        return;
    };
    fields.insert(kind, about);
    let meta = |path: &str| fields.get("meta").and_then(|meta| meta.pointer(path)).cloned();
    let (done_at, owner) = (meta("/created_at"), meta("/created_by/user"));
    fields.insert("state".to_owned(), Value::String("done".to_owned()));
    for (name, value) in [("done_at", done_at), ("owner", owner)] {
        fields.extend(value.map(|value| (name.to_owned(), value)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, Record, Via};
    use jiff::civil::date;

    fn meta() -> Meta {
        let by = Actor { user: Some(UserId(Uuid::from_u128(9))), via: Via::Page };
        Meta::new(Uuid::from_u128(1), Timestamp::UNIX_EPOCH, by)
    }

    #[test]
    fn a_note_as_it_was_kept_is_read_as_the_same_note() {
        let mut old = serde_json::json!({
            "meta": meta(), "kind": "note", "about_kind": "lead", "about": Uuid::from_u128(7), "text": "Ha trucat.",
        });
        let note: Activity = serde_json::from_value(old.clone()).unwrap();
        let mut made = Activity::note(meta(), Kind::Lead, Uuid::from_u128(7), "Ha trucat.".to_owned());
        made.origin = None;
        assert_eq!(note, made);
        assert_eq!((note.title().as_str(), note.is_note()), ("Ha trucat.", true));
        let kept = serde_json::to_value(&note).unwrap();
        assert!(kept.get("about").is_none());
        assert_eq!(serde_json::from_value::<Activity>(kept).unwrap(), note);
        old["about_kind"] = "product".into();
        let about = serde_json::from_value::<Activity>(old).unwrap();
        assert_eq!(about.links().collect::<Vec<_>>(), [(Kind::Product, Uuid::from_u128(7))]);
        assert_eq!(Record::about(&about), [Uuid::from_u128(1), Uuid::from_u128(7)]);
    }

    #[test]
    fn what_has_a_time_or_none_has_the_whole_day() {
        let mut call =
            Activity { kind: code("call"), due: Some(date(2026, 11, 28)), ..Activity::begin(meta()) };
        call.common.owner = Some(UserId(Uuid::from_u128(3)));
        let check = |call: &Activity, today: Date, expected: bool| {
            assert_eq!(call.is_overdue(today), expected, "{today}");
            let entry = call.further_entries().into_iter().next().unwrap();
            let order = Activity::order_of_entry(&entry.key).unwrap();
            assert_eq!(Activity::is_order_overdue(order, today), expected, "{today}");
            assert_eq!(Activity::is_order_of(order, today), today == date(2026, 11, 28), "{today}");
        };
        for time in [None, code("00:00"), code("09:30")] {
            call.due_time = time;
            check(&call, date(2026, 11, 27), false);
            check(&call, date(2026, 11, 28), false);
            check(&call, date(2026, 11, 29), true);
        }
        call.state = code("done");
        assert!(!call.is_overdue(date(2027, 1, 1)) && call.further_entries().is_empty());
    }
}
