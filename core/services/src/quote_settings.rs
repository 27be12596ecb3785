//! What quotes begin with, and what follows when one is accepted: part of the company's settings.

use crate::error::none_of;
use crate::{App, Ctx, Error, permissions, settings};
use model::{
    Action, CONDITIONS_CHARACTERS_MAX, FieldErrors, Kind, PAYMENT_TERMS_CHARACTERS_MAX, PLAN_STEPS_MAX,
    QuoteSettings, RECORD_BYTES_MAX, Settings, TODO_KINDS,
};

/// Nobody holds a price for longer.
const VALID_DAYS_MAX: u16 = 730;
/// What follows an acceptance follows soon.
const PLAN_DAYS_MAX: u16 = 365;
const SUBJECT_CHARACTERS_MAX: usize = 100;

/// Changes them. A stale version is refused. Problem codes: `number-between`, `too-long`, `required`, `choice`, `too-many`.
pub fn update(app: &App, ctx: &Ctx, version: u64, wanted: QuoteSettings) -> Result<Settings, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let before = settings::get(app, ctx)?;
    let after = Settings { quotes: wanted, ..before.clone() };
    let mut errors = FieldErrors::default();
    check(&after.quotes, &mut errors);
    if errors.is_empty() && crate::notes::bytes_of(&after) > RECORD_BYTES_MAX {
        errors.add("conditions", "record-too-big", RECORD_BYTES_MAX.to_string());
    }
    none_of(errors)?;
    settings::save(app, ctx, version, &before, after)
}

fn check(quotes: &QuoteSettings, errors: &mut FieldErrors) {
    if !(1..=VALID_DAYS_MAX).contains(&quotes.valid_days) {
        errors.add("valid_days", "number-between", format!("1–{VALID_DAYS_MAX}"));
    }
    if quotes.remind_days > quotes.valid_days {
        errors.add("remind_days", "number-between", format!("0–{}", quotes.valid_days));
    }
    let texts = [
        ("payment_terms", &quotes.payment_terms, PAYMENT_TERMS_CHARACTERS_MAX),
        ("conditions", &quotes.conditions, CONDITIONS_CHARACTERS_MAX),
    ];
    for (field, text, most) in texts {
        if text.chars().count() > most {
            errors.add(field, "too-long", most.to_string());
        }
    }
    if quotes.plan.len() > PLAN_STEPS_MAX {
        errors.add("plan", "too-many", PLAN_STEPS_MAX.to_string());
    }
    for (place, step) in quotes.plan.iter().enumerate() {
        let name = |field: &str| format!("plan.{place}.{field}");
        if step.subject.trim().is_empty() {
            errors.add(&name("subject"), "required", "");
        } else if step.subject.chars().count() > SUBJECT_CHARACTERS_MAX {
            errors.add(&name("subject"), "too-long", SUBJECT_CHARACTERS_MAX.to_string());
        }
        if !TODO_KINDS.contains(&step.kind.as_str()) {
            errors.add(&name("kind"), "choice", step.kind.as_str());
        }
        if step.days > PLAN_DAYS_MAX {
            errors.add(&name("days"), "number-between", format!("0–{PLAN_DAYS_MAX}"));
        }
    }
}
