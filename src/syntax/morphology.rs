//! The joint tags the network predicts, and the morphological features that follow from them.
//!
//! A tag joins the universal and the Penn part of speech with those features of a verb which neither settles: "VB" is an
//! infinitive or an imperative, "VBN" active or passive. All other features follow from the tag and, for closed classes
//! such as pronouns, from the form.

use std::collections::BTreeMap;

use foldhash::fast::FixedState;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::features::normalize;
use super::{Features, Relation, TreebankSentence, Upos, Word, Xpos};

/// Features that are part of a tag.
const IN_TAG: [&str; 4] = ["Mood", "Tense", "VerbForm", "Voice"];

/// Features that are predicted at all; the treebanks' remarks on spelling and style are not.
const KEPT: [&str; 15] = [
    "Case", "Definite", "Degree", "Gender", "Mood", "Number", "NumType", "Person", "Polarity", "Poss", "PronType",
    "Reflex", "Tense", "VerbForm", "Voice",
];

/// What the network predicts of a word by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Tag {
    pub(super) upos: Upos,
    pub(super) xpos: Xpos,
    /// In CoNLL-U form, those of `IN_TAG` alone.
    verb: String,
}

impl Tag {
    /// The tag of a treebank word.
    pub(super) fn of(word: &Word) -> Self {
        Self { upos: word.upos, xpos: word.xpos, verb: only(&word.features, &IN_TAG) }
    }

    /// The tag as it stands in the model file, "VERB VBN Tense=Past|VerbForm=Part|Voice=Pass".
    pub(super) fn spelling(&self) -> String {
        format!("{} {} {}", self.upos.as_str(), self.xpos.as_str(), self.verb)
    }

    /// Reads what `spelling` wrote.
    pub(super) fn from_spelling(text: &str) -> Self {
        let mut parts = text.splitn(3, ' ');
        let mut part = || parts.next().unwrap_or("");
        Self { upos: Upos::from_name(part()), xpos: Xpos::from_name(part()), verb: part().to_owned() }
    }
}

/// The features of tags and of forms with a tag.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Morphology {
    by_tag: Vec<String>,
    /// By number of the tag and normalised form with the mark of its place, where it differs from the tag's features.
    by_form: IndexMap<(u16, String), String, FixedState>,
}

/// Where a word stands, as far as its features depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Any word whose features follow from form and tag
    Anywhere,
    /// A personal pronoun as subject: "*it* failed"
    Subject,
    /// A personal pronoun elsewhere: "signed *it*"
    Elsewhere,
    /// A question word in a relative clause, or before one: "talks *which* failed", "*what* they want"
    Relative,
    /// A question word elsewhere: "*which* talks?"
    Question,
}

impl Place {
    /// The place of word `index`; `arc` has head and relation of each word.
    pub(super) fn of(index: usize, xpos: Xpos, arc: impl Fn(usize) -> (Option<usize>, Relation)) -> Self {
        match xpos {
            Xpos::Prp if matches!(arc(index).1.universal(), Relation::Nsubj | Relation::Expl) => Self::Subject,
            Xpos::Prp => Self::Elsewhere,
            Xpos::Wdt | Xpos::Wp | Xpos::WpPoss | Xpos::Wrb if is_relative(index, &arc) => Self::Relative,
            Xpos::Wdt | Xpos::Wp | Xpos::WpPoss | Xpos::Wrb => Self::Question,
            _ => Self::Anywhere,
        }
    }

    /// What marks the forms that were seen there.
    fn mark(self) -> &'static str {
        match self {
            Self::Anywhere => "",
            Self::Subject => "\tsubject",
            Self::Elsewhere => "\telsewhere",
            Self::Relative => "\trelative",
            Self::Question => "\tquestion",
        }
    }
}

/// Whether the nearest clause above the word is a relative one. In "the man whose house burned" three arcs lead there.
fn is_relative(index: usize, arc: &impl Fn(usize) -> (Option<usize>, Relation)) -> bool {
    let mut word = index;
    for _ in 0..4 {
        let (head, relation) = arc(word);
        match (head, relation) {
            (_, Relation::AclRelcl | Relation::AdvclRelcl) => return true,
            (Some(head), relation) if !is_clause(relation) => word = head,
            _ => return false,
        }
    }
    false
}

/// Whether the relation is that of a clause.
fn is_clause(relation: Relation) -> bool {
    matches!(
        relation.universal(),
        Relation::Ccomp | Relation::Advcl | Relation::Csubj | Relation::Parataxis | Relation::Acl | Relation::Root
    )
}

/// How often a form must be seen with a tag to have features of its own.
const SEEN: usize = 3;

impl Morphology {
    /// The features of a form with tag number `tag` at a place.
    pub(super) fn features(&self, form: &str, tag: usize, place: Place) -> Features {
        let mut key = (tag as u16, normalize(form).chain(place.mark().chars()).collect::<String>());
        let mut own = self.by_form.get(&key);
        if own.is_none() && place != Place::Anywhere {
            key.1.truncate(key.1.len() - place.mark().len());
            own = self.by_form.get(&key);
        }
        Features(own.or(self.by_tag.get(tag)).map(SmolStr::new).unwrap_or_default())
    }

