//! Which capitals a lemma has: the shapes in which forms are written, and the cases in which lemmas are.
//! Names keep theirs, other words lose them, and what the treebanks write otherwise is learned.

use serde::{Deserialize, Serialize};

/// Longest ending that has a case of its own: "-ish" and "-ese" tell adjectives of nations from others.
pub(super) const LONGEST_ENDING: usize = 4;

/// How a form is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// "2024", "--"
    NoLetter,
    /// "talks"
    Small,
    /// "Talks"
    Capital,
    /// "A"
    Letter,
    /// "UN", "NATO" would be the next
    Capitals2,
    /// "TALK", "NATO"
    Capitals4,
    /// "TEHRAN"
    Capitals6,
    /// "CEOs"
    Acronyms,
    /// "iPhone", "McKay"
    Mixed,
}

impl Shape {
    /// The shape of a form.
    pub(super) fn of(form: &str) -> Self {
        let upper = form.chars().filter(|character| character.is_uppercase()).count();
        let small = form.chars().filter(|character| character.is_lowercase()).count();
        match (upper, small) {
            (0, 0) => Self::NoLetter,
            (0, _) => Self::Small,
            (1, 0) => Self::Letter,
            (2 | 3, 0) => Self::Capitals2,
            (4 | 5, 0) => Self::Capitals4,
            (_, 0) => Self::Capitals6,
            (1, _) if form.starts_with(char::is_uppercase) => Self::Capital,
            (2.., 1) if form.ends_with('s') => Self::Acronyms,
            _ => Self::Mixed,
        }
    }
}

/// How a lemma is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Case {
    /// As the form, as far as they agree.
    Kept,
    /// "talk"
    Lower,
    /// "Dutch"
    Capital,
    /// "NATO"
    Upper,
}

impl Case {
    /// All cases; where several explain a lemma, the first does.
    pub(super) const ALL: [Self; 4] = [Self::Kept, Self::Lower, Self::Capital, Self::Upper];

    /// The lemma of a form, given in lower case, in this case.
    pub(super) fn apply(self, form: &str, lemma: String) -> String {
        match self {
            Self::Lower => lemma,
            Self::Upper => lemma.to_uppercase(),
            Self::Capital => {
                let mut characters = lemma.chars();
                characters.next().map(char::to_uppercase).into_iter().flatten().chain(characters).collect()
            }
            Self::Kept => kept(form, &lemma),
        }
    }

    /// The case in which a known lemma is written; `Kept` for one of its own, such as "iPhone".
    pub(super) fn of(lemma: &str) -> Self {
        let lower = lemma.to_lowercase();
        let same = |case: &Self| case.apply("", lower.clone()) == lemma;
        [Self::Lower, Self::Capital, Self::Upper].into_iter().find(same).unwrap_or(Self::Kept)
    }
}

/// The lower-case lemma with the capitals of the form, as far as they agree.
fn kept(form: &str, lemma: &str) -> String {
    let mut written = String::with_capacity(lemma.len());
    let mut rest = lemma.chars();
    let mut agreed = form.chars();
    while let Some(character) = rest.next() {
        match agreed.next().filter(|other| other.to_lowercase().eq([character])) {
            Some(other) => written.push(other),
            None => {
                written.push(character);
                written.extend(rest);
                break;
            }
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_have_shapes() {
        for (form, shape) in [
            ("2024", Shape::NoLetter),
            ("talks", Shape::Small),
            ("Talks", Shape::Capital),
            ("A", Shape::Letter),
            ("U.N.", Shape::Capitals2),
            ("ORSA", Shape::Capitals4),
            ("TALMORA", Shape::Capitals6),
            ("CEOs", Shape::Acronyms),
            ("McHarrel", Shape::Mixed),
        ] {
            assert_eq!(Shape::of(form), shape, "{form}");
        }
    }

    #[test]
    fn cases_are_put_on() {
        for (case, form, lemma, expected) in [
            (Case::Lower, "TALKS", "talk", "talk"),
            (Case::Capital, "orsan", "orsan", "Orsan"),
            (Case::Upper, "Ngos", "ngo", "NGO"),
            (Case::Kept, "McHarrels", "mcharrel", "McHarrel"),
            (Case::Kept, "Armies", "army", "Army"),
            (Case::Kept, "", "", ""),
        ] {
            assert_eq!(case.apply(form, lemma.to_owned()), expected, "{form}");
        }
    }
}
