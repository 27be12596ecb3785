//! The first-response clock of a lead, and what somebody decided in the inbox: pure words and arithmetic.
//!
//! The clock runs from the moment a lead came to whoever has it (from its creation while it is nobody's), through the
//! working hours of that person, less holidays and days away; through those of the company while it is nobody's, and where
//! it came to somebody away because nobody else could have it. What it comes to is kept with the lead, so that lists can be in its order: an absence that is noted later does not stop it, as
//! the client waits all the same.

use crate::{Lead, LeadStatus, UserId, WorkingTime};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Whoever wants to see a lead in a year puts it off three times; nobody means to.
pub const SNOOZE_DAYS_MAX: i64 = 180;
/// Somebody who is not there on the third day is on holiday: more hours late than this help nobody.
pub const REASSIGN_HOURS_MAX: u16 = 40;
/// A lead that five people did not answer is not one for a sixth.
pub const REASSIGN_TIMES_MAX: u8 = 5;

/// Until when somebody should have answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ResponseClock {
    /// From when it runs.
    pub since: Timestamp,
    pub due: Timestamp,
    /// How often the lead went to somebody else because nobody had answered.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub moved: u8,
}

fn is_zero(number: &u8) -> bool {
    *number == 0
}

impl ResponseClock {
    /// `None` where there is no working time within a year.
    pub fn start(time: &WorkingTime, since: Timestamp, hours: u16) -> Option<ResponseClock> {
        let due = time.after(since, SignedDuration::from_hours(i64::from(hours)))?;
        Some(ResponseClock { since, due, moved: 0 })
    }

    /// How it stands at a moment, counted in the same working time.
    pub fn standing(&self, time: &WorkingTime, at: Timestamp) -> ResponseStanding {
        if at < self.due {
            ResponseStanding::Left(time.between(at, self.due))
        } else {
            ResponseStanding::Late(time.between(self.due, at), self.due)
        }
    }
}

/// How a lead's clock stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ResponseStanding {
    /// So much working time is left.
    Left(SignedDuration),
    /// So much working time has passed since this moment.
    Late(SignedDuration, Timestamp),
    /// Nobody set a target: it waits since this moment.
    Waiting(Timestamp),
    /// Somebody answered at this moment; late or in time, where there was a target.
    Answered { at: Timestamp, was_late: Option<bool> },
    /// Nobody answered, and nobody has to any more.
    Over,
}

/// Out of sight until a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Snooze {
    pub until: Timestamp,
    /// Absent: the person is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<UserId>,
}

/// Somebody said that they take care of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Acceptance {
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<UserId>,
}

/// What happens with leads that nobody answers in time. Absent in the settings: nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reassignment {
    /// Working hours over the target until a lead goes to somebody else.
    pub late_hours: u16,
    /// How often one lead may go on.
    pub times: u8,
}

impl Lead {
    /// Nobody has talked to them yet, and somebody should.
    pub fn is_unanswered(&self) -> bool {
        matches!(self.status, LeadStatus::New | LeadStatus::Assigned)
            && !self.archived
            && self.first_response_at.is_none()
    }

    /// Wants a decision now: unanswered, not accepted by anybody, not put off.
    pub fn is_in_inbox(&self, at: Timestamp) -> bool {
        self.is_unanswered() && self.accepted.is_none() && !self.is_snoozed(at)
    }

    pub fn is_snoozed(&self, at: Timestamp) -> bool {
        self.snooze.is_some_and(|snooze| at < snooze.until)
    }

    /// From when the clock runs.
    pub fn waits_since(&self) -> Timestamp {
        let given = self.owner.and(self.assigned_at);
        self.response.map_or_else(|| given.unwrap_or(self.meta.created_at), |clock| clock.since)
    }

