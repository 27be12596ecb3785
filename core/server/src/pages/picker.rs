//! Fields that lead to a record: the list below them while somebody types, and the question which one is meant.

use super::leads::own;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{AnyRecord, FieldErrors, FieldValue, Kind};
use poem::http::Method;
use poem::web::Path;
use poem::{Response, handler};
use services::picker::{self, may_make};
use services::{App, Ctx, Error, links, permissions};
use ui::components::{Meant, Picker};
use ui::picker::PickerList;
use ui::records::FormPage;

pub(crate) fn entries() -> Vec<Entry> {
    vec![page(Method::GET, "/picker/:entity", "see these records: own, team or all", offer)]
}

#[handler]
async fn offer(here: Here, Path(plural): Path<String>) -> Result<Response, Fault> {
    let target = picker::target_of(&plural)?;
    let typed = here.query("q").unwrap_or_default().to_owned();
    let makes = here.query("make") == Some("true");
    let offer = here.deed(move |app, ctx| picker::offer(app, ctx, target, &typed)).await?;
    let offered = offer.records.iter().map(|record| meant(record.as_ref())).collect();
    let view = PickerList { target, offered, new: offer.new.filter(|_| makes) };
    Ok(here.page(ui::picker::list(&here.shell(), &view)))
}

/// A record by its name and what tells it from others of that name.
pub(super) fn meant(record: &dyn AnyRecord) -> Meant {
    let text = |key: &&str| match record.built_in(key) {
        FieldValue::Text(text) => Some(text),
        _ => None,
    };
    Meant {
        id: record.about().id.to_string(),
        title: record.name(),
        below: ["job_title", "town", "tax_id", "email", "code"].iter().filter_map(text).take(2).collect(),
    }
}

/// The search of a field, with what stands in it; none where the reader sees no such records.
pub(super) fn of(ctx: &Ctx, target: Kind, texts: &[String]) -> Option<Picker> {
    let is_id = |text: &&String| text.parse::<Uuid>().is_ok();
    let picked = texts.first().filter(is_id).or_else(|| texts.get(1)).cloned().unwrap_or_default();
    let makes = may_make(ctx, target);
    permissions::may(ctx, target, model::Action::See).then(|| Picker { makes, picked, ..Picker::of(target) })
}

/// What the record that a field leads to is called, by its id.
pub(super) fn kept(
    app: &App,
    ctx: &Ctx,
    target: Kind,
    texts: &[String],
) -> Result<Option<(String, String)>, Error> {
    let Some(id) = texts.first().and_then(|text| text.parse::<Uuid>().ok()) else { return Ok(None) };
    Ok(links::name(app, ctx, target, id)?.map(|name| (id.to_string(), name)))
}

/// The search for another company or contact than those that a page proposes; an opportunity is always a new one.
pub(super) fn beside(
    app: &App,
    ctx: &Ctx,
    target: Kind,
    texts: &[String],
    errors: &FieldErrors,
) -> Result<Option<Picker>, Error> {
    let Some(mut picker) = of(ctx, target, texts).filter(|_| target != Kind::Opportunity) else {
        return Ok(None);
    };
    picker.makes = false;
    if let Some(problem) = errors.of(target.as_str()).filter(|problem| problem.code == "link-several") {
        picker.meant = namesakes(app, ctx, target, &problem.detail)?;
    }
    Ok(Some(picker))
}

pub(super) fn namesakes(app: &App, ctx: &Ctx, target: Kind, name: &str) -> Result<Vec<Meant>, Error> {
    let found = links::namesakes(app, ctx, target, name)?;
    Ok(found.iter().map(|record| meant(record.as_ref())).collect())
}

/// A form that came back: who may be meant by a name that several have, and whether a record that nobody knows is to be
/// made.
pub(super) fn ask(app: &App, ctx: &Ctx, view: &mut FormPage) -> Result<(), Error> {
    for (key, picker) in &mut view.pickers {
        let field = format!("{}{key}", view.prefix);
        let Some(problem) = view.errors.of(&field) else { continue };
        match problem.code.as_str() {
            "link-several" => picker.meant = namesakes(app, ctx, picker.target, &problem.detail)?,
            "link-unknown" => picker.asks_to_make = picker.makes,
            _ => {}
        }
    }
    own::ask(app, ctx, view.kind, &mut view.own, &view.errors)
}
