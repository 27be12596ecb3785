//! Values of a file that are none of the options of their field, and that are added to the company's list of them.

use crate::choices::{self, ChoiceDraft};
use crate::fields::{self, FieldChoices};
use crate::{App, Ctx, Error, permissions};
use model::{Action, FieldKind, Frame, ImportPlan, Kind, Label, Mending, choice_meant, key_of};

/// What parts the options of a cell that holds several.
const BETWEEN: [char; 4] = [',', ';', '|', '\n'];

/// The company's list that the options of a field are in, and whether the field holds several of them.
pub(crate) fn list_of(frame: &Frame, entity: Kind, field: &str) -> Option<(String, bool)> {
    let spec = fields::spec_of(frame, entity, field)?;
    match spec.choices {
        FieldChoices::List(list) => Some((list, spec.kind == FieldKind::Choices)),
        _ => None,
    }
}

/// Whether the caller may add options: they are a part of how the company is set up.
pub(crate) fn may_add(ctx: &Ctx) -> bool {
    permissions::require_all(ctx, Kind::Settings, Action::Change).is_ok()
}

/// Adds the options that a plan makes to their lists at once. From then on the plan says which ones are meant.
pub(crate) fn add(app: &App, ctx: &Ctx, entity: Kind, plan: &mut ImportPlan) -> Result<(), Error> {
    for value in plan.mended.iter_mut().filter(|value| value.mending == Mending::Create) {
        let Some((list, holds_several)) = list_of(&app.frame(), entity, &value.target) else { continue };
        let parts: Vec<&str> = if holds_several {
            value.value.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty()).collect()
        } else {
            vec![value.value.trim()]
        };
        let mut keys = Vec::new();
        for part in parts {
            keys.push(known_or_new(app, ctx, &list, part)?);
        }
        value.mending = Mending::Replace(keys.join(","));
    }
    Ok(())
}

fn known_or_new(app: &App, ctx: &Ctx, list: &str, name: &str) -> Result<String, Error> {
    let frame = app.frame();
    if let Some(key) = choice_meant(&frame, list, name) {
        return Ok(key.to_owned());
    }
    let mut label = Label::default();
    name.clone_into(label.own_mut(ctx.language));
    let draft = ChoiceDraft { label, key: free_key(&frame, list, name), ..ChoiceDraft::default() };
    match choices::create(app, ctx, list, &draft) {
        Ok(_) => Ok(draft.key),
        // Too long, or the name of one that is archived.
        Err(Error::Invalid(_)) => Err(Error::invalid("", "option-not-added", name)),
        Err(error) => Err(error),
    }
}

/// A key that no option of the list has yet; names of other alphabets give none by themselves.
fn free_key(frame: &Frame, list: &str, name: &str) -> String {
    let of_name = key_of(name);
    let base = if of_name.is_empty() { "option".to_owned() } else { of_name };
    let is_free = |key: &String| frame.choice(list, key).is_none();
    if is_free(&base) {
        return base;
    }
    // Room for the number within a key's length.
    let start: String = base.chars().take(20).collect();
    let mut numbered = (2_u32..).map(|number| format!("{start}_{number}"));
    numbered.find(is_free).unwrap_or(base)
}
