//! The people that leads can belong to.

use super::Topic;
use crate::errors::Fault;
use crate::here::Here;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

/// The operations on users.
pub(crate) struct Users;

/// The active users.
#[derive(Object)]
pub(crate) struct UserList {
    items: Vec<User>,
}

/// Somebody who signs in.
#[derive(Object)]
pub(crate) struct User {
    id: String,
    name: String,
}

#[OpenApi(tag = "Topic::Users")]
impl Users {
    /// List users
    ///
    /// Those who are active, by name.
    #[oai(path = "/users", method = "get", operation_id = "list_users")]
    async fn list(&self, here: Here) -> Result<Json<UserList>, Fault> {
        let users = here.deed(services::users::list).await?;
        let items = users.into_iter().filter(|user| user.active).map(User::from).collect();
        Ok(Json(UserList { items }))
    }
}

impl From<model::User> for User {
    fn from(user: model::User) -> User {
        User { id: user.id().to_string(), name: user.name }
    }
}
