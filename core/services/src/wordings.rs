//! Texts of the pages that a company says in its own words. Whether a text fits its message, only `ui` knows: `server`
//! asks it before it comes here.

use crate::configuration;
use crate::{App, Ctx, Error, permissions};
use model::{Action, Configured, Kind, Label, Wording};

/// All of the company's own texts, by their keys.
pub fn list(app: &App, ctx: &Ctx) -> Result<Vec<Configured<Wording>>, Error> {
    configuration::list(app, ctx)
}

/// The own text for a message, if there is one.
pub fn get(app: &App, ctx: &Ctx, key: &str) -> Result<Option<Configured<Wording>>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    Ok(app.frame().wordings.get(key).cloned())
}

/// Says a message so from now on; in languages without a text, and everywhere where there is none at all, as the
/// product does. `version` is that of the text it changes, 0 for the first.
pub fn put(app: &App, ctx: &Ctx, key: &str, version: u64, text: Label) -> Result<(), Error> {
    let before = get(app, ctx, key)?;
    let text = text.trimmed();
    match before {
        None if text.is_empty() => permissions::require_all(ctx, Kind::Settings, Action::Change),
        None => configuration::create(app, ctx, key, Wording { text }).map(|_| ()),
        Some(_) if text.is_empty() => configuration::remove::<Wording>(app, ctx, key, version),
        Some(_) => configuration::update(app, ctx, key, version, Wording { text }).map(|_| ()),
    }
}
