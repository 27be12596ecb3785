//! The company's settings: everybody may read them; who may change them is a permission.

use crate::error::none_of;
use crate::{App, Ctx, Error, permissions};
use model::{
    Action, BRAND_HUE_MAX, Company, Contact, Currency, CustomValue, CustomValues, FIRST_RESPONSE_HOURS_MAX,
    FieldErrors, Kind, LOGO_BYTES_MAX, Language, Lead, Logo, LogoKind, Opportunity, Price, Product, Quote,
    Record, Settings, display_phone, normalize_email, normalize_phone, normalize_tax_id, parse_shifts,
    written_shifts,
};

/// One line of the letterhead.
const LINE_CHARACTERS_MAX: usize = 200;
/// No postcode of the world is longer.
const POSTCODE_CHARACTERS_MAX: usize = 12;

/// A struct of texts as a form sends them, with their names.
macro_rules! draft {
    ($(#[$doc:meta])* $name:ident { $($field:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name {
            $(pub $field: String,)*
        }

        impl $name {
            /// What `value` gives for each name.
            pub fn read(value: impl Fn(&str) -> String) -> $name {
                $name { $($field: value(stringify!($field)),)* }
            }

            /// Names and texts in the order of the form.
            pub fn pairs(&self) -> Vec<(&'static str, &str)> {
                vec![$((stringify!($field), self.$field.as_str()),)*]
            }
        }
    };
}
pub(crate) use draft;

draft! {
    /// What the page of the company sends, as typed. Empty means absent.
    CompanyDraft {
        company_name,
        legal_name,
        tax_id,
        address,
        postcode,
        town,
        country,
        phone,
        email,
        website,
        language,
        currency,
        currency_confirmed,
        time_zone,
        fiscal_year_start_month,
        monday,
        tuesday,
        wednesday,
        thursday,
        friday,
        saturday,
        sunday,
        first_response_hours,
        brand_hue,
    }
}

impl CompanyDraft {
    /// What the form shows.
    pub fn of(settings: &Settings) -> CompanyDraft {
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] =
            settings.working_week.0.each_ref().map(|shifts| written_shifts(shifts));
        CompanyDraft {
            company_name: settings.company_name.clone(),
            legal_name: settings.legal_name.clone(),
            tax_id: settings.tax_id.clone(),
            address: settings.address.clone(),
            postcode: settings.postcode.clone(),
            town: settings.town.clone(),
            country: settings.country.clone(),
            phone: if settings.phone.is_empty() { String::new() } else { display_phone(&settings.phone) },
            email: settings.email.clone(),
            website: settings.website.clone(),
            language: settings.language.code().to_owned(),
            currency: settings.currency.code().to_owned(),
            currency_confirmed: String::new(),
            time_zone: settings.time_zone.clone(),
            fiscal_year_start_month: settings.fiscal_year_start_month.to_string(),
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
            first_response_hours: settings
                .first_response_hours
                .map(|hours| hours.to_string())
                .unwrap_or_default(),
            brand_hue: settings.brand_hue.to_string(),
        }
    }

    fn days(&self) -> [(&'static str, &str); 7] {
        [
            ("monday", &self.monday),
            ("tuesday", &self.tuesday),
            ("wednesday", &self.wednesday),
            ("thursday", &self.thursday),
            ("friday", &self.friday),
            ("saturday", &self.saturday),
            ("sunday", &self.sunday),
        ]
    }
}

/// The settings of the company; «not found» before the set-up. Everybody who is signed in may read them.
pub fn get(app: &App, _ctx: &Ctx) -> Result<Settings, Error> {
    app.frame().settings.clone().ok_or(Error::NotFound)
}

/// Changes the company. All problems at once; a stale version is refused with both values. Another currency where
/// there are amounts asks for `currency_confirmed`: what was written stays in the former one.
pub fn update(app: &App, ctx: &Ctx, version: u64, draft: &CompanyDraft) -> Result<Settings, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let before = get(app, ctx)?;
    let mut errors = FieldErrors::default();
    let after = checked(&before, draft, &mut errors);
    if after.currency != before.currency && draft.currency_confirmed != "true" && has_amounts(app)? {
        errors.add("currency", "currency-in-use", before.currency.code());
    }
    none_of(errors)?;
    save(app, ctx, version, &before, after)
}

