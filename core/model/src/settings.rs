//! The company that uses Tracte: one record.

use crate::record::meta_field;
use crate::{
    Currency, IdentityProvider, Kind, Language, MailServer, Meta, Reassignment, Record, SecondFactorRule,
    Segment, TaxKind, TeamId, UserId, WorkingWeek,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The hue of the product's own blue, in degrees of OKLCH.
pub const BRAND_HUE_DEFAULT: u16 = 255;
/// A full circle is where it begins.
pub const BRAND_HUE_MAX: u16 = 360;
/// A logo in the top bar of every page and on paper; a photograph is no logo.
pub const LOGO_BYTES_MAX: usize = 512 * 1024;
/// Two weeks of eight hours; who answers later does not measure it.
pub const FIRST_RESPONSE_HOURS_MAX: u16 = 80;

/// A picture kept among the documents.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Logo {
    pub sha256: String,
    pub kind: LogoKind,
    pub size_bytes: u64,
}

/// What pictures a logo may be: those that hold nothing but pixels. A drawing (SVG) can hold scripts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogoKind {
    Png,
    Jpeg,
    Webp,
}

impl LogoKind {
    /// By the first bytes, whatever the file is called. Source: RFC 2083 (PNG), ITU T.81 (JPEG), RFC 9649 (WebP).
    pub fn of(bytes: &[u8]) -> Option<LogoKind> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(LogoKind::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(LogoKind::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(LogoKind::Webp),
            _ => None,
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            LogoKind::Png => "image/png",
            LogoKind::Jpeg => "image/jpeg",
            LogoKind::Webp => "image/webp",
        }
    }
}

/// Settings of the company. There is one, with the nil id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Settings {
    pub meta: Meta,
    /// What everybody calls it.
    pub company_name: String,
    pub language: Language,
    pub currency: Currency,
    /// 1 to 12: the month the fiscal year begins with. A fiscal year is named by the year it begins in.
    pub fiscal_year_start_month: i8,
    /// IANA name; days and months of reports are days there.
    pub time_zone: String,
    /// Where leads go that no rule placed.
    pub default_team: TeamId,
    /// Who gets the leads that no rule placed; absent: by turns among the default team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_owner: Option<UserId>,
    /// The country of phone numbers without a prefix: ISO 3166-1 alpha-2.
    pub country: String,
    /// As it stands in the register; empty where it is the name.
    #[serde(default)]
    pub legal_name: String,
    /// Normalised: see [`crate::normalize_tax_id`].
    #[serde(default)]
    pub tax_id: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub postcode: String,
    #[serde(default)]
    pub town: String,
    /// E.164.
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub website: String,
    /// When the company works, day by day.
    #[serde(default)]
    pub working_week: WorkingWeek,
    /// Working hours within which a new lead should hear from somebody; absent: no target.
    #[serde(default)]
    pub first_response_hours: Option<u16>,
    /// What happens with leads that nobody answers in time; absent: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reassignment: Option<Reassignment>,
    /// The hue of buttons and links, 0 to 360 degrees of OKLCH; lightness and chroma follow from it.
    #[serde(default = "brand_hue_default")]
    pub brand_hue: u16,
    #[serde(default)]
    pub logo: Option<Logo>,
    /// How many people are included in what the company pays; 0: nobody counts. More are warned of, never kept out.
    #[serde(default)]
    pub seats: u32,
    /// How large the company is for the programme that pays its parametrisation.
    #[serde(default)]
    pub segment: Segment,
    /// How letters go out; absent: none do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<MailServer>,
    /// What quotes begin with, and what follows when one is accepted.
    #[serde(default)]
    pub quotes: QuoteSettings,
    /// Who has to have a second factor.
    #[serde(default, skip_serializing_if = "SecondFactorRule::is_nobody")]
    pub second_factor: SecondFactorRule,
    /// Who else may say who somebody is; absent: passwords alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<IdentityProvider>,
}

