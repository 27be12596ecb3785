//! One's own account: language, theme, password.

use super::fields::value_of;
use super::session::{signed_in, too_many_attempts};
use crate::cookies;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{FieldErrors, Language, Session, SessionId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::sessions::{self, SignedIn};
use services::{App, Ctx, Error, users};
use ui::Theme;
use ui::account::{Account, SessionRow};

const ANYONE: &str = "anyone who is signed in: their own";

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        page(Method::GET, "/account", ANYONE, show),
        page(Method::POST, "/account", ANYONE, save),
        page(Method::POST, "/account/password", ANYONE, change_password),
        page(Method::POST, "/account/sessions/:id/end", ANYONE, end_session),
        page(Method::POST, "/account/sessions/end", ANYONE, end_others),
    ]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let view = view_of(&here, FieldErrors::default()).await?;
    Ok(here.page(ui::account::page(&here.shell(), &view)))
}

#[handler]
async fn save(here: Here, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let theme = Theme::from_code(value_of(&fields, "theme")).unwrap_or(here.facts.theme);
    let code = value_of(&fields, "language").to_owned();
    let has_keys = value_of(&fields, "shortcuts") == "true";
    match here.try_deed(move |app, ctx| choose(app, ctx, &code, has_keys)).await? {
        Ok(language) => {
            let mut response = here.go_with_notice("/account", "saved");
            for (name, value) in [(cookies::THEME, theme.as_str()), (cookies::LANGUAGE, language.code())] {
                let cookie = cookies::set(here.config(), name, value, cookies::PREFERENCE_SECONDS);
                response.headers_mut().append("set-cookie", cookie);
            }
            Ok(response)
        }
        Err(error) => again(&here, error, theme).await,
    }
}

#[handler]
async fn change_password(here: Here, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let (old, new) =
        (value_of(&fields, "old_password").to_owned(), value_of(&fields, "new_password").to_owned());
    if let Err(fault) = here.count_password() {
        return Ok(too_many_attempts(&here, &fault));
    }
    match here.try_password_deed(move |app, ctx| renew_password(app, ctx, &old, &new)).await? {
        Ok(session) => Ok(signed_in(&here, &session, "/account?notice=password-changed")),
        Err(error) => again(&here, error, here.facts.theme).await,
    }
}

#[handler]
async fn end_session(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<SessionId>(&id)?;
    here.deed(move |app, ctx| sessions::end_own(app, ctx, id)).await?;
    Ok(here.go_with_notice("/account", "session-ended"))
}

#[handler]
async fn end_others(here: Here) -> Result<Response, Fault> {
    let secret = here.session_secret().unwrap_or_default().to_owned();
    here.deed(move |app, ctx| sessions::end_others(app, ctx, &secret)).await?;
    Ok(here.go_with_notice("/account", "session-ended"))
}

fn choose(app: &App, ctx: &Ctx, code: &str, has_keys: bool) -> Result<Language, Error> {
    let language = Language::from_code(code).ok_or_else(|| Error::invalid("language", "choice", code))?;
    users::set_own_preferences(app, ctx, language, has_keys).map(|user| user.language)
}

/// Whoever may have known the old password is signed out everywhere; this browser gets a new session.
fn renew_password(app: &App, ctx: &Ctx, old: &str, new: &str) -> Result<SignedIn, Error> {
    if new.is_empty() {
        return Err(Error::invalid("new_password", "required", ""));
    }
    let user = users::update_own(app, ctx, ctx.language, old, new)?;
    sessions::end_all(app, ctx, user.id())?;
    sessions::begin(app, ctx, user)
}

/// The page with what is wrong.
async fn again(here: &Here, error: Error, theme: Theme) -> Result<Response, Fault> {
    let Error::Invalid(errors) = error else {
        return Err(error.into());
    };
    let view = Account { theme, ..view_of(here, errors).await? };
    Ok(here.unprocessable(ui::account::page(&here.shell(), &view)))
}

async fn view_of(here: &Here, errors: FieldErrors) -> Result<Account, Fault> {
    let theme = here.facts.theme;
    let secret = here.session_secret().unwrap_or_default().to_owned();
    here.deed(move |app, ctx| {
        let user = &ctx.caller()?.user;
        let teams = users::teams(app, ctx)?.into_iter().filter(|team| user.teams.contains(&team.id()));
        Ok(Account {
            version: user.meta.version,
            name: user.name.clone(),
            email: user.email.clone(),
            role: app.frame().role_label(&user.role, ctx.language),
            teams: teams.map(|team| team.name).collect(),
            language: user.language,
            theme,
            has_keys: !user.no_shortcuts,
            has_second_factor: services::second_factor::is_on(app, user.id())?,
            sessions: sessions::own(app, ctx, &secret)?.into_iter().map(session_row).collect(),
            errors,
        })
    })
    .await
}

fn session_row((session, is_here): (Session, bool)) -> SessionRow {
    SessionRow {
        id: session.id().to_string(),
        begun_at: session.meta.created_at,
        seen_at: session.seen_at.unwrap_or(session.meta.created_at),
        address: session.address.map(|address| address.to_string()).unwrap_or_default(),
        agent: session.agent,
        is_here,
    }
}
