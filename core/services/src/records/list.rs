//! Lists of records of one entity: filters, order and keyset paging over the list indexes. Records are read where an
//! entry does not say enough to decide.

use super::{Record, Shape, read, shape_of};
use crate::leads::{self, LeadCount, LeadQuery, PAGE_MAX, Reach, parse_cursor};
use crate::merged_lists::Merge;
use crate::reports::EXPORT_REACH;
use crate::{App, Ctx, Error, board, costs, fields, filters, permissions};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{
    Action, AnyRecord, BULK_ROWS_MAX, CREATED, Document, Facet, FieldValue, Filter, Frame, IndexKey, Kind,
    LeadSort, Matcher, Scope, UserId, VALID_UNTIL, list_of_owner, lists_of_scope,
};
use std::sync::Arc;
use store::Direction;

/// Lists of people merged into one; for more, the list of all is gone through.
const LISTS_MAX: usize = 20;
/// For one page.
const PAGE_REACH: Reach = Reach { entries: 50_000, records: 5_000 };
/// For the number above a list.
const COUNT_REACH: Reach = Reach { entries: crate::leads::COUNTED_MAX, records: 1_000 };
/// The field whose condition brings archived records into a list.
const ARCHIVED: &str = "archived";

/// Which records, in which order, from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Records put away are left out unless it speaks of `archived`.
    pub filter: Filter,
    /// `created_at` or one of the entity's sorts; anything else is the former.
    pub sort: String,
    pub direction: Direction,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    pub limit: usize,
}

impl Default for Query {
    /// The newest first.
    fn default() -> Query {
        Query {
            filter: Filter::default(),
            sort: CREATED.to_owned(),
            direction: Direction::Backward,
            cursor: None,
            limit: 50,
        }
    }
}

/// One page of a list.
pub struct Page {
    pub records: Vec<Record>,
    /// Where the next page begins; absent on the last one.
    pub next: Option<String>,
}

/// The records the caller may see that match, in order.
pub fn list(app: &App, ctx: &Ctx, kind: Kind, query: &Query) -> Result<Page, Error> {
    let limit = query.limit.clamp(1, PAGE_MAX);
    let mut records = Vec::with_capacity(limit);
    let next = walk(app, ctx, kind, Action::See, query, PAGE_REACH, &mut |record| {
        records.push(record);
        records.len() < limit
    })?;
    Ok(Page { records, next })
}