    /// How the clock stands, counted in the working time of whoever has the lead.
    pub fn standing(&self, time: &WorkingTime, at: Timestamp) -> ResponseStanding {
        match (self.first_response_at, &self.response) {
            (Some(answered), clock) => {
                let was_late = clock.map(|clock| clock.due < answered);
                ResponseStanding::Answered { at: answered, was_late }
            }
            (None, _) if !self.is_unanswered() => ResponseStanding::Over,
            (None, Some(clock)) => clock.standing(time, at),
            (None, None) => ResponseStanding::Waiting(self.waits_since()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Absence, Actor, Configured, Frame, Holiday, Label, Meta, Pieces, Settings, TeamId, User, WorkingWeek,
        parse_shifts,
    };
    use uuid::Uuid;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// Monday to Friday 9-14 and 15:30-18 in Madrid; Christmas is a holiday; the person is away on Tuesday the 24th.
    fn times() -> (WorkingTime, WorkingTime) {
        let meta = Meta::new(Settings::ID, Timestamp::UNIX_EPOCH, Actor::SYSTEM);
        let mut settings = Settings::new(meta, "Exemple", TeamId(Uuid::nil()));
        let day = parse_shifts("9-14 15:30-18").unwrap();
        settings.working_week =
            WorkingWeek([day.clone(), day.clone(), day.clone(), day.clone(), day, Vec::new(), Vec::new()]);
        let holiday = Holiday { label: Label::new("Nadal", "Navidad", "Christmas") };
        let holidays = Pieces::new(vec![Configured::untouched("2026-12-25", 0, holiday)]);
        let frame = Frame { holidays, ..Frame::default() };
        let company = WorkingTime::of_company(&settings, &frame);
        let mut user = User::new(Meta::new(Uuid::nil(), Timestamp::UNIX_EPOCH, Actor::SYSTEM));
        user.absences =
            vec![Absence { from: "2026-11-24".parse().unwrap(), to: "2026-11-24".parse().unwrap() }];
        let person = company.for_person(&user);
        (company, person)
    }

    #[test]
    fn the_clock_counts_working_hours_alone() {
        let (company, person) = times();
        let check = |time: &WorkingTime, since: &str, hours: u16, due: &str| {
            let clock = ResponseClock::start(time, at(since), hours).unwrap();
            assert_eq!(clock.due, at(due), "{since} + {hours} h");
        };
        // In the morning; over lunch; at night; from Friday evening; over Christmas; over an absence.
        check(&company, "2026-11-23T08:30:00Z", 2, "2026-11-23T10:30:00Z");
        check(&company, "2026-11-23T12:00:00Z", 2, "2026-11-23T15:30:00Z");
        check(&company, "2026-11-23T22:00:00Z", 4, "2026-11-24T12:00:00Z");
        check(&company, "2026-11-27T16:30:00Z", 1, "2026-11-30T08:30:00Z");
        check(&company, "2026-12-24T16:00:00Z", 4, "2026-12-28T11:00:00Z");
        check(&company, "2026-11-23T16:00:00Z", 2, "2026-11-24T09:00:00Z");
        check(&person, "2026-11-23T16:00:00Z", 2, "2026-11-25T09:00:00Z");
        // On the Friday before the clocks go back it is 9 at 7 UTC, on the Monday after it at 8.
        check(&company, "2026-10-23T15:00:00Z", 2, "2026-10-26T09:00:00Z");
        // And on the Friday before they go forward at 8, on the Monday after it at 7.
        check(&company, "2026-03-27T16:00:00Z", 2, "2026-03-30T08:00:00Z");
    }

    #[test]
    fn what_is_left_and_what_is_over_is_working_time() {
        let (company, _) = times();
        let clock = ResponseClock::start(&company, at("2026-11-27T15:00:00Z"), 4).unwrap();
        assert_eq!(clock.due, at("2026-11-30T10:00:00Z"));
        let check = |moment: &str, expected: ResponseStanding| {
            assert_eq!(clock.standing(&company, at(moment)), expected, "{moment}");
        };
        let minutes = SignedDuration::from_mins;
        check("2026-11-27T15:00:00Z", ResponseStanding::Left(minutes(240)));
        check("2026-11-28T12:00:00Z", ResponseStanding::Left(minutes(120)));
        check("2026-11-30T09:59:00Z", ResponseStanding::Left(minutes(1)));
        check("2026-11-30T10:00:00Z", ResponseStanding::Late(minutes(0), clock.due));
        check("2026-12-01T09:00:00Z", ResponseStanding::Late(minutes(330 + 60), clock.due));
        let none = company.for_person(&User {
            working_week: Some(WorkingWeek(Default::default())),
            ..User::new(Meta::new(Uuid::nil(), Timestamp::UNIX_EPOCH, Actor::SYSTEM))
        });
        assert_eq!(ResponseClock::start(&none, at("2026-11-27T15:00:00Z"), 4), None);
    }

    #[test]
    fn a_lead_says_how_it_stands() {
        let (company, _) = times();
        let created = at("2026-11-23T08:30:00Z");
        let mut lead = Lead::new(Meta::new(Uuid::nil(), created, Actor::SYSTEM));
        let now = at("2026-11-23T09:30:00Z");
        assert_eq!(lead.standing(&company, now), ResponseStanding::Waiting(created));
        lead.response = ResponseClock::start(&company, created, 2);
        assert_eq!(lead.standing(&company, now), ResponseStanding::Left(SignedDuration::from_hours(1)));
        assert!(lead.is_in_inbox(now));
        lead.snooze = Some(Snooze { until: at("2026-11-23T10:00:00Z"), by: None });
        assert!(!lead.is_in_inbox(now) && lead.is_in_inbox(at("2026-11-23T10:00:00Z")));
        lead.snooze = None;
        lead.accepted = Some(Acceptance { at: now, by: None });
        assert!(!lead.is_in_inbox(now) && lead.is_unanswered());
        lead.first_response_at = Some(at("2026-11-23T11:00:00Z"));
        let answered = ResponseStanding::Answered { at: at("2026-11-23T11:00:00Z"), was_late: Some(true) };
        assert_eq!(lead.standing(&company, now), answered);
        lead.first_response_at = None;
        lead.status = LeadStatus::Discarded;
        assert_eq!(lead.standing(&company, now), ResponseStanding::Over);
    }
}
