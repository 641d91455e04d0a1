//! Words of two analyses of one text, paired by the characters they cover.
//!
//! White space is ignored, so that text that was cut up otherwise can be compared: a word has a partner when it covers
//! the same characters, and for a part of a contraction also has the same number in it.

use std::collections::BTreeMap;

use crate::syntax::{Relation, TreebankSentence, Word};

/// The two treebanks do not spell the same text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the texts differ at character {place}: gold `{gold}`, system `{system}`")]
pub struct DifferentTexts {
    /// Characters before the difference, white space not counted.
    pub place: usize,
    /// The gold text from there.
    pub gold: String,
    /// The system's text from there.
    pub system: String,
}

/// Where a word stands: first and last character of its token, and its number within a contraction.
pub(super) type Place = (usize, usize, Option<usize>);

/// All sentences of a treebank in one row.
pub(super) struct Flat<'a> {
    /// All characters but white space.
    pub(super) characters: Vec<char>,
    pub(super) tokens: Vec<(usize, usize)>,
    pub(super) sentences: Vec<(usize, usize)>,
    pub(super) words: Vec<FlatWord<'a>>,
}

/// A word and its head, as a number in the whole row.
pub(super) struct FlatWord<'a> {
    pub(super) place: Place,
    pub(super) word: &'a Word,
    head: Option<usize>,
}

impl FlatWord<'_> {
    pub(super) fn relation(&self) -> Relation {
        self.word.relation.universal()
    }
}

impl<'a> Flat<'a> {
    pub(super) fn new(sentences: &'a [TreebankSentence]) -> Self {
        let mut flat = Self { characters: Vec::new(), tokens: Vec::new(), sentences: Vec::new(), words: Vec::new() };
        for sentence in sentences {
            flat.add(sentence);
        }
        flat
    }

    /// Adds a sentence.
    fn add(&mut self, sentence: &'a TreebankSentence) {
        let (start, first) = (self.characters.len(), self.words.len());
        let mut contractions = sentence.contractions.iter().peekable();
        let mut inside = 0..0;
        for (index, (form, word)) in sentence.forms.iter().zip(sentence.tree.words()).enumerate() {
            if let Some(contraction) = contractions.next_if(|contraction| contraction.words.start == index) {
                inside = contraction.words.clone();
                self.token(&contraction.form);
            } else if !inside.contains(&index) {
                self.token(form);
            }
            let part = inside.contains(&index).then(|| index - inside.start);
            let (from, to) = self.tokens.last().copied().unwrap_or_default();
            self.words.push(FlatWord { place: (from, to, part), word, head: word.head.map(|head| first + head) });
        }
        self.sentences.push((start, self.characters.len()));
    }

    /// Adds a written token.
    fn token(&mut self, form: &str) {
        let start = self.characters.len();
        self.characters.extend(form.chars().filter(|character| !character.is_whitespace()));
        self.tokens.push((start, self.characters.len()));
    }
}

/// A gold word and the system's word at the same place.
pub(super) struct Pair<'a> {
    pub(super) gold: &'a FlatWord<'a>,
    pub(super) system: &'a FlatWord<'a>,
    /// Whether their heads are the same.
    pub(super) head: bool,
}

impl<'a> Pair<'a> {
    fn new(gold: &'a Flat<'a>, system: &'a Flat<'a>, partners: &[Option<usize>], left: usize, right: usize) -> Self {
        let (gold, system) = (&gold.words[left], &system.words[right]);
        let head = match system.head {
            None => gold.head.is_none(),
            Some(head) => gold.head.is_some() && partners[head] == gold.head,
        };
        Self { gold, system, head }
    }
}

/// All words that have a partner, in the system's order.
pub(super) fn pairs<'a>(gold: &'a Flat<'a>, system: &'a Flat<'a>) -> Vec<Pair<'a>> {
    let places: BTreeMap<Place, usize> =
        gold.words.iter().enumerate().map(|(index, word)| (word.place, index)).collect();
    let partners: Vec<Option<usize>> = system.words.iter().map(|word| places.get(&word.place).copied()).collect();
    let pairs = partners.iter().enumerate().filter_map(|(index, &gold)| Some((gold?, index)));
    pairs.map(|(left, right)| Pair::new(gold, system, &partners, left, right)).collect()
}

/// Fails at the first character in which two texts differ.
pub(super) fn same_text(gold: &[char], system: &[char]) -> Result<(), DifferentTexts> {
    if gold == system {
        return Ok(());
    }
    let place = gold.iter().zip(system).take_while(|(left, right)| left == right).count();
    let from = |text: &[char]| text.iter().skip(place).take(20).collect();
    Err(DifferentTexts { place, gold: from(gold), system: from(system) })
}

/// F1 in percent of `right` among two counts; 0 when both are 0.
pub(super) fn f1(right: usize, (gold, system): (usize, usize)) -> f64 {
    200.0 * right as f64 / (gold + system).max(1) as f64
}

/// F1 of two sorted lists of spans.
pub(super) fn common(gold: &[(usize, usize)], system: &[(usize, usize)]) -> f64 {
    let both = system.iter().filter(|span| gold.binary_search(span).is_ok()).count();
    f1(both, (gold.len(), system.len()))
}
