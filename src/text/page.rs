//! Tells the parts of a news page apart: headline, byline, prose, and the lines that belong to the page alone.
//!
//! > [Envoys meet in Orsa]headline [By Jana Holt]byline [They did not sign.]prose [Read more]boilerplate
//!
//! The fixed phrases are rows of `boilerplate.tsv`; a line is compared in lower case, without its closing punctuation.

use std::collections::{HashMap, HashSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use serde::Deserialize;

use super::character::is_space;
use super::{ParagraphKind, Span};
use crate::lexicon::{LexiconError, Lexicons};

/// The longest headline in words; of 289 Wikinews titles the longest has 21.
const LONGEST_HEADLINE: usize = 30;

/// A longer line is prose, whatever it says.
const LONGEST_BOILERPLATE: usize = 30;

/// How many paragraphs from the top may still be the headline.
const HEADLINE_WINDOW: usize = 4;

/// The longest byline in words.
const LONGEST_BYLINE: usize = 12;

/// The longest line in words that is only a date.
const LONGEST_DATE: usize = 12;

/// The phrases of news pages.
#[derive(Debug)]
pub(super) struct Page {
    whole: HashMap<String, PhraseKind>,
    starts: Vec<(String, PhraseKind)>,
    within: AhoCorasick,
    within_kinds: Vec<PhraseKind>,
    calendar: HashSet<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum PhraseKind {
    Boilerplate,
    Byline,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    Line,
    Start,
    Within,
}

#[derive(Deserialize)]
struct CalendarRow {
    word: String,
}

#[derive(Deserialize)]
struct Row {
    kind: PhraseKind,
    place: Place,
    text: String,
}

impl Page {
    /// Reads `boilerplate.tsv` and `calendar.tsv`.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let file = "boilerplate.tsv";
        let rows: Vec<Row> = lexicons.rows(file, include_str!("../../data/boilerplate.tsv"))?;
        let mut whole = HashMap::new();
        let (mut starts, mut phrases, mut within_kinds) = (Vec::new(), Vec::new(), Vec::new());
        for Row { kind, place, text } in rows {
            match place {
                Place::Line => {
                    whole.insert(text, kind);
                }
                Place::Start => starts.push((text, kind)),
                Place::Within => {
                    phrases.push(text);
                    within_kinds.push(kind);
                }
            }
        }
        let within = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .build(&phrases)
            .map_err(|error| LexiconError { file: file.to_owned(), line: 0, message: error.to_string() })?;
        let calendar = lexicons.rows("calendar.tsv", include_str!("../../data/calendar.tsv"))?;
        let calendar = calendar.into_iter().map(|row: CalendarRow| row.word).collect();
        Ok(Self { whole, starts, within, within_kinds, calendar })
    }

    /// The kind of each paragraph.
    pub(super) fn kinds(&self, text: &str, paragraphs: &[Span], title: Option<&str>) -> Vec<ParagraphKind> {
        let mut kinds: Vec<ParagraphKind> = paragraphs.iter().map(|span| self.kind(span.of(text))).collect();
        if let Some(headline) = headline(text, paragraphs, &kinds, title)
            && let Some(kind) = kinds.get_mut(headline)
        {
            *kind = ParagraphKind::Headline;
        }
        kinds
    }

    /// The kind of one paragraph, its place on the page aside.
    fn kind(&self, paragraph: &str) -> ParagraphKind {
        if words(paragraph, LONGEST_BOILERPLATE + 1) > LONGEST_BOILERPLATE {
            return ParagraphKind::Prose;
        }
        if is_byline(paragraph) || self.is_date(paragraph) {
            return ParagraphKind::Byline;
        }
        match self.phrase(&normal(paragraph)) {
            Some(PhraseKind::Boilerplate) => ParagraphKind::Boilerplate,
            Some(PhraseKind::Byline) => ParagraphKind::Byline,
            None => ParagraphKind::Prose,
        }
    }

    /// Whether the line is nothing but a date or a time: "Friday, January 4, 2019", "Updated 18 March 2025 10:30 GMT".
    fn is_date(&self, line: &str) -> bool {
        let marks = [',', '.', ':', '|', '-', '–', '(', ')', '•'];
        let dated = |word: &str| {
            let word = word.trim_matches(marks);
            let number = word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'/' | b'-' | b'.'));
            number || self.calendar.contains(&word.to_lowercase())
        };
        line.bytes().any(|byte| byte.is_ascii_digit())
            && line.bytes().any(|byte| byte.is_ascii_alphabetic())
            && words(line, LONGEST_DATE + 1) <= LONGEST_DATE
            && line.split(is_space).all(dated)
    }

    /// The kind of the phrase that `line`, in its normal form, is, begins with or contains.
    fn phrase(&self, line: &str) -> Option<PhraseKind> {
        let begins = |phrase: &str| {
            line.strip_prefix(phrase)
                .is_some_and(|rest| !phrase.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphanumeric))
        };
        let start = || self.starts.iter().find(|(phrase, _)| begins(phrase)).map(|(_, kind)| *kind);
        let within =
            || self.within.find(line).and_then(|found| self.within_kinds.get(found.pattern().as_usize()).copied());
        self.whole.get(line).copied().or_else(start).or_else(within)
    }
}

