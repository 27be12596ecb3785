//! The second factor in all its states.

use super::fixtures::Named;
use model::FieldErrors;
use tracte_ui::Shell;
use tracte_ui::second_factor::{self, CodeForm, RulePage, SecondFactorPage, State};

const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

pub(crate) fn of_users(shell: &Shell) -> Vec<Named> {
    let codes: Vec<String> = (0..10).map(|place| format!("a7k{place}-mq2w-zr5t-cx3v")).collect();
    let begun = State::Begun {
        secret: SECRET.to_owned(),
        address: format!(
            "otpauth://totp/Casadevall:marta%40casadevall.cat?secret={SECRET}&issuer=Casadevall"
        ),
    };
    let mut wrong = FieldErrors::default();
    wrong.add("code", "code-wrong", "");
    let refused = SecondFactorPage { state: begun.clone(), is_missing: true, errors: wrong };
    let page = |state| SecondFactorPage { state, ..SecondFactorPage::default() };
    let rule =
        RulePage { version: 3, second_factor: "administrators".to_owned(), errors: FieldErrors::default() };
    vec![
        ("second-factor", second_factor::page(shell, &page(State::Off))),
        ("second-factor-begun", second_factor::page(shell, &page(begun))),
        ("second-factor-errors", second_factor::page(shell, &refused)),
        ("second-factor-on", second_factor::page(shell, &page(State::On { recovery_left: 9 }))),
        ("second-factor-codes", second_factor::recovery_codes(shell, &codes)),
        ("settings-sign-in", second_factor::rule(shell, &rule)),
    ]
}

pub(crate) fn of_strangers(shell: &Shell) -> Vec<Named> {
    let mut wrong = FieldErrors::default();
    wrong.add("code", "code-blocked", "15");
    let refused = CodeForm { errors: wrong, ..CodeForm::default() };
    vec![
        ("sign-in-code", second_factor::code(shell, &CodeForm::default())),
        ("sign-in-code-errors", second_factor::code(shell, &refused)),
    ]
}
