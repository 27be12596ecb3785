//! What the journal holds in the reader's words: entities, deeds and fields. Their values are in `values`.

use crate::Locale;
use crate::messages::{find, t};
use crate::{leads, records, shell};
use model::jiff::tz::TimeZone;
use model::uuid::Uuid;
use model::{Actor, CustomField, Deed, Frame, Kind, Language, Via, WORKED_WITH};
use std::collections::BTreeMap;

/// All that is needed to put values into words.
pub struct Words<'a> {
    pub language: Language,
    pub zone: &'a TimeZone,
    pub frame: &'a Frame,
    /// People, teams, keys, files and records by their ids.
    pub names: &'a BTreeMap<Uuid, String>,
}

/// What an entity is called: «Client potencial».
pub fn kind_name<'l>(l: impl Into<Locale<'l>>, kind: Kind) -> String {
    let l: Locale<'_> = l.into();
    find(l, &format!("audit-kind-{}", dashed(kind.as_str())), &[])
        .or_else(|| find(l, &format!("entity-{}-one", kind.as_str()), &[]))
        .unwrap_or_else(|| spaced(kind.as_str()))
}

pub fn deed_name<'l>(l: impl Into<Locale<'l>>, deed: Deed) -> String {
    let l: Locale<'_> = l.into();
    match deed {
        Deed::Created => t!(l, "audit-deed-created"),
        Deed::Updated => t!(l, "audit-deed-updated"),
        Deed::Deleted => t!(l, "audit-deed-deleted"),
    }
}

/// Whether a client did it on the page of a quote: web forms, which come the same way, make leads and what they agree to.
pub(crate) fn is_by_client(kind: Kind, by: &Actor) -> bool {
    by.via == Via::Form && matches!(kind, Kind::Quote | Kind::Opportunity | Kind::Company | Kind::Activity)
}

/// Who did something to a record of an entity, and which way it came: «Aina Admin», «per l’API, clau Botiga».
pub fn who<'l>(
    l: impl Into<Locale<'l>>,
    kind: Kind,
    by: &Actor,
    names: &BTreeMap<Uuid, String>,
) -> (String, String) {
    let l: Locale<'_> = l.into();
    if is_by_client(kind, by) {
        return (t!(l, "audit-client"), t!(l, "audit-via-quote"));
    }
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_else(|| short(id));
    let person = by.user.map_or_else(|| "Tracte".to_owned(), |user| name(user.0));
    let way = match &by.via {
        Via::Page => t!(l, "audit-via-page"),
        Via::Api(key) => t!(l, "audit-via-api", key = name(key.0)),
        Via::Import(import) => t!(l, "audit-via-import", file = name(import.0)),
        Via::Form => t!(l, "audit-via-form"),
        // Nothing orders backups by itself.
        Via::System if kind == Kind::BackupOrder => t!(l, "audit-via-command"),
        Via::System => t!(l, "audit-via-system"),
    };
    (person, way)
}

/// The page of a record, where it has one; `about` is what a note is about, `key` that of a piece of configuration. What
/// was taken away has no page any more: then it is the list that it was in.
pub fn href(
    kind: Kind,
    deed: Deed,
    id: Uuid,
    about: Option<(Kind, Uuid)>,
    key: Option<&str>,
) -> Option<String> {
    if let Some((section, is_listed)) = section(kind) {
        let path = format!("/settings/{section}");
        let key = key.filter(|_| deed != Deed::Deleted && is_listed);
        return Some(match (kind, key) {
            (Kind::Choice, Some(key)) => format!("{path}/{}", key.replace('.', "/")),
            (_, Some(key)) => format!("{path}/{key}"),
            (_, None) => path,
        });
    }
    Some(match kind {
        Kind::Activity if deed == Deed::Deleted => {
            let (kind, about) = about?;
            format!("{}/{about}", model::path_of(kind)?)
        }
        kind if model::path_of(kind).is_some() => format!("{}/{id}", model::path_of(kind)?),
        Kind::Consent => {
            let (kind, about) = about?;
            format!("{}/{about}", model::path_of(kind)?)
        }
        Kind::Merge if deed != Deed::Deleted => format!("/merges/{id}"),
        Kind::User => format!("/users/{id}"),
        Kind::Import => format!("/imports/{id}"),
        Kind::BulkJob => format!("/bulk/{id}"),
        Kind::Plugin => format!("/plugins/{id}"),
        Kind::ApiKey => "/api-keys".to_owned(),
        Kind::Webhook if deed == Deed::Deleted => crate::webhooks::PATH.to_owned(),
        Kind::Webhook => format!("{}/{id}", crate::webhooks::PATH),
        Kind::Settings => "/settings/company".to_owned(),
        Kind::BackupOrder => crate::backups::PATH.to_owned(),
        Kind::Team if deed != Deed::Deleted => format!("/teams/{id}"),
        Kind::Team => "/users".to_owned(),
        Kind::SavedView if deed != Deed::Deleted => format!("/views/{id}"),
        Kind::Parametrization if deed != Deed::Deleted => format!("/settings/parametrisation/{id}"),
        _ => {
            key?;
            "/settings".to_owned()
        }
    })
}

/// Where pieces of this kind are set up, and whether each has a page of its own there.
fn section(kind: Kind) -> Option<(&'static str, bool)> {
    Some(match kind {
        Kind::Pipeline => ("pipelines", true),
        Kind::Choice => ("lists", true),
        Kind::CustomField => ("fields", true),
        Kind::Wording => ("words", true),
        Kind::Role => ("roles", true),
        Kind::Tax => ("taxes", true),
        Kind::PriceBook => ("price-books", true),
        Kind::NumberSeries => ("number-series", true),
        Kind::Holiday => ("holidays", false),
        Kind::AssignmentRule => ("assignment", true),
        Kind::ScoringRule => ("scoring", true),
        Kind::WebForm => ("forms", true),
        _ => return None,
    })
}

