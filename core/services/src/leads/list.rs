//! Lists of leads: filters, order and keyset paging over the list indexes. Records are read where an entry does not say
//! enough to decide.

use super::start_of_day;
use crate::fields::ReadValues;
use crate::lead_readings::ByScore;
use crate::merged_lists::{ListEntry, Merge};
use crate::reports::EXPORT_REACH;
use crate::{App, Ctx, Error, filters, permissions, settings};
use model::jiff::civil::Date;
use model::jiff::{Timestamp, ToSpan};
use model::uuid::Uuid;
use model::{
    Action, BULK_ROWS_MAX, FieldValue, Filter, IndexKey, Kind, Lead, LeadFacet, LeadSort, LeadStatus,
    Matcher, Scope, Source, UserId,
};
pub use store::Direction;

/// What one page may hold.
pub const PAGE_MAX: usize = 100;

/// How far a walk over a list goes: a filter that matches almost nothing answers with what it found and goes on from
/// there, instead of holding a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reach {
    /// Entries of the index.
    pub(crate) entries: usize,
    /// Records read to decide about a filter, each some ten times as long.
    pub(crate) records: usize,
}

/// Lists of people merged into one; for more, the list of all is gone through.
const LISTS_MAX: usize = 20;

/// For one page.
const PAGE_REACH: Reach = Reach { entries: 50_000, records: 5_000 };

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
    /// All the rest that people ask for.
    pub filter: Filter,
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
            filter: Filter::default(),
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
    let next = walk(app, ctx, Action::See, query, PAGE_REACH, &mut |lead| {
        leads.push(lead);
        leads.len() < limit
    })?;
    Ok(LeadPage { leads, next })
}

/// Entries looked at for a count: well under a millisecond. A filtered list is rarely longer, and nobody pages through
/// more.
pub const COUNTED_MAX: usize = 1_000;
/// The same where records must be read to decide.
const COUNT_REACH: Reach = Reach { entries: COUNTED_MAX, records: 1_000 };
/// Groups are asked for; they may look further than what stands above every list.
pub(crate) const GROUPS_REACH: Reach = Reach { entries: 10_000, records: 1_000 };

/// How many leads a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadCount {
    Exactly(usize),
    /// All of these match, and there are more.
    MoreThan(usize),
    /// So many matched before counting stopped.
    AtLeast(usize),
}

/// How many leads the caller may see that match, wherever the query begins. Counts entries of the list, and reads records
/// only where entries do not decide.
pub fn count(app: &App, ctx: &Ctx, query: &LeadQuery) -> Result<LeadCount, Error> {
    count_for(app, ctx, Action::See, query)
}

/// The same for those that the caller may do this to.
pub(crate) fn count_for(app: &App, ctx: &Ctx, action: Action, query: &LeadQuery) -> Result<LeadCount, Error> {
    let selection = Selection::new(app, ctx, action, query)?;
    let (mut matched, mut examined) = (0, 0);
    let end = selection.visit(app, None, COUNT_REACH, &mut |seen| {
        examined += 1;
        matched += usize::from(seen.is_match);
        Ok(true)
    })?;
    Ok(match end {
        None => LeadCount::Exactly(matched),
        Some(_) if matched == examined => LeadCount::MoreThan(matched),
        Some(_) => LeadCount::AtLeast(matched),
    })
}

/// The ids of the leads that the caller may see and that match, in order, for a deed on all of them.
pub fn ids(app: &App, ctx: &Ctx, query: &LeadQuery) -> Result<Vec<Uuid>, Error> {
    let selection = Selection::new(app, ctx, Action::See, query)?;
    let mut ids = Vec::new();
    selection.visit(app, None, EXPORT_REACH, &mut |seen| {
        if seen.is_match {
            ids.extend(IndexKey::record_at_end(seen.suffix));
        }
        Ok(ids.len() <= BULK_ROWS_MAX)
    })?;
    if ids.len() > BULK_ROWS_MAX {
        return Err(Error::invalid("", "bulk-too-many", BULK_ROWS_MAX.to_string()));
    }
    Ok(ids)
}

