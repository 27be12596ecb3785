//! The words of permission; `services` decides with them.

use crate::{TeamId, UserId};
use serde::{Deserialize, Serialize};

/// What somebody wants to do to records of an entity.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    See,
    Create,
    Change,
    Delete,
    Export,
}

impl Action {
    pub const ALL: [Action; 5] =
        [Action::See, Action::Create, Action::Change, Action::Delete, Action::Export];

    pub fn as_str(self) -> &'static str {
        match self {
            Action::See => "see",
            Action::Create => "create",
            Action::Change => "change",
            Action::Delete => "delete",
            Action::Export => "export",
        }
    }
}

/// On which records a role may do it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    None,
    Own,
    Team,
    All,
}

impl Level {
    pub const ALL: [Level; 4] = [Level::None, Level::Own, Level::Team, Level::All];

    pub fn as_str(self) -> &'static str {
        match self {
            Level::None => "none",
            Level::Own => "own",
            Level::Team => "team",
            Level::All => "all",
        }
    }

    pub fn from_code(code: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == code)
    }
}

/// A level worked out for one person: whose records. Lists, search and reports filter by it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Nothing,
    /// Records this user is responsible for.
    Own(UserId),
    /// Records of these teams, and those this user is responsible for.
    Teams(Vec<TeamId>, UserId),
    Everything,
}

impl Scope {
    pub fn contains(&self, owner: Option<UserId>, team: Option<TeamId>) -> bool {
        match self {
            Scope::Nothing => false,
            Scope::Own(user) => owner == Some(*user),
            Scope::Teams(teams, user) => {
                owner == Some(*user) || team.is_some_and(|team| teams.contains(&team))
            }
            Scope::Everything => true,
        }
    }
}
