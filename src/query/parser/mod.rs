//! From text to AST, by the grammar in `grammar/query.pest`. Only this folder knows the parser generator.
//!
//! The grammar says what a statement may look like; this code gives operators their precedence, reads literals, and says in
//! plain words what is wrong with a text that does not fit. Whether names mean anything is the binder's business.

mod clause;
mod expression;
mod failure;
mod grammar;
mod literal;
mod pattern;
mod question;
mod script;

use std::num::NonZeroUsize;
use std::sync::Once;

use pest::Parser as _;

use self::grammar::{Grammar, Rule};
use super::ast::{Expression, Name, Spanned, Statement};
use super::error::{Detail, QueryError};
use crate::text::Span;

pub use script::{Piece, PieceKind, split_script};

/// How many levels an expression's syntax tree may have.
///
/// Parsing, binding, evaluating and dropping recurse over the tree, at up to four kilobytes a level in a debug build; 500
/// levels overflowed the 2 MiB stack of a thread.
pub const DEPTH_LIMIT: usize = 256;

/// How many rule calls a text may cost, against texts made to be slow: about two seconds of work.
///
/// A query of 10,000 characters costs some 300,000.
const CALL_LIMIT: usize = 50_000_000;

/// Fewer levels than [`DEPTH_LIMIT`], since a bracket costs the generated parser a dozen rules.
const BRACKET_LIMIT: usize = 200;

type Pair<'t> = pest::iterators::Pair<'t, Rule>;

/// Reads one statement; a final `;` is allowed.
///
/// # Errors
/// A `SyntaxError` with its place, and a hint where a keyword is nearly right or a quotation mark has no partner.
pub fn parse(text: &str) -> Result<Statement, QueryError> {
    let root = grammar_tree(Rule::text, text)?;
    let mut builder = Builder::default();
    let mut pairs = root.into_inner();
    builder.statement(required(&mut pairs, Span::new(0, text.len()))?)
}

/// Reads one expression alone, as `:param name = expression` needs it.
///
/// # Errors
/// As for [`parse`].
pub fn parse_expression(text: &str) -> Result<Expression, QueryError> {
    let root = grammar_tree(Rule::lone_expression, text)?;
    let mut builder = Builder::default();
    let mut pairs = root.into_inner();
    builder.expression(required(&mut pairs, Span::new(0, text.len()))?)
}

/// Reads the statements of a script, each with its place in it; session commands (`:format json`) are left to the caller.
///
/// Errors come one for each statement, so that those before a wrong one can run; their spans are those of the script.
pub fn parse_script(text: &str) -> Vec<(Span, Result<Statement, QueryError>)> {
    split_script(text)
        .into_iter()
        .filter(|piece| piece.kind == PieceKind::Statement)
        .map(|piece| (piece.span, parse(piece.span.of(text)).map_err(|error| error.shifted(piece.span.start))))
        .collect()
}

/// The tree of a text by one rule, after the checks that keep any text from exhausting stack or time.
fn grammar_tree(rule: Rule, text: &str) -> Result<Pair<'_>, QueryError> {
    static LIMIT: Once = Once::new();
    LIMIT.call_once(|| pest::set_call_limit(NonZeroUsize::new(CALL_LIMIT)));
    script::check_brackets(text, BRACKET_LIMIT)?;
    let mut pairs = Grammar::parse(rule, text).map_err(|error| failure::explain(text, &error))?;
    required(&mut pairs, Span::new(0, text.len()))
}

/// Turns the grammar's tree into an AST; it counts how deep it is.
#[derive(Default)]
struct Builder {
    /// Levels above what is being read.
    depth: usize,
    /// Levels of the deepest expression read so far inside the operand at hand.
    below: usize,
}

impl Builder {
    /// `explain`, `profile` or a query.
    fn statement(&mut self, pair: Pair<'_>) -> Result<Statement, QueryError> {
        let span = span_of(&pair);
        match pair.as_rule() {
            Rule::explain => Ok(Statement::Explain(Box::new(self.wrapped_statement(pair)?))),
            Rule::profile => Ok(Statement::Profile(Box::new(self.wrapped_statement(pair)?))),
            Rule::query => Ok(Statement::Pattern(self.query(pair)?)),
            Rule::question => Ok(Statement::Question(question::question(pair)?)),
            _ => {
                let mut inner = pair.into_inner();
                self.statement(required(&mut inner, span)?)
            }
        }
    }

    /// The statement after `EXPLAIN` or `PROFILE`.
    fn wrapped_statement(&mut self, pair: Pair<'_>) -> Result<Statement, QueryError> {
        let span = span_of(&pair);
        self.deeper(1, span)?;
        let mut inner = pair.into_inner().filter(|pair| pair.as_rule() == Rule::statement);
        let statement = self.statement(inner.next().ok_or_else(|| unfinished(span))?)?;
        self.depth -= 1;
        Ok(statement)
    }

    /// Goes `levels` down, unless that is too deep.
    fn deeper(&mut self, levels: usize, span: Span) -> Result<(), QueryError> {
        self.depth += levels;
        check_depth(self.depth, span)
    }
}

/// Refuses a tree that is too deep.
fn check_depth(depth: usize, span: Span) -> Result<(), QueryError> {
    if depth <= DEPTH_LIMIT {
        return Ok(());
    }
    let message = format!("expression with more than {DEPTH_LIMIT} operators on one path");
    Err(QueryError::syntax(Detail::TooDeep, message, span).hint("use `IN` and a list, or `WITH` between the parts"))
}

/// Where a pair stands, without white space after it.
fn span_of(pair: &Pair<'_>) -> Span {
    let span = pair.as_span();
    Span::new(span.start(), span.start() + span.as_str().trim_end().len())
}

/// The next pair, which the grammar promises.
fn required<'t>(pairs: &mut impl Iterator<Item = Pair<'t>>, span: Span) -> Result<Pair<'t>, QueryError> {
    pairs.next().ok_or_else(|| unfinished(span))
}

/// The error for a pair that the grammar promised and did not give: only a grammar that this code does not fit makes it.
fn unfinished(span: Span) -> QueryError {
    QueryError::syntax(Detail::UnexpectedSyntax, "unfinished phrase", span)
}

/// A variable, label, type or property, without its back quotes.
fn name(pair: &Pair<'_>) -> Name {
    let span = span_of(pair);
    let text = pair.as_str().trim_end();
    let plain = match text.strip_prefix('`').and_then(|text| text.strip_suffix('`')) {
        Some(quoted) => quoted.replace("``", "`"),
        None => text.to_owned(),
    };
    Spanned::new(plain, span)
}

#[cfg(test)]
mod tests;
