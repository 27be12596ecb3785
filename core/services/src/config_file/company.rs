//! The sections of a file that are the company's settings and not pieces: the company itself, what becomes of
//! leads that no rule placed, and how people sign in.

use crate::assignment_rules::{self, AssignmentDraft};
use crate::identity_settings::{self, IdentityDraft};
use crate::settings::{self, CompanyDraft};
use crate::{App, Ctx, Error, permissions};
use model::{Action, FieldErrors, IdentityProvider, Kind, SecondFactorRule, Settings};
use std::collections::BTreeMap;

/// What is typed for each field.
pub(super) type Typed = BTreeMap<&'static str, String>;

/// A field and its text, in the order of the file.
pub(super) type Pairs = Vec<(&'static str, String)>;

/// One section of the settings: its fields as text, and the settings with what a file says of them.
pub(super) struct SettingsSection {
    pub name: &'static str,
    pub pairs: fn(&App, &Settings) -> Result<Pairs, Error>,
    pub checked: fn(&App, &Settings, &Typed, &mut FieldErrors) -> Result<Settings, Error>,
    /// Whoever applies a file in which something of it changes.
    pub may_change: fn(&Ctx) -> Result<(), Error>,
}

/// In the order of the file.
pub(super) const SETTINGS: [SettingsSection; 3] = [
    SettingsSection {
        name: "company",
        pairs: company_pairs,
        checked: company_checked,
        may_change: |ctx| permissions::require_all(ctx, Kind::Settings, Action::Change),
    },
    SettingsSection {
        name: "assignment",
        pairs: assignment_pairs,
        checked: assignment_checked,
        may_change: |ctx| permissions::require_all(ctx, Kind::Settings, Action::Change),
    },
    SettingsSection {
        name: "sign_in",
        pairs: sign_in_pairs,
        checked: sign_in_checked,
        // Whoever decides whose word counts could enter as anybody.
        may_change: permissions::require_administrator,
    },
];

/// The company's fields that a file does not carry.
const NOT_IN_FILE: [&str; 1] = ["currency_confirmed"];
/// A secret is never part of a file.
const SECRET: &str = "secret";
const RULE: &str = "second_factor";

fn company_pairs(_app: &App, settings: &Settings) -> Result<Pairs, Error> {
    let draft = CompanyDraft::of(settings);
    let pairs = draft.pairs().into_iter().filter(|(name, _)| !NOT_IN_FILE.contains(name));
    Ok(pairs.map(|(name, value)| (name, value.to_owned())).collect())
}

/// A file cannot say that the currency is changed although there are amounts, as whoever sees the page can.
fn company_checked(
    app: &App,
    before: &Settings,
    typed: &Typed,
    errors: &mut FieldErrors,
) -> Result<Settings, Error> {
    let draft = CompanyDraft::read(|name| typed.get(name).cloned().unwrap_or_default());
    let mut after = settings::checked(before, &draft, errors);
    if after.currency != before.currency && settings::has_amounts(app)? {
        errors.add("currency", "currency-in-use-file", before.currency.code());
        after.currency = before.currency;
    }
    Ok(after)
}

fn assignment_pairs(app: &App, settings: &Settings) -> Result<Pairs, Error> {
    let draft = AssignmentDraft::portable(app, settings)?;
    Ok(draft.pairs().into_iter().map(|(name, value)| (name, value.to_owned())).collect())
}

fn assignment_checked(
    app: &App,
    before: &Settings,
    typed: &Typed,
    errors: &mut FieldErrors,
) -> Result<Settings, Error> {
    let draft = AssignmentDraft::read(|name| typed.get(name).cloned().unwrap_or_default());
    assignment_rules::checked(app, before, &draft, errors)
}

/// Without a provider its fields are empty, so that a file says that too.
fn sign_in_pairs(_app: &App, settings: &Settings) -> Result<Pairs, Error> {
    let draft = settings.identity.as_ref().map(IdentityDraft::of).unwrap_or_default();
    let of_provider = draft.pairs().into_iter().filter(|(name, _)| *name != SECRET);
    let all = std::iter::once((RULE, settings.second_factor.as_str())).chain(of_provider);
    Ok(all.map(|(name, value)| (name, value.to_owned())).collect())
}

fn sign_in_checked(
    _app: &App,
    before: &Settings,
    typed: &Typed,
    errors: &mut FieldErrors,
) -> Result<Settings, Error> {
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let rule = SecondFactorRule::from_code(&value(RULE));
    if rule.is_none() {
        errors.add(RULE, "choice", value(RULE));
    }
    let draft = IdentityDraft::read(value);
    let identity = (!draft.issuer.trim().is_empty()).then(|| {
        let provider = identity_settings::checked(&draft, errors);
        // The secret belongs to the provider that gave it.
        let same = before.identity.as_ref().filter(|before| before.issuer == provider.issuer);
        IdentityProvider { secret_set_at: same.and_then(|before| before.secret_set_at), ..provider }
    });
    Ok(Settings { second_factor: rule.unwrap_or(before.second_factor), identity, ..before.clone() })
}