/// Whether a field's name has words of its own, so that nobody reads a code.
pub fn is_known_field<'l>(l: impl Into<Locale<'l>>, kind: Kind, name: &str) -> bool {
    let l: Locale<'_> = l.into();
    known_field(l, kind, name).is_some()
}

/// The same of what stands inside a field.
pub fn is_known_part<'l>(l: impl Into<Locale<'l>>, kind: Kind, within: &str, part: &str) -> bool {
    let l: Locale<'_> = l.into();
    known_part(l, kind, within, part).is_some()
}

/// An entity's own word for a field comes before one that is for all of them.
fn known_field(l: Locale<'_>, kind: Kind, name: &str) -> Option<String> {
    let labelled = || Some(records::field_label(l, kind, name)).filter(|label| label != name);
    let is_listed = model::specs_of(kind).iter().any(|spec| spec.key == name);
    let lead_label = || (kind == Kind::Lead).then(|| leads::field_label(l, name));
    find(l, &format!("audit-field-{}-{}", dashed(kind.as_str()), dashed(name)), &[])
        .or_else(|| lead_label().filter(|label| label != name))
        .or_else(|| labelled().filter(|_| is_listed))
        .or_else(|| find(l, &format!("audit-field-{}", dashed(name)), &[]))
        .or_else(labelled)
}

/// What stands inside a field has words of its own there, or those that it has anywhere in the entity.
pub(super) fn known_part(l: Locale<'_>, kind: Kind, within: &str, part: &str) -> Option<String> {
    find(l, &format!("audit-field-{}-{}", dashed(within), dashed(part)), &[])
        .or_else(|| known_field(l, kind, part))
}

impl Words<'_> {
    /// What a field is called, with the part of it that changed.
    pub fn field(&self, kind: Kind, name: &str, part: Option<&str>) -> String {
        let l = self.language;
        if name == "custom"
            && let Some(part) = part
        {
            return self
                .own_field(kind, part)
                .map_or_else(|| spaced(part), |own| own.label.get(l).to_owned());
        }
        let field = known_field(l.into(), kind, name).unwrap_or_else(|| spaced(name));
        match part {
            Some(part) => format!("{field} · {}", self.part(kind, name, part)),
            None => field,
        }
    }

    fn part(&self, kind: Kind, name: &str, part: &str) -> String {
        let l = self.language;
        if let Some(language) = Language::from_code(part) {
            return shell::language_name(language).to_owned();
        }
        if name == "levels" {
            return find(l, &format!("audit-kind-{}", dashed(part)), &[]).unwrap_or_else(|| spaced(part));
        }
        // Settings of a plugin have the names that the plugin gave them.
        match kind {
            Kind::Plugin => part.to_owned(),
            _ => known_part(l.into(), kind, name, part).unwrap_or_else(|| spaced(part)),
        }
    }

    pub(super) fn own_field(&self, kind: Kind, part: &str) -> Option<&CustomField> {
        self.frame.field(kind, part)
    }

    /// What a field is called that a value names, of whichever entity it is: `amount`, `custom.surface`.
    pub(super) fn field_named(&self, key: &str) -> String {
        let l = self.language;
        if let Some(own) = model::own_name(key) {
            let field = WORKED_WITH.into_iter().find_map(|kind| self.frame.field(kind, own));
            return field.map_or_else(|| spaced(own), |field| field.label.get(l).to_owned());
        }
        let has = |kind: &Kind| model::specs_of(*kind).iter().any(|spec| spec.key == key);
        let kind = WORKED_WITH.into_iter().find(has).unwrap_or(Kind::Lead);
        let label = records::field_label(l, kind, key);
        if label == key { spaced(key) } else { label }
    }
}

/// What the columns of a file are called.
pub fn export_titles<'l>(l: impl Into<Locale<'l>>) -> Vec<String> {
    let l: Locale<'_> = l.into();
    vec![
        t!(l, "audit-column-number"),
        t!(l, "audit-column-when"),
        t!(l, "audit-column-who"),
        t!(l, "audit-column-way"),
        t!(l, "audit-column-address"),
        t!(l, "audit-column-kind"),
        t!(l, "audit-column-record"),
        t!(l, "audit-column-id"),
        t!(l, "audit-column-deed"),
        t!(l, "audit-column-field"),
        t!(l, "audit-column-before"),
        t!(l, "audit-column-after"),
    ]
}

pub(super) fn dashed(code: &str) -> String {
    code.replace('_', "-")
}

pub(super) fn spaced(code: &str) -> String {
    code.replace('_', " ")
}

/// Enough of an id to tell two apart.
pub(super) fn short(id: Uuid) -> String {
    const SHOWN: usize = 8;
    let text = id.simple().to_string();
    text.get(text.len().saturating_sub(SHOWN)..).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_does_to_a_quote_is_no_web_form() {
        let by = Actor { user: None, via: Via::Form };
        let said = |kind| who(Language::Ca, kind, &by, &BTreeMap::new());
        let client = ("El client".to_owned(), "a la pàgina del pressupost".to_owned());
        assert_eq!((said(Kind::Quote), said(Kind::Activity)), (client.clone(), client));
        assert_eq!(said(Kind::Lead), ("Tracte".to_owned(), "per un formulari web".to_owned()));
    }
}
