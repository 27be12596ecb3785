//! Choice lists for people: all lists, the values of one, one value and the way out when something uses it.

use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Choice, Configured, FieldErrors, Label, Language, Piece};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::choices::{self, ChoiceDraft, ListSummary, Step};
use services::{App, Ctx, Error};
use ui::choices::{ChoiceForm, ListPage, ListRow, ValuePage, ValueRow};
use ui::components;

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let see = "see settings: all";
    let change = "change settings: all";
    vec![
        page(Method::GET, "/settings/lists", see, lists),
        page(Method::GET, "/settings/lists/:list", see, show_list),
        page(Method::POST, "/settings/lists/:list", change, create),
        page(Method::GET, "/settings/lists/:list/:value", see, show),
        page(Method::POST, "/settings/lists/:list/:value", change, update),
        page(Method::POST, "/settings/lists/:list/:value/move", change, move_value),
        page(Method::POST, "/settings/lists/:list/:value/archive", change, archive),
        page(Method::POST, "/settings/lists/:list/:value/restore", change, restore),
        page(Method::POST, "/settings/lists/:list/:value/replace", change, replace),
        page(Method::POST, "/settings/lists/:list/:value/remove", change, remove),
    ]
}

#[handler]
async fn lists(here: Here) -> Result<Response, Fault> {
    let summaries = here.deed(choices::summaries).await?;
    let rows: Vec<ListRow> = summaries.into_iter().map(list_row).collect();
    Ok(here.page(ui::choices::lists_page(&here.shell(), &rows)))
}

#[handler]
async fn show_list(here: Here, Path(list): Path<String>) -> Result<Response, Fault> {
    let form = ChoiceForm::default();
    let view = here.deed(move |app, ctx| list_page(app, ctx, &list, form, FieldErrors::default())).await?;
    Ok(here.page(ui::choices::list_page(&here.shell(), &view)))
}

