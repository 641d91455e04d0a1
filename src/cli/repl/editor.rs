//! The line editor: history, completion, hints, colours, several lines for one statement. All of rustyline stands here.
//!
//! The history is kept in `$XDG_STATE_HOME/demarche/history` (`~/.local/state/...`); where that cannot be written, it
//! lasts as long as the session.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use rustyline::completion::{Completer, FilenameCompleter};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hinter, HistoryHinter};
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Helper};

use super::colours::coloured;
use super::completeness::is_complete;
use super::completion::complete;
use crate::cli::session::vocabulary::Vocabulary;

/// Entries kept from session to session.
const HISTORY: usize = 2_000;

const PROMPT: &str = "demarche> ";

/// The prompt with its colour; the editor prints it only where colours are welcome.
const COLOURED_PROMPT: &str = "\u{1b}[1;36mdemarche>\u{1b}[0m ";

/// What came from the keyboard.
pub(crate) enum Typed {
    /// A whole statement or command.
    Text(String),
    /// Ctrl-C: the line is dropped.
    Interrupted,
    /// Ctrl-D, or the terminal went away.
    End,
}

/// A line editor with the words of one graph.
pub(crate) struct Editor {
    editor: rustyline::Editor<Words, FileHistory>,
    history: Option<PathBuf>,
}

impl Editor {
    /// An editor on the terminal.
    pub(crate) fn new(vocabulary: Vocabulary) -> io::Result<Self> {
        let config = Config::builder().completion_type(CompletionType::List).auto_add_history(true);
        let config = config.max_history_size(HISTORY).and_then(|config| config.history_ignore_dups(true));
        let mut editor =
            rustyline::Editor::with_config(config.map_err(io::Error::other)?.build()).map_err(io::Error::other)?;
        editor.set_helper(Some(Words { vocabulary, history: HistoryHinter::new(), files: FilenameCompleter::new() }));
        let history = history_file();
        if let Some(file) = &history {
            // The first session has no history yet.
            _ = editor.load_history(file);
        }
        Ok(Self { editor, history })
    }

    /// Asks for a statement.
    pub(crate) fn read(&mut self) -> io::Result<Typed> {
        match self.editor.readline(&(PROMPT, COLOURED_PROMPT)) {
            Ok(text) => Ok(Typed::Text(text)),
            Err(ReadlineError::Interrupted) => Ok(Typed::Interrupted),
            Err(ReadlineError::Eof) => Ok(Typed::End),
            Err(ReadlineError::Io(error)) => Err(error),
            Err(error) => Err(io::Error::other(error)),
        }
    }

    /// Keeps the history. A session does not end in an error because of it.
    pub(crate) fn save(&mut self) {
        if let Some(file) = &self.history {
            _ = file.parent().map(fs::create_dir_all);
            _ = self.editor.save_history(file);
        }
    }
}

fn history_file() -> Option<PathBuf> {
    let state = match env::var_os("XDG_STATE_HOME") {
        Some(folder) if Path::new(&folder).is_absolute() => PathBuf::from(folder),
        _ => env::home_dir()?.join(".local/state"),
    };
    Some(state.join("demarche/history"))
}

/// What the editor asks while a line is typed.
struct Words {
    vocabulary: Vocabulary,
    history: HistoryHinter,
    files: FilenameCompleter,
}

/// Commands that take a file.
const OF_FILES: [&str; 3] = [":read ", ":output ", ":show "];

impl Helper for Words {}

impl Completer for Words {
    type Candidate = String;

    fn complete(&self, line: &str, place: usize, _context: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        if OF_FILES.iter().any(|command| line.starts_with(command)) {
            let (start, files) = self.files.complete_path(line, place)?;
            return Ok((start, files.into_iter().map(|file| file.replacement).collect()));
        }
        let completion = complete(line.get(..place).unwrap_or(line), &self.vocabulary);
        Ok((completion.start, completion.candidates))
    }
}

impl Hinter for Words {
    type Hint = String;

    /// The rest of an earlier line that began so; else the rest of the one word that fits.
    fn hint(&self, line: &str, place: usize, context: &Context<'_>) -> Option<String> {
        if line.is_empty() || place < line.len() {
            return None;
        }
        self.history.hint(line, place, context).or_else(|| {
            let completion = complete(line, &self.vocabulary);
            let typed = &line[completion.start..];
            match completion.candidates.as_slice() {
                [only] if !typed.is_empty() => only.strip_prefix(typed).map(str::to_owned),
                _ => None,
            }
        })
    }
}

impl Highlighter for Words {
    fn highlight<'l>(&self, line: &'l str, _place: usize) -> Cow<'l, str> {
        Cow::Owned(coloured(line))
    }

    /// Any letter may make a word a keyword, or end one.
    fn highlight_char(&self, _line: &str, _place: usize, kind: CmdKind) -> bool {
        kind != CmdKind::MoveCursor
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(format!("\u{1b}[2m{hint}\u{1b}[0m"))
    }
}

impl Validator for Words {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(if is_complete(context.input()) { ValidationResult::Valid(None) } else { ValidationResult::Incomplete })
    }
}
