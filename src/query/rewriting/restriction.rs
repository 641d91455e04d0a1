//! Restrictions of a question as filters of its pattern: topic, target, reporter, outlet, date, wording, condition.
//!
//! A topic matches by the graph's `ABOUT` links, or where a text has all words of the phrase.

use super::draft::{ARTICLE, Draft, POSITION, strings};
use super::names;
use super::sides::{Side, stances};
use crate::extract::{ConditionKind, Polarity, QuoteKind};
use crate::graph::Value;
use crate::graph::schema::{Label, RelationshipType, property};
use crate::graph::topic;
use crate::query::ast::{Binary, Comparison, Expression, ExpressionKind, Quantified, Quantifier, Spanned};
use crate::query::error::QueryError;
use crate::query::parser;
use crate::query::question::{Piece, Restriction, Standing};

/// Endings a word may have beyond its stem and still be the same word: "freez" in "freezing", "ceasefir" in "ceasefires".
const INFLECTION: &str = "(?:e|s|es|ed|ing|er|ers|al|als|y|ies)?";

/// Adds one restriction to the draft.
pub(super) fn apply(draft: &mut Draft<'_>, restriction: &Spanned<Restriction>) -> Result<(), QueryError> {
    match &restriction.node {
        Restriction::Topic(phrase) => about(draft, phrase),
        Restriction::Target(phrase) => targeting(draft, phrase),
        Restriction::Via(phrase) => reported_by(draft, phrase),
        Restriction::Publisher(phrase) => published_in(draft, phrase),
        Restriction::Since(day) => dated(draft, Comparison::GreaterOrEqual, "since", day),
        Restriction::Until(day) => dated(draft, Comparison::LessOrEqual, "until", day),
        Restriction::Quoted => keep(draft, property::QUOTE, QuoteKind::Direct.as_str()),
        Restriction::Negated => keep(draft, property::POLARITY, Polarity::Negated.as_str()),
        Restriction::Conditioned => {
            let syntax = draft.syntax;
            with_condition(draft, syntax.not(syntax.property("c", property::NEGATED)))
        }
        Restriction::Condition(marker, phrase) => conditioned_on(draft, Some(marker), phrase),
        Restriction::Order(key) => {
            draft.order.push(Spanned::new(*key, restriction.span));
            Ok(())
        }
        Restriction::Limit(count) => {
            draft.limit = Some(draft.syntax.integer(*count));
            Ok(())
        }
    }
}

/// Keeps positions about any of the topics in a phrase.
pub(super) fn about(draft: &mut Draft<'_>, phrase: &[Spanned<Piece>]) -> Result<(), QueryError> {
    let filter = about_any(draft, POSITION, phrase)?;
    draft.filters.push(filter);
    Ok(())
}

/// Keeps positions on one side of a topic, by whatever relation.
pub(super) fn standing(draft: &mut Draft<'_>, standing: Standing, topic: &[Spanned<Piece>]) -> Result<(), QueryError> {
    let (side, name) = match standing {
        Standing::For => (Side::Pro, "pro"),
        Standing::Against => (Side::Contra, "contra"),
    };
    let side = draft.bind(name, strings(stances(side)));
    draft.filters.push(draft.syntax.binary(Binary::In, super::answer::relation(draft), side));
    about(draft, topic)
}

/// Keeps positions that came through any of the reporters in a phrase.
pub(super) fn reported_by(draft: &mut Draft<'_>, phrase: &[Spanned<Piece>]) -> Result<(), QueryError> {
    let names = names::actors(draft.catalog, phrase)?;
    linked(draft, RelationshipType::ReportedBy, "reporter", names);
    Ok(())
}

/// Keeps positions that no earlier article repeats, and that their holder had not taken on a topic before the day asked
/// about; without one, before the day of the newest article.
pub(super) fn not_known_before(draft: &mut Draft<'_>) -> Result<(), QueryError> {
    if !draft.parameters.contains_key("since")
        && let Some(day) = draft.catalog.newest_day()
    {
        dated(draft, Comparison::GreaterOrEqual, "since", &day)?;
    }
    draft.filters.push(parser::parse_expression(include_str!("patterns/new.cypher").trim_end())?);
    Ok(())
}

/// Keeps positions that hang on a condition of this kind with these words. "if the port reopens" also asks for what holds
/// "unless", "once" or "until" it does, as `what if` does.
pub(super) fn conditioned_on(
    draft: &mut Draft<'_>,
    marker: Option<&str>,
    phrase: &[Spanned<Piece>],
) -> Result<(), QueryError> {
    let mut filter = about_any(draft, "c", phrase)?;
    let kind = marker
        .filter(|word| *word != ConditionKind::If.as_str())
        .and_then(|word| ConditionKind::ALL.iter().find(|kind| kind.as_str().eq_ignore_ascii_case(word)));
    if let Some(kind) = kind {
        let same = draft.syntax.equals_text(draft.syntax.property("c", property::KIND), kind.as_str());
        filter = draft.syntax.binary(Binary::And, same, filter);
    }
    with_condition(draft, filter)
}

/// Keeps positions with a condition that passes a filter.
fn with_condition(draft: &mut Draft<'_>, filter: Expression) -> Result<(), QueryError> {
    let syntax = draft.syntax;
    let path = syntax.path(
        syntax.node(POSITION, &[]),
        ("", &[RelationshipType::ConditionsOn]),
        syntax.node("c", &[Label::Condition]),
    );
    draft.filters.push(syntax.exists(path, Some(filter)));
    Ok(())
}

