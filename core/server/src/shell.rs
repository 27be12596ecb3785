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
        theme: facts.theme,
        company: company.map(|company| company.name.clone()).unwrap_or_default(),
        user: user_of(ctx),
        path: facts.path.clone(),
        query: if facts.path == "/search" { value("q") } else { String::new() },
        notice: ui::notices::from_code(ctx.language, &value("notice")),
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
            theme: facts.theme,
            company: String::new(),
            user: None,
            path: facts.path.clone(),
            query: String::new(),
            notice: None,
            as_of: None,
            now: facts.at,
            zone: TimeZone::UTC,
        },
    }
}

fn user_of(ctx: &Ctx) -> Option<ShellUser> {
    let caller = ctx.caller.as_ref()?;
    let may = |kind, action| permissions::may(ctx, kind, action);
    Some(ShellUser {
        name: caller.user.name.clone(),
        role: caller.role,
        may: May {
            create_leads: may(Kind::Lead, Action::Create),
            import: may(Kind::Import, Action::Create),
            see_reports: may(Kind::Lead, Action::See),
            manage_users: may(Kind::User, Action::Change),
            manage_plugins: may(Kind::Plugin, Action::Change),
            manage_api_keys: may(Kind::ApiKey, Action::Change),
        },
    })
}
