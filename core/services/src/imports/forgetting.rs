//! What imports keep of people beside the records: the file, values quoted in its problems, and values mended by hand. It
//! goes with the erasure of whoever it is about, and for everybody after a time.

use super::kept::{each_problem_record, forget_problems};
use super::plans;
use crate::{App, Ctx, Error, documents};
use model::jiff::{SignedDuration, Timestamp};
use model::json::{Map, Value};
use model::uuid::Uuid;
use model::{
    Actor, Change, Import, ImportId, ImportPiece, ImportPieces, ImportState, ImportTemplate, Mending, Via,
    fold,
};
use std::collections::BTreeSet;
use store::{Direction, Write};

/// So long the file of an import is kept after it was last worked on, with what was found wrong and mended in it: whoever
/// has not mended the failed rows by then does not need them.
pub const KEPT_DAYS: i64 = 90;
/// Fewer characters name nobody.
const CHARACTERS_MIN: usize = 3;
/// The last digits of a phone, which are the same however it is written.
const PHONE_DIGITS: usize = 9;
/// Pieces and templates of one group: see [`super::plans`] and [`super::TEMPLATES_MAX`].
const PIECES_MAX: usize = 400;
/// Entries read from the index at a time.
const CHUNK: usize = 200;
/// Fields whose values tell who somebody is.
const TELLING: [&str; 8] =
    ["name", "company", "legal_name", "given_name", "family_name", "email", "tax_id", "address"];
const PHONES: [&str; 2] = ["phone", "mobile"];
/// Lists within a record of further ones.
const LISTS: [&str; 2] = ["phones", "emails"];

/// By what somebody is told in a text.
#[derive(Default)]
pub(crate) struct Words {
    texts: BTreeSet<Vec<String>>,
    phones: BTreeSet<String>,
}

impl Words {
    /// All that the changes of a record say of who it is about.
    pub(crate) fn add(&mut self, change: &Change) {
        let after = change.after.as_ref().and_then(Value::as_object);
        for fields in [Some(&change.before), after].into_iter().flatten() {
            self.add_fields(fields);
        }
    }

    fn add_fields(&mut self, fields: &Map<String, Value>) {
        let text = |key: &str| fields.get(key).and_then(Value::as_str);
        // A given name alone is everybody's.
        let names = [text("given_name"), text("family_name")];
        let whole = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let telling = TELLING.into_iter().filter(|key| *key != "given_name").filter_map(text);
        for text in telling.chain([whole.as_str()]) {
            let words = words(text);
            if words.iter().map(|word| word.chars().count()).sum::<usize>() >= CHARACTERS_MIN {
                self.texts.insert(words);
            }
        }
        for phone in PHONES.into_iter().filter_map(text).filter_map(phone_end) {
            self.phones.insert(phone);
        }
        for list in LISTS.into_iter().filter_map(|key| fields.get(key)) {
            self.add_list(list);
        }
    }

