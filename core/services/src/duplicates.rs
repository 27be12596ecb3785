//! Records that are probably about the same company or person: found by what they share, with the reason; only those the
//! caller may see.

mod distinct;
mod near;
mod pairs;

pub use distinct::{Apart, LISTED_MAX, compare_again, set_apart, set_apart_of};
pub use pairs::{PAIRS_MAX, Pair, Pairs, pairs};

use crate::records::{self, Record};
use crate::{App, Ctx, Error, Known};
use model::uuid::Uuid;
use model::{AnyRecord, Kind, Lead, Likeness, MATCHED, MatchBy, can_match, match_at_end};
use std::collections::BTreeMap;
use store::{Direction, Scan};

/// So many are told; whoever has more of the same kind has to tidy up first.
pub const DUPLICATES_MAX: usize = 10;
/// Entries looked at of one e-mail, phone or name: a name that hundreds have tells nothing.
const ENTRIES_MAX: usize = 50;
/// Names at one postcode that are compared with each other: a large town has more companies than anybody types.
const NEIGHBOURS_MAX: usize = 2_000;

/// A record, and what another one shares with it, the surest first.
pub(crate) type Sharing = ((Kind, Uuid), Vec<MatchBy>);

/// A record that may be the same one, and why: the surest reason first.
pub struct Duplicate {
    pub record: Record,
    pub by: Vec<MatchBy>,
}

impl Duplicate {
    /// Whether it is reason enough to ask before a second one is made.
    pub fn is_sure(&self) -> bool {
        self.by.iter().any(|by| by.is_sure())
    }
}

/// Those of a record that the caller may see.
pub fn of(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<Vec<Duplicate>, Error> {
    ctx.caller()?;
    let record = records::visible(app, ctx, kind, id)?.ok_or(Error::NotFound)?;
    of_record(app, ctx, record.as_ref())
}

/// Those of a stored record, among the records of any entity that it can be the same as.
pub fn of_record(app: &App, ctx: &Ctx, record: &dyn AnyRecord) -> Result<Vec<Duplicate>, Error> {
    let mut found = of_likeness(app, ctx, record.entity(), &Likeness::of(record), &MATCHED)?;
    let id = record.about().id;
    let became = became(app, record)?;
    let apart = distinct::apart_from(app, id)?;
    found.retain(|other| {
        let other = other.record.about().id;
        other != id && !became.contains(&other) && !apart.contains(&other)
    });
    Ok(found)
}

/// Whether a second record of something may be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OnDuplicate {
    /// Whoever makes it knows, or it is not asked: imports, forms of the company's site.
    #[default]
    Allow,
    /// Not where one is there that is surely the same.
    Refuse,
}

/// Refuses what is surely there already, as far as the caller sees it: the same tax id, e-mail or phone. Of a record that
/// is changed only what it did not share before counts.
pub(crate) fn require_new(
    app: &App,
    ctx: &Ctx,
    on: OnDuplicate,
    before: Option<&dyn AnyRecord>,
    record: &dyn AnyRecord,
) -> Result<(), Error> {
    if on == OnDuplicate::Allow || !MATCHED.contains(&record.entity()) {
        return Ok(());
    }
    let sure = |record: &dyn AnyRecord| Likeness {
        company: None,
        person: None,
        postcode: None,
        ..Likeness::of(record)
    };
    let mut asked = sure(record);
    if let Some(before) = before.map(sure) {
        asked.tax_id = asked.tax_id.filter(|_| before.tax_id != sure(record).tax_id);
        asked.email = asked.email.filter(|_| before.email != sure(record).email);
        asked
            .further_emails
            .retain(|email| !before.further_emails.contains(email) && before.email.as_ref() != Some(email));
        asked.phones.retain(|phone| !before.phones.contains(phone));
    }
    if asked == Likeness::default() {
        return Ok(());
    }
    let id = record.about().id;
    let apart = distinct::apart_from(app, id)?;
    let mut found = of_likeness(app, ctx, record.entity(), &asked, &MATCHED)?;
    found.retain(|other| {
        let other = other.record.about().id;
        other != id && !apart.contains(&other)
    });
    if found.is_empty() {
        Ok(())
    } else {
        Err(Error::Duplicate(found.into_iter().map(Known::from).collect()))
    }
}

