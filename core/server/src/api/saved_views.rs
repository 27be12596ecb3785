//! The operations on saved views.

use super::Topic;
use super::bulk_jobs::BulkEntity;
use super::leads::Deleted;
use super::versions::Wanted;
use crate::errors::Fault;
use crate::here::Here;
use model::{ListState, SavedViewId, Share};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::Error;
use services::saved_views::{self, ViewDraft};

/// The operations on saved views.
pub(crate) struct SavedViews;

/// A list with a name.
#[derive(Object)]
pub(crate) struct SavedView {
    id: String,
    version: u64,
    /// The entity of the list: `lead`, `company`…
    entity: String,
    name: String,
    /// The id of its owner.
    owner: String,
    /// `private`, `everybody`, or the id of a team.
    share: String,
    /// Keys of roles that begin with it.
    default_for: Vec<String>,
    /// As the `filter` of a list.
    filter: String,
    /// Of leads `created`, `name` or `amount`; else `created_at`, `title` or one of the entity’s fields.
    sort: String,
    ascending: bool,
    /// Keys of fields; empty: the usual ones.
    columns: Vec<String>,
    /// The key of a field; empty: not grouped.
    group: String,
}

/// The views that the caller finds, by name.
#[derive(Object)]
pub(crate) struct SavedViewList {
    items: Vec<SavedView>,
}

/// A view as it shall be.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct SavedViewDraft {
    /// The entity of the list; a view keeps its own.
    #[oai(default = "lead")]
    entity: BulkEntity,
    name: String,
    /// `private`, `everybody`, or the id of a team.
    #[oai(default = "private")]
    share: String,
    #[oai(default)]
    default_for: Vec<String>,
    #[oai(default)]
    filter: String,
    #[oai(default)]
    sort: String,
    #[oai(default)]
    ascending: bool,
    #[oai(default)]
    columns: Vec<String>,
    #[oai(default)]
    group: String,
}

/// What changes of a view.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct SavedViewChange {
    /// The version that is changed, unless `If-Match` says it.
    version: Option<u64>,
    name: Option<String>,
    /// `private`, `everybody`, or the id of a team.
    share: Option<String>,
    /// All of them.
    default_for: Option<Vec<String>>,
    filter: Option<String>,
    sort: Option<String>,
    ascending: Option<bool>,
    columns: Option<Vec<String>>,
    group: Option<String>,
}

impl SavedViewChange {
    fn over(self, view: SavedView) -> SavedViewDraft {
        SavedViewDraft {
            entity: lead(),
            name: self.name.unwrap_or(view.name),
            share: self.share.unwrap_or(view.share),
            default_for: self.default_for.unwrap_or(view.default_for),
            filter: self.filter.unwrap_or(view.filter),
            sort: self.sort.unwrap_or(view.sort),
            ascending: self.ascending.unwrap_or(view.ascending),
            columns: self.columns.unwrap_or(view.columns),
            group: self.group.unwrap_or(view.group),
        }
    }
}

fn lead() -> BulkEntity {
    BulkEntity::Lead
}

fn private() -> String {
    "private".to_owned()
}

/// A new view.
#[derive(ApiResponse)]
pub(crate) enum CreatedView {
    #[oai(status = 201)]
    View(Json<SavedView>),
}

#[OpenApi(tag = "Topic::Leads")]
impl SavedViews {
    /// List saved views
    ///
    /// Your own, those of your teams, and those for everybody.
    #[oai(path = "/views", method = "get", operation_id = "list_views")]
    async fn list(
        &self,
        here: Here,
        /// The entity of the list; `lead` where it is not said.
        entity: Query<Option<BulkEntity>>,
    ) -> Result<Json<SavedViewList>, Fault> {
        let kind = entity.0.unwrap_or_else(lead).kind();
        let views = here.deed(move |app, ctx| saved_views::list(app, ctx, kind)).await?;
        Ok(Json(SavedViewList { items: views.into_iter().map(SavedView::from).collect() }))
    }

    /// Save a view
    #[oai(path = "/views", method = "post", operation_id = "create_view")]
    async fn create(&self, here: Here, view: Json<SavedViewDraft>) -> Result<CreatedView, Fault> {
        let kind = view.0.entity.kind();
        let (draft, state) = view.0.parts()?;
        let made = here.deed(move |app, ctx| saved_views::create(app, ctx, kind, &draft, state)).await?;
        Ok(CreatedView::View(Json(made.into())))
    }

    /// Read a saved view
    #[oai(path = "/views/:id", method = "get", operation_id = "get_view")]
    async fn get(&self, here: Here, id: Path<String>) -> Result<Json<SavedView>, Fault> {
        let id: SavedViewId = here.id(&id)?;
        Ok(Json(here.deed(move |app, ctx| saved_views::get(app, ctx, id)).await?.into()))
    }

    /// Change a saved view
    ///
    /// Fields that are not there stay.
    #[oai(path = "/views/:id", method = "patch", operation_id = "change_view")]
    async fn change(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<SavedViewChange>,
    ) -> Result<Json<SavedView>, Fault> {
        let id: SavedViewId = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), change.version)?;
        let done = here.deed(move |app, ctx| {
            let stored = saved_views::get(app, ctx, id)?;
            let version = wanted.version(stored.meta.version);
            let (draft, state) = change.0.over(stored.into()).parts()?;
            Ok(saved_views::change(app, ctx, id, version, &draft, state))
        });
        done.await?.map(|view| Json(view.into())).map_err(|error| wanted.fault(error))
    }

    /// Delete a saved view
    ///
    /// What it lists does not change.
    #[oai(path = "/views/:id", method = "delete", operation_id = "delete_view")]
    async fn delete(
        &self,
        here: Here,
        id: Path<String>,
        /// The version that is deleted, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<Deleted, Fault> {
        let id: SavedViewId = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let stored = saved_views::get(app, ctx, id)?;
            Ok(saved_views::delete(app, ctx, id, wanted.version(stored.meta.version)))
        });
        done.await?.map(|()| Deleted::Deleted).map_err(|error| wanted.fault(error))
    }
}

impl SavedViewDraft {
    fn parts(self) -> Result<(ViewDraft, ListState), Error> {
        let state = ListState {
            filter: self.filter.parse().map_err(Error::Invalid)?,
            sort: self.sort,
            ascending: self.ascending,
            columns: self.columns,
            group: self.group,
        };
        Ok((ViewDraft { name: self.name, share: self.share, default_for: self.default_for }, state))
    }
}

impl From<model::SavedView> for SavedView {
    fn from(view: model::SavedView) -> SavedView {
        SavedView {
            id: view.meta.id.to_string(),
            version: view.meta.version,
            entity: view.entity.as_str().to_owned(),
            name: view.name,
            owner: view.owner.to_string(),
            share: match view.share {
                Share::Private => private(),
                Share::Team(team) => team.to_string(),
                Share::Everybody => "everybody".to_owned(),
            },
            default_for: view.default_for.iter().map(|role| role.as_str().to_owned()).collect(),
            filter: view.state.filter.to_string(),
            sort: view.state.sort,
            ascending: view.state.ascending,
            columns: view.state.columns,
            group: view.state.group,
        }
    }
}
