//! Decides whether a full stop belongs to the word before it: "Mr.", "U.S.", "J. Holt", but not "plan B. He".
//!
//! Whether such a stop *also* ends the sentence ("in the U.S. He left") is for `sentence` to say; this file tells it what
//! kind of abbreviation it meets.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::character::{after, before, is_space, is_word, next_word, run_end};
use crate::lexicon::{LexiconError, Lexicons};

/// How an abbreviation behaves before the next word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum AbbreviationKind {
    /// "Gen." Kovac: never ends a sentence.
    Title,
    /// "vs.": never ends a sentence.
    Inner,
    /// "Inc.", "Sept.": may end one.
    Closing,
    /// "No." 10: an abbreviation only before a digit.
    Number,
    /// "etc.": an abbreviation only inside a sentence; at its end the treebanks make the stop a token.
    Inside,
}

/// The abbreviations, and the words that tell that a new sentence begins after one.
#[derive(Debug)]
pub(super) struct Abbreviations {
    kinds: HashMap<String, AbbreviationKind>,
    starters: HashSet<String>,
}

#[derive(Deserialize)]
struct AbbreviationRow {
    abbreviation: String,
    kind: AbbreviationKind,
}

#[derive(Deserialize)]
struct StarterRow {
    word: String,
}

impl Abbreviations {
    /// Reads `abbreviations.tsv` and `sentence_starters.tsv`.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let rows = lexicons.rows("abbreviations.tsv", include_str!("../../data/abbreviations.tsv"))?;
        let starters = lexicons.rows("sentence_starters.tsv", include_str!("../../data/sentence_starters.tsv"))?;
        let mut kinds = HashMap::new();
        for AbbreviationRow { abbreviation, kind } in rows {
            // "b. 1960" is an abbreviation; the "B." of "B. Holt" is an initial.
            if abbreviation.chars().count() > 2 {
                kinds.insert(abbreviation.to_uppercase(), kind);
                if !abbreviation.chars().any(char::is_uppercase) {
                    kinds.insert(capitalised(&abbreviation), kind);
                }
            }
            kinds.insert(abbreviation, kind);
        }
        Ok(Self { kinds, starters: starters.into_iter().map(|row: StarterRow| row.word).collect() })
    }

    /// The kind of `form`, which carries its full stop; "U.S." and other dotted letters are `Closing`.
    pub(super) fn kind(&self, form: &str) -> Option<AbbreviationKind> {
        let known = self.kinds.get(form).copied();
        known.or_else(|| is_dotted(form).then_some(AbbreviationKind::Closing))
    }

    /// Whether `word` begins sentences when it is capitalised: "The", "However".
    pub(super) fn starts_sentences(&self, word: &str) -> bool {
        word.chars().next().is_some_and(char::is_uppercase) && self.starters.contains(&word.to_lowercase())
    }

    /// Whether the full stop at byte `stop` belongs to the word `start..stop` of the paragraph `text`.
    pub(super) fn takes_stop(&self, text: &str, start: usize, stop: usize) -> bool {
        let (Some(word), Some(form)) = (text.get(start..stop), text.get(start..=stop)) else { return false };
        match self.kind(form) {
            Some(AbbreviationKind::Number) => {
                let next = run_end(text, stop + 1, is_space);
                after(text, next).is_some_and(|character| character.is_ascii_digit())
            }
            Some(AbbreviationKind::Inside) => {
                let next = run_end(text, stop + 1, is_space);
                after(text, next).is_some_and(|character| !character.is_uppercase())
            }
            Some(_) => true,
            None => is_initial(word) && self.follows_initial(text, start, stop + 1),
        }
    }

    /// Whether what stands around a capital and its stop makes them an initial: "J. Holt", not "plan B. He left".
    fn follows_initial(&self, text: &str, start: usize, end: usize) -> bool {
        let word = next_word(text, end);
        let Some(first) = word.chars().next() else {
            return after(text, end) == Some(',');
        };
        let before_is_lower = before(text, start)
            .filter(|character| is_space(*character))
            .and_then(|_| text.get(..start))
            .and_then(|rest| rest.trim_end().chars().next_back())
            .is_some_and(|character| character.is_lowercase());
        if text.get(start..end) == Some("I.") {
            return word.chars().count() == 1 && first.is_uppercase();
        }
        if after(text, end) == Some(',') {
            return true;
        }
        // A small letter follows in "E. coli".
        first.is_alphabetic() && !(before_is_lower && self.starts_sentences(word))
    }
}

/// Whether `word` is one capital letter.
fn is_initial(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_uppercase) && characters.next().is_none()
}

/// Whether `form` is made of single letters, each with its stop: "U.S.", "p.m."
fn is_dotted(form: &str) -> bool {
    let mut parts = form.strip_suffix('.').unwrap_or("").split('.');
    let single = |part: &str| {
        part.chars().count() == 1 && part.chars().all(|character| is_word(character) && character.is_alphabetic())
    };
    form.matches('.').count() > 1 && parts.all(single)
}

/// `word` with a capital first letter.
fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