impl From<Duplicate> for Known {
    fn from(found: Duplicate) -> Known {
        let (kind, id) = (found.record.entity(), found.record.about().id);
        Known { kind, id, title: found.record.name(), by: found.by }
    }
}

/// What a lead became is no duplicate of it, nor is the lead one of that.
fn became(app: &App, record: &dyn AnyRecord) -> Result<Vec<Uuid>, Error> {
    let id = record.about().id;
    match record.entity() {
        Kind::Lead => Ok(app.store.get::<Lead>(id)?.iter().flat_map(Lead::became).collect()),
        _ => records::linked_ids(app, id, Kind::Lead, ENTRIES_MAX),
    }
}

/// Those of something that may be known by this, among records of these entities. Leads that became something else are
/// left out: what they became is there.
pub fn of_likeness(
    app: &App,
    ctx: &Ctx,
    of: Kind,
    likeness: &Likeness,
    among: &[Kind],
) -> Result<Vec<Duplicate>, Error> {
    shown(app, ctx, of_anybody(app, of, likeness, among)?)
}

/// The same whoever may see them, the surest first: what is told of them is for whoever asks to decide.
pub(crate) fn of_anybody(
    app: &App,
    of: Kind,
    likeness: &Likeness,
    among: &[Kind],
) -> Result<Vec<Sharing>, Error> {
    let mut reasons: BTreeMap<(Kind, Uuid), Vec<MatchBy>> = BTreeMap::new();
    let mut add = |by: MatchBy, key: &[u8]| {
        let Some((kind, id)) = match_at_end(key) else { return };
        if among.contains(&kind) && can_match(of, kind) {
            let by_now = reasons.entry((kind, id)).or_default();
            if !by_now.contains(&by) {
                by_now.push(by);
            }
        }
    };
    for (by, prefix) in likeness.keys() {
        for entry in entries(app, prefix.bytes(), ENTRIES_MAX)? {
            add(by, &entry.key);
        }
    }
    // Each entity by itself: many leads at a postcode must not hide its companies.
    let kinds = || among.iter().filter(|kind| can_match(of, **kind));
    for ((prefix, name), kind) in
        likeness.near().iter().flat_map(|near| kinds().map(move |kind| (near, kind)))
    {
        for entry in entries(app, prefix.clone().byte(kind.tag()).bytes(), NEIGHBOURS_MAX)? {
            let other = std::str::from_utf8(&entry.value).unwrap_or_default();
            if other != name && near::is_near(other, name) {
                add(MatchBy::NearName, &entry.key);
            }
        }
    }
    let mut ordered: Vec<Sharing> = reasons.into_iter().collect();
    for (_, by) in &mut ordered {
        by.sort_unstable();
    }
    ordered.sort_by(|(_, one), (_, other)| one.cmp(other));
    Ok(ordered)
}

fn shown(app: &App, ctx: &Ctx, ordered: Vec<Sharing>) -> Result<Vec<Duplicate>, Error> {
    let mut found = Vec::new();
    for ((kind, id), by) in ordered {
        let Some(record) = records::visible(app, ctx, kind, id)? else { continue };
        // A lead that was converted has the status that says so.
        let is_converted =
            record.built_in("status") == model::FieldValue::Codes(vec!["converted".to_owned()]);
        if kind != Kind::Lead || !is_converted {
            found.push(Duplicate { record, by });
        }
        if found.len() == DUPLICATES_MAX {
            break;
        }
    }
    Ok(found)
}

fn entries(app: &App, prefix: Vec<u8>, limit: usize) -> Result<Vec<store::Entry>, Error> {
    entries_from(app, prefix, None, limit)
}

fn entries_from(
    app: &App,
    prefix: Vec<u8>,
    after: Option<Vec<u8>>,
    limit: usize,
) -> Result<Vec<store::Entry>, Error> {
    Ok(app.store.scan(&Scan { prefix, after, direction: Direction::Forward, limit })?)
}