/// The ids of the records of any entity, leads too, that the caller may see and that match, in order, for a deed on all of them.
pub fn ids(app: &App, ctx: &Ctx, kind: Kind, query: &Query) -> Result<Vec<Uuid>, Error> {
    if kind == Kind::Lead {
        let sort = LeadSort::from_code(&query.sort).unwrap_or_default();
        let (filter, direction) = (query.filter.clone(), query.direction);
        return leads::ids(app, ctx, &LeadQuery { filter, sort, direction, ..LeadQuery::default() });
    }
    let selection = Selection::new(app, ctx, kind, Action::See, query)?;
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

/// How many records the caller may see that match, wherever the query begins.
pub fn count(app: &App, ctx: &Ctx, kind: Kind, query: &Query) -> Result<LeadCount, Error> {
    let selection = Selection::new(app, ctx, kind, Action::See, query)?;
    if kind == Kind::Opportunity {
        return board::count(app, &selection);
    }
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

/// Calls `take` with each matching record in order until it says `false` or as much was looked at as `reach` allows.
/// Returns where to go on.
pub(crate) fn walk(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    action: Action,
    query: &Query,
    reach: Reach,
    take: &mut dyn FnMut(Record) -> bool,
) -> Result<Option<String>, Error> {
    let selection = Selection::new(app, ctx, kind, action, query)?;
    let after = query.cursor.as_deref().map(parse_cursor).transpose()?;
    let end = selection.visit(app, after, reach, &mut |seen| {
        if !seen.is_match {
            return Ok(true);
        }
        let record = match seen.record {
            Some(record) => Some(record),
            None => record_of(app, kind, seen.suffix)?,
        };
        Ok(match record {
            // The entry may be older than the record: the record decides.
            Some(record) if selection.reaches(record.as_ref()) => take(costs::for_reader(ctx, record)),
            _ => true,
        })
    })?;
    Ok(end.map(|suffix| crate::ctx::hex(&suffix)))
}

/// Brings up to date what is known of records of an entity besides their entries.
pub(super) fn get_to_know(app: &App, kind: Kind) -> Result<(), Error> {
    if kind == Kind::Opportunity { board::bring_up_to_date(app) } else { Ok(()) }
}

/// The value of a field that is known without reading the record.
pub(super) fn known(app: &App, kind: Kind, id: Uuid, key: &str) -> Option<FieldValue> {
    if kind == Kind::Opportunity { board::known(app, id, key) } else { None }
}

/// The id is the end of every key.
pub(super) fn record_of(app: &App, kind: Kind, suffix: &[u8]) -> Result<Option<Record>, Error> {
    IndexKey::record_at_end(suffix).map_or(Ok(None), |id| read(app, kind, id))
}

/// One entry of a list.
pub(super) struct Seen<'a> {
    pub(super) suffix: &'a [u8],
    pub(super) facet: &'a Facet,
    /// Where it was read to decide.
    pub(super) record: Option<Record>,
    pub(super) is_match: bool,
}

/// What a query means for whoever asks.
pub(crate) struct Selection<'a> {
    shape: Shape,
    query: &'a Query,
    pub(crate) scope: Scope,
    with_archived: bool,
    matcher: Matcher,
    pub(crate) frame: Arc<Frame>,
    /// Whose question it is, where records are in the list with those that they are about, too.
    by_link: Option<(&'a App, &'a Ctx, Action)>,
}

