//! Saved views: a list as somebody wants to find it again, for themselves, for a team or for everybody.

use crate::record::meta_field;
use crate::{Filter, IndexEntry, Kind, Meta, Record, RoleKey, SavedViewId, Scope, TeamId, UserId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who finds a view among theirs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// Its owner alone.
    #[default]
    Private,
    /// The people of a team.
    Team(TeamId),
    Everybody,
}

/// What a list shows and how. It never decides who may see what.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ListState {
    pub filter: Filter,
    /// The code of an order; empty: the usual one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sort: String,
    #[serde(default)]
    pub ascending: bool,
    /// Keys of fields; empty: the usual ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// The key of a field; empty: one list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
}

/// A list with a name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SavedView {
    pub meta: Meta,
    /// What is listed.
    pub entity: Kind,
    pub name: String,
    pub owner: UserId,
    pub share: Share,
    pub state: ListState,
    /// Roles whose people see this view first. Only of a view for everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub default_for: Vec<RoleKey>,
}

impl SavedView {
    pub fn id(&self) -> SavedViewId {
        SavedViewId(self.meta.id)
    }

    /// Whether somebody finds it.
    pub fn is_for(&self, user: UserId, teams: &[TeamId]) -> bool {
        match self.share {
            Share::Private => self.owner == user,
            Share::Team(team) => Scope::Teams(teams.to_vec(), user).contains(Some(self.owner), Some(team)),
            Share::Everybody => true,
        }
    }
}

impl Record for SavedView {
    const KIND: Kind = Kind::SavedView;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        vec![IndexEntry::member(Kind::SavedView, Uuid::nil(), self.meta.id)]
    }
}
