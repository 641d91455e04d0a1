//! When two phrases name one topic: the normal form of a phrase, the same for a content and for a question.
//!
//! "Freezing of the conflict", "conflict freeze" and "freeze the conflict" have the normal form `conflict freez`: the
//! stems of their words without small words and light adjectives, synonyms replaced, sorted. A topic lies under another
//! when its key contains the other's: "freezing of the conflict" under "conflict". Which phrases of a content become
//! topics is decided in `phrase`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub(crate) use super::inflection::stem;
use super::inflection::uninflected;
use crate::lexicon::{LexiconError, Lexicons};

/// Words that make no topic.
const STOPWORDS: (&str, &str) = ("topic_stopwords.tsv", include_str!("../../data/topic_stopwords.tsv"));
/// Wordings that name one topic.
const SYNONYMS: (&str, &str) = ("topic_synonyms.tsv", include_str!("../../data/topic_synonyms.tsv"));

/// States and what stands for them: "Orsan territory" is "territory of Orsa".
const STATES: (&str, &str) = ("states.tsv", include_str!("../../data/states.tsv"));

/// The normal form of a topic: stems, sorted, none twice.
///
/// A key may be empty ("the", "of it"); an empty key lies under nothing and covers nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TopicKey(Vec<String>);

impl TopicKey {
    /// The key as the property `key` of a topic spells it: stems with blanks between them.
    pub fn from_property(text: &str) -> Self {
        Self::from_stems(text.split_whitespace().map(str::to_owned))
    }

    /// The key of these stems.
    fn from_stems(stems: impl IntoIterator<Item = String>) -> Self {
        Self(stems.into_iter().collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// The stems, sorted.
    pub fn stems(&self) -> &[String] {
        &self.0
    }

    /// Whether there is no stem.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a topic with the key `narrower` is this topic or lies under it: "conflict" covers "conflict freez".
    pub fn covers(&self, narrower: &TopicKey) -> bool {
        !self.is_empty() && self.0.iter().all(|stem| narrower.0.binary_search(stem).is_ok())
    }
}

impl std::fmt::Display for TopicKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0.join(" "))
    }
}

/// The key of a phrase after the embedded word lists: what a question compares with the property `key` of topics.
///
/// A user's own synonyms were applied when the graph was built; compare with the keys of a topic's `aliases`, too.
pub fn key(phrase: &str) -> TopicKey {
    static RULES: LazyLock<TopicRules> = LazyLock::new(|| TopicRules::new(&Lexicons::embedded()).unwrap_or_default());
    RULES.key(phrase)
}

/// In which place a word makes no topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StopRole {
    /// "of", "would": never part of a key
    Function,
    /// "new", "proposed": left out of names and keys, in just this form ("plan" stays)
    Adjective,
    /// "way", "week": heads no topic
    Noun,
    /// "have", "reject": makes no topic with its object
    Verb,
    /// "including": what it introduces is no complement
    Preposition,
}

/// A row of `topic_stopwords.tsv`.
#[derive(Deserialize)]
struct StopRow {
    word: String,
    role: StopRole,
}

/// A row of `states.tsv`, as far as topics go.
#[derive(Deserialize)]
struct StateRow {
    name: String,
    adjective: String,
    capital: String,
    metonyms: String,
    aliases: String,
}

/// A row of `topic_synonyms.tsv`.
#[derive(Deserialize)]
struct SynonymRow {
    wording: String,
    normal: String,
}

/// The word lists that decide about topics.
#[derive(Clone, Debug, Default)]
pub struct TopicRules {
    /// Stems of stop words; adjectives in their own form.
    stopwords: BTreeSet<(StopRole, String)>,
    /// Stems of one word and what replaces it.
    words: BTreeMap<String, Vec<String>>,
    /// Stems of several words, all of which must be there, and what replaces them.
    groups: Vec<(Vec<String>, Vec<String>)>,
    /// Wordings in capitals, compared before letters are made small.
    capitals: BTreeMap<String, Vec<String>>,
}

