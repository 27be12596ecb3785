//! The conversation with a provider: where to send somebody, what comes back with them, and who it says they are.

use crate::error::{Error, chain, shortened};
use crate::web::{Web, on_the_way};
use chrono::{DateTime, Utc};
use model::jiff::Timestamp;
use openidconnect::core::{
    CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreJwsSigningAlgorithm, CoreProviderMetadata,
    CoreResponseType, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::http::{Request, Response};
use openidconnect::{
    AccessTokenHash, AuthType, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId,
    ClientSecret, CsrfToken, DiscoveryError, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    TokenResponse, UserInfoError,
};

/// Clocks that are kept by the network differ by less; a token is good for minutes.
const CLOCKS_DIFFER_S_MAX: i64 = 60;

/// Signed with a key that the provider alone has: never «none», never with the secret that we know too.
const SIGNED_WITH: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// A provider, and how we are known there.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// As the provider writes it: `https://login.example.com`.
    pub issuer: String,
    pub client_id: String,
    /// Absent for a client that is registered as public.
    pub secret: Option<String>,
    /// Besides `openid`.
    pub scopes: Vec<String>,
    /// Where the provider sends people back to.
    pub back: String,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// The three secrets of one attempt, each 43 letters and digits or more.
#[derive(Clone, PartialEq, Eq)]
pub struct Questions {
    /// Comes back with the browser.
    pub state: String,
    /// Comes back inside the signed token.
    pub nonce: String,
    /// Shown to the provider together with the code (RFC 7636).
    pub verifier: String,
}

/// What a provider says of somebody, signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claims {
    /// Names them at this provider, for good.
    pub subject: String,
    pub email: Option<String>,
    /// The provider has made sure that the address is theirs.
    pub is_email_verified: bool,
}

/// Where to send somebody who wants to sign in.
pub fn ask(provider: &Provider, questions: &Questions) -> Result<String, Error> {
    let web = Web::new();
    let client = client(provider, described(provider, &web)?)?;
    let verifier = PkceCodeVerifier::new(questions.verifier.clone());
    let (state, nonce) = (questions.state.clone(), questions.nonce.clone());
    let (address, _, _) = client
        .authorize_url(
            AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
            move || CsrfToken::new(state),
            move || Nonce::new(nonce),
        )
        .add_scopes(provider.scopes.iter().cloned().map(Scope::new))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .url();
    Ok(address.into())
}

/// Who somebody is that came back with this code. Every signature, name, time and secret is checked.
pub fn claims(
    provider: &Provider,
    questions: &Questions,
    code: &str,
    at: Timestamp,
) -> Result<Claims, Error> {
    let web = Web::new();
    let client = client(provider, described(provider, &web)?)?;
    let tokens = exchanged(&client, &web, code, &questions.verifier)?;
    let untrusted = |said: &str| Error::Token { said: said.to_owned() };
    let token = tokens.id_token().ok_or_else(|| untrusted("no id_token in the answer"))?;
    let now = time(at)?;
    let leeway = chrono::TimeDelta::seconds(CLOCKS_DIFFER_S_MAX);
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(SIGNED_WITH)
        .set_time_fn(move || now - leeway)
        .set_issue_time_verifier_fn(move |issued| {
            if issued > now + leeway { Err(format!("issued at {issued}, it is {now}")) } else { Ok(()) }
        });
    let said =
        token.claims(&verifier, &Nonce::new(questions.nonce.clone())).map_err(|error| distrust(&error))?;
    if let Some(expected) = said.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|error| untrusted(&chain(&error)))?;
        let key = token.signing_key(&verifier).map_err(|error| untrusted(&chain(&error)))?;
        let found = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
        if found.map_err(|error| untrusted(&chain(&error)))? != *expected {
            return Err(untrusted("at_hash is of another access token"));
        }
    }
    let claims = Claims {
        subject: said.subject().to_string(),
        email: said.email().map(|email| email.to_string()),
        is_email_verified: said.email_verified().unwrap_or_default(),
    };
    if claims.email.is_some() { Ok(claims) } else { with_user_info(&client, &web, &tokens, claims) }
}