/// Puts a logo in the place of the former one: PNG, JPEG or WebP by its first bytes.
pub fn set_logo(app: &App, ctx: &Ctx, version: u64, bytes: &[u8]) -> Result<Settings, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let before = get(app, ctx)?;
    if bytes.is_empty() {
        return Err(Error::invalid("logo", "file-missing", ""));
    }
    if bytes.len() > LOGO_BYTES_MAX {
        return Err(Error::invalid("logo", "logo-size", (LOGO_BYTES_MAX / 1024).to_string()));
    }
    let kind = LogoKind::of(bytes).ok_or_else(|| Error::invalid("logo", "logo-kind", ""))?;
    if before.meta.version != version {
        return Err(app.conflict(&before, &before));
    }
    let limit = u64::try_from(LOGO_BYTES_MAX).unwrap_or(u64::MAX);
    let stored = app.documents.put(bytes, limit).map_err(Error::internal)?;
    let logo = Logo { sha256: stored.sha256, kind, size_bytes: stored.size_bytes };
    save(app, ctx, version, &before, Settings { logo: Some(logo), ..before.clone() })
}

/// The product's own mark again. The former picture stays among the documents, as the journal names it.
pub fn remove_logo(app: &App, ctx: &Ctx, version: u64) -> Result<Settings, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let before = get(app, ctx)?;
    save(app, ctx, version, &before, Settings { logo: None, ..before.clone() })
}

/// The picture of this hash, if it is the company's logo: anybody may see it, as it stands on the sign-in page.
pub fn logo(app: &App, sha256: &str) -> Result<(LogoKind, Vec<u8>), Error> {
    let frame = app.frame();
    let current = frame.settings.as_ref().and_then(|settings| settings.logo.as_ref());
    let logo = current.filter(|logo| logo.sha256 == sha256).ok_or(Error::NotFound)?;
    Ok((logo.kind, app.documents.get(sha256).map_err(Error::internal)?))
}

/// Whether anything has an amount: estimates, prices, quotes, or an own field of a record. Asked when the currency
/// changes, which is seldom.
pub fn has_amounts(app: &App) -> Result<bool, Error> {
    let own = |values: &CustomValues| values.values().any(|value| matches!(value, CustomValue::Amount(_)));
    Ok(any::<Lead>(app, |lead| lead.amount.is_some() || own(&lead.custom))?
        || any::<Opportunity>(app, |sale| sale.amount.is_some() || own(&sale.common.custom))?
        || any::<Product>(app, |product| {
            product.unit_price.is_some() || product.cost.is_some() || own(&product.common.custom)
        })?
        || any::<Price>(app, |_| true)?
        || any::<Quote>(app, |quote| quote.amount.is_some() || own(&quote.common.custom))?
        || any::<Company>(app, |company| own(&company.common.custom))?
        || any::<Contact>(app, |contact| own(&contact.common.custom))?)
}

/// Whether this is true of any record of an entity.
fn any<R: Record>(app: &App, is_so: impl Fn(&R) -> bool) -> Result<bool, Error> {
    let mut found = false;
    app.store.each_record::<R, Error>(&mut |record| {
        found = is_so(&record);
        Ok(!found)
    })?;
    Ok(found)
}

pub(crate) fn save(
    app: &App,
    ctx: &Ctx,
    version: u64,
    before: &Settings,
    after: Settings,
) -> Result<Settings, Error> {
    if before.meta.version != version {
        return Err(app.conflict(before, &after));
    }
    let mut write = ctx.write();
    write.update(before, after);
    if !write.is_empty() {
        app.commit_configuration(write)?;
    }
    get(app, ctx)
}

