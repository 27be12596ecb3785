//! Signing in with the company's identity provider: somebody is sent there with three questions, and comes back with a
//! code. Only who was let in already enters: by the subject that is noted with them, else by a verified address.

use crate::identity_settings::{self, asked};
use crate::sessions::{self, SignedIn, hash_secret};
use crate::{App, Ctx, Error, permissions};
use model::jiff::SignedDuration;
use model::uuid::Uuid;
use model::{
    Action, Actor, IdentityProvider, IndexKey, Kind, Meta, ProviderAttempt, ProviderFactor, ProviderIdentity,
    User, UserId, Via,
};

/// Whoever has to look for their phone at the provider comes back by then.
pub const ATTEMPT_MINUTES: i64 = 15;
/// A whole company signs in at nine; more than this is somebody who wants to fill the store.
const ATTEMPTS_MAX: usize = 1_000;
/// Attempts that are over and go with each new one.
const CLEANED_UP: usize = 50;
/// A page of ours, with filters in it.
const NEXT_BYTES_MAX: usize = 1_000;
/// OpenID Connect Core, section 2.
const SUBJECT_BYTES_MAX: usize = 255;

/// Where to send the browser, and what it keeps to show that it is the same one.
#[derive(Debug)]
pub struct Sent {
    pub address: String,
    pub browser_secret: String,
}

/// What the provider sent the browser back with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Back {
    pub state: String,
    pub code: String,
    /// `access_denied` and the like, where it is none.
    pub error: String,
    pub error_description: String,
    /// Who it is, where the provider says it (RFC 9207).
    pub issuer: String,
}

/// Somebody is in; and the page they wanted.
#[derive(Debug)]
pub struct Entered {
    pub session: SignedIn,
    pub next: String,
}

/// Why somebody did not get in. `Failed` is for whoever waits, anything else for the operator.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("{code}")]
    Failed {
        /// `identity-unknown` and the like: pages have a sentence for each.
        code: &'static str,
        /// Whom the provider named, or its own words.
        said: String,
    },
    #[error(transparent)]
    Error(#[from] Error),
}

impl Refusal {
    fn of(code: &'static str, said: &str) -> Refusal {
        Refusal::Failed { code, said: said.to_owned() }
    }
}

impl From<identity::Error> for Refusal {
    fn from(error: identity::Error) -> Refusal {
        Refusal::of(error.code(), error.said())
    }
}

impl From<store::ReadError> for Refusal {
    fn from(error: store::ReadError) -> Refusal {
        Refusal::Error(error.into())
    }
}

/// Begins an attempt. The provider is asked where its page is, so this may take seconds.
pub fn begin(app: &App, ctx: &Ctx, next: &str) -> Result<Sent, Refusal> {
    let (_, asked) = asked(app)?.ok_or_else(|| Refusal::of("identity-none", ""))?;
    let questions =
        identity::Questions { state: ctx.new_secret(), nonce: ctx.new_secret(), verifier: ctx.new_secret() };
    let browser_secret = ctx.new_secret();
    let address = identity::ask(&asked, &questions)?;
    let waiting: Vec<ProviderAttempt> = app.store.members(Uuid::nil(), ATTEMPTS_MAX)?;
    let mut over = waiting.iter().filter(|attempt| attempt.expires_at <= ctx.at);
    if waiting.len() >= ATTEMPTS_MAX && over.clone().next().is_none() {
        return Err(Error::Busy { retry_after_s: 60 }.into());
    }
    let mut write = ctx.write();
    for attempt in over.by_ref().take(CLEANED_UP) {
        write.delete(attempt);
    }
    write.create(ProviderAttempt {
        meta: Meta::new(ctx.new_id(), ctx.at, Actor::SYSTEM),
        state_sha256: hash_secret(&questions.state),
        browser_sha256: hash_secret(&browser_secret),
        nonce: questions.nonce,
        verifier: questions.verifier,
        next: if next.len() <= NEXT_BYTES_MAX { next.to_owned() } else { "/".to_owned() },
        expires_at: ctx.at + SignedDuration::from_mins(ATTEMPT_MINUTES),
    });
    match app.commit(write) {
        Ok(_) => Ok(Sent { address, browser_secret }),
        // Another attempt cleaned up at the same moment.
        Err(Error::Conflict(_) | Error::NotFound) => Err(Error::Busy { retry_after_s: 2 }.into()),
        Err(error) => Err(error.into()),
    }
}

/// Ends an attempt: it is used up whatever comes of it. The provider is asked who it is.
pub fn finish(app: &App, ctx: &Ctx, browser_secret: &str, back: &Back) -> Result<Entered, Refusal> {
    let attempt = used_up(app, ctx, browser_secret, &back.state)?;
    let (provider, asked) = asked(app)?.ok_or_else(|| Refusal::of("identity-none", ""))?;
    if !back.error.is_empty() {
        let words = [back.error.as_str(), back.error_description.as_str()].join(" ");
        let code = if back.error == "access_denied" { "identity-denied" } else { "identity-refused" };
        return Err(Refusal::of(code, shortened(words.trim())));
    }
    if !back.issuer.is_empty() && back.issuer != provider.issuer {
        return Err(Refusal::of("identity-token", shortened(&back.issuer)));
    }
    let questions = identity::Questions {
        state: back.state.clone(),
        nonce: attempt.nonce.clone(),
        verifier: attempt.verifier.clone(),
    };
    let claims = identity::claims(&asked, &questions, &back.code, ctx.at)?;
    let user = known(app, ctx, &provider, &claims)?;
    let session = match provider.second_factor {
        ProviderFactor::Counts => sessions::begin_with_provider(app, ctx, user),
        ProviderFactor::Asked => sessions::begin_with_provider_or_ask(app, ctx, user),
    };
    Ok(Entered { session: session?, next: attempt.next })
}

