//! Cues: the words by which a text ascribes a stance to somebody, found by word list and complement.
//!
//! > Orsa [rejected]cue the plan · a [refusal]cue to sign · Velia is [open]cue to talks
//!
//! Which relation the report of a neutral cue ("said") comes to is `stance`'s business.

use foldhash::fast::FixedState;
use indexmap::IndexMap;
use serde::Deserialize;

use super::RelationKind;
use super::complement::{Complement, complements, hung_beside, is_passive};
use super::passage::Passage;
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::{Relation, Upos};

/// The file of the cues.
const FILE: &str = "cues.tsv";

/// What kind of word a cue is; its complements differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CueClass {
    /// "rejected"
    Verb,
    /// "refusal"
    Noun,
    /// "open", "opposed"
    Adjective,
    /// a verb that lends a noun its subject: "made" in "made a demand"
    Light,
}

impl CueClass {
    /// The letter that stands for it in the names of features.
    pub(super) fn letter(self) -> &'static str {
        match self {
            Self::Verb => "v",
            Self::Noun => "n",
            Self::Adjective => "a",
            Self::Light => "l",
        }
    }
}

/// A row of the list.
#[derive(Clone, Debug, Deserialize)]
struct Row {
    lemma: String,
    class: CueClass,
    frames: String,
    relation: String,
    traits: String,
}

/// A row of the list of words for times.
#[derive(Deserialize)]
struct TimeRow {
    word: String,
}

/// What the list says about one cue in one frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The relation it expresses; `None` when it ascribes something that is no position ("knows").
    pub(super) relation: Option<RelationKind>,
    traits: Vec<String>,
}

impl Entry {
    /// The entry of a bare report: "according to".
    pub(super) fn reporting() -> Self {
        Self { relation: Some(RelationKind::Says), traits: vec!["neutral".to_owned()] }
    }

    /// The entry of a stance that the quoted words themselves take: "they must leave".
    pub(super) fn performative(relation: RelationKind) -> Self {
        Self { relation: Some(relation), traits: vec!["performative".to_owned()] }
    }

    /// Whether the list has the cue at all.
    pub(super) fn is_listed(&self) -> bool {
        !self.traits.is_empty()
    }

    /// What the list says about the cue beside its relation.
    pub(super) fn traits(&self) -> &[String] {
        &self.traits
    }

    /// Whether the list gives the cue this trait.
    pub(super) fn has(&self, wanted: &str) -> bool {
        self.traits.iter().any(|known| known == wanted)
    }
}

/// A cue in its sentence, with what it takes as its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// Its main word.
    pub(super) head: usize,
    /// Its kind.
    pub(super) class: CueClass,
    /// What it takes.
    pub(super) complement: Complement,
    /// What the list says about it.
    pub(super) entry: Entry,
}

/// The list of cues, by class and lemma, then by frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Cues {
    entries: IndexMap<(CueClass, String), IndexMap<String, Entry, FixedState>, FixedState>,
    times: Vec<String>,
}

