//! Keeps `src/bindings.rs` equal to what the generator makes of `wit/`.
#![allow(clippy::unwrap_used)] // The exception for tests does not reach helpers beside them.

use std::path::Path;

use wit_bindgen_core::{Files, WorldGenerator, wit_parser::Resolve};
use wit_bindgen_rust::Opts;

/// Set this variable to write the file instead of comparing it.
const UPDATE: &str = "UPDATE_BINDINGS";

#[test]
fn bindings_are_what_the_wit_says() {
    let room = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = room.join("src/bindings.rs");
    let generated = generate(&room.join("wit"));
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&file, &generated).unwrap();
    }
    let checked_in = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        checked_in == generated,
        "src/bindings.rs is not what wit/ says; `{UPDATE}=1 cargo test -p tracte-plugin-sdk --test bindings` writes it anew",
    );
}

fn generate(wit: &Path) -> String {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(wit).unwrap();
    let world = resolve.select_world(&[package], Some("assignment")).unwrap();
    let options = Opts {
        format: true,
        generate_all: true,
        pub_export_macro: true,
        export_macro_name: Some("export_assignment".into()),
        default_bindings_module: Some("$crate::bindings".into()),
        additional_derive_attributes: vec!["PartialEq".into()],
        ..Opts::default()
    };
    let mut files = Files::default();
    options.build().generate(&mut resolve, world, &mut files).unwrap();
    let (_, contents) = files.iter().find(|(name, _)| name.ends_with(".rs")).unwrap();
    let code = std::str::from_utf8(contents).unwrap();
    format!(
        "//! The contract in Rust, generated from `wit/` by tests/bindings.rs: not to be edited by hand.\n\n{code}"
    )
}
