//! Entities of the business besides leads: what companies, contacts, opportunities and products have in common, so that
//! lists, forms, pages, files and the API are written once for all of them.

mod slots;
pub(crate) use slots::Slot;

use crate::{
    Currency, CustomValue, CustomValues, FieldKind, FieldSpec, FieldValue, Fields, IndexEntry, IndexKey,
    Kind, Meta, Record, Row, RowsSpec, Scope, TeamId, UserId, Values, space,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// What every one of them has besides its own fields. Stored beside them, not within.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Common {
    /// Who is responsible.
    pub owner: Option<UserId>,
    pub team: Option<TeamId>,
    /// The key of this record in the system it came from; unique in its entity.
    pub external_key: Option<String>,
    /// Keys of the company's list `tags`, in their order, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Out of lists unless they ask for it.
    #[serde(default)]
    pub archived: bool,
    /// Values of the company's own fields.
    #[serde(default, skip_serializing_if = "CustomValues::is_empty")]
    pub custom: CustomValues,
    /// Own fields whose value no other record may have: kept here, so that the record alone says what is indexed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unique_fields: Vec<String>,
}

/// A record whose fields are data.
pub trait Entity: Record + Fields + Send + Sync + 'static {
    /// In addresses, files and the API: `companies`.
    const PLURAL: &'static str;
    /// What lists can be sorted by besides the time of creation: keys of fields, or [`TITLE`].
    const SORTS: &'static [&'static str];
    /// Choices that stand in the entries of lists, so that filters by them read no record.
    const FACETS: &'static [&'static str];
    /// Fields that no two records may share the value of, besides the external key.
    const UNIQUE: &'static [&'static str] = &[];

    /// One about which nothing is known yet.
    fn begin(meta: Meta) -> Self;
    /// What people call it.
    fn title(&self) -> String;
    /// Lists within the record, of rows with fields of their own.
    const ROWS: &'static [RowsSpec] = &[];

    /// The rows of one of [`Entity::ROWS`].
    fn rows(&self, _key: &str) -> Vec<Row> {
        Vec::new()
    }
    /// Puts rows in place of those of a list, equal ones once; a row that lacks what it is about is left out.
    fn put_rows(&mut self, _key: &str, _rows: &[Row]) {}
    /// Records it belongs to besides those its fields link to.
    fn further_links(&self) -> Vec<Uuid> {
        Vec::new()
    }
    fn common(&self) -> &Common;
    fn common_mut(&mut self) -> &mut Common;
    /// After records it belongs to became one: what it says twice now, it says once.
    fn tidy_links(&mut self) {}
    /// The currency that its amounts came in, where they keep one.
    fn currency(&self) -> Option<Currency> {
        None
    }
    /// What lists by a field sort it by, where that is not its value.
    fn sort_value(&self, key: &str) -> FieldValue {
        self.value(key)
    }
    /// Index entries besides those that every entity has.
    fn further_entries(&self) -> Vec<IndexEntry> {
        Vec::new()
    }
    /// Puts a value that fits the field's kind; anything else empties the field.
    fn put(&mut self, key: &str, value: FieldValue, currency: Currency);
}

/// In place of a field to sort by: what people call the record.
pub const TITLE: &str = "title";
/// The field of the company's tags that every entity has.
pub(crate) const TAGS: &str = "tags";
/// The order that every list has.
pub const CREATED: &str = "created_at";

/// The built-in fields of an entity; none for what is no entity of the business.
pub fn specs_of(kind: Kind) -> &'static [FieldSpec] {
    match kind {
        Kind::Lead => crate::Lead::SPECS,
        Kind::Company => crate::Company::SPECS,
        Kind::Contact => crate::Contact::SPECS,
        Kind::Opportunity => crate::Opportunity::SPECS,
        Kind::Product => crate::Product::SPECS,
        Kind::Activity => crate::Activity::SPECS,
        Kind::Quote => crate::Quote::SPECS,
        Kind::Document => crate::Document::SPECS,
        _ => &[],
    }
}

/// Where the records of an entity have their pages: `/companies`.
pub fn path_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Lead => "/leads",
        Kind::Company => "/companies",
        Kind::Contact => "/contacts",
        Kind::Opportunity => "/opportunities",
        Kind::Product => "/products",
        Kind::Activity => "/activities",
        Kind::Quote => "/quotes",
        Kind::Document => "/documents",
        _ => return None,
    })
}

