//! Own words for people: all texts of the pages, and one of them in three languages.

use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{FieldErrors, Label, Language, Wording};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::{Error, wordings};
use ui::wordings::{WordPage, WordsPage};

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let see = "see settings: all";
    let change = "change settings: all";
    vec![
        page(Method::GET, "/settings/words", see, list),
        page(Method::GET, "/settings/words/:message", see, show),
        page(Method::POST, "/settings/words/:message", change, put),
        page(Method::POST, "/settings/words/:message/reset", change, reset),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let query = here.query("q").unwrap_or_default().to_owned();
    let own = here.deed(wordings::list).await?;
    Ok(here.page(ui::wordings::words_page(&here.shell(), &WordsPage { query, own })))
}

#[handler]
async fn show(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let view = stored(&here, key).await?;
    Ok(here.page(ui::wordings::word_page(&here.shell(), &view)))
}

#[handler]
async fn put(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (text, version) = (text_of(&fields), version_of(&fields));
    save(&here, key, version, text, "saved").await
}

#[handler]
async fn reset(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let version = version_of(&fields);
    save(&here, key, version, Label::default(), "word-reset").await
}

/// What the message is said as now; an address of no message is none.
async fn stored(here: &Here, key: String) -> Result<WordPage, Fault> {
    let of = key.clone();
    let own = here.deed(move |app, ctx| wordings::get(app, ctx, &of)).await?;
    if !ui::wordings::is_message(&key) {
        return Err(Fault::not_found());
    }
    let (version, text) = own.map(|own| (own.meta.version, own.piece.text)).unwrap_or_default();
    Ok(WordPage { key, version, text, errors: FieldErrors::default() })
}

/// Texts that do not fit the message come back with all that is wrong.
async fn save(here: &Here, key: String, version: u64, text: Label, notice: &str) -> Result<Response, Fault> {
    let mut view = stored(here, key.clone()).await?;
    let mut errors = FieldErrors::default();
    ui::check_wording(&key, &Wording { text: text.clone() }, &mut errors);
    let done = if errors.is_empty() {
        let (of, text) = (key, text.clone());
        here.try_deed(move |app, ctx| wordings::put(app, ctx, &of, version, text)).await?
    } else {
        Err(Error::Invalid(errors))
    };
    view.text = text;
    match done {
        Ok(()) => Ok(here.go_with_notice("/settings/words", notice)),
        Err(Error::Invalid(errors)) => {
            view.errors = errors;
            Ok(here.unprocessable(ui::wordings::word_page(&here.shell(), &view)))
        }
        Err(Error::Conflict(_)) => {
            view.errors.add("", "stale", "");
            Ok(here.conflict(ui::wordings::word_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

fn text_of(fields: &[(String, String)]) -> Label {
    let mut text = Label::default();
    for language in Language::ALL {
        let typed = value_of(fields, &format!("text_{}", language.code()));
        *text.own_mut(language) = typed.replace("\r\n", "\n");
    }
    text.trimmed()
}
