//! Lists of leads: filters, order and keyset paging over the list indexes, never over the records.

use super::start_of_day;
use crate::{App, Ctx, Error, permissions, settings};
use model::jiff::ToSpan;
use model::jiff::civil::Date;
use model::{Action, Kind, Lead, LeadFacet, LeadSort, LeadStatus, Scope, Source, UserId};
pub use store::Direction;
use store::Scan;

/// What one page may hold.
pub const PAGE_MAX: usize = 100;
/// Entries looked at for one page: a filter that matches almost nothing answers with what it found and goes on from
/// there, instead of holding a request.
const EXAMINED_MAX: usize = 50_000;
/// Entries read from the index at a time.
const CHUNK: usize = 256;

/// Whose leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerFilter {
    Person(UserId),
    Nobody,
}

/// Which leads, in which order, from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadQuery {
    pub status: Option<LeadStatus>,
    pub owner: Option<OwnerFilter>,
    pub source: Option<Source>,
    /// Created on this day or later, in the company's time zone.
    pub created_from: Option<Date>,
    /// Created on this day or earlier.
    pub created_to: Option<Date>,
    pub sort: LeadSort,
    pub direction: Direction,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    pub limit: usize,
}

impl Default for LeadQuery {
    /// The newest first.
    fn default() -> LeadQuery {
        LeadQuery {
            status: None,
            owner: None,
            source: None,
            created_from: None,
            created_to: None,
            sort: LeadSort::Created,
            direction: Direction::Backward,
            cursor: None,
            limit: 50,
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct LeadPage {
    pub leads: Vec<Lead>,
    /// Where the next page begins; absent on the last one.
    pub next: Option<String>,
}

/// The leads the caller may see that match, in order.
pub fn list(app: &App, ctx: &Ctx, query: &LeadQuery) -> Result<LeadPage, Error> {
    let mut leads = Vec::with_capacity(query.limit);
    let limit = query.limit.clamp(1, PAGE_MAX);
    let next = walk(app, ctx, Action::See, query, EXAMINED_MAX, &mut |lead| {
        leads.push(lead);
        leads.len() < limit
    })?;
    Ok(LeadPage { leads, next })
}

/// Entries looked at for a count: exact for most companies, some milliseconds for the others.
pub const COUNTED_MAX: usize = 10_000;

/// How many leads a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadCount {
    Exactly(usize),
    /// All of these match, and there are more.
    MoreThan(usize),
    /// So many matched before counting stopped.
    AtLeast(usize),
}

/// How many leads the caller may see that match, wherever the query begins. Counts entries of the list, not records.
pub fn count(app: &App, ctx: &Ctx, query: &LeadQuery) -> Result<LeadCount, Error> {
    let scope = permissions::require(ctx, Kind::Lead, Action::See)?;
    let filter = Filter::new(app, ctx, query, scope)?;
    let mut merge = Merge::new(app, filter.prefixes(query), None, query.direction);
    let (mut matched, mut examined) = (0, 0);
    while let Some((_, facet)) = merge.next()? {
        examined += 1;
        matched += usize::from(filter.matches(&facet));
        if examined >= COUNTED_MAX && merge.has_more()? {
            let all = matched == examined;
            return Ok(if all { LeadCount::MoreThan(matched) } else { LeadCount::AtLeast(matched) });
        }
    }
    Ok(LeadCount::Exactly(matched))
}

/// Calls `take` with each matching lead in order until it says `false` or `examined_max` entries were looked at.
/// Returns where to go on.
pub(crate) fn walk(
    app: &App,
    ctx: &Ctx,
    action: Action,
    query: &LeadQuery,
    examined_max: usize,
    take: &mut dyn FnMut(Lead) -> bool,
) -> Result<Option<String>, Error> {
    let scope = permissions::require(ctx, Kind::Lead, action)?;
    let filter = Filter::new(app, ctx, query, scope)?;
    let after = query.cursor.as_deref().map(parse_cursor).transpose()?;
    let mut merge = Merge::new(app, filter.prefixes(query), after, query.direction);
    let mut examined = 0;
    while let Some((suffix, facet)) = merge.next()? {
        examined += 1;
        let matched = filter.matches(&facet);
        let go_on = match matched.then(|| lead_of(app, &suffix)).transpose()?.flatten() {
            // The entry may be older than the record: the record decides.
            Some(lead) if filter.scope.contains(lead.owner, lead.team) => take(lead),
            _ => true,
        };
        if !go_on || examined >= examined_max {
            return Ok(merge.has_more()?.then(|| crate::ctx::hex(&suffix)));
        }
    }
    Ok(None)
}

/// The id is the end of every key.
fn lead_of(app: &App, suffix: &[u8]) -> Result<Option<Lead>, Error> {
    let id =
        suffix.len().checked_sub(16).and_then(|start| model::uuid::Uuid::from_slice(&suffix[start..]).ok());
    match id {
        Some(id) => Ok(app.store.get::<Lead>(id)?),
        None => Ok(None),
    }
}

struct Filter<'a> {
    query: &'a LeadQuery,
    scope: Scope,
    created_ms: std::ops::Range<i64>,
}

impl<'a> Filter<'a> {
    fn new(app: &App, ctx: &Ctx, query: &'a LeadQuery, scope: Scope) -> Result<Filter<'a>, Error> {
        let zone = settings::get(app, ctx)?.zone();
        let from = query.created_from.map_or(i64::MIN, |day| start_of_day(day, &zone).as_millisecond());
        let to = query
            .created_to
            .and_then(|day| day.checked_add(1.day()).ok())
            .map_or(i64::MAX, |day| start_of_day(day, &zone).as_millisecond());
        Ok(Filter { query, scope, created_ms: from..to })
    }

    /// The narrowest lists that hold everything that can match.
    fn prefixes(&self, query: &LeadQuery) -> Vec<Vec<u8>> {
        let sort = query.sort;
        let keys = match (query.owner, &self.scope) {
            (Some(OwnerFilter::Person(owner)), _) => vec![Lead::list_of_owner(owner, sort)],
            (_, Scope::Nothing) => Vec::new(),
            (_, Scope::Own(user)) => vec![Lead::list_of_owner(*user, sort)],
            (_, Scope::Everything) => vec![Lead::list_of_all(sort)],
            (_, Scope::Teams(teams, user)) => teams
                .iter()
                .map(|team| Lead::list_of_team(*team, sort))
                .chain([Lead::list_of_owner(*user, sort)])
                .collect(),
        };
        keys.into_iter().map(model::IndexKey::bytes).collect()
    }

    fn matches(&self, facet: &LeadFacet) -> bool {
        let query = self.query;
        self.scope.contains(facet.owner, facet.team)
            && query.status.is_none_or(|status| status == facet.status)
            && query.source.is_none_or(|source| Some(source) == facet.source)
            && self.created_ms.contains(&facet.created_at_ms)
            && match query.owner {
                None => true,
                Some(OwnerFilter::Nobody) => facet.owner.is_none(),
                Some(OwnerFilter::Person(owner)) => facet.owner == Some(owner),
            }
    }
}

/// Several lists of the same order as one, without doubles. What follows a list's prefix compares across lists.
struct Merge<'a> {
    app: &'a App,
    lists: Vec<OneList>,
    direction: Direction,
}

struct OneList {
    prefix: Vec<u8>,
    /// Read and not taken yet, in reverse, so that the next one is at the end.
    waiting: Vec<(Vec<u8>, Vec<u8>)>,
    after: Option<Vec<u8>>,
    exhausted: bool,
}

impl<'a> Merge<'a> {
    fn new(app: &'a App, prefixes: Vec<Vec<u8>>, after: Option<Vec<u8>>, direction: Direction) -> Merge<'a> {
        let lists = prefixes
            .into_iter()
            .map(|prefix| {
                let after = after.as_ref().map(|suffix| [prefix.as_slice(), suffix].concat());
                OneList { prefix, waiting: Vec::new(), after, exhausted: false }
            })
            .collect();
        Merge { app, lists, direction }
    }

    fn next(&mut self) -> Result<Option<(Vec<u8>, LeadFacet)>, Error> {
        loop {
            self.fill()?;
            let first = self.lists.iter().filter_map(|list| list.waiting.last()).map(|(suffix, _)| suffix);
            let chosen = match self.direction {
                Direction::Forward => first.min(),
                Direction::Backward => first.max(),
            };
            let Some(chosen) = chosen.cloned() else {
                return Ok(None);
            };
            let mut facet = None;
            for list in &mut self.lists {
                if list.waiting.last().is_some_and(|(suffix, _)| *suffix == chosen) {
                    facet = list.waiting.pop().and_then(|(_, value)| LeadFacet::from_bytes(&value));
                }
            }
            if let Some(facet) = facet {
                return Ok(Some((chosen, facet)));
            }
        }
    }

    fn has_more(&mut self) -> Result<bool, Error> {
        self.fill()?;
        Ok(self.lists.iter().any(|list| !list.waiting.is_empty()))
    }

    fn fill(&mut self) -> Result<(), Error> {
        for list in &mut self.lists {
            if list.exhausted || !list.waiting.is_empty() {
                continue;
            }
            let entries = self.app.store.scan(&Scan {
                prefix: list.prefix.clone(),
                after: list.after.take(),
                direction: self.direction,
                limit: CHUNK,
            })?;
            list.exhausted = entries.len() < CHUNK;
            list.after = entries.last().map(|entry| entry.key.clone());
            list.waiting = entries
                .into_iter()
                .rev()
                .map(|entry| (entry.key[list.prefix.len()..].to_vec(), entry.value))
                .collect();
        }
        Ok(())
    }
}

/// Cursors are the rest of an index key as hex; one that was tampered with is a problem of the request.
fn parse_cursor(text: &str) -> Result<Vec<u8>, Error> {
    let digits = text.as_bytes();
    let wrong = || Error::invalid("cursor", "cursor", text.chars().take(80).collect::<String>());
    if !digits.len().is_multiple_of(2) || digits.len() > 400 {
        return Err(wrong());
    }
    digits
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect::<Option<Vec<u8>>>()
        .ok_or_else(wrong)
}
