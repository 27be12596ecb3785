//! From lead to client: what a record came from and what it became, from whichever end one looks; and the companies above
//! and below one. Only what the reader may see.

use super::{Record, linked_ids, visible};
use crate::{App, Ctx, Error, permissions};
use model::uuid::Uuid;
use model::{Action, AnyRecord, Company, FieldValue, Kind, Lead, Opportunity};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Records of one step that are named; the page of the record lists all.
const NAMED_MAX: usize = 3;
/// Links looked at for them.
const LINKS_MAX: usize = 50;

/// One step of the way: records of one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainStep {
    pub kind: Kind,
    /// Ids and names, the latest first.
    pub records: Vec<(Uuid, String)>,
    /// Whether there are more than are named.
    pub has_more: bool,
    /// Whether it is the record that is looked from.
    pub is_here: bool,
}

/// The way of a record from lead to client; empty where it is no way.
pub fn chain(app: &App, ctx: &Ctx, record: &dyn AnyRecord) -> Result<Vec<ChainStep>, Error> {
    let id = record.about().id;
    let linked = |key: &str| match record.built_in(key) {
        FieldValue::Record(id) => vec![id],
        _ => Vec::new(),
    };
    let (leads, opportunities, companies, contacts) = match record.entity() {
        Kind::Lead => {
            let lead = app.store.get::<Lead>(id)?;
            let made = lead.and_then(|lead| lead.conversion);
            let of = |part: Option<Uuid>| part.into_iter().collect::<Vec<_>>();
            let made = made.as_ref();
            (
                vec![id],
                of(made.and_then(|made| made.opportunity)),
                of(made.and_then(|made| made.company)),
                of(made.and_then(|made| made.contact)),
            )
        }
        Kind::Opportunity => (linked("lead"), vec![id], linked("company"), linked("contact")),
        Kind::Quote => {
            let (mut leads, opportunities) = (linked("lead"), linked("opportunity"));
            for opportunity in &opportunities {
                let lead = app.store.get::<Opportunity>(*opportunity)?.and_then(|deal| deal.lead);
                leads.extend(lead.filter(|lead| !leads.contains(lead)));
            }
            (leads, opportunities, linked("company"), linked("contact"))
        }
        Kind::Company | Kind::Contact => {
            let leads = linked_ids(app, id, Kind::Lead, LINKS_MAX)?;
            let opportunities = linked_ids(app, id, Kind::Opportunity, LINKS_MAX)?;
            match record.entity() {
                Kind::Company => (leads, opportunities, vec![id], Vec::new()),
                _ => (leads, opportunities, linked("company"), vec![id]),
            }
        }
        _ => return Ok(Vec::new()),
    };
    let mut steps = Vec::new();
    let quotes = quotes_of(app, record, &opportunities)?;
    let ways = [
        (Kind::Lead, leads),
        (Kind::Opportunity, opportunities),
        (Kind::Quote, quotes),
        (Kind::Company, companies),
        (Kind::Contact, contacts),
    ];
    for (kind, ids) in ways {
        steps.extend(step(app, ctx, kind, &ids, id)?);
    }
    Ok(if steps.len() > 1 { steps } else { Vec::new() })
}

/// The quotes on the way, the latest first: those of the opportunities, of the lead, and of the client.
fn quotes_of(app: &App, record: &dyn AnyRecord, opportunities: &[Uuid]) -> Result<Vec<Uuid>, Error> {
    let id = record.about().id;
    if record.entity() == Kind::Quote {
        return Ok(vec![id]);
    }
    let mut quotes = Vec::new();
    for opportunity in opportunities.iter().take(NAMED_MAX) {
        quotes.extend(linked_ids(app, *opportunity, Kind::Quote, LINKS_MAX)?);
    }
    if matches!(record.entity(), Kind::Lead | Kind::Company | Kind::Contact) {
        quotes.extend(linked_ids(app, id, Kind::Quote, LINKS_MAX)?);
    }
    // Ids begin with when they were made.
    quotes.sort_unstable_by_key(|quote| Reverse(*quote));
    quotes.dedup();
    Ok(quotes)
}

fn step(app: &App, ctx: &Ctx, kind: Kind, ids: &[Uuid], here: Uuid) -> Result<Option<ChainStep>, Error> {
    let (mut records, mut has_more) = (Vec::new(), false);
    for id in ids {
        let Some(record) = visible(app, ctx, kind, *id)? else { continue };
        if records.len() == NAMED_MAX {
            has_more = true;
            break;
        }
        records.push((*id, record.name()));
    }
    let is_here = ids == [here];
    Ok((!records.is_empty()).then_some(ChainStep { kind, records, has_more, is_here }))
}

