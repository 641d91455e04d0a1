//! What a token looks like, and what sort of word it mostly is: all that the weighing of sentence ends sees of it.
//!
//! Facts are small and made once a token, so that the many hints about a gap (`hint`) are put together from numbers.

use super::Token;
use super::weight_table::WeightTable;

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Shape {
    /// Before the first token of a paragraph or behind its last one.
    Edge,
    /// "talks"
    Lower,
    /// "Orsa"
    Capital,
    /// "NATO"
    Upper,
    /// "J"
    Letter,
    /// "McHolt", "iPod"
    Mixed,
    /// "J."
    Initial,
    /// "No.", "U.S."
    Dotted,
    /// "1999"
    Number,
    /// "10:30"
    Time,
    /// "9/11/2001"
    Date,
    /// "2.5", "1,300"
    Decimal,
    /// "3D", "4105SF"
    Code,
    /// "www.herald.example", "jana@herald.example", "#truce"
    Address,
    /// "terms.pdf"
    File,
    /// "n't", "'s"
    Clitic,
    /// "."
    Stop,
    /// "?", "!!"
    Question,
    /// "..."
    Dots,
    /// ","
    Comma,
    /// ":"
    Colon,
    /// ";"
    Semicolon,
    /// "(", "["
    Open,
    /// ")", "]"
    Close,
    /// "“", and a straight mark before a word
    OpenQuote,
    /// "”", and a straight mark behind a word
    CloseQuote,
    /// "-", "–"
    Dash,
    /// "-----", "****"
    Rule,
    /// "*", "•"
    Bullet,
    /// ":-)"
    Face,
    /// "$", "%", "/"
    Symbol,
}

/// What is seen of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Hash of the form in lower case, its digits all alike.
    pub(super) word: u32,
    /// Hash of the last three letters, likewise.
    pub(super) ending: u32,
    /// The part of speech that the word mostly is, as numbered by the trainer; 0 when it is unknown.
    pub(super) class: u8,
    /// Whether it mostly is a finite verb.
    pub(super) finite: bool,
    /// What it looks like.
    pub(super) shape: Shape,
    /// Whether no white space stands before it.
    pub(super) glued: bool,
}

impl Facts {
    /// Stands for what is outside the paragraph.
    pub(super) const EDGE: Self =
        Self { word: 1, ending: 1, class: 0, finite: false, shape: Shape::Edge, glued: false };
}

/// The facts about each of `tokens`, which stand in `text`; `classes` has the part of speech of
/// known words, below 0 for finite verbs.
pub(crate) fn observe(classes: &WeightTable, text: &str, tokens: &[Token]) -> Vec<Facts> {
    let mut facts = Vec::with_capacity(tokens.len());
    let mut end = None;
    for (at, token) in tokens.iter().enumerate() {
        let glued = end == Some(token.span.start);
        let spaced = tokens.get(at + 1).is_none_or(|next| next.span.start > token.span.end);
        let form = straight(token.span.of(text));
        let word = word_hash(form);
        let shape = if token.continues { Shape::Clitic } else { shape(token.span.of(text), glued, spaced) };
        let class = classes.get(word);
        facts.push(Facts {
            word,
            ending: word_hash(ending(form)),
            class: class.unsigned_abs(),
            finite: class < 0,
            shape,
            glued,
        });
        end = Some(token.span.end);
    }
    facts
}

/// A quotation mark as typewriters have it: which one a page prints says nothing about sentences.
fn straight(form: &str) -> &str {
    match form {
        "“" | "”" | "„" | "«" | "»" | "``" | "''" => "\"",
        "‘" | "’" => "'",
        _ => form,
    }
}

/// The last three bytes of a form; all of it where they would cut a letter.
fn ending(form: &str) -> &str {
    form.get(form.len().saturating_sub(3)..).unwrap_or(form)
}

/// A hash of `form` in lower case with all digits alike, its high bits as good as its low ones (FNV-1a and a finisher).
pub(crate) fn word_hash(form: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for byte in form.bytes().take(LONGEST_WORD) {
        let byte = if byte.is_ascii_digit() { b'0' } else { byte.to_ascii_lowercase() };
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d)
}

/// No word is told from another by what stands behind this many bytes.
const LONGEST_WORD: usize = 24;

/// The shape of `form`; `glued` to the token before it, `spaced` from the next one.
fn shape(form: &str, glued: bool, spaced: bool) -> Shape {
    match form.chars().next() {
        None => Shape::Edge,
        Some(first) if first.is_alphanumeric() => word_shape(form, first),
        Some(first) => mark_shape(form, first, glued, spaced),
    }
}

/// How many bytes of each sort a form has.
#[derive(Default)]
struct Counts {
    upper: usize,
    lower: usize,
    digits: usize,
    dots: usize,
    /// The last other mark; "@" before any other.
    mark: u8,
}

