//! The first page.

use super::{activities, documents};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Action, Import, Kind, Lead, UserId};
use poem::http::Method;
use poem::{Response, handler};
use services::documents::EXPIRING_MAX;
use services::projectors::Reading;
use services::quotes::{self, WAITING_MAX};
use services::{App, Ctx, Error, home, permissions, plugins, users};
use std::collections::BTreeMap;
use ui::home::{
    Answered, Checklist, ExpiringDocuments, Home, HomeFigures, LatestLead, RunningImport, WaitingQuotes,
};
use ui::records::ListFilters;

pub(crate) fn entries() -> Vec<Entry> {
    vec![page(Method::GET, "/", "see leads: own, team or all", show)]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let view = here.deed(view).await?;
    let mut shell = here.shell();
    shell.as_of = here.as_of(Reading::Analytics);
    Ok(here.page(ui::home::page(&shell, &view)))
}

fn view(app: &App, ctx: &Ctx) -> Result<Home, Error> {
    let found = home::get(app, ctx)?;
    let names = users::names(app, ctx)?;
    let count = |number: i64| number.unsigned_abs();
    let figures = found.figures.as_ref().map(|figures| {
        let open = || figures.mine.iter().filter(|(status, _)| status.is_open());
        let by_status = &figures.summary.by_status;
        HomeFigures {
            new_leads: by_status
                .iter()
                .filter(|(status, _)| ui::home::is_waiting(*status))
                .map(|(_, leads)| count(*leads))
                .sum(),
            my_open_leads: open().map(|(_, leads)| count(*leads)).sum(),
            this_month: count(figures.summary.this_month),
            same_month_last_year: count(figures.summary.same_days_last_year),
            answered: answered(figures.first_response.this_month),
            answered_before: answered(figures.first_response.month_before),
            mine_by_status: open().map(|(status, leads)| (*status, count(*leads))).collect(),
        }
    });
    Ok(Home {
        figures,
        checklist: found.latest.is_empty().then(|| checklist(app, ctx)).transpose()?,
        todo: activities::own_todo(app, ctx, &found.todo)?,
        expiring: (found.expiring > 0).then(|| ExpiringDocuments {
            count: found.expiring.min(EXPIRING_MAX) as u64,
            has_more: found.expiring > EXPIRING_MAX,
            href: documents::expiring().address("").into(),
        }),
        approvals: (found.approvals > 0).then(|| WaitingQuotes {
            count: found.approvals.min(WAITING_MAX) as u64,
            has_more: found.approvals > WAITING_MAX,
            href: waiting_list().address("").into(),
        }),
        latest: found.latest.iter().map(|lead| latest(lead, &names)).collect(),
        imports: found.working.iter().map(running).collect(),
    })
}

/// The list of quotes that wait for approval.
fn waiting_list() -> ListFilters {
    ListFilters { filter: quotes::waiting_filter(), ..ListFilters::usual(Kind::Quote) }
}

fn answered(found: services::reports::Answered) -> Answered {
    let minutes = found.median_minutes.map(i64::unsigned_abs);
    Answered { leads: found.leads.unsigned_abs(), median_minutes: minutes }
}

fn checklist(app: &App, ctx: &Ctx) -> Result<Checklist, Error> {
    let plugin_enabled = permissions::may(ctx, Kind::Plugin, Action::See)
        && plugins::list(app, ctx)?.iter().any(|plugin| plugin.record.enabled);
    Ok(Checklist { users_invited: users::list(app, ctx)?.len() > 1, plugin_enabled, leads_present: false })
}

fn latest(lead: &Lead, names: &BTreeMap<UserId, String>) -> LatestLead {
    LatestLead {
        href: format!("/leads/{}", lead.meta.id),
        title: lead.title().to_owned(),
        detail: lead.town.clone().or_else(|| lead.interest.clone()).unwrap_or_default(),
        status: lead.status,
        owner: lead.owner.and_then(|owner| names.get(&owner).cloned()),
        created_at: lead.meta.created_at,
    }
}

fn running(import: &Import) -> RunningImport {
    let counts = if import.started_at.is_some() { import.imported } else { import.checked };
    RunningImport {
        href: format!("/imports/{}", import.meta.id),
        file_name: import.file_name.clone(),
        done: counts.done,
        total: import.sheet.rows,
    }
}
