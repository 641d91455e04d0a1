//! The tokens of a text as the scorer of attributions counts them, and which of them stand in quotation marks.
//!
//! A token is a run of letters and digits with apostrophes inside; white space and marks are none, and so never cost
//! anything. A quotation ends at the latest where its line ends.

use std::ops::Range;

/// A text cut into tokens. All offsets are code points.
pub(super) struct Tokens {
    letters: Vec<char>,
    /// Start and end of each token.
    words: Vec<(usize, usize)>,
    /// Start and end of each quotation, its marks included.
    quotations: Vec<(usize, usize)>,
}

impl Tokens {
    pub(super) fn new(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        Self { words: words(&letters), quotations: quotations(&letters), letters }
    }

    /// How many code points the text has.
    pub(super) fn length(&self) -> usize {
        self.letters.len()
    }

    /// The numbers of the tokens that begin in a span.
    pub(super) fn within(&self, [start, end]: [usize; 2]) -> Range<usize> {
        let first = self.words.partition_point(|&(word, _)| word < start);
        first..self.words.partition_point(|&(word, _)| word < end).max(first)
    }

    /// The places of a span that are no white space.
    pub(super) fn marks(&self, [start, end]: [usize; 2]) -> impl Iterator<Item = usize> + '_ {
        (start..end.min(self.letters.len())).filter(|&place| !self.letters[place].is_whitespace())
    }

    /// Whether a place stands in a quotation.
    pub(super) fn is_quoted(&self, place: usize) -> bool {
        self.quotations.iter().any(|&(start, end)| (start..end).contains(&place))
    }

    /// Whether a token begins in a quotation.
    pub(super) fn is_word_quoted(&self, word: usize) -> bool {
        self.is_quoted(self.words[word].0)
    }

    /// A token in lower case.
    pub(super) fn lower(&self, word: usize) -> String {
        let (start, end) = self.words[word];
        self.letters[start..end].iter().collect::<String>().to_lowercase()
    }

    /// What stands between two tokens.
    pub(super) fn between(&self, left: usize, right: usize) -> &[char] {
        &self.letters[self.words[left].1..self.words[right].0]
    }
}

fn words(letters: &[char]) -> Vec<(usize, usize)> {
    let is_letter = |place: usize| letters.get(place).is_some_and(|letter| letter.is_alphanumeric());
    let mut words = Vec::new();
    let mut place = 0;
    while place < letters.len() {
        if !is_letter(place) {
            place += 1;
            continue;
        }
        let start = place;
        while is_letter(place) || matches!(letters.get(place), Some('\'' | '’')) && is_letter(place + 1) {
            place += 1;
        }
        words.push((start, place));
    }
    words
}

/// What a place does to quotations.
enum Edge {
    Opens,
    Closes,
    /// A straight mark, which does either.
    Straight,
    LineEnd,
    Nothing,
}

fn quotations(letters: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut place = 0;
    while place < letters.len() {
        let (edge, width) = edge(letters, place);
        let end = place + width;
        let spaced = |place: Option<&char>| place.is_none_or(|letter| letter.is_whitespace());
        match (edge, open) {
            (Edge::LineEnd, Some(start)) => {
                found.push((start, place));
                open = None;
            }
            (Edge::Opens, None) => open = Some(place),
            (Edge::Straight, None) if !spaced(letters.get(end)) => open = Some(place),
            (Edge::Straight, Some(_)) if place > 0 && spaced(letters.get(place - 1)) && !spaced(letters.get(end)) => {}
            (Edge::Closes | Edge::Straight, Some(start)) => {
                found.push((start, end));
                open = None;
            }
            _ => {}
        }
        place = end;
    }
    found.extend(open.map(|start| (start, letters.len())));
    found
}

/// What stands at a place, and how wide it is.
fn edge(letters: &[char], place: usize) -> (Edge, usize) {
    match letters[place] {
        '\n' => (Edge::LineEnd, 1),
        '“' => (Edge::Opens, 1),
        '”' => (Edge::Closes, 1),
        '"' => (Edge::Straight, 1),
        '\'' if letters.get(place + 1) == Some(&'\'') => (Edge::Straight, 2),
        _ => (Edge::Nothing, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_end_with_their_line() {
        for (text, expected) in [
            ("A ''b c'' d", vec!["''b c''"]),
            ("“one\n“two” x \"3", vec!["“one", "“two”", "\"3"]),
            ("to \"rebuild\" the port", vec!["\"rebuild\""]),
        ] {
            let tokens = Tokens::new(text);
            let cut = |&(start, end): &(usize, usize)| tokens.letters[start..end].iter().collect::<String>();
            assert_eq!(tokens.quotations.iter().map(cut).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn tokens_keep_their_apostrophes() {
        let tokens = Tokens::new("Orsa's 'no', $5_a");
        let words: Vec<String> = (0..tokens.words.len()).map(|word| tokens.lower(word)).collect();
        assert_eq!(words, ["orsa's", "no", "5", "a"]);
    }
}