/// Calls `take` with each matching lead in order until it says `false` or as much was looked at as `reach` allows.
/// Returns where to go on.
pub(crate) fn walk(
    app: &App,
    ctx: &Ctx,
    action: Action,
    query: &LeadQuery,
    reach: Reach,
    take: &mut dyn FnMut(Lead) -> bool,
) -> Result<Option<String>, Error> {
    let selection = Selection::new(app, ctx, action, query)?;
    let after = query.cursor.as_deref().map(parse_cursor).transpose()?;
    let end = selection.visit(app, after, reach, &mut |seen| {
        if !seen.is_match {
            return Ok(true);
        }
        let lead = match seen.lead {
            Some(lead) => Some(lead),
            None => lead_of(app, seen.suffix)?,
        };
        Ok(match lead {
            // The entry may be older than the record: the record decides.
            Some(lead) if selection.reaches(&lead) => take(lead),
            _ => true,
        })
    })?;
    Ok(end.map(|suffix| crate::ctx::hex(&suffix)))
}

/// The id is the end of every key.
pub(super) fn lead_of(app: &App, suffix: &[u8]) -> Result<Option<Lead>, Error> {
    match IndexKey::record_at_end(suffix) {
        Some(id) => Ok(app.store.get::<Lead>(id)?),
        None => Ok(None),
    }
}

/// One entry of a list.
pub(super) struct Seen<'a> {
    pub(super) suffix: &'a [u8],
    pub(super) facet: &'a LeadFacet,
    /// Where it was read to decide.
    pub(super) lead: Option<Lead>,
    pub(super) is_match: bool,
}

/// Where the entries come from, in their order.
enum Walked<'a> {
    Lists(Merge<'a>),
    Scores(ByScore<'a>),
}

impl Walked<'_> {
    fn next(&mut self) -> Result<Option<ListEntry>, Error> {
        match self {
            Walked::Lists(merge) => merge.next(),
            Walked::Scores(scores) => Ok(scores.next()),
        }
    }

    fn has_more(&mut self) -> Result<bool, Error> {
        match self {
            Walked::Lists(merge) => merge.has_more(),
            Walked::Scores(scores) => Ok(scores.has_more()),
        }
    }
}

/// What a query means for whoever asks.
pub(super) struct Selection<'a> {
    query: &'a LeadQuery,
    scope: Scope,
    created_ms: std::ops::Range<i64>,
    matcher: Matcher,
    /// Archived ones are left out of a list that does not speak of them.
    archived_too: bool,
    at: Timestamp,
    pub(super) values: ReadValues,
}

