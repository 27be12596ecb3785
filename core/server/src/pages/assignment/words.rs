//! Rules and decisions with the names of all that they refer to.

use crate::errors::Fault;
use crate::here::Here;
use crate::pages::leads::columns::field_views;
use crate::pages::leads::views::Names;
use model::uuid::Uuid;
use model::{
    AssignmentRule, Currency, Decision, Filter, Frame, Kind, Lead, LeadId, Money, Pool, RuleOutcome,
    RuleTried, Strategy,
};
use services::{App, Ctx, Error, assignment_rules, merges, plugins, settings};
use std::collections::BTreeMap;
use std::sync::Arc;
use ui::Locale;
use ui::assignment::{Explained, PoolWords, RuleWords, TriedRule};
use ui::filters::{FilterFieldView, FilterWords};

/// What sentences about rules are made with.
pub(super) struct Words {
    pub(super) names: Names,
    pub(super) fields: Vec<FilterFieldView>,
    pub(super) currency: Currency,
    pub(super) frame: Arc<Frame>,
    plugins: BTreeMap<String, String>,
}

pub(super) fn rule_words(app: &App, ctx: &Ctx, l: Locale<'_>) -> Result<Words, Error> {
    let frame = app.frame();
    let mut titles = BTreeMap::new();
    for piece in frame.assignment_rules.all() {
        if let Some(name) = &piece.piece.plugin {
            titles.insert(name.clone(), plugins::title(app, name, ctx.language)?);
        }
    }
    Ok(Words {
        names: Names::read(app, ctx)?,
        fields: field_views(app, ctx, l, Kind::Lead)?,
        currency: settings::get(app, ctx)?.currency,
        plugins: titles,
        frame,
    })
}

impl Words {
    fn user(&self, id: &str) -> String {
        id.parse::<Uuid>().ok().and_then(|id| self.names.get(id)).unwrap_or_else(|| "?".to_owned())
    }

    fn filter(&self) -> FilterWords<'_> {
        FilterWords { fields: &self.fields, currency: self.currency }
    }

    /// A group of conditions in words; nothing for none.
    pub(super) fn group(&self, l: Locale<'_>, filter: &Filter) -> String {
        ui::filters::filter_sentence(l, filter, self.filter())
    }

    /// A rule that was tried and did not decide: its name and why not.
    pub(super) fn tried(&self, l: Locale<'_>, tried: &RuleTried) -> (String, String) {
        let condition = match &tried.outcome {
            RuleOutcome::Condition { conditions, .. } => self.group(l, conditions),
            _ => String::new(),
        };
        (rule_name(&self.frame, l, &tried.rule), ui::assignment::outcome(l, &tried.outcome, &condition))
    }

    /// What decided on a lead.
    pub(super) fn decision(&self, l: Locale<'_>, decision: &Decision) -> String {
        match decision {
            Decision::Rule { rule, .. } | Decision::RuleFallback { rule } => rule_name(&self.frame, l, rule),
            _ => ui::assignment::no_rule(l),
        }
    }
}

/// The rule as sentences.
pub(super) fn sentence_of(l: Locale<'_>, words: &Words, rule: &AssignmentRule) -> String {
    let groups = rule.conditions.groups.iter();
    let pool = match rule.pool {
        Pool::People => {
            PoolWords::People(rule.people.iter().map(|member| words.user(&member.user)).collect())
        }
        Pool::Team => PoolWords::Team(words.user(rule.team.as_deref().unwrap_or_default())),
        Pool::Role => {
            let role = rule.role.as_deref().and_then(|key| words.frame.roles.get(key));
            PoolWords::Role(role.map(|role| role.label().get(l.language).to_owned()).unwrap_or_default())
        }
        Pool::CompanyOwner => PoolWords::CompanyOwner,
    };
    let plugin = rule.plugin.clone().unwrap_or_default();
    let said = RuleWords {
        conditions: groups.map(|group| ui::filters::group_sentence(l, group, words.filter())).collect(),
        ways: rule.ways.clone(),
        from: rule.from,
        to: rule.to,
        pool,
        strategy: rule.strategy,
        plugin: words.plugins.get(&plugin).cloned().unwrap_or(plugin),
        day_max: rule.day_max,
        month_max: rule.month_max,
        attendance: rule.attendance,
        absent_too: rule.absent_too,
        fallback: rule.fallback,
        fallback_person: rule.fallback_person.as_deref().map(|id| words.user(id)).unwrap_or_default(),
    };
    ui::assignment::sentence(l, &said)
}

