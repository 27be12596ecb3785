#![doc = include_str!("../README.md")]

#[rustfmt::skip]
#[doc(hidden)]
#[allow(
    unsafe_code,
    unreachable_pub,
    clippy::all,
    clippy::panic,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]
pub mod bindings;
mod host;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;

pub use bindings::exports::tracte::plugin::assigner::{Choice, Decision};
pub use bindings::tracte::plugin::log::Level;
pub use bindings::tracte::plugin::types::{Field, Lead, Money, PluginError, User, Value};
pub use host::{clock, config, log};

/// The hook `assigner`: decides who receives a lead.
pub trait Assigner {
    /// One decision. Only the given candidates may be chosen; an error leaves the lead to the rule's `on_error`.
    fn assign(lead: &Lead, candidates: &[User]) -> Result<Decision, PluginError>;
}

/// Makes a type that implements [`Assigner`] the plugin of this crate; does nothing when built for anything but wasm32.
#[macro_export]
macro_rules! export {
    ($plugin:ty) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            struct Exported;
            impl $crate::bindings::exports::tracte::plugin::assigner::Guest for Exported {
                fn assign(
                    lead: $crate::Lead,
                    candidates: ::std::vec::Vec<$crate::User>,
                ) -> ::std::result::Result<$crate::Decision, $crate::PluginError> {
                    $crate::log_panics();
                    <$plugin as $crate::Assigner>::assign(&lead, &candidates)
                }
            }
    $crate::bindings::export_assignment!(Exported with_types_in $crate::bindings);
        };
    };
}

impl Decision {
    /// This candidate receives the lead, for this reason (one sentence, for the lead's page).
    pub fn assign(user: &User, reason: impl Into<String>) -> Self {
        Self::Assign(Choice { user_id: user.id.clone(), reason: reason.into() })
    }
}

impl PluginError {
    /// An error that will not go away by itself, such as a wrong configuration.
    pub fn lasting(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), retryable: false }
    }

    /// An error that may be gone the next time.
    pub fn passing(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), retryable: true }
    }
}

/// A panic ends the call as a trap without words; its message survives only because it is logged first.
#[doc(hidden)]
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panic| log::error(panic.to_string())));
}
