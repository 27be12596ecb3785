//! What a handler is given: where it is, who asks, and how to answer.

use crate::config::Config;
use crate::cookies;
use crate::errors::Fault;
use crate::facts::SharedFacts;
use crate::shell;
use crate::state::Shared;
use poem::http::{HeaderValue, StatusCode};
use poem::web::Data;
use poem::{Body, FromRequest, Request, RequestBody, Response};
use services::projectors::{self, Reading};
use services::{App, Ctx, Error, people};
use std::net::IpAddr;
use std::time::Duration;
use ui::{Markup, Shell};

/// A reading that is behind for longer says as of which change it is.
const LAG_SHOWN: Duration = Duration::from_secs(2);

/// The extractor of every page handler.
///
/// ```text
/// #[poem::handler]
/// pub(crate) async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
///     let id = here.id::<LeadId>(&id)?;
///     let lead = here.deed(move |app, ctx| services::leads::get(app, ctx, id)).await?;
///     Ok(here.page(&ui::leads::show(&here.shell(), &lead)))
/// }
/// ```
#[derive(Clone)]
pub(crate) struct Here {
    pub state: Shared,
    pub ctx: Ctx,
    pub facts: SharedFacts,
    query: Vec<(String, String)>,
    is_htmx: bool,
    client: Option<IpAddr>,
    session: Option<String>,
    code: Option<String>,
    provider: Option<String>,
}

impl<'a> FromRequest<'a> for Here {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Here> {
        let Data(state) = Data::<&Shared>::from_request(request, body).await?;
        let Data(facts) = Data::<&SharedFacts>::from_request(request, body).await?;
        let ctx = facts.ctx.get().cloned().ok_or_else(|| Fault::internal("a handler without identity"))?;
        Ok(Here {
            ctx,
            query: request.params().unwrap_or_default(),
            is_htmx: request.headers().contains_key("hx-request"),
            client: facts.client,
            session: cookies::read(request.headers(), cookies::SESSION).map(str::to_owned),
            code: cookies::read(request.headers(), cookies::CODE).map(str::to_owned),
            provider: cookies::read(request.headers(), cookies::PROVIDER).map(str::to_owned),
            state: state.clone(),
            facts: facts.clone(),
        })
    }
}

impl Here {
    /// Calls one service function, off the async threads.
    pub(crate) async fn deed<T, F>(&self, deed: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&App, &Ctx) -> Result<T, Error> + Send + 'static,
    {
        let ctx = self.ctx.clone();
        self.state.blocking(move |app| deed(app, &ctx)).await
    }

    /// The same for deeds that wait for another server.
    pub(crate) async fn outside<T, F>(&self, deed: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&App, &Ctx) -> Result<T, Error> + Send + 'static,
    {
        let ctx = self.ctx.clone();
        self.state.blocking_outside(move |app| deed(app, &ctx)).await
    }

    /// The same for deeds that hash a password.
    pub(crate) async fn password_deed<T, F>(&self, deed: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&App, &Ctx) -> Result<T, Error> + Send + 'static,
    {
        let ctx = self.ctx.clone();
        self.state.blocking_password(move |app| deed(app, &ctx)).await
    }

