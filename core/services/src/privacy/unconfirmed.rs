//! What somebody sent by a web form and did not confirm yet: no record, and still theirs.

use super::{Identity, require, words};
use crate::{App, Ctx, Error, settings, web_forms};
use model::uuid::Uuid;
use model::{Action, FormSubmission, normalize_email, normalize_phone, normalize_tax_id};

/// What waits to be confirmed with this e-mail address, phone, tax id or name. For those who may see all of whoever it
/// may become.
pub fn find_unconfirmed(app: &App, ctx: &Ctx, text: &str) -> Result<Vec<FormSubmission>, Error> {
    require(ctx, Action::See)?;
    let identity = Identity::of(app, ctx, text)?;
    let country = settings::get(app, ctx)?.country;
    let mut found = Vec::new();
    web_forms::each_waiting(app, &mut |sent| {
        if identity.has_sent(&sent, &country) {
            found.push(sent);
        }
        true
    })?;
    Ok(found)
}

/// Deletes it at once: it was never journaled, and the link in its letter is worth nothing any more.
pub fn forget_unconfirmed(app: &App, ctx: &Ctx, id: Uuid) -> Result<(), Error> {
    require(ctx, Action::Delete)?;
    let sent = app.store.get::<FormSubmission>(id)?.ok_or(Error::NotFound)?;
    let mut write = ctx.write();
    write.delete(&sent);
    match app.commit(write) {
        // Confirmed in this moment: it is a lead now, and is found as one.
        Err(Error::Conflict(_)) => Err(Error::NotFound),
        done => done.map(|_| ()),
    }
}

impl Identity {
    fn has_sent(&self, sent: &FormSubmission, country: &str) -> bool {
        if !self.name.is_empty() {
            let named = words(&[sent.text("name"), sent.text("company")].join(" "));
            return self.name.iter().all(|word| named.contains(word));
        }
        let same = |known: &Option<String>, typed: Result<String, _>| known.is_some() && *known == typed.ok();
        same(&self.email, normalize_email(sent.text("email")).map_err(drop))
            || same(&self.phone, normalize_phone(sent.text("phone"), country).map_err(drop))
            || same(&self.tax_id, normalize_tax_id(sent.text("tax_id")).map_err(drop))
    }
}
