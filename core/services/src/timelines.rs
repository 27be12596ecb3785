//! What happened to a record, to those that belong to it, and to the leads that became it, newest first: all of it or of
//! one sort.

use crate::{App, Ctx, Error, costs, leads, merges, permissions, records};
use model::uuid::Uuid;
use model::{Action, Activity, Change, Deed, Kind, LeadId, Level};
use std::collections::VecDeque;

/// What is shown at once.
pub const TIMELINE_MAX: usize = 50;
/// Changes looked through for one page of one sort; who wants more goes on from there.
const EXAMINED_MAX: usize = 3_000;
/// Changes read at a time.
const CHUNK: usize = 100;
/// Leads that became one record whose activities are shown with it, the latest.
const CAME_FROM_MAX: usize = 10;

/// Which changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sort {
    #[default]
    Everything,
    Notes,
    Calls,
    Emails,
    /// And visits.
    Meetings,
    Tasks,
    /// All that happened to quotes: on the page of a quote, to its other versions.
    Quotes,
    /// Documents: brought, changed, taken away.
    Files,
    /// Of an opportunity, and statuses of a lead.
    Stages,
    /// Other changes of fields.
    Fields,
    /// What was made, deleted, agreed to.
    Others,
}

impl Sort {
    pub const ALL: [Sort; 11] = [
        Sort::Everything,
        Sort::Notes,
        Sort::Calls,
        Sort::Emails,
        Sort::Meetings,
        Sort::Tasks,
        Sort::Quotes,
        Sort::Files,
        Sort::Stages,
        Sort::Fields,
        Sort::Others,
    ];

    /// As in addresses and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Everything => "all",
            Sort::Notes => "notes",
            Sort::Calls => "calls",
            Sort::Emails => "emails",
            Sort::Meetings => "meetings",
            Sort::Tasks => "tasks",
            Sort::Quotes => "quotes",
            Sort::Files => "files",
            Sort::Stages => "stages",
            Sort::Fields => "fields",
            Sort::Others => "others",
        }
    }

    pub fn from_code(code: &str) -> Option<Sort> {
        Sort::ALL.into_iter().find(|sort| sort.as_str() == code)
    }

    fn has(self, change: &Change, record: Uuid) -> bool {
        self == Sort::Everything || self == Sort::of(change, record)
    }

    /// The sort of a change on the timeline of a record, where there are several the first.
    fn of(change: &Change, record: Uuid) -> Sort {
        match change.kind {
            Kind::Activity => return of_activity(change),
            Kind::Quote if change.id != record => return Sort::Quotes,
            Kind::Document if change.id != record => return Sort::Files,
            _ => {}
        }
        let is_stage = |field: &str| matches!(field, "stage" | "status");
        match change.deed {
            Deed::Updated if change.before.keys().any(|field| is_stage(field)) => Sort::Stages,
            Deed::Updated => Sort::Fields,
            Deed::Created | Deed::Deleted => Sort::Others,
        }
    }
}

/// By what it is after the change; before it, where it was deleted.
fn of_activity(change: &Change) -> Sort {
    let kind = match change.record::<Activity>() {
        Some(activity) => activity.kind,
        None => change.before.get("kind").and_then(|kind| kind.as_str()).map(str::to_owned),
    };
    match kind.as_deref() {
        Some("call") => Sort::Calls,
        Some("email") => Sort::Emails,
        Some("meeting" | "visit") => Sort::Meetings,
        Some("task") => Sort::Tasks,
        _ => Sort::Notes,
    }
}

/// A page of a timeline.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Timeline {
    pub changes: Vec<Change>,
    /// The number to go on before; absent where there is nothing older.
    pub next: Option<u64>,
}

/// What happened to a record of any entity, leads too; older than `before` when it is given.
pub fn page(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    id: Uuid,
    before: Option<u64>,
    sort: Sort,
) -> Result<Timeline, Error> {
    match kind {
        Kind::Lead => drop(leads::get(app, ctx, LeadId(id))?),
        kind => drop(records::get(app, ctx, kind, id)?),
    }
    let mut sources = vec![Source::new(app, id, before, false)];
    for lead in came_from(app, kind, id)? {
        sources.push(Source::new(app, lead, before, true));
    }
    let (mut changes, mut examined, mut last) = (Vec::new(), 0, None);
    loop {
        let mut newest: Option<(u64, usize)> = None;
        for (place, source) in sources.iter_mut().enumerate() {
            newest = newest.max(source.newest()?.map(|seq| (seq, place)));
        }
        let Some((seq, place)) = newest else {
            return Ok(Timeline { changes, next: None });
        };
        if changes.len() == TIMELINE_MAX || examined == EXAMINED_MAX {
            return Ok(Timeline { changes, next: last });
        }
        let Some(mut change) = sources.get_mut(place).and_then(|source| source.waiting.pop_front()) else {
            return Ok(Timeline { changes, next: None });
        };
        examined += 1;
        // One that is about both the record and its lead stands on both timelines.
        if last != Some(seq) && sort.has(&change, id) && may_see(app, ctx, id, &change) {
            costs::redact(ctx, &mut change);
            changes.push(change);
        }
        last = Some(seq);
    }
}

/// A record's timeline also shows those that belong to it: only where the reader may see them.
pub(crate) fn may_see(app: &App, ctx: &Ctx, id: Uuid, change: &Change) -> bool {
    change.id == id
        || matches!(
            change.kind,
            Kind::Activity | Kind::Document | Kind::Consent | Kind::Merge | Kind::Distinct
        )
        || permissions::level(ctx, change.kind, Action::See) == Level::All
        || records::visible(app, ctx, change.kind, change.id).is_ok_and(|record| record.is_some())
        || merges::answers(app, change.kind, change.id).is_ok_and(|answers| answers == Some(id))
}

/// The leads that became a record: what was done about them belongs to its story.
pub(crate) fn came_from(app: &App, kind: Kind, id: Uuid) -> Result<Vec<Uuid>, Error> {
    match kind {
        Kind::Company | Kind::Contact | Kind::Opportunity => {
            records::linked_ids(app, id, Kind::Lead, CAME_FROM_MAX)
        }
        _ => Ok(Vec::new()),
    }
}

/// The timeline of one record, read as far as it is needed.
struct Source<'a> {
    app: &'a App,
    record: Uuid,
    before: Option<u64>,
    /// Of a lead only what was done about it counts, and its documents; what it was is on its own page.
    only_beside: bool,
    waiting: VecDeque<Change>,
    is_over: bool,
}

impl<'a> Source<'a> {
    fn new(app: &'a App, record: Uuid, before: Option<u64>, only_beside: bool) -> Source<'a> {
        Source { app, record, before, only_beside, waiting: VecDeque::new(), is_over: false }
    }

    fn newest(&mut self) -> Result<Option<u64>, Error> {
        while self.waiting.is_empty() && !self.is_over {
            let changes = merges::changes(self.app, self.record, self.before, CHUNK)?;
            self.is_over = changes.len() < CHUNK;
            self.before = changes.last().map(|change| change.seq);
            let wanted =
                |change: &Change| !self.only_beside || matches!(change.kind, Kind::Activity | Kind::Document);
            self.waiting.extend(changes.into_iter().filter(wanted));
        }
        Ok(self.waiting.front().map(|change| change.seq))
    }
}
