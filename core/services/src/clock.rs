//! The first-response clock of leads: started where somebody gets one, read wherever one is shown.

use crate::leads::clock_owner;
use crate::{App, Ctx, Error, people, settings};
use model::jiff::Timestamp;
use model::{Frame, Lead, ResponseClock, ResponseStanding, Settings, User, UserId, WorkingTime};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Answers that are remembered: the leads of an import come at the same moment to the same few people.
const REMEMBERED_MAX: usize = 256;

/// By whose time and from when: the clock that runs, if one does.
type Remembered = BTreeMap<(Option<UserId>, Timestamp), Option<ResponseClock>>;

/// What a clock runs by: the company's target and working time.
pub(crate) struct Clock {
    hours: Option<u16>,
    company: WorkingTime,
    remembered: Mutex<Remembered>,
}

impl Clock {
    pub(crate) fn of(settings: &Settings, frame: &Frame) -> Clock {
        let company = WorkingTime::of_company(settings, frame);
        Clock { hours: settings.first_response_hours, company, remembered: Mutex::default() }
    }

    /// As the company is set up now.
    pub(crate) fn now(app: &App, ctx: &Ctx) -> Result<Clock, Error> {
        Ok(Clock::of(&settings::get(app, ctx)?, &app.frame()))
    }

    /// When somebody works; the company where it is nobody.
    pub(crate) fn time_of(&self, user: Option<&User>) -> WorkingTime {
        user.map_or_else(|| self.company.clone(), |user| self.company.for_person(user))
    }

    /// Nothing without a target, or where nobody works for a year.
    pub(crate) fn start(&self, owner: Option<&User>, since: Timestamp) -> Option<ResponseClock> {
        let hours = self.hours?;
        let key = (owner.map(User::id), since);
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= REMEMBERED_MAX {
            remembered.clear();
        }
        let found = || ResponseClock::start(&self.time_of(owner), since, hours);
        *remembered.entry(key).or_insert_with(found)
    }

    /// The clock of a lead as it would be if it began with the settings of now: a target that comes, changes or goes.
    pub(crate) fn renewed(&self, lead: &Lead, owner: Option<&User>) -> Option<ResponseClock> {
        let moved = lead.response.map_or(0, |clock| clock.moved);
        self.start(owner, lead.waits_since()).map(|clock| ResponseClock { moved, ..clock })
    }
}

/// How leads stand at a moment, each in the working time of whoever has it.
pub struct Standings {
    clock: Clock,
    people: std::sync::Arc<people::People>,
    at: Timestamp,
}

impl Standings {
    pub fn now(app: &App, ctx: &Ctx) -> Result<Standings, Error> {
        Ok(Standings { clock: Clock::now(app, ctx)?, people: people::now(app)?, at: ctx.at })
    }

    pub fn of(&self, lead: &Lead) -> ResponseStanding {
        let owner = lead.owner.and_then(|owner| self.people.users.iter().find(|user| user.id() == owner));
        let owner = match &lead.assignment {
            Some(assignment) => owner.and_then(|owner| clock_owner(owner, assignment, &self.clock)),
            None => owner,
        };
        lead.standing(&self.clock.time_of(owner), self.at)
    }
}
