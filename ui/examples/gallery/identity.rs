//! Signing in with the company's identity provider.

use super::fixtures::Named;
use model::FieldErrors;
use tracte_ui::Shell;
use tracte_ui::identity::{self, IdentityPage, Outcome, Refused};
use tracte_ui::session::{self, SignInForm};

pub(crate) fn of_users(shell: &Shell) -> Vec<Named> {
    let mut errors = FieldErrors::default();
    errors.add("issuer", "issuer-not-local", "");
    errors.add("domains", "domain-form", "casadevall");
    errors.add("secret", "secret-again", "");
    let known = Outcome { code: None, said: "invalid_grant: grant request is invalid".to_owned() };
    let failed = Outcome {
        code: Some("identity-client".to_owned()),
        said: "invalid_client: client authentication failed".to_owned(),
    };
    vec![
        ("settings-identity", identity::page(shell, &set_up())),
        (
            "settings-identity-new",
            identity::page(shell, &IdentityPage { is_set_up: false, has_secret: false, ..set_up() }),
        ),
        ("settings-identity-errors", identity::page(shell, &IdentityPage { errors, ..set_up() })),
        (
            "settings-identity-known",
            identity::page(shell, &IdentityPage { outcome: Some(known), ..set_up() }),
        ),
        (
            "settings-identity-failed",
            identity::page(shell, &IdentityPage { outcome: Some(failed), ..set_up() }),
        ),
    ]
}

pub(crate) fn of_strangers(shell: &Shell) -> Vec<Named> {
    let form = SignInForm { provider: Some("Microsoft".to_owned()), ..SignInForm::default() };
    let refused = |code: &str, said: &str| {
        identity::refused(shell, &Refused { code: code.to_owned(), said: said.to_owned() })
    };
    vec![
        ("sign-in-provider", session::sign_in(shell, &form)),
        ("sign-in-provider-unknown", refused("identity-unknown", "pere.puigdomenech@casadevall.cat")),
        ("sign-in-provider-failed", refused("identity-unreachable", "io: Connection refused (os error 111)")),
    ]
}

fn set_up() -> IdentityPage {
    let values = [
        ("issuer", "https://login.microsoftonline.com/8d2e1b54-2c17-4a8a-9f6e-3b1d0c9a7e55/v2.0"),
        ("client_id", "5f0d3a1c-7d1b-4b52-9a52-1c9f0a6b7d21"),
        ("label", "Microsoft"),
        ("scopes", "email profile"),
        ("domains", "casadevall.cat"),
        ("address", "https://crm.casadevall.cat"),
        ("provider_factor", "counts"),
    ];
    IdentityPage {
        version: 4,
        is_set_up: true,
        has_secret: true,
        back: "https://crm.casadevall.cat/sign-in/provider/back".to_owned(),
        values: values.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        outcome: None,
        errors: FieldErrors::default(),
    }
}
