//! Quotes (pressupostos): what is offered to a client, from draft to signature. Their lines are kept beside them, see
//! [`crate::QuoteSheet`].

use crate::entity::{entity_fields, entity_parts};
use crate::{
    Billing, Common, Currency, Entity, FieldKind, FieldSpec, IndexEntry, Kind, Language, Meta, Money,
    QuoteLine, QuoteSums, Record, SumTerms, TERM_MONTHS_MAX, TITLE, TaxRegime, UserId, Values,
};
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a quote stands; the names are those of files and the API.
pub mod quote_status {
    /// Tried out for somebody: no number, and it cannot be sent.
    pub const SIMULATION: &str = "simulation";
    pub const DRAFT: &str = "draft";
    pub const PENDING: &str = "pending_approval";
    pub const APPROVED: &str = "approved";
    pub const SENT: &str = "sent";
    pub const VIEWED: &str = "viewed";
    pub const ACCEPTED: &str = "accepted";
    pub const REJECTED: &str = "rejected";
    pub const EXPIRED: &str = "expired";
    pub const SUPERSEDED: &str = "superseded";
    pub const VOID: &str = "void";
}
use quote_status::{
    ACCEPTED, APPROVED, DRAFT, EXPIRED, PENDING, REJECTED, SENT, SIMULATION, SUPERSEDED, VIEWED, VOID,
};

const STATUSES: &[&str] =
    &[SIMULATION, DRAFT, PENDING, APPROVED, SENT, VIEWED, ACCEPTED, REJECTED, EXPIRED, SUPERSEDED, VOID];

/// Conditions are a page, not a book: 1,000 characters of two bytes leave room for the rest of the record.
pub const CONDITIONS_CHARACTERS_MAX: usize = 1_000;
/// Some sentences beside what the letter says anyway.
pub const MESSAGE_CHARACTERS_MAX: usize = 500;
/// Who else gets the letter with a quote.
pub const COPIES_MAX: usize = 3;
/// A month has no more terms of payment than fit into a line or two.
pub const PAYMENT_TERMS_CHARACTERS_MAX: usize = 200;

/// A quote. One version of it; others of the same number have the same [`QuoteState::first_version`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Quote {
    pub meta: Meta,
    #[serde(flatten)]
    pub common: Common,
    /// Of the series; given with the first lines, and the same for all versions.
    pub number: Option<String>,
    /// 1, 2, 3…: the version.
    pub revision: Option<Decimal>,
    pub subject: Option<String>,
    pub company: Option<Uuid>,
    pub contact: Option<Uuid>,
    pub opportunity: Option<Uuid>,
    /// Of a simulation: for whom it was tried out who is no client yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Uuid>,
    /// See [`quote_status`].
    pub status: Option<String>,
    /// The last day on which it can be accepted.
    pub valid_until: Option<Date>,
    /// `ca`, `es`, `en`: of the paper and of the client's page.
    pub language: Option<String>,
    /// The key of the price book that prices of its lines are from; absent: its client's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_book: Option<String>,
    /// See [`TaxRegime`]: the client's, as of this quote.
    pub tax_regime: Option<String>,
    /// IRPF that the client withholds, in percent.
    pub withholding: Option<Decimal>,
    /// Percent of everything, after the discounts of lines.
    pub discount: Option<Decimal>,
    /// Months of a contract: what recurs is summed up over them.
    pub term_months: Option<Decimal>,
    pub payment_terms: Option<String>,
    pub conditions: Option<String>,
    /// Without tax, over the whole term: what an opportunity is worth.
    pub amount: Option<Money>,
    /// What is paid at first, with taxes.
    pub first_payment: Option<Money>,
    /// All that is paid over the term, with taxes.
    pub total: Option<Money>,
    /// Percent of the amount that is left after cost; absent where a cost is not known.
    pub margin: Option<Decimal>,
    /// Percent of all gross amounts that is discount.
    pub discounted: Option<Decimal>,
    pub sent_at: Option<Timestamp>,
    /// When the client first opened it.
    pub viewed_at: Option<Timestamp>,
    /// When the client accepted or rejected it.
    pub answered_at: Option<Timestamp>,
    /// Why it was rejected, in the client's words.
    pub answer: Option<String>,
    /// The version before this one.
    pub follows: Option<Uuid>,
    #[serde(default)]
    pub state: QuoteState,
}

