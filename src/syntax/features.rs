//! What the network sees of a word: eight rows of one embedding table, whose sum stands for the word.
//!
//! One row is the word itself if the training texts knew it; the others come from its endings, its beginnings, its shape
//! and its first character, each hashed into a part of the table, so that unknown words are seen too. The network alone
//! decides what neighbours mean.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Number of rows a word takes.
pub(super) const FEATURES: usize = 8;

/// The rows of one word.
pub(super) type Rows = [u32; FEATURES];

/// Sizes of the hashed parts: suffixes of 2, 3 and 4 characters, prefixes of 2 and 3, shape, first character with length.
/// The suffix parts are as large as the treebanks have distinct suffixes, so that few collide.
const PARTS: [u32; FEATURES - 1] = [1024, 4096, 8192, 1024, 4096, 1024, 256];

/// Where a word's numbers stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) rows: Rows,
    /// The row of its word vector, if it has one.
    pub(super) vector: Option<u32>,
}

/// Rows by the hash of a word.
type Places = HashMap<u64, u32, BuildHasherDefault<Hashed>>;

/// The words with rows of their own, and where the other features' rows stand.
///
/// Row 0 is the unknown word; the known words follow in the order of the list the vocabulary was made from.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    rows: Places,
    vectors: Places,
}

impl Vocabulary {
    /// The vocabulary over hashes of normalised words, see [`word_hash`], and of those that have a word vector.
    pub(super) fn new(hashes: &[u64], vectors: &[u64]) -> Self {
        Self {
            rows: hashes.iter().zip(1..).map(|(&hash, row)| (hash, row)).collect(),
            vectors: vectors.iter().zip(0..).map(|(&hash, row)| (hash, row)).collect(),
        }
    }

    /// The row of a word's vector.
    pub(super) fn vector_of(&self, form: &str) -> Option<u32> {
        self.vectors.get(&word_hash(form)).copied()
    }

    /// Rows of the table.
    pub(super) fn row_count(&self) -> usize {
        row_count(self.rows.len())
    }

    /// The rows of a word.
    pub(super) fn rows_of(&self, form: &str) -> Rows {
        self.entry(form).rows
    }

    /// The rows of a word and of its vector.
    pub(super) fn entry(&self, form: &str) -> Entry {
        let mut first = ['\0'; 3];
        let mut last = ['\0'; 4];
        let mut length = 0;
        let word = hash(
            0,
            normalize(form).inspect(|&character| {
                if let Some(place) = first.get_mut(length) {
                    *place = character;
                }
                last = [last[1], last[2], last[3], character];
                length += 1;
            }),
        );
        let end = |wanted: usize| last[4 - wanted.min(length)..].iter().copied();
        let start = |wanted: usize| first[..wanted.min(length)].iter().copied();
        let hashes = [
            hash(1, end(2)),
            hash(2, end(3)),
            hash(3, end(4)),
            hash(4, start(2)),
            hash(5, start(3)),
            hash(6, shape(form)),
            hash(7, first_with_length(form).into_iter()),
        ];
        let mut rows = [self.rows.get(&word).copied().unwrap_or(UNKNOWN_ROW); FEATURES];
        let mut offset = self.rows.len() as u32 + 1;
        for ((row, part), hash) in rows.iter_mut().skip(1).zip(PARTS).zip(hashes) {
            *row = offset + (hash % u64::from(part)) as u32;
            offset += part;
        }
        Entry { rows, vector: self.vectors.get(&word).copied() }
    }
}

/// Rows of a table with so many known words: unknown word, known words, hashed parts.
pub(super) fn row_count(known: usize) -> usize {
    known + 1 + PARTS.iter().sum::<u32>() as usize
}

/// Hashes nothing: the keys are hashes already, and the start of the program would be spent on hashing them again.
#[derive(Clone, Copy, Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0 = self.0.rotate_left(8) ^ u64::from(byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The row of every word that the training texts do not know.
pub(super) const UNKNOWN_ROW: u32 = 0;

/// What a vocabulary lists of a word.
pub(super) fn word_hash(form: &str) -> u64 {
    hash(0, normalize(form))
}

/// Lower case, digits as 0, one spelling for each kind of quotation mark and dash.
pub(super) fn normalize(form: &str) -> impl Iterator<Item = char> + '_ {
    form.chars().flat_map(char::to_lowercase).map(|character| match character {
        '0'..='9' => '0',
        _ => plain(character),
    })
}

/// One spelling for each kind of quotation mark and dash.
fn plain(character: char) -> char {
    match character {
        '‘' | '’' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‐' | '‑' | '−' => '-',
        _ => character,
    }
}

/// The word's shape with runs cut at two: "Xxx" for "Moscow", "X.X." for "U.N.", "dd" for "2024".
fn shape(form: &str) -> impl Iterator<Item = char> + '_ {
    let classes = form.chars().take(24).map(|character| match character {
        '0'..='9' => 'd',
        _ if character.is_uppercase() => 'X',
        _ if character.is_alphabetic() => 'x',
        _ => plain(character),
    });
    let mut previous = None;
    let mut run = 0;
    classes.filter(move |class| {
        run = if previous == Some(*class) { run + 1 } else { 1 };
        previous = Some(*class);
        run <= 2
    })
}

/// The kind of the first character and the word's length up to eight.
fn first_with_length(form: &str) -> [char; 2] {
    let length = form.chars().count().min(8) as u8;
    let kind = match form.chars().next() {
        Some(first) if first.is_uppercase() => 'X',
        Some(first) if first.is_alphabetic() => 'x',
        Some(first) if first.is_numeric() => 'd',
        Some(first) => plain(first),
        None => ' ',
    };
    [kind, char::from(b'0' + length)]
}

/// FNV-1a over characters with a salt for each kind of feature. It is part of the model's format: another function
/// would need another model.
fn hash(salt: u64, characters: impl Iterator<Item = char>) -> u64 {
    let start = (0xcbf2_9ce4_8422_2325 ^ salt).wrapping_mul(0x0100_0000_01b3);
    let mixed = characters
        .fold(start, |hash, character| (hash ^ u64::from(u32::from(character))).wrapping_mul(0x0100_0000_01b3));
    mixed ^ (mixed >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_have_a_row_whatever_their_case_and_digits() {
        let vocabulary = Vocabulary::new(&[word_hash("the"), word_hash("1999")], &[]);
        for (form, row) in [("the", 1), ("THE", 1), ("2024", 2), ("Orsa", UNKNOWN_ROW)] {
            assert_eq!(vocabulary.rows_of(form)[0], row, "{form}");
        }
    }

    #[test]
    fn rows_stay_inside_the_table() {
        let vocabulary = Vocabulary::new(&[word_hash("the")], &[]);
        for form in ["", "a", "the", "Ångström", "…", "U.N.", "don’t", "🙂"] {
            assert!(vocabulary.rows_of(form).iter().all(|&row| (row as usize) < vocabulary.row_count()), "{form}");
        }
    }

    #[test]
    fn shapes_cut_runs() {
        for (form, expected) in [("Moscow", "Xxx"), ("U.N.", "X.X."), ("2024", "dd"), ("G7", "Xd")] {
            assert_eq!(shape(form).collect::<String>(), expected);
        }
    }
}
