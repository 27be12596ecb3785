//! Lets the test binary find libduckdb: beside itself (`target/*/deps`), one folder up, or where the build found it.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=DUCKDB_LIB_DIR");
    // Examples lie beside `deps`, where libduckdb-sys copies a library that it downloaded itself.
    for place in ["$ORIGIN", "$ORIGIN/../lib", "$ORIGIN/../deps"] {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{place}");
    }
    if let Ok(folder) = std::env::var("DUCKDB_LIB_DIR") {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
    }
}
