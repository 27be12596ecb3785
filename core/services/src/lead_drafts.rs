//! A lead as it was typed, whichever way it came: by form, API or file. Checked here, all problems at once.

use crate::own_values::{TypedValues, typed_of};
use crate::zones::Place;
use model::{
    Currency, FieldErrors, Frame, ImportTarget, Kind, Lead, Money, Settings, Source, TARGETS, choice_meant,
    lists, normalize_email, normalize_phone, normalize_tax_id, parse_amount,
};

/// One line of a form.
const LINE_CHARACTERS_MAX: usize = 200;
/// Half of a record at two bytes a character.
const DESCRIPTION_CHARACTERS_MAX: usize = 1_000;
/// More tags on one record tell nobody anything.
pub(crate) const TAGS_MAX: usize = 20;
/// No postcode of the world is longer.
const POSTCODE_CHARACTERS_MAX: usize = 12;

/// What somebody typed. Empty means absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeadDraft {
    pub name: String,
    pub company: String,
    pub tax_id: String,
    pub email: String,
    pub phone: String,
    pub address: String,
    pub postcode: String,
    pub town: String,
    pub zone: String,
    pub country: String,
    pub website: String,
    pub industry: String,
    pub source: String,
    pub campaign: String,
    pub interest: String,
    /// In local notation, in the currency that the lead's amount came in, else in the company's.
    pub amount: String,
    pub description: String,
    /// Keys or labels of the company's list `tags`, with commas between them.
    pub tags: String,
    pub external_key: String,
    /// The company's own fields.
    pub custom: TypedValues,
}

impl LeadDraft {
    /// What the form shows when a lead is edited.
    pub fn of(lead: &Lead, frame: &Frame) -> LeadDraft {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        LeadDraft {
            name: text(&lead.name),
            company: text(&lead.company),
            tax_id: text(&lead.tax_id),
            email: text(&lead.email),
            phone: lead.phone.as_deref().map(model::display_phone).unwrap_or_default(),
            address: text(&lead.address),
            postcode: text(&lead.postcode),
            town: text(&lead.town),
            zone: text(&lead.zone),
            country: text(&lead.country),
            website: text(&lead.website),
            industry: text(&lead.industry),
            source: lead.source.map(|source| source.as_str().to_owned()).unwrap_or_default(),
            campaign: text(&lead.campaign),
            interest: text(&lead.interest),
            amount: lead.amount.map(typed_amount).unwrap_or_default(),
            description: text(&lead.description),
            tags: lead.tags.join(","),
            external_key: text(&lead.external_key),
            custom: typed_of(frame, Kind::Lead, &lead.custom),
        }
    }

    /// The same with an amount that is understood written as [`LeadDraft::of`] does, so that the two compare.
    pub fn with_plain_amount(mut self, currency: Currency) -> LeadDraft {
        if let Ok(amount) = parse_amount(&self.amount, currency)
            && amount.minor_units >= 0
        {
            self.amount = typed_amount(amount);
        }
        self
    }

    /// The place where a column of a file goes.
    pub fn field_mut(&mut self, target: ImportTarget) -> &mut String {
        match target {
            ImportTarget::Name => &mut self.name,
            ImportTarget::Company => &mut self.company,
            ImportTarget::TaxId => &mut self.tax_id,
            ImportTarget::Email => &mut self.email,
            ImportTarget::Phone => &mut self.phone,
            ImportTarget::Address => &mut self.address,
            ImportTarget::Postcode => &mut self.postcode,
            ImportTarget::Town => &mut self.town,
            ImportTarget::Zone => &mut self.zone,
            ImportTarget::Country => &mut self.country,
            ImportTarget::Website => &mut self.website,
            ImportTarget::Industry => &mut self.industry,
            ImportTarget::Source => &mut self.source,
            ImportTarget::Campaign => &mut self.campaign,
            ImportTarget::Interest => &mut self.interest,
            ImportTarget::Amount => &mut self.amount,
            ImportTarget::Tags => &mut self.tags,
            ImportTarget::Description => &mut self.description,
            ImportTarget::ExternalKey => &mut self.external_key,
            ImportTarget::Own(name) => {
                let texts = self.custom.entry(name).or_default();
                texts.truncate(1);
                if texts.is_empty() {
                    texts.push(String::new());
                }
                &mut texts[0]
            }
        }
    }

