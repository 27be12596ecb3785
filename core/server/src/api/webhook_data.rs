//! What webhooks say of records: the very shapes that the API gives them.

use super::lead_wire::{Lead, Scored};
use super::{quotes, record_wire};
use model::json::{Map, Value};
use model::uuid::Uuid;
use model::{Kind, LeadId};
use poem_openapi::types::ToJSON;
use services::webhooks::Shapes;
use services::{App, Ctx, Error, leads, records};

/// Records as the API gives them.
pub struct ApiShapes;

impl Shapes for ApiShapes {
    /// `version` and `record`, as `GET /<entities>/{id}` gives it; of a quote also `content`, as
    /// `GET /quotes/{id}/content` gives it, and `company`, whose quote it is.
    fn data(&self, app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<Option<Map<String, Value>>, Error> {
        let Some(record) = there(record(app, ctx, kind, id))? else { return Ok(None) };
        let mut data = Map::new();
        data.insert("version".to_owned(), record.get("version").cloned().unwrap_or_default());
        data.insert("record".to_owned(), record);
        if kind == Kind::Quote {
            let content = there(quotes::content(app, ctx, id))?.and_then(|content| content.to_json());
            data.extend(content.map(|content| ("content".to_owned(), content)));
            let company = there(services::quotes::get(app, ctx, id))?.and_then(|quote| quote.company);
            let company = company.map(|company| there(self::record(app, ctx, Kind::Company, company)));
            data.extend(company.transpose()?.flatten().map(|company| ("company".to_owned(), company)));
        }
        Ok(Some(data))
    }
}

/// What is gone, became a part of another record, or cannot be reckoned is not there; only what is wrong with the machine
/// is an error.
fn there<T>(found: Result<T, Error>) -> Result<Option<T>, Error> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error @ Error::Internal { .. }) => Err(error),
        Err(_) => Ok(None),
    }
}

fn record(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<Value, Error> {
    if kind == Kind::Lead {
        let lead = Lead::from(Scored::now(app, ctx, leads::get(app, ctx, LeadId(id))?));
        return Ok(lead.to_json().unwrap_or_default());
    }
    records::get(app, ctx, kind, id).map(|record| Value::Object(record_wire::shown(record.as_ref())))
}
