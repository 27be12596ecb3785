//! Leads (clients potencials): somebody who may become a client.

use crate::record::meta_field;
use crate::{
    Acceptance, CustomValues, ImportId, IndexEntry, IndexKey, Kind, Meta, Money, Record, ResponseClock,
    Scope, Snooze, Source, Strategy, TeamId, UserId, space,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The states of a lead, in order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadStatus {
    #[default]
    New,
    Assigned,
    Contacted,
    Nurturing,
    Qualified,
    Converted,
    Discarded,
}

impl LeadStatus {
    pub const ALL: [LeadStatus; 7] = [
        LeadStatus::New,
        LeadStatus::Assigned,
        LeadStatus::Contacted,
        LeadStatus::Nurturing,
        LeadStatus::Qualified,
        LeadStatus::Converted,
        LeadStatus::Discarded,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            LeadStatus::New => "new",
            LeadStatus::Assigned => "assigned",
            LeadStatus::Contacted => "contacted",
            LeadStatus::Nurturing => "nurturing",
            LeadStatus::Qualified => "qualified",
            LeadStatus::Converted => "converted",
            LeadStatus::Discarded => "discarded",
        }
    }

    pub fn from_code(code: &str) -> Option<LeadStatus> {
        LeadStatus::ALL.into_iter().find(|status| status.as_str() == code)
    }

    /// Open leads are somebody's load.
    pub fn is_open(self) -> bool {
        !matches!(self, LeadStatus::Converted | LeadStatus::Discarded)
    }
}

/// Who decided on an assignment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// A plugin: its name and version.
    Plugin { name: String, version: String },
    /// By turns among the team's available people.
    RoundRobin { team: TeamId, turn: u64 },
    /// A rule: its key, and how it chose.
    Rule { rule: String, strategy: Strategy },
    /// A rule of whose pool nobody could get it: the person it names then.
    RuleFallback { rule: String },
    /// Whoever gets what nothing else placed.
    DefaultOwner,
    /// Somebody chose.
    Person { user: UserId },
    /// The file of an import said so.
    Import { import: ImportId },
    /// Nobody in the team takes leads.
    Nobody,
}

/// Something that was tried before the decision and did not decide.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reason {
    /// The plugin or rule that was asked.
    pub asked: String,
    /// `skipped`, `failed-timeout`, `failed-trap`, `paused`…
    pub outcome: String,
    /// In its own words.
    pub text: String,
}

/// Why this person: kept with the lead.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Assignment {
    pub at: Timestamp,
    pub decision: Decision,
    /// The words of the plugin or person that decided; empty for turns.
    pub reason: String,
    /// How many people could have got it.
    pub candidates: u32,
    /// What was asked before and passed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tried: Vec<Reason>,
}

/// What a lead became, and what undoing it needs to know.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Conversion {
    pub at: Timestamp,
    /// What the lead was before.
    pub from: LeadStatus,
    pub company: Option<Uuid>,
    pub contact: Option<Uuid>,
    pub opportunity: Option<Uuid>,
    /// Those of them that were made on the way; the others were there already.
    pub made: Vec<Uuid>,
}

/// So long a conversion can be undone.
pub const CONVERSION_UNDO_HOURS: i64 = 24;

