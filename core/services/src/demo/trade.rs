//! What became of the leads of the demonstration company: products they may buy, clients, people and deals of those that
//! were converted, and what was done about them or is still to do.

use super::{Dice, words};
use crate::conversion::{self, ConversionDraft, Part};
use crate::error::none_of;
use crate::links::{self, Found};
use crate::records::{self, Draft};
use crate::{App, Ctx, Error, settings};
use model::jiff::civil::Date;
use model::jiff::tz::TimeZone;
use model::jiff::{SignedDuration, Timestamp, ToSpan};
use model::uuid::Uuid;
use model::{
    Activity, Actor, Entity, Kind, Lead, LeadId, LeadStatus, Meta, Opportunity, Product, StageKind, UserId,
    Via, lists,
};
use std::collections::BTreeSet;

/// A qualified lead is converted after so many days at the earliest, and at the latest.
const CONVERTED_DAYS: (u32, u32) = (4, 45);
/// What is planned is due so many days before today or after it.
const PLANNED_DAYS: (i64, i64) = (-4, 12);

/// What goes on beside the leads, in the order of time.
pub(super) struct Trade<'a> {
    app: &'a App,
    ctx: Ctx,
    dice: Dice,
    now: Timestamp,
    zone: TimeZone,
    /// Leads that are converted, and when.
    waiting: BTreeSet<(Timestamp, Uuid)>,
    /// What came of leads, in the order in which it did.
    deals: Vec<Uuid>,
}

