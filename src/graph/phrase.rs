//! Which phrases of a content become topics: its noun phrases and its verbs with their objects.
//!
//! A noun makes a topic with its compounds, telling adjectives and possessor, and with its first prepositional
//! complement ("freezing of the conflict"); a verb makes one with its object ("lift the sanctions"). Heads that say
//! little on their own are stop words (`data/topic_stopwords.tsv`); an actor alone is no topic, the graph has a node for
//! it. When two phrases name one topic is decided in `topic`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::topic::{StopRole, TopicKey, TopicRules};
use crate::syntax::{Relation, Tree, Upos};
use crate::text::{Document, Sentence, Span};

/// Topics that one content gets at most, those nearest the root of its tree first: with more, the tail is asides.
const LIMIT: usize = 6;
/// Verbs with their objects among them.
const VERB_LIMIT: usize = 2;
/// Modifiers that a noun keeps, those nearest to it: "Orsan national grain export ban" keeps "national grain export".
const MODIFIER_LIMIT: usize = 3;

/// A wording of a topic in one content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// The wording without determiners and light adjectives: "freezing of the conflict".
    pub name: String,
    /// Its normal form; never empty.
    pub key: TopicKey,
    /// Whether the content is about it; otherwise it is only the broader topic of one that is.
    pub direct: bool,
}

/// Finds the phrases of one article.
#[derive(Clone, Debug)]
pub(super) struct PhraseFinder<'a> {
    rules: &'a TopicRules,
    document: &'a Document,
    trees: &'a [Tree],
    /// Sentence and word of each head of a mention of an actor.
    actors: BTreeSet<(usize, usize)>,
}

/// A phrase and where it hangs: what it competes with for the few places.
struct Candidate {
    depth: usize,
    place: (usize, usize),
    phrase: Phrase,
    verbal: bool,
}

/// One sentence seen through a content: its tree and which of its words belong.
struct Window<'a> {
    number: usize,
    sentence: &'a Sentence,
    tree: &'a Tree,
    inside: Vec<bool>,
}

impl<'a> PhraseFinder<'a> {
    /// A finder for an article whose actors are mentioned at `mentions`.
    pub(super) fn new(rules: &'a TopicRules, document: &'a Document, trees: &'a [Tree], mentions: &[Span]) -> Self {
        let mut finder = Self { rules, document, trees, actors: BTreeSet::new() };
        finder.actors = mentions.iter().flat_map(|&mention| finder.heads_of(mention)).collect();
        finder
    }

    /// The phrases inside `spans` and outside `skipped`, the most salient first; no key twice among those that are
    /// direct.
    pub(super) fn phrases(&self, spans: &[Span], skipped: &[Span]) -> Vec<Phrase> {
        let mut candidates = Vec::new();
        for window in self.windows(spans, skipped) {
            let words = (0..window.tree.len()).filter(|&word| window.inside[word]);
            for word in words {
                candidates.extend(self.noun_candidates(&window, word));
                candidates.extend(self.verb_candidate(&window, word));
            }
        }
        candidates.sort_by_key(|candidate| (candidate.depth, candidate.place));
        select(candidates)
    }

    /// Whether a mention has a name in it, or an adjective made of one: "Orsan officials", not "Officials".
    pub(super) fn has_name(&self, mention: Span) -> bool {
        let windows = self.windows(&[mention], &[]);
        windows
            .iter()
            .any(|window| (0..window.tree.len()).any(|word| window.inside[word] && is_name(window.tree, word)))
    }

    /// Whether a wording is one small word, such as a pronoun: "They", "I".
    pub(super) fn is_pronoun(&self, wording: &str) -> bool {
        self.rules.is_stopword(wording, StopRole::Function)
    }

