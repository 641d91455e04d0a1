//! What can be seen of a text without its grammar: quotation marks, comments, brackets, the ends of statements.
//!
//! Used to take a script apart, to refuse bracket mountains before they exhaust the stack, and to name a quotation mark that
//! has no partner.

use crate::query::error::{Detail, QueryError};
use crate::text::Span;

/// One statement or session command of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Which of the two.
    pub kind: PieceKind,
    /// Where it stands, without the `;` and without blanks around it.
    pub span: Span,
}

/// What a piece of a script is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// `MATCH (a) RETURN a;`
    Statement,
    /// `:format json`, up to the end of its line
    Command,
}

/// A stretch of text, as far as it can be told without the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme {
    /// A quoted string or name, its quotation marks included.
    Quoted { closed: bool },
    /// A comment.
    Comment { closed: bool },
    /// `(`, `[`, `{`
    Open,
    /// `)`, `]`, `}`
    Close,
    /// `;`
    Semicolon,
    /// End of a line.
    Newline,
    /// A space or tab.
    Blank,
    /// Any other character.
    Other,
}

/// The lexemes of a text, which cover it without gaps.
pub(super) fn lexemes(text: &str) -> impl Iterator<Item = (Lexeme, Span)> {
    let mut start = 0;
    let mut fresh_line = true;
    let mut in_word = false;
    std::iter::from_fn(move || {
        let rest = text.get(start..)?;
        let first = rest.chars().next()?;
        // The apostrophe of "Trump's team" in a question opens no string.
        let (lexeme, length) =
            if in_word && first == '\'' { (Lexeme::Other, 1) } else { lexeme(rest, first, fresh_line) };
        in_word = first.is_alphanumeric();
        fresh_line = match lexeme {
            Lexeme::Newline => true,
            Lexeme::Blank => fresh_line,
            _ => false,
        };
        let span = Span::new(start, start + length);
        start += length;
        Some((lexeme, span))
    })
}

/// The lexeme that a text starts with, and its length.
fn lexeme(text: &str, first: char, fresh_line: bool) -> (Lexeme, usize) {
    match first {
        '\'' | '"' => quoted(text, first),
        '`' => delimited(text, 1, "`", |closed| Lexeme::Quoted { closed }),
        '/' if text.starts_with("//") => (Lexeme::Comment { closed: true }, text.find('\n').unwrap_or(text.len())),
        '/' if text.starts_with("/*") => delimited(text, 2, "*/", |closed| Lexeme::Comment { closed }),
        '#' if fresh_line => (Lexeme::Comment { closed: true }, text.find('\n').unwrap_or(text.len())),
        '(' | '[' | '{' => (Lexeme::Open, 1),
        ')' | ']' | '}' => (Lexeme::Close, 1),
        ';' => (Lexeme::Semicolon, 1),
        '\n' => (Lexeme::Newline, 1),
        ' ' | '\t' | '\r' => (Lexeme::Blank, 1),
        other => (Lexeme::Other, other.len_utf8()),
    }
}

/// A string, in which a backslash takes the next character's meaning away.
fn quoted(text: &str, quote: char) -> (Lexeme, usize) {
    let mut escaped = false;
    for (position, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return (Lexeme::Quoted { closed: true }, position + 1),
            _ => {}
        }
    }
    (Lexeme::Quoted { closed: false }, text.len())
}

/// A stretch up to its closing mark.
fn delimited(text: &str, skip: usize, close: &str, lexeme: fn(bool) -> Lexeme) -> (Lexeme, usize) {
    match text[skip..].find(close) {
        Some(position) => (lexeme(true), skip + position + close.len()),
        None => (lexeme(false), text.len()),
    }
}

/// Takes a script apart at its semicolons; pieces of comments and blanks only are left out.
pub fn split_script(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut current: Option<Piece> = None;
    for (lexeme, span) in lexemes(text) {
        let command = current.is_some_and(|piece| piece.kind == PieceKind::Command);
        match lexeme {
            Lexeme::Newline if command => pieces.extend(current.take()),
            Lexeme::Semicolon if !command => pieces.extend(current.take()),
            Lexeme::Newline | Lexeme::Blank | Lexeme::Comment { closed: true } => {}
            _ => extend(&mut current, text, span),
        }
    }
    pieces.extend(current);
    pieces
}

/// Makes the current piece longer, or starts one.
fn extend(current: &mut Option<Piece>, text: &str, span: Span) {
    match current {
        Some(piece) => piece.span.end = span.end,
        None => {
            let kind = if span.of(text) == ":" { PieceKind::Command } else { PieceKind::Statement };
            *current = Some(Piece { kind, span });
        }
    }
}

/// Refuses a text whose brackets nest more deeply than `limit`.
pub(super) fn check_brackets(text: &str, limit: usize) -> Result<(), QueryError> {
    let mut depth = 0usize;
    for (lexeme, span) in lexemes(text) {
        match lexeme {
            Lexeme::Open => depth += 1,
            Lexeme::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            return Err(QueryError::syntax(Detail::TooDeep, format!("brackets nested more than {limit} deep"), span));
        }
    }
    Ok(())
}

/// The error for the first quotation mark or comment that is never closed, if there is one.
pub(super) fn unclosed(text: &str) -> Option<QueryError> {
    let (lexeme, span) = lexemes(text)
        .find(|(lexeme, _)| matches!(lexeme, Lexeme::Quoted { closed: false } | Lexeme::Comment { closed: false }))?;
    let (mark, length) = match lexeme {
        Lexeme::Comment { .. } => ("/*", 2),
        _ => (&span.of(text)[..1], 1),
    };
    let place = Span::new(span.start, span.start + length);
    let message = format!("`{mark}` is never closed");
    let close = if mark == "/*" { "*/" } else { mark };
    Some(
        QueryError::syntax(Detail::UnexpectedSyntax, message, place).hint(format!("add `{close}` where it should end")),
    )
}

/// The place of the innermost bracket that is open at the end of the text, if any.
pub(super) fn open_bracket(text: &str) -> Option<Span> {
    let mut open = Vec::new();
    for (lexeme, span) in lexemes(text) {
        match lexeme {
            Lexeme::Open => open.push(span),
            Lexeme::Close => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_come_apart_at_semicolons() {
        for (text, pieces) in [
            ("RETURN 1; RETURN 2", &["RETURN 1", "RETURN 2"][..]),
            ("#!/usr/bin/env demarche\nRETURN ';' ; # not a comment", &["RETURN ';'", "# not a comment"]),
            ("// a; b\n/* c; d */ RETURN 1;;", &["RETURN 1"]),
            (":format json; x\nRETURN 1\n# end", &[":format json; x", "RETURN 1"]),
            ("RETURN `a;b` ; \n  # c;\n RETURN \"\\\";\"", &["RETURN `a;b`", "RETURN \"\\\";\""]),
            ("", &[]),
        ] {
            let found: Vec<_> = split_script(text).iter().map(|piece| piece.span.of(text)).collect();
            assert_eq!(found, pieces, "{text}");
        }
    }

    #[test]
    fn marks_without_partner_are_named() {
        for (text, message) in [
            ("RETURN 'a", Some("`'` is never closed")),
            ("RETURN \"it's\" + `b", Some("`` ` `` is never closed")),
            ("RETURN 1 /* a", Some("`/*` is never closed")),
            ("RETURN 'a' // '", None),
        ] {
            let message = message.map(|message| message.replace("`` ` ``", "```"));
            assert_eq!(unclosed(text).map(|error| error.message), message, "{text}");
        }
    }
}
