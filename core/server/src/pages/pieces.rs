//! What the pages of pieces of configuration share: rows of a form, keys of new ones, and how a save ends.

use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::Here;
use model::{Configured, FieldErrors, Frame, Label, Language, key_of};
use services::configuration::{self, Governed};
use services::{App, Ctx, Error};
use ui::pieces::{Difference, PieceFrame};

pub(super) type Fields = Vec<(String, String)>;

/// What a button of the form asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Deed {
    Save,
    /// The form again, with its preview.
    Preview,
    AddRow,
    Up(usize),
    Down(usize),
    Drop(usize),
}

impl Deed {
    pub(super) fn of(fields: &Fields) -> Deed {
        let deed = value_of(fields, "deed");
        let (name, place) = deed.split_once('-').unwrap_or((deed, ""));
        match (name, place.parse()) {
            ("preview", _) => Deed::Preview,
            ("add", _) => Deed::AddRow,
            ("up", Ok(place)) => Deed::Up(place),
            ("down", Ok(place)) => Deed::Down(place),
            ("drop", Ok(place)) => Deed::Drop(place),
            _ => Deed::Save,
        }
    }

    /// Does to the rows of a form what its button says.
    pub(super) fn change<T: Default>(self, rows: &mut Vec<T>) {
        match self {
            Deed::Save | Deed::Preview => {}
            Deed::AddRow => rows.push(T::default()),
            Deed::Up(place) if (1..rows.len()).contains(&place) => rows.swap(place, place - 1),
            Deed::Down(place) if place + 1 < rows.len() => rows.swap(place, place + 1),
            Deed::Drop(place) if place < rows.len() => {
                rows.remove(place);
            }
            Deed::Up(_) | Deed::Down(_) | Deed::Drop(_) => {}
        }
    }
}

/// More rows than any form has are not read.
const ROWS_MAX: usize = 100;

/// How many rows `<name>.<place>.…` a form sent.
pub(super) fn rows_of(fields: &Fields, name: &str) -> usize {
    let place =
        |field: &str| field.strip_prefix(name)?.strip_prefix('.')?.split('.').next()?.parse::<usize>().ok();
    let last = fields.iter().filter_map(|(field, _)| place(field)).max();
    last.map_or(0, |last| (last + 1).min(ROWS_MAX))
}

/// `<name>_ca`, `<name>_es`, `<name>_en`.
pub(super) fn label_of(fields: &Fields, name: &str) -> Label {
    let mut label = Label::default();
    for language in Language::ALL {
        let typed = value_of(fields, &format!("{name}_{}", language.code()));
        typed.trim().clone_into(label.own_mut(language));
    }
    label
}

/// A key made of the label that no other piece of this kind has.
pub(super) fn free_key<P: Governed>(frame: &Frame, label: &Label) -> String {
    /// Enough to tell twins apart.
    const TWINS_MAX: usize = 1_000;
    let name = key_of(label.get(Language::Ca));
    let name = if name.is_empty() { P::SECTION.trim_end_matches('s').to_owned() } else { name };
    let taken = |key: &str| P::pieces(frame).get(key).is_some();
    let numbered = (2..TWINS_MAX).map(|number| {
        let ending = format!("_{number}");
        let cut: String = name.chars().take(model::KEY_CHARACTERS_MAX - ending.len()).collect();
        cut + &ending
    });
    std::iter::once(name.clone()).chain(numbered).find(|key| !taken(key)).unwrap_or(name)
}

/// Makes a piece, or changes the one of this key.
async fn save<P: Governed>(
    here: &Here,
    of: Option<(String, u64)>,
    piece: P,
) -> Result<Result<Configured<P>, Error>, Fault> {
    here.try_deed(move |app, ctx| match of {
        Some((key, version)) => configuration::update(app, ctx, &key, version, piece),
        None => {
            let key = free_key::<P>(&app.frame(), piece.label());
            configuration::create(app, ctx, &key, piece)
        }
    })
    .await
}

/// The frame of a form that shows what is stored.
pub(super) fn frame_of<P: Governed>(app: &App, ctx: &Ctx, key: &str) -> Result<(PieceFrame, P), Error> {
    let found = configuration::get::<P>(app, ctx, key)?;
    let frame = PieceFrame {
        version: found.meta.version,
        archived: found.piece.is_archived(),
        is_ready: P::ready().iter().any(|(ready, _)| *ready == key),
        key: Some(found.key),
        ..PieceFrame::default()
    };
    Ok((frame, found.piece))
}

/// The frame of a form that was sent; for those who may.
pub(super) async fn sent_frame<P: Governed>(
    here: &Here,
    key: Option<String>,
    fields: &Fields,
) -> Result<PieceFrame, Fault> {
    let of = key.clone();
    here.deed(move |app, ctx| {
        P::may_change(ctx)?;
        of.map_or(Ok(()), |key| configuration::get::<P>(app, ctx, &key).map(|_| ()))
    })
    .await?;
    let is_ready = P::ready().iter().any(|(ready, _)| Some(*ready) == key.as_deref());
    Ok(PieceFrame {
        key,
        version: version_of(fields),
        archived: value_of(fields, "archived") == "true",
        is_ready,
        ..PieceFrame::default()
    })
}

/// Saves a piece whose fields were understood; else tells all problems at once, also those that the piece has.
pub(super) async fn save_checked<P: Governed>(
    here: &Here,
    of: Option<(String, u64)>,
    piece: P,
    mut errors: FieldErrors,
) -> Result<Result<Configured<P>, Error>, Fault> {
    if errors.is_empty() {
        return save(here, of, piece).await;
    }
    let mut more = FieldErrors::default();
    piece.check(&mut more);
    // What was not understood stands in the piece as something else, of which nothing is to be said.
    more.0.retain(|problem| errors.of(&problem.field).is_none());
    errors.0.append(&mut more.0);
    Ok(Err(Error::Invalid(errors)))
}

/// Takes a piece away; what is said when it could not be.
pub(super) async fn remove<P: Governed>(
    here: &Here,
    key: &str,
    fields: &Fields,
) -> Result<Option<FieldErrors>, Fault> {
    let (version, key) = (version_of(fields), key.to_owned());
    let done = here.try_deed(move |app, ctx| configuration::remove::<P>(app, ctx, &key, version)).await?;
    removal_problems(done)
}

/// What is said when a piece could not be taken away; nothing when it could.
pub(super) fn removal_problems(done: Result<(), Error>) -> Result<Option<FieldErrors>, Fault> {
    match done {
        Ok(()) => Ok(None),
        Err(Error::Invalid(errors)) => Ok(Some(errors)),
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            Ok(Some(errors))
        }
        Err(error) => Err(error.into()),
    }
}

/// Of two readings of a piece, what differs.
pub(super) fn differences<const N: usize>(
    mine: [(String, String); N],
    saved: [(String, String); N],
) -> Vec<Difference> {
    let pairs = mine.into_iter().zip(saved);
    pairs
        .filter(|((_, mine), (_, saved))| mine != saved)
        .map(|((label, mine), (_, saved))| Difference { label, mine, saved })
        .collect()
}
