#![doc = include_str!("../README.md")]

mod activities;
mod amount;
mod api_keys;
mod assignment_rules;
mod backups;
mod bulk;
mod change;
mod choices;
mod codes;
mod companies;
mod configured;
mod consents;
mod contacts;
mod countries;
mod credentials;
mod custom_fields;
mod documents;
mod email;
mod entity;
mod erasures;
mod eu_vat;
mod evidence;
mod explanations;
mod fields;
mod filter;
mod fold;
mod frame;
mod holidays;
mod identity;
mod ids;
mod import_plans;
mod imports;
mod index;
mod label;
mod language;
mod lead_fields;
mod leads;
mod mail;
mod matching;
mod merges;
mod money;
mod number_series;
mod opportunities;
mod parametrization;
mod permission;
mod phone;
mod pipelines;
mod plugins;
mod price_books;
mod prices;
mod problem;
mod products;
mod quote_lines;
mod quote_sums;
mod quotes;
mod record;
mod response;
mod retention;
mod roles;
mod rows;
mod saved_views;
mod scoring_rules;
mod second_factor;
mod settings;
mod sources;
mod tax_id;
mod taxes;
mod url;
mod users;
mod web_forms;
mod webhook_events;
mod webhooks;
mod wordings;
mod working_time;
mod working_week;

