//! The `demarche` program: reads arguments, calls the library, prints.
//!
//! Everything it does stands in `cli`, which sees the library's public names only.

#[allow(dead_code, reason = "the commands that need the rest of it land one by one")]
mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