    /// For forms that come back with problems: `Err(Invalid)` and `Err(Conflict)` are data, the rest are faults.
    pub(crate) async fn try_deed<T, F>(&self, deed: F) -> Result<Result<T, Error>, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&App, &Ctx) -> Result<T, Error> + Send + 'static,
    {
        self.deed(move |app, ctx| Ok(returned(deed(app, ctx)))).await?.transpose_faults()
    }

    /// The same for deeds that hash a password.
    pub(crate) async fn try_password_deed<T, F>(&self, deed: F) -> Result<Result<T, Error>, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&App, &Ctx) -> Result<T, Error> + Send + 'static,
    {
        self.password_deed(move |app, ctx| Ok(returned(deed(app, ctx)))).await?.transpose_faults()
    }

    /// An id from the path; what is no id names nothing.
    pub(crate) fn id<T: std::str::FromStr>(&self, text: &str) -> Result<T, Fault> {
        text.parse().map_err(|_| Fault::not_found())
    }

    /// Whether a part of the page is asked for, by the script on it.
    pub(crate) fn is_htmx(&self) -> bool {
        self.is_htmx
    }

    /// One value of the address's query, decoded.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Everything that the address's query says, in order.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.query
    }

    /// All values of the address's query of that name, in order.
    pub(crate) fn queries(&self, name: &str) -> impl Iterator<Item = &str> {
        self.query.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The address of whoever asks, for limits alone.
    pub(crate) fn client(&self) -> Option<IpAddr> {
        self.client
    }

    /// Counts an attempt of who is signed in to show with a password that it is them.
    pub(crate) fn count_password(&self) -> Result<(), Fault> {
        let user = self.ctx.user_id().map(|user| user.to_string()).unwrap_or_default();
        self.state.attempts.count(self.client, &format!("password {user}"))
    }

    /// The secret in the session cookie, to end the session with.
    pub(crate) fn session_secret(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// The secret of a session that waits for a code.
    pub(crate) fn code_secret(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The secret of a browser that was sent to the identity provider.
    pub(crate) fn provider_secret(&self) -> Option<&str> {
        self.provider.as_deref()
    }

    /// The address of the server as whoever asks calls it, or as the settings say: for links that are sent on.
    pub(crate) fn origin(&self) -> String {
        match self.config().public_url.as_str() {
            "" => format!("http://{}", self.facts.host),
            url => url.to_owned(),
        }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.state.config
    }

    /// The frame of the page, with the notice that the address asks for.
    pub(crate) fn shell(&self) -> Shell {
        let mut shell = shell::of(&self.facts, &self.ctx, &self.query);
        if let Some((code, id)) = self.query("notice").and_then(ui::notices::somebody_in)
            && let Ok(people) = people::all(&self.state.app, &self.ctx)
        {
            let said = people.name(id).and_then(|name| ui::notices::of_somebody(shell.locale(), code, name));
            shell.notice = said;
        }
        shell
    }

    /// The change that search or reports show, when they lag so long that the reader should know.
    pub(crate) fn as_of(&self, reading: Reading) -> Option<u64> {
        let lag = projectors::lag(&self.state.app, reading);
        (lag.behind_for > LAG_SHOWN).then_some(lag.cursor)
    }

    /// A whole page, or a part of one.
    pub(crate) fn page(&self, markup: Markup) -> Response {
        html(StatusCode::OK, markup)
    }

    /// The form again, with what is wrong with it.
    pub(crate) fn unprocessable(&self, markup: Markup) -> Response {
        html(StatusCode::UNPROCESSABLE_ENTITY, markup)
    }

    /// The form again, with both values.
    pub(crate) fn conflict(&self, markup: Markup) -> Response {
        html(StatusCode::CONFLICT, markup)
    }

    /// After something was done: look there. The script follows as a browser does.
    pub(crate) fn go(&self, address: &str) -> Response {
        go(address, self.is_htmx)
    }

    /// The same, and a sentence on the next page: a code that `ui::notices` knows.
    pub(crate) fn go_with_notice(&self, address: &str, code: &str) -> Response {
        let sign = if address.contains('?') { '&' } else { '?' };
        self.go(&format!("{address}{sign}notice={code}"))
    }
}

/// An answer that may be a problem of the form.
enum Returned<T> {
    Done(T),
    Form(Error),
    Fault(Error),
}

fn returned<T>(result: Result<T, Error>) -> Returned<T> {
    match result {
        Ok(done) => Returned::Done(done),
        Err(
            error @ (Error::Invalid(_) | Error::Conflict(_) | Error::Duplicate(_) | Error::Unauthenticated),
        ) => Returned::Form(error),
        Err(error) => Returned::Fault(error),
    }
}

impl<T> Returned<T> {
    fn transpose_faults(self) -> Result<Result<T, Error>, Fault> {
        match self {
            Returned::Done(done) => Ok(Ok(done)),
            Returned::Form(error) => Ok(Err(error)),
            Returned::Fault(error) => Err(error.into()),
        }
    }
}

/// A page with a status.
pub(crate) fn html(status: StatusCode, markup: Markup) -> Response {
    Response::builder().status(status).content_type("text/html; charset=utf-8").body(markup.into_string())
}

/// A file that is read while it goes out.
pub(crate) fn stream(file: std::fs::File) -> Body {
    Body::from_async_read(tokio::fs::File::from_std(file))
}

pub(crate) fn go(address: &str, is_htmx: bool) -> Response {
    let (status, header) = if is_htmx {
        // The script would otherwise follow by itself and put a whole page into a part of one.
        (StatusCode::OK, "hx-redirect")
    } else {
        (StatusCode::SEE_OTHER, "location")
    };
    let mut response = Response::builder().status(status).finish();
    match HeaderValue::try_from(address) {
        Ok(value) => {
            response.headers_mut().insert(header, value);
        }
        Err(_) => {
            response.headers_mut().insert(header, HeaderValue::from_static("/"));
        }
    }
    response
}
