//! Expressions: literals, operators, lookups, comprehensions, quantifiers and patterns that stand for a truth value.
//!
//! A chain of comparisons is one expression, as `1 < x < 3` asks for it.

use super::{Name, PathPattern, PatternPart, Query, Spanned};

/// An expression with its place.
pub type Expression = Spanned<ExpressionKind>;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    /// `1`, `'text'`, `null`
    Literal(Literal),
    /// `$name`
    Parameter(String),
    /// `name`
    Variable(String),
    /// `[1, 2]`
    List(Vec<Expression>),
    /// `{key: 1}`
    Map(Vec<(Name, Expression)>),
    /// `a.name`
    Property(Box<Expression>, Name),
    /// `list[0]`, `map['key']`
    Index(Box<Expression>, Box<Expression>),
    /// `list[1..3]`, `list[..3]`, `list[1..]`
    Slice(Box<Expression>, Option<Box<Expression>>, Option<Box<Expression>>),
    /// `a:Actor:State`
    Labels(Box<Expression>, Vec<Name>),
    /// `NOT a`, `-a`
    Unary(Unary, Box<Expression>),
    /// `a + b`, `a AND b`; the span of the operator is kept for messages
    Binary(Spanned<Binary>, Box<Expression>, Box<Expression>),
    /// `1 < x <= 3`: a first operand, then operators with operands
    Comparison(Box<Expression>, Vec<(Comparison, Expression)>),
    /// `a IS NULL`
    IsNull(Box<Expression>),
    /// `a IS NOT NULL`
    IsNotNull(Box<Expression>),
    /// `toUpper(a)`, `count(DISTINCT a)`
    Call {
        /// The function, as written.
        name: Name,
        /// Whether `DISTINCT` stands before the arguments.
        distinct: bool,
        /// The arguments.
        arguments: Vec<Expression>,
    },
    /// `count(*)`
    CountAll,
    /// `CASE x WHEN 1 THEN 'a' ELSE 'b' END`
    Case(Case),
    /// `[x IN list WHERE x > 1 | x * 2]`
    ListComprehension(Comprehension),
    /// `[p = (a)-->(b) WHERE b.x > 1 | b.name]`
    PatternComprehension(PatternComprehension),
    /// `all(x IN list WHERE x > 1)`
    Quantified(Quantified),
    /// `reduce(sum = 0, x IN list | sum + x)`
    Reduce(Reduction),
    /// `(a)-->(b)` where a truth value is asked for
    Pattern(PathPattern),
    /// `EXISTS { (a)-->(b) }`
    Exists(Existential),
    /// `shortestPath((a)-[*]-(b))` as a value: a path, or null
    Shortest(Box<PatternPart>),
}

/// A literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`
    Boolean(bool),
    /// `42`, `0x2A`, `0o52`, `-1`
    Integer(i64),
    /// `4.2`, `1e9`; always finite
    Float(f64),
    /// `'text'`, without quotes and escapes
    String(String),
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    /// `NOT`
    Not,
    /// `-`
    Negate,
    /// `+`
    Plus,
}

/// An operator between two operands, save comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `OR`
    Or,
    /// `XOR`
    Xor,
    /// `AND`
    And,
    /// `STARTS WITH`
    StartsWith,
    /// `ENDS WITH`
    EndsWith,
    /// `CONTAINS`
    Contains,
    /// `IN`
    In,
    /// `=~`
    Matches,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `^`
    Power,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// `CASE [subject] WHEN test THEN value ... [ELSE otherwise] END`
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What the tests are compared with; without it they are truth values.
    pub subject: Option<Box<Expression>>,
    /// Tests and values, at least one.
    pub branches: Vec<(Expression, Expression)>,
    /// The value when no test holds; null if not written.
    pub otherwise: Option<Box<Expression>>,
}

/// `[variable IN list WHERE filter | result]`
#[derive(Clone, Debug, PartialEq)]
pub struct Comprehension {
    /// What each element is called.
    pub variable: Name,
    /// The list.
    pub list: Box<Expression>,
    /// Which elements are taken.
    pub filter: Option<Box<Expression>>,
    /// What is made of each; the element itself if not written.
    pub result: Option<Box<Expression>>,
}

/// `[variable = path WHERE filter | result]`
#[derive(Clone, Debug, PartialEq)]
pub struct PatternComprehension {
    /// What the path is called.
    pub variable: Option<Name>,
    /// The pattern.
    pub path: PathPattern,
    /// Which matches are taken.
    pub filter: Option<Box<Expression>>,
    /// What is made of each match.
    pub result: Box<Expression>,
}

/// How many elements of a list must satisfy a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// `all`
    All,
    /// `any`
    Any,
    /// `none`
    None,
    /// `single`
    Single,
}

/// `all(variable IN list WHERE predicate)`
#[derive(Clone, Debug, PartialEq)]
pub struct Quantified {
    /// How many.
    pub quantifier: Quantifier,
    /// What each element is called.
    pub variable: Name,
    /// The list.
    pub list: Box<Expression>,
    /// What is asked of each.
    pub predicate: Box<Expression>,
}

/// `reduce(accumulator = initial, variable IN list | step)`
#[derive(Clone, Debug, PartialEq)]
pub struct Reduction {
    /// What the running value is called.
    pub accumulator: Name,
    /// Its first value.
    pub initial: Box<Expression>,
    /// What each element is called.
    pub variable: Name,
    /// The list.
    pub list: Box<Expression>,
    /// The next running value.
    pub step: Box<Expression>,
}

/// What stands between the braces of `EXISTS`.
#[derive(Clone, Debug, PartialEq)]
pub enum Existential {
    /// `EXISTS { (a)-->(b) WHERE b.x = 1 }`
    Patterns {
        /// The patterns.
        patterns: Vec<PatternPart>,
        /// What `WHERE` asks for.
        filter: Option<Box<Expression>>,
    },
    /// `EXISTS { MATCH (a)-->(b) RETURN b }`
    Query(Box<Query>),
}
