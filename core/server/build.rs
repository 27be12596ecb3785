//! Lets the built `tracte` find libduckdb: beside itself, in `../lib` (a release folder), or where the build found it.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=DUCKDB_LIB_DIR");
    // `deps` is where libduckdb-sys copies a library that it downloaded itself.
    for place in ["$ORIGIN", "$ORIGIN/../lib", "$ORIGIN/deps"] {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{place}");
    }
    if let Ok(folder) = std::env::var("DUCKDB_LIB_DIR") {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
    }
}
