//! Reports for people.

use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Action, Kind, LeadStatus, Scope, Source, lists};
use poem::http::Method;
use poem::{Response, handler};
use services::projectors::Reading;
use services::reports::{self, FileFormat, GroupBy, Report};
use services::{App, Ctx, Error, permissions, settings, users};
use ui::Locale;
use ui::reports::{By, Figures, GroupKey, GroupView, LeadsByMonthPage, MonthView, Whose, YearView};

/// Fiscal years that can be chosen: this one and those before.
const YEARS_CHOICES: i16 = 6;
const PATH: &str = "/reports/leads-by-month";

pub(crate) fn entries() -> Vec<Entry> {
    let see = "figures of own, team or all leads";
    vec![
        page(Method::GET, "/reports", see, first),
        page(Method::GET, PATH, see, leads_by_month),
        page(Method::GET, "/reports/leads-by-month/export", "export leads", export),
    ]
}

#[handler]
async fn first(here: Here) -> Response {
    here.go(PATH)
}

#[handler]
async fn leads_by_month(here: Here) -> Result<Response, Fault> {
    let (by, year) = asked(&here);
    let (own, words) = (own(&here), here.facts.words.clone());
    let view = here.deed(move |app, ctx| view(app, ctx, words.locale(ctx.language), (by, own), year)).await?;
    let mut shell = here.shell();
    shell.as_of = here.as_of(Reading::Analytics);
    Ok(here.page(ui::reports::page(&shell, &view)))
}

#[handler]
async fn export(here: Here) -> Result<Response, Fault> {
    let (by, year) = asked(&here);
    let format = here.query("format").and_then(FileFormat::from_code).unwrap_or(FileFormat::Csv);
    let (words, language) = (here.facts.words.clone(), here.ctx.language);
    let file = here
        .deed(move |app, ctx| {
            let l = words.locale(language);
            let source = |code: &str| ui::labels::choice(l, lists::SOURCES, code);
            let name = |code: &str| code_name(l, code);
            let titles = ui::reports::export_titles(l);
            let words = reports::Words { titles, source: &source, name: &name };
            let by = group_by(app, &by)?;
            reports::export_leads_by_month(app, ctx, by, year, format, &words)
        })
        .await?;
    Ok(super::imports::download(file))
}

fn asked(here: &Here) -> (By, Option<i16>) {
    let code = here.query("by").unwrap_or_default();
    let by = By::BUILT_IN.into_iter().chain(own(here)).find(|by| by.code() == code);
    (by.unwrap_or_default(), here.query("year").and_then(|year| year.parse().ok()))
}

/// The company's own fields that can be told apart.
fn own(here: &Here) -> Vec<By> {
    let language = here.ctx.language;
    let named = |field: services::fields::Field| {
        Some(By::Own { kind: field.kind, label: field.label?.get(language).to_owned(), key: field.key })
    };
    reports::own_groups(&here.state.app.frame()).filter_map(named).collect()
}

fn group_by(app: &App, by: &By) -> Result<GroupBy, Error> {
    let known = reports::group_by(&app.frame(), by.code());
    known.ok_or_else(|| Error::invalid("by", "choice", by.code()))
}

fn view(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
    (by, own): (By, Vec<By>),
    year: Option<i16>,
) -> Result<LeadsByMonthPage, Error> {
    let report = reports::leads_by_month(app, ctx, group_by(app, &by)?, year)?;
    let newest = reports::fiscal_year_now(ctx, &settings::get(app, ctx)?);
    Ok(LeadsByMonthPage {
        whose: whose(app, ctx, &report)?,
        groups: report.groups.iter().map(|group| group_view(l, &report, group)).collect(),
        by,
        own,
        year_choices: (0..YEARS_CHOICES).map(|before| newest - before).collect(),
        start_month: report.definition.fiscal_year_start_month,
        currency: report.currency,
        years: report.years.iter().map(year_view).collect(),
        leads_in_other_currencies: report.leads_in_other_currencies.unsigned_abs(),
        may_export: permissions::may(ctx, Kind::Lead, Action::Export),
        may_see_learned: permissions::require_all(ctx, Kind::Lead, Action::See).is_ok(),
    })
}

fn whose(app: &App, ctx: &Ctx, report: &Report) -> Result<Whose, Error> {
    Ok(match &report.definition.scope {
        Scope::Everything => Whose::Everybody,
        Scope::Own(_) | Scope::Nothing => Whose::Own,
        Scope::Teams(ids, _) => {
            let teams = users::teams(app, ctx)?;
            let known = teams.into_iter().filter(|team| ids.contains(&team.id()));
            Whose::Teams(known.map(|team| team.name).collect())
        }
    })
}

fn figures(figures: reports::Figures) -> Figures {
    Figures { leads: figures.leads, amount_minor: figures.amount_minor }
}

fn year_view(year: &reports::Year) -> YearView {
    let month = |month: &reports::Month| MonthView {
        first_day: month.first_day,
        figures: month.figures.map(figures),
    };
    YearView {
        year: year.year,
        months: year.months.iter().map(month).collect(),
        total: figures(year.total),
        to_date: figures(year.to_date),
        to_date_until: year.to_date_until,
    }
}

fn group_view(l: Locale<'_>, report: &Report, group: &reports::Group) -> GroupView {
    let key = match (&group.key, &report.definition.by) {
        (reports::GroupKey::Others, _) => GroupKey::Others,
        (reports::GroupKey::Code(code), GroupBy::Own(name)) => {
            let choice = reports::own_label(l.frame(), name, code, l.language);
            GroupKey::Own { code: code.clone(), label: choice.unwrap_or_else(|| code_name(l, code)) }
        }
        (reports::GroupKey::Code(code), GroupBy::Status) => {
            LeadStatus::from_code(code).map_or(GroupKey::Nothing, GroupKey::Status)
        }
        (reports::GroupKey::Code(code), _) => {
            Source::from_code(code).map_or(GroupKey::Nothing, GroupKey::Source)
        }
        (reports::GroupKey::Id(id), _) => {
            GroupKey::Owner { id: id.to_string(), name: group.name.clone().unwrap_or_default() }
        }
        (reports::GroupKey::Nothing, _) => GroupKey::Nothing,
    };
    GroupView { key, to_date: group.years.iter().map(|year| figures(year.to_date)).collect() }
}

/// What a code of an export is called.
pub(super) fn code_name(l: Locale<'_>, code: &str) -> String {
    match LeadStatus::from_code(code) {
        Some(status) => ui::labels::lead_status(l, status),
        None if code == "yes" || code == "no" => ui::own_fields::yes_no(l, code == "yes"),
        None => ui::reports::group_word(l, code),
    }
}
