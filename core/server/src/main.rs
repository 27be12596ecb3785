//! The program `tracte`.

fn main() -> std::process::ExitCode {
    server::main()
}
