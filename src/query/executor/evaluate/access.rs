//! Parts of values: properties, elements, slices, labels.
//!
//! What is not there is null; asking for a part of something that has none is an error.

use super::type_error;
use crate::query::error::{Detail, ErrorKind, QueryError};
use crate::query::executor::{Context, Row};
use crate::query::scalar::{Scalar, ScalarKind};
use crate::query::value::Value;

impl Context<'_> {
    /// `base.key`
    pub(super) fn property(&self, base: &Scalar, key: &str, row: &mut Row) -> Result<Value, QueryError> {
        // A variable is looked at in its slot, without copying it first.
        if let ScalarKind::Slot(slot) = base.node {
            return self.property_of(&row[slot], key);
        }
        let base = self.evaluate(base, row)?;
        self.property_of(&base, key)
    }

    fn property_of(&self, base: &Value, key: &str) -> Result<Value, QueryError> {
        let property = match base {
            Value::Null => None,
            Value::Node(node) => self.view.node(*node).properties.get(key).map(Value::from),
            Value::Relationship(id) => self.view.relationship(*id).properties.get(key).map(Value::from),
            Value::Map(entries) => entries.get(key).cloned(),
            other => return Err(type_error(format!("{} has no properties such as `{key}`", other.kind()))),
        };
        Ok(property.unwrap_or(Value::Null))
    }

    /// `base[index]`
    pub(super) fn index(&self, base: &Scalar, index: &Scalar, row: &mut Row) -> Result<Value, QueryError> {
        let base = self.evaluate(base, row)?;
        let index = self.evaluate(index, row)?;
        let wrong = |detail, wanted: &str| {
            let message = format!("the place in the brackets must be {wanted}, not {}", index.kind());
            Err(QueryError::runtime(ErrorKind::TypeError, detail, message))
        };
        match (&base, &index) {
            (Value::Null, _) => Ok(Value::Null),
            (Value::List(_) | Value::Map(_) | Value::Node(_) | Value::Relationship(_), Value::Null) => Ok(Value::Null),
            (Value::List(values), Value::Integer(place)) => {
                let place = place_in(values.len(), *place);
                Ok(place.and_then(|place| values.get(place)).cloned().unwrap_or(Value::Null))
            }
            (Value::List(_), _) => wrong(Detail::ListElementAccessByNonInteger, "an integer"),
            (Value::Map(_) | Value::Node(_) | Value::Relationship(_), Value::String(key)) => {
                self.property_of(&base, key)
            }
            (Value::Map(_) | Value::Node(_) | Value::Relationship(_), _) => {
                wrong(Detail::MapElementAccessByNonString, "a string")
            }
            (other, _) => Err(type_error(format!("{} has no elements", other.kind()))),
        }
    }

    /// `base[from..to]`
    pub(super) fn slice(
        &self,
        base: &Scalar,
        from: Option<&Scalar>,
        to: Option<&Scalar>,
        row: &mut Row,
    ) -> Result<Value, QueryError> {
        let base = self.evaluate(base, row)?;
        let from = from.map(|bound| self.evaluate(bound, row)).transpose()?;
        let to = to.map(|bound| self.evaluate(bound, row)).transpose()?;
        let values = match &base {
            Value::Null => return Ok(Value::Null),
            Value::List(values) => values,
            other => return Err(type_error(format!("{} has no elements", other.kind()))),
        };
        let length = values.len();
        let (Some(from), Some(to)) = (bound(from, 0, length)?, bound(to, length, length)?) else {
            return Ok(Value::Null);
        };
        Ok(Value::list(values.get(from..to.max(from)).unwrap_or_default().to_vec()))
    }

    /// `base:Label`, or `base:TYPE` of a relationship
    pub(super) fn labels(&self, base: &Scalar, labels: &[String], row: &mut Row) -> Result<Value, QueryError> {
        match self.evaluate(base, row)? {
            Value::Null => Ok(Value::Null),
            Value::Node(node) => {
                let found = &self.view.node(node).labels;
                Ok(Value::Boolean(labels.iter().all(|label| found.contains(label))))
            }
            Value::Relationship(id) => {
                let found = &self.view.relationship(id).kind;
                Ok(Value::Boolean(labels.iter().all(|label| found == label)))
            }
            other => Err(type_error(format!("{} has no labels", other.kind()))),
        }
    }
}

/// A place in a list; negative ones count from its end. None before its start.
fn place_in(length: usize, place: i64) -> Option<usize> {
    match usize::try_from(place) {
        Ok(place) => Some(place),
        Err(_) => length.checked_sub(usize::try_from(place.unsigned_abs()).ok()?),
    }
}

/// A bound of a slice, within the list; none if it is null.
fn bound(value: Option<Value>, default: usize, length: usize) -> Result<Option<usize>, QueryError> {
    match value {
        None => Ok(Some(default)),
        Some(Value::Null) => Ok(None),
        Some(Value::Integer(place)) => Ok(Some(place_in(length, place).unwrap_or(0).min(length))),
        Some(other) => Err(type_error(format!("a slice goes from integer to integer, not {}", other.kind()))),
    }
}
