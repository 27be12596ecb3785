//! All pairs of an entity that may be the same one, page by page, as the index has them: records that share something stand
//! beside each other there, so that nothing is compared with everything.

use super::{NEIGHBOURS_MAX, entries_from, near};
use crate::records::{self, Record};
use crate::{App, Ctx, Error, merges, permissions};
use model::uuid::Uuid;
use model::{Action, Distinct, FieldValue, Kind, Likeness, MatchBy, match_at_end, match_group, matches_by};
use std::collections::BTreeSet;
use store::Entry;

/// Pairs on a page.
pub const PAIRS_MAX: usize = 25;
/// Entries looked at for a page: some tenths of a second. Where they have no pair, the page says so and goes on from there.
const EXAMINED_MAX: usize = 50_000;
/// Names compared for a page, which takes about as long.
const COMPARED_MAX: usize = 1_000_000;
/// Entries read at a time.
const CHUNK: usize = 2_000;
/// Records of one group that are compared: what hundreds share tells nothing. Of names at one postcode there may be more.
const GROUP_MAX: usize = 200;
/// In a postcode with more names each is compared with so many of those that follow it in the alphabet, read forwards,
/// backwards, and with their words in order: names that are nearly the same begin or end alike, or have the same words.
const BESIDE: usize = 50;
/// In a larger group each is compared with the first alone: who tidies up comes to the others afterwards.
const ALL_WITH_ALL_MAX: usize = 5;

/// Two records that may be the same one, and why: the surest reason first.
pub struct Pair {
    pub one: Record,
    pub other: Record,
    pub by: Vec<MatchBy>,
}

/// A page of them.
pub struct Pairs {
    pub pairs: Vec<Pair>,
    /// Where the next page begins; nothing at the end.
    pub next: Option<String>,
}

/// Pairs of an entity of which the caller sees both, the surest reasons first.
pub fn pairs(app: &App, ctx: &Ctx, kind: Kind, from: Option<&str>) -> Result<Pairs, Error> {
    if !merges::is_mergeable(kind) {
        return Err(Error::NotFound);
    }
    permissions::require(ctx, kind, Action::See)?;
    let start = match from {
        Some(text) => place_of(text).ok_or_else(|| Error::invalid("from", "cursor", text))?,
        None => Place { by: MatchBy::TaxId, after: None },
    };
    let mut walk = Walk { app, ctx, kind, pairs: Vec::new(), examined: 0, compared: 0 };
    let first = MatchBy::ALL.iter().position(|by| *by == start.by).unwrap_or_default();
    let mut after = start.after;
    for by in MatchBy::ALL.into_iter().skip(first) {
        if let Some(place) = walk.groups(by, after.take())? {
            return Ok(Pairs { pairs: walk.pairs, next: Some(text_of(by, &place)) });
        }
    }
    Ok(Pairs { pairs: walk.pairs, next: None })
}

struct Walk<'a> {
    app: &'a App,
    ctx: &'a Ctx,
    kind: Kind,
    pairs: Vec<Pair>,
    examined: usize,
    compared: usize,
}

