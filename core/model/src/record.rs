//! What every record has: identity, version, who and when; and how it is indexed.

use crate::{ApiKeyId, ImportId, IndexEntry, UserId};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// A journal entry holds a record and the former values of what changed, and must stay under the store's 8 KB.
pub const RECORD_BYTES_MAX: usize = 3_900;

/// One line an entity: its name, the byte that begins its storage keys, and what it is called in files and the API.
macro_rules! kinds {
    ($($name:ident = $tag:literal, $code:literal;)*) => {
        /// The entities. The number is part of every storage key and never changes.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $($name,)*
        }

        impl Kind {
            pub const ALL: &'static [Kind] = &[$(Kind::$name,)*];

            /// The byte that begins this entity's storage keys.
            pub fn tag(self) -> u8 {
                match self {
                    $(Kind::$name => $tag,)*
                }
            }

            pub fn as_str(self) -> &'static str {
                match self {
                    $(Kind::$name => $code,)*
                }
            }
        }
    };
}

kinds! {
    Settings = 1, "settings";
    User = 2, "user";
    Team = 3, "team";
    Session = 4, "session";
    ApiKey = 5, "api_key";
    Lead = 6, "lead";
    Activity = 7, "activity";
    Import = 8, "import";
    Plugin = 9, "plugin";
    ImportProblems = 10, "import_problems";
    Pipeline = 11, "pipeline";
    Choice = 12, "choice";
    CustomField = 13, "custom_field";
    Wording = 14, "wording";
    Tax = 15, "tax";
    NumberSeries = 16, "number_series";
    Role = 17, "role";
    Holiday = 18, "holiday";
    Credential = 19, "credential";
    Letter = 20, "letter";
    SignInLink = 21, "sign_in_link";
    SecondFactor = 22, "second_factor";
    ProviderAttempt = 23, "provider_attempt";
    Company = 24, "company";
    Contact = 25, "contact";
    Opportunity = 26, "opportunity";
    Product = 27, "product";
    Consent = 29, "consent";
    Parametrization = 30, "parametrization";
    Erasure = 31, "erasure";
    Retention = 32, "retention";
    RetentionRun = 33, "retention_run";
    ImportTemplate = 34, "import_template";
    ImportPieces = 35, "import_pieces";
    AssignmentRule = 36, "assignment_rule";
    Explanation = 37, "explanation";
    SavedView = 40, "saved_view";
    BulkJob = 41, "bulk_job";
    BulkRows = 42, "bulk_rows";
    Screen = 50, "screen";
    EvidencePack = 51, "evidence_pack";
    WebForm = 52, "web_form";
    FormSubmission = 53, "form_submission";
    ImportedRows = 55, "imported_rows";
    PriceBook = 60, "price_book";
    Price = 61, "price";
    ScoringRule = 75, "scoring_rule";
    Quote = 62, "quote";
    QuoteSheet = 63, "quote_sheet";
    Merge = 65, "merge";
    Distinct = 66, "distinct";
    Webhook = 80, "webhook";
    WebhookProgress = 81, "webhook_progress";
    WebhookDelivery = 82, "webhook_delivery";
    Document = 83, "document";
    DocumentVersion = 84, "document_version";
    BackupOrder = 90, "backup_order";
}

impl Kind {
    pub fn from_tag(tag: u8) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.tag() == tag)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Kind::ALL.iter().copied().find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// Which way a change came in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    Page,
    Api(ApiKeyId),
    Import(ImportId),
    /// By a web form: whoever sent it is nobody here.
    Form,
    System,
}

/// Who made a change, and which way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Actor {
    /// Absent for what the system does by itself.
    pub user: Option<UserId>,
    pub via: Via,
}

impl Actor {
    pub const SYSTEM: Actor = Actor { user: None, via: Via::System };
}

/// The part that every record has.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Meta {
    pub id: Uuid,
    /// 1 when created, +1 with each change; the store sets it.
    pub version: u64,
    pub created_at: Timestamp,
    pub created_by: Actor,
    pub updated_at: Timestamp,
    pub updated_by: Actor,
}

impl Meta {
    /// For a record about to be created.
    pub fn new(id: Uuid, at: Timestamp, by: Actor) -> Meta {
        Meta { id, version: 1, created_at: at, created_by: by.clone(), updated_at: at, updated_by: by }
    }
}

/// A stored record. Pure: what is derived from it depends on nothing else, so that `verify` can derive it again.
pub trait Record: Clone + PartialEq + Serialize + DeserializeOwned {
    const KIND: Kind;
    /// Whether changes go into the journal. Sessions do not: they are no fact of the business.
    const JOURNALED: bool = true;
    /// Whether exports and backups hold it. Secrets that are kept as they are do not leave the data folder.
    const EXPORTED: bool = true;

    fn meta(&self) -> &Meta;
    fn meta_mut(&mut self) -> &mut Meta;

    /// Entries of the `idx` tree derived from this record.
    fn indexes(&self) -> Vec<IndexEntry> {
        Vec::new()
    }

    /// The records on whose timeline a change of this one appears.
    fn about(&self) -> Vec<Uuid> {
        vec![self.meta().id]
    }
}

/// The two ways to the part that every record has, where it is the field `meta`.
macro_rules! meta_field {
    () => {
        fn meta(&self) -> &$crate::Meta {
            &self.meta
        }

        fn meta_mut(&mut self) -> &mut $crate::Meta {
            &mut self.meta
        }
    };
}
pub(crate) use meta_field;
