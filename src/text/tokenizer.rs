//! Cuts a paragraph into Universal Dependencies tokens, as today's English treebanks (EWT, GUM) do.
//!
//! Hyphens are tokens ("long - term") except after a prefix ("anti-war"); clitics are words of their own ("do|n't",
//! "Russia|'s"); a full stop stays with an abbreviation. Which stops end sentences is decided in `sentence`.
//! Every character that is not white space belongs to exactly one token; the cost is linear in the text.

use std::collections::HashSet;

use serde::Deserialize;

use super::abbreviation::Abbreviations;
use super::address::{address_length, number_length};
use super::character::{after, before, is_apostrophe, is_opening, is_space, is_word, next_word, run_end};
use super::contraction::Contractions;
use super::{Span, Token};
use crate::lexicon::{LexiconError, Lexicons};

/// A run of hyphens and equals signs that is longer draws a line across the page, and is one mark.
const LEAST_RULE: usize = 3;

/// How far a plural possessive looks for the mark that would close an open quotation.
const CLOSING_WINDOW: usize = 400;

/// A longer beginning of a word, in bytes, is a word before a hyphen and not one broken off.
const LONGEST_FRAGMENT: usize = 4;

/// A longer form, in bytes, is not looked up among the abbreviations, so that a chain of dots costs no more than its length.
const LONGEST_ABBREVIATION: usize = 16;

/// The word lists that tokens depend on.
#[derive(Debug)]
pub(super) struct Tokenizer {
    contractions: Contractions,
    prefixes: HashSet<String>,
    units: HashSet<String>,
    domains: HashSet<String>,
}

#[derive(Deserialize)]
struct PrefixRow {
    prefix: String,
}

#[derive(Deserialize)]
struct UnitRow {
    unit: String,
}

#[derive(Deserialize)]
struct DomainRow {
    ending: String,
}

