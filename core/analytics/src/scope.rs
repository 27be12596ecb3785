//! Conditions on leads, with their parameters: whose, and which.

use crate::LeadFilter;
use duckdb::types::Value;
use model::Scope;

/// A condition in SQL whose question marks stand for these values, in order.
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Condition {
    /// `None` when nothing can be seen.
    pub(crate) fn new(scope: &Scope, filter: &LeadFilter) -> Option<Condition> {
        let mut condition = Condition { sql: "true".to_owned(), values: Vec::new() };
        match scope {
            Scope::Nothing => return None,
            Scope::Everything => {}
            Scope::Own(user) => condition.and("owner = ?", [user.to_string()]),
            Scope::Teams(teams, user) => {
                let marks = ", ?".repeat(teams.len());
                // NULL is in no list, so that an empty one stays valid SQL.
                let sql = format!("(owner = ? OR coalesce(team IN (NULL{marks}), false))");
                condition
                    .and(&sql, [user.to_string()].into_iter().chain(teams.iter().map(ToString::to_string)));
            }
        }
        let LeadFilter { status, source, owner, team } = filter;
        if let Some(status) = status {
            condition.and("status = ?", [status.as_str().to_owned()]);
        }
        if let Some(source) = source {
            condition.and("source = ?", [source.as_str().to_owned()]);
        }
        if let Some(owner) = owner {
            condition.and("owner = ?", [owner.to_string()]);
        }
        if let Some(team) = team {
            condition.and("team = ?", [team.to_string()]);
        }
        Some(condition)
    }

    fn and(&mut self, sql: &str, values: impl IntoIterator<Item = String>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
        self.values.extend(values.into_iter().map(Value::Text));
    }
}
