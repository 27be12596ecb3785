//! What the journal says of each function of the programme: what was set up, what is used, since when and until when.

use super::all_screens;
use crate::parametrization::{self, Log};
use crate::{App, Ctx, Error, settings};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{Change, Deed, Import, Kind, Parametrization, ProgramFunction, Screen, Settings, Via};
use std::collections::BTreeMap;
use store::JOURNAL_PAGE_MAX;

/// Imports that a pack lists.
const IMPORTS_MAX: usize = 500;

/// How much of something there is, and when it was worked with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub created: u64,
    pub changed: u64,
    pub deleted: u64,
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
}

impl Usage {
    /// How many there are now.
    pub fn now(self) -> u64 {
        self.created.saturating_sub(self.deleted)
    }

    pub fn is_empty(self) -> bool {
        self.first.is_none()
    }

    fn count(&mut self, change: &Change) {
        match change.deed {
            Deed::Created => self.created += 1,
            Deed::Updated => self.changed += 1,
            Deed::Deleted => self.deleted += 1,
        }
        self.first = self.first.or(Some(change.at));
        self.last = Some(change.at);
    }
}

/// One function.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionEvidence {
    pub function: ProgramFunction,
    /// Phase one: what was set up.
    pub configured: Vec<(Kind, Usage)>,
    /// Phase two: what is used.
    pub used: Vec<(Kind, Usage)>,
    /// What other systems did, for the function of integration.
    pub by_api: Usage,
    pub minutes: u64,
    pub entries: Vec<Parametrization>,
    pub screens: Vec<Screen>,
}

/// All that a pack is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    pub settings: Settings,
    pub log: Log,
    /// The company and its people: they are part of every function.
    pub general: Vec<(Kind, Usage)>,
    pub functions: Vec<FunctionEvidence>,
    /// Loads of data, the first one first.
    pub imports: Vec<Import>,
    /// The journal was read up to here.
    pub head: u64,
}

/// What every function stands on.
const GENERAL: &[Kind] =
    &[Kind::Settings, Kind::User, Kind::Team, Kind::Role, Kind::Tax, Kind::PriceBook, Kind::NumberSeries];

/// What counts as set up and as used.
fn kinds(function: ProgramFunction) -> (&'static [Kind], &'static [Kind]) {
    match function {
        ProgramFunction::Clients => (&[Kind::CustomField, Kind::Wording], &[Kind::Company, Kind::Contact]),
        ProgramFunction::Leads => (
            &[Kind::Choice, Kind::AssignmentRule, Kind::ScoringRule, Kind::WebForm],
            &[Kind::Lead, Kind::Import],
        ),
        ProgramFunction::Opportunities => {
            (&[Kind::Pipeline, Kind::Product], &[Kind::Opportunity, Kind::Quote])
        }
        ProgramFunction::Activities => (&[Kind::Holiday], &[Kind::Activity]),
        ProgramFunction::Reporting => (&[Kind::SavedView], &[]),
        ProgramFunction::Documents => (&[], &[Kind::Document]),
        ProgramFunction::Alerts | ProgramFunction::Responsive => (&[], &[]),
        ProgramFunction::Integration => (&[Kind::ApiKey, Kind::Webhook, Kind::Plugin], &[]),
    }
}

/// Reads the whole journal once.
pub(super) fn gather(app: &App, ctx: &Ctx) -> Result<Evidence, Error> {
    let log = parametrization::list(app, ctx)?;
    let (counted, by_api, head) = count(app)?;
    let usage = |kinds: &[Kind]| {
        kinds.iter().map(|kind| (*kind, counted.get(kind).copied().unwrap_or_default())).collect()
    };
    let screens = all_screens(app)?;
    let functions = log.by_function.iter().map(|(function, minutes)| {
        let (configured, used) = kinds(*function);
        let by_api = if *function == ProgramFunction::Integration { by_api } else { Usage::default() };
        let mut entries: Vec<Parametrization> =
            log.entries.iter().filter(|entry| entry.function == *function).cloned().collect();
        entries.reverse();
        FunctionEvidence {
            function: *function,
            configured: usage(configured),
            used: usage(used),
            by_api,
            minutes: *minutes,
            entries,
            screens: screens.iter().filter(|screen| screen.function == *function).cloned().collect(),
        }
    });
    let functions = functions.collect();
    let mut imports: Vec<Import> = app.store.members(Uuid::nil(), IMPORTS_MAX)?;
    imports.retain(|import| import.finished_at.is_some());
    imports.sort_by_key(|import| import.finished_at);
    Ok(Evidence {
        settings: settings::get(app, ctx)?,
        general: usage(GENERAL),
        functions,
        imports,
        head,
        log,
    })
}

/// Changes by entity, and those that other systems made.
fn count(app: &App) -> Result<(BTreeMap<Kind, Usage>, Usage, u64), Error> {
    let mut counted: BTreeMap<Kind, Usage> = BTreeMap::new();
    let (mut by_api, mut after) = (Usage::default(), 0);
    loop {
        let page = app.store.journal(after, JOURNAL_PAGE_MAX)?;
        for change in &page {
            after = change.seq;
            counted.entry(change.kind).or_default().count(change);
            if matches!(change.by.via, Via::Api(_)) {
                by_api.count(change);
            }
        }
        if page.len() < JOURNAL_PAGE_MAX {
            return Ok((counted, by_api, after));
        }
    }
}
