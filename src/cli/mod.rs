//! The command line: arguments in, the library's answers out, every failure one clear message.
//!
//! Each command has a file with its `Arguments` and a `run`; here they are listed, and their result becomes an exit
//! code. Only this part of the program prints, reads files and asks the clock.

mod actors;
mod attributions;
mod build;
mod completions;
mod dial;
mod error;
mod exit;
mod export;
mod extract;
mod format;
mod graph_file;
mod graphviz;
mod input;
mod man;
mod output;
mod pager;
mod parse;
mod query;
mod remove;
mod repl;
mod rpc;
mod sample;
mod score;
mod session;
mod settings;
mod show;
mod tour;
mod train;

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use demarche::query::did_you_mean;

pub(crate) use dial::Dial;
pub(crate) use error::CliError;
pub(crate) use exit::Exit;
pub(crate) use settings::Settings;

use output::Output;

const USAGE: &str = "\
demarche                         a session over the sample corpus
       demarche [OPTIONS] FILE          a session over a graph
       demarche [OPTIONS] COMMAND ...";

const EXAMPLES: &str = "\
Examples:
  demarche tour                                  what it does, in two minutes
  demarche build articles/ -o news.graph         articles to a graph
  demarche news.graph                            a session: questions, patterns, :help
  demarche query news.graph 'who rejects talks'  one question
  demarche export news.graph --format html -o news.html

Exit codes: 0 answers, 1 no answers, 2 usage or query error, 3 input or file error, 130 interrupted.";

/// Turns news articles into a graph of positions, and answers questions about it.
#[derive(Parser)]
#[command(name = "demarche", version, override_usage = USAGE, after_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    settings: Settings,

    #[command(subcommand)]
    command: Option<Command>,
}

/// The commands, in the order in which the help lists them. What a command does is said at its `Arguments`.
#[derive(Subcommand)]
enum Command {
    // A graph from articles.
    Build(build::Arguments),
    Remove(remove::Arguments),
    Actors(actors::Arguments),

    // Questions.
    Query(query::Arguments),
    Repl(repl::Arguments),
    Export(export::Arguments),
    Show(show::Arguments),
    Tour(tour::Arguments),

    // Pipelines.
    Extract(extract::Arguments),
    Parse(parse::Arguments),
    Score(score::Arguments),
    Train(Box<train::Arguments>),

    // For other programs and shells.
    Rpc(rpc::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),

    /// A graph file to open a session over, or a word that is no command.
    #[command(external_subcommand)]
    Other(Vec<OsString>),
}

impl Command {
    /// Runs the command.
    fn run(&self, settings: &Settings) -> Result<Exit, CliError> {
        match self {
            // A graph from articles.
            Command::Build(arguments) => build::run(arguments, settings),
            Command::Remove(arguments) => remove::run(arguments),
            Command::Actors(arguments) => actors::run(arguments),

            // Questions.
            Command::Query(arguments) => query::run(arguments),
            Command::Repl(arguments) => repl::run(arguments),
            Command::Export(arguments) => export::run(arguments),
            Command::Show(arguments) => show::run(arguments, settings),
            Command::Tour(arguments) => tour::run(arguments, settings),

            // Pipelines.
            Command::Extract(arguments) => extract::run(arguments, settings),
            Command::Parse(arguments) => parse::run(arguments, settings),
            Command::Score(arguments) => score::run(arguments, settings),
            Command::Train(arguments) => train::run(arguments, settings),

            // For other programs and shells.
            Command::Rpc(arguments) => rpc::run(arguments),
            Command::Completions(arguments) => completions::run(arguments),
            Command::Man(arguments) => man::run(arguments),

            Command::Other(words) => open(words),
        }
    }
}

impl Cli {
    /// Runs the command, or opens a session.
    fn run(&self) -> Result<Exit, CliError> {
        self.settings.apply()?;
        match &self.command {
            Some(command) => command.run(&self.settings),
            None => open_sample(&self.settings),
        }
    }
}

/// Builds the sample corpus, says what it holds, and opens a session over it where somebody sits at a terminal.
fn open_sample(settings: &Settings) -> Result<Exit, CliError> {
    let (build, description) = build::sample_graph(settings)?;
    let mut screen = Output::Screen;
    screen.print(&format!("The sample corpus:\n{description}"))?;
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        screen.print("\n")?;
        return repl::converse(&build.graph);
    }
    screen.print("\nOn a terminal this opens a session. Your own articles: demarche build PATH... -o news.graph")?;
    Ok(Exit::Answers)
}

/// Opens a session over a file. A word that is no file is more likely a command that is misspelt.
fn open(words: &[OsString]) -> Result<Exit, CliError> {
    let [first, rest @ ..] = words else { return Ok(Exit::Usage) };
    let file = PathBuf::from(first);
    let word = first.to_string_lossy();
    if !file.exists() && word.chars().all(char::is_alphabetic) {
        let commands = Cli::command();
        let names = commands.get_subcommands().map(|command| command.get_name());
        let hint = did_you_mean(&word, names).unwrap_or_else(|| "demarche --help lists the commands".to_owned());
        return Err(CliError::usage(format!("unknown command `{word}`, and no such file"), hint));
    }
    if let Some(extra) = rest.first() {
        let message = format!("`{}` after a graph file", extra.to_string_lossy());
        return Err(CliError::usage(message, format!("to ask something: demarche query {word} ...")));
    }
    repl::run(&repl::Arguments { file })
}

/// Reads the arguments, runs the command and tells the system how it went.
pub(crate) fn main() -> ExitCode {
    Cli::parse().run().unwrap_or_else(|error| error.report()).into()
}
