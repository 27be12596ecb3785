//! Companies, contacts, opportunities and products: list, form, page and the question before deleting, written once and
//! told by data which fields there are.

mod chain;
mod delete;
mod events;
mod form;
mod list;
mod page;
mod rows;
mod words;

pub(crate) use chain::strip as chain_strip;
pub use chain::{ChainStep, CompanyGroup, GroupNode};
pub use delete::{DeletePage, UsedBy, delete_page};
pub use form::{FormOf, FormPage, form_page};
pub(crate) use form::{input, input_called};
pub use list::{
    CARDS_FORMAT, ListFilters, ListGroup, ListLine, ListMay, ListPage, OpenView, list_page, more_rows,
};
pub(crate) use list::{chips, has_cards};
pub use page::{Event, RecordMay, RecordPage, Related, RelatedLine, StageStep, page};
pub(crate) use rows::numbered_label;
pub use rows::{MORE, line as row_line};
pub(crate) use words::{choices as field_choices, icon_of};
pub use words::{code_name, field_label, is_price, kind_name, list_title, stage_label, text_name};
