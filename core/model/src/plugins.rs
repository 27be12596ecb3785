//! Installed plugins: which code, with which configuration, and how it fares.

use crate::record::meta_field;
use crate::{IndexEntry, Kind, Meta, PluginId, Record};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// An installed plugin. Its component lies in `documents` under its hash.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Plugin {
    pub meta: Meta,
    /// The manifest's id, such as `tracte.assign-by-territory`; unique.
    pub name: String,
    pub plugin_version: String,
    pub component_sha256: String,
    pub config: BTreeMap<String, String>,
    pub enabled: bool,
    /// Plugins are asked in this order, lowest first.
    pub order: u32,
}

impl Plugin {
    pub fn id(&self) -> PluginId {
        PluginId(self.meta.id)
    }
}

impl Record for Plugin {
    const KIND: Kind = Kind::Plugin;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        vec![
            IndexEntry::unique(Kind::Plugin, "name", &self.name, id),
            IndexEntry::member(Kind::Plugin, Uuid::nil(), id),
        ]
    }
}

/// One call of a plugin, for its audit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PluginCall {
    pub at: Timestamp,
    pub plugin: PluginId,
    pub plugin_version: String,
    /// The record it was asked about.
    pub about: Uuid,
    /// `assigned`, `queued`, `skipped`, or the class of the failure: `fuel`, `timeout`, `memory`, `trap`…
    pub outcome: String,
    /// The plugin's reason or the failure's message.
    pub text: String,
    pub logs: Vec<String>,
    pub fuel: u64,
    pub wall_us: u64,
}
