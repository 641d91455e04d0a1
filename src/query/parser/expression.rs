//! Expressions: precedence, operands, and everything that can be one.
//!
//! Operators come flat from the grammar; the table below says which binds more tightly.

use std::sync::LazyLock;

use pest::pratt_parser::{Assoc, Op, PrattParser};

use super::pattern::names;
use super::{Builder, Pair, Rule, check_depth, literal, name, required, span_of, unfinished};
use crate::query::ast::{
    Binary, Case, Comparison, Comprehension, Existential, Expression, ExpressionKind, Literal, Name,
    PatternComprehension, Quantified, Quantifier, Reduction, Spanned, Unary,
};
use crate::query::error::{Detail, QueryError};
use crate::text::Span;

/// openCypher's precedence, loosest first. A sign binds more tightly than `^`: `-2^2` is 4.
static PRECEDENCE: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    let left = |rule| Op::infix(rule, Assoc::Left);
    PrattParser::new()
        .op(left(Rule::or))
        .op(left(Rule::xor))
        .op(left(Rule::and))
        .op(Op::prefix(Rule::not))
        .op(left(Rule::equal)
            | left(Rule::wrong_equal)
            | left(Rule::not_equal)
            | left(Rule::less)
            | left(Rule::less_or_equal)
            | left(Rule::greater)
            | left(Rule::greater_or_equal))
        .op(left(Rule::starts_with)
            | left(Rule::ends_with)
            | left(Rule::contains)
            | left(Rule::within)
            | left(Rule::matches)
            | Op::postfix(Rule::is_null)
            | Op::postfix(Rule::is_not_null))
        .op(left(Rule::add) | left(Rule::subtract))
        .op(left(Rule::multiply) | left(Rule::divide) | left(Rule::modulo))
        .op(left(Rule::power))
        .op(Op::prefix(Rule::negate) | Op::prefix(Rule::plus))
});

/// How many levels an `EXISTS` counts for: a query inside an expression recurses through all stages.
const EXISTS_LEVELS: usize = 4;

/// An expression on its way up; whether it stood in parentheses decides if `(1 < 2) < 3` is one chain.
struct Operand {
    expression: Expression,
    grouped: bool,
    /// How deep its syntax tree is.
    depth: usize,
}

impl Operand {
    /// An operator's result, unless its tree is too deep; checked before it grows, since dropping a tree recurses too.
    fn loose(kind: ExpressionKind, span: Span, below: usize) -> Result<Self, QueryError> {
        check_depth(below + 1, span)?;
        Ok(Self { expression: Spanned::new(kind, span), grouped: false, depth: below + 1 })
    }
}

impl Builder {
    /// The expression inside a clause of one, such as `WHERE` or `LIMIT`.
    pub(super) fn only_expression(&mut self, pair: Pair<'_>) -> Result<Expression, QueryError> {
        let span = span_of(&pair);
        let inner = pair.into_inner().find(|pair| pair.as_rule() == Rule::expression);
        self.expression(inner.ok_or_else(|| unfinished(span))?)
    }

    /// The expressions among a pair's children, in order.
    fn expressions(&mut self, pair: Pair<'_>) -> Result<Vec<Expression>, QueryError> {
        pair.into_inner().filter(|pair| pair.as_rule() == Rule::expression).map(|pair| self.expression(pair)).collect()
    }

    /// Operators and operands, by precedence.
    pub(super) fn expression(&mut self, pair: Pair<'_>) -> Result<Expression, QueryError> {
        let span = span_of(&pair);
        // The Pratt parser recurses over operators before an operand.
        let is_prefix = |pair: &Pair<'_>| matches!(pair.as_rule(), Rule::not | Rule::negate | Rule::plus);
        let prefixes = pair.clone().into_inner().filter(is_prefix).count();
        self.deeper(prefixes + 1, span)?;
        let operand = PRECEDENCE
            .map_primary(|pair| self.operand(pair))
            .map_prefix(|operator, operand| prefixed(&operator, operand?))
            .map_postfix(|operand, operator| postfixed(operand?, &operator))
            .map_infix(|left, operator, right| infixed(left?, &operator, right?))
            .parse(pair.into_inner())?;
        self.depth -= prefixes + 1;
        self.below = self.below.max(operand.depth);
        Ok(operand.expression)
    }

    /// An atom with lookups, subscripts and labels.
    fn operand(&mut self, pair: Pair<'_>) -> Result<Operand, QueryError> {
        let span = span_of(&pair);
        let outer = std::mem::replace(&mut self.below, 0);
        let mut pairs = pair.into_inner();
        let atom = required(&mut pairs, span)?;
        let grouped = atom.as_rule() == Rule::group;
        let expression = self.atom(atom)?;
        let mut operand = Operand { expression, grouped, depth: self.below + 1 };
        for pair in pairs {
            operand = self.suffixed(operand, pair)?;
        }
        self.below = outer;
        Ok(operand)
    }

