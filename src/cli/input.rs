//! Texts that commands read whole: scripts, from a file or standard input.
//!
//! Articles are read by `demarche::text::reader`, graphs by `graph_file`.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::CliError;

/// The text of a file, or of standard input for `-`.
pub(crate) fn read_text(path: &Path) -> Result<String, CliError> {
    let mut text = String::new();
    let read = match path.as_os_str() == "-" {
        true => io::stdin().read_to_string(&mut text).map(|_| text),
        false => fs::read_to_string(path),
    };
    read.map_err(|error| CliError::unreadable(path, &error))
}
