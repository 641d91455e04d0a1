//! The command line: arguments in, the library's answers out, every failure one clear message.
//!
//! Each command has a file with its `Arguments` and a `run`; here they are listed, and their result becomes an exit
//! code. Only this part of the program prints, reads files and asks the clock.

mod completions;
mod error;
mod exit;
mod extract;
mod format;
mod man;
mod output;
mod parse;
mod repl;
mod rpc;
mod sample;
mod session;
mod settings;
mod train;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub(crate) use error::CliError;
pub(crate) use exit::Exit;
pub(crate) use settings::Settings;

/// Turns news articles into a graph of positions, and answers questions about it.
#[derive(Parser)]
#[command(name = "demarche", version, arg_required_else_help = true, after_help = exit::CODES)]
struct Cli {
    #[command(flatten)]
    settings: Settings,

    #[command(subcommand)]
    command: Command,
}

/// The commands, in the order in which the help lists them. What a command does is said at its `Arguments`.
#[derive(Subcommand)]
enum Command {
    // Pipelines.
    Extract(extract::Arguments),
    Parse(parse::Arguments),
    Train(train::Arguments),

    // For other programs and shells.
    Rpc(rpc::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

impl Command {
    /// Runs the command.
    fn run(&self, settings: &Settings) -> Result<Exit, CliError> {
        match self {
            // Pipelines.
            Command::Extract(arguments) => extract::run(arguments, settings),
            Command::Parse(arguments) => parse::run(arguments, settings),
            Command::Train(arguments) => train::run(arguments),

            // For other programs and shells.
            Command::Rpc(arguments) => rpc::run(arguments),
            Command::Completions(arguments) => completions::run(arguments),
            Command::Man(arguments) => man::run(arguments),
        }
    }
}

/// Reads the arguments, runs the command and tells the system how it went.
pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    let exit = cli.settings.apply().and_then(|()| cli.command.run(&cli.settings));
    exit.unwrap_or_else(|error| error.report()).into()
}
