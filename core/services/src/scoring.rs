//! Points of leads: rules as configuration, and what a lead gets by them. Nothing of it is stored with the lead: whoever
//! asks gets what the rules of this moment say, so that another rule changes no record, no version and no history.

use crate::configuration::{Governed, Use};
use crate::{App, Ctx, Error, choices, configuration, fields, filters, permissions};
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::{
    Action, AnyRecord, Condition, FieldErrors, FieldKind, FieldValue, Filter, Frame, Kind, Label, Language,
    LeadId, ME, MY_TEAM, Matcher, PROBABILITY, SCORE, SCORING_RULES_MAX, ScoringRule, condition_field,
    score_of,
};
use std::sync::Arc;

mod preview;
pub use preview::{BANDS, Preview, PreviewQuery, Previewed, preview};

use crate::lead_readings::Basis;
pub use crate::lead_readings::{Making, contents, forget, making, run_worker, work};

impl Governed for ScoringRule {
    const MAX: usize = SCORING_RULES_MAX;

    /// Problem codes: those of filters, `rule-me` for conditions on whoever asks, `rule-score` for those on what rules make.
    fn check_among(&self, _key: &str, frame: &Frame, errors: &mut FieldErrors) {
        let fields = filters::fields_of(frame, Kind::Lead);
        errors.0.extend(self.conditions.check(&fields).0);
        errors.0.extend(Filter::read(&self.conditions.to_string()).1.0);
        for (place, condition) in self.conditions.conditions().enumerate() {
            if condition.values.iter().any(|value| value == ME || value == MY_TEAM) {
                errors.add(&condition_field(place), "rule-me", "");
            }
            if is_reckoned(&condition.field) {
                errors.add(&condition_field(place), "rule-score", "");
            }
        }
    }
}

/// Whether a field of leads is no part of their records.
pub fn is_reckoned(field: &str) -> bool {
    field == SCORE || field == PROBABILITY
}

/// The rules that ask for this field, and for this value of it where one is meant.
pub(crate) fn uses(frame: &Frame, field: &str, value: Option<&str>) -> Vec<Use> {
    let is_it = |condition: &Condition| {
        condition.field == field
            && value.is_none_or(|value| condition.values.iter().any(|other| other == value))
    };
    let rules = frame.scoring_rules.all().iter();
    rules
        .filter(|piece| piece.piece.conditions.conditions().any(is_it))
        .map(|piece| Use {
            kind: Kind::ScoringRule,
            name: piece.piece.label.get(Language::default()).to_owned(),
            key: piece.key.clone(),
            count: 1,
        })
        .collect()
}

/// Puts one rule a place up or down among those that are not archived: the order in which reasons are told.
pub fn step(app: &App, ctx: &Ctx, key: &str, step: choices::Step) -> Result<(), Error> {
    ScoringRule::may_change(ctx)?;
    let frame = app.frame();
    let mut keys: Vec<String> = frame.scoring_rules.current().map(|piece| piece.key.clone()).collect();
    let from = keys.iter().position(|other| other == key).ok_or(Error::NotFound)?;
    let to = match step {
        choices::Step::Up => from.checked_sub(1),
        choices::Step::Down => Some(from + 1).filter(|to| *to < keys.len()),
    };
    let Some(to) = to else { return Ok(()) };
    keys.swap(from, to);
    configuration::reorder::<ScoringRule>(app, ctx, &keys)
}

/// A rule that gave or took points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreReason {
    /// The rule's key.
    pub rule: String,
    pub label: Label,
    pub points: i16,
}

/// The points of one lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The sum, cut to 0 and [`model::SCORE_MAX`].
    pub points: u8,
    pub sum: i32,
    /// In the order of the rules.
    pub reasons: Vec<ScoreReason>,
}

/// The points of a lead with their reasons; nothing where there is no rule in force. For whoever may see the lead.
pub fn of_lead(app: &App, ctx: &Ctx, id: LeadId) -> Result<Option<Score>, Error> {
    let lead = crate::leads::get(app, ctx, id)?;
    let scorer = Scorer::now(app, ctx.at);
    Ok(scorer.has_rules().then(|| scorer.score(&lead)))
}

/// Whether rules are set up at all; for pages that lead to them.
pub fn may_set_up(ctx: &Ctx) -> bool {
    permissions::require_all(ctx, Kind::ScoringRule, Action::Change).is_ok()
}

/// The rules in force on a day, ready to be asked.
pub struct Scorer {
    frame: Arc<Frame>,
    day: Date,
    rules: Vec<ReadyRule>,
    /// Whether another day gives other points to the same lead.
    days_matter: bool,
}

