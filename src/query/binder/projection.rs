//! `WITH` and `RETURN`: what is computed, what is grouped, what can be seen afterwards.
//!
//! With an aggregate among the items, the items without one are what rows of a group agree in, and what stands beside an
//! aggregate may only speak of them. `ORDER BY` and `WHERE` see the variables before and after, unless rows were merged.

use super::expression::Typed;
use super::scope::{Scope, Variable};
use super::{Binder, Grouping, GroupingKey, Stage, inspect};
use crate::query::ast::{Expression, ExpressionKind, Projection, ProjectionItem, SortItem, Spanned, With};
use crate::query::bound::{BoundGrouping, BoundProjection};
use crate::query::error::{Detail, QueryError};
use crate::query::plan::SortKey;
use crate::query::scalar::{Scalar, ScalarKind, Slot};
use crate::query::types::{Kind, Type};
use crate::query::value::Value;
use crate::text::Span;

impl Binder<'_> {
    /// `WITH ... WHERE ...`
    pub(super) fn with(&mut self, clause: &With) -> Result<BoundProjection, QueryError> {
        let bound = self.projection(&clause.projection, clause.filter.as_ref())?;
        let nameless = |item: &&ProjectionItem| {
            item.alias.is_none() && !matches!(item.expression.node, ExpressionKind::Variable(_))
        };
        match clause.projection.items.iter().find(nameless) {
            Some(item) => {
                let message = format!("`{}` has no name", item.text);
                let error = QueryError::syntax(Detail::NoExpressionAlias, message, item.expression.span);
                Err(error.hint(format!("add a name: `{} AS name`", item.text)))
            }
            None => Ok(bound),
        }
    }

    /// `RETURN ...`
    pub(super) fn returning(&mut self, projection: &Projection) -> Result<BoundProjection, QueryError> {
        self.projection(projection, None)
    }

    /// A projection; afterwards only what it names is in sight.
    fn projection(
        &mut self,
        projection: &Projection,
        filter: Option<&Expression>,
    ) -> Result<BoundProjection, QueryError> {
        let items = self.items(projection)?;
        check_names(&items)?;
        let grouped = items.iter().any(|item| inspect::has_aggregate(&item.expression));
        let mut bound = BoundProjection {
            items: Vec::new(),
            grouping: None,
            distinct: projection.distinct,
            outputs: Vec::new(),
            order: Vec::new(),
            skip: None,
            limit: None,
            filter: None,
        };
        let outputs = if grouped { self.grouped(&items, &mut bound)? } else { self.plain(&items, &mut bound)? };
        bound.outputs = outputs.iter().map(|output| output.slot).collect();
        let mut after = Scope::default();
        outputs.iter().for_each(|output| after.declare(&output.name, output.slot, output.kind.clone()));
        let merged = grouped || projection.distinct;
        self.after(projection, filter, (&items, &outputs, &after), merged, &mut bound)?;
        bound.skip = projection.skip.as_ref().map(|count| self.count("SKIP", count)).transpose()?;
        bound.limit = projection.limit.as_ref().map(|count| self.count("LIMIT", count)).transpose()?;
        self.scope = after;
        Ok(bound)
    }

    /// The items, with a star spelled out.
    fn items(&self, projection: &Projection) -> Result<Vec<ProjectionItem>, QueryError> {
        let mut items = Vec::new();
        if let Some(star) = &projection.star {
            if self.scope.variables().is_empty() && projection.items.is_empty() {
                let error = QueryError::syntax(Detail::NoVariablesInScope, "`*` stands for no variable", star.span);
                return Err(error.hint("name something in the pattern: `(a)`"));
            }
            items.extend(self.scope.variables().iter().map(|variable| ProjectionItem {
                expression: Spanned::new(ExpressionKind::Variable(variable.name.clone()), star.span),
                alias: None,
                text: variable.name.clone(),
            }));
        }
        items.extend(projection.items.iter().cloned());
        Ok(items)
    }

    /// Items of single rows.
    fn plain(&mut self, items: &[ProjectionItem], bound: &mut BoundProjection) -> Result<Vec<Variable>, QueryError> {
        let mut outputs = Vec::new();
        for item in items {
            let typed = self.expression(&item.expression)?;
            outputs.push(self.output(item, typed, &mut bound.items));
        }
        Ok(outputs)
    }

    /// Where an item is put: a variable stays where it is, anything else is computed into a slot of its own.
    fn output(&mut self, item: &ProjectionItem, (scalar, kind): Typed, items: &mut Vec<(Scalar, Slot)>) -> Variable {
        let slot = match scalar.node {
            ScalarKind::Slot(slot) => slot,
            _ => {
                let slot = self.fresh();
                items.push((scalar, slot));
                slot
            }
        };
        Variable { name: item.name().to_owned(), slot, kind }
    }

    /// Items of groups: first the keys, then what speaks of keys and aggregates.
    fn grouped(&mut self, items: &[ProjectionItem], bound: &mut BoundProjection) -> Result<Vec<Variable>, QueryError> {
        let mut outputs: Vec<Option<Variable>> = vec![None; items.len()];
        let mut keys = Vec::new();
        let mut sight = Scope::default();
        for (item, output) in items.iter().zip(&mut outputs) {
            if inspect::has_aggregate(&item.expression) {
                continue;
            }
            let (scalar, kind) = self.expression(&item.expression)?;
            let slot = if let ScalarKind::Slot(slot) = scalar.node { slot } else { self.fresh() };
            if let ExpressionKind::Variable(name) = &item.expression.node {
                sight.declare(name, slot, kind.clone());
            }
            bound.items.push((scalar, slot));
            keys.push(GroupingKey { expression: item.expression.clone(), slot, kind: kind.clone() });
            *output = Some(Variable { name: item.name().to_owned(), slot, kind });
        }
        let input = std::mem::replace(&mut self.scope, sight);
        self.grouping = Some(Grouping { input, keys, aggregates: Vec::new(), stage: Stage::Items });
        let mut computed = Vec::new();
        let mut result = Ok(());
        for (item, output) in items.iter().zip(&mut outputs).filter(|(_, output)| output.is_none()) {
            match self.expression(&item.expression) {
                Ok(typed) => *output = Some(self.output(item, typed, &mut computed)),
                Err(error) => result = result.and(Err(error)),
            }
        }
        if let Some(grouping) = self.grouping.take() {
            self.scope = grouping.input;
            bound.grouping = Some(BoundGrouping { aggregates: grouping.aggregates, items: computed });
        }
        result.map(|()| outputs.into_iter().flatten().collect())
    }

    /// `ORDER BY` and `WHERE`, which see the projection's names and, unless rows were merged, those before it.
    fn after(
        &mut self,
        projection: &Projection,
        filter: Option<&Expression>,
        (items, outputs, after): (&[ProjectionItem], &[Variable], &Scope),
        merged: bool,
        bound: &mut BoundProjection,
    ) -> Result<(), QueryError> {
        let before = self.scope.clone();
        if merged {
            let keys = items.iter().zip(outputs).map(|(item, output)| GroupingKey {
                expression: item.expression.clone(),
                slot: output.slot,
                kind: output.kind.clone(),
            });
            let keys = keys.collect();
            self.grouping = Some(Grouping { input: before, keys, aggregates: Vec::new(), stage: Stage::After });
            self.scope = after.clone();
        } else {
            self.scope = before.overlaid(after);
        }
        let order = projection.order.iter().map(|item| self.sort_key(item)).collect::<Result<Vec<_>, _>>();
        let filter = filter.map(|filter| self.filter(filter)).transpose();
        self.grouping = None;
        bound.order = order?;
        bound.filter = filter?;
        Ok(())
    }

    /// One key of `ORDER BY`; an item that is repeated stands for itself.
    fn sort_key(&mut self, item: &SortItem) -> Result<SortKey, QueryError> {
        let same = |key: &&GroupingKey| key.expression == item.expression;
        let key = self.grouping.as_ref().and_then(|grouping| grouping.keys.iter().find(same)).map(|key| key.slot);
        let expression = match key {
            Some(slot) => Spanned::new(ScalarKind::Slot(slot), item.expression.span),
            None => {
                if let Some(grouping) = &mut self.grouping {
                    let folded = inspect::has_aggregate(&item.expression);
                    grouping.stage = if folded { Stage::AfterWithAggregates } else { Stage::After };
                }
                let bound = self.expression(&item.expression);
                if let Some(grouping) = &mut self.grouping {
                    grouping.stage = Stage::After;
                }
                bound?.0
            }
        };
        Ok(SortKey { expression, descending: item.descending })
    }

    /// The number after `SKIP` or `LIMIT`, which depends on no row.
    fn count(&mut self, word: &str, count: &Expression) -> Result<Scalar, QueryError> {
        let scope = std::mem::take(&mut self.scope);
        let bound = self.expression(count);
        self.scope = scope;
        let (scalar, kind) = bound.map_err(|error| match error.detail {
            Detail::UndefinedVariable => {
                let span = error.span.unwrap_or(count.span);
                let message = format!("`{word}` cannot depend on a row");
                QueryError::syntax(Detail::NonConstantExpression, message, span)
            }
            _ => error,
        })?;
        check_count(word, &scalar, &kind).map(|()| scalar)
    }
}

/// Refuses a number of rows that is known to be negative or no integer.
fn check_count(word: &str, scalar: &Scalar, kind: &Type) -> Result<(), QueryError> {
    if !kind.may_be(Kind::Integer) || *kind == Type::Float {
        let message = format!("`{word}` takes an integer, not {}", kind.kind().described());
        return Err(QueryError::syntax(Detail::InvalidArgumentType, message, scalar.span));
    }
    match scalar.node {
        ScalarKind::Constant(Value::Integer(count)) if count < 0 => {
            let message = format!("`{word}` takes no negative number");
            Err(QueryError::syntax(Detail::NegativeIntegerArgument, message, scalar.span))
        }
        _ => Ok(()),
    }
}

/// Refuses two columns of one name.
fn check_names(items: &[ProjectionItem]) -> Result<(), QueryError> {
    for (index, item) in items.iter().enumerate() {
        if items[..index].iter().any(|other| other.name() == item.name()) {
            let span: Span = item.alias.as_ref().map_or(item.expression.span, |alias| alias.span);
            let message = format!("two columns are named `{}`", item.name());
            return Err(
                QueryError::syntax(Detail::ColumnNameConflict, message, span).hint("name one of them with `AS`")
            );
        }
    }
    Ok(())
}