impl<'a> Selection<'a> {
    /// A filter with problems is refused with all of them: half of it would show more than was asked for.
    pub(crate) fn new(
        app: &'a App,
        ctx: &'a Ctx,
        kind: Kind,
        action: Action,
        query: &'a Query,
    ) -> Result<Selection<'a>, Error> {
        let scope = permissions::require(ctx, kind, action)?;
        let frame = app.frame();
        let known = if query.filter.is_empty() { Vec::new() } else { filters::fields_for(ctx, &frame, kind) };
        let context = filters::context(app, ctx, &query.filter)?;
        let matcher = query.filter.prepare(&known, &context).map_err(Error::Invalid)?;
        let with_archived = query.filter.conditions().any(|condition| condition.field == ARCHIVED);
        let by_link = permissions::is_listed_by_link(kind, &scope).then_some((app, ctx, action));
        Ok(Selection { shape: shape_of(kind)?, query, scope, with_archived, matcher, frame, by_link })
    }

    /// Shows each entry to `take` until it says `false` or `reach` ends. Returns the last one, if more follow.
    pub(super) fn visit(
        &self,
        app: &App,
        after: Option<Vec<u8>>,
        reach: Reach,
        take: &mut dyn FnMut(Seen<'_>) -> Result<bool, Error>,
    ) -> Result<Option<Vec<u8>>, Error> {
        if !self.query.filter.is_empty() {
            get_to_know(app, self.shape.kind)?;
        }
        let mut merge = Merge::new(app, self.prefixes(), after, self.query.direction);
        let (mut entries, mut records) = (0, 0);
        while let Some((suffix, value)) = merge.next()? {
            entries += 1;
            let Some(facet) = Facet::from_bytes(&value) else { continue };
            let further = |key: &str| self.known(app, &suffix, key);
            let (is_match, record) = match self.decides_with(&facet, &further) {
                Some(decided) => (decided, None),
                None => {
                    records += 1;
                    let record = record_of(app, self.shape.kind, &suffix)?;
                    (record.as_deref().is_some_and(|record| self.holds(record)), record)
                }
            };
            let go_on = take(Seen { suffix: &suffix, facet: &facet, record, is_match })?;
            if !go_on || entries >= reach.entries || records >= reach.records {
                return Ok(merge.has_more()?.then_some(suffix));
            }
        }
        Ok(None)
    }

    /// Whether the caller may see this record, as it is now.
    pub(crate) fn reaches(&self, record: &dyn AnyRecord) -> bool {
        if let Some((app, ctx, action)) = self.by_link {
            return permissions::is_listed(app, ctx, record, action).unwrap_or_default();
        }
        let (owner, team) = record.responsible();
        self.scope.contains(owner, team)
    }

    /// Whether the record matches the filter: where its entry does not say.
    pub(crate) fn holds(&self, record: &dyn AnyRecord) -> bool {
        self.reaches(record) && self.matcher.matches(&|key| fields::value_of(&self.frame, record, key))
    }

    /// The narrowest lists that hold everything that can match.
    fn prefixes(&self) -> Vec<Vec<u8>> {
        let sort = self.shape.sorts.iter().position(|sort| *sort == self.query.sort);
        // The time of creation comes before the entity's own.
        let sort = sort.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(0);
        let keys = match self.people() {
            Some(people) => people.iter().map(|owner| list_of_owner(self.shape.kind, *owner, sort)).collect(),
            None if self.by_link.is_some() => lists_of_scope(self.shape.kind, &Scope::Everything, sort),
            None => lists_of_scope(self.shape.kind, &self.scope, sort),
        };
        keys.into_iter().map(IndexKey::bytes).collect()
    }

    /// Those whose lists hold everything that can match, where the filter names so few that their lists are merged.
    pub(crate) fn people(&self) -> Option<&[UserId]> {
        let people = self.matcher.people_of("owner").filter(|people| people.len() <= LISTS_MAX);
        people.filter(|_| !matches!(self.scope, Scope::Nothing))
    }

    /// What the entry says, and what is known besides it; `None` where only the record can tell.
    pub(crate) fn decides_with(
        &self,
        facet: &Facet,
        further: &dyn Fn(&str) -> Option<FieldValue>,
    ) -> Option<bool> {
        let is_within = self.scope.contains(facet.owner, facet.team);
        let may_match = (is_within || self.by_link.is_some()) && (self.with_archived || !facet.archived);
        if !may_match {
            return Some(false);
        }
        let decided = self.matcher.decides(&|key| self.facet_value(facet, key).or_else(|| further(key)));
        // What it is about, the record says.
        if is_within { decided } else { decided.filter(|is_match| !is_match) }
    }

    /// The value of a field as a list entry has it, or as it is known besides; nothing for the others.
    pub(super) fn seen_value(&self, app: &App, seen: &Seen<'_>, key: &str) -> Option<FieldValue> {
        self.facet_value(seen.facet, key).or_else(|| self.known(app, seen.suffix, key))
    }

    fn known(&self, app: &App, suffix: &[u8], key: &str) -> Option<FieldValue> {
        let is_said = self.shape.kind == Kind::Document && key == VALID_UNTIL && self.query.sort == key;
        if is_said {
            return Document::last_day_of_entry(suffix);
        }
        known(app, self.shape.kind, IndexKey::record_at_end(suffix)?, key)
    }

    fn facet_value(&self, facet: &Facet, key: &str) -> Option<FieldValue> {
        if let Some(place) = self.shape.facets.iter().position(|facet| *facet == key) {
            let code = facet.codes.get(place).filter(|code| !code.is_empty());
            return Some(code.map_or(FieldValue::Nothing, |code| FieldValue::Codes(vec![code.clone()])));
        }
        Some(match key {
            "owner" => facet.owner.map_or(FieldValue::Nothing, FieldValue::User),
            "team" => facet.team.map_or(FieldValue::Nothing, FieldValue::Team),
            ARCHIVED => FieldValue::Flag(facet.archived),
            CREATED => FieldValue::Instant(Timestamp::from_millisecond(facet.created_at_ms).ok()?),
            _ => return None,
        })
    }
}
