//! Who gets the leads of the demonstration company: big jobs the manager, those around Girona the people who work there by
//! turns, the others whoever has least to do or, where the plugin of territories was built, whoever's territory it is.

use crate::teams::{self, TeamDraft};
use crate::{App, Ctx, Error, configuration, plugins};
use model::{
    AssignmentRule, Attendance, Fallback, Filter, Label, Pool, PoolMember, RoleKey, Strategy, Team, User,
};

/// What the manager looks after himself.
const BIG: &str = "amount:at-least:15000";
/// More than this in a day nobody visits.
const DAY_MAX: u32 = 6;

/// The rules, and the team that works around Girona.
pub(super) fn rules(app: &App, ctx: &Ctx, people: &[User]) -> Result<(), Error> {
    let girona = team_of_girona(app, ctx, people)?;
    let manager = people.iter().find(|user| user.role == RoleKey::new(RoleKey::MANAGER));
    let members = |users: &mut dyn Iterator<Item = &User>| -> Vec<PoolMember> {
        users.map(|user| PoolMember { user: user.id().to_string(), weight: 1 }).collect()
    };
    let big = AssignmentRule {
        label: Label::new("Obres grans", "Obras grandes", "Big jobs"),
        conditions: conditions(BIG)?,
        people: members(&mut manager.into_iter()),
        ..AssignmentRule::default()
    };
    let around_girona = AssignmentRule {
        label: Label::new("Zona de Girona", "Zona de Gerona", "Girona area"),
        conditions: conditions("postcode:begins:17")?,
        pool: Pool::Team,
        team: Some(girona.id().to_string()),
        day_max: Some(DAY_MAX),
        attendance: Attendance::Days,
        ..AssignmentRule::default()
    };
    let plugin = plugins::list(app, ctx)?.into_iter().find(|plugin| plugin.record.enabled);
    let others = AssignmentRule {
        label: Label::new("Tots els altres", "Todos los demás", "All the others"),
        people: members(&mut people.iter()),
        strategy: if plugin.is_some() { Strategy::Plugin } else { Strategy::FewestOpen },
        plugin: plugin.map(|plugin| plugin.record.name),
        fallback: Fallback::Default,
        ..AssignmentRule::default()
    };
    for (key, rule) in [("big", big), ("girona", around_girona), ("others", others)] {
        configuration::create(app, ctx, key, rule)?;
    }
    Ok(())
}

fn conditions(text: &str) -> Result<Filter, Error> {
    text.parse().map_err(Error::Invalid)
}

/// Everybody but the administrator, beside the team that they are in.
fn team_of_girona(app: &App, ctx: &Ctx, people: &[User]) -> Result<Team, Error> {
    let there = people.iter().filter(|user| user.role != RoleKey::new(RoleKey::ADMINISTRATOR));
    let members = there.map(|user| user.id().to_string()).collect();
    let draft = TeamDraft { name: "Delegació de Girona".to_owned(), members, ..TeamDraft::default() };
    teams::create(app, ctx, &draft)
}