/// Which paragraph is the headline: one that says the title, or else the first one if it looks like a headline.
fn headline(text: &str, paragraphs: &[Span], kinds: &[ParagraphKind], title: Option<&str>) -> Option<usize> {
    let top = paragraphs.iter().zip(kinds).enumerate().take(HEADLINE_WINDOW);
    if let Some(title) = title.map(normal).filter(|title| !title.is_empty()) {
        let said =
            top.clone().find(|(_, (span, _))| span.len() < 2 * title.len() + 8 && normal(span.of(text)) == title);
        if let Some((index, _)) = said {
            return Some(index);
        }
    }
    let (index, (span, _)) = top.into_iter().find(|(_, (_, kind))| **kind == ParagraphKind::Prose)?;
    let line = span.of(text);
    let stopped = line.trim_end_matches(['"', '”', '’', '\'', ')', ']']).ends_with(['.', '…', ':', ';', ',']);
    let short = words(line, LONGEST_HEADLINE + 1) <= LONGEST_HEADLINE;
    (short && !stopped && index + 1 < paragraphs.len()).then_some(index)
}

/// Whether the line is "By Jana Holt" or "By JANA HOLT and Ivo Kern, Herald of Orsa": nothing but names behind "By".
fn is_byline(line: &str) -> bool {
    let Some(names) = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")) else { return false };
    let named = |word: &str| {
        word.starts_with(|first: char| !first.is_lowercase() && !first.is_numeric())
            || matches!(word, "and" | "of" | "the" | "in" | "for" | "de" | "van" | "von" | "|")
    };
    !line.ends_with(['.', '?', '!'])
        && words(line, LONGEST_BYLINE + 1) <= LONGEST_BYLINE
        && names.split(is_space).all(named)
}

/// How many words `line` has, counted no further than `limit`.
fn words(line: &str, limit: usize) -> usize {
    line.split(is_space).filter(|word| !word.is_empty()).take(limit).count()
}

/// `line` in lower case, with straight apostrophes and single spaces, without marks around it.
fn normal(line: &str) -> String {
    let marks = |character: char| {
        is_space(character)
            || matches!(
                character,
                '.' | '?'
                    | '!'
                    | ':'
                    | '…'
                    | '"'
                    | '“'
                    | '”'
                    | '‘'
                    | '’'
                    | '*'
                    | '>'
                    | '»'
                    | '→'
                    | '-'
                    | '|'
                    | '['
                    | ']'
            )
    };
    let mut normal = String::with_capacity(line.len());
    for word in line.trim_matches(marks).split(is_space).filter(|word| !word.is_empty()) {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.extend(
            word.chars().map(|character| if character == '’' { '\'' } else { character }).flat_map(char::to_lowercase),
        );
    }
    normal
}
