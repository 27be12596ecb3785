//! The server in process: real rooms in a temporary folder, an injected clock, poem's test client.

use model::jiff::{SignedDuration, Timestamp};
use model::{Import, ImportState, Language, Via};
use poem::endpoint::BoxEndpoint;
use poem::http::{HeaderMap, Method, StatusCode};
use poem::test::TestClient;
use poem::{Endpoint, EndpointExt, Response};
use serde_json::Value;
use server::{Clock, Config, Shared, State};
use services::projectors::{self, Reading};
use services::{Caller, Ctx, imports};
use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// A server with a company, its administrator, a manager's and a rep's key.
pub(crate) struct Kit {
    pub(crate) state: Shared,
    /// Built with the first request: hundreds of routes take longer than most requests.
    server: OnceLock<BoxEndpoint<'static, Response>>,
    milliseconds: Arc<AtomicI64>,
    // Dropped last: the rooms are in it.
    _folder: tempfile::TempDir,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// 23 November 2026, 10:00 in Barcelona.
const START: &str = "2026-11-23T09:00:00Z";
pub(crate) const PASSWORD: &str = "una contrasenya llarga";
pub(crate) const ADMIN_EMAIL: &str = "admin@exemple.cat";

impl Kit {
    /// Search and reports know all that was done.
    pub(crate) fn follow(&self) {
        for reading in Reading::ALL {
            let mut projector = projectors::projector(&self.state.app, reading).unwrap();
            projectors::catch_up(&self.state.app, reading, projector.as_mut()).unwrap();
        }
    }

    /// Works until no import is left to work on, in this thread.
    pub(crate) fn work_imports(&self) {
        let app = &self.state.app;
        let is_working = |import: &Import| import.state.is_working();
        while imports::list(app, &self.admin()).unwrap().iter().any(is_working) {
            let (stop, begun) = (AtomicBool::new(false), RefCell::new(None));
            // The worker asks once before it reads the file and then before each portion.
            let ctx_for = |import: &Import| {
                let is_portion = begun.replace(Some(import.id())) == Some(import.id());
                let (done, all) = match import.state {
                    ImportState::Checking => (import.checked.done, import.sheet.rows),
                    ImportState::Undoing => (import.undo.done, import.to_take_back()),
                    _ => (import.imported.done, import.sheet.rows),
                };
                if is_portion && done == all {
                    stop.store(true, Ordering::Release);
                }
                let caller = services::users::caller(app, import.owner)?;
                Ok(self.ctx().with_caller(caller, Via::Import(import.id())))
            };
            imports::run_worker(app, &ctx_for, &stop, &|error| panic!("the worker failed: {error:?}"));
        }
    }

    /// Nothing set up yet.
    pub(crate) fn empty() -> Kit {
        Kit::with(Config::default())
    }

    pub(crate) fn with(config: Config) -> Kit {
        let folder = tempfile::tempdir().unwrap();
        // The compiler of plugins and the reader of PDF are the program itself, which this one is not.
        let options =
            services::Options { plugin_compiler: None, pdf_reader: None, ..server::options(&config) };
        let app = services::App::open(folder.path(), options).unwrap();
        let start: Timestamp = START.parse().unwrap();
        let milliseconds = Arc::new(AtomicI64::new(start.as_millisecond()));
        let (shown, counter) = (milliseconds.clone(), Arc::new(AtomicU64::new(1)));
        let clock = Clock::new(
            Arc::new(move || Timestamp::from_millisecond(shown.load(Ordering::Relaxed)).unwrap()),
            Arc::new(move |bytes: &mut [u8]| {
                let mut number = counter.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                for byte in bytes {
                    number = number.rotate_left(7).wrapping_add(0xA5A5);
                    *byte = number.to_le_bytes()[0];
                }
            }),
        );
        let state = State::new(app, config, clock);
        Kit { state, server: OnceLock::new(), milliseconds, _folder: folder }
    }

    /// A company with an administrator.
    pub(crate) fn company() -> Kit {
        let kit = Kit::empty();
        kit.set_up();
        kit
    }

    pub(crate) fn set_up(&self) {
        let draft = services::setup::SetupDraft {
            company_name: "Exemple, SL".to_owned(),
            language: "ca".to_owned(),
            currency: "EUR".to_owned(),
            fiscal_year_start_month: "1".to_owned(),
            time_zone: "Europe/Madrid".to_owned(),
            country: "ES".to_owned(),
            admin_name: "Aina Admin".to_owned(),
            admin_email: ADMIN_EMAIL.to_owned(),
            admin_password: PASSWORD.to_owned(),
        };
        services::setup::create_company(&self.state.app, &self.ctx(), &draft).unwrap();
    }

    pub(crate) fn advance(&self, seconds: i64) {
        let step = SignedDuration::from_secs(seconds).as_millis();
        self.milliseconds.fetch_add(i64::try_from(step).unwrap(), Ordering::Relaxed);
    }

    pub(crate) fn ctx(&self) -> Ctx {
        self.state.clock.ctx(self.state.clock.now(), "test", Language::Ca)
    }

    /// The administrator at work.
    pub(crate) fn admin(&self) -> Ctx {
        let secret = self.session();
        let caller: Caller =
            services::sessions::authenticate(&self.state.app, &self.ctx(), &secret).unwrap().unwrap();
        self.ctx().with_caller(caller, Via::Page)
    }

    /// The secret of a fresh session of the administrator.
    pub(crate) fn session(&self) -> String {
        services::sessions::sign_in(&self.state.app, &self.ctx(), ADMIN_EMAIL, PASSWORD).unwrap().secret
    }

    /// A key that acts for the administrator with a role.
    pub(crate) fn key(&self, role: &str) -> String {
        let admin = self.admin();
        let draft = services::api_keys::ApiKeyDraft {
            name: format!("{role} key"),
            user: admin.user_id().unwrap().to_string(),
            role: role.to_owned(),
        };
        services::api_keys::create(&self.state.app, &admin, &draft).unwrap().1
    }

    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &(impl AsRef<[u8]> + ?Sized),
    ) -> Answer {
        let server = self.server.get_or_init(|| server::build(&self.state).boxed());
        ask(server, method, path, headers, body).await
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::GET, path, headers, "").await
    }

    /// The API with a key and JSON.
    pub(crate) async fn api(
        &self,
        method: Method,
        path: &str,
        key: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let bearer = format!("Bearer {key}");
        let mut all = vec![("authorization", bearer.as_str())];
        if !body.is_empty() {
            all.push(("content-type", "application/json"));
        }
        all.extend_from_slice(headers);
        self.ask(method, &format!("/api/v1{path}"), &all, body).await
    }
}

pub(crate) async fn ask<E: Endpoint>(
    endpoint: &E,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: &(impl AsRef<[u8]> + ?Sized),
) -> Answer {
    let client = TestClient::new(endpoint);
    let mut request = client.request(method, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = request.body(body.as_ref().to_vec()).send().await.0;
    Answer {
        status: response.status(),
        headers: response.headers().clone(),
        body: response.take_body().into_vec().await.unwrap(),
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}