entity_fields!(Quote + state {
    number: FieldSpec::of(FieldKind::Text).comes_about();
    revision: FieldSpec::of(FieldKind::Number).comes_about();
    subject: FieldSpec::of(FieldKind::Text).needed();
    company: FieldSpec::link(Kind::Company);
    contact: FieldSpec::link(Kind::Contact);
    opportunity: FieldSpec::link(Kind::Opportunity);
    lead: FieldSpec::link(Kind::Lead);
    status: FieldSpec::one_of(STATUSES).comes_about();
    valid_until: FieldSpec::of(FieldKind::Date);
    language: FieldSpec::one_of(Language::CODES);
    price_book: FieldSpec::of(FieldKind::Choice).with(Values::PriceBooks);
    tax_regime: FieldSpec::one_of(TaxRegime::CODES);
    withholding: FieldSpec::of(FieldKind::Number);
    discount: FieldSpec::of(FieldKind::Number);
    term_months: FieldSpec::of(FieldKind::Number);
    payment_terms: FieldSpec::of(FieldKind::Text);
    conditions: FieldSpec::of(FieldKind::LongText);
    amount: FieldSpec::of(FieldKind::Money).comes_about();
    first_payment: FieldSpec::of(FieldKind::Money).comes_about();
    total: FieldSpec::of(FieldKind::Money).comes_about();
    margin: FieldSpec::of(FieldKind::Number).comes_about();
    discounted: FieldSpec::of(FieldKind::Number).comes_about();
    sent_at: FieldSpec::of(FieldKind::Instant).comes_about();
    viewed_at: FieldSpec::of(FieldKind::Instant).comes_about();
    answered_at: FieldSpec::of(FieldKind::Instant).comes_about();
    answer: FieldSpec::of(FieldKind::LongText).comes_about();
    follows: FieldSpec::link(Kind::Quote).comes_about();
});

/// What is kept of a quote besides its fields.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QuoteState {
    pub currency: Currency,
    /// Version 1; absent: this is it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_version: Option<Uuid>,
    /// How many records its lines take.
    pub sheets: u16,
    /// How often its lines were changed: whoever saw the lines of an earlier version of the quote has not seen these.
    #[serde(skip_serializing_if = "is_never")]
    pub line_changes: u32,
    /// Somebody who may let it pass let it pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
    /// The client's link is of this generation; 0: there is none. One that is withdrawn is followed by another number.
    pub link: u32,
    /// Whether the link of this generation still opens.
    pub link_open: bool,
    /// The client's e-mail address to which it went; before that, to which it is to go once it is approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_to: Option<String>,
    /// Who else gets that letter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    /// What was written to the client in the letter, beside what it always says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The SHA-256 of the PDF that the client has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pdf: Option<String>,
    /// When the client was reminded that it is about to expire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminded_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acceptance: Option<QuoteAcceptance>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // As serde calls it.
fn is_never(times: &u32) -> bool {
    *times == 0
}

/// Who let a quote pass that is beyond what its maker may give.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Approval {
    pub by: UserId,
    pub at: Timestamp,
}

/// The evidence of an acceptance.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct QuoteAcceptance {
    /// As whoever accepted wrote it.
    pub name: String,
    pub at: Timestamp,
    /// Where the request came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What the browser said of itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agent: String,
    /// The SHA-256 of the PDF that was accepted.
    pub pdf: String,
    /// The SHA-256 of the drawn signature; absent: the name was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// The alternative that was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<String>,
    /// The places of the optional lines that were ticked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ticked: Vec<u16>,
}

impl Quote {
    /// The group of those that a client may still answer.
    pub const OPEN: Uuid = Uuid::max();

    pub fn status(&self) -> &str {
        self.status.as_deref().unwrap_or(DRAFT)
    }

    pub fn put_status(&mut self, status: &str) {
        self.status = Some(status.to_owned());
    }

    /// Its lines and terms may still change.
    pub fn is_draft(&self) -> bool {
        matches!(self.status(), DRAFT | SIMULATION)
    }

    /// Tried out, and no offer.
    pub fn is_simulation(&self) -> bool {
        self.status() == SIMULATION
    }

    /// A client may answer it.
    pub fn is_open(&self) -> bool {
        matches!(self.status(), SENT | VIEWED)
    }

    /// It has not gone out yet, and may.
    pub fn is_on_its_way(&self) -> bool {
        matches!(self.status(), DRAFT | PENDING | APPROVED)
    }

    /// A version that went out, or was meant to, and can be followed by another.
    pub fn can_be_followed(&self) -> bool {
        matches!(self.status(), PENDING | APPROVED | SENT | VIEWED | REJECTED | EXPIRED)
    }

    /// The last day has passed.
    pub fn is_over(&self, today: Date) -> bool {
        self.valid_until.is_some_and(|last| last < today)
    }

    /// What all its versions share.
    pub fn first_version(&self) -> Uuid {
        self.state.first_version.unwrap_or(self.meta.id)
    }

