//! The list of everything that can be asked for: the router is built from it, and a test walks it with every role.

use crate::state::Shared;
use poem::http::Method;
use poem::{EndpointExt, IntoEndpoint, Response, endpoint::BoxEndpoint};
use std::time::Duration;

/// How a request is let in and how errors are told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// For a browser, by cookie, only from our own pages.
    Page,
    /// For other systems, by key.
    Api,
    /// For everybody: nothing that belongs to anybody.
    Public,
}

/// Who gets past the door of a page. What they may do inside is decided by `services`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    Anyone,
    /// Also while there is no company yet: the set-up itself.
    BeforeSetup,
    /// Anyone, once there is a company: the sign-in page.
    AfterSetup,
    SignedIn,
}

/// How long the body may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BodyRule {
    /// Forms and JSON: a record has at most 8 KB, so this is plenty.
    Small,
    /// Before anybody is known.
    SignIn,
    /// A form with a drawn signature, from somebody who is not known.
    Signature,
    /// Files, as the settings say.
    Upload,
    /// As little as forms; the answer is a file that may take as long as one that comes in.
    Download,
}

const SMALL_BYTES: u64 = 1024 * 1024;
const SIGN_IN_BYTES: u64 = 16 * 1024;
/// A signature of 256 KB as base64, of which a form may write each character with three, and the words beside it.
const SIGNATURE_BYTES: u64 = 1_100 * 1024;

impl BodyRule {
    pub(crate) fn limit_bytes(self, state: &Shared) -> u64 {
        match self {
            BodyRule::Small | BodyRule::Download => SMALL_BYTES,
            BodyRule::SignIn => SIGN_IN_BYTES,
            BodyRule::Signature => SIGNATURE_BYTES,
            BodyRule::Upload => state.config.upload_bytes(),
        }
    }

    pub(crate) fn time_limit(self, state: &Shared) -> Duration {
        let limits = &state.config.limits;
        let seconds = match self {
            BodyRule::Small | BodyRule::SignIn | BodyRule::Signature => limits.request_seconds,
            BodyRule::Upload | BodyRule::Download => limits.upload_seconds,
        };
        Duration::from_secs(u64::from(seconds))
    }
}

/// One line of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RouteInfo {
    pub method: Method,
    /// With `:name` where something stands in for it.
    pub path: String,
    pub kind: Kind,
    pub who: Who,
    pub body: BodyRule,
    /// Who may do it, in the words of `services::permissions`.
    pub permission: &'static str,
}

/// One line of the list and what answers.
pub(crate) struct Entry {
    pub info: RouteInfo,
    pub(crate) endpoint: BoxEndpoint<'static, Response>,
}

/// A page for those who are signed in.
pub(crate) fn page<E>(method: Method, path: &str, permission: &'static str, endpoint: E) -> Entry
where
    E: IntoEndpoint,
    E::Endpoint: 'static,
{
    entry(Kind::Page, Who::SignedIn, method, path, permission, endpoint)
}

/// A page for those who are not, or not yet.
pub(crate) fn open_page<E>(who: Who, method: Method, path: &str, endpoint: E) -> Entry
where
    E: IntoEndpoint,
    E::Endpoint: 'static,
{
    entry(Kind::Page, who, method, path, "anyone", endpoint)
}

/// Something that belongs to nobody.
pub(crate) fn public<E>(path: &str, endpoint: E) -> Entry
where
    E: IntoEndpoint,
    E::Endpoint: 'static,
{
    entry(Kind::Public, Who::Anyone, Method::GET, path, "anyone", endpoint)
}

impl Entry {
    /// Takes files.
    #[must_use]
    pub(crate) fn upload(mut self) -> Entry {
        self.info.body = BodyRule::Upload;
        self
    }

    /// Gives a file that may be long.
    #[must_use]
    pub(crate) fn download(mut self) -> Entry {
        self.info.body = BodyRule::Download;
        self
    }

    /// Takes a drawn signature from somebody who is not known.
    #[must_use]
    pub(crate) fn signature(mut self) -> Entry {
        self.info.body = BodyRule::Signature;
        self
    }

    /// Is asked before anybody is known.
    #[must_use]
    pub(crate) fn sign_in(mut self) -> Entry {
        self.info.body = BodyRule::SignIn;
        self
    }
}

fn entry<E>(kind: Kind, who: Who, method: Method, path: &str, permission: &'static str, endpoint: E) -> Entry
where
    E: IntoEndpoint,
    E::Endpoint: 'static,
{
    let info = RouteInfo { method, path: path.to_owned(), kind, who, body: BodyRule::Small, permission };
    Entry { info, endpoint: endpoint.into_endpoint().map_to_response().boxed() }
}

/// Everything that can be asked for, in the order of the paths.
pub fn routes() -> Vec<RouteInfo> {
    let mut list: Vec<RouteInfo> = entries().into_iter().map(|entry| entry.info).collect();
    list.extend(crate::api::routes());
    list.sort_by(|one, other| (&one.path, one.method.as_str()).cmp(&(&other.path, other.method.as_str())));
    list
}

/// Everything but the API, which poem-openapi routes.
pub(crate) fn entries() -> Vec<Entry> {
    let mut list = crate::public::entries();
    list.extend(crate::pages::entries());
    list
}
