//! Assignment rules: the list in order, one rule, and who gets what nothing else placed.

use super::fields::{value_of, version_of};
use super::leads::columns::field_views;
use super::leads::filter::{change, records_meant, shown};
use super::pieces::{self, Fields};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::jiff::civil::Date;
use model::{Action, AssignmentRule, Configured, FieldErrors, Kind};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::assignment_rules::AssignmentDraft;
use services::choices::Step;
use services::{App, Ctx, Error, assignment_rules, configuration, permissions, plugins, settings, users};
use ui::Locale;
use ui::assignment::{Behind, MOST, PATH, PersonRow, RuleForm, RuleList, RuleRow, RuleState, TRIED};
use ui::components::Choice;
use ui::pieces::{Difference, PieceFrame};

mod simulation;
mod typed;
mod words;
use typed::{fill, read, tried_fields};
pub(super) use words::{explained, rule_name};
use words::{rule_words, sentence_of};

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change) = ("see settings: all", "change settings: all");
    vec![
        page(Method::GET, "/settings/assignment", see, list),
        page(Method::GET, "/settings/assignment/new", see, new),
        page(Method::POST, "/settings/assignment/new", change, create),
        page(Method::GET, "/settings/assignment/:key", see, show),
        page(Method::POST, "/settings/assignment/:key", change, update),
        page(Method::POST, "/settings/assignment/:key/move", change, step),
        page(Method::POST, "/settings/assignment/:key/remove", change, remove),
        page(Method::POST, "/settings/assignment-default", change, default_owner),
        page(Method::POST, "/settings/assignment-reassign", change, reassign),
        page(Method::GET, "/settings/assignment-simulation", see, simulation::show_simulation),
        page(Method::GET, "/settings/assignment-simulation/filter", see, simulation::choose_leads),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let view = list_page(&here, FieldErrors::default()).await?;
    Ok(here.page(ui::assignment::list(&here.shell(), &view)))
}

async fn list_page(here: &Here, errors: FieldErrors) -> Result<RuleList, Fault> {
    let shared = here.facts.words.clone();
    here.deed(move |app, ctx| {
        let l = shared.locale(ctx.language);
        let rules = configuration::list::<AssignmentRule>(app, ctx)?;
        let (today, settings) = (assignment_rules::today(app, ctx)?, settings::get(app, ctx)?);
        let state = |rule: &AssignmentRule| match rule {
            _ if rule.archived => RuleState::Archived,
            _ if rule.from.is_some_and(|from| today < from) => RuleState::NotYet,
            _ if rule.to.is_some_and(|to| to < today) => RuleState::Over,
            _ => RuleState::InForce,
        };
        let mut rows = Vec::with_capacity(rules.len());
        let words = rule_words(app, ctx, l)?;
        for piece in &rules {
            rows.push(RuleRow {
                key: piece.key.clone(),
                label: piece.piece.label.get(ctx.language).to_owned(),
                sentence: sentence_of(l, &words, &piece.piece),
                state: state(&piece.piece),
                behind: None,
            });
        }
        rows.sort_by_key(|row| row.state == RuleState::Archived);
        put_behind(&mut rows, &rules, today);
        let unanswered = AssignmentDraft::of(&settings);
        let people = assignment_rules::people(app, ctx)?;
        let team = users::teams(app, ctx)?.into_iter().find(|team| team.id() == settings.default_team);
        Ok(RuleList {
            rows,
            may_change: permissions::require_all(ctx, Kind::AssignmentRule, Action::Change).is_ok(),
            people: people.into_iter().map(|user| Choice::new(user.id().to_string(), user.name)).collect(),
            default_owner: settings.default_owner.map(|owner| owner.to_string()).unwrap_or_default(),
            default_team: team.map(|team| team.name).unwrap_or_default(),
            reassign_after_hours: unanswered.reassign_after_hours,
            reassign_times: unanswered.reassign_times,
            has_target: settings.first_response_hours.is_some(),
            version: settings.meta.version,
            errors,
        })
    })
    .await
}

/// Says of each rule that a rule before it keeps every lead from. Archived ones stand behind the others.
fn put_behind(rows: &mut [RuleRow], rules: &[Configured<AssignmentRule>], today: Date) {
    let current = rules.iter().map(|piece| &piece.piece).filter(|rule| !rule.archived);
    let labels: Vec<String> = rows.iter().map(|row| row.label.clone()).collect();
    for (row, behind) in rows.iter_mut().zip(assignment_rules::behind(current, today)) {
        row.behind = behind.and_then(|behind| {
            let label = labels.get(behind.place)?.clone();
            Some(Behind { place: behind.place, label, is_never: behind.is_never })
        });
    }
}

#[handler]
async fn default_owner(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (version, owner) = (version_of(&fields), value_of(&fields, "default_owner").to_owned());
    let done =
        here.try_deed(move |app, ctx| assignment_rules::set_default_owner(app, ctx, version, &owner)).await?;
    match pieces::removal_problems(done.map(|_| ()))? {
        None => Ok(here.go_with_notice(PATH, "saved")),
        Some(errors) => {
            let view = list_page(&here, errors).await?;
            Ok(here.unprocessable(ui::assignment::list(&here.shell(), &view)))
        }
    }
}

