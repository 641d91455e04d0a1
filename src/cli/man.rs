//! `demarche man`: the manual page, made from the same definitions as the help.
//!
//! One page holds the program and all its commands, as for other small tools.

use std::io::Write;

use clap::{Args, CommandFactory};

use super::{Cli, CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  demarche man > ~/.local/share/man/man1/demarche.1
  demarche man | man -l -";

/// Print the manual page
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {}

/// Prints the page: the program first, then each command.
pub(crate) fn run(_arguments: &Arguments) -> Result<Exit, CliError> {
    let command = Cli::command();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for subcommand in command.get_subcommands() {
        let man = clap_mangen::Man::new(subcommand.clone());
        writeln!(page, ".SH COMMAND {}", subcommand.get_name().to_uppercase())?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
        man.render_extra_section(&mut page)?;
    }
    std::io::stdout().write_all(&page)?;
    Ok(Exit::Answers)
}
