//! The bracket notation of entity mentions in the MISC column: `Entity=(1-person` opens a span, `Entity=1)` closes it.
//!
//! After the opening bracket stand a number and the type, then whatever else a corpus tells, which is skipped; brackets
//! nest, so a word may have several: `Entity=(1-person(2-place)1)`. A file says that it has them in a comment
//! `# global.Entity = GRP-etype-...`, without which a sentence with no bracket means nothing.
//! <https://ufal.mff.cuni.cz/corefud>

use std::fmt::Write as _;
use std::ops::Range;

use super::EntityType;
use super::entity::EntitySpan;

/// The comment that announces the brackets this program writes: a number, one a mention, and a type.
pub(super) const DECLARATION: &str = "# global.Entity = GRP-etype";

/// Spans while the words of a sentence come in.
#[derive(Default)]
pub(super) struct Brackets {
    /// Number in the file, first word and type of each span that is still open.
    open: Vec<(String, usize, EntityType)>,
    closed: Vec<(Range<usize>, EntityType)>,
}

impl Brackets {
    /// Takes the MISC column of word `word`. What is no bracket, and closes nothing that is open, is skipped.
    pub(super) fn read(&mut self, word: usize, misc: &str) {
        let Some(mut rest) = misc.split('|').find_map(|entry| entry.strip_prefix("Entity=")) else {
            return;
        };
        while !rest.is_empty() {
            let opens = rest.starts_with('(');
            let inner = rest.trim_start_matches('(');
            let end = inner.find(['(', ')']).unwrap_or(inner.len());
            let (text, closes) = (&inner[..end], inner[end..].starts_with(')'));
            if opens {
                let mut fields = text.splitn(3, '-');
                let (number, kind) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
                self.open.push((number.to_owned(), word, EntityType::from_name(kind)));
            }
            if closes {
                self.close(word, text.split('-').next().unwrap_or(""));
            }
            rest = &inner[end + usize::from(closes)..];
        }
    }

    /// Closes the innermost open span of this number.
    fn close(&mut self, word: usize, number: &str) {
        if let Some(place) = self.open.iter().rposition(|(open, ..)| open == number) {
            let (_, start, kind) = self.open.remove(place);
            self.closed.push((start..word + 1, kind));
        }
    }

    /// The spans that were closed, by start, the longer before the shorter.
    pub(super) fn finish(mut self) -> Vec<(Range<usize>, EntityType)> {
        self.closed.sort_by_key(|(words, _)| (words.start, std::cmp::Reverse(words.end)));
        self.closed
    }
}

/// The entry of word `word` among `spans`, which are sorted and nest; the first of them is number `first` of the file.
/// Empty when no span begins or ends there.
pub(super) fn entry(spans: &[EntitySpan], first: usize, word: usize) -> String {
    let mut text = String::new();
    for (number, span) in spans.iter().enumerate().filter(|(_, span)| span.words.start == word) {
        let close = if span.words.len() == 1 { ")" } else { "" };
        let _ = write!(text, "({}-{}{close}", first + number, span.kind.as_str());
    }
    let ends = |span: &EntitySpan| span.words.len() > 1 && span.words.end == word + 1;
    for (number, _) in spans.iter().enumerate().rev().filter(|(_, span)| ends(span)) {
        let _ = write!(text, "{})", first + number);
    }
    if text.is_empty() { text } else { format!("Entity={text}") }
}

#[cfg(test)]
mod tests {
    use crate::syntax::{read_conllu, write_conllu};

    /// The spans of a sentence whose words have these MISC columns, and the columns as they are written again.
    fn read_and_written(columns: &str) -> (String, String) {
        let line = |(index, misc): (usize, &str)| format!("{}\tw\t_\tX\tFW\t_\t0\troot\t_\t{misc}\n", index + 1);
        let line = |pair| line(pair).replace("\t0\troot", if pair.0 == 0 { "\t0\troot" } else { "\t1\tdep" });
        let text = columns.split(' ').enumerate().map(line).collect::<String>();
        let sentences = read_conllu(&format!("# global.Entity = GRP-etype-infstat\n{text}\n")).unwrap();
        let spans = sentences[0].entities.iter().flatten();
        let spans = spans.map(|span| format!("{}..{} {}", span.words.start, span.words.end, span.kind.as_str()));
        let written = write_conllu(&sentences);
        let misc = written.lines().filter(|line| line.contains("\tw\t")).filter_map(|line| line.rsplit('\t').next());
        (spans.collect::<Vec<_>>().join(", "), misc.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn brackets_nest_and_are_written_back() {
        for (columns, spans, written) in [
            ("Entity=(7-place)", "0..1 place", "Entity=(1-place)"),
            ("Entity=(3-person-new-1 _ Entity=3)", "0..3 person", "Entity=(1-person _ Entity=1)"),
            ("Entity=(3-person(4-place) Entity=3)", "0..2 person, 0..1 place", "Entity=(1-person(2-place) Entity=1)"),
            ("Entity=(3-person Entity=(4-place)3)", "0..2 person, 1..2 place", "Entity=(1-person Entity=(2-place)1)"),
            ("Entity=(3-a(4-time Entity=4)3)(5-person)", "0..2 time, 0..2 abstract, 1..2 person", ""),
            ("Entity=(3-person|SpaceAfter=No Entity=3)", "0..2 person", "Entity=(1-person|SpaceAfter=No Entity=1)"),
            ("Entity=9) Entity=(3-person _", "", "_ _ _"),
        ] {
            let found = read_and_written(columns);
            assert_eq!(found.0, spans, "{columns}");
            assert!(written.is_empty() || found.1 == written, "{columns}: {}", found.1);
        }
    }
}
