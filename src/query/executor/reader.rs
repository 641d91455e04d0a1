//! Reads one expression from row after row, and knows values by numbers where it can.
//!
//! A property that is read often gets a column: its number then stands for the value, and the value is made once.

use std::sync::Arc;

use super::view::Values;
use super::{Context, HOT, Row};
use crate::query::error::QueryError;
use crate::query::scalar::{Scalar, ScalarKind, Slot};
use crate::query::value::Value;

/// An expression that is read from many rows.
pub(super) struct Reader<'p> {
    scalar: &'p Scalar,
    shape: Shape<'p>,
    lookup: Lookup,
}

/// What an expression looks like, as far as it helps.
#[derive(Clone, Copy)]
enum Shape<'p> {
    Slot(Slot),
    Property(Slot, &'p str),
    Other,
}

/// A column that is made when it has been asked for often.
pub(super) enum Lookup {
    /// How often it was asked for.
    Cold(usize),
    /// There is one.
    Hot(Arc<Values>),
    /// There cannot be one.
    Never,
}

impl Lookup {
    /// The column of a property: one that is there, or is made after enough calls.
    pub(super) fn column(&mut self, context: &Context<'_>, property: &str) -> Option<&Values> {
        if let Lookup::Cold(count) = self {
            let wished = *count >= HOT;
            *count += 1;
            if (wished || *count == 1)
                && let Some(found) = context.view.column(property, wished)
            {
                *self = Lookup::Hot(found);
            } else if wished {
                *self = Lookup::Never;
            }
        }
        match self {
            Lookup::Hot(column) => Some(column),
            _ => None,
        }
    }
}

impl<'p> Reader<'p> {
    /// A reader of an expression.
    pub(super) fn new(scalar: &'p Scalar) -> Self {
        let shape = match &scalar.node {
            ScalarKind::Slot(slot) => Shape::Slot(*slot),
            ScalarKind::Property(base, key) => match base.node {
                ScalarKind::Slot(slot) => Shape::Property(slot, key),
                _ => Shape::Other,
            },
            _ => Shape::Other,
        };
        Self { scalar, shape, lookup: Lookup::Cold(0) }
    }

    /// Whether the expression is a variable.
    pub(super) fn is_slot(&self) -> bool {
        matches!(self.shape, Shape::Slot(_))
    }

    /// The value in a row.
    pub(super) fn read(&mut self, context: &Context<'_>, row: &mut Row) -> Result<Value, QueryError> {
        let Shape::Property(slot, key) = self.shape else { return context.evaluate(self.scalar, row) };
        let Value::Node(node) = row[slot] else { return context.evaluate(self.scalar, row) };
        if let Some(column) = self.lookup.column(context, key)
            && let Some(number) = column.number(node)
        {
            return Ok(column.value(number));
        }
        context.evaluate(self.scalar, row)
    }

    /// A number that two rows share only if they agree in the value; none where there is no such number. Rows that agree
    /// may still have different ones.
    pub(super) fn code(&mut self, context: &Context<'_>, row: &Row) -> Option<u32> {
        let (slot, property) = match self.shape {
            Shape::Slot(slot) => (slot, None),
            Shape::Property(slot, key) => (slot, Some(key)),
            Shape::Other => return None,
        };
        let Value::Node(node) = row[slot] else { return None };
        let place = || u32::try_from(node.0).ok();
        let Some(key) = property else { return place() };
        // Until it is known whether there is a column there is no number: those of two kinds must not be mixed.
        let number = self.lookup.column(context, key).map(|column| column.number(node));
        match (&self.lookup, number) {
            (Lookup::Hot(_), number) => number.flatten().or_else(place),
            (Lookup::Never, _) => place(),
            (Lookup::Cold(_), _) => None,
        }
    }
}