/// A potential client. A person's name or a company's name is always there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Lead {
    pub meta: Meta,
    pub name: Option<String>,
    pub company: Option<String>,
    /// Normalised: no spaces, dots or hyphens, upper case, checksum right.
    pub tax_id: Option<String>,
    /// Normalised: lower-case domain.
    pub email: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub town: Option<String>,
    pub zone: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub website: Option<String>,
    pub industry: Option<String>,
    pub source: Option<Source>,
    pub campaign: Option<String>,
    pub interest: Option<String>,
    /// The estimated amount, without tax.
    pub amount: Option<Money>,
    pub description: Option<String>,
    pub status: LeadStatus,
    pub discard_reason: Option<String>,
    pub team: Option<TeamId>,
    pub owner: Option<UserId>,
    pub assigned_at: Option<Timestamp>,
    pub first_response_at: Option<Timestamp>,
    pub assignment: Option<Assignment>,
    /// Until when somebody should answer; absent where no target was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<ResponseClock>,
    /// Out of the inbox until a moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snooze: Option<Snooze>,
    /// Somebody takes care of it: out of the inbox, though nobody has answered yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Acceptance>,
    /// The lead, company or contact that it is the same as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<Uuid>,
    /// The key of this lead in the system it came from; unique.
    pub external_key: Option<String>,
    /// Keys of the company's list `tags`, in their order, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Purposes that the person has agreed to and not taken back, by what counts of all that was said ([`crate::Consent`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<String>,
    /// What became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversion: Option<Conversion>,
    /// Put away: left out of lists unless they ask for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    /// Values of the company's own fields.
    #[serde(default, skip_serializing_if = "CustomValues::is_empty")]
    pub custom: CustomValues,
    /// Own fields whose value no other lead may have: kept here, so that the record alone says what is indexed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unique_fields: Vec<String>,
}

impl Lead {
    /// A lead about which nothing is known yet.
    pub fn new(meta: Meta) -> Lead {
        Lead {
            meta,
            name: None,
            company: None,
            tax_id: None,
            email: None,
            phone: None,
            address: None,
            postcode: None,
            town: None,
            zone: None,
            country: None,
            website: None,
            industry: None,
            source: None,
            campaign: None,
            interest: None,
            amount: None,
            description: None,
            status: LeadStatus::New,
            discard_reason: None,
            team: None,
            owner: None,
            assigned_at: None,
            first_response_at: None,
            assignment: None,
            response: None,
            snooze: None,
            accepted: None,
            duplicate_of: None,
            external_key: None,
            tags: Vec::new(),
            consents: Vec::new(),
            conversion: None,
            archived: false,
            custom: CustomValues::new(),
            unique_fields: Vec::new(),
        }
    }

    /// The records that it became.
    pub fn became(&self) -> impl Iterator<Item = Uuid> {
        let conversion = self.conversion.as_ref();
        conversion.into_iter().flat_map(|made| [made.company, made.contact, made.opportunity]).flatten()
    }

    /// Whether it is somebody's load: open and not put away.
    pub fn is_load(&self) -> bool {
        self.status.is_open() && !self.archived
    }

    /// What people call it: the company's name, else the person's.
    pub fn title(&self) -> &str {
        self.company.as_deref().or(self.name.as_deref()).unwrap_or_default()
    }
}

/// How a list of leads may be sorted; each in both directions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadSort {
    #[default]
    Created,
    Name,
    Amount,
    /// By points, which no record holds: this order is kept in memory, not in an index.
    Score,
}

impl LeadSort {
    pub const ALL: [LeadSort; 4] = [LeadSort::Created, LeadSort::Name, LeadSort::Amount, LeadSort::Score];
    /// Those that have index entries.
    pub const INDEXED: [LeadSort; 3] = [LeadSort::Created, LeadSort::Name, LeadSort::Amount];

    /// Of those with index entries; the order by points is listed by age where somebody asks for its entries.
    fn tag(self) -> u8 {
        match self {
            LeadSort::Created | LeadSort::Score => 1,
            LeadSort::Name => 2,
            LeadSort::Amount => 3,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            LeadSort::Created => "created",
            LeadSort::Name => "name",
            LeadSort::Amount => "amount",
            LeadSort::Score => crate::SCORE,
        }
    }

    pub fn from_code(code: &str) -> Option<LeadSort> {
        LeadSort::ALL.into_iter().find(|sort| sort.as_str() == code)
    }
}

/// What a list entry says of its lead, so that a filter need not read the record. The value of a list index entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadFacet {
    pub status: LeadStatus,
    pub archived: bool,
    pub source: Option<Source>,
    pub team: Option<TeamId>,
    pub owner: Option<UserId>,
    pub created_at_ms: i64,
}

