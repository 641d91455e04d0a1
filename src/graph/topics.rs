//! The topics of a corpus: their commonest wordings, and which lies under which.
//!
//! Two phrases with one key are one topic. A topic lies under those whose keys its own contains, directly under the
//! largest of these: "river conflict freeze" under "river conflict", which lies under "conflict".

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::phrase::Phrase;
use super::topic::TopicKey;

/// Stems up to which broader topics are looked for: 2^8 lookups; longer keys are rare and seldom wanted.
const STEM_LIMIT: usize = 8;

/// A topic of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Topic {
    /// The commonest wording; of equally common ones the shortest.
    pub(super) name: String,
    /// The other wordings, sorted.
    pub(super) wordings: Vec<String>,
    /// Their normal form.
    pub(super) key: TopicKey,
}

/// The topics of a corpus, in order of first appearance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Topics {
    pub(super) topics: Vec<Topic>,
}

impl Topics {
    /// Joins phrases to topics.
    pub(super) fn collect<'a>(phrases: impl Iterator<Item = &'a Phrase>) -> Self {
        let mut wordings: IndexMap<&TopicKey, BTreeMap<&str, usize>> = IndexMap::new();
        for phrase in phrases {
            *wordings.entry(&phrase.key).or_default().entry(&phrase.name).or_default() += 1;
        }
        let topic = |(key, counts): (&TopicKey, BTreeMap<&str, usize>)| {
            let ranked = counts.iter().map(|(&name, &count)| (Reverse(count), name.len(), name));
            let name = ranked.min().map_or("", |(_, _, name)| name);
            let mut known = BTreeSet::from([name.to_lowercase()]);
            let others = counts.keys().filter(|other| known.insert(other.to_lowercase()));
            Topic { name: name.to_owned(), wordings: others.map(|&other| other.to_owned()).collect(), key: key.clone() }
        };
        Self { topics: wordings.into_iter().map(topic).collect() }
    }

    /// Pairs of a topic and one directly above it, in the order of the topics. A name lies under nothing: "Red River" is
    /// no kind of river.
    pub(super) fn broader(&self) -> Vec<(&TopicKey, &TopicKey)> {
        let known: BTreeMap<&[String], &TopicKey> =
            self.topics.iter().map(|topic| (topic.key.stems(), &topic.key)).collect();
        let above = |topic: &Topic| -> Vec<&TopicKey> {
            let mut direct: Vec<&TopicKey> = Vec::new();
            for broader in parts(topic.key.stems()).iter().filter_map(|part| known.get(part.as_slice())) {
                if !direct.iter().any(|other| broader.covers(other)) {
                    direct.push(broader);
                }
            }
            direct
        };
        let pairs = |topic| above(topic).into_iter().map(|broader| (&topic.key, broader)).collect::<Vec<_>>();
        self.topics.iter().filter(|topic| !is_name(&topic.name)).flat_map(pairs).collect()
    }
}

/// Whether every word has a capital or is a number.
fn is_name(wording: &str) -> bool {
    wording.split_whitespace().all(|word| !word.starts_with(char::is_lowercase))
}

/// The proper parts of a set of stems, larger ones first; none for a set that is too large.
fn parts(stems: &[String]) -> Vec<Vec<String>> {
    if stems.len() > STEM_LIMIT {
        return Vec::new();
    }
    let all = (1_usize << stems.len()) - 1;
    let chosen = |choice: usize| stems.iter().enumerate().filter(move |(place, _)| choice >> place & 1 == 1);
    let mut parts: Vec<Vec<String>> =
        (1..all).map(|choice| chosen(choice).map(|(_, stem)| stem.clone()).collect()).collect();
    parts.sort_by_key(|part| Reverse(part.len()));
    parts
}

#[cfg(test)]
mod tests {
    use super::super::topic::key;
    use super::*;

    /// The topics of some wordings.
    fn topics(wordings: &[&str]) -> Topics {
        let phrase = |name: &&str| Phrase { name: (*name).to_owned(), key: key(name), direct: true };
        let phrases: Vec<Phrase> = wordings.iter().map(phrase).collect();
        Topics::collect(phrases.iter())
    }

    #[test]
    fn the_commonest_wording_names_a_topic() {
        let topics = topics(&["freeze the conflict", "freezing of the conflict", "freezing of the conflict"]);
        assert_eq!(topics.topics.len(), 1);
        assert_eq!(topics.topics[0].name, "freezing of the conflict");
        assert_eq!(topics.topics[0].wordings, ["freeze the conflict"]);
    }

    #[test]
    fn capitals_alone_make_no_other_wording_and_names_no_narrower_topic() {
        let topics = topics(&["river", "River", "Red River", "red"]);
        assert_eq!(topics.topics[0].wordings, Vec::<String>::new());
        assert_eq!(topics.broader(), []);
    }

    #[test]
    fn a_topic_lies_under_the_largest_of_its_parts() {
        let topics = topics(&["conflict", "river conflict freeze", "river conflict", "grain"]);
        let pairs: Vec<String> = topics.broader().iter().map(|(one, other)| format!("{one} < {other}")).collect();
        assert_eq!(pairs, ["conflict freez river < conflict river", "conflict river < conflict"]);
    }
}
