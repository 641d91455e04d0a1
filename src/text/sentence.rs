//! The rules for the ends of sentences in printed prose, among the tokens of one paragraph.
//!
//! What they say is the strongest hint of `boundary`, which also knows the ends that no mark shows. A full stop, question or exclamation mark or dots may, after the
//! brackets and quotation marks that close behind it; the next word decides:
//!
//! > [“We will not sign.”][He left the U.S.][The envoys stayed.][“Will they?” he asked.]

use std::collections::HashSet;
use std::ops::Range;

use serde::Deserialize;

use super::Token;
use super::abbreviation::{AbbreviationKind, Abbreviations};
use super::character::is_opening;
use crate::lexicon::{LexiconError, Lexicons};

/// How many words after a quoted question may stand before the verb that reports it: "Deputy Minister Jana Holt asked".
const REPORTER_WINDOW: usize = 6;

/// No more marks than this stand before the first word of a sentence.
const LONGEST_OPENING: usize = 8;

/// The word lists that sentence ends depend on.
#[derive(Debug)]
pub(super) struct Splitter {
    reporting: HashSet<String>,
}

#[derive(Deserialize)]
struct Row {
    verb: String,
}

/// What the rules are sure of about a gap between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ruling {
    /// The token behind the gap.
    pub(crate) at: usize,
    /// Whether a sentence ends there; else it certainly runs on: “Will he sign?” Minister Holt asked.
    pub(crate) ends: bool,
}

/// What kind of token may end a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Terminal {
    /// "."
    Stop,
    /// "?", "!!"
    Question,
    /// "...", ":)": ends one before a capital.
    Dots,
    /// "U.S."
    Abbreviation,
}

impl Splitter {
    /// Reads `reporting_verbs.tsv`.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let rows = lexicons.rows("reporting_verbs.tsv", include_str!("../../data/reporting_verbs.tsv"))?;
        Ok(Self { reporting: rows.into_iter().map(|row: Row| row.verb).collect() })
    }

    /// What is sure about the gaps inside a paragraph whose tokens are `tokens`, in order; of most gaps nothing is.
    pub(super) fn rulings(&self, abbreviations: &Abbreviations, text: &str, tokens: &[Token]) -> Vec<Ruling> {
        let mut rulings = Vec::new();
        let mut start = 0;
        let mut at = 0;
        while at < tokens.len() {
            if ends_mail_stamp(text, tokens, start, at) {
                rulings.push(Ruling { at: at + 1, ends: true });
                start = at + 1;
            }
            let Some(mut terminal) = terminal(abbreviations, form(text, tokens, at)) else {
                at += 1;
                continue;
            };
            if terminal == Terminal::Stop && at > start && form(text, tokens, at - 1) == "." {
                // The last of ". . ."
                terminal = Terminal::Dots;
            }
            let end = closing_end(text, tokens, at + 1);
            if end < tokens.len() && self.is_end(abbreviations, text, tokens, terminal, start..end) {
                rulings.push(Ruling { at: end, ends: true });
                start = end;
            } else if terminal == Terminal::Question && self.is_reported(text, tokens, &(start..end)) {
                rulings.push(Ruling { at: end, ends: false });
            }
            at = end;
        }
        rulings
    }

    /// Whether the sentence `range`, which closes with a terminal and its closing marks, ends before the next token.
    fn is_end(
        &self,
        abbreviations: &Abbreviations,
        text: &str,
        tokens: &[Token],
        terminal: Terminal,
        range: Range<usize>,
    ) -> bool {
        // A paragraph's last mark, set off by a space as in "He left. "", is no sentence.
        let Some(next) = opening_end(text, tokens, range.end) else { return false };
        let word = form(text, tokens, next);
        let Some(first) = word.chars().next() else { return true };
        let capital = first.is_uppercase() || first.is_numeric();
        let mark = form(text, tokens, range.end);
        if mark.starts_with([',', ';', ':', ')', '/', '%', '.', '?', '!']) {
            return false;
        }
        // “Why?” he asked. But what is not quoted ends even before a careless small letter.
        let begins = !first.is_lowercase() || !is_closing_quote(form(text, tokens, range.end.saturating_sub(1)));
        let dashed = mark.starts_with(['-', '–', '—']);
        match terminal {
            Terminal::Stop => {
                begins && !is_list_number(text, tokens, &range) && (spaced(tokens, range.end) || first.is_uppercase())
            }
            Terminal::Question => begins && !dashed && !self.is_reported(text, tokens, &range),
            Terminal::Dots => capital && !dashed && spaced(tokens, range.end),
            Terminal::Abbreviation => !dashed && abbreviations.starts_sentences(word),
        }
    }

    /// Whether a reporting clause follows the quoted question that closes `range`: “Will he sign?” Minister Holt asked.
    fn is_reported(&self, text: &str, tokens: &[Token], range: &Range<usize>) -> bool {
        if !is_closing_quote(form(text, tokens, range.end.saturating_sub(1))) {
            return false;
        }
        let words = (range.end..tokens.len()).take(REPORTER_WINDOW).map(|at| form(text, tokens, at));
        words
            .take_while(|word| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’')))
            .any(|word| self.reporting.contains(word))
    }
}