/// Before the key of the source, which is the rest.
const FACET_BYTES: usize = 41;
/// In the byte of the status, which has few values: the lead is archived.
const ARCHIVED_BIT: u8 = 0x80;

impl LeadFacet {
    pub fn of(lead: &Lead) -> LeadFacet {
        LeadFacet {
            status: lead.status,
            archived: lead.archived,
            source: lead.source,
            team: lead.team,
            owner: lead.owner,
            created_at_ms: lead.meta.created_at.as_millisecond(),
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let source = self.source.as_ref().map_or("", Source::as_str);
        let mut bytes = Vec::with_capacity(FACET_BYTES + source.len());
        let archived = if self.archived { ARCHIVED_BIT } else { 0 };
        bytes.push(position(&LeadStatus::ALL, &self.status) | archived);
        bytes.extend_from_slice(self.team.map_or(Uuid::nil(), |team| team.0).as_bytes());
        bytes.extend_from_slice(self.owner.map_or(Uuid::nil(), |owner| owner.0).as_bytes());
        bytes.extend_from_slice(&self.created_at_ms.to_be_bytes());
        bytes.extend_from_slice(source.as_bytes());
        bytes
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<LeadFacet> {
        let (bytes, source) = bytes.split_at_checked(FACET_BYTES)?;
        let id = |from: usize| {
            let id = Uuid::from_slice(&bytes[from..from + 16]).ok()?;
            (!id.is_nil()).then_some(id)
        };
        Some(LeadFacet {
            status: *LeadStatus::ALL.get(usize::from(bytes[0] & !ARCHIVED_BIT))?,
            archived: bytes[0] & ARCHIVED_BIT != 0,
            source: match std::str::from_utf8(source).ok()? {
                "" => None,
                key => Some(Source::from_code(key)?),
            },
            team: id(1).map(TeamId),
            owner: id(17).map(UserId),
            created_at_ms: i64::from_be_bytes(bytes[33..].try_into().ok()?),
        })
    }
}

/// The place in a list of fewer than 256 values. Adding values at the end keeps old bytes readable.
fn position<T: PartialEq>(all: &[T], value: &T) -> u8 {
    all.iter().position(|other| other == value).and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
}

/// What an entry of the inbox says of its lead, so that those that are not to be shown need not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InboxFacet {
    pub is_accepted: bool,
    /// How often it went to somebody else because nobody had answered.
    pub moved: u8,
    pub team: Option<TeamId>,
    pub owner: Option<UserId>,
    /// Until when it is put off.
    pub snoozed_until_ms: Option<i64>,
}

const INBOX_FACET_BYTES: usize = 42;

impl InboxFacet {
    fn of(lead: &Lead) -> InboxFacet {
        InboxFacet {
            is_accepted: lead.accepted.is_some(),
            moved: lead.response.map_or(0, |clock| clock.moved),
            team: lead.team,
            owner: lead.owner,
            snoozed_until_ms: lead.snooze.map(|snooze| snooze.until.as_millisecond()),
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(INBOX_FACET_BYTES);
        bytes.extend([u8::from(self.is_accepted), self.moved]);
        bytes.extend_from_slice(self.team.map_or(Uuid::nil(), |team| team.0).as_bytes());
        bytes.extend_from_slice(self.owner.map_or(Uuid::nil(), |owner| owner.0).as_bytes());
        bytes.extend_from_slice(&self.snoozed_until_ms.unwrap_or(i64::MIN).to_be_bytes());
        bytes
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<InboxFacet> {
        let bytes: &[u8; INBOX_FACET_BYTES] = bytes.try_into().ok()?;
        let id = |from: usize| {
            let id = Uuid::from_slice(&bytes[from..from + 16]).ok()?;
            (!id.is_nil()).then_some(id)
        };
        let until = i64::from_be_bytes(bytes[34..].try_into().ok()?);
        Some(InboxFacet {
            is_accepted: bytes[0] != 0,
            moved: bytes[1],
            team: id(2).map(TeamId),
            owner: id(18).map(UserId),
            snoozed_until_ms: (until != i64::MIN).then_some(until),
        })
    }
}

/// Which part of the leads a list index runs over.
const SCOPE_ALL: u8 = 1;
const SCOPE_TEAM: u8 = 2;
const SCOPE_OWNER: u8 = 3;

impl Lead {
    /// The prefix of the list of all leads in one order.
    pub fn list_of_all(sort: LeadSort) -> IndexKey {
        IndexKey::new(space::LEAD_LIST).byte(SCOPE_ALL).byte(sort.tag())
    }

    /// The prefix of all leads that nobody has answered: the most urgent first.
    pub fn unanswered_of_all() -> IndexKey {
        IndexKey::new(space::UNANSWERED).byte(SCOPE_ALL)
    }

    /// The same of a team's leads.
    pub fn unanswered_of_team(team: TeamId) -> IndexKey {
        IndexKey::new(space::UNANSWERED).byte(SCOPE_TEAM).id(team.0)
    }

    /// The same of one person's leads.
    pub fn unanswered_of_owner(owner: UserId) -> IndexKey {
        IndexKey::new(space::UNANSWERED).byte(SCOPE_OWNER).id(owner.0)
    }

    /// By what is due first; then, and where nothing is due, the newest first.
    fn unanswered_entries(&self) -> impl Iterator<Item = IndexEntry> + '_ {
        let prefixes = [
            Some(Lead::unanswered_of_all()),
            self.team.map(Lead::unanswered_of_team),
            self.owner.map(Lead::unanswered_of_owner),
        ];
        let due = self.response.map_or(i64::MAX, |clock| clock.due.as_millisecond());
        let newest_first = -self.meta.created_at.as_millisecond();
        let value = InboxFacet::of(self).bytes();
        prefixes.into_iter().flatten().filter(|_| self.is_unanswered()).map(move |prefix| IndexEntry {
            key: prefix.signed(due).signed(newest_first).id(self.meta.id).bytes(),
            value: value.clone(),
            unique: false,
        })
    }

    /// The prefix of the list of a team's leads in one order.
    pub fn list_of_team(team: TeamId, sort: LeadSort) -> IndexKey {
        IndexKey::new(space::LEAD_LIST).byte(SCOPE_TEAM).id(team.0).byte(sort.tag())
    }

    /// The prefix of the list of one person's leads in one order.
    pub fn list_of_owner(owner: UserId, sort: LeadSort) -> IndexKey {
        IndexKey::new(space::LEAD_LIST).byte(SCOPE_OWNER).id(owner.0).byte(sort.tag())
    }

    /// The prefix of the narrowest list that holds everything a scope contains; `None` for a union of lists.
    pub fn list_of_scope(scope: &Scope, sort: LeadSort) -> Option<IndexKey> {
        match scope {
            Scope::Own(user) => Some(Lead::list_of_owner(*user, sort)),
            Scope::Everything => Some(Lead::list_of_all(sort)),
            Scope::Nothing | Scope::Teams(..) => None,
        }
    }

    fn sorted(&self, prefix: IndexKey, sort: LeadSort) -> Vec<u8> {
        let key = match sort {
            LeadSort::Created | LeadSort::Score => prefix.signed(self.meta.created_at.as_millisecond()),
            LeadSort::Name => prefix.text(self.title()),
            // Leads without an amount come before every amount.
            LeadSort::Amount => prefix.signed(self.amount.map_or(i64::MIN, |amount| amount.minor_units)),
        };
        key.id(self.meta.id).bytes()
    }
}

impl crate::AnyRecord for Lead {
    fn entity(&self) -> Kind {
        Kind::Lead
    }

