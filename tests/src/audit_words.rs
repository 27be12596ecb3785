//! What the audit log says in words: every field of every entity and every code has some, and records have their names.

use crate::http_kit::Kit;
use crate::merges::{made, typed};
use crate::test_app::TestApp;
use model::jiff::tz::TimeZone;
use model::json::{Value, json};
use model::serde::de::value::Error as NoValue;
use model::serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use model::serde::forward_to_deserialize_any;
use model::uuid::Uuid;
use model::{Frame, Kind, Language, RoleKey};
use services::audit::{self, AuditEntry, AuditQuery};
use services::merges::MergeDraft;
use services::records;
use std::collections::BTreeMap;
use ui::audit::{Words, is_known_field, is_known_part};

/// Asks a type what it is made of: the names of its fields, or the codes of its values. It gives no value.
struct Asked<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = NoValue;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, NoValue> {
        Err(NoValue::custom("only names are asked for"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NoValue> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        codes: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NoValue> {
        *self.0 = codes;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}

fn names<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut found: &'static [&'static str] = &[];
    assert!(T::deserialize(Asked(&mut found)).is_err());
    assert!(!found.is_empty(), "{} does not say what it is made of", std::any::type_name::<T>());
    found
}

/// The fields of an entity that the log shows.
fn fields_of(kind: Kind) -> Vec<&'static str> {
    let specs = model::specs_of(kind).iter().map(|spec| spec.key);
    let rows = model::rows_of(kind).iter().map(|list| list.key);
    let more: &[&str] = match kind {
        Kind::Settings => names::<model::Settings>(),
        Kind::User => names::<model::User>(),
        Kind::Team => names::<model::Team>(),
        Kind::ApiKey => names::<model::ApiKey>(),
        Kind::Lead => names::<model::Lead>(),
        Kind::Import => names::<model::Import>(),
        Kind::Plugin => names::<model::Plugin>(),
        Kind::Pipeline => names::<model::Pipeline>(),
        Kind::Choice => names::<model::Choice>(),
        Kind::CustomField => names::<model::CustomField>(),
        Kind::Wording => names::<model::Wording>(),
        Kind::Tax => names::<model::Tax>(),
        Kind::NumberSeries => names::<model::NumberSeries>(),
        Kind::Role => names::<model::Role>(),
        Kind::Holiday => names::<model::Holiday>(),
        Kind::Consent => names::<model::Consent>(),
        Kind::Parametrization => names::<model::Parametrization>(),
        Kind::Erasure => names::<model::Erasure>(),
        Kind::Retention => names::<model::Retention>(),
        Kind::RetentionRun => names::<model::RetentionRun>(),
        Kind::ImportTemplate => names::<model::ImportTemplate>(),
        Kind::AssignmentRule => names::<model::AssignmentRule>(),
        Kind::SavedView => names::<model::SavedView>(),
        Kind::BulkJob => names::<model::BulkJob>(),
        Kind::Screen => names::<model::Screen>(),
        Kind::EvidencePack => names::<model::EvidencePack>(),
        Kind::WebForm => names::<model::WebForm>(),
        Kind::PriceBook => names::<model::PriceBook>(),
        Kind::Price => names::<model::Price>(),
        Kind::ScoringRule => names::<model::ScoringRule>(),
        Kind::Quote => &["state"],
        Kind::QuoteSheet => names::<model::QuoteSheet>(),
        Kind::Merge => names::<model::Merge>(),
        Kind::Distinct => names::<model::Distinct>(),
        Kind::Webhook => names::<model::Webhook>(),
        Kind::BackupOrder => names::<model::BackupOrder>(),
        _ => &[],
    };
    specs.chain(rows).chain(more.iter().copied()).collect()
}