    /// Writes what was typed into a lead. Fields with problems keep their former value and are reported.
    pub fn apply(&self, lead: &mut Lead, settings: &Settings, frame: &Frame) -> FieldErrors {
        let mut errors = FieldErrors::default();
        let was_at = Place::new(&lead.postcode, &lead.country, &lead.zone);
        let texts = [
            ("name", &self.name, &mut lead.name, LINE_CHARACTERS_MAX),
            ("company", &self.company, &mut lead.company, LINE_CHARACTERS_MAX),
            ("address", &self.address, &mut lead.address, LINE_CHARACTERS_MAX),
            ("postcode", &self.postcode, &mut lead.postcode, POSTCODE_CHARACTERS_MAX),
            ("town", &self.town, &mut lead.town, LINE_CHARACTERS_MAX),
            ("zone", &self.zone, &mut lead.zone, LINE_CHARACTERS_MAX),
            ("website", &self.website, &mut lead.website, LINE_CHARACTERS_MAX),
            ("industry", &self.industry, &mut lead.industry, LINE_CHARACTERS_MAX),
            ("campaign", &self.campaign, &mut lead.campaign, LINE_CHARACTERS_MAX),
            ("interest", &self.interest, &mut lead.interest, LINE_CHARACTERS_MAX),
            ("description", &self.description, &mut lead.description, DESCRIPTION_CHARACTERS_MAX),
            ("external_key", &self.external_key, &mut lead.external_key, LINE_CHARACTERS_MAX),
        ];
        for (field, typed, place, characters_max) in texts {
            put_text(field, typed, place, characters_max, &mut errors);
        }
        put_tags(&self.tags, &mut lead.tags, frame, &mut errors);
        let country = lead.country.as_deref().unwrap_or(&settings.country).to_owned();
        put("country", &self.country, &mut lead.country, &mut errors, country_code);
        let country = lead.country.clone().unwrap_or(country);
        put("tax_id", &self.tax_id, &mut lead.tax_id, &mut errors, normalize_tax_id);
        put("email", &self.email, &mut lead.email, &mut errors, normalize_email);
        put("phone", &self.phone, &mut lead.phone, &mut errors, |text| phone(text, &country, settings));
        let former = lead.source;
        let read_source = |text: &str| Source::meant(text, former, frame).ok_or("source-unknown");
        put("source", &self.source, &mut lead.source, &mut errors, read_source);
        let currency = lead.amount.map_or(settings.currency, |former| former.currency);
        put("amount", &self.amount, &mut lead.amount, &mut errors, |text| amount(text, currency));
        let now = Place::new(&lead.postcode, &lead.country, &lead.zone);
        lead.zone = was_at.zone_after(&now, frame, settings);
        if lead.name.is_none() && lead.company.is_none() && errors.of("name").is_none() {
            errors.add("name", "name-or-company", "");
        }
        // In the order of the form, as people go through it.
        errors.0.sort_by_key(|problem| TARGETS.iter().position(|(_, name)| *name == problem.field));
        errors
    }
}

fn put_text(
    field: &str,
    typed: &str,
    place: &mut Option<String>,
    characters_max: usize,
    errors: &mut FieldErrors,
) {
    let typed = model::without_invisible(typed).trim().replace("\r\n", "\n").replace('\0', "");
    if typed.chars().count() > characters_max {
        errors.add(field, "too-long", characters_max.to_string());
    } else {
        *place = (!typed.is_empty()).then_some(typed);
    }
}

fn put<T>(
    field: &str,
    typed: &str,
    place: &mut Option<T>,
    errors: &mut FieldErrors,
    read: impl FnOnce(&str) -> Result<T, &'static str>,
) {
    let typed = typed.trim();
    if typed.is_empty() {
        *place = None;
        return;
    }
    match read(typed) {
        Ok(value) => *place = Some(value),
        Err(code) => errors.add(field, code, typed.chars().take(LINE_CHARACTERS_MAX).collect::<String>()),
    }
}

/// Each tag is one of the company's list; those that are there already may be archived in it.
fn put_tags(typed: &str, place: &mut Vec<String>, frame: &Frame, errors: &mut FieldErrors) {
    let mut tags = Vec::new();
    let mut is_known = true;
    for text in typed.split([',', ';', '|']).map(str::trim).filter(|text| !text.is_empty()) {
        let kept = place.iter().find(|tag| *tag == text).map(String::as_str);
        match kept.or_else(|| choice_meant(frame, lists::TAGS, text)) {
            Some(tag) => tags.push(tag.to_owned()),
            None => {
                errors.add("tags", "tag-unknown", text.chars().take(LINE_CHARACTERS_MAX).collect::<String>());
                is_known = false;
            }
        }
    }
    let tags = in_order(tags);
    if tags.len() > TAGS_MAX {
        errors.add("tags", "too-many", TAGS_MAX.to_string());
    } else if is_known {
        *place = tags;
    }
}

/// Tags are a set: sorted, each once.
pub(crate) fn in_order(mut tags: Vec<String>) -> Vec<String> {
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// As a number of the lead's country, else of the company's.
fn phone(text: &str, country: &str, settings: &Settings) -> Result<String, &'static str> {
    normalize_phone(text, country).or_else(|code| {
        if country == settings.country { Err(code) } else { normalize_phone(text, &settings.country) }
    })
}

/// A negative estimate means nothing.
fn amount(text: &str, currency: Currency) -> Result<Money, &'static str> {
    let money = parse_amount(text, currency)?;
    if money.minor_units < 0 { Err("amount-range") } else { Ok(money) }
}

/// The code of a country by its code or a name people write.
pub(crate) fn country_code(text: &str) -> Result<String, &'static str> {
    if let Some(code) = model::country_meant(text) {
        return Ok(code.to_owned());
    }
    let code = text.to_uppercase();
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(code)
    } else {
        Err("country-form")
    }
}

/// Without signs of thousands: reads the same in every notation.
fn typed_amount(amount: Money) -> String {
    format!("{},{:02}", amount.minor_units / 100, (amount.minor_units % 100).abs())
}
