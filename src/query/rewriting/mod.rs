//! Questions rewritten to patterns, syntax tree to syntax tree: `EXPLAIN` shows the result, the planner never sees a question.
//!
//! Names and topics are looked up in the graph here and enter the pattern as parameters, so the pattern is plain
//! openCypher. A name that the graph does not know is an error with suggestions, not an empty answer.
//!
//! `who rejects "the corridor"` becomes `MATCH (holder:Actor)-[r:REJECTS]->(p:Position)-[:IN]->(article:Article) WHERE ...`.

mod answer;
mod connection;
mod discourse;
mod draft;
mod inventory;
mod names;
mod pattern;
mod relaxing;
mod restriction;
mod sides;
mod template;
mod words;

use draft::Draft;
pub(super) use relaxing::{Omitted, relaxations};
pub use sides::{Side, stances};

use super::analysis::Analysis;
use super::ast::{Query, Spanned};
use super::error::{Detail, ErrorKind, Phase, QueryError};
use super::question::{Company, Form, Phrase, Piece, Question, Subject};
use crate::graph::schema::RelationshipType;
use crate::graph::{Catalog, Unresolved};
use crate::query::Parameters;
use crate::text::Span;

/// What a question stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Rewriting {
    /// The pattern.
    pub query: Query,
    /// The names it found, as parameters of the pattern.
    pub parameters: Parameters,
    /// What is worked out from the pattern's rows, if the pattern alone does not answer the question.
    pub analysis: Option<Analysis>,
}

/// Rewrites a question to a pattern and the parameters with the names it found.
///
/// # Errors
/// When a name is unknown or ambiguous, a verb asks for no relation, or a row number is not resolved by the session.
pub fn rewrite(question: &Question, catalog: &Catalog<'_>) -> Result<Rewriting, QueryError> {
    let span = question.form.span;
    let mut draft = Draft::new(span, catalog);
    match &question.form.node {
        Form::Who(phrase) => match opposed(catalog, phrase) {
            Some(actor) => return discourse::company(draft, question, Company::Opposing, actor),
            None => who(&mut draft, phrase)?,
        },
        Form::What(phrase) => what(&mut draft, phrase)?,
        Form::Standing(standing, phrase) => restriction::standing(&mut draft, *standing, phrase)?,
        Form::Timeline(Some(phrase)) if is_topic(catalog, phrase) => restriction::about(&mut draft, phrase)?,
        Form::WhatIf(phrase) => restriction::conditioned_on(&mut draft, None, phrase)?,
        Form::Positions(holders)
        | Form::Statements(holders)
        | Form::Timeline(holders)
        | Form::Conditions(holders)
        | Form::Topics(holders)
        | Form::New(holders) => draft.held_by(holders.as_deref())?,
        Form::Why(subject) => draft.is_position(position_id(subject, span)?),
        Form::Spokespeople(_) | Form::Actors | Form::Articles => return inventory::answer(&draft, question),
        Form::Company(company, actor) => return discourse::company(draft, question, *company, actor),
        Form::Sources(subject) => {
            draft.is_position(position_id(subject, span)?);
            return discourse::answer(draft, question);
        }
        Form::Path(from, to) => return connection::answer(draft, question, from, to),
        _ => return discourse::answer(draft, question),
    }
    for restriction in &question.restrictions {
        restriction::apply(&mut draft, restriction)?;
    }
    if let Form::New(_) = question.form.node {
        restriction::not_known_before(&mut draft)?;
    }
    Ok(answer::finish(draft, question))
}

/// The actor in `who opposes Lavrov`; `who opposes "the corridor"` asks for positions.
fn opposed<'p>(catalog: &Catalog<'_>, phrase: &'p Phrase) -> Option<&'p [Spanned<Piece>]> {
    let (verb, rest) = phrase.split_first()?;
    let opposes = matches!(&verb.node, Piece::Word(word) if words::is_form_of(word, "oppose"));
    let names = names::split(rest);
    // A name that may be several actors is one: which is meant is asked then.
    let named = |name: &Spanned<String>| catalog.actor(&name.node) != Err(Unresolved::Unknown);
    let actors = !names.is_empty() && names.iter().all(named);
    (opposes && actors).then_some(rest)
}

/// Whether `timeline of the corridor` names no actor, but something that positions are about.
fn is_topic(catalog: &Catalog<'_>, phrase: &Phrase) -> bool {
    let names = names::split(phrase);
    let topic = |name: &Spanned<String>| catalog.actor(&name.node).is_err() && !catalog.topics(&name.node).is_empty();
    !names.is_empty() && names.iter().all(topic)
}

