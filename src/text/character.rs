//! Classes of characters that the text stage tells apart: space, word, apostrophe, opening and closing marks.
//!
//! White space is wider here than in Unicode: control characters, byte order marks and zero-width spaces separate words
//! too, so that no token is ever made of something nobody can see.

/// Whether a character separates tokens and belongs to none.
pub(super) fn is_space(character: char) -> bool {
    match character {
        ' ' | '\n' | '\r' | '\t' => true,
        '!'..='~' => false,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' => true,
        _ => character.is_whitespace() || character.is_control(),
    }
}

/// Whether a character belongs to words: letters, digits, and marks that sit on them.
pub(super) fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || (!character.is_ascii()
            && (character.is_alphanumeric()
                || matches!(character, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')))
}

/// Whether a character is the apostrophe of "don't", straight or curly.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’')
}

/// Whether a character can stand between a space and the first word of something: "(", "“", "‘".
pub(super) fn is_opening(character: char) -> bool {
    matches!(
        character,
        '(' | '[' | '{' | '<' | '"' | '“' | '„' | '«' | '‘' | '\'' | '`' | '¿' | '¡' | '-' | '–' | '—' | '/'
    )
}

/// The character that ends at byte `at`, if there is one.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that starts at byte `at`, if there is one.
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The first byte from `start` on whose character fails `test`; the length of `text` when all pass.
pub(super) fn run_end(text: &str, start: usize, test: impl Fn(char) -> bool) -> usize {
    text.get(start..)
        .and_then(|rest| rest.char_indices().find(|(_, character)| !test(*character)))
        .map_or(text.len(), |(length, _)| start + length)
}

/// The word that follows byte `at` after any white space and opening marks; empty when none does.
///
/// Looks at no more than 64 bytes of white space and marks, so that its cost stays constant.
pub(super) fn next_word(text: &str, at: usize) -> &str {
    let start = run_end(text, at, |character| is_space(character) || is_opening(character));
    if start.saturating_sub(at) > 64 {
        return "";
    }
    text.get(start..run_end(text, start, is_word)).unwrap_or("")
}
