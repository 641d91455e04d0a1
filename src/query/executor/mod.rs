//! Runs a plan over a graph: each operator takes rows from the one below it and hands each on to whoever asked.
//!
//! There is one row, which operators fill slot by slot and hand on at once; who wants no more says so, and all stop. Nothing
//! is copied or kept but what must be: sorting, grouping and `DISTINCT` hold rows. Every operator looks at the cancellation
//! flag, and everything that holds rows is bounded.

mod aggregate;
mod chain;
mod evaluate;
mod expand;
mod filter;
mod fold;
mod index;
mod join;
mod project;
mod reach;
mod reader;
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

/// Who takes rows.
type Sink<'s> = dyn FnMut(&mut Row) -> Flow + 's;

/// Whether rows may go on coming.
type Flow = Result<(), Stop>;

/// Why rows stop coming.
enum Stop {
    /// Nobody wants more.
    Enough,
    /// Something went wrong.
    Error(QueryError),
}

impl From<QueryError> for Stop {
    fn from(error: QueryError) -> Self {
        Self::Error(error)
    }
}

/// The error that stopped rows, if it was one.
fn ended(flow: Flow) -> Result<(), QueryError> {
    match flow {
        Err(Stop::Error(error)) => Err(error),
        Ok(()) | Err(Stop::Enough) => Ok(()),
    }
}

/// How often something is looked up in the graph itself before an index or a column is made for it. Making one costs about as
/// much as 100 nanoseconds a node; tests, whose graphs are small, see both.
const HOT: usize = if cfg!(test) { 2 } else { 1000 };

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
        self.bound(0)
    }

    /// Bounds what a walk holds for the moment, beside the rows that are held.
    fn bound(&self, laid: usize) -> Result<(), QueryError> {
        if self.held.get() + laid as u64 <= self.limits.rows {
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
        let mut row = vec![Value::Null; branch.width];
        ended(push(&context, &branch.operator, &mut row, &mut |row| {
            context.check()?;
            let answer: Vec<Value> = branch.outputs.iter().map(|slot| row[*slot].clone()).collect();
            if !plan.distinct || seen.insert(Key(answer.clone())) {
                context.hold()?;
                answers.push(answer);
            }
            Ok(())
        }))?;
    }
    Ok(answers)
}

/// Hands each row of an operator to whoever takes it, and counts them if somebody wants to know. The row is the operator's
/// argument; afterwards only the slots that were filled before are worth anything.
fn push(context: &Context<'_>, operator: &Operator, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
    match context.profile {
        Some(profile) => run(context, operator, row, &mut |row| {
            profile.count(operator);
            sink(row)
        }),
        None => run(context, operator, row, sink),
    }
}

fn run(context: &Context<'_>, operator: &Operator, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
    match operator {
        Operator::Argument => sink(row),
        Operator::Scan { input, node, source } => scan::scan(context, input, (*node, source, None), row, sink),
        Operator::Endpoints { input, relationship, from, direction } => {
            scan::endpoints(context, input, (*relationship, *from, *direction), row, sink)
        }
        Operator::Expand { input, hop } => expand::expand(context, input, (hop, None), row, sink),
        Operator::ExpandMany { input, hop, range, filter, reversed } => {
            chain::chains(context, input, (hop, *range, filter.as_ref(), *reversed), row, sink)
        }
        Operator::Reach { input, hop, range, filter } => {
            reach::reach(context, input, (hop, *range, filter.as_ref()), row, sink)
        }
        Operator::Join { input, inner, on, introduced } => {
            join::join(context, input, (inner, on, introduced), row, sink)
        }
        Operator::Shortest { input, hop, range, filter, all } => {
            shortest::shortest(context, input, (hop, *range, filter.as_ref(), *all), row, sink)
        }
        Operator::Filter { input, predicate } => match &**input {
            // Rows are counted one by one where they are profiled.
            Operator::Expand { input, hop } if context.profile.is_none() => {
                expand::expand(context, input, (hop, Some(predicate)), row, sink)
            }
            Operator::Scan { input, node, source } if context.profile.is_none() => {
                scan::scan(context, input, (*node, source, Some(predicate)), row, sink)
            }
            _ => project::filter(context, input, predicate, row, sink),
        },
        Operator::Optional { input, inner, introduced } => {
            project::optional(context, input, (inner, introduced), row, sink)
        }
        Operator::Unwind { input, list, variable } => project::unwind(context, input, (list, *variable), row, sink),
        Operator::Project { input, items } => project::project(context, input, items, row, sink),
        Operator::Aggregate { input, keys, aggregates } => {
            aggregate::aggregate(context, input, (keys, aggregates), row, sink)
        }
        Operator::Distinct { input, slots } => slice::distinct(context, input, slots, row, sink),
        Operator::Sort { input, keys, limit } => sort::sort(context, input, (keys, limit.as_ref()), row, sink),
        Operator::Skip { input, count } => slice::skip(context, input, count, row, sink),
        Operator::Limit { input, count } => slice::limit(context, input, count, row, sink),
    }
}
