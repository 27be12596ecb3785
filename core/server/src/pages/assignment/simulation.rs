//! The simulation of the rules as they are, and of one that is being edited.

use super::words::{Words, rule_words};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::leads::filter::{Edited, edit, filter_of, problems};
use crate::pages::pieces::Fields;
use model::{AssignmentRule, Condition, Currency, FieldErrors, Filter, Kind, Operator};
use poem::{Response, handler};
use services::Error;
use services::assignment::{SIMULATED_MAX, Simulation, SimulationQuery, simulate};
use ui::Locale;
use ui::address::Address;
use ui::assignment::{
    Behind, EditedRule, MOST, PATH, PERIODS, Period, RuleForm, SIMULATION_PATH, ShareRow, SimulatedRow,
    SimulationPage, SimulationRule, TRIED,
};

/// Fields of a rule's form that its simulation does not send on: what buttons said, and what it asks for itself.
const OWN_FIELDS: [&str; 4] = ["deed", "do", "period", "most"];

/// Which leads are tried.
pub(super) struct Chosen {
    period: Period,
    /// The newest so many, as typed and as read.
    most: String,
    limit: usize,
    filter: Filter,
}

impl Chosen {
    /// Problem code: `rule-capacity`.
    fn read(period: &str, most: &str, filter: Filter, errors: &mut FieldErrors) -> Chosen {
        let most = if most.is_empty() { SIMULATED_MAX.to_string() } else { most.to_owned() };
        let limit = most.parse().ok().filter(|limit| (1..=SIMULATED_MAX).contains(limit));
        if limit.is_none() {
            errors.add("most", "rule-capacity", SIMULATED_MAX.to_string());
        }
        let period = PERIODS.into_iter().find(|known| known.code == period).unwrap_or(PERIODS[0]);
        Chosen { period, most, limit: limit.unwrap_or_default(), filter }
    }

    fn of_address(here: &Here, errors: &mut FieldErrors) -> Chosen {
        let (filter, _) = Filter::read(here.query("filter").unwrap_or_default());
        let most = here.query("most").unwrap_or(MOST);
        Chosen::read(here.query("period").unwrap_or_default(), most.trim(), filter, errors)
    }

    fn query(&self, edited: Option<(Option<String>, AssignmentRule)>) -> SimulationQuery {
        let days = |days: u16| Condition::new("created_at", Operator::LastDays, [days.to_string()]);
        let filter = self.period.days.map(days).into_iter().fold(self.filter.clone(), Filter::and);
        SimulationQuery { filter, limit: self.limit, edited, order: Vec::new() }
    }

    fn address(&self, path: &str, filter: &Filter) -> String {
        let address = Address::new(path).with("period", self.period.code).with("most", &self.most);
        address.with("filter", &filter.to_string()).into()
    }

    fn shown(self, page: SimulationPage, errors: FieldErrors) -> SimulationPage {
        SimulationPage {
            period: self.period.code.to_owned(),
            filter_href: self.address(&format!("{SIMULATION_PATH}/filter"), &self.filter),
            filter_text: self.filter.to_string(),
            most: self.most,
            errors,
            ..page
        }
    }
}

#[handler]
pub(super) async fn show_simulation(here: Here) -> Result<Response, Fault> {
    let mut errors = FieldErrors::default();
    let chosen = Chosen::of_address(&here, &mut errors);
    let query = errors.is_empty().then(|| chosen.query(None));
    let page = match simulated(&here, query, chosen.filter.clone()).await? {
        Ok(page) => page,
        Err(found) => {
            errors = found;
            SimulationPage::default()
        }
    };
    let view = chosen.shown(page, errors);
    let markup = ui::assignment::simulation(&here.shell(), &view);
    Ok(if view.errors.is_empty() { here.page(markup) } else { here.unprocessable(markup) })
}

