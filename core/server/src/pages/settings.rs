//! The settings: the page that leads to all the others.

use crate::here::Here;
use crate::routes::{Entry, page};
use poem::http::Method;
use poem::{Response, handler};

pub(crate) fn entries() -> Vec<Entry> {
    vec![page(Method::GET, "/settings", "signed in; each page asks again", hub)]
}

#[handler]
async fn hub(here: Here) -> Response {
    here.page(ui::settings::hub(&here.shell()))
}
