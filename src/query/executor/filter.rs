//! Asks a predicate of row after row, and remembers what it said of a value.
//!
//! The predicate is taken apart at its `AND`s. A part that looks at one property, or the labels, of one node is asked once
//! for each value that a column tells apart; a search for a text looks through the whole column at once.

use super::reader::Lookup;
use super::{Context, HOT, Row};
use crate::query::ast::Binary;
use crate::query::error::QueryError;
use crate::query::scalar::{Scalar, ScalarKind, Slot};
use crate::query::value::{NodeId, Value};

/// A predicate that is asked of many rows; without one every row passes.
pub(super) struct Filter<'p> {
    parts: Vec<Part<'p>>,
}

/// One of the predicates that must all be true.
struct Part<'p> {
    predicate: &'p Scalar,
    /// The node whose property, or labels, alone decide.
    subject: Option<(Slot, Option<&'p str>)>,
    lookup: Lookup,
    /// What was said of a value, by its number.
    verdicts: Vec<Verdict>,
    /// For a search through texts: what is searched for, and which nodes have it.
    needle: Option<&'p Scalar>,
    /// How many texts were looked at one by one.
    asked: usize,
    found: Option<Vec<bool>>,
}

/// What a predicate says of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Unasked,
    True,
    NotTrue,
}

impl<'p> Filter<'p> {
    /// A filter by a predicate.
    pub(super) fn new(predicate: Option<&'p Scalar>) -> Self {
        let mut parts = Vec::new();
        if let Some(predicate) = predicate {
            split(predicate, &mut parts);
        }
        Self { parts }
    }

    /// Whether it is known already that no row passes in which a node stands in a slot.
    pub(super) fn excludes(&mut self, context: &Context<'_>, slot: Slot, node: NodeId) -> bool {
        // An earlier part that is unknown may fail with an error, which must not be passed over.
        for part in &mut self.parts {
            match part.known(context, slot, node) {
                Verdict::True => {}
                Verdict::NotTrue => return true,
                Verdict::Unasked => return false,
            }
        }
        false
    }

    /// Whether a row passes.
    pub(super) fn passes(&mut self, context: &Context<'_>, row: &mut Row) -> Result<bool, QueryError> {
        for part in &mut self.parts {
            if !part.holds(context, row)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl<'p> Part<'p> {
    fn new(predicate: &'p Scalar) -> Self {
        let needle = match &predicate.node {
            ScalarKind::Binary(Binary::Contains, text, needle)
                if matches!(text.node, ScalarKind::Property(..)) && is_fixed(needle) =>
            {
                Some(&**needle)
            }
            _ => None,
        };
        let subject = subject(predicate);
        Self { predicate, subject, lookup: Lookup::Cold(0), verdicts: Vec::new(), needle, asked: 0, found: None }
    }

    /// What was said before of a node in a slot.
    fn known(&mut self, context: &Context<'_>, slot: Slot, node: NodeId) -> Verdict {
        let Some((subject, property)) = self.subject else { return Verdict::Unasked };
        if subject != slot {
            return Verdict::Unasked;
        }
        if let Some(found) = &self.found {
            return if found.get(node.0) == Some(&true) { Verdict::True } else { Verdict::NotTrue };
        }
        let number = self.number(context, property, node);
        number.and_then(|number| self.verdicts.get(number as usize)).copied().unwrap_or(Verdict::Unasked)
    }

    /// The number of what a node has under a property, or of its labels.
    fn number(&mut self, context: &Context<'_>, property: Option<&str>, node: NodeId) -> Option<u32> {
        match property {
            Some(property) => self.lookup.column(context, property)?.number(node),
            None => Some(context.view.label_set(node)),
        }
    }

    fn holds(&mut self, context: &Context<'_>, row: &mut Row) -> Result<bool, QueryError> {
        let Some((slot, property)) = self.subject else { return context.holds(self.predicate, row) };
        let Value::Node(node) = row[slot] else { return context.holds(self.predicate, row) };
        match self.known(context, slot, node) {
            Verdict::True => return Ok(true),
            Verdict::NotTrue => return Ok(false),
            Verdict::Unasked => {}
        }
        if let Some(found) = self.search(context, property, row)? {
            return Ok(found.get(node.0) == Some(&true));
        }
        let holds = context.holds(self.predicate, row)?;
        if let Some(number) = self.number(context, property, node) {
            let number = number as usize;
            if self.verdicts.len() <= number {
                self.verdicts.resize(number + 1, Verdict::Unasked);
            }
            self.verdicts[number] = if holds { Verdict::True } else { Verdict::NotTrue };
        }
        Ok(holds)
    }

    /// The nodes whose text contains what is searched for, once many were asked one by one.
    fn search(
        &mut self,
        context: &Context<'_>,
        property: Option<&str>,
        row: &mut Row,
    ) -> Result<Option<&Vec<bool>>, QueryError> {
        self.asked += 1;
        if self.asked > HOT
            && let Some(needle) = self.needle.filter(|_| self.found.is_none())
            && let Some(property) = property
            && let Some(column) = self.lookup.column(context, property)
            && let Value::String(text) = context.evaluate(needle, row)?
            && !text.is_empty()
        {
            self.found = column.containing(&text);
        }
        Ok(self.found.as_ref())
    }
}

/// The parts of a predicate between its `AND`s.
fn split<'p>(predicate: &'p Scalar, parts: &mut Vec<Part<'p>>) {
    match &predicate.node {
        ScalarKind::Binary(Binary::And, left, right) => {
            split(left, parts);
            split(right, parts);
        }
        _ => parts.push(Part::new(predicate)),
    }
}

/// The one node of which a predicate looks at one property only, or only at the labels.
fn subject(predicate: &Scalar) -> Option<(Slot, Option<&str>)> {
    let mut subjects = Vec::new();
    let plain = looks(predicate, &mut subjects);
    subjects.dedup();
    match subjects.as_slice() {
        [only] if plain => Some(*only),
        _ => None,
    }
}

/// Gathers what a predicate looks at; false if at anything but properties and labels of nodes, constants and parameters.
fn looks<'p>(scalar: &'p Scalar, subjects: &mut Vec<(Slot, Option<&'p str>)>) -> bool {
    let slot = |base: &Scalar| match base.node {
        ScalarKind::Slot(slot) => Some(slot),
        _ => None,
    };
    match &scalar.node {
        ScalarKind::Property(base, key) => slot(base).is_some_and(|slot| {
            subjects.push((slot, Some(key)));
            true
        }),
        ScalarKind::Labels(base, _) => slot(base).is_some_and(|slot| {
            subjects.push((slot, None));
            true
        }),
        ScalarKind::Constant(_) | ScalarKind::Parameter(_) => true,
        ScalarKind::List(items) => items.iter().all(|item| looks(item, subjects)),
        ScalarKind::Comparison(first, rest) => {
            looks(first, subjects) && rest.iter().all(|(_, operand)| looks(operand, subjects))
        }
        ScalarKind::Binary(_, left, right) => looks(left, subjects) && looks(right, subjects),
        ScalarKind::Unary(_, operand) | ScalarKind::IsNull(operand) | ScalarKind::IsNotNull(operand) => {
            looks(operand, subjects)
        }
        _ => false,
    }
}

/// Whether an expression is the same for all rows.
fn is_fixed(scalar: &Scalar) -> bool {
    matches!(scalar.node, ScalarKind::Constant(_) | ScalarKind::Parameter(_))
}
