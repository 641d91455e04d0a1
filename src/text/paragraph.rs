//! Cuts a text into paragraphs: lines are paragraphs, except in text that was wrapped at a fixed width.
//!
//! A blank line always ends a paragraph. A line break inside a block is taken for wrapping when the text shows it: lines
//! are short, the first word of the next line would not have fitted, and sentences run on over the breaks in lower case.

use super::Span;
use super::character::{is_space, run_end};

/// The widest line, in characters, of text that may have been wrapped; mail and e-texts use 60 to 100.
const WIDEST: usize = 130;

/// A line without the white space around it.
#[derive(Clone, Copy)]
struct Line {
    span: Span,
    /// Width in characters, with leading white space.
    width: usize,
    /// Width of the first word.
    first_word: usize,
}

/// The paragraphs of `text`, in order, without surrounding white space and never empty.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let blocks = blocks(text);
    // A line that is one long word, such as an address, is wider than it was meant to be.
    let meant = blocks.iter().flatten().filter(|line| line.first_word < line.width);
    let width = meant.map(|line| line.width).max().unwrap_or(0);
    if width > WIDEST || !is_wrapped(text, &blocks, width) {
        return blocks.into_iter().flatten().map(|line| line.span).collect();
    }
    let mut spans: Vec<Span> = Vec::new();
    for block in blocks {
        let mut last: Option<Line> = None;
        for line in block {
            match (last, spans.last_mut()) {
                (Some(above), Some(span)) if is_full(&above, &line, width) => *span = span.cover(line.span),
                _ => spans.push(line.span),
            }
            last = Some(line);
        }
    }
    spans
}

/// The lines of `text` that are not blank, in blocks that blank lines separate.
fn blocks(text: &str) -> Vec<Vec<Line>> {
    let mut blocks = vec![Vec::new()];
    let mut start = 0;
    for piece in text.split_inclusive(['\n', '\u{2028}', '\u{2029}']) {
        let end = start + piece.len();
        match line(text, start, end) {
            Some(line) => {
                if let Some(block) = blocks.last_mut() {
                    block.push(line);
                }
            }
            None if blocks.last().is_some_and(|block| !block.is_empty()) => blocks.push(Vec::new()),
            None => {}
        }
        start = end;
    }
    blocks
}

/// The line in `start..end`; `None` when it is blank.
fn line(text: &str, start: usize, end: usize) -> Option<Line> {
    let whole = text.get(start..end)?;
    let inner = whole.trim_matches(is_space);
    if inner.is_empty() {
        return None;
    }
    let indent = run_end(whole, 0, is_space);
    let first_word = inner.split(is_space).next().unwrap_or("").chars().count();
    let width = whole.get(..indent).map_or(0, |space| space.chars().count()) + inner.chars().count();
    let from = start + indent;
    Some(Line { span: Span::new(from, from + inner.len()), width, first_word })
}

/// Whether the first word of `next` would not have fitted behind `line`.
fn is_full(line: &Line, next: &Line, width: usize) -> bool {
    line.width + 1 + next.first_word > width
}

/// Whether the line breaks inside blocks come from wrapping at `width`: sentences run on over a third of the full lines.
fn is_wrapped(text: &str, blocks: &[Vec<Line>], width: usize) -> bool {
    let pairs = blocks.iter().flat_map(|block| block.windows(2)).filter_map(|pair| match pair {
        [line, next] => Some((line, next)),
        _ => None,
    });
    let (mut breaks, mut full, mut runs_on) = (0, 0, 0);
    for (line, next) in pairs {
        breaks += 1;
        if is_full(line, next, width) {
            full += 1;
            let ends = line.span.of(text).ends_with(['.', '?', '!', '”', '"', ':', '…']);
            let continues = next.span.of(text).starts_with(char::is_lowercase);
            runs_on += usize::from(continues && !ends);
        }
    }
    full > 0 && full * 2 >= breaks && runs_on * 3 >= full
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn lines_of_news_are_paragraphs() {
        for (text, expected) in [
            ("", vec![]),
            (" \n\t\n", vec![]),
            ("One.\nTwo.\r\n\r\nThree.", vec!["One.", "Two.", "Three."]),
            (
                "Envoys from Orsa and Velmar meet today\nTalks went on.",
                vec!["Envoys from Orsa and Velmar meet today", "Talks went on."],
            ),
            ("\u{feff}One.\u{2029}Two.", vec!["One.", "Two."]),
        ] {
            assert_eq!(cut(text), expected, "{text:?}");
        }
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let address = format!(
            "The envoys of Orsa met in the hotel by\nthe lake; the terms are at\nhttp://herald.example/{}\nfor all to see.",
            "x".repeat(150)
        );
        assert_eq!(cut(&address).len(), 1, "{address}");
        let text = "Envoys meet in Orsa\n\nThe envoys of Orsa and Velmar met on\nMonday in a hotel by the lake, but\nthey did not sign.\nA second day was planned.";
        assert_eq!(
            cut(text),
            [
                "Envoys meet in Orsa",
                "The envoys of Orsa and Velmar met on\nMonday in a hotel by the lake, but\nthey did not sign.",
                "A second day was planned."
            ]
        );
    }
}
