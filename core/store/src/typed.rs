//! From stored bytes to what their entity says of them.

use model::json::{self, Value};
use model::{
    Activity, ApiKey, AssignmentRule, BackupOrder, BulkJob, BulkRows, Choice, Company, Configured, Consent,
    Contact, Credential, CustomField, Distinct, Document, DocumentVersion, Erasure, EvidencePack,
    Explanation, FormSubmission, Holiday, Import, ImportPieces, ImportProblems, ImportTemplate, ImportedRows,
    IndexEntry, Kind, Lead, Letter, Merge, Meta, NumberSeries, Opportunity, Parametrization, Pipeline,
    Plugin, Price, PriceBook, Product, ProviderAttempt, Quote, QuoteSheet, Record, Retention, RetentionRun,
    Role, SavedView, ScoringRule, Screen, SecondFactor, Session, Settings, SignInLink, Tax, Team, User,
    WebForm, Webhook, WebhookDelivery, WebhookProgress, Wording,
};

/// What is derived from a record.
pub(crate) struct Derived {
    pub(crate) meta: Meta,
    pub(crate) journaled: bool,
    pub(crate) indexes: Vec<IndexEntry>,
    /// As this version of Tracte writes it.
    pub(crate) value: Value,
}

/// One line an entity: which type its records have.
macro_rules! types {
    ($($kind:ident: $record:ty;)*) => {
        pub(crate) fn derive(kind: Kind, bytes: &[u8]) -> Result<Derived, json::Error> {
            match kind {
                $(Kind::$kind => typed::<$record>(bytes),)*
            }
        }

        /// Whether changes of this entity go into the journal.
        pub fn is_journaled(kind: Kind) -> bool {
            match kind {
                $(Kind::$kind => <$record>::JOURNALED,)*
            }
        }

        /// Whether exports and backups hold records of this entity.
        pub fn is_exported(kind: Kind) -> bool {
            match kind {
                $(Kind::$kind => <$record>::EXPORTED,)*
            }
        }
    };
}

types! {
    Settings: Settings;
    User: User;
    Team: Team;
    Session: Session;
    SignInLink: SignInLink;
    ApiKey: ApiKey;
    Lead: Lead;
    Company: Company;
    Contact: Contact;
    Opportunity: Opportunity;
    PriceBook: Configured<PriceBook>;
    Price: Price;
    Product: Product;
    Activity: Activity;
    Import: Import;
    Plugin: Plugin;
    ImportProblems: ImportProblems;
    ImportTemplate: ImportTemplate;
    ImportPieces: ImportPieces;
    ImportedRows: ImportedRows;
    Pipeline: Configured<Pipeline>;
    Choice: Configured<Choice>;
    CustomField: Configured<CustomField>;
    Wording: Configured<Wording>;
    Tax: Configured<Tax>;
    NumberSeries: Configured<NumberSeries>;
    Role: Configured<Role>;
    Holiday: Configured<Holiday>;
    AssignmentRule: Configured<AssignmentRule>;
    Explanation: Explanation;
    Parametrization: Parametrization;
    Consent: Consent;
    Erasure: Erasure;
    Retention: Retention;
    RetentionRun: RetentionRun;
    SavedView: SavedView;
    Credential: Credential;
    Letter: Letter;
    SecondFactor: SecondFactor;
    ProviderAttempt: ProviderAttempt;
    BulkJob: BulkJob;
    BulkRows: BulkRows;
    Screen: Screen;
    EvidencePack: EvidencePack;
    WebForm: Configured<WebForm>;
    ScoringRule: Configured<ScoringRule>;
    FormSubmission: FormSubmission;
    Merge: Merge;
    Quote: Quote;
    QuoteSheet: QuoteSheet;
    Distinct: Distinct;
    Webhook: Webhook;
    WebhookProgress: WebhookProgress;
    WebhookDelivery: WebhookDelivery;
    Document: Document;
    DocumentVersion: DocumentVersion;
    BackupOrder: BackupOrder;
}

fn typed<R: Record>(bytes: &[u8]) -> Result<Derived, json::Error> {
    let record: R = json::from_slice(bytes)?;
    Ok(Derived {
        meta: record.meta().clone(),
        journaled: R::JOURNALED,
        indexes: record.indexes(),
        value: json::to_value(&record)?,
    })
}

/// The version of a stored record of any entity.
pub(crate) fn version(bytes: &[u8]) -> Option<u64> {
    #[derive(model::serde::Deserialize)]
    #[serde(crate = "model::serde")]
    struct Versioned {
        meta: Version,
    }
    #[derive(model::serde::Deserialize)]
    #[serde(crate = "model::serde")]
    struct Version {
        version: u64,
    }
    json::from_slice::<Versioned>(bytes).ok().map(|record| record.meta.version)
}
