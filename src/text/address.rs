//! Finds addresses and numbers at the start of a text: URLs, mail addresses, "@handle", "#tag", "1,300", "10:30", "9/11".
//!
//! Every function returns the length in bytes of what it found, 0 when there is nothing, and looks no further than the
//! next white space.

use super::character::{after, is_space, is_word, run_end};

/// What an address of the web begins with.
const SCHEMES: [&str; 6] = ["http://", "https://", "ftp://", "mailto:", "www.", "doi:10."];

/// The longest part of a mail address before its "@" (RFC 5321).
const LONGEST_LOCAL_PART: usize = 64;

/// The length of the URL, mail address, handle or tag at the start of `text`.
pub(super) fn address_length(text: &str) -> usize {
    match text.as_bytes().first() {
        Some(b'@' | b'#') => tag_length(text),
        Some(b'h' | b'H' | b'f' | b'm' | b'w' | b'W' | b'd') => match url_length(text) {
            0 => mail_length(text),
            length => length,
        },
        Some(first) if first.is_ascii_alphanumeric() => mail_length(text),
        _ => 0,
    }
}

/// The length of the URL at the start of `text`, without the punctuation that ends the sentence around it.
fn url_length(text: &str) -> usize {
    let begins = |scheme: &str| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    let Some(scheme) = SCHEMES.iter().find(|scheme| begins(scheme)) else { return 0 };
    let stops =
        |character: char| is_space(character) || matches!(character, '<' | '>' | '"' | '“' | '”' | '{' | '}' | '|');
    let mut end = run_end(text, 0, |character| !stops(character));
    let address = text.get(..end).unwrap_or("");
    end = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', ']', '…']).len();
    if address.get(..end).is_some_and(|address| address.ends_with(')') && !address.contains('(')) {
        end -= 1;
    }
    if end > scheme.len() { end } else { 0 }
}

/// The length of the mail address at the start of `text`.
fn mail_length(text: &str) -> usize {
    // Bounded, as it is tried again at every part of a long chain.
    let window = text.char_indices().nth(LONGEST_LOCAL_PART + 1).map_or(text.len(), |(at, _)| at);
    let within = |character| is_word(character) || matches!(character, '.' | '_' | '-' | '+' | '%');
    let local = text.get(..window).map_or(0, |head| run_end(head, 0, within));
    if local == 0 || after(text, local) != Some('@') {
        return 0;
    }
    let host = run_end(text, local + 1, |character| is_word(character) || matches!(character, '.' | '-' | '_'));
    let length = text.get(..host).map_or(0, |address| address.trim_end_matches(['.', '-', '_']).len());
    if length > local + 1 { length } else { 0 }
}

/// The length of "@handle" or "#tag"; "#1" is no tag.
fn tag_length(text: &str) -> usize {
    let begins = after(text, 1).is_some_and(char::is_alphabetic);
    if begins { run_end(text, 1, |character| is_word(character) || character == '_') } else { 0 }
}

/// The length of the number at the start of `text`, which begins with a digit: "1,300", "2.5", "10:30", "9/11/2001".
pub(super) fn number_length(text: &str) -> usize {
    let telephone = telephone_length(text);
    if telephone > 0 {
        return telephone;
    }
    let mut end = digits_end(text, 0);
    loop {
        let next = digits_end(text, end + 1);
        let count = next.saturating_sub(end + 1);
        let joined = match text.as_bytes().get(end) {
            Some(b',') => count == 3,
            Some(b'.' | b':' | b'/') => count > 0,
            _ => false,
        };
        if !joined {
            return end;
        }
        end = next;
    }
}

/// The length of a telephone number or a date with two hyphens or more, of "345-9945" or "3-9945"; 0 for a range such as "2015-16".
fn telephone_length(text: &str) -> usize {
    let mut end = digits_end(text, 0);
    let first = end;
    let mut hyphens = 0;
    while text.as_bytes().get(end) == Some(&b'-') {
        let next = digits_end(text, end + 1);
        if next == end + 1 {
            break;
        }
        hyphens += 1;
        if hyphens == 1 && !(matches!(first, 1 | 3) && next - end == 5) && text.as_bytes().get(next) != Some(&b'-') {
            return 0;
        }
        end = next;
    }
    let followed = after(text, end).is_some_and(is_word);
    if hyphens == 0 || followed { 0 } else { end }
}

/// The first byte from `start` on that is no ASCII digit.
fn digits_end(text: &str, start: usize) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or(&[]);
    start + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_before_the_punctuation_of_the_sentence() {
        for (text, found) in [
            ("https://herald.example/a?b=1, he", "https://herald.example/a?b=1"),
            ("www.herald.example.", "www.herald.example"),
            ("http://a.example/x_(y))", "http://a.example/x_(y))"),
            ("http://a.example/x).", "http://a.example/x"),
            ("jana.holt@herald.example.", "jana.holt@herald.example"),
            ("@jana_holt, ", "@jana_holt"),
            ("#truce!", "#truce"),
            ("#1", ""),
            ("www. ", ""),
            ("jana@ ", ""),
        ] {
            assert_eq!(&text[..address_length(text)], found, "{text}");
        }
    }

    #[test]
    fn numbers_keep_their_inner_marks() {
        for (text, found) in [
            ("1,300-km", "1,300"),
            ("1,30", "1"),
            ("2.5.", "2.5"),
            ("10:30pm", "10:30"),
            ("9/11", "9/11"),
            ("2015-16", "2015"),
            ("11-20-2000.", "11-20-2000"),
            ("345-9945", "345-9945"),
            ("1-800-555-0199", "1-800-555-0199"),
            ("5.The", "5"),
        ] {
            assert_eq!(&text[..number_length(text)], found, "{text}");
        }
    }
}
