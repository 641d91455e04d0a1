//! A pattern in the making: the relations asked for, the conditions every answer meets, and the names found so far.
//!
//! Forms and restrictions add to it; `answer` closes it with a `RETURN`.

use super::names;
use super::pattern::Syntax;
use crate::graph::schema::{Label, RelationshipType, property};
use crate::graph::{Catalog, Value};
use crate::query::Parameters;
use crate::query::ast::{Binary, ClauseKind, Expression, Match, PathPattern, Query, SingleQuery, Spanned};
use crate::query::error::QueryError;
use crate::query::question::{OrderKey, Piece};
use crate::text::Span;

/// Variables of the pattern.
pub(super) const HOLDER: &str = "holder";
/// The relationship from holder to position.
pub(super) const RELATION: &str = "r";
/// The position.
pub(super) const POSITION: &str = "p";
/// The article it stands in.
pub(super) const ARTICLE: &str = "article";

/// A pattern in the making.
pub(super) struct Draft<'c> {
    /// Makes syntax at the question's place.
    pub(super) syntax: Syntax,
    /// Where names are looked up.
    pub(super) catalog: &'c Catalog<'c>,
    /// The relations asked for; empty for all.
    pub(super) relations: Vec<RelationshipType>,
    /// What every answer meets.
    pub(super) filters: Vec<Expression>,
    /// Names that were found.
    pub(super) parameters: Parameters,
    /// Keys that the question asks to order by.
    pub(super) order: Vec<Spanned<OrderKey>>,
    /// How many answers the question asks for.
    pub(super) limit: Option<Expression>,
}

impl<'c> Draft<'c> {
    /// Nothing asked yet.
    pub(super) fn new(span: Span, catalog: &'c Catalog<'c>) -> Self {
        Self {
            syntax: Syntax { span },
            catalog,
            relations: Vec::new(),
            filters: Vec::new(),
            parameters: Parameters::default(),
            order: Vec::new(),
            limit: None,
        }
    }

    /// Where the question stands.
    pub(super) fn span(&self) -> Span {
        self.syntax.span
    }

    /// Keeps a value under a name that no parameter has yet (`topics`, then `topics2`) and gives the parameter.
    pub(super) fn bind(&mut self, name: &str, value: Value) -> Expression {
        let mut unique = name.to_owned();
        let mut number = 2;
        while self.parameters.contains_key(&unique) {
            unique = format!("{name}{number}");
            number += 1;
        }
        self.parameters.insert(unique.clone(), value);
        self.syntax.parameter(&unique)
    }

    /// `variable.name IN $names`
    pub(super) fn named(&mut self, variable: &str, parameter: &str, names: Vec<String>) -> Expression {
        let parameter = self.bind(parameter, strings(names));
        self.syntax.binary(Binary::In, self.syntax.property(variable, property::NAME), parameter)
    }

    /// Restricts the holders to those named and to who speaks for them.
    pub(super) fn held_by(&mut self, holders: Option<&[Spanned<Piece>]>) -> Result<(), QueryError> {
        if let Some(phrase) = holders {
            let names = names::actors(self.catalog, phrase)?;
            let filter = self.named(HOLDER, "holders", names);
            self.filters.push(filter);
        }
        Ok(())
    }

    /// Restricts the answer to one position.
    pub(super) fn is_position(&mut self, id: &str) {
        let parameter = self.bind("id", Value::String(id.to_owned()));
        let id = self.syntax.property(POSITION, property::ID);
        self.filters.push(self.syntax.compare(crate::query::ast::Comparison::Equal, id, parameter));
    }

    /// `(holder:Actor)-[r:...]->(p:Position)-[:IN]->(article:Article)`
    pub(super) fn spine(&self) -> PathPattern {
        let syntax = self.syntax;
        let position = syntax.node(POSITION, &[Label::Position]);
        let mut path = syntax.path(syntax.node(HOLDER, &[Label::Actor]), (RELATION, &self.relations), position);
        path.steps.push(syntax.step(("", &[RelationshipType::In]), syntax.node(ARTICLE, &[Label::Article])));
        path
    }

    /// The filters joined by `AND`; `None` when there is none.
    pub(super) fn filter(&mut self) -> Option<Expression> {
        let syntax = self.syntax;
        let filters = std::mem::take(&mut self.filters);
        filters.into_iter().reduce(|left, right| syntax.binary(Binary::And, left, right))
    }
}

/// A list of texts.
pub(super) fn strings(texts: Vec<String>) -> Value {
    Value::List(texts.into_iter().map(Value::String).collect())
}

/// `MATCH paths WHERE filter` and a `RETURN`.
pub(super) fn query(
    syntax: Syntax,
    paths: Vec<PathPattern>,
    filter: Option<Expression>,
    projection: crate::query::ast::Projection,
) -> Query {
    let patterns = paths.into_iter().map(|path| syntax.part(path)).collect();
    let matching = ClauseKind::Match(Match { optional: false, patterns, filter });
    let clauses = vec![syntax.at(matching), syntax.at(ClauseKind::Return(projection))];
    Query { first: SingleQuery { clauses }, unions: Vec::new() }
}
