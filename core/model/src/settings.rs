//! The company that uses Tracte: one record.

use crate::record::meta_field;
use crate::{Currency, Kind, Language, Meta, Record, TeamId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Settings of the company. There is one, with the nil id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Settings {
    pub meta: Meta,
    pub company_name: String,
    pub language: Language,
    pub currency: Currency,
    /// 1 to 12: the month the fiscal year begins with. A fiscal year is named by the year it begins in.
    pub fiscal_year_start_month: i8,
    /// IANA name; days and months of reports are days there.
    pub time_zone: String,
    /// Where leads go that no rule placed.
    pub default_team: TeamId,
    /// The country of phone numbers without a prefix: ISO 3166-1 alpha-2.
    pub country: String,
}

impl Settings {
    pub const ID: Uuid = Uuid::nil();

    /// The zone of the company, or UTC if the zone's name is not known.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.time_zone).unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

impl Record for Settings {
    const KIND: Kind = Kind::Settings;

    meta_field!();
}
