//! Pairs quotation marks: "…", “…”, ‘…’, ''…'' (two apostrophes at both ends) and ``…''.
//!
//! Quotations nest and may cover several sentences. One that is never closed ends with its paragraph; a paragraph that
//! reopens it makes a new one, as newspapers do. Apostrophes were told apart in `tokenizer`: they belong to their words.

use super::character::{after, before, is_opening, is_space};
use super::{Document, Quotation, Span};

/// Double and single quotations close apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
}

/// What a mark may do at its place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Opens,
    Closes,
    /// A straight mark with words, or with spaces, on both sides.
    Either,
}

/// An opening mark that waits for its closing one.
struct Open {
    family: Family,
    mark: Span,
}

/// The quotations of `document`, in the order of their opening marks.
///
/// Reads the document's text, paragraphs, sentences and tokens; linear in the number of tokens.
pub(super) fn find(document: &Document) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut paragraph = None;
    let mut last_end = 0;
    for sentence in &document.sentences {
        if paragraph != Some(sentence.paragraph) {
            close_all(&mut open, last_end, &mut quotations);
            paragraph = Some(sentence.paragraph);
        }
        for token in document.tokens_of(sentence) {
            if let Some(family) = family(document.form(token)).filter(|_| !token.continues) {
                meet(&document.text, family, token.span, &mut open, &mut quotations);
            }
        }
        last_end = sentence.span.end;
    }
    close_all(&mut open, last_end, &mut quotations);
    quotations.sort_by_key(|quotation| (quotation.outer.start, std::cmp::Reverse(quotation.outer.end)));
    quotations
}

/// Opens or closes a quotation at `mark`.
fn meet(text: &str, family: Family, mark: Span, open: &mut Vec<Open>, quotations: &mut Vec<Quotation>) {
    let waiting = open.iter().rposition(|opened| opened.family == family);
    match (role(text, mark), waiting) {
        (Role::Closes | Role::Either, Some(position)) => {
            let unclosed = open.drain(position + 1..).filter(|unclosed| unclosed.family == Family::Double);
            quotations.extend(unclosed.map(|unclosed| unfinished(&unclosed, mark.start)));
            if let Some(opened) = open.pop() {
                quotations
                    .push(Quotation { outer: opened.mark.cover(mark), inner: Span::new(opened.mark.end, mark.start) });
            }
        }
        (Role::Opens, _) => open.push(Open { family, mark }),
        (Role::Either, None) if family == Family::Double => open.push(Open { family, mark }),
        _ => {}
    }
}

/// Ends every open quotation at byte `end`, the end of its paragraph.
///
/// A single mark that nothing closes was an apostrophe ("'specially") and makes no quotation.
fn close_all(open: &mut Vec<Open>, end: usize, quotations: &mut Vec<Quotation>) {
    let double = open.drain(..).filter(|opened| opened.family == Family::Double);
    quotations.extend(double.map(|opened| unfinished(&opened, end)));
}

/// The quotation of a mark that was never closed, ended at byte `end`.
fn unfinished(opened: &Open, end: usize) -> Quotation {
    let inner = Span::new(opened.mark.end, end.max(opened.mark.end));
    Quotation { outer: opened.mark.cover(inner), inner }
}

/// The family of a token that is a quotation mark.
fn family(form: &str) -> Option<Family> {
    match form {
        "\"" | "“" | "”" | "„" | "«" | "»" | "''" | "``" | "’’" | "‘‘" | "＂" => Some(Family::Double),
        "'" | "‘" | "’" | "`" | "‹" | "›" => Some(Family::Single),
        _ => None,
    }
}

/// What the mark does: curly marks say so themselves, straight ones by the spaces around them.
///
/// A curly mark that faces the wrong way, with a space on one side only, is believed less than its spaces.
fn role(text: &str, mark: Span) -> Role {
    let left = before(text, mark.start).is_none_or(|character| is_space(character) || is_opening(character));
    let right = after(text, mark.end).is_none_or(|character| is_space(character) || is_closing(character));
    let spaced = before(text, mark.start).is_none_or(is_space);
    let ended = after(text, mark.end).is_none_or(is_space);
    match mark.of(text) {
        "“" | "‘" if ended && !spaced && right && !left => Role::Closes,
        "”" if spaced && !ended && !right => Role::Opens,
        "“" | "„" | "«" | "‘" | "``" | "‘‘" | "‹" | "`" => Role::Opens,
        "”" | "»" | "’" | "’’" | "›" => Role::Closes,
        _ => match (left, right) {
            (true, false) => Role::Opens,
            (false, true) => Role::Closes,
            _ => Role::Either,
        },
    }
}

/// Whether `character` can stand behind a closing mark without a space: ")", ",", ".".
fn is_closing(character: char) -> bool {
    matches!(character, ')' | ']' | ',' | '.' | ';' | ':' | '?' | '!' | '”' | '’' | '"' | '\'' | '-' | '–' | '—' | '…')
}
