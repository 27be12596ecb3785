//! Pipelines with their stages: a plain form in which buttons add, move and drop rows.

use super::fields::value_of;
use super::pieces::{self, Deed, Fields, label_of, rows_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Action, FieldErrors, Kind, Language, Pipeline, Stage, StageKind, key_of};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::pipelines::{self, Move};
use services::{Error, configuration, permissions};
use ui::components::Choice;
use ui::pieces::{Difference, PieceFrame, PieceRow};
use ui::pipelines::{PATH, PipelineForm, StageMove, StageRow};

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change) = ("see settings: all", "change settings: all");
    vec![
        page(Method::GET, "/settings/pipelines", see, list),
        page(Method::GET, "/settings/pipelines/new", see, new),
        page(Method::POST, "/settings/pipelines/new", change, create),
        page(Method::GET, "/settings/pipelines/:key", see, show),
        page(Method::POST, "/settings/pipelines/:key", change, update),
        page(Method::POST, "/settings/pipelines/:key/remove", change, remove),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let found = here.deed(configuration::list::<Pipeline>).await?;
    let language = here.ctx.language;
    let rows: Vec<PieceRow> = found
        .into_iter()
        .map(|pipeline| PieceRow {
            label: pipeline.piece.label.get(language).to_owned(),
            detail: stages_text(&pipeline.piece, language),
            archived: pipeline.piece.archived,
            key: pipeline.key,
        })
        .collect();
    Ok(here.page(ui::pipelines::list(&here.shell(), &rows)))
}

/// A new one begins as the ready one: changing is easier than inventing.
#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    here.deed(|_, ctx| permissions::require_all(ctx, Kind::Pipeline, Action::See)).await?;
    let (_, ready) = <Pipeline as model::Piece>::ready().into_iter().next().ok_or_else(Fault::not_found)?;
    let sample = Pipeline { label: model::Label::default(), ..ready };
    let view = form_from(&here, PieceFrame::default(), &sample);
    Ok(here.page(ui::pipelines::form(&here.shell(), &view)))
}

#[handler]
async fn show(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let (frame, pipeline) = here.deed(move |app, ctx| pieces::frame_of(app, ctx, &key)).await?;
    Ok(here.page(ui::pipelines::form(&here.shell(), &form_from(&here, frame, &pipeline))))
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
    let Some(errors) = pieces::remove::<Pipeline>(&here, &key, &fields).await? else {
        return Ok(here.go_with_notice(PATH, "saved"));
    };
    let (frame, pipeline) = here.deed(move |app, ctx| pieces::frame_of(app, ctx, &key)).await?;
    let view = form_from(&here, PieceFrame { errors, ..frame }, &pipeline);
    Ok(here.unprocessable(ui::pipelines::form(&here.shell(), &view)))
}

async fn sent(here: Here, key: Option<String>, fields: Fields) -> Result<Response, Fault> {
    let frame = pieces::sent_frame::<Pipeline>(&here, key.clone(), &fields).await?;
    let stages = (0..rows_of(&fields, "stages")).map(|place| stage_row(&fields, place)).collect();
    let label = label_of(&fields, "label");
    let mut view =
        PipelineForm { frame, label, stages, fields: asked_fields(&here), ..PipelineForm::default() };
    let deed = Deed::of(&fields);
    if deed != Deed::Save {
        deed.change(&mut view.stages);
        return Ok(here.page(ui::pipelines::form(&here.shell(), &view)));
    }
    let mut errors = FieldErrors::default();
    let pipeline = read(&view, &mut errors);
    let of = key.map(|key| (key, view.frame.version));
    let moves = moves_of(&fields);
    let saved = match &of {
        Some((key, version)) if errors.is_empty() => {
            let (key, version, wanted, moves) = (key.clone(), *version, pipeline.clone(), moves.clone());
            here.try_deed(move |app, ctx| pipelines::update(app, ctx, &key, version, wanted, &moves)).await?
        }
        _ => pieces::save_checked(&here, of, pipeline.clone(), errors).await?,
    };
    match saved {
        Ok(_) => Ok(here.go_with_notice(PATH, "saved")),
        Err(Error::Invalid(errors)) => {
            ask_where(&here, &mut view, &errors, &moves);
            view.frame.errors = errors;
            Ok(here.unprocessable(ui::pipelines::form(&here.shell(), &view)))
        }
        Err(Error::Conflict(conflict)) => {
            let key = view.frame.key.clone().unwrap_or_default();
            let stored = here.deed(move |app, ctx| configuration::get::<Pipeline>(app, ctx, &key)).await?;
            let shell = here.shell();
            view.frame.version = conflict.version;
            view.frame.conflict = Some(differences(&shell, &pipeline, &stored.piece));
            Ok(here.conflict(ui::pipelines::form(&shell, &view)))
        }
        Err(error) => Err(error.into()),
    }
}