impl Walk<'_> {
    /// Goes through the groups of one reason; where it stopped because there is enough for a page.
    fn groups(&mut self, by: MatchBy, mut after: Option<Vec<u8>>) -> Result<Option<Vec<u8>>, Error> {
        let prefix = matches_by(by).bytes();
        let most = if by == MatchBy::NearName { NEIGHBOURS_MAX } else { GROUP_MAX };
        // Entities stand one after the other in a group: only those of one count, or another would fill it.
        let mut group: Vec<Named> = Vec::new();
        let mut last: Option<Vec<u8>> = None;
        loop {
            let entries = entries_from(self.app, prefix.clone(), after, CHUNK)?;
            let is_last = entries.len() < CHUNK;
            after = entries.last().map(|entry| entry.key.clone());
            for Entry { key, value } in entries {
                self.examined += 1;
                if let Some(end) = last.take().filter(|end| match_group(end) != match_group(&key)) {
                    self.compare(by, &std::mem::take(&mut group))?;
                    if self.has_enough() {
                        return Ok(Some(end));
                    }
                }
                let of_kind = match_at_end(&key).filter(|(kind, _)| *kind == self.kind);
                if let Some((_, id)) = of_kind.filter(|_| group.len() < most) {
                    group.push((id, value));
                }
                last = Some(key);
            }
            if is_last {
                self.compare(by, &group)?;
                return Ok(None);
            }
        }
    }

    fn has_enough(&self) -> bool {
        self.pairs.len() >= PAIRS_MAX || self.examined >= EXAMINED_MAX || self.compared >= COMPARED_MAX
    }

    /// Adds the pairs of records that share something.
    fn compare(&mut self, by: MatchBy, group: &[Named]) -> Result<(), Error> {
        if by == MatchBy::NearName {
            for (one, other) in self.near(group) {
                self.add(by, one, other)?;
            }
            return Ok(());
        }
        for (place, (one, _)) in group.iter().enumerate() {
            for (other, _) in group.iter().skip(place + 1).filter(|(other, _)| other != one) {
                self.add(by, *one, *other)?;
            }
            if group.len() > ALL_WITH_ALL_MAX {
                break;
            }
        }
        Ok(())
    }

    /// Pairs of one postcode with nearly the same name, which is no reason that one record passes on to the next: all are
    /// compared with all, or with those beside them where they are many.
    fn near(&mut self, group: &[Named]) -> BTreeSet<(Uuid, Uuid)> {
        let mut found = BTreeSet::new();
        let mut sorted: Vec<&Named> = group.iter().collect();
        if group.len() <= GROUP_MAX {
            self.beside(&sorted, group.len(), &mut found);
            return found;
        }
        sorted.sort_unstable_by(|(_, one), (_, other)| one.cmp(other));
        self.beside(&sorted, BESIDE, &mut found);
        sorted.sort_unstable_by(|(_, one), (_, other)| one.iter().rev().cmp(other.iter().rev()));
        self.beside(&sorted, BESIDE, &mut found);
        sorted.sort_by_cached_key(|(_, name)| {
            let mut words: Vec<&[u8]> = name.split(|byte| *byte == b' ').collect();
            words.sort_unstable();
            words.concat()
        });
        self.beside(&sorted, BESIDE, &mut found);
        found
    }

    fn beside(&mut self, sorted: &[&Named], most: usize, found: &mut BTreeSet<(Uuid, Uuid)>) {
        for (place, (one, name)) in sorted.iter().enumerate() {
            for (other, other_name) in sorted.iter().skip(place + 1).take(most) {
                self.compared += 1;
                if one != other && is_near(name, other_name) {
                    found.insert((*one.min(other), *one.max(other)));
                }
            }
        }
    }

    fn add(&mut self, by: MatchBy, one: Uuid, other: Uuid) -> Result<(), Error> {
        if self.app.store.find(&Distinct::key(one, other))?.is_some() {
            return Ok(());
        }
        let read = |id| records::visible(self.app, self.ctx, self.kind, id);
        let (Some(one), Some(other)) = (read(one)?, read(other)?) else { return Ok(()) };
        let is_converted =
            |record: &Record| record.built_in("status") == FieldValue::Codes(vec!["converted".to_owned()]);
        if is_converted(&one) || is_converted(&other) {
            return Ok(());
        }
        let reasons = in_common(&Likeness::of(one.as_ref()), &Likeness::of(other.as_ref()));
        // Each pair once: where its surest reason stands.
        if reasons.first() == Some(&by) {
            self.pairs.push(Pair { one, other, by: reasons });
        }
        Ok(())
    }
}

/// A record, and its name as it is compared.
type Named = (Uuid, Vec<u8>);

fn is_near(one: &[u8], other: &[u8]) -> bool {
    let text = |bytes| std::str::from_utf8(bytes).unwrap_or_default();
    one != other && near::is_near(text(one), text(other))
}

/// What two records share, the surest first.
pub(super) fn in_common(one: &Likeness, other: &Likeness) -> Vec<MatchBy> {
    let keys = |likeness: &Likeness| -> Vec<(MatchBy, Vec<u8>)> {
        likeness.keys().into_iter().map(|(by, key)| (by, key.bytes())).collect()
    };
    let theirs = keys(other);
    let mut reasons: Vec<MatchBy> =
        keys(one).into_iter().filter(|key| theirs.contains(key)).map(|(by, _)| by).collect();
    let near = |likeness: &Likeness| -> Vec<(Vec<u8>, String)> {
        likeness.near().into_iter().map(|(place, name)| (place.bytes(), name)).collect()
    };
    let beside = near(other);
    let is_neighbour = near(one).into_iter().any(|(place, name)| {
        beside.iter().any(|(other, theirs)| *other == place && is_near(name.as_bytes(), theirs.as_bytes()))
    });
    if is_neighbour {
        reasons.push(MatchBy::NearName);
    }
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

/// Where a page begins: the reason, and the last entry of the page before.
struct Place {
    by: MatchBy,
    after: Option<Vec<u8>>,
}

fn text_of(by: MatchBy, after: &[u8]) -> String {
    format!("{}-{}", by.as_str(), crate::ctx::hex(after))
}

fn place_of(text: &str) -> Option<Place> {
    let (code, digits) = text.rsplit_once('-')?;
    let by = MatchBy::ALL.into_iter().find(|by| by.as_str() == code)?;
    if !digits.is_ascii() || digits.len() % 2 != 0 {
        return None;
    }
    let byte = |place: usize| u8::from_str_radix(&digits[place..place + 2], 16).ok();
    let after: Vec<u8> = (0..digits.len()).step_by(2).map(byte).collect::<Option<_>>()?;
    after.starts_with(&matches_by(by).bytes()).then_some(Place { by, after: Some(after) })
}
