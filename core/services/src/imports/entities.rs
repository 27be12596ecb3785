//! What the records of an import bring: how one is made of a row, written, and taken out again. Leads go through the
//! rules of assignment; all others are made by one code.

use crate::assignment::Round;
use crate::records::Draft;
use crate::{App, Ctx, Error};
use model::uuid::Uuid;
use model::{AnyRecord, FieldErrors, Kind, Language, Record, Settings, single_spaced};
use store::Write;

/// An entity that files can be imported into.
pub(crate) trait Importable: Record + AnyRecord {
    /// The record as the row makes it, of nothing or of the one that is there; and what is wrong with it.
    fn made(
        app: &App,
        ctx: &Ctx,
        settings: &Settings,
        draft: &Draft,
        before: Option<&Self>,
    ) -> Result<(Self, FieldErrors), Error>;

    /// Adds new records to a write. What is returned is settled after the commit.
    fn create_all(
        app: &App,
        ctx: &Ctx,
        settings: &Settings,
        write: &mut Write,
        records: Vec<Self>,
    ) -> Result<Option<Round>, Error>;

    /// Adds a changed record to a write, with the counters that go with it.
    fn change(write: &mut Write, before: &Self, after: Self);

    /// Adds the deletion of a record with its notes to a write.
    fn remove(app: &App, write: &mut Write, record: &Self) -> Result<(), Error>;

    /// What keeps it from being removed: how many others belong to it, notes that people wrote about it.
    fn uses(app: &App, id: Uuid) -> Result<Uses, Error>;
}

/// What hangs on a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uses {
    pub(crate) records: usize,
    pub(crate) notes: usize,
}

/// One line an entity: what is done for whichever it is.
macro_rules! for_importable {
    ($kind:expr, $entity:ident => $deed:expr) => {
        match $kind {
            model::Kind::Lead => {
                type $entity = model::Lead;
                $deed
            }
            kind => crate::records::for_entity!(kind, $entity => $deed),
        }
    };
}
pub(crate) use for_importable;

/// Entities that files can be imported into, in the order of the page: what others lead to comes first.
pub const ENTITIES: [Kind; 6] =
    [Kind::Lead, Kind::Company, Kind::Contact, Kind::Product, Kind::Opportunity, Kind::Activity];

/// Built-in fields whose value no two records share.
pub(crate) fn unique_keys(entity: Kind) -> &'static [&'static str] {
    match entity {
        Kind::Product => &["external_key", "code"],
        _ => &["external_key"],
    }
}

/// What the record of a draft will be called.
pub(crate) fn title_of(entity: Kind, draft: &Draft) -> String {
    let text = |key: &str| draft.one(key).map(single_spaced).filter(|text| !text.is_empty());
    match entity {
        Kind::Lead => text("company").or(text("name")).unwrap_or_default(),
        Kind::Contact => {
            [text("given_name"), text("family_name")].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        Kind::Product => {
            let names = ["name_ca", "name_es", "name_en"].into_iter().find_map(text);
            names.unwrap_or_default()
        }
        Kind::Activity => text("subject").or(text("text")).unwrap_or_default(),
        _ => text("name").unwrap_or_default(),
    }
}

/// A record that is known by nothing but its name.
pub(crate) fn draft_of_name(entity: Kind, name: &str, language: Language) -> Draft {
    let mut draft = Draft::default();
    match entity {
        Kind::Contact => {
            let (given, family) = name.split_once(' ').unwrap_or((name, ""));
            draft.put("given_name", given);
            draft.put("family_name", family);
        }
        Kind::Product => draft.put(&format!("name_{}", language.code()), name),
        _ => draft.put("name", name),
    }
    draft
}
