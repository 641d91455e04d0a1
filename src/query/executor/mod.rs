//! Runs a plan over a graph: each operator is an iterator that asks the one below it for rows.
//!
//! Nothing is kept but what must be: sorting, grouping and `DISTINCT` hold rows, everything else passes them on. Every
//! operator looks at the cancellation flag, and everything that holds rows is bounded.

mod aggregate;
mod chain;
mod evaluate;
mod expand;
mod fold;
mod project;
mod rows;
mod scan;
mod shortest;
mod slice;
mod sort;
mod view;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indexmap::IndexMap;
use regex::Regex;

use super::Parameters;
use super::error::{Detail, ErrorKind, QueryError};
use super::functions::Environment;
use super::plan::{Operator, Plan};
use super::value::{Key, Value};

pub use view::{Names, View};

/// A flag by which a query that runs can be stopped, from another thread or a signal.
#[derive(Clone, Debug, Default)]
pub struct Cancellation(Arc<AtomicBool>);

impl Cancellation {
    /// Asks the query to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Takes the wish to stop back, for the next query.
    pub fn reset(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// Whether the query should stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// How much a query may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Rows that a sort, a group or an answer may hold, all together.
    pub rows: u64,
}

impl Default for Limits {
    /// Ten million rows: about a gigabyte of narrow ones.
    fn default() -> Self {
        Self { rows: 10_000_000 }
    }
}

/// The values of a row, by slot.
type Row = Vec<Value>;

/// Rows to come.
type Rows<'p> = Box<dyn Iterator<Item = Result<Row, QueryError>> + 'p>;

/// What all operators of a run share.
struct Context<'p> {
    view: &'p View<'p>,
    environment: Environment<'p>,
    parameters: IndexMap<&'p str, Value>,
    cancellation: &'p Cancellation,
    limits: Limits,
    held: Cell<u64>,
    patterns: RefCell<HashMap<Arc<str>, Regex>>,
    profile: Option<&'p Profile>,
}

/// How many rows each operator of a plan passed on, while the plan stays where it is.
#[derive(Debug, Default)]
pub struct Profile(RefCell<HashMap<*const Operator, u64>>);

impl Profile {
    /// The rows that an operator of the profiled plan passed on, over all the times that it was opened.
    pub fn rows(&self, operator: &Operator) -> u64 {
        self.0.borrow().get(&std::ptr::from_ref(operator)).copied().unwrap_or(0)
    }

    fn count(&self, operator: &Operator) {
        *self.0.borrow_mut().entry(operator).or_default() += 1;
    }
}

/// Where `rand()` starts; any odd number would do.
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

impl<'p> Context<'p> {
    /// Stops the run if somebody asked for it.
    fn check(&self) -> Result<(), QueryError> {
        if !self.cancellation.is_cancelled() {
            return Ok(());
        }
        Err(QueryError::runtime(ErrorKind::Interrupted, Detail::Cancelled, "the query was stopped"))
    }

    /// Counts a row that is held, within the limit.
    fn hold(&self) -> Result<(), QueryError> {
        self.held.set(self.held.get() + 1);
        if self.held.get() <= self.limits.rows {
            return Ok(());
        }
        let message = format!("the query holds more than {} rows", self.limits.rows);
        Err(QueryError::runtime(ErrorKind::Interrupted, Detail::TooLarge, message)
            .hint("narrow it with `WHERE`, or add `LIMIT`"))
    }
}

/// Runs a plan to its end.
///
/// # Errors
/// A runtime error of an expression, a stopped run, or more rows than the limits allow.
pub(super) fn execute(
    plan: &Plan,
    view: &View<'_>,
    parameters: &Parameters,
    cancellation: &Cancellation,
    limits: Limits,
    profile: Option<&Profile>,
) -> Result<Vec<Vec<Value>>, QueryError> {
    let context = Context {
        view,
        environment: Environment { view, random: Cell::new(SEED) },
        parameters: parameters.iter().map(|(name, value)| (name.as_str(), Value::from(value))).collect(),
        cancellation,
        limits,
        held: Cell::new(0),
        patterns: RefCell::default(),
        profile,
    };
    let mut answers = Vec::new();
    let mut seen = HashSet::new();
    for branch in &plan.branches {
        let start = vec![Value::Null; branch.width];
        for row in open(&context, &branch.operator, start) {
            let row = row?;
            context.check()?;
            let answer: Vec<Value> = branch.outputs.iter().map(|slot| row[*slot].clone()).collect();
            if !plan.distinct || seen.insert(Key(answer.clone())) {
                context.hold()?;
                answers.push(answer);
            }
        }
    }
    Ok(answers)
}

/// Opens an operator upon a row, and counts its rows if somebody wants to know.
fn open<'p>(context: &'p Context<'p>, operator: &'p Operator, argument: Row) -> Rows<'p> {
    let rows = open_plain(context, operator, argument);
    match context.profile {
        Some(profile) => Box::new(rows.inspect(|row| {
            if row.is_ok() {
                profile.count(operator);
            }
        })),
        None => rows,
    }
}

fn open_plain<'p>(context: &'p Context<'p>, operator: &'p Operator, argument: Row) -> Rows<'p> {
    let below = |input: &'p Operator, argument: Row| open(context, input, argument);
    match operator {
        Operator::Argument => Box::new(std::iter::once(Ok(argument))),
        Operator::Scan { input, node, source } => scan::scan(context, below(input, argument), *node, source),
        Operator::Endpoints { input, relationship, from, direction } => {
            scan::endpoints(context, below(input, argument), *relationship, *from, *direction)
        }
        Operator::Expand { input, hop } => expand::expand(context, below(input, argument), hop),
        Operator::ExpandMany { input, hop, range, filter, reversed } => {
            chain::chains(context, below(input, argument), (hop, *range, filter.as_ref(), *reversed))
        }
        Operator::Shortest { input, hop, range, filter, all } => {
            shortest::shortest(context, below(input, argument), (hop, *range, filter.as_ref(), *all))
        }
        Operator::Filter { input, predicate } => project::filter(context, below(input, argument), predicate),
        Operator::Optional { input, inner, introduced } => {
            project::optional(context, below(input, argument), inner, introduced)
        }
        Operator::Unwind { input, list, variable } => project::unwind(context, below(input, argument), list, *variable),
        Operator::Project { input, items } => project::project(context, below(input, argument), items),
        Operator::Aggregate { input, keys, aggregates } => {
            let width = argument.len();
            aggregate::aggregate(context, below(input, argument), keys, aggregates, width)
        }
        Operator::Distinct { input, slots } => slice::distinct(context, below(input, argument), slots),
        Operator::Sort { input, keys, limit } => {
            let blank = vec![Value::Null; argument.len()];
            sort::sort(context, below(input, argument), keys, limit.as_ref(), blank)
        }
        Operator::Skip { input, count } => {
            let blank = vec![Value::Null; argument.len()];
            slice::skip(context, below(input, argument), count, blank)
        }
        Operator::Limit { input, count } => {
            let blank = vec![Value::Null; argument.len()];
            slice::limit(context, below(input, argument), count, blank)
        }
    }
}
