//! Pictures through Graphviz, where it is installed.
//!
//! The program never needs it: `render::svg` has a layout of its own, so a missing `dot` is an answer here, no error.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use super::CliError;

/// A picture of a drawing in the DOT language; `None` where there is no Graphviz.
///
/// # Errors
/// When Graphviz is there and fails.
pub(crate) fn picture(drawing: String, format: &str) -> Result<Option<Vec<u8>>, CliError> {
    let mut command = Command::new("dot");
    command.arg(format!("-T{format}")).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(CliError::input(format!("cannot run `dot`: {error}"), "")),
    };
    // Graphviz reads everything before it writes, but a thread keeps that from being a promise of ours.
    let mut input = child.stdin.take();
    let writer = std::thread::spawn(move || input.as_mut().map(|input| input.write_all(drawing.as_bytes())));
    let output = child.wait_with_output().map_err(|error| CliError::input(format!("`dot` stopped: {error}"), ""))?;
    _ = writer.join();
    if output.status.success() {
        return Ok(Some(output.stdout));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it does not say why").to_owned();
    Err(CliError::input(format!("`dot` failed: {said}"), "`--layout builtin` draws without Graphviz"))
}
