//! Scoring rules: the list, one rule and what it would do; and what was learned from closed leads.

use super::fields::value_of;
use super::leads::columns::field_views;
use super::leads::filter::{change, filter_of, rows_of, shown};
use super::leads::views::Names;
use super::pieces::{self, Fields, label_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Action, FieldErrors, Filter, Kind, LeadId, PROBABILITY, SCORE, ScoringRule, parse_date};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::choices::Step;
use services::probability::{self, Factor, Knowledge, LearnedFrom, Measure, Probability};
use services::scoring::{self, Preview, PreviewQuery};
use services::{App, Ctx, Error, configuration, permissions, settings};
use ui::Locale;
use ui::assignment::{EditedRule, RuleState};
use ui::filters::{FilterFieldView, FilterWords};
use ui::pieces::{Difference, PieceFrame};
use ui::scoring::{
    BandRow, ChanceView, FactorRow, KnowledgeView, LEARNED_PATH, LeadScore, LearnedBy, LearnedPage,
    MakingView, MeasureView, PATH, PREVIEW_LEADS, PreviewPage, PreviewedRow, ScoreView, ScoringForm,
    ScoringList, ScoringRow,
};

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change) = ("see settings: all", "change settings: all");
    vec![
        page(Method::GET, "/settings/scoring", see, list),
        page(Method::GET, "/settings/scoring/new", see, new),
        page(Method::POST, "/settings/scoring/new", change, create),
        page(Method::GET, "/settings/scoring/:key", see, show),
        page(Method::POST, "/settings/scoring/:key", change, update),
        page(Method::POST, "/settings/scoring/:key/move", change, step),
        page(Method::POST, "/settings/scoring/:key/remove", change, remove),
        page(Method::GET, LEARNED_PATH, "see leads: all", learned),
    ]
}

/// Whether the order by points is being made anew.
pub(super) fn making(app: &App) -> Option<MakingView> {
    scoring::making(app).map(|making| MakingView { done: making.done, expected: making.expected })
}

fn may_see_learned(ctx: &Ctx) -> bool {
    permissions::require_all(ctx, Kind::Lead, Action::See).is_ok()
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let shared = here.facts.words.clone();
    let view = here
        .deed(move |app, ctx| {
            let l = shared.locale(ctx.language);
            let rules = configuration::list::<ScoringRule>(app, ctx)?;
            let today = services::assignment_rules::today(app, ctx)?;
            let words = Words::read(app, ctx, l)?;
            let row = |piece: &model::Configured<ScoringRule>| ScoringRow {
                key: piece.key.clone(),
                label: piece.piece.label.get(ctx.language).to_owned(),
                sentence: words.sentence(l, &piece.piece.conditions),
                points: piece.piece.points,
                state: match &piece.piece {
                    rule if rule.archived => RuleState::Archived,
                    rule if rule.from.is_some_and(|from| today < from) => RuleState::NotYet,
                    rule if rule.to.is_some_and(|to| to < today) => RuleState::Over,
                    _ => RuleState::InForce,
                },
            };
            let mut rows: Vec<ScoringRow> = rules.iter().map(row).collect();
            rows.sort_by_key(|row| row.state == RuleState::Archived);
            Ok(ScoringList {
                rows,
                may_change: scoring::may_set_up(ctx),
                may_see_learned: may_see_learned(ctx),
                making: making(app),
            })
        })
        .await?;
    Ok(here.page(ui::scoring::list(&here.shell(), &view)))
}

#[handler]
async fn step(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let step = if value_of(&fields, "step") == "up" { Step::Up } else { Step::Down };
    here.deed(move |app, ctx| scoring::step(app, ctx, &key, step)).await?;
    Ok(here.go(PATH))
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    let view = form_of(&here, PieceFrame::default(), ScoringRule::default()).await?;
    Ok(here.page(ui::scoring::form(&here.shell(), &view)))
}

#[handler]
async fn show(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let (frame, rule) = here.deed(move |app, ctx| pieces::frame_of(app, ctx, &key)).await?;
    let view = form_of(&here, frame, rule).await?;
    Ok(here.page(ui::scoring::form(&here.shell(), &view)))
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
    let Some(errors) = pieces::remove::<ScoringRule>(&here, &key, &fields).await? else {
        return Ok(here.go_with_notice(PATH, "rule-deleted"));
    };
    let (frame, rule) = here.deed(move |app, ctx| pieces::frame_of(app, ctx, &key)).await?;
    let view = form_of(&here, PieceFrame { errors, ..frame }, rule).await?;
    Ok(here.unprocessable(ui::scoring::form(&here.shell(), &view)))
}

