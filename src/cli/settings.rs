//! The options that every command understands: the user's word lists and the number of threads.
//!
//! What a list may hold is `demarche::lexicon`'s business.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use demarche::lexicon::Lexicons;

use super::CliError;

/// The options that every command understands.
#[derive(Args)]
pub(crate) struct Settings {
    /// Read further word lists (*.tsv) from this folder; their rows follow the built-in ones of the same name
    #[arg(long, global = true, value_name = "DIR")]
    lexicons: Option<PathBuf>,

    /// Work on N articles at once [default: one a processor]
    #[arg(long, global = true, value_name = "N")]
    jobs: Option<usize>,
}

impl Settings {
    /// Puts the settings that hold for the whole process into force. Called once, before any work.
    pub(crate) fn apply(&self) -> Result<(), CliError> {
        rayon::ThreadPoolBuilder::new()
            .num_threads(self.jobs.unwrap_or(0))
            .build_global()
            .map_err(|error| CliError::usage(format!("cannot start {} threads: {error}", self.jobs.unwrap_or(0)), ""))
    }

    /// The built-in word lists with the user's additions.
    pub(crate) fn lexicons(&self) -> Result<Lexicons, CliError> {
        let Some(folder) = &self.lexicons else { return Ok(Lexicons::embedded()) };
        let entries = fs::read_dir(folder).map_err(|error| CliError::unreadable(folder, &error))?;
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "tsv"));
        files.sort();
        if files.is_empty() {
            let message = format!("no word list (*.tsv) in `{}`", folder.display());
            return Err(CliError::input(message, "a list has the name of a built-in one, such as cues.tsv"));
        }
        files.iter().try_fold(Lexicons::embedded(), |lexicons, file| {
            let text = fs::read_to_string(file).map_err(|error| CliError::unreadable(file, &error))?;
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            Ok(lexicons.with(&name, &text))
        })
    }
}