impl<'a> Trade<'a> {
    /// With the catalogue, which is there from the beginning.
    pub(super) fn new(app: &'a App, ctx: Ctx, dice: Dice, now: Timestamp) -> Result<Trade<'a>, Error> {
        let zone = settings::get(app, &ctx)?.zone();
        let trade = Trade { app, ctx, dice, now, zone, waiting: BTreeSet::new(), deals: Vec::new() };
        let mut write = trade.ctx.write();
        for fields in words::PRODUCTS {
            let mut draft = Draft::default();
            for (key, text) in words::PRODUCT_FIELDS.iter().zip(fields) {
                draft.put(key, text);
            }
            draft.put("tax", words::PRODUCT_TAX);
            let mut product: Product = records::begun(&trade.ctx);
            none_of(records::checked(app, &trade.ctx, None, &mut product, &draft)?)?;
            write.create(product);
        }
        app.commit(write)?;
        Ok(trade)
    }

    /// What was done about a lead when it was first worked on, in that write; and what comes later.
    pub(super) fn follow(&mut self, write: &mut store::Write, ctx: &Ctx, lead: &Lead) {
        let spoken = self.dice.below(3) > 0;
        if spoken {
            let kind = if self.dice.below(4) == 0 { "email" } else { "call" };
            write.create(self.done(ctx, kind, lead.owner, |call| call.lead = Some(lead.meta.id)));
        }
        match lead.status {
            LeadStatus::Contacted | LeadStatus::Nurturing if self.dice.below(2) == 0 => {
                write.create(self.planned(ctx, lead.owner, |task| task.lead = Some(lead.meta.id)));
            }
            LeadStatus::Qualified => {
                let (first, last) = CONVERTED_DAYS;
                let days = i64::from(first + self.dice.below(last - first));
                let at = ctx.at + SignedDuration::from_hours(24 * days);
                if at < self.now {
                    self.waiting.insert((at, lead.meta.id));
                }
            }
            _ => {}
        }
    }

    /// Converts what was to be converted by then.
    pub(super) fn until(&mut self, at: Timestamp) -> Result<(), Error> {
        while let Some((then, lead)) = self.waiting.first().copied().filter(|(then, _)| *then <= at) {
            self.waiting.remove(&(then, lead));
            let ctx = self.ctx.at(then);
            self.convert(&ctx, lead)?;
        }
        Ok(())
    }

    /// The opportunities that there are.
    pub(super) fn deals(self) -> Vec<Uuid> {
        self.deals
    }

    fn convert(&mut self, ctx: &Ctx, id: Uuid) -> Result<(), Error> {
        let Some(lead) = self.app.store.get::<Lead>(id)? else { return Ok(()) };
        let days = self.now.duration_since(ctx.at).as_hours() / 24;
        let stage = self.stage(days);
        let is_won = stage.as_ref().is_some_and(|(_, kind)| *kind == StageKind::Won);
        let company = match &lead.company {
            Some(name) => self.company(ctx, name, is_won)?,
            None => Part::Nothing,
        };
        let mut deal = Draft::default();
        if let Some((code, kind)) = stage {
            deal.put("stage", code);
            if kind == StageKind::Lost {
                let frame = self.app.frame();
                let reasons: Vec<&str> = frame.choices_of(lists::LOST_REASONS).map(|(key, _)| key).collect();
                deal.put("lost_reason", self.dice.pick(&reasons).copied().unwrap_or_default());
            }
        }
        let close = i64::from(20 + self.dice.below(70));
        deal.put(
            "expected_close",
            (self.day(ctx.at).checked_add(close.days()).map_err(Error::internal)?).to_string(),
        );
        let contact = if lead.name.is_some() { Part::New(Draft::default()) } else { Part::Nothing };
        let draft = ConversionDraft { company, contact, opportunity: Some(deal) };
        let version = lead.meta.version;
        let converted = conversion::convert(self.app, ctx, LeadId(id), version, &draft)?;
        self.deals.extend(converted.conversion.as_ref().and_then(|conversion| conversion.opportunity));
        self.work_on(ctx, &converted)
    }

    /// The client that is there already, or a new one.
    fn company(&self, ctx: &Ctx, name: &str, is_won: bool) -> Result<Part, Error> {
        if let Found::One(id) = links::find(self.app, ctx, Kind::Company, name)? {
            return Ok(Part::Existing(id.to_string(), None));
        }
        let mut draft = Draft::default();
        draft.put("kind", if is_won { "client" } else { "prospect" });
        Ok(Part::New(draft))
    }

    /// Where a deal is that was begun so many days ago: most old ones have ended.
    fn stage(&self, days: i64) -> Option<(String, StageKind)> {
        let frame = self.app.frame();
        let thrown = self.dice.below(100);
        let kind = match days {
            0..=44 if thrown < 85 => StageKind::Open,
            45..=119 if thrown < 35 => StageKind::Open,
            _ if thrown % 10 < 5 => StageKind::Won,
            _ if thrown % 10 < 9 => StageKind::Lost,
            _ => StageKind::Cancelled,
        };
        let stages: Vec<String> = model::stages_of(&frame)
            .filter(|(_, pipeline, stage)| !pipeline.archived && stage.kind == kind)
            .map(|(code, _, _)| code)
            .collect();
        Some((self.dice.pick(&stages)?.clone(), kind))
    }

    /// A visit that was made about the deal, and, where it is open, what is next.
    fn work_on(&self, ctx: &Ctx, lead: &Lead) -> Result<(), Error> {
        let Some(conversion) = &lead.conversion else { return Ok(()) };
        let later = ctx.at((ctx.at + SignedDuration::from_hours(20)).min(self.now));
        let about = |activity: &mut Activity| {
            activity.opportunity = conversion.opportunity;
            activity.company = conversion.company;
            activity.contact = conversion.contact;
        };
        let mut write = later.write();
        let kind = if self.dice.below(2) == 0 { "visit" } else { "meeting" };
        write.create(self.done(&later, kind, lead.owner, about));
        let deal =
            conversion.opportunity.map(|id| self.app.store.get::<Opportunity>(id)).transpose()?.flatten();
        if deal.is_some_and(|deal| deal.closed_at.is_none()) {
            write.create(self.planned(&later, lead.owner, about));
        }
        self.app.commit(write).map(|_| ())
    }

    fn begun(&self, ctx: &Ctx, owner: Option<UserId>, about: impl FnOnce(&mut Activity)) -> Activity {
        let mut activity =
            Activity::begin(Meta::new(ctx.new_id(), ctx.at, Actor { user: owner, via: Via::Page }));
        activity.common.owner = owner;
        activity.common.team = self.ctx.teams().first().copied();
        about(&mut activity);
        activity
    }

    fn done(
        &self,
        ctx: &Ctx,
        kind: &str,
        owner: Option<UserId>,
        about: impl FnOnce(&mut Activity),
    ) -> Activity {
        let mut activity = self.begun(&self.ctx.at(ctx.at), owner, about);
        let (subject, outcome) = words::done(&self.dice, kind);
        activity.kind = Some(kind.to_owned());
        activity.state = Some("done".to_owned());
        activity.done_at = Some(ctx.at);
        activity.subject = Some(subject.to_owned());
        activity.outcome = Some(outcome.to_owned());
        activity
    }

    /// Due around today, whenever it was planned.
    fn planned(&self, ctx: &Ctx, owner: Option<UserId>, about: impl FnOnce(&mut Activity)) -> Activity {
        let mut activity = self.begun(&self.ctx.at(ctx.at), owner, about);
        let (kind, subject) = words::planned(&self.dice);
        let (first, last) = PLANNED_DAYS;
        let days = first + i64::from(self.dice.below(u32::try_from(last - first).unwrap_or(1)));
        activity.kind = Some(kind.to_owned());
        activity.subject = Some(subject.to_owned());
        activity.due = self.day(self.now).checked_add(days.days()).ok();
        if kind != "task" {
            activity.due_time = Some(format!("{:02}:{}0", 9 + self.dice.below(8), self.dice.below(2) * 3));
        }
        activity
    }

    fn day(&self, at: Timestamp) -> Date {
        at.to_zoned_datetime(self.zone.clone()).date()
    }
}
