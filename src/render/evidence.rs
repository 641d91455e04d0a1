//! Why a position is in the graph: the article, the sentence with the position marked, the cue and the rule.
//!
//! Offsets of the graph are Unicode code points into the article's text; here they meet the text again.

use std::fmt::Write;

use super::lower_start::within_sentence;
use super::visible::visible;
use super::wrap::push_wrapped;
use super::{Look, selection};
use crate::graph::Value;
use crate::graph::schema::{RelationshipType, is_relation, property};
use crate::query::View;
use crate::query::ast::Direction;
use crate::query::value::NodeId;

/// What is put around the words that prove a position.
const MARK: [&str; 2] = ["[", "]"];
const COLOURED_MARK: [&str; 2] = ["\u{1b}[1m[", "]\u{1b}[0m"];

/// The evidence of one position, in lines of at most `width` cells. Parts that the graph does not have are left out.
pub fn why(position: NodeId, view: &View<'_>, width: usize, look: Look) -> String {
    let mut text = String::new();
    _ = writeln!(text, "{}", headline(position, view));
    for (name, value) in facts(position, view) {
        push_wrapped(&mut text, &format!("  {name:<10} "), &value, width);
    }
    let sentence = marked_sentence(position, view, look);
    if !sentence.is_empty() {
        text.push('\n');
        push_wrapped(&mut text, "  ", &sentence, width);
    }
    text
}

/// The text of the article that a position stands in, with the position marked; its title and source above. `None` for
/// a position without an article.
pub fn article(position: NodeId, view: &View<'_>, width: usize, look: Look) -> Option<String> {
    let article = neighbours(position, RelationshipType::In, view).into_iter().next()?;
    let evidence = Evidence::of(position, view);
    let body = text_property(article, property::TEXT, view);
    let body = match evidence {
        Some(evidence) => marked(&body, evidence.start, evidence.end, look),
        None => body,
    };
    let mut text = format!("{}\n{}\n", text_property(article, property::TITLE, view), source(article, view));
    for paragraph in body.lines().filter(|line| !line.trim().is_empty()) {
        text.push('\n');
        push_wrapped(&mut text, "", paragraph, width);
    }
    Some(text)
}

/// "Kestria rejects: the corridor"
fn headline(position: NodeId, view: &View<'_>) -> String {
    let holders: Vec<String> = view
        .incident(position, Direction::Incoming)
        .into_iter()
        .filter(|(relationship, _)| is_relation(&view.relationship(*relationship).kind))
        .map(|(_, holder)| text_property(holder, property::NAME, view))
        .collect();
    let negated = text_property(position, property::POLARITY, view) == "negated";
    let relation = text_property(position, property::RELATION, view);
    let not = if negated { "not " } else { "" };
    let text = text_property(position, property::TEXT, view);
    format!("{} {not}{relation}: {}", holders.join(", "), within_sentence(&text))
}

/// What is known of a position, by name.
fn facts(position: NodeId, view: &View<'_>) -> Vec<(&'static str, String)> {
    let article = neighbours(position, RelationshipType::In, view).into_iter().next();
    let names = |kind| {
        let names = neighbours(position, kind, view).into_iter().map(|id| text_property(id, property::NAME, view));
        names.collect::<Vec<_>>().join(", ")
    };
    let conditions = neighbours(position, RelationshipType::ConditionsOn, view).into_iter();
    let conditions: Vec<String> = conditions.map(|id| condition(id, view)).collect();
    let facts = [
        ("article", article.map(|id| text_property(id, property::TITLE, view)).unwrap_or_default()),
        ("source", article.map(|id| source(id, view)).unwrap_or_default()),
        ("cue", cue(position, view)),
        ("modality", text_property(position, property::MODALITY, view)),
        ("condition", conditions.join("; ")),
        ("known via", names(RelationshipType::ReportedBy)),
        ("towards", names(RelationshipType::Targets)),
        ("about", names(RelationshipType::About)),
        ("rule", text_property(position, property::RULE, view)),
        ("id", text_property(position, property::ID, view)),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// "once Kestria withdraws", "not: without preconditions"
fn condition(id: NodeId, view: &View<'_>) -> String {
    let negated = view.node(id).properties.get(property::NEGATED) == Some(&Value::Boolean(true));
    let kind = text_property(id, property::KIND, view);
    let text = text_property(id, property::TEXT, view);
    if negated { format!("none: {kind} {text}") } else { format!("{kind} {text}") }
}

/// Outlet, date and address of an article.
fn source(article: NodeId, view: &View<'_>) -> String {
    let parts = [property::PUBLISHER, property::DATE, property::URL].map(|name| text_property(article, name, view));
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

/// The words that signal the relation.
fn cue(position: NodeId, view: &View<'_>) -> String {
    let incoming = view.incident(position, Direction::Incoming).into_iter();
    let cues = incoming.filter_map(|(id, _)| match view.relationship(id).properties.get(property::CUE) {
        Some(Value::String(cue)) => Some(visible(cue).into_owned()),
        _ => None,
    });
    cues.take(1).collect()
}

/// The nodes that relationships of one type lead to, in the order of the graph.
fn neighbours(position: NodeId, kind: RelationshipType, view: &View<'_>) -> Vec<NodeId> {
    let outgoing = view.incident(position, Direction::Outgoing).into_iter();
    outgoing.filter(|(id, _)| view.relationship(*id).kind == kind.as_str()).map(|(_, other)| other).collect()
}

/// Where a position is written, in code points, and the sentence around it.
struct Evidence<'g> {
    start: usize,
    end: usize,
    sentence: &'g str,
    sentence_start: usize,
}

impl<'g> Evidence<'g> {
    fn of(position: NodeId, view: &View<'g>) -> Option<Self> {
        let Some(Value::Map(entries)) = view.node(position).properties.get(property::EVIDENCE) else { return None };
        let number = |name: &str| match entries.get(name) {
            Some(Value::Integer(number)) => usize::try_from(*number).ok(),
            _ => None,
        };
        let sentence = match entries.get(property::SENTENCE) {
            Some(Value::String(text)) => text.as_str(),
            _ => "",
        };
        let sentence_start = number(property::SENTENCE_START).unwrap_or_default();
        Some(Self { start: number(property::START)?, end: number(property::END)?, sentence, sentence_start })
    }
}

/// The sentence with the stretch of the position marked.
fn marked_sentence(position: NodeId, view: &View<'_>, look: Look) -> String {
    match Evidence::of(position, view) {
        Some(Evidence { start, end, sentence, sentence_start }) => {
            let local = |offset: usize| offset.saturating_sub(sentence_start);
            marked(&visible(sentence), local(start), local(end), look)
        }
        None => String::new(),
    }
}

/// A property as text without a character that commands a terminal; empty when there is none.
fn text_property(id: NodeId, name: &str, view: &View<'_>) -> String {
    visible(&selection::text_property(id, name, view)).into_owned()
}

/// A text with marks around `start..end`, counted in code points.
fn marked(text: &str, start: usize, end: usize, look: Look) -> String {
    let place = |offset: usize| text.char_indices().nth(offset).map_or(text.len(), |(place, _)| place);
    let (start, end) = (place(start), place(end));
    let [open, close] = if look == Look::Coloured { COLOURED_MARK } else { MARK };
    format!("{}{open}{}{close}{}", &text[..start], &text[start..end.max(start)], &text[end.max(start)..])
}
