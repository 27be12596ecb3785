//! An identity provider on loopback with real keys: describes itself, takes codes once and for their verifier, signs
//! tokens, and lies as it is told. What one that is certified does is seen in the browser flow.

use model::jiff::Timestamp;
use openidconnect::core::{
    CoreGenderClaim, CoreIdToken, CoreIdTokenClaims, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey,
};
use openidconnect::{
    Audience, EmptyAdditionalClaims, EndUserEmail, IdToken, IssuerUrl, JsonWebKeyId, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, PrivateSigningKey, StandardClaims, SubjectIdentifier,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Keys of the tests: they open nothing.
const KEY: &str = include_str!("identity_provider/key.pem");
const OTHER_KEY: &str = include_str!("identity_provider/other.pem");

pub(crate) const CLIENT_ID: &str = "tracte";
pub(crate) const SECRET: &str = "un-secret-de-client";

/// What the provider says of whoever comes, and how it lies.
#[derive(Clone)]
pub(crate) struct Says {
    pub(crate) subject: String,
    pub(crate) email: Option<String>,
    pub(crate) is_verified: bool,
    /// The address is told by the user-info page alone.
    pub(crate) in_user_info: bool,
    /// The clock of the provider.
    pub(crate) at: Timestamp,
    pub(crate) lie: Lie,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Lie {
    None,
    Nonce,
    Audience,
    Issuer,
    Key,
    Unsigned,
    /// Another person on the user-info page.
    UserInfo,
}

struct Given {
    nonce: String,
    challenge: String,
    says: Says,
}

/// It listens until the test is over.
pub(crate) struct Provider {
    pub(crate) issuer: String,
    codes: Arc<Mutex<BTreeMap<String, Given>>>,
}

impl Provider {
    pub(crate) fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let codes = Arc::new(Mutex::new(BTreeMap::new()));
        let desk = Desk { issuer: issuer.clone(), codes: codes.clone(), last: Arc::default() };
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, desk) = (stream.unwrap(), desk.clone());
                // Whoever hangs up in the middle ends only this conversation.
                std::thread::spawn(move || drop(desk.answer(stream)));
            }
        });
        Provider { issuer, codes }
    }

    /// Somebody opens the page that they were sent to, and is recognised: what they come back with.
    pub(crate) fn visit(&self, address: &str, says: &Says) -> (String, String) {
        let asked = parameters(address.split_once('?').unwrap().1);
        assert!(address.starts_with(&format!("{}/authorize?", self.issuer)), "{address}");
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], CLIENT_ID);
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"), "{}", asked["scope"]);
        let mut codes = self.codes.lock().unwrap();
        let code = format!("code-{}", codes.len());
        let given = Given {
            nonce: asked["nonce"].clone(),
            challenge: asked["code_challenge"].clone(),
            says: says.clone(),
        };
        codes.insert(code.clone(), given);
        (asked["state"].clone(), code)
    }
}

#[derive(Clone)]
struct Desk {
    issuer: String,
    codes: Arc<Mutex<BTreeMap<String, Given>>>,
    /// Whose token was given last: for the user-info page.
    last: Arc<Mutex<Option<Says>>>,
}

impl Desk {
    fn answer(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.insert(name.to_ascii_lowercase(), value.to_owned());
        }
        let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        let (status, answer) = match path.as_str() {
            "/.well-known/openid-configuration" => (200, self.description()),
            "/keys" => (200, keys()),
            "/token" => self.token(&headers, &parameters(&String::from_utf8(body).unwrap())),
            "/me" => (200, self.user_info()),
            _ => (404, json!({ "error": "not_found" })),
        };
        let text = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status} -\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            text.len()
        );
        stream.get_mut().write_all((head + &text).as_bytes())
    }

    fn description(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.issuer);
        json!({
            "issuer": self.issuer,
            "authorization_endpoint": at("/authorize"),
            "token_endpoint": at("/token"),
            "userinfo_endpoint": at("/me"),
            "jwks_uri": at("/keys"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "none"],
        })
    }

    fn token(&self, headers: &BTreeMap<String, String>, form: &BTreeMap<String, String>) -> (u16, Value) {
        let refused = |status, error: &str, words: &str| {
            (status, json!({ "error": error, "error_description": words }))
        };
        // base64 of «tracte:un-secret-de-client».
        let right = "Basic dHJhY3RlOnVuLXNlY3JldC1kZS1jbGllbnQ=";
        if headers.get("authorization").map(String::as_str) != Some(right) {
            return refused(401, "invalid_client", "who are you?");
        }
        let Some(given) = self.codes.lock().unwrap().remove(&form["code"]) else {
            return refused(400, "invalid_grant", "no such code");
        };
        let verifier = PkceCodeVerifier::new(form["code_verifier"].clone());
        if PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str() != given.challenge {
            return refused(400, "invalid_grant", "PKCE verification failed");
        }
        *self.last.lock().unwrap() = Some(given.says.clone());
        let token = self.signed(&given);
        (200, json!({ "access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": token }))
    }

    fn signed(&self, given: &Given) -> String {
        let says = &given.says;
        let lie = |lie, truth: &str, otherwise: &str| {
            if says.lie == lie { otherwise.to_owned() } else { truth.to_owned() }
        };
        let issued = chrono::DateTime::from_timestamp(says.at.as_second(), 0).unwrap();
        let mut standard = StandardClaims::new(SubjectIdentifier::new(says.subject.clone()));
        if !says.in_user_info {
            standard = standard
                .set_email(says.email.clone().map(EndUserEmail::new))
                .set_email_verified(Some(says.is_verified));
        }
        let claims = CoreIdTokenClaims::new(
            IssuerUrl::new(lie(Lie::Issuer, &self.issuer, "http://127.0.0.1:1")).unwrap(),
            vec![Audience::new(lie(Lie::Audience, CLIENT_ID, "another-client"))],
            issued + chrono::TimeDelta::seconds(300),
            issued,
            standard,
            EmptyAdditionalClaims {},
        );
        let claims = claims.set_nonce(Some(Nonce::new(lie(Lie::Nonce, &given.nonce, "another"))));
        let key = key(if says.lie == Lie::Key { OTHER_KEY } else { KEY });
        let algorithm = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
        let token: IdToken<
            EmptyAdditionalClaims,
            CoreGenderClaim,
            CoreJweContentEncryptionAlgorithm,
            CoreJwsSigningAlgorithm,
        > = CoreIdToken::new(claims, &key, algorithm, None, None).unwrap();
        let text = token.to_string();
        if says.lie != Lie::Unsigned {
            return text;
        }
        // The header {"alg":"none"} and no signature (RFC 7519, section 6).
        let payload = text.split('.').nth(1).unwrap();
        format!("eyJhbGciOiJub25lIn0.{payload}.")
    }

    fn user_info(&self) -> Value {
        let says = self.last.lock().unwrap().clone().unwrap();
        let subject = if says.lie == Lie::UserInfo { "another" } else { says.subject.as_str() };
        json!({ "sub": subject, "email": says.email, "email_verified": says.is_verified })
    }
}

fn key(pem: &str) -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new("first".to_owned()))).unwrap()
}

fn keys() -> Value {
    serde_json::to_value(CoreJsonWebKeySet::new(vec![key(KEY).as_verification_key()])).unwrap()
}

/// What a form or an address holds.
fn parameters(text: &str) -> BTreeMap<String, String> {
    openidconnect::url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}
