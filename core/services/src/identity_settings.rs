//! The company's identity provider: how Tracte is known there, its secret, and a question to see whether it works.
//! Administrators only: who decides whose word counts could enter as anybody.

use crate::error::none_of;
use crate::mail_settings::{
    delete_credential, is_origin, is_this_machine, put_credential, without_credential,
};
use crate::settings::draft;
use crate::users::check_name;
use crate::{App, Ctx, Error, permissions, settings};
use model::{Credential, FieldErrors, IdentityProvider, ProviderFactor, Settings};

/// Where the provider sends people back to, below the address of Tracte.
pub const BACK: &str = "/sign-in/provider/back";
/// What tells who somebody is by their address.
pub const SCOPES_USUAL: &str = "email profile";
/// Providers' addresses have a number in them at most.
const ISSUER_CHARACTERS_MAX: usize = 200;
const CLIENT_ID_CHARACTERS_MAX: usize = 200;
const SECRET_CHARACTERS_MAX: usize = 500;
/// All of them together: a company has one or two, and the settings are one record of 3.9 kB.
const LIST_CHARACTERS_MAX: usize = 200;

draft! {
    /// What the page of the identity provider sends, as typed.
    IdentityDraft {
        issuer,
        client_id,
        secret,
        label,
        scopes,
        domains,
        address,
        provider_factor,
    }
}

impl IdentityDraft {
    /// What the form shows. A secret is never shown.
    pub fn of(provider: &IdentityProvider) -> IdentityDraft {
        IdentityDraft {
            issuer: provider.issuer.clone(),
            client_id: provider.client_id.clone(),
            secret: String::new(),
            label: provider.label.clone(),
            scopes: provider.scopes.join(" "),
            domains: provider.domains.join(" "),
            address: provider.address.clone(),
            provider_factor: provider.second_factor.as_str().to_owned(),
        }
    }
}

/// How the question to see whether it works went: what the provider said, word for word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    Known { said: String },
    Failed { code: &'static str, said: String },
}

/// What stands on the button of the sign-in page, where there is one.
pub fn label(app: &App) -> Option<String> {
    provider(app).map(|provider| provider.label)
}

/// The version of the settings and the provider, where there is one.
pub fn get(app: &App, ctx: &Ctx) -> Result<(u64, Option<IdentityProvider>), Error> {
    permissions::require_administrator(ctx)?;
    let settings = settings::get(app, ctx)?;
    Ok((settings.meta.version, settings.identity))
}

/// Changes the provider. An empty secret keeps the one there is; at another provider it is typed again, so that nobody
/// can have it sent somewhere else.
pub fn update(app: &App, ctx: &Ctx, version: u64, draft: &IdentityDraft) -> Result<IdentityProvider, Error> {
    permissions::require_administrator(ctx)?;
    let before = settings::get(app, ctx)?;
    let mut errors = FieldErrors::default();
    let mut provider = checked(draft, &mut errors);
    provider.secret_set_at =
        checked_secret(ctx, before.identity.as_ref(), draft, &provider.issuer, &mut errors);
    none_of(errors)?;
    let after = Settings { identity: Some(provider.clone()), ..before.clone() };
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    let mut write = ctx.write();
    write.update(&before, after);
    if !draft.secret.is_empty() {
        put_credential(app, ctx, &mut write, Credential::IDENTITY, draft.secret.trim())?;
    } else if provider.secret_set_at.is_none() {
        delete_credential(app, &mut write, Credential::IDENTITY)?;
    }
    app.commit_configuration(write)?;
    Ok(provider)
}

/// Forgets the secret: Tracte is a public client from then on.
pub fn remove_secret(app: &App, ctx: &Ctx, version: u64) -> Result<(), Error> {
    permissions::require_administrator(ctx)?;
    let before = settings::get(app, ctx)?;
    let Some(provider) = before.identity.clone() else {
        return Ok(());
    };
    let identity = Some(IdentityProvider { secret_set_at: None, ..provider });
    let after = Settings { identity, ..before.clone() };
    without_credential(app, ctx, version, &before, after, Credential::IDENTITY)
}

/// Nobody enters with the provider any more; the secret is forgotten too. Whom it named stays noted with each person.
pub fn remove(app: &App, ctx: &Ctx, version: u64) -> Result<(), Error> {
    permissions::require_administrator(ctx)?;
    let before = settings::get(app, ctx)?;
    let after = Settings { identity: None, ..before.clone() };
    without_credential(app, ctx, version, &before, after, Credential::IDENTITY)
}

/// Asks the provider whether it knows us.
pub fn test(app: &App, ctx: &Ctx) -> Result<Tried, Error> {
    permissions::require_administrator(ctx)?;
    let (_, asked) = asked(app)?.ok_or_else(|| Error::invalid("", "identity-none", ""))?;
    Ok(match identity::try_out(&asked) {
        Ok(said) => Tried::Known { said },
        Err(error) => Tried::Failed { code: error.code(), said: error.said().to_owned() },
    })
}

