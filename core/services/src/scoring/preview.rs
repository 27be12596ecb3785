//! A scoring rule tried before it is kept: the points of leads that are there already, before and after. Nothing is
//! written.

use super::{Score, Scorer};
use crate::configuration::Governed as _;
use crate::leads::{self, LeadQuery, Reach};
use crate::{App, Ctx, Error, configuration, filters, permissions};
use model::{Action, Configured, FieldErrors, Frame, Kind, Lead, Meta, Pieces, ScoringRule};
use std::sync::Arc;

/// Leads that are gone through; more say nothing new and take their time.
const LEADS_MAX: usize = 10_000;
/// Leads that are told one by one.
const ROWS_MAX: usize = 50;
/// The newest leads are the first of the list.
const REACH: Reach = Reach { entries: 20_000, records: 20_000 };
/// Points are told in bands of ten: 0–9, 10–19… 90–100.
pub const BANDS: usize = 10;

/// What is tried on what.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewQuery {
    /// The newest so many leads.
    pub limit: usize,
    /// The rule as it is being edited, in the place of the one with this key, or after the others.
    pub key: Option<String>,
    pub rule: ScoringRule,
}

/// One lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Previewed {
    pub lead: Lead,
    pub before: u8,
    pub after: Score,
}

/// What the rule would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    pub count: u64,
    /// Those that the rule fits.
    pub fitting: u64,
    /// Those with another score.
    pub changed: u64,
    /// Leads by band of points.
    pub before: [u64; BANDS],
    pub after: [u64; BANDS],
    /// The sums of all scores, for their mean.
    pub sum_before: u64,
    pub sum_after: u64,
    /// Those whose score changes most first; then those that the rule fits.
    pub rows: Vec<Previewed>,
}

/// Goes through the newest leads that the caller may see. Days between which the edited rule is in force do not count: one
/// that begins next month can be tried today.
pub fn preview(app: &App, ctx: &Ctx, query: PreviewQuery) -> Result<Preview, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let frame = app.frame();
    let key = query.key.clone().unwrap_or_else(|| "new_rule".to_owned());
    let mut errors = FieldErrors::default();
    configuration::check(&key, &query.rule, &frame, &mut errors);
    query.rule.check_in(app, &key, &mut errors);
    crate::error::none_of(errors)?;
    let before = Scorer::now(app, ctx.at);
    let edited = Arc::new(edited_frame(ctx, &frame, &key, query.rule));
    let after = Scorer::new(edited, filters::day_in(&frame, ctx.at));
    let limit = query.limit.clamp(1, LEADS_MAX);
    let mut found = Preview::default();
    let mut rows: Vec<(i16, bool, Previewed)> = Vec::new();
    leads::walk(app, ctx, Action::See, &LeadQuery::default(), REACH, &mut |lead| {
        let (was, now, fits) = (before.points(&lead), after.score(&lead), after.fits_rule(&key, &lead));
        found.count += 1;
        found.fitting += u64::from(fits);
        found.changed += u64::from(was != now.points);
        found.sum_before += u64::from(was);
        found.sum_after += u64::from(now.points);
        found.before[band_of(was)] += 1;
        found.after[band_of(now.points)] += 1;
        if fits || was != now.points {
            let difference = (i16::from(now.points) - i16::from(was)).abs();
            rows.push((difference, fits, Previewed { lead, before: was, after: now }));
        }
        usize::try_from(found.count).is_ok_and(|count| count < limit)
    })?;
    // Sorting is stable: of those that change as much, the newest first.
    rows.sort_by_key(|(difference, fits, _)| std::cmp::Reverse((*difference, *fits)));
    found.rows = rows.into_iter().take(ROWS_MAX).map(|(_, _, row)| row).collect();
    Ok(found)
}

fn band_of(points: u8) -> usize {
    usize::from(points / 10).min(BANDS - 1)
}

fn edited_frame(ctx: &Ctx, frame: &Frame, key: &str, rule: ScoringRule) -> Frame {
    let mut rules: Vec<Configured<ScoringRule>> = frame.scoring_rules.all().to_vec();
    let rule = if rule.archived { rule } else { ScoringRule { from: None, to: None, ..rule } };
    match rules.iter_mut().find(|piece| piece.key == key) {
        Some(piece) => piece.piece = rule,
        None => {
            let order = rules.iter().map(|piece| piece.order + 1).max().unwrap_or_default();
            let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
            rules.push(Configured { meta, key: key.to_owned(), order, piece: rule });
        }
    }
    Frame { scoring_rules: Pieces::new(rules), ..frame.clone() }
}
