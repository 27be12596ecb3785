//! What fields get where the file says nothing, on the page of the columns: those that have options are chosen from them.

use super::findings;
use crate::errors::Fault;
use crate::here::Here;
use model::{FieldKind, ImportId, Kind};
use poem::web::Path;
use poem::{Response, handler};
use services::fields::{self, FieldChoices};
use services::imports::{self, GIVEN_MAX};
use services::{App, Ctx, Error};
use ui::imports::{GivenOptions, ImportPage};
use ui::{Locale, Words};

/// The control for what a field gets, once another field was chosen: `place`, `given-field-0` and, where it was typed,
/// `given-text-0`.
#[handler]
pub(super) async fn value(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let place = here.query("place").and_then(|text| text.parse::<usize>().ok());
    let place = place.filter(|place| *place < GIVEN_MAX).unwrap_or_default();
    let field = here.query(&format!("given-field-{place}")).unwrap_or_default().to_owned();
    let deed = move |app: &App, ctx: &Ctx| {
        let import = imports::get(app, ctx, id)?;
        let words = Words::of(app.frame());
        Ok::<_, Error>(options_of(words.locale(ctx.language), import.entity, &field))
    };
    let options = here.deed(deed).await?;
    // What was typed for another field is none of the options.
    let text = here.query(&format!("given-text-{place}")).filter(|_| options.is_none()).unwrap_or_default();
    Ok(here.page(ui::imports::given_value(&here.shell(), place, text, options.as_ref())))
}

/// The options of the fields that the plan gives something to.
pub(super) fn put_options(app: &App, ctx: &Ctx, view: &mut ImportPage) {
    let words = Words::of(app.frame());
    let l = words.locale(ctx.language);
    for given in &view.given {
        if let Some(options) = options_of(l, view.entity, &given.target) {
            view.given_options.insert(given.target.clone(), options);
        }
    }
}

pub(super) fn options_of(l: Locale<'_>, entity: Kind, key: &str) -> Option<GivenOptions> {
    let field = fields::spec_of(l.frame(), entity, key)?;
    match &field.choices {
        FieldChoices::List(list) if field.kind == FieldKind::Choices => {
            Some(GivenOptions { choices: ui::labels::choices(l, list, ""), several: true })
        }
        _ => findings::options_of(l, entity, key).map(|choices| GivenOptions { choices, several: false }),
    }
}
