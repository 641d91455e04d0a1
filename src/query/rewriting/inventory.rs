//! Questions about the graph's inventory: its actors, its articles, and who speaks for whom.
//!
//! They stand alone: restrictions other than a limit would mean nothing to them.

use super::Rewriting;
use super::answer::{by_count, projection};
use super::draft::{self, ARTICLE, Draft, HOLDER, POSITION};
use super::names;
use super::template::count_rows;
use crate::graph::schema::{Label, RelationshipType, property};
use crate::query::Parameters;
use crate::query::ast::{ClauseKind, Query, Spanned};
use crate::query::error::QueryError;
use crate::query::question::{Form, Piece, Question, Restriction};

/// The pattern of a question about the inventory.
///
/// # Errors
/// For a name that is not there, and for any restriction but a limit.
pub(super) fn answer(draft: &Draft<'_>, question: &Question) -> Result<Rewriting, QueryError> {
    let (mut query, parameters) = match &question.form.node {
        Form::Spokespeople(phrase) => spokespeople(draft, phrase)?,
        Form::Articles => articles(draft),
        _ => actors(draft),
    };
    for restriction in &question.restrictions {
        let Restriction::Limit(count) = restriction.node else {
            let error = names::syntax("this question takes no restriction but `limit`", restriction.span);
            return Err(error.hint("ask `positions` with it, or write a pattern: `EXPLAIN actors` shows one"));
        };
        if let Some(ClauseKind::Return(projection)) = query.first.clauses.last_mut().map(|clause| &mut clause.node) {
            projection.limit = Some(draft.syntax.integer(count));
        }
    }
    if question.counted {
        count_rows(&mut query.first, draft);
    }
    Ok(Rewriting { query, parameters, analysis: None })
}

/// Actors with the number of their positions, most first.
fn actors(draft: &Draft<'_>) -> (Query, Parameters) {
    let syntax = draft.syntax;
    let items = vec![
        syntax.item(syntax.property(HOLDER, property::NAME), "actor"),
        syntax.item(syntax.call("labels", vec![syntax.variable(HOLDER)]), "kind"),
        syntax.item(syntax.count(POSITION), "positions"),
    ];
    let holds = syntax.path(
        syntax.node(HOLDER, &[Label::Actor]),
        ("", RelationshipType::RELATIONS),
        syntax.node(POSITION, &[Label::Position]),
    );
    (draft::query(syntax, vec![holds], None, projection(items, by_count(draft, "actor"))), Parameters::default())
}

/// Articles with the number of positions in them, by date.
fn articles(draft: &Draft<'_>) -> (Query, Parameters) {
    let syntax = draft.syntax;
    let article = |name| syntax.property(ARTICLE, name);
    let items = vec![
        syntax.item(article(property::DATE), "date"),
        syntax.item(article(property::PUBLISHER), "source"),
        syntax.item(article(property::TITLE), "title"),
        syntax.item(article(property::WORDS), "words"),
        syntax.item(article(property::ID), "article"),
    ];
    let order = ["date", "article"].map(|key| syntax.ascending(syntax.variable(key))).to_vec();
    let path = crate::query::ast::PathPattern { start: syntax.node(ARTICLE, &[Label::Article]), steps: Vec::new() };
    (draft::query(syntax, vec![path], None, projection(items, order)), Parameters::default())
}

/// Who speaks for an actor, in which office, and from when to when it was seen.
fn spokespeople(draft: &Draft<'_>, phrase: &[Spanned<Piece>]) -> Result<(Query, Parameters), QueryError> {
    let syntax = draft.syntax;
    let names = names::actors(draft.catalog, phrase)?;
    let mut inner = Draft::new(draft.span(), draft.catalog);
    let filter = inner.named("principal", "principals", names);
    let items = vec![
        syntax.item(syntax.property(HOLDER, property::NAME), "who"),
        syntax.item(syntax.property("s", property::ROLE), "role"),
        syntax.item(syntax.property("principal", property::NAME), "for"),
        syntax.item(syntax.property("s", property::SINCE), "since"),
        syntax.item(syntax.property("s", property::UNTIL), "until"),
    ];
    let path = syntax.path(
        syntax.node(HOLDER, &[Label::Actor]),
        ("s", &[RelationshipType::SpeaksFor]),
        syntax.node("principal", &[Label::Actor]),
    );
    let order = vec![syntax.ascending(syntax.variable("who"))];
    Ok((draft::query(syntax, vec![path], Some(filter), projection(items, order)), inner.parameters))
}
