//! Data protection: everything about a person, and the erasure that keeps the books.

mod addressed;
mod asked;
mod deleted;
mod erasing;
mod files;
mod papers;
mod quotes;
mod report;
mod subject;
mod unconfirmed;

pub use addressed::{about_to_forget, find_quotes, forget_in_quote};
pub(crate) use asked::{BEFORE_ASKER, RULE as ASKED};
pub use asked::{about_to_forget_question, find_questions, forget_question};
pub use deleted::{Gone, find_deleted};
pub(crate) use erasing::begin;
pub(crate) use erasing::imports_of_erased;
pub use erasing::{about_to_erase, erase, erasures, finish_pending, run_worker};
pub use report::{Collected, Gathered, Pack, collect, report, report_of, report_pdf, report_zip};
pub use subject::Subject;
pub use unconfirmed::{find_unconfirmed, forget_unconfirmed};

use crate::{App, Ctx, Error, consents, notes, permissions, records, search, settings};
use model::uuid::Uuid;
use model::{
    Action, Activity, AnyRecord, Consent, Document, FieldValue, Import, Kind, Opportunity, Quote, Via, fold,
    normalize_email, normalize_phone, normalize_tax_id,
};
use std::collections::BTreeSet;

/// Records of one person: more are not one person.
pub const FOUND_MAX: usize = 200;
/// Fewer letters name nobody.
const NAME_LETTERS_MIN: usize = 3;

/// A record that is about the person, and what hangs on it.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    pub subject: Subject,
    pub notes: Vec<Activity>,
    /// What they said about the use of their data, the newest first.
    pub consents: Vec<Consent>,
    /// What may be sold to nobody but them.
    pub opportunities: Vec<Opportunity>,
    /// What was offered to them, or tried out for them, also where a company would pay.
    pub quotes: Vec<Quote>,
    /// Files and links that belong to them, or to what may be sold to nobody but them.
    pub documents: Vec<Document>,
    /// The import it came with, as long as the uploaded file is kept.
    pub import: Option<Import>,
}

/// What somebody is known by, as records keep it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Identity {
    email: Option<String>,
    phone: Option<String>,
    tax_id: Option<String>,
    /// Folded words of a name, where it is nothing of the others: who has it may be somebody else.
    name: Vec<String>,
}

impl Identity {
    fn of(app: &App, ctx: &Ctx, text: &str) -> Result<Identity, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::invalid("q", "required", ""));
        }
        let country = settings::get(app, ctx)?.country;
        let identity = Identity {
            email: normalize_email(text).ok(),
            phone: normalize_phone(text, &country).ok(),
            tax_id: normalize_tax_id(text).ok(),
            name: Vec::new(),
        };
        if identity != Identity::default() {
            return Ok(identity);
        }
        let is_name = !text.contains('@') && !text.chars().any(|character| character.is_ascii_digit());
        let name = if is_name { words(text) } else { Vec::new() };
        if name.iter().map(|word| word.chars().count()).sum::<usize>() < NAME_LETTERS_MIN {
            return Err(Error::invalid("q", "person-form", text));
        }
        Ok(Identity { name, ..Identity::default() })
    }

    fn is_of(&self, record: &dyn AnyRecord) -> bool {
        let texts = |keys: &[&str]| -> Vec<String> {
            let all = |key: &&str| match record.built_in(key) {
                FieldValue::Text(text) => vec![text],
                FieldValue::Texts(texts) => texts,
                _ => Vec::new(),
            };
            keys.iter().flat_map(all).collect()
        };
        if !self.name.is_empty() {
            let named =
                words(&texts(&["name", "company", "legal_name", "given_name", "family_name"]).join(" "));
            return self.name.iter().all(|word| named.contains(word));
        }
        let same = |known: &Option<String>, keys: &[&str]| {
            known.as_ref().is_some_and(|known| texts(keys).contains(known))
        };
        same(&self.email, &["email", "any_email"])
            || same(&self.phone, &["phone", "any_phone"])
            || same(&self.tax_id, &["tax_id"])
    }
}

fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a text is a name: whoever has it may be somebody else, so that nothing is handed out for all of them at once.
pub fn is_name(app: &App, ctx: &Ctx, text: &str) -> bool {
    Identity::of(app, ctx, text).is_ok_and(|identity| !identity.name.is_empty())
}

/// For those who may do it to the settings and to all records of whoever it is about.
fn require(ctx: &Ctx, action: Action) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::Settings, action)?;
    Subject::KINDS.into_iter().try_for_each(|kind| permissions::require_all(ctx, kind, action))
}

/// The leads, contacts and companies with this e-mail address, phone, tax id or name. For those who may see all of them
/// and the settings.
pub fn find(app: &App, ctx: &Ctx, text: &str) -> Result<Vec<About>, Error> {
    require(ctx, Action::See)?;
    let text = text.trim();
    let identity = Identity::of(app, ctx, text)?;
    let mut found: Vec<About> = Vec::new();
    let mut seen = BTreeSet::new();
    let forms =
        [Some(text.to_owned()), identity.email.clone(), identity.phone.clone(), identity.tax_id.clone()];
    for form in forms.into_iter().flatten() {
        let mut skip = 0;
        while skip <= FOUND_MAX {
            let page = search::everything(app, ctx, &form, &Subject::KINDS, skip, search::RESULTS_MAX)?.found;
            let is_last = page.len() < search::RESULTS_MAX;
            skip += page.len();
            for record in page.into_iter().map(|found| found.record) {
                let id = record.about().id;
                if identity.is_of(record.as_ref())
                    && seen.insert(id)
                    && found.len() < FOUND_MAX
                    && let Some(subject) = Subject::read(app, record.entity(), id)?
                {
                    found.push(about(app, subject)?);
                }
            }
            if is_last {
                break;
            }
        }
    }
    Ok(found)
}

/// A record that is about somebody as it is, whoever asks.
pub(crate) fn about_of(app: &App, kind: Kind, id: Uuid) -> Result<Option<About>, Error> {
    Subject::read(app, kind, id)?.map(|subject| about(app, subject)).transpose()
}

fn about(app: &App, subject: Subject) -> Result<About, Error> {
    let import = match subject.record().about().created_by.via {
        Via::Import(import) => app.store.get::<Import>(import.0)?,
        Via::Page | Via::Api(_) | Via::Form | Via::System => None,
    };
    let kept = |import: &Import| app.documents.contains(&import.file_sha256).unwrap_or(true);
    let id = subject.id();
    let opportunities = opportunities(app, &subject)?;
    Ok(About {
        notes: notes::of(app, id)?,
        consents: consents::of_record(app, id)?,
        quotes: quotes::of(app, id)?,
        documents: papers::of(app, id, &opportunities)?,
        opportunities,
        import: import.filter(kept),
        subject,
    })
}

/// What may be sold to nobody but them: a deal with a company is the company's.
fn opportunities(app: &App, subject: &Subject) -> Result<Vec<Opportunity>, Error> {
    let mut found = Vec::new();
    for id in records::linked_ids(app, subject.id(), Kind::Opportunity, FOUND_MAX)? {
        found
            .extend(app.store.get::<Opportunity>(id)?.filter(|deal| subject.has(deal.company, deal.contact)));
    }
    Ok(found)
}

/// What hangs on records of these people, by entity.
const HANGING: [Kind; 6] =
    [Kind::Activity, Kind::Consent, Kind::Opportunity, Kind::Quote, Kind::Document, Kind::Merge];

/// A record that hangs on another.
type Piece = (Kind, Uuid);