    fn about(&self) -> &Meta {
        &self.meta
    }

    fn name(&self) -> String {
        self.title().to_owned()
    }

    fn responsible(&self) -> (Option<UserId>, Option<TeamId>) {
        (self.owner, self.team)
    }

    fn is_archived(&self) -> bool {
        self.archived
    }

    fn own(&self) -> &CustomValues {
        &self.custom
    }

    fn built_in(&self, key: &str) -> crate::FieldValue {
        crate::Fields::value(self, key)
    }

    fn amounts_in(&self) -> Option<crate::Currency> {
        self.amount.map(|amount| amount.currency)
    }
}

impl Record for Lead {
    const KIND: Kind = Kind::Lead;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let facet = LeadFacet::of(self).bytes();
        let mut entries = Vec::with_capacity(13);
        for sort in LeadSort::INDEXED {
            let prefixes = [
                Some(Lead::list_of_all(sort)),
                self.team.map(|team| Lead::list_of_team(team, sort)),
                self.owner.map(|owner| Lead::list_of_owner(owner, sort)),
            ];
            for prefix in prefixes.into_iter().flatten() {
                let key = self.sorted(prefix, sort);
                entries.push(IndexEntry { key, value: facet.clone(), unique: false });
            }
        }
        entries.extend(self.unanswered_entries());
        if let Some(key) = &self.external_key {
            entries.push(IndexEntry::unique(Kind::Lead, "external_key", key, self.meta.id));
        }
        entries.extend(crate::unique_entries(Kind::Lead, &self.custom, &self.unique_fields, self.meta.id));
        for target in self.became() {
            let key = crate::linking(target, Kind::Lead).id(self.meta.id).bytes();
            entries.push(IndexEntry { key, value: Vec::new(), unique: false });
        }
        entries.extend(crate::entity::own_link_entries(Kind::Lead, &self.custom, self.meta.id));
        entries.extend(crate::matching::match_entries(self));
        entries
    }

