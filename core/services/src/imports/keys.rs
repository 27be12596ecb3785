//! Keys of other programs: what means something within one program only is kept with its name, `hubspot:17`, so that no
//! other program's `17` is taken for it.

use super::programs;
use crate::{App, Error, records};
use model::uuid::Uuid;
use model::{Import, IndexKey, Kind, Via};

pub(crate) const EXTERNAL_KEY: &str = "external_key";

/// A key out of a file of a program, as records keep it. One that names a program already stays as it is.
pub(crate) fn of_program(program: &str, key: &str) -> String {
    let names_one = key.split_once(':').is_some_and(|(name, _)| programs::is_known(name));
    if names_one || key.is_empty() { key.to_owned() } else { format!("{program}:{key}") }
}

/// The record that has a key of a program. Records that a file of the same program made when keys were kept without its
/// name are known by the bare key; whose a bare key is otherwise, nobody can tell.
pub(crate) fn find(app: &App, entity: Kind, program: &str, key: &str) -> Result<Option<Uuid>, Error> {
    let key = of_program(program, key);
    let holder = |key: &str| app.store.find(&IndexKey::unique(entity, EXTERNAL_KEY, key));
    if let Some(id) = holder(&key)? {
        return Ok(Some(id));
    }
    let bare = key.strip_prefix(program).and_then(|rest| rest.strip_prefix(':'));
    let Some(id) = bare.map(holder).transpose()?.flatten() else {
        return Ok(None);
    };
    Ok(if is_made_by(app, entity, id, program)? { Some(id) } else { None })
}

/// Whether the record came in with a file of that program.
fn is_made_by(app: &App, entity: Kind, id: Uuid, program: &str) -> Result<bool, Error> {
    let via = records::any(app, entity, id)?.map(|record| record.about().created_by.via.clone());
    let Some(Via::Import(import)) = via else {
        return Ok(false);
    };
    let import = app.store.get::<Import>(import.0)?;
    Ok(import.is_some_and(|import| import.program.as_deref() == Some(program)))
}