/// The identity of the position that is meant.
fn position_id(subject: &Subject, span: Span) -> Result<&str, QueryError> {
    match subject {
        Subject::Position(id) => Ok(id),
        Subject::Row(row) => Err(unresolved_row(*row).at(span)),
    }
}

/// `who rejects or criticises "the corridor"`: verbs, then what they are about.
fn who(draft: &mut Draft<'_>, phrase: &Phrase) -> Result<(), QueryError> {
    let Some((before, relations, after)) = split_at_verbs(phrase) else {
        return match phrase.first() {
            None => Ok(()),
            Some(piece) => Err(unknown_verb(draft.catalog, piece)),
        };
    };
    if let Some(piece) = before.first() {
        return Err(unknown_verb(draft.catalog, piece));
    }
    draft.relations = relations;
    about_rest(draft, after)
}

/// `what does Lavrov reject`, `what does Lavrov say Moscow wants`: holders and verbs, perhaps with a reporter before them.
fn what(draft: &mut Draft<'_>, phrase: &Phrase) -> Result<(), QueryError> {
    let Some((first, relations, after)) = split_at_verbs(phrase) else {
        let last = phrase.last().map_or(draft.span(), |piece| piece.span);
        let error = names::syntax("expected a verb such as `reject` after the name", last);
        return Err(error.hint("ask `what does NAME reject`, or `positions of NAME`"));
    };
    match split_at_verbs(after) {
        Some((holders, inner, rest)) if !holders.is_empty() => {
            restriction::reported_by(draft, first)?;
            draft.held_by(Some(holders))?;
            draft.relations = inner;
            about_rest(draft, rest)
        }
        _ => {
            // "what was said about the dam": by whomever.
            draft.held_by(Some(first).filter(|first| !first.is_empty()))?;
            draft.relations = relations;
            about_rest(draft, after)
        }
    }
}

/// What stands after the verbs, if anything does, is a topic; "what" in "who said what" is none.
fn about_rest(draft: &mut Draft<'_>, rest: &[Spanned<Piece>]) -> Result<(), QueryError> {
    match rest {
        [] => Ok(()),
        [Spanned { node: Piece::Word(word), .. }] if words::is_form_of(word, "what") => Ok(()),
        topic => restriction::about(draft, topic),
    }
}

/// What stands before the verbs, the relations they ask for, and what stands after.
type Split<'p> = (&'p [Spanned<Piece>], Vec<RelationshipType>, &'p [Spanned<Piece>]);

/// Cuts a phrase around its first verbs: what stands before, the relations asked for, what stands after.
///
/// "Russia reject or criticise the plan" gives "Russia", `REJECTS` and `ACCUSES`, "the plan".
fn split_at_verbs(phrase: &[Spanned<Piece>]) -> Option<Split<'_>> {
    let verb = |piece: &Spanned<Piece>| match &piece.node {
        Piece::Word(word) => words::relations_of(word),
        _ => None,
    };
    let start = phrase.iter().position(|piece| verb(piece).is_some_and(|relations| !relations.is_empty()))?;
    let mut end = start;
    let mut relations: Vec<RelationshipType> = Vec::new();
    for (index, piece) in phrase.iter().enumerate().skip(start) {
        match (&piece.node, verb(piece)) {
            (_, Some(asked)) => {
                relations.extend(asked.iter().filter(|kind| !relations.contains(kind)).copied().collect::<Vec<_>>());
                end = index + 1;
            }
            (Piece::Separator, None) => {}
            _ => break,
        }
    }
    Some((&phrase[..start], relations, &phrase[end..]))
}

/// A word stands where a verb of questions should.
fn unknown_verb(catalog: &Catalog<'_>, piece: &Spanned<Piece>) -> QueryError {
    let word = names::piece_text(&piece.node);
    let known: Vec<&str> = words::known().collect();
    let error = names::syntax(format!("unknown relation `{word}`"), piece.span);
    if catalog.actor(&word).is_ok() {
        return error.hint(format!("ask `positions of {word}`, `what does {word} reject` or `who opposes {word}`"));
    }
    let forms = "`who agrees with NAME`, `who speaks for NAME`, `who reported TOPIC`";
    error.hint(format!("relations: {}; or {forms}", known.join(", "))).suggest(&word, known)
}

/// A row number that the session did not replace by the identity of a position.
fn unresolved_row(row: u64) -> QueryError {
    let message = format!("no row {row} to explain: there is no last answer with a position in that row");
    QueryError::new(ErrorKind::EntityNotFound, Phase::CompileTime, Detail::UnknownName, message)
        .hint("ask a question first, then `why 1`; or name a position: `why \"article:10-40\"`")
}

#[cfg(test)]
mod tests;
