//! How a run ended, as the number that scripts see.
//!
//! Which failure ends in which number is said at `CliError`.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// 0: there were answers, or the work was done.
    Answers,
    /// 1: the question was understood and has no answer.
    NoAnswers,
    /// 2: the arguments or the query are wrong.
    Usage,
    /// 3: something could not be read or written; what could be done was done.
    Input,
    /// 130: Ctrl-C outside a session, as shells count it (128 + SIGINT).
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Answers => 0,
            Exit::NoAnswers => 1,
            Exit::Usage => 2,
            Exit::Input => 3,
            Exit::Interrupted => 130,
        })
    }
}
