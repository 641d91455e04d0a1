//! Session commands, the lines that begin with `:`, from text to meaning.
//!
//! What they do is `session`'s business. The list below is also what `:help` prints and what Tab completes.

use std::path::PathBuf;

use clap::ValueEnum;
use demarche::query::did_you_mean;

use crate::cli::CliError;
use crate::cli::format::Format;

/// A session command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SessionCommand {
    /// `:help`, `:help rejects`
    Help(Option<String>),
    /// `:schema`
    Schema,
    /// `:actors`
    Actors,
    /// `:topics`
    Topics,
    /// `:format json`; without a word it says which one holds
    Format(Option<Format>),
    /// `:output answers.csv`; without a file back to the screen
    Output(Option<PathBuf>),
    /// `:read questions.cypher`
    Read(PathBuf),
    /// `:param since = "2025-01-01"`; without a name it lists them
    Param(Option<Assignment>),
    /// `:explain who rejects talks`
    Explain(String),
    /// `:profile who rejects talks`
    Profile(String),
    /// `:timing on`
    Timing(Switch),
    /// `:pager off`
    Pager(Switch),
    /// `:show`, `:show who rejects talks`
    Show(Option<String>),
    /// `:why 12`
    Why(usize),
    /// `:open 12`
    Open(usize),
    /// `:quit`
    Quit,
}

/// A parameter with the text of its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// Without the `$`.
    pub name: String,
    /// An expression of the language, not read yet.
    pub value: String,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Switch {
    /// "on"
    On,
    /// "off"
    Off,
}

/// A line of the help: the name, what follows it, what it does.
pub(crate) struct CommandHelp {
    /// Without the colon.
    pub name: &'static str,
    /// What may follow.
    pub argument: &'static str,
    /// A line that could be typed.
    pub example: &'static str,
    /// What it does.
    pub does: &'static str,
}

/// Every session command, in the order of the help.
pub(crate) const COMMANDS: &[CommandHelp] = &[
    help("help", "[WORD]", ":help filters", "this list, or what a word means"),
    help("schema", "", ":schema", "labels, relationship types and properties of the graph, with counts"),
    help("actors", "", ":actors", "who holds positions, and how many"),
    help("topics", "", ":topics", "what positions are about, and how many"),
    help("why", "N", ":why 2", "the evidence of row N of the last answer"),
    help("open", "N", ":open 2", "the article behind row N of the last answer"),
    help("show", "[QUERY]", ":show positions on corridor", "the last answer, or that of a query, as a drawing (DOT)"),
    help("explain", "QUERY", ":explain who rejects corridor", "the pattern that a question stands for, and the plan"),
    help(
        "profile",
        "QUERY",
        ":profile who rejects corridor",
        "the same after running it, with the rows that each step passed on",
    ),
    help("format", "[NAME]", ":format csv", "how answers are printed: table, json, jsonl, csv, tsv, markdown, dot"),
    help("output", "[FILE]", ":output answers.csv", "print answers to a file; without one to the screen again"),
    help("param", "[NAME = VALUE]", ":param since = \"2025-03-10\"", "set the parameter $NAME; without one list all"),
    help("read", "FILE", ":read questions.demarche", "run the queries and commands of a file"),
    help("timing", "on|off", ":timing on", "say how long each query took"),
    help("pager", "on|off", ":pager off", "show what does not fit the screen in $PAGER, or less"),
    help("quit", "", ":quit", "leave; so does Ctrl-D"),
];

const fn help(name: &'static str, argument: &'static str, example: &'static str, does: &'static str) -> CommandHelp {
    CommandHelp { name, argument, example, does }
}

