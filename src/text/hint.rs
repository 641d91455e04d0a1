//! The hints about a gap between two tokens that the weighing of sentence ends adds up.
//!
//! A hint is a kind and a value, hashed together: "behind is the word `regards`", "a capital follows a link". Words say
//! most where they are frequent, shapes and parts of speech where they are not; lengths, open brackets and finite verbs
//! say whether what stands before and behind the gap could be a sentence at all. Which hints tell is left to the fitting.

use super::shape::{Facts, Shape};

/// Hints about one gap.
pub(crate) const HINTS: usize = 63;

/// The hashes of the hints about one gap.
pub(crate) type Hints = [u32; HINTS];

/// How far a look ahead or back goes, in tokens.
const WINDOW: usize = 40;

/// How far behind the gap a finite verb is looked for.
const VERB_WINDOW: usize = 6;

/// Where a gap stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gap<'a> {
    /// All tokens of the paragraph.
    pub(super) facts: &'a [Facts],
    /// The first token of the sentence that the gap might end.
    pub(super) start: usize,
    /// The token behind the gap.
    pub(super) at: usize,
    /// Whether the rules end the sentence here.
    pub(super) ruled: bool,
}

/// The tokens around a gap and what is needed of them many times.
struct View {
    /// The three tokens before the gap, the nearest first; an edge where the sentence is shorter.
    left: [Facts; 3],
    /// The three tokens behind the gap.
    right: [Facts; 3],
    /// The first token of the sentence.
    first: Facts,
    /// The nearest shape on either side, with what stands between them.
    before: u32,
    after: u32,
    ruled: u32,
    length: u32,
}

/// The hints about a gap.
pub(crate) fn hints(gap: Gap) -> Hints {
    let view = View::new(gap);
    let mut collector = Collector { hints: [0; HINTS], count: 0 };
    collector.words(&view);
    collector.shapes(&view);
    collector.classes(&view);
    collector.sentence(gap, &view);
    collector.surroundings(gap, &view);
    collector.hints
}

impl View {
    /// What stands around a gap.
    fn new(gap: Gap) -> Self {
        let fact = |at: usize| gap.facts.get(at).copied().unwrap_or(Facts::EDGE);
        let back = |steps: usize| if gap.at >= gap.start + steps { fact(gap.at - steps) } else { Facts::EDGE };
        let left = [back(1), back(2), back(3)];
        let right = [fact(gap.at), fact(gap.at + 1), fact(gap.at + 2)];
        let ruled = u32::from(gap.ruled);
        Self {
            before: code(left[0]) << 1 | u32::from(left[0].glued),
            after: code(right[0]) << 1 | ruled,
            left,
            right,
            first: fact(gap.start),
            ruled,
            length: bucket(gap.at - gap.start),
        }
    }
}

/// The number of a shape.
fn code(facts: Facts) -> u32 {
    facts.shape as u32
}

/// The part of speech, with whether the word is in lower case; of an unknown word the shape.
fn class(facts: Facts) -> u32 {
    match facts.class {
        0 => 32 + code(facts),
        class => u32::from(class) << 6 | u32::from(facts.shape == Shape::Lower),
    }
}

/// The word, apart from the same word in another shape.
fn cased(facts: Facts) -> u32 {
    facts.word ^ code(facts)
}

/// Lengths in few classes.
fn bucket(length: usize) -> u32 {
    match length {
        0..=6 => length as u32,
        7..=9 => 7,
        10..=14 => 8,
        15..=24 => 9,
        25..=WINDOW => 10,
        _ => 11,
    }
}

/// Collects hints, each kind in its own part of the hash.
struct Collector {
    hints: Hints,
    count: usize,
}

