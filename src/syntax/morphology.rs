//! The joint tags the network predicts, and the morphological features that follow from them.
//!
//! A tag joins the universal and the Penn part of speech with those features of a verb which neither settles: "VB" is an
//! infinitive or an imperative, "VBN" active or passive. All other features follow from the tag and, for closed classes
//! such as pronouns, from the form.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::features::normalize;
use super::{Features, Upos, Word, Xpos};

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
    /// By number of the tag and normalised form, where it differs from the tag's features.
    by_form: IndexMap<(u16, String), String>,
}

/// How often a form must be seen with a tag to have features of its own.
const SEEN: usize = 3;

impl Morphology {
    /// The features of a form with tag number `tag`.
    pub(super) fn features(&self, form: &str, tag: usize) -> Features {
        let own = self.by_form.get(&(tag as u16, normalize(form).collect()));
        Features(own.or(self.by_tag.get(tag)).cloned().unwrap_or_default())
    }

    /// Learns the most frequent features of each of `tags` tags, and of forms that differ.
    pub(super) fn learn<'a>(tags: usize, examples: impl Iterator<Item = (&'a str, usize, &'a Features)>) -> Self {
        let mut by_tag: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); tags];
        let mut by_form: BTreeMap<(u16, String), BTreeMap<String, usize>> = BTreeMap::new();
        for (form, tag, features) in examples {
            let features = only(features, &KEPT);
            *by_tag[tag].entry(features.clone()).or_default() += 1;
            let key = (tag as u16, normalize(form).collect());
            *by_form.entry(key).or_default().entry(features).or_default() += 1;
        }
        let by_tag: Vec<String> = by_tag.iter().map(|counts| most_frequent(counts).0).collect();
        let differs = |((tag, form), counts): (&(u16, String), &BTreeMap<String, usize>)| {
            let (features, count) = most_frequent(counts);
            let own = count >= SEEN && by_tag.get(usize::from(*tag)) != Some(&features);
            own.then(|| ((*tag, form.clone()), features))
        };
        let by_form = by_form.iter().filter_map(differs).collect();
        Self { by_tag, by_form }
    }
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
        let mut examples = vec![("she", 0, &nominative); 5];
        examples.extend([("her", 0, &accusative); 3]);
        examples.extend([("it", 0, &accusative); 1]);
        let morphology = Morphology::learn(1, examples.into_iter());
        for (form, features) in [("She", "Case=Nom"), ("her", "Case=Acc"), ("it", "Case=Nom")] {
            assert_eq!(morphology.features(form, 0).0, features, "{form}");
        }
    }

    #[test]
    fn a_tag_reads_as_it_was_spelt() {
        let tag = Tag { upos: Upos::Verb, xpos: Xpos::Vbn, verb: "Tense=Past|VerbForm=Part|Voice=Pass".into() };
        assert_eq!(Tag::from_spelling(&tag.spelling()), tag);
    }
}
