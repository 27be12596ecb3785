//! What plugins and their options are called in the log: as the installed plugin says it in the reader's language, else by
//! their keys.

use super::{AuditEntry, shortened};
use crate::plugins::{self, Said};
use crate::{App, Ctx, Error};
use model::Kind;
use model::json::Value;
use model::uuid::Uuid;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Puts the words of plugins beside what entries say of them.
pub(super) fn say(app: &App, ctx: &Ctx, entries: &mut [AuditEntry]) -> Result<(), Error> {
    let mut all: BTreeMap<Uuid, Option<Said>> = BTreeMap::new();
    for entry in entries {
        match entry.kind {
            Kind::Plugin => {
                let said = match all.entry(entry.id) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(place) => place.insert(plugins::said(app, entry.id, ctx.language)?),
                };
                if let Some(said) = said {
                    say_options(entry, said);
                }
            }
            Kind::AssignmentRule => say_asked(app, ctx, entry)?,
            _ => {}
        }
    }
    Ok(())
}

fn say_options(entry: &mut AuditEntry, said: &Said) {
    if let Some(title) = &said.title {
        entry.title = shortened(title);
    }
    for field in entry.fields.iter_mut().filter(|field| field.name == "config") {
        field.words.part = field.part.as_ref().and_then(|part| said.options.get(part)).cloned();
    }
}

/// The plugin that a rule asks.
fn say_asked(app: &App, ctx: &Ctx, entry: &mut AuditEntry) -> Result<(), Error> {
    let title = |value: &Value| {
        let name = value.as_str().filter(|name| !name.is_empty());
        name.map(|name| plugins::title(app, name, ctx.language)).transpose()
    };
    for field in entry.fields.iter_mut().filter(|field| field.name == "plugin") {
        (field.words.before, field.words.after) = (title(&field.before)?, title(&field.after)?);
    }
    Ok(())
}