impl Collector {
    /// Adds the hint of the next kind.
    fn add(&mut self, one: u32, other: u32) {
        let value = u64::from(one) << 32 | u64::from(other);
        let kind = (self.count as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (value ^ kind).wrapping_mul(0xd6e8_feb8_6659_fd93);
        let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        if let Some(hint) = self.hints.get_mut(self.count) {
            *hint = (mixed >> 32) as u32;
        }
        self.count += 1;
    }

    /// The words around the gap, alone, in pairs, and beside shapes.
    fn words(&mut self, view: &View) {
        let &View { left: [l1, l2, l3], right: [r1, r2, _], before, after, ruled, first, .. } = view;
        self.add(l1.word, ruled);
        self.add(cased(r1), ruled);
        self.add(l1.word, after);
        self.add(cased(r1), before);
        self.add(l1.word, r1.word);
        self.add(l2.word, l1.word);
        self.add(cased(r1), r2.word);
        self.add(l2.word.wrapping_mul(3) ^ l1.word, after);
        self.add(r1.word.wrapping_mul(3) ^ r2.word, before);
        self.add(first.word, after);
        self.add(l1.ending, after);
        self.add(r1.ending, before << 8 | after);
        self.add(l2.word, after);
        self.add(r2.word, before << 8 | after);
        self.add(l1.ending, r1.ending);
        self.add(l1.word, code(r2) << 8 | after);
        self.add(cased(r1), code(l2) << 8 | before);
        self.add(l2.ending, before << 8 | after);
        self.add(r2.ending, before << 8 | after);
        self.add(l3.word, after);
        self.add(l1.word, class(r1) << 1 | ruled);
        self.add(cased(r1), class(l1) << 1 | ruled);
    }

    /// The shapes around the gap.
    fn shapes(&mut self, view: &View) {
        let &View { left: [_, l2, l3], right: [_, r2, r3], before, after, ruled, first, .. } = view;
        let wide_left = code(l3) << 16 | code(l2) << 8 | before;
        let wide_right = after << 16 | code(r2) << 8 | code(r3);
        self.add(0, 0);
        self.add(ruled, before);
        self.add(before, after);
        self.add(code(l2) << 8 | before, after);
        self.add(before, after << 8 | code(r2));
        self.add(code(l2) << 8 | before, after << 8 | code(r2));
        self.add(wide_left, after);
        self.add(before, wide_right);
        self.add(wide_left, wide_right);
        self.add(code(r2) << 8 | code(r3), after);
        self.add(code(l3) << 8 | code(l2), after);
        self.add(code(first) << 8 | before, after);
    }

    /// The parts of speech around the gap.
    fn classes(&mut self, view: &View) {
        let &View { left: [l1, l2, l3], right: [r1, r2, r3], before, after, ruled, .. } = view;
        let near = class(r1) << 1 | ruled;
        let two_left = class(l2) << 16 | class(l1);
        let two_right = class(r2) << 16 | near;
        self.add(class(l1), near);
        self.add(two_left, near);
        self.add(class(l1), two_right);
        self.add(two_left, two_right);
        self.add(class(r3) << 16 | class(r2), near);
        self.add(class(l1) << 16 | class(l2), class(l3) << 1 | ruled);
        self.add(class(r2) << 16 | class(r3), before << 8 | after);
        self.add(class(l2) << 16 | class(l3), before << 8 | after);
    }

    /// What the sentence up to the gap is like: its length, its first token, open marks, a finite verb.
    fn sentence(&mut self, gap: Gap, view: &View) {
        let &View { left: [l1, ..], right: [r1, r2, _], before, after, ruled, first, length } = view;
        let open = open_marks(gap);
        let sides = before << 8 | after;
        let verbs = finite_verbs(gap);
        self.add(length, ruled);
        self.add(length << 8 | before, after);
        self.add(code(first) << 8 | length, after);
        self.add(open, ruled);
        self.add(open << 8 | before, after);
        self.add(verbs, class(l1) << 16 | class(r1) << 1 | ruled);
        self.add(verbs << 8 | length, sides);
        self.add(verbs << 16 | code(r2), sides);
        // Items of a list begin alike.
        let again = first.word == r1.word && gap.at > gap.start + 1;
        self.add(u32::from(again) << 8 | code(r1), before << 1 | ruled);
        let alike = first.class == r1.class && first.shape == r1.shape;
        self.add(u32::from(alike) << 8 | length, sides);
        self.add(u32::from(l1.word == r1.word), after);
    }

    /// What the paragraph is like around the sentence: how far to its end, to the next full stop and colon.
    fn surroundings(&mut self, gap: Gap, view: &View) {
        let &View { left: [l1, ..], right: [r1, ..], before, after, ruled, length, .. } = view;
        let sides = before << 8 | after;
        let rest = bucket(gap.facts.len() - gap.at);
        let terminal = distance(gap, |shape| matches!(shape, Shape::Stop | Shape::Question | Shape::Dots));
        let colon = distance(gap, |shape| shape == Shape::Colon);
        let opens = u32::from(gap.start == 0);
        self.add(rest << 8 | before, after);
        self.add(length << 8 | rest, after);
        self.add(opens << 8 | before, after);
        self.add(opens << 8 | length, rest << 8 | ruled);
        self.add(terminal << 8 | ruled, sides);
        self.add(terminal << 8 | length, sides);
        self.add(terminal << 8 | class(l1), class(r1) << 1 | ruled);
        self.add(colon << 8 | ruled, sides);
        let past = |steps: usize| gap.at.checked_sub(steps).and_then(|at| gap.facts.get(at)).unwrap_or(&Facts::EDGE);
        self.add(code(*past(3)) << 16 | code(*past(2)) << 8 | before, after);
        self.add(past(3).word ^ past(2).word.wrapping_mul(7), sides);
    }
}

/// Whether brackets and quotation marks stand open before the gap, each as too few, even, or too many.
fn open_marks(gap: Gap) -> u32 {
    let (mut brackets, mut quotes) = (0_i32, 0_i32);
    for fact in gap.facts.get(gap.start.max(gap.at.saturating_sub(WINDOW))..gap.at).unwrap_or(&[]) {
        match fact.shape {
            Shape::Open => brackets += 1,
            Shape::Close => brackets -= 1,
            Shape::OpenQuote => quotes += 1,
            Shape::CloseQuote => quotes -= 1,
            _ => {}
        }
    }
    (brackets.signum() + 1) as u32 * 3 + (quotes.signum() + 1) as u32
}

/// Whether the sentence has a finite verb before the gap, and whether one follows soon behind it.
fn finite_verbs(gap: Gap) -> u32 {
    let any = |from: usize, to: usize| {
        let facts = gap.facts.get(from..to.min(gap.facts.len())).unwrap_or(&[]);
        u32::from(facts.iter().any(|fact| fact.finite))
    };
    any(gap.start.max(gap.at.saturating_sub(WINDOW)), gap.at) << 1 | any(gap.at, gap.at + VERB_WINDOW)
}

/// How far behind the gap the next token of some shape stands, in classes.
fn distance(gap: Gap, is_sought: impl Fn(Shape) -> bool) -> u32 {
    let ahead = gap.facts.get(gap.at..).unwrap_or(&[]).iter().take(WINDOW + 1);
    bucket(ahead.into_iter().position(|fact| is_sought(fact.shape)).unwrap_or(WINDOW + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_hint_has_its_place() {
        let facts = [Facts::EDGE; 3];
        let mut found = hints(Gap { facts: &facts, start: 0, at: 1, ruled: false }).to_vec();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), HINTS);
    }

    #[test]
    fn a_ruling_changes_the_hints() {
        let facts = [Facts::EDGE; 3];
        let with = |ruled| hints(Gap { facts: &facts, start: 0, at: 1, ruled });
        assert_ne!(with(true), with(false));
    }
}