impl Tokenizer {
    /// Reads the lists of contractions, prefixes, units and domains.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let prefixes = lexicons.rows("hyphen_prefixes.tsv", include_str!("../../data/hyphen_prefixes.tsv"))?;
        let units = lexicons.rows("units.tsv", include_str!("../../data/units.tsv"))?;
        let domains = lexicons.rows("domains.tsv", include_str!("../../data/domains.tsv"))?;
        Ok(Self {
            contractions: Contractions::new(lexicons)?,
            prefixes: prefixes.into_iter().map(|row: PrefixRow| row.prefix).collect(),
            units: units.into_iter().map(|row: UnitRow| row.unit).collect(),
            domains: domains.into_iter().map(|row: DomainRow| row.ending).collect(),
        })
    }

    /// Adds the tokens of the paragraph `span` of `text` to `tokens`.
    pub(super) fn tokenize(&self, abbreviations: &Abbreviations, text: &str, span: Span, tokens: &mut Vec<Token>) {
        let paragraph = span.of(text);
        let mut single_open = false;
        let mut at = 0;
        while let Some(first) = after(paragraph, at) {
            if is_space(first) {
                at += first.len_utf8();
                continue;
            }
            let continues = is_apostrophe(first) && self.continues(paragraph, at, single_open);
            let end = self.token_end(abbreviations, paragraph, at, first);
            if first.is_alphabetic() {
                self.push_words(paragraph, at, end, span.start, tokens);
            } else {
                tokens.push(Token { span: Span::new(span.start + at, span.start + end), continues });
            }
            if matches!(first, '\'' | '’' | '‘') && end == at + first.len_utf8() && !continues {
                single_open = opens(paragraph, at, first);
            }
            at = end;
        }
    }

    /// Where the token that starts at `at` with `first` ends, clitics not yet cut off.
    fn token_end(&self, abbreviations: &Abbreviations, paragraph: &str, at: usize, first: char) -> usize {
        let rest = paragraph.get(at..).unwrap_or("");
        let glued = before(paragraph, at).is_some_and(is_word);
        let address = if glued { 0 } else { address_length(rest) };
        if address > 0 {
            return at + address;
        }
        if first.is_ascii_digit() || (first == '.' && !glued && number_length(rest.get(1..).unwrap_or("")) > 0) {
            return self.number_end(paragraph, at);
        }
        if is_word(first) {
            let end = self.word_end(abbreviations, paragraph, at);
            // Two dots are the abbreviation's and the sentence's ("Kern Inc.."), three are dots of omission.
            let dots = run_end(paragraph, end, |character| character == '.') - end;
            let stop = dots == 1
                || dots == 2 && paragraph.get(at..=end).is_some_and(|form| abbreviations.kind(form).is_some());
            return if stop && abbreviations.takes_stop(paragraph, at, end) { end + 1 } else { end };
        }
        if is_apostrophe(first) {
            return at + self.apostrophe_length(rest, glued);
        }
        at + symbol_length(rest, before(paragraph, at))
    }

    /// Adds the word `start..end` of the paragraph that begins at byte `offset` of the text, cut at its clitics.
    fn push_words(&self, paragraph: &str, start: usize, end: usize, offset: usize, tokens: &mut Vec<Token>) {
        let word = paragraph.get(start..end).unwrap_or("");
        let mut from = 0;
        let careless = || self.contractions.careless_cut(word, next_word(paragraph, end));
        let cuts = self.contractions.cuts(word);
        let cuts = if cuts.is_empty() { careless().into_iter().collect() } else { cuts };
        for cut in cuts.into_iter().chain([word.len()]) {
            let span = Span::new(offset + start + from, offset + start + cut);
            tokens.push(Token { span, continues: from > 0 });
            from = cut;
        }
    }

    /// Where the word that starts at `start` ends.
    fn word_end(&self, abbreviations: &Abbreviations, paragraph: &str, start: usize) -> usize {
        let mut segment = start;
        loop {
            let end = run_end(paragraph, segment, is_word);
            let Some(mark) = after(paragraph, end) else { return end };
            let next = end + mark.len_utf8();
            let prefix = || self.prefixes.contains(&paragraph.get(start..end).unwrap_or("").to_lowercase());
            let following = after(paragraph, next);
            if mark == '$' && !following.is_some_and(char::is_alphabetic) {
                // "US$5"
                return next;
            }
            if !following.is_some_and(is_word) {
                // The first half of "pre- and post-war".
                let spaced = mark == '-' && following.is_none_or(is_space);
                let hanging = spaced && (prefix() || is_broken_off(paragraph, start, end));
                return if hanging { next } else { end };
            }
            let joined = match mark {
                '\'' | '’' | '‘' | '`' | '&' | '_' | '@' => true,
                '/' => {
                    is_single(paragraph, start, end) && is_single(paragraph, next, run_end(paragraph, next, is_word))
                }
                '-' => prefix(),
                '.' => self.dot_joins(abbreviations, paragraph, start, segment, end),
                _ => false,
            };
            if !joined {
                return end;
            }
            segment = next;
        }
    }

    /// Whether the dot at `dot`, with a letter or digit on either side, is inside a word: "U.S", "Ph.D", "herald.example".
    fn dot_joins(
        &self,
        abbreviations: &Abbreviations,
        paragraph: &str,
        start: usize,
        segment: usize,
        dot: usize,
    ) -> bool {
        let end = run_end(paragraph, dot + 1, is_word);
        let (Some(left), Some(right)) = (paragraph.get(segment..dot), paragraph.get(dot + 1..end)) else {
            return false;
        };
        let single = is_single(paragraph, segment, dot) && is_single(paragraph, dot + 1, end);
        if single || self.domains.contains(&right.to_ascii_lowercase()) {
            return true;
        }
        let digits = left.ends_with(|c: char| c.is_ascii_digit()) && right.starts_with(|c: char| c.is_ascii_digit());
        let listed = end - start < LONGEST_ABBREVIATION
            && after(paragraph, end) == Some('.')
            && paragraph.get(start..=end).is_some_and(|form| abbreviations.kind(form).is_some());
        digits || listed || is_host(paragraph, start, left, right, end)
    }

    /// Where the number that starts at `start` ends, with "th" or "s" but without a unit.
    fn number_end(&self, paragraph: &str, start: usize) -> usize {
        let rest = paragraph.get(start..).unwrap_or("");
        let dot = usize::from(rest.starts_with('.'));
        let digits = start + dot + number_length(rest.get(dot..).unwrap_or(""));
        let end = run_end(paragraph, digits, is_word);
        let suffix = paragraph.get(digits..end).unwrap_or("");
        if self.units.contains(suffix) {
            return digits;
        }
        let decade = after(paragraph, end).is_some_and(is_apostrophe);
        if decade && paragraph.get(end..).is_some_and(ends_in_s) {
            return end + paragraph.get(end..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8) + 1;
        }
        end
    }

    /// The length of the token at the start of `rest`, which begins with an apostrophe; `glued` when a word precedes it.
    fn apostrophe_length(&self, rest: &str, glued: bool) -> usize {
        let mark = rest.chars().next().map_or(1, char::len_utf8);
        if after(rest, mark).is_some_and(is_apostrophe) {
            return mark + after(rest, mark).map_or(0, char::len_utf8);
        }
        let end = run_end(rest, mark, is_word);
        let tail = rest.get(mark..end).unwrap_or("");
        let year = tail.len() >= 2 && tail.bytes().take(2).all(|byte| byte.is_ascii_digit()) && tail.len() <= 3;
        let word = rest.get(..end).unwrap_or("");
        if year || self.contractions.is_kept(word) || (!glued && self.contractions.is_ending(word)) {
            return end;
        }
        mark
    }

    /// Whether the apostrophe at `at` belongs to the word before it: "the envoys' car", "U.S.'s".
    fn continues(&self, paragraph: &str, at: usize, single_open: bool) -> bool {
        let Some(previous) = before(paragraph, at).filter(|previous| !is_space(*previous)) else { return false };
        let mark = after(paragraph, at).map_or(1, char::len_utf8);
        let end = run_end(paragraph, at + mark, is_word);
        if end > at + mark {
            return previous == '.' && paragraph.get(at..end).is_some_and(|ending| self.contractions.is_ending(ending));
        }
        let doubled = after(paragraph, end).is_some_and(is_apostrophe) || is_apostrophe(previous);
        if doubled || !matches!(previous, 's' | 'S' | 'z' | 'x') {
            return false;
        }
        !single_open || (precedes_lower(paragraph, end) && closes_later(paragraph, end))
    }
}