/// A record of any entity, as lists, pages and the API see it.
pub trait AnyRecord: Send + Sync {
    fn entity(&self) -> Kind;
    fn about(&self) -> &Meta;
    fn name(&self) -> String;
    fn responsible(&self) -> (Option<UserId>, Option<TeamId>);
    fn is_archived(&self) -> bool;
    /// Values of the company's own fields.
    fn own(&self) -> &CustomValues;
    /// The value of a built-in field.
    fn built_in(&self, key: &str) -> FieldValue;
    /// The currency that its amounts came in, where they keep one.
    fn amounts_in(&self) -> Option<Currency>;
    /// The rows of a list within it: see [`crate::rows_of`].
    fn listed(&self, _key: &str) -> Vec<Row> {
        Vec::new()
    }
}

impl<E: Entity> AnyRecord for E {
    fn entity(&self) -> Kind {
        E::KIND
    }

    fn about(&self) -> &Meta {
        self.meta()
    }

    fn name(&self) -> String {
        self.title()
    }

    fn responsible(&self) -> (Option<UserId>, Option<TeamId>) {
        (self.common().owner, self.common().team)
    }

    fn is_archived(&self) -> bool {
        self.common().archived
    }

    fn own(&self) -> &CustomValues {
        &self.common().custom
    }

    fn built_in(&self, key: &str) -> FieldValue {
        self.value(key)
    }

    fn amounts_in(&self) -> Option<Currency> {
        self.currency()
    }

    fn listed(&self, key: &str) -> Vec<Row> {
        self.rows(key)
    }
}

/// A stored record of one of the entities of the business; nothing for others and for what cannot be read.
pub fn record_in(kind: Kind, value: &Value) -> Option<Box<dyn AnyRecord>> {
    fn of<R: Record + AnyRecord + 'static>(value: &Value) -> Option<Box<dyn AnyRecord>> {
        Some(Box::new(R::deserialize(value).ok()?))
    }
    match kind {
        Kind::Lead => of::<crate::Lead>(value),
        Kind::Company => of::<crate::Company>(value),
        Kind::Contact => of::<crate::Contact>(value),
        Kind::Opportunity => of::<crate::Opportunity>(value),
        Kind::Product => of::<crate::Product>(value),
        Kind::Activity => of::<crate::Activity>(value),
        Kind::Quote => of::<crate::Quote>(value),
        Kind::Document => of::<crate::Document>(value),
        _ => None,
    }
}

/// The fields that every entity has after its own.
pub(crate) const SHARED_SPECS: [FieldSpec; 7] = [
    FieldSpec::typed(TAGS, FieldKind::Choices).with(Values::List(crate::lists::TAGS)),
    FieldSpec::typed("external_key", FieldKind::Text),
    FieldSpec::kept("owner", FieldKind::User),
    FieldSpec::kept("team", FieldKind::Team),
    FieldSpec::kept("archived", FieldKind::YesNo),
    FieldSpec::kept(CREATED, FieldKind::Instant),
    FieldSpec::kept("updated_at", FieldKind::Instant),
];

/// The value of one of [`SHARED_SPECS`].
pub(crate) fn shared_value(meta: &Meta, common: &Common, key: &str) -> FieldValue {
    match key {
        TAGS => Slot::get(&common.tags, FieldKind::Choices),
        "external_key" => FieldValue::text(&common.external_key),
        "owner" => common.owner.map_or(FieldValue::Nothing, FieldValue::User),
        "team" => common.team.map_or(FieldValue::Nothing, FieldValue::Team),
        "archived" => FieldValue::Flag(common.archived),
        CREATED => FieldValue::Instant(meta.created_at),
        "updated_at" => FieldValue::Instant(meta.updated_at),
        _ => FieldValue::Nothing,
    }
}

