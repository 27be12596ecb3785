//! A new plugin's folder: the work of `tracte plugin new`.

use std::path::{Path, PathBuf};

/// What the SDK is made of. It is written into the new plugin, so that plugin and server agree without a registry.
const SDK: [(&str, &str); 6] = [
    ("plugin-sdk/Cargo.toml", include_str!("scaffold/sdk_cargo.toml")),
    ("plugin-sdk/README.md", include_str!("../../../plugin-sdk/README.md")),
    ("plugin-sdk/src/lib.rs", include_str!("../../../plugin-sdk/src/lib.rs")),
    ("plugin-sdk/src/bindings.rs", include_str!("../../../plugin-sdk/src/bindings.rs")),
    ("plugin-sdk/src/host.rs", include_str!("../../../plugin-sdk/src/host.rs")),
    ("plugin-sdk/src/testing.rs", include_str!("../../../plugin-sdk/src/testing.rs")),
];
/// The plugin itself; `NAME` and `TYPE` are replaced.
const PLUGIN: [(&str, &str); 7] = [
    ("Cargo.toml", include_str!("scaffold/cargo.toml")),
    ("Cargo.lock", include_str!("scaffold/cargo.lock")),
    ("plugin.toml", include_str!("scaffold/plugin.toml")),
    ("README.md", include_str!("scaffold/readme.md")),
    (".gitignore", "/target\n*.wasm\n"),
    ("src/lib.rs", include_str!("scaffold/lib.rs.txt")),
    ("tests/first.json", include_str!("scaffold/first.json")),
];
/// Cargo allows 64; a folder's name is short.
const NAME_CHARACTERS_MAX: usize = 64;

/// Why there is no new folder.
#[derive(Debug, thiserror::Error)]
pub enum NewPluginError {
    #[error("«{name}» cannot be a plugin's name: small letters, digits and hyphens, beginning with a letter")]
    Name { name: String },
    #[error("{} is there already", path.display())]
    Exists { path: PathBuf },
    #[error("{} cannot be written", path.display())]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
}

/// Makes the folder `parent/name` with a plugin that builds, tests and installs as it is; returns the folder.
pub fn new_plugin(parent: &Path, name: &str) -> Result<PathBuf, NewPluginError> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let begins_well = name.starts_with(|first: char| first.is_ascii_lowercase());
    if !begins_well || name.ends_with('-') || name.len() > NAME_CHARACTERS_MAX || !name.bytes().all(plain) {
        return Err(NewPluginError::Name { name: name.to_owned() });
    }
    let folder = parent.join(name);
    if folder.exists() {
        return Err(NewPluginError::Exists { path: folder });
    }
    for (path, text) in PLUGIN {
        write(&folder.join(path), &text.replace("NAME", name).replace("TYPE", &type_name(name)))?;
    }
    for (path, text) in SDK {
        write(&folder.join(path), text)?;
    }
    Ok(folder)
}

fn write(path: &Path, text: &str) -> Result<(), NewPluginError> {
    let folder = path.parent().unwrap_or(path);
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, text));
    written.map_err(|source| NewPluginError::File { path: path.to_owned(), source })
}

/// `round-robin` is `RoundRobin` in Rust.
fn type_name(name: &str) -> String {
    let words = name.split('-').filter_map(|word| word.split_at_checked(1));
    words.map(|(first, rest)| format!("{}{rest}", first.to_ascii_uppercase())).collect()
}
