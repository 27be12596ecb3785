//! Merges: several records of one entity that became one, and pairs that somebody said are not the same one.

use crate::record::meta_field;
use crate::{IndexEntry, IndexKey, Kind, Meta, Record};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Records that become one at once: more are not compared field by field by anybody.
pub const MERGED_MAX: usize = 5;
/// So long a merge can be undone. The journal would know for longer; by then others have built on it.
pub const MERGE_UNDO_DAYS: i64 = 30;
/// Names of fields that are kept of what was taken over: the journal has all of them with their values.
pub const MERGE_TAKEN_MAX: usize = 20;
/// What the report of an undoing names; more are counted.
pub const UNMERGE_LEFT_MAX: usize = 12;

/// Several records that became one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Merge {
    pub meta: Meta,
    pub entity: Kind,
    /// The one that stayed.
    pub survivor: Uuid,
    /// The one that answers for the others now: who stayed, or what that became a part of later.
    pub answers: Uuid,
    /// The ones that are no more.
    pub absorbed: Vec<Uuid>,
    /// Their keys in other systems: they go on finding who answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
    /// Fields whose value came from another than who stayed, at most [`MERGE_TAKEN_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken: Vec<String>,
    /// Records that belonged to the others and belong to who stayed since.
    pub moved: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<Unmerge>,
}

/// What came of undoing a merge.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Unmerge {
    pub at: Timestamp,
    /// Records that belong again where they belonged before.
    pub moved: u32,
    /// What could not be as before, at most [`UNMERGE_LEFT_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Left>,
    /// All of it, also what is not named.
    pub left_count: u32,
}

/// Something that undoing left as it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Left {
    /// Which record it is about.
    pub record: Uuid,
    pub field: String,
    pub why: LeftWhy,
}

crate::codes::coded! {
    /// Why undoing left something as it is.
    LeftWhy {
        /// Somebody changed it since: what they typed stays.
        ChangedSince = "changed_since",
        /// No two records may have the value, and another one has it by now.
        Taken = "taken",
        /// What it led to is not there any more.
        Gone = "gone",
    }
}

impl Merge {
    /// Whether the others are still no more.
    pub fn is_in_force(&self) -> bool {
        self.undone.is_none()
    }

    pub fn undo_until(&self) -> Timestamp {
        let days = SignedDuration::from_hours(24 * MERGE_UNDO_DAYS);
        self.meta.created_at.checked_add(days).unwrap_or(Timestamp::MAX)
    }

    /// By this the changes of a merge are found in the journal.
    pub fn request(id: Uuid) -> String {
        format!("merge-{id}")
    }

    /// The same of undoing it.
    pub fn undo_request(id: Uuid) -> String {
        format!("unmerge-{id}")
    }

    /// Whether a request is one that merged or took a merge back.
    pub fn is_request(request: &str) -> bool {
        let id = request.strip_prefix("un").unwrap_or(request).strip_prefix("merge-");
        id.is_some_and(|id| id.parse::<Uuid>().is_ok())
    }
}

impl Record for Merge {
    const KIND: Kind = Kind::Merge;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let mut entries = vec![IndexEntry::member(Kind::Merge, self.answers, id)];
        entries.extend(self.absorbed.iter().map(|gone| IndexEntry::member(Kind::Merge, *gone, id)));
        if self.is_in_force() {
            // As if the record that answers had these keys, too: imports and integrations find it without asking here.
            let key = |key: &String| IndexEntry::unique(self.entity, "external_key", key, self.answers);
            entries.extend(self.keys.iter().map(key));
        }
        entries
    }

    fn about(&self) -> Vec<Uuid> {
        let mut about = vec![self.meta.id, self.survivor];
        if self.answers != self.survivor {
            about.push(self.answers);
        }
        about.extend(&self.absorbed);
        about
    }
}

/// Two records of which somebody said that they are not the same one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Distinct {
    pub meta: Meta,
    /// The pair in the order of their ids.
    pub one_kind: Kind,
    pub one: Uuid,
    pub other_kind: Kind,
    pub other: Uuid,
}

impl Distinct {
    pub fn new(meta: Meta, one: (Kind, Uuid), other: (Kind, Uuid)) -> Distinct {
        let (one, other) = if one.1 <= other.1 { (one, other) } else { (other, one) };
        Distinct { meta, one_kind: one.0, one: one.1, other_kind: other.0, other: other.1 }
    }

    /// Under which a pair is found, whichever comes first.
    pub fn key(one: Uuid, other: Uuid) -> Vec<u8> {
        IndexKey::unique(Kind::Distinct, "pair", &Distinct::pair(one, other))
    }

    fn pair(one: Uuid, other: Uuid) -> String {
        format!("{}/{}", one.min(other), one.max(other))
    }

    /// The other one of the pair.
    pub fn beside(&self, id: Uuid) -> (Kind, Uuid) {
        if self.one == id { (self.other_kind, self.other) } else { (self.one_kind, self.one) }
    }
}

impl Record for Distinct {
    const KIND: Kind = Kind::Distinct;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        vec![
            IndexEntry::member(Kind::Distinct, Uuid::nil(), id),
            IndexEntry::member(Kind::Distinct, self.one, id),
            IndexEntry::member(Kind::Distinct, self.other, id),
            IndexEntry::unique(Kind::Distinct, "pair", &Distinct::pair(self.one, self.other), id),
        ]
    }

    fn about(&self) -> Vec<Uuid> {
        vec![self.meta.id, self.one, self.other]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, ApiKeyId, RECORD_BYTES_MAX, UserId, Via};

    #[test]
    fn the_longest_merge_fits_its_record() {
        let by = Actor { user: Some(UserId(Uuid::max())), via: Via::Api(ApiKeyId(Uuid::max())) };
        let left = Left { record: Uuid::max(), field: "f".repeat(60), why: LeftWhy::ChangedSince };
        let mut merge = Merge {
            meta: Meta::new(Uuid::max(), Timestamp::MAX, by),
            entity: Kind::Company,
            survivor: Uuid::max(),
            answers: Uuid::max(),
            absorbed: vec![Uuid::max(); MERGED_MAX - 1],
            keys: vec!["à".repeat(100); MERGED_MAX - 1],
            taken: vec!["f".repeat(60); MERGE_TAKEN_MAX],
            moved: u32::MAX,
            undone: None,
        };
        let bytes = |merge: &Merge| serde_json::to_vec(merge).unwrap().len();
        assert!(bytes(&merge) <= RECORD_BYTES_MAX, "{}", bytes(&merge));
        // Undoing takes the keys back.
        merge.keys.clear();
        let left = vec![left; UNMERGE_LEFT_MAX];
        merge.undone = Some(Unmerge { at: Timestamp::MAX, moved: u32::MAX, left, left_count: u32::MAX });
        assert!(bytes(&merge) <= RECORD_BYTES_MAX, "{}", bytes(&merge));
    }

    #[test]
    fn only_requests_of_merges_are_taken_for_one() {
        let id = Uuid::from_u128(7);
        assert!(Merge::is_request(&Merge::request(id)) && Merge::is_request(&Merge::undo_request(id)));
        assert!(!Merge::is_request("merge-me") && !Merge::is_request(&id.to_string()));
    }
}
