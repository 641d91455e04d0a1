//! A session over one graph: what queries, parameters and session commands do, whether typed, read from a script or given
//! as arguments.
//!
//! The session remembers its last answer, which `why 2`, `:open 2` and `:show` speak of.

mod answer;
pub(crate) mod command;
mod explanation;
pub(crate) mod help;
mod inventory;
pub(crate) mod script;
pub(crate) mod vocabulary;

use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use demarche::graph::json::json_of;
use demarche::query::ast::{Spanned, Statement};
use demarche::query::question::{Form, Question};
use demarche::query::{Cancellation, Detail, ErrorKind, Limits, Parameters, Prepared, QueryError, Table, View, parser};
use demarche::render::diagnostic::Diagnostic;
use demarche::render::json;
use demarche::text::Span;

use super::error::tell;
use super::format::Format;
use super::input::read_text;
use super::output::Output;
use super::pager;
use super::{CliError, Exit};
use command::{Assignment, SessionCommand, Switch};
use script::Kind;

/// A session over one graph.
pub(crate) struct Session<'g> {
    view: &'g View<'g>,
    /// How answers are printed.
    pub format: Format,
    /// Where answers go.
    pub output: Output,
    /// Stops the query that runs.
    pub cancellation: Cancellation,
    /// How long a query may run.
    pub time_limit: Option<Duration>,
    /// Whether what does not fit the screen goes through a pager.
    pub paging: Switch,
    parameters: Parameters,
    timing: Switch,
    last: Option<Answer>,
}

/// An answer that can be asked about.
struct Answer {
    table: Table,
    /// The question, if one was asked: its proof then stands behind the rows, not in them.
    question: Option<Question>,
}

/// Whether the session goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// It goes on; the last statement ended so.
    On(Exit),
    /// `:quit`
    Quit,
}

/// What happens when a statement of a script is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnError {
    /// The script ends there.
    Stop,
    /// The user is told, and the next statement runs.
    GoOn,
}

impl<'g> Session<'g> {
    /// A session that prints tables on the screen.
    pub(crate) fn new(view: &'g View<'g>) -> Self {
        Self {
            view,
            format: Format::default(),
            output: Output::Screen,
            cancellation: Cancellation::default(),
            time_limit: None,
            paging: Switch::Off,
            parameters: Parameters::new(),
            timing: Switch::Off,
            last: None,
        }
    }

    /// Prints an answer; a long one through the pager, where somebody sits at a terminal.
    fn print(&mut self, text: &str) -> Result<(), CliError> {
        let on_screen = self.paging == Switch::On && matches!(self.output, Output::Screen);
        let paged = on_screen && pager::is_long(text, screen_height()) && pager::show(text).is_ok();
        if paged { Ok(()) } else { self.output.print(text) }
    }

    /// Tells of an error: as JSON where answers are, for programs; else as people read it.
    pub(crate) fn report(&self, error: &CliError) -> Exit {
        match error {
            CliError::Query { error: query_error, .. } if matches!(self.format, Format::Json | Format::Jsonl) => {
                eprintln!("{}", serde_json::json!({ "error": json::error(query_error) }));
                error.exit()
            }
            _ => error.report(),
        }
    }

    /// Runs the statements and commands of a text. It ends in answers when one of its statements did.
    pub(crate) fn run(&mut self, text: &str, on_error: OnError) -> Result<Flow, CliError> {
        let mut worst: Option<Exit> = None;
        let mut answered = false;
        for (kind, span) in script::pieces(text) {
            let flow = match kind {
                Kind::Command => command::parse(span.of(text)).and_then(|command| self.command(command)),
                Kind::Statement => self.statement(text, span).map(Flow::On),
            };
            match flow {
                Ok(Flow::Quit) => return Ok(Flow::Quit),
                Ok(Flow::On(exit)) => {
                    answered |= exit == Exit::Answers;
                    worst = worst.max((exit == Exit::NoAnswers).then_some(exit));
                }
                Err(error) if on_error == OnError::Stop || error.ends_session() => return Err(error),
                Err(error) => worst = worst.max(Some(self.report(&error))),
            }
        }
        let exit = worst.filter(|exit| *exit > Exit::NoAnswers || !answered);
        Ok(Flow::On(exit.unwrap_or(Exit::Answers)))
    }

    /// Answers one statement of a text and prints the answer.
    fn statement(&mut self, text: &str, span: Span) -> Result<Exit, CliError> {
        let started = Instant::now();
        let failed = |error: QueryError| CliError::query(error.shifted(span.start), text);
        let statement = parser::parse(span.of(text)).map_err(failed)?;
        let exit = match &statement {
            Statement::Question(Question { form: Spanned { node: Form::Why(subject), .. }, .. }) => {
                self.why_asked(subject)?
            }
            Statement::Explain(inner) => {
                let explained = explanation::explain(inner, self.view).map_err(failed)?;
                self.print(&explained)?;
                Exit::Answers
            }
            Statement::Profile(inner) => {
                let profiled = self.within_time(|session| {
                    explanation::profile(inner, session.view, &session.parameters, &session.cancellation)
                });
                self.output.print(&profiled.map_err(failed)?)?;
                Exit::Answers
            }
            _ => self.answer(&statement).map_err(failed)?.show(self, text, span)?,
        };
        if self.timing == Switch::On {
            self.output.print(&format!("{:.1} ms", started.elapsed().as_secs_f64() * 1_000.0))?;
        }
        Ok(exit)
    }

