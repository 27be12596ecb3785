//! What quotes begin with, and what follows an acceptance.

use crate::errors::Fault;
use crate::here::Here;
use crate::pages::fields::{value_of, version_of};
use crate::pages::pieces::Fields;
use model::{Action, FieldErrors, Kind, PLAN_STEPS_MAX, PlanStep, QuoteSettings, Settings};
use poem::web::Form;
use poem::{Response, handler};
use services::{Error, permissions, quote_settings, quotes, settings};
use ui::quotes::{QuoteSettingsPage, SETTINGS_PATH, StepForm};

#[handler]
pub(super) async fn show(here: Here) -> Result<Response, Fault> {
    let view = here.deed(|app, ctx| {
        permissions::require_all(ctx, Kind::Settings, Action::See)?;
        let template = quotes::template_problems(app, ctx)?;
        Ok(QuoteSettingsPage { template, ..view_of(&settings::get(app, ctx)?) })
    });
    Ok(here.page(ui::quotes::settings_page(&here.shell(), &view.await?)))
}

#[handler]
pub(super) async fn update(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let typed = typed_of(&fields);
    let version = version_of(&fields);
    let errors = match read(&typed) {
        Ok(wanted) => {
            match here.try_deed(move |app, ctx| quote_settings::update(app, ctx, version, wanted)).await? {
                Ok(_) => return Ok(here.go_with_notice(SETTINGS_PATH, "saved")),
                Err(Error::Invalid(errors)) => errors,
                Err(Error::Conflict(_)) => {
                    let mut errors = FieldErrors::default();
                    errors.add("", "stale", "");
                    errors
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(errors) => errors,
    };
    let stored = here.deed(settings::get).await?;
    let view = QuoteSettingsPage { version: stored.meta.version, errors, ..typed };
    Ok(here.unprocessable(ui::quotes::settings_page(&here.shell(), &view)))
}

fn view_of(settings: &Settings) -> QuoteSettingsPage {
    let quotes = &settings.quotes;
    let step = |step: &PlanStep| StepForm {
        subject: step.subject.clone(),
        kind: step.kind.clone(),
        days: step.days.to_string(),
    };
    QuoteSettingsPage {
        version: settings.meta.version,
        valid_days: quotes.valid_days.to_string(),
        remind_days: quotes.remind_days.to_string(),
        payment_terms: quotes.payment_terms.clone(),
        conditions: quotes.conditions.clone(),
        wins: quotes.wins,
        plan: quotes.plan.iter().map(step).collect(),
        errors: FieldErrors::default(),
        template: Vec::new(),
    }
}

fn typed_of(fields: &Fields) -> QuoteSettingsPage {
    let text = |name: &str| value_of(fields, name).trim().to_owned();
    let step = |place: usize| StepForm {
        subject: text(&format!("plan.{place}.subject")),
        kind: text(&format!("plan.{place}.kind")),
        days: text(&format!("plan.{place}.days")),
    };
    let is_said = |step: &StepForm| !step.subject.is_empty() || !step.days.is_empty();
    QuoteSettingsPage {
        version: version_of(fields),
        valid_days: text("valid_days"),
        remind_days: text("remind_days"),
        payment_terms: text("payment_terms"),
        conditions: value_of(fields, "conditions").trim().replace("\r\n", "\n"),
        wins: value_of(fields, "wins") == "true",
        plan: (0..PLAN_STEPS_MAX + 2).map(step).filter(is_said).collect(),
        errors: FieldErrors::default(),
        template: Vec::new(),
    }
}

/// Numbers out of what was typed; empty days are none.
fn read(typed: &QuoteSettingsPage) -> Result<QuoteSettings, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut number = |field: &str, text: &str| {
        let parsed = if text.is_empty() { Ok(0) } else { text.parse::<u16>() };
        parsed.unwrap_or_else(|_| {
            errors.add(field, "number-form", text);
            0
        })
    };
    let valid_days = number("valid_days", &typed.valid_days);
    let remind_days = number("remind_days", &typed.remind_days);
    let mut plan = Vec::with_capacity(typed.plan.len());
    for (place, step) in typed.plan.iter().enumerate() {
        let days = number(&format!("plan.{place}.days"), &step.days);
        plan.push(PlanStep { subject: step.subject.clone(), kind: step.kind.clone(), days });
    }
    let (payment_terms, conditions) = (typed.payment_terms.clone(), typed.conditions.clone());
    let read = QuoteSettings { valid_days, payment_terms, conditions, wins: typed.wins, remind_days, plan };
    if errors.is_empty() { Ok(read) } else { Err(errors) }
}