    /// An operand with one more lookup, subscript or list of labels.
    fn suffixed(&mut self, operand: Operand, pair: Pair<'_>) -> Result<Operand, QueryError> {
        let span = operand.expression.span.cover(span_of(&pair));
        let kind = match pair.as_rule() {
            Rule::lookup => ExpressionKind::Property(Box::new(operand.expression), only_name(pair)?),
            Rule::subscript => self.subscript(operand.expression, pair)?,
            _ => ExpressionKind::Labels(Box::new(operand.expression), names(pair)),
        };
        Operand::loose(kind, span, operand.depth.max(self.below))
    }

    /// `[index]` or `[from..to]`
    fn subscript(&mut self, base: Expression, pair: Pair<'_>) -> Result<ExpressionKind, QueryError> {
        let span = span_of(&pair);
        let (mut from, mut to, mut range) = (None, None, false);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::dots => range = true,
                _ if range => to = Some(Box::new(self.expression(pair)?)),
                _ => from = Some(Box::new(self.expression(pair)?)),
            }
        }
        if range {
            return Ok(ExpressionKind::Slice(Box::new(base), from, to));
        }
        Ok(ExpressionKind::Index(Box::new(base), from.ok_or_else(|| unfinished(span))?))
    }

    /// Anything that can be an operand by itself.
    pub(super) fn atom(&mut self, pair: Pair<'_>) -> Result<Expression, QueryError> {
        let span = span_of(&pair);
        let kind = match pair.as_rule() {
            Rule::number => return literal::number(pair),
            Rule::string => return literal::string(&pair),
            Rule::group => return Ok(Spanned::new(self.only_expression(pair)?.node, span)),
            Rule::null => ExpressionKind::Literal(Literal::Null),
            Rule::boolean => ExpressionKind::Literal(Literal::Boolean(pair.as_str().eq_ignore_ascii_case("true"))),
            Rule::variable => ExpressionKind::Variable(name(&pair).node),
            Rule::parameter => parameter(&pair),
            Rule::list => ExpressionKind::List(self.expressions(pair)?),
            Rule::map => self.map(pair)?,
            Rule::case => self.case(pair)?,
            Rule::count_all => ExpressionKind::CountAll,
            Rule::exists => self.exists(pair)?,
            Rule::quantified => self.quantified(pair)?,
            Rule::reduce => self.reduce(pair)?,
            Rule::shortest_value => ExpressionKind::Shortest(Box::new(self.shortest_value(pair)?)),
            Rule::list_comprehension => self.list_comprehension(pair)?,
            Rule::pattern_comprehension => self.pattern_comprehension(pair)?,
            Rule::pattern_predicate => self.pattern_predicate(pair)?,
            Rule::call => self.call(pair)?,
            _ => return Err(unfinished(span)),
        };
        Ok(Spanned::new(kind, span))
    }

    /// `{key: value}`
    fn map(&mut self, pair: Pair<'_>) -> Result<ExpressionKind, QueryError> {
        let mut entries = Vec::new();
        for entry in pair.into_inner() {
            let span = span_of(&entry);
            let mut pairs = entry.into_inner();
            let key = name(&required(&mut pairs, span)?);
            entries.push((key, self.expression(required(&mut pairs, span)?)?));
        }
        Ok(ExpressionKind::Map(entries))
    }

    /// `CASE ... END`
    fn case(&mut self, pair: Pair<'_>) -> Result<ExpressionKind, QueryError> {
        let mut case = Case { subject: None, branches: Vec::new(), otherwise: None };
        for pair in pair.into_inner() {
            let span = span_of(&pair);
            match pair.as_rule() {
                Rule::expression => case.subject = Some(Box::new(self.expression(pair)?)),
                Rule::when => {
                    let mut parts = self.expressions(pair)?.into_iter();
                    let branch = parts.next().zip(parts.next()).ok_or_else(|| unfinished(span))?;
                    case.branches.push(branch);
                }
                Rule::otherwise => case.otherwise = Some(Box::new(self.only_expression(pair)?)),
                _ => {}
            }
        }
        Ok(ExpressionKind::Case(case))
    }

    /// `EXISTS { ... }`
    fn exists(&mut self, pair: Pair<'_>) -> Result<ExpressionKind, QueryError> {
        let span = span_of(&pair);
        self.deeper(EXISTS_LEVELS, span)?;
        let mut pairs = pair.into_inner().filter(|pair| pair.as_rule() != Rule::kw_exists);
        let inner = required(&mut pairs, span)?;
        let existential = if inner.as_rule() == Rule::query {
            Existential::Query(Box::new(self.query(inner)?))
        } else {
            let (mut patterns, mut filter) = (Vec::new(), None);
            for pair in inner.into_inner() {
                match pair.as_rule() {
                    Rule::patterns => patterns = self.patterns(pair)?,
                    _ => filter = Some(Box::new(self.only_expression(pair)?)),
                }
            }
            Existential::Patterns { patterns, filter }
        };
        self.depth -= EXISTS_LEVELS;
        Ok(ExpressionKind::Exists(existential))
    }

    /// `all(x IN list WHERE ...)`
    fn quantified(&mut self, pair: Pair<'_>) -> Result<ExpressionKind, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner().filter(|pair| pair.as_rule() != Rule::kw_in);
        let word = required(&mut pairs, span)?;
        let quantifier = match word.as_str().to_ascii_lowercase().as_str() {
            "all" => Quantifier::All,
            "any" => Quantifier::Any,
            "none" => Quantifier::None,
            _ => Quantifier::Single,
        };
        let variable = name(&required(&mut pairs, span)?);
        let list = Box::new(self.expression(required(&mut pairs, span)?)?);
        let predicate = Box::new(self.only_expression(required(&mut pairs, span)?)?);
        Ok(ExpressionKind::Quantified(Quantified { quantifier, variable, list, predicate }))
    }

    /// `reduce(a = 0, x IN list | a + x)`
    fn reduce(&mut self, pair: Pair<'_>) -> Result<ExpressionKind, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner().filter(|pair| !matches!(pair.as_rule(), Rule::kw_reduce | Rule::kw_in));
        let accumulator = name(&required(&mut pairs, span)?);
        let initial = Box::new(self.expression(required(&mut pairs, span)?)?);
        let variable = name(&required(&mut pairs, span)?);
        let list = Box::new(self.expression(required(&mut pairs, span)?)?);
        let step = Box::new(self.expression(required(&mut pairs, span)?)?);
        Ok(ExpressionKind::Reduce(Reduction { accumulator, initial, variable, list, step }))
    }

    /// `[x IN list WHERE ... | ...]`
    fn list_comprehension(&mut self, pair: Pair<'_>) -> Result<ExpressionKind, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner().filter(|pair| pair.as_rule() != Rule::kw_in);
        let variable = name(&required(&mut pairs, span)?);
        let list = Box::new(self.expression(required(&mut pairs, span)?)?);
        let (mut filter, mut result) = (None, None);
        for pair in pairs {
            match pair.as_rule() {
                Rule::filter => filter = Some(Box::new(self.only_expression(pair)?)),
                _ => result = Some(Box::new(self.expression(pair)?)),
            }
        }
        Ok(ExpressionKind::ListComprehension(Comprehension { variable, list, filter, result }))
    }

    /// `[p = (a)-->(b) WHERE ... | ...]`
    fn pattern_comprehension(&mut self, pair: Pair<'_>) -> Result<ExpressionKind, QueryError> {
        let span = span_of(&pair);
        let (mut variable, mut path, mut filter, mut result) = (None, None, None, None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::variable => variable = Some(name(&pair)),
                Rule::path => path = Some(self.path(pair)?),
                Rule::filter => filter = Some(Box::new(self.only_expression(pair)?)),
                _ => result = Some(Box::new(self.expression(pair)?)),
            }
        }
        let (path, result) = path.zip(result).ok_or_else(|| unfinished(span))?;
        Ok(ExpressionKind::PatternComprehension(PatternComprehension { variable, path, filter, result }))
    }

    /// `(a)-->(b)` as a truth value
    fn pattern_predicate(&mut self, pair: Pair<'_>) -> Result<ExpressionKind, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner();
        Ok(ExpressionKind::Pattern(self.path(required(&mut pairs, span)?)?))
    }

    /// `name(DISTINCT a, b)`
    fn call(&mut self, pair: Pair<'_>) -> Result<ExpressionKind, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner();
        let name = name(&required(&mut pairs, span)?);
        let mut distinct = false;
        let mut arguments = Vec::new();
        for pair in pairs {
            match pair.as_rule() {
                Rule::kw_distinct => distinct = true,
                _ => arguments.push(self.expression(pair)?),
            }
        }
        Ok(ExpressionKind::Call { name, distinct, arguments })
    }
}