/// When nobody answers in time. What was typed stays in the form.
#[handler]
async fn reassign(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let version = version_of(&fields);
    let text = |name: &str| value_of(&fields, name).to_owned();
    let (hours, times) = (text("reassign_after_hours"), text("reassign_times"));
    let typed = (hours.clone(), times.clone());
    let done = here
        .try_deed(move |app, ctx| {
            assignment_rules::set_reassignment(app, ctx, version, &typed.0, &typed.1).map(|_| ())
        })
        .await?;
    match pieces::removal_problems(done)? {
        None => Ok(here.go_with_notice(PATH, "saved")),
        Some(errors) => {
            let view = list_page(&here, errors).await?;
            let view = RuleList { reassign_after_hours: hours, reassign_times: times, ..view };
            Ok(here.unprocessable(ui::assignment::list(&here.shell(), &view)))
        }
    }
}

/// One place up or down by a button, or to the place where a row was dropped.
#[handler]
async fn step(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let to = value_of(&fields, "to").parse::<usize>().ok();
    let step = if value_of(&fields, "step") == "up" { Step::Up } else { Step::Down };
    here.deed(move |app, ctx| match to {
        Some(to) => assignment_rules::put_at(app, ctx, &key, to),
        None => assignment_rules::step(app, ctx, &key, step),
    })
    .await?;
    Ok(here.go(PATH))
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    let view = form_of(&here, PieceFrame::default(), AssignmentRule::default()).await?;
    Ok(here.page(ui::assignment::form(&here.shell(), &view)))
}

#[handler]
async fn show(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let (frame, rule) = here.deed(move |app, ctx| pieces::frame_of(app, ctx, &key)).await?;
    let view = form_of(&here, frame, rule).await?;
    Ok(here.page(ui::assignment::form(&here.shell(), &view)))
}

#[handler]
async fn create(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    sent(here, None, fields).await
}

#[handler]
async fn update(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    sent(here, Some(key), fields).await
}

#[handler]
async fn remove(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let Some(errors) = pieces::remove::<AssignmentRule>(&here, &key, &fields).await? else {
        return Ok(here.go_with_notice(PATH, "rule-deleted"));
    };
    let (frame, rule) = here.deed(move |app, ctx| pieces::frame_of(app, ctx, &key)).await?;
    let view = form_of(&here, PieceFrame { errors, ..frame }, rule).await?;
    Ok(here.unprocessable(ui::assignment::form(&here.shell(), &view)))
}

