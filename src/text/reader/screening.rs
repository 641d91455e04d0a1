//! Whether a text can be analysed at all: English, long enough, and prose.
//!
//! What is no article of that kind would only fill the graph with noise; it is passed over, and told.

use whatlang::{Lang, detect};

use super::ArticleErrorKind;

/// The fewest words of an article: "Tavria agreed." says something already.
const FEWEST: usize = 2;

/// The fewest words of a line of prose that no full stop ends: shorter ones are menus, tables and captions.
const LINE: usize = 5;

/// How much of a text is looked at to tell its language, in bytes.
const SAMPLE: usize = 4_000;

/// How sure the language must be: of 1,213 English articles none was taken for another language with that.
const SURE: f64 = 0.9;

/// Which articles are let in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screening {
    /// All that have a text.
    #[default]
    Everything,
    /// Prose in English.
    EnglishProse,
}

/// Why a text is passed over; `None` lets it in.
pub(super) fn objection(text: &str) -> Option<(ArticleErrorKind, String)> {
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).take(FEWEST).count();
    if words < FEWEST {
        let plural = if words == 1 { "" } else { "s" };
        return Some((ArticleErrorKind::TooShort, format!("passed over: too short, {words} word{plural}")));
    }
    if !text.lines().any(is_prose) {
        return Some((
            ArticleErrorKind::NoProse,
            "passed over: no prose, only names, numbers or short lines".to_owned(),
        ));
    }
    let found = detect(sample(text))?;
    let foreign = found.lang() != Lang::Eng && found.confidence() >= SURE;
    foreign
        .then(|| (ArticleErrorKind::NotEnglish, format!("passed over: in {}, not in English", found.lang().eng_name())))
}

/// Whether a line is a sentence, or long enough to be one.
fn is_prose(line: &str) -> bool {
    let stopped = line.trim_end_matches(['"', '”', '’', ')', ' ', '\r']).ends_with(['.', '?', '!', '…']);
    let needed = if stopped { FEWEST } else { LINE };
    line.split_whitespace().filter(|word| is_word(word)).take(needed).count() == needed
}

/// Whether this is a word rather than a number or a sign.
fn is_word(word: &str) -> bool {
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    letters > 0 && letters * 2 > word.chars().count()
}

/// The middle of a text, where prose is likelier than at its ends.
fn sample(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let boundary = |from: usize| (from..text.len()).find(|&place| text.is_char_boundary(place)).unwrap_or(text.len());
    let start = boundary((text.len() - SAMPLE) / 2);
    &text[start..boundary(start + SAMPLE)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_english_prose_is_let_in() {
        for (text, kind) in [
            ("The envoys met in Orsa on Monday and left without a word.", None),
            ("Talks began.", None),
            ("Talks", Some(ArticleErrorKind::TooShort)),
            ("Home\nWorld\nSport\nWeather today\nSign in", Some(ArticleErrorKind::NoProse)),
            ("12.5 13.1 14.0 17.2\nOrsa 3 Vantia 4\nA B\nC D", Some(ArticleErrorKind::NoProse)),
            (
                "Die Unterhändler trafen sich am Montag in der Hauptstadt und gingen ohne ein Wort auseinander, sagte die \
                 Ministerin nach dem Gespräch.",
                Some(ArticleErrorKind::NotEnglish),
            ),
        ] {
            assert_eq!(objection(text).map(|(kind, _)| kind), kind, "{text}");
        }
    }
}