/// An entity, a place in it, and what can stand there.
type Place = (Kind, &'static str, &'static [&'static str]);

fn place(kind: Kind, place: &'static str, names: &'static [&'static str]) -> Place {
    (kind, place, names)
}

/// What stands inside a field.
fn parts() -> Vec<Place> {
    vec![
        place(Kind::Settings, "reassignment", names::<model::Reassignment>()),
        place(Kind::Settings, "logo", names::<model::Logo>()),
        place(Kind::Settings, "mail", names::<model::MailServer>()),
        place(Kind::Settings, "quotes", names::<model::QuoteSettings>()),
        place(Kind::Settings, "plan", names::<model::PlanStep>()),
        place(Kind::Settings, "identity", names::<model::IdentityProvider>()),
        place(Kind::User, "absences", names::<model::Absence>()),
        place(Kind::User, "hand_over", names::<model::HandOver>()),
        place(Kind::User, "identity", names::<model::ProviderIdentity>()),
        place(Kind::Lead, "assignment", names::<model::Assignment>()),
        place(Kind::Lead, "tried", names::<model::Reason>()),
        place(Kind::Lead, "response", names::<model::ResponseClock>()),
        place(Kind::Lead, "snooze", names::<model::Snooze>()),
        place(Kind::Lead, "accepted", names::<model::Acceptance>()),
        place(Kind::Lead, "conversion", names::<model::Conversion>()),
        place(Kind::Import, "sheet", names::<model::SheetFacts>()),
        place(Kind::Import, "asked", names::<model::SheetAsked>()),
        place(Kind::Import, "imported", names::<model::ImportCounts>()),
        place(Kind::Import, "undo", names::<model::UndoCounts>()),
        place(Kind::Pipeline, "stages", names::<model::Stage>()),
        place(Kind::Tax, "rates", names::<model::Rate>()),
        place(Kind::Role, "lead", names::<model::Levels>()),
        place(Kind::Retention, "rules", names::<model::RetentionRule>()),
        place(Kind::RetentionRun, "counts", names::<model::RetentionCounts>()),
        place(Kind::AssignmentRule, "people", names::<model::PoolMember>()),
        place(Kind::SavedView, "state", names::<model::ListState>()),
        place(Kind::BulkJob, "counts", names::<model::BulkCounts>()),
        place(Kind::BulkJob, "undone_by", names::<model::Actor>()),
        place(Kind::BulkJob, "action", &["assign", "set_field", "add_tag", "remove_tag"]),
        place(Kind::BulkJob, "assign", &["to"]),
        place(Kind::BulkJob, "set_field", &["field", "values"]),
        place(Kind::BulkJob, "add_tag", &["tag"]),
        place(Kind::WebForm, "fields", names::<model::FormField>()),
        place(Kind::Merge, "undone", names::<model::Unmerge>()),
        place(Kind::Merge, "left", names::<model::Left>()),
        place(Kind::Quote, "state", names::<model::QuoteState>()),
        place(Kind::Quote, "approval", names::<model::Approval>()),
        place(Kind::Quote, "acceptance", names::<model::QuoteAcceptance>()),
        place(Kind::QuoteSheet, "lines", names::<model::QuoteLine>()),
    ]
}

/// Bookkeeping, which is not shown, and own fields, which have the company's words.
const UNSAID: [&str; 3] = ["meta", "unique_fields", "custom"];

#[test]
fn every_field_of_every_entity_has_words() {
    let mut missing = Vec::new();
    for kind in Kind::ALL.iter().copied().filter(|kind| audit::is_journaled(*kind)) {
        let fields = fields_of(kind);
        assert!(!fields.is_empty(), "say what {kind} is made of");
        for field in fields.into_iter().filter(|field| !UNSAID.contains(field)) {
            if !Language::ALL.into_iter().all(|language| is_known_field(language, kind, field)) {
                missing.push(format!("{kind} {field}"));
            }
        }
    }
    for (kind, within, names) in parts() {
        for part in names {
            if !Language::ALL.into_iter().all(|language| is_known_part(language, kind, within, part)) {
                missing.push(format!("{kind} {within}.{part}"));
            }
        }
    }
    assert!(missing.is_empty(), "fields without words: {missing:#?}");
}

/// Codes by the place where they stand: `undone.left.why`.
fn codes() -> Vec<Place> {
    let entities: &'static [&'static str] = &["lead", "company", "contact", "opportunity"];
    let functions = names::<model::ProgramFunction>();
    vec![
        place(Kind::Settings, "segment", names::<model::Segment>()),
        place(Kind::Settings, "mail.security", names::<model::MailSecurity>()),
        place(Kind::Settings, "second_factor", names::<model::SecondFactorRule>()),
        place(Kind::Settings, "identity.second_factor", names::<model::ProviderFactor>()),
        place(Kind::Settings, "logo.kind", names::<model::LogoKind>()),
        place(Kind::Lead, "status", names::<model::LeadStatus>()),
        place(Kind::Lead, "conversion.from", names::<model::LeadStatus>()),
        place(Kind::Lead, "assignment.decision", names::<model::Decision>()),
        place(Kind::Import, "state", names::<model::ImportState>()),
        place(Kind::Import, "changed_since", names::<model::ChangedSince>()),
        place(Kind::Import, "entity", entities),
        place(Kind::ImportTemplate, "entity", entities),
        place(Kind::CustomField, "target", entities),
        place(Kind::CustomField, "shown", names::<model::Shown>()),
        place(Kind::Tax, "kind", names::<model::TaxKind>()),
        place(Kind::Role, "levels.lead.see", names::<model::Level>()),
        place(Kind::Consent, "about_kind", entities),
        place(Kind::Consent, "basis", names::<model::LawfulBasis>()),
        place(Kind::Consent, "state", names::<model::ConsentState>()),
        place(Kind::Consent, "way", names::<model::ConsentWay>()),
        place(Kind::Parametrization, "function", functions),
        place(Kind::Parametrization, "origin", &["person"]),
        place(Kind::Erasure, "kind", entities),
        place(Kind::Retention, "rules.what", names::<model::Retained>()),
        place(Kind::Retention, "rules.deed", names::<model::RetentionDeed>()),
        place(Kind::RetentionRun, "state", names::<model::RetentionState>()),
        place(Kind::AssignmentRule, "ways", names::<model::Way>()),
        place(Kind::AssignmentRule, "pool", names::<model::Pool>()),
        place(Kind::AssignmentRule, "strategy", names::<model::Strategy>()),
        place(Kind::AssignmentRule, "attendance", names::<model::Attendance>()),
        place(Kind::AssignmentRule, "fallback", names::<model::Fallback>()),
        place(Kind::SavedView, "entity", entities),
        place(Kind::SavedView, "share", &["private", "everybody"]),
        place(Kind::BulkJob, "entity", entities),
        place(Kind::BulkJob, "state", names::<model::BulkState>()),
        place(Kind::BulkJob, "action", &["assign_again", "archive", "restore", "delete"]),
        place(Kind::BulkJob, "undone_by.via", &["page", "form", "system"]),
        place(Kind::Screen, "function", functions),
        place(Kind::Screen, "picture", names::<model::LogoKind>()),
        place(Kind::EvidencePack, "state", names::<model::PackState>()),
        place(Kind::EvidencePack, "without_screen", functions),
        place(Kind::WebForm, "fields.field", &["email", "postcode", "company"]),
        place(Kind::QuoteSheet, "lines.kind", names::<model::LineKind>()),
        place(Kind::QuoteSheet, "lines.billing", names::<model::Billing>()),
        place(Kind::Merge, "entity", entities),
        place(Kind::Merge, "taken", &["email", "postcode", "amount"]),
        place(Kind::Merge, "undone.left.why", names::<model::LeftWhy>()),
        place(Kind::Merge, "undone.left.field", &["email", "postcode", "amount"]),
        place(Kind::Distinct, "one_kind", entities),
        place(Kind::Webhook, "events", &["lead.created", "quote.accepted"]),
    ]
}

/// A value as the log shows it in Spanish, where hardly a word is written as its code.
fn said(kind: Kind, place: &str, code: &str) -> String {
    let (frame, nobody) = (Frame::default(), BTreeMap::new());
    let words = Words { language: Language::Es, zone: &TimeZone::UTC, frame: &frame, names: &nobody };
    let mut steps: Vec<&str> = place.split('.').collect();
    let field = steps.remove(0);
    let part = (!steps.is_empty()).then(|| steps.remove(0));
    let value = steps.into_iter().rev().fold(Value::from(code), |value, name| json!({ name: value }));
    let text = words.value(kind, field, part, &value);
    text.rsplit(": ").next().unwrap_or_default().to_owned()
}

#[test]
fn every_code_has_words() {
    let mut raw = Vec::new();
    for (kind, place, codes) in codes() {
        let shown = codes.iter().map(|code| (*code, said(kind, place, code)));
        raw.extend(
            shown.filter(|(code, said)| code == said).map(|(code, _)| format!("{kind} {place} {code}")),
        );
    }
    for kind in model::WORKED_WITH {
        for spec in model::specs_of(kind) {
            let model::Values::Fixed(codes) = spec.values else { continue };
            let shown = codes.iter().map(|code| (*code, said(kind, spec.key, code)));
            let same = shown.filter(|(code, said)| code == said);
            raw.extend(same.map(|(code, _)| format!("{kind} {} {code}", spec.key)));
        }
    }
    assert!(raw.is_empty(), "codes that people would read: {raw:#?}");
}

#[test]
fn conditions_are_sentences() {
    let text = said(Kind::AssignmentRule, "conditions", "amount:at-least:15000");
    assert!(text.contains("15.000") && !text.contains("at-least"), "{text}");
    let text = said(Kind::SavedView, "state.filter", "status:any:new,converted");
    assert!(text.contains("convertido") && !text.contains("any"), "{text}");
}

fn slice(test: &TestApp, ctx: &services::Ctx, record: Uuid) -> audit::AuditPage {
    let query = AuditQuery { record: Some(record), ..AuditQuery::default() };
    audit::list(&test.app, ctx, &query).unwrap()
}

fn titled(page: &audit::AuditPage, kind: Kind) -> Vec<(model::Deed, &str)> {
    let of_kind = |entry: &&AuditEntry| entry.kind == kind;
    page.entries.iter().filter(of_kind).map(|entry| (entry.deed, entry.title.as_str())).collect()
}

/// One that keeps its name takes another in.
fn merge_of(survivor: Uuid, other: Uuid) -> MergeDraft {
    let take = BTreeMap::from([("name".to_owned(), survivor)]);
    MergeDraft { survivor, others: vec![other], take, ..MergeDraft::default() }
}

/// Nothing is called by its id that the reader knows by name, also once it is gone; of others they read no name.
#[test]
fn what_is_gone_keeps_its_last_name_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let rep = test.hire("Raül", RoleKey::REP);
    let company = made(&test, Kind::Company, &[("name", "Fusteria Puig")]);
    let other = made(&test, Kind::Company, &[("name", "Fusteria Puig, SL")]);
    let contact = made(
        &test,
        Kind::Contact,
        &[("given_name", "Marta"), ("family_name", "Puig"), ("company", &other.to_string())],
    );
    let draft = merge_of(company, other);
    services::merges::merge(&test.app, &test.admin(), Kind::Company, &draft).unwrap();

    let page = slice(&test, &test.admin(), company);
    assert_eq!(titled(&page, Kind::Merge), [(model::Deed::Created, "Fusteria Puig")]);
    assert_eq!(page.names.get(&other).map(String::as_str), Some("Fusteria Puig, SL"));
    let moved = slice(&test, &test.admin(), contact);
    assert_eq!(moved.names.get(&other).map(String::as_str), Some("Fusteria Puig, SL"));

    // Whoever would not have seen it reads no name.
    let theirs = test.at_work(rep.id());
    assert_eq!(audit::former_name(&test.app, &theirs, other).unwrap(), None);
    assert!(audit::former_name(&test.app, &test.admin(), other).unwrap().is_some());

    let version = records::get(&test.app, &test.admin(), Kind::Contact, contact).unwrap().about().version;
    records::delete(&test.app, &test.admin(), Kind::Contact, contact, version).unwrap();
    let page = slice(&test, &test.admin(), contact);
    assert_eq!(titled(&page, Kind::Contact).first(), Some(&(model::Deed::Deleted, "Marta Puig")));
    test.settle();
}

#[tokio::test]
async fn the_page_says_which_records_became_one() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let make = |name: &str| {
        records::create(app, &admin, Kind::Company, &typed(&[("name", name)]), None).unwrap().about().id
    };
    let (company, other) = (make("Fusteria Puig"), make("Puig Fusters"));
    services::merges::merge(app, &admin, Kind::Company, &merge_of(company, other)).unwrap();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let text = kit.get("/audit?kind=merge", &[("cookie", &cookie)]).await.text();
    assert!(text.contains("Puig Fusters") && text.contains("Fusteria Puig"), "{text}");
    assert!(!text.contains("sense nom"), "{text}");
}
