//! How values compare: equality and comparison with null's "unknown", the total order of `ORDER BY`, and equivalence, by
//! which `DISTINCT` and grouping tell rows apart.
//!
//! openCypher 9, "Equality and comparability", "Orderability and equivalence". Integers and floats compare by their exact
//! numbers, so that 4611686018427387905 and 4611686018427387904.0 differ.

use std::cmp::Ordering;
use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::FixedState;

use super::{Map, Value};
use crate::graph;

/// `left = right`: none where it is unknown.
pub fn equals(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::List(left), Value::List(right)) => lists_equal(left, right),
        (Value::Map(left), Value::Map(right)) => maps_equal(left, right),
        (Value::Integer(_) | Value::Float(_), Value::Integer(_) | Value::Float(_)) => {
            Some(compare_numbers(left, right) == Some(Ordering::Equal))
        }
        _ => Some(order(left, right) == Ordering::Equal),
    }
}

/// Lists of unlike length differ; otherwise one differing element decides, and an unknown one leaves it open.
fn lists_equal(left: &[Value], right: &[Value]) -> Option<bool> {
    if left.len() != right.len() {
        return Some(false);
    }
    all_equal(left.iter().zip(right))
}

/// Maps of unlike keys differ; otherwise as for lists.
fn maps_equal(left: &Map, right: &Map) -> Option<bool> {
    if left.len() != right.len() || left.keys().any(|key| !right.contains_key(key)) {
        return Some(false);
    }
    all_equal(left.iter().filter_map(|(key, value)| right.get(key).map(|other| (value, other))))
}

fn all_equal<'v>(pairs: impl Iterator<Item = (&'v Value, &'v Value)>) -> Option<bool> {
    let mut result = Some(true);
    for (left, right) in pairs {
        match equals(left, right) {
            Some(false) => return Some(false),
            Some(true) => {}
            None => result = None,
        }
    }
    result
}

/// How two values compare under `<` and its kin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// They have an order.
    Ordered(Ordering),
    /// One is not a number: every comparison is false.
    NotANumber,
    /// Null, or kinds of values that do not compare.
    Unknown,
}

/// Compares two values as `<`, `<=`, `>` and `>=` do.
pub fn compare(left: &Value, right: &Value) -> Compared {
    match (left, right) {
        (Value::Integer(_) | Value::Float(_), Value::Integer(_) | Value::Float(_)) => {
            compare_numbers(left, right).map_or(Compared::NotANumber, Compared::Ordered)
        }
        (Value::String(left), Value::String(right)) => Compared::Ordered(left.cmp(right)),
        (Value::Boolean(left), Value::Boolean(right)) => Compared::Ordered(left.cmp(right)),
        (Value::List(left), Value::List(right)) => compare_lists(left, right),
        _ => Compared::Unknown,
    }
}

/// The first pair of elements that differ decides; a list comes after its own beginning.
fn compare_lists(left: &[Value], right: &[Value]) -> Compared {
    for (left, right) in left.iter().zip(right) {
        match (equals(left, right), compare(left, right)) {
            (Some(true), _) => {}
            (_, decided) => return decided,
        }
    }
    Compared::Ordered(left.len().cmp(&right.len()))
}

/// Compares numbers; none if one is not a number.
fn compare_numbers(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => Some(left.cmp(right)),
        (Value::Float(left), Value::Float(right)) => left.partial_cmp(right),
        (Value::Integer(left), Value::Float(right)) => compare_mixed(*left, *right),
        (Value::Float(left), Value::Integer(right)) => compare_mixed(*right, *left).map(Ordering::reverse),
        _ => None,
    }
}

/// Compares an integer with a float by their exact numbers.
#[expect(clippy::cast_possible_truncation, reason = "the float is cut only within the integers' range")]
fn compare_mixed(integer: i64, float: f64) -> Option<Ordering> {
    const BOUND: f64 = 9_223_372_036_854_775_808.0;
    if float.is_nan() {
        return None;
    }
    if float >= BOUND {
        return Some(Ordering::Less);
    }
    if float < -BOUND {
        return Some(Ordering::Greater);
    }
    let whole = float.trunc();
    Some(integer.cmp(&(whole as i64)).then_with(|| 0.0_f64.total_cmp(&(float - whole + 0.0))))
}

/// The total order of `ORDER BY`: maps, nodes, relationships, lists, paths, strings, booleans, numbers, NaN, null.
pub fn order(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Map(left), Value::Map(right)) => order_maps(left, right),
        (Value::Node(left), Value::Node(right)) => left.cmp(right),
        (Value::Relationship(left), Value::Relationship(right)) => left.cmp(right),
        (Value::List(left), Value::List(right)) => order_lists(left, right),
        (Value::Path(left), Value::Path(right)) => left.cmp(right),
        (Value::String(left), Value::String(right)) => left.cmp(right),
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
        _ => compare_numbers(left, right).unwrap_or_else(|| rank(left).cmp(&rank(right))),
    }
}

/// Where strings stand in the total order of kinds.
const STRINGS: u8 = 5;

/// Where a kind of value stands in the total order.
fn rank(value: &Value) -> u8 {
    match value {
        Value::Map(_) => 0,
        Value::Node(_) => 1,
        Value::Relationship(_) => 2,
        Value::List(_) => 3,
        Value::Path(_) => 4,
        Value::String(_) => STRINGS,
        Value::Boolean(_) => 6,
        Value::Float(value) if value.is_nan() => 8,
        Value::Integer(_) | Value::Float(_) => 7,
        Value::Null => 9,
    }
}