impl Counts {
    /// Counts the bytes of `form`; those of letters outside ASCII are taken for small ones.
    fn new(form: &str) -> Self {
        let mut counts = Self::default();
        for byte in form.bytes() {
            match byte {
                b'A'..=b'Z' => counts.upper += 1,
                b'0'..=b'9' => counts.digits += 1,
                b'.' => counts.dots += 1,
                b'a'..=b'z' | 0x80.. => counts.lower += 1,
                _ if counts.mark == b'@' => {}
                _ => counts.mark = byte,
            }
        }
        counts
    }
}

/// The shape of a form that begins with a letter or digit.
fn word_shape(form: &str, first: char) -> Shape {
    let counts = Counts::new(form);
    if first.is_ascii_digit() && counts.upper + counts.lower == 0 {
        return match (counts.mark, counts.dots) {
            (0, 0) => Shape::Number,
            (b':', _) => Shape::Time,
            (b'/' | b'-', _) => Shape::Date,
            _ => Shape::Decimal,
        };
    }
    let link = counts.mark > 0 && form.contains("://") || counts.dots > 0 && form.starts_with("www.");
    if counts.mark == b'@' || link {
        return Shape::Address;
    }
    if (counts.upper, counts.dots, form.len()) == (1, 1, 2) {
        return Shape::Initial;
    }
    if counts.dots > 0 {
        return if form.ends_with('.') { Shape::Dotted } else { Shape::File };
    }
    if counts.digits > 0 {
        return Shape::Code;
    }
    match (first.is_uppercase(), counts.upper, counts.lower) {
        (true, 1, 0) => Shape::Letter,
        (true, _, 0) => Shape::Upper,
        (true, 0 | 1, _) => Shape::Capital,
        (false, 0, _) => Shape::Lower,
        _ => Shape::Mixed,
    }
}

/// The shape of a form that begins with neither letter nor digit.
fn mark_shape(form: &str, first: char, glued: bool, spaced: bool) -> Shape {
    let single = form.len() == first.len_utf8();
    match first {
        '.' if single => Shape::Stop,
        '.' | '…' if form.chars().all(|character| matches!(character, '.' | '…')) => Shape::Dots,
        '.' | '?' | '!' | '。' | '！' | '？' | '؟' => Shape::Question,
        '@' | '#' if !single => Shape::Address,
        ',' => Shape::Comma,
        ':' if single => Shape::Colon,
        ';' if single => Shape::Semicolon,
        '(' | '[' | '{' | '<' if single => Shape::Open,
        ')' | ']' | '}' | '>' if single => Shape::Close,
        '“' | '‘' | '„' | '«' | '`' => Shape::OpenQuote,
        '”' | '’' | '»' => Shape::CloseQuote,
        '"' | '\'' if glued || spaced => Shape::CloseQuote,
        '"' | '\'' => Shape::OpenQuote,
        '-' | '–' | '—' if form.chars().count() < 3 => Shape::Dash,
        '*' | '•' | '·' | '►' | '■' if single => Shape::Bullet,
        ':' | ';' | '=' if !single => Shape::Face,
        '-' | '–' | '—' | '*' | '=' | '_' | '~' | '#' | '+' | '|' | '<' | '>' if !single => Shape::Rule,
        _ => Shape::Symbol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_tell_words_from_numbers_and_marks() {
        for (form, expected) in [
            ("talks", Shape::Lower),
            ("Orsa", Shape::Capital),
            ("Élan", Shape::Capital),
            ("NATO", Shape::Upper),
            ("J", Shape::Letter),
            ("McHolt", Shape::Mixed),
            ("J.", Shape::Initial),
            ("U.S.", Shape::Dotted),
            ("2030", Shape::Number),
            ("10:30", Shape::Time),
            ("9/11/2030", Shape::Date),
            ("1,300", Shape::Decimal),
            ("3D", Shape::Code),
            ("http://herald.example/a", Shape::Address),
            ("jana@herald.example", Shape::Address),
            ("#truce", Shape::Address),
            ("terms.pdf", Shape::File),
            ("...", Shape::Dots),
            ("?!", Shape::Question),
            ("-", Shape::Dash),
            ("-----", Shape::Rule),
            (":-)", Shape::Face),
            ("%", Shape::Symbol),
        ] {
            assert_eq!(shape(form, false, true), expected, "{form}");
        }
        assert_eq!(shape("\"", false, false), Shape::OpenQuote);
        assert_eq!(shape("\"", true, true), Shape::CloseQuote);
    }

    #[test]
    fn words_are_alike_in_any_case_and_with_any_digits() {
        assert_eq!(word_hash("Talks"), word_hash("talks"));
        assert_eq!(word_hash("2029"), word_hash("2030"));
        assert_ne!(word_hash("talks"), word_hash("talk"));
    }
}
