//! Patterns: which names they bring, which they take from before, and what they ask.
//!
//! A name that is bound before may stand for the same kind of thing again; anything else is a conflict. A path's name must
//! be new, and a relationship's name may stand only once in one pattern, since relationships of a pattern differ.

use super::Binder;
use crate::query::ast::{
    Comparison, Expression, ExpressionKind, Hops, Name, NodePattern, PathPattern, PatternPart, RelationshipPattern,
    Selection, Spanned,
};
use crate::query::bound::{BoundMatch, BoundNode, BoundPath, BoundRelationship};
use crate::query::error::{Detail, QueryError};
use crate::query::plan::Range;
use crate::query::scalar::{Scalar, ScalarKind, Slot};
use crate::query::types::{Kind, Type};
use crate::text::Span;

/// What the patterns of one clause have named so far.
#[derive(Default)]
struct Named {
    relationships: Vec<String>,
    paths: Vec<String>,
}

impl Binder<'_> {
    /// The patterns of one clause.
    pub(super) fn patterns(&mut self, parts: &[PatternPart]) -> Result<BoundMatch, QueryError> {
        let mut named = Named::default();
        let mut bound = BoundMatch::default();
        for part in parts {
            self.pattern_part(part, &mut named, &mut bound)?;
        }
        Ok(bound)
    }

    /// A single path, as comprehensions and pattern predicates have it.
    pub(super) fn lone_path(&mut self, path: &PathPattern, variable: Option<&Name>) -> Result<BoundMatch, QueryError> {
        let part = PatternPart {
            variable: variable.cloned(),
            selection: Spanned::new(Selection::Every, path.start.span),
            path: path.clone(),
        };
        self.patterns(std::slice::from_ref(&part))
    }

    /// One of a clause's patterns.
    fn pattern_part(
        &mut self,
        part: &PatternPart,
        named: &mut Named,
        bound: &mut BoundMatch,
    ) -> Result<(), QueryError> {
        if let Some(variable) = &part.variable {
            self.check_free(variable)?;
            named.paths.push(variable.node.clone());
        }
        check_selection(part)?;
        let mut nodes = vec![self.node(&part.path.start, named, &mut bound.predicates)?];
        let mut relationships = Vec::new();
        for step in &part.path.steps {
            relationships.push(self.relationship(&step.relationship, named, &mut bound.predicates)?);
            nodes.push(self.node(&step.node, named, &mut bound.predicates)?);
        }
        let span = part.path.start.span;
        let variable = part.variable.as_ref().map(|variable| {
            let mut slots = vec![nodes[0].slot];
            for (relationship, node) in relationships.iter().zip(&nodes[1..]) {
                slots.extend([relationship.slot, node.slot]);
            }
            let slot = self.fresh();
            self.scope.declare(&variable.node, slot, Type::Path);
            (slot, Spanned::new(ScalarKind::Path(slots), span))
        });
        bound.paths.push(BoundPath { selection: part.selection.node, nodes, relationships, variable });
        Ok(())
    }

    /// `(variable:Label {property: value})`
    fn node(
        &mut self,
        pattern: &Spanned<NodePattern>,
        named: &Named,
        predicates: &mut Vec<Scalar>,
    ) -> Result<BoundNode, QueryError> {
        let NodePattern { variable, labels, properties } = &pattern.node;
        let slot = match variable {
            Some(variable) => self.named_slot(variable, Type::Node, named)?,
            None => self.fresh(),
        };
        labels.iter().for_each(|label| self.warn_of_label(label));
        if !labels.is_empty() {
            let labels = labels.iter().map(|label| label.node.clone()).collect();
            let node = Box::new(Spanned::new(ScalarKind::Slot(slot), pattern.span));
            predicates.push(Spanned::new(ScalarKind::Labels(node, labels), pattern.span));
        }
        let properties = self.properties(properties.as_deref(), pattern.span)?;
        predicates.extend(properties.iter().map(|(key, value)| equal_property(slot, key, value)));
        Ok(BoundNode { slot })
    }

    /// `-[variable:TYPE*1..3 {property: value}]->`
    fn relationship(
        &mut self,
        pattern: &Spanned<RelationshipPattern>,
        named: &mut Named,
        predicates: &mut Vec<Scalar>,
    ) -> Result<BoundRelationship, QueryError> {
        let RelationshipPattern { variable, types, direction, hops, properties } = &pattern.node;
        let range = hops.map(range);
        let slot = match variable {
            Some(variable) => self.relationship_slot(variable, range.is_some(), named)?,
            None => self.fresh(),
        };
        types.iter().for_each(|name| self.warn_of_type(name));
        let types = types.iter().map(|name| name.node.clone()).collect();
        let properties = self.properties(properties.as_deref(), pattern.span)?;
        let mut filter = None;
        if range.is_some() && !properties.is_empty() {
            let item = self.fresh();
            let tests = properties.iter().map(|(key, value)| equal_property(item, key, value));
            filter = all(tests).map(|test| (item, test));
        } else {
            predicates.extend(properties.iter().map(|(key, value)| equal_property(slot, key, value)));
        }
        Ok(BoundRelationship { slot, types, direction: *direction, range, filter })
    }

    /// The slot of a relationship's name, which may stand only once in the patterns of a clause.
    fn relationship_slot(&mut self, name: &Name, many: bool, named: &mut Named) -> Result<Slot, QueryError> {
        let kind = if many { Type::List(Box::new(Type::Relationship)) } else { Type::Relationship };
        let slot = self.named_slot(name, kind, named)?;
        if named.relationships.contains(&name.node) {
            let message = format!("`{}` stands for two relationships, which always differ", name.node);
            let error = QueryError::syntax(Detail::RelationshipUniquenessViolation, message, name.span);
            return Err(error.hint("give one of them another name"));
        }
        named.relationships.push(name.node.clone());
        Ok(slot)
    }

    /// The slot of a name that is new, or bound to something of the same kind.
    fn named_slot(&mut self, name: &Name, kind: Type, named: &Named) -> Result<Slot, QueryError> {
        if named.paths.contains(&name.node) {
            let message = format!("`{}` is already bound, to the path", name.node);
            return Err(QueryError::syntax(Detail::VariableAlreadyBound, message, name.span));
        }
        let Some(variable) = self.scope.find(&name.node) else {
            let slot = self.fresh();
            self.scope.declare(&name.node, slot, kind);
            return Ok(slot);
        };
        let (slot, found) = (variable.slot, variable.kind.clone());
        let range = matches!(kind, Type::List(_));
        let fits = match (&kind, &found) {
            (Type::List(_), Type::List(element)) => element.may_be(Kind::Relationship),
            _ => found.may_be(kind.kind()),
        };
        if fits {
            self.touched.push(slot);
            return Ok(slot);
        }
        let wanted = if range { "a list of relationships" } else { kind.kind().described() };
        let is = found.kind().described();
        let message = format!("`{}` is {is}, and cannot be {wanted} here", name.node);
        Err(QueryError::syntax(Detail::VariableTypeConflict, message, name.span).hint("choose another name"))
    }

    /// The property map of a pattern.
    fn properties(&mut self, map: Option<&Expression>, span: Span) -> Result<Vec<(String, Scalar)>, QueryError> {
        let Some(map) = map else { return Ok(Vec::new()) };
        let ExpressionKind::Map(entries) = &map.node else {
            let message = "a parameter cannot stand for the properties of a pattern";
            let error = QueryError::syntax(Detail::InvalidParameterUse, message, map.span.cover(span));
            return Err(error.hint("name them: `{name: $parameter.name}`"));
        };
        let mut properties = Vec::new();
        for (key, value) in entries {
            self.warn_of_property(key);
            properties.push((key.node.clone(), self.expression(value)?.0));
        }
        Ok(properties)
    }
}