    /// Runs a pattern or question.
    fn answer(&self, statement: &Statement) -> Result<Answer, QueryError> {
        let resolved = self.with_row_resolved(statement);
        let table = self.within_time(|session| {
            let prepared = Prepared::of_statement(session.view, resolved.as_ref().unwrap_or(statement))?;
            prepared.execute(&session.parameters, &session.cancellation, Limits::default())
        })?;
        Ok(Answer {
            table,
            question: match statement {
                Statement::Question(question) => Some(question.clone()),
                _ => None,
            },
        })
    }

    /// Runs a query, and stops it when its time is over.
    fn within_time<T>(&self, query: impl FnOnce(&Self) -> Result<T, QueryError>) -> Result<T, QueryError> {
        self.cancellation.reset();
        let Some(limit) = self.time_limit else { return query(self) };
        let (done, ended) = mpsc::channel::<()>();
        std::thread::scope(|scope| {
            let cancellation = self.cancellation.clone();
            let watch = scope.spawn(move || {
                let late = ended.recv_timeout(limit) == Err(mpsc::RecvTimeoutError::Timeout);
                if late {
                    cancellation.cancel();
                }
                late
            });
            let outcome = query(self);
            drop(done);
            let late = watch.join().unwrap_or(false);
            outcome.map_err(|error| if late && error.detail == Detail::Cancelled { too_slow(limit) } else { error })
        })
    }

    /// Does what a session command says.
    fn command(&mut self, command: SessionCommand) -> Result<Flow, CliError> {
        match command {
            SessionCommand::Quit => return Ok(Flow::Quit),
            SessionCommand::Help(None) => self.print(&help::overview())?,
            SessionCommand::Help(Some(word)) => self.print(&help::about(&word)?)?,
            SessionCommand::Schema => self.print(&inventory::schema(self.view))?,
            SessionCommand::Actors => return self.nested("actors"),
            SessionCommand::Topics => return self.nested("topics"),
            SessionCommand::Format(None) => self.output.print(&self.format.to_string())?,
            SessionCommand::Format(Some(format)) => self.format = format,
            SessionCommand::Output(None) => self.output = Output::Screen,
            SessionCommand::Output(Some(path)) => self.output = Output::to(&path)?,
            SessionCommand::Read(path) => return self.read(&path),
            SessionCommand::Param(None) => self.print_parameters()?,
            SessionCommand::Param(Some(assignment)) => self.assign(&assignment)?,
            SessionCommand::Explain(query) => return self.nested(&format!("explain {query}")),
            SessionCommand::Profile(query) => return self.nested(&format!("profile {query}")),
            SessionCommand::Timing(switch) => self.timing = switch,
            SessionCommand::Pager(switch) => self.paging = switch,
            SessionCommand::Show(query) => return self.show(query.as_deref()),
            SessionCommand::Why(row) => return self.why(row).map(Flow::On),
            SessionCommand::Open(row) => return self.open(row).map(Flow::On),
        }
        Ok(Flow::On(Exit::Answers))
    }

    /// Answers a statement that a command stands for.
    fn nested(&mut self, statement: &str) -> Result<Flow, CliError> {
        self.statement(statement, Span::new(0, statement.len())).map(Flow::On)
    }

    /// Runs a script.
    fn read(&mut self, path: &Path) -> Result<Flow, CliError> {
        let text = read_text(path)?;
        self.run(&text, OnError::Stop)
    }

    /// Sets a parameter to the value of an expression.
    pub(crate) fn assign(&mut self, assignment: &Assignment) -> Result<(), CliError> {
        let value = answer::value_of(&assignment.value, &self.parameters)?;
        self.parameters.insert(assignment.name.clone(), value);
        Ok(())
    }

    /// Sets a parameter to a number, a truth value or null where the text is one, else to the text itself, so that a
    /// shell needs one pair of quotation marks and not two.
    pub(crate) fn assign_plain(&mut self, assignment: &Assignment) {
        let value =
            serde_json::from_str(&assignment.value).unwrap_or(serde_json::Value::String(assignment.value.clone()));
        self.parameters.insert(assignment.name.clone(), demarche::graph::json::value_of(&value));
    }

    fn print_parameters(&mut self) -> Result<(), CliError> {
        let lines: Vec<String> =
            self.parameters.iter().map(|(name, value)| format!("${name} = {}", json_of(value))).collect();
        self.output.print(&lines.join("\n"))
    }
}

/// The lines of the terminal; as many as there can be where there is none.
fn screen_height() -> usize {
    terminal_size::terminal_size().map_or(usize::MAX, |(_, height)| usize::from(height.0))
}

/// The error for a query whose time is over.
fn too_slow(limit: Duration) -> QueryError {
    let message = format!("the query took longer than {} s", limit.as_secs_f64());
    QueryError::runtime(ErrorKind::Interrupted, Detail::TooSlow, message)
        .hint("narrow it, or give it more time with `--time-limit`")
}

/// Tells of names that the graph does not know.
fn warn_of(table: &Table, text: &str, span: Span) {
    for warning in &table.warnings {
        let place = Span::new(span.start + warning.span.start, span.start + warning.span.end);
        let diagnostic = Diagnostic::warning(warning.message.as_str()).at(text, place);
        tell(&diagnostic.hint(warning.hint.as_deref().unwrap_or_default()));
    }
}