fn stage_row(fields: &Fields, place: usize) -> StageRow {
    let value = |field: &str| value_of(fields, &format!("stages.{place}.{field}")).trim().to_owned();
    StageRow {
        key: value("key"),
        label: label_of(fields, &format!("stages.{place}.label")),
        kind: value("kind"),
        probability: value("probability"),
        stale_days: value("stale_days"),
        required: {
            let name = format!("stages.{place}.required");
            fields.iter().filter(|(field, _)| *field == name).map(|(_, key)| key.clone()).collect()
        },
    }
}

/// Where opportunities go whose stage is taken away: `moves.<key>`.
fn moves_of(fields: &Fields) -> Vec<Move> {
    let one = |(name, to): &(String, String)| {
        let from = name.strip_prefix("moves.")?.to_owned();
        Some(Move { from, to: to.clone() })
    };
    fields.iter().filter_map(one).filter(|wanted| !wanted.to.is_empty()).collect()
}

/// Asks where the opportunities of each stage go that would vanish or be of another kind under them.
fn ask_where(here: &Here, view: &mut PipelineForm, errors: &FieldErrors, moves: &[Move]) {
    let (frame, language) = (here.state.app.frame(), here.ctx.language);
    let Some(stored) = view.frame.key.as_ref().and_then(|key| frame.pipelines.get(key)) else {
        return;
    };
    let asked = |problem: &model::Problem| {
        let (key, count) = pipelines::used_stage(problem)?;
        let label = stored.piece.stage(key).map(|stage| stage.label.get(language).to_owned());
        let to = moves.iter().find(|wanted| wanted.from == key).map(|wanted| wanted.to.clone());
        Some(StageMove { key: key.to_owned(), label: label?, count, to: to.unwrap_or_default() })
    };
    view.moves = errors.0.iter().filter_map(asked).collect();
    let stays = |stage: &&Stage| {
        view.stages.iter().any(|row| row.key == stage.key && row.kind == stage.kind.as_str())
    };
    let target = |stage: &Stage| Choice::new(stage.key.as_str(), stage.label.get(language));
    view.targets = stored.piece.stages.iter().filter(stays).map(target).collect();
}

fn form_from(here: &Here, frame: PieceFrame, pipeline: &Pipeline) -> PipelineForm {
    let stages = pipeline.stages.iter().map(|stage| StageRow {
        key: stage.key.clone(),
        label: stage.label.clone(),
        kind: stage.kind.as_str().to_owned(),
        probability: stage.probability.to_string(),
        stale_days: stage.stale_days.map(|days| days.to_string()).unwrap_or_default(),
        required: stage.required.clone(),
    });
    let (label, stages, fields) = (pipeline.label.clone(), stages.collect(), asked_fields(here));
    PipelineForm { frame, label, stages, fields, ..PipelineForm::default() }
}

