//! Draws an error as people read it: message, the place in their own text with a caret, and a way out.
//!
//! ```text
//! error: unknown relation `oppose`
//!  | MATCH (a)-[:OPPOSE]->(p)
//!  |             ^^^^^^
//! hint: did you mean REJECTS?
//! ```

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::Look;
use super::visible::visible;
use crate::query::QueryError;
use crate::text::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The work stopped.
    Error,
    /// The work went on: "3 lines were left out".
    Warning,
}

/// A message about the user's text or files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Lower case, no full stop, the user's own word in backquotes.
    pub message: String,
    /// The text it is about and the place in it.
    pub excerpt: Option<Excerpt>,
    /// Ways out, one a line.
    pub hints: Vec<String>,
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The whole text: a query, a line of a file.
    pub text: String,
    /// The place; moved to the nearest characters when it does not fit the text.
    pub span: Span,
    /// Where the text stands, "questions.cypher"; `None` for what was typed.
    pub path: Option<String>,
}

impl Diagnostic {
    /// An error without excerpt or hint.
    pub fn error(message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, message: message.into(), excerpt: None, hints: Vec::new() }
    }

    /// A warning without excerpt or hint.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message) }
    }

    /// What is wrong with a query, shown in its text.
    pub fn of_query(error: &QueryError, text: &str) -> Self {
        let diagnostic = Self::error(error.message.as_str()).hint(error.hint.as_deref().unwrap_or_default());
        match error.span {
            Some(span) => diagnostic.at(text, span),
            None => diagnostic,
        }
    }

    /// The same with a place in a text.
    #[must_use]
    pub fn at(mut self, text: &str, span: Span) -> Self {
        self.excerpt = Some(Excerpt { text: text.to_owned(), span, path: None });
        self
    }

    /// The same with a way out; an empty one changes nothing.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.extend(Some(hint.into()).filter(|hint| !hint.is_empty()));
        self
    }
}

/// The diagnostic as lines of text, the last one without a line break.
pub fn draw(diagnostic: &Diagnostic, look: Look) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(one_line(&diagnostic.message)));
    if let Some(excerpt) = diagnostic.excerpt.as_ref().filter(|excerpt| !excerpt.text.trim().is_empty()) {
        let several = excerpt.text.trim_end().contains('\n');
        let snippet = Snippet::source(excerpt.text.as_str())
            .line_numbering(several)
            .path(excerpt.path.as_deref())
            .annotation(AnnotationKind::Primary.span(inside(excerpt.span, &excerpt.text)));
        group = group.element(snippet);
    }
    let hints = diagnostic
        .hints
        .iter()
        .map(|hint| Group::with_title(Level::HELP.with_name("hint").secondary_title(one_line(hint))));
    let report: Vec<Group<'_>> = std::iter::once(group).chain(hints).collect();
    let renderer = match look {
        Look::Plain => Renderer::plain(),
        Look::Coloured => Renderer::styled(),
    };
    without_gaps(&renderer.render(&report))
}

/// The drawing without the lines that hold nothing but a rule: a message of one line needs no air around it.
fn without_gaps(drawn: &str) -> String {
    let says_something = |line: &&str| anstream::adapter::strip_str(line).to_string().trim() != "|";
    drawn.lines().filter(says_something).collect::<Vec<_>>().join("\n")
}

/// A message keeps to its line whatever word of the user's, or of an article's, it carries.
fn one_line(message: &str) -> String {
    visible(&message.replace(['\n', '\r', '\t'], " ")).into_owned()
}

/// The span as a range that the text has: on character boundaries, and one character wide when it is empty.
fn inside(span: Span, text: &str) -> std::ops::Range<usize> {
    let start = floor(text, span.start);
    let next = text[start..].chars().next().map_or(start, |letter| start + letter.len_utf8());
    start..floor(text, span.end).max(next)
}

/// The last character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&place| text.is_char_boundary(place)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_word() {
        let diagnostic = Diagnostic::error("unknown relation `oppose`")
            .at("who oppose talks", Span::new(4, 10))
            .hint("did you mean `rejects`?");
        let drawn = draw(&diagnostic, Look::Plain);
        assert!(drawn.contains("error: unknown relation `oppose`"), "{drawn}");
        let lines: Vec<&str> = drawn.lines().collect();
        let source = lines.iter().position(|line| line.contains("who oppose talks")).unwrap();
        assert_eq!(lines[source].find("oppose"), lines[source + 1].find('^'), "{drawn}");
        assert!(drawn.ends_with("hint: did you mean `rejects`?"), "{drawn}");
    }

    #[test]
    fn any_span_of_any_text_is_drawn() {
        for text in ["", "who", "è", "日本 says", "a\nb\n", "a\r\nb", "\t\u{1b}[31mx", "e\u{301}"] {
            for start in 0..12 {
                for end in start..12 {
                    let drawn = draw(&Diagnostic::error("x").at(text, Span::new(start, end)), Look::Coloured);
                    assert!(drawn.contains('x'), "{text:?} {start}..{end}");
                }
            }
        }
    }
}