/// One line a field: how it is called, what it holds, whether people type it. Written beside the struct, whose fields
/// have the same names; `+` names further ones that are no data of lists.
macro_rules! entity_fields {
    (
        $entity:ident $(+ $also:ident)* { $($key:ident: $spec:expr;)* }
        $(gathered { $($gathered:literal: $kind:expr => $value:expr;)* })?
    ) => {
        impl $crate::Fields for $entity {
            const ENTITY: $crate::Kind = <$entity as $crate::Record>::KIND;

            const SPECS: &'static [$crate::FieldSpec] = {
                const OWN: &[$crate::FieldSpec] = &[
                    $($spec.named(stringify!($key)),)*
                    $($($kind.named($gathered).gathered(),)*)?
                ];
                const COUNT: usize = OWN.len() + $crate::entity::SHARED_SPECS.len();
                const ALL: [$crate::FieldSpec; COUNT] = $crate::entity::with_shared(OWN);
                &ALL
            };

            fn value(&self, key: &str) -> $crate::FieldValue {
                match key {
                    $(stringify!($key) => $crate::entity::Slot::get(&self.$key, $spec.kind),)*
                    $($($gathered => {
                        let value: fn(&$entity) -> $crate::FieldValue = $value;
                        value(self)
                    })*)?
                    other => $crate::entity::shared_value(&self.meta, &self.common, other),
                }
            }
        }

        impl $crate::Record for $entity {
            const KIND: $crate::Kind = $crate::Kind::$entity;

            $crate::record::meta_field!();

            fn indexes(&self) -> Vec<$crate::IndexEntry> {
                $crate::entity::indexes_of(self)
            }

            fn about(&self) -> Vec<uuid::Uuid> {
                $crate::entity::timelines_of(self)
            }
        }

        impl $entity {
            /// Without any value.
            fn blank(meta: $crate::Meta) -> $entity {
                $entity {
                    meta,
                    common: $crate::Common::default(),
                    $($key: Default::default(),)*
                    $($also: Default::default(),)*
                }
            }

            fn put_value(&mut self, key: &str, value: $crate::FieldValue, currency: $crate::Currency) {
                match key {
                    $(stringify!($key) => $crate::entity::Slot::put(&mut self.$key, value, currency),)*
                    $crate::entity::TAGS => {
                        $crate::entity::Slot::put(&mut self.common.tags, value, currency);
                    }
                    "external_key" => {
                        $crate::entity::Slot::put(&mut self.common.external_key, value, currency);
                    }
                    _ => {}
                }
            }
        }
    };
}
pub(crate) use entity_fields;

/// What is the same in every `impl Entity`.
macro_rules! entity_parts {
    () => {
        fn common(&self) -> &$crate::Common {
            &self.common
        }

        fn common_mut(&mut self) -> &mut $crate::Common {
            &mut self.common
        }

        fn put(&mut self, key: &str, value: $crate::FieldValue, currency: $crate::Currency) {
            self.put_value(key, value, currency);
        }
    };
}
pub(crate) use entity_parts;

/// The fields of an entity, then those that every one has.
pub(crate) const fn with_shared<const COUNT: usize>(own: &[FieldSpec]) -> [FieldSpec; COUNT] {
    let mut all = [SHARED_SPECS[0]; COUNT];
    let mut place = 0;
    while place < own.len() {
        all[place] = own[place];
        place += 1;
    }
    let mut shared = 0;
    while shared < SHARED_SPECS.len() {
        all[place + shared] = SHARED_SPECS[shared];
        shared += 1;
    }
    all
}

/// What a list entry says of its record, so that a filter need not read it. The value of a list index entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facet {
    pub archived: bool,
    pub created_at_ms: i64,
    pub team: Option<TeamId>,
    pub owner: Option<UserId>,
    /// In the order of [`Entity::FACETS`]; empty where there is none.
    pub codes: Vec<String>,
}

/// Before the codes.
const FACET_BYTES: usize = 41;

