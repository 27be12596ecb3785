//! The simulation of the rules as they are, and of one that is being edited.

use super::words::{Words, rule_words};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::leads::filter::{Edited, edit};
use crate::pages::pieces::Fields;
use model::{AssignmentRule, Condition, FieldErrors, Filter, Kind, Operator};
use poem::{Response, handler};
use services::Error;
use services::assignment::{Simulation, SimulationQuery, simulate};
use ui::Locale;
use ui::address::Address;
use ui::assignment::{
    EditedRule, PATH, PERIODS, Period, RuleForm, SIMULATION_PATH, ShareRow, SimulatedRow, SimulationPage,
    SimulationRule,
};

/// Fields of a rule's form that its simulation does not send on: what buttons said.
const BUTTONS: [&str; 2] = ["deed", "do"];

#[handler]
pub(super) async fn show_simulation(here: Here) -> Result<Response, Fault> {
    let period = period_of(here.query("period").unwrap_or_default());
    let filter = Filter::read(here.query("filter").unwrap_or_default()).0;
    let query = query_of(period, &filter, None);
    let shared = here.facts.words.clone();
    let (filter_text, chosen) = (filter.to_string(), filter.clone());
    let mut view = here
        .deed(move |app, ctx| {
            let l = shared.locale(ctx.language);
            let found = simulate(app, ctx, query)?;
            let words = rule_words(app, ctx, l)?;
            let view = page_of(l, &words, found);
            Ok(SimulationPage { filter: words.group(l, &chosen), ..view })
        })
        .await?;
    view.period = period.code.to_owned();
    view.filter_href = address(&format!("{SIMULATION_PATH}/filter"), period.code, &filter_text);
    view.filter_text = filter_text;
    Ok(here.page(ui::assignment::simulation(&here.shell(), &view)))
}

/// The shared editor of filters, for the leads that are tried.
#[handler]
pub(super) async fn choose_leads(here: Here) -> Result<Response, Fault> {
    let period = period_of(here.query("period").unwrap_or_default()).code;
    let (filter, errors) = Filter::read(here.query("filter").unwrap_or_default());
    here.deed(|_, ctx| services::permissions::require_all(ctx, Kind::AssignmentRule, model::Action::See))
        .await?;
    let list = Edited {
        kind: Kind::Lead,
        title: ui::assignment::simulation_title(here.shell().locale()),
        action: format!("{SIMULATION_PATH}/filter"),
        filter,
        pairs: vec![("period", period.to_owned())],
        address: Box::new(move |filter| {
            let text = filter.to_string();
            address(SIMULATION_PATH, period, &text)
        }),
    };
    edit(&here, list, errors).await
}

/// What a rule would do as it is being edited; or what is wrong with it.
pub(super) async fn edited(
    here: &Here,
    view: &RuleForm,
    rule: AssignmentRule,
    fields: &Fields,
) -> Result<Result<Response, FieldErrors>, Fault> {
    let period = period_of(&view.period);
    let query = query_of(period, &Filter::default(), Some((view.frame.key.clone(), rule)));
    let shared = here.facts.words.clone();
    let done = here
        .try_deed(move |app, ctx| {
            let l = shared.locale(ctx.language);
            let found = simulate(app, ctx, query)?;
            Ok(page_of(l, &rule_words(app, ctx, l)?, found))
        })
        .await?;
    let mut page = match done {
        Ok(page) => page,
        Err(Error::Invalid(errors)) => return Ok(Err(errors)),
        Err(error) => return Err(error.into()),
    };
    let shell = here.shell();
    let kept = fields.iter().filter(|(name, _)| !BUTTONS.contains(&name.as_str())).cloned().collect();
    let action = match &view.frame.key {
        Some(key) => format!("{PATH}/{key}"),
        None => format!("{PATH}/new"),
    };
    let name = view.label.get(shell.locale().language).to_owned();
    page.period = period.code.to_owned();
    page.edited = Some(EditedRule { action, name, fields: kept });
    Ok(Ok(here.page(ui::assignment::simulation(&shell, &page))))
}

fn period_of(code: &str) -> Period {
    PERIODS.into_iter().find(|period| period.code == code).unwrap_or(PERIODS[0])
}

fn query_of(
    period: Period,
    filter: &Filter,
    edited: Option<(Option<String>, AssignmentRule)>,
) -> SimulationQuery {
    let days = period.days.map(|days| Condition::new("created_at", Operator::LastDays, [days.to_string()]));
    let filter = days.into_iter().fold(filter.clone(), Filter::and);
    SimulationQuery { filter, limit: period.leads, edited, order: Vec::new() }
}

fn address(path: &str, period: &str, filter: &str) -> String {
    Address::new(path).with("period", period).with("filter", filter).into()
}

fn page_of(l: Locale<'_>, words: &Words, found: Simulation) -> SimulationPage {
    let name = |id: Option<model::UserId>| id.and_then(|id| words.names.get(id.0));
    let label = |key: &str| {
        let rule = found.rules.iter().find(|piece| piece.key == key);
        rule.map_or_else(|| key.to_owned(), |piece| piece.piece.label.get(l.language).to_owned())
    };
    let rows = found.rows.iter().map(|row| SimulatedRow {
        id: row.lead.meta.id.to_string(),
        title: row.lead.title().to_owned(),
        created_at: row.lead.meta.created_at,
        decided: row.rule.as_deref().map_or_else(|| words.decision(l, &row.decision), label),
        tried: row
            .tried
            .iter()
            .filter(|tried| Some(&tried.rule) != row.rule.as_ref())
            .map(|tried| (label(&tried.rule), words.tried(l, tried).1))
            .collect(),
        winner: name(row.winner),
        owner: name(row.lead.owner),
    });
    let share = |share: &services::assignment::Share| ShareRow {
        name: name(share.user),
        as_it_is: share.as_it_is,
        as_it_would_be: share.as_it_would_be,
    };
    let rule = |(key, count): &(Option<String>, u64)| SimulationRule {
        label: key.as_deref().map_or_else(|| ui::assignment::no_rule(l), label),
        count: *count,
    };
    SimulationPage {
        count: found.count,
        changed: found.changed,
        rows: rows.collect(),
        shares: found.shares.iter().map(share).collect(),
        by_rule: found.by_rule.iter().map(rule).collect(),
        ..SimulationPage::default()
    }
}