    /// Of the entries of a list, what is an address or a number; their kinds are everybody's.
    fn add_list(&mut self, value: &Value) {
        match value {
            Value::Array(entries) => entries.iter().for_each(|entry| self.add_list(entry)),
            Value::Object(fields) => fields.values().for_each(|field| self.add_list(field)),
            Value::String(text) if text.contains('@') => {
                self.texts.insert(words(text));
            }
            Value::String(text) => self.phones.extend(phone_end(text)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn are_in(&self, text: &str) -> bool {
        let said = words(text);
        let has_words =
            self.texts.iter().any(|words| said.windows(words.len()).any(|some| some == words.as_slice()));
        has_words || phone_end(text).is_some_and(|phone| self.phones.contains(&phone))
    }

    fn are_in_piece(&self, piece: &ImportPiece) -> bool {
        match piece {
            ImportPiece::Mended(mended) => {
                let to = match &mended.mending {
                    Mending::Replace(text) => text.as_str(),
                    Mending::Empty | Mending::Create => "",
                };
                self.are_in(&mended.value) || self.are_in(to)
            }
            ImportPiece::Given(given) => self.are_in(&given.text),
            ImportPiece::Met { value, .. } => self.are_in(value),
            ImportPiece::TakenApart { first, .. } | ImportPiece::OwnersPassedOver { first, .. } => {
                self.are_in(first)
            }
            ImportPiece::Value { value, detail, .. } => self.are_in(value) || self.are_in(detail),
            ImportPiece::Change { before, after, .. } => {
                [before, after].into_iter().any(|value| self.are_in(&value.to_string()))
            }
            ImportPiece::How { .. }
            | ImportPiece::Column(_)
            | ImportPiece::Chosen { .. }
            | ImportPiece::Problems { .. }
            | ImportPiece::New { .. }
            | ImportPiece::Alike { .. }
            | ImportPiece::Postcodes { .. }
            | ImportPiece::Converted { .. }
            | ImportPiece::WithoutOwner { .. }
            | ImportPiece::HandedOut { .. }
            | ImportPiece::LeftOut { .. } => false,
            ImportPiece::AlikeRow { called, .. } | ImportPiece::DoubleRow { called, .. } => {
                self.are_in(called)
            }
        }
    }
}

fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn phone_end(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().checked_sub(PHONE_DIGITS)?;
    digits.get(from..).map(str::to_owned)
}

/// Takes what is said of somebody out of the problems, findings, plans and templates of all imports, and removes the files
/// that changed their record. It may be cut short and done again.
pub(crate) fn erase(
    app: &App,
    write: &dyn Fn() -> Write,
    words: &Words,
    ways: &BTreeSet<Uuid>,
) -> Result<(), Error> {
    each_import(app, &mut |import| {
        if ways.contains(&import.meta.id) && !import.state.is_working() {
            documents::remove_bytes(app, &import.file_sha256)?;
        }
        each_problem_record(app, import.id(), &mut |record| {
            let mut after = record.clone();
            for row in &mut after.rows {
                let said = row.problems.iter().map(|problem| problem.detail.as_str());
                let said = said.chain(row.cells.iter().map(|(_, cell)| cell.as_str()));
                let mut said = said.chain(std::iter::once(row.name.as_str()));
                if said.any(|text| words.are_in(text)) {
                    row.problems.iter_mut().for_each(|problem| problem.detail.clear());
                    row.cells.clear();
                    row.name.clear();
                }
            }
            if after != record {
                let mut write = write();
                write.update(&record, after);
                app.commit(write)?;
            }
            Ok(true)
        })?;
        erase_pieces(app, write, words, import.meta.id)
    })?;
    for template in app.store.members::<ImportTemplate>(Uuid::nil(), super::TEMPLATES_MAX)? {
        erase_pieces(app, write, words, template.meta.id)?;
    }
    Ok(())
}

fn erase_pieces(app: &App, write: &dyn Fn() -> Write, words: &Words, of: Uuid) -> Result<(), Error> {
    retain_pieces(app, write, of, &|piece| !words.are_in_piece(piece))
}

fn retain_pieces(
    app: &App,
    write: &dyn Fn() -> Write,
    of: Uuid,
    keeps: &dyn Fn(&ImportPiece) -> bool,
) -> Result<(), Error> {
    let mut write = write();
    for record in app.store.members::<ImportPieces>(of, PIECES_MAX)? {
        let mut after = record.clone();
        after.pieces.retain(keeps);
        if after != record {
            write.update(&record, after);
        }
    }
    if write.is_empty() { Ok(()) } else { app.commit(write).map(|_| ()) }
}

/// Takes an import away that was never started, with its file and what was found wrong and mended in it. What was started
/// can only be taken back: its records say that they came with it.
pub fn delete(app: &App, ctx: &Ctx, id: ImportId) -> Result<(), Error> {
    let mut import = super::get(app, ctx, id)?;
    if import.state.is_working() && import.can_be_deleted() {
        import = super::cancel(app, ctx, id)?;
    }
    if !import.can_be_deleted() {
        return Err(Error::invalid("", "import-begun", ""));
    }
    forget_problems(app, &|| ctx.write(), id)?;
    let mut write = ctx.write();
    plans::forget(app, &mut write, import.meta.id, None)?;
    write.delete(&import);
    app.commit(write)?;
    let mut is_kept = false;
    each_import(app, &mut |other| {
        is_kept |= other.forgotten_at.is_none() && other.file_sha256 == import.file_sha256;
        Ok(())
    })?;
    // The same file may have been taken in again.
    if is_kept || import.forgotten_at.is_some() {
        return Ok(());
    }
    documents::remove_bytes(app, &import.file_sha256)
}

/// Forgets the files of imports that nobody worked on for [`KEPT_DAYS`], with what was found wrong and mended in them. Which
/// records they made stays, so that they can still be taken back. How many.
pub fn forget_old(app: &App, now: Timestamp) -> Result<usize, Error> {
    let write = || Write::new(now, Actor::SYSTEM, "import-data");
    let until = now - SignedDuration::from_hours(24 * KEPT_DAYS);
    let is_old = |import: &Import| import.meta.updated_at < until && !import.state.is_working();
    let (mut old, mut kept) = (Vec::new(), BTreeSet::new());
    each_import(app, &mut |import| {
        if import.forgotten_at.is_none() {
            if is_old(&import) {
                old.push(import);
            } else {
                kept.insert(import.file_sha256);
            }
        }
        Ok(())
    })?;
    let count = old.len();
    for import in old {
        // The same file may have been taken in again.
        if !kept.contains(&import.file_sha256) {
            documents::remove_bytes(app, &import.file_sha256)?;
        }
        forget_problems(app, &write, import.id())?;
        let is_of_nobody = |piece: &ImportPiece| {
            matches!(piece, ImportPiece::How { .. } | ImportPiece::Column(_) | ImportPiece::Problems { .. })
        };
        retain_pieces(app, &write, import.meta.id, &is_of_nobody)?;
        let is_open = !import.state.has_ended();
        let after = Import {
            forgotten_at: Some(now),
            state: if is_open { ImportState::Cancelled } else { import.state },
            finished_at: if is_open { Some(now) } else { import.finished_at },
            ..import.clone()
        };
        let mut write = write();
        write.update(&import, after);
        match app.commit(write) {
            // Somebody goes on with it in this very moment: another time.
            Ok(_) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}

fn each_import(app: &App, read: &mut dyn FnMut(Import) -> Result<(), Error>) -> Result<(), Error> {
    app.store.each_member(Uuid::nil(), (Direction::Forward, None), CHUNK, &mut |_, import| {
        read(import)?;
        Ok(true)
    })
}

/// The imports that a record came with or was changed by.
pub(crate) fn way_of(change: &Change) -> Option<Uuid> {
    match change.by.via {
        Via::Import(import) => Some(import.0),
        Via::Page | Via::Api(_) | Via::Form | Via::System => None,
    }
}
