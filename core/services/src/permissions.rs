//! Who may do what: the one place that decides, for pages, API, search, lists, exports, reports and plugins.
//!
//! A role says for each entity and action: all, team, own or none ([`model::Role`]); this room works out whose records
//! that is. What a company begins with:
//!
//! | | administrator | manager | rep | analyst | read only |
//! | --- | --- | --- | --- | --- | --- |
//! | leads, activities, documents: see | all | team | own | all | all |
//! | leads, activities: export | all | team | own | all | none |
//! | leads, activities: change | all | team | own | none | none |
//! | leads, activities: delete | all | team | none | none | none |
//! | activities: create, about records | all | team | own | none | none |
//! | leads: create | yes | yes | yes | no | no |
//! | companies, contacts, opportunities | as leads | as leads | as leads | as leads | as leads |
//! | products and their prices: see, export | yes | yes | see | yes | see |
//! | products and their prices: create, change, delete | yes | yes | no | no | no |
//! | imports | all | own | own | none | none |
//! | names of users and teams | yes | yes | yes | yes | yes |
//! | users, teams, settings, plugins, API keys | all | none | none | none | none |
//!
//! - Nobody changes, deletes or exports what they do not see: those levels count up to that of seeing.
//! - An activity is seen by whom it is of, and with each record that it is about, or that a lead it is about became. Notes
//!   are activities. Lists and search have all of them that may be opened, files all that may be exported with it.
//! - Documents stand as activities do: about whose records somebody may add them is set, and the rest follows. Whoever is
//!   responsible for one may also delete it.
//! - A new lead may be somebody else's: creating has no «own».
//! - «Own» is what somebody is responsible for. «Team» is that and the records of the teams somebody is in or manages,
//!   and of the teams below those.
//! - An API key may do what both its role and that of its user may.
//! - Roles themselves are changed by administrators alone, and nobody gives a role, or manages somebody who has one,
//!   that reaches further than their own.

use crate::records::{self, Record};
use crate::{App, Caller, Ctx, Error, people};
use model::{
    Action, AnyRecord, ApiKey, FieldValue, Kind, Lead, Level, Role, RoleKey, Scope, Team, TeamId, User,
};
use std::sync::Arc;

/// Somebody at work, with what they may do as of now.
pub fn caller(app: &App, user: User) -> Result<Caller, Error> {
    let role = role_of(app, &user.role);
    Ok(Caller {
        is_administrator: user.role.is_administrator(),
        reach: reach(app, &user, &role)?,
        role: Arc::new(role),
        user,
        api_key: None,
        by_provider: false,
    })
}

/// A key that acts for somebody.
pub(crate) fn caller_with_key(app: &App, user: User, key: &ApiKey) -> Result<Caller, Error> {
    let mut caller = caller(app, user)?;
    let role = role_of(app, &key.role).narrowed_by(&caller.role);
    // Whose user reaches all records may itself be one for those of teams.
    caller.reach = reach(app, &caller.user, &role)?;
    caller.role = Arc::new(role);
    caller.is_administrator &= key.role.is_administrator();
    caller.api_key = Some(key.id());
    Ok(caller)
}

/// The role of this key as it is now; one that is not there any more gives nothing.
pub(crate) fn role_of(app: &App, key: &RoleKey) -> Role {
    match app.frame().roles.get(key.as_str()) {
        Some(role) if role.is_stored() => role.piece.clone().completed(key.as_str()),
        Some(role) => role.piece.clone(),
        None => Role::nothing(),
    }
}

/// The teams that level «team» reaches: those somebody is in or manages, and those below them.
fn reach(app: &App, user: &User, role: &Role) -> Result<Arc<[TeamId]>, Error> {
    let mut found = user.teams.clone();
    let is_needed = role
        .levels
        .values()
        .any(|levels| Action::ALL.into_iter().any(|action| levels.get(action) == Level::Team));
    if !is_needed {
        return Ok(found.into());
    }
    let people = people::now(app)?;
    found.extend(people.teams.iter().filter(|team| team.manager == Some(user.id())).map(Team::id));
    for place in 0..found.len() {
        let above = Some(found[place]);
        found.extend(people.teams.iter().filter(|team| team.parent == above).map(Team::id));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found.into())
}

/// What decides about an entity: what is set up is decided about together.
fn governing(kind: Kind) -> Kind {
    match kind {
        Kind::Pipeline
        | Kind::Choice
        | Kind::CustomField
        | Kind::Wording
        | Kind::Tax
        | Kind::PriceBook
        | Kind::NumberSeries
        | Kind::Holiday
        | Kind::AssignmentRule
        | Kind::ScoringRule
        | Kind::WebForm
        | Kind::FormSubmission
        | Kind::Parametrization
        | Kind::Erasure
        | Kind::Retention
        | Kind::RetentionRun
        | Kind::BackupOrder
        | Kind::Credential
        | Kind::Letter
        | Kind::Role => Kind::Settings,
        Kind::ImportProblems | Kind::ImportPieces | Kind::ImportTemplate | Kind::ImportedRows => Kind::Import,
        Kind::Explanation => Kind::Lead,
        Kind::QuoteSheet => Kind::Quote,
        Kind::DocumentVersion => Kind::Document,
        Kind::Webhook | Kind::WebhookProgress | Kind::WebhookDelivery => Kind::ApiKey,
        Kind::Price => Kind::Product,
        // A job is its owner's; what it does is asked about record by record.
        Kind::BulkRows => Kind::BulkJob,
        Kind::Session | Kind::SignInLink | Kind::SecondFactor | Kind::ProviderAttempt => Kind::User,
        other => other,
    }
}