/// Takes an administrator's word that somebody is another one at the provider from now on.
pub fn unlink(app: &App, ctx: &Ctx, id: UserId) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::User, Action::Change)?;
    let user = app.store.get::<User>(id.0)?.ok_or(Error::NotFound)?;
    if !permissions::may_give(app, ctx, &user.role) {
        return Err(Error::Denied);
    }
    let mut write = ctx.write();
    write.update(&user, User { identity: None, ..user.clone() });
    app.commit(write)?;
    sessions::end_all(app, ctx, id)
}

/// Provider's words in an address: anybody can write there what they like, so only so much of it.
const SAID_CHARACTERS_MAX: usize = 300;

fn shortened(text: &str) -> &str {
    text.char_indices().nth(SAID_CHARACTERS_MAX).map_or(text, |(end, _)| &text[..end])
}

/// The attempt of this browser, deleted in the same moment: whoever comes second finds that it is gone.
fn used_up(app: &App, ctx: &Ctx, browser_secret: &str, state: &str) -> Result<ProviderAttempt, Refusal> {
    let over = || Refusal::of("identity-over", "");
    let key = IndexKey::unique(Kind::ProviderAttempt, "state", &hash_secret(state));
    let id = app.store.find(&key)?.ok_or_else(over)?;
    let attempt = app.store.get::<ProviderAttempt>(id)?.ok_or_else(over)?;
    // Another browser was made to open the address of this one: the attempt stays good for whoever began it.
    if attempt.browser_sha256 != hash_secret(browser_secret) {
        return Err(over());
    }
    let mut write = ctx.write();
    write.delete(&attempt);
    match app.commit(write) {
        Ok(_) if attempt.expires_at > ctx.at => Ok(attempt),
        Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => Err(over()),
        Err(error) => Err(error.into()),
    }
}

/// The user whom the provider names, if they may enter.
fn known(
    app: &App,
    ctx: &Ctx,
    provider: &IdentityProvider,
    claims: &identity::Claims,
) -> Result<User, Refusal> {
    if let Some(id) = app.store.find(&ProviderIdentity::key(&provider.issuer, &claims.subject))? {
        let user = app.store.get::<User>(id)?.ok_or(Error::NotFound)?;
        return let_in(provider, user);
    }
    if claims.subject.len() > SUBJECT_BYTES_MAX {
        return Err(Refusal::of("identity-token", "sub is too long"));
    }
    let said = claims.email.as_deref().unwrap_or_default();
    let email = model::normalize_email(said).map_err(|_| Refusal::of("identity-no-email", said))?;
    if !claims.is_email_verified {
        return Err(Refusal::of("identity-unverified", &email));
    }
    let id = app.store.find(&IndexKey::unique(Kind::User, "email", &email))?;
    let user = id.map(|id| app.store.get::<User>(id)).transpose()?.flatten();
    let user = user.ok_or_else(|| Refusal::of("identity-unknown", &email))?;
    let user = let_in(provider, user)?;
    // Somebody else has their address by now, at the same provider.
    if user.identity.as_ref().is_some_and(|known| known.issuer == provider.issuer) {
        return Err(Refusal::of("identity-other", &email));
    }
    linked(app, ctx, provider, claims, user)
}

fn let_in(provider: &IdentityProvider, user: User) -> Result<User, Refusal> {
    if !user.active {
        return Err(Refusal::of("identity-inactive", &user.email));
    }
    let domain = user.email.rsplit('@').next().unwrap_or_default();
    if !provider.domains.is_empty() && !provider.domains.iter().any(|known| known == domain) {
        return Err(Refusal::of("identity-domain", &user.email));
    }
    Ok(user)
}

/// Notes with the user who they are there. In the journal it is their own deed.
fn linked(
    app: &App,
    ctx: &Ctx,
    provider: &IdentityProvider,
    claims: &identity::Claims,
    user: User,
) -> Result<User, Refusal> {
    let identity =
        ProviderIdentity { issuer: provider.issuer.clone(), account: claims.subject.clone(), since: ctx.at };
    let theirs = Actor { user: Some(user.id()), via: Via::Page };
    let mut write = store::Write::new(ctx.at, theirs, &ctx.request).from_address(ctx.client);
    let after = User { identity: Some(identity), ..user.clone() };
    write.update(&user, after.clone());
    app.commit(write)?;
    Ok(after)
}

/// Whether a sign-in with the provider stands for a second factor.
pub(crate) fn stands_for_second_factor(app: &App) -> bool {
    identity_settings::provider(app).is_some_and(|provider| provider.second_factor == ProviderFactor::Counts)
}
