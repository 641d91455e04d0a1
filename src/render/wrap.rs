//! Breaks a text into lines of a given width, as a terminal or a drawing counts it: wide characters take two cells.
//!
//! Lines break at spaces; a word wider than a line is cut.

use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The lines of `text`, none wider than `width` cells, at most `limit` of them; the last one ends in "…" when text is
/// left over. Empty for a text without words. A `width` of 0 counts as 1, a character wider than it stands alone.
pub(crate) fn wrap(text: &str, width: usize, limit: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        for piece in pieces(word, width.max(1)) {
            match lines.last_mut() {
                Some(line) if line.width() + 1 + piece.width() <= width => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                _ => lines.push(piece),
            }
        }
    }
    if lines.len() > limit {
        lines.truncate(limit);
        if let Some(last) = lines.last_mut() {
            *last = shorten(&format!("{last} …"), width);
        }
    }
    lines
}

/// The text in at most `width` cells; what is cut off shows as "…".
pub(crate) fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        if kept.width() + letter.width().unwrap_or(0) + 1 > width {
            break;
        }
        kept.push(letter);
    }
    kept.truncate(kept.trim_end_matches([' ', '…']).len());
    kept.push('…');
    kept
}

/// Lines of a text; the first begins with `head`, the others as far to the right.
pub(crate) fn push_wrapped(text: &mut String, head: &str, value: &str, width: usize) {
    let indent = head.chars().count();
    for (place, line) in wrap(value, width.saturating_sub(indent).max(20), usize::MAX).iter().enumerate() {
        let head = if place == 0 { head.to_owned() } else { " ".repeat(indent) };
        _ = writeln!(text, "{head}{line}");
    }
}

/// The word cut into stretches of at most `width` cells; nearly always one.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut used = 0;
    for letter in word.chars() {
        let cells = letter.width().unwrap_or(0);
        if used > 0 && used + cells > width {
            found.push(String::new());
            used = 0;
        }
        used += cells;
        if let Some(last) = found.last_mut() {
            last.push(letter);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_keep_to_the_width() {
        for (text, width, limit, lines) in [
            ("Orsa rejects a truce", 12, 9, "Orsa rejects|a truce"),
            ("Orsa  rejects\na truce", 12, 9, "Orsa rejects|a truce"),
            ("one two three four", 9, 2, "one two|three …"),
            ("unpronounceable", 6, 9, "unpron|ouncea|ble"),
            ("停戦 交渉", 4, 9, "停戦|交渉"),
            ("停戦", 1, 9, "停|戦"),
            ("", 5, 3, ""),
        ] {
            assert_eq!(wrap(text, width, limit).join("|"), lines, "{text}");
        }
    }

    #[test]
    fn a_shortened_text_fits() {
        for (text, width, short) in
            [("truce", 5, "truce"), ("a truce", 5, "a tr…"), ("停戦交渉", 5, "停戦…"), ("a truce", 3, "a…")]
        {
            assert_eq!(shorten(text, width), short);
        }
    }
}