/// Companies above and below one another that are looked at; a group of more has lists of its own.
const GROUP_MAX: usize = 50;
/// Levels of it.
const LEVELS_MAX: usize = 6;
/// Contacts and opportunities that are counted in all of it.
const COUNTED_MAX: usize = 500;

/// A company of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupNode {
    pub id: Uuid,
    pub name: String,
    /// 0 for the one on top.
    pub level: usize,
    pub is_here: bool,
}

/// The companies that belong together, in the order of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CompanyGroup {
    pub nodes: Vec<GroupNode>,
    /// Whether there are more than are shown.
    pub has_more: bool,
    /// In the company itself and all below it, as far as the reader sees them.
    pub contacts: usize,
    pub opportunities: usize,
    /// Whether counting stopped before the end.
    pub counts_more: bool,
}

/// The group of a company; nothing where it stands alone.
pub fn group(app: &App, ctx: &Ctx, id: Uuid) -> Result<Option<CompanyGroup>, Error> {
    let Some(record) = visible(app, ctx, Kind::Company, id)? else { return Ok(None) };
    let mut top = record;
    for _ in 0..LEVELS_MAX {
        let FieldValue::Record(above) = top.built_in("parent") else { break };
        match visible(app, ctx, Kind::Company, above)? {
            Some(parent) if above != id => top = parent,
            _ => break,
        }
    }
    let mut group = CompanyGroup::default();
    let (mut seen, mut below) = (BTreeSet::new(), Vec::new());
    add(app, ctx, &mut group, &mut seen, &mut below, (top.as_ref(), 0, id, false))?;
    if group.nodes.len() < 2 {
        return Ok(None);
    }
    let mut left = COUNTED_MAX;
    for kind in [Kind::Contact, Kind::Opportunity] {
        if !permissions::may(ctx, kind, Action::See) {
            continue;
        }
        let count = count(app, ctx, kind, &below, &mut left)?;
        if kind == Kind::Contact { group.contacts = count } else { group.opportunities = count }
    }
    group.counts_more = left == 0;
    Ok(Some(group))
}

/// A company, how deep it is, the one that is looked from, and whether it is below that one.
type Place<'r> = (&'r dyn AnyRecord, usize, Uuid, bool);

fn add(
    app: &App,
    ctx: &Ctx,
    group: &mut CompanyGroup,
    seen: &mut BTreeSet<Uuid>,
    below: &mut Vec<Uuid>,
    (company, level, here, is_below): Place<'_>,
) -> Result<(), Error> {
    let id = company.about().id;
    if !seen.insert(id) {
        return Ok(());
    }
    if group.nodes.len() == GROUP_MAX || level > LEVELS_MAX {
        group.has_more = true;
        return Ok(());
    }
    let is_below = is_below || id == here;
    if is_below {
        below.push(id);
    }
    group.nodes.push(GroupNode { id, name: company.name(), level, is_here: id == here });
    let mut daughters: Vec<Record> = Vec::new();
    for daughter in linked_ids(app, id, Kind::Company, GROUP_MAX)? {
        let record = visible(app, ctx, Kind::Company, daughter)?;
        daughters.extend(record.filter(|record| record.built_in("parent") == FieldValue::Record(id)));
    }
    daughters.sort_by_cached_key(|record| model::fold(&record.name()));
    for daughter in &daughters {
        add(app, ctx, group, seen, below, (daughter.as_ref(), level + 1, here, is_below))?;
    }
    Ok(())
}

/// Records of an entity at any of these companies, each once.
fn count(app: &App, ctx: &Ctx, kind: Kind, companies: &[Uuid], left: &mut usize) -> Result<usize, Error> {
    let mut found = BTreeSet::new();
    for company in companies {
        for id in linked_ids(app, *company, kind, *left)? {
            if *left == 0 {
                return Ok(found.len());
            }
            *left -= 1;
            if visible(app, ctx, kind, id)?.is_some() {
                found.insert(id);
            }
        }
    }
    Ok(found.len())
}

/// Whether a company belongs to another one already, at whatever distance: it cannot be above it then.
pub(super) fn is_above(app: &App, company: Uuid, mut below: Uuid) -> Result<bool, Error> {
    let mut seen = BTreeSet::new();
    while seen.insert(below) {
        if below == company {
            return Ok(true);
        }
        match app.store.get::<Company>(below)?.and_then(|company| company.parent) {
            Some(parent) => below = parent,
            None => return Ok(false),
        }
    }
    Ok(false)
}
