//! Expressions: what each part means, and what type it has as far as that is known.
//!
//! Operators and calls have files of their own.

use super::{Binder, GroupingKey, Stage, inspect};
use crate::query::ast::{Case, Expression, ExpressionKind, Literal, Name, Spanned};
use crate::query::error::{Detail, ErrorKind, Phase, QueryError};
use crate::query::scalar::{CaseScalar, Scalar, ScalarKind, Slot};
use crate::query::types::{Kind, Type};
use crate::query::value::Value;
use crate::text::Span;

/// A bound expression and its type.
pub(super) type Typed = (Scalar, Type);

impl Binder<'_> {
    /// Binds an expression.
    pub(super) fn expression(&mut self, expression: &Expression) -> Result<Typed, QueryError> {
        if let Some(key) = self.grouping_key(expression) {
            self.touched.push(key.slot);
            return Ok((Spanned::new(ScalarKind::Slot(key.slot), expression.span), key.kind));
        }
        // Only operators of logic hand on the leave to use a pattern as a truth value.
        let predicate = std::mem::replace(&mut self.predicate, false);
        let bound = self.kind(expression, predicate);
        self.predicate = predicate;
        let (kind, typed) = bound?;
        Ok((Spanned::new(kind, expression.span), typed))
    }

    /// The key of a grouping that an expression repeats, where it may.
    fn grouping_key(&self, expression: &Expression) -> Option<GroupingKey> {
        let grouping = self.grouping.as_ref()?;
        let usable = |key: &&GroupingKey| match grouping.stage {
            Stage::Items => inspect::is_simple(&key.expression),
            Stage::After => !inspect::has_aggregate(&key.expression),
            Stage::AfterWithAggregates => {
                inspect::is_simple(&key.expression) || inspect::has_aggregate(&key.expression)
            }
        };
        grouping.keys.iter().filter(usable).find(|key| key.expression == *expression).cloned()
    }

    fn kind(&mut self, expression: &Expression, predicate: bool) -> Result<(ScalarKind, Type), QueryError> {
        let span = expression.span;
        match &expression.node {
            ExpressionKind::Literal(literal) => Ok(constant(literal)),
            ExpressionKind::Parameter(name) => Ok((ScalarKind::Parameter(name.clone()), Type::Any)),
            ExpressionKind::Variable(name) => self.variable(name, span),
            ExpressionKind::List(items) => self.list(items),
            ExpressionKind::Map(entries) => self.map(entries),
            ExpressionKind::Property(base, key) => self.property(base, key, span),
            ExpressionKind::Index(base, index) => self.index(base, index, span),
            ExpressionKind::Slice(base, from, to) => self.slice(base, from.as_deref(), to.as_deref()),
            ExpressionKind::Labels(base, labels) => self.labels(base, labels),
            ExpressionKind::Unary(unary, operand) => self.unary(*unary, operand, predicate),
            ExpressionKind::Binary(operator, left, right) => self.binary(operator, left, right, predicate),
            ExpressionKind::Comparison(first, rest) => self.comparison(first, rest),
            ExpressionKind::IsNull(operand) => {
                Ok((ScalarKind::IsNull(Box::new(self.expression(operand)?.0)), Type::Boolean))
            }
            ExpressionKind::IsNotNull(operand) => {
                Ok((ScalarKind::IsNotNull(Box::new(self.expression(operand)?.0)), Type::Boolean))
            }
            ExpressionKind::Call { name, distinct, arguments } => self.call(name, *distinct, arguments, span),
            ExpressionKind::CountAll => self.count_all(span),
            ExpressionKind::Case(case) => self.case(case),
            ExpressionKind::ListComprehension(inner) => self.list_comprehension(inner),
            ExpressionKind::Quantified(quantified) => self.quantified(quantified),
            ExpressionKind::Reduce(reduction) => self.reduce(reduction),
            ExpressionKind::PatternComprehension(inner) => self.pattern_comprehension(inner),
            ExpressionKind::Pattern(path) => self.pattern_predicate(path, predicate, span),
            ExpressionKind::Exists(existential) => self.exists(existential),
            ExpressionKind::Shortest(part) => self.shortest(part),
        }
    }

    /// A variable in sight.
    fn variable(&mut self, name: &str, span: Span) -> Result<(ScalarKind, Type), QueryError> {
        match self.scope.find(name) {
            Some(variable) => {
                let found = (ScalarKind::Slot(variable.slot), variable.kind.clone());
                self.touched.push(variable.slot);
                Ok(found)
            }
            None => Err(self.unknown_variable(name, span)),
        }
    }

    /// The error for a name that nothing in sight has; a name that grouping took out of sight has an error of its own.
    fn unknown_variable(&self, name: &str, span: Span) -> QueryError {
        if let Some(grouping) = self.grouping.as_ref().filter(|grouping| grouping.input.find(name).is_some()) {
            let ambiguous = match grouping.stage {
                Stage::Items => true,
                Stage::After => false,
                Stage::AfterWithAggregates => {
                    grouping.keys.iter().any(|key| inspect::names_variable(&key.expression, name))
                }
            };
            let message = format!("`{name}` differs within a group of rows");
            if ambiguous {
                return QueryError::syntax(Detail::AmbiguousAggregationExpression, message, span)
                    .hint("make what stands beside the aggregate an item of its own");
            }
            return QueryError::syntax(Detail::UndefinedVariable, format!("`{name}` is not in sight here"), span)
                .hint("after `DISTINCT` or an aggregate, only what was returned can be used");
        }
        QueryError::syntax(Detail::UndefinedVariable, format!("unknown variable `{name}`"), span)
            .suggest(name, self.scope.names())
    }

    /// Binds a variable for as long as a body is bound; it hides others of its name.
    pub(super) fn with_local<T>(
        &mut self,
        name: &Name,
        kind: Type,
        body: impl FnOnce(&mut Self) -> Result<T, QueryError>,
    ) -> Result<(Slot, T), QueryError> {
        let slot = self.fresh();
        self.scope.declare(&name.node, slot, kind);
        let keys = self.grouping.as_mut().map(|grouping| {
            let kept = grouping.keys.iter().filter(|key| !inspect::names_variable(&key.expression, &name.node));
            let kept = kept.cloned().collect();
            std::mem::replace(&mut grouping.keys, kept)
        });
        let result = body(self);
        if let Some((grouping, keys)) = self.grouping.as_mut().zip(keys) {
            grouping.keys = keys;
        }
        self.scope.forget();
        Ok((slot, result?))
    }

    /// `[a, b]`
    fn list(&mut self, items: &[Expression]) -> Result<(ScalarKind, Type), QueryError> {
        let mut scalars = Vec::with_capacity(items.len());
        let mut element: Option<Type> = None;
        for item in items {
            let (scalar, kind) = self.expression(item)?;
            scalars.push(scalar);
            element = Some(element.map_or(kind.clone(), |element| element.join(kind)));
        }
        Ok((ScalarKind::List(scalars), Type::List(Box::new(element.unwrap_or(Type::Any)))))
    }

    /// `{key: a}`
    fn map(&mut self, entries: &[(Name, Expression)]) -> Result<(ScalarKind, Type), QueryError> {
        let mut bound = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            bound.push((key.node.clone(), self.expression(value)?.0));
        }
        Ok((ScalarKind::Map(bound), Type::Map))
    }

    /// `a.key`
    fn property(&mut self, base: &Expression, key: &Name, span: Span) -> Result<(ScalarKind, Type), QueryError> {
        let (scalar, kind) = self.expression(base)?;
        if matches!(kind, Type::Node | Type::Relationship) {
            self.warn_of_property(key);
        }
        if [Kind::Node, Kind::Relationship, Kind::Map].iter().any(|wanted| kind.may_be(*wanted)) {
            return Ok((ScalarKind::Property(Box::new(scalar), key.node.clone()), Type::Any));
        }
        Err(type_error(format!("{} has no properties such as `{}`", kind.kind().described(), key.node), span))
    }

    /// `a[b]`
    fn index(&mut self, base: &Expression, index: &Expression, span: Span) -> Result<(ScalarKind, Type), QueryError> {
        let (base, kind) = self.expression(base)?;
        let (index, index_kind) = self.expression(index)?;
        let wanted = match kind.kind() {
            Kind::Any => Kind::Any,
            Kind::List => Kind::Integer,
            Kind::Map | Kind::Node | Kind::Relationship => Kind::String,
            other => return Err(type_error(format!("{} has no elements", other.described()), span)),
        };
        if !index_kind.may_be(wanted) {
            let (wanted, found) = (wanted.described(), index_kind.kind().described());
            return Err(type_error(format!("the place in the brackets must be {wanted}, not {found}"), index.span));
        }
        Ok((ScalarKind::Index(Box::new(base), Box::new(index)), kind.element()))
    }

    /// `a[from..to]`
    fn slice(
        &mut self,
        base: &Expression,
        from: Option<&Expression>,
        to: Option<&Expression>,
    ) -> Result<(ScalarKind, Type), QueryError> {
        let (base, kind) = self.expression(base)?;
        if !kind.may_be(Kind::List) {
            return Err(type_error(format!("{} has no elements", kind.kind().described()), base.span));
        }
        let from = from.map(|bound| self.slice_bound(bound)).transpose()?;
        let to = to.map(|bound| self.slice_bound(bound)).transpose()?;
        Ok((ScalarKind::Slice(Box::new(base), from, to), kind))
    }

    fn slice_bound(&mut self, bound: &Expression) -> Result<Box<Scalar>, QueryError> {
        let (scalar, kind) = self.expression(bound)?;
        if kind.may_be(Kind::Integer) {
            return Ok(Box::new(scalar));
        }
        Err(type_error(format!("a slice goes from integer to integer, not {}", kind.kind().described()), scalar.span))
    }

    /// `a:Label`, `r:TYPE`
    fn labels(&mut self, base: &Expression, labels: &[Name]) -> Result<(ScalarKind, Type), QueryError> {
        let (scalar, kind) = self.expression(base)?;
        match kind {
            Type::Relationship => labels.iter().for_each(|name| self.warn_of_type(name)),
            Type::Node => labels.iter().for_each(|name| self.warn_of_label(name)),
            Type::Any => {}
            other => {
                let message = format!("{} has no labels", other.kind().described());
                return Err(QueryError::syntax(Detail::InvalidArgumentType, message, scalar.span));
            }
        }
        let labels = labels.iter().map(|label| label.node.clone()).collect();
        Ok((ScalarKind::Labels(Box::new(scalar), labels), Type::Boolean))
    }

    /// `CASE`; without a subject its tests may be patterns.
    fn case(&mut self, case: &Case) -> Result<(ScalarKind, Type), QueryError> {
        let subject = case.subject.as_ref().map(|subject| self.expression(subject)).transpose()?;
        let mut branches = Vec::new();
        let mut kind: Option<Type> = None;
        for (test, value) in &case.branches {
            self.predicate = subject.is_none();
            let test = self.expression(test);
            self.predicate = false;
            let (value, branch) = self.expression(value)?;
            branches.push((test?.0, value));
            kind = Some(kind.map_or(branch.clone(), |kind| kind.join(branch)));
        }
        let otherwise = case.otherwise.as_ref().map(|otherwise| self.expression(otherwise)).transpose()?;
        let (otherwise, kind) = match (otherwise, kind) {
            (Some((scalar, last)), Some(kind)) => (Some(scalar), kind.join(last)),
            (_, kind) => (None, kind.unwrap_or(Type::Any)),
        };
        let case = CaseScalar { subject: subject.map(|(subject, _)| subject), branches, otherwise };
        Ok((ScalarKind::Case(Box::new(case)), kind))
    }
}

/// A literal and its type.
fn constant(literal: &Literal) -> (ScalarKind, Type) {
    let (value, kind) = match literal {
        Literal::Null => (Value::Null, Type::Any),
        Literal::Boolean(value) => (Value::Boolean(*value), Type::Boolean),
        Literal::Integer(value) => (Value::Integer(*value), Type::Integer),
        Literal::Float(value) => (Value::Float(*value), Type::Float),
        Literal::String(text) => (Value::string(text.as_str()), Type::String),
    };
    (ScalarKind::Constant(value), kind)
}

/// A `TypeError` of compile time.
fn type_error(message: String, span: Span) -> QueryError {
    QueryError::new(ErrorKind::TypeError, Phase::CompileTime, Detail::InvalidArgumentType, message).at(span)
}