    /// 1, 2, 3…
    pub fn version_number(&self) -> u32 {
        self.revision.and_then(|revision| revision.to_u32()).unwrap_or(1)
    }

    /// `P2026-0012 v2`: the first version without its number.
    pub fn full_number(&self) -> Option<String> {
        let number = self.number.as_deref()?;
        let version = self.version_number();
        Some(if version > 1 { format!("{number} v{version}") } else { number.to_owned() })
    }

    pub fn regime(&self) -> TaxRegime {
        self.tax_regime.as_deref().and_then(TaxRegime::from_code).unwrap_or(TaxRegime::Normal)
    }

    /// Of the paper and the client's page.
    pub fn language(&self) -> Language {
        self.language.as_deref().and_then(Language::from_code).unwrap_or_default()
    }

    /// Of the sums of its alternatives those that count: of what was accepted, else of the first.
    pub fn counting<'s>(&self, sums: &'s [(Option<String>, QuoteSums)]) -> Option<&'s QuoteSums> {
        let accepted = self.state.acceptance.as_ref();
        let chosen = accepted.and_then(|accepted| accepted.alternative.as_ref());
        let counts = |name: &Option<String>| chosen.is_none() || name.as_ref() == chosen;
        sums.iter().find(|(name, _)| counts(name)).map(|(_, sums)| sums)
    }

    /// What sums need besides the lines. Without a term of its own, a year where something recurs; and never less than what
    /// the client is bound to.
    pub fn terms(&self, lines: &[QuoteLine]) -> SumTerms {
        let recurs = lines.iter().any(|line| line.is_priced() && line.billing != Billing::Once);
        let usual = if recurs { 12 } else { 1 };
        let is_in = |line: &&QuoteLine| line.is_priced() && (!line.optional || line.ticked);
        let bound = lines.iter().filter(is_in).filter_map(QuoteLine::minimum).max().unwrap_or_default();
        let months = self.term_months.and_then(|months| months.to_u16()).unwrap_or(usual).max(bound);
        SumTerms {
            currency: self.state.currency,
            regime: self.regime(),
            discount: self.discount.unwrap_or_default(),
            withholding: self.withholding,
            months: months.clamp(1, TERM_MONTHS_MAX),
        }
    }
}

impl Entity for Quote {
    const PLURAL: &'static str = "quotes";
    const SORTS: &'static [&'static str] = &[TITLE, "number", "amount", "valid_until"];
    const FACETS: &'static [&'static str] = &["status"];

    fn begin(meta: Meta) -> Quote {
        let code = |code: &str| Some(code.to_owned());
        Quote { status: code(DRAFT), revision: Some(Decimal::ONE), ..Quote::blank(meta) }
    }

    fn title(&self) -> String {
        let subject = self.subject.clone().unwrap_or_default();
        match self.full_number() {
            Some(number) if subject.is_empty() => number,
            Some(number) => format!("{number} · {subject}"),
            None => subject,
        }
    }

    fn currency(&self) -> Option<Currency> {
        Some(self.state.currency)
    }

    /// One of each version, one acceptance among all of them, and the group of those that are open.
    fn further_entries(&self) -> Vec<IndexEntry> {
        let (id, first) = (self.meta.id, self.first_version());
        let version = format!("{}/{}", first.simple(), self.version_number());
        let mut entries = vec![
            IndexEntry::member(Kind::Quote, first, id),
            IndexEntry::unique(Kind::Quote, "version", &version, id),
        ];
        if let Some(number) = &self.number {
            let number = format!("{number}/{}", self.version_number());
            entries.push(IndexEntry::unique(Kind::Quote, "number", &number, id));
        }
        if self.state.acceptance.is_some() {
            entries.push(IndexEntry::unique(Kind::Quote, "accepted", &first.simple().to_string(), id));
        }
        if self.is_open() {
            entries.push(IndexEntry::member(Kind::Quote, Quote::OPEN, id));
        }
        entries
    }

    entity_parts!();
}

/// Lines of a quote or a simulation, as many as fit into one record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct QuoteSheet {
    pub meta: Meta,
    /// The quote or simulation.
    pub of: Uuid,
    /// From 0.
    pub place: u16,
    pub lines: Vec<QuoteLine>,
}

impl QuoteSheet {
    /// Where the sheet of this place is found.
    pub fn id_of(of: Uuid, place: u16) -> Uuid {
        Uuid::from_u128(of.as_u128().wrapping_add(u128::from(place) + 1))
    }
}

impl Record for QuoteSheet {
    const KIND: Kind = Kind::QuoteSheet;

    crate::record::meta_field!();
}