/// A form that was sent: saved, tried, or shown again with what a button asked for.
async fn sent(here: Here, key: Option<String>, fields: Fields) -> Result<Response, Fault> {
    let frame = pieces::sent_frame::<AssignmentRule>(&here, key.clone(), &fields).await?;
    let currency = here.deed(settings::get).await?.currency;
    let mut view = blank(&here, frame).await?;
    fill(&mut view, &fields);
    let known = std::mem::take(&mut view.fields);
    let (rows, tried) = (std::mem::take(&mut view.rows), std::mem::take(&mut view.tried));
    (view.fields, view.rows, view.tried) = here
        .deed(move |app, ctx| {
            let (known, rows) = records_meant(app, ctx, known, rows)?;
            let (known, tried) = records_meant(app, ctx, known, tried)?;
            Ok((known, rows, tried))
        })
        .await?;
    let mut errors = FieldErrors::default();
    let rule = read(&view, currency, &mut errors);
    view.sentence = words::sentence_now(&here, &rule).await?;
    match (value_of(&fields, "do"), value_of(&fields, "deed")) {
        ("", "save") => {}
        ("", "simulate") => {
            let chosen = simulation::chosen(&here, &view, currency, &mut errors);
            if errors.is_empty() {
                match simulation::edited(&here, &view, rule, chosen, &fields).await? {
                    Ok(page) => return Ok(page),
                    Err(found) => errors = found,
                }
            }
            view.frame.errors = errors;
            return Ok(here.unprocessable(ui::assignment::form(&here.shell(), &view)));
        }
        (deed, _) => {
            match deed.strip_prefix(TRIED) {
                Some(deed) => change(&mut view.tried, &view.fields, deed, &tried_fields(&fields)),
                None => change(&mut view.rows, &view.fields, deed, &fields),
            }
            return Ok(here.page(ui::assignment::form(&here.shell(), &view)));
        }
    }
    let of = key.map(|key| (key, view.frame.version));
    match pieces::save_checked(&here, of, rule.clone(), errors).await? {
        Ok(_) => Ok(here.go_with_notice(PATH, "saved")),
        Err(Error::Invalid(errors)) => {
            view.frame.errors = errors;
            Ok(here.unprocessable(ui::assignment::form(&here.shell(), &view)))
        }
        Err(Error::Conflict(conflict)) => {
            let key = view.frame.key.clone().unwrap_or_default();
            let stored =
                here.deed(move |app, ctx| configuration::get::<AssignmentRule>(app, ctx, &key)).await?;
            view.frame.version = conflict.version;
            view.frame.conflict = Some(differences(&here, &rule, &stored.piece).await?);
            Ok(here.conflict(ui::assignment::form(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

async fn differences(
    here: &Here,
    mine: &AssignmentRule,
    saved: &AssignmentRule,
) -> Result<Vec<Difference>, Fault> {
    let (own, theirs) = (words::sentence_now(here, mine).await?, words::sentence_now(here, saved).await?);
    let shell = here.shell();
    let label = |rule: &AssignmentRule| rule.label.get(shell.locale().language).to_owned();
    let named = |name: &str| ui::pieces::field_name(shell.locale(), name);
    Ok(pieces::differences(
        [(named("label"), label(mine)), (ui::assignment::what(shell.locale()), own.unwrap_or_default())],
        [(named("label"), label(saved)), (ui::assignment::what(shell.locale()), theirs.unwrap_or_default())],
    ))
}

/// Everything that can be chosen, and nothing chosen yet.
async fn blank(here: &Here, frame: PieceFrame) -> Result<RuleForm, Fault> {
    let shared = here.facts.words.clone();
    here.deed(move |app, ctx| blank_form(app, ctx, shared.locale(ctx.language), frame)).await
}

fn blank_form(app: &App, ctx: &Ctx, l: Locale<'_>, frame: PieceFrame) -> Result<RuleForm, Error> {
    let mut fields = field_views(app, ctx, l, Kind::Lead)?;
    for field in &mut fields {
        // A rule is not somebody's: it cannot speak of «me».
        field.choices.retain(|choice| ![model::ME, model::MY_TEAM].contains(&choice.value.as_str()));
    }
    let person = |user: model::User| PersonRow {
        id: user.id().to_string(),
        name: user.name,
        takes_leads: user.takes_leads,
        chosen: false,
        weight: "1".to_owned(),
    };
    let mut people: Vec<PersonRow> = assignment_rules::people(app, ctx)?.into_iter().map(person).collect();
    people.sort_by_key(|person| model::fold(&person.name));
    let teams = users::teams(app, ctx)?;
    let now = app.frame();
    let roles = now.roles.current();
    let saved = frame.key.as_deref().and_then(|key| now.assignment_rules.get(key)).map(|piece| &piece.piece);
    let plugins = plugin_choices(app, ctx, saved.and_then(|rule| rule.plugin.as_deref()))?;
    Ok(RuleForm {
        frame,
        fields,
        people,
        teams: teams.into_iter().map(|team| Choice::new(team.id().to_string(), team.name)).collect(),
        roles: roles.map(|role| Choice::new(role.key.as_str(), role.label().get(ctx.language))).collect(),
        plugins,
        most: MOST.to_owned(),
        ..RuleForm::default()
    })
}

/// The plugins that whoever asks may see, and the one that the rule asks already: a form without it would take it away.
fn plugin_choices(app: &App, ctx: &Ctx, asked: Option<&str>) -> Result<Vec<Choice>, Error> {
    let found = match plugins::list(app, ctx) {
        Err(Error::Denied) => Vec::new(),
        found => found?,
    };
    let mut names: Vec<String> = found.into_iter().map(|plugin| plugin.record.name).collect();
    names.extend(asked.filter(|asked| names.iter().all(|name| name != asked)).map(str::to_owned));
    names
        .into_iter()
        .map(|name| {
            let title = plugins::title(app, &name, ctx.language)?;
            Ok(Choice::new(name, title))
        })
        .collect()
}

async fn form_of(here: &Here, frame: PieceFrame, rule: AssignmentRule) -> Result<RuleForm, Fault> {
    let sentence = if frame.key.is_some() { words::sentence_now(here, &rule).await? } else { None };
    let mut blank = blank(here, frame).await?;
    let rows = shown(&rule.conditions, &blank.fields);
    let known = std::mem::take(&mut blank.fields);
    let (fields, rows) = here.deed(move |app, ctx| records_meant(app, ctx, known, rows)).await?;
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut people = blank.people.clone();
    for person in &mut people {
        if let Some(member) = rule.people.iter().find(|member| member.user == person.id) {
            person.chosen = true;
            person.weight = member.weight.to_string();
        }
    }
    Ok(RuleForm {
        label: rule.label.clone(),
        fields,
        rows,
        ways: rule.ways.iter().map(|way| way.as_str().to_owned()).collect(),
        from: rule.from.map(|day| day.to_string()).unwrap_or_default(),
        to: rule.to.map(|day| day.to_string()).unwrap_or_default(),
        pool: rule.pool.as_str().to_owned(),
        people,
        team: rule.team.clone().unwrap_or_default(),
        role: rule.role.clone().unwrap_or_default(),
        strategy: rule.strategy.as_str().to_owned(),
        plugin: rule.plugin.clone().unwrap_or_default(),
        day_max: number(rule.day_max),
        month_max: number(rule.month_max),
        attendance: rule.attendance.as_str().to_owned(),
        absent_too: rule.absent_too,
        fallback: rule.fallback.as_str().to_owned(),
        fallback_person: rule.fallback_person.clone().unwrap_or_default(),
        sentence,
        ..blank
    })
}