fn order_lists(left: &[Value], right: &[Value]) -> Ordering {
    let elements = left.iter().zip(right).map(|(left, right)| order(left, right));
    elements.fold(Ordering::Equal, Ordering::then).then(left.len().cmp(&right.len()))
}

/// Maps order by their keys, sorted, then by the values under them.
fn order_maps(left: &Map, right: &Map) -> Ordering {
    let sorted = |map: &Map| {
        let mut keys: Vec<String> = map.keys().cloned().collect();
        keys.sort();
        keys
    };
    let (left_keys, right_keys) = (sorted(left), sorted(right));
    left_keys.cmp(&right_keys).then_with(|| {
        let values = left_keys.iter().filter_map(|key| left.get(key).zip(right.get(key)));
        values.fold(Ordering::Equal, |ordering, (left, right)| ordering.then_with(|| order(left, right)))
    })
}

/// Values by which rows are told apart: null is like null, NaN like NaN, 1 like 1.0.
#[derive(Clone, Debug)]
pub struct Key(pub Vec<Value>);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && order_lists(&self.0, &other.0) == Ordering::Equal
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|value| hash(value, state));
    }
}

/// The hash of a value of a property; that of an equivalent value is the same.
pub fn hash_of_property(value: &graph::Value) -> u64 {
    match value {
        // A string is hashed where it stands: an index looks at a million of them.
        graph::Value::String(text) => {
            let mut state = FixedState::default().build_hasher();
            STRINGS.hash(&mut state);
            text.hash(&mut state);
            state.finish()
        }
        other => hash_of(&Value::from(other)),
    }
}

/// The hash of a value; that of an equivalent value is the same.
pub fn hash_of(value: &Value) -> u64 {
    let mut state = FixedState::default().build_hasher();
    hash(value, &mut state);
    state.finish()
}

/// Hashes a value so that equivalent ones agree: numbers by their value as a float, maps without regard to order.
#[expect(clippy::cast_precision_loss, reason = "integers that share a float only share a hash")]
fn hash<H: Hasher>(value: &Value, state: &mut H) {
    rank(value).hash(state);
    match value {
        Value::Null => {}
        Value::Boolean(value) => value.hash(state),
        Value::Integer(value) => (*value as f64 + 0.0).to_bits().hash(state),
        Value::Float(value) if value.is_nan() => {}
        Value::Float(value) => (value + 0.0).to_bits().hash(state),
        Value::String(text) => text.hash(state),
        Value::List(values) => {
            values.len().hash(state);
            values.iter().for_each(|value| hash(value, state));
        }
        Value::Map(entries) => {
            let mut keys: Vec<&String> = entries.keys().collect();
            keys.sort();
            keys.hash(state);
        }
        Value::Node(node) => node.hash(state),
        Value::Relationship(relationship) => relationship.hash(state),
        Value::Path(path) => path.hash(state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(values: &[Value]) -> Value {
        Value::list(values.to_vec())
    }

    #[test]
    fn equality_knows_the_unknown() {
        let (one, null) = (Value::Integer(1), Value::Null);
        for (left, right, expected) in [
            (one.clone(), Value::Float(1.0), Some(true)),
            (one.clone(), Value::string("1"), Some(false)),
            (one.clone(), null.clone(), None),
            (list(&[one.clone(), null.clone()]), list(&[one.clone(), null.clone()]), None),
            (list(&[one.clone(), null.clone()]), list(&[Value::Integer(2), null.clone()]), Some(false)),
            (list(&[]), list(&[one.clone(), null.clone()]), Some(false)),
            (Value::Float(f64::NAN), Value::Float(f64::NAN), Some(false)),
            (Value::Integer(i64::MAX), Value::Float(9_223_372_036_854_775_808.0), Some(false)),
        ] {
            assert_eq!(equals(&left, &right), expected, "{left:?} = {right:?}");
        }
    }

    #[test]
    fn numbers_compare_exactly() {
        for (integer, float, expected) in [
            (1, 1.5, Some(Ordering::Less)),
            (-1, -1.5, Some(Ordering::Greater)),
            (0, -0.0, Some(Ordering::Equal)),
            (0, f64::NAN, None),
            (4_611_686_018_427_387_905, 4_611_686_018_427_387_904.0, Some(Ordering::Greater)),
            (i64::MIN, f64::NEG_INFINITY, Some(Ordering::Greater)),
        ] {
            assert_eq!(compare_mixed(integer, float), expected, "{integer} {float}");
        }
    }

    #[test]
    fn order_is_total_and_null_comes_last() {
        let mut values = [
            Value::Null,
            Value::Float(f64::NAN),
            Value::Integer(1),
            Value::Boolean(false),
            Value::string("text"),
            Value::list(vec![]),
            Value::map(Map::new()),
        ];
        values.sort_by(order);
        let kinds: Vec<_> = values.iter().map(Value::kind).collect();
        assert_eq!(kinds, ["a map", "a list", "a string", "a boolean", "an integer", "a float", "null"]);
    }

    #[test]
    fn keys_ignore_how_a_number_is_written() {
        let distinct: std::collections::HashSet<Key> =
            [Value::Integer(1), Value::Float(1.0), Value::Float(-0.0), Value::Integer(0), Value::Null, Value::Null]
                .map(|value| Key(vec![value]))
                .into();
        assert_eq!(distinct.len(), 3);
    }
}