struct ReadyRule {
    key: String,
    rule: ScoringRule,
    /// Absent where a condition names what is not there any more: such a rule fits nothing.
    matcher: Option<Matcher>,
}

impl Scorer {
    /// That of this moment.
    pub(crate) fn now(app: &App, at: Timestamp) -> Arc<Scorer> {
        Basis::now(app, at).scorer
    }

    /// Whether it is of this configuration and this day.
    pub(crate) fn is_of(&self, frame: &Arc<Frame>, day: Date) -> bool {
        Arc::ptr_eq(&self.frame, frame) && self.day == day
    }

    pub(crate) fn new(frame: Arc<Frame>, day: Date) -> Scorer {
        let in_force: Vec<_> =
            frame.scoring_rules.current().filter(|piece| piece.piece.is_in_force(day)).collect();
        let needs_fields = in_force.iter().any(|piece| !piece.piece.conditions.is_empty());
        let fields = if needs_fields { filters::fields_of(&frame, Kind::Lead) } else { Vec::new() };
        let context = filters::context_of_rules(&frame, day);
        let is_of_days = |condition: &Condition| {
            let known = fields.iter().find(|field| field.key == condition.field);
            known.is_some_and(|field| matches!(field.kind, FieldKind::Date | FieldKind::Instant))
        };
        let days_matter = in_force.iter().any(|piece| piece.piece.conditions.conditions().any(is_of_days));
        let rules = in_force
            .iter()
            .map(|piece| ReadyRule {
                key: piece.key.clone(),
                rule: piece.piece.clone(),
                matcher: piece.piece.conditions.prepare(&fields, &context).ok(),
            })
            .collect();
        Scorer { rules, days_matter, day, frame }
    }

    pub fn has_rules(&self) -> bool {
        !self.rules.is_empty()
    }

    /// Whether every lead has the same points by both.
    pub(crate) fn is_same_as(&self, other: &Scorer) -> bool {
        if Arc::ptr_eq(&self.frame, &other.frame) && self.day == other.day {
            return true;
        }
        let calendar = |frame: &Frame| {
            let settings = frame.settings.as_ref();
            settings.map(|settings| (settings.time_zone.clone(), settings.fiscal_year_start_month))
        };
        let is_same_rule = |(mine, theirs): (&ReadyRule, &ReadyRule)| {
            mine.key == theirs.key
                && mine.rule.points == theirs.rule.points
                && mine.rule.conditions == theirs.rule.conditions
                && mine.matcher.is_some() == theirs.matcher.is_some()
        };
        self.rules.len() == other.rules.len()
            && self.rules.iter().zip(&other.rules).all(is_same_rule)
            && (self.day == other.day || !self.days_matter)
            && calendar(&self.frame) == calendar(&other.frame)
            && self.frame.custom_fields == other.frame.custom_fields
    }

    /// The points of a lead and what they are for.
    pub fn score(&self, lead: &dyn AnyRecord) -> Score {
        let fitting = self.rules.iter().filter(|ready| self.fits(ready, lead));
        let reason = |ready: &ReadyRule| ScoreReason {
            rule: ready.key.clone(),
            label: ready.rule.label.clone(),
            points: ready.rule.points,
        };
        let reasons: Vec<ScoreReason> = fitting.map(reason).collect();
        let sum = reasons.iter().map(|reason| i32::from(reason.points)).sum();
        Score { points: score_of(sum), sum, reasons }
    }

    /// The points alone.
    pub(crate) fn points(&self, lead: &dyn AnyRecord) -> u8 {
        let fitting = self.rules.iter().filter(|ready| self.fits(ready, lead));
        score_of(fitting.map(|ready| i32::from(ready.rule.points)).sum())
    }

    /// Whether the rule of this key is in force and fits.
    pub(crate) fn fits_rule(&self, key: &str, lead: &dyn AnyRecord) -> bool {
        self.rules.iter().any(|ready| ready.key == key && self.fits(ready, lead))
    }

    fn fits(&self, ready: &ReadyRule, lead: &dyn AnyRecord) -> bool {
        let value = |key: &str| fields::value_of(&self.frame, lead, key);
        ready.matcher.as_ref().is_some_and(|matcher| matcher.matches(&value))
    }

    /// As the field of leads.
    pub(crate) fn value(&self, lead: &dyn AnyRecord) -> FieldValue {
        if self.has_rules() { FieldValue::Number(self.points(lead).into()) } else { FieldValue::Nothing }
    }
}
