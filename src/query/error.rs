//! What can be wrong with a query: the openCypher class, phase and detail, a place in the text, and a way out.
//!
//! One type for the whole language. Drawing it is `render`'s work.

use std::fmt;

use strsim::damerau_levenshtein;

use crate::text::Span;

/// An error in a query, or one that came up while it ran.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// The class.
    pub kind: ErrorKind,
    /// When it was noticed.
    pub phase: Phase,
    /// What exactly is wrong.
    pub detail: Detail,
    /// The sentence for people: lower case, no full stop, the user's words in back quotes.
    pub message: String,
    /// Where, in bytes of the query text.
    pub span: Option<Span>,
    /// A way out.
    pub hint: Option<String>,
}

/// The class of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The text is no query, or means nothing.
    SyntaxError,
    /// A value has the wrong type.
    TypeError,
    /// An argument is out of range.
    ArgumentError,
    /// A computation has no result: division by zero, a number too large.
    ArithmeticError,
    /// A parameter was not given.
    ParameterMissing,
    /// A name of the data that the question needs is not there.
    EntityNotFound,
    /// The run was stopped, or went over a limit.
    Interrupted,
}

/// When an error was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before any row.
    CompileTime,
    /// With a row in hand.
    Runtime,
}

/// What exactly is wrong, in the words of the openCypher compatibility kit where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are openCypher's own and say it")]
pub enum Detail {
    AmbiguousAggregationExpression,
    ColumnNameConflict,
    DifferentColumnsInUnion,
    FloatingPointOverflow,
    IntegerOverflow,
    InvalidAggregation,
    InvalidArgumentType,
    InvalidArgumentValue,
    InvalidClauseComposition,
    InvalidNumberLiteral,
    InvalidNumberOfArguments,
    InvalidParameterUse,
    InvalidRelationshipPattern,
    InvalidUnicodeCharacter,
    InvalidUnicodeLiteral,
    ListElementAccessByNonInteger,
    MapElementAccessByNonString,
    MissingParameter,
    NegativeIntegerArgument,
    NestedAggregation,
    NoExpressionAlias,
    NoVariablesInScope,
    NonConstantExpression,
    NumberOutOfRange,
    RelationshipUniquenessViolation,
    UndefinedVariable,
    UnexpectedSyntax,
    UnknownFunction,
    VariableAlreadyBound,
    VariableTypeConflict,
    /// Not openCypher's: nested more deeply than the language allows.
    TooDeep,
    /// Not openCypher's: an integer divided by zero.
    DivisionByZero,
    /// Not openCypher's: the user stopped the query.
    Cancelled,
    /// Not openCypher's: more rows or values than the limits allow.
    TooLarge,
    /// Not openCypher's: the time of the query is over.
    TooSlow,
    /// Not openCypher's: a question names somebody or something that the graph does not know.
    UnknownName,
    /// Not openCypher's: a regular expression that cannot be read.
    InvalidRegularExpression,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self:?}")
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self:?}")
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Phase::CompileTime => "compile time",
            Phase::Runtime => "runtime",
        })
    }
}

impl QueryError {
    /// A syntax error, noticed before any row.
    pub fn syntax(detail: Detail, message: impl Into<String>, span: Span) -> Self {
        Self::new(ErrorKind::SyntaxError, Phase::CompileTime, detail, message).at(span)
    }

    /// An error noticed with a row in hand; its place is added on the way up.
    pub fn runtime(kind: ErrorKind, detail: Detail, message: impl Into<String>) -> Self {
        Self::new(kind, Phase::Runtime, detail, message)
    }

    /// An error without place or hint.
    pub fn new(kind: ErrorKind, phase: Phase, detail: Detail, message: impl Into<String>) -> Self {
        Self { kind, phase, detail, message: message.into(), span: None, hint: None }
    }

    /// The same error at a place; a place it already has is kept, being the narrower one.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }

    /// The same error with a way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same error with "did you mean ...?", if a candidate is near enough.
    #[must_use]
    pub fn suggest<'n>(mut self, word: &str, candidates: impl IntoIterator<Item = &'n str>) -> Self {
        if let Some(text) = did_you_mean(word, candidates) {
            self.hint = Some(text);
        }
        self
    }

    /// The same error for a text in which the statement starts `offset` bytes later.
    #[must_use]
    pub fn shifted(mut self, offset: usize) -> Self {
        self.span = self.span.map(|span| Span::new(span.start + offset, span.end + offset));
        self
    }
}

/// "did you mean `a` or `b`?" from the candidates nearest to a word, two at most; none if all are far.
///
/// Candidates count as near when a third of the word's letters, but at least one, would have to change. Case is ignored.
pub fn did_you_mean<'n>(word: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let lower = word.to_lowercase();
    let reach = (lower.chars().count() / 3).max(1);
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= reach)
        .collect();
    near.sort();
    near.dedup_by(|left, right| left.1 == right.1);
    let best = near.first()?.0;
    near.retain(|(distance, _)| *distance == best);
    match near.as_slice() {
        [] => None,
        [(_, only)] => Some(format!("did you mean `{only}`?")),
        [(_, first), (_, second), ..] => Some(format!("did you mean `{first}` or `{second}`?")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested() {
        for (word, expected) in [
            ("REJECT", Some("did you mean `REJECTS`?")),
            ("rejcets", Some("did you mean `REJECTS`?")),
            ("xyz", None),
            ("ask", Some("did you mean `ASKS`?")),
        ] {
            assert_eq!(did_you_mean(word, ["SAYS", "REJECTS", "ASKS"]).as_deref(), expected, "{word}");
        }
    }
}
