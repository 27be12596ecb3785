//! The operations on templates of imports: a plan kept by a name, for all who import.

use super::Topic;
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::here::Here;
use model::uuid::Uuid;
use model::{ImportId, ImportTemplate, Kind};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::{Error, imports};

/// The operations on templates.
pub(crate) struct ImportTemplates;

/// A plan kept by a name.
#[derive(Object)]
pub(crate) struct ImportTemplateShown {
    id: String,
    name: String,
    /// What the rows of its files are.
    entity: String,
    /// The id of the user who made it.
    owner: String,
    updated_at: String,
    /// Whether you may delete or replace it.
    may_delete: bool,
}

impl ImportTemplateShown {
    fn of(template: ImportTemplate, may_delete: bool) -> ImportTemplateShown {
        ImportTemplateShown {
            id: template.meta.id.to_string(),
            entity: template.entity.as_str().to_owned(),
            owner: template.owner.to_string(),
            updated_at: template.meta.updated_at.to_string(),
            name: template.name,
            may_delete,
        }
    }
}

/// Templates, by name.
#[derive(Object)]
pub(crate) struct ImportTemplateList {
    items: Vec<ImportTemplateShown>,
}

/// The plan of an import, to be kept.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ImportTemplateCreate {
    /// The id of the import.
    import: String,
    /// At most 60 characters. A template of the same name and entity is replaced.
    name: String,
}

/// A template that is kept, and where it is.
#[derive(ApiResponse)]
pub(crate) enum KeptTemplate {
    #[oai(status = 201)]
    Template(Json<ImportTemplateShown>, #[oai(header = "Location")] String),
}

/// It is gone.
#[derive(ApiResponse)]
pub(crate) enum DeletedTemplate {
    #[oai(status = 204)]
    Deleted,
}

#[OpenApi(tag = "Topic::Imports")]
impl ImportTemplates {
    /// List templates of imports
    #[oai(path = "/import-templates", method = "get", operation_id = "list_import_templates")]
    async fn list(
        &self,
        here: Here,
        /// What the rows of their files are: `lead`, `company`…
        entity: Query<String>,
    ) -> Result<Json<ImportTemplateList>, Fault> {
        let kind = entity.0.parse::<Kind>().map_err(|()| Error::invalid("entity", "choice", entity.0))?;
        let items = here.deed(move |app, ctx| {
            let shown = |template| {
                let may_delete = imports::may_delete_template(ctx, &template);
                ImportTemplateShown::of(template, may_delete)
            };
            Ok(imports::templates(app, ctx, kind)?.into_iter().map(shown).collect())
        });
        Ok(Json(ImportTemplateList { items: items.await? }))
    }

    /// Keep the plan of an import as a template
    ///
    /// The next file with the same headers takes it by itself.
    #[oai(path = "/import-templates", method = "post", operation_id = "save_import_template")]
    async fn save(&self, here: Here, sent: Json<ImportTemplateCreate>) -> Result<KeptTemplate, Fault> {
        let id: ImportId = here.id(&sent.import)?;
        let template = here.deed(move |app, ctx| imports::save_template(app, ctx, id, &sent.name)).await?;
        let location = format!("{API_PREFIX}/import-templates/{}", template.meta.id);
        Ok(KeptTemplate::Template(Json(ImportTemplateShown::of(template, true)), location))
    }

    /// Delete a template of imports
    #[oai(path = "/import-templates/:id", method = "delete", operation_id = "delete_import_template")]
    async fn delete(&self, here: Here, id: Path<String>) -> Result<DeletedTemplate, Fault> {
        let id: Uuid = here.id(&id)?;
        here.deed(move |app, ctx| imports::delete_template(app, ctx, id)).await?;
        Ok(DeletedTemplate::Deleted)
    }
}