/// The form of token `at`; empty behind the last one.
fn form<'a>(text: &'a str, tokens: &[Token], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| token.span.of(text))
}

/// Whether white space stands before token `at`.
fn spaced(tokens: &[Token], at: usize) -> bool {
    match (at.checked_sub(1).and_then(|previous| tokens.get(previous)), tokens.get(at)) {
        (Some(previous), Some(token)) => previous.span.end < token.span.start,
        _ => true,
    }
}

/// What `form` is among the tokens that may end a sentence.
fn terminal(abbreviations: &Abbreviations, form: &str) -> Option<Terminal> {
    let last = form.chars().next_back()?;
    match last {
        '?' | '!' | '؟' | '。' | '！' | '？' => Some(Terminal::Question),
        '…' => Some(Terminal::Dots),
        '.' if form.len() == 1 => Some(Terminal::Stop),
        ')' | '(' if form.len() > 1 => Some(Terminal::Dots),
        '.' if form.chars().all(|character| character == '.' || character == '…') => Some(Terminal::Dots),
        '.' => (abbreviations.kind(form) == Some(AbbreviationKind::Closing)).then_some(Terminal::Abbreviation),
        _ => None,
    }
}

/// Behind the closing marks and further terminals that are glued to the token before `at`, and reference numbers.
fn closing_end(text: &str, tokens: &[Token], mut at: usize) -> usize {
    while at < tokens.len() && !spaced(tokens, at) {
        let form = form(text, tokens, at);
        let closes = matches!(form, ")" | "]" | "}" | "”" | "’" | "''" | "»" | "’’" | "." | "...");
        // A straight mark closes unless it is glued to the word behind it.
        let straight = matches!(form, "\"" | "'")
            && (at + 1 >= tokens.len() || spaced(tokens, at + 1) || is_closing(text, tokens, at + 1));
        if closes || straight || form.starts_with(['?', '!']) {
            at += 1;
        } else {
            break;
        }
    }
    while is_reference(text, tokens, at) {
        at += 3;
    }
    at
}

/// Whether "[3]" begins at token `at`: the number of a source, which belongs to the sentence before it.
fn is_reference(text: &str, tokens: &[Token], at: usize) -> bool {
    let number = form(text, tokens, at + 1);
    form(text, tokens, at) == "["
        && form(text, tokens, at + 2) == "]"
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether token `at` is a bracket or mark that closes.
fn is_closing(text: &str, tokens: &[Token], at: usize) -> bool {
    matches!(form(text, tokens, at), ")" | "]" | "”" | "’" | "\"" | "'")
}

/// Whether `form` is a mark that closes quotations.
fn is_closing_quote(form: &str) -> bool {
    matches!(form, "”" | "’" | "''" | "\"" | "'" | "»" | "’’")
}

/// The first token from `at` on that is no opening mark; `None` when only marks are left. The look is bounded.
fn opening_end(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let opens = |at: &usize| {
        let form = form(text, tokens, *at);
        is_closing_quote(form) || form.chars().all(is_opening)
    };
    let found = (at..tokens.len()).take(LONGEST_OPENING).find(|at| !opens(at));
    found.or_else(|| (at + LONGEST_OPENING < tokens.len()).then_some(at))
}

/// Whether token `at` ends the stamp of a forwarded mail, "Jana Holt 11/28/2030 08:22 AM", before a capital.
fn ends_mail_stamp(text: &str, tokens: &[Token], start: usize, at: usize) -> bool {
    let digits = |form: &str, mark: char| {
        form.contains(mark) && form.bytes().all(|byte| byte.is_ascii_digit() || byte == mark as u8)
    };
    matches!(form(text, tokens, at), "AM" | "PM")
        && at >= start + 2
        && digits(form(text, tokens, at - 1), ':')
        && digits(form(text, tokens, at - 2), '/')
        && form(text, tokens, at + 1).starts_with(char::is_uppercase)
}

/// Whether `range` is nothing but the number of a list: "1."
fn is_list_number(text: &str, tokens: &[Token], range: &Range<usize>) -> bool {
    let Some(number) = range.end.checked_sub(2).filter(|number| *number >= range.start) else { return false };
    let digits = form(text, tokens, number);
    let first = number == range.start || form(text, tokens, number - 1) == ":";
    first && digits.len() < 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}