/// A form that was sent: saved, tried, or shown again with what a button asked for.
async fn sent(here: Here, key: Option<String>, fields: Fields) -> Result<Response, Fault> {
    let frame = pieces::sent_frame::<ScoringRule>(&here, key.clone(), &fields).await?;
    let currency = here.deed(settings::get).await?.currency;
    let mut view = blank(&here, frame).await?;
    fill(&mut view, &fields);
    let mut errors = FieldErrors::default();
    let rule = read(&view, currency, &mut errors);
    let is_tried = value_of(&fields, "deed") == "preview";
    match value_of(&fields, "do") {
        "" if is_tried && errors.is_empty() => match tried(&here, &view, rule, &fields).await? {
            Ok(page) => return Ok(page),
            Err(found) => errors = found,
        },
        "" if is_tried => {}
        "" if value_of(&fields, "deed") == "save" => {
            let of = key.map(|key| (key, view.frame.version));
            match pieces::save_checked(&here, of, rule.clone(), errors).await? {
                Ok(_) => return Ok(here.go_with_notice(PATH, "saved")),
                Err(Error::Invalid(found)) => errors = found,
                Err(Error::Conflict(conflict)) => {
                    return conflicting(&here, view, &rule, conflict.version).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
        deed => {
            change(&mut view.rows, &view.fields, deed, &fields);
            return Ok(here.page(ui::scoring::form(&here.shell(), &view)));
        }
    }
    view.frame.errors = errors;
    Ok(here.unprocessable(ui::scoring::form(&here.shell(), &view)))
}

/// Somebody saved another version meanwhile: the form with what differs.
async fn conflicting(
    here: &Here,
    mut view: ScoringForm,
    mine: &ScoringRule,
    version: u64,
) -> Result<Response, Fault> {
    let (key, shared, mine) =
        (view.frame.key.clone().unwrap_or_default(), here.facts.words.clone(), mine.clone());
    let differences: Vec<Difference> = here
        .deed(move |app, ctx| {
            let l = shared.locale(ctx.language);
            let words = Words::read(app, ctx, l)?;
            let saved = configuration::get::<ScoringRule>(app, ctx, &key)?.piece;
            let told = |rule: &ScoringRule| {
                [
                    (ui::pieces::field_name(l, "label"), rule.label.get(l.language).to_owned()),
                    (ui::scoring::points_label(l), rule.points.to_string()),
                    (ui::scoring::what(l), words.sentence(l, &rule.conditions)),
                ]
            };
            Ok(pieces::differences(told(&mine), told(&saved)))
        })
        .await?;
    view.frame.version = version;
    view.frame.conflict = Some(differences);
    Ok(here.conflict(ui::scoring::form(&here.shell(), &view)))
}

/// What a rule would do as it is being edited; or what is wrong with it.
async fn tried(
    here: &Here,
    view: &ScoringForm,
    rule: ScoringRule,
    fields: &Fields,
) -> Result<Result<Response, FieldErrors>, Fault> {
    let limit = view.leads.parse().ok().filter(|leads| PREVIEW_LEADS.contains(leads));
    let query = PreviewQuery { limit: limit.unwrap_or(PREVIEW_LEADS[0]), key: view.frame.key.clone(), rule };
    let shared = here.facts.words.clone();
    let done = here
        .try_deed(move |app, ctx| {
            Ok(preview_page(shared.locale(ctx.language), scoring::preview(app, ctx, query)?))
        })
        .await?;
    let mut page = match done {
        Ok(page) => page,
        Err(Error::Invalid(errors)) => return Ok(Err(errors)),
        Err(error) => return Err(error.into()),
    };
    let shell = here.shell();
    // What the buttons said is not sent on.
    let kept = fields.iter().filter(|(name, _)| name != "deed" && name != "do").cloned().collect();
    let action = match &view.frame.key {
        Some(key) => format!("{PATH}/{key}"),
        None => format!("{PATH}/new"),
    };
    let name = view.label.get(shell.locale().language).to_owned();
    page.edited = EditedRule { action, name, fields: kept };
    Ok(Ok(here.page(ui::scoring::preview(&shell, &page))))
}

fn preview_page(l: Locale<'_>, found: Preview) -> PreviewPage {
    let mean = |sum: u64| (sum * 10 + found.count / 2).checked_div(found.count).unwrap_or_default();
    let row = |row: &scoring::Previewed| PreviewedRow {
        id: row.lead.meta.id.to_string(),
        title: row.lead.title().to_owned(),
        before: row.before,
        after: row.after.points,
        reasons: reasons(l, &row.after),
    };
    PreviewPage {
        count: found.count,
        fitting: found.fitting,
        changed: found.changed,
        mean_before: mean(found.sum_before),
        mean_after: mean(found.sum_after),
        bands: found.before.into_iter().zip(found.after).collect(),
        rows: found.rows.iter().map(row).collect(),
        ..PreviewPage::default()
    }
}

fn reasons(l: Locale<'_>, score: &scoring::Score) -> Vec<(String, i16)> {
    let reason = |reason: &scoring::ScoreReason| (reason.label.get(l.language).to_owned(), reason.points);
    score.reasons.iter().map(reason).collect()
}

/// What sentences about rules are made with.
struct Words {
    fields: Vec<FilterFieldView>,
    currency: model::Currency,
}

impl Words {
    fn read(app: &App, ctx: &Ctx, l: Locale<'_>) -> Result<Words, Error> {
        Ok(Words {
            fields: field_views(app, ctx, l, Kind::Lead)?,
            currency: settings::get(app, ctx)?.currency,
        })
    }

    fn sentence(&self, l: Locale<'_>, conditions: &Filter) -> String {
        let words = FilterWords { fields: &self.fields, currency: self.currency };
        let group = |group: &model::Group| ui::filters::group_sentence(l, group, words);
        ui::scoring::sentence(l, &conditions.groups.iter().map(group).collect::<Vec<_>>())
    }
}

/// Everything that can be chosen, and nothing chosen yet.
async fn blank(here: &Here, frame: PieceFrame) -> Result<ScoringForm, Fault> {
    let shared = here.facts.words.clone();
    here.deed(move |app, ctx| {
        let l = shared.locale(ctx.language);
        let mut fields = field_views(app, ctx, l, Kind::Lead)?;
        fields.retain(|field| field.key != SCORE && field.key != PROBABILITY);
        for field in &mut fields {
            // A rule is not somebody's: it cannot speak of «me».
            field.choices.retain(|choice| ![model::ME, model::MY_TEAM].contains(&choice.value.as_str()));
        }
        let saved =
            frame.key.as_deref().map(|key| configuration::get::<ScoringRule>(app, ctx, key)).transpose()?;
        let words = Words::read(app, ctx, l)?;
        let said = |piece: model::Configured<ScoringRule>| {
            (words.sentence(l, &piece.piece.conditions), piece.piece.points)
        };
        Ok(ScoringForm { frame, fields, sentence: saved.map(said), ..ScoringForm::default() })
    })
    .await
}

async fn form_of(here: &Here, frame: PieceFrame, rule: ScoringRule) -> Result<ScoringForm, Fault> {
    let blank = blank(here, frame).await?;
    let day = |day: Option<model::jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    Ok(ScoringForm {
        points: if rule.points == 0 { String::new() } else { rule.points.to_string() },
        rows: shown(&rule.conditions, &blank.fields),
        from: day(rule.from),
        to: day(rule.to),
        label: rule.label,
        ..blank
    })
}

/// What was typed, as it was typed.
fn fill(view: &mut ScoringForm, fields: &Fields) {
    let text = |name: &str| value_of(fields, name).trim().to_owned();
    view.label = label_of(fields, "label");
    view.points = text("points");
    view.rows = rows_of(fields).unwrap_or_default();
    view.from = text("from");
    view.to = text("to");
    view.leads = text("leads");
}

/// The rule that was typed; what could not be read is said.
fn read(view: &ScoringForm, currency: model::Currency, errors: &mut FieldErrors) -> ScoringRule {
    let mut day = |field: &str, typed: &str| {
        let read = (!typed.is_empty()).then(|| parse_date(typed));
        if matches!(read, Some(Err(_))) {
            errors.add(field, "date-form", typed);
        }
        read.and_then(Result::ok)
    };
    ScoringRule {
        label: view.label.clone(),
        conditions: filter_of(&view.rows, &view.fields, currency),
        // What is no number is refused with those that are out of range. People write a real minus sign, too.
        points: view.points.replace('−', "-").parse().unwrap_or_default(),
        from: day("from", &view.from),
        to: day("to", &view.to),
        archived: view.frame.archived,
    }
}

/// The card of a lead's page.
pub(super) fn lead_score(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
    lead: &model::Lead,
    names: &Names,
) -> Result<LeadScore, Error> {
    let id = LeadId(lead.meta.id);
    let score = scoring::of_lead(app, ctx, id)?;
    let chance = match probability::of_lead(app, ctx, id)? {
        Probability::Closed => ChanceView::Closed,
        Probability::NotYet => ChanceView::NotYet,
        Probability::TooFew { won, lost } => {
            let (needed, of_each) = (probability::CLOSED_MIN, probability::OF_EACH_MIN);
            ChanceView::TooFew { won, lost, needed, of_each }
        }
        Probability::Chance(chance) => ChanceView::Known {
            percent: chance.percent(),
            is_reliable: probability::is_reliable(app, chance.from),
            by: learned_by(chance.from, names),
            closed: chance.won + chance.lost,
            base: probability::percent_of(share(chance.won, chance.won + chance.lost)),
            factors: chance.factors.iter().map(|factor| factor_row(l, factor)).collect(),
        },
    };
    Ok(LeadScore {
        score: score.map(|score| ScoreView {
            points: score.points,
            sum: score.sum,
            reasons: reasons(l, &score),
        }),
        chance,
        may_set_up: scoring::may_set_up(ctx),
        may_see_learned: may_see_learned(ctx),
    })
}

fn share(part: u32, all: u32) -> f64 {
    f64::from(part) / f64::from(all.max(1))
}

fn learned_by(from: LearnedFrom, names: &Names) -> LearnedBy {
    match from {
        LearnedFrom::Company => LearnedBy::Company,
        LearnedFrom::Team(team) => LearnedBy::Team(names.get(team.0).unwrap_or_default()),
    }
}

fn factor_row(l: Locale<'_>, factor: &Factor) -> FactorRow {
    FactorRow {
        field: ui::scoring::factor_name(l, &factor.field),
        value: ui::scoring::category_name(l, &factor.field, &factor.code, &factor.text),
        times: parts(factor.log_odds.exp(), 2),
        won: factor.won,
        lost: factor.lost,
    }
}

/// A number that is not negative in whole hundredths, thousandths…
fn parts(number: f64, digits: usize) -> u64 {
    format!("{number:.digits$}").replace('.', "").parse().unwrap_or_default()
}

#[handler]
async fn learned(here: Here) -> Result<Response, Fault> {
    let shared = here.facts.words.clone();
    let view = here
        .deed(move |app, ctx| {
            let l = shared.locale(ctx.language);
            let known = probability::knowledge(app, ctx)?;
            let names = Names::read(app, ctx)?;
            let view = |knowledge: Knowledge| KnowledgeView {
                by: learned_by(knowledge.from, &names),
                won: knowledge.won,
                lost: knowledge.lost,
                enough: knowledge.enough.map(|(factors, measure)| {
                    (factors.iter().map(|factor| factor_row(l, factor)).collect(), measure_view(&measure))
                }),
            };
            Ok(LearnedPage {
                known: known.map(|known| known.into_iter().map(view).collect()),
                needed: probability::CLOSED_MIN,
                of_each: probability::OF_EACH_MIN,
                category_min: probability::CATEGORY_MIN,
                may_set_up: scoring::may_set_up(ctx),
            })
        })
        .await?;
    Ok(here.page(ui::scoring::learned(&here.shell(), &view)))
}

fn measure_view(measure: &Measure) -> MeasureView {
    let band = |band: &probability::MeasuredBand| BandRow {
        leads: band.leads,
        won: band.won,
        told: i64::try_from(parts(band.told / f64::from(band.leads.max(1)), 3)).unwrap_or_default(),
    };
    MeasureView {
        leads: measure.leads,
        brier: parts(measure.brier, 3),
        base_brier: parts(measure.base_brier, 3),
        log_loss: parts(measure.log_loss, 3),
        base_log_loss: parts(measure.base_log_loss, 3),
        auc: measure.auc.map(|auc| parts(auc, 3)),
        is_better: measure.is_better_than_base(),
        bands: measure.bands.iter().map(band).collect(),
    }
}
