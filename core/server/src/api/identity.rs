//! The company's identity provider; for keys of administrators.

use super::Topic;
use super::versions::{Wanted, etag};
use crate::errors::Fault;
use crate::here::Here;
use model::IdentityProvider;
use poem_openapi::param::{Header, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::identity_settings::{self, BACK, IdentityDraft, Tried};

/// The operations on the identity provider.
pub(crate) struct Identity;

/// Who else may say who somebody is. The secret is never given back.
#[derive(Object)]
pub(crate) struct IdentityProviderSettings {
    /// That of the company's settings. Also the `ETag`.
    version: u64,
    issuer: String,
    client_id: String,
    /// Whether a secret is kept.
    has_secret: bool,
    /// What stands on the button.
    label: String,
    /// Besides `openid`.
    scopes: Vec<String>,
    /// Of whose addresses people may enter this way; none: of any.
    domains: Vec<String>,
    /// How browsers call Tracte.
    address: String,
    /// What the provider must let people come back to.
    redirect_uri: String,
    /// `counts` or `asked`: whether whoever entered this way is asked for a second factor.
    provider_factor: String,
}

/// What is set.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct IdentityProviderChange {
    /// The version of the company's settings, unless `If-Match` says it.
    version: Option<u64>,
    issuer: String,
    client_id: String,
    /// Absent: the one that is kept stays. Asked for again where the issuer changes.
    secret: Option<String>,
    label: String,
    scopes: Option<Vec<String>>,
    domains: Option<Vec<String>>,
    address: String,
    provider_factor: String,
}

/// Whether the provider knows us.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct IdentityTest {
    known: bool,
    /// `identity-client` and the like, where it does not.
    code: Option<String>,
    /// What the provider said, word for word.
    said: String,
}

#[derive(ApiResponse)]
pub(crate) enum IdentityAnswer {
    #[oai(status = 200)]
    Settings(Json<IdentityProviderSettings>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
pub(crate) enum IdentityRemoved {
    /// It is gone.
    #[oai(status = 204)]
    Removed,
}

#[OpenApi(tag = "Topic::Users")]
impl Identity {
    /// Get the identity provider
    #[oai(path = "/identity-provider", method = "get", operation_id = "get_identity_provider")]
    async fn get(&self, here: Here) -> Result<IdentityAnswer, Fault> {
        let (version, provider) = here.deed(identity_settings::get).await?;
        answer(version, provider)
    }

    /// Set the identity provider
    #[oai(path = "/identity-provider", method = "put", operation_id = "set_identity_provider")]
    async fn set(
        &self,
        here: Here,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<IdentityProviderChange>,
    ) -> Result<IdentityAnswer, Fault> {
        let wanted = Wanted::of(if_match.0.as_deref(), change.version)?;
        let draft = IdentityDraft::from(change.0);
        let done = here.deed(move |app, ctx| {
            let (version, _) = identity_settings::get(app, ctx)?;
            let done = identity_settings::update(app, ctx, wanted.version(version), &draft);
            Ok(done.and_then(|_| identity_settings::get(app, ctx)))
        });
        let (version, provider) = done.await?.map_err(|error| wanted.fault(error))?;
        answer(version, provider)
    }

    /// Stop using the identity provider
    ///
    /// The secret is forgotten.
    #[oai(path = "/identity-provider", method = "delete", operation_id = "remove_identity_provider")]
    async fn remove(
        &self,
        here: Here,
        /// The version that was read, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<IdentityRemoved, Fault> {
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let (version, _) = identity_settings::get(app, ctx)?;
            Ok(identity_settings::remove(app, ctx, wanted.version(version)))
        });
        done.await?.map(|()| IdentityRemoved::Removed).map_err(|error| wanted.fault(error))
    }

    /// Forget the secret of the identity provider
    #[oai(path = "/identity-provider/secret", method = "delete", operation_id = "remove_identity_secret")]
    async fn remove_secret(
        &self,
        here: Here,
        /// The version that was read, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<IdentityRemoved, Fault> {
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let (version, _) = identity_settings::get(app, ctx)?;
            Ok(identity_settings::remove_secret(app, ctx, wanted.version(version)))
        });
        done.await?.map(|()| IdentityRemoved::Removed).map_err(|error| wanted.fault(error))
    }

    /// Ask the identity provider whether it knows us
    #[oai(path = "/identity-provider/test", method = "post", operation_id = "test_identity_provider")]
    async fn test(&self, here: Here) -> Result<Json<IdentityTest>, Fault> {
        let tried = here.outside(identity_settings::test).await?;
        Ok(Json(match tried {
            Tried::Known { said } => IdentityTest { known: true, code: None, said },
            Tried::Failed { code, said } => IdentityTest { known: false, code: Some(code.to_owned()), said },
        }))
    }
}

fn answer(version: u64, provider: Option<IdentityProvider>) -> Result<IdentityAnswer, Fault> {
    let provider = provider.ok_or_else(Fault::not_found)?;
    let settings = IdentityProviderSettings {
        version,
        redirect_uri: format!("{}{BACK}", provider.address),
        issuer: provider.issuer,
        client_id: provider.client_id,
        has_secret: provider.secret_set_at.is_some(),
        label: provider.label,
        scopes: provider.scopes,
        domains: provider.domains,
        address: provider.address,
        provider_factor: provider.second_factor.as_str().to_owned(),
    };
    Ok(IdentityAnswer::Settings(Json(settings), etag(version)))
}

impl From<IdentityProviderChange> for IdentityDraft {
    fn from(change: IdentityProviderChange) -> IdentityDraft {
        IdentityDraft {
            issuer: change.issuer,
            client_id: change.client_id,
            secret: change.secret.unwrap_or_default(),
            label: change.label,
            scopes: change.scopes.unwrap_or_default().join(" "),
            domains: change.domains.unwrap_or_default().join(" "),
            address: change.address,
            provider_factor: change.provider_factor,
        }
    }
}