impl Cues {
    /// Reads the list.
    ///
    /// # Errors
    /// When a row lacks a column, or names a relation that does not exist.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let times: Vec<TimeRow> = lexicons.rows("time_words.tsv", include_str!("../../data/time_words.tsv"))?;
        let mut cues = Self { entries: IndexMap::default(), times: times.into_iter().map(|row| row.word).collect() };
        for row in lexicons.rows::<Row>(FILE, include_str!("../../data/cues.tsv"))? {
            let entry =
                Entry { relation: read_relation(&row)?, traits: row.traits.split(';').map(str::to_owned).collect() };
            let frames = cues.entries.entry((row.class, row.lemma)).or_default();
            frames.extend(row.frames.split(',').map(|frame| (frame.to_owned(), entry.clone())));
        }
        Ok(cues)
    }

    /// Whether a word names a time, and so speaks for nobody: "Tuesday".
    pub(super) fn is_time(&self, form: &str) -> bool {
        self.times.iter().any(|time| time == form)
    }

    /// Whether a verb lends its subject to the noun it governs: "made", "issued".
    pub(super) fn is_light(&self, passage: &Passage<'_>, word: usize) -> bool {
        self.entries.contains_key(&(CueClass::Light, passage.lemma(word).to_owned()))
    }

    /// The cue that a word is, if the list has it in a frame that the sentence offers.
    pub(super) fn cue_at(&self, passage: &Passage<'_>, word: usize) -> Option<Cue> {
        let known = keys(passage, word).into_iter().filter_map(|key| Some((key.0, self.entries.get(&key)?)));
        let mut offers: Option<Vec<Complement>> = None;
        for (class, frames) in known {
            let own = offers.get_or_insert_with(|| self.offers(passage, word));
            let borrowed = self.borrowed(passage, word, class);
            let found = own.iter().chain(&borrowed).find_map(|offer| Some((offer, frames.get(&offer.frame)?)));
            if let Some((complement, entry)) = found {
                return Some(Cue { head: word, class, complement: complement.clone(), entry: entry.clone() });
            }
        }
        None
    }

    /// A verb or predicate that the list does not have in a frame that the sentence offers, with its first complement:
    /// only a judge of candidates can tell whether it ascribes anything.
    pub(super) fn unlisted_at(&self, passage: &Passage<'_>, word: usize) -> Option<Cue> {
        let class = keys(passage, word).last()?.0;
        let governed = matches!(passage.universal(word), Relation::Compound | Relation::Flat | Relation::Fixed);
        let complement = self.offers(passage, word).into_iter().next().filter(|_| !governed)?;
        Some(Cue { head: word, class, complement, entry: Entry::default() })
    }

    /// The complements of a word; a time is none: "agreed [on Monday] to the plan".
    fn offers(&self, passage: &Passage<'_>, word: usize) -> Vec<Complement> {
        let mut offers = complements(passage, word);
        offers.retain(|offer| !self.is_time(passage.lower(offer.root)));
        offers
    }

    /// What the list says about a word in one frame, whether or not the sentence offers it.
    pub(super) fn entry_in(&self, passage: &Passage<'_>, word: usize, frame: &str) -> Option<&Entry> {
        keys(passage, word).iter().find_map(|key| self.entries.get(key)?.get(frame))
    }

    /// The clauses that a parser hangs on the light verb though they complete its noun: "issued an order that ...".
    fn borrowed(&self, passage: &Passage<'_>, word: usize, class: CueClass) -> Vec<Complement> {
        let beside = if class == CueClass::Noun { hung_beside(passage, word) } else { Vec::new() };
        let verb = passage.head(word).filter(|&verb| {
            class != CueClass::Verb
                && matches!(passage.universal(word), Relation::Obj | Relation::Xcomp)
                && self.is_light(passage, verb)
        });
        let mut offers = verb.map_or_else(Vec::new, |verb| complements(passage, verb));
        offers.retain(|offer| offer.object.is_none() && offer.root != word && offer.frame != "object");
        offers.extend(beside);
        offers
    }
}

/// Reads the relation of a row; "-" is none.
fn read_relation(row: &Row) -> Result<Option<RelationKind>, LexiconError> {
    let found = RelationKind::ALL.iter().copied().find(|relation| relation.as_str() == row.relation);
    if found.is_none() && row.relation != "-" {
        let message = format!("unknown relation `{}` of `{}`", row.relation, row.lemma);
        return Err(LexiconError { file: FILE.to_owned(), line: 0, message });
    }
    Ok(found)
}

/// The keys under which the list may have a word, the most specific first.
fn keys(passage: &Passage<'_>, word: usize) -> Vec<(CueClass, String)> {
    let lemma = passage.lemma(word).to_lowercase();
    let form = passage.lower(word).to_owned();
    match passage.upos(word) {
        Upos::Verb | Upos::Aux => {
            let mut keys = Vec::new();
            let particle = passage.child_by(word, Relation::Compound).filter(|&child| child > word);
            let adverb = passage.children_by(word, Relation::Advmod).find(|&child| child == word + 1);
            for particle in particle.into_iter().chain(adverb) {
                keys.push((CueClass::Verb, format!("{lemma} {}", passage.lower(particle))));
            }
            if is_passive(passage, word) {
                keys.push((CueClass::Adjective, form));
            }
            keys.push((CueClass::Verb, lemma));
            keys
        }
        Upos::Adj | Upos::Adv => vec![(CueClass::Adjective, form)],
        Upos::Noun | Upos::Propn => vec![(CueClass::Noun, lemma)],
        _ => Vec::new(),
    }
}