pub use activities::{ABOUT, Activity, DURATION_MINUTES_MAX, NOTE_CHARACTERS_MAX, TODO_KINDS};
pub use amount::{parse_amount, parse_date, parse_month, parse_number};
pub use api_keys::ApiKey;
pub use assignment_rules::{
    AssignmentRule, Attendance, CAPACITY_DAYS, Fallback, Leaves, Pool, PoolMember, RULE_CAPACITY_MAX,
    RULE_PEOPLE_MAX, RULE_WEIGHT_MAX, RULES_MAX, Strategy, Way,
};
pub use backups::BackupOrder;
pub use bulk::{
    BULK_ROWS_A_RECORD, BULK_ROWS_KEPT_DAYS, BULK_ROWS_MAX, BULK_UNDO_HOURS, BULK_WHY_CHARACTERS_MAX,
    BulkAction, BulkCounts, BulkJob, BulkOutcome, BulkRow, BulkRows, BulkState,
};
pub use change::{Change, Deed, Projection, ProjectionError, record_of, title_in};
pub use choices::{COLORS, Choice, POSTCODES_MAX, choice_meant, lists};
pub use companies::{Company, TaxRegime};
pub use configured::{Configured, KEY_CHARACTERS_MAX, Piece, check_key, check_pair, key_of};
pub use consents::{
    Consent, ConsentState, ConsentWay, Consenting, EVIDENCE_CHARACTERS_MAX, LawfulBasis, newest_first,
    standing,
};
pub use contacts::Contact;
pub use countries::country_meant;
pub use credentials::Credential;
pub(crate) use custom_fields::unique_entries;
pub use custom_fields::{
    CUSTOM_FIELDS_MAX, CUSTOM_LONG_TEXT_CHARACTERS_MAX, CUSTOM_TEXT_CHARACTERS_MAX, CustomField, CustomValue,
    CustomValues, HELP_CHARACTERS_MAX, OWN_PREFIX, Shown, own_key, own_name, unique_own,
};
pub use documents::{
    CHANGE_NOTE_CHARACTERS_MAX, DOCUMENT_ABOUT, DOCUMENT_BYTES_MAX, DOCUMENT_VERSIONS_MAX, Document,
    DocumentVersion, EXPIRING_DAYS, FILE_NAME_CHARACTERS_MAX, VALID_UNTIL,
};
pub use email::normalize_email;
pub use entity::{
    AnyRecord, CREATED, Common, Entity, Facet, TITLE, WORKED_WITH, linking, linking_at_end, list_of_all,
    list_of_owner, list_of_team, lists_of_scope, own_linking, path_of, record_in, sorts_of, specs_of,
};
pub use erasures::{ERASED, Erasure, OfQuote, scrub_of, scrub_of_quote};
pub use evidence::{
    CAPTION_CHARACTERS_MAX, EvidencePack, PackState, SCREEN_BYTES_MAX, SCREEN_PIXELS_MAX,
    SCREENS_A_FUNCTION_MAX, Screen, picture_size,
};
pub use explanations::{Explanation, LeftOut, LeftOutWhy, Occasion, RuleOutcome, RuleTried, Standing};
pub use fields::{FieldKind, FieldSpec, FieldValue, Fields, Values};
pub use filter::{
    CONDITION_VALUE_CHARACTERS_MAX, CONDITION_VALUES_MAX, CONDITIONS_MAX, Condition, FILTER_BYTES_MAX,
    FILTER_DAYS_MAX, Filter, FilterContext, FilterField, Group, ME, MY_TEAM, Matcher, NOBODY, Operator,
    Takes, condition_field,
};
pub use fold::{fold, single_spaced, without_invisible};
pub use frame::{Frame, InFrame, Pieces, ReadPieces};
pub use holidays::{HOLIDAYS_YEAR_MAX, HOLIDAYS_YEAR_MIN, Holiday, HolidayCalendar};
pub use identity::{IdentityProvider, ProviderAttempt, ProviderFactor, ProviderIdentity};
pub use ids::{
    ActivityId, ApiKeyId, BulkJobId, FormSubmissionId, Id, ImportId, LeadId, LetterId, PluginId, SavedViewId,
    SessionId, TeamId, UserId,
};
pub use import_plans::{
    DateOrder, GivenValue, ImportMode, ImportPiece, ImportPieces, ImportPlan, ImportTemplate, MendedValue,
    Mending, NumberForm, OnDouble, PieceOf, PlannedColumn,
};
pub use imports::{
    ChangedSince, IMPORTED_ROWS_A_RECORD, IMPORTED_WHY_CHARACTERS_MAX, Import, ImportCounts, ImportProblems,
    ImportState, ImportTarget, ImportedRow, ImportedRows, RowOutcome, RowProblems, SheetAsked, SheetFacts,
    TARGETS, UndoCounts, UndoOutcome,
};
pub use index::{IndexEntry, IndexKey, space};
pub use label::{LABEL_CHARACTERS_MAX, Label};
pub use language::Language;
pub use leads::{
    Assignment, CONVERSION_UNDO_HOURS, Conversion, Decision, InboxFacet, Lead, LeadFacet, LeadSort,
    LeadStatus, Reason,
};
pub use mail::{Letter, LetterAbout, LetterFailure, LetterState, MailSecurity, MailServer, RefusedCopy};
pub use matching::{
    Likeness, MATCHED, MatchBy, NameOf, can_match, match_at_end, match_group, matches_by, name_key,
};
pub use merges::{
    Distinct, Left, LeftWhy, MERGE_TAKEN_MAX, MERGE_UNDO_DAYS, MERGED_MAX, Merge, UNMERGE_LEFT_MAX, Unmerge,
};
pub use money::{Currency, Money};
pub use number_series::{NumberSeries, PATTERN_CHARACTERS_MAX};
pub use opportunities::{Opportunity, stage_of, stages_of};
pub use parametrization::{LogOrigin, Parametrization, ProgramFunction, Segment};
pub use permission::{Action, Level, Scope};
pub use phone::{display_phone, normalize_phone};
pub use pipelines::{Pipeline, STAGES_MAX, Stage, StageKind};
pub use plugins::{Plugin, PluginCall};
pub use price_books::{PRICE_BOOKS_MAX, PriceBook};
pub use prices::Price;
pub use problem::{FieldErrors, Problem};
pub use products::Product;
pub use quote_lines::{
    ALTERNATIVES, LINE_TEXT_CHARACTERS_MAX, LineKind, QUOTE_LINES_MAX, QuoteLine, alternatives_of,
};
pub use quote_sums::{
    Billing, Invoice, LineRate, LineSum, PricedLine, QuoteSums, RateSum, SumTerms, TERM_MONTHS_MAX, TooLarge,
    line_sum, sums,
};
pub use quotes::{
    Approval, CONDITIONS_CHARACTERS_MAX, COPIES_MAX, MESSAGE_CHARACTERS_MAX, PAYMENT_TERMS_CHARACTERS_MAX,
    Quote, QuoteAcceptance, QuoteSheet, QuoteState, quote_status,
};
pub use record::{Actor, Kind, Meta, RECORD_BYTES_MAX, Record, Via};
pub use response::{
    Acceptance, REASSIGN_HOURS_MAX, REASSIGN_TIMES_MAX, Reassignment, ResponseClock, ResponseStanding,
    SNOOZE_DAYS_MAX, Snooze,
};
pub use retention::{
    RETENTION_MONTHS_MAX, Retained, Retention, RetentionCounts, RetentionDeed, RetentionRule, RetentionRun,
    RetentionState,
};
pub use roles::{Levels, ROLE_HELP_CHARACTERS_MAX, Role, RoleKey};
pub use rows::{
    ADDRESS_LABELS, ADDRESSES_MAX, COMPONENTS_MAX, Component, DECISION_ROLES, EMAIL_LABELS, EMAILS_MAX,
    EmailAddress, PARTICIPANTS_MAX, PHONE_LABELS, PHONES_MAX, POSITIONS_MAX, Participant, PhoneNumber,
    Position, PostalAddress, Row, RowsSpec, WANTED_MAX, rows_of,
};
pub use saved_views::{ListState, SavedView, Share};
pub use scoring_rules::{
    POINTS_MAX, PROBABILITY, SCORE, SCORE_MAX, SCORING_RULES_MAX, ScoringRule, score_of,
};
pub use second_factor::{SecondFactor, SecondFactorRule};
pub use settings::{
    BRAND_HUE_DEFAULT, BRAND_HUE_MAX, FIRST_RESPONSE_HOURS_MAX, LOGO_BYTES_MAX, Logo, LogoKind,
    PLAN_STEPS_MAX, PlanStep, QuoteSettings, Settings,
};
pub use sources::Source;
pub use tax_id::normalize_tax_id;
pub use taxes::{RATES_MAX, Rate, Tax, TaxKind};
pub use url::normalize_url;
pub use users::{ABSENCES_MAX, Absence, HandOver, Session, SignInLink, Team, User};
pub use web_forms::{
    FORM_BUILT_IN, FORM_FIELDS_MAX, FORM_HINT_CHARACTERS_MAX, FORM_SITES_MAX, FORM_TEXT_CHARACTERS_MAX,
    FORM_TOLD_MAX, FormField, FormSubmission, WebForm,
};
pub use webhook_events::{WEBHOOK_EVENTS, WebhookEvent, all_of, is_echo, webhook_codes, webhook_events};
pub use webhooks::{
    ANSWER_BYTES_KEPT, DELIVERIES_KEPT, DeliveryAttempt, DeliveryState, WEBHOOKS_MAX, Webhook,
    WebhookDelivery, WebhookHealth, WebhookProgress,
};
pub use wordings::{WORDING_CHARACTERS_MAX, Wording};
pub use working_time::WorkingTime;
pub use working_week::{SHIFTS_MAX, Shift, WorkingWeek, parse_shifts, written_shifts};

pub use jiff;
pub use rust_decimal::{Decimal, RoundingStrategy};
pub use serde;
pub use serde_json as json;
pub use uuid;
