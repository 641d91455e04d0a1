//! Marks in a text: named stretches between brackets, which may hold each other.
//!
//! > [Orsa]holder [rejected]cue [the plan]content

use crate::text::Span;

/// A stretch of a text and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The stretch.
    pub(super) span: Span,
    /// What it is.
    pub(super) label: &'static str,
}

/// A part of a text with the marks that begin and end in it, or reach over its border.
pub(super) fn marked(text: &str, part: Span, marks: &[Mark]) -> String {
    let inside = |mark: &&Mark| mark.span.overlaps(part);
    let cut =
        |mark: &Mark| Mark { span: Span::new(mark.span.start.max(part.start), mark.span.end.min(part.end)), ..*mark };
    let marks: Vec<Mark> = marks.iter().filter(inside).map(cut).collect();
    let mut places: Vec<usize> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    places.sort_unstable();
    places.dedup();
    let mut drawn = String::new();
    let mut from = part.start;
    for place in places {
        drawn.push_str(&text[from..place]);
        from = place;
        push_ends(&mut drawn, &marks, place);
        let opened = marks.iter().filter(|mark| mark.span.start == place).count();
        drawn.push_str(&"[".repeat(opened));
    }
    drawn.push_str(&text[from..part.end]);
    drawn
}

/// The ends of the marks that end at a place, the inner before the outer.
fn push_ends(drawn: &mut String, marks: &[Mark], place: usize) {
    let mut ended: Vec<&Mark> = marks.iter().filter(|mark| mark.span.end == place).collect();
    ended.sort_by_key(|mark| std::cmp::Reverse(mark.span.start));
    for mark in ended {
        drawn.extend(["]", mark.label]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_may_hold_each_other() {
        let text = "Orsa will sign if paid. It waits.";
        let mark = |words: &str, label| {
            let start = text.find(words).unwrap();
            Mark { span: Span::new(start, start + words.len()), label }
        };
        for (marks, drawn) in [
            (vec![mark("Orsa", "holder")], "[Orsa]holder will sign if paid."),
            (
                vec![mark("sign if paid", "content"), mark("paid", "condition")],
                "Orsa will [sign if [paid]condition]content.",
            ),
            (vec![mark("sign if", "a"), mark("sign", "b")], "Orsa will [[sign]b if]a paid."),
            (vec![mark("paid. It waits", "content")], "Orsa will sign if [paid.]content"),
        ] {
            assert_eq!(marked(text, Span::new(0, 23), &marks), drawn);
        }
    }
}
