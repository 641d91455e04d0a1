//! Where answers go: the screen, or a file that `:output` names.
//!
//! Standard output is anstream's, which takes colours away when it is no terminal; a file never has them. Whatever
//! command prints it, nothing of an article's text commands a terminal.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use demarche::render::Look;
use demarche::render::visible::visible_but_colours;

use super::CliError;

/// Cells of a line when there is no terminal to ask. Wide enough for a table of sentences, narrow enough for a page.
const WIDTH: usize = 100;

/// Where answers go.
pub(crate) enum Output {
    /// Standard output.
    Screen,
    /// A file.
    File {
        /// Its name, for messages.
        path: PathBuf,
        /// The file.
        writer: BufWriter<File>,
    },
}

impl Output {
    /// A new file, or standard output for `-`. What stood in the file is gone.
    pub(crate) fn to(path: &Path) -> Result<Self, CliError> {
        if path.as_os_str() == "-" {
            return Ok(Self::Screen);
        }
        let file = File::create(path).map_err(|error| CliError::unwritable(path, &error))?;
        Ok(Self::File { path: path.to_owned(), writer: BufWriter::new(file) })
    }

    /// Prints a text, with a line break at its end if it has none. Nothing is printed of an empty text.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), CliError> {
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        match self {
            Self::Screen => {
                let mut screen = anstream::stdout().lock();
                let text = if io::stdout().is_terminal() { &visible_but_colours(text) } else { text };
                write!(screen, "{text}{end}").and_then(|()| screen.flush()).map_err(CliError::from)
            }
            Self::File { path, writer } => {
                let written = write!(writer, "{text}{end}").and_then(|()| writer.flush());
                written.map_err(|error| CliError::unwritable(path, &error))
            }
        }
    }

    /// Prints what is no text: a picture.
    pub(crate) fn print_bytes(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        match self {
            Self::Screen => {
                let mut screen = io::stdout().lock();
                screen.write_all(bytes).and_then(|()| screen.flush()).map_err(CliError::from)
            }
            Self::File { path, writer } => {
                let written = writer.write_all(bytes).and_then(|()| writer.flush());
                written.map_err(|error| CliError::unwritable(path, &error))
            }
        }
    }

    /// Whether what is printed may have colours.
    pub(crate) fn look(&self) -> Look {
        match self {
            Self::Screen => Look::Coloured,
            Self::File { .. } => Look::Plain,
        }
    }

    /// How wide a table may be: as the terminal, as `COLUMNS` says, or 100 cells.
    pub(crate) fn width(&self) -> usize {
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let terminal = match self {
            Self::Screen if io::stdout().is_terminal() => {
                terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
            }
            _ => None,
        };
        terminal.or(columns).filter(|&width| width > 0).unwrap_or(WIDTH)
    }
}
