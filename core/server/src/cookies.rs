//! The five cookies of the product: who is signed in, who has given their password and not yet a code, who is at the
//! identity provider, the language, the theme.

use crate::config::Config;
use poem::http::{HeaderMap, HeaderValue};

pub const SESSION: &str = "tracte_session";
/// What somebody who is not signed in chose.
pub const LANGUAGE: &str = "tracte_language";
pub const THEME: &str = "tracte_theme";

/// Whoever gave the password; nobody is signed in with it.
pub const CODE: &str = "tracte_code";
/// Whoever was sent to the identity provider, so that nobody else comes back in their place.
pub(crate) const PROVIDER: &str = "tracte_provider";
/// As long as `services::sessions` waits for the code.
pub(crate) const CODE_SECONDS: u32 = 600;
/// 30 days: a seller's phone stays signed in between two visits; `services::sessions` ends it earlier if it must.
pub(crate) const SESSION_SECONDS: u32 = 30 * 24 * 3600;
/// A year: a preference, not a secret.
pub(crate) const PREFERENCE_SECONDS: u32 = 365 * 24 * 3600;

/// The value of a cookie. The first one counts, as browsers send the most specific path first.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all("cookie")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The session cookie with a secret from `services`.
pub(crate) fn session(config: &Config, secret: &str) -> HeaderValue {
    set(config, SESSION, secret, SESSION_SECONDS)
}

/// Takes a cookie back.
pub(crate) fn remove(config: &Config, name: &str) -> HeaderValue {
    set(config, name, "", 0)
}

/// A `Set-Cookie` value; a value that may not stand in a header gives an empty cookie.
pub(crate) fn set(config: &Config, name: &str, value: &str, max_age_seconds: u32) -> HeaderValue {
    let allowed = |value: &str| {
        value.bytes().all(|byte| matches!(byte, b'!' | b'#'..=b'+' | b'-'..=b':' | b'<'..=b'[' | b']'..=b'~'))
    };
    let value = if allowed(value) { value } else { "" };
    let secure = if config.secure_cookies() { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
