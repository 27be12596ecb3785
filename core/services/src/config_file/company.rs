//! The sections of a file that are the company's settings and not pieces: the company itself, and how people sign in.

use crate::identity_settings::{self, IdentityDraft};
use crate::settings::{self, CompanyDraft};
use crate::{Ctx, Error, permissions};
use model::{Action, FieldErrors, IdentityProvider, Kind, SecondFactorRule, Settings};
use std::collections::BTreeMap;

/// What is typed for each field.
pub(super) type Typed = BTreeMap<&'static str, String>;

/// One section of the settings: its fields as text, and the settings with what a file says of them.
pub(super) struct SettingsSection {
    pub name: &'static str,
    pub pairs: fn(&Settings) -> Vec<(&'static str, String)>,
    pub checked: fn(&Settings, &Typed, &mut FieldErrors) -> Settings,
    /// Whoever applies a file in which something of it changes.
    pub may_change: fn(&Ctx) -> Result<(), Error>,
}

/// In the order of the file.
pub(super) const SETTINGS: [SettingsSection; 2] = [
    SettingsSection {
        name: "company",
        pairs: company_pairs,
        checked: company_checked,
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

fn company_pairs(settings: &Settings) -> Vec<(&'static str, String)> {
    let draft = CompanyDraft::of(settings);
    let pairs = draft.pairs().into_iter().filter(|(name, _)| !NOT_IN_FILE.contains(name));
    pairs.map(|(name, value)| (name, value.to_owned())).collect()
}

fn company_checked(before: &Settings, typed: &Typed, errors: &mut FieldErrors) -> Settings {
    let draft = CompanyDraft::read(|name| typed.get(name).cloned().unwrap_or_default());
    settings::checked(before, &draft, errors)
}

/// Without a provider its fields are empty, so that a file says that too.
fn sign_in_pairs(settings: &Settings) -> Vec<(&'static str, String)> {
    let draft = settings.identity.as_ref().map(IdentityDraft::of).unwrap_or_default();
    let of_provider = draft.pairs().into_iter().filter(|(name, _)| *name != SECRET);
    std::iter::once((RULE, settings.second_factor.as_str()))
        .chain(of_provider)
        .map(|(name, value)| (name, value.to_owned()))
        .collect()
}

fn sign_in_checked(before: &Settings, typed: &Typed, errors: &mut FieldErrors) -> Settings {
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
    Settings { second_factor: rule.unwrap_or(before.second_factor), identity, ..before.clone() }
}