/// What quotes begin with, and what follows when one is accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct QuoteSettings {
    /// Days for which a quote holds, unless it says otherwise.
    pub valid_days: u16,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub payment_terms: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub conditions: String,
    /// An accepted quote wins its opportunity.
    pub wins: bool,
    /// Days before the last one on which the client is reminded; 0: never.
    pub remind_days: u16,
    /// What is to be done once a quote is accepted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<PlanStep>,
}

/// Something to do after a quote was accepted, for whoever is responsible for it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PlanStep {
    pub subject: String,
    /// A kind of activity that can be to do: `task`, `call`, `meeting`, `visit`, `email`.
    pub kind: String,
    /// Days after the acceptance.
    pub days: u16,
}

/// Steps of a plan; a project begins with fewer.
pub const PLAN_STEPS_MAX: usize = 8;

impl Default for QuoteSettings {
    fn default() -> QuoteSettings {
        QuoteSettings {
            valid_days: 30,
            payment_terms: String::new(),
            conditions: String::new(),
            wins: true,
            remind_days: 3,
            plan: Vec::new(),
        }
    }
}

fn brand_hue_default() -> u16 {
    BRAND_HUE_DEFAULT
}

impl Settings {
    pub const ID: Uuid = Uuid::nil();

    /// A company of which nothing but the name is known yet: Catalan, euro, Madrid.
    pub fn new(meta: Meta, company_name: &str, default_team: TeamId) -> Settings {
        Settings {
            meta,
            company_name: company_name.to_owned(),
            language: Language::default(),
            currency: Currency::default(),
            fiscal_year_start_month: 1,
            time_zone: "Europe/Madrid".to_owned(),
            default_team,
            default_owner: None,
            country: "ES".to_owned(),
            legal_name: String::new(),
            tax_id: String::new(),
            address: String::new(),
            postcode: String::new(),
            town: String::new(),
            phone: String::new(),
            email: String::new(),
            website: String::new(),
            working_week: WorkingWeek::default(),
            first_response_hours: None,
            reassignment: None,
            brand_hue: BRAND_HUE_DEFAULT,
            logo: None,
            segment: Segment::default(),
            seats: 0,
            mail: None,
            quotes: QuoteSettings::default(),
            second_factor: SecondFactorRule::default(),
            identity: None,
        }
    }

    /// The zone of the company, or UTC if the zone's name is not known.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.time_zone).unwrap_or(jiff::tz::TimeZone::UTC)
    }

    /// The tax on what is sold in the company's country, where that has a name here.
    pub fn sales_tax(&self) -> Option<TaxKind> {
        match self.country.as_str() {
            "ES" => Some(TaxKind::Vat),
            "AD" => Some(TaxKind::Igi),
            _ => None,
        }
    }
}

impl Record for Settings {
    const KIND: Kind = Kind::Settings;

    meta_field!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_told_by_their_first_bytes() {
        let cases: [(&[u8], Option<LogoKind>); 6] = [
            (b"\x89PNG\r\n\x1a\n....", Some(LogoKind::Png)),
            (b"\xff\xd8\xff\xe0", Some(LogoKind::Jpeg)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(LogoKind::Webp)),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
            (b"GIF89a", None),
            (b"", None),
        ];
        for (bytes, kind) in cases {
            assert_eq!(LogoKind::of(bytes), kind);
        }
    }

    /// A company of the first release opens with the defaults.
    #[test]
    fn older_records_are_read() {
        let meta = Meta::new(Settings::ID, jiff::Timestamp::UNIX_EPOCH, crate::Actor::SYSTEM);
        let settings = Settings::new(meta, "Exemple", TeamId(Uuid::nil()));
        let mut value = serde_json::to_value(&settings).unwrap();
        let fields = value.as_object_mut().unwrap();
        let old = [
            "meta",
            "company_name",
            "language",
            "currency",
            "fiscal_year_start_month",
            "time_zone",
            "default_team",
            "country",
        ];
        fields.retain(|name, _| old.contains(&name.as_str()));
        assert_eq!(serde_json::from_value::<Settings>(value).unwrap(), settings);
    }
}
