//! `path from Trump to Putin`: the shortest chain of positions and topics between two names.
//!
//! The ends are actors or topics, each one node; whoever speaks for an actor is not that actor here, or every path would be
//! short.

use super::Rewriting;
use super::draft::Draft;
use super::names;
use super::template::Template;
use crate::graph::schema::Label;
use crate::graph::{Catalog, Unresolved, Value};
use crate::query::ast::Spanned;
use crate::query::error::QueryError;
use crate::query::question::{Piece, Question};

const PATH: &str = include_str!("patterns/path.cypher");

/// The pattern of a question for a path.
///
/// # Errors
/// For an end that is unknown, or several; for any restriction, since the steps of a path have no common date or outlet.
pub(super) fn answer(
    mut draft: Draft<'_>,
    question: &Question,
    from: &[Spanned<Piece>],
    to: &[Spanned<Piece>],
) -> Result<Rewriting, QueryError> {
    if let Some(restriction) = question.restrictions.first() {
        let error = names::syntax("a path takes no restriction", restriction.span);
        return Err(error.hint("write the pattern: `EXPLAIN path from A to B` shows it"));
    }
    let mut template = Template::read(PATH, &draft)?;
    if end(draft.catalog, from, &draft)? == end(draft.catalog, to, &draft)? {
        return Err(names::syntax("a path needs two ends", names::span(to, draft.span())));
    }
    for (place, (end, parameter)) in [(from, "from"), (to, "to")].into_iter().enumerate() {
        let (label, name) = self::end(draft.catalog, end, &draft)?;
        draft.bind(parameter, Value::String(name));
        template.label(place, draft.syntax.name(label.as_str()));
    }
    let (query, parameters) = template.finish(draft, question.counted)?;
    Ok(Rewriting { query, parameters, analysis: None })
}

/// The actor or topic that a phrase names.
fn end(catalog: &Catalog<'_>, phrase: &[Spanned<Piece>], draft: &Draft<'_>) -> Result<(Label, String), QueryError> {
    let names = names::split(phrase);
    let [name] = names.as_slice() else {
        return Err(names::syntax("a path has one name at each end", names::span(phrase, draft.span())));
    };
    match catalog.actor(&name.node) {
        Ok(actors) => Ok((Label::Actor, actors.into_iter().next().unwrap_or_default())),
        Err(Unresolved::Unknown) => match catalog.topics(&name.node).into_iter().next() {
            Some(topic) => Ok((Label::Topic, topic)),
            None => Err(names::actor_error(catalog, name, Unresolved::Unknown)),
        },
        Err(ambiguous) => Err(names::actor_error(catalog, name, ambiguous)),
    }
}