/// The settings with what was typed. Fields with problems keep their former value and are reported.
pub(crate) fn checked(before: &Settings, draft: &CompanyDraft, errors: &mut FieldErrors) -> Settings {
    let mut after = before.clone();
    put("company_name", &draft.company_name, &mut after.company_name, errors, |typed| {
        if typed.is_empty() { Err("required") } else { Ok(typed.to_owned()) }
    });
    let lines = [
        ("legal_name", &draft.legal_name, &mut after.legal_name, LINE_CHARACTERS_MAX),
        ("address", &draft.address, &mut after.address, LINE_CHARACTERS_MAX),
        ("postcode", &draft.postcode, &mut after.postcode, POSTCODE_CHARACTERS_MAX),
        ("town", &draft.town, &mut after.town, LINE_CHARACTERS_MAX),
    ];
    for (field, typed, place, characters_max) in lines {
        let typed = typed.trim();
        if typed.chars().count() > characters_max {
            errors.add(field, "too-long", characters_max.to_string());
        } else {
            typed.clone_into(place);
        }
    }
    put("country", &draft.country, &mut after.country, errors, country_code);
    let country = after.country.clone();
    put("tax_id", &draft.tax_id, &mut after.tax_id, errors, or_empty(normalize_tax_id));
    put("phone", &draft.phone, &mut after.phone, errors, or_empty(|typed| normalize_phone(typed, &country)));
    put("email", &draft.email, &mut after.email, errors, or_empty(normalize_email));
    put("website", &draft.website, &mut after.website, errors, or_empty(web_address));
    put("language", &draft.language, &mut after.language, errors, |typed| {
        Language::from_code(typed).ok_or("choice")
    });
    put("currency", &draft.currency, &mut after.currency, errors, |typed| {
        typed.parse::<Currency>().map_err(|()| "choice")
    });
    put("time_zone", &draft.time_zone, &mut after.time_zone, errors, time_zone);
    put(
        "fiscal_year_start_month",
        &draft.fiscal_year_start_month,
        &mut after.fiscal_year_start_month,
        errors,
        |typed| typed.parse().ok().filter(|month| (1..=12).contains(month)).ok_or("choice"),
    );
    for ((field, typed), place) in draft.days().into_iter().zip(&mut after.working_week.0) {
        put(field, typed, place, errors, parse_shifts);
    }
    put(
        "first_response_hours",
        &draft.first_response_hours,
        &mut after.first_response_hours,
        errors,
        first_response,
    );
    put("brand_hue", &draft.brand_hue, &mut after.brand_hue, errors, |typed| {
        typed.parse().ok().filter(|hue| *hue <= BRAND_HUE_MAX).ok_or("hue-range")
    });
    after
}

fn put<T>(
    field: &str,
    typed: &str,
    place: &mut T,
    errors: &mut FieldErrors,
    read: impl FnOnce(&str) -> Result<T, &'static str>,
) {
    let typed = typed.trim();
    if typed.chars().count() > LINE_CHARACTERS_MAX {
        return errors.add(field, "too-long", LINE_CHARACTERS_MAX.to_string());
    }
    match read(typed) {
        Ok(value) => *place = value,
        Err(code) => errors.add(field, code, typed),
    }
}

/// Nothing typed is nothing kept.
fn or_empty(
    read: impl FnOnce(&str) -> Result<String, &'static str>,
) -> impl FnOnce(&str) -> Result<String, &'static str> {
    |typed| if typed.is_empty() { Ok(String::new()) } else { read(typed) }
}

/// Two letters of ISO 3166-1.
fn country_code(typed: &str) -> Result<String, &'static str> {
    let code = typed.to_uppercase();
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { Ok(code) } else { Err("country-form") }
}

fn time_zone(typed: &str) -> Result<String, &'static str> {
    match model::jiff::tz::TimeZone::get(typed) {
        Ok(_) => Ok(typed.to_owned()),
        Err(_) => Err("time-zone"),
    }
}

/// `montseny.cat` is meant as `https://montseny.cat`.
fn web_address(typed: &str) -> Result<String, &'static str> {
    let address = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let host = host.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let is_host = host.contains('.')
        && !host.starts_with('.')
        && host.chars().all(|character| character.is_alphanumeric() || matches!(character, '.' | '-' | ':'));
    if is_host && !address.contains(char::is_whitespace) { Ok(address) } else { Err("website-form") }
}

fn first_response(typed: &str) -> Result<Option<u16>, &'static str> {
    if typed.is_empty() {
        return Ok(None);
    }
    let hours = typed.parse().ok().filter(|hours| (1..=FIRST_RESPONSE_HOURS_MAX).contains(hours));
    hours.map(Some).ok_or("response-hours")
}
