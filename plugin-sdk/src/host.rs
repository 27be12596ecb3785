//! What a plugin may ask of its host: the generated imports on wasm32, a stand-in elsewhere.

#[cfg(target_arch = "wasm32")]
use crate::bindings::tracte::plugin as imports;
#[cfg(not(target_arch = "wasm32"))]
use crate::testing::imports;

/// What the administrator entered in the plugin's form.
pub mod config {
    /// The value under this key of `[config.schema]`; none when it was left empty.
    pub fn get(key: &str) -> Option<String> {
        super::imports::config::get(key)
    }
}

/// The plugin's log, which administrators read; 16 kB a call are kept.
pub mod log {
    use crate::Level;

    /// Steps of the decision, for whoever writes the plugin.
    pub fn debug(message: impl AsRef<str>) {
        super::imports::log::write(Level::Debug, message.as_ref());
    }

    /// What an administrator may want to know.
    pub fn info(message: impl AsRef<str>) {
        super::imports::log::write(Level::Info, message.as_ref());
    }

    /// Something is odd, and the plugin went on.
    pub fn warn(message: impl AsRef<str>) {
        super::imports::log::write(Level::Warn, message.as_ref());
    }

    /// Something is wrong, and the plugin could not go on.
    pub fn error(message: impl AsRef<str>) {
        super::imports::log::write(Level::Error, message.as_ref());
    }
}

/// Time and chance, recorded with the call. `SystemTime::now` does not exist here.
pub mod clock {
    /// Milliseconds since 1970-01-01T00:00:00Z. It stands still during a call.
    pub fn now() -> i64 {
        super::imports::clock::now()
    }

    /// Uniform in all 64 bits; not for secrets.
    pub fn random() -> u64 {
        super::imports::clock::random()
    }
}