/// `$name`, `$1`
fn parameter(pair: &Pair<'_>) -> ExpressionKind {
    let text = pair.as_str().trim_end();
    let text = text.strip_prefix('$').unwrap_or(text);
    let text = text.strip_prefix('`').and_then(|text| text.strip_suffix('`')).unwrap_or(text);
    ExpressionKind::Parameter(text.to_owned())
}

/// The name after a dot.
fn only_name(pair: Pair<'_>) -> Result<Name, QueryError> {
    let span = span_of(&pair);
    let mut pairs = pair.into_inner();
    Ok(name(&required(&mut pairs, span)?))
}

fn prefixed(operator: &Pair<'_>, operand: Operand) -> Result<Operand, QueryError> {
    let span = span_of(operator).cover(operand.expression.span);
    let unary = match operator.as_rule() {
        Rule::not => Unary::Not,
        Rule::negate => Unary::Negate,
        Rule::plus => Unary::Plus,
        _ => return Err(unfinished(span)),
    };
    Operand::loose(ExpressionKind::Unary(unary, Box::new(operand.expression)), span, operand.depth)
}

fn postfixed(operand: Operand, operator: &Pair<'_>) -> Result<Operand, QueryError> {
    let span = operand.expression.span.cover(span_of(operator));
    let depth = operand.depth;
    let operand = Box::new(operand.expression);
    let kind = match operator.as_rule() {
        Rule::is_null => ExpressionKind::IsNull(operand),
        _ => ExpressionKind::IsNotNull(operand),
    };
    Operand::loose(kind, span, depth)
}

