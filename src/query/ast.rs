//! What a statement says, as it was written: clauses, patterns and expressions, each with its place in the text.
//!
//! Nothing is resolved here: names are text, `1 < x < 3` is one chain, a question is still a question. Nodes compare by
//! what they say, not by where they stand, so that `ORDER BY n.name` can be recognised as the `n.name` of the `RETURN`
//! above it and a printed statement reads back as an equal one.
//!
//! The words are those of the openCypher 9 reference.

mod expression;
mod pattern;

pub use expression::{
    Binary, Case, Comparison, Comprehension, Existential, Expression, ExpressionKind, Literal, PatternComprehension,
    Quantified, Quantifier, Reduction, Unary,
};
pub use pattern::{Direction, Hops, NodePattern, PathPattern, PatternPart, RelationshipPattern, Selection, Step};

use super::question::Question;
use crate::text::Span;

/// Something with its place in the text it was read from; equality ignores the place.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The thing itself.
    pub node: T,
    /// Where it stands in the statement's text.
    pub span: Span,
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T> Spanned<T> {
    /// Puts a thing at its place.
    pub fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }
}

/// A variable, label, type, property or alias, without back quotes.
pub type Name = Spanned<String>;

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `MATCH (a) RETURN a`
    Pattern(Query),
    /// `who rejects "the plan"`
    Question(Question),
    /// `EXPLAIN MATCH (a) RETURN a`: shows the pattern and the plan instead of rows.
    Explain(Box<Statement>),
    /// `PROFILE MATCH (a) RETURN a`: runs, and shows the plan with the rows that each operator made.
    Profile(Box<Statement>),
}

/// Single queries joined by `UNION`.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The query before the first `UNION`.
    pub first: SingleQuery,
    /// What follows.
    pub unions: Vec<Union>,
}

/// `UNION RETURN 2 AS x`
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Whether equal rows are kept; the span is the keyword's.
    pub kind: Spanned<UnionKind>,
    /// The query on its right.
    pub query: SingleQuery,
}

/// Whether a union keeps equal rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnionKind {
    /// `UNION`
    Distinct,
    /// `UNION ALL`
    All,
}

/// Clauses in the order in which they are applied.
#[derive(Clone, Debug, PartialEq)]
pub struct SingleQuery {
    /// The clauses; the parser gives at least one.
    pub clauses: Vec<Clause>,
}

/// A clause with its place.
pub type Clause = Spanned<ClauseKind>;

/// A clause.
#[derive(Clone, Debug, PartialEq)]
pub enum ClauseKind {
    /// `MATCH (a)-->(b) WHERE a.x = 1`, `OPTIONAL MATCH ...`
    Match(Match),
    /// `UNWIND [1, 2] AS x`
    Unwind(Unwind),
    /// `WITH a, count(*) AS n WHERE n > 1`
    With(With),
    /// `RETURN a, b`
    Return(Projection),
}

/// `[OPTIONAL] MATCH patterns [WHERE filter]`
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Whether rows without a match are kept, with nulls.
    pub optional: bool,
    /// The comma-separated patterns, at least one.
    pub patterns: Vec<PatternPart>,
    /// What `WHERE` asks for.
    pub filter: Option<Expression>,
}

/// `UNWIND list AS variable`
#[derive(Clone, Debug, PartialEq)]
pub struct Unwind {
    /// What is taken apart.
    pub list: Expression,
    /// What each element is called.
    pub variable: Name,
}

/// `WITH ... [WHERE filter]`
#[derive(Clone, Debug, PartialEq)]
pub struct With {
    /// What goes on to the next clause.
    pub projection: Projection,
    /// What `WHERE` asks for, after the projection.
    pub filter: Option<Expression>,
}

/// What stands after `RETURN` or `WITH`.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// Whether `DISTINCT` stands first.
    pub distinct: bool,
    /// Where `*` stands, if all variables are taken.
    pub star: Option<Spanned<()>>,
    /// The items, after the star if there is one.
    pub items: Vec<ProjectionItem>,
    /// `ORDER BY`; empty without it.
    pub order: Vec<SortItem>,
    /// `SKIP`
    pub skip: Option<Expression>,
    /// `LIMIT`
    pub limit: Option<Expression>,
}

/// `expression [AS alias]`
#[derive(Clone, Debug)]
pub struct ProjectionItem {
    /// What is computed.
    pub expression: Expression,
    /// What it is called.
    pub alias: Option<Name>,
    /// The expression as it was written, which names the column of an item without alias; equality ignores it.
    pub text: String,
}

impl PartialEq for ProjectionItem {
    fn eq(&self, other: &Self) -> bool {
        self.expression == other.expression && self.alias == other.alias
    }
}

impl ProjectionItem {
    /// The column's name: the alias, or the text as written.
    pub fn name(&self) -> &str {
        self.alias.as_ref().map_or(&self.text, |alias| &alias.node)
    }
}

/// One key of `ORDER BY`.
#[derive(Clone, Debug, PartialEq)]
pub struct SortItem {
    /// What is compared.
    pub expression: Expression,
    /// `DESC` or `DESCENDING`.
    pub descending: bool,
}
