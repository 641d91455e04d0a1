//! Colours of a line while it is typed: keywords, names in quotation marks, numbers and dates, labels, comments.
//!
//! Colours only help the eye: nothing is told by them alone, and no character is added or taken away, since the editor counts
//! cells. Whether a terminal wants colours is the editor's business.

use super::completion::is_keyword;
use crate::cli::session::script::is_pattern;

/// What a stretch of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Keyword,
    Quoted,
    Number,
    Label,
    Command,
    Comment,
    Plain,
}

impl Kind {
    /// The sequence that opens it; empty for what has no colour. All are legible on light and on dark ground.
    fn opening(self) -> &'static str {
        match self {
            Self::Keyword => "\u{1b}[1;34m",
            Self::Quoted => "\u{1b}[32m",
            Self::Number => "\u{1b}[35m",
            Self::Label => "\u{1b}[36m",
            Self::Command => "\u{1b}[1;36m",
            Self::Comment => "\u{1b}[2m",
            Self::Plain => "",
        }
    }
}

/// The line with colours.
pub(super) fn coloured(line: &str) -> String {
    let mut drawn = String::with_capacity(2 * line.len());
    for (kind, text) in pieces(line) {
        let opening = kind.opening();
        drawn.extend([opening, text, if opening.is_empty() { "" } else { "\u{1b}[0m" }]);
    }
    drawn
}

/// The stretches of a line, in order; together they are the line.
fn pieces(line: &str) -> Vec<(Kind, &str)> {
    let pattern = is_pattern(line);
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let at_start = rest.len() == line.len();
        let before = line[..line.len() - rest.len()].chars().next_back();
        let (kind, length) = piece(rest, first, before, at_start, pattern);
        found.push((kind, &rest[..length]));
        rest = &rest[length..];
    }
    found
}

/// What begins at a place, and how many bytes it has; at least one character.
fn piece(rest: &str, first: char, before: Option<char>, at_start: bool, pattern: bool) -> (Kind, usize) {
    let word = |from: usize| {
        let end = rest[from..].find(|letter: char| !letter.is_alphanumeric() && letter != '_');
        end.map_or(rest.len(), |end| from + end)
    };
    let opens_quotation = !before.is_some_and(char::is_alphanumeric);
    match first {
        ':' if at_start => (Kind::Command, word(1)),
        '#' if at_start => (Kind::Comment, rest.len()),
        '/' if rest.starts_with("//") => (Kind::Comment, rest.find('\n').unwrap_or(rest.len())),
        '"' | '\'' | '`' if opens_quotation => (Kind::Quoted, rest[1..].find(first).map_or(rest.len(), |end| end + 2)),
        ':' | '|' if pattern && word(1) > 1 => (Kind::Label, word(1)),
        '$' => (Kind::Number, word(1)),
        '0'..='9' if opens_quotation => {
            let end = rest.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '-' | '.'));
            (Kind::Number, end.unwrap_or(rest.len()))
        }
        _ if first.is_alphanumeric() => {
            let end = word(0);
            (if is_keyword(&rest[..end], pattern) { Kind::Keyword } else { Kind::Plain }, end)
        }
        _ => (Kind::Plain, first.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_told_apart() {
        for (line, shown) in [
            ("who rejects \"the plan\" since 2031-01-02", "K:who K:rejects Q:\"the plan\" K:since N:2031-01-02"),
            ("positions of Mira Dalen", "K:positions K:of"),
            ("MATCH (a:Actor)-[:SAYS|ASKS]->(p) // why", "K:MATCH L::Actor L::SAYS L:|ASKS O:// why"),
            ("RETURN $name, 4.5", "K:RETURN N:$name N:4.5"),
            (":why 2", "C::why N:2"),
            ("statements by Vark's aide", "K:statements K:by"),
            ("who rejects \"open", "K:who K:rejects Q:\"open"),
            ("è 停 👩‍🚒", ""),
        ] {
            let letter = |kind| match kind {
                Kind::Keyword => "K",
                Kind::Quoted => "Q",
                Kind::Number => "N",
                Kind::Label => "L",
                Kind::Command => "C",
                Kind::Comment => "O",
                Kind::Plain => "",
            };
            let found = pieces(line);
            let told: Vec<String> = found
                .iter()
                .filter(|(kind, _)| *kind != Kind::Plain)
                .map(|(kind, text)| format!("{}:{text}", letter(*kind)))
                .collect();
            assert_eq!(told.join(" "), shown, "{line}");
            assert_eq!(found.iter().map(|(_, text)| *text).collect::<String>(), line);
        }
    }
}
