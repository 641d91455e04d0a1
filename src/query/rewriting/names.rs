//! Phrases looked up in a graph: actors, outlets, and the errors for names that are not there.
//!
//! How a wording finds a name is the catalog's business.

use crate::graph::{Catalog, Unresolved};
use crate::query::ast::Spanned;
use crate::query::error::{Detail, ErrorKind, Phase, QueryError};
use crate::query::question::Piece;
use crate::text::Span;

/// A phrase without separators, as one text with its place; `None` for no pieces.
pub(super) fn phrase_text(pieces: &[Spanned<Piece>]) -> Option<Spanned<String>> {
    let (first, last) = (pieces.first()?, pieces.last()?);
    let words: Vec<String> = pieces.iter().map(|piece| piece_text(&piece.node)).collect();
    Some(Spanned::new(words.join(" "), first.span.cover(last.span)))
}

/// The names in a phrase: what stands between its separators.
pub(super) fn split(phrase: &[Spanned<Piece>]) -> Vec<Spanned<String>> {
    phrase.split(|piece| piece.node == Piece::Separator).filter_map(phrase_text).collect()
}

/// A piece as it was written, without quotation marks.
pub(super) fn piece_text(piece: &Piece) -> String {
    match piece {
        Piece::Quoted(text) | Piece::Word(text) => text.clone(),
        Piece::Separator => "and".to_owned(),
    }
}

/// The display names of all actors that a phrase names, and of those who speak for them.
pub(super) fn actors(catalog: &Catalog<'_>, phrase: &[Spanned<Piece>]) -> Result<Vec<String>, QueryError> {
    let mut names: Vec<String> = Vec::new();
    for name in split(phrase) {
        let found = catalog.actor(&name.node).map_err(|unresolved| actor_error(catalog, &name, unresolved))?;
        names.extend(found.into_iter().filter(|found| !names.contains(found)).collect::<Vec<_>>());
    }
    Ok(names)
}

/// The outlet that a phrase names.
pub(super) fn publisher(catalog: &Catalog<'_>, name: &Spanned<String>) -> Result<String, QueryError> {
    catalog.publisher(&name.node).map_err(|_| {
        let known: Vec<&str> = catalog.publisher_names().collect();
        let hint = format!("publishers: {}; quote a topic that contains `in`", known.join(", "));
        unknown(format!("no publisher `{}`", name.node), name.span).hint(hint).suggest(&name.node, known)
    })
}

/// The error for a phrase that is no topic.
pub(super) fn topic_error(catalog: &Catalog<'_>, name: &Spanned<String>) -> QueryError {
    unknown(format!("no topic `{}`", name.node), name.span)
        .hint("`topics` lists what there is")
        .suggest(&name.node, catalog.topic_names().chain(catalog.actor_names()))
}

/// An error of syntax in a question.
pub(super) fn syntax(message: impl Into<String>, span: Span) -> QueryError {
    QueryError::syntax(Detail::UnexpectedSyntax, message, span)
}

/// The error for a phrase that is no actor, or several.
fn actor_error(catalog: &Catalog<'_>, name: &Spanned<String>, unresolved: Unresolved) -> QueryError {
    match unresolved {
        Unresolved::Unknown => unknown(format!("no actor `{}`", name.node), name.span)
            .hint("`actors` lists who there is")
            .suggest(&name.node, catalog.actor_names()),
        Unresolved::Ambiguous(candidates) => {
            let message = format!("`{}` may be any of {} actors", name.node, candidates.len());
            unknown(message, name.span).hint(format!("say which: {}", candidates.join(", ")))
        }
    }
}

/// An error for a name that the graph does not know.
fn unknown(message: String, span: Span) -> QueryError {
    QueryError::new(ErrorKind::EntityNotFound, Phase::CompileTime, Detail::UnknownName, message).at(span)
}