impl<'a> Selection<'a> {
    /// A filter with problems is refused with all of them: half of it would show more than was asked for.
    pub(super) fn new(
        app: &App,
        ctx: &Ctx,
        action: Action,
        query: &'a LeadQuery,
    ) -> Result<Selection<'a>, Error> {
        let scope = permissions::require(ctx, Kind::Lead, action)?;
        let zone = settings::get(app, ctx)?.zone();
        let from = query.created_from.map_or(i64::MIN, |day| start_of_day(day, &zone).as_millisecond());
        let to = query
            .created_to
            .and_then(|day| day.checked_add(1.day()).ok())
            .map_or(i64::MAX, |day| start_of_day(day, &zone).as_millisecond());
        let frame = app.frame();
        let known = if query.filter.is_empty() { Vec::new() } else { filters::fields_of(&frame, Kind::Lead) };
        let context = filters::context(app, ctx, &query.filter)?;
        let matcher = query.filter.prepare(&known, &context).map_err(Error::Invalid)?;
        let archived_too = query.filter.conditions().any(|condition| condition.field == "archived");
        let values = ReadValues::now(app, ctx.at);
        Ok(Selection { query, scope, created_ms: from..to, matcher, archived_too, at: ctx.at, values })
    }

    /// Shows each entry to `take` until it says `false` or `reach` ends. Returns the last one, if more follow.
    pub(super) fn visit(
        &self,
        app: &App,
        after: Option<Vec<u8>>,
        reach: Reach,
        take: &mut dyn FnMut(Seen<'_>) -> Result<bool, Error>,
    ) -> Result<Option<Vec<u8>>, Error> {
        let mut walked = match self.query.sort {
            LeadSort::Score => Walked::Scores(ByScore::new(app, self.at, after, self.query.direction)?),
            _ => Walked::Lists(Merge::new(app, self.prefixes(self.query), after, self.query.direction)),
        };
        let (mut entries, mut records) = (0, 0);
        while let Some((suffix, value)) = walked.next()? {
            entries += 1;
            let Some(facet) = LeadFacet::from_bytes(&value) else { continue };
            let (is_match, lead) = match self.decides(&facet) {
                Some(decided) => (decided, None),
                None => {
                    records += 1;
                    let lead = lead_of(app, &suffix)?;
                    (lead.as_ref().is_some_and(|lead| self.holds(lead)), lead)
                }
            };
            let go_on = take(Seen { suffix: &suffix, facet: &facet, lead, is_match })?;
            if !go_on || entries >= reach.entries || records >= reach.records {
                return Ok(walked.has_more()?.then_some(suffix));
            }
        }
        Ok(None)
    }

    /// Whether the caller may see this record, as it is now.
    pub(super) fn reaches(&self, lead: &Lead) -> bool {
        self.scope.contains(lead.owner, lead.team)
    }

    /// Whether the record matches the filter: where its entry does not say.
    fn holds(&self, lead: &Lead) -> bool {
        self.reaches(lead) && self.matcher.matches(&|key| self.values.of(lead, key))
    }

    /// The narrowest lists that hold everything that can match.
    fn prefixes(&self, query: &LeadQuery) -> Vec<Vec<u8>> {
        let sort = query.sort;
        let people = self.matcher.people_of("owner").filter(|people| people.len() <= LISTS_MAX);
        let keys = match (query.owner, &self.scope) {
            (Some(OwnerFilter::Person(owner)), _) => vec![Lead::list_of_owner(owner, sort)],
            (_, Scope::Nothing) => Vec::new(),
            (None, _) if people.is_some() => {
                people.into_iter().flatten().map(|owner| Lead::list_of_owner(*owner, sort)).collect()
            }
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

    /// What the entry says; `None` where only the record can tell.
    fn decides(&self, facet: &LeadFacet) -> Option<bool> {
        let query = self.query;
        let may_match = self.scope.contains(facet.owner, facet.team)
            && (self.archived_too || !facet.archived)
            && query.status.is_none_or(|status| status == facet.status)
            && query.source.is_none_or(|source| Some(source) == facet.source)
            && self.created_ms.contains(&facet.created_at_ms)
            && match query.owner {
                None => true,
                Some(OwnerFilter::Nobody) => facet.owner.is_none(),
                Some(OwnerFilter::Person(owner)) => facet.owner == Some(owner),
            };
        if may_match { self.matcher.decides(&|key| facet_value(facet, key)) } else { Some(false) }
    }
}

/// The value of a field as a list entry has it; nothing for the others.
pub(super) fn facet_value(facet: &LeadFacet, key: &str) -> Option<FieldValue> {
    let codes = |code: Option<&str>| {
        code.map_or(FieldValue::Nothing, |code| FieldValue::Codes(vec![code.to_owned()]))
    };
    Some(match key {
        "status" => codes(Some(facet.status.as_str())),
        "source" => codes(facet.source.as_ref().map(Source::as_str)),
        "owner" => facet.owner.map_or(FieldValue::Nothing, FieldValue::User),
        "team" => facet.team.map_or(FieldValue::Nothing, FieldValue::Team),
        "archived" => FieldValue::Flag(facet.archived),
        "created_at" => FieldValue::Instant(Timestamp::from_millisecond(facet.created_at_ms).ok()?),
        _ => return None,
    })
}

/// Cursors are the rest of an index key as hex; one that was tampered with is a problem of the request.
pub(crate) fn parse_cursor(text: &str) -> Result<Vec<u8>, Error> {
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
