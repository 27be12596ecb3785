//! Web forms as configuration, and what strangers send with them: checked like any other lead, written by nobody, and
//! without a word about what is in the CRM already.

use crate::configuration::{Governed, Use};
use crate::fields::{Field, spec_of};
use crate::{
    App, Ctx, Error, assignment_rules, configuration, mail_settings, permissions, reports, settings,
};
use model::{
    Action, FORM_BUILT_IN, FieldErrors, FieldKind, Frame, Kind, Language, Source, User, UserId, WebForm,
    choice_meant, lists, own_name,
};

mod confirming;
mod sending;
mod ticket;
pub use confirming::{Waiting, confirm, forget_unconfirmed, run_worker, waiting};
pub(crate) use confirming::{link_for, told_about};
pub(crate) use sending::each_waiting;
pub use sending::{Outcome, Sent, letter_to, send};
pub use ticket::{TICKET_HOURS, issue as ticket};

/// Days after which what nobody confirmed goes.
pub const UNCONFIRMED_DAYS: i64 = 7;

impl Governed for WebForm {
    const MAX: usize = 100;

    /// Problem codes: `form-field` for a field that strangers cannot be asked for, `choice` for a source or purpose.
    fn check_among(&self, _key: &str, frame: &Frame, errors: &mut FieldErrors) {
        for (place, asked) in self.fields.iter().enumerate() {
            let name = format!("fields.{place}.field");
            if own_name(&asked.field).is_some() && !is_askable(frame, &asked.field) {
                errors.add(&name, "form-field", &asked.field);
            }
        }
        for (field, list, value) in
            [("source", lists::SOURCES, &self.source), ("purpose", lists::CONSENT_PURPOSES, &self.purpose)]
        {
            if let Some(value) = value.as_deref().filter(|value| choice_meant(frame, list, value).is_none()) {
                errors.add(field, "choice", value);
            }
        }
    }

    /// Problem codes: `choice` for who is told, `form-no-mail` where no letter can go out.
    fn check_in(&self, app: &App, _key: &str, errors: &mut FieldErrors) {
        let is_user = |text: &String| {
            let id = text.parse::<UserId>().ok();
            id.and_then(|id| app.store.get::<User>(id.0).ok().flatten()).is_some()
        };
        for person in self.told.iter().filter(|person| !is_user(person)) {
            errors.add("told", "choice", person);
        }
        if self.confirmed && !self.archived && !mail_settings::is_set_up(app) {
            errors.add("confirmed", "form-no-mail", "");
        }
    }

    /// People by their ids.
    fn adopted(mut self, app: &App) -> Result<WebForm, Error> {
        for person in &mut self.told {
            assignment_rules::adopt_user(app, person)?;
        }
        Ok(self)
    }

    /// People by their e-mails.
    fn portable(&self, app: &App) -> Result<WebForm, Error> {
        let mut form = self.clone();
        for person in &mut form.told {
            assignment_rules::name_user(app, person)?;
        }
        Ok(form)
    }
}

/// Whether strangers can be asked for a field: not for other records, and not for what must be unique, as its refusal
/// would tell them what is there already.
pub fn is_askable(frame: &Frame, field: &str) -> bool {
    match own_name(field) {
        None => FORM_BUILT_IN.contains(&field),
        Some(name) => frame
            .field(Kind::Lead, name)
            .is_some_and(|own| !own.archived && !own.unique && own.kind != FieldKind::Link),
    }
}

/// Where leads come from by a form that says nothing of it: the web, as long as the company has it among its sources.
pub fn usual_source(frame: &Frame) -> Option<String> {
    let web = Source::WEB;
    let choice = frame.choice(lists::SOURCES, web.as_str()).filter(|choice| !choice.archived);
    choice.map(|_| web.as_str().to_owned())
}

/// The fields that a form could ask for, in the order of the form of a lead.
pub fn askable(frame: &Frame) -> Vec<Field> {
    let own = frame.fields_of(Kind::Lead).map(|(name, _)| model::own_key(name));
    let all = FORM_BUILT_IN.iter().map(|field| (*field).to_owned()).chain(own);
    all.filter(|field| is_askable(frame, field))
        .filter_map(|field| spec_of(frame, Kind::Lead, &field))
        .collect()
}

/// A form as visitors meet it.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenForm {
    pub key: String,
    pub form: WebForm,
    /// Whether it can be sent today.
    pub is_open: bool,
    /// What it asks for, in its order, and whether it must be there.
    pub fields: Vec<(Field, bool)>,
}

/// The form at an address; for everybody.
pub fn open(app: &App, ctx: &Ctx, key: &str) -> Result<OpenForm, Error> {
    let frame = app.frame();
    let form = frame.web_forms.get(key).ok_or(Error::NotFound)?.piece.clone();
    let today = reports::today(ctx, &settings::get(app, ctx)?);
    let asked = form.fields.iter().filter(|asked| is_askable(&frame, &asked.field));
    let fields = asked
        .filter_map(|asked| {
            let field = spec_of(&frame, Kind::Lead, &asked.field)?;
            let is_required = asked.required || (field.is_own() && field.required);
            Some((field, is_required))
        })
        .collect();
    Ok(OpenForm { key: key.to_owned(), is_open: form.is_open(today), form, fields })
}

/// How often a form was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Understood and taken.
    pub received: u64,
    /// Of those that ask for it, what was confirmed.
    pub confirmed: u64,
    /// Not taken: robots, links that were used already, and what had mistakes.
    pub refused: u64,
}

pub fn counts(app: &App, ctx: &Ctx, key: &str) -> Result<Counts, Error> {
    permissions::require_all(ctx, Kind::WebForm, Action::See)?;
    configuration::get::<WebForm>(app, ctx, key)?;
    let count = |what| app.store.counter(&counter(key, what));
    Ok(Counts { received: count(RECEIVED)?, confirmed: count(CONFIRMED)?, refused: count(REFUSED)? })
}

const RECEIVED: &str = "received";
const CONFIRMED: &str = "confirmed";
const REFUSED: &str = "refused";

fn counter(form: &str, what: &str) -> String {
    format!("form/{form}/{what}")
}

/// Notes that something was not taken. The number is worth less than an answer: whatever fails, fails quietly.
pub fn note_refused(app: &App, ctx: &Ctx, key: &str) {
    let mut write = ctx.write();
    write.add_to_counter(&counter(key, REFUSED), 1);
    let _ = app.commit(write);
}

/// The forms for which something holds, as uses of what they name.
pub(crate) fn uses(frame: &Frame, holds: impl Fn(&WebForm) -> bool) -> Vec<Use> {
    let all = frame.web_forms.all().iter().filter(|piece| holds(&piece.piece));
    all.map(|piece| Use {
        kind: Kind::WebForm,
        name: piece.piece.label.get(Language::default()).to_owned(),
        key: piece.key.clone(),
        count: 1,
    })
    .collect()
}
