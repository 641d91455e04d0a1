//! The `demarche` program: reads arguments, calls the library, prints.
//!
//! Everything it does stands in `cli`, which sees the library's public names only.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
