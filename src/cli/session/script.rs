//! Takes a script apart: statements, questions and session commands, each with its place.
//!
//! A pattern ends with `;`, a question also with its line, a session command with its line. The first word decides which
//! of them a statement is.

use demarche::query::parser::{PieceKind, split_script};
use demarche::text::Span;

/// Words that begin a statement of the pattern layer.
const CLAUSES: [&str; 5] = ["match", "optional", "unwind", "with", "return"];

/// What a piece of a script is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A question or a pattern.
    Statement,
    /// A line that begins with `:`.
    Command,
}

/// The pieces of a script, in order, each with its place.
pub(crate) fn pieces(text: &str) -> Vec<(Kind, Span)> {
    let mut found = Vec::new();
    for piece in split_script(text) {
        match piece.kind {
            PieceKind::Command => found.push((Kind::Command, piece.span)),
            PieceKind::Statement => push_statements(&mut found, text, piece.span),
        }
    }
    found
}

/// A stretch between semicolons: questions line by line, until a line begins a pattern, which takes the rest.
fn push_statements(found: &mut Vec<(Kind, Span)>, text: &str, span: Span) {
    let mut start = span.start;
    for line in span.of(text).split_inclusive('\n') {
        let trimmed = line.trim_start();
        let place = start + line.len() - trimmed.len();
        let line_span = Span::new(place, place + trimmed.trim_end().len());
        if is_pattern(trimmed) {
            return found.push((Kind::Statement, Span::new(place, span.end)));
        }
        if trimmed.starts_with(':') {
            found.push((Kind::Command, line_span));
        } else if !trimmed.is_empty() && !trimmed.starts_with('#') && !trimmed.starts_with("//") {
            found.push((Kind::Statement, line_span));
        }
        start += line.len();
    }
}

/// Whether a statement belongs to the pattern layer, by its first word.
pub(crate) fn is_pattern(statement: &str) -> bool {
    let is = |word: &str, other: &str| word.eq_ignore_ascii_case(other);
    let mut words = statement.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.find(|word| !is(word, "explain") && !is(word, "profile")).unwrap_or_default();
    CLAUSES.iter().any(|clause| is(first, clause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_end_with_their_line_and_patterns_do_not() {
        for (text, expected) in [
            ("who rejects talks\nwho supports talks", "who rejects talks|who supports talks"),
            ("MATCH (a)\nRETURN a; who rejects talks", "MATCH (a)\nRETURN a|who rejects talks"),
            ("#!/usr/bin/env demarche\n# talk\nwho rejects talks # quietly", "who rejects talks # quietly"),
            ("who rejects talks\nMATCH (a)\nRETURN a", "who rejects talks|MATCH (a)\nRETURN a"),
            (":format json\nwho rejects talks;", ":format json|who rejects talks"),
            ("who rejects talks\n:format json\nactors", "who rejects talks|:format json|actors"),
            ("who rejects talks\n\n// no\n\nactors\n", "who rejects talks|actors"),
            ("explain\nMATCH (a) RETURN a", "explain|MATCH (a) RETURN a"),
            ("  \n;;", ""),
        ] {
            let found: Vec<&str> = pieces(text).iter().map(|(_, span)| span.of(text)).collect();
            assert_eq!(found.join("|"), expected, "{text}");
        }
    }
}