/// `to X`: an actor is the target; anything else is what the verb is about ("agrees to the plan").
fn targeting(draft: &mut Draft<'_>, phrase: &[Spanned<Piece>]) -> Result<(), QueryError> {
    match names::actors(draft.catalog, phrase) {
        Ok(names) => {
            linked(draft, RelationshipType::Targets, "target", names);
            Ok(())
        }
        Err(unknown_actor) => about(draft, phrase).map_err(|_| unknown_actor),
    }
}

/// Keeps positions with a relationship of this type to one of the named actors.
fn linked(draft: &mut Draft<'_>, kind: RelationshipType, variable: &str, names: Vec<String>) {
    let filter = draft.named(variable, &format!("{variable}s"), names);
    let syntax = draft.syntax;
    let path = syntax.path(syntax.node(POSITION, &[]), ("", &[kind]), syntax.node(variable, &[]));
    draft.filters.push(syntax.exists(path, Some(filter)));
}

/// Keeps positions from one outlet.
fn published_in(draft: &mut Draft<'_>, phrase: &[Spanned<Piece>]) -> Result<(), QueryError> {
    let mut publishers = Vec::new();
    for name in names::split(phrase) {
        publishers.push(names::publisher(draft.catalog, &name)?);
    }
    let parameter = draft.bind("publishers", strings(publishers));
    let publisher = draft.syntax.property(ARTICLE, property::PUBLISHER);
    draft.filters.push(draft.syntax.binary(Binary::In, publisher, parameter));
    Ok(())
}

/// Keeps positions on one side of a day. ISO dates compare as texts.
fn dated(draft: &mut Draft<'_>, side: Comparison, name: &str, day: &str) -> Result<(), QueryError> {
    let parameter = draft.bind(name, Value::String(day.to_owned()));
    let date = draft.syntax.property(POSITION, property::DATE);
    draft.filters.push(draft.syntax.compare(side, date, parameter));
    Ok(())
}

/// Keeps positions whose property has this value.
fn keep(draft: &mut Draft<'_>, name: &str, value: &str) -> Result<(), QueryError> {
    let filter = draft.syntax.equals_text(draft.syntax.property(POSITION, name), value);
    draft.filters.push(filter);
    Ok(())
}

/// Whether a position or condition is about any of the topics in a phrase.
fn about_any(draft: &mut Draft<'_>, variable: &str, phrase: &[Spanned<Piece>]) -> Result<Expression, QueryError> {
    let mut filters = Vec::new();
    for part in phrase.split(|piece| piece.node == Piece::Separator) {
        match (part, names::phrase_text(part)) {
            ([Spanned { node: Piece::Exactly(_), .. }], Some(words)) => filters.push(worded(draft, variable, &words)?),
            (_, Some(name)) => filters.push(about_one(draft, variable, &name)?),
            (_, None) => {}
        }
    }
    let syntax = draft.syntax;
    let any = filters.into_iter().reduce(|left, right| syntax.binary(Binary::Or, left, right));
    any.ok_or_else(|| names::syntax("expected a topic", draft.span()))
}

/// Whether the text of a position or condition has these very words, whatever their case.
fn worded(draft: &mut Draft<'_>, variable: &str, words: &Spanned<String>) -> Result<Expression, QueryError> {
    let lower = words.node.to_lowercase();
    if !draft.catalog.any_text(|text| text.to_lowercase().contains(&lower)) {
        let error = names::unknown(format!("nothing is worded `{}`", words.node), words.span);
        return Err(error.hint("without `exactly`, other wordings of the topic are found too"));
    }
    let words = draft.bind("wording", Value::String(lower));
    let syntax = draft.syntax;
    let text = syntax.call("toLower", vec![syntax.property(variable, property::TEXT)]);
    Ok(syntax.binary(Binary::Contains, text, words))
}

/// Whether a position or condition is about one topic: it is linked to it, or its text has all of the topic's words.
fn about_one(draft: &mut Draft<'_>, variable: &str, name: &Spanned<String>) -> Result<Expression, QueryError> {
    let topics = draft.catalog.topics(&name.node);
    let words = word_expressions(&name.node);
    let readers: Vec<regex::Regex> = words.iter().filter_map(|word| regex::Regex::new(word).ok()).collect();
    let worded = |text: &str| !readers.is_empty() && readers.iter().all(|reader| reader.is_match(text));
    if topics.is_empty() && !draft.catalog.any_text(worded) {
        return Err(names::topic_error(draft.catalog, name));
    }
    // "who accuses Kestria": an actor is what a position is about, or whom it is directed against.
    let against = variable == POSITION && draft.catalog.actor(&name.node).is_ok();
    let links: &[RelationshipType] =
        if against { &[RelationshipType::About, RelationshipType::Targets] } else { &[RelationshipType::About] };
    let named = draft.named("about", "topics", topics);
    let syntax = draft.syntax;
    let path = syntax.path(syntax.node(variable, &[]), ("", links), syntax.node("about", &[]));
    let linked = syntax.exists(path, Some(named));
    let words = draft.bind("words", strings(words));
    let has_word = syntax.binary(Binary::Matches, syntax.property(variable, property::TEXT), syntax.variable("word"));
    let has_words = syntax.at(ExpressionKind::Quantified(Quantified {
        quantifier: Quantifier::All,
        variable: syntax.name("word"),
        list: Box::new(words),
        predicate: Box::new(has_word),
    }));
    Ok(syntax.binary(Binary::Or, linked, has_words))
}

/// A regular expression for each word of a phrase that says something, which matches a whole text that has the word.
fn word_expressions(phrase: &str) -> Vec<String> {
    let telling = phrase.split_whitespace().filter(|word| !topic::key(word).is_empty());
    telling.map(|word| format!(r"(?is).*\b{}{INFLECTION}\b.*", regex::escape(&topic::stem(word)))).collect()
}