/// Whether the provider is there and knows us: its words. A code that nobody gave is refused only after it has looked
/// at who we are.
pub fn try_out(provider: &Provider) -> Result<String, Error> {
    let web = Web::new();
    let client = client(provider, described(provider, &web)?)?;
    let verifier = "t".repeat(43);
    match exchanged(&client, &web, "a-code-that-nobody-gave", &verifier) {
        Ok(_) => Err(Error::Token { said: "a code that nobody gave was accepted".to_owned() }),
        Err(Error::Code { said } | Error::Refused { said }) => Ok(said),
        Err(error) => Err(error),
    }
}

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What the provider says of itself, with its keys.
fn described(provider: &Provider, web: &Web) -> Result<CoreProviderMetadata, Error> {
    let no_provider = |said: String| Error::NoProvider { said: shortened(&said) };
    let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| no_provider(error.to_string()))?;
    let call =
        |request: Request<Vec<u8>>| -> Result<Response<Vec<u8>>, http_client::Error> { web.call(request) };
    let found = CoreProviderMetadata::discover(&issuer, &call).map_err(|error| match error {
        DiscoveryError::Request(error) => on_the_way(&error),
        DiscoveryError::Response(status, body, _) => no_provider(answer(status.as_u16(), &body)),
        error => no_provider(chain(&error)),
    })?;
    // What is asked over TLS is not answered without.
    let is_safe = |address: &str| !provider.issuer.starts_with("https:") || address.starts_with("https:");
    let addresses = [
        Some(found.authorization_endpoint().as_str()),
        found.token_endpoint().map(|address| address.as_str()),
        found.userinfo_endpoint().map(|address| address.as_str()),
        Some(found.jwks_uri().as_str()),
    ];
    let exposed = addresses.into_iter().flatten().find(|address| !is_safe(address)).map(str::to_owned);
    exposed.map_or(Ok(found), |address| Err(no_provider(format!("{address} is not https"))))
}

fn client(provider: &Provider, described: CoreProviderMetadata) -> Result<Client, Error> {
    let back =
        RedirectUrl::new(provider.back.clone()).map_err(|error| Error::Client { said: error.to_string() })?;
    let way = way_to_say_who_we_are(&described);
    let secret = provider.secret.clone().map(ClientSecret::new);
    let client =
        CoreClient::from_provider_metadata(described, ClientId::new(provider.client_id.clone()), secret);
    Ok(client.set_redirect_uri(back).set_auth_type(way))
}

/// In a header, unless the provider says that it wants it in the form.
fn way_to_say_who_we_are(described: &CoreProviderMetadata) -> AuthType {
    let ways = described.token_endpoint_auth_methods_supported();
    let takes = |way| ways.is_some_and(|ways| ways.contains(&way));
    let only_form =
        takes(CoreClientAuthMethod::ClientSecretPost) && !takes(CoreClientAuthMethod::ClientSecretBasic);
    if only_form { AuthType::RequestBody } else { AuthType::BasicAuth }
}

fn exchanged(client: &Client, web: &Web, code: &str, verifier: &str) -> Result<CoreTokenResponse, Error> {
    let call =
        |request: Request<Vec<u8>>| -> Result<Response<Vec<u8>>, http_client::Error> { web.call(request) };
    let request = client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .map_err(|error| Error::NoProvider { said: chain(&error) })?
        .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
    request.request(&call).map_err(|error| match error {
        RequestTokenError::Request(error) => on_the_way(&error),
        RequestTokenError::ServerResponse(refusal) => {
            let said = shortened(&refusal.to_string());
            match refusal.error() {
                CoreErrorResponseType::InvalidClient | CoreErrorResponseType::UnauthorizedClient => {
                    Error::Client { said }
                }
                CoreErrorResponseType::InvalidGrant => Error::Code { said },
                _ => Error::Refused { said },
            }
        }
        RequestTokenError::Parse(error, _) => Error::Refused { said: chain(&error) },
        RequestTokenError::Other(said) => Error::Refused { said: shortened(&said) },
    })
}

/// Many providers tell the address only where it is asked for.
fn with_user_info(
    client: &Client,
    web: &Web,
    tokens: &CoreTokenResponse,
    claims: Claims,
) -> Result<Claims, Error> {
    let subject = openidconnect::SubjectIdentifier::new(claims.subject.clone());
    let Ok(request) = client.user_info(tokens.access_token().clone(), Some(subject)) else {
        return Ok(claims);
    };
    let call =
        |request: Request<Vec<u8>>| -> Result<Response<Vec<u8>>, http_client::Error> { web.call(request) };
    let info: CoreUserInfoClaims = request.request(&call).map_err(|error| match error {
        UserInfoError::Request(error) => on_the_way(&error),
        UserInfoError::ClaimsVerification(error) => distrust(&error),
        UserInfoError::Response(status, body, _) => Error::Refused { said: answer(status.as_u16(), &body) },
        error => Error::Refused { said: chain(&error) },
    })?;
    Ok(Claims {
        email: info.email().map(|email| email.to_string()),
        is_email_verified: info.email_verified().unwrap_or_default(),
        ..claims
    })
}

fn distrust(error: &ClaimsVerificationError) -> Error {
    let said = chain(error);
    match error {
        ClaimsVerificationError::Expired(_) => Error::Clock { said },
        _ => Error::Token { said },
    }
}

/// An answer that is none, with its number.
fn answer(status: u16, body: &[u8]) -> String {
    shortened(&format!("{status} {}", String::from_utf8_lossy(body)))
}

fn time(at: Timestamp) -> Result<DateTime<Utc>, Error> {
    DateTime::from_timestamp(at.as_second(), 0).ok_or_else(|| Error::Clock { said: at.to_string() })
}
