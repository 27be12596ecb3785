//! The company's settings.

use crate::{App, Ctx, Error};
use model::Settings;

/// The settings of the company; «not found» before the set-up. Everybody who is signed in may read them.
pub fn get(app: &App, _ctx: &Ctx) -> Result<Settings, Error> {
    app.store.get::<Settings>(Settings::ID)?.ok_or(Error::NotFound)
}
