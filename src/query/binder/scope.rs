//! The variables that can be seen at a place in a query.
//!
//! Later ones hide earlier ones of the same name, as the variable of a list comprehension does.

use crate::query::scalar::Slot;
use crate::query::types::Type;

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variable {
    /// What it is called.
    pub(super) name: String,
    /// Where it is.
    pub(super) slot: Slot,
    /// What is known of it.
    pub(super) kind: Type,
}

/// The variables in sight.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    variables: Vec<Variable>,
}

impl Scope {
    /// The variable of a name.
    pub(super) fn find(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().rev().find(|variable| variable.name == name)
    }

    /// Brings a variable into sight.
    pub(super) fn declare(&mut self, name: &str, slot: Slot, kind: Type) {
        self.variables.push(Variable { name: name.to_owned(), slot, kind });
    }

    /// Takes the variable declared last out of sight.
    pub(super) fn forget(&mut self) {
        self.variables.pop();
    }

    /// All variables in sight, in the order in which they were declared.
    pub(super) fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// This scope with another one before it: names of the other hide those of this.
    pub(super) fn overlaid(&self, other: &Scope) -> Scope {
        Scope { variables: self.variables.iter().chain(&other.variables).cloned().collect() }
    }

    /// The names in sight.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(|variable| variable.name.as_str())
    }
}
