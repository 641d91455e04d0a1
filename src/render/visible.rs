//! Makes what an article holds harmless to look at: characters that command a terminal, or turn the direction of writing,
//! are replaced by ones that only stand there.
//!
//! Each character becomes one character, so offsets in code points still fit. Escape sequences lose their escape and show
//! as text: `␛[31m`. Joiners stay, because emoji and several scripts are written with them. What is written for programs
//! (JSON, CSV in a file) keeps its characters; each format escapes them in its own way.

use std::borrow::Cow;

/// The text with a visible character for each control character and each one that changes the direction of writing. Line
/// breaks and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|letter| if is_harmless(letter) { letter } else { picture(letter) }).collect())
}

/// The text as [`visible`] has it, but with the sequences that set colours and weights: the last guard before a
/// terminal, when a drawing has its colours already.
pub fn visible_but_colours(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('\u{1b}') {
        shown.push_str(&visible(&rest[..place]));
        let sequence = colour(&rest[place..]);
        if sequence == 0 {
            shown.push(picture('\u{1b}'));
        }
        shown.push_str(&rest[place..place + sequence]);
        rest = &rest[place + sequence.max(1)..];
    }
    shown.push_str(&visible(rest));
    shown
}

/// Bytes of the sequence `ESC [ 1 ; 31 m` that a text begins with; 0 if it begins with none.
fn colour(text: &str) -> usize {
    let Some(inside) = text.strip_prefix("\u{1b}[") else { return 0 };
    let end = inside.find(|letter: char| !letter.is_ascii_digit() && letter != ';');
    end.filter(|&end| inside[end..].starts_with('m')).map_or(0, |end| end + 3)
}

/// Whether a character may be shown as it is.
fn is_harmless(letter: char) -> bool {
    matches!(letter, '\n' | '\t') || !(letter.is_control() || is_hidden(letter))
}

/// Characters that draw nothing and change how others are drawn: marks, embeddings, overrides and isolates of direction,
/// separators of lines, and the invisible copy of ASCII.
fn is_hidden(letter: char) -> bool {
    matches!(letter,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// What stands in its place: Unicode has a picture of each old control character, and one for what cannot be shown.
fn picture(letter: char) -> char {
    match letter {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_become_pictures() {
        for (text, shown) in [
            ("a truce", "a truce"),
            ("two\nlines\tand a tab", "two\nlines\tand a tab"),
            ("\u{1b}[31mred\u{7}", "␛[31mred␇"),
            ("back\r\u{8}\u{7f}", "back␍␈␡"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("Tom \u{202e}kraV\u{2069}", "Tom \u{fffd}kraV\u{fffd}"),
            ("\u{e0041}\u{feff}", "\u{fffd}\u{fffd}"),
            ("👩‍🚒 停戦 שלום", "👩‍🚒 停戦 שלום"),
        ] {
            assert_eq!(visible(text), shown, "{text:?}");
            assert_eq!(visible(text).chars().count(), text.chars().count());
        }
    }

    #[test]
    fn of_sequences_only_colours_pass() {
        for (text, shown) in [
            ("\u{1b}[1;31mred\u{1b}[0m", "\u{1b}[1;31mred\u{1b}[0m"),
            ("\u{1b}[2J\u{1b}]0;title\u{7}", "␛[2J␛]0;title␇"),
            ("\u{1b}[31", "␛[31"),
            ("\u{1b}", "␛"),
            ("\u{1b}\u{1b}[mx\r", "␛\u{1b}[mx␍"),
        ] {
            assert_eq!(visible_but_colours(text), shown, "{text:?}");
        }
    }
}