    fn about(&self) -> Vec<Uuid> {
        [self.meta.id].into_iter().chain(self.became()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facet_of_the_inbox_survives_its_bytes() {
        for snoozed_until_ms in [None, Some(0), Some(1_795_420_800_000)] {
            let facet = InboxFacet {
                is_accepted: true,
                moved: 3,
                team: Some(TeamId(Uuid::from_u128(7))),
                owner: None,
                snoozed_until_ms,
            };
            assert_eq!(InboxFacet::from_bytes(&facet.bytes()), Some(facet));
        }
        assert_eq!(InboxFacet::from_bytes(&[0; 41]), None);
    }

    #[test]
    fn facet_survives_its_bytes() {
        let facet = LeadFacet {
            status: LeadStatus::Qualified,
            archived: true,
            source: Source::from_code("fira_de_girona"),
            team: Some(TeamId(Uuid::from_u128(7))),
            owner: None,
            created_at_ms: -5,
        };
        assert_eq!(LeadFacet::from_bytes(&facet.bytes()), Some(facet.clone()));
        let unknown = LeadFacet { source: None, ..facet };
        assert_eq!(LeadFacet::from_bytes(&unknown.bytes()), Some(unknown));
        assert_eq!(LeadFacet::from_bytes(b"short"), None);
    }

    #[test]
    fn list_keys_sort_as_people_do() {
        let key = |name: &str, cents: Option<i64>, sort| {
            let mut lead =
                Lead::new(Meta::new(Uuid::from_u128(1), Timestamp::UNIX_EPOCH, crate::Actor::SYSTEM));
            lead.name = Some(name.to_owned());
            lead.amount = cents.map(|minor_units| Money { minor_units, currency: Default::default() });
            lead.sorted(Lead::list_of_all(sort), sort)
        };
        let names = ["Àngel", "anna", "Nil", "Ñoño", "Oriol"];
        assert!(names.is_sorted_by_key(|name| key(name, None, LeadSort::Name)));
        let amounts = [None, Some(-100), Some(0), Some(99), Some(10_000)];
        assert!(amounts.is_sorted_by_key(|cents| key("", *cents, LeadSort::Amount)));
    }
}
