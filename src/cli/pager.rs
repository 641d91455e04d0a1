//! Long texts through a pager, as `git log` does it: `$PAGER`, or `less` that leaves short texts and colours alone.
//!
//! Where no pager can be started the text is printed. A reader who leaves before the end has seen enough.

use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};

/// The pager that is tried when none is set; without line numbers, which would cost a walk to the end.
const DEFAULT: &str = "less";

/// How `less` is asked to behave: keep colours, stop at once where all fits, leave the text on the screen.
const LESS: &str = "-RFX";

/// Whether a text does not fit a terminal of so many lines, the prompt and the line that asked for it included.
pub(crate) fn is_long(text: &str, height: usize) -> bool {
    text.lines().take(height).count() + 2 > height
}

/// Shows a text in the pager.
///
/// # Errors
/// When none could be started; nothing has been printed then.
pub(crate) fn show(text: &str) -> io::Result<()> {
    let setting = env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty());
    let mut words = setting.as_deref().unwrap_or(DEFAULT).split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(DEFAULT));
    command.args(words).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        command.env("LESS", LESS);
    }
    let mut pager = command.spawn()?;
    if let Some(mut input) = pager.stdin.take() {
        // The pipe closes when the reader leaves.
        _ = input.write_all(as_on_screen(text).as_bytes());
    }
    pager.wait().map(|_| ())
}

/// The text with its colours where the screen would show them.
fn as_on_screen(text: &str) -> String {
    match anstream::AutoStream::choice(&io::stdout()) {
        anstream::ColorChoice::Never => anstream::adapter::strip_str(text).to_string(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_not_long() {
        for (text, height, long) in [("a\nb", 4, false), ("a\nb\nc", 4, true), ("", 24, false), ("a\nb", 0, true)] {
            assert_eq!(is_long(text, height), long, "{text:?}");
        }
    }
}
