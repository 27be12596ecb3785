//! What was set up for the company, by whom and for how long: the programme that pays for it asks for proof.

use crate::record::meta_field;
use crate::{ImportId, IndexEntry, Kind, Meta, Record, UserId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The functions of the category «Gestió de clients» of the programme, in its order.
/// Source: the catalogue of digitalisation solutions of the Spanish programme (Orden ETD/1498/2021, annex IV).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgramFunction {
    Clients,
    Leads,
    Opportunities,
    Activities,
    Reporting,
    Alerts,
    Documents,
    Responsive,
    Integration,
}

impl ProgramFunction {
    pub const ALL: [ProgramFunction; 9] = [
        ProgramFunction::Clients,
        ProgramFunction::Leads,
        ProgramFunction::Opportunities,
        ProgramFunction::Activities,
        ProgramFunction::Reporting,
        ProgramFunction::Alerts,
        ProgramFunction::Documents,
        ProgramFunction::Responsive,
        ProgramFunction::Integration,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            ProgramFunction::Clients => "clients",
            ProgramFunction::Leads => "leads",
            ProgramFunction::Opportunities => "opportunities",
            ProgramFunction::Activities => "activities",
            ProgramFunction::Reporting => "reporting",
            ProgramFunction::Alerts => "alerts",
            ProgramFunction::Documents => "documents",
            ProgramFunction::Responsive => "responsive",
            ProgramFunction::Integration => "integration",
        }
    }

    pub fn from_code(code: &str) -> Option<ProgramFunction> {
        ProgramFunction::ALL.into_iter().find(|function| function.as_str() == code)
    }
}

/// The size of the company as the programme counts it: how many hours of parametrisation it pays.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// 10 to 49 employees.
    One,
    /// 3 to 9 employees.
    Two,
    /// Up to 2 employees.
    #[default]
    Three,
}

impl Segment {
    pub const ALL: [Segment; 3] = [Segment::One, Segment::Two, Segment::Three];

    pub fn as_str(self) -> &'static str {
        match self {
            Segment::One => "one",
            Segment::Two => "two",
            Segment::Three => "three",
        }
    }

    pub fn from_code(code: &str) -> Option<Segment> {
        Segment::ALL.into_iter().find(|segment| segment.as_str() == code)
    }

    /// The hours of parametrisation that are paid.
    pub fn hours(self) -> u32 {
        match self {
            Segment::One => 40,
            Segment::Two | Segment::Three => 30,
        }
    }
}

/// How an entry came about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogOrigin {
    /// Somebody wrote it.
    Person,
    /// A finished import: rows that went in, rows that failed.
    Import { import: ImportId, file: String, rows_in: u64, rows_failed: u64 },
    /// What somebody changed in the configuration on one day.
    Configuration { day: Date, user: UserId },
}

/// One entry of the log.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Parametrization {
    pub meta: Meta,
    pub date: Date,
    /// Who did the work: a consultant need not be a user.
    pub consultant: String,
    pub minutes: u32,
    /// What was set up. Empty for an import, which says it itself.
    pub text: String,
    pub function: ProgramFunction,
    pub origin: LogOrigin,
}

impl Record for Parametrization {
    const KIND: Kind = Kind::Parametrization;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        vec![IndexEntry::member(Kind::Parametrization, Uuid::nil(), self.meta.id)]
    }
}
