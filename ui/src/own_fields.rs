//! The company's own fields: their inputs in forms, their values on pages, and the pages on which they are set up.

mod field;
mod inputs;
mod list;
mod value;

pub use field::{FieldForm, FieldOf, FieldPage, field_page};
pub(crate) use inputs::for_visitor;
pub(crate) use inputs::some_inputs;
pub use inputs::{OwnInputs, inputs};
pub use list::{FieldRow, RemovePage, list_page, remove_page};
pub use value::{entity_name, kind_name, typed, value, yes_no};

pub(crate) const PATH: &str = "/settings/fields";