fn infixed(left: Operand, operator: &Pair<'_>, right: Operand) -> Result<Operand, QueryError> {
    let span = left.expression.span.cover(right.expression.span);
    if let Some(comparison) = comparison(operator)? {
        return compared(left, comparison, right, span);
    }
    let binary = binary(operator).ok_or_else(|| unfinished(span))?;
    let binary = Spanned::new(binary, span_of(operator));
    let depth = left.depth.max(right.depth);
    Operand::loose(ExpressionKind::Binary(binary, Box::new(left.expression), Box::new(right.expression)), span, depth)
}

/// Starts a chain of comparisons, or makes one longer.
fn compared(left: Operand, comparison: Comparison, right: Operand, span: Span) -> Result<Operand, QueryError> {
    let below = left.depth.max(right.depth);
    let kind = match (left.expression.node, left.grouped) {
        (ExpressionKind::Comparison(first, mut rest), false) => {
            rest.push((comparison, right.expression));
            let kind = ExpressionKind::Comparison(first, rest);
            return Operand::loose(kind, span, (left.depth - 1).max(right.depth));
        }
        (first, _) => {
            let first = Spanned::new(first, left.expression.span);
            ExpressionKind::Comparison(Box::new(first), vec![(comparison, right.expression)])
        }
    };
    Operand::loose(kind, span, below)
}

/// The comparison that an operator is, if it is one.
fn comparison(operator: &Pair<'_>) -> Result<Option<Comparison>, QueryError> {
    Ok(Some(match operator.as_rule() {
        Rule::equal => Comparison::Equal,
        Rule::not_equal => Comparison::NotEqual,
        Rule::less => Comparison::Less,
        Rule::less_or_equal => Comparison::LessOrEqual,
        Rule::greater => Comparison::Greater,
        Rule::greater_or_equal => Comparison::GreaterOrEqual,
        Rule::wrong_equal => return Err(wrong_equal(operator)),
        _ => return Ok(None),
    }))
}

/// The error for `!=` and `==`.
fn wrong_equal(operator: &Pair<'_>) -> QueryError {
    let (wrong, right) = if operator.as_str().starts_with('!') { ("!=", "<>") } else { ("==", "=") };
    QueryError::syntax(Detail::UnexpectedSyntax, format!("unknown operator `{wrong}`"), span_of(operator))
        .hint(format!("did you mean `{right}`?"))
}

fn binary(operator: &Pair<'_>) -> Option<Binary> {
    Some(match operator.as_rule() {
        Rule::or => Binary::Or,
        Rule::xor => Binary::Xor,
        Rule::and => Binary::And,
        Rule::starts_with => Binary::StartsWith,
        Rule::ends_with => Binary::EndsWith,
        Rule::contains => Binary::Contains,
        Rule::within => Binary::In,
        Rule::matches => Binary::Matches,
        Rule::add => Binary::Add,
        Rule::subtract => Binary::Subtract,
        Rule::multiply => Binary::Multiply,
        Rule::divide => Binary::Divide,
        Rule::modulo => Binary::Modulo,
        Rule::power => Binary::Power,
        _ => return None,
    })
}