#[handler]
async fn create(here: Here, Path(list): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (draft, of) = (draft_of(&fields), list.clone());
    match here.try_deed(move |app, ctx| choices::create(app, ctx, &of, &draft)).await? {
        Ok(_) => Ok(here.go_with_notice(&format!("/settings/lists/{list}"), "created")),
        Err(Error::Invalid(errors)) => {
            let form = form_of(draft_of(&fields));
            let view = here.deed(move |app, ctx| list_page(app, ctx, &list, form, errors)).await?;
            Ok(here.unprocessable(ui::choices::list_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn show(here: Here, Path((list, value)): Path<(String, String)>) -> Result<Response, Fault> {
    let view = here.deed(move |app, ctx| value_page(app, ctx, &list, &value)).await?;
    Ok(here.page(ui::choices::value_page(&here.shell(), &view)))
}

#[handler]
async fn update(
    here: Here,
    Path((list, value)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let (draft, version) = (draft_of(&fields), version_of(&fields));
    let at = (list.clone(), value.clone());
    let done =
        here.try_deed(move |app, ctx| choices::update(app, ctx, &at.0, &at.1, version, &draft)).await?;
    let back = format!("/settings/lists/{list}");
    match done {
        Ok(_) => Ok(here.go_with_notice(&back, "saved")),
        Err(error) => value_again(&here, list, value, Some(form_of(draft_of(&fields))), error).await,
    }
}

#[handler]
async fn move_value(
    here: Here,
    Path((list, value)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let step = if value_of(&fields, "step") == "up" { Step::Up } else { Step::Down };
    let back = format!("/settings/lists/{list}");
    here.deed(move |app, ctx| choices::step(app, ctx, &list, &value, step)).await?;
    Ok(here.go(&back))
}

#[handler]
async fn archive(
    here: Here,
    Path((list, value)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let (at, version) = ((list.clone(), value.clone()), version_of(&fields));
    let done = here.try_deed(move |app, ctx| choices::archive(app, ctx, &at.0, &at.1, version)).await?;
    after(&here, list, value, done.map(|()| "choice-archived")).await
}

#[handler]
async fn restore(
    here: Here,
    Path((list, value)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let (at, version) = ((list.clone(), value.clone()), version_of(&fields));
    let done = here.try_deed(move |app, ctx| choices::restore(app, ctx, &at.0, &at.1, version)).await?;
    after(&here, list, value, done.map(|()| "choice-restored")).await
}

#[handler]
async fn remove(
    here: Here,
    Path((list, value)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let (at, version) = ((list.clone(), value.clone()), version_of(&fields));
    let done = here.try_deed(move |app, ctx| choices::remove(app, ctx, &at.0, &at.1, version)).await?;
    after(&here, list, value, done.map(|()| "choice-removed")).await
}

/// What has the value gets another one; the page of the value says whether any is left.
#[handler]
async fn replace(
    here: Here,
    Path((list, value)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let (at, by) = ((list.clone(), value.clone()), value_of(&fields, "by").to_owned());
    match here.try_deed(move |app, ctx| choices::replace(app, ctx, &at.0, &at.1, &by)).await? {
        Ok(done) => {
            let notice = if done.left == 0 { "choice-replaced" } else { "choice-going-on" };
            Ok(here.go_with_notice(&format!("/settings/lists/{list}/{value}"), notice))
        }
        Err(error) => value_again(&here, list, value, None, error).await,
    }
}

/// After a small form of the value's page: the list with a sentence, or the page with what is wrong.
async fn after(
    here: &Here,
    list: String,
    value: String,
    done: Result<&'static str, Error>,
) -> Result<Response, Fault> {
    match done {
        Ok(notice) => Ok(here.go_with_notice(&format!("/settings/lists/{list}"), notice)),
        Err(error) => value_again(here, list, value, None, error).await,
    }
}

/// The page again with what was typed and what is wrong; after a conflict over what is stored now.
async fn value_again(
    here: &Here,
    list: String,
    value: String,
    form: Option<ChoiceForm>,
    error: Error,
) -> Result<Response, Fault> {
    let (errors, is_stale) = match error {
        Error::Invalid(errors) => (errors, false),
        Error::Conflict(_) => {
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            (errors, true)
        }
        error => return Err(error.into()),
    };
    let mut view = here.deed(move |app, ctx| value_page(app, ctx, &list, &value)).await?;
    view.errors = errors;
    if let Some(form) = form {
        view.form = form;
    }
    let markup = ui::choices::value_page(&here.shell(), &view);
    Ok(if is_stale { here.conflict(markup) } else { here.unprocessable(markup) })
}

fn draft_of(fields: &[(String, String)]) -> ChoiceDraft {
    let mut label = Label::default();
    for language in Language::ALL {
        *label.own_mut(language) = value_of(fields, &format!("label_{}", language.code())).to_owned();
    }
    let value = |name| value_of(fields, name).to_owned();
    ChoiceDraft { label, key: value("key"), color: value("color"), postcodes: value("postcodes") }
}

fn form_of(draft: ChoiceDraft) -> ChoiceForm {
    ChoiceForm { label: draft.label, key: draft.key, color: draft.color, postcodes: draft.postcodes }
}

fn list_row(list: ListSummary) -> ListRow {
    let archived = u64::try_from(list.archived).unwrap_or_default();
    ListRow { key: list.key, field: list.field, offered: list.offered, archived }
}

fn list_page(
    app: &App,
    ctx: &Ctx,
    list: &str,
    form: ChoiceForm,
    errors: FieldErrors,
) -> Result<ListPage, Error> {
    let (field, values) = choices::list(app, ctx, list)?;
    let values = values.into_iter().map(value_row).collect();
    Ok(ListPage { key: list.to_owned(), field, values, form, errors })
}

fn value_row(choice: Configured<Choice>) -> ValueRow {
    ValueRow {
        key: value_key(&choice).to_owned(),
        version: choice.meta.version,
        label: choice.piece.label,
        color: choice.piece.color,
        archived: choice.piece.archived,
        postcodes: choice.piece.postcodes,
    }
}

/// The part after the dot.
fn value_key(choice: &Configured<Choice>) -> &str {
    choice.key.split_once('.').map_or(choice.key.as_str(), |(_, value)| value)
}

fn value_page(app: &App, ctx: &Ctx, list: &str, value: &str) -> Result<ValuePage, Error> {
    let (field, values) = choices::list(app, ctx, list)?;
    let choice = choices::get(app, ctx, list, value)?;
    let uses = choices::uses(app, ctx, list, value)?;
    let leads = uses.iter().filter(|used| used.name.is_empty()).map(|used| used.count).sum();
    let fields = uses.into_iter().filter(|used| !used.name.is_empty()).map(|used| used.name);
    let others = values.iter().filter(|other| other.key != choice.key && !other.piece.archived);
    Ok(ValuePage {
        list: list.to_owned(),
        field,
        key: value.to_owned(),
        version: choice.meta.version,
        label: choice.piece.label.clone(),
        archived: choice.piece.archived,
        is_ready: Choice::ready().iter().any(|(ready, _)| *ready == choice.key),
        is_changed: choice.is_stored(),
        leads,
        fields: fields.collect(),
        others: others
            .map(|other| components::Choice::new(value_key(other), other.label().get(ctx.language)))
            .collect(),
        form: form_of(ChoiceDraft::of(value, &choice.piece)),
        errors: FieldErrors::default(),
    })
}