    /// Learns the most frequent features of each of `tags` tags, and of forms and places that differ.
    pub(super) fn learn<'a>(tags: usize, examples: impl Iterator<Item = FeatureExample<'a>>) -> Self {
        let mut by_tag: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); tags];
        let mut by_form: BTreeMap<(u16, String), BTreeMap<String, usize>> = BTreeMap::new();
        for (form, tag, place, features) in examples {
            let features = only(features, &KEPT);
            *by_tag[tag].entry(features.clone()).or_default() += 1;
            let form: String = normalize(form).collect();
            let marked = (place != Place::Anywhere).then(|| form.clone() + place.mark());
            for form in marked.into_iter().chain([form]) {
                *by_form.entry((tag as u16, form)).or_default().entry(features.clone()).or_default() += 1;
            }
        }
        let by_tag: Vec<String> = by_tag.iter().map(|counts| most_frequent(counts).0).collect();
        let differs = |((tag, form), counts): (&(u16, String), &BTreeMap<String, usize>)| {
            let (features, count) = most_frequent(counts);
            let marked = form.contains('\t');
            let own = count >= SEEN && (marked || by_tag.get(usize::from(*tag)) != Some(&features));
            own.then(|| ((*tag, form.clone()), features))
        };
        let by_form = by_form.iter().filter_map(differs).collect();
        Self { by_tag, by_form }
    }
}

/// One word of a treebank: form, number of its tag, place, features.
pub(super) type FeatureExample<'a> = (&'a str, usize, Place, &'a Features);

/// The words of a sentence with their features; those whose tag has no number are left out.
pub(super) fn features_of(
    sentence: &TreebankSentence,
    number: impl Fn(&Word) -> Option<usize>,
) -> impl Iterator<Item = FeatureExample<'_>> {
    let words = sentence.tree.words();
    let arc = |word: usize| (words[word].head, words[word].relation);
    sentence.forms.iter().zip(words).enumerate().filter_map(move |(index, (form, word))| {
        Some((form.as_str(), number(word)?, Place::of(index, word.xpos, arc), &word.features))
    })
}

/// The most frequent entry, the first of equals.
fn most_frequent(counts: &BTreeMap<String, usize>) -> (String, usize) {
    let best = counts.iter().max_by(|left, right| left.1.cmp(right.1).then(right.0.cmp(left.0)));
    best.map(|(features, &count)| (features.clone(), count)).unwrap_or_default()
}

/// The features whose names are listed, in CoNLL-U form.
fn only(features: &Features, names: &[&str]) -> String {
    let listed = |feature: &&str| feature.split_once('=').is_some_and(|(name, _)| names.contains(&name));
    features.0.split('|').filter(listed).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_differ_from_their_tag_when_seen_often() {
        let (nominative, accusative) = (Features("Case=Nom".into()), Features("Case=Acc|Typo=Yes".into()));
        let mut examples = vec![("she", 0, Place::Anywhere, &nominative); 5];
        examples.extend([("her", 0, Place::Anywhere, &accusative); 3]);
        examples.extend([("it", 0, Place::Anywhere, &accusative); 1]);
        examples.extend([("you", 0, Place::Elsewhere, &accusative); 3]);
        examples.extend([("you", 0, Place::Subject, &nominative); 4]);
        let morphology = Morphology::learn(1, examples.into_iter());
        for (form, place, features) in [
            ("She", Place::Anywhere, "Case=Nom"),
            ("her", Place::Subject, "Case=Acc"),
            ("it", Place::Anywhere, "Case=Nom"),
            ("you", Place::Subject, "Case=Nom"),
            ("You", Place::Elsewhere, "Case=Acc"),
        ] {
            assert_eq!(morphology.features(form, 0, place).0, features, "{form}");
        }
    }

    #[test]
    fn question_words_stand_in_relative_clauses_or_not() {
        let arcs = [
            (Some(3), Relation::Nsubj),
            (Some(2), Relation::NmodPoss),
            (Some(3), Relation::Nsubj),
            (None, Relation::Root),
        ];
        let place = |clause| Place::of(1, Xpos::WpPoss, |word| if word == 3 { (Some(0), clause) } else { arcs[word] });
        assert_eq!(place(Relation::AclRelcl), Place::Relative);
        assert_eq!(place(Relation::Ccomp), Place::Question);
    }

    #[test]
    fn a_tag_reads_as_it_was_spelt() {
        let tag = Tag { upos: Upos::Verb, xpos: Xpos::Vbn, verb: "Tense=Past|VerbForm=Part|Voice=Pass".into() };
        assert_eq!(Tag::from_spelling(&tag.spelling()), tag);
    }
}