    /// The sentences that share words with `spans`.
    fn windows(&self, spans: &[Span], skipped: &[Span]) -> Vec<Window<'a>> {
        let Some(all) = spans.iter().copied().reduce(Span::cover) else { return Vec::new() };
        let first = self.document.sentences.partition_point(|sentence| sentence.span.end <= all.start);
        let sentences = self.document.sentences.iter().zip(self.trees).enumerate().skip(first);
        let near = sentences.take_while(|(_, (sentence, _))| sentence.span.start < all.end);
        let touched = near.filter(|(_, (sentence, _))| spans.iter().any(|span| span.overlaps(sentence.span)));
        let window = |(number, (sentence, tree)): (usize, (&'a Sentence, &'a Tree))| {
            let tokens = self.document.tokens_of(sentence);
            let belongs = |word: usize| {
                tokens.get(word).is_some_and(|token| {
                    let within = |around: &Span| around.contains(token.span);
                    spans.iter().any(within) && !skipped.iter().any(within)
                })
            };
            Window { number, sentence, tree, inside: (0..tree.len()).map(belongs).collect() }
        };
        touched.map(window).collect()
    }

    /// The heads of a mention: its words whose own head lies outside.
    fn heads_of(&self, mention: Span) -> Vec<(usize, usize)> {
        let windows = self.windows(&[mention], &[]);
        let heads = windows.iter().flat_map(|window| {
            let inside = |word: &usize| window.inside[*word];
            (0..window.tree.len())
                .filter(inside)
                .filter(|&word| window.tree.word(word).head.is_none_or(|head| !window.inside[head]))
                .map(|word| (window.number, word))
        });
        heads.collect()
    }

    /// A noun with its modifiers and complement, and the complement as its broader topic.
    fn noun_candidates(&self, window: &Window<'_>, head: usize) -> Vec<Candidate> {
        if !heads_noun_phrase(window.tree, head) || self.is_actor(window, head) || self.is_consumed(window, head) {
            return Vec::new();
        }
        if self.is_light(window, head) {
            return Vec::new();
        }
        let mut words = self.core(window, head);
        let mut phrases = Vec::new();
        if let Some(complement) = self.complement(window, head) {
            words.extend(self.with_function_words(window, complement));
            if !self.is_actor(window, complement) {
                phrases.extend(self.phrase(window, self.core(window, complement), false));
            }
        }
        phrases.extend(self.phrase(window, words, true));
        phrases.into_iter().map(|phrase| candidate(window, head, phrase, false)).collect()
    }

    /// A verb with its object, the subject of its passive, or its first oblique.
    fn verb_candidate(&self, window: &Window<'_>, verb: usize) -> Option<Candidate> {
        let word = window.tree.word(verb);
        if word.upos != Upos::Verb || self.is_stopword(window, verb, StopRole::Verb) {
            return None;
        }
        let object = self.object(window, verb)?;
        let particle = window.tree.child_by(verb, Relation::Compound).map(|child| self.form(window, child));
        let verb_text = [Some(word.lemma.as_str()), particle].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let name = format!("{verb_text} {}", self.text(window, &self.with_function_words(window, object)));
        let key = self.rules.key(&name);
        let telling = key.stems().len() > 1;
        telling.then(|| candidate(window, verb, Phrase { name, key, direct: true }, true))
    }

    /// What a verb acts on, when it is a telling noun inside the content. An oblique counts with verbs that have a noun
    /// only ("withdraw from the valley"): other verbs make too many topics of asides ("lie on the road").
    fn object(&self, window: &Window<'_>, verb: usize) -> Option<usize> {
        let tree = window.tree;
        let direct = tree.child_by(verb, Relation::Obj);
        let passive = || {
            let is_passive = |child: &usize| tree.word(*child).relation == Relation::NsubjPass;
            tree.children(verb).iter().copied().find(is_passive)
        };
        let oblique = || {
            let is_oblique = |child: &usize| tree.word(*child).relation == Relation::Obl && *child > verb;
            let mut obliques = tree.children(verb).iter().copied().filter(is_oblique);
            let acts = self.rules.has_noun(&tree.word(verb).lemma);
            obliques.find(|&child| acts && tree.child_by(child, Relation::Case).is_some())
        };
        let object = direct.or_else(passive).or_else(oblique)?;
        self.is_telling(window, object).then_some(object)
    }

    /// The first prepositional complement of a noun, when it is a telling noun inside the content.
    fn complement(&self, window: &Window<'_>, head: usize) -> Option<usize> {
        let tree = window.tree;
        let introduces = |case: usize| !self.is_stopword(window, case, StopRole::Preposition);
        let is_complement = |child: &usize| {
            tree.word(*child).relation == Relation::Nmod
                && tree.child_by(*child, Relation::Case).is_some_and(introduces)
        };
        tree.children(head).iter().copied().filter(is_complement).find(|&child| self.is_telling(window, child))
    }

    /// Whether a noun is the complement of another that makes a topic with it.
    fn is_consumed(&self, window: &Window<'_>, noun: usize) -> bool {
        let Some(head) = window.tree.word(noun).head.filter(|&head| window.inside[head]) else { return false };
        heads_noun_phrase(window.tree, head)
            && !self.is_actor(window, head)
            && !self.is_light(window, head)
            && self.complement(window, head) == Some(noun)
    }

    /// Whether a word is a noun inside the content that says something by itself or with its modifiers.
    fn is_telling(&self, window: &Window<'_>, word: usize) -> bool {
        let noun = matches!(window.tree.word(word).upos, Upos::Noun | Upos::Propn);
        window.inside[word] && noun && !self.is_light(window, word)
    }

    /// Whether a noun says too little by itself and nothing modifies it: "way", but not "half-way house".
    fn is_light(&self, window: &Window<'_>, noun: usize) -> bool {
        self.is_stopword(window, noun, StopRole::Noun) && self.core(window, noun).len() == 1
    }

    /// A noun with the compounds, names, telling adjectives and possessor that stand nearest to it, sorted.
    fn core(&self, window: &Window<'_>, head: usize) -> Vec<usize> {
        let tree = window.tree;
        let mut modifiers: Vec<usize> = tree.children(head).to_vec();
        modifiers.retain(|&child| window.inside[child] && self.is_modifier(window, child));
        modifiers.sort_by_key(|&child| child.abs_diff(head));
        modifiers.truncate(MODIFIER_LIMIT);
        let mut words = vec![head];
        for modifier in modifiers {
            let part = |word: usize| {
                matches!(tree.word(word).relation.universal(), Relation::Compound | Relation::Flat)
                    || matches!(tree.word(word).relation, Relation::Amod | Relation::Case | Relation::Fixed)
            };
            let words_of = tree.subtree_without(modifier, |word| !part(word));
            words.extend(words_of.into_iter().flat_map(|word| self.hyphenated(window, word)));
        }
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Whether a dependent of a noun tells what kind of thing the noun stands for.
    fn is_modifier(&self, window: &Window<'_>, child: usize) -> bool {
        let word = window.tree.word(child);
        match word.relation {
            Relation::Compound | Relation::Flat => true,
            Relation::Amod => {
                let light = [StopRole::Adjective, StopRole::Function];
                !light.iter().any(|&role| self.rules.is_stopword(self.form(window, child), role))
            }
            Relation::NmodPoss => word.upos == Upos::Propn,
            _ => false,
        }
    }

    /// A noun with its modifiers, its prepositions and its "the", sorted.
    fn with_function_words(&self, window: &Window<'_>, noun: usize) -> Vec<usize> {
        let tree = window.tree;
        let mut words = self.core(window, noun);
        words.extend(tree.children_by(noun, Relation::Case).filter(|&child| child < noun));
        words.extend(tree.children_by(noun, Relation::Det).filter(|&child| tree.word(child).lemma == "the"));
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The phrase of these words; `None` when nothing is left of it in its normal form.
    fn phrase(&self, window: &Window<'_>, mut words: Vec<usize>, direct: bool) -> Option<Phrase> {
        words.sort_unstable();
        let name = self.text(window, &words);
        let key = self.rules.key(&name);
        let wordy = key.stems().iter().any(|stem| stem.chars().any(char::is_alphabetic));
        wordy.then_some(Phrase { name, key, direct })
    }

    /// Words as they are written, one blank where something was left out, apostrophes straight.
    fn text(&self, window: &Window<'_>, words: &[usize]) -> String {
        let tokens = self.document.tokens_of(window.sentence);
        let mut text = String::new();
        let mut end = None;
        for token in words.iter().filter_map(|&word| tokens.get(word)) {
            if end.is_some_and(|end| end != token.span.start) {
                text.push(' ');
            }
            text.push_str(self.document.form(token));
            end = Some(token.span.end);
        }
        let starts_sentence = words.first() == Some(&0);
        let text = text.replace('’', "'");
        if starts_sentence && !is_name(window.tree, 0) { lowercase_first(&text) } else { text }
    }

    /// Whether the word heads a mention of an actor.
    fn is_actor(&self, window: &Window<'_>, word: usize) -> bool {
        self.actors.contains(&(window.number, word))
    }

    /// Whether the word is a stop word in this place.
    fn is_stopword(&self, window: &Window<'_>, word: usize, role: StopRole) -> bool {
        self.rules.is_stopword(self.form(window, word), role)
            || self.rules.is_stopword(&window.tree.word(word).lemma, role)
    }

    /// The words that hyphens tie to this one, itself included: "face-to-face" for "face". Trees often take them apart.
    fn hyphenated(&self, window: &Window<'_>, word: usize) -> Vec<usize> {
        let hyphen = |word: usize| matches!(self.form(window, word), "-" | "‑");
        let mut start = word;
        while start >= 2 && hyphen(start - 1) {
            start -= 2;
        }
        let mut end = word;
        while end + 2 < window.tree.len() && hyphen(end + 1) {
            end += 2;
        }
        (start..=end).collect()
    }

    /// The word as it is written.
    fn form(&self, window: &Window<'_>, word: usize) -> &'a str {
        let tokens = self.document.tokens_of(window.sentence);
        tokens.get(word).map_or("", |token| self.document.form(token))
    }
}

/// Whether a word heads a noun phrase: a noun that is no part of a compound or name.
fn heads_noun_phrase(tree: &Tree, word: usize) -> bool {
    let word = tree.word(word);
    let part = matches!(
        word.relation.universal(),
        Relation::Compound | Relation::Flat | Relation::Fixed | Relation::Goeswith | Relation::Amod | Relation::Case
    );
    let possessor = matches!(word.relation, Relation::NmodPoss | Relation::NmodUnmarked | Relation::NmodDesc);
    matches!(word.upos, Upos::Noun | Upos::Propn) && !part && !possessor
}

/// Whether a word keeps its capital at the start of a sentence.
fn is_name(tree: &Tree, word: usize) -> bool {
    tree.word(word).upos == Upos::Propn || tree.word(word).lemma.starts_with(char::is_uppercase)
}

/// The text with a small first letter, unless its first word is all capitals.
pub(super) fn lowercase_first(text: &str) -> String {
    let mut characters = text.chars();
    match (characters.next(), characters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(characters).collect(),
        _ => text.to_owned(),
    }
}

/// A candidate that hangs at `head`.
fn candidate(window: &Window<'_>, head: usize, phrase: Phrase, verbal: bool) -> Candidate {
    let depth = window.tree.ancestors(head).filter(|&word| window.inside[word]).count();
    Candidate { depth, place: (window.number, head), phrase, verbal }
}

/// The first candidates within the limits, and the broader topics of those that were taken.
fn select(candidates: Vec<Candidate>) -> Vec<Phrase> {
    let (direct, broader): (Vec<Candidate>, Vec<Candidate>) =
        candidates.into_iter().partition(|candidate| candidate.phrase.direct);
    let mut selected: Vec<Phrase> = Vec::new();
    let mut verbs = 0;
    for candidate in direct {
        let known = selected.iter().any(|phrase| phrase.key == candidate.phrase.key);
        if known || selected.len() == LIMIT || (candidate.verbal && verbs == VERB_LIMIT) {
            continue;
        }
        verbs += usize::from(candidate.verbal);
        selected.push(candidate.phrase);
    }
    for Candidate { phrase, .. } in broader {
        let over = selected.iter().any(|narrower| narrower.direct && phrase.key.covers(&narrower.key));
        if over && !selected.iter().any(|other| other.key == phrase.key) {
            selected.push(phrase);
        }
    }
    selected
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicons;
    use crate::syntax::{Features, Word, Xpos};
    use crate::text::Token;

    /// A sentence and its tree from words in the form `form/UPOS/head/relation`, heads counted from 1.
    fn parsed(annotated: &str) -> (Document, Vec<Tree>) {
        let mut document = Document::default();
        let mut words = Vec::new();
        for word in annotated.split(' ') {
            let [form, upos, head, relation]: [&str; 4] = word.split('/').collect::<Vec<_>>().try_into().unwrap();
            if !document.text.is_empty() {
                document.text.push(' ');
            }
            let start = document.text.len();
            document.text.push_str(form);
            document.tokens.push(Token { span: Span::new(start, document.text.len()), continues: false });
            words.push(Word {
                lemma: form.to_lowercase().into(),
                upos: Upos::from_name(upos),
                xpos: Xpos::Fw,
                features: Features::default(),
                head: head.parse::<usize>().unwrap().checked_sub(1),
                relation: Relation::from_name(relation),
                entity: None,
            });
        }
        let span = Span::new(0, document.text.len());
        document.sentences.push(Sentence { span, tokens: 0..document.tokens.len(), paragraph: 0 });
        (document, vec![Tree::new(words)])
    }

    /// The phrases of a sentence, `~` before those that are only broader topics.
    fn phrases_of(annotated: &str, actors: &[&str]) -> String {
        let (document, trees) = parsed(annotated);
        let rules = TopicRules::new(&Lexicons::embedded()).unwrap();
        let mentions: Vec<Span> = actors
            .iter()
            .map(|actor| document.text.find(actor).map(|start| Span::new(start, start + actor.len())).unwrap())
            .collect();
        let finder = PhraseFinder::new(&rules, &document, &trees, &mentions);
        let phrases = finder.phrases(&[Span::new(0, document.text.len())], &[]);
        let shown = phrases.iter().map(|phrase| format!("{}{}", if phrase.direct { "" } else { "~" }, phrase.name));
        shown.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn nouns_and_verbs_with_objects_make_topics() {
        for (annotated, actors, phrases) in [
            (
                "a/DET/2/det freezing/NOUN/0/root of/ADP/5/case the/DET/5/det conflict/NOUN/2/nmod",
                "",
                "freezing of the conflict, ~conflict",
            ),
            ("freeze/VERB/0/root the/DET/3/det conflict/NOUN/1/obj", "", "freeze the conflict, conflict"),
            (
                "a/DET/7/det face/NOUN/7/compound -/PUNCT/6/punct to/ADP/6/case -/PUNCT/6/punct face/NOUN/2/nmod meeting/NOUN/0/root",
                "",
                "face - to - face meeting",
            ),
            ("declare/VERB/0/root an/DET/4/det immediate/ADJ/4/amod ceasefire/NOUN/1/obj", "", "ceasefire"),
            (
                "Orsa/PROPN/2/nsubj withdraws/VERB/0/root from/ADP/5/case Vantian/ADJ/5/amod territory/NOUN/2/obl",
                "Orsa",
                "withdraws from Vantian territory, Vantian territory",
            ),
            (
                "hopes/NOUN/0/root for/ADP/4/case League/PROPN/4/compound membership/NOUN/1/nmod",
                "League",
                "League membership",
            ),
            ("the/DET/2/det minister/NOUN/3/nsubj left/VERB/0/root", "minister", ""),
            (
                "lift/VERB/0/root the/DET/3/det sanctions/NOUN/1/obj on/ADP/5/case Orsa/PROPN/3/nmod",
                "Orsa",
                "lift the sanctions, sanctions on Orsa",
            ),
        ] {
            let actors: Vec<&str> = actors.split('|').filter(|actor| !actor.is_empty()).collect();
            assert_eq!(phrases_of(annotated, &actors), phrases, "{annotated}");
        }
    }

    #[test]
    fn long_lists_are_cut() {
        let mut annotated = "tax/NOUN/0/root".to_owned();
        for (number, noun) in ["fish", "grain", "salt", "steel", "wool", "glass", "coal"].iter().enumerate() {
            annotated.push_str(&format!(" {noun}/NOUN/{}/conj", number + 1));
        }
        assert_eq!(phrases_of(&annotated, &[]).split(", ").count(), LIMIT);
    }
}