/// Reads a line that begins with `:`.
///
/// # Errors
/// A usage error that says what the command takes, or which command may have been meant.
pub(crate) fn parse(line: &str) -> Result<SessionCommand, CliError> {
    let line = line.trim().trim_start_matches(':').trim_end_matches(';').trim();
    let (name, argument) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let argument = argument.trim();
    let given = (!argument.is_empty()).then(|| argument.to_owned());
    let missing = || missing(name);
    Ok(match name {
        "help" | "h" | "?" => SessionCommand::Help(given),
        "schema" => SessionCommand::Schema,
        "actors" => SessionCommand::Actors,
        "topics" => SessionCommand::Topics,
        "format" => SessionCommand::Format(given.map(|word| format_named(&word)).transpose()?),
        "output" => SessionCommand::Output(given.map(PathBuf::from)),
        "read" => SessionCommand::Read(given.ok_or_else(missing)?.into()),
        "param" => SessionCommand::Param(given.map(|text| assignment(&text)).transpose()?),
        "explain" => SessionCommand::Explain(given.ok_or_else(missing)?),
        "profile" => SessionCommand::Profile(given.ok_or_else(missing)?),
        "timing" => SessionCommand::Timing(switch(argument)?),
        "pager" => SessionCommand::Pager(switch(argument)?),
        "show" => SessionCommand::Show(given),
        "why" => SessionCommand::Why(row_number(name, argument)?),
        "open" => SessionCommand::Open(row_number(name, argument)?),
        "quit" | "q" | "exit" => SessionCommand::Quit,
        _ => return Err(unknown(name)),
    })
}

/// Reads `NAME = VALUE`, `NAME=VALUE`, `$NAME = VALUE` or `NAME VALUE`.
pub(crate) fn assignment(text: &str) -> Result<Assignment, CliError> {
    let split = text.split_once('=').or_else(|| text.split_once(char::is_whitespace));
    let (name, value) = split.map(|(name, value)| (name.trim(), value.trim())).unwrap_or((text, ""));
    let name = name.trim_start_matches('$').trim_end_matches(':');
    let plain = !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    if !plain || value.is_empty() {
        return Err(CliError::usage(
            format!("`{text}` does not set a parameter"),
            "write NAME = VALUE, as in since = \"2025-01-01\"",
        ));
    }
    Ok(Assignment { name: name.to_owned(), value: value.to_owned() })
}

fn format_named(word: &str) -> Result<Format, CliError> {
    Format::from_str(word, true).map_err(|_| {
        let names = Format::names();
        let hint = did_you_mean(word, names.iter().map(String::as_str));
        CliError::usage(
            format!("unknown format `{word}`"),
            hint.unwrap_or_else(|| format!("formats: {}", names.join(", "))),
        )
    })
}

fn switch(word: &str) -> Result<Switch, CliError> {
    match word {
        "" | "on" => Ok(Switch::On),
        "off" => Ok(Switch::Off),
        _ => Err(CliError::usage(format!("`{word}` is neither on nor off"), ":timing on")),
    }
}

fn row_number(name: &str, word: &str) -> Result<usize, CliError> {
    let number = word.parse().ok().filter(|&number| number > 0);
    number.ok_or_else(|| {
        CliError::usage(
            format!("`:{name}` takes the number of a row, not `{word}`"),
            format!("the rows of an answer are numbered: :{name} 1"),
        )
    })
}

fn missing(name: &str) -> CliError {
    let argument = COMMANDS.iter().find(|command| command.name == name).map_or("", |command| command.argument);
    CliError::usage(format!("`:{name}` lacks its {argument}"), format!(":{name} {argument}"))
}

fn unknown(name: &str) -> CliError {
    let hint = did_you_mean(name, COMMANDS.iter().map(|command| command.name));
    CliError::usage(format!("unknown command `:{name}`"), hint.unwrap_or_else(|| ":help lists the commands".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read() {
        let assignment = |name: &str, value: &str| {
            SessionCommand::Param(Some(Assignment { name: name.to_owned(), value: value.to_owned() }))
        };
        for (line, command) in [
            (":help", SessionCommand::Help(None)),
            (":help rejects ", SessionCommand::Help(Some("rejects".to_owned()))),
            (":format JSON;", SessionCommand::Format(Some(Format::Json))),
            (":format", SessionCommand::Format(None)),
            (":why 12", SessionCommand::Why(12)),
            (":param since = \"2025\"", assignment("since", "\"2025\"")),
            (":param $n=1", assignment("n", "1")),
            (":param n 1", assignment("n", "1")),
            (":q", SessionCommand::Quit),
            (": quit", SessionCommand::Quit),
        ] {
            assert_eq!(parse(line).unwrap(), command, "{line}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (line, message) in [
            (":shcema", "unknown command `:shcema`"),
            (":format xml", "unknown format `xml`"),
            (":why", "`:why` takes the number of a row, not ``"),
            (":why 0", "`:why` takes the number of a row, not `0`"),
            (":param =", "`=` does not set a parameter"),
            (":read", "`:read` lacks its FILE"),
        ] {
            assert_eq!(parse(line).unwrap_err().to_string(), message, "{line}");
        }
    }
}
