//! The company's choice lists: what can be chosen, and for administrators the values themselves.

use super::Topic;
use super::leads::Deleted;
use super::versions::{Wanted, etag};
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::here::Here;
use model::{Choice, Configured};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::choices::{self, ChoiceDraft};

/// The operations on choice lists.
pub(crate) struct Choices;

/// One text in three languages; at least one is there.
#[derive(Object, Default)]
#[oai(deny_unknown_fields, rename = "Label")]
pub(crate) struct Label {
    #[oai(default)]
    ca: String,
    #[oai(default)]
    es: String,
    #[oai(default)]
    en: String,
}

/// A value of a list.
#[derive(Object)]
pub(crate) struct ListValue {
    /// What records and other calls name it by; never changes.
    key: String,
    /// Grows with every change; 0 for one that is as every company begins with it. Also the `ETag`.
    version: u64,
    label: Label,
    /// 0 to 7.
    color: u8,
    /// Not offered any more; records that have it keep it.
    archived: bool,
    /// Zones: beginnings of the postcodes that are in it.
    postcodes: Vec<String>,
}

/// The values of a list, in their order.
#[derive(Object)]
pub(crate) struct ListValues {
    items: Vec<ListValue>,
}

/// A new value.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ListValueCreate {
    /// Lower-case letters without accents, digits and `_`; made of the label where it is absent.
    key: Option<String>,
    label: Label,
    #[oai(default)]
    color: u8,
    #[oai(default)]
    postcodes: Vec<String>,
}

/// What changes of a value: fields that are not there stay.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ListValueChange {
    /// The version that is changed, unless `If-Match` says it.
    version: Option<u64>,
    label: Option<Label>,
    color: Option<u8>,
    archived: Option<bool>,
    postcodes: Option<Vec<String>>,
}

/// A value with its version.
#[derive(ApiResponse)]
pub(crate) enum ValueAnswer {
    #[oai(status = 200)]
    Value(Json<ListValue>, #[oai(header = "ETag")] String),
}

/// A new value, where it is and its version.
#[derive(ApiResponse)]
pub(crate) enum CreatedValue {
    #[oai(status = 201)]
    Value(Json<ListValue>, #[oai(header = "Location")] String, #[oai(header = "ETag")] String),
}

#[OpenApi(tag = "Topic::Lists")]
impl Choices {
    /// List what can be chosen
    ///
    /// Lists are `sources`, `industries`, `discard_reasons`, `lost_reasons`, `activity_types`, `document_categories`,
    /// `zones`, and `lead_<field>` for a choice field of the company's own.
    #[oai(path = "/lists/:list/values", method = "get", operation_id = "list_choices")]
    async fn list(&self, here: Here, list: Path<String>) -> Result<Json<ListValues>, Fault> {
        let values = here.deed(move |app, ctx| choices::offered(app, ctx, &list)).await?;
        Ok(Json(ListValues { items: values.into_iter().map(ListValue::from).collect() }))
    }

    /// Add a value to a list
    #[oai(path = "/lists/:list/values", method = "post", operation_id = "create_choice")]
    async fn create(
        &self,
        here: Here,
        list: Path<String>,
        value: Json<ListValueCreate>,
    ) -> Result<CreatedValue, Fault> {
        let (list, value) = (list.0, value.0);
        let of = list.clone();
        let draft = ChoiceDraft {
            label: value.label.into(),
            key: value.key.unwrap_or_default(),
            color: value.color.to_string(),
            postcodes: value.postcodes.join(","),
        };
        let made = here.deed(move |app, ctx| choices::create(app, ctx, &of, &draft)).await?;
        let (tag, value) = (etag(made.meta.version), ListValue::from(made));
        let location = format!("{API_PREFIX}/lists/{list}/values/{}", value.key);
        Ok(CreatedValue::Value(Json(value), location, tag))
    }

    /// Change a value of a list
    #[oai(path = "/lists/:list/values/:value", method = "patch", operation_id = "change_choice")]
    async fn change(
        &self,
        here: Here,
        list: Path<String>,
        value: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<ListValueChange>,
    ) -> Result<ValueAnswer, Fault> {
        let wanted = Wanted::of(if_match.0.as_deref(), change.version)?;
        let change = change.0;
        let done = here.deed(move |app, ctx| {
            let stored = choices::get(app, ctx, &list, &value)?;
            let piece = Choice {
                label: change.label.map_or(stored.piece.label, model::Label::from),
                color: change.color.unwrap_or(stored.piece.color),
                archived: change.archived.unwrap_or(stored.piece.archived),
                postcodes: change.postcodes.unwrap_or(stored.piece.postcodes),
            };
            Ok(choices::change(app, ctx, &list, &value, wanted.version(stored.meta.version), piece))
        });
        let changed = done.await?.map_err(|error| wanted.fault(error))?;
        let tag = etag(changed.meta.version);
        Ok(ValueAnswer::Value(Json(changed.into()), tag))
    }

    /// Delete a value of a list
    ///
    /// Refused with `in-use` while a record has it. One that every company begins with becomes what it was.
    #[oai(path = "/lists/:list/values/:value", method = "delete", operation_id = "delete_choice")]
    async fn delete(
        &self,
        here: Here,
        list: Path<String>,
        value: Path<String>,
        /// The version that is deleted, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<Deleted, Fault> {
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let stored = choices::get(app, ctx, &list, &value)?;
            Ok(choices::remove(app, ctx, &list, &value, wanted.version(stored.meta.version)))
        });
        done.await?.map(|()| Deleted::Deleted).map_err(|error| wanted.fault(error))
    }
}

impl From<Configured<Choice>> for ListValue {
    fn from(value: Configured<Choice>) -> ListValue {
        let key = value.key.split_once('.').map_or(value.key.clone(), |(_, key)| key.to_owned());
        ListValue {
            key,
            version: value.meta.version,
            label: value.piece.label.into(),
            color: value.piece.color,
            archived: value.piece.archived,
            postcodes: value.piece.postcodes,
        }
    }
}

impl From<model::Label> for Label {
    fn from(label: model::Label) -> Label {
        Label { ca: label.ca, es: label.es, en: label.en }
    }
}

impl From<Label> for model::Label {
    fn from(label: Label) -> model::Label {
        model::Label { ca: label.ca, es: label.es, en: label.en }
    }
}