/// The shared editor of filters, for the leads that are tried.
#[handler]
pub(super) async fn choose_leads(here: Here) -> Result<Response, Fault> {
    let chosen = Chosen::of_address(&here, &mut FieldErrors::default());
    let (filter, errors) = Filter::read(here.query("filter").unwrap_or_default());
    here.deed(|_, ctx| services::permissions::require_all(ctx, Kind::AssignmentRule, model::Action::See))
        .await?;
    let list = Edited {
        kind: Kind::Lead,
        title: ui::assignment::simulation_title(here.shell().locale()),
        action: format!("{SIMULATION_PATH}/filter"),
        filter,
        pairs: vec![("period", chosen.period.code.to_owned()), ("most", chosen.most.clone())],
        address: Box::new(move |filter| chosen.address(SIMULATION_PATH, &filter)),
    };
    edit(&here, list, errors).await
}

/// What the form of a rule says of the leads that it is tried on. Problems of conditions have the prefix of their names.
pub(super) fn chosen(here: &Here, view: &RuleForm, currency: Currency, errors: &mut FieldErrors) -> Chosen {
    let filter = filter_of(&view.tried, &view.fields, currency);
    let known = services::filters::fields_of(&here.state.app.frame(), Kind::Lead);
    for problem in problems(&filter, &known).0 {
        errors.add(&format!("{TRIED}{}", problem.field), &problem.code, problem.detail);
    }
    Chosen::read(&view.period, &view.most, filter, errors)
}

/// What a rule would do as it is being edited; or what is wrong with it.
pub(super) async fn edited(
    here: &Here,
    view: &RuleForm,
    rule: AssignmentRule,
    chosen: Chosen,
    fields: &Fields,
) -> Result<Result<Response, FieldErrors>, Fault> {
    let query = chosen.query(Some((view.frame.key.clone(), rule)));
    let page = match simulated(here, Some(query), chosen.filter.clone()).await? {
        Ok(page) => page,
        Err(errors) => return Ok(Err(errors)),
    };
    let shell = here.shell();
    let kept = fields.iter().filter(|(name, _)| !OWN_FIELDS.contains(&name.as_str())).cloned().collect();
    let action = match &view.frame.key {
        Some(key) => format!("{PATH}/{key}"),
        None => format!("{PATH}/new"),
    };
    let name = view.label.get(shell.locale().language).to_owned();
    let mut page = chosen.shown(page, FieldErrors::default());
    page.edited = Some(EditedRule { action, name, fields: kept });
    Ok(Ok(here.page(ui::assignment::simulation(&shell, &page))))
}

/// The simulation in words, or what is wrong with what was asked; without a query only the filter is said.
async fn simulated(
    here: &Here,
    query: Option<SimulationQuery>,
    filter: Filter,
) -> Result<Result<SimulationPage, FieldErrors>, Fault> {
    let shared = here.facts.words.clone();
    let done = here
        .try_deed(move |app, ctx| {
            let l = shared.locale(ctx.language);
            let words = rule_words(app, ctx, l)?;
            let found = query.map(|query| simulate(app, ctx, query)).transpose()?;
            let page = found.map(|found| page_of(l, &words, found)).unwrap_or_default();
            Ok(SimulationPage { filter: words.group(l, &filter), ..page })
        })
        .await?;
    match done {
        Ok(page) => Ok(Ok(page)),
        Err(Error::Invalid(errors)) => Ok(Err(errors)),
        Err(error) => Err(error.into()),
    }
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
        winner_now: name(row.winner_now),
        owner: name(row.lead.owner),
    });
    let share = |share: &services::assignment::Share| ShareRow {
        name: name(share.user),
        as_it_is: share.as_it_is,
        by_rules_now: share.by_rules_now,
        as_it_would_be: share.as_it_would_be,
    };
    let behind = found.behind.and_then(|behind| {
        let label = found.rules.get(behind.place)?.piece.label.get(l.language).to_owned();
        Some(Behind { place: behind.place, label, is_never: behind.is_never })
    });
    let rule = |(key, count): &(Option<String>, u64)| SimulationRule {
        label: key.as_deref().map_or_else(|| ui::assignment::no_rule(l), label),
        count: *count,
        behind: behind.clone().filter(|_| key.is_some() && *key == found.edited),
    };
    SimulationPage {
        count: found.count,
        is_partial: found.is_partial,
        is_compared: found.is_compared,
        changed: found.changed,
        rows: rows.collect(),
        shares: found.shares.iter().map(share).collect(),
        by_rule: found.by_rule.iter().map(rule).collect(),
        ..SimulationPage::default()
    }
}
