//! The functions of openCypher 9, by name: what they take, what they give, and how they compute it.
//!
//! A function is a row of a table in one of the files of this folder. Aggregates are listed here too, since a call looks
//! the same; the executor computes them.

mod aggregate;
mod entity;
mod list;
mod math;
mod scalar;
mod string;

use std::cell::Cell;

use super::error::{Detail, ErrorKind, QueryError};
use super::executor::View;
use super::types::Kind;
use super::value::Value;

pub use aggregate::{Aggregate, Signature, aggregate};
pub use scalar::text as text_of;

/// What a function may look at beside its arguments.
pub struct Environment<'c> {
    /// The graph.
    pub view: &'c View<'c>,
    /// The state of `rand()`, which starts alike in every run.
    pub random: Cell<u64>,
}

/// How a function computes its value.
type Evaluate = fn(&Environment<'_>, &[Value]) -> Result<Value, QueryError>;

/// A function.
pub struct Function {
    /// Its name as the reference writes it; calls ignore case.
    pub name: &'static str,
    /// The kinds that each argument may have.
    pub parameters: &'static [&'static [Kind]],
    /// How many arguments must be there; the others may be left out.
    pub required: usize,
    /// Whether the last parameter may be given any number of times.
    pub variadic: bool,
    /// What it gives, as far as that is known.
    pub result: Kind,
    /// Whether a null argument makes the result null without a call.
    pub strict: bool,
    /// The computation.
    pub evaluate: Evaluate,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

impl Function {
    /// A strict function whose arguments are all required.
    const fn new(name: &'static str, parameters: &'static [&'static [Kind]], result: Kind, evaluate: Evaluate) -> Self {
        Self { name, parameters, required: parameters.len(), variadic: false, result, strict: true, evaluate }
    }

    /// The same with fewer required arguments.
    const fn at_least(mut self, required: usize) -> Self {
        self.required = required;
        self
    }

    /// Whether it can be called with this many arguments.
    pub fn takes(&self, count: usize) -> bool {
        count >= self.required && (self.variadic || count <= self.parameters.len())
    }

    /// The kinds that an argument may have.
    pub fn kinds(&self, index: usize) -> &'static [Kind] {
        self.parameters.get(index).or(self.parameters.last()).copied().unwrap_or(&[Kind::Any])
    }

    /// Computes the value for arguments that the binder has counted.
    ///
    /// # Errors
    /// When an argument has a kind or a value that the function does not take.
    pub fn call(&self, environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, QueryError> {
        if self.strict && arguments.iter().any(Value::is_null) {
            return Ok(Value::Null);
        }
        (self.evaluate)(environment, arguments)
    }
}

/// All functions, file by file.
fn all() -> impl Iterator<Item = &'static Function> {
    [scalar::FUNCTIONS, entity::FUNCTIONS, list::FUNCTIONS, math::FUNCTIONS, string::FUNCTIONS].into_iter().flatten()
}

/// The function of a name, in whatever case.
pub fn find(name: &str) -> Option<&'static Function> {
    all().find(|function| function.name.eq_ignore_ascii_case(name))
}

/// The names of all functions and aggregates, for suggestions and completion.
pub fn names() -> impl Iterator<Item = &'static str> {
    all().map(|function| function.name).chain(aggregate::AGGREGATES.iter().map(|signature| signature.name))
}

/// The error for an argument of a kind that the function does not take, noticed with a row in hand.
fn wrong_argument(function: &str, value: &Value, expected: &str) -> QueryError {
    let message = format!("`{function}` takes {expected}, not {}", value.kind());
    QueryError::runtime(ErrorKind::TypeError, Detail::InvalidArgumentValue, message)
}

/// The error for a number that is out of range.
fn out_of_range(message: impl Into<String>) -> QueryError {
    QueryError::runtime(ErrorKind::ArgumentError, Detail::NumberOutOfRange, message)
}
