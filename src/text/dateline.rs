//! Finds the dateline of a news text: place, perhaps day and agency, and a dash before the first sentence.
//!
//! It is no part of the sentence: the place did not say anything.
//!
//! > [ORSA, March 4 (Lantern) - ]dateline Envoys met on Monday.

use std::sync::LazyLock;

use regex::Regex;

use super::Span;

/// A place in capitals with what may stand between it and the dash, or any place with an agency in brackets.
static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let capitals = r"\p{Lu}{2}[\p{Lu}.'’ \-]*(?:,[^,()—–]{1,25}){0,3}(?: ?\([^()]{1,30}\))?";
    let agency = r"\p{Lu}[\p{L}.'’ \-]{1,30}(?:,[^,()—–]{1,25}){0,3} ?\(\p{Lu}[^()]{1,30}\)";
    Regex::new(&format!(r"^(?:{capitals}|{agency})\s*(?:—|–|--|\s-\s)\s*")).ok()
});

/// Where the prose of a paragraph begins: behind its dateline, if it has one and more than that.
pub(super) fn prose_start(text: &str, paragraph: Span) -> usize {
    // Few paragraphs have a dash at all, and making the pattern takes as long as reading a thousand words.
    if !paragraph.of(text).contains(['—', '–', '-']) {
        return paragraph.start;
    }
    let found = DATELINE.as_ref().and_then(|pattern| pattern.find(paragraph.of(text)));
    let start = paragraph.start + found.map_or(0, |dateline| dateline.end());
    if start < paragraph.end { start } else { paragraph.start }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_end_at_their_dash() {
        for (text, prose) in [
            ("ORSA, March 4 (Lantern) - Velia closed", "Velia closed"),
            ("ORSA (LNA) — Velia closed", "Velia closed"),
            ("PORT MERIN, Velia, Dec. 8 (LNA) — Velia closed", "Velia closed"),
            ("ORSA, March 18 — Talks went on", "Talks went on"),
            ("Orsa (Lantern) -- Talks went on", "Talks went on"),
            ("ORSA — ", "ORSA — "),
            ("Talks — long delayed — went on", "Talks — long delayed — went on"),
            ("UN-backed talks went on", "UN-backed talks went on"),
            ("Velia (population 10) — a state", "Velia (population 10) — a state"),
        ] {
            let start = prose_start(text, Span::new(0, text.len()));
            assert_eq!(&text[start..], prose, "{text}");
        }
    }
}