/// Whether `start..end` of the paragraph is one letter.
fn is_single(paragraph: &str, start: usize, end: usize) -> bool {
    let mut characters = paragraph.get(start..end).unwrap_or("").chars();
    characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none()
}

/// Whether `start..end` is the beginning of a word that the speaker broke off: "th- that", "w- —".
fn is_broken_off(paragraph: &str, start: usize, end: usize) -> bool {
    let fragment = paragraph.get(start..end).unwrap_or("");
    let rest = paragraph.get(end + 1..).unwrap_or("").trim_start();
    let again = rest.get(..fragment.len()).is_some_and(|head| head.eq_ignore_ascii_case(fragment));
    fragment.len() <= LONGEST_FRAGMENT && (again || rest.starts_with('—'))
}

/// Whether `left.right` is part of a name of three parts or more, all in lower case: "talk.politics.orsa".
fn is_host(paragraph: &str, start: usize, left: &str, right: &str, end: usize) -> bool {
    let lower = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase());
    let goes_on =
        after(paragraph, end) == Some('.') && after(paragraph, end + 1).is_some_and(|next| next.is_ascii_lowercase());
    let went_on = paragraph.len() > start + left.len()
        && paragraph.get(start..end - right.len() - 1).is_some_and(|head| head.contains('.'));
    lower(left) && lower(right) && (goes_on || went_on)
}

