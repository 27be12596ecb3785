//! Filters among the fields of an entity, for whoever asks: what they may name, and what «me» and «this month» mean.

use crate::{App, Ctx, Error, costs, fields, merges, reports, settings, users};
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::jiff::tz::TimeZone;
use model::uuid::Uuid;
use model::{Filter, FilterContext, FilterField, Frame, Kind, MY_TEAM, Settings};
use std::collections::BTreeMap;

/// What conditions on an entity can name: built-in fields and the company's own.
pub fn fields_of(frame: &Frame, entity: Kind) -> Vec<FilterField> {
    let field = |field: fields::Field| FilterField {
        codes: field.choices.codes(frame).filter(|_| !holds_words_too(entity, &field.key)),
        key: field.key,
        kind: field.kind,
    };
    fields::specs_of(frame, entity).into_iter().map(field).collect()
}

/// Whether a field of a list may hold what somebody wrote instead of a value of that list.
fn holds_words_too(entity: Kind, key: &str) -> bool {
    entity == Kind::Lead && key == "discard_reason"
}

/// The same for whoever asks: nobody finds out by a filter what they are not shown.
pub fn fields_for(ctx: &Ctx, frame: &Frame, entity: Kind) -> Vec<FilterField> {
    let is_seen = |field: &FilterField| !costs::is_hidden(ctx, entity, &field.key);
    fields_of(frame, entity).into_iter().filter(is_seen).collect()
}

/// Today, and who asks. People are looked up where the filter speaks of the reader's team.
pub fn context(app: &App, ctx: &Ctx, filter: &Filter) -> Result<FilterContext, Error> {
    let settings = settings::get(app, ctx)?;
    let my_teams = ctx.teams().to_vec();
    let is_mine = |user: &model::User| user.teams.iter().any(|team| my_teams.contains(team));
    let speaks_of_team =
        filter.conditions().any(|condition| condition.values.iter().any(|value| value == MY_TEAM));
    let my_people = if speaks_of_team {
        users::all(app)?.into_iter().filter(is_mine).map(|user| user.id()).collect()
    } else {
        Vec::new()
    };
    Ok(FilterContext {
        answers: answers(app, filter)?,
        today: reports::today(ctx, &settings),
        zone: settings.zone(),
        me: ctx.user_id(),
        my_teams,
        my_people,
        fiscal_year_start_month: settings.fiscal_year_start_month,
    })
}

/// Which records answer for those that a filter names and that became a part of others.
fn answers(app: &App, filter: &Filter) -> Result<BTreeMap<Uuid, Uuid>, Error> {
    let mut answers = BTreeMap::new();
    for value in filter.conditions().flat_map(|condition| &condition.values) {
        let Ok(id) = value.trim().parse::<Uuid>() else { continue };
        if let Some(into) = merges::answering(app, id)? {
            answers.insert(id, into);
        }
    }
    Ok(answers)
}

/// The day of a moment in the company's zone.
pub(crate) fn day_in(frame: &Frame, at: Timestamp) -> Date {
    let zone = frame.settings.as_ref().map_or(TimeZone::UTC, Settings::zone);
    at.to_zoned_datetime(zone).date()
}

/// A day, and nobody who asks: for rules, which are not somebody's.
pub(crate) fn context_of_rules(frame: &Frame, today: Date) -> FilterContext {
    let settings = frame.settings.as_ref();
    FilterContext {
        today,
        zone: settings.map_or(TimeZone::UTC, Settings::zone),
        fiscal_year_start_month: settings.map_or(1, |settings| settings.fiscal_year_start_month),
        ..FilterContext::default()
    }
}
