//! Bound expressions: names are slots of a row, functions are found, aggregates are taken out.
//!
//! What the executor evaluates. A slot is a place in a row; every variable of a query has one of its own.

use super::ast::{Binary, Comparison, Quantifier, Spanned, Unary};
use super::functions::Function;
use super::plan::Operator;
use super::value::Value;

/// A place in a row.
pub type Slot = usize;

/// A bound expression with its place in the text.
pub type Scalar = Spanned<ScalarKind>;

/// A bound expression.
#[derive(Clone, Debug)]
pub enum ScalarKind {
    /// A literal.
    Constant(Value),
    /// `$name`
    Parameter(String),
    /// A variable.
    Slot(Slot),
    /// `[a, b]`
    List(Vec<Scalar>),
    /// `{key: a}`
    Map(Vec<(String, Scalar)>),
    /// `a.key`
    Property(Box<Scalar>, String),
    /// `a[b]`
    Index(Box<Scalar>, Box<Scalar>),
    /// `a[from..to]`
    Slice(Box<Scalar>, Option<Box<Scalar>>, Option<Box<Scalar>>),
    /// `a:Label:Label`, and `r:TYPE`
    Labels(Box<Scalar>, Vec<String>),
    /// `NOT a`, `-a`
    Unary(Unary, Box<Scalar>),
    /// `a + b`
    Binary(Binary, Box<Scalar>, Box<Scalar>),
    /// `a < b <= c`
    Comparison(Box<Scalar>, Vec<(Comparison, Scalar)>),
    /// `a IS NULL`
    IsNull(Box<Scalar>),
    /// `a IS NOT NULL`
    IsNotNull(Box<Scalar>),
    /// `toUpper(a)`
    Call(&'static Function, Vec<Scalar>),
    /// `CASE`
    Case(Box<CaseScalar>),
    /// `[x IN list WHERE filter | result]`
    Comprehension(Box<ComprehensionScalar>),
    /// `all(x IN list WHERE predicate)`
    Quantified(Quantifier, Box<ComprehensionScalar>),
    /// `reduce(a = initial, x IN list | step)`
    Reduce(Box<ReduceScalar>),
    /// Whether a subquery has rows, given the row at hand.
    Exists(Box<Subquery>),
    /// What a subquery makes of each of its rows, as a list.
    Collect(Box<Subquery>, Box<Scalar>),
    /// What a subquery makes of its first row; null without one.
    First(Box<Subquery>, Box<Scalar>),
    /// The path through nodes and relationships: slots of a node, a relationship or a list of them, a node, and so on.
    Path(Vec<Slot>),
}

/// `CASE [subject] WHEN test THEN value ... ELSE otherwise END`
#[derive(Clone, Debug)]
pub struct CaseScalar {
    /// What tests are compared with.
    pub subject: Option<Scalar>,
    /// Tests and values.
    pub branches: Vec<(Scalar, Scalar)>,
    /// The value when no test holds.
    pub otherwise: Option<Scalar>,
}

/// A variable over a list, with what is asked and made of each element.
#[derive(Clone, Debug)]
pub struct ComprehensionScalar {
    /// Where each element is put.
    pub variable: Slot,
    /// The list.
    pub list: Scalar,
    /// What is asked of each.
    pub filter: Option<Scalar>,
    /// What is made of each.
    pub result: Option<Scalar>,
}

/// A running value over a list.
#[derive(Clone, Debug)]
pub struct ReduceScalar {
    /// Where the running value is kept.
    pub accumulator: Slot,
    /// Its first value.
    pub initial: Scalar,
    /// Where each element is put.
    pub variable: Slot,
    /// The list.
    pub list: Scalar,
    /// The next running value.
    pub step: Scalar,
}

/// A plan inside an expression, run for each row.
#[derive(Clone, Debug)]
pub struct Subquery {
    /// The plan; its leaf is the row at hand.
    pub operator: Operator,
    /// Slots of the row that the plan looks at.
    pub outer: Vec<Slot>,
}

impl ScalarKind {
    /// The slots that an expression looks at, its own variables left out, into `slots`.
    pub fn slots(&self, slots: &mut Vec<Slot>) {
        match self {
            ScalarKind::Slot(slot) => slots.push(*slot),
            ScalarKind::Path(parts) => slots.extend(parts),
            ScalarKind::Exists(inner) => slots.extend(&inner.outer),
            ScalarKind::Collect(inner, _) | ScalarKind::First(inner, _) => slots.extend(&inner.outer),
            ScalarKind::Comprehension(inner) | ScalarKind::Quantified(_, inner) => inner.slots(slots),
            ScalarKind::Reduce(inner) => inner.slots(slots),
            _ => self.children().into_iter().for_each(|child| child.node.slots(slots)),
        }
    }

    /// Whether a subquery runs for each row, which costs more than looking at values.
    pub fn has_subquery(&self) -> bool {
        match self {
            ScalarKind::Exists(_) | ScalarKind::Collect(..) | ScalarKind::First(..) => true,
            _ => self.children().into_iter().any(|child| child.node.has_subquery()),
        }
    }

    /// The expressions right below one that brings no variables.
    pub(super) fn children(&self) -> Vec<&Scalar> {
        match self {
            ScalarKind::List(items) | ScalarKind::Call(_, items) => items.iter().collect(),
            ScalarKind::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
            ScalarKind::Property(base, _)
            | ScalarKind::Labels(base, _)
            | ScalarKind::Unary(_, base)
            | ScalarKind::IsNull(base)
            | ScalarKind::IsNotNull(base) => vec![base],
            ScalarKind::Index(left, right) | ScalarKind::Binary(_, left, right) => vec![left, right],
            ScalarKind::Slice(base, from, to) => {
                std::iter::once(&**base).chain(from.as_deref()).chain(to.as_deref()).collect()
            }
            ScalarKind::Comparison(first, rest) => {
                std::iter::once(&**first).chain(rest.iter().map(|(_, operand)| operand)).collect()
            }
            ScalarKind::Case(case) => {
                let branches = case.branches.iter().flat_map(|(test, value)| [test, value]);
                case.subject.iter().chain(branches).chain(case.otherwise.iter()).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl ComprehensionScalar {
    fn slots(&self, slots: &mut Vec<Slot>) {
        let first = slots.len();
        let parts = std::iter::once(&self.list).chain(&self.filter).chain(&self.result);
        parts.for_each(|part| part.node.slots(slots));
        forget(slots, first, &[self.variable]);
    }
}

impl ReduceScalar {
    fn slots(&self, slots: &mut Vec<Slot>) {
        let first = slots.len();
        [&self.initial, &self.list, &self.step].into_iter().for_each(|part| part.node.slots(slots));
        forget(slots, first, &[self.accumulator, self.variable]);
    }
}

/// Takes an expression's own variables out of the slots that it added.
fn forget(slots: &mut Vec<Slot>, first: usize, own: &[Slot]) {
    let added: Vec<Slot> = slots.drain(first..).filter(|slot| !own.contains(slot)).collect();
    slots.extend(added);
}