impl TopicRules {
    /// The rules of the embedded lists and the user's rows.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let mut rules = Self::default();
        for row in lexicons.rows::<StopRow>(STOPWORDS.0, STOPWORDS.1)? {
            rules.stopwords.insert((row.role, form(&row.word, row.role)));
        }
        for row in lexicons.rows::<StateRow>(STATES.0, STATES.1)? {
            rules.add_state(&row);
        }
        for row in lexicons.rows::<SynonymRow>(SYNONYMS.0, SYNONYMS.1)? {
            rules.add_synonym(&row.wording, words(&row.normal).map(uninflected).collect());
        }
        Ok(rules)
    }

    /// Lets everything that stands for a state read as its name in one word: "us" of "US" says nothing, "united" and
    /// "states" one by one say something else.
    fn add_state(&mut self, row: &StateRow) {
        let normal: String = words(&row.name).collect::<String>().to_lowercase();
        let cells = [&row.name, &row.adjective, &row.capital, &row.metonyms].into_iter();
        let wordings = cells.flat_map(|cell| cell.split('|'));
        // "States" and "Emirates" are common nouns in most topics.
        let clear = |wording: &&str| !matches!(self.telling(wording).as_slice(), [word] if word.ends_with('s'));
        let aliases: Vec<&str> = row.aliases.split('|').filter(clear).collect();
        for wording in wordings.chain(aliases).filter(|wording| !wording.is_empty()) {
            self.add_synonym(wording, vec![normal.clone()]);
        }
    }

    /// Files a synonym by the way in which it is looked up.
    fn add_synonym(&mut self, wording: &str, normal: Vec<String>) {
        let mut stems: Vec<String> = self.telling(wording).into_iter().map(uninflected).collect();
        if wording.chars().any(char::is_uppercase) && !wording.chars().any(char::is_lowercase) {
            self.capitals.insert(wording.replace('.', ""), normal);
        } else if stems.len() > 1 {
            self.groups.push((stems, normal));
        } else {
            self.words.extend(stems.pop().map(|stem| (stem, normal)));
        }
    }

    /// Whether a word makes no topic in this place.
    pub fn is_stopword(&self, word: &str, role: StopRole) -> bool {
        self.stopwords.contains(&(role, form(word, role)))
    }

    /// Whether a word is one to which the synonyms lead, an act that has a noun: "withdraw" has "withdrawal".
    pub fn has_noun(&self, verb: &str) -> bool {
        let verb = uninflected(verb);
        self.words.values().any(|normal| normal.as_slice() == std::slice::from_ref(&verb))
    }

    /// The key of a phrase. A phrase of light adjectives alone keeps them ("the future"); one of small words alone has an
    /// empty key.
    pub fn key(&self, phrase: &str) -> TopicKey {
        let mut stems = Vec::new();
        for word in self.telling(phrase) {
            match self.capitals.get(&word.replace('.', "")) {
                Some(normal) => stems.extend(normal.iter().cloned()),
                None => stems.push(uninflected(word)),
            }
        }
        TopicKey::from_stems(self.without_synonyms(stems))
    }

    /// The words of a phrase without small words and, if that leaves any, without light adjectives.
    fn telling<'a>(&self, phrase: &'a str) -> Vec<&'a str> {
        let is = |word: &str, role: StopRole| self.is_stopword(word, role) && !self.capitals.contains_key(word);
        let mut telling: Vec<&str> = words(phrase).filter(|word| !is(word, StopRole::Function)).collect();
        if !telling.iter().all(|word| is(word, StopRole::Adjective)) {
            telling.retain(|word| !is(word, StopRole::Adjective));
        }
        telling
    }

    /// Replaces words, then groups of words, by what stands for them.
    fn without_synonyms(&self, stems: Vec<String>) -> Vec<String> {
        let replace = |stem: String| self.words.get(&stem).cloned().unwrap_or_else(|| vec![stem]);
        let mut stems: Vec<String> = stems.into_iter().flat_map(replace).collect();
        for (group, normal) in &self.groups {
            if group.iter().all(|stem| stems.contains(stem)) {
                stems.retain(|stem| !group.contains(stem));
                stems.extend(normal.iter().cloned());
            }
        }
        stems
    }
}

/// The form in which a stop word is compared: adjectives as they are, since "planned talks" are talks but a plan is a
/// topic; others without inflection.
fn form(word: &str, role: StopRole) -> String {
    if role == StopRole::Adjective { word.to_lowercase() } else { uninflected(word) }
}

/// The words of a phrase: runs of letters, digits and inner full stops ("U.S."), the possessive ending left out.
fn words(phrase: &str) -> impl Iterator<Item = &str> {
    phrase
        .split(|character: char| !(character.is_alphanumeric() || "'’.".contains(character)))
        .map(|word| word.trim_matches(['\'', '’', '.']))
        .map(|word| word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word))
        .filter(|word| !word.is_empty() && *word != "s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_of_one_topic_have_one_key() {
        for wordings in [
            "freezing of the conflict|conflict freeze|freeze the conflict|a freezing of the long conflict",
            "ceasefire|a cease-fire|cease fires|the truce|an immediate ceasefire",
            "Vantian accession|Vantian membership",
            "withdrawal of troops|withdrawing the troops|troop withdrawal|troops withdrew",
            "Orsa’s neutrality|neutrality of Orsa|Orsa's permanent neutrality",
            "U.S. aid|US aid|United States aid|aid of the United States",
            "the planned river treaty|river treaty",
            "the river plan|river plans",
        ] {
            let keys: Vec<TopicKey> = wordings.split('|').map(key).collect();
            assert!(keys.iter().all(|other| *other == keys[0]), "{keys:?}");
            assert!(!keys[0].is_empty());
        }
    }

    #[test]
    fn a_topic_covers_what_lies_under_it() {
        for (broader, narrower, covers) in [
            ("conflict", "freezing of the conflict", true),
            ("freezing of the conflict", "conflict", false),
            ("membership", "League membership", true),
            ("help us", "US aid", false),
            ("the", "conflict", false),
        ] {
            assert_eq!(key(broader).covers(&key(narrower)), covers, "{broader} / {narrower}");
        }
    }

    #[test]
    fn users_rows_extend_the_synonyms() {
        let lexicons = Lexicons::embedded().with("topic_synonyms.tsv", "wording\tnormal\nriver treaty\tOrsa pact\n");
        let rules = TopicRules::new(&lexicons).unwrap();
        assert_eq!(rules.key("the treaty on the river"), rules.key("pact of Orsa"));
    }

    #[test]
    fn what_stands_for_a_state_reads_as_its_name() {
        let row = "name\tadjective\tpeople\tcapital\tmetonyms\taliases\n\
                   Upper Orsa\tUpper Orsan\tUpper Orsans\tVelport\tthe Old Tower\tUO\n";
        let rules = TopicRules::new(&Lexicons::embedded().with("states.tsv", row)).unwrap();
        for wording in
            ["Upper Orsan neutrality", "neutrality of Velport", "the Old Tower's neutrality", "UO neutrality"]
        {
            assert_eq!(rules.key(wording).to_string(), "neutrality upperorsa", "{wording}");
        }
    }

    #[test]
    fn a_key_reads_back_from_its_property() {
        let key = key("freezing of the conflict");
        assert_eq!(key.to_string(), "conflict freez");
        assert_eq!(TopicKey::from_property(&key.to_string()), key);
    }
}