/// The fields that a stage can ask for: those of an opportunity that people type.
fn asked_fields(here: &Here) -> Vec<Choice> {
    let (frame, shell) = (here.state.app.frame(), here.shell());
    let named = |field: services::fields::Field| {
        let label = ui::records::field_label(shell.locale(), Kind::Opportunity, &field.key);
        Choice::new(field.key, label)
    };
    let fields = services::fields::specs_of(&frame, Kind::Opportunity).into_iter();
    fields
        .filter(|field| field.typed && !["name", "stage"].contains(&field.key.as_str()))
        .map(named)
        .collect()
}

/// What was typed as a pipeline. A stage without a key gets one of its label; kept keys stay, as records refer to them.
fn read(view: &PipelineForm, errors: &mut FieldErrors) -> Pipeline {
    let mut stages: Vec<Stage> = Vec::new();
    for (place, row) in view.stages.iter().enumerate() {
        let at = |field: &str| format!("stages.{place}.{field}");
        let kind = StageKind::from_code(&row.kind);
        if kind.is_none() && !row.kind.is_empty() {
            errors.add(&at("kind"), "choice", &row.kind);
        }
        let probability = row.probability.trim_end_matches('%').trim_end().parse();
        if probability.is_err() {
            let code = if row.probability.is_empty() { "required" } else { "number-form" };
            errors.add(&at("probability"), code, &row.probability);
        }
        let stale_days = if row.stale_days.is_empty() { None } else { Some(row.stale_days.parse()) };
        if matches!(stale_days, Some(Err(_))) {
            errors.add(&at("stale_days"), "number-form", &row.stale_days);
        }
        let required = row.required.clone();
        let is_known = |field: &&String| view.fields.iter().any(|known| known.value == **field);
        for field in required.iter().filter(|field| !is_known(field)) {
            errors.add(&at("required"), "field-unknown", field);
        }
        let taken = |key: &str| {
            stages.iter().any(|other| other.key == key) || view.stages.iter().any(|other| other.key == key)
        };
        let key = if row.key.is_empty() { free_stage_key(&row.label, taken) } else { row.key.clone() };
        stages.push(Stage {
            key,
            label: row.label.clone(),
            kind: kind.unwrap_or(StageKind::Open),
            probability: probability.unwrap_or_default(),
            stale_days: stale_days.and_then(Result::ok),
            required,
        });
    }
    Pipeline { label: view.label.clone(), stages, archived: view.frame.archived }
}

fn free_stage_key(label: &model::Label, taken: impl Fn(&str) -> bool) -> String {
    let made = key_of(label.get(Language::Ca));
    let name = if made.is_empty() { "stage".to_owned() } else { made };
    let numbered = (2..=model::STAGES_MAX + 1).map(|number| {
        let cut: String = name.chars().take(model::KEY_CHARACTERS_MAX - 3).collect();
        format!("{cut}_{number}")
    });
    std::iter::once(name.clone()).chain(numbered).find(|key| !taken(key)).unwrap_or(name)
}

fn stages_text(pipeline: &Pipeline, language: Language) -> String {
    let names = pipeline.stages.iter().map(|stage| stage.label.get(language));
    names.collect::<Vec<_>>().join(" · ")
}

fn differences(shell: &ui::Shell, mine: &Pipeline, saved: &Pipeline) -> Vec<Difference> {
    let l = shell.locale();
    let stage = |stage: &Stage| {
        let kind = ui::pipelines::kind_name(l, stage.kind);
        format!("{} ({kind}, {} %)", stage.label.get(l.language), stage.probability)
    };
    let facts = |pipeline: &Pipeline| {
        let stages: Vec<String> = pipeline.stages.iter().map(stage).collect();
        [
            (ui::pieces::field_name(l, "label"), pipeline.label.get(l.language).to_owned()),
            (ui::pieces::field_name(l, "stages"), stages.join(" · ")),
        ]
    };
    pieces::differences(facts(mine), facts(saved))
}