/// The same where there is enough of it to be said.
pub(super) async fn sentence_now(here: &Here, rule: &AssignmentRule) -> Result<Option<String>, Fault> {
    let is_empty = match rule.pool {
        Pool::People => rule.people.is_empty(),
        Pool::Team => rule.team.is_none(),
        Pool::Role => rule.role.is_none(),
        Pool::CompanyOwner => false,
    };
    if is_empty {
        return Ok(None);
    }
    let (shared, rule) = (here.facts.words.clone(), rule.clone());
    here.deed(move |app, ctx| {
        let l = shared.locale(ctx.language);
        Ok(Some(sentence_of(l, &rule_words(app, ctx, l)?, &rule)))
    })
    .await
}

/// What a rule is called; its key where it is gone.
pub(in crate::pages) fn rule_name(frame: &Frame, l: Locale<'_>, key: &str) -> String {
    match frame.assignment_rules.get(key) {
        Some(piece) => piece.label().get(l.language).to_owned(),
        None => ui::assignment::deleted_rule(l, key),
    }
}

/// How the decisions about a lead came about: what made it whose it is, what was decided before, and what was decided about
/// leads that became a part of it.
pub(in crate::pages) fn explained(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
    lead: &Lead,
    names: &Names,
) -> Result<Vec<Explained>, Error> {
    let mut found = assignment_rules::explanations(app, ctx, LeadId(lead.meta.id))?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let assigned_at = lead.assignment.as_ref().map(|assignment| assignment.at);
    let is_own = |one: &model::Explanation| one.lead.0 == lead.meta.id;
    // Whose it is may have been taken from one that became a part of it.
    let is_now = |one: &model::Explanation| {
        Some(one.meta.created_at) == assigned_at && (is_own(one) || one.winner == lead.owner)
    };
    found.sort_by_key(|one| (!is_now(one), !is_own(one)));
    let now = found.first().filter(|one| is_now(one)).map(|one| one.meta.id);
    let merged = if found.iter().all(is_own) { BTreeMap::new() } else { merged_leads(app, ctx, lead)? };
    let words = rule_words(app, ctx, l)?;
    let name = |id: model::UserId| names.get(id.0).unwrap_or_else(|| "?".to_owned());
    let rule = |tried: &RuleTried| {
        let (name_of_rule, outcome) = words.tried(l, tried);
        TriedRule {
            name: name_of_rule,
            outcome,
            won: matches!(tried.outcome, RuleOutcome::Won | RuleOutcome::WonByFallback),
            left_out: tried.left_out.iter().map(|out| (name(out.user), out.why)).collect(),
            left_out_more: tried.left_out_more,
        }
    };
    let one = |explanation: model::Explanation| {
        // The rule may choose in another way by now.
        let weighed = |standing: &model::Standing| match explanation.weighed_by {
            Some(Strategy::FewestOpen) => Some(ui::assignment::weighed_open(l, standing.weighed)),
            Some(Strategy::LeastValue) => {
                let minor_units = i64::try_from(standing.weighed).unwrap_or(i64::MAX);
                Some(ui::format::money(l, Money { minor_units, currency: words.currency }))
            }
            Some(Strategy::Turns | Strategy::WeightedTurns) => {
                Some(ui::assignment::weighed_turns(l, standing.weighed, standing.weight))
            }
            _ => None,
        };
        let is_of_this = is_own(&explanation) || now == Some(explanation.meta.id);
        Explained {
            at: explanation.meta.created_at,
            merged: (!is_of_this).then(|| merged.get(&explanation.lead.0).cloned().unwrap_or_default()),
            occasion: explanation.occasion,
            from: explanation.from.map(name),
            rules: explanation.rules.iter().map(rule).collect(),
            candidates: explanation
                .candidates
                .iter()
                .map(|standing| (name(standing.user), weighed(standing)))
                .collect(),
            is_by_weight: explanation.weighed_by == Some(Strategy::WeightedTurns),
            candidates_count: explanation.candidates_count,
            default_away: explanation.default_away.map(name),
            winner: explanation.winner.map(name),
        }
    };
    Ok(found.into_iter().map(one).collect())
}

/// What the leads were called that became a part of this one.
fn merged_leads(app: &App, ctx: &Ctx, lead: &Lead) -> Result<BTreeMap<Uuid, String>, Error> {
    let mut titles = BTreeMap::new();
    for merge in merges::of(app, ctx, Kind::Lead, lead.meta.id)? {
        titles.extend(merges::former_titles(app, &merge)?);
    }
    Ok(titles)
}
