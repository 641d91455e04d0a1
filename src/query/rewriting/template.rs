//! Patterns of analysis questions, kept as openCypher in `patterns/`, and fitted to a question.
//!
//! A pattern finds positions in its first `MATCH` and names them in its first `WITH`. Fitting adds the question's filters
//! to the one, and puts the names of the question in the other: all wordings of a topic count as one, and whoever speaks
//! for an actor counts as that actor.

use super::draft::{Draft, strings};
use super::names;
use super::sides::{Side, stances};
use crate::graph::Value;
use crate::query::Parameters;
use crate::query::ast::{
    Binary, ClauseKind, Expression, Match, Name, Projection, ProjectionItem, Query, SingleQuery, Statement, With,
};
use crate::query::error::QueryError;
use crate::query::parser;
use crate::query::question::OrderKey;

/// A pattern that is fitted to a question.
pub(super) struct Template {
    query: Query,
}

impl Template {
    /// Reads a pattern.
    ///
    /// # Errors
    /// For a text that is no pattern; tests read all that there are.
    pub(super) fn read(text: &str, draft: &Draft<'_>) -> Result<Self, QueryError> {
        match parser::parse(text)? {
            Statement::Pattern(query) => Ok(Self { query }),
            _ => Err(names::syntax("the pattern of this question is none", draft.span())),
        }
    }

    /// Adds the draft's filters to the first `MATCH`.
    pub(super) fn narrow(&mut self, draft: &mut Draft<'_>) {
        let syntax = draft.syntax;
        if let (Some(filter), Some(matching)) = (draft.filter(), self.matching()) {
            let own = matching.filter.take();
            matching.filter = Some(own.map_or(filter.clone(), |own| syntax.binary(Binary::And, own, filter)));
        }
    }

    /// Counts whatever the question calls a topic as one, instead of each topic of the graph alone.
    pub(super) fn as_one_topic(&mut self, topic: Option<&str>, draft: &mut Draft<'_>) {
        let Some(topic) = topic else { return };
        if let Some(matching) = self.matching() {
            matching.patterns.truncate(1);
        }
        let parameter = draft.bind("topic", Value::String(topic.to_owned()));
        self.name("topic", parameter);
    }

    /// Counts whoever speaks for an actor as that actor.
    ///
    /// # Errors
    /// None for the patterns that there are.
    pub(super) fn as_parties(&mut self, parties: &[Vec<String>], draft: &mut Draft<'_>) -> Result<(), QueryError> {
        if parties.is_empty() {
            return Ok(());
        }
        draft.bind("parties", Value::List(parties.iter().cloned().map(strings).collect()));
        let party = parser::parse_expression("[party IN $parties WHERE holder.name IN party][0][0]")?;
        self.name("actor", party);
        Ok(())
    }

    /// Adds the parameters `$pro` and `$contra`.
    pub(super) fn with_sides(&mut self, draft: &mut Draft<'_>) {
        draft.bind("pro", strings(stances(Side::Pro)));
        draft.bind("contra", strings(stances(Side::Contra)));
    }

    /// Asks more of the rows that pass the last `WITH` that has a filter.
    ///
    /// # Errors
    /// For a text that is no expression.
    pub(super) fn keep(&mut self, filter: &str, draft: &Draft<'_>) -> Result<(), QueryError> {
        let more = parser::parse_expression(filter)?;
        let last = self.query.first.clauses.iter_mut().rev().find_map(|clause| match &mut clause.node {
            ClauseKind::With(With { filter: Some(filter), .. }) => Some(filter),
            _ => None,
        });
        if let Some(filter) = last {
            *filter = draft.syntax.binary(Binary::And, filter.clone(), more);
        }
        Ok(())
    }

    /// Gives the first node of one of the first `MATCH`'s paths another label.
    pub(super) fn label(&mut self, place: usize, label: Name) {
        if let Some(part) = self.matching().and_then(|matching| matching.patterns.get_mut(place)) {
            part.path.start.node.labels = vec![label];
        }
    }

    /// Orders and cuts the answer as asked, or makes it a number.
    ///
    /// # Errors
    /// For an order by something that the answer has no column for.
    pub(super) fn finish(mut self, draft: Draft<'_>, counted: bool) -> Result<(Query, Parameters), QueryError> {
        if let Some(ClauseKind::Return(projection)) = self.query.first.clauses.last_mut().map(|clause| &mut clause.node)
        {
            order(projection, &draft)?;
            projection.limit = draft.limit.clone().or(projection.limit.take());
        }
        if counted {
            count_rows(&mut self.query.first, &draft);
        }
        Ok((self.query, draft.parameters))
    }

    /// The first `MATCH`.
    pub(super) fn matching(&mut self) -> Option<&mut Match> {
        self.query.first.clauses.iter_mut().find_map(|clause| match &mut clause.node {
            ClauseKind::Match(matching) => Some(matching),
            _ => None,
        })
    }

    /// Gives another meaning to a name of the first `WITH`.
    fn name(&mut self, alias: &str, meaning: Expression) {
        let first = self.query.first.clauses.iter_mut().find_map(|clause| match &mut clause.node {
            ClauseKind::With(With { projection, .. }) => Some(projection),
            _ => None,
        });
        let item = first.and_then(|projection| projection.items.iter_mut().find(|item| item.name() == alias));
        if let Some(item) = item {
            item.expression = meaning;
        }
    }
}

/// Puts the keys that the question asks to order by before the pattern's own.
fn order(projection: &mut Projection, draft: &Draft<'_>) -> Result<(), QueryError> {
    let mut keys = Vec::new();
    for key in &draft.order {
        let columns: &[&str] = match key.node {
            OrderKey::Date => &["date"],
            OrderKey::Actor => &["who", "actor", "one"],
            OrderKey::Publisher => &["source"],
        };
        let column = projection.items.iter().map(ProjectionItem::name).find(|name| columns.contains(name));
        let column = column.ok_or_else(|| {
            let known: Vec<&str> = projection.items.iter().map(ProjectionItem::name).collect();
            let error = names::syntax("this answer has no such column to order by", key.span);
            error.hint(format!("its pattern has {}", known.join(", ")))
        })?;
        keys.push(draft.syntax.ascending(draft.syntax.variable(column)));
    }
    projection.order.splice(0..0, keys);
    Ok(())
}

/// Makes the last `RETURN` a `WITH`, and returns the number of its rows.
pub(super) fn count_rows(query: &mut SingleQuery, draft: &Draft<'_>) {
    let Some(ClauseKind::Return(projection)) = query.clauses.pop().map(|clause| clause.node) else { return };
    let syntax = draft.syntax;
    let order = if projection.limit.is_some() { projection.order } else { Vec::new() };
    let projection = Projection { order, ..projection };
    query.clauses.push(syntax.at(ClauseKind::With(With { projection, filter: None })));
    let count = syntax.item(syntax.at(crate::query::ast::ExpressionKind::CountAll), "answers");
    let counted = super::answer::projection(vec![count], Vec::new());
    query.clauses.push(syntax.at(ClauseKind::Return(counted)));
}