/// How far the caller reaches; nowhere for nobody.
pub fn level(ctx: &Ctx, kind: Kind, action: Action) -> Level {
    ctx.caller.as_ref().map_or(Level::None, |caller| caller.role.level(governing(kind), action))
}

/// Whose records the caller may do this to.
pub fn scope(ctx: &Ctx, kind: Kind, action: Action) -> Result<Scope, Error> {
    let caller = ctx.caller()?;
    Ok(match level(ctx, kind, action) {
        Level::None => Scope::Nothing,
        Level::Own => Scope::Own(caller.user.id()),
        Level::Team => Scope::Teams(caller.reach.to_vec(), caller.user.id()),
        Level::All => Scope::Everything,
    })
}

/// The scope, or «denied» where it is empty.
pub fn require(ctx: &Ctx, kind: Kind, action: Action) -> Result<Scope, Error> {
    match scope(ctx, kind, action)? {
        Scope::Nothing => Err(Error::Denied),
        scope => Ok(scope),
    }
}

/// Only for those who may do it to all records of an entity.
pub fn require_all(ctx: &Ctx, kind: Kind, action: Action) -> Result<(), Error> {
    match scope(ctx, kind, action)? {
        Scope::Everything => Ok(()),
        _ => Err(Error::Denied),
    }
}

/// For what would let somebody give themselves more than they have.
pub fn require_administrator(ctx: &Ctx) -> Result<(), Error> {
    if ctx.caller()?.is_administrator { Ok(()) } else { Err(Error::Denied) }
}

/// Whether the caller may do it at all: for navigation and buttons. The deed itself asks again.
pub fn may(ctx: &Ctx, kind: Kind, action: Action) -> bool {
    require(ctx, kind, action).is_ok()
}

/// Whether this role reaches nowhere that the caller does not: only then may they give it to somebody.
pub fn may_give(app: &App, ctx: &Ctx, key: &RoleKey) -> bool {
    ctx.caller.as_ref().is_some_and(|caller| {
        caller.is_administrator || (!key.is_administrator() && role_of(app, key).is_within(&caller.role))
    })
}

/// A lead the caller may not see does not exist for them; one they see but may not touch is denied.
pub fn require_lead(ctx: &Ctx, lead: &Lead, action: Action) -> Result<(), Error> {
    require_record(ctx, lead, action)
}

/// The same for a record of any entity.
pub fn require_record(ctx: &Ctx, record: &dyn AnyRecord, action: Action) -> Result<(), Error> {
    require_about(ctx, record, record.entity(), action)
}

/// The same where what it is about counts, too: an activity or a document is seen with any record that it is about. Whoever
/// is responsible for a document and may change it may delete it.
pub fn require_with_links(app: &App, ctx: &Ctx, record: &dyn AnyRecord, action: Action) -> Result<(), Error> {
    match require_record(ctx, record, action) {
        Err(Error::NotFound)
            if is_beside(record.entity()) && is_reached_by_link(app, ctx, record, Action::See)? =>
        {
            if action == Action::See { Ok(()) } else { Err(Error::Denied) }
        }
        Err(Error::Denied) if action == Action::Delete && is_own_document(ctx, record) => {
            require_record(ctx, record, Action::Change)
        }
        outcome => outcome,
    }
}

/// Whether records of an entity stand beside those that they are about, and are seen and listed with each of them.
fn is_beside(kind: Kind) -> bool {
    matches!(kind, Kind::Activity | Kind::Document)
}

fn is_own_document(ctx: &Ctx, record: &dyn AnyRecord) -> bool {
    record.entity() == Kind::Document && ctx.user_id().is_some() && record.responsible().0 == ctx.user_id()
}

/// Whether lists, search and files have this record for the caller: what they reach themselves, and activities and
/// documents with each record that they are about.
pub(crate) fn is_listed(app: &App, ctx: &Ctx, record: &dyn AnyRecord, action: Action) -> Result<bool, Error> {
    let (owner, team) = record.responsible();
    let scope = scope(ctx, record.entity(), action)?;
    Ok(scope.contains(owner, team)
        || is_listed_by_link(record.entity(), &scope) && is_reached_by_link(app, ctx, record, action)?)
}

/// Whether lists of an entity may have more than the records within this scope.
pub(crate) fn is_listed_by_link(kind: Kind, scope: &Scope) -> bool {
    is_beside(kind) && matches!(scope, Scope::Own(_) | Scope::Teams(..))
}

/// Whether the caller may do it to a record that this one is about, or that a lead it is about became.
fn is_reached_by_link(app: &App, ctx: &Ctx, record: &dyn AnyRecord, action: Action) -> Result<bool, Error> {
    let reaches = |about: Option<Record>| {
        about.is_some_and(|about| require_record(ctx, about.as_ref(), action).is_ok())
    };
    for kind in model::ABOUT {
        let FieldValue::Record(id) = record.built_in(kind.as_str()) else { continue };
        if reaches(records::any(app, kind, id)?) {
            return Ok(true);
        }
        let Some(lead) = (if kind == Kind::Lead { app.store.get::<Lead>(id)? } else { None }) else {
            continue;
        };
        for became in lead.became() {
            if reaches(records::find(app, became)?) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The same for what is done about a record, such as a note.
pub fn require_about(ctx: &Ctx, record: &dyn AnyRecord, kind: Kind, action: Action) -> Result<(), Error> {
    let (owner, team) = record.responsible();
    let reaches = |kind, action| scope(ctx, kind, action).map(|scope| scope.contains(owner, team));
    match (reaches(record.entity(), Action::See)?, reaches(kind, action)?) {
        (false, _) => Err(Error::NotFound),
        (true, false) => Err(Error::Denied),
        (true, true) => Ok(()),
    }
}
