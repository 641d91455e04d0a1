//! Phrases looked up in a graph: actors, outlets, and the errors for names that are not there.
//!
//! How a wording finds a name is the catalog's business.

use crate::graph::{Catalog, Unresolved};
use crate::query::ast::Spanned;
use crate::query::error::{Detail, ErrorKind, Phase, QueryError, did_you_mean};
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

/// Where a phrase stands; `otherwise` for an empty one.
pub(super) fn span(phrase: &[Spanned<Piece>], otherwise: Span) -> Span {
    phrase_text(phrase).map_or(otherwise, |text| text.span)
}

/// A piece as it was written, without quotation marks.
pub(super) fn piece_text(piece: &Piece) -> String {
    match piece {
        Piece::Quoted(text) | Piece::Exactly(text) | Piece::Word(text) => text.clone(),
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

/// Each actor that a phrase names, with those who speak for it.
pub(super) fn parties(catalog: &Catalog<'_>, phrase: &[Spanned<Piece>]) -> Result<Vec<Vec<String>>, QueryError> {
    let party =
        |name: Spanned<String>| catalog.actor(&name.node).map_err(|unresolved| actor_error(catalog, &name, unresolved));
    split(phrase).into_iter().map(party).collect()
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
        .suggest(&name.node, catalog.topic_names().chain(catalog.actor_wordings()))
}

/// An error of syntax in a question.
pub(super) fn syntax(message: impl Into<String>, span: Span) -> QueryError {
    QueryError::syntax(Detail::UnexpectedSyntax, message, span)
}

/// The error for a phrase that is no actor, or several.
pub(super) fn actor_error(catalog: &Catalog<'_>, name: &Spanned<String>, unresolved: Unresolved) -> QueryError {
    match unresolved {
        Unresolved::Unknown => unknown(format!("no actor `{}`", name.node), name.span)
            .hint(run_on(catalog, &name.node).unwrap_or_else(|| otherwise(catalog, &name.node)))
            .suggest(&name.node, catalog.actor_wordings()),
        Unresolved::Ambiguous(candidates) => {
            let message = format!("`{}` may be any of {} actors", name.node, candidates.len());
            unknown(message, name.span).hint(format!("say which: {}", candidates.join(", ")))
        }
    }
}

/// What to say of a name that no actor is near to.
fn otherwise(catalog: &Catalog<'_>, name: &str) -> String {
    if catalog.topics(name).is_empty() {
        return "`actors` lists who there is".to_owned();
    }
    format!("`{name}` is a topic: say `on {name}`")
}

/// Words that begin a restriction; a misspelt one runs on from the name before it.
const RESTRICTION_WORDS: [&str; 15] = [
    "on",
    "about",
    "for",
    "to",
    "against",
    "according",
    "via",
    "in",
    "since",
    "until",
    "between",
    "quoted",
    "limit",
    "order",
    "with",
];

/// What to say when a name is known but for the words after it: "Ordania sicne 2025-03-03".
fn run_on(catalog: &Catalog<'_>, name: &str) -> Option<String> {
    let (cut, _) = name.match_indices(' ').find(|(place, _)| catalog.actor(&name[..*place]).is_ok())?;
    let (known, rest) = name.split_at(cut);
    let word = rest.split_whitespace().next()?;
    let advice = did_you_mean(word, RESTRICTION_WORDS)
        .unwrap_or_else(|| "a restriction begins with `on`, `since`, `in`, ...".to_owned());
    Some(format!("`{known}` is known, `{word}` is not: {advice}"))
}

/// An error for a name that the graph does not know.
pub(super) fn unknown(message: String, span: Span) -> QueryError {
    QueryError::new(ErrorKind::EntityNotFound, Phase::CompileTime, Detail::UnknownName, message).at(span)
}