pub(crate) fn provider(app: &App) -> Option<IdentityProvider> {
    app.frame().settings.as_ref().and_then(|settings| settings.identity.clone())
}

/// The provider, and as its room has it, with the secret; nothing where none is set up.
pub(crate) fn asked(app: &App) -> Result<Option<(IdentityProvider, identity::Provider)>, Error> {
    let Some(provider) = provider(app) else {
        return Ok(None);
    };
    let secret = app.store.get::<Credential>(Credential::IDENTITY)?;
    let asked = identity::Provider {
        issuer: provider.issuer.clone(),
        client_id: provider.client_id.clone(),
        secret: secret.map(|credential| credential.secret),
        scopes: provider.scopes.clone(),
        back: format!("{}{BACK}", provider.address),
    };
    Ok(Some((provider, asked)))
}

/// What was typed, but for the secret.
pub(crate) fn checked(draft: &IdentityDraft, errors: &mut FieldErrors) -> IdentityProvider {
    let issuer = draft.issuer.trim().trim_end_matches(WELL_KNOWN).to_owned();
    check_issuer(&issuer, errors);
    let client_id = draft.client_id.trim().to_owned();
    if client_id.is_empty() {
        errors.add("client_id", "required", "");
    } else if client_id.chars().count() > CLIENT_ID_CHARACTERS_MAX {
        errors.add("client_id", "too-long", CLIENT_ID_CHARACTERS_MAX.to_string());
    }
    check_name("label", &draft.label, errors);
    let address = draft.address.trim().trim_end_matches('/').to_owned();
    if !is_origin(&address) {
        errors.add("address", "origin-form", &address);
    }
    let second_factor = ProviderFactor::from_code(&draft.provider_factor);
    if second_factor.is_none() {
        errors.add("provider_factor", "choice", &draft.provider_factor);
    }
    IdentityProvider {
        issuer,
        client_id,
        secret_set_at: None,
        label: draft.label.trim().to_owned(),
        scopes: listed("scopes", &draft.scopes, errors, |scope| {
            let is_scope = scope.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\');
            if is_scope { Ok(()) } else { Err("scope-form") }
        })
        .into_iter()
        .filter(|scope| scope != "openid")
        .collect(),
        domains: listed("domains", &draft.domains.to_lowercase(), errors, |domain| {
            model::normalize_email(&format!("algu@{domain}")).map(|_| ()).map_err(|_| "domain-form")
        }),
        address,
        second_factor: second_factor.unwrap_or_default(),
    }
}

/// The description of a provider stands there; some people copy the whole address.
const WELL_KNOWN: &str = "/.well-known/openid-configuration";

/// `https://` and a host, with a path if the provider has one; without TLS on this machine alone.
fn check_issuer(issuer: &str, errors: &mut FieldErrors) {
    if issuer.is_empty() {
        return errors.add("issuer", "required", "");
    }
    if issuer.chars().count() > ISSUER_CHARACTERS_MAX {
        return errors.add("issuer", "too-long", ISSUER_CHARACTERS_MAX.to_string());
    }
    let (scheme, rest) = issuer.split_once("://").unwrap_or_default();
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let is_path = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'?' && byte != b'#');
    if !is_origin(&format!("{scheme}://{host}")) || !is_path {
        return errors.add("issuer", "issuer-form", issuer);
    }
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if scheme == "http" && !is_this_machine(name.trim_matches(['[', ']'])) {
        errors.add("issuer", "issuer-not-local", issuer);
    }
}

/// Words with spaces, commas or lines between them.
fn listed(
    field: &str,
    typed: &str,
    errors: &mut FieldErrors,
    check: impl Fn(&str) -> Result<(), &'static str>,
) -> Vec<String> {
    if typed.chars().count() > LIST_CHARACTERS_MAX {
        errors.add(field, "too-long", LIST_CHARACTERS_MAX.to_string());
        return Vec::new();
    }
    let mut words: Vec<String> = Vec::new();
    for word in typed.split([' ', ',', ';', '\n', '\r', '\t']).map(|word| word.trim_start_matches('@')) {
        if word.is_empty() || words.iter().any(|known| known == word) {
            continue;
        }
        if let Err(code) = check(word) {
            errors.add(field, code, word);
        }
        words.push(word.to_owned());
    }
    words
}

/// When the secret was set that will be there: now, before, or none.
fn checked_secret(
    ctx: &Ctx,
    before: Option<&IdentityProvider>,
    draft: &IdentityDraft,
    issuer: &str,
    errors: &mut FieldErrors,
) -> Option<model::jiff::Timestamp> {
    if draft.secret.chars().count() > SECRET_CHARACTERS_MAX {
        errors.add("secret", "too-long", SECRET_CHARACTERS_MAX.to_string());
    }
    if !draft.secret.is_empty() {
        return Some(ctx.at);
    }
    let kept = before.and_then(|provider| provider.secret_set_at);
    if kept.is_some() && before.is_some_and(|provider| provider.issuer != issuer) {
        errors.add("secret", "secret-again", "");
    }
    kept
}