impl Facet {
    pub fn of<E: Entity>(record: &E) -> Facet {
        let common = record.common();
        let code = |key: &&str| match record.value(key) {
            FieldValue::Codes(codes) => codes.into_iter().next().unwrap_or_default(),
            _ => String::new(),
        };
        Facet {
            archived: common.archived,
            created_at_ms: record.meta().created_at.as_millisecond(),
            team: common.team,
            owner: common.owner,
            codes: E::FACETS.iter().map(code).collect(),
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(FACET_BYTES + 16 * self.codes.len());
        bytes.push(u8::from(self.archived));
        bytes.extend_from_slice(&self.created_at_ms.to_be_bytes());
        bytes.extend_from_slice(self.team.map_or(Uuid::nil(), |team| team.0).as_bytes());
        bytes.extend_from_slice(self.owner.map_or(Uuid::nil(), |owner| owner.0).as_bytes());
        for code in &self.codes {
            bytes.extend_from_slice(code.as_bytes());
            bytes.push(0);
        }
        bytes
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<Facet> {
        let (bytes, codes) = bytes.split_at_checked(FACET_BYTES)?;
        let id = |from: usize| {
            let id = Uuid::from_slice(&bytes[from..from + 16]).ok()?;
            (!id.is_nil()).then_some(id)
        };
        let mut codes: Vec<String> =
            std::str::from_utf8(codes).ok()?.split('\0').map(str::to_owned).collect();
        // After the last zero there is nothing.
        codes.pop();
        Some(Facet {
            archived: bytes[0] == 1,
            created_at_ms: i64::from_be_bytes(bytes[1..9].try_into().ok()?),
            team: id(9).map(TeamId),
            owner: id(25).map(UserId),
            codes,
        })
    }
}

/// Which part of an entity's records a list index runs over.
const SCOPE_ALL: u8 = 1;
const SCOPE_TEAM: u8 = 2;
const SCOPE_OWNER: u8 = 3;

/// The prefix of the list of all records of an entity; `sort` is the place in [`sorts_of`].
pub fn list_of_all(kind: Kind, sort: u8) -> IndexKey {
    IndexKey::new(space::RECORD_LIST).byte(kind.tag()).byte(SCOPE_ALL).byte(sort)
}

pub fn list_of_team(kind: Kind, team: TeamId, sort: u8) -> IndexKey {
    IndexKey::new(space::RECORD_LIST).byte(kind.tag()).byte(SCOPE_TEAM).id(team.0).byte(sort)
}

pub fn list_of_owner(kind: Kind, owner: UserId, sort: u8) -> IndexKey {
    IndexKey::new(space::RECORD_LIST).byte(kind.tag()).byte(SCOPE_OWNER).id(owner.0).byte(sort)
}

/// The narrowest lists that hold everything a scope contains.
pub fn lists_of_scope(kind: Kind, scope: &Scope, sort: u8) -> Vec<IndexKey> {
    match scope {
        Scope::Nothing => Vec::new(),
        Scope::Everything => vec![list_of_all(kind, sort)],
        Scope::Own(user) => vec![list_of_owner(kind, *user, sort)],
        Scope::Teams(teams, user) => teams
            .iter()
            .map(|team| list_of_team(kind, *team, sort))
            .chain([list_of_owner(kind, *user, sort)])
            .collect(),
    }
}

/// What lists of an entity can be sorted by. The place is part of the storage key: new ones go to the end.
pub fn sorts_of<E: Entity>() -> impl Iterator<Item = &'static str> {
    [CREATED].into_iter().chain(E::SORTS.iter().copied())
}

/// The entities that people work with: with fields, lists and pages of their own, and found by search.
pub const WORKED_WITH: [Kind; 8] = [
    Kind::Lead,
    Kind::Company,
    Kind::Contact,
    Kind::Opportunity,
    Kind::Product,
    Kind::Activity,
    Kind::Quote,
    Kind::Document,
];

/// The prefix of the records of one entity that link to a record.
pub fn linking(target: Uuid, kind: Kind) -> IndexKey {
    IndexKey::new(space::LINKS).id(target).byte(kind.tag())
}

/// The prefix of all that links to a record by a field of the company's own.
pub fn own_linking(target: Uuid) -> IndexKey {
    IndexKey::new(space::OWN_LINKS).id(target)
}

/// The linking record of an entry of either sort: its entity's tag and its id end the key.
pub fn linking_at_end(key: &[u8]) -> Option<(Kind, Uuid)> {
    let (rest, id) = key.split_last_chunk::<16>()?;
    Some((Kind::from_tag(*rest.last()?)?, Uuid::from_bytes(*id)))
}

/// What says that a record leads to others by fields of the company's own. The record alone does not know which of its
/// texts are ids of records: every one that could be is here, and whoever follows an entry looks at the field.
pub(crate) fn own_link_entries(kind: Kind, custom: &CustomValues, id: Uuid) -> Vec<IndexEntry> {
    let target = |value: &CustomValue| match value {
        CustomValue::Text(text) if text.len() == ID_CHARACTERS => text.parse::<Uuid>().ok(),
        _ => None,
    };
    let mut targets: Vec<Uuid> = custom.values().filter_map(target).collect();
    targets.sort_unstable();
    targets.dedup();
    let key = |target: Uuid| own_linking(target).byte(kind.tag()).id(id).bytes();
    targets
        .into_iter()
        .map(|target| IndexEntry { key: key(target), value: Vec::new(), unique: false })
        .collect()
}

/// An id as records keep it: 32 digits and four hyphens.
const ID_CHARACTERS: usize = 36;

/// Every entry of a record: its lists, its links, what may exist once.
pub(crate) fn indexes_of<E: Entity>(record: &E) -> Vec<IndexEntry> {
    let (kind, common, id, facet) = (E::KIND, record.common(), record.meta().id, Facet::of(record).bytes());
    let mut entries = Vec::with_capacity(16);
    for (sort, field) in (0..).zip(sorts_of::<E>()) {
        let prefixes = [
            Some(list_of_all(kind, sort)),
            common.team.map(|team| list_of_team(kind, team, sort)),
            common.owner.map(|owner| list_of_owner(kind, owner, sort)),
        ];
        for prefix in prefixes.into_iter().flatten() {
            let key = sorted(record, prefix, field).id(id).bytes();
            entries.push(IndexEntry { key, value: facet.clone(), unique: false });
        }
    }
    for target in links_of(record) {
        let key = linking(target, kind).id(id).bytes();
        entries.push(IndexEntry { key, value: Vec::new(), unique: false });
    }
    entries.extend(own_link_entries(kind, &common.custom, id));
    for field in E::UNIQUE.iter().copied().chain(["external_key"]) {
        if let FieldValue::Text(text) = record.value(field) {
            entries.push(IndexEntry::unique(kind, field, &text, id));
        }
    }
    entries.extend(crate::unique_entries(kind, &common.custom, &common.unique_fields, id));
    entries.extend(crate::matching::match_entries(record));
    entries.extend(record.further_entries());
    entries
}

/// The records that one belongs to, each once.
fn links_of<E: Entity>(record: &E) -> Vec<Uuid> {
    let links = E::SPECS.iter().filter(|spec| spec.kind == FieldKind::Link);
    let by_fields = links.filter_map(|spec| match record.value(spec.key) {
        FieldValue::Record(target) => Some(target),
        _ => None,
    });
    let mut found: Vec<Uuid> = by_fields.chain(record.further_links()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Its own timeline and those of the records it belongs to.
pub(crate) fn timelines_of<E: Entity>(record: &E) -> Vec<Uuid> {
    let id = record.meta().id;
    [id].into_iter().chain(links_of(record).into_iter().filter(|link| *link != id)).collect()
}

/// Records without a value come before every value.
fn sorted<E: Entity>(record: &E, prefix: IndexKey, field: &str) -> IndexKey {
    if field == TITLE {
        return prefix.text(&record.title());
    }
    match record.sort_value(field) {
        FieldValue::Text(text) => prefix.text(&text),
        FieldValue::Amount(cents) => prefix.signed(cents),
        FieldValue::Number(number) => prefix.signed(millionths(number)),
        FieldValue::Instant(at) => prefix.signed(at.as_millisecond()),
        // Eight digits a day sort as days do.
        FieldValue::Day(day) => prefix
            .signed(i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())),
        _ => prefix.signed(i64::MIN),
    }
}

/// Exact for whatever [`crate::parse_number`] reads: a million millions at most, with six decimals.
fn millionths(number: Decimal) -> i64 {
    let whole = number.checked_mul(Decimal::from(1_000_000_i64)).map(|millionths| millionths.trunc());
    let beyond = if number.is_sign_negative() { i64::MIN + 1 } else { i64::MAX };
    whole.and_then(|whole| i64::try_from(whole).ok()).unwrap_or(beyond)
}

impl FieldSpec {
    /// Typed by people.
    pub(crate) const fn of(kind: FieldKind) -> FieldSpec {
        FieldSpec::typed("", kind)
    }

    /// One of these codes, which the product fixes.
    pub(crate) const fn one_of(codes: &'static [&'static str]) -> FieldSpec {
        FieldSpec::of(FieldKind::Choice).with(Values::Fixed(codes))
    }

    /// One of a list that the company keeps.
    pub(crate) const fn from_list(list: &'static str) -> FieldSpec {
        FieldSpec::of(FieldKind::Choice).with(Values::List(list))
    }

    /// A record of another entity.
    pub(crate) const fn link(target: Kind) -> FieldSpec {
        FieldSpec::of(FieldKind::Link).with(Values::Records(target))
    }

    /// Comes about by itself.
    pub(crate) const fn comes_about(self) -> FieldSpec {
        FieldSpec { typed: false, ..self }
    }

    /// What other fields and lists hold, together: for filters and columns.
    pub(crate) const fn gathered(self) -> FieldSpec {
        FieldSpec { typed: false, gathered: true, ..self }
    }

    /// Without it no record is complete.
    pub(crate) const fn needed(self) -> FieldSpec {
        FieldSpec { required: true, ..self }
    }

    pub(crate) const fn named(self, key: &'static str) -> FieldSpec {
        FieldSpec { key, ..self }
    }
}
