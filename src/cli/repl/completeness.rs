//! Whether what was typed is a whole statement, or goes on in the next line.
//!
//! A question and a session command end with their line. A pattern goes on until it ends with `;`, or until it has its
//! RETURN and nothing is left open; an empty line ends it in any case, so that nobody is caught.

use demarche::query::parser;

use crate::cli::session::script::is_pattern;

/// Whether the editor should hand the text over instead of asking for another line.
pub(crate) fn is_complete(text: &str) -> bool {
    let trimmed = text.trim();
    if text.ends_with("\n") || trimmed.is_empty() || trimmed.starts_with(':') || !is_pattern(trimmed) {
        return true;
    }
    trimmed.ends_with(';') || !goes_on(trimmed)
}

/// Whether a pattern may become right by what follows: it has no RETURN yet, or what is wrong with it is that it stops.
/// A quotation that is open is reported where it begins.
fn goes_on(text: &str) -> bool {
    match parser::parse(text) {
        Ok(_) => !has_word(text, "return"),
        Err(error) => error.message.contains("never closed") || error.span.is_none_or(|span| span.end >= text.len()),
    }
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|found| found.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_go_on_and_questions_do_not() {
        for (text, complete) in [
            ("who rejects talks", true),
            (":help", true),
            ("", true),
            ("MATCH (a:Actor)", false),
            ("MATCH (a:Actor)\n", true),
            ("MATCH (a:Actor);", true),
            ("MATCH (a:Actor)\nRETURN", false),
            ("MATCH (a:Actor)\nRETURN a", true),
            ("MATCH (a:Actor)\nRETURN a.name,", false),
            ("MATCH (a {name: 'x\nRETURN a", false),
            ("MATCH (a) WHERE (a.x = 1 RETURN a", false),
            ("explain MATCH (a)", false),
            ("explain who rejects talks", true),
            ("MATCH (a) RETRUN a", true),
        ] {
            assert_eq!(is_complete(text), complete, "{text:?}");
        }
    }
}
