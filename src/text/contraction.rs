//! Cuts a written word into its Universal Dependencies words: "don't" is "do" and "n't", "Russia's" is "Russia" and "'s".
//!
//! The endings and the irregular words are rows of `contractions.tsv`.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::lexicon::{LexiconError, Lexicons};

/// The longest irregular contraction in bytes; a longer word is not looked up.
const LONGEST: usize = 16;

/// The words and endings that are cut.
#[derive(Debug)]
pub(super) struct Contractions {
    /// Lower-case form with straight apostrophes -> lengths of its words in characters.
    whole: HashMap<String, Vec<usize>>,
    /// "'s", "n't": lower case, with their apostrophe.
    endings: HashSet<String>,
    /// "its" -> where it is cut, and before which words.
    careless: HashMap<String, (usize, HashSet<String>)>,
}

#[derive(Deserialize)]
struct Row {
    form: String,
}

#[derive(Deserialize)]
struct CarelessRow {
    form: String,
    before: String,
}

impl Contractions {
    /// Reads `contractions.tsv`.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let rows: Vec<Row> = lexicons.rows("contractions.tsv", include_str!("../../data/contractions.tsv"))?;
        let mut contractions = Self { whole: HashMap::new(), endings: HashSet::new(), careless: HashMap::new() };
        for Row { form } in rows {
            if let Some(ending) = form.strip_prefix('|') {
                contractions.endings.insert(ending.to_owned());
            } else {
                let lengths = form.split('|').map(|part| part.chars().count()).collect();
                contractions.whole.insert(form.replace('|', ""), lengths);
            }
        }
        let file = include_str!("../../data/careless_contractions.tsv");
        let rows: Vec<CarelessRow> = lexicons.rows("careless_contractions.tsv", file)?;
        for CarelessRow { form, before } in rows {
            let cut = form.find('|').unwrap_or(form.len());
            let words = before.split(' ').map(str::to_owned).collect();
            contractions.careless.insert(form.replace('|', ""), (cut, words));
        }
        Ok(contractions)
    }

    /// Where `word`, which a careless writer left without its apostrophe, is cut before the word `next`: "its not".
    pub(super) fn careless_cut(&self, word: &str, next: &str) -> Option<usize> {
        let likely = (3..=5).contains(&word.len()) && word.ends_with(['s', 'r', 'e', 'S', 'R', 'E']);
        let (cut, before) = likely.then(|| self.careless.get(&word.to_ascii_lowercase())).flatten()?;
        before.contains(&next.to_ascii_lowercase()).then_some(*cut)
    }

    /// Whether `text`, an apostrophe and letters, is an ending such as "'s".
    pub(super) fn is_ending(&self, text: &str) -> bool {
        text.len() <= LONGEST && self.endings.contains(&straight(text))
    }

    /// Whether `text` is a word that keeps its apostrophe: "'em", "o'clock".
    pub(super) fn is_kept(&self, text: &str) -> bool {
        text.len() <= LONGEST && self.whole.get(&straight(text)).is_some_and(|lengths| lengths.len() == 1)
    }

    /// Where `word` is cut: byte offsets inside it, in order; none when it is one word.
    pub(super) fn cuts(&self, word: &str) -> Vec<usize> {
        if word.len() <= LONGEST
            && let Some(lengths) = self.whole.get(&straight(word))
        {
            return offsets(word, lengths);
        }
        let mut cuts = Vec::new();
        let mut rest = word;
        while let Some(cut) = self.ending(rest) {
            cuts.push(cut);
            rest = rest.get(..cut).unwrap_or("");
        }
        cuts.reverse();
        cuts
    }

    /// Where the last ending of `word` begins.
    fn ending(&self, word: &str) -> Option<usize> {
        let apostrophe = word.rfind(is_apostrophe)?;
        let stem = word.get(..apostrophe)?;
        let negated = stem.char_indices().next_back().map(|(at, _)| at).filter(|at| *at > 0);
        if let Some(at) = negated
            && word.get(at..).is_some_and(|ending| self.is_ending(ending))
        {
            return Some(at);
        }
        // "the 1990's" and "747's" are one token in the treebanks.
        let has_letter = stem.chars().any(char::is_alphabetic);
        (has_letter && word.get(apostrophe..).is_some_and(|ending| self.is_ending(ending))).then_some(apostrophe)
    }
}

/// Whether `character` can be the apostrophe inside a word; some keyboards give a backtick for it.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '`')
}

/// `text` in lower case with straight apostrophes, the spelling of the list.
fn straight(text: &str) -> String {
    text.chars().map(|character| if is_apostrophe(character) { '\'' } else { character.to_ascii_lowercase() }).collect()
}

/// Byte offsets of the cuts that leave words of the given lengths.
fn offsets(word: &str, lengths: &[usize]) -> Vec<usize> {
    let mut count = 0;
    let inner = lengths.iter().take(lengths.len().saturating_sub(1));
    inner
        .filter_map(|length| {
            count += length;
            word.char_indices().nth(count).map(|(at, _)| at)
        })
        .collect()
}
