//! The program `tracte`.

fn main() -> std::process::ExitCode {
    tracte_server::main()
}