/// Whether the single mark at `at` opens a quotation: it stands before a word and not behind one.
fn opens(paragraph: &str, at: usize, mark: char) -> bool {
    let before_is_open = before(paragraph, at).is_none_or(|previous| is_space(previous) || is_opening(previous));
    let next = after(paragraph, at + mark.len_utf8()).is_some_and(|next| !is_space(next));
    mark == '‘' || (mark == '\'' && before_is_open && next)
}

/// Whether a space and a lower-case letter follow byte `at`.
fn precedes_lower(paragraph: &str, at: usize) -> bool {
    let next = paragraph.get(at..).map(str::trim_start).and_then(|rest| rest.chars().next());
    after(paragraph, at).is_some_and(is_space) && next.is_some_and(char::is_lowercase)
}

/// Whether a mark that can close a single quotation follows byte `at` soon.
fn closes_later(paragraph: &str, at: usize) -> bool {
    let rest = paragraph.get(at..).unwrap_or("");
    let mut previous = ' ';
    for (offset, character) in rest.char_indices().take_while(|(offset, _)| *offset < CLOSING_WINDOW) {
        let next = after(rest, offset + character.len_utf8());
        if is_apostrophe(character) && !is_space(previous) && !next.is_some_and(is_word) {
            return true;
        }
        previous = character;
    }
    false
}

/// Whether `tail` is an apostrophe and one s that ends the word: the "'s" of "1990's".
fn ends_in_s(tail: &str) -> bool {
    let mut characters = tail.chars().skip(1);
    characters.next() == Some('s') && !characters.next().is_some_and(is_word)
}

/// The length of the punctuation or symbol at the start of `rest`; `previous` is the character before it.
fn symbol_length(rest: &str, previous: Option<char>) -> usize {
    let Some(first) = rest.chars().next() else { return 0 };
    let emoticon = emoticon_length(rest, previous);
    if emoticon > 0 {
        return emoticon;
    }
    match first {
        '?' | '!' => run_end(rest, 0, |character| matches!(character, '?' | '!')),
        // "Really.?" is one mark, and so is a run of dots.
        '.' if matches!(after(rest, 1), Some('?' | '!')) => {
            run_end(rest, 1, |character| matches!(character, '?' | '!'))
        }
        '.' | '…' => run_end(rest, 0, |character| matches!(character, '.' | '…')),
        '-' | '=' if rule_length(rest) > LEAST_RULE => rule_length(rest),
        '-' | '–' | '—' | '*' | '=' | '_' | '~' | '#' | '+' | '|' | '<' | '>' | '$' | '\\' => {
            run_end(rest, 0, |character| character == first)
        }
        '`' if rest.starts_with("``") => 2,
        // A mark may carry joiners and variation selectors, as emoji do.
        _ => run_end(rest, first.len_utf8(), |character| {
            !character.is_ascii() && is_word(character) && !character.is_alphanumeric()
        }),
    }
}

/// The length of a rule of hyphens and equals signs: "---==".
fn rule_length(rest: &str) -> usize {
    rest.bytes().take_while(|byte| matches!(byte, b'-' | b'=')).count()
}

/// The length of ":)" and its like, standing between spaces.
fn emoticon_length(rest: &str, previous: Option<char>) -> usize {
    let bytes = rest.as_bytes();
    if !matches!(bytes.first(), Some(b':' | b';' | b'=')) || previous.is_some_and(|previous| !is_space(previous)) {
        return 0;
    }
    let nose = usize::from(bytes.get(1) == Some(&b'-'));
    let mouth = matches!(bytes.get(1 + nose), Some(b')' | b'(' | b'D' | b'P' | b'/'));
    let ends = bytes.get(2 + nose).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'/');
    if mouth && ends { 2 + nose } else { 0 }
}
