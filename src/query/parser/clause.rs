//! Queries and clauses.
//!
//! Whether clauses stand in a sensible order is the binder's business; one that writes is refused here.

use super::{Builder, Pair, Rule, name, required, span_of, unfinished};
use crate::query::ast::{
    Clause, ClauseKind, Match, Projection, ProjectionItem, Query, SingleQuery, SortItem, Spanned, Union, UnionKind,
    Unwind, With,
};
use crate::query::error::{Detail, QueryError};
use crate::text::Span;

/// How many clauses, patterns and relationships a single query may have; each becomes some operators of one chain.
const PART_LIMIT: usize = 100;

impl Builder {
    /// Single queries joined by `UNION`.
    pub(super) fn query(&mut self, pair: Pair<'_>) -> Result<Query, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner();
        let first = self.single_query(required(&mut pairs, span)?)?;
        let mut unions = Vec::new();
        while let Some(keyword) = pairs.next() {
            let kind = if keyword.clone().into_inner().any(|pair| pair.as_rule() == Rule::kw_all) {
                UnionKind::All
            } else {
                UnionKind::Distinct
            };
            let kind = Spanned::new(kind, span_of(&keyword));
            let query = self.single_query(required(&mut pairs, span)?)?;
            unions.push(Union { kind, query });
        }
        Ok(Query { first, unions })
    }

    /// Clauses in order.
    fn single_query(&mut self, pair: Pair<'_>) -> Result<SingleQuery, QueryError> {
        let span = span_of(&pair);
        let clauses: Vec<Clause> = pair.into_inner().map(|pair| self.clause(pair)).collect::<Result<_, _>>()?;
        check_size(&clauses, span)?;
        Ok(SingleQuery { clauses })
    }

    fn clause(&mut self, pair: Pair<'_>) -> Result<Clause, QueryError> {
        let span = span_of(&pair);
        let kind = match pair.as_rule() {
            Rule::matching => ClauseKind::Match(self.matching(pair)?),
            Rule::unwind => ClauseKind::Unwind(self.unwind(pair)?),
            Rule::with => ClauseKind::With(self.with(pair)?),
            Rule::returning => ClauseKind::Return(self.returning(pair)?),
            _ => return Err(refusal(pair)),
        };
        Ok(Spanned::new(kind, span))
    }

    /// `[OPTIONAL] MATCH ... [WHERE ...]`
    fn matching(&mut self, pair: Pair<'_>) -> Result<Match, QueryError> {
        let mut clause = Match { optional: false, patterns: Vec::new(), filter: None };
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::kw_optional => clause.optional = true,
                Rule::patterns => clause.patterns = self.patterns(pair)?,
                Rule::filter => clause.filter = Some(self.only_expression(pair)?),
                _ => {}
            }
        }
        Ok(clause)
    }

    /// `UNWIND ... AS ...`
    fn unwind(&mut self, pair: Pair<'_>) -> Result<Unwind, QueryError> {
        let span = span_of(&pair);
        let mut list = None;
        let mut variable = None;
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::expression => list = Some(self.expression(pair)?),
                Rule::variable => variable = Some(name(&pair)),
                _ => {}
            }
        }
        let (list, variable) = list.zip(variable).ok_or_else(|| unfinished(span))?;
        Ok(Unwind { list, variable })
    }

    /// `WITH ... [WHERE ...]`
    fn with(&mut self, pair: Pair<'_>) -> Result<With, QueryError> {
        let span = span_of(&pair);
        let mut projection = None;
        let mut filter = None;
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::projection => projection = Some(self.projection(pair)?),
                Rule::filter => filter = Some(self.only_expression(pair)?),
                _ => {}
            }
        }
        Ok(With { projection: projection.ok_or_else(|| unfinished(span))?, filter })
    }

    /// `RETURN ...`
    fn returning(&mut self, pair: Pair<'_>) -> Result<Projection, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner().filter(|pair| pair.as_rule() == Rule::projection);
        self.projection(required(&mut pairs, span)?)
    }

    /// What stands after `RETURN` or `WITH`.
    fn projection(&mut self, pair: Pair<'_>) -> Result<Projection, QueryError> {
        let mut projection =
            Projection { distinct: false, star: None, items: Vec::new(), order: Vec::new(), skip: None, limit: None };
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::kw_distinct => projection.distinct = true,
                Rule::star => projection.star = Some(Spanned::new((), span_of(&pair))),
                Rule::item => projection.items.push(self.item(pair)?),
                Rule::order => projection.order = self.order(pair)?,
                Rule::skip => projection.skip = Some(self.only_expression(pair)?),
                Rule::limit => projection.limit = Some(self.only_expression(pair)?),
                _ => {}
            }
        }
        Ok(projection)
    }

    /// `expression [AS alias]`
    fn item(&mut self, pair: Pair<'_>) -> Result<ProjectionItem, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner();
        let expression = required(&mut pairs, span)?;
        let text = expression.as_str().trim_end().to_owned();
        let expression = self.expression(expression)?;
        let alias = pairs.find(|pair| pair.as_rule() == Rule::variable).map(|pair| name(&pair));
        Ok(ProjectionItem { expression, alias, text })
    }

    /// `ORDER BY a, b DESC`
    fn order(&mut self, pair: Pair<'_>) -> Result<Vec<SortItem>, QueryError> {
        pair.into_inner().filter(|pair| pair.as_rule() == Rule::sort_item).map(|pair| self.sort_item(pair)).collect()
    }

    fn sort_item(&mut self, pair: Pair<'_>) -> Result<SortItem, QueryError> {
        let span = span_of(&pair);
        let mut pairs = pair.into_inner();
        let expression = self.expression(required(&mut pairs, span)?)?;
        let descending = pairs.any(|pair| pair.as_rule() == Rule::descending);
        Ok(SortItem { expression, descending })
    }
}

/// Refuses a query of so many clauses and steps that its plan would be too deep a chain of operators.
fn check_size(clauses: &[Clause], span: Span) -> Result<(), QueryError> {
    let steps = clauses.iter().map(|clause| match &clause.node {
        ClauseKind::Match(clause) => clause.patterns.iter().map(|part| 1 + part.path.steps.len()).sum(),
        _ => 1,
    });
    if steps.sum::<usize>() <= PART_LIMIT {
        return Ok(());
    }
    let message = format!("query of more than {PART_LIMIT} clauses and relationships");
    Err(QueryError::syntax(Detail::TooDeep, message, span).hint("take it apart into several queries"))
}

/// The error for a clause that writes or calls a procedure.
fn refusal(pair: Pair<'_>) -> QueryError {
    let whole = span_of(&pair);
    let word = pair.into_inner().next();
    let (word, span) = word.map_or((String::new(), whole), |word| (word.as_str().to_uppercase(), span_of(&word)));
    let error = QueryError::syntax(
        Detail::InvalidClauseComposition,
        format!("`{word}` is not available: queries only read"),
        span,
    );
    match word.as_str() {
        "CALL" => error.hint("there are no procedures; `:schema` lists labels, types and properties"),
        "LOAD" => error.hint("add articles with `demarche build`"),
        _ => error.hint("the graph is made from articles: change them and run `demarche build`"),
    }
}
