//! The frame of the pages: filled from the request's facts and the company's settings.

use crate::facts::Facts;
use model::jiff::tz::TimeZone;
use model::{Action, Kind};
use services::{Ctx, permissions};
use ui::{May, Shell, ShellUser};

/// For a handler.
pub(crate) fn of(facts: &Facts, ctx: &Ctx, query: &[(String, String)]) -> Shell {
    let value = |name: &str| {
        query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let company = facts.company.get();
    Shell {
        language: ctx.language,
        words: facts.words.clone(),
        theme: facts.theme,
        company: company.map(|company| company.name.clone()).unwrap_or_default(),
        user: user_of(facts, ctx),
        path: facts.path.clone(),
        query: if facts.path == "/search" { value("q") } else { String::new() },
        notice: ui::notices::from_code(facts.words.locale(ctx.language), &value("notice")),
        notice_undo: None,
        as_of: None,
        now: ctx.at,
        zone: company.map_or(TimeZone::UTC, |company| company.zone.clone()),
    }
}

/// For an error page: whatever is known by then.
pub(crate) fn for_errors(facts: &Facts) -> Shell {
    match facts.ctx.get() {
        Some(ctx) => of(facts, ctx, &[]),
        None => Shell {
            language: facts.language,
            words: facts.words.clone(),
            theme: facts.theme,
            company: String::new(),
            user: None,
            path: facts.path.clone(),
            query: String::new(),
            notice: None,
            notice_undo: None,
            as_of: None,
            now: facts.at,
            zone: TimeZone::UTC,
        },
    }
}

fn user_of(facts: &Facts, ctx: &Ctx) -> Option<ShellUser> {
    let caller = ctx.caller.as_ref()?;
    Some(ShellUser {
        name: caller.user.name.clone(),
        role: caller.role.label.get(ctx.language).to_owned(),
        may: may_of(ctx),
        overdue: facts.overdue.get().copied().unwrap_or_default(),
        reminders: facts.reminders.get().copied().unwrap_or_default(),
        inbox: facts.inbox.get().map(|inbox| {
            let more = if inbox.has_more { "+" } else { "" };
            format!("{}{more}", inbox.count)
        }),
    })
}

/// What the navigation of somebody holds.
pub(crate) fn may_of(ctx: &Ctx) -> May {
    let may = |kind, action| permissions::may(ctx, kind, action);
    May {
        see_leads: may(Kind::Lead, Action::See),
        decide_leads: may(Kind::Lead, Action::Change),
        see_companies: may(Kind::Company, Action::See),
        see_contacts: may(Kind::Contact, Action::See),
        see_opportunities: may(Kind::Opportunity, Action::See),
        see_products: may(Kind::Product, Action::See),
        see_quotes: may(Kind::Quote, Action::See),
        see_activities: may(Kind::Activity, Action::See),
        see_documents: may(Kind::Document, Action::See),
        manage_roles: permissions::require_administrator(ctx).is_ok(),
        create_leads: may(Kind::Lead, Action::Create),
        import: may(Kind::Import, Action::Create),
        see_reports: may(Kind::Lead, Action::See),
        manage_users: may(Kind::User, Action::Change),
        manage_plugins: may(Kind::Plugin, Action::Change),
        manage_api_keys: may(Kind::ApiKey, Action::Change),
        manage_settings: may(Kind::Settings, Action::Change),
    }
}
