//! Names that the graph does not know: no error in a pattern, but most often a misspelling.
//!
//! An empty graph knows no names at all and warns of none.

use super::Binder;
use crate::query::ast::Name;
use crate::query::error::did_you_mean;
use crate::text::Span;

/// Something that is probably not meant, though it is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Lower case, no full stop.
    pub message: String,
    /// Where in the text.
    pub span: Span,
    /// A way out.
    pub hint: Option<String>,
}

impl Binder<'_> {
    /// Warns of a label that no node has.
    pub(super) fn warn_of_label(&mut self, label: &Name) {
        let names = self.view.names();
        if !names.labels.contains(&label.node) && !names.labels.is_empty() {
            let hint = hint(&label.node, names.labels.iter().map(String::as_str), "labels");
            self.warn(format!("unknown label `{}`", label.node), label.span, hint);
        }
    }

    /// Warns of a type that no relationship has.
    pub(super) fn warn_of_type(&mut self, name: &Name) {
        let names = self.view.names();
        if !names.types.contains(&name.node) && !names.types.is_empty() {
            let hint = hint(&name.node, names.types.iter().map(String::as_str), "relations");
            self.warn(format!("unknown relation `{}`", name.node), name.span, hint);
        }
    }

    /// Warns of a property that neither nodes nor relationships have.
    pub(super) fn warn_of_property(&mut self, key: &Name) {
        let names = self.view.names();
        if !names.properties.contains(&key.node) && !names.properties.is_empty() {
            let hint = hint(&key.node, names.properties.iter().map(String::as_str), "properties");
            self.warn(format!("unknown property `{}`", key.node), key.span, hint);
        }
    }

    /// Warns once of a place.
    fn warn(&mut self, message: String, span: Span, hint: Option<String>) {
        let warning = Warning { message, span, hint };
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }
}

/// The nearest name, or all of them if none is near and they are few.
fn hint<'n>(word: &str, names: impl Iterator<Item = &'n str> + Clone, what: &str) -> Option<String> {
    did_you_mean(word, names.clone()).or_else(|| {
        let names: Vec<&str> = names.collect();
        (names.len() <= 20).then(|| format!("{what}: {}", names.join(", ")))
    })
}