/// Refuses a shortest path over anything but one relationship between two nodes.
fn check_selection(part: &PatternPart) -> Result<(), QueryError> {
    let single = part.path.steps.len() == 1;
    let short =
        part.path.steps.iter().all(|step| step.relationship.node.hops.is_none_or(|hops| hops.min.unwrap_or(1) <= 1));
    if part.selection.node == Selection::Every || single && short {
        return Ok(());
    }
    let message = "a shortest path goes over one relationship pattern, from 0 or 1 hops";
    let error = QueryError::syntax(Detail::InvalidRelationshipPattern, message, part.selection.span);
    Err(error.hint("write `shortestPath((a)-[*]-(b))`"))
}

/// The range that `*` and its bounds stand for.
fn range(hops: Hops) -> Range {
    Range { min: hops.min.unwrap_or(1), max: hops.max }
}

/// `slot.key = value`
fn equal_property(slot: Slot, key: &str, value: &Scalar) -> Scalar {
    let span = value.span;
    let base = Box::new(Spanned::new(ScalarKind::Slot(slot), span));
    let property = Box::new(Spanned::new(ScalarKind::Property(base, key.to_owned()), span));
    Spanned::new(ScalarKind::Comparison(property, vec![(Comparison::Equal, value.clone())]), span)
}

/// Tests joined by `AND`; none without tests.
pub(super) fn all(tests: impl Iterator<Item = Scalar>) -> Option<Scalar> {
    tests.reduce(|left, right| {
        let span = left.span.cover(right.span);
        Spanned::new(ScalarKind::Binary(crate::query::ast::Binary::And, Box::new(left), Box::new(right)), span)
    })
}
