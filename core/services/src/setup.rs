//! The first minutes: the company and its first administrator. Possible once.

use crate::error::none_of;
use crate::sessions::{self, SignedIn};
use crate::users::check_name;
use crate::{App, Ctx, Error};
use model::{
    Actor, Currency, FieldErrors, Language, Meta, Record, RoleKey, Settings, Team, TeamId, User, Via,
};

/// What the set-up page asks, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetupDraft {
    pub company_name: String,
    pub language: String,
    pub currency: String,
    pub fiscal_year_start_month: String,
    pub time_zone: String,
    pub country: String,
    pub admin_name: String,
    pub admin_email: String,
    pub admin_password: String,
}

/// Whether there is a company yet.
pub fn is_done(app: &App) -> Result<bool, Error> {
    Ok(app.frame().settings.is_some())
}

/// Creates the company, its first team and its first administrator, and signs the administrator in.
pub fn create_company(app: &App, ctx: &Ctx, draft: &SetupDraft) -> Result<SignedIn, Error> {
    if is_done(app)? {
        return Err(Error::Denied);
    }
    let mut errors = FieldErrors::default();
    let settings = check_company(ctx, draft, &mut errors);
    check_name("admin_name", &draft.admin_name, &mut errors);
    let email = model::normalize_email(&draft.admin_email);
    if let Err(code) = email {
        errors.add("admin_email", code, draft.admin_email.trim());
    }
    sessions::check_password("admin_password", &draft.admin_password, &mut errors);
    none_of(errors)?;

    let meta = Meta { id: settings.default_team.0, ..settings.meta().clone() };
    let team = Team::new(meta, first_team_name(settings.language));
    let admin = User {
        name: draft.admin_name.trim().to_owned(),
        email: email.unwrap_or_default(),
        password_hash: sessions::hash_password(ctx, &draft.admin_password)?,
        role: RoleKey::administrator(),
        teams: vec![team.id()],
        language: settings.language,
        takes_leads: true,
        active: true,
        ..User::new(Meta::new(ctx.new_id(), ctx.at, settings.meta().created_by.clone()))
    };
    let mut write = ctx.write();
    write.create(settings);
    write.create(team);
    write.create(admin.clone());
    match app.commit_configuration(write) {
        Ok(_) => sessions::begin(app, ctx, admin),
        // Somebody else pressed the button first.
        Err(Error::Conflict(_)) => Err(Error::Denied),
        Err(error) => Err(error),
    }
}

fn check_company(ctx: &Ctx, draft: &SetupDraft, errors: &mut FieldErrors) -> Settings {
    check_name("company_name", &draft.company_name, errors);
    let language = Language::from_code(&draft.language);
    if language.is_none() {
        errors.add("language", "choice", &draft.language);
    }
    let currency = draft.currency.parse::<Currency>().ok();
    if currency.is_none() {
        errors.add("currency", "choice", &draft.currency);
    }
    let month = draft.fiscal_year_start_month.parse::<i8>().ok().filter(|month| (1..=12).contains(month));
    if month.is_none() {
        errors.add("fiscal_year_start_month", "choice", &draft.fiscal_year_start_month);
    }
    if model::jiff::tz::TimeZone::get(&draft.time_zone).is_err() {
        errors.add("time_zone", "time-zone", &draft.time_zone);
    }
    let country = draft.country.trim().to_uppercase();
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        errors.add("country", "choice", &draft.country);
    }
    let meta = Meta::new(Settings::ID, ctx.at, Actor { user: None, via: Via::System });
    Settings {
        language: language.unwrap_or_default(),
        currency: currency.unwrap_or_default(),
        fiscal_year_start_month: month.unwrap_or(1),
        time_zone: draft.time_zone.clone(),
        country,
        ..Settings::new(meta, draft.company_name.trim(), TeamId(ctx.new_id()))
    }
}

fn first_team_name(language: Language) -> &'static str {
    match language {
        Language::Ca => "Equip comercial",
        Language::Es => "Equipo comercial",
        Language::En => "Sales team",
    }
}
